//! Where contents of files travel: beside the requests, over HTTP, under URLs that a session asks for.

use serde::{Deserialize, Serialize};

/// What a client may ask for. A content is named by its SHA-256, 64 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// A way to bring a content.
    Upload {
        /// Which one.
        id: String,
        /// How many bytes it has.
        size: u64,
    },
    /// A way to load a content.
    Download {
        /// Which one.
        id: String,
    },
}

/// The answer to a [`Request`] that succeeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::Upload`].
    Upload {
        /// Where to; `None` if the content is there.
        way: Option<Way>,
        /// So many bytes of it are there: go on from here.
        offset: u64,
    },
    /// To [`Request::Download`].
    Download {
        /// From where; `None` if it is not there (any more).
        way: Option<Way>,
        /// How many bytes it has; 0 if it is not there.
        size: u64,
    },
}

/// A URL for one content and one purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Path and query, at the server that was asked.
    pub url: String,
    /// It is good for so many seconds from now on. A transfer that has begun goes on.
    pub seconds: u64,
}
