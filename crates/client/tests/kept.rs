//! A local store that fails: what was answered is there for good, and what was refused is not.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use imsdk_client::config::Platform;
use imsdk_testkit::{Device, PATIENCE, Pending, Relay, Trouble, World, came, text_message, texts};
use imsdk_types::wire::Conv;
use imsdk_types::{Draft, GroupType, Message, MsgGetMsgListParam};
use rusqlite::Connection;

/// The local store of a device, from outside.
struct Store(Connection);

impl Store {
    fn of(world: &World, user: &str) -> Self {
        let db = Connection::open(world.local_file(user, user, Platform::Linux)).unwrap();
        db.busy_timeout(Duration::from_secs(10)).unwrap();
        // Nobody has this number: whoever refers to it can't commit.
        db.execute_batch(
            "CREATE TABLE nobody (no INTEGER PRIMARY KEY);
             CREATE TABLE fault (no INTEGER REFERENCES nobody (no) DEFERRABLE INITIALLY DEFERRED);",
        )
        .unwrap();
        Self(db)
    }

    /// From now on what is done like this can't be committed.
    fn refuse(&self, what: &str) {
        self.run(&format!(
            "CREATE TRIGGER refuse AFTER {what} BEGIN INSERT INTO fault VALUES (1); END"
        ));
    }

    /// From now on what is done like this fails at once.
    fn break_at(&self, what: &str, when: &str) {
        self.run(&format!(
            "CREATE TRIGGER refuse BEFORE {what} WHEN {when} BEGIN SELECT raise(FAIL, 'broken'); END"
        ));
    }

    /// It is well again.
    fn mend(&self) {
        self.run("DROP TRIGGER refuse");
    }

    fn number(&self, sql: &str) -> i64 {
        self.0.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    fn run(&self, sql: &str) {
        self.0.execute_batch(sql).unwrap();
    }
}

fn here(device: &Device, peer: &str) -> Vec<String> {
    texts(&device.page(peer, whole_page()).unwrap())
}

fn whole_page() -> MsgGetMsgListParam {
    MsgGetMsgListParam { count: 1000, ..Default::default() }
}

fn until(is: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is() {
        assert!(Instant::now() < deadline, "it does not come");
    }
}

/// The device as the next program on it finds it.
fn again(world: &World, device: Device) -> Device {
    device.crash();
    world.alice()
}

#[test]
fn a_message_that_cannot_be_kept_is_not_saved() {
    let world = World::new();
    let alice = world.alice();
    let store = Store::of(&world, "alice");
    store.refuse("INSERT ON message");
    assert_eq!(alice.save("bob", text_message("note")).unwrap_err().code, 6019);
    assert_eq!(here(&alice, "bob"), [""; 0]);
    assert_eq!(alice.import("bob", vec![text_message("old")]).unwrap_err().code, 6019);
    store.mend();
    alice.save("bob", text_message("note")).unwrap();
    let alice = again(&world, alice);
    assert_eq!(here(&alice, "bob"), ["note"]);
}

#[test]
fn imp_1_all_are_imported_or_none_also_where_the_store_fails() {
    let world = World::new();
    let alice = world.alice();
    let store = Store::of(&world, "alice");
    let old = |n: u64| Message { client_time: 1_500_000_000 + n, ..text_message(&n.to_string()) };
    store.break_at("INSERT ON message", "new.time = 1500000003");
    let refused = alice.import("bob", (1..=5).map(old).collect());
    assert_eq!(refused.unwrap_err().code, 6019);
    store.mend();
    alice.save("bob", text_message("note")).unwrap();
    assert_eq!(here(&alice, "bob"), ["note"]);
}

#[test]
fn del_1_a_mark_that_cannot_be_kept_deletes_nothing() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let list: Vec<Message> = ["one", "two", "three"].map(|text| alice.send("bob", text)).into();
    let saved = alice.save("bob", text_message("note")).unwrap();
    let all = ["note", "three", "two", "one"];
    let store = Store::of(&world, "alice");
    for statement in ["UPDATE OF status ON message", "UPDATE OF kept ON conversation"] {
        store.refuse(statement);
        let refused = [
            alice.delete("bob", Some(list[0].clone()), false),
            alice.delete_list("bob", std::slice::from_ref(&saved)),
        ];
        assert_eq!(refused.map(|refused| refused.unwrap_err().code), [6019; 2]);
        assert_eq!(here(&alice, "bob"), all);
        store.mend();
    }
    // Marked in part.
    store.break_at(
        "UPDATE OF status ON message",
        &format!("old.time = {} AND old.status = 5", saved.server_time),
    );
    let refused = alice.delete_list("bob", &[list[1].clone(), saved.clone()]);
    assert_eq!(refused.unwrap_err().code, 6019);
    assert_eq!(here(&alice, "bob"), all);
    store.mend();
    // The service has done its part: done once more, nothing of it comes again.
    alice.delete_list("bob", &[list[1].clone(), saved]).unwrap();
    let alice = again(&world, alice);
    assert_eq!(texts(&alice.history("bob", 20)), ["three", "one"]);
}

/// What a failure has taken away has no place for a mark, and comes again.
#[test]
fn del_1_what_is_not_here_for_the_moment_is_not_said_to_be_deleted() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let store = Store::of(&world, "alice");
    store.refuse("INSERT ON message");
    let sent = alice.send("bob", "hello");
    // At the same time as the commit that takes it away, and after it.
    for _ in 0..2 {
        let refused = alice.delete("bob", Some(sent.clone()), false);
        assert_eq!(refused.unwrap_err().code, 6019);
    }
    store.mend();
    until(|| here(&alice, "bob") == ["hello"]);
    alice.delete("bob", Some(sent), false).unwrap();
    let alice = again(&world, alice);
    assert_eq!(here(&alice, "bob"), [""; 0]);
}

#[test]
fn del_2_what_cannot_be_kept_empties_nothing() {
    let world = World::new();
    let alice = world.alice();
    alice.save("bob", text_message("note")).unwrap();
    let store = Store::of(&world, "alice");
    store.refuse("DELETE ON message");
    assert_eq!(alice.delete("bob", None, false).unwrap_err().code, 6019);
    assert_eq!(here(&alice, "bob"), ["note"]);
    store.mend();
    alice.delete("bob", None, false).unwrap();
    let alice = again(&world, alice);
    assert_eq!(here(&alice, "bob"), [""; 0]);
}

#[test]
fn conv_3_a_conversation_that_cannot_be_kept_is_not_made() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let store = Store::of(&world, "alice");
    store.refuse("INSERT ON conversation");
    assert_eq!(alice.create_conversation("bob").unwrap_err().code, 6019);
    store.mend();
    let told = alice.events().story();
    assert!(!told.iter().any(|event| event.starts_with("Add")), "{told:?}");
    alice.create_conversation("bob").unwrap();
}

#[test]
fn conv_11_a_draft_that_cannot_be_kept_is_not_shown() {
    let world = World::new();
    let alice = world.alice();
    alice.save("bob", text_message("note")).unwrap();
    let store = Store::of(&world, "alice");
    store.refuse("INSERT ON draft");
    let msg = Some(Box::new(text_message("half a sentence")));
    alice.set_draft("bob", Some(Draft { msg, ..Draft::default() }));
    let conversation = alice.conversation("bob").unwrap();
    assert!(!conversation.is_has_draft);
    store.mend();
}

/// What kept a commit from the disk may keep a reading from it too.
#[test]
fn conv_11_a_draft_that_cannot_be_kept_is_not_shown_though_nothing_can_be_read() {
    let world = World::new();
    let alice = world.alice();
    alice.save("bob", text_message("note")).unwrap();
    alice.save("carol", text_message("note")).unwrap();
    let draft = |text| Some(Draft { msg: Some(Box::new(text_message(text))), ..Draft::default() });
    alice.set_draft("bob", draft("before"));
    let shown = || texts(&[*alice.conversation("bob").unwrap().draft.unwrap().msg.unwrap()]);
    assert_eq!(shown(), ["before"]);
    let store = Store::of(&world, "alice");
    // No UTF-8: drafts can't be read any more.
    store.run(
        "INSERT INTO draft SELECT no, CAST(x'ff' AS TEXT) FROM conversation WHERE id = 'carol'",
    );
    for (what, new) in [("UPDATE ON draft", draft("other")), ("DELETE ON draft", None)] {
        store.refuse(what);
        alice.set_draft("bob", new);
        assert_eq!(shown(), ["before"], "{what}");
        store.mend();
    }
}

/// What a failure takes back comes again by itself, however busy the program keeps the device.
#[test]
fn what_was_lost_comes_again_to_a_program_that_asks_all_the_time() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let store = Store::of(&world, "alice");
    store.refuse("INSERT ON message");
    alice.send("bob", "hello");
    let _ = alice.save("bob", text_message("note"));
    assert_eq!(here(&alice, "bob"), [""; 0], "taken back with the note");
    store.mend();
    until(|| here(&alice, "bob") == ["hello"]);
}

/// The account's log brings back only what is in it.
#[test]
fn what_was_lost_of_a_group_comes_again_though_other_news_came_first() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.create_group("g", GroupType::Private);
    alice.say("g", "before");
    let store = Store::of(&world, "alice");
    let group = store.number("SELECT no FROM conversation WHERE kind = 2 AND id = 'g'");
    store.refuse(&format!("INSERT ON message WHEN new.conv = {group}"));
    alice.say("g", "lost");
    let here = || texts(&alice.group_page("g", whole_page()).unwrap());
    until(|| here() == ["before"]);
    bob.send("alice", "other news");
    alice.events().wait_message("other news");
    store.mend();
    until(|| here() == ["lost", "before"]);
}

/// Sends wait for no sends: a service far away may always have some to answer.
#[test]
fn what_was_lost_comes_again_to_a_program_that_sends_all_the_time() {
    let world = World::remote();
    let relay = Relay::start(world.start_server());
    let alice = Device::start(relay.settings(world.settings("alice", Platform::Linux)));
    alice.login("alice").unwrap();
    let bob = world.bob();
    let store = Store::of(&world, "alice");
    store.refuse("INSERT ON message WHEN new.sender = 'bob'");
    // So that questions and answers are always on their way.
    relay.trouble(Trouble { cuts: 0, delay: 20_000 });
    let mut waiting = VecDeque::new();
    for number in 1.. {
        waiting.push_back(alice.submit("bob", text_message("busy")));
        if waiting.len() > 100 {
            waiting.pop_front().map(Pending::wait);
        }
        match number {
            200 => drop(bob.send("alice", "hello")),
            // By now the device has heard of it, and could not keep it.
            1000 => store.mend(),
            _ if came(&alice, "bob") == ["hello"] => break,
            _ => assert!(number < 5_000, "it does not come"),
        }
    }
    assert_eq!(came(&alice, "bob"), ["hello"]);
}

/// The service forgets what a device says that it has.
#[test]
fn a_logout_tells_the_service_only_of_what_is_here_for_good() {
    let world = World::embedded();
    let alice = world.alice();
    let mut ghost = world.ghost("bob");
    // More than a log keeps for nobody.
    for number in 0..300 {
        ghost.send("alice", &number.to_string());
    }
    alice.sync();
    assert_eq!(here(&alice, "bob").len(), 300);
    let last = alice.send("bob", "last");
    let store = Store::of(&world, "alice");
    store.refuse("UPDATE OF cursor ON device");
    // Taken in together: what the first brings is not committed when the second comes.
    alice.client().revoke(Conv::c2c("bob"), last, Box::new(|_| {}));
    alice.logout();
    store.mend();
    ghost.send("alice", "more");
    alice.login("alice").unwrap();
    alice.events().wait_message("more");
    assert_eq!(here(&alice, "bob").len(), 302, "it did not have to begin anew");
}
