//! Members of a group.

use crate::GroupMemberGetInfoOption;
use crate::enums::enums;
use crate::meta::Changes;
use crate::object::{Object, object};

object! {
    /// A member of a group.
    pub struct GroupMemberInfo in "TIMGroupManager.h" {
        /// User id.
        identifier: String = "group_member_info_identifier" kTIMGroupMemberInfoIdentifier;
        /// Group id.
        group_id: String = "group_member_info_group_id" kTIMGroupMemberInfoGroupId;
        /// When the member joined, in Unix seconds.
        join_time: u32 = "group_member_info_join_time" kTIMGroupMemberInfoJoinTime;
        /// The member's `TIMGroupMemberRole`: 200 member, 300 administrator, 400 owner. Input takes 1, 2, 3 as
        /// well.
        member_role: u32 = "group_member_info_member_role" kTIMGroupMemberInfoMemberRole;
        /// Whether messages come in and ring, a `TIMReceiveMessageOpt`.
        msg_flag: u32 = "group_member_info_msg_flag" kTIMGroupMemberInfoMsgFlag;
        /// Messages up to this sequence number are read.
        msg_seq: u32 = "group_member_info_msg_seq" kTIMGroupMemberInfoMsgSeq;
        /// Muted until this Unix second; 0 if not muted.
        shutup_time: u32 = "group_member_info_shutup_time" kTIMGroupMemberInfoShutupTime;
        /// Name in this group, up to 50 bytes.
        name_card: String = "group_member_info_name_card" kTIMGroupMemberInfoNameCard;
        /// Nick name, up to 500 bytes.
        nick_name: String = "group_member_info_nick_name" kTIMGroupMemberInfoNickName;
        /// The reader's remark on the member.
        friend_remark: String = "group_member_info_friend_remark" kTIMGroupMemberInfoFriendRemark
            | "group_member_info_remark" kTIMGroupMemberInfoRemark;
        /// URL of the picture, up to 500 bytes.
        face_url: String = "group_member_info_face_url" kTIMGroupMemberInfoFaceUrl;
        /// Custom fields.
        custom_info: Vec<GroupMemberInfoCustomString> = "group_member_info_custom_info" kTIMGroupMemberInfoCustomInfo;
        /// Whether the member is online, as text. Not carried out yet: always empty.
        is_online: String = "group_member_info_is_online" kTIMGroupMemberInfoIsOnline;
        /// Platforms on which the member is online. Not carried out yet: always empty.
        online_devices: Vec<String> = "group_member_info_online_devices" kTIMGroupMemberInfoOnlineDevices KTIMGroupMemberInfoOnlineDevices;
    }
}

object! {
    /// A custom field of a member.
    pub struct GroupMemberInfoCustomString in "TIMGroupManager.h" {
        /// Its name, up to 16 bytes of letters, digits and `_`.
        key: String = "group_member_info_custom_string_info_key" kTIMGroupMemberInfoCustomStringInfoKey kTIMGroupMemberInfoCustemStringInfoKey;
        /// Its value, up to 64 bytes.
        value: String = "group_member_info_custom_string_info_value" kTIMGroupMemberInfoCustomStringInfoValue kTIMGroupMemberInfoCustemStringInfoValue;
    }
}

object! {
    /// Which members of a group to return.
    pub struct GroupGetMemberInfoListParam in "TIMGroupManager.h" {
        /// Group id.
        group_id: String = "group_get_members_info_list_param_group_id" kTIMGroupGetMemberInfoListParamGroupId;
        /// User ids; empty for all members.
        identifier_array: Vec<String> = "group_get_members_info_list_param_identifier_array" kTIMGroupGetMemberInfoListParamIdentifierArray;
        /// What to return of them.
        option: GroupMemberGetInfoOption = "group_get_members_info_list_param_option" kTIMGroupGetMemberInfoListParamOption;
        /// 0 for the first page, then what the page before said.
        next_seq: u64 = "group_get_members_info_list_param_next_seq" kTIMGroupGetMemberInfoListParamNextSeq;
    }
}

object! {
    /// A page of members.
    pub struct GroupGetMemberInfoListResult in "TIMGroupManager.h" {
        /// Ask with it for the next page; 0 after the last.
        next_seq: u64 = "group_get_member_info_list_result_next_seq" kTIMGroupGetMemberInfoListResultNexSeq
            | "group_get_memeber_info_list_result_next_seq";
        /// The members.
        info_array: Vec<GroupMemberInfo> = "group_get_member_info_list_result_info_array" kTIMGroupGetMemberInfoListResultInfoArray
            | "group_get_memeber_info_list_result_info_array";
    }
}

object! {
    /// What to change about a member.
    pub struct GroupModifyMemberInfoParam in "TIMGroupManager.h" {
        /// Group id.
        group_id: String = "group_modify_member_info_group_id" kTIMGroupModifyMemberInfoParamGroupId;
        /// User id.
        identifier: String = "group_modify_member_info_identifier" kTIMGroupModifyMemberInfoParamIdentifier;
        /// Which of the other keys count, `TIMGroupMemberModifyInfoFlag` joined by or.
        modify_flag: u32 = "group_modify_member_info_modify_flag" kTIMGroupModifyMemberInfoParamModifyFlag;
        /// Whether messages come in and ring, a `TIMReceiveMessageOpt`.
        msg_flag: u32 = "group_modify_member_info_msg_flag" kTIMGroupModifyMemberInfoParamMsgFlag;
        /// The new `TIMGroupMemberRole`.
        member_role: u32 = "group_modify_member_info_member_role" kTIMGroupModifyMemberInfoParamMemberRole;
        /// For how many seconds to mute the member; 0 ends it.
        shutup_time: u32 = "group_modify_member_info_shutup_time" kTIMGroupModifyMemberInfoParamShutupTime;
        /// Name in this group, up to 50 bytes.
        name_card: String = "group_modify_member_info_name_card" kTIMGroupModifyMemberInfoParamNameCard;
        /// Custom fields.
        custom_info: Vec<GroupMemberInfoCustomString> = "group_modify_member_info_custom_info" kTIMGroupModifyMemberInfoParamCustomInfo;
    }
}

impl GroupModifyMemberInfoParam {
    /// What the bits of [`modify_flag`](Self::modify_flag) name.
    pub const CHANGES: &Changes = {
        use GroupMemberModifyInfoFlag as Flag;
        &[
            (Flag::MsgFlag.bits(), Self::META.field("msg_flag")),
            (Flag::MemberRole.bits(), Self::META.field("member_role")),
            (Flag::ShutupTime.bits(), Self::META.field("shutup_time")),
            (Flag::NameCard.bits(), Self::META.field("name_card")),
            (Flag::Custom.bits(), Self::META.field("custom_info")),
        ]
    };
}

object! {
    /// Whom to invite into a group.
    pub struct GroupInviteMemberParam in "TIMGroupManager.h" {
        /// Group id.
        group_id: String = "group_invite_member_param_group_id" kTIMGroupInviteMemberParamGroupId;
        /// User ids.
        identifier_array: Vec<String> = "group_invite_member_param_identifier_array" kTIMGroupInviteMemberParamIdentifierArray;
        /// Data of the application for those concerned.
        user_data: String = "group_invite_member_param_user_data" kTIMGroupInviteMemberParamUserData;
    }
}

object! {
    /// How inviting one user went.
    pub struct GroupInviteMemberResult in "TIMGroupManager.h" {
        /// User id.
        identifier: String = "group_invite_member_result_identifier" kTIMGroupInviteMemberResultIdentifier;
        /// What came of it, a `HandleGroupMemberResult`.
        result: u32 = "group_invite_member_result_result" kTIMGroupInviteMemberResultResult;
    }
}

object! {
    /// Whom to remove from a group.
    pub struct GroupDeleteMemberParam in "TIMGroupManager.h" {
        /// Group id.
        group_id: String = "group_delete_member_param_group_id" kTIMGroupDeleteMemberParamGroupId;
        /// User ids.
        identifier_array: Vec<String> = "group_delete_member_param_identifier_array" kTIMGroupDeleteMemberParamIdentifierArray;
        /// Data of the application for those concerned.
        user_data: String = "group_delete_member_param_user_data" kTIMGroupDeleteMemberParamUserData;
        /// For how many seconds they may not apply again.
        duration: u32 = "group_delete_member_param_duration" kTIMGroupDeleteMemberParamDuration;
    }
}

object! {
    /// How removing one member went.
    pub struct GroupDeleteMemberResult in "TIMGroupManager.h" {
        /// User id.
        identifier: String = "group_delete_member_result_identifier" kTIMGroupDeleteMemberResultIdentifier;
        /// What came of it, a `HandleGroupMemberResult`.
        result: u32 = "group_delete_member_result_result" kTIMGroupDeleteMemberResultResult;
    }
}

enums! {
    /// Roles in a group. Older headers number them 1, 2, 3; input takes both, output has these.
    pub enum GroupMemberRole: TIMGroupMemberRole in "TIMGroupManager.h" {
        /// No member.
        None = 0, kTIMMemberRole_None;
        /// Member.
        Normal = 200, kTIMMemberRole_Normal;
        /// Administrator.
        Admin = 300, kTIMMemberRole_Admin;
        /// Owner.
        Owner = 400, kTIMMemberRole_Owner;
    }

    /// Roles that a query returns, one bit each.
    pub enum GroupMemberRoleFlag: TIMGroupMemberRoleFlag in "TIMGroupManager.h" {
        /// All.
        All = 0, kTIMGroupMemberRoleFlag_All;
        /// The owner.
        Owner = 1, kTIMGroupMemberRoleFlag_Owner;
        /// Administrators.
        Admin = 2, kTIMGroupMemberRoleFlag_Admin;
        /// Members without further rights.
        Member = 4, kTIMGroupMemberRoleFlag_Member;
    }

    /// What to change about a member, one bit each.
    pub enum GroupMemberModifyInfoFlag: TIMGroupMemberModifyInfoFlag in "TIMGroupManager.h" {
        /// Nothing.
        None = 0, kTIMGroupMemberModifyFlag_None;
        /// Whether messages come in and ring.
        MsgFlag = 1, kTIMGroupMemberModifyFlag_MsgFlag;
        /// Role.
        MemberRole = 2, kTIMGroupMemberModifyFlag_MemberRole;
        /// How long muted.
        ShutupTime = 4, kTIMGroupMemberModifyFlag_ShutupTime;
        /// Name card.
        NameCard = 8, kTIMGroupMemberModifyFlag_NameCard;
        /// Custom fields.
        Custom = 16, kTIMGroupMemberModifyFlag_Custom;
    }

    /// What came of inviting or removing somebody.
    pub enum HandleGroupMemberResult: HandleGroupMemberResult in "TIMGroupManager.h" {
        /// It failed.
        HandledErr = 0, kTIMGroupMember_HandledErr;
        /// It is done.
        HandledSuc = 1, kTIMGroupMember_HandledSuc;
        /// They were a member already.
        Included = 2, kTIMGroupMember_Included;
        /// They are invited and have to consent.
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
