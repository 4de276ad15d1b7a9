//! Friends and the black list.

pub(crate) mod group;
pub(crate) mod pendency;

use crate::UserProfile;
use crate::enums::enums;
use crate::object::object;

object! {
    /// A friend: what the user stored about them, and their profile.
    pub struct FriendProfile in "TIMFriendshipManager.h" {
        /// User id.
        identifier: String = "friend_profile_identifier" kTIMFriendProfileIdentifier;
        /// Friend groups they are in.
        group_name_array: Vec<String> = "friend_profile_group_name_array" kTIMFriendProfileGroupNameArray;
        /// Remark of the user, up to 96 bytes.
        remark: String = "friend_profile_remark" kTIMFriendProfileRemark;
        /// Text that came with the friend request, up to 120 bytes.
        add_wording: String = "friend_profile_add_wording" kTIMFriendProfileAddWording;
        /// Where the friend request came from, with `AddSource_Type_` in front.
        add_source: String = "friend_profile_add_source" kTIMFriendProfileAddSource;
        /// When they became friends, in Unix seconds.
        add_time: u64 = "friend_profile_add_time" kTIMFriendProfileAddTime;
        /// The profile.
        user_profile: UserProfile = "friend_profile_user_profile" kTIMFriendProfileUserProfile;
        /// Custom fields.
        custom_string_array: Vec<FriendProfileCustomStringInfo> = "friend_profile_custom_string_array" kTIMFriendProfileCustomStringArray
            | "friend_profile_item_custom_string_array";
    }
}

object! {
    /// What to change about a friend, or what has changed; the rest is left out. When the friend's own profile has changed,
    /// the keys of `UserProfileItem` stand here too.
    pub struct FriendProfileItem in "TIMFriendshipManager.h" + extra {
        /// Remark of the user, up to 96 bytes.
        remark: Option<String> = "friend_profile_item_remark" kTIMFriendProfileItemRemark;
        /// Friend groups they are in.
        group_name_array: Option<Vec<String>> = "friend_profile_item_group_name_array" kTIMFriendProfileItemGroupNameArray;
        /// Custom fields.
        custom_string_array: Option<Vec<FriendProfileCustomStringInfo>> = "friend_profile_item_custom_string_array" kTIMFriendProfileItemCustomStringArray;
    }
}

object! {
    /// A custom field about a friend.
    pub struct FriendProfileCustomStringInfo in "TIMFriendshipManager.h" {
        /// Its name. `Tag_SNS_Custom_` stands in front, and may be left out in input.
        key: String = "friend_profile_custom_string_info_key" kTIMFriendProfileCustomStringInfoKey kTIMFriendProfileCustemStringInfoKey;
        /// Its value, up to 500 bytes.
        value: String = "friend_profile_custom_string_info_value" kTIMFriendProfileCustomStringInfoValue kTIMFriendProfileCustemStringInfoValue;
    }
}

object! {
    /// What to change about which friend.
    pub struct FriendshipModifyFriendProfileParam in "TIMFriendshipManager.h" {
        /// User id.
        identifier: String = "friendship_modify_friend_profile_param_identifier" kTIMFriendshipModifyFriendProfileParamIdentifier;
        /// The changes.
        item: FriendProfileItem = "friendship_modify_friend_profile_param_item" kTIMFriendshipModifyFriendProfileParamItem;
    }
}

object! {
    /// What has changed about which friend.
    pub struct FriendProfileUpdate in "TIMFriendshipManager.h" {
        /// User id.
        identifier: String = "friend_profile_update_identifier" kTIMFriendProfileUpdateIdentifier;
        /// The changes.
        item: FriendProfileItem = "friend_profile_update_item" kTIMFriendProfileUpdateItem;
    }
}

object! {
    /// How a call went for one user.
    pub struct FriendResult in "TIMFriendshipManager.h" {
        /// User id.
        identifier: String = "friend_result_identifier" kTIMFriendResultIdentifier;
        /// 0, or the `TIMErrCode` of this entry.
        code: i32 = "friend_result_code" kTIMFriendResultCode;
        /// English text to `code`.
        desc: String = "friend_result_desc" kTIMFriendResultDesc;
    }
}

object! {
    /// Whom to add as friend.
    pub struct FriendshipAddFriendParam in "TIMFriendshipManager.h" {
        /// User id.
        identifier: String = "friendship_add_friend_param_identifier" kTIMFriendshipAddFriendParamIdentifier;
        /// One way or both ways, a `TIMFriendType`.
        friend_type: u32 = "friendship_add_friend_param_friend_type" kTIMFriendshipAddFriendParamFriendType;
        /// Remark of the user, up to 96 bytes.
        remark: String = "friendship_add_friend_param_remark" kTIMFriendshipAddFriendParamRemark;
        /// Friend group to put them into; made if there is none. Empty for no group.
        group_name: String = "friendship_add_friend_param_group_name" kTIMFriendshipAddFriendParamGroupName;
        /// Where the request comes from, up to 8 letters; `AddSource_Type_` in front may be left out.
        add_source: String = "friendship_add_friend_param_add_source" kTIMFriendshipAddFriendParamAddSource;
        /// Text that came with the friend request, up to 120 bytes.
        add_wording: String = "friendship_add_friend_param_add_wording" kTIMFriendshipAddFriendParamAddWording;
    }
}

object! {
    /// Which friends to remove.
    pub struct FriendshipDeleteFriendParam in "TIMFriendshipManager.h" {
        /// One way or both ways, a `TIMFriendType`.
        friend_type: u32 = "friendship_delete_friend_param_friend_type" kTIMFriendshipDeleteFriendParamFriendType;
        /// User ids.
        identifier_array: Vec<String> = "friendship_delete_friend_param_identifier_array" kTIMFriendshipDeleteFriendParamIdentifierArray;
    }
}

object! {
    /// Whose relation to the user to check.
    pub struct FriendshipCheckFriendTypeParam in "TIMFriendshipManager.h" {
        /// One way or both ways, a `TIMFriendType`.
        check_type: u32 = "friendship_check_friendtype_param_check_type" kTIMFriendshipCheckFriendTypeParamCheckType;
        /// User ids.
        identifier_array: Vec<String> = "friendship_check_friendtype_param_identifier_array" kTIMFriendshipCheckFriendTypeParamIdentifierArray;
    }
}

object! {
    /// The relation of one user.
    pub struct FriendshipCheckFriendTypeResult in "TIMFriendshipManager.h" {
        /// User id.
        identifier: String = "friendship_check_friendtype_result_identifier" kTIMFriendshipCheckFriendTypeResultIdentifier;
        /// The relation, a `TIMFriendCheckRelation`.
        relation: u32 = "friendship_check_friendtype_result_relation" kTIMFriendshipCheckFriendTypeResultRelation;
        /// 0, or the `TIMErrCode` of this entry.
        code: i32 = "friendship_check_friendtype_result_code" kTIMFriendshipCheckFriendTypeResultCode;
        /// English text to `code`.
        desc: String = "friendship_check_friendtype_result_desc" kTIMFriendshipCheckFriendTypeResultDesc;
    }
}

enums! {
    /// Whether friendship is meant one way or both ways.
    pub enum FriendType: TIMFriendType in "TIMFriendshipManager.h" {
        /// One way: the peer is in the user's list.
        Single = 0, FriendTypeSingle | FriendTypeSignle;
        /// Both ways: each is in the other's list.
        Both = 1, FriendTypeBoth;
    }

    /// Who has whom as friend, A being the user.
    pub enum FriendCheckRelation: TIMFriendCheckRelation in "TIMFriendshipManager.h" {
        /// Neither.
        NoRelation = 0, FriendCheckNoRelation;
        /// A has B.
        AWithB = 1, FriendCheckAWithB;
        /// B has A.
        BWithA = 2, FriendCheckBWithA;
        /// Both have each other.
        BothWay = 3, FriendCheckBothWay;
    }

    /// What changed about friends and the black list.
    pub enum FriendChangeType: TIMFriendChangeType in "TIMFriendshipManager.h" {
        /// Nothing.
        None = 0, kTIMFriendChange_None;
        /// Friends were added.
        FriendAdd = 1, kTIMFriendChange_FriendAdd;
        /// Friends were removed.
        FriendDel = 2, kTIMFriendChange_FriendDel;
        /// Friend requests came.
        PendencyAdd = 3, kTIMFriendChange_PendencyAdd;
        /// Friend requests went.
        PendencyDel = 4, kTIMFriendChange_PendencyDel;
        /// Users came onto the black list.
        BlackListAdd = 5, kTIMFriendChange_BlackListAdd;
        /// Users went from the black list.
        BlackListDel = 6, kTIMFriendChange_BlackListDel;
        /// Friend requests were read.
        PendencyReadedReport = 7, kTIMFriendChange_PendencyReadedReport;
        /// What is stored about friends changed.
        FriendProfileUpdate = 8, kTIMFriendChange_FriendProfileUpdate;
        /// Friend groups were created.
        FriendGroupAdd = 9, kTIMFriendChange_FriendGroupAdd;
        /// Friend groups were deleted.
        FriendGroupDel = 10, kTIMFriendChange_FriendGroupDel;
        /// Friend groups changed.
        FriendGroupModify = 11, kTIMFriendChange_FriendGroupModify;
    }
}
