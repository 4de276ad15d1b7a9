//! Much at once from those who mean no good, or who are slow: what the server keeps of it has a bound, and others are served.

mod support;

use imsdk_testkit::until;
use imsdk_types::wire::frame::ServerFrame;
use imsdk_types::wire::{Conv, Outgoing, Request, Response};
use imsdk_types::{FriendshipDeleteFriendParam, limits};
use support::{World, http, outgoing, texts};

fn figure(world: &World, name: &str) -> usize {
    let figures = http::ask(world.server.metrics_addr().unwrap(), "GET", "/metrics", &[], &[]);
    let text = String::from_utf8(figures.body).unwrap();
    text.lines().find_map(|line| line.strip_prefix(name)?.parse().ok()).unwrap()
}

/// Online-only messages that were dropped so far.
fn dropped(world: &World) -> usize {
    figure(world, "im_server_online_dropped_total ")
}

#[test]
fn who_is_slow_to_read_misses_what_is_for_the_moment_and_nothing_else() {
    const SENT: u32 = 2_000;
    let world = World::with(|config| {
        config.metrics = Some(([127, 0, 0, 1], 0).into());
        config.limits.rate = 0;
    });
    let mut slow = world.client("slow", 1);
    let mut alice = world.client("alice", 1);
    // More than the system takes for who reads nothing.
    let passing = |number| Outgoing {
        online_only: true,
        ..outgoing(Conv::c2c("slow"), &"x".repeat(11_000), number)
    };
    for round in 0..SENT / 100 {
        let numbers = (1..=100).map(|number| round * 100 + number);
        let asked: Vec<_> =
            numbers.map(|number| alice.submit(Request::Send(passing(number)))).collect();
        asked.into_iter().for_each(|id| drop(alice.answer(id).unwrap()));
    }
    for number in 0..10 {
        alice.send(Conv::c2c("slow"), &number.to_string()).unwrap();
    }
    assert!(dropped(&world) > 0, "so much was kept for it");
    let mut came = 0;
    until("an account of all that was sent", || {
        slow.ask(Request::Service).unwrap();
        let told = slow.take_told();
        came += told.iter().filter(|frame| matches!(frame, ServerFrame::Online(_))).count();
        came + dropped(&world) == SENT as usize
    });
    let all: Vec<String> = (0..10).map(|number| number.to_string()).collect();
    assert_eq!(texts(&slow.pull(0)), all);
}

/// Others get their turn in between, and no database holds so many users at once.
#[test]
fn what_is_about_thousands_is_done_in_parts() {
    use imsdk_types::wire::friendship::{Request as Ask, Response as Answer};

    let world = World::with(|config| config.metrics = Some(([127, 0, 0, 1], 0).into()));
    let mut alice = world.client("alice", 1);
    let units = || -> usize { figure(&world, "im_server_storage_seconds_count ") };
    let users: Vec<String> = (0..limits::USERS).map(|number| number.to_string()).collect();
    let identifier_array = users.clone();
    let param = FriendshipDeleteFriendParam { friend_type: 1, identifier_array };
    let before = units();
    let asked = alice.submit(Request::Friendship(Ask::Delete(param)));
    // Its turn comes after all parts.
    let next = alice.submit(Request::Service);
    let Ok(Response::Friendship(Answer::Results(list))) = alice.answer(asked) else {
        panic!("no list")
    };
    alice.answer(next).unwrap();
    assert!(list.into_iter().map(|it| it.identifier).eq(users));
    let units = units() - before;
    assert!(units > limits::USERS / limits::GROUP_BATCH, "{units} units of work");
    // Too many are refused as ever, and so is what comes before a login, once.
    let users = vec!["bob".to_owned(); limits::USERS + 1];
    assert_eq!(alice.code(Request::Friendship(Ask::Block { users })), 30001);
    let users = vec!["bob".to_owned(); 1000];
    assert_eq!(world.connect().code(Request::Friendship(Ask::Block { users })), 6014);
}

#[test]
fn where_one_part_fails_no_later_one_is_done() {
    use imsdk_types::wire::friendship::{Request as Ask, Response as Answer};

    let world = World::with(|config| config.metrics = Some(([127, 0, 0, 1], 0).into()));
    let mut alice = world.client("alice", 1);
    let _others = ["bob", "carol", "dave"].map(|user| world.client(user, 1));
    let file = world.dir.path().join(support::APP.to_string()).join("service.db");
    rusqlite::Connection::open(file)
        .unwrap()
        .execute_batch(
            "CREATE TRIGGER refuse BEFORE INSERT ON blocked
             WHEN (SELECT id FROM account WHERE no = NEW.peer) = 'carol' BEGIN
               SELECT RAISE(ABORT, 'not her');
             END",
        )
        .unwrap();
    let mut users: Vec<String> = (0..2500).map(|number| number.to_string()).collect();
    for (place, user) in [(0, "bob"), (600, "carol"), (1100, "dave"), (2400, "dave")] {
        users[place] = user.to_owned();
    }
    let asked = alice.submit(Request::Friendship(Ask::Block { users }));
    let next = alice.submit(Request::Friendship(Ask::Blocked { after: 0 }));
    let error = alice.answer(asked).unwrap_err();
    let Ok(Response::Friendship(Answer::Friends { list, .. })) = alice.answer(next) else {
        panic!("no list after {error:?}")
    };
    let blocked: Vec<_> = list.iter().map(|it| it.identifier.as_str()).collect();
    assert_eq!(blocked, ["bob"], "after {error:?}");
}
