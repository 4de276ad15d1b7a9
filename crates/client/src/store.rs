//! The local store: one SQLite file for one user on one device.
//!
//! It is a cache with a memory of its own: what came from the service comes again if the file's tail is lost (the cursor is lost
//! with it), so it is written with `synchronous=NORMAL`. Only the core thread uses it.

mod conversation;
mod draft;
mod edit;
mod group;
mod mention;
mod message;
mod migrations;
#[cfg(test)]
mod tests;
mod user;

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

use imsdk_service::database::number;
use imsdk_service::disk;
use imsdk_types::wire::Conv;
use imsdk_types::{Code, Error};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::file::ShownUrl;

pub(crate) use conversation::ConvRow;
pub(crate) use group::GroupRow;
pub(crate) use message::{MessageRow, Span, is_unsent, order_of, place};
use migrations::DATABASE;
use user::Users;
pub(crate) use user::{Known, NAMED, unknown};

/// Sessions remembered. More than ever end in a crash in a row.
const SESSIONS: usize = 32;

/// So many rows get their room at once: a page does not grow by being copied.
const PAGE: u32 = 100;

/// See the module.
pub(crate) struct LocalStore {
    db: Connection,
    writing: bool,
    /// This device's number.
    pub(crate) device: u64,
    /// The newest `touched` of any conversation.
    touched: u64,
    cursor: Option<u64>,
    /// Where it stood after the last commit.
    kept: Option<u64>,
    /// Where the cursor began, until this new device has got its conversations: then it is written.
    filling: Option<u64>,
    /// See [`LocalStore::begin_again`].
    restarting: bool,
    /// Own sessions, this one last.
    sessions: Vec<u64>,
    /// Conversations of this unit of work: read once, written back once.
    open: HashMap<Conv, Open>,
    /// Users that were looked up.
    users: RefCell<Users>,
    /// All drafts, by the number of their conversation: few, and asked for with every conversation that is shown.
    drafts: HashMap<u64, String>,
    /// What those that this unit of work has changed were before it.
    drafts_before: HashMap<u64, Option<String>>,
    /// The service may have told of mentions in messages that are not here.
    told_of_mentions: bool,
    /// What programs see in place of the addresses of files.
    pub(crate) shown_url: Option<ShownUrl>,
}

/// A conversation in use.
struct Open {
    row: ConvRow,
    touched: Option<u64>,
    changed: bool,
}

fn failed(error: rusqlite::Error) -> Error {
    DATABASE.failed(error)
}

/// The device's number, and where it stands in the account's log.
fn read_device(db: &Connection) -> Result<(u64, Option<u64>), Error> {
    db.query_row("SELECT id, cursor FROM device WHERE no = 1", [], |row| {
        Ok((number(row, 0)?, row.get::<_, Option<i64>>(1)?.map(|cursor| cursor as u64)))
    })
    .map_err(failed)
}

impl LocalStore {
    /// Opens `im.db` in a directory, which is made if it is missing. `fresh` is the device's number if it has none yet.
    ///
    /// # Errors
    /// 6019 with the reason.
    pub(crate) fn open(dir: &Path, fresh: u64) -> Result<Self, Error> {
        let path = disk::private_dir(dir).and_then(|()| disk::database(dir, "im.db"));
        let path = path.map_err(|error| {
            Error::new(Code::DatabaseOperateFailed, format!("{}: {error}", dir.display()))
        })?;
        let db = DATABASE.open(&path)?;
        db.execute(
            "INSERT INTO device (no, id) VALUES (1, ?1) ON CONFLICT DO NOTHING",
            [fresh as i64],
        )
        .map_err(failed)?;
        let (device, cursor) = read_device(&db)?;
        let sessions = db
            .prepare("SELECT no FROM session ORDER BY no")
            .and_then(|mut s| s.query_map([], |row| number(row, 0))?.collect())
            .map_err(failed)?;
        let touched = db
            .query_row("SELECT coalesce(max(touched), 0) FROM conversation", [], |row| {
                number(row, 0)
            })
            .map_err(failed)?;
        let mut store = Self {
            db,
            writing: false,
            device,
            touched,
            cursor,
            kept: cursor,
            filling: None,
            restarting: false,
            sessions,
            open: HashMap::new(),
            users: RefCell::default(),
            drafts: HashMap::new(),
            drafts_before: HashMap::new(),
            told_of_mentions: false,
            shown_url: None,
        };
        store.load_drafts()?;
        store.look_for_mentions()?;
        Ok(store)
    }

    /// Where this device stands in the account's log.
    pub(crate) fn cursor(&self) -> Option<u64> {
        self.cursor
    }

    /// Moves the cursor.
    pub(crate) fn set_cursor(&mut self, cursor: u64) -> Result<(), Error> {
        if self.cursor != Some(cursor) {
            if self.filling.is_none() {
                self.write_cursor(cursor)?;
            }
            self.cursor = Some(cursor);
        }
        Ok(())
    }

    fn write_cursor(&mut self, cursor: u64) -> Result<(), Error> {
        self.write()?;
        self.run("UPDATE device SET cursor = ?1 WHERE no = 1", [cursor as i64]).map(drop)
    }

    /// A new device begins to take in what its account has. It stays new, also to the next process, until this is done.
    pub(crate) fn begin_filling(&mut self, cursor: u64) {
        self.filling = Some(cursor);
        self.cursor = Some(cursor);
    }

    /// A device that was away for too long takes in what its account has as a new one does. Of what only it has, nothing goes; what the
    /// log would have kept right is asked for again. The stored cursor stays, so that this is done again if it does not come to its end.
    pub(crate) fn begin_again(&mut self, cursor: u64) -> Result<(), Error> {
        self.begin_filling(cursor);
        self.restarting = true;
        self.write()?;
        self.users.borrow_mut().clear();
        // If the service went back to an earlier state, it gives their numbers again.
        let newest = self.sessions.pop();
        self.sessions = newest.into_iter().collect();
        self.run("DELETE FROM session WHERE no <> ?1", [newest.unwrap_or_default() as i64])?;
        self.run("DELETE FROM user", [])?;
        self.run("UPDATE known_group SET joined = 0", []).map(drop)
    }

    /// What is left here of conversations reaches up to what comes.
    pub(crate) fn gaps_closed(&mut self) {
        self.restarting = false;
    }

    /// Whether it is such a device, and may lack something between what it has and what comes.
    pub(crate) fn is_restarting(&self) -> bool {
        self.restarting
    }

    /// Whether this device is still new.
    pub(crate) fn is_filling(&self) -> bool {
        self.filling.is_some()
    }

    /// The device has taken in what its account has.
    pub(crate) fn filled(&mut self) -> Result<(), Error> {
        if let (Some(_), Some(cursor)) = (self.filling, self.cursor) {
            self.write_cursor(cursor)?;
            self.filling = None;
        }
        Ok(())
    }

    /// Remembers a session as this device's own.
    pub(crate) fn add_session(&mut self, session: u64) -> Result<(), Error> {
        self.write()?;
        self.run("INSERT INTO session (no) VALUES (?1) ON CONFLICT DO NOTHING", [session as i64])?;
        self.sessions.push(session);
        if self.sessions.len() > SESSIONS {
            let oldest = self.sessions.remove(0);
            self.run("DELETE FROM session WHERE no <= ?1", [oldest as i64])?;
        }
        Ok(())
    }

    /// The newest of this device's sessions.
    pub(crate) fn newest_session(&self) -> Option<u64> {
        self.sessions.last().copied()
    }

    /// Whether a session was one of this device.
    pub(crate) fn is_own_session(&self, session: u64) -> bool {
        self.sessions.contains(&session)
    }

    /// Whether something waits for a commit.
    pub(crate) fn is_writing(&self) -> bool {
        self.writing
    }

    /// Makes what was written since the last commit visible together.
    pub(crate) fn commit(&mut self) -> Result<(), Error> {
        let written = self.write_back();
        self.open.clear();
        if std::mem::take(&mut self.writing) {
            let committed = written.and_then(|()| {
                self.db.prepare_cached("COMMIT").and_then(|mut s| s.execute([])).map_err(failed)
            });
            if committed.is_err() {
                self.undo();
            }
            committed.map(drop)?;
            self.drafts_before.clear();
            if self.filling.is_none() {
                self.kept = self.cursor;
            }
        }
        Ok(())
    }

    /// Takes back what was written since the last commit.
    pub(crate) fn rollback(&mut self) {
        self.open.clear();
        if std::mem::take(&mut self.writing) {
            self.undo();
        }
    }

    fn undo(&mut self) {
        self.users.get_mut().clear();
        if !self.db.is_autocommit()
            && let Err(error) = self.db.execute_batch("ROLLBACK")
        {
            tracing::error!("local database: {error}");
        }
        // The cursor goes back with what it pointed past. Where that can't be read it is not taken for less: the log may not go back so
        // far any more.
        let stored = read_device(&self.db).map_or(self.kept, |(_, cursor)| cursor);
        self.restarting = self.filling.is_some() && stored.is_some();
        self.cursor = stored.or(self.filling);
        self.undo_drafts();
    }

    /// Reads several things of one moment, which costs the locks of one statement instead of those of each. `read` must not write.
    pub(crate) fn at_once<T>(
        &self,
        read: impl FnOnce(&Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // Within a transaction that is so already.
        if self.writing || !self.db.is_autocommit() {
            return read(self);
        }
        self.run("BEGIN", [])?;
        let answer = read(self);
        let ended = self.run("COMMIT", []);
        if ended.is_err() && !self.db.is_autocommit() {
            self.db.execute_batch("ROLLBACK").map_err(failed)?;
        }
        answer.and_then(|answer| ended.map(|_| answer))
    }

    fn write(&mut self) -> Result<(), Error> {
        if !self.writing {
            self.run("BEGIN IMMEDIATE", [])?;
            self.writing = true;
        }
        Ok(())
    }

    fn run(&self, sql: &str, params: impl rusqlite::Params) -> Result<usize, Error> {
        // Some errors make SQLite end the transaction: what followed would stay without what went before.
        if self.writing && self.db.is_autocommit() {
            return Err(Error::new(Code::DatabaseOperateFailed, "local database: rolled back"));
        }
        self.db.prepare_cached(sql).and_then(|mut s| s.execute(params)).map_err(failed)
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
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
    ) -> Result<Vec<T>, Error> {
        self.some(sql, params, u32::MAX, read)
    }

    /// The first `count` rows. Not with a bound LIMIT: SQLite would prepare the statement anew with every call.
    fn some<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        count: u32,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut found = Vec::with_capacity(count.min(PAGE) as usize);
        let read_all = || {
            let mut statement = self.db.prepare_cached(sql)?;
            for row in statement.query_map(params, read)?.take(count as usize) {
                found.push(row?);
            }
            Ok(())
        };
        read_all().map(|()| found).map_err(failed)
    }
}
