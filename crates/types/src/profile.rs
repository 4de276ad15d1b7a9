//! User profiles.

use crate::enums::enums;
use crate::object::object;

object! {
    /// UserProfile.
    pub struct UserProfile in "TIMManager.h" {
        /// User_profile_identifier.
        identifier: String = "user_profile_identifier" kTIMUserProfileIdentifier;
        /// User_profile_nick_name.
        nick_name: String = "user_profile_nick_name" kTIMUserProfileNickName;
        /// User_profile_gender.
        gender: u32 = "user_profile_gender" kTIMUserProfileGender;
        /// User_profile_face_url.
        face_url: String = "user_profile_face_url" kTIMUserProfileFaceUrl;
        /// Only filled inside message_sender_profile.
        friend_remark: String = "user_profile_friend_remark" kTIMUserProfileFriendRemark;
        /// User_profile_self_signature.
        self_signature: String = "user_profile_self_signature" kTIMUserProfileSelfSignature;
        /// User_profile_add_permission.
        add_permission: u32 = "user_profile_add_permission" kTIMUserProfileAddPermission;
        /// Seed sample is NUL-padded to 16 chars.
        location: String = "user_profile_location" kTIMUserProfileLocation;
        /// User_profile_language.
        language: u32 = "user_profile_language" kTIMUserProfileLanguage;
        /// Integer; seed sample uses yyyymmdd form.
        birthday: u32 = "user_profile_birthday" kTIMUserProfileBirthDay;
        /// User_profile_level.
        level: u32 = "user_profile_level" kTIMUserProfileLevel;
        /// User_profile_role.
        role: u32 = "user_profile_role" kTIMUserProfileRole;
        /// User_profile_custom_string_array.
        custom_string_array: Vec<UserProfileCustomStringInfo> = "user_profile_custom_string_array" kTIMUserProfileCustomStringArray
            | "user_profile_item_custom_string_array";
    }
}

object! {
    /// UserProfileItem.
    pub struct UserProfileItem in "TIMManager.h" {
        /// User_profile_item_nick_name.
        nick_name: Option<String> = "user_profile_item_nick_name" kTIMUserProfileItemNickName;
        /// User_profile_item_gender.
        gender: Option<u32> = "user_profile_item_gender" kTIMUserProfileItemGender;
        /// User_profile_item_face_url.
        face_url: Option<String> = "user_profile_item_face_url" kTIMUserProfileItemFaceUrl;
        /// User_profile_item_self_signature.
        self_signature: Option<String> = "user_profile_item_self_signature" kTIMUserProfileItemSelfSignature;
        /// User_profile_item_add_permission.
        add_permission: Option<u32> = "user_profile_item_add_permission" kTIMUserProfileItemAddPermission;
        /// User_profile_item_location.
        location: Option<String> = "user_profile_item_location" kTIMUserProfileItemLocation kTIMUserProfileItemLoaction;
        /// User_profile_item_language.
        language: Option<u32> = "user_profile_item_language" kTIMUserProfileItemLanguage;
        /// User_profile_item_birthday.
        birthday: Option<u32> = "user_profile_item_birthday" kTIMUserProfileItemBirthDay;
        /// User_profile_item_level.
        level: Option<u32> = "user_profile_item_level" kTIMUserProfileItemLevel;
        /// User_profile_item_role.
        role: Option<u32> = "user_profile_item_role" kTIMUserProfileItemRole;
        /// User_profile_item_custom_string_array.
        custom_string_array: Option<Vec<UserProfileCustomStringInfo>> = "user_profile_item_custom_string_array" kTIMUserProfileItemCustomStringArray;
    }
}

object! {
    /// UserProfileCustomStringInfo.
    pub struct UserProfileCustomStringInfo in "TIMManager.h" {
        /// Full key has prefix Tag_Profile_Custom_; optional when writing.
        key: String = "user_profile_custom_string_info_key" kTIMUserProfileCustomStringInfoKey kTIMUserProfileCustemStringInfoKey;
        /// Max 500 bytes.
        value: String = "user_profile_custom_string_info_value" kTIMUserProfileCustomStringInfoValue kTIMUserProfileCustemStringInfoValue;
    }
}

object! {
    /// FriendShipGetProfileListParam.
    pub struct FriendShipGetProfileListParam in "TIMManager.h" {
        /// Friendship_getprofilelist_param_identifier_array.
        identifier_array: Vec<String> = "friendship_getprofilelist_param_identifier_array" kTIMFriendShipGetProfileListParamIdentifierArray;
        /// Default false: try local cache before server.
        force_update: bool = "friendship_getprofilelist_param_force_update" kTIMFriendShipGetProfileListParamForceUpdate;
    }
}

enums! {
    /// TIMGenderType.
    pub enum GenderType: TIMGenderType in "TIMManager.h" {
        /// kTIMGenderType_Unknown.
        Unknown = 0, kTIMGenderType_Unknown | kTIMGenderType_Unkown;
        /// kTIMGenderType_Male.
        Male = 1, kTIMGenderType_Male;
        /// kTIMGenderType_Female.
        Female = 2, kTIMGenderType_Female;
    }

    /// TIMProfileAddPermission.
    pub enum ProfileAddPermission: TIMProfileAddPermission in "TIMManager.h" {
        /// kTIMProfileAddPermission_Unknown.
        Unknown = 0, kTIMProfileAddPermission_Unknown;
        /// kTIMProfileAddPermission_AllowAny.
        AllowAny = 1, kTIMProfileAddPermission_AllowAny;
        /// kTIMProfileAddPermission_NeedConfirm.
        NeedConfirm = 2, kTIMProfileAddPermission_NeedConfirm;
        /// kTIMProfileAddPermission_DenyAny.
        DenyAny = 3, kTIMProfileAddPermission_DenyAny;
    }

    /// TIMProfileChangeType.
    pub enum ProfileChangeType: TIMProfileChangeType in "TIMManager.h" {
        /// kTIMProfileChange_None.
        None = 0, kTIMProfileChange_None;
        /// kTIMProfileChange_Profile.
        Profile = 1, kTIMProfileChange_Profile;
    }
}
