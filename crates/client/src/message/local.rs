//! Messages that only this device knows: saved, imported; and finding stored ones.

use std::sync::atomic::Ordering;

use imsdk_service::body_text;
use imsdk_types::wire::Conv;
use imsdk_types::{Code, Error, Message, MsgLocator, MsgStatus};

use super::{account_in, body_of, check_data, identities, place_of, shown};
use crate::Client;
use crate::client::{Reply, no_database};
use crate::config::Platform;
use crate::core::Core;
use crate::store::MessageRow;

impl Client {
    /// Writes a message into the local history without sending it, and gives it as it is stored.
    pub fn save_message(&self, conv: Conv, message: Message, reply: Reply<Message>) {
        let now = self.server_time();
        self.call(reply, move |core, reply| {
            let answer = check(&message).and_then(|()| core.import(&conv, message, now));
            let answer = core.keep(answer);
            core.out.reply(|| reply(answer));
        });
    }

    /// Writes messages into the local history without sending them: all of them, or none.
    pub fn import_messages(&self, conv: Conv, messages: Vec<Message>, reply: Reply<()>) {
        let now = self.server_time();
        self.call(reply, move |core, reply| {
            let answer = messages.iter().try_for_each(check).and_then(|()| {
                messages.into_iter().try_for_each(|it| core.import(&conv, it, now).map(drop))
            });
            let answer = core.keep(answer);
            core.out.reply(|| reply(answer));
        });
    }

    /// Finds single messages in the local history, withdrawn and deleted ones too. What is not found is left out.
    pub fn find_messages(&self, conv: Conv, locators: Vec<MsgLocator>, reply: Reply<Vec<Message>>) {
        self.read(reply, move |core| core.find(&conv, &locators));
    }
}

/// What can be stored.
fn check(message: &Message) -> Result<(), Error> {
    check_data(message)?;
    body_text(&body_of(message))?;
    let invalid = |text| Err(Error::new(Code::InvalidParameters, text));
    if message.elem_array.is_empty() {
        return invalid("message_elem_array is missing or empty");
    }
    let times = [message.client_time, message.server_time];
    if times.iter().any(|time| u32::try_from(*time).is_err()) {
        return invalid("message_client_time or message_server_time is no time in seconds");
    }
    Ok(())
}

impl Core {
    /// SAVE-1, IMP-1. A message that is here already stays as it is. One that says no time is of the moment of the call, which may have
    /// waited for a login.
    fn import(&mut self, conv: &Conv, message: Message, now: u64) -> Result<Message, Error> {
        let user = self.owner.clone();
        let (Some(local), Some(session)) = (&mut self.local, &self.session) else {
            return Err(no_database());
        };
        let first_of = |times: [u64; 3]| times.into_iter().find(|time| *time != 0).unwrap_or(now);
        let time = first_of([message.server_time, message.client_time, now]);
        let client_time = first_of([message.client_time, message.server_time, now]);
        let rand = match message.rand as u32 {
            0 => self.shared.rand.fetch_add(1, Ordering::Relaxed),
            rand => rand,
        };
        let (mut found, new) = local.open_conversation(conv, time)?;
        let known = match identities(&message).next() {
            Some(_) => place_of(local, found.no, &message)?,
            None => None,
        };
        if let Some(place) = known
            && let Some(row) = local.message_at(found.no, place)?
        {
            return Ok(shown(local, row, &found, &user));
        }
        let place = (time, local.unsent_place(found.no, time)?);
        let sender = if message.sender.is_empty() { user.clone() } else { message.sender.clone() };
        let account = match sender == user {
            true => session.account,
            false => account_in(&message.msg_id),
        };
        let platform = match sender == user {
            true => self.settings.platform as u8,
            false => Platform::ALL
                .iter()
                .position(|known| known.number() == message.platform)
                .unwrap_or_default() as u8,
        };
        let body = body_text(&body_of(&message))?;
        let row = MessageRow {
            time: place.0,
            order: place.1,
            key: client_time << 32 | u64::from(rand),
            sender,
            account,
            platform,
            seq: message.seq,
            status: MsgStatus::LocalImported as u32,
            counts: false,
            becomes_last: !message.excluded_from_last_message,
            custom_int: message.custom_int,
            custom_str: message.custom_str,
            body,
        };
        local.insert(found.no, &row)?;
        let newest = row.becomes_last && found.last.is_none_or(|last| last < place);
        if newest {
            found.last = Some(place);
            found.active_time = found.active_time.max(time);
        }
        local.put_conversation(&found, newest)?;
        self.out.changed(conv, new);
        Ok(shown(local, row.read(), &found, &user))
    }

    /// LOC-2, LOC-3: by time, random number, and what else the locator says.
    fn find(&self, conv: &Conv, locators: &[MsgLocator]) -> Result<Vec<Message>, Error> {
        let Some(local) = &self.local else { return Err(no_database()) };
        let Some(found) = local.conversation(conv)? else { return Ok(Vec::new()) };
        let mut messages = Vec::new();
        for locator in locators {
            let row = local.messages_of(found.no, locator.time)?.into_iter().find(|row| {
                u64::from(row.key as u32) == locator.rand
                    && (locator.seq == 0 || row.seq == locator.seq)
                    && (row.sender == self.owner) == locator.is_self
            });
            messages.extend(row.map(|row| shown(local, row, &found, &self.owner)));
        }
        Ok(messages)
    }
}
