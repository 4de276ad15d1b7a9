//! Groups, as a program uses them.

use imsdk_types::wire::Conv;
use imsdk_types::{
    CreateGroupParam, Error, GroupBaseInfo, GroupDeleteMemberParam, GroupDetailInfo,
    GroupGetMemberInfoListParam, GroupHandlePendencyParam, GroupInviteMemberParam, GroupMemberInfo,
    GroupModifyInfoParam, GroupModifyMemberInfoParam, GroupPendency, GroupPendencyOption,
    GroupPendencyResult, GroupType, Message, MsgGetMsgListParam,
};

use super::{Device, Pending, reply};
use crate::text_message;

impl Device {
    /// Makes a group, whose id is also its name.
    ///
    /// # Panics
    /// If that is refused.
    pub fn create_group(&self, id: &str, kind: GroupType) {
        let made = self.try_create_group(CreateGroupParam {
            group_id: id.to_owned(),
            group_name: id.to_owned(),
            group_type: kind.bits(),
            ..CreateGroupParam::default()
        });
        assert_eq!(made.as_deref(), Ok(id));
    }

    /// Makes a group; the answer is its id.
    pub fn try_create_group(&self, param: CreateGroupParam) -> Result<String, Error> {
        let (reply, pending) = reply();
        self.client.create_group(param, reply);
        pending.wait().map(|made| made.groupid)
    }

    /// Dissolves a group.
    pub fn delete_group(&self, id: &str) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.delete_group(id.to_owned(), reply);
        pending.wait()
    }

    /// Joins a group, or applies to it with "hello".
    pub fn join_group(&self, id: &str) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.join_group(id.to_owned(), "hello".to_owned(), reply);
        pending.wait()
    }

    /// Leaves a group.
    pub fn quit_group(&self, id: &str) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.quit_group(id.to_owned(), reply);
        pending.wait()
    }

    /// Invites users, with "come" as data; the answer has a result for each.
    pub fn invite(&self, id: &str, users: &[&str]) -> Result<Vec<u32>, Error> {
        let param = GroupInviteMemberParam {
            group_id: id.to_owned(),
            identifier_array: users.iter().map(|user| (*user).to_owned()).collect(),
            user_data: "come".into(),
        };
        let (reply, pending) = reply();
        self.client.invite_members(param, reply);
        Ok(pending.wait()?.into_iter().map(|entry| entry.result).collect())
    }

    /// Removes members, with "go" as the reason; the answer has a result for each.
    pub fn kick(&self, id: &str, users: &[&str]) -> Result<Vec<u32>, Error> {
        let param = GroupDeleteMemberParam {
            group_id: id.to_owned(),
            identifier_array: users.iter().map(|user| (*user).to_owned()).collect(),
            user_data: "go".into(),
            duration: 0,
        };
        let (reply, pending) = reply();
        self.client.delete_members(param, reply);
        Ok(pending.wait()?.into_iter().map(|entry| entry.result).collect())
    }

    /// The groups that the user is in.
    ///
    /// # Panics
    /// If that is refused.
    pub fn joined_groups(&self) -> Vec<GroupBaseInfo> {
        let (reply, pending) = reply();
        self.client.joined_groups(reply);
        pending.wait().expect("a list of groups")
    }

    /// A group of that list.
    ///
    /// # Panics
    /// If it is not there.
    pub fn joined_group(&self, id: &str) -> GroupBaseInfo {
        let found = self.joined_groups().into_iter().find(|group| group.group_id == id);
        found.unwrap_or_else(|| panic!("not in the group {id}"))
    }

    /// The profile of a group, or the code of its entry.
    ///
    /// # Panics
    /// If the whole call is refused.
    pub fn group_info(&self, id: &str) -> Result<GroupDetailInfo, i32> {
        let (reply, pending) = reply();
        self.client.group_infos(vec![id.to_owned()], reply);
        let entry = pending.wait().expect("a list of profiles").remove(0);
        if entry.code == 0 { Ok(entry.info) } else { Err(entry.code) }
    }

    /// Changes a group.
    pub fn modify_group(&self, param: GroupModifyInfoParam) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.modify_group(param, reply);
        pending.wait()
    }

    /// Changes a member.
    pub fn modify_member(&self, param: GroupModifyMemberInfoParam) -> Result<(), Error> {
        let (reply, pending) = reply();
        self.client.modify_member(param, reply);
        pending.wait()
    }

    /// A page of members, and where the next one begins.
    pub fn member_page(
        &self,
        param: GroupGetMemberInfoListParam,
    ) -> Result<(Vec<GroupMemberInfo>, u64), Error> {
        let (reply, pending) = reply();
        self.client.group_members(param, reply);
        pending.wait().map(|page| (page.info_array, page.next_seq))
    }

    /// All members: user ids with roles.
    ///
    /// # Panics
    /// If they can't be had.
    pub fn members(&self, id: &str) -> Vec<(String, u32)> {
        let mut param =
            GroupGetMemberInfoListParam { group_id: id.to_owned(), ..Default::default() };
        let mut all = Vec::new();
        loop {
            let (page, next) = self.member_page(param.clone()).expect("a page of members");
            all.extend(page.into_iter().map(|member| (member.identifier, member.member_role)));
            if next == 0 {
                return all;
            }
            param.next_seq = next;
        }
    }

    /// One member.
    ///
    /// # Panics
    /// If there is none.
    pub fn member(&self, id: &str, user: &str) -> GroupMemberInfo {
        let param = GroupGetMemberInfoListParam {
            group_id: id.to_owned(),
            identifier_array: vec![user.to_owned()],
            ..Default::default()
        };
        let (mut page, _) = self.member_page(param).expect("a page of members");
        page.pop().unwrap_or_else(|| panic!("{user} is no member of {id}"))
    }

    /// Applications and invitations that the user may decide.
    ///
    /// # Panics
    /// If they can't be had.
    pub fn group_pendencies(&self, option: GroupPendencyOption) -> GroupPendencyResult {
        let (reply, pending) = reply();
        self.client.group_pendencies(option, reply);
        pending.wait().expect("a page of requests")
    }

    /// They are read up to a time.
    ///
    /// # Panics
    /// If that is refused.
    pub fn read_group_pendencies(&self, time: u64) {
        let (reply, pending) = reply();
        self.client.report_group_pendencies(time, reply);
        pending.wait().expect("a report");
    }

    /// Decides one, with "so be it".
    pub fn decide(&self, pendency: GroupPendency, is_accept: bool) -> Result<(), Error> {
        let handle_msg = "so be it".into();
        let (reply, pending) = reply();
        let param = GroupHandlePendencyParam { is_accept, handle_msg, pendency };
        self.client.handle_group_pendency(param, reply);
        pending.wait()
    }

    /// Sends a message to a group; the answer comes later.
    pub fn submit_to_group(
        &self,
        id: &str,
        mut message: Message,
    ) -> Pending<(Message, Option<Error>)> {
        let (sender, receiver) = crossbeam_channel::bounded(1);
        let identity = self.client.identify(&mut message);
        self.client.send(
            Conv::group(id),
            Box::new(message),
            identity,
            Box::new(move |message, error| drop(sender.send((message, error)))),
        );
        Pending(receiver)
    }

    /// Sends a text to a group; the error is its code.
    pub fn try_say(&self, id: &str, text: &str) -> Result<Message, i32> {
        match self.submit_to_group(id, text_message(text)).wait() {
            (message, None) => Ok(message),
            (_, Some(error)) => Err(error.code),
        }
    }

    /// Sends a text to a group, which must take it.
    ///
    /// # Panics
    /// If it is refused.
    pub fn say(&self, id: &str, text: &str) -> Message {
        self.try_say(id, text).unwrap_or_else(|code| panic!("saying \"{text}\" in {id}: {code}"))
    }

    /// Withdraws a message of a group; the error is its code.
    ///
    /// # Errors
    /// The code of the answer.
    pub fn revoke_in_group(&self, id: &str, message: &Message) -> Result<(), i32> {
        let (reply, pending) = reply();
        self.client.revoke(Conv::group(id), message.clone(), reply);
        pending.wait().map_err(|error| error.code)
    }

    /// The newest messages of a group, newest first.
    ///
    /// # Panics
    /// If they can't be had.
    pub fn group_history(&self, id: &str, count: u32) -> Vec<Message> {
        let param = MsgGetMsgListParam { count, is_ramble: true, ..Default::default() };
        let (reply, pending) = reply();
        self.client.message_list(Conv::group(id), param, reply);
        pending.wait().expect("a history")
    }

    /// Any page of a group's messages.
    ///
    /// # Errors
    /// The code of the answer.
    pub fn group_page(&self, id: &str, param: MsgGetMsgListParam) -> Result<Vec<Message>, i32> {
        let (reply, pending) = reply();
        self.client.message_list(Conv::group(id), param, reply);
        pending.wait().map_err(|error| error.code)
    }

    /// Reports a group as read, altogether.
    ///
    /// # Panics
    /// If that is refused.
    pub fn read_group(&self, id: &str) {
        self.report_group_read(id, None).expect("a read report");
    }

    /// Reports a group as read up to a message.
    pub fn report_group_read(&self, id: &str, anchor: Option<Message>) -> Result<(), Error> {
        let (reply, pending) = reply();
        let kind = imsdk_types::wire::ConvKind::Group;
        self.client.report_read(kind, id.to_owned(), anchor, reply);
        pending.wait()
    }

    /// Removes a group's conversation.
    ///
    /// # Panics
    /// If that is refused.
    pub fn forget_group(&self, id: &str) {
        let (reply, pending) = reply();
        self.client.delete_conversation(Conv::group(id), reply);
        pending.wait().expect("a removal");
    }
}
