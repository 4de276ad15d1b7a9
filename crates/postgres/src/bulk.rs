//! What is written most, gathered: one statement for many rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use imsdk_service::store::{Entry, Message};

use crate::hold::in_order;
use crate::known::Known;
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

/// What a unit of work takes to be so without having asked, see `heads`.
#[derive(Default)]
pub(crate) struct Assumed {
    /// Conversations by number, each with the place of its newest message.
    pub(crate) heads: HashMap<u64, u64>,
    /// Accounts, each with one that it has not blocked.
    pub(crate) unblocked: BTreeSet<(u64, u64)>,
}

/// Entries of accounts' logs. The rows of the accounts' heads are locked in the order of the accounts, and held up to the commit that
/// follows. An entry has its account's position among them, and how many follow it in the log.
macro_rules! ENTRIES {
    ($heads:literal) => {
        concat!(
            "head AS (
                INSERT INTO log_head AS old (account, seq) SELECT u.account, u.count FROM ",
            $heads,
            "unnest($1::bigint[], $2::bigint[]) AS u (account, count)
                ON CONFLICT (account) DO UPDATE SET seq = old.seq + excluded.seq
                RETURNING old.account, old.seq)
            INSERT INTO log (account, seq, origin, conv, value, kind, body)
            SELECT ($1::bigint[])[l.at], (SELECT array_agg(seq ORDER BY account) FROM head)[l.at] - l.follow,
                   l.origin, l.conv, l.value, l.kind, l.body
            FROM unnest($3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::smallint[], $9::text[])
                AS l (at, follow, origin, conv, value, kind, body)
            RETURNING account, seq"
        )
    };
}

const LOG: &str = concat!("WITH ", ENTRIES!(""));

/// Whether nobody is blocked of those who were taken not to be.
macro_rules! UNBLOCKED {
    ($accounts:literal, $peers:literal) => {
        concat!(
            "NOT EXISTS (SELECT FROM unnest(",
            $accounts,
            "::bigint[], ",
            $peers,
            "::bigint[]) AS p (account, peer)
                JOIN blocked b ON b.account = p.account AND b.peer = p.peer)"
        )
    };
}

/// Messages, what becomes of their conversations, and the entries about them. The conversations' rows are locked first, in the order of
/// the list. One with a place of -1 is locked already; another one must still have the place that was assumed. PostgreSQL has no
/// assertion: the whole fails by a division by zero.
const MESSAGES: &str = concat!(
    "WITH moved AS (
        UPDATE conversation AS c SET head = u.head, time = u.time,
            newest = CASE WHEN u.newest > 0 THEN u.newest ELSE c.newest END,
            newest_seq = CASE WHEN u.newest > 0 THEN u.newest_seq ELSE c.newest_seq END,
            newest_time = CASE WHEN u.newest > 0 THEN u.newest_time ELSE c.newest_time END
        FROM unnest($10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[])
            AS u (no, was, head, time, newest, newest_seq, newest_time)
        WHERE c.no = u.no AND (u.was < 0 OR c.head = u.was)
        RETURNING c.no),
    sure AS MATERIALIZED (
        SELECT 1 / CASE WHEN (SELECT count(*) FROM moved) = cardinality($10) AND ",
    UNBLOCKED!("$17", "$18"),
    " THEN 1 ELSE 0 END),
    written AS (
        INSERT INTO message (conv, \"order\", time, sender, key, seq, origin, platform, counts, becomes_last, listed, revoked, body)
        SELECT m.* FROM sure CROSS JOIN unnest($19::bigint[], $20::bigint[], $21::bigint[], $22::bigint[], $23::bigint[], $24::bigint[],
            $25::bigint[], $26::smallint[], $27::boolean[], $28::boolean[], $29::boolean[], $30::boolean[], $31::text[]) AS m), ",
    ENTRIES!("sure CROSS JOIN ")
);

/// One message between two whose conversation was assumed, and its entries in the logs of both: what most units are. It says the same as
/// [`MESSAGES`] in half of its time: the more a statement could do, the longer PostgreSQL takes to begin it. Where the row of the conversation
/// is not there it writes nothing, and gives no place.
pub(crate) const ONE: &str = "WITH moved AS (
        UPDATE conversation SET head = $2, time = $4, newest = $2, newest_seq = $7, newest_time = $4
        WHERE no = $1 AND 1 = 1 / CASE WHEN head = $3
            AND NOT EXISTS (SELECT FROM blocked WHERE account = $13 AND peer = $5) THEN 1 ELSE 0 END
        RETURNING no),
    written AS (
        INSERT INTO message (conv, \"order\", time, sender, key, seq, origin, platform, counts, becomes_last, listed, revoked, body)
        SELECT no, $2, $4, $5, $6, $7, $8, $9, $10, $11, true, false, $12 FROM moved),
    head AS (
        INSERT INTO log_head AS old (account, seq) SELECT u.account, 1
        FROM moved CROSS JOIN (VALUES (least($5, $13)), (greatest($5, $13))) AS u (account)
        ON CONFLICT (account) DO UPDATE SET seq = old.seq + 1
        RETURNING old.account, old.seq)
    INSERT INTO log (account, seq, origin, conv, value, kind, body) SELECT account, seq, $8, $1, $2, 1, '' FROM head
    RETURNING account, seq";

/// Locks conversations in the order of the list, and makes sure of what was assumed of them.
const MAKE_SURE: &str = concat!(
    "SELECT 1 / CASE WHEN (SELECT count(*) FROM unnest($1::bigint[], $2::bigint[]) AS u (no, was)
         CROSS JOIN LATERAL (SELECT head FROM conversation WHERE no = u.no FOR NO KEY UPDATE) AS c
         WHERE c.head = u.was) = cardinality($1) AND ",
    UNBLOCKED!("$3", "$4"),
    " THEN 1 ELSE 0 END"
);

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
            Entry::Receipt { conv, time, order } => (2, conv, time, order.to_string()),
            Entry::Read { conv, order } => (3, conv, order, String::new()),
            Entry::Notice(body) => (4, 0, 0, text(&body)),
        };
        self.entries.push(Line { account, origin, kind, conv, value, body });
    }

    pub(crate) fn join(&mut self, account: u64, conv: u64) {
        self.joins.push((account, conv));
    }

    /// Makes statements of what was gathered. What is assumed is made sure of before anything is written.
    pub(crate) fn seal(&mut self, queue: &mut Vec<Step>, assumed: Option<Assumed>, known: &Known) {
        let (messages, lines) =
            (std::mem::take(&mut self.messages), std::mem::take(&mut self.entries));
        if let Some(params) = assumed.as_ref().and_then(|it| one(&messages, &lines, it)) {
            queue.push(Step::Log(ONE, params));
        } else if !messages.is_empty() {
            let params = Vec::from_iter(entries(lines).into_iter().chain(written(
                messages,
                assumed.unwrap_or_default(),
                known,
            )));
            queue.push(Step::Log(MESSAGES, params));
        } else {
            queue.extend(assumed.map(|assumed| assumed.make_sure(known)));
            if !lines.is_empty() {
                queue.push(Step::Log(LOG, entries(lines)));
            }
        }
        if !self.joins.is_empty() {
            let mut joins = std::mem::take(&mut self.joins);
            // Units that put the same accounts into the same conversations meet in one order.
            joins.sort_unstable();
            let accounts = numbers(joins.iter().map(|join| join.0));
            let convs = numbers(joins.iter().map(|join| join.1));
            queue.push(Step::With(JOINS, params![accounts, convs], false));
        }
    }
}

impl Assumed {
    /// A statement that fails if something of it is not so, and otherwise sees to it that it stays so.
    pub(crate) fn make_sure(self, known: &Known) -> Step {
        let mut heads: Vec<(u64, u64)> = self.heads.into_iter().collect();
        heads.sort_unstable_by_key(|(no, _)| known.places.get(no).map(in_order));
        let params = params![
            numbers(heads.iter().map(|head| head.0)),
            numbers(heads.iter().map(|head| head.1)),
            numbers(self.unblocked.iter().map(|pair| pair.0)),
            numbers(self.unblocked.iter().map(|pair| pair.1)),
        ];
        Step::With(MAKE_SURE, params, true)
    }
}

/// The values of [`ONE`], if that is all there is.
fn one(messages: &[(u64, Message)], lines: &[Line], assumed: &Assumed) -> Option<Vec<Param>> {
    let ([(conv, message)], [first, second]) = (messages, lines) else { return None };
    let mut heads = assumed.heads.iter();
    let (Some((no, was)), None) = (heads.next(), heads.next()) else { return None };
    let mut unblocked = assumed.unblocked.iter();
    let (Some(&(receiver, sender)), None) = (unblocked.next(), unblocked.next()) else {
        return None;
    };
    let tells = |line: &Line| {
        (line.kind, line.conv, line.value, line.origin) == (1, *conv, message.order, message.origin)
    };
    let is_one = no == conv
        && sender == message.sender
        && (first.account.min(second.account), first.account.max(second.account))
            == (sender.min(receiver), sender.max(receiver))
        && tells(first)
        && tells(second)
        && message.listed
        && !message.revoked;
    is_one.then(|| {
        params![
            *conv as i64,
            message.order as i64,
            *was as i64,
            message.time as i64,
            sender as i64,
            message.key as i64,
            message.seq as i64,
            message.origin as i64,
            i16::from(message.platform),
            message.counts,
            message.becomes_last,
            text(&message.body),
            receiver as i64,
        ]
    })
}

fn written(list: Vec<(u64, Message)>, assumed: Assumed, known: &Known) -> Vec<Param> {
    // What becomes of each conversation: place and time of its newest message, and the newest listed one.
    let mut heads: HashMap<u64, (&Message, Option<&Message>)> = HashMap::new();
    for (conv, message) in &list {
        let head = heads.entry(*conv).or_insert((message, None));
        head.0 = message;
        if message.listed {
            head.1 = Some(message);
        }
    }
    let mut heads: Vec<_> = heads.into_iter().collect();
    heads.sort_unstable_by_key(|(conv, _)| known.places.get(conv).map(in_order));
    let was = |conv: &u64| assumed.heads.get(conv).map_or(-1, |head| *head as i64);
    let of = |field: fn(&Message) -> u64| numbers(list.iter().map(|(_, message)| field(message)));
    let flags = |field: fn(&Message) -> bool| -> Vec<bool> {
        list.iter().map(|(_, message)| field(message)).collect()
    };
    let head = |field: fn(&Message) -> u64| numbers(heads.iter().map(|(_, head)| field(head.0)));
    let newest =
        |field: fn(&Message) -> u64| numbers(heads.iter().map(|(_, head)| head.1.map_or(0, field)));
    params![
        numbers(heads.iter().map(|(conv, _)| *conv)),
        heads.iter().map(|(conv, _)| was(conv)).collect::<Vec<_>>(),
        head(|message| message.order),
        head(|message| message.time),
        newest(|message| message.order),
        newest(|message| message.seq),
        newest(|message| message.time),
        numbers(assumed.unblocked.iter().map(|pair| pair.0)),
        numbers(assumed.unblocked.iter().map(|pair| pair.1)),
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
