//! Message loops: there are none here.

use std::io;

use imsdk_client::config::Callbacks;
use imsdk_types::{Code, Error};

/// The message loop of a thread of the program.
pub(super) enum MessageLoop {}

impl MessageLoop {
    /// That of the caller, if callbacks are to come there.
    ///
    /// # Errors
    /// 6017 if one is asked for where there is none.
    pub(super) fn of_this_thread(
        callbacks: Callbacks,
        _run: fn(usize),
        _gone: fn(usize),
    ) -> Result<Option<Self>, Error> {
        if callbacks == Callbacks::Loop {
            let reason = "callbacks: `loop` is for Windows, this system has no message loops";
            return Err(Error::new(Code::InvalidParameters, reason));
        }
        Ok(None)
    }

    /// Sets it apart from others.
    pub(super) fn number(&self) -> usize {
        match *self {}
    }

    /// Makes it call `run`; `false` if its queue is full, an error if its thread is gone.
    pub(super) fn ring(&self) -> io::Result<bool> {
        match *self {}
    }

    /// The same when it has nothing else to do; `false` if nothing else waits.
    pub(super) fn ring_later(&self) -> bool {
        match *self {}
    }

    /// Leaves the thread.
    pub(super) fn close(self) {
        match self {}
    }
}
