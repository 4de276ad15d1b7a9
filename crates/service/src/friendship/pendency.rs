//! Friend requests: answering, listing, reading, deleting.

use imsdk_types::wire::friendship::Response as Answer;
use imsdk_types::{
    Code, Error, FriendAddPendencyInfo, FriendChangeElem, FriendChangeType, FriendPendencyType,
    FriendResponse, FriendResponseAction, FriendshipDeletePendencyParam,
    FriendshipGetPendencyListParam, PendencyPage,
};

use super::{Outcome, bad, check_remark_and_group, group, refuse, result, results, unfit};
use crate::profile::{Stored, stored};
use crate::store::{Friend, Pendency, Side, Store};
use crate::sync::Filled;
use crate::{Clock, News, Service, Session};

impl<C: Clock> Service<C> {
    /// Answers a request that the account received.
    ///
    /// # Errors
    /// 9002 and 9005 for malformed values.
    pub(super) async fn respond<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: FriendResponse,
        news: &mut News,
    ) -> Result<Answer, Error> {
        check_remark_and_group(&param.remark, &param.group_name)?;
        let outcome = self.try_respond(store, session, &param, news).await?;
        Ok(Answer::Result(result(param.identifier, outcome, "")))
    }

    async fn try_respond<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: &FriendResponse,
        news: &mut News,
    ) -> Outcome {
        let me = session.account;
        let action = param.action.and_then(|action| FriendResponseAction::try_from(action).ok());
        let Some(action) = action else { return unfit("no such answer") };
        // §7.3: nobody of that name has asked either.
        let Some(peer) = store.account(&param.identifier).await? else {
            return refuse(Code::SvrFriendshipPendencyNotFound);
        };
        let Some(request) = store.pendency(me, Side::ComeIn, peer).await? else {
            return refuse(Code::SvrFriendshipPendencyNotFound);
        };
        let adds_me = action != FriendResponseAction::Reject;
        let adds_peer = action == FriendResponseAction::AgreeAndAdd;
        if adds_peer && !store.has_friend(me, peer).await? {
            if !self.has_room(store, me).await? {
                return refuse(Code::SvrFriendshipCountLimit);
            }
            if !group::has_room(store, me, &[&param.group_name]).await? {
                return refuse(Code::SvrFriendshipGroupCountLimit);
            }
        }
        if adds_me && !store.has_friend(peer, me).await? && !self.has_room(store, peer).await? {
            return refuse(Code::SvrFriendshipPeerFriendLimit);
        }
        let row = |peer: u64, remark: &str| Friend {
            peer,
            remark: remark.to_owned(),
            add_source: request.add_source.clone(),
            add_wording: request.add_wording.clone(),
            add_time: self.clock.now(),
            ..Friend::default()
        };
        if adds_me {
            let (remark, group) = asked_for(store, peer, me).await?;
            self.befriend(store, session, peer, (row(me, &remark), &group), news).await?;
        }
        if adds_peer {
            // What the answer does not say, an own request may have said.
            let asked = asked_for(store, me, peer).await?;
            let remark = if param.remark.is_empty() { &asked.0 } else { &param.remark };
            let group = if param.group_name.is_empty() { &asked.1 } else { &param.group_name };
            self.befriend(store, session, me, (row(peer, remark), group), news).await?;
        }
        self.drop_requests(store, session, &[(peer, me)], news).await?;
        self.settle(store, session, peer, news).await?;
        Ok(Ok(()))
    }

    /// Removes the requests between the account and a peer that have come true.
    pub(super) async fn settle<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        peer: u64,
        news: &mut News,
    ) -> Result<(), Error> {
        let me = session.account;
        let both = [(me, peer), (peer, me)];
        let came_true = both.iter().zip(store.have_friends(&both).await?).filter(|it| it.1);
        let came_true: Vec<(u64, u64)> = came_true.map(|(request, _)| *request).collect();
        self.drop_requests(store, session, &came_true, news).await
    }

    /// Removes requests on both sides, and tells those who had them. Each is a sender and a receiver.
    pub(super) async fn drop_requests<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        requests: &[(u64, u64)],
        news: &mut News,
    ) -> Result<(), Error> {
        let sides = |(sender, receiver): &(u64, u64)| {
            [(*sender, Side::SendOut, *receiver), (*receiver, Side::ComeIn, *sender)]
        };
        let list: Vec<_> = requests.iter().flat_map(sides).collect();
        self.remove_requests(store, session, &list, news).await?;
        Ok(())
    }

    /// Removes requests, each on one side, and tells that side. False, in the order of the list, where there was none.
    async fn remove_requests<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        list: &[(u64, Side, u64)],
        news: &mut News,
    ) -> Result<Vec<bool>, Error> {
        let removed = store.remove_pendencies(list).await?;
        let gone = list.iter().zip(&removed).filter(|(_, removed)| **removed);
        let gone: Vec<(u64, u64)> =
            gone.map(|((account, _, other), _)| (*account, *other)).collect();
        let others: Vec<u64> = gone.iter().map(|(_, other)| *other).collect();
        let users = store.account_ids(&others).await?;
        for ((account, _), user) in gone.into_iter().zip(users) {
            let change = FriendChangeElem {
                change_type: FriendChangeType::PendencyDel as u32,
                pendency_del_identifier_array: vec![user],
                ..FriendChangeElem::default()
            };
            self.tell_change(store, session, account, change, news).await?;
        }
        Ok(removed)
    }

    /// Deletes requests on the own side; the other side keeps them.
    pub(super) async fn delete_pendencies<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: FriendshipDeletePendencyParam,
        news: &mut News,
    ) -> Result<Answer, Error> {
        let users = param.identifier_array;
        let side = side(param.kind).and_then(|side| {
            side.ok_or_else(|| bad("requests that came and that were sent are deleted one by one"))
        });
        let side = match side {
            Ok(side) => side,
            Err(error) => {
                let outcomes = users.iter().map(|_| Err(error.clone())).collect();
                return Ok(results(users, outcomes, ""));
            }
        };
        let accounts = store.accounts(&users).await?;
        let list: Vec<_> =
            accounts.iter().flatten().map(|peer| (session.account, side, *peer)).collect();
        let mut removed = self.remove_requests(store, session, &list, news).await?.into_iter();
        let outcome = |account: Option<u64>| match account.and_then(|_| removed.next()) {
            Some(true) => Ok(()),
            Some(false) | None => Err(Error::from(Code::SvrFriendshipPendencyNotFound)),
        };
        let outcomes = accounts.into_iter().map(outcome).collect();
        Ok(results(users, outcomes, "OK"))
    }

    /// Marks received requests as read.
    pub(super) async fn read_pendencies<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        time: u64,
        news: &mut News,
    ) -> Result<(), Error> {
        let time = if time == 0 { self.clock.now() } else { time };
        if store.read_pendencies(session.account, time).await? > 0 {
            let change = FriendChangeElem {
                change_type: FriendChangeType::PendencyReadedReport as u32,
                pendency_readed_report_timestamp: time,
                ..FriendChangeElem::default()
            };
            self.tell_change(store, session, session.account, change, news).await?;
        }
        Ok(())
    }
}

/// §7.2: the remark and the friend group that `sender` wants `receiver` to have; nothing where no request says so, or its sender has
/// deleted it.
pub(super) async fn asked_for<S: Store>(
    store: &mut S,
    sender: u64,
    receiver: u64,
) -> Result<(String, String), Error> {
    let sent = store.pendency(sender, Side::SendOut, receiver).await?;
    let (remark, group) = sent.map(|it| (it.remark, it.group)).unwrap_or_default();
    // Groups may have filled up since; the friendship does not fail for it.
    let has_room = group::has_room(store, sender, &[&group]).await?;
    Ok((remark, if has_room { group } else { String::new() }))
}

/// The side that a kind of requests means; `None` for both.
fn side(kind: u32) -> Result<Option<Side>, Error> {
    match FriendPendencyType::try_from(kind) {
        Ok(FriendPendencyType::ComeIn) => Ok(Some(Side::ComeIn)),
        Ok(FriendPendencyType::SendOut) => Ok(Some(Side::SendOut)),
        Ok(FriendPendencyType::Both) => Ok(None),
        Err(_) => {
            let text = format!("there is no type of friend requests {kind}");
            Err(Error::new(Code::SvrFriendshipInvalidParameters, text))
        }
    }
}

/// A page of requests, newest first. What the page calls a time is the place of its oldest request: unlike a time, no two
/// requests share it.
pub(super) async fn list<S: Store>(
    store: &mut S,
    account: u64,
    param: FriendshipGetPendencyListParam,
) -> Result<Answer, Error> {
    let side = side(param.kind)?;
    let count = param.page();
    let before = if param.start_time == 0 { u64::MAX } else { param.start_time };
    let mut rows = store.pendencies(account, side, param.start_seq, before, count + 1).await?;
    let more = rows.len() > count as usize;
    rows.truncate(count as usize);
    let start_time = match rows.last() {
        Some(last) if more => last.seq,
        _ => 0,
    };
    let peers: Vec<u64> = rows.iter().map(|row| row.peer).collect();
    let stored = stored(store, &peers).await?;
    let info = |(row, stored): (Pendency, Stored)| {
        let profile = stored.profile(&mut Filled::default())?;
        Ok(FriendAddPendencyInfo {
            kind: row.side as u32,
            identifier: profile.identifier,
            nick_name: profile.nick_name,
            face_url: profile.face_url,
            add_time: row.time,
            add_source: row.add_source,
            add_wording: row.add_wording,
        })
    };
    let pendency_info_array =
        rows.into_iter().zip(stored).map(info).collect::<Result<_, Error>>()?;
    Ok(Answer::Pendencies(PendencyPage {
        start_time,
        unread_num: store.unread_pendencies(account).await?,
        current_seq: store.pendency_seq(account).await?,
        pendency_info_array,
    }))
}
