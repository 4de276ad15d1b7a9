//! One PostgreSQL for all tests of a binary, and apps in it.

#![allow(dead_code)]

pub mod user;

use std::future::Future;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use imsdk_postgres::Postgres;
use imsdk_postgres::cluster::{Cluster, Disk};

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static APPS: AtomicU64 = AtomicU64::new(1_400_000_000);

pub fn cluster() -> &'static Cluster {
    CLUSTER.get_or_init(|| Cluster::start(Disk::Unsafe))
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// Whether no table is read but through an index, and no index but from a given place on.
pub fn is_look_up(plan: &str) -> bool {
    let lines: Vec<&str> = plan.lines().collect();
    lines.iter().enumerate().all(|(at, line)| {
        let scan = line.contains("Index Scan") || line.contains("Index Only Scan");
        let given = lines.get(at + 1).is_some_and(|next| next.contains("Index Cond:"));
        !line.contains("Seq Scan") && (!scan || given)
    })
}

/// An app that nobody else uses.
pub struct App {
    pub id: u64,
}

impl App {
    pub fn new() -> Self {
        Self { id: APPS.fetch_add(1, Ordering::Relaxed) }
    }

    /// A server's connections.
    pub async fn connect(&self) -> Postgres {
        self.connections(4).await
    }

    pub async fn connections(&self, count: usize) -> Postgres {
        Postgres::connect(&cluster().url(), self.id, count).await.unwrap()
    }
}
