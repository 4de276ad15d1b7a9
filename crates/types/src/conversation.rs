//! Conversations and drafts.

use crate::enums::enums;
use crate::object::object;
use crate::Message;

object! {
    /// ConvInfo.
    pub struct ConvInfo in "TIMConversationManager.h" {
        /// Conv_id.
        id: String = "conv_id" kTIMConvId;
        /// Conv_type.
        kind: u32 = "conv_type" kTIMConvType;
        /// Conv_face_url.
        face_url: String = "conv_face_url" kTIMConvFaceUrl;
        /// Conv_unread_num.
        unread_num: u64 = "conv_unread_num" kTIMConvUnReadNum;
        /// Ordering value; may exceed a wall-clock timestamp.
        active_time: u64 = "conv_active_time" kTIMConvActiveTime;
        /// Conv_is_has_lastmsg.
        is_has_lastmsg: bool = "conv_is_has_lastmsg" kTIMConvIsHasLastMsg;
        /// Present when conv_is_has_lastmsg.
        last_msg: Option<Box<Message>> = "conv_last_msg" kTIMConvLastMsg;
        /// Conv_is_has_draft.
        is_has_draft: bool = "conv_is_has_draft" kTIMConvIsHasDraft;
        /// Present when conv_is_has_draft.
        draft: Option<Box<Draft>> = "conv_draft" kTIMConvDraft;
        /// Conv_recv_opt.
        recv_opt: u32 = "conv_recv_opt" kTIMConvRecvOpt;
        /// Group conversations only.
        group_type: u32 = "conv_group_type" kTIMConvGroupType;
        /// Conv_group_at_info_array.
        group_at_info_array: Vec<GroupAtInfo> = "conv_group_at_info_array" kTIMConvGroupAtInfoArray;
        /// Conv_is_pinned.
        is_pinned: bool = "conv_is_pinned" kTIMConvIsPinned;
        /// Group: name then id; C2C: remark, nick, id.
        show_name: String = "conv_show_name" kTIMConvShowName;
        /// TIMConversationMarkType bits.
        mark_array: Vec<u64> = "conv_mark_array" kTIMConvMarkArray;
        /// Conv_custom_data.
        custom_data: String = "conv_custom_data" kTIMConvCustomData;
        /// Conv_conversation_group_array.
        conversation_group_array: Vec<String> = "conv_conversation_group_array" kTIMConvConversationGroupArray;
        /// UTC seconds; one-to-one only.
        c2c_read_timestamp: u64 = "conv_c2c_read_timestamp" kTIMConvC2CReadTimestamp;
        /// Conv_group_read_sequence.
        group_read_sequence: u64 = "conv_group_read_sequence" kTIMConvGroupReadSequence;
        /// Conv_owner.
        owner: String = "conv_owner" kTIMConvOwner;
    }
}

object! {
    /// Draft.
    pub struct Draft in "TIMConversationManager.h" {
        /// Draft_msg.
        msg: Option<Box<Message>> = "draft_msg" kTIMDraftMsg;
        /// Draft_user_define.
        user_define: String = "draft_user_define" kTIMDraftUserDefine;
        /// UTC seconds.
        edit_time: u32 = "draft_edit_time" kTIMDraftEditTime;
    }
}

object! {
    /// GroupAtInfo.
    pub struct GroupAtInfo in "TIMConversationManager.h" {
        /// Conv_group_at_info_seq.
        seq: u64 = "conv_group_at_info_seq" kTIMGroupAtInfoSeq;
        /// Conv_group_at_info_at_type.
        at_type: u32 = "conv_group_at_info_at_type" kTIMGroupAtInfoAtType;
    }
}

enums! {
    /// TIMConvType.
    pub enum ConvType: TIMConvType in "TIMCloudDef.h" {
        /// kTIMConv_Invalid.
        Invalid = 0, kTIMConv_Invalid;
        /// kTIMConv_C2C.
        C2c = 1, kTIMConv_C2C;
        /// kTIMConv_Group.
        Group = 2, kTIMConv_Group;
        /// kTIMConv_System.
        System = 3, kTIMConv_System;
    }

    /// TIMConvEvent.
    pub enum ConvEvent: TIMConvEvent in "TIMConversationManager.h" {
        /// kTIMConvEvent_Add.
        Add = 0, kTIMConvEvent_Add;
        /// kTIMConvEvent_Del.
        Del = 1, kTIMConvEvent_Del;
        /// kTIMConvEvent_Update.
        Update = 2, kTIMConvEvent_Update;
        /// kTIMConvEvent_Start.
        Start = 3, kTIMConvEvent_Start;
        /// kTIMConvEvent_Finish.
        Finish = 4, kTIMConvEvent_Finish;
    }

    /// TIMGroupAtType.
    pub enum GroupAtType: TIMGroupAtType in "TIMConversationManager.h" {
        /// kTIMGroup_At_Me.
        Me = 1, kTIMGroup_At_Me;
        /// kTIMGroup_At_All.
        All = 2, kTIMGroup_At_All;
        /// kTIMGroup_At_All_At_ME.
        AllAndMe = 3, kTIMGroup_At_All_At_ME;
    }
}
