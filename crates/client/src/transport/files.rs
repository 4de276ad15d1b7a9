//! Contents of files in the service inside this process.

use std::io::Read;
use std::path::Path;

use imsdk_service::blobs::{BlobId, Blobs, DirectoryBlobs, Upload};
use imsdk_types::{Code, Error};

use super::Files;
use super::embedded::ready;

/// Bytes that are handed over at a time.
const PART: usize = 256 << 10;

/// See the module.
pub(super) struct EmbeddedFiles(DirectoryBlobs);

impl EmbeddedFiles {
    /// Opens the directory.
    ///
    /// # Errors
    /// 6022 with the reason.
    pub(super) fn open(dir: &Path) -> Result<Self, Error> {
        DirectoryBlobs::open(dir).map(Self)
    }
}

impl Files for EmbeddedFiles {
    fn put(
        &self,
        content: &mut dyn Read,
        step: &mut dyn FnMut(u64) -> Result<(), Error>,
    ) -> Result<BlobId, Error> {
        let mut upload = ready(self.0.upload())?;
        let mut part = vec![0; PART];
        let mut done = 0;
        loop {
            let length = match content.read(&mut part) {
                Ok(0) => return ready(upload.finish()),
                Ok(length) => length,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Error::new(Code::SvrResReadFailed, error.to_string())),
            };
            ready(upload.write(&part[..length]))?;
            done += length as u64;
            step(done)?;
        }
    }

    fn size(&self, id: BlobId) -> Result<Option<u64>, Error> {
        ready(self.0.size(id))
    }

    fn read(&self, id: BlobId, offset: u64, length: usize) -> Result<Vec<u8>, Error> {
        ready(self.0.read(id, offset, length))
    }
}
