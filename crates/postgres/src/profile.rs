//! Profiles.

use std::collections::HashMap;

use imsdk_service::store::{Answer, ProfileStore};

use crate::PostgresStore;
use crate::row::{number, numbers, params, read_text, text};

impl ProfileStore for PostgresStore {
    async fn profile(&mut self, account: u64) -> Answer<Option<String>> {
        let row = self
            .one("SELECT body FROM profile WHERE account = $1", params![account as i64])
            .await?;
        Ok(row.map(|row| read_text(&row, 0)))
    }

    async fn profiles(&mut self, accounts: &[u64]) -> Answer<Vec<Option<String>>> {
        let sql = "SELECT account, body FROM profile WHERE account = ANY($1)";
        let rows = self.list(sql, params![numbers(accounts.iter().copied())]).await?;
        let found: HashMap<u64, String> =
            rows.iter().map(|row| (number(row, 0), read_text(row, 1))).collect();
        Ok(accounts.iter().map(|account| found.get(account).cloned()).collect())
    }

    async fn put_profile(&mut self, account: u64, body: &str) -> Answer<()> {
        self.write(
            "INSERT INTO profile (account, body) VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET body = $2",
            params![account as i64, text(body)],
        )
        .await
    }
}
