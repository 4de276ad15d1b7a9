//! What the operator decides about accounts: keys, devices, who is kept out.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::{DevicePolicy, Keys, News, Policy, Service, Session, SystemClock, usersig};
use imsdk_types::wire::{LoggedIn, Login, Page, Request, Response};
use imsdk_types::{Code, Error};

const APP: u64 = 1_400_000_000;

struct World {
    _dir: tempfile::TempDir,
    store: SqliteStore,
    policy: Policy,
    news: News,
}

impl World {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let policy = Policy {
            sdk_app_id: APP,
            keys: Keys::Any,
            create_accounts: true,
            devices: DevicePolicy::default(),
            relations: Default::default(),
            groups: Default::default(),
            revoke_seconds: 120,
            file_bytes: u64::MAX,
        };
        let store = SqliteStore::open(dir.path()).unwrap();
        Self { store, _dir: dir, policy, news: News::default() }
    }

    fn service(&self) -> Service<SystemClock> {
        Service::new(SystemClock, self.policy.clone())
    }

    fn login(&mut self, device: u64, platform: u8, sig: &str) -> Result<Session, Error> {
        let (user, user_sig) = ("alice".to_owned(), sig.to_owned());
        let login = Login { user, user_sig, device, platform, cursor: None, takes_pages: false };
        let service = self.service();
        let granted: LoggedIn = run(service.login(&mut self.store, &login, &mut self.news))?;
        Ok(Session::new(&login, &granted))
    }

    fn is_current(&mut self, session: &Session) -> bool {
        run(self.service().is_current(&mut self.store, session)).unwrap()
    }

    fn kicked(&mut self, session: &Session) -> bool {
        let pull = Request::Pull { after: 0, own: false };
        let service = self.service();
        match run(service.handle(&mut self.store, session, pull, &mut self.news)).unwrap() {
            Response::Page(Page { kicked, .. }) => kicked,
            other => panic!("{other:?}"),
        }
    }
}

fn run<T>(answer: impl Future<Output = T>) -> T {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("the embedded store had to wait"),
    }
}

#[test]
fn a_key_is_rotated_while_tickets_of_the_old_one_are_out() {
    let mut world = World::new();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let sign = |key: &str| usersig::sign(key, APP, "alice", now.as_secs(), 3600, None);
    let (old, new) = (sign("old"), sign("new"));
    world.policy.keys = Keys::OneOf(vec!["old".into()]);
    assert!(world.login(1, 6, &old).is_ok());
    assert_eq!(world.login(1, 6, &new).unwrap_err().code, 70009);
    world.policy.keys = Keys::OneOf(vec!["new".into(), "old".into()]);
    assert!(world.login(1, 6, &old).is_ok() && world.login(1, 6, &new).is_ok());
    world.policy.keys = Keys::OneOf(vec!["new".into()]);
    assert_eq!(world.login(1, 6, &old).unwrap_err().code, 70009);
    world.policy.keys = Keys::OneOf(Vec::new());
    assert_eq!(world.login(1, 6, &new).unwrap_err().code, 70016, "no key lets nobody in");
}

#[test]
fn the_oldest_sessions_end_where_there_are_too_many() {
    let mut world = World::new();
    world.policy.devices = DevicePolicy { per_platform: 2, in_all: 3 };
    let first = world.login(1, 6, "sig").unwrap();
    let second = world.login(2, 6, "sig").unwrap();
    assert!(world.is_current(&first) && world.is_current(&second));
    let third = world.login(3, 6, "sig").unwrap();
    assert!(!world.is_current(&first) && world.is_current(&second));
    assert!(world.news.sessions.contains(&(first.account, first.session)));
    let phone = world.login(4, 2, "sig").unwrap();
    assert!(world.is_current(&second) && world.is_current(&third) && world.is_current(&phone));
    let tablet = world.login(5, 3, "sig").unwrap();
    assert!(!world.is_current(&second), "three in all, and this was the oldest");
    assert!(world.is_current(&third) && world.is_current(&phone) && world.is_current(&tablet));
    // The one that is logged in again is no other device.
    world.login(3, 6, "sig").unwrap();
    assert!(world.is_current(&phone) && world.is_current(&tablet));
}

#[test]
fn the_operator_kicks_one_platform_or_all() {
    let mut world = World::new();
    let desk = world.login(1, 6, "sig").unwrap();
    let phone = world.login(2, 2, "sig").unwrap();
    let service = world.service();
    let (store, news) = (&mut world.store, &mut world.news);
    assert_eq!(run(service.kick(store, "alice", Some(2), news)), Ok(1));
    assert!(run(service.kick(store, "bob", None, news)).unwrap_err().is(Code::SvrAccountNotFound));
    assert!(world.is_current(&desk) && world.kicked(&phone));
    assert!(world.login(2, 2, "sig").is_ok(), "it has been told");
    assert_eq!(run(service.kick(&mut world.store, "alice", None, &mut world.news)), Ok(2));
    assert!(world.kicked(&desk));
}

#[test]
fn who_is_blocked_stays_out_until_let_in() {
    let mut world = World::new();
    let desk = world.login(1, 6, "sig").unwrap();
    let service = world.service();
    run(service.set_blocked(&mut world.store, "alice", true, &mut world.news)).unwrap();
    assert!(world.kicked(&desk));
    assert!(world.login(1, 6, "sig").unwrap_err().is(Code::SvrAccountBlacklist));
    run(service.set_blocked(&mut world.store, "alice", false, &mut world.news)).unwrap();
    assert!(world.login(1, 6, "sig").is_ok());
}

#[test]
fn who_is_blocked_before_the_first_login_stays_out_too() {
    let mut world = World::new();
    let service = world.service();
    let block = |world: &mut World, user: &str, blocked: bool| {
        run(service.set_blocked(&mut world.store, user, blocked, &mut world.news))
    };
    assert!(block(&mut world, "alice", false).unwrap_err().is(Code::SvrAccountNotFound));
    assert!(block(&mut world, "a\nb", true).unwrap_err().is(Code::SdkCommInvalidIdentifier));
    block(&mut world, "alice", true).unwrap();
    assert!(world.login(1, 6, "sig").unwrap_err().is(Code::SvrAccountBlacklist));
    block(&mut world, "alice", false).unwrap();
    assert!(world.login(1, 6, "sig").is_ok());
}
