//! Withdrawn and deleted messages.

use imsdk_service::store::{Answer, EditStore};

use crate::PostgresStore;
use crate::row::{number, numbers, params, text};

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

    async fn deleted(&mut self, account: u64, conv: u64, orders: &[u64]) -> Answer<Vec<u64>> {
        if let Some(known) = self.known() {
            let looked = |order: &u64| known.deleted.get(&(account, conv, *order)).copied();
            let all: Option<Vec<(u64, bool)>> =
                orders.iter().map(|order| Some((*order, looked(order)?))).collect();
            if let Some(all) = all {
                let deleted = all.into_iter().filter(|(_, deleted)| *deleted);
                let mut deleted: Vec<u64> = deleted.map(|(order, _)| order).collect();
                deleted.sort_unstable();
                return Ok(deleted);
            }
        }
        let rows = self
            .list(
                "SELECT \"order\" FROM deleted WHERE account = $1 AND conv = $2 AND \"order\" = ANY($3)
                 ORDER BY \"order\"",
                params![account as i64, conv as i64, numbers(orders.iter().copied())],
            )
            .await?;
        Ok(rows.iter().map(|row| number(row, 0)).collect())
    }
}
