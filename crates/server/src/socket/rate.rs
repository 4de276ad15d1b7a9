//! How fast a connection may ask.

use std::time::Duration;

use tokio::time::Instant;

use crate::config::Limits;

/// How many requests a connection may ask for: a rate, and more at once after it was quiet.
pub(super) struct Bucket {
    rate: f64,
    burst: f64,
    left: f64,
    at: Instant,
}

impl Bucket {
    pub(super) fn new(limits: &Limits, now: Instant) -> Self {
        let burst = f64::from(limits.burst.max(1));
        Self { rate: f64::from(limits.rate), burst, left: burst, at: now }
    }

    pub(super) fn take(&mut self, now: Instant) {
        if self.rate > 0.0 {
            let since = (now - self.at).as_secs_f64();
            self.left = (self.left + since * self.rate).min(self.burst) - 1.0;
            self.at = now;
        }
    }

    pub(super) fn is_open(&self, now: Instant) -> bool {
        self.rate <= 0.0 || self.left + (now - self.at).as_secs_f64() * self.rate >= 1.0
    }

    pub(super) fn opens(&self, now: Instant) -> Instant {
        let missing = (1.0 - self.left).max(0.0) / self.rate;
        (self.at + Duration::from_secs_f64(missing)).max(now + Duration::from_millis(1))
    }
}
