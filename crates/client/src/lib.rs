//! The client core: one user's session, conversations and local store, over a way to the service.
//!
//! A [`Client`] is a value: a process may hold several. Its methods are called from any thread and never wait for I/O; what they start is
//! done in order by one thread, the core, which reports through replies and [`Events`].

#![forbid(unsafe_code)]

mod client;
pub mod config;
mod conversation;
mod core;
mod draft;
mod event;
mod file;
mod friendship;
mod group;
pub mod log;
mod message;
mod profile;
mod queue;
mod session;
mod store;
mod sync;
mod transport;
mod user;

/// The readers of what strangers hand over, for `fuzz/targets.rs` alone.
#[doc(hidden)]
pub mod readers {
    pub use crate::file::image::{look, size};
    pub use crate::file::{address_of, blob_at};
    pub use crate::message::{account_in, identities};
    pub use crate::transport::Knock;
}

/// The way to a server as far as the WebSocket, for `crates/bench` alone, which speaks the protocol itself.
#[doc(hidden)]
pub mod wire {
    pub use crate::client::random;
    pub use crate::transport::{Backoff, Refusal, Socket, Way, lost, read};
}

pub use client::{Client, LoginStatus, Reply, SendReply};
pub use event::{Event, Events};
pub use file::ProgressReply;
pub use imsdk_service::fork;
pub use message::{BatchReply, Listing, refused_batch, refused_unidentified};
