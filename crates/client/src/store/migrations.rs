//! The schema of the local store, step by step.

use imsdk_types::{Code, Error};
use rusqlite::Connection;

use super::failed;

/// Step n brings a database of version n to version n + 1.
pub(super) const STEPS: &[&str] = &[
    include_str!("migrations/001_base.sql"),
    include_str!("migrations/002_unsent.sql"),
    include_str!("migrations/003_user.sql"),
    include_str!("migrations/004_draft.sql"),
    include_str!("migrations/005_group.sql"),
    include_str!("migrations/006_mention.sql"),
    include_str!("migrations/007_former_group.sql"),
    include_str!("migrations/008_peer_read.sql"),
    include_str!("migrations/009_told_mention.sql"),
    include_str!("migrations/010_uncounted.sql"),
];

/// Refuses a database that a newer version made.
pub(super) fn check(db: &Connection) -> Result<u32, Error> {
    let version: u32 =
        db.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    if version as usize > STEPS.len() {
        let text = format!(
            "local database: made by a newer version of this library (schema {version}, known are {})",
            STEPS.len()
        );
        return Err(Error::new(Code::DatabaseOperateFailed, text));
    }
    Ok(version)
}

/// Brings a database to the newest version.
pub(super) fn run(db: &mut Connection) -> Result<(), Error> {
    for version in check(db)?..STEPS.len() as u32 {
        let step = db.transaction().map_err(failed)?;
        step.execute_batch(STEPS[version as usize]).map_err(failed)?;
        step.pragma_update(None, "user_version", version + 1).map_err(failed)?;
        step.commit().map_err(failed)?;
    }
    Ok(())
}
