//! Friends, friend requests, friend groups and the black list.

use std::ffi::{c_char, c_int, c_void};

use imsdk_types::callback::{
    TIMCommCallback, TIMFriendAddRequestCallback, TIMOnAddFriendCallback,
    TIMOnDeleteFriendCallback, TIMUpdateFriendProfileCallback,
};
use imsdk_types::{
    CreateFriendGroupParam, FriendResponse, FriendshipAddFriendParam,
    FriendshipCheckFriendTypeParam, FriendshipDeleteFriendParam, FriendshipDeletePendencyParam,
    FriendshipGetPendencyListParam, FriendshipModifyFriendGroupParam,
};

use crate::ffi::{self, Client, Done, Empty, Refusal, arg};

/// Registers the listener for new friends, made here or on another device.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetOnAddFriendCallback(
    cb: TIMOnAddFriendCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.friend_added, cb, user_data)
}

/// Registers the listener for friends who are friends no more.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetOnDeleteFriendCallback(
    cb: TIMOnDeleteFriendCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.friend_deleted, cb, user_data)
}

/// Registers the listener for changes of what is kept about a friend (remark, groups, custom
/// fields), and of the friend's own profile.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetUpdateFriendProfileCallback(
    cb: TIMUpdateFriendProfileCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.friend_profile_updated, cb, user_data)
}

/// Registers the listener for users who ask to become a friend.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetFriendAddRequestCallback(
    cb: TIMFriendAddRequestCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.friend_add_request, cb, user_data)
}

/// Gets all friends.
///
/// @param cb,user_data  callback; json_params is an array of FriendProfile. Codes: 6013, 6014
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipGetFriendProfileList(
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        Ok(|client: &Client, done: Done| {
            client
                .friends(done.json(|list| if list.is_empty() { c"empty friend list" } else { c"" }))
        })
    })
}

/// Adds a friend, or asks to: the other user's add permission decides.
///
/// @param json_add_friend_param  a FriendshipAddFriendParam object; what is missing
///   takes its default
/// @param cb,user_data  callback; json_params is a FriendResult object with the outcome: 0 added,
///   30539 waits for consent, 30001 already a friend, 30003 no such user, 30010 and 30014 list
///   full, 30011 too many friend groups, 30012 too many requests, 30515 and 30525 on a black list,
///   30516 adds nobody. Codes: 6013, 6014, 6017 a text that is no such object, 7003, 9002 to 9005
///   bad values
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipAddFriend(
    json_add_friend_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::lenient_request(
        cb,
        user_data,
        || arg::lenient::<FriendshipAddFriendParam>(json_add_friend_param),
        |client, param, done| client.add_friend(param, done.json(|_| c"")),
    )
}

/// Agrees to a friend request, or rejects it.
///
/// @param json_handle_friend_add_param  a FriendResponse object
/// @param cb,user_data  callback; json_params is a FriendResult object, 30614 in it: no such
///   request, 30010 and 30014 list full, 30011 too many friend groups. Codes: 6013, 6014, 9002 and
///   9005 bad values
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "", not a JSON object or without any
///   key of a FriendResponse
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipHandleFriendAddRequest(
    json_handle_friend_add_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::known::<FriendResponse>(json_handle_friend_add_param)
            .map_err(Refusal::into_param)?;
        Ok(move |client: &Client, done: Done| client.respond_to_friend(param, done.json(|_| c"")))
    })
}

/// Changes what is kept about a friend: remark, groups, custom fields. The friend does not learn of
/// it.
///
/// @param json_modify_friend_info_param  a FriendshipModifyFriendProfileParam object; only the keys
///   of its item change; without any of them nothing does, which is a success, and the log says so
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 9001, 9002, 9005 and
///   40601 bad values, 30001 not a friend or more than 20 custom fields, 30011 too many friend
///   groups
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "", not a JSON object or without any
///   key of a FriendshipModifyFriendProfileParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipModifyFriendProfile(
    json_modify_friend_info_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param =
            arg::friend_changes(json_modify_friend_info_param).map_err(Refusal::into_param)?;
        Ok(move |client: &Client, done: Done| client.modify_friend(param, done.nothing()))
    })
}

/// Ends friendships, on the own side only or on both.
///
/// @param json_delete_friend_param  a FriendshipDeleteFriendParam object; what is missing
///   takes its default
/// @param cb,user_data  callback; json_params is an array of FriendResult in the order of the
///   users, 30001 in one: not a friend, or no user at all (31704 from generation 5 on). Codes:
///   6013, 6014, 6017 a text that is no such object
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipDeleteFriend(
    json_delete_friend_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::lenient_request(
        cb,
        user_data,
        || arg::lenient::<FriendshipDeleteFriendParam>(json_delete_friend_param),
        |client, param, done| client.delete_friends(param, done.json(|_| c"")),
    )
}

/// Asks who has whom as a friend.
///
/// @param json_check_friend_list_param  a FriendshipCheckFriendTypeParam object; what is missing
///   takes its default
/// @param cb,user_data  callback; json_params is an array of FriendshipCheckFriendTypeResult in the
///   order of the users. Codes: 6013, 6014, 6017 a text that is no such object
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipCheckFriendType(
    json_check_friend_list_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::lenient_request(
        cb,
        user_data,
        || arg::lenient::<FriendshipCheckFriendTypeParam>(json_check_friend_list_param),
        |client, param, done| client.check_friends(param, done.json(|_| c"")),
    )
}

/// Makes friend groups and puts friends into them.
///
/// The user's other devices get a system message with a FriendChangeElem.
///
/// @param json_create_friend_group_param  a CreateFriendGroupParam object
/// @param cb,user_data  callback; json_params is an array of FriendResult, one for each friend,
///   30001 in one: not a friend. Codes: 6013, 6014, 9005 bad name, 30001 the group exists, 30011
///   too many groups
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "", not a JSON object or without any
///   key of a CreateFriendGroupParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipCreateFriendGroup(
    json_create_friend_group_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::known::<CreateFriendGroupParam>(json_create_friend_group_param)
            .map_err(Refusal::into_param)?;
        Ok(move |client: &Client, done: Done| {
            client.create_friend_groups(param, done.json(|_| c""))
        })
    })
}

/// Gets friend groups with their members.
///
/// @param json_get_friend_group_list_param  an array of group names; an empty one means all
/// @param cb,user_data  callback; json_params is an array of FriendGroupInfo. Codes: 6013, 6014
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON array
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipGetFriendGroupList(
    json_get_friend_group_list_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param =
            arg::list::<String>(json_get_friend_group_list_param).map_err(Refusal::into_param)?;
        Ok(move |client: &Client, done: Done| client.friend_groups(param, done.json(|_| c"")))
    })
}

/// Renames a friend group, adds friends to it, takes friends out of it.
///
/// The user's other devices get a system message with a FriendChangeElem.
///
/// @param json_modify_friend_group_param  a FriendshipModifyFriendGroupParam object; what is missing
///   takes its default
/// @param cb,user_data  callback; json_params is an array of FriendResult, one for each friend.
///   Codes: 6013, 6014, 6017 a text that is no such object, 9005 bad name, 30001 no such group, or
///   the new name is taken
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipModifyFriendGroup(
    json_modify_friend_group_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::lenient_request(
        cb,
        user_data,
        || arg::lenient::<FriendshipModifyFriendGroupParam>(json_modify_friend_group_param),
        |client, param, done| client.modify_friend_group(param, done.json(|_| c"")),
    )
}

/// Deletes friend groups. Their members stay friends.
///
/// The user's other devices get a system message with a FriendChangeElem.
///
/// @param json_delete_friend_group_param  an array of group names
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON array
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipDeleteFriendGroup(
    json_delete_friend_group_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param =
            arg::list::<String>(json_delete_friend_group_param).map_err(Refusal::into_param)?;
        Ok(move |client: &Client, done: Done| client.delete_friend_groups(param, done.nothing()))
    })
}

/// Puts users on the black list. That ends a friendship, and they can send no messages any more.
///
/// The user's other devices get a system message with a FriendChangeElem.
///
/// @param json_add_to_blacklist_param  an array of user ids
/// @param cb,user_data  callback; json_params is an array of FriendResult in the order of the
///   users, 30001 in one: already on the list, 30003: no such user, 30013: the list is full.
///   Codes: 6013, 6014
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON array
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipAddToBlackList(
    json_add_to_blacklist_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param =
            arg::list::<String>(json_add_to_blacklist_param).map_err(Refusal::into_param)?;
        Ok(move |client: &Client, done: Done| client.block(param, done.json(|_| c"")))
    })
}

/// Gets the users on the black list.
///
/// @param cb,user_data  callback; json_params is an array of FriendProfile. Codes: 6013, 6014
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipGetBlackList(
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        Ok(|client: &Client, done: Done| client.black_list(done.json(|_| c"")))
    })
}

/// Takes users off the black list. They do not become friends again by that.
///
/// The user's other devices get a system message with a FriendChangeElem.
///
/// @param json_delete_from_blacklist_param  an array of user ids
/// @param cb,user_data  callback; json_params is an array of FriendResult in the order of the
///   users, 30001 in one: not on the list. Codes: 6013, 6014
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON array
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipDeleteFromBlackList(
    json_delete_from_blacklist_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param =
            arg::list::<String>(json_delete_from_blacklist_param).map_err(Refusal::into_param)?;
        Ok(move |client: &Client, done: Done| client.unblock(param, done.json(|_| c"")))
    })
}

/// Gets friend requests, received and sent.
///
/// @param json_get_pendency_list_param  a FriendshipGetPendencyListParam object; what is missing
///   takes its default
/// @param cb,user_data  callback; json_params is a PendencyPage object. Codes: 6013, 6014,
///   6017 a text that is no such object, 30001 no such type
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipGetPendencyList(
    json_get_pendency_list_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::lenient_request(
        cb,
        user_data,
        || arg::lenient::<FriendshipGetPendencyListParam>(json_get_pendency_list_param),
        |client, param, done| client.pendencies(param, done.json(|_| c"")),
    )
}

/// Deletes friend requests.
///
/// The user's other devices get a system message with a FriendChangeElem.
///
/// @param json_delete_pendency_param  a FriendshipDeletePendencyParam object; what is missing
///   takes its default
/// @param cb,user_data  callback; json_params is an array of FriendResult in the order of the
///   users, 30614 in one: no such request. Codes: 6013, 6014, 6017 a text that is no such object
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipDeletePendency(
    json_delete_pendency_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::lenient_request(
        cb,
        user_data,
        || arg::lenient::<FriendshipDeletePendencyParam>(json_delete_pendency_param),
        |client, param, done| client.delete_pendencies(param, done.json(|_| c"")),
    )
}

/// Marks friend requests as read.
///
/// The user's other devices get a system message with a FriendChangeElem.
///
/// @param time_stamp  Unix time in seconds; everything up to it is read; 0 means now
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMFriendshipReportPendencyReaded(
    time_stamp: u64,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        Ok(move |client: &Client, done: Done| client.read_pendencies(time_stamp, done.nothing()))
    })
}
