//! Deleting and withdrawing.

use imsdk_types::wire::message::{MessageRef, Notice, Request as Edit};
use imsdk_types::wire::{Conv, ConvKind, MessageBody, Request};
use imsdk_types::{Code, Error, Message, MsgDeleteParam, MsgLocator, MsgStatus, limits};

use super::{MAX_PAGE, account_in, identities, place_of};
use crate::client::{Reply, no_database};
use crate::core::{Core, went_back};
use crate::store::{ConvRow, LocalStore, MessageRow, is_unsent, order_of, place};
use crate::{Client, Event};

/// The first generation of the interface in which one call deletes more messages.
const MORE_DELETED: u8 = 8;

impl Client {
    /// Deletes a message from the local history, or all messages of the conversation.
    pub fn delete_message(&self, conv: Conv, param: MsgDeleteParam, reply: Reply<()>) {
        self.call(reply, move |core, reply| {
            match param.msg.filter(|it| **it != Message::default()) {
                Some(message) if param.is_ramble => core.delete_list(conv, vec![*message], reply),
                Some(message) => {
                    // What this device does not have, such as a message that is never stored, is gone already; but not what a failure took
                    // away: it comes again, and there is no place for a mark.
                    let lacking = match core.commit() && !core.lost {
                        true => Ok(()),
                        false => Err(went_back()),
                    };
                    let done = core.delete_here(&conv, &[*message], lacking);
                    core.out.reply(|| reply(done));
                }
                // DEL-3: this has no effect any more.
                None if param.is_ramble => core.out.reply(|| reply(Ok(()))),
                None => {
                    let done = core.clear(&conv);
                    let done = core.keep(done);
                    core.out.reply(|| reply(done));
                }
            }
        });
    }

    /// Deletes messages from the local history and from the own history in the service.
    pub fn delete_messages(&self, conv: Conv, messages: Vec<Message>, reply: Reply<()>) {
        self.call(reply, move |core, reply| core.delete_list(conv, messages, reply));
    }

    /// Removes messages from this device, but not from the service, which may bring them again.
    ///
    /// `which` names a conversation (`c2c_bob`, `group_g`), all of a kind (`c2c`, `group`) or, empty, all there are; `begin` and `end`
    /// are Unix seconds, both included, an `end` of 0 is none. 6017 for another name.
    pub fn clear_history(&self, which: &str, begin: u64, end: u64, reply: Reply<()>) {
        let Some(which) = Which::named(which) else {
            let text =
                "no name of conversations: c2c_USER, group_GROUP, c2c, group, or nothing for all";
            return self.refuse(Error::new(Code::InvalidParameters, text), reply);
        };
        self.call(reply, move |core, reply| {
            let done = core.clear_all(&which, (begin, end));
            let done = core.keep(done);
            core.out.reply(|| reply(done));
        });
    }

    /// Who withdrew messages, by their ids; only of messages that are here and were withdrawn. 6017 for more
    /// than 1000 ids.
    pub fn revokers(&self, ids: Vec<String>, reply: Reply<Vec<(String, String)>>) {
        self.read(reply, move |core| {
            if ids.len() > MAX_PAGE as usize {
                let text = format!("more than {MAX_PAGE} message ids");
                return Err(Error::new(Code::InvalidParameters, text));
            }
            let local = core.local.as_ref().ok_or_else(no_database)?;
            let revoker = |id: String| Ok(revoker(local, &id)?.map(|revoker| (id, revoker)));
            ids.into_iter().filter_map(|id| revoker(id).transpose()).collect()
        });
    }

    /// Withdraws a message for all who have it.
    pub fn revoke(&self, conv: Conv, message: Message, reply: Reply<()>) {
        self.call(reply, move |core, reply| {
            let target = core.local.as_ref().ok_or_else(no_database).and_then(|local| {
                target(local, &conv, &message)?
                    .ok_or_else(|| Error::new(Code::InvalidParameters, "this message was not sent"))
            });
            match target {
                Ok(message) => {
                    let group = (conv.kind == ConvKind::Group).then(|| conv.id.clone());
                    let edit = Edit::Revoke { conv, message };
                    core.change_in_group(Request::Message(edit), group, |core, answer| {
                        core.out.reply(|| reply(answer.map(drop)));
                    });
                }
                Err(error) => core.out.reply(|| reply(Err(error))),
            }
        });
    }
}

/// Conversations that a call is about.
enum Which {
    All,
    Kind(ConvKind),
    One(Conv),
}

impl Which {
    fn named(name: &str) -> Option<Self> {
        let (kind, id) = name.split_once('_').map_or((name, None), |(kind, id)| (kind, Some(id)));
        let kind = match kind {
            "" if id.is_none() => return Some(Self::All),
            "c2c" => ConvKind::C2c,
            "group" => ConvKind::Group,
            _ => return None,
        };
        match id {
            None => Some(Self::Kind(kind)),
            Some("") => None,
            Some(id) => Some(Self::One(Conv { kind, id: id.to_owned() })),
        }
    }

    fn has(&self, conv: &Conv) -> bool {
        match self {
            Self::All => true,
            Self::Kind(kind) => conv.kind == *kind,
            Self::One(one) => conv == one,
        }
    }
}

/// Who withdrew the message with this id, if somebody did.
fn revoker(local: &LocalStore, id: &str) -> Result<Option<String>, Error> {
    let message = Message { msg_id: id.to_owned(), ..Message::default() };
    let Some((client_time, rand)) = identities(&message).next() else { return Ok(None) };
    let rows = local.revoked(client_time << 32 | u64::from(rand))?;
    let row = rows.into_iter().find(|row| row.account == account_in(id));
    Ok(row.map(|row| row.body.revoker))
}

/// How the service knows a message; `None` for one that it does not know.
fn target(local: &LocalStore, conv: &Conv, message: &Message) -> Result<Option<MessageRef>, Error> {
    if let Some(found) = local.conversation(conv)?
        && let Some(at) = place_of(local, found.no, message)?
    {
        return Ok((!is_unsent(at.1)).then(|| MessageRef::Order(order_of(at.1))));
    }
    let identity = identities(message).next();
    Ok(identity.map(|(client_time, rand)| MessageRef::Key {
        sender: message.sender.clone(),
        client_time,
        rand,
    }))
}

impl Core {
    /// DEL-4: in the service first, for all its messages or none.
    fn delete_list(&mut self, conv: Conv, messages: Vec<Message>, reply: Reply<()>) {
        let most = match self.shared.generation() {
            ..MORE_DELETED => limits::DELETED_MESSAGES_BEFORE,
            _ => limits::DELETED_MESSAGES,
        };
        let known = match &self.local {
            _ if messages.len() > most => {
                let text = format!("more than {most} messages in one call");
                Err(Error::new(Code::InvalidParameters, text))
            }
            Some(local) => messages
                .iter()
                .map(|message| target(local, &conv, message))
                .collect::<Result<Vec<_>, _>>(),
            None => Err(no_database()),
        };
        let known: Vec<_> = match known {
            Ok(known) => known.into_iter().flatten().collect(),
            Err(error) => return self.out.reply(|| reply(Err(error))),
        };
        if known.is_empty() {
            let lacking = Err(Error::new(Code::InvalidParameters, "no such message here"));
            let done = self.delete_here(&conv, &messages, lacking);
            return self.out.reply(|| reply(done));
        }
        // Or else a failure would take away some of them with their marks, for which the service has no more to give.
        if !self.commit() {
            return self.out.reply(|| reply(Err(went_back())));
        }
        let edit = Edit::Delete { conv: conv.clone(), messages: known };
        self.request(Request::Message(edit), move |core, answer| {
            let done = answer.and_then(|_| core.delete_here(&conv, &messages, Ok(())));
            core.out.reply(|| reply(done));
        });
    }

    /// Nothing in the service would remind this device of it. `lacking` is said of a message that is not here.
    fn delete_here(
        &mut self,
        conv: &Conv,
        messages: &[Message],
        lacking: Result<(), Error>,
    ) -> Result<(), Error> {
        let done = self.delete_local(conv, messages, lacking);
        self.keep(done)
    }

    /// DEL-1, DEL-6: what is deleted stays as a mark, so that it does not come again.
    fn delete_local(
        &mut self,
        conv: &Conv,
        messages: &[Message],
        lacking: Result<(), Error>,
    ) -> Result<(), Error> {
        let user = self.owner.clone();
        let Some(local) = &mut self.local else { return Err(no_database()) };
        let found = local.conversation(conv)?;
        let mut places = Vec::new();
        for message in messages {
            let place = match &found {
                Some(found) => place_of(local, found.no, message)?,
                None => None,
            };
            match place {
                Some(place) => places.push(place),
                None => lacking.clone()?,
            }
        }
        let Some(mut found) = found else { return Ok(()) };
        // A list may name one twice.
        places.sort_unstable();
        places.dedup();
        let mut rows = Vec::with_capacity(places.len());
        for place in places {
            let row = local.message_at(found.no, place)?;
            rows.extend(
                row.filter(|row| row.status != MsgStatus::Deleted as u32).map(|row| (place, row)),
            );
        }
        if rows.is_empty() {
            // Nothing is to be told of what is gone already.
            return Ok(());
        }
        for (place, row) in rows {
            uncount(&mut found, &row, &user);
            local.set_status(found.no, place, MsgStatus::Deleted, None)?;
        }
        found.last = local.last_place(found.no)?;
        local.keep_listed(found.no)?;
        local.put_conversation(&found, false)?;
        self.out.changed(conv, false);
        Ok(())
    }

    /// DEL-2: all that is here; what the service has may come again.
    fn clear(&mut self, conv: &Conv) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Err(no_database()) };
        let Some(mut found) = local.conversation(conv)? else { return Ok(()) };
        // What comes again was read.
        found.read_order = found.read_order.max(local.newest_place(found.no)?);
        local.clear(found.no)?;
        local.keep_listed(found.no)?;
        (found.last, found.unread) = (None, 0);
        local.put_conversation(&found, false)?;
        self.out.changed(conv, false);
        Ok(())
    }

    fn clear_all(&mut self, which: &Which, span: (u64, u64)) -> Result<(), Error> {
        let Some(local) = &mut self.local else { return Err(no_database()) };
        let convs = local.conversations()?.into_iter().map(|row| row.conv);
        let convs: Vec<_> = convs.filter(|conv| which.has(conv)).collect();
        convs.iter().try_for_each(|conv| match span {
            (0, 0) => self.clear(conv),
            (begin, 0) => self.clear_span(conv, (begin, u64::MAX)),
            span => self.clear_span(conv, span),
        })
    }

    /// The same of a span of time. What comes again is what lies before the oldest message that is left, and counts as before; where none
    /// is left, it was read.
    fn clear_span(&mut self, conv: &Conv, span: (u64, u64)) -> Result<(), Error> {
        let user = self.owner.clone();
        let Some(local) = &mut self.local else { return Err(no_database()) };
        let Some(mut found) = local.conversation(conv)? else { return Ok(()) };
        let newest = local.newest_place(found.no)?;
        let mut gone = local.clear_span(found.no, &user, span)?;
        match local.oldest(found.no)? {
            Some((_, oldest)) => {
                gone.retain(|place| *place > oldest.max(found.read_order));
                found.unread = found.unread.saturating_sub(gone.len() as u32);
            }
            None => {
                found.read_order = found.read_order.max(newest);
                found.unread = 0;
            }
        }
        local.keep_listed(found.no)?;
        found.last = local.last_place(found.no)?;
        local.put_conversation(&found, false)?;
        self.out.changed(conv, false);
        Ok(())
    }

    /// What the account's log tells about messages that it told before.
    pub(crate) fn message_notice(&mut self, notice: Notice) -> Result<(), Error> {
        match notice {
            Notice::Revoked { conv, time, order, revoker, session } => {
                self.revoked(&conv, (time, place(order)), &revoker, session)
            }
        }
    }

    /// REV-3 to REV-7.
    fn revoked(
        &mut self,
        conv: &Conv,
        at: (u64, u64),
        revoker: &str,
        session: u64,
    ) -> Result<(), Error> {
        let user = self.owner.clone();
        let Some(local) = &mut self.local else { return Ok(()) };
        let Some(mut found) = local.conversation(conv)? else { return Ok(()) };
        let Some(row) = local.message_at(found.no, at)? else {
            // CONV-15.
            if local.forget_mentions(found.no, (at.1, at.1))? {
                self.out.changed(conv, false);
            }
            // REV-6: the service may have counted it for this device, which has only what came later.
            if found.unread > 0 && at.1 > found.read_order {
                self.recounts.insert(conv.clone());
            }
            return Ok(());
        };
        if row.status != MsgStatus::SendSucc as u32 {
            return Ok(());
        }
        uncount(&mut found, &row, &user);
        let locator = locator(conv, &row, &user);
        let body = match row.sender == user {
            true => MessageBody { revoker: revoker.to_owned(), ..row.body },
            false => row.body.revoked_by(revoker),
        };
        let body = serde_json::to_string(&body)
            .map_err(|error| Error::new(Code::SerializeReqFailed, error.to_string()))?;
        local.set_status(found.no, at, MsgStatus::Revoked, Some(&body))?;
        local.put_conversation(&found, false)?;
        if !local.is_own_session(session) {
            match self.out.events.last_mut() {
                Some(Event::Revoked(locators)) => locators.push(locator),
                _ => self.out.events.push(Event::Revoked(vec![locator])),
            }
        }
        self.out.changed(conv, false);
        Ok(())
    }
}

/// A message that goes is no longer unread (DEL-6, REV-6).
fn uncount(conv: &mut ConvRow, row: &MessageRow<MessageBody>, user: &str) {
    let sent = row.status == MsgStatus::SendSucc as u32;
    if sent && row.counts && row.sender != user && row.order > conv.read_order {
        conv.unread = conv.unread.saturating_sub(1);
    }
}

/// How a program finds a message that was withdrawn.
fn locator(conv: &Conv, row: &MessageRow<MessageBody>, user: &str) -> MsgLocator {
    let rand = u64::from(row.key as u32);
    MsgLocator {
        conv_id: conv.id.clone(),
        conv_type: conv.kind as u32,
        is_revoked: true,
        time: row.time,
        seq: row.seq,
        is_self: row.sender == user,
        rand,
        unique_id: row.time << 32 | rand,
    }
}
