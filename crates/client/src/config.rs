//! Where the service is, and how this process takes part in it.
//!
//! Each setting is taken from the first of these that has it:
//!
//! 1. the environment variable;
//! 2. the file that `IMSDK_CONFIG` names;
//! 3. `imsdk.toml` in the config directory given to TIMInit;
//! 4. `imsdk.toml` beside the library;
//! 5. the default.
//!
//! | variable | key in the file | meaning | default |
//! |---|---|---|---|
//! | `IMSDK_SERVER` | `server` | address of a server, see [`ServerAddress`], or of several, see [`ServerAddresses`]; without one the service runs inside the library | none |
//! | `IMSDK_CA_FILE` | `ca_file` | certificates (PEM) of the authorities that the server's must come from | the system's |
//! | `IMSDK_DATA_DIR` | `data_dir` | directory of the service inside the library; processes that name the same one see each other | `imsdk` in the user's data directory |
//! | `IMSDK_SECRET_KEY` | `secret_key` | the app's key; with it signatures are checked at login | none: any signature passes |
//! | `IMSDK_PLATFORM` | `platform` | as what this device logs in, see [`Platform`] | the system it runs on |
//! | `IMSDK_CREATE_ACCOUNTS` | `create_accounts` | the first login of an unknown user id makes the account | true |
//! | `IMSDK_HIDE_BLOCKS` | `hide_blocks` | a message to a user who has blocked the sender succeeds, and is not delivered | false |
//! | `IMSDK_FRIENDS_ONLY` | `friends_only` | only friends may send messages to each other | false |
//! | `IMSDK_MAX_FRIENDS` | `max_friends` | friends of a user at most | 3000 |
//! | `IMSDK_TELL_MUTE_ALL` | `tell_mute_all` | members are told when all are muted, from generation 6 on | true |
//! | `IMSDK_TELL_OPTIONS` | `tell_options` | members are told who may join or be invited now, from generation 6 and 8 on | false |
//! | `IMSDK_MEMBERS_INVITE` | `members_invite` | ordinary members may invite into groups where who is invited is asked | true |
//! | `IMSDK_CHAT_ROOM_MEMBERS` | `chat_room_members` | members of a chat room at most | 10000 |
//! | `IMSDK_MAX_GROUPS` | `max_groups` | groups that a user may be in | no limit |
//! | `IMSDK_GROUP_RATE` | `group_rate` | messages per second in a group; what is beyond that is dropped | no limit |
//! | `IMSDK_GROUP_TIPS` | `group_tips` | where notices differ from what is usual, see [`imsdk_service::TipSwitches`] | none |
//! | `IMSDK_REVOKE_SECONDS` | `revoke_seconds` | for how many seconds a message can be withdrawn | 120 |
//! | `IMSDK_API_GENERATION` | `api_generation` | the generation of the interface that the program was written for: 4, 5, 6, 8 | auto: its calls tell |
//! | `IMSDK_CALLBACKS` | `callbacks` | the thread of the callbacks, see [`Callbacks`] | auto |
//!
//! A server that the program names itself (`callExperimentalAPI`) counts before all of these: [`Settings::use_server`].
//!
//! An empty variable counts as not set. A relative path in a file starts at the file's directory, elsewhere at the working
//! directory of the moment. A file with an unknown key or a value of the wrong kind is refused, not half used.
//!
//! With a server, the proxies that the environment names (see [`Proxies`]) count where the program names none.

mod address;
mod platform;
mod proxy;
mod source;
mod unknown;

#[cfg_attr(unix, path = "config/home/unix.rs")]
#[cfg_attr(windows, path = "config/home/windows.rs")]
mod home;

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use imsdk_service::{GroupPolicy, RelationPolicy, TipSwitches, private_dir};
use imsdk_types::{Code, Error, limits};

pub use address::{ServerAddress, ServerAddresses};
pub use platform::Platform;
pub use proxy::{Proxies, Proxy, ProxyKind};
pub use unknown::unknown_variables;

use crate::transport::certificates;
use source::{Environment, File, Source, Text};

/// Name of the configuration file.
pub const FILE_NAME: &str = "imsdk.toml";

/// How the variables begin.
const PREFIX: &str = "IMSDK_";

/// The variable that names another one.
const FILE_VARIABLE: &str = "IMSDK_CONFIG";

/// See [`Settings::look`].
const LOOK: Duration = Duration::from_secs(30);

/// The thread that a program gets its callbacks on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Callbacks {
    /// The one that calls TIMInit if it has a message loop (Windows); otherwise the library's own.
    #[default]
    Auto,
    /// The library's own.
    Thread,
    /// The one that calls TIMInit, through its message loop (Windows).
    Loop,
}

impl FromStr for Callbacks {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "thread" => Ok(Self::Thread),
            "loop" => Ok(Self::Loop),
            other => Err(format!("unknown value `{other}`, expected one of auto, thread, loop")),
        }
    }
}

/// The directories that the program chose in TIMInit; `""` where it chose none.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paths<'a> {
    /// `sdk_config_config_file_path`.
    pub config: &'a str,
    /// `sdk_config_log_file_path`.
    pub log: &'a str,
}

/// The settings of one TIMInit. All paths are absolute.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// The app whose accounts these are.
    pub app_id: u64,
    /// Directory of all that the service inside the library keeps, for every app.
    pub data_dir: PathBuf,
    /// Config directory given to TIMInit.
    pub config_dir: Option<PathBuf>,
    /// Directory below which the local stores of the users lie: the config directory, or `client` in the data directory.
    pub store_dir: PathBuf,
    /// Directory of the log files: the one given to TIMInit, or `log` in the data directory.
    pub log_dir: PathBuf,
    /// As what this device logs in.
    pub platform: Platform,
    /// The app's key, to check signatures with; never empty.
    pub secret_key: Option<String>,
    /// Where the service's servers are; without one it runs inside the library.
    pub server: Option<ServerAddresses>,
    /// Certificates of the authorities that the server's must come from, in place of the system's.
    pub ca_file: Option<PathBuf>,
    /// The ways to the server.
    pub proxies: Proxies,
    /// Whether the first login of an unknown user id makes the account.
    pub create_accounts: bool,
    /// What friendship means.
    pub relations: RelationPolicy,
    /// What groups are like.
    pub groups: GroupPolicy,
    /// For how many seconds a message can be withdrawn.
    pub revoke_seconds: u64,
    /// The generation of the interface (4, 5, 6 or 8) that the program is taken to know; without one, the functions that it calls
    /// tell.
    pub api_generation: Option<u8>,
    /// The thread of the callbacks.
    pub callbacks: Callbacks,
    /// So often an online device looks whether something has happened that nobody told it: a millisecond or more.
    pub look: Duration,
    /// What the user should read in the log: places that had to be chosen against the rule.
    pub warnings: Vec<String>,
    /// The service inside the library answers later, as one that is far away does. For tests.
    #[cfg(feature = "deferred")]
    pub deferred: bool,
}

impl Settings {
    /// Directory of what the service inside the library keeps for this app.
    pub fn service_dir(&self) -> PathBuf {
        self.data_dir.join(self.app_id.to_string())
    }

    /// Takes another server than the one that was found, or than the service inside the library.
    pub fn use_server(&mut self, server: ServerAddresses) {
        // A server tells what happens; what others do with the files of this machine has to be looked for.
        self.look = Duration::MAX;
        self.server = Some(server);
    }
}

impl fmt::Debug for Settings {
    /// Everything but the key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("app_id", &self.app_id)
            .field("data_dir", &self.data_dir)
            .field("store_dir", &self.store_dir)
            .field("log_dir", &self.log_dir)
            .field("platform", &self.platform)
            .field("secret_key", &self.secret_key.as_ref().map(|_| "…"))
            .field("server", &self.server)
            .field("ca_file", &self.ca_file)
            .field("proxies", &self.proxies)
            .field("create_accounts", &self.create_accounts)
            .field("relations", &self.relations)
            .field("groups", &self.groups)
            .field("revoke_seconds", &self.revoke_seconds)
            .field("api_generation", &self.api_generation)
            .field("callbacks", &self.callbacks)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

/// Finds the settings.
///
/// `env` answers with the value of an environment variable (`&|name| std::env::var_os(name)`); `library_dir` is the directory that the
/// library was loaded from, where that is known. Reads files; creates the default data directory when no other is named, readable by
/// its owner alone, and nothing else.
///
/// # Errors
/// 6017 with the file (and line) or the variable and what is wrong with it. A missing `imsdk.toml` is no error, a missing
/// file named by `IMSDK_CONFIG` is one.
pub fn load(
    app_id: u64,
    paths: &Paths<'_>,
    env: &dyn Fn(&str) -> Option<OsString>,
    library_dir: Option<&Path>,
) -> Result<Settings, Error> {
    let config_dir = given_dir(paths.config)?;
    let mut found = Found::from_env(env)?;
    if let Some(file) = variable(env, FILE_VARIABLE) {
        let file = absolute(Path::new(&file))?;
        let part = Found::from_file(&file)?.ok_or_else(|| {
            refused(format!("{FILE_VARIABLE}: there is no file {}", file.display()))
        })?;
        found = found.or(part);
    }
    for dir in [config_dir.as_deref(), library_dir].into_iter().flatten() {
        if let Some(part) = Found::from_file(&dir.join(FILE_NAME))? {
            found = found.or(part);
        }
    }
    let mut warnings = Vec::new();
    let data_dir = match found.data_dir {
        Some(dir) => absolute(&dir)?,
        None => {
            let by_user = home::data_dir().map(|dir| dir.join("imsdk"));
            let (dir, warning) = default_data_dir(by_user, &std::env::temp_dir())?;
            warnings.extend(warning);
            dir
        }
    };
    let ca_file = found.ca_file.map(|file| absolute(&file)).transpose()?;
    if let Some(file) = &ca_file {
        certificates(file).map_err(|reason| refused(format!("ca_file: {reason}")))?;
    }
    let proxies = match &found.server {
        Some(_) => Proxies::from_env(env)?,
        None => Proxies::default(),
    };
    let relations = RelationPolicy::default();
    let groups = GroupPolicy::default();
    let mut settings = Settings {
        app_id,
        store_dir: config_dir.clone().unwrap_or_else(|| data_dir.join("client")),
        log_dir: given_dir(paths.log)?.unwrap_or_else(|| data_dir.join("log")),
        data_dir,
        config_dir,
        platform: found.platform.unwrap_or_else(Platform::current),
        secret_key: found.secret_key,
        look: LOOK,
        server: None,
        ca_file,
        proxies,
        create_accounts: found.create_accounts.unwrap_or(true),
        relations: RelationPolicy {
            hide_blocks: found.hide_blocks.unwrap_or(relations.hide_blocks),
            friends_only: found.friends_only.unwrap_or(relations.friends_only),
            max_friends: found.max_friends.unwrap_or(relations.max_friends),
        },
        groups: GroupPolicy {
            tell_mute_all: found.tell_mute_all.unwrap_or(groups.tell_mute_all),
            tell_options: found.tell_options.unwrap_or(groups.tell_options),
            members_invite: found.members_invite.unwrap_or(groups.members_invite),
            chat_room_members: found.chat_room_members.unwrap_or(groups.chat_room_members),
            max_groups: found.max_groups.unwrap_or(groups.max_groups),
            rate: found.group_rate.unwrap_or(groups.rate),
            tips: found.group_tips.unwrap_or(groups.tips),
        },
        revoke_seconds: found.revoke_seconds.unwrap_or(limits::REVOKE_SECONDS),
        api_generation: found.api_generation.flatten(),
        callbacks: found.callbacks.unwrap_or_default(),
        warnings,
        #[cfg(feature = "deferred")]
        deferred: false,
    };
    if let Some(server) = found.server {
        settings.use_server(server);
    }
    Ok(settings)
}

/// What one source has to say.
#[derive(Default)]
struct Found {
    server: Option<ServerAddresses>,
    ca_file: Option<PathBuf>,
    data_dir: Option<PathBuf>,
    secret_key: Option<String>,
    platform: Option<Platform>,
    create_accounts: Option<bool>,
    hide_blocks: Option<bool>,
    friends_only: Option<bool>,
    max_friends: Option<u64>,
    tell_mute_all: Option<bool>,
    tell_options: Option<bool>,
    members_invite: Option<bool>,
    chat_room_members: Option<u64>,
    max_groups: Option<u64>,
    group_rate: Option<u64>,
    group_tips: Option<TipSwitches>,
    revoke_seconds: Option<u64>,
    api_generation: Option<Option<u8>>,
    callbacks: Option<Callbacks>,
}

impl Found {
    fn from(source: &dyn Source) -> Result<Self, Error> {
        let secret_key = source.text("secret_key")?;
        if secret_key.as_deref() == Some("") {
            // It would let everybody sign.
            return Err(source.refused("secret_key", "must not be empty"));
        }
        Ok(Self {
            server: source.parsed("server")?,
            ca_file: source.path("ca_file")?,
            data_dir: source.path("data_dir")?,
            secret_key,
            platform: source.parsed("platform")?,
            create_accounts: source.flag("create_accounts")?,
            hide_blocks: source.flag("hide_blocks")?,
            friends_only: source.flag("friends_only")?,
            max_friends: source.number("max_friends")?,
            tell_mute_all: source.flag("tell_mute_all")?,
            tell_options: source.flag("tell_options")?,
            members_invite: source.flag("members_invite")?,
            chat_room_members: source.number("chat_room_members")?,
            max_groups: source.number("max_groups")?,
            group_rate: source.number("group_rate")?,
            group_tips: source.parsed("group_tips")?,
            revoke_seconds: source.number("revoke_seconds")?,
            api_generation: source
                .text_or_number("api_generation")?
                .map(|name| parse_generation(&name))
                .transpose()
                .map_err(|reason| source.refused("api_generation", &reason))?,
            callbacks: source.parsed("callbacks")?,
        })
    }

    fn from_env(env: &dyn Fn(&str) -> Option<OsString>) -> Result<Self, Error> {
        Self::from(&Environment(env))
    }

    /// `None` where there is no such file.
    fn from_file(file: &Path) -> Result<Option<Self>, Error> {
        let Some(text) = Text::of(file)? else { return Ok(None) };
        let file = File::parse(&text)?;
        let found = Self::from(&file)?;
        file.refuse_unknown()?;
        Ok(Some(found))
    }

    /// Fills what is missing from a source that counts less.
    fn or(self, other: Self) -> Self {
        Self {
            server: self.server.or(other.server),
            ca_file: self.ca_file.or(other.ca_file),
            data_dir: self.data_dir.or(other.data_dir),
            secret_key: self.secret_key.or(other.secret_key),
            platform: self.platform.or(other.platform),
            create_accounts: self.create_accounts.or(other.create_accounts),
            hide_blocks: self.hide_blocks.or(other.hide_blocks),
            friends_only: self.friends_only.or(other.friends_only),
            max_friends: self.max_friends.or(other.max_friends),
            tell_mute_all: self.tell_mute_all.or(other.tell_mute_all),
            tell_options: self.tell_options.or(other.tell_options),
            members_invite: self.members_invite.or(other.members_invite),
            chat_room_members: self.chat_room_members.or(other.chat_room_members),
            max_groups: self.max_groups.or(other.max_groups),
            group_rate: self.group_rate.or(other.group_rate),
            group_tips: self.group_tips.or(other.group_tips),
            revoke_seconds: self.revoke_seconds.or(other.revoke_seconds),
            api_generation: self.api_generation.or(other.api_generation),
            callbacks: self.callbacks.or(other.callbacks),
        }
    }
}

/// `None` for `auto`: the functions that the program calls tell.
fn parse_generation(name: &str) -> Result<Option<u8>, String> {
    match name {
        "auto" => Ok(None),
        "4" => Ok(Some(4)),
        "5" => Ok(Some(5)),
        "6" => Ok(Some(6)),
        "8" => Ok(Some(8)),
        other => Err(format!("unknown generation `{other}`, expected one of auto, 4, 5, 6, 8")),
    }
}

fn variable(env: &dyn Fn(&str) -> Option<OsString>, name: &str) -> Option<OsString> {
    env(name).filter(|value| !value.is_empty())
}

fn given_dir(path: &str) -> Result<Option<PathBuf>, Error> {
    if path.is_empty() {
        return Ok(None);
    }
    absolute(Path::new(path)).map(Some)
}

/// The program may change its working directory later; the places must not move with it.
fn absolute(path: &Path) -> Result<PathBuf, Error> {
    std::path::absolute(path).map_err(|e| refused(format!("{}: {e}", path.display())))
}

fn refused(reason: String) -> Error {
    Error::new(Code::InvalidParameters, reason)
}

/// The user's data directory; or, for a user without a home that can be written to, a directory of that user's own below `temp`.
/// Creates what it returns. The text says why, in the second case.
fn default_data_dir(
    by_user: Option<PathBuf>,
    temp: &Path,
) -> Result<(PathBuf, Option<String>), Error> {
    let reason = match by_user {
        Some(dir) => match private_dir(&dir).and_then(|()| home::writable(&dir)) {
            Ok(()) => return Ok((dir, None)),
            Err(e) => format!("{} cannot be used ({e})", dir.display()),
        },
        None => "this user has no home directory".into(),
    };
    let dir = temp.join(home::temp_name());
    private_dir(&dir).and_then(|()| home::own(&dir)).map_err(|e| {
        refused(format!("{reason}, and neither can {} ({e}): set IMSDK_DATA_DIR", dir.display()))
    })?;
    let warning = format!(
        "{reason}; chats lie in {} and may be lost at the next start of the machine: set IMSDK_DATA_DIR",
        dir.display()
    );
    Ok((dir, Some(warning)))
}

#[cfg(test)]
mod tests;
