//! What a unit of work holds while it runs.

use std::collections::BTreeSet;
use std::future::Future;

use imsdk_types::wire::Conv;

use super::{Answer, Most};

/// What requests are about to read, and to change by what they read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Accounts: their devices, friends, requests, marks and profiles.
    pub accounts: BTreeSet<u64>,
    /// The same, by user id. Some may not exist.
    pub users: BTreeSet<String>,
    /// Groups with all that belongs to them, by number.
    pub groups: BTreeSet<u64>,
    /// The same, by group id. Some may not exist.
    pub group_ids: BTreeSet<String>,
    /// Messages that will be appended.
    pub sends: Vec<Sending>,
    /// Logs that will be read.
    pub pulls: Vec<Pulling>,
}

/// A message that will be appended, if the rules allow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The sender's account.
    pub sender: u64,
    /// Where it goes.
    pub to: Conv,
    /// Its key, see [`Message::key`](super::Message::key).
    pub key: u64,
}

/// An account's log that will be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulling {
    /// The account.
    pub account: u64,
    /// Past this place.
    pub after: u64,
    /// Without what this session caused.
    pub session: u64,
    /// How much of it.
    pub most: Most,
}

impl Scope {
    /// One account.
    pub fn account(account: u64) -> Self {
        Self { accounts: [account].into(), ..Self::default() }
    }

    /// All that other scopes name.
    pub fn merge(&mut self, other: Self) {
        self.accounts.extend(other.accounts);
        self.users.extend(other.users);
        self.groups.extend(other.groups);
        self.group_ids.extend(other.group_ids);
        self.sends.extend(other.sends);
        self.pulls.extend(other.pulls);
    }
}

/// Units of work that run at the same time as others.
pub trait HoldStore: Send {
    /// Keeps other units of work off what is named, until this one ends: of what was held before it is read, the rules may take
    /// for granted that it stays so. Waits for those that hold some of it. What is to be read may be read along: later
    /// calls then need not ask the database. The fewer calls, the better; all of a batch of requests may be named in one.
    ///
    /// A store with one writer at a time has nothing to do.
    fn hold(&mut self, scope: Scope) -> impl Future<Output = Answer<()>> + Send {
        let _ = scope;
        async { Ok(()) }
    }
}
