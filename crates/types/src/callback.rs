//! The callback types of the C interface.
//!
//! All callbacks run on the library's one callback thread, one after the other; `TIMSetConfig` and `TIMLog` included.
//! Strings are UTF-8 with a NUL at the end, never NULL, owned by the library and valid only until the callback
//! returns. `user_data` is what the program registered. A callback may call any function of the library.

use std::ffi::{c_char, c_int, c_void};

/// A `TIMNetworkStatus` as a number.
pub type RawNetworkStatus = c_int;

/// A `TIMLogLevel` as a number.
pub type RawLogLevel = c_int;

/// A `TIMConvEvent` as a number.
pub type RawConvEvent = c_int;

/// A `TIMConvType` as a number.
pub type RawConvType = c_int;

/// The result of one call. `code` is 0 (`ERR_SUCC`) or a `TIMErrCode`, `desc` says in English what went wrong, and
/// `json_params` carries what the call's description names; after an error, its empty form, unless the description says otherwise.
///
/// It runs once for each call that returned `TIM_SUCC`, and not at all for others. Downloads report their progress
/// through it and finish with the call that carries the full size or an error.
pub type TIMCommCallback = Option<
    unsafe extern "C" fn(
        code: i32,
        desc: *const c_char,
        json_params: *const c_char,
        user_data: *const c_void,
    ),
>;

/// The connection to the service changed. `code` and `desc` say why after `kTIMConnectFailed`, else they are 0 and "".
pub type TIMNetworkStatusListenerCallback = Option<
    unsafe extern "C" fn(
        status: RawNetworkStatus,
        code: i32,
        desc: *const c_char,
        user_data: *const c_void,
    ),
>;

/// Another login of the same user on the same kind of device, or the service's owner, ended this session. Nothing is logged in
/// afterwards.
pub type TIMKickedOfflineCallback = Option<unsafe extern "C" fn(user_data: *const c_void)>;

/// The signature of the login expired. Log in again with a new one.
pub type TIMUserSigExpiredCallback = Option<unsafe extern "C" fn(user_data: *const c_void)>;

/// One line of the log, its line feed included. Lines below the callback log level of the configuration are left out.
pub type TIMLogCallback =
    Option<unsafe extern "C" fn(level: RawLogLevel, log: *const c_char, user_data: *const c_void)>;

/// New messages: a JSON array of `Message`, at least one; within a conversation the oldest first.
pub type TIMRecvNewMsgCallback =
    Option<unsafe extern "C" fn(json_msg_array: *const c_char, user_data: *const c_void)>;

/// Progress of an upload. `json_msg` is the `Message`, `index` the place of the element in `message_elem_array`, counted
/// from 0; `cur_size` of `total_size` bytes are sent.
pub type TIMMsgElemUploadProgressCallback = Option<
    unsafe extern "C" fn(
        json_msg: *const c_char,
        index: u32,
        cur_size: u32,
        total_size: u32,
        user_data: *const c_void,
    ),
>;

/// Peers have read messages: a JSON array of `MessageReceipt`.
pub type TIMMsgReadedReceiptCallback = Option<
    unsafe extern "C" fn(json_msg_read_receipt_array: *const c_char, user_data: *const c_void),
>;

/// Messages were withdrawn: a JSON array of `MsgLocator`.
pub type TIMMsgRevokeCallback = Option<
    unsafe extern "C" fn(json_msg_revoke_info_array: *const c_char, user_data: *const c_void),
>;

/// Messages changed after they were sent: a JSON array of `Message` in their new form.
pub type TIMMsgUpdateCallback =
    Option<unsafe extern "C" fn(json_msg_array: *const c_char, user_data: *const c_void)>;

/// Conversations were added, removed or changed: a JSON array of `ConvInfo`, and "" for kTIMConvEvent_Start and
/// kTIMConvEvent_Finish, which mark the begin and the end of the synchronisation of a login.
///
/// Start and Finish come since generation 5 of the interface only (TIMCloud.h, Generations): a program that waits for
/// Finish sets the generation.
pub type TIMConvEventCallback = Option<
    unsafe extern "C" fn(
        conv_event: RawConvEvent,
        json_conv_array: *const c_char,
        user_data: *const c_void,
    ),
>;

/// A notice to the members of a group: one JSON object, a `GroupTipsElem`; in generation 4 of the interface, as which
/// every program begins, a JSON array with that one object (TIMCloud.h, Generations).
pub type TIMGroupTipsEventCallback =
    Option<unsafe extern "C" fn(json_group_tip: *const c_char, user_data: *const c_void)>;

/// Friends were added, here or on another device: a JSON array of user ids.
pub type TIMOnAddFriendCallback =
    Option<unsafe extern "C" fn(json_identifier_array: *const c_char, user_data: *const c_void)>;

/// Friends were removed: a JSON array of user ids.
pub type TIMOnDeleteFriendCallback =
    Option<unsafe extern "C" fn(json_identifier_array: *const c_char, user_data: *const c_void)>;

/// What is stored about friends, or their own profiles, changed: a JSON array of `FriendProfileUpdate`.
pub type TIMUpdateFriendProfileCallback = Option<
    unsafe extern "C" fn(json_friend_profile_update_array: *const c_char, user_data: *const c_void),
>;

/// Others asked to become friends: a JSON array of `FriendAddPendency`.
pub type TIMFriendAddRequestCallback = Option<
    unsafe extern "C" fn(
        json_friend_add_request_pendency_array: *const c_char,
        user_data: *const c_void,
    ),
>;
