//! A service and the machines around it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use imsdk_client::config::{Platform, ServerAddress, Settings};
use imsdk_server::AppSettings;
use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::{GroupPolicy, RelationPolicy};
use tempfile::TempDir;

use crate::kept::Kept;
use crate::servers::Servers;
use crate::{Device, Ghost};

/// The application of every world.
pub const APP_ID: u64 = 1_400_000_000;

/// One service with a directory of its own, which goes with it. Worlds know nothing of each other, so tests run in parallel.
///
/// Where the service runs is decided in [`World::settings`] alone: inside the library. With `IMSDK_TEST_BACKEND=deferred` it answers
/// later, as one that is far away does; with `IMSDK_TEST_BACKEND=server` it is a server of this world's own, which begins with the first
/// program. It has the same files in the same places. With `IMSDK_TEST_BACKEND=postgres` that server keeps all but contents of files in a
/// database of the world's own, with `IMSDK_TEST_BACKEND=cluster` three of them do, with three NATS servers between them, and programs go
/// to each in turn. With `IMSDK_TEST_BACKEND=s3` those three have the contents of files in a bucket, and share no disk.
pub struct World {
    servers: Servers,
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
    /// On a server with PostgreSQL.
    Postgres,
    /// On three servers with one PostgreSQL and three NATS servers.
    Cluster,
    /// There, with the contents of files in a bucket.
    S3,
}

impl Backend {
    /// The one that the environment asks for.
    fn from_env() -> Self {
        match std::env::var("IMSDK_TEST_BACKEND").as_deref() {
            Ok("deferred") => Self::Deferred,
            Ok("server") => Self::Server,
            Ok("postgres") => Self::Postgres,
            Ok("cluster") => Self::Cluster,
            Ok("s3") => Self::S3,
            Ok("embedded") | Err(_) => Self::Embedded,
            Ok(other) => panic!(
                "IMSDK_TEST_BACKEND: no embedded, deferred, server, postgres, cluster or s3, but {other}"
            ),
        }
    }

    /// Whether programs reach it over the network.
    pub fn is_remote(self) -> bool {
        match self {
            Self::Embedded | Self::Deferred => false,
            Self::Server | Self::Postgres | Self::Cluster | Self::S3 => true,
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
            servers: Servers::on(backend),
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
            asked if asked.is_remote() => Self::on(Backend::Embedded),
            asked => Self::on(asked),
        }
    }

    /// The same, with a service that keeps what it has in [`World::service_file`], here or on a server. For tests that lay hands on it.
    pub fn in_a_file() -> Self {
        match Backend::from_env() {
            Backend::Postgres | Backend::Cluster | Backend::S3 => Self::on(Backend::Server),
            asked => Self::on(asked),
        }
    }

    /// The same, with its service on a server at least. For tests of the way there.
    pub fn remote() -> Self {
        match Backend::from_env() {
            asked if asked.is_remote() => Self::on(asked),
            _ => Self::on(Backend::Server),
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

    /// Where the server listens, the first one of several. It begins if it does not run: always at the same address, with what it has
    /// kept.
    ///
    /// # Panics
    /// If it can't.
    pub fn start_server(&self) -> SocketAddr {
        self.start_servers()[0]
    }

    fn start_servers(&self) -> Vec<SocketAddr> {
        let app = AppSettings {
            keys: self.secret_key.iter().cloned().collect(),
            any_signature: self.secret_key.is_none(),
            create_accounts: self.create_accounts,
            hide_blocks: self.relations.hide_blocks,
            friends_only: self.relations.friends_only,
            max_friends: self.relations.max_friends,
            tell_mute_all: self.groups.tell_mute_all,
            tell_options: self.groups.tell_options,
            members_invite: self.groups.members_invite,
            chat_room_members: self.groups.chat_room_members,
            group_tips: self.groups.tips.to_string(),
            max_groups: (self.groups.max_groups < u64::MAX).then_some(self.groups.max_groups),
            group_rate: (self.groups.rate < u64::MAX).then_some(self.groups.rate),
            ..AppSettings::default()
        };
        self.servers.start(&app, &self.data_dir())
    }

    /// Ends the server, if it runs, and all others: their clients are told to come back later.
    pub fn end_server(&self) {
        self.servers.end();
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
            server: self.backend.is_remote().then(|| self.server_address().into()),
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

    /// What programs know the server by: of several, each in its turn.
    pub fn server_address(&self) -> ServerAddress {
        let listens = self.servers.any(&self.start_servers());
        ServerAddress { tls: false, host: listens.ip().to_string(), port: listens.port() }
    }

    /// What URLs of files begin with as programs see them.
    pub fn url_start(&self) -> &'static str {
        if self.backend.is_remote() { "imsdk://" } else { "file:///" }
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
        Ghost::at(self.kept(), user, self.relations, self.groups)
    }

    /// So many accounts that have never logged in, written straight into the store.
    ///
    /// # Panics
    /// If that fails.
    pub fn members(&self, count: usize) -> Vec<String> {
        let names: Vec<_> = (0..count).map(|number| format!("member{number}")).collect();
        crate::ghost::create_accounts(&mut self.kept(), &names, 1);
        names
    }

    /// All devices of a user were seen a long time ago.
    ///
    /// # Panics
    /// If that fails.
    pub fn age_devices(&self, user: &str) {
        crate::ghost::age_devices(&mut self.kept(), user);
    }

    /// Puts something else in the place of the content of a file, or nothing, where the service keeps it.
    ///
    /// # Panics
    /// If that fails.
    pub fn replace_content(&self, file_id: &str, content: Option<&[u8]>) {
        let name = format!("{}/{file_id}", &file_id[..2]);
        if let Some(bucket) = self.servers.bucket() {
            return bucket.replace(&format!("{APP_ID}/{name}"), content);
        }
        let path = self.service_dir().join("blobs").join(name);
        // It can't be written to by accident.
        std::fs::remove_file(&path).expect("a content");
        if let Some(content) = content {
            std::fs::write(&path, content).expect("another content");
        }
    }

    fn kept(&self) -> Kept {
        match self.servers.database() {
            Some(database) => Kept::Database(database.clone()),
            None => {
                let store = SqliteStore::open(&self.service_dir());
                Kept::File(Box::new(store.expect("the service's file")))
            }
        }
    }

    /// The directory of the service of this application.
    pub fn service_dir(&self) -> PathBuf {
        self.data_dir().join(APP_ID.to_string())
    }
}
