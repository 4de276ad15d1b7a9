//! Which apps a database has: those for which something is set. There is no list of them that could say anything else.

use std::collections::{BTreeMap, BTreeSet};

use deadpool_postgres::Pool;
use imsdk_types::Error;

use crate::settings::ask;
use crate::{LIMITS, pool};

/// Schemas of apps that have come as far as settings, and may be read. Others are somebody else's, or of a server that has just begun.
const SCHEMAS: &str = "SELECT substr(nspname::text, 5) FROM pg_namespace AS schema JOIN pg_class AS relation ON relnamespace = schema.oid
    WHERE nspname ~ '^app_[1-9][0-9]*$' AND relname = 'settings' AND relkind = 'r'
        AND (SELECT count(*) FROM pg_attribute WHERE attrelid = relation.oid AND NOT attisdropped
             AND (attname = 'no' AND atttypid = 'integer'::regtype OR attname = 'text' AND atttypid = 'text'::regtype)) = 2
        AND has_schema_privilege(schema.oid, 'USAGE') AND has_table_privilege(relation.oid, 'SELECT')";

/// The apps of a database. It keeps one connection.
pub struct Apps {
    pool: Pool,
}

impl Apps {
    /// Those of the database at a URL, which is one of [`crate::Postgres::connect`]. Nothing is asked yet.
    ///
    /// # Errors
    /// 6017 as there.
    pub fn new(url: &str) -> Result<Self, Error> {
        Ok(Self { pool: pool(url, LIMITS, 1)? })
    }

    /// What is set for each of them, but for those that are `known`.
    ///
    /// # Errors
    /// 6019: the database is out of reach, or an app was removed from it at this moment.
    pub async fn settings(&self, known: &BTreeSet<u64>) -> Result<BTreeMap<u64, String>, Error> {
        let rows = ask(&self.pool, SCHEMAS, &[]).await?;
        let apps = rows.iter().filter_map(|row| row.get::<_, &str>(0).parse::<u64>().ok());
        let set: Vec<String> = apps
            .filter(|app| !known.contains(app))
            .map(|app| format!("SELECT '{app}', text FROM app_{app}.settings WHERE no = 1"))
            .collect();
        if set.is_empty() {
            return Ok(BTreeMap::new());
        }
        let rows = ask(&self.pool, &set.join(" UNION ALL "), &[]).await?;
        Ok(rows
            .iter()
            .filter_map(|row| Some((row.get::<_, &str>(0).parse().ok()?, row.get(1))))
            .collect())
    }
}
