//! The store of imsdk servers: PostgreSQL, written to by many servers at once.
//!
//! A [`Postgres`] is one app in one database: connections, and what never changes. It gives out [`PostgresStore`]s, each good for
//! one unit of work after the other. How units of work that run at once keep out of each other's way is told in `hold`.
//!
//! **One schema per app** (`app_<sdk app id>`), not a column in every key: no index carries a number that is the same in all its
//! entries; an app is backed up, restored, moved and removed by itself (`pg_dump -n`, `DROP SCHEMA`); apps come to a new version one
//! by one; and no query can forget it. Each app has a pool of its own for that, whose connections see its schema alone.
//!
//! **Plans do not depend on statistics.** Every statement is a look-up by an index, whatever the tables held when the plan was made.
//! So connections are opened with all other ways switched off (`enable_seqscan` and others), and each statement is planned once.

#![forbid(unsafe_code)]

mod account;
mod apps;
mod bulk;
#[cfg(feature = "cluster")]
pub mod cluster;
mod edit;
mod error;
mod friendship;
mod group;
mod group_request;
mod heads;
mod hold;
mod known;
mod log;
mod message;
mod migrations;
mod profile;
mod row;
mod settings;
mod tls;
mod unit;

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{
    Manager, ManagerConfig, Pool, QueueMode, RecyclingMethod, Runtime, Timeouts,
};
use imsdk_types::Error;
use quick_cache::sync::Cache;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

pub use apps::Apps;
pub use error::Failure;
pub use unit::PostgresStore;

use error::damaged;
use heads::Heads;

/// So many of each kind of what never changes are remembered.
const REMEMBERED: usize = 100_000;

/// How long a connection may take to be there, and how long a unit of work waits for one.
const CONNECT: Duration = Duration::from_secs(5);

/// How long the database may take to answer: longer than what it ends by itself. It is short enough for a second try, on another
/// connection, before whoever asked gives up.
const ANSWER: Duration = Duration::from_secs(8);

/// A database that has not answered the network for this long is gone.
const SILENCE: Duration = Duration::from_secs(30);

/// So often a connection at which nothing happens is tried.
const KEEPALIVE: Duration = Duration::from_secs(10);

/// What the database ends by itself: a server that hangs in a transaction gives its locks back before those who wait for them give up,
/// and no statement runs on for whom nobody waits any more.
const LIMITS: &str =
    "-c idle_in_transaction_session_timeout=10s -c lock_timeout=5s -c statement_timeout=7s";

/// One app in one database. Clones are the same one.
#[derive(Clone)]
pub struct Postgres {
    shared: Arc<Shared>,
}

/// What all units of work of an app share.
struct Shared {
    pool: Pool,
    /// The number that the database has drawn for the app's service when it was made.
    service_id: u64,
    /// See `hold::key`.
    app: u64,
    /// Numbers of accounts by user id, and back.
    accounts: Cache<String, u64>,
    ids: Cache<u64, String>,
    /// Numbers of groups by group id. An id may come to mean another group.
    groups: Cache<String, u64>,
    /// Accounts that are in a conversation.
    joined: Cache<(u64, u64), ()>,
    /// Where conversations stand, as far as this server knows.
    heads: Arc<Heads>,
}

/// Looks at a URL of [`Postgres::connect`], and not at the files that it names.
///
/// # Errors
/// 6017 for what is no such URL.
pub fn check_url(url: &str) -> Result<(), Error> {
    tls::parse(url).map(drop)
}

impl Postgres {
    /// Opens an app's part of a database, which is made if it is missing, and brings its schema to this version.
    ///
    /// `url` is a `postgres://` URL or a libpq connection string; `sslmode=verify-full` in it (or `require`, which is the same here) asks
    /// for TLS, with a certificate that an authority of the system or of `sslrootcert` (a file, PEM) has given to the host. `sslcert` and
    /// `sslkey` (files, PEM) are what it shows to a database that asks who it is. At most
    /// `connections` are open at once: that many units of work run at the same time, further ones wait.
    ///
    /// # Errors
    /// 6017 for what is no such URL, or has no authorities that can be read; 6019 with the reason: no access, no certificate to be
    /// trusted, or a schema that a newer version made (which is left as it is).
    pub async fn connect(url: &str, sdk_app_id: u64, connections: usize) -> Result<Self, Error> {
        let schema = format!("app_{sdk_app_id}");
        let options = format!(
            "-c search_path={schema} -c plan_cache_mode=force_generic_plan -c enable_seqscan=off \
             -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off {LIMITS}"
        );
        let pool = pool(url, &options, connections)?;
        let mut client = pool.get().await.map_err(|error| error::unreachable(&error))?;
        migrations::run(&mut client, &schema).await?;
        let row = client.query_one(account::SERVICE_ID, &[]).await.map_err(error::failed)?;
        let service_id = row::number(&row, 0);
        drop(client);
        let shared = Shared {
            pool,
            service_id,
            app: sdk_app_id,
            accounts: Cache::new(REMEMBERED),
            ids: Cache::new(REMEMBERED),
            groups: Cache::new(REMEMBERED),
            joined: Cache::new(REMEMBERED),
            heads: Heads::new(REMEMBERED),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// How the database runs each statement that idle connections have used so far, each with its plan. For tests.
    ///
    /// # Errors
    /// 6019.
    #[cfg(feature = "cluster")]
    pub async fn plans(&self) -> Result<Vec<(String, String)>, Error> {
        let mut plans = Vec::new();
        let mut idle = Vec::new();
        for _ in 0..self.shared.pool.status().size {
            idle.push(self.shared.pool.get().await.map_err(damaged)?);
        }
        for client in idle {
            let sql =
                "SELECT name, statement, cardinality(parameter_types) FROM pg_prepared_statements";
            for row in client.query(sql, &[]).await.map_err(error::failed)? {
                let (name, statement): (&str, String) = (row.get(0), row.get(1));
                let nulls = vec!["NULL"; row.get::<_, i32>(2) as usize].join(", ");
                let values = if nulls.is_empty() { nulls } else { format!("({nulls})") };
                let explain = format!("EXPLAIN (COSTS OFF) EXECUTE \"{name}\" {values}");
                let lines = client.query(&explain, &[]).await.map_err(error::failed)?;
                let plan: Vec<&str> = lines.iter().map(|line| line.get(0)).collect();
                plans.push((statement, plan.join("\n")));
            }
        }
        Ok(plans)
    }

    /// The number of the app's service here: no other database has the same, but for a copy of this one.
    pub fn service_id(&self) -> u64 {
        self.shared.service_id
    }

    /// A store without an open unit of work; it takes a connection with its first call.
    pub fn store(&self) -> PostgresStore {
        PostgresStore::new(Arc::clone(&self.shared))
    }
}

/// Up to so many connections, none of them open yet, with options for PostgreSQL beside those of the URL.
fn pool(url: &str, options: &str, connections: usize) -> Result<Pool, Error> {
    let (mut config, tls) = tls::read(url)?;
    let given = config.get_options().unwrap_or_default();
    config.options(format!("{given} {options}"));
    bound_silence(&mut config);
    if config.get_application_name().is_none() {
        config.application_name("im-server");
    }
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = match tls {
        Some(tls) => Manager::from_config(config, MakeRustlsConnect::new(tls), recycling),
        None => Manager::from_config(config, NoTls, recycling),
    };
    Pool::builder(manager)
        .max_size(connections)
        // What a connection did last, the database does again with what it has at hand.
        .queue_mode(QueueMode::Lifo)
        .timeouts(Timeouts { wait: Some(CONNECT), create: Some(CONNECT), recycle: Some(CONNECT) })
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(damaged)
}

/// Bounds how long the network may be silent, where the URL does not.
fn bound_silence(config: &mut Config) {
    let usual = Config::new();
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    if config.get_keepalives_idle() == usual.get_keepalives_idle() {
        config.keepalives_idle(KEEPALIVE);
    }
    if config.get_keepalives_interval().is_none() {
        config.keepalives_interval(KEEPALIVE);
    }
    if config.get_keepalives_retries().is_none() {
        config.keepalives_retries(2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_bounded_as_the_url_says_or_else_by_us() {
        let mut config: Config = "host=a user=b".parse().unwrap();
        bound_silence(&mut config);
        assert_eq!(config.get_connect_timeout(), Some(&CONNECT));
        assert_eq!(config.get_tcp_user_timeout(), Some(&SILENCE));
        assert_eq!(config.get_keepalives_idle(), KEEPALIVE);
        let url = "host=a user=b connect_timeout=3 tcp_user_timeout=4 keepalives_idle=5";
        let mut config: Config = url.parse().unwrap();
        bound_silence(&mut config);
        assert_eq!(config.get_connect_timeout(), Some(&Duration::from_secs(3)));
        assert_eq!(config.get_keepalives_idle(), Duration::from_secs(5));
    }
}
