//! A SQLite file of the library's: how it is opened, and brought to the newest version.

use std::path::Path;
use std::time::Duration;

use imsdk_types::{Code, Error};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Row};

/// How long a statement waits for another process.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a file is for.
#[derive(Debug)]
pub struct Database {
    /// What errors call it.
    pub name: &'static str,
    /// Whether a commit waits for the disk (`FULL`), or may be lost with the power (`NORMAL`).
    pub synchronous: &'static str,
    /// Its schema: step n brings a file of version n to version n + 1.
    pub steps: &'static [&'static str],
}

impl Database {
    /// Opens a file, or makes it.
    ///
    /// # Errors
    /// 6019 with the reason: no access, not a database, or made by a newer version of this library (the file is left as it is).
    pub fn open(&self, path: &Path) -> Result<Connection, Error> {
        let mut db = Connection::open(path).map_err(|error| self.failed(error))?;
        db.busy_timeout(PATIENCE).map_err(|error| self.failed(error))?;
        self.version(&db)?;
        self.set_up(&db).map_err(|error| self.failed(error))?;
        for version in self.version(&db)?..self.steps.len() as u32 {
            self.step(&mut db, version).map_err(|error| self.failed(error))?;
        }
        Ok(db)
    }

    /// Refuses a file that a newer version made.
    fn version(&self, db: &Connection) -> Result<u32, Error> {
        let version = db.pragma_query_value(None, "user_version", |row| row.get(0));
        let version: u32 = version.map_err(|error| self.failed(error))?;
        let (name, known) = (self.name, self.steps.len());
        if version as usize > known {
            let text = format!(
                "{name}: made by a newer version of this library (schema {version}, known are {known})"
            );
            return Err(Error::new(Code::DatabaseOperateFailed, text));
        }
        Ok(version)
    }

    fn set_up(&self, db: &Connection) -> rusqlite::Result<()> {
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", self.synchronous)?;
        db.pragma_update(None, "cache_size", -1024)?;
        db.pragma_update(None, "temp_store", "MEMORY")?;
        db.pragma_update(None, "journal_size_limit", 16 << 20)?;
        // Plans do not depend on bound values, or statements would be prepared again with each of them.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(())
    }

    fn step(&self, db: &mut Connection, version: u32) -> rusqlite::Result<()> {
        let step = db.transaction()?;
        step.execute_batch(self.steps[version as usize])?;
        step.pragma_update(None, "user_version", version + 1)?;
        step.commit()
    }

    /// A failure of the file, as it is told.
    pub fn failed(&self, error: rusqlite::Error) -> Error {
        Error::new(Code::DatabaseOperateFailed, format!("{}: {error}", self.name))
    }
}

/// SQLite's integers are signed; the bits are ours.
///
/// # Errors
/// The column is not there, or no integer.
pub fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|value| value as u64)
}
