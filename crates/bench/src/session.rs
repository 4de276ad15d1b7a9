//! A connection with a session: frames, requests, answers.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use imsdk_client::wire::{Refusal, Socket, Way, lost, read};
use imsdk_types::wire::frame::{ClientFrame, Hint, ServerFrame, Welcome};
use imsdk_types::wire::{LoggedIn, Login, Request, Response};
use imsdk_types::{Code, Error};
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::Message;

/// How long a server may take to greet and to let a user in.
const GREETING: Duration = Duration::from_secs(30);

/// See the module.
pub(crate) struct Session {
    socket: Socket,
    next: u64,
    /// When something was written last.
    sent: Instant,
    pub(crate) welcome: Welcome,
    /// What was told between answers and is not looked into yet.
    pub(crate) hint: Hint,
}

fn unexpected(what: &impl std::fmt::Debug) -> Error {
    Error::new(Code::ParseResponseFailed, format!("the server says {what:?}"))
}

impl Session {
    /// Connects and logs in.
    pub(crate) async fn open(way: &Way, login: &Login) -> Result<(Self, LoggedIn), Refusal> {
        let socket = way.connect().await?;
        let welcome = Welcome { heartbeat: 0, max_frame: 0, max_pending: 0 };
        let (sent, hint) = (Instant::now(), Hint::default());
        let mut session = Self { socket, next: 1, sent, welcome, hint };
        let granted = timeout(GREETING, session.enter(login)).await;
        let granted = granted.map_err(|_| Error::from(Code::SdkNetWaitAckTimeout))??;
        Ok((session, granted))
    }

    async fn enter(&mut self, login: &Login) -> Result<LoggedIn, Refusal> {
        self.welcome = match self.frame().await? {
            ServerFrame::Welcome(welcome) => welcome,
            other => return Err(unexpected(&other).into()),
        };
        match self.ask(&Request::Login(login.clone())).await? {
            Ok(Response::LoggedIn(granted)) => Ok(granted),
            Ok(other) => Err(unexpected(&other).into()),
            Err(error) => Err(Refusal { is_final: true, ..error.into() }),
        }
    }

    /// Writes a request with the next ones or with [`Session::flush`]; its number.
    pub(crate) async fn submit(&mut self, request: &Request) -> Result<u64, Refusal> {
        let id = self.next;
        self.next += 1;
        let frame = ClientFrame::Request { id, request: request.clone() };
        let text = serde_json::to_string(&frame)
            .map_err(|error| Error::new(Code::SerializeReqFailed, error.to_string()))?;
        self.write(Message::text(text)).await?;
        Ok(id)
    }

    async fn write(&mut self, message: Message) -> Result<(), Refusal> {
        self.sent = Instant::now();
        self.socket.feed(message).await.map_err(|error| lost(&error).into())
    }

    pub(crate) async fn flush(&mut self) -> Result<(), Refusal> {
        self.socket.flush().await.map_err(|error| lost(&error).into())
    }

    /// When the server wants to hear something.
    pub(crate) fn heartbeat(&self) -> Instant {
        self.sent + Duration::from_millis(self.welcome.heartbeat.max(1000))
    }

    pub(crate) async fn ping(&mut self) -> Result<(), Refusal> {
        self.write(Message::Ping(Default::default())).await?;
        self.flush().await
    }

    /// The next frame that says something. It may be given up at any moment, and loses nothing by that.
    pub(crate) async fn frame(&mut self) -> Result<ServerFrame, Refusal> {
        loop {
            let frame = match self.socket.next().await {
                Some(Ok(Message::Text(text))) => read(&text),
                Some(Ok(Message::Close(_))) | None => {
                    return Err(Error::from(Code::SdkNetResetByPeer).into());
                }
                Some(Ok(_)) => None,
                Some(Err(error)) => return Err(lost(&error).into()),
            };
            match frame {
                Some(ServerFrame::Bye { retry_after, failure }) => {
                    let retry_after = retry_after.map(Duration::from_millis);
                    let is_final = retry_after.is_none();
                    return Err(Refusal { error: failure.into(), retry_after, is_final });
                }
                Some(frame) => return Ok(frame),
                None => {}
            }
        }
    }

    /// Asks one thing while nothing else is asked.
    pub(crate) async fn ask(
        &mut self,
        request: &Request,
    ) -> Result<Result<Response, Error>, Refusal> {
        let asked = self.submit(request).await?;
        self.flush().await?;
        loop {
            match self.frame().await? {
                ServerFrame::Answer { id, answer } if id == asked => {
                    return Ok(answer.map_err(Error::from));
                }
                ServerFrame::Answer { id, .. } => return Err(unexpected(&id).into()),
                ServerFrame::Hint(hint) => self.hear(hint),
                // It is asked for.
                ServerFrame::Page(_) => self.hear(Hint { account: true, ..Hint::default() }),
                _ => {}
            }
        }
    }

    /// Keeps a hint until it is looked into.
    pub(crate) fn hear(&mut self, hint: Hint) {
        self.hint.account |= hint.account;
        self.hint.everywhere |= hint.everywhere;
        self.hint.groups.extend(hint.groups);
    }
}
