//! A server as a value: started, and shut down.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};

use futures_util::future::join_all;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use imsdk_service::{Clock, SystemClock, private_dir, usersig};
use imsdk_types::wire::frame::Failure;
use imsdk_types::{Code, Error};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, timeout};
use tokio_util::task::TaskTracker;

#[cfg(unix)]
use crate::admin;
use crate::app::{App, AppSettings, Common};
use crate::apps::Apps;
use crate::bus::{Alone, Bus, Heard, NatsBus};
use crate::config::Config;
use crate::engine::{Access, Work};
use crate::files::Bucket;
use crate::gate::{Gate, Permit};
use crate::http::{self, Pace, Visitor};
use crate::metrics::{self, Metrics};
use crate::signals::{Signals, Told};
use crate::socket::LINGER;
use crate::stream::Stream;
use crate::tls::{self, Tls};

/// The application that a first start makes.
pub const FIRST_APP: u64 = 1_400_000_000;

/// How long HTTP headers may take, and a connection may ask for nothing.
const HEADERS: Duration = Duration::from_secs(10);

/// Bytes of HTTP headers.
const HEADER_BYTES: usize = 16 << 10;

/// How long a connection may stand still that is no WebSocket.
const STILL: Duration = Duration::from_secs(60);

/// After a drain, clients come back spread over this time, in milliseconds.
pub(crate) const SPREAD: u64 = 5_000;

/// How long a database may take to show that it is there.
const PROBE: Duration = Duration::from_secs(2);

/// So often what nobody goes on with is removed.
const SWEEP: Duration = Duration::from_secs(3600);

/// Connections that wait to be accepted: after a loss all clients come at once.
const BACKLOG: u32 = 4096;

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) apps: Arc<Apps>,
    bus: Arc<dyn Bus>,
    gate: Arc<Gate>,
    tls: Option<Tls>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) tasks: TaskTracker,
    /// Other servers may have changed what is set for applications.
    changed: Arc<Notify>,
}

impl Shared {
    /// An application that this server has.
    pub(crate) fn app(&self, id: u64) -> Option<Arc<App>> {
        self.apps.get(id)
    }

    /// All of them.
    pub(crate) fn apps(&self) -> Vec<Arc<App>> {
        self.apps.all()
    }

    /// Connections that there are.
    pub(crate) fn connections(&self) -> usize {
        self.gate.inside()
    }

    /// Whether requests would be answered; otherwise why not.
    pub(crate) async fn is_ready(&self) -> Result<(), String> {
        if self.is_draining() {
            return Err("the server goes down".to_owned());
        }
        for app in self.apps() {
            let probe = |access| {
                let (reply, answer) = oneshot::channel();
                app.submit(Work::Probe(access, reply));
                timeout(PROBE, answer)
            };
            let (read, written) = tokio::join!(probe(Access::Read), probe(Access::Write));
            let failings = ["its database does not answer", "its database takes no writes"];
            for (answer, failing) in [read, written].into_iter().zip(failings) {
                let reason = match &answer {
                    Ok(Ok(Ok(_))) => continue,
                    Ok(Ok(Err(error))) => &error.desc,
                    _ => failing,
                };
                return Err(format!("application {}: {reason}", app.id));
            }
        }
        Ok(())
    }

    /// Reads certificate and settings again.
    ///
    /// # Errors
    /// 6017 with the file and the reason, 6019 where the database has the settings; what could not be read stays as it was.
    pub(crate) async fn reload(&self) -> Result<(), Error> {
        self.tls.as_ref().map_or(Ok(()), Tls::reload)?;
        for app in self.apps() {
            app.reload().await?;
        }
        self.apps.close_removed().await;
        Ok(())
    }

    /// The bus has brought something.
    fn hear(&self, heard: Heard) {
        let stale = |app: &App, accounts: Vec<u64>| {
            accounts.into_iter().for_each(|account| app.submit(Work::Groups(account)));
        };
        match heard {
            Heard::News(topic, news) => {
                if let Some(app) = self.app(topic.app).filter(|app| app.topic() == topic) {
                    stale(&app, app.hub.heard(*news));
                }
            }
            Heard::Settings => self.changed.notify_one(),
            Heard::Gap => {
                self.changed.notify_one();
                self.apps().iter().for_each(|app| stale(app, app.hub.missed()));
            }
        }
    }

    /// Whether it goes down.
    pub(crate) fn is_draining(&self) -> bool {
        self.tasks.is_closed()
    }
}

/// A running server. Dropped, it is shut down.
pub struct Server {
    shared: Arc<Shared>,
    addr: SocketAddr,
    metrics_addr: Option<SocketAddr>,
    authority: Option<PathBuf>,
    first_app: Option<u64>,
    drain: Duration,
    runtime: Option<Runtime>,
    signals: Signals,
    /// Held as long as the server is there.
    _lock: fs::File,
}

impl Server {
    /// Starts a server.
    ///
    /// # Errors
    /// 6017 for a wrong setting, with the reason; 6019 for a database, 6022 for a file or address that cannot be used.
    pub fn start(config: Config) -> Result<Self, Error> {
        Self::begin(config, false)
    }

    /// The same, for a process of its own. SIGHUP is kept for [`Server::wait`] while it starts, and as soon as clients can come SIGTERM is
    /// too: none of them is left without a word. Before that it ends the process, whatever it waits for.
    ///
    /// # Errors
    /// As above.
    pub fn start_process(config: Config) -> Result<Self, Error> {
        Self::begin(config, true)
    }

    fn begin(config: Config, is_process: bool) -> Result<Self, Error> {
        if config.plain && !config.listen.ip().is_loopback() {
            let text = format!("{}: without TLS only on a loopback address", config.listen);
            return Err(Error::new(Code::InvalidParameters, text));
        }
        let failed = |what: String| {
            move |error: io::Error| Error::new(Code::IoOperationFailed, format!("{what}: {error}"))
        };
        let mut threads = tokio::runtime::Builder::new_multi_thread();
        if config.threads > 0 {
            threads.worker_threads(config.threads);
        }
        let runtime =
            threads.thread_name("im-net").enable_all().build().map_err(failed("threads".into()))?;
        let mut signals = Signals::default();
        if is_process {
            let _inside = runtime.enter();
            signals.hear_reload().map_err(failed("SIGHUP".into()))?;
        }
        private_dir(&config.data).map_err(failed(config.data.display().to_string()))?;
        let lock = lock(&config.data)?;
        let (tls, authority) = identify(&config)?;
        let drain = config.drain;
        let bind = |setting: &str, address: SocketAddr| {
            bind(address).map_err(failed(format!("{setting}: {address}")))
        };
        let listen = |setting: &str, socket: TcpSocket, address: SocketAddr| {
            let _inside = runtime.enter();
            socket.listen(BACKLOG).map_err(failed(format!("{setting}: {address}")))
        };
        // Before anything is made: if a start fails later than it makes an application, nobody is told of the key. Clients are refused
        // until there is one. Of two sockets with one address the second is refused if the first listens.
        let metrics_listener = config.metrics.map(|address| {
            let (socket, addr) = bind("metrics", address)?;
            Ok::<_, Error>((listen("metrics", socket, addr)?, addr))
        });
        let metrics_listener = metrics_listener.transpose()?;
        let metrics_addr = metrics_listener.as_ref().map(|(_, addr)| *addr);
        let (socket, addr) = bind("listen", config.listen)?;
        let bucket = config.files.as_deref().map(Bucket::new).transpose();
        let bucket = bucket
            .map_err(|reason| Error::new(Code::InvalidParameters, format!("files: {reason}")))?;
        let bucket = bucket.map(Arc::new);
        if let Some(bucket) = &bucket {
            runtime.block_on(bucket.check())?;
        }
        let inside = runtime.enter();
        let bus: Arc<dyn Bus> = match &config.bus {
            Some(urls) => Arc::new(NatsBus::connect(urls)?),
            None => Arc::new(Alone),
        };
        let metrics = Arc::new(Metrics::new());
        let common = Common {
            limits: Arc::new(config.limits.clone()),
            database: config.database.clone(),
            bucket,
            bus: Arc::clone(&bus),
            look: config.look,
            metrics: Arc::clone(&metrics),
            loopback: config.listen.ip().is_loopback(),
        };
        let apps = Arc::new(Apps::new(config.data.clone(), common)?);
        let first_app = apps.begin(&runtime, &config.apps)?;
        let shared = Arc::new(Shared {
            apps,
            bus,
            gate: Gate::new(config.limits.connections, config.limits.connections_per_address),
            tls,
            metrics,
            tasks: TaskTracker::new(),
            changed: Arc::default(),
        });
        if is_process {
            signals.hear_end().map_err(failed("SIGTERM".into()))?;
        }
        let listener = listen("listen", socket, addr)?;
        if let Some((listener, _)) = metrics_listener {
            runtime.spawn(metrics::serve(listener, Arc::clone(&shared)));
        }
        #[cfg(unix)]
        match admin::listen(&config.data) {
            Ok(listener) => drop(runtime.spawn(admin::serve(listener, Arc::clone(&shared)))),
            Err(error) => tracing::warn!("no administration while it runs: {error}"),
        }
        let ear = Arc::downgrade(&shared);
        shared.bus.listen(Arc::new(move |heard| {
            if let Some(shared) = ear.upgrade() {
                shared.hear(heard);
            }
        }));
        runtime.spawn(accept(listener, Arc::clone(&shared)));
        runtime.spawn(sweep(Arc::clone(&shared)));
        runtime.spawn(Arc::clone(&shared.apps).catch_up(Arc::clone(&shared.changed)));
        drop(inside);
        tracing::info!(%addr, tls = shared.tls.is_some(), "im-server is up");
        Ok(Self {
            shared,
            addr,
            metrics_addr,
            authority,
            first_app,
            drain,
            runtime: Some(runtime),
            signals,
            _lock: lock,
        })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Connections that there are.
    pub fn connections(&self) -> usize {
        self.shared.connections()
    }

    /// Where it answers `/metrics`, `/healthz` and `/readyz`.
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.metrics_addr
    }

    /// The certificate that clients must trust, where the server has made its own.
    pub fn authority(&self) -> Option<&Path> {
        self.authority.as_deref()
    }

    /// The application that this start has made, with a random key.
    pub fn first_app(&self) -> Option<u64> {
        self.first_app
    }

    /// Reads certificate, key and settings of applications again; connections that there are go on.
    ///
    /// # Errors
    /// 6017 with the file and the reason; then the old ones stay in use.
    pub fn reload(&self) -> Result<(), Error> {
        match &self.runtime {
            Some(runtime) => runtime.block_on(self.shared.reload()),
            None => Ok(()),
        }
    }

    /// The applications that it has, with their settings.
    pub fn apps(&self) -> Vec<(u64, AppSettings)> {
        self.shared.apps().iter().map(|app| (app.id, app.settings())).collect()
    }

    /// A UserSig with which a user can log in for `seconds` from now on; `None` for an application that is not here or has no key.
    pub fn usersig(&self, app: u64, user: &str, seconds: u64) -> Option<String> {
        let settings = self.shared.app(app)?.settings();
        let now = SystemClock.now();
        Some(usersig::sign(settings.keys.first()?, app, user, now, seconds, None))
    }

    /// Waits until the process is asked to end (SIGTERM, Ctrl-C), and shuts the server down. SIGHUP makes it [`Server::reload`].
    pub fn wait(mut self) {
        if let Some(runtime) = &self.runtime {
            runtime.block_on(until_the_end(&mut self.signals, &self.shared));
        }
        tracing::info!("im-server goes down");
        self.stop();
    }

    /// Ends all connections, after telling them when to come back, and waits until they are gone and what they asked is done.
    pub fn shutdown(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        let Some(runtime) = self.runtime.take() else { return };
        let failure = Failure::from(Error::new(Code::SdkNetDisconnect, "the server goes down"));
        self.shared.tasks.close();
        let apps = self.shared.apps();
        apps.iter().for_each(|app| app.hub.end_all(&failure, SPREAD, last_word(self.drain)));
        runtime.block_on(async {
            let _ = timeout(self.drain, self.shared.tasks.wait()).await;
            join_all(apps.iter().map(|app| app.end())).await;
        });
        drop(apps);
        self.shared.bus.end();
        runtime.shutdown_timeout(Duration::from_secs(1));
        self.shared.apps.clear();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// When connections that are waited for so long hear that they end, though what was asked has no answer: in time to take it.
pub(crate) fn last_word(patience: Duration) -> Instant {
    Instant::now() + patience.saturating_sub(LINGER).max(patience / 2)
}

/// What the server proves its name with, and the authority that clients must be told of.
fn identify(config: &Config) -> Result<(Option<Tls>, Option<PathBuf>), Error> {
    if config.plain {
        return Ok((None, None));
    }
    let (identity, authority) = match &config.identity {
        Some(identity) => (identity.clone(), None),
        None => {
            let (identity, authority) = tls::own(&config.data.join("tls"), &config.names)?;
            (identity, Some(authority))
        }
    };
    Ok((Some(Tls::load(identity)?), authority))
}

/// Until the process is told to end.
async fn until_the_end(signals: &mut Signals, shared: &Shared) {
    loop {
        match signals.next().await {
            Ok(Told::End) => return,
            Ok(Told::Reload) => match shared.reload().await {
                Ok(()) => tracing::info!("certificate and settings were read again"),
                Err(error) => tracing::error!("nothing was read again: {}", error.desc),
            },
            Err(error) => return tracing::error!("no signals can be heard: {error}"),
        }
    }
}

/// Takes an address. Whoever comes there is refused until the socket listens.
fn bind(address: SocketAddr) -> io::Result<(TcpSocket, SocketAddr)> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // Elsewhere it would let a second server take the address over.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    let bound = socket.local_addr()?;
    Ok((socket, bound))
}

/// One server for a directory: the system gives the lock back when a process dies.
fn lock(data: &Path) -> Result<fs::File, Error> {
    let path = data.join("server.lock");
    let failed = |reason: String| {
        Error::new(Code::IoOperationFailed, format!("{}: {reason}", path.display()))
    };
    let file = fs::File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| failed(error.to_string()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => {
            Err(failed("another im-server runs on this directory".to_owned()))
        }
        Err(fs::TryLockError::Error(error)) => Err(failed(error.to_string())),
    }
}

async fn sweep(shared: Arc<Shared>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        for app in shared.apps() {
            let _ = tokio::task::spawn_blocking(move || app.files.sweep()).await;
        }
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let permit = shared.gate.enter(peer.ip());
                if !permit.as_ref().is_some_and(Permit::is_let_in) {
                    shared.metrics.refused.inc();
                }
                let Some(permit) = permit else { continue };
                let _ = stream.set_nodelay(true);
                tokio::spawn(serve(stream, peer, permit, Arc::clone(&shared)));
            }
            Err(error) => {
                // Most often there are no more descriptors: those that end give some back.
                tracing::warn!("a connection could not be accepted: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn serve(stream: TcpStream, peer: SocketAddr, permit: Permit, shared: Arc<Shared>) {
    let stream = match &shared.tls {
        None => Stream::Plain(stream),
        Some(tls) => match timeout(HEADERS, tls.acceptor().accept(stream)).await {
            Ok(Ok(stream)) => Stream::Tls(Box::new(stream)),
            Ok(Err(error)) => return tracing::debug!(%peer, "TLS: {error}"),
            Err(_) => return,
        },
    };
    let pace = Arc::new(Pace::default());
    let visitor = Visitor { server: shared, permit: Arc::new(permit), pace: Arc::clone(&pace) };
    let visitor = &visitor;
    let service = service_fn(move |request| async move {
        Ok::<_, Infallible>(http::answer(visitor, request).await)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::select! {
        served = served => if let Err(error) = served {
            tracing::debug!(%peer, "HTTP: {error}");
        },
        () = stands_still(&pace) => tracing::debug!(%peer, "HTTP: stands still"),
    }
}

/// Until nothing has been done for a while.
async fn stands_still(pace: &Pace) {
    let mut count = pace.count();
    loop {
        tokio::time::sleep(STILL).await;
        if std::mem::replace(&mut count, pace.count()) == pace.count() {
            return;
        }
    }
}
