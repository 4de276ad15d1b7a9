//! What identifies a message: the sender's clock, a random number, and the id that programs see.

use std::sync::atomic::Ordering;

use imsdk_types::{Message, MsgStatus};

use crate::client::Shared;

/// Where account numbers of message ids begin, as in ids that programs have seen so far.
const FIRST_ACCOUNT: u64 = 1 << 57;

/// Room for the id of a message.
const MESSAGE_ID: usize = 48;

/// What identifies a message for good (ID-1, ID-2).
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    pub(super) client_time: u64,
    pub(super) rand: u32,
    pub(super) seq: u64,
    /// SEND-8: it was sent already, and the application does not say that it forwards it.
    pub(crate) sent_before: bool,
    /// SEND-7: an earlier try failed, or it waits here already.
    pub(crate) again: bool,
}

impl Identity {
    /// Identifies a message that is about to be sent. A failed one that is sent again keeps its identity (SEND-7).
    pub(crate) fn give(message: &mut Message, shared: &Shared) -> Self {
        let sent_before = message.status == MsgStatus::SendSucc as u32
            && message.rand != 0
            && !message.is_forward_message;
        let again = message.status == MsgStatus::SendFail as u32 && message.rand != 0;
        let (client_time, rand, seq) = if again {
            (message.client_time, message.rand as u32, message.seq)
        } else {
            let rand = shared.rand.fetch_add(1, Ordering::Relaxed);
            // Public numbers of one-to-one messages are small and need not be unique (ID-4).
            let seq = shared.seq.fetch_add(1, Ordering::Relaxed) & 0xffff;
            (shared.now(), rand, u64::from(seq))
        };
        let user = shared.user.read().clone();
        if let Some(user) = &user {
            message.sender = user.to_string();
        }
        let account = shared.account.load(Ordering::Acquire);
        message.msg_id = match account {
            0 => format!("{}-{client_time}-{rand}", message.sender),
            account => message_id(account, client_time, rand),
        };
        message.client_time = client_time;
        message.server_time = client_time;
        message.rand = u64::from(rand);
        message.seq = seq;
        message.unique_id = client_time << 32 | u64::from(rand);
        message.is_from_self = true;
        message.is_read = true;
        Self { client_time, rand, seq, sent_before, again }
    }
}

/// Makes a failed message of one that was refused before it got an identity. One that was sent before stays so (SEND-8).
pub fn refused_unidentified(message: &mut Message) {
    let is_sent = message.status == MsgStatus::SendSucc as u32 && message.rand != 0;
    if is_sent && !message.is_forward_message {
        return;
    }
    if message.status != MsgStatus::SendFail as u32 {
        // What it brings along is the identity of another message: a second try must not take that for its own.
        message.rand = 0;
    }
    message.status = MsgStatus::SendFail as u32;
}

pub(super) fn message_id(account: u64, client_time: u64, rand: u32) -> String {
    let mut digits = itoa::Buffer::new();
    let mut id = String::with_capacity(MESSAGE_ID);
    id.push_str(digits.format(FIRST_ACCOUNT + account));
    id.push('-');
    id.push_str(digits.format(client_time));
    id.push('-');
    id.push_str(digits.format(rand));
    id
}

/// What the message says of its identity: the sender's clock and random number, the surer ones first.
pub fn identities(message: &Message) -> impl Iterator<Item = (u64, u32)> {
    let mut parts = message.msg_id.rsplitn(3, '-');
    let by_id = (|| {
        let rand = parts.next()?.parse().ok()?;
        let time = parts.next()?.parse().ok()?;
        parts.next().map(|_| (time, rand))
    })();
    let by_numbers = (message.rand != 0).then_some((message.client_time, message.rand as u32));
    by_id.into_iter().chain(by_numbers).filter(|(client_time, _)| *client_time != 0)
}

/// The account's number in the id of a message; 0 if there is none.
pub fn account_in(msg_id: &str) -> u64 {
    let number = msg_id.split('-').next().and_then(|first| first.parse::<u64>().ok());
    number.and_then(|number| number.checked_sub(FIRST_ACCOUNT)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_early_takes_no_identity_of_another_message() {
        const FAILED: u32 = MsgStatus::SendFail as u32;
        const SENT: u32 = MsgStatus::SendSucc as u32;
        for (status, rand, forwarded, then) in [
            (0, 0, false, (FAILED, 0)),
            (SENT, 7, false, (SENT, 7)),
            (SENT, 7, true, (FAILED, 0)),
            (FAILED, 7, false, (FAILED, 7)),
            (FAILED, 7, true, (FAILED, 7)),
        ] {
            let mut message =
                Message { status, rand, is_forward_message: forwarded, ..Message::default() };
            refused_unidentified(&mut message);
            assert_eq!((message.status, message.rand), then);
        }
    }
}
