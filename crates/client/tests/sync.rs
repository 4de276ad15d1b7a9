//! Several devices of one user. The names begin with the rule they show.

use imsdk_client::config::Platform;
use imsdk_testkit::{World, texts};
use imsdk_types::ConvEvent;

#[test]
fn send_5_the_senders_other_device_gets_the_message_as_its_own() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let phone = world.user("alice", Platform::Android);
    bob.send("alice", "hello");
    phone.events().wait_unread("bob", 1);
    alice.events().wait_message("hello");
    let sent = alice.send("bob", "hi");
    let came = phone.events().wait_message("hi");
    assert!(came.is_from_self && came.is_read);
    assert_eq!((came.conv_id.as_str(), &came.msg_id), ("bob", &sent.msg_id));
    phone.events().wait_conv(ConvEvent::Update, "bob");
    assert_eq!(phone.unread("bob"), 1, "UNR-2: an own message is no read report");
    alice.sync();
    assert_eq!(texts(&alice.events().messages()), ["hello"]);
    for device in [&alice, &phone] {
        assert_eq!(texts(&device.history("bob", 20)), ["hi", "hello"]);
    }
}

#[test]
fn recv_2_an_own_message_waits_for_a_device_that_is_away() {
    let world = World::new();
    let alice = world.alice();
    let phone = world.user("alice", Platform::Android);
    world.bob().logout();
    phone.logout();
    alice.send("bob", "while you were out");
    phone.login("alice").unwrap();
    phone.sync();
    let came = phone.events().messages();
    assert_eq!(texts(&came), ["while you were out"]);
    assert!(came[0].is_from_self);
    assert_eq!(phone.unread("bob"), 0);
}

#[test]
fn read_3_reading_on_one_device_reaches_the_other() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let phone = world.user("alice", Platform::Android);
    for n in 0..3 {
        bob.send("alice", &n.to_string());
    }
    for device in [&alice, &phone] {
        device.events().wait_unread("bob", 3);
    }
    alice.read("bob");
    phone.events().wait_unread("bob", 0);
    assert!(phone.history("bob", 20).iter().all(|message| message.is_read));
    assert!(phone.events().receipts().is_empty(), "receipts are for the peer");
}

#[test]
fn read_3_a_device_that_was_away_learns_what_was_read() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let phone = world.user("alice", Platform::Android);
    bob.send("alice", "one");
    for device in [&alice, &phone] {
        device.events().wait_message("one");
    }
    phone.logout();
    bob.send("alice", "two");
    alice.events().wait_message("two");
    alice.read("bob");
    bob.send("alice", "three");
    phone.login("alice").unwrap();
    phone.sync();
    assert_eq!(phone.unread("bob"), 1);
    let read: Vec<_> = phone.history("bob", 20).iter().map(|message| message.is_read).collect();
    assert_eq!(read, [false, true, true]);
}

#[test]
fn a_new_device_finds_conversations_with_their_last_message_and_unread_number() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    for n in 1..=3 {
        bob.send("alice", &n.to_string());
    }
    alice.events().wait_messages(3);
    alice.send("bob", "read so far");
    alice.read("bob");
    bob.sync();
    bob.read("alice");
    bob.send("alice", "unread one");
    bob.send("alice", "unread two");
    alice.sync();
    alice.logout();
    let fresh = world.user("alice", Platform::Android);
    fresh.events().wait_conv(ConvEvent::Add, "bob");
    assert_eq!(fresh.unread("bob"), 2);
    assert_eq!(texts(&fresh.events().messages()), ["unread two"], "only the last one comes");
    let history = fresh.history("bob", 20);
    assert_eq!(texts(&history), ["unread two", "unread one", "read so far", "3", "2", "1"]);
    let read: Vec<_> = history.iter().map(|message| message.is_read).collect();
    assert_eq!(read, [false, false, true, true, true, true]);
    assert!(history[2].is_peer_read);
}

#[test]
fn a_new_device_gets_what_no_device_has_got() {
    let world = World::new();
    let bob = world.bob();
    world.alice().logout();
    for n in 1..=3 {
        bob.send("alice", &n.to_string());
    }
    let fresh = world.user("alice", Platform::Android);
    fresh.sync();
    assert_eq!(texts(&fresh.events().messages()), ["1", "2", "3"]);
    assert_eq!(fresh.unread("bob"), 3);
    // The first device is not deprived of them.
    let first = world.alice();
    first.sync();
    assert_eq!(texts(&first.events().messages()), ["1", "2", "3"]);
}
