//! Members: invited, removed, changed, listed.

use std::collections::{HashMap, HashSet};

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
use crate::profile::named;
use crate::store::{
    Custom, Group, GroupMember, GroupRequest, Member, Newest, Place, Sanction, Store,
};
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
        let accounts = store.accounts(&param.identifier_array).await?;
        let known = known(store, &group, &accounts).await?;
        let named: Vec<u64> = known.keys().copied().collect();
        let may_enter = match consent {
            Consent::Nobody => self.may_enter(store, &named).await?,
            Consent::Invitee | Consent::Admin => Vec::new(),
        };
        let full = named.iter().zip(may_enter).filter(|(_, may_enter)| !may_enter);
        let full: HashSet<u64> = full.map(|(account, _)| *account).collect();
        let mut results = Vec::with_capacity(param.identifier_array.len());
        let (mut asked, mut added, mut users) = (Vec::new(), Vec::new(), Vec::new());
        for (user, account) in param.identifier_array.iter().zip(accounts) {
            let found = account.and_then(|account| known.get_key_value(&account));
            let result = match found {
                None => HandleGroupMemberResult::HandledErr,
                Some((_, (Some(_), _))) => HandleGroupMemberResult::Included,
                Some((account, _)) if added.contains(account) => HandleGroupMemberResult::Included,
                Some((_, (_, sanction))) if self.bars(sanction) => {
                    HandleGroupMemberResult::HandledErr
                }
                Some((account, _)) if consent != Consent::Nobody => {
                    if !asked.contains(account) {
                        asked.push(*account);
                    }
                    HandleGroupMemberResult::Invited
                }
                Some((account, _))
                    if full.contains(account)
                        || group.members + added.len() as u64 >= group.info.max_members =>
                {
                    HandleGroupMemberResult::HandledErr
                }
                Some((account, _)) => {
                    added.push(*account);
                    users.push(user.clone());
                    HandleGroupMemberResult::HandledSuc
                }
            };
            results
                .push(GroupInviteMemberResult { identifier: user.clone(), result: result.bits() });
        }
        if !asked.is_empty() {
            self.ask_consent(store, session, &group, &asked, (consent, param), news).await?;
        }
        if !added.is_empty() {
            let entering: Vec<(u64, u32)> =
                added.iter().map(|account| (*account, NORMAL)).collect();
            self.enter(store, &mut group, &entering, news).await?;
            let user_data = param.user_data.as_str();
            let invited = Report { user_data, ..Report::plain(GroupReportType::Invite) };
            self.report(store, session, &group, &added, invited, news).await?;
            store.put_group(&group).await?;
            let tip = GroupTipsElem {
                join_type: GroupJoinType::Invite.bits(),
                ..tip(GroupTipType::Invite, &session.user, users)
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
        Ok(self.bars(&store.sanction(group.no, account).await?))
    }

    fn bars(&self, sanction: &Sanction) -> bool {
        sanction.barred_until > self.clock.now()
    }

    /// Invitations that wait for consent.
    async fn ask_consent<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        group: &Group,
        invitees: &[u64],
        (consent, param): (Consent, &GroupInviteMemberParam),
        news: &mut News,
    ) -> Result<(), Error> {
        let user_data = param.user_data.as_str();
        let kind = match consent {
            Consent::Admin => {
                let asked =
                    Report { user_data, ..Report::plain(GroupReportType::InviteReqToAdmin) };
                let admins = store.group_members(group.no, 0, &[ADMIN, OWNER], u32::MAX).await?;
                // Of each invitation.
                let admins = invitees.iter().flat_map(|_| admins.iter().map(|it| it.account));
                let admins: Vec<u64> = admins.collect();
                self.report(store, session, group, &admins, asked, news).await?;
                GroupPendencyType::GroupInviteNeedApprovedByAdmin
            }
            Consent::Invitee | Consent::Nobody => {
                let asked =
                    Report { user_data, ..Report::plain(GroupReportType::InviteReqToInvitee) };
                self.report(store, session, group, invitees, asked, news).await?;
                GroupPendencyType::GroupInviteNeedApprovedByInvitee
            }
        };
        let pendency = GroupRequest {
            time: self.clock.now() * 1000,
            group: group.no,
            kind: kind.bits(),
            subject: 0,
            from: session.account,
            msg: String::new(),
            user_data: user_data.to_owned(),
            handler: 0,
            accepted: false,
            answer: String::new(),
        };
        store.add_group_requests(&pendency, invitees, limits::GROUP_REQUESTS).await
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
        let accounts = store.accounts(&param.identifier_array).await?;
        let mut known = known(store, &group, &accounts).await?;
        let mut results = Vec::with_capacity(param.identifier_array.len());
        let (mut gone, mut barred, mut users) = (Vec::new(), Vec::new(), Vec::new());
        for (user, account) in param.identifier_array.iter().zip(accounts) {
            let found = account.and_then(|account| known.get_mut(&account));
            let result = match found {
                Some((Some(member), _)) if member.role >= own.role => {
                    HandleGroupMemberResult::HandledErr
                }
                Some((member @ Some(_), sanction)) => {
                    // Whoever comes twice in the list is gone already.
                    *member = None;
                    let barred_until = self.clock.now() + u64::from(param.duration);
                    gone.extend(account);
                    barred.extend(account.map(|it| (it, Sanction { barred_until, ..*sanction })));
                    users.push(user.clone());
                    HandleGroupMemberResult::HandledSuc
                }
                Some((None, _)) | None => HandleGroupMemberResult::Included,
            };
            results
                .push(GroupDeleteMemberResult { identifier: user.clone(), result: result.bits() });
        }
        if !gone.is_empty() {
            self.leave(store, &mut group, &gone, news).await?;
            if param.duration > 0 {
                store.put_sanctions(group.no, &barred).await?;
            }
            let reason = param.user_data.as_str();
            let kicked = Report {
                msg: reason,
                user_data: reason,
                ..Report::plain(GroupReportType::BeKicked)
            };
            self.report(store, session, &group, &gone, kicked, news).await?;
            store.put_group(&group).await?;
            let tip = tip(GroupTipType::Kick, &session.user, users);
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
            store.put_group_members(&[(group.no, member.clone())]).await?;
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
            self.report(store, session, &group, &[old.account], report, news).await?;
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
        store.put_sanctions(group.no, &[(account, sanction)]).await?;
        let change = GroupTipMemberChangeInfo {
            identifier: param.identifier.clone(),
            shutup_time: param.shutup_time,
        };
        let muted = Report {
            shut_up_time: param.shutup_time,
            ..Report::plain(GroupReportType::ShutUpMember)
        };
        self.report(store, session, group, &[account], muted, news).await?;
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
        let mut next_seq = 0;
        let accounts: Vec<u64> = if param.identifier_array.is_empty() {
            let count = limits::MEMBER_PAGE + 1;
            let mut page = store.group_members(group.no, param.next_seq, &roles, count).await?;
            if page.len() == count as usize {
                page.pop();
                next_seq = page.last().map_or(0, |last| last.joined);
            }
            page.iter().map(|member| member.account).collect()
        } else {
            store.accounts(&param.identifier_array).await?.into_iter().flatten().collect()
        };
        let of: Vec<(u64, u64)> = accounts.iter().map(|account| (group.no, *account)).collect();
        let members = store.members_among(&of).await?.into_iter();
        let members = members.filter_map(|(member, sanction)| Some((member?, sanction)));
        let members: Vec<(GroupMember, Sanction)> =
            members.filter(|(member, _)| roles.contains(&member.role)).collect();
        let accounts: Vec<u64> = members.iter().map(|(member, _)| member.account).collect();
        let read = match store.conversation(Place::group(group.no)).await? {
            Some(conv) => {
                let of: Vec<_> = accounts.iter().map(|account| (*account, conv.no)).collect();
                let marks = store.members_of(&of).await?;
                let upto = |mark: Option<Member>| (conv.no, mark.unwrap_or_default().read_order);
                store.newest_of(&marks.into_iter().map(upto).collect::<Vec<_>>()).await?
            }
            None => vec![Newest::default(); accounts.len()],
        };
        let users = named(store, &accounts).await?;
        let friends = store.friends_among(session.account, &accounts).await?;
        let now = self.clock.now();
        let names = &param.option.custom_array;
        let mut info_array = Vec::with_capacity(members.len());
        let shown = users.into_iter().zip(friends);
        for (((member, sanction), read), (user, friend)) in members.into_iter().zip(read).zip(shown)
        {
            let muted_until = sanction.muted_until;
            info_array.push(GroupMemberInfo {
                identifier: user.user,
                nick_name: user.nick_name,
                face_url: user.face_url,
                friend_remark: friend.map(|friend| friend.remark).unwrap_or_default(),
                group_id: group.id.clone(),
                join_time: small(member.join_time),
                member_role: member.role,
                msg_flag: member.msg_flag,
                msg_seq: small(read.seq),
                shutup_time: if muted_until > now { small(muted_until) } else { 0 },
                name_card: member.name_card,
                custom_info: shown_fields(&member.custom, names),
                ..GroupMemberInfo::default()
            });
        }
        Ok(GroupGetMemberInfoListResult { next_seq, info_array })
    }
}

/// Which of these accounts are members, and what they must not do.
async fn known<S: Store>(
    store: &mut S,
    group: &Group,
    accounts: &[Option<u64>],
) -> Result<HashMap<u64, (Option<GroupMember>, Sanction)>, Error> {
    let of: Vec<(u64, u64)> = accounts.iter().flatten().map(|it| (group.no, *it)).collect();
    let found = store.members_among(&of).await?;
    Ok(of.into_iter().map(|(_, account)| account).zip(found).collect())
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

/// The custom fields of these names; all without names.
fn shown_fields(custom: &Custom, names: &[String]) -> Vec<GroupMemberInfoCustomString> {
    let field = |(key, value): (&String, &String)| GroupMemberInfoCustomString {
        key: key.clone(),
        value: value.clone(),
    };
    let wanted = |(key, _): &(&String, &String)| names.is_empty() || names.contains(key);
    custom.iter().filter(wanted).map(field).collect()
}

/// The JSON of groups has 32 bits for times and numbers.
pub(super) fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
