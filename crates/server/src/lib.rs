//! `im-server`: the service of `imsdk_service` over the network.
//!
//! ```text
//!  socket     one task per connection: frames, limits, one page and one hint that wait
//!  engine     units of work: begins, lets the rules answer, commits, hands on the News
//!  hub        which sessions are connected here; turns News into hints
//!  bus        carries News between servers
//! ```
//!
//! The protocol is described in `docs/protocol.md`. A [`Server`] is a value; tests start one in their own process.

#![forbid(unsafe_code)]

pub mod admin;
mod app;
mod apps;
mod bus;
pub mod config;
mod engine;
mod files;
mod gate;
mod http;
mod hub;
mod metrics;
pub mod options;
mod private;
mod server;
mod signals;
mod socket;
mod stream;
mod tls;

pub use config::{AppSettings, Config, Identity, Limits, LogFormat};
pub use server::{FIRST_APP, Server};
