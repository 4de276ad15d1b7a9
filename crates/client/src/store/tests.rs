//! The file: migrations, other versions, damage; and the few rules that live in its queries.

use std::path::PathBuf;

use imsdk_types::wire::{Conv, ConvKind};
use tempfile::TempDir;

use super::*;

const SENT: u32 = 2;

fn dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn file(dir: &TempDir) -> PathBuf {
    dir.path().join("im.db")
}

fn open(dir: &TempDir) -> LocalStore {
    LocalStore::open(dir.path(), 1).unwrap()
}

fn refusal(dir: &Path) -> Error {
    match LocalStore::open(dir, 1) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

/// A file as the library of a version left it.
fn at_version(version: usize) -> TempDir {
    let dir = dir();
    let db = Connection::open(file(&dir)).unwrap();
    db.pragma_update(None, "journal_mode", "WAL").unwrap();
    for step in &migrations::STEPS[..version] {
        db.execute_batch(step).unwrap();
    }
    db.pragma_update(None, "user_version", version as u32).unwrap();
    dir
}

fn schema(dir: &TempDir) -> (u32, Vec<String>) {
    let db = Connection::open(file(dir)).unwrap();
    let version = db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    let mut statement = db
        .prepare(
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1",
        )
        .unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    (version, rows.collect::<Result<_, _>>().unwrap())
}

fn row(order: u64, sender: &str) -> MessageRow {
    MessageRow {
        time: 100 + order,
        order: place(order),
        key: order,
        sender: sender.into(),
        account: 1,
        platform: 6,
        seq: order,
        status: SENT,
        counts: true,
        becomes_last: true,
        custom_int: 0,
        custom_str: String::new(),
        body: "{}".into(),
    }
}

fn all(count: u32) -> Span {
    Span { after: (0, 0), before: (u64::MAX, u64::MAX), ascending: false, count }
}

#[test]
fn every_older_version_becomes_the_newest() {
    let newest = schema(&at_version(migrations::STEPS.len()));
    for version in 0..=migrations::STEPS.len() {
        let dir = at_version(version);
        drop(open(&dir));
        assert_eq!(schema(&dir), newest, "from {version}");
    }
    assert_eq!(newest.0 as usize, migrations::STEPS.len());
}

/// Rows as version 1 wrote them. When a step is added, this stays, and the assertions say what becomes of them.
#[test]
fn the_rows_of_version_1_survive() {
    let dir = at_version(1);
    Connection::open(file(&dir))
        .unwrap()
        .execute_batch(include_str!("tests/version_1.sql"))
        .unwrap();
    let mut store = open(&dir);
    assert_eq!(store.device, u64::MAX, "the device's number is not made anew");
    assert_eq!(store.cursor(), Some(42));
    let list = store.conversations().unwrap();
    assert_eq!(list.len(), 1, "the one without a message is not listed");
    assert_eq!(
        list[0],
        ConvRow {
            no: 1,
            conv: Conv::c2c("bob"),
            active_time: 1_600_000_030,
            unread: 1,
            read_order: place(1),
            peer_read: (1_600_000_020, u64::MAX),
            last: Some((1_600_000_030, place(3))),
        }
    );
    let messages = store.messages(1, all(10), |row| row).unwrap();
    assert_eq!(
        messages.iter().map(|row| row.order).collect::<Vec<_>>(),
        [place(3), place(2) + 1, place(2), place(1)]
    );
    assert_eq!(messages[1].status, 3, "the unsent one stands before what came later");
    assert_eq!(
        messages[2],
        MessageRow {
            time: 1_600_000_020,
            order: place(2),
            key: u64::MAX,
            sender: "alice".into(),
            account: 3,
            platform: 6,
            seq: 7,
            status: SENT,
            counts: false,
            becomes_last: true,
            custom_int: 4_000_000_000,
            custom_str: "mine".into(),
            body: r#"{"e":[{"elem_type":0,"text_elem_content":"hi"}]}"#.into(),
        }
        .read()
    );
    // A conversation that is touched now comes before those that were before, of the same second.
    let (made, new) = store.open_conversation(&Conv::c2c("carol"), 1_600_000_030).unwrap();
    assert!(new);
    store.insert(made.no, &row(1, "carol")).unwrap();
    store.put_conversation(&ConvRow { last: Some((101, place(1))), ..made }, true).unwrap();
    assert_eq!(store.conversations().unwrap()[0].conv, Conv::c2c("carol"));
}

#[test]
fn a_newer_version_is_refused_and_left_alone() {
    let dir = at_version(migrations::STEPS.len());
    let db = Connection::open(file(&dir)).unwrap();
    db.pragma_update(None, "user_version", migrations::STEPS.len() as u32 + 1).unwrap();
    db.close().unwrap();
    let before = std::fs::read(file(&dir)).unwrap();
    let error = refusal(dir.path());
    assert!(error.is(Code::DatabaseOperateFailed));
    assert!(error.desc.contains("newer version"), "{}", error.desc);
    assert_eq!(std::fs::read(file(&dir)).unwrap(), before);
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let dir = dir();
    let text = "this is somebody's diary, not a database\n".repeat(100);
    std::fs::write(file(&dir), &text).unwrap();
    assert!(refusal(dir.path()).is(Code::DatabaseOperateFailed));
    assert_eq!(std::fs::read_to_string(file(&dir)).unwrap(), text);
}

#[test]
fn a_step_that_fails_leaves_the_version_before_it() {
    let dir = dir();
    Connection::open(file(&dir))
        .unwrap()
        .execute_batch("CREATE TABLE message (in_the_way INTEGER)")
        .unwrap();
    let before = schema(&dir);
    assert!(refusal(dir.path()).is(Code::DatabaseOperateFailed));
    assert_eq!(schema(&dir), before, "nothing of the step is left");
}

#[test]
fn a_device_keeps_its_number_and_its_cursor() {
    let dir = dir();
    let mut store = LocalStore::open(dir.path(), 77).unwrap();
    assert_eq!((store.device, store.cursor()), (77, None));
    store.set_cursor(9).unwrap();
    store.commit().unwrap();
    store.set_cursor(10).unwrap();
    drop(store);
    let store = LocalStore::open(dir.path(), 78).unwrap();
    assert_eq!((store.device, store.cursor()), (77, Some(9)), "what was not committed is gone");
}

#[test]
fn rollback_takes_back_messages_and_cursor_together() {
    let dir = dir();
    let mut store = open(&dir);
    let (conv, _) = store.open_conversation(&Conv::c2c("bob"), 1).unwrap();
    store.commit().unwrap();
    store.insert(conv.no, &row(1, "bob")).unwrap();
    store.set_cursor(9).unwrap();
    store.rollback();
    assert!(store.messages(conv.no, all(10), |row| row).unwrap().is_empty());
    assert_eq!(store.cursor(), None);
    assert!(store.insert(conv.no, &row(1, "bob")).unwrap());
    assert!(!store.insert(conv.no, &row(1, "bob")).unwrap(), "known messages drop out");
}

/// The log of the account may not go back to its beginning any more.
#[test]
fn a_cursor_that_cannot_be_read_goes_back_to_the_last_commit() {
    let dir = dir();
    let mut store = open(&dir);
    store.set_cursor(9).unwrap();
    store.commit().unwrap();
    Connection::open(file(&dir)).unwrap().execute_batch("ALTER TABLE device RENAME TO it").unwrap();
    store.add_session(5).unwrap();
    store.set_cursor(10).unwrap_err();
    store.rollback();
    assert_eq!(store.cursor(), Some(9));
    Connection::open(file(&dir)).unwrap().execute_batch("ALTER TABLE it RENAME TO device").unwrap();
    store.set_cursor(10).unwrap();
    store.commit().unwrap();
    assert_eq!(store.cursor(), Some(10));
}

#[test]
fn spans_leave_their_ends_out() {
    let dir = dir();
    let mut store = open(&dir);
    let (conv, _) = store.open_conversation(&Conv::c2c("bob"), 1).unwrap();
    for order in 1..=5 {
        store.insert(conv.no, &row(order, "bob")).unwrap();
    }
    let deleted = MessageRow { status: 4, ..row(6, "bob") };
    store.insert(conv.no, &deleted).unwrap();
    let orders = |span| -> Vec<u64> {
        store
            .messages(conv.no, span, |row| row)
            .unwrap()
            .iter()
            .map(|row| order_of(row.order))
            .collect()
    };
    assert_eq!(orders(all(10)), [5, 4, 3, 2, 1], "deleted ones are left out");
    assert_eq!(orders(all(2)), [5, 4]);
    assert_eq!(orders(Span { before: (104, place(4)), ..all(2) }), [3, 2]);
    assert_eq!(orders(Span { after: (102, place(2)), ascending: true, ..all(2) }), [3, 4]);
    assert_eq!(orders(Span { after: (101, place(1)), before: (104, place(4)), ..all(9) }), [3, 2]);
}

#[test]
fn unread_leaves_out_own_read_silent_and_local_messages() {
    let dir = dir();
    let mut store = open(&dir);
    let (conv, _) = store.open_conversation(&Conv::c2c("bob"), 1).unwrap();
    for order in 1..=3 {
        store.insert(conv.no, &row(order, "bob")).unwrap();
    }
    store.insert(conv.no, &row(4, "me")).unwrap();
    store.insert(conv.no, &MessageRow { counts: false, ..row(5, "bob") }).unwrap();
    let unsent = MessageRow { time: 106, order: place(5) + 1, status: 3, ..row(6, "me") };
    store.insert(conv.no, &unsent).unwrap();
    assert_eq!(order_of(store.newest_place(conv.no).unwrap()), 5, "of those the service knows");
    for (read_order, unread) in [(0, 3), (1, 2), (5, 0)] {
        assert_eq!(store.count_unread(conv.no, "me", place(read_order)).unwrap(), unread);
    }
}

#[test]
fn a_conversation_is_one_of_its_kind() {
    let dir = dir();
    let mut store = open(&dir);
    let (person, _) = store.open_conversation(&Conv::c2c("x"), 1).unwrap();
    let (group, new) =
        store.open_conversation(&Conv { kind: ConvKind::Group, id: "x".into() }, 1).unwrap();
    assert!(new && person.no != group.no);
    store.insert(person.no, &row(1, "x")).unwrap();
    store.insert(group.no, &row(1, "x")).unwrap();
    store.delete_conversation(&person).unwrap();
    assert_eq!(store.conversation(&person.conv).unwrap(), None);
    assert!(store.messages(person.no, all(9), |row| row).unwrap().is_empty());
    assert_eq!(store.messages(group.no, all(9), |row| row).unwrap().len(), 1);
    let (again, _) = store.open_conversation(&person.conv, 1).unwrap();
    assert_ne!(again.no, person.no, "numbers are never used again");
}

#[test]
fn what_is_unread_is_counted_without_reading_the_rest() {
    let store = open(&dir());
    let plan: String = store
        .db
        .query_row(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM message
             WHERE conv = 1 AND \"order\" > 1 AND sender <> 'me' AND counts AND status = 2",
            [],
            |row| row.get("detail"),
        )
        .unwrap();
    assert!(plan.contains("message_counts (conv=? AND order>?)"), "{plan}");
}

#[test]
fn reading_at_once_leaves_no_transaction_behind() {
    let mut store = open(&dir());
    let failure: Result<(), Error> = store.at_once(|_| Err(Error::from(Code::SdkInternalError)));
    assert!(failure.is_err() && store.db.is_autocommit());
    store.open_conversation(&Conv::c2c("bob"), 1).unwrap();
    let found = store.at_once(|store| store.conversation(&Conv::c2c("bob"))).unwrap();
    assert!(found.is_some() && !store.db.is_autocommit(), "what is being written goes on");
    store.commit().unwrap();
}

#[test]
fn what_is_found_with_a_conversation_is_of_one_moment() {
    let dir = dir();
    let (mut store, mut other) = (open(&dir), open(&dir));
    let bob = Conv::c2c("bob");
    store.open_conversation(&bob, 1).unwrap();
    store.commit().unwrap();
    let found = store.conversation_with(&bob, |found| {
        let no = found.unwrap().no;
        other.insert(no, &row(1, "bob")).unwrap();
        other.commit().unwrap();
        Ok((no, store.messages(no, all(10), |row| row.key)?))
    });
    let (no, none) = found.unwrap();
    assert_eq!(none, [0; 0]);
    assert_eq!(store.messages(no, all(10), |row| row.key).unwrap(), [1], "a moment later");
    let nobody = store.conversation_with(&Conv::c2c("carol"), |found| Ok(found.is_none()));
    assert!(nobody.unwrap() && store.db.is_autocommit());
}

#[test]
fn whoever_was_looked_up_last_is_shown_as_they_are_now() {
    let mut store = open(&dir());
    for (id, name) in [("a", "one"), ("b", "other"), ("a", "two")] {
        let profile = imsdk_types::UserProfile {
            identifier: id.into(),
            nick_name: name.into(),
            ..Default::default()
        };
        store.put_user(Known { profile, ..Known::default() }).unwrap();
        for _ in 0..2 {
            assert_eq!(store.user(id).unwrap().unwrap().show_name(), name);
        }
    }
    store.rollback();
    assert!(store.user("a").unwrap().is_none(), "taken back");
}
