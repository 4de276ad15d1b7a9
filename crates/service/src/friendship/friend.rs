//! The friend list: reading, checking, changing, removing.

use imsdk_types::wire::friendship::{Notice, Response as Answer};
use imsdk_types::{
    Code, Error, FriendCheckRelation, FriendProfileItem, FriendProfileUpdate, FriendType,
    FriendshipCheckFriendTypeParam, FriendshipCheckFriendTypeResult, FriendshipDeleteFriendParam,
    FriendshipModifyFriendProfileParam, limits,
};

use super::{
    bad, check_remark_and_group, group, page_of_friends, read_custom, results, tell_notice,
    unfriend,
};
use crate::store::{Friend, FriendGroup, Store};
use crate::{Clock, News, Service, Session, custom};

impl<C: Clock> Service<C> {
    /// Changes what is stored about a friend: what is given. The friend does not learn of it.
    ///
    /// # Errors
    /// 9001, 9002, 9005, 40601 for malformed values, 30001 for somebody who is no friend and for too many custom fields, 30011.
    pub(super) async fn modify_friend<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: FriendshipModifyFriendProfileParam,
        news: &mut News,
    ) -> Result<(), Error> {
        let me = session.account;
        let mut item = check_item(param.item)?;
        let peer = store.account(&param.identifier).await?;
        let friend = match peer {
            Some(peer) => store.friend(me, peer).await?,
            None => None,
        };
        let Some(mut friend) = friend else {
            return Err(Error::new(Code::SvrFriendshipInvalidParameters, "not a friend"));
        };
        if item == FriendProfileItem::default() {
            return Ok(());
        }
        if let Some(remark) = &item.remark {
            friend.remark.clone_from(remark);
        }
        if let Some(fields) = &item.custom_string_array {
            friend.custom = merged_custom(&friend, fields)?;
        }
        if let Some(names) = &mut item.group_name_array {
            group::unique(names);
            let wanted: Vec<&str> = names.iter().map(String::as_str).collect();
            if !group::has_room(store, me, &wanted).await? {
                return Err(Error::from(Code::SvrFriendshipGroupCountLimit));
            }
            self.open_groups(store, session, me, &wanted, news).await?;
            let known = store.friend_groups(me).await?;
            let (joined, left): (Vec<_>, Vec<_>) =
                known.iter().partition(|group| names.contains(&group.name));
            let numbers = |groups: Vec<&FriendGroup>| groups.iter().map(|it| it.no).collect();
            let (joined, left): (Vec<u64>, Vec<u64>) = (numbers(joined), numbers(left));
            store.join_friend_groups(me, &joined, &[friend.peer]).await?;
            store.leave_friend_groups(&left, &[friend.peer]).await?;
        }
        store.put_friend(me, &friend).await?;
        let update = FriendProfileUpdate { identifier: param.identifier, item };
        tell_notice(store, me, Notice::Updated(Box::new(update)), news).await
    }

    /// Removes friends: from the own list, or from both lists.
    pub(super) async fn delete_friends<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: FriendshipDeleteFriendParam,
        news: &mut News,
    ) -> Result<Answer, Error> {
        let users = param.identifier_array;
        let Ok(friend_type) = FriendType::try_from(param.friend_type) else {
            let outcomes = users.iter().map(|_| Err(bad("no such kind of friendship"))).collect();
            return Ok(results(users, outcomes, ""));
        };
        let me = session.account;
        let accounts = store.accounts(&users).await?;
        let named = users.iter().zip(&accounts);
        let mine: Vec<(u64, u64, &str)> =
            named.filter_map(|(user, peer)| Some((me, (*peer)?, user.as_str()))).collect();
        let removed = unfriend(store, &mine, news).await?;
        if friend_type == FriendType::Both {
            let gone = mine.iter().zip(&removed).filter(|(_, removed)| **removed);
            let theirs = gone.map(|((_, peer, _), _)| (*peer, me, session.user.as_str()));
            unfriend(store, &Vec::from_iter(theirs), news).await?;
        }
        let mut removed = removed.into_iter();
        let outcome = |account: Option<u64>| match account.and_then(|_| removed.next()) {
            Some(true) => Ok(()),
            Some(false) | None => Err(Error::from(Code::SvrFriendshipDelNonfriend)),
        };
        let outcomes = accounts.into_iter().map(outcome).collect();
        Ok(results(users, outcomes, "OK"))
    }
}

/// The custom fields of a friend with changes, as they are stored.
fn merged_custom(
    friend: &Friend,
    changes: &[imsdk_types::FriendProfileCustomStringInfo],
) -> Result<String, Error> {
    let mut fields = read_custom(&friend.custom)?;
    fields.extend(changes.iter().map(|change| (change.key.clone(), change.value.clone())));
    if fields.len() > limits::CUSTOM_FIELDS {
        let text = "too many custom fields";
        return Err(Error::new(Code::SvrFriendshipInvalidParameters, text));
    }
    serde_json::to_string(&fields)
        .map_err(|error| Error::new(Code::SerializeReqFailed, error.to_string()))
}

/// Checks the values, gives the custom fields their full names, and leaves out what is no part of a friend.
fn check_item(mut item: FriendProfileItem) -> Result<FriendProfileItem, Error> {
    item.extra.clear();
    check_remark_and_group(item.remark.as_deref().unwrap_or_default(), "")?;
    for name in item.group_name_array.iter().flatten() {
        group::check_name(name)?;
    }
    if item.custom_string_array.as_ref().is_some_and(|list| list.len() > limits::CUSTOM_FIELDS) {
        let text = "too many custom fields";
        return Err(Error::new(Code::SvrFriendshipInvalidParameters, text));
    }
    for field in item.custom_string_array.iter_mut().flatten() {
        field.key = custom::check(custom::FRIEND, &field.key, &field.value)?;
    }
    Ok(item)
}

/// A page of the friend list.
pub(super) async fn list<S: Store>(
    store: &mut S,
    account: u64,
    after: u64,
) -> Result<Answer, Error> {
    let friends = store.friends(account, after, limits::FRIEND_PAGE).await?;
    let (list, next) = page_of_friends(store, friends).await?;
    Ok(Answer::Friends { list, next })
}

/// Who has whom as friend. One way, only the own list is looked at.
pub(super) async fn check<S: Store>(
    store: &mut S,
    account: u64,
    param: FriendshipCheckFriendTypeParam,
) -> Result<Answer, Error> {
    let users = param.identifier_array;
    let check_type = FriendType::try_from(param.check_type).ok();
    let accounts = store.accounts(&users).await?;
    let mine: Vec<(u64, u64)> = match check_type {
        Some(_) => accounts.iter().flatten().map(|peer| (account, *peer)).collect(),
        None => Vec::new(),
    };
    let theirs: Vec<(u64, u64)> = match check_type {
        Some(FriendType::Both) => mine.iter().map(|(account, peer)| (*peer, *account)).collect(),
        Some(FriendType::Single) | None => Vec::new(),
    };
    let mut has = store.have_friends(&mine).await?.into_iter();
    let mut is = store.have_friends(&theirs).await?.into_iter();
    let mut list = Vec::with_capacity(users.len());
    for (identifier, peer) in users.into_iter().zip(accounts) {
        let (relation, code) = match (check_type, peer) {
            (None, _) => (0, Some(Code::SvrFriendshipInvalidParameters)),
            (Some(_), None) => (0, Some(Code::SvrFriendshipAccountNotFound)),
            (Some(_), Some(_)) => {
                let (mine, theirs) = (has.next() == Some(true), is.next() == Some(true));
                (relation(mine, theirs) as u32, None)
            }
        };
        list.push(FriendshipCheckFriendTypeResult {
            identifier,
            relation,
            code: code.map_or(0, Code::value),
            desc: code.map_or("", Code::desc).to_owned(),
        });
    }
    Ok(Answer::Relations(list))
}

fn relation(mine: bool, theirs: bool) -> FriendCheckRelation {
    match (mine, theirs) {
        (false, false) => FriendCheckRelation::NoRelation,
        (true, false) => FriendCheckRelation::AWithB,
        (false, true) => FriendCheckRelation::BWithA,
        (true, true) => FriendCheckRelation::BothWay,
    }
}
