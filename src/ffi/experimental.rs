//! The experimental call: which operations there are here, and which of them need a client.

use std::ffi::{c_int, c_void};

use imsdk_client::Client;
use imsdk_client::config::ServerAddresses;
use imsdk_client::log;
use imsdk_types::{Code, LogLevel, Operation, RequestParam, ResponseInfo, TIMCommCallback, limits};

use super::call::{Done, Empty, guard};
use super::{Refusal, sdk};

/// The C function.
const NAME: &str = "callExperimentalAPI";

/// The generation that has it first.
const GENERATION: u8 = 5;

/// callExperimentalAPI.
pub fn call(
    callback: TIMCommCallback,
    user_data: *const c_void,
    parse: impl FnOnce() -> Result<RequestParam, Refusal>,
) -> c_int {
    sdk::knows_generation(GENERATION);
    guard(NAME, || {
        let param = parse()?;
        let operation = Operation::named(&param.operation)
            .ok_or_else(|| Refusal::Json("request_internal_operation names no operation".into()))?;
        let is_done = set(operation, &param)?;
        let done = Done::of(callback, user_data, Empty::Text);
        match is_done {
            true => done.json(|_| c"")(Ok(response(operation))),
            false => done.with_client(|client, done| ask(operation, param, client, done)),
        }
        Ok(())
    })
}

fn response(operation: Operation) -> ResponseInfo {
    ResponseInfo { operation: operation.name().to_owned(), ..ResponseInfo::default() }
}

/// Does what only sets something, in every state. False: the operation is not one of those.
fn set(operation: Operation, param: &RequestParam) -> Result<bool, Refusal> {
    let refused = |why: &'static str| Err(Refusal::Json(why.into()));
    match operation {
        Operation::SetCustomServerInfo => {
            let info = param.custom_server_info.as_ref();
            let info = info.ok_or_else(|| {
                Refusal::Json("request_set_custom_server_info_param is missing".into())
            })?;
            let server = ServerAddresses::of_custom(info);
            sdk::use_server(server.map_err(|reason| Refusal::Json(reason.into()))?);
        }
        Operation::InitLocalStorage => {
            let user = &param.init_local_storage_user_id;
            if !limits::is_user_id(user) {
                return refused("request_init_local_storage_user_id_param is no user id");
            }
            if let Some(client) = sdk::client() {
                client.open_storage(user.clone());
            }
        }
        Operation::WriteLog => {
            let level = param.write_log_level;
            let level = u8::try_from(level)
                .ok()
                .filter(|_| LogLevel::try_from(level).is_ok_and(|level| level != LogLevel::Off));
            let Some(level) = level else {
                return refused("request_write_log_log_level_param is no level of a line");
            };
            let line = u32::try_from(param.write_log_line_number).unwrap_or_default();
            let source = (param.write_log_file_name.as_str(), line);
            log::line(level, source, &param.write_log_func_name, &param.write_log_content);
        }
        Operation::SetDatabaseEncryptInfo => {
            let kind = param.database_encrypt_info.as_ref().and_then(|info| info.encrypt_type);
            if kind != Some(0) {
                return refused("local databases are not encrypted");
            }
        }
        Operation::SetSm4GcmCallback => {
            return refused("nothing is encrypted by functions of the program");
        }
        Operation::SetCosSaveRegion => return refused("there are no regions for files"),
        Operation::SetEnv
        | Operation::SetIpv6Prior
        | Operation::SetMaxRetryCount
        | Operation::SetPacketRequestTimeout
        | Operation::EnableQuicChannel
        | Operation::SetUiPlatform
        | Operation::UpdateProxyInfo
        | Operation::SetApplicationId
        | Operation::SetIgnoreRepeatLogin => {}
        _ => return Ok(false),
    }
    Ok(true)
}

/// Does what asks for something.
fn ask(operation: Operation, param: RequestParam, client: &Client, done: Done) {
    match operation {
        Operation::GetMessageRevoker => {
            let reply = done.json(|_| c"");
            let told = move |(id, revoker)| ResponseInfo {
                message_id: Some(id),
                message_revoker: Some(revoker),
                ..response(operation)
            };
            client.revokers(
                param.message_revoker_message_ids,
                Box::new(move |answer: Result<Vec<_>, _>| {
                    reply(answer.map(|all| all.into_iter().map(told).collect::<Vec<_>>()));
                }),
            );
        }
        Operation::ClearLocalHistoryMessage => {
            let reply = done.json(|_| c"");
            client.clear_history(
                &param.clear_conversation_id,
                param.clear_begin_timestamp,
                param.clear_end_timestamp,
                Box::new(move |answer| reply(answer.map(|()| response(operation)))),
            );
        }
        Operation::ReportTuiComponentUsage => done.json(|_| c"")(Ok(response(operation))),
        _ => client.refuse(Code::SdkInterfaceNotSupport, done.nothing()),
    }
}
