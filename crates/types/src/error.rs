//! The error that every layer passes on: a number for programs, a text for people.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Code;

/// What a callback reports when a request failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Error {
    /// Usually a [`Code`]; a service may send a number of its own.
    pub code: i32,
    /// Short English text. It holds no user content, so it may be logged.
    pub desc: Cow<'static, str>,
}

impl Error {
    /// Live groups keep no history.
    pub const NO_HISTORY: Self = Self::unnamed(10044, "a group of this type has no history");
    /// More users are mentioned than one message may mention.
    pub const MENTIONS: Self =
        Self::unnamed(10053, "more users are mentioned than one message may");
    /// One to one: no such message.
    pub const NO_MESSAGE: Self = Self::unnamed(20022, "no such message");
    /// One to one: withdrawn before.
    pub const WITHDRAWN: Self = Self::unnamed(20023, "the message was withdrawn already");

    /// Those that are documented, and that no header has a name for.
    pub const UNNAMED: [Self; 4] =
        [Self::NO_HISTORY, Self::MENTIONS, Self::NO_MESSAGE, Self::WITHDRAWN];

    const fn unnamed(code: i32, desc: &'static str) -> Self {
        Self { code, desc: Cow::Borrowed(desc) }
    }

    /// An error with a text of its own.
    pub fn new(code: Code, desc: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.value(), desc: desc.into() }
    }

    /// Whether it is this code, whatever its text.
    pub fn is(&self, code: Code) -> bool {
        self.code == code.value()
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::new(code, code.desc())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.desc)
    }
}

impl std::error::Error for Error {}
