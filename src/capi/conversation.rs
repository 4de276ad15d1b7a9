//! The list of conversations, their drafts and their events.

use std::ffi::{c_char, c_int, c_void};

use imsdk_types::callback::{RawConvType, TIMCommCallback, TIMConvEventCallback};

use crate::ffi::{self, Client, Done, Empty, Refusal, arg};

/// Registers the listener for conversations that appear, change or go, and, since generation 5 of the
/// interface, for start and end of the synchronisation after a login.
///
/// One slot: a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetConvEventCallback(
    cb: TIMConvEventCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.conv_event, cb, user_data)
}

/// Gets all conversations, those with the latest activity first.
///
/// @param cb,user_data  callback; json_params is an array of ConvInfo. Codes: 6013, 6014
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMConvGetConvList(
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::List, || {
        Ok(|client: &Client, done: Done| {
            client.conversation_list(
                done.json(|list| if list.is_empty() { c"no conversation" } else { c"" }),
            )
        })
    })
}

/// Deletes a conversation with all its messages, here and from the own history in the service. The
/// other side keeps its messages; the next message makes the conversation again.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param cb,user_data  callback; json_params is "". Codes: 6013, 6014
/// @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or "", or another conv_type
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMConvDelete(
    conv_id: *const c_char,
    conv_type: RawConvType,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::request(cb, user_data, Empty::Text, || {
        let conv = arg::conversation(conv_id, conv_type)?;
        Ok(move |client: &Client, done: Done| client.delete_conversation(conv, done.nothing()))
    })
}

/// Keeps the draft of a conversation, on this device only. The conversation listener tells when it
/// is kept; while nobody is logged in nothing happens.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @param json_draft_param  a Draft object; draft_edit_time 0 or missing is now
/// @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL or "", another conv_type, or a draft of
///   more than 1 MiB; TIM_ERR_JSON for a text that is NULL, "" or not a JSON object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMConvSetDraft(
    conv_id: *const c_char,
    conv_type: RawConvType,
    json_draft_param: *const c_char,
) -> c_int {
    ffi::set_draft(|| {
        let conv = arg::conversation(conv_id, conv_type)?;
        let draft = arg::object(json_draft_param).map_err(Refusal::into_json)?;
        Ok((Some(conv), Some(draft)))
    })
}

/// Removes the draft of a conversation.
///
/// @param conv_id  user id of the other side, or group id
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group
/// @return TIM_SUCC; TIM_ERR_PARAM for an id that is NULL
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMConvCancelDraft(
    conv_id: *const c_char,
    conv_type: RawConvType,
) -> c_int {
    ffi::set_draft(|| {
        arg::not_null("conv_id", conv_id)?;
        // The rest is not checked: the original does not either, and there is nothing to remove then.
        Ok((arg::conversation(conv_id, conv_type).ok(), None))
    })
}

/// Finds a conversation, or makes it on this device. It shows in the list once it has a message.
///
/// @param conv_id  user id of the other side, or group id; it is not checked
/// @param conv_type  kTIMConv_C2C or kTIMConv_Group; it is not checked. kTIMConv_System is the one
///   conversation of what the service says: it has no id, is never unread and never listed
/// @param cb,user_data  callback; json_params is the ConvInfo object, or "" where there can be no
///   such conversation. Codes: 6004 no such conversation. While nobody is logged in: 0 and ""
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMConvCreate(
    conv_id: *const c_char,
    conv_type: RawConvType,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::create_conversation(cb, user_data, arg::any_conversation(conv_id, conv_type).ok())
}
