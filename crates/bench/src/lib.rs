//! `im-bench`: a load generator for `im-server`, over the real protocol.
//!
//! ```text
//!  options    the command line
//!  run        what a mode does: all connect, all write, all wait; the reckoning
//!  user       one task per connection: a user who writes, hears hints and pulls
//!  shared     what all users share: the way to the server, counters, times
//!  heavy      connections beside them that ask what costs most
//!  session    a connection with a session: frames, requests, answers
//!  numbers    which messages of a stream were seen
//!  process    what the server's process takes
//!  report     what came out, for people and for programs
//! ```
//!
//! Each message says in its text who wrote it, which one it is and when, so every delivery is accounted for.

#![forbid(unsafe_code)]

mod heavy;
mod numbers;
mod options;
mod process;
mod report;
mod run;
mod session;
mod shared;
mod user;

pub use options::{Mode, Options};
pub use report::{Connections, Messages, Quantiles, Report, Usage};
pub use run::run;
