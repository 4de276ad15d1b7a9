//! What the service knows of how far this device has come: there a new device of the account begins, and what all devices have is kept no
//! longer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use imsdk_types::wire::Request;

use super::Core;

/// So far a device comes before it tells the service, also when more and more comes.
const PASSED: u64 = 500;

/// So long nothing comes before a device tells the service what it has.
const QUIET: Duration = Duration::from_secs(5);

/// So often it tells of groups: what happens in one comes to many devices, and must not make each of them write.
const GROUPS: Duration = Duration::from_secs(20);

/// How far this device has come where the service does not know it, and when it is to be told.
#[derive(Default)]
pub(crate) struct Progress {
    /// The service knows that this device has come so far in the account's log.
    pub(crate) passed: u64,
    /// When it is told of the account's log, if nothing more comes.
    account_at: Option<Instant>,
    /// When it is told of groups.
    groups_at: Option<Instant>,
    /// When it was told of groups.
    groups_told: Option<Instant>,
}

impl Progress {
    /// A session begins: its login has told this.
    pub(crate) fn begin(&mut self, passed: u64) {
        *self = Self { passed, ..Self::default() };
    }

    /// Something came in from a group. The first of what is not told says when it is: in some group there is always something.
    pub(crate) fn group_moved(&mut self) {
        let quiet = Instant::now() + QUIET;
        let at = self.groups_told.map_or(quiet, |told| quiet.max(told + GROUPS));
        self.groups_at.get_or_insert(at);
    }
}

impl Core {
    /// A page of the account's log has come in. What was there before it, up to `kept`, is committed.
    pub(crate) fn came_in(&mut self, kept: u64) {
        if self.cursor() > self.progress.passed {
            self.progress.account_at = Some(Instant::now() + QUIET);
        }
        if !self.is_new() && kept >= self.progress.passed + PASSED {
            self.pass(kept);
        }
    }

    /// How long until the service is told of something, if nothing more comes.
    pub(super) fn tells_in(&self) -> Option<Duration> {
        self.session.as_ref()?;
        let Progress { account_at, groups_at, .. } = self.progress;
        let at = account_at.into_iter().chain(groups_at).min()?;
        Some(at.saturating_duration_since(Instant::now()))
    }

    /// It has been quiet for a while.
    pub(super) fn tell_in_quiet(&mut self) {
        let now = Instant::now();
        let is_due = |at: &mut Option<Instant>| at.take_if(|at| *at <= now).is_some();
        let due = (is_due(&mut self.progress.account_at), is_due(&mut self.progress.groups_at));
        // What is being asked now may bring more; a device that is still new has not come anywhere yet.
        if !self.is_settled() || self.is_new() {
            let again = Some(now + QUIET);
            if due.0 {
                self.progress.account_at = again;
            }
            if due.1 {
                self.progress.groups_at = again;
            }
            return;
        }
        let told = catch_unwind(AssertUnwindSafe(|| {
            self.tell_progress(due);
            self.settle();
            self.finish();
        }));
        if told.is_err() {
            self.recover();
        }
    }

    /// Tells the service what it does not know, of the account's log and of groups. Without a way there nothing is told: the next login
    /// does it.
    pub(super) fn tell_progress(&mut self, (account, groups): (bool, bool)) {
        let away = self.transport.as_ref().is_none_or(|transport| transport.is_away());
        // The service forgets what it is told that this device has: that must be here for good.
        if self.session.is_none() || away || self.is_new() || !self.commit() {
            return;
        }
        if groups {
            self.progress.groups_at = None;
            self.progress.groups_told = Some(Instant::now());
            self.report_got();
        }
        let cursor = self.cursor();
        if account && cursor > self.progress.passed {
            self.pass(cursor);
        }
    }

    fn pass(&mut self, cursor: u64) {
        let before = std::mem::replace(&mut self.progress.passed, cursor);
        self.progress.account_at = None;
        self.request(Request::Passed { cursor }, move |core, answer| {
            if let Err(error) = answer {
                tracing::warn!("cursor: {} {}", error.code, error.desc);
                // With what comes next it is told again.
                core.progress.passed = before;
            }
        });
    }

    /// Whether this device has no place of its own yet.
    fn is_new(&self) -> bool {
        self.local.is_none() || self.is_filling()
    }
}
