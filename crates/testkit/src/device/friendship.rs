//! Profiles and friends.

use imsdk_types::{
    FriendProfile, FriendProfileItem, FriendResponse, FriendResponseAction, FriendResult,
    FriendType, FriendshipAddFriendParam, FriendshipCheckFriendTypeParam,
    FriendshipDeleteFriendParam, FriendshipGetPendencyListParam,
    FriendshipModifyFriendProfileParam, PendencyPage, ProfileAddPermission, UserProfile,
    UserProfileItem,
};

use crate::Device;

/// Each panics if the call as a whole fails; what happened to a user is its result.
impl Device {
    /// The profile of a user who must exist.
    pub fn profile(&self, user: &str) -> UserProfile {
        let users = vec![user.to_owned()];
        self.call(|client, reply| client.profiles(users, true, reply)).expect("a profile").remove(0)
    }

    /// Changes the own profile.
    pub fn modify_profile(&self, item: UserProfileItem) {
        self.call(|client, reply| client.modify_profile(item, reply)).expect("a change");
    }

    /// Gives the user a nick name.
    pub fn set_nick(&self, nick: &str) {
        let nick_name = Some(nick.to_owned());
        self.modify_profile(UserProfileItem { nick_name, ..UserProfileItem::default() });
    }

    /// Says who may add the user as friend.
    pub fn set_permission(&self, permission: ProfileAddPermission) {
        let add_permission = Some(permission as u32);
        self.modify_profile(UserProfileItem { add_permission, ..UserProfileItem::default() });
    }

    /// Adds a friend. Gives the code.
    pub fn add(&self, user: &str, friend_type: FriendType) -> i32 {
        self.add_with(FriendshipAddFriendParam {
            identifier: user.to_owned(),
            friend_type: friend_type as u32,
            ..FriendshipAddFriendParam::default()
        })
        .code
    }

    /// Adds a friend with all that belongs to it.
    pub fn add_with(&self, param: FriendshipAddFriendParam) -> FriendResult {
        self.call(|client, reply| client.add_friend(param, reply)).expect("a result")
    }

    /// Answers a friend request. Gives the code.
    pub fn respond(&self, user: &str, action: FriendResponseAction) -> i32 {
        let param = FriendResponse {
            identifier: user.to_owned(),
            action: Some(action as u32),
            ..FriendResponse::default()
        };
        self.call(|client, reply| client.respond_to_friend(param, reply)).expect("a result").code
    }

    /// The friend list.
    pub fn friends(&self) -> Vec<FriendProfile> {
        self.call(|client, reply| client.friends(reply)).expect("a friend list")
    }

    /// The user ids of the friend list.
    pub fn friend_ids(&self) -> Vec<String> {
        self.friends().into_iter().map(|friend| friend.identifier).collect()
    }

    /// What is stored about a friend who must be one.
    pub fn friend(&self, user: &str) -> FriendProfile {
        let friend = self.friends().into_iter().find(|friend| friend.identifier == user);
        friend.expect("a friend")
    }

    /// Changes what is stored about a friend.
    pub fn modify_friend(&self, user: &str, item: FriendProfileItem) {
        let param = FriendshipModifyFriendProfileParam { identifier: user.to_owned(), item };
        self.call(|client, reply| client.modify_friend(param, reply)).expect("a change");
    }

    /// Gives a friend a remark.
    pub fn set_remark(&self, user: &str, remark: &str) {
        let remark = Some(remark.to_owned());
        self.modify_friend(user, FriendProfileItem { remark, ..FriendProfileItem::default() });
    }

    /// Removes a friend. Gives the code.
    pub fn unfriend(&self, user: &str, friend_type: FriendType) -> i32 {
        let param = FriendshipDeleteFriendParam {
            friend_type: friend_type as u32,
            identifier_array: vec![user.to_owned()],
        };
        self.call(|client, reply| client.delete_friends(param, reply)).expect("results")[0].code
    }

    /// Who has whom: relation and code.
    pub fn relation(&self, user: &str, check_type: FriendType) -> (u32, i32) {
        let param = FriendshipCheckFriendTypeParam {
            check_type: check_type as u32,
            identifier_array: vec![user.to_owned()],
        };
        let list =
            self.call(|client, reply| client.check_friends(param, reply)).expect("relations");
        (list[0].relation, list[0].code)
    }

    /// Puts a user on the black list. Gives the code.
    pub fn block(&self, user: &str) -> i32 {
        let users = vec![user.to_owned()];
        self.call(|client, reply| client.block(users, reply)).expect("results")[0].code
    }

    /// Takes a user off the black list. Gives the code.
    pub fn unblock(&self, user: &str) -> i32 {
        let users = vec![user.to_owned()];
        self.call(|client, reply| client.unblock(users, reply)).expect("results")[0].code
    }

    /// A page of the friend requests.
    pub fn pendencies(&self, param: FriendshipGetPendencyListParam) -> PendencyPage {
        self.call(|client, reply| client.pendencies(param, reply)).expect("a page")
    }

    /// All friend requests, newest first: user and kind.
    pub fn requests(&self) -> Vec<(String, u32)> {
        let param = FriendshipGetPendencyListParam { kind: 2, ..Default::default() };
        let page = self.pendencies(param);
        page.pendency_info_array.into_iter().map(|info| (info.identifier, info.kind)).collect()
    }
}
