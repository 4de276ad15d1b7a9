//! Profiles in SQLite.

use super::*;

impl ProfileStore for SqliteStore {
    async fn profile(&mut self, account: u64) -> Answer<Option<String>> {
        self.one("SELECT body FROM profile WHERE account = ?1", [account as i64], |row| row.get(0))
    }

    async fn put_profile(&mut self, account: u64, body: &str) -> Answer<()> {
        self.unit()?;
        self.run(
            "INSERT INTO profile (account, body) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET body = ?2",
            params![account as i64, body],
        )?;
        Ok(())
    }
}
