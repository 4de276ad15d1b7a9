//! Profiles.

use imsdk_service::store::{Answer, ProfileStore};

use crate::PostgresStore;
use crate::row::{params, read_text, text};

impl ProfileStore for PostgresStore {
    async fn profile(&mut self, account: u64) -> Answer<Option<String>> {
        let row = self
            .one("SELECT body FROM profile WHERE account = $1", params![account as i64])
            .await?;
        Ok(row.map(|row| read_text(&row, 0)))
    }

    async fn put_profile(&mut self, account: u64, body: &str) -> Answer<()> {
        self.write(
            "INSERT INTO profile (account, body) VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET body = $2",
            params![account as i64, text(body)],
        )
        .await
    }
}
