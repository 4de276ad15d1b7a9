//! Messages, and what calls about messages take and give.

use serde_json::Value;

use crate::enums::enums;
use crate::object::object;
use crate::{Elem, GroupMemberInfo, OfflinePushConfig, UserProfile};

object! {
    /// Message.
    pub struct Message in "TIMMessageManager.h" + extra {
        /// Elements discriminated by elem_type.
        elem_array: Vec<Elem> = "message_elem_array" kTIMMsgElemArray;
        /// Message_conv_id.
        conv_id: String = "message_conv_id" kTIMMsgConvId;
        /// Message_conv_type.
        conv_type: u32 = "message_conv_type" kTIMMsgConvType;
        /// Message_sender.
        sender: String = "message_sender" kTIMMsgSender;
        /// Message_priority.
        priority: u32 = "message_priority" kTIMMsgPriority, 1;
        /// Seconds since epoch.
        client_time: u64 = "message_client_time" kTIMMsgClientTime;
        /// Seconds since epoch.
        server_time: u64 = "message_server_time" kTIMMsgServerTime;
        /// Message_is_from_self.
        is_from_self: bool = "message_is_from_self" kTIMMsgIsFormSelf;
        /// Message_platform.
        platform: u32 = "message_platform" kTIMMsgPlatform;
        /// Message_is_read.
        is_read: bool = "message_is_read" kTIMMsgIsRead;
        /// Default false; true: not stored for offline.
        is_online_msg: bool = "message_is_online_msg" kTIMMsgIsOnlineMsg;
        /// Conversation level: time <= peer read time.
        is_peer_read: bool = "message_is_peer_read" kTIMMsgIsPeerRead;
        /// Message level: peer acknowledged this message.
        receipt_peer_read: bool = "message_receipt_peer_read" kTIMMsgReceiptPeerRead;
        /// Request a per-message receipt.
        need_read_receipt: bool = "message_need_read_receipt" kTIMMsgNeedReadReceipt;
        /// Message_support_message_extension.
        support_message_extension: bool = "message_support_message_extension" kTIMMsgSupportMessageExtension;
        /// AVChatRoom only.
        is_broadcast_message: bool = "message_is_broadcast_message" kTIMMsgIsBroadcastMessage;
        /// Groups only.
        has_sent_receipt: bool = "message_has_sent_receipt" kTIMMsgHasSentReceipt;
        /// Internal; use TIMMsgGetMessageReadReceipts.
        group_receipt_read_count: i32 = "message_group_receipt_read_count" kTIMMsgGroupReceiptReadCount
            | "message_receipt_read_count";
        /// Internal; use TIMMsgGetMessageReadReceipts.
        group_receipt_unread_count: i32 = "message_group_receipt_unread_count" kTIMMsgGroupReceiptUnreadCount
            | "message_receipt_unread_count";
        /// Internal modification counter.
        version: u64 = "message_version" kTIMMsgVersion;
        /// TIMMsgStatus starts at 1.
        status: u32 = "message_status" kTIMMsgStatus;
        /// Numeric id; message_msg_id preferred.
        unique_id: u64 = "message_unique_id" kTIMMsgUniqueId;
        /// String id; sample form tinyid-clienttime-rand.
        msg_id: String = "message_msg_id" kTIMMsgMsgId;
        /// Message_rand.
        rand: u64 = "message_rand" kTIMMsgRand;
        /// Message_seq.
        seq: u64 = "message_seq" kTIMMsgSeq;
        /// Local only, never sent.
        custom_int: u32 = "message_custom_int" kTIMMsgCustomInt;
        /// Local only, never sent.
        custom_str: String = "message_custom_str" kTIMMsgCustomStr;
        /// Sent to peer and kept in cloud.
        cloud_custom_str: String = "message_cloud_custom_str" kTIMMsgCloudCustomStr;
        /// Default false.
        is_excluded_from_unread_count: bool = "message_is_excluded_from_unread_count" kTIMMsgIsExcludedFromUnreadCount;
        /// User ids; kImSDK_MessageAtALL value means everyone.
        group_at_user_array: Vec<String> = "message_group_at_user_array" kTIMMsgGroupAtUserArray;
        /// Set true on a copy before resending.
        is_forward_message: bool = "message_is_forward_message" kTIMMsgIsForwardMessage;
        /// Message_sender_profile.
        sender_profile: Option<Box<UserProfile>> = "message_sender_profile" kTIMMsgSenderProfile;
        /// Only identifier and name card are filled.
        sender_group_member_info: Option<Box<GroupMemberInfo>> = "message_sender_group_member_info" kTIMMsgSenderGroupMemberInfo;
        /// True: never becomes conv_last_msg.
        excluded_from_last_message: bool = "message_excluded_from_last_message" kTIMMsgExcludedFromLastMessage;
        /// True: skip moderation.
        excluded_from_content_moderation: bool = "message_excluded_from_content_moderation" kTIMMsgExcludedFromContentModeration;
        /// Console moderation profile id.
        custom_moderation_configuration_id: String = "message_custom_moderation_configuration_id" kTIMMsgCustomModerationConfigurationID;
        /// Set asynchronously by cloud moderation.
        has_risk_content: bool = "message_has_risk_content" kTIMMsgHasRiskContent;
        /// Internal; type not declared.
        risk_type_identified: Option<Value> = "message_risk_type_identified" kTIMMsgRiskTypeIdentified;
        /// Directed group message; excluded from unread count.
        target_group_member_array: Vec<String> = "message_target_group_member_array" kTIMMsgTargetGroupMemberArray;
        /// Gens 4-6 use misspelt message_offlie_push_config.
        offline_push_config: Option<Box<OfflinePushConfig>> = "message_offline_push_config" kTIMMsgOfflinePushConfig
            | "message_offlie_push_config";
        /// Only on revoked messages.
        revoker_user_id: Option<String> = "message_revoker_user_id" kTIMMsgRevokerUserId;
        /// Only on revoked messages.
        revoker_nick_name: Option<String> = "message_revoker_nick_name" kTIMMsgRevokerNickName;
        /// Only on revoked messages.
        revoker_face_url: Option<String> = "message_revoker_face_url" kTIMMsgRevokerFaceUrl;
        /// Only on revoked messages.
        revoke_reason: Option<String> = "message_revoke_reason" kTIMMsgRevokeReason;
        /// Only in pinned-message lists.
        pinner_user_id: Option<String> = "message_pinner_user_id" kTIMMsgPinnerUserId;
        /// Only in pinned-message lists.
        pinner_nick_name: Option<String> = "message_pinner_nick_name" kTIMMsgPinnerNickName;
        /// Only in pinned-message lists.
        pinner_friend_remark: Option<String> = "message_pinner_friend_remark" kTIMMsgPinnerFriendRemark;
        /// Only in pinned-message lists.
        pinner_name_card: Option<String> = "message_pinner_name_card" kTIMMsgPinnerNameCard;
        /// Only in pinned-message lists.
        pinner_face_url: Option<String> = "message_pinner_face_url" kTIMMsgPinnerFaceURL;
    }
}

object! {
    /// MessageReceipt.
    pub struct MessageReceipt in "TIMMessageManager.h" {
        /// Msg_receipt_conv_id.
        conv_id: String = "msg_receipt_conv_id" kTIMMsgReceiptConvId;
        /// Msg_receipt_conv_type.
        conv_type: u32 = "msg_receipt_conv_type" kTIMMsgReceiptConvType;
        /// Msg_receipt_msg_id.
        msg_id: String = "msg_receipt_msg_id" kTIMMsgReceiptMsgId;
        /// Msg_receipt_time_stamp.
        time_stamp: u64 = "msg_receipt_time_stamp" kTIMMsgReceiptTimeStamp;
        /// One-to-one only.
        is_peer_read: bool = "msg_receipt_is_peer_read" kTIMMsgReceiptIsPeerRead;
        /// Groups only.
        read_count: u64 = "msg_receipt_read_count" kTIMMsgReceiptReadCount;
        /// Groups only.
        unread_count: u64 = "msg_receipt_unread_count" kTIMMsgReceiptUnreadCount;
    }
}

object! {
    /// MsgLocator.
    pub struct MsgLocator in "TIMMessageManager.h" {
        /// Declared bool in headers; samples read a string.
        conv_id: String = "message_locator_conv_id" kTIMMsgLocatorConvId;
        /// Declared bool in headers; samples read a uint.
        conv_type: u32 = "message_locator_conv_type" kTIMMsgLocatorConvType;
        /// Default false.
        is_revoked: bool = "message_locator_is_revoked" kTIMMsgLocatorIsRevoked;
        /// Message_locator_time.
        time: u64 = "message_locator_time" kTIMMsgLocatorTime;
        /// Message_locator_seq.
        seq: u64 = "message_locator_seq" kTIMMsgLocatorSeq;
        /// Default false.
        is_self: bool = "message_locator_is_self" kTIMMsgLocatorIsSelf;
        /// Message_locator_rand.
        rand: u64 = "message_locator_rand" kTIMMsgLocatorRand;
        /// Message_locator_unique_id.
        unique_id: u64 = "message_locator_unique_id" kTIMMsgLocatorUniqueId;
    }
}

object! {
    /// MsgGetMsgListParam.
    pub struct MsgGetMsgListParam in "TIMMessageManager.h" {
        /// Absent: start from newest; must not be JSON null.
        last_msg: Option<Box<Message>> = "msg_getmsglist_param_last_msg" kTIMMsgGetMsgListParamLastMsg;
        /// Msg_getmsglist_param_count.
        count: u32 = "msg_getmsglist_param_count" kTIMMsgGetMsgListParamCount, crate::limits::HISTORY_COUNT;
        /// True: include cloud (roaming) history.
        is_ramble: bool = "msg_getmsglist_param_is_ramble" kTIMMsgGetMsgListParamIsRamble
            | "msg_getmsglist_param_is_remble";
        /// TIMElemType values; only if is_ramble false; empty = all.
        message_type_array: Vec<u32> = "msg_getmsglist_param_message_type_array" kTIMMsgGetMsgListMessageTypeArray;
        /// Msg_getmsglist_param_is_forward.
        is_forward: bool = "msg_getmsglist_param_is_forward" kTIMMsgGetMsgListParamIsForward;
        /// Msg_getmsglist_param_last_msg_seq.
        last_msg_seq: u64 = "msg_getmsglist_param_last_msg_seq" kTIMMsgGetMsgListParamLastMsgSeq;
        /// UTC seconds.
        time_begin: u64 = "msg_getmsglist_param_time_begin" kTIMMsgGetMsgListParamTimeBegin;
        /// Seconds.
        time_period: u64 = "msg_getmsglist_param_time_period" kTIMMsgGetMsgListParamTimePeriod;
        /// Groups only.
        message_seq_array: Vec<u64> = "msg_getmsglist_param_message_seq_array" kTIMMsgGetMsgListParamMessageSeqArray;
    }
}

object! {
    /// MsgDeleteParam.
    pub struct MsgDeleteParam in "TIMMessageManager.h" {
        /// Msg_delete_param_msg.
        msg: Option<Box<Message>> = "msg_delete_param_msg" kTIMMsgDeleteParamMsg;
        /// Default false: local copy only.
        is_ramble: bool = "msg_delete_param_is_ramble" kTIMMsgDeleteParamIsRamble | "msg_delete_param_is_remble";
    }
}

object! {
    /// MsgBatchSendParam.
    pub struct MsgBatchSendParam in "TIMMessageManager.h" {
        /// Msg_batch_send_param_identifier_array.
        identifier_array: Vec<String> = "msg_batch_send_param_identifier_array" kTIMMsgBatchSendParamIdentifierArray;
        /// Msg_batch_send_param_msg.
        msg: Message = "msg_batch_send_param_msg" kTIMMsgBatchSendParamMsg;
    }
}

object! {
    /// MsgBatchSendResult.
    pub struct MsgBatchSendResult in "TIMMessageManager.h" {
        /// Msg_batch_send_result_identifier.
        identifier: String = "msg_batch_send_result_identifier" kTIMMsgBatchSendResultIdentifier;
        /// Msg_batch_send_result_code.
        code: i32 = "msg_batch_send_result_code" kTIMMsgBatchSendResultCode;
        /// Msg_batch_send_result_desc.
        desc: String = "msg_batch_send_result_desc" kTIMMsgBatchSendResultDesc;
        /// Msg_batch_send_result_msg.
        msg: Message = "msg_batch_send_result_msg" kTIMMsgBatchSendResultMsg;
    }
}

object! {
    /// DownloadElemParam.
    pub struct DownloadElemParam in "TIMMessageManager.h" {
        /// Msg_download_elem_param_type.
        kind: u32 = "msg_download_elem_param_type" kTIMMsgDownloadElemParamType;
        /// Msg_download_elem_param_id.
        id: String = "msg_download_elem_param_id" kTIMMsgDownloadElemParamId;
        /// Msg_download_elem_param_business_id.
        business_id: u32 = "msg_download_elem_param_business_id" kTIMMsgDownloadElemParamBusinessId;
        /// Msg_download_elem_param_url.
        url: String = "msg_download_elem_param_url" kTIMMsgDownloadElemParamUrl;
        /// Dropped in gen 8.
        flag: u32 = "msg_download_elem_param_flag" kTIMMsgDownloadElemParamFlag;
    }
}

object! {
    /// MsgDownloadElemResult.
    pub struct MsgDownloadElemResult in "TIMMessageManager.h" {
        /// Msg_download_elem_result_current_size.
        current_size: u32 = "msg_download_elem_result_current_size" kTIMMsgDownloadElemResultCurrentSize;
        /// Msg_download_elem_result_total_size.
        total_size: u32 = "msg_download_elem_result_total_size" kTIMMsgDownloadElemResultTotalSize;
    }
}

enums! {
    /// TIMMsgStatus.
    pub enum MsgStatus: TIMMsgStatus in "TIMMessageManager.h" {
        /// kTIMMsg_Sending.
        Sending = 1, kTIMMsg_Sending;
        /// kTIMMsg_SendSucc.
        SendSucc = 2, kTIMMsg_SendSucc;
        /// kTIMMsg_SendFail.
        SendFail = 3, kTIMMsg_SendFail;
        /// kTIMMsg_Deleted.
        Deleted = 4, kTIMMsg_Deleted;
        /// kTIMMsg_LocalImported.
        LocalImported = 5, kTIMMsg_LocalImported;
        /// kTIMMsg_Revoked.
        Revoked = 6, kTIMMsg_Revoked;
        /// kTIMMsg_Cancel.
        Cancel = 7, kTIMMsg_Cancel;
    }

    /// TIMMsgPriority.
    pub enum MsgPriority: TIMMsgPriority in "TIMMessageManager.h" {
        /// kTIMMsgPriority_High.
        High = 0, kTIMMsgPriority_High;
        /// kTIMMsgPriority_Normal.
        Normal = 1, kTIMMsgPriority_Normal;
        /// kTIMMsgPriority_Low.
        Low = 2, kTIMMsgPriority_Low;
        /// kTIMMsgPriority_Lowest.
        Lowest = 3, kTIMMsgPriority_Lowest;
    }

    /// TIMPlatform.
    pub enum Platform: TIMPlatform in "TIMMessageManager.h" {
        /// kTIMPlatform_Other.
        Other = 0, kTIMPlatform_Other;
        /// kTIMPlatform_Windows.
        Windows = 1, kTIMPlatform_Windows;
        /// kTIMPlatform_Android.
        Android = 2, kTIMPlatform_Android;
        /// kTIMPlatform_IOS.
        Ios = 3, kTIMPlatform_IOS;
        /// kTIMPlatform_Mac.
        Mac = 4, kTIMPlatform_Mac;
        /// kTIMPlatform_Simulator.
        Simulator = 5, kTIMPlatform_Simulator;
    }

    /// TIMReceiveMessageOpt.
    pub enum ReceiveMessageOpt: TIMReceiveMessageOpt in "TIMCloudDef.h" {
        /// kTIMRecvMsgOpt_Receive.
        Receive = 0, kTIMRecvMsgOpt_Receive;
        /// kTIMRecvMsgOpt_Not_Receive.
        NotReceive = 1, kTIMRecvMsgOpt_Not_Receive;
        /// kTIMRecvMsgOpt_Not_Notify.
        NotNotify = 2, kTIMRecvMsgOpt_Not_Notify;
        /// kTIMRecvMsgOpt_Not_Notify_Except_At.
        NotNotifyExceptAt = 3, kTIMRecvMsgOpt_Not_Notify_Except_At;
    }
}
