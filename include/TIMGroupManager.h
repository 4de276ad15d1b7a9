/**
 * @file TIMGroupManager.h
 * The TIM C interface: groups and their members.
 *
 * Generated from src/capi/group.rs; edit there, then
 * UPDATE_HEADERS=1 cargo test --test header
 */
#ifndef IMSDK_TIMGROUPMANAGER_H
#define IMSDK_TIMGROUPMANAGER_H

#include "TIMCloudCallback.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Registers the listener for notices that all members of a group see: who joined, left, was made
 * an admin, what changed. What it gets is not the same in all generations of the interface, see
 * TIMGroupTipsEventCallback.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetGroupTipsEventCallback(TIMGroupTipsEventCallback cb, const void *user_data);

/**
 * Makes a group. The caller becomes its owner.
 *
 * @param json_group_create_param  a CreateGroupParam object with at least the name
 * @param cb,user_data  callback; json_params is a CreateGroupResult object with the group id.
 *   Codes: 6013, 6014, 8501 to 8505 and 8509 bad values, 10004 no such kind of group, 10007 this
 *   kind begins without members, or users cannot make it, 8507 too many first members, 10019
 *   unknown first member, 10021 the id belongs to another group, 10025 to an own one, 10037 in too
 *   many groups
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object or has no key of a CreateGroupParam
 */
TIM_API int TIMGroupCreate(
    const char *json_group_create_param, TIMCommCallback cb, const void *user_data);

/**
 * Dissolves a group. Only its owner may, and not in a group of type kTIMGroup_Private.
 *
 * @param group_id  the group
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 10007 not allowed, 10010 no
 *   such group, 10015 what can be no group id
 * @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or ""
 */
TIM_API int TIMGroupDelete(const char *group_id, TIMCommCallback cb, const void *user_data);

/**
 * Joins a group, or asks to: the group's add option decides. Code 0 stands for both.
 *
 * @param group_id  the group
 * @param hello_msg  what those who decide get to read; may be NULL or ""
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 8508 not in this kind of
 *   group, 10004 the text is too long, 10007 not allowed, 10010 no such group, 10015 what can be no
 *   group id, 10013 already a member, 10014 full, 10037 in too many groups
 * @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or ""
 */
TIM_API int TIMGroupJoin(
    const char *group_id, const char *hello_msg, TIMCommCallback cb, const void *user_data);

/**
 * Leaves a group. An owner leaves only a group of type kTIMGroup_Private, which ends with its last
 * member.
 *
 * @param group_id  the group
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 10007 not a member, 10009
 *   the owner cannot leave, 10010 no such group, 10015 what can be no group id
 * @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or ""
 */
TIM_API int TIMGroupQuit(const char *group_id, TIMCommCallback cb, const void *user_data);

/**
 * Adds users to a group, or invites them where their consent is needed.
 *
 * @param json_group_invite_param  a GroupInviteMemberParam object
 * @param cb,user_data  callback; json_params is an array of GroupInviteMemberResult in the order of
 *   the users. Codes: 6013, 6014, 8510 nobody named, 10005 too many, 10007 not allowed, 10010 no
 *   such group, 10014 full, 10015 what can be no group id
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object or has no key of a GroupInviteMemberParam
 */
TIM_API int TIMGroupInviteMember(
    const char *json_group_invite_param, TIMCommCallback cb, const void *user_data);

/**
 * Removes members from a group.
 *
 * @param json_group_delete_param  a GroupDeleteMemberParam object
 * @param cb,user_data  callback; json_params is an array of GroupDeleteMemberResult in the order
 *   of the users. Codes: 6013, 6014, 8510 nobody named, 10005 too many, 10007 not allowed (also
 *   of a live group before generation 8), 10010 no such group, 10015 what can be no group id
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object or has no key of a GroupDeleteMemberParam
 */
TIM_API int TIMGroupDeleteMember(
    const char *json_group_delete_param, TIMCommCallback cb, const void *user_data);

/**
 * Gets the groups that the user is a member of.
 *
 * @param cb,user_data  callback; json_params is an array of GroupBaseInfo. Codes: 6013, 6014
 * @return TIM_SUCC
 */
TIM_API int TIMGroupGetJoinedGroupList(TIMCommCallback cb, const void *user_data);

/**
 * Gets the details of groups.
 *
 * @param json_group_getinfo_param  an array of group ids
 * @param cb,user_data  callback; json_params is an array of GetGroupInfoResult in the order asked
 *   for, each with a code of its own: 10007 not for those outside, 10010 no such group. Codes:
 *   6013, 6014, 10004 more than 50
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON array or is an empty one
 */
TIM_API int TIMGroupGetGroupInfoList(
    const char *json_group_getinfo_param, TIMCommCallback cb, const void *user_data);

/**
 * Changes a group: name, introduction, notification, face, options, owner.
 *
 * @param json_group_modifyinfo_param  a GroupModifyInfoParam object; only what its modify_flag
 *   names changes
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017 no flag, 8502 to 8505
 *   too long, 10004 bad value or flag, 10007 not allowed, 10010 no such group, 10015 what can be no
 *   group id
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object or has no key of a GroupModifyInfoParam
 */
TIM_API int TIMGroupModifyGroupInfo(
    const char *json_group_modifyinfo_param, TIMCommCallback cb, const void *user_data);

/**
 * Gets members of a group: those named, or page by page all of them.
 *
 * @param json_group_getmeminfos_param  a GroupGetMemberInfoListParam object
 * @param cb,user_data  callback; json_params is a GroupGetMemberInfoListResult object; its
 *   next_seq starts the next page, 0 means that there is none. Codes: 6013, 6014, 10005 too many
 *   users, 10007 not allowed, 10010 no such group, 10015 what can be no
 *   group id
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object or has no key of a GroupGetMemberInfoListParam
 */
TIM_API int TIMGroupGetMemberInfoList(
    const char *json_group_getmeminfos_param, TIMCommCallback cb, const void *user_data);

/**
 * Changes a member of a group: role, mute time, name card, receive option, custom fields.
 *
 * @param json_group_modifymeminfo_param  a GroupModifyMemberInfoParam object; only what its
 *   modify_flag names changes
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017 no flag, 8506 name card
 *   too long, 10004 bad value or flag, 10007 not allowed, 10010 no such group, 10015 what can be no
 *   group id
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object or has no key of a GroupModifyMemberInfoParam
 */
TIM_API int TIMGroupModifyMemberInfo(
    const char *json_group_modifymeminfo_param, TIMCommCallback cb, const void *user_data);

/**
 * Gets the requests to join and the invitations that wait for the user, and those that were
 * decided lately.
 *
 * @param json_group_getpendency_list_param  a GroupPendencyOption object; what is missing
 *   takes its default
 * @param cb,user_data  callback; json_params is a GroupPendencyResult object. Codes: 6013, 6014,
 *   6017 a text that is no such object
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
 */
TIM_API int TIMGroupGetPendencyList(
    const char *json_group_getpendency_list_param, TIMCommCallback cb, const void *user_data);

/**
 * Marks requests to join and invitations as read.
 *
 * @param time_stamp  Unix time in seconds; everything up to it is read
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014
 * @return TIM_SUCC
 */
TIM_API int TIMGroupReportPendencyReaded(
    uint64_t time_stamp, TIMCommCallback cb, const void *user_data);

/**
 * Accepts or refuses a request to join or an invitation.
 *
 * @param json_group_handle_pendency_param  a GroupHandlePendencyParam object with a GroupPendency
 *   that TIMGroupGetPendencyList gave
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 10004 bad value, 10007 not
 *   allowed, 10008 no such request, 10010 no such group, 10013 already a member, 10014 full, 10015
 *   what can be no group id, 10024 already decided, 10037 in too many groups
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object or has no key of a GroupHandlePendencyParam
 */
TIM_API int TIMGroupHandlePendency(
    const char *json_group_handle_pendency_param, TIMCommCallback cb, const void *user_data);

#ifdef __cplusplus
}
#endif

#endif /* IMSDK_TIMGROUPMANAGER_H */
