//! What is new in a log is said without being asked for, to clients that take it so.

mod support;

use imsdk_types::limits;
use imsdk_types::wire::frame::{Pushed, ServerFrame};
use imsdk_types::wire::message::{MessageRef, Notice, Request as MessageRequest};
use imsdk_types::wire::{Conv, Event, Login, Notice as AnyNotice, Page, Request};
use support::{Client, World, texts};

/// A client that takes pages, and has all of its log.
fn client(world: &World, user: &str, device: u64) -> (Client, u64) {
    let mut client = world.connect();
    let user_sig = world.sig(user);
    let platform = device as u8;
    let login =
        Login { user: user.into(), user_sig, device, platform, cursor: None, takes_pages: true };
    let cursor = client.login_as(login).unwrap().cursor;
    let page = client.pull(cursor);
    assert!(!page.more);
    (client, page.cursor)
}

fn page(client: &mut Client) -> Pushed {
    match client.told() {
        ServerFrame::Page(page) => page,
        other => panic!("{other:?}"),
    }
}

/// The texts of a page, and where it goes on from.
fn told(client: &mut Client, cursor: &mut u64) -> Vec<String> {
    let Pushed { after, events, cursor: next } = page(client);
    assert_eq!(after, *cursor);
    *cursor = next;
    texts(&Page { events, ..Page::default() })
}

#[test]
fn messages_come_without_a_pull() {
    let world = World::new();
    let (mut alice, _) = client(&world, "alice", 1);
    let (mut bob, mut cursor) = client(&world, "bob", 2);
    for n in 0..10 {
        alice.send(Conv::c2c("bob"), &n.to_string()).unwrap();
        assert_eq!(told(&mut bob, &mut cursor), [n.to_string()]);
        // Its own message stands in its log too.
        bob.send(Conv::c2c("alice"), "answer").unwrap();
    }
    assert_eq!(cursor, 19);
    assert_eq!(bob.pull(cursor), Page { cursor: 20, ..Page::default() }, "it has all");
}

#[test]
fn what_comes_is_what_a_pull_brings() {
    let world = World::new();
    let (mut alice, start) = client(&world, "alice", 1);
    let (mut second, mut cursor) = client(&world, "alice", 3);
    let (mut bob, _) = client(&world, "bob", 2);
    let mut came = Vec::new();
    let mut take = |second: &mut Client| {
        let page = page(second);
        assert_eq!(page.after, cursor);
        cursor = page.cursor;
        came.extend(page.events);
    };
    alice.send(Conv::c2c("bob"), "own").unwrap();
    take(&mut second);
    alice.send(Conv::c2c("alice"), "to oneself").unwrap();
    take(&mut second);
    bob.send(Conv::c2c("alice"), "hello").unwrap();
    take(&mut second);
    let read = |peer: &str| Request::ReportRead { conv: Conv::c2c(peer), time: None, upto: None };
    alice.ask(read("bob")).unwrap();
    take(&mut second);
    bob.ask(read("alice")).unwrap();
    take(&mut second);
    assert!(matches!(came[3], Event::Read { order: 2, .. }), "{came:?}");
    assert!(matches!(&came[4], Event::Receipt { reader, .. } if reader == "bob"), "{came:?}");
    let mut pulled = second.pull(start).events;
    // It has been read meanwhile.
    let Event::Message(hello) = &mut pulled[2] else { panic!("{pulled:?}") };
    assert!(std::mem::take(&mut hello.read));
    for event in &mut pulled {
        if let Event::Message(other) = event {
            other.read = false;
        }
    }
    assert_eq!(pulled, came);
}

#[test]
fn a_message_that_is_taken_back_at_once_was_told_before() {
    let world = World::new();
    let (mut alice, _) = client(&world, "alice", 1);
    let (mut bob, mut cursor) = client(&world, "bob", 2);
    let order = alice.send(Conv::c2c("bob"), "wrong").unwrap().order;
    let (conv, message) = (Conv::c2c("bob"), MessageRef::Order(order));
    alice.ask(Request::Message(MessageRequest::Revoke { conv, message })).unwrap();
    assert_eq!(told(&mut bob, &mut cursor), ["wrong"]);
    let notice = page(&mut bob);
    assert_eq!((notice.after, notice.events.len()), (cursor, 1));
    let Event::Notice(AnyNotice::Message(Notice::Revoked { order: revoked, .. })) =
        &notice.events[0]
    else {
        panic!("{notice:?}")
    };
    assert_eq!(*revoked, order);
}

#[test]
fn what_is_long_is_hinted_at() {
    let world = World::new();
    let (mut alice, _) = client(&world, "alice", 1);
    let (mut bob, mut cursor) = client(&world, "bob", 2);
    // As JSON in JSON it is four times as long.
    alice.send(Conv::c2c("bob"), &"\"".repeat(limits::PUSHED_BYTES / 3)).unwrap();
    assert!(bob.hint().account);
    cursor = bob.pull(cursor).cursor;
    alice.send(Conv::c2c("bob"), "short").unwrap();
    assert_eq!(told(&mut bob, &mut cursor), ["short"]);
}

#[test]
fn a_session_that_was_ended_is_told_to_look_and_nothing_else() {
    let world = World::new();
    let (mut alice, _) = client(&world, "alice", 1);
    let (mut bob, cursor) = client(&world, "bob", 2);
    let mut new = world.connect();
    let login = Login {
        user: "bob".into(),
        user_sig: world.sig("bob"),
        device: 9,
        platform: 2,
        cursor: None,
        takes_pages: true,
    };
    new.login_as(login).unwrap();
    alice.send(Conv::c2c("bob"), "for the new one").unwrap();
    assert!(bob.hint().account);
    assert!(bob.pull(cursor).kicked);
    assert_eq!(bob.code(Request::RecentConvs), 6208);
}
