//! What becomes of stored messages: withdrawn, deleted, failed.

use imsdk_types::MsgStatus;

use super::message::{COLUMNS, message};
use super::*;

impl LocalStore {
    /// Whether the service knows the message that stands at this place.
    pub(crate) fn is_sent(place: (u64, u64)) -> bool {
        place.1 < MessageRow::local_order(0)
    }

    /// A place for a message of this Unix second that only this device knows.
    pub(crate) fn local_place(&self, conv: u64, time: u64) -> Result<(u64, u64), Error> {
        let newest = self.one(
            "SELECT \"order\" FROM message WHERE conv = ?1 AND time = ?2 AND \"order\" >= ?3
             ORDER BY \"order\" DESC LIMIT 1",
            params![conv as i64, time as i64, MessageRow::local_order(0) as i64],
            |row| number(row, 0),
        )?;
        Ok((time, newest.map_or(MessageRow::local_order(0), |order| order + 1)))
    }

    /// All messages of one Unix second, deleted ones too.
    pub(crate) fn messages_of(&self, conv: u64, time: u64) -> Result<Vec<MessageRow>, Error> {
        self.list(
            &format!(
                "SELECT {COLUMNS} FROM message WHERE conv = ?1 AND time = ?2 ORDER BY \"order\""
            ),
            params![conv as i64, i64::try_from(time).unwrap_or(i64::MAX)],
            |row| message(row, 0),
        )
    }

    /// Changes the status of a message, and what it says where that changes too.
    pub(crate) fn set_status(
        &mut self,
        conv: u64,
        place: (u64, u64),
        status: MsgStatus,
        body: Option<&str>,
    ) -> Result<(), Error> {
        self.write()?;
        self.run(
            "UPDATE message SET status = ?4, body = coalesce(?5, body) WHERE conv = ?1 AND time = ?2 AND \"order\" = ?3",
            params![conv as i64, place.0 as i64, place.1 as i64, status as u32, body],
        )
        .map(drop)
    }

    /// The place of the newest message that can be the last one.
    pub(crate) fn last_place(&self, conv: u64) -> Result<Option<(u64, u64)>, Error> {
        self.one(
            "SELECT time, \"order\" FROM message WHERE conv = ?1 AND becomes_last AND status <> ?2
             ORDER BY time DESC, \"order\" DESC LIMIT 1",
            params![conv as i64, MsgStatus::Deleted as u32],
            |row| Ok((number(row, 0)?, number(row, 1)?)),
        )
    }

    /// Keeps a conversation in the list, whatever becomes of its messages.
    pub(crate) fn keep_listed(&mut self, conv: u64) -> Result<(), Error> {
        self.write()?;
        self.run("UPDATE conversation SET kept = 1 WHERE no = ?1", [conv as i64]).map(drop)
    }

    /// Nothing is on its way any more: what was has failed.
    pub(crate) fn fail_sending(&mut self) -> Result<(), Error> {
        // Asked first, so that nothing is written for nothing.
        let any = self.one("SELECT 1 FROM message WHERE status = 1 LIMIT 1", [], |_| Ok(()))?;
        if any.is_some() {
            self.write()?;
            self.run("UPDATE message SET status = 3 WHERE status = 1", [])?;
        }
        Ok(())
    }
}
