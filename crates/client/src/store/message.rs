//! Messages in the local store.

use imsdk_types::wire::MessageBody;

use super::*;

/// A message as it is stored; when it is read, with the body taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MessageRow<B = String> {
    /// Where it stands in its conversation, first part: server time in Unix seconds.
    pub(crate) time: u64,
    /// Where it stands, second part: see [`place`].
    pub(crate) order: u64,
    /// The sender's clock (upper half) and random number (lower half).
    pub(crate) key: u64,
    /// User id of the sender.
    pub(crate) sender: String,
    /// The sender's account number.
    pub(crate) account: u64,
    /// The sender's platform.
    pub(crate) platform: u8,
    /// The public sequence number.
    pub(crate) seq: u64,
    /// A `TIMMsgStatus`.
    pub(crate) status: u32,
    /// Whether it counts as unread for others than its sender.
    pub(crate) counts: bool,
    /// Whether it can be the conversation's last message.
    pub(crate) becomes_last: bool,
    /// The application's own number.
    pub(crate) custom_int: u32,
    /// The application's own text.
    pub(crate) custom_str: String,
    /// A [`MessageBody`], as JSON or taken apart.
    pub(crate) body: B,
}

impl MessageRow {
    /// With the body taken apart.
    pub(crate) fn read(self) -> MessageRow<MessageBody> {
        MessageRow {
            time: self.time,
            order: self.order,
            key: self.key,
            sender: self.sender,
            account: self.account,
            platform: self.platform,
            seq: self.seq,
            status: self.status,
            counts: self.counts,
            becomes_last: self.becomes_last,
            custom_int: self.custom_int,
            custom_str: self.custom_str,
            body: read_body(&self.body),
        }
    }
}

/// What a message says; nothing where that can't be read.
fn read_body(json: &str) -> MessageBody {
    MessageBody::read(json).unwrap_or_default()
}

/// Bits of a place behind those of the service's: room for messages that the service does not know, each after the one that was
/// the newest when it failed.
const UNSENT_BITS: u32 = 20;

/// Set in the places of unsent messages only.
const UNSENT: u64 = (1 << UNSENT_BITS) - 1;

/// The local place of a message that stands at `order` in the service.
pub(crate) fn place(order: u64) -> u64 {
    order << UNSENT_BITS
}

/// The service's place for a local one; for an unsent message that of the message before it.
pub(crate) fn order_of(place: u64) -> u64 {
    place >> UNSENT_BITS
}

/// Whether the service does not know the message that stands at this local place.
pub(crate) fn is_unsent(place: u64) -> bool {
    place & UNSENT != 0
}

/// Which messages of a conversation are asked for. Both ends are places (time, order).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// Only later ones.
    pub(crate) after: (u64, u64),
    /// Only earlier ones.
    pub(crate) before: (u64, u64),
    /// Oldest first, starting at `after`; otherwise newest first, starting at `before`.
    pub(crate) ascending: bool,
    /// How many at most.
    pub(crate) count: u32,
}

/// What is not deleted, as in `TIMMsgStatus`.
macro_rules! not_deleted {
    () => {
        "status <> 4"
    };
}

/// A `SELECT` of what [`message`] reads. Small numbers come as one: to take a value out of a row costs several times the sum.
macro_rules! select {
    ($($rest:expr),+) => {
        concat!(
            "SELECT time, \"order\", key, sender, account, seq,
                    (((custom_int * 256 + platform) * 2 + counts) * 2 + becomes_last) * 256 + status,
                    custom_str, body FROM message ",
            $($rest),+
        )
    };
}
pub(super) use select;

/// Messages of a [`Span`].
macro_rules! stretch {
    ($bounds:literal, $direction:literal) => {
        select!(
            "WHERE conv = ?1 AND ",
            $bounds,
            " AND ",
            not_deleted!(),
            " ORDER BY time ",
            $direction,
            ", \"order\" ",
            $direction
        )
    };
}

pub(super) fn message(row: &Row<'_>) -> rusqlite::Result<MessageRow<MessageBody>> {
    let small = number(row, 6)?;
    Ok(MessageRow {
        time: number(row, 0)?,
        order: number(row, 1)?,
        key: number(row, 2)?,
        sender: row.get(3)?,
        account: number(row, 4)?,
        platform: (small >> 10) as u8,
        seq: number(row, 5)?,
        status: u32::from(small as u8),
        counts: small >> 9 & 1 != 0,
        becomes_last: small >> 8 & 1 != 0,
        custom_int: (small >> 18) as u32,
        custom_str: row.get(7)?,
        body: read_body(row.get_ref(8)?.as_str()?),
    })
}

/// A place for SQLite, where "the end" fits.
fn bound(place: (u64, u64)) -> (i64, i64) {
    (i64::try_from(place.0).unwrap_or(i64::MAX), i64::try_from(place.1).unwrap_or(i64::MAX))
}

impl LocalStore {
    /// Adds a message; false if it is there already.
    pub(crate) fn insert(&mut self, conv: u64, row: &MessageRow) -> Result<bool, Error> {
        self.write()?;
        let added = self.run(
            "INSERT INTO message (conv, time, \"order\", key, sender, account, platform, seq, status, counts, becomes_last,
                                  custom_int, custom_str, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING",
            params![
                conv as i64,
                row.time as i64,
                row.order as i64,
                row.key as i64,
                row.sender,
                row.account as i64,
                row.platform,
                row.seq as i64,
                row.status,
                row.counts,
                row.becomes_last,
                row.custom_int,
                row.custom_str,
                row.body
            ],
        )?;
        Ok(added > 0)
    }

    /// Removes the unsent version of a message: it has been sent after all, or is tried again. The last message of the conversation is
    /// then another.
    pub(crate) fn remove_unsent(&mut self, conv: &mut ConvRow, key: u64) -> Result<(), Error> {
        self.write()?;
        let removed = self.one(
            "DELETE FROM message WHERE key = ?1 AND conv = ?2 AND \"order\" & ?3 <> 0 RETURNING time, \"order\"",
            params![key as i64, conv.no as i64, UNSENT as i64],
            |row| Ok((number(row, 0)?, number(row, 1)?)),
        )?;
        if removed.is_some() && removed == conv.last {
            conv.last = self.last_place(conv.no)?;
        }
        Ok(())
    }

    /// The place of the newest message that can be the last one.
    pub(crate) fn last_place(&self, conv: u64) -> Result<Option<(u64, u64)>, Error> {
        self.one(
            concat!(
                "SELECT time, \"order\" FROM message WHERE conv = ?1 AND becomes_last AND ",
                not_deleted!(),
                " ORDER BY time DESC, \"order\" DESC LIMIT 1"
            ),
            [conv as i64],
            |row| Ok((number(row, 0)?, number(row, 1)?)),
        )
    }

    /// The place of a message that fails now, or is only kept here: after everything that is here of its second and before.
    pub(crate) fn unsent_place(&self, conv: u64, time: u64) -> Result<u64, Error> {
        let newest = self.one(
            "SELECT \"order\" FROM message WHERE conv = ?1 AND time <= ?2 ORDER BY time DESC, \"order\" DESC LIMIT 1",
            params![conv as i64, time as i64],
            |row| number(row, 0),
        )?;
        Ok(newest.unwrap_or_default() + 1)
    }

    /// The place of the message with this key.
    pub(crate) fn place_of(&self, conv: u64, key: u64) -> Result<Option<(u64, u64)>, Error> {
        self.one(
            "SELECT time, \"order\" FROM message WHERE key = ?1 AND conv = ?2",
            params![key as i64, conv as i64],
            |row| Ok((number(row, 0)?, number(row, 1)?)),
        )
    }

    /// One message.
    pub(crate) fn message_at(
        &self,
        conv: u64,
        place: (u64, u64),
    ) -> Result<Option<MessageRow<MessageBody>>, Error> {
        self.one(
            select!("WHERE conv = ?1 AND time = ?2 AND \"order\" = ?3"),
            params![conv as i64, place.0 as i64, place.1 as i64],
            message,
        )
    }

    /// What `show` makes of a stretch of a conversation; deleted messages are left out.
    pub(crate) fn messages<T>(
        &self,
        conv: u64,
        span: Span,
        mut show: impl FnMut(MessageRow<MessageBody>) -> T,
    ) -> Result<Vec<T>, Error> {
        let (after, before) = (bound(span.after), bound(span.before));
        let bounds = [conv as i64, before.0, before.1, after.0, after.1];
        // Most pages have no end but their size, which is a comparison less for each row.
        let (sql, bounds) = if span.ascending {
            (
                stretch!("(time, \"order\") < (?2, ?3) AND (time, \"order\") > (?4, ?5)", "ASC"),
                &bounds[..],
            )
        } else if span.after > (0, 0) {
            (
                stretch!("(time, \"order\") < (?2, ?3) AND (time, \"order\") > (?4, ?5)", "DESC"),
                &bounds[..],
            )
        } else {
            (stretch!("(time, \"order\") < (?2, ?3)", "DESC"), &bounds[..3])
        };
        self.some(sql, params_from_iter(bounds), span.count, |row| message(row).map(&mut show))
    }

    /// The place of the newest message that the service knows; 0 if there is none.
    pub(crate) fn newest_place(&self, conv: u64) -> Result<u64, Error> {
        let order = self.one(
            "SELECT \"order\" FROM message WHERE conv = ?1 AND \"order\" & ?2 = 0 ORDER BY time DESC, \"order\" DESC LIMIT 1",
            params![conv as i64, UNSENT as i64],
            |row| number(row, 0),
        )?;
        Ok(order.unwrap_or_default())
    }

    /// The service's place for the newest message that it knows, and who sent it.
    pub(crate) fn newest_sent(&self, conv: u64) -> Result<Option<(u64, String)>, Error> {
        self.one(
            "SELECT \"order\", sender FROM message WHERE conv = ?1 AND \"order\" & ?2 = 0
             ORDER BY time DESC, \"order\" DESC LIMIT 1",
            params![conv as i64, UNSENT as i64],
            |row| Ok((order_of(number(row, 0)?), row.get(1)?)),
        )
    }

    /// The place of the oldest message that the service knows.
    pub(crate) fn oldest(&self, conv: u64) -> Result<Option<(u64, u64)>, Error> {
        self.one(
            "SELECT time, \"order\" FROM message WHERE conv = ?1 AND \"order\" & ?2 = 0 ORDER BY time, \"order\" LIMIT 1",
            params![conv as i64, UNSENT as i64],
            |row| Ok((number(row, 0)?, number(row, 1)?)),
        )
    }

    /// Whether nothing is here of what the service has in a conversation.
    pub(crate) fn has_nothing_of(&self, conv: &ConvRow) -> Result<bool, Error> {
        let unsent = conv.last.is_none_or(|(_, place)| is_unsent(place));
        Ok(unsent && self.oldest(conv.no)?.is_none())
    }

    /// How many messages of others past the place `order` count as unread.
    pub(crate) fn count_unread(&self, conv: u64, user: &str, order: u64) -> Result<u32, Error> {
        let count = self.one(
            "SELECT count(*) FROM message
             WHERE conv = ?1 AND \"order\" > ?2 AND sender <> ?3 AND counts AND status = 2",
            params![conv as i64, order as i64, user],
            |row| row.get(0),
        )?;
        Ok(count.unwrap_or_default())
    }

    /// Removes the messages of a conversation that the service has too: they can be had from it again.
    pub(crate) fn remove_sent(&mut self, conv: &mut ConvRow) -> Result<(), Error> {
        self.write()?;
        self.run(
            "DELETE FROM message WHERE conv = ?1 AND \"order\" & ?2 = 0",
            [conv.no as i64, UNSENT as i64],
        )?;
        conv.last = self.last_place(conv.no)?;
        self.put_conversation(conv, false)
    }

    /// Removes all messages of a conversation.
    pub(crate) fn clear(&mut self, conv: u64) -> Result<(), Error> {
        self.write()?;
        self.forget_mentions(conv, (0, i64::MAX as u64))?;
        self.run("DELETE FROM message WHERE conv = ?1", [conv as i64]).map(drop)
    }

    /// Removes the messages of these Unix seconds. Gives the places of those of others that can count as unread.
    pub(crate) fn clear_span(
        &mut self,
        conv: u64,
        user: &str,
        (begin, end): (u64, u64),
    ) -> Result<Vec<u64>, Error> {
        let time = |time| i64::try_from(time).unwrap_or(i64::MAX);
        self.write()?;
        self.forget_mentions_of(conv, (time(begin), time(end)))?;
        let gone = self.list(
            "DELETE FROM message WHERE conv = ?1 AND time BETWEEN ?2 AND ?3
             RETURNING \"order\", sender <> ?4 AND counts AND status = 2",
            params![conv as i64, time(begin), time(end), user],
            |row| Ok((number(row, 0)?, row.get::<_, bool>(1)?)),
        )?;
        Ok(gone.into_iter().filter(|(_, counts)| *counts).map(|(place, _)| place).collect())
    }
}
