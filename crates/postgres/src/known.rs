//! What an open unit of work knows.

use std::collections::{HashMap, HashSet};

use imsdk_service::store::{
    Conversation, Device, Group, GroupMember, Logged, Member, Newest, Part, Place, Pulling,
    Sanction,
};
use tokio_postgres::Row;

use crate::heads::Head;
use crate::row::{number, place};

/// What an open unit of work has read and need not read again.
#[derive(Default)]
pub(crate) struct Known {
    /// Locks that it holds, see `hold`.
    pub(crate) held: HashSet<i64>,
    /// Whether it holds all accounts and groups of the app.
    pub(crate) whole: bool,
    /// User ids and group ids that did not exist when they were to be held.
    pub(crate) unknown: HashSet<String>,
    /// It made an account, which may still be taken back.
    pub(crate) created: bool,
    /// Conversations whose rows it has locked, and which of them each number is.
    pub(crate) open: HashMap<Place, Head>,
    pub(crate) places: HashMap<u64, Place>,
    /// Keys of senders.
    pub(crate) keys: HashMap<(u64, u64), Key>,
    /// Whether an account has blocked another one.
    pub(crate) blocked: HashMap<(u64, u64), bool>,
    /// Accounts that came into conversations.
    pub(crate) joined: HashSet<(u64, u64)>,
    pub(crate) devices: HashMap<u64, Vec<Device>>,
    pub(crate) groups: HashMap<String, Group>,
    pub(crate) group_members: HashMap<(u64, u64), Option<GroupMember>>,
    pub(crate) sanctions: HashMap<(u64, u64), Sanction>,
    /// Of logs that are read in a unit that does not write.
    pub(crate) logs: HashMap<u64, LogMarks>,
    pub(crate) pulled: Vec<(Pulling, Part<Logged>)>,
    pub(crate) members: HashMap<(u64, u64), Option<Member>>,
    /// Whether an account has deleted the message at a place of a conversation.
    pub(crate) deleted: HashMap<(u64, u64, u64), bool>,
}

/// Whether a sender's key is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Free,
    Taken,
    /// It is taken to be free. If it is not, the index says so.
    Unasked,
}

/// Where an account's log stands.
#[derive(Clone, Copy, Default)]
pub(crate) struct LogMarks {
    pub(crate) head: u64,
    pub(crate) trimmed: u64,
    pub(crate) delivered: u64,
}

impl Known {
    /// Whether one of the two has blocked the other.
    pub(crate) fn has_blocked(&self, place: &Place) -> bool {
        let pairs = [(place.a, place.b), (place.b, place.a)];
        pairs.iter().any(|pair| self.blocked.get(pair) == Some(&true))
    }

    /// Whether others may be waiting for the unit.
    pub(crate) fn holds_something(&self) -> bool {
        self.whole || !self.held.is_empty() || !self.open.is_empty()
    }

    /// Takes in a conversation whose row is locked.
    pub(crate) fn open(&mut self, row: &Row) -> (Place, Head) {
        let place = place(row, 1);
        let conv = Conversation { no: number(row, 0), head: number(row, 4), time: number(row, 5) };
        let newest = Newest { order: number(row, 6), seq: number(row, 7), time: number(row, 8) };
        self.open.insert(place, (conv, newest));
        self.places.insert(conv.no, place);
        (place, (conv, newest))
    }
}
