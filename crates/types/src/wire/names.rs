//! How much a request is about.

use super::{Request, friendship, group, message, profile};
use crate::limits;

/// What is told to a few, or changes what many look at, costs as much as that many names.
const FEW: usize = 8;

impl Request {
    /// How many users, members or groups it names or tells, or may list: what it costs grows with that.
    pub fn names(&self) -> usize {
        match self {
            Self::Profile(profile::Request::Get { users } | profile::Request::Cards { users }) => {
                users.len()
            }
            // Friends are told, each of them.
            Self::Profile(profile::Request::Modify(_)) => limits::FRIENDS as usize,
            Self::Friendship(request) => in_friendship(request),
            Self::Group(request) => in_group(request),
            Self::Message(message::Request::Delete { messages, .. }) => messages.len(),
            Self::Message(message::Request::Revoke { .. }) => FEW,
            Self::RecentConvs | Self::RecentConvsWithoutTips => limits::RECENT_CONVERSATIONS,
            // As `LeaveLive`.
            Self::Logout { .. } => limits::LIVE_GROUPS,
            Self::Service | Self::Login(_) | Self::Passed { .. } => 0,
            Self::Send(_) | Self::Pull { .. } | Self::History { .. } | Self::Unread { .. } => 0,
            Self::ReportRead { .. } | Self::DeleteConv { .. } | Self::File(_) => 0,
        }
    }

    /// How many users, members or groups others must leave alone while it is done, besides who asks, and one group: those that it
    /// names to change something about them.
    pub fn holds(&self) -> usize {
        use friendship::Request as Friends;
        use group::Request as Groups;

        match self {
            request if !request.writes() => 0,
            Self::Profile(_) | Self::Message(_) => 0,
            Self::Friendship(
                Friends::CreateGroups(_) | Friends::ModifyGroup(_) | Friends::DeleteGroups { .. },
            ) => 0,
            Self::Group(Groups::Delete { .. } | Groups::Quit { .. } | Groups::ModifyInfo(_)) => 0,
            Self::Friendship(Friends::Add(_) | Friends::Respond(_) | Friends::Modify(_)) => 1,
            Self::Group(Groups::ModifyMember(_)) => 1,
            // Who is in too many live groups leaves some for it.
            Self::Group(Groups::Join { .. }) => 2,
            Self::Group(Groups::HandlePendency(_)) => 2,
            request => request.names(),
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
        Request::Friends { .. } | Request::Blocked { .. } => limits::FRIEND_PAGE as usize,
        Request::Pendencies(param) => param.page() as usize,
        Request::Add(_) | Request::Respond(_) | Request::Modify(_) => FEW,
        Request::Groups { .. } | Request::DeleteGroups { .. } => FEW,
        Request::ReadPendencies { .. } => 0,
    }
}

fn in_group(request: &group::Request) -> usize {
    use group::Request;

    match request {
        Request::Create(param) => param.group_member_array.len(),
        Request::Invite(param) => param.identifier_array.len(),
        Request::Remove(param) => param.identifier_array.len(),
        Request::Members(param) if param.identifier_array.is_empty() => {
            limits::MEMBER_PAGE as usize
        }
        Request::Members(param) => param.identifier_array.len(),
        Request::Infos(ids) => ids.len(),
        Request::Got(list) => list.len(),
        // Every member is told.
        Request::Delete { .. } => limits::USERS,
        // Nobody knows how many there are.
        Request::Joined | Request::JoinedWithoutTips => limits::RECENT_CONVERSATIONS,
        Request::Pendencies(_) => limits::PENDENCY_PAGE as usize,
        Request::Join { .. }
        | Request::Quit { .. }
        | Request::ModifyInfo(_)
        | Request::ModifyMember(_)
        | Request::HandlePendency(_) => FEW,
        // At most, and mostly none: alone it is not long, since what is long waits for what is long, and every first login of a device and
        // every logout would. But each may hold so many groups, so few of them go together.
        Request::LeaveLive => limits::LIVE_GROUPS,
        Request::PendencyRead { .. } | Request::Heads | Request::Pull { .. } => 0,
    }
}
