//! Friends and the black list.

pub(crate) mod group;
pub(crate) mod pendency;

use crate::enums::enums;
use crate::object::object;
use crate::UserProfile;

object! {
    /// FriendProfile.
    pub struct FriendProfile in "TIMFriendshipManager.h" {
        /// Friend_profile_identifier.
        identifier: String = "friend_profile_identifier" kTIMFriendProfileIdentifier;
        /// Friend_profile_group_name_array.
        group_name_array: Vec<String> = "friend_profile_group_name_array" kTIMFriendProfileGroupNameArray;
        /// Max 96 bytes.
        remark: String = "friend_profile_remark" kTIMFriendProfileRemark;
        /// Friend_profile_add_wording.
        add_wording: String = "friend_profile_add_wording" kTIMFriendProfileAddWording;
        /// Prefix AddSource_Type_.
        add_source: String = "friend_profile_add_source" kTIMFriendProfileAddSource;
        /// UTC seconds.
        add_time: u64 = "friend_profile_add_time" kTIMFriendProfileAddTime;
        /// Friend_profile_user_profile.
        user_profile: UserProfile = "friend_profile_user_profile" kTIMFriendProfileUserProfile;
        /// Friend_profile_custom_string_array.
        custom_string_array: Vec<FriendProfileCustomStringInfo> = "friend_profile_custom_string_array" kTIMFriendProfileCustomStringArray
            | "friend_profile_item_custom_string_array";
    }
}

object! {
    /// FriendProfileItem.
    pub struct FriendProfileItem in "TIMFriendshipManager.h" {
        /// Friend_profile_item_remark.
        remark: Option<String> = "friend_profile_item_remark" kTIMFriendProfileItemRemark;
        /// Friend_profile_item_group_name_array.
        group_name_array: Option<Vec<String>> = "friend_profile_item_group_name_array" kTIMFriendProfileItemGroupNameArray;
        /// Friend_profile_item_custom_string_array.
        custom_string_array: Option<Vec<FriendProfileCustomStringInfo>> = "friend_profile_item_custom_string_array" kTIMFriendProfileItemCustomStringArray;
    }
}

object! {
    /// FriendProfileCustomStringInfo.
    pub struct FriendProfileCustomStringInfo in "TIMFriendshipManager.h" {
        /// Prefix Tag_SNS_Custom_ optional when writing.
        key: String = "friend_profile_custom_string_info_key" kTIMFriendProfileCustomStringInfoKey kTIMFriendProfileCustemStringInfoKey;
        /// Friend_profile_custom_string_info_value.
        value: String = "friend_profile_custom_string_info_value" kTIMFriendProfileCustomStringInfoValue kTIMFriendProfileCustemStringInfoValue;
    }
}

object! {
    /// FriendshipModifyFriendProfileParam.
    pub struct FriendshipModifyFriendProfileParam in "TIMFriendshipManager.h" {
        /// Friendship_modify_friend_profile_param_identifier.
        identifier: String = "friendship_modify_friend_profile_param_identifier" kTIMFriendshipModifyFriendProfileParamIdentifier;
        /// Friendship_modify_friend_profile_param_item.
        item: FriendProfileItem = "friendship_modify_friend_profile_param_item" kTIMFriendshipModifyFriendProfileParamItem;
    }
}

object! {
    /// FriendProfileUpdate.
    pub struct FriendProfileUpdate in "TIMFriendshipManager.h" {
        /// Friend_profile_update_identifier.
        identifier: String = "friend_profile_update_identifier" kTIMFriendProfileUpdateIdentifier;
        /// Friend_profile_update_item.
        item: FriendProfileItem = "friend_profile_update_item" kTIMFriendProfileUpdateItem;
    }
}

object! {
    /// FriendResult.
    pub struct FriendResult in "TIMFriendshipManager.h" {
        /// Friend_result_identifier.
        identifier: String = "friend_result_identifier" kTIMFriendResultIdentifier;
        /// Friend_result_code.
        code: i32 = "friend_result_code" kTIMFriendResultCode;
        /// Friend_result_desc.
        desc: String = "friend_result_desc" kTIMFriendResultDesc;
    }
}

object! {
    /// FriendshipAddFriendParam.
    pub struct FriendshipAddFriendParam in "TIMFriendshipManager.h" {
        /// Friendship_add_friend_param_identifier.
        identifier: String = "friendship_add_friend_param_identifier" kTIMFriendshipAddFriendParamIdentifier;
        /// Friendship_add_friend_param_friend_type.
        friend_type: u32 = "friendship_add_friend_param_friend_type" kTIMFriendshipAddFriendParamFriendType;
        /// Friendship_add_friend_param_remark.
        remark: String = "friendship_add_friend_param_remark" kTIMFriendshipAddFriendParamRemark;
        /// Friendship_add_friend_param_group_name.
        group_name: String = "friendship_add_friend_param_group_name" kTIMFriendshipAddFriendParamGroupName;
        /// Server form adds prefix AddSource_Type_; sample passes "Windows".
        add_source: String = "friendship_add_friend_param_add_source" kTIMFriendshipAddFriendParamAddSource;
        /// Friendship_add_friend_param_add_wording.
        add_wording: String = "friendship_add_friend_param_add_wording" kTIMFriendshipAddFriendParamAddWording;
    }
}

object! {
    /// FriendshipDeleteFriendParam.
    pub struct FriendshipDeleteFriendParam in "TIMFriendshipManager.h" {
        /// Friendship_delete_friend_param_friend_type.
        friend_type: u32 = "friendship_delete_friend_param_friend_type" kTIMFriendshipDeleteFriendParamFriendType;
        /// Friendship_delete_friend_param_identifier_array.
        identifier_array: Vec<String> = "friendship_delete_friend_param_identifier_array" kTIMFriendshipDeleteFriendParamIdentifierArray;
    }
}

object! {
    /// FriendshipCheckFriendTypeParam.
    pub struct FriendshipCheckFriendTypeParam in "TIMFriendshipManager.h" {
        /// Friendship_check_friendtype_param_check_type.
        check_type: u32 = "friendship_check_friendtype_param_check_type" kTIMFriendshipCheckFriendTypeParamCheckType;
        /// Friendship_check_friendtype_param_identifier_array.
        identifier_array: Vec<String> = "friendship_check_friendtype_param_identifier_array" kTIMFriendshipCheckFriendTypeParamIdentifierArray;
    }
}

object! {
    /// FriendshipCheckFriendTypeResult.
    pub struct FriendshipCheckFriendTypeResult in "TIMFriendshipManager.h" {
        /// Friendship_check_friendtype_result_identifier.
        identifier: String = "friendship_check_friendtype_result_identifier" kTIMFriendshipCheckFriendTypeResultIdentifier;
        /// Friendship_check_friendtype_result_relation.
        relation: u32 = "friendship_check_friendtype_result_relation" kTIMFriendshipCheckFriendTypeResultRelation;
        /// Friendship_check_friendtype_result_code.
        code: i32 = "friendship_check_friendtype_result_code" kTIMFriendshipCheckFriendTypeResultCode;
        /// Friendship_check_friendtype_result_desc.
        desc: String = "friendship_check_friendtype_result_desc" kTIMFriendshipCheckFriendTypeResultDesc;
    }
}

enums! {
    /// TIMFriendType.
    pub enum FriendType: TIMFriendType in "TIMFriendshipManager.h" {
        /// FriendTypeSingle.
        Single = 0, FriendTypeSingle | FriendTypeSignle;
        /// FriendTypeBoth.
        Both = 1, FriendTypeBoth;
    }

    /// TIMFriendCheckRelation.
    pub enum FriendCheckRelation: TIMFriendCheckRelation in "TIMFriendshipManager.h" {
        /// FriendCheckNoRelation.
        NoRelation = 0, FriendCheckNoRelation;
        /// FriendCheckAWithB.
        AWithB = 1, FriendCheckAWithB;
        /// FriendCheckBWithA.
        BWithA = 2, FriendCheckBWithA;
        /// FriendCheckBothWay.
        BothWay = 3, FriendCheckBothWay;
    }

    /// TIMFriendChangeType.
    pub enum FriendChangeType: TIMFriendChangeType in "TIMFriendshipManager.h" {
        /// kTIMFriendChange_None.
        None = 0, kTIMFriendChange_None;
        /// kTIMFriendChange_FriendAdd.
        FriendAdd = 1, kTIMFriendChange_FriendAdd;
        /// kTIMFriendChange_FriendDel.
        FriendDel = 2, kTIMFriendChange_FriendDel;
        /// kTIMFriendChange_PendencyAdd.
        PendencyAdd = 3, kTIMFriendChange_PendencyAdd;
        /// kTIMFriendChange_PendencyDel.
        PendencyDel = 4, kTIMFriendChange_PendencyDel;
        /// kTIMFriendChange_BlackListAdd.
        BlackListAdd = 5, kTIMFriendChange_BlackListAdd;
        /// kTIMFriendChange_BlackListDel.
        BlackListDel = 6, kTIMFriendChange_BlackListDel;
        /// kTIMFriendChange_PendencyReadedReport.
        PendencyReadedReport = 7, kTIMFriendChange_PendencyReadedReport;
        /// kTIMFriendChange_FriendProfileUpdate.
        FriendProfileUpdate = 8, kTIMFriendChange_FriendProfileUpdate;
        /// kTIMFriendChange_FriendGroupAdd.
        FriendGroupAdd = 9, kTIMFriendChange_FriendGroupAdd;
        /// kTIMFriendChange_FriendGroupDel.
        FriendGroupDel = 10, kTIMFriendChange_FriendGroupDel;
        /// kTIMFriendChange_FriendGroupModify.
        FriendGroupModify = 11, kTIMFriendChange_FriendGroupModify;
    }
}
