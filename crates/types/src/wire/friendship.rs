//! What client and service say to each other about friendship.

use serde::{Deserialize, Serialize};

use crate::{
    CreateFriendGroupParam, FriendAddPendency, FriendChangeElem, FriendGroupInfo, FriendProfile,
    FriendProfileUpdate, FriendResponse, FriendResult, FriendshipAddFriendParam,
    FriendshipCheckFriendTypeParam, FriendshipCheckFriendTypeResult, FriendshipDeleteFriendParam,
    FriendshipDeletePendencyParam, FriendshipGetPendencyListParam,
    FriendshipModifyFriendGroupParam, FriendshipModifyFriendProfileParam, PendencyPage,
};

/// What a client may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// A page of the friend list.
    Friends {
        /// 0 for the first page, then what the page before said.
        after: u64,
    },
    /// Add a friend.
    Add(Box<FriendshipAddFriendParam>),
    /// Answer a friend request.
    Respond(FriendResponse),
    /// Change what is stored about a friend.
    Modify(Box<FriendshipModifyFriendProfileParam>),
    /// Remove friends.
    Delete(FriendshipDeleteFriendParam),
    /// Who has whom as friend.
    Check(FriendshipCheckFriendTypeParam),
    /// Make friend groups.
    CreateGroups(CreateFriendGroupParam),
    /// Friend groups by name; all without one.
    Groups {
        /// The names.
        names: Vec<String>,
    },
    /// Change a friend group.
    ModifyGroup(FriendshipModifyFriendGroupParam),
    /// Delete friend groups.
    DeleteGroups {
        /// The names.
        names: Vec<String>,
    },
    /// Put users on the black list.
    Block {
        /// User ids.
        users: Vec<String>,
    },
    /// Take users off the black list.
    Unblock {
        /// User ids.
        users: Vec<String>,
    },
    /// A page of the black list.
    Blocked {
        /// 0 for the first page, then what the page before said.
        after: u64,
    },
    /// A page of the friend requests.
    Pendencies(FriendshipGetPendencyListParam),
    /// Delete friend requests.
    DeletePendencies(FriendshipDeletePendencyParam),
    /// Mark friend requests as read.
    ReadPendencies {
        /// Those up to this Unix second; 0 for all.
        time: u64,
    },
}

impl Request {
    /// Whether it may change something.
    pub fn writes(&self) -> bool {
        !matches!(
            self,
            Self::Friends { .. }
                | Self::Check(_)
                | Self::Groups { .. }
                | Self::Blocked { .. }
                | Self::Pendencies(_)
        )
    }
}

/// The answer to a [`Request`] that succeeded and gives something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::Friends`] and [`Request::Blocked`].
    Friends {
        /// The users.
        list: Vec<FriendProfile>,
        /// Ask with it for the next page; 0 after the last.
        next: u64,
    },
    /// To requests about one user.
    Result(FriendResult),
    /// To requests about several users.
    Results(Vec<FriendResult>),
    /// To [`Request::Check`].
    Relations(Vec<FriendshipCheckFriendTypeResult>),
    /// To [`Request::Groups`].
    Groups(Vec<FriendGroupInfo>),
    /// To [`Request::Pendencies`].
    Pendencies(PendencyPage),
}

/// What all devices of an account learn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// Somebody became a friend.
    Added(Box<FriendProfile>),
    /// They are friends no more.
    Deleted {
        /// User ids.
        users: Vec<String>,
    },
    /// What is stored about a friend changed.
    Updated(Box<FriendProfileUpdate>),
    /// Somebody asks to become a friend.
    Requested(Box<FriendAddPendency>),
    /// A change that has no event of its own: requests that went or were read, the black list, friend groups.
    Changed {
        /// What changed.
        change: Box<FriendChangeElem>,
        /// When, in Unix seconds.
        time: u64,
        /// The session that changed it.
        by: u64,
    },
}
