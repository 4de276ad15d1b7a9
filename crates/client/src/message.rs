//! Messages: identity, sending, history, and how a stored one is shown.

mod batch;
mod edit;
mod history;
mod identity;
mod local;

pub use batch::{BatchReply, refused_batch};
pub use history::Listing;
use history::MAX_PAGE;
pub(crate) use history::Messages;
pub(crate) use history::place_of;
use identity::message_id;
pub use identity::{Identity, account_in, identities, refused_unidentified};

use imsdk_types::wire::{
    Accepted, Conv, ConvKind, Delivered, MessageBody, Outgoing, Request, Response,
};
use imsdk_types::{Code, Elem, Error, GroupMemberInfo, Message, MsgStatus, limits};

use crate::client::{SendReply, no_database};
use crate::config::Platform;
use crate::core::{Core, Rest};
use crate::file;
use crate::group::{complete_report, complete_tip};
use crate::store::{ConvRow, LocalStore, MessageRow, is_unsent, order_of, place};

pub(crate) fn body_of(message: &Message) -> MessageBody {
    let mut elems = message.elem_array.clone();
    file::restore_addresses(&mut elems);
    MessageBody {
        elems,
        priority: message.priority,
        cloud_custom_str: message.cloud_custom_str.clone(),
        offline_push_config: message.offline_push_config.clone(),
        is_excluded_from_unread_count: message.is_excluded_from_unread_count,
        excluded_from_last_message: message.excluded_from_last_message,
        need_read_receipt: message.need_read_receipt,
        group_at_user_array: message.group_at_user_array.clone(),
        revoker: String::new(),
        name_card: String::new(),
        name_mark: 0,
        extra: message.extra.clone(),
    }
}

/// A message as the application gets it, without what depends on the conversation's state.
fn message_of(conv: &Conv, row: MessageRow<MessageBody>) -> Message {
    let mut body = row.body;
    let platform = Platform::of(row.platform);
    match body.elems.first_mut() {
        Some(Elem::GroupTips(tip)) => complete_tip(tip, platform),
        Some(Elem::GroupReport(report)) => complete_report(report, platform),
        _ => {}
    }
    let sender_group_member_info = sender_in_group(conv, &row.sender, body.name_card);
    let (client_time, rand) = (row.key >> 32, row.key as u32);
    let revoked = row.status == MsgStatus::Revoked as u32;
    Message {
        elem_array: body.elems,
        conv_id: conv.id.clone(),
        conv_type: conv.kind as u32,
        priority: body.priority,
        client_time,
        server_time: row.time,
        platform: platform.number(),
        status: row.status,
        unique_id: row.time << 32 | u64::from(rand),
        msg_id: message_id(row.account, client_time, rand),
        rand: u64::from(rand),
        seq: row.seq,
        custom_int: row.custom_int,
        custom_str: row.custom_str,
        cloud_custom_str: body.cloud_custom_str,
        is_excluded_from_unread_count: body.is_excluded_from_unread_count,
        excluded_from_last_message: body.excluded_from_last_message,
        need_read_receipt: body.need_read_receipt,
        group_at_user_array: body.group_at_user_array,
        offline_push_config: body.offline_push_config,
        sender_group_member_info,
        sender: row.sender,
        revoker_user_id: revoked.then_some(body.revoker),
        extra: body.extra,
        ..Message::default()
    }
}

/// §6: who the sender of a group's message is there.
fn sender_in_group(conv: &Conv, sender: &str, name_card: String) -> Option<Box<GroupMemberInfo>> {
    let says = conv.kind == ConvKind::Group && sender != limits::SYSTEM_SENDER;
    says.then(|| {
        let identifier = sender.to_owned();
        Box::new(GroupMemberInfo { identifier, name_card, ..GroupMemberInfo::default() })
    })
}

/// A stored message as the application gets it.
pub(crate) fn shown(
    local: &LocalStore,
    row: MessageRow<MessageBody>,
    conv: &ConvRow,
    user: &str,
) -> Message {
    let mut message = present(row, conv, user);
    local.show(&mut message);
    message
}

/// The same, without what is known about its sender.
pub(crate) fn present(row: MessageRow<MessageBody>, conv: &ConvRow, user: &str) -> Message {
    let own = row.sender == user;
    let (time, order) = (row.time, row.order);
    let sent = row.status == MsgStatus::SendSucc as u32;
    // What the service says is read where it does not count.
    let said = row.sender == limits::SYSTEM_SENDER && !row.counts;
    let mut message = message_of(&conv.conv, row);
    message.is_from_self = own;
    let imported = message.status == MsgStatus::LocalImported as u32;
    message.is_read = own || said || imported || order <= conv.read_order;
    message.is_peer_read =
        own && sent && conv.conv.kind == ConvKind::C2c && (time, order) <= conv.peer_read;
    message
}

/// A message from the service as it is stored.
pub(crate) fn row_of(delivered: Delivered) -> MessageRow {
    let status = if delivered.revoked { MsgStatus::Revoked } else { MsgStatus::SendSucc };
    MessageRow {
        time: delivered.time,
        order: place(delivered.order),
        key: delivered.client_time << 32 | u64::from(delivered.rand),
        sender: delivered.sender,
        account: delivered.account,
        platform: delivered.platform,
        seq: delivered.seq,
        status: status as u32,
        counts: delivered.counts && !delivered.revoked,
        becomes_last: delivered.becomes_last,
        custom_int: 0,
        custom_str: String::new(),
        body: delivered.body,
    }
}

/// A program that gave an object or a number as data of its own has not said what the text of it is. Without them the message
/// would not be what it meant.
fn check_data(message: &Message) -> Result<(), Error> {
    let lost = |elem: &Elem| matches!(elem, Elem::Custom(custom) if custom.data.is_misfit);
    if message.elem_array.iter().any(lost) {
        return Err(Error::new(Code::InvalidParameters, "custom_elem_data is not a string"));
    }
    Ok(())
}

/// No service ever takes what is longer, and it would make every list longer that it is the last message of.
pub(crate) fn check_size(body: &str) -> Result<(), Error> {
    match body.len() > limits::PACKET {
        true => Err(Error::from(Code::SvrCommBodySizeLimit)),
        false => Ok(()),
    }
}

impl Core {
    /// SEND-2: asks the service, then stores what became of the message.
    pub(crate) fn send(
        &mut self,
        conv: Conv,
        mut message: Message,
        identity: Identity,
        reply: SendReply,
    ) {
        message.conv_id.clone_from(&conv.id);
        message.conv_type = conv.kind as u32;
        message.is_from_self = true;
        message.is_read = true;
        message.platform = self.settings.platform.number();
        let is_in = self.session.is_some();
        if identity.sent_before {
            let text = "this message was sent already: set message_is_forward_message";
            let error = match is_in {
                true => Error::new(Code::InvalidParameters, text),
                false => Error::from(Code::SdkNotLoggedIn),
            };
            return self.out.reply(|| reply(message, Some(error)));
        }
        if !is_in {
            return self.refuse(message, Error::from(Code::SdkNotLoggedIn), reply);
        }
        if !message.target_group_member_array.is_empty() {
            // What is for some members only must not go to all of them.
            let error = Error::new(
                Code::InvalidParameters,
                "message_target_group_member_array is not supported",
            );
            return self.refuse(message, error, reply);
        }
        // A kind that this version does not know travels on from somebody who does, and is made by nobody.
        let unknown = |elem: &Elem| matches!(elem, Elem::Unknown { .. });
        if message.elem_array.iter().any(unknown) && !message.is_forward_message {
            let text = "an element in message_elem_array has an elem_type that is not known";
            let error = Error::new(Code::InvalidMsgElem, text);
            return self.refuse(message, error, reply);
        }
        if let Err(error) = check_data(&message) {
            return self.refuse(message, error, reply);
        }
        if file::wants_upload(&message) {
            return self.upload(conv, message, identity, reply);
        }
        self.deliver(conv, message, identity, reply);
    }

    /// Answers a send that has come to nothing and leaves no trace. The program may send what it gets back again (SEND-7).
    pub(crate) fn refuse(&mut self, mut message: Message, error: Error, reply: SendReply) {
        message.status = MsgStatus::SendFail as u32;
        self.out.reply(|| reply(message, Some(error)));
    }

    /// The same, for one that may wait here as being sent: it has failed, and stays as it was before the addresses of its files came in.
    fn give_up(
        &mut self,
        conv: &Conv,
        message: Message,
        identity: Identity,
        error: Error,
        reply: SendReply,
    ) {
        let failed = self.local.as_mut().map_or(Ok(false), |local| {
            let key = identity.client_time << 32 | u64::from(identity.rand);
            let Some(found) = local.conversation(conv)? else { return Ok(false) };
            Ok(local.fail_one((found.no, key))?.is_some())
        });
        match failed {
            Ok(true) => {
                self.precious = true;
                self.out.changed(conv, false);
            }
            Ok(false) => {}
            Err(error) => self.take_back(&error),
        }
        self.refuse(message, error, reply);
    }

    /// Hands a message to the service.
    pub(crate) fn deliver(
        &mut self,
        conv: Conv,
        mut message: Message,
        mut identity: Identity,
        reply: SendReply,
    ) {
        let mut body = body_of(&message);
        let later = self.transport.as_ref().is_some_and(|transport| transport.answers_later());
        let stored = !message.is_online_msg && !self.is_live(&conv);
        // What is stored nowhere is written once, by the service; one that is far away must not get what it can't take.
        let text = match stored || later {
            true => serde_json::to_string(&body),
            false => Ok(String::new()),
        };
        let text = match text {
            Ok(text) => text,
            Err(error) => {
                let error = Error::new(Code::SerializeReqFailed, error.to_string());
                return self.give_up(&conv, message, identity, error, reply);
            }
        };
        if let Err(error) = check_size(&text) {
            return self.give_up(&conv, message, identity, error, reply);
        }
        let mut added = false;
        if later && stored {
            // It is in the history while it is on its way.
            message.status = MsgStatus::Sending as u32;
            match self.keep_sent(&conv, &message, (identity, text.clone()), None) {
                Ok(new) => {
                    added = new;
                    identity.again = true;
                }
                Err(error) => self.take_back(&error),
            }
            self.precious = true;
        }
        // Where files lie says something here only.
        body.strip();
        body.name_mark = self.own_name_mark();
        let outgoing = Outgoing {
            to: conv.clone(),
            client_time: identity.client_time,
            rand: identity.rand,
            seq: identity.seq,
            online_only: message.is_online_msg,
            body,
        };
        self.request(Request::Send(outgoing), move |core, answer| {
            let answer = match answer {
                Ok(Response::Accepted(accepted)) => Ok(accepted),
                Ok(_) => Err(Error::from(Code::SdkInternalError)),
                Err(error) => Err(error),
            };
            // Programs hear of it now that it has come to something.
            if added {
                core.out.changed(&conv, true);
            }
            core.sent(conv, message, (identity, text), answer, reply);
        });
    }

    /// Stores a message that did not even come to the service.
    pub(crate) fn unsent(
        &mut self,
        conv: Conv,
        message: Message,
        identity: Identity,
        error: Error,
        reply: SendReply,
    ) {
        match serde_json::to_string(&body_of(&message)) {
            Ok(text) => self.sent(conv, message, (identity, text), Err(error), reply),
            Err(_) => self.out.reply(|| reply(message, Some(error))),
        }
    }

    /// Stores a message that was sent or refused (SEND-3, SEND-4), and answers the call.
    fn sent(
        &mut self,
        conv: Conv,
        mut message: Message,
        (identity, mut body): (Identity, String),
        answer: Result<Accepted, Error>,
        reply: SendReply,
    ) {
        let (order, name_card, error) = match answer {
            Ok(accepted) => {
                message.status = MsgStatus::SendSucc as u32;
                message.server_time = accepted.time;
                message.seq = accepted.seq;
                let order = Some(accepted.order).filter(|&order| order > 0);
                (order, accepted.name_card, None)
            }
            Err(error) => {
                message.status = MsgStatus::SendFail as u32;
                self.precious = true;
                (None, String::new(), Some(error))
            }
        };
        if !name_card.is_empty() {
            // As the others have it.
            let named = MessageBody { name_card: name_card.clone(), ..body_of(&message) };
            body = serde_json::to_string(&named).unwrap_or(body);
        }
        message.unique_id = message.server_time << 32 | u64::from(identity.rand);
        if let Some(session) = &self.session {
            message.sender = session.user.to_string();
            message.msg_id = message_id(session.account, identity.client_time, identity.rand);
        }
        message.sender_group_member_info = sender_in_group(&conv, &message.sender, name_card);
        // To those who are online, as also live groups do it: it is stored nowhere. What they refuse is not kept either. Another one
        // that the service gave no place (LIM-1) is a message of its sender alone.
        if !message.is_online_msg && !self.is_live(&conv) {
            match self.keep_sent(&conv, &message, (identity, body), order) {
                Ok(new) => self.out.changed(&conv, new),
                Err(error) => self.take_back(&error),
            }
        }
        self.meet(std::iter::once(message.sender.as_str()));
        if let Some(local) = &self.local {
            local.show(&mut message);
        }
        self.out.reply(|| reply(message, error));
    }

    /// READ-3: an own message begins a conversation that the account has had before. What comes as history may be read or not; what is
    /// still on its way comes first, and counts by itself.
    fn count_before_own(&mut self, conv: Conv) {
        let group = self.joined_group(&conv.id).filter(|_| conv.kind == ConvKind::Group);
        let count: Rest = Box::new(move |core| {
            if let Err(error) = core.count_unread(&conv, false) {
                tracing::error!("unread: {} {}", error.code, error.desc);
            }
        });
        match group {
            Some(group) => self.pull_group_then(group, count),
            None => self.pull_then(count),
        }
    }

    /// Without an order the service does not have it. Gives whether its conversation is new.
    pub(crate) fn keep_sent(
        &mut self,
        conv: &Conv,
        message: &Message,
        (identity, body): (Identity, String),
        order: Option<u64>,
    ) -> Result<bool, Error> {
        let (Some(local), Some(session)) = (&mut self.local, &self.session) else {
            return Err(no_database());
        };
        let time = message.server_time;
        let key = identity.client_time << 32 | u64::from(identity.rand);
        let (mut found, new) = local.open_conversation(conv, time)?;
        if identity.again {
            // Its failed version goes.
            local.remove_unsent(&mut found, key)?;
        }
        let continues = order.is_some_and(|order| order > 1) && local.has_nothing_of(&found)?;
        let order = match order {
            Some(order) => place(order),
            None => local.unsent_place(found.no, time)?,
        };
        let row = MessageRow {
            time,
            order,
            key,
            sender: session.user.to_string(),
            account: session.account,
            platform: self.settings.platform as u8,
            seq: message.seq,
            status: message.status,
            counts: false,
            becomes_last: !message.excluded_from_last_message,
            custom_int: message.custom_int,
            custom_str: message.custom_str.clone(),
            body,
        };
        local.insert(found.no, &row)?;
        if conv.kind == ConvKind::Group && !is_unsent(order) {
            local.sent_to_group(&conv.id, order_of(order))?;
        }
        found.active_time = found.active_time.max(row.time);
        if row.becomes_last && found.last.is_none_or(|last| last <= (row.time, order)) {
            found.last = Some((row.time, order));
        }
        local.put_conversation(&found, true)?;
        if continues {
            self.count_before_own(conv.clone());
        }
        Ok(new)
    }
}
