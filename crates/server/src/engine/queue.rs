//! Works that wait for whoever of several workers is free. What is long waits apart, and some of the workers are left to the rest.

use std::collections::VecDeque;

use parking_lot::Mutex;
use tokio::sync::Notify;

/// See the module.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    bell: Notify,
    /// Workers that may be about something long at once.
    most_long: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    long: VecDeque<T>,
    /// Workers that are about something long.
    at_long: usize,
    closed: bool,
}

impl<T> State<T> {
    fn takes_long(&self, most_long: usize) -> bool {
        self.at_long < most_long && !self.long.is_empty()
    }
}

/// What a worker has taken. It is dropped when that is done.
pub(super) struct Taken<'a, T> {
    pub(super) works: Vec<T>,
    /// The queue, of something long.
    queue: Option<&'a Queue<T>>,
}

impl<T> Drop for Taken<'_, T> {
    fn drop(&mut self) {
        let Some(queue) = self.queue else { return };
        let mut state = queue.state.lock();
        state.at_long -= 1;
        if state.takes_long(queue.most_long) {
            queue.bell.notify_last();
        }
    }
}

impl<T> Queue<T> {
    /// One of which so many workers at most are about something long.
    pub(super) fn new(most_long: usize) -> Self {
        let (waiting, long) = (VecDeque::new(), VecDeque::new());
        let state = State { waiting, long, at_long: 0, closed: false };
        Self { state: Mutex::new(state), bell: Notify::new(), most_long }
    }

    /// Puts one in at the end. After [`Queue::close`] it is dropped.
    pub(super) fn put(&self, one: T, is_long: bool) {
        let mut state = self.state.lock();
        if state.closed {
            return;
        }
        match is_long {
            true => state.long.push_back(one),
            false => state.waiting.push_back(one),
        }
        drop(state);
        // Whoever has worked last: what it needs is at hand.
        self.bell.notify_last();
    }

    /// Takes what waits, from the front, so many at most; what is long alone. Waits for the first; an empty list says that the queue is
    /// closed, and that all was taken, or is left to others.
    pub(super) async fn take(&self, most: usize) -> Taken<'_, T> {
        loop {
            let rings = self.bell.notified();
            {
                let mut state = self.state.lock();
                let is_long = state.takes_long(self.most_long);
                let works: Vec<T> = match is_long {
                    true => state.long.pop_front().into_iter().collect(),
                    false => {
                        let count = state.waiting.len().min(most);
                        state.waiting.drain(..count).collect()
                    }
                };
                if !works.is_empty() || state.closed {
                    state.at_long += usize::from(is_long);
                    if !state.waiting.is_empty() || state.takes_long(self.most_long) {
                        // One ring may have been for many.
                        self.bell.notify_last();
                    }
                    return Taken { works, queue: is_long.then_some(self) };
                }
            }
            rings.await;
            // Whoever is about to put something in too comes first, and shares what is done then.
            tokio::task::yield_now().await;
        }
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        let state = self.state.lock();
        state.waiting.len() + state.long.len()
    }

    /// Nothing comes any more. What waits is still to be taken.
    pub(super) fn close(&self) {
        self.state.lock().closed = true;
        self.bell.notify_waiters();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.state.lock().closed
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn all_is_taken_once_and_in_order_by_workers_who_end_when_it_is_closed() {
        let queue = Arc::new(Queue::new(1));
        let workers: Vec<_> = (0..3)
            .map(|_| {
                let queue = Arc::clone(&queue);
                tokio::spawn(async move {
                    let mut all = Vec::new();
                    loop {
                        let mut taken = queue.take(3).await;
                        assert!(taken.works.len() <= 3);
                        if taken.works.is_empty() {
                            return all;
                        }
                        all.append(&mut taken.works);
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        for number in 0..10_000 {
            queue.put(number, false);
            if number % 100 == 0 {
                tokio::task::yield_now().await;
            }
        }
        queue.close();
        queue.put(10_000, false);
        let mut all = Vec::new();
        for worker in workers {
            let taken = timeout(Duration::from_secs(30), worker).await.expect("an end").unwrap();
            assert!(taken.is_sorted(), "each takes from the front");
            all.extend(taken);
        }
        all.sort_unstable();
        assert!(
            all.into_iter().eq(0..10_000),
            "nothing twice, nothing lost, nothing after the end"
        );
        assert_eq!((queue.len(), queue.is_closed()), (0, true));
    }

    #[tokio::test]
    async fn who_gives_up_waiting_takes_nothing_along() {
        let queue = Queue::new(1);
        assert!(timeout(Duration::from_millis(1), queue.take(1)).await.is_err());
        queue.put(1, false);
        queue.put(2, false);
        assert_eq!(queue.take(1).await.works, [1]);
        assert_eq!(queue.take(9).await.works, [2]);
    }

    #[tokio::test]
    async fn what_is_long_is_done_one_after_the_other_and_leaves_workers_to_the_rest() {
        let queue = Queue::new(1);
        for number in 0..6 {
            queue.put(number, number % 2 == 0);
        }
        let first = queue.take(9).await;
        assert_eq!(first.works, [0]);
        assert_eq!(queue.take(9).await.works, [1, 3, 5], "though others have come before");
        let nothing = timeout(Duration::from_millis(1), queue.take(9)).await;
        assert!(nothing.is_err(), "the next long one waits for the first");
        assert_eq!(queue.len(), 2);
        let (second, ()) = tokio::join!(queue.take(9), async { drop(first) });
        assert_eq!(second.works, [2]);
        queue.close();
        assert!(queue.take(9).await.works.is_empty(), "the last is left to who is at it");
        drop(second);
        assert_eq!(queue.take(9).await.works, [4]);
        assert!(queue.take(9).await.works.is_empty());
    }
}
