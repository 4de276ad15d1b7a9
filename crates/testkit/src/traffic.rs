//! Many messages both ways, counted.

use std::collections::VecDeque;

use imsdk_types::{Error, Message, MsgStatus};

use crate::{Device, Pending, describe, text, text_message};

/// All messages with a peer that are there, the oldest first.
pub fn whole_history(device: &Device, peer: &str) -> Vec<Message> {
    let mut all: Vec<Message> = Vec::new();
    loop {
        let page = match all.last() {
            None => device.history(peer, 1000),
            Some(last) => device.history_from(peer, last, 1000, false),
        };
        if page.is_empty() {
            all.reverse();
            return all;
        }
        all.extend(page);
    }
}

/// Sends numbered texts, some at a time.
///
/// # Panics
/// If one is not accepted.
pub fn stream(device: &Device, to: &str, count: usize, together: usize) {
    let mut pending = VecDeque::new();
    for number in 0..count {
        if pending.len() == together {
            accepted(pending.pop_front());
        }
        pending.push_back(device.submit(to, text_message(&number.to_string())));
    }
    pending.into_iter().for_each(|answer| accepted(Some(answer)));
}

fn accepted(answer: Option<Pending<(Message, Option<Error>)>>) {
    let (message, error) = answer.expect("one is pending").wait();
    assert_eq!(error, None, "{}", text(&message));
}

fn numbers(count: usize) -> Vec<String> {
    (0..count).map(|number| number.to_string()).collect()
}

/// The texts that came from somebody, in the order in which they came.
pub fn came(device: &Device, from: &str) -> Vec<String> {
    let messages = device.events().messages();
    messages.iter().filter(|message| message.sender == from).map(text).collect()
}

/// Both have all that the other has sent, in its order, once; and the numbers are right.
///
/// # Panics
/// Otherwise, with what differs.
pub fn all_is_there(alice: &Device, bob: &Device, count: usize) {
    for (device, peer) in [(alice, "bob"), (bob, "alice")] {
        device.events().wait_messages(count);
        device.sync();
        assert_eq!(came(device, peer), numbers(count), "what {peer} sent");
        assert_eq!(device.unread(peer), count as u64);
        let all = whole_history(device, peer);
        assert_eq!(all.len(), 2 * count);
        assert!(all.iter().all(|message| message.status == MsgStatus::SendSucc as u32));
        for sender in ["alice", "bob"] {
            let of: Vec<_> = all.iter().filter(|m| m.sender == sender).map(text).collect();
            assert_eq!(of, numbers(count), "{sender}'s in the history of {peer}'s peer");
        }
        device.read(peer);
        assert_eq!(device.unread(peer), 0);
        let kicks = device.events().story().iter().filter(|event| *event == "kicked").count();
        assert_eq!(kicks, 0);
    }
    alice.events().wait("receipt", |event| describe(event).starts_with("receipts").then_some(()));
}
