//! Contents in a directory, which several processes may use at once.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use imsdk_types::{Code, Error};

use super::{BlobHash, BlobId, Blobs, Upload};
use crate::disk;
use crate::store::Answer;

/// Where contents lie that are not whole yet.
const COMING: &str = "coming";

/// What is left there by a program that died is removed after this time.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Sets names of this process apart.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Contents in a directory: each in a file named by its id, in one of 256 directories.
pub struct DirectoryBlobs {
    dir: PathBuf,
}

fn failed(error: std::io::Error) -> Error {
    Error::new(Code::IoOperationFailed, format!("files of the service: {error}"))
}

impl DirectoryBlobs {
    /// Opens a directory, which is made if it is missing.
    ///
    /// # Errors
    /// 6022 with the reason.
    pub fn open(dir: &Path) -> Answer<Self> {
        let coming = dir.join(COMING);
        disk::private_dir(&coming).map_err(failed)?;
        for left in fs::read_dir(&coming).map_err(failed)?.flatten() {
            let age = left.metadata().and_then(|data| data.modified()).map(|at| at.elapsed());
            if matches!(age, Ok(Ok(age)) if age > ABANDONED) {
                // Another process may be quicker.
                let _ = fs::remove_file(left.path());
            }
        }
        Ok(Self { dir: dir.to_owned() })
    }

    /// Takes a file that has come as a content; it must be on the same file system. Whoever calls has made sure of its id.
    ///
    /// # Errors
    /// 6022 with the reason; then the file is where it was.
    pub fn take(&self, coming: &Path, id: BlobId) -> Answer<()> {
        let file = File::options().write(true).open(coming).map_err(failed)?;
        self.keep(coming, &file, id)
    }

    /// Gives what has come its name, for good.
    fn keep(&self, coming: &Path, file: &File, id: BlobId) -> Answer<()> {
        let path = self.path(id);
        if path.exists() {
            // It would be removed as an old one sooner or later.
            let _ = fs::remove_file(coming);
            return Ok(());
        }
        // Programs are shown where it lies, and it stays what it is.
        disk::protect(file).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        if let Some(parent) = path.parent() {
            disk::private_dir(parent).map_err(failed)?;
            fs::rename(coming, &path).map_err(failed)?;
            // The name must be as durable as the content, before a message speaks of it.
            disk::sync_dir(parent).map_err(failed)?;
        }
        Ok(())
    }

    /// Where a content lies, if it is there.
    pub fn path(&self, id: BlobId) -> PathBuf {
        let name = id.to_string();
        self.dir.join(&name[..2]).join(name)
    }
}

/// A content that is being written.
pub struct DirectoryUpload {
    dir: PathBuf,
    /// `None` once it is finished.
    coming: Option<PathBuf>,
    file: File,
    hash: BlobHash,
}

impl Blobs for DirectoryBlobs {
    type Upload = DirectoryUpload;

    async fn upload(&self) -> Answer<DirectoryUpload> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{:x}-{next:x}-{now:x}", std::process::id());
        let coming = self.dir.join(COMING).join(name);
        let file = File::create_new(&coming).map_err(failed)?;
        let hash = BlobHash::default();
        Ok(DirectoryUpload { dir: self.dir.clone(), coming: Some(coming), file, hash })
    }

    async fn size(&self, id: BlobId) -> Answer<Option<u64>> {
        match fs::metadata(self.path(id)) {
            Ok(data) => Ok(Some(data.len())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }

    async fn read(&self, id: BlobId, offset: u64, length: usize) -> Answer<Vec<u8>> {
        let mut file = File::open(self.path(id)).map_err(failed)?;
        file.seek(SeekFrom::Start(offset)).map_err(failed)?;
        let mut part = Vec::with_capacity(length);
        file.take(length as u64).read_to_end(&mut part).map_err(failed)?;
        Ok(part)
    }
}

impl Upload for DirectoryUpload {
    async fn write(&mut self, part: &[u8]) -> Answer<()> {
        self.hash.update(part);
        self.file.write_all(part).map_err(failed)
    }

    async fn finish(mut self) -> Answer<BlobId> {
        let blobs = DirectoryBlobs { dir: self.dir.clone() };
        let id = std::mem::take(&mut self.hash).finish();
        if let Some(coming) = &self.coming {
            blobs.keep(coming, &self.file, id)?;
        }
        self.coming = None;
        Ok(id)
    }
}

impl Drop for DirectoryUpload {
    fn drop(&mut self) {
        if let Some(coming) = &self.coming {
            let _ = fs::remove_file(coming);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn ready<T>(answer: impl Future<Output = T>) -> T {
        match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("a directory had to wait"),
        }
    }

    fn put(blobs: &DirectoryBlobs, parts: &[&[u8]]) -> BlobId {
        let mut upload = ready(blobs.upload()).unwrap();
        for part in parts {
            ready(upload.write(part)).unwrap();
        }
        ready(upload.finish()).unwrap()
    }

    fn files(dir: &Path) -> usize {
        let of = |entry: fs::DirEntry| match entry.file_type().unwrap().is_dir() {
            true => files(&entry.path()),
            false => 1,
        };
        fs::read_dir(dir).unwrap().map(|entry| of(entry.unwrap())).sum()
    }

    #[test]
    fn a_content_is_kept_once_and_read_in_parts() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = DirectoryBlobs::open(dir.path()).unwrap();
        let id = put(&blobs, &[b"hello ", b"world"]);
        assert_eq!(id, BlobId::of(b"hello world"));
        assert_eq!(put(&blobs, &[b"hello world"]), id);
        assert_eq!(files(dir.path()), 1);
        let again = DirectoryBlobs::open(dir.path()).unwrap();
        assert_eq!(ready(again.size(id)), Ok(Some(11)));
        for (offset, length, part) in [(0, 5, "hello"), (6, 99, "world"), (11, 9, ""), (99, 9, "")]
        {
            assert_eq!(ready(again.read(id, offset, length)).unwrap(), part.as_bytes());
        }
        let unknown = BlobId::of(b"something else");
        assert_eq!(ready(blobs.size(unknown)), Ok(None));
        assert!(ready(blobs.read(unknown, 0, 1)).unwrap_err().is(Code::IoOperationFailed));
        assert_eq!(ready(blobs.size(put(&blobs, &[]))), Ok(Some(0)));
    }

    #[test]
    fn a_file_that_has_come_is_taken_once() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = DirectoryBlobs::open(&dir.path().join("blobs")).unwrap();
        let (coming, id) = (dir.path().join("coming"), BlobId::of(b"content"));
        assert!(blobs.take(&coming, id).unwrap_err().is(Code::IoOperationFailed));
        for _ in 0..2 {
            fs::write(&coming, "content").unwrap();
            blobs.take(&coming, id).unwrap();
            assert!(!coming.exists());
            assert_eq!(ready(blobs.read(id, 0, 99)).unwrap(), b"content");
        }
    }

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let blobs = DirectoryBlobs::open(dir.path()).unwrap();
        let mut upload = ready(blobs.upload()).unwrap();
        ready(upload.write(b"half of")).unwrap();
        assert_eq!(files(dir.path()), 1);
        drop(upload);
        assert_eq!(files(dir.path()), 0);
    }

    #[test]
    fn what_a_crash_left_is_removed_when_it_is_old() {
        let dir = tempfile::tempdir().unwrap();
        drop(DirectoryBlobs::open(dir.path()).unwrap());
        let (old, young) = (dir.path().join("coming/old"), dir.path().join("coming/young"));
        fs::write(&young, "still coming").unwrap();
        let file = File::create_new(&old).unwrap();
        file.set_modified(SystemTime::now() - 2 * ABANDONED).unwrap();
        drop(DirectoryBlobs::open(dir.path()).unwrap());
        assert!(young.exists() && !old.exists());
    }
}
