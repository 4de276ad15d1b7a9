//! One connection: frames in, frames out, and the limits that keep one from disturbing others.
//!
//! A connection has one work at the engine at a time; what it asks meanwhile collects here, and is handed over together. So its
//! requests are done in their order, it takes its turn with the others, and its memory is bounded by what it may send without an
//! answer.

mod asked;
mod frames;
mod pieces;
mod rate;

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use imsdk_service::Session;
use imsdk_types::wire::frame::{ClientFrame, Failure, Hint, Pushed, ServerFrame, Welcome};
use imsdk_types::wire::{LoggedIn, Request, Response, file};
use imsdk_types::{Code, Error, limits};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::oneshot;
use tokio::time::{Instant, Sleep, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as SocketError, Message, Utf8Bytes};

use crate::app::App;
use crate::config::Limits;
use crate::engine::{Answer, Answered, Asked, Work, tells_the_end};
use crate::hub::{Conn, Ending, ending};
use crate::metrics::kind;
use asked::{Asking, Pending, Running, about, answer, opens, together, told};
use rate::Bucket;

pub(crate) use frames::Frames;

/// Requests that are handed over together at most.
const TOGETHER: usize = 64;

/// Bytes of them: the one that goes beyond is the last. Requests that name many users are long.
const TOGETHER_BYTES: usize = 32 << 10;

/// What a connection may ask in vain before it has a session.
const REFUSALS: u32 = 5;

/// Requests that wait before there is a session. More than one, so that it is noticed when who logs in goes away.
const FIRST_PENDING: usize = 4;

/// So often a session is looked at whether it is still good, while it asks for something.
const CHECK: Duration = Duration::from_secs(30);

/// What a session is told that takes no notice of its end.
const REPLACED: &str = "another login took the place of this session, or the operator ended it";

/// How long a session that was ended may take to find out.
const GRACE: Duration = Duration::from_secs(10);

/// How long a client may take to hear the end.
pub(crate) const LINGER: Duration = Duration::from_secs(2);

/// The engine holds no work for longer.
const HELD: Duration = Duration::from_secs(20);

/// Clients whose requests could not be done come back spread over this time, in milliseconds.
const SPREAD: u64 = 2_000;

/// Bytes of frames that wait for the system to take more.
const WRITE_BUFFER: usize = 4 << 10;

/// How a WebSocket of this server is set.
pub(crate) fn settings(limits: &Limits) -> WebSocketConfig {
    WebSocketConfig::default()
        .read_buffer_size(2 << 10)
        .write_buffer_size(WRITE_BUFFER)
        .max_message_size(Some(limits.max_frame))
        .max_frame_size(Some(limits.max_frame))
}

/// Why a connection ends.
enum End {
    /// It is gone, or says nothing that could be answered.
    Gone,
    /// The server ends it, with a frame that says why.
    Bye(Ending),
    /// The WebSocket is closed for breaking its rules.
    Close(CloseCode),
}

impl From<SocketError> for End {
    fn from(error: SocketError) -> Self {
        match error {
            SocketError::Capacity(_) => Self::Close(CloseCode::Size),
            SocketError::Io(error) if error.kind() == ErrorKind::FileTooLarge => {
                Self::Close(CloseCode::Size)
            }
            SocketError::Protocol(_) => Self::Close(CloseCode::Protocol),
            SocketError::Utf8(_) => Self::Close(CloseCode::Invalid),
            _ => Self::Gone,
        }
    }
}

fn bye(code: Code, desc: &'static str, retry_after: Option<u64>) -> End {
    let failure = Failure::from(Error::new(code, desc));
    End::Bye(Ending { retry_after, failure, due: None })
}

/// See the module.
pub(crate) struct Socket<S> {
    stream: WebSocketStream<Frames<S>>,
    app: Arc<App>,
    conn: Arc<Conn>,
    session: Option<Arc<Session>>,
    queue: VecDeque<Pending>,
    running: Option<Running>,
    /// What was answered to parts of a request that are not all.
    partly: Option<Response>,
    /// Bytes of the requests in both.
    bytes: usize,
    last_id: u64,
    refusals: u32,
    opened: Instant,
    heard: Instant,
    checked: Instant,
    bucket: Bucket,
    replaced: Option<Instant>,
    /// When the session's signature has run out.
    expires: Option<Instant>,
    /// How the server ends it, once what was asked is answered.
    ending: Option<Ending>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    /// A connection that has just become a WebSocket.
    pub(crate) fn new(stream: WebSocketStream<Frames<S>>, app: Arc<App>) -> Self {
        let conn = app.hub.connect();
        let now = Instant::now();
        let bucket = Bucket::new(&app.limits, now);
        Self {
            stream,
            app,
            conn,
            session: None,
            queue: VecDeque::new(),
            running: None,
            partly: None,
            bytes: 0,
            last_id: 0,
            refusals: 0,
            opened: now,
            heard: now,
            checked: now,
            bucket,
            replaced: None,
            expires: None,
            ending: None,
        }
    }

    /// Serves it until it ends.
    pub(crate) async fn run(mut self) {
        let end = match self.serve().await {
            Err(end) => end,
            Ok(()) => End::Gone,
        };
        self.app.hub.disconnect(&self.conn);
        // A peer that takes nothing any more is not waited for.
        let _ = timeout(LINGER, self.say_goodbye(end)).await;
    }

    async fn say_goodbye(&mut self, end: End) -> Result<(), SocketError> {
        let code = match end {
            // If it has said goodbye itself, the answer to that is on its way.
            End::Gone => return self.stream.flush().await,
            End::Close(code) => code,
            End::Bye(Ending { retry_after, failure, .. }) => {
                let frame = text(&ServerFrame::Bye { retry_after, failure });
                self.stream.send(Message::Text(frame)).await?;
                CloseCode::Normal
            }
        };
        self.stream.close(Some(CloseFrame { code, reason: Utf8Bytes::default() })).await?;
        // Until the other side has closed too: an early end of the connection could overtake what was said.
        while let Some(Ok(_)) = self.stream.next().await {}
        if code == CloseCode::Size {
            // It may not even have said all of it yet.
            self.stream.get_mut().waste().await;
        }
        Ok(())
    }

    async fn serve(&mut self) -> Result<(), End> {
        let app = Arc::clone(&self.app);
        let limits = &app.limits;
        self.feed(&ServerFrame::Welcome(Welcome {
            heartbeat: limits.heartbeat.as_millis() as u64,
            max_frame: limits.max_frame as u64,
            max_pending: limits.max_pending as u32,
        }))
        .await?;
        self.flush().await?;
        let mut alarm = std::pin::pin!(sleep_until(self.opened + limits.login));
        let conn = Arc::clone(&self.conn);
        loop {
            self.submit();
            if self.running.is_none()
                && let Some(ending) = self.ending.take()
            {
                return Err(End::Bye(ending));
            }
            let now = Instant::now();
            let open = self.bucket.is_open(now);
            let pending = if self.session.is_some() { limits.max_pending } else { FIRST_PENDING };
            let reads = open
                && self.ending.is_none()
                && self.bytes <= limits.max_frame
                && self.queue.len() + self.in_flight() < pending;
            self.set_alarm(alarm.as_mut(), now, reads, open);
            tokio::select! {
                answered = answer(&mut self.running) => self.answered(answered).await?,
                frame = self.stream.next(), if reads => match frame {
                    Some(frame) => self.hear(frame?)?,
                    None => return Ok(()),
                },
                () = conn.rings() => self.mail().await?,
                () = alarm.as_mut() => self.look_at_the_clock(reads)?,
            }
        }
    }

    fn in_flight(&self) -> usize {
        self.running.as_ref().map_or(0, |running| running.asked.len())
    }

    /// Takes a frame in.
    fn hear(&mut self, message: Message) -> Result<(), End> {
        let now = Instant::now();
        self.heard = now;
        self.bucket.take(now);
        let text = match message {
            Message::Text(text) => text,
            Message::Binary(_) => return Err(End::Close(CloseCode::Unsupported)),
            Message::Close(_) => return Err(End::Gone),
            // Answered by the stream with its next flush.
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Ok(()),
        };
        let heard = ClientFrame::read(&text).map_err(|_| End::Close(CloseCode::Invalid))?;
        let Some((id, request)) = heard else { return Ok(()) };
        if id <= self.last_id {
            return Err(bye(Code::InvalidParameters, "the ids of requests must rise", None));
        }
        self.last_id = id;
        self.bytes += text.len();
        let kind = request.as_ref().map_or("unknown", kind);
        let parts: Vec<_> = match request {
            Ok(request) => request.parts().into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        };
        let last = parts.len() - 1;
        for (nth, request) in parts.into_iter().enumerate() {
            let goes_on = nth < last;
            let bytes = if goes_on { 0 } else { text.len() };
            let asked = Asking { id, kind, at: now, goes_on };
            self.queue.push_back(Pending { asked, request, bytes });
        }
        Ok(())
    }

    /// Hands over what waits, if the engine has nothing of this connection.
    fn submit(&mut self) {
        if self.running.is_some() || self.queue.is_empty() {
            return;
        }
        let (reply, answer) = oneshot::channel();
        let mut running = Running { asked: Vec::new(), bytes: 0, logs_out: false, answer };
        let mut requests: Vec<Request> = Vec::new();
        let mut refused = Vec::new();
        let mut held = 0;
        while let Some(next) = self.queue.front() {
            let goes = match &next.request {
                // Answered here, in its turn.
                Err(_) => requests.is_empty(),
                Ok(_) if !refused.is_empty() => false,
                Ok(request) => requests.last().is_none_or(|last| together(last, request)),
            };
            held += next.request.as_ref().map_or(0, |it| about(it) + 1);
            let full = running.asked.len() == TOGETHER
                || running.bytes > TOGETHER_BYTES
                || !requests.is_empty() && held > limits::GROUP_BATCH;
            if full || !goes {
                break;
            }
            let Some(next) = self.queue.pop_front() else { break };
            running.asked.push(next.asked);
            running.bytes += next.bytes;
            match next.request {
                Err(error) => refused.push(Err(error)),
                Ok(request) if self.replaced.is_some() && !tells_the_end(&request) => {
                    refused.push(Err(Error::from(Code::LoginKickedOffByOther)));
                }
                Ok(request) if self.session.is_none() && !opens(&request) => {
                    refused.push(Err(Error::from(Code::SdkNotLoggedIn)));
                }
                Ok(request) => {
                    running.logs_out |= matches!(request, Request::Logout { .. });
                    requests.push(request);
                }
            }
        }
        self.running = Some(running);
        if requests.is_empty() {
            let _ = reply.send(Answered { answers: refused, session: None });
            return;
        }
        if let [Request::File(request)] = &requests[..] {
            self.way(request.clone(), reply);
            return;
        }
        let now = Instant::now();
        let check = now - self.checked > CHECK;
        if check {
            self.checked = now;
        }
        let (conn, session) = (Arc::clone(&self.conn), self.session.clone());
        self.app.submit(Work::Requests(Asked { conn, session, requests, check, reply }));
    }

    /// Answers where a content can be brought to or loaded from.
    fn way(&self, request: file::Request, reply: oneshot::Sender<Answered>) {
        let (app, session) = (Arc::clone(&self.app), self.session.clone());
        tokio::spawn(async move {
            let answer = match session {
                Some(session) => app.files.answer(&app.keys(), session.account, &request).await,
                None => Err(Error::from(Code::SdkNotLoggedIn)),
            };
            if let Err(error) = &answer
                && error.is(Code::IoOperationFailed)
            {
                tracing::error!(app = app.id, code = error.code, "{}", error.desc);
            }
            let answers = vec![answer.map(Response::File)];
            let _ = reply.send(Answered { answers, session: None });
        });
    }

    async fn answered(&mut self, answered: Option<Answered>) -> Result<(), End> {
        let Some(running) = self.running.take() else { return Ok(()) };
        self.bytes -= running.bytes;
        let Some(Answered { answers, session }) = answered else {
            let code = Code::DatabaseOperateFailed;
            let mut asked = running.asked;
            asked.dedup_by_key(|asking| asking.id);
            for Asking { kind, at, .. } in asked {
                self.app.metrics.answered(kind, code.value(), at.elapsed());
            }
            let failure = Failure::from(Error::new(code, "the service's database is out of reach"));
            return Err(End::Bye(ending(self.conn.id, &failure, SPREAD)));
        };
        let mut failed = None;
        for (asking, answer) in running.asked.into_iter().zip(answers) {
            let Asking { id, kind, at, goes_on } = asking;
            if failed == Some(id) {
                continue;
            }
            let answer = match (self.partly.take(), answer) {
                (Some(mut before), Ok(answer)) => {
                    before.join(answer);
                    Ok(before)
                }
                (_, answer) => answer,
            };
            let answer = match answer {
                Ok(so_far) if goes_on => {
                    self.partly = Some(so_far);
                    continue;
                }
                answer => answer,
            };
            if goes_on {
                failed = Some(id);
                self.leave_out(id);
            }
            self.note(&answer);
            let code = answer.as_ref().map_or_else(|error| error.code, |_| 0);
            self.app.metrics.answered(kind, code, at.elapsed());
            match &answer {
                Ok(Response::Page(page)) => self.conn.pulled(page),
                Ok(Response::LoggedIn(LoggedIn { expires_at, server_time, .. })) => {
                    let left =
                        expires_at.map(|at| at.saturating_add(1).saturating_sub(*server_time));
                    // One that is good for longer than the clock goes does not run out.
                    self.expires =
                        left.and_then(|left| Instant::now().checked_add(Duration::from_secs(left)));
                }
                _ => {}
            }
            // The text alone is here for as long as the client takes for it.
            let text = text(&ServerFrame::Answer { id, answer: answer.map_err(told) });
            self.write(text).await?;
        }
        if let Some(session) = session {
            self.session = Some(session);
            self.stream.get_mut().set_long(true);
            self.checked = Instant::now();
        }
        if running.logs_out && self.session.take().is_some() {
            self.app.hub.leave(&self.conn);
            (self.expires, self.replaced) = (None, None);
            self.stream.get_mut().set_long(false);
            self.opened = Instant::now();
        }
        if self.refusals >= REFUSALS {
            self.flush().await?;
            return Err(bye(Code::SvrAccountFreqLimit, "too many failed logins", Some(60_000)));
        }
        match self.session {
            // With what came meanwhile.
            Some(_) => self.mail().await,
            None => self.flush().await,
        }
    }

    /// Does no more of a request.
    fn leave_out(&mut self, id: u64) {
        while let Some(next) = self.queue.front().filter(|next| next.asked.id == id) {
            self.bytes -= next.bytes;
            self.queue.pop_front();
        }
    }

    fn note(&mut self, answer: &Answer) {
        if self.session.is_none() && answer.is_err() {
            self.refusals += 1;
        }
    }

    /// Says what waits in the mailbox.
    async fn mail(&mut self) -> Result<(), End> {
        let mail = self.conn.take(self.running.is_some());
        if mail.end.is_some() {
            self.ending = mail.end;
        }
        if self.session.is_none() {
            return Ok(());
        }
        if mail.replaced && self.replaced.is_none() {
            self.replaced = Some(Instant::now());
        }
        for frame in mail.online {
            self.write(frame).await?;
        }
        if let Some(given) = mail.page {
            self.write(text(&Told::Page(given.page))).await?;
        }
        if mail.hint != Hint::default() {
            self.feed(&ServerFrame::Hint(mail.hint)).await?;
        }
        self.flush().await
    }

    /// Until when there must be a session. Nobody is blamed for a database that keeps a login waiting.
    fn login_due(&self) -> Instant {
        let held = if self.running.is_some() { HELD } else { Duration::ZERO };
        self.opened + self.app.limits.login + held
    }

    /// The next moment at which something is due. An alarm that is early does no harm.
    fn set_alarm(&self, mut alarm: Pin<&mut Sleep>, now: Instant, reads: bool, open: bool) {
        let limits = &self.app.limits;
        let mut due = self.heard + 3 * limits.heartbeat;
        if !reads {
            due = now + 3 * limits.heartbeat;
        }
        if self.session.is_none() {
            due = due.min(self.login_due());
        }
        if !open {
            due = due.min(self.bucket.opens(now));
        }
        if let Some(since) = self.replaced {
            due = due.min(since + GRACE);
        }
        if let Some(expires) = self.expires {
            due = due.min(expires);
        }
        if let Some(end) = self.ending.as_ref().and_then(|ending| ending.due) {
            due = due.min(end);
        }
        if due < alarm.deadline() || alarm.is_elapsed() {
            alarm.as_mut().reset(due);
        }
    }

    fn look_at_the_clock(&mut self, reads: bool) -> Result<(), End> {
        let now = Instant::now();
        let limits = &self.app.limits;
        if self.session.is_none() && now >= self.login_due() {
            return Err(bye(Code::SdkNotLoggedIn, "no login in time", None));
        }
        if self.session.is_some() && self.expires.take_if(|at| now >= *at).is_some() {
            // What it has asked is answered yet.
            let failure = Failure::from(Error::from(Code::SvrAccountUsersigExpired));
            self.ending.get_or_insert(Ending { retry_after: None, failure, due: None });
        }
        if self.replaced.is_some_and(|since| now - since >= GRACE) {
            return Err(bye(Code::LoginKickedOffByOther, REPLACED, None));
        }
        if let Some(ending) = self.ending.take_if(|it| it.due.is_some_and(|due| now >= due)) {
            return Err(End::Bye(ending));
        }
        // Nobody is silent who is not listened to.
        if !reads {
            self.heard = now;
        } else if now - self.heard >= 3 * limits.heartbeat {
            return Err(End::Close(CloseCode::Away));
        }
        Ok(())
    }

    async fn feed(&mut self, frame: &ServerFrame) -> Result<(), End> {
        self.write(text(frame)).await
    }

    async fn write(&mut self, text: Utf8Bytes) -> Result<(), End> {
        let (stall, length) = (self.app.limits.stall, text.len());
        let (conn, replaced) = (&self.conn, &mut self.replaced);
        // A session that has ended has its time for what is on the way too.
        let mut goes_on = || {
            if replaced.is_none() && conn.is_replaced() {
                *replaced = Some(Instant::now());
            }
            replaced.is_none_or(|since| since.elapsed() < GRACE)
        };
        pieces::write(&mut self.stream, text, stall, &mut goes_on).await?;
        if !goes_on() {
            return Err(bye(Code::LoginKickedOffByOther, REPLACED, None));
        }
        if length > pieces::PIECE {
            // It has taken most of that.
            self.heard = Instant::now();
        }
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), End> {
        match timeout(self.app.limits.stall, self.stream.flush()).await {
            Ok(written) => Ok(written?),
            Err(_) => Err(End::Gone),
        }
    }
}

impl<S> Drop for Socket<S> {
    fn drop(&mut self) {
        self.app.hub.disconnect(&self.conn);
    }
}

/// [`ServerFrame::Page`] with events that are JSON already.
#[derive(Serialize)]
enum Told {
    Page(Pushed<Box<RawValue>>),
}

fn text(frame: &impl Serialize) -> Utf8Bytes {
    match serde_json::to_string(frame) {
        Ok(text) => text.into(),
        Err(error) => {
            tracing::error!("a frame cannot be written: {error}");
            Utf8Bytes::default()
        }
    }
}

#[cfg(test)]
mod tests;
