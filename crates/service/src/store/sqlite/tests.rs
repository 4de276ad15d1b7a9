//! The file: migrations, other versions, several writers.

use super::*;

fn version(dir: &Path) -> u32 {
    let db = Connection::open(dir.join("service.db")).unwrap();
    db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}
