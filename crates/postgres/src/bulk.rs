//! What is written most, gathered: one statement for many rows.

use std::collections::BTreeMap;

use imsdk_service::store::{Entry, Message};

use crate::row::{Param, numbers, params, text};
use crate::unit::Step;

/// Messages, log entries and members of conversations that wait to be written. They do not get into each other's way, so their order
/// among each other does not matter.
#[derive(Default)]
pub(crate) struct Bulk {
    messages: Vec<(u64, Message)>,
    entries: Vec<Line>,
    joins: Vec<(u64, u64)>,
}

/// An entry of a log.
struct Line {
    account: u64,
    origin: u64,
    kind: i16,
    conv: u64,
    value: u64,
    body: String,
}

const MESSAGES: &str = "WITH written AS (
        INSERT INTO message (conv, \"order\", time, sender, key, seq, origin, platform, counts, becomes_last, listed, revoked, body)
        SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                             $8::smallint[], $9::boolean[], $10::boolean[], $11::boolean[], $12::boolean[], $13::text[]))
    UPDATE conversation AS c SET head = u.head, time = u.time,
        newest = CASE WHEN u.newest > 0 THEN u.newest ELSE c.newest END,
        newest_seq = CASE WHEN u.newest > 0 THEN u.newest_seq ELSE c.newest_seq END,
        newest_time = CASE WHEN u.newest > 0 THEN u.newest_time ELSE c.newest_time END
    FROM unnest($14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[], $18::bigint[], $19::bigint[])
        AS u (no, head, time, newest, newest_seq, newest_time)
    WHERE c.no = u.no";

/// The rows of the accounts' heads are locked in the order of the accounts, and held up to the commit that follows. An entry has its
/// account's position among them, and how many follow it in the log.
const ENTRIES: &str = "WITH head AS (
        INSERT INTO log_head AS old (account, seq) SELECT * FROM unnest($1::bigint[], $2::bigint[])
        ON CONFLICT (account) DO UPDATE SET seq = old.seq + excluded.seq
        RETURNING old.account, old.seq)
    INSERT INTO log (account, seq, origin, conv, value, kind, body)
    SELECT ($1::bigint[])[l.at], (SELECT array_agg(seq ORDER BY account) FROM head)[l.at] - l.follow,
           l.origin, l.conv, l.value, l.kind, l.body
    FROM unnest($3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::smallint[], $9::text[])
        AS l (at, follow, origin, conv, value, kind, body)";

const JOINS: &str =
    "INSERT INTO member (account, conv) SELECT * FROM unnest($1::bigint[], $2::bigint[])
    ON CONFLICT DO NOTHING";

impl Bulk {
    pub(crate) fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.entries.is_empty() && self.joins.is_empty()
    }

    pub(crate) fn message(&mut self, conv: u64, message: Message) {
        self.messages.push((conv, message));
    }

    pub(crate) fn entry(&mut self, account: u64, origin: u64, entry: Entry) {
        let (kind, conv, value, body) = match entry {
            Entry::Message { conv, order } => (1, conv, order, String::new()),
            Entry::Receipt { conv, time } => (2, conv, time, String::new()),
            Entry::Read { conv, order } => (3, conv, order, String::new()),
            Entry::Notice(body) => (4, 0, 0, text(&body)),
        };
        self.entries.push(Line { account, origin, kind, conv, value, body });
    }

    pub(crate) fn join(&mut self, account: u64, conv: u64) {
        self.joins.push((account, conv));
    }

    /// Makes statements of what was gathered.
    pub(crate) fn seal(&mut self, queue: &mut Vec<Step>) {
        if !self.messages.is_empty() {
            let params = messages(std::mem::take(&mut self.messages));
            queue.push(Step::With(MESSAGES, params, false));
        }
        if !self.joins.is_empty() {
            let mut joins = std::mem::take(&mut self.joins);
            // Units that put the same accounts into the same conversations meet in one order.
            joins.sort_unstable();
            let accounts = numbers(joins.iter().map(|join| join.0));
            let convs = numbers(joins.iter().map(|join| join.1));
            queue.push(Step::With(JOINS, params![accounts, convs], false));
        }
        if !self.entries.is_empty() {
            let params = entries(std::mem::take(&mut self.entries));
            queue.push(Step::With(ENTRIES, params, false));
        }
    }
}

fn messages(list: Vec<(u64, Message)>) -> Vec<Param> {
    // What becomes of each conversation: place and time of its newest message, and the newest listed one.
    let mut heads: BTreeMap<u64, (&Message, Option<&Message>)> = BTreeMap::new();
    for (conv, message) in &list {
        let head = heads.entry(*conv).or_insert((message, None));
        head.0 = message;
        if message.listed {
            head.1 = Some(message);
        }
    }
    let of = |field: fn(&Message) -> u64| numbers(list.iter().map(|(_, message)| field(message)));
    let flags = |field: fn(&Message) -> bool| -> Vec<bool> {
        list.iter().map(|(_, message)| field(message)).collect()
    };
    let head = |field: fn(&Message) -> u64| numbers(heads.values().map(|head| field(head.0)));
    let newest =
        |field: fn(&Message) -> u64| numbers(heads.values().map(|head| head.1.map_or(0, field)));
    params![
        numbers(list.iter().map(|(conv, _)| *conv)),
        of(|message| message.order),
        of(|message| message.time),
        of(|message| message.sender),
        of(|message| message.key),
        of(|message| message.seq),
        of(|message| message.origin),
        list.iter().map(|(_, message)| i16::from(message.platform)).collect::<Vec<_>>(),
        flags(|message| message.counts),
        flags(|message| message.becomes_last),
        flags(|message| message.listed),
        flags(|message| message.revoked),
        list.iter().map(|(_, message)| text(&message.body)).collect::<Vec<_>>(),
        numbers(heads.keys().copied()),
        head(|message| message.order),
        head(|message| message.time),
        newest(|message| message.order),
        newest(|message| message.seq),
        newest(|message| message.time),
    ]
}

fn entries(list: Vec<Line>) -> Vec<Param> {
    let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
    for line in &list {
        *counts.entry(line.account as i64).or_default() += 1;
    }
    // Position in the database's order, from 1, and entries that are still to come.
    let mut left: BTreeMap<i64, (i32, i64)> =
        counts.iter().zip(1..).map(|((account, count), at)| (*account, (at, *count))).collect();
    let (mut positions, mut follow) = (Vec::new(), Vec::new());
    for line in &list {
        let Some((at, rest)) = left.get_mut(&(line.account as i64)) else { continue };
        *rest -= 1;
        positions.push(*at);
        follow.push(*rest);
    }
    params![
        counts.keys().copied().collect::<Vec<_>>(),
        counts.values().copied().collect::<Vec<_>>(),
        positions,
        follow,
        numbers(list.iter().map(|line| line.origin)),
        numbers(list.iter().map(|line| line.conv)),
        numbers(list.iter().map(|line| line.value)),
        list.iter().map(|line| line.kind).collect::<Vec<_>>(),
        list.into_iter().map(|line| line.body).collect::<Vec<_>>(),
    ]
}
