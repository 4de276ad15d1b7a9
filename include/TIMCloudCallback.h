/**
 * @file TIMCloudCallback.h
 * The TIM C interface: callback types.
 *
 * Generated from crates/types/src/callback.rs; edit there, then
 * UPDATE_HEADERS=1 cargo test --test header
 */
#ifndef IMSDK_TIMCLOUDCALLBACK_H
#define IMSDK_TIMCLOUDCALLBACK_H

#include "TIMCloudDef.h"
#include "TIMErrorCode.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The result of one call. `code` is 0 (`ERR_SUCC`) or a `TIMErrCode`, `desc` says in English what went wrong, and
 * `json_params` carries what the call's description names; after an error, its empty form, unless the description says otherwise.
 *
 * It runs once for each call that returned `TIM_SUCC`, and not at all for others. Downloads report their progress
 * through it and finish with the call that carries the full size or an error.
 */
typedef void (*TIMCommCallback)(
    int32_t code, const char *desc, const char *json_params, const void *user_data);

/**
 * The connection to the service changed. `code` and `desc` say why after `kTIMConnectFailed`, else they are 0 and "".
 */
typedef void (*TIMNetworkStatusListenerCallback)(
    enum TIMNetworkStatus status, int32_t code, const char *desc, const void *user_data);

/**
 * Another login of the same user on the same kind of device, or the service's owner, ended this session. Nothing is logged in
 * afterwards.
 */
typedef void (*TIMKickedOfflineCallback)(const void *user_data);

/**
 * The signature of the login expired. Log in again with a new one.
 */
typedef void (*TIMUserSigExpiredCallback)(const void *user_data);

/**
 * One line of the log, its line feed included. Lines below the callback log level of the configuration are left out.
 */
typedef void (*TIMLogCallback)(enum TIMLogLevel level, const char *log, const void *user_data);

/**
 * New messages: a JSON array of `Message`, at least one; within a conversation the oldest first.
 */
typedef void (*TIMRecvNewMsgCallback)(const char *json_msg_array, const void *user_data);

/**
 * Progress of an upload. `json_msg` is the `Message`, `index` the place of the element in `message_elem_array`, counted
 * from 0; `cur_size` of `total_size` bytes are sent.
 */
typedef void (*TIMMsgElemUploadProgressCallback)(
    const char *json_msg, uint32_t index, uint32_t cur_size, uint32_t total_size,
    const void *user_data);

/**
 * Peers have read messages: a JSON array of `MessageReceipt`.
 */
typedef void (*TIMMsgReadedReceiptCallback)(
    const char *json_msg_read_receipt_array, const void *user_data);

/**
 * Messages were withdrawn: a JSON array of `MsgLocator`.
 */
typedef void (*TIMMsgRevokeCallback)(const char *json_msg_revoke_info_array, const void *user_data);

/**
 * Messages changed after they were sent: a JSON array of `Message` in their new form.
 */
typedef void (*TIMMsgUpdateCallback)(const char *json_msg_array, const void *user_data);

/**
 * Conversations were added, removed or changed: a JSON array of `ConvInfo`, and "" for kTIMConvEvent_Start and
 * kTIMConvEvent_Finish, which mark the begin and the end of the synchronisation of a login.
 *
 * Start and Finish come since generation 5 of the interface only (TIMCloud.h, Generations): a program that waits for
 * Finish sets the generation.
 */
typedef void (*TIMConvEventCallback)(
    enum TIMConvEvent conv_event, const char *json_conv_array, const void *user_data);

/**
 * A notice to the members of a group: one JSON object, a `GroupTipsElem`; in generation 4 of the interface, as which
 * every program begins, a JSON array with that one object (TIMCloud.h, Generations).
 */
typedef void (*TIMGroupTipsEventCallback)(const char *json_group_tip, const void *user_data);

/**
 * Friends were added, here or on another device: a JSON array of user ids.
 */
typedef void (*TIMOnAddFriendCallback)(const char *json_identifier_array, const void *user_data);

/**
 * Friends were removed: a JSON array of user ids.
 */
typedef void (*TIMOnDeleteFriendCallback)(const char *json_identifier_array, const void *user_data);

/**
 * What is stored about friends, or their own profiles, changed: a JSON array of `FriendProfileUpdate`.
 */
typedef void (*TIMUpdateFriendProfileCallback)(
    const char *json_friend_profile_update_array, const void *user_data);

/**
 * Others asked to become friends: a JSON array of `FriendAddPendency`.
 */
typedef void (*TIMFriendAddRequestCallback)(
    const char *json_friend_add_request_pendency_array, const void *user_data);

#ifdef __cplusplus
}
#endif

#endif /* IMSDK_TIMCLOUDCALLBACK_H */
