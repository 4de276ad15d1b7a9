//! What client and service say to each other about messages that were sent before.

use serde::{Deserialize, Serialize};

use super::Conv;

/// Names a message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MessageRef {
    /// By its place, see [`Accepted::order`](super::Accepted::order).
    Order(u64),
    /// By what its sender identified it with, for a device that does not have it.
    Key {
        /// User id of the sender.
        sender: String,
        /// The sender's clock, in Unix seconds.
        client_time: u64,
        /// The sender's random number.
        rand: u32,
    },
}

/// What a client may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Take a message back, for all who have it.
    Revoke {
        /// Its conversation.
        conv: Conv,
        /// Which one.
        message: MessageRef,
    },
    /// Remove messages from this account's view; the others keep them.
    Delete {
        /// Their conversation.
        conv: Conv,
        /// Which ones.
        messages: Vec<MessageRef>,
    },
}

impl Request {
    /// Whether it may change something.
    pub fn writes(&self) -> bool {
        match self {
            Self::Revoke { .. } | Self::Delete { .. } => true,
        }
    }
}

/// What all devices of an account learn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// A message was taken back.
    Revoked {
        /// Its conversation, as the account sees it.
        conv: Conv,
        /// When it was accepted, in Unix seconds.
        time: u64,
        /// Its place.
        order: u64,
        /// User id of the one who took it back.
        revoker: String,
        /// The session that did it: that device knows already.
        session: u64,
    },
}
