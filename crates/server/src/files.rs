//! Contents of files over HTTP, under URLs that a session has asked for.
//!
//! A content on its way collects in `uploads`, in a directory of the account, named by content and size: who was cut off asks again and goes on.
//! Once all of it is there and its SHA-256 is right, it is handed to where contents are kept.

mod bucket;
mod contents;
mod transfer;
mod url;

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use imsdk_service::blobs::{BlobId, no_room};
use imsdk_service::{Clock, SystemClock, private_dir};
use imsdk_types::wire::file::{Request, Response, Way};
use imsdk_types::{Code, Error};
use parking_lot::Mutex;
use tokio::sync::watch;

use crate::config::Limits;
use crate::engine::{Operator, Work};
pub(crate) use bucket::Bucket;
use contents::Contents;
use transfer::Kept;
use url::{Grant, Purpose};

/// Uploads of an account that are not whole yet.
const UNFINISHED: usize = 32;

/// Contents that an account loads at once, and that it brings: of each some is kept for as long as the client does nothing.
const AT_ONCE: usize = 64;

/// What an upload is called while it is taken in, see [`Files::keep`].
const WHOLE: &str = "whole";

/// What nobody goes on with is removed after this time.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// The files of an application.
pub(crate) struct Files {
    app: u64,
    contents: Contents,
    uploads: PathBuf,
    limits: Arc<Limits>,
    /// Signs URLs where the application has no key.
    own_key: String,
    /// Who writes to an upload now: a later one takes it over.
    writers: Mutex<HashMap<PathBuf, Arc<Writer>>>,
    loads: Arc<Moves>,
    brings: Arc<Moves>,
    /// Held while the file of a new upload is made, so that they are counted.
    beginning: Mutex<()>,
    /// Where accounts are asked for room.
    submit: Submit,
}

/// Hands a work to the engine; one that is dropped is not done.
pub(crate) type Submit = Box<dyn Fn(Work) + Send + Sync>;

/// See [`Files::writers`].
#[derive(Default)]
struct Writer {
    /// Whoever waits for more of it learns that a later one came.
    turn: watch::Sender<u64>,
    /// How many there are now. Changed under the lock of the map alone.
    turns: AtomicU64,
    file: Mutex<()>,
    /// Held while the upload is taken in.
    keeping: tokio::sync::Mutex<()>,
}

/// Somebody who works on an upload. Its [`Writer`] is there until the last of them has gone, in whatever way.
struct Turn {
    files: Arc<Files>,
    path: PathBuf,
    writer: Arc<Writer>,
    number: u64,
}

impl Turn {
    /// Whether nobody has taken the upload over.
    fn is_current(&self) -> bool {
        *self.writer.turn.borrow() == self.number
    }

    /// Ends when somebody has.
    async fn taken_over(&self) {
        let mut turn = self.writer.turn.subscribe();
        let _ = turn.wait_for(|turn| *turn != self.number).await;
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut writers = self.files.writers.lock();
        if self.writer.turns.fetch_sub(1, Ordering::SeqCst) == 1 {
            writers.remove(&self.path);
        }
    }
}

/// How many contents accounts load now, or bring, for those that do.
#[derive(Default)]
struct Moves(Mutex<HashMap<u64, usize>>);

/// A content on its way to an account, or from it. Dropped, it is there, or given up.
struct Move {
    all: Arc<Moves>,
    account: u64,
}

impl Move {
    /// `None` if the account has as many as it may.
    fn begin(all: &Arc<Moves>, account: u64) -> Option<Self> {
        let mut moves = all.0.lock();
        let count = moves.entry(account).or_default();
        (*count < AT_ONCE).then(|| {
            *count += 1;
            Self { all: Arc::clone(all), account }
        })
    }
}

impl Drop for Move {
    fn drop(&mut self) {
        let mut moves = self.all.0.lock();
        if let Some(count) = moves.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                moves.remove(&self.account);
            }
        }
    }
}

impl Files {
    /// Opens the files of an application: in its directory, but for contents where there is a bucket.
    ///
    /// # Errors
    /// 6022 with the reason.
    pub(crate) fn open(
        app: u64,
        dir: &Path,
        bucket: Option<&Arc<Bucket>>,
        limits: Arc<Limits>,
        submit: Submit,
    ) -> Result<Self, Error> {
        let uploads = dir.join("uploads");
        private_dir(&uploads).map_err(|error| failed(&error))?;
        let contents = match bucket {
            Some(bucket) => Contents::Bucket(Arc::clone(bucket), app),
            None => Contents::directory(&dir.join("blobs"))?,
        };
        let own_key = crate::app::random_key()?;
        let files = Self {
            app,
            contents,
            uploads,
            limits,
            own_key,
            writers: Mutex::default(),
            loads: Arc::default(),
            brings: Arc::default(),
            beginning: Mutex::default(),
            submit,
        };
        files.sweep();
        Ok(files)
    }

    /// Removes what nobody goes on with.
    pub(crate) fn sweep(&self) {
        for of in fs::read_dir(&self.uploads).into_iter().flatten().flatten() {
            for left in fs::read_dir(of.path()).into_iter().flatten().flatten() {
                let age = left.metadata().and_then(|data| data.modified()).map(|at| at.elapsed());
                if matches!(age, Ok(Ok(age)) if age > ABANDONED) {
                    let _ = fs::remove_file(left.path());
                }
            }
            let _alone = self.beginning.lock();
            // If nothing is left in it.
            let _ = fs::remove_dir(of.path());
        }
    }

    /// Gives a session a way to a content.
    ///
    /// # Errors
    /// 114011 for what is no id, 7005 for a content that is too large, 6008 for too many unfinished uploads, or if the account has no room
    /// for it, 6019, 6022.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        keys: &[String],
        account: u64,
        request: &Request,
    ) -> Result<Response, Error> {
        match request {
            Request::Download { id } => {
                let id: BlobId = id.parse()?;
                let size = self.contents.size(id).await?;
                let way = |size| self.way(keys, Grant::new(Purpose::Get, id, account, size));
                Ok(Response::Download { way: size.map(way), size: size.unwrap_or_default() })
            }
            Request::Upload { id, size } => {
                let id: BlobId = id.parse()?;
                if *size > self.limits.max_file {
                    return Err(Error::from(Code::SdkCommFileTooLarge));
                }
                if self.contents.size(id).await?.is_some() {
                    return Ok(Response::Upload { way: None, offset: *size });
                }
                // All of it may have come before the connection was lost, and its room may be taken already.
                let turn = Arc::new(self.turn(self.coming(account, id, *size), false));
                let offset = match self.keep(turn, account, id, *size, Arc::default()).await? {
                    Kept::Here => return Ok(Response::Upload { way: None, offset: *size }),
                    Kept::Wrong => 0,
                    Kept::Part(length) => length,
                };
                let room = self.room(account).await?;
                if *size > room {
                    return Err(no_room());
                }
                if offset == 0 {
                    let (files, own) = (Arc::clone(self), self.coming(account, id, *size));
                    let others = move || Ok(files.unfinished(account, &own));
                    let (count, bytes) = contents::beside(others).await?;
                    if count >= UNFINISHED {
                        return Err(too_many());
                    }
                    if bytes.saturating_add(*size) > room {
                        return Err(no_room());
                    }
                }
                let grant = Grant::new(Purpose::Put, id, account, *size);
                Ok(Response::Upload { way: Some(self.way(keys, grant)), offset })
            }
        }
    }

    fn way(&self, keys: &[String], grant: Grant) -> Way {
        let seconds = self.limits.url.as_secs();
        let key = keys.first().unwrap_or(&self.own_key);
        Way { url: grant.sign(key, self.app, SystemClock.now() + seconds), seconds }
    }

    /// What a URL permits, if it was made here and has not run out.
    fn granted(&self, keys: &[String], purpose: Purpose, id: &str, query: &str) -> Option<Grant> {
        let keys = keys.iter().chain([&self.own_key]);
        Grant::verify(keys, self.app, purpose, id, query, SystemClock.now())
    }

    /// A turn at an upload: a new one, with which all that came before lose theirs, or the present one.
    fn turn(self: &Arc<Self>, path: PathBuf, new: bool) -> Turn {
        let mut writers = self.writers.lock();
        let writer = Arc::clone(writers.entry(path.clone()).or_default());
        writer.turns.fetch_add(1, Ordering::SeqCst);
        if new {
            writer.turn.send_modify(|turn| *turn += 1);
        }
        let number = *writer.turn.borrow();
        Turn { files: Arc::clone(self), path, writer, number }
    }

    /// Where the uploads of an account collect. It is there while there are any.
    fn of(&self, account: u64) -> PathBuf {
        self.uploads.join(account.to_string())
    }

    fn coming(&self, account: u64, id: BlobId, size: u64) -> PathBuf {
        self.of(account).join(format!("{id}-{size}"))
    }

    /// How many uploads of an account are not taken in, but for this one, and how many bytes they will be: the room for one that is whole
    /// is taken already, or will be in a moment.
    fn unfinished(&self, account: u64, but: &Path) -> (usize, u64) {
        let paths = fs::read_dir(self.of(account)).into_iter().flatten().flatten();
        let others = paths.map(|entry| entry.path()).filter(|path| path != but);
        others.fold((0, 0), |(count, bytes), path| (count + 1, bytes + said(&path)))
    }

    /// How many bytes of files an account may still bring, those not counted that are on their way.
    async fn room(&self, account: u64) -> Result<u64, Error> {
        let room = Operator::Room { account }.done(&self.submit).await?;
        Ok(room.as_u64().unwrap_or_default())
    }
}

/// How long an upload that is not whole will be, see [`Files::coming`].
fn said(path: &Path) -> u64 {
    if path.extension().is_some_and(|extension| extension == WHOLE) {
        return 0;
    }
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    name.rsplit_once('-').and_then(|(_, size)| size.parse().ok()).unwrap_or_default()
}

fn too_many() -> Error {
    Error::new(Code::FileTransUploadFailed, "too many uploads that are not finished")
}

fn failed(error: &io::Error) -> Error {
    Error::new(Code::IoOperationFailed, format!("files of the service: {error}"))
}

#[cfg(test)]
mod tests;
