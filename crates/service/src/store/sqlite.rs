//! The store of the embedded service: one SQLite file that several processes write to.
//!
//! Writers queue at a kernel file lock before they ask SQLite for its own: they wake in turn, nobody sleeps and tries again,
//! and a process that dies gives its place up. Reading needs no lock (WAL). The unit of work takes the lock
//! with its first write.

mod account;
mod edit;
mod friendship;
mod group;
mod log;
mod message;
mod migrations;
mod profile;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::Path;

use imsdk_types::wire::ConvKind;
use imsdk_types::{Code, Error};
use rusqlite::{Connection, ErrorCode, MAIN_DB, OptionalExtension, Row, params};

use crate::database::number;
use crate::disk;
use crate::fork::Kept;
use migrations::DATABASE;

use super::{
    AccountStore, Answer, Conversation, Device, DeviceState, EditStore, Entry, FriendshipStore,
    HoldStore, LogStore, Logged, Member, Mentioning, Message, MessageStore, Most, Part, Place,
    Places, ProfileStore, SYSTEM_KEY,
};

/// Numbers of accounts do not change: this many are remembered.
const REMEMBERED: usize = 10_000;

/// See the module.
pub struct SqliteStore {
    db: Connection,
    _kept: Kept,
    lock: File,
    /// The open unit of work.
    unit: Option<Unit>,
    accounts: HashMap<String, u64>,
    ids: HashMap<u64, String>,
    joined: HashSet<(u64, u64)>,
    /// See [`SqliteStore::places`].
    places: HashMap<u64, (u64, u64)>,
    /// See [`SqliteStore::has_changed`].
    version: u64,
}

/// What an open unit of work knows.
#[derive(Default)]
struct Unit {
    /// It holds the lock and may write.
    writes: bool,
    /// It made an account, which may still be taken back.
    created: bool,
    /// The newest places in the logs that were written to: before the unit, and now.
    logs: HashMap<u64, (u64, u64)>,
    /// Conversations in use, and which of them each number is.
    open: HashMap<Place, Conversation>,
    places: HashMap<u64, Place>,
}

fn failed(error: rusqlite::Error) -> Error {
    DATABASE.failed(error)
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
        disk::private_dir(dir).map_err(|error| at(dir, error))?;
        let lock_file = dir.join("service.lock");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&lock_file)
            .map_err(|error| at(&lock_file, error))?;
        let kept = Kept::from_children(&lock);
        let database = disk::database(dir, "service.db").map_err(|error| at(dir, error))?;
        lock.lock().map_err(failed_io)?;
        let opened = Self::open_locked(&database);
        disk::unlock(&lock).map_err(failed_io)?;
        let (accounts, ids, joined, places) = Default::default();
        let (db, unit, version) = (opened?, None, 0);
        Ok(Self { db, _kept: kept, lock, unit, accounts, ids, joined, places, version })
    }

    fn open_locked(path: &Path) -> Result<Connection, Error> {
        let db = DATABASE.open(path)?;
        // A file that can't be opened for writing just now is opened by SQLite for reading, for good: its own one shows it, that of the
        // log by refusing this.
        if db.is_readonly(MAIN_DB).map_err(failed)? {
            let text = "service database: it can only be read";
            return Err(Error::new(Code::DatabaseOperateFailed, text));
        }
        db.execute_batch("BEGIN IMMEDIATE; COMMIT").map_err(failed)?;
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
        self.places.clear();
        let Some(unit) = self.unit.take() else { return Ok(()) };
        let written = self.run("COMMIT", []);
        if written.is_err() {
            self.undo();
            if unit.writes {
                self.bury();
            }
        }
        self.places = unit.logs;
        if unit.writes {
            disk::unlock(&self.lock).map_err(failed_io)?;
        }
        written.map(drop)
    }

    /// Where the unit of work that was committed last wrote into logs.
    pub fn places(&self) -> Vec<Places> {
        let places = |(account, (after, upto)): (&u64, &(u64, u64))| Places {
            account: *account,
            after: *after,
            upto: *upto,
        };
        self.places.iter().map(places).collect()
    }

    /// Takes back all that was written.
    pub fn rollback(&mut self) {
        if let Some(unit) = self.unit.take() {
            self.undo();
            if unit.writes
                && let Err(error) = disk::unlock(&self.lock)
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

    /// A commit whose flush failed may lie whole in the write-ahead log: once all programs are gone it would come back, though it was
    /// refused. What is written now lies over it, and says nothing new.
    fn bury(&self) {
        let version = self.db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
        let over = version
            .and_then(|version| self.db.execute_batch(&format!("PRAGMA user_version = {version}")));
        if let Err(error) = over {
            tracing::error!("service database: {error}");
        }
    }

    /// Whether another connection has committed something since this was last asked.
    ///
    /// # Errors
    /// 6019.
    pub fn has_changed(&mut self) -> Answer<bool> {
        let version =
            self.one("PRAGMA data_version", [], |row| number(row, 0))?.unwrap_or_default();
        Ok(std::mem::replace(&mut self.version, version) != version)
    }

    fn run(&self, sql: &str, params: impl rusqlite::Params) -> Answer<usize> {
        // Some errors make SQLite end the transaction: what followed would be written for good, one statement at a time.
        if self.unit.as_ref().is_some_and(|unit| unit.writes) && self.db.is_autocommit() {
            return Err(Error::new(Code::DatabaseOperateFailed, "service database: rolled back"));
        }
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

    /// As many rows as are wanted at once; `bytes` says how long the bodies of one are.
    fn part<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        most: Most,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
        bytes: impl Fn(&T) -> usize,
    ) -> Answer<Part<T>> {
        let mut part = Part::default();
        let mut filled = 0;
        let fill = || {
            let mut statement = self.db.prepare_cached(sql)?;
            let mut rows = statement.query(params)?;
            while let Some(row) = rows.next()? {
                if part.rows.len() == most.rows as usize || filled > most.bytes as usize {
                    part.more = true;
                    break;
                }
                let next = read(row)?;
                filled += bytes(&next);
                part.rows.push(next);
            }
            Ok(())
        };
        fill().map_err(failed)?;
        Ok(part)
    }

    /// The open unit of work, which may write; begins one if there is none.
    fn unit(&mut self) -> Answer<&mut Unit> {
        if !self.unit.as_ref().is_some_and(|unit| unit.writes) {
            if self.unit.take().is_some()
                && let Err(error) = self.run("COMMIT", [])
            {
                // It has only read so far.
                self.undo();
                return Err(error);
            }
            self.lock.lock().map_err(failed_io)?;
            if let Err(error) = self.run("BEGIN IMMEDIATE", []) {
                disk::unlock(&self.lock).map_err(failed_io)?;
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
}

/// One unit of work writes at a time.
impl HoldStore for SqliteStore {}

fn place(row: &Row<'_>, column: usize) -> rusqlite::Result<Place> {
    let kind = match row.get::<_, u8>(column)? {
        1 => ConvKind::C2c,
        3 => ConvKind::System,
        _ => ConvKind::Group,
    };
    Ok(Place { kind, a: number(row, column + 1)?, b: number(row, column + 2)? })
}
