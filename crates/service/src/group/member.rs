//! Members: invited, removed, changed, listed.

use imsdk_types::meta::all_bits;
use imsdk_types::wire::Notice;
use imsdk_types::wire::group::Notice as GroupNotice;
use imsdk_types::{
    Code, Error, GroupAddOption, GroupDeleteMemberParam, GroupDeleteMemberResult,
    GroupGetMemberInfoListParam, GroupGetMemberInfoListResult, GroupInviteMemberParam,
    GroupInviteMemberResult, GroupJoinType, GroupMemberInfo, GroupMemberInfoCustomString,
    GroupMemberModifyInfoFlag, GroupMemberRole, GroupMemberRoleFlag, GroupModifyMemberInfoParam,
    GroupPendencyType, GroupReportType, GroupTipMemberChangeInfo, GroupTipType, GroupTipsElem,
    GroupType, HandleGroupMemberResult, limits,
};

use super::notice::{Report, tip};
use super::rules::{ADMIN, Invite, NORMAL, OWNER, rules};
use super::{MEMBER_FIELDS, changed_fields, check_words, denied, find, find_own, invalid};
use crate::store::{Custom, Group, GroupMember, GroupRequest, Place, Sanction, Store};
use crate::sync::tell;
use crate::{Clock, News, Service, Session};

/// The largest `TIMReceiveMessageOpt`.
const LAST_MSG_FLAG: u32 = 3;

/// Whose consent an invitation needs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Consent {
    Nobody,
    Invitee,
    Admin,
}

impl<C: Clock> Service<C> {
    /// §4.5. One entry for each id, in their order.
    pub(super) async fn invite<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: &GroupInviteMemberParam,
        news: &mut News,
    ) -> Result<Vec<GroupInviteMemberResult>, Error> {
        let (mut group, own) = find_own(store, session, &param.group_id).await?;
        check_batch(&param.identifier_array)?;
        check_words(&param.user_data)?;
        let consent = consent(&group, &own, self.policy.groups.members_invite)?;
        // Whoever consents finds no room either.
        if group.members >= group.info.max_members {
            return Err(Error::from(Code::SvrGroupFullMemberCount));
        }
        let mut results = Vec::with_capacity(param.identifier_array.len());
        let mut added = Vec::new();
        for user in &param.identifier_array {
            let result = match store.account(user).await? {
                None => HandleGroupMemberResult::HandledErr,
                Some(account) if store.group_member(group.no, account).await?.is_some() => {
                    HandleGroupMemberResult::Included
                }
                Some(account) if self.is_barred(store, &group, account).await? => {
                    HandleGroupMemberResult::HandledErr
                }
                Some(account) if consent != Consent::Nobody => {
                    self.ask_consent(store, session, &group, account, (consent, param), news)
                        .await?;
                    HandleGroupMemberResult::Invited
                }
                Some(_) if group.members >= group.info.max_members => {
                    HandleGroupMemberResult::HandledErr
                }
                Some(account) if !self.may_enter(store, account).await? => {
                    HandleGroupMemberResult::HandledErr
                }
                Some(account) => {
                    self.enter(store, &mut group, (account, NORMAL), news).await?;
                    let invited = Report {
                        user_data: &param.user_data,
                        ..Report::plain(GroupReportType::Invite)
                    };
                    self.report(store, session, &group, account, invited, news).await?;
                    added.push(user.clone());
                    HandleGroupMemberResult::HandledSuc
                }
            };
            results
                .push(GroupInviteMemberResult { identifier: user.clone(), result: result.bits() });
        }
        if !added.is_empty() {
            store.put_group(&group).await?;
            let tip = GroupTipsElem {
                join_type: GroupJoinType::Invite.bits(),
                ..tip(GroupTipType::Invite, &session.user, added)
            };
            self.tell_members(store, session, &group, tip, news).await?;
        }
        Ok(results)
    }

    /// Whether an account was removed from the group for a time that has not ended: until then nothing brings it back.
    pub(super) async fn is_barred<S: Store>(
        &self,
        store: &mut S,
        group: &Group,
        account: u64,
    ) -> Result<bool, Error> {
        Ok(store.sanction(group.no, account).await?.barred_until > self.clock.now())
    }

    /// An invitation that waits for consent.
    async fn ask_consent<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: &Group,
        invitee: u64,
        (consent, param): (Consent, &GroupInviteMemberParam),
        news: &mut News,
    ) -> Result<(), Error> {
        let user_data = param.user_data.as_str();
        let kind = match consent {
            Consent::Admin => {
                let kind = GroupReportType::InviteReqToAdmin;
                for admin in store.group_members(group.no, 0, &[ADMIN, OWNER], u32::MAX).await? {
                    let asked = Report { user_data, ..Report::plain(kind) };
                    self.report(store, session, group, admin.account, asked, news).await?;
                }
                GroupPendencyType::GroupInviteNeedApprovedByAdmin
            }
            Consent::Invitee | Consent::Nobody => {
                let kind = GroupReportType::InviteReqToInvitee;
                let asked = Report { user_data, ..Report::plain(kind) };
                self.report(store, session, group, invitee, asked, news).await?;
                GroupPendencyType::GroupInviteNeedApprovedByInvitee
            }
        };
        let pendency = GroupRequest {
            time: self.clock.now() * 1000,
            group: group.no,
            kind: kind.bits(),
            subject: invitee,
            from: session.account,
            msg: String::new(),
            user_data: user_data.to_owned(),
            handler: 0,
            accepted: false,
            answer: String::new(),
        };
        store.add_group_request(&pendency).await
    }

    /// §4.5. One entry for each id, in their order.
    pub(super) async fn remove<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: &GroupDeleteMemberParam,
        news: &mut News,
    ) -> Result<Vec<GroupDeleteMemberResult>, Error> {
        let (mut group, own) = find_own(store, session, &param.group_id).await?;
        if own.role < rules(group.kind).kick {
            return Err(denied("no right to remove members"));
        }
        check_batch(&param.identifier_array)?;
        check_words(&param.user_data)?;
        let mut results = Vec::with_capacity(param.identifier_array.len());
        let mut removed = Vec::new();
        for user in &param.identifier_array {
            let member = match store.account(user).await? {
                Some(account) => store.group_member(group.no, account).await?,
                None => None,
            };
            let result = match member {
                None => HandleGroupMemberResult::Included,
                Some(member) if member.role >= own.role => HandleGroupMemberResult::HandledErr,
                Some(GroupMember { account, .. }) => {
                    self.leave(store, &mut group, account, news).await?;
                    if param.duration > 0 {
                        let sanction = Sanction {
                            barred_until: self.clock.now() + u64::from(param.duration),
                            ..store.sanction(group.no, account).await?
                        };
                        store.put_sanction(group.no, account, sanction).await?;
                    }
                    let kicked = Report {
                        kind: GroupReportType::BeKicked,
                        msg: &param.user_data,
                        user_data: &param.user_data,
                    };
                    self.report(store, session, &group, account, kicked, news).await?;
                    removed.push(user.clone());
                    HandleGroupMemberResult::HandledSuc
                }
            };
            results
                .push(GroupDeleteMemberResult { identifier: user.clone(), result: result.bits() });
        }
        if !removed.is_empty() {
            store.put_group(&group).await?;
            let tip = tip(GroupTipType::Kick, &session.user, removed);
            self.tell_members(store, session, &group, tip, news).await?;
        }
        Ok(results)
    }

    /// §4.5. What is not allowed is found before anything changes.
    pub(super) async fn modify_member<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: &GroupModifyMemberInfoParam,
        news: &mut News,
    ) -> Result<(), Error> {
        use GroupMemberModifyInfoFlag as Flag;

        let (group, own) = find_own(store, session, &param.group_id).await?;
        let rules = rules(group.kind);
        let has = |flag: Flag| param.modify_flag & flag.bits() != 0;
        if param.modify_flag == 0 {
            let text = "group_modify_member_info_modify_flag names no change";
            return Err(Error::new(Code::InvalidParameters, text));
        }
        if param.modify_flag & !all_bits(GroupModifyMemberInfoParam::CHANGES) != 0 {
            return Err(invalid("there is no such change of a member"));
        }
        if has(Flag::Custom) && !rules.member_fields {
            return Err(invalid("members of groups of this type have no custom fields"));
        }
        let target = match store.account(&param.identifier).await? {
            Some(account) => store.group_member(group.no, account).await?,
            None => None,
        };
        let Some(old) = target else { return Err(invalid("no such member")) };
        let oneself = old.account == session.account;
        let mut member = old.clone();
        if has(Flag::MsgFlag) {
            if !oneself {
                return Err(denied("members decide on their own whether messages come in"));
            }
            if param.msg_flag > LAST_MSG_FLAG {
                return Err(invalid("there is no such option"));
            }
            member.msg_flag = param.msg_flag;
        }
        if has(Flag::MemberRole) {
            if own.role < rules.admins || old.role >= own.role {
                return Err(denied("no right to change roles"));
            }
            member.role = match GroupMemberRole::current(param.member_role) {
                role @ (NORMAL | ADMIN) => role,
                _ => return Err(invalid("members become administrators or members")),
            };
        }
        if has(Flag::ShutupTime) && (own.role < rules.mute || old.role >= own.role) {
            return Err(denied("no right to mute this member"));
        }
        if has(Flag::NameCard) || has(Flag::Custom) {
            if !oneself && (own.role < ADMIN || old.role >= own.role) {
                return Err(denied("no right to change this member"));
            }
            if has(Flag::NameCard) {
                if param.name_card.len() > limits::NAME_CARD {
                    return Err(Error::from(Code::SdkGroupInvalidNameCard));
                }
                member.name_card.clone_from(&param.name_card);
            }
            if has(Flag::Custom) {
                let changes = param.custom_info.iter().map(|f| (f.key.as_str(), f.value.as_str()));
                member.custom = changed_fields(&old.custom, changes, MEMBER_FIELDS)?;
            }
        }
        if member != old {
            store.put_group_member(group.no, &member).await?;
        }
        if member.msg_flag != old.msg_flag {
            news.members.insert(member.account);
            let chosen = GroupNotice::MsgFlag { group: group.no, msg_flag: member.msg_flag };
            tell(store, old.account, &Notice::Group(chosen), news).await?;
        }
        let users = vec![param.identifier.clone()];
        if member.role != old.role {
            let (kind, report) = match member.role {
                ADMIN => (GroupTipType::SetAdmin, GroupReportType::GrantAdmin),
                _ => (GroupTipType::CancelAdmin, GroupReportType::CancelAdmin),
            };
            let tip = tip(kind, &session.user, users.clone());
            self.tell_members(store, session, &group, tip, news).await?;
            let report = Report::plain(report);
            self.report(store, session, &group, old.account, report, news).await?;
        }
        if has(Flag::ShutupTime) {
            self.mute(store, session, &group, (old.account, param), news).await?;
        }
        Ok(())
    }

    async fn mute<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: &Group,
        (account, param): (u64, &GroupModifyMemberInfoParam),
        news: &mut News,
    ) -> Result<(), Error> {
        let muted_until = match param.shutup_time {
            0 => 0,
            limits::SHUTUP_FOR_EVER => u64::MAX,
            seconds => self.clock.now() + u64::from(seconds),
        };
        let sanction = Sanction { muted_until, ..store.sanction(group.no, account).await? };
        store.put_sanction(group.no, account, sanction).await?;
        let change = GroupTipMemberChangeInfo {
            identifier: param.identifier.clone(),
            shutup_time: param.shutup_time,
        };
        let users = vec![param.identifier.clone()];
        let tip = GroupTipsElem {
            member_change_info_array: vec![change],
            ..tip(GroupTipType::MemberInfoChange, &session.user, users)
        };
        self.tell_members(store, session, group, tip, news).await
    }

    /// §4.5: those that are named, or page by page all of them.
    pub(super) async fn members<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: &GroupGetMemberInfoListParam,
    ) -> Result<GroupGetMemberInfoListResult, Error> {
        let group = find(store, &param.group_id).await?;
        let own = store.group_member(group.no, session.account).await?;
        if own.is_none() && group.kind != GroupType::Public {
            return Err(denied("not a member of the group"));
        }
        if param.identifier_array.len() > limits::USERS {
            return Err(Error::from(Code::SvrGroupAcountCountLimit));
        }
        let roles = wanted_roles(param.option.role_flag);
        let mut members = Vec::new();
        let mut next_seq = 0;
        if param.identifier_array.is_empty() {
            let count = limits::MEMBER_PAGE + 1;
            members = store.group_members(group.no, param.next_seq, &roles, count).await?;
            if members.len() == count as usize {
                members.pop();
                next_seq = members.last().map_or(0, |last| last.joined);
            }
        }
        for user in &param.identifier_array {
            if let Some(account) = store.account(user).await?
                && let Some(member) = store.group_member(group.no, account).await?
                && roles.contains(&member.role)
            {
                members.push(member);
            }
        }
        let conv = store.conversation(Place::group(group.no)).await?;
        let mut info_array = Vec::with_capacity(members.len());
        for member in members {
            let muted_until = store.sanction(group.no, member.account).await?.muted_until;
            let read = match conv {
                Some(conv) => {
                    let mark = store.member(member.account, conv.no).await?.unwrap_or_default();
                    store.newest(conv.no, mark.read_order).await?.seq
                }
                None => 0,
            };
            let now = self.clock.now();
            info_array.push(GroupMemberInfo {
                identifier: store.account_id(member.account).await?,
                group_id: group.id.clone(),
                join_time: small(member.join_time),
                member_role: member.role,
                msg_flag: member.msg_flag,
                msg_seq: small(read),
                shutup_time: if muted_until > now { small(muted_until) } else { 0 },
                name_card: member.name_card,
                custom_info: shown_fields(&member.custom),
                ..GroupMemberInfo::default()
            });
        }
        Ok(GroupGetMemberInfoListResult { next_seq, info_array })
    }
}

/// 8510 for nobody, 10005 for too many.
fn check_batch(users: &[String]) -> Result<(), Error> {
    match users.len() {
        0 => Err(Error::from(Code::SdkGroupInviteNoMember)),
        1..=limits::GROUP_BATCH => Ok(()),
        _ => Err(Error::from(Code::SvrGroupAcountCountLimit)),
    }
}

/// The group's approve option decides; where it has none, its kind. An option binds ordinary members: owner and administrators need nobody's
/// consent.
fn consent(group: &Group, own: &GroupMember, members_invite: bool) -> Result<Consent, Error> {
    let option = GroupAddOption::try_from(group.info.approve_option as i32);
    match (rules(group.kind).invite, option) {
        (Invite::Never, _) => Err(denied("nobody is invited into groups of this type")),
        (Invite::Consent, Ok(GroupAddOption::Unknown)) if own.role < ADMIN && !members_invite => {
            Err(denied("only owner and administrators invite"))
        }
        (Invite::Consent, Ok(GroupAddOption::Unknown)) => Ok(Consent::Invitee),
        (Invite::Direct, Ok(GroupAddOption::Unknown)) | (_, Ok(GroupAddOption::Any)) => {
            Ok(Consent::Nobody)
        }
        (_, Ok(GroupAddOption::Auth | GroupAddOption::Forbid)) if own.role >= ADMIN => {
            Ok(Consent::Nobody)
        }
        (_, Ok(GroupAddOption::Auth)) => Ok(Consent::Admin),
        (_, Ok(GroupAddOption::Forbid) | Err(_)) => {
            Err(denied("the group takes no invitations of its members"))
        }
    }
}

/// Which roles a mask means; 0 is all.
fn wanted_roles(mask: u64) -> Vec<u32> {
    [
        (GroupMemberRoleFlag::Owner, OWNER),
        (GroupMemberRoleFlag::Admin, ADMIN),
        (GroupMemberRoleFlag::Member, NORMAL),
    ]
    .into_iter()
    .filter(|(flag, _)| mask == 0 || mask & u64::from(flag.bits()) != 0)
    .map(|(_, role)| role)
    .collect()
}

fn shown_fields(custom: &Custom) -> Vec<GroupMemberInfoCustomString> {
    let field = |(key, value): (&String, &String)| GroupMemberInfoCustomString {
        key: key.clone(),
        value: value.clone(),
    };
    custom.iter().map(field).collect()
}

/// The JSON of groups has 32 bits for times and numbers.
pub(super) fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
