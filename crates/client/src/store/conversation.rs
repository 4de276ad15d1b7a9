//! Conversations in the local store.

use imsdk_types::wire::{Conv, ConvKind};

use super::*;

/// A conversation as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ConvRow {
    /// Its number in this store.
    pub(crate) no: u64,
    /// Which one.
    pub(crate) conv: Conv,
    /// When it last showed a sign of life, in Unix seconds.
    pub(crate) active_time: u64,
    /// Unread messages.
    pub(crate) unread: u32,
    /// The user has read everything up to this [`place`](super::place).
    pub(crate) read_order: u64,
    /// The peer has read everything up to here: a Unix second, and in it a [`place`](super::place). It is the last place there is where
    /// only the second is known.
    pub(crate) peer_read: (u64, u64),
    /// The place of the last message.
    pub(crate) last: Option<(u64, u64)>,
}

const COLUMNS: &str = "no, kind, id, active_time, unread, read_order, peer_read_time, last_time, last_order, peer_read_order";

fn conversation(row: &Row<'_>) -> rusqlite::Result<ConvRow> {
    let kind = match row.get::<_, u8>(1)? {
        2 => ConvKind::Group,
        3 => ConvKind::System,
        _ => ConvKind::C2c,
    };
    let last = match (row.get::<_, Option<i64>>(7)?, row.get::<_, Option<i64>>(8)?) {
        (Some(time), Some(order)) => Some((time as u64, order as u64)),
        _ => None,
    };
    Ok(ConvRow {
        no: number(row, 0)?,
        conv: Conv { kind, id: row.get(2)? },
        active_time: number(row, 3)?,
        unread: row.get(4)?,
        read_order: number(row, 5)?,
        peer_read: (
            number(row, 6)?,
            row.get::<_, Option<i64>>(9)?.map_or(u64::MAX, |at| at as u64),
        ),
        last,
    })
}

impl LocalStore {
    /// A conversation, if it is there.
    pub(crate) fn conversation(&self, conv: &Conv) -> Result<Option<ConvRow>, Error> {
        self.conversation_with(conv, Ok)
    }

    /// What `read` finds with a conversation, all of one moment: the statement that has found it is open until then, which costs less
    /// than a transaction. `read` must not write.
    pub(crate) fn conversation_with<T>(
        &self,
        conv: &Conv,
        read: impl FnOnce(Option<ConvRow>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // Within a transaction all is of one moment.
        if let Some(open) = self.open.get(conv) {
            return read(Some(open.row.clone()));
        }
        let mut find = self
            .db
            .prepare_cached(concat!(
                "SELECT no, kind, id, active_time, unread, read_order, peer_read_time, last_time, last_order, peer_read_order ",
                "FROM conversation WHERE kind = ?1 AND id = ?2"
            ))
            .map_err(failed)?;
        let mut rows = find.query(params![conv.kind as u8, conv.id]).map_err(failed)?;
        let row = rows.next().map_err(failed)?;
        read(row.map(conversation).transpose().map_err(failed)?)
    }

    /// A conversation, made if it is not there; true if it was made.
    pub(crate) fn open_conversation(
        &mut self,
        conv: &Conv,
        now: u64,
    ) -> Result<(ConvRow, bool), Error> {
        if let Some(row) = self.conversation(conv)? {
            return Ok((row, false));
        }
        self.write()?;
        self.touched += 1;
        self.run(
            "INSERT INTO conversation (kind, id, touched, active_time) VALUES (?1, ?2, ?3, ?4)",
            params![conv.kind as u8, conv.id, self.touched as i64, now as i64],
        )?;
        let no = self.db.last_insert_rowid() as u64;
        let row = ConvRow {
            no,
            conv: conv.clone(),
            active_time: now,
            unread: 0,
            read_order: 0,
            peer_read: (0, 0),
            last: None,
        };
        Ok((row, true))
    }

    /// Writes a conversation back, at the latest with the commit. `touch` moves it to the head of the list.
    pub(crate) fn put_conversation(&mut self, row: &ConvRow, touch: bool) -> Result<(), Error> {
        self.write()?;
        let moved = touch.then(|| {
            self.touched += 1;
            self.touched
        });
        match self.open.get_mut(&row.conv) {
            Some(open) => {
                open.row.clone_from(row);
                open.touched = moved.or(open.touched);
                open.changed = true;
            }
            None => {
                let open = Open { row: row.clone(), touched: moved, changed: true };
                self.open.insert(row.conv.clone(), open);
            }
        }
        Ok(())
    }

    /// Writes what was put since the last commit.
    pub(super) fn write_back(&mut self) -> Result<(), Error> {
        let mut open = std::mem::take(&mut self.open);
        let written = open.values_mut().filter(|open| open.changed).try_for_each(|open| {
            let row = &open.row;
            open.changed = false;
            self.run(
                "UPDATE conversation SET touched = coalesce(?8, touched), active_time = ?2, unread = ?3,
                        read_order = ?4, peer_read_time = ?5, last_time = ?6, last_order = ?7,
                        peer_read_order = ?9 WHERE no = ?1",
                params![
                    row.no as i64,
                    row.active_time as i64,
                    row.unread,
                    row.read_order as i64,
                    row.peer_read.0 as i64,
                    row.last.map(|last| last.0 as i64),
                    row.last.map(|last| last.1 as i64),
                    open.touched.map(|touched| touched as i64),
                    i64::try_from(row.peer_read.1).ok()
                ],
            )
            .map(drop)
        });
        self.open = open;
        written
    }

    /// Removes a conversation with its messages.
    pub(crate) fn delete_conversation(&mut self, row: &ConvRow) -> Result<(), Error> {
        self.clear(row.no)?;
        self.set_draft(row.no, None)?;
        self.open.remove(&row.conv);
        self.run("DELETE FROM conversation WHERE no = ?1", [row.no as i64]).map(drop)
    }

    /// All conversations that have a message or a draft, or had one, the most recently active first (CONV-7). Of one second, the one that was
    /// touched last: what comes after an absence comes log by log, not in the order of time.
    pub(crate) fn conversations(&mut self) -> Result<Vec<ConvRow>, Error> {
        self.write_back()?;
        self.list(
            &format!(
                "SELECT {COLUMNS} FROM conversation
                 WHERE last_time IS NOT NULL OR kept OR no IN (SELECT conv FROM draft)
                 ORDER BY active_time DESC, touched DESC, no DESC"
            ),
            [],
            conversation,
        )
    }

    /// The conversation with a number.
    pub(crate) fn conv_of(&self, no: u64) -> Result<Option<Conv>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM conversation WHERE no = ?1");
        Ok(self.one(&sql, [no as i64], conversation)?.map(|row| row.conv))
    }

    /// All conversations with a user.
    pub(crate) fn all_c2c(&mut self) -> Result<Vec<ConvRow>, Error> {
        self.write_back()?;
        self.list(
            &format!("SELECT {COLUMNS} FROM conversation WHERE kind = ?1"),
            [ConvKind::C2c as u8],
            conversation,
        )
    }

    /// Notes whether the service was asked in vain for the unread messages of a conversation.
    pub(crate) fn set_uncounted(&mut self, conv: u64, uncounted: bool) -> Result<(), Error> {
        self.write()?;
        let sql = "UPDATE conversation SET uncounted = ?2 WHERE no = ?1 AND uncounted <> ?2";
        self.run(sql, params![conv as i64, uncounted]).map(drop)
    }

    /// The conversations for which it was.
    pub(crate) fn uncounted(&self) -> Result<Vec<Conv>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM conversation WHERE uncounted");
        self.list(&sql, [], |row| Ok(conversation(row)?.conv))
    }

    /// All conversations of a kind that have unread messages.
    pub(crate) fn unread_conversations(&mut self, kind: ConvKind) -> Result<Vec<ConvRow>, Error> {
        self.write_back()?;
        self.list(
            &format!("SELECT {COLUMNS} FROM conversation WHERE unread > 0 AND kind = ?1"),
            [kind as u8],
            conversation,
        )
    }
}
