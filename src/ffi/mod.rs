//! The boundary between C and the library, and the only place (with `src/capi`) for `unsafe`.
//!
//! [`request`] takes every asynchronous call: arguments alone decide its return code, everything else is told through the
//! callback, which comes exactly once, on the callback thread. No panic crosses the boundary.

pub mod arg;
mod call;
mod callback;
mod dispatcher;
pub mod experimental;
mod listener;
mod log;
#[cfg_attr(unix, path = "process/unix.rs")]
#[cfg_attr(windows, path = "process/windows.rs")]
mod process;
mod refusal;
pub mod sdk;

pub use call::{
    Done, Empty, create_conversation, lenient_request, request, send, send_batch, set_draft,
};
pub use imsdk_client::Client;
pub use listener::{add_listener, remove_listener, set_listener};
pub use refusal::Refusal;
