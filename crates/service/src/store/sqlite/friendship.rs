//! Friends, friend groups, friend requests and black lists in SQLite.

use super::super::{Friend, FriendGroup, Pendency, Side};
use super::*;

const FRIEND: &str = "peer, remark, add_source, add_wording, add_time, custom";

fn friend(row: &Row<'_>) -> rusqlite::Result<Friend> {
    Ok(Friend {
        peer: number(row, 0)?,
        remark: row.get(1)?,
        add_source: row.get(2)?,
        add_wording: row.get(3)?,
        add_time: number(row, 4)?,
        custom: row.get(5)?,
        groups: Vec::new(),
    })
}

const PENDENCY: &str = "peer, side, seq, time, add_source, add_wording, remark, \"group\", read";

fn pendency(row: &Row<'_>) -> rusqlite::Result<Pendency> {
    Ok(Pendency {
        peer: number(row, 0)?,
        side: if row.get::<_, u8>(1)? == Side::ComeIn as u8 { Side::ComeIn } else { Side::SendOut },
        seq: number(row, 2)?,
        time: number(row, 3)?,
        add_source: row.get(4)?,
        add_wording: row.get(5)?,
        remark: row.get(6)?,
        group: row.get(7)?,
        read: row.get(8)?,
    })
}

/// A number as a bound that SQLite can compare with.
fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl SqliteStore {
    fn count(&self, sql: &str, params: impl rusqlite::Params) -> Answer<u64> {
        Ok(self.one(sql, params, |row| number(row, 0))?.unwrap_or_default())
    }

    fn exists(&self, sql: &str, params: impl rusqlite::Params) -> Answer<bool> {
        Ok(self.one(sql, params, |_| Ok(()))?.is_some())
    }

    /// Puts the names of their groups to friends that are in the order of `peer`: one query for all of them.
    fn add_groups(&self, account: u64, friends: &mut [Friend]) -> Answer<()> {
        let (Some(first), Some(last)) = (friends.first(), friends.last()) else { return Ok(()) };
        let names = self.list(
            "SELECT m.peer, g.name FROM friend_group_member m JOIN friend_group g ON g.no = m.\"group\"
             WHERE m.account = ?1 AND m.peer BETWEEN ?2 AND ?3 ORDER BY m.peer, g.no",
            params![account as i64, first.peer as i64, last.peer as i64],
            |row| Ok((number(row, 0)?, row.get::<_, String>(1)?)),
        )?;
        let mut at = 0;
        for (peer, name) in names {
            while friends[at].peer < peer && at + 1 < friends.len() {
                at += 1;
            }
            if friends[at].peer == peer {
                friends[at].groups.push(name);
            }
        }
        Ok(())
    }

    /// Whether a statement about an account and a peer has changed something, for each peer.
    fn change_each(&mut self, sql: &str, account: u64, peers: &[u64]) -> Answer<Vec<bool>> {
        self.unit()?;
        let change = |peer: &u64| Ok(self.run(sql, params![account as i64, *peer as i64])? > 0);
        peers.iter().map(change).collect()
    }

    fn next_pendency_seq(&mut self, account: u64) -> Answer<u64> {
        self.unit()?;
        self.count(
            "INSERT INTO relations (account, pendency_seq) VALUES (?1, 1)
             ON CONFLICT DO UPDATE SET pendency_seq = pendency_seq + 1 RETURNING pendency_seq",
            [account as i64],
        )
    }
}

impl FriendshipStore for SqliteStore {
    async fn has_friend(&mut self, account: u64, peer: u64) -> Answer<bool> {
        self.exists(
            "SELECT 1 FROM friend WHERE account = ?1 AND peer = ?2",
            params![account as i64, peer as i64],
        )
    }

    async fn friend(&mut self, account: u64, peer: u64) -> Answer<Option<Friend>> {
        let mut found = self.list(
            &format!("SELECT {FRIEND} FROM friend WHERE account = ?1 AND peer = ?2"),
            params![account as i64, peer as i64],
            friend,
        )?;
        self.add_groups(account, &mut found)?;
        Ok(found.pop())
    }

    async fn put_friend(&mut self, account: u64, friend: &Friend) -> Answer<()> {
        self.unit()?;
        if !self.has_friend(account, friend.peer).await? {
            self.run(
                "INSERT INTO relations (account, friends) VALUES (?1, 1)
                 ON CONFLICT DO UPDATE SET friends = friends + 1",
                [account as i64],
            )?;
        }
        self.run(
            "INSERT INTO friend (account, peer, remark, add_source, add_wording, add_time, custom)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT DO UPDATE SET remark = ?3, add_source = ?4, add_wording = ?5, add_time = ?6, custom = ?7",
            params![
                account as i64,
                friend.peer as i64,
                friend.remark,
                friend.add_source,
                friend.add_wording,
                friend.add_time as i64,
                friend.custom
            ],
        )?;
        Ok(())
    }

    async fn remove_friends(&mut self, pairs: &[(u64, u64)]) -> Answer<Vec<bool>> {
        self.unit()?;
        let remove = |(account, peer): &(u64, u64)| {
            let row = params![*account as i64, *peer as i64];
            if self.run("DELETE FROM friend WHERE account = ?1 AND peer = ?2", row)? == 0 {
                return Ok(false);
            }
            self.run("DELETE FROM friend_group_member WHERE account = ?1 AND peer = ?2", row)?;
            self.run(
                "UPDATE relations SET friends = friends - 1 WHERE account = ?1",
                [*account as i64],
            )?;
            Ok(true)
        };
        pairs.iter().map(remove).collect()
    }

    async fn friends(&mut self, account: u64, after: u64, count: u32) -> Answer<Vec<Friend>> {
        let mut page = self.some(
            &format!("SELECT {FRIEND} FROM friend WHERE account = ?1 AND peer > ?2 ORDER BY peer"),
            params![account as i64, bound(after)],
            count,
            friend,
        )?;
        self.add_groups(account, &mut page)?;
        Ok(page)
    }

    async fn friend_count(&mut self, account: u64) -> Answer<u64> {
        self.count("SELECT friends FROM relations WHERE account = ?1", [account as i64])
    }

    async fn friend_of(&mut self, account: u64, after: u64, count: u32) -> Answer<Vec<u64>> {
        self.some(
            "SELECT account FROM friend WHERE peer = ?1 AND account > ?2 ORDER BY account",
            params![account as i64, bound(after)],
            count,
            |row| number(row, 0),
        )
    }

    async fn friend_groups(&mut self, account: u64) -> Answer<Vec<FriendGroup>> {
        self.list(
            "SELECT no, name FROM friend_group WHERE account = ?1 ORDER BY no",
            [account as i64],
            |row| Ok(FriendGroup { no: number(row, 0)?, name: row.get(1)? }),
        )
    }

    async fn create_friend_groups(&mut self, account: u64, names: &[String]) -> Answer<Vec<u64>> {
        self.unit()?;
        let create = |name: &String| {
            let sql = "INSERT INTO friend_group (account, name) VALUES (?1, ?2)";
            self.run(sql, params![account as i64, name])?;
            Ok(self.db.last_insert_rowid() as u64)
        };
        names.iter().map(create).collect()
    }

    async fn rename_friend_group(&mut self, group: u64, name: &str) -> Answer<()> {
        self.unit()?;
        self.run("UPDATE friend_group SET name = ?2 WHERE no = ?1", params![group as i64, name])?;
        Ok(())
    }

    async fn delete_friend_group(&mut self, group: u64) -> Answer<()> {
        self.unit()?;
        self.run("DELETE FROM friend_group_member WHERE \"group\" = ?1", [group as i64])?;
        self.run("DELETE FROM friend_group WHERE no = ?1", [group as i64])?;
        Ok(())
    }

    async fn join_friend_groups(
        &mut self,
        account: u64,
        groups: &[u64],
        peers: &[u64],
    ) -> Answer<()> {
        self.unit()?;
        for (group, peer) in groups.iter().flat_map(|group| peers.iter().map(move |it| (group, it)))
        {
            self.run(
                "INSERT INTO friend_group_member (\"group\", peer, account) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                params![*group as i64, *peer as i64, account as i64],
            )?;
        }
        Ok(())
    }

    async fn leave_friend_groups(&mut self, groups: &[u64], peers: &[u64]) -> Answer<()> {
        self.unit()?;
        for (group, peer) in groups.iter().flat_map(|group| peers.iter().map(move |it| (group, it)))
        {
            self.run(
                "DELETE FROM friend_group_member WHERE \"group\" = ?1 AND peer = ?2",
                params![*group as i64, *peer as i64],
            )?;
        }
        Ok(())
    }

    async fn friend_group_members(&mut self, groups: &[u64]) -> Answer<Vec<Vec<u64>>> {
        let members = |group: &u64| {
            self.list(
                "SELECT peer FROM friend_group_member WHERE \"group\" = ?1 ORDER BY peer",
                [*group as i64],
                |row| number(row, 0),
            )
        };
        groups.iter().map(members).collect()
    }

    async fn pendency_seq(&mut self, account: u64) -> Answer<u64> {
        self.count("SELECT pendency_seq FROM relations WHERE account = ?1", [account as i64])
    }

    async fn pendency(&mut self, account: u64, side: Side, peer: u64) -> Answer<Option<Pendency>> {
        self.one(
            &format!(
                "SELECT {PENDENCY} FROM pendency WHERE account = ?1 AND side = ?2 AND peer = ?3"
            ),
            params![account as i64, side as u8, peer as i64],
            pendency,
        )
    }

    async fn put_pendency(&mut self, account: u64, pendency: &Pendency) -> Answer<()> {
        let seq = self.next_pendency_seq(account)?;
        self.run(
            "INSERT INTO pendency (account, side, peer, seq, time, add_source, add_wording, remark, \"group\", read)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT DO UPDATE SET seq = ?4, time = ?5, add_source = ?6, add_wording = ?7, remark = ?8,
                                       \"group\" = ?9, read = ?10",
            params![
                account as i64,
                pendency.side as u8,
                pendency.peer as i64,
                seq as i64,
                pendency.time as i64,
                pendency.add_source,
                pendency.add_wording,
                pendency.remark,
                pendency.group,
                pendency.read
            ],
        )?;
        Ok(())
    }

    async fn remove_pendencies(&mut self, list: &[(u64, Side, u64)]) -> Answer<Vec<bool>> {
        self.unit()?;
        let mut removed = Vec::with_capacity(list.len());
        for (account, side, peer) in list {
            let deleted = self.run(
                "DELETE FROM pendency WHERE account = ?1 AND side = ?2 AND peer = ?3",
                params![*account as i64, *side as u8, *peer as i64],
            )?;
            if deleted > 0 {
                self.next_pendency_seq(*account)?;
            }
            removed.push(deleted > 0);
        }
        Ok(removed)
    }

    async fn pendencies(
        &mut self,
        account: u64,
        side: Option<Side>,
        after: u64,
        before: u64,
        count: u32,
    ) -> Answer<Vec<Pendency>> {
        self.some(
            &format!(
                "SELECT {PENDENCY} FROM pendency
                 WHERE account = ?1 AND seq > ?2 AND seq < ?3 AND (?4 IS NULL OR side = ?4) ORDER BY seq DESC"
            ),
            params![account as i64, bound(after), bound(before), side.map(|side| side as u8)],
            count,
            pendency,
        )
    }

    async fn pendency_count(&mut self, account: u64, side: Side) -> Answer<u64> {
        self.count(
            "SELECT count(*) FROM pendency WHERE account = ?1 AND side = ?2",
            params![account as i64, side as u8],
        )
    }

    async fn unread_pendencies(&mut self, account: u64) -> Answer<u64> {
        self.count(
            "SELECT count(*) FROM pendency WHERE account = ?1 AND side = 0 AND NOT read",
            [account as i64],
        )
    }

    async fn read_pendencies(&mut self, account: u64, time: u64) -> Answer<u64> {
        self.unit()?;
        let read = self.run(
            "UPDATE pendency SET read = 1 WHERE account = ?1 AND side = 0 AND NOT read AND time <= ?2",
            params![account as i64, bound(time)],
        )?;
        Ok(read as u64)
    }

    async fn is_blocked(&mut self, account: u64, peer: u64) -> Answer<bool> {
        self.exists(
            "SELECT 1 FROM blocked WHERE account = ?1 AND peer = ?2",
            params![account as i64, peer as i64],
        )
    }

    async fn block(&mut self, account: u64, peers: &[u64]) -> Answer<Vec<bool>> {
        let sql = "INSERT INTO blocked (account, peer) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.change_each(sql, account, peers)
    }

    async fn unblock(&mut self, account: u64, peers: &[u64]) -> Answer<Vec<bool>> {
        self.change_each("DELETE FROM blocked WHERE account = ?1 AND peer = ?2", account, peers)
    }

    async fn blocked(&mut self, account: u64, after: u64, count: u32) -> Answer<Vec<u64>> {
        self.some(
            "SELECT peer FROM blocked WHERE account = ?1 AND peer > ?2 ORDER BY peer",
            params![account as i64, bound(after)],
            count,
            |row| number(row, 0),
        )
    }

    async fn blocked_count(&mut self, account: u64) -> Answer<u64> {
        self.count("SELECT count(*) FROM blocked WHERE account = ?1", [account as i64])
    }
}
