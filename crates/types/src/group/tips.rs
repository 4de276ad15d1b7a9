//! What a group notice tells.

use crate::enums::enums;
use crate::object::object;

object! {
    /// One change of a group.
    pub struct GroupTipGroupChangeInfo in "TIMGroupManager.h" {
        /// What changed, a `TIMGroupTipGroupChangeFlag`.
        flag: u32 = "group_tips_group_change_info_flag" kTIMGroupTipGroupChangeInfoFlag;
        /// The new value, where it is text.
        value: String = "group_tips_group_change_info_value" kTIMGroupTipGroupChangeInfoValue;
        /// Name of the custom field that changed.
        key: String = "group_tips_group_change_info_key" kTIMGroupTipGroupChangeInfoKey;
        /// The new value, where it is yes or no.
        bool_value: bool = "group_tips_group_change_info_bool_value" kTIMGroupTipGroupChangeInfoBoolValue;
        /// The new value, where it is an option.
        int_value: i32 = "group_tips_group_change_info_int_value" kTIMGroupTipGroupChangeInfoIntValue;
        /// The new value, where it is a set of permissions.
        uint64_value: u64 = "group_tips_group_change_info_uint64_value" kTIMGroupTipGroupChangeInfoUint64Value;
    }
}

object! {
    /// One change of a member.
    pub struct GroupTipMemberChangeInfo in "TIMGroupManager.h" {
        /// User id.
        identifier: String = "group_tips_member_change_info_identifier" kTIMGroupTipMemberChangeInfoIdentifier;
        /// For how many seconds the member is muted; 0 for no longer.
        shutup_time: u32 = "group_tips_member_change_info_shutupTime" kTIMGroupTipMemberChangeInfoShutupTime;
    }
}

object! {
    /// One change of a mark of members.
    pub struct GroupTipMemberMarkChangeInfo in "TIMGroupManager.h" {
        /// The mark was set; else taken away.
        enable_mark: bool = "group_tips_member_mark_change_info_enableMark" kTIMGroupTipMemberChangeInfoEnableMark;
        /// Number of the mark.
        mark_type: u32 = "group_tips_member_mark_change_info_markType" kTIMGroupTipMemberMarkChangeInfoMarkType;
        /// User ids of the members.
        user_id_list: Vec<String> = "group_tips_member_mark_change_info_userIDList" kTIMGroupTipMemberMarkChangeInfoUserIDList;
    }
}

enums! {
    /// What a notice to all members tells.
    pub enum GroupTipType: TIMGroupTipType in "TIMGroupManager.h" {
        /// Nothing.
        None = 0, kTIMGroupTip_None;
        /// Members joined, in whatever way.
        Invite = 1, kTIMGroupTip_Invite;
        /// A member left.
        Quit = 2, kTIMGroupTip_Quit;
        /// Members were removed.
        Kick = 3, kTIMGroupTip_Kick;
        /// Members became administrators.
        SetAdmin = 4, kTIMGroupTip_SetAdmin;
        /// Members are no longer administrators.
        CancelAdmin = 5, kTIMGroupTip_CancelAdmin;
        /// The group changed.
        GroupInfoChange = 6, kTIMGroupTip_GroupInfoChange;
        /// Members changed.
        MemberInfoChange = 7, kTIMGroupTip_MemberInfoChange;
        /// Marks of members changed.
        MemberMarkChange = 8, kTIMGroupTip_MemberMarkChange;
        /// A topic changed.
        TopicInfoChange = 9, kTIMGroupTip_TopicInfoChange;
        /// A message was pinned.
        PinnedMessageAdded = 10, KTIMGroupTip_PinnedMessageAdded;
        /// A message was unpinned.
        PinnedMessageDeleted = 11, KTIMGroupTip_PinnedMessageDeleted;
    }

    /// What changed about a group.
    pub enum GroupTipGroupChangeFlag: TIMGroupTipGroupChangeFlag in "TIMGroupManager.h" {
        /// Something else.
        Unknown = 0, kTIMGroupTipChangeFlag_Unknown;
        /// Name.
        Name = 1, kTIMGroupTipChangeFlag_Name;
        /// Introduction.
        Introduction = 2, kTIMGroupTipChangeFlag_Introduction;
        /// Notice.
        Notification = 3, kTIMGroupTipChangeFlag_Notification;
        /// Picture.
        FaceUrl = 4, kTIMGroupTipChangeFlag_FaceUrl;
        /// Owner.
        Owner = 5, kTIMGroupTipChangeFlag_Owner;
        /// A custom field.
        Custom = 6, kTIMGroupTipChangeFlag_Custom;
        /// An attribute.
        Attribute = 7, kTIMGroupTipChangeFlag_Attribute;
        /// Whether all are muted.
        ShutupAll = 8, kTIMGroupTipChangeFlag_ShutupAll;
        /// Text of the application for a topic.
        TopicCustomData = 9, kTIMGroupTipChangeFlag_TopicCustomData;
        /// Whether messages ring.
        MessageReceiveOpt = 10, kTIMGroupTipChangeFlag_MessageReceiveOpt;
        /// Who may join on application.
        GroupAddOpt = 11, kTIMGroupTipChangeFlag_GroupAddOpt;
        /// Whether invitations need consent.
        GroupApproveOpt = 12, kTIMGroupTipChangeFlag_GroupApproveOpt;
        /// Whether there are permission groups.
        EnablePermissionGroup = 13, kTIMGroupTipChangeFlag_EnablePermissionGroup;
        /// Permissions of members outside permission groups.
        DefaultPermissions = 14, kTIMGroupTipChangeFlag_DefaultPermissions;
    }

    /// How somebody joined.
    pub enum GroupJoinType: TIMGroupJoinType in "TIMGroupManager.h" {
        /// Not said.
        None = 0, kTIMGroupJoin_None;
        /// On application.
        Apply = 1, kTIMGroupJoin_Apply;
        /// On invitation.
        Invite = 2, kTIMGroupJoin_Invite;
    }
}
