use imsdk_postgres::Postgres;
use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_service::SystemClock;
use imsdk_service::store::ready;
use imsdk_service::store::sqlite::SqliteStore;
use imsdk_types::wire::{Conv, MessageBody, Outgoing, friendship, group};

use super::*;
use crate::app::AppSettings;
use crate::bus::Alone;

fn outside() -> Outside {
    Outside { hub: Arc::default(), bus: Arc::new(Alone), metrics: Arc::new(Metrics::new()) }
}

fn service() -> Service<SystemClock> {
    Service::new(SystemClock, AppSettings::default().policy(1))
}

fn asks(requests: Vec<Request>) -> Work {
    let (reply, _) = oneshot::channel();
    let conn = outside().hub.connect();
    Work::Requests(Asked { conn, session: None, requests, check: false, reply })
}

fn blocks(count: usize) -> Request {
    let users = (0..count).map(|at| format!("user{at}")).collect();
    Request::Friendship(friendship::Request::Block { users })
}

#[test]
fn what_is_about_many_is_long_in_one_request_or_in_several() {
    assert!(!asks(vec![blocks(MANY)]).is_long());
    assert!(asks(vec![blocks(MANY + 1)]).is_long());
    assert!(asks(vec![blocks(MANY / 2), blocks(MANY / 2 + 1)]).is_long());
    assert!(asks(vec![Request::RecentConvs]).is_long());
    assert!(!asks(vec![Request::Pull { after: 0, own: false }]).is_long());
    assert!(asks(vec![Request::Group(group::Request::Joined)]).is_long());
    assert!(asks(vec![Request::Friendship(friendship::Request::Friends { after: 0 })]).is_long());
    let delete = group::Request::Delete { group: "group".into() };
    assert!(asks(vec![Request::Group(delete)]).is_long());
}

/// Of sends a unit takes as many as come. What others are told of one by one costs several times as much.
#[test]
fn what_a_few_are_told_of_is_long_if_it_is_asked_again_and_again() {
    let read = Request::ReportRead { conv: Conv::c2c("anna"), time: None, upto: None };
    assert!(!asks(vec![read; MANY]).is_long());
    let join = || {
        let (group, hello) = ("group".to_owned(), "hello".to_owned());
        Request::Group(group::Request::Join { group, hello })
    };
    assert!(!asks(vec![join()]).is_long());
    assert!(asks(vec![join(); MANY / 2]).is_long());
}

/// Who leaves may be in so many live groups, each of which is held. Alone that is not long: mostly it is none.
#[test]
fn what_may_leave_many_groups_shares_its_unit_with_few() {
    for leave in [Request::Logout { cursor: 0 }, Request::Group(group::Request::LeaveLive)] {
        let work = asks(vec![leave]);
        assert!(work.holds() > imsdk_types::limits::LIVE_GROUPS);
        assert!(!work.is_long());
    }
}

/// What the operator does holds its group, or an account, and whom a new group begins with.
#[test]
fn what_the_operator_does_has_a_weight() {
    let holds = |operator| Work::Operator(operator, oneshot::channel().0).holds();
    let group_member_array = vec![Default::default(); MANY];
    let param = CreateGroupParam { group_member_array, ..CreateGroupParam::default() };
    assert_eq!(holds(Operator::CreateGroup(Box::new(param))), MANY + 1);
    assert_eq!(holds(Operator::ModifyGroup(Box::default())), 4);
    assert_eq!(holds(Operator::ReclaimGroup { group: "group".into() }), 1);
    assert_eq!(holds(Operator::Block { user: "anna".into(), blocked: true }), 1);
}

/// What was asked is not done for who has gone, but what others are told by it is.
#[test]
fn what_others_are_told_is_more_than_an_answer() {
    let send = |online_only| {
        let to = Conv::c2c("anna");
        Request::Send(Outgoing {
            to,
            client_time: 1,
            rand: 1,
            seq: 1,
            online_only,
            body: MessageBody::default(),
        })
    };
    assert!(!asks(vec![send(true)]).only_answers());
    assert!(!asks(vec![Request::RecentConvs, send(false)]).only_answers());
    assert!(!asks(vec![blocks(1)]).only_answers());
    assert!(asks(vec![Request::RecentConvs]).only_answers());
}

/// On SQLite one thread writes: what is long goes apart from what is short, which goes together.
#[test]
fn what_is_long_has_units_of_its_own_on_sqlite_too() {
    let dir = tempfile::tempdir().unwrap();
    let outside = outside();
    let metrics = Arc::clone(&outside.metrics);
    let policy = AppSettings::default().policy(1);
    let engine = SqliteEngine::open(dir.path(), policy, outside).unwrap();
    let held = rusqlite::Connection::open(dir.path().join("service.db")).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    for count in [MANY + 1, 1, MANY + 1, 1, MANY + 1] {
        engine.submit(asks(vec![blocks(count)]));
    }
    held.execute_batch("COMMIT").unwrap();
    // What is queued is done first.
    drop(engine);
    let text = metrics.counted();
    assert!(text.contains("im_server_storage_batch_sum 5.0\n"), "{text}");
    // The first that may be long is alone, as are the others if it took long.
    let units = [3, 4].map(|count| format!("im_server_storage_batch_count {count}\n"));
    assert!(units.iter().any(|units| text.contains(units)), "{text}");
}

fn session(account: u64) -> Session {
    Session { account, user: account.to_string(), device: 1, platform: 6, session: 10 * account }
}

/// Who dissolves a group, or brings many into one, changes the groups of all who are connected.
#[tokio::test]
async fn the_groups_of_many_are_read_at_once() {
    let cluster = Cluster::start(Disk::Unsafe);
    let postgres = Postgres::connect(&cluster.url(), 1, 1).await.unwrap();
    let outside = outside();
    let hub = &outside.hub;
    let conns: Vec<_> = (1..=200).map(|account| (account, hub.connect())).collect();
    conns.iter().for_each(|(account, conn)| hub.enter(&session(*account), conn, true));
    let works: Vec<Work> = conns.iter().map(|(account, _)| Work::Groups(*account)).collect();
    let mut unit = Unit::of(&works, hub);
    let mut store = postgres.store();
    store.begin(false).await.unwrap();
    unit.perform(&service(), &mut store, hub, &works).await.unwrap();
    store.commit().await.unwrap();
    assert!(store.trips() <= 3, "{}", store.trips());
    assert_eq!(unit.groups.len(), 200);
}

/// A unit that reads sees the store as it was when it began: what changed since must be read again.
#[test]
fn groups_that_change_after_a_unit_began_are_read_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(dir.path()).unwrap();
    let outside = outside();
    let hub = &outside.hub;
    let conn = hub.connect();
    hub.enter(&session(1), &conn, true);
    let works = vec![Work::Groups(1)];
    let mut unit = Unit::of(&works, hub);
    // Another unit has committed that the account is in a group now, after this one took its view of the store.
    assert!(hub.set_groups(1, vec![(7, 0)], hub.generation(1).unwrap(), false));
    ready(unit.perform(&service(), &mut store, hub, &works)).unwrap();
    assert_eq!(unit.finish(works, Topic { app: 1, service: 0 }, &outside), [1]);
}
