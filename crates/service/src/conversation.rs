//! Conversations of an account: read state, receipts, removal, the list.

use std::collections::HashMap;

use imsdk_types::wire::{Conv, ConvKind, Event, Mention, RecentConv, Response};
use imsdk_types::{Error, GroupAtType, limits};

use crate::message::seen;
use crate::store::{Conversation, Entry, Member, Mentioning, Message, Most, Place, Store};
use crate::sync::PAGE;
use crate::{Clock, News, Service, Session};

/// A conversation of an account, as it is listed.
type Row = (Place, Conversation, Member);

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
        // Nor does anybody read what is gone from view. Who says up to where has it before the eyes, whatever another device has removed.
        let known = match upto {
            Some(_) => member.read_order,
            None => member.read_order.max(member.hidden),
        };
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
        (after, before): (u64, u64),
        without_tips: bool,
    ) -> Result<Response, Error> {
        let Some((_, found)) = self.find(store, session, conv).await? else {
            return Ok(Response::Unread { read_order: 0, unread: 0 });
        };
        let member = store.member(session.account, found.no).await?.unwrap_or_default();
        let after = after.min(found.head).max(member.read_order).max(member.hidden);
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
            if place.kind == ConvKind::Group {
                store.cut_stays(session.account, found.no, upto).await?;
            }
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
        let mut rows = store.conversations(account, limits::RECENT_CONVERSATIONS as u32).await?;
        // The account may be in many more.
        let groups = rows.iter().filter(|(place, ..)| place.kind == ConvKind::Group);
        let groups: Vec<u64> = groups.map(|(place, ..)| place.a).collect();
        let groups = own_groups(store, account, &groups).await?;
        rows.retain(|(place, ..)| match place.kind {
            ConvKind::C2c => true,
            ConvKind::Group => groups.contains_key(&place.a),
            // It is told through the log alone.
            ConvKind::System => false,
        });
        let spans: Vec<_> =
            rows.iter().map(|(_, found, member)| (found.no, member.hidden)).collect();
        let newest = store.newest_visible(account, &spans, PAGE.bytes).await?;
        let listed: Vec<_> =
            rows.into_iter().zip(newest).filter_map(|(row, last)| Some((row, last?))).collect();
        let unread: Vec<_> = listed
            .iter()
            .map(|((_, found, member), _)| (found.no, member.read_order.max(member.hidden)))
            .collect();
        let unread = store.unread_of(account, &unread, without_tips).await?;
        let mut mentions = mentions(store, session, &listed).await?;
        let peer = |place: &Place| place.kind == ConvKind::C2c && place.peer_of(account) != account;
        let peers = listed.iter().filter(|((place, ..), _)| peer(place));
        let peers: Vec<_> =
            peers.map(|((place, found, _), _)| (place.peer_of(account), found.no)).collect();
        // READ-4: to oneself nobody tells what was read.
        let marks = store.members_of(&peers).await?;
        let read: HashMap<u64, Member> =
            peers.iter().zip(marks).filter_map(|((_, no), mark)| Some((*no, mark?))).collect();
        let senders = listed.iter().filter(|(_, last)| !last.is_system()).map(|(_, it)| it.sender);
        let known: Vec<u64> =
            peers.iter().map(|(peer, _)| *peer).chain(senders).chain([account]).collect();
        let ids = store.account_ids(&known).await?;
        let ids: HashMap<u64, String> = known.into_iter().zip(ids).collect();
        let id = |account: u64| ids.get(&account).cloned().unwrap_or_default();
        let recent = |(((place, found, member), last), unread): ((Row, Message), u32)| {
            let conv = match place.kind {
                ConvKind::Group => Conv::group(groups.get(&place.a).cloned().unwrap_or_default()),
                ConvKind::C2c | ConvKind::System => Conv::c2c(id(place.peer_of(account))),
            };
            let sender = match last.is_system() {
                true => limits::SYSTEM_SENDER.to_owned(),
                false => id(last.sender),
            };
            let peer_read = read.get(&found.no).copied().unwrap_or_default();
            RecentConv {
                conv: conv.clone(),
                read_order: member.read_order,
                peer_read_time: peer_read.read_time,
                peer_read_order: peer_read.read_order,
                unread,
                last: Some(seen(account, conv, sender, last)),
                mentions: mentions.remove(&found.no).unwrap_or_default(),
            }
        };
        Ok(listed.into_iter().zip(unread).map(recent).collect())
    }
}

/// The ids of those of some groups in which an account is.
async fn own_groups<S: Store>(
    store: &mut S,
    account: u64,
    groups: &[u64],
) -> Result<HashMap<u64, String>, Error> {
    if groups.is_empty() {
        return Ok(HashMap::new());
    }
    let of: Vec<(u64, u64)> = groups.iter().map(|group| (*group, account)).collect();
    let members = store.members_among(&of).await?;
    let found = store.groups_by_no(groups).await?.into_iter().flatten();
    let found: HashMap<u64, String> = found.map(|group| (group.no, group.id)).collect();
    let is_in = groups.iter().zip(members).filter(|(_, (member, _))| member.is_some());
    Ok(is_in.filter_map(|(no, _)| Some((*no, found.get(no)?.clone()))).collect())
}

/// CONV-15: which unread messages of groups mention the account, by conversation: a new device does not have them. Also those that do not
/// count as unread.
async fn mentions<S: Store>(
    store: &mut S,
    session: &Session,
    listed: &[(Row, Message)],
) -> Result<HashMap<u64, Vec<Mention>>, Error> {
    let past: Vec<(u64, u64)> = listed
        .iter()
        .filter(|((place, _, member), last)| {
            place.kind == ConvKind::Group && last.order > member.read_order
        })
        .map(|((_, found, member), _)| (found.no, member.read_order))
        .collect();
    if past.is_empty() {
        return Ok(HashMap::new());
    }
    let found = store.mentioning(session.account, &past).await?;
    let mention = |found: Mentioning| {
        let at_type = GroupAtType::of(&found.names, &session.user)? as u32;
        Some(Mention { order: found.order, time: found.time, seq: found.seq, at_type })
    };
    let of = |list: Vec<Mentioning>| list.into_iter().filter_map(mention).collect();
    Ok(past.into_iter().zip(found).map(|((conv, _), list)| (conv, of(list))).collect())
}
