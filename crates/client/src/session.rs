//! The session: login, logout, being kicked, an expired signature.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use imsdk_service::{DevicePolicy, Keys, Policy};
use imsdk_types::wire::{LoggedIn, Login, Request, Response};
use imsdk_types::{Code, ConvEvent, Error, NetworkStatus, limits};

use crate::client::{Command, LoginStatus, Reply, random};
use crate::core::{Core, now};
use crate::event::Event;
use crate::file::{show_urls, shown_url};
use crate::group::GroupNews;
use crate::store::LocalStore;
use crate::sync::present_online;
use crate::transport::{Door, Embedded, Knock};

/// A granted session.
pub(crate) struct ActiveSession {
    pub(crate) user: Arc<str>,
    pub(crate) account: u64,
    pub(crate) session: u64,
    pub(crate) expires_at: Option<u64>,
    /// Ends with the session.
    _door: Option<Door>,
}

impl Core {
    /// Opens the way to the service (NET-3: connecting, then connected or failed).
    pub(crate) fn connect(&mut self) {
        self.network(NetworkStatus::Connecting, None);
        let opened = self.open_transport();
        match opened {
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
            let text = format!("this build has no remote transport yet, and cannot reach {server}");
            return Err(Error::new(Code::SdkInterfaceNotSupport, text));
        }
        let policy = Policy {
            sdk_app_id: self.settings.app_id,
            keys: Keys::only(self.settings.secret_key.clone()),
            devices: DevicePolicy::default(),
            create_accounts: self.settings.create_accounts,
            relations: self.settings.relations,
            groups: self.settings.groups,
            revoke_seconds: self.settings.revoke_seconds,
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
        if let Err(error) = self.open_transport() {
            return self.login_failed(error, reply);
        }
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
        };
        self.request(Request::Login(login.clone()), move |core, answer| match answer {
            Ok(Response::LoggedIn(granted)) => core.logged_in(login, granted, reply),
            Ok(_) => core.login_failed(Error::from(Code::SdkInternalError), reply),
            Err(error) => core.login_failed(error, reply),
        });
    }

    /// What a device keeps is of one service, and means nothing at another one.
    fn open_local(&mut self, service: u64, user: &str) -> Result<Option<u64>, Error> {
        if !limits::is_user_id(user) {
            return Err(Error::from(Code::SdkCommInvalidIdentifier));
        }
        let name: String = user.bytes().map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{}_{name}_{}", self.settings.app_id, self.settings.platform as u8);
        self.local = None;
        let dir = self.settings.store_dir.join(format!("{name}_{service:016x}"));
        let unnamed = self.settings.store_dir.join(name);
        if !dir.exists() && unnamed.exists() {
            // Of a version that knew of one service only.
            fs::rename(&unnamed, &dir).map_err(|error| {
                let text = format!("{}: {error}", unnamed.display());
                Error::new(Code::DatabaseOperateFailed, text)
            })?;
        }
        let mut local = LocalStore::open(&dir, random())?;
        local.fail_sending()?;
        let cursor = local.cursor();
        let files = self.transport.as_ref().map(|transport| transport.files());
        local.shown_url = files.map(|files| shown_url(self.settings.app_id, files));
        self.local = Some(local);
        self.owner = user.to_owned();
        *self.shared.user.write() = Some(user.into());
        self.shared.readable.store(true, Ordering::Release);
        Ok(cursor)
    }

    fn login_failed(&mut self, error: Error, reply: Reply<()>) {
        tracing::warn!("login failed: {} {}", error.code, error.desc);
        self.shared.set_status(LoginStatus::Out);
        *self.shared.user.write() = None;
        self.out.reply(move || reply(Err(error)));
    }

    fn logged_in(&mut self, login: Login, granted: LoggedIn, reply: Reply<()>) {
        let commands = self.commands.clone();
        let shared = Arc::clone(&self.shared);
        let events = Arc::clone(&self.events);
        self.passed = granted.cursor;
        let owner = login.user.clone();
        let shown_url = self.local.as_ref().and_then(|local| local.shown_url.clone());
        let knock = Box::new(move |knock| {
            let waits = shared.hinted.load(Ordering::SeqCst)
                || shared.receiving.load(Ordering::SeqCst)
                || shared.group_news.lock().is_some();
            let command = match knock {
                // A hint that is queued already will see this news too.
                Knock::Account if shared.hinted.swap(true, Ordering::SeqCst) => return,
                Knock::Account => Command::Hint,
                Knock::Group(group) if !shared.note_group_news(GroupNews::One(group)) => return,
                Knock::All if !shared.note_group_news(GroupNews::All) => return,
                Knock::Group(_) | Knock::All => Command::GroupHint,
                // It must not overtake what came before it and is still being taken in.
                Knock::Online(message) if waits => Command::Online(granted.session, message),
                Knock::Online(message) => {
                    let mut message = present_online(*message, &owner);
                    if let Some(shown_url) = &shown_url {
                        show_urls(&mut message.elem_array, shown_url);
                    }
                    return events.event(Event::NewMessages(vec![message]));
                }
            };
            let _ = commands.send(command);
        });
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
            _door: door,
        });
        self.shared.set_status(LoginStatus::In);
        self.out.reply(|| reply(Ok(())));
        self.finish();
        self.emit(Event::Conversations(ConvEvent::Start, Vec::new()));
        self.when_settled(|core| {
            core.told(|core| core.emit(Event::Conversations(ConvEvent::Finish, Vec::new())));
        });
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

    pub(crate) fn logout(&mut self, reply: Reply<()>) {
        if self.session.is_none() {
            self.shared.set_status(LoginStatus::Out);
            return self.out.reply(|| reply(Ok(())));
        }
        self.shared.set_status(LoginStatus::LoggingOut);
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

    /// Nobody is logged in any more; the local store stays readable.
    pub(crate) fn leave(&mut self) {
        self.transfers.cancel();
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
        tracing::warn!("kicked: the user logged in elsewhere");
        self.leave();
        self.finish();
        self.emit(Event::KickedOffline);
    }

    /// The signature ran out while online (§3.4).
    pub(crate) fn signature_expired(&mut self) {
        let expired = self.session.as_ref().and_then(|session| session.expires_at);
        if expired.is_none_or(|at| at >= now()) {
            return;
        }
        tracing::warn!("the signature has expired");
        let cursor = self.cursor();
        self.request(Request::Logout { cursor }, |_, _| {});
        self.flush();
        self.leave();
        self.finish();
        self.emit(Event::UserSigExpired);
    }
}
