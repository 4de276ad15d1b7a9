//! What becomes of messages after they were sent: saved, found, deleted, withdrawn; and drafts. The names begin with the rule they show.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text_message, texts};
use imsdk_types::{ConvEvent, Draft, Message, MsgGetMsgListParam, MsgLocator};

const SENT: u32 = 2;
const DELETED: u32 = 4;
const IMPORTED: u32 = 5;
const REVOKED: u32 = 6;

fn locator(message: &Message) -> MsgLocator {
    MsgLocator {
        time: message.server_time,
        seq: message.seq,
        rand: message.rand,
        is_self: message.is_from_self,
        ..MsgLocator::default()
    }
}

fn statuses(device: &Device, peer: &str) -> Vec<u32> {
    device.history(peer, 50).iter().map(|message| message.status).collect()
}

fn last_text(device: &Device, peer: &str) -> Option<String> {
    let last = device.conversation(peer)?.last_msg?;
    texts(&[*last]).pop()
}

#[test]
fn save_1_a_saved_message_is_here_and_nowhere_else() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let written = Message { custom_int: 7, custom_str: "mine".into(), ..text_message("note") };
    let saved = alice.save("bob", written).unwrap();
    assert_eq!((saved.status, saved.sender.as_str()), (IMPORTED, "alice"));
    assert!(saved.is_from_self && saved.is_read && saved.rand != 0);
    assert_eq!((saved.conv_id.as_str(), saved.conv_type), ("bob", 1));
    assert_eq!((saved.custom_int, saved.custom_str.as_str()), (7, "mine"));
    assert!(saved.server_time > 1_700_000_000 && saved.client_time == saved.server_time);
    let info = alice.events().wait_conv(ConvEvent::Add, "bob");
    assert_eq!((info.unread_num, last_text(&alice, "bob").as_deref()), (0, Some("note")));
    assert_eq!(alice.history("bob", 20), [saved]);
    bob.sync();
    assert!(bob.events().messages().is_empty() && bob.history("alice", 20).is_empty());
    assert!(alice.events().messages().is_empty(), "RECV-3");
    let fresh = world.user("alice", Platform::Android);
    assert!(fresh.history("bob", 20).is_empty());
}

#[test]
fn save_1_sender_and_times_are_honoured() {
    let world = World::new();
    let alice = world.alice();
    let message = Message {
        sender: "bob".into(),
        client_time: 1_600_000_000,
        server_time: 1_600_000_005,
        rand: 77,
        seq: 9,
        ..text_message("from bob")
    };
    let saved = alice.save("bob", message).unwrap();
    assert_eq!((saved.client_time, saved.server_time), (1_600_000_000, 1_600_000_005));
    assert_eq!((saved.rand, saved.seq, saved.sender.as_str()), (77, 9, "bob"));
    assert!(!saved.is_from_self && saved.is_read);
    assert_eq!(alice.unread("bob"), 0);
}

#[test]
fn imp_1_imported_messages_stand_in_their_time() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.send("alice", "now");
    alice.events().wait_message("now");
    let old = |n: u64, sender: &str| Message {
        sender: sender.into(),
        client_time: 1_500_000_000 + n / 3,
        rand: 5_000 - n,
        ..text_message(&n.to_string())
    };
    let list = vec![old(1, "bob"), old(2, "alice"), old(3, "bob"), old(4, "bob")];
    alice.import("bob", list.clone()).unwrap();
    let wanted = ["now", "4", "3", "2", "1"];
    assert_eq!(texts(&alice.history("bob", 20)), wanted, "those of one second in their order");
    assert_eq!(statuses(&alice, "bob"), [SENT, IMPORTED, IMPORTED, IMPORTED, IMPORTED]);
    assert_eq!(last_text(&alice, "bob").as_deref(), Some("now"));
    assert_eq!(alice.unread("bob"), 1, "imported ones do not count");
    // Once more, and what is here already, changes nothing.
    alice.import("bob", list).unwrap();
    alice.import("bob", alice.history("bob", 1)).unwrap();
    assert_eq!(texts(&alice.history("bob", 20)), wanted);
    // All or none.
    let bad = vec![old(9, "bob"), Message::default()];
    assert_eq!(alice.import("bob", bad).unwrap_err().code, 6017);
    assert_eq!(alice.history("bob", 20).len(), 5);
}

#[test]
fn imp_1_imported_messages_do_not_hide_what_the_service_has() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    for text in ["one", "two", "three"] {
        bob.send("alice", text);
    }
    alice.events().wait_messages(3);
    alice.logout();
    let fresh = world.user("alice", Platform::Android);
    let old = |n: u64| Message { client_time: 1_500_000_000 + n, ..text_message(&n.to_string()) };
    fresh.import("bob", (1..=5).map(old).collect()).unwrap();
    let wanted = ["three", "two", "one", "5", "4", "3", "2", "1"];
    assert_eq!(texts(&fresh.history("bob", 4)), wanted[..4]);
    assert_eq!(texts(&fresh.history("bob", 20)), wanted);
}

#[test]
fn loc_2_messages_are_found_by_their_locators() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let one = alice.send("bob", "one");
    bob.events().wait_message("one");
    let two = bob.send("alice", "two");
    alice.events().wait_message("two");
    let found = alice.find("bob", vec![locator(&alice.history("bob", 1)[0]), locator(&one)]);
    assert_eq!(texts(&found.unwrap()), ["two", "one"], "in the order of the question");
    let there = locator(&bob.history("alice", 2)[1]);
    assert_eq!(texts(&bob.find("alice", vec![there.clone()]).unwrap()), ["one"]);
    let wrong = [
        MsgLocator { rand: there.rand + 1, ..there.clone() },
        MsgLocator { time: there.time + 1, ..there.clone() },
        MsgLocator { is_self: true, ..there.clone() },
        MsgLocator { seq: there.seq + 1, ..there.clone() },
        MsgLocator::default(),
    ];
    assert_eq!(bob.find("alice", wrong.to_vec()).unwrap(), []);
    assert_eq!(bob.find("nobody", vec![there.clone()]).unwrap(), []);
    // LOC-3, and those that are gone.
    let lenient = MsgLocator { is_revoked: true, unique_id: 5, ..there };
    assert_eq!(bob.find("alice", vec![lenient.clone()]).unwrap().len(), 1);
    bob.delete("alice", Some(one), false).unwrap();
    bob.logout();
    assert_eq!(bob.find("alice", vec![lenient]).unwrap()[0].status, DELETED, "LOGIN-6");
    assert_eq!(two.status, SENT);
}

// §19-5
#[test]
fn del_1_del_6_one_message_is_deleted_here_alone() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    for text in ["one", "two", "three"] {
        alice.send("bob", text);
    }
    bob.events().wait_messages(3);
    let now = alice.client().server_time();
    for (seconds, peer) in [(1, "later"), (2, "latest")] {
        let mut ghost = world.ghost(peer);
        ghost.clock().set(now + seconds);
        ghost.send("bob", "hello");
        bob.sync();
    }
    let places =
        || -> Vec<String> { bob.conversations().into_iter().map(|info| info.id).collect() };
    let history = bob.history("alice", 20);
    let before = bob.conversation("alice").unwrap();
    assert_eq!(before.unread_num, 3);
    assert_eq!(places(), ["latest", "later", "alice"]);
    bob.events().forget();
    bob.delete("alice", Some(history[0].clone()), false).unwrap();
    let info = bob.events().wait_conv(ConvEvent::Update, "alice");
    assert_eq!((info.unread_num, info.active_time), (2, before.active_time));
    assert_eq!(places(), ["latest", "later", "alice"], "its place in the list too");
    assert_eq!(last_text(&bob, "alice").as_deref(), Some("two"));
    assert_eq!(texts(&bob.history("alice", 20)), ["two", "one"], "HIST-9: the service has it");
    bob.delete("alice", Some(history[0].clone()), false).expect("once more is no error");
    assert_eq!(bob.unread("alice"), 2);
    assert_eq!(alice.history("bob", 20).len(), 3);
    let fresh = world.user("bob", Platform::Android);
    assert_eq!(fresh.history("alice", 20).len(), 3);
    let unknown = Message { rand: 1, client_time: 5, ..text_message("never sent") };
    for peer in ["alice", "nobody"] {
        bob.delete(peer, Some(unknown.clone()), false).expect("the original was seen to answer so");
    }
    assert_eq!((bob.unread("alice"), texts(&bob.history("alice", 20)).len()), (2, 2));
}

#[test]
fn del_2_all_that_is_here() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    for text in ["one", "two"] {
        alice.send("bob", text);
    }
    bob.events().wait_messages(2);
    bob.delete("alice", None, true).expect("DEL-3");
    assert_eq!(bob.unread("alice"), 2, "DEL-3: no effect");
    bob.events().forget();
    bob.delete("alice", Some(Message::default()), false).expect("an empty object is no message");
    let info = bob.events().wait_conv(ConvEvent::Update, "alice");
    assert!(!info.is_has_lastmsg && info.last_msg.is_none());
    assert_eq!(info.unread_num, 0);
    assert!(bob.conversation("alice").is_some(), "the conversation stays");
    assert!(bob.page("alice", MsgGetMsgListParam::default()).unwrap().is_empty());
    alice.send("bob", "three");
    bob.events().wait_message("three");
    assert_eq!((bob.unread("alice"), last_text(&bob, "alice").as_deref()), (1, Some("three")));
    assert_eq!(texts(&bob.history("alice", 20)), ["three", "two", "one"], "the service has them");
    alice.send("bob", "four");
    let four = bob.events().wait_message("four");
    bob.report_read("alice", Some(bob.events().wait_message("three"))).unwrap();
    let left = u64::from(four.server_time > bob.events().wait_message("three").server_time);
    assert_eq!(bob.unread("alice"), left, "what was cleared is not unread again");
}

// What comes again counts as it did, and what does not come again no more.
#[test]
fn del_2_a_span_of_time_is_cleared_here_alone() {
    const BEGIN: u64 = 1_600_000_000;
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    for (number, text) in ["one", "two", "three", "four"].into_iter().enumerate() {
        ghost.clock().set(BEGIN + 10 * number as u64);
        ghost.send("bob", text);
    }
    bob.sync();
    let clear = |which: &str, begin: u64, end: u64| {
        bob.call(|client, reply| client.clear_history(which, begin, end, reply)).unwrap();
    };
    let shown = || {
        let unread = bob.unread("alice");
        let history = bob.history("alice", 20);
        assert_eq!(bob.unread("alice"), unread, "a history counts nothing");
        (unread, history.iter().filter(|it| !it.is_read).count(), texts(&history))
    };
    clear("c2c_alice", BEGIN, BEGIN + 10);
    assert_eq!(last_text(&bob, "alice").as_deref(), Some("four"));
    assert_eq!(shown(), (4, 4, ["four", "three", "two", "one"].map(Into::into).into()));
    clear("c2c", BEGIN + 20, BEGIN + 20);
    assert_eq!(shown(), (3, 3, ["four", "two", "one"].map(Into::into).into()));
    clear("group", BEGIN, 0);
    clear("", 1, 2);
    assert_eq!(shown().0, 3, "nothing of that is here");
    clear("", BEGIN, 0);
    assert_eq!(bob.unread("alice"), 0);
    assert_eq!(shown(), (0, 0, ["four", "three", "two", "one"].map(Into::into).into()));
}

// What was cleared was read, which the service does not know, and stays so when it is asked for what lies between.
#[test]
fn del_2_what_was_cleared_is_not_counted_again() {
    const BEGIN: u64 = 1_600_000_000;
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    let mut times = (BEGIN..).step_by(10);
    let mut say = |texts: &[&str]| {
        for (text, time) in texts.iter().zip(&mut times) {
            ghost.clock().set(time);
            ghost.send("bob", text);
        }
        bob.sync();
    };
    let clear = |begin: u64, end: u64| {
        bob.call(|client, reply| client.clear_history("c2c_alice", begin, end, reply)).unwrap();
    };
    say(&["one", "two"]);
    clear(BEGIN, 0);
    assert_eq!(bob.unread("alice"), 0);
    say(&["three", "four"]);
    let three = bob.events().wait_message("three").server_time;
    clear(three, three);
    assert_eq!(bob.unread("alice"), 2, "three comes again");
    let history = bob.history("alice", 20);
    assert_eq!(texts(&history), ["four", "three", "two", "one"]);
    assert_eq!(history.iter().filter(|it| !it.is_read).count(), 2);
}

// §19-6
#[test]
fn del_4_deleted_messages_stay_gone_on_a_fresh_device() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    for text in ["one", "two", "three", "four"] {
        alice.send("bob", text);
    }
    bob.events().wait_messages(4);
    let saved = bob.save("alice", text_message("only here")).unwrap();
    let all = bob.history("alice", 20);
    let mut gone: Vec<_> =
        all.iter().filter(|m| texts(&[(*m).clone()])[0].starts_with('t')).cloned().collect();
    gone.push(saved);
    bob.delete_list("alice", &gone).unwrap();
    assert_eq!(texts(&bob.history("alice", 20)), ["four", "one"]);
    assert_eq!((bob.unread("alice"), last_text(&bob, "alice").as_deref()), (2, Some("four")));
    bob.logout();
    let fresh = world.user("bob", Platform::Android);
    assert_eq!(texts(&fresh.history("alice", 20)), ["four", "one"]);
    assert_eq!(fresh.unread("alice"), 2);
    assert_eq!(alice.history("bob", 20).len(), 4, "one-sided");
    // A device without the message can name it, too.
    let blank = world.user("bob", Platform::Ipad);
    let four = alice.history("bob", 1);
    blank.delete("alice", Some(four[0].clone()), true).expect("DEL-3b");
    assert_eq!(texts(&blank.history("alice", 20)), ["one"]);
}

#[test]
fn del_5_too_many_or_unknown_ones_delete_nothing() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = alice.send("bob", "stays");
    let many = vec![sent.clone(); 51];
    assert_eq!(alice.delete_list("bob", &many).unwrap_err().code, 6017);
    let unknown = Message { rand: sent.rand + 9, msg_id: String::new(), ..sent.clone() };
    assert_eq!(alice.delete_list("bob", &[sent, unknown]).unwrap_err().code, 20018);
    assert_eq!(alice.history("bob", 20).len(), 1);
    drop(bob);
}

// §19-4
#[test]
fn rev_3_rev_4_all_sides_learn_of_a_withdrawal() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let phone = world.user("alice", Platform::Android);
    alice.send("bob", "stays");
    let sent = alice.send("bob", "secret");
    bob.events().wait_messages(2);
    phone.events().wait_messages(2);
    assert_eq!(bob.unread("alice"), 2);
    let active = bob.conversation("alice").unwrap().active_time;
    for device in [&alice, &bob, &phone] {
        // A new device tells of conversations when it has all of them.
        device.sync();
        device.events().forget();
    }
    alice.revoke("bob", &sent).unwrap();
    for (device, peer, own) in [(&bob, "alice", false), (&phone, "bob", true)] {
        let told = device.events().wait("a withdrawal", |event| match event {
            Event::Revoked(locators) => Some(locators.clone()),
            _ => None,
        });
        let wanted = MsgLocator {
            conv_id: peer.into(),
            conv_type: 1,
            is_revoked: true,
            unique_id: sent.unique_id,
            is_self: own,
            ..locator(&sent)
        };
        assert_eq!(told, [wanted]);
        let found = device.find(peer, told).unwrap();
        assert_eq!(found[0].status, REVOKED);
        device.events().wait_conv(ConvEvent::Update, peer);
    }
    alice.sync();
    assert_eq!(alice.events().count(|event| matches!(event, Event::Revoked(_))), 0, "REV-3");
    alice.events().wait_conv(ConvEvent::Update, "bob");
    for (device, peer) in [(&alice, "bob"), (&bob, "alice"), (&phone, "bob")] {
        let info = device.conversation(peer).unwrap();
        let last = info.last_msg.unwrap();
        assert_eq!((last.status, last.revoker_user_id.as_deref()), (REVOKED, Some("alice")));
        assert_eq!(statuses(device, peer), [REVOKED, SENT]);
        let content = texts(&device.history(peer, 1));
        assert_eq!(content, [if peer == "bob" { "secret" } else { "" }], "REV-7");
    }
    let info = bob.conversation("alice").unwrap();
    assert_eq!((info.unread_num, info.active_time), (1, active), "REV-6, CONV-9");
}

#[test]
fn rev_5_who_was_away_or_is_new_sees_it_withdrawn() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let held = alice.send("bob", "held");
    bob.events().wait_message("held");
    bob.logout();
    let unseen = alice.send("bob", "unseen");
    alice.revoke("bob", &held).unwrap();
    alice.revoke("bob", &unseen).unwrap();
    bob.events().forget();
    bob.login("bob").unwrap();
    bob.sync();
    let told: usize = bob
        .events()
        .all()
        .iter()
        .map(|event| if let Event::Revoked(locators) = event { locators.len() } else { 0 })
        .sum();
    assert_eq!(told, 1, "of the message that was here");
    assert!(bob.events().messages().is_empty());
    assert_eq!((statuses(&bob, "alice"), bob.unread("alice")), (vec![REVOKED, REVOKED], 0));
    let fresh = world.user("bob", Platform::Android);
    assert_eq!((statuses(&fresh, "alice"), fresh.unread("alice")), (vec![REVOKED, REVOKED], 0));
    assert!(fresh.events().messages().is_empty());
    let history = fresh.history("alice", 1);
    assert_eq!(history[0].revoker_user_id.as_deref(), Some("alice"));
    assert!(history[0].elem_array.is_empty());
}

#[test]
fn rev_8_what_cannot_be_withdrawn() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = alice.send("bob", "once");
    let came = bob.events().wait_message("once");
    assert_eq!(bob.revoke("alice", &came).unwrap_err().code, 20022, "not one's own");
    alice.revoke("bob", &sent).unwrap();
    assert_eq!(alice.revoke("bob", &sent).unwrap_err().code, 20023);
    let saved = alice.save("bob", text_message("local")).unwrap();
    assert_eq!(alice.revoke("bob", &saved).unwrap_err().code, 6017);
    let online = Message { is_online_msg: true, ..text_message("psst") };
    let (online, error) = alice.try_send("bob", online);
    assert_eq!(error, None);
    assert_eq!(alice.revoke("bob", &online).unwrap_err().code, 20022);
    assert_eq!(alice.revoke("bob", &Message::default()).unwrap_err().code, 6017);
    let (failed, error) = alice.try_send("nobody", text_message("lost"));
    assert!(error.is_some());
    assert_eq!(alice.revoke("nobody", &failed).unwrap_err().code, 6017);
}

#[test]
fn rev_a_withdrawn_message_can_be_deleted_and_stays_deleted() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "first");
    let sent = alice.send("bob", "second");
    let came = bob.events().wait_message("second");
    bob.delete("alice", Some(came), false).unwrap();
    bob.events().forget();
    alice.revoke("bob", &sent).unwrap();
    bob.sync();
    assert_eq!(bob.events().count(|event| matches!(event, Event::Revoked(_))), 0);
    assert_eq!(texts(&bob.history("alice", 20)), ["first"]);
    alice.delete("bob", Some(sent), false).unwrap();
    assert_eq!(texts(&alice.history("bob", 20)), ["first"]);
    assert_eq!(last_text(&alice, "bob").as_deref(), Some("first"));
}

#[test]
fn conv_11_a_draft_lives_on_this_device() {
    let world = World::new();
    let alice = world.alice();
    world.bob();
    alice.send("bob", "earlier");
    alice.events().forget();
    let draft = Draft {
        msg: Some(Box::new(text_message("I wanted to"))),
        user_define: "cursor:3".into(),
        edit_time: 0,
    };
    alice.set_draft("bob", Some(draft.clone()));
    let info = alice.events().wait_conv(ConvEvent::Update, "bob");
    let kept = info.draft.expect("a draft");
    assert!(info.is_has_draft && kept.edit_time > 1_700_000_000);
    assert_eq!((kept.msg, kept.user_define.as_str()), (draft.msg.clone(), "cursor:3"));
    alice.set_draft("dave", Some(Draft { edit_time: 5, ..draft }));
    let info = alice.events().wait_conv(ConvEvent::Add, "dave");
    assert_eq!(info.draft.unwrap().edit_time, 5);
    assert_eq!(alice.conversations()[0].id, "dave", "CONV-9: a sign of life");
    let phone = world.user("alice", Platform::Android);
    assert!(!phone.conversation("bob").unwrap().is_has_draft);
    alice.crash();
    let alice = world.alice();
    assert!(alice.conversation("bob").unwrap().is_has_draft, "it outlives the program");
    alice.set_draft("dave", None);
    alice.events().wait_conv(ConvEvent::Update, "dave");
    assert!(!alice.conversation("dave").unwrap().is_has_draft, "nobody has removed it");
    alice.set_draft("bob", None);
    assert!(!alice.events().wait_conv(ConvEvent::Update, "bob").is_has_draft);
    alice.set_draft("bob", None);
    alice.delete_conversation("dave");
    let info = alice.create_conversation("dave").unwrap();
    assert!(info.draft.is_none(), "it goes with its conversation");
}

#[test]
fn rev_6_an_unread_message_that_is_withdrawn_does_not_count_where_it_never_came() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let one = alice.send("bob", "one");
    alice.send("bob", "two");
    alice.send("bob", "three");
    bob.events().wait_messages(3);
    bob.logout();
    // A new device has the last one, and the service's number.
    let phone = world.user("bob", Platform::Android);
    phone.sync();
    assert_eq!(phone.unread("alice"), 3);
    alice.revoke("bob", &one).unwrap();
    phone.events().wait_unread("alice", 2);
    phone.sync();
    assert_eq!(phone.unread("alice"), 2);
}

#[test]
fn ev_2_what_is_gone_already_changes_nothing() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent = alice.send("bob", "gone");
    let again = |times: usize| {
        for _ in 0..times {
            alice.delete("bob", Some(sent.clone()), false).unwrap();
            alice.delete_list("bob", std::slice::from_ref(&sent)).unwrap();
        }
        alice.sync();
        alice.events().count(|it| matches!(it, Event::Conversations(ConvEvent::Update, _)))
    };
    let once = again(1);
    assert_eq!(again(3), once);
    // Nor does one that is named twice go twice.
    let two = ["one", "two"].map(|text| bob.send("alice", text));
    alice.events().wait_unread("bob", 2);
    let one = alice.history("bob", 1).remove(0);
    alice.delete_list("bob", &[one.clone(), one]).unwrap();
    assert_eq!((alice.unread("bob"), two.len()), (1, 2));
}
