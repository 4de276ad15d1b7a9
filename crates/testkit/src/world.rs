//! A service and the machines around it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use imsdk_client::config::{Platform, ServerAddress, Settings};
use imsdk_server::{AppSettings, Config, Server};
use imsdk_service::{GroupPolicy, RelationPolicy};
use parking_lot::Mutex;
use tempfile::TempDir;

use crate::{Device, Ghost};

/// The application of every world.
pub const APP_ID: u64 = 1_400_000_000;

/// One service with a directory of its own, which goes with it. Worlds know nothing of each other, so tests run in parallel.
///
/// Where the service runs is decided in [`World::settings`] alone: inside the library. With `IMSDK_TEST_BACKEND=deferred` it answers
/// later, as one that is far away does; with `IMSDK_TEST_BACKEND=server` it is a server of this world's own, which begins with the first
/// program. It has the same files in the same places.
pub struct World {
    server: Mutex<Option<Server>>,
    /// Where the server listens, once it has begun.
    listens: Mutex<Option<SocketAddr>>,
    backend: Backend,
    dir: TempDir,
    secret_key: Option<String>,
    create_accounts: bool,
    relations: RelationPolicy,
    groups: GroupPolicy,
}

/// Where the service of a world runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// Inside the library.
    Embedded,
    /// There, and it answers later.
    Deferred,
    /// On a server.
    Server,
}

impl Backend {
    /// The one that the environment asks for.
    fn from_env() -> Self {
        match std::env::var("IMSDK_TEST_BACKEND").as_deref() {
            Ok("deferred") => Self::Deferred,
            Ok("server") => Self::Server,
            Ok("embedded") | Err(_) => Self::Embedded,
            Ok(other) => panic!("IMSDK_TEST_BACKEND: no embedded, deferred or server, but {other}"),
        }
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// A world in which any signature passes and the first login makes the account.
    pub fn new() -> Self {
        Self::on(Backend::from_env())
    }

    /// The same, with its service in a given place.
    pub fn on(backend: Backend) -> Self {
        Self {
            server: Mutex::default(),
            listens: Mutex::default(),
            backend,
            dir: TempDir::new().expect("a temporary directory"),
            secret_key: None,
            create_accounts: true,
            relations: RelationPolicy::default(),
            groups: GroupPolicy::default(),
        }
    }

    /// The same, with its service inside the library whatever the environment asks for. For tests of what only that has: processes that
    /// share its files and doorbells, files that cannot be opened, looks for what nobody told.
    pub fn embedded() -> Self {
        match Backend::from_env() {
            Backend::Server => Self::on(Backend::Embedded),
            asked => Self::on(asked),
        }
    }

    /// Where its service runs.
    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// The same, with signatures that are verified.
    pub fn with_key(key: &str) -> Self {
        Self { secret_key: Some(key.to_owned()), ..Self::new() }
    }

    /// Another key, for a server that begins from now on.
    pub fn set_key(&mut self, key: &str) {
        self.secret_key = Some(key.to_owned());
    }

    /// The same, without accounts but those that exist.
    pub fn closed(self) -> Self {
        self.end_server();
        Self { create_accounts: false, ..self }
    }

    /// The same, with other rules about friendship.
    pub fn with_relations(self, relations: RelationPolicy) -> Self {
        self.end_server();
        Self { relations, ..self }
    }

    /// The same, with other rules about groups.
    pub fn with_groups(self, groups: GroupPolicy) -> Self {
        self.end_server();
        Self { groups, ..self }
    }

    /// Where the server listens. It begins if it does not run: always at the same address, with what it has kept.
    ///
    /// # Panics
    /// If it can't.
    pub fn start_server(&self) -> SocketAddr {
        let mut server = self.server.lock();
        let mut listens = self.listens.lock();
        if server.is_none() {
            let app = AppSettings {
                keys: self.secret_key.iter().cloned().collect(),
                any_signature: self.secret_key.is_none(),
                create_accounts: self.create_accounts,
                hide_blocks: self.relations.hide_blocks,
                friends_only: self.relations.friends_only,
                max_friends: self.relations.max_friends,
                tell_mute_all: self.groups.tell_mute_all,
                ..AppSettings::default()
            };
            app.write(&self.service_dir()).expect("the settings of the application");
            let mut config = Config::local(self.data_dir());
            config.listen = listens.unwrap_or(config.listen);
            // Tests ask faster than people.
            config.limits.rate = 0;
            let started = Server::start(config).expect("a server");
            *listens = Some(started.addr());
            *server = Some(started);
        }
        listens.expect("a server that runs listens")
    }

    /// Ends the server, if it runs: its clients are told to come back later.
    pub fn end_server(&self) {
        drop(self.server.lock().take());
    }

    /// Alice, logged in on Linux.
    pub fn alice(&self) -> Device {
        self.user("alice", Platform::Linux)
    }

    /// Bob, logged in on Linux.
    pub fn bob(&self) -> Device {
        self.user("bob", Platform::Linux)
    }

    /// A user, logged in on a platform, on a machine of the user's name.
    pub fn user(&self, user: &str, platform: Platform) -> Device {
        let device = self.device(user, platform);
        device.login(user).unwrap_or_else(|error| panic!("{user} cannot log in: {error}"));
        device
    }

    /// A program that has just started on a machine; nobody is logged in. The same machine and platform again is the same
    /// local storage.
    pub fn device(&self, machine: &str, platform: Platform) -> Device {
        Device::start(self.settings(machine, platform))
    }

    /// What [`World::device`] starts with.
    pub fn settings(&self, machine: &str, platform: Platform) -> Settings {
        Settings {
            app_id: APP_ID,
            data_dir: self.data_dir(),
            config_dir: None,
            store_dir: self.machine_dir(machine),
            log_dir: self.machine_dir(machine),
            platform,
            secret_key: self.secret_key.clone(),
            server: (self.backend == Backend::Server).then(|| self.server_address()),
            ca_file: None,
            proxies: Default::default(),
            create_accounts: self.create_accounts,
            relations: self.relations,
            groups: self.groups,
            revoke_seconds: imsdk_types::limits::REVOKE_SECONDS,
            api_generation: None,
            callbacks: imsdk_client::config::Callbacks::Auto,
            // Tests that wait for a hint get none from a look.
            look: Duration::MAX,
            warnings: Vec::new(),
            deferred: self.backend == Backend::Deferred,
        }
    }

    /// What programs know the server by.
    pub fn server_address(&self) -> ServerAddress {
        let listens = self.start_server();
        ServerAddress { tls: false, host: listens.ip().to_string(), port: listens.port() }
    }

    /// What URLs of files begin with as programs see them.
    pub fn url_start(&self) -> &'static str {
        match self.backend {
            Backend::Embedded | Backend::Deferred => "file:///",
            Backend::Server => "imsdk://",
        }
    }

    /// The directory of the service's data, for all applications.
    pub fn data_dir(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// The file of the service.
    pub fn service_file(&self) -> PathBuf {
        self.service_dir().join("service.db")
    }

    /// Where a machine keeps the local stores of its users.
    pub fn machine_dir(&self, machine: &str) -> PathBuf {
        self.dir.path().join("machines").join(machine)
    }

    /// The file of a device's local store.
    ///
    /// # Panics
    /// If the user has logged in there at no service, or at several.
    pub fn local_file(&self, machine: &str, user: &str, platform: Platform) -> PathBuf {
        let id: String = user.bytes().map(|byte| format!("{byte:02x}")).collect();
        let name = format!("{APP_ID}_{id}_{}_", platform as u8);
        let dirs = std::fs::read_dir(self.machine_dir(machine)).expect("a machine");
        let paths = dirs.map(|dir| dir.expect("a directory").path());
        let named = |path: &PathBuf| {
            path.file_name().is_some_and(|found| found.to_string_lossy().starts_with(&name))
        };
        let found: Vec<_> = paths.filter(named).collect();
        assert_eq!(found.len(), 1, "local stores of {user} on {machine}");
        found[0].join("im.db")
    }

    /// The world's own directory.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// Somebody who acts at the service without a client: with a clock of its own, and without telling anybody.
    pub fn ghost(&self, user: &str) -> Ghost {
        assert_eq!(self.secret_key, None, "ghosts have no signature");
        Ghost::with_relations(&self.service_dir(), user, self.relations)
    }

    /// So many accounts that have never logged in, written straight into the service's file.
    ///
    /// # Panics
    /// If that fails.
    pub fn members(&self, count: usize) -> Vec<String> {
        crate::ghost::accounts(&self.service_dir(), count)
    }

    /// The directory of the service of this application.
    pub fn service_dir(&self) -> PathBuf {
        self.data_dir().join(APP_ID.to_string())
    }
}
