//! What must be told to others once a unit of work is committed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use imsdk_types::limits;
use imsdk_types::wire::{Delivered, Event};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use crate::store::Places;

/// See the module.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct News {
    /// Accounts with new entries in their log.
    pub accounts: BTreeSet<u64>,
    /// Where those entries are and what they say. Either nothing is said of an account here, or all that is new in its log.
    pub stretches: Vec<Stretch>,
    /// Single sessions that must look whether they are still valid, as (account, session).
    pub sessions: BTreeSet<(u64, u64)>,
    /// Groups in which something happened.
    pub groups: BTreeSet<u64>,
    /// Accounts that are in other groups than before, or have chosen otherwise whether one of them rings.
    pub members: BTreeSet<u64>,
    /// Online-only messages, each with the account that it is for.
    pub online: Vec<(u64, Delivered)>,
    /// Online-only messages to all members of a group.
    pub group_online: Vec<(u64, Delivered)>,
    /// The entries that were written, in their order, if they are wanted, see [`News::with_entries`].
    #[serde(skip)]
    pub entries: Option<Vec<Written>>,
}

/// An entry that was written into a log.
#[derive(Clone, Debug)]
pub struct Written {
    /// Whose log it is.
    pub account: u64,
    /// The session that caused it; 0 for what its devices are told as well.
    pub origin: u64,
    /// What a pull would tell of it, if that can be said already.
    event: Option<Event>,
}

/// What one unit of work wrote into the log of an account: no entry of others lies within.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stretch {
    /// The account.
    pub account: u64,
    /// The place before the first entry.
    pub after: u64,
    /// The place of the last one.
    pub upto: u64,
    /// All entries, each with the session that caused it, as an [`Event`] in JSON. None, if they are too many or too long.
    pub entries: Vec<(u64, Box<RawValue>)>,
    /// They are notices, which may be about what was told before: those who get it must have been told.
    pub notices: bool,
}

impl News {
    /// With room for what is written into logs: for whoever hands it on, see [`Stretch::of`].
    pub fn with_entries() -> Self {
        Self { entries: Some(Vec::new()), ..Self::default() }
    }

    /// Notes an entry of an account's log.
    pub(crate) fn wrote(
        &mut self,
        account: u64,
        origin: u64,
        event: impl FnOnce() -> Option<Event>,
    ) {
        self.accounts.insert(account);
        if let Some(entries) = &mut self.entries {
            entries.push(Written { account, origin, event: event() });
        }
    }

    /// Takes out the entries that were written.
    pub fn take_entries(&mut self) -> Vec<Written> {
        self.entries.take().unwrap_or_default()
    }

    /// Takes in what else is to be told.
    pub fn add(&mut self, other: Self) {
        self.accounts.extend(other.accounts);
        self.stretches.extend(other.stretches);
        self.sessions.extend(other.sessions);
        self.groups.extend(other.groups);
        self.members.extend(other.members);
        self.online.extend(other.online);
        self.group_online.extend(other.group_online);
    }

    /// Whether nothing is to be told.
    pub fn is_empty(&self) -> bool {
        let Self { accounts, stretches, sessions, groups, members, online, group_online, .. } =
            self;
        accounts.is_empty()
            && stretches.is_empty()
            && sessions.is_empty()
            && groups.is_empty()
            && members.is_empty()
            && online.is_empty()
            && group_online.is_empty()
    }
}

impl Stretch {
    /// What a unit of work has written, once it is committed and the places are known.
    pub fn of(written: Vec<Written>, places: &[Places]) -> Vec<Self> {
        let mut logs: BTreeMap<u64, Vec<Written>> = BTreeMap::new();
        for entry in written {
            logs.entry(entry.account).or_default().push(entry);
        }
        let places: HashMap<u64, &Places> = places.iter().map(|it| (it.account, it)).collect();
        let stretch = |(account, entries): (u64, Vec<Written>)| {
            let known = places.get(&account);
            match known.filter(|it| it.upto.checked_sub(it.after) == Some(entries.len() as u64)) {
                Some(Places { after, upto, .. }) => {
                    let notices =
                        entries.iter().any(|it| matches!(it.event, Some(Event::Notice(_))));
                    let entries = said(entries, notices).unwrap_or_default();
                    Self { account, after: *after, upto: *upto, entries, notices }
                }
                // Nobody knows what there is: it joins nothing.
                None => {
                    Self { account, after: 0, upto: u64::MAX, entries: Vec::new(), notices: false }
                }
            }
        };
        logs.into_iter().map(stretch).collect()
    }
}

/// What entries say; nothing, if it cannot be said of all of them within the limits.
fn said(entries: Vec<Written>, notices: bool) -> Option<Vec<(u64, Box<RawValue>)>> {
    if entries.len() > limits::PUSHED {
        return None;
    }
    let mut left = limits::PUSHED_BYTES;
    let said = entries.into_iter().map(|Written { origin, event, .. }| {
        let event = event.filter(|event| matches!(event, Event::Notice(_)) == notices)?;
        let text = to_raw_value(&event).ok()?;
        left = left.checked_sub(text.get().len())?;
        Some((origin, text))
    });
    said.collect()
}

#[cfg(test)]
mod tests {
    use imsdk_types::wire::{Conv, Notice, message};

    use super::*;

    fn read(order: u64) -> Option<Event> {
        Some(Event::Read { conv: Conv::c2c("bob"), order })
    }

    fn notice() -> Option<Event> {
        let (conv, revoker) = (Conv::c2c("bob"), "bob".to_owned());
        let revoked = message::Notice::Revoked { conv, time: 1, order: 1, revoker, session: 1 };
        Some(Event::Notice(Notice::Message(revoked)))
    }

    fn written(list: impl IntoIterator<Item = (u64, Option<Event>)>) -> Vec<Written> {
        let mut news = News::with_entries();
        list.into_iter().for_each(|(account, event)| news.wrote(account, 7, || event));
        news.take_entries()
    }

    fn places(account: u64, after: u64, upto: u64) -> Places {
        Places { account, after, upto }
    }

    #[test]
    fn what_a_unit_wrote_into_a_log_is_one_stretch() {
        let entries = written([(1, read(5)), (2, read(6)), (1, read(7))]);
        let stretches = Stretch::of(entries, &[places(2, 9, 10), places(1, 3, 5)]);
        let shape: Vec<_> =
            stretches.iter().map(|it| (it.account, it.after, it.upto, it.entries.len())).collect();
        assert_eq!(shape, [(1, 3, 5, 2), (2, 9, 10, 1)]);
        let (origin, text) = &stretches[0].entries[1];
        assert_eq!((*origin, serde_json::from_str(text.get()).ok()), (7, read(7)));
    }

    #[test]
    fn what_is_too_much_or_not_clear_is_not_said() {
        let unsaid = |entries, place| {
            let stretches = Stretch::of(written(entries), &[place]);
            assert_eq!(stretches.len(), 1);
            assert!(stretches[0].entries.is_empty(), "{stretches:?}");
        };
        let many: Vec<_> = (0..=limits::PUSHED as u64).map(|order| (1, read(order))).collect();
        let count = many.len() as u64;
        unsaid(many, places(1, 0, count));
        let long = Event::Read { conv: Conv::c2c("x".repeat(limits::PUSHED_BYTES)), order: 1 };
        unsaid(vec![(1, Some(long))], places(1, 0, 1));
        unsaid(vec![(1, read(1)), (1, None)], places(1, 0, 2));
        unsaid(vec![(1, read(1)), (1, notice())], places(1, 0, 2));
        unsaid(vec![(1, read(1))], places(1, 0, 2));
        unsaid(vec![(1, read(1))], places(2, 0, 1));
    }

    #[test]
    fn entries_are_kept_only_for_whoever_wants_them() {
        let mut news = News::default();
        news.wrote(1, 7, || unreachable!("nobody wants it"));
        assert!(news.accounts.contains(&1) && news.take_entries().is_empty());
    }
}
