//! What client and service say to each other about groups.

use serde::{Deserialize, Serialize};

/// What a client may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {}

impl Request {
    /// Whether it may change something.
    pub fn writes(&self) -> bool {
        match *self {}
    }
}

/// The answer to a [`Request`] that succeeded and gives something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {}

/// What all devices of an account learn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {}
