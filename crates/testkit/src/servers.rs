//! The servers of a world.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use imsdk_server::{AppSettings, Config, Server};
use parking_lot::Mutex;

use crate::kept::Database;
use crate::nats::{Account, NODES};
use crate::s3::Place;
use crate::{APP_ID, Backend};

/// See the module. They begin together, each always at the same address, and end together.
#[derive(Default)]
pub(crate) struct Servers {
    running: Mutex<Vec<Server>>,
    /// Where they listen, once they have begun.
    listen: Mutex<Vec<SocketAddr>>,
    /// Who is next to have a client.
    turn: AtomicUsize,
    bus: Option<Account>,
    database: Option<Arc<Database>>,
    /// Where contents of files are, if not on a disk.
    bucket: Option<Place>,
}

impl Servers {
    pub(crate) fn on(backend: Backend) -> Self {
        let (database, bus, bucket) = match backend {
            Backend::Embedded | Backend::Deferred | Backend::Server => (false, false, false),
            Backend::Postgres => (true, false, false),
            Backend::Cluster => (true, true, false),
            Backend::S3 => (true, true, true),
        };
        Self {
            database: database.then(|| Arc::new(Database::create())),
            bus: bus.then(Account::new),
            bucket: bucket.then(Place::new),
            ..Self::default()
        }
    }

    /// The database that all of them use, if they do not use files.
    pub(crate) fn database(&self) -> Option<&Arc<Database>> {
        self.database.as_ref()
    }

    /// Where contents of files are, if not on a disk.
    pub(crate) fn bucket(&self) -> Option<&Place> {
        self.bucket.as_ref()
    }

    /// Where they listen. They begin if they do not run, the first one with its data in `data`.
    pub(crate) fn start(&self, app: &AppSettings, data: &Path) -> Vec<SocketAddr> {
        let (mut running, mut listen) = (self.running.lock(), self.listen.lock());
        if running.is_empty() {
            let count = if self.bus.is_some() { NODES } else { 1 };
            if let Some(database) = &self.database
                && !listen.is_empty()
            {
                database.set_settings(&app.text().expect("settings"));
            }
            for number in 0..count {
                let own = match number {
                    0 => data.to_owned(),
                    _ => data.with_file_name(format!("data{number}")),
                };
                if number > 0 && self.bucket.is_none() {
                    share_files(data, &own);
                }
                app.write(&own.join(APP_ID.to_string())).expect("the settings of the application");
                let mut config = Config::local(own);
                if let Some(address) = listen.get(number) {
                    config.listen = *address;
                }
                config.database = self.database.as_ref().map(|database| database.url().to_owned());
                config.bus = self.bus.as_ref().map(|bus| bus.url(number));
                config.files = self.bucket.as_ref().map(Place::url);
                // Tests ask faster than people.
                config.limits.rate = 0;
                running.push(Server::start(config).expect("a server"));
            }
            *listen = running.iter().map(Server::addr).collect();
            if let Some(bus) = &self.bus {
                bus.wait();
            }
        }
        listen.clone()
    }

    /// Where one of them listens: each in its turn.
    pub(crate) fn any(&self, all: &[SocketAddr]) -> SocketAddr {
        all[self.turn.fetch_add(1, Ordering::Relaxed) % all.len()]
    }

    /// Ends them, if they run.
    pub(crate) fn end(&self) {
        self.running.lock().clear();
    }
}

/// Contents of files of a further server are those of the first one, as on a disk that they share.
fn share_files(first: &Path, own: &Path) {
    let (shared, here) = (first.join(APP_ID.to_string()), own.join(APP_ID.to_string()));
    std::fs::create_dir_all(&here).expect("a directory");
    let link = here.join("blobs");
    if !link.exists() {
        std::os::unix::fs::symlink(shared.join("blobs"), link).expect("a link");
    }
}
