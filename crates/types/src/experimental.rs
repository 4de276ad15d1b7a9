//! The experimental call: one function, many operations.

use serde_json::Value;

use crate::field::NumberOrText;
use crate::meta::ConstantMeta;
use crate::object::object;

/// Makes the operations, and the constants that name them.
macro_rules! operations {
    ($($(#[doc = $doc:literal])+ $name:ident = $value:literal, $c_name:ident;)+) => {
        /// What `callExperimentalAPI` is asked for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Operation {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Operation {
            /// The one that a program names so.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($value => Some(Self::$name),)+
                    _ => None,
                }
            }

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $value,)+
                }
            }
        }

        /// The names of all operations.
        pub static OPERATIONS: &[ConstantMeta] = &[$(
            ConstantMeta {
                c_names: &[stringify!($c_name)],
                value: $value,
                header: "TIMExperimentalAPI.h",
                doc: concat!("In request_internal_operation:", $($doc),+),
            },
        )+];
    };
}

operations! {
    /// sends a packet of the original's own protocol. 7013: the service speaks another.
    SsoData = "internal_operation_sso_data", kTIMInternalOperationSSOData;
    /// asks for the numbers of users. 7013: users have none.
    UserIdToTinyId = "internal_operation_userid_tinyid", kTIMInternalOperationUserId2TinyId;
    /// asks for the users of numbers. 7013: users have none.
    TinyIdToUserId = "internal_operation_tinyid_userid", kTIMInternalOperationTinyId2UserId;
    /// chooses between the original's test and production servers. Nothing to do: the server is the program's choice.
    SetEnv = "internal_operation_set_env", kTIMInternalOperationSetEnv;
    /// prefers addresses of version 6. Nothing to do: addresses are tried in the order that the system gives.
    SetIpv6Prior = "internal_operation_set_ipv6_prior", kTIMInternalOperationSetIPv6Prior;
    /// limits how often a request is tried. Nothing to do: it is tried as long as it waits.
    SetMaxRetryCount = "internal_operation_set_max_retry_count", kTIMInternalOperationSetMaxRetryCount;
    /// limits how long a request waits. Nothing to do: it waits for 15 seconds, a login for 30.
    SetPacketRequestTimeout = "internal_operation_set_packet_request_timeout", kTIMInternalOperationSetPacketRequestTimeout;
    /// names the server, see CustomServerInfo.
    SetCustomServerInfo = "internal_operation_set_custom_server_info", kTIMInternalOperationSetCustomServerInfo;
    /// allows QUIC. Nothing to do: servers are reached by WebSocket.
    EnableQuicChannel = "internal_operation_enable_quic_channel", kTIMInternalOperationEnableQuicChannel;
    /// encrypts by functions of the program. Refused (-3): connections have TLS, and nothing else.
    SetSm4GcmCallback = "internal_operation_set_sm4_gcm_callback", kTIMInternalOperationSetSM4GCMCallback;
    /// makes what this device has of a user readable without a login.
    InitLocalStorage = "internal_operation_init_local_storage", kTIMInternalOperationInitLocalStorage;
    /// chooses the region where files are kept. Refused (-3): the server keeps them in one place.
    SetCosSaveRegion = "internal_operation_set_cos_save_region_for_conversation", kTIMInternalOperationSetCosSaveRegionForConversation;
    /// names the program's user interface, for the original's statistics. Nothing to do.
    SetUiPlatform = "internal_operation_set_ui_platform", kTIMInternalOperationSetUIPlatform;
    /// encrypts local databases. Refused (-3), but for type 0 (none): they are not encrypted.
    SetDatabaseEncryptInfo = "internal_operation_set_database_encrypt_info", kTIMInternalOperationSetDatabaseEncryptInfo;
    /// asks what the plan includes. 7013: there are no plans.
    IsCommercialAbilityEnabled = "internal_operation_is_commercial_ability_enabled", kTIMInternalOperationIsCommercialAbilityEnabled;
    /// switches offline pushes. 7013: nothing is pushed.
    SetOfflinePushState = "internal_operation_set_offline_push_state", kTIMInternalOperationSetOfflinePushState;
    /// asks whether offline pushes are on. 7013: nothing is pushed.
    GetOfflinePushState = "internal_operation_get_offline_push_state", kTIMInternalOperationGetOfflinePushState;
    /// asks who withdrew messages.
    GetMessageRevoker = "internal_operation_get_message_revoker", kTIMInternalOperationGetMessageRevoker;
    /// writes a line into the library's log.
    WriteLog = "internal_operation_write_log", kTIMInternalOperationWriteLog;
    /// removes messages from this device.
    ClearLocalHistoryMessage = "internal_operation_clear_local_history_message", kTIMInternalOperationClearLocalHistoryMessage;
    /// looks for the proxies again. Nothing to do: those of TIMSetConfig count from the next connection on.
    UpdateProxyInfo = "internal_operation_update_proxy_info", kTIMInternalOperationUpdateProxyInfo;
    /// counts uses of components, for the original's statistics. Nothing to do.
    ReportTuiComponentUsage = "internal_operation_report_tuicomponent_usage", kTIMInternalOperationReportTUIComponentUsage;
    /// sends data of a call. 7013: there are no calls.
    SendTrtcCustomData = "internal_operation_send_trtc_custom_data", kTIMInternalOperationSendTRTCCustomData;
    /// sends data of a room. 7013: there are no rooms.
    SendRoomCustomData = "internal_operation_send_room_custom_data", kTIMInternalOperationSendRoomCustomData;
    /// names the program, for the original's statistics. Nothing to do.
    SetApplicationId = "internal_operation_set_application_id", kTIMInternalOperationSetApplicationID;
    /// asks for a setting of the original's servers. 7013: ours has none of them.
    GetServerConfig = "internal_operation_get_server_config", kTIMInternalOperationGetServerConfig;
    /// a login of the user who is logged in changes nothing. It always is so.
    SetIgnoreRepeatLogin = "internal_operation_set_ignore_repeat_login", kTIMInternalOperationSetIgnoreRepeatLogin;
    /// asks for messages of a live group without being a member. 7013.
    StartMessageLongPolling = "internal_operation_start_message_long_polling", kTIMInternalOperationStartMessageLongPolling;
    /// ends that. 7013.
    StopMessageLongPolling = "internal_operation_stop_message_long_polling", kTIMInternalOperationStopMessageLongPolling;
    /// looks for messages in a merged one. 7013.
    FindMergerMessages = "internal_operation_find_merger_messages", kTIMInternalOperationFindMergerMessages;
    /// asks for the members of a group in short. 7013: TIMGroupGetMemberInfoList has them.
    GetBriefGroupMemberList = "internal_operation_get_brief_group_member_list", kTIMInternalOperationGetBriefGroupMemberList;
}

object! {
    /// What `callExperimentalAPI` gets: an operation, and what belongs to it.
    pub struct RequestParam in "TIMExperimentalAPI.h" {
        /// What to do: a `kTIMInternalOperation…`.
        operation: String = "request_internal_operation" kTIMRequestInternalOperation;
        /// The packet. Not carried out.
        sso_data: Option<SSODataParam> = "request_sso_data_param" kTIMRequestSSODataParam;
        /// User ids. Not carried out.
        userid_tinyid: Vec<String> = "request_userid_tinyid_param" kTIMRequestUserId2TinyIdParam;
        /// Numbers of users. Not carried out.
        tinyid_userid: Vec<u64> = "request_tinyid_userid_param" kTIMRequestTinyId2UserIdParam;
        /// The test environment, not the production environment. Taken, and not used.
        set_env: bool = "request_set_env_param" kTIMRequestSetEnvParam;
        /// Version 6 first. Taken, and not used.
        ipv6_prior: bool = "request_set_ipv6_prior_param" kTIMRequestSetIPv6PriorParam;
        /// How often. Taken, and not used.
        max_retry_count: u32 = "request_set_max_retry_count_param" kTIMRequestSetMaxRetryCountParam;
        /// How long. Taken, and not used.
        packet_request_timeout: i64 = "request_set_packet_request_timeout_param" kTIMRequestSetPacketRequestTimeoutParam;
        /// The server.
        custom_server_info: Option<CustomServerInfo> = "request_set_custom_server_info_param" kTIMRequestSetCustomServerInfoParam;
        /// QUIC is wanted. Taken, and not used.
        enable_quic_channel: bool = "request_enable_quic_channel_param" kTIMRequestEnableQuicChannelParam;
        /// The functions. Not carried out.
        sm4_gcm_callback: Option<SM4GCMCallbackParam> = "request_set_sm4_gcm_callback_param" kTIMRequestSetSM4GCMCallbackParam;
        /// The user whose storage is opened.
        init_local_storage_user_id: String = "request_init_local_storage_user_id_param" kTIMRequestInitLocalStorageParam;
        /// Conversation and region. Not carried out.
        cos_save_region: Option<CosSaveRegionForConversationParam> = "request_set_cos_save_region_for_conversation_param" kTIMRequestSetCosSaveRegionForConversationParam;
        /// Number of the user interface; may also be a text. Taken, and not used.
        ui_platform: NumberOrText = "request_set_ui_platform_param" kTIMRequestSetUIPlatformParam;
        /// How databases are encrypted.
        database_encrypt_info: Option<DatabaseEncryptInfo> = "request_set_database_encrypt_info_param" kTIMRequestSetDatabaseEncryptInfoParam;
        /// Abilities of a plan, one bit each. Not carried out.
        commercial_ability: u64 = "request_is_commercial_ability_enabled_param" kTIMRequestIsCommercialAbilityEnabledParam;
        /// 0 leave, 1 on, 2 off. Not carried out.
        offline_push_state: u32 = "request_set_offline_push_state_param" kTIMRequestSetOfflinePushStateParam;
        /// Ids of the messages that were withdrawn.
        message_revoker_message_ids: Vec<String> = "request_message_revoker_message_id_array" kTIMRequestMessageRevokerMessageIdArray;
        /// Level of the line, a `TIMLogLevel` but `kTIMLog_Off`.
        write_log_level: i32 = "request_write_log_log_level_param" kTIMRequestWriteLogLogLevelParam;
        /// What the line says.
        write_log_content: String = "request_write_log_log_content_param" kTIMRequestWriteLogLogContentParam;
        /// The source file that says it.
        write_log_file_name: String = "request_write_log_file_name_param" kTIMRequestWriteLogFileNameParam;
        /// The function that says it.
        write_log_func_name: String = "request_write_log_func_name_param" kTIMRequestWriteLogFuncNameParam;
        /// The line in the source file.
        write_log_line_number: i32 = "request_write_log_line_number_param" kTIMRequestWriteLogLineNumberParam;
        /// Which conversations: `c2c_` and a user id, `group_` and a group id, `c2c` or `group` for all of these, empty for
        /// all there are.
        clear_conversation_id: String = "request_clear_local_history_message_conversation_id_param" kTIMRequestClearLocalHistoryMessageConversationIDParam;
        /// From this Unix second on.
        clear_begin_timestamp: u64 = "request_clear_local_history_message_begin_timestamp_param" kTIMRequestClearLocalHistoryMessageBeginTimestampParam;
        /// Up to this Unix second, with it; 0: without an end.
        clear_end_timestamp: u64 = "request_clear_local_history_message_end_timestamp_param" kTIMRequestClearLocalHistoryMessageEndTimestampParam;
        /// The component. Taken, and not used.
        tui_component_type: Value = "report_tuicomponent_usage_uicomponent_type_param" kTIMRequestReportTUIComponentUsageUIComponentTypeParam;
        /// Its style. Taken, and not used.
        tui_style_type: Value = "report_tuicomponent_usage_uistyle_type_param" kTIMRequestReportTUIComponentUsageUIStyleTypeParam;
        /// The data. Not carried out.
        trtc_custom_data: String = "request_send_trtc_custom_data_param" kTIMRequestSendTRTCCustomDataParam;
        /// The command. Not carried out.
        room_custom_data_command: String = "request_send_room_custom_data_service_command_param" kTIMRequestSendRoomCustomDataServiceCommandParam;
        /// The data. Not carried out.
        room_custom_data_content: String = "request_send_room_custom_data_request_content_param" kTIMRequestSendRoomCustomDataRequestContentParam;
        /// Number of the program. Taken, and not used.
        application_id: u32 = "request_set_application_id_param" kTIMRequestSetApplicationIDParam;
        /// Name of the setting. Not carried out.
        server_config_key: String = "request_get_server_config_key_param" kTIMRequestGetServerConfigKeyParam;
        /// Type of the setting. Not carried out.
        server_config_value_type: String = "request_get_server_config_value_type_param" kTIMRequestGetServerConfigValueTypeParam;
        /// Such logins are ignored. Taken, and not used.
        ignore_repeat_login: bool = "request_set_ignore_repeat_login_param" kTIMRequestSetIgnoreRepeatLoginParam;
        /// The group. Not carried out.
        long_polling_start_id: String = "request_start_message_long_polling_id_param" kTIMRequestStartMessageLongPollingIDParam;
        /// What lets the program in. Not carried out.
        long_polling_start_key: String = "request_start_message_long_polling_key_param" kTIMRequestStartMessageLongPollingKeyParam;
        /// Where to begin. Not carried out.
        long_polling_start_sequence: String = "request_start_message_long_polling_sequence_param" kTIMRequestStartMessageLongPollingSequenceParam;
        /// The group. Not carried out.
        long_polling_stop_id: String = "request_stop_message_long_polling_id_param" kTIMRequestStopMessageLongPollingIDParam;
        /// The message to look in. Not carried out.
        merger_message_id: String = "request_find_merger_messages_message_id_param" kTIMRequestFindMergerMessagesMessageIDParam;
        /// The messages to look for. Not carried out.
        merger_message_ids: Vec<String> = "request_find_merger_messages_merger_message_id_list_param" kTIMRequestFindMergerMessagesMergerMessageIDListParam;
        /// The group. Not carried out.
        brief_members_group_id: String = "request_get_brief_group_member_list_group_id_param" kTIMRequestGetBriefGroupMemberListGroupIDParam;
    }
}

object! {
    /// What the callback of `callExperimentalAPI` gets.
    pub struct ResponseInfo in "TIMExperimentalAPI.h" {
        /// What was done.
        operation: String = "response_internal_operation" kTIMResponseInternalOperation;
        /// The answer to a packet. Never given.
        sso_data: Option<SSODataRes> = "response_sso_data_res" kTIMResponseSSODataRes;
        /// Users and their numbers. Never given.
        userid_tinyid: Option<Vec<UserInfo>> = "response_userid_tinyid_res" kTIMResponseUserId2TinyIdRes;
        /// Users and their numbers. Never given.
        tinyid_userid: Option<Vec<UserInfo>> = "response_tinyid_userid_res" kTIMResponseTinyId2UserIdRes;
        /// The environment. Never given.
        set_env: Option<bool> = "response_set_env_res" kTIMResponseSetEvnRes;
        /// Whether offline pushes are on. Never given.
        offline_push_state: Option<u32> = "response_get_offline_push_state_res" kTIMResponseGetOfflinePushStateRes;
        /// A message that was withdrawn.
        message_id: Option<String> = "response_message_id" kTIMResponseMessageId;
        /// Who withdrew it.
        message_revoker: Option<String> = "response_message_revoker" kTIMResponseMessageRevoker;
    }
}

object! {
    /// A server of one's own, in place of the service that the settings name.
    pub struct CustomServerInfo in "TIMExperimentalAPI.h" {
        /// Servers of one service, to be tried in turn; those for QUIC do not count.
        longconnection_addresses: Vec<ServerAddress> = "longconnection_address_array" kTIMCustomServerInfoLongConnectionAddressArray;
        /// Addresses for short connections. Taken, and not used: everything goes to the same address.
        shortconnection_addresses: Vec<ServerAddress> = "shortconnection_address_array" kTIMCustomServerInfoShortConnectionAddressArray;
        /// A public key of the original's servers. Taken, and not used: a server is known by its certificate, which is always
        /// verified.
        server_public_key: String = "server_public_key" kTIMCustomServerInfoServerPublicKey;
    }
}

object! {
    /// Where a server is. It is reached by WebSocket over TLS (`wss://`).
    pub struct ServerAddress in "TIMExperimentalAPI.h" {
        /// Name or number. With `ws://` in front of it there is no TLS: for servers on this machine alone. `wss://` may stand
        /// there too.
        ip: String = "server_address_ip" kTIMServerAddressIp;
        /// Port, 1 to 65535.
        port: i32 = "server_address_port" kTIMServerAddressPort;
        /// The number is one of version 6. Not used: it is seen.
        is_ipv6: bool = "server_address_is_ipv6" kTIMServerAddressIsIPv6;
        /// The address is for QUIC: it is passed over.
        is_quic: bool = "server_address_is_quic" kTIMServerAddressIsQuic;
    }
}

object! {
    /// A packet of the original's own protocol. Not carried out.
    pub struct SSODataParam in "TIMExperimentalAPI.h" {
        /// Command.
        cmd: String = "sso_data_param_cmd" kTIMSSODataParamCmd;
        /// Contents in base64.
        body: String = "sso_data_param_body" kTIMSSODataParamBody;
        /// How many seconds to wait.
        timeout: u64 = "sso_data_param_timeout" kTIMSSODataParamTimeout;
    }
}

object! {
    /// The answer to a packet of the original's own protocol. Never given.
    pub struct SSODataRes in "TIMExperimentalAPI.h" {
        /// Command.
        cmd: String = "sso_data_res_cmd" kTIMSSODataResCmd;
        /// Contents in base64.
        body: String = "sso_data_res_body" kTIMSSODataResBody;
    }
}

object! {
    /// A user and the number that the original's servers have for it. Never given.
    pub struct UserInfo in "TIMExperimentalAPI.h" {
        /// User id.
        user_id: String = "user_info_userid" kTIMUserInfoUserId;
        /// Number.
        tiny_id: u64 = "user_info_tinyid" kTIMUserInfoTinyId;
    }
}

object! {
    /// Whether QUIC is wanted. No operation takes it.
    pub struct QuicChannelInfo in "TIMExperimentalAPI.h" {
        /// It is.
        enable_quic: bool = "quic_channel_info_enable_quic" kTIMQuicChannelInfoEnableQuic;
    }
}

object! {
    /// Functions that encrypt and decrypt. Not carried out.
    pub struct SM4GCMCallbackParam in "TIMExperimentalAPI.h" {
        /// Address of the one that encrypts.
        encrypt: u64 = "sm4_gcm_callback_param_encrypt" kTIMSM4GCMCallbackParamEncrypt;
        /// Address of the one that decrypts.
        decrypt: u64 = "sm4_gcm_callback_param_decrypt" kTIMSM4GCMCallbackParamDecrypt;
    }
}

object! {
    /// Where the files of a conversation are kept. Not carried out.
    pub struct CosSaveRegionForConversationParam in "TIMExperimentalAPI.h" {
        /// The conversation.
        conversation_id: String = "cos_save_region_for_conversation_param_conversation_id" kTIMCosSaveRegionForConversationParamConversationID;
        /// The region.
        cos_save_region: String = "cos_save_region_for_conversation_param_cos_save_region" kTIMCosSaveRegionForConversationParamCosSaveRegion;
    }
}

object! {
    /// How local databases are encrypted: they are not.
    pub struct DatabaseEncryptInfo in "TIMExperimentalAPI.h" {
        /// 0: not at all. Others (1 XOR, 2 TEA, 3 SM4, 4 AES) are refused.
        encrypt_type: Option<i32> = "database_encrypt_info_encrypt_type" kTIMDatabaseEncryptInfoEncryptType;
        /// The key. Not used.
        encrypt_key: String = "database_encrypt_info_encrypt_key" kTIMDatabaseEncryptInfoEncryptKey;
    }
}

object! {
    /// Whether the plan includes an ability. Never given.
    pub struct CommercialAbilityResult in "TIMExperimentalAPI.h" {
        /// It does.
        enabled: bool = "commercial_ability_result_enabled" kTIMCommercialAbilityResultEnabled;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_have_the_names_of_the_header() {
        for constant in OPERATIONS {
            let named = Operation::named(constant.value).map(Operation::name);
            assert_eq!(named, Some(constant.value));
        }
        assert_eq!(Operation::named("internal_operation_"), None);
        assert_eq!(Operation::named(""), None);
    }
}
