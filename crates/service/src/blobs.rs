//! The contents of files, each kept under what it is: its SHA-256.
//!
//! The same content is there once, whoever sends it how often. Who knows a content's id may read it: the id travels in
//! messages and cannot be guessed.

mod directory;

use std::fmt;
use std::future::Future;
use std::str::FromStr;

use imsdk_types::{Code, Error};
use sha2::{Digest, Sha256};

pub use directory::DirectoryBlobs;

use crate::store::Answer;

/// What is told to who brings too much.
pub const NO_ROOM: &str =
    "the account has brought as many bytes of files as it may, or is bringing them";

/// 6008 with that.
pub fn no_room() -> Error {
    Error::new(Code::FileTransUploadFailed, NO_ROOM)
}

/// What a content is called: its SHA-256, in text 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BlobId([u8; 32]);

impl BlobId {
    /// The id of a content.
    pub fn of(content: &[u8]) -> Self {
        let mut hash = BlobHash::default();
        hash.update(content);
        hash.finish()
    }
}

impl fmt::Display for BlobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for BlobId {
    type Err = Error;

    /// Nothing but 64 digits passes, so that an id can be part of a path.
    fn from_str(text: &str) -> Result<Self, Error> {
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let mut id = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 2 * id.len() {
            return Err(no_id());
        }
        for (byte, pair) in id.iter_mut().zip(digits.chunks_exact(2)) {
            match (digit(pair[0]), digit(pair[1])) {
                (Some(high), Some(low)) => *byte = high << 4 | low,
                _ => return Err(no_id()),
            }
        }
        Ok(Self(id))
    }
}

fn no_id() -> Error {
    Error::new(Code::SvrResInvalidParameters, "this is not the id of a file")
}

/// Computes the id of a content that comes in parts.
#[derive(Clone, Default)]
pub struct BlobHash(Sha256);

impl BlobHash {
    /// Takes the next part.
    pub fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    /// The id of all parts.
    pub fn finish(self) -> BlobId {
        BlobId(self.0.finalize().into())
    }
}

/// Where contents are kept: a directory here, an object store elsewhere (its multipart uploads and range reads are what is
/// asked for).
pub trait Blobs: Send + Sync {
    /// A content on its way.
    type Upload: Upload;
    /// Begins to store a content.
    fn upload(&self) -> impl Future<Output = Answer<Self::Upload>> + Send;
    /// How many bytes a content has; `None` if it is not there.
    fn size(&self, id: BlobId) -> impl Future<Output = Answer<Option<u64>>> + Send;
    /// Bytes of a content from an offset on: as many as are asked for, fewer only at its end.
    fn read(
        &self,
        id: BlobId,
        offset: u64,
        length: usize,
    ) -> impl Future<Output = Answer<Vec<u8>>> + Send;
}

/// A content on its way. Dropped unfinished, it leaves nothing.
pub trait Upload: Send {
    /// Adds a part at the end.
    fn write(&mut self, part: &[u8]) -> impl Future<Output = Answer<()>> + Send;
    /// Keeps the content for good.
    fn finish(self) -> impl Future<Output = Answer<BlobId>> + Send;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sixty_four_digits_and_nothing_else() {
        let id = BlobId::of(b"abc");
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(id.to_string(), text, "the published example of SHA-256");
        assert_eq!(text.parse(), Ok(id));
        for wrong in [
            "".to_owned(),
            text.to_uppercase(),
            text[1..].to_owned(),
            format!("{text}0"),
            format!("../{}", &text[3..]),
            format!("{}\u{e9}", &text[2..]),
            format!("+{}", &text[1..]),
        ] {
            assert!(
                wrong.parse::<BlobId>().unwrap_err().is(Code::SvrResInvalidParameters),
                "{wrong}"
            );
        }
    }
}
