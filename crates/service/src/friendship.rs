//! Friends, requests for friendship, friend groups, the black list.
//!
//! A request names users; what happens to each of them is a [`FriendResult`]. The request itself fails only if its values
//! are malformed, or the store fails.

mod add;
mod black;
mod friend;
mod group;
mod pendency;
mod write;

use imsdk_types::wire::friendship::{Notice, Request, Response as Answer};
use imsdk_types::wire::{self, Response};
use imsdk_types::{
    Code, Error, FriendChangeElem, FriendProfile, FriendProfileCustomStringInfo, FriendResult,
    limits,
};

use crate::profile::{Stored, stored};
use crate::store::{Friend, Store};
use crate::sync::{Filled, tell};
use crate::{Clock, News, Service, Session};

pub(crate) use write::{Reach, may_write};

/// What happened to one user; outside of it, what failed altogether.
type Outcome = Result<Result<(), Error>, Error>;

impl<C: Clock> Service<C> {
    /// Answers a request of this area.
    pub(crate) async fn friendship<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        request: Request,
        news: &mut News,
    ) -> Result<Response, Error> {
        check_count(&request)?;
        let answer = match request {
            Request::Friends { after } => friend::list(store, session.account, after).await?,
            Request::Add(param) => self.add_friend(store, session, *param, news).await?,
            Request::Respond(param) => self.respond(store, session, param, news).await?,
            Request::Modify(param) => {
                self.modify_friend(store, session, *param, news).await?;
                return Ok(Response::Done);
            }
            Request::Delete(param) => self.delete_friends(store, session, param, news).await?,
            Request::Check(param) => friend::check(store, session.account, param).await?,
            Request::CreateGroups(param) => self.create_groups(store, session, param, news).await?,
            Request::Groups { names } => group::list(store, session.account, names).await?,
            Request::ModifyGroup(param) => {
                self.modify_friend_group(store, session, param, news).await?
            }
            Request::DeleteGroups { names } => {
                self.delete_groups(store, session, names, news).await?;
                return Ok(Response::Done);
            }
            Request::Block { users } => self.block(store, session, users, news).await?,
            Request::Unblock { users } => self.unblock(store, session, users, news).await?,
            Request::Blocked { after } => black::list(store, session.account, after).await?,
            Request::Pendencies(param) => pendency::list(store, session.account, param).await?,
            Request::DeletePendencies(param) => {
                self.delete_pendencies(store, session, param, news).await?
            }
            Request::ReadPendencies { time } => {
                self.read_pendencies(store, session, time, news).await?;
                return Ok(Response::Done);
            }
        };
        Ok(Response::Friendship(answer))
    }

    /// Tells all devices of an account of a change that has no event of its own.
    async fn tell_change<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        account: u64,
        change: FriendChangeElem,
        news: &mut News,
    ) -> Result<(), Error> {
        let change = Box::new(change);
        let notice = Notice::Changed { change, time: self.clock.now(), by: session.session };
        tell_notice(store, account, notice, news).await
    }

    /// Puts `friend` into the list of `account`, and into a friend group if one is named, and tells the account. Nothing
    /// happens to somebody who is a friend already.
    async fn befriend<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        account: u64,
        (friend, group): (Friend, &str),
        news: &mut News,
    ) -> Result<(), Error> {
        if store.has_friend(account, friend.peer).await? {
            return Ok(());
        }
        store.put_friend(account, &friend).await?;
        if !group.is_empty() {
            let groups = self.open_groups(store, session, account, &[group], news).await?;
            store.join_friend_groups(account, &groups, &[friend.peer]).await?;
        }
        let Some(friend) = store.friend(account, friend.peer).await? else { return Ok(()) };
        for profile in page_of_friends(store, vec![friend]).await?.0 {
            tell_notice(store, account, Notice::Added(Box::new(profile)), news).await?;
        }
        Ok(())
    }

    /// Whether `account` has room for one more friend.
    async fn has_room<S: Store>(&self, store: &mut S, account: u64) -> Result<bool, Error> {
        Ok(store.friend_count(account).await? < self.policy.relations.max_friends)
    }
}

/// 30001 for a request that names too many users or friend groups.
fn check_count(request: &Request) -> Result<(), Error> {
    let (users, groups): (&[&Vec<String>], &[&Vec<String>]) = match request {
        Request::Delete(param) => (&[&param.identifier_array], &[]),
        Request::Check(param) => (&[&param.identifier_array], &[]),
        Request::CreateGroups(param) => (&[&param.identifier_array], &[]),
        Request::ModifyGroup(param) => {
            (&[&param.add_identifier_array, &param.delete_identifier_array], &[])
        }
        Request::Block { users } | Request::Unblock { users } => (&[users], &[]),
        Request::DeletePendencies(param) => (&[&param.identifier_array], &[]),
        Request::Groups { names } | Request::DeleteGroups { names } => (&[], &[names]),
        Request::Friends { .. }
        | Request::Add(_)
        | Request::Respond(_)
        | Request::Modify(_)
        | Request::Blocked { .. }
        | Request::Pendencies(_)
        | Request::ReadPendencies { .. } => (&[], &[]),
    };
    let count = |lists: &[&Vec<String>]| lists.iter().map(|list| list.len()).sum::<usize>();
    if count(users) > limits::USERS || count(groups) > limits::FRIEND_GROUPS {
        let text = "too many users or friend groups in one request";
        return Err(Error::new(Code::SvrFriendshipInvalidParameters, text));
    }
    Ok(())
}

async fn tell_notice<S: Store>(
    store: &mut S,
    account: u64,
    notice: Notice,
    news: &mut News,
) -> Result<(), Error> {
    tell(store, account, &wire::Notice::Friendship(notice), news).await
}

/// Removes friends from lists and tells their owners. Each is an account, its peer, and the peer's user id. False, in the order of the
/// list, where there was none.
async fn unfriend<S: Store>(
    store: &mut S,
    list: &[(u64, u64, &str)],
    news: &mut News,
) -> Result<Vec<bool>, Error> {
    let pairs: Vec<(u64, u64)> = list.iter().map(|(account, peer, _)| (*account, *peer)).collect();
    let removed = store.remove_friends(&pairs).await?;
    for ((account, _, user), _) in list.iter().zip(&removed).filter(|(_, removed)| **removed) {
        let notice = Notice::Deleted { users: vec![(*user).to_owned()] };
        tell_notice(store, *account, notice, news).await?;
    }
    Ok(removed)
}

/// A friend as the application gets them.
fn shown(friend: Friend, stored: Stored, filled: &mut Filled) -> Result<FriendProfile, Error> {
    let user_profile = stored.profile(filled)?;
    filled.add_fields(&friend.custom);
    Ok(FriendProfile {
        identifier: user_profile.identifier.clone(),
        group_name_array: friend.groups,
        remark: friend.remark,
        add_wording: friend.add_wording,
        add_source: friend.add_source,
        add_time: friend.add_time,
        user_profile,
        custom_string_array: read_custom(&friend.custom)?
            .into_iter()
            .map(|(key, value)| FriendProfileCustomStringInfo { key, value })
            .collect(),
    })
}

/// A page of friends, which ends early where they are long, and where the next one begins; 0 for the last.
async fn page_of_friends<S: Store>(
    store: &mut S,
    friends: Vec<Friend>,
) -> Result<(Vec<FriendProfile>, u64), Error> {
    let mut next = match friends.last() {
        Some(last) if friends.len() == limits::FRIEND_PAGE as usize => last.peer,
        _ => 0,
    };
    let peers: Vec<u64> = friends.iter().map(|friend| friend.peer).collect();
    let (mut list, mut filled) = (Vec::with_capacity(friends.len()), Filled::default());
    let mut friends = friends.into_iter().zip(stored(store, &peers).await?).peekable();
    while let Some((friend, stored)) = friends.next() {
        let peer = friend.peer;
        list.push(shown(friend, stored, &mut filled)?);
        if filled.is_full() && friends.peek().is_some() {
            next = peer;
            break;
        }
    }
    Ok((list, next))
}

/// Custom fields as they are stored.
type Custom = std::collections::BTreeMap<String, String>;

fn read_custom(text: &str) -> Result<Custom, Error> {
    match text {
        "" => Ok(Custom::new()),
        text => serde_json::from_str(text)
            .map_err(|error| Error::new(Code::DatabaseOperateFailed, error.to_string())),
    }
}

/// A code for one user.
fn refuse(code: Code) -> Outcome {
    Ok(Err(Error::from(code)))
}

/// 30001 with a text of its own, for one user.
fn unfit(desc: &'static str) -> Outcome {
    Ok(Err(bad(desc)))
}

/// 30001 with a text of its own.
fn bad(desc: &'static str) -> Error {
    Error::new(Code::SvrFriendshipInvalidParameters, desc)
}

/// How it went for one user; `done` is the text of a success.
fn result(user: String, outcome: Result<(), Error>, done: &str) -> FriendResult {
    let (code, desc) = match outcome {
        Ok(()) => (0, done.to_owned()),
        Err(error) => (error.code, error.desc.into_owned()),
    };
    FriendResult { identifier: user, code, desc }
}

/// What a friend is called and where they are put: 9002 and 9005. An empty name means no group.
fn check_remark_and_group(remark: &str, group: &str) -> Result<(), Error> {
    if remark.len() > limits::FRIEND_REMARK {
        return Err(Error::from(Code::SdkFriendshipInvalidAddRemark));
    }
    if !group.is_empty() {
        group::check_name(group)?;
    }
    Ok(())
}

/// One answer with how it went for several users, in their order; `done` is the text of a success.
fn results(users: Vec<String>, outcomes: Vec<Result<(), Error>>, done: &str) -> Answer {
    let list = users.into_iter().zip(outcomes);
    Answer::Results(list.map(|(user, outcome)| result(user, outcome, done)).collect())
}
