//! The experimental call.

use std::ffi::{c_char, c_int, c_void};

use imsdk_types::callback::TIMCommCallback;

use crate::ffi::{self, arg};

/// Does one of many operations; kTIMRequestInternalOperation names it.
///
/// The comments on the kTIMInternalOperation constants in TIMCloudDef.h say what each of them does
/// here. The operations that only set something (their names begin with set, enable, init, update
/// or write, but for kTIMInternalOperationSetOfflinePushState) work in every state.
///
/// kTIMInternalOperationSetCustomServerInfo points the program at an im-server: "wss://", then
/// server_address_ip and server_address_port of an address in longconnection_address_array that is
/// not for QUIC. Several are servers of one service: when one cannot be reached, or is lost, the next
/// is tried. The server's certificate is always verified, by the system's authorities
/// or those of the setting `ca_file`. For a server on this machine server_address_ip may begin with
/// "ws://", then there is no TLS. This server counts before the settings (IMSDK_SERVER, imsdk.toml),
/// until the process ends: from the next TIMInit on, or, after TIMInit, from the next login on while
/// nobody is logged in.
///
/// kTIMInternalOperationInitLocalStorage lets a program read conversations and messages of a user
/// before TIMLogin, also while the server is out of reach. Call it after TIMInit. Where the user
/// never logged in on this device, reads say 6014.
///
/// @param json_param  a RequestParam object
/// @param cb,user_data  callback; json_params is a ResponseInfo object, for
///   kTIMInternalOperationGetMessageRevoker an array of one for each message that was withdrawn and
///   is on this device. Codes: 6013 before TIMInit, 6014 when nobody is logged in (who withdrew a
///   message can be asked once the storage is open), 6017 for a conversation that cannot be or more
///   than 1000 message ids, 7013 for what there is not here, 6019 the local store fails
/// @return TIM_SUCC; TIM_ERR_PARAM for a text that is NULL or ""; TIM_ERR_JSON for a text that is
///   not a JSON object, for an unknown operation, for a setting that cannot be taken (no address or
///   port, no user id, no log level), and for what would not be done: encrypting databases or
///   messages, choosing a region for files
#[unsafe(no_mangle)]
pub unsafe extern "C" fn callExperimentalAPI(
    json_param: *const c_char,
    cb: TIMCommCallback,
    user_data: *const c_void,
) -> c_int {
    ffi::experimental::call(cb, user_data, || arg::object(json_param))
}
