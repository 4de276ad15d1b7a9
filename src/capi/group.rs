//! Groups: life, members, and requests to join.

use std::ffi::{c_char, c_int, c_void};

use imsdk_types::callback::{TIMCommCallback, TIMGroupTipsEventCallback};
use imsdk_types::{
    CreateGroupParam, GroupDeleteMemberParam, GroupGetMemberInfoListParam,
    GroupHandlePendencyParam, GroupInviteMemberParam, GroupModifyInfoFlag, GroupModifyInfoParam,
    GroupModifyMemberInfoParam, GroupPendencyOption,
};

use crate::ffi::{self, Client, Done, Empty, arg};

/// Registers the listener for notices that all members of a group see: who joined, left, was made
/// an admin, what changed. What it gets is not the same in all generations of the interface, see
/// TIMGroupTipsEventCallback.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetGroupTipsEventCallback(
    cb: TIMGroupTipsEventCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.group_tips, cb, user_data)
}

/// Makes a group. The caller becomes its owner.
///
/// @param json_group_create_param  a CreateGroupParam object with at least the name
/// @param cb,user_data  callback; json_params is a CreateGroupResult object with the group id.
///   Codes: 6013, 6014, 8501 to 8505 and 8509 bad values, 10004 no such kind of group, 10007 this
///   kind begins without members, or users cannot make it, 8507 too many first members, 10019
///   unknown first member, 10021 the id belongs to another group, 10025 to an own one, 10037 in too
///   many groups
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object or has no key of a CreateGroupParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupCreate(
    json_group_create_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::known::<CreateGroupParam>(json_group_create_param)?;
        Ok(move |client: &Client, done: Done| client.create_group(param, done.json(|_| c"")))
    })
}

/// Dissolves a group. Only its owner may, and not in a group of type kTIMGroup_Private.
///
/// @param group_id  the group
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 10007 not allowed, 10010 no
///   such group, 10015 what can be no group id
/// @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupDelete(
    group_id: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let group = arg::text("group_id", group_id)?;
        Ok(move |client: &Client, done: Done| client.delete_group(group, done.nothing()))
    })
}

/// Joins a group, or asks to: the group's add option decides. Code 0 stands for both.
///
/// @param group_id  the group
/// @param hello_msg  what those who decide get to read; may be NULL or ""
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 8508 not in this kind of
///   group, 10004 the text is too long, 10007 not allowed, 10010 no such group, 10015 what can be no
///   group id, 10013 already a member, 10014 full, 10037 in too many groups
/// @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupJoin(
    group_id: *const c_char,
    hello_msg: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let (group, hello) = (arg::text("group_id", group_id)?, arg::optional(hello_msg));
        Ok(move |client: &Client, done: Done| client.join_group(group, hello, done.nothing()))
    })
}

/// Leaves a group. An owner leaves only a group of type kTIMGroup_Private, which ends with its last
/// member.
///
/// @param group_id  the group
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 10007 not a member, 10009
///   the owner cannot leave, 10010 no such group, 10015 what can be no group id
/// @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupQuit(
    group_id: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let group = arg::text("group_id", group_id)?;
        Ok(move |client: &Client, done: Done| client.quit_group(group, done.nothing()))
    })
}

/// Adds users to a group, or invites them where their consent is needed.
///
/// @param json_group_invite_param  a GroupInviteMemberParam object
/// @param cb,user_data  callback; json_params is an array of GroupInviteMemberResult in the order of
///   the users. Codes: 6013, 6014, 8510 nobody named, 10005 too many, 10007 not allowed, 10010 no
///   such group, 10014 full, 10015 what can be no group id
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object or has no key of a GroupInviteMemberParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupInviteMember(
    json_group_invite_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::known::<GroupInviteMemberParam>(json_group_invite_param)?;
        Ok(move |client: &Client, done: Done| client.invite_members(param, done.json(|_| c"")))
    })
}

/// Removes members from a group.
///
/// @param json_group_delete_param  a GroupDeleteMemberParam object
/// @param cb,user_data  callback; json_params is an array of GroupDeleteMemberResult in the order
///   of the users. Codes: 6013, 6014, 8510 nobody named, 10005 too many, 10007 not allowed (also
///   of a live group before generation 8), 10010 no such group, 10015 what can be no group id
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object or has no key of a GroupDeleteMemberParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupDeleteMember(
    json_group_delete_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::known::<GroupDeleteMemberParam>(json_group_delete_param)?;
        Ok(move |client: &Client, done: Done| client.delete_members(param, done.json(|_| c"")))
    })
}

/// Gets the groups that the user is a member of.
///
/// @param cb,user_data  callback; json_params is an array of GroupBaseInfo. Codes: 6013, 6014
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupGetJoinedGroupList(
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        Ok(move |client: &Client, done: Done| client.joined_groups(done.json(|_| c"OK")))
    })
}

/// Gets the details of groups.
///
/// @param json_group_getinfo_param  an array of group ids
/// @param cb,user_data  callback; json_params is an array of GetGroupInfoResult in the order asked
///   for, each with a code of its own: 10007 not for those outside, 10010 no such group. Codes:
///   6013, 6014, 10004 more than 50
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON array or is an empty one
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupGetGroupInfoList(
    json_group_getinfo_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let groups = arg::filled_list::<String>(json_group_getinfo_param)?;
        Ok(move |client: &Client, done: Done| client.group_infos(groups, done.json(|_| c"OK")))
    })
}

/// Changes a group: name, introduction, notification, face, options, owner.
///
/// @param json_group_modifyinfo_param  a GroupModifyInfoParam object; only what its modify_flag
///   names changes
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017 no flag, 8502 to 8505
///   too long, 10004 bad value or flag, 10007 not allowed, 10010 no such group, 10015 what can be no
///   group id
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object or has no key of a GroupModifyInfoParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupModifyGroupInfo(
    json_group_modifyinfo_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let (param, keys) = arg::with_keys::<GroupModifyInfoParam>(json_group_modifyinfo_param)?;
        // The owner is changed alone.
        let flag = match param.modify_flag & GroupModifyInfoFlag::Owner.bits() {
            0 => param.modify_flag,
            owner => owner,
        };
        let whole = keys.check(flag, GroupModifyInfoParam::CHANGES);
        Ok(move |client: &Client, done: Done| match whole {
            Ok(()) => client.modify_group(param, done.nothing()),
            Err(error) => client.refuse(error, done.nothing()),
        })
    })
}

/// Gets members of a group: those named, or page by page all of them.
///
/// @param json_group_getmeminfos_param  a GroupGetMemberInfoListParam object
/// @param cb,user_data  callback; json_params is a GroupGetMemberInfoListResult object; its
///   next_seq starts the next page, 0 means that there is none. Codes: 6013, 6014, 10005 too many
///   users, 10007 not allowed, 10010 no such group, 10015 what can be no
///   group id
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object or has no key of a GroupGetMemberInfoListParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupGetMemberInfoList(
    json_group_getmeminfos_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::known::<GroupGetMemberInfoListParam>(json_group_getmeminfos_param)?;
        Ok(move |client: &Client, done: Done| client.group_members(param, done.json(|_| c"")))
    })
}

/// Changes a member of a group: role, mute time, name card, receive option, custom fields.
///
/// @param json_group_modifymeminfo_param  a GroupModifyMemberInfoParam object; only what its
///   modify_flag names changes
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017 no flag, 8506 name card
///   too long, 10004 bad value or flag, 10007 not allowed, 10010 no such group, 10015 what can be no
///   group id
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object or has no key of a GroupModifyMemberInfoParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupModifyMemberInfo(
    json_group_modifymeminfo_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let (param, keys) =
            arg::with_keys::<GroupModifyMemberInfoParam>(json_group_modifymeminfo_param)?;
        let whole = keys.check(param.modify_flag, GroupModifyMemberInfoParam::CHANGES);
        Ok(move |client: &Client, done: Done| match whole {
            Ok(()) => client.modify_member(param, done.nothing()),
            Err(error) => client.refuse(error, done.nothing()),
        })
    })
}

/// Gets the requests to join and the invitations that wait for the user, and those that were
/// decided lately.
///
/// @param json_group_getpendency_list_param  a GroupPendencyOption object; what is missing
///   takes its default
/// @param cb,user_data  callback; json_params is a GroupPendencyResult object. Codes: 6013, 6014,
///   6017 a text that is no such object
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupGetPendencyList(
    json_group_getpendency_list_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::lenient_request(
        cb,
        user_data,
        || arg::lenient::<GroupPendencyOption>(json_group_getpendency_list_param),
        |client, param, done| client.group_pendencies(param, done.json(|_| c"")),
    )
}

/// Marks requests to join and invitations as read.
///
/// @param time_stamp  Unix time in seconds; everything up to it is read
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupReportPendencyReaded(
    time_stamp: u64,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        Ok(move |client: &Client, done: Done| {
            client.report_group_pendencies(time_stamp, done.nothing())
        })
    })
}

/// Accepts or refuses a request to join or an invitation.
///
/// @param json_group_handle_pendency_param  a GroupHandlePendencyParam object with a GroupPendency
///   that TIMGroupGetPendencyList gave
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 10004 bad value, 10007 not
///   allowed, 10008 no such request, 10010 no such group, 10013 already a member, 10014 full, 10015
///   what can be no group id, 10024 already decided, 10037 in too many groups
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object or has no key of a GroupHandlePendencyParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGroupHandlePendency(
    json_group_handle_pendency_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::known::<GroupHandlePendencyParam>(json_group_handle_pendency_param)?;
        Ok(move |client: &Client, done: Done| client.handle_group_pendency(param, done.nothing()))
    })
}
