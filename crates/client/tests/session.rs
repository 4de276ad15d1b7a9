//! Login, logout, kicks, signatures, and files that cannot be used. The names begin with the rule they show.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use imsdk_client::config::{Platform, Settings};
use imsdk_client::{Client, Event, LoginStatus};
use imsdk_service::usersig;
use imsdk_testkit::{APP_ID, Tracker, World, text_message, texts};
use imsdk_types::{ConvEvent, Message, NetworkStatus};

const KEY: &str = "the secret of this world";

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn is_kick(event: &Event) -> bool {
    matches!(event, Event::KickedOffline)
}

#[test]
fn login_1_user_ids_that_cannot_be() {
    let world = World::new();
    let device = world.device("laptop", Platform::Linux);
    for user in ["", "ä", "a\nb", "a\u{7f}", &"x".repeat(33)] {
        let error = device.login(user).unwrap_err();
        assert_eq!(error.code, 7003, "{user:?}");
        assert_eq!(device.client().login_status(), LoginStatus::Out);
        assert_eq!(device.client().login_user(), None);
    }
    for user in ["a", "With Spaces", "../..", "~!@#$%^&*()", &"x".repeat(32)] {
        device.login(user).unwrap_or_else(|error| panic!("{user:?}: {error}"));
        assert_eq!(device.client().login_user().as_deref(), Some(user));
        device.logout();
    }
}

#[test]
fn login_1_user_ids_differ_by_case() {
    let world = World::new();
    let (small, large) =
        (world.user("alice", Platform::Linux), world.user("Alice", Platform::Linux));
    let bob = world.bob();
    small.send("bob", "from the small one");
    large.send("bob", "from the large one");
    bob.sync();
    assert_eq!(texts(&bob.history("alice", 20)), ["from the small one"]);
    assert_eq!(texts(&bob.history("Alice", 20)), ["from the large one"]);
}

#[test]
fn login_2_the_first_login_makes_the_account_unless_the_owner_says_no() {
    let world = World::new();
    world.alice().logout();
    let world = world.closed();
    world.alice().logout();
    let stranger = world.device("laptop", Platform::Linux);
    assert_eq!(stranger.login("stranger").unwrap_err().code, 70107);
}

#[test]
fn a_client_that_would_look_all_the_time_is_not_started() {
    let world = World::new();
    for (look, code) in [(Duration::ZERO, 6017), (Duration::from_millis(1), 0)] {
        let settings = Settings { look, ..world.settings("laptop", Platform::Linux) };
        let started = Client::start(settings, Arc::new(Tracker::default()));
        assert_eq!(started.err().map_or(0, |error| error.code), code, "{look:?}");
    }
}

#[test]
fn login_4_again_as_the_same_user_changes_nothing() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.events().forget();
    alice.login("alice").unwrap();
    assert!(alice.is_online());
    assert_eq!(alice.events().story(), [""; 0]);
    bob.send("alice", "hello");
    alice.events().wait_message("hello");
}

#[test]
fn login_4_as_another_user_logs_the_first_one_out() {
    let world = World::new();
    let (device, bob) = (world.alice(), world.bob());
    device.send("bob", "from alice");
    device.login("carol").unwrap();
    assert_eq!(device.client().login_user().as_deref(), Some("carol"));
    assert_eq!(device.events().count(is_kick), 0);
    assert!(device.conversations().is_empty(), "carol sees nothing of alice");
    // Alice is logged out, not kicked: nothing arrives for her, and her next login is an ordinary one.
    bob.send("alice", "for alice");
    device.sync();
    assert!(device.events().messages().is_empty());
    device.login("alice").unwrap();
    assert_eq!(texts(&device.history("bob", 20)), ["for alice", "from alice"]);
}

#[test]
fn login_6_local_history_is_readable_without_a_session_but_not_before_any_login() {
    let world = World::new();
    let alice = world.alice();
    world.bob().send("alice", "hello");
    alice.sync();
    alice.logout();
    assert_eq!(texts(&alice.history("bob", 20)), ["hello"]);
    assert_eq!(alice.unread("bob"), 1);
    let fresh = world.device("alice", Platform::Linux);
    assert_eq!(fresh.try_conversations().unwrap_err().code, 6014);
    assert_eq!(fresh.page("bob", Default::default()).unwrap_err().code, 6014);
}

#[test]
fn login_7_logout_stops_delivery_and_keeps_the_history() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.send("alice", "one");
    alice.events().wait_message("one");
    alice.logout();
    assert_eq!(alice.client().login_status(), LoginStatus::Out);
    assert_eq!(alice.client().login_user(), None);
    bob.send("alice", "two");
    let (_, error) = alice.try_send("bob", imsdk_testkit::text_message("no"));
    assert_eq!(error.unwrap().code, 6014);
    assert_eq!(texts(&alice.history("bob", 20)), ["one"]);
    alice.login("alice").unwrap();
    assert_eq!(texts(&alice.history("bob", 20)), ["two", "one"]);
    assert_eq!(texts(&alice.events().messages()), ["one", "two"]);
}

#[test]
fn login_7_what_was_sent_before_a_logout_is_sent() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let sent: Vec<_> =
        (0..50).map(|n| alice.submit("bob", imsdk_testkit::text_message(&n.to_string()))).collect();
    alice.logout();
    for answer in sent {
        assert_eq!(answer.wait().1, None);
    }
    assert_eq!(bob.events().wait_messages(50).len(), 50);
}

// §19-9
#[test]
fn kick_1_the_old_device_is_told_once_and_stays_out() {
    let world = World::new();
    let old = world.alice();
    let new = world.device("other machine", Platform::Linux);
    new.login("alice").unwrap();
    old.events().wait("kick", |event| is_kick(event).then_some(()));
    assert_eq!(old.client().login_status(), LoginStatus::Out);
    let (_, error) = old.try_send("alice", imsdk_testkit::text_message("no"));
    assert_eq!(error.unwrap().code, 6014);
    // It was told, so its own new login is an ordinary one, and kicks in turn.
    old.login("alice").unwrap();
    new.events().wait("kick", |event| is_kick(event).then_some(()));
    old.sync();
    assert_eq!(old.events().count(is_kick), 1);
    assert_eq!(new.events().count(is_kick), 1);
}

#[test]
fn kick_1_the_same_device_twice_leaves_the_newer_program() {
    let world = World::new();
    let (first, bob) = (world.alice(), world.bob());
    let second = world.alice();
    first.events().wait("kick", |event| is_kick(event).then_some(()));
    assert!(!first.is_online());
    bob.send("alice", "hello");
    second.events().wait_message("hello");
    assert!(first.events().messages().is_empty());
    assert_eq!(second.events().count(is_kick), 0);
}

// §19-10
#[test]
fn kick_2_a_device_that_was_away_is_told_at_its_next_login() {
    let world = World::new();
    world.alice().crash();
    let new = world.device("other machine", Platform::Linux);
    new.login("alice").unwrap();
    let old = world.device("alice", Platform::Linux);
    assert_eq!(old.login("alice").unwrap_err().code, 6208);
    assert!(!old.is_online());
    new.sync();
    assert_eq!(new.events().count(is_kick), 0, "a refused login kicks nobody");
    old.login("alice").unwrap();
    new.events().wait("kick", |event| is_kick(event).then_some(()));
    assert_eq!(old.events().count(is_kick), 0);
}

#[test]
fn kick_2_a_device_that_logged_out_is_told_nothing() {
    let world = World::new();
    let old = world.alice();
    old.logout();
    let new = world.device("other machine", Platform::Linux);
    new.login("alice").unwrap();
    new.logout();
    old.login("alice").unwrap();
    assert_eq!(old.events().count(is_kick), 0);
    assert_eq!(new.events().count(is_kick), 0);
}

#[test]
fn kick_4_every_platform_may_be_online_at_once() {
    let world = World::new();
    let devices = Platform::ALL.map(|platform| world.user("alice", platform));
    world.bob().send("alice", "to all");
    for device in &devices {
        device.events().wait_message("to all");
        assert_eq!(device.events().count(is_kick), 0);
    }
}

/// Its own number is shown to the sender too, whatever the program wrote; Linux and browsers have none.
#[test]
fn messages_carry_the_number_of_the_senders_platform() {
    let world = World::new();
    let bob = world.bob();
    for (platform, number) in Platform::ALL.into_iter().zip([0, 1, 2, 3, 3, 4, 0, 0]) {
        let name = platform.name();
        let alice = world.user("alice", platform);
        let (sent, error) = alice.try_send("bob", Message { platform: 5, ..text_message(name) });
        assert_eq!(error, None, "{name}");
        let came = bob.events().wait_message(name);
        let stored = alice.history("bob", 1).remove(0);
        assert_eq!(
            (sent.platform, came.platform, stored.platform),
            (number, number, number),
            "{name}"
        );
    }
}

#[test]
fn sig_every_reason_for_a_refusal() {
    let world = World::with_key(KEY);
    let device = world.device("laptop", Platform::Linux);
    let good = usersig::sign(KEY, APP_ID, "alice", now(), 3600, None);
    let cases = [
        (70001, usersig::sign(KEY, APP_ID, "alice", now() - 100, 50, None)),
        (70002, String::new()),
        (70003, good[..good.len() / 2].to_owned()),
        (70003, "not a signature".to_owned()),
        (70009, usersig::sign("another key", APP_ID, "alice", now(), 3600, None)),
        (70013, usersig::sign(KEY, APP_ID, "bob", now(), 3600, None)),
        (70014, usersig::sign(KEY, APP_ID + 1, "alice", now(), 3600, None)),
    ];
    for (code, sig) in cases {
        assert_eq!(device.login_with("alice", &sig).unwrap_err().code, code);
        assert_eq!(device.client().login_status(), LoginStatus::Out);
    }
    device.login_with("alice", &good).unwrap();
}

#[test]
fn sig_that_runs_out_while_online_ends_the_session() {
    let world = World::with_key(KEY);
    let alice = world.device("alice", Platform::Linux);
    let short = usersig::sign(KEY, APP_ID, "alice", now(), 1, None);
    alice.login_with("alice", &short).unwrap();
    alice.events().wait("expiry", |event| matches!(event, Event::UserSigExpired).then_some(()));
    assert!(!alice.is_online());
    assert_eq!(alice.login_with("alice", &short).unwrap_err().code, 70001);
    let renewed = usersig::sign(KEY, APP_ID, "alice", now(), 3600, None);
    alice.login_with("alice", &renewed).unwrap();
    assert_eq!(alice.events().count(|event| matches!(event, Event::UserSigExpired)), 1);
}

#[test]
fn net_3_connecting_then_connected() {
    let world = World::new();
    let alice = world.alice();
    alice.sync();
    assert_eq!(alice.events().story(), ["network Connecting 0", "network Connected 0"]);
}

#[test]
fn fault_the_data_directory_cannot_be_made() {
    let world = World::embedded();
    // A file stands where the directory should: that fails for every user, the administrator too.
    fs::write(world.data_dir(), "in the way").unwrap();
    let device = world.device("laptop", Platform::Linux);
    let (code, desc) = device.events().wait("failure", |event| match event {
        Event::Network { status: NetworkStatus::ConnectFailed, code, desc } => {
            Some((*code, desc.clone()))
        }
        _ => None,
    });
    assert_eq!(code, 6019);
    assert!(!desc.is_empty());
    assert_eq!(device.login("alice").unwrap_err().code, 6019);
    assert_eq!(device.client().login_status(), LoginStatus::Out);
    // Once it is out of the way, the same program goes on.
    fs::remove_file(world.data_dir()).unwrap();
    device.login("alice").unwrap();
}

#[test]
fn fault_the_local_directory_cannot_be_made() {
    let world = World::new();
    fs::create_dir_all(world.machine_dir("laptop").parent().unwrap()).unwrap();
    fs::write(world.machine_dir("laptop"), "in the way").unwrap();
    let device = world.device("laptop", Platform::Linux);
    assert_eq!(device.login("alice").unwrap_err().code, 6019);
    assert!(!device.is_online());
}

/// Stamps a database as made by a newer version, and returns its bytes.
fn from_the_future(file: &std::path::Path) -> Vec<u8> {
    let db = rusqlite::Connection::open(file).unwrap();
    db.pragma_update(None, "user_version", 1_000).unwrap();
    db.close().unwrap();
    fs::read(file).unwrap()
}

#[test]
fn a_newer_service_database_is_refused_and_left_alone() {
    let world = World::embedded();
    world.alice().logout();
    let before = from_the_future(&world.service_file());
    let device = world.device("alice", Platform::Linux);
    let error = device.login("alice").unwrap_err();
    assert_eq!(error.code, 6019);
    assert!(error.desc.contains("newer version"), "{}", error.desc);
    drop(device);
    assert_eq!(fs::read(world.service_file()).unwrap(), before);
}

#[test]
fn a_newer_local_database_is_refused_and_left_alone() {
    let world = World::new();
    world.alice().logout();
    let file = world.local_file("alice", "alice", Platform::Linux);
    let before = from_the_future(&file);
    let device = world.device("alice", Platform::Linux);
    let error = device.login("alice").unwrap_err();
    assert_eq!(error.code, 6019);
    assert!(error.desc.contains("newer version"), "{}", error.desc);
    // Another user of the same machine is not affected.
    device.login("bob").unwrap();
    drop(device);
    assert_eq!(fs::read(file).unwrap(), before);
}

#[test]
fn two_clients_in_one_process_do_not_disturb_each_other() {
    let (one, other) = (World::new(), World::new());
    let (alice, bob) = (one.alice(), one.bob());
    let namesake = other.alice();
    alice.send("bob", "hello");
    bob.events().wait_message("hello");
    namesake.sync();
    assert!(namesake.events().messages().is_empty());
    assert!(namesake.conversations().is_empty());
    drop(alice);
    bob.send("alice", "are you there?");
    assert_eq!(bob.events().count(is_kick), 0);
}

#[test]
fn ev_1_start_and_finish_enclose_the_sync_of_a_login() {
    let world = World::new();
    let alice = world.alice();
    alice.logout();
    let bob = world.bob();
    bob.send("alice", "missed");
    alice.events().forget();
    alice.login("alice").unwrap();
    alice.sync();
    let story = ["messages bob>missed", "Add bob:1"];
    assert_eq!(alice.events().story(), story, "generation 4 does not know them");
    alice.client().knows_generation(5);
    alice.logout();
    bob.send("alice", "missed");
    alice.events().forget();
    alice.login("alice").unwrap();
    let finish =
        |event: &Event| matches!(event, Event::Conversations(ConvEvent::Finish, _)).then_some(());
    alice.events().wait("finish", finish);
    assert_eq!(alice.events().story(), ["Start", "messages bob>missed", "Update bob:2", "Finish"]);
}
