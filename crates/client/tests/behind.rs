//! Devices that are behind: something has happened in the service that they have not heard of, or could not get.

use std::time::Duration;

use imsdk_client::config::{Platform, Settings};
use imsdk_testkit::{Device, World, text, texts};
use imsdk_types::wire::Conv;
use imsdk_types::{ConvEvent, GroupModifyMemberInfoParam, GroupType};
use rusqlite::Connection;

fn user(world: &World, name: &str) -> Device {
    world.user(name, Platform::Linux)
}

fn group(world: &World, kind: GroupType) -> (Device, Device) {
    let (o, x) = (user(world, "o"), user(world, "x"));
    o.create_group("g", kind);
    o.invite("g", &["x"]).unwrap();
    x.sync();
    (o, x)
}

#[test]
fn what_a_group_has_comes_also_after_it_could_not_be_had() {
    let world = World::new();
    let (o, x) = group(&world, GroupType::Private);
    // A table that is asked by who reads from a group, and by nobody who writes there.
    let db = Connection::open(world.service_file()).unwrap();
    db.execute_batch("ALTER TABLE member RENAME TO elsewhere").unwrap();
    o.say("g", "hello");
    x.sync();
    assert_eq!(x.events().messages().iter().filter(|it| text(it) == "hello").count(), 0);
    db.execute_batch("ALTER TABLE elsewhere RENAME TO member").unwrap();
    x.events().wait_message("hello");
}

#[test]
fn what_nobody_told_is_found_by_looking() {
    let world = World::new();
    let look = Duration::from_millis(20);
    let settings = Settings { look, ..world.settings("bob", Platform::Linux) };
    let bob = Device::start(settings);
    bob.login("bob").unwrap();
    let mut ghost = world.ghost("alice");
    ghost.send("bob", "silent");
    bob.events().wait_message("silent");
    let o = user(&world, "o");
    o.create_group("g", GroupType::Private);
    o.invite("g", &["bob", "alice"]).unwrap();
    let mut outgoing = ghost.outgoing("g", "silent too");
    outgoing.to = Conv::group("g");
    ghost.try_send(outgoing).unwrap();
    bob.events().wait_message("silent too");
}

#[test]
fn conv_12_what_an_own_message_has_overtaken_comes_before_it_is_deleted() {
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    ghost.send("bob", "one");
    bob.sync();
    // More than a page, so that one look is not enough.
    for number in 0..600 {
        ghost.send("bob", &format!("on its way {number}"));
    }
    bob.send("alice", "two");
    bob.delete_conversation("alice");
    let told = bob.events().messages();
    assert_eq!(told.len(), 601, "all of them were told before");
    assert_eq!(bob.events().story().last().unwrap(), "Del alice:601");
    bob.sync();
    assert_eq!(bob.events().messages().len(), 601);
    assert_eq!(texts(&bob.history("alice", 20)), [""; 0]);
    let carol = world.user("bob", Platform::Android);
    carol.sync();
    assert!(carol.conversations().is_empty(), "the service agrees");
}

#[test]
fn read_1_what_an_own_message_has_overtaken_comes_before_it_is_read() {
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    ghost.send("bob", "one");
    bob.sync();
    ghost.send("bob", "on its way");
    bob.send("alice", "two");
    bob.read("alice");
    bob.events().wait_message("on its way");
    assert_eq!(bob.unread("alice"), 0);
    assert_eq!(texts(&bob.history("alice", 3)), ["two", "on its way", "one"]);
}

#[test]
fn conv_12_what_an_own_message_has_overtaken_in_a_group_comes_too() {
    let world = World::new();
    let (o, x) = group(&world, GroupType::Private);
    let mut ghost = world.ghost("o");
    o.say("g", "one");
    x.events().wait_message("one");
    let mut outgoing = ghost.outgoing("g", "on its way");
    outgoing.to = Conv::group("g");
    ghost.try_send(outgoing).unwrap();
    x.say("g", "two");
    x.forget_group("g");
    assert!(texts(&x.events().messages()).contains(&"on its way".to_owned()));
    x.sync();
    assert!(x.conversations().is_empty());
}

#[test]
fn read_1_in_a_group_it_is_up_to_the_message_itself() {
    let world = World::new();
    let (o, x) = group(&world, GroupType::Private);
    x.read_group("g");
    // Most likely of one second: what counts then is the place.
    for text in ["a", "b", "c"] {
        o.say("g", text);
    }
    let a = x.events().wait_message("a");
    x.events().wait_message("c");
    x.report_group_read("g", Some(a)).unwrap();
    assert_eq!(x.unread("g"), 2);
    let b = x.events().wait_message("b");
    x.report_group_read("g", Some(b)).unwrap();
    assert_eq!(x.unread("g"), 1);
}

#[test]
fn conv_7_a_new_device_has_the_same_list() {
    let world = World::new();
    let bob = world.bob();
    for (n, peer) in ["p1", "p2", "p3"].into_iter().enumerate() {
        let mut ghost = world.ghost(peer);
        ghost.clock().set(1_600_000_000 + n as u64);
        ghost.send("bob", "hello");
        bob.sync();
    }
    let ids = |device: &Device| -> Vec<String> {
        device.conversations().into_iter().map(|info| info.id).collect()
    };
    assert_eq!(ids(&bob), ["p3", "p2", "p1"]);
    bob.logout();
    let phone = world.user("bob", Platform::Android);
    phone.sync();
    assert_eq!(ids(&phone), ["p3", "p2", "p1"]);
}

fn option(device: &Device, user: &str, msg_flag: u32) {
    let param = GroupModifyMemberInfoParam {
        group_id: "g".into(),
        identifier: user.into(),
        modify_flag: 1,
        msg_flag,
        ..Default::default()
    };
    device.modify_member(param).unwrap();
}

#[test]
fn opt_1_who_wants_none_gets_none_that_are_kept_nowhere() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let y = user(&world, "y");
    for kind in [GroupType::AvChatRoom, GroupType::ChatRoom] {
        o.create_group("g", kind);
        for device in [&x, &y] {
            device.join_group("g").unwrap();
        }
        option(&x, "x", 1);
        let message = imsdk_types::Message {
            is_online_msg: kind == GroupType::ChatRoom,
            ..imsdk_testkit::text_message("psst")
        };
        assert_eq!(o.submit_to_group("g", message).wait().1, None);
        option(&x, "x", 0);
        o.say("g", "aloud");
        x.events().wait_message("aloud");
        y.events().wait_message("psst");
        assert!(!texts(&x.events().messages()).contains(&"psst".to_owned()), "{kind:?}");
        o.delete_group("g").unwrap();
        for device in [&x, &y] {
            device.sync();
            device.events().forget();
        }
    }
}

#[test]
fn opt_3_the_conversation_says_which_messages_come_in() {
    let world = World::new();
    let (o, x) = group(&world, GroupType::Private);
    let x2 = world.user("x", Platform::Android);
    o.say("g", "hello");
    for device in [&x, &x2] {
        device.events().wait_message("hello");
        assert_eq!(device.conversation("g").unwrap().recv_opt, 0);
    }
    for device in [&x, &x2] {
        device.sync();
        device.events().forget();
    }
    option(&x, "x", 2);
    for device in [&x, &x2] {
        assert_eq!(device.events().wait_conv(ConvEvent::Update, "g").recv_opt, 2);
        assert_eq!(device.conversation("g").unwrap().recv_opt, 2);
    }
}
