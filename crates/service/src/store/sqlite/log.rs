//! The logs of accounts in SQLite.

use super::message::message;
use super::*;

impl SqliteStore {
    /// The newest place in an account's log.
    fn newest_seq(&self, account: u64) -> Answer<u64> {
        let newest = self.one(
            "SELECT seq FROM log WHERE account = ?1 ORDER BY seq DESC LIMIT 1",
            [account as i64],
            |row| number(row, 0),
        )?;
        Ok(newest.unwrap_or_default())
    }
}

impl LogStore for SqliteStore {
    async fn log(&mut self, account: u64, origin: u64, entry: Entry) -> Answer<()> {
        let (after, newest) = match self.unit()?.logs.get(&account) {
            Some(places) => *places,
            None => {
                let newest = self.newest_seq(account)?;
                (newest, newest)
            }
        };
        let seq = newest + 1;
        self.unit()?.logs.insert(account, (after, seq));
        let (kind, conv, value, body) = match entry {
            Entry::Message { conv, order } => (1, conv, order, String::new()),
            Entry::Receipt { conv, time, order } => (2, conv, time, order.to_string()),
            Entry::Read { conv, order } => (3, conv, order, String::new()),
            Entry::Notice(body) => (4, 0, 0, body),
        };
        self.run(
            "INSERT INTO log (account, seq, origin, kind, conv, value, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                account as i64,
                seq as i64,
                origin as i64,
                kind,
                conv as i64,
                value as i64,
                body
            ],
        )?;
        Ok(())
    }

    async fn log_head(&mut self, account: u64) -> Answer<u64> {
        self.newest_seq(account)
    }

    async fn log_tail(&mut self, account: u64) -> Answer<u64> {
        let oldest = self.one(
            "SELECT seq FROM log WHERE account = ?1 ORDER BY seq LIMIT 1",
            [account as i64],
            |row| number(row, 0),
        )?;
        Ok(oldest.unwrap_or_default())
    }

    async fn trim_log(&mut self, account: u64, upto: u64) -> Answer<()> {
        self.unit()?;
        let newest = self.newest_seq(account)?;
        self.run(
            "DELETE FROM log WHERE account = ?1 AND seq <= ?2",
            [account as i64, upto.min(newest.saturating_sub(1)) as i64],
        )
        .map(drop)
    }

    async fn entries(
        &mut self,
        account: u64,
        after: u64,
        upto: u64,
        session: u64,
        most: Most,
    ) -> Answer<Part<Logged>> {
        self.part(
            "SELECT l.seq, l.kind, l.conv, l.value, c.kind, c.a, c.b,
                    m.\"order\", m.time, m.sender, m.platform, m.key, m.seq, m.counts, m.becomes_last,
                    m.origin, m.listed, m.revoked, m.body, l.origin, l.body
             FROM log l LEFT JOIN conversation c ON c.no = l.conv
             LEFT JOIN message m ON l.kind = 1 AND m.conv = l.conv AND m.\"order\" = l.value
             WHERE l.account = ?1 AND l.seq > ?2 AND l.seq <= ?3 AND l.origin <> ?4
             ORDER BY l.seq",
            params![account as i64, after as i64, upto as i64, session as i64],
            most,
            |row| {
                let (conv, value) = (number(row, 2)?, number(row, 3)?);
                let entry = match row.get::<_, u8>(1)? {
                    4 => Entry::Notice(row.get(20)?),
                    2 => Entry::receipt(conv, value, row.get_ref(20)?.as_str()?),
                    3 => Entry::Read { conv, order: value },
                    _ => Entry::Message { conv, order: value },
                };
                let found = row.get::<_, Option<i64>>(7)?.is_some();
                Ok(Logged {
                    seq: number(row, 0)?,
                    entry,
                    place: if row.get::<_, Option<u8>>(4)?.is_some() { Some(place(row, 4)?) } else { None },
                    origin: number(row, 19)?,
                    message: if found { Some(message(row, 7)?) } else { None },
                })
            },
            Logged::bytes,
        )
    }
}
