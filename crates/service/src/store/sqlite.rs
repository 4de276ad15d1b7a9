//! The store of the embedded service: one SQLite file that several processes write to.
//!
//! Writers queue at a kernel file lock before they ask SQLite for its own: they wake in turn, nobody sleeps and tries again,
//! and a process that dies gives its place up. Reading needs no lock (WAL). The unit of work takes the lock
//! with its first write.

mod migrations;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;
use std::time::Duration;

use imsdk_types::wire::ConvKind;
use imsdk_types::{Code, Error};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, params};

use super::{
    Answer, Conversation, Device, DeviceState, Entry, Logged, Member, Message, Place, Store,
};

/// Numbers of accounts do not change: this many are remembered.
const REMEMBERED: usize = 10_000;

/// See the module.
pub struct SqliteStore {
    db: Connection,
    lock: File,
    /// The open unit of work.
    unit: Option<Unit>,
    accounts: HashMap<String, u64>,
    ids: HashMap<u64, String>,
    joined: HashSet<(u64, u64)>,
}

/// What an open unit of work knows.
#[derive(Default)]
struct Unit {
    /// It holds the lock and may write.
    writes: bool,
    /// It made an account, which may still be taken back.
    created: bool,
    /// The newest place in the logs that were written to.
    logs: HashMap<u64, u64>,
    /// Conversations in use, and which of them each number is.
    open: HashMap<Place, Conversation>,
    places: HashMap<u64, Place>,
}

fn failed(error: rusqlite::Error) -> Error {
    Error::new(Code::DatabaseOperateFailed, format!("service database: {error}"))
}

fn failed_io(error: std::io::Error) -> Error {
    Error::new(Code::DatabaseOperateFailed, format!("service lock: {error}"))
}

impl SqliteStore {
    /// Opens `service.db` in a directory, which is made if it is missing.
    ///
    /// # Errors
    /// 6019 with the reason: no access, not a database, or made by a newer version of this library (the file is left as it is).
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let at = |path: &Path, error: std::io::Error| {
            Error::new(Code::DatabaseOperateFailed, format!("{}: {error}", path.display()))
        };
        std::fs::create_dir_all(dir).map_err(|error| at(dir, error))?;
        let lock_file = dir.join("service.lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_file)
            .map_err(|error| at(&lock_file, error))?;
        lock.lock().map_err(failed_io)?;
        let opened = Self::open_locked(&dir.join("service.db"));
        lock.unlock().map_err(failed_io)?;
        let (accounts, ids, joined) = Default::default();
        Ok(Self { db: opened?, lock, unit: None, accounts, ids, joined })
    }

    fn open_locked(path: &Path) -> Result<Connection, Error> {
        let mut db = Connection::open(path).map_err(failed)?;
        db.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
        migrations::check(&db)?;
        db.pragma_update(None, "journal_mode", "WAL").map_err(failed)?;
        db.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        db.pragma_update(None, "cache_size", -1024).map_err(failed)?;
        db.pragma_update(None, "temp_store", "MEMORY").map_err(failed)?;
        db.pragma_update(None, "journal_size_limit", 16 << 20).map_err(failed)?;
        // Plans do not depend on bound values, or statements would be prepared again with each of them.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
        db.set_prepared_statement_cache_capacity(64);
        migrations::run(&mut db)?;
        Ok(db)
    }

    /// The active sessions of an account: whose doorbells to ring.
    ///
    /// # Errors
    /// 6019.
    pub fn sessions(&mut self, account: u64) -> Answer<Vec<u64>> {
        let mut statement = self
            .db
            .prepare_cached("SELECT session FROM device WHERE account = ?1 AND state = 1")
            .map_err(failed)?;
        let rows = statement.query_map([account as i64], |row| number(row, 0)).map_err(failed)?;
        rows.collect::<Result<_, _>>().map_err(failed)
    }

    /// Begins a unit of work: all it reads is of one moment. One that will write takes the lock now, so that what it reads is
    /// still so when it writes.
    ///
    /// # Errors
    /// 6019.
    pub fn begin(&mut self, writes: bool) -> Answer<()> {
        if writes {
            return self.unit().map(drop);
        }
        self.run("BEGIN", [])?;
        self.unit = Some(Unit::default());
        Ok(())
    }

    /// Makes all that was written durable, and ends the unit of work. Nothing happens if none is open.
    ///
    /// # Errors
    /// 6019; then nothing of it was written.
    pub fn commit(&mut self) -> Answer<()> {
        let Some(unit) = self.unit.take() else { return Ok(()) };
        let written = self.run("COMMIT", []);
        if written.is_err() {
            self.undo();
        }
        if unit.writes {
            self.lock.unlock().map_err(failed_io)?;
        }
        written.map(drop)
    }

    /// Takes back all that was written.
    pub fn rollback(&mut self) {
        if let Some(unit) = self.unit.take() {
            self.undo();
            if unit.writes
                && let Err(error) = self.lock.unlock()
            {
                tracing::error!("service lock: {error}");
            }
        }
    }

    fn undo(&mut self) {
        self.joined.clear();
        if !self.db.is_autocommit()
            && let Err(error) = self.db.execute_batch("ROLLBACK")
        {
            tracing::error!("service database: {error}");
        }
    }

    fn run(&self, sql: &str, params: impl rusqlite::Params) -> Answer<usize> {
        self.db.prepare_cached(sql).and_then(|mut s| s.execute(params)).map_err(failed)
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Answer<Option<T>> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_row(params, read).optional())
            .map_err(failed)
    }

    fn list<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Answer<Vec<T>> {
        self.some(sql, params, u32::MAX, read)
    }

    /// The first `count` rows. Not with a bound LIMIT: SQLite would prepare the statement anew with every call.
    fn some<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        count: u32,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Answer<Vec<T>> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut s| s.query_map(params, read)?.take(count as usize).collect())
            .map_err(failed)
    }

    /// The open unit of work, which may write; begins one if there is none.
    fn unit(&mut self) -> Answer<&mut Unit> {
        if !self.unit.as_ref().is_some_and(|unit| unit.writes) {
            if self.unit.take().is_some() {
                // It has only read so far.
                self.run("COMMIT", [])?;
            }
            self.lock.lock().map_err(failed_io)?;
            if let Err(error) = self.run("BEGIN IMMEDIATE", []) {
                self.lock.unlock().map_err(failed_io)?;
                return Err(error);
            }
            self.unit = Some(Unit { writes: true, ..Unit::default() });
        }
        Ok(self.unit.as_mut().expect("set above"))
    }

    /// Whether accounts that are read now are there for good.
    fn settled(&self) -> bool {
        !self.unit.as_ref().is_some_and(|unit| unit.created)
    }

    /// The newest place in an account's log.
    fn newest_seq(&self, account: u64) -> Answer<u64> {
        let newest = self.one(
            "SELECT seq FROM log WHERE account = ?1 ORDER BY seq DESC LIMIT 1",
            [account as i64],
            |row| number(row, 0),
        )?;
        Ok(newest.unwrap_or_default())
    }

    fn conversation_now(&self, place: Place) -> Answer<Option<Conversation>> {
        let open = self.unit.as_ref().and_then(|unit| unit.open.get(&place));
        if let Some(open) = open {
            return Ok(Some(*open));
        }
        let no = self.one(
            "SELECT no FROM conversation WHERE kind = ?1 AND a = ?2 AND b = ?3",
            params![place.kind as u8, place.a as i64, place.b as i64],
            |row| number(row, 0),
        )?;
        let Some(no) = no else { return Ok(None) };
        let newest = self.one(
            "SELECT \"order\", time FROM message WHERE conv = ?1 ORDER BY \"order\" DESC LIMIT 1",
            [no as i64],
            |row| Ok((number(row, 0)?, number(row, 1)?)),
        )?;
        let (head, time) = newest.unwrap_or_default();
        Ok(Some(Conversation { no, head, time }))
    }
}

/// SQLite's integers are signed; the bits are ours.
fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|value| value as u64)
}

fn place(row: &Row<'_>, column: usize) -> rusqlite::Result<Place> {
    let kind = match row.get::<_, u8>(column)? {
        1 => ConvKind::C2c,
        _ => ConvKind::Group,
    };
    Ok(Place { kind, a: number(row, column + 1)?, b: number(row, column + 2)? })
}

/// Reads `"order", time, sender, platform, key, seq, counts, becomes_last, body` from a column on.
fn message(row: &Row<'_>, column: usize) -> rusqlite::Result<Message> {
    Ok(Message {
        order: number(row, column)?,
        time: number(row, column + 1)?,
        sender: number(row, column + 2)?,
        platform: row.get(column + 3)?,
        key: number(row, column + 4)?,
        seq: number(row, column + 5)?,
        counts: row.get(column + 6)?,
        becomes_last: row.get(column + 7)?,
        body: row.get(column + 8)?,
    })
}

impl Store for SqliteStore {
    async fn account(&mut self, id: &str) -> Answer<Option<u64>> {
        if let Some(account) = self.accounts.get(id) {
            return Ok(Some(*account));
        }
        let found = self.one("SELECT no FROM account WHERE id = ?1", [id], |row| number(row, 0))?;
        // A row of a unit of work that may still be taken back is not remembered.
        if let Some(account) = found
            && self.settled()
        {
            if self.accounts.len() >= REMEMBERED {
                self.accounts.clear();
                self.ids.clear();
            }
            self.accounts.insert(id.to_owned(), account);
            self.ids.insert(account, id.to_owned());
        }
        Ok(found)
    }

    async fn account_id(&mut self, account: u64) -> Answer<String> {
        if let Some(id) = self.ids.get(&account) {
            return Ok(id.clone());
        }
        let id = self.one("SELECT id FROM account WHERE no = ?1", [account as i64], |row| {
            row.get::<_, String>(0)
        })?;
        let id = id.ok_or_else(|| {
            Error::new(
                Code::DatabaseOperateFailed,
                format!("service database: no account {account}"),
            )
        })?;
        if self.settled() && self.ids.len() < REMEMBERED {
            self.ids.insert(account, id.clone());
        }
        Ok(id)
    }

    async fn create_account(&mut self, id: &str, now: u64) -> Answer<u64> {
        self.unit()?.created = true;
        self.run("INSERT INTO account (id, created) VALUES (?1, ?2)", params![id, now as i64])?;
        Ok(self.db.last_insert_rowid() as u64)
    }

    async fn delivered(&mut self, account: u64) -> Answer<u64> {
        let delivered =
            self.one("SELECT delivered FROM account WHERE no = ?1", [account as i64], |row| {
                number(row, 0)
            })?;
        Ok(delivered.unwrap_or_default())
    }

    async fn set_delivered(&mut self, account: u64, seq: u64) -> Answer<()> {
        if self.delivered(account).await? < seq {
            self.unit()?;
            self.run(
                "UPDATE account SET delivered = max(delivered, ?2) WHERE no = ?1",
                params![account as i64, seq as i64],
            )?;
        }
        Ok(())
    }

    async fn devices(&mut self, account: u64) -> Answer<Vec<Device>> {
        self.list(
            "SELECT device, platform, session, state FROM device WHERE account = ?1",
            [account as i64],
            |row| {
                Ok(Device {
                    device: number(row, 0)?,
                    platform: row.get(1)?,
                    session: number(row, 2)?,
                    state: match row.get::<_, u8>(3)? {
                        1 => DeviceState::In,
                        2 => DeviceState::Kicked,
                        _ => DeviceState::Out,
                    },
                })
            },
        )
    }

    async fn put_device(&mut self, account: u64, device: Device) -> Answer<()> {
        self.unit()?;
        self.run(
            "INSERT INTO device (account, device, platform, session, state) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET platform = ?3, session = ?4, state = ?5",
            params![
                account as i64,
                device.device as i64,
                device.platform,
                device.session as i64,
                device.state as u8
            ],
        )?;
        Ok(())
    }

    async fn next_session(&mut self) -> Answer<u64> {
        self.unit()?;
        let session = self.one(
            "UPDATE counter SET session = session + 1 WHERE no = 1 RETURNING session",
            [],
            |row| number(row, 0),
        )?;
        session.ok_or_else(|| Error::from(Code::DatabaseOperateFailed))
    }

    async fn conversation(&mut self, place: Place) -> Answer<Option<Conversation>> {
        self.conversation_now(place)
    }

    async fn open_conversation(&mut self, place: Place) -> Answer<Conversation> {
        self.unit()?;
        let conv = match self.conversation_now(place)? {
            Some(conv) => conv,
            None => {
                self.run(
                    "INSERT INTO conversation (kind, a, b) VALUES (?1, ?2, ?3)",
                    params![place.kind as u8, place.a as i64, place.b as i64],
                )?;
                Conversation { no: self.db.last_insert_rowid() as u64, head: 0, time: 0 }
            }
        };
        let unit = self.unit()?;
        unit.open.insert(place, conv);
        unit.places.insert(conv.no, place);
        Ok(conv)
    }

    async fn append(&mut self, conv: u64, message: &Message) -> Answer<bool> {
        self.unit()?;
        let inserted = self
            .db
            .prepare_cached(
                "INSERT INTO message (conv, \"order\", time, sender, platform, key, seq, counts, becomes_last, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    conv as i64,
                    message.order as i64,
                    message.time as i64,
                    message.sender as i64,
                    message.platform,
                    message.key as i64,
                    message.seq as i64,
                    message.counts,
                    message.becomes_last,
                    message.body
                ])
            });
        match inserted {
            Ok(_) => {}
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                return Ok(false);
            }
            Err(error) => return Err(failed(error)),
        }
        let unit = self.unit()?;
        if let Some(open) = unit.places.get(&conv).and_then(|place| unit.open.get_mut(place)) {
            (open.head, open.time) = (message.order, message.time);
        }
        Ok(true)
    }

    async fn by_key(&mut self, sender: u64, key: u64) -> Answer<Option<(u64, Message)>> {
        self.one(
            "SELECT conv, \"order\", time, sender, platform, key, seq, counts, becomes_last, body
             FROM message WHERE sender = ?1 AND key = ?2",
            params![sender as i64, key as i64],
            |row| Ok((number(row, 0)?, message(row, 1)?)),
        )
    }

    async fn messages(
        &mut self,
        conv: u64,
        after: u64,
        before: u64,
        count: u32,
    ) -> Answer<Vec<Message>> {
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        self.some(
            "SELECT \"order\", time, sender, platform, key, seq, counts, becomes_last, body FROM message
             WHERE conv = ?1 AND \"order\" > ?2 AND \"order\" < ?3 ORDER BY \"order\" DESC",
            params![conv as i64, after as i64, before],
            count,
            |row| message(row, 0),
        )
    }

    async fn unread(&mut self, conv: u64, account: u64, order: u64) -> Answer<u32> {
        let count = self.one(
            "SELECT count(*) FROM message WHERE conv = ?1 AND \"order\" > ?2 AND sender <> ?3 AND counts",
            params![conv as i64, order as i64, account as i64],
            |row| row.get(0),
        )?;
        Ok(count.unwrap_or_default())
    }

    async fn order_at(&mut self, conv: u64, time: u64) -> Answer<u64> {
        // Times rise with the order, so the newest that fits is met first going down.
        let order = self.one(
            "SELECT \"order\" FROM message WHERE conv = ?1 AND time <= ?2 ORDER BY \"order\" DESC LIMIT 1",
            params![conv as i64, i64::try_from(time).unwrap_or(i64::MAX)],
            |row| number(row, 0),
        )?;
        Ok(order.unwrap_or_default())
    }

    async fn member(&mut self, account: u64, conv: u64) -> Answer<Option<Member>> {
        self.one(
            "SELECT read_order, read_time, hidden FROM member WHERE account = ?1 AND conv = ?2",
            params![account as i64, conv as i64],
            |row| {
                Ok(Member {
                    read_order: number(row, 0)?,
                    read_time: number(row, 1)?,
                    hidden: number(row, 2)?,
                })
            },
        )
    }

    async fn put_member(&mut self, account: u64, conv: u64, member: Member) -> Answer<()> {
        self.unit()?;
        self.run(
            "INSERT INTO member (account, conv, read_order, read_time, hidden) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET read_order = ?3, read_time = ?4, hidden = ?5",
            params![
                account as i64,
                conv as i64,
                member.read_order as i64,
                member.read_time as i64,
                member.hidden as i64
            ],
        )?;
        Ok(())
    }

    async fn join(&mut self, account: u64, conv: u64) -> Answer<()> {
        if self.joined.len() >= REMEMBERED {
            self.joined.clear();
        }
        if self.joined.insert((account, conv)) {
            self.unit()?;
            self.run(
                "INSERT INTO member (account, conv) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![account as i64, conv as i64],
            )?;
        }
        Ok(())
    }

    async fn conversations(
        &mut self,
        account: u64,
        count: u32,
    ) -> Answer<Vec<(Place, Conversation, Member)>> {
        self.some(
            "SELECT c.kind, c.a, c.b, c.no, n.\"order\", n.time, m.read_order, m.read_time, m.hidden
             FROM member m JOIN conversation c ON c.no = m.conv
             JOIN message n ON n.conv = c.no AND n.\"order\" = (SELECT max(\"order\") FROM message WHERE conv = c.no)
             WHERE m.account = ?1 AND n.\"order\" > m.hidden ORDER BY n.time DESC, c.no DESC",
            params![account as i64],
            count,
            |row| {
                Ok((
                    place(row, 0)?,
                    Conversation { no: number(row, 3)?, head: number(row, 4)?, time: number(row, 5)? },
                    Member { read_order: number(row, 6)?, read_time: number(row, 7)?, hidden: number(row, 8)? },
                ))
            },
        )
    }

    async fn log(&mut self, account: u64, origin: u64, entry: Entry) -> Answer<()> {
        let seq = match self.unit()?.logs.get(&account) {
            Some(newest) => newest + 1,
            None => self.newest_seq(account)? + 1,
        };
        self.unit()?.logs.insert(account, seq);
        let (kind, conv, value) = match entry {
            Entry::Message { conv, order } => (1, conv, order),
            Entry::Receipt { conv, time } => (2, conv, time),
            Entry::Read { conv, order } => (3, conv, order),
        };
        self.run(
            "INSERT INTO log (account, seq, origin, kind, conv, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![account as i64, seq as i64, origin as i64, kind, conv as i64, value as i64],
        )?;
        Ok(())
    }

    async fn log_head(&mut self, account: u64) -> Answer<u64> {
        self.newest_seq(account)
    }

    async fn entries(
        &mut self,
        account: u64,
        after: u64,
        upto: u64,
        session: u64,
        count: u32,
    ) -> Answer<Vec<Logged>> {
        self.some(
            "SELECT l.seq, l.kind, l.conv, l.value, c.kind, c.a, c.b,
                    m.\"order\", m.time, m.sender, m.platform, m.key, m.seq, m.counts, m.becomes_last, m.body, l.origin
             FROM log l JOIN conversation c ON c.no = l.conv
             LEFT JOIN message m ON l.kind = 1 AND m.conv = l.conv AND m.\"order\" = l.value
             WHERE l.account = ?1 AND l.seq > ?2 AND l.seq <= ?3 AND l.origin <> ?4
             ORDER BY l.seq",
            params![account as i64, after as i64, upto as i64, session as i64],
            count,
            |row| {
                let (conv, value) = (number(row, 2)?, number(row, 3)?);
                let entry = match row.get::<_, u8>(1)? {
                    2 => Entry::Receipt { conv, time: value },
                    3 => Entry::Read { conv, order: value },
                    _ => Entry::Message { conv, order: value },
                };
                let found = row.get::<_, Option<i64>>(7)?.is_some();
                Ok(Logged {
                    seq: number(row, 0)?,
                    entry,
                    place: place(row, 4)?,
                    origin: number(row, 16)?,
                    message: if found { Some(message(row, 7)?) } else { None },
                })
            },
        )
    }
}
