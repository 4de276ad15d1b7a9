//! One user over one connection: writes, hears hints and pulls, as a client does.

use std::collections::{HashMap, VecDeque};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use futures_util::FutureExt;
use imsdk_client::wire::{Backoff, Refusal, random};
use imsdk_types::wire::frame::ServerFrame;
use imsdk_types::wire::group::{Request as GroupRequest, Response as GroupResponse};
use imsdk_types::wire::{Conv, Delivered, Event, MessageBody, Outgoing, Request, Response};
use imsdk_types::{
    Code, CreateGroupParam, Elem, Error, GroupAddOption, GroupInviteMemberParam, GroupType, limits,
};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use crate::numbers::{Numbers, Seen};
use crate::session::Session;
use crate::shared::{Shared, unix_time};

/// Timers ring this late at most: whoever is later has waited for answers, or this program has no time.
const GRAIN: Duration = Duration::from_millis(2);

/// Frames that are taken in before anything is written.
const BATCH: usize = 64;

/// Where a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum To {
    /// To a user, by number.
    User(u32),
    /// To the group that the sender is in.
    Group,
}

/// What a user writes, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// When the next message is due.
    pub(crate) next: Instant,
    /// From one to the next; `None` as soon as there is room.
    pub(crate) every: Option<Duration>,
    /// How many are left.
    pub(crate) left: u32,
    /// None is written after that.
    pub(crate) end: Instant,
}

impl Pace {
    fn is_over(&self, now: Instant) -> bool {
        self.left == 0 || now >= self.end
    }

    /// Takes the next message, if it is due: since when.
    fn take(&mut self, now: Instant) -> Option<Instant> {
        if self.is_over(now) || self.next > now {
            return None;
        }
        self.left -= 1;
        let Some(every) = self.every else { return Some(now) };
        let due = self.next;
        self.next += every;
        Some(if now - due < GRAIN { now } else { due })
    }
}

/// A message without an answer.
struct Written {
    to: To,
    number: u32,
    since: Instant,
    outgoing: Outgoing,
}

/// What an answer is awaited for.
enum Asked {
    Send(Box<Written>),
    Log,
    Group(u64),
}

/// How far a log is read.
#[derive(Default)]
struct Log {
    cursor: u64,
    /// There is more.
    more: bool,
    /// It is being asked for.
    asked: bool,
}

impl Log {
    /// Where to ask from, if that is to be done now.
    fn ask(&mut self) -> Option<u64> {
        let due = self.more && !self.asked;
        due.then(|| {
            (self.more, self.asked) = (false, true);
            self.cursor
        })
    }
}

/// See the module.
pub(crate) struct User {
    pub(crate) no: u32,
    shared: Arc<Shared>,
    mark: String,
    session: Option<Session>,
    backoff: Backoff,
    is_known: bool,
    log: Log,
    groups: HashMap<u64, Log>,
    asked: VecDeque<(u64, Asked)>,
    /// Sends among them.
    sends: usize,
    /// What a lost connection left without an answer, oldest first.
    again: VecDeque<Box<Written>>,
    rand: u32,
    next: HashMap<To, u32>,
    /// What was accepted.
    pub(crate) accepted: HashMap<To, Numbers>,
    /// What came: of the group or not, and from whom.
    pub(crate) came: HashMap<(bool, u32), Numbers>,
}

fn refuse(code: Code, text: String) -> Error {
    Error::new(code, text)
}

impl User {
    pub(crate) fn new(no: u32, shared: Arc<Shared>) -> Self {
        Self {
            no,
            mark: shared.mark(),
            shared,
            session: None,
            backoff: Backoff::default(),
            is_known: false,
            log: Log::default(),
            groups: HashMap::new(),
            asked: VecDeque::new(),
            sends: 0,
            again: VecDeque::new(),
            rand: random() as u32,
            next: HashMap::new(),
            accepted: HashMap::new(),
            came: HashMap::new(),
        }
    }

    /// The number of the group that this user is in.
    fn group(&self) -> Option<u32> {
        let group = self.no / self.shared.options.group_size;
        (group < self.shared.options.groups()).then_some(group)
    }

    /// Logs in, however many tries that takes, and remembers how long it was.
    ///
    /// # Errors
    /// What the server says to a user whom it does not want, or why it has not been reached until `end`.
    pub(crate) async fn connect(&mut self, end: Instant) -> Result<(), Error> {
        let since = Instant::now();
        while self.session.is_none() {
            match self.enter().await {
                Ok(()) => {}
                Err(refusal) if refusal.is_final || Instant::now() >= end => {
                    let Error { code, desc } = refusal.error;
                    let desc = format!("{}: {desc}", self.shared.user(self.no)).into();
                    return Err(Error { code, desc });
                }
                Err(refusal) => {
                    self.shared.failed.fetch_add(1, Relaxed);
                    sleep(self.backoff.next(refusal.retry_after)).await;
                }
            }
        }
        self.backoff.forget();
        self.shared.logins.record(since.elapsed().as_micros() as u64);
        Ok(())
    }

    async fn enter(&mut self) -> Result<(), Refusal> {
        let cursor = self.is_known.then_some(self.log.cursor);
        let login = self.shared.login(self.no, cursor);
        let (session, granted) = Session::open(self.shared.way(self.no), &login).await?;
        if self.is_known && granted.resync {
            let text = "what was to come is not kept any more".to_owned();
            return Err(Refusal {
                is_final: true,
                ..refuse(Code::ParseResponseFailed, text).into()
            });
        }
        self.session = Some(session);
        self.shared.logged_in.fetch_add(1, Relaxed);
        if !self.is_known {
            (self.is_known, self.log.cursor) = (true, granted.cursor);
        }
        // Hints may have been lost.
        self.log.more = true;
        self.groups.values_mut().for_each(|log| log.more = true);
        Ok(())
    }

    /// The connection is gone: what was asked is asked again over the next one.
    pub(crate) fn cut(&mut self) {
        if self.session.take().is_none() {
            return;
        }
        self.shared.logged_in.fetch_sub(1, Relaxed);
        let mut left: VecDeque<_> = std::mem::take(&mut self.asked)
            .into_iter()
            .filter_map(|(_, asked)| match asked {
                Asked::Send(written) => Some(written),
                _ => None,
            })
            .collect();
        left.append(&mut self.again);
        (self.again, self.sends) = (left, 0);
        self.log.asked = false;
        self.groups.values_mut().for_each(|log| log.asked = false);
    }

    /// Asks one thing, before messages are written.
    async fn ask(&mut self, request: Request) -> Result<Response, Error> {
        let session = self.session.as_mut().ok_or(Code::SdkNetDisconnect)?;
        session.ask(&request).await.map_err(|refusal| refusal.error)?
    }

    /// Makes the group of which this user is the first member.
    pub(crate) async fn make_group(&mut self) -> Result<(), Error> {
        let Some(no) = self.group() else { return Ok(()) };
        let group = self.shared.group(no);
        let param = CreateGroupParam {
            group_name: "im-bench".into(),
            group_id: group.clone(),
            group_type: GroupType::Public as u32,
            approve_option: GroupAddOption::Any as u32,
            ..CreateGroupParam::default()
        };
        self.ask(Request::Group(GroupRequest::Create(Box::new(param)))).await?;
        let size = self.shared.options.group_size;
        let users: Vec<_> =
            (no * size..(no + 1) * size).skip(1).map(|no| self.shared.user(no)).collect();
        for some in users.chunks(limits::GROUP_BATCH) {
            let invite = GroupInviteMemberParam {
                group_id: group.clone(),
                identifier_array: some.to_vec(),
                ..GroupInviteMemberParam::default()
            };
            self.ask(Request::Group(GroupRequest::Invite(invite))).await?;
        }
        Ok(())
    }

    pub(crate) async fn remove_group(&mut self) -> Result<(), Error> {
        let Some(no) = self.group() else { return Ok(()) };
        let group = self.shared.group(no);
        self.ask(Request::Group(GroupRequest::Delete { group })).await.map(|_| ())
    }

    /// Finds out where the group stands.
    pub(crate) async fn find_group(&mut self) -> Result<(), Error> {
        let Some(no) = self.group() else { return Ok(()) };
        let id = self.shared.group(no);
        match self.ask(Request::Group(GroupRequest::Heads)).await? {
            Response::Group(GroupResponse::Heads(heads)) => {
                let found = heads.into_iter().find(|head| head.card.id == id).ok_or_else(|| {
                    let text = format!("{} is not in its group", self.shared.user(self.no));
                    refuse(Code::SvrGroupNotFound, text)
                })?;
                let log = Log { cursor: found.head, ..Log::default() };
                self.groups.insert(found.card.no, log);
                Ok(())
            }
            other => Err(refuse(Code::ParseResponseFailed, format!("{other:?}"))),
        }
    }

    /// Writes what the pace says and takes in what comes, until it is told to stop. Lost connections are made again.
    ///
    /// # Errors
    /// As [`User::connect`].
    pub(crate) async fn serve(
        &mut self,
        mut pace: Option<Pace>,
        stop: &CancellationToken,
    ) -> Result<(), Error> {
        let mut stopped = pin!(stop.cancelled());
        loop {
            let served = async {
                if self.session.is_none() {
                    self.shared.reconnects.fetch_add(1, Relaxed);
                    self.connect(Instant::now() + self.shared.options.settle()).await?;
                }
                Ok::<_, Error>(self.turns(&mut pace).await)
            };
            tokio::select! {
                biased;
                () = &mut stopped => {
                    self.finish().await;
                    return Ok(());
                }
                served = served => {
                    let refusal = served?;
                    self.cut();
                    if refusal.is_final {
                        return Err(refusal.error);
                    }
                    // Those that lost the same server do not come back to it all at once.
                    sleep(self.backoff.next(refusal.retry_after)).await;
                }
            }
        }
    }

    /// Takes in what was asked for, so that one thing can be asked after the other.
    async fn finish(&mut self) {
        let patience = self.shared.options.settle();
        let answers = async {
            while !self.asked.is_empty() {
                let Some(session) = self.session.as_mut() else { break };
                let frame = session.frame().await?;
                self.hear(frame)?;
            }
            Ok::<_, Refusal>(())
        };
        let in_time = timeout(patience, answers).await;
        if !matches!(in_time, Ok(Ok(()))) {
            self.cut();
        }
        for log in self.groups.values_mut().chain([&mut self.log]) {
            // It may have been stopped just before it was written.
            log.more |= std::mem::take(&mut log.asked);
        }
    }

    /// Goes on until the connection is lost.
    async fn turns(&mut self, pace: &mut Option<Pace>) -> Refusal {
        loop {
            if let Err(refusal) = self.turn(pace).await {
                return refusal;
            }
        }
    }

    async fn turn(&mut self, pace: &mut Option<Pace>) -> Result<(), Refusal> {
        self.look().await?;
        // What it waits for may come while it writes: that rings all the same.
        let awaited = self.shared.is_awaited();
        let mut room = self.write(pace).await?;
        let session = self.session.as_mut().ok_or_else(|| Error::from(Code::SdkNetDisconnect))?;
        session.flush().await?;
        let heartbeat = session.heartbeat();
        let mut wake = heartbeat;
        if let Some(pace) = pace.as_ref().filter(|pace| !pace.is_over(Instant::now())) {
            room &= pace.next < pace.end;
            wake = if room { wake.min(pace.next) } else { wake };
        }
        let awaits = pace.is_some() && (awaited || self.shared.is_awaited());
        tokio::select! {
            biased;
            frame = session.frame() => self.hear(frame?)?,
            () = self.shared.arrived.notified(), if awaits => return Ok(()),
            () = sleep_until(wake) => {
                if heartbeat <= Instant::now() {
                    session.ping().await?;
                }
                return Ok(());
            }
        }
        for _ in 1..BATCH {
            let Some(session) = self.session.as_mut() else { break };
            let Some(frame) = session.frame().now_or_never() else { break };
            self.hear(frame?)?;
        }
        Ok(())
    }

    /// Asks for what hints told of.
    async fn look(&mut self) -> Result<(), Refusal> {
        let Some(session) = self.session.as_mut() else { return Ok(()) };
        let hint = std::mem::take(&mut session.hint);
        self.log.more |= hint.account || hint.everywhere;
        for (no, log) in &mut self.groups {
            log.more |= hint.everywhere || hint.groups.contains(no);
        }
        if let Some(after) = self.log.ask() {
            let id = session.submit(&Request::Pull { after, own: false }).await?;
            self.asked.push_back((id, Asked::Log));
        }
        for (no, log) in &mut self.groups {
            if let Some(after) = log.ask() {
                let pull = GroupRequest::Pull { group: *no, after };
                let id = session.submit(&Request::Group(pull)).await?;
                self.asked.push_back((id, Asked::Group(*no)));
            }
        }
        Ok(())
    }

    /// Writes what is due. Whether there is room for more.
    async fn write(&mut self, pace: &mut Option<Pace>) -> Result<bool, Refusal> {
        loop {
            let Some(session) = self.session.as_ref() else { return Ok(false) };
            let room = (session.welcome.max_pending as usize).max(1);
            if self.sends >= self.shared.options.window as usize || self.asked.len() >= room {
                return Ok(false);
            }
            if self.again.is_empty() && self.shared.is_awaited() {
                return Ok(false);
            }
            let written = match self.again.pop_front() {
                Some(written) => written,
                None => match pace.as_mut().and_then(|pace| pace.take(Instant::now())) {
                    Some(since) => Box::new(self.compose(since)),
                    None => return Ok(true),
                },
            };
            self.submit(written).await?;
        }
    }

    async fn submit(&mut self, written: Box<Written>) -> Result<(), Refusal> {
        let request = Request::Send(written.outgoing.clone());
        let submitted = match self.session.as_mut() {
            Some(session) => session.submit(&request).await,
            None => Err(Error::from(Code::SdkNetDisconnect).into()),
        };
        match submitted {
            Ok(id) => {
                self.sends += 1;
                self.asked.push_back((id, Asked::Send(written)));
                Ok(())
            }
            Err(refusal) => {
                self.again.push_front(written);
                Err(refusal)
            }
        }
    }

    fn compose(&mut self, since: Instant) -> Written {
        let options = &self.shared.options;
        let chance = random() as f64 / u64::MAX as f64;
        let to = match self.group() {
            Some(_) if chance < options.group_share => To::Group,
            _ => {
                let away = 1 + random() % u64::from(options.peers());
                let no = (u64::from(self.no) + away) % u64::from(options.connections);
                To::User(no as u32)
            }
        };
        let next = self.next.entry(to).or_default();
        let number = *next;
        *next += 1;
        self.rand = self.rand.wrapping_add(1);
        let written = self.shared.micros(since);
        let mut text = format!("{}{} {number} {written} ", self.mark, self.no);
        let size = options.size as usize;
        text.extend(std::iter::repeat_n('x', size.saturating_sub(text.len())));
        let conv = match to {
            To::User(no) => Conv::c2c(self.shared.user(no)),
            To::Group => Conv::group(self.shared.group(self.group().unwrap_or_default())),
        };
        let outgoing = Outgoing {
            to: conv,
            client_time: unix_time(),
            rand: self.rand,
            seq: u64::from(number) + 1,
            online_only: false,
            body: MessageBody { elems: vec![Elem::text(text)], ..MessageBody::default() },
        };
        self.shared.sent.fetch_add(1, Relaxed);
        Written { to, number, since, outgoing }
    }

    fn hear(&mut self, frame: ServerFrame) -> Result<(), Refusal> {
        match frame {
            ServerFrame::Hint(hint) => {
                if let Some(session) = self.session.as_mut() {
                    session.hear(hint);
                }
            }
            ServerFrame::Page(page) => match page.after == self.log.cursor && !self.log.asked {
                true => self.take(&page.events, page.cursor),
                false => self.log.more |= page.cursor > self.log.cursor,
            },
            ServerFrame::Answer { id, answer } => match self.asked.pop_front() {
                Some((asked, what)) if asked == id => {
                    return self.answered(what, answer.map_err(Error::from));
                }
                _ => {
                    let text = format!("an answer to {id} that nobody waits for");
                    return Err(refuse(Code::ParseResponseFailed, text).into());
                }
            },
            _ => {}
        }
        Ok(())
    }

    fn answered(&mut self, what: Asked, answer: Result<Response, Error>) -> Result<(), Refusal> {
        match (what, answer) {
            (Asked::Send(written), answer) => {
                self.sends -= 1;
                match answer {
                    Ok(_) => {
                        self.accepted.entry(written.to).or_default().insert(written.number);
                        let receivers = match written.to {
                            To::User(_) => 1,
                            To::Group => u64::from(self.shared.options.group_size) - 1,
                        };
                        self.shared.accept(receivers, written.since);
                    }
                    Err(error) => self.shared.refuse(error.code),
                }
            }
            (Asked::Log, Ok(Response::Page(page))) => {
                if page.kicked {
                    let error = Error::from(Code::SdkNotLoggedIn);
                    return Err(Refusal { is_final: true, ..error.into() });
                }
                self.log.asked = false;
                self.log.more |= page.more;
                self.take(&page.events, page.cursor);
            }
            (Asked::Group(no), Ok(Response::Group(GroupResponse::Page(page)))) => {
                if let Some(log) = self.groups.get_mut(&no) {
                    log.cursor = page.cursor;
                    log.asked = false;
                    log.more |= page.more;
                }
                page.rows.iter().for_each(|row| self.came(row, true));
            }
            // It is asked again over another connection.
            (_, Err(error)) => return Err(error.into()),
            (_, Ok(other)) => {
                let text = format!("an answer of another kind: {other:?}");
                return Err(refuse(Code::ParseResponseFailed, text).into());
            }
        }
        Ok(())
    }

    /// Takes in a page of the account's log.
    fn take(&mut self, events: &[Event], cursor: u64) {
        self.log.cursor = cursor;
        for event in events {
            if let Event::Message(message) = event {
                self.came(message, false);
            }
        }
    }

    /// A message came; that of another run does not count.
    pub(crate) fn came(&mut self, message: &Delivered, group: bool) {
        let Some((_, text)) = message.body.split_once(&self.mark) else { return };
        let mut words = text.split(' ').map_while(|word| word.parse::<u64>().ok());
        let (Some(sender), Some(number), Some(written)) =
            (words.next(), words.next(), words.next())
        else {
            return;
        };
        let sender = sender as u32;
        if sender == self.no {
            return;
        }
        match self.came.entry((group, sender)).or_default().insert(number as u32) {
            Seen::Again => {
                self.shared.doubled.fetch_add(1, Relaxed);
                return;
            }
            Seen::Late => {
                self.shared.disordered.fetch_add(1, Relaxed);
            }
            Seen::InOrder => {}
        }
        self.shared.deliver(written);
    }
}
