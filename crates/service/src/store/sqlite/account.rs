//! Accounts, devices and sessions in SQLite.

use super::*;

/// As it can be counted with.
fn signed(bytes: u64) -> i64 {
    bytes.try_into().unwrap_or(i64::MAX)
}

impl AccountStore for SqliteStore {
    async fn account(&mut self, id: &str) -> Answer<Option<u64>> {
        if let Some(account) = self.accounts.get(id) {
            return Ok(Some(*account));
        }
        let found = self.one("SELECT no FROM account WHERE id = ?1", [id], |row| number(row, 0))?;
        // A row of a unit of work that may still be taken back is not remembered.
        if let Some(account) = found
            && self.settled()
        {
            if self.accounts.len() >= REMEMBERED {
                self.accounts.clear();
                self.ids.clear();
            }
            self.accounts.insert(id.to_owned(), account);
            self.ids.insert(account, id.to_owned());
        }
        Ok(found)
    }

    async fn account_id(&mut self, account: u64) -> Answer<String> {
        if let Some(id) = self.ids.get(&account) {
            return Ok(id.clone());
        }
        let id = self.one("SELECT id FROM account WHERE no = ?1", [account as i64], |row| {
            row.get::<_, String>(0)
        })?;
        let id = id.ok_or_else(|| {
            Error::new(
                Code::DatabaseOperateFailed,
                format!("service database: no account {account}"),
            )
        })?;
        if self.settled() && self.ids.len() < REMEMBERED {
            self.ids.insert(account, id.clone());
        }
        Ok(id)
    }

    async fn create_account(&mut self, id: &str, now: u64) -> Answer<u64> {
        self.unit()?.created = true;
        self.run("INSERT INTO account (id, created) VALUES (?1, ?2)", params![id, now as i64])?;
        Ok(self.db.last_insert_rowid() as u64)
    }

    async fn delivered(&mut self, account: u64) -> Answer<u64> {
        let delivered =
            self.one("SELECT delivered FROM account WHERE no = ?1", [account as i64], |row| {
                number(row, 0)
            })?;
        Ok(delivered.unwrap_or_default())
    }

    async fn set_delivered(&mut self, account: u64, seq: u64) -> Answer<()> {
        if self.delivered(account).await? < seq {
            self.unit()?;
            self.run(
                "UPDATE account SET delivered = max(delivered, ?2) WHERE no = ?1",
                params![account as i64, seq as i64],
            )?;
        }
        Ok(())
    }

    async fn devices(&mut self, account: u64) -> Answer<Vec<Device>> {
        self.list(
            "SELECT device, platform, session, state, cursor, seen FROM device WHERE account = ?1",
            [account as i64],
            |row| {
                Ok(Device {
                    device: number(row, 0)?,
                    platform: row.get(1)?,
                    session: number(row, 2)?,
                    state: match row.get::<_, u8>(3)? {
                        1 => DeviceState::In,
                        2 => DeviceState::Kicked,
                        _ => DeviceState::Out,
                    },
                    cursor: number(row, 4)?,
                    seen: number(row, 5)?,
                })
            },
        )
    }

    async fn put_device(&mut self, account: u64, device: Device) -> Answer<()> {
        self.unit()?;
        self.run(
            "INSERT INTO device (account, device, platform, session, state, cursor, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET platform = ?3, session = ?4, state = ?5, cursor = ?6, seen = ?7",
            params![
                account as i64,
                device.device as i64,
                device.platform,
                device.session as i64,
                device.state as u8,
                device.cursor as i64,
                device.seen as i64
            ],
        )?;
        Ok(())
    }

    async fn remove_device(&mut self, account: u64, device: u64) -> Answer<()> {
        self.unit()?;
        self.run(
            "DELETE FROM device WHERE account = ?1 AND device = ?2",
            [account as i64, device as i64],
        )
        .map(drop)
    }

    async fn is_shut_out(&mut self, account: u64) -> Answer<bool> {
        let found =
            self.one("SELECT shut_out FROM account WHERE no = ?1", [account as i64], |row| {
                row.get(0)
            })?;
        Ok(found.unwrap_or_default())
    }

    async fn set_shut_out(&mut self, account: u64, shut_out: bool) -> Answer<()> {
        self.unit()?;
        self.run(
            "UPDATE account SET shut_out = ?2 WHERE no = ?1",
            params![account as i64, shut_out],
        )
        .map(drop)
    }

    async fn file_bytes(&mut self, account: u64) -> Answer<u64> {
        let sql = "SELECT file_bytes FROM account WHERE no = ?1";
        Ok(self.one(sql, [account as i64], |row| number(row, 0))?.unwrap_or_default())
    }

    async fn add_file_bytes(&mut self, account: u64, bytes: u64, most: u64) -> Answer<bool> {
        self.unit()?;
        let sql = "UPDATE account SET file_bytes = file_bytes + ?2 WHERE no = ?1 AND file_bytes <= ?3 - ?2";
        let added = self.run(sql, params![account as i64, signed(bytes), signed(most)])?;
        Ok(added == 1)
    }

    async fn remove_file_bytes(&mut self, account: u64, bytes: u64) -> Answer<()> {
        self.unit()?;
        let sql = "UPDATE account SET file_bytes = max(file_bytes - ?2, 0) WHERE no = ?1";
        self.run(sql, params![account as i64, signed(bytes)]).map(drop)
    }

    async fn service_id(&mut self) -> Answer<u64> {
        let id = self.one("SELECT service FROM counter WHERE no = 1", [], |row| number(row, 0))?;
        id.ok_or_else(|| Error::from(Code::DatabaseOperateFailed))
    }

    async fn next_session(&mut self) -> Answer<u64> {
        self.unit()?;
        let session = self.one(
            "UPDATE counter SET session = session + 1 WHERE no = 1 RETURNING session",
            [],
            |row| number(row, 0),
        )?;
        session.ok_or_else(|| Error::from(Code::DatabaseOperateFailed))
    }
}
