//! What becomes of stored messages: withdrawn, deleted, failed.

use imsdk_types::MsgStatus;
use imsdk_types::wire::MessageBody;

use super::message::{message, select};
use super::*;

impl LocalStore {
    /// All messages of one Unix second, deleted ones too.
    pub(crate) fn messages_of(
        &self,
        conv: u64,
        time: u64,
    ) -> Result<Vec<MessageRow<MessageBody>>, Error> {
        self.list(
            select!("WHERE conv = ?1 AND time = ?2 ORDER BY \"order\""),
            params![conv as i64, i64::try_from(time).unwrap_or(i64::MAX)],
            message,
        )
    }

    /// The messages with a key that were withdrawn.
    pub(crate) fn revoked(&self, key: u64) -> Result<Vec<MessageRow<MessageBody>>, Error> {
        self.list(select!("WHERE key = ?1 AND status = 6"), [key as i64], message)
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

    /// Keeps a conversation in the list, whatever becomes of its messages.
    pub(crate) fn keep_listed(&mut self, conv: u64) -> Result<(), Error> {
        self.write()?;
        self.run("UPDATE conversation SET kept = 1 WHERE no = ?1", [conv as i64]).map(drop)
    }

    /// Messages that are being sent, by conversation and key.
    pub(crate) fn sending(&self) -> Result<Vec<(u64, u64)>, Error> {
        self.list("SELECT conv, key FROM message WHERE status = 1", [], |row| {
            Ok((number(row, 0)?, number(row, 1)?))
        })
    }

    /// A message that was being sent has failed, if it still is. Gives its conversation.
    pub(crate) fn fail_one(&mut self, (conv, key): (u64, u64)) -> Result<Option<Conv>, Error> {
        self.write()?;
        let failed = self.run(
            "UPDATE message SET status = 3 WHERE key = ?2 AND conv = ?1 AND status = 1",
            params![conv as i64, key as i64],
        )?;
        match failed {
            0 => Ok(None),
            _ => self.conv_of(conv),
        }
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
