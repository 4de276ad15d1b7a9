//! Sending, receiving, history. The names begin with the rule they show.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text, text_message, texts};
use imsdk_types::{ConvEvent, Elem, Message, MsgGetMsgListParam, json};

const FAILED: u32 = 3;
const SENT: u32 = 2;

/// `count` messages from alice to bob, numbered from 1.
fn fill(alice: &Device, count: usize) {
    let pending: Vec<_> =
        (1..=count).map(|n| alice.submit("bob", text_message(&n.to_string()))).collect();
    for sent in pending {
        assert_eq!(sent.wait().1, None);
    }
}

fn numbers(range: impl Iterator<Item = usize>) -> Vec<String> {
    range.map(|n| n.to_string()).collect()
}

#[test]
fn send_3_the_sender_gets_the_whole_message() {
    let world = World::new();
    let alice = world.alice();
    world.bob().logout();
    let message = alice.send("bob", "hello");
    assert_eq!(text(&message), "hello");
    assert_eq!((message.conv_id.as_str(), message.conv_type), ("bob", 1));
    assert_eq!(message.sender, "alice");
    assert_eq!(message.status, SENT);
    assert!(message.is_from_self && message.is_read && !message.is_peer_read);
    assert_eq!((message.custom_int, message.custom_str.as_str()), (0, ""));
    assert!(message.server_time >= message.client_time && message.client_time > 1_700_000_000);
}

#[test]
fn id_1_id_2_both_sides_see_the_same_identity() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = alice.send("bob", "hello");
    assert_eq!(sent.unique_id, sent.server_time << 32 | sent.rand);
    assert!(sent.msg_id.ends_with(&format!("-{}-{}", sent.client_time, sent.rand)));
    assert!(sent.seq < 65_536);
    let came = bob.events().wait_message("hello");
    for (name, one, other) in [
        ("unique id", &sent.unique_id.to_string(), &came.unique_id.to_string()),
        ("id", &sent.msg_id, &came.msg_id),
        ("seq", &sent.seq.to_string(), &came.seq.to_string()),
        ("server time", &sent.server_time.to_string(), &came.server_time.to_string()),
        ("client time", &sent.client_time.to_string(), &came.client_time.to_string()),
    ] {
        assert_eq!(one, other, "{name}");
    }
    let stored = &alice.history("bob", 1)[0];
    assert_eq!((&stored.msg_id, stored.unique_id), (&sent.msg_id, sent.unique_id));
}

#[test]
fn id_2_the_id_is_known_before_the_call_returns() {
    let world = World::new();
    let alice = world.alice();
    world.bob().logout();
    let mut message = text_message("hello");
    let identity = alice.client().identify(&mut message);
    let id = message.msg_id.clone();
    let (sender, receiver) = std::sync::mpsc::channel();
    let conv = imsdk_types::wire::Conv::c2c("bob");
    let reply = Box::new(move |message: Message, _| sender.send(message).unwrap());
    alice.client().send(conv, Box::new(message), identity, reply);
    assert_eq!(receiver.recv().unwrap().msg_id, id);
}

#[test]
fn send_everything_the_sender_wrote_travels() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let mut message = text_message("line one\nline two \u{1F600}\0\"quoted\"");
    message.elem_array.push(Elem::Custom(imsdk_types::CustomElem {
        data: "{\"a\":1}".into(),
        ..Default::default()
    }));
    message.cloud_custom_str = "cloud".into();
    message.custom_str = "stays here".into();
    message.priority = 0;
    message.extra.insert("message_of_tomorrow".into(), serde_json::json!({"deep": [1, 2]}));
    let (sent, error) = alice.try_send("bob", message.clone());
    assert_eq!(error, None);
    assert_eq!(sent.custom_str, "stays here");
    let came = bob.events().wait_messages(1).remove(0);
    assert_eq!(came.elem_array, message.elem_array);
    assert_eq!(came.cloud_custom_str, "cloud");
    assert_eq!(came.priority, 0);
    assert_eq!(came.extra, message.extra);
    assert_eq!(came.custom_str, "", "it stays on the sender's device");
    assert_eq!(alice.history("bob", 1)[0].custom_str, "stays here");
}

#[test]
fn recv_1_recv_6_the_message_is_stored_and_told_before_the_conversation() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.sync();
    bob.events().forget();
    alice.send("bob", "one");
    bob.events().wait_conv(ConvEvent::Add, "alice");
    alice.send("bob", "two");
    let info = bob.events().wait_conv(ConvEvent::Update, "alice");
    assert_eq!(
        bob.events().story(),
        ["messages alice>one", "Add alice:1", "messages alice>two", "Update alice:2"]
    );
    assert_eq!(text(info.last_msg.as_ref().unwrap()), "two");
    let came = bob.events().wait_message("two");
    assert_eq!((came.conv_id.as_str(), came.conv_type), ("alice", 1));
    assert!(!came.is_from_self && !came.is_read);
    assert_eq!(came.status, SENT);
    assert_eq!(came.sender_profile.unwrap().identifier, "alice");
}

#[test]
fn recv_2_messages_missed_offline_come_at_login_in_order_and_once() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.logout();
    bob.events().forget();
    // More than one page of the log.
    fill(&alice, 300);
    bob.login("bob").unwrap();
    bob.sync();
    assert_eq!(texts(&bob.events().messages()), numbers(1..=300));
    assert_eq!(bob.unread("alice"), 300);
    bob.logout();
    bob.login("bob").unwrap();
    bob.sync();
    assert_eq!(bob.events().messages().len(), 300, "nothing comes twice");
}

#[test]
fn recv_2_a_crashed_program_misses_nothing() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "one");
    bob.events().wait_message("one");
    bob.crash();
    alice.send("bob", "two");
    let bob = world.bob();
    bob.sync();
    assert_eq!(texts(&bob.events().messages()), ["two"]);
    assert_eq!(texts(&bob.history("alice", 20)), ["two", "one"]);
}

#[test]
fn recv_3_recv_5_no_echo_and_the_senders_order() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    fill(&alice, 100);
    assert_eq!(texts(&bob.events().wait_messages(100)), numbers(1..=100));
    alice.sync();
    assert!(alice.events().messages().is_empty(), "no echo on the sending device");
    let mine = texts(&alice.history("bob", 100));
    assert_eq!(mine, numbers((1..=100).rev()));
    assert_eq!(texts(&bob.history("alice", 100)), mine);
}

#[test]
fn recv_3_history_calls_raise_no_event() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    fill(&alice, 5);
    bob.events().wait_messages(5);
    bob.logout();
    let second = world.user("bob", Platform::Android);
    second.sync();
    second.events().forget();
    assert_eq!(second.history("alice", 20).len(), 5);
    second.sync();
    assert!(second.events().messages().is_empty());
    assert_eq!(second.unread("alice"), 5, "HIST-12: nor does the unread number rise");
}

#[test]
fn send_the_deepest_json_that_is_accepted_arrives() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let nested = |levels: usize| {
        let (open, close) = ("[".repeat(levels), "]".repeat(levels));
        let elem = r#"{"elem_type":0,"text_elem_content":"deep"}"#;
        json::parse::<Message>(
            format!(r#"{{"message_elem_array":[{elem}],"unknown":{open}{close}}}"#).as_bytes(),
        )
        .ok()
    };
    let deepest = (1..200).rev().find_map(nested).expect("some depth is accepted");
    alice.try_send("bob", deepest.clone());
    bob.events().wait_message("deep");
    for came in
        [&bob.history("alice", 1)[0], &*alice.conversation("bob").unwrap().last_msg.unwrap()]
    {
        assert_eq!(came.extra, deepest.extra);
        // And what comes out goes in again.
        assert!(json::parse::<Message>(&json::to_vec(came)).is_ok());
    }
}

#[test]
fn send_4_a_refused_message_stays_as_failed_and_is_the_last_one() {
    let world = World::new();
    let alice = world.alice();
    let (failed, error) = alice.try_send("nobody", text_message("hello?"));
    assert_eq!(error.unwrap().code, 20003);
    assert_eq!(failed.status, FAILED);
    let kept = alice.history("nobody", 20);
    assert_eq!(texts(&kept), ["hello?"]);
    assert_eq!((kept[0].status, &kept[0].msg_id), (FAILED, &failed.msg_id));
    let info = alice.events().wait_conv(ConvEvent::Add, "nobody");
    assert_eq!(info.last_msg.unwrap().status, FAILED);
    assert_eq!(alice.conversation("nobody").unwrap().last_msg.unwrap().status, FAILED);
}

#[test]
fn send_4_a_failed_message_stands_before_what_was_sent_after_it() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let mut wanted = Vec::new();
    for n in 0..3 {
        let refused = Message { status: 0, elem_array: Vec::new(), ..text_message("") };
        assert_eq!(alice.try_send("bob", refused).1.unwrap().code, 6017);
        wanted.extend([String::new(), format!("sent {n}"), format!("came {n}")]);
        alice.send("bob", &wanted[3 * n + 1]);
        let last = alice.conversation("bob").unwrap().last_msg.unwrap();
        assert_eq!(texts(&[*last]), [&*wanted[3 * n + 1]], "it is the last one");
        bob.send("alice", &wanted[3 * n + 2]);
        alice.events().wait_message(&wanted[3 * n + 2]);
    }
    assert_eq!(alice.unread("bob"), 3);
    let newest = alice.history("bob", 20);
    let anchor = newest.last().unwrap();
    let newer = alice.history_from("bob", anchor, 20, true);
    assert_eq!(texts(&newer), wanted[1..], "and each in its place");
    wanted.reverse();
    assert_eq!(texts(&newest), wanted);
}

#[test]
fn send_7_a_failed_message_that_is_sent_again_silently_leaves_the_last_one() {
    let world = World::new();
    let alice = world.alice();
    world.bob();
    alice.send("bob", "first");
    let long = Message { excluded_from_last_message: false, ..text_message(&"x".repeat(20_000)) };
    let (failed, error) = alice.try_send("bob", long);
    assert_eq!(error.unwrap().code, 80002);
    let again = Message {
        excluded_from_last_message: true,
        elem_array: text_message("short").elem_array,
        ..failed
    };
    assert_eq!(alice.try_send("bob", again).1, None);
    let last = alice.conversation("bob").expect("it stays in the list").last_msg.unwrap();
    assert_eq!(texts(&[*last]), ["first"]);
    assert_eq!(texts(&alice.history("bob", 20)), ["short", "first"]);
}

// §19-1
#[test]
fn send_7_a_failed_message_sent_again_is_the_same_message() {
    let world = World::new();
    let alice = world.alice();
    let (failed, _) = alice.try_send("bob", text_message("hello?"));
    assert_eq!(failed.status, FAILED);
    let bob = world.bob();
    let (sent, error) = alice.try_send("bob", failed.clone());
    assert_eq!(error, None);
    assert_eq!(sent.status, SENT);
    assert_eq!((&sent.msg_id, sent.rand, sent.seq), (&failed.msg_id, failed.rand, failed.seq));
    let kept = alice.history("bob", 20);
    assert_eq!(texts(&kept), ["hello?"], "one message, not two");
    assert_eq!(kept[0].status, SENT);
    let info = alice.conversation("bob").expect("it is in the list");
    assert_eq!(info.last_msg.expect("it is the last message").status, SENT);
    bob.events().wait_message("hello?");
    assert_eq!(bob.history("alice", 20).len(), 1);
}

#[test]
fn send_7_a_message_that_had_arrived_is_not_doubled_by_a_retry() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = alice.send("bob", "once");
    bob.events().wait_message("once");
    // As after a lost answer: the application believes that it failed.
    let (again, error) = alice.try_send("bob", Message { status: FAILED, ..sent.clone() });
    assert_eq!(error, None);
    assert_eq!((again.unique_id, &again.msg_id), (sent.unique_id, &sent.msg_id));
    bob.sync();
    assert_eq!(texts(&bob.events().messages()), ["once"]);
    assert_eq!(alice.history("bob", 20).len(), 1);
}

#[test]
fn send_the_same_json_twice_is_two_messages() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let (one, two) = (alice.send("bob", "again"), alice.send("bob", "again"));
    assert_ne!(one.msg_id, two.msg_id);
    assert_eq!(bob.events().wait_messages(2).len(), 2);
}

#[test]
fn send_a_failure_does_not_hurt_its_neighbours() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let answers = [
        alice.submit("bob", text_message("one")),
        alice.submit("nobody", text_message("lost")),
        alice.submit("bob", Message::default()),
        alice.submit("bob", text_message("two")),
    ];
    let codes = answers.map(|answer| answer.wait().1.map_or(0, |error| error.code));
    assert_eq!(codes, [0, 20003, 6017, 0]);
    assert_eq!(texts(&bob.events().wait_messages(2)), ["one", "two"]);
}

#[test]
fn lim_3_the_size_of_a_body() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", &"x".repeat(12_288));
    let (_, error) = alice.try_send("bob", text_message(&"x".repeat(12_289)));
    assert_eq!(error.unwrap().code, 80002);
    // The limit is of bytes: this is 4 097 times three.
    let (_, error) = alice.try_send("bob", text_message(&"\u{4f60}".repeat(4_097)));
    assert_eq!(error.unwrap().code, 80002);
    alice.send("bob", &"\u{4f60}".repeat(4_096));
    assert_eq!(bob.events().wait_messages(2).len(), 2);
}

#[test]
fn perm_5_a_message_to_oneself() {
    let world = World::new();
    let alice = world.alice();
    let phone = world.user("alice", Platform::Android);
    alice.send("alice", "note");
    let came = phone.events().wait_message("note");
    assert!(came.is_from_self && came.is_read);
    assert_eq!(came.conv_id, "alice");
    alice.sync();
    for device in [&alice, &phone] {
        assert_eq!(texts(&device.history("alice", 20)), ["note"]);
        assert_eq!(device.unread("alice"), 0);
    }
}

// §19-7
#[test]
fn hist_1_hist_4_hist_6_older_pages_of_twenty() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    fill(&alice, 45);
    bob.events().wait_messages(45);
    let fresh = world.user("bob", Platform::Android);
    for (name, device, peer) in
        [("sender", &alice, "bob"), ("receiver", &bob, "alice"), ("fresh", &fresh, "alice")]
    {
        let mut page = device.history(peer, 20);
        let mut all = texts(&page);
        let mut sizes = vec![page.len()];
        while let Some(last) = page.last() {
            page = device.history_from(peer, last, 20, false);
            sizes.push(page.len());
            all.extend(texts(&page));
        }
        assert_eq!(sizes, [20, 20, 5, 0], "{name}");
        assert_eq!(all, numbers((1..=45).rev()), "{name}");
    }
}

// §19-8
#[test]
fn hist_2_hist_4_newer_pages_are_oldest_first_without_the_anchor() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    fill(&alice, 45);
    bob.events().wait_messages(45);
    let oldest = bob.history("alice", 45).pop().unwrap();
    assert_eq!(text(&oldest), "1");
    let mut page = bob.history_from("alice", &oldest, 20, true);
    let mut all = texts(&page);
    while let Some(last) = page.last() {
        page = bob.history_from("alice", last, 20, true);
        all.extend(texts(&page));
    }
    assert_eq!(all, numbers(2..=45));
}

#[test]
fn hist_3_forward_without_an_anchor_means_the_newest() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    fill(&alice, 10);
    bob.events().wait_messages(10);
    let param = MsgGetMsgListParam { count: 3, is_forward: true, ..Default::default() };
    assert_eq!(texts(&bob.page("alice", param).unwrap()), ["10", "9", "8"]);
}

#[test]
fn hist_6_counts() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    fill(&alice, 25);
    bob.events().wait_messages(25);
    let param = MsgGetMsgListParam::default();
    assert_eq!(bob.page("alice", param.clone()).unwrap().len(), 20, "without a count");
    let none = MsgGetMsgListParam { count: 0, ..param };
    assert_eq!(bob.page("alice", none).unwrap_err().code, 6017);
}

#[test]
fn hist_13_an_anchor_needs_only_what_identifies_it() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    fill(&alice, 5);
    let three = bob.events().wait_message("3");
    bob.events().wait_messages(5);
    let by_id = Message { msg_id: three.msg_id.clone(), ..Message::default() };
    let by_numbers = Message {
        rand: three.rand,
        client_time: three.client_time,
        server_time: three.server_time,
        ..Message::default()
    };
    // JSON parsers that know only doubles lose the lower bits of a 64-bit number.
    let rounded =
        Message { unique_id: (three.unique_id as f64) as u64, elem_array: Vec::new(), ..three };
    for (name, anchor) in [("id", by_id), ("numbers", by_numbers), ("rounded", rounded)] {
        assert_eq!(texts(&bob.history_from("alice", &anchor, 20, false)), ["2", "1"], "{name}");
        assert_eq!(texts(&bob.history_from("alice", &anchor, 20, true)), ["4", "5"], "{name}");
    }
    let empty = Message::default();
    assert_eq!(
        texts(&bob.history_from("alice", &empty, 2, false)),
        ["5", "4"],
        "`{{}}` is no anchor"
    );
}

#[test]
fn hist_5_a_range_of_time_is_closed_at_both_ends() {
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    for time in [1_000, 1_010, 1_020, 1_030] {
        ghost.clock().set(1_600_000_000 + time);
        ghost.send("bob", &time.to_string());
    }
    bob.sync();
    let param = |time_begin: u64, time_period: u64, is_forward| MsgGetMsgListParam {
        time_begin: 1_600_000_000 + time_begin,
        time_period,
        is_forward,
        ..Default::default()
    };
    let page = |param| texts(&bob.page("alice", param).unwrap());
    assert_eq!(page(param(1_020, 10, false)), ["1020", "1010"]);
    assert_eq!(page(param(1_010, 10, true)), ["1010", "1020"]);
    assert_eq!(page(param(1_020, 0, false)), ["1020", "1010", "1000"]);
    assert_eq!(page(param(1_025, 0, true)), ["1030"]);
    assert_eq!(page(param(1_019, 8, false)), [""; 0]);
}

#[test]
fn hist_7_without_the_cloud_flag_only_what_is_here() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    fill(&alice, 5);
    bob.events().wait_messages(5);
    bob.logout();
    let fresh = world.user("bob", Platform::Android);
    fresh.sync();
    let local = MsgGetMsgListParam::default();
    assert_eq!(
        texts(&fresh.page("alice", local.clone()).unwrap()),
        ["5"],
        "§3.2: the last one came"
    );
    assert_eq!(fresh.history("alice", 20).len(), 5);
    assert_eq!(fresh.page("alice", local).unwrap().len(), 5, "now they are here");
}

#[test]
fn hist_14_unknown_peers_have_an_empty_history() {
    let world = World::new();
    let alice = world.alice();
    assert!(alice.history("nobody", 20).is_empty());
    assert!(alice.conversation("nobody").is_none());
}

// §19-11
#[test]
fn onl_1_onl_2_an_online_message_leaves_no_trace() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let phone = world.user("alice", Platform::Android);
    let away = world.user("carol", Platform::Linux);
    away.logout();
    let online = |text: &str| Message { is_online_msg: true, ..text_message(text) };
    let (sent, error) = alice.try_send("bob", online("psst"));
    assert_eq!(error, None);
    assert_eq!(sent.status, SENT);
    assert_eq!(alice.try_send("carol", online("psst")).1, None);
    for (device, own) in [(&bob, false), (&phone, true)] {
        let came = device.events().wait_message("psst");
        assert!(came.is_online_msg);
        assert_eq!(came.is_from_self, own);
        assert_eq!((came.unique_id, &came.msg_id), (sent.unique_id, &sent.msg_id));
    }
    away.login("carol").unwrap();
    for device in [&alice, &bob, &phone, &away] {
        device.sync();
        assert!(device.conversations().is_empty());
    }
    assert!(alice.history("bob", 20).is_empty());
    assert!(bob.history("alice", 20).is_empty());
    assert!(away.events().messages().is_empty());
    assert!(alice.events().messages().is_empty());
}

#[test]
fn order_survives_a_clock_that_jumps_back() {
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    for (n, time) in [5_000, 4_000, 4_500, 5_001, 1].into_iter().enumerate() {
        ghost.clock().set(1_600_000_000 + time);
        ghost.send("bob", &n.to_string());
    }
    bob.sync();
    assert_eq!(texts(&bob.events().messages()), ["0", "1", "2", "3", "4"]);
    assert_eq!(texts(&bob.history("alice", 20)), ["4", "3", "2", "1", "0"]);
    let times: Vec<_> = bob.events().messages().iter().map(|m| m.server_time).collect();
    assert!(times.is_sorted(), "{times:?}");
    let fresh = world.user("bob", Platform::Android);
    assert_eq!(texts(&fresh.history("alice", 20)), ["4", "3", "2", "1", "0"]);
}

#[test]
fn batch_2_each_receiver_has_a_result_and_a_message_of_its_own() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let carol = world.user("carol", Platform::Linux);
    let (results, error) = alice.send_batch(&["carol", "nobody", "bob"], text_message("all"));
    assert_eq!(error, None, "at least one got it");
    let told: Vec<_> = results.iter().map(|r| (r.identifier.as_str(), r.code)).collect();
    assert_eq!(told, [("carol", 0), ("nobody", 20003), ("bob", 0)]);
    assert!(results.iter().all(|r| r.msg.conv_id == r.identifier && r.msg.conv_type == 1));
    let statuses: Vec<_> = results.iter().map(|r| r.msg.status).collect();
    assert_eq!(statuses, [SENT, FAILED, SENT]);
    assert_ne!(results[0].msg.rand, results[2].msg.rand);
    for (device, result) in [(&carol, &results[0]), (&bob, &results[2])] {
        let came = device.events().wait_message("all");
        assert_eq!((&came.msg_id, came.conv_id.as_str()), (&result.msg.msg_id, "alice"));
    }
    // BATCH-3.
    for user in ["carol", "nobody", "bob"] {
        let added = alice.events().count(|event| match event {
            Event::Conversations(ConvEvent::Add, infos) => infos.iter().any(|it| it.id == user),
            _ => false,
        });
        assert_eq!(added, 1, "{user}");
        assert_eq!(texts(&alice.history(user, 20)), ["all"]);
    }
    // A message that was sent before is no identity for the new ones.
    let (again, error) = alice.send_batch(&["bob", "carol"], results[0].msg.clone());
    assert_eq!(error, None);
    assert!(again.iter().all(|r| r.code == 0 && r.msg.msg_id != results[0].msg.msg_id));
}

#[test]
fn batch_2_nobody_got_it() {
    let world = World::new();
    let alice = world.alice();
    let (results, error) = alice.send_batch(&["nobody", "neither"], text_message("lost"));
    assert_eq!(error.unwrap().code, 6003);
    assert_eq!(results.iter().map(|r| r.code).collect::<Vec<_>>(), [20003, 20003]);
    let (results, error) = alice.send_batch(&[], text_message("lost"));
    assert_eq!((results.len(), error.unwrap().code), (0, 6017));
    let many = vec!["bob"; 501];
    let (results, error) = alice.send_batch(&many, text_message("lost"));
    assert_eq!((results.len(), error.unwrap().code), (0, 90011));
    alice.logout();
    let (results, error) = alice.send_batch(&["bob"], text_message("lost"));
    assert_eq!(error.unwrap().code, 6014);
    assert_eq!((results[0].code, results[0].identifier.as_str()), (6014, "bob"));
}
