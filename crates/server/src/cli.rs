//! The command line.

mod log;

use std::ffi::OsString;
use std::io::{self, Write};
use std::net::Ipv6Addr;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser, Subcommand, value_parser};
use imsdk_server::admin::Command as Admin;
use imsdk_server::options::Options;
use imsdk_server::{AppSettings, Config, Server};
use imsdk_service::{Clock, SystemClock, usersig};
use imsdk_types::{Code, CreateGroupParam, Error, GroupModifyInfoParam};
use serde_json::Value;

/// The chat service of imsdk over the network.
///
/// Without a command it serves: on SQLite and a directory, over TLS with a certificate that it makes itself where none is given. The first
/// start makes an application with a random key, and says how a client is pointed at it.
///
/// Each setting is taken from the first of these that has it: the flag, the environment variable, the file (im-server.toml in the data
/// directory, or the one that --config names), the default. `im-server config` prints a file with all of them.
#[derive(Parser)]
#[command(version, max_term_width = 120, after_help = EXAMPLES)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
    /// A file with settings, in TOML
    #[arg(long, global = true, env = "IM_SERVER_CONFIG", hide_env_values = true)]
    config: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

const EXAMPLES: &str = "\
Examples:
  im-server --data /var/lib/im-server --names chat.example.com
      serve, and make a certificate for that name
  im-server --plain --listen 127.0.0.1:7700
      serve without TLS to programs of this machine
  im-server usersig --user alice
      a signature with which alice can log in for 180 days
  im-server app set 'friends_only=true' 'devices_per_platform=3'
      change the rules of the only application, at once
  im-server key add && im-server key remove OLD
      change keys: signatures of both are good in between
  im-server block mallory
      end the sessions of a user, and let none begin

Signals: SIGTERM ends the server after it has told its clients when to come back; SIGHUP makes it
read certificate, key and settings of applications again.

Ends with 0; with 1 if a command or the start is refused, the reason with its code on standard
error; with 2 for a wrong command line.";

/// Each of [`AppSettings`] that is set by its name.
const APP_SETTINGS: &str = "\
Settings, with their defaults (`im-server app list` shows what they are):
  create_accounts = true      the first login of an unknown user makes the account
  devices_per_platform = 1    devices of one platform on which a user may be logged in at once
  devices = 64                devices of all platforms
  friends_only = false        only friends may send messages to each other
  hide_blocks = false         a message to a user who has blocked the sender seems to succeed
  max_friends = 3000          friends of a user
  max_groups = 0              groups that a user may be in; 0 for any number
  members_invite = true       ordinary members may invite where who is invited is asked
  chat_room_members = 10000   members of a ChatRoom
  group_rate = 0              messages of a group in a second; 0 for any number
  tell_mute_all = true        members are told that all of them are muted
  tell_options = false        members are told who may join or be invited now
  group_tips = \"\"             other notices to members than are usual for a type of group, as
                              \"ChatRoom.members=event,Public.mutes=off\": of members, admins,
                              info or mutes; off, event or stored
  revoke_seconds = 120        for how long a message may be withdrawn
  file_bytes = 10737418240    bytes of files that a user may bring in all; 0 for any number
  any_signature = false       every signature is good; only for a server on a loopback address";

#[derive(Subcommand)]
enum Command {
    /// Make a signature (UserSig) with which a user can log in; also while no server runs
    Usersig {
        /// The user id
        #[arg(long)]
        user: String,
        /// For how many days it is good, 1 at least
        #[arg(long, default_value_t = 180, value_parser = value_parser!(u32).range(1..))]
        days: u32,
        #[command(flatten)]
        app: Which,
    },
    /// Print a file with every setting, what it means and its default
    Config,
    /// Applications: each has users, keys and rules of its own
    #[command(subcommand)]
    App(App),
    /// Keys that signatures are verified with
    #[command(subcommand)]
    Key(Key),
    /// End the sessions of a user
    Kick {
        /// The user id
        user: String,
        /// Only on devices of a platform: 0 other, 1 Windows, 2 Android, 3 iOS, 4 iPad, 5 macOS, 6 Linux, 7 Web
        #[arg(long)]
        platform: Option<u8>,
        #[command(flatten)]
        app: Which,
    },
    /// End the sessions of a user, and let none begin; also of one who has never logged in
    Block {
        /// The user id
        user: String,
        #[command(flatten)]
        app: Which,
    },
    /// Let a user log in again
    Unblock {
        /// The user id
        user: String,
        #[command(flatten)]
        app: Which,
    },
    /// Groups of whatever kind, also those that no user may make or change
    #[command(subcommand)]
    Group(GroupCommand),
    /// Take a group back, of whatever kind
    Dissolve {
        /// The group id
        group: String,
        #[command(flatten)]
        app: Which,
    },
    /// How the server does
    Status,
    /// Read certificate, key and settings of applications again, as SIGHUP does
    Reload,
}

#[derive(Subcommand)]
enum App {
    /// All of them with their settings
    List,
    /// Make one with a random key, or bring back one that was removed; all servers with the same database have it
    Create {
        /// Its sdk_app_id
        #[arg(value_parser = value_parser!(u64).range(1..))]
        app: u64,
    },
    /// End its connections, and serve it no more at any server; what it has stays
    Remove {
        /// Its sdk_app_id
        app: u64,
    },
    /// Change settings, at once and for good
    #[command(after_help = APP_SETTINGS)]
    Set {
        /// NAME=VALUE, the value as in TOML
        #[arg(required = true, value_parser = setting)]
        settings: Vec<(String, String)>,
        #[command(flatten)]
        app: Which,
    },
}

#[derive(Subcommand)]
enum GroupCommand {
    /// Make one without an owner, and print its id
    Create {
        /// What TIMGroupCreate takes, as JSON: '{"create_group_param_group_name":"News","create_group_param_group_type":3}'
        #[arg(value_parser = json::<CreateGroupParam>)]
        group: CreateGroupParam,
        #[command(flatten)]
        app: Which,
    },
    /// Change one, and tell its members
    Modify {
        /// What TIMGroupModifyGroupInfo takes, as JSON
        #[arg(value_parser = json::<GroupModifyInfoParam>)]
        group: GroupModifyInfoParam,
        #[command(flatten)]
        app: Which,
    },
}

#[derive(Subcommand)]
enum Key {
    /// All of them; the first one makes new signatures
    List {
        #[command(flatten)]
        app: Which,
    },
    /// Add one; a random one if none is given
    Add {
        /// The key, as it is written
        key: Option<String>,
        #[command(flatten)]
        app: Which,
    },
    /// Signatures of this key are good no more; sessions go on
    Remove {
        /// The key, as it is written
        key: String,
        #[command(flatten)]
        app: Which,
    },
}

#[derive(clap::Args)]
struct Which {
    /// The application's sdk_app_id, where there are several
    #[arg(long)]
    app: Option<u64>,
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Names of the environment that look like settings and are none. No reason to end: a cluster gives some to every program that runs
/// beside a service of this name.
fn unknown_variables(names: impl Iterator<Item = OsString>) -> Vec<String> {
    let line = Line::command();
    let known =
        |name: &str| line.get_arguments().any(|it| it.get_env().is_some_and(|it| it == name));
    names
        .filter_map(|name| name.into_string().ok())
        .filter(|name| name.starts_with("IM_SERVER_") && !known(name))
        .collect()
}

/// Does what the command line says.
pub(crate) fn run() -> Result<(), Error> {
    let Line { command, config, options } = Line::parse();
    if matches!(command, Some(Command::Config)) {
        return say(Options::template().trim_end());
    }
    let config = options.load(config.as_deref())?;
    let Some(command) = command else {
        log::start(&config.log, config.log_format)?;
        for name in unknown_variables(std::env::vars_os().map(|(name, _)| name)) {
            tracing::warn!("the environment has {name}, which is no setting");
        }
        let (plain, data) = (config.plain, config.data.clone());
        let usual = config.names == Config::local(&data).names;
        let name = config.names.first().filter(|_| !plain && !usual).cloned();
        let server = Server::start_process(config)?;
        greet(&server, plain, name, &data)?;
        server.wait();
        return Ok(());
    };
    let data = config.data;
    let command = match command {
        Command::Config => return Ok(()),
        Command::Usersig { user, days, app } => return sign(&data, &user, days, app.app),
        Command::Status => Admin::Status,
        Command::Reload => Admin::Reload,
        Command::App(App::List) => Admin::Apps,
        Command::App(App::Create { app }) => Admin::CreateApp { app },
        Command::App(App::Remove { app }) => Admin::RemoveApp { app },
        Command::App(App::Set { settings, app }) => Admin::Set { app: app.app, settings },
        Command::Key(Key::List { app }) => Admin::Keys { app: app.app },
        Command::Key(Key::Add { key, app }) => Admin::AddKey { app: app.app, key },
        Command::Key(Key::Remove { key, app }) => Admin::RemoveKey { app: app.app, key },
        Command::Kick { user, platform, app } => Admin::Kick { app: app.app, user, platform },
        Command::Block { user, app } => Admin::Block { app: app.app, user, blocked: true },
        Command::Unblock { user, app } => Admin::Block { app: app.app, user, blocked: false },
        Command::Group(GroupCommand::Create { group, app }) => {
            Admin::CreateGroup { app: app.app, group: Box::new(group) }
        }
        Command::Group(GroupCommand::Modify { group, app }) => {
            Admin::ModifyGroup { app: app.app, group: Box::new(group) }
        }
        Command::Dissolve { group, app } => Admin::Dissolve { app: app.app, group },
    };
    print(&administer(&data, &command)?)?;
    if let Admin::RemoveKey { app, .. } = command {
        // It is removed, whatever comes of the question.
        let left = administer(&data, &Admin::Keys { app }).ok();
        if left.as_ref().and_then(Value::as_array).is_some_and(Vec::is_empty) {
            let text = "that was the last key: no signature is good until there is another (im-server key add)";
            let _ = writeln!(io::stderr(), "im-server: {text}");
        }
    }
    Ok(())
}

#[cfg(unix)]
fn administer(data: &Path, command: &Admin) -> Result<Value, Error> {
    imsdk_server::admin::send(data, command)
}

#[cfg(not(unix))]
fn administer(_: &Path, _: &Admin) -> Result<Value, Error> {
    let text = "administration while the server runs needs a Unix system";
    Err(Error::new(Code::SdkInterfaceNotSupport, text))
}

/// Prints an answer.
fn print(value: &Value) -> Result<(), Error> {
    let text = match value {
        Value::Null => return Ok(()),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            return list.iter().try_for_each(print);
        }
        value => format!("{value:#}"),
    };
    say(&text)
}

/// Prints a line. Who reads no further has enough.
fn say(line: &str) -> Result<(), Error> {
    match writeln!(io::stdout(), "{line}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::new(Code::IoOperationFailed, format!("standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// Says what is served, and how a client gets there: by the first name that its owner has given it.
fn greet(server: &Server, plain: bool, name: Option<String>, data: &Path) -> Result<(), Error> {
    let addr = server.addr();
    let scheme = if plain { "ws" } else { "wss" };
    say(&format!("listening on {scheme}://{addr}"))?;
    if let Some(metrics) = server.metrics_addr() {
        say(&format!("metrics and health on http://{metrics}"))?;
    }
    for (app, settings) in server.apps() {
        say(&format!("application {app}"))?;
        // Once: what is printed is kept in logs.
        if server.first_app() == Some(app) {
            settings.keys.iter().try_for_each(|key| say(&format!("  key {key}")))?;
        }
        if settings.any_signature {
            say("  any signature is accepted")?;
        }
    }
    let usual = || match addr.ip() {
        ip if ip.is_unspecified() || ip.is_loopback() && !plain => "localhost".to_owned(),
        ip => ip.to_string(),
    };
    let host = match name.unwrap_or_else(usual) {
        host if host.parse::<Ipv6Addr>().is_ok() => format!("[{host}]"),
        host => host,
    };
    say("a client is pointed at it by its environment (or server and ca_file in its imsdk.toml):")?;
    say(&format!("  IMSDK_SERVER={scheme}://{host}:{}", addr.port()))?;
    if let Some(authority) = server.authority() {
        // Where the client runs, a relative path would be another one.
        let path = std::path::absolute(authority).unwrap_or_else(|_| authority.to_owned());
        say(&format!("  IMSDK_CA_FILE={}", path.display()))?;
    }
    say(&format!(
        "and logs in with the signature that `im-server --data {} usersig --user USER` prints",
        data.display()
    ))
}

fn sign(data: &Path, user: &str, days: u32, app: Option<u64>) -> Result<(), Error> {
    if !imsdk_types::limits::is_user_id(user) {
        return Err(Error::from(Code::SdkCommInvalidIdentifier));
    }
    let app = match app {
        Some(app) => app,
        None => only_app(data)?,
    };
    let none = || no_data(data, &format!("there is no application {app}"));
    let settings = AppSettings::read(&data.join(app.to_string()))?.filter(|it| !it.removed);
    let settings = settings.ok_or_else(none)?;
    let key = settings.keys.first().ok_or_else(|| {
        Error::new(Code::InvalidParameters, format!("application {app} has no key"))
    })?;
    let now = SystemClock.now();
    say(&usersig::sign(key, app, user, now, u64::from(days) * 24 * 3600, None))
}

/// Says where it was looked, and how to have it look elsewhere: the directory may be a default that nobody has named.
fn no_data(data: &Path, what: &str) -> Error {
    let place = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
    let text = format!(
        "{}: {what} (--data DIR, or IM_SERVER_DATA, names the server's data directory)",
        place.display()
    );
    Error::new(Code::InvalidParameters, text)
}

fn only_app(data: &Path) -> Result<u64, Error> {
    let refused = |text: &str| no_data(data, text);
    let list = std::fs::read_dir(data).map_err(|error| refused(&error.to_string()))?;
    let of = |entry: std::fs::DirEntry| -> Option<u64> {
        let app = entry.file_name().to_str()?.parse().ok()?;
        AppSettings::read(&entry.path()).ok()?.filter(|it| !it.removed).map(|_| app)
    };
    let mut apps = list.flatten().filter_map(of);
    match (apps.next(), apps.next()) {
        (Some(app), None) => Ok(app),
        (None, _) => Err(refused("there is no application yet: a first start makes one")),
        _ => {
            let text = "there are several applications: say which with --app";
            Err(Error::new(Code::InvalidParameters, format!("{}: {text}", data.display())))
        }
    }
}
