//! Contents of files in the service inside this process.

#[cfg_attr(unix, path = "files/unix.rs")]
#[cfg_attr(windows, path = "files/windows.rs")]
mod path;

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use imsdk_service::blobs::{BlobId, Blobs, DirectoryBlobs, Upload};
use imsdk_service::store::ready;
use imsdk_types::{Code, Error};

use super::{Content, Files, has_become_shorter};

/// Bytes that are handed over at a time.
const PART: usize = 256 << 10;

/// See the module.
pub(super) struct EmbeddedFiles(Arc<DirectoryBlobs>);

impl EmbeddedFiles {
    /// Opens the directory.
    ///
    /// # Errors
    /// 6022 with the reason.
    pub(super) fn open(dir: &Path) -> Result<Self, Error> {
        DirectoryBlobs::open(dir).map(|blobs| Self(Arc::new(blobs)))
    }
}

impl Files for EmbeddedFiles {
    fn put(
        &self,
        content: &mut dyn Content,
        size: u64,
        step: &mut dyn FnMut(u64) -> Result<(), Error>,
    ) -> Result<BlobId, Error> {
        let mut content = content.take(size);
        let mut upload = ready(self.0.upload())?;
        let mut part = vec![0; PART];
        let mut done = 0;
        loop {
            let length = match content.read(&mut part) {
                Ok(0) if done < size => return Err(has_become_shorter()),
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

    fn local_url(&self, id: BlobId) -> Option<String> {
        Some(file_url(&self.0.path(id)))
    }

    fn size(&self, id: BlobId) -> Result<Option<u64>, Error> {
        ready(self.0.size(id))
    }

    fn open(&self, id: BlobId, offset: u64) -> Result<Box<dyn Read>, Error> {
        Ok(Box::new(Reader { blobs: Arc::clone(&self.0), id, at: offset }))
    }
}

/// A content that is being read.
struct Reader {
    blobs: Arc<DirectoryBlobs>,
    id: BlobId,
    at: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let part = ready(self.blobs.read(self.id, self.at, buffer.len()));
        let part = part.map_err(|error| io::Error::other(error.desc))?;
        buffer[..part.len()].copy_from_slice(&part);
        self.at += part.len() as u64;
        Ok(part.len())
    }
}

/// RFC 8089: all bytes but those that stand for themselves in any path are escaped.
fn file_url(path: &Path) -> String {
    let (start, rest) = path::split(path);
    let mut url = format!("file://{start}");
    for byte in rest {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                url.push(char::from(byte));
            }
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn what_is_not_all_there_is_not_kept() {
        let dir = tempfile::tempdir().unwrap();
        let files = EmbeddedFiles::open(dir.path()).unwrap();
        let put = |size| files.put(&mut Cursor::new("short"), size, &mut |_| Ok(()));
        assert!(put(6).unwrap_err().is(Code::SvrResReadFailed));
        let id = put(5).unwrap();
        assert_eq!(files.size(id), Ok(Some(5)));
    }
}
