//! The elements of a message, one struct per kind. [`Elem`](crate::Elem) joins them.

use serde_json::Value;

use crate::enums::enums;
use crate::object::object;
use crate::{
    FriendAddPendency, FriendProfileUpdate, GroupMemberInfo, GroupTipGroupChangeInfo,
    GroupTipMemberChangeInfo, GroupTipMemberMarkChangeInfo, Message, OnlyText, UserProfile,
    UserProfileItem,
};

object! {
    /// Text of a message.
    pub struct TextElem in "TIMMessageManager.h" + extra {
        /// The text.
        content: String = "text_elem_content" kTIMTextElemContent;
    }
}

object! {
    /// A picture. The sender gives path and level; three sizes come out: the original, a large one with the shorter
    /// side 720 pixels, a thumbnail with 198.
    pub struct ImageElem in "TIMMessageManager.h" + extra {
        /// Path of the sender's file.
        orig_path: String = "image_elem_orig_path" kTIMImageElemOrigPath;
        /// How to send it, a `TIMImageLevel`.
        level: u32 = "image_elem_level" kTIMImageElemLevel, 1;
        /// 1 JPG, 2 GIF, 3 PNG, 4 BMP, 255 unknown.
        format: i32 = "image_elem_format" kTIMImageElemFormat, 255;
        /// Id of the original.
        orig_id: String = "image_elem_orig_id" kTIMImageElemOrigId;
        /// Height of the original in pixels.
        orig_pic_height: i32 = "image_elem_orig_pic_height" kTIMImageElemOrigPicHeight;
        /// Width of the original in pixels.
        orig_pic_width: i32 = "image_elem_orig_pic_width" kTIMImageElemOrigPicWidth;
        /// Size of the original in bytes.
        orig_pic_size: i32 = "image_elem_orig_pic_size" kTIMImageElemOrigPicSize;
        /// Id of the thumbnail.
        thumb_id: String = "image_elem_thumb_id" kTIMImageElemThumbId;
        /// Height of the thumbnail in pixels.
        thumb_pic_height: i32 = "image_elem_thumb_pic_height" kTIMImageElemThumbPicHeight;
        /// Width of the thumbnail in pixels.
        thumb_pic_width: i32 = "image_elem_thumb_pic_width" kTIMImageElemThumbPicWidth;
        /// Size of the thumbnail in bytes; may be off.
        thumb_pic_size: i32 = "image_elem_thumb_pic_size" kTIMImageElemThumbPicSize;
        /// Id of the large picture.
        large_id: String = "image_elem_large_id" kTIMImageElemLargeId;
        /// Height of the large picture in pixels.
        large_pic_height: i32 = "image_elem_large_pic_height" kTIMImageElemLargePicHeight;
        /// Width of the large picture in pixels.
        large_pic_width: i32 = "image_elem_large_pic_width" kTIMImageElemLargePicWidth;
        /// Size of the large picture in bytes; may be off.
        large_pic_size: i32 = "image_elem_large_pic_size" kTIMImageElemLargePicSize;
        /// Address of the original.
        orig_url: String = "image_elem_orig_url" kTIMImageElemOrigUrl;
        /// Address of the thumbnail.
        thumb_url: String = "image_elem_thumb_url" kTIMImageElemThumbUrl;
        /// Address of the large picture.
        large_url: String = "image_elem_large_url" kTIMImageElemLargeUrl;
        /// Number of the upload; no longer used.
        task_id: i32 = "image_elem_task_id" kTIMImageElemTaskId;
    }
}

object! {
    /// A voice recording; one per message at most.
    pub struct SoundElem in "TIMMessageManager.h" + extra {
        /// Path of the sender's file; empty for receivers.
        file_path: String = "sound_elem_file_path" kTIMSoundElemFilePath;
        /// Size in bytes.
        file_size: i32 = "sound_elem_file_size" kTIMSoundElemFileSize;
        /// Length in seconds.
        file_time: i32 = "sound_elem_file_time" kTIMSoundElemFileTime;
        /// Id of the stored file.
        file_id: String = "sound_elem_file_id" kTIMSoundElemFileId;
        /// Where the file service keeps it; internal.
        business_id: i32 = "sound_elem_business_id" kTIMSoundElemBusinessId;
        /// Address to download from.
        url: String = "sound_elem_url" kTIMSoundElemUrl;
        /// Number of the upload; no longer used.
        task_id: i32 = "sound_elem_task_id" kTIMSoundElemTaskId;
        /// How to download: 2 says that the URL can be used as it is.
        download_flag: i32 = "sound_elem_download_flag" kTIMSoundElemDownloadFlag;
    }
}

object! {
    /// Data of the application. Binary data has to be made text first.
    pub struct CustomElem in "TIMMessageManager.h" + extra {
        /// The data. A message in which they are no string is refused (6017): a JSON value is written as text first.
        data: OnlyText = "custom_elem_data" kTIMCustomElemData;
        /// Text for a push; without it none is shown.
        desc: String = "custom_elem_desc" kTIMCustomElemDesc;
        /// Further data for a push.
        ext: String = "custom_elem_ext" kTIMCustomElemExt;
        /// Sound for a push.
        sound: String = "custom_elem_sound" kTIMCustomElemSound;
    }
}

object! {
    /// A file; one per message at most.
    pub struct FileElem in "TIMMessageManager.h" + extra {
        /// Path of the sender's file; empty for receivers.
        file_path: String = "file_elem_file_path" kTIMFileElemFilePath;
        /// Name to show; without it the last part of the path.
        file_name: String = "file_elem_file_name" kTIMFileElemFileName;
        /// Size in bytes.
        file_size: i32 = "file_elem_file_size" kTIMFileElemFileSize;
        /// Id of the stored file.
        file_id: String = "file_elem_file_id" kTIMFileElemFileId;
        /// Where the file service keeps it; internal.
        business_id: i32 = "file_elem_business_id" kTIMFileElemBusinessId;
        /// Address to download from.
        url: String = "file_elem_url" kTIMFileElemUrl;
        /// Number of the upload; no longer used.
        task_id: i32 = "file_elem_task_id" kTIMFileElemTaskId;
        /// How to download: 2 says that the URL can be used as it is.
        download_flag: i32 = "file_elem_download_flag" kTIMFileElemDownloadFlag;
    }
}

object! {
    /// An emoticon, understood by the application only.
    pub struct FaceElem in "TIMMessageManager.h" + extra {
        /// Number of the emoticon.
        index: i32 = "face_elem_index" kTIMFaceElemIndex;
        /// Data of the application.
        buf: String = "face_elem_buf" kTIMFaceElemBuf;
    }
}

object! {
    /// A place on earth.
    pub struct LocationElem in "TIMMessageManager.h" + extra {
        /// Name of the place.
        desc: String = "location_elem_desc" kTIMLocationElemDesc;
        /// Longitude in degrees.
        longitude: f64 = "location_elem_longitude" kTIMLocationElemLongitude;
        /// Latitude in degrees.
        latitude: f64 = "location_elem_latitude" kTIMLocationElemLatitude kTIMLocationElemlatitude;
    }
}

object! {
    /// A film with a snapshot of it.
    pub struct VideoElem in "TIMMessageManager.h" + extra {
        /// Kind of the film, such as `mp4`.
        video_type: String = "video_elem_video_type" kTIMVideoElemVideoType;
        /// Size of the film in bytes.
        video_size: u32 = "video_elem_video_size" kTIMVideoElemVideoSize;
        /// Length in seconds.
        video_duration: u32 = "video_elem_video_duration" kTIMVideoElemVideoDuration;
        /// Path of the sender's film; empty for receivers.
        video_path: String = "video_elem_video_path" kTIMVideoElemVideoPath;
        /// Id of the stored film.
        video_id: String = "video_elem_video_id" kTIMVideoElemVideoId;
        /// Where the file service keeps it; internal.
        business_id: i32 = "video_elem_business_id" kTIMVideoElemBusinessId;
        /// Address of the film.
        video_url: String = "video_elem_video_url" kTIMVideoElemVideoUrl;
        /// Kind of the snapshot, such as `png`.
        image_type: String = "video_elem_image_type" kTIMVideoElemImageType;
        /// Size of the snapshot in bytes.
        image_size: u32 = "video_elem_image_size" kTIMVideoElemImageSize;
        /// Width of the snapshot in pixels.
        image_width: u32 = "video_elem_image_width" kTIMVideoElemImageWidth;
        /// Height of the snapshot in pixels.
        image_height: u32 = "video_elem_image_height" kTIMVideoElemImageHeight;
        /// Path of the sender's snapshot; empty for receivers.
        image_path: String = "video_elem_image_path" kTIMVideoElemImagePath;
        /// Id of the stored snapshot.
        image_id: String = "video_elem_image_id" kTIMVideoElemImageId;
        /// Address of the snapshot.
        image_url: String = "video_elem_image_url" kTIMVideoElemImageUrl;
        /// Number of the upload; no longer used.
        task_id: u32 = "video_elem_task_id" kTIMVideoElemTaskId;
        /// How to download the film: 2 says that the URL can be used as it is.
        video_download_flag: i32 = "video_elem_video_download_flag" kTIMVideoElemVideoDownloadFlag;
        /// How to download the snapshot: 2 says that the URL can be used as it is.
        image_download_flag: i32 = "video_elem_image_download_flag" kTIMVideoElemImageDownloadFlag;
    }
}

object! {
    /// Several messages in one.
    pub struct MergerElem in "TIMMessageManager.h" + extra {
        /// Title of the whole.
        title: String = "merge_elem_title" kTIMMergerElemTitle;
        /// Lines to preview it, up to 5 of 100 characters.
        abstract_array: Vec<String> = "merge_elem_abstract_array" kTIMMergerElemAbstractArray;
        /// What clients show that do not know this kind; not empty.
        compatible_text: String = "merge_elem_compatible_text" kTIMMergerElemCompatibleText;
        /// The messages, up to 300, all of them sent; no notices.
        message_array: Vec<Message> = "merge_elem_message_array" kTIMMergerElemMsgArray;
        /// Merged messages are nested deeper than 100; title and preview are empty then.
        layer_over_limit: bool = "merge_elem_layer_over_limit" kTIMMergerElemLayersOverLimit;
        /// Where the messages are stored, for native clients.
        relay_pb_key: String = "merge_elem_relay_pb_key" kTIMMergerElemRelayPbKey;
        /// Where the messages are stored, for web clients.
        relay_json_key: String = "merge_elem_relay_json_key" kTIMMergerElemRelayJsonKey;
        /// The stored form; internal.
        relay_buffer: String = "merge_elem_relay_buffer" kTIMMergerElemRelayBuffer;
    }
}

object! {
    /// A notice to all members of a group. The service writes it; a program cannot send one.
    pub struct GroupTipsElem in "TIMGroupManager.h" + extra {
        /// What happened, a `TIMGroupTipType`.
        tip_type: u32 = "group_tips_elem_tip_type" kTIMGroupTipsElemTipType;
        /// How members joined, a `TIMGroupJoinType`; for notices about joining.
        join_type: u32 = "group_tips_elem_join_type" kTIMGroupTipsElemJoinType;
        /// User id of the one who did it.
        op_user: String = "group_tips_elem_op_user" kTIMGroupTipsElemOpUser;
        /// Group id.
        group_id: String = "group_tips_elem_group_id" kTIMGroupTipsElemGroupId;
        /// User ids of those it was done to.
        user_array: Vec<String> = "group_tips_elem_user_array" kTIMGroupTipsElemUserArray;
        /// What changed about the group; for `kTIMGroupTip_GroupInfoChange`.
        group_change_info_array: Vec<GroupTipGroupChangeInfo> = "group_tips_elem_group_change_info_array" kTIMGroupTipsElemGroupChangeInfoArray;
        /// What changed about members; for `kTIMGroupTip_MemberInfoChange`.
        member_change_info_array: Vec<GroupTipMemberChangeInfo> = "group_tips_elem_member_change_info_array" kTIMGroupTipsElemMemberChangeInfoArray;
        /// Profile of the one who did it.
        op_user_info: Option<Box<UserProfile>> = "group_tips_elem_op_user_info" kTIMGroupTipsElemOpUserInfo;
        /// Member data of the one who did it.
        op_group_memberinfo: Option<Box<GroupMemberInfo>> = "group_tips_elem_op_group_memberinfo" kTIMGroupTipsElemOpGroupMemberInfo;
        /// Profiles to `user_array`, in its order.
        changed_user_info_array: Vec<UserProfile> = "group_tips_elem_changed_user_info_array" kTIMGroupTipsElemChangedUserInfoArray;
        /// Member data to `user_array`, in its order.
        changed_group_memberinfo_array: Vec<GroupMemberInfo> = "group_tips_elem_changed_group_memberinfo_array" kTIMGroupTipsElemChangedGroupMemberInfoArray;
        /// Members after the change; for joining, leaving and removing.
        member_num: u32 = "group_tips_elem_member_num" kTIMGroupTipsElemMemberNum;
        /// Platform of the one who did it, such as `Windows`.
        platform: String = "group_tips_elem_platform" kTIMGroupTipsElemPlatform;
        /// What changed about marks of members; for `kTIMGroupTip_MemberMarkChange`.
        member_mark_info_array: Vec<GroupTipMemberMarkChangeInfo> = "group_tips_elem_member_mark_info_array" kTIMGroupTipsElemMemberMarkInfoArray;
        /// Messages pinned or unpinned.
        pinned_message_list: Option<Value> = "group_tips_elem_pinned_message_list" kTIMGroupTipsElemPinnedMessageList;
        /// Name of the group after the change.
        group_name: String = "group_tips_elem_group_name" kTIMGroupTipsElemGroupName;
        /// No longer used.
        time: u32 = "group_tips_elem_time" kTIMGroupTipsElemTime;
    }
}

object! {
    /// A notice about a group to one person. The service writes it; a program cannot send one.
    pub struct GroupReportElem in "TIMMessageManager.h" + extra {
        /// What happened, a `TIMGroupReportType`.
        report_type: u32 = "group_report_elem_report_type" kTIMGroupReportElemReportType;
        /// Group id.
        group_id: String = "group_report_elem_group_id" kTIMGroupReportElemGroupId;
        /// Name of the group; no longer maintained.
        group_name: String = "group_report_elem_group_name" kTIMGroupReportElemGroupName;
        /// User id of the one who did it.
        op_user: String = "group_report_elem_op_user" kTIMGroupReportElemOpUser;
        /// Text of the one who did it: the reason for applying, refusing or removing.
        msg: String = "group_report_elem_msg" kTIMGroupReportElemMsg;
        /// Data of the application from the one who did it.
        user_data: String = "group_report_elem_user_data" kTIMGroupReportElemUserData;
        /// Profile of the one who did it.
        op_user_info: Option<Box<UserProfile>> = "group_report_elem_op_user_info" kTIMGroupReportElemOpUserInfo;
        /// Member data of the one who did it.
        op_group_memberinfo: Option<Box<GroupMemberInfo>> = "group_report_elem_op_group_memberinfo" kTIMGroupReportElemOpGroupMemberInfo;
        /// Platform of the one who did it, such as `Windows`.
        platform: String = "group_report_elem_platform" kTIMGroupReportElemPlatform;
        /// For how many seconds the receiver is muted.
        shut_up_time: u32 = "group_report_elem_shut_up_time" kTIMGroupReportElemShutUpTime;
        /// The receiver's new `TIMReceiveMessageOpt` for the group.
        group_message_receive_option: u32 = "group_report_elem_group_message_receive_option" kTIMGroupReportElemGroupMessageReceiveOption;
    }
}

object! {
    /// A change of the friends, requests, groups or the black list of the account, for its other devices. The
    /// service writes it.
    pub struct FriendChangeElem in "TIMFriendshipManager.h" + extra {
        /// What changed, a `TIMFriendChangeType`.
        change_type: u32 = "friend_change_elem_change_type" kTIMFriendChangeElemChangeType;
        /// User ids of new friends.
        friend_add_identifier_array: Vec<String> = "friend_change_elem_friend_add_identifier_array" kTIMFriendChangeElemFriendAddIdentifierArray;
        /// User ids of removed friends.
        friend_del_identifier_array: Vec<String> = "friend_change_elem_friend_del_identifier_array" kTIMFriendChangeElemFriendDelIdentifierArray;
        /// New friend requests.
        friend_add_pendency_array: Vec<FriendAddPendency> = "friend_change_elem_friend_add_pendency_array" kTIMFriendChangeElemFriendAddPendencyItemArray;
        /// User ids of removed friend requests.
        pendency_del_identifier_array: Vec<String> = "friend_change_elem_pendency_del_identifier_array" kTIMFriendChangeElemPendencyDelIdentifierArray;
        /// Friend requests up to this Unix second are read.
        pendency_readed_report_timestamp: u64 = "friend_change_elem_pendency_readed_report_timestamp" kTIMFriendChangeElemPendencyReadedReportTimestamp;
        /// User ids new on the black list.
        blacklist_add_identifier_array: Vec<String> = "friend_change_elem_blacklist_add_identifier_array" kTIMFriendChangeElemBlackListAddIdentifierArray;
        /// User ids no longer on the black list.
        blacklist_del_identifier_array: Vec<String> = "friend_change_elem_blacklist_del_identifier_array" kTIMFriendChangeElemBlackListDelIdentifierArray;
        /// What changed about friends.
        friend_profile_update_item_array: Vec<FriendProfileUpdate> = "friend_change_elem_friend_profile_update_item_array" kTIMFriendChangeElemFriendProfileUpdateItemArray kTIMFriendChangeElemFreindProfileUpdateItemArray;
        /// Names of new friend groups.
        friend_group_add_array: Vec<String> = "friend_change_elem_friend_group_add_array" kTIMFriendChangeElemFriendGroupAddIdentifierArray;
        /// Names of removed friend groups.
        friend_group_del_array: Vec<String> = "friend_change_elem_friend_group_del_array" kTIMFriendChangeElemFriendGroupDelIdentifierArray;
        /// Names of changed friend groups.
        friend_group_update_array: Vec<String> = "friend_change_elem_friend_group_update_array" kTIMFriendChangeElemFriendGroupModifyIdentifierArray;
    }
}

object! {
    /// A change of a user's profile. The service writes it.
    pub struct ProfileChangeElem in "TIMManager.h" + extra {
        /// What changed, a `TIMProfileChangeType`.
        change_type: u32 = "profile_change_elem_change_type" kTIMProfileChangeElemChangeType;
        /// User id of the one whose profile changed.
        from_identifier: String = "profile_change_elem_from_identifier" kTIMProfileChangeElemFromIdentifier
            | "profile_change_elem_from_identifer" kTIMProfileChangeElemFromIndentifier;
        /// The fields that changed.
        user_profile_item: Option<Box<UserProfileItem>> = "profile_change_elem_user_profile_item" kTIMProfileChangeElemUserProfileItem;
    }
}

enums! {
    /// Kinds of elements.
    pub enum ElemType: TIMElemType in "TIMMessageManager.h" {
        /// `TextElem`.
        Text = 0, kTIMElem_Text;
        /// `ImageElem`.
        Image = 1, kTIMElem_Image;
        /// `SoundElem`.
        Sound = 2, kTIMElem_Sound;
        /// `CustomElem`.
        Custom = 3, kTIMElem_Custom;
        /// `FileElem`.
        File = 4, kTIMElem_File;
        /// `GroupTipsElem`; only the service writes it.
        GroupTips = 5, kTIMElem_GroupTips;
        /// `FaceElem`.
        Face = 6, kTIMElem_Face;
        /// `LocationElem`.
        Location = 7, kTIMElem_Location;
        /// `GroupReportElem`; only the service writes it.
        GroupReport = 8, kTIMElem_GroupReport;
        /// `VideoElem`.
        Video = 9, kTIMElem_Video;
        /// `FriendChangeElem`; only the service writes it.
        FriendChange = 10, kTIMElem_FriendChange;
        /// `ProfileChangeElem`; only the service writes it.
        ProfileChange = 11, kTIMElem_ProfileChange;
        /// `MergerElem`.
        Merge = 12, kTIMElem_Merge;
        /// No element.
        Invalid = -1, kTIMElem_Invalid;
    }

    /// How to send a picture.
    pub enum ImageLevel: TIMImageLevel in "TIMMessageManager.h" {
        /// As it is.
        Orig = 0, kTIMImageLevel_Orig;
        /// Compressed; the usual way.
        Compression = 1, kTIMImageLevel_Compression;
        /// Compressed a little.
        Hd = 2, kTIMImageLevel_HD;
    }

    /// What a notice to one person tells.
    pub enum GroupReportType: TIMGroupReportType in "TIMMessageManager.h" {
        /// Nothing.
        None = 0, kTIMGroupReport_None;
        /// Somebody applies to join; to owner and administrators.
        AddRequest = 1, kTIMGroupReport_AddRequest;
        /// The application was accepted; to the applicant.
        AddAccept = 2, kTIMGroupReport_AddAccept;
        /// The application was refused; to the applicant.
        AddRefuse = 3, kTIMGroupReport_AddRefuse;
        /// The receiver was removed.
        BeKicked = 4, kTIMGroupReport_BeKicked;
        /// The group was dissolved; to all members.
        Delete = 5, kTIMGroupReport_Delete;
        /// The group was created; to the creator's devices.
        Create = 6, kTIMGroupReport_Create;
        /// The receiver was brought in without being asked.
        Invite = 7, kTIMGroupReport_Invite;
        /// The receiver has left; to their other devices.
        Quit = 8, kTIMGroupReport_Quit;
        /// The receiver became an administrator.
        GrantAdmin = 9, kTIMGroupReport_GrantAdmin;
        /// The receiver is no longer an administrator.
        CancelAdmin = 10, kTIMGroupReport_CancelAdmin;
        /// The service took the group back; to all members.
        GroupRecycle = 11, kTIMGroupReport_GroupRecycle | kTIMGroupReport_RevokeAdmin;
        /// The receiver is invited and has to consent.
        InviteReqToInvitee = 12, kTIMGroupReport_InviteReqToInvitee | kTIMGroupReport_InviteReq;
        /// The invitation was accepted; to the one who invited.
        InviteAccept = 13, kTIMGroupReport_InviteAccept;
        /// The invitation was refused; to the one who invited.
        InviteRefuse = 14, kTIMGroupReport_InviteRefuse;
        /// The receiver has read on another device.
        ReadReport = 15, kTIMGroupReport_ReadReport;
        /// What the backend of the application says.
        UserDefine = 16, kTIMGroupReport_UserDefine;
        /// The receiver is muted.
        ShutUpMember = 17, kTIMGroupReport_ShutUpMember;
        /// A topic was created.
        TopicCreate = 18, kTIMGroupReport_TopicCreate;
        /// A topic was deleted.
        TopicDelete = 19, kTIMGroupReport_TopicDelete;
        /// Members have read a message; to its sender.
        GroupMessageRead = 20, kTIMGroupReport_GroupMessageRead;
        /// The receiver changed on another device whether messages ring.
        GroupMessageRecvOption = 21, kTIMGroupReport_GroupMessageRecvOption;
        /// The receiver may not come back for a time.
        BannedFromGroup = 22, kTIMGroupReport_BannedFromGroup;
        /// The receiver may come back.
        UnbannedFromGroup = 23, kTIMGroupReport_UnbannedFromGroup;
        /// Somebody is invited and an administrator has to consent; to owner and administrators.
        InviteReqToAdmin = 24, kTIMGroupReport_InviteReqToAdmin;
    }

    /// Which file of an element to download.
    pub enum DownloadType: TIMDownloadType in "TIMMessageManager.h" {
        /// The snapshot of a film.
        VideoThumb = 0, kTIMDownload_VideoThumb;
        /// The file.
        File = 1, kTIMDownload_File;
        /// The film.
        Video = 2, kTIMDownload_Video;
        /// The recording.
        Sound = 3, kTIMDownload_Sound;
    }
}
