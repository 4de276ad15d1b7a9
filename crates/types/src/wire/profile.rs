//! What client and service say to each other about profiles.

use serde::{Deserialize, Serialize};

use crate::{UserProfile, UserProfileItem};

/// What a client may ask for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Profiles of users.
    Get {
        /// User ids.
        users: Vec<String>,
    },
    /// What a client shows about users: profile and, of friends, the remark. Unknown users are no error.
    Cards {
        /// User ids.
        users: Vec<String>,
    },
    /// Change the own profile: the fields that are given.
    Modify(Box<UserProfileItem>),
}

impl Request {
    /// Whether it may change something.
    pub fn writes(&self) -> bool {
        matches!(self, Self::Modify(_))
    }
}

/// The answer to a [`Request`] that succeeded and gives something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::Get`]: in the order asked for, unknown users left out.
    Profiles(Vec<UserProfile>),
    /// To [`Request::Cards`]: of those users that there are.
    Cards(Vec<Card>),
}

/// What a client shows about a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// The profile.
    pub profile: UserProfile,
    /// The remark on a friend, which may be empty; `None` for somebody who is no friend.
    pub remark: Option<String>,
}

/// What all devices of an account learn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// The profile of the account or of one of its friends changed.
    Changed {
        /// Whose.
        user: String,
        /// The fields that changed.
        item: Box<UserProfileItem>,
        /// When, in Unix seconds.
        time: u64,
        /// The session that changed it.
        by: u64,
    },
}
