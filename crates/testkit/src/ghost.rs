//! Acting at the service without a client.

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::{Clock, News, Policy, Service, Session};
use imsdk_types::wire::{Accepted, Conv, Login, MessageBody, Outgoing, Request, Response};
use imsdk_types::{Elem, Error};

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
    pub(crate) fn open(dir: &Path, user: &str, secret_key: Option<String>) -> Self {
        let clock = HandClock::default();
        clock.set(1_600_000_000);
        let policy = Policy { sdk_app_id: APP_ID, secret_key: None, create_accounts: true };
        assert_eq!(secret_key, None, "ghosts have no signature");
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
        let granted = ready(service.login(&mut store, &login, &mut News::default())).expect("login");
        store.commit().expect("a commit");
        let session = Session::new(&login, &granted);
        Self { service, store, session, clock, next: 0 }
    }

    /// The clock that counts for what it does.
    pub fn clock(&self) -> &HandClock {
        &self.clock
    }

    /// Asks the service, and commits.
    pub fn ask(&mut self, request: Request) -> Result<Response, Error> {
        let mut news = News::default();
        let answer =
            ready(self.service.handle(&mut self.store, &self.session, request, &mut news));
        self.store.commit().expect("a commit");
        answer
    }

    /// Sends a text.
    ///
    /// # Panics
    /// If it is refused.
    pub fn send(&mut self, to: &str, text: &str) -> Accepted {
        self.next += 1;
        let outgoing = Outgoing {
            to: Conv::c2c(to),
            client_time: self.clock.now(),
            rand: self.next,
            seq: u64::from(self.next),
            online_only: false,
            body: MessageBody { elems: vec![Elem::text(text)], ..MessageBody::default() },
        };
        match self.ask(Request::Send(outgoing)) {
            Ok(Response::Accepted(accepted)) => accepted,
            other => panic!("sending \"{text}\" to {to}: {other:?}"),
        }
    }
}
