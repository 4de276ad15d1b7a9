//! Messages to groups.

use imsdk_types::wire::{Accepted, Conv, Outgoing};
use imsdk_types::{Code, Error, limits};

use super::find_own;
use super::rate::is_full;
use super::rules::{ADMIN, rules};
use crate::message::{accepted, accepted_first, append_once, check_body, key_of, online, written};
use crate::store::{Message, Place, Store};
use crate::{Clock, News, Service, Session};

/// REV-2: whether an account may take back what another one wrote in a group.
pub(crate) async fn may_revoke<S: Store>(
    store: &mut S,
    group: u64,
    account: u64,
    sender: u64,
) -> Result<bool, Error> {
    let role = store.group_member(group, account).await?.map_or(0, |own| own.role);
    let other = store.group_member(group, sender).await?.map_or(0, |sender| sender.role);
    Ok(account == sender || role >= ADMIN && role > other)
}

/// ID-7: what was accepted once stays accepted, also where the sender has no say any more.
async fn accepted_before<S: Store>(
    store: &mut S,
    session: &Session,
    outgoing: &Outgoing,
) -> Result<Option<Accepted>, Error> {
    if outgoing.online_only {
        return Ok(None);
    }
    let Some((conv, row)) = store.by_key(session.account, key_of(outgoing)).await? else {
        return Ok(None);
    };
    let Some(group) = store.group(&outgoing.to.id).await? else { return Ok(None) };
    let there = store.conversation(Place::group(group.no)).await?;
    Ok(there.filter(|there| there.no == conv).map(|_| accepted_first(&row)))
}

impl<C: Clock> Service<C> {
    /// Accepts a message to a group: written once, whatever the number of members. What is beyond the group's rate goes nowhere, and
    /// is answered as if it had.
    ///
    /// # Errors
    /// As for [`Service::send`]; 10007 for senders who are no members, 10010 without such a group, 10015 for what can be no group
    /// id, 10017 for senders who are muted, 10053 for too many mentioned users.
    pub(crate) async fn send_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        mut outgoing: Outgoing,
        news: &mut News,
    ) -> Result<Accepted, Error> {
        let mut body = check_body(&outgoing)?;
        if outgoing.body.group_at_user_array.len() > limits::MENTIONED_USERS {
            return Err(Error::MENTIONS);
        }
        let (group, own) = match find_own(store, session, &outgoing.to.id).await {
            Ok(found) => found,
            Err(error) => return accepted_before(store, session, &outgoing).await?.ok_or(error),
        };
        let rules = rules(group.kind);
        let now = self.clock.now();
        let muted = group.info.shutup_all && own.role < ADMIN
            || store.sanction(group.no, session.account).await?.muted_until > now;
        if muted {
            let error = Error::from(Code::SvrGroupShutupDeny);
            return accepted_before(store, session, &outgoing).await?.ok_or(error);
        }
        if !own.name_card.is_empty() {
            outgoing.body.name_card.clone_from(&own.name_card);
            body = check_body(&outgoing)?;
        }
        let share = self.policy.groups.share(outgoing.body.priority);
        // Without a place: also of what is dropped (LIM-1).
        let name_card = own.name_card;
        let gone =
            Accepted { time: now, seq: outgoing.seq, order: 0, name_card: name_card.clone() };
        if outgoing.online_only || !rules.keeps {
            if self.passing.admits(group.no, now, share) {
                let delivered = online(Conv::group(group.id), session, &outgoing, now, body);
                news.group_online.push((group.no, delivered));
            }
            return Ok(gone);
        }
        let conv = store.open_conversation(Place::group(group.no)).await?;
        let newest = store.newest(conv.no, u64::MAX).await?;
        if is_full(store, &conv, newest, now, share).await? {
            return Ok(accepted_before(store, session, &outgoing).await?.unwrap_or(gone));
        }
        let message = Message {
            seq: newest.seq + 1,
            counts: rules.counts && !outgoing.body.is_excluded_from_unread_count,
            ..written(session, &outgoing, &conv, now, body)
        };
        if let Some(first) = append_once(store, &conv, &message).await? {
            return Ok(first);
        }
        news.groups.insert(group.no);
        Ok(accepted(&message, name_card))
    }
}
