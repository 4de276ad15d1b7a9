//! The logs of accounts.

use imsdk_service::store::{Answer, Entry, LogStore, Logged, Most, Part, Pulling};
use tokio_postgres::Row;

use crate::PostgresStore;
use crate::account::{DEVICE, DEVICE_NUMBERS, device};
use crate::known::{Known, LogMarks};
use crate::message::{MESSAGE_COLUMNS, message, own_member};
use crate::row::{Param, bound, number, numbers, params, part, place, read_text};

const MARKS: &str = "SELECT coalesce(h.seq, 0), a.trimmed, a.delivered
    FROM account a LEFT JOIN log_head h ON h.account = a.no WHERE a.no = $1";

/// The next entries of a log: no more than so many rows, and so many bytes before each. Beside each stands how many there are, at most
/// one more than rows are wanted; then what [`logged`] reads, and further columns of further tables.
macro_rules! NEXT {
    ($account:literal, $after:literal, $upto:literal, $origin:literal, $rows:literal, $bytes:literal, $columns:literal, $tables:literal) => {
        concat!(
            "SELECT n.found, n.seq, n.kind, n.conv, n.value, c.kind AS place, c.a, c.b, n.origin, n.notice, m.conv AS at, ",
            MESSAGE_COLUMNS!("m."),
            $columns,
            " FROM (SELECT l.seq, l.kind, l.conv, l.value, l.origin, l.body AS notice, count(*) OVER () AS found,
                        row_number() OVER w AS nth,
                        sum(octet_length(l.body) + coalesce(octet_length(b.body), 0)) OVER w
                            - octet_length(l.body) - coalesce(octet_length(b.body), 0) AS bytes_before
                    FROM (SELECT * FROM log WHERE account = ",
            $account,
            " AND seq > ",
            $after,
            " AND seq <= ",
            $upto,
            " AND origin <> ",
            $origin,
            " ORDER BY seq LIMIT ",
            $rows,
            "::bigint + 1) AS l
                    LEFT JOIN message b ON l.kind = 1 AND b.conv = l.conv AND b.\"order\" = l.value
                    WINDOW w AS (ORDER BY l.seq ROWS UNBOUNDED PRECEDING)) AS n
             LEFT JOIN conversation c ON c.no = n.conv
             LEFT JOIN message m ON n.kind = 1 AND m.conv = n.conv AND m.\"order\" = n.value",
            $tables,
            " WHERE n.nth <= ",
            $rows,
            " AND n.bytes_before <= ",
            $bytes,
            " ORDER BY n.seq"
        )
    };
}

const ENTRIES: &str = NEXT!("$1", "$2", "$3", "$4", "$5", "$6", "", "");

/// All that is asked when logs are read, of one moment: their next entries, each with how the account stands to its conversation and whether
/// it has deleted the message; then, of each log, where it stands, and the account's devices. A row begins with the position of its log.
const PULL: &str = concat!(
    "SELECT p.at, e.*, NULL::bigint[]
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
         WITH ORDINALITY AS p (account, after, origin, rows, bytes, at)
     CROSS JOIN LATERAL (",
    NEXT!(
        "p.account",
        "p.after",
        "9223372036854775807",
        "p.origin",
        "p.rows",
        "p.bytes",
        ", s.account IS NOT NULL, s.read_order, s.read_time, s.hidden, s.left_at, d.account IS NOT NULL",
        " LEFT JOIN member s ON n.kind = 1 AND s.account = p.account AND s.conv = n.conv
          LEFT JOIN deleted d ON n.kind = 1 AND d.account = p.account AND d.conv = n.conv AND d.\"order\" = n.value"
    ),
    ") AS e
     UNION ALL
     SELECT p.at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
         ARRAY[coalesce(h.seq, 0), a.trimmed, a.delivered]
         || ARRAY(SELECT unnest(",
    DEVICE!(),
    ") FROM device WHERE account = a.no)
     FROM unnest($1::bigint[]) WITH ORDINALITY AS p (account, at)
     JOIN account a ON a.no = p.account LEFT JOIN log_head h ON h.account = a.no"
);

/// Where things stand in a row of [`PULL`]: how many entries there are, the entry, how the account stands to it, and where the log stands.
const FOUND: usize = 1;
const ENTRY: usize = FOUND + 1;
const STANDS: usize = ENTRY + 22;
const STATE: usize = STANDS + 6;

fn logged(row: &Row, column: usize) -> Logged {
    let (conv, value) = (number(row, column + 2), number(row, column + 3));
    let entry = match row.get::<_, i16>(column + 1) {
        4 => Entry::Notice(read_text(row, column + 8)),
        2 => Entry::receipt(conv, value, row.get(column + 8)),
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
        pulls.iter().map(|pull| i64::from(pull.most.rows)).collect::<Vec<_>>(),
        pulls.iter().map(|pull| i64::from(pull.most.bytes)).collect::<Vec<_>>(),
    ];
    (PULL, params)
}

/// Takes in the answer.
pub(crate) fn remember(known: &mut Known, pulls: Vec<Pulling>, rows: &[Row]) {
    let nothing = || Part { rows: Vec::new(), more: false };
    let mut pulled: Vec<_> = pulls.into_iter().map(|pull| (pull, nothing())).collect();
    for row in rows {
        let Some((pull, part)) = pulled.get_mut(number(row, 0) as usize - 1) else { continue };
        let account = pull.account;
        if let Some(state) = row.get::<_, Option<Vec<i64>>>(STATE) {
            let (marks, devices) = state.split_at(3);
            let [head, trimmed, delivered] = [marks[0], marks[1], marks[2]].map(|it| it as u64);
            known.logs.insert(account, LogMarks { head, trimmed, delivered });
            known
                .devices
                .insert(account, devices.chunks_exact(DEVICE_NUMBERS).map(device).collect());
            continue;
        }
        let entry = logged(row, ENTRY);
        if let Entry::Message { conv, order } = entry.entry {
            let member = row.get::<_, bool>(STANDS).then(|| own_member(row, STANDS + 1));
            known.members.insert((account, conv), member);
            known.deleted.insert((account, conv, order), row.get(STANDS + 5));
        }
        part.rows.push(entry);
        part.more = number(row, FOUND) > part.rows.len() as u64;
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
        Ok(part(&rows, |row| logged(row, 1)))
    }
}
