//! Friend requests that wait for an answer.

use crate::enums::enums;
use crate::object::object;

object! {
    /// FriendAddPendency.
    pub struct FriendAddPendency in "TIMFriendshipManager.h" {
        /// Friend_add_pendency_type.
        kind: u32 = "friend_add_pendency_type" kTIMFriendAddPendencyType;
        /// Friend_add_pendency_identifier.
        identifier: String = "friend_add_pendency_identifier" kTIMFriendAddPendencyIdentifier;
        /// Friend_add_pendency_nick_name.
        nick_name: String = "friend_add_pendency_nick_name" kTIMFriendAddPendencyNickName;
        /// Friend_add_pendency_face_url.
        face_url: String = "friend_add_pendency_face_url" kTIMFriendAddPendencyFaceUrl;
        /// Friend_add_pendency_add_time.
        add_time: u64 = "friend_add_pendency_add_time" kTIMFriendAddPendencyAddTime;
        /// Prefix AddSource_Type_.
        add_source: String = "friend_add_pendency_add_source" kTIMFriendAddPendencyAddSource;
        /// Friend_add_pendency_add_wording.
        add_wording: String = "friend_add_pendency_add_wording" kTIMFriendAddPendencyAddWording;
    }
}

object! {
    /// FriendshipGetPendencyListParam.
    pub struct FriendshipGetPendencyListParam in "TIMFriendshipManager.h" {
        /// Friendship_get_pendency_list_param_type.
        kind: u32 = "friendship_get_pendency_list_param_type" kTIMFriendshipGetPendencyListParamType;
        /// Next page: largest seq of previous result.
        start_seq: u64 = "friendship_get_pendency_list_param_start_seq" kTIMFriendshipGetPendencyListParamStartSeq;
        /// Friendship_get_pendency_list_param_start_time.
        start_time: u64 = "friendship_get_pendency_list_param_start_time" kTIMFriendshipGetPendencyListParamStartTime;
        /// Friendship_get_pendency_list_param_limited_size.
        limited_size: i32 = "friendship_get_pendency_list_param_limited_size" kTIMFriendshipGetPendencyListParamLimitedSize;
    }
}

object! {
    /// PendencyPage.
    pub struct PendencyPage in "TIMFriendshipManager.h" {
        /// Pendency_page_start_time.
        start_time: u64 = "pendency_page_start_time" kTIMPendencyPageStartTime;
        /// Pendency_page_unread_num.
        unread_num: u64 = "pendency_page_unread_num" kTIMPendencyPageUnReadNum;
        /// Pendency_page_current_seq.
        current_seq: u64 = "pendency_page_current_seq" kTIMPendencyPageCurrentSeq;
        /// Pendency_page_pendency_info_array.
        pendency_info_array: Vec<FriendAddPendencyInfo> = "pendency_page_pendency_info_array" kTIMPendencyPagePendencyInfoArray;
    }
}

object! {
    /// FriendAddPendencyInfo.
    pub struct FriendAddPendencyInfo in "TIMFriendshipManager.h" {
        /// Friend_add_pendency_info_type.
        kind: u32 = "friend_add_pendency_info_type" kTIMFriendAddPendencyInfoType;
        /// Friend_add_pendency_info_identifier.
        identifier: String = "friend_add_pendency_info_identifier" kTIMFriendAddPendencyInfoIdentifier
            | "friend_add_pendency_info_idenitifer";
        /// Friend_add_pendency_info_nick_name.
        nick_name: String = "friend_add_pendency_info_nick_name" kTIMFriendAddPendencyInfoNickName;
        /// Friend_add_pendency_info_face_url.
        face_url: String = "friend_add_pendency_info_face_url" kTIMFriendAddPendencyInfoFaceUrl;
        /// Friend_add_pendency_info_add_time.
        add_time: u64 = "friend_add_pendency_info_add_time" kTIMFriendAddPendencyInfoAddTime;
        /// Prefix AddSource_Type_.
        add_source: String = "friend_add_pendency_info_add_source" kTIMFriendAddPendencyInfoAddSource;
        /// Friend_add_pendency_info_add_wording.
        add_wording: String = "friend_add_pendency_info_add_wording" kTIMFriendAddPendencyInfoAddWording;
    }
}

object! {
    /// FriendResponse.
    pub struct FriendResponse in "TIMFriendshipManager.h" {
        /// Friend_response_identifier.
        identifier: String = "friend_response_identifier" kTIMFriendResponseIdentifier
            | "friend_respone_identifier" kTIMFriendResponeIdentifier;
        /// Friend_response_action.
        action: u32 = "friend_response_action" kTIMFriendResponseAction
            | "friend_respone_action" kTIMFriendResponeAction;
        /// Friend_response_remark.
        remark: String = "friend_response_remark" kTIMFriendResponseRemark
            | "friend_respone_remark" kTIMFriendResponeRemark;
        /// Friend_response_group_name.
        group_name: String = "friend_response_group_name" kTIMFriendResponseGroupName
            | "friend_respone_group_name" kTIMFriendResponeGroupName;
    }
}

object! {
    /// FriendshipDeletePendencyParam.
    pub struct FriendshipDeletePendencyParam in "TIMFriendshipManager.h" {
        /// Friendship_delete_pendency_param_type.
        kind: u32 = "friendship_delete_pendency_param_type" kTIMFriendshipDeletePendencyParamType;
        /// Friendship_delete_pendency_param_identifier_array.
        identifier_array: Vec<String> = "friendship_delete_pendency_param_identifier_array" kTIMFriendshipDeletePendencyParamIdentifierArray;
    }
}

enums! {
    /// TIMFriendPendencyType.
    pub enum FriendPendencyType: TIMFriendPendencyType in "TIMFriendshipManager.h" {
        /// FriendPendencyTypeComeIn.
        ComeIn = 0, FriendPendencyTypeComeIn;
        /// FriendPendencyTypeSendOut.
        SendOut = 1, FriendPendencyTypeSendOut;
        /// FriendPendencyTypeBoth.
        Both = 2, FriendPendencyTypeBoth;
    }

    /// TIMFriendResponseAction.
    pub enum FriendResponseAction: TIMFriendResponseAction in "TIMFriendshipManager.h" {
        /// ResponseActionAgree.
        Agree = 0, ResponseActionAgree;
        /// ResponseActionAgreeAndAdd.
        AgreeAndAdd = 1, ResponseActionAgreeAndAdd;
        /// ResponseActionReject.
        Reject = 2, ResponseActionReject;
    }
}
