//! What a connection has asked for and has no answer to.

use imsdk_types::Error;
use imsdk_types::wire::Request;
use tokio::sync::oneshot;
use tokio::time::Instant;

use crate::engine::Answered;

/// A request that waits.
pub(super) struct Pending {
    pub(super) asked: Asking,
    pub(super) request: Result<Request, Error>,
    pub(super) bytes: usize,
}

/// What an answer is to.
pub(super) struct Asking {
    pub(super) id: u64,
    pub(super) kind: &'static str,
    pub(super) at: Instant,
    /// It is one part of a request, and others come.
    pub(super) goes_on: bool,
}

/// A work that the engine has.
pub(super) struct Running {
    pub(super) asked: Vec<Asking>,
    pub(super) bytes: usize,
    pub(super) logs_out: bool,
    pub(super) answer: oneshot::Receiver<Answered>,
}
