//! The logs of groups: what members have not got yet.

use std::collections::BTreeMap;

use imsdk_types::wire::group::{Head, Page};
use imsdk_types::wire::{Conv, Delivered};
use imsdk_types::{Error, limits};

use super::notice::card;
use super::rules::rules;
use super::{denied, invalid};
use crate::message::show;
use crate::store::{Conversation, Group, GroupMember, Member, Place, Stay, Store};
use crate::sync::PAGE;
use crate::{Clock, Service, Session};

impl<C: Clock> Service<C> {
    /// The number of a group whose history this account may read.
    pub(crate) async fn readable<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        id: &str,
    ) -> Result<Option<u64>, Error> {
        let Some(group) = store.group(id).await? else { return Ok(None) };
        let member = store.group_member(group.no, session.account).await?;
        Ok(member.filter(|_| rules(group.kind).keeps).map(|_| group.no))
    }

    /// Whether it is a group that keeps no messages.
    pub(crate) async fn is_live<S: Store>(&self, store: &mut S, id: &str) -> Result<bool, Error> {
        Ok(store.group(id).await?.is_some_and(|group| !rules(group.kind).keeps))
    }

    /// Where each of the account's groups stands.
    pub(super) async fn heads<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
    ) -> Result<Vec<Head>, Error> {
        let groups = store.groups_of(session.account).await?;
        let places: Vec<Place> = groups.iter().map(|(group, _)| Place::group(group.no)).collect();
        let convs = store.conversations_at(&places).await?;
        let head = |((group, own), conv): ((Group, GroupMember), Option<Conversation>)| Head {
            card: card(&group, &own),
            head: conv.map_or(0, |conv| conv.head),
            delivered: own.delivered,
        };
        Ok(groups.into_iter().zip(convs).map(head).collect())
    }

    /// What lies past a place in a group's log. The own messages are among it: the device knows them. Who has left gets what was said
    /// before, also of a group that is no more, and so does who has come back: what earlier memberships gave comes first.
    pub(super) async fn pull_group<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        no: u64,
        after: u64,
    ) -> Result<Page, Error> {
        let outside = || denied("not a member of the group");
        let group = store.group_by_no(no).await?;
        let is_member = store.group_member(no, session.account).await?.is_some();
        let empty = Page { rows: Vec::new(), cursor: after, more: false };
        let Some(conv) = store.conversation(Place::group(no)).await? else {
            return if is_member { Ok(empty) } else { Err(outside()) };
        };
        let mark = store.member(session.account, conv.no).await?;
        let end = match mark {
            _ if is_member => conv.head,
            Some(Member { left_at, .. }) if left_at > 0 => left_at - 1,
            Some(_) if group.is_none() => conv.head,
            Some(_) | None => return Err(outside()),
        };
        let mark = mark.unwrap_or_default();
        let id = group.map(|group| group.id).unwrap_or_default();
        let mut stays = match after < mark.hidden {
            true => store.stays(session.account, conv.no).await?,
            false => Vec::new(),
        };
        stays.retain(|stay| after < stay.upto);
        let now = Stay { after: mark.hidden, upto: end };
        let former = stays.first().copied();
        let Stay { after: begin, upto: end } = former.unwrap_or(now);
        let start = after.max(begin);
        let mut found = store.rows_after(conv.no, start, PAGE).await?;
        if let Some(past) = found.rows.iter().position(|row| row.order > end) {
            found.rows.truncate(past);
            found.more = false;
        }
        // DEL-4: deleted before this device got it.
        let orders: Vec<_> = found.rows.iter().map(|row| row.order).collect();
        let gone = store.deleted(session.account, conv.no, &orders).await?;
        let mut page = Page { more: found.more, cursor: start, ..empty };
        for row in found.rows {
            page.cursor = row.order;
            if gone.binary_search(&row.order).is_ok() {
                continue;
            }
            let conv = Conv::group(id.clone());
            let read = row.order <= mark.read_order;
            let delivered = show(store, session.account, conv, row).await?;
            page.rows.push(Delivered { read, ..delivered });
        }
        if !page.more && (former.is_some() || !is_member) {
            // Nothing else will come of this membership.
            page.cursor = page.cursor.max(end);
            page.more = former.is_some();
        }
        Ok(page)
    }

    /// Notes how far the account's devices have come, for one that has no store.
    ///
    /// # Errors
    /// 10004 for too many groups.
    pub(super) async fn got<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        list: &[(u64, u64)],
    ) -> Result<(), Error> {
        if list.len() > limits::GROUP_PLACES {
            return Err(invalid("too many groups in one request"));
        }
        let mut furthest: BTreeMap<u64, u64> = BTreeMap::new();
        for (group, place) in list {
            let known = furthest.entry(*group).or_default();
            *known = (*known).max(*place);
        }
        let list = furthest;
        let of: Vec<(u64, u64)> = list.keys().map(|group| (*group, session.account)).collect();
        let places: Vec<Place> = list.keys().map(|group| Place::group(*group)).collect();
        let memberships = store.members_among(&of).await?;
        let convs = store.conversations_at(&places).await?;
        let mut moved = Vec::new();
        for ((group, place), ((own, _), conv)) in
            list.into_iter().zip(memberships.into_iter().zip(convs))
        {
            let Some(own) = own else { continue };
            // Nobody has got what is not there yet: the account's other devices would miss it.
            let place = place.min(conv.map_or(0, |conv| conv.head));
            if own.delivered < place {
                moved.push((group, GroupMember { delivered: place, ..own }));
            }
        }
        match moved.is_empty() {
            true => Ok(()),
            false => store.put_group_members(&moved).await,
        }
    }
}
