//! What travels over a connection to a server: [`Request`]s and their answers, hints, online-only messages.
//!
//! Each frame is a WebSocket text message with JSON in it. `docs/protocol.md` is the description for people.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::{Delivered, Event, Request, Response};
use crate::{Code, Error};

/// The versions of the protocol that this library speaks, the newest first: WebSocket subprotocols, of which the server picks one.
pub const PROTOCOLS: &[&str] = &["imsdk.v1"];

/// The path of the WebSocket of an application.
pub fn socket_path(sdk_app_id: u64) -> String {
    format!("/apps/{sdk_app_id}/socket")
}

/// What a client says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ClientFrame {
    /// A request. The server answers the requests of a connection in their order.
    Request {
        /// Names it in the answer; rises within a connection, from 1 on.
        id: u64,
        /// What is asked for. The first ones are [`Request::Service`] and a login.
        request: Request,
    },
}

/// A request as a server hears it: its id, and what is asked for or why that cannot be told.
pub type Heard = (u64, Result<Request, Error>);

impl ClientFrame {
    /// Reads a frame as a server does: `None` for one that this version does not know.
    ///
    /// A request that this version does not know is an error 7013 in its place, one with something wrong in it 6017. What is no id is
    /// told as 0, which no request has.
    ///
    /// # Errors
    /// The text is no JSON.
    pub fn read(text: &str) -> Result<Option<Heard>, serde_json::Error> {
        #[derive(Deserialize)]
        enum Frame {
            Request {
                #[serde(default)]
                id: serde_json::Value,
                #[serde(default)]
                request: IgnoredAny,
            },
            #[serde(untagged)]
            Other(IgnoredAny),
        }
        let error = match serde_json::from_str(text) {
            Ok(Self::Request { id, request }) => return Ok(Some((id, Ok(request)))),
            Err(error) => error,
        };
        Ok(match serde_json::from_str(text)? {
            Frame::Request { id, request: IgnoredAny } => {
                let unknown = error.to_string().starts_with("unknown variant");
                let error = match unknown {
                    true => Error::from(Code::SdkInterfaceNotSupport),
                    false => Error::new(Code::InvalidParameters, format!("the request: {error}")),
                };
                Some((id.as_u64().unwrap_or_default(), Err(error)))
            }
            Frame::Other(IgnoredAny) => None,
        })
    }
}

/// What a server says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ServerFrame {
    /// The first frame of a connection.
    Welcome(Welcome),
    /// The answer to a request. A success is durable.
    Answer {
        /// The request's.
        id: u64,
        /// What it brought about.
        answer: Result<Response, Failure>,
    },
    /// There is something new to pull.
    Hint(Hint),
    /// What is new in the account's log, for a client that takes it so (`Login::takes_pages`).
    Page(Pushed),
    /// An online-only message.
    Online(Box<Delivered>),
    /// The server ends the connection.
    Bye {
        /// Whether another connection may be tried, and after how many milliseconds at least.
        retry_after: Option<u64>,
        /// Why.
        failure: Failure,
    },
}

/// What a client must know about the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The client sends a WebSocket ping when it has sent nothing for so many milliseconds; the server ends a connection that is
    /// silent for three times as long.
    pub heartbeat: u64,
    /// The longest frame that the server takes, in bytes.
    pub max_frame: u64,
    /// Requests that may wait for their answers at once.
    pub max_pending: u32,
}

/// Where to look. Hints may be lost, doubled or merged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hint {
    /// In the account's log.
    #[serde(rename = "a", skip_serializing_if = "super::is_false")]
    pub account: bool,
    /// In these groups.
    #[serde(rename = "g", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<u64>,
    /// Everywhere: hints were lost.
    #[serde(rename = "e", skip_serializing_if = "super::is_false")]
    pub everywhere: bool,
}

/// A page of the account's log that nobody asked for. It is worth a hint to whoever does not stand where it begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pushed<E = Event> {
    /// It is for a device with this cursor: nothing lies between the cursor and the entries that the device has not got.
    pub after: u64,
    /// The entries, oldest first.
    pub events: Vec<E>,
    /// Where to go on from.
    pub cursor: u64,
}

impl<E> Pushed<E> {
    /// Takes in the page that goes on where this one ends.
    ///
    /// # Errors
    /// The other page, if it does not.
    pub fn join(&mut self, next: Self) -> Result<(), Self> {
        if next.after != self.cursor {
            return Err(next);
        }
        self.events.extend(next.events);
        self.cursor = next.cursor;
        Ok(())
    }
}

/// An error as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// A documented code.
    pub code: i32,
    /// What happened, in English.
    pub desc: String,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { code: error.code, desc: error.desc.into_owned() }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self { code: failure.code, desc: failure.desc.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_is_short() {
        let hint = ServerFrame::Hint(Hint { account: true, ..Hint::default() });
        let text = serde_json::to_string(&hint).unwrap();
        assert_eq!(text, r#"{"Hint":{"a":true}}"#);
        assert_eq!(serde_json::from_str::<ServerFrame>(&text).unwrap(), hint);
    }

    #[test]
    fn frames_that_are_not_known_are_told_apart() {
        let code = |text: &str| match ClientFrame::read(text) {
            Ok(Some((id, Err(error)))) => (id, error.code),
            other => panic!("{text}: {other:?}"),
        };
        let request = |request: &str| format!(r#"{{"Request":{{"id":7,"request":{request}}}}}"#);
        let known = ClientFrame::read(&request("\"Service\""));
        assert!(matches!(known, Ok(Some((7, Ok(Request::Service))))));
        assert_eq!(code(&request("\"Tomorrow\"")), (7, 7013));
        assert_eq!(code(&request(r#"{"Tomorrow":{"a":[1]}}"#)), (7, 7013));
        assert_eq!(code(&request(r#"{"Group":{"Tomorrow":1}}"#)), (7, 7013));
        assert_eq!(code(&request(r#"{"Pull":{"after":-1,"own":false}}"#)), (7, 6017));
        assert_eq!(code(&request("null")), (7, 6017));
        for other in [r#"{"Tomorrow":{"id":1}}"#, "{}", "[]", "7", "null"] {
            assert!(matches!(ClientFrame::read(other), Ok(None)), "{other}");
        }
        for broken in ["", "{", r#"{"Request":"#, "hello"] {
            assert!(ClientFrame::read(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn an_answer_says_what_failed() {
        let failure = Failure::from(Error::from(crate::Code::SdkNotLoggedIn));
        let frame = ServerFrame::Answer { id: 7, answer: Err(failure.clone()) };
        let text = serde_json::to_string(&frame).unwrap();
        let back: ServerFrame = serde_json::from_str(&text).unwrap();
        assert_eq!(back, frame);
        assert!(Error::from(failure).is(crate::Code::SdkNotLoggedIn));
    }
}
