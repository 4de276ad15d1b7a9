//! What a server is started with.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use imsdk_types::{Code, Error, limits};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tracing_subscriber::filter::{LevelFilter, Targets};

pub use crate::app::AppSettings;
pub use crate::tls::Identity;

/// The settings of a server.
#[derive(Clone, Debug)]
pub struct Config {
    /// Directory of all that the server keeps.
    pub data: PathBuf,
    /// Where it listens; port 0 for any that is free.
    pub listen: SocketAddr,
    /// Without TLS: only on a loopback address.
    pub plain: bool,
    /// The certificate to use; without one the server makes its own, in `tls` of its data directory.
    pub identity: Option<Identity>,
    /// Names and addresses by which clients reach the server: what its own certificate is made for.
    pub names: Vec<String>,
    /// Where `/metrics`, `/healthz` and `/readyz` are answered, if at all.
    pub metrics: Option<SocketAddr>,
    /// What the program logs, see `Options::log` and [`levels`]. The library leaves that to its caller.
    pub log: String,
    /// How the program logs.
    pub log_format: LogFormat,
    /// Threads for connections, and for what is asked of PostgreSQL and NATS; 0 for as many as there are processors.
    pub threads: usize,
    /// How long the end of the server may take.
    pub drain: Duration,
    /// The `postgres://` URL of the database that the servers of a service share; `None` for SQLite, in `data`.
    pub database: Option<String>,
    /// The `nats://` URLs, with commas between them, of what carries news between the servers; `None` for a server that is alone.
    pub bus: Option<String>,
    /// So often what other servers have set is looked for: half of the time within which it counts, whatever was lost. The other half is
    /// for a database that is slow.
    pub look: Duration,
    /// The `s3://` URL of the bucket that contents of files are kept in, with options of `object_store` as its query; `None` for a
    /// directory of each application, in `data`.
    pub files: Option<String>,
    /// Applications that are made if they are not there, with settings of their own.
    pub apps: Vec<(u64, AppSettings)>,
    /// What connections are held to.
    pub limits: Limits,
}

impl Config {
    /// A server on a free loopback port, without TLS, that keeps its data in a directory. For programs that bring their own server
    /// along, as tests do.
    pub fn local(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            plain: true,
            identity: None,
            names: ["localhost", "127.0.0.1", "::1"].map(String::from).into(),
            metrics: None,
            log: "info".to_owned(),
            log_format: LogFormat::default(),
            threads: 0,
            drain: Duration::from_secs(10),
            database: None,
            bus: None,
            look: Duration::from_secs(15),
            files: None,
            apps: Vec::new(),
            limits: Limits::default(),
        }
    }
}

/// How a log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One object in each line.
    Json,
}

/// What connections are held to.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// A client says something at least this often.
    pub heartbeat: Duration,
    /// How long a connection may take to log in.
    pub login: Duration,
    /// How long a client may take nothing of what is written to it.
    pub stall: Duration,
    /// Bytes of a frame.
    pub max_frame: usize,
    /// Bytes of a file.
    pub max_file: u64,
    /// How long the URL of a file is good.
    pub url: Duration,
    /// Requests without an answer.
    pub max_pending: usize,
    /// Requests of a connection in a second; 0 for any number.
    pub rate: u32,
    /// Requests at once after a connection was quiet.
    pub burst: u32,
    /// Connections in all.
    pub connections: usize,
    /// Connections of an address, but for those of this machine; 0 for any number.
    pub connections_per_address: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            heartbeat: Duration::from_secs(30),
            login: Duration::from_secs(10),
            stall: Duration::from_secs(30),
            // A request, and what wraps it.
            max_frame: limits::PACKET + 1024,
            max_file: limits::OTHER_FILE,
            url: Duration::from_secs(300),
            max_pending: 256,
            rate: 500,
            burst: 2000,
            connections: 50_000,
            // An office behind one address has fewer, and who wants all of them needs many addresses.
            connections_per_address: 2000,
        }
    }
}

/// How the modules of this project begin.
const OWN: &str = "imsdk";

/// The most that modules of others say: below that there is what passes through them, passwords and texts of users too.
const OTHERS: LevelFilter = LevelFilter::INFO;

/// What [`Config::log`] lets into the log. Of modules of others it lets in `info` at most, whatever it says.
///
/// # Errors
/// The reason, for a level that there is not.
pub fn levels(text: &str) -> Result<Targets, String> {
    // A word that is no level would count as the name of a module.
    let mut words = text.split(',').filter(|word| !word.contains('='));
    if let Some(word) = words.find(|word| word.trim().parse::<LevelFilter>().is_err()) {
        return Err(format!("{word:?} is no level"));
    }
    let said: Targets = text.parse().map_err(|error| format!("{error}"))?;
    let usual = said.default_level().map_or_else(Targets::new, |level| {
        Targets::new().with_default(level.min(OTHERS)).with_target(OWN, level)
    });
    Ok(usual.with_targets(said.iter().map(|(module, level)| {
        (module, if module.starts_with(OWN) { level } else { level.min(OTHERS) })
    })))
}

/// Reads a file of settings.
///
/// # Errors
/// 6017 with file, line and reason. Not the parser's own text: it quotes the line, and that may hold a key.
pub(crate) fn parse<T: DeserializeOwned>(file: &Path, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|error| {
        wrong(file, text, error.span().map_or(0, |span| span.start), error.message())
    })
}

/// What is wrong at a place of a file of settings.
pub(crate) fn wrong(file: &Path, text: &str, at: usize, reason: &str) -> Error {
    let line = 1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count();
    Error::new(Code::InvalidParameters, format!("{}:{line}: {reason}", file.display()))
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::filter::LevelFilter as Level;

    use super::*;

    #[test]
    fn modules_of_others_say_info_at_most() {
        for (text, own, others) in [
            ("trace", Level::TRACE, Level::INFO),
            ("debug", Level::DEBUG, Level::INFO),
            ("error", Level::ERROR, Level::ERROR),
            ("off", Level::OFF, Level::OFF),
            ("warn,imsdk_server=debug", Level::DEBUG, Level::WARN),
            ("imsdk=warn,trace", Level::WARN, Level::INFO),
            ("error,async_nats=trace", Level::ERROR, Level::INFO),
            ("off,async_nats=error", Level::OFF, Level::ERROR),
            ("async_nats::connector=debug", Level::OFF, Level::INFO),
        ] {
            let levels = levels(text).unwrap();
            for (module, most) in [("imsdk_server::hub", own), ("async_nats::connector", others)] {
                for level in [Level::ERROR, Level::WARN, Level::INFO, Level::DEBUG, Level::TRACE] {
                    let said = levels.would_enable(module, &level.into_level().unwrap());
                    assert_eq!(said, level <= most, "{text}: {level} of {module}");
                }
            }
        }
        assert_eq!(levels("loud").unwrap_err(), "\"loud\" is no level");
        assert!(levels("imsdk=loud").is_err());
    }
}
