//! What the operator has set for an app, for all servers that share its database. What it means is the servers' business.

use deadpool_postgres::{Object, Pool};
use imsdk_types::Error;
use tokio::time::timeout;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::error::{damaged, failed, unreachable};
use crate::{ANSWER, Postgres};

impl Postgres {
    /// What is set; `None` if nobody has set anything.
    ///
    /// # Errors
    /// 6019: the database is out of reach.
    pub async fn settings(&self) -> Result<Option<String>, Error> {
        let rows = ask(&self.shared.pool, "SELECT text FROM settings WHERE no = 1", &[]).await?;
        Ok(rows.first().map(|row| row.get(0)))
    }

    /// Sets it, if it still is what it was known as; false if another server was faster, and nothing has changed.
    ///
    /// # Errors
    /// 6019: the database is out of reach. Whether it was set is not known then.
    pub async fn set_settings(&self, known: Option<&str>, text: &str) -> Result<bool, Error> {
        let rows = match known {
            Some(known) => {
                let sql = "UPDATE settings SET text = $1 WHERE no = 1 AND text = $2 RETURNING no";
                ask(&self.shared.pool, sql, &[&text, &known]).await?
            }
            None => {
                let sql = "INSERT INTO settings (no, text) VALUES (1, $1) ON CONFLICT DO NOTHING RETURNING no";
                ask(&self.shared.pool, sql, &[&text]).await?
            }
        };
        Ok(!rows.is_empty())
    }
}

/// Asks on a connection of its own, outside of units of work.
pub(crate) async fn ask(
    pool: &Pool,
    sql: &str,
    values: &[&(dyn ToSql + Sync)],
) -> Result<Vec<Row>, Error> {
    let client = pool.get().await.map_err(|error| unreachable(&error))?;
    let asked = async { client.query(&client.prepare_cached(sql).await?, values).await };
    let answer = timeout(ANSWER, asked).await;
    answer.map_or_else(
        |_| {
            // In an unknown state: it does not go back to the others.
            drop(Object::take(client));
            Err(damaged("it does not answer"))
        },
        |answer| answer.map_err(failed),
    )
}
