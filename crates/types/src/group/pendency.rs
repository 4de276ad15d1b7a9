//! Applications to and invitations into a group that wait for an answer.

use crate::enums::enums;
use crate::object::object;

object! {
    /// GroupPendencyOption.
    pub struct GroupPendencyOption in "TIMGroupManager.h" {
        /// 0 first, then next_start_time of last result.
        start_time: u64 = "group_pendency_option_start_time" kTIMGroupPendencyOptionStartTime;
        /// Hint; server may return more or fewer.
        max_limited: u32 = "group_pendency_option_max_limited" kTIMGroupPendencyOptionMaxLimited;
    }
}

object! {
    /// GroupPendency.
    pub struct GroupPendency in "TIMGroupManager.h" {
        /// Group_pendency_group_id.
        group_id: String = "group_pendency_group_id" kTIMGroupPendencyGroupId;
        /// "form" spelling is real; applicant or inviter.
        from_identifier: String = "group_pendency_form_identifier" kTIMGroupPendencyFromIdentifier;
        /// Group_pendency_from_nick_name.
        from_nick_name: String = "group_pendency_from_nick_name" kTIMGroupPendencyFromNickName;
        /// Group_pendency_from_face_url.
        from_face_url: String = "group_pendency_from_face_url" kTIMGroupPendencyFromFaceUrl;
        /// Group_pendency_to_identifier.
        to_identifier: String = "group_pendency_to_identifier" kTIMGroupPendencyToIdentifier;
        /// Milliseconds (seed sample).
        add_time: u64 = "group_pendency_add_time" kTIMGroupPendencyAddTime;
        /// Group_pendency_pendency_type.
        pendency_type: u32 = "group_pendency_pendency_type" kTIMGroupPendencyPendencyType;
        /// Group_pendency_handled.
        handled: u32 = "group_pendency_handled" kTIMGroupPendencyHandled;
        /// Group_pendency_handle_result.
        handle_result: u32 = "group_pendency_handle_result" kTIMGroupPendencyHandleResult;
        /// Group_pendency_apply_invite_msg.
        apply_invite_msg: String = "group_pendency_apply_invite_msg" kTIMGroupPendencyApplyInviteMsg;
        /// Group_pendency_form_user_defined_data.
        from_user_defined_data: String = "group_pendency_form_user_defined_data" kTIMGroupPendencyFromUserDefinedData;
        /// Group_pendency_approval_msg.
        approval_msg: String = "group_pendency_approval_msg" kTIMGroupPendencyApprovalMsg;
        /// Group_pendency_to_user_defined_data.
        to_user_defined_data: String = "group_pendency_to_user_defined_data" kTIMGroupPendencyToUserDefinedData;
        /// Opaque; echo back when handling.
        key: String = "group_pendency_key" kTIMGroupPendencyKey;
        /// Opaque; echo back when handling.
        authentication: String = "group_pendency_authentication" kTIMGroupPendencyAuthentication;
        /// Group_pendency_self_identifier.
        self_identifier: String = "group_pendency_self_identifier" kTIMGroupPendencySelfIdentifier;
    }
}

object! {
    /// GroupPendencyResult.
    pub struct GroupPendencyResult in "TIMGroupManager.h" {
        /// 0 means last page.
        next_start_time: u64 = "group_pendency_result_next_start_time" kTIMGroupPendencyResultNextStartTime;
        /// Group_pendency_result_read_time_seq.
        read_time_seq: u64 = "group_pendency_result_read_time_seq" kTIMGroupPendencyResultReadTimeSeq;
        /// Group_pendency_result_unread_num.
        unread_num: u32 = "group_pendency_result_unread_num" kTIMGroupPendencyResultUnReadNum;
        /// Group_pendency_result_pendency_array.
        pendency_array: Vec<GroupPendency> = "group_pendency_result_pendency_array" kTIMGroupPendencyResultPendencyArray;
    }
}

object! {
    /// GroupHandlePendencyParam.
    pub struct GroupHandlePendencyParam in "TIMGroupManager.h" {
        /// Default false (reject).
        is_accept: bool = "group_handle_pendency_param_is_accept" kTIMGroupHandlePendencyParamIsAccept;
        /// Default "".
        handle_msg: String = "group_handle_pendency_param_handle_msg" kTIMGroupHandlePendencyParamHandleMsg;
        /// Group_handle_pendency_param_pendency.
        pendency: GroupPendency = "group_handle_pendency_param_pendency" kTIMGroupHandlePendencyParamPendency;
    }
}

enums! {
    /// TIMGroupPendencyType.
    pub enum GroupPendencyType: TIMGroupPendencyType in "TIMGroupManager.h" {
        /// kTIMGroupPendency_GroupJoinNeedApprovedByAdmin.
        GroupJoinNeedApprovedByAdmin = 0, kTIMGroupPendency_GroupJoinNeedApprovedByAdmin | kTIMGroupPendency_RequestJoin;
        /// kTIMGroupPendency_GroupInviteNeedApprovedByInvitee.
        GroupInviteNeedApprovedByInvitee = 1, kTIMGroupPendency_GroupInviteNeedApprovedByInvitee | kTIMGroupPendency_InviteJoin;
        /// kTIMGroupPendency_GroupInviteNeedApprovedByAdmin.
        GroupInviteNeedApprovedByAdmin = 2, kTIMGroupPendency_GroupInviteNeedApprovedByAdmin | kTIMGroupPendency_ReqAndInvite;
    }

    /// TIMGroupPendencyHandle.
    pub enum GroupPendencyHandle: TIMGroupPendencyHandle in "TIMGroupManager.h" {
        /// kTIMGroupPendency_NotHandle.
        NotHandle = 0, kTIMGroupPendency_NotHandle;
        /// kTIMGroupPendency_OtherHandle.
        OtherHandle = 1, kTIMGroupPendency_OtherHandle;
        /// kTIMGroupPendency_OperatorHandle.
        OperatorHandle = 2, kTIMGroupPendency_OperatorHandle;
    }

    /// TIMGroupPendencyHandleResult.
    pub enum GroupPendencyHandleResult: TIMGroupPendencyHandleResult in "TIMGroupManager.h" {
        /// kTIMGroupPendency_Refuse.
        Refuse = 0, kTIMGroupPendency_Refuse;
        /// kTIMGroupPendency_Accept.
        Accept = 1, kTIMGroupPendency_Accept;
    }
}
