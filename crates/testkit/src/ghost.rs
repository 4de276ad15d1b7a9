//! Acting at the service without a client.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::store::{AccountStore, Device};
use imsdk_service::{
    Clock, DevicePolicy, GroupPolicy, Keys, News, Policy, RelationPolicy, Service, Session,
};
use imsdk_types::wire::{
    Accepted, Conv, Event, LoggedIn, Login, MessageBody, Outgoing, Request, Response,
};
use imsdk_types::{Elem, Error, limits};

use crate::APP_ID;
use crate::kept::{Kept, ready, unit};

/// A clock that is set by hand, in Unix seconds.
#[derive(Clone, Debug, Default)]
pub struct HandClock(Arc<AtomicU64>);

impl HandClock {
    /// Sets it, forward or back.
    pub fn set(&self, now: u64) {
        self.0.store(now, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// A user with a session and no program: it has a clock of its own, and rings nobody's bell. With it a test writes a past of
/// many days in no time, and news that clients have not heard of yet.
pub struct Ghost {
    service: Service<HandClock>,
    kept: Kept,
    session: Session,
    cursor: u64,
    clock: HandClock,
    next: u32,
}

impl Ghost {
    /// Logs a user in at the service in a directory, which accepts any signature.
    ///
    /// # Panics
    /// If that fails.
    pub fn open(dir: &Path, user: &str) -> Self {
        let store = SqliteStore::open(dir).expect("the service's file");
        Self::at(
            Kept::File(Box::new(store)),
            user,
            RelationPolicy::default(),
            GroupPolicy::default(),
        )
    }

    /// Logs a user in at a service that accepts any signature.
    pub(crate) fn at(
        mut kept: Kept,
        user: &str,
        relations: RelationPolicy,
        groups: GroupPolicy,
    ) -> Self {
        let clock = HandClock::default();
        clock.set(1_600_000_000);
        let policy = Policy {
            sdk_app_id: APP_ID,
            keys: Keys::Any,
            devices: DevicePolicy::default(),
            create_accounts: true,
            relations,
            groups,
            revoke_seconds: limits::REVOKE_SECONDS,
            file_bytes: u64::MAX,
        };
        let service = Service::new(clock.clone(), policy);
        let login = Login {
            user: user.to_owned(),
            user_sig: "sig".into(),
            device: 0x6057,
            // On a platform that nobody else uses, so that it kicks nobody.
            platform: 99,
            cursor: None,
            takes_pages: false,
        };
        let mut news = News::default();
        let granted = unit!(kept, writes: true, |store| service.login(store, &login, &mut news));
        let granted = granted.expect("login");
        let session = Session::new(&login, &granted);
        Self { service, kept, session, cursor: granted.cursor, clock, next: 0 }
    }

    /// Where its session began in the account's log.
    pub fn cursor(&self) -> u64 {
        self.cursor
    }

    /// Logs in once more, beside the session that it has.
    pub fn login(&mut self, login: &Login) -> Result<LoggedIn, Error> {
        let (service, mut news) = (&self.service, News::default());
        unit!(self.kept, writes: true, |store| service.login(store, login, &mut news))
    }

    /// Does what the operator of the service does, and commits.
    ///
    /// # Panics
    /// Where the service has no file.
    pub fn operate<T>(
        &mut self,
        action: impl AsyncFnOnce(&Service<HandClock>, &mut SqliteStore, &mut News) -> T,
    ) -> (T, News) {
        let mut news = News::default();
        let answer = ready(action(&self.service, self.kept.file(), &mut news));
        self.commit();
        (answer, news)
    }

    /// How many devices the service remembers of the account.
    ///
    /// # Panics
    /// If the store fails.
    pub fn devices(&mut self) -> usize {
        let account = self.session.account;
        unit!(self.kept, writes: false, |store| store.devices(account)).expect("devices").len()
    }

    /// Makes accounts without sessions.
    ///
    /// # Panics
    /// If that fails.
    pub fn create_accounts(&mut self, ids: &[String]) {
        create_accounts(&mut self.kept, ids, self.clock.now());
    }

    /// The clock that counts for what it does.
    pub fn clock(&self) -> &HandClock {
        &self.clock
    }

    /// Asks the service, and commits.
    pub fn ask(&mut self, request: Request) -> Result<Response, Error> {
        let (service, session, mut news) = (&self.service, &self.session, News::default());
        unit!(self.kept, writes: request.writes(), |store| {
            service.handle(store, session, request.clone(), &mut news)
        })
    }

    /// Asks the service, and leaves the unit of work open.
    ///
    /// # Panics
    /// Where the service has no file.
    pub fn begin(&mut self, request: Request) -> Result<Response, Error> {
        let mut news = News::default();
        ready(self.service.handle(self.kept.file(), &self.session, request, &mut news))
    }

    /// Commits what [`Ghost::begin`] left open.
    ///
    /// # Panics
    /// If that fails.
    pub fn commit(&mut self) {
        self.kept.file().commit().expect("a commit");
    }

    /// A text with an identity that this ghost has not used yet.
    pub fn outgoing(&mut self, to: &str, text: &str) -> Outgoing {
        self.next += 1;
        Outgoing {
            to: Conv::c2c(to),
            client_time: self.clock.now(),
            rand: self.next,
            seq: u64::from(self.next),
            online_only: false,
            body: MessageBody { elems: vec![Elem::text(text)], ..MessageBody::default() },
        }
    }

    /// Sends a text.
    ///
    /// # Panics
    /// If it is refused.
    pub fn send(&mut self, to: &str, text: &str) -> Accepted {
        let outgoing = self.outgoing(to, text);
        self.try_send(outgoing)
            .unwrap_or_else(|error| panic!("sending \"{text}\" to {to}: {error}"))
    }

    /// Sends a message that may be refused.
    pub fn try_send(&mut self, outgoing: Outgoing) -> Result<Accepted, Error> {
        match self.ask(Request::Send(outgoing))? {
            Response::Accepted(accepted) => Ok(accepted),
            other => panic!("the answer to a send was {other:?}"),
        }
    }

    /// A conversation's messages, oldest first: the texts with their places.
    ///
    /// # Panics
    /// If the service has no answer.
    pub fn history(&mut self, peer: &str) -> Vec<(u64, String)> {
        let conv = Conv::c2c(peer);
        let (mut before, mut all) = (None, Vec::new());
        loop {
            let request = Request::History { conv: conv.clone(), before, count: 1000 };
            let Ok(Response::History { messages, more }) = self.ask(request) else {
                panic!("no history")
            };
            all.extend(messages.iter().map(|message| (message.order, body_text(&message.body))));
            match messages.last() {
                Some(last) if more => before = Some(last.order),
                _ => break,
            }
        }
        all.reverse();
        all
    }

    /// The account's log past a cursor.
    ///
    /// # Panics
    /// If the service has no answer.
    pub fn log(&mut self, mut after: u64) -> Vec<Event> {
        let mut all = Vec::new();
        loop {
            let Ok(Response::Page(page)) = self.ask(Request::Pull { after, own: false }) else {
                panic!("no log");
            };
            all.extend(page.events);
            after = page.cursor;
            if !page.more {
                return all;
            }
        }
    }
}

/// Makes accounts in one unit of work.
pub(crate) fn create_accounts(kept: &mut Kept, ids: &[String], now: u64) {
    let made = unit!(*kept, writes: true, |store| async {
        for id in ids {
            store.create_account(id, now).await?;
        }
        Ok::<_, Error>(())
    });
    made.expect("accounts");
}

/// All devices of a user were last seen when time began.
pub(crate) fn age_devices(kept: &mut Kept, user: &str) {
    let aged = unit!(*kept, writes: true, |store| async {
        let account = store.account(user).await?.expect("an account");
        for device in store.devices(account).await? {
            store.put_device(account, Device { seen: 0, ..device }).await?;
        }
        Ok::<_, Error>(())
    });
    aged.expect("devices");
}

fn body_text(body: &str) -> String {
    let body: MessageBody = serde_json::from_str(body).expect("a message body");
    match body.elems.first() {
        Some(Elem::Text(text)) => text.content.clone(),
        _ => String::new(),
    }
}
