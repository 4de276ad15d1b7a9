//! Devices that are behind: something has happened in the service that they have not heard of, or could not get.

use std::path::{Path, PathBuf};
use std::time::Duration;

use imsdk_client::Client;
use imsdk_client::config::{Platform, Settings};
use imsdk_testkit::{Backend, Device, World, text, texts, until};
use imsdk_types::wire::{Conv, Outgoing, Request};
use imsdk_types::{ConvEvent, FriendType, GroupModifyMemberInfoParam, GroupType};
use rusqlite::Connection;

fn user(world: &World, name: &str) -> Device {
    world.user(name, Platform::Linux)
}

/// The ways into a group differ with its kind.
fn enter(o: &Device, x: &Device) {
    if x.join_group("g").is_err() {
        o.invite("g", &["x"]).unwrap();
    }
    x.sync();
}

fn group(world: &World, kind: GroupType) -> (Device, Device) {
    let (o, x) = (user(world, "o"), user(world, "x"));
    o.create_group("g", kind);
    enter(&o, &x);
    (o, x)
}

#[test]
fn what_a_group_has_comes_also_after_it_could_not_be_had() {
    let world = World::in_a_file();
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
    let world = World::embedded();
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
        // It may be on its way from another server; what comes from there after it has passed it.
        let passed = format!("{kind:?}");
        o.send("x", &passed);
        x.events().wait_message(&passed);
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

fn say_silently(ghost: &mut imsdk_testkit::Ghost, text: &str) {
    let mut outgoing = ghost.outgoing("g", text);
    outgoing.to = Conv::group("g");
    ghost.try_send(outgoing).unwrap();
}

#[test]
fn recv_1_what_was_said_before_the_end_comes_to_those_who_are_behind() {
    // More than a page.
    const MANY: usize = 300;
    let world = World::new();
    let (o, x) = group(&world, GroupType::Public);
    let wanted: Vec<_> = (0..MANY).map(|number| number.to_string()).collect();
    for (stage, end) in ["removed", "dissolved", "quit"].into_iter().enumerate() {
        if end == "quit" {
            o.create_group("g", GroupType::Public);
        }
        if !x.joined_groups().iter().any(|group| group.group_id == "g") {
            enter(&o, &x);
        }
        x.logout();
        let mut ghost = world.ghost("o");
        ghost.clock().set(1_600_000_000 + stage as u64);
        wanted.iter().for_each(|text| say_silently(&mut ghost, text));
        match end {
            "removed" => drop(o.kick("g", &["x"]).unwrap()),
            "dissolved" => o.delete_group("g").unwrap(),
            _ => {
                let phone = world.user("x", Platform::Android);
                phone.quit_group("g").unwrap();
                phone.logout();
            }
        }
        if end != "dissolved" {
            o.say("g", "behind one's back");
        }
        x.events().forget();
        x.login("x").unwrap();
        x.sync();
        assert_eq!(
            texts(&x.events().messages()).iter().filter(|text| wanted.contains(text)).count(),
            MANY,
            "{end}"
        );
        let told = texts(&x.events().messages());
        assert!(!told.contains(&"behind one's back".to_owned()), "{end}");
        // Once, and no more of it.
        x.logout();
        x.events().forget();
        x.login("x").unwrap();
        x.sync();
        assert_eq!(x.events().messages(), [], "{end}");
    }
}

#[test]
fn s4_1_who_comes_back_finds_no_hole_in_the_history() {
    let world = World::new();
    for (kind, wanted) in
        [(GroupType::ChatRoom, &["4", "3", "2", "1"][..]), (GroupType::Public, &["4", "1"])]
    {
        let (o, x) = group(&world, kind);
        let said = |device: &Device| -> Vec<String> {
            let history = device.group_history("g", 20);
            texts(&history).into_iter().filter(|text| !text.is_empty()).collect()
        };
        o.say("g", "1");
        x.events().wait_message("1");
        x.quit_group("g").unwrap();
        o.say("g", "2");
        o.say("g", "3");
        enter(&o, &x);
        o.say("g", "4");
        x.events().wait_message("4");
        assert_eq!(said(&x), wanted, "{kind:?}");
        let unread = if kind == GroupType::Public { 1 } else { 0 };
        assert_eq!(x.unread("g"), unread, "{kind:?}");
        o.delete_group("g").unwrap();
        x.sync();
    }
}

#[test]
fn a_service_that_is_made_anew_is_another_one() {
    let world = World::in_a_file();
    let chat = |texts: &[&str]| {
        let (alice, bob) = (world.alice(), world.bob());
        for text in texts {
            alice.send("bob", text);
            bob.events().wait_message(text);
            bob.send("alice", text);
            alice.events().wait_message(text);
        }
        let history = bob.history("alice", 20);
        imsdk_testkit::texts(&history)
    };
    let first = chat(&["one", "two", "three"]);
    let (data, away) = (world.data_dir(), world.dir().join("away"));
    world.end_server();
    std::fs::rename(&data, &away).unwrap();
    // Places and session numbers begin anew, and so do all devices.
    assert_eq!(chat(&["four"]), ["four", "four"]);
    assert_eq!(world.bob().conversations().len(), 1);
    world.end_server();
    std::fs::remove_dir_all(&data).unwrap();
    std::fs::rename(&away, &data).unwrap();
    let again = chat(&["five"]);
    assert_eq!(again[..2], ["five", "five"]);
    assert_eq!(again[2..], first, "what was kept of the first one is there");
}

/// The service's database as it is now.
fn backup(world: &World) -> PathBuf {
    let backup = world.dir().join("backup");
    let file = Connection::open(world.service_file()).unwrap();
    file.execute("VACUUM INTO ?1", [backup.to_str()]).unwrap();
    backup
}

/// Puts it back, once nobody holds the file any more.
fn restore(world: &World, backup: &Path) {
    let alone = |file: Connection| {
        // Only who is alone with a database may change this.
        file.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0))
    };
    until("nobody with the database", || {
        Connection::open(world.service_file()).and_then(alone).is_ok_and(|mode| mode == "delete")
    });
    std::fs::copy(backup, world.service_file()).unwrap();
}

#[test]
fn a_service_that_went_back_to_an_earlier_state_is_heard() {
    let world = World::in_a_file();
    drop((world.alice(), world.bob()));
    let backup = backup(&world);
    let (alice, bob) = (world.alice(), world.bob());
    for text in ["one", "two", "three"] {
        alice.send("bob", text);
        bob.events().wait_message(text);
    }
    drop((alice, bob));
    world.end_server();
    restore(&world, &backup);
    let (alice, bob) = (world.alice(), world.bob());
    alice.sync();
    bob.sync();
    alice.send("bob", "four");
    bob.events().wait_message("four");
    bob.send("alice", "five");
    alice.events().wait_message("five");
    assert_eq!(text(&bob.history("alice", 1)[0]), "five");
}

#[test]
fn a_service_that_goes_back_under_a_session_is_heard() {
    let world = World::on(Backend::Server);
    let (alice, bob) = (world.alice(), world.bob());
    alice.create_group("g", GroupType::Public);
    bob.join_group("g").unwrap();
    let both = |text: &str| {
        let to_all = format!("{text} to all");
        alice.send("bob", text);
        bob.events().wait_message(text);
        alice.say("g", &to_all);
        bob.events().wait_message(&to_all);
    };
    both("one");
    let backup = backup(&world);
    ["two", "three", "four"].into_iter().for_each(both);
    world.end_server();
    restore(&world, &backup);
    world.start_server();
    ["five", "six", "seven"].into_iter().for_each(both);
    assert_eq!(text(&bob.history("alice", 1)[0]), "seven");
    let said = texts(&bob.group_history("g", 4));
    assert_eq!(said, ["seven to all", "six to all", "five to all", "one to all"]);
}

#[test]
fn read_3_an_unread_number_that_could_not_be_had_is_asked_for_again() {
    const BEGIN: u64 = 1_600_000_000;
    let world = World::in_a_file();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    for (number, text) in ["one", "two", "three"].into_iter().enumerate() {
        ghost.clock().set(BEGIN + 10 * number as u64);
        ghost.send("bob", text);
    }
    bob.sync();
    bob.logout();
    // It has the last message, and the service's number.
    let phone = world.user("bob", Platform::Android);
    phone.sync();
    assert_eq!(phone.unread("alice"), 3);
    // A table that is asked by who counts, and by nobody who reads.
    let db = Connection::open(world.service_file()).unwrap();
    db.execute_batch("ALTER TABLE deleted RENAME TO elsewhere").unwrap();
    let mut reader = world.ghost("bob");
    let conv = Conv::c2c("alice");
    reader.ask(Request::ReportRead { conv, time: None, upto: Some(1) }).unwrap();
    phone.sync();
    assert_eq!(phone.unread("alice"), 3);
    db.execute_batch("ALTER TABLE elsewhere RENAME TO deleted").unwrap();
    // Also by the next program.
    phone.crash();
    let phone = world.user("bob", Platform::Android);
    phone.sync();
    assert_eq!(phone.unread("alice"), 2);
}

// What came while nothing of the conversation was here is told and counted, whichever brings it first.
#[test]
fn hist_12_a_history_call_does_not_take_news_for_history() {
    let world = World::new();
    let (o, x) = group(&world, GroupType::Private);
    o.say("g", "old");
    x.events().wait_message("old");
    let mut ghost = world.ghost("o");
    ghost.send("x", "old too");
    x.sync();
    x.delete("o", None, false).unwrap();
    let clear = |client: &Client, reply| client.clear_history("group_g", 0, 0, reply);
    x.call(clear).unwrap();
    // Nobody rings.
    ghost.send("x", "news");
    let to_group = Outgoing { to: Conv::group("g"), ..ghost.outgoing("g", "news in g") };
    ghost.try_send(to_group).unwrap();
    assert_eq!(texts(&x.history("o", 20)), ["news", "old too"]);
    assert_eq!(texts(&x.group_history("g", 2)), ["news in g", "old"]);
    let told = texts(&x.events().messages());
    for text in ["news", "news in g"] {
        assert_eq!(told.iter().filter(|told| *told == text).count(), 1, "{text}");
    }
    assert_eq!((x.unread("o"), x.unread("g")), (1, 1));
    x.sync();
    assert_eq!(texts(&x.events().messages()), told);
}

const WITH_PROFILES: &str = "ALTER TABLE elsewhere RENAME TO profile";

/// Takes away a table that is asked by who shows people, and by nobody who writes to them.
fn without_profiles(world: &World) -> Connection {
    let db = Connection::open(world.service_file()).unwrap();
    db.execute_batch("ALTER TABLE profile RENAME TO elsewhere").unwrap();
    db
}

// What is known of a stranger is old, and the service cannot say what is new.
#[test]
fn a_message_is_told_also_where_its_sender_cannot_be_asked_about() {
    let world = World::in_a_file();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "one");
    bob.events().wait_message("one");
    bob.crash();
    let local = world.local_file("bob", "bob", Platform::Linux);
    let local = Connection::open(local).unwrap();
    assert_eq!(local.execute("UPDATE user SET asked = 0 WHERE id = 'alice'", []).unwrap(), 1);
    drop(local);
    let bob = world.bob();
    bob.sync();
    let service = without_profiles(&world);
    alice.send("bob", "two");
    bob.events().wait_message("two");
    service.execute_batch(WITH_PROFILES).unwrap();
}

#[test]
fn who_could_not_be_asked_about_is_not_taken_for_known_with_a_new_remark() {
    let world = World::in_a_file();
    let (alice, bob) = (world.alice(), world.bob());
    alice.set_nick("Alicia");
    assert_eq!(bob.add("alice", FriendType::Single), 0);
    alice.send("bob", "one");
    bob.events().wait_message("one");
    bob.crash();
    let local = Connection::open(world.local_file("bob", "bob", Platform::Linux)).unwrap();
    local.execute("DELETE FROM user WHERE id = 'alice'", []).unwrap();
    drop(local);
    let (bob, phone) = (world.bob(), world.user("bob", Platform::Android));
    bob.sync();
    let service = without_profiles(&world);
    alice.send("bob", "two");
    bob.events().wait_message("two");
    service.execute_batch(WITH_PROFILES).unwrap();
    phone.set_remark("alice", "Al");
    bob.sync();
    alice.send("bob", "three");
    let from = bob.events().wait_message("three").sender_profile.unwrap();
    assert_eq!((from.nick_name.as_str(), from.friend_remark.as_str()), ("Alicia", "Al"));
}
