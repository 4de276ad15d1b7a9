//! The schema of the service database, step by step.

use imsdk_types::{Code, Error};
use rusqlite::Connection;

use super::failed;

/// Step n brings a database of version n to version n + 1.
pub(super) const STEPS: &[&str] = &[
    include_str!("migrations/001_base.sql"),
    include_str!("migrations/002_notice.sql"),
    include_str!("migrations/003_friendship.sql"),
    include_str!("migrations/004_deleted.sql"),
    include_str!("migrations/005_group.sql"),
    include_str!("migrations/006_retention.sql"),
    include_str!("migrations/007_service.sql"),
    include_str!("migrations/008_server.sql"),
    include_str!("migrations/009_file_bytes.sql"),
    include_str!("migrations/010_stay.sql"),
];

/// Refuses a database that a newer version made.
pub(super) fn check(db: &Connection) -> Result<u32, Error> {
    let version: u32 =
        db.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(failed)?;
    if version as usize > STEPS.len() {
        return Err(Error::new(
            Code::DatabaseOperateFailed,
            format!(
                "service database: made by a newer version of this library (schema {version}, known are {})",
                STEPS.len()
            ),
        ));
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
