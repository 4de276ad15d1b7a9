//! The way to the service.
//!
//! The core submits requests and flushes; answers come back from `flush` or later, each with the token of its request.
//! The embedded transport answers everything in the flush; others answer through the core's queue (`Command::Answer`).

#[cfg(feature = "deferred")]
mod deferred;
mod doorbell;
mod embedded;
mod files;
mod remote;

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

use imsdk_service::blobs::{BlobHash, BlobId};
use imsdk_types::wire::{LoggedIn, Request, Response};
use imsdk_types::{Code, Error, NetworkStatus};

#[cfg(feature = "deferred")]
pub(crate) use deferred::Deferred;
pub use doorbell::Knock;
pub(crate) use embedded::Embedded;
pub use remote::{Backoff, Refusal, Socket, Way, lost, read};
pub(crate) use remote::{Remote, certificates};

/// Names a request until its answer comes.
pub(crate) type Token = u64;

/// Where a session hears that there is news. Dropping it ends that; a transport that keeps sessions up by itself lets this one go.
pub(crate) type Door = Box<dyn Send>;

/// Who hears it.
pub(crate) type Listener = Box<dyn Fn(Knock) + Send>;

/// What a transport that keeps a session up by itself tells the core.
#[derive(Debug)]
pub(crate) enum News {
    /// The link to the service has changed, perhaps by a failure.
    Network(NetworkStatus, Option<Error>),
    /// After a loss the session goes on under another number. Hints may have been lost.
    Renewed(LoggedIn),
    /// The session can't go on.
    Ended(Error),
}

/// See the module.
pub(crate) trait Transport: Send {
    /// Queues a request.
    fn submit(&mut self, token: Token, request: Request);
    /// Sends what is queued. Answers that are here, in the order of their requests. A success is durable.
    fn flush(&mut self) -> Vec<(Token, Result<Response, Error>)>;
    /// Whether answers come through the core's queue, in the order of their requests.
    fn answers_later(&self) -> bool {
        false
    }
    /// Whether there is no way to the service at the moment.
    fn is_away(&self) -> bool {
        false
    }
    /// Whether others may have changed something since this was last asked: what a lost hint would have told.
    fn has_changed(&mut self) -> bool {
        false
    }
    /// The device has all that the session's log has up to this place. A transport that keeps a session up by itself begins there again.
    /// `None`: it begins anew.
    fn has_come_to(&mut self, _cursor: Option<u64>) {}
    /// Where the last flush wrote into the account's log, as places (after, up to). `None` if something is there that this session must be
    /// told.
    fn written(&mut self) -> Option<(u64, u64)> {
        None
    }
    /// Forgets what is queued, and takes back what was not committed.
    fn abandon(&mut self);
    /// Listens for news of the session: `knock` is called on a thread of the transport's own.
    fn listen(&mut self, knock: Listener) -> Result<Door, Error>;
    /// The way to the contents of files.
    fn files(&self) -> Arc<dyn Files>;
}

/// The way to the contents of files: used by threads that may wait.
pub(crate) trait Files: Send + Sync {
    /// Stores the first `size` bytes of a content. `step` is told how many are done, and ends the transfer by an error.
    fn put(
        &self,
        content: &mut dyn Content,
        size: u64,
        step: &mut dyn FnMut(u64) -> Result<(), Error>,
    ) -> Result<BlobId, Error>;
    /// The URL under which any program of this machine can load a content, if there is one.
    fn local_url(&self, _id: BlobId) -> Option<String> {
        None
    }
    /// How many bytes a content has; `None` if it is not there (any more).
    fn size(&self, id: BlobId) -> Result<Option<u64>, Error>;
    /// A content from an offset on.
    fn open(&self, id: BlobId, offset: u64) -> Result<Box<dyn Read>, Error>;
}

/// Bytes that are read at a time.
const PART: usize = 64 << 10;

/// What can be stored. It may be read more than once.
pub(crate) trait Content: Read + Seek {}

impl<T: Read + Seek> Content for T {}

/// 114004: less can be read than was to be sent.
pub(crate) fn has_become_shorter() -> Error {
    Error::new(Code::SvrResReadFailed, "the file has become shorter")
}

/// 6008: what was read belongs to two versions of it.
pub(crate) fn has_changed() -> Error {
    Error::new(Code::FileTransUploadFailed, "the file has changed while it was read")
}

/// 114004: it cannot be read.
pub(crate) fn unreadable(error: &io::Error) -> Error {
    Error::new(Code::SvrResReadFailed, error.to_string())
}

/// What the first `size` bytes of a content are called. `step` ends it by an error.
pub(crate) fn id_of(
    content: &mut dyn Content,
    size: u64,
    step: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<BlobId, Error> {
    let mut hash = BlobHash::default();
    let mut left = size;
    let mut part = vec![0; PART];
    content.seek(SeekFrom::Start(0)).map_err(|error| unreadable(&error))?;
    while left > 0 {
        let most = part.len().min(left as usize);
        match content.read(&mut part[..most]) {
            Ok(0) => return Err(has_become_shorter()),
            Ok(length) => {
                hash.update(&part[..length]);
                left -= length as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(&error)),
        }
        step()?;
    }
    Ok(hash.finish())
}
