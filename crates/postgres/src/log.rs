//! The logs of accounts.

use imsdk_service::store::{Answer, Entry, LogStore, Logged, Pulling};
use tokio_postgres::Row;

use crate::PostgresStore;
use crate::account::{DEVICE, DEVICE_NUMBERS, device};
use crate::message::{MESSAGE_COLUMNS, message, own_member};
use crate::row::{Param, bound, number, numbers, params, place, read_text};
use crate::unit::{Known, LogMarks};

const MARKS: &str = "SELECT coalesce(h.seq, 0), a.trimmed, a.delivered
    FROM account a LEFT JOIN log_head h ON h.account = a.no WHERE a.no = $1";

/// What [`logged`] reads.
macro_rules! ENTRY_COLUMNS {
    () => {
        concat!(
            "l.seq, l.kind, l.conv, l.value, c.kind AS place, c.a, c.b, l.origin, l.body AS notice, m.conv AS at, ",
            MESSAGE_COLUMNS!("m.")
        )
    };
}

macro_rules! ENTRY_TABLES {
    () => {
        "log l LEFT JOIN conversation c ON c.no = l.conv
         LEFT JOIN message m ON l.kind = 1 AND m.conv = l.conv AND m.\"order\" = l.value"
    };
}

const ENTRIES: &str = concat!(
    "SELECT ",
    ENTRY_COLUMNS!(),
    " FROM ",
    ENTRY_TABLES!(),
    " WHERE l.account = $1 AND l.seq > $2 AND l.seq <= $3 AND l.origin <> $4
     ORDER BY l.seq LIMIT $5"
);

/// Columns of an entry.
const ENTRY: usize = 22;

/// All that is asked when logs are read, of one moment: their next entries, each with how the account stands to its conversation and whether
/// it has deleted the message; then, of each log, where it stands, and the account's devices. A row begins with the position of its log.
const PULL: &str = concat!(
    "SELECT p.at, e.*, NULL::bigint[]
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
         WITH ORDINALITY AS p (account, after, origin, count, at)
     CROSS JOIN LATERAL (SELECT ",
    ENTRY_COLUMNS!(),
    ", s.account IS NOT NULL, s.read_order, s.read_time, s.hidden, s.left_at, d.account IS NOT NULL FROM ",
    ENTRY_TABLES!(),
    " LEFT JOIN member s ON l.kind = 1 AND s.account = l.account AND s.conv = l.conv
         LEFT JOIN deleted d ON l.kind = 1 AND d.account = l.account AND d.conv = l.conv AND d.\"order\" = l.value
         WHERE l.account = p.account AND l.seq > p.after AND l.origin <> p.origin ORDER BY l.seq LIMIT p.count) AS e
     UNION ALL
     SELECT p.at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         ARRAY[coalesce(h.seq, 0), a.trimmed, a.delivered]
         || ARRAY(SELECT unnest(",
    DEVICE!(),
    ") FROM device WHERE account = a.no)
     FROM unnest($1::bigint[]) WITH ORDINALITY AS p (account, at)
     JOIN account a ON a.no = p.account LEFT JOIN log_head h ON h.account = a.no"
);

fn logged(row: &Row, column: usize) -> Logged {
    let (conv, value) = (number(row, column + 2), number(row, column + 3));
    let entry = match row.get::<_, i16>(column + 1) {
        4 => Entry::Notice(read_text(row, column + 8)),
        2 => Entry::Receipt { conv, time: value },
        3 => Entry::Read { conv, order: value },
        _ => Entry::Message { conv, order: value },
    };
    Logged {
        seq: number(row, column),
        entry,
        place: row.get::<_, Option<i16>>(column + 4).map(|_| place(row, column + 4)),
        origin: number(row, column + 7),
        message: row.get::<_, Option<i64>>(column + 9).map(|_| message(row, column + 10)),
    }
}

/// The place of the oldest entry.
fn tail(marks: LogMarks) -> u64 {
    if marks.head == 0 { 0 } else { marks.trimmed + 1 }
}

/// Asks for what lies in logs.
pub(crate) fn question(pulls: &[Pulling]) -> (&'static str, Vec<Param>) {
    let params = params![
        numbers(pulls.iter().map(|pull| pull.account)),
        pulls.iter().map(|pull| bound(pull.after)).collect::<Vec<_>>(),
        numbers(pulls.iter().map(|pull| pull.session)),
        pulls.iter().map(|pull| i64::from(pull.count)).collect::<Vec<_>>(),
    ];
    (PULL, params)
}

/// Takes in the answer.
pub(crate) fn remember(known: &mut Known, pulls: Vec<Pulling>, rows: &[Row]) {
    let mut pulled: Vec<_> = pulls.into_iter().map(|pull| (pull, Vec::new())).collect();
    for row in rows {
        let Some((pull, entries)) = pulled.get_mut(number(row, 0) as usize - 1) else { continue };
        let account = pull.account;
        if let Some(state) = row.get::<_, Option<Vec<i64>>>(ENTRY + 7) {
            let (marks, devices) = state.split_at(3);
            let [head, trimmed, delivered] = [marks[0], marks[1], marks[2]].map(|it| it as u64);
            known.logs.insert(account, LogMarks { head, trimmed, delivered });
            known
                .devices
                .insert(account, devices.chunks_exact(DEVICE_NUMBERS).map(device).collect());
            continue;
        }
        let entry = logged(row, 1);
        if let Entry::Message { conv, order } = entry.entry {
            let member = row.get::<_, bool>(ENTRY + 1).then(|| own_member(row, ENTRY + 2));
            known.members.insert((account, conv), member);
            let deleted = known.deleted.entry((account, conv)).or_default();
            if row.get(ENTRY + 6) {
                deleted.insert(order);
            }
        }
        entries.push(entry);
    }
    known.pulled.extend(pulled);
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
        count: u32,
    ) -> Answer<Vec<Logged>> {
        let asked = Pulling { account, after, session, count };
        if let Some(known) = self.known()
            && let Some(at) = known.pulled.iter().position(|(pull, _)| *pull == asked)
        {
            let (_, rows) = known.pulled.swap_remove(at);
            return Ok(rows.into_iter().filter(|row| row.seq <= upto).collect());
        }
        let rows = self
            .list(
                ENTRIES,
                params![
                    account as i64,
                    bound(after),
                    bound(upto),
                    session as i64,
                    i64::from(count),
                ],
            )
            .await?;
        Ok(rows.iter().map(|row| logged(row, 0)).collect())
    }
}
