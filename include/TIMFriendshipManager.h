/**
 * @file TIMFriendshipManager.h
 * The TIM C interface: friends, friend requests, friend groups, black list.
 *
 * Generated from src/capi/friendship.rs; edit there, then
 * UPDATE_HEADERS=1 cargo test --test header
 */
#ifndef IMSDK_TIMFRIENDSHIPMANAGER_H
#define IMSDK_TIMFRIENDSHIPMANAGER_H

#include "TIMCloudCallback.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Registers the listener for new friends, made here or on another device.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetOnAddFriendCallback(TIMOnAddFriendCallback cb, const void *user_data);

/**
 * Registers the listener for friends who are friends no more.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetOnDeleteFriendCallback(TIMOnDeleteFriendCallback cb, const void *user_data);

/**
 * Registers the listener for changes of what is kept about a friend (remark, groups, custom
 * fields), and of the friend's own profile.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetUpdateFriendProfileCallback(
    TIMUpdateFriendProfileCallback cb, const void *user_data);

/**
 * Registers the listener for users who ask to become a friend.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetFriendAddRequestCallback(TIMFriendAddRequestCallback cb, const void *user_data);

/**
 * Gets all friends.
 *
 * @param cb,user_data  callback; json_params is an array of FriendProfile. Codes: 6013, 6014
 * @return TIM_SUCC
 */
TIM_API int TIMFriendshipGetFriendProfileList(TIMCommCallback cb, const void *user_data);

/**
 * Adds a friend, or asks to: the other user's add permission decides.
 *
 * @param json_add_friend_param  a FriendshipAddFriendParam object; what is missing
 *   takes its default
 * @param cb,user_data  callback; json_params is a FriendResult object with the outcome: 0 added,
 *   30539 waits for consent, 30001 already a friend, 30003 no such user, 30010 and 30014 list
 *   full, 30011 too many friend groups, 30012 too many requests, 30515 and 30525 on a black list,
 *   30516 adds nobody. Codes: 6013, 6014, 6017 a text that is no such object, 7003, 9002 to 9005
 *   bad values
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
 */
TIM_API int TIMFriendshipAddFriend(
    const char *json_add_friend_param, TIMCommCallback cb, const void *user_data);

/**
 * Agrees to a friend request, or rejects it.
 *
 * @param json_handle_friend_add_param  a FriendResponse object
 * @param cb,user_data  callback; json_params is a FriendResult object, 30614 in it: no such
 *   request, 30010 and 30014 list full, 30011 too many friend groups. Codes: 6013, 6014, 9002 and
 *   9005 bad values
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "", not a JSON object or without any
 *   key of a FriendResponse
 */
TIM_API int TIMFriendshipHandleFriendAddRequest(
    const char *json_handle_friend_add_param, TIMCommCallback cb, const void *user_data);

/**
 * Changes what is kept about a friend: remark, groups, custom fields. The friend does not learn of
 * it.
 *
 * @param json_modify_friend_info_param  a FriendshipModifyFriendProfileParam object; only the keys
 *   of its item change; without any of them nothing does, which is a success, and the log says so
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 9001, 9002, 9005 and
 *   40601 bad values, 30001 not a friend or more than 20 custom fields, 30011 too many friend
 *   groups
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "", not a JSON object or without any
 *   key of a FriendshipModifyFriendProfileParam
 */
TIM_API int TIMFriendshipModifyFriendProfile(
    const char *json_modify_friend_info_param, TIMCommCallback cb, const void *user_data);

/**
 * Ends friendships, on the own side only or on both.
 *
 * @param json_delete_friend_param  a FriendshipDeleteFriendParam object; what is missing
 *   takes its default
 * @param cb,user_data  callback; json_params is an array of FriendResult in the order of the
 *   users, 30001 in one: not a friend, or no user at all (31704 from generation 5 on). Codes:
 *   6013, 6014, 6017 a text that is no such object
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
 */
TIM_API int TIMFriendshipDeleteFriend(
    const char *json_delete_friend_param, TIMCommCallback cb, const void *user_data);

/**
 * Asks who has whom as a friend.
 *
 * @param json_check_friend_list_param  a FriendshipCheckFriendTypeParam object; what is missing
 *   takes its default
 * @param cb,user_data  callback; json_params is an array of FriendshipCheckFriendTypeResult in the
 *   order of the users. Codes: 6013, 6014, 6017 a text that is no such object
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
 */
TIM_API int TIMFriendshipCheckFriendType(
    const char *json_check_friend_list_param, TIMCommCallback cb, const void *user_data);

/**
 * Makes friend groups and puts friends into them.
 *
 * The user's other devices get a system message with a FriendChangeElem.
 *
 * @param json_create_friend_group_param  a CreateFriendGroupParam object
 * @param cb,user_data  callback; json_params is an array of FriendResult, one for each friend,
 *   30001 in one: not a friend. Codes: 6013, 6014, 9005 bad name, 30001 the group exists, 30011
 *   too many groups
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "", not a JSON object or without any
 *   key of a CreateFriendGroupParam
 */
TIM_API int TIMFriendshipCreateFriendGroup(
    const char *json_create_friend_group_param, TIMCommCallback cb, const void *user_data);

/**
 * Gets friend groups with their members.
 *
 * @param json_get_friend_group_list_param  an array of group names; an empty one means all
 * @param cb,user_data  callback; json_params is an array of FriendGroupInfo. Codes: 6013, 6014
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON array
 */
TIM_API int TIMFriendshipGetFriendGroupList(
    const char *json_get_friend_group_list_param, TIMCommCallback cb, const void *user_data);

/**
 * Renames a friend group, adds friends to it, takes friends out of it.
 *
 * The user's other devices get a system message with a FriendChangeElem.
 *
 * @param json_modify_friend_group_param  a FriendshipModifyFriendGroupParam object; what is missing
 *   takes its default
 * @param cb,user_data  callback; json_params is an array of FriendResult, one for each friend.
 *   Codes: 6013, 6014, 6017 a text that is no such object, 9005 bad name, 30001 no such group, or
 *   the new name is taken
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
 */
TIM_API int TIMFriendshipModifyFriendGroup(
    const char *json_modify_friend_group_param, TIMCommCallback cb, const void *user_data);

/**
 * Deletes friend groups. Their members stay friends.
 *
 * The user's other devices get a system message with a FriendChangeElem.
 *
 * @param json_delete_friend_group_param  an array of group names
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON array
 */
TIM_API int TIMFriendshipDeleteFriendGroup(
    const char *json_delete_friend_group_param, TIMCommCallback cb, const void *user_data);

/**
 * Puts users on the black list. That ends a friendship, and they can send no messages any more.
 *
 * The user's other devices get a system message with a FriendChangeElem.
 *
 * @param json_add_to_blacklist_param  an array of user ids
 * @param cb,user_data  callback; json_params is an array of FriendResult in the order of the
 *   users, 30001 in one: already on the list, 30003: no such user, 30013: the list is full.
 *   Codes: 6013, 6014
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON array
 */
TIM_API int TIMFriendshipAddToBlackList(
    const char *json_add_to_blacklist_param, TIMCommCallback cb, const void *user_data);

/**
 * Gets the users on the black list.
 *
 * @param cb,user_data  callback; json_params is an array of FriendProfile. Codes: 6013, 6014
 * @return TIM_SUCC
 */
TIM_API int TIMFriendshipGetBlackList(TIMCommCallback cb, const void *user_data);

/**
 * Takes users off the black list. They do not become friends again by that.
 *
 * The user's other devices get a system message with a FriendChangeElem.
 *
 * @param json_delete_from_blacklist_param  an array of user ids
 * @param cb,user_data  callback; json_params is an array of FriendResult in the order of the
 *   users, 30001 in one: not on the list. Codes: 6013, 6014
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON array
 */
TIM_API int TIMFriendshipDeleteFromBlackList(
    const char *json_delete_from_blacklist_param, TIMCommCallback cb, const void *user_data);

/**
 * Gets friend requests, received and sent.
 *
 * @param json_get_pendency_list_param  a FriendshipGetPendencyListParam object; what is missing
 *   takes its default
 * @param cb,user_data  callback; json_params is a PendencyPage object. Codes: 6013, 6014,
 *   6017 a text that is no such object, 30001 no such type
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
 */
TIM_API int TIMFriendshipGetPendencyList(
    const char *json_get_pendency_list_param, TIMCommCallback cb, const void *user_data);

/**
 * Deletes friend requests.
 *
 * The user's other devices get a system message with a FriendChangeElem.
 *
 * @param json_delete_pendency_param  a FriendshipDeletePendencyParam object; what is missing
 *   takes its default
 * @param cb,user_data  callback; json_params is an array of FriendResult in the order of the
 *   users, 30614 in one: no such request. Codes: 6013, 6014, 6017 a text that is no such object
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
 */
TIM_API int TIMFriendshipDeletePendency(
    const char *json_delete_pendency_param, TIMCommCallback cb, const void *user_data);

/**
 * Marks friend requests as read.
 *
 * The user's other devices get a system message with a FriendChangeElem.
 *
 * @param time_stamp  Unix time in seconds; everything up to it is read; 0 means now
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014
 * @return TIM_SUCC
 */
TIM_API int TIMFriendshipReportPendencyReaded(
    uint64_t time_stamp, TIMCommCallback cb, const void *user_data);

#ifdef __cplusplus
}
#endif

#endif /* IMSDK_TIMFRIENDSHIPMANAGER_H */
