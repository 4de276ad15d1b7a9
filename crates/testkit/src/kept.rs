//! Where the service of a world keeps what it has, for those who act there without a client.

use std::future::Future;
use std::pin::pin;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use imsdk_postgres::Postgres;
use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_service::store::sqlite::SqliteStore;
use tokio::runtime::Runtime;

use crate::APP_ID;

/// A store that units of work are done in by [`unit!`].
pub(crate) enum Kept {
    /// In the service's file.
    File(Box<SqliteStore>),
    /// In the world's database.
    Database(std::sync::Arc<Database>),
}

impl Kept {
    /// For what only the store in a file can do.
    ///
    /// # Panics
    /// On any other one.
    pub(crate) fn file(&mut self) -> &mut SqliteStore {
        match self {
            Self::File(store) => store,
            Self::Database(_) => panic!("only where the service has a file"),
        }
    }
}

/// Does a work in a unit of work of its own, until nobody is in its way.
macro_rules! unit {
    ($kept:expr, writes: $writes:expr, |$store:ident| $work:expr) => {
        match &mut $kept {
            $crate::kept::Kept::File(kept) => {
                let $store = &mut **kept;
                let answer = $crate::kept::ready($work);
                $store.commit().expect("a commit");
                answer
            }
            $crate::kept::Kept::Database(database) => database.block_on(async |postgres| {
                loop {
                    let mut store = postgres.store();
                    store.begin($writes).await.expect("a connection");
                    let $store = &mut store;
                    let answer = $work.await;
                    if store.failure().is_none() && store.commit().await.is_ok() {
                        break answer;
                    }
                    assert_eq!(store.failure(), Some(imsdk_postgres::Failure::Conflict));
                }
            }),
        }
    };
}
pub(crate) use unit;

/// The store in a file answers at once.
pub(crate) fn ready<T>(answer: impl Future<Output = T>) -> T {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("the embedded store had to wait"),
    }
}

/// A database of a world's own in the PostgreSQL of this process. It goes with the world.
pub(crate) struct Database {
    name: String,
    url: String,
    /// Connections beside those of the servers, for those who ask for them.
    own: OnceLock<(Runtime, Postgres)>,
}

/// It ends with the process.
fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| Cluster::start(Disk::Unsafe))
}

impl Database {
    pub(crate) fn create() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let name = format!("world{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let url = cluster().create_database(&name);
        Self { name, url, own: OnceLock::new() }
    }

    /// Where it is, as a connection string.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// From now on this is set for the application, where anything was.
    pub(crate) fn set_settings(&self, text: &str) {
        self.block_on(async |postgres| {
            while let Some(known) = postgres.settings().await.expect("settings")
                && !postgres.set_settings(Some(&known), text).await.expect("settings")
            {}
        });
    }

    /// Waits for a work there.
    pub(crate) fn block_on<T>(&self, work: impl AsyncFnOnce(&Postgres) -> T) -> T {
        let (runtime, postgres) = self.own.get_or_init(|| {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .expect("a runtime");
            let connected = runtime.block_on(Postgres::connect(&self.url, APP_ID, 2));
            (runtime, connected.expect("the world's database"))
        });
        runtime.block_on(work(postgres))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        cluster().drop_database(&self.name);
    }
}
