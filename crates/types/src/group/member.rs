//! Members of a group.

use crate::enums::enums;
use crate::object::object;
use crate::GroupMemberGetInfoOption;

object! {
    /// GroupMemberInfo.
    pub struct GroupMemberInfo in "TIMGroupManager.h" {
        /// Group_member_info_identifier.
        identifier: String = "group_member_info_identifier" kTIMGroupMemberInfoIdentifier;
        /// Group_member_info_group_id.
        group_id: String = "group_member_info_group_id" kTIMGroupMemberInfoGroupId;
        /// Seconds since epoch (seed sample).
        join_time: u32 = "group_member_info_join_time" kTIMGroupMemberInfoJoinTime;
        /// Group_member_info_member_role.
        member_role: u32 = "group_member_info_member_role" kTIMGroupMemberInfoMemberRole;
        /// Group_member_info_msg_flag.
        msg_flag: u32 = "group_member_info_msg_flag" kTIMGroupMemberInfoMsgFlag;
        /// Group_member_info_msg_seq.
        msg_seq: u32 = "group_member_info_msg_seq" kTIMGroupMemberInfoMsgSeq;
        /// Group_member_info_shutup_time.
        shutup_time: u32 = "group_member_info_shutup_time" kTIMGroupMemberInfoShutupTime;
        /// Group_member_info_name_card.
        name_card: String = "group_member_info_name_card" kTIMGroupMemberInfoNameCard;
        /// Group_member_info_nick_name.
        nick_name: String = "group_member_info_nick_name" kTIMGroupMemberInfoNickName;
        /// Group_member_info_friend_remark.
        friend_remark: String = "group_member_info_friend_remark" kTIMGroupMemberInfoFriendRemark
            | "group_member_info_remark" kTIMGroupMemberInfoRemark;
        /// Group_member_info_face_url.
        face_url: String = "group_member_info_face_url" kTIMGroupMemberInfoFaceUrl;
        /// Declared array; seed sample shows {} when empty.
        custom_info: Vec<GroupMemberInfoCustomString> = "group_member_info_custom_info" kTIMGroupMemberInfoCustomInfo;
        /// Declared string; semantically boolean.
        is_online: String = "group_member_info_is_online" kTIMGroupMemberInfoIsOnline;
        /// Array of platform names (element type undeclared).
        online_devices: Vec<String> = "group_member_info_online_devices" kTIMGroupMemberInfoOnlineDevices KTIMGroupMemberInfoOnlineDevices;
    }
}

object! {
    /// GroupMemberInfoCustomString.
    pub struct GroupMemberInfoCustomString in "TIMGroupManager.h" {
        /// Group_member_info_custom_string_info_key.
        key: String = "group_member_info_custom_string_info_key" kTIMGroupMemberInfoCustomStringInfoKey kTIMGroupMemberInfoCustemStringInfoKey;
        /// Group_member_info_custom_string_info_value.
        value: String = "group_member_info_custom_string_info_value" kTIMGroupMemberInfoCustomStringInfoValue kTIMGroupMemberInfoCustemStringInfoValue;
    }
}

object! {
    /// GroupGetMemberInfoListParam.
    pub struct GroupGetMemberInfoListParam in "TIMGroupManager.h" {
        /// Group_get_members_info_list_param_group_id.
        group_id: String = "group_get_members_info_list_param_group_id" kTIMGroupGetMemberInfoListParamGroupId;
        /// Group_get_members_info_list_param_identifier_array.
        identifier_array: Vec<String> = "group_get_members_info_list_param_identifier_array" kTIMGroupGetMemberInfoListParamIdentifierArray;
        /// Group_get_members_info_list_param_option.
        option: GroupMemberGetInfoOption = "group_get_members_info_list_param_option" kTIMGroupGetMemberInfoListParamOption;
        /// 0 first, then last result.
        next_seq: u64 = "group_get_members_info_list_param_next_seq" kTIMGroupGetMemberInfoListParamNextSeq;
    }
}

object! {
    /// GroupGetMemberInfoListResult.
    pub struct GroupGetMemberInfoListResult in "TIMGroupManager.h" {
        /// 0 means last page.
        next_seq: u64 = "group_get_member_info_list_result_next_seq" kTIMGroupGetMemberInfoListResultNexSeq
            | "group_get_memeber_info_list_result_next_seq";
        /// Group_get_member_info_list_result_info_array.
        info_array: Vec<GroupMemberInfo> = "group_get_member_info_list_result_info_array" kTIMGroupGetMemberInfoListResultInfoArray
            | "group_get_memeber_info_list_result_info_array";
    }
}

object! {
    /// GroupModifyMemberInfoParam.
    pub struct GroupModifyMemberInfoParam in "TIMGroupManager.h" {
        /// Group_modify_member_info_group_id.
        group_id: String = "group_modify_member_info_group_id" kTIMGroupModifyMemberInfoParamGroupId;
        /// Group_modify_member_info_identifier.
        identifier: String = "group_modify_member_info_identifier" kTIMGroupModifyMemberInfoParamIdentifier;
        /// Bit-or of flags.
        modify_flag: u32 = "group_modify_member_info_modify_flag" kTIMGroupModifyMemberInfoParamModifyFlag;
        /// Required when modify_flag has kTIMGroupMemberModifyFlag_MsgFlag.
        msg_flag: u32 = "group_modify_member_info_msg_flag" kTIMGroupModifyMemberInfoParamMsgFlag;
        /// Required when modify_flag has kTIMGroupMemberModifyFlag_MemberRole.
        member_role: u32 = "group_modify_member_info_member_role" kTIMGroupModifyMemberInfoParamMemberRole;
        /// Mute seconds; needs kTIMGroupMemberModifyFlag_ShutupTime.
        shutup_time: u32 = "group_modify_member_info_shutup_time" kTIMGroupModifyMemberInfoParamShutupTime;
        /// Required when modify_flag has kTIMGroupMemberModifyFlag_NameCard.
        name_card: String = "group_modify_member_info_name_card" kTIMGroupModifyMemberInfoParamNameCard;
        /// Group_modify_member_info_custom_info.
        custom_info: Vec<GroupMemberInfoCustomString> = "group_modify_member_info_custom_info" kTIMGroupModifyMemberInfoParamCustomInfo;
    }
}

object! {
    /// GroupInviteMemberParam.
    pub struct GroupInviteMemberParam in "TIMGroupManager.h" {
        /// Group_invite_member_param_group_id.
        group_id: String = "group_invite_member_param_group_id" kTIMGroupInviteMemberParamGroupId;
        /// Group_invite_member_param_identifier_array.
        identifier_array: Vec<String> = "group_invite_member_param_identifier_array" kTIMGroupInviteMemberParamIdentifierArray;
        /// Group_invite_member_param_user_data.
        user_data: String = "group_invite_member_param_user_data" kTIMGroupInviteMemberParamUserData;
    }
}

object! {
    /// GroupInviteMemberResult.
    pub struct GroupInviteMemberResult in "TIMGroupManager.h" {
        /// Group_invite_member_result_identifier.
        identifier: String = "group_invite_member_result_identifier" kTIMGroupInviteMemberResultIdentifier;
        /// Group_invite_member_result_result.
        result: u32 = "group_invite_member_result_result" kTIMGroupInviteMemberResultResult;
    }
}

object! {
    /// GroupDeleteMemberParam.
    pub struct GroupDeleteMemberParam in "TIMGroupManager.h" {
        /// Group_delete_member_param_group_id.
        group_id: String = "group_delete_member_param_group_id" kTIMGroupDeleteMemberParamGroupId;
        /// Group_delete_member_param_identifier_array.
        identifier_array: Vec<String> = "group_delete_member_param_identifier_array" kTIMGroupDeleteMemberParamIdentifierArray;
        /// Group_delete_member_param_user_data.
        user_data: String = "group_delete_member_param_user_data" kTIMGroupDeleteMemberParamUserData;
        /// Seconds before re-applying is allowed.
        duration: u32 = "group_delete_member_param_duration" kTIMGroupDeleteMemberParamDuration;
    }
}

object! {
    /// GroupDeleteMemberResult.
    pub struct GroupDeleteMemberResult in "TIMGroupManager.h" {
        /// Group_delete_member_result_identifier.
        identifier: String = "group_delete_member_result_identifier" kTIMGroupDeleteMemberResultIdentifier;
        /// Group_delete_member_result_result.
        result: u32 = "group_delete_member_result_result" kTIMGroupDeleteMemberResultResult;
    }
}

enums! {
    /// TIMGroupMemberRole.
    pub enum GroupMemberRole: TIMGroupMemberRole in "TIMGroupManager.h" {
        /// kTIMMemberRole_None.
        None = 0, kTIMMemberRole_None;
        /// kTIMMemberRole_Normal.
        Normal = 200, kTIMMemberRole_Normal;
        /// kTIMMemberRole_Admin.
        Admin = 300, kTIMMemberRole_Admin;
        /// kTIMMemberRole_Owner.
        Owner = 400, kTIMMemberRole_Owner;
    }

    /// TIMGroupMemberRoleFlag.
    pub enum GroupMemberRoleFlag: TIMGroupMemberRoleFlag in "TIMGroupManager.h" {
        /// kTIMGroupMemberRoleFlag_All.
        All = 0, kTIMGroupMemberRoleFlag_All;
        /// kTIMGroupMemberRoleFlag_Owner.
        Owner = 1, kTIMGroupMemberRoleFlag_Owner;
        /// kTIMGroupMemberRoleFlag_Admin.
        Admin = 2, kTIMGroupMemberRoleFlag_Admin;
        /// kTIMGroupMemberRoleFlag_Member.
        Member = 4, kTIMGroupMemberRoleFlag_Member;
    }

    /// TIMGroupMemberModifyInfoFlag.
    pub enum GroupMemberModifyInfoFlag: TIMGroupMemberModifyInfoFlag in "TIMGroupManager.h" {
        /// kTIMGroupMemberModifyFlag_None.
        None = 0, kTIMGroupMemberModifyFlag_None;
        /// kTIMGroupMemberModifyFlag_MsgFlag.
        MsgFlag = 1, kTIMGroupMemberModifyFlag_MsgFlag;
        /// kTIMGroupMemberModifyFlag_MemberRole.
        MemberRole = 2, kTIMGroupMemberModifyFlag_MemberRole;
        /// kTIMGroupMemberModifyFlag_ShutupTime.
        ShutupTime = 4, kTIMGroupMemberModifyFlag_ShutupTime;
        /// kTIMGroupMemberModifyFlag_NameCard.
        NameCard = 8, kTIMGroupMemberModifyFlag_NameCard;
        /// kTIMGroupMemberModifyFlag_Custom.
        Custom = 16, kTIMGroupMemberModifyFlag_Custom;
    }

    /// HandleGroupMemberResult.
    pub enum HandleGroupMemberResult: HandleGroupMemberResult in "TIMGroupManager.h" {
        /// kTIMGroupMember_HandledErr.
        HandledErr = 0, kTIMGroupMember_HandledErr;
        /// kTIMGroupMember_HandledSuc.
        HandledSuc = 1, kTIMGroupMember_HandledSuc;
        /// kTIMGroupMember_Included.
        Included = 2, kTIMGroupMember_Included;
        /// kTIMGroupMember_Invited.
        Invited = 3, kTIMGroupMember_Invited;
    }
}

impl GroupMemberRole {
    /// The number of a role as the newest headers have it. Headers of generation 4 number member, admin and owner
    /// 1, 2, 3; any other number stays as it is.
    pub const fn current(number: u32) -> u32 {
        match number {
            1 => Self::Normal.bits(),
            2 => Self::Admin.bits(),
            3 => Self::Owner.bits(),
            other => other,
        }
    }
}
