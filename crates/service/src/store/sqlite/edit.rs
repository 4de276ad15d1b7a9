//! Withdrawn and deleted messages in SQLite.

use super::*;

impl EditStore for SqliteStore {
    async fn revoke(&mut self, conv: u64, order: u64, body: &str) -> Answer<()> {
        self.unit()?;
        self.run(
            "UPDATE message SET revoked = 1, body = ?3 WHERE conv = ?1 AND \"order\" = ?2",
            params![conv as i64, order as i64, body],
        )
        .map(drop)
    }

    async fn delete(&mut self, account: u64, conv: u64, order: u64) -> Answer<()> {
        self.unit()?;
        self.run(
            "INSERT INTO deleted (account, conv, \"order\") VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            params![account as i64, conv as i64, order as i64],
        )
        .map(drop)
    }

    async fn deleted(&mut self, account: u64, conv: u64, orders: &[u64]) -> Answer<Vec<u64>> {
        let (Some(first), Some(last)) = (orders.iter().min(), orders.iter().max()) else {
            return Ok(Vec::new());
        };
        let mut deleted: Vec<u64> = self.list(
            "SELECT \"order\" FROM deleted WHERE account = ?1 AND conv = ?2 AND \"order\" BETWEEN ?3 AND ?4
             ORDER BY \"order\"",
            params![account as i64, conv as i64, *first as i64, *last as i64],
            |row| number(row, 0),
        )?;
        deleted.retain(|order| orders.contains(order));
        Ok(deleted)
    }
}
