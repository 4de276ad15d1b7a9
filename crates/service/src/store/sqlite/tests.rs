//! The file: migrations, other versions, damage. What it does as a store is in `conformance`.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::super::conformance::{Subject, UNBOUNDED};
use super::*;

struct File {
    dir: tempfile::TempDir,
}

impl File {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> std::path::PathBuf {
        self.dir.path().join("service.db")
    }

    fn version(&self) -> u32 {
        let db = Connection::open(self.path()).unwrap();
        db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    /// Brings the file to a version as the library of that time left it.
    fn at_version(version: usize) -> Self {
        let file = Self::new();
        let db = Connection::open(file.path()).unwrap();
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        for step in &migrations::STEPS[..version] {
            db.execute_batch(step).unwrap();
        }
        db.pragma_update(None, "user_version", version as u32).unwrap();
        file
    }

    fn schema(&self) -> Vec<String> {
        let db = Connection::open(self.path()).unwrap();
        let mut statement =
            db.prepare("SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }
}

impl Subject for File {
    type Store = SqliteStore;

    async fn open(&self) -> SqliteStore {
        SqliteStore::open(self.dir.path()).unwrap()
    }

    async fn commit(&self, store: &mut SqliteStore) -> Answer<()> {
        store.commit()
    }

    async fn rollback(&self, store: &mut SqliteStore) {
        store.rollback();
    }
}

fn ready<T>(answer: impl Future<Output = T>) -> T {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("SQLite had to wait"),
    }
}

mod conformance {
    crate::store_conformance!(super::ready, super::File::new());
}

fn refusal(dir: &Path) -> Error {
    match SqliteStore::open(dir) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

#[test]
fn every_older_version_becomes_the_newest() {
    let newest = File::at_version(migrations::STEPS.len()).schema();
    for version in 0..=migrations::STEPS.len() {
        let file = File::at_version(version);
        drop(SqliteStore::open(file.dir.path()).unwrap());
        assert_eq!(file.version() as usize, migrations::STEPS.len(), "from {version}");
        assert_eq!(file.schema(), newest, "from {version}");
    }
}

/// Rows as version 1 wrote them. When a step is added, this stays, and the assertions say what becomes of them.
#[test]
fn the_rows_of_version_1_survive() {
    let file = File::at_version(1);
    let db = Connection::open(file.path()).unwrap();
    db.execute_batch(include_str!("tests/version_1.sql")).unwrap();
    drop(db);
    let mut store = SqliteStore::open(file.dir.path()).unwrap();
    let (alice, bob) = (3, 5);
    assert_eq!(ready(store.account("alice")).unwrap(), Some(alice));
    assert_eq!(ready(store.account_id(bob)).unwrap(), "bob");
    assert_eq!(ready(store.delivered(bob)).unwrap(), 40);
    let conv = ready(store.conversation(Place::c2c(alice, bob))).unwrap().unwrap();
    assert_eq!(conv, Conversation { no: 2, head: 2, time: 1_600_000_020 });
    let messages = ready(store.messages(conv.no, 0, u64::MAX, UNBOUNDED)).unwrap().rows;
    assert_eq!(messages.len(), 2);
    assert_eq!((messages[1].sender, messages[1].key), (alice, u64::MAX));
    assert_eq!(messages[1].body, r#"{"e":[{"elem_type":0,"text_elem_content":"hello"}]}"#);
    assert_eq!(
        ready(store.member(bob, conv.no)).unwrap(),
        Some(Member { read_order: 1, read_time: 1_600_000_010, hidden: 0, left_at: 0 })
    );
    assert_eq!(ready(store.unread(conv.no, alice, (0, u64::MAX), false)).unwrap(), 1);
    let devices = ready(store.devices(bob)).unwrap();
    let (state, seen) = (DeviceState::In, devices[0].seen);
    assert!(seen > 1_700_000_000, "what is not known of it holds its log back for a while");
    let device = Device { device: 1 << 63, platform: 6, session: 9, state, cursor: 0, seen };
    assert_eq!(devices, [device]);
    assert_eq!(ready(store.entries(bob, 40, 100, 0, UNBOUNDED)).unwrap().rows.len(), 2);
    // Its counters go on.
    assert_eq!(ready(store.next_session()).unwrap(), 10);
    ready(store.log(alice, 10, Entry::Read { conv: conv.no, order: 2 })).unwrap();
    assert_eq!(ready(store.log_head(alice)).unwrap(), 43);
    assert_eq!(ready(store.create_account("carol", 0)).unwrap(), 6);
    store.commit().unwrap();
}

/// Nobody knew where those who had left a group had left, and nothing kept what a dissolved one leaves.
#[test]
fn nothing_is_for_those_who_left_a_group_before_version_7() {
    use crate::store::GroupStore;

    let file = File::at_version(6);
    let db = Connection::open(file.path()).unwrap();
    db.execute_batch(
        "INSERT INTO chat_group VALUES (1, 'g', 0, 1, 1, 1, 1, 1, 2, '', '', '', '', 0, 0, 9, 2, 2, 0, '{}');
         INSERT INTO group_member VALUES (1, 7, 200, 1, 1, 0, 0, '', '{}');
         INSERT INTO conversation (no, kind, a, b) VALUES (1, 2, 1, 0), (2, 2, 5, 0), (3, 1, 7, 8);
         INSERT INTO member (account, conv) VALUES (7, 1), (8, 1), (7, 2), (7, 3), (8, 3);",
    )
    .unwrap();
    drop(db);
    let mut store = SqliteStore::open(file.dir.path()).unwrap();
    let mut left_at =
        |account, conv| ready(store.member(account, conv)).unwrap().map(|member| member.left_at);
    assert_eq!([left_at(7, 1), left_at(8, 1)], [Some(0), Some(1)]);
    assert_eq!([left_at(7, 3), left_at(8, 3)], [Some(0), Some(0)], "one to one");
    ready(store.remove_deleted_groups(u64::MAX, 10)).unwrap();
    assert_eq!(ready(store.member(7, 2)).unwrap(), None);
    assert!(ready(store.member(7, 1)).unwrap().is_some());
    assert_ne!(ready(store.service_id()).unwrap(), 0);
}

#[test]
fn a_newer_version_is_refused_and_left_alone() {
    let file = File::at_version(migrations::STEPS.len());
    let db = Connection::open(file.path()).unwrap();
    db.pragma_update(None, "user_version", migrations::STEPS.len() as u32 + 1).unwrap();
    db.close().unwrap();
    let before = std::fs::read(file.path()).unwrap();
    let error = refusal(file.dir.path());
    assert!(error.is(Code::DatabaseOperateFailed));
    assert!(error.desc.contains("newer version"), "{}", error.desc);
    assert_eq!(std::fs::read(file.path()).unwrap(), before);
    // The refusal gave the lock back.
    assert!(refusal(file.dir.path()).desc.contains("newer version"));
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let file = File::new();
    let text = "this is somebody's diary, not a database\n".repeat(100);
    std::fs::write(file.path(), &text).unwrap();
    assert!(refusal(file.dir.path()).is(Code::DatabaseOperateFailed));
    assert_eq!(std::fs::read_to_string(file.path()).unwrap(), text);
}

#[test]
fn a_directory_that_cannot_be_is_refused() {
    let file = File::new();
    std::fs::write(file.path(), "").unwrap();
    assert!(refusal(&file.path().join("below a file")).is(Code::DatabaseOperateFailed));
}

#[test]
fn a_step_that_fails_leaves_the_version_before_it() {
    let file = File::new();
    let db = Connection::open(file.path()).unwrap();
    // A table in the way of the first step, near its end.
    db.execute_batch("CREATE TABLE log (in_the_way INTEGER)").unwrap();
    drop(db);
    let before = file.schema();
    assert!(refusal(file.dir.path()).is(Code::DatabaseOperateFailed));
    assert_eq!(file.version(), 0);
    assert_eq!(file.schema(), before, "nothing of the step is left");
}

#[test]
fn news_of_a_group_ring_at_those_who_are_there_from_the_smaller_side() {
    use crate::store::{Group, GroupInfo, GroupMember, GroupStore};

    let file = File::new();
    let mut store = SqliteStore::open(file.dir.path()).unwrap();
    let group = Group {
        no: 0,
        id: "g".into(),
        kind: imsdk_types::GroupType::Public,
        owner: 0,
        created: 1,
        info: GroupInfo::default(),
        info_seq: 1,
        info_time: 1,
        members: 0,
        joined: 0,
    };
    let no = ready(store.create_group(&group)).unwrap();
    let member =
        |account| GroupMember { account, joined: account, role: 200, ..GroupMember::default() };
    let device = |session, state| Device {
        device: session,
        platform: 1,
        session,
        state,
        cursor: 0,
        seen: 0,
    };
    for account in 1..=5 {
        ready(store.put_group_members(&[(no, member(account))])).unwrap();
    }
    let states = [(1, DeviceState::In), (2, DeviceState::Out), (9, DeviceState::In)];
    for (account, state) in states {
        ready(store.put_device(account, device(account * 10, state))).unwrap();
    }
    // Of the two devices that are there one is a member's; and then, of the one member, the same.
    for members in [5, 1] {
        ready(store.put_group(&Group { no, members, ..group.clone() })).unwrap();
        assert_eq!(store.group_sessions(no).unwrap(), [(1, 10)]);
        assert_eq!(store.group_listeners(no).unwrap(), [(1, 10)]);
    }
    assert_eq!(store.group_sessions(no + 1).unwrap(), []);
}

#[test]
fn statements_of_large_groups_use_their_indexes() {
    use super::group::{ONLINE, groups_of_kinds_sql, groups_sql, members_sql};

    let file = File::new();
    let store = SqliteStore::open(file.dir.path()).unwrap();
    for sql in
        [ONLINE, &members_sql(false), &members_sql(true), &groups_sql(), &groups_of_kinds_sql()]
    {
        let mut explain = store.db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing = vec![rusqlite::types::Null; explain.parameter_count()];
        let plan: Vec<String> = explain
            .query_map(rusqlite::params_from_iter(nothing), |row| row.get(3))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let whole = |step: &&String| {
            ["m", "g", "d"].iter().any(|table| {
                step.starts_with(&format!("SCAN {table}")) && !step.contains("device_in")
            })
        };
        assert_eq!(plan.iter().find(whole), None, "{plan:?}");
    }
}

#[test]
fn it_says_where_a_unit_of_work_has_written_into_logs() {
    let file = File::new();
    let mut store = SqliteStore::open(file.dir.path()).unwrap();
    let mut write = |entries: &[u64]| {
        for account in entries {
            super::super::ready(store.log(*account, 1, Entry::Notice("{}".into()))).unwrap();
        }
        store.commit().unwrap();
        let mut places = store.places();
        places.sort_unstable_by_key(|it| it.account);
        places.iter().map(|it| (it.account, it.after, it.upto)).collect::<Vec<_>>()
    };
    assert_eq!(write(&[1, 2, 1]), [(1, 0, 2), (2, 0, 1)]);
    assert_eq!(write(&[2]), [(2, 1, 2)]);
    assert_eq!(write(&[]), []);
}
