//! Friends, friend groups, friend requests and black lists.

use std::collections::{HashMap, HashSet};

use imsdk_service::store::{Answer, Friend, FriendGroup, FriendshipStore, Pendency, Side};
use tokio_postgres::Row;

use crate::PostgresStore;
use crate::error::damaged;
use crate::row::{Param, bound, number, numbers, params, plain, read_text, text};

/// What [`friend`] reads.
macro_rules! FRIEND_COLUMNS {
    () => {
        "f.peer, f.remark, f.add_source, f.add_wording, f.add_time, f.custom, \
         ARRAY(SELECT g.name FROM friend_group_member m JOIN friend_group g ON g.no = m.grp \
               WHERE m.account = f.account AND m.peer = f.peer ORDER BY g.no)"
    };
}

fn friend(row: &Row) -> Friend {
    Friend {
        peer: number(row, 0),
        remark: read_text(row, 1),
        add_source: read_text(row, 2),
        add_wording: read_text(row, 3),
        add_time: number(row, 4),
        custom: read_text(row, 5),
        groups: row.get::<_, Vec<&str>>(6).into_iter().map(plain).collect(),
    }
}

/// What [`pendency`] reads.
macro_rules! PENDENCY_COLUMNS {
    () => {
        "peer, side, seq, time, add_source, add_wording, remark, grp, read"
    };
}

fn pendency(row: &Row) -> Pendency {
    let received = row.get::<_, i16>(1) == Side::ComeIn as i16;
    Pendency {
        peer: number(row, 0),
        side: if received { Side::ComeIn } else { Side::SendOut },
        seq: number(row, 2),
        time: number(row, 3),
        add_source: read_text(row, 4),
        add_wording: read_text(row, 5),
        remark: read_text(row, 6),
        group: read_text(row, 7),
        read: row.get(8),
    }
}

impl PostgresStore {
    async fn count(&mut self, sql: &'static str, params: Vec<Param>) -> Answer<u64> {
        Ok(self.one(sql, params).await?.map_or(0, |row| number(&row, 0)))
    }

    async fn exists(&mut self, sql: &'static str, params: Vec<Param>) -> Answer<bool> {
        Ok(self.one(sql, params).await?.is_some())
    }
}

fn pair(account: u64, peer: u64) -> Vec<Param> {
    params![account as i64, peer as i64]
}

/// Two lists of numbers.
fn pairs(list: &[(u64, u64)]) -> Vec<Param> {
    params![numbers(list.iter().map(|pair| pair.0)), numbers(list.iter().map(|pair| pair.1))]
}

/// The pairs of numbers that rows begin with.
fn in_rows(rows: &[Row]) -> HashSet<(u64, u64)> {
    rows.iter().map(|row| (number(row, 0), number(row, 1))).collect()
}

/// For each pair whether it is among what a statement has changed. One that comes twice was changed once.
fn changed(list: impl Iterator<Item = (u64, u64)>, rows: &[Row]) -> Vec<bool> {
    let mut rows = in_rows(rows);
    list.map(|pair| rows.remove(&pair)).collect()
}

impl FriendshipStore for PostgresStore {
    async fn has_friend(&mut self, account: u64, peer: u64) -> Answer<bool> {
        self.exists("SELECT FROM friend WHERE account = $1 AND peer = $2", pair(account, peer))
            .await
    }

    async fn have_friends(&mut self, list: &[(u64, u64)]) -> Answer<Vec<bool>> {
        let sql =
            "SELECT p.account, p.peer FROM unnest($1::bigint[], $2::bigint[]) AS p (account, peer)
             JOIN friend f ON f.account = p.account AND f.peer = p.peer";
        let found = in_rows(&self.list(sql, pairs(list)).await?);
        Ok(list.iter().map(|pair| found.contains(pair)).collect())
    }

    async fn friends_among(&mut self, account: u64, peers: &[u64]) -> Answer<Vec<Option<Friend>>> {
        let sql = concat!(
            "SELECT ",
            FRIEND_COLUMNS!(),
            " FROM friend f WHERE f.account = $1 AND f.peer = ANY($2)"
        );
        let params = params![account as i64, numbers(peers.iter().copied())];
        let rows = self.list(sql, params).await?;
        let found: HashMap<u64, Friend> =
            rows.iter().map(friend).map(|friend| (friend.peer, friend)).collect();
        Ok(peers.iter().map(|peer| found.get(peer).cloned()).collect())
    }

    async fn friend(&mut self, account: u64, peer: u64) -> Answer<Option<Friend>> {
        let sql = concat!(
            "SELECT ",
            FRIEND_COLUMNS!(),
            " FROM friend f WHERE f.account = $1 AND f.peer = $2"
        );
        Ok(self.one(sql, pair(account, peer)).await?.map(|row| friend(&row)))
    }

    async fn put_friend(&mut self, account: u64, friend: &Friend) -> Answer<()> {
        // "xmax" is 0 in a row that was not there before.
        self.write(
            "WITH put AS (
                 INSERT INTO friend (account, peer, remark, add_source, add_wording, add_time, custom)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (account, peer)
                 DO UPDATE SET remark = $3, add_source = $4, add_wording = $5, add_time = $6, custom = $7
                 RETURNING xmax = 0 AS new)
             INSERT INTO relations AS old (account, friends) SELECT $1, 1 FROM put WHERE new
             ON CONFLICT (account) DO UPDATE SET friends = old.friends + 1",
            params![
                account as i64,
                friend.peer as i64,
                text(&friend.remark),
                text(&friend.add_source),
                text(&friend.add_wording),
                friend.add_time as i64,
                text(&friend.custom),
            ],
        )
        .await
    }

    async fn remove_friends(&mut self, list: &[(u64, u64)]) -> Answer<Vec<bool>> {
        self.unit().await?;
        let sql = "WITH gone AS (
                 DELETE FROM friend f USING unnest($1::bigint[], $2::bigint[]) AS p (account, peer)
                 WHERE f.account = p.account AND f.peer = p.peer RETURNING f.account, f.peer),
             sorted AS (
                 DELETE FROM friend_group_member m USING gone WHERE m.account = gone.account AND m.peer = gone.peer),
             counted AS (
                 UPDATE relations r SET friends = r.friends - n.count
                 FROM (SELECT account, count(*) FROM gone GROUP BY account) AS n WHERE r.account = n.account)
             SELECT account, peer FROM gone";
        let rows = self.list(sql, pairs(list)).await?;
        Ok(changed(list.iter().copied(), &rows))
    }

    async fn friends(&mut self, account: u64, after: u64, count: u32) -> Answer<Vec<Friend>> {
        let sql = concat!(
            "SELECT ",
            FRIEND_COLUMNS!(),
            " FROM friend f
             WHERE f.account = $1 AND f.peer > $2 ORDER BY f.peer LIMIT $3"
        );
        let params = params![account as i64, bound(after), i64::from(count)];
        Ok(self.list(sql, params).await?.iter().map(friend).collect())
    }

    async fn friend_count(&mut self, account: u64) -> Answer<u64> {
        self.count("SELECT friends FROM relations WHERE account = $1", params![account as i64])
            .await
    }

    async fn friend_of(&mut self, account: u64, after: u64, count: u32) -> Answer<Vec<u64>> {
        let rows = self
            .list(
                "SELECT account FROM friend WHERE peer = $1 AND account > $2 ORDER BY account LIMIT $3",
                params![account as i64, bound(after), i64::from(count)],
            )
            .await?;
        Ok(rows.iter().map(|row| number(row, 0)).collect())
    }

    async fn friend_groups(&mut self, account: u64) -> Answer<Vec<FriendGroup>> {
        let rows = self
            .list(
                "SELECT no, name FROM friend_group WHERE account = $1 ORDER BY no",
                params![account as i64],
            )
            .await?;
        let group = |row: &Row| FriendGroup { no: number(row, 0), name: read_text(row, 1) };
        Ok(rows.iter().map(group).collect())
    }

    async fn create_friend_groups(&mut self, account: u64, names: &[String]) -> Answer<Vec<u64>> {
        self.unit().await?;
        // A name that is taken leaves the unit of work whole.
        let rows = self
            .list(
                "INSERT INTO friend_group (account, name)
                 SELECT $1, n.name FROM unnest($2::text[]) WITH ORDINALITY AS n (name, at) ORDER BY n.at
                 ON CONFLICT DO NOTHING RETURNING no",
                params![account as i64, names.iter().map(|name| text(name)).collect::<Vec<_>>()],
            )
            .await?;
        match rows.len() == names.len() {
            true => Ok(rows.iter().map(|row| number(row, 0)).collect()),
            false => Err(damaged("a friend group of that name is there")),
        }
    }

    async fn rename_friend_group(&mut self, group: u64, name: &str) -> Answer<()> {
        self.write(
            "UPDATE friend_group SET name = $2 WHERE no = $1",
            params![group as i64, text(name)],
        )
        .await
    }

    async fn delete_friend_group(&mut self, group: u64) -> Answer<()> {
        self.write("DELETE FROM friend_group_member WHERE grp = $1", params![group as i64]).await?;
        self.write("DELETE FROM friend_group WHERE no = $1", params![group as i64]).await
    }

    async fn join_friend_groups(
        &mut self,
        account: u64,
        groups: &[u64],
        peers: &[u64],
    ) -> Answer<()> {
        self.write(
            "INSERT INTO friend_group_member (grp, peer, account)
             SELECT g, p, $1 FROM unnest($2::bigint[]) AS g CROSS JOIN unnest($3::bigint[]) AS p ON CONFLICT DO NOTHING",
            params![
                account as i64,
                numbers(groups.iter().copied()),
                numbers(peers.iter().copied()),
            ],
        )
        .await
    }

    async fn leave_friend_groups(&mut self, groups: &[u64], peers: &[u64]) -> Answer<()> {
        let sql = "DELETE FROM friend_group_member WHERE grp = ANY($1) AND peer = ANY($2)";
        let (groups, peers) = (numbers(groups.iter().copied()), numbers(peers.iter().copied()));
        self.write(sql, params![groups, peers]).await
    }

    async fn friend_group_members(&mut self, groups: &[u64]) -> Answer<Vec<Vec<u64>>> {
        let sql = "SELECT grp, peer FROM friend_group_member WHERE grp = ANY($1) ORDER BY peer";
        let mut members: HashMap<u64, Vec<u64>> = HashMap::new();
        for row in self.list(sql, params![numbers(groups.iter().copied())]).await? {
            members.entry(number(&row, 0)).or_default().push(number(&row, 1));
        }
        Ok(groups.iter().map(|group| members.get(group).cloned().unwrap_or_default()).collect())
    }

    async fn pendency_seq(&mut self, account: u64) -> Answer<u64> {
        let sql = "SELECT pendency_seq FROM relations WHERE account = $1";
        self.count(sql, params![account as i64]).await
    }

    async fn pendency(&mut self, account: u64, side: Side, peer: u64) -> Answer<Option<Pendency>> {
        let sql = concat!(
            "SELECT ",
            PENDENCY_COLUMNS!(),
            " FROM pendency WHERE account = $1 AND side = $2 AND peer = $3"
        );
        let params = params![account as i64, side as i16, peer as i64];
        Ok(self.one(sql, params).await?.map(|row| pendency(&row)))
    }

    async fn put_pendency(&mut self, account: u64, pendency: &Pendency) -> Answer<()> {
        self.write(
            "WITH next AS (
                 INSERT INTO relations AS old (account, pendency_seq) VALUES ($1, 1)
                 ON CONFLICT (account) DO UPDATE SET pendency_seq = old.pendency_seq + 1 RETURNING pendency_seq)
             INSERT INTO pendency (account, side, peer, seq, time, add_source, add_wording, remark, grp, read)
             SELECT $1, $2, $3, pendency_seq, $4, $5, $6, $7, $8, $9 FROM next
             ON CONFLICT (account, side, peer)
             DO UPDATE SET seq = excluded.seq, time = $4, add_source = $5, add_wording = $6, remark = $7, grp = $8, read = $9",
            params![
                account as i64,
                pendency.side as i16,
                pendency.peer as i64,
                pendency.time as i64,
                text(&pendency.add_source),
                text(&pendency.add_wording),
                text(&pendency.remark),
                text(&pendency.group),
                pendency.read,
            ],
        )
        .await
    }

    async fn remove_pendencies(&mut self, list: &[(u64, Side, u64)]) -> Answer<Vec<bool>> {
        self.unit().await?;
        let rows = self
            .list(
                "WITH gone AS (
                     DELETE FROM pendency p USING unnest($1::bigint[], $2::smallint[], $3::bigint[]) AS u (account, side, peer)
                     WHERE p.account = u.account AND p.side = u.side AND p.peer = u.peer RETURNING p.account, p.side, p.peer),
                 moved AS (
                     UPDATE relations r SET pendency_seq = r.pendency_seq + n.count
                     FROM (SELECT account, count(*) FROM gone GROUP BY account) AS n WHERE r.account = n.account)
                 SELECT account, side, peer FROM gone",
                params![
                    numbers(list.iter().map(|it| it.0)),
                    list.iter().map(|it| it.1 as i16).collect::<Vec<_>>(),
                    numbers(list.iter().map(|it| it.2)),
                ],
            )
            .await?;
        let mut gone: HashSet<(u64, i16, u64)> =
            rows.iter().map(|row| (number(row, 0), row.get(1), number(row, 2))).collect();
        Ok(list
            .iter()
            .map(|(account, side, peer)| gone.remove(&(*account, *side as i16, *peer)))
            .collect())
    }

    async fn pendencies(
        &mut self,
        account: u64,
        side: Option<Side>,
        after: u64,
        before: u64,
        count: u32,
    ) -> Answer<Vec<Pendency>> {
        let sql = concat!(
            "SELECT ", PENDENCY_COLUMNS!(), " FROM pendency
             WHERE account = $1 AND seq > $2 AND seq < $3 AND ($4::smallint IS NULL OR side = $4) ORDER BY seq DESC LIMIT $5"
        );
        let params = params![
            account as i64,
            bound(after),
            bound(before),
            side.map(|side| side as i16),
            i64::from(count),
        ];
        Ok(self.list(sql, params).await?.iter().map(pendency).collect())
    }

    async fn pendency_count(&mut self, account: u64, side: Side) -> Answer<u64> {
        self.count(
            "SELECT count(*) FROM pendency WHERE account = $1 AND side = $2",
            params![account as i64, side as i16],
        )
        .await
    }

    async fn unread_pendencies(&mut self, account: u64) -> Answer<u64> {
        self.count(
            "SELECT count(*) FROM pendency WHERE account = $1 AND side = 0 AND NOT read",
            params![account as i64],
        )
        .await
    }

    async fn read_pendencies(&mut self, account: u64, time: u64) -> Answer<u64> {
        self.change(
            "UPDATE pendency SET read = true WHERE account = $1 AND side = 0 AND NOT read AND time <= $2",
            params![account as i64, bound(time)],
        )
        .await
    }

    async fn is_blocked(&mut self, account: u64, peer: u64) -> Answer<bool> {
        if let Some(known) = self.known().and_then(|known| known.blocked.get(&(account, peer))) {
            return Ok(*known);
        }
        self.exists("SELECT FROM blocked WHERE account = $1 AND peer = $2", pair(account, peer))
            .await
    }

    async fn are_blocked(&mut self, list: &[(u64, u64)]) -> Answer<Vec<bool>> {
        let sql =
            "SELECT p.account, p.peer FROM unnest($1::bigint[], $2::bigint[]) AS p (account, peer)
             JOIN blocked b ON b.account = p.account AND b.peer = p.peer";
        let found = in_rows(&self.list(sql, pairs(list)).await?);
        Ok(list.iter().map(|pair| found.contains(pair)).collect())
    }

    async fn block(&mut self, account: u64, peers: &[u64]) -> Answer<Vec<bool>> {
        let sql = "INSERT INTO blocked (account, peer) SELECT $1, p FROM unnest($2::bigint[]) AS p
             ON CONFLICT DO NOTHING RETURNING account, peer";
        self.change_blocks(sql, account, peers).await
    }

    async fn unblock(&mut self, account: u64, peers: &[u64]) -> Answer<Vec<bool>> {
        let sql =
            "DELETE FROM blocked WHERE account = $1 AND peer = ANY($2) RETURNING account, peer";
        self.change_blocks(sql, account, peers).await
    }

    async fn blocked(&mut self, account: u64, after: u64, count: u32) -> Answer<Vec<u64>> {
        let rows = self
            .list(
                "SELECT peer FROM blocked WHERE account = $1 AND peer > $2 ORDER BY peer LIMIT $3",
                params![account as i64, bound(after), i64::from(count)],
            )
            .await?;
        Ok(rows.iter().map(|row| number(row, 0)).collect())
    }

    async fn blocked_count(&mut self, account: u64) -> Answer<u64> {
        let sql = "SELECT count(*) FROM blocked WHERE account = $1";
        self.count(sql, params![account as i64]).await
    }
}

impl PostgresStore {
    async fn change_blocks(
        &mut self,
        sql: &'static str,
        account: u64,
        peers: &[u64],
    ) -> Answer<Vec<bool>> {
        self.unit().await?;
        let rows = self.list(sql, params![account as i64, numbers(peers.iter().copied())]).await?;
        if let Some(known) = self.known() {
            for peer in peers {
                known.blocked.remove(&(account, *peer));
            }
        }
        Ok(changed(peers.iter().map(|peer| (account, *peer)), &rows))
    }
}
