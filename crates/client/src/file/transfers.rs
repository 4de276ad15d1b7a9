//! The threads that move files.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};
use imsdk_types::{Code, Error};

/// Transfers at the same time; more wait for their turn.
const THREADS: usize = 4;

type Job = Box<dyn FnOnce() + Send>;

/// Whether a transfer shall go on.
#[derive(Clone, Default)]
pub(crate) struct Going(Arc<AtomicBool>);

impl Going {
    /// # Errors
    /// 114003 once the session has ended.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match self.0.load(Ordering::Relaxed) {
            true => Err(Error::new(Code::SvrResSendCancel, "the transfer was ended by the logout")),
            false => Ok(()),
        }
    }
}

/// See the module. Dropping it lets the threads end with what they are at.
pub(crate) struct Transfers {
    jobs: Sender<Job>,
    queue: Receiver<Job>,
    threads: usize,
    going: Going,
}

impl Default for Transfers {
    fn default() -> Self {
        let (jobs, queue) = unbounded();
        Self { jobs, queue, threads: 0, going: Going::default() }
    }
}

impl Transfers {
    /// Does a job on a thread of its own, as soon as there is one.
    ///
    /// # Errors
    /// 7001 if there is none and none can be started.
    pub(crate) fn start(&mut self, job: impl FnOnce(&Going) + Send + 'static) -> Result<(), Error> {
        if self.threads < THREADS {
            let queue = self.queue.clone();
            let started = thread::Builder::new().name("im-file".into()).spawn(move || work(&queue));
            match started {
                Ok(_) => self.threads += 1,
                Err(error) if self.threads == 0 => {
                    return Err(Error::new(Code::SdkInternalError, error.to_string()));
                }
                Err(error) => tracing::warn!("a thread for files: {error}"),
            }
        }
        let going = self.going.clone();
        // The queue is there as long as this value.
        let _ = self.jobs.send(Box::new(move || job(&going)));
        Ok(())
    }

    /// Ends all transfers that were started so far.
    pub(crate) fn cancel(&mut self) {
        std::mem::take(&mut self.going).0.store(true, Ordering::Relaxed);
    }
}

fn work(queue: &Receiver<Job>) {
    for job in queue {
        // Its call completes itself when it is dropped.
        if catch_unwind(AssertUnwindSafe(job)).is_err() {
            tracing::error!("a transfer failed by a defect of the library");
        }
    }
}
