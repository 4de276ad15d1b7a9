//! The servers of a service, and which of them is next.
//!
//! One that works is kept. From one that does not, or does no longer, it goes on to the next, and round again. One that wants to be left
//! alone for a while is passed over meanwhile.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::RwLock;
use tokio::time::Instant;

use super::connect::{Refusal, Way};

/// The way that is gone, or tried next.
pub(super) type Current = Arc<RwLock<Arc<Way>>>;

/// A server.
struct Place {
    way: Arc<Way>,
    /// Until then it is left alone.
    rests_until: Instant,
    /// It was seen to be of another service.
    is_strange: bool,
}

/// See the module.
pub(super) struct Places {
    all: Vec<Place>,
    at: usize,
    current: Current,
    /// So many have refused, one after the other.
    refused: usize,
    /// All of them for good.
    is_hopeless: bool,
}

impl Places {
    /// Ways to servers, of which there is one at least. The first one is the first to be tried.
    pub(super) fn new(ways: impl IntoIterator<Item = Way>) -> Self {
        let now = Instant::now();
        let place = |way| Place { way: Arc::new(way), rests_until: now, is_strange: false };
        let all: Vec<_> = ways.into_iter().map(place).collect();
        let current = Arc::new(RwLock::new(Arc::clone(&all[0].way)));
        Self { all, at: 0, current, refused: 0, is_hopeless: true }
    }

    /// The way that is gone, as others may follow it.
    pub(super) fn current(&self) -> Current {
        Arc::clone(&self.current)
    }

    /// The same, as it is now.
    pub(super) fn way(&self) -> Arc<Way> {
        Arc::clone(&self.all[self.at].way)
    }

    /// A connection is there.
    pub(super) fn found(&mut self) {
        (self.refused, self.is_hopeless) = (0, true);
    }

    /// The connection has ended: the next server may be better.
    pub(super) fn lost(&mut self) {
        self.go_on(Instant::now());
    }

    /// The server has ended the connection and wants no other for so long. How long the next one wants to be left alone: the same, where
    /// there is only that one.
    pub(super) fn unwanted(&mut self, rest: Duration) -> Option<Duration> {
        let now = Instant::now();
        self.all[self.at].rests_until = now + rest;
        self.go_on(now);
        self.left(now)
    }

    /// The server is of another service, and is to be left alone for so long. `None`: all are.
    pub(super) fn strange(&mut self, rest: Duration) -> Option<Option<Duration>> {
        self.all[self.at].is_strange = true;
        let left = self.unwanted(rest);
        if !self.all.iter().all(|place| place.is_strange) {
            return Some(left);
        }
        // The session ends by that. The next one begins with all of them.
        for place in &mut self.all {
            (place.is_strange, place.rests_until) = (false, Instant::now());
        }
        None
    }

    /// The server is of the service that is wanted; `anew`: which that is has only now been found.
    pub(super) fn known(&mut self, anew: bool) {
        match anew {
            true => self.all.iter_mut().for_each(|place| place.is_strange = false),
            false => self.all[self.at].is_strange = false,
        }
    }

    /// There was no connection. `None`: another server is to be tried at once. Otherwise all were, and this is how long the next one wants
    /// to be left alone, and whether nothing is to be hoped for.
    pub(super) fn refused(&mut self, refusal: &Refusal) -> Option<(Option<Duration>, bool)> {
        let now = Instant::now();
        self.all[self.at].rests_until = now + refusal.retry_after.unwrap_or_default();
        self.refused += 1;
        self.is_hopeless &= refusal.is_final;
        let before = self.at;
        self.go_on(now);
        let left = self.left(now);
        if self.refused < self.all.len() && self.at != before && left.is_none() {
            return None;
        }
        let is_hopeless = self.is_hopeless;
        self.found();
        Some((left, is_hopeless))
    }

    /// How long the next one still wants to be left alone.
    fn left(&self, now: Instant) -> Option<Duration> {
        let left = self.all[self.at].rests_until.saturating_duration_since(now);
        Some(left).filter(|left| !left.is_zero())
    }

    /// Goes on to the next that may be tried, or can be soonest.
    fn go_on(&mut self, now: Instant) {
        let count = self.all.len();
        let following = (1..=count).map(|step| (self.at + step) % count);
        // Of those that are the same to it, it takes the first.
        self.at = following.min_by_key(|at| self.all[*at].rests_until.max(now)).unwrap_or(self.at);
        *self.current.write() = self.way();
    }
}

#[cfg(test)]
mod tests {
    use imsdk_types::{Code, Error};

    use super::*;

    fn places(count: u16) -> Places {
        Places::new((1..=count).map(|port| {
            let address = format!("ws://localhost:{port}").parse().unwrap();
            Way::new(address, 7, None).unwrap()
        }))
    }

    fn port(places: &Places) -> u16 {
        assert_eq!(places.way().address, places.current().read().address);
        places.way().address.port
    }

    fn refusal(retry_after: Option<u64>, is_final: bool) -> Refusal {
        let retry_after = retry_after.map(Duration::from_secs);
        Refusal { error: Error::from(Code::SdkNetConnRefuse), retry_after, is_final }
    }

    #[tokio::test(start_paused = true)]
    async fn all_are_tried_before_there_is_a_wait() {
        let mut places = places(3);
        for _ in 0..2 {
            for tried in 1..=3 {
                assert_eq!(port(&places), tried);
                let wait = places.refused(&refusal(None, false));
                assert_eq!(wait, (tried == 3).then_some((None, false)));
            }
        }
        places.refused(&refusal(None, false));
        places.found();
        assert_eq!(port(&places), 2, "what works is kept");
        places.lost();
        assert_eq!(port(&places), 3);
        places.lost();
        assert_eq!(port(&places), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn who_wants_to_be_left_alone_is() {
        let mut places = places(2);
        assert_eq!(places.refused(&refusal(Some(60), false)), None);
        // Only the other one is tried, though there is a wait before each time.
        for _ in 0..3 {
            assert_eq!(port(&places), 2);
            assert_eq!(places.refused(&refusal(None, false)), Some((None, false)));
        }
        let (left, _) = places.refused(&refusal(Some(90), false)).unwrap();
        assert_eq!((port(&places), left), (1, Some(Duration::from_secs(60))));
        tokio::time::advance(Duration::from_secs(60)).await;
        places.found();
        places.lost();
        assert_eq!(port(&places), 1, "the other one rests");
        tokio::time::advance(Duration::from_secs(30)).await;
        places.lost();
        assert_eq!(port(&places), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_wants_no_more_leaves_the_others() {
        const REST: Duration = Duration::from_secs(60);
        let mut places = places(2);
        assert_eq!((places.unwanted(REST), port(&places)), (None, 2));
        assert_eq!((places.unwanted(2 * REST), port(&places)), (Some(REST), 1));
        let mut one = self::places(1);
        assert_eq!(one.unwanted(REST), Some(REST));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_of_another_service_is_passed_over_while_there_are_others() {
        const REST: Duration = Duration::from_secs(60);
        assert_eq!(places(1).strange(REST), None);
        let mut places = places(2);
        assert_eq!((places.strange(REST), port(&places)), (Some(None), 2));
        places.known(false);
        places.lost();
        assert_eq!(port(&places), 2, "the other one rests");
        assert_eq!(places.strange(REST), None);
        assert_eq!(places.strange(REST), Some(None), "the next session begins with all of them");
        places.known(true);
        assert_eq!(places.strange(REST), Some(Some(REST)));
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_to_be_hoped_for_where_all_say_so() {
        let mut one = places(1);
        assert_eq!(one.refused(&refusal(None, true)), Some((None, true)));
        assert_eq!(
            one.refused(&refusal(Some(5), false)),
            Some((Some(Duration::from_secs(5)), false))
        );
        let mut two = places(2);
        for (first, second) in [(true, true), (true, false), (false, true)] {
            assert_eq!(two.refused(&refusal(None, first)), None);
            assert_eq!(two.refused(&refusal(None, second)), Some((None, first && second)));
        }
    }
}
