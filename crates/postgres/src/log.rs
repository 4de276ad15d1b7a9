//! The logs of accounts.

use imsdk_service::store::{Answer, Entry, LogStore, Logged, Most, Part, Pulling};
use tokio_postgres::Row;

use crate::PostgresStore;
use crate::account::{DEVICES, device};
use crate::message::{MESSAGE_COLUMNS, message, own_member};
use crate::row::{Param, bound, number, params, part, place, read_text};
use crate::unit::{Known, LogMarks};

const MARKS: &str = "SELECT coalesce(h.seq, 0), a.trimmed, a.delivered
    FROM account a LEFT JOIN log_head h ON h.account = a.no WHERE a.no = $1";

const ENTRIES: &str = concat!(
    "SELECT n.found, n.seq, n.kind, n.conv, n.value, c.kind, c.a, c.b, n.origin, n.log_body, m.conv, ",
    MESSAGE_COLUMNS!("m."),
    " FROM (SELECT l.seq, l.kind, l.conv, l.value, l.origin, l.body AS log_body, count(*) OVER () AS found,
                row_number() OVER w AS nth,
                sum(octet_length(l.body) + coalesce(octet_length(b.body), 0)) OVER w
                    - octet_length(l.body) - coalesce(octet_length(b.body), 0) AS bytes_before
            FROM (SELECT * FROM log WHERE account = $1 AND seq > $2 AND seq <= $3 AND origin <> $4
                  ORDER BY seq LIMIT $5::bigint + 1) AS l
            LEFT JOIN message b ON l.kind = 1 AND b.conv = l.conv AND b.\"order\" = l.value
            WINDOW w AS (ORDER BY l.seq ROWS UNBOUNDED PRECEDING)) AS n
     LEFT JOIN conversation c ON c.no = n.conv
     LEFT JOIN message m ON n.kind = 1 AND m.conv = n.conv AND m.\"order\" = n.value
     WHERE n.nth <= $5 AND n.bytes_before <= $6 ORDER BY n.seq"
);

/// How an account stands to the conversations that its next entries are about, and what it has deleted there of these messages.
const STANDS: &str = "SELECT s.conv, m.account IS NOT NULL, m.read_order, m.read_time, m.hidden, m.left_at,
        ARRAY(SELECT d.\"order\" FROM deleted d WHERE d.account = $1 AND d.conv = s.conv
              AND d.\"order\" BETWEEN s.first AND s.last ORDER BY 1)
    FROM (SELECT conv, min(value) AS first, max(value) AS last FROM (
            SELECT conv, value, kind FROM log WHERE account = $1 AND seq > $2 AND origin <> $3 ORDER BY seq LIMIT $4) AS next
          WHERE kind = 1 GROUP BY conv) AS s
    LEFT JOIN member m ON m.account = $1 AND m.conv = s.conv";

fn logged(row: &Row) -> Logged {
    let (conv, value) = (number(row, 3), number(row, 4));
    let entry = match row.get::<_, i16>(2) {
        4 => Entry::Notice(read_text(row, 9)),
        2 => Entry::Receipt { conv, time: value },
        3 => Entry::Read { conv, order: value },
        _ => Entry::Message { conv, order: value },
    };
    Logged {
        seq: number(row, 1),
        entry,
        place: row.get::<_, Option<i16>>(5).map(|_| place(row, 5)),
        origin: number(row, 8),
        message: row.get::<_, Option<i64>>(10).map(|_| message(row, 11)),
    }
}

/// The place of the oldest entry.
fn tail(marks: LogMarks) -> u64 {
    if marks.head == 0 { 0 } else { marks.trimmed + 1 }
}

/// All that is asked when a log is read.
pub(crate) fn questions(pull: &Pulling) -> [(&'static str, Vec<Param>); 4] {
    let account = pull.account as i64;
    let (after, except) = (bound(pull.after), pull.session as i64);
    let (rows, bytes) = (i64::from(pull.most.rows), i64::from(pull.most.bytes));
    [
        (DEVICES, params![account]),
        (MARKS, params![account]),
        (ENTRIES, params![account, after, i64::MAX, except, rows, bytes]),
        (STANDS, params![account, after, except, rows]),
    ]
}

/// Takes in the answers.
pub(crate) fn remember(
    known: &mut Known,
    pull: Pulling,
    answers: &mut impl Iterator<Item = Vec<Row>>,
) {
    let mut next = || answers.next().unwrap_or_default();
    known.devices.insert(pull.account, next().iter().map(device).collect());
    let marks = next().first().map(marks).unwrap_or_default();
    known.logs.insert(pull.account, marks);
    known.pulled.push((pull, part(&next(), logged)));
    for row in next() {
        let of = (pull.account, number(&row, 0));
        let member = row.get::<_, bool>(1).then(|| own_member(&row, 2));
        known.members.insert(of, member);
        let deleted = row.get::<_, Vec<i64>>(6);
        known.deleted.insert(of, deleted.into_iter().map(|order| order as u64).collect());
    }
}

fn marks(row: &Row) -> LogMarks {
    LogMarks { head: number(row, 0), trimmed: number(row, 1), delivered: number(row, 2) }
}

impl PostgresStore {
    async fn marks(&mut self, account: u64) -> Answer<LogMarks> {
        if let Some(known) = self.known().and_then(|known| known.logs.get(&account)) {
            return Ok(*known);
        }
        let row = self.one(MARKS, params![account as i64]).await?;
        Ok(row.as_ref().map(marks).unwrap_or_default())
    }
}

impl LogStore for PostgresStore {
    async fn log(&mut self, account: u64, origin: u64, entry: Entry) -> Answer<()> {
        self.unit().await?.bulk.entry(account, origin, entry);
        Ok(())
    }

    async fn log_head(&mut self, account: u64) -> Answer<u64> {
        Ok(self.marks(account).await?.head)
    }

    async fn log_tail(&mut self, account: u64) -> Answer<u64> {
        Ok(tail(self.marks(account).await?))
    }

    async fn trim_log(&mut self, account: u64, upto: u64) -> Answer<()> {
        self.write(
            "WITH old AS (SELECT trimmed FROM account WHERE no = $1),
                  new AS (UPDATE account SET trimmed = greatest(trimmed, least($2,
                              (SELECT coalesce(max(seq), 1) - 1 FROM log_head WHERE account = $1)))
                          WHERE no = $1 RETURNING trimmed)
             DELETE FROM log WHERE account = $1
                 AND seq > (SELECT trimmed FROM old) AND seq <= (SELECT trimmed FROM new)",
            params![account as i64, bound(upto)],
        )
        .await
    }

    async fn entries(
        &mut self,
        account: u64,
        after: u64,
        upto: u64,
        session: u64,
        most: Most,
    ) -> Answer<Part<Logged>> {
        let asked = Pulling { account, after, session, most };
        if let Some(known) = self.known()
            && let Some(at) = known.pulled.iter().position(|(pull, _)| *pull == asked)
        {
            let (_, mut part) = known.pulled.swap_remove(at);
            let count = part.rows.len();
            part.rows.retain(|row| row.seq <= upto);
            part.more &= part.rows.len() == count;
            return Ok(part);
        }
        let rows = self
            .list(
                ENTRIES,
                params![
                    account as i64,
                    bound(after),
                    bound(upto),
                    session as i64,
                    i64::from(most.rows),
                    i64::from(most.bytes),
                ],
            )
            .await?;
        Ok(part(&rows, logged))
    }
}
