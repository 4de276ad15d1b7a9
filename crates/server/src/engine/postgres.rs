//! On PostgreSQL: units of work on several connections at once, each with what is waiting when it begins.
//!
//! A unit that others were in the way of is done again from its start. So is one for which the database was out of reach, until it is
//! there again or [`HOLD`] is over. One of whose commit nobody has heard is done again as far as it may be asked twice. What is not done
//! by then is let go: its connection ends, and the client tries again in its own way, perhaps at a server that reaches the database.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use imsdk_postgres::{Failure, Postgres, PostgresStore};
use imsdk_service::store::{HoldStore, Scope};
use imsdk_service::{Policy, Service, SystemClock, scope};
use imsdk_types::wire::Request;
use imsdk_types::{Code, Error, limits};
use parking_lot::RwLock;
use tokio::runtime::Handle;
use tokio::time::timeout;
use tokio_util::task::TaskTracker;

use super::queue::Queue;
use super::{Access, Outside, Unit, Work, let_go, refuse};
use crate::bus::Topic;
use crate::hub::Hub;

/// Works of one transaction at most: nobody waits for longer than these take.
const BATCH: usize = 64;

/// Locks that works of one transaction take at most, unless it is one work that needs more: all locks of a database have one table.
const HELD: usize = limits::GROUP_BATCH + 50;

/// Units that write at once. The fewer, the more of what waits shares a round trip and a commit; more than one, so that a long one does
/// not keep all others waiting.
const WRITERS: usize = 2;

/// Units that read at once.
const READERS: usize = 4;

/// How long a work waits for a database that is out of reach. A client waits for 15 seconds, and then ends the connection itself.
const HOLD: Duration = Duration::from_secs(10);

/// Between two tries to reach it, at most.
const PAUSE: Duration = Duration::from_millis(250);

/// So often a unit that meets others is done again together, and then each of its works alone.
const TOGETHER: u32 = 3;
const ALONE: u32 = 20;

/// News may be lost with the server that had them. So each session looks for itself now and then: every `TURNS` turns.
const TURN: Duration = Duration::from_secs(5);
const TURNS: u64 = 60;

/// With more works than this no turn is taken.
const BUSY: usize = 1000;

/// How long the end may take. Nobody waits for an answer any more.
const END: Duration = Duration::from_secs(2);

/// See the module.
pub(crate) struct PostgresEngine {
    shared: Arc<Shared>,
    writes: Arc<Works>,
    reads: Arc<Works>,
    workers: TaskTracker,
    runtime: Handle,
}

struct Shared {
    postgres: Postgres,
    service: RwLock<Arc<Service<SystemClock>>>,
    topic: Topic,
    outside: Outside,
    /// Whether the database is out of reach: [`THERE`] or what failed last.
    away: AtomicU8,
}

/// The database is there; a unit that reads has failed; one that writes has: then reading proves nothing, a copy can do that.
const THERE: u8 = 0;
const NOT_READ: u8 = 1;
const NOT_WRITTEN: u8 = 2;

/// A work, and since when it waits.
type Queued = (Work, Instant);

type Works = Queue<Queued>;

/// Works of one unit, and since when each of them waits.
#[derive(Default)]
struct Batch {
    works: Vec<Work>,
    since: Vec<Instant>,
}

impl Batch {
    fn of(queued: impl IntoIterator<Item = Queued>) -> Self {
        let (works, since) = queued.into_iter().unzip();
        Self { works, since }
    }

    fn into_queued(self) -> impl Iterator<Item = Queued> {
        self.works.into_iter().zip(self.since)
    }

    /// Takes out those that are not to be done any more.
    fn take(&mut self, mut ends: impl FnMut(&Work, Instant) -> bool) -> Vec<Work> {
        let all = std::mem::take(self).into_queued();
        let (ended, kept): (Vec<_>, Vec<_>) = all.partition(|(work, since)| ends(work, *since));
        *self = Self::of(kept);
        ended.into_iter().map(|(work, _)| work).collect()
    }
}

impl PostgresEngine {
    /// Opens the part of an application in a database. The work is done in the runtime inside of which this is called, beside the
    /// sockets: so a request and its answer wake no other thread. Waits for the database, so not on a thread of the runtime itself.
    ///
    /// # Errors
    /// 6019 with the reason.
    pub(crate) fn open(url: &str, policy: Policy, outside: Outside) -> Result<Self, Error> {
        let runtime = Handle::current();
        let app = policy.sdk_app_id;
        let url = url.to_owned();
        let connecting = async move { Postgres::connect(&url, app, WRITERS + READERS).await };
        let postgres = wait(runtime.clone(), connecting)??;
        let topic = Topic { app, service: postgres.service_id() };
        let service = RwLock::new(Arc::new(Service::new(SystemClock, policy)));
        let shared =
            Arc::new(Shared { postgres, service, topic, outside, away: AtomicU8::new(THERE) });
        let workers = TaskTracker::new();
        let start = |works: Works, count: usize, batch: usize| {
            let works = Arc::new(works);
            for _ in 0..count {
                let work = Arc::clone(&shared).work(Arc::clone(&works), batch);
                workers.spawn_on(work, &runtime);
            }
            works
        };
        let writes = start(Works::bounded(WRITERS, HELD), WRITERS, BATCH);
        // What is read may be long in another way: its answer is.
        let reads = start(Works::new(READERS), READERS, BATCH / READERS);
        runtime.spawn(look(Arc::clone(&shared.outside.hub), Arc::clone(&reads)));
        workers.close();
        Ok(Self { shared, writes, reads, workers, runtime })
    }

    /// See [`super::Engine`].
    pub(crate) fn topic(&self) -> Topic {
        self.shared.topic
    }

    /// See [`super::Engine`].
    pub(crate) fn submit(&self, work: Work) {
        let works = if work.writes() { &self.writes } else { &self.reads };
        let (is_long, weight) = (work.is_long(), work.holds());
        works.put_weighing((work, Instant::now()), is_long, weight);
    }

    /// See [`super::Engine`].
    pub(crate) fn set_policy(&self, policy: Policy) {
        *self.shared.service.write() = Arc::new(Service::new(SystemClock, policy));
    }

    /// What is set for the application, for all servers; `first` from now on if nobody has set anything. Waits for the database.
    ///
    /// # Errors
    /// 6019 with the reason.
    pub(crate) fn settings_or(&self, first: String) -> Result<String, Error> {
        let postgres = self.shared.postgres.clone();
        wait(self.runtime.clone(), async move {
            match postgres.settings().await? {
                Some(known) => Ok(known),
                None if postgres.set_settings(None, &first).await? => Ok(first),
                None => postgres.settings().await?.ok_or_else(unset),
            }
        })?
    }

    /// What is set for the application.
    ///
    /// # Errors
    /// 6019 with the reason.
    pub(crate) async fn settings(&self) -> Result<String, Error> {
        let postgres = self.shared.postgres.clone();
        self.run(async move { postgres.settings().await?.ok_or_else(unset) }).await
    }

    /// Sets it, if it still is what it was known as. False if another server was faster.
    ///
    /// # Errors
    /// 6019 with the reason; it may have been set then.
    pub(crate) async fn set_settings(&self, known: String, text: String) -> Result<bool, Error> {
        let postgres = self.shared.postgres.clone();
        self.run(async move { postgres.set_settings(Some(&known), &text).await }).await
    }

    /// By a task of its own: what it has begun, it ends, though whoever asked has gone.
    async fn run<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T, Error>> + Send + 'static,
    ) -> Result<T, Error> {
        let done = self.runtime.spawn(work).await;
        done.map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?
    }

    /// See [`super::Engine`].
    pub(crate) fn depths(&self) -> (usize, usize) {
        (self.writes.len(), self.reads.len())
    }

    /// See [`super::Engine`].
    pub(crate) async fn end(&self) {
        self.close();
        if timeout(END, self.workers.wait()).await.is_err() {
            tracing::warn!(app = self.shared.topic.app, "the database takes too long to end");
        }
    }

    fn close(&self) {
        self.writes.close();
        self.reads.close();
    }
}

impl Drop for PostgresEngine {
    /// What is queued is done yet.
    fn drop(&mut self) {
        self.close();
    }
}

/// Waits on a thread of its own: whoever calls may be inside another runtime.
fn wait<T: Send + 'static>(
    handle: Handle,
    work: impl Future<Output = T> + Send + 'static,
) -> Result<T, Error> {
    let waiting = std::thread::spawn(move || handle.block_on(work));
    waiting.join().map_err(|_| Error::from(Code::SdkInternalError))
}

/// Lets some sessions look everywhere each turn, until the engine ends.
async fn look(hub: Arc<Hub>, reads: Arc<Works>) {
    for turn in (0..TURNS).cycle() {
        tokio::time::sleep(TURN).await;
        if reads.is_closed() {
            return;
        }
        if reads.len() > BUSY {
            continue;
        }
        for account in hub.look(turn, TURNS) {
            reads.put((Work::Groups(account), Instant::now()), false);
        }
    }
}

impl Shared {
    /// Until the queue is closed and empty.
    async fn work(self: Arc<Self>, works: Arc<Works>, batch: usize) {
        loop {
            let mut taken = works.take(batch).await;
            if taken.works.is_empty() {
                return;
            }
            let queued = std::mem::take(&mut taken.works);
            let mut stale = self.run(Batch::of(queued)).await;
            while !stale.is_empty() {
                let again =
                    stale.into_iter().map(|account| (Work::Groups(account), Instant::now()));
                stale = self.run(Batch::of(again)).await;
            }
        }
    }

    /// Does works in one unit of work; where that fails, each for itself. Returns the accounts whose groups must be read again.
    async fn run(&self, mut batch: Batch) -> Vec<u64> {
        let mut stale = Vec::new();
        if batch.works.len() > 1
            && let Ok(unit) = self.persist(&mut batch, TOGETHER, &mut stale).await
        {
            stale.extend(unit.finish(batch.works, self.topic, &self.outside));
            return stale;
        }
        for queued in batch.into_queued() {
            let mut one = Batch::of([queued]);
            match self.persist(&mut one, ALONE, &mut stale).await {
                Ok(unit) => stale.extend(unit.finish(one.works, self.topic, &self.outside)),
                Err(error) => {
                    let (app, code) = (self.topic.app, error.code);
                    tracing::error!(app, code, "a unit of work failed: {}", error.desc);
                    refuse(one.works, &error);
                }
            }
        }
        stale
    }

    /// Tries until nobody is in the way and the database is there, and lets go of what cannot wait for that.
    async fn persist(
        &self,
        batch: &mut Batch,
        tries: u32,
        stale: &mut Vec<u64>,
    ) -> Result<Unit, Error> {
        let mut unsure = false;
        let done = self.insist(batch, tries, &mut unsure).await;
        if unsure {
            // A try may have been committed of which nobody has heard, and then its news are lost.
            self.outside.bus.lose();
            stale.extend(self.outside.hub.look(0, 1));
        }
        done
    }

    async fn insist(
        &self,
        batch: &mut Batch,
        tries: u32,
        unsure: &mut bool,
    ) -> Result<Unit, Error> {
        let (mut met, mut lost) = (0, 0);
        let mut failed = None;
        // One for all tries: it knows why the last one came to nothing.
        let mut store = self.postgres.store();
        loop {
            if self.away.load(Ordering::Relaxed) != THERE {
                let error = failed.take().unwrap_or_else(out_of_reach);
                let late = |since: Instant| since.elapsed() > HOLD;
                let_go(batch.take(|work, since| late(since) || work.is_forsaken()), &error);
            }
            if batch.works.is_empty() {
                return Ok(Unit::default());
            }
            let service = Arc::clone(&self.service.read());
            let (error, failure) = match self.attempt(&mut store, &service, &batch.works).await {
                Ok(unit) => return Ok(unit),
                Err(failed) => failed,
            };
            match failure {
                Failure::Conflict if met < tries => {
                    met += 1;
                    // Apart from those that it has met.
                    pause(Duration::from_millis(met.into()), 8).await;
                }
                Failure::Conflict | Failure::Broken => return Err(error),
                Failure::Lost | Failure::Unsure => {
                    let writes = batch.works.iter().any(Work::writes);
                    let now = if writes { NOT_WRITTEN } else { NOT_READ };
                    if self.away.fetch_max(now, Ordering::Relaxed) == THERE {
                        let (app, code) = (self.topic.app, error.code);
                        tracing::error!(app, code, "the database is out of reach: {}", error.desc);
                    }
                    if failure == Failure::Unsure {
                        *unsure = true;
                        let_go(batch.take(|work, _| !work.may_repeat()), &error);
                    }
                    failed = Some(error);
                    lost += 1;
                    pause(PAUSE.min(Duration::from_millis(1 << lost.min(16))), 2).await;
                }
            }
        }
    }

    async fn attempt(
        &self,
        store: &mut PostgresStore,
        service: &Service<SystemClock>,
        works: &[Work],
    ) -> Result<Unit, (Error, Failure)> {
        let began = Instant::now();
        let mut unit = Unit::of(works, &self.outside.hub);
        let work = async {
            store.begin(works.iter().any(Work::writes)).await?;
            if works.iter().any(|work| matches!(work, Work::Probe(Access::Write, _))) {
                store.probe_writes().await?;
            }
            store.hold(scope_of(service, works)).await?;
            unit.perform(service, store, &self.outside.hub, works).await?;
            store.commit().await
        };
        let done = AssertUnwindSafe(work).catch_unwind().await;
        match done.unwrap_or_else(|_| Err(Error::from(Code::SdkInternalError))) {
            Ok(()) => {
                self.outside.metrics.committed(works.len(), began.elapsed());
                unit.places = store.places().to_vec();
                let was = if store.has_written() { NOT_WRITTEN } else { NOT_READ };
                if self
                    .away
                    .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |it| {
                        (it != THERE && it <= was).then_some(THERE)
                    })
                    .is_ok()
                {
                    tracing::info!(app = self.topic.app, "the database is there again");
                }
                Ok(unit)
            }
            Err(error) => {
                let failure = store.failure().unwrap_or(Failure::Broken);
                store.rollback().await;
                unit.abandon(&self.outside.hub);
                Err((error, failure))
            }
        }
    }
}

/// What all of them are about. A login that nobody has signed holds nothing up.
fn scope_of(service: &Service<SystemClock>, works: &[Work]) -> Scope {
    let asked = works.iter().filter_map(|work| match work {
        Work::Requests(asked) => Some(asked),
        Work::Operator(..) | Work::Groups(_) | Work::Probe(..) => None,
    });
    let requests = asked.flat_map(|asked| {
        let session = asked.session.as_deref();
        asked.requests.iter().map(move |request| (session, request))
    });
    scope(requests.filter(|(_, request)| match request {
        Request::Login(login) => service.is_signed(login),
        _ => true,
    }))
}

/// Whoever has opened the application has set something.
fn unset() -> Error {
    Error::new(Code::DatabaseOperateFailed, "the settings of the application are gone")
}

fn out_of_reach() -> Error {
    Error::new(Code::DatabaseOperateFailed, "the database is out of reach")
}

/// Waits so long, or some times that, by chance.
async fn pause(least: Duration, times: u64) {
    tokio::time::sleep(least * (1 + noise() % times) as u32).await;
}

fn noise() -> u64 {
    let mut bytes = [0; 8];
    // Without it they only meet again.
    let _ = getrandom::fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use imsdk_types::wire::Login;
    use tokio::sync::oneshot;

    use super::super::Asked;
    use super::*;
    use crate::app::AppSettings;

    #[test]
    fn a_login_that_is_not_signed_holds_nothing() {
        let settings = AppSettings::with_random_key().unwrap();
        let service = |any_signature| {
            let settings = AppSettings { any_signature, ..settings.clone() };
            Service::new(SystemClock, settings.policy(1))
        };
        let login = Login {
            user: "anna".into(),
            user_sig: "forged".into(),
            device: 1,
            platform: 6,
            cursor: None,
            takes_pages: false,
        };
        let asked = Asked {
            conn: Hub::default().connect(),
            session: None,
            requests: vec![Request::Login(login)],
            check: false,
            reply: oneshot::channel().0,
        };
        let works = [Work::Requests(asked)];
        assert!(scope_of(&service(false), &works).users.is_empty());
        assert_eq!(scope_of(&service(true), &works).users.len(), 1);
    }
}
