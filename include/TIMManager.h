/**
 * @file TIMManager.h
 * The TIM C interface: start and stop, configuration, login, user profiles.
 *
 * Generated from src/capi/manager.rs and src/capi/profile.rs; edit there, then
 * UPDATE_HEADERS=1 cargo test --test header
 */
#ifndef IMSDK_TIMMANAGER_H
#define IMSDK_TIMMANAGER_H

#include "TIMCloudCallback.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Registers the listener for changes of the link to the service: connecting, connected, lost,
 * failed.
 *
 * May be called in any state, best before TIMInit. One slot: a later call replaces the listener,
 * NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetNetworkStatusListenerCallback(
    TIMNetworkStatusListenerCallback cb, const void *user_data);

/**
 * Registers the listener that learns that another device of the same user and platform took over.
 *
 * From then on this process is logged out; the library does not log in again by itself. One slot:
 * a later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetKickedOfflineCallback(TIMKickedOfflineCallback cb, const void *user_data);

/**
 * Registers the listener that learns that the user signature ran out while the user was online.
 *
 * From then on this process is logged out: make a new signature and call TIMLogin. One slot: a
 * later call replaces the listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetUserSigExpiredCallback(TIMUserSigExpiredCallback cb, const void *user_data);

/**
 * Registers the listener for log lines.
 *
 * It gets the lines whose level is at least set_config_callback_log_level (TIMSetConfig). It does
 * not take them away from the file (sdk_config_log_file_path) and from standard output, where they
 * go as well unless set_config_is_log_output_console is false. One slot: a later call replaces the
 * listener, NULL removes it.
 *
 * @param cb  the listener, or NULL
 * @param user_data  handed back to cb unchanged, never read
 */
TIM_API void TIMSetLogCallback(TIMLogCallback cb, const void *user_data);

/**
 * Starts the library. Returns at once; the work is done on the library's own threads.
 *
 * A second TIMInit without TIMUninit between them returns TIM_SUCC and changes nothing.
 *
 * On Windows it decides where callbacks come: on the caller's thread if that has a message loop
 * (see TIMCloud.h), otherwise, and on all other systems, on a thread of the library. The setting
 * `callbacks` forces either.
 *
 * @param sdk_app_id  number of the application, not 0; applications see nothing of each other
 * @param json_sdk_config  an SdkConfig object with the directories for data and logs; both are
 *   optional and are created with their parents; "{}" takes the platform's per-user directories
 * @return TIM_SUCC; TIM_ERR_PARAM for app id 0, for a text that is NULL or "", and for settings
 *   (environment, imsdk.toml) that cannot be read, with the reason in the log or on stderr;
 *   TIM_ERR_JSON for a text that is not a JSON object
 */
TIM_API int TIMInit(uint64_t sdk_app_id, const char *json_sdk_config);

/**
 * Stops the library: ends the session and drops everything that is pending.
 *
 * Once it has returned, no callback of an earlier call and no listener starts any more; it does
 * not wait for a callback that is running elsewhere, and may be called from inside one. Listeners
 * are forgotten. TIMInit works again afterwards, also with another application.
 *
 * @return TIM_SUCC, in every state
 */
TIM_API int TIMUninit(void);

/**
 * The version of this library.
 *
 * @return text like "0.1.0", valid for ever, not to be freed
 */
TIM_API const char *TIMGetSDKVersion(void);

/**
 * The clock of the service.
 *
 * @return Unix time in seconds; this machine's clock until the service has been heard of
 */
TIM_API uint64_t TIMGetServerTime(void);

/**
 * Changes settings, and reports them. Works in every state, also before TIMInit.
 *
 * Keys that are given change, the others keep their value; keys that the library does not know are
 * kept and reported. A program whose terminal is its own sets set_config_is_log_output_console to
 * false before TIMInit: until then the log goes to standard output too.
 *
 * @param json_config  a SetConfig object; NULL or "" changes nothing
 * @param cb,user_data  callback; json_params is the complete SetConfig object after the change
 * @return TIM_SUCC; TIM_ERR_JSON for a text that is not a JSON object
 */
TIM_API int TIMSetConfig(const char *json_config, TIMCommCallback cb, const void *user_data);

/**
 * Logs a user in. The first login of a user id creates the account.
 *
 * Logging in as another user logs the present one out first; logging in again as the same user
 * succeeds and changes nothing. The library reconnects by itself and needs no further login for
 * that.
 *
 * @param user_id  1 to 32 bytes of printable ASCII, case-sensitive
 * @param user_sig  the user's signature (UserSig); it is verified where the service has a secret
 *   key
 * @param cb,user_data  callback; json_params is "". Codes: 6013 before TIMInit, 6208 once when
 *   another device logged in while this one was away, 7003 for a user id that is not allowed, 70001
 *   signature expired, 70002 none, 70003 and 70005 signature broken, 70009 wrong key, 70013
 *   signature of another user, 70014 of another application, 70016 the server has no key for this
 *   application, 70020 the server has no such application, 70051 blocked by the service's owner, 70107 no such account, 6019 the service or
 *   the local store cannot be opened. A login while another one runs waits for it
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""
 */
TIM_API int TIMLogin(
    const char *user_id, const char *user_sig, TIMCommCallback cb, const void *user_data);

/**
 * Logs the user out. Nothing is delivered any more; what is stored on this machine stays.
 *
 * @param cb,user_data  callback; json_params is "". Code 0 also when nobody was logged in; 6013
 *   before TIMInit
 * @return TIM_SUCC
 */
TIM_API int TIMLogout(TIMCommCallback cb, const void *user_data);

/**
 * Writes the id of the user who is logged in.
 *
 * @param user_id_buffer  at least 128 bytes; gets the id and a NUL, and is left alone while nobody
 *   is logged in; may be NULL
 * @return TIM_SUCC
 */
TIM_API int TIMGetLoginUserID(char *user_id_buffer);

/**
 * Whether a user is logged in. Cheap: it may be polled.
 *
 * @return kTIMLoginStatus_UnLogined, also before TIMInit, or the step that a login or logout has
 *   reached
 */
TIM_API enum TIMLoginStatus TIMGetLoginStatus(void);

/**
 * Gets the profiles of users, the own one too.
 *
 * @param json_get_user_profile_list_param  a FriendShipGetProfileListParam object
 * @param cb,user_data  callback; json_params is an array of UserProfile in the order asked for,
 *   users that do not exist left out. Codes: 6013, 6014; 40002 for no user id, 40003 when none of
 *   the users exists
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
 *   not a JSON object
 */
TIM_API int TIMProfileGetUserProfileList(
    const char *json_get_user_profile_list_param, TIMCommCallback cb, const void *user_data);

/**
 * Changes the profile of the user who is logged in. Only the keys that are given change.
 *
 * The user's other devices and those who have the user as a friend get a system message with a
 * ProfileChangeElem; friends whose program is of generation 5 or later get
 * TIMSetUpdateFriendProfileCallback instead.
 *
 * @param json_modify_self_user_profile_param  a UserProfileItem object; one with none of its keys
 *   changes nothing, which is a success, and the log says so
 * @param cb,user_data  callback; json_params is "". Codes: 6013, 6014, 9001 bad custom key, 40009
 *   more than 20 custom fields, 40601 value too long, 40605 number or location that cannot be,
 *   60018 friends were told of more than 64 MiB of changes in this hour
 * @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL, "" or not a JSON object
 */
TIM_API int TIMProfileModifySelfUserProfile(
    const char *json_modify_self_user_profile_param, TIMCommCallback cb, const void *user_data);

#ifdef __cplusplus
}
#endif

#endif /* IMSDK_TIMMANAGER_H */
