//! What a connection has asked for and has no answer to, and how it is handed over.

use imsdk_types::wire::Request;
use imsdk_types::wire::frame::Failure;
use imsdk_types::{Code, Error};
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

/// The answer of the running work; `None` where the engine is gone. Waits for ever if there is none.
pub(super) async fn answer(running: &mut Option<Running>) -> Option<Answered> {
    match running {
        Some(running) => (&mut running.answer).await.ok(),
        None => std::future::pending().await,
    }
}

/// What a client is told of an error. What a database or a disk says is for the operator.
pub(super) fn told(error: Error) -> Failure {
    let inside = [Code::DatabaseOperateFailed, Code::IoOperationFailed];
    match inside.into_iter().find(|code| error.is(*code)) {
        Some(code) => Failure::from(Error::from(code)),
        None => Failure::from(error),
    }
}

/// What is done for who has no session: the engine is not asked for anything else.
pub(super) fn opens(request: &Request) -> bool {
    matches!(request, Request::Login(_) | Request::Service)
}

/// Whether a request may be handed over with the one before it. Reads go one at a time: their answers may be long. What begins
/// or ends a session stands alone.
pub(super) fn together(before: &Request, next: &Request) -> bool {
    let alone = |it: &Request| matches!(it, Request::Login(_) | Request::Logout { .. });
    before.writes() && next.writes() && !alone(before) && !alone(next)
}

/// How much a work is about with it: others get their turn in between. Friends are told of a profile quickly.
pub(super) fn about(request: &Request) -> usize {
    match request {
        Request::Profile(_) => 0,
        request => request.names(),
    }
}
