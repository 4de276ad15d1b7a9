//! How long to wait before the next try.

use std::time::Duration;

use crate::client::random;

/// The first wait at most; each one after it is twice as long.
const FIRST: Duration = Duration::from_millis(500);

/// The longest wait, unless the server asks for a longer one.
const MOST: Duration = Duration::from_secs(30);

/// Tries that failed in a row.
#[derive(Debug, Default)]
pub struct Backoff(u32);

impl Backoff {
    /// How long to wait now. At least half of it is certain, the rest is chance: clients that lost the same server do not come back
    /// to it all at once. What the server asks for comes before that.
    pub fn next(&mut self, asked: Option<Duration>) -> Duration {
        let most = FIRST.saturating_mul(1 << self.0.min(16)).min(MOST);
        self.0 = self.0.saturating_add(1);
        asked.unwrap_or_default() + most / 2 + (most / 2).mul_f64(random() as f64 / u64::MAX as f64)
    }

    /// There was progress, or somebody asks for a try now.
    pub fn forget(&mut self) {
        self.0 = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_differ() {
        let mut backoff = Backoff::default();
        let mut most = FIRST;
        for _ in 0..100 {
            let wait = backoff.next(None);
            assert!(wait >= most / 2 && wait <= most, "{wait:?} of {most:?}");
            most = (most * 2).min(MOST);
        }
        let waits: std::collections::HashSet<_> = (0..20).map(|_| backoff.next(None)).collect();
        assert!(waits.len() > 10, "{waits:?}");
    }

    #[test]
    fn what_the_server_asks_for_comes_first() {
        let asked = Duration::from_secs(90);
        let wait = Backoff::default().next(Some(asked));
        assert!(wait >= asked + FIRST / 2 && wait <= asked + FIRST);
    }

    #[test]
    fn progress_ends_the_growth() {
        let mut backoff = Backoff::default();
        (0..10).for_each(|_| {
            backoff.next(None);
        });
        assert!(backoff.next(None) > FIRST);
        backoff.forget();
        assert!(backoff.next(None) <= FIRST);
    }
}
