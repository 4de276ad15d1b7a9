//! Keeping a session up over connections that come and go.
//!
//! There is a connection as long as somebody is logged in or something is asked. When it is lost, the next one logs in again, as the
//! same device; then comes what may be asked twice, and what was asked meanwhile. The core learns of the new session, and looks
//! everywhere, since hints may have been lost.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use imsdk_types::wire::frame::{Failure, Hint, ServerFrame, Welcome};
use imsdk_types::wire::{Login, Request, Response};
use imsdk_types::{Code, Error, NetworkStatus};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;

use super::backoff::Backoff;
use super::connect::{Refusal, Socket};
use super::outbox::Outbox;
use super::places::Places;
use super::wire::{Phase, Wire, lost, read};
use super::{Asker, NOWHERE, Order};
use crate::client::Command;
use crate::queue::Sender;
use crate::transport::{Knock, Listener, News};

/// How long a server may take to greet, and to let a session in again.
const GREETING: Duration = Duration::from_secs(15);

/// A connection that has stood for so long was a good one, also if nothing was asked.
const GOOD: Duration = Duration::from_secs(5);

/// How long a connection whose session is over waits for its last answers.
const LAST: Duration = Duration::from_secs(2);

/// How long a server that wants no other connection is left alone.
const UNWANTED: Duration = Duration::from_secs(60);

/// How long a connection that is not wanted any more may take to say so.
const CLOSING: Duration = Duration::from_millis(200);

/// Nothing is to be done before.
const FAR: Duration = Duration::from_secs(86400 * 365);

/// See the module.
pub(super) struct Link {
    places: Places,
    orders: UnboundedReceiver<Order>,
    commands: Sender<Command>,
    away: Arc<AtomicBool>,
    /// See [`super::Remote::cursor`].
    cursor: Arc<AtomicU64>,
    outbox: Outbox,
    /// The session that is kept up.
    login: Option<Login>,
    /// The service that it is of.
    service: Option<u64>,
    /// Who listens, and the number of the door.
    door: Option<(u64, Listener)>,
    /// The session is over: so many requests are its last ones, and this is how long they have.
    over: Option<(usize, Instant)>,
    /// Somebody wants a connection now, and has no answer yet.
    hurry: bool,
    told: Option<NetworkStatus>,
    backoff: Backoff,
    /// Why there is no connection.
    why: String,
}

/// Why a connection has ended.
enum End {
    /// The client is at its end.
    Stop,
    /// The session is over.
    Over,
    /// Nobody wanted that.
    Lost(Error),
    /// The server wants it so, and says how long to wait, or that it wants no other connection.
    Bye(Option<Duration>, Error),
    /// Another service is there.
    Strange(Error),
    /// It does not let the session go on.
    Refused(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Lost(error)
    }
}

impl Link {
    pub(super) fn new(
        places: Places,
        orders: UnboundedReceiver<Order>,
        commands: Sender<Command>,
        away: Arc<AtomicBool>,
        cursor: Arc<AtomicU64>,
    ) -> Self {
        Self {
            places,
            orders,
            commands,
            away,
            cursor,
            outbox: Outbox::default(),
            login: None,
            service: None,
            door: None,
            over: None,
            hurry: false,
            told: None,
            backoff: Backoff::default(),
            why: String::new(),
        }
    }

    /// Works until the client is at its end. The first connection is made at once (NET-3), whoever wants it.
    pub(super) async fn run(mut self) {
        let mut first = true;
        while first || self.wanted().await {
            // After a time in which nobody wanted one, a connection that is there at once is no news.
            if self.told != Some(NetworkStatus::Connected) {
                self.tell(NetworkStatus::Connecting, None);
            }
            // From here on: who asks while a connection ends is not to wait as its server wants those to who were there before.
            self.hurry = false;
            let way = self.places.way();
            let Some(connected) = self.meanwhile(way.connect()).await else { return };
            let ended = match connected {
                Err(refusal) => self.refused(refusal),
                Ok(socket) => {
                    first = false;
                    self.places.found();
                    match self.serve(socket).await {
                        End::Stop => return,
                        End::Over => continue,
                        end => Some(self.ended(end)),
                    }
                }
            };
            // Another server is tried at once.
            let Some((wait, error)) = ended else { continue };
            first = false;
            if !self.is_wanted() {
                continue;
            }
            tracing::info!("next try to connect in {wait:?}, after: {}", error.desc);
            if self.pause(wait).await.is_none() {
                return;
            }
        }
    }

    fn is_wanted(&self) -> bool {
        self.login.is_some() || self.outbox.len() > 0
    }

    /// Waits until a connection is wanted. False: the client is at its end.
    async fn wanted(&mut self) -> bool {
        while !self.is_wanted() {
            match next(&mut self.orders).await {
                Some(order) => self.order(order, false),
                None => return false,
            }
        }
        true
    }

    /// Takes orders while something else goes on, without a connection. `None`: the client is at its end.
    async fn meanwhile<T>(&mut self, what: impl Future<Output = T>) -> Option<T> {
        let mut what = pin!(what);
        loop {
            self.answer();
            let deadline = self.outbox.deadline().unwrap_or_else(|| Instant::now() + FAR);
            tokio::select! {
                done = &mut what => return Some(done),
                order = next(&mut self.orders) => self.order(order?, false),
                () = sleep_until(deadline) => {
                    self.outbox.expire(false, &self.why);
                }
            }
        }
    }

    /// Waits before the next try, unless somebody is in a hurry. `None`: the client is at its end.
    async fn pause(&mut self, wait: Duration) -> Option<()> {
        let end = Instant::now() + wait;
        while !self.hurry && self.is_wanted() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let deadline = self.outbox.deadline().unwrap_or(end).min(end);
            tokio::select! {
                order = next(&mut self.orders) => self.order(order?, false),
                () = sleep_until(deadline) => {
                    self.outbox.expire(false, &self.why);
                }
            }
            self.answer();
        }
        Some(())
    }

    fn order(&mut self, order: Order, connected: bool) {
        match order {
            Order::Ask(requests) => {
                for (asker, request) in requests {
                    self.note(&request);
                    self.outbox.push(asker, request);
                }
                if !connected && self.outbox.logs_out() {
                    self.give_up_session();
                }
            }
            Order::Stop => {}
            Order::Listen(number, knock) => self.door = Some((number, knock)),
            Order::Forget(number) => {
                if self.door.as_ref().is_some_and(|(current, _)| *current == number) {
                    self.door = None;
                    self.login = None;
                    self.over = Some((self.outbox.len(), Instant::now() + LAST));
                    if !connected {
                        self.give_up_session();
                    }
                }
            }
        }
    }

    /// What a request says about the connection.
    fn note(&mut self, request: &Request) {
        if let Request::Service = request {
            self.hurry = true;
            self.backoff.forget();
        }
    }

    /// The login with which the session goes on, from where the device has come to: the service need not keep what it has, and finds
    /// out that it has gone back to an earlier state itself.
    fn login_again(&self, login: &Login) -> Login {
        let cursor = match self.cursor.load(Ordering::SeqCst) {
            NOWHERE => login.cursor,
            cursor => Some(cursor),
        };
        Login { cursor, ..login.clone() }
    }

    /// A session that ends while there is no connection has said its last.
    fn give_up_session(&mut self) {
        let last = self.over.take().map_or_else(|| self.outbox.session_end(), |(last, _)| last);
        self.outbox.fail(last, &Error::from(Code::SdkNetDisconnect));
        self.login = None;
    }

    /// Hands out the answers that are here.
    fn answer(&mut self) {
        while let Some((asker, answer)) = self.outbox.pop() {
            if let Some((last, _)) = &mut self.over {
                *last = last.saturating_sub(1);
            }
            match asker {
                Asker::Core(token) => {
                    self.commands.send(Command::Answer(token, Box::new(answer)));
                }
                Asker::Thread(thread) => drop(thread.send(answer)),
            }
        }
    }

    fn news(&self, news: News) {
        self.commands.send(Command::News(Box::new(news)));
    }

    fn tell(&mut self, status: NetworkStatus, error: Option<Error>) {
        if self.told != Some(status) {
            self.told = Some(status);
            self.news(News::Network(status, error));
        }
    }

    /// There is no connection. How long to wait, and why; `None` while there is another server to be tried.
    fn refused(&mut self, refusal: Refusal) -> Option<(Duration, Error)> {
        let way = self.places.way();
        let after = self.places.refused(&refusal);
        let error = refusal.error;
        tracing::warn!("{}: {} {}", way.address, error.code, error.desc);
        self.why = format!("{}: {}", way.address, error.desc);
        let (asked, is_hopeless) = after?;
        if self.told == Some(NetworkStatus::Connected) {
            self.tell(NetworkStatus::Disconnected, None);
        }
        self.tell(NetworkStatus::ConnectFailed, Some(error.clone()));
        if is_hopeless {
            self.outbox.fail(self.outbox.len(), &error);
            self.answer();
        }
        Some((self.backoff.next(asked), error))
    }

    /// A connection has ended. How long to wait, and why.
    fn ended(&mut self, end: End) -> (Duration, Error) {
        let (asked, error) = match end {
            End::Stop | End::Over => (None, Error::from(Code::SdkNetDisconnect)),
            End::Lost(error) => {
                self.places.lost();
                (None, error)
            }
            // Also where another server is next: it is for its sake that they do not come all at once.
            End::Bye(Some(asked), error) => {
                self.places.lost();
                (Some(asked), error)
            }
            End::Bye(None, error) => (self.places.unwanted(UNWANTED), error),
            End::Strange(error) => {
                let address = &self.places.way().address;
                tracing::warn!(
                    "{address} is passed over: it is not of the service that the session is of"
                );
                match self.places.strange(UNWANTED) {
                    Some(asked) => (asked, error),
                    None => self.end_session(error),
                }
            }
            End::Refused(error) => self.end_session(error),
        };
        self.answer();
        self.why = error.desc.clone().into_owned();
        if self.is_wanted() {
            tracing::warn!("connection lost: {} {}", error.code, error.desc);
            self.tell(NetworkStatus::Disconnected, None);
        }
        (self.backoff.next(asked), error)
    }

    /// The session is over for good.
    fn end_session(&mut self, error: Error) -> (Option<Duration>, Error) {
        self.login = None;
        self.door = None;
        self.outbox.fail(self.outbox.len(), &error);
        self.news(News::Ended(error.clone()));
        (None, error)
    }

    /// Uses a connection until it ends.
    async fn serve(&mut self, socket: Socket) -> End {
        let (sink, mut stream) = socket.split();
        let mut wire = Wire::new(sink);
        let end = loop {
            self.answer();
            if let Some((last, _)) = self.over
                && last == 0
            {
                break End::Over;
            }
            if wire.phase == Phase::Open {
                self.fill(&mut wire);
                // What could not be written has its answer.
                self.answer();
            }
            let timer = self.timer(&wire);
            let step = tokio::select! {
                frame = stream.next() => match frame {
                    Some(Ok(message)) => self.hear(&mut wire, message),
                    Some(Err(error)) => Err(End::Lost(lost(&error))),
                    None => Err(End::Lost(Error::from(Code::SdkNetResetByPeer))),
                },
                order = next(&mut self.orders) => match order {
                    Some(order) => {
                        self.order(order, true);
                        Ok(())
                    }
                    None => Err(End::Stop),
                },
                written = wire.write(), if wire.wants_to_write() => {
                    written.map_err(|error| End::Lost(lost(&error)))
                }
                () = sleep_until(timer) => self.time(&mut wire),
            };
            if let Err(end) = step {
                break end;
            }
        };
        self.away.store(true, Ordering::SeqCst);
        if matches!(end, End::Stop | End::Over) {
            let _ = timeout(CLOSING, wire.close()).await;
        }
        if self.outbox.progress() > Some(wire.began) || wire.began.elapsed() > GOOD {
            self.backoff.forget();
        }
        let logs_out = self.outbox.logs_out();
        self.outbox.lost();
        if self.over.is_some() || logs_out {
            self.give_up_session();
        }
        end
    }

    /// Writes what waits, as much as the server wants at once.
    fn fill(&mut self, wire: &mut Wire) {
        let most = self.over.map_or(usize::MAX, |(last, _)| last);
        while wire.has_room() && self.outbox.pending() < (wire.welcome.max_pending as usize).max(1)
        {
            let id = wire.next();
            let Some(request) = self.outbox.next(id, most) else { break };
            if let Err(refused) = wire.request(request.clone()) {
                self.outbox.refuse_last(refused);
            }
        }
    }

    /// When something has to be done though nothing happens.
    fn timer(&self, wire: &Wire) -> Instant {
        let heartbeat = Duration::from_millis(wire.welcome.heartbeat);
        let own = match wire.phase {
            Phase::Open => (wire.sent + heartbeat).min(wire.heard + 2 * heartbeat),
            _ => wire.began + GREETING,
        };
        let last = self.over.map(|(_, until)| until);
        [self.outbox.deadline(), last].into_iter().flatten().fold(own, Instant::min)
    }

    fn time(&mut self, wire: &mut Wire) -> Result<(), End> {
        let now = Instant::now();
        let heartbeat = Duration::from_millis(wire.welcome.heartbeat);
        if self.over.is_some_and(|(_, until)| until <= now) {
            return Err(End::Over);
        }
        let silent = self.outbox.expire(true, "");
        if wire.phase != Phase::Open {
            return match wire.began + GREETING <= now {
                true => Err(Error::from(Code::SdkNetConnTimeout).into()),
                false => Ok(()),
            };
        }
        if silent || wire.heard + 2 * heartbeat <= now {
            return Err(Error::new(Code::SdkNetDisconnect, "the server does not answer").into());
        }
        if wire.sent + heartbeat <= now {
            wire.ping();
        }
        Ok(())
    }

    fn hear(&mut self, wire: &mut Wire, message: Message) -> Result<(), End> {
        wire.heard = Instant::now();
        let text = match &message {
            Message::Text(text) => text.as_str(),
            Message::Close(_) => return Err(Error::from(Code::SdkNetResetByPeer).into()),
            _ => return Ok(()),
        };
        match read(text) {
            Some(ServerFrame::Welcome(welcome)) => self.welcome(wire, welcome)?,
            Some(ServerFrame::Answer { id, answer }) => {
                self.answered(wire, id, answer.map_err(Error::from))?;
            }
            Some(ServerFrame::Hint(hint)) => self.hint(&hint),
            Some(ServerFrame::Page(page)) => self.knock(Knock::Page(page)),
            Some(ServerFrame::Online(message)) => self.knock(Knock::Online(message)),
            Some(ServerFrame::Bye { retry_after, failure }) => {
                return Err(self.bye(retry_after, failure));
            }
            None => {}
        }
        Ok(())
    }

    fn welcome(&mut self, wire: &mut Wire, welcome: Welcome) -> Result<(), End> {
        if wire.phase != Phase::Greeting {
            return Ok(());
        }
        // A server that wants one each moment gets one a second.
        wire.welcome = Welcome { heartbeat: welcome.heartbeat.max(1000), ..welcome };
        match self.login {
            Some(_) => wire.phase = Phase::Service(wire.request(Request::Service)?),
            None => self.open(wire),
        }
        Ok(())
    }

    fn open(&mut self, wire: &mut Wire) {
        wire.phase = Phase::Open;
        self.away.store(false, Ordering::SeqCst);
        self.tell(NetworkStatus::Connected, None);
    }

    fn answered(
        &mut self,
        wire: &mut Wire,
        id: u64,
        answer: Result<Response, Error>,
    ) -> Result<(), End> {
        match (wire.phase, &self.login) {
            (Phase::Service(asked), Some(login)) if asked == id => match answer? {
                Response::Service(number) if Some(number) == self.service => {
                    self.places.known(false);
                    wire.phase =
                        Phase::Login(wire.request(Request::Login(self.login_again(login)))?);
                }
                _ => {
                    let text = "another service is at this address now: log in again";
                    return Err(End::Strange(Error::new(Code::LoginKickedOffByOther, text)));
                }
            },
            (Phase::Login(asked), Some(_)) if asked == id => match answer {
                Ok(Response::LoggedIn(granted)) => {
                    self.open(wire);
                    self.news(News::Renewed(granted));
                }
                Ok(_) => return Err(Error::from(Code::SdkInternalError).into()),
                Err(error) if ends_session(&error) => return Err(End::Refused(error)),
                Err(error) => return Err(error.into()),
            },
            _ => self.passed_on(id, answer),
        }
        Ok(())
    }

    /// An answer for somebody else, from which the session is learned too.
    fn passed_on(&mut self, id: u64, answer: Result<Response, Error>) {
        let learned = match &answer {
            Ok(Response::Service(number)) => {
                self.service = Some(*number);
                self.places.known(true);
                self.hurry = false;
                true
            }
            Ok(Response::LoggedIn(_)) => true,
            _ => false,
        };
        let ok = answer.is_ok();
        match self.outbox.answer(id, answer) {
            Some(Request::Login(login)) if learned => self.login = Some(login.clone()),
            Some(Request::Logout { .. }) if ok => {
                self.login = None;
                // A connection has one session.
                self.over = Some((self.outbox.session_end(), Instant::now() + LAST));
            }
            _ => {}
        }
    }

    fn bye(&mut self, retry_after: Option<u64>, failure: Failure) -> End {
        let error = Error::from(failure);
        match retry_after {
            _ if self.login.is_some() && ends_session(&error) => End::Refused(error),
            wait => End::Bye(wait.map(Duration::from_millis), error),
        }
    }

    fn hint(&self, hint: &Hint) {
        if hint.everywhere {
            return self.knock(Knock::All);
        }
        if hint.account {
            self.knock(Knock::Account);
        }
        hint.groups.iter().for_each(|group| self.knock(Knock::Group(*group)));
    }

    /// Before somebody listens nothing is lost: whoever begins to listen looks everywhere.
    fn knock(&self, knock: Knock) {
        if let Some((_, heard)) = &self.door {
            heard(knock);
        }
    }
}

/// The next order; `None` at the client's end.
async fn next(orders: &mut UnboundedReceiver<Order>) -> Option<Order> {
    orders.recv().await.filter(|order| !matches!(order, Order::Stop))
}

/// Whether a login that fails so ends the session for good: it was taken over or taken away, or its signature is not good any more.
fn ends_session(error: &Error) -> bool {
    const ENDS: [Code; 11] = [
        Code::LoginKickedOffByOther,
        Code::UserSigExpired,
        Code::SvrAccountUsersigExpired,
        Code::SvrAccountUsersigCheckFailed,
        Code::SvrAccountUsersigCheckFailedEx,
        Code::SvrAccountUsersigMismatchPublickey,
        Code::SvrAccountUsersigMismatchId,
        Code::SvrAccountUsersigPublickeyNotFound,
        Code::SvrAccountInvalidUsersig,
        Code::SvrAccountBlacklist,
        Code::SvrAccountNotFound,
    ];
    ENDS.iter().any(|code| error.is(*code))
}

#[cfg(test)]
mod tests;
