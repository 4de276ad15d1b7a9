//! The SDK as a whole: how it starts, is configured and reports its state.

use serde::Deserializer;
use serde::de::Error;

use crate::enums::enums;
use crate::json::{self, JsonError};
use crate::object::{Fill, object};

object! {
    /// SdkConfig.
    pub struct SdkConfig in "TIMManager.h" {
        /// Directory for SDK data; default "/"; UTF-8.
        config_file_path: String = "sdk_config_config_file_path" kTIMSdkConfigConfigFilePath;
        /// Directory for logs; default "/"; UTF-8.
        log_file_path: String = "sdk_config_log_file_path" kTIMSdkConfigLogFilePath;
        /// Sdk_config_main_thread_id.
        main_thread_id: i64 = "sdk_config_main_thread_id" kTIMSdkConfigMainThreadID;
        /// JVM pointer, Android only.
        java_vm: u64 = "sdk_config_java_vm" kTIMSdkConfigJavaVM;
    }
}

object! {
    /// SetConfig.
    pub struct SetConfig in "TIMManager.h" + extra {
        /// Set_config_log_level.
        log_level: u32 = "set_config_log_level" kTIMSetConfigLogLevel, DEFAULT_LOG_LEVEL;
        /// Set_config_callback_log_level.
        callback_log_level: u32 = "set_config_callback_log_level" kTIMSetConfigCallbackLogLevel kTIMSetConfigCackBackLogLevel, DEFAULT_LOG_LEVEL;
        /// Default true.
        is_log_output_console: bool = "set_config_is_log_output_console" kTIMSetConfigIsLogOutputConsole, true;
        /// Set_config_user_config.
        user_config: UserConfig = "set_config_user_config" kTIMSetConfigUserConfig;
        /// Max 64 bytes; set before TIMInit.
        user_define_data: String = "set_config_user_define_data" kTIMSetConfigUserDefineData;
        /// Empty ip with port 0 clears it; media transfer only.
        http_proxy_info: HttpProxyInfo = "set_config_http_proxy_info" kTIMSetConfigHttpProxyInfo;
        /// Set before TIMInit.
        socks5_proxy_info: Socks5ProxyInfo = "set_config_socks5_proxy_info" kTIMSetConfigSocks5ProxyInfo;
        /// Set before TIMInit.
        pac_proxy_info: PACProxyInfo = "set_config_pac_proxy_info" kTIMSetConfigPACProxyInfo;
        /// Set_config_is_only_local_dns_source.
        is_only_local_dns_source: bool = "set_config_is_only_local_dns_source" kTIMSetConfigIsOnlyLocalDNSSource;
        /// Seed only; pre-dates the http/socks5 split.
        proxy_info: ProxyInfo = "set_config_proxy_info";
    }
}

object! {
    /// UserConfig.
    pub struct UserConfig in "TIMManager.h" {
        /// Doubled "is" is part of the key; default false.
        is_disable_storage: bool = "user_config_is_is_disable_storage" kTIMUserConfigIsDisableStorage;
        /// User_config_is_read_receipt.
        is_read_receipt: bool = "user_config_is_read_receipt" kTIMUserConfigIsReadReceipt;
        /// True: group tips do not add to unread.
        is_ignore_grouptips_unread: bool = "user_config_is_ignore_grouptips_unread" kTIMUserConfigIsIgnoreGroupTipsUnRead
            | "user_config_is_ingore_grouptips_unread" kTIMUserConfigIsIngoreGroupTipsUnRead;
        /// User_config_is_sync_report.
        is_sync_report: bool = "user_config_is_sync_report" kTIMUserConfigIsSyncReport;
        /// User_config_group_getinfo_option.
        group_getinfo_option: GroupGetInfoOption = "user_config_group_getinfo_option" kTIMUserConfigGroupGetInfoOption;
        /// User_config_group_member_getinfo_option.
        group_member_getinfo_option: GroupMemberGetInfoOption = "user_config_group_member_getinfo_option" kTIMUserConfigGroupMemberGetInfoOption;
    }
}

object! {
    /// GroupGetInfoOption.
    pub struct GroupGetInfoOption in "TIMManager.h" {
        /// Default 0xffffffff (everything).
        info_flag: u64 = "group_get_info_option_info_flag" kTIMGroupGetInfoOptionInfoFlag
            | "get_info_option_info_flag", ALL_FLAGS;
        /// Group_get_info_option_custom_array.
        custom_array: Vec<String> = "group_get_info_option_custom_array" kTIMGroupGetInfoOptionCustomArray
            | "get_info_option_custom_array";
        /// Get_info_option_role_flag.
        role_flag: u64 = "get_info_option_role_flag";
    }
}

object! {
    /// GroupMemberGetInfoOption.
    pub struct GroupMemberGetInfoOption in "TIMGroupManager.h" {
        /// Default 0 (all roles); values >=1000 select member marks.
        role_flag: u64 = "group_member_get_info_option_role_flag" kTIMGroupMemberGetInfoOptionRoleFlag
            | "get_info_option_role_flag";
        /// Default 0xffffffff (everything).
        info_flag: u64 = "group_member_get_info_option_info_flag" kTIMGroupMemberGetInfoOptionInfoFlag
            | "get_info_option_info_flag", ALL_FLAGS;
        /// Group_member_get_info_option_custom_array.
        custom_array: Vec<String> = "group_member_get_info_option_custom_array" kTIMGroupMemberGetInfoOptionCustomArray
            | "get_info_option_custom_array";
    }
}

object! {
    /// HttpProxyInfo.
    pub struct HttpProxyInfo in "TIMManager.h" {
        /// Http_proxy_info_ip.
        ip: String = "http_proxy_info_ip" kTIMHttpProxyInfoIp;
        /// Http_proxy_info_port.
        port: i32 = "http_proxy_info_port" kTIMHttpProxyInfoPort;
        /// Http_proxy_info_username.
        username: String = "http_proxy_info_username" kTIMHttpProxyInfoUserName;
        /// Http_proxy_info_password.
        password: String = "http_proxy_info_password" kTIMHttpProxyInfoPassword;
    }
}

object! {
    /// Socks5ProxyInfo.
    pub struct Socks5ProxyInfo in "TIMManager.h" {
        /// Socks5_proxy_info_ip.
        ip: String = "socks5_proxy_info_ip" kTIMSocks5ProxyInfoIp;
        /// Socks5_proxy_info_port.
        port: i32 = "socks5_proxy_info_port" kTIMSocks5ProxyInfoPort;
        /// Socks5_proxy_info_username.
        username: String = "socks5_proxy_info_username" kTIMSocks5ProxyInfoUserName;
        /// Socks5_proxy_info_password.
        password: String = "socks5_proxy_info_password" kTIMSocks5ProxyInfoPassword;
    }
}

object! {
    /// PACProxyInfo.
    pub struct PACProxyInfo in "TIMManager.h" {
        /// Pac_proxy_info_username.
        username: String = "pac_proxy_info_username" kTIMPACProxyInfoUserName;
        /// Pac_proxy_info_password.
        password: String = "pac_proxy_info_password" kTIMPACProxyInfoPassword;
    }
}

object! {
    /// ProxyInfo.
    pub struct ProxyInfo in "" {
        /// Seed only; pre-gen-4 key.
        ip: String = "proxy_info_ip";
        /// Seed only; pre-gen-4 key.
        port: i32 = "proxy_info_port";
    }
}

enums! {
    /// TIMResult.
    pub enum ReturnCode: TIMResult in "TIMCloudDef.h" {
        /// TIM_SUCC.
        Succ = 0, TIM_SUCC;
        /// TIM_ERR_SDKUNINIT.
        SdkUninit = -1, TIM_ERR_SDKUNINIT;
        /// TIM_ERR_NOTLOGIN.
        NotLogin = -2, TIM_ERR_NOTLOGIN;
        /// TIM_ERR_JSON.
        Json = -3, TIM_ERR_JSON;
        /// TIM_ERR_PARAM.
        Param = -4, TIM_ERR_PARAM;
        /// TIM_ERR_CONV.
        Conv = -5, TIM_ERR_CONV;
        /// TIM_ERR_GROUP.
        Group = -6, TIM_ERR_GROUP;
    }

    /// TIMNetworkStatus.
    pub enum NetworkStatus: TIMNetworkStatus in "TIMManager.h" {
        /// kTIMConnected.
        Connected = 0, kTIMConnected;
        /// kTIMDisconnected.
        Disconnected = 1, kTIMDisconnected;
        /// kTIMConnecting.
        Connecting = 2, kTIMConnecting;
        /// kTIMConnectFailed.
        ConnectFailed = 3, kTIMConnectFailed;
    }

    /// TIMLoginStatus.
    pub enum LoginStatus: TIMLoginStatus in "TIMManager.h" {
        /// kTIMLoginStatus_Logined.
        Logined = 1, kTIMLoginStatus_Logined;
        /// kTIMLoginStatus_Logining.
        Logining = 2, kTIMLoginStatus_Logining;
        /// kTIMLoginStatus_UnLogined.
        UnLogined = 3, kTIMLoginStatus_UnLogined;
        /// kTIMLoginStatus_Logouting.
        Logouting = 4, kTIMLoginStatus_Logouting;
    }

    /// TIMLogLevel.
    pub enum LogLevel: TIMLogLevel in "TIMManager.h" {
        /// kTIMLog_Off.
        Off = 0, kTIMLog_Off;
        /// kTIMLog_Test.
        Test = 1, kTIMLog_Test;
        /// kTIMLog_Verbose.
        Verbose = 2, kTIMLog_Verbose;
        /// kTIMLog_Debug.
        Debug = 3, kTIMLog_Debug;
        /// kTIMLog_Info.
        Info = 4, kTIMLog_Info;
        /// kTIMLog_Warn.
        Warn = 5, kTIMLog_Warn;
        /// kTIMLog_Error.
        Error = 6, kTIMLog_Error;
        /// kTIMLog_Assert.
        Assert = 7, kTIMLog_Assert;
    }

    /// TIMGroupGetInfoFlag.
    pub enum GroupGetInfoFlag: TIMGroupGetInfoFlag in "TIMManager.h" {
        /// kTIMGroupInfoFlag_None.
        None = 0, kTIMGroupInfoFlag_None;
        /// kTIMGroupInfoFlag_Name.
        Name = 1, kTIMGroupInfoFlag_Name;
        /// kTIMGroupInfoFlag_CreateTime.
        CreateTime = 2, kTIMGroupInfoFlag_CreateTime;
        /// kTIMGroupInfoFlag_OwnerUin.
        OwnerUin = 4, kTIMGroupInfoFlag_OwnerUin;
        /// kTIMGroupInfoFlag_Seq.
        Seq = 8, kTIMGroupInfoFlag_Seq;
        /// kTIMGroupInfoFlag_LastTime.
        LastTime = 16, kTIMGroupInfoFlag_LastTime;
        /// kTIMGroupInfoFlag_NextMsgSeq.
        NextMsgSeq = 32, kTIMGroupInfoFlag_NextMsgSeq;
        /// kTIMGroupInfoFlag_LastMsgTime.
        LastMsgTime = 64, kTIMGroupInfoFlag_LastMsgTime;
        /// kTIMGroupInfoFlag_AppId.
        AppId = 128, kTIMGroupInfoFlag_AppId;
        /// kTIMGroupInfoFlag_MemberNum.
        MemberNum = 256, kTIMGroupInfoFlag_MemberNum;
        /// kTIMGroupInfoFlag_MaxMemberNum.
        MaxMemberNum = 512, kTIMGroupInfoFlag_MaxMemberNum;
        /// kTIMGroupInfoFlag_Notification.
        Notification = 1024, kTIMGroupInfoFlag_Notification;
        /// kTIMGroupInfoFlag_Introduction.
        Introduction = 2048, kTIMGroupInfoFlag_Introduction;
        /// kTIMGroupInfoFlag_FaceUrl.
        FaceUrl = 4096, kTIMGroupInfoFlag_FaceUrl;
        /// kTIMGroupInfoFlag_AddOption.
        AddOption = 8192, kTIMGroupInfoFlag_AddOption | kTIMGroupInfoFlag_AddOpton;
        /// kTIMGroupInfoFlag_GroupType.
        GroupType = 16384, kTIMGroupInfoFlag_GroupType;
        /// kTIMGroupInfoFlag_LastMsg.
        LastMsg = 32768, kTIMGroupInfoFlag_LastMsg;
        /// kTIMGroupInfoFlag_OnlineNum.
        OnlineNum = 65536, kTIMGroupInfoFlag_OnlineNum;
        /// kTIMGroupInfoFlag_Visible.
        Visible = 131072, kTIMGroupInfoFlag_Visible;
        /// kTIMGroupInfoFlag_Searchable.
        Searchable = 262144, kTIMGroupInfoFlag_Searchable;
        /// kTIMGroupInfoFlag_ShutupAll.
        ShutupAll = 524288, kTIMGroupInfoFlag_ShutupAll;
    }

    /// TIMGroupMemberInfoFlag.
    pub enum GroupMemberInfoFlag: TIMGroupMemberInfoFlag in "TIMManager.h" {
        /// kTIMGroupMemberInfoFlag_None.
        None = 0, kTIMGroupMemberInfoFlag_None;
        /// kTIMGroupMemberInfoFlag_JoinTime.
        JoinTime = 1, kTIMGroupMemberInfoFlag_JoinTime;
        /// kTIMGroupMemberInfoFlag_MsgFlag.
        MsgFlag = 2, kTIMGroupMemberInfoFlag_MsgFlag;
        /// kTIMGroupMemberInfoFlag_MsgSeq.
        MsgSeq = 4, kTIMGroupMemberInfoFlag_MsgSeq;
        /// kTIMGroupMemberInfoFlag_MemberRole.
        MemberRole = 8, kTIMGroupMemberInfoFlag_MemberRole;
        /// kTIMGroupMemberInfoFlag_ShutupUntill.
        ShutupUntill = 16, kTIMGroupMemberInfoFlag_ShutupUntill;
        /// kTIMGroupMemberInfoFlag_NameCard.
        NameCard = 32, kTIMGroupMemberInfoFlag_NameCard;
    }
}

impl SetConfig {
    /// Takes over the keys that `text` names, also within its objects, and keeps all others. Unknown keys are kept as
    /// well.
    ///
    /// # Errors
    /// `text` is no JSON object; nothing has changed then.
    pub fn merge(&mut self, text: &str) -> Result<(), JsonError> {
        *self = json::read(text.as_bytes(), |text| {
            let mut merged = self.clone();
            let mut input = serde_json::Deserializer::from_str(text);
            let fits = input.deserialize_any(Fill { target: &mut merged, merge: true })?;
            input.end()?;
            fits.then_some(merged).ok_or_else(|| JsonError::custom("a configuration is a JSON object"))
        })?;
        Ok(())
    }
}

/// Log level of a configuration that names none: everything but the test noise.
pub const DEFAULT_LOG_LEVEL: u32 = LogLevel::Verbose.bits();

/// All bits of a flag set that selects what a query returns.
pub const ALL_FLAGS: u64 = 0xffff_ffff;
