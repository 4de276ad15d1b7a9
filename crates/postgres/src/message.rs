//! Conversations and messages.

use std::collections::HashMap;

use imsdk_service::store::{
    Answer, Conversation, Member, Mentioning, Message, MessageStore, Most, Newest, Part, Place,
    SYSTEM_KEY,
};
use tokio_postgres::Row;

use crate::PostgresStore;
use crate::error::damaged;
use crate::hold::{OPEN, in_order};
use crate::known::Key;
use crate::row::{bound, number, numbers, params, part, place, places, read_text};

/// What [`Known::open`](crate::known::Known::open) reads.
macro_rules! CONVERSATION_COLUMNS {
    () => {
        "no, kind, a, b, head, time, newest, newest_seq, newest_time"
    };
}
pub(crate) use CONVERSATION_COLUMNS;

/// What [`message`] reads, of a table that goes by a name.
macro_rules! MESSAGE_COLUMNS {
    ($of:literal) => {
        concat!(
            $of,
            "\"order\", ",
            $of,
            "time, ",
            $of,
            "sender, ",
            $of,
            "platform, ",
            $of,
            "key, ",
            $of,
            "seq, ",
            $of,
            "counts, ",
            $of,
            "becomes_last, ",
            $of,
            "origin, ",
            $of,
            "listed, ",
            $of,
            "revoked, ",
            $of,
            "body"
        )
    };
}
pub(crate) use MESSAGE_COLUMNS;

pub(crate) fn message(row: &Row, column: usize) -> Message {
    Message {
        order: number(row, column),
        time: number(row, column + 1),
        sender: number(row, column + 2),
        platform: row.get::<_, i16>(column + 3) as u8,
        key: number(row, column + 4),
        seq: number(row, column + 5),
        counts: row.get(column + 6),
        becomes_last: row.get(column + 7),
        origin: number(row, column + 8),
        listed: row.get(column + 9),
        revoked: row.get(column + 10),
        body: read_text(row, column + 11),
    }
}

fn conversation(row: &Row, column: usize) -> Conversation {
    Conversation {
        no: number(row, column),
        head: number(row, column + 1),
        time: number(row, column + 2),
    }
}

pub(crate) fn own_member(row: &Row, column: usize) -> Member {
    Member {
        read_order: number(row, column),
        read_time: number(row, column + 1),
        hidden: number(row, column + 2),
        left_at: number(row, column + 3),
    }
}

/// Makes conversations that are not there.
const MAKE: &str = concat!(
    "INSERT INTO conversation (kind, a, b) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bigint[])
     ON CONFLICT DO NOTHING RETURNING ",
    CONVERSATION_COLUMNS!()
);

impl MessageStore for PostgresStore {
    async fn conversation(&mut self, place: Place) -> Answer<Option<Conversation>> {
        if let Some((open, _)) = self.known().and_then(|known| known.open.get(&place)) {
            return Ok(Some(*open));
        }
        let row = self
            .one(
                "SELECT no, head, time FROM conversation WHERE kind = $1 AND a = $2 AND b = $3",
                params![place.kind as i16, place.a as i64, place.b as i64],
            )
            .await?;
        Ok(row.map(|row| conversation(&row, 0)))
    }

    async fn conversations_at(&mut self, list: &[Place]) -> Answer<Vec<Option<Conversation>>> {
        let sql = "SELECT c.kind, c.a, c.b, c.no, c.head, c.time
             FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS p (kind, a, b)
             JOIN conversation c ON c.kind = p.kind AND c.a = p.a AND c.b = p.b";
        let rows = self.list(sql, places(list)).await?;
        let found: HashMap<Place, Conversation> =
            rows.iter().map(|row| (place(row, 0), conversation(row, 3))).collect();
        let open = self.known().map(|known| &known.open);
        // What is gathered is not in the database yet.
        let now = |place: &Place| open.and_then(|open| open.get(place)).map(|open| open.0);
        Ok(list.iter().map(|place| now(place).or_else(|| found.get(place).copied())).collect())
    }

    async fn open_conversation(&mut self, place: Place) -> Answer<Conversation> {
        let opened = self.open_conversations(&[place]).await?;
        opened.first().copied().ok_or_else(|| damaged("no conversation"))
    }

    async fn open_conversations(&mut self, list: &[Place]) -> Answer<Vec<Conversation>> {
        self.unit().await?;
        // Those that another unit makes at the same moment are there once it has committed.
        for sql in [OPEN, MAKE, OPEN] {
            let Some(known) = self.known() else { break };
            let mut missing: Vec<Place> =
                list.iter().filter(|it| !known.open.contains_key(it)).copied().collect();
            if missing.is_empty() {
                break;
            }
            missing.sort_unstable_by_key(in_order);
            missing.dedup();
            let rows = self.list_apart(sql, places(&missing)).await?;
            if let Some(known) = self.known() {
                for row in &rows {
                    known.open(row);
                }
            }
        }
        let open = self.known().map(|known| &known.open);
        let opened = |place: &Place| open?.get(place).map(|open| open.0);
        let opened: Option<Vec<Conversation>> = list.iter().map(opened).collect();
        opened.ok_or_else(|| damaged("a conversation that comes and goes"))
    }

    async fn append(&mut self, conv: u64, message: &Message) -> Answer<bool> {
        let of = (message.sender, message.key);
        let known = &self.unit().await?.known;
        let taken = match known.keys.get(&of) {
            Some(key) => *key == Key::Taken,
            // It is made of the place, which is this unit's own.
            None if message.is_system() => false,
            None => {
                let sql = "SELECT FROM message WHERE sender = $1 AND key = $2";
                self.one(sql, params![of.0 as i64, of.1 as i64]).await?.is_some()
            }
        };
        let unit = self.unit().await?;
        if !message.is_system() {
            unit.known.keys.insert(of, Key::Taken);
        }
        if taken {
            return Ok(false);
        }
        let known = &mut unit.known;
        if let Some(open) = known.places.get(&conv).and_then(|place| known.open.get_mut(place)) {
            (open.0.head, open.0.time) = (message.order, message.time);
            if message.listed {
                open.1 = Newest { order: message.order, seq: message.seq, time: message.time };
            }
        }
        unit.bulk.message(conv, message.clone());
        Ok(true)
    }

    async fn by_key(&mut self, sender: u64, key: u64) -> Answer<Option<(u64, Message)>> {
        if self.known().is_some_and(|known| known.keys.get(&(sender, key)) == Some(&Key::Free)) {
            return Ok(None);
        }
        let sql = concat!(
            "SELECT conv, ",
            MESSAGE_COLUMNS!(""),
            " FROM message WHERE sender = $1 AND key = $2"
        );
        let row = self.one(sql, params![sender as i64, key as i64]).await?;
        Ok(row.map(|row| (number(&row, 0), message(&row, 1))))
    }

    async fn messages(
        &mut self,
        conv: u64,
        after: u64,
        before: u64,
        most: Most,
    ) -> Answer<Part<Message>> {
        let sql = concat!(
            "SELECT n.found, ",
            MESSAGE_COLUMNS!("n."),
            " FROM (SELECT m.*, count(*) OVER () AS found, row_number() OVER w AS nth,
                        sum(octet_length(m.body)) OVER w - octet_length(m.body) AS bytes_before
                    FROM (SELECT * FROM message WHERE conv = $1 AND \"order\" > $2 AND \"order\" < $3 AND listed
                          ORDER BY \"order\" DESC LIMIT $4::bigint + 1) AS m
                    WINDOW w AS (ORDER BY m.\"order\" DESC ROWS UNBOUNDED PRECEDING)) AS n
             WHERE n.nth <= $4 AND n.bytes_before <= $5 ORDER BY n.\"order\" DESC"
        );
        let (rows, bytes) = (i64::from(most.rows), i64::from(most.bytes));
        let params = params![conv as i64, bound(after), bound(before), rows, bytes];
        Ok(part(&self.list(sql, params).await?, |row| message(row, 1)))
    }

    async fn newest_visible(
        &mut self,
        account: u64,
        list: &[(u64, u64)],
        bytes: u32,
    ) -> Answer<Vec<Option<Message>>> {
        let sql = concat!(
            "SELECT n.at, ",
            MESSAGE_COLUMNS!("n."),
            " FROM (SELECT c.at, m.*, sum(octet_length(m.body)) OVER w - octet_length(m.body) AS bytes_before
                    FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS c (no, after, at)
                    CROSS JOIN LATERAL (SELECT * FROM message WHERE conv = c.no AND \"order\" > c.after AND listed
                        AND NOT EXISTS (SELECT FROM deleted d
                                        WHERE d.account = $3 AND d.conv = message.conv AND d.\"order\" = message.\"order\")
                        ORDER BY \"order\" DESC LIMIT 1) AS m
                    WINDOW w AS (ORDER BY c.at ROWS UNBOUNDED PRECEDING)) AS n
             WHERE n.bytes_before <= $4"
        );
        let convs = numbers(list.iter().map(|it| it.0));
        let after: Vec<i64> = list.iter().map(|it| bound(it.1)).collect();
        let rows = self.list(sql, params![convs, after, account as i64, i64::from(bytes)]).await?;
        let mut found: HashMap<u64, Message> =
            rows.iter().map(|row| (number(row, 0), message(row, 1))).collect();
        Ok((1..=list.len() as u64).map(|at| found.remove(&at)).collect())
    }

    async fn unread(
        &mut self,
        conv: u64,
        account: u64,
        (after, before): (u64, u64),
        without_tips: bool,
    ) -> Answer<u32> {
        let row = self
            .one(
                "SELECT count(*) FROM message AS m
                 WHERE conv = $1 AND \"order\" > $2 AND \"order\" < $4 AND sender <> $3 AND counts AND NOT revoked
                 AND NOT ($5 AND key & $6 = $6)
                 AND NOT EXISTS (SELECT FROM deleted d WHERE d.account = $3 AND d.conv = $1 AND d.\"order\" = m.\"order\")",
                params![
                    conv as i64,
                    bound(after),
                    account as i64,
                    bound(before),
                    without_tips,
                    SYSTEM_KEY as i64
                ],
            )
            .await?;
        Ok(row.map_or(0, |row| row.get::<_, i64>(0) as u32))
    }

    async fn unread_of(
        &mut self,
        account: u64,
        list: &[(u64, u64)],
        without_tips: bool,
    ) -> Answer<Vec<u32>> {
        let rows = self
            .list(
                "SELECT (SELECT count(*) FROM message AS m
                         WHERE m.conv = c.conv AND m.\"order\" > c.after AND m.sender <> $3 AND m.counts AND NOT m.revoked
                         AND NOT ($4 AND m.key & $5 = $5)
                         AND NOT EXISTS (SELECT FROM deleted d
                                         WHERE d.account = $3 AND d.conv = m.conv AND d.\"order\" = m.\"order\"))
                 FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS c (conv, after, at) ORDER BY c.at",
                params![
                    numbers(list.iter().map(|it| it.0)),
                    list.iter().map(|it| bound(it.1)).collect::<Vec<_>>(),
                    account as i64,
                    without_tips,
                    SYSTEM_KEY as i64,
                ],
            )
            .await?;
        Ok(rows.iter().map(|row| row.get::<_, i64>(0) as u32).collect())
    }

    async fn remove_messages(&mut self, list: &[(u64, u64, u64)]) -> Answer<()> {
        self.write(
            "DELETE FROM message m USING unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS u (conv, upto, before)
             WHERE m.conv = u.conv AND m.\"order\" <= u.upto AND m.time < u.before",
            params![
                numbers(list.iter().map(|it| it.0)),
                list.iter().map(|it| bound(it.1)).collect::<Vec<_>>(),
                list.iter().map(|it| bound(it.2)).collect::<Vec<_>>(),
            ],
        )
        .await
    }

    async fn order_at(&mut self, conv: u64, time: u64) -> Answer<u64> {
        // Times rise with the order, so the newest that fits is met first going down.
        let row = self
            .one(
                "SELECT \"order\" FROM message WHERE conv = $1 AND time <= $2 ORDER BY \"order\" DESC LIMIT 1",
                params![conv as i64, bound(time)],
            )
            .await?;
        Ok(row.map_or(0, |row| number(&row, 0)))
    }

    async fn mentioning(
        &mut self,
        account: u64,
        list: &[(u64, u64)],
    ) -> Answer<Vec<Vec<Mentioning>>> {
        let rows = self
            .list(
                "SELECT c.at, m.\"order\", m.time, m.seq, substr(m.body, strpos(m.body, $4), $5)
                 FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS c (conv, after, at)
                 CROSS JOIN LATERAL (SELECT \"order\", time, seq, sender, listed, revoked, body FROM message
                                     WHERE conv = c.conv AND \"order\" > c.after ORDER BY \"order\" DESC LIMIT $6) AS m
                 WHERE strpos(m.body, $4) > 0 AND m.sender <> $3 AND m.listed AND NOT m.revoked
                 AND NOT EXISTS (SELECT FROM deleted d
                                 WHERE d.account = $3 AND d.conv = c.conv AND d.\"order\" = m.\"order\")
                 ORDER BY c.at, m.\"order\"",
                params![
                    numbers(list.iter().map(|it| it.0)),
                    list.iter().map(|it| bound(it.1)).collect::<Vec<_>>(),
                    account as i64,
                    Mentioning::KEY,
                    Mentioning::BYTES as i32,
                    i64::from(Mentioning::NEWEST),
                ],
            )
            .await?;
        let mut found = vec![Vec::new(); list.len()];
        for row in &rows {
            let of = (row.get::<_, i64>(0) as usize).checked_sub(1);
            if let Some(of) = of.and_then(|at| found.get_mut(at)) {
                of.push(Mentioning {
                    order: number(row, 1),
                    time: number(row, 2),
                    seq: number(row, 3),
                    names: Mentioning::names(&read_text(row, 4)),
                });
            }
        }
        Ok(found)
    }

    async fn member(&mut self, account: u64, conv: u64) -> Answer<Option<Member>> {
        if let Some(member) = self.known().and_then(|known| known.members.get(&(account, conv))) {
            return Ok(*member);
        }
        let row = self
            .one(
                "SELECT read_order, read_time, hidden, left_at FROM member WHERE account = $1 AND conv = $2",
                params![account as i64, conv as i64],
            )
            .await?;
        Ok(row.map(|row| own_member(&row, 0)))
    }

    async fn members_of(&mut self, list: &[(u64, u64)]) -> Answer<Vec<Option<Member>>> {
        let sql = "SELECT m.account, m.conv, m.read_order, m.read_time, m.hidden, m.left_at
             FROM unnest($1::bigint[], $2::bigint[]) AS p (account, conv)
             JOIN member m ON m.account = p.account AND m.conv = p.conv";
        let of = params![numbers(list.iter().map(|it| it.0)), numbers(list.iter().map(|it| it.1))];
        let rows = self.list(sql, of).await?;
        let found: HashMap<(u64, u64), Member> =
            rows.iter().map(|row| ((number(row, 0), number(row, 1)), own_member(row, 2))).collect();
        Ok(list.iter().map(|it| found.get(it).copied()).collect())
    }

    async fn put_member(&mut self, account: u64, conv: u64, member: Member) -> Answer<()> {
        self.put_members(conv, &[(account, member)]).await
    }

    async fn put_members(&mut self, conv: u64, list: &[(u64, Member)]) -> Answer<()> {
        let of = |field: fn(&Member) -> u64| numbers(list.iter().map(|it| field(&it.1)));
        self.write(
            "INSERT INTO member (conv, account, read_order, read_time, hidden, left_at)
             SELECT $1, m.* FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[]) AS m
             ON CONFLICT (account, conv)
             DO UPDATE SET read_order = excluded.read_order, read_time = excluded.read_time, hidden = excluded.hidden,
                           left_at = excluded.left_at",
            params![
                conv as i64,
                numbers(list.iter().map(|it| it.0)),
                of(|member| member.read_order),
                of(|member| member.read_time),
                of(|member| member.hidden),
                of(|member| member.left_at),
            ],
        )
        .await
    }

    async fn join(&mut self, account: u64, conv: u64) -> Answer<()> {
        if self.shared.joined.get(&(account, conv)).is_some() {
            return Ok(());
        }
        let unit = self.unit().await?;
        if unit.known.joined.insert((account, conv)) {
            unit.bulk.join(account, conv);
        }
        Ok(())
    }

    async fn conversations(
        &mut self,
        account: u64,
        count: u32,
    ) -> Answer<Vec<(Place, Conversation, Member)>> {
        let rows = self
            .list(
                "SELECT c.kind, c.a, c.b, c.no, n.\"order\", n.time, m.read_order, m.read_time, m.hidden, m.left_at
                 FROM member m JOIN conversation c ON c.no = m.conv
                 CROSS JOIN LATERAL (SELECT \"order\", time FROM message WHERE conv = c.no AND listed
                                     ORDER BY \"order\" DESC LIMIT 1) AS n
                 WHERE m.account = $1 AND n.\"order\" > m.hidden ORDER BY n.time DESC, c.no DESC LIMIT $2",
                params![account as i64, i64::from(count)],
            )
            .await?;
        let listed = |row: &Row| (place(row, 0), conversation(row, 3), own_member(row, 6));
        Ok(rows.iter().map(listed).collect())
    }
}
