//! What a group notice tells.

use crate::enums::enums;
use crate::object::object;

object! {
    /// GroupTipGroupChangeInfo.
    pub struct GroupTipGroupChangeInfo in "TIMGroupManager.h" {
        /// Group_tips_group_change_info_flag.
        flag: u32 = "group_tips_group_change_info_flag" kTIMGroupTipGroupChangeInfoFlag;
        /// Group_tips_group_change_info_value.
        value: String = "group_tips_group_change_info_value" kTIMGroupTipGroupChangeInfoValue;
        /// Only for kTIMGroupTipChangeFlag_Custom.
        key: String = "group_tips_group_change_info_key" kTIMGroupTipGroupChangeInfoKey;
        /// Only for ShutupAll or EnablePermissionGroup.
        bool_value: bool = "group_tips_group_change_info_bool_value" kTIMGroupTipGroupChangeInfoBoolValue;
        /// Only for MessageReceiveOpt, GroupAddOpt, GroupApproveOpt.
        int_value: i32 = "group_tips_group_change_info_int_value" kTIMGroupTipGroupChangeInfoIntValue;
        /// Only for DefaultPermissions.
        uint64_value: u64 = "group_tips_group_change_info_uint64_value" kTIMGroupTipGroupChangeInfoUint64Value;
    }
}

object! {
    /// GroupTipMemberChangeInfo.
    pub struct GroupTipMemberChangeInfo in "TIMGroupManager.h" {
        /// Group_tips_member_change_info_identifier.
        identifier: String = "group_tips_member_change_info_identifier" kTIMGroupTipMemberChangeInfoIdentifier;
        /// CamelCase tail is part of the key.
        shutup_time: u32 = "group_tips_member_change_info_shutupTime" kTIMGroupTipMemberChangeInfoShutupTime;
    }
}

object! {
    /// GroupTipMemberMarkChangeInfo.
    pub struct GroupTipMemberMarkChangeInfo in "TIMGroupManager.h" {
        /// CamelCase tail is part of the key.
        enable_mark: bool = "group_tips_member_mark_change_info_enableMark" kTIMGroupTipMemberChangeInfoEnableMark;
        /// CamelCase tail is part of the key.
        mark_type: u32 = "group_tips_member_mark_change_info_markType" kTIMGroupTipMemberMarkChangeInfoMarkType;
        /// CamelCase tail is part of the key.
        user_id_list: Vec<String> = "group_tips_member_mark_change_info_userIDList" kTIMGroupTipMemberMarkChangeInfoUserIDList;
    }
}

enums! {
    /// TIMGroupTipType.
    pub enum GroupTipType: TIMGroupTipType in "TIMGroupManager.h" {
        /// kTIMGroupTip_None.
        None = 0, kTIMGroupTip_None;
        /// kTIMGroupTip_Invite.
        Invite = 1, kTIMGroupTip_Invite;
        /// kTIMGroupTip_Quit.
        Quit = 2, kTIMGroupTip_Quit;
        /// kTIMGroupTip_Kick.
        Kick = 3, kTIMGroupTip_Kick;
        /// kTIMGroupTip_SetAdmin.
        SetAdmin = 4, kTIMGroupTip_SetAdmin;
        /// kTIMGroupTip_CancelAdmin.
        CancelAdmin = 5, kTIMGroupTip_CancelAdmin;
        /// kTIMGroupTip_GroupInfoChange.
        GroupInfoChange = 6, kTIMGroupTip_GroupInfoChange;
        /// kTIMGroupTip_MemberInfoChange.
        MemberInfoChange = 7, kTIMGroupTip_MemberInfoChange;
        /// kTIMGroupTip_MemberMarkChange.
        MemberMarkChange = 8, kTIMGroupTip_MemberMarkChange;
        /// kTIMGroupTip_TopicInfoChange.
        TopicInfoChange = 9, kTIMGroupTip_TopicInfoChange;
        /// KTIMGroupTip_PinnedMessageAdded.
        PinnedMessageAdded = 10, KTIMGroupTip_PinnedMessageAdded;
        /// KTIMGroupTip_PinnedMessageDeleted.
        PinnedMessageDeleted = 11, KTIMGroupTip_PinnedMessageDeleted;
    }

    /// TIMGroupTipGroupChangeFlag.
    pub enum GroupTipGroupChangeFlag: TIMGroupTipGroupChangeFlag in "TIMGroupManager.h" {
        /// kTIMGroupTipChangeFlag_Unknown.
        Unknown = 0, kTIMGroupTipChangeFlag_Unknown;
        /// kTIMGroupTipChangeFlag_Name.
        Name = 1, kTIMGroupTipChangeFlag_Name;
        /// kTIMGroupTipChangeFlag_Introduction.
        Introduction = 2, kTIMGroupTipChangeFlag_Introduction;
        /// kTIMGroupTipChangeFlag_Notification.
        Notification = 3, kTIMGroupTipChangeFlag_Notification;
        /// kTIMGroupTipChangeFlag_FaceUrl.
        FaceUrl = 4, kTIMGroupTipChangeFlag_FaceUrl;
        /// kTIMGroupTipChangeFlag_Owner.
        Owner = 5, kTIMGroupTipChangeFlag_Owner;
        /// kTIMGroupTipChangeFlag_Custom.
        Custom = 6, kTIMGroupTipChangeFlag_Custom;
        /// kTIMGroupTipChangeFlag_Attribute.
        Attribute = 7, kTIMGroupTipChangeFlag_Attribute;
        /// kTIMGroupTipChangeFlag_ShutupAll.
        ShutupAll = 8, kTIMGroupTipChangeFlag_ShutupAll;
        /// kTIMGroupTipChangeFlag_TopicCustomData.
        TopicCustomData = 9, kTIMGroupTipChangeFlag_TopicCustomData;
        /// kTIMGroupTipChangeFlag_MessageReceiveOpt.
        MessageReceiveOpt = 10, kTIMGroupTipChangeFlag_MessageReceiveOpt;
        /// kTIMGroupTipChangeFlag_GroupAddOpt.
        GroupAddOpt = 11, kTIMGroupTipChangeFlag_GroupAddOpt;
        /// kTIMGroupTipChangeFlag_GroupApproveOpt.
        GroupApproveOpt = 12, kTIMGroupTipChangeFlag_GroupApproveOpt;
        /// kTIMGroupTipChangeFlag_EnablePermissionGroup.
        EnablePermissionGroup = 13, kTIMGroupTipChangeFlag_EnablePermissionGroup;
        /// kTIMGroupTipChangeFlag_DefaultPermissions.
        DefaultPermissions = 14, kTIMGroupTipChangeFlag_DefaultPermissions;
    }

    /// TIMGroupJoinType.
    pub enum GroupJoinType: TIMGroupJoinType in "TIMGroupManager.h" {
        /// kTIMGroupJoin_None.
        None = 0, kTIMGroupJoin_None;
        /// kTIMGroupJoin_Apply.
        Apply = 1, kTIMGroupJoin_Apply;
        /// kTIMGroupJoin_Invite.
        Invite = 2, kTIMGroupJoin_Invite;
    }
}
