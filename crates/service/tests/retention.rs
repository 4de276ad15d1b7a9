//! How long the log of an account is kept: until those of its devices that may be waited for have it.

use imsdk_testkit::{Ghost, World};
use imsdk_types::limits::DEVICE_SECONDS;
use imsdk_types::wire::{Login, Request, Response};

const START: u64 = 1_600_000_000;

fn login(device: u64, cursor: Option<u64>) -> Login {
    Login {
        user: "bob".into(),
        user_sig: "sig".into(),
        device,
        platform: device as u8,
        cursor,
        takes_pages: false,
    }
}

/// How many entries lie past a place, or where to begin anew.
fn pull(bob: &mut Ghost, after: u64) -> Result<usize, u64> {
    match bob.ask(Request::Pull { after, own: true }) {
        Ok(Response::Page(page)) if page.resync => Err(page.cursor),
        Ok(Response::Page(_)) => Ok(bob.log(after).len()),
        other => panic!("{other:?}"),
    }
}

fn passed(bob: &mut Ghost, cursor: u64) {
    assert_eq!(bob.ask(Request::Passed { cursor }), Ok(Response::Done));
}

#[test]
fn what_every_device_has_is_kept_no_longer() {
    let world = World::new();
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| world.ghost(user));
    for n in 0..1000 {
        alice.send("bob", &format!("{n}"));
    }
    assert_eq!(pull(&mut bob, 0), Ok(1000));
    passed(&mut bob, 100);
    assert_eq!(pull(&mut bob, 0), Ok(1000), "it is not done for a few");
    // A second device, which has less.
    bob.login(&login(1, Some(50))).unwrap();
    passed(&mut bob, 900);
    assert_eq!(pull(&mut bob, 0), Ok(1000), "another device waits for it");
    bob.login(&login(1, Some(400))).unwrap();
    assert_eq!(pull(&mut bob, 399), Err(900));
    assert_eq!(pull(&mut bob, 400), Ok(600), "what nobody has passed is there");
    assert_eq!(bob.history("alice").len(), 1000, "the history stays");
    // Nobody gets past the end, and the newest entry says which number is next.
    passed(&mut bob, u64::MAX);
    bob.login(&login(1, Some(1000))).unwrap();
    assert_eq!(pull(&mut bob, 999), Ok(1));
    alice.send("bob", "next");
    assert_eq!(pull(&mut bob, 1000), Ok(1));
    // Who has seen more than there is saw what the service has lost.
    assert_eq!(pull(&mut bob, 1001), Ok(0));
    assert_eq!(pull(&mut bob, 1002), Err(1000));
    assert_eq!(pull(&mut bob, u64::MAX), Err(1000));
}

#[test]
fn a_device_that_stays_away_is_not_waited_for_and_begins_anew() {
    let world = World::new();
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| world.ghost(user));
    bob.login(&login(1, Some(0))).unwrap();
    for n in 0..1000 {
        alice.send("bob", &format!("{n}"));
    }
    bob.clock().set(START + DEVICE_SECONDS);
    passed(&mut bob, 900);
    assert_eq!(pull(&mut bob, 0), Ok(1000));
    bob.clock().set(START + DEVICE_SECONDS + 1);
    passed(&mut bob, 901);
    assert_eq!(pull(&mut bob, 0), Err(901));
    let granted = bob.login(&login(1, Some(7))).unwrap();
    assert_eq!((granted.resync, granted.cursor), (true, 901));
    let granted = bob.login(&login(1, Some(901))).unwrap();
    assert_eq!((granted.resync, granted.cursor), (false, 901));
    let granted = bob.login(&login(2, None)).unwrap();
    assert_eq!((granted.resync, granted.cursor), (false, 901));
}

#[test]
fn a_device_that_was_ended_by_another_has_said_what_it_has() {
    let world = World::new();
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| world.ghost(user));
    for n in 0..5 {
        alice.send("bob", &format!("{n}"));
    }
    bob.login(&Login { platform: 99, ..login(1, None) }).unwrap();
    match bob.ask(Request::Pull { after: 3, own: false }) {
        Ok(Response::Page(page)) => assert!(page.kicked),
        other => panic!("{other:?}"),
    }
    assert_eq!(bob.login(&login(2, None)).unwrap().cursor, 3);
}
