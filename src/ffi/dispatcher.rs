//! The callback thread: one FIFO, one thread, every C callback.
//!
//! The thread is the library's own, "im-callback", or between TIMInit and TIMUninit one of the program's that has a message loop. Its
//! own starts with the first job and sleeps while there is none. Every job belongs to an epoch; `TIMUninit` ends the
//! epoch, and jobs of an ended epoch are dropped unrun. No lock is held while a job runs, so callbacks may call
//! anything, and posting never waits for a callback.

#[cfg_attr(unix, path = "dispatcher/unix.rs")]
#[cfg_attr(windows, path = "dispatcher/windows.rs")]
mod message_loop;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

use imsdk_client::config::Callbacks;
use imsdk_types::Error;
use parking_lot::{Condvar, Mutex, MutexGuard};

use message_loop::MessageLoop;

/// How long the end of an epoch waits for the job that is running. Long enough for a job that was just taken to
/// reach its callback; a callback that goes on longer (it may wait for the very thread that is here) is left alone.
const SETTLE: Duration = Duration::from_millis(200);

/// How often the thread gives way before it sleeps. Each time costs whoever else is on its CPU a switch.
const YIELDS: u32 = 1;

/// How long a message loop is kept from the program's own messages.
const SLICE: Duration = Duration::from_millis(10);

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
}

struct State {
    queue: VecDeque<Job>,
    /// The thread that is running jobs.
    runner: Option<ThreadId>,
    started: bool,
    asleep: bool,
    settlers: u32,
    /// Where jobs run instead of on our own thread.
    message_loop: Option<MessageLoop>,
    /// It has been told that there are jobs.
    rung: bool,
    /// It has had to leave jobs for later.
    behind: bool,
}

impl State {
    /// Whether our own thread is to run what is queued.
    fn is_for_thread(&self) -> bool {
        !self.queue.is_empty() && self.message_loop.is_none() && self.runner.is_none()
    }

    /// Whether a message loop is.
    fn is_for(&self, number: usize) -> bool {
        self.message_loop.as_ref().is_some_and(|message_loop| message_loop.number() == number)
    }

    /// Tells the message loop, if there is one, that there are jobs. One whose thread is gone is given up; one with a full queue is
    /// told again with the next job.
    fn ring(&mut self) {
        if let Some(message_loop) = &self.message_loop
            && !self.rung
        {
            match message_loop.ring() {
                Ok(heard) => self.rung = heard,
                Err(_) => self.message_loop = None,
            }
        }
    }

    /// Lets the program's own messages go first, if some wait.
    fn ring_later(&mut self) -> bool {
        self.rung = self.message_loop.as_ref().is_some_and(MessageLoop::ring_later);
        self.rung
    }
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
                runner: None,
                started: false,
                asleep: false,
                settlers: 0,
                message_loop: None,
                rung: false,
                behind: false,
            }),
            wake: Condvar::new(),
            settled: Condvar::new(),
            epoch: AtomicU64::new(0),
            running: AtomicU64::new(0),
        }
    }

    /// Chooses the callback thread: from now on it may be the caller, if that has a message loop. What is queued goes there too.
    ///
    /// # Errors
    /// 6017 if a message loop is asked for where there is none.
    pub fn begin(&'static self, callbacks: Callbacks) -> Result<(), Error> {
        let run = |number| dispatcher().run_in(number);
        // Its thread has ended, or somebody has destroyed its window.
        let gone = |number| {
            dispatcher().give_up(|it| it.number() == number);
        };
        if let Some(message_loop) = MessageLoop::of_this_thread(callbacks, run, gone)? {
            let mut state = self.state.lock();
            state.message_loop = Some(message_loop);
            (state.rung, state.behind) = (false, false);
            if !state.queue.is_empty() {
                self.call_runner(state);
            }
        }
        Ok(())
    }

    /// Gives the callbacks back to our own thread.
    pub fn leave(&'static self) {
        // Closed without the lock, which the end of a window takes.
        if let Some(left) = self.give_up(|_| true) {
            left.close();
        }
    }

    /// Goes on without a message loop.
    fn give_up(&'static self, which: impl FnOnce(&MessageLoop) -> bool) -> Option<MessageLoop> {
        let mut state = self.state.lock();
        let left = state.message_loop.take_if(|message_loop| which(message_loop))?;
        if state.is_for_thread() {
            self.call_runner(state);
        }
        Some(left)
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
        self.call_runner(state);
    }

    /// Sees to it that somebody runs what is queued.
    fn call_runner(&'static self, mut state: MutexGuard<'_, State>) {
        state.ring();
        if state.message_loop.is_some() {
            return;
        }
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
        let current = self.epoch();
        let deadline = Instant::now() + SETTLE;
        let mut state = self.state.lock();
        if state.runner == Some(thread::current().id()) {
            return;
        }
        state.settlers += 1;
        while matches!(self.running.load(Ordering::SeqCst), running if running != 0 && running <= current)
        {
            if self.settled.wait_until(&mut state, deadline).timed_out() {
                break;
            }
        }
        state.settlers -= 1;
    }

    fn run_job(&self, Job { epoch, always, run }: Job) {
        // First "I run", then a look whether I may: `end_epoch` does the two the other way round, so that either it
        // sees this job or this job sees that its epoch has ended. Another job may run below this one, in a message loop of its own.
        let outer = self.running.swap(epoch + 1, Ordering::SeqCst);
        if always || self.is_current(epoch) {
            // A panic in our own code must not end the thread that all callbacks need.
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
        }
        self.running.store(outer, Ordering::SeqCst);
        // Cheap when nobody waits: the lock is taken only after an epoch has ended.
        if self.epoch() != epoch && self.state.lock().settlers > 0 {
            self.settled.notify_all();
        }
    }

    /// Our own thread.
    fn run(&'static self) {
        let me = thread::current().id();
        let mut jobs = VecDeque::new();
        loop {
            // Whoever waited for a callback often calls again at once: giving way is cheaper than being woken.
            for _ in 0..YIELDS {
                if self.state.lock().is_for_thread() {
                    break;
                }
                thread::yield_now();
            }
            {
                let mut state = self.state.lock();
                while !state.is_for_thread() {
                    state.asleep = true;
                    self.wake.wait(&mut state);
                }
                state.asleep = false;
                state.runner = Some(me);
                std::mem::swap(&mut state.queue, &mut jobs);
            }
            jobs.drain(..).for_each(|job| self.run_job(job));
            let mut state = self.state.lock();
            state.runner = None;
            if state.message_loop.is_some() && !state.queue.is_empty() {
                self.call_runner(state);
            }
        }
    }

    /// The message loop runs what is queued, also one inside of a job (a dialog that a callback shows): jobs are taken one by one, and
    /// the one inside goes on where the other stands.
    fn run_in(&'static self, number: usize) {
        let me = thread::current().id();
        let began = Instant::now();
        let mut state = self.state.lock();
        if !state.is_for(number) {
            return;
        }
        state.rung = false;
        if state.runner.is_some_and(|runner| runner != me) {
            // Our own thread rings when it has done what it took.
            return;
        }
        if std::mem::take(&mut state.behind) && state.ring_later() {
            return;
        }
        while state.is_for(number) {
            if began.elapsed() >= SLICE && !state.queue.is_empty() {
                state.behind = true;
                break;
            }
            let Some(job) = state.queue.pop_front() else { break };
            if !state.queue.is_empty() {
                // For a message loop inside of the job, or for the next slice.
                state.ring();
            }
            let outer = state.runner.replace(me);
            drop(state);
            self.run_job(job);
            state = self.state.lock();
            state.runner = outer;
        }
        if state.is_for_thread() {
            self.call_runner(state);
        }
    }
}
