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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const LONG: Option<Duration> = Some(Duration::from_secs(20));

    #[test]
    fn items_come_in_their_order_and_each_once() {
        let (sender, receiver) = queue();
        (0..3).for_each(|number| sender.send(number));
        assert_eq!(receiver.recv(None), Some(0));
        assert_eq!(receiver.try_recv(), Some(1));
        assert_eq!(receiver.recv(Some(Duration::ZERO)), Some(2));
        assert_eq!(receiver.try_recv(), None);
        assert_eq!(receiver.recv(Some(Duration::ZERO)), None);
    }

    #[test]
    fn nothing_is_lost_between_senders_and_a_receiver_that_falls_asleep() {
        const SENDERS: usize = 4;
        const COUNT: usize = 2000;
        let (sender, receiver) = queue();
        thread::scope(|scope| {
            for from in 0..SENDERS {
                let sender = sender.clone();
                scope.spawn(move || {
                    for number in 0..COUNT {
                        sender.send((from, number));
                        // So that the queue is empty now and then.
                        thread::yield_now();
                    }
                });
            }
            let mut next = [0; SENDERS];
            for _ in 0..SENDERS * COUNT {
                let (from, number) = receiver.recv(LONG).expect("all of them come");
                assert_eq!(number, next[from], "those of one sender in their order");
                next[from] += 1;
            }
        });
        assert_eq!(receiver.try_recv(), None);
    }

    #[test]
    fn an_item_wakes_a_receiver_that_waits_for_ever() {
        let (sender, receiver) = queue();
        let (answers, answer) = channel();
        let waiting = thread::spawn(move || answers.send(receiver.recv(None)));
        while !sender.0.state.lock().asleep {
            thread::yield_now();
        }
        sender.send("here");
        assert_eq!(answer.recv_timeout(LONG.unwrap()).unwrap(), Some("here"));
        waiting.join().unwrap().unwrap();
    }

    #[test]
    fn a_time_that_is_over_leaves_nobody_asleep() {
        let (sender, receiver) = queue();
        assert_eq!(receiver.recv(Some(Duration::from_millis(1))), None);
        assert!(!sender.0.state.lock().asleep, "nobody would be there to be woken");
        sender.send(1);
        assert_eq!(receiver.recv(LONG), Some(1));
    }

    #[test]
    fn what_nobody_will_take_is_dropped() {
        let (sender, receiver) = queue();
        let item = Arc::new(());
        sender.send(Arc::clone(&item));
        drop(receiver);
        assert_eq!(Arc::strong_count(&item), 1, "what was left");
        sender.send(Arc::clone(&item));
        assert_eq!(Arc::strong_count(&item), 1, "what came after");
    }

    /// As an answer does that is dropped, and tells of it through the same queue.
    #[test]
    fn what_is_dropped_with_the_receiver_may_send() {
        struct Sends(Sender<Option<Sends>>);
        impl Drop for Sends {
            fn drop(&mut self) {
                self.0.send(None);
            }
        }
        let (sender, receiver) = queue();
        sender.send(Some(Sends(sender.clone())));
        drop(receiver);
        sender.send(Some(Sends(sender.clone())));
        assert!(sender.0.state.lock().items.is_empty());
    }
}
