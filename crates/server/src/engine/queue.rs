//! Works that wait for whoever of several workers is free. What is long waits apart, and half of the workers are left to the rest; of the
//! time of one that is alone, about half. What may be long is not always: as long as it is done quickly, more and more of it is taken
//! together.

use std::collections::VecDeque;
use std::future::pending;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// So long at most one that is alone rests for each work that was long: it may have waited for a disk, and whoever waits loses patience
/// after seconds.
const REST: Duration = Duration::from_millis(500);

/// What took less was not long after all; where a database is asked over a network, some times as long.
const QUICK: Duration = Duration::from_millis(20);
const QUICK_BESIDE: Duration = Duration::from_millis(50);

/// What may be long and is quick is taken together so much at most: the first time that it is long, others wait so many times longer.
const TOGETHER: usize = 8;

/// See the module.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    bell: Notify,
    workers: usize,
    /// What is taken together weighs no more, unless it is one.
    most_weight: usize,
    /// What may be long is taken together as long as it is quick.
    gathers: bool,
}

struct State<T> {
    /// Each with its weight.
    waiting: VecDeque<(T, usize)>,
    long: VecDeque<(T, usize)>,
    /// Workers that are about something long.
    at_long: usize,
    /// Until when nobody begins something long.
    rests: Option<Instant>,
    /// How much that may be long is taken together.
    together: usize,
    closed: bool,
}

impl<T> State<T> {
    fn takes_long(&self, workers: usize) -> bool {
        let free = self.at_long < (workers / 2).max(1) && !self.long.is_empty();
        free && (self.closed || self.rests.is_none_or(|until| Instant::now() >= until))
    }
}

/// What a worker has taken. It is dropped when that is done.
pub(super) struct Taken<'a, T> {
    pub(super) works: Vec<T>,
    /// The queue, of something long, when it was begun, and how much it is.
    long: Option<(&'a Queue<T>, Instant, usize)>,
}

impl<T> Drop for Taken<'_, T> {
    fn drop(&mut self) {
        let Some((queue, began, count)) = self.long else { return };
        let mut state = queue.state.lock();
        state.at_long -= 1;
        let took = began.elapsed();
        let mut quick = QUICK_BESIDE;
        if queue.workers == 1 {
            state.rests = Some(Instant::now() + took.min(REST * count as u32));
            quick = QUICK;
        }
        // One that was quick alone says nothing of many.
        if took >= quick {
            state.together = 1;
        } else if queue.gathers && count == state.together {
            state.together = TOGETHER.min(2 * count);
        }
        if state.takes_long(queue.workers) {
            queue.bell.notify_last();
        }
    }
}

impl<T> Queue<T> {
    /// One that so many workers take from. Several of them take what may be long one by one.
    pub(super) fn new(workers: usize) -> Self {
        Self::made(workers, usize::MAX, workers == 1)
    }

    /// One of which all take what may be long together while it is quick, within a bound.
    pub(super) fn bounded(workers: usize, most_weight: usize) -> Self {
        Self::made(workers, most_weight, true)
    }

    fn made(workers: usize, most_weight: usize, gathers: bool) -> Self {
        let (waiting, long) = (VecDeque::new(), VecDeque::new());
        let state = State { waiting, long, at_long: 0, rests: None, together: 1, closed: false };
        Self { state: Mutex::new(state), bell: Notify::new(), workers, most_weight, gathers }
    }

    /// Puts one in at the end. After [`Queue::close`] it is dropped.
    pub(super) fn put(&self, one: T, is_long: bool) {
        self.put_weighing(one, is_long, 0);
    }

    /// The same, with a weight.
    pub(super) fn put_weighing(&self, one: T, is_long: bool, weight: usize) {
        let mut state = self.state.lock();
        if state.closed {
            return;
        }
        match is_long {
            true => state.long.push_back((one, weight)),
            false => state.waiting.push_back((one, weight)),
        }
        drop(state);
        // Whoever has worked last: what it needs is at hand.
        self.bell.notify_last();
    }

    /// Takes what waits, from the front, so many at most; what is long apart. Waits for the first; an empty list says that the queue is
    /// closed, and that all was taken, or is left to others.
    pub(super) async fn take(&self, most: usize) -> Taken<'_, T> {
        loop {
            let rings = self.bell.notified();
            let rests = {
                let mut state = self.state.lock();
                let is_long = state.takes_long(self.workers);
                let State { waiting, long, together, .. } = &mut *state;
                let (from, most) = if is_long { (long, *together) } else { (waiting, most) };
                let count = within(from.iter().map(|one| one.1).take(most), self.most_weight);
                let works: Vec<T> = from.drain(..count).map(|one| one.0).collect();
                if !works.is_empty() || state.closed {
                    state.at_long += usize::from(is_long);
                    if !state.waiting.is_empty() || state.takes_long(self.workers) {
                        // One ring may have been for many.
                        self.bell.notify_last();
                    }
                    let count = works.len();
                    return Taken { works, long: is_long.then(|| (self, Instant::now(), count)) };
                }
                state.rests.filter(|_| state.at_long == 0 && !state.long.is_empty())
            };
            let rested = async {
                match rests {
                    Some(until) => sleep_until(until).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                () = rings => {}
                () = rested => continue,
            }
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

/// How many of these are within a bound, from the front; the first in any case.
fn within(weights: impl Iterator<Item = usize>, most: usize) -> usize {
    let sums = weights.scan(0_usize, |sum, weight| {
        *sum = sum.saturating_add(weight);
        Some(*sum)
    });
    sums.enumerate().take_while(|(nth, sum)| *nth == 0 || *sum <= most).count()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::time::{advance, timeout};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn all_is_taken_once_and_in_order_by_workers_who_end_when_it_is_closed() {
        let queue = Arc::new(Queue::new(3));
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
        let queue = Queue::new(2);
        assert!(timeout(Duration::from_millis(1), queue.take(1)).await.is_err());
        queue.put(1, false);
        queue.put(2, false);
        assert_eq!(queue.take(1).await.works, [1]);
        assert_eq!(queue.take(9).await.works, [2]);
    }

    #[tokio::test]
    async fn what_weighs_much_is_taken_alone() {
        let queue = Queue::bounded(1, 10);
        for (number, weight) in [4, 6, 1, 99, 0, 10, 0].into_iter().enumerate() {
            queue.put_weighing(number, false, weight);
        }
        for wanted in [&[0, 1][..], &[2], &[3], &[4, 5, 6]] {
            assert_eq!(queue.take(9).await.works, wanted);
        }
    }

    #[tokio::test]
    async fn what_is_long_is_done_one_after_the_other_and_leaves_workers_to_the_rest() {
        let queue = Queue::new(2);
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

    #[tokio::test(start_paused = true)]
    async fn one_alone_is_about_what_is_long_half_of_its_time() {
        let queue = Queue::new(1);
        (0..3).for_each(|number| queue.put(number, true));
        let first = queue.take(9).await;
        assert_eq!(first.works, [0], "at once: nothing was done before");
        advance(9 * REST).await;
        drop(first);
        queue.put(3, false);
        queue.put(4, false);
        assert_eq!(queue.take(9).await.works, [3, 4], "though it has waited for longer");
        let early = timeout(REST / 2, queue.take(9)).await;
        assert!(early.is_err(), "so long others may come");
        let late = timeout(REST, queue.take(9)).await;
        assert_eq!(late.expect("no longer").works, [1], "and one alone, after what took long");
        queue.close();
        assert_eq!(queue.take(9).await.works, [2], "who ends waits for nothing");
    }

    #[tokio::test(start_paused = true)]
    async fn what_may_be_long_and_is_not_is_taken_together() {
        is_taken_together(Queue::new(1), QUICK).await;
        is_taken_together(Queue::bounded(2, usize::MAX), QUICK_BESIDE).await;
    }

    async fn is_taken_together(queue: Queue<usize>, quick: Duration) {
        let put = |count: usize| (0..count).for_each(|number| queue.put(number, true));
        for _ in 0..9 {
            put(1);
            assert_eq!(queue.take(9).await.works.len(), 1);
        }
        put(40);
        for count in [2, 4, TOGETHER, TOGETHER] {
            assert_eq!(queue.take(9).await.works.len(), count);
        }
        let slow = queue.take(9).await;
        advance(quick).await;
        drop(slow);
        assert_eq!(queue.take(9).await.works.len(), 1);
    }
}
