//! The SDK as a whole: how it starts, is configured and reports its state.

use serde::de::Error;

use crate::enums::enums;
use crate::field::Reading;
use crate::input;
use crate::json::{self, JsonError};
use crate::object::{fill_from, object};

object! {
    /// What `TIMInit` is told about the place of files.
    pub struct SdkConfig in "TIMManager.h" {
        /// Directory for the data of the library; made if it is missing. Empty: a directory of the library's
        /// choice.
        config_file_path: String = "sdk_config_config_file_path" kTIMSdkConfigConfigFilePath;
        /// Directory for log files; made if it is missing. Empty: a directory of the library's choice.
        log_file_path: String = "sdk_config_log_file_path" kTIMSdkConfigLogFilePath;
        /// Id of the program's main thread; not used.
        main_thread_id: i64 = "sdk_config_main_thread_id" kTIMSdkConfigMainThreadID;
        /// Pointer to a Java machine; used on Android only.
        java_vm: u64 = "sdk_config_java_vm" kTIMSdkConfigJavaVM;
    }
}

object! {
    /// The configuration that `TIMSetConfig` changes and reports. Keys that the input leaves out keep their value.
    pub struct SetConfig in "TIMManager.h" + extra {
        /// Lines of this `TIMLogLevel` and above go to the log file and the console.
        log_level: u32 = "set_config_log_level" kTIMSetConfigLogLevel, DEFAULT_LOG_LEVEL;
        /// Lines of this `TIMLogLevel` and above go to the log callback.
        callback_log_level: u32 = "set_config_callback_log_level" kTIMSetConfigCallbackLogLevel kTIMSetConfigCackBackLogLevel, DEFAULT_LOG_LEVEL;
        /// Write the log to the console (standard output) as well, at the level of the file. True until it is set: a program
        /// whose terminal is its own sets false, before `TIMInit`.
        is_log_output_console: bool = "set_config_is_log_output_console" kTIMSetConfigIsLogOutputConsole, true;
        /// What the account synchronises and counts.
        user_config: UserConfig = "set_config_user_config" kTIMSetConfigUserConfig;
        /// Text that the backend sees with the login state, up to 64 bytes. Set it before `TIMInit`. Not carried out yet: it
        /// is kept and reported, and has no effect.
        user_define_data: String = "set_config_user_define_data" kTIMSetConfigUserDefineData;
        /// HTTP proxy for files. An empty address with port 0 removes it.
        http_proxy_info: HttpProxyInfo = "set_config_http_proxy_info" kTIMSetConfigHttpProxyInfo;
        /// SOCKS5 proxy for the connection to a server. It counts from the next connection on.
        socks5_proxy_info: Socks5ProxyInfo = "set_config_socks5_proxy_info" kTIMSetConfigSocks5ProxyInfo;
        /// Account at the proxy that a PAC script names. Set it before `TIMInit`. Not carried out yet: PAC scripts are not
        /// read.
        pac_proxy_info: PACProxyInfo = "set_config_pac_proxy_info" kTIMSetConfigPACProxyInfo;
        /// Resolve names with the system's resolver only. It always is so.
        is_only_local_dns_source: bool = "set_config_is_only_local_dns_source" kTIMSetConfigIsOnlyLocalDNSSource;
        /// Proxy as programs older than the split into HTTP and SOCKS5 set it.
        proxy_info: ProxyInfo = "set_config_proxy_info";
    }
}

object! {
    /// What the account synchronises and counts.
    pub struct UserConfig in "TIMManager.h" {
        /// Keep no local database. Set it before login. Not carried out yet: there always is one.
        is_disable_storage: bool = "user_config_is_is_disable_storage" kTIMUserConfigIsDisableStorage;
        /// The program wants the event that a peer has read a message. It gets it unless this is given as false.
        is_read_receipt: bool = "user_config_is_read_receipt" kTIMUserConfigIsReadReceipt;
        /// Group notices do not raise the unread number.
        is_ignore_grouptips_unread: bool = "user_config_is_ignore_grouptips_unread" kTIMUserConfigIsIgnoreGroupTipsUnRead
            | "user_config_is_ingore_grouptips_unread" kTIMUserConfigIsIngoreGroupTipsUnRead;
        /// The read state is shared between devices. It always is.
        is_sync_report: bool = "user_config_is_sync_report" kTIMUserConfigIsSyncReport;
        /// What group queries return. Not carried out yet: they return all there is.
        group_getinfo_option: GroupGetInfoOption = "user_config_group_getinfo_option" kTIMUserConfigGroupGetInfoOption;
        /// What member queries return. Not carried out yet: they return all there is.
        group_member_getinfo_option: GroupMemberGetInfoOption = "user_config_group_member_getinfo_option" kTIMUserConfigGroupMemberGetInfoOption;
    }
}

object! {
    /// What a group query returns.
    pub struct GroupGetInfoOption in "TIMManager.h" {
        /// Parts of the group's profile, `TIMGroupGetInfoFlag` joined by or.
        info_flag: u64 = "group_get_info_option_info_flag" kTIMGroupGetInfoOptionInfoFlag
            | "get_info_option_info_flag", ALL_FLAGS;
        /// Names of the custom fields to return; empty for all.
        custom_array: Vec<String> = "group_get_info_option_custom_array" kTIMGroupGetInfoOptionCustomArray
            | "get_info_option_custom_array";
        /// Not used for groups.
        role_flag: u64 = "get_info_option_role_flag";
    }
}

object! {
    /// What a member query returns.
    pub struct GroupMemberGetInfoOption in "TIMGroupManager.h" {
        /// Members of which roles, `TIMGroupMemberRoleFlag` joined by or; 0 for all.
        role_flag: u64 = "group_member_get_info_option_role_flag" kTIMGroupMemberGetInfoOptionRoleFlag
            | "get_info_option_role_flag";
        /// Parts of the member's data, `TIMGroupMemberInfoFlag` joined by or. Not carried out yet: all of them are given.
        info_flag: u64 = "group_member_get_info_option_info_flag" kTIMGroupMemberGetInfoOptionInfoFlag
            | "get_info_option_info_flag", ALL_FLAGS;
        /// Names of the custom fields to return; empty for all.
        custom_array: Vec<String> = "group_member_get_info_option_custom_array" kTIMGroupMemberGetInfoOptionCustomArray
            | "get_info_option_custom_array";
    }
}

object! {
    /// An HTTP proxy for uploads and downloads.
    pub struct HttpProxyInfo in "TIMManager.h" {
        /// Address of the proxy.
        ip: String = "http_proxy_info_ip" kTIMHttpProxyInfoIp;
        /// Port of the proxy.
        port: i32 = "http_proxy_info_port" kTIMHttpProxyInfoPort;
        /// User name at the proxy; empty if it asks for none.
        username: String = "http_proxy_info_username" kTIMHttpProxyInfoUserName;
        /// Password at the proxy.
        password: String = "http_proxy_info_password" kTIMHttpProxyInfoPassword;
    }
}

object! {
    /// A SOCKS5 proxy for all traffic.
    pub struct Socks5ProxyInfo in "TIMManager.h" {
        /// Address of the proxy.
        ip: String = "socks5_proxy_info_ip" kTIMSocks5ProxyInfoIp;
        /// Port of the proxy.
        port: i32 = "socks5_proxy_info_port" kTIMSocks5ProxyInfoPort;
        /// User name at the proxy; empty if it asks for none.
        username: String = "socks5_proxy_info_username" kTIMSocks5ProxyInfoUserName;
        /// Password at the proxy.
        password: String = "socks5_proxy_info_password" kTIMSocks5ProxyInfoPassword;
    }
}

object! {
    /// Account at a proxy that a PAC script names.
    pub struct PACProxyInfo in "TIMManager.h" {
        /// User name at the proxy; empty if it asks for none.
        username: String = "pac_proxy_info_username" kTIMPACProxyInfoUserName;
        /// Password at the proxy.
        password: String = "pac_proxy_info_password" kTIMPACProxyInfoPassword;
    }
}

object! {
    /// A proxy as the oldest programs set it.
    pub struct ProxyInfo in "" {
        /// Address of the proxy.
        ip: String = "proxy_info_ip";
        /// Port of the proxy.
        port: i32 = "proxy_info_port";
    }
}

enums! {
    /// What a function returns at once. It depends on the arguments alone: whether a user is logged in, the
    /// callback tells.
    pub enum ReturnCode: TIMResult in "TIMCloudDef.h" {
        /// Accepted; the callback follows.
        Succ = 0, TIM_SUCC;
        /// Not initialised.
        SdkUninit = -1, TIM_ERR_SDKUNINIT;
        /// Nobody is logged in.
        NotLogin = -2, TIM_ERR_NOTLOGIN;
        /// An argument is not the JSON that belongs there.
        Json = -3, TIM_ERR_JSON;
        /// An argument is missing or out of range.
        Param = -4, TIM_ERR_PARAM;
        /// The conversation is not valid.
        Conv = -5, TIM_ERR_CONV;
        /// The group is not valid.
        Group = -6, TIM_ERR_GROUP;
    }

    /// The connection to the service.
    pub enum NetworkStatus: TIMNetworkStatus in "TIMManager.h" {
        /// Connected.
        Connected = 0, kTIMConnected;
        /// The connection was lost.
        Disconnected = 1, kTIMDisconnected;
        /// Being connected.
        Connecting = 2, kTIMConnecting;
        /// Connecting failed; code and text say why.
        ConnectFailed = 3, kTIMConnectFailed;
    }

    /// Whether a user is logged in.
    pub enum LoginStatus: TIMLoginStatus in "TIMManager.h" {
        /// Logged in.
        Logined = 1, kTIMLoginStatus_Logined;
        /// Being logged in.
        Logining = 2, kTIMLoginStatus_Logining;
        /// Nobody is logged in.
        UnLogined = 3, kTIMLoginStatus_UnLogined;
        /// Being logged out.
        Logouting = 4, kTIMLoginStatus_Logouting;
    }

    /// How important a line of the log is.
    pub enum LogLevel: TIMLogLevel in "TIMManager.h" {
        /// As a limit: no lines.
        Off = 0, kTIMLog_Off;
        /// As a limit: all lines.
        Test = 1, kTIMLog_Test;
        /// Every step.
        Verbose = 2, kTIMLog_Verbose;
        /// For finding faults.
        Debug = 3, kTIMLog_Debug;
        /// What goes on.
        Info = 4, kTIMLog_Info;
        /// What may be a fault.
        Warn = 5, kTIMLog_Warn;
        /// What is a fault.
        Error = 6, kTIMLog_Error;
        /// What must never happen.
        Assert = 7, kTIMLog_Assert;
    }

    /// Parts of a group's profile, one bit each.
    pub enum GroupGetInfoFlag: TIMGroupGetInfoFlag in "TIMManager.h" {
        /// Nothing.
        None = 0, kTIMGroupInfoFlag_None;
        /// Name.
        Name = 1, kTIMGroupInfoFlag_Name;
        /// Time of creation.
        CreateTime = 2, kTIMGroupInfoFlag_CreateTime;
        /// Owner.
        OwnerUin = 4, kTIMGroupInfoFlag_OwnerUin;
        /// Number of the profile's version.
        Seq = 8, kTIMGroupInfoFlag_Seq;
        /// Time of the last change.
        LastTime = 16, kTIMGroupInfoFlag_LastTime;
        /// Sequence number of the newest message.
        NextMsgSeq = 32, kTIMGroupInfoFlag_NextMsgSeq;
        /// Time of the newest message.
        LastMsgTime = 64, kTIMGroupInfoFlag_LastMsgTime;
        /// Application.
        AppId = 128, kTIMGroupInfoFlag_AppId;
        /// Number of members.
        MemberNum = 256, kTIMGroupInfoFlag_MemberNum;
        /// Most members it may have.
        MaxMemberNum = 512, kTIMGroupInfoFlag_MaxMemberNum;
        /// Notice.
        Notification = 1024, kTIMGroupInfoFlag_Notification;
        /// Introduction.
        Introduction = 2048, kTIMGroupInfoFlag_Introduction;
        /// Picture.
        FaceUrl = 4096, kTIMGroupInfoFlag_FaceUrl;
        /// Who may join on application.
        AddOption = 8192, kTIMGroupInfoFlag_AddOption | kTIMGroupInfoFlag_AddOpton;
        /// Kind.
        GroupType = 16384, kTIMGroupInfoFlag_GroupType;
        /// Newest message.
        LastMsg = 32768, kTIMGroupInfoFlag_LastMsg;
        /// Number of members who are online.
        OnlineNum = 65536, kTIMGroupInfoFlag_OnlineNum;
        /// Whether others can see it.
        Visible = 131072, kTIMGroupInfoFlag_Visible;
        /// Whether others can find it.
        Searchable = 262144, kTIMGroupInfoFlag_Searchable;
        /// Whether all are muted.
        ShutupAll = 524288, kTIMGroupInfoFlag_ShutupAll;
    }

    /// Parts of a member's data, one bit each.
    pub enum GroupMemberInfoFlag: TIMGroupMemberInfoFlag in "TIMManager.h" {
        /// Nothing.
        None = 0, kTIMGroupMemberInfoFlag_None;
        /// Time of joining.
        JoinTime = 1, kTIMGroupMemberInfoFlag_JoinTime;
        /// Whether messages come in and ring.
        MsgFlag = 2, kTIMGroupMemberInfoFlag_MsgFlag;
        /// What is read.
        MsgSeq = 4, kTIMGroupMemberInfoFlag_MsgSeq;
        /// Role.
        MemberRole = 8, kTIMGroupMemberInfoFlag_MemberRole;
        /// How long muted.
        ShutupUntill = 16, kTIMGroupMemberInfoFlag_ShutupUntill;
        /// Name card.
        NameCard = 32, kTIMGroupMemberInfoFlag_NameCard;
    }
}

impl SetConfig {
    /// This configuration with the keys that `text` names, also within its objects; all others are kept. Unknown keys are kept as
    /// well.
    ///
    /// # Errors
    /// `text` is no JSON object.
    pub fn merged(&self, text: &[u8]) -> Result<Self, JsonError> {
        json::read(text, |text| {
            let mut merged = self.clone();
            let mut input = serde_json::Deserializer::from_str(text);
            let fits =
                input::read(&mut input, |input| fill_from(&mut merged, input, Reading::Merging))?;
            input.end()?;
            fits.then_some(merged)
                .ok_or_else(|| JsonError::custom("a configuration is a JSON object"))
        })
    }

    /// Whether a text that [`SetConfig::merged`] takes says if read receipts are wanted.
    pub fn says_read_receipt(text: &[u8]) -> bool {
        let key = "/set_config_user_config/user_config_is_read_receipt";
        let given = json::parse::<serde_json::Value>(text);
        given.is_ok_and(|given| given.pointer(key).is_some())
    }
}

/// Log level of a configuration that names none: everything but the test noise.
pub const DEFAULT_LOG_LEVEL: u32 = LogLevel::Verbose.bits();

/// All bits of a flag set that selects what a query returns.
pub const ALL_FLAGS: u64 = 0xffff_ffff;
