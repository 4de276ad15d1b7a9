//! Messages: sending, receiving, history, read state, deleting and withdrawing.

use std::ffi::{c_char, c_int, c_void};
use std::ptr;

use imsdk_types::callback::{
    RawConvType, TIMCommCallback, TIMMsgElemUploadProgressCallback, TIMMsgReadedReceiptCallback,
    TIMMsgRevokeCallback, TIMMsgUpdateCallback, TIMRecvNewMsgCallback,
};
use imsdk_types::{Code, Error, MsgGetMsgListParam};

use crate::ffi::{self, Client, Done, Empty, arg};

/// The first generation of the interface in which TIMMsgSaveMsg gives the message.
const SAVED: u8 = 5;

/// Adds a listener for new messages. Several listeners live side by side; each gets every message.
///
/// Add it before TIMLogin: messages that arrive earlier are not told again. Adding the same
/// function again changes its user_data.
///
/// @param cb  the listener; NULL is ignored
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMAddRecvNewMsgCallback(
    cb: TIMRecvNewMsgCallback,
    user_data: *const c_void,
) {
    ffi::add_listener(|listeners| &mut listeners.recv_new_msg, cb, user_data)
}

/// Removes a listener for new messages that TIMAddRecvNewMsgCallback added.
///
/// @param cb  the function that was added; one that was not is ignored
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMRemoveRecvNewMsgCallback(cb: TIMRecvNewMsgCallback) {
    ffi::remove_listener(|listeners| &mut listeners.recv_new_msg, cb)
}

/// Sets the listener for new messages: the older form, with one slot of its own beside the added
/// listeners.
///
/// @param cb  the listener, or NULL to remove the one that was set here
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetRecvNewMsgCallback(
    cb: TIMRecvNewMsgCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.recv_new_msg_slot, cb, user_data)
}

/// Registers the listener for the progress of uploads: images, sounds, files and videos of messages
/// on their way.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetMsgElemUploadProgressCallback(
    cb: TIMMsgElemUploadProgressCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.upload_progress, cb, user_data)
}

/// Registers the listener that learns how far the other side of one-to-one conversations has read.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetMsgReadedReceiptCallback(
    cb: TIMMsgReadedReceiptCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.msg_readed_receipt, cb, user_data)
}

/// Registers the listener for messages that were withdrawn by others, or on another device.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetMsgRevokeCallback(
    cb: TIMMsgRevokeCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.msg_revoke, cb, user_data)
}

/// Registers the listener for messages that changed after they were sent: of one-to-one
/// conversations those that the peer has read just now (message_is_peer_read), the newest of them
/// if they are many.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetMsgUpdateCallback(
    cb: TIMMsgUpdateCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.msg_update, cb, user_data)
}

/// Sends a message to a user or to a group. Like TIMMsgSendMessage without the buffer for the id.
///
/// @param conv_id  user id of the receiver, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msg_param  a Message object; what matters is message_elem_array and the settings of
///   the message. A message that failed before may be passed again and keeps its identity
/// @param cb,user_data  callback; json_params is the whole Message, also when it failed. Codes:
///   6013, 6014, 6016 an element that only the service writes or that nobody knows, 6017 no
///   elements, a text without content, custom data that are no string, no such priority, or sent
///   before, 80002 too large (12288 bytes), 20003 no such user: nobody has logged in with this id,
///   20007 the user has the sender on the black list, 20009 to 20011 only friends may write, 10007
///   not a member, 10010 no such group, 10015 what can be no group id, 10017 muted, 10053 too many
///   mentioned; for files 7004 not there, 7005 too large (image and sound 28 MiB, video and file
///   100 MiB), 7006 empty, 7007 cannot be opened, 6031 not a JPEG, PNG, GIF, BMP or WebP picture,
///   8003 too many pixels, 6008 cannot be stored, 114003 ended by a logout
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
///   TIM_ERR_JSON for a text that is not a JSON object or is an empty one
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgSendNewMsg(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msg_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::send(cb, user_data, ptr::null_mut(), || {
        Ok((arg::conversation(conv_id, conv_type)?, arg::message(json_msg_param)?))
    })
}

/// Sends a message to a user or to a group, and tells its id at once.
///
/// @param conv_id  user id of the receiver, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msg_param  a Message object, as for TIMMsgSendNewMsg
/// @param message_id_buffer  at least 128 bytes, or NULL; holds the message id and a NUL when the
///   function returns TIM_SUCC
/// @param cb,user_data  callback; as for TIMMsgSendNewMsg
/// @return as TIMMsgSendNewMsg
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgSendMessage(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msg_param: *const c_char,
    message_id_buffer: *mut c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::sdk::knows_generation(5);
    ffi::send(cb, user_data, message_id_buffer, || {
        Ok((arg::conversation(conv_id, conv_type)?, arg::message(json_msg_param)?))
    })
}

/// Sends one message to several users, each in the conversation with that user.
///
/// @param json_batch_send_param  a MsgBatchSendParam object
/// @param cb,user_data  callback; json_params is an array of MsgBatchSendResult in the order of the
///   users; code 0 if at least one of them got it. Codes: 6013, 6014, 6017 no users, 6003 nobody got
///   it, 9508 to 9525 no server was reached for any of them, 90011 more than 500 users
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgBatchSend(
    json_batch_send_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::send_batch(cb, user_data, || arg::object(json_batch_send_param))
}

/// Writes a message into the local history without sending it.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msg_param  a Message object; its sender and times count, missing ones are the own
///   user and now
/// @param cb,user_data  callback; json_params is the Message as it was stored, since generation 5 of
///   the interface; before, and on failure, "". Codes: 6013, 6014, 6017,
///   80002 too large
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
///   TIM_ERR_JSON for a text that is not a JSON object or is an empty one
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgSaveMsg(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msg_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let conv = arg::conversation(conv_id, conv_type)?;
        let message = arg::message(json_msg_param)?;
        Ok(move |client: &Client, done: Done| {
            let tells = client.generation() >= SAVED;
            client.save_message(conv, message, if tells { done.json(|_| c"OK") } else { done.ok() })
        })
    })
}

/// Writes messages into the local history without sending them, for instance from another system.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msg_array  an array of Message; sender and times count
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017, 80002 too large
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
///   TIM_ERR_JSON for a text that is not a JSON array or is an empty one
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgImportMsgList(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msg_array: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let conv = arg::conversation(conv_id, conv_type)?;
        let messages = arg::messages(json_msg_array)?;
        Ok(move |client: &Client, done: Done| client.import_messages(conv, messages, done.ok()))
    })
}

/// Gets a page of the history of a conversation: older messages newest first, newer messages oldest
/// first.
///
/// A page holds at most 1000 messages. Fewer than that and fewer than asked for, or none, means that
/// there are no more in this direction: none on this device, or with
/// kTIMMsgGetMsgListParamIsRamble none at all. A new device holds little, so programs set it.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_get_msg_param  a MsgGetMsgListParam object: the message to start from (not part of
///   the page), the count (20 if missing), the direction
/// @param cb,user_data  callback; json_params is an array of Message. Codes: 6013, 6014, 6017 count
///   0, 10044 a group that keeps no messages
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
///   TIM_ERR_JSON for a text that is not a JSON object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgGetMsgList(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_get_msg_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::List, || {
        let conv = arg::conversation(conv_id, conv_type)?;
        let param: MsgGetMsgListParam = arg::object(json_get_msg_param)?;
        Ok(move |client: &Client, done: Done| client.list_messages(conv, param, done.listing()))
    })
}

/// Finds single messages of a conversation in the local history.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msg_Locator_array  an array of MsgLocator
/// @param cb,user_data  callback; json_params is an array of Message, those not found left out.
///   Codes: 6013, 6014
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
///   TIM_ERR_JSON for a text that is not a JSON array
#[unsafe(no_mangle)]
#[allow(non_snake_case, reason = "parameter names are part of the public header")]
pub unsafe extern "C" fn TIMMsgFindByMsgLocatorList(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msg_Locator_array: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::List, || {
        let conv = arg::conversation(conv_id, conv_type)?;
        let locators = arg::list(json_msg_Locator_array)?;
        Ok(move |client: &Client, done: Done| {
            client.find_messages(conv, locators, done.json(|_| c"OK"))
        })
    })
}

/// Marks received messages as read, sets the unread number accordingly and tells the other side of
/// a one-to-one conversation.
///
/// @param conv_id  user id of the other side, or group id; NULL or "" means all conversations of
///   conv_type
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msg_param  a Message object: everything up to its time is read; NULL, "" and {}
///   mean the newest message
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017 a text that is no
///   message, or a message that names neither its time nor one that is here
/// @return TIM_SUCC; TIM_ERR_PARAM for another conv_type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgReportReaded(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msg_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let (kind, id) = (arg::conv_kind(conv_type)?, arg::optional(conv_id));
        let up_to = arg::any_message(json_msg_param);
        Ok(move |client: &Client, done: Done| match up_to {
            Ok(up_to) => client.report_read(kind, id, up_to, done.nothing()),
            Err(_) => {
                let text = "json_msg_param is no message";
                client.refuse(Error::new(Code::InvalidParameters, text), done.nothing())
            }
        })
    })
}

/// Withdraws a message that was sent, for all who received it.
///
/// Own messages within two minutes (the service's owner may set another time); the owner and the
/// admins of a group may withdraw messages of others.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msg_param  the Message object
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014; one-to-one 20016 too late,
///   20022 no such message, 20023 already withdrawn; group 10030 no such message, 10031 too late,
///   10032 not this message, 10033 not in this kind of group; 6017 a message that was never sent
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
///   TIM_ERR_JSON for a text that is not a JSON object or is an empty one
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgRevoke(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msg_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let conv = arg::conversation(conv_id, conv_type)?;
        let message = arg::message(json_msg_param)?;
        Ok(move |client: &Client, done: Done| client.revoke(conv, message, done.nothing()))
    })
}

/// Deletes one message, or all messages of a conversation, from the local history. Other devices
/// keep them. With msg_delete_param_is_ramble a single message goes from the own history in the
/// service, too; all messages do not, then nothing happens.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msgdel_param  a MsgDeleteParam object; without a message in it, or with {}, all
///   messages go
/// @param cb,user_data  callback; json_params is ""; a message that is not here is a success.
///   Codes: 6013, 6014, 6017 no message in what is given as one, 20018 and 10034 not possible in the
///   service
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
///   TIM_ERR_JSON for a text that is not a JSON object or has no key of a MsgDeleteParam
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgDelete(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msgdel_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let conv = arg::conversation(conv_id, conv_type)?;
        let param = arg::deletion(json_msgdel_param)?;
        Ok(move |client: &Client, done: Done| match param {
            Some(param) => client.delete_message(conv, param, done.ok()),
            None => {
                let text = "msg_delete_param_msg says nothing that a message has";
                client.refuse(Error::new(Code::InvalidParameters, text), done.nothing())
            }
        })
    })
}

/// Deletes messages from the local history and from the own history in the service. The other side
/// keeps them.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_msg_array  an array of up to 30 Message of this conversation, 50 since generation 8 of
///   the interface
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 6017 too many, 20018 and
///   10034 not possible
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or "", or another conv_type;
///   TIM_ERR_JSON for a text that is not a JSON array or is an empty one
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgListDelete(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_msg_array: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let conv = arg::conversation(conv_id, conv_type)?;
        let messages = arg::messages(json_msg_array)?;
        Ok(move |client: &Client, done: Done| {
            client.delete_messages(conv, messages, done.nothing())
        })
    })
}

/// Loads the content of an element (image, sound, file, video) into a local file.
///
/// The one function whose callback comes several times: with desc "downloading" for progress, and
/// once more at the end. The file appears when it is whole; a download that was interrupted goes on
/// where it stopped when it is started again. A logout ends it.
///
/// @param json_download_elem_param  a DownloadElemParam object, filled from the element: its url, or
///   without one its id. While the service runs inside the library, the url is that of a file: on
///   this machine, which any program may load and none may change
/// @param path  the file to write, UTF-8; its directory exists, a file of this name is replaced
/// @param cb,user_data  callback; json_params is a MsgDownloadElemResult object. Codes: 6013, 6014,
///   6009 no such file, or neither url nor id, 6017 no such type, 6022 path cannot be written, 114003 ended by a logout,
///   115066 damaged
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMMsgDownloadElemToPath(
    json_download_elem_param: *const c_char,
    path: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let param = arg::object(json_download_elem_param)?;
        let path = arg::text("path", path)?;
        Ok(move |client: &Client, done: Done| {
            client.download(param, path, done.progress(c"downloading"), done.json(|_| c"OK"))
        })
    })
}
