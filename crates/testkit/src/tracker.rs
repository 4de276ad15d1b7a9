//! Records the events of a client and waits for them.

mod group;

use std::time::Instant;

use imsdk_client::{Event, Events};
use imsdk_types::{ConvEvent, ConvInfo, Message, MessageReceipt, NetworkStatus};
use parking_lot::{Condvar, Mutex};

use crate::{PATIENCE, text};

/// All events of one client, in order. Each wait takes the event that it found: a later wait finds another one.
#[derive(Default)]
pub struct Tracker {
    seen: Mutex<Vec<Seen>>,
    more: Condvar,
}

struct Seen {
    event: Event,
    taken: bool,
}

impl Events for Tracker {
    fn event(&self, event: Event) {
        self.seen.lock().push(Seen { event, taken: false });
        self.more.notify_all();
    }
}

impl Tracker {
    /// The first event, not taken yet, that `find` finds something in.
    ///
    /// # Panics
    /// If none comes within [`PATIENCE`]; `what` says what was missed.
    pub fn wait<T>(&self, what: &str, find: impl Fn(&Event) -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.seen.lock();
        loop {
            for candidate in seen.iter_mut().filter(|candidate| !candidate.taken) {
                if let Some(found) = find(&candidate.event) {
                    candidate.taken = true;
                    return found;
                }
            }
            if self.more.wait_until(&mut seen, deadline).timed_out() {
                let came: Vec<_> = seen.iter().map(|seen| describe(&seen.event)).collect();
                drop(seen);
                panic!("no {what}; what came:\n{}", came.join("\n"));
            }
        }
    }

    /// Every event so far, taken or not.
    pub fn all(&self) -> Vec<Event> {
        self.seen.lock().iter().map(|seen| seen.event.clone()).collect()
    }

    /// Everything so far in words, one line an event: for comparing whole sequences.
    pub fn story(&self) -> Vec<String> {
        self.seen.lock().iter().map(|seen| describe(&seen.event)).collect()
    }

    /// Forgets what has come so far.
    pub fn forget(&self) {
        self.seen.lock().clear();
    }

    /// How many events so far `is` is true of.
    pub fn count(&self, is: impl Fn(&Event) -> bool) -> usize {
        self.seen.lock().iter().filter(|seen| is(&seen.event)).count()
    }

    /// All messages that have come, in order.
    pub fn messages(&self) -> Vec<Message> {
        let mut messages = Vec::new();
        for seen in self.seen.lock().iter() {
            if let Event::NewMessages(came) = &seen.event {
                messages.extend(came.iter().cloned());
            }
        }
        messages
    }

    /// All receipts that have come, in order.
    pub fn receipts(&self) -> Vec<MessageReceipt> {
        let mut receipts = Vec::new();
        for seen in self.seen.lock().iter() {
            if let Event::Receipts(came) = &seen.event {
                receipts.extend(came.iter().cloned());
            }
        }
        receipts
    }

    /// Waits until as many messages have come in all, and returns all that have.
    ///
    /// # Panics
    /// If they don't.
    pub fn wait_messages(&self, count: usize) -> Vec<Message> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let mut seen = self.seen.lock();
            let came: usize = seen.iter().map(|seen| incoming(&seen.event)).sum();
            if came >= count {
                drop(seen);
                return self.messages();
            }
            let late = self.more.wait_until(&mut seen, deadline).timed_out();
            drop(seen);
            assert!(!late, "{came} of {count} messages; what came:\n{}", self.story().join("\n"));
        }
    }

    /// Waits for the message with this text.
    ///
    /// # Panics
    /// If it doesn't come.
    pub fn wait_message(&self, wanted: &str) -> Message {
        let is = |message: &&Message| text(message) == wanted;
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(message) = self.messages().iter().find(is) {
                return message.clone();
            }
            let mut seen = self.seen.lock();
            // Between the look and the lock it may have come.
            let here = seen.iter().any(|seen| {
                matches!(&seen.event, Event::NewMessages(came) if came.iter().any(|m| is(&m)))
            });
            if !here && self.more.wait_until(&mut seen, deadline).timed_out() {
                drop(seen);
                panic!("no message \"{wanted}\"; what came:\n{}", self.story().join("\n"));
            }
        }
    }

    /// Waits for a conversation event about `peer`.
    ///
    /// # Panics
    /// If it doesn't come.
    pub fn wait_conv(&self, kind: ConvEvent, peer: &str) -> ConvInfo {
        self.wait(&format!("{kind:?} of the conversation with {peer}"), |event| match event {
            Event::Conversations(is, infos) if *is == kind => {
                infos.iter().find(|info| info.id == peer).cloned()
            }
            _ => None,
        })
    }

    /// Waits until a conversation event tells of this unread number.
    ///
    /// # Panics
    /// If it doesn't come.
    pub fn wait_unread(&self, peer: &str, unread: u64) {
        self.wait(&format!("unread number {unread} for {peer}"), |event| match event {
            Event::Conversations(_, infos) => {
                infos.iter().find(|info| info.id == peer && info.unread_num == unread).map(|_| ())
            }
            _ => None,
        });
    }

    /// Waits until the network has this status.
    ///
    /// # Panics
    /// If it doesn't come.
    pub fn wait_status(&self, wanted: NetworkStatus) {
        self.wait(&format!("{wanted:?}"), |event| match event {
            Event::Network { status, .. } if *status == wanted => Some(()),
            _ => None,
        });
    }

    /// What was told of the network, in words.
    pub fn statuses(&self) -> Vec<String> {
        self.story().into_iter().filter(|event| event.starts_with("network")).collect()
    }
}

fn incoming(event: &Event) -> usize {
    match event {
        Event::NewMessages(messages) => messages.len(),
        _ => 0,
    }
}

/// An event in words: without what differs from run to run.
pub fn describe(event: &Event) -> String {
    match event {
        Event::NewMessages(messages) => {
            let list: Vec<_> =
                messages.iter().map(|m| format!("{}>{}", m.sender, text(m))).collect();
            format!("messages {}", list.join(", "))
        }
        Event::Conversations(kind, infos) => {
            let list: Vec<_> =
                infos.iter().map(|info| format!(" {}:{}", info.id, info.unread_num)).collect();
            format!("{kind:?}{}", list.concat())
        }
        Event::Receipts(receipts) => {
            let list: Vec<_> = receipts.iter().map(|receipt| receipt.conv_id.as_str()).collect();
            format!("receipts {}", list.join(", "))
        }
        Event::Updated(messages) => {
            let list: Vec<_> = messages.iter().map(text).collect();
            format!("changed {}", list.join(", "))
        }
        Event::FriendsAdded(users) => format!("added {}", users.join(", ")),
        Event::FriendsDeleted(users) => format!("deleted {}", users.join(", ")),
        Event::FriendsUpdated(updates) => {
            let list: Vec<_> = updates.iter().map(|update| update.identifier.as_str()).collect();
            format!("updated {}", list.join(", "))
        }
        Event::FriendRequests(requests) => {
            let list: Vec<_> = requests.iter().map(|request| request.identifier.as_str()).collect();
            format!("requests {}", list.join(", "))
        }
        Event::Revoked(locators) => {
            let list: Vec<_> = locators.iter().map(|locator| locator.conv_id.as_str()).collect();
            format!("revoked {}", list.join(", "))
        }
        Event::Upload { index, current, total, .. } => format!("upload {index}: {current}/{total}"),
        Event::GroupTips(tip, _) => {
            format!("tip {} {}>{}", tip.tip_type, tip.op_user, tip.user_array.join(","))
        }
        Event::KickedOffline => "kicked".into(),
        Event::UserSigExpired => "signature expired".into(),
        Event::Network { status, code, .. } => format!("network {status:?} {code}"),
    }
}
