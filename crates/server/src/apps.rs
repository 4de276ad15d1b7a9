//! Which applications a server has.
//!
//! Alone it has those of its data directory. Servers that share a database all have those of the database: one that is made or removed
//! at any of them is told of over the bus, and looked for now and then.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use imsdk_types::wire::frame::Failure;
use imsdk_types::{Code, Error};
use parking_lot::{Mutex as SyncMutex, RwLock};
use tokio::runtime::Runtime;
use tokio::sync::{Mutex, Notify};
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use crate::app::{App, AppSettings, Common, SharedSettings};
use crate::server::{FIRST_APP, SPREAD, last_word};

/// How long one that other servers have made is waited for. It is opened all the same, beside what else is to be done.
const OPENING: Duration = Duration::from_secs(5);

/// How long the connections of an application that was removed are waited for.
const CLOSING: Duration = Duration::from_secs(10);

/// So often it is looked whether they are gone.
const GONE: Duration = Duration::from_millis(20);

/// See the module.
pub(crate) struct Apps {
    data: PathBuf,
    common: Common,
    /// Those of the database, where servers share one.
    database: Option<imsdk_postgres::Apps>,
    open: RwLock<BTreeMap<u64, Arc<App>>>,
    /// Those of other servers that are being opened: a database may take as long as it likes over one.
    opening: SyncMutex<BTreeSet<u64>>,
    /// Held while some are opened or closed.
    changing: Mutex<()>,
}

impl Apps {
    /// None so far.
    ///
    /// # Errors
    /// 6017 for a wrong URL of the database.
    pub(crate) fn new(data: PathBuf, common: Common) -> Result<Self, Error> {
        let database = common.database.as_deref().map(imsdk_postgres::Apps::new).transpose()?;
        Ok(Self {
            data,
            common,
            database,
            open: RwLock::default(),
            opening: SyncMutex::default(),
            changing: Mutex::default(),
        })
    }

    /// Opens all that there are, and those that are `wanted`. Where there is none one is made: it is returned, by the server that has
    /// made it.
    ///
    /// # Errors
    /// 6017 for settings, 6019 for a database, 6022 for files.
    pub(crate) fn begin(
        &self,
        runtime: &Runtime,
        wanted: &[(u64, AppSettings)],
    ) -> Result<Option<u64>, Error> {
        let mut found = self.in_directory()?;
        for (id, text) in runtime.block_on(self.in_database())? {
            let settings = self.shared(id, &text)?;
            // A server that was down when it was removed has another copy.
            if settings.removed && found.contains_key(&id) {
                settings.write_copy(&self.dir(id))?;
            }
            found.insert(id, settings);
        }
        for (id, settings) in wanted {
            found.entry(*id).or_insert_with(|| settings.clone());
        }
        let mut first = None;
        if found.is_empty() {
            let settings = AppSettings::with_random_key()?;
            first = settings.keys.first().cloned();
            found.insert(FIRST_APP, settings);
        }
        for (id, settings) in found {
            if !settings.removed {
                let app = self.open(id, settings)?;
                self.open.write().insert(id, app);
            }
        }
        // Of servers that start at once, one has made it.
        let made = |key: &String| self.get(FIRST_APP).is_some_and(|app| app.keys().contains(key));
        Ok(first.filter(made).map(|_| FIRST_APP))
    }

    /// One that this server has.
    pub(crate) fn get(&self, id: u64) -> Option<Arc<App>> {
        self.open.read().get(&id).cloned()
    }

    /// All of them.
    pub(crate) fn all(&self) -> Vec<Arc<App>> {
        self.open.read().values().cloned().collect()
    }

    /// Lets go of all of them, at once: each may wait for its database.
    pub(crate) fn clear(&self) {
        let apps = std::mem::take(&mut *self.open.write());
        std::thread::scope(|scope| {
            for app in apps.into_values() {
                scope.spawn(|| drop(app));
            }
        });
    }

    /// Makes an application that is not there yet, or brings back one that was removed, with what it had.
    ///
    /// # Errors
    /// 6017 for one that is there, 6019 and 6022 for its files.
    pub(crate) async fn create(self: &Arc<Self>, id: u64) -> Result<Arc<App>, Error> {
        let _alone = self.changing.lock().await;
        self.look(self.get(id)).await?;
        let kept = AppSettings::read(&self.dir(id))?;
        let is_kept = self.database.is_none() && kept.as_ref().is_some_and(|it| !it.removed);
        // Asked first: what has been opened leaves it last.
        if self.opening.lock().contains(&id) {
            let text = format!("application {id} is being opened, and the database takes long");
            return Err(Error::new(Code::DatabaseOperateFailed, text));
        }
        if is_kept || self.get(id).is_some() {
            let text = format!("there is an application {id}");
            return Err(Error::new(Code::InvalidParameters, text));
        }
        let settings = kept.map_or_else(AppSettings::with_random_key, Ok)?;
        let app = self.open_aside(id, settings).await?;
        app.change(|known| Ok(AppSettings { removed: false, ..known.clone() })).await?;
        // Last: an application that cannot be opened is none.
        self.open.write().insert(id, Arc::clone(&app));
        self.common.bus.publish_settings();
        Ok(app)
    }

    /// Removes an application from all servers: its connections end. What it has stays where it is.
    ///
    /// # Errors
    /// 70020 if it is not there. 6019 and 6022; then nothing has changed, except that the database may have heard of it.
    pub(crate) async fn remove(&self, id: u64) -> Result<(), Error> {
        let _alone = self.changing.lock().await;
        // Not before it is alone: who waits would keep it from closing.
        let app = self.get(id).ok_or_else(|| absent(id))?;
        app.change(|known| Ok(AppSettings { removed: true, ..known.clone() })).await?;
        self.close(app).await;
        Ok(())
    }

    /// Takes over what other servers do: when they tell of it, and now and then in case that was lost.
    pub(crate) async fn catch_up(self: Arc<Self>, changed: Arc<Notify>) {
        if self.database.is_none() {
            return;
        }
        let mut told = None;
        loop {
            let _ = timeout(self.common.look, changed.notified()).await;
            let _alone = self.changing.lock().await;
            let error = self.look(self.all()).await.err();
            // No engine may have met it: it is told of once.
            if let Some(error) = error.as_ref().filter(|error| told.as_ref() != Some(*error)) {
                let text = "cannot look for applications of other servers";
                tracing::error!(code = error.code, "{text}: {}", error.desc);
            }
            told = error;
        }
    }

    /// Looks what other servers have done with these, and which others there are.
    async fn look(
        self: &Arc<Self>,
        known: impl IntoIterator<Item = Arc<App>>,
    ) -> Result<(), Error> {
        join_all(known.into_iter().map(async |app| match app.catch_up().await {
            Err(error) => tell(app.id, &error),
            Ok(()) if app.settings().removed => self.close(app).await,
            Ok(()) => {}
        }))
        .await;
        self.find().await
    }

    /// Closes those of which a file says that they are removed.
    pub(crate) async fn close_removed(&self) {
        let _alone = self.changing.lock().await;
        let removed = self.all().into_iter().filter(|app| app.settings().removed);
        join_all(removed.map(|app| self.close(app))).await;
    }

    /// One that the service has, perhaps made at another server a moment ago.
    pub(crate) async fn named(self: &Arc<Self>, id: u64) -> Result<Option<Arc<App>>, Error> {
        if self.get(id).is_none() {
            let _alone = self.changing.lock().await;
            self.find().await?;
        }
        Ok(self.get(id))
    }

    /// Opens those that other servers have made. One that takes long comes later.
    async fn find(self: &Arc<Self>) -> Result<(), Error> {
        let mut opened = Vec::new();
        for (id, text) in self.in_database().await? {
            let settings = match self.shared(id, &text) {
                Ok(settings) if settings.removed => continue,
                settings => settings,
            };
            if self.opening.lock().insert(id) {
                opened.push(tokio::spawn(Arc::clone(self).take_in(id, settings)));
            }
        }
        if timeout(OPENING, join_all(opened)).await.is_err() {
            let apps = self.opening.lock().clone();
            tracing::warn!(?apps, "the database takes long to open applications of other servers");
        }
        Ok(())
    }

    /// Opens one that another server has made.
    async fn take_in(self: Arc<Self>, id: u64, settings: Result<AppSettings, Error>) {
        let opened = async {
            match self.get(id) {
                // It was opened while the database was asked which there are.
                Some(app) => Ok(app),
                None => self.open_aside(id, settings?).await,
            }
        };
        match opened.await {
            Ok(app) => {
                self.open.write().insert(id, app);
                tracing::info!(app = id, "an application of other servers is served here too");
            }
            Err(error) => {
                tracing::error!(app = id, code = error.code, "not served here: {}", error.desc);
            }
        }
        self.opening.lock().remove(&id);
    }

    /// Those of the database that are not open here, each as its settings are written there.
    async fn in_database(&self) -> Result<BTreeMap<u64, String>, Error> {
        let Some(database) = &self.database else { return Ok(BTreeMap::new()) };
        let known = self.open.read().keys().copied().collect();
        database.settings(&known).await
    }

    /// Those of the data directory, each in a directory named by its number.
    fn in_directory(&self) -> Result<BTreeMap<u64, AppSettings>, Error> {
        let mut found = BTreeMap::new();
        let list = fs::read_dir(&self.data).map_err(|error| {
            let text = format!("{}: {error}", self.data.display());
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
        Ok(found)
    }

    /// What the database has, without what this server refuses.
    fn shared(&self, id: u64, text: &str) -> Result<AppSettings, Error> {
        let mut settings = SharedSettings::read(id, text)?.settings;
        // It is logged when it is opened.
        let _ = settings.go_without(self.common.loopback);
        Ok(settings)
    }

    fn dir(&self, id: u64) -> PathBuf {
        self.data.join(id.to_string())
    }

    /// Waits for disk and database.
    fn open(&self, id: u64, settings: AppSettings) -> Result<Arc<App>, Error> {
        App::open(id, self.dir(id), settings, &self.common).map(Arc::new)
    }

    /// The same, on a thread that may wait.
    async fn open_aside(
        self: &Arc<Self>,
        id: u64,
        settings: AppSettings,
    ) -> Result<Arc<App>, Error> {
        let apps = Arc::clone(self);
        let opened = spawn_blocking(move || apps.open(id, settings)).await;
        opened.map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?
    }

    /// Ends the connections of one that was removed, and waits until it is closed.
    async fn close(&self, app: Arc<App>) {
        self.open.write().remove(&app.id);
        tracing::info!(app = app.id, "an application was removed");
        let text = format!("application {} was removed", app.id);
        let failure = Failure::from(Error::new(Code::SvrAccountSdkappidNotFound, text));
        app.hub.end_all(&failure, SPREAD, last_word(CLOSING));
        let closed = tokio::spawn(async move {
            while Arc::strong_count(&app) > 1 {
                sleep(GONE).await;
            }
            app.end().await;
            // On SQLite its threads have things to finish.
            let _ = spawn_blocking(move || drop(app)).await;
        });
        // A file may be on its way for longer.
        let _ = timeout(CLOSING, closed).await;
    }
}

/// The error about an application that is not here.
pub(crate) fn absent(id: u64) -> Error {
    Error::new(Code::SvrAccountSdkappidNotFound, format!("there is no application {id} here"))
}

/// Why nothing was taken over; a database that is out of reach is told of by the engines.
fn tell(app: u64, error: &Error) {
    if error.is(Code::DatabaseOperateFailed) {
        tracing::debug!(app, code = error.code, "{}", error.desc);
    } else {
        tracing::error!(app, code = error.code, "{}", error.desc);
    }
}
