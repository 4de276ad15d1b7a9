//! The handle: what other threads call.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use imsdk_types::wire::frame::Pushed;
use imsdk_types::wire::{Conv, ConvKind, Delivered, Event as LogEvent, Response};
use imsdk_types::{Code, ConvInfo, Error, Message, MsgGetMsgListParam, MsgStatus, limits};
use parking_lot::{Mutex, RwLock};

use crate::Events;
use crate::config::{Proxies, Proxy, ServerAddresses, Settings};
use crate::core::{Core, now};
use crate::group::GroupNews;
use crate::message::{Identity, Listing, Messages};
use crate::queue::{self, Sender};
use crate::transport::{News, Token};

/// The generation of the interface that every program knows.
const FIRST_GENERATION: u8 = 4;

/// The least [`Settings::look`]: more often would be all the time.
const LEAST_LOOK: Duration = Duration::from_millis(1);

/// Clocks that differ by so many seconds say the same.
const SAME_TIME: i64 = 2;

/// How a call is answered: once, on a thread of the client's, or on the caller's for a call that fails at once.
pub type Reply<T> = Box<dyn FnOnce(Result<T, Error>) + Send>;

/// How a send is answered: with the message as it is now, and the error if it failed.
pub type SendReply = Box<dyn FnOnce(Message, Option<Error>) + Send>;

/// Whether somebody is logged in: the values of `TIMLoginStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum LoginStatus {
    /// Logged in.
    In = 1,
    /// A login is under way.
    LoggingIn = 2,
    /// Not logged in.
    Out = 3,
    /// A logout is under way.
    LoggingOut = 4,
}

/// What the handle and the core both see.
pub(crate) struct Shared {
    status: AtomicU8,
    /// A login has opened the local store: reads are possible.
    pub(crate) readable: AtomicBool,
    /// Local stores that are about to be opened before a login: the reads behind them wait.
    pub(crate) opening: AtomicU32,
    pub(crate) user: RwLock<Option<Arc<str>>>,
    pub(crate) account: AtomicU64,
    pub(crate) rand: AtomicU32,
    pub(crate) seq: AtomicU32,
    /// A hint is queued; more of them add nothing.
    pub(crate) hinted: AtomicBool,
    /// A page that waits for the core, and the session that it was told to.
    pub(crate) page: Mutex<Option<(u64, Pushed)>>,
    /// News of groups, if they are queued.
    pub(crate) group_news: Mutex<Option<GroupNews>>,
    /// The newest generation of the interface that the program has shown to know.
    generation: AtomicU8,
    /// The generation is set, and stays.
    generation_fixed: bool,
    /// The user does not count notices of groups as unread.
    ignore_tips: AtomicBool,
    /// The core is taking news in.
    pub(crate) receiving: AtomicBool,
    /// The user wants no read receipts.
    pub(crate) no_receipts: AtomicBool,
    /// The ways to a server.
    pub(crate) proxies: Arc<RwLock<Proxies>>,
    /// A server that the next login goes to, with the environment's proxies.
    pub(crate) next_server: Mutex<Option<(ServerAddresses, Result<Proxies, Error>)>>,
    /// Seconds that the service's clock is ahead of this machine's.
    clock: AtomicI64,
}

impl Shared {
    pub(crate) fn new(settings: &Settings) -> Self {
        let seed = random();
        Self {
            status: AtomicU8::new(LoginStatus::Out as u8),
            readable: AtomicBool::new(false),
            opening: AtomicU32::new(0),
            user: RwLock::new(None),
            account: AtomicU64::new(0),
            rand: AtomicU32::new(seed as u32),
            seq: AtomicU32::new((seed >> 32) as u32),
            hinted: AtomicBool::new(false),
            page: Mutex::new(None),
            group_news: Mutex::new(None),
            generation: AtomicU8::new(settings.api_generation.unwrap_or(FIRST_GENERATION)),
            generation_fixed: settings.api_generation.is_some(),
            ignore_tips: AtomicBool::new(false),
            receiving: AtomicBool::new(false),
            no_receipts: AtomicBool::new(false),
            proxies: Arc::new(RwLock::new(settings.proxies.clone())),
            next_server: Mutex::new(None),
            clock: AtomicI64::new(0),
        }
    }

    pub(crate) fn status(&self) -> LoginStatus {
        match self.status.load(Ordering::Acquire) {
            1 => LoginStatus::In,
            2 => LoginStatus::LoggingIn,
            4 => LoginStatus::LoggingOut,
            _ => LoginStatus::Out,
        }
    }

    pub(crate) fn generation(&self) -> u8 {
        self.generation.load(Ordering::Relaxed)
    }

    /// The service's time in Unix seconds, as far as it is known.
    pub(crate) fn now(&self) -> u64 {
        now().saturating_add_signed(self.clock.load(Ordering::Relaxed))
    }

    /// The service has told its time. What the way of the answer and whole seconds make of it is no difference.
    pub(crate) fn set_clock(&self, time: u64) {
        let ahead = time.wrapping_sub(now()) as i64;
        let ahead = if ahead.abs() <= SAME_TIME { 0 } else { ahead };
        self.clock.store(ahead, Ordering::Relaxed);
    }

    pub(crate) fn ignores_tips(&self) -> bool {
        self.ignore_tips.load(Ordering::Relaxed)
    }

    /// Notes news of groups; true if the core must be called, false if it is already.
    pub(crate) fn note_group_news(&self, news: GroupNews) -> bool {
        let mut waiting = self.group_news.lock();
        let first = waiting.is_none();
        *waiting = Some(waiting.map_or(news, |known| known.and(news)));
        first
    }

    /// Keeps a page for the core, told to a session: true if the core must be called, false if it is already. `None`: it does not go on
    /// where the one that waits ends, or too much waits.
    pub(crate) fn keep_page(&self, session: u64, page: Pushed) -> Option<bool> {
        let mut waiting = self.page.lock();
        let Some((to, known)) = &mut *waiting else {
            *waiting = Some((session, page));
            return Some(true);
        };
        let notices =
            |page: &Pushed| page.events.iter().any(|it| matches!(it, LogEvent::Notice(_)));
        let fits = *to == session
            && known.events.len() + page.events.len() <= limits::PUSHED
            // A notice may be about what comes before it, which is told first.
            && !notices(known)
            && !notices(&page);
        (fits && known.join(page).is_ok()).then_some(false)
    }

    pub(crate) fn set_status(&self, status: LoginStatus) {
        self.status.store(status as u8, Ordering::Release);
    }
}

/// What the core is asked to do.
pub(crate) enum Command {
    Login {
        user: String,
        user_sig: String,
        reply: Reply<()>,
    },
    Logout {
        reply: Reply<()>,
    },
    Send {
        conv: Conv,
        message: Box<Message>,
        identity: Identity,
        reply: SendReply,
    },
    MessageList {
        conv: Conv,
        param: Box<MsgGetMsgListParam>,
        listing: Box<dyn Listing>,
    },
    ReportRead {
        conv: Conv,
        anchor: Option<Box<Message>>,
        reply: Reply<()>,
    },
    ReportAllRead {
        kind: ConvKind,
        reply: Reply<()>,
    },
    CreateConv {
        conv: Conv,
        reply: Reply<ConvInfo>,
    },
    DeleteConv {
        conv: Conv,
        reply: Reply<()>,
    },
    ConvList {
        reply: Reply<Vec<ConvInfo>>,
    },
    Call(Box<dyn FnOnce(&mut Core) + Send>),
    /// A call that asks the service for nothing.
    Read(Box<dyn FnOnce(&mut Core) + Send>),
    /// The service has answered a request. The embedded one answers at once.
    Answer(Token, Box<Result<Response, Error>>),
    /// What a link to a server tells of itself.
    News(Box<News>),
    Hint,
    /// A page of the account's log waits that nobody asked for.
    Page,
    GroupHint,
    /// For whoever is there, told to this session.
    Online(u64, Box<Delivered>),
    Stop,
}

impl Command {
    /// Whether it is a send, which others may join.
    pub(crate) fn sends(&self) -> bool {
        matches!(self, Self::Send { .. })
    }
}

/// A client of one application. See the crate.
///
/// Dropping it ends the core: what is queued and not begun is dropped unanswered; what was acknowledged is kept.
pub struct Client {
    shared: Arc<Shared>,
    commands: Sender<Command>,
    core: Mutex<Option<JoinHandle<()>>>,
}

impl Client {
    /// Starts a client. Nothing is opened yet when this returns; events follow.
    ///
    /// # Errors
    /// 6017 for settings that say to look too often, 7012 if no thread can be started.
    pub fn start(settings: Settings, events: Arc<dyn Events>) -> Result<Self, Error> {
        if settings.look < LEAST_LOOK {
            let text =
                format!("look: {:?} is too often, {LEAST_LOOK:?} is the least", settings.look);
            return Err(Error::new(Code::InvalidParameters, text));
        }
        let shared = Arc::new(Shared::new(&settings));
        let (commands, queue) = queue::queue();
        let core = Core::new(settings, Arc::clone(&shared), commands.clone(), events);
        let core = thread::Builder::new()
            .name("im-core".into())
            .spawn(move || core.run(&queue))
            .map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?;
        Ok(Self { shared, commands, core: Mutex::new(Some(core)) })
    }

    /// Ends the core and waits for it. Safe from any thread but the core's own.
    pub fn stop(&self) {
        let Some(core) = self.core.lock().take() else { return };
        self.commands.send(Command::Stop);
        if core.join().is_err() {
            tracing::error!("the core ended by a panic");
        }
    }

    /// Whether somebody is logged in.
    pub fn login_status(&self) -> LoginStatus {
        self.shared.status()
    }

    /// Who is logged in.
    pub fn login_user(&self) -> Option<Arc<str>> {
        self.shared.user.read().clone()
    }

    /// The generation of the interface that the program is taken to know: 4, 5, 6 or 8. It decides where generations differ.
    pub fn generation(&self) -> u8 {
        self.shared.generation()
    }

    /// The program has called a function that came with this generation. Unless the settings name one, the newest counts. Whether
    /// that is another one now.
    pub fn knows_generation(&self, generation: u8) -> bool {
        !self.shared.generation_fixed
            && self.shared.generation.fetch_max(generation, Ordering::Relaxed) < generation
    }

    /// Whether notices of groups count as unread messages; they do, unless the application says no.
    pub fn count_tips(&self, counted: bool) {
        self.shared.ignore_tips.store(!counted, Ordering::Relaxed);
    }

    /// Whether read receipts are wanted; they are, unless the application says no.
    pub fn want_receipts(&self, wanted: bool) {
        self.shared.no_receipts.store(!wanted, Ordering::Relaxed);
    }

    /// The service's time in Unix seconds: this machine's clock, until a server has told another.
    pub fn server_time(&self) -> u64 {
        self.shared.now()
    }

    /// The proxies that the program names, in place of those that it named before: for everything, and for files. They count from the
    /// next connection and the next transfer on.
    pub fn set_proxies(&self, socks5: Option<Proxy>, http: Option<Proxy>) {
        let mut proxies = self.shared.proxies.write();
        (proxies.socks5, proxies.http) = (socks5, http);
    }

    /// Names other servers, for the next login while nobody is logged in. `proxies` are the environment's; where they can't be read,
    /// that login fails with the reason.
    pub fn use_server(&self, server: ServerAddresses, proxies: Result<Proxies, Error>) {
        if self.login_status() != LoginStatus::Out {
            tracing::warn!(
                "the server {server} counts from the login after the next logout on: somebody is logged in"
            );
        }
        *self.shared.next_server.lock() = Some((server, proxies));
    }

    /// Makes what this device has of a user readable while nobody is logged in. Nothing is made: where the user never logged in, reads say
    /// 6014 as before.
    pub fn open_storage(&self, user: String) {
        self.shared.opening.fetch_add(1, Ordering::AcqRel);
        self.command(Command::Call(Box::new(move |core| core.open_ahead(user))));
    }

    pub(crate) fn command(&self, command: Command) {
        // The core ends only with this handle, or by a defect that is in the log.
        self.commands.send(command);
    }

    /// Logs a user in; a user who is logged in is logged out first.
    pub fn login(&self, user: String, user_sig: String, reply: Reply<()>) {
        if self.login_status() == LoginStatus::Out {
            self.shared.set_status(LoginStatus::LoggingIn);
        }
        self.command(Command::Login { user, user_sig, reply });
    }

    /// Logs the user out. Without one it succeeds at once.
    pub fn logout(&self, reply: Reply<()>) {
        match self.login_status() {
            LoginStatus::Out => return reply(Ok(())),
            LoginStatus::In => self.shared.set_status(LoginStatus::LoggingOut),
            LoginStatus::LoggingIn | LoginStatus::LoggingOut => {}
        }
        self.command(Command::Logout { reply });
    }

    /// Gives a message what identifies it: the sender's clock, a random number, an id. See [`Client::send`].
    pub fn identify(&self, message: &mut Message) -> Identity {
        Identity::give(message, &self.shared)
    }

    /// Sends a message that was identified.
    pub fn send(
        &self,
        conv: Conv,
        mut message: Box<Message>,
        identity: Identity,
        reply: SendReply,
    ) {
        if !self.may_call() {
            if !identity.sent_before {
                message.status = MsgStatus::SendFail as u32;
            }
            return reply(*message, Some(Error::from(Code::SdkNotLoggedIn)));
        }
        self.command(Command::Send { conv, message, identity, reply });
    }

    /// Refuses a call for its arguments, unless it must be refused for another reason first.
    pub fn refuse<T>(&self, error: impl Into<Error>, reply: Reply<T>) {
        reply(Err(if self.may_call() { error.into() } else { Code::SdkNotLoggedIn.into() }));
    }

    /// A page of a conversation.
    pub fn message_list(&self, conv: Conv, param: MsgGetMsgListParam, reply: Reply<Vec<Message>>) {
        self.list_messages(conv, param, Box::new(Messages::new(reply)));
    }

    /// The same, message by message.
    pub fn list_messages(&self, conv: Conv, param: MsgGetMsgListParam, listing: Box<dyn Listing>) {
        if !self.may_read() {
            return listing.answer(Err(no_database()));
        }
        self.command(Command::MessageList { conv, param: Box::new(param), listing });
    }

    /// Reports a conversation as read, up to a message or altogether.
    ///
    /// Without an id: all conversations of the kind.
    pub fn report_read(
        &self,
        kind: ConvKind,
        id: String,
        anchor: Option<Message>,
        reply: Reply<()>,
    ) {
        if !self.may_call() {
            return reply(Err(Error::from(Code::SdkNotLoggedIn)));
        }
        self.command(if id.is_empty() {
            Command::ReportAllRead { kind, reply }
        } else {
            Command::ReportRead { conv: Conv { kind, id }, anchor: anchor.map(Box::new), reply }
        });
    }

    /// Makes or finds a conversation. 6014 if nobody is logged in.
    pub fn create_conversation(&self, conv: Conv, reply: Reply<ConvInfo>) {
        if !self.may_call() {
            return reply(Err(Error::from(Code::SdkNotLoggedIn)));
        }
        self.command(Command::CreateConv { conv, reply });
    }

    /// Removes a conversation with its messages.
    pub fn delete_conversation(&self, conv: Conv, reply: Reply<()>) {
        if !self.may_call() {
            return reply(Err(Error::from(Code::SdkNotLoggedIn)));
        }
        self.command(Command::DeleteConv { conv, reply });
    }

    /// The conversations that have a message, the most recently active first.
    pub fn conversation_list(&self, reply: Reply<Vec<ConvInfo>>) {
        if !self.may_read() {
            return reply(Err(no_database()));
        }
        self.command(Command::ConvList { reply });
    }

    /// A call that needs a login: `action` runs on the core's thread and answers.
    pub(crate) fn call<T: Send + 'static>(
        &self,
        reply: Reply<T>,
        action: impl FnOnce(&mut Core, Reply<T>) + Send + 'static,
    ) {
        if !self.may_call() {
            return reply(Err(Error::from(Code::SdkNotLoggedIn)));
        }
        self.command(Command::Call(Box::new(move |core| match core.session {
            Some(_) => action(core, reply),
            None => core.out.reply(|| reply(Err(Error::from(Code::SdkNotLoggedIn)))),
        })));
    }

    /// A call that reads local storage: it needs no login while a storage is open.
    pub(crate) fn read<T: Send + 'static>(
        &self,
        reply: Reply<T>,
        action: impl FnOnce(&mut Core) -> Result<T, Error> + Send + 'static,
    ) {
        if !self.may_read() {
            return reply(Err(no_database()));
        }
        self.command(Command::Read(Box::new(move |core| {
            let answer = action(core);
            core.out.reply(|| reply(answer));
        })));
    }

    /// For calls that were seen to say so when there is no login to open a store.
    pub(crate) fn stored<T: 'static>(&self, reply: Reply<T>) -> Reply<T> {
        if self.may_call() { reply } else { Box::new(move |_| reply(Err(no_database()))) }
    }

    /// For calls that nothing but the login state can refuse: 6014 if nobody is logged in.
    ///
    /// # Errors
    /// 6014.
    pub fn check_login(&self) -> Result<(), Error> {
        if self.may_call() { Ok(()) } else { Err(Error::from(Code::SdkNotLoggedIn)) }
    }

    /// A call behind a login that is under way is decided in its turn.
    fn may_call(&self) -> bool {
        self.login_status() != LoginStatus::Out
    }

    fn may_read(&self) -> bool {
        self.may_call()
            || self.shared.opening.load(Ordering::Acquire) > 0
            || self.shared.readable.load(Ordering::Acquire)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.stop();
    }
}

/// 6014 as it is told for reads of local storage.
pub(crate) fn no_database() -> Error {
    Error::new(Code::SdkNotLoggedIn, "not init database")
}

/// Random bits for identities. Not for secrets.
pub fn random() -> u64 {
    use std::hash::{BuildHasher, Hasher, RandomState};
    // The standard library's hash keys are random in every process and differ with every state.
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u64(
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_nanos() as u64),
    );
    hasher.finish()
}
