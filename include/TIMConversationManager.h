/**
 * @file TIMConversationManager.h
 * The TIM C interface: conversations and drafts.
 *
 * Generated from src/capi/conversation.rs; edit there, then
 * UPDATE_HEADERS=1 cargo test --test header
 */
#ifndef IMSDK_TIMCONVERSATIONMANAGER_H
#define IMSDK_TIMCONVERSATIONMANAGER_H

#include "TIMCloudCallback.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Registers the listener for conversations that appear, change or go, and, since generation 5 of the
 * interface, for start and end of the synchronisation after a login.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetConvEventCallback(TIMConvEventCallback cb, const void *user_data);

/**
 * Gets all conversations, those with the latest activity first.
 *
 * @param cb,user_data  callback; json_params is an array of ConvInfo. Codes: 6013, 6014
 * @return TIM_SUCC
 */
TIM_API int TIMConvGetConvList(TIMCommCallback cb, const void *user_data);

/**
 * Deletes a conversation with all its messages, here and from the own history in the service. The
 * other side keeps its messages; the next message makes the conversation again.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014
 * @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or "", or another conv_type
 */
TIM_API int TIMConvDelete(
    const char *conv_id, enum TIMConvType conv_type, TIMCommCallback cb, const void *user_data);

/**
 * Keeps the draft of a conversation, on this device only. The conversation listener tells when it
 * is kept; while nobody is logged in nothing happens.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_draft_param  a Draft object; draft_edit_time 0 or missing is now
 * @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or "", another conv_type, or a draft of
 *   more than 1 MiB; TIM_ERR_JSON for a text that is NULL, "" or not a JSON object
 */
TIM_API int TIMConvSetDraft(
    const char *conv_id, enum TIMConvType conv_type, const char *json_draft_param);

/**
 * Removes the draft of a conversation.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL
 */
TIM_API int TIMConvCancelDraft(const char *conv_id, enum TIMConvType conv_type);

/**
 * Finds a conversation, or makes it on this device. It shows in the list once it has a message.
 *
 * @param conv_id  user id of the other side, or group id; it is not checked
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group; it is not checked. kTIMConv_System is the one
 *   conversation of what the service says: it has no id, is never unread and never listed
 * @param cb,user_data  callback; json_params is the ConvInfo object, or "" where there can be no
 *   such conversation. Codes: 6004 no such conversation. While nobody is logged in: 0 and ""
 * @return TIM_SUCC
 */
TIM_API int TIMConvCreate(
    const char *conv_id, enum TIMConvType conv_type, TIMCommCallback cb, const void *user_data);

#ifdef __cplusplus
}
#endif

#endif /* IMSDK_TIMCONVERSATIONMANAGER_H */
