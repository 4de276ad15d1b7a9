//! Applications to and invitations into a group that wait for an answer.

use crate::enums::enums;
use crate::object::object;

object! {
    /// Which page of applications and invitations to return.
    pub struct GroupPendencyOption in "TIMGroupManager.h" {
        /// 0 for the first page, then what the page before said.
        start_time: u64 = "group_pendency_option_start_time" kTIMGroupPendencyOptionStartTime;
        /// How many are wanted; a page may hold more or fewer. 0 for the usual number.
        max_limited: u32 = "group_pendency_option_max_limited" kTIMGroupPendencyOptionMaxLimited;
    }
}

object! {
    /// An application to join a group, or an invitation into one.
    pub struct GroupPendency in "TIMGroupManager.h" {
        /// Group id.
        group_id: String = "group_pendency_group_id" kTIMGroupPendencyGroupId;
        /// User id of the applicant, or of the one who invites.
        from_identifier: String = "group_pendency_form_identifier" kTIMGroupPendencyFromIdentifier;
        /// Nick name to `from_identifier`.
        from_nick_name: String = "group_pendency_from_nick_name" kTIMGroupPendencyFromNickName;
        /// Picture to `from_identifier`.
        from_face_url: String = "group_pendency_from_face_url" kTIMGroupPendencyFromFaceUrl;
        /// User id of the invited one; for an application, of the one who handled it.
        to_identifier: String = "group_pendency_to_identifier" kTIMGroupPendencyToIdentifier;
        /// When it was made, in Unix milliseconds.
        add_time: u64 = "group_pendency_add_time" kTIMGroupPendencyAddTime;
        /// What it is, a `TIMGroupPendencyType`.
        pendency_type: u32 = "group_pendency_pendency_type" kTIMGroupPendencyPendencyType;
        /// Whether it is handled, a `TIMGroupPendencyHandle`.
        handled: u32 = "group_pendency_handled" kTIMGroupPendencyHandled;
        /// How it was handled, a `TIMGroupPendencyHandleResult`.
        handle_result: u32 = "group_pendency_handle_result" kTIMGroupPendencyHandleResult;
        /// Text of the application or invitation.
        apply_invite_msg: String = "group_pendency_apply_invite_msg" kTIMGroupPendencyApplyInviteMsg;
        /// Data of the application from `from_identifier`.
        from_user_defined_data: String = "group_pendency_form_user_defined_data" kTIMGroupPendencyFromUserDefinedData;
        /// Text of the one who handled it.
        approval_msg: String = "group_pendency_approval_msg" kTIMGroupPendencyApprovalMsg;
        /// Data of the application from the one who handled it.
        to_user_defined_data: String = "group_pendency_to_user_defined_data" kTIMGroupPendencyToUserDefinedData;
        /// Opaque; hand it back unchanged to handle this entry.
        key: String = "group_pendency_key" kTIMGroupPendencyKey;
        /// Opaque; hand it back unchanged to handle this entry.
        authentication: String = "group_pendency_authentication" kTIMGroupPendencyAuthentication;
        /// User id of the one who asked for the list.
        self_identifier: String = "group_pendency_self_identifier" kTIMGroupPendencySelfIdentifier;
    }
}

object! {
    /// A page of applications and invitations.
    pub struct GroupPendencyResult in "TIMGroupManager.h" {
        /// Ask with it for the next page; 0 after the last.
        next_start_time: u64 = "group_pendency_result_next_start_time" kTIMGroupPendencyResultNextStartTime;
        /// Entries up to this time are read.
        read_time_seq: u64 = "group_pendency_result_read_time_seq" kTIMGroupPendencyResultReadTimeSeq;
        /// Entries that are not read.
        unread_num: u32 = "group_pendency_result_unread_num" kTIMGroupPendencyResultUnReadNum;
        /// The entries.
        pendency_array: Vec<GroupPendency> = "group_pendency_result_pendency_array" kTIMGroupPendencyResultPendencyArray;
    }
}

object! {
    /// An answer to an application or invitation.
    pub struct GroupHandlePendencyParam in "TIMGroupManager.h" {
        /// Accept; else refuse.
        is_accept: bool = "group_handle_pendency_param_is_accept" kTIMGroupHandlePendencyParamIsAccept;
        /// Text to the one who asked.
        handle_msg: String = "group_handle_pendency_param_handle_msg" kTIMGroupHandlePendencyParamHandleMsg;
        /// The entry.
        pendency: GroupPendency = "group_handle_pendency_param_pendency" kTIMGroupHandlePendencyParamPendency;
    }
}

enums! {
    /// Who has to consent.
    pub enum GroupPendencyType: TIMGroupPendencyType in "TIMGroupManager.h" {
        /// An application: an administrator.
        GroupJoinNeedApprovedByAdmin = 0, kTIMGroupPendency_GroupJoinNeedApprovedByAdmin | kTIMGroupPendency_RequestJoin;
        /// An invitation: the invited one.
        GroupInviteNeedApprovedByInvitee = 1, kTIMGroupPendency_GroupInviteNeedApprovedByInvitee | kTIMGroupPendency_InviteJoin;
        /// An invitation: an administrator.
        GroupInviteNeedApprovedByAdmin = 2, kTIMGroupPendency_GroupInviteNeedApprovedByAdmin | kTIMGroupPendency_ReqAndInvite;
    }

    /// Whether an application or invitation is handled.
    pub enum GroupPendencyHandle: TIMGroupPendencyHandle in "TIMGroupManager.h" {
        /// Not yet.
        NotHandle = 0, kTIMGroupPendency_NotHandle;
        /// By somebody else.
        OtherHandle = 1, kTIMGroupPendency_OtherHandle;
        /// By the user.
        OperatorHandle = 2, kTIMGroupPendency_OperatorHandle;
    }

    /// How an application or invitation was handled.
    pub enum GroupPendencyHandleResult: TIMGroupPendencyHandleResult in "TIMGroupManager.h" {
        /// Refused, or not handled yet.
        Refuse = 0, kTIMGroupPendency_Refuse;
        /// Accepted.
        Accept = 1, kTIMGroupPendency_Accept;
    }
}
