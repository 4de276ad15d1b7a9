use imsdk_types::wire::Conv;
use imsdk_types::wire::frame::Hint;

use super::*;

fn session(account: u64, session: u64) -> Session {
    Session { account, user: format!("user{account}"), device: session, platform: 6, session }
}

/// An account with one session, and its groups.
fn enter(hub: &Hub, account: u64, groups: &[(u64, u32)]) -> Arc<Conn> {
    let conn = hub.connect();
    hub.enter(&session(account, account * 10), &conn, true);
    let generation = hub.generation(account).unwrap();
    assert!(hub.set_groups(account, groups.to_vec(), generation, false));
    conn
}

fn groups(groups: &[u64]) -> News {
    News { groups: groups.iter().copied().collect(), ..News::default() }
}

fn hint(conn: &Conn) -> Hint {
    conn.take(false).hint
}

fn message() -> Delivered {
    Delivered {
        conv: Conv::group("g"),
        sender: "a".into(),
        account: 1,
        platform: 6,
        order: 0,
        time: 0,
        client_time: 0,
        rand: 0,
        seq: 0,
        counts: false,
        becomes_last: false,
        origin: 0,
        listed: true,
        revoked: false,
        read: false,
        body: "{}".into(),
    }
}

#[test]
fn a_group_is_told_to_its_members_but_not_to_the_one_who_wrote() {
    let hub = Hub::default();
    let (one, two) = (enter(&hub, 1, &[(7, 0)]), enter(&hub, 2, &[(7, 0), (8, 0)]));
    let three = enter(&hub, 3, &[(8, 0)]);
    hub.tell(&[(Some(10), groups(&[7]))]);
    assert_eq!(hint(&one), Hint::default());
    assert_eq!(hint(&two).groups, [7]);
    assert_eq!(hint(&three), Hint::default());
    // Two who write at once each learn of the other.
    hub.tell(&[(Some(10), groups(&[7])), (Some(20), groups(&[7]))]);
    assert_eq!((hint(&one).groups, hint(&two).groups), (vec![7], vec![7]));
}

#[test]
fn hints_merge_and_end_in_everywhere() {
    let hub = Hub::default();
    let conn = enter(&hub, 1, &(0..100).map(|group| (group, 0)).collect::<Vec<_>>());
    for _ in 0..1000 {
        hub.tell(&[(None, groups(&[1, 2]))]);
    }
    let mut told = hint(&conn).groups;
    told.sort_unstable();
    assert_eq!(told, [1, 2]);
    hub.tell(&[(None, groups(&(0..100).collect::<Vec<_>>()))]);
    let told = hint(&conn);
    assert!(told.everywhere && told.account && told.groups.is_empty());
}

#[test]
fn online_messages_are_bounded_for_who_does_not_read() {
    let hub = Hub::default();
    let conn = enter(&hub, 1, &[(7, 0)]);
    let quiet = enter(&hub, 2, &[(7, ReceiveMessageOpt::NotReceive.bits())]);
    let news = News { group_online: vec![(7, message())], ..News::default() };
    for _ in 0..10_000 {
        hub.tell(&[(None, news.clone())]);
    }
    let kept = conn.take(false).online.len();
    assert!(kept > 0 && kept <= 256);
    assert_eq!(hub.counts().dropped, 10_000 - kept as u64);
    assert!(quiet.take(false).online.is_empty(), "it wants no messages of this group");
}

#[test]
fn memberships_that_changed_meanwhile_are_read_again() {
    let hub = Hub::default();
    let conn = enter(&hub, 1, &[(7, 0)]);
    let generation = hub.generation(1).unwrap();
    let news = News { members: [1, 2].into(), ..News::default() };
    assert_eq!(hub.heard(news), [1], "2 is not here");
    assert!(!hub.set_groups(1, vec![(8, 0)], generation, false), "read before the change");
    let generation = hub.generation(1).unwrap();
    assert!(hub.set_groups(1, vec![(9, 0)], generation, false));
    assert_eq!(hint(&conn).groups, [9], "what happened there was not told");
    hub.tell(&[(None, groups(&[7, 9]))]);
    assert_eq!(hint(&conn).groups, [9]);
    assert_eq!(hub.missed(), [1]);
    assert!(hint(&conn).everywhere);
}

#[test]
fn what_an_account_has_changed_counts_at_once_though_it_is_read_again() {
    let hub = Hub::default();
    let conn = enter(&hub, 1, &[(7, 0)]);
    let generation = hub.generation(1).unwrap();
    // Its turn to look everywhere, meanwhile.
    assert_eq!(hub.look(0, 1), [1]);
    hint(&conn);
    let quiet = vec![(7, ReceiveMessageOpt::NotReceive.bits())];
    assert!(!hub.set_groups(1, quiet, generation, true), "it is read again");
    hub.tell(&[(None, News { group_online: vec![(7, message())], ..News::default() })]);
    assert!(conn.take(false).online.is_empty());
}

#[test]
fn who_has_left_is_told_nothing_and_leaves_nothing() {
    let hub = Hub::default();
    let first = enter(&hub, 1, &[(7, 0)]);
    let second = hub.connect();
    hub.enter(&session(1, 11), &second, true);
    hub.tell(&[(None, groups(&[7]))]);
    assert_eq!(hint(&second).groups, [7], "the account's groups are known already");
    hub.disconnect(&first);
    hub.tell(&[(None, groups(&[7]))]);
    assert_eq!(hint(&second).groups, [7]);
    hub.disconnect(&second);
    // The answer to its login was on the way when it went.
    hub.enter(&session(1, 12), &second, true);
    let counts = hub.counts();
    assert_eq!((counts.connections, counts.sessions), (0, 0));
    let inner = hub.inner.lock();
    assert!(inner.accounts.is_empty() && inner.groups.is_empty() && inner.conns.is_empty());
}

#[test]
fn a_session_that_was_replaced_is_told_to_look() {
    let hub = Hub::default();
    let (one, two) = (enter(&hub, 1, &[]), enter(&hub, 2, &[]));
    let news = News { sessions: [(1, 10)].into(), ..News::default() };
    hub.tell(&[(None, news)]);
    let mail = one.take(false);
    assert!(mail.replaced && mail.hint.account);
    assert!(one.take(false).replaced, "it stays so");
    assert!(!two.take(false).replaced);
}

#[test]
fn who_comes_while_all_are_ended_is_ended_too() {
    let hub = Hub::default();
    let early = hub.connect();
    let due = tokio::time::Instant::now();
    hub.end_all(&Failure { code: 1, desc: "down".into() }, 5_000, due);
    let late = hub.connect();
    for conn in [early, late] {
        let ending = conn.take(false).end.expect("it is told");
        assert_eq!(ending.due, Some(due));
        assert!(ending.failure.code == 1 && ending.retry_after.is_some_and(|after| after < 5_000));
    }
}

#[test]
fn each_session_looks_everywhere_once_in_all_turns() {
    let hub = Hub::default();
    let conns: Vec<_> = (1..=7).map(|account| enter(&hub, account, &[])).collect();
    hub.connect();
    let mut looked: Vec<u64> = (0..3).flat_map(|turn| hub.look(turn, 3)).collect();
    looked.sort_unstable();
    assert_eq!(looked, [1, 2, 3, 4, 5, 6, 7]);
    assert!(conns.iter().all(|conn| hint(conn).everywhere));
}
