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
