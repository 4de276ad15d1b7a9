/**
 * @file TIMMessageManager.h
 * The TIM C interface: messages: send, receive, history, read state.
 *
 * Generated from src/capi/message.rs; edit there, then
 * UPDATE_HEADERS=1 cargo test --test header
 */
#ifndef IMSDK_TIMMESSAGEMANAGER_H
#define IMSDK_TIMMESSAGEMANAGER_H

#include "TIMCloudCallback.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Adds a listener for new messages. Several listeners live side by side; each gets every message.
 *
 * Add it before TIMLogin: messages that arrive earlier are not told again. Adding the same
 * function again changes its user_data.
 *
 * @param cb  the listener; NULL is ignored
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMAddRecvNewMsgCallback(TIMRecvNewMsgCallback cb, const void *user_data);

/**
 * Removes a listener for new messages that TIMAddRecvNewMsgCallback added.
 *
 * @param cb  the function that was added; one that was not is ignored
 */
TIM_API void TIMRemoveRecvNewMsgCallback(TIMRecvNewMsgCallback cb);

/**
 * Sets the listener for new messages: the older form, with one slot of its own beside the added
 * listeners.
 *
 * @param cb  the listener, or NULL to remove the one that was set here
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetRecvNewMsgCallback(TIMRecvNewMsgCallback cb, const void *user_data);

/**
 * Registers the listener for the progress of uploads: images, sounds, files and videos of messages
 * on their way.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetMsgElemUploadProgressCallback(
    TIMMsgElemUploadProgressCallback cb, const void *user_data);

/**
 * Registers the listener that learns how far the other side of one-to-one conversations has read.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetMsgReadedReceiptCallback(TIMMsgReadedReceiptCallback cb, const void *user_data);

/**
 * Registers the listener for messages that were withdrawn by others, or on another device.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetMsgRevokeCallback(TIMMsgRevokeCallback cb, const void *user_data);

/**
 * Registers the listener for messages that changed after they were sent: of one-to-one
 * conversations those that the peer has read just now (message_is_peer_read), the newest of them
 * if they are many.
 *
 * One slot: a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetMsgUpdateCallback(TIMMsgUpdateCallback cb, const void *user_data);

/**
 * Sends a message to a user or to a group. Like TIMMsgSendMessage without the buffer for the id.
 *
 * @param conv_id  user id of the receiver, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param  a Message object; what matters is message_elem_array and the settings of
 *   the message. A message that failed before may be passed again and keeps its identity
 * @param cb,user_data  callback; json_params is the whole Message, also when it failed. Codes:
 *   6013, 6014, 6016 an element that only the service writes or that nobody knows, 6017 no
 *   elements, a text without content, custom data that are no string, no such priority, or sent
 *   before, 80002 too large (12288 bytes), 20003 no such user: nobody has logged in with this id,
 *   20007 the user has the sender on the black list, 20009 to 20011 only friends may write, 10007
 *   not a member, 10010 no such group, 10015 what can be no group id, 10017 muted, 10053 too many
 *   mentioned; for files 7004 not there, 7005 too large (image and sound 28 MiB, video and file
 *   100 MiB), 7006 empty, 7007 cannot be opened, 6031 not a JPEG, PNG, GIF, BMP or WebP picture,
 *   8003 too many pixels, 6008 cannot be stored, 114003 ended by a logout
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
 *   TIM_ERR_JSON for a text that is not a JSON object or is an empty one
 */
TIM_API int TIMMsgSendNewMsg(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msg_param, TIMCommCallback cb,
    const void *user_data);

/**
 * Sends a message to a user or to a group, and tells its id at once.
 *
 * @param conv_id  user id of the receiver, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param  a Message object, as for TIMMsgSendNewMsg
 * @param message_id_buffer  at least 128 bytes, or NULL; holds the message id and a NUL when the
 *   function returns TIM_SUCC
 * @param cb,user_data  callback; as for TIMMsgSendNewMsg
 * @return as TIMMsgSendNewMsg
 */
TIM_API int TIMMsgSendMessage(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msg_param,
    char *message_id_buffer, TIMCommCallback cb, const void *user_data);

/**
 * Sends one message to several users, each in the conversation with that user.
 *
 * @param json_batch_send_param  a MsgBatchSendParam object
 * @param cb,user_data  callback; json_params is an array of MsgBatchSendResult in the order of the
 *   users; code 0 if at least one of them got it. Codes: 6013, 6014, 6017 no users, 6003 nobody got
 *   it, 9508 to 9525 no server was reached for any of them, 90011 more than 500 users
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object
 */
TIM_API int TIMMsgBatchSend(
    const char *json_batch_send_param, TIMCommCallback cb, const void *user_data);

/**
 * Writes a message into the local history without sending it.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param  a Message object; its sender and times count, missing ones are the own
 *   user and now
 * @param cb,user_data  callback; json_params is the Message as it was stored, since generation 5 of
 *   the interface; before, and on failure, "". Codes: 6013, 6014, 6017,
 *   80002 too large
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
 *   TIM_ERR_JSON for a text that is not a JSON object or is an empty one
 */
TIM_API int TIMMsgSaveMsg(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msg_param, TIMCommCallback cb,
    const void *user_data);

/**
 * Writes messages into the local history without sending them, for instance from another system.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_array  an array of Message; sender and times count
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017, 80002 too large
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
 *   TIM_ERR_JSON for a text that is not a JSON array or is an empty one
 */
TIM_API int TIMMsgImportMsgList(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msg_array, TIMCommCallback cb,
    const void *user_data);

/**
 * Gets a page of the history of a conversation: older messages newest first, newer messages oldest
 * first.
 *
 * A page holds at most 1000 messages. Fewer than that and fewer than asked for, or none, means that
 * there are no more in this direction: none on this device, or with
 * kTIMMsgGetMsgListParamIsRamble none at all. A new device holds little, so programs set it.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_get_msg_param  a MsgGetMsgListParam object: the message to start from (not part of
 *   the page), the count (20 if missing), the direction
 * @param cb,user_data  callback; json_params is an array of Message. Codes: 6013, 6014, 6017 count
 *   0, 10044 a group that keeps no messages
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
 *   TIM_ERR_JSON for a text that is not a JSON object
 */
TIM_API int TIMMsgGetMsgList(
    const char *conv_id, enum TIMConvType conv_type, const char *json_get_msg_param,
    TIMCommCallback cb, const void *user_data);

/**
 * Finds single messages of a conversation in the local history.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_Locator_array  an array of MsgLocator
 * @param cb,user_data  callback; json_params is an array of Message, those not found left out.
 *   Codes: 6013, 6014
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
 *   TIM_ERR_JSON for a text that is not a JSON array
 */
TIM_API int TIMMsgFindByMsgLocatorList(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msg_Locator_array,
    TIMCommCallback cb, const void *user_data);

/**
 * Marks received messages as read, sets the unread number accordingly and tells the other side of
 * a one-to-one conversation.
 *
 * @param conv_id  user id of the other side, or group id; NULL or "" means all conversations of
 *   conv_type
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param  a Message object: everything up to its time is read; NULL, "" and {}
 *   mean the newest message
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017 a text that is no
 *   message, or a message that names neither its time nor one that is here
 * @return TIM_SUCC; TIM_ERR_PARAM for another conv_type
 */
TIM_API int TIMMsgReportReaded(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msg_param, TIMCommCallback cb,
    const void *user_data);

/**
 * Withdraws a message that was sent, for all who received it.
 *
 * Own messages within two minutes (the service's owner may set another time); the owner and the
 * admins of a group may withdraw messages of others.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_param  the Message object
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014; one-to-one 20016 too late,
 *   20022 no such message, 20023 already withdrawn; group 10030 no such message, 10031 too late,
 *   10032 not this message, 10033 not in this kind of group; 6017 a message that was never sent
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
 *   TIM_ERR_JSON for a text that is not a JSON object or is an empty one
 */
TIM_API int TIMMsgRevoke(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msg_param, TIMCommCallback cb,
    const void *user_data);

/**
 * Deletes one message, or all messages of a conversation, from the local history. Other devices
 * keep them. With msg_delete_param_is_ramble a single message goes from the own history in the
 * service, too; all messages do not, then nothing happens.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msgdel_param  a MsgDeleteParam object; without a message in it, or with {}, all
 *   messages go
 * @param cb,user_data  callback; json_params is ""; a message that is not here is a success.
 *   Codes: 6013, 6014, 6017 no message in what is given as one, 20018 and 10034 not possible in the
 *   service
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
 *   TIM_ERR_JSON for a text that is not a JSON object or has no key of a MsgDeleteParam
 */
TIM_API int TIMMsgDelete(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msgdel_param,
    TIMCommCallback cb, const void *user_data);

/**
 * Deletes messages from the local history and from the own history in the service. The other side
 * keeps them.
 *
 * @param conv_id  user id of the other side, or group id
 * @param conv_type  kTIMConv_C2C or kTIMConv_Group
 * @param json_msg_array  an array of up to 30 Message of this conversation, 50 since generation 8 of
 *   the interface
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017 too many, 20018 and
 *   10034 not possible
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
 *   TIM_ERR_JSON for a text that is not a JSON array or is an empty one
 */
TIM_API int TIMMsgListDelete(
    const char *conv_id, enum TIMConvType conv_type, const char *json_msg_array, TIMCommCallback cb,
    const void *user_data);

/**
 * Loads the content of an element (image, sound, file, video) into a local file.
 *
 * The one function whose callback comes several times: with desc "downloading" for progress, and
 * once more at the end. The file appears when it is whole; a download that was interrupted goes on
 * where it stopped when it is started again. A logout ends it.
 *
 * @param json_download_elem_param  a DownloadElemParam object, filled from the element: its url, or
 *   without one its id. While the service runs inside the library, the url is that of a file: on
 *   this machine, which any program may load and none may change
 * @param path  the file to write, UTF-8; its directory exists, a file of this name is replaced
 * @param cb,user_data  callback; json_params is a MsgDownloadElemResult object. Codes: 6013, 6014,
 *   6009 no such file, or neither url nor id, 6017 no such type, 6022 path cannot be written, 114003 ended by a logout,
 *   115066 damaged
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object
 */
TIM_API int TIMMsgDownloadElemToPath(
    const char *json_download_elem_param, const char *path, TIMCommCallback cb,
    const void *user_data);

#ifdef __cplusplus
}
#endif

#endif /* IMSDK_TIMMESSAGEMANAGER_H */
