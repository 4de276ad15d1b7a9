//! The core: the one thread that owns session, transport and local store.
//!
//! It takes all commands that are queued, so that what they write is committed together: first by the service, then locally. Only then are
//! they answered.
//!
//! A service that answers later does so by a command of its own. Until all that a command has asked for is answered, those behind it
//! wait, so that each sees what those before it did; sends behind sends do not wait, and reads do not wait for a service that is away.

mod outbound;
mod progress;
mod recovery;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use imsdk_types::wire::{Conv, Request, Response};
use imsdk_types::{Code, ConvEvent, ConvInfo, Error};

use crate::client::{Command, Shared};
use crate::config::Settings;
use crate::file::Transfers;
use crate::group::GroupNews;
use crate::queue::{Receiver, Sender};
use crate::session::ActiveSession;
use crate::store::LocalStore;
use crate::transport::{Token, Transport};
use crate::{Event, Events};
pub(crate) use outbound::Outbound;
use progress::Progress;
pub(crate) use recovery::went_back;

/// Commands of one round at most; also the bound on what one commit carries.
const ROUND: usize = 512;

/// How long the queue is silent before the local store is committed.
const SILENCE: Duration = Duration::from_millis(1);

/// Rounds that one local commit carries at most.
const UNCOMMITTED: u32 = 64;

/// How long a stop waits for the calls before it.
const STOP: Duration = Duration::from_secs(2);

/// What happens with an answer of the service.
type Continuation = Box<dyn FnOnce(&mut Core, Result<Response, Error>) + Send>;

/// What happens when all is answered.
pub(crate) type Rest = Box<dyn FnOnce(&mut Core) + Send>;

/// A request on its way.
struct Waiting {
    /// The cursor that it asks for more from.
    after: u64,
    /// What the session itself wrote comes too.
    all: bool,
    then: Continuation,
}

/// See the module.
pub(crate) struct Core {
    pub(crate) settings: Settings,
    pub(crate) shared: Arc<Shared>,
    pub(crate) commands: Sender<Command>,
    pub(crate) events: Arc<dyn Events>,
    pub(crate) transport: Option<Box<dyn Transport>>,
    pub(crate) local: Option<LocalStore>,
    pub(crate) session: Option<ActiveSession>,
    /// Whose store `local` is.
    pub(crate) owner: String,
    next: Token,
    waiting: HashMap<Token, Waiting>,
    /// What waits for answers are sends only, which more sends may join.
    sends: bool,
    /// Commands that wait until all is answered.
    held: VecDeque<Command>,
    /// What goes on when all is answered, the last one first.
    settled: Vec<Rest>,
    /// Questions about users who are about to be shown. Nothing is told until they are answered.
    pub(crate) meeting: u32,
    /// How often this minute somebody's name was doubted: see [`Core::doubt`].
    pub(crate) doubts: (u64, u32),
    /// When a stop waits no longer.
    stop_at: Option<Instant>,
    /// The local store lost, or could not get, something that the service has. The next pull asks for what this session did too.
    pub(crate) lost: bool,
    pub(crate) progress: Progress,
    /// All that lies past the cursor (the first) up to the second was caused by this session itself.
    pub(crate) own: (u64, u64),
    /// Messages that were being sent when an earlier session ended, by conversation and key: whether the service has them is not known
    /// yet.
    pub(crate) interrupted: Vec<(u64, u64)>,
    /// Conversations whose unread messages the page that is being taken in makes count anew.
    pub(crate) recounts: BTreeSet<Conv>,
    /// This round wrote what the service can't give back: it is committed before it is answered.
    pub(crate) precious: bool,
    pub(crate) transfers: Transfers,
    pub(crate) out: Outbound,
}

impl Core {
    pub(crate) fn new(
        settings: Settings,
        shared: Arc<Shared>,
        commands: Sender<Command>,
        events: Arc<dyn Events>,
    ) -> Self {
        Self {
            settings,
            shared,
            commands,
            events,
            transport: None,
            local: None,
            session: None,
            owner: String::new(),
            next: 0,
            waiting: HashMap::new(),
            sends: false,
            held: VecDeque::new(),
            settled: Vec::new(),
            meeting: 0,
            doubts: (0, 0),
            stop_at: None,
            lost: false,
            progress: Progress::default(),
            own: (0, 0),
            interrupted: Vec::new(),
            recounts: BTreeSet::new(),
            precious: false,
            transfers: Transfers::default(),
            out: Outbound::default(),
        }
    }

    /// Works until it is told to stop.
    pub(crate) fn run(mut self, queue: &Receiver<Command>) {
        self.connect();
        let mut rounds = 0_u32;
        let mut looked = Instant::now();
        loop {
            let uncommitted = self.local.as_ref().is_some_and(LocalStore::is_writing);
            let wait = if uncommitted {
                Some(SILENCE)
            } else if let Some(at) = self.stop_at {
                Some(at.saturating_duration_since(Instant::now()))
            } else {
                self.may_sleep(looked)
            };
            match queue.recv(wait) {
                None if uncommitted => {
                    self.commit();
                    rounds = 0;
                }
                Some(first) => {
                    let round = catch_unwind(AssertUnwindSafe(|| self.round(first, queue)));
                    match round {
                        Ok(true) if self.expires_in().is_some_and(|left| left.is_zero()) => {
                            self.signature_expired();
                        }
                        Ok(true) => {}
                        Ok(false) => return,
                        Err(_) => self.recover(),
                    }
                    rounds += 1;
                    if rounds.is_multiple_of(UNCOMMITTED) {
                        self.commit();
                    }
                }
                None if self.stop_at.is_some() => {
                    self.stop();
                    return;
                }
                None => self.signature_expired(),
            }
            // Also of a program that leaves the queue no pause.
            if self.looks_in(looked).is_some_and(|left| left.is_zero()) {
                self.look();
                looked = Instant::now();
            }
            if self.tells_in().is_some_and(|left| left.is_zero()) {
                self.tell_in_quiet();
            }
        }
    }

    /// How long nothing has to be done unless somebody asks for it; `None`: for ever.
    fn may_sleep(&self, looked: Instant) -> Option<Duration> {
        let times = [self.looks_in(looked), self.tells_in(), self.expires_in()];
        times.into_iter().flatten().min()
    }

    /// Does what is queued. False: stop.
    fn round(&mut self, first: Command, queue: &Receiver<Command>) -> bool {
        let mut going = self.accept(first);
        for command in std::iter::from_fn(|| queue.try_recv()).take(ROUND) {
            going = going && self.accept(command);
        }
        self.settle();
        self.finish();
        // To tell may take questions that are answered later.
        going = going && self.release();
        if self.is_settled() {
            self.shared.receiving.store(false, Ordering::SeqCst);
        }
        going
    }

    /// Does a command, or keeps it until its turn. False: stop.
    fn accept(&mut self, command: Command) -> bool {
        let away = self.transport.as_ref().is_some_and(|transport| transport.is_away());
        if matches!(command, Command::Stop) {
            // Where nothing can come, nothing is waited for. Noted first: a defect must not take the end with it.
            let wait = if away { Duration::ZERO } else { STOP };
            self.stop_at = Some(Instant::now() + wait);
            // What to tell takes questions, and these are waited for.
            self.finish();
            self.tell_progress((true, true));
        }
        match command {
            Command::Answer(token, answer) => {
                self.answered(token, *answer);
                self.release()
            }
            Command::News(news) => {
                self.news(*news);
                true
            }
            Command::Read(_) | Command::ConvList { .. } | Command::MessageList { .. }
                if away && !self.is_settled() =>
            {
                self.command(command)
            }
            _ if self.held.is_empty() && self.may_begin(command.sends()) => self.command(command),
            _ => {
                self.held.push_back(command);
                true
            }
        }
    }

    /// Does the commands whose turn has come. False: stop.
    fn release(&mut self) -> bool {
        while let Some(next) = self.held.front() {
            let sends = next.sends();
            if !self.may_begin(sends) {
                break;
            }
            // A defect in telling what is done must not take what begins now with it.
            self.finish();
            // To tell may take questions that are answered later.
            if !self.may_begin(sends) {
                break;
            }
            let Some(command) = self.held.pop_front() else { break };
            if !self.command(command) {
                return false;
            }
            self.settle();
            self.finish();
        }
        true
    }

    /// Whatever comes after a send sees what it did, but for other sends.
    fn may_begin(&mut self, sends: bool) -> bool {
        if sends && self.sends {
            return true;
        }
        self.settle();
        self.is_settled()
    }

    /// Whether nothing waits for an answer.
    fn is_settled(&self) -> bool {
        self.waiting.is_empty() && self.settled.is_empty()
    }

    /// Does a command. False: stop.
    fn command(&mut self, command: Command) -> bool {
        self.sends = command.sends();
        match command {
            Command::Login { user, user_sig, reply } => self.login(user, user_sig, reply),
            Command::Logout { reply } => self.logout(reply),
            Command::Send { conv, message, identity, reply } => {
                self.send(conv, *message, identity, reply);
            }
            Command::MessageList { conv, param, listing } => {
                self.message_list(conv, *param, listing);
            }
            Command::ReportRead { conv, anchor, reply } => {
                self.report_read(conv, anchor.as_deref(), reply);
            }
            Command::ReportAllRead { kind, reply } => self.report_all_read(kind, reply),
            Command::CreateConv { conv, reply } => self.create_conversation(conv, reply),
            Command::DeleteConv { conv, reply } => self.delete_conversation(conv, reply),
            Command::ConvList { reply } => self.conversation_list(reply),
            Command::Call(action) | Command::Read(action) => action(self),
            Command::Answer(token, answer) => self.answered(token, *answer),
            Command::News(news) => self.news(*news),
            Command::Hint => {
                self.shared.receiving.store(true, Ordering::SeqCst);
                self.shared.hinted.store(false, Ordering::SeqCst);
                // What was asked before the news came is answered before it is told.
                self.told(Core::pull);
            }
            Command::Page => {
                self.shared.receiving.store(true, Ordering::SeqCst);
                let page = self.shared.page.lock().take();
                self.told(move |core| {
                    if let Some((session, page)) = page {
                        core.take_pushed(session, page);
                    }
                });
            }
            Command::GroupHint => {
                self.shared.receiving.store(true, Ordering::SeqCst);
                let news = self.shared.group_news.lock().take();
                self.told(move |core| match news {
                    Some(GroupNews::One(group)) => core.pull_group(group),
                    Some(GroupNews::All) => core.catch_up(),
                    None => {}
                });
            }
            Command::Online(session, delivered) => self.online(session, *delivered),
            Command::Stop => {
                self.stop();
                return false;
            }
        }
        true
    }

    /// Asks the service; `then` runs when the answer is here.
    pub(crate) fn request(
        &mut self,
        request: Request,
        then: impl FnOnce(&mut Core, Result<Response, Error>) + Send + 'static,
    ) {
        match self.transport {
            Some(_) => self.submit(request, Box::new(then)),
            None => then(self, Err(Error::from(Code::SdkNotLoggedIn))),
        }
    }

    /// What is done for all requests alike: with a type for each continuation it would be there a hundred times.
    fn submit(&mut self, request: Request, then: Continuation) {
        let Some(transport) = &mut self.transport else { return };
        self.next += 1;
        let (after, all) = match &request {
            Request::Pull { after, own } => (*after, *own),
            _ => (0, true),
        };
        transport.submit(self.next, request);
        self.waiting.insert(self.next, Waiting { after, all, then });
    }

    /// Asks the service for a change, and takes in what it brought about here before `then` runs: the events of a call
    /// come before its answer.
    pub(crate) fn change(
        &mut self,
        request: Request,
        then: impl FnOnce(&mut Core, Result<Response, Error>) + Send + 'static,
    ) {
        self.change_then(request, Box::new(then));
    }

    fn change_then(&mut self, request: Request, then: Continuation) {
        self.request(request, move |core, answer| {
            if answer.is_err() {
                return then(core, answer);
            }
            core.pull_then(Box::new(move |core| then(core, answer)));
        });
    }

    /// `then` runs when all that was asked for, here and in what the answers bring about, is answered. What is left to the last so in the
    /// meantime runs first.
    pub(crate) fn when_settled(&mut self, then: impl FnOnce(&mut Core) + Send + 'static) {
        self.settled.push(Box::new(then));
    }

    /// Tells what has happened; then `then` runs.
    pub(crate) fn told(&mut self, then: impl FnOnce(&mut Core) + Send + 'static) {
        self.finish();
        match self.meeting {
            0 => then(self),
            _ => self.when_settled(|core| core.told(then)),
        }
    }

    fn answered(&mut self, token: Token, answer: Result<Response, Error>) {
        // A defect may have cost it its continuation.
        if let Some(Waiting { after, all, then }) = self.waiting.remove(&token) {
            // A local commit that failed took the cursor back, or own messages away: this page would leave a gap.
            let gap = self.cursor() < after || (self.lost && !all);
            then(self, if gap { Err(went_back()) } else { answer });
        }
    }

    /// Hands over what is queued and does what the answers bring about, and what waits for that. A service that answers later is not
    /// waited for.
    fn settle(&mut self) {
        loop {
            self.flush();
            if !self.waiting.is_empty() {
                return;
            }
            match self.settled.pop() {
                Some(then) => then(self),
                None => break,
            }
        }
        self.sends = false;
    }

    /// Hands over what is queued and does what the answers bring about that are here.
    pub(crate) fn flush(&mut self) {
        loop {
            let (answers, own) = match &mut self.transport {
                Some(transport) => (transport.flush(), transport.written()),
                None => return,
            };
            if let Some(own) = own {
                self.wrote(own);
            }
            if answers.is_empty() {
                return;
            }
            for (token, answer) in answers {
                self.answered(token, answer);
            }
        }
    }

    /// Commits the local store and tells what happened: events first, then answers.
    ///
    /// What came in is told after the commit, so that a crash between the two tells nothing twice. What went out is durable in
    /// the service by now: its local commit waits until the queue has been silent for a moment.
    ///
    /// False if that commit failed. Then nothing of it is told: it comes again.
    pub(crate) fn finish(&mut self) -> bool {
        self.meet_shown();
        match self.meeting {
            0 => self.tell(),
            _ => self.commit(),
        }
    }

    /// The same, with what is known of whoever is shown.
    pub(crate) fn tell(&mut self) -> bool {
        if let Some(local) = &self.local {
            self.out.messages.iter_mut().for_each(|message| local.show(message));
            for event in &mut self.out.events {
                if let Event::GroupTips(tip, _) = event {
                    local.show_tip(tip);
                }
            }
        }
        let mut changes = self.changes();
        let news = !self.out.messages.is_empty() || !self.out.events.is_empty();
        let kept = !(news || std::mem::take(&mut self.precious)) || self.commit();
        if !kept {
            changes = self.changes();
        }
        let mut out = std::mem::take(&mut self.out);
        if self.is_filling() {
            self.out.added = std::mem::take(&mut out.added);
            self.out.updated = std::mem::take(&mut out.updated);
            self.out.kept = [0, 0, 0, out.kept[3], out.kept[4], 0];
        }
        for event in out.events {
            self.emit(event);
        }
        if !out.messages.is_empty() {
            self.emit(Event::NewMessages(out.messages));
        }
        if !out.receipts.is_empty() {
            self.emit(Event::Receipts(out.receipts));
        }
        if !out.deleted.is_empty() {
            self.emit(Event::Conversations(ConvEvent::Del, out.deleted));
        }
        for change in changes {
            self.emit(change);
        }
        for reply in out.replies {
            reply();
        }
        kept
    }

    pub(crate) fn is_filling(&self) -> bool {
        self.local.as_ref().is_some_and(LocalStore::is_filling)
    }

    /// The conversations that are to be told of, as they are now. What a new device tells of a conversation holds when it has got all of
    /// it.
    fn changes(&self) -> Vec<Event> {
        let mut changes = Vec::new();
        if self.events.wants_conversations() && !self.is_filling() {
            let Outbound { added, updated, .. } = &self.out;
            for (event, convs) in [(ConvEvent::Add, added), (ConvEvent::Update, updated)] {
                let infos: Vec<ConvInfo> =
                    convs.iter().filter_map(|conv| self.conv_info(conv)).collect();
                if !infos.is_empty() {
                    changes.push(Event::Conversations(event, infos));
                }
            }
        }
        changes
    }

    /// Commits the local store. False if it failed: then all since the last commit is taken back, also what was to be told.
    pub(crate) fn commit(&mut self) -> bool {
        match self.local.as_mut().map_or(Ok(()), LocalStore::commit) {
            Ok(()) => {
                self.out.kept = self.out.mark();
                let cursor =
                    self.local.as_ref().filter(|it| !it.is_filling()).and_then(LocalStore::cursor);
                if let (Some(transport), Some(cursor)) = (&mut self.transport, cursor) {
                    transport.has_come_to(Some(cursor));
                }
                true
            }
            Err(error) => {
                self.take_back(&error);
                false
            }
        }
    }

    pub(crate) fn emit(&self, event: Event) {
        self.events.event(event);
    }

    fn expires_in(&self) -> Option<Duration> {
        let expires_at = self.session.as_ref()?.expires_at?;
        let left = (expires_at + 1).saturating_sub(self.shared.now());
        // A day at most, so that a clock that is set is noticed.
        Some(Duration::from_secs(left.min(86400)))
    }
}

/// Unix time in seconds.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
