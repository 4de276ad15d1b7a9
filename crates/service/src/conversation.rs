//! Conversations of an account: read state, receipts, removal, the list.

use imsdk_types::wire::{Conv, ConvKind, Event, RecentConv, Response};
use imsdk_types::{Error, limits};

use crate::message::{conv_of, deliver, visible};
use crate::store::{Conversation, Entry, Member, Most, Place, Store};
use crate::sync::{Filled, PAGE};
use crate::{Clock, News, Service, Session};

impl<C: Clock> Service<C> {
    /// The conversation that this account means, if it exists.
    pub(crate) async fn find<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        conv: &Conv,
    ) -> Result<Option<(Place, Conversation)>, Error> {
        let place = match conv.kind {
            ConvKind::System => return Ok(None),
            ConvKind::Group => match self.readable(store, session, &conv.id).await? {
                Some(group) => Place::group(group),
                None => return Ok(None),
            },
            ConvKind::C2c => match store.account(&conv.id).await? {
                Some(peer) => Place::c2c(session.account, peer),
                None => return Ok(None),
            },
        };
        Ok(store.conversation(place).await?.map(|found| (place, found)))
    }

    /// READ-1, READ-3, READ-4, READ-5: moves the read mark, tells the peer and the account's other devices.
    pub(crate) async fn report_read<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        conv: &Conv,
        (time, upto): (Option<u64>, Option<u64>),
        news: &mut News,
    ) -> Result<Response, Error> {
        let Some((place, found)) = self.find(store, session, conv).await? else {
            return Ok(Response::Read(0));
        };
        let order = match time {
            None => found.head,
            Some(time) if time >= found.time => found.head,
            Some(time) => store.order_at(found.no, time).await?,
        };
        let is_cut = upto.is_some_and(|upto| upto < order);
        let order = order.min(upto.unwrap_or(u64::MAX));
        let member = store.member(session.account, found.no).await?.unwrap_or_default();
        // Nor does anybody read what is gone from view.
        let known = member.read_order.max(member.hidden);
        if order <= known {
            return Ok(Response::Read(known));
        }
        let newest = match time {
            _ if is_cut => {
                let one = store.messages(found.no, order - 1, order + 1, Most::ONE).await?;
                one.rows.first().map(|it| it.time)
            }
            time => time,
        };
        let read_time = newest.unwrap_or(found.time).min(found.time);
        store
            .put_member(
                session.account,
                found.no,
                Member { read_order: order, read_time, ..member },
            )
            .await?;
        let read = Entry::Read { conv: found.no, order };
        store.log(session.account, session.session, read).await?;
        news.wrote(session.account, session.session, || {
            Some(Event::Read { conv: conv.clone(), order })
        });
        let peer = place.peer_of(session.account);
        if place.kind == ConvKind::C2c && peer != session.account {
            let receipt = Entry::Receipt { conv: found.no, time: read_time, order };
            store.log(peer, session.session, receipt).await?;
            news.wrote(peer, session.session, || {
                Some(Event::Receipt { reader: session.user.clone(), time: read_time, order })
            });
        }
        Ok(Response::Read(order))
    }

    /// READ-3, for a device that has only the newest messages: what it can't count itself.
    pub(crate) async fn unread<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        conv: &Conv,
        before: u64,
        without_tips: bool,
    ) -> Result<Response, Error> {
        let Some((_, found)) = self.find(store, session, conv).await? else {
            return Ok(Response::Unread { read_order: 0, unread: 0 });
        };
        let member = store.member(session.account, found.no).await?.unwrap_or_default();
        let after = member.read_order.max(member.hidden);
        let unread = store.unread(found.no, session.account, (after, before), without_tips).await?;
        Ok(Response::Unread { read_order: member.read_order, unread })
    }

    /// CONV-12: the messages so far are gone from this account's view; the peer keeps them.
    pub(crate) async fn delete_conv<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        conv: &Conv,
        upto: Option<u64>,
    ) -> Result<Response, Error> {
        if let Some((place, found)) = self.find(store, session, conv).await? {
            let member = store.member(session.account, found.no).await?.unwrap_or_default();
            let upto = upto.unwrap_or(u64::MAX).min(found.head);
            // READ-4: up to `read_order` the peer is told that all is read; who removes a conversation has not read it by that.
            let read_order = match place.kind {
                ConvKind::C2c => member.read_order,
                ConvKind::Group | ConvKind::System => upto.max(member.read_order),
            };
            let member = Member { hidden: upto.max(member.hidden), read_order, ..member };
            store.put_member(session.account, found.no, member).await?;
        }
        Ok(Response::Done)
    }

    /// The account's newest conversations, for a device that has none of them.
    pub(crate) async fn recent_convs<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        without_tips: bool,
    ) -> Result<Vec<RecentConv>, Error> {
        let account = session.account;
        let rows = store.conversations(account, limits::RECENT_CONVERSATIONS as u32).await?;
        let mut list = Vec::with_capacity(rows.len());
        let mut filled = Filled::default();
        for (place, found, member) in rows {
            match place.kind {
                ConvKind::C2c => {}
                // It is told through the log alone.
                ConvKind::System => continue,
                ConvKind::Group if store.group_member(place.a, account).await?.is_none() => {
                    continue;
                }
                ConvKind::Group => {}
            }
            let span = (member.hidden, u64::MAX);
            let one = Most { rows: 1, ..PAGE };
            let newest = visible(store, account, found.no, span, one).await?;
            let Some(newest) = newest.rows.into_iter().next().filter(|_| !filled.is_full()) else {
                continue;
            };
            filled.add(&newest.body);
            let peer_read = match place.kind {
                // READ-4: to oneself nobody tells what was read.
                ConvKind::C2c if place.peer_of(account) == account => None,
                ConvKind::C2c => store.member(place.peer_of(account), found.no).await?,
                ConvKind::Group | ConvKind::System => None,
            };
            let unread = (member.read_order.max(member.hidden), u64::MAX);
            list.push(RecentConv {
                conv: conv_of(store, account, place).await?,
                read_order: member.read_order,
                peer_read_time: peer_read.as_ref().map_or(0, |peer| peer.read_time),
                peer_read_order: peer_read.map_or(0, |peer| peer.read_order),
                unread: store.unread(found.no, account, unread, without_tips).await?,
                last: Some(deliver(store, account, place, newest).await?),
                mentions: Vec::new(),
            });
        }
        Ok(list)
    }
}
