//! What is said of an account's log without being asked: by a server, and at the doors of programs that share a database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use imsdk_client::config::Platform;
use imsdk_testkit::{Backend, Device, Fate, PageRelay, World, all_is_there, came, stream};
use rusqlite::Connection;

/// A user whose program reaches the server over a relay.
fn over(relay: &PageRelay, world: &World, user: &str) -> Device {
    let device = Device::start(relay.settings(world.settings(user, Platform::Linux)));
    device.login(user).unwrap_or_else(|error| panic!("{user}: {error}"));
    device
}

#[test]
fn messages_come_and_nobody_pulls() {
    const COUNT: usize = 50;
    let world = World::remote();
    let relay = PageRelay::start(world.start_server(), |_| Fate::Comes);
    let (alice, bob) = (world.alice(), over(&relay, &world, "bob"));
    bob.sync();
    // What is new to the two of them is asked about once; and a hint may still be on its way from the login.
    for round in 0.. {
        assert!(round < 100, "no page came");
        let pages = relay.pages();
        alice.send("bob", &format!("first {round}"));
        bob.events().wait_message(&format!("first {round}"));
        bob.sync();
        if round > 1 && relay.pages() > pages {
            break;
        }
    }
    let (hints, pages, pulls) = (relay.hints(), relay.pages(), relay.pulls());
    for number in 0..COUNT {
        alice.send("bob", &number.to_string());
        bob.events().wait_message(&number.to_string());
        bob.read("alice");
        bob.send("alice", &format!("answer {number}"));
        alice.events().wait_message(&format!("answer {number}"));
    }
    // Who pulls was told to, as half a minute after the last time; the messages came without.
    let (hints, pulls) = (relay.hints() - hints, relay.pulls() - pulls);
    assert!(pulls <= hints && hints * 5 <= COUNT as u64, "{pulls} pulls, {hints} hints");
    assert!(relay.pages() >= pages + COUNT as u64 - 2, "{} pages", relay.pages() - pages);
    let numbers: Vec<_> = (0..COUNT).map(|number| number.to_string()).collect();
    assert!(came(&bob, "alice").ends_with(&numbers));
}

#[test]
fn pages_that_are_lost_doubled_or_late_lose_and_double_nothing() {
    const COUNT: usize = 1000;
    let world = World::remote();
    let calm = Arc::new(AtomicBool::new(false));
    let is_calm = Arc::clone(&calm);
    let fate = move |number| match number % 7 {
        _ if is_calm.load(Ordering::SeqCst) => Fate::Comes,
        1 => Fate::Lost,
        3 => Fate::Twice,
        4 | 6 => Fate::Late,
        _ => Fate::Comes,
    };
    let relay = PageRelay::start(world.start_server(), fate);
    let (alice, bob) = (over(&relay, &world, "alice"), over(&relay, &world, "bob"));
    std::thread::scope(|scope| {
        scope.spawn(|| stream(&alice, "bob", COUNT, 3));
        scope.spawn(|| stream(&bob, "alice", COUNT, 1));
    });
    assert!(relay.pages() > 50, "only {} pages", relay.pages());
    calm.store(true, Ordering::SeqCst);
    // What was lost at the very end comes with what is said next, or when somebody looks.
    alice.sync();
    bob.sync();
    all_is_there(&alice, &bob, COUNT);
}

/// From now on whoever looks finds nothing that is new. So what comes has come with the hint.
fn hide_what_is_new(world: &World) {
    let db = Connection::open(world.service_file()).unwrap();
    db.busy_timeout(Duration::from_secs(10)).unwrap();
    db.execute_batch(
        "CREATE TRIGGER hide AFTER INSERT ON log BEGIN
           UPDATE log SET conv = 0 WHERE account = NEW.account AND seq = NEW.seq;
         END",
    )
    .unwrap();
}

#[test]
fn doors_tell_what_is_new_between_own_messages_too() {
    const COUNT: usize = 50;
    let world = World::on(Backend::Embedded);
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "hello");
    bob.events().wait_message("hello");
    bob.sync();
    hide_what_is_new(&world);
    for number in 0..COUNT {
        alice.send("bob", &number.to_string());
        bob.events().wait_message(&number.to_string());
        for half in 1..=2 {
            bob.send("alice", &format!("answer {number}.{half}"));
            alice.events().wait_message(&format!("answer {number}.{half}"));
        }
    }
    let numbers: Vec<_> = (0..COUNT).map(|number| number.to_string()).collect();
    assert!(came(&bob, "alice").ends_with(&numbers));
}

/// Alice's second program has no place for what her first one wrote: it must look, and goes on from there.
#[test]
fn who_does_not_stand_where_a_page_begins_looks() {
    let world = World::on(Backend::Embedded);
    let (alice, bob) = (world.alice(), world.bob());
    let phone = world.user("alice", Platform::Android);
    for number in 0..20 {
        let text = number.to_string();
        alice.send("bob", &text);
        bob.events().wait_message(&text);
        bob.send("alice", &format!("answer {text}"));
        alice.events().wait_message(&format!("answer {text}"));
        phone.events().wait_message(&format!("answer {text}"));
    }
    let answers: Vec<_> = (0..20).map(|number| format!("answer {number}")).collect();
    assert_eq!(came(&alice, "bob"), answers);
    assert!(came(&phone, "bob").ends_with(&answers));
}
