//! The elements of a message, one struct per kind. [`Elem`](crate::Elem) joins them.

use serde_json::Value;

use crate::enums::enums;
use crate::object::object;
use crate::{
    FriendAddPendency, FriendProfileUpdate, GroupMemberInfo, GroupTipGroupChangeInfo, GroupTipMemberChangeInfo,
    GroupTipMemberMarkChangeInfo, Message, UserProfile, UserProfileItem,
};

object! {
    /// TextElem.
    pub struct TextElem in "TIMMessageManager.h" + extra {
        /// Text_elem_content.
        content: String = "text_elem_content" kTIMTextElemContent;
    }
}

object! {
    /// ImageElem.
    pub struct ImageElem in "TIMMessageManager.h" + extra {
        /// Image_elem_orig_path.
        orig_path: String = "image_elem_orig_path" kTIMImageElemOrigPath;
        /// Image_elem_level.
        level: u32 = "image_elem_level" kTIMImageElemLevel, 1;
        /// 255 unknown, 1 jpg, 2 gif, 3 png, 4 bmp.
        format: i32 = "image_elem_format" kTIMImageElemFormat, 255;
        /// Image_elem_orig_id.
        orig_id: String = "image_elem_orig_id" kTIMImageElemOrigId;
        /// Image_elem_orig_pic_height.
        orig_pic_height: i32 = "image_elem_orig_pic_height" kTIMImageElemOrigPicHeight;
        /// Image_elem_orig_pic_width.
        orig_pic_width: i32 = "image_elem_orig_pic_width" kTIMImageElemOrigPicWidth;
        /// Image_elem_orig_pic_size.
        orig_pic_size: i32 = "image_elem_orig_pic_size" kTIMImageElemOrigPicSize;
        /// Image_elem_thumb_id.
        thumb_id: String = "image_elem_thumb_id" kTIMImageElemThumbId;
        /// Image_elem_thumb_pic_height.
        thumb_pic_height: i32 = "image_elem_thumb_pic_height" kTIMImageElemThumbPicHeight;
        /// Image_elem_thumb_pic_width.
        thumb_pic_width: i32 = "image_elem_thumb_pic_width" kTIMImageElemThumbPicWidth;
        /// Image_elem_thumb_pic_size.
        thumb_pic_size: i32 = "image_elem_thumb_pic_size" kTIMImageElemThumbPicSize;
        /// Image_elem_large_id.
        large_id: String = "image_elem_large_id" kTIMImageElemLargeId;
        /// Image_elem_large_pic_height.
        large_pic_height: i32 = "image_elem_large_pic_height" kTIMImageElemLargePicHeight;
        /// Image_elem_large_pic_width.
        large_pic_width: i32 = "image_elem_large_pic_width" kTIMImageElemLargePicWidth;
        /// Image_elem_large_pic_size.
        large_pic_size: i32 = "image_elem_large_pic_size" kTIMImageElemLargePicSize;
        /// Image_elem_orig_url.
        orig_url: String = "image_elem_orig_url" kTIMImageElemOrigUrl;
        /// Image_elem_thumb_url.
        thumb_url: String = "image_elem_thumb_url" kTIMImageElemThumbUrl;
        /// Image_elem_large_url.
        large_url: String = "image_elem_large_url" kTIMImageElemLargeUrl;
        /// Image_elem_task_id.
        task_id: i32 = "image_elem_task_id" kTIMImageElemTaskId;
    }
}

object! {
    /// SoundElem.
    pub struct SoundElem in "TIMMessageManager.h" + extra {
        /// Sound_elem_file_path.
        file_path: String = "sound_elem_file_path" kTIMSoundElemFilePath;
        /// Presumably bytes; gen-8 comment attaches seconds here by mistake.
        file_size: i32 = "sound_elem_file_size" kTIMSoundElemFileSize;
        /// Duration, presumably seconds.
        file_time: i32 = "sound_elem_file_time" kTIMSoundElemFileTime;
        /// Sound_elem_file_id.
        file_id: String = "sound_elem_file_id" kTIMSoundElemFileId;
        /// Sound_elem_business_id.
        business_id: i32 = "sound_elem_business_id" kTIMSoundElemBusinessId;
        /// Sound_elem_url.
        url: String = "sound_elem_url" kTIMSoundElemUrl;
        /// Sound_elem_task_id.
        task_id: i32 = "sound_elem_task_id" kTIMSoundElemTaskId;
        /// 0 ask server, 1 ask COS, 2 use URL.
        download_flag: i32 = "sound_elem_download_flag" kTIMSoundElemDownloadFlag;
    }
}

object! {
    /// CustomElem.
    pub struct CustomElem in "TIMMessageManager.h" + extra {
        /// Opaque; may carry binary.
        data: String = "custom_elem_data" kTIMCustomElemData;
        /// Custom_elem_desc.
        desc: String = "custom_elem_desc" kTIMCustomElemDesc;
        /// Custom_elem_ext.
        ext: String = "custom_elem_ext" kTIMCustomElemExt;
        /// Custom_elem_sound.
        sound: String = "custom_elem_sound" kTIMCustomElemSound;
    }
}

object! {
    /// FileElem.
    pub struct FileElem in "TIMMessageManager.h" + extra {
        /// File_elem_file_path.
        file_path: String = "file_elem_file_path" kTIMFileElemFilePath;
        /// Defaults to the base name of file_elem_file_path.
        file_name: String = "file_elem_file_name" kTIMFileElemFileName;
        /// File_elem_file_size.
        file_size: i32 = "file_elem_file_size" kTIMFileElemFileSize;
        /// File_elem_file_id.
        file_id: String = "file_elem_file_id" kTIMFileElemFileId;
        /// File_elem_business_id.
        business_id: i32 = "file_elem_business_id" kTIMFileElemBusinessId;
        /// File_elem_url.
        url: String = "file_elem_url" kTIMFileElemUrl;
        /// File_elem_task_id.
        task_id: i32 = "file_elem_task_id" kTIMFileElemTaskId;
        /// Dropped in gen 8.
        download_flag: i32 = "file_elem_download_flag" kTIMFileElemDownloadFlag;
    }
}

object! {
    /// FaceElem.
    pub struct FaceElem in "TIMMessageManager.h" + extra {
        /// Face_elem_index.
        index: i32 = "face_elem_index" kTIMFaceElemIndex;
        /// Text only; encode binary first.
        buf: String = "face_elem_buf" kTIMFaceElemBuf;
    }
}

object! {
    /// LocationElem.
    pub struct LocationElem in "TIMMessageManager.h" + extra {
        /// Location_elem_desc.
        desc: String = "location_elem_desc" kTIMLocationElemDesc;
        /// Location_elem_longitude.
        longitude: f64 = "location_elem_longitude" kTIMLocationElemLongitude;
        /// Location_elem_latitude.
        latitude: f64 = "location_elem_latitude" kTIMLocationElemLatitude kTIMLocationElemlatitude;
    }
}

object! {
    /// VideoElem.
    pub struct VideoElem in "TIMMessageManager.h" + extra {
        /// Video_elem_video_type.
        video_type: String = "video_elem_video_type" kTIMVideoElemVideoType;
        /// Video_elem_video_size.
        video_size: u32 = "video_elem_video_size" kTIMVideoElemVideoSize;
        /// Presumably seconds.
        video_duration: u32 = "video_elem_video_duration" kTIMVideoElemVideoDuration;
        /// Video_elem_video_path.
        video_path: String = "video_elem_video_path" kTIMVideoElemVideoPath;
        /// Video_elem_video_id.
        video_id: String = "video_elem_video_id" kTIMVideoElemVideoId;
        /// Video_elem_business_id.
        business_id: i32 = "video_elem_business_id" kTIMVideoElemBusinessId;
        /// Video_elem_video_url.
        video_url: String = "video_elem_video_url" kTIMVideoElemVideoUrl;
        /// Video_elem_image_type.
        image_type: String = "video_elem_image_type" kTIMVideoElemImageType;
        /// Video_elem_image_size.
        image_size: u32 = "video_elem_image_size" kTIMVideoElemImageSize;
        /// Gen-8 comments swap width and height; key name wins.
        image_width: u32 = "video_elem_image_width" kTIMVideoElemImageWidth;
        /// Gen-8 comments swap width and height; key name wins.
        image_height: u32 = "video_elem_image_height" kTIMVideoElemImageHeight;
        /// Video_elem_image_path.
        image_path: String = "video_elem_image_path" kTIMVideoElemImagePath;
        /// Video_elem_image_id.
        image_id: String = "video_elem_image_id" kTIMVideoElemImageId;
        /// Video_elem_image_url.
        image_url: String = "video_elem_image_url" kTIMVideoElemImageUrl;
        /// Video_elem_task_id.
        task_id: u32 = "video_elem_task_id" kTIMVideoElemTaskId;
        /// Dropped in gen 8.
        video_download_flag: i32 = "video_elem_video_download_flag" kTIMVideoElemVideoDownloadFlag;
        /// Dropped in gen 8.
        image_download_flag: i32 = "video_elem_image_download_flag" kTIMVideoElemImageDownloadFlag;
    }
}

object! {
    /// MergerElem.
    pub struct MergerElem in "TIMMessageManager.h" + extra {
        /// Merge_elem_title.
        title: String = "merge_elem_title" kTIMMergerElemTitle;
        /// Merge_elem_abstract_array.
        abstract_array: Vec<String> = "merge_elem_abstract_array" kTIMMergerElemAbstractArray;
        /// Non-empty; shown by peers without merge support.
        compatible_text: String = "merge_elem_compatible_text" kTIMMergerElemCompatibleText;
        /// Max 300 sent messages; no tips or report elems.
        message_array: Vec<Message> = "merge_elem_message_array" kTIMMergerElemMsgArray;
        /// True past 100 nesting levels; title and abstract then empty.
        layer_over_limit: bool = "merge_elem_layer_over_limit" kTIMMergerElemLayersOverLimit;
        /// Download key for native clients.
        relay_pb_key: String = "merge_elem_relay_pb_key" kTIMMergerElemRelayPbKey;
        /// Download key for web clients.
        relay_json_key: String = "merge_elem_relay_json_key" kTIMMergerElemRelayJsonKey;
        /// Merge_elem_relay_buffer.
        relay_buffer: String = "merge_elem_relay_buffer" kTIMMergerElemRelayBuffer;
    }
}

object! {
    /// GroupTipsElem.
    pub struct GroupTipsElem in "TIMGroupManager.h" + extra {
        /// Group_tips_elem_tip_type.
        tip_type: u32 = "group_tips_elem_tip_type" kTIMGroupTipsElemTipType;
        /// Only for Invite tips.
        join_type: u32 = "group_tips_elem_join_type" kTIMGroupTipsElemJoinType;
        /// Group_tips_elem_op_user.
        op_user: String = "group_tips_elem_op_user" kTIMGroupTipsElemOpUser;
        /// Group_tips_elem_group_id.
        group_id: String = "group_tips_elem_group_id" kTIMGroupTipsElemGroupId;
        /// Group_tips_elem_user_array.
        user_array: Vec<String> = "group_tips_elem_user_array" kTIMGroupTipsElemUserArray;
        /// Only when tip_type is kTIMGroupTip_GroupInfoChange.
        group_change_info_array: Vec<GroupTipGroupChangeInfo> = "group_tips_elem_group_change_info_array" kTIMGroupTipsElemGroupChangeInfoArray;
        /// Only when tip_type is kTIMGroupTip_MemberInfoChange.
        member_change_info_array: Vec<GroupTipMemberChangeInfo> = "group_tips_elem_member_change_info_array" kTIMGroupTipsElemMemberChangeInfoArray;
        /// Group_tips_elem_op_user_info.
        op_user_info: Option<Box<UserProfile>> = "group_tips_elem_op_user_info" kTIMGroupTipsElemOpUserInfo;
        /// Group_tips_elem_op_group_memberinfo.
        op_group_memberinfo: Option<Box<GroupMemberInfo>> = "group_tips_elem_op_group_memberinfo" kTIMGroupTipsElemOpGroupMemberInfo;
        /// Group_tips_elem_changed_user_info_array.
        changed_user_info_array: Vec<UserProfile> = "group_tips_elem_changed_user_info_array" kTIMGroupTipsElemChangedUserInfoArray;
        /// Group_tips_elem_changed_group_memberinfo_array.
        changed_group_memberinfo_array: Vec<GroupMemberInfo> = "group_tips_elem_changed_group_memberinfo_array" kTIMGroupTipsElemChangedGroupMemberInfoArray;
        /// Only for Invite, Quit, Kick tips.
        member_num: u32 = "group_tips_elem_member_num" kTIMGroupTipsElemMemberNum;
        /// Group_tips_elem_platform.
        platform: String = "group_tips_elem_platform" kTIMGroupTipsElemPlatform;
        /// Only when tip_type is kTIMGroupTip_MemberMarkChange.
        member_mark_info_array: Vec<GroupTipMemberMarkChangeInfo> = "group_tips_elem_member_mark_info_array" kTIMGroupTipsElemMemberMarkInfoArray;
        /// Declared "value" of an undefined type.
        pinned_message_list: Option<Value> = "group_tips_elem_pinned_message_list" kTIMGroupTipsElemPinnedMessageList;
        /// Group_tips_elem_group_name.
        group_name: String = "group_tips_elem_group_name" kTIMGroupTipsElemGroupName;
        /// Group_tips_elem_time.
        time: u32 = "group_tips_elem_time" kTIMGroupTipsElemTime;
    }
}

object! {
    /// GroupReportElem.
    pub struct GroupReportElem in "TIMMessageManager.h" + extra {
        /// Group_report_elem_report_type.
        report_type: u32 = "group_report_elem_report_type" kTIMGroupReportElemReportType;
        /// Group_report_elem_group_id.
        group_id: String = "group_report_elem_group_id" kTIMGroupReportElemGroupId;
        /// Group_report_elem_group_name.
        group_name: String = "group_report_elem_group_name" kTIMGroupReportElemGroupName;
        /// Group_report_elem_op_user.
        op_user: String = "group_report_elem_op_user" kTIMGroupReportElemOpUser;
        /// Group_report_elem_msg.
        msg: String = "group_report_elem_msg" kTIMGroupReportElemMsg;
        /// Group_report_elem_user_data.
        user_data: String = "group_report_elem_user_data" kTIMGroupReportElemUserData;
        /// Group_report_elem_op_user_info.
        op_user_info: Option<Box<UserProfile>> = "group_report_elem_op_user_info" kTIMGroupReportElemOpUserInfo;
        /// Group_report_elem_op_group_memberinfo.
        op_group_memberinfo: Option<Box<GroupMemberInfo>> = "group_report_elem_op_group_memberinfo" kTIMGroupReportElemOpGroupMemberInfo;
        /// Group_report_elem_platform.
        platform: String = "group_report_elem_platform" kTIMGroupReportElemPlatform;
        /// For kTIMGroupReport_ShutUpMember.
        shut_up_time: u32 = "group_report_elem_shut_up_time" kTIMGroupReportElemShutUpTime;
        /// For kTIMGroupReport_GroupMessageRecvOption.
        group_message_receive_option: u32 = "group_report_elem_group_message_receive_option" kTIMGroupReportElemGroupMessageReceiveOption;
    }
}

object! {
    /// FriendChangeElem.
    pub struct FriendChangeElem in "TIMFriendshipManager.h" + extra {
        /// Friend_change_elem_change_type.
        change_type: u32 = "friend_change_elem_change_type" kTIMFriendChangeElemChangeType;
        /// Only when change_type is kTIMFriendChange_FriendAdd.
        friend_add_identifier_array: Vec<String> = "friend_change_elem_friend_add_identifier_array" kTIMFriendChangeElemFriendAddIdentifierArray;
        /// Only when change_type is kTIMFriendChange_FriendDel.
        friend_del_identifier_array: Vec<String> = "friend_change_elem_friend_del_identifier_array" kTIMFriendChangeElemFriendDelIdentifierArray;
        /// Only when change_type is kTIMFriendChange_PendencyAdd.
        friend_add_pendency_array: Vec<FriendAddPendency> = "friend_change_elem_friend_add_pendency_array" kTIMFriendChangeElemFriendAddPendencyItemArray;
        /// Only when change_type is kTIMFriendChange_PendencyDel.
        pendency_del_identifier_array: Vec<String> = "friend_change_elem_pendency_del_identifier_array" kTIMFriendChangeElemPendencyDelIdentifierArray;
        /// Only when change_type is kTIMFriendChange_PendencyReadedReport.
        pendency_readed_report_timestamp: u64 = "friend_change_elem_pendency_readed_report_timestamp" kTIMFriendChangeElemPendencyReadedReportTimestamp;
        /// Only when change_type is kTIMFriendChange_BlackListAdd.
        blacklist_add_identifier_array: Vec<String> = "friend_change_elem_blacklist_add_identifier_array" kTIMFriendChangeElemBlackListAddIdentifierArray;
        /// Only when change_type is kTIMFriendChange_BlackListDel.
        blacklist_del_identifier_array: Vec<String> = "friend_change_elem_blacklist_del_identifier_array" kTIMFriendChangeElemBlackListDelIdentifierArray;
        /// Only when change_type is kTIMFriendChange_FriendProfileUpdate.
        friend_profile_update_item_array: Vec<FriendProfileUpdate> = "friend_change_elem_friend_profile_update_item_array" kTIMFriendChangeElemFriendProfileUpdateItemArray kTIMFriendChangeElemFreindProfileUpdateItemArray;
        /// Only when change_type is kTIMFriendChange_FriendGroupAdd.
        friend_group_add_array: Vec<String> = "friend_change_elem_friend_group_add_array" kTIMFriendChangeElemFriendGroupAddIdentifierArray;
        /// Only when change_type is kTIMFriendChange_FriendGroupDel.
        friend_group_del_array: Vec<String> = "friend_change_elem_friend_group_del_array" kTIMFriendChangeElemFriendGroupDelIdentifierArray;
        /// Only when change_type is kTIMFriendChange_FriendGroupModify.
        friend_group_update_array: Vec<String> = "friend_change_elem_friend_group_update_array" kTIMFriendChangeElemFriendGroupModifyIdentifierArray;
    }
}

object! {
    /// ProfileChangeElem.
    pub struct ProfileChangeElem in "TIMManager.h" + extra {
        /// Profile_change_elem_change_type.
        change_type: u32 = "profile_change_elem_change_type" kTIMProfileChangeElemChangeType;
        /// Profile_change_elem_from_identifier.
        from_identifier: String = "profile_change_elem_from_identifier" kTIMProfileChangeElemFromIdentifier
            | "profile_change_elem_from_identifer" kTIMProfileChangeElemFromIndentifier;
        /// Only when change_type is kTIMProfileChange_Profile.
        user_profile_item: Option<Box<UserProfileItem>> = "profile_change_elem_user_profile_item" kTIMProfileChangeElemUserProfileItem;
    }
}

enums! {
    /// TIMElemType.
    pub enum ElemType: TIMElemType in "TIMMessageManager.h" {
        /// kTIMElem_Text.
        Text = 0, kTIMElem_Text;
        /// kTIMElem_Image.
        Image = 1, kTIMElem_Image;
        /// kTIMElem_Sound.
        Sound = 2, kTIMElem_Sound;
        /// kTIMElem_Custom.
        Custom = 3, kTIMElem_Custom;
        /// kTIMElem_File.
        File = 4, kTIMElem_File;
        /// kTIMElem_GroupTips.
        GroupTips = 5, kTIMElem_GroupTips;
        /// kTIMElem_Face.
        Face = 6, kTIMElem_Face;
        /// kTIMElem_Location.
        Location = 7, kTIMElem_Location;
        /// kTIMElem_GroupReport.
        GroupReport = 8, kTIMElem_GroupReport;
        /// kTIMElem_Video.
        Video = 9, kTIMElem_Video;
        /// kTIMElem_FriendChange.
        FriendChange = 10, kTIMElem_FriendChange;
        /// kTIMElem_ProfileChange.
        ProfileChange = 11, kTIMElem_ProfileChange;
        /// kTIMElem_Merge.
        Merge = 12, kTIMElem_Merge;
        /// kTIMElem_Invalid.
        Invalid = -1, kTIMElem_Invalid;
    }

    /// TIMImageLevel.
    pub enum ImageLevel: TIMImageLevel in "TIMMessageManager.h" {
        /// kTIMImageLevel_Orig.
        Orig = 0, kTIMImageLevel_Orig;
        /// kTIMImageLevel_Compression.
        Compression = 1, kTIMImageLevel_Compression;
        /// kTIMImageLevel_HD.
        Hd = 2, kTIMImageLevel_HD;
    }

    /// TIMGroupReportType.
    pub enum GroupReportType: TIMGroupReportType in "TIMMessageManager.h" {
        /// kTIMGroupReport_None.
        None = 0, kTIMGroupReport_None;
        /// kTIMGroupReport_AddRequest.
        AddRequest = 1, kTIMGroupReport_AddRequest;
        /// kTIMGroupReport_AddAccept.
        AddAccept = 2, kTIMGroupReport_AddAccept;
        /// kTIMGroupReport_AddRefuse.
        AddRefuse = 3, kTIMGroupReport_AddRefuse;
        /// kTIMGroupReport_BeKicked.
        BeKicked = 4, kTIMGroupReport_BeKicked;
        /// kTIMGroupReport_Delete.
        Delete = 5, kTIMGroupReport_Delete;
        /// kTIMGroupReport_Create.
        Create = 6, kTIMGroupReport_Create;
        /// kTIMGroupReport_Invite.
        Invite = 7, kTIMGroupReport_Invite;
        /// kTIMGroupReport_Quit.
        Quit = 8, kTIMGroupReport_Quit;
        /// kTIMGroupReport_GrantAdmin.
        GrantAdmin = 9, kTIMGroupReport_GrantAdmin;
        /// kTIMGroupReport_CancelAdmin.
        CancelAdmin = 10, kTIMGroupReport_CancelAdmin;
        /// kTIMGroupReport_GroupRecycle.
        GroupRecycle = 11, kTIMGroupReport_GroupRecycle | kTIMGroupReport_RevokeAdmin;
        /// kTIMGroupReport_InviteReqToInvitee.
        InviteReqToInvitee = 12, kTIMGroupReport_InviteReqToInvitee | kTIMGroupReport_InviteReq;
        /// kTIMGroupReport_InviteAccept.
        InviteAccept = 13, kTIMGroupReport_InviteAccept;
        /// kTIMGroupReport_InviteRefuse.
        InviteRefuse = 14, kTIMGroupReport_InviteRefuse;
        /// kTIMGroupReport_ReadReport.
        ReadReport = 15, kTIMGroupReport_ReadReport;
        /// kTIMGroupReport_UserDefine.
        UserDefine = 16, kTIMGroupReport_UserDefine;
        /// kTIMGroupReport_ShutUpMember.
        ShutUpMember = 17, kTIMGroupReport_ShutUpMember;
        /// kTIMGroupReport_TopicCreate.
        TopicCreate = 18, kTIMGroupReport_TopicCreate;
        /// kTIMGroupReport_TopicDelete.
        TopicDelete = 19, kTIMGroupReport_TopicDelete;
        /// kTIMGroupReport_GroupMessageRead.
        GroupMessageRead = 20, kTIMGroupReport_GroupMessageRead;
        /// kTIMGroupReport_GroupMessageRecvOption.
        GroupMessageRecvOption = 21, kTIMGroupReport_GroupMessageRecvOption;
        /// kTIMGroupReport_BannedFromGroup.
        BannedFromGroup = 22, kTIMGroupReport_BannedFromGroup;
        /// kTIMGroupReport_UnbannedFromGroup.
        UnbannedFromGroup = 23, kTIMGroupReport_UnbannedFromGroup;
        /// kTIMGroupReport_InviteReqToAdmin.
        InviteReqToAdmin = 24, kTIMGroupReport_InviteReqToAdmin;
    }

    /// TIMDownloadType.
    pub enum DownloadType: TIMDownloadType in "TIMMessageManager.h" {
        /// kTIMDownload_VideoThumb.
        VideoThumb = 0, kTIMDownload_VideoThumb;
        /// kTIMDownload_File.
        File = 1, kTIMDownload_File;
        /// kTIMDownload_Video.
        Video = 2, kTIMDownload_Video;
        /// kTIMDownload_Sound.
        Sound = 3, kTIMDownload_Sound;
    }
}
