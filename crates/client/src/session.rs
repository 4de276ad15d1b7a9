//! The session: login, logout, being kicked, an expired signature.

mod place;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use imsdk_service::{DevicePolicy, Keys, Policy};
use imsdk_types::wire::{LoggedIn, Login, Request, Response};
use imsdk_types::{Code, ConvEvent, Error, NetworkStatus, limits};

use crate::client::{Command, LoginStatus, Reply, random};
use crate::core::Core;
use crate::event::Event;
use crate::file::{show_urls, shown_url};
use crate::group::GroupNews;
use crate::store::LocalStore;
use crate::sync::present_online;
use crate::transport::{Door, Embedded, Knock, Listener, News, Remote};

/// The first generation of the interface that is told when the sync of a login begins and ends (EV-1).
const SYNC_EVENTS: u8 = 5;

/// A granted session.
pub(crate) struct ActiveSession {
    pub(crate) user: Arc<str>,
    pub(crate) account: u64,
    pub(crate) session: u64,
    pub(crate) expires_at: Option<u64>,
    /// When it began, by the service's clock in Unix seconds.
    pub(crate) began: u64,
    /// Ends with the session.
    door: Option<Door>,
}

impl Core {
    /// Opens the way to the service (NET-3: connecting, then connected or failed). A link to a server tells by itself how it gets on.
    pub(crate) fn connect(&mut self) {
        let told = self.settings.server.is_some();
        if !told {
            self.network(NetworkStatus::Connecting, None);
        }
        match self.open_transport() {
            Ok(()) if told => {}
            Ok(()) => self.network(NetworkStatus::Connected, None),
            Err(error) => {
                tracing::error!("{}", error.desc);
                self.network(NetworkStatus::ConnectFailed, Some(error));
            }
        }
    }

    fn network(&self, status: NetworkStatus, error: Option<Error>) {
        let (code, desc) = error.map_or((0, String::new()), |e| (e.code, e.desc.into_owned()));
        self.emit(Event::Network { status, code, desc });
    }

    fn open_transport(&mut self) -> Result<(), Error> {
        if self.transport.is_some() {
            return Ok(());
        }
        if let Some(server) = &self.settings.server {
            let proxies = Arc::clone(&self.shared.proxies);
            let commands = self.commands.clone();
            let remote = Remote::start(server, &self.settings, proxies, commands)?;
            self.transport = Some(Box::new(remote));
            return Ok(());
        }
        let policy = Policy {
            sdk_app_id: self.settings.app_id,
            keys: Keys::only(self.settings.secret_key.clone()),
            devices: DevicePolicy::default(),
            create_accounts: self.settings.create_accounts,
            relations: self.settings.relations,
            groups: self.settings.groups,
            revoke_seconds: self.settings.revoke_seconds,
            file_bytes: u64::MAX,
        };
        if policy.keys == Keys::Any {
            tracing::warn!("no secret key is configured: any signature is accepted");
        }
        let dir = self.settings.service_dir();
        let embedded = Embedded::open(&dir, policy)?;
        #[cfg(feature = "deferred")]
        if self.settings.deferred {
            let deferred = crate::transport::Deferred::start(embedded, self.commands.clone())?;
            self.transport = Some(Box::new(deferred));
            return Ok(());
        }
        self.transport = Some(Box::new(embedded));
        Ok(())
    }

    /// Goes to the server that the program has named since. What is here of the service before is closed.
    fn change_server(&mut self) -> Result<(), Error> {
        let shared = Arc::clone(&self.shared);
        let mut next = shared.next_server.lock();
        let Some((server, proxies)) = &*next else { return Ok(()) };
        let mut proxies = proxies.clone()?;
        if self.settings.server.as_ref() != Some(server) {
            tracing::info!("the program has named the server {server}");
            self.close_local();
            self.transport = None;
            self.settings.use_server(server.clone());
            let mut ways = self.shared.proxies.write();
            (proxies.socks5, proxies.http) = (ways.socks5.take(), ways.http.take());
            *ways = proxies;
        }
        *next = None;
        Ok(())
    }

    pub(crate) fn login(&mut self, user: String, user_sig: String, reply: Reply<()>) {
        if let Some(session) = &self.session {
            // Has somebody else taken the session meanwhile? Then this is a login after a kick.
            if *session.user == *user {
                self.catch_up();
                return self.when_settled(|core| core.login_if_out(user, user_sig, reply));
            }
        }
        self.login_if_out(user, user_sig, reply);
    }

    fn login_if_out(&mut self, user: String, user_sig: String, reply: Reply<()>) {
        if let Some(session) = &self.session {
            if *session.user == *user {
                self.shared.set_status(LoginStatus::In);
                return self.out.reply(|| reply(Ok(())));
            }
            self.logout(Box::new(|_| {}));
            return self.when_settled(|core| core.login_anew(user, user_sig, reply));
        }
        self.login_anew(user, user_sig, reply);
    }

    fn login_anew(&mut self, user: String, user_sig: String, reply: Reply<()>) {
        self.shared.set_status(LoginStatus::LoggingIn);
        if let Err(error) = self.change_server().and_then(|()| self.open_transport()) {
            return self.login_failed(error, reply);
        }
        self.open_known(&user);
        self.request(Request::Service, |core, answer| match answer {
            Ok(Response::Service(service)) => core.login_at(service, user, user_sig, reply),
            Ok(_) => core.login_failed(Error::from(Code::SdkInternalError), reply),
            Err(error) => core.login_failed(error, reply),
        });
    }

    fn login_at(&mut self, service: u64, user: String, user_sig: String, reply: Reply<()>) {
        let cursor = match self.open_local(service, &user) {
            Ok(cursor) => cursor,
            Err(error) => return self.login_failed(error, reply),
        };
        let login = Login {
            user,
            user_sig,
            device: self.local.as_ref().map_or(0, |local| local.device),
            platform: self.settings.platform as u8,
            cursor,
            takes_pages: true,
        };
        self.request(Request::Login(login.clone()), move |core, answer| match answer {
            Ok(Response::LoggedIn(granted)) => {
                if core.settings.server.is_some() {
                    place::remember(&core.settings, service);
                }
                core.logged_in(login, granted, reply);
            }
            Ok(_) => core.login_failed(Error::from(Code::SdkInternalError), reply),
            Err(error) => core.login_failed(error, reply),
        });
    }

    /// For a user who is not logged in yet.
    pub(crate) fn open_ahead(&mut self, user: String) {
        if self.session.is_some() {
            return self.opened_ahead();
        }
        match self.change_server().and_then(|()| self.open_transport()) {
            Ok(()) if self.settings.server.is_some() => self.open_known(&user),
            Ok(()) => {
                return self.request(Request::Service, move |core, answer| {
                    if let Ok(Response::Service(service)) = answer {
                        core.open_existing(&user, Some(service));
                    }
                    core.opened_ahead();
                });
            }
            Err(error) => tracing::warn!("{}", error.desc),
        }
        self.opened_ahead();
    }

    /// Or there is nothing to open.
    fn opened_ahead(&self) {
        self.shared.opening.fetch_sub(1, Ordering::AcqRel);
    }

    /// LOGIN-6: what is here can be read while a server is out of reach, if it is the service that was last found there.
    fn open_known(&mut self, user: &str) {
        self.open_existing(user, place::known(&self.settings));
    }

    fn open_existing(&mut self, user: &str, service: Option<u64>) {
        if !limits::is_user_id(user) || self.local.is_some() && self.owner == user {
            return;
        }
        // What another user has here is not for this one to read.
        self.close_local();
        let Some(service) = service else { return };
        let dir = place::store(&self.settings, user, service);
        if dir.exists()
            && let Err(error) = self.open_store(&dir, user)
        {
            tracing::warn!("{}", error.desc);
        }
    }

    /// What a device keeps is of one service, and means nothing at another one.
    fn open_local(&mut self, service: u64, user: &str) -> Result<Option<u64>, Error> {
        if !limits::is_user_id(user) {
            return Err(Error::from(Code::SdkCommInvalidIdentifier));
        }
        self.close_local();
        self.open_store(&place::named(&self.settings, user, service)?, user)?;
        let later = self.transport.as_ref().is_some_and(|transport| transport.answers_later());
        let Some(local) = &mut self.local else { return Ok(None) };
        match later {
            true => self.interrupted = local.sending()?,
            false => local.fail_sending()?,
        }
        let cursor = local.cursor();
        *self.shared.user.write() = Some(user.into());
        Ok(cursor)
    }

    fn open_store(&mut self, dir: &Path, user: &str) -> Result<(), Error> {
        let mut local = LocalStore::open(dir, random())?;
        let files = self.transport.as_ref().map(|transport| transport.files());
        local.shown_url = files.map(|files| shown_url(self.settings.app_id, files));
        self.local = Some(local);
        user.clone_into(&mut self.owner);
        self.shared.readable.store(true, Ordering::Release);
        Ok(())
    }

    /// What was done in the store is told before it is another one.
    fn close_local(&mut self) {
        self.finish();
        self.local = None;
        self.interrupted = Vec::new();
        self.shared.readable.store(false, Ordering::Release);
    }

    fn login_failed(&mut self, error: Error, reply: Reply<()>) {
        tracing::warn!("login failed: {} {}", error.code, error.desc);
        self.shared.set_status(LoginStatus::Out);
        *self.shared.user.write() = None;
        self.out.reply(move || reply(Err(error)));
    }

    /// What a door tells, for the core.
    fn knock(&self, session: u64) -> Listener {
        let commands = self.commands.clone();
        let shared = Arc::clone(&self.shared);
        let events = Arc::clone(&self.events);
        let owner = self.owner.clone();
        let shown_url = self.local.as_ref().and_then(|local| local.shown_url.clone());
        Box::new(move |knock| {
            // In this order: the core says that it receives before it takes what waits.
            let waits = shared.hinted.load(Ordering::SeqCst)
                || shared.page.lock().is_some()
                || shared.group_news.lock().is_some()
                || shared.receiving.load(Ordering::SeqCst);
            let command = match knock {
                Knock::Page(page) => match shared.keep_page(session, page) {
                    Some(true) => Command::Page,
                    Some(false) => return,
                    None if shared.hinted.swap(true, Ordering::SeqCst) => return,
                    None => Command::Hint,
                },
                // A hint that is queued already will see this news too.
                Knock::Account if shared.hinted.swap(true, Ordering::SeqCst) => return,
                Knock::Account => Command::Hint,
                Knock::Group(group) if !shared.note_group_news(GroupNews::One(group)) => return,
                Knock::All if !shared.note_group_news(GroupNews::All) => return,
                Knock::Group(_) | Knock::All => Command::GroupHint,
                // It must not overtake what came before it and is still being taken in.
                Knock::Online(message) if waits => Command::Online(session, message),
                Knock::Online(message) => {
                    let (mut message, _) = present_online(*message, &owner);
                    if let Some(shown_url) = &shown_url {
                        show_urls(&mut message.elem_array, shown_url);
                    }
                    return events.event(Event::NewMessages(vec![message]));
                }
            };
            commands.send(command);
        })
    }

    fn logged_in(&mut self, login: Login, granted: LoggedIn, reply: Reply<()>) {
        self.progress.begin(granted.cursor);
        self.own = (0, 0);
        self.keep_clock(&granted);
        let knock = self.knock(granted.session);
        // Session numbers rise, or else the service has gone back to an earlier state.
        let newest = self.local.as_ref().and_then(LocalStore::newest_session);
        let went_back = newest.is_some_and(|newest| newest >= granted.session);
        let kept = match &mut self.local {
            Some(local) => local.add_session(granted.session).and_then(|()| local.commit()),
            None => Ok(()),
        };
        if let Err(error) = kept {
            self.request(Request::Logout { cursor: granted.cursor }, |_, _| {});
            return self.login_failed(error, reply);
        }
        let door = match self.transport.as_mut().map(|transport| transport.listen(knock)) {
            Some(Ok(door)) => Some(door),
            Some(Err(error)) => {
                self.request(Request::Logout { cursor: granted.cursor }, |_, _| {});
                return self.login_failed(error, reply);
            }
            None => None,
        };
        let user: Arc<str> = login.user.as_str().into();
        tracing::info!("logged in: session {}", granted.session);
        *self.shared.user.write() = Some(Arc::clone(&user));
        self.shared.account.store(granted.account, Ordering::Release);
        self.session = Some(ActiveSession {
            user,
            account: granted.account,
            session: granted.session,
            expires_at: granted.expires_at,
            began: granted.server_time,
            door,
        });
        self.shared.set_status(LoginStatus::In);
        self.out.reply(|| reply(Ok(())));
        self.finish();
        if self.shared.generation() >= SYNC_EVENTS {
            self.emit(Event::Conversations(ConvEvent::Start, Vec::new()));
            self.when_settled(|core| {
                core.told(|core| core.emit(Event::Conversations(ConvEvent::Finish, Vec::new())));
            });
        }
        // Own messages are shown with this as soon as they are sent.
        let owner = self.owner.clone();
        self.meet(std::iter::once(owner.as_str()));
        if login.cursor.is_none() {
            // This device does not know whether there are any.
            self.leave_live();
            self.fill(granted.cursor);
        } else if granted.resync || went_back {
            self.report_got();
            self.leave_live_groups();
            self.start_over(granted.cursor);
        } else {
            self.report_got();
            self.leave_live_groups();
            self.catch_up();
        }
    }

    /// The service inside the library has the machine's clock.
    fn keep_clock(&self, granted: &LoggedIn) {
        if self.settings.server.is_some() {
            self.shared.set_clock(granted.server_time);
        }
    }

    /// What the link to a server tells of itself.
    pub(crate) fn news(&mut self, news: News) {
        match news {
            News::Network(status, error) => self.network(status, error),
            News::Renewed(granted) => self.renewed(&granted),
            News::Ended(error) if error.is(Code::LoginKickedOffByOther) => self.kicked(),
            // KICK-6: what the operator ends is told like this too.
            News::Ended(error)
                if [
                    Code::SvrAccountInvalidUsersig,
                    Code::SvrAccountBlacklist,
                    Code::SvrAccountNotFound,
                ]
                .iter()
                .any(|code| error.is(*code)) =>
            {
                self.kicked();
            }
            News::Ended(error) => {
                tracing::warn!("the server takes the signature no more: {}", error.desc);
                self.end_by_signature();
            }
        }
    }

    /// LOGIN-5: the session goes on under another number. What happened meanwhile is looked for as after a login (§3.2), and what is being
    /// done goes on.
    fn renewed(&mut self, granted: &LoggedIn) {
        if self.session.is_none() {
            return;
        }
        tracing::info!("logged in again: session {}", granted.session);
        self.keep_clock(granted);
        self.progress.begin(granted.cursor);
        let newest = self.local.as_ref().and_then(LocalStore::newest_session);
        let went_back = newest.is_some_and(|newest| newest >= granted.session);
        if let Some(local) = &mut self.local
            && let Err(error) = local.add_session(granted.session)
        {
            tracing::error!("{}", error.desc);
        }
        let knock = self.knock(granted.session);
        let door = self.transport.as_mut().and_then(|transport| transport.listen(knock).ok());
        if let Some(session) = &mut self.session {
            session.session = granted.session;
            session.expires_at = granted.expires_at;
            session.door = door;
        }
        let cursor = granted.cursor;
        if granted.resync || went_back {
            self.when_settled(move |core| core.start_over(cursor));
        } else if self.shared.note_group_news(GroupNews::All) {
            self.commands.send(Command::GroupHint);
        }
    }

    /// What was being sent when an earlier session ended, and has not come with the log since, the service does not have.
    pub(crate) fn end_interrupted(&mut self) {
        let open = |local: &LocalStore| !local.is_filling() && !local.is_restarting();
        if self.lost || !self.local.as_ref().is_some_and(open) {
            return;
        }
        for message in std::mem::take(&mut self.interrupted) {
            let failed = self.local.as_mut().map_or(Ok(None), |local| local.fail_one(message));
            match failed {
                Ok(Some(conv)) => self.out.changed(&conv, false),
                Ok(None) => {}
                Err(error) => tracing::error!("{}", error.desc),
            }
        }
    }

    pub(crate) fn logout(&mut self, reply: Reply<()>) {
        if self.session.is_none() {
            self.shared.set_status(LoginStatus::Out);
            return self.out.reply(|| reply(Ok(())));
        }
        self.shared.set_status(LoginStatus::LoggingOut);
        // Nobody can be asked about once it is done.
        self.meet_shown();
        // The service forgets what it is told that this device has: that must be here for good.
        self.commit();
        let cursor = self.cursor();
        self.report_got();
        self.request(Request::Logout { cursor }, move |core, answer| {
            if let Err(error) = answer {
                tracing::warn!("logout: {} {}", error.code, error.desc);
            }
            core.leave();
            core.out.reply(|| reply(Ok(())));
        });
    }

    pub(crate) fn cursor(&self) -> u64 {
        self.local.as_ref().and_then(|local| local.cursor()).unwrap_or_default()
    }

    /// The program ends. What is still being sent to a server may have come there: the next login finds out.
    pub(crate) fn stop(&mut self) {
        // What was taken in is told now or never, also where an answer about its sender has not come.
        self.meet_shown();
        self.tell();
        let later = self.transport.as_ref().is_some_and(|transport| transport.answers_later());
        if !later {
            return self.leave();
        }
        self.transfers.cancel();
        self.commit();
    }

    /// Nobody is logged in any more; the local store stays readable.
    pub(crate) fn leave(&mut self) {
        self.transfers.cancel();
        self.interrupted = Vec::new();
        if let Some(local) = &mut self.local
            && let Err(error) = local.fail_sending()
        {
            tracing::error!("{}", error.desc);
        }
        self.commit();
        self.session = None;
        *self.shared.user.write() = None;
        self.shared.account.store(0, Ordering::Release);
        self.shared.set_status(LoginStatus::Out);
    }

    /// KICK-1.
    pub(crate) fn kicked(&mut self) {
        if self.session.is_none() {
            return;
        }
        tracing::warn!(
            "kicked: the user logged in elsewhere, or the service's owner has ended the session"
        );
        self.leave();
        self.finish();
        self.emit(Event::KickedOffline);
    }

    /// The signature ran out while online (§3.4).
    pub(crate) fn signature_expired(&mut self) {
        let expired = self.session.as_ref().and_then(|session| session.expires_at);
        if expired.is_none_or(|at| at >= self.shared.now()) {
            return;
        }
        tracing::warn!("the signature has expired");
        self.commit();
        let cursor = self.cursor();
        self.request(Request::Logout { cursor }, |_, _| {});
        self.flush();
        self.end_by_signature();
    }

    fn end_by_signature(&mut self) {
        if self.session.is_none() {
            return;
        }
        self.leave();
        self.finish();
        self.emit(Event::UserSigExpired);
    }
}
