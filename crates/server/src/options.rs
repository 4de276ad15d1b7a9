//! Settings from flags, the environment and a file.
//!
//! Each setting is taken from the first of these that has it: the flag, the environment variable, the file, the default. The file is
//! the one named by `--config` or `IM_SERVER_CONFIG`, otherwise `im-server.toml` in the data directory if there is one.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use clap::Args;
use imsdk_types::{Code, Error};
use serde::{Deserialize, Deserializer};
use toml::{Spanned, Value};

use crate::bus::NatsBus;
use crate::config::{self, Config, Identity, Limits, LogFormat};
use crate::files::Bucket;
use crate::tls;

/// Name of the file in the data directory.
const FILE: &str = "im-server.toml";

/// A whole number between two others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within<const LOW: u64, const HIGH: u64>(u64);

impl<const LOW: u64, const HIGH: u64> Within<LOW, HIGH> {
    fn new(number: Option<u64>) -> Result<Self, String> {
        match number {
            Some(number) if (LOW..=HIGH).contains(&number) => Ok(Self(number)),
            _ => Err(format!("expected a whole number from {LOW} to {HIGH}")),
        }
    }
}

impl<const LOW: u64, const HIGH: u64> FromStr for Within<LOW, HIGH> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::new(text.parse().ok())
    }
}

impl<'de, const LOW: u64, const HIGH: u64> Deserialize<'de> for Within<LOW, HIGH> {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let number = i64::deserialize(input)?;
        Self::new(u64::try_from(number).ok()).map_err(serde::de::Error::custom)
    }
}

/// Makes the table of settings: `name: type = "environment variable", "default as TOML", "what it means";`. Without a default it is `""`.
macro_rules! settings {
    ($($(#[$attribute:meta])* $name:ident: $type:ty = $env:literal, $default:literal, $help:literal;)+) => {
        /// What one source says about the settings.
        #[derive(Clone, Debug, Default, Args, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Options {
            $(
                #[arg(long, env = $env, hide_env_values = true)]
                #[arg(help = if $default.is_empty() { $help } else { concat!($help, " [default: ", $default, "]") })]
                $(#[$attribute])*
                #[doc = $help]
                pub $name: Option<$type>,
            )+
        }

        impl Options {
            /// Fills what is missing from a source that counts less.
            fn or(self, other: Self) -> Self {
                Self { $($name: self.$name.or(other.$name),)+ }
            }

            /// A file with every setting, each with what it means and its default.
            pub fn template() -> String {
                // A path in a file starts where the file lies: as a line of it, the default would be another directory.
                Self::defaults().replacen("\ndata = ", "\n# data = ", 1)
            }

            /// The same, the data directory as where nobody names one.
            fn defaults() -> String {
                let mut text = String::new();
                $(
                    text += concat!("# ", $help, "\n");
                    text += match $default {
                        "" => concat!("# ", stringify!($name), " =\n\n"),
                        _ => concat!(stringify!($name), " = ", $default, "\n\n"),
                    };
                )+
                text
            }
        }
    };
}

settings! {
    #[arg(global = true)]
    data: PathBuf = "IM_SERVER_DATA", "\"im-server\"",
        "Directory of all that the server keeps. In a file, a path that is not absolute starts where the file lies";
    #[arg(value_parser = listener)]
    #[serde(deserialize_with = "listen")]
    listen: SocketAddr = "IM_SERVER_LISTEN", "\"0.0.0.0:7443\"",
        "Address and port for clients; port 0 for any that is free";
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    plain: bool = "IM_SERVER_PLAIN", "false",
        "No TLS; only on a loopback address";
    #[arg(value_delimiter = ',')]
    names: Vec<String> = "IM_SERVER_NAMES", "[\"localhost\", \"127.0.0.1\", \"::1\"]",
        "Names and addresses by which clients reach the server, for the certificate that it makes itself";
    certificate: PathBuf = "IM_SERVER_CERTIFICATE", "",
        "Certificate with those that lead to its authority, PEM; without one the server makes its own. Read again on SIGHUP";
    private_key: PathBuf = "IM_SERVER_PRIVATE_KEY", "",
        "The key of the certificate, PEM";
    metrics: String = "IM_SERVER_METRICS", "\"127.0.0.1:7480\"",
        "Address and port of /metrics, /healthz and /readyz; \"off\" for none";
    database: String = "IM_SERVER_DATABASE", "",
        "postgres:// URL of the database that several servers share; without one SQLite, in the data directory";
    bus: String = "IM_SERVER_BUS", "",
        "nats:// URLs, with commas between, of what carries news between several servers; without one this server is alone";
    look: Within<1, 3600> = "IM_SERVER_LOOK", "15",
        "Seconds between two looks for what other servers have set, in case that it was not told";
    files: String = "IM_SERVER_FILES", "",
        "s3:// URL of the bucket, and a prefix in it, for contents of files; options after ?, others from AWS_… variables. Without one they lie in the data directory";
    log: String = "IM_SERVER_LOG", "\"info\"",
        "What is logged, to standard error: off, error, warn, info, debug or trace, also by module (warn,imsdk_server=debug). Libraries say info at most";
    log_format: LogFormat = "IM_SERVER_LOG_FORMAT", "\"text\"",
        "How it is logged: text, or json for one object in each line";
    threads: Within<0, 1024> = "IM_SERVER_THREADS", "0",
        "Threads for connections, and for what is asked of PostgreSQL and NATS; 0 for as many as there are processors";
    connections: Within<1, 10_000_000> = "IM_SERVER_CONNECTIONS", "50000",
        "Connections in all";
    connections_per_address: Within<0, 10_000_000> = "IM_SERVER_CONNECTIONS_PER_ADDRESS", "2000",
        "Connections of an IPv4 address or IPv6 network (/64), but for this machine; 0 for any number";
    rate: Within<0, 1_000_000> = "IM_SERVER_RATE", "500",
        "Requests of a connection in a second, on average; 0 for any number";
    burst: Within<1, 1_000_000> = "IM_SERVER_BURST", "2000",
        "Requests of a connection at once, after it was quiet";
    max_pending: Within<1, 10_000> = "IM_SERVER_MAX_PENDING", "256",
        "Requests of a connection that wait for their answers";
    heartbeat: Within<1, 3600> = "IM_SERVER_HEARTBEAT", "30",
        "A client says something at least once in so many seconds; silent for three times as long, it is gone";
    login_timeout: Within<1, 600> = "IM_SERVER_LOGIN_TIMEOUT", "10",
        "Seconds from a connection to its login";
    stall_timeout: Within<1, 3600> = "IM_SERVER_STALL_TIMEOUT", "30",
        "Seconds for which a client may take nothing of what is written to it";
    max_file: Within<0, 1_099_511_627_776> = "IM_SERVER_MAX_FILE", "104857600",
        "Bytes of a file";
    url_seconds: Within<1, 86_400> = "IM_SERVER_URL_SECONDS", "300",
        "Seconds for which the URL of a file is good";
    drain: Within<0, 3600> = "IM_SERVER_DRAIN", "10",
        "Seconds that the end of the server may take, from SIGTERM on";
}

impl Options {
    /// The settings, each from the first source that has it; these are flags and environment.
    ///
    /// # Errors
    /// 6017 with the reason; for what a file has with file and line, otherwise with the name.
    pub fn load(self, file: Option<&Path>) -> Result<Config, Error> {
        self.check().map_err(|(name, reason)| {
            Error::new(Code::InvalidParameters, format!("{name}: {reason}"))
        })?;
        let defaults = config::parse::<Self>(Path::new("defaults"), &Self::defaults())?;
        let data = self.data.clone().or_else(|| defaults.data.clone()).unwrap_or_default();
        let found = match file {
            Some(file) => Self::read(file)?.ok_or_else(|| {
                Error::new(Code::InvalidParameters, format!("{}: no such file", file.display()))
            })?,
            None => Self::read(&data.join(FILE))?.unwrap_or_default(),
        };
        self.or(found).or(defaults).resolve()
    }

    /// `None` where there is no such file. Relative paths in it start where it lies.
    fn read(file: &Path) -> Result<Option<Self>, Error> {
        let text = match fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                let text = format!("{}: {error}", file.display());
                return Err(Error::new(Code::InvalidParameters, text));
            }
        };
        let mut found: Self = config::parse(file, &text)?;
        if let Err((name, reason)) = found.check() {
            let values: BTreeMap<String, Spanned<Value>> = config::parse(file, &text)?;
            let start = values.get(name).map_or(0, |value| value.span().start);
            return Err(config::wrong(file, &text, start, &format!("{name}: {reason}")));
        }
        let base = file.parent().unwrap_or(Path::new(""));
        let paths = [&mut found.data, &mut found.certificate, &mut found.private_key];
        for path in paths.into_iter().flatten() {
            *path = base.join(&path);
        }
        Ok(Some(found))
    }

    /// Looks at the texts that have a form of their own: the first that is wrong, by its name, and why. Without the text: there may be
    /// passwords in it.
    fn check(&self) -> Result<(), (&'static str, String)> {
        if let Some(names) = &self.names {
            if names.is_empty() || names.iter().any(|name| name.trim().is_empty()) {
                return Err((
                    "names",
                    "expected names or addresses, none of them empty".to_owned(),
                ));
            }
            if let Some(wrong) = names.iter().find(|name| tls::host(name).is_none()) {
                let form = "expected names of hosts, or addresses, without a scheme and a port";
                return Err(("names", format!("{form}: {wrong:?} is none")));
            }
        }
        if let Some(text) = &self.metrics {
            address(text).map_err(|reason| ("metrics", reason.to_owned()))?;
        }
        if let Some(text) = &self.log {
            config::levels(text).map_err(|reason| ("log", reason))?;
        }
        if let Some(text) = &self.bus {
            NatsBus::addresses(text).map_err(|reason| ("bus", reason))?;
        }
        if let Some(text) = &self.files {
            Bucket::new(text).map_err(|reason| ("files", reason))?;
        }
        if let Some(text) = &self.database {
            if text.trim().is_empty() {
                return Err(("database", "expected a postgres:// URL".to_owned()));
            }
            // The files that it names are read by a server alone: whoever says a command to it may not be able to.
            imsdk_postgres::check_url(text)
                .map_err(|error| ("database", error.desc.into_owned()))?;
        }
        Ok(())
    }

    fn resolve(self) -> Result<Config, Error> {
        let refused = |text: &str| Error::new(Code::InvalidParameters, text.to_owned());
        let identity = match (self.certificate, self.private_key) {
            (Some(certificate), Some(key)) => Some(Identity { certificate, key }),
            (None, None) => None,
            _ => return Err(refused("certificate and private_key: one needs the other")),
        };
        if self.bus.is_some() && self.database.is_none() {
            return Err(refused("bus: only servers that share a database have anything to tell"));
        }
        let metrics = self.metrics.as_deref().map_or(Ok(None), address).map_err(refused)?;
        let seconds = |it: Option<u64>| Duration::from_secs(it.unwrap_or_default());
        let base = Config::local(self.data.unwrap_or_default());
        Ok(Config {
            listen: self.listen.unwrap_or(base.listen),
            plain: self.plain.unwrap_or_default(),
            identity,
            names: self.names.unwrap_or_default(),
            metrics,
            database: self.database,
            bus: self.bus,
            look: seconds(self.look.map(|it| it.0)),
            files: self.files,
            log: self.log.unwrap_or_default(),
            log_format: self.log_format.unwrap_or_default(),
            threads: self.threads.map_or(0, |it| it.0 as usize),
            drain: seconds(self.drain.map(|it| it.0)),
            limits: Limits {
                heartbeat: seconds(self.heartbeat.map(|it| it.0)),
                login: seconds(self.login_timeout.map(|it| it.0)),
                stall: seconds(self.stall_timeout.map(|it| it.0)),
                max_file: self.max_file.map_or(0, |it| it.0),
                url: seconds(self.url_seconds.map(|it| it.0)),
                max_pending: self.max_pending.map_or(1, |it| it.0 as usize),
                rate: self.rate.map_or(0, |it| it.0 as u32),
                burst: self.burst.map_or(1, |it| it.0 as u32),
                connections: self.connections.map_or(1, |it| it.0 as usize),
                connections_per_address: self.connections_per_address.map_or(0, |it| it.0 as usize),
                ..base.limits.clone()
            },
            ..base
        })
    }
}

/// An address and a port. No name: it may have several addresses.
fn listener(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "expected an address and a port, as 0.0.0.0:7443")
}

fn listen<'de, D: Deserializer<'de>>(input: D) -> Result<Option<SocketAddr>, D::Error> {
    listener(&String::deserialize(input)?).map(Some).map_err(serde::de::Error::custom)
}

/// An address and a port, or none.
fn address(text: &str) -> Result<Option<SocketAddr>, &'static str> {
    let form = "expected an address and a port, as 127.0.0.1:7480, or off";
    if text == "off" { Ok(None) } else { text.parse().map(Some).map_err(|_| form) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        fs::write(&path, text).unwrap();
        (dir, path)
    }

    #[test]
    fn the_defaults_are_those_of_the_library_and_the_template_says_all_of_them() {
        let (_dir, path) = file(&Options::template());
        let config = Options::default().load(Some(&path)).unwrap();
        assert_eq!(config.limits, Limits::default());
        assert!(!config.plain && config.identity.is_none() && config.metrics.is_some());
        assert_eq!(config.data, Path::new("im-server"), "wherever the file lies");
    }

    #[test]
    fn a_flag_counts_more_than_the_file_and_the_file_more_than_the_default() {
        let (dir, path) = file("rate = 7\nburst = 8\ncertificate = 'a.pem'\nprivate_key = '/b'\n");
        let flags = Options { rate: Some(Within(9)), ..Options::default() };
        let config = flags.load(Some(&path)).unwrap();
        assert_eq!((config.limits.rate, config.limits.burst), (9, 8));
        assert_eq!(config.limits.max_pending, 256);
        let identity = config.identity.unwrap();
        assert_eq!(identity.certificate, dir.path().join("a.pem"));
        assert_eq!(identity.key, Path::new("/b"));
        let flags = Options { data: Some(dir.path().to_owned()), ..Options::default() };
        assert_eq!(flags.load(None).unwrap().limits.rate, 7, "the file in the data directory");
    }

    #[test]
    fn a_wrong_setting_is_named_with_its_line_and_the_reason() {
        for (text, wanted) in [
            ("rate = 1\n\nheartbeat = 0\n", ":3: expected a whole number from 1 to 3600"),
            ("rate = -1\n", ":1: expected a whole number from 0 to"),
            ("rate = \"fast\"\n", ":1: invalid type"),
            ("rate = 1\nnames = []\n", ":2: names: expected names or addresses"),
            ("names = ['a', ' ']\n", ":1: names: expected names or addresses"),
            ("\nrats = 1\n", ":2: unknown field `rats`"),
            ("listen = \"here\"\n", ":1: expected an address and a port"),
            ("log_format = \"xml\"\n", ":1: unknown variant `xml`"),
            ("rate = \n", ":1: "),
            ("certificate = 'a.pem'\n", "certificate and private_key"),
            ("bus = \"nats://localhost\"\n", "bus: only servers that share a database"),
            ("rate = 1\nmetrics = \"none\"\n", ":2: metrics: expected an address"),
            ("\n\n\"log\" = \"loud\"\n", ":3: log: \"loud\" is no level"),
            ("rate = 1\nbus = \"nats://n1:x\"\n", ":2: bus: "),
            ("bus = \"http://im:secret@n1\"\n", ":1: bus: "),
            ("rate = 1\nfiles = \"/var/files\"\n", ":2: files: expected s3://BUCKET/PREFIX"),
            ("files = \"s3://bucket?secret=1\"\n", ":1: files: there is no option secret"),
            ("\ndatabase = \"\"\n", ":2: database: expected a postgres:// URL"),
            ("database = \"postgres://im:secret@db:x/im\"\n", ":1: database: "),
            ("database = \"postgres://db/im?sslmode=allow\"\n", ":1: database: the URL of"),
        ] {
            let (_dir, path) = file(text);
            let error = Options::default().load(Some(&path)).unwrap_err();
            assert!(error.code == 6017 && error.desc.contains(wanted), "{text}: {}", error.desc);
            assert!(!error.desc.contains("im:secret"), "{}", error.desc);
        }
        // Not every command is said by who may read what the server reads.
        let url = "postgres://db/im?sslmode=verify-full&sslcert=/nowhere&sslkey=/nowhere";
        let (_dir, path) = file(&format!("database = \"{url}\"\n"));
        assert_eq!(Options::default().load(Some(&path)).unwrap().database.as_deref(), Some(url));
        let flags = Options { bus: Some("nowhere:x".into()), ..Options::default() };
        let error = flags.load(None).unwrap_err();
        assert!(error.desc.starts_with("bus: "), "{}", error.desc);
        let error = Options::default().load(Some(Path::new("/nowhere/a.toml"))).unwrap_err();
        assert!(error.desc.contains("no such file"));
    }
}
