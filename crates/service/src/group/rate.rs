//! How many messages a group takes in a second.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use imsdk_types::Error;

use crate::store::{Conversation, Newest, Store};

/// Messages of a second that are kept nowhere, by group: those that passed here.
#[derive(Default)]
pub(crate) struct Passing(Mutex<(u64, HashMap<u64, u64>)>);

impl Passing {
    /// Counts one more in a group, unless there were as many as `share` already.
    pub(super) fn admits(&self, group: u64, now: u64, share: u64) -> bool {
        if share == u64::MAX {
            return true;
        }
        let mut passing = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (second, groups) = &mut *passing;
        if *second != now {
            *second = now;
            groups.clear();
        }
        let count = groups.entry(group).or_default();
        let admits = *count < share;
        *count += u64::from(admits);
        admits
    }
}

/// Whether the history of a group has as many messages of this second as `share`, or more. It is the same for all processes and
/// servers that write there.
pub(super) async fn is_full<S: Store>(
    store: &mut S,
    conv: &Conversation,
    newest: Newest,
    now: u64,
    share: u64,
) -> Result<bool, Error> {
    if share == 0 {
        return Ok(true);
    }
    // A clock that was set back must not close the group until it is that late again.
    if share == u64::MAX || newest.time != now {
        return Ok(false);
    }
    let before = store.order_at(conv.no, now.saturating_sub(1)).await?;
    Ok(newest.seq - store.newest(conv.no, before).await?.seq >= share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_counted_by_group_and_second() {
        let passing = Passing::default();
        let admitted = |group, now, share| passing.admits(group, now, share);
        assert_eq!([2, 2, 2].map(|share| admitted(1, 7, share)), [true, true, false]);
        assert!(admitted(1, 7, 3), "what was dropped does not count");
        assert!(!admitted(1, 7, 3) && admitted(2, 7, 1), "another group");
        assert!(admitted(1, 8, 1) && !admitted(1, 8, 1));
        assert!(admitted(1, 6, 1), "a clock that was set back");
        assert!(!admitted(3, 6, 0) && admitted(3, 6, u64::MAX));
    }
}
