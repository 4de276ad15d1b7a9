//! Applications and invitations: who sees them, who decides.

use std::collections::HashMap;

use imsdk_types::{
    Code, Error, GroupHandlePendencyParam, GroupJoinType, GroupPendency, GroupPendencyHandle,
    GroupPendencyHandleResult, GroupPendencyOption, GroupPendencyResult, GroupPendencyType,
    GroupReportType, GroupTipType, GroupTipsElem, limits,
};

use super::life::has_room;
use super::member::small;
use super::notice::{Report, tip};
use super::rules::{ADMIN, NORMAL, OWNER};
use super::{check_words, denied, find, invalid};
use crate::profile::{Named, named};
use crate::store::{Group, GroupRequest, Store};
use crate::{Clock, News, Service, Session};

const DECIDE: [u32; 2] = [ADMIN, OWNER];

/// Times below are in seconds, others in milliseconds: it is the year 5138, or 1973.
const SECONDS: u64 = 100_000_000_000;

impl<C: Clock> Service<C> {
    /// §5.3: newest first.
    pub(super) async fn pendencies<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        option: &GroupPendencyOption,
    ) -> Result<GroupPendencyResult, Error> {
        let before = if option.start_time == 0 { u64::MAX } else { option.start_time };
        let count = match option.max_limited {
            0 => limits::PENDENCY_PAGE,
            wanted => wanted.min(limits::PENDENCY_PAGE),
        };
        let mut rows = store.group_requests(session.account, before, &DECIDE, count + 1).await?;
        let more = rows.len() > count as usize;
        rows.truncate(count as usize);
        let next_start_time = if more { rows.last().map_or(0, |last| last.time) } else { 0 };
        let groups: Vec<u64> = rows.iter().map(|row| row.group).collect();
        let groups = store.groups_by_no(&groups).await?.into_iter().flatten();
        let groups: HashMap<u64, String> = groups.map(|group| (group.no, group.id)).collect();
        let users = rows.iter().flat_map(|row| [row.from, addressee(row)]);
        let users: Vec<u64> = users.filter(|user| *user != 0).collect();
        let names = named(store, &users).await?;
        let names: HashMap<u64, Named> = users.into_iter().zip(names).collect();
        let present = |row: GroupRequest| {
            let group = groups.get(&row.group)?;
            Some(present(session, group, &names, row))
        };
        let pendency_array = rows.into_iter().filter_map(present).collect();
        let read_time_seq = store.group_requests_read(session.account).await?;
        let unread = store.count_group_requests(session.account, read_time_seq, &DECIDE).await?;
        let unread_num = small(unread);
        Ok(GroupPendencyResult { next_start_time, read_time_seq, unread_num, pendency_array })
    }

    /// §5.4: what is yet to come is not read, whatever the program says.
    pub(super) async fn pendency_read<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        time: u64,
    ) -> Result<(), Error> {
        let time = if time < SECONDS { time * 1000 } else { time };
        // Requests of one second are told apart by what follows it.
        let present = self.clock.now() * 1000 + 999;
        store.set_group_requests_read(session.account, time.min(present)).await
    }

    /// §5.5.
    pub(super) async fn handle_pendency<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: &GroupHandlePendencyParam,
        news: &mut News,
    ) -> Result<(), Error> {
        check_words(&param.handle_msg)?;
        let wanted = &param.pendency;
        let mut group = find(store, &wanted.group_id).await?;
        let kind = GroupPendencyType::try_from(wanted.pendency_type as i32)
            .map_err(|_| invalid("there is no such type of request"))?;
        let subject = match kind {
            GroupPendencyType::GroupJoinNeedApprovedByAdmin => {
                store.account(&wanted.from_identifier).await?
            }
            GroupPendencyType::GroupInviteNeedApprovedByInvitee => Some(session.account),
            GroupPendencyType::GroupInviteNeedApprovedByAdmin => {
                store.account(&wanted.to_identifier).await?
            }
        };
        let found = match subject {
            Some(subject) => store.group_request(group.no, kind.bits(), subject).await?,
            None => None,
        };
        let Some(row) = found else { return Err(Error::from(Code::SvrGroupInvalidReq)) };
        let (key, authentication) = seals(&row);
        if !wanted.key.is_empty() && wanted.key != key
            || !wanted.authentication.is_empty() && wanted.authentication != authentication
        {
            return Err(Error::from(Code::SvrGroupInvalidReq));
        }
        if kind != GroupPendencyType::GroupInviteNeedApprovedByInvitee {
            let own = store.group_member(group.no, session.account).await?;
            if own.is_none_or(|own| own.role < ADMIN) {
                return Err(denied("only owner and administrators decide"));
            }
        }
        if row.handler != 0 {
            return Err(Error::from(Code::SvrGroupReqAllreadyBeenProcessed));
        }
        if store.group_member(group.no, row.subject).await?.is_some() {
            return Err(Error::from(Code::SvrGroupAllreadyMember));
        }
        if param.is_accept {
            if self.is_barred(store, &group, row.subject).await? {
                return Err(denied("removed from the group for a time that has not ended"));
            }
            has_room(&group, 1)?;
            if self.may_enter(store, &[row.subject]).await?.contains(&false) {
                return Err(Error::from(Code::SvrGroupCountLimit));
            }
        }
        let row = GroupRequest {
            handler: session.account,
            accepted: param.is_accept,
            answer: param.handle_msg.clone(),
            ..row
        };
        store.decide_group_request(&row).await?;
        if param.is_accept {
            self.enter(store, &mut group, &[(row.subject, NORMAL)], news).await?;
            store.put_group(&group).await?;
        }
        self.answer(store, session, &group, (kind, &row), news).await
    }

    /// Tells the one who waited, and the members of somebody new.
    async fn answer<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: &Group,
        (kind, row): (GroupPendencyType, &GroupRequest),
        news: &mut News,
    ) -> Result<(), Error> {
        use GroupPendencyType as Kind;

        let msg = row.answer.as_str();
        let report = match (kind, row.accepted) {
            (Kind::GroupJoinNeedApprovedByAdmin, true) => Some(GroupReportType::AddAccept),
            (Kind::GroupJoinNeedApprovedByAdmin, false) => Some(GroupReportType::AddRefuse),
            (Kind::GroupInviteNeedApprovedByInvitee, true) => Some(GroupReportType::InviteAccept),
            (Kind::GroupInviteNeedApprovedByInvitee, false) => Some(GroupReportType::InviteRefuse),
            (Kind::GroupInviteNeedApprovedByAdmin, true) => Some(GroupReportType::Invite),
            (Kind::GroupInviteNeedApprovedByAdmin, false) => None,
        };
        let to = match kind {
            Kind::GroupInviteNeedApprovedByAdmin => row.subject,
            Kind::GroupJoinNeedApprovedByAdmin | Kind::GroupInviteNeedApprovedByInvitee => row.from,
        };
        let op = store.account_id(row.from).await?;
        if let Some(kind) = report {
            let report = match kind {
                // §3.4: as if nobody had had to approve it.
                GroupReportType::Invite => {
                    Report { user_data: &row.user_data, by: Some(&op), ..Report::plain(kind) }
                }
                kind => Report { msg, ..Report::plain(kind) },
            };
            self.report(store, session, group, &[to], report, news).await?;
        }
        if !row.accepted {
            return Ok(());
        }
        let join_type = match kind {
            Kind::GroupJoinNeedApprovedByAdmin => GroupJoinType::Apply,
            Kind::GroupInviteNeedApprovedByInvitee | Kind::GroupInviteNeedApprovedByAdmin => {
                GroupJoinType::Invite
            }
        };
        let users = vec![store.account_id(row.subject).await?];
        let tip =
            GroupTipsElem { join_type: join_type.bits(), ..tip(GroupTipType::Invite, &op, users) };
        self.tell_members(store, session, group, tip, news).await
    }
}

/// What a program hands back unchanged. The rights are checked in any case: these only tell a request from an older one.
fn seals(row: &GroupRequest) -> (String, String) {
    (format!("{:x}", row.time), format!("{:x}-{:x}-{:x}", row.group, row.kind, row.subject))
}

/// Who is invited, or of an application who has decided; 0 for nobody yet.
fn addressee(row: &GroupRequest) -> u64 {
    match row.kind == GroupPendencyType::GroupJoinNeedApprovedByAdmin.bits() {
        true => row.handler,
        false => row.subject,
    }
}

/// §5.2.
fn present(
    session: &Session,
    group: &str,
    names: &HashMap<u64, Named>,
    row: GroupRequest,
) -> GroupPendency {
    let (key, authentication) = seals(&row);
    let from = names.get(&row.from);
    let id = |named: Option<&Named>| named.map(|it| it.user.clone()).unwrap_or_default();
    let handled = match row.handler {
        0 => GroupPendencyHandle::NotHandle,
        handler if handler == session.account => GroupPendencyHandle::OperatorHandle,
        _ => GroupPendencyHandle::OtherHandle,
    };
    let result = match row.accepted {
        true => GroupPendencyHandleResult::Accept,
        false => GroupPendencyHandleResult::Refuse,
    };
    GroupPendency {
        group_id: group.to_owned(),
        from_identifier: id(from),
        from_nick_name: from.map(|from| from.nick_name.clone()).unwrap_or_default(),
        from_face_url: from.map(|from| from.face_url.clone()).unwrap_or_default(),
        to_identifier: id(names.get(&addressee(&row))),
        add_time: row.time,
        pendency_type: row.kind,
        handled: handled.bits(),
        handle_result: result.bits(),
        apply_invite_msg: row.msg,
        from_user_defined_data: row.user_data,
        approval_msg: row.answer,
        key,
        authentication,
        self_identifier: session.user.clone(),
        ..GroupPendency::default()
    }
}
