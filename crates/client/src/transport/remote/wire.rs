//! One connection: frames that are written and read, and how far it is.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;

use futures_util::stream::SplitSink;
use futures_util::{Sink, SinkExt};
use imsdk_types::wire::Request;
use imsdk_types::wire::frame::{ClientFrame, Failure, Hint, ServerFrame, Welcome};
use imsdk_types::{Code, Error};
use serde::Deserialize;
use serde::de::IgnoredAny;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::{Error as SocketError, Message};

use super::connect::Socket;

/// Frames that are handed to the connection at a time.
const BATCH: usize = 64;

/// How far a connection is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The server has said nothing.
    Greeting,
    /// It is asked whether it is the same service, under this number.
    Service(u64),
    /// The session is being renewed.
    Login(u64),
    /// Requests are answered.
    Open,
}

/// See the module.
pub(super) struct Wire {
    sink: SplitSink<Socket, Message>,
    batch: VecDeque<Message>,
    unflushed: bool,
    /// The number of the next request.
    next: u64,
    pub(super) sent: Instant,
    pub(super) heard: Instant,
    pub(super) began: Instant,
    pub(super) phase: Phase,
    pub(super) welcome: Welcome,
}

impl Wire {
    pub(super) fn new(sink: SplitSink<Socket, Message>) -> Self {
        let now = Instant::now();
        Self {
            sink,
            batch: VecDeque::new(),
            unflushed: false,
            next: 1,
            sent: now,
            heard: now,
            began: now,
            phase: Phase::Greeting,
            welcome: Welcome { heartbeat: 0, max_frame: 0, max_pending: 0 },
        }
    }

    /// Whether more may be handed over now.
    pub(super) fn has_room(&self) -> bool {
        self.batch.len() < BATCH
    }

    /// The number of the next request.
    pub(super) fn next(&self) -> u64 {
        self.next
    }

    /// Writes a request, and gives its number.
    ///
    /// # Errors
    /// 9522 if it is longer than the server takes.
    pub(super) fn request(&mut self, request: Request) -> Result<u64, Error> {
        let id = self.next;
        let text = serde_json::to_string(&ClientFrame::Request { id, request })
            .map_err(|error| Error::new(Code::SerializeReqFailed, error.to_string()))?;
        if text.len() as u64 > self.welcome.max_frame {
            return Err(Error::from(Code::SdkNetPkgSizeLimit));
        }
        self.next += 1;
        self.push(Message::text(text));
        Ok(id)
    }

    pub(super) fn ping(&mut self) {
        self.push(Message::Ping(Default::default()));
    }

    fn push(&mut self, message: Message) {
        self.batch.push_back(message);
        self.sent = Instant::now();
    }

    pub(super) fn wants_to_write(&self) -> bool {
        self.unflushed || !self.batch.is_empty()
    }

    /// Writes what waits. It may be given up at any moment, and loses nothing by that.
    pub(super) async fn write(&mut self) -> Result<(), SocketError> {
        while !self.batch.is_empty() {
            poll_fn(|cx| Pin::new(&mut self.sink).poll_ready(cx)).await?;
            if let Some(message) = self.batch.pop_front() {
                Pin::new(&mut self.sink).start_send(message)?;
                self.unflushed = true;
            }
        }
        self.sink.flush().await?;
        self.unflushed = false;
        Ok(())
    }

    pub(super) async fn close(&mut self) -> Result<(), SocketError> {
        self.sink.close().await
    }
}

/// What a server says; nothing, if this version has no word for it.
pub fn read(text: &str) -> Option<ServerFrame> {
    let error = match serde_json::from_str(text) {
        Ok(frame) => return Some(frame),
        Err(error) => error,
    };
    // From a newer server. An answer must come all the same.
    match serde_json::from_str(text) {
        Ok(Unread { answer: Id { id } }) => {
            let error = Error::new(Code::ParseResponseFailed, error.to_string());
            Some(ServerFrame::Answer { id, answer: Err(Failure::from(error)) })
        }
        Err(_) => {
            tracing::debug!("a frame that this version does not know: {error}");
            // What is in it is asked for.
            let page = serde_json::from_str::<UnreadPage>(text).is_ok();
            page.then(|| ServerFrame::Hint(Hint { account: true, ..Hint::default() }))
        }
    }
}

/// A page with something unknown in it.
#[derive(Deserialize)]
struct UnreadPage {
    #[serde(rename = "Page")]
    _page: IgnoredAny,
}

/// An answer of which nothing but the number can be read.
#[derive(Deserialize)]
struct Unread {
    #[serde(rename = "Answer")]
    answer: Id,
}

#[derive(Deserialize)]
struct Id {
    id: u64,
}

/// How the loss of a connection is told.
pub fn lost(error: &SocketError) -> Error {
    let code = match error {
        SocketError::Capacity(_) => Code::SdkNetPkgSizeLimit,
        SocketError::ConnectionClosed | SocketError::AlreadyClosed | SocketError::Io(_) => {
            Code::SdkNetResetByPeer
        }
        _ => Code::SdkNetDisconnect,
    };
    Error::new(code, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_a_newer_server() {
        assert_eq!(read(r#"{"Greetings":{"from":"tomorrow"}}"#), None);
        assert_eq!(read("nonsense"), None);
        let Some(ServerFrame::Answer { id: 7, answer: Err(failure) }) =
            read(r#"{"Answer":{"id":7,"answer":{"Ok":{"Tomorrow":1}}}}"#)
        else {
            panic!("an answer that cannot be read is an answer");
        };
        assert_eq!(failure.code, 6001);
        assert!(matches!(read(r#"{"Hint":{"a":true}}"#), Some(ServerFrame::Hint(_))));
        let page = r#"{"Page":{"after":1,"cursor":2,"events":[{"Tomorrow":1}]}}"#;
        assert!(matches!(read(page), Some(ServerFrame::Hint(hint)) if hint.account));
    }
}
