//! Conversations and drafts.

use crate::Message;
use crate::constant::{AT_ALL, AT_ALL_OLD};
use crate::enums::enums;
use crate::object::object;

object! {
    /// A conversation.
    pub struct ConvInfo in "TIMConversationManager.h" {
        /// User id of the peer, or group id.
        id: String = "conv_id" kTIMConvId;
        /// Kind of the conversation, a `TIMConvType`.
        kind: u32 = "conv_type" kTIMConvType;
        /// Picture of the peer or the group.
        face_url: String = "conv_face_url" kTIMConvFaceUrl;
        /// Messages of others that are not read.
        unread_num: u64 = "conv_unread_num" kTIMConvUnReadNum;
        /// Orders conversations: the larger, the more recent. Not always a time.
        active_time: u64 = "conv_active_time" kTIMConvActiveTime;
        /// There is a `last_msg`.
        is_has_lastmsg: bool = "conv_is_has_lastmsg" kTIMConvIsHasLastMsg;
        /// The newest message.
        last_msg: Option<Box<Message>> = "conv_last_msg" kTIMConvLastMsg;
        /// There is a `draft`.
        is_has_draft: bool = "conv_is_has_draft" kTIMConvIsHasDraft;
        /// What the user began to write.
        draft: Option<Box<Draft>> = "conv_draft" kTIMConvDraft;
        /// Whether messages come in and ring, a `TIMReceiveMessageOpt`.
        recv_opt: u32 = "conv_recv_opt" kTIMConvRecvOpt;
        /// Kind of the group, a `TIMGroupType`; groups only.
        group_type: u32 = "conv_group_type" kTIMConvGroupType;
        /// Unread mentions of the user; groups only.
        group_at_info_array: Vec<GroupAtInfo> = "conv_group_at_info_array" kTIMConvGroupAtInfoArray;
        /// It stays on top of the list. Not carried out yet: always false.
        is_pinned: bool = "conv_is_pinned" kTIMConvIsPinned;
        /// Name to show. Group: its name, or its id. One to one: the remark, or the nick name, or the user id.
        show_name: String = "conv_show_name" kTIMConvShowName;
        /// Marks, one bit each. Not carried out yet: always empty.
        mark_array: Vec<u64> = "conv_mark_array" kTIMConvMarkArray;
        /// Text of the application, up to 256 bytes. Not carried out yet: always empty.
        custom_data: String = "conv_custom_data" kTIMConvCustomData;
        /// Conversation groups it is in. Not carried out yet: always empty.
        conversation_group_array: Vec<String> = "conv_conversation_group_array" kTIMConvConversationGroupArray;
        /// Up to when one-to-one messages are read. Not carried out yet: always 0.
        c2c_read_timestamp: u64 = "conv_c2c_read_timestamp" kTIMConvC2CReadTimestamp;
        /// Up to where a group's messages are read. Not carried out yet: always 0.
        group_read_sequence: u64 = "conv_group_read_sequence" kTIMConvGroupReadSequence;
        /// No longer used.
        owner: String = "conv_owner" kTIMConvOwner;
    }
}

object! {
    /// A message that the user has begun to write. It stays on the device.
    pub struct Draft in "TIMConversationManager.h" {
        /// What is written so far.
        msg: Option<Box<Message>> = "draft_msg" kTIMDraftMsg;
        /// Data of the application.
        user_define: String = "draft_user_define" kTIMDraftUserDefine;
        /// When it was edited, in Unix seconds.
        edit_time: u32 = "draft_edit_time" kTIMDraftEditTime;
    }
}

object! {
    /// An unread mention.
    pub struct GroupAtInfo in "TIMConversationManager.h" {
        /// Sequence number of the message.
        seq: u64 = "conv_group_at_info_seq" kTIMGroupAtInfoSeq;
        /// Who is mentioned, a `TIMGroupAtType`.
        at_type: u32 = "conv_group_at_info_at_type" kTIMGroupAtInfoAtType;
    }
}

enums! {
    /// Kinds of conversations.
    pub enum ConvType: TIMConvType in "TIMCloudDef.h" {
        /// None.
        Invalid = 0, kTIMConv_Invalid;
        /// One to one; the id is the peer's user id.
        C2c = 1, kTIMConv_C2C;
        /// A group; the id is the group id.
        Group = 2, kTIMConv_Group;
        /// System messages; in messages only.
        System = 3, kTIMConv_System;
    }

    /// What happened to conversations.
    pub enum ConvEvent: TIMConvEvent in "TIMConversationManager.h" {
        /// They are new.
        Add = 0, kTIMConvEvent_Add;
        /// They were deleted.
        Del = 1, kTIMConvEvent_Del;
        /// They changed.
        Update = 2, kTIMConvEvent_Update;
        /// Synchronisation begins.
        Start = 3, kTIMConvEvent_Start;
        /// Synchronisation ended.
        Finish = 4, kTIMConvEvent_Finish;
    }

    /// Who is mentioned.
    pub enum GroupAtType: TIMGroupAtType in "TIMConversationManager.h" {
        /// The user.
        Me = 1, kTIMGroup_At_Me;
        /// Everybody.
        All = 2, kTIMGroup_At_All;
        /// Everybody, and the user by name.
        AllAndMe = 3, kTIMGroup_At_All_At_ME;
    }
}

impl GroupAtType {
    /// How a message that mentions `names` mentions a user.
    pub fn of(names: &[String], user: &str) -> Option<Self> {
        let all = names.iter().any(|name| name == AT_ALL || name == AT_ALL_OLD);
        match (names.iter().any(|name| name == user), all) {
            (true, true) => Some(Self::AllAndMe),
            (true, false) => Some(Self::Me),
            (false, true) => Some(Self::All),
            (false, false) => None,
        }
    }
}
