//! Contents of files in the service inside this process.

use std::io::Read;
use std::path::Path;

use imsdk_service::blobs::{BlobId, Blobs, DirectoryBlobs, Upload};
use imsdk_service::store::ready;
use imsdk_types::{Code, Error};

use super::Files;

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

    fn local_url(&self, id: BlobId) -> Option<String> {
        Some(file_url(&self.0.path(id)))
    }

    fn size(&self, id: BlobId) -> Result<Option<u64>, Error> {
        ready(self.0.size(id))
    }

    fn read(&self, id: BlobId, offset: u64, length: usize) -> Result<Vec<u8>, Error> {
        ready(self.0.read(id, offset, length))
    }
}

/// RFC 8089: all bytes but those that stand for themselves in any path are escaped.
fn file_url(path: &Path) -> String {
    let mut url = String::from("file://");
    let path = path.as_os_str().as_encoded_bytes();
    if !path.starts_with(b"/") {
        url.push('/');
    }
    for &byte in path {
        match byte {
            b'\\' if cfg!(windows) => url.push('/'),
            b':' if cfg!(windows) => url.push(':'),
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
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_become_urls() {
        for (path, url) in [
            ("/var/lib/a-b_c.d~/1", "file:///var/lib/a-b_c.d~/1"),
            ("/my data/ä%#?/", "file:///my%20data/%C3%A4%25%23%3F/"),
        ] {
            assert_eq!(file_url(Path::new(path)), url);
        }
    }

    #[cfg(windows)]
    #[test]
    fn paths_become_urls() {
        assert_eq!(file_url(Path::new(r"C:\my data\1")), "file:///C:/my%20data/1");
    }
}
