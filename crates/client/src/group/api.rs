//! The calls. One that changes something is answered once the events that it brought about are told here.

use imsdk_types::wire::group::{Request, Response as Answer};
use imsdk_types::wire::{Conv, Request as Asked, Response};
use imsdk_types::{
    Code, CreateGroupParam, CreateGroupResult, Error, GetGroupInfoResult, GroupAddOption,
    GroupBaseInfo, GroupDeleteMemberParam, GroupDeleteMemberResult, GroupGetMemberInfoListParam,
    GroupGetMemberInfoListResult, GroupHandlePendencyParam, GroupInviteMemberParam,
    GroupInviteMemberResult, GroupModifyInfoParam, GroupModifyMemberInfoParam, GroupPendencyOption,
    GroupPendencyResult, GroupType,
};

use crate::client::{Client, Reply};
use crate::core::Core;

/// The first generation of the interface in which a public group is joined on approval, unless its maker says otherwise. Before, users
/// join freely.
const JOINED_BY_OPTION: u8 = 5;

/// The first in which a group has an option for invitations: unless its maker says otherwise, only owner and administrators invite.
/// Before, those who are invited are asked.
const INVITED_BY_OPTION: u8 = 8;

/// The first in which the owner of a live group removes members. Before, nobody does (§4.1).
const REMOVES_FROM_LIVE: u8 = 8;

/// The kinds of group that this is said of.
const BY_CONSENT: [u32; 2] = [GroupType::Public.bits(), GroupType::ChatRoom.bits()];

impl Client {
    /// Makes a group, with the user as its owner.
    pub fn create_group(&self, mut param: CreateGroupParam, reply: Reply<CreateGroupResult>) {
        let unsaid = GroupAddOption::Unknown.bits();
        if self.generation() < JOINED_BY_OPTION && param.add_option == unsaid {
            param.add_option = GroupAddOption::Any.bits();
        }
        if self.generation() >= INVITED_BY_OPTION
            && param.approve_option == unsaid
            && BY_CONSENT.contains(&param.group_type)
        {
            param.approve_option = GroupAddOption::Forbid.bits();
        }
        self.change_group(Request::Create(Box::new(param)), None, reply, |answer| match answer {
            Answer::Created(groupid) => Some(CreateGroupResult { groupid }),
            _ => None,
        });
    }

    /// Dissolves a group.
    pub fn delete_group(&self, group: String, reply: Reply<()>) {
        self.simple(Request::Delete { group: group.clone() }, group, reply);
    }

    /// Joins a group, or applies to it.
    pub fn join_group(&self, group: String, hello: String, reply: Reply<()>) {
        self.simple(Request::Join { group: group.clone(), hello }, group, reply);
    }

    /// Leaves a group.
    pub fn quit_group(&self, group: String, reply: Reply<()>) {
        self.simple(Request::Quit { group: group.clone() }, group, reply);
    }

    /// Adds users to a group, or invites them.
    pub fn invite_members(
        &self,
        param: GroupInviteMemberParam,
        reply: Reply<Vec<GroupInviteMemberResult>>,
    ) {
        let group = param.group_id.clone();
        self.change_group(Request::Invite(param), Some(group), reply, |answer| match answer {
            Answer::Invited(list) => Some(list),
            _ => None,
        });
    }

    /// Removes members from a group.
    pub fn delete_members(
        &self,
        param: GroupDeleteMemberParam,
        reply: Reply<Vec<GroupDeleteMemberResult>>,
    ) {
        let never_live = self.generation() < REMOVES_FROM_LIVE;
        self.call(reply, move |core, reply| {
            let group = param.group_id.clone();
            if never_live && core.is_live(&Conv::group(&group)) {
                let text = "nobody is removed from a live group before generation 8";
                let error = Error::new(Code::SvrGroupPermissionDeny, text);
                return core.out.reply(|| reply(Err(error)));
            }
            let request = Asked::Group(Request::Remove(param));
            core.change_in_group(request, Some(group), move |core, answer| {
                let list = taken(answer, |answer| match answer {
                    Answer::Removed(list) => Some(list),
                    _ => None,
                });
                core.out.reply(move || reply(list));
            });
        });
    }

    /// The groups that the user is in.
    pub fn joined_groups(&self, reply: Reply<Vec<GroupBaseInfo>>) {
        self.call(self.stored(reply), |core, reply| {
            let request = match core.shared.ignores_tips() {
                true => Request::JoinedWithoutTips,
                false => Request::Joined,
            };
            core.request(Asked::Group(request), |core, answer| {
                let list = taken(answer, |answer| match answer {
                    Answer::Joined(list) => Some(list),
                    _ => None,
                });
                let list = list.map(|list| core.as_read_here(list));
                core.out.reply(move || reply(list));
            });
        });
    }

    /// Profiles of groups, one entry for each id.
    pub fn group_infos(&self, groups: Vec<String>, reply: Reply<Vec<GetGroupInfoResult>>) {
        self.ask_group(Request::Infos(groups), self.stored(reply), |answer| match answer {
            Answer::Infos(list) => Some(list),
            _ => None,
        });
    }

    /// Changes a group's profile.
    pub fn modify_group(&self, param: GroupModifyInfoParam, reply: Reply<()>) {
        let group = param.group_id.clone();
        self.simple(Request::ModifyInfo(Box::new(param)), group, reply);
    }

    /// Members of a group.
    pub fn group_members(
        &self,
        param: GroupGetMemberInfoListParam,
        reply: Reply<GroupGetMemberInfoListResult>,
    ) {
        self.ask_group(Request::Members(param), self.stored(reply), |answer| match answer {
            Answer::Members(page) => Some(page),
            _ => None,
        });
    }

    /// Changes a member of a group.
    pub fn modify_member(&self, param: GroupModifyMemberInfoParam, reply: Reply<()>) {
        let group = param.group_id.clone();
        self.simple(Request::ModifyMember(Box::new(param)), group, reply);
    }

    /// Applications and invitations that the user may decide.
    pub fn group_pendencies(&self, option: GroupPendencyOption, reply: Reply<GroupPendencyResult>) {
        self.ask_group(Request::Pendencies(option), reply, |answer| match answer {
            Answer::Pendencies(page) => Some(page),
            _ => None,
        });
    }

    /// They are read up to a time.
    pub fn report_group_pendencies(&self, time: u64, reply: Reply<()>) {
        self.call(reply, move |core, reply| {
            core.request(Asked::Group(Request::PendencyRead { time }), move |core, answer| {
                core.out.reply(|| reply(answer.map(drop)));
            });
        });
    }

    /// Accepts or refuses one.
    pub fn handle_group_pendency(&self, param: GroupHandlePendencyParam, reply: Reply<()>) {
        let group = param.pendency.group_id.clone();
        self.simple(Request::HandlePendency(Box::new(param)), group, reply);
    }

    /// A request that changes nothing.
    fn ask_group<T: Send + 'static>(
        &self,
        request: Request,
        reply: Reply<T>,
        take: fn(Answer) -> Option<T>,
    ) {
        self.call(reply, move |core, reply| {
            core.request(Asked::Group(request), move |core, answer| {
                core.out.reply(move || reply(taken(answer, take)));
            });
        });
    }

    /// A change that only succeeds.
    fn simple(&self, request: Request, group: String, reply: Reply<()>) {
        self.call(reply, move |core, reply| {
            core.change_in_group(Asked::Group(request), Some(group), move |core, answer| {
                core.out.reply(|| reply(answer.map(drop)));
            });
        });
    }

    /// A change that gives something. A group that is made has its id in the answer.
    fn change_group<T: Send + 'static>(
        &self,
        request: Request,
        group: Option<String>,
        reply: Reply<T>,
        take: fn(Answer) -> Option<T>,
    ) {
        self.call(reply, move |core, reply| {
            core.change_in_group(Asked::Group(request), group, move |core, answer| {
                core.out.reply(move || reply(taken(answer, take)));
            });
        });
    }
}

fn taken<T>(answer: Result<Response, Error>, take: fn(Answer) -> Option<T>) -> Result<T, Error> {
    match answer? {
        Response::Group(answer) => take(answer),
        _ => None,
    }
    .ok_or_else(|| Error::from(Code::SdkInternalError))
}

impl Core {
    /// What is unread is said as the conversations here say it: they know what the user has deleted, and what does not count.
    fn as_read_here(&self, mut list: Vec<GroupBaseInfo>) -> Vec<GroupBaseInfo> {
        let Some(local) = self.local.as_ref().filter(|local| !local.is_filling()) else {
            return list;
        };
        for group in &mut list {
            if let Ok(Some(row)) = local.conversation(&Conv::group(&group.group_id)) {
                group.self_info.unread_num = row.unread;
            }
        }
        list
    }

    /// [`Core::change`], which also takes in what it brought about in the group.
    pub(crate) fn change_in_group(
        &mut self,
        request: Asked,
        group: Option<String>,
        then: impl FnOnce(&mut Core, Result<Response, Error>) + Send + 'static,
    ) {
        self.change(request, move |core, answer| {
            let group = match &answer {
                Ok(Response::Group(Answer::Created(id))) => Some(id.clone()),
                Ok(_) => group,
                Err(_) => None,
            };
            core.after_group(group.as_deref(), move |core| then(core, answer));
        });
    }

    /// Takes in what is new in a group that the user is in; then, or at once without one, `then` runs.
    pub(crate) fn after_group(
        &mut self,
        group: Option<&str>,
        then: impl FnOnce(&mut Core) + Send + 'static,
    ) {
        match group.and_then(|id| self.joined_group(id)) {
            Some(group) => self.pull_group_then(group, Box::new(then)),
            None => then(self),
        }
    }
}
