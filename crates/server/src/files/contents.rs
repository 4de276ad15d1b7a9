//! Where contents are kept, chosen when the server starts.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hyper::body::Bytes;
use imsdk_service::blobs::{BlobId, Blobs, DirectoryBlobs};
use imsdk_service::store::ready;
use imsdk_types::{Code, Error};

use super::bucket::Bucket;
use crate::http::Pace;

/// See the module.
pub(super) enum Contents {
    /// In a directory.
    Directory(Arc<DirectoryBlobs>),
    /// In a bucket, those of an application.
    Bucket(Arc<Bucket>, u64),
}

impl Contents {
    pub(super) fn directory(dir: &Path) -> Result<Self, Error> {
        DirectoryBlobs::open(dir).map(Arc::new).map(Self::Directory)
    }

    /// Bytes that are well read at a time, and kept for whoever takes them slowly: a bucket is far away.
    pub(super) fn part(&self) -> usize {
        match self {
            Self::Directory(_) => 64 << 10,
            Self::Bucket(..) => 256 << 10,
        }
    }

    /// How many bytes a content has; `None` if it is not there.
    pub(super) async fn size(&self, id: BlobId) -> Result<Option<u64>, Error> {
        match self {
            Self::Directory(blobs) => {
                let blobs = Arc::clone(blobs);
                beside(move || ready(blobs.size(id))).await
            }
            Self::Bucket(bucket, app) => bucket.size(*app, id).await,
        }
    }

    /// Bytes of a content: as many as are asked for, fewer only at its end.
    pub(super) async fn read(
        &self,
        id: BlobId,
        offset: u64,
        length: usize,
    ) -> Result<Bytes, Error> {
        match self {
            Self::Directory(blobs) => {
                let blobs = Arc::clone(blobs);
                beside(move || ready(blobs.read(id, offset, length)).map(Bytes::from)).await
            }
            Self::Bucket(bucket, app) => bucket.read(*app, id, offset, length).await,
        }
    }

    /// Takes a file that has come, and is what its id says.
    pub(super) async fn take(&self, coming: PathBuf, id: BlobId, pace: &Pace) -> Result<(), Error> {
        match self {
            Self::Directory(blobs) => {
                let blobs = Arc::clone(blobs);
                beside(move || blobs.take(&coming, id)).await
            }
            Self::Bucket(bucket, app) => bucket.take(*app, coming, id, pace).await,
        }
    }
}

/// On a thread that may wait for a disk.
pub(super) async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(Error::new(Code::SdkInternalError, error.to_string())),
    }
}
