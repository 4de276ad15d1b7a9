//! Adding a friend.

use imsdk_types::wire::friendship::{Notice, Response as Answer};
use imsdk_types::{
    Code, Error, FriendAddPendency, FriendPendencyType, FriendType, FriendshipAddFriendParam,
    ProfileAddPermission, limits,
};

use super::pendency::asked_for;
use super::{Outcome, check_remark_and_group, group, refuse, result, tell_notice, unfit};
use crate::profile::profile_of;
use crate::store::{Friend, Pendency, Side, Store};
use crate::{Clock, News, Service, Session, custom};

impl<C: Clock> Service<C> {
    /// Adds a friend, or asks them: their add permission decides.
    ///
    /// # Errors
    /// 7003, 9002…9005 for malformed values. What the rules say is the answer.
    pub(super) async fn add_friend<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        mut param: FriendshipAddFriendParam,
        news: &mut News,
    ) -> Result<Answer, Error> {
        check(&mut param)?;
        let outcome = self.try_add(store, session, &param, news).await?;
        Ok(Answer::Result(result(param.identifier, outcome, "")))
    }

    /// The rules in the order in which they are documented: the first that is broken gives the code.
    async fn try_add<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        param: &FriendshipAddFriendParam,
        news: &mut News,
    ) -> Outcome {
        let me = session.account;
        let both = match FriendType::try_from(param.friend_type) {
            Ok(friend_type) => friend_type == FriendType::Both,
            Err(_) => return unfit("no such kind of friendship"),
        };
        let Some(peer) = store.account(&param.identifier).await? else {
            return refuse(Code::SvrFriendshipAccountNotFound);
        };
        if peer == me {
            return unfit("nobody is a friend of themselves");
        }
        if store.is_blocked(me, peer).await? {
            return refuse(Code::SvrFriendshipInSelfBlacklist);
        }
        if store.is_blocked(peer, me).await? {
            return refuse(Code::SvrFriendshipInPeerBlacklist);
        }
        let mine = store.has_friend(me, peer).await?;
        let theirs = store.has_friend(peer, me).await?;
        if mine && (theirs || !both) {
            return refuse(Code::SvrFriendshipAlreadyFriends);
        }
        if !mine && !self.has_room(store, me).await? {
            return refuse(Code::SvrFriendshipCountLimit);
        }
        if both && !theirs && !self.has_room(store, peer).await? {
            return refuse(Code::SvrFriendshipPeerFriendLimit);
        }
        if !mine && !group::has_room(store, me, &[&param.group_name]).await? {
            return refuse(Code::SvrFriendshipGroupCountLimit);
        }
        // One who has me as a friend has nothing left to agree to.
        if !(both && theirs) {
            let permission = profile_of(store, peer).await?.add_permission;
            match ProfileAddPermission::try_from(permission) {
                Ok(ProfileAddPermission::DenyAny) => {
                    return refuse(Code::SvrFriendshipAllowTypeDenyAny);
                }
                Ok(ProfileAddPermission::NeedConfirm) => {
                    return self.ask(store, session, peer, param, news).await;
                }
                // Never set: the default of the application, which is to allow.
                Ok(ProfileAddPermission::AllowAny | ProfileAddPermission::Unknown) | Err(_) => {}
            }
        }
        let row = |peer: u64, remark: &str| Friend {
            peer,
            remark: remark.to_owned(),
            add_source: param.add_source.clone(),
            add_wording: param.add_wording.clone(),
            add_time: self.clock.now(),
            ..Friend::default()
        };
        let own = (row(peer, &param.remark), param.group_name.as_str());
        self.befriend(store, session, me, own, news).await?;
        if both {
            let (remark, group) = asked_for(store, peer, me).await?;
            self.befriend(store, session, peer, (row(me, &remark), &group), news).await?;
        }
        self.settle(store, session, peer, news).await?;
        Ok(Ok(()))
    }

    /// Writes a request on both sides, anew if it is there already, and tells the one who is asked.
    async fn ask<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        peer: u64,
        param: &FriendshipAddFriendParam,
        news: &mut News,
    ) -> Outcome {
        let me = session.account;
        for (account, side, other) in [(me, Side::SendOut, peer), (peer, Side::ComeIn, me)] {
            if store.pendency(account, side, other).await?.is_none()
                && store.pendency_count(account, side).await? >= limits::FRIEND_REQUESTS
            {
                return refuse(Code::SvrFriendshipPendencyLimit);
            }
        }
        let time = self.clock.now();
        let sent = Pendency {
            peer,
            side: Side::SendOut,
            seq: 0,
            time,
            add_source: param.add_source.clone(),
            add_wording: param.add_wording.clone(),
            remark: param.remark.clone(),
            group: param.group_name.clone(),
            read: true,
        };
        // What the sender will call the friend is none of the friend's business.
        let received = Pendency {
            peer: me,
            side: Side::ComeIn,
            remark: String::new(),
            group: String::new(),
            read: false,
            ..sent.clone()
        };
        store.put_pendency(me, &sent).await?;
        store.put_pendency(peer, &received).await?;
        let profile = profile_of(store, me).await?;
        let request = FriendAddPendency {
            kind: FriendPendencyType::ComeIn as u32,
            identifier: profile.identifier,
            nick_name: profile.nick_name,
            face_url: profile.face_url,
            add_time: time,
            add_source: sent.add_source,
            add_wording: sent.add_wording,
        };
        tell_notice(store, peer, Notice::Requested(Box::new(request)), news).await?;
        refuse(Code::SvrFriendshipAllowTypeNeedConfirm)
    }
}

/// Checks the values and gives the source its prefix.
fn check(param: &mut FriendshipAddFriendParam) -> Result<(), Error> {
    if !limits::is_user_id(&param.identifier) {
        return Err(Error::from(Code::SdkCommInvalidIdentifier));
    }
    check_remark_and_group(&param.remark, &param.group_name)?;
    if param.add_wording.len() > limits::FRIEND_WORDING {
        return Err(Error::from(Code::SdkFriendshipInvalidAddWording));
    }
    if !param.add_source.is_empty() {
        param.add_source =
            custom::full_name(custom::SOURCE, &param.add_source, limits::FRIEND_SOURCE)
                .ok_or_else(|| {
                    let text = format!(
                        "add source: {} and 1 to {} letters",
                        custom::SOURCE,
                        limits::FRIEND_SOURCE
                    );
                    Error::new(Code::SdkFriendshipInvalidAddSource, text)
                })?;
    }
    Ok(())
}
