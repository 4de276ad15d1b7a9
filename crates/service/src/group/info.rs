//! Profiles of groups: read and changed.

use std::collections::HashMap;

use imsdk_types::{
    Code, Error, GetGroupInfoResult, GroupBaseInfo, GroupDetailInfo, GroupInfoCustomString,
    GroupModifyInfoFlag, GroupModifyInfoParam, GroupSelfInfo, GroupTipGroupChangeFlag,
    GroupTipGroupChangeInfo, GroupTipType, GroupTipsElem, GroupType, limits,
};

use super::life::{YES, add_option, approve_option, check_texts, max_members};
use super::member::small;
use super::notice::tip;
use super::rules::{NORMAL, OWNER, rules};
use super::{GROUP_FIELDS, changed_fields, denied, find_own, group_fields, invalid};
use crate::store::{DeviceState, Group, GroupMember, Member, Newest, Place, Sanction, Store};
use crate::{Clock, GroupPolicy, News, Service, Session};

impl<C: Clock> Service<C> {
    /// §6.
    pub(super) async fn joined_groups<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        without_tips: bool,
    ) -> Result<Vec<GroupBaseInfo>, Error> {
        let groups = store.groups_of(session.account).await?;
        let places: Vec<Place> = groups.iter().map(|(group, _)| Place::group(group.no)).collect();
        let convs = store.conversations_at(&places).await?;
        let there: Vec<u64> = convs.iter().flatten().map(|conv| conv.no).collect();
        let of: Vec<(u64, u64)> = there.iter().map(|conv| (session.account, *conv)).collect();
        let marks = store.members_of(&of).await?.into_iter().map(Option::unwrap_or_default);
        let marks: Vec<(u64, Member)> = there.into_iter().zip(marks).collect();
        let latest: Vec<_> = marks.iter().map(|(conv, _)| (*conv, u64::MAX)).collect();
        let mut latest = store.newest_of(&latest).await?.into_iter();
        let read: Vec<_> = marks.iter().map(|(conv, mark)| (*conv, mark.read_order)).collect();
        let mut read = store.newest_of(&read).await?.into_iter();
        let unread = marks.iter().map(|(conv, mark)| (*conv, mark.read_order.max(mark.hidden)));
        let unread: Vec<_> = unread.collect();
        let mut unread = store.unread_of(session.account, &unread, without_tips).await?.into_iter();
        let mut list = Vec::with_capacity(groups.len());
        for ((group, own), conv) in groups.into_iter().zip(convs) {
            let seq = |of: &mut std::vec::IntoIter<Newest>| {
                conv.and_then(|_| of.next()).map_or(0, |newest| small(newest.seq))
            };
            let (latest_seq, readed_seq) = (seq(&mut latest), seq(&mut read));
            let unread_num = conv.and_then(|_| unread.next()).unwrap_or_default();
            list.push(GroupBaseInfo {
                group_id: group.id,
                group_name: group.info.name,
                group_type: group.kind.bits(),
                face_url: group.info.face_url,
                info_seq: small(group.info_seq),
                latest_seq,
                readed_seq,
                msg_flag: own.msg_flag,
                is_shutup_all: group.info.shutup_all,
                self_info: GroupSelfInfo {
                    join_time: small(own.join_time),
                    role: own.role,
                    unread_num,
                    msg_flag: own.msg_flag,
                },
            });
        }
        Ok(list)
    }

    /// §4.5. One entry for each id, in their order.
    pub(super) async fn group_infos<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        ids: Vec<String>,
    ) -> Result<Vec<GetGroupInfoResult>, Error> {
        if ids.len() > limits::GROUP_INFOS {
            return Err(invalid("too many groups in one request"));
        }
        let named: Vec<String> = ids.iter().filter(|id| limits::is_group_id(id)).cloned().collect();
        let mut groups = store.groups(&named).await?.into_iter();
        let groups: Vec<Result<Group, Error>> = ids
            .iter()
            .map(|id| match limits::is_group_id(id) {
                true => groups.next().flatten().ok_or_else(|| Error::from(Code::SvrGroupNotFound)),
                false => Err(Error::from(Code::SvrGroupInvalidGroupid)),
            })
            .collect();
        let there = || groups.iter().flatten();
        let of: Vec<(u64, u64)> = there().map(|group| (group.no, session.account)).collect();
        let mut members = store.members_among(&of).await?.into_iter().map(|it| it.0.is_some());
        let places: Vec<Place> = there().map(|group| Place::group(group.no)).collect();
        let convs = store.conversations_at(&places).await?;
        let of: Vec<(u64, u64)> = convs.iter().flatten().map(|it| (it.no, u64::MAX)).collect();
        let mut newest = store.newest_of(&of).await?.into_iter();
        let mut newest = convs
            .into_iter()
            .map(|conv| conv.and_then(|_| newest.next()).unwrap_or_default())
            .collect::<Vec<_>>()
            .into_iter();
        let owners: Vec<u64> = there().map(|group| group.owner).filter(|it| *it != 0).collect();
        let ids_of = store.account_ids(&owners).await?;
        let owners: HashMap<u64, String> = owners.into_iter().zip(ids_of).collect();
        let mut list = Vec::with_capacity(ids.len());
        for (id, group) in ids.into_iter().zip(groups) {
            let info = match group {
                Ok(group) => {
                    let is_member = members.next().unwrap_or_default();
                    let newest = newest.next().unwrap_or_default();
                    let owner = owners.get(&group.owner).cloned().unwrap_or_default();
                    group_info(store, group, is_member, newest, owner).await
                }
                Err(error) => Err(error),
            };
            list.push(match info {
                Ok(info) => GetGroupInfoResult { info, ..GetGroupInfoResult::default() },
                Err(error) if error.is(Code::DatabaseOperateFailed) => return Err(error),
                Err(error) => GetGroupInfoResult {
                    code: error.code,
                    desc: error.desc.into_owned(),
                    info: GroupDetailInfo { group_id: id, ..GroupDetailInfo::default() },
                },
            });
        }
        Ok(list)
    }

    /// §4.5. What is not allowed is found before anything changes.
    pub(super) async fn modify_group_info<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: GroupModifyInfoParam,
        news: &mut News,
    ) -> Result<(), Error> {
        let (group, own) = find_own(store, session, &param.group_id).await?;
        self.change_group(store, session, (group, own.role), &param, news).await
    }

    /// Changes a group for somebody with a role there.
    pub(super) async fn change_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        (mut group, role): (Group, u32),
        param: &GroupModifyInfoParam,
        news: &mut News,
    ) -> Result<(), Error> {
        let owner = group.owner;
        let changes = if param.modify_flag & GroupModifyInfoFlag::Owner.bits() != 0 {
            // Alone: whatever else is named is left out.
            transfer(store, &mut group, role, &param.owner).await?
        } else {
            change(&mut group, role, param, &self.policy.groups)?
        };
        group.info_seq += 1;
        group.info_time = self.clock.now();
        store.put_group(&group).await?;
        if changes.is_empty() {
            return Ok(());
        }
        let tip = GroupTipsElem {
            group_change_info_array: changes,
            ..tip(GroupTipType::GroupInfoChange, &session.user, Vec::new())
        };
        self.tell_members(store, session, &group, tip, news).await?;
        match owner == group.owner || owner == 0 || rules(group.kind).keeps {
            true => Ok(()),
            false => self.visits_former(store, owner, news).await,
        }
    }
}

/// What a user gets to see of a group.
async fn group_info<S: Store>(
    store: &mut S,
    group: Group,
    member: bool,
    newest: Newest,
    owner: String,
) -> Result<GroupDetailInfo, Error> {
    if !member && !rules(group.kind).open {
        return Err(denied("not a member of the group"));
    }
    let online_member_num = match group.kind {
        GroupType::AvChatRoom => small(online_members(store, &group).await?),
        _ => 0,
    };
    let info = group.info;
    let custom = |(key, value)| GroupInfoCustomString { key, value };
    Ok(GroupDetailInfo {
        group_id: group.id,
        group_type: group.kind.bits(),
        group_name: info.name,
        // For members only.
        notification: if member { info.notification } else { String::new() },
        introduction: info.introduction,
        face_url: info.face_url,
        create_time: small(group.created),
        info_seq: small(group.info_seq),
        last_info_time: small(group.info_time),
        next_msg_seq: small(newest.seq),
        last_msg_time: small(newest.time),
        member_num: small(group.members),
        online_member_num,
        max_member_num: small(info.max_members),
        add_option: info.add_option,
        approve_option: info.approve_option,
        visible: info.visible,
        searchable: info.searchable,
        is_shutup_all: info.shutup_all,
        owner_identifier: owner,
        custom_info: info.custom.into_iter().map(custom).collect(),
        ..GroupDetailInfo::default()
    })
}

/// §6. Nobody is in a live group without a program that is in it, but for its owner.
async fn online_members<S: Store>(store: &mut S, group: &Group) -> Result<u64, Error> {
    let devices = match group.owner {
        0 => return Ok(group.members),
        owner => store.devices(owner).await?,
    };
    let is_here = devices.iter().any(|device| device.state == DeviceState::In);
    Ok(group.members - u64::from(!is_here))
}

/// What programs know as "no" (0) and "yes" (1, or 2).
fn yes_or_no(said: u32) -> Result<u32, Error> {
    match said {
        0..=YES => Ok(said),
        _ => Err(invalid("visible and searchable are 0, 1 or 2")),
    }
}

/// A change that a notice tells of as text.
fn text(flag: GroupTipGroupChangeFlag, value: &str) -> GroupTipGroupChangeInfo {
    GroupTipGroupChangeInfo {
        flag: flag.bits(),
        value: value.to_owned(),
        ..GroupTipGroupChangeInfo::default()
    }
}

/// A change that a notice tells of as a number.
fn number(flag: GroupTipGroupChangeFlag, value: u32) -> GroupTipGroupChangeInfo {
    GroupTipGroupChangeInfo { int_value: value as i32, ..text(flag, "") }
}

/// The new owner must be a member; the old one becomes an ordinary one.
async fn transfer<S: Store>(
    store: &mut S,
    group: &mut Group,
    role: u32,
    owner: &str,
) -> Result<Vec<GroupTipGroupChangeInfo>, Error> {
    let rules = rules(group.kind);
    if role < rules.transfer || !rules.create {
        return Err(denied("only the owner hands a group over"));
    }
    let new = match store.account(owner).await? {
        Some(account) => store.group_member(group.no, account).await?,
        None => None,
    };
    let Some(new) = new else { return Err(invalid("the new owner is no member")) };
    if new.account == group.owner {
        return Err(invalid("the owner is that already"));
    }
    if let Some(old) = store.group_member(group.no, group.owner).await? {
        let old = GroupMember { role: NORMAL, ..old };
        store.put_group_members(&[(group.no, old)]).await?;
    }
    group.owner = new.account;
    // §4.5: an owner is never mute.
    let sanction = store.sanction(group.no, new.account).await?;
    let sanction = Sanction { muted_until: 0, ..sanction };
    store.put_sanctions(group.no, &[(new.account, sanction)]).await?;
    store.put_group_members(&[(group.no, GroupMember { role: OWNER, ..new })]).await?;
    Ok(vec![text(GroupTipGroupChangeFlag::Owner, owner)])
}

/// Applies what the flags name, and says what members are told of it.
fn change(
    group: &mut Group,
    role: u32,
    param: &GroupModifyInfoParam,
    policy: &GroupPolicy,
) -> Result<Vec<GroupTipGroupChangeInfo>, Error> {
    use GroupModifyInfoFlag as Flag;
    use GroupTipGroupChangeFlag as Change;

    /// With a right of their own.
    const PROFILE: u32 = Flag::Name.bits()
        | Flag::Notification.bits()
        | Flag::Introduction.bits()
        | Flag::FaceUrl.bits();
    const SETTINGS: u32 = Flag::AddOption.bits()
        | Flag::ApproveOption.bits()
        | Flag::MaxMemberNum.bits()
        | Flag::Visible.bits()
        | Flag::Searchable.bits()
        | Flag::ShutupAll.bits()
        | Flag::Custom.bits();

    let rules = rules(group.kind);
    let has = |flag: Flag| param.modify_flag & flag.bits() != 0;
    if param.modify_flag == 0 {
        let text = "group_modify_info_param_modify_flag names no change";
        return Err(Error::new(Code::InvalidParameters, text));
    }
    if param.modify_flag & !(PROFILE | SETTINGS) != 0 {
        return Err(invalid("this cannot be changed about a group"));
    }
    if param.modify_flag & PROFILE != 0 && role < rules.profile
        || param.modify_flag & SETTINGS != 0 && role < rules.settings
    {
        return Err(denied("no right to change this about the group"));
    }
    let mut info = group.info.clone();
    let mut changes = Vec::new();
    for (flag, change, new, field) in [
        (Flag::Name, Change::Name, &param.group_name, &mut info.name),
        (Flag::Introduction, Change::Introduction, &param.introduction, &mut info.introduction),
        (Flag::Notification, Change::Notification, &param.notification, &mut info.notification),
        (Flag::FaceUrl, Change::FaceUrl, &param.face_url, &mut info.face_url),
    ] {
        if has(flag) {
            field.clone_from(new);
            changes.push(text(change, new));
        }
    }
    check_texts(&info)?;
    if has(Flag::AddOption) {
        info.add_option = add_option(param.add_option, rules)?;
        if policy.tell_options {
            changes.push(number(Change::GroupAddOpt, info.add_option));
        }
    }
    if has(Flag::ApproveOption) {
        info.approve_option = approve_option(param.approve_option)?;
        if policy.tell_options {
            changes.push(number(Change::GroupApproveOpt, info.approve_option));
        }
    }
    if has(Flag::MaxMemberNum) {
        info.max_members =
            max_members(param.max_member_num, policy.max_members(group.kind)).max(group.members);
    }
    if has(Flag::Visible) {
        info.visible = yes_or_no(param.visible)?;
    }
    if has(Flag::Searchable) {
        info.searchable = yes_or_no(param.searchable)?;
    }
    if has(Flag::ShutupAll) {
        info.shutup_all = param.is_shutup_all;
        if policy.tell_mute_all {
            let bool_value = info.shutup_all;
            changes.push(GroupTipGroupChangeInfo { bool_value, ..text(Change::ShutupAll, "") });
        }
    }
    if has(Flag::Custom) {
        info.custom = changed_fields(&info.custom, group_fields(&param.custom_info), GROUP_FIELDS)?;
        for (key, value) in group_fields(&param.custom_info) {
            let key = key.to_owned();
            changes.push(GroupTipGroupChangeInfo { key, ..text(Change::Custom, value) });
        }
    }
    group.info = info;
    Ok(changes)
}
