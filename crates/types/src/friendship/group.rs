//! The groups into which a user sorts friends.

use crate::object::object;

object! {
    /// Friend groups to create.
    pub struct CreateFriendGroupParam in "TIMFriendshipManager.h" {
        /// Their names, up to 30 bytes each.
        name_array: Vec<String> = "friendship_create_friend_group_param_name_array" kTIMFriendshipCreateFriendGroupParamNameArray;
        /// User ids of friends to put into them.
        identifier_array: Vec<String> = "friendship_create_friend_group_param_identifier_array" kTIMFriendshipCreateFriendGroupParamIdentifierArray;
    }
}

object! {
    /// A friend group.
    pub struct FriendGroupInfo in "TIMFriendshipManager.h" {
        /// Its name.
        name: String = "friend_group_info_name" kTIMFriendGroupInfoName;
        /// Friends in it.
        count: u64 = "friend_group_info_count" kTIMFriendGroupInfoCount;
        /// Their user ids.
        identifier_array: Vec<String> = "friend_group_info_identifier_array" kTIMFriendGroupInfoIdentifierArray;
    }
}

object! {
    /// What to change about a friend group.
    pub struct FriendshipModifyFriendGroupParam in "TIMFriendshipManager.h" {
        /// Its name.
        name: String = "friendship_modify_friend_group_param_name" kTIMFriendshipModifyFriendGroupParamName;
        /// Its new name; empty to keep it.
        new_name: String = "friendship_modify_friend_group_param_new_name" kTIMFriendshipModifyFriendGroupParamNewName;
        /// User ids to take out.
        delete_identifier_array: Vec<String> = "friendship_modify_friend_group_param_delete_identifier_array" kTIMFriendshipModifyFriendGroupParamDeleteIdentifierArray;
        /// User ids to put in.
        add_identifier_array: Vec<String> = "friendship_modify_friend_group_param_add_identifier_array" kTIMFriendshipModifyFriendGroupParamAddIdentifierArray;
    }
}
