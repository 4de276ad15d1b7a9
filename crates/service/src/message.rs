//! Messages: sending and history.

mod edit;

use imsdk_types::wire::{
    Accepted, Conv, ConvKind, Delivered, Event, MessageBody, Outgoing, Response,
};
use imsdk_types::{Code, Elem, Error, MergerElem, MsgPriority, limits};

use crate::friendship::{Reach, may_write};
use crate::store::{Conversation, Entry, Message, Most, Part, Place, Store, is_client_time};
use crate::sync::PAGE;
use crate::{Clock, News, Service, Session};

pub(crate) use edit::visible;

/// One page of history at most.
const MAX_PAGE: u32 = 1000;

impl<C: Clock> Service<C> {
    /// Accepts a message (PERM-7: body, then receiver, then storage) and puts it into the logs of both accounts.
    ///
    /// The same message sent again gets the first answer (ID-7).
    ///
    /// # Errors
    /// 6016 and 6017 for the body, 80002 if it is too long, 20003 for a receiver that has no account, 20007 and 20009…20011 for
    /// one who does not want it, 10010 for a group that does not exist, 6019 for a store that failed.
    pub(crate) async fn send<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        mut outgoing: Outgoing,
        news: &mut News,
    ) -> Result<Accepted, Error> {
        outgoing.body.strip();
        match outgoing.to.kind {
            ConvKind::C2c => {}
            ConvKind::Group => return self.send_group(store, session, outgoing, news).await,
            ConvKind::System => return Err(Error::from(Code::InvalidConversation)),
        }
        let body = check_body(&outgoing)?;
        let peer = store.account(&outgoing.to.id).await?.ok_or_else(|| {
            Error::new(Code::SvrMsgInvalidId, "the receiver does not exist: it has never logged in")
        })?;
        let reach = match may_write(store, &self.policy.relations, session.account, peer).await {
            Ok(reach) => reach,
            // ID-7: what was accepted once stays accepted.
            Err(refusal)
                if outgoing.online_only
                    || store.by_key(session.account, key_of(&outgoing)).await?.is_none() =>
            {
                return Err(refusal);
            }
            Err(_) => Reach::Both,
        };
        let now = self.clock.now();
        if outgoing.online_only {
            self.send_online(session, (peer, reach), &outgoing, now, body, news);
            let name_card = String::new();
            return Ok(Accepted { time: now, seq: outgoing.seq, order: 0, name_card });
        }
        let conv = store.open_conversation(Place::c2c(session.account, peer)).await?;
        let message = Message {
            counts: reach == Reach::Both && !outgoing.body.is_excluded_from_unread_count,
            ..written(session, &outgoing, &conv, now, body)
        };
        if let Some(first) = append_once(store, &conv, &message).await? {
            return Ok(first);
        }
        if reach == Reach::Sender {
            store.delete(peer, conv.no, message.order).await?;
        }
        let entry = Entry::Message { conv: conv.no, order: message.order };
        for account in [session.account, peer] {
            if account == peer && reach == Reach::Sender {
                break;
            }
            store.join(account, conv.no).await?;
            store.log(account, session.session, entry.clone()).await?;
            news.wrote(account, session.session, || {
                let conv =
                    if account == peer { Conv::c2c(&session.user) } else { outgoing.to.clone() };
                Some(Event::Message(seen(account, conv, session.user.clone(), message.clone())))
            });
            if session.account == peer {
                break;
            }
        }
        Ok(accepted(&message, String::new()))
    }

    /// ONL-1, ONL-2: to the sessions that are there now, those of the sender included.
    fn send_online(
        &self,
        session: &Session,
        (peer, reach): (u64, Reach),
        outgoing: &Outgoing,
        now: u64,
        body: String,
        news: &mut News,
    ) {
        let delivered = |conv| online(conv, session, outgoing, now, body.clone());
        if peer != session.account && reach == Reach::Both {
            news.online.push((peer, delivered(Conv::c2c(session.user.clone()))));
        }
        news.online.push((session.account, delivered(outgoing.to.clone())));
    }

    /// A page of a conversation, newest first, as this account may see it: it ends early where bodies are long.
    ///
    /// # Errors
    /// HIST-10: 10044 for a live group.
    pub(crate) async fn history<S: Store>(
        &self,
        store: &mut S,
        session: &Session,
        conv: &Conv,
        before: Option<u64>,
        count: u32,
    ) -> Result<Response, Error> {
        if conv.kind == ConvKind::Group && self.is_live(store, &conv.id).await? {
            return Err(Error::NO_HISTORY);
        }
        let Some((place, found)) = self.find(store, session, conv).await? else {
            return Ok(Response::History { messages: Vec::new(), more: false });
        };
        let member = store.member(session.account, found.no).await?.unwrap_or_default();
        let most = Most { rows: count.min(MAX_PAGE), ..PAGE };
        let conv = conv_of(store, session.account, place).await?;
        let span = (member.hidden, before.unwrap_or(u64::MAX));
        let Part { rows, more } = visible(store, session.account, found.no, span, most).await?;
        let mut messages = Vec::with_capacity(rows.len());
        for row in rows {
            let read = row.order <= member.read_order;
            let delivered = show(store, session.account, conv.clone(), row).await?;
            messages.push(Delivered { read, ..delivered });
        }
        Ok(Response::History { messages, more })
    }
}

/// What identifies a message of its sender for good (ID-7).
pub(crate) fn key_of(outgoing: &Outgoing) -> u64 {
    outgoing.client_time << 32 | u64::from(outgoing.rand)
}

/// A message as it is stored at the end of a conversation.
pub(crate) fn written(
    session: &Session,
    outgoing: &Outgoing,
    conv: &Conversation,
    now: u64,
    body: String,
) -> Message {
    Message {
        order: conv.head + 1,
        // A clock that jumps back must not turn the order round.
        time: now.max(conv.time),
        sender: session.account,
        platform: session.platform,
        key: key_of(outgoing),
        seq: outgoing.seq,
        counts: false,
        becomes_last: !outgoing.body.excluded_from_last_message,
        origin: session.session,
        listed: true,
        revoked: false,
        body,
    }
}

/// A message for those who are online now.
pub(crate) fn online(
    conv: Conv,
    session: &Session,
    outgoing: &Outgoing,
    now: u64,
    body: String,
) -> Delivered {
    Delivered {
        conv,
        sender: session.user.clone(),
        account: session.account,
        platform: session.platform,
        order: 0,
        time: now,
        client_time: outgoing.client_time,
        rand: outgoing.rand,
        seq: outgoing.seq,
        counts: false,
        becomes_last: false,
        origin: session.session,
        listed: true,
        revoked: false,
        read: false,
        body,
    }
}

/// The answer to a message that is stored.
pub(crate) fn accepted(message: &Message, name_card: String) -> Accepted {
    Accepted { time: message.time, seq: message.seq, order: message.order, name_card }
}

/// ID-7: the same answer to it as the first time.
pub(crate) fn accepted_first(message: &Message) -> Accepted {
    let body = MessageBody::read(&message.body);
    accepted(message, body.map(|body| body.name_card).unwrap_or_default())
}

/// Appends a message. The first answer, if it is there already (ID-7).
pub(crate) async fn append_once<S: Store>(
    store: &mut S,
    conv: &Conversation,
    message: &Message,
) -> Result<Option<Accepted>, Error> {
    if store.append(conv.no, message).await? {
        return Ok(None);
    }
    match store.by_key(message.sender, message.key).await? {
        Some((first_conv, first)) if first_conv == conv.no => Ok(Some(accepted_first(&first))),
        _ => Err(Error::new(
            Code::InvalidParameters,
            "the same sender, time and random number as another message",
        )),
    }
}

/// What `account` gets to see of a stored message.
pub(crate) async fn deliver<S: Store>(
    store: &mut S,
    account: u64,
    place: Place,
    row: Message,
) -> Result<Delivered, Error> {
    let conv = conv_of(store, account, place).await?;
    show(store, account, conv, row).await
}

/// The same, for a conversation whose name is known.
pub(crate) async fn show<S: Store>(
    store: &mut S,
    account: u64,
    conv: Conv,
    row: Message,
) -> Result<Delivered, Error> {
    let sender = match row.is_system() {
        true => limits::SYSTEM_SENDER.to_owned(),
        false => store.account_id(row.sender).await?,
    };
    Ok(seen(account, conv, sender, row))
}

/// The same, for a sender whose user id is known too.
pub(crate) fn seen(account: u64, conv: Conv, sender: String, row: Message) -> Delivered {
    let (number, client_time, rand) = match row.is_system() {
        // No clock gave it a number: its place does, mixed so that equal places of two groups differ.
        true => {
            let conv = (row.key >> 32) as u32;
            (0, row.time, conv.wrapping_mul(0x9e37_79b1) ^ row.order as u32)
        }
        false => (row.sender, row.key >> 32, row.key as u32),
    };
    Delivered {
        conv,
        sender,
        account: number,
        platform: row.platform,
        order: row.order,
        time: row.time,
        client_time,
        rand,
        seq: row.seq,
        counts: row.counts && row.sender != account,
        becomes_last: row.becomes_last,
        origin: row.origin,
        listed: row.listed,
        revoked: row.revoked,
        read: false,
        body: row.body,
    }
}

/// A conversation as `account` names it.
pub(crate) async fn conv_of<S: Store>(
    store: &mut S,
    account: u64,
    place: Place,
) -> Result<Conv, Error> {
    match place.kind {
        ConvKind::C2c => Ok(Conv::c2c(store.account_id(place.peer_of(account)).await?)),
        ConvKind::System => Ok(Conv::system()),
        ConvKind::Group => match store.group_by_no(place.a).await? {
            Some(group) => Ok(Conv::group(group.id)),
            None => Err(Error::from(Code::SvrGroupNotFound)),
        },
    }
}

/// ELEM-1, ELEM-2, ELEM-4 and the size limit. Returns the body as it is stored.
pub(crate) fn check_body(outgoing: &Outgoing) -> Result<String, Error> {
    let body = &outgoing.body;
    if body.elems.is_empty() {
        return Err(Error::new(Code::InvalidParameters, "message_elem_array is missing or empty"));
    }
    let (mut sounds, mut files) = (0, 0);
    for elem in &body.elems {
        match elem {
            Elem::GroupTips(_)
            | Elem::GroupReport(_)
            | Elem::FriendChange(_)
            | Elem::ProfileChange(_) => {
                let text =
                    "an element in message_elem_array is of a type that only the service makes";
                return Err(Error::new(Code::InvalidMsgElem, text));
            }
            Elem::Text(text) if text.content.is_empty() => {
                return Err(Error::new(
                    Code::InvalidParameters,
                    "text_elem_content is missing or empty",
                ));
            }
            Elem::Sound(_) => sounds += 1,
            Elem::File(_) => files += 1,
            Elem::Merger(merger) => check_merged(merger)?,
            _ => {}
        }
    }
    if sounds > 1 || files > 1 {
        return Err(Error::new(
            Code::InvalidParameters,
            "more than one sound or file in a message",
        ));
    }
    if MsgPriority::try_from(body.priority).is_err() {
        return Err(Error::new(
            Code::InvalidParameters,
            format!("there is no message_priority {}", body.priority),
        ));
    }
    if !is_client_time(outgoing.client_time) {
        return Err(Error::new(Code::InvalidParameters, "the sender's clock is out of range"));
    }
    body_text(body)
}

/// A body as it is stored.
///
/// # Errors
/// 80002 if it is too long.
pub fn body_text(body: &MessageBody) -> Result<String, Error> {
    let text = serde_json::to_string(body)
        .map_err(|error| Error::new(Code::SerializeReqFailed, error.to_string()))?;
    // The limit is of the content: what JSON adds to it is not counted, within reason.
    if text.len() > limits::PACKET
        || text.len() > limits::MESSAGE_BODY
            && serde_json::from_str(&text).is_ok_and(|value| content(&value) > limits::MESSAGE_BODY)
    {
        return Err(Error::from(Code::SvrCommBodySizeLimit));
    }
    Ok(text)
}

/// What messages in one message may be.
fn check_merged(merger: &MergerElem) -> Result<(), Error> {
    let long = |line: &String| line.chars().count() > limits::MERGED_PREVIEW_CHARS;
    let preview = &merger.abstract_array;
    if merger.message_array.len() > limits::MERGED_MESSAGES
        || preview.len() > limits::MERGED_PREVIEW_LINES
        || preview.iter().any(long)
    {
        let text = "too many merged messages, or too long a preview of them";
        return Err(Error::new(Code::InvalidParameters, text));
    }
    Ok(())
}

/// UTF-8 bytes of all strings.
fn content(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::String(text) => text.len(),
        serde_json::Value::Array(list) => list.iter().map(content).sum(),
        serde_json::Value::Object(map) => map.values().map(content).sum(),
        _ => 0,
    }
}
