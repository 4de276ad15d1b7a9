//! What a failure, a lost hint or a defect has kept from this device or taken away, and how it comes again.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use imsdk_types::{Code, Error};

use super::{Core, Outbound};
use crate::client::{Command, LoginStatus};
use crate::group::GroupNews;

/// How long the core waits before it tries again to get what it could not get or keep.
const AGAIN: Duration = Duration::from_millis(500);

impl Core {
    /// How long until it looks for what this device may lack, if it looked then.
    pub(super) fn looks_in(&self, looked: Instant) -> Option<Duration> {
        self.session.as_ref()?;
        let every = match self.lost || self.is_settled() && self.is_incomplete() {
            true => self.settings.look.min(AGAIN),
            false => self.settings.look,
        };
        Some(every.saturating_sub(looked.elapsed()))
    }

    /// Whether a login has not come to its end: a failure kept something from this device that is asked for only then.
    fn is_incomplete(&self) -> bool {
        !self.interrupted.is_empty() || self.is_filling()
    }

    /// A hint may have been lost, with the program that was to give it: what happened is found here. What was lost here is got again.
    pub(super) fn look(&mut self) {
        if self.session.is_none() {
            return;
        }
        if !self.is_settled() {
            // A program with a server far away may always be asking for something: then in its turn, and what is asked later waits.
            if self.lost {
                self.look_in_turn();
            }
            return;
        }
        if self.lost
            || self.is_incomplete()
            || self.transport.as_mut().is_some_and(|transport| transport.has_changed())
        {
            self.again();
        }
    }

    /// Looks everywhere, after what was asked before.
    fn look_in_turn(&self) {
        if self.shared.note_group_news(GroupNews::All) {
            self.commands.send(Command::GroupHint);
        }
    }

    /// After a defect: nothing of the round is kept but what is committed already, and that is told. Its calls are answered with 7012, by
    /// being dropped. What rounds before had not committed is taken back too, and comes again from the service.
    pub(super) fn recover(&mut self) {
        tracing::error!("a call failed by a defect of the library");
        self.waiting.clear();
        self.settled.clear();
        self.meeting = 0;
        self.sends = false;
        if let Some(transport) = &mut self.transport {
            transport.abandon();
        }
        if let Some(local) = &mut self.local {
            local.rollback();
        }
        self.precious = false;
        self.out.back_to(self.out.kept);
        let unanswered = std::mem::take(&mut self.out.replies);
        if catch_unwind(AssertUnwindSafe(|| self.tell())).is_err() {
            self.out = Outbound::default();
        }
        drop(unanswered);
        self.shared.receiving.store(false, Ordering::SeqCst);
        self.shared.set_status(match self.session {
            Some(_) => LoginStatus::In,
            None => LoginStatus::Out,
        });
        // At once, but not again and again, if it is the pull that fails.
        if !std::mem::replace(&mut self.lost, true) {
            self.look_in_turn();
        }
    }

    /// Gets what a failure kept from this device.
    fn again(&mut self) {
        let caught_up = catch_unwind(AssertUnwindSafe(|| {
            self.catch_up();
            self.settle();
            self.finish();
        }));
        if caught_up.is_err() {
            self.recover();
        }
    }

    /// After a failure of the local store: all since the last commit is taken back, also what was to be told. What was acknowledged is safe
    /// in the service; the cursor goes back, so it comes again, and is told then.
    pub(crate) fn take_back(&mut self, error: &Error) {
        tracing::error!("{}", error.desc);
        self.lost = true;
        if let Some(local) = &mut self.local {
            local.rollback();
        }
        self.out.back_to(self.out.kept);
    }

    /// A change that the service can't give back is whole in the local store before it is answered, or else it is taken back and
    /// fails.
    pub(crate) fn keep<T>(&mut self, done: Result<T, Error>) -> Result<T, Error> {
        match done {
            Ok(done) if self.commit() => Ok(done),
            Ok(_) => Err(went_back()),
            Err(error) => {
                // It may have been done by half.
                if error.is(Code::DatabaseOperateFailed) {
                    self.take_back(&error);
                }
                Err(error)
            }
        }
    }
}

pub(crate) fn went_back() -> Error {
    Error::new(Code::DatabaseOperateFailed, "local database: a commit failed meanwhile")
}
