//! Friend requests that wait for an answer.

use crate::enums::enums;
use crate::limits;
use crate::object::object;

object! {
    /// A friend request, as the event reports it.
    pub struct FriendAddPendency in "TIMFriendshipManager.h" {
        /// Received or sent, a `TIMFriendPendencyType`.
        kind: u32 = "friend_add_pendency_type" kTIMFriendAddPendencyType;
        /// User id.
        identifier: String = "friend_add_pendency_identifier" kTIMFriendAddPendencyIdentifier;
        /// Nick name, up to 500 bytes.
        nick_name: String = "friend_add_pendency_nick_name" kTIMFriendAddPendencyNickName;
        /// URL of the picture, up to 500 bytes.
        face_url: String = "friend_add_pendency_face_url" kTIMFriendAddPendencyFaceUrl;
        /// When it was made, in Unix seconds.
        add_time: u64 = "friend_add_pendency_add_time" kTIMFriendAddPendencyAddTime;
        /// Where the friend request came from, with `AddSource_Type_` in front.
        add_source: String = "friend_add_pendency_add_source" kTIMFriendAddPendencyAddSource;
        /// Text that came with the friend request, up to 120 bytes.
        add_wording: String = "friend_add_pendency_add_wording" kTIMFriendAddPendencyAddWording;
    }
}

object! {
    /// Which friend requests to return.
    pub struct FriendshipGetPendencyListParam in "TIMFriendshipManager.h" {
        /// Received, sent or both, a `TIMFriendPendencyType`.
        kind: u32 = "friendship_get_pendency_list_param_type" kTIMFriendshipGetPendencyListParamType;
        /// Only what is new since this number; 0 for all.
        start_seq: u64 = "friendship_get_pendency_list_param_start_seq" kTIMFriendshipGetPendencyListParamStartSeq;
        /// 0 for the first page, then what the page before said.
        start_time: u64 = "friendship_get_pendency_list_param_start_time" kTIMFriendshipGetPendencyListParamStartTime;
        /// How many at most; 0 for the usual number.
        limited_size: i32 = "friendship_get_pendency_list_param_limited_size" kTIMFriendshipGetPendencyListParamLimitedSize;
    }
}

impl FriendshipGetPendencyListParam {
    /// How many are on the page at most.
    pub fn page(&self) -> u32 {
        match u32::try_from(self.limited_size) {
            Ok(0) | Err(_) => limits::FRIEND_REQUEST_PAGE,
            Ok(count) => count.min(limits::FRIEND_REQUESTS as u32),
        }
    }
}

object! {
    /// A page of friend requests.
    pub struct PendencyPage in "TIMFriendshipManager.h" {
        /// Ask with it for the next page; 0 after the last.
        start_time: u64 = "pendency_page_start_time" kTIMPendencyPageStartTime;
        /// Requests that are not read.
        unread_num: u64 = "pendency_page_unread_num" kTIMPendencyPageUnReadNum;
        /// Number to ask with later for what is new.
        current_seq: u64 = "pendency_page_current_seq" kTIMPendencyPageCurrentSeq;
        /// The requests.
        pendency_info_array: Vec<FriendAddPendencyInfo> = "pendency_page_pendency_info_array" kTIMPendencyPagePendencyInfoArray;
    }
}

object! {
    /// A friend request in a list.
    pub struct FriendAddPendencyInfo in "TIMFriendshipManager.h" {
        /// Received or sent, a `TIMFriendPendencyType`.
        kind: u32 = "friend_add_pendency_info_type" kTIMFriendAddPendencyInfoType;
        /// User id.
        identifier: String = "friend_add_pendency_info_identifier" kTIMFriendAddPendencyInfoIdentifier
            | "friend_add_pendency_info_idenitifer";
        /// Nick name, up to 500 bytes.
        nick_name: String = "friend_add_pendency_info_nick_name" kTIMFriendAddPendencyInfoNickName;
        /// URL of the picture, up to 500 bytes.
        face_url: String = "friend_add_pendency_info_face_url" kTIMFriendAddPendencyInfoFaceUrl;
        /// When it was made, in Unix seconds.
        add_time: u64 = "friend_add_pendency_info_add_time" kTIMFriendAddPendencyInfoAddTime;
        /// Where the friend request came from, with `AddSource_Type_` in front.
        add_source: String = "friend_add_pendency_info_add_source" kTIMFriendAddPendencyInfoAddSource;
        /// Text that came with the friend request, up to 120 bytes.
        add_wording: String = "friend_add_pendency_info_add_wording" kTIMFriendAddPendencyInfoAddWording;
    }
}

object! {
    /// An answer to a friend request.
    pub struct FriendResponse in "TIMFriendshipManager.h" {
        /// User id of the one who asked.
        identifier: String = "friend_response_identifier" kTIMFriendResponseIdentifier
            | "friend_respone_identifier" kTIMFriendResponeIdentifier;
        /// The answer, a `TIMFriendResponseAction`; required.
        action: Option<u32> = "friend_response_action" kTIMFriendResponseAction
            | "friend_respone_action" kTIMFriendResponeAction;
        /// Remark of the user, up to 96 bytes.
        remark: String = "friend_response_remark" kTIMFriendResponseRemark
            | "friend_respone_remark" kTIMFriendResponeRemark;
        /// Friend group to put them into; empty for none.
        group_name: String = "friend_response_group_name" kTIMFriendResponseGroupName
            | "friend_respone_group_name" kTIMFriendResponeGroupName;
    }
}

object! {
    /// Which friend requests to delete.
    pub struct FriendshipDeletePendencyParam in "TIMFriendshipManager.h" {
        /// Received or sent, a `TIMFriendPendencyType`.
        kind: u32 = "friendship_delete_pendency_param_type" kTIMFriendshipDeletePendencyParamType;
        /// User ids.
        identifier_array: Vec<String> = "friendship_delete_pendency_param_identifier_array" kTIMFriendshipDeletePendencyParamIdentifierArray;
    }
}

enums! {
    /// Which friend requests are meant.
    pub enum FriendPendencyType: TIMFriendPendencyType in "TIMFriendshipManager.h" {
        /// Received.
        ComeIn = 0, FriendPendencyTypeComeIn;
        /// Sent.
        SendOut = 1, FriendPendencyTypeSendOut;
        /// Both; in queries only.
        Both = 2, FriendPendencyTypeBoth;
    }

    /// Answers to a friend request.
    pub enum FriendResponseAction: TIMFriendResponseAction in "TIMFriendshipManager.h" {
        /// Accept: the user comes into the other's list.
        Agree = 0, ResponseActionAgree;
        /// Accept and add: each comes into the other's list.
        AgreeAndAdd = 1, ResponseActionAgreeAndAdd;
        /// Refuse.
        Reject = 2, ResponseActionReject;
    }
}
