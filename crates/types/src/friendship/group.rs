//! The groups into which a user sorts friends.

use crate::object::object;

object! {
    /// CreateFriendGroupParam.
    pub struct CreateFriendGroupParam in "TIMFriendshipManager.h" {
        /// Friendship_create_friend_group_param_name_array.
        name_array: Vec<String> = "friendship_create_friend_group_param_name_array" kTIMFriendshipCreateFriendGroupParamNameArray;
        /// Friendship_create_friend_group_param_identifier_array.
        identifier_array: Vec<String> = "friendship_create_friend_group_param_identifier_array" kTIMFriendshipCreateFriendGroupParamIdentifierArray;
    }
}

object! {
    /// FriendGroupInfo.
    pub struct FriendGroupInfo in "TIMFriendshipManager.h" {
        /// Friend_group_info_name.
        name: String = "friend_group_info_name" kTIMFriendGroupInfoName;
        /// Friend_group_info_count.
        count: u64 = "friend_group_info_count" kTIMFriendGroupInfoCount;
        /// Friend_group_info_identifier_array.
        identifier_array: Vec<String> = "friend_group_info_identifier_array" kTIMFriendGroupInfoIdentifierArray;
    }
}

object! {
    /// FriendshipModifyFriendGroupParam.
    pub struct FriendshipModifyFriendGroupParam in "TIMFriendshipManager.h" {
        /// Friendship_modify_friend_group_param_name.
        name: String = "friendship_modify_friend_group_param_name" kTIMFriendshipModifyFriendGroupParamName;
        /// One change per call; order new_name, add, delete.
        new_name: String = "friendship_modify_friend_group_param_new_name" kTIMFriendshipModifyFriendGroupParamNewName;
        /// Ignored when new_name or add list is given.
        delete_identifier_array: Vec<String> = "friendship_modify_friend_group_param_delete_identifier_array" kTIMFriendshipModifyFriendGroupParamDeleteIdentifierArray;
        /// Ignored when new_name is given.
        add_identifier_array: Vec<String> = "friendship_modify_friend_group_param_add_identifier_array" kTIMFriendshipModifyFriendGroupParamAddIdentifierArray;
    }
}
