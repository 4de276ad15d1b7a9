//! What requests are about to read and change: whoever and whatever they name.

use imsdk_types::limits;
use imsdk_types::wire::{Conv, ConvKind, Request, friendship, group, message, profile};

use crate::Session;
use crate::message::key_of;
use crate::store::{Pulling, Scope, Sending};
use crate::sync::PAGE;

/// What requests of one unit of work are about to read and change, each with the session that asks.
///
/// [`Service::handle`](crate::Service::handle) has the store [`hold`](crate::store::HoldStore::hold) it for each request; who has many
/// for one unit of work does so for all of them first.
pub fn scope<'a>(requests: impl IntoIterator<Item = (Option<&'a Session>, &'a Request)>) -> Scope {
    let mut scope = Scope::default();
    for (session, request) in requests {
        match (session, request) {
            (_, Request::Login(login)) => scope.merge(of_user(&login.user)),
            (Some(session), request) => scope.merge(of(session, request)),
            (None, _) => {}
        }
    }
    scope
}

/// The account of a user, who perhaps has none yet.
pub(crate) fn of_user(user: &str) -> Scope {
    Scope { users: [user.to_owned()].into(), ..Scope::default() }
}

/// Of what writes: the account itself, and all that is named. A message needs the place where it goes, and no account: who may
/// write is read there as it was a moment ago.
pub(crate) fn of(session: &Session, request: &Request) -> Scope {
    match request {
        Request::Send(outgoing) if !outgoing.online_only => {
            let to = &outgoing.to;
            let key = key_of(outgoing);
            let sends = vec![Sending { sender: session.account, to: to.clone(), key }];
            Scope { sends, ..in_group(to) }
        }
        Request::Pull { after, own } => {
            let except = if *own { u64::MAX } else { session.session };
            let (account, after) = (session.account, *after);
            let pull = Pulling { account, after, session: except, most: PAGE };
            Scope { pulls: vec![pull], ..Scope::default() }
        }
        request if !request.writes() => Scope::default(),
        request => {
            let mut scope = named(request);
            scope.accounts.insert(session.account);
            scope
        }
    }
}

fn in_group(conv: &Conv) -> Scope {
    match conv.kind {
        ConvKind::Group => Scope { group_ids: [conv.id.clone()].into(), ..Scope::default() },
        ConvKind::C2c | ConvKind::System => Scope::default(),
    }
}

/// Who is named in a list, unless it is so long that it is refused: nobody waits for that.
fn up_to<'a>(most: usize, users: impl IntoIterator<Item = &'a String>) -> Scope {
    let users: Vec<&String> = users.into_iter().take(most + 1).collect();
    match users.len() > most {
        true => Scope::default(),
        false => Scope { users: users.into_iter().cloned().collect(), ..Scope::default() },
    }
}

fn users<'a>(users: impl IntoIterator<Item = &'a String>) -> Scope {
    up_to(limits::USERS, users)
}

/// A group, and accounts that come, go or change there.
fn group_and<'a>(id: &str, named: impl IntoIterator<Item = &'a String>) -> Scope {
    Scope { group_ids: [id.to_owned()].into(), ..up_to(limits::GROUP_BATCH, named) }
}

fn named(request: &Request) -> Scope {
    match request {
        Request::Group(request) => in_group_request(request),
        Request::Friendship(request) => in_friendship(request),
        Request::Message(message::Request::Revoke { conv, .. }) => in_group(conv),
        Request::Message(message::Request::Delete { .. })
        | Request::Profile(
            profile::Request::Get { .. }
            | profile::Request::Cards { .. }
            | profile::Request::Modify(_),
        )
        | Request::Service
        | Request::Login(_)
        | Request::Logout { .. }
        | Request::Passed { .. }
        | Request::Send(_)
        | Request::Pull { .. }
        | Request::History { .. }
        | Request::ReportRead { .. }
        | Request::Unread { .. }
        | Request::DeleteConv { .. }
        | Request::RecentConvs
        | Request::RecentConvsWithoutTips
        | Request::File(_) => Scope::default(),
    }
}

fn in_group_request(request: &group::Request) -> Scope {
    use group::Request;

    match request {
        Request::Create(param) => {
            let members = param.group_member_array.iter().map(|member| &member.identifier);
            group_and(&param.group_id, members)
        }
        Request::Delete { group } | Request::Join { group, .. } | Request::Quit { group } => {
            group_and(group, [])
        }
        Request::Invite(param) => group_and(&param.group_id, &param.identifier_array),
        Request::Remove(param) => group_and(&param.group_id, &param.identifier_array),
        Request::ModifyInfo(param) => group_and(&param.group_id, []),
        Request::ModifyMember(param) => group_and(&param.group_id, [&param.identifier]),
        Request::HandlePendency(param) => {
            let pendency = &param.pendency;
            group_and(&pendency.group_id, [&pendency.from_identifier, &pendency.to_identifier])
        }
        // Others are refused.
        Request::Got(list) if list.len() <= limits::GROUP_PLACES => {
            let groups = list.iter().map(|(group, _)| *group).collect();
            Scope { groups, ..Scope::default() }
        }
        // Which groups it leaves, is found on the way.
        Request::LeaveLive
        | Request::Got(_)
        | Request::Joined
        | Request::JoinedWithoutTips
        | Request::Infos(_)
        | Request::Members(_)
        | Request::Pendencies(_)
        | Request::PendencyRead { .. }
        | Request::Heads
        | Request::Pull { .. } => Scope::default(),
    }
}

fn in_friendship(request: &friendship::Request) -> Scope {
    use friendship::Request;

    match request {
        Request::Add(param) => users([&param.identifier]),
        Request::Respond(param) => users([&param.identifier]),
        Request::Modify(param) => users([&param.identifier]),
        Request::Delete(param) => users(&param.identifier_array),
        Request::DeletePendencies(param) => users(&param.identifier_array),
        Request::Block { users: named } | Request::Unblock { users: named } => users(named),
        // About the account's own friends and groups of them.
        Request::CreateGroups(_)
        | Request::ModifyGroup(_)
        | Request::DeleteGroups { .. }
        | Request::ReadPendencies { .. }
        | Request::Friends { .. }
        | Request::Check(_)
        | Request::Groups { .. }
        | Request::Blocked { .. }
        | Request::Pendencies(_) => Scope::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use imsdk_types::{
        CreateFriendGroupParam, FriendshipDeletePendencyParam, GroupDeleteMemberParam,
        GroupHandlePendencyParam, GroupPendency,
    };

    #[test]
    fn requests_hold_as_many_as_they_say() {
        let users = || (0..400).map(|number| number.to_string()).collect::<Vec<_>>();
        let group = || "group".to_owned();
        let friends = |request| Request::Friendship(request);
        let groups = |request| Request::Group(request);
        let pendency = GroupPendency {
            from_identifier: "alice".to_owned(),
            to_identifier: "bob".to_owned(),
            ..GroupPendency::default()
        };
        for (request, count) in [
            (groups(group::Request::Delete { group: group() }), 0),
            (groups(group::Request::Quit { group: group() }), 0),
            (groups(group::Request::ModifyMember(Box::default())), 1),
            (
                groups(group::Request::HandlePendency(Box::new(GroupHandlePendencyParam {
                    pendency,
                    ..GroupHandlePendencyParam::default()
                }))),
                2,
            ),
            (
                groups(group::Request::Remove(GroupDeleteMemberParam {
                    identifier_array: users(),
                    ..GroupDeleteMemberParam::default()
                })),
                400,
            ),
            (groups(group::Request::Got((0..300).map(|number| (number, 1)).collect())), 300),
            (
                friends(friendship::Request::CreateGroups(CreateFriendGroupParam {
                    name_array: users(),
                    identifier_array: users(),
                })),
                0,
            ),
            (friends(friendship::Request::DeleteGroups { names: users() }), 0),
            (friends(friendship::Request::Add(Box::default())), 1),
            (friends(friendship::Request::Block { users: users() }), 400),
            (
                friends(friendship::Request::DeletePendencies(FriendshipDeletePendencyParam {
                    identifier_array: users(),
                    ..FriendshipDeletePendencyParam::default()
                })),
                400,
            ),
            (Request::Profile(profile::Request::Modify(Box::default())), 0),
        ] {
            let scope = named(&request);
            assert_eq!(scope.users.len() + scope.groups.len(), count, "{request:?}");
            assert_eq!(request.holds(), count, "{request:?}");
            assert!(request.writes() && scope.group_ids.len() <= 1);
        }
    }
}
