//! Profiles of users. Declared in the same header as the manager functions.

use std::ffi::{c_char, c_int, c_void};

use imsdk_types::callback::TIMCommCallback;
use imsdk_types::{FriendShipGetProfileListParam, UserProfileItem};

use crate::ffi::{self, Client, Done, Empty, Refusal, arg};

/// Gets the profiles of users, the own one too.
///
/// @param json_get_user_profile_list_param  a FriendShipGetProfileListParam object
/// @param cb,user_data  callback; json_params is an array of UserProfile in the order asked for,
///   users that do not exist left out. Codes: 6013, 6014; 40002 for no user id, 40003 when none of
///   the users exists
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMProfileGetUserProfileList(
    json_get_user_profile_list_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::object::<FriendShipGetProfileListParam>(json_get_user_profile_list_param)?;
        Ok(move |client: &Client, done: Done| {
            client.profiles(param.identifier_array, param.force_update, done.json(|_| c""))
        })
    })
}

/// Changes the profile of the user who is logged in. Only the keys that are given change.
///
/// The user's other devices and those who have the user as a friend get a system message with a
/// ProfileChangeElem; friends whose program is of generation 5 or later get
/// TIMSetUpdateFriendProfileCallback instead.
///
/// @param json_modify_self_user_profile_param  a UserProfileItem object; one with none of its keys
///   changes nothing, which is a success, and the log says so
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 9001 bad custom key, 40009
///   more than 20 custom fields, 40601 value too long, 40605 number or location that cannot be,
///   60018 friends were told of more than 64 MiB of changes in this hour
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMProfileModifySelfUserProfile(
    json_modify_self_user_profile_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::changes::<UserProfileItem>(json_modify_self_user_profile_param)
            .map_err(Refusal::into_param)?;
        Ok(move |client: &Client, done: Done| client.modify_profile(param, done.nothing()))
    })
}
