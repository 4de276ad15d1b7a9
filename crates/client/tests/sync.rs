//! Several devices of one user. The names begin with the rule they show.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::RecvTimeoutError;
use imsdk_client::config::Platform;
use imsdk_client::{Client, Event, Events, Reply};
use imsdk_testkit::{Backend, PATIENCE, Tracker, World, text_message, texts};
use imsdk_types::wire::{Conv, ConvKind, Request};
use imsdk_types::{ConvEvent, Message, limits};

// §19-2
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

#[test]
fn read_1_what_has_not_arrived_is_not_read() {
    let world = World::new();
    let bob = world.bob();
    let phone = world.user("bob", Platform::Android);
    let mut ghost = world.ghost("alice");
    ghost.send("bob", "seen");
    bob.sync();
    // The doorbell stays silent: bob's device does not know this one when it reports.
    ghost.clock().set(1_600_000_010);
    ghost.send("bob", "not seen");
    bob.read("alice");
    bob.sync();
    phone.sync();
    assert_eq!(phone.unread("alice"), bob.unread("alice"), "both devices agree");
    assert_eq!(bob.unread("alice"), 1);
}

#[test]
fn conv_12_what_has_not_arrived_is_not_deleted() {
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    ghost.send("bob", "seen");
    bob.sync();
    ghost.send("bob", "not seen");
    bob.delete_conversation("alice");
    bob.sync();
    assert_eq!(texts(&bob.history("alice", 20)), ["not seen"]);
    let fresh = world.user("bob", Platform::Android);
    assert_eq!(texts(&fresh.history("alice", 20)), ["not seen"]);
    assert_eq!(fresh.unread("alice"), bob.unread("alice"));
}

#[test]
fn conv_12_a_new_device_does_not_get_what_was_deleted() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "gone");
    bob.events().wait_message("gone");
    bob.delete_conversation("alice");
    let fresh = world.user("bob", Platform::Android);
    fresh.sync();
    assert!(fresh.conversations().is_empty());
    assert!(fresh.events().messages().is_empty());
}

#[test]
fn hist_5_a_new_device_finds_old_messages_by_time() {
    let world = World::new();
    let mut ghost = world.ghost("alice");
    world.bob().logout();
    for n in 1..=5 {
        ghost.clock().set(1_600_000_000 + n * 10);
        ghost.send("bob", &n.to_string());
    }
    world.bob().logout();
    let fresh = world.user("bob", Platform::Android);
    let param = imsdk_types::MsgGetMsgListParam {
        time_begin: 1_600_000_030,
        is_ramble: true,
        ..Default::default()
    };
    assert_eq!(texts(&fresh.page("alice", param).unwrap()), ["3", "2", "1"]);
    // What lies between is not missed afterwards.
    assert_eq!(texts(&fresh.history("alice", 20)), ["5", "4", "3", "2", "1"]);
}

#[test]
fn read_3_a_new_device_counts_what_it_does_not_have() {
    let world = World::new();
    let bob = world.bob();
    let mut ghost = world.ghost("alice");
    for n in 1..=9 {
        ghost.clock().set(1_600_000_000 + n);
        ghost.send("bob", &n.to_string());
    }
    bob.sync();
    // The service learns what bob's device has got: a new one gets no more than the list.
    bob.logout();
    bob.login("bob").unwrap();
    let fresh = world.user("bob", Platform::Android);
    assert_eq!(fresh.unread("alice"), 9);
    assert_eq!(texts(&fresh.events().messages()), ["9"]);
    // Read elsewhere, all of it older than what is here.
    let anchor = bob.events().wait_message("2");
    bob.report_read("alice", Some(anchor)).unwrap();
    fresh.sync();
    assert_eq!((bob.unread("alice"), fresh.unread("alice")), (7, 7));
    // Read here, up to a message that was heard of elsewhere.
    let anchor = bob.events().wait_message("4");
    fresh.report_read("alice", Some(anchor)).unwrap();
    bob.sync();
    assert_eq!((bob.unread("alice"), fresh.unread("alice")), (5, 5));
    assert_eq!(fresh.history("alice", 3).len(), 3);
    assert_eq!(fresh.unread("alice"), 5, "history is not news");
    fresh.read("alice");
    assert_eq!(fresh.unread("alice"), 0);
}

#[test]
fn unr_1_a_conversation_too_old_for_the_list_comes_back_with_its_unread_number() {
    let world = World::new();
    world.bob().sync();
    let mut old = world.ghost("an old friend");
    old.clock().set(1_500_000_000);
    for n in 1..=3 {
        old.send("bob", &n.to_string());
    }
    let mut reader = world.ghost("bob");
    let conv = Conv::c2c("an old friend");
    reader.ask(Request::ReportRead { conv, time: None, upto: Some(1) }).unwrap();
    for n in 0..limits::RECENT_CONVERSATIONS {
        world.ghost(&format!("friend {n}")).send("bob", "hello");
    }
    let bob = world.bob();
    bob.sync();
    bob.logout();
    let fresh = world.user("bob", Platform::Android);
    assert_eq!(fresh.conversations().len(), limits::RECENT_CONVERSATIONS);
    old.send("bob", "4");
    fresh.sync();
    assert_eq!(fresh.unread("an old friend"), 3, "2, 3 and 4");
}

#[test]
fn hist_1_hist_2_an_anchor_that_a_new_device_has_never_seen() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let mut sent: Vec<_> = (1..=9).map(|n| alice.send("bob", &n.to_string())).collect();
    let anchor = sent.swap_remove(3);
    bob.events().wait_messages(9);
    bob.logout();
    let by_id = Message { msg_id: anchor.msg_id.clone(), ..Message::default() };
    for (n, anchor) in [anchor, by_id].iter().enumerate() {
        // A device each: what the first call brought would help the second.
        let [newer, older] = [Platform::Android, Platform::Ios].map(|platform| {
            let device = world.device(&format!("machine {n}"), platform);
            device.login("bob").unwrap();
            assert_eq!(texts(&device.history("alice", 1)), ["9"]);
            device
        });
        assert_eq!(texts(&newer.history_from("alice", anchor, 3, true)), ["5", "6", "7"]);
        assert_eq!(texts(&older.history_from("alice", anchor, 3, false)), ["3", "2", "1"]);
    }
}

#[test]
fn conv_12_a_deleted_conversation_stays_deleted_after_a_new_login() {
    let world = World::new();
    let alice = world.alice();
    world.bob().logout();
    alice.send("bob", "gone");
    alice.delete_conversation("bob");
    alice.logout();
    alice.login("alice").unwrap();
    alice.sync();
    assert!(alice.conversations().is_empty());
    assert!(alice.events().messages().is_empty());
}

#[test]
fn unr_1_a_new_device_that_comes_in_the_middle_of_a_burst_counts_right() {
    const COUNT: u64 = 200;
    let world = World::new();
    let bob = world.bob();
    world.alice().logout();
    let devices: Vec<_> = std::thread::scope(|scope| {
        scope.spawn(|| (0..COUNT).for_each(|n| drop(bob.send("alice", &n.to_string()))));
        Platform::ALL
            .into_iter()
            .filter(|platform| *platform != Platform::Linux)
            .map(|platform| world.user("alice", platform))
            .collect()
    });
    for device in devices {
        device.sync();
        assert_eq!(device.unread("bob"), COUNT);
        assert_eq!(device.history("bob", 1000).len() as u64, COUNT);
    }
}

#[test]
fn recv_4_a_local_store_that_lost_its_tail_gets_it_again() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.send("alice", "kept");
    alice.events().wait_message("kept");
    alice.logout();
    drop(alice);
    let dir = world.local_file("alice", "alice", Platform::Linux).parent().unwrap().to_owned();
    let copy = world.dir().join("copy");
    let clone = |from: &Path, to: &Path| {
        let _ = fs::remove_dir_all(to);
        fs::create_dir_all(to).unwrap();
        for file in fs::read_dir(from).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    };
    clone(&dir, &copy);
    let alice = world.alice();
    alice.send("bob", "sent");
    bob.send("alice", "received");
    alice.events().wait_message("received");
    alice.read("bob");
    alice.crash();
    // As after a power cut: the service kept all of it, the device only the beginning.
    clone(&copy, &dir);
    let alice = world.alice();
    alice.sync();
    assert_eq!(texts(&alice.events().messages()), ["sent", "received"]);
    assert_eq!(texts(&alice.history("bob", 20)), ["received", "sent", "kept"]);
    assert_eq!(alice.unread("bob"), 0);
}

/// A reply is our own code on the core's thread: one that panics is a defect in the middle of a round.
#[test]
fn a_defect_loses_nothing_that_the_service_accepted_or_the_device_answered() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.send("alice", "hello");
    alice.events().wait_message("hello");
    let refused = alice.try_send("nobody", text_message("refused")).0;
    for (to, text) in [("bob", "sent"), ("nobody", "refused too")] {
        let mut message = text_message(text);
        let identity = alice.client().identify(&mut message);
        let reply = Box::new(|_, _| panic!("a defect, made by a test"));
        alice.client().send(Conv::c2c(to), Box::new(message), identity, reply);
    }
    let (held, gone) = crossbeam_channel::bounded::<()>(0);
    let reply = Box::new(move |_| {
        let _held = held;
        panic!("a defect, made by a test");
    });
    alice.client().report_read(ConvKind::C2c, "bob".into(), None, reply);
    bob.events().wait_message("sent");
    // A call that joined the last of these rounds would be lost with it.
    assert_eq!(gone.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected));
    alice.sync();
    assert_eq!(texts(&alice.history("bob", 20)), ["sent", "hello"]);
    assert_eq!(texts(&alice.history("nobody", 20)), ["refused too", "refused"]);
    assert_eq!(alice.history("nobody", 20)[1].msg_id, refused.msg_id);
    assert_eq!(alice.unread("bob"), 0);
    assert_eq!(texts(&alice.events().messages()), ["hello"], "nothing is told twice");
    bob.send("alice", "again");
    alice.events().wait_message("again");
}

/// A program in which what is told of conversations has a defect, once.
struct Faulty {
    seen: Tracker,
    breaks: AtomicBool,
}

impl Events for Faulty {
    fn event(&self, event: Event) {
        self.seen.event(event);
    }

    fn wants_conversations(&self) -> bool {
        assert!(!self.breaks.swap(false, Ordering::SeqCst), "a defect, made by a test");
        true
    }
}

#[test]
fn a_defect_keeps_nothing_untold_that_the_device_has_for_good() {
    let world = World::on(Backend::Embedded);
    let mut bob = world.ghost("bob");
    let events = Arc::new(Faulty { seen: Tracker::default(), breaks: AtomicBool::new(false) });
    let alice = Client::start(world.settings("alice", Platform::Linux), events.clone()).unwrap();
    let login = |reply: Reply<()>| alice.login("alice".into(), "sig".into(), reply);
    let (done, logged_in) = crossbeam_channel::bounded(1);
    login(Box::new(move |answer| done.send(answer).unwrap()));
    logged_in.recv_timeout(PATIENCE).unwrap().unwrap();
    // What is asked while the core waits is done in one round: the message comes, is committed with the note, and is not told yet.
    let (go, may_go) = crossbeam_channel::bounded::<()>(0);
    let (waits, is_waiting) = crossbeam_channel::bounded::<()>(1);
    alice.conversation_list(Box::new(move |_| {
        waits.send(()).unwrap();
        may_go.recv_timeout(PATIENCE).unwrap();
    }));
    is_waiting.recv_timeout(PATIENCE).unwrap();
    bob.send("alice", "hello");
    events.breaks.store(true, Ordering::SeqCst);
    login(Box::new(|_| {}));
    alice.save_message(Conv::c2c("carol"), text_message("note"), Box::new(|_| {}));
    go.send(()).unwrap();
    events.seen.wait_message("hello");
    assert!(!events.breaks.load(Ordering::SeqCst));
    assert_eq!(texts(&events.seen.messages()), ["hello"]);
    events.seen.wait("both conversations", |event| match event {
        Event::Conversations(ConvEvent::Add, infos) => {
            let ids: Vec<_> = infos.iter().map(|info| info.id.as_str()).collect();
            (ids == ["bob", "carol"]).then_some(())
        }
        _ => None,
    });
}

#[test]
fn a_device_that_lost_its_store_is_a_new_device() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "one");
    bob.send("alice", "two");
    alice.events().wait_message("two");
    alice.crash();
    fs::remove_dir_all(world.machine_dir("alice")).unwrap();
    let alice = world.alice();
    assert_eq!(texts(&alice.history("bob", 20)), ["two", "one"]);
    assert_eq!(alice.unread("bob"), 1);
    bob.send("alice", "three");
    alice.events().wait_message("three");
}

#[test]
fn all_programs_end_and_everything_is_there_again() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.send("bob", "one");
    bob.send("alice", "two");
    bob.read("alice");
    drop((alice, bob));
    let (alice, bob) = (world.alice(), world.bob());
    alice.sync();
    bob.sync();
    for (device, peer) in [(&alice, "bob"), (&bob, "alice")] {
        assert_eq!(texts(&device.history(peer, 20)), ["two", "one"]);
    }
    assert!(alice.history("bob", 20)[1].is_peer_read);
    assert_eq!((alice.unread("bob"), bob.unread("alice")), (1, 0));
}

/// Also what comes while it ends, and waits for an answer about its sender.
#[test]
fn recv_1_what_a_program_has_taken_in_it_is_told_before_it_ends() {
    let world = World::new();
    let bob = world.bob();
    bob.logout();
    bob.client().stop();
    let mut told = Vec::new();
    let senders: Vec<String> = (0..12).map(|number| format!("sender{number}")).collect();
    for sender in &senders {
        world.user(sender, Platform::Linux).send("bob", sender);
        let bob = world.bob();
        bob.client().stop();
        told.extend(texts(&bob.events().messages()));
    }
    let bob = world.bob();
    bob.sync();
    told.extend(texts(&bob.events().messages()));
    told.sort();
    let mut senders = senders;
    senders.sort();
    assert_eq!(told, senders);
}
