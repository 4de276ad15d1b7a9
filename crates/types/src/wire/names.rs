//! How much a request is about.

use super::{Request, friendship, group, profile};
use crate::limits;

impl Request {
    /// How many users, members or groups it names or tells, or how many conversations it lists: what it costs grows with that.
    pub fn names(&self) -> usize {
        match self {
            Self::Profile(profile::Request::Get { users } | profile::Request::Cards { users }) => {
                users.len()
            }
            // Friends are told, each of them.
            Self::Profile(profile::Request::Modify(_)) => limits::FRIENDS as usize,
            Self::Friendship(request) => in_friendship(request),
            Self::Group(request) => in_group(request),
            Self::RecentConvs | Self::RecentConvsWithoutTips => limits::RECENT_CONVERSATIONS,
            _ => 0,
        }
    }
}

fn in_friendship(request: &friendship::Request) -> usize {
    use friendship::Request;

    match request {
        Request::Delete(param) => param.identifier_array.len(),
        Request::Check(param) => param.identifier_array.len(),
        Request::DeletePendencies(param) => param.identifier_array.len(),
        Request::CreateGroups(param) => param.identifier_array.len() * param.name_array.len(),
        Request::ModifyGroup(param) => {
            param.add_identifier_array.len() + param.delete_identifier_array.len()
        }
        Request::Block { users } | Request::Unblock { users } => users.len(),
        _ => 0,
    }
}

fn in_group(request: &group::Request) -> usize {
    use group::Request;

    match request {
        Request::Create(param) => param.group_member_array.len(),
        Request::Invite(param) => param.identifier_array.len(),
        Request::Remove(param) => param.identifier_array.len(),
        Request::Members(param) => param.identifier_array.len(),
        Request::Infos(ids) => ids.len(),
        Request::Got(list) => list.len(),
        _ => 0,
    }
}
