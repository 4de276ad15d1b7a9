//! The queue of the core: many senders, one receiver.
//!
//! Channels of libraries spin for some microseconds before their receiver sleeps, in the hope of more. Whoever waits for an answer on the
//! same CPU waits for that too; so this one gives way and sleeps.

use std::collections::VecDeque;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

/// How often the receiver gives way before it sleeps.
const YIELDS: u32 = 2;

struct State<T> {
    items: VecDeque<T>,
    asleep: bool,
    /// The receiver is gone.
    closed: bool,
}

struct Shared<T> {
    state: Mutex<State<T>>,
    wake: Condvar,
}

/// Puts items into the queue.
pub(crate) struct Sender<T>(Arc<Shared<T>>);

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// Takes items out of the queue.
pub(crate) struct Receiver<T>(Arc<Shared<T>>);

/// A queue, empty.
pub(crate) fn queue<T>() -> (Sender<T>, Receiver<T>) {
    let state = State { items: VecDeque::new(), asleep: false, closed: false };
    let shared = Arc::new(Shared { state: Mutex::new(state), wake: Condvar::new() });
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

impl<T> Sender<T> {
    /// Adds an item at the end; drops it if nobody will take it.
    pub(crate) fn send(&self, item: T) {
        let mut state = self.0.state.lock();
        if state.closed {
            drop(state);
            return drop(item);
        }
        state.items.push_back(item);
        if std::mem::take(&mut state.asleep) {
            drop(state);
            self.0.wake.notify_one();
        }
    }
}

impl<T> Receiver<T> {
    /// The first item, if there is one.
    pub(crate) fn try_recv(&self) -> Option<T> {
        self.0.state.lock().items.pop_front()
    }

    /// The first item, which is waited for; `None` after the time, if one is given.
    pub(crate) fn recv(&self, wait: Option<Duration>) -> Option<T> {
        for _ in 0..YIELDS {
            if let Some(item) = self.try_recv() {
                return Some(item);
            }
            thread::yield_now();
        }
        // A time that the clock cannot tell is for ever.
        let until = wait.and_then(|wait| Instant::now().checked_add(wait));
        let mut state = self.0.state.lock();
        loop {
            if let Some(item) = state.items.pop_front() {
                return Some(item);
            }
            state.asleep = true;
            match until {
                None => self.0.wake.wait(&mut state),
                Some(until) if self.0.wake.wait_until(&mut state, until).timed_out() => {
                    state.asleep = false;
                    return state.items.pop_front();
                }
                Some(_) => {}
            }
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let left = {
            let mut state = self.0.state.lock();
            state.closed = true;
            std::mem::take(&mut state.items)
        };
        // Not under the lock: what is dropped may send.
        drop(left);
    }
}
