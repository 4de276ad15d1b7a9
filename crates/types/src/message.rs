//! Messages, and what calls about messages take and give.

use std::sync::Arc;

use serde_json::Value;

use crate::enums::enums;
use crate::object::object;
use crate::{Elem, GroupMemberInfo, OfflinePushConfig, UserProfile, Written};

object! {
    /// A message. The application fills in what it sends; the library and the service add the rest.
    pub struct Message in "TIMMessageManager.h" + extra {
        /// The elements, at least one.
        elem_array: Vec<Elem> = "message_elem_array" kTIMMsgElemArray;
        /// The conversation: user id of the peer, or group id; empty for system messages.
        conv_id: String = "message_conv_id" kTIMMsgConvId;
        /// Kind of the conversation, a `TIMConvType`.
        conv_type: u32 = "message_conv_type" kTIMMsgConvType;
        /// User id of the sender.
        sender: String = "message_sender" kTIMMsgSender;
        /// Priority in groups, a `TIMMsgPriority`: under load the lowest is dropped first.
        priority: u32 = "message_priority" kTIMMsgPriority, 1;
        /// When it was sent by the sender's clock, in Unix seconds.
        client_time: u64 = "message_client_time" kTIMMsgClientTime;
        /// When the service accepted it, in Unix seconds; the client's time before that.
        server_time: u64 = "message_server_time" kTIMMsgServerTime;
        /// The logged-in user sent it.
        is_from_self: bool = "message_is_from_self" kTIMMsgIsFormSelf;
        /// The sender's platform, a `TIMPlatform`.
        platform: u32 = "message_platform" kTIMMsgPlatform;
        /// The logged-in user has read it; always true for own messages.
        is_read: bool = "message_is_read" kTIMMsgIsRead;
        /// Only for those who are online now: stored nowhere, counted nowhere.
        is_online_msg: bool = "message_is_online_msg" kTIMMsgIsOnlineMsg;
        /// The peer has read the conversation up to it; one to one only.
        is_peer_read: bool = "message_is_peer_read" kTIMMsgIsPeerRead;
        /// The peer sent a receipt for this very message; one to one only.
        receipt_peer_read: bool = "message_receipt_peer_read" kTIMMsgReceiptPeerRead;
        /// The sender asks for a receipt of this very message. Not carried out yet: it reaches the receivers, who have no
        /// function to answer it.
        need_read_receipt: bool = "message_need_read_receipt" kTIMMsgNeedReadReceipt;
        /// Key and value pairs may be attached to it. Not carried out yet: it has no effect.
        support_message_extension: bool = "message_support_message_extension" kTIMMsgSupportMessageExtension;
        /// It went to all live groups of the application.
        is_broadcast_message: bool = "message_is_broadcast_message" kTIMMsgIsBroadcastMessage;
        /// The logged-in user has sent the receipt that it asks for; groups only.
        has_sent_receipt: bool = "message_has_sent_receipt" kTIMMsgHasSentReceipt;
        /// Members who have read it; internal.
        group_receipt_read_count: i32 = "message_group_receipt_read_count" kTIMMsgGroupReceiptReadCount
            | "message_receipt_read_count";
        /// Members who have not read it; internal.
        group_receipt_unread_count: i32 = "message_group_receipt_unread_count" kTIMMsgGroupReceiptUnreadCount
            | "message_receipt_unread_count";
        /// Grows with every modification; internal.
        version: u64 = "message_version" kTIMMsgVersion;
        /// Where it stands, a `TIMMsgStatus`.
        status: u32 = "message_status" kTIMMsgStatus;
        /// Server time in the upper and `rand` in the lower 32 bits; unique within a conversation once it is sent.
        unique_id: u64 = "message_unique_id" kTIMMsgUniqueId;
        /// The id that it has from the moment of sending: account number, client time and `rand` joined by `-`.
        msg_id: String = "message_msg_id" kTIMMsgMsgId;
        /// Random 32-bit number of the sender.
        rand: u64 = "message_rand" kTIMMsgRand;
        /// Sequence number. In groups the service counts 1, 2, 3, …; one to one the sender chooses, and it may
        /// repeat.
        seq: u64 = "message_seq" kTIMMsgSeq;
        /// Number of the application that stays on this device.
        custom_int: u32 = "message_custom_int" kTIMMsgCustomInt;
        /// Text of the application that stays on this device.
        custom_str: String = "message_custom_str" kTIMMsgCustomStr;
        /// Text of the application that travels with the message and belongs to no element.
        cloud_custom_str: String = "message_cloud_custom_str" kTIMMsgCloudCustomStr;
        /// It does not raise the unread number.
        is_excluded_from_unread_count: bool = "message_is_excluded_from_unread_count" kTIMMsgIsExcludedFromUnreadCount;
        /// Mentioned user ids, and `kImSDK_MessageAtALL` for everybody; up to 30.
        group_at_user_array: Vec<String> = "message_group_at_user_array" kTIMMsgGroupAtUserArray;
        /// Needed to send a received message on: it becomes a new one.
        is_forward_message: bool = "message_is_forward_message" kTIMMsgIsForwardMessage;
        /// The sender's profile as it is known now, not as of the sending.
        sender_profile: Option<Arc<Written<UserProfile>>> = "message_sender_profile" kTIMMsgSenderProfile;
        /// The sender's member data, user id and name card only; groups only.
        sender_group_member_info: Option<Box<GroupMemberInfo>> = "message_sender_group_member_info" kTIMMsgSenderGroupMemberInfo;
        /// It does not become the last message of its conversation.
        excluded_from_last_message: bool = "message_excluded_from_last_message" kTIMMsgExcludedFromLastMessage;
        /// Moderation leaves it alone. Not carried out yet: nothing is moderated.
        excluded_from_content_moderation: bool = "message_excluded_from_content_moderation" kTIMMsgExcludedFromContentModeration;
        /// Which moderation rules apply; empty for the usual ones. Not carried out yet: nothing is moderated.
        custom_moderation_configuration_id: String = "message_custom_moderation_configuration_id" kTIMMsgCustomModerationConfigurationID;
        /// Moderation objects to it.
        has_risk_content: bool = "message_has_risk_content" kTIMMsgHasRiskContent;
        /// What moderation found; internal.
        risk_type_identified: Option<Value> = "message_risk_type_identified" kTIMMsgRiskTypeIdentified;
        /// Only these members of the group get it, up to 50; nobody's unread number rises. Not carried out yet: a message that
        /// names any is refused (6017), so it never reaches others.
        target_group_member_array: Vec<String> = "message_target_group_member_array" kTIMMsgTargetGroupMemberArray;
        /// What receivers see who are offline. It reaches the receivers; the service itself sends nothing to phones.
        offline_push_config: Option<Box<OfflinePushConfig>> = "message_offline_push_config" kTIMMsgOfflinePushConfig
            | "message_offlie_push_config";
        /// User id of the one who withdrew it.
        revoker_user_id: Option<String> = "message_revoker_user_id" kTIMMsgRevokerUserId;
        /// Nick name of the one who withdrew it.
        revoker_nick_name: Option<String> = "message_revoker_nick_name" kTIMMsgRevokerNickName;
        /// Picture of the one who withdrew it.
        revoker_face_url: Option<String> = "message_revoker_face_url" kTIMMsgRevokerFaceUrl;
        /// Why it was withdrawn.
        revoke_reason: Option<String> = "message_revoke_reason" kTIMMsgRevokeReason;
        /// User id of the one who pinned it; in lists of pinned messages.
        pinner_user_id: Option<String> = "message_pinner_user_id" kTIMMsgPinnerUserId;
        /// Nick name of the one who pinned it.
        pinner_nick_name: Option<String> = "message_pinner_nick_name" kTIMMsgPinnerNickName;
        /// The reader's remark on the one who pinned it.
        pinner_friend_remark: Option<String> = "message_pinner_friend_remark" kTIMMsgPinnerFriendRemark;
        /// Name card of the one who pinned it.
        pinner_name_card: Option<String> = "message_pinner_name_card" kTIMMsgPinnerNameCard;
        /// Picture of the one who pinned it.
        pinner_face_url: Option<String> = "message_pinner_face_url" kTIMMsgPinnerFaceURL;
    }
}

object! {
    /// What is known about who has read.
    pub struct MessageReceipt in "TIMMessageManager.h" {
        /// The conversation: user id of the peer, or group id.
        conv_id: String = "msg_receipt_conv_id" kTIMMsgReceiptConvId;
        /// Kind of the conversation, a `TIMConvType`.
        conv_type: u32 = "msg_receipt_conv_type" kTIMMsgReceiptConvType;
        /// The message, in receipts for a single one; else empty.
        msg_id: String = "msg_receipt_msg_id" kTIMMsgReceiptMsgId;
        /// Messages up to this Unix second are read; of that second perhaps not all, see `message_is_peer_read`.
        time_stamp: u64 = "msg_receipt_time_stamp" kTIMMsgReceiptTimeStamp;
        /// The peer has read the message that the receipt is for; false where it is for all up to a time.
        is_peer_read: bool = "msg_receipt_is_peer_read" kTIMMsgReceiptIsPeerRead;
        /// Members who have read it; groups only.
        read_count: u64 = "msg_receipt_read_count" kTIMMsgReceiptReadCount;
        /// Members who have not read it; groups only.
        unread_count: u64 = "msg_receipt_unread_count" kTIMMsgReceiptUnreadCount;
    }
}

object! {
    /// What it takes to find a message.
    pub struct MsgLocator in "TIMMessageManager.h" {
        /// The conversation: user id of the peer, or group id.
        conv_id: String = "message_locator_conv_id" kTIMMsgLocatorConvId;
        /// Kind of the conversation, a `TIMConvType`.
        conv_type: u32 = "message_locator_conv_type" kTIMMsgLocatorConvType;
        /// The message was withdrawn.
        is_revoked: bool = "message_locator_is_revoked" kTIMMsgLocatorIsRevoked;
        /// Its server time, in Unix seconds.
        time: u64 = "message_locator_time" kTIMMsgLocatorTime;
        /// Its sequence number.
        seq: u64 = "message_locator_seq" kTIMMsgLocatorSeq;
        /// The logged-in user sent it.
        is_self: bool = "message_locator_is_self" kTIMMsgLocatorIsSelf;
        /// Its random number.
        rand: u64 = "message_locator_rand" kTIMMsgLocatorRand;
        /// Its unique id.
        unique_id: u64 = "message_locator_unique_id" kTIMMsgLocatorUniqueId;
    }
}

object! {
    /// Which part of a conversation's history to return.
    pub struct MsgGetMsgListParam in "TIMMessageManager.h" {
        /// Where to start; this message itself is left out. Without it, at the newest.
        last_msg: Option<Box<Message>> = "msg_getmsglist_param_last_msg" kTIMMsgGetMsgListParamLastMsg;
        /// How many messages at most: 1 to 1000, 20 if missing.
        count: u32 = "msg_getmsglist_param_count" kTIMMsgGetMsgListParamCount, crate::limits::HISTORY_COUNT;
        /// Ask the service as well, not only the local store. Not if missing.
        is_ramble: bool = "msg_getmsglist_param_is_ramble" kTIMMsgGetMsgListParamIsRamble
            | "msg_getmsglist_param_is_remble";
        /// Only messages with elements of these `TIMElemType`; empty for all. Local store only. Not carried out yet: it has no
        /// effect.
        message_type_array: Vec<u32> = "msg_getmsglist_param_message_type_array" kTIMMsgGetMsgListMessageTypeArray;
        /// Towards newer messages, oldest first. Else towards older ones, newest first; so also without `last_msg` and `time_begin`,
        /// where there are no newer ones.
        is_forward: bool = "msg_getmsglist_param_is_forward" kTIMMsgGetMsgListParamIsForward;
        /// Where to start by sequence number, this message included; groups only, and `last_msg` wins. Not carried out yet: it
        /// has no effect.
        last_msg_seq: u64 = "msg_getmsglist_param_last_msg_seq" kTIMMsgGetMsgListParamLastMsgSeq;
        /// Where a range of time starts, in Unix seconds; 0 for now.
        time_begin: u64 = "msg_getmsglist_param_time_begin" kTIMMsgGetMsgListParamTimeBegin;
        /// Length of that range in seconds, in the direction of the query; 0 for no end.
        time_period: u64 = "msg_getmsglist_param_time_period" kTIMMsgGetMsgListParamTimePeriod;
        /// Just these sequence numbers; groups only, and it wins over all other keys. Not carried out yet: it has no effect.
        message_seq_array: Vec<u64> = "msg_getmsglist_param_message_seq_array" kTIMMsgGetMsgListParamMessageSeqArray;
    }
}

object! {
    /// Which message to delete.
    pub struct MsgDeleteParam in "TIMMessageManager.h" {
        /// The message. Without it, all messages of the conversation.
        msg: Option<Box<Message>> = "msg_delete_param_msg" kTIMMsgDeleteParamMsg;
        /// At the service as well, not only in the local store.
        is_ramble: bool = "msg_delete_param_is_ramble" kTIMMsgDeleteParamIsRamble | "msg_delete_param_is_remble";
    }
}

object! {
    /// One message to many users.
    pub struct MsgBatchSendParam in "TIMMessageManager.h" {
        /// User ids of the receivers.
        identifier_array: Vec<String> = "msg_batch_send_param_identifier_array" kTIMMsgBatchSendParamIdentifierArray;
        /// The message.
        msg: Message = "msg_batch_send_param_msg" kTIMMsgBatchSendParamMsg;
    }
}

object! {
    /// How sending to one of many users went.
    pub struct MsgBatchSendResult in "TIMMessageManager.h" {
        /// User id of the receiver.
        identifier: String = "msg_batch_send_result_identifier" kTIMMsgBatchSendResultIdentifier;
        /// 0, or the `TIMErrCode` of this entry.
        code: i32 = "msg_batch_send_result_code" kTIMMsgBatchSendResultCode;
        /// English text to `code`.
        desc: String = "msg_batch_send_result_desc" kTIMMsgBatchSendResultDesc;
        /// The message as this receiver has it.
        msg: Message = "msg_batch_send_result_msg" kTIMMsgBatchSendResultMsg;
    }
}

object! {
    /// What to download: the keys of an element.
    pub struct DownloadElemParam in "TIMMessageManager.h" {
        /// Which file of the element, a `TIMDownloadType`.
        kind: u32 = "msg_download_elem_param_type" kTIMMsgDownloadElemParamType;
        /// Id of the stored file.
        id: String = "msg_download_elem_param_id" kTIMMsgDownloadElemParamId;
        /// Where the file service keeps it; internal.
        business_id: u32 = "msg_download_elem_param_business_id" kTIMMsgDownloadElemParamBusinessId;
        /// Address of the file.
        url: String = "msg_download_elem_param_url" kTIMMsgDownloadElemParamUrl;
        /// The element's download flag.
        flag: u32 = "msg_download_elem_param_flag" kTIMMsgDownloadElemParamFlag;
    }
}

object! {
    /// Progress of a download.
    pub struct MsgDownloadElemResult in "TIMMessageManager.h" {
        /// Bytes received.
        current_size: u32 = "msg_download_elem_result_current_size" kTIMMsgDownloadElemResultCurrentSize;
        /// Bytes in all.
        total_size: u32 = "msg_download_elem_result_total_size" kTIMMsgDownloadElemResultTotalSize;
    }
}

enums! {
    /// Where a message stands.
    pub enum MsgStatus: TIMMsgStatus in "TIMMessageManager.h" {
        /// Being sent.
        Sending = 1, kTIMMsg_Sending;
        /// Sent, or received.
        SendSucc = 2, kTIMMsg_SendSucc;
        /// Sending failed.
        SendFail = 3, kTIMMsg_SendFail;
        /// Deleted.
        Deleted = 4, kTIMMsg_Deleted;
        /// Imported into the local store.
        LocalImported = 5, kTIMMsg_LocalImported;
        /// Withdrawn.
        Revoked = 6, kTIMMsg_Revoked;
        /// Sending was cancelled.
        Cancel = 7, kTIMMsg_Cancel;
    }

    /// Which messages of a group go first under load.
    pub enum MsgPriority: TIMMsgPriority in "TIMMessageManager.h" {
        /// First.
        High = 0, kTIMMsgPriority_High;
        /// The usual.
        Normal = 1, kTIMMsgPriority_Normal;
        /// After the usual.
        Low = 2, kTIMMsgPriority_Low;
        /// Last.
        Lowest = 3, kTIMMsgPriority_Lowest;
    }

    /// What a message was sent from.
    pub enum Platform: TIMPlatform in "TIMMessageManager.h" {
        /// Anything else.
        Other = 0, kTIMPlatform_Other;
        /// Windows.
        Windows = 1, kTIMPlatform_Windows;
        /// Android.
        Android = 2, kTIMPlatform_Android;
        /// iOS.
        Ios = 3, kTIMPlatform_IOS;
        /// macOS.
        Mac = 4, kTIMPlatform_Mac;
        /// A simulator of iOS.
        Simulator = 5, kTIMPlatform_Simulator;
    }

    /// Whether the messages of a conversation come in and ring.
    pub enum ReceiveMessageOpt: TIMReceiveMessageOpt in "TIMCloudDef.h" {
        /// They come in and ring.
        Receive = 0, kTIMRecvMsgOpt_Receive;
        /// They do not come in.
        NotReceive = 1, kTIMRecvMsgOpt_Not_Receive;
        /// They come in, and ring only while the program runs.
        NotNotify = 2, kTIMRecvMsgOpt_Not_Notify;
        /// They come in, and ring only for mentions.
        NotNotifyExceptAt = 3, kTIMRecvMsgOpt_Not_Notify_Except_At;
    }
}
