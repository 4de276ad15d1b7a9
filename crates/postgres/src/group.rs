//! Groups and their members.

use std::collections::HashMap;

use imsdk_service::store::{
    Answer, Custom, Group, GroupInfo, GroupMember, GroupStore, Message, Most, Newest, Part,
    Sanction, Stay,
};
use imsdk_types::GroupType;
use tokio_postgres::Row;

use crate::PostgresStore;
use crate::error::{Failure, damaged};
use crate::message::{MESSAGE_COLUMNS, message};
use crate::row::{bound, number, numbers, params, part, read_text, small, text};

/// What [`group`] reads.
macro_rules! GROUP_COLUMNS {
    () => {
        "g.no, g.id, g.kind, g.owner, g.created, g.info_seq, g.info_time, g.members, g.joined, g.name, g.notification, \
         g.introduction, g.face_url, g.add_option, g.approve_option, g.max_members, g.visible, g.searchable, g.shutup_all, g.custom"
    };
}
const GROUP_WIDTH: usize = 20;

/// What [`member`] reads.
macro_rules! MEMBER_COLUMNS {
    () => {
        "m.account, m.role, m.join_time, m.joined, m.delivered, m.msg_flag, m.name_card, m.custom"
    };
}

/// Several groups.
pub(crate) const GROUP_BY_NUMBERS: &str =
    concat!("SELECT ", GROUP_COLUMNS!(), " FROM chat_group g WHERE g.no = ANY($1)");

/// Accounts in groups: what they must not do there, and as what they are in it, if they are.
pub(crate) const MEMBERS_BY_NUMBERS: &str = concat!(
    "SELECT p.grp, p.account, coalesce(s.muted_until, 0), coalesce(s.barred_until, 0), ",
    MEMBER_COLUMNS!(),
    " FROM unnest($1::bigint[], $2::bigint[]) AS p (grp, account)
     LEFT JOIN group_member m ON m.grp = p.grp AND m.account = p.account
     LEFT JOIN group_sanction s ON s.grp = p.grp AND s.account = p.account"
);

pub(crate) fn group(row: &Row) -> Group {
    Group {
        no: number(row, 0),
        id: read_text(row, 1),
        kind: GroupType::try_from(row.get::<_, i32>(2)).unwrap_or(GroupType::Public),
        owner: number(row, 3),
        created: number(row, 4),
        info_seq: number(row, 5),
        info_time: number(row, 6),
        members: number(row, 7),
        joined: number(row, 8),
        info: GroupInfo {
            name: read_text(row, 9),
            notification: read_text(row, 10),
            introduction: read_text(row, 11),
            face_url: read_text(row, 12),
            add_option: small(row, 13),
            approve_option: small(row, 14),
            max_members: number(row, 15),
            visible: small(row, 16),
            searchable: small(row, 17),
            shutup_all: row.get(18),
            custom: custom(row, 19),
        },
    }
}

fn member(row: &Row, column: usize) -> GroupMember {
    GroupMember {
        account: number(row, column),
        role: small(row, column + 1),
        join_time: number(row, column + 2),
        joined: number(row, column + 3),
        delivered: number(row, column + 4),
        msg_flag: small(row, column + 5),
        name_card: read_text(row, column + 6),
        custom: custom(row, column + 7),
    }
}

/// A member of an outer join.
pub(crate) fn some_member(row: &Row, column: usize) -> Option<GroupMember> {
    row.get::<_, Option<i64>>(column).map(|_| member(row, column))
}

pub(crate) fn sanction(row: &Row, column: usize) -> Sanction {
    Sanction { muted_until: number(row, column), barred_until: number(row, column + 1) }
}

fn newest(row: &Row) -> Newest {
    Newest { order: number(row, 0), seq: number(row, 1), time: number(row, 2) }
}

/// Fields that cannot be read are as good as none.
fn custom(row: &Row, column: usize) -> Custom {
    serde_json::from_str(row.get(column)).unwrap_or_default()
}

fn custom_text(custom: &Custom) -> Answer<String> {
    serde_json::to_string(custom).map_err(damaged)
}

/// Roles as a list that the database knows.
pub(crate) fn set(numbers: &[u32]) -> Vec<i64> {
    numbers.iter().map(|number| i64::from(*number)).collect()
}

/// The same, of kinds of groups.
fn set_of(kinds: &[GroupType]) -> Vec<i64> {
    kinds.iter().map(|kind| i64::from(kind.bits())).collect()
}

impl PostgresStore {
    /// A group that was read, unless what the unit holds, if anything, was another one of that id.
    fn met_group(&mut self, found: Group) -> Answer<Group> {
        let remembered = self.shared.groups.get(&found.id);
        let made = self.known().is_some_and(|known| known.unknown.contains(&found.id));
        if made || remembered.is_some_and(|no| no != found.no) {
            self.shared.groups.remove(&found.id);
            if self.unit.as_ref().is_some_and(|unit| unit.writes) {
                return Err(self.fail(Failure::Conflict, "a group was made meanwhile"));
            }
        }
        Ok(found)
    }

    /// What was read of a group is not so any more.
    fn forget_group(&mut self) {
        if let Some(known) = self.known() {
            known.groups.clear();
            known.group_members.clear();
            known.sanctions.clear();
        }
    }
}

impl GroupStore for PostgresStore {
    async fn group(&mut self, id: &str) -> Answer<Option<Group>> {
        if let Some(group) = self.known().and_then(|known| known.groups.get(id)) {
            return Ok(Some(group.clone()));
        }
        let sql = concat!("SELECT ", GROUP_COLUMNS!(), " FROM chat_group g WHERE g.id = $1");
        let Some(row) = self.one(sql, params![text(id)]).await? else { return Ok(None) };
        self.met_group(group(&row)).map(Some)
    }

    async fn groups(&mut self, ids: &[String]) -> Answer<Vec<Option<Group>>> {
        let sql = concat!("SELECT ", GROUP_COLUMNS!(), " FROM chat_group g WHERE g.id = ANY($1)");
        let rows =
            self.list(sql, params![ids.iter().map(|id| text(id)).collect::<Vec<_>>()]).await?;
        let mut found = HashMap::with_capacity(rows.len());
        for row in rows {
            let group = self.met_group(group(&row))?;
            found.insert(group.id.clone(), group);
        }
        Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
    }

    async fn group_by_no(&mut self, no: u64) -> Answer<Option<Group>> {
        let sql = concat!("SELECT ", GROUP_COLUMNS!(), " FROM chat_group g WHERE g.no = $1");
        Ok(self.one(sql, params![no as i64]).await?.map(|row| group(&row)))
    }

    async fn groups_by_no(&mut self, list: &[u64]) -> Answer<Vec<Option<Group>>> {
        let rows = self.list(GROUP_BY_NUMBERS, params![numbers(list.iter().copied())]).await?;
        let found = rows.iter().map(group).map(|group| (group.no, group));
        let found: HashMap<u64, Group> = found.collect();
        Ok(list.iter().map(|no| found.get(no).cloned()).collect())
    }

    async fn create_group(&mut self, group: &Group) -> Answer<u64> {
        self.unit().await?;
        let row = self
            .one(
                "INSERT INTO chat_group (id, kind, owner, created, info_seq, info_time, members, joined, name, notification,
                                         introduction, face_url, add_option, approve_option, max_members, visible, searchable,
                                         shutup_all, custom)
                 VALUES ($1, $2, 0, $3, 0, 0, 0, 0, '', '', '', '', 0, 0, 0, 0, 0, false, '{}') RETURNING no",
                params![text(&group.id), group.kind.value(), group.created as i64],
            )
            .await?;
        let no = row.map(|row| number(&row, 0)).ok_or_else(|| damaged("no group was made"))?;
        if let Some(known) = self.known() {
            known.unknown.remove(&group.id);
        }
        self.shared.groups.remove(&group.id);
        self.put_group(&Group { no, ..group.clone() }).await?;
        Ok(no)
    }

    async fn put_group(&mut self, group: &Group) -> Answer<()> {
        self.forget_group();
        let info = &group.info;
        self.write(
            "UPDATE chat_group SET owner = $2, info_seq = $3, info_time = $4, members = $5, joined = $6, name = $7,
                    notification = $8, introduction = $9, face_url = $10, add_option = $11, approve_option = $12,
                    max_members = $13, visible = $14, searchable = $15, shutup_all = $16, custom = $17 WHERE no = $1",
            params![
                group.no as i64,
                group.owner as i64,
                group.info_seq as i64,
                group.info_time as i64,
                group.members as i64,
                group.joined as i64,
                text(&info.name),
                text(&info.notification),
                text(&info.introduction),
                text(&info.face_url),
                i64::from(info.add_option),
                i64::from(info.approve_option),
                bound(info.max_members),
                i64::from(info.visible),
                i64::from(info.searchable),
                info.shutup_all,
                custom_text(&info.custom)?,
            ],
        )
        .await
    }

    async fn delete_group(&mut self, no: u64, now: u64) -> Answer<()> {
        self.forget_group();
        for sql in [
            "DELETE FROM group_member WHERE grp = $1",
            "DELETE FROM group_sanction WHERE grp = $1",
            "DELETE FROM group_pendency WHERE grp = $1",
            "DELETE FROM chat_group WHERE no = $1",
        ] {
            self.write(sql, params![no as i64]).await?;
        }
        self.write(
            "INSERT INTO dissolved (conv, time) SELECT no, $2 FROM conversation WHERE kind = 2 AND a = $1 AND b = 0",
            params![no as i64, now as i64],
        )
        .await
    }

    async fn remove_deleted_groups(&mut self, before: u64, count: u32) -> Answer<()> {
        self.unit().await?;
        // What another unit removes at this moment is left to it.
        let old = self
            .list(
                "SELECT conv FROM dissolved WHERE time < $1 ORDER BY time LIMIT $2 FOR UPDATE SKIP LOCKED",
                params![bound(before), i64::from(count)],
            )
            .await?;
        for conv in old.iter().map(|row| number(row, 0)) {
            if let Some(known) = self.known()
                && let Some(place) = known.places.remove(&conv)
            {
                known.open.remove(&place);
            }
            for sql in [
                "DELETE FROM message WHERE conv = $1",
                "DELETE FROM deleted WHERE conv = $1",
                "DELETE FROM member WHERE conv = $1",
                "DELETE FROM stay WHERE conv = $1",
                "DELETE FROM conversation WHERE no = $1",
                "DELETE FROM dissolved WHERE conv = $1",
            ] {
                self.write(sql, params![conv as i64]).await?;
            }
        }
        Ok(())
    }

    async fn group_member(&mut self, group: u64, account: u64) -> Answer<Option<GroupMember>> {
        let of = (group, account);
        if let Some(known) = self.known().and_then(|known| known.group_members.get(&of)) {
            return Ok(known.clone());
        }
        let sql = concat!(
            "SELECT ",
            MEMBER_COLUMNS!(),
            " FROM group_member m WHERE m.grp = $1 AND m.account = $2"
        );
        let row = self.one(sql, params![group as i64, account as i64]).await?;
        Ok(row.map(|row| member(&row, 0)))
    }

    async fn members_among(
        &mut self,
        list: &[(u64, u64)],
    ) -> Answer<Vec<(Option<GroupMember>, Sanction)>> {
        let of = params![numbers(list.iter().map(|it| it.0)), numbers(list.iter().map(|it| it.1))];
        let rows = self.list(MEMBERS_BY_NUMBERS, of).await?;
        let read =
            |row: &Row| ((number(row, 0), number(row, 1)), (some_member(row, 4), sanction(row, 2)));
        let found: HashMap<_, _> = rows.iter().map(read).collect();
        Ok(list.iter().map(|it| found.get(it).cloned().unwrap_or_default()).collect())
    }

    async fn put_group_members(&mut self, list: &[(u64, GroupMember)]) -> Answer<()> {
        self.forget_group();
        let of = |field: fn(&GroupMember) -> u64| numbers(list.iter().map(|it| field(&it.1)));
        let custom: Answer<Vec<String>> =
            list.iter().map(|(_, member)| custom_text(&member.custom)).collect();
        self.write(
            "INSERT INTO group_member (grp, account, role, join_time, joined, delivered, msg_flag, name_card, custom)
             SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
                                  $8::text[], $9::text[])
             ON CONFLICT (grp, account)
             DO UPDATE SET role = excluded.role, join_time = excluded.join_time, delivered = excluded.delivered,
                           msg_flag = excluded.msg_flag, name_card = excluded.name_card, custom = excluded.custom",
            params![
                numbers(list.iter().map(|it| it.0)),
                of(|member| member.account),
                of(|member| member.role.into()),
                of(|member| member.join_time),
                of(|member| member.joined),
                of(|member| member.delivered),
                of(|member| member.msg_flag.into()),
                list.iter().map(|(_, member)| text(&member.name_card)).collect::<Vec<_>>(),
                custom?,
            ],
        )
        .await
    }

    async fn remove_group_members(&mut self, group: u64, accounts: &[u64]) -> Answer<()> {
        self.forget_group();
        let sql = "DELETE FROM group_member WHERE grp = $1 AND account = ANY($2)";
        self.write(sql, params![group as i64, numbers(accounts.iter().copied())]).await
    }

    async fn group_members(
        &mut self,
        group: u64,
        after: u64,
        roles: &[u32],
        count: u32,
    ) -> Answer<Vec<GroupMember>> {
        const ALL: &str = concat!(
            "SELECT ",
            MEMBER_COLUMNS!(),
            " FROM group_member m
             WHERE m.grp = $1 AND m.joined > $2 AND m.role = ANY($3) ORDER BY m.joined LIMIT $4"
        );
        // Those above the ordinary have an index of their own.
        const FEW: &str = concat!(
            "SELECT ", MEMBER_COLUMNS!(), " FROM group_member m
             WHERE m.grp = $1 AND m.joined > $2 AND m.role > 200 AND m.role = ANY($3) ORDER BY m.joined LIMIT $4"
        );
        let sql = if roles.iter().all(|role| *role > 200) { FEW } else { ALL };
        let params = params![group as i64, bound(after), set(roles), i64::from(count)];
        Ok(self.list(sql, params).await?.iter().map(|row| member(row, 0)).collect())
    }

    async fn groups_of(&mut self, account: u64) -> Answer<Vec<(Group, GroupMember)>> {
        let sql = concat!(
            "SELECT ",
            GROUP_COLUMNS!(),
            ", ",
            MEMBER_COLUMNS!(),
            " FROM group_member m JOIN chat_group g ON g.no = m.grp
             WHERE m.account = $1 ORDER BY m.join_time, g.no"
        );
        let rows = self.list(sql, params![account as i64]).await?;
        Ok(rows.iter().map(|row| (group(row), member(row, GROUP_WIDTH))).collect())
    }

    async fn groups_of_kinds(
        &mut self,
        account: u64,
        kinds: &[GroupType],
        roles: &[u32],
        (past, most): (u32, u32),
    ) -> Answer<Vec<(Group, GroupMember)>> {
        let sql = concat!(
            "SELECT ",
            GROUP_COLUMNS!(),
            ", ",
            MEMBER_COLUMNS!(),
            " FROM group_member m JOIN chat_group g ON g.no = m.grp
             WHERE m.account = $1 AND g.kind = ANY($2::bigint[]) AND m.role = ANY($3::bigint[])
             ORDER BY m.join_time DESC, g.no DESC LIMIT $4 OFFSET $5"
        );
        let (most, past) = (i64::from(most), i64::from(past));
        let params = params![account as i64, set_of(kinds), set(roles), most, past];
        let rows = self.list(sql, params).await?;
        Ok(rows.iter().map(|row| (group(row), member(row, GROUP_WIDTH))).collect())
    }

    async fn group_counts(&mut self, accounts: &[u64], visits: &[GroupType]) -> Answer<Vec<u64>> {
        let sql = "SELECT (SELECT count(*) FROM group_member m JOIN chat_group g ON g.no = m.grp
                     WHERE m.account = a.account AND (g.owner = m.account OR g.kind <> ALL($2::bigint[])))
             FROM unnest($1::bigint[]) WITH ORDINALITY AS a (account, at) ORDER BY a.at";
        let accounts = numbers(accounts.iter().copied());
        let rows = self.list(sql, params![accounts, set_of(visits)]).await?;
        Ok(rows.iter().map(|row| number(row, 0)).collect())
    }

    async fn memberships(&mut self, accounts: &[u64]) -> Answer<Vec<Vec<(u64, u32)>>> {
        let sql = "SELECT account, grp, msg_flag FROM group_member WHERE account = ANY($1)";
        let rows = self.list(sql, params![numbers(accounts.iter().copied())]).await?;
        let mut found: HashMap<u64, Vec<(u64, u32)>> = HashMap::new();
        for row in &rows {
            found.entry(number(row, 0)).or_default().push((number(row, 1), small(row, 2)));
        }
        Ok(accounts.iter().map(|it| found.get(it).cloned().unwrap_or_default()).collect())
    }

    async fn sanction(&mut self, group: u64, account: u64) -> Answer<Sanction> {
        let of = (group, account);
        if let Some(known) = self.known().and_then(|known| known.sanctions.get(&of)) {
            return Ok(*known);
        }
        let row = self
            .one(
                "SELECT muted_until, barred_until FROM group_sanction WHERE grp = $1 AND account = $2",
                params![group as i64, account as i64],
            )
            .await?;
        Ok(row.map(|row| sanction(&row, 0)).unwrap_or_default())
    }

    async fn put_sanctions(&mut self, group: u64, list: &[(u64, Sanction)]) -> Answer<()> {
        self.forget_group();
        let of = |field: fn(&Sanction) -> u64| -> Vec<i64> {
            list.iter().map(|(_, sanction)| bound(field(sanction))).collect()
        };
        self.write(
            "INSERT INTO group_sanction (grp, account, muted_until, barred_until)
             SELECT $1, s.* FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS s
             ON CONFLICT (grp, account)
             DO UPDATE SET muted_until = excluded.muted_until, barred_until = excluded.barred_until",
            params![
                group as i64,
                numbers(list.iter().map(|it| it.0)),
                of(|sanction| sanction.muted_until),
                of(|sanction| sanction.barred_until),
            ],
        )
        .await
    }

    async fn stays(&mut self, account: u64, conv: u64) -> Answer<Vec<Stay>> {
        let sql = "SELECT after, upto FROM stay WHERE conv = $1 AND account = $2 ORDER BY upto";
        let rows = self.list(sql, params![conv as i64, account as i64]).await?;
        Ok(rows.iter().map(|row| Stay { after: number(row, 0), upto: number(row, 1) }).collect())
    }

    async fn add_stays(&mut self, conv: u64, list: &[(u64, Stay)], most: u32) -> Answer<()> {
        let accounts = numbers(list.iter().map(|it| it.0));
        self.write(
            "INSERT INTO stay (conv, account, upto, after)
             SELECT $1, s.* FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS s",
            params![
                conv as i64,
                accounts.clone(),
                numbers(list.iter().map(|it| it.1.upto)),
                numbers(list.iter().map(|it| it.1.after)),
            ],
        )
        .await?;
        self.write(
            "DELETE FROM stay s USING unnest($2::bigint[]) AS a (account)
             WHERE s.conv = $1 AND s.account = a.account AND s.upto <= (
                 SELECT upto FROM stay WHERE conv = $1 AND account = a.account ORDER BY upto DESC LIMIT 1 OFFSET $3)",
            params![conv as i64, accounts, i64::from(most)],
        )
        .await
    }

    async fn cut_stays(&mut self, account: u64, conv: u64, upto: u64) -> Answer<()> {
        for sql in [
            "DELETE FROM stay WHERE conv = $1 AND account = $2 AND upto <= $3",
            "UPDATE stay SET after = $3 WHERE conv = $1 AND account = $2 AND after < $3",
        ] {
            self.write(sql, params![conv as i64, account as i64, bound(upto)]).await?;
        }
        Ok(())
    }

    async fn rows_after(&mut self, conv: u64, after: u64, most: Most) -> Answer<Part<Message>> {
        let sql = concat!(
            "SELECT n.found, ",
            MESSAGE_COLUMNS!("n."),
            " FROM (SELECT m.*, count(*) OVER () AS found, row_number() OVER w AS nth,
                        sum(octet_length(m.body)) OVER w - octet_length(m.body) AS bytes_before
                    FROM (SELECT * FROM message WHERE conv = $1 AND \"order\" > $2
                          ORDER BY \"order\" LIMIT $3::bigint + 1) AS m
                    WINDOW w AS (ORDER BY m.\"order\" ROWS UNBOUNDED PRECEDING)) AS n
             WHERE n.nth <= $3 AND n.bytes_before <= $4 ORDER BY n.\"order\""
        );
        let params =
            params![conv as i64, bound(after), i64::from(most.rows), i64::from(most.bytes)];
        Ok(part(&self.list(sql, params).await?, |row| message(row, 1)))
    }

    async fn newest(&mut self, conv: u64, upto: u64) -> Answer<Newest> {
        if let Some(known) = self.known()
            && let Some(place) = known.places.get(&conv)
            && let Some((open, newest)) = known.open.get(place)
            && upto >= open.head
        {
            return Ok(*newest);
        }
        let row = self
            .one(
                "SELECT \"order\", seq, time FROM message WHERE conv = $1 AND \"order\" <= $2 AND listed
                 ORDER BY \"order\" DESC LIMIT 1",
                params![conv as i64, bound(upto)],
            )
            .await?;
        Ok(row.as_ref().map(newest).unwrap_or_default())
    }

    async fn newest_of(&mut self, list: &[(u64, u64)]) -> Answer<Vec<Newest>> {
        let sql = "SELECT coalesce(m.\"order\", 0), coalesce(m.seq, 0), coalesce(m.time, 0)
             FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS p (conv, upto, at)
             LEFT JOIN LATERAL (SELECT \"order\", seq, time FROM message WHERE conv = p.conv AND \"order\" <= p.upto AND listed
                                ORDER BY \"order\" DESC LIMIT 1) AS m ON true ORDER BY p.at";
        let convs = numbers(list.iter().map(|it| it.0));
        let upto: Vec<i64> = list.iter().map(|it| bound(it.1)).collect();
        let rows = self.list(sql, params![convs, upto]).await?;
        Ok(rows.iter().map(newest).collect())
    }
}
