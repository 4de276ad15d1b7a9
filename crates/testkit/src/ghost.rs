//! Acting at the service without a client.

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use imsdk_service::store::AccountStore;
use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::{
    Clock, DevicePolicy, GroupPolicy, Keys, News, Policy, RelationPolicy, Service, Session,
};
use imsdk_types::wire::{
    Accepted, Conv, Event, LoggedIn, Login, MessageBody, Outgoing, Request, Response,
};
use imsdk_types::{Elem, Error, limits};

use crate::APP_ID;

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
    store: SqliteStore,
    session: Session,
    cursor: u64,
    clock: HandClock,
    next: u32,
}

/// The embedded store answers at once.
fn ready<T>(answer: impl Future<Output = T>) -> T {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("the embedded store had to wait"),
    }
}

impl Ghost {
    /// Logs a user in at the service in a directory, which accepts any signature.
    ///
    /// # Panics
    /// If that fails.
    pub fn open(dir: &Path, user: &str) -> Self {
        Self::with_relations(dir, user, RelationPolicy::default())
    }

    /// The same, with other rules about friendship.
    ///
    /// # Panics
    /// If that fails.
    pub fn with_relations(dir: &Path, user: &str, relations: RelationPolicy) -> Self {
        let clock = HandClock::default();
        clock.set(1_600_000_000);
        let policy = Policy {
            sdk_app_id: APP_ID,
            keys: Keys::Any,
            devices: DevicePolicy::default(),
            create_accounts: true,
            relations,
            groups: GroupPolicy::default(),
            revoke_seconds: limits::REVOKE_SECONDS,
        };
        let service = Service::new(clock.clone(), policy);
        let mut store = SqliteStore::open(dir).expect("the service's file");
        let login = Login {
            user: user.to_owned(),
            user_sig: "sig".into(),
            device: 0x6057,
            // On a platform that nobody else uses, so that it kicks nobody.
            platform: 99,
            cursor: None,
        };
        let granted =
            ready(service.login(&mut store, &login, &mut News::default())).expect("login");
        store.commit().expect("a commit");
        let session = Session::new(&login, &granted);
        Self { service, store, session, cursor: granted.cursor, clock, next: 0 }
    }

    /// Where its session began in the account's log.
    pub fn cursor(&self) -> u64 {
        self.cursor
    }

    /// Logs in once more, beside the session that it has.
    pub fn login(&mut self, login: &Login) -> Result<LoggedIn, Error> {
        let granted = ready(self.service.login(&mut self.store, login, &mut News::default()));
        self.commit();
        granted
    }

    /// Does what the operator of the service does, and commits.
    ///
    /// # Panics
    /// If it had to wait.
    pub fn operate<T>(
        &mut self,
        action: impl AsyncFnOnce(&Service<HandClock>, &mut SqliteStore, &mut News) -> T,
    ) -> (T, News) {
        let mut news = News::default();
        let answer = ready(action(&self.service, &mut self.store, &mut news));
        self.commit();
        (answer, news)
    }

    /// How many devices the service remembers of the account.
    ///
    /// # Panics
    /// If the store fails.
    pub fn devices(&mut self) -> usize {
        ready(self.store.devices(self.session.account)).expect("devices").len()
    }

    /// Makes accounts without sessions.
    ///
    /// # Panics
    /// If that fails.
    pub fn create_accounts(&mut self, ids: &[String]) {
        for id in ids {
            ready(self.store.create_account(id, self.clock.now())).expect("an account");
        }
        self.commit();
    }

    /// The clock that counts for what it does.
    pub fn clock(&self) -> &HandClock {
        &self.clock
    }

    /// Asks the service, and commits.
    pub fn ask(&mut self, request: Request) -> Result<Response, Error> {
        let answer = self.begin(request);
        self.commit();
        answer
    }

    /// Asks the service, and leaves the unit of work open.
    pub fn begin(&mut self, request: Request) -> Result<Response, Error> {
        let mut news = News::default();
        ready(self.service.handle(&mut self.store, &self.session, request, &mut news))
    }

    /// Commits what [`Ghost::begin`] left open.
    ///
    /// # Panics
    /// If that fails.
    pub fn commit(&mut self) {
        self.store.commit().expect("a commit");
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
pub(crate) fn accounts(dir: &Path, count: usize) -> Vec<String> {
    let mut store = SqliteStore::open(dir).expect("the service's file");
    let names: Vec<_> = (0..count).map(|number| format!("member{number}")).collect();
    for name in &names {
        ready(store.create_account(name, 1)).expect("an account");
    }
    store.commit().expect("a commit");
    names
}

fn body_text(body: &str) -> String {
    let body: MessageBody = serde_json::from_str(body).expect("a message body");
    match body.elems.first() {
        Some(Elem::Text(text)) => text.content.clone(),
        _ => String::new(),
    }
}
