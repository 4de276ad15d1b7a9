//! Accounts, devices and sessions.

use std::collections::{BTreeSet, HashMap};

use imsdk_service::store::{AccountStore, Answer, Device, DeviceState};
use imsdk_types::Error;

use crate::PostgresStore;
use crate::error::{Failure, damaged};
use crate::hold::ACCOUNTS;
use crate::row::{number, numbers, params, read_text, text};

/// The number that was drawn when the schema was made.
pub(crate) const SERVICE_ID: &str = "SELECT id FROM service WHERE no = 1";

/// The columns of a device, as a list of numbers.
macro_rules! DEVICE {
    () => {
        "ARRAY[device, platform, session, state, cursor, seen]"
    };
}
pub(crate) use DEVICE;

/// Numbers in that list.
pub(crate) const DEVICE_NUMBERS: usize = 6;

/// Reads it.
pub(crate) fn device(numbers: &[i64]) -> Device {
    let at = |position: usize| numbers.get(position).map_or(0, |it| *it as u64);
    Device {
        device: at(0),
        platform: at(1) as u8,
        session: at(2),
        state: match at(3) {
            1 => DeviceState::In,
            2 => DeviceState::Kicked,
            _ => DeviceState::Out,
        },
        cursor: at(4),
        seen: at(5),
    }
}

/// As it can be counted with.
fn signed(bytes: u64) -> i64 {
    bytes.try_into().unwrap_or(i64::MAX)
}

fn no_account(account: u64) -> Error {
    damaged(format!("no account {account}"))
}

impl PostgresStore {
    /// Remembers an account that was read.
    fn met(&mut self, id: &str, account: u64) -> Answer<()> {
        if self.known().is_some_and(|known| known.unknown.contains(id)) {
            let text = "an account was made meanwhile";
            return Err(self.fail(Failure::Conflict, text));
        }
        // A row of a unit of work that may still be taken back is not remembered.
        if self.settled() {
            self.shared.accounts.insert(id.to_owned(), account);
            self.shared.ids.insert(account, id.to_owned());
        }
        Ok(())
    }
}

impl AccountStore for PostgresStore {
    async fn account(&mut self, id: &str) -> Answer<Option<u64>> {
        if let Some(account) = self.shared.accounts.get(id) {
            return Ok(Some(account));
        }
        let row = self.one("SELECT no FROM account WHERE id = $1", params![text(id)]).await?;
        let Some(account) = row.map(|row| number(&row, 0)) else { return Ok(None) };
        self.met(id, account)?;
        Ok(Some(account))
    }

    async fn accounts(&mut self, ids: &[String]) -> Answer<Vec<Option<u64>>> {
        let mut accounts: Vec<_> = ids.iter().map(|id| self.shared.accounts.get(id)).collect();
        let missing = ids.iter().zip(&accounts).filter(|(_, known)| known.is_none());
        let missing: BTreeSet<String> = missing.map(|(id, _)| text(id)).collect();
        if missing.is_empty() {
            return Ok(accounts);
        }
        let rows = self.list(ACCOUNTS, params![Vec::from_iter(missing)]).await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in rows {
            let (account, id) = (number(&row, 0), read_text(&row, 1));
            self.met(&id, account)?;
            found.insert(id, account);
        }
        for (id, account) in ids.iter().zip(&mut accounts) {
            *account = account.or_else(|| found.get(id).copied());
        }
        Ok(accounts)
    }

    async fn account_ids(&mut self, accounts: &[u64]) -> Answer<Vec<String>> {
        let mut ids: Vec<_> = accounts.iter().map(|it| self.shared.ids.get(it)).collect();
        let missing = accounts.iter().zip(&ids).filter(|(_, known)| known.is_none());
        let missing: BTreeSet<u64> = missing.map(|(account, _)| *account).collect();
        if !missing.is_empty() {
            let sql = "SELECT no, id FROM account WHERE no = ANY($1)";
            let rows = self.list(sql, params![numbers(missing)]).await?;
            let found: HashMap<u64, String> =
                rows.iter().map(|row| (number(row, 0), read_text(row, 1))).collect();
            if self.settled() {
                found.iter().for_each(|(no, id)| self.shared.ids.insert(*no, id.clone()));
            }
            for (account, id) in accounts.iter().zip(&mut ids) {
                *id = id.take().or_else(|| found.get(account).cloned());
            }
        }
        let of = |(account, id): (&u64, Option<String>)| id.ok_or_else(|| no_account(*account));
        accounts.iter().zip(ids).map(of).collect()
    }

    async fn account_id(&mut self, account: u64) -> Answer<String> {
        if let Some(id) = self.shared.ids.get(&account) {
            return Ok(id);
        }
        let row = self.one("SELECT id FROM account WHERE no = $1", params![account as i64]).await?;
        let id = row.map(|row| read_text(&row, 0));
        let id = id.ok_or_else(|| no_account(account))?;
        if self.settled() {
            self.shared.ids.insert(account, id.clone());
        }
        Ok(id)
    }

    async fn create_account(&mut self, id: &str, now: u64) -> Answer<u64> {
        let known = &mut self.unit().await?.known;
        known.created = true;
        known.unknown.remove(id);
        let row = self
            .one(
                "INSERT INTO account (id, created) VALUES ($1, $2) RETURNING no",
                params![text(id), now as i64],
            )
            .await?;
        row.map(|row| number(&row, 0)).ok_or_else(|| damaged("no account was made"))
    }

    async fn delivered(&mut self, account: u64) -> Answer<u64> {
        if let Some(marks) = self.known().and_then(|known| known.logs.get(&account)) {
            return Ok(marks.delivered);
        }
        let row = self
            .one("SELECT delivered FROM account WHERE no = $1", params![account as i64])
            .await?;
        Ok(row.map_or(0, |row| number(&row, 0)))
    }

    async fn set_delivered(&mut self, account: u64, seq: u64) -> Answer<()> {
        self.write(
            "UPDATE account SET delivered = $2 WHERE no = $1 AND delivered < $2",
            params![account as i64, seq as i64],
        )
        .await
    }

    async fn devices(&mut self, account: u64) -> Answer<Vec<Device>> {
        if let Some(devices) = self.known().and_then(|known| known.devices.get(&account)) {
            return Ok(devices.clone());
        }
        let sql = concat!("SELECT ", DEVICE!(), " FROM device WHERE account = $1");
        let rows = self.list(sql, params![account as i64]).await?;
        let devices = rows.iter().map(|row| device(&row.get::<_, Vec<i64>>(0)));
        let devices: Vec<Device> = devices.collect();
        if self.holds_account(account)
            && let Some(known) = self.known()
        {
            known.devices.insert(account, devices.clone());
        }
        Ok(devices)
    }

    async fn put_device(&mut self, account: u64, device: Device) -> Answer<()> {
        let known = &mut self.unit().await?.known;
        if let Some(devices) = known.devices.get_mut(&account) {
            match devices.iter_mut().find(|known| known.device == device.device) {
                Some(known) => *known = device,
                None => devices.push(device),
            }
        }
        self.write(
            "INSERT INTO device (account, device, platform, session, state, cursor, seen) VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (account, device)
             DO UPDATE SET platform = $3, session = $4, state = $5, cursor = $6, seen = $7",
            params![
                account as i64,
                device.device as i64,
                i16::from(device.platform),
                device.session as i64,
                device.state as i16,
                device.cursor as i64,
                device.seen as i64,
            ],
        )
        .await
    }

    async fn remove_device(&mut self, account: u64, device: u64) -> Answer<()> {
        let known = &mut self.unit().await?.known;
        if let Some(devices) = known.devices.get_mut(&account) {
            devices.retain(|known| known.device != device);
        }
        self.write(
            "DELETE FROM device WHERE account = $1 AND device = $2",
            params![account as i64, device as i64],
        )
        .await
    }

    async fn is_shut_out(&mut self, account: u64) -> Answer<bool> {
        let sql = "SELECT shut_out FROM account WHERE no = $1";
        Ok(self.one(sql, params![account as i64]).await?.is_some_and(|row| row.get(0)))
    }

    async fn set_shut_out(&mut self, account: u64, shut_out: bool) -> Answer<()> {
        self.write(
            "UPDATE account SET shut_out = $2 WHERE no = $1",
            params![account as i64, shut_out],
        )
        .await
    }

    async fn file_bytes(&mut self, account: u64) -> Answer<u64> {
        let sql = "SELECT file_bytes FROM account WHERE no = $1";
        let row = self.one(sql, params![account as i64]).await?;
        Ok(row.map_or(0, |row| number(&row, 0)))
    }

    async fn add_file_bytes(&mut self, account: u64, bytes: u64, most: u64) -> Answer<bool> {
        let sql = "UPDATE account SET file_bytes = file_bytes + $2 WHERE no = $1 AND file_bytes <= $3::bigint - $2::bigint";
        let added = self.change(sql, params![account as i64, signed(bytes), signed(most)]).await?;
        Ok(added == 1)
    }

    async fn remove_file_bytes(&mut self, account: u64, bytes: u64) -> Answer<()> {
        self.write(
            "UPDATE account SET file_bytes = greatest(file_bytes - $2, 0) WHERE no = $1",
            params![account as i64, signed(bytes)],
        )
        .await
    }

    async fn service_id(&mut self) -> Answer<u64> {
        let row = self.one(SERVICE_ID, params![]).await?;
        row.map(|row| number(&row, 0)).ok_or_else(|| damaged("no service number"))
    }

    async fn next_session(&mut self) -> Answer<u64> {
        // A unit that is taken back loses its number; nothing depends on them being dense.
        let row = self.one("SELECT nextval('session')", params![]).await?;
        row.map(|row| number(&row, 0)).ok_or_else(|| damaged("no session number"))
    }
}
