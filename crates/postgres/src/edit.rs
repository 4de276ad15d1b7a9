//! Withdrawn and deleted messages.

use imsdk_service::store::{Answer, EditStore};

use crate::PostgresStore;
use crate::row::{bound, number, params, text};

impl EditStore for PostgresStore {
    async fn revoke(&mut self, conv: u64, order: u64, body: &str) -> Answer<()> {
        self.write(
            "UPDATE message SET revoked = true, body = $3 WHERE conv = $1 AND \"order\" = $2",
            params![conv as i64, order as i64, text(body)],
        )
        .await
    }

    async fn delete(&mut self, account: u64, conv: u64, order: u64) -> Answer<()> {
        self.write(
            "INSERT INTO deleted (account, conv, \"order\") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            params![account as i64, conv as i64, order as i64],
        )
        .await
    }

    async fn deleted(&mut self, account: u64, conv: u64, from: u64, to: u64) -> Answer<Vec<u64>> {
        if let Some(orders) = self.known().and_then(|known| known.deleted.get(&(account, conv))) {
            let within = |order: &u64| (from..=to).contains(order);
            return Ok(orders.iter().copied().filter(within).collect());
        }
        let rows = self
            .list(
                "SELECT \"order\" FROM deleted WHERE account = $1 AND conv = $2 AND \"order\" BETWEEN $3 AND $4
                 ORDER BY \"order\"",
                params![account as i64, conv as i64, from as i64, bound(to)],
            )
            .await?;
        Ok(rows.iter().map(|row| number(row, 0)).collect())
    }
}
