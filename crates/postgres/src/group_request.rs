//! Applications to groups, and invitations into them.

use imsdk_service::store::{Answer, GroupRequest, GroupRequestStore};
use imsdk_types::GroupPendencyType;
use tokio_postgres::Row;

use crate::PostgresStore;
use crate::group::set;
use crate::row::{bound, number, numbers, params, read_text, small, text};

/// The kind of a request that its own subject decides about.
const INVITATION: u32 = GroupPendencyType::GroupInviteNeedApprovedByInvitee.bits();

/// What there are too many of, among those that an account decides about itself, and among those of a group: see
/// [`GroupRequestStore::add_group_requests`].
macro_rules! TOO_MANY {
    ($of:literal) => {
        concat!(
            "DELETE FROM group_pendency WHERE time IN
             (SELECT old.time FROM unnest($1::bigint[]) AS whose (no) CROSS JOIN LATERAL
              (SELECT time FROM group_pendency WHERE ",
            $of,
            " ORDER BY handler <> 0, count(*) FILTER (WHERE handler = 0) OVER (PARTITION BY \"from\"), time DESC
               OFFSET $2) AS old)"
        )
    };
}

const TOO_MANY_OF_SUBJECTS: &str = TOO_MANY!("subject = whose.no AND kind = 1");
const TOO_MANY_OF_GROUPS: &str = TOO_MANY!("grp = whose.no AND kind <> 1");

/// What [`group_request`] reads.
macro_rules! REQUEST_COLUMNS {
    () => {
        "p.time, p.grp, p.kind, p.subject, p.\"from\", p.msg, p.user_data, p.handler, p.accepted, p.answer"
    };
}

fn group_request(row: &Row) -> GroupRequest {
    GroupRequest {
        time: number(row, 0),
        group: number(row, 1),
        kind: small(row, 2),
        subject: number(row, 3),
        from: number(row, 4),
        msg: read_text(row, 5),
        user_data: read_text(row, 6),
        handler: number(row, 7),
        accepted: row.get(8),
        answer: read_text(row, 9),
    }
}

impl GroupRequestStore for PostgresStore {
    async fn group_request(
        &mut self,
        group: u64,
        kind: u32,
        subject: u64,
    ) -> Answer<Option<GroupRequest>> {
        let sql = concat!(
            "SELECT ",
            REQUEST_COLUMNS!(),
            " FROM group_pendency p WHERE p.grp = $1 AND p.kind = $2 AND p.subject = $3"
        );
        let row = self.one(sql, params![group as i64, i64::from(kind), subject as i64]).await?;
        Ok(row.map(|row| group_request(&row)))
    }

    async fn add_group_requests(
        &mut self,
        new: &GroupRequest,
        subjects: &[u64],
        most: u64,
    ) -> Answer<()> {
        let subjects = numbers(subjects.iter().copied());
        self.write(
            "DELETE FROM group_pendency WHERE grp = $1 AND kind = $2 AND subject = ANY($3)",
            params![new.group as i64, i64::from(new.kind), subjects.clone()],
        )
        .await?;
        // Two units may hit upon the same time: the second one is tried again.
        self.write(
            "INSERT INTO group_pendency (time, grp, kind, subject, \"from\", msg, user_data, handler, accepted, answer)
             SELECT greatest($1, (SELECT time + 1 FROM group_pendency WHERE time >= $1 ORDER BY time DESC LIMIT 1)) + s.at - 1,
                    $2, $3, s.subject, $5, $6, $7, $8, $9, $10
             FROM unnest($4::bigint[]) WITH ORDINALITY AS s (subject, at)",
            params![
                new.time as i64,
                new.group as i64,
                i64::from(new.kind),
                subjects.clone(),
                new.from as i64,
                text(&new.msg),
                text(&new.user_data),
                new.handler as i64,
                new.accepted,
                text(&new.answer),
            ],
        )
        .await?;
        // Each of the two has an index.
        let (sql, whose) = match new.kind == INVITATION {
            true => (TOO_MANY_OF_SUBJECTS, subjects),
            false => (TOO_MANY_OF_GROUPS, numbers([new.group])),
        };
        self.write(sql, params![whose, bound(most)]).await
    }

    async fn decide_group_request(&mut self, decided: &GroupRequest) -> Answer<()> {
        self.write(
            "UPDATE group_pendency SET handler = $2, accepted = $3, answer = $4 WHERE time = $1",
            params![
                decided.time as i64,
                decided.handler as i64,
                decided.accepted,
                text(&decided.answer),
            ],
        )
        .await
    }

    async fn group_requests(
        &mut self,
        account: u64,
        before: u64,
        roles: &[u32],
        count: u32,
    ) -> Answer<Vec<GroupRequest>> {
        let sql = concat!(
            "SELECT ",
            REQUEST_COLUMNS!(),
            " FROM group_pendency p WHERE p.subject = $1 AND p.kind = 1 AND p.time < $2
             UNION ALL
             SELECT ",
            REQUEST_COLUMNS!(),
            " FROM group_member m JOIN group_pendency p ON p.grp = m.grp
             WHERE m.account = $1 AND m.role = ANY($3) AND p.kind <> 1 AND p.time < $2
             ORDER BY 1 DESC LIMIT $4"
        );
        let params = params![account as i64, bound(before), set(roles), i64::from(count)];
        Ok(self.list(sql, params).await?.iter().map(group_request).collect())
    }

    async fn count_group_requests(
        &mut self,
        account: u64,
        after: u64,
        roles: &[u32],
    ) -> Answer<u64> {
        let row = self
            .one(
                "SELECT (SELECT count(*) FROM group_pendency p WHERE p.subject = $1 AND p.kind = 1 AND p.time > $2)
                      + (SELECT count(*) FROM group_member m JOIN group_pendency p ON p.grp = m.grp
                         WHERE m.account = $1 AND m.role = ANY($3) AND p.kind <> 1 AND p.time > $2)",
                params![account as i64, bound(after), set(roles)],
            )
            .await?;
        Ok(row.map_or(0, |row| number(&row, 0)))
    }

    async fn group_requests_read(&mut self, account: u64) -> Answer<u64> {
        let row = self
            .one("SELECT time FROM group_pendency_read WHERE account = $1", params![account as i64])
            .await?;
        Ok(row.map_or(0, |row| number(&row, 0)))
    }

    async fn set_group_requests_read(&mut self, account: u64, time: u64) -> Answer<()> {
        self.write(
            "INSERT INTO group_pendency_read AS old (account, time) VALUES ($1, $2)
             ON CONFLICT (account) DO UPDATE SET time = greatest(old.time, $2)",
            params![account as i64, bound(time)],
        )
        .await
    }
}
