//! Start and stop, configuration, login, and the events that concern the connection as a whole.

use std::ffi::{c_char, c_int, c_void};

use imsdk_types::callback::{
    TIMCommCallback, TIMKickedOfflineCallback, TIMLogCallback, TIMNetworkStatusListenerCallback,
    TIMUserSigExpiredCallback,
};

use crate::ffi::{self, arg};

/// A `TIMLoginStatus` as a number.
pub type RawLoginStatus = c_int;

/// Registers the listener for changes of the link to the service: connecting, connected, lost,
/// failed.
///
/// May be called in any state, best before TIMInit. One slot: a later call replaces the listener,
/// NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetNetworkStatusListenerCallback(
    cb: TIMNetworkStatusListenerCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.network_status, cb, user_data)
}

/// Registers the listener that learns that another device of the same user and platform took over.
///
/// From then on this process is logged out; the library does not log in again by itself. One slot:
/// a later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetKickedOfflineCallback(
    cb: TIMKickedOfflineCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.kicked_offline, cb, user_data)
}

/// Registers the listener that learns that the user signature ran out while the user was online.
///
/// From then on this process is logged out: make a new signature and call TIMLogin. One slot: a
/// later call replaces the listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetUserSigExpiredCallback(
    cb: TIMUserSigExpiredCallback,
    user_data: *const c_void,
) {
    ffi::set_listener(|listeners| &mut listeners.user_sig_expired, cb, user_data)
}

/// Registers the listener for log lines.
///
/// It gets the lines whose level is at least set_config_callback_log_level (TIMSetConfig). It does
/// not take them away from the file (sdk_config_log_file_path) and from standard output, where they
/// go as well unless set_config_is_log_output_console is false. One slot: a later call replaces the
/// listener, NULL removes it.
///
/// @param cb  the listener, or NULL
/// @param user_data  handed back to cb unchanged, never read
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetLogCallback(cb: TIMLogCallback, user_data: *const c_void) {
    ffi::set_listener(|listeners| &mut listeners.log, cb, user_data)
}

/// Starts the library. Returns at once; the work is done on the library's own threads.
///
/// A second TIMInit without TIMUninit between them returns TIM_SUCC and changes nothing.
///
/// On Windows it decides where callbacks come: on the caller's thread if that has a message loop
/// (see TIMCloud.h), otherwise, and on all other systems, on a thread of the library. The setting
/// `callbacks` forces either.
///
/// @param sdk_app_id  number of the application, not 0; applications see nothing of each other
/// @param json_sdk_config  an SdkConfig object with the directories for data and logs; both are
///   optional and are created with their parents; "{}" takes the platform's per-user directories
/// @return TIM_SUCC; TIM_ERR_PARAM for app id 0, for a text that is NULL or "", and for settings
///   (environment, imsdk.toml) that cannot be read, with the reason in the log or on stderr;
///   TIM_ERR_JSON for a text that is not a JSON object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMInit(sdk_app_id: u64, json_sdk_config: *const c_char) -> c_int {
    ffi::sdk::init(sdk_app_id, || arg::config(json_sdk_config))
}

/// Stops the library: ends the session and drops everything that is pending.
///
/// Once it has returned, no callback of an earlier call and no listener starts any more; it does
/// not wait for a callback that is running elsewhere, and may be called from inside one. Listeners
/// are forgotten. TIMInit works again afterwards, also with another application.
///
/// @return TIM_SUCC, in every state
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMUninit() -> c_int {
    ffi::sdk::uninit()
}

/// The version of this library.
///
/// @return text like "0.1.0", valid for ever, not to be freed
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGetSDKVersion() -> *const c_char {
    ffi::sdk::version()
}

/// The clock of the service.
///
/// @return Unix time in seconds; this machine's clock until the service has been heard of
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGetServerTime() -> u64 {
    ffi::sdk::server_time()
}

/// Changes settings, and reports them. Works in every state, also before TIMInit.
///
/// Keys that are given change, the others keep their value; keys that the library does not know are
/// kept and reported. A program whose terminal is its own sets set_config_is_log_output_console to
/// false before TIMInit: until then the log goes to standard output too.
///
/// @param json_config  a SetConfig object; NULL or "" changes nothing
/// @param cb,user_data  callback; json_params is the complete SetConfig object after the change
/// @return TIM_SUCC; TIM_ERR_JSON for a text that is not a JSON object
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMSetConfig(
    json_config: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::sdk::set_config(cb, user_data, || Ok(arg::bytes(json_config)))
}

/// Logs a user in. The first login of a user id creates the account.
///
/// Logging in as another user logs the present one out first; logging in again as the same user
/// succeeds and changes nothing. The library reconnects by itself and needs no further login for
/// that.
///
/// @param user_id  1 to 32 bytes of printable ASCII, case-sensitive
/// @param user_sig  the user's signature (UserSig); it is verified where the service has a secret
///   key
/// @param cb,user_data  callback; json_params is "". Codes: 6013 before TIMInit, 6208 once when
///   another device logged in while this one was away, 7003 for a user id that is not allowed, 70001
///   signature expired, 70002 none, 70003 and 70005 signature broken, 70009 wrong key, 70013
///   signature of another user, 70014 of another application, 70016 the server has no key for this
///   application, 70020 the server has no such application, 70051 blocked by the service's owner, 70107 no such account, 6019 the service or
///   the local store cannot be opened. A login while another one runs waits for it
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMLogin(
    user_id: *const c_char,
    user_sig: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::sdk::login(cb, user_data, || {
        Ok((arg::text("user_id", user_id)?, arg::text("user_sig", user_sig)?))
    })
}

/// Logs the user out. Nothing is delivered any more; what is stored on this machine stays.
///
/// @param cb,user_data  callback; json_params is "". Code 0 also when nobody was logged in; 6013
///   before TIMInit
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMLogout(cb: TIMCommCallback, user_data: *const c_void) -> c_int {
    ffi::sdk::logout(cb, user_data)
}

/// Writes the id of the user who is logged in.
///
/// @param user_id_buffer  at least 128 bytes; gets the id and a NUL, and is left alone while nobody
///   is logged in; may be NULL
/// @return TIM_SUCC
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGetLoginUserID(user_id_buffer: *mut c_char) -> c_int {
    ffi::sdk::login_user_id(user_id_buffer)
}

/// Whether a user is logged in. Cheap: it may be polled.
///
/// @return kTIMLoginStatus_UnLogined, also before TIMInit, or the step that a login or logout has
///   reached
#[unsafe(no_mangle)]
pub unsafe extern "C" fn TIMGetLoginStatus() -> RawLoginStatus {
    ffi::sdk::login_status()
}
