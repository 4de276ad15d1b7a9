//! Files of messages on their way to the service.

use std::fs::File;
use std::io::{Cursor, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use imsdk_service::blobs::BlobId;
use imsdk_types::wire::Conv;
use imsdk_types::{
    Code, Elem, Error, FileElem, ImageElem, Message, MsgStatus, SoundElem, VideoElem, limits,
};

use super::image::{Scaled, look, size};
use super::transfers::Going;
use super::{elem_wants_upload, url_of};
use crate::client::{Command, SendReply};
use crate::core::Core;
use crate::message::{Identity, body_of, check_size};
use crate::transport::{Content, Files, has_become_shorter, has_changed, id_of, unreadable};
use crate::{Event, Events};

/// `…_download_flag`: the address can be used as it is.
const DIRECT: i32 = 2;

/// Progress events of one element at most, roughly.
const EVENTS: u64 = 20;

impl Core {
    /// SEND-2: the message waits here as one that is being sent; SEND-6: without holding back others.
    pub(crate) fn upload(
        &mut self,
        conv: Conv,
        mut message: Message,
        mut identity: Identity,
        reply: SendReply,
    ) {
        let Some(files) = self.transport.as_ref().map(|transport| transport.files()) else {
            return self.refuse(message, Error::from(Code::SdkNotLoggedIn), reply);
        };
        // What is too long without the addresses of its files is so with them.
        let text = serde_json::to_string(&body_of(&message))
            .map_err(|error| Error::new(Code::SerializeReqFailed, error.to_string()))
            .and_then(|text| check_size(&text).map(|()| text));
        let text = match text {
            Ok(text) => text,
            Err(error) => return self.refuse(message, error, reply),
        };
        message.status = MsgStatus::Sending as u32;
        if !message.is_online_msg && !self.is_live(&conv) {
            match self.keep_sent(&conv, &message, (identity, text), None) {
                Ok(new) => self.out.changed(&conv, new),
                Err(error) => self.take_back(&error),
            }
            self.precious = true;
            identity.again = true;
        }
        let then = move |core: &mut Core, message, done, going: &Going| {
            core.uploaded(conv, message, identity, done, going, reply);
        };
        self.store_files(files, message, then);
    }

    /// Stores the files of a message, elsewhere; `then` runs when that is done, or has failed, and is told whether the session
    /// still goes on.
    pub(crate) fn store_files(
        &mut self,
        files: Arc<dyn Files>,
        mut message: Message,
        then: impl FnOnce(&mut Core, Message, Result<(), Error>, &Going) + Send + 'static,
    ) {
        let (app_id, events) = (self.settings.app_id, Arc::clone(&self.events));
        let commands = self.commands.clone();
        let started = self.transfers.start(move |going| {
            let mut job = Upload { files: &*files, app_id, events: &*events, going };
            let done = job.message(&mut message);
            let going = going.clone();
            let then = move |core: &mut Core| then(core, message, done, &going);
            commands.send(Command::Call(Box::new(then)));
        });
        if let Err(error) = started {
            // The job, and with it the reply, is gone: the call is answered by that.
            tracing::error!("{}", error.desc);
        }
    }

    fn uploaded(
        &mut self,
        conv: Conv,
        message: Message,
        identity: Identity,
        done: Result<(), Error>,
        going: &Going,
        reply: SendReply,
    ) {
        if let Err(error) = going.check() {
            // Its session has ended, and it has failed with it.
            return self.refuse(message, error, reply);
        }
        match done {
            Ok(()) => self.deliver(conv, message, identity, reply),
            Err(error) => self.unsent(conv, message, identity, error, reply),
        }
    }
}

/// One message's files.
struct Upload<'a> {
    files: &'a dyn Files,
    app_id: u64,
    events: &'a dyn Events,
    going: &'a Going,
}

/// How far the files of one element are (UP-1, UP-2).
struct Progress<'a> {
    events: &'a dyn Events,
    going: &'a Going,
    message: Arc<Message>,
    index: u32,
    total: u64,
    /// Bytes of files that are whole.
    before: u64,
    told: u64,
}

impl Progress<'_> {
    fn step(&mut self, done: u64) -> Result<(), Error> {
        self.going.check()?;
        let current = (self.before + done).min(self.total);
        // The end is told when all is done. A transfer that broke begins before what was told.
        if current < self.total && current.saturating_sub(self.told) > self.total / EVENTS {
            self.tell(current);
        }
        Ok(())
    }

    fn tell(&mut self, current: u64) {
        self.told = current;
        self.events.event(Event::Upload {
            message: Arc::clone(&self.message),
            index: self.index,
            current: current as u32,
            total: self.total as u32,
        });
    }
}

/// A file that can be sent.
struct Source {
    file: File,
    size: u64,
    /// When it was changed last, where the system tells.
    changed: Option<SystemTime>,
}

impl Source {
    /// What was read is what is there. Somebody may have written to it meanwhile, behind what is sent of a file that grows.
    fn check(&self, id: BlobId) -> Result<(), Error> {
        match self.file.metadata() {
            Ok(data) if data.len() < self.size => Err(has_become_shorter()),
            Ok(data) if data.modified().ok() == self.changed => Ok(()),
            Ok(_) => match id_of(&mut &self.file, self.size, &mut || Ok(()))? == id {
                true => Ok(()),
                false => Err(has_changed()),
            },
            Err(_) => Ok(()),
        }
    }

    /// All of it, for what must be looked at first.
    fn read(&self) -> Result<Vec<u8>, Error> {
        let mut content = Vec::new();
        let read = (&self.file).take(self.size).read_to_end(&mut content);
        read.map_err(|error| unreadable(&error))?;
        self.check(BlobId::of(&content)).map(|()| content)
    }
}

/// Names the file that an error is about.
fn about(path: &str, error: Error) -> Error {
    Error { desc: format!("{path}: {}", error.desc).into(), ..error }
}

/// Opens a file of the sender's, which the element names under `key`.
fn open(key: &str, path: &str, limit: u64) -> Result<Source, Error> {
    let refused = |code| about(path, Error::from(code));
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => refused(Code::SdkCommFileNotFound),
        _ => Error::new(Code::SdkCommFileOpenFailed, format!("{path}: {error}")),
    };
    if path.is_empty() {
        return Err(Error::new(Code::SdkCommFileNotFound, format!("{key} names no file")));
    }
    // Looked at first: to open a pipe would wait for whoever writes to it.
    let data = std::fs::metadata(path).map_err(failed)?;
    if !data.is_file() {
        let error = Error::new(Code::SdkCommFileOpenFailed, "this is not a file");
        return Err(about(path, error));
    }
    match data.len() {
        0 => Err(refused(Code::SdkCommFileSizeEmpty)),
        size if size > limit => Err(refused(Code::SdkCommFileTooLarge)),
        size => {
            let changed = data.modified().ok();
            Ok(Source { file: File::open(path).map_err(failed)?, size, changed })
        }
    }
}

/// Sizes are below `limits::OTHER_FILE`.
fn number(size: u64) -> i32 {
    size as i32
}

impl Upload<'_> {
    /// Stores all files of a message, and writes into it where they are.
    fn message(&mut self, message: &mut Message) -> Result<(), Error> {
        let shown = Arc::new(message.clone());
        for (index, elem) in message.elem_array.iter_mut().enumerate() {
            if !elem_wants_upload(elem) {
                continue;
            }
            let mut progress = Progress {
                events: self.events,
                going: self.going,
                message: Arc::clone(&shown),
                index: index as u32,
                total: 0,
                before: 0,
                told: 0,
            };
            match elem {
                Elem::Image(image) => self.image(image, &mut progress)?,
                Elem::Sound(sound) => self.sound(sound, &mut progress)?,
                Elem::File(file) => self.file(file, &mut progress)?,
                Elem::Video(video) => self.video(video, &mut progress)?,
                _ => {}
            }
            let total = progress.total;
            progress.tell(total);
        }
        Ok(())
    }

    fn image(&self, elem: &mut ImageElem, progress: &mut Progress<'_>) -> Result<(), Error> {
        let source = open("image_elem_orig_path", &elem.orig_path, limits::IMAGE_FILE)?;
        progress.total = source.size;
        let content = source.read().map_err(|error| about(&elem.orig_path, error))?;
        progress.step(0)?;
        let picture = look(&content).map_err(|error| about(&elem.orig_path, error))?;
        let original = self.put(&mut Cursor::new(&content), content.len() as u64, progress)?;
        let original = (original, picture.width, picture.height, content.len() as u64);
        let smaller = |made: Option<Scaled>, or: (BlobId, u32, u32, u64)| match made {
            Some(made) => {
                let size = made.content.len() as u64;
                let mut content = Cursor::new(&made.content);
                let id = self.files.put(&mut content, size, &mut |_| progress.going.check())?;
                Ok::<_, Error>((id, made.width, made.height, size))
            }
            None => Ok(or),
        };
        let large = smaller(picture.large, original)?;
        let thumb = smaller(picture.thumb, large)?;
        elem.format = picture.format;
        for ((id, width, height, size), to) in [
            (
                original,
                (
                    &mut elem.orig_id,
                    &mut elem.orig_url,
                    &mut elem.orig_pic_width,
                    &mut elem.orig_pic_height,
                    &mut elem.orig_pic_size,
                ),
            ),
            (
                large,
                (
                    &mut elem.large_id,
                    &mut elem.large_url,
                    &mut elem.large_pic_width,
                    &mut elem.large_pic_height,
                    &mut elem.large_pic_size,
                ),
            ),
            (
                thumb,
                (
                    &mut elem.thumb_id,
                    &mut elem.thumb_url,
                    &mut elem.thumb_pic_width,
                    &mut elem.thumb_pic_height,
                    &mut elem.thumb_pic_size,
                ),
            ),
        ] {
            (*to.0, *to.1) = (id.to_string(), url_of(self.app_id, id));
            (*to.2, *to.3, *to.4) = (width as i32, height as i32, number(size));
        }
        Ok(())
    }

    fn sound(&self, elem: &mut SoundElem, progress: &mut Progress<'_>) -> Result<(), Error> {
        let mut source = open("sound_elem_file_path", &elem.file_path, limits::IMAGE_FILE)?;
        progress.total = source.size;
        let id = self.put_file(&mut source, progress)?;
        (elem.file_id, elem.url) = (id.to_string(), url_of(self.app_id, id));
        (elem.file_size, elem.download_flag) = (number(source.size), DIRECT);
        Ok(())
    }

    fn file(&self, elem: &mut FileElem, progress: &mut Progress<'_>) -> Result<(), Error> {
        let mut source = open("file_elem_file_path", &elem.file_path, limits::OTHER_FILE)?;
        progress.total = source.size;
        let id = self.put_file(&mut source, progress)?;
        (elem.file_id, elem.url) = (id.to_string(), url_of(self.app_id, id));
        (elem.file_size, elem.download_flag) = (number(source.size), DIRECT);
        if elem.file_name.is_empty() {
            let name = Path::new(&elem.file_path).file_name();
            elem.file_name = name.unwrap_or_default().to_string_lossy().into_owned();
        }
        Ok(())
    }

    /// UP-3: the snapshot, then the film.
    fn video(&self, elem: &mut VideoElem, progress: &mut Progress<'_>) -> Result<(), Error> {
        let mut film = open("video_elem_video_path", &elem.video_path, limits::OTHER_FILE)?;
        let snapshot = match elem.image_path.as_str() {
            "" => None,
            path => Some(open("video_elem_image_path", path, limits::IMAGE_FILE)?),
        };
        progress.total = film.size + snapshot.as_ref().map_or(0, |snapshot| snapshot.size);
        if let Some(snapshot) = snapshot {
            let content = snapshot.read().map_err(|error| about(&elem.image_path, error))?;
            // What it really is; a format that is not known keeps what the sender says.
            if let Some((width, height)) = size(&content) {
                (elem.image_width, elem.image_height) = (width, height);
            }
            let id = self.put(&mut Cursor::new(&content), content.len() as u64, progress)?;
            (elem.image_id, elem.image_url) = (id.to_string(), url_of(self.app_id, id));
            (elem.image_size, elem.image_download_flag) = (content.len() as u32, DIRECT);
            progress.before = snapshot.size;
        }
        let id = self.put_file(&mut film, progress)?;
        (elem.video_id, elem.video_url) = (id.to_string(), url_of(self.app_id, id));
        (elem.video_size, elem.video_download_flag) = (film.size as u32, DIRECT);
        Ok(())
    }

    /// A file that somebody writes to meanwhile may arrive as neither of its versions: it is refused.
    fn put_file(&self, source: &mut Source, progress: &mut Progress<'_>) -> Result<BlobId, Error> {
        let id = self.put(&mut source.file, source.size, progress)?;
        source.check(id).map(|()| id)
    }

    fn put(
        &self,
        content: &mut dyn Content,
        size: u64,
        progress: &mut Progress<'_>,
    ) -> Result<BlobId, Error> {
        self.files.put(content, size, &mut |done| progress.step(done)).map_err(|error| {
            // What the service's disk says is told in the log; the program gets the documented number.
            match error.is(Code::IoOperationFailed) {
                true => Error::new(Code::FileTransUploadFailed, error.desc),
                false => error,
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_that_changes_while_it_is_sent_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, "content").unwrap();
        let mut writer = File::options().append(true).open(&path).unwrap();
        let old = SystemTime::UNIX_EPOCH;
        writer.set_modified(old).unwrap();
        let source = open("key", path.to_str().unwrap(), 100).unwrap();
        assert_eq!(source.read().unwrap(), b"content");
        let id = BlobId::of(b"content");
        writer.write_all(b"more").unwrap();
        assert_eq!(source.check(id), Ok(()), "what is sent of it is as it was");
        std::fs::write(&path, "CONTENT").unwrap();
        assert!(source.check(id).unwrap_err().is(Code::FileTransUploadFailed));
        writer.set_len(3).unwrap();
        assert!(source.check(id).unwrap_err().is(Code::SvrResReadFailed));
    }
}
