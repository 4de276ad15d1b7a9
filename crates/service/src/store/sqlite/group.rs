//! Groups in SQLite.

use imsdk_types::{GroupPendencyType, GroupType, ReceiveMessageOpt};

use super::message::message;
use super::*;
use crate::store::{
    Custom, Group, GroupInfo, GroupMember, GroupRequest, GroupRequestStore, GroupStore, Newest,
    Sanction, Stay,
};

const GROUP: &str = "g.no, g.id, g.kind, g.owner, g.created, g.info_seq, g.info_time, g.members, g.joined, g.name,
    g.notification, g.introduction, g.face_url, g.add_option, g.approve_option, g.max_members, g.visible, g.searchable,
    g.shutup_all, g.custom";
const GROUP_COLUMNS: usize = 20;

fn group(row: &Row<'_>) -> rusqlite::Result<Group> {
    Ok(Group {
        no: number(row, 0)?,
        id: row.get(1)?,
        kind: GroupType::try_from(row.get::<_, i32>(2)?).unwrap_or(GroupType::Public),
        owner: number(row, 3)?,
        created: number(row, 4)?,
        info_seq: number(row, 5)?,
        info_time: number(row, 6)?,
        members: number(row, 7)?,
        joined: number(row, 8)?,
        info: GroupInfo {
            name: row.get(9)?,
            notification: row.get(10)?,
            introduction: row.get(11)?,
            face_url: row.get(12)?,
            add_option: row.get(13)?,
            approve_option: row.get(14)?,
            max_members: number(row, 15)?,
            visible: row.get(16)?,
            searchable: row.get(17)?,
            shutup_all: row.get(18)?,
            custom: custom(row, 19)?,
        },
    })
}

const MEMBER: &str =
    "m.account, m.role, m.join_time, m.joined, m.delivered, m.msg_flag, m.name_card, m.custom";

fn member(row: &Row<'_>, column: usize) -> rusqlite::Result<GroupMember> {
    Ok(GroupMember {
        account: number(row, column)?,
        role: row.get(column + 1)?,
        join_time: number(row, column + 2)?,
        joined: number(row, column + 3)?,
        delivered: number(row, column + 4)?,
        msg_flag: row.get(column + 5)?,
        name_card: row.get(column + 6)?,
        custom: custom(row, column + 7)?,
    })
}

fn own_group(row: &Row<'_>) -> rusqlite::Result<(Group, GroupMember)> {
    Ok((group(row)?, member(row, GROUP_COLUMNS)?))
}

/// From the devices that are there to the group. The members with this option are left out.
pub(super) const ONLINE: &str = "SELECT d.account, d.session FROM device d WHERE d.state = 1
    AND EXISTS (SELECT 1 FROM group_member m WHERE m.grp = ?1 AND m.account = d.account AND m.msg_flag <> ?2)";

/// A `TIMReceiveMessageOpt` that nobody has.
const NO_OPTION: u32 = u32::MAX;

/// Members in their order; `few`: those above the ordinary, who have an index of their own.
pub(super) fn members_sql(few: bool) -> String {
    let few = if few { "AND m.role > 200" } else { "" };
    format!(
        "SELECT {MEMBER} FROM group_member m WHERE m.grp = ?1 AND m.joined > ?2 {few}
         AND instr(?3, ',' || m.role || ',') > 0 ORDER BY m.joined"
    )
}

/// The groups of an account.
pub(super) fn groups_sql() -> String {
    format!(
        "SELECT {GROUP}, {MEMBER} FROM group_member m JOIN chat_group g ON g.no = m.grp
         WHERE m.account = ?1 ORDER BY m.join_time, g.no"
    )
}

/// Some of them, of some kinds.
pub(super) fn groups_of_kinds_sql() -> String {
    format!(
        "SELECT {GROUP}, {MEMBER} FROM group_member m JOIN chat_group g ON g.no = m.grp
         WHERE m.account = ?1 AND instr(?2, ',' || g.kind || ',') > 0 AND instr(?3, ',' || m.role || ',') > 0
         ORDER BY m.join_time DESC, g.no DESC LIMIT ?4 OFFSET ?5"
    )
}

/// The kind of a request that its own subject decides about.
const INVITATION: u32 = GroupPendencyType::GroupInviteNeedApprovedByInvitee.bits();

const PENDENCY: &str = "p.time, p.grp, p.kind, p.subject, p.\"from\", p.msg, p.user_data, p.handler, p.accepted, p.answer";

fn group_request(row: &Row<'_>) -> rusqlite::Result<GroupRequest> {
    Ok(GroupRequest {
        time: number(row, 0)?,
        group: number(row, 1)?,
        kind: row.get(2)?,
        subject: number(row, 3)?,
        from: number(row, 4)?,
        msg: row.get(5)?,
        user_data: row.get(6)?,
        handler: number(row, 7)?,
        accepted: row.get(8)?,
        answer: row.get(9)?,
    })
}

/// Fields that cannot be read are as good as none.
fn custom(row: &Row<'_>, column: usize) -> rusqlite::Result<Custom> {
    Ok(serde_json::from_str(row.get_ref(column)?.as_str()?).unwrap_or_default())
}

fn custom_text(custom: &Custom) -> Answer<String> {
    serde_json::to_string(custom)
        .map_err(|error| Error::new(Code::DatabaseOperateFailed, error.to_string()))
}

/// A set of numbers in which `instr` finds each between its commas, so that one statement serves all sets.
fn set(numbers: &[u32]) -> String {
    numbers.iter().fold(String::from(","), |set, number| format!("{set}{number},"))
}

/// The same, of kinds of groups.
fn set_of(kinds: &[GroupType]) -> String {
    set(&kinds.iter().map(|kind| kind.bits()).collect::<Vec<_>>())
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl SqliteStore {
    /// The active sessions of a group's members, as (account, session): whose doorbells to ring.
    ///
    /// # Errors
    /// 6019.
    pub fn group_sessions(&mut self, group: u64) -> Answer<Vec<(u64, u64)>> {
        self.sessions_but(group, NO_OPTION)
    }

    /// The same, but for the members who want no messages: to them go those that stand in no history.
    ///
    /// # Errors
    /// 6019.
    pub fn group_listeners(&mut self, group: u64) -> Answer<Vec<(u64, u64)>> {
        self.sessions_but(group, ReceiveMessageOpt::NotReceive.bits())
    }

    fn sessions_but(&mut self, group: u64, msg_flag: u32) -> Answer<Vec<(u64, u64)>> {
        let members =
            self.one("SELECT members FROM chat_group WHERE no = ?1", [group as i64], |row| {
                row.get::<_, u32>(0)
            })?;
        let Some(members) = members else { return Ok(Vec::new()) };
        let online =
            self.some("SELECT 1 FROM device WHERE state = 1", [], members, |_| Ok(()))?.len();
        let pair = |row: &Row<'_>| Ok((number(row, 0)?, number(row, 1)?));
        // From the smaller side: ten thousand members need not be read when a hundred devices are there.
        if online < members as usize {
            return self.list(ONLINE, params![group as i64, msg_flag], pair);
        }
        self.list(
            "SELECT d.account, d.session FROM group_member m CROSS JOIN device d ON d.account = m.account AND d.state = 1
             WHERE m.grp = ?1 AND m.msg_flag <> ?2",
            params![group as i64, msg_flag],
            pair,
        )
    }
}

impl GroupStore for SqliteStore {
    async fn group(&mut self, id: &str) -> Answer<Option<Group>> {
        self.one(&format!("SELECT {GROUP} FROM chat_group g WHERE g.id = ?1"), [id], group)
    }

    async fn group_by_no(&mut self, no: u64) -> Answer<Option<Group>> {
        self.one(&format!("SELECT {GROUP} FROM chat_group g WHERE g.no = ?1"), [no as i64], group)
    }

    async fn create_group(&mut self, group: &Group) -> Answer<u64> {
        self.unit()?;
        self.run(
            "INSERT INTO chat_group (id, kind, owner, created, info_seq, info_time, members, joined, name, notification,
                                     introduction, face_url, add_option, approve_option, max_members, visible, searchable,
                                     shutup_all, custom)
             VALUES (?1, ?2, 0, ?3, 0, 0, 0, 0, '', '', '', '', 0, 0, 0, 0, 0, 0, '{}')",
            params![group.id, group.kind.value(), group.created as i64],
        )?;
        let no = self.db.last_insert_rowid() as u64;
        self.put_group(&Group { no, ..group.clone() }).await?;
        Ok(no)
    }

    async fn put_group(&mut self, group: &Group) -> Answer<()> {
        self.unit()?;
        let info = &group.info;
        self.run(
            "UPDATE chat_group SET owner = ?2, info_seq = ?3, info_time = ?4, members = ?5, joined = ?6, name = ?7,
                    notification = ?8, introduction = ?9, face_url = ?10, add_option = ?11, approve_option = ?12,
                    max_members = ?13, visible = ?14, searchable = ?15, shutup_all = ?16, custom = ?17 WHERE no = ?1",
            params![
                group.no as i64,
                group.owner as i64,
                group.info_seq as i64,
                group.info_time as i64,
                group.members as i64,
                group.joined as i64,
                info.name,
                info.notification,
                info.introduction,
                info.face_url,
                info.add_option,
                info.approve_option,
                signed(info.max_members),
                info.visible,
                info.searchable,
                info.shutup_all,
                custom_text(&info.custom)?
            ],
        )
        .map(drop)
    }

    async fn delete_group(&mut self, no: u64, now: u64) -> Answer<()> {
        self.unit()?;
        for sql in [
            "DELETE FROM group_member WHERE grp = ?1",
            "DELETE FROM group_sanction WHERE grp = ?1",
            "DELETE FROM group_pendency WHERE grp = ?1",
            "DELETE FROM chat_group WHERE no = ?1",
        ] {
            self.run(sql, [no as i64])?;
        }
        self.run(
            "INSERT INTO dissolved (conv, time) SELECT no, ?2 FROM conversation WHERE kind = 2 AND a = ?1 AND b = 0",
            [no as i64, now as i64],
        )
        .map(drop)
    }

    async fn remove_deleted_groups(&mut self, before: u64, count: u32) -> Answer<()> {
        let old = self.some(
            "SELECT conv FROM dissolved WHERE time < ?1 ORDER BY time",
            [signed(before)],
            count,
            |row| number(row, 0),
        )?;
        for conv in old {
            let unit = self.unit()?;
            if let Some(place) = unit.places.remove(&conv) {
                unit.open.remove(&place);
            }
            for sql in [
                "DELETE FROM message WHERE conv = ?1",
                "DELETE FROM deleted WHERE conv = ?1",
                "DELETE FROM member WHERE conv = ?1",
                "DELETE FROM stay WHERE conv = ?1",
                "DELETE FROM conversation WHERE no = ?1",
                "DELETE FROM dissolved WHERE conv = ?1",
            ] {
                self.run(sql, [conv as i64])?;
            }
        }
        Ok(())
    }

    async fn group_member(&mut self, group: u64, account: u64) -> Answer<Option<GroupMember>> {
        self.one(
            &format!("SELECT {MEMBER} FROM group_member m WHERE m.grp = ?1 AND m.account = ?2"),
            [group as i64, account as i64],
            |row| member(row, 0),
        )
    }

    async fn put_group_members(&mut self, list: &[(u64, GroupMember)]) -> Answer<()> {
        self.unit()?;
        for (group, member) in list {
            self.run(
                "INSERT INTO group_member (grp, account, role, join_time, joined, delivered, msg_flag, name_card, custom)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                 ON CONFLICT (grp, account) DO UPDATE
                 SET role = ?3, join_time = ?4, delivered = ?6, msg_flag = ?7, name_card = ?8, custom = ?9",
                params![
                    *group as i64,
                    member.account as i64,
                    member.role,
                    member.join_time as i64,
                    member.joined as i64,
                    member.delivered as i64,
                    member.msg_flag,
                    member.name_card,
                    custom_text(&member.custom)?
                ],
            )?;
        }
        Ok(())
    }

    async fn remove_group_members(&mut self, group: u64, accounts: &[u64]) -> Answer<()> {
        self.unit()?;
        for account in accounts {
            self.run(
                "DELETE FROM group_member WHERE grp = ?1 AND account = ?2",
                [group as i64, *account as i64],
            )?;
        }
        Ok(())
    }

    async fn group_members(
        &mut self,
        group: u64,
        after: u64,
        roles: &[u32],
        count: u32,
    ) -> Answer<Vec<GroupMember>> {
        let few = roles.iter().all(|role| *role > 200);
        self.some(
            &members_sql(few),
            params![group as i64, signed(after), set(roles)],
            count,
            |row| member(row, 0),
        )
    }

    async fn groups_of(&mut self, account: u64) -> Answer<Vec<(Group, GroupMember)>> {
        self.list(&groups_sql(), [account as i64], own_group)
    }

    async fn groups_of_kinds(
        &mut self,
        account: u64,
        kinds: &[GroupType],
        roles: &[u32],
        (past, most): (u32, u32),
    ) -> Answer<Vec<(Group, GroupMember)>> {
        let params = params![account as i64, set_of(kinds), set(roles), most, past];
        self.list(&groups_of_kinds_sql(), params, own_group)
    }

    async fn group_counts(&mut self, accounts: &[u64], visits: &[GroupType]) -> Answer<Vec<u64>> {
        let kinds = set_of(visits);
        let count = |account: &u64| {
            let sql = "SELECT count(*) FROM group_member m JOIN chat_group g ON g.no = m.grp
                 WHERE m.account = ?1 AND (g.owner = m.account OR instr(?2, ',' || g.kind || ',') = 0)";
            let params = params![*account as i64, kinds];
            Ok(self.one(sql, params, |row| number(row, 0))?.unwrap_or_default())
        };
        accounts.iter().map(count).collect()
    }

    async fn memberships(&mut self, accounts: &[u64]) -> Answer<Vec<Vec<(u64, u32)>>> {
        let of = |account: &u64| {
            self.list(
                "SELECT grp, msg_flag FROM group_member WHERE account = ?1",
                [*account as i64],
                |row| Ok((number(row, 0)?, row.get(1)?)),
            )
        };
        accounts.iter().map(of).collect()
    }

    async fn sanction(&mut self, group: u64, account: u64) -> Answer<Sanction> {
        let found = self.one(
            "SELECT muted_until, barred_until FROM group_sanction WHERE grp = ?1 AND account = ?2",
            [group as i64, account as i64],
            |row| Ok(Sanction { muted_until: number(row, 0)?, barred_until: number(row, 1)? }),
        )?;
        Ok(found.unwrap_or_default())
    }

    async fn put_sanctions(&mut self, group: u64, list: &[(u64, Sanction)]) -> Answer<()> {
        self.unit()?;
        for (account, sanction) in list {
            self.run(
                "INSERT INTO group_sanction (grp, account, muted_until, barred_until) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET muted_until = ?3, barred_until = ?4",
                params![
                    group as i64,
                    *account as i64,
                    signed(sanction.muted_until),
                    signed(sanction.barred_until)
                ],
            )?;
        }
        Ok(())
    }

    async fn stays(&mut self, account: u64, conv: u64) -> Answer<Vec<Stay>> {
        self.list(
            "SELECT after, upto FROM stay WHERE conv = ?1 AND account = ?2 ORDER BY upto",
            [conv as i64, account as i64],
            |row| Ok(Stay { after: number(row, 0)?, upto: number(row, 1)? }),
        )
    }

    async fn add_stays(&mut self, conv: u64, list: &[(u64, Stay)], most: u32) -> Answer<()> {
        self.unit()?;
        for (account, stay) in list {
            self.run(
                "INSERT INTO stay (conv, account, upto, after) VALUES (?1, ?2, ?3, ?4)",
                [conv, *account, stay.upto, stay.after].map(|it| it as i64),
            )?;
            self.run(
                "DELETE FROM stay WHERE conv = ?1 AND account = ?2 AND upto <= (
                     SELECT upto FROM stay WHERE conv = ?1 AND account = ?2 ORDER BY upto DESC LIMIT 1 OFFSET ?3)",
                params![conv as i64, *account as i64, most],
            )?;
        }
        Ok(())
    }

    async fn cut_stays(&mut self, account: u64, conv: u64, upto: u64) -> Answer<()> {
        self.unit()?;
        for sql in [
            "DELETE FROM stay WHERE conv = ?1 AND account = ?2 AND upto <= ?3",
            "UPDATE stay SET after = ?3 WHERE conv = ?1 AND account = ?2 AND after < ?3",
        ] {
            self.run(sql, params![conv as i64, account as i64, signed(upto)])?;
        }
        Ok(())
    }

    async fn rows_after(&mut self, conv: u64, after: u64, most: Most) -> Answer<Part<Message>> {
        self.part(
            "SELECT \"order\", time, sender, platform, key, seq, counts, becomes_last, origin, listed, revoked, body FROM message
             WHERE conv = ?1 AND \"order\" > ?2 ORDER BY \"order\"",
            [conv as i64, signed(after)],
            most,
            |row| message(row, 0),
            |message| message.body.len(),
        )
    }

    async fn newest(&mut self, conv: u64, upto: u64) -> Answer<Newest> {
        let newest = self.one(
            "SELECT \"order\", seq, time FROM message WHERE conv = ?1 AND \"order\" <= ?2 AND listed
             ORDER BY \"order\" DESC LIMIT 1",
            [conv as i64, signed(upto)],
            |row| {
                Ok(Newest { order: number(row, 0)?, seq: number(row, 1)?, time: number(row, 2)? })
            },
        )?;
        Ok(newest.unwrap_or_default())
    }
}

impl GroupRequestStore for SqliteStore {
    async fn group_request(
        &mut self,
        group: u64,
        kind: u32,
        subject: u64,
    ) -> Answer<Option<GroupRequest>> {
        self.one(
            &format!(
                "SELECT {PENDENCY} FROM group_pendency p WHERE p.grp = ?1 AND p.kind = ?2 AND p.subject = ?3"
            ),
            params![group as i64, kind, subject as i64],
            group_request,
        )
    }

    async fn add_group_requests(
        &mut self,
        new: &GroupRequest,
        subjects: &[u64],
        most: u64,
    ) -> Answer<()> {
        self.unit()?;
        let newest =
            self.one("SELECT time FROM group_pendency ORDER BY time DESC LIMIT 1", [], |row| {
                number(row, 0)
            })?;
        let first = new.time.max(newest.unwrap_or_default() + 1);
        for (subject, time) in subjects.iter().zip(first..) {
            self.run(
                "DELETE FROM group_pendency WHERE grp = ?1 AND kind = ?2 AND subject = ?3",
                params![new.group as i64, new.kind, *subject as i64],
            )?;
            self.run(
                "INSERT INTO group_pendency (time, grp, kind, subject, \"from\", msg, user_data, handler, accepted, answer)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    time as i64,
                    new.group as i64,
                    new.kind,
                    *subject as i64,
                    new.from as i64,
                    new.msg,
                    new.user_data,
                    new.handler as i64,
                    new.accepted,
                    new.answer
                ],
            )?;
        }
        // Each of the two has an index.
        let (of, whose) = match new.kind == INVITATION {
            true => ("subject = ?1 AND kind = 1", subjects),
            false => ("grp = ?1 AND kind <> 1", &[new.group][..]),
        };
        for one in whose {
            self.run(
                &format!(
                    "DELETE FROM group_pendency WHERE time IN
                     (SELECT time FROM group_pendency WHERE {of}
                      ORDER BY handler <> 0, count(*) FILTER (WHERE handler = 0) OVER (PARTITION BY \"from\"), time DESC
                      LIMIT -1 OFFSET ?2)"
                ),
                [*one as i64, signed(most)],
            )?;
        }
        Ok(())
    }

    async fn decide_group_request(&mut self, decided: &GroupRequest) -> Answer<()> {
        self.unit()?;
        self.run(
            "UPDATE group_pendency SET handler = ?2, accepted = ?3, answer = ?4 WHERE time = ?1",
            params![decided.time as i64, decided.handler as i64, decided.accepted, decided.answer],
        )
        .map(drop)
    }

    async fn group_requests(
        &mut self,
        account: u64,
        before: u64,
        roles: &[u32],
        count: u32,
    ) -> Answer<Vec<GroupRequest>> {
        self.some(
            &format!(
                "SELECT {PENDENCY} FROM group_pendency p WHERE p.subject = ?1 AND p.kind = 1 AND p.time < ?2
                 UNION ALL
                 SELECT {PENDENCY} FROM group_member m JOIN group_pendency p ON p.grp = m.grp
                 WHERE m.account = ?1 AND instr(?3, ',' || m.role || ',') > 0 AND p.kind <> 1 AND p.time < ?2
                 ORDER BY 1 DESC"
            ),
            params![account as i64, signed(before), set(roles)],
            count,
            group_request,
        )
    }

    async fn count_group_requests(
        &mut self,
        account: u64,
        after: u64,
        roles: &[u32],
    ) -> Answer<u64> {
        let count = self.one(
            "SELECT (SELECT count(*) FROM group_pendency p WHERE p.subject = ?1 AND p.kind = 1 AND p.time > ?2)
                  + (SELECT count(*) FROM group_member m JOIN group_pendency p ON p.grp = m.grp
                     WHERE m.account = ?1 AND instr(?3, ',' || m.role || ',') > 0 AND p.kind <> 1 AND p.time > ?2)",
            params![account as i64, signed(after), set(roles)],
            |row| number(row, 0),
        )?;
        Ok(count.unwrap_or_default())
    }

    async fn group_requests_read(&mut self, account: u64) -> Answer<u64> {
        let time = self.one(
            "SELECT time FROM group_pendency_read WHERE account = ?1",
            [account as i64],
            |row| number(row, 0),
        )?;
        Ok(time.unwrap_or_default())
    }

    async fn set_group_requests_read(&mut self, account: u64, time: u64) -> Answer<()> {
        self.unit()?;
        self.run(
            "INSERT INTO group_pendency_read (account, time) VALUES (?1, ?2)
             ON CONFLICT DO UPDATE SET time = max(time, ?2)",
            [account as i64, signed(time)],
        )
        .map(drop)
    }
}
