//! How much an account has its friends told: what changes once is written for each of them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use imsdk_types::limits;

/// Bytes of this hour by account, as they have passed here.
#[derive(Default)]
pub(crate) struct Told(Mutex<(u64, HashMap<u64, u64>)>);

impl Told {
    /// Whether an account may tell something more. The change that goes beyond [`limits::TOLD_BYTES`] is the last.
    pub(super) fn admits(&self, account: u64, now: u64) -> bool {
        self.with(account, now, |told| *told < limits::TOLD_BYTES)
    }

    /// An account has told so much.
    pub(super) fn add(&self, account: u64, now: u64, bytes: u64) {
        self.with(account, now, |told| *told = told.saturating_add(bytes));
    }

    fn with<T>(&self, account: u64, now: u64, look: impl FnOnce(&mut u64) -> T) -> T {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (hour, accounts) = &mut *told;
        let this = now / 3600;
        if *hour != this {
            *hour = this;
            accounts.clear();
        }
        look(accounts.entry(account).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_beyond_is_the_last_of_the_hour() {
        let told = Told::default();
        for _ in 0..2 {
            assert!(told.admits(1, 3600));
            told.add(1, 3600, limits::TOLD_BYTES / 2 + 1);
        }
        assert!(!told.admits(1, 7199) && told.admits(2, 7199), "another account");
        assert!(told.admits(1, 7200));
    }
}
