//! Conversations, unread numbers, receipts. The names begin with the rule they show.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text, text_message, texts};
use imsdk_types::wire::{Conv, Outgoing};
use imsdk_types::{ConvEvent, FriendType, GroupType, Message, UserProfileItem};

#[test]
fn conv_1_what_a_conversation_tells() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = alice.send("bob", "hello");
    bob.events().wait_conv(ConvEvent::Add, "alice");
    for (device, peer, unread) in [(&alice, "bob", 0), (&bob, "alice", 1)] {
        let list = device.conversations();
        assert_eq!(list.len(), 1);
        let info = &list[0];
        assert_eq!((info.id.as_str(), info.kind, info.unread_num), (peer, 1, unread));
        assert_eq!(info.show_name, peer, "CONV-6");
        assert!(info.is_has_lastmsg && !info.is_has_draft && !info.is_pinned);
        assert_eq!(info.last_msg.as_ref().unwrap().msg_id, sent.msg_id);
        assert!(info.active_time >= sent.server_time);
    }
}

// §19-14
#[test]
fn conv_3_a_made_conversation_is_listed_once_it_has_a_message() {
    let world = World::new();
    let alice = world.alice();
    world.bob().logout();
    let info = alice.create_conversation("bob").unwrap();
    assert_eq!((info.id.as_str(), info.kind, info.is_has_lastmsg), ("bob", 1, false));
    assert!(info.last_msg.is_none());
    alice.events().wait_conv(ConvEvent::Add, "bob");
    assert!(alice.conversations().is_empty());
    alice.create_conversation("bob").unwrap();
    alice.send("bob", "hello");
    assert_eq!(alice.conversations().len(), 1);
    alice.events().wait_conv(ConvEvent::Update, "bob");
    let added =
        alice.events().count(|event| matches!(event, Event::Conversations(ConvEvent::Add, _)));
    assert_eq!(added, 1, "EV-3: added once, updated from then on");
}

#[test]
fn conv_7_conv_9_the_most_recently_active_comes_first() {
    let world = World::new();
    let alice = world.alice();
    let ids = |device: &imsdk_testkit::Device| {
        device.conversations().into_iter().map(|info| info.id).collect::<Vec<_>>()
    };
    let peers = ["p1", "p2", "p3"].map(|peer| world.user(peer, Platform::Linux));
    for peer in ["p1", "p2", "p3"] {
        alice.send(peer, "hello");
    }
    assert_eq!(ids(&alice), ["p3", "p2", "p1"]);
    alice.send("p1", "again");
    assert_eq!(ids(&alice), ["p1", "p3", "p2"]);
    peers[1].send("alice", "answer");
    alice.sync();
    assert_eq!(ids(&alice), ["p2", "p1", "p3"]);
    // Reading is no sign of life.
    alice.read("p3");
    assert_eq!(ids(&alice), ["p2", "p1", "p3"]);
    drop(alice);
    assert_eq!(ids(&world.alice()), ["p2", "p1", "p3"], "after a restart");
}

#[test]
fn conv_12_deleting_is_one_sided_and_for_good() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "one");
    bob.send("alice", "two");
    alice.events().wait_message("two");
    bob.sync();
    alice.events().forget();
    alice.delete_conversation("bob");
    assert_eq!(alice.events().story(), ["Del bob:1"]);
    assert!(alice.conversations().is_empty());
    assert!(alice.history("bob", 20).is_empty(), "nor does the service show them");
    assert_eq!(texts(&bob.history("alice", 20)), ["two", "one"]);
    assert_eq!(bob.conversations().len(), 1);
    // What comes later begins anew.
    bob.send("alice", "three");
    let info = alice.events().wait_conv(ConvEvent::Add, "bob");
    assert_eq!(info.unread_num, 1);
    assert_eq!(texts(&alice.history("bob", 20)), ["three"]);
}

#[test]
fn conv_12_deleting_what_is_not_there_is_no_event() {
    let world = World::new();
    let alice = world.alice();
    alice.sync();
    alice.events().forget();
    alice.delete_conversation("nobody");
    assert_eq!(alice.events().story(), [""; 0]);
}

#[test]
fn unr_1_what_counts_as_unread() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "one");
    let silent = Message { is_excluded_from_unread_count: true, ..text_message("silent") };
    assert_eq!(alice.try_send("bob", silent).1, None);
    let hidden = Message { excluded_from_last_message: true, ..text_message("hidden") };
    assert_eq!(alice.try_send("bob", hidden).1, None);
    bob.events().wait_messages(3);
    let info = bob.conversation("alice").unwrap();
    assert_eq!(info.unread_num, 2, "one and hidden");
    assert_eq!(text(&info.last_msg.unwrap()), "silent");
    bob.send("alice", "answer");
    assert_eq!(bob.unread("alice"), 2, "an answer is no read report");
}

#[test]
fn read_1_read_3_reading_everything() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    for n in 0..3 {
        alice.send("bob", &n.to_string());
    }
    bob.events().wait_messages(3);
    bob.events().wait_unread("alice", 3);
    bob.read("alice");
    bob.events().wait_unread("alice", 0);
    assert!(bob.history("alice", 20).iter().all(|message| message.is_read));
    // Nothing to do: no event.
    bob.events().forget();
    bob.read("alice");
    assert_eq!(bob.events().story(), [""; 0]);
    bob.report_read("nobody", None).unwrap();
    assert_eq!(bob.events().story(), [""; 0]);
}

#[test]
fn read_1_up_to_a_message() {
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    for n in 1..=5 {
        ghost.clock().set(1_600_000_000 + n * 10);
        ghost.send("bob", &n.to_string());
    }
    bob.sync();
    assert_eq!(bob.unread("alice"), 5);
    let three = bob.events().wait_message("3");
    bob.report_read("alice", Some(three)).unwrap();
    assert_eq!(bob.unread("alice"), 2);
    let read: Vec<_> = bob.history("alice", 20).iter().map(|message| message.is_read).collect();
    assert_eq!(read, [false, false, true, true, true]);
    // READ-5: not backwards.
    let one = bob.events().wait_message("1");
    bob.report_read("alice", Some(one)).unwrap();
    assert_eq!(bob.unread("alice"), 2);
}

#[test]
fn read_2_all_conversations_at_once() {
    let world = World::new();
    let alice = world.alice();
    let peers = ["p1", "p2", "p3"];
    for peer in peers {
        world.user(peer, Platform::Linux).send("alice", "hello");
    }
    alice.sync();
    assert_eq!(peers.map(|peer| alice.unread(peer)), [1, 1, 1]);
    alice.report_read("", None).unwrap();
    assert_eq!(peers.map(|peer| alice.unread(peer)), [0, 0, 0]);
}

// §19-3
#[test]
fn read_4_the_peer_learns_it_at_once() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = alice.send("bob", "hello");
    assert!(!alice.history("bob", 1)[0].is_peer_read);
    bob.events().wait_message("hello");
    bob.read("alice");
    let receipt = alice.events().wait("receipt", |event| match event {
        Event::Receipts(receipts) => receipts.first().cloned(),
        _ => None,
    });
    assert_eq!((receipt.conv_id.as_str(), receipt.conv_type), ("bob", 1));
    assert!(receipt.time_stamp >= sent.server_time);
    assert!(alice.history("bob", 1)[0].is_peer_read);
    assert!(!bob.history("alice", 1)[0].is_peer_read, "it is about one's own messages only");
    bob.sync();
    assert!(bob.events().receipts().is_empty(), "the reader gets none");
}

#[test]
fn read_4_what_is_sent_in_the_second_of_a_read_is_not_read() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let away = world.user("alice", Platform::Android);
    away.logout();
    let wait_read = |sent: &Message| {
        alice.events().wait("a message that is read", |event| match event {
            Event::Updated(messages) => {
                messages.iter().any(|it| it.msg_id == sent.msg_id).then_some(())
            }
            _ => None,
        });
    };
    // Most of them within one second.
    for n in 0..20 {
        let first = alice.send("bob", &format!("first {n}"));
        bob.events().wait_message(&format!("first {n}"));
        bob.read("alice");
        wait_read(&first);
        let second = alice.send("bob", &format!("second {n}"));
        let read = |device: &Device| {
            device.history("bob", 2).iter().map(|message| message.is_peer_read).collect::<Vec<_>>()
        };
        assert_eq!(read(&alice), [false, true], "{n}");
        if n == 0 {
            // From the log, and as one that has nothing yet.
            away.login("alice").unwrap();
            away.sync();
            let fresh = world.user("alice", Platform::Ios);
            fresh.sync();
            assert_eq!((read(&away), read(&fresh)), (vec![false, true], vec![false, true]));
            fresh.logout();
            away.logout();
        }
        bob.events().wait_message(&format!("second {n}"));
        bob.read("alice");
        wait_read(&second);
        assert_eq!(read(&alice), [true, true], "{n}");
    }
    alice.send("bob", "third");
    drop(alice);
    let kept = world.alice().history("bob", 2);
    assert_eq!(kept.iter().map(|message| message.is_peer_read).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn upd_own_messages_change_when_they_are_read() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = [alice.send("bob", "one"), alice.send("bob", "two")];
    bob.events().wait_message("two");
    bob.send("alice", "mine");
    bob.read("alice");
    let changed = alice.events().wait("changed messages", |event| match event {
        Event::Updated(messages) => Some(messages.clone()),
        _ => None,
    });
    assert_eq!(texts(&changed), ["one", "two"], "not what bob wrote, oldest first");
    for (now, then) in changed.iter().zip(&sent) {
        assert_eq!((&now.msg_id, now.is_peer_read, then.is_peer_read), (&then.msg_id, true, false));
    }
}

#[test]
fn recv_6_what_was_read_meanwhile_comes_as_read() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let away = world.user("alice", Platform::Android);
    let before = alice.send("bob", "before");
    away.events().wait_message("before");
    away.logout();
    away.events().forget();
    alice.send("bob", "meanwhile");
    bob.events().wait_message("meanwhile");
    bob.read("alice");
    away.login("alice").unwrap();
    away.sync();
    assert!(away.events().wait_message("meanwhile").is_peer_read);
    let changed = |event| match event {
        Event::Updated(messages) => messages,
        _ => Vec::new(),
    };
    let changed: Vec<Message> = away.events().all().into_iter().flat_map(changed).collect();
    let ids: Vec<&String> = changed.iter().map(|message| &message.msg_id).collect();
    assert_eq!(ids, [&before.msg_id], "the other one is told as it is");
}

#[test]
fn read_4_no_receipts_for_who_wants_none() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.client().want_receipts(false);
    alice.send("bob", "hello");
    bob.events().wait_message("hello");
    bob.read("alice");
    alice.sync();
    assert!(alice.events().receipts().is_empty());
}

#[test]
fn read_6_a_receipt_for_who_was_offline() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = alice.send("bob", "hello");
    alice.logout();
    bob.events().wait_message("hello");
    bob.read("alice");
    alice.events().forget();
    alice.login("alice").unwrap();
    alice.sync();
    let receipts = alice.events().receipts();
    assert_eq!(receipts.len(), 1);
    assert_eq!(receipts[0].time_stamp, sent.server_time);
    assert!(alice.history("bob", 1)[0].is_peer_read);
}

#[test]
fn read_6_of_several_receipts_the_latest() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.logout();
    let phone = world.user("alice", Platform::Android);
    let mut last = 0;
    for n in 0..3 {
        last = phone.send("bob", &n.to_string()).server_time;
        bob.events().wait_messages(n + 1);
        bob.read("alice");
    }
    alice.login("alice").unwrap();
    alice.sync();
    let receipts = alice.events().receipts();
    assert_eq!(receipts.len(), 1);
    assert_eq!(receipts[0].time_stamp, last);
    assert!(alice.history("bob", 20).iter().all(|message| message.is_peer_read));
}

#[test]
fn ev_every_event_of_a_conversations_life() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.sync();
    bob.events().forget();
    alice.send("bob", "hello");
    bob.events().wait_conv(ConvEvent::Add, "alice");
    bob.read("alice");
    bob.send("alice", "hi");
    bob.delete_conversation("alice");
    assert_eq!(
        bob.events().story(),
        ["messages alice>hello", "Add alice:1", "Update alice:0", "Update alice:0", "Del alice:0"]
    );
}

/// What a new device has not got of a group is counted by the service alone.
#[test]
fn unr_1_notices_do_not_count_in_a_group_beyond_the_newest_conversations() {
    let world = World::new();
    let (owner, alice) = (world.user("owner", Platform::Linux), world.alice());
    owner.create_group("g", GroupType::Public);
    alice.join_group("g").unwrap();
    world.bob().join_group("g").unwrap();
    owner.say("g", "hello");
    alice.events().wait_message("hello");
    let mut ghost = world.ghost("alice");
    ghost.clock().set(alice.client().server_time() + 60);
    // What one device has got is not brought to the others.
    alice.logout();
    for member in world.members(100) {
        ghost.send(&member, "later");
    }
    for (machine, counted, unread) in [("one", false, 1), ("two", true, 2)] {
        let fresh = world.device(machine, Platform::Android);
        fresh.client().count_tips(counted);
        fresh.login("alice").unwrap();
        fresh.sync();
        assert!(fresh.conversation("g").is_none(), "it is not among them");
        assert_eq!(fresh.joined_group("g").self_info.unread_num, unread, "{machine}");
        fresh.logout();
    }
}

#[test]
fn conv_1_a_conversation_has_the_picture_of_its_peer() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let set = |url: &str| {
        let face_url = Some(url.to_owned());
        bob.modify_profile(UserProfileItem { face_url, ..UserProfileItem::default() });
    };
    set("http://one");
    bob.send("alice", "hello");
    alice.events().wait_message("hello");
    let shown = || alice.conversation("bob").unwrap().face_url;
    assert_eq!(shown(), "http://one");
    assert_eq!(alice.add("bob", FriendType::Single), 0);
    alice.events().forget();
    set("http://two");
    assert_eq!(alice.events().wait_conv(ConvEvent::Update, "bob").face_url, "http://two");
    assert_eq!(shown(), "http://two");
}

#[test]
fn read_4_nobody_is_the_reader_of_what_one_writes_to_oneself() {
    let world = World::new();
    let alice = world.alice();
    alice.send("alice", "a note");
    alice.read("alice");
    let phone = world.user("alice", Platform::Android);
    phone.sync();
    for device in [&alice, &phone] {
        assert!(!device.history("alice", 1)[0].is_peer_read);
    }
}

#[test]
fn conv_6_a_conversation_of_before_takes_name_and_option_of_the_group_that_is_joined() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.create_group("room", GroupType::ChatRoom);
    bob.try_say("room", "too early").unwrap_err();
    bob.events().wait_conv(ConvEvent::Add, "room");
    bob.join_group("room").unwrap();
    let joined = |event: &Event| match event {
        Event::Conversations(ConvEvent::Update, infos) => {
            infos.iter().find(|info| info.id == "room" && info.recv_opt == 2).map(|_| ())
        }
        _ => None,
    };
    bob.events().wait("its option", joined);
}

#[test]
fn conv_1_a_new_device_lists_a_conversation_whose_newest_message_is_not_its_last() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "the last");
    for number in 0..30 {
        let hidden = Message {
            excluded_from_last_message: true,
            ..text_message(&format!("hidden {number}"))
        };
        assert_eq!(alice.try_send("bob", hidden).1, None);
    }
    bob.sync();
    let phone = world.user("bob", Platform::Android);
    phone.sync();
    let last = |device: &Device| {
        let info = device.conversation("alice").expect("it is listed");
        info.last_msg.map(|last| text(&last))
    };
    assert_eq!(last(&phone).as_deref(), Some("the last"));
    assert_eq!(last(&phone), last(&bob));
    assert_eq!(texts(&phone.history("alice", 100)), texts(&bob.history("alice", 100)));
}

#[test]
fn conv_7_what_comes_after_an_absence_is_listed_by_its_time() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.create_group("g", GroupType::Private);
    alice.invite("g", &["bob"]).unwrap();
    bob.sync();
    bob.logout();
    let (now, mut ghost) = (alice.client().server_time(), world.ghost("alice"));
    // A group has a log of its own, which comes after the account's.
    ghost.clock().set(now + 60);
    let to_group = Outgoing { to: Conv::group("g"), ..ghost.outgoing("g", "first") };
    ghost.try_send(to_group).unwrap();
    ghost.clock().set(now + 120);
    ghost.send("bob", "second");
    bob.login("bob").unwrap();
    bob.sync();
    let ids: Vec<_> = bob.conversations().into_iter().map(|info| info.id).collect();
    assert_eq!(ids, ["alice", "g"]);
}

#[test]
fn del_2_what_a_history_call_brings_again_is_told_where_it_is_the_last_message() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    alice.send("bob", "hello");
    alice.delete("bob", None, false).unwrap();
    alice.events().forget();
    assert_eq!(texts(&alice.history("bob", 10)), ["hello"]);
    let told = alice.events().wait_conv(ConvEvent::Update, "bob");
    assert_eq!(told.last_msg.map(|last| text(&last)).as_deref(), Some("hello"));
    assert_eq!(alice.events().messages(), [], "HIST-12");
}

#[test]
fn read_4_who_removes_a_conversation_has_not_read_it_by_that() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    // All in one second.
    let mut ghost = world.ghost("alice");
    ghost.send("bob", "read");
    bob.sync();
    bob.read("alice");
    ghost.send("bob", "removed");
    bob.sync();
    bob.delete_conversation("alice");
    bob.read("alice");
    alice.sync();
    let phone = world.user("alice", Platform::Android);
    phone.sync();
    for device in [&alice, &phone] {
        let history = device.history("bob", 20);
        let read: Vec<_> = history.iter().map(|it| (text(it), it.is_peer_read)).collect();
        assert_eq!(read, [("removed".to_owned(), false), ("read".to_owned(), true)]);
    }
    ghost.send("bob", "later");
    bob.sync();
    assert_eq!(bob.unread("alice"), 1);
    bob.logout();
    let other = world.user("bob", Platform::Android);
    other.sync();
    assert_eq!(
        (other.unread("alice"), texts(&other.history("alice", 20))),
        (1, vec!["later".into()])
    );
    other.read("alice");
    phone.sync();
    assert!(phone.history("bob", 20).iter().all(|message| message.is_peer_read));
}

#[test]
fn read_4_what_another_device_has_removed_is_read_where_it_still_shows() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let phone = world.user("bob", Platform::Android);
    for text in ["one", "two"] {
        alice.send("bob", text);
    }
    bob.events().wait_messages(2);
    phone.events().wait_messages(2);
    bob.delete_conversation("alice");
    alice.sync();
    assert!(!alice.history("bob", 1)[0].is_peer_read);
    phone.read("alice");
    alice.sync();
    assert!(alice.history("bob", 2).iter().all(|message| message.is_peer_read));
    phone.sync();
    assert_eq!(phone.unread("alice"), 0);
}
