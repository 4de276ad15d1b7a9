//! How groups are made and dissolved, and how users come and go on their own.

use std::collections::BTreeSet;

use imsdk_types::{
    Code, CreateGroupParam, Error, GroupAddOption, GroupJoinType, GroupMemberRole,
    GroupPendencyType, GroupReportType, GroupTipType, GroupTipsElem, GroupType, limits,
};

use super::notice::{Report, tip};
use super::rules::{ADMIN, Apply, LIVE_KINDS, NORMAL, OWNER, Rules, rules};
use super::{
    GROUP_FIELDS, changed_fields, check_words, denied, find, find_own, group_fields, invalid,
};
use crate::store::{
    Custom, Device, DeviceState, Group, GroupInfo, GroupMember, GroupRequest, Place, Scope, Store,
};
use crate::{Clock, News, Service, Session};

/// So many groups that were dissolved long ago go with one that is dissolved now.
const REMOVED: u32 = 2;

/// So many live groups are left at most for one more: who is in too many, since own ones were once handed over without a look at the
/// bound, comes back to it.
const LEFT_FOR_ONE: u32 = 2;

/// "Yes" for `visible` and `searchable`, as programs know it.
pub(super) const YES: u32 = 2;

impl<C: Clock> Service<C> {
    /// §4.3.
    pub(super) async fn create_own_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: CreateGroupParam,
        news: &mut News,
    ) -> Result<String, Error> {
        let kind = kind_of(&param)?;
        if !rules(kind).create {
            return Err(denied("users do not create groups of this type"));
        }
        self.make_group(store, session, (kind, param), news).await
    }

    /// Makes a group of whatever kind, with the one who asks as its owner. The operator owns none.
    pub(super) async fn make_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        (kind, param): (GroupType, CreateGroupParam),
        news: &mut News,
    ) -> Result<String, Error> {
        let rules = rules(kind);
        let info = first_info(&param, rules, self.policy.groups.max_members(kind))?;
        let members = first_members(store, session, &param, rules).await?;
        let has_owner = session.account != 0;
        if members.len() as u64 + u64::from(has_owner) > info.max_members {
            return Err(Error::from(Code::SdkGroupMemberCountLimit));
        }
        let accounts: Vec<u64> = members.iter().map(|(_, account, _)| *account).collect();
        let everybody = [&[session.account], accounts.as_slice()].concat();
        if self.may_enter(store, &everybody).await?.contains(&false) {
            return Err(Error::from(Code::SvrGroupCountLimit));
        }
        let id = self.group_id(store, session, &param.group_id, kind).await?;
        let now = self.clock.now();
        let mut group = Group {
            no: 0,
            id,
            kind,
            owner: session.account,
            created: now,
            info,
            info_seq: 1,
            info_time: now,
            members: 0,
            joined: 0,
        };
        group.no = store.create_group(&group).await?;
        if has_owner {
            self.enter(store, &mut group, &[(session.account, OWNER)], news).await?;
            let created = Report::plain(GroupReportType::Create);
            self.report(store, session, &group, &[session.account], created, news).await?;
        }
        let entering: Vec<(u64, u32)> =
            members.iter().map(|(_, account, role)| (*account, *role)).collect();
        if !entering.is_empty() {
            self.enter(store, &mut group, &entering, news).await?;
            let invited = Report::plain(GroupReportType::Invite);
            self.report(store, session, &group, &accounts, invited, news).await?;
        }
        store.put_group(&group).await?;
        if !members.is_empty() {
            let users = members.into_iter().map(|(user, ..)| user).collect();
            let tip = GroupTipsElem {
                join_type: GroupJoinType::Invite.bits(),
                ..tip(GroupTipType::Invite, &session.user, users)
            };
            self.tell_members(store, session, &group, tip, news).await?;
        }
        Ok(group.id)
    }

    /// The id that was asked for, if it is free, or one that nobody has.
    async fn group_id<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        wanted: &str,
        kind: GroupType,
    ) -> Result<String, Error> {
        let community = kind == GroupType::Community;
        if wanted.is_empty() {
            // Session numbers are never given twice.
            let number = store.next_session().await?;
            let prefix = if community { limits::COMMUNITY_ID } else { "" };
            return Ok(format!("{prefix}{}2{number:X}", limits::SERVICE_GROUP_ID));
        }
        let reserved = match community {
            true => !wanted.starts_with(limits::COMMUNITY_ID),
            false => wanted.starts_with(limits::SERVICE_GROUP_ID),
        };
        if reserved || !limits::is_group_id(wanted) {
            return Err(Error::from(Code::SdkGroupInvalidId));
        }
        match store.group(wanted).await? {
            None => Ok(wanted.to_owned()),
            Some(group) if group.owner == session.account && group.owner != 0 => {
                Err(Error::from(Code::SvrGroupGroupidInUsedForSuper))
            }
            Some(_) => Err(Error::from(Code::SvrGroupGroupidInUsed)),
        }
    }

    pub(super) async fn delete_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        id: &str,
        news: &mut News,
    ) -> Result<(), Error> {
        let (group, own) = find_own(store, session, id).await?;
        if own.role < rules(group.kind).dismiss {
            return Err(denied("only its owner dissolves a group, and nobody a Private one"));
        }
        self.dissolve(store, session, &group, GroupReportType::Delete, news).await
    }

    /// Ends a group, and tells every member so.
    pub(super) async fn dissolve<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: &Group,
        kind: GroupReportType,
        news: &mut News,
    ) -> Result<(), Error> {
        let everybody = [NORMAL, ADMIN, OWNER];
        let conv = store.open_conversation(Place::group(group.no)).await?;
        let members = store.group_members(group.no, 0, &everybody, u32::MAX).await?;
        let members: Vec<u64> = members.iter().map(|member| member.account).collect();
        self.tell_left(store, group, &members, conv.head, news).await?;
        self.report(store, session, group, &members, Report::plain(kind), news).await?;
        let now = self.clock.now();
        store.delete_group(group.no, now).await?;
        store.remove_deleted_groups(now.saturating_sub(limits::DEVICE_SECONDS), REMOVED).await
    }

    /// §4.2: joined, or applied.
    pub(super) async fn join_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        id: &str,
        hello: String,
        news: &mut News,
    ) -> Result<(), Error> {
        check_words(&hello)?;
        let mut group = find(store, id).await?;
        let rules = rules(group.kind);
        if let Some(own) = store.group_member(group.no, session.account).await? {
            if rules.keeps {
                return Err(Error::from(Code::SvrGroupAllreadyMember));
            }
            // Programs join live groups anew after every start, also while another device of the account is in: it is
            // among the last that are left.
            let join_time = self.clock.now();
            return match own.role < OWNER && own.join_time < join_time {
                true => {
                    store.put_group_members(&[(group.no, GroupMember { join_time, ..own })]).await
                }
                false => Ok(()),
            };
        }
        let option = match rules.apply {
            Apply::Never => return Err(Error::from(Code::SdkGroupJoinPrivateGroupDeny)),
            Apply::Always => GroupAddOption::Any,
            Apply::Option => GroupAddOption::try_from(group.info.add_option as i32)
                .unwrap_or(GroupAddOption::Forbid),
        };
        if self.is_barred(store, &group, session.account).await? {
            return Err(denied("removed from the group for a time that has not ended"));
        }
        match option {
            GroupAddOption::Any => {
                has_room(&group, 1)?;
                if rules.keeps {
                    if self.may_enter(store, &[session.account]).await?.contains(&false) {
                        return Err(Error::from(Code::SvrGroupCountLimit));
                    }
                } else {
                    // A device whose program just ended counts as in use, so nothing else may ever end its visits.
                    let page = (limits::LIVE_GROUPS as u32 - 1, LEFT_FOR_ONE);
                    self.leave_visited(store, session, page, news).await?;
                }
                self.enter(store, &mut group, &[(session.account, NORMAL)], news).await?;
                store.put_group(&group).await?;
                let tip = GroupTipsElem {
                    join_type: GroupJoinType::Apply.bits(),
                    ..tip(GroupTipType::Invite, &session.user, vec![session.user.clone()])
                };
                self.tell_members(store, session, &group, tip, news).await
            }
            GroupAddOption::Auth => self.apply(store, session, &group, hello, news).await,
            GroupAddOption::Forbid | GroupAddOption::Unknown => {
                Err(denied("the group takes no applications"))
            }
        }
    }

    /// §4.1: nobody stays in a live group without a program that is in it. Its owner does: it has no other.
    pub(crate) async fn leave_live<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        news: &mut News,
    ) -> Result<(), Error> {
        let devices = store.devices(session.account).await?;
        let in_use = |it: &Device| it.device != session.device && it.state == DeviceState::In;
        if devices.iter().any(in_use) {
            return Ok(());
        }
        self.leave_visited(store, session, (0, limits::LIVE_GROUPS as u32), news).await
    }

    /// Who owned a live group that was handed over is a visitor there, as in those of others: nobody is in more of them than are left at
    /// once when a program begins or ends.
    pub(super) async fn visits_former<S: Store>(
        &self,
        store: &mut S,
        owner: u64,
        news: &mut News,
    ) -> Result<(), Error> {
        // Who has several handed over at once, or joins another one meanwhile, is in all of them then.
        store.hold(Scope::account(owner)).await?;
        let user = store.account_id(owner).await?;
        let visitor = Session { account: owner, user, device: 0, platform: 0, session: 0 };
        let beyond = (limits::LIVE_GROUPS as u32, LEFT_FOR_ONE);
        self.leave_visited(store, &visitor, beyond, news).await
    }

    /// Leaves some of the live groups of others, the one that was joined last first: so many at most, past so many.
    async fn leave_visited<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        page: (u32, u32),
        news: &mut News,
    ) -> Result<(), Error> {
        let groups = visited(store, session.account, page).await?;
        let held: BTreeSet<u64> = groups.iter().map(|group| group.no).collect();
        if held.is_empty() {
            return Ok(());
        }
        store.hold(Scope { groups: held.clone(), ..Scope::default() }).await?;
        // As they are now that nobody else changes them.
        let mut groups = visited(store, session.account, page).await?;
        groups.retain(|group| held.contains(&group.no));
        let places: Vec<Place> = groups.iter().map(|group| Place::group(group.no)).collect();
        store.open_conversations(&places).await?;
        for mut group in groups {
            self.leave(store, &mut group, &[session.account], news).await?;
            store.put_group(&group).await?;
            let tip = tip(GroupTipType::Quit, &session.user, vec![session.user.clone()]);
            self.tell_members(store, session, &group, tip, news).await?;
        }
        Ok(())
    }

    /// Whether accounts may be in one more group that counts, in the order of the list. Visits to live groups have a bound of their own.
    pub(super) async fn may_enter<S: Store>(
        &self,
        store: &mut S,
        accounts: &[u64],
    ) -> Result<Vec<bool>, Error> {
        let most = self.policy.groups.max_groups;
        // Counting costs a look at them.
        if most == u64::MAX {
            return Ok(vec![true; accounts.len()]);
        }
        let counts = store.group_counts(accounts, &LIVE_KINDS).await?;
        Ok(counts.into_iter().map(|count| count < most).collect())
    }

    async fn apply<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: &Group,
        hello: String,
        news: &mut News,
    ) -> Result<(), Error> {
        let admins = store.group_members(group.no, 0, &[ADMIN, OWNER], u32::MAX).await?;
        let admins: Vec<u64> = admins.iter().map(|admin| admin.account).collect();
        let asked = Report { msg: &hello, ..Report::plain(GroupReportType::AddRequest) };
        self.report(store, session, group, &admins, asked, news).await?;
        let pendency = GroupRequest {
            time: self.clock.now() * 1000,
            group: group.no,
            kind: GroupPendencyType::GroupJoinNeedApprovedByAdmin.bits(),
            subject: session.account,
            from: session.account,
            msg: hello,
            user_data: String::new(),
            handler: 0,
            accepted: false,
            answer: String::new(),
        };
        let most = limits::GROUP_REQUESTS;
        store.add_group_requests(&pendency, &[session.account], most).await
    }

    pub(super) async fn quit_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        id: &str,
        news: &mut News,
    ) -> Result<(), Error> {
        let (mut group, own) = find_own(store, session, id).await?;
        if own.role == OWNER {
            if !rules(group.kind).owner_quits {
                return Err(Error::from(Code::SvrGroupSuperNotAllowQuit));
            }
            group.owner = 0;
        }
        self.leave(store, &mut group, &[session.account], news).await?;
        if group.members == 0 && rules(group.kind).owner_quits {
            // Nobody is left who could bring somebody in: its id is free again.
            self.dissolve(store, session, &group, GroupReportType::Delete, news).await?;
        } else {
            store.put_group(&group).await?;
            let tip = tip(GroupTipType::Quit, &session.user, vec![session.user.clone()]);
            self.tell_members(store, session, &group, tip, news).await?;
        }
        let quit = Report::plain(GroupReportType::Quit);
        self.report(store, session, &group, &[session.account], quit, news).await
    }
}

/// The live groups in which an account is, but for its own, of which it may have very many.
async fn visited<S: Store>(
    store: &mut S,
    account: u64,
    page: (u32, u32),
) -> Result<Vec<Group>, Error> {
    let groups = store.groups_of_kinds(account, &LIVE_KINDS, &[NORMAL, ADMIN], page).await?;
    Ok(groups.into_iter().map(|(group, _)| group).collect())
}

/// 10014.
pub(super) fn has_room(group: &Group, more: u64) -> Result<(), Error> {
    match group.members + more <= group.info.max_members {
        true => Ok(()),
        false => Err(Error::from(Code::SvrGroupFullMemberCount)),
    }
}

/// 8502 to 8505.
pub(super) fn check_texts(info: &GroupInfo) -> Result<(), Error> {
    if info.name.is_empty() || info.name.len() > limits::GROUP_NAME {
        return Err(Error::from(Code::SdkGroupInvalidName));
    }
    for (text, longest, code) in [
        (&info.introduction, limits::GROUP_INTRODUCTION, Code::SdkGroupInvalidIntroduction),
        (&info.notification, limits::GROUP_NOTIFICATION, Code::SdkGroupInvalidNotification),
        (&info.face_url, limits::GROUP_FACE_URL, Code::SdkGroupInvalidFaceUrl),
    ] {
        if text.len() > longest {
            return Err(Error::from(code));
        }
    }
    Ok(())
}

/// The join option as it is asked for; what is not said is as the kind has it.
pub(super) fn add_option(wanted: u32, rules: &Rules) -> Result<u32, Error> {
    match approve_option(wanted)? {
        unsaid if unsaid == GroupAddOption::Unknown.bits() => Ok(rules.add_option.bits()),
        said => Ok(said),
    }
}

/// The approve option as it is asked for. `Unknown`: the group has none, and its kind decides about invitations.
pub(super) fn approve_option(wanted: u32) -> Result<u32, Error> {
    match GroupAddOption::try_from(wanted as i32) {
        Ok(known) => Ok(known.bits()),
        Err(_) => Err(invalid("there is no such option")),
    }
}

/// Nobody wants more members than the kind allows (it is clamped); 0 stands for all of them.
pub(super) fn max_members(wanted: u32, most: u64) -> u64 {
    match wanted {
        0 => most,
        wanted => u64::from(wanted).min(most),
    }
}

pub(super) fn kind_of(param: &CreateGroupParam) -> Result<GroupType, Error> {
    GroupType::try_from(param.group_type as i32)
        .map_err(|_| invalid("there is no such type of group"))
}

fn first_info(param: &CreateGroupParam, rules: &Rules, most: u64) -> Result<GroupInfo, Error> {
    let info = GroupInfo {
        name: param.group_name.clone(),
        notification: param.notification.clone(),
        introduction: param.introduction.clone(),
        face_url: param.face_url.clone(),
        add_option: add_option(param.add_option, rules)?,
        approve_option: approve_option(param.approve_option)?,
        max_members: max_members(param.max_member_num, most),
        visible: YES,
        searchable: YES,
        shutup_all: false,
        custom: changed_fields(&Custom::new(), group_fields(&param.custom_info), GROUP_FIELDS)?,
    };
    check_texts(&info)?;
    Ok(info)
}

/// User id, account and role of the first members beside the creator.
async fn first_members<S: Store>(
    store: &mut S,
    session: &Session,
    param: &CreateGroupParam,
    rules: &Rules,
) -> Result<Vec<(String, u64, u32)>, Error> {
    if !rules.first_members && !param.group_member_array.is_empty() {
        return Err(denied("a group of this type begins without members"));
    }
    if param.group_member_array.len() > limits::GROUP_BATCH {
        return Err(Error::from(Code::SdkGroupMemberCountLimit));
    }
    let users: Vec<String> =
        param.group_member_array.iter().map(|member| member.identifier.clone()).collect();
    let accounts = store.accounts(&users).await?;
    let mut members: Vec<(String, u64, u32)> = Vec::new();
    for (member, account) in param.group_member_array.iter().zip(accounts) {
        let role = match GroupMemberRole::current(member.member_role) {
            0 | NORMAL => NORMAL,
            ADMIN if rules.has_admins() => ADMIN,
            OWNER => return Err(Error::from(Code::SdkGroupInviteSuperDeny)),
            _ => return Err(invalid("there is no such role in this kind of group")),
        };
        let account = account.ok_or_else(|| Error::from(Code::SvrGroupAccountNotFound))?;
        if account != session.account && members.iter().all(|known| known.1 != account) {
            members.push((member.identifier.clone(), account, role));
        }
    }
    Ok(members)
}
