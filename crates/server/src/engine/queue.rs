//! Works that wait for whoever of several workers is free.

use std::collections::VecDeque;

use parking_lot::Mutex;
use tokio::sync::Notify;

/// See the module.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    bell: Notify,
}

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Self {
        let state = State { waiting: VecDeque::new(), closed: false };
        Self { state: Mutex::new(state), bell: Notify::new() }
    }

    /// Puts one in at the end. After [`Queue::close`] it is dropped.
    pub(super) fn put(&self, one: T) {
        let mut state = self.state.lock();
        if state.closed {
            return;
        }
        state.waiting.push_back(one);
        drop(state);
        // Whoever has worked last: what it needs is at hand.
        self.bell.notify_last();
    }

    /// Takes what waits, from the front, so many at most. Waits for the first; an empty list says that the queue is closed, and that
    /// all was taken.
    pub(super) async fn take(&self, most: usize) -> Vec<T> {
        loop {
            let rings = self.bell.notified();
            {
                let mut state = self.state.lock();
                let count = state.waiting.len().min(most);
                if count > 0 {
                    let taken = state.waiting.drain(..count).collect();
                    if !state.waiting.is_empty() {
                        // One ring may have been for many.
                        self.bell.notify_last();
                    }
                    return taken;
                }
                if state.closed {
                    return Vec::new();
                }
            }
            rings.await;
            // Whoever is about to put something in too comes first, and shares what is done then.
            tokio::task::yield_now().await;
        }
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.state.lock().waiting.len()
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
        let queue = Arc::new(Queue::new());
        let workers: Vec<_> = (0..3)
            .map(|_| {
                let queue = Arc::clone(&queue);
                tokio::spawn(async move {
                    let mut all = Vec::new();
                    loop {
                        let taken = queue.take(3).await;
                        assert!(taken.len() <= 3);
                        if taken.is_empty() {
                            return all;
                        }
                        all.extend(taken);
                        tokio::task::yield_now().await;
                    }
                })
            })
            .collect();
        for number in 0..10_000 {
            queue.put(number);
            if number % 100 == 0 {
                tokio::task::yield_now().await;
            }
        }
        queue.close();
        queue.put(10_000);
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
        let queue = Queue::new();
        assert!(timeout(Duration::from_millis(1), queue.take(1)).await.is_err());
        queue.put(1);
        queue.put(2);
        assert_eq!((queue.take(1).await, queue.take(9).await), (vec![1], vec![2]));
    }
}
