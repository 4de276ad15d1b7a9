//! The schema of an app, step by step.

use imsdk_types::Error;
use tokio_postgres::Client;

use crate::error::{damaged, failed};

/// Step n brings a schema of version n to version n + 1.
pub(crate) const STEPS: &[&str] = &[
    include_str!("migrations/001_base.sql"),
    include_str!("migrations/002_settings.sql"),
    include_str!("migrations/003_file_bytes.sql"),
    include_str!("migrations/004_stay.sql"),
];

/// Brings the schema to the newest version, each step in a transaction with its number. Servers that start at once wait for each
/// other. A schema that a newer version made is refused and left alone, and so is a database that cannot hold every text.
pub(crate) async fn run(client: &mut Client, schema: &str) -> Result<(), Error> {
    let row = client.query_one("SHOW server_encoding", &[]).await.map_err(failed)?;
    let encoding: &str = row.get(0);
    if encoding != "UTF8" {
        return Err(damaged(format!("its encoding is {encoding}, and has to be UTF8")));
    }
    loop {
        let step = client.transaction().await.map_err(failed)?;
        // A step takes as long as it takes, and so does the wait for another server that does it.
        step.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
            .await
            .map_err(failed)?;
        // Held to the end of the transaction; whoever waited sees what the other one has done.
        step.execute("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", &[&schema])
            .await
            .map_err(failed)?;
        // The name is made of a number, see `Postgres::connect`. A schema that the database's owner has made and given away needs no right
        // to make one, which even `IF NOT EXISTS` asks for.
        let sql = "SELECT to_regnamespace($1::text) IS NOT NULL";
        let is_there: bool = step.query_one(sql, &[&schema]).await.map_err(failed)?.get(0);
        if !is_there {
            step.batch_execute(&format!("CREATE SCHEMA {schema}")).await.map_err(failed)?;
        }
        step.batch_execute(&format!(
            "CREATE TABLE IF NOT EXISTS {schema}.migration (
                 version integer PRIMARY KEY, done timestamptz NOT NULL DEFAULT now())"
        ))
        .await
        .map_err(failed)?;
        let row = step
            .query_one("SELECT coalesce(max(version), 0) FROM migration", &[])
            .await
            .map_err(failed)?;
        let version = row.get::<_, i32>(0) as usize;
        if version > STEPS.len() {
            return Err(damaged(format!(
                "{schema} was made by a newer version of this server (schema {version}, known are {})",
                STEPS.len()
            )));
        }
        let Some(next) = STEPS.get(version) else { return step.commit().await.map_err(failed) };
        step.batch_execute(next).await.map_err(failed)?;
        let done = version as i32 + 1;
        step.execute("INSERT INTO migration (version) VALUES ($1)", &[&done])
            .await
            .map_err(failed)?;
        step.commit().await.map_err(failed)?;
        tracing::info!(schema, version = done, "schema migrated");
    }
}
