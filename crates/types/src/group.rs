//! Groups: their profile, how they are made and changed.

pub(crate) mod member;
pub(crate) mod pendency;
pub(crate) mod tips;

use crate::GroupMemberInfo;
use crate::enums::enums;
use crate::meta::Changes;
use crate::object::{Object, object};

object! {
    /// A group in the list of those that the user is in.
    pub struct GroupBaseInfo in "TIMGroupManager.h" {
        /// Group id.
        group_id: String = "group_base_info_group_id" kTIMGroupBaseInfoGroupId;
        /// Name of the group, up to 30 bytes.
        group_name: String = "group_base_info_group_name" kTIMGroupBaseInfoGroupName;
        /// Kind of the group, a `TIMGroupType`.
        group_type: u32 = "group_base_info_group_type" kTIMGroupBaseInfoGroupType;
        /// URL of the group's picture, up to 100 bytes.
        face_url: String = "group_base_info_face_url" kTIMGroupBaseInfoFaceUrl;
        /// Grows with every change of the group's profile.
        info_seq: u32 = "group_base_info_info_seq" kTIMGroupBaseInfoInfoSeq;
        /// Sequence number of the newest message; 0 if there is none.
        latest_seq: u32 = "group_base_info_latest_seq" kTIMGroupBaseInfoLatestSeq
            | "group_base_info_lastest_seq" kTIMGroupBaseInfoLastestSeq;
        /// Messages up to this sequence number are read.
        readed_seq: u32 = "group_base_info_readed_seq" kTIMGroupBaseInfoReadedSeq;
        /// Whether messages come in and ring, a `TIMReceiveMessageOpt`.
        msg_flag: u32 = "group_base_info_msg_flag" kTIMGroupBaseInfoMsgFlag;
        /// All members are muted, but owner and administrators.
        is_shutup_all: bool = "group_base_info_is_shutup_all" kTIMGroupBaseInfoIsShutupAll;
        /// The user's own data in the group.
        self_info: GroupSelfInfo = "group_base_info_self_info" kTIMGroupBaseInfoSelfInfo;
    }
}

object! {
    /// The user's own data in a group.
    pub struct GroupSelfInfo in "TIMGroupManager.h" {
        /// When the member joined, in Unix seconds.
        join_time: u32 = "group_self_info_join_time" kTIMGroupSelfInfoJoinTime;
        /// The user's `TIMGroupMemberRole`.
        role: u32 = "group_self_info_role" kTIMGroupSelfInfoRole;
        /// Messages of others that are not read.
        unread_num: u32 = "group_self_info_unread_num" kTIMGroupSelfInfoUnReadNum;
        /// Whether messages come in and ring, a `TIMReceiveMessageOpt`.
        msg_flag: u32 = "group_self_info_msg_flag" kTIMGroupSelfInfoMsgFlag;
    }
}

object! {
    /// The profile of a group.
    pub struct GroupDetailInfo in "TIMGroupManager.h" {
        /// Group id.
        group_id: String = "group_detail_info_group_id" kTIMGroupDetailInfoGroupId
            | "group_detial_info_group_id" kTIMGroupDetialInfoGroupId;
        /// Kind of the group, a `TIMGroupType`.
        group_type: u32 = "group_detail_info_group_type" kTIMGroupDetailInfoGroupType
            | "group_detial_info_group_type" kTIMGroupDetialInfoGroupType;
        /// It may hold topics; communities only.
        is_support_topic: bool = "group_detail_info_is_support_topic" kTIMGroupDetailInfoIsSupportTopic
            | "group_detial_info_is_support_topic" kTIMGroupDetialInfoIsSupportTopic;
        /// Name of the group, up to 30 bytes.
        group_name: String = "group_detail_info_group_name" kTIMGroupDetailInfoGroupName
            | "group_detial_info_group_name" kTIMGroupDetialInfoGroupName;
        /// Notice of the group, up to 300 bytes.
        notification: String = "group_detail_info_notification" kTIMGroupDetailInfoNotification
            | "group_detial_info_notification" kTIMGroupDetialInfoNotification;
        /// Introduction of the group, up to 240 bytes.
        introduction: String = "group_detail_info_introduction" kTIMGroupDetailInfoIntroduction
            | "group_detial_info_introduction" kTIMGroupDetialInfoIntroduction;
        /// URL of the group's picture, up to 100 bytes.
        face_url: String = "group_detail_info_face_url" kTIMGroupDetailInfoFaceUrl
            | "group_detial_info_face_url" kTIMGroupDetialInfoFaceUrl;
        /// When it was created, in Unix seconds.
        create_time: u32 = "group_detail_info_create_time" kTIMGroupDetailInfoCreateTime
            | "group_detial_info_create_time" kTIMGroupDetialInfoCreateTime;
        /// Grows with every change of the group's profile.
        info_seq: u32 = "group_detail_info_info_seq" kTIMGroupDetailInfoInfoSeq
            | "group_detial_info_info_seq" kTIMGroupDetialInfoInfoSeq;
        /// When its profile changed last, in Unix seconds.
        last_info_time: u32 = "group_detail_info_last_info_time" kTIMGroupDetailInfoLastInfoTime
            | "group_detial_info_last_info_time" kTIMGroupDetialInfoLastInfoTime;
        /// Sequence number of the newest message; 0 if there is none.
        next_msg_seq: u32 = "group_detail_info_next_msg_seq" kTIMGroupDetailInfoNextMsgSeq
            | "group_detial_info_next_msg_seq" kTIMGroupDetialInfoNextMsgSeq;
        /// When the newest message was sent, in Unix seconds; 0 if there is none.
        last_msg_time: u32 = "group_detail_info_last_msg_time" kTIMGroupDetailInfoLastMsgTime
            | "group_detial_info_last_msg_time" kTIMGroupDetialInfoLastMsgTime;
        /// Members.
        member_num: u32 = "group_detail_info_member_num" kTIMGroupDetailInfoMemberNum
            | "group_detial_info_member_num" kTIMGroupDetialInfoMemberNum;
        /// Most members it may have; 0 for the most that its kind allows.
        max_member_num: u32 = "group_detail_info_max_member_num" kTIMGroupDetailInfoMaxMemberNum
            | "group_detial_info_max_member_num" kTIMGroupDetialInfoMaxMemberNum;
        /// Who may join on application, a `TIMGroupAddOption`.
        add_option: u32 = "group_detail_info_add_option" kTIMGroupDetailInfoAddOption
            | "group_detial_info_add_option" kTIMGroupDetialInfoAddOption;
        /// Whether invitations need consent, a `TIMGroupAddOption`.
        approve_option: u32 = "group_detail_info_approve_option" kTIMGroupDetailInfoApproveOption kTIMGroupDetialInfoApproveOption;
        /// Whether others can see it; 2 for yes.
        visible: u32 = "group_detail_info_visible" kTIMGroupDetailInfoVisible
            | "group_detial_info_visible" kTIMGroupDetialInfoVisible;
        /// Whether others can find it; 2 for yes.
        searchable: u32 = "group_detail_info_searchable" kTIMGroupDetailInfoSearchable
            | "group_detial_info_searchable" kTIMGroupDetialInfoSearchable;
        /// All members are muted, but owner and administrators.
        is_shutup_all: bool = "group_detail_info_is_shutup_all" kTIMGroupDetailInfoIsShutupAll
            | "group_detial_info_is_shutup_all" kTIMGroupDetialInfoIsShutupAll;
        /// User id of the owner.
        owner_identifier: String = "group_detail_info_owner_identifier" kTIMGroupDetailInfoOwnerIdentifier
            | "group_detial_info_owener_identifier" kTIMGroupDetialInfoOwnerIdentifier;
        /// Custom fields.
        custom_info: Vec<GroupInfoCustomString> = "group_detail_info_custom_info" kTIMGroupDetailInfoCustomInfo
            | "group_detial_info_custom_info" kTIMGroupDetialInfoCustomInfo;
        /// It has permission groups; communities only.
        enable_permission_group: bool = "group_detail_info_enable_permission_group" kTIMGroupDetailInfoEnablePermissionGroup;
        /// Permissions of members outside permission groups, one bit each; communities only.
        default_permissions: u32 = "group_detail_info_default_permissions" kTIMGroupDetailInfoDefaultPermissions;
        /// Members who are online; live groups only.
        online_member_num: u32 = "group_detail_info_online_member_num" kTIMGroupDetailInfoOnlineMemberNum
            | "group_detial_info_online_member_num" kTIMGroupDetialInfoOnlineMemberNum;
    }
}

object! {
    /// The profile of one group of several asked for.
    pub struct GetGroupInfoResult in "TIMGroupManager.h" {
        /// 0, or the `TIMErrCode` of this entry.
        code: i32 = "get_groups_info_result_code" kTIMGetGroupInfoResultCode;
        /// English text to `code`.
        desc: String = "get_groups_info_result_desc" kTIMGetGroupInfoResultDesc;
        /// The profile.
        info: GroupDetailInfo = "get_groups_info_result_info" kTIMGetGroupInfoResultInfo;
    }
}

object! {
    /// A custom field of a group.
    pub struct GroupInfoCustomString in "TIMGroupManager.h" {
        /// Its name, up to 16 bytes of letters, digits and `_`.
        key: String = "group_info_custom_string_info_key" kTIMGroupInfoCustomStringInfoKey kTIMGroupInfoCustemStringInfoKey;
        /// Its value, up to 512 bytes.
        value: String = "group_info_custom_string_info_value" kTIMGroupInfoCustomStringInfoValue kTIMGroupInfoCustemStringInfoValue;
    }
}

object! {
    /// The group to create.
    pub struct CreateGroupParam in "TIMGroupManager.h" {
        /// Name of the group, up to 30 bytes.
        group_name: String = "create_group_param_group_name" kTIMCreateGroupParamGroupName;
        /// Group id, up to 48 printable ASCII characters, not beginning with `@TGS#`. Empty: the service chooses
        /// one.
        group_id: String = "create_group_param_group_id" kTIMCreateGroupParamGroupId;
        /// Kind of the group, a `TIMGroupType`.
        group_type: u32 = "create_group_param_group_type" kTIMCreateGroupParamGroupType;
        /// It may hold topics; communities only.
        is_support_topic: bool = "create_group_param_is_support_topic" kTIMCreateGroupIsSupportTopic;
        /// First members beside the creator: user ids and roles.
        group_member_array: Vec<GroupMemberInfo> = "create_group_param_group_member_array" kTIMCreateGroupParamGroupMemberArray;
        /// Notice of the group, up to 300 bytes.
        notification: String = "create_group_param_notification" kTIMCreateGroupParamNotification;
        /// Introduction of the group, up to 240 bytes.
        introduction: String = "create_group_param_introduction" kTIMCreateGroupParamIntroduction;
        /// URL of the group's picture, up to 100 bytes.
        face_url: String = "create_group_param_face_url" kTIMCreateGroupParamFaceUrl;
        /// Who may join on application, a `TIMGroupAddOption`.
        add_option: u32 = "create_group_param_add_option" kTIMCreateGroupParamAddOption, 3;
        /// Whether invitations need consent, a `TIMGroupAddOption`.
        approve_option: u32 = "create_group_param_approve_option" kTIMCreateGroupParamApproveOption, 3;
        /// Most members it may have; 0 for the most that its kind allows.
        max_member_num: u32 = "create_group_param_max_member_num" kTIMCreateGroupParamMaxMemberCount;
        /// Custom fields.
        custom_info: Vec<GroupInfoCustomString> = "create_group_param_custom_info" kTIMCreateGroupParamCustomInfo;
        /// It has permission groups; communities only.
        enable_permission_group: bool = "create_group_param_enable_permission_group" kTIMCreateGroupParamEnablePermissionGroup;
        /// Permissions of members outside permission groups, one bit each; communities only.
        default_permissions: u64 = "create_group_param_default_permissions" kTIMCreateGroupParamDefaultPermissions;
    }
}

object! {
    /// The group that was created.
    pub struct CreateGroupResult in "TIMGroupManager.h" {
        /// Group id.
        groupid: String = "create_group_result_groupid" kTIMCreateGroupResultGroupId;
    }
}

object! {
    /// What to change about a group.
    pub struct GroupModifyInfoParam in "TIMGroupManager.h" {
        /// Group id.
        group_id: String = "group_modify_info_param_group_id" kTIMGroupModifyInfoParamGroupId;
        /// Which of the other keys count, `TIMGroupModifyInfoFlag` joined by or. A new owner can only be set alone.
        modify_flag: u32 = "group_modify_info_param_modify_flag" kTIMGroupModifyInfoParamModifyFlag;
        /// Name of the group, up to 30 bytes.
        group_name: String = "group_modify_info_param_group_name" kTIMGroupModifyInfoParamGroupName;
        /// Notice of the group, up to 300 bytes.
        notification: String = "group_modify_info_param_notification" kTIMGroupModifyInfoParamNotification;
        /// Introduction of the group, up to 240 bytes.
        introduction: String = "group_modify_info_param_introduction" kTIMGroupModifyInfoParamIntroduction;
        /// URL of the group's picture, up to 100 bytes.
        face_url: String = "group_modify_info_param_face_url" kTIMGroupModifyInfoParamFaceUrl;
        /// Who may join on application, a `TIMGroupAddOption`.
        add_option: u32 = "group_modify_info_param_add_option" kTIMGroupModifyInfoParamAddOption;
        /// Whether invitations need consent, a `TIMGroupAddOption`.
        approve_option: u32 = "group_modify_info_param_approve_option" kTIMGroupModifyInfoParamApproveOption;
        /// Most members it may have; 0 for the most that its kind allows.
        max_member_num: u32 = "group_modify_info_param_max_member_num" kTIMGroupModifyInfoParamMaxMemberNum;
        /// Whether others can see it; 2 for yes.
        visible: u32 = "group_modify_info_param_visible" kTIMGroupModifyInfoParamVisible;
        /// Whether others can find it; 2 for yes.
        searchable: u32 = "group_modify_info_param_searchable" kTIMGroupModifyInfoParamSearchAble;
        /// All members are muted, but owner and administrators.
        is_shutup_all: bool = "group_modify_info_param_is_shutup_all" kTIMGroupModifyInfoParamIsShutupAll;
        /// User id of the new owner.
        owner: String = "group_modify_info_param_owner" kTIMGroupModifyInfoParamOwner;
        /// Custom fields.
        custom_info: Vec<GroupInfoCustomString> = "group_modify_info_param_custom_info" kTIMGroupModifyInfoParamCustomInfo;
        /// It has permission groups; communities only.
        enable_permission_group: bool = "group_modify_info_param_enable_permission_group" kTIMGroupModifyInfoParamEnablePermissionGroup;
        /// Permissions of members outside permission groups, one bit each; communities only.
        default_permissions: u32 = "group_modify_info_param_default_permissions" kTIMGroupModifyInfoParamDefaultPermissions;
    }
}

impl GroupModifyInfoParam {
    /// What the bits of [`modify_flag`](Self::modify_flag) name.
    pub const CHANGES: &Changes = {
        use GroupModifyInfoFlag as Flag;
        &[
            (Flag::Name.bits(), Self::META.field("group_name")),
            (Flag::Notification.bits(), Self::META.field("notification")),
            (Flag::Introduction.bits(), Self::META.field("introduction")),
            (Flag::FaceUrl.bits(), Self::META.field("face_url")),
            (Flag::AddOption.bits(), Self::META.field("add_option")),
            (Flag::ApproveOption.bits(), Self::META.field("approve_option")),
            (Flag::MaxMemberNum.bits(), Self::META.field("max_member_num")),
            (Flag::Visible.bits(), Self::META.field("visible")),
            (Flag::Searchable.bits(), Self::META.field("searchable")),
            (Flag::ShutupAll.bits(), Self::META.field("is_shutup_all")),
            (Flag::Custom.bits(), Self::META.field("custom_info")),
            (Flag::Owner.bits(), Self::META.field("owner")),
        ]
    };
}

enums! {
    /// Kinds of groups.
    pub enum GroupType: TIMGroupType in "TIMGroupManager.h" {
        /// Joined on application.
        Public = 0, kTIMGroup_Public;
        /// Joined on invitation; also called work group.
        Private = 1, kTIMGroup_Private;
        /// Open to all, history only for members; also called meeting.
        ChatRoom = 2, kTIMGroup_ChatRoom;
        /// Broadcast to all users online.
        BChatRoom = 3, kTIMGroup_BChatRoom;
        /// Live: open to all, any number of members, no history.
        AvChatRoom = 4, kTIMGroup_AVChatRoom;
        /// Many members, may hold topics.
        Community = 5, kTIMGroup_Community;
    }

    /// Who may join on application, or whether invitations need consent.
    pub enum GroupAddOption: TIMGroupAddOption in "TIMGroupManager.h" {
        /// Nobody.
        Forbid = 0, kTIMGroupAddOpt_Forbid;
        /// Those whom an administrator accepts.
        Auth = 1, kTIMGroupAddOpt_Auth;
        /// Everybody.
        Any = 2, kTIMGroupAddOpt_Any;
        /// Not known.
        Unknown = 3, kTIMGroupAddOpt_Unknown;
    }

    /// What to change about a group, one bit each.
    pub enum GroupModifyInfoFlag: TIMGroupModifyInfoFlag in "TIMGroupManager.h" {
        /// Nothing.
        None = 0, kTIMGroupModifyInfoFlag_None;
        /// Name.
        Name = 1, kTIMGroupModifyInfoFlag_Name;
        /// Notice.
        Notification = 2, kTIMGroupModifyInfoFlag_Notification;
        /// Introduction.
        Introduction = 4, kTIMGroupModifyInfoFlag_Introduction;
        /// Picture.
        FaceUrl = 8, kTIMGroupModifyInfoFlag_FaceUrl;
        /// Who may join on application.
        AddOption = 16, kTIMGroupModifyInfoFlag_AddOption;
        /// Most members it may have.
        MaxMemberNum = 32, kTIMGroupModifyInfoFlag_MaxMemberNum | kTIMGroupModifyInfoFlag_MaxMmeberNum;
        /// Whether others can see it.
        Visible = 64, kTIMGroupModifyInfoFlag_Visible;
        /// Whether others can find it.
        Searchable = 128, kTIMGroupModifyInfoFlag_Searchable;
        /// Whether all are muted.
        ShutupAll = 256, kTIMGroupModifyInfoFlag_ShutupAll;
        /// Custom fields.
        Custom = 512, kTIMGroupModifyInfoFlag_Custom;
        /// Text of the application for a topic.
        TopicCustomString = 2048, kTIMGroupTopicModifyInfoFlag_CustomString;
        /// Whether invitations need consent.
        ApproveOption = 4096, kTIMGroupModifyInfoFlag_ApproveOption;
        /// Whether there are permission groups.
        EnablePermissionGroup = 8192, kTIMGroupModifyInfoFlag_EnablePermissionGroup;
        /// Permissions of members outside permission groups.
        DefaultPermissions = 16384, kTIMGroupModifyInfoFlag_DefaultPermissions;
        /// Owner; alone only. In JSON 2147483648 or -2147483648.
        Owner = -2147483648, kTIMGroupModifyInfoFlag_Owner;
    }

    /// Whether the messages of a group come in and ring; the older form of `TIMReceiveMessageOpt`.
    pub enum GroupReceiveMessageOpt: TIMGroupReceiveMessageOpt in "TIMCloudDef.h" {
        /// They come in and ring.
        ReceiveAndNotify = 0, kTIMRecvGroupMsgOpt_ReceiveAndNotify;
        /// They do not come in.
        NotReceive = 1, kTIMRecvGroupMsgOpt_NotReceive;
        /// They come in, and ring only while the program runs.
        ReceiveNotNotify = 2, kTIMRecvGroupMsgOpt_ReceiveNotNotify;
    }
}
