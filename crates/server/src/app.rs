//! An application: its users, keys and rules, apart from those of all others.

mod shared;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use imsdk_service::{
    DevicePolicy, GroupPolicy, Keys, Policy, RelationPolicy, TipSwitches, private_dir,
};
use imsdk_types::{Code, Error, limits};
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};

use crate::bus::{Bus, Topic};
use crate::config::Limits;
use crate::engine::{Engine, Outside, Work};
use crate::files::{Bucket, Files};
use crate::hub::Hub;
use crate::metrics::Metrics;
use crate::private;

pub(crate) use shared::SharedSettings;

/// The file with the settings of an application, in its directory.
const FILE: &str = "app.toml";

/// Bytes of files of a user, where nobody has decided: 10 GiB, hundreds of the largest.
const FILE_BYTES: u64 = 10 << 30;

/// How it begins where servers share a database.
const COPY: &str = "\
# A copy of what the database has for all servers, for `im-server usersig`. It is written anew: change it by `im-server app set` and `key`.
";

/// What the operator decides about an application. Changes are in force at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AppSettings {
    /// The keys that UserSigs are verified with; the first one makes new ones.
    pub keys: Vec<String>,
    /// Any UserSig that is not empty is good. For trials on one machine.
    pub any_signature: bool,
    /// Whether the first login of an unknown user makes the account.
    pub create_accounts: bool,
    /// Devices of one platform on which a user may be logged in at once.
    pub devices_per_platform: u32,
    /// Devices of all platforms on which a user may be logged in at once.
    pub devices: u32,
    /// Whether only friends may send messages to each other.
    pub friends_only: bool,
    /// Whether a message to a user who has blocked the sender seems to succeed.
    pub hide_blocks: bool,
    /// Friends of a user.
    pub max_friends: u64,
    /// Whether members are told that all of them are muted.
    pub tell_mute_all: bool,
    /// Whether members are told who may join or be invited now.
    pub tell_options: bool,
    /// Whether ordinary members may invite into groups where who is invited is asked.
    pub members_invite: bool,
    /// Members of a chat room.
    pub chat_room_members: u64,
    /// Groups that a user may be in; no limit without it, or with 0.
    #[serde(deserialize_with = "limit", skip_serializing_if = "Option::is_none")]
    pub max_groups: Option<u64>,
    /// Messages per second in a group; no limit without it, or with 0.
    #[serde(deserialize_with = "limit", skip_serializing_if = "Option::is_none")]
    pub group_rate: Option<u64>,
    /// Where notices to all members differ from what is usual for a kind of group, as [`TipSwitches`] are written.
    #[serde(deserialize_with = "tips")]
    pub group_tips: String,
    /// For how many seconds a message may be withdrawn.
    pub revoke_seconds: u64,
    /// Bytes of files that a user may bring, in all; 0 for any number.
    pub file_bytes: u64,
    /// Whether it was removed: no server has it, and what it has stays until it is brought back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// A text that is taken for [`TipSwitches`] later.
fn tips<'de, D: serde::Deserializer<'de>>(input: D) -> Result<String, D::Error> {
    let text = String::deserialize(input)?;
    match text.parse::<TipSwitches>() {
        Ok(_) => Ok(text),
        Err(reason) => Err(serde::de::Error::custom(reason)),
    }
}

/// A limit that is none with 0. It is not written then: older servers would take it for one.
fn limit<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Option<u64>, D::Error> {
    u64::deserialize(input).map(|most| Some(most).filter(|&most| most > 0))
}

impl Default for AppSettings {
    fn default() -> Self {
        let (devices, relations) = (DevicePolicy::default(), RelationPolicy::default());
        let groups = GroupPolicy::default();
        Self {
            keys: Vec::new(),
            any_signature: false,
            create_accounts: true,
            devices_per_platform: devices.per_platform,
            devices: devices.in_all,
            friends_only: relations.friends_only,
            hide_blocks: relations.hide_blocks,
            max_friends: relations.max_friends,
            tell_mute_all: groups.tell_mute_all,
            tell_options: groups.tell_options,
            members_invite: groups.members_invite,
            chat_room_members: groups.chat_room_members,
            max_groups: None,
            group_rate: None,
            group_tips: String::new(),
            revoke_seconds: limits::REVOKE_SECONDS,
            file_bytes: FILE_BYTES,
            removed: false,
        }
    }
}

impl AppSettings {
    /// With a key that nobody knows.
    ///
    /// # Errors
    /// 7012 if the system gives no random numbers.
    pub fn with_random_key() -> Result<Self, Error> {
        Ok(Self { keys: vec![random_key()?], ..Self::default() })
    }

    /// Refuses what would let everybody in from everywhere.
    ///
    /// # Errors
    /// 6017 unless the server is on a `loopback` address.
    pub(crate) fn check(&self, loopback: bool) -> Result<(), Error> {
        if self.any_signature && !loopback {
            let text = "any_signature: only for a server on a loopback address";
            return Err(Error::new(Code::InvalidParameters, text));
        }
        Ok(())
    }

    /// Leaves out what this server refuses, and says why: another one may be allowed it.
    pub(crate) fn go_without(&mut self, loopback: bool) -> Option<Error> {
        let refused = self.check(loopback).err();
        self.any_signature &= refused.is_none();
        refused
    }

    /// These, with some changed: names with values as in TOML.
    ///
    /// # Errors
    /// 6017 with the name and the reason.
    pub fn changed(&self, changes: &[(String, String)]) -> Result<Self, Error> {
        let mut table = toml::Table::try_from(self)
            .map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?;
        for (name, value) in changes {
            let wrong = |reason: &str| {
                Error::new(Code::InvalidParameters, format!("{name} = {value}: {reason}"))
            };
            if name == "keys" || name == "removed" {
                return Err(wrong("there are commands of their own for that"));
            }
            // By itself: as a line, name and value could say something of other settings.
            let value: toml::Value =
                value.parse().map_err(|error: toml::de::Error| wrong(error.message()))?;
            let counts_logins = name == "devices" || name == "devices_per_platform";
            if counts_logins && value.as_integer() == Some(0) {
                return Err(wrong("at least 1: whoever logs in has to stay"));
            }
            table.insert(name.clone(), value);
            // Each by itself, so that the error names it.
            Self::deserialize(table.clone()).map_err(|error| wrong(error.message()))?;
        }
        Self::deserialize(table)
            .map_err(|error| Error::new(Code::InvalidParameters, error.message().to_owned()))
    }

    pub(crate) fn policy(&self, sdk_app_id: u64) -> Policy {
        Policy {
            sdk_app_id,
            keys: match self.any_signature {
                true => Keys::Any,
                false => Keys::OneOf(self.keys.clone()),
            },
            create_accounts: self.create_accounts,
            devices: DevicePolicy { per_platform: self.devices_per_platform, in_all: self.devices },
            relations: RelationPolicy {
                friends_only: self.friends_only,
                hide_blocks: self.hide_blocks,
                max_friends: self.max_friends,
            },
            groups: GroupPolicy {
                tell_mute_all: self.tell_mute_all,
                tell_options: self.tell_options,
                members_invite: self.members_invite,
                chat_room_members: self.chat_room_members,
                max_groups: self.max_groups.unwrap_or(u64::MAX),
                rate: self.group_rate.unwrap_or(u64::MAX),
                // Read once already.
                tips: self.group_tips.parse().unwrap_or_default(),
            },
            revoke_seconds: self.revoke_seconds,
            file_bytes: if self.file_bytes == 0 { u64::MAX } else { self.file_bytes },
        }
    }

    /// Reads those of the application in a directory; `None` if there is none.
    ///
    /// # Errors
    /// 6017 with file, line and reason.
    pub fn read(dir: &Path) -> Result<Option<Self>, Error> {
        let file = dir.join(FILE);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(refused(&file, &error)),
        };
        crate::config::parse(&file, &text).map(Some)
    }

    /// Writes them for the eyes of this user of the machine alone. A crash leaves the old ones or the new ones.
    ///
    /// # Errors
    /// 6022 with file and reason.
    pub fn write(&self, dir: &Path) -> Result<(), Error> {
        write(dir, &self.text()?)
    }

    /// The same, as a copy of what a database has.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn write_copy(&self, dir: &Path) -> Result<(), Error> {
        write(dir, &(COPY.to_owned() + &self.text()?))
    }

    /// As a file, or the database that servers share, has them.
    ///
    /// # Errors
    /// 7012; never seen.
    pub fn text(&self) -> Result<String, Error> {
        toml::to_string(self).map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))
    }
}

/// Writes a file of settings.
fn write(dir: &Path, text: &str) -> Result<(), Error> {
    let failed = |error: io::Error| {
        Error::new(Code::IoOperationFailed, format!("{}: {error}", dir.join(FILE).display()))
    };
    private_dir(dir).map_err(failed)?;
    let coming = dir.join(".app.toml.part");
    let write = || {
        private::write(&coming, text)?;
        fs::rename(&coming, dir.join(FILE))
    };
    write().map_err(failed)
}

fn refused(file: &Path, reason: &dyn std::fmt::Display) -> Error {
    Error::new(Code::InvalidParameters, format!("{}: {reason}", file.display()))
}

/// 256 bits, as text: keys count as they are written.
pub(crate) fn random_key() -> Result<String, Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::new(Code::SdkInternalError, format!("random numbers: {error}")))?;
    Ok(private::hex(&bytes))
}

/// What the applications of a server share.
pub(crate) struct Common {
    pub(crate) limits: Arc<Limits>,
    /// The URL of PostgreSQL, if it is not SQLite.
    pub(crate) database: Option<String>,
    /// Where contents of files are, if not in directories.
    pub(crate) bucket: Option<Arc<Bucket>>,
    pub(crate) bus: Arc<dyn Bus>,
    /// See [`crate::config::Config::look`].
    pub(crate) look: Duration,
    pub(crate) metrics: Arc<Metrics>,
    /// Whether only programs of this machine reach the server.
    pub(crate) loopback: bool,
}

/// See the module.
pub(crate) struct App {
    pub(crate) id: u64,
    pub(crate) dir: PathBuf,
    pub(crate) hub: Arc<Hub>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) files: Arc<Files>,
    pub(crate) metrics: Arc<Metrics>,
    settings: RwLock<AppSettings>,
    /// Held while they are changed, or taken over from where all servers have them.
    changing: tokio::sync::Mutex<()>,
    engine: Arc<Engine>,
    bus: Arc<dyn Bus>,
    loopback: bool,
}

impl App {
    /// Opens an application in its directory, inside the runtime of the server. Waits for disk and database, so not on a thread of the
    /// runtime itself. Where servers share a database, what is set there counts, and `settings` only if it is
    /// nothing yet.
    ///
    /// # Errors
    /// 6017 for its settings, 6019 for its database, 6022 for its files.
    pub(crate) fn open(
        id: u64,
        dir: PathBuf,
        mut settings: AppSettings,
        common: &Common,
    ) -> Result<Self, Error> {
        let Common { limits, database, bucket, bus, metrics, loopback, look: _ } = common;
        let (loopback, bus, metrics) = (*loopback, Arc::clone(bus), Arc::clone(metrics));
        let limits = Arc::clone(limits);
        settings.check(loopback)?;
        let hub = Arc::new(Hub::default());
        let outside =
            Outside { hub: Arc::clone(&hub), bus: Arc::clone(&bus), metrics: Arc::clone(&metrics) };
        let engine = Arc::new(match database {
            Some(url) => Engine::postgres(url, settings.policy(id), outside)?,
            None => Engine::sqlite(&dir, settings.policy(id), outside)?,
        });
        if let Some(shared) = engine.common() {
            let known = SharedSettings::read(id, &shared.settings_or(settings.text()?)?)?;
            if let Some(names) = known.unknown() {
                tracing::warn!(app = id, "a newer server has set what is not known here: {names}");
            }
            settings = known.settings;
            if let Some(refused) = settings.go_without(loopback) {
                tracing::error!(app = id, "not in force here: {}", refused.desc);
            }
            engine.set_policy(settings.policy(id));
        }
        // An upload may outlive the application for a moment, but must not keep its database open.
        let weak = Arc::downgrade(&engine);
        let submit = Box::new(move |work| {
            if let Some(engine) = weak.upgrade() {
                engine.submit(work);
            }
        });
        let files = Arc::new(Files::open(id, &dir, bucket.as_ref(), Arc::clone(&limits), submit)?);
        let (settings, changing) = (RwLock::new(settings), tokio::sync::Mutex::default());
        let app = Self {
            id,
            dir,
            hub,
            limits,
            files,
            metrics,
            settings,
            changing,
            engine,
            bus,
            loopback,
        };
        // An operator's own file stays as it was written.
        if app.is_shared() || AppSettings::read(&app.dir)?.is_none() {
            app.keep(&app.settings())?;
        }
        Ok(app)
    }

    /// What news of other servers must be about to be of this one's service.
    pub(crate) fn topic(&self) -> Topic {
        self.engine.topic()
    }

    /// Works that wait to write, and to read.
    pub(crate) fn depths(&self) -> (usize, usize) {
        self.engine.depths()
    }

    /// Hands a work to the engine.
    pub(crate) fn submit(&self, work: Work) {
        self.engine.submit(work);
    }

    /// Takes no more requests, and waits until those that it has are done, or for some seconds.
    pub(crate) async fn end(&self) {
        self.engine.end().await;
    }

    /// The keys as they are.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.settings.read().keys.clone()
    }

    /// The settings as they are.
    pub(crate) fn settings(&self) -> AppSettings {
        self.settings.read().clone()
    }

    /// Whether other servers may have it too.
    fn is_shared(&self) -> bool {
        self.engine.common().is_some()
    }

    /// Changes settings, for good and at all servers that share the application. Nothing changes them between what `change` is shown
    /// and what it makes of it; it may be shown several, where another server changes them too.
    ///
    /// # Errors
    /// Those of `change`, and 6017 for what this server refuses; 6022 if they cannot be written. Then nothing has changed. 6019 if the
    /// database that has them is out of reach: then it may have.
    pub(crate) async fn change(
        &self,
        change: impl Fn(&AppSettings) -> Result<AppSettings, Error>,
    ) -> Result<(), Error> {
        let changed = |known: &AppSettings| {
            let settings = change(known)?;
            // What was so before is no reason to refuse another change.
            if !known.any_signature {
                settings.check(self.loopback)?;
            }
            Ok::<_, Error>(settings)
        };
        let _alone = self.changing.lock().await;
        let Some(shared) = self.engine.common() else {
            let known = self.settings();
            let settings = changed(&known)?;
            if settings != known {
                self.keep(&settings)?;
                self.put(settings);
            }
            return Ok(());
        };
        loop {
            let text = shared.settings().await?;
            let known = SharedSettings::read(self.id, &text)?;
            let settings = changed(&known.settings)?;
            if settings == known.settings {
                self.take_over(settings);
                return Ok(());
            }
            if shared.set_settings(text, known.with(settings.clone()).text()?).await? {
                self.take_over(settings);
                self.bus.publish_settings();
                return Ok(());
            }
        }
    }

    /// Takes over what other servers have set.
    ///
    /// # Errors
    /// 6019 if the database is out of reach, 6017 for what this server cannot take. Then everything stays as it was.
    pub(crate) async fn catch_up(&self) -> Result<(), Error> {
        let Some(shared) = self.engine.common() else { return Ok(()) };
        // What is read before a change must not count after it.
        let _alone = self.changing.lock().await;
        self.take_over(SharedSettings::read(self.id, &shared.settings().await?)?.settings);
        Ok(())
    }

    /// Reads them again from where they are kept.
    ///
    /// # Errors
    /// 6017 with file and reason, 6019. Then everything stays as it was.
    pub(crate) async fn reload(&self) -> Result<(), Error> {
        let Some(shared) = self.engine.common() else {
            let read = || AppSettings::read(&self.dir);
            return self.change(|known| Ok(read()?.unwrap_or_else(|| known.clone()))).await;
        };
        let _alone = self.changing.lock().await;
        let known = self.settings();
        if !matches!(AppSettings::read(&self.dir), Ok(Some(copy)) if copy == known) {
            tracing::warn!(
                app = self.id,
                "{FILE} is a copy of what the database has: changes there do not count"
            );
            self.keep(&known)?;
        }
        self.take_over(SharedSettings::read(self.id, &shared.settings().await?)?.settings);
        Ok(())
    }

    fn take_over(&self, mut settings: AppSettings) {
        let refused = settings.go_without(self.loopback);
        if settings == self.settings() {
            return;
        }
        if let Some(refused) = refused {
            tracing::error!(app = self.id, "not in force here: {}", refused.desc);
        }
        // A copy: what is taken away counts no more, whatever the disk says.
        if let Err(failed) = self.keep(&settings) {
            tracing::error!(app = self.id, code = failed.code, "{}", failed.desc);
        }
        self.put(settings);
    }

    /// From now on these are in force.
    fn put(&self, settings: AppSettings) {
        self.engine.set_policy(settings.policy(self.id));
        *self.settings.write() = settings;
    }

    /// Writes them into the directory.
    fn keep(&self, settings: &AppSettings) -> Result<(), Error> {
        if self.is_shared() { settings.write_copy(&self.dir) } else { settings.write(&self.dir) }
    }
}
