//! What a server says of an account's log without being asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use imsdk_client::config::Platform;
use imsdk_testkit::{Device, Fate, PageRelay, World, all_is_there, came, stream};

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
    let (began, pages, pulls) = (Instant::now(), relay.pages(), relay.pulls());
    for number in 0..COUNT {
        alice.send("bob", &number.to_string());
        bob.events().wait_message(&number.to_string());
        bob.read("alice");
        bob.send("alice", &format!("answer {number}"));
        alice.events().wait_message(&format!("answer {number}"));
    }
    let pulls = relay.pulls() - pulls;
    // Half a minute after a pull there is another one.
    assert!(pulls <= began.elapsed().as_secs() / 30, "{pulls} pulls");
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
