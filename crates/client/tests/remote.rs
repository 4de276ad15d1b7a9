//! A server behind a network that fails: sessions, requests and messages that outlive their connections.

use std::collections::BTreeMap;

use crossbeam_channel::{Receiver, bounded};
use imsdk_client::Event;
use imsdk_client::config::{Platform, Settings};
use imsdk_testkit::{
    Backend, Device, PATIENCE, Relay, Trouble, World, all_is_there, came, stream, text,
    text_message, texts, whole_history,
};
use imsdk_types::wire::Conv;
use imsdk_types::{Draft, Elem, Error, FileElem, Message, MsgStatus, NetworkStatus};
use rusqlite::Connection;

fn world() -> (World, Relay) {
    let world = World::remote();
    let relay = Relay::start(world.start_server());
    (world, relay)
}

/// A program that reaches the server over a relay.
fn over(relay: &Relay, world: &World, user: &str) -> Device {
    let device = Device::start(relay.settings(world.settings(user, Platform::Linux)));
    device.login(user).unwrap_or_else(|error| panic!("{user}: {error}"));
    device
}

#[test]
fn net_3_a_lost_connection_comes_back_by_itself() {
    let (world, relay) = world();
    let alice = over(&relay, &world, "alice");
    let bob = world.bob();
    alice.sync();
    assert_eq!(alice.events().statuses(), ["network Connecting 0", "network Connected 0"]);
    relay.sever();
    alice.events().wait_status(NetworkStatus::ConnectFailed);
    assert!(alice.is_online(), "LOGIN-5: the program has nothing to do");
    bob.send("alice", "while you were away");
    alice.events().forget();
    relay.heal();
    alice.events().wait_message("while you were away");
    alice.events().wait_status(NetworkStatus::Connected);
    // Only what a reconnect is: no second start and finish of a login's sync.
    let story = alice.events().story();
    assert!(!story.iter().any(|event| event == "Start" || event == "Finish"), "{story:?}");
    bob.send("alice", "and now");
    alice.events().wait_message("and now");
    alice.send("bob", "here again");
    bob.events().wait_message("here again");
}

#[test]
fn what_is_here_can_be_read_while_there_is_no_connection() {
    let (world, relay) = world();
    let (alice, bob) = (over(&relay, &world, "alice"), world.bob());
    bob.send("alice", "hello");
    alice.events().wait_message("hello");
    relay.sever();
    alice.events().wait_status(NetworkStatus::Disconnected);
    let waiting = alice.submit("bob", text_message("later"));
    assert_eq!(alice.unread("bob"), 1);
    let here = alice.history("bob", 10);
    assert_eq!(texts(&here), ["later", "hello"]);
    assert_eq!(here[0].status, MsgStatus::Sending as u32, "SEND-2");
    relay.heal();
    let (sent, error) = waiting.wait();
    assert_eq!((error, sent.status), (None, MsgStatus::SendSucc as u32));
    bob.events().wait_message("later");
    assert_eq!(texts(&whole_history(&alice, "bob")), ["hello", "later"]);
}

/// Begins a login that nobody answers for now.
fn begin_login(device: &Device, user: &str) -> Receiver<Result<(), Error>> {
    let (answer, answered) = bounded(1);
    let reply = Box::new(move |done| drop(answer.send(done)));
    device.client().login(user.to_owned(), "sig".to_owned(), reply);
    answered
}

#[test]
fn login_6_what_is_here_can_be_read_before_the_server_has_answered() {
    let (world, relay) = world();
    let (alice, bob) = (over(&relay, &world, "alice"), world.bob());
    bob.send("alice", "hello");
    alice.events().wait_unread("bob", 1);
    alice.set_draft(
        "bob",
        Some(Draft { msg: Some(Box::new(text_message("well"))), ..Draft::default() }),
    );
    alice.sync();
    alice.crash();
    relay.sever();

    let settings = relay.settings(world.settings("alice", Platform::Linux));
    let alice = Device::start(settings.clone());
    assert_eq!(alice.try_conversations().unwrap_err().code, 6014, "before any login");
    let login = begin_login(&alice, "alice");
    let there = alice.conversation("bob").unwrap();
    assert_eq!((there.unread_num, there.is_has_draft, there.show_name.as_str()), (1, true, "bob"));
    assert_eq!(texts(&alice.history("bob", 10)), ["hello"]);
    // SAVE-1: what waits for the login is of now.
    let (saved, note) = bounded(1);
    let reply = Box::new(move |answer| drop(saved.send(answer)));
    alice.client().save_message(Conv::c2c("bob"), text_message("note"), reply);
    let called = alice.client().server_time();
    while alice.client().server_time() < called + 1 {
        assert_eq!(texts(&alice.history("bob", 10)), ["hello"]);
    }
    assert!(login.is_empty(), "nobody has answered");
    relay.heal();
    login.recv_timeout(PATIENCE).unwrap().unwrap();
    let note = note.recv_timeout(PATIENCE).unwrap().unwrap();
    assert!(note.server_time <= called && note.client_time <= called, "{note:?}");
    bob.send("alice", "again");
    alice.events().wait_message("again");
    assert_eq!(texts(&alice.events().messages()), ["again"]);
    alice.logout();

    // It is not for others, nor for who has nothing here.
    relay.sever();
    drop(begin_login(&alice, "carol"));
    assert_eq!(alice.try_conversations().unwrap_err().code, 6014);
    let elsewhere = Settings { store_dir: world.machine_dir("elsewhere"), ..settings };
    let elsewhere = Device::start(elsewhere);
    drop(begin_login(&elsewhere, "alice"));
    assert_eq!(elsewhere.try_conversations().unwrap_err().code, 6014);
}

#[test]
fn another_service_at_the_address_of_the_one_before_has_a_store_of_its_own() {
    let world = World::on(Backend::Server);
    let relay = Relay::start(world.start_server());
    let (alice, bob) = (over(&relay, &world, "alice"), world.bob());
    alice.send("bob", "there");
    bob.events().wait_message("there");
    alice.sync();
    relay.sever();
    alice.events().wait_status(NetworkStatus::Disconnected);
    drop(alice.submit("bob", text_message("on its way")));
    assert_eq!(texts(&alice.history("bob", 10)), ["on its way", "there"]);
    alice.crash();
    bob.crash();
    world.end_server();
    std::fs::remove_dir_all(world.service_dir()).unwrap();
    world.start_server();

    let before = world.local_file("alice", "alice", Platform::Linux);
    let alice = Device::start(relay.settings(world.settings("alice", Platform::Linux)));
    let login = begin_login(&alice, "alice");
    assert_eq!(texts(&alice.history("bob", 10)), ["on its way", "there"]);
    relay.heal();
    login.recv_timeout(PATIENCE).unwrap().unwrap();
    alice.sync();
    assert_eq!(texts(&alice.history("bob", 10)), [""; 0]);
    assert!(alice.conversations().is_empty());
    let bob = world.bob();
    bob.send("alice", "here");
    alice.events().wait_message("here");
    assert_eq!(texts(&alice.history("bob", 10)), ["here"]);
    assert_eq!(came(&bob, "alice"), [""; 0], "what was on its way there goes nowhere else");
    alice.crash();
    let old = Connection::open(before).unwrap();
    let sending = "SELECT count(*) FROM message WHERE status = 1";
    assert_eq!(old.query_row(sending, [], |row| row.get(0)), Ok(1), "it stays as it was");

    // What was found last counts.
    relay.sever();
    let alice = Device::start(relay.settings(world.settings("alice", Platform::Linux)));
    drop(begin_login(&alice, "alice"));
    assert_eq!(texts(&alice.history("bob", 10)), ["here"]);
}

#[test]
fn a_send_whose_answer_was_lost_is_there_once() {
    let (world, relay) = world();
    let (alice, bob) = (over(&relay, &world, "alice"), world.bob());
    // Nothing of the login is open any more, which the send would wait for.
    alice.sync();
    // The server gets it, and its answer does not come.
    relay.freeze(false, true);
    let waiting = alice.submit("bob", text_message("once"));
    bob.events().wait_message("once");
    relay.sever();
    relay.heal();
    assert_eq!(waiting.wait().1, None);
    alice.send("bob", "end");
    bob.events().wait_message("end");
    assert_eq!(came(&bob, "alice"), ["once", "end"]);
    assert_eq!(texts(&whole_history(&alice, "bob")), ["once", "end"]);
    assert_eq!(texts(&whole_history(&bob, "alice")), ["once", "end"]);
    assert_eq!(came(&alice, "alice"), [""; 0], "SEND-5: own messages do not come in");
}

#[test]
fn status_what_was_being_sent_when_the_program_died_is_settled_at_the_next_login() {
    let (world, relay) = world();
    let (alice, bob) = (over(&relay, &world, "alice"), world.bob());
    alice.send("bob", "before");
    relay.freeze(false, true);
    drop(alice.submit("bob", text_message("accepted")));
    bob.events().wait_message("accepted");
    relay.freeze(true, true);
    drop(alice.submit("bob", text_message("never arrived")));
    alice.history("bob", 1);
    alice.crash();
    drop(relay);

    let alice = world.alice();
    let (sent, failed) = (MsgStatus::SendSucc as u32, MsgStatus::SendFail as u32);
    let there = whole_history(&alice, "bob");
    let states: BTreeMap<_, _> = there.iter().map(|it| (text(it), it.status)).collect();
    let wanted = [("before", sent), ("accepted", sent), ("never arrived", failed)];
    assert_eq!(there.len(), wanted.len());
    assert_eq!(states, wanted.map(|(text, status)| (text.to_owned(), status)).into());
    assert_eq!(came(&alice, "alice"), [""; 0]);
    // SEND-7: the failed one can be sent again.
    let lost = there.into_iter().find(|message| message.status == failed).unwrap();
    let (again, error) = alice.try_send("bob", lost);
    assert_eq!((error, again.status), (None, sent));
    bob.events().wait_message("never arrived");
    assert_eq!(came(&bob, "alice"), ["before", "accepted", "never arrived"]);
    assert_eq!(texts(&whole_history(&alice, "bob")), ["before", "accepted", "never arrived"]);
}

#[test]
fn kick_1_a_device_that_was_kicked_while_away_stays_out() {
    let (world, relay) = world();
    let old = over(&relay, &world, "alice");
    relay.sever();
    old.events().wait_status(NetworkStatus::ConnectFailed);
    let new = world.device("other machine", Platform::Linux);
    new.login("alice").unwrap();
    relay.heal();
    old.events().wait("kick", |event| matches!(event, Event::KickedOffline).then_some(()));
    assert!(!old.is_online());
    new.sync();
    assert!(!new.events().story().contains(&"kicked".to_owned()), "it does not come back");
    // It was told.
    old.login("alice").unwrap();
}

#[test]
fn sig_a_signature_that_is_not_good_any_more_ends_the_session() {
    let mut world = World::remote();
    world.set_key("one");
    let relay = Relay::start(world.start_server());
    let sign = |key| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let now = now.as_secs();
        imsdk_service::usersig::sign(key, imsdk_testkit::APP_ID, "alice", now, 3600, None)
    };
    let alice = Device::start(relay.settings(world.settings("alice", Platform::Linux)));
    alice.login_with("alice", &sign("one")).unwrap();
    world.end_server();
    world.set_key("two");
    world.start_server();
    alice.events().wait("expiry", |event| matches!(event, Event::UserSigExpired).then_some(()));
    assert!(!alice.is_online());
    assert_eq!(alice.login_with("alice", &sign("one")).unwrap_err().code, 70009);
    alice.login_with("alice", &sign("two")).unwrap();
}

#[test]
fn an_application_that_the_server_does_not_have() {
    let world = World::remote();
    let settings = world.settings("alice", Platform::Linux);
    let app_id = settings.app_id + 1;
    let device = Device::start(imsdk_client::config::Settings { app_id, ..settings });
    assert_eq!(device.login("alice").unwrap_err().code, 70020);
}

#[test]
fn faults_no_message_is_lost_or_doubled_over_a_bad_network() {
    const COUNT: usize = 2000;
    let (world, relay) = world();
    let (alice, bob) = (over(&relay, &world, "alice"), over(&relay, &world, "bob"));
    relay.trouble(Trouble { cuts: 4, delay: 300 });
    std::thread::scope(|scope| {
        scope.spawn(|| stream(&alice, "bob", COUNT, 20));
        scope.spawn(|| stream(&bob, "alice", COUNT, 1));
    });
    let cuts = relay.cuts();
    relay.heal();
    assert!(cuts >= 5, "only {cuts} connections were cut");
    all_is_there(&alice, &bob, COUNT);
}

#[test]
fn faults_a_server_that_ends_and_begins_again_loses_nothing() {
    const COUNT: usize = 1500;
    let (world, relay) = world();
    let (alice, bob) = (over(&relay, &world, "alice"), over(&relay, &world, "bob"));
    std::thread::scope(|scope| {
        scope.spawn(|| stream(&alice, "bob", COUNT, 20));
        scope.spawn(|| stream(&bob, "alice", COUNT, 20));
        for part in 1..4 {
            bob.events().wait_message(&(part * COUNT / 4).to_string());
            // Once in the middle of what it writes, once in order.
            if part % 2 == 1 {
                relay.sever();
            }
            world.end_server();
            world.start_server();
            relay.heal();
        }
    });
    all_is_there(&alice, &bob, COUNT);
}

#[test]
fn faults_a_file_goes_on_where_its_connection_broke() {
    let (world, relay) = world();
    let (alice, bob) = (over(&relay, &world, "alice"), over(&relay, &world, "bob"));
    let content: Vec<u8> = (0_u32..1_500_000).flat_map(|number| number.to_le_bytes()).collect();
    let (source, target) = (world.dir().join("source"), world.dir().join("target"));
    std::fs::write(&source, &content).unwrap();
    relay.trouble(Trouble { cuts: 4, delay: 0 });
    let file_path = source.to_str().unwrap().to_owned();
    let elem = Elem::File(FileElem { file_path, ..FileElem::default() });
    let message = Message { elem_array: vec![elem], ..Message::default() };
    let (sent, error) = alice.try_send("bob", message);
    assert_eq!(error, None);
    let Elem::File(file) = &sent.elem_array[0] else { panic!("no file") };
    let uploads = relay.cuts();
    let done = bob.download(&file.url, &target).unwrap();
    let downloads = relay.cuts() - uploads;
    assert_eq!(done.current_size as usize, content.len());
    assert!(std::fs::read(&target).unwrap() == content);
    assert!(uploads > 0 && downloads > 0, "{uploads} and {downloads} connections were cut");
}

// What is cleared is here, and so is what of it counts.
#[test]
fn del_2_a_span_of_time_is_cleared_without_a_connection() {
    const BEGIN: u64 = 1_600_000_000;
    let (world, relay) = world();
    let bob = over(&relay, &world, "bob");
    let mut ghost = world.ghost("alice");
    for (number, text) in ["one", "two", "three", "four"].into_iter().enumerate() {
        ghost.clock().set(BEGIN + 10 * number as u64);
        ghost.send("bob", text);
    }
    bob.sync();
    let clear = |time: u64| {
        bob.call(|client, reply| client.clear_history("c2c_alice", time, time, reply)).unwrap();
    };
    clear(BEGIN);
    relay.sever();
    bob.events().wait_status(NetworkStatus::Disconnected);
    clear(BEGIN + 20);
    assert_eq!(
        (bob.unread("alice"), texts(&bob.history("alice", 20))),
        (3, vec!["four".into(), "two".into()])
    );
    relay.heal();
    bob.sync();
    assert_eq!(bob.unread("alice"), 3);
}
