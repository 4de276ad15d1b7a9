//! The black list.

use std::collections::HashSet;

use imsdk_types::wire::friendship::Response as Answer;
use imsdk_types::{Code, Error, FriendChangeElem, FriendChangeType, limits};

use super::{bad, page_of_friends, results, unfriend};
use crate::store::{Friend, Store};
use crate::{Clock, News, Service, Session};

impl<C: Clock> Service<C> {
    /// Puts users on the black list: friendship and requests between them and the account end.
    pub(super) async fn block<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        users: Vec<String>,
        news: &mut News,
    ) -> Result<Answer, Error> {
        let me = session.account;
        let accounts = store.accounts(&users).await?;
        let pairs: Vec<(u64, u64)> = accounts.iter().flatten().map(|peer| (me, *peer)).collect();
        let known = pairs.iter().zip(store.are_blocked(&pairs).await?);
        let mut listed: HashSet<u64> = known.filter(|it| it.1).map(|(pair, _)| pair.1).collect();
        let mut room = limits::BLACK_LIST.saturating_sub(store.blocked_count(me).await?);
        let mut added: Vec<(u64, &str)> = Vec::new();
        let mut outcomes = Vec::with_capacity(users.len());
        for (user, account) in users.iter().zip(accounts) {
            outcomes.push(match account {
                None => Err(Error::from(Code::SvrFriendshipAccountNotFound)),
                Some(peer) if peer == me => Err(bad("nobody is on their own black list")),
                Some(peer) if listed.contains(&peer) => {
                    Err(bad("Err_SNS_BlackListAdd_Already_Exist"))
                }
                Some(_) if room == 0 => Err(Error::from(Code::SvrFriendshipBlacklistLimit)),
                Some(peer) => {
                    room -= 1;
                    listed.insert(peer);
                    added.push((peer, user));
                    Ok(())
                }
            });
        }
        if !added.is_empty() {
            let peers: Vec<u64> = added.iter().map(|(peer, _)| *peer).collect();
            store.block(me, &peers).await?;
            let mine = added.iter().map(|(peer, user)| (me, *peer, *user));
            let theirs = peers.iter().map(|peer| (*peer, me, session.user.as_str()));
            unfriend(store, &Vec::from_iter(mine.chain(theirs)), news).await?;
            let requests: Vec<_> = peers.iter().flat_map(|it| [(me, *it), (*it, me)]).collect();
            self.drop_requests(store, session, &requests, news).await?;
            let change = FriendChangeElem {
                change_type: FriendChangeType::BlackListAdd as u32,
                blacklist_add_identifier_array: added.iter().map(|it| it.1.to_owned()).collect(),
                ..FriendChangeElem::default()
            };
            self.tell_change(store, session, me, change, news).await?;
        }
        Ok(results(users, outcomes, "OK"))
    }

    /// Takes users off the black list. They do not become friends by that.
    pub(super) async fn unblock<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        users: Vec<String>,
        news: &mut News,
    ) -> Result<Answer, Error> {
        let accounts = store.accounts(&users).await?;
        let peers: Vec<u64> = accounts.iter().flatten().copied().collect();
        let mut gone = store.unblock(session.account, &peers).await?.into_iter();
        let mut unblocked = Vec::new();
        let mut outcomes = Vec::with_capacity(users.len());
        for (user, account) in users.iter().zip(accounts) {
            outcomes.push(match account.and_then(|_| gone.next()) {
                Some(true) => {
                    unblocked.push(user.clone());
                    Ok(())
                }
                Some(false) | None => Err(bad("not on the black list")),
            });
        }
        if !unblocked.is_empty() {
            let change = FriendChangeElem {
                change_type: FriendChangeType::BlackListDel as u32,
                blacklist_del_identifier_array: unblocked,
                ..FriendChangeElem::default()
            };
            self.tell_change(store, session, session.account, change, news).await?;
        }
        Ok(results(users, outcomes, "OK"))
    }
}

/// A page of the black list. Nobody on it is a friend, so only the profiles say anything.
pub(super) async fn list<S: Store>(
    store: &mut S,
    account: u64,
    after: u64,
) -> Result<Answer, Error> {
    let users = store.blocked(account, after, limits::FRIEND_PAGE).await?;
    let friends = users.into_iter().map(|peer| Friend { peer, ..Friend::default() }).collect();
    let (list, next) = page_of_friends(store, friends).await?;
    Ok(Answer::Friends { list, next })
}
