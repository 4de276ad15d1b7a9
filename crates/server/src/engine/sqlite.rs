//! On SQLite: one thread that writes all that is queued in one transaction, some that read beside it. What is long has
//! transactions of its own, and about half of the writer's time, or half of those that read, at most.

use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Instant;

use imsdk_service::store::ready;
use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::{Policy, Service, SystemClock};
use imsdk_types::{Code, Error};
use parking_lot::RwLock;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use super::queue::Queue;
use super::{Answered, Asked, Outside, Unit, Work, refuse};
use crate::bus::Topic;

/// Works of one transaction at most: nobody waits for longer than these take.
const BATCH: usize = 256;

/// Reads beside each other: as many as there are processors, within these. A long one must not hold up all others, and each has
/// memory of its own.
const READERS: RangeInclusive<usize> = 2..=8;

/// See the module.
pub(crate) struct SqliteEngine {
    shared: Arc<Shared>,
    writes: Arc<Queue<Work>>,
    reads: Arc<Queue<Work>>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    service: RwLock<Arc<Service<SystemClock>>>,
    topic: Topic,
    outside: Outside,
}

impl SqliteEngine {
    /// Opens the service of an application in its directory.
    ///
    /// # Errors
    /// 6019 with the reason.
    pub(crate) fn open(dir: &Path, policy: Policy, outside: Outside) -> Result<Self, Error> {
        // Nobody shares the file: no other server hears of it.
        let topic = Topic { app: policy.sdk_app_id, service: 0 };
        let service = RwLock::new(Arc::new(Service::new(SystemClock, policy)));
        let shared = Arc::new(Shared { service, topic, outside });
        let processors = thread::available_parallelism().map_or(1, usize::from);
        let readers = processors.clamp(*READERS.start(), *READERS.end());
        let (writes, reads) = (Arc::new(Queue::new(1)), Arc::new(Queue::new(readers)));
        let mut engine = Self { shared, writes, reads, threads: Vec::new() };
        engine.start("im-write", SqliteStore::open(dir)?, Arc::clone(&engine.writes), BATCH)?;
        for _ in 0..readers {
            engine.start("im-read", SqliteStore::open(dir)?, Arc::clone(&engine.reads), 1)?;
        }
        Ok(engine)
    }

    fn start(
        &mut self,
        name: &str,
        store: SqliteStore,
        queue: Arc<Queue<Work>>,
        batch: usize,
    ) -> Result<(), Error> {
        let shared = Arc::clone(&self.shared);
        let failed = |error: std::io::Error| Error::new(Code::SdkInternalError, error.to_string());
        // To wait in. Its own: the engine may outlive the one of the server.
        let waits = Builder::new_current_thread().enable_time().build().map_err(failed)?;
        let thread = thread::Builder::new()
            .name(name.into())
            .spawn(move || shared.work(store, &queue, batch, &waits))
            .map_err(failed)?;
        self.threads.push(thread);
        Ok(())
    }

    /// See [`super::Engine`].
    pub(crate) fn topic(&self) -> Topic {
        self.shared.topic
    }

    /// See [`super::Engine`].
    pub(crate) fn submit(&self, work: Work) {
        let queue = if work.writes() { &self.writes } else { &self.reads };
        let is_long = work.is_long();
        queue.put(work, is_long);
    }

    /// See [`super::Engine`].
    pub(crate) fn set_policy(&self, policy: Policy) {
        *self.shared.service.write() = Arc::new(Service::new(SystemClock, policy));
    }

    /// See [`super::Engine`].
    pub(crate) fn depths(&self) -> (usize, usize) {
        (self.writes.len(), self.reads.len())
    }
}

impl Drop for SqliteEngine {
    /// What is queued is done first.
    fn drop(&mut self) {
        self.writes.close();
        self.reads.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// Until the queue is closed and empty.
    fn work(&self, mut store: SqliteStore, queue: &Queue<Work>, batch: usize, waits: &Runtime) {
        loop {
            let mut taken = waits.block_on(queue.take(batch));
            let works = std::mem::take(&mut taken.works);
            if works.is_empty() {
                return;
            }
            let mut stale = self.run(&mut store, works);
            while !stale.is_empty() {
                stale = self.run(&mut store, stale.into_iter().map(Work::Groups).collect());
            }
        }
    }

    /// Does works in one transaction; where that fails, each request for itself.
    fn run(&self, store: &mut SqliteStore, mut works: Vec<Work>) -> Vec<u64> {
        // Who has gone needs no answer, and no look whether something can be written: while nothing can, each waits for as long as SQLite does.
        works.retain(|work| !(work.only_answers() && work.is_forsaken()));
        if works.is_empty() {
            return Vec::new();
        }
        let service = Arc::clone(&self.service.read());
        match self.attempt(&service, store, &works) {
            Ok(unit) => unit.finish(works, self.topic, &self.outside),
            Err(error) if works.len() == 1 => match works.into_iter().next() {
                Some(Work::Requests(asked)) if asked.requests.len() > 1 => {
                    self.run_apart(store, asked)
                }
                work => {
                    let (app, code) = (self.topic.app, error.code);
                    tracing::error!(app, code, "a unit of work failed: {}", error.desc);
                    refuse(work.into_iter().collect(), &error);
                    Vec::new()
                }
            },
            Err(_) => works.into_iter().flat_map(|work| self.run(store, vec![work])).collect(),
        }
    }

    /// Does the requests of a connection one by one: those that can be done are.
    fn run_apart(&self, store: &mut SqliteStore, asked: Asked) -> Vec<u64> {
        let Asked { conn, mut session, requests, check, reply } = asked;
        let (mut answers, mut began, mut stale) = (Vec::new(), None, Vec::new());
        for request in requests {
            let (conn, requests) = (Arc::clone(&conn), vec![request]);
            let (reply, mut answer) = oneshot::channel();
            let one = Asked { conn, session: session.clone(), requests, check, reply };
            stale.extend(self.run(store, vec![Work::Requests(one)]));
            // It was answered just now.
            if let Ok(answered) = answer.try_recv() {
                answers.extend(answered.answers);
                session = answered.session.clone().or(session);
                began = answered.session.or(began);
            }
        }
        let _ = reply.send(Answered { answers, session: began });
        stale
    }

    fn attempt(
        &self,
        service: &Service<SystemClock>,
        store: &mut SqliteStore,
        works: &[Work],
    ) -> Result<Unit, Error> {
        let mut unit = Unit::of(works, &self.outside.hub);
        let began = Instant::now();
        let done = catch_unwind(AssertUnwindSafe(|| {
            store.begin(works.iter().any(Work::writes))?;
            ready(unit.perform(service, store, &self.outside.hub, works))?;
            store.commit()
        }));
        let done = done.unwrap_or_else(|_| Err(Error::from(Code::SdkInternalError)));
        match done {
            Ok(()) => {
                self.outside.metrics.committed(works.len(), began.elapsed());
                unit.places = store.places();
                Ok(unit)
            }
            Err(error) => {
                store.rollback();
                unit.abandon(&self.outside.hub);
                Err(error)
            }
        }
    }
}
