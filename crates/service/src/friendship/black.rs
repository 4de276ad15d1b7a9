//! The black list.

use imsdk_types::wire::friendship::Response as Answer;
use imsdk_types::{Code, Error, FriendChangeElem, FriendChangeType, limits};

use super::{Outcome, PAGE, page_of_friends, refuse, result, results, unfit, unfriend};
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
        let (mut list, mut blocked) = (Vec::with_capacity(users.len()), Vec::new());
        for user in users {
            let outcome = self.block_one(store, session, &user, news).await?;
            if outcome.is_ok() {
                blocked.push(user.clone());
            }
            list.push(result(user, outcome, "OK"));
        }
        if !blocked.is_empty() {
            let change = FriendChangeElem {
                change_type: FriendChangeType::BlackListAdd as u32,
                blacklist_add_identifier_array: blocked,
                ..FriendChangeElem::default()
            };
            self.tell_change(store, session, session.account, change, news).await?;
        }
        Ok(results(list))
    }

    async fn block_one<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        user: &str,
        news: &mut News,
    ) -> Outcome {
        let me = session.account;
        let Some(peer) = store.account(user).await? else {
            return refuse(Code::SvrFriendshipAccountNotFound);
        };
        if peer == me {
            return unfit("nobody is on their own black list");
        }
        if store.is_blocked(me, peer).await? {
            return unfit("Err_SNS_BlackListAdd_Already_Exist");
        }
        if store.blocked_count(me).await? >= limits::BLACK_LIST {
            return refuse(Code::SvrFriendshipBlacklistLimit);
        }
        store.block(me, peer).await?;
        unfriend(store, me, (peer, user), news).await?;
        unfriend(store, peer, (me, &session.user), news).await?;
        for request in [(me, peer), (peer, me)] {
            self.drop_request(store, session, request, news).await?;
        }
        Ok(Ok(()))
    }

    /// Takes users off the black list. They do not become friends by that.
    pub(super) async fn unblock<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        users: Vec<String>,
        news: &mut News,
    ) -> Result<Answer, Error> {
        let (mut list, mut unblocked) = (Vec::with_capacity(users.len()), Vec::new());
        for user in users {
            let outcome = match store.account(&user).await? {
                Some(peer) if store.unblock(session.account, peer).await? => {
                    unblocked.push(user.clone());
                    Ok(())
                }
                Some(_) | None => {
                    Err(Error::new(Code::SvrFriendshipInvalidParameters, "not on the black list"))
                }
            };
            list.push(result(user, outcome, "OK"));
        }
        if !unblocked.is_empty() {
            let change = FriendChangeElem {
                change_type: FriendChangeType::BlackListDel as u32,
                blacklist_del_identifier_array: unblocked,
                ..FriendChangeElem::default()
            };
            self.tell_change(store, session, session.account, change, news).await?;
        }
        Ok(results(list))
    }
}

/// A page of the black list. Nobody on it is a friend, so only the profiles say anything.
pub(super) async fn list<S: Store>(
    store: &mut S,
    account: u64,
    after: u64,
) -> Result<Answer, Error> {
    let users = store.blocked(account, after, PAGE).await?;
    let friends = users.into_iter().map(|peer| Friend { peer, ..Friend::default() }).collect();
    let (list, next) = page_of_friends(store, friends).await?;
    Ok(Answer::Friends { list, next })
}
