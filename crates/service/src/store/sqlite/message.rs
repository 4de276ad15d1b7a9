//! Conversations and messages in SQLite.

use super::*;

/// Reads `"order", time, sender, platform, key, seq, counts, becomes_last, origin, listed, revoked, body` from a column on.
pub(super) fn message(row: &Row<'_>, column: usize) -> rusqlite::Result<Message> {
    Ok(Message {
        order: number(row, column)?,
        time: number(row, column + 1)?,
        sender: number(row, column + 2)?,
        platform: row.get(column + 3)?,
        key: number(row, column + 4)?,
        seq: number(row, column + 5)?,
        counts: row.get(column + 6)?,
        becomes_last: row.get(column + 7)?,
        origin: number(row, column + 8)?,
        listed: row.get(column + 9)?,
        revoked: row.get(column + 10)?,
        body: row.get(column + 11)?,
    })
}

impl SqliteStore {
    fn conversation_now(&self, place: Place) -> Answer<Option<Conversation>> {
        let open = self.unit.as_ref().and_then(|unit| unit.open.get(&place));
        if let Some(open) = open {
            return Ok(Some(*open));
        }
        let no = self.one(
            "SELECT no FROM conversation WHERE kind = ?1 AND a = ?2 AND b = ?3",
            params![place.kind as u8, place.a as i64, place.b as i64],
            |row| number(row, 0),
        )?;
        let Some(no) = no else { return Ok(None) };
        let newest = self.one(
            "SELECT \"order\", time FROM message WHERE conv = ?1 ORDER BY \"order\" DESC LIMIT 1",
            [no as i64],
            |row| Ok((number(row, 0)?, number(row, 1)?)),
        )?;
        let (head, time) = newest.unwrap_or_default();
        Ok(Some(Conversation { no, head, time }))
    }
}

fn own_member(row: &Row<'_>, column: usize) -> rusqlite::Result<Member> {
    Ok(Member {
        read_order: number(row, column)?,
        read_time: number(row, column + 1)?,
        hidden: number(row, column + 2)?,
        left_at: number(row, column + 3)?,
    })
}

impl MessageStore for SqliteStore {
    async fn conversation(&mut self, place: Place) -> Answer<Option<Conversation>> {
        self.conversation_now(place)
    }

    async fn open_conversation(&mut self, place: Place) -> Answer<Conversation> {
        self.unit()?;
        let conv = match self.conversation_now(place)? {
            Some(conv) => conv,
            None => {
                self.run(
                    "INSERT INTO conversation (kind, a, b) VALUES (?1, ?2, ?3)",
                    params![place.kind as u8, place.a as i64, place.b as i64],
                )?;
                Conversation { no: self.db.last_insert_rowid() as u64, head: 0, time: 0 }
            }
        };
        let unit = self.unit()?;
        unit.open.insert(place, conv);
        unit.places.insert(conv.no, place);
        Ok(conv)
    }

    async fn append(&mut self, conv: u64, message: &Message) -> Answer<bool> {
        self.unit()?;
        let inserted = self
            .db
            .prepare_cached(
                "INSERT INTO message (conv, \"order\", time, sender, platform, key, seq, counts, becomes_last, origin, listed,
                                      revoked, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )
            .and_then(|mut statement| {
                statement.execute(params![
                    conv as i64,
                    message.order as i64,
                    message.time as i64,
                    message.sender as i64,
                    message.platform,
                    message.key as i64,
                    message.seq as i64,
                    message.counts,
                    message.becomes_last,
                    message.origin as i64,
                    message.listed,
                    message.revoked,
                    message.body
                ])
            });
        match inserted {
            Ok(_) => {}
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                return Ok(false);
            }
            Err(error) => return Err(failed(error)),
        }
        let unit = self.unit()?;
        if let Some(open) = unit.places.get(&conv).and_then(|place| unit.open.get_mut(place)) {
            (open.head, open.time) = (message.order, message.time);
        }
        Ok(true)
    }

    async fn by_key(&mut self, sender: u64, key: u64) -> Answer<Option<(u64, Message)>> {
        self.one(
            "SELECT conv, \"order\", time, sender, platform, key, seq, counts, becomes_last, origin, listed, revoked, body
             FROM message WHERE sender = ?1 AND key = ?2",
            params![sender as i64, key as i64],
            |row| Ok((number(row, 0)?, message(row, 1)?)),
        )
    }

    async fn messages(
        &mut self,
        conv: u64,
        after: u64,
        before: u64,
        most: Most,
    ) -> Answer<Part<Message>> {
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        self.part(
            "SELECT \"order\", time, sender, platform, key, seq, counts, becomes_last, origin, listed, revoked, body FROM message
             WHERE conv = ?1 AND \"order\" > ?2 AND \"order\" < ?3 AND listed ORDER BY \"order\" DESC",
            params![conv as i64, after as i64, before],
            most,
            |row| message(row, 0),
            |message| message.body.len(),
        )
    }

    async fn newest_visible(
        &mut self,
        account: u64,
        list: &[(u64, u64)],
        bytes: u32,
    ) -> Answer<Vec<Option<Message>>> {
        let (mut found, mut filled) = (Vec::with_capacity(list.len()), 0);
        for (conv, after) in list {
            let newest = self.one(
                "SELECT \"order\", time, sender, platform, key, seq, counts, becomes_last, origin, listed, revoked, body
                 FROM message AS m WHERE conv = ?1 AND \"order\" > ?2 AND listed
                 AND NOT EXISTS (SELECT 1 FROM deleted WHERE account = ?3 AND conv = ?1 AND \"order\" = m.\"order\")
                 ORDER BY \"order\" DESC LIMIT 1",
                [*conv as i64, *after as i64, account as i64],
                |row| message(row, 0),
            )?;
            let newest = newest.filter(|_| filled <= bytes as usize);
            filled += newest.as_ref().map_or(0, |message| message.body.len());
            found.push(newest);
        }
        Ok(found)
    }

    async fn unread(
        &mut self,
        conv: u64,
        account: u64,
        (after, before): (u64, u64),
        without_tips: bool,
    ) -> Answer<u32> {
        let before = i64::try_from(before).unwrap_or(i64::MAX);
        let count = self.one(
            "SELECT count(*) FROM message AS m
             WHERE conv = ?1 AND \"order\" > ?2 AND \"order\" < ?4 AND sender <> ?3 AND counts AND NOT revoked
             AND NOT (?5 AND key & ?6 = ?6)
             AND NOT EXISTS (SELECT 1 FROM deleted WHERE account = ?3 AND conv = ?1 AND \"order\" = m.\"order\")",
            params![conv as i64, after as i64, account as i64, before, without_tips, SYSTEM_KEY as i64],
            |row| row.get(0),
        )?;
        Ok(count.unwrap_or_default())
    }

    async fn remove_messages(&mut self, list: &[(u64, u64, u64)]) -> Answer<()> {
        self.unit()?;
        for (conv, upto, before) in list {
            self.run(
                "DELETE FROM message WHERE conv = ?1 AND \"order\" <= ?2 AND time < ?3",
                [*conv as i64, *upto as i64, *before as i64],
            )?;
        }
        Ok(())
    }

    async fn order_at(&mut self, conv: u64, time: u64) -> Answer<u64> {
        // Times rise with the order, so the newest that fits is met first going down.
        let order = self.one(
            "SELECT \"order\" FROM message WHERE conv = ?1 AND time <= ?2 ORDER BY \"order\" DESC LIMIT 1",
            params![conv as i64, i64::try_from(time).unwrap_or(i64::MAX)],
            |row| number(row, 0),
        )?;
        Ok(order.unwrap_or_default())
    }

    async fn mentioning(
        &mut self,
        account: u64,
        list: &[(u64, u64)],
    ) -> Answer<Vec<Vec<Mentioning>>> {
        let one = |(conv, after): &(u64, u64)| {
            self.list(
                "SELECT \"order\", time, seq, substr(body, instr(body, ?4), ?5) FROM (
                     SELECT \"order\", time, seq, sender, listed, revoked, body FROM message
                     WHERE conv = ?1 AND \"order\" > ?2 ORDER BY \"order\" DESC LIMIT ?6) AS m
                 WHERE instr(body, ?4) > 0 AND sender <> ?3 AND listed AND NOT revoked
                 AND NOT EXISTS (SELECT 1 FROM deleted WHERE account = ?3 AND conv = ?1 AND \"order\" = m.\"order\")
                 ORDER BY \"order\"",
                params![
                    *conv as i64,
                    *after as i64,
                    account as i64,
                    Mentioning::KEY,
                    Mentioning::BYTES,
                    Mentioning::NEWEST
                ],
                |row| {
                    Ok(Mentioning {
                        order: number(row, 0)?,
                        time: number(row, 1)?,
                        seq: number(row, 2)?,
                        names: Mentioning::names(&row.get::<_, String>(3)?),
                    })
                },
            )
        };
        list.iter().map(one).collect()
    }

    async fn member(&mut self, account: u64, conv: u64) -> Answer<Option<Member>> {
        self.one(
            "SELECT read_order, read_time, hidden, left_at FROM member WHERE account = ?1 AND conv = ?2",
            params![account as i64, conv as i64],
            |row| own_member(row, 0),
        )
    }

    async fn put_member(&mut self, account: u64, conv: u64, member: Member) -> Answer<()> {
        self.unit()?;
        self.run(
            "INSERT INTO member (account, conv, read_order, read_time, hidden, left_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET read_order = ?3, read_time = ?4, hidden = ?5, left_at = ?6",
            params![
                account as i64,
                conv as i64,
                member.read_order as i64,
                member.read_time as i64,
                member.hidden as i64,
                member.left_at as i64
            ],
        )?;
        Ok(())
    }

    async fn join(&mut self, account: u64, conv: u64) -> Answer<()> {
        if self.joined.len() >= REMEMBERED {
            self.joined.clear();
        }
        if self.joined.insert((account, conv)) {
            self.unit()?;
            self.run(
                "INSERT INTO member (account, conv) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                params![account as i64, conv as i64],
            )?;
        }
        Ok(())
    }

    async fn conversations(
        &mut self,
        account: u64,
        count: u32,
    ) -> Answer<Vec<(Place, Conversation, Member)>> {
        self.some(
            "SELECT c.kind, c.a, c.b, c.no, n.\"order\", n.time, m.read_order, m.read_time, m.hidden, m.left_at
             FROM member m JOIN conversation c ON c.no = m.conv
             JOIN message n ON n.conv = c.no AND n.\"order\" = (
                 SELECT \"order\" FROM message WHERE conv = c.no AND listed ORDER BY \"order\" DESC LIMIT 1)
             WHERE m.account = ?1 AND n.\"order\" > m.hidden ORDER BY n.time DESC, c.no DESC",
            params![account as i64],
            count,
            |row| {
                Ok((
                    place(row, 0)?,
                    Conversation { no: number(row, 3)?, head: number(row, 4)?, time: number(row, 5)? },
                    own_member(row, 6)?,
                ))
            },
        )
    }
}
