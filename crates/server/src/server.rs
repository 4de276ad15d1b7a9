//! A server as a value: started, and shut down.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{fs, io};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use imsdk_service::{private_dir, usersig};
use imsdk_types::wire::frame::Failure;
use imsdk_types::{Code, Error};
use parking_lot::RwLock;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_util::task::TaskTracker;

use crate::app::{App, AppSettings};
use crate::bus::{Alone, Bus};
use crate::config::Config;
use crate::http;

/// The application that a first start makes.
pub const FIRST_APP: u64 = 1_400_000_000;

/// How long HTTP headers may take, and a connection may ask for nothing.
const HEADERS: Duration = Duration::from_secs(10);

/// Bytes of HTTP headers.
const HEADER_BYTES: usize = 16 << 10;

/// After a drain, clients come back spread over this time, in milliseconds.
const SPREAD: u64 = 5_000;

/// How long a drain may take.
const DRAIN: Duration = Duration::from_secs(10);

/// What all connections share.
pub(crate) struct Shared {
    apps: RwLock<BTreeMap<u64, Arc<App>>>,
    pub(crate) tasks: TaskTracker,
}

impl Shared {
    /// An application that this server has.
    pub(crate) fn app(&self, id: u64) -> Option<Arc<App>> {
        self.apps.read().get(&id).cloned()
    }
}

/// A running server. Dropped, it is shut down.
pub struct Server {
    shared: Arc<Shared>,
    addr: SocketAddr,
    runtime: Option<Runtime>,
}

impl Server {
    /// Starts a server.
    ///
    /// # Errors
    /// 6017 for a wrong setting, with the reason; 6019 for a database, 6022 for a file or address that cannot be used.
    pub fn start(config: Config) -> Result<Self, Error> {
        if config.plain && !config.listen.ip().is_loopback() {
            let text = format!("{}: without TLS only on a loopback address", config.listen);
            return Err(Error::new(Code::InvalidParameters, text));
        }
        let failed = |what: String| {
            move |error: io::Error| Error::new(Code::IoOperationFailed, format!("{what}: {error}"))
        };
        private_dir(&config.data).map_err(failed(config.data.display().to_string()))?;
        let bus: Arc<dyn Bus> = Arc::new(Alone);
        let apps = RwLock::new(open_apps(&config, &bus)?);
        let shared = Arc::new(Shared { apps, tasks: TaskTracker::new() });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("im-net")
            .enable_all()
            .build()
            .map_err(failed("threads".into()))?;
        let listener = runtime
            .block_on(TcpListener::bind(config.listen))
            .map_err(failed(config.listen.to_string()))?;
        let addr = listener.local_addr().map_err(failed(config.listen.to_string()))?;
        runtime.spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { shared, addr, runtime: Some(runtime) })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The applications that it has, with their settings.
    pub fn apps(&self) -> Vec<(u64, AppSettings)> {
        self.shared.apps.read().iter().map(|(id, app)| (*id, app.settings())).collect()
    }

    /// A UserSig with which a user can log in for `seconds` from now on; `None` for an application that is not here or has no key.
    pub fn usersig(&self, app: u64, user: &str, seconds: u64) -> Option<String> {
        let settings = self.shared.app(app)?.settings();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Some(usersig::sign(settings.keys.first()?, app, user, now, seconds, None))
    }

    /// Waits until the process is asked to end (SIGTERM, Ctrl-C), and shuts the server down.
    pub fn wait(mut self) {
        if let Some(runtime) = &self.runtime {
            runtime.block_on(asked_to_end());
        }
        self.stop();
    }

    /// Ends all connections, after telling them when to come back, and waits until they are gone and what they asked is done.
    pub fn shutdown(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        let Some(runtime) = self.runtime.take() else { return };
        let failure = Failure::from(Error::new(Code::SdkNetDisconnect, "the server goes down"));
        let apps: Vec<_> = self.shared.apps.read().values().cloned().collect();
        self.shared.tasks.close();
        for app in &apps {
            app.hub.end_all(&failure, SPREAD);
        }
        runtime.block_on(async {
            let _ = tokio::time::timeout(DRAIN, self.shared.tasks.wait()).await;
        });
        runtime.shutdown_timeout(Duration::from_secs(1));
        self.shared.apps.write().clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut term) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = term.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    let _ = tokio::signal::ctrl_c().await;
}

/// Every application has a directory, named by its number.
fn open_apps(config: &Config, bus: &Arc<dyn Bus>) -> Result<BTreeMap<u64, Arc<App>>, Error> {
    let limits = Arc::new(config.limits.clone());
    let mut found = BTreeMap::new();
    let list = fs::read_dir(&config.data).map_err(|error| {
        let text = format!("{}: {error}", config.data.display());
        Error::new(Code::IoOperationFailed, text)
    })?;
    for entry in list.flatten() {
        let id = entry.file_name().to_str().and_then(|name| name.parse::<u64>().ok());
        if let Some(id) = id
            && let Some(settings) = AppSettings::read(&entry.path())?
        {
            found.insert(id, settings);
        }
    }
    for (id, settings) in &config.apps {
        if !found.contains_key(id) {
            settings.write(&config.data.join(id.to_string()))?;
            found.insert(*id, settings.clone());
        }
    }
    if found.is_empty() {
        let settings = AppSettings::with_random_key()?;
        settings.write(&config.data.join(FIRST_APP.to_string()))?;
        found.insert(FIRST_APP, settings);
    }
    let open = |(id, settings): (u64, AppSettings)| {
        let dir = config.data.join(id.to_string());
        let app = App::open(id, dir, settings, Arc::clone(&limits), Arc::clone(bus))?;
        Ok((id, Arc::new(app)))
    };
    found.into_iter().map(open).collect()
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, peer, Arc::clone(&shared)));
            }
            Err(error) => {
                // Most often there are no more descriptors: those that end give some back.
                tracing::warn!("a connection could not be accepted: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, shared: Arc<Shared>) {
    let service = service_fn(|request| http::answer(Arc::clone(&shared), peer, request));
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades()
        .await;
    if let Err(error) = served {
        tracing::debug!("{peer}: {error}");
    }
}
