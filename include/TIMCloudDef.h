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

/* -- Common --------------------------------------------------------------------------------------- */

/**
 * What a function returns at once. It depends on the arguments alone: whether a user is logged in,
 * the callback tells.
 */
enum TIMResult {
    /** Accepted; the callback follows. */
    TIM_SUCC = 0,
    /** Not initialised. */
    TIM_ERR_SDKUNINIT = -1,
    /** Nobody is logged in. */
    TIM_ERR_NOTLOGIN = -2,
    /** An argument is not the JSON that belongs there. */
    TIM_ERR_JSON = -3,
    /** An argument is missing or out of range. */
    TIM_ERR_PARAM = -4,
    /** The conversation is not valid. */
    TIM_ERR_CONV = -5,
    /** The group is not valid. */
    TIM_ERR_GROUP = -6,
};
typedef enum TIMResult TIMResult;

/** Whether the messages of a conversation come in and ring. */
enum TIMReceiveMessageOpt {
    /** They come in and ring. */
    kTIMRecvMsgOpt_Receive = 0,
    /** They do not come in. */
    kTIMRecvMsgOpt_Not_Receive = 1,
    /** They come in, and ring only while the program runs. */
    kTIMRecvMsgOpt_Not_Notify = 2,
    /** They come in, and ring only for mentions. */
    kTIMRecvMsgOpt_Not_Notify_Except_At = 3,
};
typedef enum TIMReceiveMessageOpt TIMReceiveMessageOpt;

/** Kinds of conversations. */
enum TIMConvType {
    /** None. */
    kTIMConv_Invalid = 0,
    /** One to one; the id is the peer's user id. */
    kTIMConv_C2C = 1,
    /** A group; the id is the group id. */
    kTIMConv_Group = 2,
    /** System messages; in messages only. */
    kTIMConv_System = 3,
};
typedef enum TIMConvType TIMConvType;

/** Whether the messages of a group come in and ring; the older form of TIMReceiveMessageOpt. */
enum TIMGroupReceiveMessageOpt {
    /** They come in and ring. */
    kTIMRecvGroupMsgOpt_ReceiveAndNotify = 0,
    /** They do not come in. */
    kTIMRecvGroupMsgOpt_NotReceive = 1,
    /** They come in, and ring only while the program runs. */
    kTIMRecvGroupMsgOpt_ReceiveNotNotify = 2,
};
typedef enum TIMGroupReceiveMessageOpt TIMGroupReceiveMessageOpt;

/**
 * @name ProxyInfo
 * A proxy as the oldest programs set it.
 * @{
 */
/** "proxy_info_ip", string: Address of the proxy. (No header names it.) */
/** "proxy_info_port", int32: Port of the proxy. (No header names it.) */
/** @} */

/* -- Manager and profiles ------------------------------------------------------------------------- */

/** The connection to the service. */
enum TIMNetworkStatus {
    /** Connected. */
    kTIMConnected = 0,
    /** The connection was lost. */
    kTIMDisconnected = 1,
    /** Being connected. */
    kTIMConnecting = 2,
    /** Connecting failed; code and text say why. */
    kTIMConnectFailed = 3,
};
typedef enum TIMNetworkStatus TIMNetworkStatus;

/** Whether a user is logged in. */
enum TIMLoginStatus {
    /** Logged in. */
    kTIMLoginStatus_Logined = 1,
    /** Being logged in. */
    kTIMLoginStatus_Logining = 2,
    /** Nobody is logged in. */
    kTIMLoginStatus_UnLogined = 3,
    /** Being logged out. */
    kTIMLoginStatus_Logouting = 4,
};
typedef enum TIMLoginStatus TIMLoginStatus;

/** How important a line of the log is. */
enum TIMLogLevel {
    /** As a limit: no lines. */
    kTIMLog_Off = 0,
    /** As a limit: all lines. */
    kTIMLog_Test = 1,
    /** Every step. */
    kTIMLog_Verbose = 2,
    /** For finding faults. */
    kTIMLog_Debug = 3,
    /** What goes on. */
    kTIMLog_Info = 4,
    /** What may be a fault. */
    kTIMLog_Warn = 5,
    /** What is a fault. */
    kTIMLog_Error = 6,
    /** What must never happen. */
    kTIMLog_Assert = 7,
};
typedef enum TIMLogLevel TIMLogLevel;

/** Parts of a group's profile, one bit each. */
enum TIMGroupGetInfoFlag {
    /** Nothing. */
    kTIMGroupInfoFlag_None = 0,
    /** Name. */
    kTIMGroupInfoFlag_Name = 1,
    /** Time of creation. */
    kTIMGroupInfoFlag_CreateTime = 2,
    /** Owner. */
    kTIMGroupInfoFlag_OwnerUin = 4,
    /** Number of the profile's version. */
    kTIMGroupInfoFlag_Seq = 8,
    /** Time of the last change. */
    kTIMGroupInfoFlag_LastTime = 16,
    /** Sequence number of the newest message. */
    kTIMGroupInfoFlag_NextMsgSeq = 32,
    /** Time of the newest message. */
    kTIMGroupInfoFlag_LastMsgTime = 64,
    /** Application. */
    kTIMGroupInfoFlag_AppId = 128,
    /** Number of members. */
    kTIMGroupInfoFlag_MemberNum = 256,
    /** Most members it may have. */
    kTIMGroupInfoFlag_MaxMemberNum = 512,
    /** Notice. */
    kTIMGroupInfoFlag_Notification = 1024,
    /** Introduction. */
    kTIMGroupInfoFlag_Introduction = 2048,
    /** Picture. */
    kTIMGroupInfoFlag_FaceUrl = 4096,
    /** Who may join on application. */
    kTIMGroupInfoFlag_AddOption = 8192,
    kTIMGroupInfoFlag_AddOpton = 8192, /**< older name of kTIMGroupInfoFlag_AddOption */
    /** Kind. */
    kTIMGroupInfoFlag_GroupType = 16384,
    /** Newest message. */
    kTIMGroupInfoFlag_LastMsg = 32768,
    /** Number of members who are online. */
    kTIMGroupInfoFlag_OnlineNum = 65536,
    /** Whether others can see it. */
    kTIMGroupInfoFlag_Visible = 131072,
    /** Whether others can find it. */
    kTIMGroupInfoFlag_Searchable = 262144,
    /** Whether all are muted. */
    kTIMGroupInfoFlag_ShutupAll = 524288,
};
typedef enum TIMGroupGetInfoFlag TIMGroupGetInfoFlag;

/** Parts of a member's data, one bit each. */
enum TIMGroupMemberInfoFlag {
    /** Nothing. */
    kTIMGroupMemberInfoFlag_None = 0,
    /** Time of joining. */
    kTIMGroupMemberInfoFlag_JoinTime = 1,
    /** Whether messages come in and ring. */
    kTIMGroupMemberInfoFlag_MsgFlag = 2,
    /** What is read. */
    kTIMGroupMemberInfoFlag_MsgSeq = 4,
    /** Role. */
    kTIMGroupMemberInfoFlag_MemberRole = 8,
    /** How long muted. */
    kTIMGroupMemberInfoFlag_ShutupUntill = 16,
    /** Name card. */
    kTIMGroupMemberInfoFlag_NameCard = 32,
};
typedef enum TIMGroupMemberInfoFlag TIMGroupMemberInfoFlag;

/** Gender in a profile. */
enum TIMGenderType {
    /** Not said. */
    kTIMGenderType_Unknown = 0,
    kTIMGenderType_Unkown = 0, /**< older name of kTIMGenderType_Unknown */
    /** Male. */
    kTIMGenderType_Male = 1,
    /** Female. */
    kTIMGenderType_Female = 2,
};
typedef enum TIMGenderType TIMGenderType;

/** Who may add a user as friend. */
enum TIMProfileAddPermission {
    /** Never set; counts as everybody. */
    kTIMProfileAddPermission_Unknown = 0,
    /** Everybody. */
    kTIMProfileAddPermission_AllowAny = 1,
    /** Those whom the user accepts. */
    kTIMProfileAddPermission_NeedConfirm = 2,
    /** Nobody. */
    kTIMProfileAddPermission_DenyAny = 3,
};
typedef enum TIMProfileAddPermission TIMProfileAddPermission;

/** What changed about a user. */
enum TIMProfileChangeType {
    /** Nothing. */
    kTIMProfileChange_None = 0,
    /** The profile. */
    kTIMProfileChange_Profile = 1,
};
typedef enum TIMProfileChangeType TIMProfileChangeType;

/**
 * @name SdkConfig
 * What TIMInit is told about the place of files.
 * @{
 */
/**
 * string: Directory for the data of the library; made if it is missing. Empty: a directory of the
 * library's choice.
 */
TIM_KEY kTIMSdkConfigConfigFilePath = "sdk_config_config_file_path";
/**
 * string: Directory for log files; made if it is missing. Empty: a directory of the library's
 * choice.
 */
TIM_KEY kTIMSdkConfigLogFilePath = "sdk_config_log_file_path";
/** int64: Id of the program's main thread; not used. */
TIM_KEY kTIMSdkConfigMainThreadID = "sdk_config_main_thread_id";
/** uint64: Pointer to a Java machine; used on Android only. */
TIM_KEY kTIMSdkConfigJavaVM = "sdk_config_java_vm";
/** @} */

/**
 * @name SetConfig
 * The configuration that TIMSetConfig changes and reports. Keys that the input leaves out keep
 * their value.
 * @{
 */
/** uint32: Lines of this TIMLogLevel and above go to the log file and the console. */
TIM_KEY kTIMSetConfigLogLevel = "set_config_log_level";
/** uint32: Lines of this TIMLogLevel and above go to the log callback. */
TIM_KEY kTIMSetConfigCallbackLogLevel = "set_config_callback_log_level";
TIM_KEY kTIMSetConfigCackBackLogLevel = "set_config_callback_log_level";
/**
 * bool: Write the log to the console (standard output) as well, at the level of the file. True
 * until it is set: a program whose terminal is its own sets false, before TIMInit.
 */
TIM_KEY kTIMSetConfigIsLogOutputConsole = "set_config_is_log_output_console";
/** object UserConfig: What the account synchronises and counts. */
TIM_KEY kTIMSetConfigUserConfig = "set_config_user_config";
/**
 * string: Text that the backend sees with the login state, up to 64 bytes. Set it before TIMInit.
 * Not carried out yet: it is kept and reported, and has no effect.
 */
TIM_KEY kTIMSetConfigUserDefineData = "set_config_user_define_data";
/** object HttpProxyInfo: HTTP proxy for files. An empty address with port 0 removes it. */
TIM_KEY kTIMSetConfigHttpProxyInfo = "set_config_http_proxy_info";
/**
 * object Socks5ProxyInfo: SOCKS5 proxy for the connection to a server. It counts from the next
 * connection on.
 */
TIM_KEY kTIMSetConfigSocks5ProxyInfo = "set_config_socks5_proxy_info";
/**
 * object PACProxyInfo: Account at the proxy that a PAC script names. Set it before TIMInit. Not
 * carried out yet: PAC scripts are not read.
 */
TIM_KEY kTIMSetConfigPACProxyInfo = "set_config_pac_proxy_info";
/** bool: Resolve names with the system's resolver only. It always is so. */
TIM_KEY kTIMSetConfigIsOnlyLocalDNSSource = "set_config_is_only_local_dns_source";
/**
 * "set_config_proxy_info", object ProxyInfo: Proxy as programs older than the split into HTTP and
 * SOCKS5 set it. (No header names it.)
 */
/** @} */

/**
 * @name UserConfig
 * What the account synchronises and counts.
 * @{
 */
/** bool: Keep no local database. Set it before login. Not carried out yet: there always is one. */
TIM_KEY kTIMUserConfigIsDisableStorage = "user_config_is_is_disable_storage";
/**
 * bool: The program wants the event that a peer has read a message. It gets it unless this is given
 * as false.
 */
TIM_KEY kTIMUserConfigIsReadReceipt = "user_config_is_read_receipt";
/**
 * bool: Group notices do not raise the unread number. (Also spelt
 * user_config_is_ingore_grouptips_unread; both are read and written.)
 */
TIM_KEY kTIMUserConfigIsIgnoreGroupTipsUnRead = "user_config_is_ignore_grouptips_unread";
TIM_KEY kTIMUserConfigIsIngoreGroupTipsUnRead = "user_config_is_ingore_grouptips_unread"; /**< the older spelling */
/** bool: The read state is shared between devices. It always is. */
TIM_KEY kTIMUserConfigIsSyncReport = "user_config_is_sync_report";
/**
 * object GroupGetInfoOption: What group queries return. Not carried out yet: they return all there
 * is.
 */
TIM_KEY kTIMUserConfigGroupGetInfoOption = "user_config_group_getinfo_option";
/**
 * object GroupMemberGetInfoOption: What member queries return. Not carried out yet: they return all
 * there is.
 */
TIM_KEY kTIMUserConfigGroupMemberGetInfoOption = "user_config_group_member_getinfo_option";
/** @} */

/**
 * @name GroupGetInfoOption
 * What a group query returns.
 * @{
 */
/**
 * uint64: Parts of the group's profile, TIMGroupGetInfoFlag joined by or. (Also spelt
 * get_info_option_info_flag; both are read and written.)
 */
TIM_KEY kTIMGroupGetInfoOptionInfoFlag = "group_get_info_option_info_flag";
/**
 * [string]: Names of the custom fields to return; empty for all. (Also spelt
 * get_info_option_custom_array; both are read and written.)
 */
TIM_KEY kTIMGroupGetInfoOptionCustomArray = "group_get_info_option_custom_array";
/** "get_info_option_role_flag", uint64: Not used for groups. (No header names it.) */
/** @} */

/**
 * @name HttpProxyInfo
 * An HTTP proxy for uploads and downloads.
 * @{
 */
/** string: Address of the proxy. */
TIM_KEY kTIMHttpProxyInfoIp = "http_proxy_info_ip";
/** int32: Port of the proxy. */
TIM_KEY kTIMHttpProxyInfoPort = "http_proxy_info_port";
/** string: User name at the proxy; empty if it asks for none. */
TIM_KEY kTIMHttpProxyInfoUserName = "http_proxy_info_username";
/** string: Password at the proxy. */
TIM_KEY kTIMHttpProxyInfoPassword = "http_proxy_info_password";
/** @} */

/**
 * @name Socks5ProxyInfo
 * A SOCKS5 proxy for all traffic.
 * @{
 */
/** string: Address of the proxy. */
TIM_KEY kTIMSocks5ProxyInfoIp = "socks5_proxy_info_ip";
/** int32: Port of the proxy. */
TIM_KEY kTIMSocks5ProxyInfoPort = "socks5_proxy_info_port";
/** string: User name at the proxy; empty if it asks for none. */
TIM_KEY kTIMSocks5ProxyInfoUserName = "socks5_proxy_info_username";
/** string: Password at the proxy. */
TIM_KEY kTIMSocks5ProxyInfoPassword = "socks5_proxy_info_password";
/** @} */

/**
 * @name PACProxyInfo
 * Account at a proxy that a PAC script names.
 * @{
 */
/** string: User name at the proxy; empty if it asks for none. */
TIM_KEY kTIMPACProxyInfoUserName = "pac_proxy_info_username";
/** string: Password at the proxy. */
TIM_KEY kTIMPACProxyInfoPassword = "pac_proxy_info_password";
/** @} */

/**
 * @name ProfileChangeElem
 * A change of a user's profile. The service writes it.
 * @{
 */
/** uint32: What changed, a TIMProfileChangeType. */
TIM_KEY kTIMProfileChangeElemChangeType = "profile_change_elem_change_type";
/**
 * string: User id of the one whose profile changed. (Also spelt profile_change_elem_from_identifer;
 * both are read and written.)
 */
TIM_KEY kTIMProfileChangeElemFromIdentifier = "profile_change_elem_from_identifier";
TIM_KEY kTIMProfileChangeElemFromIndentifier = "profile_change_elem_from_identifer"; /**< the older spelling */
/** object UserProfileItem: The fields that changed. */
TIM_KEY kTIMProfileChangeElemUserProfileItem = "profile_change_elem_user_profile_item";
/** @} */

/**
 * @name UserProfile
 * The profile of a user.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMUserProfileIdentifier = "user_profile_identifier";
/** string: Nick name, up to 500 bytes. */
TIM_KEY kTIMUserProfileNickName = "user_profile_nick_name";
/** uint32: A TIMGenderType. */
TIM_KEY kTIMUserProfileGender = "user_profile_gender";
/** string: URL of the picture, up to 500 bytes. */
TIM_KEY kTIMUserProfileFaceUrl = "user_profile_face_url";
/** string: The reader's remark on the user; only with the sender of a message. */
TIM_KEY kTIMUserProfileFriendRemark = "user_profile_friend_remark";
/** string: Signature line, up to 500 bytes. */
TIM_KEY kTIMUserProfileSelfSignature = "user_profile_self_signature";
/** uint32: Who may add the user as friend, a TIMProfileAddPermission. */
TIM_KEY kTIMUserProfileAddPermission = "user_profile_add_permission";
/** string: Where the user is, up to 16 bytes; the application chooses the form. */
TIM_KEY kTIMUserProfileLocation = "user_profile_location";
/** uint32: Language; the application chooses the number. */
TIM_KEY kTIMUserProfileLanguage = "user_profile_language";
/** uint32: Birthday, as the number yyyymmdd by convention. */
TIM_KEY kTIMUserProfileBirthDay = "user_profile_birthday";
/** uint32: Level; the application chooses the number. */
TIM_KEY kTIMUserProfileLevel = "user_profile_level";
/** uint32: Role; the application chooses the number. */
TIM_KEY kTIMUserProfileRole = "user_profile_role";
/**
 * [UserProfileCustomStringInfo]: Custom fields. (Also spelt user_profile_item_custom_string_array;
 * both are read and written.)
 */
TIM_KEY kTIMUserProfileCustomStringArray = "user_profile_custom_string_array";
/** @} */

/**
 * @name UserProfileItem
 * Fields of a profile to change, or that have changed; the others are left out.
 * @{
 */
/** string: Nick name, up to 500 bytes. */
TIM_KEY kTIMUserProfileItemNickName = "user_profile_item_nick_name";
/** uint32: A TIMGenderType. */
TIM_KEY kTIMUserProfileItemGender = "user_profile_item_gender";
/** string: URL of the picture, up to 500 bytes. */
TIM_KEY kTIMUserProfileItemFaceUrl = "user_profile_item_face_url";
/** string: Signature line, up to 500 bytes. */
TIM_KEY kTIMUserProfileItemSelfSignature = "user_profile_item_self_signature";
/** uint32: Who may add the user as friend, a TIMProfileAddPermission. */
TIM_KEY kTIMUserProfileItemAddPermission = "user_profile_item_add_permission";
/**
 * string: Where the user is, up to 16 bytes; the application chooses the form. A number is kept as
 * its digits.
 */
TIM_KEY kTIMUserProfileItemLocation = "user_profile_item_location";
TIM_KEY kTIMUserProfileItemLoaction = "user_profile_item_location";
/** uint32: Language; the application chooses the number. */
TIM_KEY kTIMUserProfileItemLanguage = "user_profile_item_language";
/** uint32: Birthday, as the number yyyymmdd by convention. */
TIM_KEY kTIMUserProfileItemBirthDay = "user_profile_item_birthday";
/** uint32: Level; the application chooses the number. */
TIM_KEY kTIMUserProfileItemLevel = "user_profile_item_level";
/** uint32: Role; the application chooses the number. */
TIM_KEY kTIMUserProfileItemRole = "user_profile_item_role";
/** [UserProfileCustomStringInfo]: Custom fields. */
TIM_KEY kTIMUserProfileItemCustomStringArray = "user_profile_item_custom_string_array";
/** @} */

/**
 * @name UserProfileCustomStringInfo
 * A custom field of a profile.
 * @{
 */
/** string: Its name. Tag_Profile_Custom_ stands in front, and may be left out in input. */
TIM_KEY kTIMUserProfileCustomStringInfoKey = "user_profile_custom_string_info_key";
TIM_KEY kTIMUserProfileCustemStringInfoKey = "user_profile_custom_string_info_key";
/** string: Its value, up to 500 bytes. */
TIM_KEY kTIMUserProfileCustomStringInfoValue = "user_profile_custom_string_info_value";
TIM_KEY kTIMUserProfileCustemStringInfoValue = "user_profile_custom_string_info_value";
/** @} */

/**
 * @name FriendShipGetProfileListParam
 * Whose profiles to return.
 * @{
 */
/** [string]: User ids. */
TIM_KEY kTIMFriendShipGetProfileListParamIdentifierArray = "friendship_getprofilelist_param_identifier_array";
/**
 * bool: Ask the service about all of them, or fail. Else friends are taken from what is stored
 * here, and so are others while the service can't be reached.
 */
TIM_KEY kTIMFriendShipGetProfileListParamForceUpdate = "friendship_getprofilelist_param_force_update";
/** @} */

/* -- Messages ------------------------------------------------------------------------------------- */

/** Kinds of elements. */
enum TIMElemType {
    /** TextElem. */
    kTIMElem_Text = 0,
    /** ImageElem. */
    kTIMElem_Image = 1,
    /** SoundElem. */
    kTIMElem_Sound = 2,
    /** CustomElem. */
    kTIMElem_Custom = 3,
    /** FileElem. */
    kTIMElem_File = 4,
    /** GroupTipsElem; only the service writes it. */
    kTIMElem_GroupTips = 5,
    /** FaceElem. */
    kTIMElem_Face = 6,
    /** LocationElem. */
    kTIMElem_Location = 7,
    /** GroupReportElem; only the service writes it. */
    kTIMElem_GroupReport = 8,
    /** VideoElem. */
    kTIMElem_Video = 9,
    /** FriendChangeElem; only the service writes it. */
    kTIMElem_FriendChange = 10,
    /** ProfileChangeElem; only the service writes it. */
    kTIMElem_ProfileChange = 11,
    /** MergerElem. */
    kTIMElem_Merge = 12,
    /** No element. */
    kTIMElem_Invalid = -1,
};
typedef enum TIMElemType TIMElemType;

/** How to send a picture. */
enum TIMImageLevel {
    /** As it is. */
    kTIMImageLevel_Orig = 0,
    /** Compressed; the usual way. */
    kTIMImageLevel_Compression = 1,
    /** Compressed a little. */
    kTIMImageLevel_HD = 2,
};
typedef enum TIMImageLevel TIMImageLevel;

/** What a notice to one person tells. */
enum TIMGroupReportType {
    /** Nothing. */
    kTIMGroupReport_None = 0,
    /** Somebody applies to join; to owner and administrators. */
    kTIMGroupReport_AddRequest = 1,
    /** The application was accepted; to the applicant. */
    kTIMGroupReport_AddAccept = 2,
    /** The application was refused; to the applicant. */
    kTIMGroupReport_AddRefuse = 3,
    /** The receiver was removed. */
    kTIMGroupReport_BeKicked = 4,
    /** The group was dissolved; to all members. */
    kTIMGroupReport_Delete = 5,
    /** The group was created; to the creator's devices. */
    kTIMGroupReport_Create = 6,
    /** The receiver was brought in without being asked. */
    kTIMGroupReport_Invite = 7,
    /** The receiver has left; to their other devices. */
    kTIMGroupReport_Quit = 8,
    /** The receiver became an administrator. */
    kTIMGroupReport_GrantAdmin = 9,
    /** The receiver is no longer an administrator. */
    kTIMGroupReport_CancelAdmin = 10,
    /** The service took the group back; to all members. */
    kTIMGroupReport_GroupRecycle = 11,
    kTIMGroupReport_RevokeAdmin = 11, /**< older name of kTIMGroupReport_GroupRecycle */
    /** The receiver is invited and has to consent. */
    kTIMGroupReport_InviteReqToInvitee = 12,
    kTIMGroupReport_InviteReq = 12, /**< older name of kTIMGroupReport_InviteReqToInvitee */
    /** The invitation was accepted; to the one who invited. */
    kTIMGroupReport_InviteAccept = 13,
    /** The invitation was refused; to the one who invited. */
    kTIMGroupReport_InviteRefuse = 14,
    /** The receiver has read on another device. */
    kTIMGroupReport_ReadReport = 15,
    /** What the backend of the application says. */
    kTIMGroupReport_UserDefine = 16,
    /** The receiver is muted. */
    kTIMGroupReport_ShutUpMember = 17,
    /** A topic was created. */
    kTIMGroupReport_TopicCreate = 18,
    /** A topic was deleted. */
    kTIMGroupReport_TopicDelete = 19,
    /** Members have read a message; to its sender. */
    kTIMGroupReport_GroupMessageRead = 20,
    /** The receiver changed on another device whether messages ring. */
    kTIMGroupReport_GroupMessageRecvOption = 21,
    /** The receiver may not come back for a time. */
    kTIMGroupReport_BannedFromGroup = 22,
    /** The receiver may come back. */
    kTIMGroupReport_UnbannedFromGroup = 23,
    /** Somebody is invited and an administrator has to consent; to owner and administrators. */
    kTIMGroupReport_InviteReqToAdmin = 24,
};
typedef enum TIMGroupReportType TIMGroupReportType;

/** Which file of an element to download. */
enum TIMDownloadType {
    /** The snapshot of a film. */
    kTIMDownload_VideoThumb = 0,
    /** The file. */
    kTIMDownload_File = 1,
    /** The film. */
    kTIMDownload_Video = 2,
    /** The recording. */
    kTIMDownload_Sound = 3,
};
typedef enum TIMDownloadType TIMDownloadType;

/** Where a message stands. */
enum TIMMsgStatus {
    /** Being sent. */
    kTIMMsg_Sending = 1,
    /** Sent, or received. */
    kTIMMsg_SendSucc = 2,
    /** Sending failed. */
    kTIMMsg_SendFail = 3,
    /** Deleted. */
    kTIMMsg_Deleted = 4,
    /** Imported into the local store. */
    kTIMMsg_LocalImported = 5,
    /** Withdrawn. */
    kTIMMsg_Revoked = 6,
    /** Sending was cancelled. */
    kTIMMsg_Cancel = 7,
};
typedef enum TIMMsgStatus TIMMsgStatus;

/** Which messages of a group go first under load. */
enum TIMMsgPriority {
    /** First. */
    kTIMMsgPriority_High = 0,
    /** The usual. */
    kTIMMsgPriority_Normal = 1,
    /** After the usual. */
    kTIMMsgPriority_Low = 2,
    /** Last. */
    kTIMMsgPriority_Lowest = 3,
};
typedef enum TIMMsgPriority TIMMsgPriority;

/** What a message was sent from. */
enum TIMPlatform {
    /** Anything else. */
    kTIMPlatform_Other = 0,
    /** Windows. */
    kTIMPlatform_Windows = 1,
    /** Android. */
    kTIMPlatform_Android = 2,
    /** iOS. */
    kTIMPlatform_IOS = 3,
    /** macOS. */
    kTIMPlatform_Mac = 4,
    /** A simulator of iOS. */
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
/** uint32: The kind of the element, a TIMElemType. Without it the element is a text. */
TIM_KEY kTIMElemType = "elem_type";
/** @} */

/**
 * @name TextElem
 * Text of a message.
 * @{
 */
/** string: The text. */
TIM_KEY kTIMTextElemContent = "text_elem_content";
/** @} */

/**
 * @name ImageElem
 * A picture. The sender gives path and level; three sizes come out: the original, a large one with
 * the shorter side 720 pixels, a thumbnail with 198.
 * @{
 */
/** string: Path of the sender's file. */
TIM_KEY kTIMImageElemOrigPath = "image_elem_orig_path";
/** uint32: How to send it, a TIMImageLevel. */
TIM_KEY kTIMImageElemLevel = "image_elem_level";
/** int32: 1 JPG, 2 GIF, 3 PNG, 4 BMP, 255 unknown. */
TIM_KEY kTIMImageElemFormat = "image_elem_format";
/** string: Id of the original. */
TIM_KEY kTIMImageElemOrigId = "image_elem_orig_id";
/** int32: Height of the original in pixels. */
TIM_KEY kTIMImageElemOrigPicHeight = "image_elem_orig_pic_height";
/** int32: Width of the original in pixels. */
TIM_KEY kTIMImageElemOrigPicWidth = "image_elem_orig_pic_width";
/** int32: Size of the original in bytes. */
TIM_KEY kTIMImageElemOrigPicSize = "image_elem_orig_pic_size";
/** string: Id of the thumbnail. */
TIM_KEY kTIMImageElemThumbId = "image_elem_thumb_id";
/** int32: Height of the thumbnail in pixels. */
TIM_KEY kTIMImageElemThumbPicHeight = "image_elem_thumb_pic_height";
/** int32: Width of the thumbnail in pixels. */
TIM_KEY kTIMImageElemThumbPicWidth = "image_elem_thumb_pic_width";
/** int32: Size of the thumbnail in bytes; may be off. */
TIM_KEY kTIMImageElemThumbPicSize = "image_elem_thumb_pic_size";
/** string: Id of the large picture. */
TIM_KEY kTIMImageElemLargeId = "image_elem_large_id";
/** int32: Height of the large picture in pixels. */
TIM_KEY kTIMImageElemLargePicHeight = "image_elem_large_pic_height";
/** int32: Width of the large picture in pixels. */
TIM_KEY kTIMImageElemLargePicWidth = "image_elem_large_pic_width";
/** int32: Size of the large picture in bytes; may be off. */
TIM_KEY kTIMImageElemLargePicSize = "image_elem_large_pic_size";
/** string: Address of the original. */
TIM_KEY kTIMImageElemOrigUrl = "image_elem_orig_url";
/** string: Address of the thumbnail. */
TIM_KEY kTIMImageElemThumbUrl = "image_elem_thumb_url";
/** string: Address of the large picture. */
TIM_KEY kTIMImageElemLargeUrl = "image_elem_large_url";
/** int32: Number of the upload; no longer used. */
TIM_KEY kTIMImageElemTaskId = "image_elem_task_id";
/** @} */

/**
 * @name SoundElem
 * A voice recording; one per message at most.
 * @{
 */
/** string: Path of the sender's file; empty for receivers. */
TIM_KEY kTIMSoundElemFilePath = "sound_elem_file_path";
/** int32: Size in bytes. */
TIM_KEY kTIMSoundElemFileSize = "sound_elem_file_size";
/** int32: Length in seconds. */
TIM_KEY kTIMSoundElemFileTime = "sound_elem_file_time";
/** string: Id of the stored file. */
TIM_KEY kTIMSoundElemFileId = "sound_elem_file_id";
/** int32: Where the file service keeps it; internal. */
TIM_KEY kTIMSoundElemBusinessId = "sound_elem_business_id";
/** string: Address to download from. */
TIM_KEY kTIMSoundElemUrl = "sound_elem_url";
/** int32: Number of the upload; no longer used. */
TIM_KEY kTIMSoundElemTaskId = "sound_elem_task_id";
/** int32: How to download: 2 says that the URL can be used as it is. */
TIM_KEY kTIMSoundElemDownloadFlag = "sound_elem_download_flag";
/** @} */

/**
 * @name CustomElem
 * Data of the application. Binary data has to be made text first.
 * @{
 */
/**
 * string: The data. A message in which they are no string is refused (6017): a JSON value is
 * written as text first.
 */
TIM_KEY kTIMCustomElemData = "custom_elem_data";
/** string: Text for a push; without it none is shown. */
TIM_KEY kTIMCustomElemDesc = "custom_elem_desc";
/** string: Further data for a push. */
TIM_KEY kTIMCustomElemExt = "custom_elem_ext";
/** string: Sound for a push. */
TIM_KEY kTIMCustomElemSound = "custom_elem_sound";
/** @} */

/**
 * @name FileElem
 * A file; one per message at most.
 * @{
 */
/** string: Path of the sender's file; empty for receivers. */
TIM_KEY kTIMFileElemFilePath = "file_elem_file_path";
/** string: Name to show; without it the last part of the path. */
TIM_KEY kTIMFileElemFileName = "file_elem_file_name";
/** int32: Size in bytes. */
TIM_KEY kTIMFileElemFileSize = "file_elem_file_size";
/** string: Id of the stored file. */
TIM_KEY kTIMFileElemFileId = "file_elem_file_id";
/** int32: Where the file service keeps it; internal. */
TIM_KEY kTIMFileElemBusinessId = "file_elem_business_id";
/** string: Address to download from. */
TIM_KEY kTIMFileElemUrl = "file_elem_url";
/** int32: Number of the upload; no longer used. */
TIM_KEY kTIMFileElemTaskId = "file_elem_task_id";
/** int32: How to download: 2 says that the URL can be used as it is. */
TIM_KEY kTIMFileElemDownloadFlag = "file_elem_download_flag";
/** @} */

/**
 * @name FaceElem
 * An emoticon, understood by the application only.
 * @{
 */
/** int32: Number of the emoticon. */
TIM_KEY kTIMFaceElemIndex = "face_elem_index";
/** string: Data of the application. */
TIM_KEY kTIMFaceElemBuf = "face_elem_buf";
/** @} */

/**
 * @name LocationElem
 * A place on earth.
 * @{
 */
/** string: Name of the place. */
TIM_KEY kTIMLocationElemDesc = "location_elem_desc";
/** double: Longitude in degrees. */
TIM_KEY kTIMLocationElemLongitude = "location_elem_longitude";
/** double: Latitude in degrees. */
TIM_KEY kTIMLocationElemLatitude = "location_elem_latitude";
TIM_KEY kTIMLocationElemlatitude = "location_elem_latitude";
/** @} */

/**
 * @name VideoElem
 * A film with a snapshot of it.
 * @{
 */
/** string: Kind of the film, such as mp4. */
TIM_KEY kTIMVideoElemVideoType = "video_elem_video_type";
/** uint32: Size of the film in bytes. */
TIM_KEY kTIMVideoElemVideoSize = "video_elem_video_size";
/** uint32: Length in seconds. */
TIM_KEY kTIMVideoElemVideoDuration = "video_elem_video_duration";
/** string: Path of the sender's film; empty for receivers. */
TIM_KEY kTIMVideoElemVideoPath = "video_elem_video_path";
/** string: Id of the stored film. */
TIM_KEY kTIMVideoElemVideoId = "video_elem_video_id";
/** int32: Where the file service keeps it; internal. */
TIM_KEY kTIMVideoElemBusinessId = "video_elem_business_id";
/** string: Address of the film. */
TIM_KEY kTIMVideoElemVideoUrl = "video_elem_video_url";
/** string: Kind of the snapshot, such as png. */
TIM_KEY kTIMVideoElemImageType = "video_elem_image_type";
/** uint32: Size of the snapshot in bytes. */
TIM_KEY kTIMVideoElemImageSize = "video_elem_image_size";
/** uint32: Width of the snapshot in pixels. */
TIM_KEY kTIMVideoElemImageWidth = "video_elem_image_width";
/** uint32: Height of the snapshot in pixels. */
TIM_KEY kTIMVideoElemImageHeight = "video_elem_image_height";
/** string: Path of the sender's snapshot; empty for receivers. */
TIM_KEY kTIMVideoElemImagePath = "video_elem_image_path";
/** string: Id of the stored snapshot. */
TIM_KEY kTIMVideoElemImageId = "video_elem_image_id";
/** string: Address of the snapshot. */
TIM_KEY kTIMVideoElemImageUrl = "video_elem_image_url";
/** uint32: Number of the upload; no longer used. */
TIM_KEY kTIMVideoElemTaskId = "video_elem_task_id";
/** int32: How to download the film: 2 says that the URL can be used as it is. */
TIM_KEY kTIMVideoElemVideoDownloadFlag = "video_elem_video_download_flag";
/** int32: How to download the snapshot: 2 says that the URL can be used as it is. */
TIM_KEY kTIMVideoElemImageDownloadFlag = "video_elem_image_download_flag";
/** @} */

/**
 * @name MergerElem
 * Several messages in one.
 * @{
 */
/** string: Title of the whole. */
TIM_KEY kTIMMergerElemTitle = "merge_elem_title";
/** [string]: Lines to preview it, up to 5 of 100 characters. */
TIM_KEY kTIMMergerElemAbstractArray = "merge_elem_abstract_array";
/** string: What clients show that do not know this kind; not empty. */
TIM_KEY kTIMMergerElemCompatibleText = "merge_elem_compatible_text";
/** [Message]: The messages, up to 300, all of them sent; no notices. */
TIM_KEY kTIMMergerElemMsgArray = "merge_elem_message_array";
/** bool: Merged messages are nested deeper than 100; title and preview are empty then. */
TIM_KEY kTIMMergerElemLayersOverLimit = "merge_elem_layer_over_limit";
/** string: Where the messages are stored, for native clients. */
TIM_KEY kTIMMergerElemRelayPbKey = "merge_elem_relay_pb_key";
/** string: Where the messages are stored, for web clients. */
TIM_KEY kTIMMergerElemRelayJsonKey = "merge_elem_relay_json_key";
/** string: The stored form; internal. */
TIM_KEY kTIMMergerElemRelayBuffer = "merge_elem_relay_buffer";
/** @} */

/**
 * @name GroupReportElem
 * A notice about a group to one person. The service writes it; a program cannot send one.
 * @{
 */
/** uint32: What happened, a TIMGroupReportType. */
TIM_KEY kTIMGroupReportElemReportType = "group_report_elem_report_type";
/** string: Group id. */
TIM_KEY kTIMGroupReportElemGroupId = "group_report_elem_group_id";
/** string: Name of the group; no longer maintained. */
TIM_KEY kTIMGroupReportElemGroupName = "group_report_elem_group_name";
/** string: User id of the one who did it. */
TIM_KEY kTIMGroupReportElemOpUser = "group_report_elem_op_user";
/** string: Text of the one who did it: the reason for applying, refusing or removing. */
TIM_KEY kTIMGroupReportElemMsg = "group_report_elem_msg";
/** string: Data of the application from the one who did it. */
TIM_KEY kTIMGroupReportElemUserData = "group_report_elem_user_data";
/** object UserProfile: Profile of the one who did it. */
TIM_KEY kTIMGroupReportElemOpUserInfo = "group_report_elem_op_user_info";
/** object GroupMemberInfo: Member data of the one who did it. */
TIM_KEY kTIMGroupReportElemOpGroupMemberInfo = "group_report_elem_op_group_memberinfo";
/** string: Platform of the one who did it, such as Windows. */
TIM_KEY kTIMGroupReportElemPlatform = "group_report_elem_platform";
/** uint32: For how many seconds the receiver is muted. */
TIM_KEY kTIMGroupReportElemShutUpTime = "group_report_elem_shut_up_time";
/** uint32: The receiver's new TIMReceiveMessageOpt for the group. */
TIM_KEY kTIMGroupReportElemGroupMessageReceiveOption = "group_report_elem_group_message_receive_option";
/** @} */

/**
 * @name Message
 * A message. The application fills in what it sends; the library and the service add the rest.
 * @{
 */
/** [Elem]: The elements, at least one. */
TIM_KEY kTIMMsgElemArray = "message_elem_array";
/** string: The conversation: user id of the peer, or group id; empty for system messages. */
TIM_KEY kTIMMsgConvId = "message_conv_id";
/** uint32: Kind of the conversation, a TIMConvType. */
TIM_KEY kTIMMsgConvType = "message_conv_type";
/** string: User id of the sender. */
TIM_KEY kTIMMsgSender = "message_sender";
/** uint32: Priority in groups, a TIMMsgPriority: under load the lowest is dropped first. */
TIM_KEY kTIMMsgPriority = "message_priority";
/** uint64: When it was sent by the sender's clock, in Unix seconds. */
TIM_KEY kTIMMsgClientTime = "message_client_time";
/** uint64: When the service accepted it, in Unix seconds; the client's time before that. */
TIM_KEY kTIMMsgServerTime = "message_server_time";
/** bool: The logged-in user sent it. */
TIM_KEY kTIMMsgIsFormSelf = "message_is_from_self";
/** uint32: The sender's platform, a TIMPlatform. */
TIM_KEY kTIMMsgPlatform = "message_platform";
/** bool: The logged-in user has read it; always true for own messages. */
TIM_KEY kTIMMsgIsRead = "message_is_read";
/** bool: Only for those who are online now: stored nowhere, counted nowhere. */
TIM_KEY kTIMMsgIsOnlineMsg = "message_is_online_msg";
/** bool: The peer has read the conversation up to it; one to one only. */
TIM_KEY kTIMMsgIsPeerRead = "message_is_peer_read";
/** bool: The peer sent a receipt for this very message; one to one only. */
TIM_KEY kTIMMsgReceiptPeerRead = "message_receipt_peer_read";
/**
 * bool: The sender asks for a receipt of this very message. Not carried out yet: it reaches the
 * receivers, who have no function to answer it.
 */
TIM_KEY kTIMMsgNeedReadReceipt = "message_need_read_receipt";
/** bool: Key and value pairs may be attached to it. Not carried out yet: it has no effect. */
TIM_KEY kTIMMsgSupportMessageExtension = "message_support_message_extension";
/** bool: It went to all live groups of the application. */
TIM_KEY kTIMMsgIsBroadcastMessage = "message_is_broadcast_message";
/** bool: The logged-in user has sent the receipt that it asks for; groups only. */
TIM_KEY kTIMMsgHasSentReceipt = "message_has_sent_receipt";
/**
 * int32: Members who have read it; internal. (Also spelt message_receipt_read_count; both are read
 * and written.)
 */
TIM_KEY kTIMMsgGroupReceiptReadCount = "message_group_receipt_read_count";
/**
 * int32: Members who have not read it; internal. (Also spelt message_receipt_unread_count; both are
 * read and written.)
 */
TIM_KEY kTIMMsgGroupReceiptUnreadCount = "message_group_receipt_unread_count";
/** uint64: Grows with every modification; internal. */
TIM_KEY kTIMMsgVersion = "message_version";
/** uint32: Where it stands, a TIMMsgStatus. */
TIM_KEY kTIMMsgStatus = "message_status";
/**
 * uint64: Server time in the upper and rand in the lower 32 bits; unique within a conversation once
 * it is sent.
 */
TIM_KEY kTIMMsgUniqueId = "message_unique_id";
/**
 * string: The id that it has from the moment of sending: account number, client time and rand
 * joined by -.
 */
TIM_KEY kTIMMsgMsgId = "message_msg_id";
/** uint64: Random 32-bit number of the sender. */
TIM_KEY kTIMMsgRand = "message_rand";
/**
 * uint64: Sequence number. In groups the service counts 1, 2, 3, …; one to one the sender
 * chooses, and it may repeat.
 */
TIM_KEY kTIMMsgSeq = "message_seq";
/** uint32: Number of the application that stays on this device. */
TIM_KEY kTIMMsgCustomInt = "message_custom_int";
/** string: Text of the application that stays on this device. */
TIM_KEY kTIMMsgCustomStr = "message_custom_str";
/** string: Text of the application that travels with the message and belongs to no element. */
TIM_KEY kTIMMsgCloudCustomStr = "message_cloud_custom_str";
/** bool: It does not raise the unread number. */
TIM_KEY kTIMMsgIsExcludedFromUnreadCount = "message_is_excluded_from_unread_count";
/** [string]: Mentioned user ids, and kImSDK_MessageAtALL for everybody; up to 30. */
TIM_KEY kTIMMsgGroupAtUserArray = "message_group_at_user_array";
/** bool: Needed to send a received message on: it becomes a new one. */
TIM_KEY kTIMMsgIsForwardMessage = "message_is_forward_message";
/** object UserProfile: The sender's profile as it is known now, not as of the sending. */
TIM_KEY kTIMMsgSenderProfile = "message_sender_profile";
/** object GroupMemberInfo: The sender's member data, user id and name card only; groups only. */
TIM_KEY kTIMMsgSenderGroupMemberInfo = "message_sender_group_member_info";
/** bool: It does not become the last message of its conversation. */
TIM_KEY kTIMMsgExcludedFromLastMessage = "message_excluded_from_last_message";
/** bool: Moderation leaves it alone. Not carried out yet: nothing is moderated. */
TIM_KEY kTIMMsgExcludedFromContentModeration = "message_excluded_from_content_moderation";
/**
 * string: Which moderation rules apply; empty for the usual ones. Not carried out yet: nothing is
 * moderated.
 */
TIM_KEY kTIMMsgCustomModerationConfigurationID = "message_custom_moderation_configuration_id";
/** bool: Moderation objects to it. */
TIM_KEY kTIMMsgHasRiskContent = "message_has_risk_content";
/** any: What moderation found; internal. */
TIM_KEY kTIMMsgRiskTypeIdentified = "message_risk_type_identified";
/**
 * [string]: Only these members of the group get it, up to 50; nobody's unread number rises. Not
 * carried out yet: a message that names any is refused (6017), so it never reaches others.
 */
TIM_KEY kTIMMsgTargetGroupMemberArray = "message_target_group_member_array";
/**
 * object OfflinePushConfig: What receivers see who are offline. It reaches the receivers; the
 * service itself sends nothing to phones. (Also spelt message_offlie_push_config; both are read and
 * written.)
 */
TIM_KEY kTIMMsgOfflinePushConfig = "message_offline_push_config";
/** string: User id of the one who withdrew it. */
TIM_KEY kTIMMsgRevokerUserId = "message_revoker_user_id";
/** string: Nick name of the one who withdrew it. */
TIM_KEY kTIMMsgRevokerNickName = "message_revoker_nick_name";
/** string: Picture of the one who withdrew it. */
TIM_KEY kTIMMsgRevokerFaceUrl = "message_revoker_face_url";
/** string: Why it was withdrawn. */
TIM_KEY kTIMMsgRevokeReason = "message_revoke_reason";
/** string: User id of the one who pinned it; in lists of pinned messages. */
TIM_KEY kTIMMsgPinnerUserId = "message_pinner_user_id";
/** string: Nick name of the one who pinned it. */
TIM_KEY kTIMMsgPinnerNickName = "message_pinner_nick_name";
/** string: The reader's remark on the one who pinned it. */
TIM_KEY kTIMMsgPinnerFriendRemark = "message_pinner_friend_remark";
/** string: Name card of the one who pinned it. */
TIM_KEY kTIMMsgPinnerNameCard = "message_pinner_name_card";
/** string: Picture of the one who pinned it. */
TIM_KEY kTIMMsgPinnerFaceURL = "message_pinner_face_url";
/** @} */

/**
 * @name MessageReceipt
 * What is known about who has read.
 * @{
 */
/** string: The conversation: user id of the peer, or group id. */
TIM_KEY kTIMMsgReceiptConvId = "msg_receipt_conv_id";
/** uint32: Kind of the conversation, a TIMConvType. */
TIM_KEY kTIMMsgReceiptConvType = "msg_receipt_conv_type";
/** string: The message, in receipts for a single one; else empty. */
TIM_KEY kTIMMsgReceiptMsgId = "msg_receipt_msg_id";
/**
 * uint64: Messages up to this Unix second are read; of that second perhaps not all, see
 * message_is_peer_read.
 */
TIM_KEY kTIMMsgReceiptTimeStamp = "msg_receipt_time_stamp";
/**
 * bool: The peer has read the message that the receipt is for; false where it is for all up to a
 * time.
 */
TIM_KEY kTIMMsgReceiptIsPeerRead = "msg_receipt_is_peer_read";
/** uint64: Members who have read it; groups only. */
TIM_KEY kTIMMsgReceiptReadCount = "msg_receipt_read_count";
/** uint64: Members who have not read it; groups only. */
TIM_KEY kTIMMsgReceiptUnreadCount = "msg_receipt_unread_count";
/** @} */

/**
 * @name MsgLocator
 * What it takes to find a message.
 * @{
 */
/** string: The conversation: user id of the peer, or group id. */
TIM_KEY kTIMMsgLocatorConvId = "message_locator_conv_id";
/** uint32: Kind of the conversation, a TIMConvType. */
TIM_KEY kTIMMsgLocatorConvType = "message_locator_conv_type";
/** bool: The message was withdrawn. */
TIM_KEY kTIMMsgLocatorIsRevoked = "message_locator_is_revoked";
/** uint64: Its server time, in Unix seconds. */
TIM_KEY kTIMMsgLocatorTime = "message_locator_time";
/** uint64: Its sequence number. */
TIM_KEY kTIMMsgLocatorSeq = "message_locator_seq";
/** bool: The logged-in user sent it. */
TIM_KEY kTIMMsgLocatorIsSelf = "message_locator_is_self";
/** uint64: Its random number. */
TIM_KEY kTIMMsgLocatorRand = "message_locator_rand";
/** uint64: Its unique id. */
TIM_KEY kTIMMsgLocatorUniqueId = "message_locator_unique_id";
/** @} */

/**
 * @name MsgGetMsgListParam
 * Which part of a conversation's history to return.
 * @{
 */
/** object Message: Where to start; this message itself is left out. Without it, at the newest. */
TIM_KEY kTIMMsgGetMsgListParamLastMsg = "msg_getmsglist_param_last_msg";
/** uint32: How many messages at most: 1 to 1000, 20 if missing. */
TIM_KEY kTIMMsgGetMsgListParamCount = "msg_getmsglist_param_count";
/**
 * bool: Ask the service as well, not only the local store. Not if missing. (Also spelt
 * msg_getmsglist_param_is_remble; both are read and written.)
 */
TIM_KEY kTIMMsgGetMsgListParamIsRamble = "msg_getmsglist_param_is_ramble";
/**
 * [uint32]: Only messages with elements of these TIMElemType; empty for all. Local store only. Not
 * carried out yet: it has no effect.
 */
TIM_KEY kTIMMsgGetMsgListMessageTypeArray = "msg_getmsglist_param_message_type_array";
/**
 * bool: Towards newer messages, oldest first. Else towards older ones, newest first; so also
 * without last_msg and time_begin, where there are no newer ones.
 */
TIM_KEY kTIMMsgGetMsgListParamIsForward = "msg_getmsglist_param_is_forward";
/**
 * uint64: Where to start by sequence number, this message included; groups only, and last_msg wins.
 * Not carried out yet: it has no effect.
 */
TIM_KEY kTIMMsgGetMsgListParamLastMsgSeq = "msg_getmsglist_param_last_msg_seq";
/** uint64: Where a range of time starts, in Unix seconds; 0 for now. */
TIM_KEY kTIMMsgGetMsgListParamTimeBegin = "msg_getmsglist_param_time_begin";
/** uint64: Length of that range in seconds, in the direction of the query; 0 for no end. */
TIM_KEY kTIMMsgGetMsgListParamTimePeriod = "msg_getmsglist_param_time_period";
/**
 * [uint64]: Just these sequence numbers; groups only, and it wins over all other keys. Not carried
 * out yet: it has no effect.
 */
TIM_KEY kTIMMsgGetMsgListParamMessageSeqArray = "msg_getmsglist_param_message_seq_array";
/** @} */

/**
 * @name MsgDeleteParam
 * Which message to delete.
 * @{
 */
/** object Message: The message. Without it, all messages of the conversation. */
TIM_KEY kTIMMsgDeleteParamMsg = "msg_delete_param_msg";
/**
 * bool: At the service as well, not only in the local store. (Also spelt
 * msg_delete_param_is_remble; both are read and written.)
 */
TIM_KEY kTIMMsgDeleteParamIsRamble = "msg_delete_param_is_ramble";
/** @} */

/**
 * @name MsgBatchSendParam
 * One message to many users.
 * @{
 */
/** [string]: User ids of the receivers. */
TIM_KEY kTIMMsgBatchSendParamIdentifierArray = "msg_batch_send_param_identifier_array";
/** object Message: The message. */
TIM_KEY kTIMMsgBatchSendParamMsg = "msg_batch_send_param_msg";
/** @} */

/**
 * @name MsgBatchSendResult
 * How sending to one of many users went.
 * @{
 */
/** string: User id of the receiver. */
TIM_KEY kTIMMsgBatchSendResultIdentifier = "msg_batch_send_result_identifier";
/** int32: 0, or the TIMErrCode of this entry. */
TIM_KEY kTIMMsgBatchSendResultCode = "msg_batch_send_result_code";
/** string: English text to code. */
TIM_KEY kTIMMsgBatchSendResultDesc = "msg_batch_send_result_desc";
/** object Message: The message as this receiver has it. */
TIM_KEY kTIMMsgBatchSendResultMsg = "msg_batch_send_result_msg";
/** @} */

/**
 * @name DownloadElemParam
 * What to download: the keys of an element.
 * @{
 */
/** uint32: Which file of the element, a TIMDownloadType. */
TIM_KEY kTIMMsgDownloadElemParamType = "msg_download_elem_param_type";
/** string: Id of the stored file. */
TIM_KEY kTIMMsgDownloadElemParamId = "msg_download_elem_param_id";
/** uint32: Where the file service keeps it; internal. */
TIM_KEY kTIMMsgDownloadElemParamBusinessId = "msg_download_elem_param_business_id";
/** string: Address of the file. */
TIM_KEY kTIMMsgDownloadElemParamUrl = "msg_download_elem_param_url";
/** uint32: The element's download flag. */
TIM_KEY kTIMMsgDownloadElemParamFlag = "msg_download_elem_param_flag";
/** @} */

/**
 * @name MsgDownloadElemResult
 * Progress of a download.
 * @{
 */
/** uint32: Bytes received. */
TIM_KEY kTIMMsgDownloadElemResultCurrentSize = "msg_download_elem_result_current_size";
/** uint32: Bytes in all. */
TIM_KEY kTIMMsgDownloadElemResultTotalSize = "msg_download_elem_result_total_size";
/** @} */

/* -- Conversations -------------------------------------------------------------------------------- */

/** What happened to conversations. */
enum TIMConvEvent {
    /** They are new. */
    kTIMConvEvent_Add = 0,
    /** They were deleted. */
    kTIMConvEvent_Del = 1,
    /** They changed. */
    kTIMConvEvent_Update = 2,
    /** Synchronisation begins. */
    kTIMConvEvent_Start = 3,
    /** Synchronisation ended. */
    kTIMConvEvent_Finish = 4,
};
typedef enum TIMConvEvent TIMConvEvent;

/** Who is mentioned. */
enum TIMGroupAtType {
    /** The user. */
    kTIMGroup_At_Me = 1,
    /** Everybody. */
    kTIMGroup_At_All = 2,
    /** Everybody, and the user by name. */
    kTIMGroup_At_All_At_ME = 3,
};
typedef enum TIMGroupAtType TIMGroupAtType;

/**
 * @name ConvInfo
 * A conversation.
 * @{
 */
/** string: User id of the peer, or group id. */
TIM_KEY kTIMConvId = "conv_id";
/** uint32: Kind of the conversation, a TIMConvType. */
TIM_KEY kTIMConvType = "conv_type";
/** string: Picture of the peer or the group. */
TIM_KEY kTIMConvFaceUrl = "conv_face_url";
/** uint64: Messages of others that are not read. */
TIM_KEY kTIMConvUnReadNum = "conv_unread_num";
/** uint64: Orders conversations: the larger, the more recent. Not always a time. */
TIM_KEY kTIMConvActiveTime = "conv_active_time";
/** bool: There is a last_msg. */
TIM_KEY kTIMConvIsHasLastMsg = "conv_is_has_lastmsg";
/** object Message: The newest message. */
TIM_KEY kTIMConvLastMsg = "conv_last_msg";
/** bool: There is a draft. */
TIM_KEY kTIMConvIsHasDraft = "conv_is_has_draft";
/** object Draft: What the user began to write. */
TIM_KEY kTIMConvDraft = "conv_draft";
/** uint32: Whether messages come in and ring, a TIMReceiveMessageOpt. */
TIM_KEY kTIMConvRecvOpt = "conv_recv_opt";
/** uint32: Kind of the group, a TIMGroupType; groups only. */
TIM_KEY kTIMConvGroupType = "conv_group_type";
/** [GroupAtInfo]: Unread mentions of the user; groups only. */
TIM_KEY kTIMConvGroupAtInfoArray = "conv_group_at_info_array";
/** bool: It stays on top of the list. Not carried out yet: always false. */
TIM_KEY kTIMConvIsPinned = "conv_is_pinned";
/**
 * string: Name to show. Group: its name, or its id. One to one: the remark, or the nick name, or
 * the user id.
 */
TIM_KEY kTIMConvShowName = "conv_show_name";
/** [uint64]: Marks, one bit each. Not carried out yet: always empty. */
TIM_KEY kTIMConvMarkArray = "conv_mark_array";
/** string: Text of the application, up to 256 bytes. Not carried out yet: always empty. */
TIM_KEY kTIMConvCustomData = "conv_custom_data";
/** [string]: Conversation groups it is in. Not carried out yet: always empty. */
TIM_KEY kTIMConvConversationGroupArray = "conv_conversation_group_array";
/** uint64: Up to when one-to-one messages are read. Not carried out yet: always 0. */
TIM_KEY kTIMConvC2CReadTimestamp = "conv_c2c_read_timestamp";
/** uint64: Up to where a group's messages are read. Not carried out yet: always 0. */
TIM_KEY kTIMConvGroupReadSequence = "conv_group_read_sequence";
/** string: No longer used. */
TIM_KEY kTIMConvOwner = "conv_owner";
/** @} */

/**
 * @name Draft
 * A message that the user has begun to write. It stays on the device.
 * @{
 */
/** object Message: What is written so far. */
TIM_KEY kTIMDraftMsg = "draft_msg";
/** string: Data of the application. */
TIM_KEY kTIMDraftUserDefine = "draft_user_define";
/** uint32: When it was edited, in Unix seconds. */
TIM_KEY kTIMDraftEditTime = "draft_edit_time";
/** @} */

/**
 * @name GroupAtInfo
 * An unread mention.
 * @{
 */
/** uint64: Sequence number of the message. */
TIM_KEY kTIMGroupAtInfoSeq = "conv_group_at_info_seq";
/** uint32: Who is mentioned, a TIMGroupAtType. */
TIM_KEY kTIMGroupAtInfoAtType = "conv_group_at_info_at_type";
/** @} */

/* -- Groups --------------------------------------------------------------------------------------- */

/** Kinds of groups. */
enum TIMGroupType {
    /** Joined on application. */
    kTIMGroup_Public = 0,
    /** Joined on invitation; also called work group. */
    kTIMGroup_Private = 1,
    /** Open to all, history only for members; also called meeting. */
    kTIMGroup_ChatRoom = 2,
    /** Broadcast to all users online. */
    kTIMGroup_BChatRoom = 3,
    /** Live: open to all, any number of members, no history. */
    kTIMGroup_AVChatRoom = 4,
    /** Many members, may hold topics. */
    kTIMGroup_Community = 5,
};
typedef enum TIMGroupType TIMGroupType;

/** Who may join on application, or whether invitations need consent. */
enum TIMGroupAddOption {
    /** Nobody. */
    kTIMGroupAddOpt_Forbid = 0,
    /** Those whom an administrator accepts. */
    kTIMGroupAddOpt_Auth = 1,
    /** Everybody. */
    kTIMGroupAddOpt_Any = 2,
    /** Not known. */
    kTIMGroupAddOpt_Unknown = 3,
};
typedef enum TIMGroupAddOption TIMGroupAddOption;

/** What to change about a group, one bit each. */
enum TIMGroupModifyInfoFlag {
    /** Nothing. */
    kTIMGroupModifyInfoFlag_None = 0,
    /** Name. */
    kTIMGroupModifyInfoFlag_Name = 1,
    /** Notice. */
    kTIMGroupModifyInfoFlag_Notification = 2,
    /** Introduction. */
    kTIMGroupModifyInfoFlag_Introduction = 4,
    /** Picture. */
    kTIMGroupModifyInfoFlag_FaceUrl = 8,
    /** Who may join on application. */
    kTIMGroupModifyInfoFlag_AddOption = 16,
    /** Most members it may have. */
    kTIMGroupModifyInfoFlag_MaxMemberNum = 32,
    kTIMGroupModifyInfoFlag_MaxMmeberNum = 32, /**< older name of kTIMGroupModifyInfoFlag_MaxMemberNum */
    /** Whether others can see it. */
    kTIMGroupModifyInfoFlag_Visible = 64,
    /** Whether others can find it. */
    kTIMGroupModifyInfoFlag_Searchable = 128,
    /** Whether all are muted. */
    kTIMGroupModifyInfoFlag_ShutupAll = 256,
    /** Custom fields. */
    kTIMGroupModifyInfoFlag_Custom = 512,
    /** Text of the application for a topic. */
    kTIMGroupTopicModifyInfoFlag_CustomString = 2048,
    /** Whether invitations need consent. */
    kTIMGroupModifyInfoFlag_ApproveOption = 4096,
    /** Whether there are permission groups. */
    kTIMGroupModifyInfoFlag_EnablePermissionGroup = 8192,
    /** Permissions of members outside permission groups. */
    kTIMGroupModifyInfoFlag_DefaultPermissions = 16384,
    /** Owner; alone only. In JSON 2147483648 or -2147483648. */
    kTIMGroupModifyInfoFlag_Owner = (-2147483647 - 1),
};
typedef enum TIMGroupModifyInfoFlag TIMGroupModifyInfoFlag;

/** Roles in a group. Older headers number them 1, 2, 3; input takes both, output has these. */
enum TIMGroupMemberRole {
    /** No member. */
    kTIMMemberRole_None = 0,
    /** Member. */
    kTIMMemberRole_Normal = 200,
    /** Administrator. */
    kTIMMemberRole_Admin = 300,
    /** Owner. */
    kTIMMemberRole_Owner = 400,
};
typedef enum TIMGroupMemberRole TIMGroupMemberRole;

/** Roles that a query returns, one bit each. */
enum TIMGroupMemberRoleFlag {
    /** All. */
    kTIMGroupMemberRoleFlag_All = 0,
    /** The owner. */
    kTIMGroupMemberRoleFlag_Owner = 1,
    /** Administrators. */
    kTIMGroupMemberRoleFlag_Admin = 2,
    /** Members without further rights. */
    kTIMGroupMemberRoleFlag_Member = 4,
};
typedef enum TIMGroupMemberRoleFlag TIMGroupMemberRoleFlag;

/** What to change about a member, one bit each. */
enum TIMGroupMemberModifyInfoFlag {
    /** Nothing. */
    kTIMGroupMemberModifyFlag_None = 0,
    /** Whether messages come in and ring. */
    kTIMGroupMemberModifyFlag_MsgFlag = 1,
    /** Role. */
    kTIMGroupMemberModifyFlag_MemberRole = 2,
    /** How long muted. */
    kTIMGroupMemberModifyFlag_ShutupTime = 4,
    /** Name card. */
    kTIMGroupMemberModifyFlag_NameCard = 8,
    /** Custom fields. */
    kTIMGroupMemberModifyFlag_Custom = 16,
};
typedef enum TIMGroupMemberModifyInfoFlag TIMGroupMemberModifyInfoFlag;

/** What came of inviting or removing somebody. */
enum HandleGroupMemberResult {
    /** It failed. */
    kTIMGroupMember_HandledErr = 0,
    /** It is done. */
    kTIMGroupMember_HandledSuc = 1,
    /** They were a member already. */
    kTIMGroupMember_Included = 2,
    /** They are invited and have to consent. */
    kTIMGroupMember_Invited = 3,
};
typedef enum HandleGroupMemberResult HandleGroupMemberResult;

/** Who has to consent. */
enum TIMGroupPendencyType {
    /** An application: an administrator. */
    kTIMGroupPendency_GroupJoinNeedApprovedByAdmin = 0,
    kTIMGroupPendency_RequestJoin = 0, /**< older name of kTIMGroupPendency_GroupJoinNeedApprovedByAdmin */
    /** An invitation: the invited one. */
    kTIMGroupPendency_GroupInviteNeedApprovedByInvitee = 1,
    kTIMGroupPendency_InviteJoin = 1, /**< older name of kTIMGroupPendency_GroupInviteNeedApprovedByInvitee */
    /** An invitation: an administrator. */
    kTIMGroupPendency_GroupInviteNeedApprovedByAdmin = 2,
    kTIMGroupPendency_ReqAndInvite = 2, /**< older name of kTIMGroupPendency_GroupInviteNeedApprovedByAdmin */
};
typedef enum TIMGroupPendencyType TIMGroupPendencyType;

/** Whether an application or invitation is handled. */
enum TIMGroupPendencyHandle {
    /** Not yet. */
    kTIMGroupPendency_NotHandle = 0,
    /** By somebody else. */
    kTIMGroupPendency_OtherHandle = 1,
    /** By the user. */
    kTIMGroupPendency_OperatorHandle = 2,
};
typedef enum TIMGroupPendencyHandle TIMGroupPendencyHandle;

/** How an application or invitation was handled. */
enum TIMGroupPendencyHandleResult {
    /** Refused, or not handled yet. */
    kTIMGroupPendency_Refuse = 0,
    /** Accepted. */
    kTIMGroupPendency_Accept = 1,
};
typedef enum TIMGroupPendencyHandleResult TIMGroupPendencyHandleResult;

/** What a notice to all members tells. */
enum TIMGroupTipType {
    /** Nothing. */
    kTIMGroupTip_None = 0,
    /** Members joined, in whatever way. */
    kTIMGroupTip_Invite = 1,
    /** A member left. */
    kTIMGroupTip_Quit = 2,
    /** Members were removed. */
    kTIMGroupTip_Kick = 3,
    /** Members became administrators. */
    kTIMGroupTip_SetAdmin = 4,
    /** Members are no longer administrators. */
    kTIMGroupTip_CancelAdmin = 5,
    /** The group changed. */
    kTIMGroupTip_GroupInfoChange = 6,
    /** Members changed. */
    kTIMGroupTip_MemberInfoChange = 7,
    /** Marks of members changed. */
    kTIMGroupTip_MemberMarkChange = 8,
    /** A topic changed. */
    kTIMGroupTip_TopicInfoChange = 9,
    /** A message was pinned. */
    KTIMGroupTip_PinnedMessageAdded = 10,
    /** A message was unpinned. */
    KTIMGroupTip_PinnedMessageDeleted = 11,
};
typedef enum TIMGroupTipType TIMGroupTipType;

/** What changed about a group. */
enum TIMGroupTipGroupChangeFlag {
    /** Something else. */
    kTIMGroupTipChangeFlag_Unknown = 0,
    /** Name. */
    kTIMGroupTipChangeFlag_Name = 1,
    /** Introduction. */
    kTIMGroupTipChangeFlag_Introduction = 2,
    /** Notice. */
    kTIMGroupTipChangeFlag_Notification = 3,
    /** Picture. */
    kTIMGroupTipChangeFlag_FaceUrl = 4,
    /** Owner. */
    kTIMGroupTipChangeFlag_Owner = 5,
    /** A custom field. */
    kTIMGroupTipChangeFlag_Custom = 6,
    /** An attribute. */
    kTIMGroupTipChangeFlag_Attribute = 7,
    /** Whether all are muted. */
    kTIMGroupTipChangeFlag_ShutupAll = 8,
    /** Text of the application for a topic. */
    kTIMGroupTipChangeFlag_TopicCustomData = 9,
    /** Whether messages ring. */
    kTIMGroupTipChangeFlag_MessageReceiveOpt = 10,
    /** Who may join on application. */
    kTIMGroupTipChangeFlag_GroupAddOpt = 11,
    /** Whether invitations need consent. */
    kTIMGroupTipChangeFlag_GroupApproveOpt = 12,
    /** Whether there are permission groups. */
    kTIMGroupTipChangeFlag_EnablePermissionGroup = 13,
    /** Permissions of members outside permission groups. */
    kTIMGroupTipChangeFlag_DefaultPermissions = 14,
};
typedef enum TIMGroupTipGroupChangeFlag TIMGroupTipGroupChangeFlag;

/** How somebody joined. */
enum TIMGroupJoinType {
    /** Not said. */
    kTIMGroupJoin_None = 0,
    /** On application. */
    kTIMGroupJoin_Apply = 1,
    /** On invitation. */
    kTIMGroupJoin_Invite = 2,
};
typedef enum TIMGroupJoinType TIMGroupJoinType;

/**
 * @name GroupMemberGetInfoOption
 * What a member query returns.
 * @{
 */
/**
 * uint64: Members of which roles, TIMGroupMemberRoleFlag joined by or; 0 for all. (Also spelt
 * get_info_option_role_flag; both are read and written.)
 */
TIM_KEY kTIMGroupMemberGetInfoOptionRoleFlag = "group_member_get_info_option_role_flag";
/**
 * uint64: Parts of the member's data, TIMGroupMemberInfoFlag joined by or. Not carried out yet: all
 * of them are given. (Also spelt get_info_option_info_flag; both are read and written.)
 */
TIM_KEY kTIMGroupMemberGetInfoOptionInfoFlag = "group_member_get_info_option_info_flag";
/**
 * [string]: Names of the custom fields to return; empty for all. (Also spelt
 * get_info_option_custom_array; both are read and written.)
 */
TIM_KEY kTIMGroupMemberGetInfoOptionCustomArray = "group_member_get_info_option_custom_array";
/** @} */

/**
 * @name GroupTipsElem
 * A notice to all members of a group. The service writes it; a program cannot send one.
 * @{
 */
/** uint32: What happened, a TIMGroupTipType. */
TIM_KEY kTIMGroupTipsElemTipType = "group_tips_elem_tip_type";
/** uint32: How members joined, a TIMGroupJoinType; for notices about joining. */
TIM_KEY kTIMGroupTipsElemJoinType = "group_tips_elem_join_type";
/** string: User id of the one who did it. */
TIM_KEY kTIMGroupTipsElemOpUser = "group_tips_elem_op_user";
/** string: Group id. */
TIM_KEY kTIMGroupTipsElemGroupId = "group_tips_elem_group_id";
/** [string]: User ids of those it was done to. */
TIM_KEY kTIMGroupTipsElemUserArray = "group_tips_elem_user_array";
/** [GroupTipGroupChangeInfo]: What changed about the group; for kTIMGroupTip_GroupInfoChange. */
TIM_KEY kTIMGroupTipsElemGroupChangeInfoArray = "group_tips_elem_group_change_info_array";
/** [GroupTipMemberChangeInfo]: What changed about members; for kTIMGroupTip_MemberInfoChange. */
TIM_KEY kTIMGroupTipsElemMemberChangeInfoArray = "group_tips_elem_member_change_info_array";
/** object UserProfile: Profile of the one who did it. */
TIM_KEY kTIMGroupTipsElemOpUserInfo = "group_tips_elem_op_user_info";
/** object GroupMemberInfo: Member data of the one who did it. */
TIM_KEY kTIMGroupTipsElemOpGroupMemberInfo = "group_tips_elem_op_group_memberinfo";
/** [UserProfile]: Profiles to user_array, in its order. */
TIM_KEY kTIMGroupTipsElemChangedUserInfoArray = "group_tips_elem_changed_user_info_array";
/** [GroupMemberInfo]: Member data to user_array, in its order. */
TIM_KEY kTIMGroupTipsElemChangedGroupMemberInfoArray = "group_tips_elem_changed_group_memberinfo_array";
/** uint32: Members after the change; for joining, leaving and removing. */
TIM_KEY kTIMGroupTipsElemMemberNum = "group_tips_elem_member_num";
/** string: Platform of the one who did it, such as Windows. */
TIM_KEY kTIMGroupTipsElemPlatform = "group_tips_elem_platform";
/**
 * [GroupTipMemberMarkChangeInfo]: What changed about marks of members; for
 * kTIMGroupTip_MemberMarkChange.
 */
TIM_KEY kTIMGroupTipsElemMemberMarkInfoArray = "group_tips_elem_member_mark_info_array";
/** any: Messages pinned or unpinned. */
TIM_KEY kTIMGroupTipsElemPinnedMessageList = "group_tips_elem_pinned_message_list";
/** string: Name of the group after the change. */
TIM_KEY kTIMGroupTipsElemGroupName = "group_tips_elem_group_name";
/** uint32: No longer used. */
TIM_KEY kTIMGroupTipsElemTime = "group_tips_elem_time";
/** @} */

/**
 * @name GroupBaseInfo
 * A group in the list of those that the user is in.
 * @{
 */
/** string: Group id. */
TIM_KEY kTIMGroupBaseInfoGroupId = "group_base_info_group_id";
/** string: Name of the group, up to 30 bytes. */
TIM_KEY kTIMGroupBaseInfoGroupName = "group_base_info_group_name";
/** uint32: Kind of the group, a TIMGroupType. */
TIM_KEY kTIMGroupBaseInfoGroupType = "group_base_info_group_type";
/** string: URL of the group's picture, up to 100 bytes. */
TIM_KEY kTIMGroupBaseInfoFaceUrl = "group_base_info_face_url";
/** uint32: Grows with every change of the group's profile. */
TIM_KEY kTIMGroupBaseInfoInfoSeq = "group_base_info_info_seq";
/**
 * uint32: Sequence number of the newest message; 0 if there is none. (Also spelt
 * group_base_info_lastest_seq; both are read and written.)
 */
TIM_KEY kTIMGroupBaseInfoLatestSeq = "group_base_info_latest_seq";
TIM_KEY kTIMGroupBaseInfoLastestSeq = "group_base_info_lastest_seq"; /**< the older spelling */
/** uint32: Messages up to this sequence number are read. */
TIM_KEY kTIMGroupBaseInfoReadedSeq = "group_base_info_readed_seq";
/** uint32: Whether messages come in and ring, a TIMReceiveMessageOpt. */
TIM_KEY kTIMGroupBaseInfoMsgFlag = "group_base_info_msg_flag";
/** bool: All members are muted, but owner and administrators. */
TIM_KEY kTIMGroupBaseInfoIsShutupAll = "group_base_info_is_shutup_all";
/** object GroupSelfInfo: The user's own data in the group. */
TIM_KEY kTIMGroupBaseInfoSelfInfo = "group_base_info_self_info";
/** @} */

/**
 * @name GroupSelfInfo
 * The user's own data in a group.
 * @{
 */
/** uint32: When the member joined, in Unix seconds. */
TIM_KEY kTIMGroupSelfInfoJoinTime = "group_self_info_join_time";
/** uint32: The user's TIMGroupMemberRole. */
TIM_KEY kTIMGroupSelfInfoRole = "group_self_info_role";
/** uint32: Messages of others that are not read. */
TIM_KEY kTIMGroupSelfInfoUnReadNum = "group_self_info_unread_num";
/** uint32: Whether messages come in and ring, a TIMReceiveMessageOpt. */
TIM_KEY kTIMGroupSelfInfoMsgFlag = "group_self_info_msg_flag";
/** @} */

/**
 * @name GroupDetailInfo
 * The profile of a group.
 * @{
 */
/** string: Group id. (Also spelt group_detial_info_group_id; both are read and written.) */
TIM_KEY kTIMGroupDetailInfoGroupId = "group_detail_info_group_id";
TIM_KEY kTIMGroupDetialInfoGroupId = "group_detial_info_group_id"; /**< the older spelling */
/**
 * uint32: Kind of the group, a TIMGroupType. (Also spelt group_detial_info_group_type; both are
 * read and written.)
 */
TIM_KEY kTIMGroupDetailInfoGroupType = "group_detail_info_group_type";
TIM_KEY kTIMGroupDetialInfoGroupType = "group_detial_info_group_type"; /**< the older spelling */
/**
 * bool: It may hold topics; communities only. (Also spelt group_detial_info_is_support_topic; both
 * are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoIsSupportTopic = "group_detail_info_is_support_topic";
TIM_KEY kTIMGroupDetialInfoIsSupportTopic = "group_detial_info_is_support_topic"; /**< the older spelling */
/**
 * string: Name of the group, up to 30 bytes. (Also spelt group_detial_info_group_name; both are
 * read and written.)
 */
TIM_KEY kTIMGroupDetailInfoGroupName = "group_detail_info_group_name";
TIM_KEY kTIMGroupDetialInfoGroupName = "group_detial_info_group_name"; /**< the older spelling */
/**
 * string: Notice of the group, up to 300 bytes. (Also spelt group_detial_info_notification; both
 * are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoNotification = "group_detail_info_notification";
TIM_KEY kTIMGroupDetialInfoNotification = "group_detial_info_notification"; /**< the older spelling */
/**
 * string: Introduction of the group, up to 240 bytes. (Also spelt group_detial_info_introduction;
 * both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoIntroduction = "group_detail_info_introduction";
TIM_KEY kTIMGroupDetialInfoIntroduction = "group_detial_info_introduction"; /**< the older spelling */
/**
 * string: URL of the group's picture, up to 100 bytes. (Also spelt group_detial_info_face_url; both
 * are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoFaceUrl = "group_detail_info_face_url";
TIM_KEY kTIMGroupDetialInfoFaceUrl = "group_detial_info_face_url"; /**< the older spelling */
/**
 * uint32: When it was created, in Unix seconds. (Also spelt group_detial_info_create_time; both are
 * read and written.)
 */
TIM_KEY kTIMGroupDetailInfoCreateTime = "group_detail_info_create_time";
TIM_KEY kTIMGroupDetialInfoCreateTime = "group_detial_info_create_time"; /**< the older spelling */
/**
 * uint32: Grows with every change of the group's profile. (Also spelt group_detial_info_info_seq;
 * both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoInfoSeq = "group_detail_info_info_seq";
TIM_KEY kTIMGroupDetialInfoInfoSeq = "group_detial_info_info_seq"; /**< the older spelling */
/**
 * uint32: When its profile changed last, in Unix seconds. (Also spelt
 * group_detial_info_last_info_time; both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoLastInfoTime = "group_detail_info_last_info_time";
TIM_KEY kTIMGroupDetialInfoLastInfoTime = "group_detial_info_last_info_time"; /**< the older spelling */
/**
 * uint32: Sequence number of the newest message; 0 if there is none. (Also spelt
 * group_detial_info_next_msg_seq; both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoNextMsgSeq = "group_detail_info_next_msg_seq";
TIM_KEY kTIMGroupDetialInfoNextMsgSeq = "group_detial_info_next_msg_seq"; /**< the older spelling */
/**
 * uint32: When the newest message was sent, in Unix seconds; 0 if there is none. (Also spelt
 * group_detial_info_last_msg_time; both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoLastMsgTime = "group_detail_info_last_msg_time";
TIM_KEY kTIMGroupDetialInfoLastMsgTime = "group_detial_info_last_msg_time"; /**< the older spelling */
/** uint32: Members. (Also spelt group_detial_info_member_num; both are read and written.) */
TIM_KEY kTIMGroupDetailInfoMemberNum = "group_detail_info_member_num";
TIM_KEY kTIMGroupDetialInfoMemberNum = "group_detial_info_member_num"; /**< the older spelling */
/**
 * uint32: Most members it may have; 0 for the most that its kind allows. (Also spelt
 * group_detial_info_max_member_num; both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoMaxMemberNum = "group_detail_info_max_member_num";
TIM_KEY kTIMGroupDetialInfoMaxMemberNum = "group_detial_info_max_member_num"; /**< the older spelling */
/**
 * uint32: Who may join on application, a TIMGroupAddOption. (Also spelt
 * group_detial_info_add_option; both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoAddOption = "group_detail_info_add_option";
TIM_KEY kTIMGroupDetialInfoAddOption = "group_detial_info_add_option"; /**< the older spelling */
/** uint32: Whether invitations need consent, a TIMGroupAddOption. */
TIM_KEY kTIMGroupDetailInfoApproveOption = "group_detail_info_approve_option";
TIM_KEY kTIMGroupDetialInfoApproveOption = "group_detail_info_approve_option";
/**
 * uint32: Whether others can see it; 2 for yes. (Also spelt group_detial_info_visible; both are
 * read and written.)
 */
TIM_KEY kTIMGroupDetailInfoVisible = "group_detail_info_visible";
TIM_KEY kTIMGroupDetialInfoVisible = "group_detial_info_visible"; /**< the older spelling */
/**
 * uint32: Whether others can find it; 2 for yes. (Also spelt group_detial_info_searchable; both are
 * read and written.)
 */
TIM_KEY kTIMGroupDetailInfoSearchable = "group_detail_info_searchable";
TIM_KEY kTIMGroupDetialInfoSearchable = "group_detial_info_searchable"; /**< the older spelling */
/**
 * bool: All members are muted, but owner and administrators. (Also spelt
 * group_detial_info_is_shutup_all; both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoIsShutupAll = "group_detail_info_is_shutup_all";
TIM_KEY kTIMGroupDetialInfoIsShutupAll = "group_detial_info_is_shutup_all"; /**< the older spelling */
/**
 * string: User id of the owner. (Also spelt group_detial_info_owener_identifier; both are read and
 * written.)
 */
TIM_KEY kTIMGroupDetailInfoOwnerIdentifier = "group_detail_info_owner_identifier";
TIM_KEY kTIMGroupDetialInfoOwnerIdentifier = "group_detial_info_owener_identifier"; /**< the older spelling */
/**
 * [GroupInfoCustomString]: Custom fields. (Also spelt group_detial_info_custom_info; both are read
 * and written.)
 */
TIM_KEY kTIMGroupDetailInfoCustomInfo = "group_detail_info_custom_info";
TIM_KEY kTIMGroupDetialInfoCustomInfo = "group_detial_info_custom_info"; /**< the older spelling */
/** bool: It has permission groups; communities only. */
TIM_KEY kTIMGroupDetailInfoEnablePermissionGroup = "group_detail_info_enable_permission_group";
/** uint32: Permissions of members outside permission groups, one bit each; communities only. */
TIM_KEY kTIMGroupDetailInfoDefaultPermissions = "group_detail_info_default_permissions";
/**
 * uint32: Members who are online; live groups only. (Also spelt
 * group_detial_info_online_member_num; both are read and written.)
 */
TIM_KEY kTIMGroupDetailInfoOnlineMemberNum = "group_detail_info_online_member_num";
TIM_KEY kTIMGroupDetialInfoOnlineMemberNum = "group_detial_info_online_member_num"; /**< the older spelling */
/** @} */

/**
 * @name GetGroupInfoResult
 * The profile of one group of several asked for.
 * @{
 */
/** int32: 0, or the TIMErrCode of this entry. */
TIM_KEY kTIMGetGroupInfoResultCode = "get_groups_info_result_code";
/** string: English text to code. */
TIM_KEY kTIMGetGroupInfoResultDesc = "get_groups_info_result_desc";
/** object GroupDetailInfo: The profile. */
TIM_KEY kTIMGetGroupInfoResultInfo = "get_groups_info_result_info";
/** @} */

/**
 * @name GroupInfoCustomString
 * A custom field of a group.
 * @{
 */
/** string: Its name, up to 16 bytes of letters, digits and _. */
TIM_KEY kTIMGroupInfoCustomStringInfoKey = "group_info_custom_string_info_key";
TIM_KEY kTIMGroupInfoCustemStringInfoKey = "group_info_custom_string_info_key";
/** string: Its value, up to 512 bytes. */
TIM_KEY kTIMGroupInfoCustomStringInfoValue = "group_info_custom_string_info_value";
TIM_KEY kTIMGroupInfoCustemStringInfoValue = "group_info_custom_string_info_value";
/** @} */

/**
 * @name CreateGroupParam
 * The group to create.
 * @{
 */
/** string: Name of the group, up to 30 bytes. */
TIM_KEY kTIMCreateGroupParamGroupName = "create_group_param_group_name";
/**
 * string: Group id, up to 48 printable ASCII characters, not beginning with @TGS#. Empty: the
 * service chooses one.
 */
TIM_KEY kTIMCreateGroupParamGroupId = "create_group_param_group_id";
/** uint32: Kind of the group, a TIMGroupType. */
TIM_KEY kTIMCreateGroupParamGroupType = "create_group_param_group_type";
/** bool: It may hold topics; communities only. */
TIM_KEY kTIMCreateGroupIsSupportTopic = "create_group_param_is_support_topic";
/** [GroupMemberInfo]: First members beside the creator: user ids and roles. */
TIM_KEY kTIMCreateGroupParamGroupMemberArray = "create_group_param_group_member_array";
/** string: Notice of the group, up to 300 bytes. */
TIM_KEY kTIMCreateGroupParamNotification = "create_group_param_notification";
/** string: Introduction of the group, up to 240 bytes. */
TIM_KEY kTIMCreateGroupParamIntroduction = "create_group_param_introduction";
/** string: URL of the group's picture, up to 100 bytes. */
TIM_KEY kTIMCreateGroupParamFaceUrl = "create_group_param_face_url";
/** uint32: Who may join on application, a TIMGroupAddOption. */
TIM_KEY kTIMCreateGroupParamAddOption = "create_group_param_add_option";
/** uint32: Whether invitations need consent, a TIMGroupAddOption. */
TIM_KEY kTIMCreateGroupParamApproveOption = "create_group_param_approve_option";
/** uint32: Most members it may have; 0 for the most that its kind allows. */
TIM_KEY kTIMCreateGroupParamMaxMemberCount = "create_group_param_max_member_num";
/** [GroupInfoCustomString]: Custom fields. */
TIM_KEY kTIMCreateGroupParamCustomInfo = "create_group_param_custom_info";
/** bool: It has permission groups; communities only. */
TIM_KEY kTIMCreateGroupParamEnablePermissionGroup = "create_group_param_enable_permission_group";
/** uint64: Permissions of members outside permission groups, one bit each; communities only. */
TIM_KEY kTIMCreateGroupParamDefaultPermissions = "create_group_param_default_permissions";
/** @} */

/**
 * @name CreateGroupResult
 * The group that was created.
 * @{
 */
/** string: Group id. */
TIM_KEY kTIMCreateGroupResultGroupId = "create_group_result_groupid";
/** @} */

/**
 * @name GroupModifyInfoParam
 * What to change about a group.
 * @{
 */
/** string: Group id. */
TIM_KEY kTIMGroupModifyInfoParamGroupId = "group_modify_info_param_group_id";
/**
 * uint32: Which of the other keys count, TIMGroupModifyInfoFlag joined by or. A new owner can only
 * be set alone.
 */
TIM_KEY kTIMGroupModifyInfoParamModifyFlag = "group_modify_info_param_modify_flag";
/** string: Name of the group, up to 30 bytes. */
TIM_KEY kTIMGroupModifyInfoParamGroupName = "group_modify_info_param_group_name";
/** string: Notice of the group, up to 300 bytes. */
TIM_KEY kTIMGroupModifyInfoParamNotification = "group_modify_info_param_notification";
/** string: Introduction of the group, up to 240 bytes. */
TIM_KEY kTIMGroupModifyInfoParamIntroduction = "group_modify_info_param_introduction";
/** string: URL of the group's picture, up to 100 bytes. */
TIM_KEY kTIMGroupModifyInfoParamFaceUrl = "group_modify_info_param_face_url";
/** uint32: Who may join on application, a TIMGroupAddOption. */
TIM_KEY kTIMGroupModifyInfoParamAddOption = "group_modify_info_param_add_option";
/** uint32: Whether invitations need consent, a TIMGroupAddOption. */
TIM_KEY kTIMGroupModifyInfoParamApproveOption = "group_modify_info_param_approve_option";
/** uint32: Most members it may have; 0 for the most that its kind allows. */
TIM_KEY kTIMGroupModifyInfoParamMaxMemberNum = "group_modify_info_param_max_member_num";
/** uint32: Whether others can see it; 2 for yes. */
TIM_KEY kTIMGroupModifyInfoParamVisible = "group_modify_info_param_visible";
/** uint32: Whether others can find it; 2 for yes. */
TIM_KEY kTIMGroupModifyInfoParamSearchAble = "group_modify_info_param_searchable";
/** bool: All members are muted, but owner and administrators. */
TIM_KEY kTIMGroupModifyInfoParamIsShutupAll = "group_modify_info_param_is_shutup_all";
/** string: User id of the new owner. */
TIM_KEY kTIMGroupModifyInfoParamOwner = "group_modify_info_param_owner";
/** [GroupInfoCustomString]: Custom fields. */
TIM_KEY kTIMGroupModifyInfoParamCustomInfo = "group_modify_info_param_custom_info";
/** bool: It has permission groups; communities only. */
TIM_KEY kTIMGroupModifyInfoParamEnablePermissionGroup = "group_modify_info_param_enable_permission_group";
/** uint32: Permissions of members outside permission groups, one bit each; communities only. */
TIM_KEY kTIMGroupModifyInfoParamDefaultPermissions = "group_modify_info_param_default_permissions";
/** @} */

/**
 * @name GroupMemberInfo
 * A member of a group.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMGroupMemberInfoIdentifier = "group_member_info_identifier";
/** string: Group id. */
TIM_KEY kTIMGroupMemberInfoGroupId = "group_member_info_group_id";
/** uint32: When the member joined, in Unix seconds. */
TIM_KEY kTIMGroupMemberInfoJoinTime = "group_member_info_join_time";
/**
 * uint32: The member's TIMGroupMemberRole: 200 member, 300 administrator, 400 owner. Input takes 1,
 * 2, 3 as well.
 */
TIM_KEY kTIMGroupMemberInfoMemberRole = "group_member_info_member_role";
/** uint32: Whether messages come in and ring, a TIMReceiveMessageOpt. */
TIM_KEY kTIMGroupMemberInfoMsgFlag = "group_member_info_msg_flag";
/** uint32: Messages up to this sequence number are read. */
TIM_KEY kTIMGroupMemberInfoMsgSeq = "group_member_info_msg_seq";
/** uint32: Muted until this Unix second; 0 if not muted. */
TIM_KEY kTIMGroupMemberInfoShutupTime = "group_member_info_shutup_time";
/** string: Name in this group, up to 50 bytes. */
TIM_KEY kTIMGroupMemberInfoNameCard = "group_member_info_name_card";
/** string: Nick name, up to 500 bytes. */
TIM_KEY kTIMGroupMemberInfoNickName = "group_member_info_nick_name";
/**
 * string: The reader's remark on the member. (Also spelt group_member_info_remark; both are read
 * and written.)
 */
TIM_KEY kTIMGroupMemberInfoFriendRemark = "group_member_info_friend_remark";
TIM_KEY kTIMGroupMemberInfoRemark = "group_member_info_remark"; /**< the older spelling */
/** string: URL of the picture, up to 500 bytes. */
TIM_KEY kTIMGroupMemberInfoFaceUrl = "group_member_info_face_url";
/** [GroupMemberInfoCustomString]: Custom fields. */
TIM_KEY kTIMGroupMemberInfoCustomInfo = "group_member_info_custom_info";
/** string: Whether the member is online, as text. Not carried out yet: always empty. */
TIM_KEY kTIMGroupMemberInfoIsOnline = "group_member_info_is_online";
/** [string]: Platforms on which the member is online. Not carried out yet: always empty. */
TIM_KEY kTIMGroupMemberInfoOnlineDevices = "group_member_info_online_devices";
TIM_KEY KTIMGroupMemberInfoOnlineDevices = "group_member_info_online_devices";
/** @} */

/**
 * @name GroupMemberInfoCustomString
 * A custom field of a member.
 * @{
 */
/** string: Its name, up to 16 bytes of letters, digits and _. */
TIM_KEY kTIMGroupMemberInfoCustomStringInfoKey = "group_member_info_custom_string_info_key";
TIM_KEY kTIMGroupMemberInfoCustemStringInfoKey = "group_member_info_custom_string_info_key";
/** string: Its value, up to 64 bytes. */
TIM_KEY kTIMGroupMemberInfoCustomStringInfoValue = "group_member_info_custom_string_info_value";
TIM_KEY kTIMGroupMemberInfoCustemStringInfoValue = "group_member_info_custom_string_info_value";
/** @} */

/**
 * @name GroupGetMemberInfoListParam
 * Which members of a group to return.
 * @{
 */
/** string: Group id. */
TIM_KEY kTIMGroupGetMemberInfoListParamGroupId = "group_get_members_info_list_param_group_id";
/** [string]: User ids; empty for all members. */
TIM_KEY kTIMGroupGetMemberInfoListParamIdentifierArray = "group_get_members_info_list_param_identifier_array";
/** object GroupMemberGetInfoOption: What to return of them. */
TIM_KEY kTIMGroupGetMemberInfoListParamOption = "group_get_members_info_list_param_option";
/** uint64: 0 for the first page, then what the page before said. */
TIM_KEY kTIMGroupGetMemberInfoListParamNextSeq = "group_get_members_info_list_param_next_seq";
/** @} */

/**
 * @name GroupGetMemberInfoListResult
 * A page of members.
 * @{
 */
/**
 * uint64: Ask with it for the next page; 0 after the last. (Also spelt
 * group_get_memeber_info_list_result_next_seq; both are read and written.)
 */
TIM_KEY kTIMGroupGetMemberInfoListResultNexSeq = "group_get_member_info_list_result_next_seq";
/**
 * [GroupMemberInfo]: The members. (Also spelt group_get_memeber_info_list_result_info_array; both
 * are read and written.)
 */
TIM_KEY kTIMGroupGetMemberInfoListResultInfoArray = "group_get_member_info_list_result_info_array";
/** @} */

/**
 * @name GroupModifyMemberInfoParam
 * What to change about a member.
 * @{
 */
/** string: Group id. */
TIM_KEY kTIMGroupModifyMemberInfoParamGroupId = "group_modify_member_info_group_id";
/** string: User id. */
TIM_KEY kTIMGroupModifyMemberInfoParamIdentifier = "group_modify_member_info_identifier";
/** uint32: Which of the other keys count, TIMGroupMemberModifyInfoFlag joined by or. */
TIM_KEY kTIMGroupModifyMemberInfoParamModifyFlag = "group_modify_member_info_modify_flag";
/** uint32: Whether messages come in and ring, a TIMReceiveMessageOpt. */
TIM_KEY kTIMGroupModifyMemberInfoParamMsgFlag = "group_modify_member_info_msg_flag";
/** uint32: The new TIMGroupMemberRole. */
TIM_KEY kTIMGroupModifyMemberInfoParamMemberRole = "group_modify_member_info_member_role";
/** uint32: For how many seconds to mute the member; 0 ends it. */
TIM_KEY kTIMGroupModifyMemberInfoParamShutupTime = "group_modify_member_info_shutup_time";
/** string: Name in this group, up to 50 bytes. */
TIM_KEY kTIMGroupModifyMemberInfoParamNameCard = "group_modify_member_info_name_card";
/** [GroupMemberInfoCustomString]: Custom fields. */
TIM_KEY kTIMGroupModifyMemberInfoParamCustomInfo = "group_modify_member_info_custom_info";
/** @} */

/**
 * @name GroupInviteMemberParam
 * Whom to invite into a group.
 * @{
 */
/** string: Group id. */
TIM_KEY kTIMGroupInviteMemberParamGroupId = "group_invite_member_param_group_id";
/** [string]: User ids. */
TIM_KEY kTIMGroupInviteMemberParamIdentifierArray = "group_invite_member_param_identifier_array";
/** string: Data of the application for those concerned. */
TIM_KEY kTIMGroupInviteMemberParamUserData = "group_invite_member_param_user_data";
/** @} */

/**
 * @name GroupInviteMemberResult
 * How inviting one user went.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMGroupInviteMemberResultIdentifier = "group_invite_member_result_identifier";
/** uint32: What came of it, a HandleGroupMemberResult. */
TIM_KEY kTIMGroupInviteMemberResultResult = "group_invite_member_result_result";
/** @} */

/**
 * @name GroupDeleteMemberParam
 * Whom to remove from a group.
 * @{
 */
/** string: Group id. */
TIM_KEY kTIMGroupDeleteMemberParamGroupId = "group_delete_member_param_group_id";
/** [string]: User ids. */
TIM_KEY kTIMGroupDeleteMemberParamIdentifierArray = "group_delete_member_param_identifier_array";
/** string: Data of the application for those concerned. */
TIM_KEY kTIMGroupDeleteMemberParamUserData = "group_delete_member_param_user_data";
/** uint32: For how many seconds they may not apply again. */
TIM_KEY kTIMGroupDeleteMemberParamDuration = "group_delete_member_param_duration";
/** @} */

/**
 * @name GroupDeleteMemberResult
 * How removing one member went.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMGroupDeleteMemberResultIdentifier = "group_delete_member_result_identifier";
/** uint32: What came of it, a HandleGroupMemberResult. */
TIM_KEY kTIMGroupDeleteMemberResultResult = "group_delete_member_result_result";
/** @} */

/**
 * @name GroupPendencyOption
 * Which page of applications and invitations to return.
 * @{
 */
/** uint64: 0 for the first page, then what the page before said. */
TIM_KEY kTIMGroupPendencyOptionStartTime = "group_pendency_option_start_time";
/** uint32: How many are wanted; a page may hold more or fewer. 0 for the usual number. */
TIM_KEY kTIMGroupPendencyOptionMaxLimited = "group_pendency_option_max_limited";
/** @} */

/**
 * @name GroupPendency
 * An application to join a group, or an invitation into one.
 * @{
 */
/** string: Group id. */
TIM_KEY kTIMGroupPendencyGroupId = "group_pendency_group_id";
/** string: User id of the applicant, or of the one who invites. */
TIM_KEY kTIMGroupPendencyFromIdentifier = "group_pendency_form_identifier";
/** string: Nick name to from_identifier. */
TIM_KEY kTIMGroupPendencyFromNickName = "group_pendency_from_nick_name";
/** string: Picture to from_identifier. */
TIM_KEY kTIMGroupPendencyFromFaceUrl = "group_pendency_from_face_url";
/** string: User id of the invited one; for an application, of the one who handled it. */
TIM_KEY kTIMGroupPendencyToIdentifier = "group_pendency_to_identifier";
/** uint64: When it was made, in Unix milliseconds. */
TIM_KEY kTIMGroupPendencyAddTime = "group_pendency_add_time";
/** uint32: What it is, a TIMGroupPendencyType. */
TIM_KEY kTIMGroupPendencyPendencyType = "group_pendency_pendency_type";
/** uint32: Whether it is handled, a TIMGroupPendencyHandle. */
TIM_KEY kTIMGroupPendencyHandled = "group_pendency_handled";
/** uint32: How it was handled, a TIMGroupPendencyHandleResult. */
TIM_KEY kTIMGroupPendencyHandleResult = "group_pendency_handle_result";
/** string: Text of the application or invitation. */
TIM_KEY kTIMGroupPendencyApplyInviteMsg = "group_pendency_apply_invite_msg";
/** string: Data of the application from from_identifier. */
TIM_KEY kTIMGroupPendencyFromUserDefinedData = "group_pendency_form_user_defined_data";
/** string: Text of the one who handled it. */
TIM_KEY kTIMGroupPendencyApprovalMsg = "group_pendency_approval_msg";
/** string: Data of the application from the one who handled it. */
TIM_KEY kTIMGroupPendencyToUserDefinedData = "group_pendency_to_user_defined_data";
/** string: Opaque; hand it back unchanged to handle this entry. */
TIM_KEY kTIMGroupPendencyKey = "group_pendency_key";
/** string: Opaque; hand it back unchanged to handle this entry. */
TIM_KEY kTIMGroupPendencyAuthentication = "group_pendency_authentication";
/** string: User id of the one who asked for the list. */
TIM_KEY kTIMGroupPendencySelfIdentifier = "group_pendency_self_identifier";
/** @} */

/**
 * @name GroupPendencyResult
 * A page of applications and invitations.
 * @{
 */
/** uint64: Ask with it for the next page; 0 after the last. */
TIM_KEY kTIMGroupPendencyResultNextStartTime = "group_pendency_result_next_start_time";
/** uint64: Entries up to this time are read. */
TIM_KEY kTIMGroupPendencyResultReadTimeSeq = "group_pendency_result_read_time_seq";
/** uint32: Entries that are not read. */
TIM_KEY kTIMGroupPendencyResultUnReadNum = "group_pendency_result_unread_num";
/** [GroupPendency]: The entries. */
TIM_KEY kTIMGroupPendencyResultPendencyArray = "group_pendency_result_pendency_array";
/** @} */

/**
 * @name GroupHandlePendencyParam
 * An answer to an application or invitation.
 * @{
 */
/** bool: Accept; else refuse. */
TIM_KEY kTIMGroupHandlePendencyParamIsAccept = "group_handle_pendency_param_is_accept";
/** string: Text to the one who asked. */
TIM_KEY kTIMGroupHandlePendencyParamHandleMsg = "group_handle_pendency_param_handle_msg";
/** object GroupPendency: The entry. */
TIM_KEY kTIMGroupHandlePendencyParamPendency = "group_handle_pendency_param_pendency";
/** @} */

/**
 * @name GroupTipGroupChangeInfo
 * One change of a group.
 * @{
 */
/** uint32: What changed, a TIMGroupTipGroupChangeFlag. */
TIM_KEY kTIMGroupTipGroupChangeInfoFlag = "group_tips_group_change_info_flag";
/** string: The new value, where it is text. */
TIM_KEY kTIMGroupTipGroupChangeInfoValue = "group_tips_group_change_info_value";
/** string: Name of the custom field that changed. */
TIM_KEY kTIMGroupTipGroupChangeInfoKey = "group_tips_group_change_info_key";
/** bool: The new value, where it is yes or no. */
TIM_KEY kTIMGroupTipGroupChangeInfoBoolValue = "group_tips_group_change_info_bool_value";
/** int32: The new value, where it is an option. */
TIM_KEY kTIMGroupTipGroupChangeInfoIntValue = "group_tips_group_change_info_int_value";
/** uint64: The new value, where it is a set of permissions. */
TIM_KEY kTIMGroupTipGroupChangeInfoUint64Value = "group_tips_group_change_info_uint64_value";
/** @} */

/**
 * @name GroupTipMemberChangeInfo
 * One change of a member.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMGroupTipMemberChangeInfoIdentifier = "group_tips_member_change_info_identifier";
/** uint32: For how many seconds the member is muted; 0 for no longer. */
TIM_KEY kTIMGroupTipMemberChangeInfoShutupTime = "group_tips_member_change_info_shutupTime";
/** @} */

/**
 * @name GroupTipMemberMarkChangeInfo
 * One change of a mark of members.
 * @{
 */
/** bool: The mark was set; else taken away. */
TIM_KEY kTIMGroupTipMemberChangeInfoEnableMark = "group_tips_member_mark_change_info_enableMark";
/** uint32: Number of the mark. */
TIM_KEY kTIMGroupTipMemberMarkChangeInfoMarkType = "group_tips_member_mark_change_info_markType";
/** [string]: User ids of the members. */
TIM_KEY kTIMGroupTipMemberMarkChangeInfoUserIDList = "group_tips_member_mark_change_info_userIDList";
/** @} */

/* -- Friendship ----------------------------------------------------------------------------------- */

/** Whether friendship is meant one way or both ways. */
enum TIMFriendType {
    /** One way: the peer is in the user's list. */
    FriendTypeSingle = 0,
    FriendTypeSignle = 0, /**< older name of FriendTypeSingle */
    /** Both ways: each is in the other's list. */
    FriendTypeBoth = 1,
};
typedef enum TIMFriendType TIMFriendType;

/** Who has whom as friend, A being the user. */
enum TIMFriendCheckRelation {
    /** Neither. */
    FriendCheckNoRelation = 0,
    /** A has B. */
    FriendCheckAWithB = 1,
    /** B has A. */
    FriendCheckBWithA = 2,
    /** Both have each other. */
    FriendCheckBothWay = 3,
};
typedef enum TIMFriendCheckRelation TIMFriendCheckRelation;

/** What changed about friends and the black list. */
enum TIMFriendChangeType {
    /** Nothing. */
    kTIMFriendChange_None = 0,
    /** Friends were added. */
    kTIMFriendChange_FriendAdd = 1,
    /** Friends were removed. */
    kTIMFriendChange_FriendDel = 2,
    /** Friend requests came. */
    kTIMFriendChange_PendencyAdd = 3,
    /** Friend requests went. */
    kTIMFriendChange_PendencyDel = 4,
    /** Users came onto the black list. */
    kTIMFriendChange_BlackListAdd = 5,
    /** Users went from the black list. */
    kTIMFriendChange_BlackListDel = 6,
    /** Friend requests were read. */
    kTIMFriendChange_PendencyReadedReport = 7,
    /** What is stored about friends changed. */
    kTIMFriendChange_FriendProfileUpdate = 8,
    /** Friend groups were created. */
    kTIMFriendChange_FriendGroupAdd = 9,
    /** Friend groups were deleted. */
    kTIMFriendChange_FriendGroupDel = 10,
    /** Friend groups changed. */
    kTIMFriendChange_FriendGroupModify = 11,
};
typedef enum TIMFriendChangeType TIMFriendChangeType;

/** Which friend requests are meant. */
enum TIMFriendPendencyType {
    /** Received. */
    FriendPendencyTypeComeIn = 0,
    /** Sent. */
    FriendPendencyTypeSendOut = 1,
    /** Both; in queries only. */
    FriendPendencyTypeBoth = 2,
};
typedef enum TIMFriendPendencyType TIMFriendPendencyType;

/** Answers to a friend request. */
enum TIMFriendResponseAction {
    /** Accept: the user comes into the other's list. */
    ResponseActionAgree = 0,
    /** Accept and add: each comes into the other's list. */
    ResponseActionAgreeAndAdd = 1,
    /** Refuse. */
    ResponseActionReject = 2,
};
typedef enum TIMFriendResponseAction TIMFriendResponseAction;

/**
 * @name FriendChangeElem
 * A change of the friends, requests, groups or the black list of the account, for its other
 * devices. The service writes it.
 * @{
 */
/** uint32: What changed, a TIMFriendChangeType. */
TIM_KEY kTIMFriendChangeElemChangeType = "friend_change_elem_change_type";
/** [string]: User ids of new friends. */
TIM_KEY kTIMFriendChangeElemFriendAddIdentifierArray = "friend_change_elem_friend_add_identifier_array";
/** [string]: User ids of removed friends. */
TIM_KEY kTIMFriendChangeElemFriendDelIdentifierArray = "friend_change_elem_friend_del_identifier_array";
/** [FriendAddPendency]: New friend requests. */
TIM_KEY kTIMFriendChangeElemFriendAddPendencyItemArray = "friend_change_elem_friend_add_pendency_array";
/** [string]: User ids of removed friend requests. */
TIM_KEY kTIMFriendChangeElemPendencyDelIdentifierArray = "friend_change_elem_pendency_del_identifier_array";
/** uint64: Friend requests up to this Unix second are read. */
TIM_KEY kTIMFriendChangeElemPendencyReadedReportTimestamp = "friend_change_elem_pendency_readed_report_timestamp";
/** [string]: User ids new on the black list. */
TIM_KEY kTIMFriendChangeElemBlackListAddIdentifierArray = "friend_change_elem_blacklist_add_identifier_array";
/** [string]: User ids no longer on the black list. */
TIM_KEY kTIMFriendChangeElemBlackListDelIdentifierArray = "friend_change_elem_blacklist_del_identifier_array";
/** [FriendProfileUpdate]: What changed about friends. */
TIM_KEY kTIMFriendChangeElemFriendProfileUpdateItemArray = "friend_change_elem_friend_profile_update_item_array";
TIM_KEY kTIMFriendChangeElemFreindProfileUpdateItemArray = "friend_change_elem_friend_profile_update_item_array";
/** [string]: Names of new friend groups. */
TIM_KEY kTIMFriendChangeElemFriendGroupAddIdentifierArray = "friend_change_elem_friend_group_add_array";
/** [string]: Names of removed friend groups. */
TIM_KEY kTIMFriendChangeElemFriendGroupDelIdentifierArray = "friend_change_elem_friend_group_del_array";
/** [string]: Names of changed friend groups. */
TIM_KEY kTIMFriendChangeElemFriendGroupModifyIdentifierArray = "friend_change_elem_friend_group_update_array";
/** @} */

/**
 * @name FriendProfile
 * A friend: what the user stored about them, and their profile.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMFriendProfileIdentifier = "friend_profile_identifier";
/** [string]: Friend groups they are in. */
TIM_KEY kTIMFriendProfileGroupNameArray = "friend_profile_group_name_array";
/** string: Remark of the user, up to 96 bytes. */
TIM_KEY kTIMFriendProfileRemark = "friend_profile_remark";
/** string: Text that came with the friend request, up to 120 bytes. */
TIM_KEY kTIMFriendProfileAddWording = "friend_profile_add_wording";
/** string: Where the friend request came from, with AddSource_Type_ in front. */
TIM_KEY kTIMFriendProfileAddSource = "friend_profile_add_source";
/** uint64: When they became friends, in Unix seconds. */
TIM_KEY kTIMFriendProfileAddTime = "friend_profile_add_time";
/** object UserProfile: The profile. */
TIM_KEY kTIMFriendProfileUserProfile = "friend_profile_user_profile";
/**
 * [FriendProfileCustomStringInfo]: Custom fields. (Also spelt
 * friend_profile_item_custom_string_array; both are read and written.)
 */
TIM_KEY kTIMFriendProfileCustomStringArray = "friend_profile_custom_string_array";
/** @} */

/**
 * @name FriendProfileItem
 * What to change about a friend, or what has changed; the rest is left out. When the friend's own
 * profile has changed, the keys of UserProfileItem stand here too.
 * @{
 */
/** string: Remark of the user, up to 96 bytes. */
TIM_KEY kTIMFriendProfileItemRemark = "friend_profile_item_remark";
/** [string]: Friend groups they are in. */
TIM_KEY kTIMFriendProfileItemGroupNameArray = "friend_profile_item_group_name_array";
/** [FriendProfileCustomStringInfo]: Custom fields. */
TIM_KEY kTIMFriendProfileItemCustomStringArray = "friend_profile_item_custom_string_array";
/** @} */

/**
 * @name FriendProfileCustomStringInfo
 * A custom field about a friend.
 * @{
 */
/** string: Its name. Tag_SNS_Custom_ stands in front, and may be left out in input. */
TIM_KEY kTIMFriendProfileCustomStringInfoKey = "friend_profile_custom_string_info_key";
TIM_KEY kTIMFriendProfileCustemStringInfoKey = "friend_profile_custom_string_info_key";
/** string: Its value, up to 500 bytes. */
TIM_KEY kTIMFriendProfileCustomStringInfoValue = "friend_profile_custom_string_info_value";
TIM_KEY kTIMFriendProfileCustemStringInfoValue = "friend_profile_custom_string_info_value";
/** @} */

/**
 * @name FriendshipModifyFriendProfileParam
 * What to change about which friend.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMFriendshipModifyFriendProfileParamIdentifier = "friendship_modify_friend_profile_param_identifier";
/** object FriendProfileItem: The changes. */
TIM_KEY kTIMFriendshipModifyFriendProfileParamItem = "friendship_modify_friend_profile_param_item";
/** @} */

/**
 * @name FriendProfileUpdate
 * What has changed about which friend.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMFriendProfileUpdateIdentifier = "friend_profile_update_identifier";
/** object FriendProfileItem: The changes. */
TIM_KEY kTIMFriendProfileUpdateItem = "friend_profile_update_item";
/** @} */

/**
 * @name FriendResult
 * How a call went for one user.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMFriendResultIdentifier = "friend_result_identifier";
/** int32: 0, or the TIMErrCode of this entry. */
TIM_KEY kTIMFriendResultCode = "friend_result_code";
/** string: English text to code. */
TIM_KEY kTIMFriendResultDesc = "friend_result_desc";
/** @} */

/**
 * @name FriendshipAddFriendParam
 * Whom to add as friend.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMFriendshipAddFriendParamIdentifier = "friendship_add_friend_param_identifier";
/** uint32: One way or both ways, a TIMFriendType. */
TIM_KEY kTIMFriendshipAddFriendParamFriendType = "friendship_add_friend_param_friend_type";
/** string: Remark of the user, up to 96 bytes. */
TIM_KEY kTIMFriendshipAddFriendParamRemark = "friendship_add_friend_param_remark";
/** string: Friend group to put them into; made if there is none. Empty for no group. */
TIM_KEY kTIMFriendshipAddFriendParamGroupName = "friendship_add_friend_param_group_name";
/**
 * string: Where the request comes from, up to 8 letters; AddSource_Type_ in front may be left out.
 */
TIM_KEY kTIMFriendshipAddFriendParamAddSource = "friendship_add_friend_param_add_source";
/** string: Text that came with the friend request, up to 120 bytes. */
TIM_KEY kTIMFriendshipAddFriendParamAddWording = "friendship_add_friend_param_add_wording";
/** @} */

/**
 * @name FriendshipDeleteFriendParam
 * Which friends to remove.
 * @{
 */
/** uint32: One way or both ways, a TIMFriendType. */
TIM_KEY kTIMFriendshipDeleteFriendParamFriendType = "friendship_delete_friend_param_friend_type";
/** [string]: User ids. */
TIM_KEY kTIMFriendshipDeleteFriendParamIdentifierArray = "friendship_delete_friend_param_identifier_array";
/** @} */

/**
 * @name FriendshipCheckFriendTypeParam
 * Whose relation to the user to check.
 * @{
 */
/** uint32: One way or both ways, a TIMFriendType. */
TIM_KEY kTIMFriendshipCheckFriendTypeParamCheckType = "friendship_check_friendtype_param_check_type";
/** [string]: User ids. */
TIM_KEY kTIMFriendshipCheckFriendTypeParamIdentifierArray = "friendship_check_friendtype_param_identifier_array";
/** @} */

/**
 * @name FriendshipCheckFriendTypeResult
 * The relation of one user.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMFriendshipCheckFriendTypeResultIdentifier = "friendship_check_friendtype_result_identifier";
/** uint32: The relation, a TIMFriendCheckRelation. */
TIM_KEY kTIMFriendshipCheckFriendTypeResultRelation = "friendship_check_friendtype_result_relation";
/** int32: 0, or the TIMErrCode of this entry. */
TIM_KEY kTIMFriendshipCheckFriendTypeResultCode = "friendship_check_friendtype_result_code";
/** string: English text to code. */
TIM_KEY kTIMFriendshipCheckFriendTypeResultDesc = "friendship_check_friendtype_result_desc";
/** @} */

/**
 * @name CreateFriendGroupParam
 * Friend groups to create.
 * @{
 */
/** [string]: Their names, up to 30 bytes each. */
TIM_KEY kTIMFriendshipCreateFriendGroupParamNameArray = "friendship_create_friend_group_param_name_array";
/** [string]: User ids of friends to put into them. */
TIM_KEY kTIMFriendshipCreateFriendGroupParamIdentifierArray = "friendship_create_friend_group_param_identifier_array";
/** @} */

/**
 * @name FriendGroupInfo
 * A friend group.
 * @{
 */
/** string: Its name. */
TIM_KEY kTIMFriendGroupInfoName = "friend_group_info_name";
/** uint64: Friends in it. */
TIM_KEY kTIMFriendGroupInfoCount = "friend_group_info_count";
/** [string]: Their user ids. */
TIM_KEY kTIMFriendGroupInfoIdentifierArray = "friend_group_info_identifier_array";
/** @} */

/**
 * @name FriendshipModifyFriendGroupParam
 * What to change about a friend group.
 * @{
 */
/** string: Its name. */
TIM_KEY kTIMFriendshipModifyFriendGroupParamName = "friendship_modify_friend_group_param_name";
/** string: Its new name; empty to keep it. */
TIM_KEY kTIMFriendshipModifyFriendGroupParamNewName = "friendship_modify_friend_group_param_new_name";
/** [string]: User ids to take out. */
TIM_KEY kTIMFriendshipModifyFriendGroupParamDeleteIdentifierArray = "friendship_modify_friend_group_param_delete_identifier_array";
/** [string]: User ids to put in. */
TIM_KEY kTIMFriendshipModifyFriendGroupParamAddIdentifierArray = "friendship_modify_friend_group_param_add_identifier_array";
/** @} */

/**
 * @name FriendAddPendency
 * A friend request, as the event reports it.
 * @{
 */
/** uint32: Received or sent, a TIMFriendPendencyType. */
TIM_KEY kTIMFriendAddPendencyType = "friend_add_pendency_type";
/** string: User id. */
TIM_KEY kTIMFriendAddPendencyIdentifier = "friend_add_pendency_identifier";
/** string: Nick name, up to 500 bytes. */
TIM_KEY kTIMFriendAddPendencyNickName = "friend_add_pendency_nick_name";
/** string: URL of the picture, up to 500 bytes. */
TIM_KEY kTIMFriendAddPendencyFaceUrl = "friend_add_pendency_face_url";
/** uint64: When it was made, in Unix seconds. */
TIM_KEY kTIMFriendAddPendencyAddTime = "friend_add_pendency_add_time";
/** string: Where the friend request came from, with AddSource_Type_ in front. */
TIM_KEY kTIMFriendAddPendencyAddSource = "friend_add_pendency_add_source";
/** string: Text that came with the friend request, up to 120 bytes. */
TIM_KEY kTIMFriendAddPendencyAddWording = "friend_add_pendency_add_wording";
/** @} */

/**
 * @name FriendshipGetPendencyListParam
 * Which friend requests to return.
 * @{
 */
/** uint32: Received, sent or both, a TIMFriendPendencyType. */
TIM_KEY kTIMFriendshipGetPendencyListParamType = "friendship_get_pendency_list_param_type";
/** uint64: Only what is new since this number; 0 for all. */
TIM_KEY kTIMFriendshipGetPendencyListParamStartSeq = "friendship_get_pendency_list_param_start_seq";
/** uint64: 0 for the first page, then what the page before said. */
TIM_KEY kTIMFriendshipGetPendencyListParamStartTime = "friendship_get_pendency_list_param_start_time";
/** int32: How many at most; 0 for the usual number. */
TIM_KEY kTIMFriendshipGetPendencyListParamLimitedSize = "friendship_get_pendency_list_param_limited_size";
/** @} */

/**
 * @name PendencyPage
 * A page of friend requests.
 * @{
 */
/** uint64: Ask with it for the next page; 0 after the last. */
TIM_KEY kTIMPendencyPageStartTime = "pendency_page_start_time";
/** uint64: Requests that are not read. */
TIM_KEY kTIMPendencyPageUnReadNum = "pendency_page_unread_num";
/** uint64: Number to ask with later for what is new. */
TIM_KEY kTIMPendencyPageCurrentSeq = "pendency_page_current_seq";
/** [FriendAddPendencyInfo]: The requests. */
TIM_KEY kTIMPendencyPagePendencyInfoArray = "pendency_page_pendency_info_array";
/** @} */

/**
 * @name FriendAddPendencyInfo
 * A friend request in a list.
 * @{
 */
/** uint32: Received or sent, a TIMFriendPendencyType. */
TIM_KEY kTIMFriendAddPendencyInfoType = "friend_add_pendency_info_type";
/** string: User id. (Also spelt friend_add_pendency_info_idenitifer; both are read and written.) */
TIM_KEY kTIMFriendAddPendencyInfoIdentifier = "friend_add_pendency_info_identifier";
/** string: Nick name, up to 500 bytes. */
TIM_KEY kTIMFriendAddPendencyInfoNickName = "friend_add_pendency_info_nick_name";
/** string: URL of the picture, up to 500 bytes. */
TIM_KEY kTIMFriendAddPendencyInfoFaceUrl = "friend_add_pendency_info_face_url";
/** uint64: When it was made, in Unix seconds. */
TIM_KEY kTIMFriendAddPendencyInfoAddTime = "friend_add_pendency_info_add_time";
/** string: Where the friend request came from, with AddSource_Type_ in front. */
TIM_KEY kTIMFriendAddPendencyInfoAddSource = "friend_add_pendency_info_add_source";
/** string: Text that came with the friend request, up to 120 bytes. */
TIM_KEY kTIMFriendAddPendencyInfoAddWording = "friend_add_pendency_info_add_wording";
/** @} */

/**
 * @name FriendResponse
 * An answer to a friend request.
 * @{
 */
/**
 * string: User id of the one who asked. (Also spelt friend_respone_identifier; both are read and
 * written.)
 */
TIM_KEY kTIMFriendResponseIdentifier = "friend_response_identifier";
TIM_KEY kTIMFriendResponeIdentifier = "friend_respone_identifier"; /**< the older spelling */
/**
 * uint32: The answer, a TIMFriendResponseAction; required. (Also spelt friend_respone_action; both
 * are read and written.)
 */
TIM_KEY kTIMFriendResponseAction = "friend_response_action";
TIM_KEY kTIMFriendResponeAction = "friend_respone_action"; /**< the older spelling */
/**
 * string: Remark of the user, up to 96 bytes. (Also spelt friend_respone_remark; both are read and
 * written.)
 */
TIM_KEY kTIMFriendResponseRemark = "friend_response_remark";
TIM_KEY kTIMFriendResponeRemark = "friend_respone_remark"; /**< the older spelling */
/**
 * string: Friend group to put them into; empty for none. (Also spelt friend_respone_group_name;
 * both are read and written.)
 */
TIM_KEY kTIMFriendResponseGroupName = "friend_response_group_name";
TIM_KEY kTIMFriendResponeGroupName = "friend_respone_group_name"; /**< the older spelling */
/** @} */

/**
 * @name FriendshipDeletePendencyParam
 * Which friend requests to delete.
 * @{
 */
/** uint32: Received or sent, a TIMFriendPendencyType. */
TIM_KEY kTIMFriendshipDeletePendencyParamType = "friendship_delete_pendency_param_type";
/** [string]: User ids. */
TIM_KEY kTIMFriendshipDeletePendencyParamIdentifierArray = "friendship_delete_pendency_param_identifier_array";
/** @} */

/* -- Offline push --------------------------------------------------------------------------------- */

/** Whether to push. */
enum TIMOfflinePushFlag {
    /** By the usual rules. */
    kTIMOfflinePushFlag_Default = 0,
    /** Not at all. */
    kTIMOfflinePushFlag_NoPush = 1,
};
typedef enum TIMOfflinePushFlag TIMOfflinePushFlag;

/** What a tap on a push does. */
enum TIMAndroidOfflinePushNotifyMode {
    /** It opens the application. */
    kTIMAndroidOfflinePushNotifyMode_Normal = 0,
    /** What the application chooses. */
    kTIMAndroidOfflinePushNotifyMode_Custom = 1,
};
typedef enum TIMAndroidOfflinePushNotifyMode TIMAndroidOfflinePushNotifyMode;

/** Ways of a push on iOS. */
enum TIMIOSOfflinePushType {
    /** The usual one. */
    TIMIOSOfflinePushType_APNS = 0,
    /** The one for calls. */
    TIMIOSOfflinePushType_VOIP = 1,
};
typedef enum TIMIOSOfflinePushType TIMIOSOfflinePushType;

/** As a sound of a push: none. */
TIM_KEY kIOSOfflinePushNoSound = "push.no_sound";

/** As a sound of a push: the system's. */
TIM_KEY kIOSOfflinePushDefaultSound = "default";

/**
 * @name OfflinePushConfig
 * What a push service shows for a message whose receiver is offline.
 * @{
 */
/** string: Text to show. */
TIM_KEY kTIMOfflinePushConfigDesc = "offline_push_config_desc";
/** string: Data for the receiving application. */
TIM_KEY kTIMOfflinePushConfigExt = "offline_push_config_ext";
/** uint32: Whether to push at all, a TIMOfflinePushFlag. */
TIM_KEY kTIMOfflinePushConfigFlag = "offline_push_config_flag";
/** object IOSOfflinePushConfig: What is special for iOS. */
TIM_KEY kTIMOfflinePushConfigIOSConfig = "offline_push_config_ios_config";
/** object AndroidOfflinePushConfig: What is special for Android. */
TIM_KEY kTIMOfflinePushConfigAndroidConfig = "offline_push_config_android_config";
/** @} */

/**
 * @name IOSOfflinePushConfig
 * A push on iOS.
 * @{
 */
/** string: Title to show. */
TIM_KEY kTIMIOSOfflinePushConfigTitle = "ios_offline_push_config_title";
/** string: File name of the sound; push.no_sound for none, default for the system's. */
TIM_KEY kTIMIOSOfflinePushConfigSound = "ios_offline_push_config_sound";
/** bool: Leave the number on the icon alone. */
TIM_KEY kTIMIOSOfflinePushConfigIgnoreBadge = "ios_offline_push_config_ignore_badge";
/** uint32: Way of the push, a TIMIOSOfflinePushType. */
TIM_KEY kTIMIOSOfflinePushConfigPushType = "ios_offline_push_config_push_type";
/** string: URL of a picture, https and up to 10 MB. */
TIM_KEY kTIMIOSOfflinePushConfigImage = "ios_offline_push_config_image";
/** @} */

/**
 * @name AndroidOfflinePushConfig
 * A push on Android.
 * @{
 */
/** string: Title to show. */
TIM_KEY kTIMAndroidOfflinePushConfigTitle = "android_offline_push_config_title";
/** string: File name of the sound; push.no_sound for none. */
TIM_KEY kTIMAndroidOfflinePushConfigSound = "android_offline_push_config_sound";
/** uint32: What a tap does, a TIMAndroidOfflinePushNotifyMode. */
TIM_KEY kTIMAndroidOfflinePushConfigNotifyMode = "android_offline_push_config_notify_mode";
/** uint32: Class of the message on Vivo devices; no longer used. */
TIM_KEY kTIMAndroidOfflinePushConfigVIVOClassification = "android_offline_push_config_vivo_classification";
/** string: Category of the message on Vivo devices. */
TIM_KEY kTIMAndroidOfflinePushConfigVIVOCategory = "android_offline_push_config_vivo_category";
/** string: Channel on OPPO devices. */
TIM_KEY kTIMAndroidOfflinePushConfigOPPOChannelID = "android_offline_push_config_oppo_channel_id";
/** string: Channel on Xiaomi devices. */
TIM_KEY kTIMAndroidOfflinePushConfigXiaoMiChannelID = "android_offline_push_config_xiaomi_channel_id";
/** string: Channel on devices with Google's service. */
TIM_KEY kTIMAndroidOfflinePushConfigFCMChannelID = "android_offline_push_config_fcm_channel_id";
/** string: Category of the message on Huawei devices. */
TIM_KEY kTIMAndroidOfflinePushConfigHuaWeiCategory = "android_offline_push_config_huawei_category";
/** string: URL of a picture on Huawei devices, https and up to 512 KB. */
TIM_KEY kTIMAndroidOfflinePushConfigHuaWeiImage = "android_offline_push_config_huawei_image";
/** string: URL of a picture on Honor devices, https and up to 100 KB. */
TIM_KEY kTIMAndroidOfflinePushConfigHonorImage = "android_offline_push_config_honor_image";
/** string: URL of a picture on devices with Google's service, https and up to 1 MB. */
TIM_KEY kTIMAndroidOfflinePushConfigFCMImage = "android_offline_push_config_fcm_image";
/** @} */

/* -- The experimental call ------------------------------------------------------------------------ */

/**
 * In request_internal_operation: sends a packet of the original's own protocol. 7013: the service
 * speaks another.
 */
TIM_KEY kTIMInternalOperationSSOData = "internal_operation_sso_data";

/** In request_internal_operation: asks for the numbers of users. 7013: users have none. */
TIM_KEY kTIMInternalOperationUserId2TinyId = "internal_operation_userid_tinyid";

/** In request_internal_operation: asks for the users of numbers. 7013: users have none. */
TIM_KEY kTIMInternalOperationTinyId2UserId = "internal_operation_tinyid_userid";

/**
 * In request_internal_operation: chooses between the original's test and production servers.
 * Nothing to do: the server is the program's choice.
 */
TIM_KEY kTIMInternalOperationSetEnv = "internal_operation_set_env";

/**
 * In request_internal_operation: prefers addresses of version 6. Nothing to do: addresses are tried
 * in the order that the system gives.
 */
TIM_KEY kTIMInternalOperationSetIPv6Prior = "internal_operation_set_ipv6_prior";

/**
 * In request_internal_operation: limits how often a request is tried. Nothing to do: it is tried as
 * long as it waits.
 */
TIM_KEY kTIMInternalOperationSetMaxRetryCount = "internal_operation_set_max_retry_count";

/**
 * In request_internal_operation: limits how long a request waits. Nothing to do: it waits for 15
 * seconds, a login for 30.
 */
TIM_KEY kTIMInternalOperationSetPacketRequestTimeout = "internal_operation_set_packet_request_timeout";

/** In request_internal_operation: names the server, see CustomServerInfo. */
TIM_KEY kTIMInternalOperationSetCustomServerInfo = "internal_operation_set_custom_server_info";

/** In request_internal_operation: allows QUIC. Nothing to do: servers are reached by WebSocket. */
TIM_KEY kTIMInternalOperationEnableQuicChannel = "internal_operation_enable_quic_channel";

/**
 * In request_internal_operation: encrypts by functions of the program. Refused (-3): connections
 * have TLS, and nothing else.
 */
TIM_KEY kTIMInternalOperationSetSM4GCMCallback = "internal_operation_set_sm4_gcm_callback";

/** In request_internal_operation: makes what this device has of a user readable without a login. */
TIM_KEY kTIMInternalOperationInitLocalStorage = "internal_operation_init_local_storage";

/**
 * In request_internal_operation: chooses the region where files are kept. Refused (-3): the server
 * keeps them in one place.
 */
TIM_KEY kTIMInternalOperationSetCosSaveRegionForConversation = "internal_operation_set_cos_save_region_for_conversation";

/**
 * In request_internal_operation: names the program's user interface, for the original's statistics.
 * Nothing to do.
 */
TIM_KEY kTIMInternalOperationSetUIPlatform = "internal_operation_set_ui_platform";

/**
 * In request_internal_operation: encrypts local databases. Refused (-3), but for type 0 (none):
 * they are not encrypted.
 */
TIM_KEY kTIMInternalOperationSetDatabaseEncryptInfo = "internal_operation_set_database_encrypt_info";

/** In request_internal_operation: asks what the plan includes. 7013: there are no plans. */
TIM_KEY kTIMInternalOperationIsCommercialAbilityEnabled = "internal_operation_is_commercial_ability_enabled";

/** In request_internal_operation: switches offline pushes. 7013: nothing is pushed. */
TIM_KEY kTIMInternalOperationSetOfflinePushState = "internal_operation_set_offline_push_state";

/** In request_internal_operation: asks whether offline pushes are on. 7013: nothing is pushed. */
TIM_KEY kTIMInternalOperationGetOfflinePushState = "internal_operation_get_offline_push_state";

/** In request_internal_operation: asks who withdrew messages. */
TIM_KEY kTIMInternalOperationGetMessageRevoker = "internal_operation_get_message_revoker";

/** In request_internal_operation: writes a line into the library's log. */
TIM_KEY kTIMInternalOperationWriteLog = "internal_operation_write_log";

/** In request_internal_operation: removes messages from this device. */
TIM_KEY kTIMInternalOperationClearLocalHistoryMessage = "internal_operation_clear_local_history_message";

/**
 * In request_internal_operation: looks for the proxies again. Nothing to do: those of TIMSetConfig
 * count from the next connection on.
 */
TIM_KEY kTIMInternalOperationUpdateProxyInfo = "internal_operation_update_proxy_info";

/**
 * In request_internal_operation: counts uses of components, for the original's statistics. Nothing
 * to do.
 */
TIM_KEY kTIMInternalOperationReportTUIComponentUsage = "internal_operation_report_tuicomponent_usage";

/** In request_internal_operation: sends data of a call. 7013: there are no calls. */
TIM_KEY kTIMInternalOperationSendTRTCCustomData = "internal_operation_send_trtc_custom_data";

/** In request_internal_operation: sends data of a room. 7013: there are no rooms. */
TIM_KEY kTIMInternalOperationSendRoomCustomData = "internal_operation_send_room_custom_data";

/**
 * In request_internal_operation: names the program, for the original's statistics. Nothing to do.
 */
TIM_KEY kTIMInternalOperationSetApplicationID = "internal_operation_set_application_id";

/**
 * In request_internal_operation: asks for a setting of the original's servers. 7013: ours has none
 * of them.
 */
TIM_KEY kTIMInternalOperationGetServerConfig = "internal_operation_get_server_config";

/**
 * In request_internal_operation: a login of the user who is logged in changes nothing. It always is
 * so.
 */
TIM_KEY kTIMInternalOperationSetIgnoreRepeatLogin = "internal_operation_set_ignore_repeat_login";

/**
 * In request_internal_operation: asks for messages of a live group without being a member. 7013.
 */
TIM_KEY kTIMInternalOperationStartMessageLongPolling = "internal_operation_start_message_long_polling";

/** In request_internal_operation: ends that. 7013. */
TIM_KEY kTIMInternalOperationStopMessageLongPolling = "internal_operation_stop_message_long_polling";

/** In request_internal_operation: looks for messages in a merged one. 7013. */
TIM_KEY kTIMInternalOperationFindMergerMessages = "internal_operation_find_merger_messages";

/**
 * In request_internal_operation: asks for the members of a group in short. 7013:
 * TIMGroupGetMemberInfoList has them.
 */
TIM_KEY kTIMInternalOperationGetBriefGroupMemberList = "internal_operation_get_brief_group_member_list";

/**
 * @name RequestParam
 * What callExperimentalAPI gets: an operation, and what belongs to it.
 * @{
 */
/** string: What to do: a kTIMInternalOperation…. */
TIM_KEY kTIMRequestInternalOperation = "request_internal_operation";
/** object SSODataParam: The packet. Not carried out. */
TIM_KEY kTIMRequestSSODataParam = "request_sso_data_param";
/** [string]: User ids. Not carried out. */
TIM_KEY kTIMRequestUserId2TinyIdParam = "request_userid_tinyid_param";
/** [uint64]: Numbers of users. Not carried out. */
TIM_KEY kTIMRequestTinyId2UserIdParam = "request_tinyid_userid_param";
/** bool: The test environment, not the production environment. Taken, and not used. */
TIM_KEY kTIMRequestSetEnvParam = "request_set_env_param";
/** bool: Version 6 first. Taken, and not used. */
TIM_KEY kTIMRequestSetIPv6PriorParam = "request_set_ipv6_prior_param";
/** uint32: How often. Taken, and not used. */
TIM_KEY kTIMRequestSetMaxRetryCountParam = "request_set_max_retry_count_param";
/** int64: How long. Taken, and not used. */
TIM_KEY kTIMRequestSetPacketRequestTimeoutParam = "request_set_packet_request_timeout_param";
/** object CustomServerInfo: The server. */
TIM_KEY kTIMRequestSetCustomServerInfoParam = "request_set_custom_server_info_param";
/** bool: QUIC is wanted. Taken, and not used. */
TIM_KEY kTIMRequestEnableQuicChannelParam = "request_enable_quic_channel_param";
/** object SM4GCMCallbackParam: The functions. Not carried out. */
TIM_KEY kTIMRequestSetSM4GCMCallbackParam = "request_set_sm4_gcm_callback_param";
/** string: The user whose storage is opened. */
TIM_KEY kTIMRequestInitLocalStorageParam = "request_init_local_storage_user_id_param";
/** object CosSaveRegionForConversationParam: Conversation and region. Not carried out. */
TIM_KEY kTIMRequestSetCosSaveRegionForConversationParam = "request_set_cos_save_region_for_conversation_param";
/** uint32: Number of the user interface; may also be a text. Taken, and not used. */
TIM_KEY kTIMRequestSetUIPlatformParam = "request_set_ui_platform_param";
/** object DatabaseEncryptInfo: How databases are encrypted. */
TIM_KEY kTIMRequestSetDatabaseEncryptInfoParam = "request_set_database_encrypt_info_param";
/** uint64: Abilities of a plan, one bit each. Not carried out. */
TIM_KEY kTIMRequestIsCommercialAbilityEnabledParam = "request_is_commercial_ability_enabled_param";
/** uint32: 0 leave, 1 on, 2 off. Not carried out. */
TIM_KEY kTIMRequestSetOfflinePushStateParam = "request_set_offline_push_state_param";
/** [string]: Ids of the messages that were withdrawn. */
TIM_KEY kTIMRequestMessageRevokerMessageIdArray = "request_message_revoker_message_id_array";
/** int32: Level of the line, a TIMLogLevel but kTIMLog_Off. */
TIM_KEY kTIMRequestWriteLogLogLevelParam = "request_write_log_log_level_param";
/** string: What the line says. */
TIM_KEY kTIMRequestWriteLogLogContentParam = "request_write_log_log_content_param";
/** string: The source file that says it. */
TIM_KEY kTIMRequestWriteLogFileNameParam = "request_write_log_file_name_param";
/** string: The function that says it. */
TIM_KEY kTIMRequestWriteLogFuncNameParam = "request_write_log_func_name_param";
/** int32: The line in the source file. */
TIM_KEY kTIMRequestWriteLogLineNumberParam = "request_write_log_line_number_param";
/**
 * string: Which conversations: c2c_ and a user id, group_ and a group id, c2c or group for all of
 * these, empty for all there are.
 */
TIM_KEY kTIMRequestClearLocalHistoryMessageConversationIDParam = "request_clear_local_history_message_conversation_id_param";
/** uint64: From this Unix second on. */
TIM_KEY kTIMRequestClearLocalHistoryMessageBeginTimestampParam = "request_clear_local_history_message_begin_timestamp_param";
/** uint64: Up to this Unix second, with it; 0: without an end. */
TIM_KEY kTIMRequestClearLocalHistoryMessageEndTimestampParam = "request_clear_local_history_message_end_timestamp_param";
/** any: The component. Taken, and not used. */
TIM_KEY kTIMRequestReportTUIComponentUsageUIComponentTypeParam = "report_tuicomponent_usage_uicomponent_type_param";
/** any: Its style. Taken, and not used. */
TIM_KEY kTIMRequestReportTUIComponentUsageUIStyleTypeParam = "report_tuicomponent_usage_uistyle_type_param";
/** string: The data. Not carried out. */
TIM_KEY kTIMRequestSendTRTCCustomDataParam = "request_send_trtc_custom_data_param";
/** string: The command. Not carried out. */
TIM_KEY kTIMRequestSendRoomCustomDataServiceCommandParam = "request_send_room_custom_data_service_command_param";
/** string: The data. Not carried out. */
TIM_KEY kTIMRequestSendRoomCustomDataRequestContentParam = "request_send_room_custom_data_request_content_param";
/** uint32: Number of the program. Taken, and not used. */
TIM_KEY kTIMRequestSetApplicationIDParam = "request_set_application_id_param";
/** string: Name of the setting. Not carried out. */
TIM_KEY kTIMRequestGetServerConfigKeyParam = "request_get_server_config_key_param";
/** string: Type of the setting. Not carried out. */
TIM_KEY kTIMRequestGetServerConfigValueTypeParam = "request_get_server_config_value_type_param";
/** bool: Such logins are ignored. Taken, and not used. */
TIM_KEY kTIMRequestSetIgnoreRepeatLoginParam = "request_set_ignore_repeat_login_param";
/** string: The group. Not carried out. */
TIM_KEY kTIMRequestStartMessageLongPollingIDParam = "request_start_message_long_polling_id_param";
/** string: What lets the program in. Not carried out. */
TIM_KEY kTIMRequestStartMessageLongPollingKeyParam = "request_start_message_long_polling_key_param";
/** string: Where to begin. Not carried out. */
TIM_KEY kTIMRequestStartMessageLongPollingSequenceParam = "request_start_message_long_polling_sequence_param";
/** string: The group. Not carried out. */
TIM_KEY kTIMRequestStopMessageLongPollingIDParam = "request_stop_message_long_polling_id_param";
/** string: The message to look in. Not carried out. */
TIM_KEY kTIMRequestFindMergerMessagesMessageIDParam = "request_find_merger_messages_message_id_param";
/** [string]: The messages to look for. Not carried out. */
TIM_KEY kTIMRequestFindMergerMessagesMergerMessageIDListParam = "request_find_merger_messages_merger_message_id_list_param";
/** string: The group. Not carried out. */
TIM_KEY kTIMRequestGetBriefGroupMemberListGroupIDParam = "request_get_brief_group_member_list_group_id_param";
/** @} */

/**
 * @name ResponseInfo
 * What the callback of callExperimentalAPI gets.
 * @{
 */
/** string: What was done. */
TIM_KEY kTIMResponseInternalOperation = "response_internal_operation";
/** object SSODataRes: The answer to a packet. Never given. */
TIM_KEY kTIMResponseSSODataRes = "response_sso_data_res";
/** [UserInfo]: Users and their numbers. Never given. */
TIM_KEY kTIMResponseUserId2TinyIdRes = "response_userid_tinyid_res";
/** [UserInfo]: Users and their numbers. Never given. */
TIM_KEY kTIMResponseTinyId2UserIdRes = "response_tinyid_userid_res";
/** bool: The environment. Never given. */
TIM_KEY kTIMResponseSetEvnRes = "response_set_env_res";
/** uint32: Whether offline pushes are on. Never given. */
TIM_KEY kTIMResponseGetOfflinePushStateRes = "response_get_offline_push_state_res";
/** string: A message that was withdrawn. */
TIM_KEY kTIMResponseMessageId = "response_message_id";
/** string: Who withdrew it. */
TIM_KEY kTIMResponseMessageRevoker = "response_message_revoker";
/** @} */

/**
 * @name CustomServerInfo
 * A server of one's own, in place of the service that the settings name.
 * @{
 */
/** [ServerAddress]: Servers of one service, to be tried in turn; those for QUIC do not count. */
TIM_KEY kTIMCustomServerInfoLongConnectionAddressArray = "longconnection_address_array";
/**
 * [ServerAddress]: Addresses for short connections. Taken, and not used: everything goes to the
 * same address.
 */
TIM_KEY kTIMCustomServerInfoShortConnectionAddressArray = "shortconnection_address_array";
/**
 * string: A public key of the original's servers. Taken, and not used: a server is known by its
 * certificate, which is always verified.
 */
TIM_KEY kTIMCustomServerInfoServerPublicKey = "server_public_key";
/** @} */

/**
 * @name ServerAddress
 * Where a server is. It is reached by WebSocket over TLS (wss://).
 * @{
 */
/**
 * string: Name or number. With ws:// in front of it there is no TLS: for servers on this machine
 * alone. wss:// may stand there too.
 */
TIM_KEY kTIMServerAddressIp = "server_address_ip";
/** int32: Port, 1 to 65535. */
TIM_KEY kTIMServerAddressPort = "server_address_port";
/** bool: The number is one of version 6. Not used: it is seen. */
TIM_KEY kTIMServerAddressIsIPv6 = "server_address_is_ipv6";
/** bool: The address is for QUIC: it is passed over. */
TIM_KEY kTIMServerAddressIsQuic = "server_address_is_quic";
/** @} */

/**
 * @name SSODataParam
 * A packet of the original's own protocol. Not carried out.
 * @{
 */
/** string: Command. */
TIM_KEY kTIMSSODataParamCmd = "sso_data_param_cmd";
/** string: Contents in base64. */
TIM_KEY kTIMSSODataParamBody = "sso_data_param_body";
/** uint64: How many seconds to wait. */
TIM_KEY kTIMSSODataParamTimeout = "sso_data_param_timeout";
/** @} */

/**
 * @name SSODataRes
 * The answer to a packet of the original's own protocol. Never given.
 * @{
 */
/** string: Command. */
TIM_KEY kTIMSSODataResCmd = "sso_data_res_cmd";
/** string: Contents in base64. */
TIM_KEY kTIMSSODataResBody = "sso_data_res_body";
/** @} */

/**
 * @name UserInfo
 * A user and the number that the original's servers have for it. Never given.
 * @{
 */
/** string: User id. */
TIM_KEY kTIMUserInfoUserId = "user_info_userid";
/** uint64: Number. */
TIM_KEY kTIMUserInfoTinyId = "user_info_tinyid";
/** @} */

/**
 * @name QuicChannelInfo
 * Whether QUIC is wanted. No operation takes it.
 * @{
 */
/** bool: It is. */
TIM_KEY kTIMQuicChannelInfoEnableQuic = "quic_channel_info_enable_quic";
/** @} */

/**
 * @name SM4GCMCallbackParam
 * Functions that encrypt and decrypt. Not carried out.
 * @{
 */
/** uint64: Address of the one that encrypts. */
TIM_KEY kTIMSM4GCMCallbackParamEncrypt = "sm4_gcm_callback_param_encrypt";
/** uint64: Address of the one that decrypts. */
TIM_KEY kTIMSM4GCMCallbackParamDecrypt = "sm4_gcm_callback_param_decrypt";
/** @} */

/**
 * @name CosSaveRegionForConversationParam
 * Where the files of a conversation are kept. Not carried out.
 * @{
 */
/** string: The conversation. */
TIM_KEY kTIMCosSaveRegionForConversationParamConversationID = "cos_save_region_for_conversation_param_conversation_id";
/** string: The region. */
TIM_KEY kTIMCosSaveRegionForConversationParamCosSaveRegion = "cos_save_region_for_conversation_param_cos_save_region";
/** @} */

/**
 * @name DatabaseEncryptInfo
 * How local databases are encrypted: they are not.
 * @{
 */
/** int32: 0: not at all. Others (1 XOR, 2 TEA, 3 SM4, 4 AES) are refused. */
TIM_KEY kTIMDatabaseEncryptInfoEncryptType = "database_encrypt_info_encrypt_type";
/** string: The key. Not used. */
TIM_KEY kTIMDatabaseEncryptInfoEncryptKey = "database_encrypt_info_encrypt_key";
/** @} */

/**
 * @name CommercialAbilityResult
 * Whether the plan includes an ability. Never given.
 * @{
 */
/** bool: It does. */
TIM_KEY kTIMCommercialAbilityResultEnabled = "commercial_ability_result_enabled";
/** @} */

#endif /* IMSDK_TIMCLOUDDEF_H */
