//! User profiles.

use crate::enums::enums;
use crate::field::TextOrNumber;
use crate::object::object;

object! {
    /// The profile of a user.
    pub struct UserProfile in "TIMManager.h" {
        /// User id.
        identifier: String = "user_profile_identifier" kTIMUserProfileIdentifier;
        /// Nick name, up to 500 bytes.
        nick_name: String = "user_profile_nick_name" kTIMUserProfileNickName;
        /// A `TIMGenderType`.
        gender: u32 = "user_profile_gender" kTIMUserProfileGender;
        /// URL of the picture, up to 500 bytes.
        face_url: String = "user_profile_face_url" kTIMUserProfileFaceUrl;
        /// The reader's remark on the user; only with the sender of a message.
        friend_remark: String = "user_profile_friend_remark" kTIMUserProfileFriendRemark;
        /// Signature line, up to 500 bytes.
        self_signature: String = "user_profile_self_signature" kTIMUserProfileSelfSignature;
        /// Who may add the user as friend, a `TIMProfileAddPermission`.
        add_permission: u32 = "user_profile_add_permission" kTIMUserProfileAddPermission;
        /// Where the user is, up to 16 bytes; the application chooses the form.
        location: String = "user_profile_location" kTIMUserProfileLocation;
        /// Language; the application chooses the number.
        language: u32 = "user_profile_language" kTIMUserProfileLanguage;
        /// Birthday, as the number yyyymmdd by convention.
        birthday: u32 = "user_profile_birthday" kTIMUserProfileBirthDay;
        /// Level; the application chooses the number.
        level: u32 = "user_profile_level" kTIMUserProfileLevel;
        /// Role; the application chooses the number.
        role: u32 = "user_profile_role" kTIMUserProfileRole;
        /// Custom fields.
        custom_string_array: Vec<UserProfileCustomStringInfo> = "user_profile_custom_string_array" kTIMUserProfileCustomStringArray
            | "user_profile_item_custom_string_array";
    }
}

object! {
    /// Fields of a profile to change, or that have changed; the others are left out.
    pub struct UserProfileItem in "TIMManager.h" {
        /// Nick name, up to 500 bytes.
        nick_name: Option<String> = "user_profile_item_nick_name" kTIMUserProfileItemNickName;
        /// A `TIMGenderType`.
        gender: Option<u32> = "user_profile_item_gender" kTIMUserProfileItemGender;
        /// URL of the picture, up to 500 bytes.
        face_url: Option<String> = "user_profile_item_face_url" kTIMUserProfileItemFaceUrl;
        /// Signature line, up to 500 bytes.
        self_signature: Option<String> = "user_profile_item_self_signature" kTIMUserProfileItemSelfSignature;
        /// Who may add the user as friend, a `TIMProfileAddPermission`.
        add_permission: Option<u32> = "user_profile_item_add_permission" kTIMUserProfileItemAddPermission;
        /// Where the user is, up to 16 bytes; the application chooses the form. A number is kept as its digits.
        location: Option<TextOrNumber> = "user_profile_item_location" kTIMUserProfileItemLocation kTIMUserProfileItemLoaction;
        /// Language; the application chooses the number.
        language: Option<u32> = "user_profile_item_language" kTIMUserProfileItemLanguage;
        /// Birthday, as the number yyyymmdd by convention.
        birthday: Option<u32> = "user_profile_item_birthday" kTIMUserProfileItemBirthDay;
        /// Level; the application chooses the number.
        level: Option<u32> = "user_profile_item_level" kTIMUserProfileItemLevel;
        /// Role; the application chooses the number.
        role: Option<u32> = "user_profile_item_role" kTIMUserProfileItemRole;
        /// Custom fields.
        custom_string_array: Option<Vec<UserProfileCustomStringInfo>> = "user_profile_item_custom_string_array" kTIMUserProfileItemCustomStringArray;
    }
}

object! {
    /// A custom field of a profile.
    pub struct UserProfileCustomStringInfo in "TIMManager.h" {
        /// Its name. `Tag_Profile_Custom_` stands in front, and may be left out in input.
        key: String = "user_profile_custom_string_info_key" kTIMUserProfileCustomStringInfoKey kTIMUserProfileCustemStringInfoKey;
        /// Its value, up to 500 bytes.
        value: String = "user_profile_custom_string_info_value" kTIMUserProfileCustomStringInfoValue kTIMUserProfileCustemStringInfoValue;
    }
}

object! {
    /// Whose profiles to return.
    pub struct FriendShipGetProfileListParam in "TIMManager.h" {
        /// User ids.
        identifier_array: Vec<String> = "friendship_getprofilelist_param_identifier_array" kTIMFriendShipGetProfileListParamIdentifierArray;
        /// Ask the service about all of them, or fail. Else friends are taken from what is stored here, and so are others while the
        /// service can't be reached.
        force_update: bool = "friendship_getprofilelist_param_force_update" kTIMFriendShipGetProfileListParamForceUpdate;
    }
}

enums! {
    /// Gender in a profile.
    pub enum GenderType: TIMGenderType in "TIMManager.h" {
        /// Not said.
        Unknown = 0, kTIMGenderType_Unknown | kTIMGenderType_Unkown;
        /// Male.
        Male = 1, kTIMGenderType_Male;
        /// Female.
        Female = 2, kTIMGenderType_Female;
    }

    /// Who may add a user as friend.
    pub enum ProfileAddPermission: TIMProfileAddPermission in "TIMManager.h" {
        /// Never set; counts as everybody.
        Unknown = 0, kTIMProfileAddPermission_Unknown;
        /// Everybody.
        AllowAny = 1, kTIMProfileAddPermission_AllowAny;
        /// Those whom the user accepts.
        NeedConfirm = 2, kTIMProfileAddPermission_NeedConfirm;
        /// Nobody.
        DenyAny = 3, kTIMProfileAddPermission_DenyAny;
    }

    /// What changed about a user.
    pub enum ProfileChangeType: TIMProfileChangeType in "TIMManager.h" {
        /// Nothing.
        None = 0, kTIMProfileChange_None;
        /// The profile.
        Profile = 1, kTIMProfileChange_Profile;
    }
}

/// Takes over the fields that are given.
macro_rules! take_over {
    ($into:ident, $from:ident, $wrap:expr; $($field:ident)*) => {
        $(if let Some(value) = &$from.$field {
            $into.$field = $wrap(value.clone());
        })*
    };
}

impl UserProfile {
    /// Changes the fields that `item` gives.
    pub fn apply(&mut self, item: &UserProfileItem) {
        take_over!(self, item, std::convert::identity; nick_name gender face_url self_signature add_permission language birthday level role);
        if let Some(location) = &item.location {
            self.location.clone_from(&location.0);
        }
        if let Some(changes) = &item.custom_string_array {
            put_custom(&mut self.custom_string_array, changes);
        }
    }
}

impl UserProfileItem {
    /// Takes over what a later change gives.
    pub fn merge(&mut self, later: &Self) {
        take_over!(self, later, Some; nick_name gender face_url self_signature add_permission location language birthday
            level role);
        if let Some(changes) = &later.custom_string_array {
            put_custom(self.custom_string_array.get_or_insert_default(), changes);
        }
    }

    /// Nothing is given.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn put_custom(
    fields: &mut Vec<UserProfileCustomStringInfo>,
    changes: &[UserProfileCustomStringInfo],
) {
    for change in changes {
        match fields.iter_mut().find(|field| field.key == change.key) {
            Some(field) => field.value.clone_from(&change.value),
            None => fields.push(change.clone()),
        }
    }
}
