//! Groups: their profile, how they are made and changed.

pub(crate) mod member;
pub(crate) mod pendency;
pub(crate) mod tips;

use crate::enums::enums;
use crate::object::object;
use crate::GroupMemberInfo;

object! {
    /// GroupBaseInfo.
    pub struct GroupBaseInfo in "TIMGroupManager.h" {
        /// Group_base_info_group_id.
        group_id: String = "group_base_info_group_id" kTIMGroupBaseInfoGroupId;
        /// Group_base_info_group_name.
        group_name: String = "group_base_info_group_name" kTIMGroupBaseInfoGroupName;
        /// Declared enum; seed sample shows string "Public".
        group_type: u32 = "group_base_info_group_type" kTIMGroupBaseInfoGroupType;
        /// Group_base_info_face_url.
        face_url: String = "group_base_info_face_url" kTIMGroupBaseInfoFaceUrl;
        /// Grows by each profile change.
        info_seq: u32 = "group_base_info_info_seq" kTIMGroupBaseInfoInfoSeq;
        /// Gapless per-group message counter starting at 1.
        latest_seq: u32 = "group_base_info_latest_seq" kTIMGroupBaseInfoLatestSeq
            | "group_base_info_lastest_seq" kTIMGroupBaseInfoLastestSeq;
        /// Group_base_info_readed_seq.
        readed_seq: u32 = "group_base_info_readed_seq" kTIMGroupBaseInfoReadedSeq;
        /// Group_base_info_msg_flag.
        msg_flag: u32 = "group_base_info_msg_flag" kTIMGroupBaseInfoMsgFlag;
        /// Group_base_info_is_shutup_all.
        is_shutup_all: bool = "group_base_info_is_shutup_all" kTIMGroupBaseInfoIsShutupAll;
        /// Group_base_info_self_info.
        self_info: GroupSelfInfo = "group_base_info_self_info" kTIMGroupBaseInfoSelfInfo;
    }
}

object! {
    /// GroupSelfInfo.
    pub struct GroupSelfInfo in "TIMGroupManager.h" {
        /// Group_self_info_join_time.
        join_time: u32 = "group_self_info_join_time" kTIMGroupSelfInfoJoinTime;
        /// Group_self_info_role.
        role: u32 = "group_self_info_role" kTIMGroupSelfInfoRole;
        /// Group_self_info_unread_num.
        unread_num: u32 = "group_self_info_unread_num" kTIMGroupSelfInfoUnReadNum;
        /// Group_self_info_msg_flag.
        msg_flag: u32 = "group_self_info_msg_flag" kTIMGroupSelfInfoMsgFlag;
    }
}

object! {
    /// GroupDetailInfo.
    pub struct GroupDetailInfo in "TIMGroupManager.h" {
        /// Group_detail_info_group_id.
        group_id: String = "group_detail_info_group_id" kTIMGroupDetailInfoGroupId
            | "group_detial_info_group_id" kTIMGroupDetialInfoGroupId;
        /// Group_detail_info_group_type.
        group_type: u32 = "group_detail_info_group_type" kTIMGroupDetailInfoGroupType
            | "group_detial_info_group_type" kTIMGroupDetialInfoGroupType;
        /// Community only.
        is_support_topic: bool = "group_detail_info_is_support_topic" kTIMGroupDetailInfoIsSupportTopic
            | "group_detial_info_is_support_topic" kTIMGroupDetialInfoIsSupportTopic;
        /// Group_detail_info_group_name.
        group_name: String = "group_detail_info_group_name" kTIMGroupDetailInfoGroupName
            | "group_detial_info_group_name" kTIMGroupDetialInfoGroupName;
        /// Group_detail_info_notification.
        notification: String = "group_detail_info_notification" kTIMGroupDetailInfoNotification
            | "group_detial_info_notification" kTIMGroupDetialInfoNotification;
        /// Group_detail_info_introduction.
        introduction: String = "group_detail_info_introduction" kTIMGroupDetailInfoIntroduction
            | "group_detial_info_introduction" kTIMGroupDetialInfoIntroduction;
        /// Group_detail_info_face_url.
        face_url: String = "group_detail_info_face_url" kTIMGroupDetailInfoFaceUrl
            | "group_detial_info_face_url" kTIMGroupDetialInfoFaceUrl;
        /// UTC seconds.
        create_time: u32 = "group_detail_info_create_time" kTIMGroupDetailInfoCreateTime
            | "group_detial_info_create_time" kTIMGroupDetialInfoCreateTime;
        /// Grows by each profile change.
        info_seq: u32 = "group_detail_info_info_seq" kTIMGroupDetailInfoInfoSeq
            | "group_detial_info_info_seq" kTIMGroupDetialInfoInfoSeq;
        /// UTC seconds.
        last_info_time: u32 = "group_detail_info_last_info_time" kTIMGroupDetailInfoLastInfoTime
            | "group_detial_info_last_info_time" kTIMGroupDetialInfoLastInfoTime;
        /// Group_detail_info_next_msg_seq.
        next_msg_seq: u32 = "group_detail_info_next_msg_seq" kTIMGroupDetailInfoNextMsgSeq
            | "group_detial_info_next_msg_seq" kTIMGroupDetialInfoNextMsgSeq;
        /// Group_detail_info_last_msg_time.
        last_msg_time: u32 = "group_detail_info_last_msg_time" kTIMGroupDetailInfoLastMsgTime
            | "group_detial_info_last_msg_time" kTIMGroupDetialInfoLastMsgTime;
        /// Group_detail_info_member_num.
        member_num: u32 = "group_detail_info_member_num" kTIMGroupDetailInfoMemberNum
            | "group_detial_info_member_num" kTIMGroupDetialInfoMemberNum;
        /// Group_detail_info_max_member_num.
        max_member_num: u32 = "group_detail_info_max_member_num" kTIMGroupDetailInfoMaxMemberNum
            | "group_detial_info_max_member_num" kTIMGroupDetialInfoMaxMemberNum;
        /// Group_detail_info_add_option.
        add_option: u32 = "group_detail_info_add_option" kTIMGroupDetailInfoAddOption
            | "group_detial_info_add_option" kTIMGroupDetialInfoAddOption;
        /// Group_detail_info_approve_option.
        approve_option: u32 = "group_detail_info_approve_option" kTIMGroupDetailInfoApproveOption kTIMGroupDetialInfoApproveOption;
        /// Declared uint; a gen-8 sample shows a boolean.
        visible: u32 = "group_detail_info_visible" kTIMGroupDetailInfoVisible
            | "group_detial_info_visible" kTIMGroupDetialInfoVisible;
        /// Declared uint; a gen-8 sample shows a boolean.
        searchable: u32 = "group_detail_info_searchable" kTIMGroupDetailInfoSearchable
            | "group_detial_info_searchable" kTIMGroupDetialInfoSearchable;
        /// Group_detail_info_is_shutup_all.
        is_shutup_all: bool = "group_detail_info_is_shutup_all" kTIMGroupDetailInfoIsShutupAll
            | "group_detial_info_is_shutup_all" kTIMGroupDetialInfoIsShutupAll;
        /// Group_detail_info_owner_identifier.
        owner_identifier: String = "group_detail_info_owner_identifier" kTIMGroupDetailInfoOwnerIdentifier
            | "group_detial_info_owener_identifier" kTIMGroupDetialInfoOwnerIdentifier;
        /// Declared array; seed sample (old key) shows {}.
        custom_info: Vec<GroupInfoCustomString> = "group_detail_info_custom_info" kTIMGroupDetailInfoCustomInfo
            | "group_detial_info_custom_info" kTIMGroupDetialInfoCustomInfo;
        /// Group_detail_info_enable_permission_group.
        enable_permission_group: bool = "group_detail_info_enable_permission_group" kTIMGroupDetailInfoEnablePermissionGroup;
        /// Group_detail_info_default_permissions.
        default_permissions: u32 = "group_detail_info_default_permissions" kTIMGroupDetailInfoDefaultPermissions;
        /// Use TIMGroupGetOnlineMemberCount instead.
        online_member_num: u32 = "group_detail_info_online_member_num" kTIMGroupDetailInfoOnlineMemberNum
            | "group_detial_info_online_member_num" kTIMGroupDetialInfoOnlineMemberNum;
    }
}

object! {
    /// GetGroupInfoResult.
    pub struct GetGroupInfoResult in "TIMGroupManager.h" {
        /// Get_groups_info_result_code.
        code: i32 = "get_groups_info_result_code" kTIMGetGroupInfoResultCode;
        /// Get_groups_info_result_desc.
        desc: String = "get_groups_info_result_desc" kTIMGetGroupInfoResultDesc;
        /// Get_groups_info_result_info.
        info: GroupDetailInfo = "get_groups_info_result_info" kTIMGetGroupInfoResultInfo;
    }
}

object! {
    /// GroupInfoCustomString.
    pub struct GroupInfoCustomString in "TIMGroupManager.h" {
        /// Group_info_custom_string_info_key.
        key: String = "group_info_custom_string_info_key" kTIMGroupInfoCustomStringInfoKey kTIMGroupInfoCustemStringInfoKey;
        /// Group_info_custom_string_info_value.
        value: String = "group_info_custom_string_info_value" kTIMGroupInfoCustomStringInfoValue kTIMGroupInfoCustemStringInfoValue;
    }
}

object! {
    /// CreateGroupParam.
    pub struct CreateGroupParam in "TIMGroupManager.h" {
        /// Create_group_param_group_name.
        group_name: String = "create_group_param_group_name" kTIMCreateGroupParamGroupName;
        /// Server assigns when absent; Community ids need prefix @TGS#_.
        group_id: String = "create_group_param_group_id" kTIMCreateGroupParamGroupId;
        /// Default Public (0).
        group_type: u32 = "create_group_param_group_type" kTIMCreateGroupParamGroupType;
        /// Community only.
        is_support_topic: bool = "create_group_param_is_support_topic" kTIMCreateGroupIsSupportTopic;
        /// Max 20 from SDK 7.1.
        group_member_array: Vec<GroupMemberInfo> = "create_group_param_group_member_array" kTIMCreateGroupParamGroupMemberArray;
        /// Create_group_param_notification.
        notification: String = "create_group_param_notification" kTIMCreateGroupParamNotification;
        /// Create_group_param_introduction.
        introduction: String = "create_group_param_introduction" kTIMCreateGroupParamIntroduction;
        /// Create_group_param_face_url.
        face_url: String = "create_group_param_face_url" kTIMCreateGroupParamFaceUrl;
        /// Create_group_param_add_option.
        add_option: u32 = "create_group_param_add_option" kTIMCreateGroupParamAddOption;
        /// Create_group_param_approve_option.
        approve_option: u32 = "create_group_param_approve_option" kTIMCreateGroupParamApproveOption;
        /// Create_group_param_max_member_num.
        max_member_num: u32 = "create_group_param_max_member_num" kTIMCreateGroupParamMaxMemberCount;
        /// Create_group_param_custom_info.
        custom_info: Vec<GroupInfoCustomString> = "create_group_param_custom_info" kTIMCreateGroupParamCustomInfo;
        /// Community only.
        enable_permission_group: bool = "create_group_param_enable_permission_group" kTIMCreateGroupParamEnablePermissionGroup;
        /// Community only; needs permission groups enabled.
        default_permissions: u64 = "create_group_param_default_permissions" kTIMCreateGroupParamDefaultPermissions;
    }
}

object! {
    /// CreateGroupResult.
    pub struct CreateGroupResult in "TIMGroupManager.h" {
        /// Create_group_result_groupid.
        groupid: String = "create_group_result_groupid" kTIMCreateGroupResultGroupId;
    }
}

object! {
    /// GroupModifyInfoParam.
    pub struct GroupModifyInfoParam in "TIMGroupManager.h" {
        /// Group_modify_info_param_group_id.
        group_id: String = "group_modify_info_param_group_id" kTIMGroupModifyInfoParamGroupId;
        /// Bit-or of flags.
        modify_flag: u32 = "group_modify_info_param_modify_flag" kTIMGroupModifyInfoParamModifyFlag;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_Name.
        group_name: String = "group_modify_info_param_group_name" kTIMGroupModifyInfoParamGroupName;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_Notification.
        notification: String = "group_modify_info_param_notification" kTIMGroupModifyInfoParamNotification;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_Introduction.
        introduction: String = "group_modify_info_param_introduction" kTIMGroupModifyInfoParamIntroduction;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_FaceUrl.
        face_url: String = "group_modify_info_param_face_url" kTIMGroupModifyInfoParamFaceUrl;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_AddOption.
        add_option: u32 = "group_modify_info_param_add_option" kTIMGroupModifyInfoParamAddOption;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_ApproveOption.
        approve_option: u32 = "group_modify_info_param_approve_option" kTIMGroupModifyInfoParamApproveOption;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_MaxMmeberNum.
        max_member_num: u32 = "group_modify_info_param_max_member_num" kTIMGroupModifyInfoParamMaxMemberNum;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_Visible.
        visible: u32 = "group_modify_info_param_visible" kTIMGroupModifyInfoParamVisible;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_Searchable.
        searchable: u32 = "group_modify_info_param_searchable" kTIMGroupModifyInfoParamSearchAble;
        /// Required when modify_flag has kTIMGroupModifyInfoFlag_ShutupAll.
        is_shutup_all: bool = "group_modify_info_param_is_shutup_all" kTIMGroupModifyInfoParamIsShutupAll;
        /// Needs kTIMGroupModifyInfoFlag_Owner alone.
        owner: String = "group_modify_info_param_owner" kTIMGroupModifyInfoParamOwner;
        /// Group_modify_info_param_custom_info.
        custom_info: Vec<GroupInfoCustomString> = "group_modify_info_param_custom_info" kTIMGroupModifyInfoParamCustomInfo;
        /// Group_modify_info_param_enable_permission_group.
        enable_permission_group: bool = "group_modify_info_param_enable_permission_group" kTIMGroupModifyInfoParamEnablePermissionGroup;
        /// Group_modify_info_param_default_permissions.
        default_permissions: u32 = "group_modify_info_param_default_permissions" kTIMGroupModifyInfoParamDefaultPermissions;
    }
}

enums! {
    /// TIMGroupType.
    pub enum GroupType: TIMGroupType in "TIMGroupManager.h" {
        /// kTIMGroup_Public.
        Public = 0, kTIMGroup_Public;
        /// kTIMGroup_Private.
        Private = 1, kTIMGroup_Private;
        /// kTIMGroup_ChatRoom.
        ChatRoom = 2, kTIMGroup_ChatRoom;
        /// kTIMGroup_BChatRoom.
        BChatRoom = 3, kTIMGroup_BChatRoom;
        /// kTIMGroup_AVChatRoom.
        AvChatRoom = 4, kTIMGroup_AVChatRoom;
        /// kTIMGroup_Community.
        Community = 5, kTIMGroup_Community;
    }

    /// TIMGroupAddOption.
    pub enum GroupAddOption: TIMGroupAddOption in "TIMGroupManager.h" {
        /// kTIMGroupAddOpt_Forbid.
        Forbid = 0, kTIMGroupAddOpt_Forbid;
        /// kTIMGroupAddOpt_Auth.
        Auth = 1, kTIMGroupAddOpt_Auth;
        /// kTIMGroupAddOpt_Any.
        Any = 2, kTIMGroupAddOpt_Any;
        /// kTIMGroupAddOpt_Unknown.
        Unknown = 3, kTIMGroupAddOpt_Unknown;
    }

    /// TIMGroupModifyInfoFlag.
    pub enum GroupModifyInfoFlag: TIMGroupModifyInfoFlag in "TIMGroupManager.h" {
        /// kTIMGroupModifyInfoFlag_None.
        None = 0, kTIMGroupModifyInfoFlag_None;
        /// kTIMGroupModifyInfoFlag_Name.
        Name = 1, kTIMGroupModifyInfoFlag_Name;
        /// kTIMGroupModifyInfoFlag_Notification.
        Notification = 2, kTIMGroupModifyInfoFlag_Notification;
        /// kTIMGroupModifyInfoFlag_Introduction.
        Introduction = 4, kTIMGroupModifyInfoFlag_Introduction;
        /// kTIMGroupModifyInfoFlag_FaceUrl.
        FaceUrl = 8, kTIMGroupModifyInfoFlag_FaceUrl;
        /// kTIMGroupModifyInfoFlag_AddOption.
        AddOption = 16, kTIMGroupModifyInfoFlag_AddOption;
        /// kTIMGroupModifyInfoFlag_MaxMemberNum.
        MaxMemberNum = 32, kTIMGroupModifyInfoFlag_MaxMemberNum | kTIMGroupModifyInfoFlag_MaxMmeberNum;
        /// kTIMGroupModifyInfoFlag_Visible.
        Visible = 64, kTIMGroupModifyInfoFlag_Visible;
        /// kTIMGroupModifyInfoFlag_Searchable.
        Searchable = 128, kTIMGroupModifyInfoFlag_Searchable;
        /// kTIMGroupModifyInfoFlag_ShutupAll.
        ShutupAll = 256, kTIMGroupModifyInfoFlag_ShutupAll;
        /// kTIMGroupModifyInfoFlag_Custom.
        Custom = 512, kTIMGroupModifyInfoFlag_Custom;
        /// kTIMGroupTopicModifyInfoFlag_CustomString.
        TopicCustomString = 2048, kTIMGroupTopicModifyInfoFlag_CustomString;
        /// kTIMGroupModifyInfoFlag_ApproveOption.
        ApproveOption = 4096, kTIMGroupModifyInfoFlag_ApproveOption;
        /// kTIMGroupModifyInfoFlag_EnablePermissionGroup.
        EnablePermissionGroup = 8192, kTIMGroupModifyInfoFlag_EnablePermissionGroup;
        /// kTIMGroupModifyInfoFlag_DefaultPermissions.
        DefaultPermissions = 16384, kTIMGroupModifyInfoFlag_DefaultPermissions;
        /// kTIMGroupModifyInfoFlag_Owner.
        Owner = -2147483648, kTIMGroupModifyInfoFlag_Owner;
    }

    /// TIMGroupReceiveMessageOpt.
    pub enum GroupReceiveMessageOpt: TIMGroupReceiveMessageOpt in "TIMCloudDef.h" {
        /// kTIMRecvGroupMsgOpt_ReceiveAndNotify.
        ReceiveAndNotify = 0, kTIMRecvGroupMsgOpt_ReceiveAndNotify;
        /// kTIMRecvGroupMsgOpt_NotReceive.
        NotReceive = 1, kTIMRecvGroupMsgOpt_NotReceive;
        /// kTIMRecvGroupMsgOpt_ReceiveNotNotify.
        ReceiveNotNotify = 2, kTIMRecvGroupMsgOpt_ReceiveNotNotify;
    }
}
