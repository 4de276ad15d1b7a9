//! Contents in a bucket of a store that speaks S3, which all servers of a service share.
//!
//! They are named as in the directory, `<prefix>/<sdk app id>/<two digits>/<SHA-256>`, so that either can be copied to the other.

use std::fs::{self, File};
use std::io::Read;
use std::time::Duration;

use hyper::body::Bytes;
use imsdk_service::blobs::{BlobHash, BlobId};
use imsdk_types::{Code, Error};
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectStoreExt, RetryConfig};
use percent_encoding::percent_decode_str;
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_rustls::rustls::crypto::ring;

use super::contents::beside;
use crate::http::Pace;

/// A content that is larger goes to the store in parts of this size, one after the other.
const PART: u64 = 8 << 20;

/// Parts that an S3 content may have.
const PARTS: u64 = 10_000;

/// Contents that go to the store at once: each has a part of it in memory.
const TAKERS: usize = 8;

/// How often, and for how long, the store is asked again. Clients wait for 30 seconds.
const RETRIES: usize = 3;
const PATIENCE: Duration = Duration::from_secs(10);

/// How long the store may take to show at the start that it is there.
const CHECK: Duration = Duration::from_secs(45);

/// What is written at the start; no application has this name.
const SIGN: &str = ".im-server";

/// See the module.
pub(crate) struct Bucket {
    store: AmazonS3,
    root: Path,
    takers: Semaphore,
}

impl Bucket {
    /// Reads `s3://BUCKET/PREFIX?OPTION=VALUE&…`. Options that are not in it are taken from the environment (`AWS_…`).
    ///
    /// # Errors
    /// The reason.
    pub(crate) fn new(url: &str) -> Result<Self, String> {
        let form = "expected s3://BUCKET/PREFIX, with options as ?endpoint=URL&region=NAME";
        let rest = url.strip_prefix("s3://").ok_or(form)?;
        let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
        if bucket.is_empty() || !bucket.bytes().all(fits) {
            return Err(form.to_owned());
        }
        let root = Path::parse(prefix).map_err(|error| reasons(&error))?;
        // What reqwest asks for, in the whole process; whoever has chosen one before keeps it.
        let _ = ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::from_env();
        for option in options.split('&').filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once('=').ok_or("an option is NAME=VALUE")?;
            let key: AmazonS3ConfigKey =
                name.parse().map_err(|_| format!("there is no option {name}"))?;
            let value = percent_decode_str(value).decode_utf8();
            let value = value.map_err(|_| format!("{name} is not UTF-8"))?;
            builder = builder.with_config(key, value);
        }
        let retry =
            RetryConfig { max_retries: RETRIES, retry_timeout: PATIENCE, ..RetryConfig::default() };
        let builder = builder.with_bucket_name(bucket).with_retry(retry);
        let store = builder.build().map_err(|error| reasons(&error))?;
        Ok(Self { store, root, takers: Semaphore::new(TAKERS) })
    }

    /// Makes sure that the store takes contents, gives them back, and says what it does not have.
    ///
    /// # Errors
    /// 6017 with the reason.
    pub(crate) async fn check(&self) -> Result<(), Error> {
        let check = async {
            let (sign, bytes) = (self.root.clone().join(SIGN), Bytes::from_static(b"im-server\n"));
            let wrong = |what: &str, error| refused(&format!("{what}: {}", reasons(&error)));
            let put = self.store.put(&sign, bytes.clone().into()).await;
            put.map_err(|error| wrong("nothing can be written there", error))?;
            let read = async { self.store.get(&sign).await?.bytes().await }.await;
            if read.map_err(|error| wrong("nothing can be read there", error))? != bytes {
                return Err(refused("what was written is not what is read"));
            }
            match self.store.head(&self.root.clone().join(SIGN).join("absent")).await {
                Ok(_) => Err(refused("it says that there is what was never written")),
                Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => {
                    Err(wrong("it does not say what is missing (s3:ListBucket lets it)", error))
                }
            }
        };
        timeout(CHECK, check).await.unwrap_or_else(|_| Err(refused("the store does not answer")))
    }

    fn path(&self, app: u64, id: BlobId) -> Path {
        let name = id.to_string();
        self.root.clone().join(app.to_string()).join(&name[..2]).join(name)
    }

    /// As of [`super::contents::Contents`].
    pub(super) async fn size(&self, app: u64, id: BlobId) -> Result<Option<u64>, Error> {
        match self.store.head(&self.path(app, id)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(failed(&error)),
        }
    }

    /// As of [`super::contents::Contents`].
    pub(super) async fn read(
        &self,
        app: u64,
        id: BlobId,
        offset: u64,
        length: usize,
    ) -> Result<Bytes, Error> {
        let range = offset..offset + length as u64;
        self.store.get_range(&self.path(app, id), range).await.map_err(|error| failed(&error))
    }

    /// Takes a file as a content, and removes it. What has been read of it is hashed once more, so that nothing else gets the name of
    /// the content, whatever happened to the file meanwhile.
    ///
    /// # Errors
    /// 6022; then the file is where it was.
    pub(super) async fn take(
        &self,
        app: u64,
        coming: std::path::PathBuf,
        id: BlobId,
        pace: &Pace,
    ) -> Result<(), Error> {
        // Is never closed.
        let _turn = self.takers.acquire().await;
        let path = self.path(app, id);
        let mut source = Source::open(coming.clone()).await?;
        if source.left <= PART {
            let (source, part) = source.next(PART).await?;
            source.is(id)?;
            self.store.put(&path, part.into()).await.map_err(|error| failed(&error))?;
        } else {
            let size = PART.max(source.left.div_ceil(PARTS));
            let upload = self.store.put_multipart(&path).await;
            let mut upload = upload.map_err(|error| failed(&error))?;
            let sent = async {
                while source.left > 0 {
                    let part;
                    (source, part) = source.next(size).await?;
                    upload.put_part(part.into()).await.map_err(|error| failed(&error))?;
                    pace.step();
                }
                source.is(id)?;
                upload.complete().await.map_err(|error| failed(&error))
            };
            if let Err(error) = sent.await {
                // What cannot be taken back now is left to the rules of the bucket.
                let _ = upload.abort().await;
                return Err(error);
            }
        }
        // Otherwise it would be removed as an old one.
        let _ = fs::remove_file(coming);
        Ok(())
    }
}

/// A file that is read in parts.
struct Source {
    file: File,
    left: u64,
    hash: BlobHash,
}

impl Source {
    async fn open(path: std::path::PathBuf) -> Result<Self, Error> {
        beside(move || {
            let open = || {
                let file = File::open(path)?;
                let left = file.metadata()?.len();
                Ok(Self { file, left, hash: BlobHash::default() })
            };
            open().map_err(|error| super::failed(&error))
        })
        .await
    }

    async fn next(mut self, size: u64) -> Result<(Self, Vec<u8>), Error> {
        beside(move || {
            let mut part = vec![0; self.left.min(size) as usize];
            self.file.read_exact(&mut part).map_err(|error| super::failed(&error))?;
            self.left -= part.len() as u64;
            self.hash.update(&part);
            Ok((self, part))
        })
        .await
    }

    fn is(self, id: BlobId) -> Result<(), Error> {
        if self.hash.finish() == id {
            return Ok(());
        }
        let text = "files of the service: an upload has changed while it was kept";
        Err(Error::new(Code::IoOperationFailed, text))
    }
}

/// A wrong setting. Not the setting itself: it may hold a key.
fn refused(reason: &str) -> Error {
    Error::new(Code::InvalidParameters, format!("files: {reason}"))
}

/// What clients are told. Where the store is, and what it says, is for the log.
fn failed(error: &object_store::Error) -> Error {
    tracing::error!("the store of files: {}", reasons(error));
    Error::new(Code::IoOperationFailed, "files of the service: their store cannot do that now")
}

/// An error with what lies under it and is not said yet.
fn reasons(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut under = error.source();
    while let Some(reason) = under {
        let said = reason.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        under = reason.source();
    }
    text
}
