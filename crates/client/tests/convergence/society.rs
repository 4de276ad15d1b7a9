//! What happens between people: groups, friends, profiles.

use imsdk_types::wire::ConvKind;
use imsdk_types::{
    CreateFriendGroupParam, CreateGroupParam, FriendProfileItem, FriendResponse,
    FriendshipAddFriendParam, FriendshipDeleteFriendParam, FriendshipModifyFriendGroupParam,
    FriendshipModifyFriendProfileParam, GroupInfoCustomString, GroupMemberInfo,
    GroupMemberModifyInfoFlag as MemberFlag, GroupModifyInfoFlag as Flag, GroupModifyInfoParam,
    GroupModifyMemberInfoParam, GroupPendencyOption, GroupType, UserProfileItem,
};

use crate::life::{Life, check_code, fine, group};
use crate::ops::{GROUPS, Op, USERS, What};

/// Of which kind a group is.
fn kind(id: &str) -> GroupType {
    match id {
        "public" => GroupType::Public,
        "work" => GroupType::Private,
        "room" => GroupType::ChatRoom,
        "live" => GroupType::AvChatRoom,
        _ => GroupType::Community,
    }
}

impl Life {
    /// Nobody is in the group any more, or not as before.
    fn parted(&mut self, user: usize, id: &str) {
        self.excused.left.insert((user, group(id)));
    }

    pub(crate) fn about_group(&mut self, op: Op) {
        let id = GROUPS[op.pick as usize % GROUPS.len()];
        let other = USERS[Self::peer(op)];
        let device = self.device(op);
        match op.what {
            What::GroupCreate => {
                let first = op.second.is_multiple_of(2) && id != "live";
                let first = first.then(|| GroupMemberInfo {
                    identifier: USERS[(op.user + 1) % USERS.len()].into(),
                    ..GroupMemberInfo::default()
                });
                fine(
                    "a group",
                    device.try_create_group(CreateGroupParam {
                        group_id: id.into(),
                        group_name: id.into(),
                        group_type: kind(id).bits(),
                        group_member_array: first.into_iter().collect(),
                        // Forbidden, on application, free, unsaid.
                        add_option: op.second / 2 % 4,
                        approve_option: op.second / 8 % 4,
                        ..CreateGroupParam::default()
                    }),
                );
            }
            What::GroupJoin => drop(fine("joining", device.join_group(id))),
            What::GroupQuit => {
                let done = fine("leaving", device.quit_group(id));
                if done.is_some() {
                    self.parted(op.user, id);
                }
            }
            What::GroupKick => {
                let done = fine("removing", device.kick(id, &[other]));
                if done == Some(vec![1]) {
                    self.parted(Self::peer(op), id);
                }
            }
            What::GroupDismiss => {
                let done = fine("dissolving", device.delete_group(id));
                if done.is_some() {
                    (0..USERS.len()).for_each(|user| self.parted(user, id));
                }
            }
            What::GroupInvite => drop(fine("inviting", device.invite(id, &[other]))),
            What::GroupRole => {
                let member_role = if op.second.is_multiple_of(2) { 300 } else { 200 };
                self.modify_member(op, id, other, MemberFlag::MemberRole, |param| {
                    param.member_role = member_role;
                });
            }
            What::GroupMute => self.modify_member(op, id, other, MemberFlag::ShutupTime, |param| {
                param.shutup_time = if op.second.is_multiple_of(2) { 3600 } else { 0 };
            }),
            What::GroupCard => {
                self.modify_member(op, id, USERS[op.user], MemberFlag::NameCard, |param| {
                    param.name_card = format!("card {}", op.second);
                });
            }
            What::GroupReceive => {
                let msg_flag = op.second % 3;
                if msg_flag == 1 {
                    self.excused.refused.insert((op.user, group(id)));
                }
                self.modify_member(op, id, USERS[op.user], MemberFlag::MsgFlag, |param| {
                    param.msg_flag = msg_flag;
                });
            }
            What::GroupTransfer => {
                let param = GroupModifyInfoParam {
                    group_id: id.into(),
                    modify_flag: Flag::Owner.bits(),
                    owner: other.into(),
                    ..GroupModifyInfoParam::default()
                };
                fine("handing over", device.modify_group(param));
            }
            What::GroupInfo => {
                let changes = [Flag::Name, Flag::Notification, Flag::Introduction, Flag::Custom];
                let param = GroupModifyInfoParam {
                    group_id: id.into(),
                    modify_flag: changes[op.second as usize % changes.len()].bits(),
                    group_name: format!("name {}", op.second),
                    notification: format!("notice {}", op.second),
                    introduction: format!("about {}", op.second),
                    custom_info: vec![GroupInfoCustomString {
                        key: "field".into(),
                        value: op.second.to_string(),
                    }],
                    ..GroupModifyInfoParam::default()
                };
                fine("changing", device.modify_group(param));
            }
            What::GroupOption => {
                let changes = [Flag::AddOption, Flag::ApproveOption, Flag::ShutupAll];
                let param = GroupModifyInfoParam {
                    group_id: id.into(),
                    modify_flag: changes[op.second as usize % changes.len()].bits(),
                    add_option: op.second / 3 % 3,
                    approve_option: op.second / 3 % 3,
                    is_shutup_all: (op.second / 3).is_multiple_of(3),
                    ..GroupModifyInfoParam::default()
                };
                fine("changing", device.modify_group(param));
            }
            What::GroupDecide => {
                let option = GroupPendencyOption { start_time: 0, max_limited: 20 };
                let page = device.group_pendencies(option).pendency_array;
                if let Some(at) = (op.pick as usize).checked_rem(page.len()) {
                    let accept = !op.second.is_multiple_of(4);
                    fine("deciding", device.decide(page[at].clone(), accept));
                }
            }
            What::GroupSeen => device.read_group_pendencies(0),
            _ => {}
        }
    }

    fn modify_member(
        &self,
        op: Op,
        id: &str,
        user: &str,
        flag: MemberFlag,
        change: impl FnOnce(&mut GroupModifyMemberInfoParam),
    ) {
        let mut param = GroupModifyMemberInfoParam {
            group_id: id.into(),
            identifier: user.into(),
            modify_flag: flag.bits(),
            ..GroupModifyMemberInfoParam::default()
        };
        change(&mut param);
        let device = self.device(op);
        fine("changing a member", device.modify_member(param));
    }

    pub(crate) fn about_people(&mut self, op: Op) {
        let peer = Self::peer(op);
        let other = USERS[peer].to_owned();
        let device = self.device(op);
        match op.what {
            What::FriendAdd => {
                let param = FriendshipAddFriendParam {
                    identifier: other,
                    friend_type: op.pick % 2,
                    add_wording: "hello".into(),
                    remark: if op.pick.is_multiple_of(3) { "added".into() } else { String::new() },
                    ..FriendshipAddFriendParam::default()
                };
                let done = device.call(|client, reply| client.add_friend(param, reply));
                if let Some(done) = fine("adding", done) {
                    check_code("adding", done.code, &done.desc);
                }
            }
            What::FriendAnswer => {
                let asked = device.requests().into_iter().filter(|(_, kind)| *kind == 0);
                let asked: Vec<_> = asked.collect();
                let Some(at) = (op.pick as usize).checked_rem(asked.len()) else { return };
                let param = FriendResponse {
                    identifier: asked[at].0.clone(),
                    action: Some(op.second % 3),
                    ..FriendResponse::default()
                };
                fine("answering", device.call(|c, reply| c.respond_to_friend(param, reply)));
            }
            What::FriendDelete => {
                let param = FriendshipDeleteFriendParam {
                    friend_type: op.pick % 2,
                    identifier_array: vec![other],
                };
                fine("removing", device.call(|c, reply| c.delete_friends(param, reply)));
            }
            What::FriendRemark => {
                let remark = Some(format!("remark {}", op.pick));
                let item = FriendProfileItem { remark, ..FriendProfileItem::default() };
                let param = FriendshipModifyFriendProfileParam { identifier: other, item };
                fine("remarking", device.call(|c, reply| c.modify_friend(param, reply)));
            }
            What::FriendGroup => self.sort_friends(op, other),
            What::FriendSeen => {
                fine("seeing", device.call(|c, reply| c.read_pendencies(0, reply)));
            }
            What::Block => {
                fine("blocking", device.call(|c, reply| c.block(vec![other], reply)));
                self.excused.blocked.insert((op.user, peer));
            }
            What::Unblock => {
                fine("unblocking", device.call(|c, reply| c.unblock(vec![other], reply)));
            }
            What::Profile => {
                let mut item = UserProfileItem::default();
                match op.second % 3 {
                    0 => item.nick_name = Some(format!("nick {}", op.pick)),
                    1 => item.self_signature = Some(format!("words {}", op.pick)),
                    _ => item.add_permission = Some(1 + op.pick % 3),
                }
                fine("a profile", device.call(|c, reply| c.modify_profile(item, reply)));
            }
            _ => {}
        }
    }

    fn sort_friends(&self, op: Op, friend: String) {
        let device = self.device(op);
        let name = format!("group {}", op.pick % 3);
        match op.pick / 3 % 4 {
            0 => {
                let param = CreateFriendGroupParam {
                    name_array: vec![name],
                    identifier_array: vec![friend],
                };
                fine("sorting", device.call(|c, reply| c.create_friend_groups(param, reply)));
            }
            1 => {
                fine("sorting", device.call(|c, r| c.delete_friend_groups(vec![name], r)));
            }
            2 => {
                let param = FriendshipModifyFriendGroupParam {
                    name,
                    new_name: "renamed".into(),
                    ..FriendshipModifyFriendGroupParam::default()
                };
                fine("sorting", device.call(|c, reply| c.modify_friend_group(param, reply)));
            }
            _ => {
                let param = FriendshipModifyFriendGroupParam {
                    name,
                    add_identifier_array: vec![friend],
                    ..FriendshipModifyFriendGroupParam::default()
                };
                fine("sorting", device.call(|c, reply| c.modify_friend_group(param, reply)));
            }
        }
    }

    /// Whether nobody of the user's devices is in doubt about a group: a group's key, and the user.
    pub(crate) fn stayed(&self, user: usize, key: &crate::store::Key) -> bool {
        key.0 != ConvKind::Group as u32 || !self.excused.left.contains(&(user, key.clone()))
    }
}
