/**
 * @file TIMCloudDef.h
 * The TIM C interface: enums, and the keys of all JSON objects.
 *
 * Generated from crates/types/src; edit there, then
 * UPDATE_HEADERS=1 cargo test --test header
 */
#ifndef IMSDK_TIMCLOUDDEF_H
#define IMSDK_TIMCLOUDDEF_H

#include "TIMCloudComm.h"

/* -- Common ------------------------------------------------------------------------------------------------- */

/** TIMResult. */
enum TIMResult {
    /** TIM_SUCC. */
    TIM_SUCC = 0,
    /** TIM_ERR_SDKUNINIT. */
    TIM_ERR_SDKUNINIT = -1,
    /** TIM_ERR_NOTLOGIN. */
    TIM_ERR_NOTLOGIN = -2,
    /** TIM_ERR_JSON. */
    TIM_ERR_JSON = -3,
    /** TIM_ERR_PARAM. */
    TIM_ERR_PARAM = -4,
    /** TIM_ERR_CONV. */
    TIM_ERR_CONV = -5,
    /** TIM_ERR_GROUP. */
    TIM_ERR_GROUP = -6,
};
typedef enum TIMResult TIMResult;

/** TIMReceiveMessageOpt. */
enum TIMReceiveMessageOpt {
    /** kTIMRecvMsgOpt_Receive. */
    kTIMRecvMsgOpt_Receive = 0,
    /** kTIMRecvMsgOpt_Not_Receive. */
    kTIMRecvMsgOpt_Not_Receive = 1,
    /** kTIMRecvMsgOpt_Not_Notify. */
    kTIMRecvMsgOpt_Not_Notify = 2,
    /** kTIMRecvMsgOpt_Not_Notify_Except_At. */
    kTIMRecvMsgOpt_Not_Notify_Except_At = 3,
};
typedef enum TIMReceiveMessageOpt TIMReceiveMessageOpt;

/** TIMConvType. */
enum TIMConvType {
    /** kTIMConv_Invalid. */
    kTIMConv_Invalid = 0,
    /** kTIMConv_C2C. */
    kTIMConv_C2C = 1,
    /** kTIMConv_Group. */
    kTIMConv_Group = 2,
    /** kTIMConv_System. */
    kTIMConv_System = 3,
};
typedef enum TIMConvType TIMConvType;

/** TIMGroupReceiveMessageOpt. */
enum TIMGroupReceiveMessageOpt {
    /** kTIMRecvGroupMsgOpt_ReceiveAndNotify. */
    kTIMRecvGroupMsgOpt_ReceiveAndNotify = 0,
    /** kTIMRecvGroupMsgOpt_NotReceive. */
    kTIMRecvGroupMsgOpt_NotReceive = 1,
    /** kTIMRecvGroupMsgOpt_ReceiveNotNotify. */
    kTIMRecvGroupMsgOpt_ReceiveNotNotify = 2,
};
typedef enum TIMGroupReceiveMessageOpt TIMGroupReceiveMessageOpt;

/**
 * @name ProxyInfo
 * ProxyInfo.
 * @{
 */
/* "proxy_info_ip", string: Seed only; pre-gen-4 key. No constant in any header. */
/* "proxy_info_port", int32: Seed only; pre-gen-4 key. No constant in any header. */
/** @} */

/* -- Manager and profiles ----------------------------------------------------------------------------------- */

/** TIMNetworkStatus. */
enum TIMNetworkStatus {
    /** kTIMConnected. */
    kTIMConnected = 0,
    /** kTIMDisconnected. */
    kTIMDisconnected = 1,
    /** kTIMConnecting. */
    kTIMConnecting = 2,
    /** kTIMConnectFailed. */
    kTIMConnectFailed = 3,
};
typedef enum TIMNetworkStatus TIMNetworkStatus;

/** TIMLoginStatus. */
enum TIMLoginStatus {
    /** kTIMLoginStatus_Logined. */
    kTIMLoginStatus_Logined = 1,
    /** kTIMLoginStatus_Logining. */
    kTIMLoginStatus_Logining = 2,
    /** kTIMLoginStatus_UnLogined. */
    kTIMLoginStatus_UnLogined = 3,
    /** kTIMLoginStatus_Logouting. */
    kTIMLoginStatus_Logouting = 4,
};
typedef enum TIMLoginStatus TIMLoginStatus;

/** TIMLogLevel. */
enum TIMLogLevel {
    /** kTIMLog_Off. */
    kTIMLog_Off = 0,
    /** kTIMLog_Test. */
    kTIMLog_Test = 1,
    /** kTIMLog_Verbose. */
    kTIMLog_Verbose = 2,
    /** kTIMLog_Debug. */
    kTIMLog_Debug = 3,
    /** kTIMLog_Info. */
    kTIMLog_Info = 4,
    /** kTIMLog_Warn. */
    kTIMLog_Warn = 5,
    /** kTIMLog_Error. */
    kTIMLog_Error = 6,
    /** kTIMLog_Assert. */
    kTIMLog_Assert = 7,
};
typedef enum TIMLogLevel TIMLogLevel;

/** TIMGroupGetInfoFlag. */
enum TIMGroupGetInfoFlag {
    /** kTIMGroupInfoFlag_None. */
    kTIMGroupInfoFlag_None = 0,
    /** kTIMGroupInfoFlag_Name. */
    kTIMGroupInfoFlag_Name = 1,
    /** kTIMGroupInfoFlag_CreateTime. */
    kTIMGroupInfoFlag_CreateTime = 2,
    /** kTIMGroupInfoFlag_OwnerUin. */
    kTIMGroupInfoFlag_OwnerUin = 4,
    /** kTIMGroupInfoFlag_Seq. */
    kTIMGroupInfoFlag_Seq = 8,
    /** kTIMGroupInfoFlag_LastTime. */
    kTIMGroupInfoFlag_LastTime = 16,
    /** kTIMGroupInfoFlag_NextMsgSeq. */
    kTIMGroupInfoFlag_NextMsgSeq = 32,
    /** kTIMGroupInfoFlag_LastMsgTime. */
    kTIMGroupInfoFlag_LastMsgTime = 64,
    /** kTIMGroupInfoFlag_AppId. */
    kTIMGroupInfoFlag_AppId = 128,
    /** kTIMGroupInfoFlag_MemberNum. */
    kTIMGroupInfoFlag_MemberNum = 256,
    /** kTIMGroupInfoFlag_MaxMemberNum. */
    kTIMGroupInfoFlag_MaxMemberNum = 512,
    /** kTIMGroupInfoFlag_Notification. */
    kTIMGroupInfoFlag_Notification = 1024,
    /** kTIMGroupInfoFlag_Introduction. */
    kTIMGroupInfoFlag_Introduction = 2048,
    /** kTIMGroupInfoFlag_FaceUrl. */
    kTIMGroupInfoFlag_FaceUrl = 4096,
    /** kTIMGroupInfoFlag_AddOption. */
    kTIMGroupInfoFlag_AddOption = 8192,
    kTIMGroupInfoFlag_AddOpton = 8192, /**< older name of kTIMGroupInfoFlag_AddOption */
    /** kTIMGroupInfoFlag_GroupType. */
    kTIMGroupInfoFlag_GroupType = 16384,
    /** kTIMGroupInfoFlag_LastMsg. */
    kTIMGroupInfoFlag_LastMsg = 32768,
    /** kTIMGroupInfoFlag_OnlineNum. */
    kTIMGroupInfoFlag_OnlineNum = 65536,
    /** kTIMGroupInfoFlag_Visible. */
    kTIMGroupInfoFlag_Visible = 131072,
    /** kTIMGroupInfoFlag_Searchable. */
    kTIMGroupInfoFlag_Searchable = 262144,
    /** kTIMGroupInfoFlag_ShutupAll. */
    kTIMGroupInfoFlag_ShutupAll = 524288,
};
typedef enum TIMGroupGetInfoFlag TIMGroupGetInfoFlag;

/** TIMGroupMemberInfoFlag. */
enum TIMGroupMemberInfoFlag {
    /** kTIMGroupMemberInfoFlag_None. */
    kTIMGroupMemberInfoFlag_None = 0,
    /** kTIMGroupMemberInfoFlag_JoinTime. */
    kTIMGroupMemberInfoFlag_JoinTime = 1,
    /** kTIMGroupMemberInfoFlag_MsgFlag. */
    kTIMGroupMemberInfoFlag_MsgFlag = 2,
    /** kTIMGroupMemberInfoFlag_MsgSeq. */
    kTIMGroupMemberInfoFlag_MsgSeq = 4,
    /** kTIMGroupMemberInfoFlag_MemberRole. */
    kTIMGroupMemberInfoFlag_MemberRole = 8,
    /** kTIMGroupMemberInfoFlag_ShutupUntill. */
    kTIMGroupMemberInfoFlag_ShutupUntill = 16,
    /** kTIMGroupMemberInfoFlag_NameCard. */
    kTIMGroupMemberInfoFlag_NameCard = 32,
};
typedef enum TIMGroupMemberInfoFlag TIMGroupMemberInfoFlag;

/** TIMGenderType. */
enum TIMGenderType {
    /** kTIMGenderType_Unknown. */
    kTIMGenderType_Unknown = 0,
    kTIMGenderType_Unkown = 0, /**< older name of kTIMGenderType_Unknown */
    /** kTIMGenderType_Male. */
    kTIMGenderType_Male = 1,
    /** kTIMGenderType_Female. */
    kTIMGenderType_Female = 2,
};
typedef enum TIMGenderType TIMGenderType;

/** TIMProfileAddPermission. */
enum TIMProfileAddPermission {
    /** kTIMProfileAddPermission_Unknown. */
    kTIMProfileAddPermission_Unknown = 0,
    /** kTIMProfileAddPermission_AllowAny. */
    kTIMProfileAddPermission_AllowAny = 1,
    /** kTIMProfileAddPermission_NeedConfirm. */
    kTIMProfileAddPermission_NeedConfirm = 2,
    /** kTIMProfileAddPermission_DenyAny. */
    kTIMProfileAddPermission_DenyAny = 3,
};
typedef enum TIMProfileAddPermission TIMProfileAddPermission;

/** TIMProfileChangeType. */
enum TIMProfileChangeType {
    /** kTIMProfileChange_None. */
    kTIMProfileChange_None = 0,
    /** kTIMProfileChange_Profile. */
    kTIMProfileChange_Profile = 1,
};
typedef enum TIMProfileChangeType TIMProfileChangeType;

/**
 * @name SdkConfig
 * SdkConfig.
 * @{
 */
/** string:  Directory for SDK data; default "/"; UTF-8. */
TIM_KEY kTIMSdkConfigConfigFilePath = "sdk_config_config_file_path";
/** string:  Directory for logs; default "/"; UTF-8. */
TIM_KEY kTIMSdkConfigLogFilePath = "sdk_config_log_file_path";
/** int64:  Sdk_config_main_thread_id. */
TIM_KEY kTIMSdkConfigMainThreadID = "sdk_config_main_thread_id";
/** uint64:  JVM pointer, Android only. */
TIM_KEY kTIMSdkConfigJavaVM = "sdk_config_java_vm";
/** @} */

/**
 * @name SetConfig
 * SetConfig.
 * @{
 */
/** uint32:  Set_config_log_level. */
TIM_KEY kTIMSetConfigLogLevel = "set_config_log_level";
/** uint32:  Set_config_callback_log_level. */
TIM_KEY kTIMSetConfigCallbackLogLevel = "set_config_callback_log_level";
TIM_KEY kTIMSetConfigCackBackLogLevel = "set_config_callback_log_level"; /**< older name */
/** bool:  Default true. */
TIM_KEY kTIMSetConfigIsLogOutputConsole = "set_config_is_log_output_console";
/** object UserConfig:  Set_config_user_config. */
TIM_KEY kTIMSetConfigUserConfig = "set_config_user_config";
/** string:  Max 64 bytes; set before TIMInit. */
TIM_KEY kTIMSetConfigUserDefineData = "set_config_user_define_data";
/** object HttpProxyInfo:  Empty ip with port 0 clears it; media transfer only. */
TIM_KEY kTIMSetConfigHttpProxyInfo = "set_config_http_proxy_info";
/** object Socks5ProxyInfo:  Set before TIMInit. */
TIM_KEY kTIMSetConfigSocks5ProxyInfo = "set_config_socks5_proxy_info";
/** object PACProxyInfo:  Set before TIMInit. */
TIM_KEY kTIMSetConfigPACProxyInfo = "set_config_pac_proxy_info";
/** bool:  Set_config_is_only_local_dns_source. */
TIM_KEY kTIMSetConfigIsOnlyLocalDNSSource = "set_config_is_only_local_dns_source";
/* "set_config_proxy_info", object ProxyInfo: Seed only; pre-dates the http/socks5 split. No constant in any header. */
/** @} */

/**
 * @name UserConfig
 * UserConfig.
 * @{
 */
/** bool:  Doubled "is" is part of the key; default false. */
TIM_KEY kTIMUserConfigIsDisableStorage = "user_config_is_is_disable_storage";
/** bool:  User_config_is_read_receipt. */
TIM_KEY kTIMUserConfigIsReadReceipt = "user_config_is_read_receipt";
/**
 * bool:  True: group tips do not add to unread. (also spelt user_config_is_ingore_grouptips_unread; both are
 * read and written)
 */
TIM_KEY kTIMUserConfigIsIgnoreGroupTipsUnRead = "user_config_is_ignore_grouptips_unread";
TIM_KEY kTIMUserConfigIsIngoreGroupTipsUnRead = "user_config_is_ingore_grouptips_unread"; /**< older spelling */
/** bool:  User_config_is_sync_report. */
TIM_KEY kTIMUserConfigIsSyncReport = "user_config_is_sync_report";
/** object GroupGetInfoOption:  User_config_group_getinfo_option. */
TIM_KEY kTIMUserConfigGroupGetInfoOption = "user_config_group_getinfo_option";
/** object GroupMemberGetInfoOption:  User_config_group_member_getinfo_option. */
TIM_KEY kTIMUserConfigGroupMemberGetInfoOption = "user_config_group_member_getinfo_option";
/** @} */

/**
 * @name GroupGetInfoOption
 * GroupGetInfoOption.
 * @{
 */
/**
 * uint64:  Default 0xffffffff (everything). (also spelt get_info_option_info_flag; both are read and written)
 */
TIM_KEY kTIMGroupGetInfoOptionInfoFlag = "group_get_info_option_info_flag";
/**
 * [string]:  Group_get_info_option_custom_array. (also spelt get_info_option_custom_array; both are read and
 * written)
 */
TIM_KEY kTIMGroupGetInfoOptionCustomArray = "group_get_info_option_custom_array";
/* "get_info_option_role_flag", uint64: Get_info_option_role_flag. No constant in any header. */
/** @} */

/**
 * @name HttpProxyInfo
 * HttpProxyInfo.
 * @{
 */
/** string:  Http_proxy_info_ip. */
TIM_KEY kTIMHttpProxyInfoIp = "http_proxy_info_ip";
/** int32:  Http_proxy_info_port. */
TIM_KEY kTIMHttpProxyInfoPort = "http_proxy_info_port";
/** string:  Http_proxy_info_username. */
TIM_KEY kTIMHttpProxyInfoUserName = "http_proxy_info_username";
/** string:  Http_proxy_info_password. */
TIM_KEY kTIMHttpProxyInfoPassword = "http_proxy_info_password";
/** @} */

/**
 * @name Socks5ProxyInfo
 * Socks5ProxyInfo.
 * @{
 */
/** string:  Socks5_proxy_info_ip. */
TIM_KEY kTIMSocks5ProxyInfoIp = "socks5_proxy_info_ip";
/** int32:  Socks5_proxy_info_port. */
TIM_KEY kTIMSocks5ProxyInfoPort = "socks5_proxy_info_port";
/** string:  Socks5_proxy_info_username. */
TIM_KEY kTIMSocks5ProxyInfoUserName = "socks5_proxy_info_username";
/** string:  Socks5_proxy_info_password. */
TIM_KEY kTIMSocks5ProxyInfoPassword = "socks5_proxy_info_password";
/** @} */

/**
 * @name PACProxyInfo
 * PACProxyInfo.
 * @{
 */
/** string:  Pac_proxy_info_username. */
TIM_KEY kTIMPACProxyInfoUserName = "pac_proxy_info_username";
/** string:  Pac_proxy_info_password. */
TIM_KEY kTIMPACProxyInfoPassword = "pac_proxy_info_password";
/** @} */

/**
 * @name ProfileChangeElem
 * ProfileChangeElem.
 * @{
 */
/** uint32:  Profile_change_elem_change_type. */
TIM_KEY kTIMProfileChangeElemChangeType = "profile_change_elem_change_type";
/**
 * string:  Profile_change_elem_from_identifier. (also spelt profile_change_elem_from_identifer; both are read
 * and written)
 */
TIM_KEY kTIMProfileChangeElemFromIdentifier = "profile_change_elem_from_identifier";
TIM_KEY kTIMProfileChangeElemFromIndentifier = "profile_change_elem_from_identifer"; /**< older spelling */
/** object UserProfileItem:  Only when change_type is kTIMProfileChange_Profile. */
TIM_KEY kTIMProfileChangeElemUserProfileItem = "profile_change_elem_user_profile_item";
/** @} */

/**
 * @name UserProfile
 * UserProfile.
 * @{
 */
/** string:  User_profile_identifier. */
TIM_KEY kTIMUserProfileIdentifier = "user_profile_identifier";
/** string:  User_profile_nick_name. */
TIM_KEY kTIMUserProfileNickName = "user_profile_nick_name";
/** uint32:  User_profile_gender. */
TIM_KEY kTIMUserProfileGender = "user_profile_gender";
/** string:  User_profile_face_url. */
TIM_KEY kTIMUserProfileFaceUrl = "user_profile_face_url";
/** string:  Only filled inside message_sender_profile. */
TIM_KEY kTIMUserProfileFriendRemark = "user_profile_friend_remark";
/** string:  User_profile_self_signature. */
TIM_KEY kTIMUserProfileSelfSignature = "user_profile_self_signature";
/** uint32:  User_profile_add_permission. */
TIM_KEY kTIMUserProfileAddPermission = "user_profile_add_permission";
/** string:  Seed sample is NUL-padded to 16 chars. */
TIM_KEY kTIMUserProfileLocation = "user_profile_location";
/** uint32:  User_profile_language. */
TIM_KEY kTIMUserProfileLanguage = "user_profile_language";
/** uint32:  Integer; seed sample uses yyyymmdd form. */
TIM_KEY kTIMUserProfileBirthDay = "user_profile_birthday";
/** uint32:  User_profile_level. */
TIM_KEY kTIMUserProfileLevel = "user_profile_level";
/** uint32:  User_profile_role. */
TIM_KEY kTIMUserProfileRole = "user_profile_role";
/**
 * [UserProfileCustomStringInfo]:  User_profile_custom_string_array. (also spelt
 * user_profile_item_custom_string_array; both are read and written)
 */
TIM_KEY kTIMUserProfileCustomStringArray = "user_profile_custom_string_array";
/** @} */

/**
 * @name UserProfileItem
 * UserProfileItem.
 * @{
 */
/** string:  User_profile_item_nick_name. */
TIM_KEY kTIMUserProfileItemNickName = "user_profile_item_nick_name";
/** uint32:  User_profile_item_gender. */
TIM_KEY kTIMUserProfileItemGender = "user_profile_item_gender";
/** string:  User_profile_item_face_url. */
TIM_KEY kTIMUserProfileItemFaceUrl = "user_profile_item_face_url";
/** string:  User_profile_item_self_signature. */
TIM_KEY kTIMUserProfileItemSelfSignature = "user_profile_item_self_signature";
/** uint32:  User_profile_item_add_permission. */
TIM_KEY kTIMUserProfileItemAddPermission = "user_profile_item_add_permission";
/** string:  User_profile_item_location. */
TIM_KEY kTIMUserProfileItemLocation = "user_profile_item_location";
TIM_KEY kTIMUserProfileItemLoaction = "user_profile_item_location"; /**< older name */
/** uint32:  User_profile_item_language. */
TIM_KEY kTIMUserProfileItemLanguage = "user_profile_item_language";
/** uint32:  User_profile_item_birthday. */
TIM_KEY kTIMUserProfileItemBirthDay = "user_profile_item_birthday";
/** uint32:  User_profile_item_level. */
TIM_KEY kTIMUserProfileItemLevel = "user_profile_item_level";
/** uint32:  User_profile_item_role. */
TIM_KEY kTIMUserProfileItemRole = "user_profile_item_role";
/** [UserProfileCustomStringInfo]:  User_profile_item_custom_string_array. */
TIM_KEY kTIMUserProfileItemCustomStringArray = "user_profile_item_custom_string_array";
/** @} */

/**
 * @name UserProfileCustomStringInfo
 * UserProfileCustomStringInfo.
 * @{
 */
/** string:  Full key has prefix Tag_Profile_Custom_; optional when writing. */
TIM_KEY kTIMUserProfileCustomStringInfoKey = "user_profile_custom_string_info_key";
TIM_KEY kTIMUserProfileCustemStringInfoKey = "user_profile_custom_string_info_key"; /**< older name */
/** string:  Max 500 bytes. */
TIM_KEY kTIMUserProfileCustomStringInfoValue = "user_profile_custom_string_info_value";
TIM_KEY kTIMUserProfileCustemStringInfoValue = "user_profile_custom_string_info_value"; /**< older name */
/** @} */

/**
 * @name FriendShipGetProfileListParam
 * FriendShipGetProfileListParam.
 * @{
 */
/** [string]:  Friendship_getprofilelist_param_identifier_array. */
TIM_KEY kTIMFriendShipGetProfileListParamIdentifierArray = "friendship_getprofilelist_param_identifier_array";
/** bool:  Default false: try local cache before server. */
TIM_KEY kTIMFriendShipGetProfileListParamForceUpdate = "friendship_getprofilelist_param_force_update";
/** @} */

/* -- Messages ----------------------------------------------------------------------------------------------- */

/** TIMElemType. */
enum TIMElemType {
    /** kTIMElem_Text. */
    kTIMElem_Text = 0,
    /** kTIMElem_Image. */
    kTIMElem_Image = 1,
    /** kTIMElem_Sound. */
    kTIMElem_Sound = 2,
    /** kTIMElem_Custom. */
    kTIMElem_Custom = 3,
    /** kTIMElem_File. */
    kTIMElem_File = 4,
    /** kTIMElem_GroupTips. */
    kTIMElem_GroupTips = 5,
    /** kTIMElem_Face. */
    kTIMElem_Face = 6,
    /** kTIMElem_Location. */
    kTIMElem_Location = 7,
    /** kTIMElem_GroupReport. */
    kTIMElem_GroupReport = 8,
    /** kTIMElem_Video. */
    kTIMElem_Video = 9,
    /** kTIMElem_FriendChange. */
    kTIMElem_FriendChange = 10,
    /** kTIMElem_ProfileChange. */
    kTIMElem_ProfileChange = 11,
    /** kTIMElem_Merge. */
    kTIMElem_Merge = 12,
    /** kTIMElem_Invalid. */
    kTIMElem_Invalid = -1,
};
typedef enum TIMElemType TIMElemType;

/** TIMImageLevel. */
enum TIMImageLevel {
    /** kTIMImageLevel_Orig. */
    kTIMImageLevel_Orig = 0,
    /** kTIMImageLevel_Compression. */
    kTIMImageLevel_Compression = 1,
    /** kTIMImageLevel_HD. */
    kTIMImageLevel_HD = 2,
};
typedef enum TIMImageLevel TIMImageLevel;

/** TIMGroupReportType. */
enum TIMGroupReportType {
    /** kTIMGroupReport_None. */
    kTIMGroupReport_None = 0,
    /** kTIMGroupReport_AddRequest. */
    kTIMGroupReport_AddRequest = 1,
    /** kTIMGroupReport_AddAccept. */
    kTIMGroupReport_AddAccept = 2,
    /** kTIMGroupReport_AddRefuse. */
    kTIMGroupReport_AddRefuse = 3,
    /** kTIMGroupReport_BeKicked. */
    kTIMGroupReport_BeKicked = 4,
    /** kTIMGroupReport_Delete. */
    kTIMGroupReport_Delete = 5,
    /** kTIMGroupReport_Create. */
    kTIMGroupReport_Create = 6,
    /** kTIMGroupReport_Invite. */
    kTIMGroupReport_Invite = 7,
    /** kTIMGroupReport_Quit. */
    kTIMGroupReport_Quit = 8,
    /** kTIMGroupReport_GrantAdmin. */
    kTIMGroupReport_GrantAdmin = 9,
    /** kTIMGroupReport_CancelAdmin. */
    kTIMGroupReport_CancelAdmin = 10,
    /** kTIMGroupReport_GroupRecycle. */
    kTIMGroupReport_GroupRecycle = 11,
    kTIMGroupReport_RevokeAdmin = 11, /**< older name of kTIMGroupReport_GroupRecycle */
    /** kTIMGroupReport_InviteReqToInvitee. */
    kTIMGroupReport_InviteReqToInvitee = 12,
    kTIMGroupReport_InviteReq = 12, /**< older name of kTIMGroupReport_InviteReqToInvitee */
    /** kTIMGroupReport_InviteAccept. */
    kTIMGroupReport_InviteAccept = 13,
    /** kTIMGroupReport_InviteRefuse. */
    kTIMGroupReport_InviteRefuse = 14,
    /** kTIMGroupReport_ReadReport. */
    kTIMGroupReport_ReadReport = 15,
    /** kTIMGroupReport_UserDefine. */
    kTIMGroupReport_UserDefine = 16,
    /** kTIMGroupReport_ShutUpMember. */
    kTIMGroupReport_ShutUpMember = 17,
    /** kTIMGroupReport_TopicCreate. */
    kTIMGroupReport_TopicCreate = 18,
    /** kTIMGroupReport_TopicDelete. */
    kTIMGroupReport_TopicDelete = 19,
    /** kTIMGroupReport_GroupMessageRead. */
    kTIMGroupReport_GroupMessageRead = 20,
    /** kTIMGroupReport_GroupMessageRecvOption. */
    kTIMGroupReport_GroupMessageRecvOption = 21,
    /** kTIMGroupReport_BannedFromGroup. */
    kTIMGroupReport_BannedFromGroup = 22,
    /** kTIMGroupReport_UnbannedFromGroup. */
    kTIMGroupReport_UnbannedFromGroup = 23,
    /** kTIMGroupReport_InviteReqToAdmin. */
    kTIMGroupReport_InviteReqToAdmin = 24,
};
typedef enum TIMGroupReportType TIMGroupReportType;

/** TIMDownloadType. */
enum TIMDownloadType {
    /** kTIMDownload_VideoThumb. */
    kTIMDownload_VideoThumb = 0,
    /** kTIMDownload_File. */
    kTIMDownload_File = 1,
    /** kTIMDownload_Video. */
    kTIMDownload_Video = 2,
    /** kTIMDownload_Sound. */
    kTIMDownload_Sound = 3,
};
typedef enum TIMDownloadType TIMDownloadType;

/** TIMMsgStatus. */
enum TIMMsgStatus {
    /** kTIMMsg_Sending. */
    kTIMMsg_Sending = 1,
    /** kTIMMsg_SendSucc. */
    kTIMMsg_SendSucc = 2,
    /** kTIMMsg_SendFail. */
    kTIMMsg_SendFail = 3,
    /** kTIMMsg_Deleted. */
    kTIMMsg_Deleted = 4,
    /** kTIMMsg_LocalImported. */
    kTIMMsg_LocalImported = 5,
    /** kTIMMsg_Revoked. */
    kTIMMsg_Revoked = 6,
    /** kTIMMsg_Cancel. */
    kTIMMsg_Cancel = 7,
};
typedef enum TIMMsgStatus TIMMsgStatus;

/** TIMMsgPriority. */
enum TIMMsgPriority {
    /** kTIMMsgPriority_High. */
    kTIMMsgPriority_High = 0,
    /** kTIMMsgPriority_Normal. */
    kTIMMsgPriority_Normal = 1,
    /** kTIMMsgPriority_Low. */
    kTIMMsgPriority_Low = 2,
    /** kTIMMsgPriority_Lowest. */
    kTIMMsgPriority_Lowest = 3,
};
typedef enum TIMMsgPriority TIMMsgPriority;

/** TIMPlatform. */
enum TIMPlatform {
    /** kTIMPlatform_Other. */
    kTIMPlatform_Other = 0,
    /** kTIMPlatform_Windows. */
    kTIMPlatform_Windows = 1,
    /** kTIMPlatform_Android. */
    kTIMPlatform_Android = 2,
    /** kTIMPlatform_IOS. */
    kTIMPlatform_IOS = 3,
    /** kTIMPlatform_Mac. */
    kTIMPlatform_Mac = 4,
    /** kTIMPlatform_Simulator. */
    kTIMPlatform_Simulator = 5,
};
typedef enum TIMPlatform TIMPlatform;

/** In message_group_at_user_array: everybody in the group. */
TIM_KEY kImSDK_MessageAtALL = "__kImSDK_MessageAtALL__";

/** The older spelling of kImSDK_MessageAtALL, equally valid. */
TIM_KEY kImSDK_MesssageAtALL = "__kImSDK_MesssageAtALL__";

/**
 * @name Elem
 * One element of a message. The keys of its kind stand beside this one.
 * @{
 */
/** uint32:  The kind of the element, a TIMElemType. Without it the element is a text. */
TIM_KEY kTIMElemType = "elem_type";
/** @} */

/**
 * @name TextElem
 * TextElem.
 * @{
 */
/** string:  Text_elem_content. */
TIM_KEY kTIMTextElemContent = "text_elem_content";
/** @} */

/**
 * @name ImageElem
 * ImageElem.
 * @{
 */
/** string:  Image_elem_orig_path. */
TIM_KEY kTIMImageElemOrigPath = "image_elem_orig_path";
/** uint32:  Image_elem_level. */
TIM_KEY kTIMImageElemLevel = "image_elem_level";
/** int32:  255 unknown, 1 jpg, 2 gif, 3 png, 4 bmp. */
TIM_KEY kTIMImageElemFormat = "image_elem_format";
/** string:  Image_elem_orig_id. */
TIM_KEY kTIMImageElemOrigId = "image_elem_orig_id";
/** int32:  Image_elem_orig_pic_height. */
TIM_KEY kTIMImageElemOrigPicHeight = "image_elem_orig_pic_height";
/** int32:  Image_elem_orig_pic_width. */
TIM_KEY kTIMImageElemOrigPicWidth = "image_elem_orig_pic_width";
/** int32:  Image_elem_orig_pic_size. */
TIM_KEY kTIMImageElemOrigPicSize = "image_elem_orig_pic_size";
/** string:  Image_elem_thumb_id. */
TIM_KEY kTIMImageElemThumbId = "image_elem_thumb_id";
/** int32:  Image_elem_thumb_pic_height. */
TIM_KEY kTIMImageElemThumbPicHeight = "image_elem_thumb_pic_height";
/** int32:  Image_elem_thumb_pic_width. */
TIM_KEY kTIMImageElemThumbPicWidth = "image_elem_thumb_pic_width";
/** int32:  Image_elem_thumb_pic_size. */
TIM_KEY kTIMImageElemThumbPicSize = "image_elem_thumb_pic_size";
/** string:  Image_elem_large_id. */
TIM_KEY kTIMImageElemLargeId = "image_elem_large_id";
/** int32:  Image_elem_large_pic_height. */
TIM_KEY kTIMImageElemLargePicHeight = "image_elem_large_pic_height";
/** int32:  Image_elem_large_pic_width. */
TIM_KEY kTIMImageElemLargePicWidth = "image_elem_large_pic_width";
/** int32:  Image_elem_large_pic_size. */
TIM_KEY kTIMImageElemLargePicSize = "image_elem_large_pic_size";
/** string:  Image_elem_orig_url. */
TIM_KEY kTIMImageElemOrigUrl = "image_elem_orig_url";
/** string:  Image_elem_thumb_url. */
TIM_KEY kTIMImageElemThumbUrl = "image_elem_thumb_url";
/** string:  Image_elem_large_url. */
TIM_KEY kTIMImageElemLargeUrl = "image_elem_large_url";
/** int32:  Image_elem_task_id. */
TIM_KEY kTIMImageElemTaskId = "image_elem_task_id";
/** @} */

/**
 * @name SoundElem
 * SoundElem.
 * @{
 */
/** string:  Sound_elem_file_path. */
TIM_KEY kTIMSoundElemFilePath = "sound_elem_file_path";
/** int32:  Presumably bytes; gen-8 comment attaches seconds here by mistake. */
TIM_KEY kTIMSoundElemFileSize = "sound_elem_file_size";
/** int32:  Duration, presumably seconds. */
TIM_KEY kTIMSoundElemFileTime = "sound_elem_file_time";
/** string:  Sound_elem_file_id. */
TIM_KEY kTIMSoundElemFileId = "sound_elem_file_id";
/** int32:  Sound_elem_business_id. */
TIM_KEY kTIMSoundElemBusinessId = "sound_elem_business_id";
/** string:  Sound_elem_url. */
TIM_KEY kTIMSoundElemUrl = "sound_elem_url";
/** int32:  Sound_elem_task_id. */
TIM_KEY kTIMSoundElemTaskId = "sound_elem_task_id";
/** int32:  0 ask server, 1 ask COS, 2 use URL. */
TIM_KEY kTIMSoundElemDownloadFlag = "sound_elem_download_flag";
/** @} */

/**
 * @name CustomElem
 * CustomElem.
 * @{
 */
/** string:  Opaque; may carry binary. */
TIM_KEY kTIMCustomElemData = "custom_elem_data";
/** string:  Custom_elem_desc. */
TIM_KEY kTIMCustomElemDesc = "custom_elem_desc";
/** string:  Custom_elem_ext. */
TIM_KEY kTIMCustomElemExt = "custom_elem_ext";
/** string:  Custom_elem_sound. */
TIM_KEY kTIMCustomElemSound = "custom_elem_sound";
/** @} */

/**
 * @name FileElem
 * FileElem.
 * @{
 */
/** string:  File_elem_file_path. */
TIM_KEY kTIMFileElemFilePath = "file_elem_file_path";
/** string:  Defaults to the base name of file_elem_file_path. */
TIM_KEY kTIMFileElemFileName = "file_elem_file_name";
/** int32:  File_elem_file_size. */
TIM_KEY kTIMFileElemFileSize = "file_elem_file_size";
/** string:  File_elem_file_id. */
TIM_KEY kTIMFileElemFileId = "file_elem_file_id";
/** int32:  File_elem_business_id. */
TIM_KEY kTIMFileElemBusinessId = "file_elem_business_id";
/** string:  File_elem_url. */
TIM_KEY kTIMFileElemUrl = "file_elem_url";
/** int32:  File_elem_task_id. */
TIM_KEY kTIMFileElemTaskId = "file_elem_task_id";
/** int32:  Dropped in gen 8. */
TIM_KEY kTIMFileElemDownloadFlag = "file_elem_download_flag";
/** @} */

/**
 * @name FaceElem
 * FaceElem.
 * @{
 */
/** int32:  Face_elem_index. */
TIM_KEY kTIMFaceElemIndex = "face_elem_index";
/** string:  Text only; encode binary first. */
TIM_KEY kTIMFaceElemBuf = "face_elem_buf";
/** @} */

/**
 * @name LocationElem
 * LocationElem.
 * @{
 */
/** string:  Location_elem_desc. */
TIM_KEY kTIMLocationElemDesc = "location_elem_desc";
/** double:  Location_elem_longitude. */
TIM_KEY kTIMLocationElemLongitude = "location_elem_longitude";
/** double:  Location_elem_latitude. */
TIM_KEY kTIMLocationElemLatitude = "location_elem_latitude";
TIM_KEY kTIMLocationElemlatitude = "location_elem_latitude"; /**< older name */
/** @} */

/**
 * @name VideoElem
 * VideoElem.
 * @{
 */
/** string:  Video_elem_video_type. */
TIM_KEY kTIMVideoElemVideoType = "video_elem_video_type";
/** uint32:  Video_elem_video_size. */
TIM_KEY kTIMVideoElemVideoSize = "video_elem_video_size";
/** uint32:  Presumably seconds. */
TIM_KEY kTIMVideoElemVideoDuration = "video_elem_video_duration";
/** string:  Video_elem_video_path. */
TIM_KEY kTIMVideoElemVideoPath = "video_elem_video_path";
/** string:  Video_elem_video_id. */
TIM_KEY kTIMVideoElemVideoId = "video_elem_video_id";
/** int32:  Video_elem_business_id. */
TIM_KEY kTIMVideoElemBusinessId = "video_elem_business_id";
/** string:  Video_elem_video_url. */
TIM_KEY kTIMVideoElemVideoUrl = "video_elem_video_url";
/** string:  Video_elem_image_type. */
TIM_KEY kTIMVideoElemImageType = "video_elem_image_type";
/** uint32:  Video_elem_image_size. */
TIM_KEY kTIMVideoElemImageSize = "video_elem_image_size";
/** uint32:  Gen-8 comments swap width and height; key name wins. */
TIM_KEY kTIMVideoElemImageWidth = "video_elem_image_width";
/** uint32:  Gen-8 comments swap width and height; key name wins. */
TIM_KEY kTIMVideoElemImageHeight = "video_elem_image_height";
/** string:  Video_elem_image_path. */
TIM_KEY kTIMVideoElemImagePath = "video_elem_image_path";
/** string:  Video_elem_image_id. */
TIM_KEY kTIMVideoElemImageId = "video_elem_image_id";
/** string:  Video_elem_image_url. */
TIM_KEY kTIMVideoElemImageUrl = "video_elem_image_url";
/** uint32:  Video_elem_task_id. */
TIM_KEY kTIMVideoElemTaskId = "video_elem_task_id";
/** int32:  Dropped in gen 8. */
TIM_KEY kTIMVideoElemVideoDownloadFlag = "video_elem_video_download_flag";
/** int32:  Dropped in gen 8. */
TIM_KEY kTIMVideoElemImageDownloadFlag = "video_elem_image_download_flag";
/** @} */

/**
 * @name MergerElem
 * MergerElem.
 * @{
 */
/** string:  Merge_elem_title. */
TIM_KEY kTIMMergerElemTitle = "merge_elem_title";
/** [string]:  Merge_elem_abstract_array. */
TIM_KEY kTIMMergerElemAbstractArray = "merge_elem_abstract_array";
/** string:  Non-empty; shown by peers without merge support. */
TIM_KEY kTIMMergerElemCompatibleText = "merge_elem_compatible_text";
/** [Message]:  Max 300 sent messages; no tips or report elems. */
TIM_KEY kTIMMergerElemMsgArray = "merge_elem_message_array";
/** bool:  True past 100 nesting levels; title and abstract then empty. */
TIM_KEY kTIMMergerElemLayersOverLimit = "merge_elem_layer_over_limit";
/** string:  Download key for native clients. */
TIM_KEY kTIMMergerElemRelayPbKey = "merge_elem_relay_pb_key";
/** string:  Download key for web clients. */
TIM_KEY kTIMMergerElemRelayJsonKey = "merge_elem_relay_json_key";
/** string:  Merge_elem_relay_buffer. */
TIM_KEY kTIMMergerElemRelayBuffer = "merge_elem_relay_buffer";
/** @} */

/**
 * @name GroupReportElem
 * GroupReportElem.
 * @{
 */
/** uint32:  Group_report_elem_report_type. */
TIM_KEY kTIMGroupReportElemReportType = "group_report_elem_report_type";
/** string:  Group_report_elem_group_id. */
TIM_KEY kTIMGroupReportElemGroupId = "group_report_elem_group_id";
/** string:  Group_report_elem_group_name. */
TIM_KEY kTIMGroupReportElemGroupName = "group_report_elem_group_name";
/** string:  Group_report_elem_op_user. */
TIM_KEY kTIMGroupReportElemOpUser = "group_report_elem_op_user";
/** string:  Group_report_elem_msg. */
TIM_KEY kTIMGroupReportElemMsg = "group_report_elem_msg";
/** string:  Group_report_elem_user_data. */
TIM_KEY kTIMGroupReportElemUserData = "group_report_elem_user_data";
/** object UserProfile:  Group_report_elem_op_user_info. */
TIM_KEY kTIMGroupReportElemOpUserInfo = "group_report_elem_op_user_info";
/** object GroupMemberInfo:  Group_report_elem_op_group_memberinfo. */
TIM_KEY kTIMGroupReportElemOpGroupMemberInfo = "group_report_elem_op_group_memberinfo";
/** string:  Group_report_elem_platform. */
TIM_KEY kTIMGroupReportElemPlatform = "group_report_elem_platform";
/** uint32:  For kTIMGroupReport_ShutUpMember. */
TIM_KEY kTIMGroupReportElemShutUpTime = "group_report_elem_shut_up_time";
/** uint32:  For kTIMGroupReport_GroupMessageRecvOption. */
TIM_KEY kTIMGroupReportElemGroupMessageReceiveOption = "group_report_elem_group_message_receive_option";
/** @} */

/**
 * @name Message
 * Message.
 * @{
 */
/** [Elem]:  Elements discriminated by elem_type. */
TIM_KEY kTIMMsgElemArray = "message_elem_array";
/** string:  Message_conv_id. */
TIM_KEY kTIMMsgConvId = "message_conv_id";
/** uint32:  Message_conv_type. */
TIM_KEY kTIMMsgConvType = "message_conv_type";
/** string:  Message_sender. */
TIM_KEY kTIMMsgSender = "message_sender";
/** uint32:  Message_priority. */
TIM_KEY kTIMMsgPriority = "message_priority";
/** uint64:  Seconds since epoch. */
TIM_KEY kTIMMsgClientTime = "message_client_time";
/** uint64:  Seconds since epoch. */
TIM_KEY kTIMMsgServerTime = "message_server_time";
/** bool:  Message_is_from_self. */
TIM_KEY kTIMMsgIsFormSelf = "message_is_from_self";
/** uint32:  Message_platform. */
TIM_KEY kTIMMsgPlatform = "message_platform";
/** bool:  Message_is_read. */
TIM_KEY kTIMMsgIsRead = "message_is_read";
/** bool:  Default false; true: not stored for offline. */
TIM_KEY kTIMMsgIsOnlineMsg = "message_is_online_msg";
/** bool:  Conversation level: time <= peer read time. */
TIM_KEY kTIMMsgIsPeerRead = "message_is_peer_read";
/** bool:  Message level: peer acknowledged this message. */
TIM_KEY kTIMMsgReceiptPeerRead = "message_receipt_peer_read";
/** bool:  Request a per-message receipt. */
TIM_KEY kTIMMsgNeedReadReceipt = "message_need_read_receipt";
/** bool:  Message_support_message_extension. */
TIM_KEY kTIMMsgSupportMessageExtension = "message_support_message_extension";
/** bool:  AVChatRoom only. */
TIM_KEY kTIMMsgIsBroadcastMessage = "message_is_broadcast_message";
/** bool:  Groups only. */
TIM_KEY kTIMMsgHasSentReceipt = "message_has_sent_receipt";
/**
 * int32:  Internal; use TIMMsgGetMessageReadReceipts. (also spelt message_receipt_read_count; both are read
 * and written)
 */
TIM_KEY kTIMMsgGroupReceiptReadCount = "message_group_receipt_read_count";
/**
 * int32:  Internal; use TIMMsgGetMessageReadReceipts. (also spelt message_receipt_unread_count; both are read
 * and written)
 */
TIM_KEY kTIMMsgGroupReceiptUnreadCount = "message_group_receipt_unread_count";
/** uint64:  Internal modification counter. */
TIM_KEY kTIMMsgVersion = "message_version";
/** uint32:  TIMMsgStatus starts at 1. */
TIM_KEY kTIMMsgStatus = "message_status";
/** uint64:  Numeric id; message_msg_id preferred. */
TIM_KEY kTIMMsgUniqueId = "message_unique_id";
/** string:  String id; sample form tinyid-clienttime-rand. */
TIM_KEY kTIMMsgMsgId = "message_msg_id";
/** uint64:  Message_rand. */
TIM_KEY kTIMMsgRand = "message_rand";
/** uint64:  Message_seq. */
TIM_KEY kTIMMsgSeq = "message_seq";
/** uint32:  Local only, never sent. */
TIM_KEY kTIMMsgCustomInt = "message_custom_int";
/** string:  Local only, never sent. */
TIM_KEY kTIMMsgCustomStr = "message_custom_str";
/** string:  Sent to peer and kept in cloud. */
TIM_KEY kTIMMsgCloudCustomStr = "message_cloud_custom_str";
/** bool:  Default false. */
TIM_KEY kTIMMsgIsExcludedFromUnreadCount = "message_is_excluded_from_unread_count";
/** [string]:  User ids; kImSDK_MessageAtALL value means everyone. */
TIM_KEY kTIMMsgGroupAtUserArray = "message_group_at_user_array";
/** bool:  Set true on a copy before resending. */
TIM_KEY kTIMMsgIsForwardMessage = "message_is_forward_message";
/** object UserProfile:  Message_sender_profile. */
TIM_KEY kTIMMsgSenderProfile = "message_sender_profile";
/** object GroupMemberInfo:  Only identifier and name card are filled. */
TIM_KEY kTIMMsgSenderGroupMemberInfo = "message_sender_group_member_info";
/** bool:  True: never becomes conv_last_msg. */
TIM_KEY kTIMMsgExcludedFromLastMessage = "message_excluded_from_last_message";
/** bool:  True: skip moderation. */
TIM_KEY kTIMMsgExcludedFromContentModeration = "message_excluded_from_content_moderation";
/** string:  Console moderation profile id. */
TIM_KEY kTIMMsgCustomModerationConfigurationID = "message_custom_moderation_configuration_id";
/** bool:  Set asynchronously by cloud moderation. */
TIM_KEY kTIMMsgHasRiskContent = "message_has_risk_content";
/** any:  Internal; type not declared. */
TIM_KEY kTIMMsgRiskTypeIdentified = "message_risk_type_identified";
/** [string]:  Directed group message; excluded from unread count. */
TIM_KEY kTIMMsgTargetGroupMemberArray = "message_target_group_member_array";
/**
 * object OfflinePushConfig:  Gens 4-6 use misspelt message_offlie_push_config. (also spelt
 * message_offlie_push_config; both are read and written)
 */
TIM_KEY kTIMMsgOfflinePushConfig = "message_offline_push_config";
/** string:  Only on revoked messages. */
TIM_KEY kTIMMsgRevokerUserId = "message_revoker_user_id";
/** string:  Only on revoked messages. */
TIM_KEY kTIMMsgRevokerNickName = "message_revoker_nick_name";
/** string:  Only on revoked messages. */
TIM_KEY kTIMMsgRevokerFaceUrl = "message_revoker_face_url";
/** string:  Only on revoked messages. */
TIM_KEY kTIMMsgRevokeReason = "message_revoke_reason";
/** string:  Only in pinned-message lists. */
TIM_KEY kTIMMsgPinnerUserId = "message_pinner_user_id";
/** string:  Only in pinned-message lists. */
TIM_KEY kTIMMsgPinnerNickName = "message_pinner_nick_name";
/** string:  Only in pinned-message lists. */
TIM_KEY kTIMMsgPinnerFriendRemark = "message_pinner_friend_remark";
/** string:  Only in pinned-message lists. */
TIM_KEY kTIMMsgPinnerNameCard = "message_pinner_name_card";
/** string:  Only in pinned-message lists. */
TIM_KEY kTIMMsgPinnerFaceURL = "message_pinner_face_url";
/** @} */

/**
 * @name MessageReceipt
 * MessageReceipt.
 * @{
 */
/** string:  Msg_receipt_conv_id. */
TIM_KEY kTIMMsgReceiptConvId = "msg_receipt_conv_id";
/** uint32:  Msg_receipt_conv_type. */
TIM_KEY kTIMMsgReceiptConvType = "msg_receipt_conv_type";
/** string:  Msg_receipt_msg_id. */
TIM_KEY kTIMMsgReceiptMsgId = "msg_receipt_msg_id";
/** uint64:  Msg_receipt_time_stamp. */
TIM_KEY kTIMMsgReceiptTimeStamp = "msg_receipt_time_stamp";
/** bool:  One-to-one only. */
TIM_KEY kTIMMsgReceiptIsPeerRead = "msg_receipt_is_peer_read";
/** uint64:  Groups only. */
TIM_KEY kTIMMsgReceiptReadCount = "msg_receipt_read_count";
/** uint64:  Groups only. */
TIM_KEY kTIMMsgReceiptUnreadCount = "msg_receipt_unread_count";
/** @} */

/**
 * @name MsgLocator
 * MsgLocator.
 * @{
 */
/** string:  Declared bool in headers; samples read a string. */
TIM_KEY kTIMMsgLocatorConvId = "message_locator_conv_id";
/** uint32:  Declared bool in headers; samples read a uint. */
TIM_KEY kTIMMsgLocatorConvType = "message_locator_conv_type";
/** bool:  Default false. */
TIM_KEY kTIMMsgLocatorIsRevoked = "message_locator_is_revoked";
/** uint64:  Message_locator_time. */
TIM_KEY kTIMMsgLocatorTime = "message_locator_time";
/** uint64:  Message_locator_seq. */
TIM_KEY kTIMMsgLocatorSeq = "message_locator_seq";
/** bool:  Default false. */
TIM_KEY kTIMMsgLocatorIsSelf = "message_locator_is_self";
/** uint64:  Message_locator_rand. */
TIM_KEY kTIMMsgLocatorRand = "message_locator_rand";
/** uint64:  Message_locator_unique_id. */
TIM_KEY kTIMMsgLocatorUniqueId = "message_locator_unique_id";
/** @} */

/**
 * @name MsgGetMsgListParam
 * MsgGetMsgListParam.
 * @{
 */
/** object Message:  Absent: start from newest; must not be JSON null. */
TIM_KEY kTIMMsgGetMsgListParamLastMsg = "msg_getmsglist_param_last_msg";
/** uint32:  Msg_getmsglist_param_count. */
TIM_KEY kTIMMsgGetMsgListParamCount = "msg_getmsglist_param_count";
/**
 * bool:  True: include cloud (roaming) history. (also spelt msg_getmsglist_param_is_remble; both are read and
 * written)
 */
TIM_KEY kTIMMsgGetMsgListParamIsRamble = "msg_getmsglist_param_is_ramble";
/** [uint32]:  TIMElemType values; only if is_ramble false; empty = all. */
TIM_KEY kTIMMsgGetMsgListMessageTypeArray = "msg_getmsglist_param_message_type_array";
/** bool:  Msg_getmsglist_param_is_forward. */
TIM_KEY kTIMMsgGetMsgListParamIsForward = "msg_getmsglist_param_is_forward";
/** uint64:  Msg_getmsglist_param_last_msg_seq. */
TIM_KEY kTIMMsgGetMsgListParamLastMsgSeq = "msg_getmsglist_param_last_msg_seq";
/** uint64:  UTC seconds. */
TIM_KEY kTIMMsgGetMsgListParamTimeBegin = "msg_getmsglist_param_time_begin";
/** uint64:  Seconds. */
TIM_KEY kTIMMsgGetMsgListParamTimePeriod = "msg_getmsglist_param_time_period";
/** [uint64]:  Groups only. */
TIM_KEY kTIMMsgGetMsgListParamMessageSeqArray = "msg_getmsglist_param_message_seq_array";
/** @} */

/**
 * @name MsgDeleteParam
 * MsgDeleteParam.
 * @{
 */
/** object Message:  Msg_delete_param_msg. */
TIM_KEY kTIMMsgDeleteParamMsg = "msg_delete_param_msg";
/**
 * bool:  Default false: local copy only. (also spelt msg_delete_param_is_remble; both are read and written)
 */
TIM_KEY kTIMMsgDeleteParamIsRamble = "msg_delete_param_is_ramble";
/** @} */

/**
 * @name MsgBatchSendParam
 * MsgBatchSendParam.
 * @{
 */
/** [string]:  Msg_batch_send_param_identifier_array. */
TIM_KEY kTIMMsgBatchSendParamIdentifierArray = "msg_batch_send_param_identifier_array";
/** object Message:  Msg_batch_send_param_msg. */
TIM_KEY kTIMMsgBatchSendParamMsg = "msg_batch_send_param_msg";
/** @} */

/**
 * @name MsgBatchSendResult
 * MsgBatchSendResult.
 * @{
 */
/** string:  Msg_batch_send_result_identifier. */
TIM_KEY kTIMMsgBatchSendResultIdentifier = "msg_batch_send_result_identifier";
/** int32:  Msg_batch_send_result_code. */
TIM_KEY kTIMMsgBatchSendResultCode = "msg_batch_send_result_code";
/** string:  Msg_batch_send_result_desc. */
TIM_KEY kTIMMsgBatchSendResultDesc = "msg_batch_send_result_desc";
/** object Message:  Msg_batch_send_result_msg. */
TIM_KEY kTIMMsgBatchSendResultMsg = "msg_batch_send_result_msg";
/** @} */

/**
 * @name DownloadElemParam
 * DownloadElemParam.
 * @{
 */
/** uint32:  Msg_download_elem_param_type. */
TIM_KEY kTIMMsgDownloadElemParamType = "msg_download_elem_param_type";
/** string:  Msg_download_elem_param_id. */
TIM_KEY kTIMMsgDownloadElemParamId = "msg_download_elem_param_id";
/** uint32:  Msg_download_elem_param_business_id. */
TIM_KEY kTIMMsgDownloadElemParamBusinessId = "msg_download_elem_param_business_id";
/** string:  Msg_download_elem_param_url. */
TIM_KEY kTIMMsgDownloadElemParamUrl = "msg_download_elem_param_url";
/** uint32:  Dropped in gen 8. */
TIM_KEY kTIMMsgDownloadElemParamFlag = "msg_download_elem_param_flag";
/** @} */

/**
 * @name MsgDownloadElemResult
 * MsgDownloadElemResult.
 * @{
 */
/** uint32:  Msg_download_elem_result_current_size. */
TIM_KEY kTIMMsgDownloadElemResultCurrentSize = "msg_download_elem_result_current_size";
/** uint32:  Msg_download_elem_result_total_size. */
TIM_KEY kTIMMsgDownloadElemResultTotalSize = "msg_download_elem_result_total_size";
/** @} */

/* -- Conversations ------------------------------------------------------------------------------------------ */

/** TIMConvEvent. */
enum TIMConvEvent {
    /** kTIMConvEvent_Add. */
    kTIMConvEvent_Add = 0,
    /** kTIMConvEvent_Del. */
    kTIMConvEvent_Del = 1,
    /** kTIMConvEvent_Update. */
    kTIMConvEvent_Update = 2,
    /** kTIMConvEvent_Start. */
    kTIMConvEvent_Start = 3,
    /** kTIMConvEvent_Finish. */
    kTIMConvEvent_Finish = 4,
};
typedef enum TIMConvEvent TIMConvEvent;

/** TIMGroupAtType. */
enum TIMGroupAtType {
    /** kTIMGroup_At_Me. */
    kTIMGroup_At_Me = 1,
    /** kTIMGroup_At_All. */
    kTIMGroup_At_All = 2,
    /** kTIMGroup_At_All_At_ME. */
    kTIMGroup_At_All_At_ME = 3,
};
typedef enum TIMGroupAtType TIMGroupAtType;

/**
 * @name ConvInfo
 * ConvInfo.
 * @{
 */
/** string:  Conv_id. */
TIM_KEY kTIMConvId = "conv_id";
/** uint32:  Conv_type. */
TIM_KEY kTIMConvType = "conv_type";
/** string:  Conv_face_url. */
TIM_KEY kTIMConvFaceUrl = "conv_face_url";
/** uint64:  Conv_unread_num. */
TIM_KEY kTIMConvUnReadNum = "conv_unread_num";
/** uint64:  Ordering value; may exceed a wall-clock timestamp. */
TIM_KEY kTIMConvActiveTime = "conv_active_time";
/** bool:  Conv_is_has_lastmsg. */
TIM_KEY kTIMConvIsHasLastMsg = "conv_is_has_lastmsg";
/** object Message:  Present when conv_is_has_lastmsg. */
TIM_KEY kTIMConvLastMsg = "conv_last_msg";
/** bool:  Conv_is_has_draft. */
TIM_KEY kTIMConvIsHasDraft = "conv_is_has_draft";
/** object Draft:  Present when conv_is_has_draft. */
TIM_KEY kTIMConvDraft = "conv_draft";
/** uint32:  Conv_recv_opt. */
TIM_KEY kTIMConvRecvOpt = "conv_recv_opt";
/** uint32:  Group conversations only. */
TIM_KEY kTIMConvGroupType = "conv_group_type";
/** [GroupAtInfo]:  Conv_group_at_info_array. */
TIM_KEY kTIMConvGroupAtInfoArray = "conv_group_at_info_array";
/** bool:  Conv_is_pinned. */
TIM_KEY kTIMConvIsPinned = "conv_is_pinned";
/** string:  Group: name then id; C2C: remark, nick, id. */
TIM_KEY kTIMConvShowName = "conv_show_name";
/** [uint64]:  TIMConversationMarkType bits. */
TIM_KEY kTIMConvMarkArray = "conv_mark_array";
/** string:  Conv_custom_data. */
TIM_KEY kTIMConvCustomData = "conv_custom_data";
/** [string]:  Conv_conversation_group_array. */
TIM_KEY kTIMConvConversationGroupArray = "conv_conversation_group_array";
/** uint64:  UTC seconds; one-to-one only. */
TIM_KEY kTIMConvC2CReadTimestamp = "conv_c2c_read_timestamp";
/** uint64:  Conv_group_read_sequence. */
TIM_KEY kTIMConvGroupReadSequence = "conv_group_read_sequence";
/** string:  Conv_owner. */
TIM_KEY kTIMConvOwner = "conv_owner";
/** @} */

/**
 * @name Draft
 * Draft.
 * @{
 */
/** object Message:  Draft_msg. */
TIM_KEY kTIMDraftMsg = "draft_msg";
/** string:  Draft_user_define. */
TIM_KEY kTIMDraftUserDefine = "draft_user_define";
/** uint32:  UTC seconds. */
TIM_KEY kTIMDraftEditTime = "draft_edit_time";
/** @} */

/**
 * @name GroupAtInfo
 * GroupAtInfo.
 * @{
 */
/** uint64:  Conv_group_at_info_seq. */
TIM_KEY kTIMGroupAtInfoSeq = "conv_group_at_info_seq";
/** uint32:  Conv_group_at_info_at_type. */
TIM_KEY kTIMGroupAtInfoAtType = "conv_group_at_info_at_type";
/** @} */

/* -- Groups ------------------------------------------------------------------------------------------------- */

/** TIMGroupType. */
enum TIMGroupType {
    /** kTIMGroup_Public. */
    kTIMGroup_Public = 0,
    /** kTIMGroup_Private. */
    kTIMGroup_Private = 1,
    /** kTIMGroup_ChatRoom. */
    kTIMGroup_ChatRoom = 2,
    /** kTIMGroup_BChatRoom. */
    kTIMGroup_BChatRoom = 3,
    /** kTIMGroup_AVChatRoom. */
    kTIMGroup_AVChatRoom = 4,
    /** kTIMGroup_Community. */
    kTIMGroup_Community = 5,
};
typedef enum TIMGroupType TIMGroupType;

/** TIMGroupAddOption. */
enum TIMGroupAddOption {
    /** kTIMGroupAddOpt_Forbid. */
    kTIMGroupAddOpt_Forbid = 0,
    /** kTIMGroupAddOpt_Auth. */
    kTIMGroupAddOpt_Auth = 1,
    /** kTIMGroupAddOpt_Any. */
    kTIMGroupAddOpt_Any = 2,
    /** kTIMGroupAddOpt_Unknown. */
    kTIMGroupAddOpt_Unknown = 3,
};
typedef enum TIMGroupAddOption TIMGroupAddOption;

/** TIMGroupModifyInfoFlag. */
enum TIMGroupModifyInfoFlag {
    /** kTIMGroupModifyInfoFlag_None. */
    kTIMGroupModifyInfoFlag_None = 0,
    /** kTIMGroupModifyInfoFlag_Name. */
    kTIMGroupModifyInfoFlag_Name = 1,
    /** kTIMGroupModifyInfoFlag_Notification. */
    kTIMGroupModifyInfoFlag_Notification = 2,
    /** kTIMGroupModifyInfoFlag_Introduction. */
    kTIMGroupModifyInfoFlag_Introduction = 4,
    /** kTIMGroupModifyInfoFlag_FaceUrl. */
    kTIMGroupModifyInfoFlag_FaceUrl = 8,
    /** kTIMGroupModifyInfoFlag_AddOption. */
    kTIMGroupModifyInfoFlag_AddOption = 16,
    /** kTIMGroupModifyInfoFlag_MaxMemberNum. */
    kTIMGroupModifyInfoFlag_MaxMemberNum = 32,
    kTIMGroupModifyInfoFlag_MaxMmeberNum = 32, /**< older name of kTIMGroupModifyInfoFlag_MaxMemberNum */
    /** kTIMGroupModifyInfoFlag_Visible. */
    kTIMGroupModifyInfoFlag_Visible = 64,
    /** kTIMGroupModifyInfoFlag_Searchable. */
    kTIMGroupModifyInfoFlag_Searchable = 128,
    /** kTIMGroupModifyInfoFlag_ShutupAll. */
    kTIMGroupModifyInfoFlag_ShutupAll = 256,
    /** kTIMGroupModifyInfoFlag_Custom. */
    kTIMGroupModifyInfoFlag_Custom = 512,
    /** kTIMGroupTopicModifyInfoFlag_CustomString. */
    kTIMGroupTopicModifyInfoFlag_CustomString = 2048,
    /** kTIMGroupModifyInfoFlag_ApproveOption. */
    kTIMGroupModifyInfoFlag_ApproveOption = 4096,
    /** kTIMGroupModifyInfoFlag_EnablePermissionGroup. */
    kTIMGroupModifyInfoFlag_EnablePermissionGroup = 8192,
    /** kTIMGroupModifyInfoFlag_DefaultPermissions. */
    kTIMGroupModifyInfoFlag_DefaultPermissions = 16384,
    /** kTIMGroupModifyInfoFlag_Owner. */
    kTIMGroupModifyInfoFlag_Owner = (-2147483647 - 1),
};
typedef enum TIMGroupModifyInfoFlag TIMGroupModifyInfoFlag;

/** TIMGroupMemberRole. */
enum TIMGroupMemberRole {
    /** kTIMMemberRole_None. */
    kTIMMemberRole_None = 0,
    /** kTIMMemberRole_Normal. */
    kTIMMemberRole_Normal = 200,
    /** kTIMMemberRole_Admin. */
    kTIMMemberRole_Admin = 300,
    /** kTIMMemberRole_Owner. */
    kTIMMemberRole_Owner = 400,
};
typedef enum TIMGroupMemberRole TIMGroupMemberRole;

/** TIMGroupMemberRoleFlag. */
enum TIMGroupMemberRoleFlag {
    /** kTIMGroupMemberRoleFlag_All. */
    kTIMGroupMemberRoleFlag_All = 0,
    /** kTIMGroupMemberRoleFlag_Owner. */
    kTIMGroupMemberRoleFlag_Owner = 1,
    /** kTIMGroupMemberRoleFlag_Admin. */
    kTIMGroupMemberRoleFlag_Admin = 2,
    /** kTIMGroupMemberRoleFlag_Member. */
    kTIMGroupMemberRoleFlag_Member = 4,
};
typedef enum TIMGroupMemberRoleFlag TIMGroupMemberRoleFlag;

/** TIMGroupMemberModifyInfoFlag. */
enum TIMGroupMemberModifyInfoFlag {
    /** kTIMGroupMemberModifyFlag_None. */
    kTIMGroupMemberModifyFlag_None = 0,
    /** kTIMGroupMemberModifyFlag_MsgFlag. */
    kTIMGroupMemberModifyFlag_MsgFlag = 1,
    /** kTIMGroupMemberModifyFlag_MemberRole. */
    kTIMGroupMemberModifyFlag_MemberRole = 2,
    /** kTIMGroupMemberModifyFlag_ShutupTime. */
    kTIMGroupMemberModifyFlag_ShutupTime = 4,
    /** kTIMGroupMemberModifyFlag_NameCard. */
    kTIMGroupMemberModifyFlag_NameCard = 8,
    /** kTIMGroupMemberModifyFlag_Custom. */
    kTIMGroupMemberModifyFlag_Custom = 16,
};
typedef enum TIMGroupMemberModifyInfoFlag TIMGroupMemberModifyInfoFlag;

/** HandleGroupMemberResult. */
enum HandleGroupMemberResult {
    /** kTIMGroupMember_HandledErr. */
    kTIMGroupMember_HandledErr = 0,
    /** kTIMGroupMember_HandledSuc. */
    kTIMGroupMember_HandledSuc = 1,
    /** kTIMGroupMember_Included. */
    kTIMGroupMember_Included = 2,
    /** kTIMGroupMember_Invited. */
    kTIMGroupMember_Invited = 3,
};
typedef enum HandleGroupMemberResult HandleGroupMemberResult;

/** TIMGroupPendencyType. */
enum TIMGroupPendencyType {
    /** kTIMGroupPendency_GroupJoinNeedApprovedByAdmin. */
    kTIMGroupPendency_GroupJoinNeedApprovedByAdmin = 0,
    kTIMGroupPendency_RequestJoin = 0, /**< older name of kTIMGroupPendency_GroupJoinNeedApprovedByAdmin */
    /** kTIMGroupPendency_GroupInviteNeedApprovedByInvitee. */
    kTIMGroupPendency_GroupInviteNeedApprovedByInvitee = 1,
    kTIMGroupPendency_InviteJoin = 1, /**< older name of kTIMGroupPendency_GroupInviteNeedApprovedByInvitee */
    /** kTIMGroupPendency_GroupInviteNeedApprovedByAdmin. */
    kTIMGroupPendency_GroupInviteNeedApprovedByAdmin = 2,
    kTIMGroupPendency_ReqAndInvite = 2, /**< older name of kTIMGroupPendency_GroupInviteNeedApprovedByAdmin */
};
typedef enum TIMGroupPendencyType TIMGroupPendencyType;

/** TIMGroupPendencyHandle. */
enum TIMGroupPendencyHandle {
    /** kTIMGroupPendency_NotHandle. */
    kTIMGroupPendency_NotHandle = 0,
    /** kTIMGroupPendency_OtherHandle. */
    kTIMGroupPendency_OtherHandle = 1,
    /** kTIMGroupPendency_OperatorHandle. */
    kTIMGroupPendency_OperatorHandle = 2,
};
typedef enum TIMGroupPendencyHandle TIMGroupPendencyHandle;

/** TIMGroupPendencyHandleResult. */
enum TIMGroupPendencyHandleResult {
    /** kTIMGroupPendency_Refuse. */
    kTIMGroupPendency_Refuse = 0,
    /** kTIMGroupPendency_Accept. */
    kTIMGroupPendency_Accept = 1,
};
typedef enum TIMGroupPendencyHandleResult TIMGroupPendencyHandleResult;

/** TIMGroupTipType. */
enum TIMGroupTipType {
    /** kTIMGroupTip_None. */
    kTIMGroupTip_None = 0,
    /** kTIMGroupTip_Invite. */
    kTIMGroupTip_Invite = 1,
    /** kTIMGroupTip_Quit. */
    kTIMGroupTip_Quit = 2,
    /** kTIMGroupTip_Kick. */
    kTIMGroupTip_Kick = 3,
    /** kTIMGroupTip_SetAdmin. */
    kTIMGroupTip_SetAdmin = 4,
    /** kTIMGroupTip_CancelAdmin. */
    kTIMGroupTip_CancelAdmin = 5,
    /** kTIMGroupTip_GroupInfoChange. */
    kTIMGroupTip_GroupInfoChange = 6,
    /** kTIMGroupTip_MemberInfoChange. */
    kTIMGroupTip_MemberInfoChange = 7,
    /** kTIMGroupTip_MemberMarkChange. */
    kTIMGroupTip_MemberMarkChange = 8,
    /** kTIMGroupTip_TopicInfoChange. */
    kTIMGroupTip_TopicInfoChange = 9,
    /** KTIMGroupTip_PinnedMessageAdded. */
    KTIMGroupTip_PinnedMessageAdded = 10,
    /** KTIMGroupTip_PinnedMessageDeleted. */
    KTIMGroupTip_PinnedMessageDeleted = 11,
};
typedef enum TIMGroupTipType TIMGroupTipType;

/** TIMGroupTipGroupChangeFlag. */
enum TIMGroupTipGroupChangeFlag {
    /** kTIMGroupTipChangeFlag_Unknown. */
    kTIMGroupTipChangeFlag_Unknown = 0,
    /** kTIMGroupTipChangeFlag_Name. */
    kTIMGroupTipChangeFlag_Name = 1,
    /** kTIMGroupTipChangeFlag_Introduction. */
    kTIMGroupTipChangeFlag_Introduction = 2,
    /** kTIMGroupTipChangeFlag_Notification. */
    kTIMGroupTipChangeFlag_Notification = 3,
    /** kTIMGroupTipChangeFlag_FaceUrl. */
    kTIMGroupTipChangeFlag_FaceUrl = 4,
    /** kTIMGroupTipChangeFlag_Owner. */
    kTIMGroupTipChangeFlag_Owner = 5,
    /** kTIMGroupTipChangeFlag_Custom. */
    kTIMGroupTipChangeFlag_Custom = 6,
    /** kTIMGroupTipChangeFlag_Attribute. */
    kTIMGroupTipChangeFlag_Attribute = 7,
    /** kTIMGroupTipChangeFlag_ShutupAll. */
    kTIMGroupTipChangeFlag_ShutupAll = 8,
    /** kTIMGroupTipChangeFlag_TopicCustomData. */
    kTIMGroupTipChangeFlag_TopicCustomData = 9,
    /** kTIMGroupTipChangeFlag_MessageReceiveOpt. */
    kTIMGroupTipChangeFlag_MessageReceiveOpt = 10,
    /** kTIMGroupTipChangeFlag_GroupAddOpt. */
    kTIMGroupTipChangeFlag_GroupAddOpt = 11,
    /** kTIMGroupTipChangeFlag_GroupApproveOpt. */
    kTIMGroupTipChangeFlag_GroupApproveOpt = 12,
    /** kTIMGroupTipChangeFlag_EnablePermissionGroup. */
    kTIMGroupTipChangeFlag_EnablePermissionGroup = 13,
    /** kTIMGroupTipChangeFlag_DefaultPermissions. */
    kTIMGroupTipChangeFlag_DefaultPermissions = 14,
};
typedef enum TIMGroupTipGroupChangeFlag TIMGroupTipGroupChangeFlag;

/** TIMGroupJoinType. */
enum TIMGroupJoinType {
    /** kTIMGroupJoin_None. */
    kTIMGroupJoin_None = 0,
    /** kTIMGroupJoin_Apply. */
    kTIMGroupJoin_Apply = 1,
    /** kTIMGroupJoin_Invite. */
    kTIMGroupJoin_Invite = 2,
};
typedef enum TIMGroupJoinType TIMGroupJoinType;

/**
 * @name GroupMemberGetInfoOption
 * GroupMemberGetInfoOption.
 * @{
 */
/**
 * uint64:  Default 0 (all roles); values >=1000 select member marks. (also spelt get_info_option_role_flag;
 * both are read and written)
 */
TIM_KEY kTIMGroupMemberGetInfoOptionRoleFlag = "group_member_get_info_option_role_flag";
/**
 * uint64:  Default 0xffffffff (everything). (also spelt get_info_option_info_flag; both are read and written)
 */
TIM_KEY kTIMGroupMemberGetInfoOptionInfoFlag = "group_member_get_info_option_info_flag";
/**
 * [string]:  Group_member_get_info_option_custom_array. (also spelt get_info_option_custom_array; both are
 * read and written)
 */
TIM_KEY kTIMGroupMemberGetInfoOptionCustomArray = "group_member_get_info_option_custom_array";
/** @} */

/**
 * @name GroupTipsElem
 * GroupTipsElem.
 * @{
 */
/** uint32:  Group_tips_elem_tip_type. */
TIM_KEY kTIMGroupTipsElemTipType = "group_tips_elem_tip_type";
/** uint32:  Only for Invite tips. */
TIM_KEY kTIMGroupTipsElemJoinType = "group_tips_elem_join_type";
/** string:  Group_tips_elem_op_user. */
TIM_KEY kTIMGroupTipsElemOpUser = "group_tips_elem_op_user";
/** string:  Group_tips_elem_group_id. */
TIM_KEY kTIMGroupTipsElemGroupId = "group_tips_elem_group_id";
/** [string]:  Group_tips_elem_user_array. */
TIM_KEY kTIMGroupTipsElemUserArray = "group_tips_elem_user_array";
/** [GroupTipGroupChangeInfo]:  Only when tip_type is kTIMGroupTip_GroupInfoChange. */
TIM_KEY kTIMGroupTipsElemGroupChangeInfoArray = "group_tips_elem_group_change_info_array";
/** [GroupTipMemberChangeInfo]:  Only when tip_type is kTIMGroupTip_MemberInfoChange. */
TIM_KEY kTIMGroupTipsElemMemberChangeInfoArray = "group_tips_elem_member_change_info_array";
/** object UserProfile:  Group_tips_elem_op_user_info. */
TIM_KEY kTIMGroupTipsElemOpUserInfo = "group_tips_elem_op_user_info";
/** object GroupMemberInfo:  Group_tips_elem_op_group_memberinfo. */
TIM_KEY kTIMGroupTipsElemOpGroupMemberInfo = "group_tips_elem_op_group_memberinfo";
/** [UserProfile]:  Group_tips_elem_changed_user_info_array. */
TIM_KEY kTIMGroupTipsElemChangedUserInfoArray = "group_tips_elem_changed_user_info_array";
/** [GroupMemberInfo]:  Group_tips_elem_changed_group_memberinfo_array. */
TIM_KEY kTIMGroupTipsElemChangedGroupMemberInfoArray = "group_tips_elem_changed_group_memberinfo_array";
/** uint32:  Only for Invite, Quit, Kick tips. */
TIM_KEY kTIMGroupTipsElemMemberNum = "group_tips_elem_member_num";
/** string:  Group_tips_elem_platform. */
TIM_KEY kTIMGroupTipsElemPlatform = "group_tips_elem_platform";
/** [GroupTipMemberMarkChangeInfo]:  Only when tip_type is kTIMGroupTip_MemberMarkChange. */
TIM_KEY kTIMGroupTipsElemMemberMarkInfoArray = "group_tips_elem_member_mark_info_array";
/** any:  Declared "value" of an undefined type. */
TIM_KEY kTIMGroupTipsElemPinnedMessageList = "group_tips_elem_pinned_message_list";
/** string:  Group_tips_elem_group_name. */
TIM_KEY kTIMGroupTipsElemGroupName = "group_tips_elem_group_name";
/** uint32:  Group_tips_elem_time. */
TIM_KEY kTIMGroupTipsElemTime = "group_tips_elem_time";
/** @} */

/**
 * @name GroupBaseInfo
 * GroupBaseInfo.
 * @{
 */
/** string:  Group_base_info_group_id. */
TIM_KEY kTIMGroupBaseInfoGroupId = "group_base_info_group_id";
/** string:  Group_base_info_group_name. */
TIM_KEY kTIMGroupBaseInfoGroupName = "group_base_info_group_name";
/** uint32:  Declared enum; seed sample shows string "Public". */
TIM_KEY kTIMGroupBaseInfoGroupType = "group_base_info_group_type";
/** string:  Group_base_info_face_url. */
TIM_KEY kTIMGroupBaseInfoFaceUrl = "group_base_info_face_url";
/** uint32:  Grows by each profile change. */
TIM_KEY kTIMGroupBaseInfoInfoSeq = "group_base_info_info_seq";
/**
 * uint32:  Gapless per-group message counter starting at 1. (also spelt group_base_info_lastest_seq; both are
 * read and written)
 */
TIM_KEY kTIMGroupBaseInfoLatestSeq = "group_base_info_latest_seq";
TIM_KEY kTIMGroupBaseInfoLastestSeq = "group_base_info_lastest_seq"; /**< older spelling */
/** uint32:  Group_base_info_readed_seq. */
TIM_KEY kTIMGroupBaseInfoReadedSeq = "group_base_info_readed_seq";
/** uint32:  Group_base_info_msg_flag. */
TIM_KEY kTIMGroupBaseInfoMsgFlag = "group_base_info_msg_flag";
/** bool:  Group_base_info_is_shutup_all. */
TIM_KEY kTIMGroupBaseInfoIsShutupAll = "group_base_info_is_shutup_all";
/** object GroupSelfInfo:  Group_base_info_self_info. */
TIM_KEY kTIMGroupBaseInfoSelfInfo = "group_base_info_self_info";
/** @} */

/**
 * @name GroupSelfInfo
 * GroupSelfInfo.
 * @{
 */
/** uint32:  Group_self_info_join_time. */
TIM_KEY kTIMGroupSelfInfoJoinTime = "group_self_info_join_time";
/** uint32:  Group_self_info_role. */
TIM_KEY kTIMGroupSelfInfoRole = "group_self_info_role";
/** uint32:  Group_self_info_unread_num. */
TIM_KEY kTIMGroupSelfInfoUnReadNum = "group_self_info_unread_num";
/** uint32:  Group_self_info_msg_flag. */
TIM_KEY kTIMGroupSelfInfoMsgFlag = "group_self_info_msg_flag";
/** @} */

/**
 * @name GroupDetailInfo
 * GroupDetailInfo.
 * @{
 */
/** string:  Group_detail_info_group_id. (also spelt group_detial_info_group_id; both are read and written) */
TIM_KEY kTIMGroupDetailInfoGroupId = "group_detail_info_group_id";
TIM_KEY kTIMGroupDetialInfoGroupId = "group_detial_info_group_id"; /**< older spelling */
/**
 * uint32:  Group_detail_info_group_type. (also spelt group_detial_info_group_type; both are read and written)
 */
TIM_KEY kTIMGroupDetailInfoGroupType = "group_detail_info_group_type";
TIM_KEY kTIMGroupDetialInfoGroupType = "group_detial_info_group_type"; /**< older spelling */
/** bool:  Community only. (also spelt group_detial_info_is_support_topic; both are read and written) */
TIM_KEY kTIMGroupDetailInfoIsSupportTopic = "group_detail_info_is_support_topic";
TIM_KEY kTIMGroupDetialInfoIsSupportTopic = "group_detial_info_is_support_topic"; /**< older spelling */
/**
 * string:  Group_detail_info_group_name. (also spelt group_detial_info_group_name; both are read and written)
 */
TIM_KEY kTIMGroupDetailInfoGroupName = "group_detail_info_group_name";
TIM_KEY kTIMGroupDetialInfoGroupName = "group_detial_info_group_name"; /**< older spelling */
/**
 * string:  Group_detail_info_notification. (also spelt group_detial_info_notification; both are read and
 * written)
 */
TIM_KEY kTIMGroupDetailInfoNotification = "group_detail_info_notification";
TIM_KEY kTIMGroupDetialInfoNotification = "group_detial_info_notification"; /**< older spelling */
/**
 * string:  Group_detail_info_introduction. (also spelt group_detial_info_introduction; both are read and
 * written)
 */
TIM_KEY kTIMGroupDetailInfoIntroduction = "group_detail_info_introduction";
TIM_KEY kTIMGroupDetialInfoIntroduction = "group_detial_info_introduction"; /**< older spelling */
/** string:  Group_detail_info_face_url. (also spelt group_detial_info_face_url; both are read and written) */
TIM_KEY kTIMGroupDetailInfoFaceUrl = "group_detail_info_face_url";
TIM_KEY kTIMGroupDetialInfoFaceUrl = "group_detial_info_face_url"; /**< older spelling */
/** uint32:  UTC seconds. (also spelt group_detial_info_create_time; both are read and written) */
TIM_KEY kTIMGroupDetailInfoCreateTime = "group_detail_info_create_time";
TIM_KEY kTIMGroupDetialInfoCreateTime = "group_detial_info_create_time"; /**< older spelling */
/**
 * uint32:  Grows by each profile change. (also spelt group_detial_info_info_seq; both are read and written)
 */
TIM_KEY kTIMGroupDetailInfoInfoSeq = "group_detail_info_info_seq";
TIM_KEY kTIMGroupDetialInfoInfoSeq = "group_detial_info_info_seq"; /**< older spelling */
/** uint32:  UTC seconds. (also spelt group_detial_info_last_info_time; both are read and written) */
TIM_KEY kTIMGroupDetailInfoLastInfoTime = "group_detail_info_last_info_time";
TIM_KEY kTIMGroupDetialInfoLastInfoTime = "group_detial_info_last_info_time"; /**< older spelling */
/**
 * uint32:  Group_detail_info_next_msg_seq. (also spelt group_detial_info_next_msg_seq; both are read and
 * written)
 */
TIM_KEY kTIMGroupDetailInfoNextMsgSeq = "group_detail_info_next_msg_seq";
TIM_KEY kTIMGroupDetialInfoNextMsgSeq = "group_detial_info_next_msg_seq"; /**< older spelling */
/**
 * uint32:  Group_detail_info_last_msg_time. (also spelt group_detial_info_last_msg_time; both are read and
 * written)
 */
TIM_KEY kTIMGroupDetailInfoLastMsgTime = "group_detail_info_last_msg_time";
TIM_KEY kTIMGroupDetialInfoLastMsgTime = "group_detial_info_last_msg_time"; /**< older spelling */
/**
 * uint32:  Group_detail_info_member_num. (also spelt group_detial_info_member_num; both are read and written)
 */
TIM_KEY kTIMGroupDetailInfoMemberNum = "group_detail_info_member_num";
TIM_KEY kTIMGroupDetialInfoMemberNum = "group_detial_info_member_num"; /**< older spelling */
/**
 * uint32:  Group_detail_info_max_member_num. (also spelt group_detial_info_max_member_num; both are read and
 * written)
 */
TIM_KEY kTIMGroupDetailInfoMaxMemberNum = "group_detail_info_max_member_num";
TIM_KEY kTIMGroupDetialInfoMaxMemberNum = "group_detial_info_max_member_num"; /**< older spelling */
/**
 * uint32:  Group_detail_info_add_option. (also spelt group_detial_info_add_option; both are read and written)
 */
TIM_KEY kTIMGroupDetailInfoAddOption = "group_detail_info_add_option";
TIM_KEY kTIMGroupDetialInfoAddOption = "group_detial_info_add_option"; /**< older spelling */
/** uint32:  Group_detail_info_approve_option. */
TIM_KEY kTIMGroupDetailInfoApproveOption = "group_detail_info_approve_option";
TIM_KEY kTIMGroupDetialInfoApproveOption = "group_detail_info_approve_option"; /**< older name */
/**
 * uint32:  Declared uint; a gen-8 sample shows a boolean. (also spelt group_detial_info_visible; both are
 * read and written)
 */
TIM_KEY kTIMGroupDetailInfoVisible = "group_detail_info_visible";
TIM_KEY kTIMGroupDetialInfoVisible = "group_detial_info_visible"; /**< older spelling */
/**
 * uint32:  Declared uint; a gen-8 sample shows a boolean. (also spelt group_detial_info_searchable; both are
 * read and written)
 */
TIM_KEY kTIMGroupDetailInfoSearchable = "group_detail_info_searchable";
TIM_KEY kTIMGroupDetialInfoSearchable = "group_detial_info_searchable"; /**< older spelling */
/**
 * bool:  Group_detail_info_is_shutup_all. (also spelt group_detial_info_is_shutup_all; both are read and
 * written)
 */
TIM_KEY kTIMGroupDetailInfoIsShutupAll = "group_detail_info_is_shutup_all";
TIM_KEY kTIMGroupDetialInfoIsShutupAll = "group_detial_info_is_shutup_all"; /**< older spelling */
/**
 * string:  Group_detail_info_owner_identifier. (also spelt group_detial_info_owener_identifier; both are read
 * and written)
 */
TIM_KEY kTIMGroupDetailInfoOwnerIdentifier = "group_detail_info_owner_identifier";
TIM_KEY kTIMGroupDetialInfoOwnerIdentifier = "group_detial_info_owener_identifier"; /**< older spelling */
/**
 * [GroupInfoCustomString]:  Declared array; seed sample (old key) shows {}. (also spelt
 * group_detial_info_custom_info; both are read and written)
 */
TIM_KEY kTIMGroupDetailInfoCustomInfo = "group_detail_info_custom_info";
TIM_KEY kTIMGroupDetialInfoCustomInfo = "group_detial_info_custom_info"; /**< older spelling */
/** bool:  Group_detail_info_enable_permission_group. */
TIM_KEY kTIMGroupDetailInfoEnablePermissionGroup = "group_detail_info_enable_permission_group";
/** uint32:  Group_detail_info_default_permissions. */
TIM_KEY kTIMGroupDetailInfoDefaultPermissions = "group_detail_info_default_permissions";
/**
 * uint32:  Use TIMGroupGetOnlineMemberCount instead. (also spelt group_detial_info_online_member_num; both
 * are read and written)
 */
TIM_KEY kTIMGroupDetailInfoOnlineMemberNum = "group_detail_info_online_member_num";
TIM_KEY kTIMGroupDetialInfoOnlineMemberNum = "group_detial_info_online_member_num"; /**< older spelling */
/** @} */

/**
 * @name GetGroupInfoResult
 * GetGroupInfoResult.
 * @{
 */
/** int32:  Get_groups_info_result_code. */
TIM_KEY kTIMGetGroupInfoResultCode = "get_groups_info_result_code";
/** string:  Get_groups_info_result_desc. */
TIM_KEY kTIMGetGroupInfoResultDesc = "get_groups_info_result_desc";
/** object GroupDetailInfo:  Get_groups_info_result_info. */
TIM_KEY kTIMGetGroupInfoResultInfo = "get_groups_info_result_info";
/** @} */

/**
 * @name GroupInfoCustomString
 * GroupInfoCustomString.
 * @{
 */
/** string:  Group_info_custom_string_info_key. */
TIM_KEY kTIMGroupInfoCustomStringInfoKey = "group_info_custom_string_info_key";
TIM_KEY kTIMGroupInfoCustemStringInfoKey = "group_info_custom_string_info_key"; /**< older name */
/** string:  Group_info_custom_string_info_value. */
TIM_KEY kTIMGroupInfoCustomStringInfoValue = "group_info_custom_string_info_value";
TIM_KEY kTIMGroupInfoCustemStringInfoValue = "group_info_custom_string_info_value"; /**< older name */
/** @} */

/**
 * @name CreateGroupParam
 * CreateGroupParam.
 * @{
 */
/** string:  Create_group_param_group_name. */
TIM_KEY kTIMCreateGroupParamGroupName = "create_group_param_group_name";
/** string:  Server assigns when absent; Community ids need prefix @TGS#_. */
TIM_KEY kTIMCreateGroupParamGroupId = "create_group_param_group_id";
/** uint32:  Default Public (0). */
TIM_KEY kTIMCreateGroupParamGroupType = "create_group_param_group_type";
/** bool:  Community only. */
TIM_KEY kTIMCreateGroupIsSupportTopic = "create_group_param_is_support_topic";
/** [GroupMemberInfo]:  Max 20 from SDK 7.1. */
TIM_KEY kTIMCreateGroupParamGroupMemberArray = "create_group_param_group_member_array";
/** string:  Create_group_param_notification. */
TIM_KEY kTIMCreateGroupParamNotification = "create_group_param_notification";
/** string:  Create_group_param_introduction. */
TIM_KEY kTIMCreateGroupParamIntroduction = "create_group_param_introduction";
/** string:  Create_group_param_face_url. */
TIM_KEY kTIMCreateGroupParamFaceUrl = "create_group_param_face_url";
/** uint32:  Create_group_param_add_option. */
TIM_KEY kTIMCreateGroupParamAddOption = "create_group_param_add_option";
/** uint32:  Create_group_param_approve_option. */
TIM_KEY kTIMCreateGroupParamApproveOption = "create_group_param_approve_option";
/** uint32:  Create_group_param_max_member_num. */
TIM_KEY kTIMCreateGroupParamMaxMemberCount = "create_group_param_max_member_num";
/** [GroupInfoCustomString]:  Create_group_param_custom_info. */
TIM_KEY kTIMCreateGroupParamCustomInfo = "create_group_param_custom_info";
/** bool:  Community only. */
TIM_KEY kTIMCreateGroupParamEnablePermissionGroup = "create_group_param_enable_permission_group";
/** uint64:  Community only; needs permission groups enabled. */
TIM_KEY kTIMCreateGroupParamDefaultPermissions = "create_group_param_default_permissions";
/** @} */

/**
 * @name CreateGroupResult
 * CreateGroupResult.
 * @{
 */
/** string:  Create_group_result_groupid. */
TIM_KEY kTIMCreateGroupResultGroupId = "create_group_result_groupid";
/** @} */

/**
 * @name GroupModifyInfoParam
 * GroupModifyInfoParam.
 * @{
 */
/** string:  Group_modify_info_param_group_id. */
TIM_KEY kTIMGroupModifyInfoParamGroupId = "group_modify_info_param_group_id";
/** uint32:  Bit-or of flags. */
TIM_KEY kTIMGroupModifyInfoParamModifyFlag = "group_modify_info_param_modify_flag";
/** string:  Required when modify_flag has kTIMGroupModifyInfoFlag_Name. */
TIM_KEY kTIMGroupModifyInfoParamGroupName = "group_modify_info_param_group_name";
/** string:  Required when modify_flag has kTIMGroupModifyInfoFlag_Notification. */
TIM_KEY kTIMGroupModifyInfoParamNotification = "group_modify_info_param_notification";
/** string:  Required when modify_flag has kTIMGroupModifyInfoFlag_Introduction. */
TIM_KEY kTIMGroupModifyInfoParamIntroduction = "group_modify_info_param_introduction";
/** string:  Required when modify_flag has kTIMGroupModifyInfoFlag_FaceUrl. */
TIM_KEY kTIMGroupModifyInfoParamFaceUrl = "group_modify_info_param_face_url";
/** uint32:  Required when modify_flag has kTIMGroupModifyInfoFlag_AddOption. */
TIM_KEY kTIMGroupModifyInfoParamAddOption = "group_modify_info_param_add_option";
/** uint32:  Required when modify_flag has kTIMGroupModifyInfoFlag_ApproveOption. */
TIM_KEY kTIMGroupModifyInfoParamApproveOption = "group_modify_info_param_approve_option";
/** uint32:  Required when modify_flag has kTIMGroupModifyInfoFlag_MaxMmeberNum. */
TIM_KEY kTIMGroupModifyInfoParamMaxMemberNum = "group_modify_info_param_max_member_num";
/** uint32:  Required when modify_flag has kTIMGroupModifyInfoFlag_Visible. */
TIM_KEY kTIMGroupModifyInfoParamVisible = "group_modify_info_param_visible";
/** uint32:  Required when modify_flag has kTIMGroupModifyInfoFlag_Searchable. */
TIM_KEY kTIMGroupModifyInfoParamSearchAble = "group_modify_info_param_searchable";
/** bool:  Required when modify_flag has kTIMGroupModifyInfoFlag_ShutupAll. */
TIM_KEY kTIMGroupModifyInfoParamIsShutupAll = "group_modify_info_param_is_shutup_all";
/** string:  Needs kTIMGroupModifyInfoFlag_Owner alone. */
TIM_KEY kTIMGroupModifyInfoParamOwner = "group_modify_info_param_owner";
/** [GroupInfoCustomString]:  Group_modify_info_param_custom_info. */
TIM_KEY kTIMGroupModifyInfoParamCustomInfo = "group_modify_info_param_custom_info";
/** bool:  Group_modify_info_param_enable_permission_group. */
TIM_KEY kTIMGroupModifyInfoParamEnablePermissionGroup = "group_modify_info_param_enable_permission_group";
/** uint32:  Group_modify_info_param_default_permissions. */
TIM_KEY kTIMGroupModifyInfoParamDefaultPermissions = "group_modify_info_param_default_permissions";
/** @} */

/**
 * @name GroupMemberInfo
 * GroupMemberInfo.
 * @{
 */
/** string:  Group_member_info_identifier. */
TIM_KEY kTIMGroupMemberInfoIdentifier = "group_member_info_identifier";
/** string:  Group_member_info_group_id. */
TIM_KEY kTIMGroupMemberInfoGroupId = "group_member_info_group_id";
/** uint32:  Seconds since epoch (seed sample). */
TIM_KEY kTIMGroupMemberInfoJoinTime = "group_member_info_join_time";
/** uint32:  Group_member_info_member_role. */
TIM_KEY kTIMGroupMemberInfoMemberRole = "group_member_info_member_role";
/** uint32:  Group_member_info_msg_flag. */
TIM_KEY kTIMGroupMemberInfoMsgFlag = "group_member_info_msg_flag";
/** uint32:  Group_member_info_msg_seq. */
TIM_KEY kTIMGroupMemberInfoMsgSeq = "group_member_info_msg_seq";
/** uint32:  Group_member_info_shutup_time. */
TIM_KEY kTIMGroupMemberInfoShutupTime = "group_member_info_shutup_time";
/** string:  Group_member_info_name_card. */
TIM_KEY kTIMGroupMemberInfoNameCard = "group_member_info_name_card";
/** string:  Group_member_info_nick_name. */
TIM_KEY kTIMGroupMemberInfoNickName = "group_member_info_nick_name";
/**
 * string:  Group_member_info_friend_remark. (also spelt group_member_info_remark; both are read and written)
 */
TIM_KEY kTIMGroupMemberInfoFriendRemark = "group_member_info_friend_remark";
TIM_KEY kTIMGroupMemberInfoRemark = "group_member_info_remark"; /**< older spelling */
/** string:  Group_member_info_face_url. */
TIM_KEY kTIMGroupMemberInfoFaceUrl = "group_member_info_face_url";
/** [GroupMemberInfoCustomString]:  Declared array; seed sample shows {} when empty. */
TIM_KEY kTIMGroupMemberInfoCustomInfo = "group_member_info_custom_info";
/** string:  Declared string; semantically boolean. */
TIM_KEY kTIMGroupMemberInfoIsOnline = "group_member_info_is_online";
/** [string]:  Array of platform names (element type undeclared). */
TIM_KEY kTIMGroupMemberInfoOnlineDevices = "group_member_info_online_devices";
TIM_KEY KTIMGroupMemberInfoOnlineDevices = "group_member_info_online_devices"; /**< older name */
/** @} */

/**
 * @name GroupMemberInfoCustomString
 * GroupMemberInfoCustomString.
 * @{
 */
/** string:  Group_member_info_custom_string_info_key. */
TIM_KEY kTIMGroupMemberInfoCustomStringInfoKey = "group_member_info_custom_string_info_key";
TIM_KEY kTIMGroupMemberInfoCustemStringInfoKey = "group_member_info_custom_string_info_key"; /**< older name */
/** string:  Group_member_info_custom_string_info_value. */
TIM_KEY kTIMGroupMemberInfoCustomStringInfoValue = "group_member_info_custom_string_info_value";
TIM_KEY kTIMGroupMemberInfoCustemStringInfoValue = "group_member_info_custom_string_info_value"; /**< older name */
/** @} */

/**
 * @name GroupGetMemberInfoListParam
 * GroupGetMemberInfoListParam.
 * @{
 */
/** string:  Group_get_members_info_list_param_group_id. */
TIM_KEY kTIMGroupGetMemberInfoListParamGroupId = "group_get_members_info_list_param_group_id";
/** [string]:  Group_get_members_info_list_param_identifier_array. */
TIM_KEY kTIMGroupGetMemberInfoListParamIdentifierArray = "group_get_members_info_list_param_identifier_array";
/** object GroupMemberGetInfoOption:  Group_get_members_info_list_param_option. */
TIM_KEY kTIMGroupGetMemberInfoListParamOption = "group_get_members_info_list_param_option";
/** uint64:  0 first, then last result. */
TIM_KEY kTIMGroupGetMemberInfoListParamNextSeq = "group_get_members_info_list_param_next_seq";
/** @} */

/**
 * @name GroupGetMemberInfoListResult
 * GroupGetMemberInfoListResult.
 * @{
 */
/**
 * uint64:  0 means last page. (also spelt group_get_memeber_info_list_result_next_seq; both are read and
 * written)
 */
TIM_KEY kTIMGroupGetMemberInfoListResultNexSeq = "group_get_member_info_list_result_next_seq";
/**
 * [GroupMemberInfo]:  Group_get_member_info_list_result_info_array. (also spelt
 * group_get_memeber_info_list_result_info_array; both are read and written)
 */
TIM_KEY kTIMGroupGetMemberInfoListResultInfoArray = "group_get_member_info_list_result_info_array";
/** @} */

/**
 * @name GroupModifyMemberInfoParam
 * GroupModifyMemberInfoParam.
 * @{
 */
/** string:  Group_modify_member_info_group_id. */
TIM_KEY kTIMGroupModifyMemberInfoParamGroupId = "group_modify_member_info_group_id";
/** string:  Group_modify_member_info_identifier. */
TIM_KEY kTIMGroupModifyMemberInfoParamIdentifier = "group_modify_member_info_identifier";
/** uint32:  Bit-or of flags. */
TIM_KEY kTIMGroupModifyMemberInfoParamModifyFlag = "group_modify_member_info_modify_flag";
/** uint32:  Required when modify_flag has kTIMGroupMemberModifyFlag_MsgFlag. */
TIM_KEY kTIMGroupModifyMemberInfoParamMsgFlag = "group_modify_member_info_msg_flag";
/** uint32:  Required when modify_flag has kTIMGroupMemberModifyFlag_MemberRole. */
TIM_KEY kTIMGroupModifyMemberInfoParamMemberRole = "group_modify_member_info_member_role";
/** uint32:  Mute seconds; needs kTIMGroupMemberModifyFlag_ShutupTime. */
TIM_KEY kTIMGroupModifyMemberInfoParamShutupTime = "group_modify_member_info_shutup_time";
/** string:  Required when modify_flag has kTIMGroupMemberModifyFlag_NameCard. */
TIM_KEY kTIMGroupModifyMemberInfoParamNameCard = "group_modify_member_info_name_card";
/** [GroupMemberInfoCustomString]:  Group_modify_member_info_custom_info. */
TIM_KEY kTIMGroupModifyMemberInfoParamCustomInfo = "group_modify_member_info_custom_info";
/** @} */

/**
 * @name GroupInviteMemberParam
 * GroupInviteMemberParam.
 * @{
 */
/** string:  Group_invite_member_param_group_id. */
TIM_KEY kTIMGroupInviteMemberParamGroupId = "group_invite_member_param_group_id";
/** [string]:  Group_invite_member_param_identifier_array. */
TIM_KEY kTIMGroupInviteMemberParamIdentifierArray = "group_invite_member_param_identifier_array";
/** string:  Group_invite_member_param_user_data. */
TIM_KEY kTIMGroupInviteMemberParamUserData = "group_invite_member_param_user_data";
/** @} */

/**
 * @name GroupInviteMemberResult
 * GroupInviteMemberResult.
 * @{
 */
/** string:  Group_invite_member_result_identifier. */
TIM_KEY kTIMGroupInviteMemberResultIdentifier = "group_invite_member_result_identifier";
/** uint32:  Group_invite_member_result_result. */
TIM_KEY kTIMGroupInviteMemberResultResult = "group_invite_member_result_result";
/** @} */

/**
 * @name GroupDeleteMemberParam
 * GroupDeleteMemberParam.
 * @{
 */
/** string:  Group_delete_member_param_group_id. */
TIM_KEY kTIMGroupDeleteMemberParamGroupId = "group_delete_member_param_group_id";
/** [string]:  Group_delete_member_param_identifier_array. */
TIM_KEY kTIMGroupDeleteMemberParamIdentifierArray = "group_delete_member_param_identifier_array";
/** string:  Group_delete_member_param_user_data. */
TIM_KEY kTIMGroupDeleteMemberParamUserData = "group_delete_member_param_user_data";
/** uint32:  Seconds before re-applying is allowed. */
TIM_KEY kTIMGroupDeleteMemberParamDuration = "group_delete_member_param_duration";
/** @} */

/**
 * @name GroupDeleteMemberResult
 * GroupDeleteMemberResult.
 * @{
 */
/** string:  Group_delete_member_result_identifier. */
TIM_KEY kTIMGroupDeleteMemberResultIdentifier = "group_delete_member_result_identifier";
/** uint32:  Group_delete_member_result_result. */
TIM_KEY kTIMGroupDeleteMemberResultResult = "group_delete_member_result_result";
/** @} */

/**
 * @name GroupPendencyOption
 * GroupPendencyOption.
 * @{
 */
/** uint64:  0 first, then next_start_time of last result. */
TIM_KEY kTIMGroupPendencyOptionStartTime = "group_pendency_option_start_time";
/** uint32:  Hint; server may return more or fewer. */
TIM_KEY kTIMGroupPendencyOptionMaxLimited = "group_pendency_option_max_limited";
/** @} */

/**
 * @name GroupPendency
 * GroupPendency.
 * @{
 */
/** string:  Group_pendency_group_id. */
TIM_KEY kTIMGroupPendencyGroupId = "group_pendency_group_id";
/** string:  "form" spelling is real; applicant or inviter. */
TIM_KEY kTIMGroupPendencyFromIdentifier = "group_pendency_form_identifier";
/** string:  Group_pendency_from_nick_name. */
TIM_KEY kTIMGroupPendencyFromNickName = "group_pendency_from_nick_name";
/** string:  Group_pendency_from_face_url. */
TIM_KEY kTIMGroupPendencyFromFaceUrl = "group_pendency_from_face_url";
/** string:  Group_pendency_to_identifier. */
TIM_KEY kTIMGroupPendencyToIdentifier = "group_pendency_to_identifier";
/** uint64:  Milliseconds (seed sample). */
TIM_KEY kTIMGroupPendencyAddTime = "group_pendency_add_time";
/** uint32:  Group_pendency_pendency_type. */
TIM_KEY kTIMGroupPendencyPendencyType = "group_pendency_pendency_type";
/** uint32:  Group_pendency_handled. */
TIM_KEY kTIMGroupPendencyHandled = "group_pendency_handled";
/** uint32:  Group_pendency_handle_result. */
TIM_KEY kTIMGroupPendencyHandleResult = "group_pendency_handle_result";
/** string:  Group_pendency_apply_invite_msg. */
TIM_KEY kTIMGroupPendencyApplyInviteMsg = "group_pendency_apply_invite_msg";
/** string:  Group_pendency_form_user_defined_data. */
TIM_KEY kTIMGroupPendencyFromUserDefinedData = "group_pendency_form_user_defined_data";
/** string:  Group_pendency_approval_msg. */
TIM_KEY kTIMGroupPendencyApprovalMsg = "group_pendency_approval_msg";
/** string:  Group_pendency_to_user_defined_data. */
TIM_KEY kTIMGroupPendencyToUserDefinedData = "group_pendency_to_user_defined_data";
/** string:  Opaque; echo back when handling. */
TIM_KEY kTIMGroupPendencyKey = "group_pendency_key";
/** string:  Opaque; echo back when handling. */
TIM_KEY kTIMGroupPendencyAuthentication = "group_pendency_authentication";
/** string:  Group_pendency_self_identifier. */
TIM_KEY kTIMGroupPendencySelfIdentifier = "group_pendency_self_identifier";
/** @} */

/**
 * @name GroupPendencyResult
 * GroupPendencyResult.
 * @{
 */
/** uint64:  0 means last page. */
TIM_KEY kTIMGroupPendencyResultNextStartTime = "group_pendency_result_next_start_time";
/** uint64:  Group_pendency_result_read_time_seq. */
TIM_KEY kTIMGroupPendencyResultReadTimeSeq = "group_pendency_result_read_time_seq";
/** uint32:  Group_pendency_result_unread_num. */
TIM_KEY kTIMGroupPendencyResultUnReadNum = "group_pendency_result_unread_num";
/** [GroupPendency]:  Group_pendency_result_pendency_array. */
TIM_KEY kTIMGroupPendencyResultPendencyArray = "group_pendency_result_pendency_array";
/** @} */

/**
 * @name GroupHandlePendencyParam
 * GroupHandlePendencyParam.
 * @{
 */
/** bool:  Default false (reject). */
TIM_KEY kTIMGroupHandlePendencyParamIsAccept = "group_handle_pendency_param_is_accept";
/** string:  Default "". */
TIM_KEY kTIMGroupHandlePendencyParamHandleMsg = "group_handle_pendency_param_handle_msg";
/** object GroupPendency:  Group_handle_pendency_param_pendency. */
TIM_KEY kTIMGroupHandlePendencyParamPendency = "group_handle_pendency_param_pendency";
/** @} */

/**
 * @name GroupTipGroupChangeInfo
 * GroupTipGroupChangeInfo.
 * @{
 */
/** uint32:  Group_tips_group_change_info_flag. */
TIM_KEY kTIMGroupTipGroupChangeInfoFlag = "group_tips_group_change_info_flag";
/** string:  Group_tips_group_change_info_value. */
TIM_KEY kTIMGroupTipGroupChangeInfoValue = "group_tips_group_change_info_value";
/** string:  Only for kTIMGroupTipChangeFlag_Custom. */
TIM_KEY kTIMGroupTipGroupChangeInfoKey = "group_tips_group_change_info_key";
/** bool:  Only for ShutupAll or EnablePermissionGroup. */
TIM_KEY kTIMGroupTipGroupChangeInfoBoolValue = "group_tips_group_change_info_bool_value";
/** int32:  Only for MessageReceiveOpt, GroupAddOpt, GroupApproveOpt. */
TIM_KEY kTIMGroupTipGroupChangeInfoIntValue = "group_tips_group_change_info_int_value";
/** uint64:  Only for DefaultPermissions. */
TIM_KEY kTIMGroupTipGroupChangeInfoUint64Value = "group_tips_group_change_info_uint64_value";
/** @} */

/**
 * @name GroupTipMemberChangeInfo
 * GroupTipMemberChangeInfo.
 * @{
 */
/** string:  Group_tips_member_change_info_identifier. */
TIM_KEY kTIMGroupTipMemberChangeInfoIdentifier = "group_tips_member_change_info_identifier";
/** uint32:  CamelCase tail is part of the key. */
TIM_KEY kTIMGroupTipMemberChangeInfoShutupTime = "group_tips_member_change_info_shutupTime";
/** @} */

/**
 * @name GroupTipMemberMarkChangeInfo
 * GroupTipMemberMarkChangeInfo.
 * @{
 */
/** bool:  CamelCase tail is part of the key. */
TIM_KEY kTIMGroupTipMemberChangeInfoEnableMark = "group_tips_member_mark_change_info_enableMark";
/** uint32:  CamelCase tail is part of the key. */
TIM_KEY kTIMGroupTipMemberMarkChangeInfoMarkType = "group_tips_member_mark_change_info_markType";
/** [string]:  CamelCase tail is part of the key. */
TIM_KEY kTIMGroupTipMemberMarkChangeInfoUserIDList = "group_tips_member_mark_change_info_userIDList";
/** @} */

/* -- Friendship --------------------------------------------------------------------------------------------- */

/** TIMFriendType. */
enum TIMFriendType {
    /** FriendTypeSingle. */
    FriendTypeSingle = 0,
    FriendTypeSignle = 0, /**< older name of FriendTypeSingle */
    /** FriendTypeBoth. */
    FriendTypeBoth = 1,
};
typedef enum TIMFriendType TIMFriendType;

/** TIMFriendCheckRelation. */
enum TIMFriendCheckRelation {
    /** FriendCheckNoRelation. */
    FriendCheckNoRelation = 0,
    /** FriendCheckAWithB. */
    FriendCheckAWithB = 1,
    /** FriendCheckBWithA. */
    FriendCheckBWithA = 2,
    /** FriendCheckBothWay. */
    FriendCheckBothWay = 3,
};
typedef enum TIMFriendCheckRelation TIMFriendCheckRelation;

/** TIMFriendChangeType. */
enum TIMFriendChangeType {
    /** kTIMFriendChange_None. */
    kTIMFriendChange_None = 0,
    /** kTIMFriendChange_FriendAdd. */
    kTIMFriendChange_FriendAdd = 1,
    /** kTIMFriendChange_FriendDel. */
    kTIMFriendChange_FriendDel = 2,
    /** kTIMFriendChange_PendencyAdd. */
    kTIMFriendChange_PendencyAdd = 3,
    /** kTIMFriendChange_PendencyDel. */
    kTIMFriendChange_PendencyDel = 4,
    /** kTIMFriendChange_BlackListAdd. */
    kTIMFriendChange_BlackListAdd = 5,
    /** kTIMFriendChange_BlackListDel. */
    kTIMFriendChange_BlackListDel = 6,
    /** kTIMFriendChange_PendencyReadedReport. */
    kTIMFriendChange_PendencyReadedReport = 7,
    /** kTIMFriendChange_FriendProfileUpdate. */
    kTIMFriendChange_FriendProfileUpdate = 8,
    /** kTIMFriendChange_FriendGroupAdd. */
    kTIMFriendChange_FriendGroupAdd = 9,
    /** kTIMFriendChange_FriendGroupDel. */
    kTIMFriendChange_FriendGroupDel = 10,
    /** kTIMFriendChange_FriendGroupModify. */
    kTIMFriendChange_FriendGroupModify = 11,
};
typedef enum TIMFriendChangeType TIMFriendChangeType;

/** TIMFriendPendencyType. */
enum TIMFriendPendencyType {
    /** FriendPendencyTypeComeIn. */
    FriendPendencyTypeComeIn = 0,
    /** FriendPendencyTypeSendOut. */
    FriendPendencyTypeSendOut = 1,
    /** FriendPendencyTypeBoth. */
    FriendPendencyTypeBoth = 2,
};
typedef enum TIMFriendPendencyType TIMFriendPendencyType;

/** TIMFriendResponseAction. */
enum TIMFriendResponseAction {
    /** ResponseActionAgree. */
    ResponseActionAgree = 0,
    /** ResponseActionAgreeAndAdd. */
    ResponseActionAgreeAndAdd = 1,
    /** ResponseActionReject. */
    ResponseActionReject = 2,
};
typedef enum TIMFriendResponseAction TIMFriendResponseAction;

/**
 * @name FriendChangeElem
 * FriendChangeElem.
 * @{
 */
/** uint32:  Friend_change_elem_change_type. */
TIM_KEY kTIMFriendChangeElemChangeType = "friend_change_elem_change_type";
/** [string]:  Only when change_type is kTIMFriendChange_FriendAdd. */
TIM_KEY kTIMFriendChangeElemFriendAddIdentifierArray = "friend_change_elem_friend_add_identifier_array";
/** [string]:  Only when change_type is kTIMFriendChange_FriendDel. */
TIM_KEY kTIMFriendChangeElemFriendDelIdentifierArray = "friend_change_elem_friend_del_identifier_array";
/** [FriendAddPendency]:  Only when change_type is kTIMFriendChange_PendencyAdd. */
TIM_KEY kTIMFriendChangeElemFriendAddPendencyItemArray = "friend_change_elem_friend_add_pendency_array";
/** [string]:  Only when change_type is kTIMFriendChange_PendencyDel. */
TIM_KEY kTIMFriendChangeElemPendencyDelIdentifierArray = "friend_change_elem_pendency_del_identifier_array";
/** uint64:  Only when change_type is kTIMFriendChange_PendencyReadedReport. */
TIM_KEY kTIMFriendChangeElemPendencyReadedReportTimestamp = "friend_change_elem_pendency_readed_report_timestamp";
/** [string]:  Only when change_type is kTIMFriendChange_BlackListAdd. */
TIM_KEY kTIMFriendChangeElemBlackListAddIdentifierArray = "friend_change_elem_blacklist_add_identifier_array";
/** [string]:  Only when change_type is kTIMFriendChange_BlackListDel. */
TIM_KEY kTIMFriendChangeElemBlackListDelIdentifierArray = "friend_change_elem_blacklist_del_identifier_array";
/** [FriendProfileUpdate]:  Only when change_type is kTIMFriendChange_FriendProfileUpdate. */
TIM_KEY kTIMFriendChangeElemFriendProfileUpdateItemArray = "friend_change_elem_friend_profile_update_item_array";
TIM_KEY kTIMFriendChangeElemFreindProfileUpdateItemArray = "friend_change_elem_friend_profile_update_item_array"; /**< older name */
/** [string]:  Only when change_type is kTIMFriendChange_FriendGroupAdd. */
TIM_KEY kTIMFriendChangeElemFriendGroupAddIdentifierArray = "friend_change_elem_friend_group_add_array";
/** [string]:  Only when change_type is kTIMFriendChange_FriendGroupDel. */
TIM_KEY kTIMFriendChangeElemFriendGroupDelIdentifierArray = "friend_change_elem_friend_group_del_array";
/** [string]:  Only when change_type is kTIMFriendChange_FriendGroupModify. */
TIM_KEY kTIMFriendChangeElemFriendGroupModifyIdentifierArray = "friend_change_elem_friend_group_update_array";
/** @} */

/**
 * @name FriendProfile
 * FriendProfile.
 * @{
 */
/** string:  Friend_profile_identifier. */
TIM_KEY kTIMFriendProfileIdentifier = "friend_profile_identifier";
/** [string]:  Friend_profile_group_name_array. */
TIM_KEY kTIMFriendProfileGroupNameArray = "friend_profile_group_name_array";
/** string:  Max 96 bytes. */
TIM_KEY kTIMFriendProfileRemark = "friend_profile_remark";
/** string:  Friend_profile_add_wording. */
TIM_KEY kTIMFriendProfileAddWording = "friend_profile_add_wording";
/** string:  Prefix AddSource_Type_. */
TIM_KEY kTIMFriendProfileAddSource = "friend_profile_add_source";
/** uint64:  UTC seconds. */
TIM_KEY kTIMFriendProfileAddTime = "friend_profile_add_time";
/** object UserProfile:  Friend_profile_user_profile. */
TIM_KEY kTIMFriendProfileUserProfile = "friend_profile_user_profile";
/**
 * [FriendProfileCustomStringInfo]:  Friend_profile_custom_string_array. (also spelt
 * friend_profile_item_custom_string_array; both are read and written)
 */
TIM_KEY kTIMFriendProfileCustomStringArray = "friend_profile_custom_string_array";
/** @} */

/**
 * @name FriendProfileItem
 * FriendProfileItem.
 * @{
 */
/** string:  Friend_profile_item_remark. */
TIM_KEY kTIMFriendProfileItemRemark = "friend_profile_item_remark";
/** [string]:  Friend_profile_item_group_name_array. */
TIM_KEY kTIMFriendProfileItemGroupNameArray = "friend_profile_item_group_name_array";
/** [FriendProfileCustomStringInfo]:  Friend_profile_item_custom_string_array. */
TIM_KEY kTIMFriendProfileItemCustomStringArray = "friend_profile_item_custom_string_array";
/** @} */

/**
 * @name FriendProfileCustomStringInfo
 * FriendProfileCustomStringInfo.
 * @{
 */
/** string:  Prefix Tag_SNS_Custom_ optional when writing. */
TIM_KEY kTIMFriendProfileCustomStringInfoKey = "friend_profile_custom_string_info_key";
TIM_KEY kTIMFriendProfileCustemStringInfoKey = "friend_profile_custom_string_info_key"; /**< older name */
/** string:  Friend_profile_custom_string_info_value. */
TIM_KEY kTIMFriendProfileCustomStringInfoValue = "friend_profile_custom_string_info_value";
TIM_KEY kTIMFriendProfileCustemStringInfoValue = "friend_profile_custom_string_info_value"; /**< older name */
/** @} */

/**
 * @name FriendshipModifyFriendProfileParam
 * FriendshipModifyFriendProfileParam.
 * @{
 */
/** string:  Friendship_modify_friend_profile_param_identifier. */
TIM_KEY kTIMFriendshipModifyFriendProfileParamIdentifier = "friendship_modify_friend_profile_param_identifier";
/** object FriendProfileItem:  Friendship_modify_friend_profile_param_item. */
TIM_KEY kTIMFriendshipModifyFriendProfileParamItem = "friendship_modify_friend_profile_param_item";
/** @} */

/**
 * @name FriendProfileUpdate
 * FriendProfileUpdate.
 * @{
 */
/** string:  Friend_profile_update_identifier. */
TIM_KEY kTIMFriendProfileUpdateIdentifier = "friend_profile_update_identifier";
/** object FriendProfileItem:  Friend_profile_update_item. */
TIM_KEY kTIMFriendProfileUpdateItem = "friend_profile_update_item";
/** @} */

/**
 * @name FriendResult
 * FriendResult.
 * @{
 */
/** string:  Friend_result_identifier. */
TIM_KEY kTIMFriendResultIdentifier = "friend_result_identifier";
/** int32:  Friend_result_code. */
TIM_KEY kTIMFriendResultCode = "friend_result_code";
/** string:  Friend_result_desc. */
TIM_KEY kTIMFriendResultDesc = "friend_result_desc";
/** @} */

/**
 * @name FriendshipAddFriendParam
 * FriendshipAddFriendParam.
 * @{
 */
/** string:  Friendship_add_friend_param_identifier. */
TIM_KEY kTIMFriendshipAddFriendParamIdentifier = "friendship_add_friend_param_identifier";
/** uint32:  Friendship_add_friend_param_friend_type. */
TIM_KEY kTIMFriendshipAddFriendParamFriendType = "friendship_add_friend_param_friend_type";
/** string:  Friendship_add_friend_param_remark. */
TIM_KEY kTIMFriendshipAddFriendParamRemark = "friendship_add_friend_param_remark";
/** string:  Friendship_add_friend_param_group_name. */
TIM_KEY kTIMFriendshipAddFriendParamGroupName = "friendship_add_friend_param_group_name";
/** string:  Server form adds prefix AddSource_Type_; sample passes "Windows". */
TIM_KEY kTIMFriendshipAddFriendParamAddSource = "friendship_add_friend_param_add_source";
/** string:  Friendship_add_friend_param_add_wording. */
TIM_KEY kTIMFriendshipAddFriendParamAddWording = "friendship_add_friend_param_add_wording";
/** @} */

/**
 * @name FriendshipDeleteFriendParam
 * FriendshipDeleteFriendParam.
 * @{
 */
/** uint32:  Friendship_delete_friend_param_friend_type. */
TIM_KEY kTIMFriendshipDeleteFriendParamFriendType = "friendship_delete_friend_param_friend_type";
/** [string]:  Friendship_delete_friend_param_identifier_array. */
TIM_KEY kTIMFriendshipDeleteFriendParamIdentifierArray = "friendship_delete_friend_param_identifier_array";
/** @} */

/**
 * @name FriendshipCheckFriendTypeParam
 * FriendshipCheckFriendTypeParam.
 * @{
 */
/** uint32:  Friendship_check_friendtype_param_check_type. */
TIM_KEY kTIMFriendshipCheckFriendTypeParamCheckType = "friendship_check_friendtype_param_check_type";
/** [string]:  Friendship_check_friendtype_param_identifier_array. */
TIM_KEY kTIMFriendshipCheckFriendTypeParamIdentifierArray = "friendship_check_friendtype_param_identifier_array";
/** @} */

/**
 * @name FriendshipCheckFriendTypeResult
 * FriendshipCheckFriendTypeResult.
 * @{
 */
/** string:  Friendship_check_friendtype_result_identifier. */
TIM_KEY kTIMFriendshipCheckFriendTypeResultIdentifier = "friendship_check_friendtype_result_identifier";
/** uint32:  Friendship_check_friendtype_result_relation. */
TIM_KEY kTIMFriendshipCheckFriendTypeResultRelation = "friendship_check_friendtype_result_relation";
/** int32:  Friendship_check_friendtype_result_code. */
TIM_KEY kTIMFriendshipCheckFriendTypeResultCode = "friendship_check_friendtype_result_code";
/** string:  Friendship_check_friendtype_result_desc. */
TIM_KEY kTIMFriendshipCheckFriendTypeResultDesc = "friendship_check_friendtype_result_desc";
/** @} */

/**
 * @name CreateFriendGroupParam
 * CreateFriendGroupParam.
 * @{
 */
/** [string]:  Friendship_create_friend_group_param_name_array. */
TIM_KEY kTIMFriendshipCreateFriendGroupParamNameArray = "friendship_create_friend_group_param_name_array";
/** [string]:  Friendship_create_friend_group_param_identifier_array. */
TIM_KEY kTIMFriendshipCreateFriendGroupParamIdentifierArray = "friendship_create_friend_group_param_identifier_array";
/** @} */

/**
 * @name FriendGroupInfo
 * FriendGroupInfo.
 * @{
 */
/** string:  Friend_group_info_name. */
TIM_KEY kTIMFriendGroupInfoName = "friend_group_info_name";
/** uint64:  Friend_group_info_count. */
TIM_KEY kTIMFriendGroupInfoCount = "friend_group_info_count";
/** [string]:  Friend_group_info_identifier_array. */
TIM_KEY kTIMFriendGroupInfoIdentifierArray = "friend_group_info_identifier_array";
/** @} */

/**
 * @name FriendshipModifyFriendGroupParam
 * FriendshipModifyFriendGroupParam.
 * @{
 */
/** string:  Friendship_modify_friend_group_param_name. */
TIM_KEY kTIMFriendshipModifyFriendGroupParamName = "friendship_modify_friend_group_param_name";
/** string:  One change per call; order new_name, add, delete. */
TIM_KEY kTIMFriendshipModifyFriendGroupParamNewName = "friendship_modify_friend_group_param_new_name";
/** [string]:  Ignored when new_name or add list is given. */
TIM_KEY kTIMFriendshipModifyFriendGroupParamDeleteIdentifierArray = "friendship_modify_friend_group_param_delete_identifier_array";
/** [string]:  Ignored when new_name is given. */
TIM_KEY kTIMFriendshipModifyFriendGroupParamAddIdentifierArray = "friendship_modify_friend_group_param_add_identifier_array";
/** @} */

/**
 * @name FriendAddPendency
 * FriendAddPendency.
 * @{
 */
/** uint32:  Friend_add_pendency_type. */
TIM_KEY kTIMFriendAddPendencyType = "friend_add_pendency_type";
/** string:  Friend_add_pendency_identifier. */
TIM_KEY kTIMFriendAddPendencyIdentifier = "friend_add_pendency_identifier";
/** string:  Friend_add_pendency_nick_name. */
TIM_KEY kTIMFriendAddPendencyNickName = "friend_add_pendency_nick_name";
/** string:  Friend_add_pendency_face_url. */
TIM_KEY kTIMFriendAddPendencyFaceUrl = "friend_add_pendency_face_url";
/** uint64:  Friend_add_pendency_add_time. */
TIM_KEY kTIMFriendAddPendencyAddTime = "friend_add_pendency_add_time";
/** string:  Prefix AddSource_Type_. */
TIM_KEY kTIMFriendAddPendencyAddSource = "friend_add_pendency_add_source";
/** string:  Friend_add_pendency_add_wording. */
TIM_KEY kTIMFriendAddPendencyAddWording = "friend_add_pendency_add_wording";
/** @} */

/**
 * @name FriendshipGetPendencyListParam
 * FriendshipGetPendencyListParam.
 * @{
 */
/** uint32:  Friendship_get_pendency_list_param_type. */
TIM_KEY kTIMFriendshipGetPendencyListParamType = "friendship_get_pendency_list_param_type";
/** uint64:  Next page: largest seq of previous result. */
TIM_KEY kTIMFriendshipGetPendencyListParamStartSeq = "friendship_get_pendency_list_param_start_seq";
/** uint64:  Friendship_get_pendency_list_param_start_time. */
TIM_KEY kTIMFriendshipGetPendencyListParamStartTime = "friendship_get_pendency_list_param_start_time";
/** int32:  Friendship_get_pendency_list_param_limited_size. */
TIM_KEY kTIMFriendshipGetPendencyListParamLimitedSize = "friendship_get_pendency_list_param_limited_size";
/** @} */

/**
 * @name PendencyPage
 * PendencyPage.
 * @{
 */
/** uint64:  Pendency_page_start_time. */
TIM_KEY kTIMPendencyPageStartTime = "pendency_page_start_time";
/** uint64:  Pendency_page_unread_num. */
TIM_KEY kTIMPendencyPageUnReadNum = "pendency_page_unread_num";
/** uint64:  Pendency_page_current_seq. */
TIM_KEY kTIMPendencyPageCurrentSeq = "pendency_page_current_seq";
/** [FriendAddPendencyInfo]:  Pendency_page_pendency_info_array. */
TIM_KEY kTIMPendencyPagePendencyInfoArray = "pendency_page_pendency_info_array";
/** @} */

/**
 * @name FriendAddPendencyInfo
 * FriendAddPendencyInfo.
 * @{
 */
/** uint32:  Friend_add_pendency_info_type. */
TIM_KEY kTIMFriendAddPendencyInfoType = "friend_add_pendency_info_type";
/**
 * string:  Friend_add_pendency_info_identifier. (also spelt friend_add_pendency_info_idenitifer; both are
 * read and written)
 */
TIM_KEY kTIMFriendAddPendencyInfoIdentifier = "friend_add_pendency_info_identifier";
/** string:  Friend_add_pendency_info_nick_name. */
TIM_KEY kTIMFriendAddPendencyInfoNickName = "friend_add_pendency_info_nick_name";
/** string:  Friend_add_pendency_info_face_url. */
TIM_KEY kTIMFriendAddPendencyInfoFaceUrl = "friend_add_pendency_info_face_url";
/** uint64:  Friend_add_pendency_info_add_time. */
TIM_KEY kTIMFriendAddPendencyInfoAddTime = "friend_add_pendency_info_add_time";
/** string:  Prefix AddSource_Type_. */
TIM_KEY kTIMFriendAddPendencyInfoAddSource = "friend_add_pendency_info_add_source";
/** string:  Friend_add_pendency_info_add_wording. */
TIM_KEY kTIMFriendAddPendencyInfoAddWording = "friend_add_pendency_info_add_wording";
/** @} */

/**
 * @name FriendResponse
 * FriendResponse.
 * @{
 */
/** string:  Friend_response_identifier. (also spelt friend_respone_identifier; both are read and written) */
TIM_KEY kTIMFriendResponseIdentifier = "friend_response_identifier";
TIM_KEY kTIMFriendResponeIdentifier = "friend_respone_identifier"; /**< older spelling */
/** uint32:  Friend_response_action. (also spelt friend_respone_action; both are read and written) */
TIM_KEY kTIMFriendResponseAction = "friend_response_action";
TIM_KEY kTIMFriendResponeAction = "friend_respone_action"; /**< older spelling */
/** string:  Friend_response_remark. (also spelt friend_respone_remark; both are read and written) */
TIM_KEY kTIMFriendResponseRemark = "friend_response_remark";
TIM_KEY kTIMFriendResponeRemark = "friend_respone_remark"; /**< older spelling */
/** string:  Friend_response_group_name. (also spelt friend_respone_group_name; both are read and written) */
TIM_KEY kTIMFriendResponseGroupName = "friend_response_group_name";
TIM_KEY kTIMFriendResponeGroupName = "friend_respone_group_name"; /**< older spelling */
/** @} */

/**
 * @name FriendshipDeletePendencyParam
 * FriendshipDeletePendencyParam.
 * @{
 */
/** uint32:  Friendship_delete_pendency_param_type. */
TIM_KEY kTIMFriendshipDeletePendencyParamType = "friendship_delete_pendency_param_type";
/** [string]:  Friendship_delete_pendency_param_identifier_array. */
TIM_KEY kTIMFriendshipDeletePendencyParamIdentifierArray = "friendship_delete_pendency_param_identifier_array";
/** @} */

/* -- Offline push ------------------------------------------------------------------------------------------- */

/** TIMOfflinePushFlag. */
enum TIMOfflinePushFlag {
    /** kTIMOfflinePushFlag_Default. */
    kTIMOfflinePushFlag_Default = 0,
    /** kTIMOfflinePushFlag_NoPush. */
    kTIMOfflinePushFlag_NoPush = 1,
};
typedef enum TIMOfflinePushFlag TIMOfflinePushFlag;

/** TIMAndroidOfflinePushNotifyMode. */
enum TIMAndroidOfflinePushNotifyMode {
    /** kTIMAndroidOfflinePushNotifyMode_Normal. */
    kTIMAndroidOfflinePushNotifyMode_Normal = 0,
    /** kTIMAndroidOfflinePushNotifyMode_Custom. */
    kTIMAndroidOfflinePushNotifyMode_Custom = 1,
};
typedef enum TIMAndroidOfflinePushNotifyMode TIMAndroidOfflinePushNotifyMode;

/** TIMIOSOfflinePushType. */
enum TIMIOSOfflinePushType {
    /** TIMIOSOfflinePushType_APNS. */
    TIMIOSOfflinePushType_APNS = 0,
    /** TIMIOSOfflinePushType_VOIP. */
    TIMIOSOfflinePushType_VOIP = 1,
};
typedef enum TIMIOSOfflinePushType TIMIOSOfflinePushType;

/** As a sound of a push: none. */
TIM_KEY kIOSOfflinePushNoSound = "push.no_sound";

/** As a sound of a push: the system's. */
TIM_KEY kIOSOfflinePushDefaultSound = "default";

/**
 * @name OfflinePushConfig
 * OfflinePushConfig.
 * @{
 */
/** string:  Offline_push_config_desc. */
TIM_KEY kTIMOfflinePushConfigDesc = "offline_push_config_desc";
/** string:  Offline_push_config_ext. */
TIM_KEY kTIMOfflinePushConfigExt = "offline_push_config_ext";
/** uint32:  Default 0 (push allowed). */
TIM_KEY kTIMOfflinePushConfigFlag = "offline_push_config_flag";
/** object IOSOfflinePushConfig:  Offline_push_config_ios_config. */
TIM_KEY kTIMOfflinePushConfigIOSConfig = "offline_push_config_ios_config";
/** object AndroidOfflinePushConfig:  Offline_push_config_android_config. */
TIM_KEY kTIMOfflinePushConfigAndroidConfig = "offline_push_config_android_config";
/** @} */

/**
 * @name IOSOfflinePushConfig
 * IOSOfflinePushConfig.
 * @{
 */
/** string:  Ios_offline_push_config_title. */
TIM_KEY kTIMIOSOfflinePushConfigTitle = "ios_offline_push_config_title";
/** string:  Special values push.no_sound and default. */
TIM_KEY kTIMIOSOfflinePushConfigSound = "ios_offline_push_config_sound";
/** bool:  Ios_offline_push_config_ignore_badge. */
TIM_KEY kTIMIOSOfflinePushConfigIgnoreBadge = "ios_offline_push_config_ignore_badge";
/** uint32:  Default APNS. */
TIM_KEY kTIMIOSOfflinePushConfigPushType = "ios_offline_push_config_push_type";
/** string:  Https only; max 10 MB. */
TIM_KEY kTIMIOSOfflinePushConfigImage = "ios_offline_push_config_image";
/** @} */

/**
 * @name AndroidOfflinePushConfig
 * AndroidOfflinePushConfig.
 * @{
 */
/** string:  Android_offline_push_config_title. */
TIM_KEY kTIMAndroidOfflinePushConfigTitle = "android_offline_push_config_title";
/** string:  Android_offline_push_config_sound. */
TIM_KEY kTIMAndroidOfflinePushConfigSound = "android_offline_push_config_sound";
/** uint32:  Android_offline_push_config_notify_mode. */
TIM_KEY kTIMAndroidOfflinePushConfigNotifyMode = "android_offline_push_config_notify_mode";
/** uint32:  Android_offline_push_config_vivo_classification. */
TIM_KEY kTIMAndroidOfflinePushConfigVIVOClassification = "android_offline_push_config_vivo_classification";
/** string:  Android_offline_push_config_vivo_category. */
TIM_KEY kTIMAndroidOfflinePushConfigVIVOCategory = "android_offline_push_config_vivo_category";
/** string:  Android_offline_push_config_oppo_channel_id. */
TIM_KEY kTIMAndroidOfflinePushConfigOPPOChannelID = "android_offline_push_config_oppo_channel_id";
/** string:  Android_offline_push_config_xiaomi_channel_id. */
TIM_KEY kTIMAndroidOfflinePushConfigXiaoMiChannelID = "android_offline_push_config_xiaomi_channel_id";
/** string:  Android_offline_push_config_fcm_channel_id. */
TIM_KEY kTIMAndroidOfflinePushConfigFCMChannelID = "android_offline_push_config_fcm_channel_id";
/** string:  Android_offline_push_config_huawei_category. */
TIM_KEY kTIMAndroidOfflinePushConfigHuaWeiCategory = "android_offline_push_config_huawei_category";
/** string:  Https only; under 512 KB. */
TIM_KEY kTIMAndroidOfflinePushConfigHuaWeiImage = "android_offline_push_config_huawei_image";
/** string:  Https only; under 100 KB. */
TIM_KEY kTIMAndroidOfflinePushConfigHonorImage = "android_offline_push_config_honor_image";
/** string:  Https only; under 1 MB. */
TIM_KEY kTIMAndroidOfflinePushConfigFCMImage = "android_offline_push_config_fcm_image";
/** @} */

#endif /* IMSDK_TIMCLOUDDEF_H */
