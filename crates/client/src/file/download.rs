//! Contents of files on their way to the program.

use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf, is_separator};

use imsdk_service::blobs::{BlobHash, BlobId};
use imsdk_service::disk;
use imsdk_types::{Code, DownloadElemParam, DownloadType, Error, MsgDownloadElemResult};
use same_file::Handle;

use super::transfers::Going;
use super::{address_of, blob_at};
use crate::Client;
use crate::client::{Reply, random};
use crate::transport::Files;

/// Is told how far a download is, any number of times, on a thread of its own.
pub type ProgressReply = Box<dyn FnMut(MsgDownloadElemResult) + Send>;

/// Bytes that are fetched at a time.
const PART: usize = 256 << 10;

/// Progress reports of one download at most, roughly.
const REPORTS: u64 = 100;

impl Client {
    /// Fetches a content into a file, which appears under its name when it is whole. What an earlier try has left in the same
    /// place is gone on with. The reply comes on the thread that has fetched it.
    pub fn download(
        &self,
        param: DownloadElemParam,
        path: String,
        progress: ProgressReply,
        reply: Reply<MsgDownloadElemResult>,
    ) {
        self.call(reply, move |core, reply| {
            if DownloadType::try_from(param.kind).is_err() {
                let text = format!("msg_download_elem_param_type: there is no type {}", param.kind);
                let error = Error::new(Code::InvalidParameters, text);
                return core.out.reply(|| reply(Err(error)));
            }
            let id = match param.url.as_str() {
                "" => param.id.parse().ok(),
                url => {
                    let address = address_of(url);
                    blob_at(core.settings.app_id, address.as_deref().unwrap_or(url))
                }
            };
            let files = core.transport.as_ref().map(|transport| transport.files());
            let (Some(files), Some(id)) = (files, id) else {
                let text = match (param.url.is_empty(), param.id.is_empty()) {
                    (true, true) => {
                        "msg_download_elem_param_url and msg_download_elem_param_id are empty"
                    }
                    (true, false) => "msg_download_elem_param_id is not that of a file",
                    (false, _) => {
                        "msg_download_elem_param_url is not the address of a file that this service keeps"
                    }
                };
                let error = Error::new(Code::FileTransDownloadFailed, text);
                return core.out.reply(|| reply(Err(error)));
            };
            let started = core.transfers.start(move |going| {
                let target = PathBuf::from(path);
                let mut download =
                    Download { files: &*files, going, id, target: &target, total: 0, progress };
                reply(download.run());
            });
            if let Err(error) = started {
                // The job, and with it the reply, is gone: the call is answered by that.
                tracing::error!("{}", error.desc);
            }
        });
    }
}

struct Download<'a> {
    files: &'a dyn Files,
    going: &'a Going,
    id: BlobId,
    target: &'a Path,
    total: u64,
    progress: ProgressReply,
}

/// The file cannot be written.
fn failed(target: &Path, error: &std::io::Error) -> Error {
    Error::new(Code::IoOperationFailed, format!("{}: {error}", target.display()))
}

/// Whether a file can have this name: that is found before anything is loaded.
fn check(target: &Path) -> std::io::Result<()> {
    let last = target.as_os_str().as_encoded_bytes().last();
    let is_dir = last.is_some_and(|it| is_separator((*it).into())) || target.is_dir();
    if is_dir || target.file_name().is_none() {
        return Err(ErrorKind::IsADirectory.into());
    }
    match target.symlink_metadata() {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Ok(_) | Err(_) => Ok(()),
    }
}

impl Download<'_> {
    fn run(&mut self) -> Result<MsgDownloadElemResult, Error> {
        // What fails once the session has ended fails by that.
        self.load().map_err(|error| self.going.check().err().unwrap_or(error))
    }

    fn load(&mut self) -> Result<MsgDownloadElemResult, Error> {
        let target = self.target;
        self.going.check()?;
        let lost = |error: Error| Error::new(Code::FileTransDownloadFailed, error.desc);
        let gone = || Error::from(Code::FileTransDownloadFailed);
        self.total = self.files.size(self.id).map_err(lost)?.ok_or_else(gone)?;
        check(target).map_err(|error| failed(target, &error))?;
        let mut part = Part::open(target, self.id).map_err(|error| failed(target, &error))?;
        let fetched = self.fetch(&mut part.file);
        if let Err(error) = fetched {
            part.give_up();
            return Err(error);
        }
        part.finish(target).map_err(|error| failed(target, &error))?;
        Ok(self.at(self.total))
    }

    fn at(&self, current: u64) -> MsgDownloadElemResult {
        MsgDownloadElemResult { current_size: current as u32, total_size: self.total as u32 }
    }

    fn fetch(&mut self, file: &mut File) -> Result<(), Error> {
        let target = self.target;
        let (mut hash, mut here) = self.resume(file)?;
        let resumed = here > 0;
        let mut told = 0;
        let lost = |desc| Error::new(Code::FileTransDownloadFailed, desc);
        let mut content = self.files.open(self.id, here).map_err(|error| lost(error.desc))?;
        let mut bytes = vec![0; PART];
        while here < self.total {
            self.going.check()?;
            let wanted = PART.min((self.total - here) as usize);
            let bytes = match content.read(&mut bytes[..wanted]) {
                Ok(0) => return Err(Error::from(Code::FileTransDownloadFailed)),
                Ok(length) => &bytes[..length],
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(lost(error.to_string().into())),
            };
            file.write_all(bytes).map_err(|error| failed(target, &error))?;
            hash.update(bytes);
            here += bytes.len() as u64;
            // All of it is reported by the answer: then the file is in its place.
            if here < self.total && here - told > self.total / REPORTS {
                told = here;
                let report = self.at(here);
                (self.progress)(report);
            }
        }
        if hash.finish() == self.id {
            return file.sync_all().map_err(|error| failed(target, &error));
        }
        // What was there before was something else.
        file.set_len(0).map_err(|error| failed(target, &error))?;
        match resumed {
            true => self.fetch(file),
            false => Err(Error::from(Code::SvrResInvalidFileMd5)),
        }
    }

    /// What an earlier try has left: its hash, and how much it is. The file stands at its end.
    fn resume(&self, file: &mut File) -> Result<(BlobHash, u64), Error> {
        let mut hash = BlobHash::default();
        let mut here = 0;
        let read = (|| {
            if file.metadata()?.len() > self.total {
                file.set_len(0)?;
            }
            file.seek(SeekFrom::Start(0))?;
            let mut bytes = vec![0; PART];
            loop {
                match file.read(&mut bytes)? {
                    0 => return Ok(()),
                    length => {
                        hash.update(&bytes[..length]);
                        here += length as u64;
                    }
                }
            }
        })();
        read.map_err(|error| failed(self.target, &error))?;
        Ok((hash, here))
    }
}

/// The file that a content is collected in, beside the one that it becomes.
struct Part {
    file: File,
    path: PathBuf,
    /// Another download goes on in the one that could be resumed.
    alone: bool,
}

impl Part {
    fn open(target: &Path, id: BlobId) -> std::io::Result<Self> {
        let name = target.file_name().unwrap_or_default();
        let digits = |id: BlobId| id.to_string()[..16].to_owned();
        let of = digits(BlobId::of(name.as_encoded_bytes()));
        let path = target.with_file_name(format!(".{of}-{}.part", digits(id)));
        loop {
            let file =
                File::options().create(true).truncate(false).read(true).write(true).open(&path)?;
            match file.try_lock() {
                // The one that had it may have put it in its place meanwhile.
                Ok(()) if is_at(&file, &path) => return Ok(Self { file, path, alone: false }),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let path = target.with_file_name(format!(".{of}-{:016x}.part", random()));
                    let file =
                        File::options().create_new(true).read(true).write(true).open(&path)?;
                    return Ok(Self { file, path, alone: true });
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
    }

    /// Puts it in its place, whatever was there.
    fn finish(self, target: &Path) -> std::io::Result<()> {
        std::fs::rename(&self.path, target)
            .inspect_err(|_| drop(std::fs::remove_file(&self.path)))?;
        // The name too is to outlive a power cut. Not every directory can be read, nor synced: the file is there all the same.
        if let Some(dir) = target.parent() {
            let _ = disk::sync_dir(if dir.as_os_str().is_empty() { Path::new(".") } else { dir });
        }
        Ok(())
    }

    /// What nobody can go on with is removed.
    fn give_up(self) {
        let empty = self.file.metadata().is_ok_and(|data| data.len() == 0);
        if self.alone || empty {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether an open file still has this name.
fn is_at(file: &File, path: &Path) -> bool {
    let (open, named) = (file.try_clone().and_then(Handle::from_file), Handle::from_path(path));
    open.is_ok_and(|open| named.is_ok_and(|named| named == open))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parking_lot::Mutex;

    use super::*;
    use crate::file::transfers::Transfers;
    use crate::transport::Content;

    /// A server that does not answer any more once the session has ended.
    struct Gone(Mutex<Transfers>);

    impl Files for Gone {
        fn put(
            &self,
            _: &mut dyn Content,
            _: u64,
            _: &mut dyn FnMut(u64) -> Result<(), Error>,
        ) -> Result<BlobId, Error> {
            Err(Error::from(Code::SdkNetDisconnect))
        }

        fn size(&self, _: BlobId) -> Result<Option<u64>, Error> {
            self.0.lock().cancel();
            Err(Error::from(Code::SdkNetDisconnect))
        }

        fn open(&self, _: BlobId, _: u64) -> Result<Box<dyn Read>, Error> {
            Err(Error::from(Code::SdkNetDisconnect))
        }
    }

    #[test]
    fn what_fails_by_the_logout_says_so() {
        let (sender, answer) = crossbeam_channel::bounded(1);
        let files = Arc::new(Gone(Mutex::default()));
        let there = Arc::clone(&files);
        let job = move |going: &Going| {
            let dir = tempfile::tempdir().unwrap();
            let target = dir.path().join("file");
            let id = BlobId::of(b"content");
            let progress: ProgressReply = Box::new(|_| ());
            let mut download =
                Download { files: &*there, going, id, target: &target, total: 0, progress };
            sender.send(download.run().map(drop)).unwrap();
        };
        files.0.lock().start(job).unwrap();
        assert!(answer.recv().unwrap().unwrap_err().is(Code::SvrResSendCancel));
    }
}
