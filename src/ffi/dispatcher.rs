//! The callback thread: one FIFO, one thread, every C callback.
//!
//! The thread starts with the first job and sleeps while there is none. Every job belongs to an epoch; `TIMUninit` ends the
//! epoch, and jobs of an ended epoch are dropped unrun. No lock is held while a job runs, so callbacks may call
//! anything, and posting never waits for a callback.

use std::collections::VecDeque;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

/// How long the end of an epoch waits for the job that is running. Long enough for a job that was just taken to
/// reach its callback; a callback that goes on longer (it may wait for the very thread that is here) is left alone.
const SETTLE: Duration = Duration::from_millis(200);

/// How often the thread gives way before it sleeps.
const YIELDS: u32 = 8;

struct Job {
    epoch: u64,
    /// Runs even if its epoch has ended.
    always: bool,
    run: Box<dyn FnOnce() + Send>,
}

/// See the module.
pub struct Dispatcher {
    state: Mutex<State>,
    wake: Condvar,
    settled: Condvar,
    epoch: AtomicU64,
    /// Epoch + 1 of the running job; 0 while none runs.
    running: AtomicU64,
    thread: OnceLock<ThreadId>,
}

struct State {
    queue: VecDeque<Job>,
    started: bool,
    asleep: bool,
    settlers: u32,
}

static DISPATCHER: Dispatcher = Dispatcher::new();

/// The dispatcher of this process.
pub fn dispatcher() -> &'static Dispatcher {
    &DISPATCHER
}

impl Dispatcher {
    const fn new() -> Self {
        Self {
            state: Mutex::new(State {
                queue: VecDeque::new(),
                started: false,
                asleep: false,
                settlers: 0,
            }),
            wake: Condvar::new(),
            settled: Condvar::new(),
            epoch: AtomicU64::new(0),
            running: AtomicU64::new(0),
            thread: OnceLock::new(),
        }
    }

    /// The current epoch, for jobs that are posted later on behalf of a call that is made now.
    pub fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::SeqCst)
    }

    /// Queues a job of an epoch; drops it if the epoch has ended.
    pub fn post(&'static self, epoch: u64, job: impl FnOnce() + Send + 'static) {
        if self.epoch() == epoch {
            self.push(Job { epoch, always: false, run: Box::new(job) });
        }
    }

    /// Queues a job that runs in any case. One that calls C must look at the epoch itself: see [`Dispatcher::is_current`].
    pub fn post_always(&'static self, epoch: u64, job: impl FnOnce() + Send + 'static) {
        self.push(Job { epoch, always: true, run: Box::new(job) });
    }

    /// Whether an epoch has not ended. A running job asks for its epoch directly before each call of C: making the arguments,
    /// or a callback before, may have taken longer than [`Dispatcher::settle`] waits.
    pub fn is_current(&self, epoch: u64) -> bool {
        self.epoch() == epoch
    }

    fn push(&'static self, job: Job) {
        let mut state = self.state.lock();
        state.queue.push_back(job);
        if state.asleep {
            state.asleep = false;
            drop(state);
            self.wake.notify_one();
        } else if !state.started {
            state.started = true;
            drop(state);
            super::process::watch();
            let spawned =
                thread::Builder::new().name("im-callback".into()).spawn(move || self.run());
            if spawned.is_err() {
                // Out of threads: the job stays queued, the next one tries again.
                self.state.lock().started = false;
            }
        }
    }

    /// Ends the current epoch: its jobs that wait are dropped. None starts once [`Dispatcher::settle`] has returned, too.
    pub fn end_epoch(&self) {
        let ended = self.epoch.fetch_add(1, Ordering::SeqCst);
        let dropped: VecDeque<_> = {
            let mut state = self.state.lock();
            let (old, current) = std::mem::take(&mut state.queue)
                .into_iter()
                .partition(|job| job.epoch <= ended && !job.always);
            state.queue = current;
            old
        };
        drop(dropped);
    }

    /// Waits a moment for a job of an ended epoch that is running. Called from a job, it does not wait.
    pub fn settle(&self) {
        if self.on_this_thread() {
            return;
        }
        let current = self.epoch();
        let deadline = Instant::now() + SETTLE;
        let mut state = self.state.lock();
        state.settlers += 1;
        while matches!(self.running.load(Ordering::SeqCst), running if running != 0 && running <= current)
        {
            if self.settled.wait_until(&mut state, deadline).timed_out() {
                break;
            }
        }
        state.settlers -= 1;
    }

    /// Whether the caller is the callback thread, that is, inside a callback.
    pub fn on_this_thread(&self) -> bool {
        self.thread.get() == Some(&thread::current().id())
    }

    fn run(&self) {
        let _ = self.thread.set(thread::current().id());
        let mut jobs = VecDeque::new();
        loop {
            // Whoever waited for a callback often calls again at once: giving way a few times is cheaper than being woken.
            for _ in 0..YIELDS {
                if !self.state.lock().queue.is_empty() {
                    break;
                }
                thread::yield_now();
            }
            {
                let mut state = self.state.lock();
                while state.queue.is_empty() {
                    state.asleep = true;
                    self.wake.wait(&mut state);
                }
                state.asleep = false;
                std::mem::swap(&mut state.queue, &mut jobs);
            }
            for Job { epoch, always, run } in jobs.drain(..) {
                // First "I run", then a look whether I may: `end_epoch` does the two the other way round, so that either it
                // sees this job or this job sees that its epoch has ended.
                self.running.store(epoch + 1, Ordering::SeqCst);
                if always || self.is_current(epoch) {
                    // A panic in our own code must not end the thread that all callbacks need.
                    let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
                }
                self.running.store(0, Ordering::SeqCst);
                // Cheap when nobody waits: the lock is taken only after an epoch has ended.
                if self.epoch() != epoch && self.state.lock().settlers > 0 {
                    self.settled.notify_all();
                }
            }
        }
    }
}
