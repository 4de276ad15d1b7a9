//! The command line.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use imsdk_client::config::ServerAddress;
use imsdk_types::{Code, Error, limits};

use crate::Report;

/// A load generator for im-server, over the real protocol.
///
/// Users log in, each over a connection of its own, with signatures made from the application's key, and write to each other and to groups.
/// Each message says who wrote it and which one it is: what was accepted must come to each receiver, once, in order. At the end a summary
/// is printed; --report writes the same as JSON.
///
/// A server holds connections to limits. For the highest rate start it with `--rate 0`, for many connections from another machine also
/// with `--connections-per-address 0`, and see that `ulimit -n` allows here and there what --connections asks for.
#[derive(Clone, Debug, Parser)]
#[command(version, max_term_width = 120, after_help = EXAMPLES)]
pub struct Options {
    /// What to do
    #[arg(value_enum, default_value = "load")]
    pub mode: Mode,
    /// Where the server is: wss://HOST:PORT, or ws://HOST:PORT on this machine; with commas between them several, which users take in turns
    #[arg(
        long = "server",
        env = "IM_BENCH_SERVER",
        value_name = "URL",
        value_delimiter = ',',
        required = true
    )]
    pub servers: Vec<ServerAddress>,
    /// Certificates of authorities to trust in place of the system's (PEM), as the server's tls/ca.pem
    #[arg(long, env = "IM_BENCH_CA_FILE", value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// The application's sdk_app_id
    #[arg(long, env = "IM_BENCH_APP_ID", value_name = "N")]
    pub app_id: u64,
    /// The application's key, which signs the logins; others on this machine can read a command line
    #[arg(
        long,
        env = "IM_BENCH_KEY",
        hide_env_values = true,
        required_unless_present = "key_file"
    )]
    pub key: Option<String>,
    /// A file with the key in its first line, as `im-server key list` prints it
    #[arg(long, env = "IM_BENCH_KEY_FILE", value_name = "FILE", conflicts_with = "key")]
    pub key_file: Option<PathBuf>,
    /// Users, each with one connection
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub connections: u32,
    /// Users are called PREFIX0, PREFIX1, …; several programs at one server need different ones
    #[arg(long, default_value = "bench", value_name = "PREFIX", value_parser = prefix)]
    pub prefix: String,
    /// Connections that are made at once at the beginning
    #[arg(long, default_value_t = 128, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub at_once: u32,
    /// For how many seconds messages are written; idle: for how long connections are kept
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub duration: u64,
    /// Messages in a second, of all users together; 0 for as many as are answered
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub rate: u32,
    /// Messages of a user that wait for their answers; 1 for one at a time
    #[arg(long, default_value_t = 16, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub window: u32,
    /// Users that write, the first ones; without it all do
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub senders: Option<u32>,
    /// Messages that each of them writes at most
    #[arg(long, value_name = "N")]
    pub messages: Option<u32>,
    /// To how many others a user writes
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub peers: u32,
    /// Which part of the messages goes to groups, from 0 to 1; who is in no group writes to users only
    #[arg(long, default_value_t = 0.2, value_name = "PART", value_parser = part)]
    pub group_share: f64,
    /// Members of a group. Each user is in one, as far as there are enough for whole ones; they are made at the start and removed at the end
    #[arg(long, default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=2_000))]
    pub group_size: u32,
    /// Bytes of a message's text
    #[arg(long, default_value_t = 100, value_name = "BYTES", value_parser = clap::value_parser!(u32).range(64..=8_192))]
    pub size: u32,
    /// Seconds without any delivery after which what is missing counts as lost; also how long a server may be out of reach at the start
    #[arg(long, default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub settle: u64,
    /// storm: how often all connections are cut and made again
    #[arg(long, default_value_t = 1, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub rounds: u32,
    /// Further connections that ask, all the time, what costs a server most: about 3000 users by name, of whom those exist that have logged
    /// in once (`idle --connections 3000`), and members of groups in hundreds
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub heavy: u32,
    /// The server's process, if it runs on this machine: its memory and processor time are measured (Linux)
    #[arg(long, value_name = "PID")]
    pub pid: Option<u32>,
    /// Writes the report to a file, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// No progress bar
    #[arg(long)]
    pub quiet: bool,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// Write messages, and account for each delivery
    Load,
    /// The first user writes to the second one, the next message when the last one has come: how long a delivery takes
    Ping,
    /// Connect, log in and do nothing but heartbeats
    Idle,
    /// Connect, cut all connections and make them again at once; then each user writes a message
    Storm,
}

const EXAMPLES: &str = "\
Examples:
  im-server --data /tmp/im --plain --listen 127.0.0.1:7700 --rate 0
  im-server --data /tmp/im key list > /tmp/im.key
      a server to try it on, and its key
  im-bench --server ws://127.0.0.1:7700 --app-id 1400000000 --key-file /tmp/im.key
      as many messages as are answered, for 10 seconds
  im-bench … --connections 1000 --rate 500 --duration 60 --report load.json
      500 messages a second of 1000 users
  im-bench … --connections 1000 --senders 1 --group-size 1000 --group-share 1
      one user writes to a group of 1000 who are online
  im-bench ping … --connections 2
      how long one message takes
  im-bench ping … --connections 2 --heavy 4
      the same while others ask much
  im-bench idle … --connections 10000 --pid 4711
      what a connection takes of the server's memory
  im-bench storm … --connections 10000
      all come back at once

Times: that of a send is from its writing to its answer, after which it is durable; that of a delivery from its writing to the page with it.
A message that waited for its turn because answers were late counts from its turn.

Exit codes: 0; 1 if a message was lost, came twice, came out of order or was refused; 2 if nothing could be measured.";

fn part(text: &str) -> Result<f64, String> {
    let part: Option<f64> = text.parse().ok();
    part.filter(|part| (0.0..=1.0).contains(part)).ok_or("expected a number from 0 to 1".into())
}

fn prefix(text: &str) -> Result<String, String> {
    // The longest number follows.
    match limits::is_user_id(&format!("{text}999999")) {
        true => Ok(text.to_owned()),
        false => Err("expected the beginning of a user id".into()),
    }
}

fn refused(text: String) -> Error {
    Error::new(Code::InvalidParameters, text)
}

impl Options {
    /// The key that signs the logins.
    ///
    /// # Errors
    /// 6017 if its file cannot be read or has none.
    pub fn read_key(&self) -> Result<String, Error> {
        let text = match (&self.key, &self.key_file) {
            (Some(key), _) => key.clone(),
            (None, Some(file)) => fs::read_to_string(file)
                .map_err(|error| refused(format!("{}: {error}", file.display())))?,
            (None, None) => String::new(),
        };
        let key = text.lines().next().unwrap_or_default().trim().to_owned();
        if key.is_empty() { Err(refused("there is no key".into())) } else { Ok(key) }
    }

    /// Writes the report where one is wanted.
    ///
    /// # Errors
    /// 6017 if the file cannot be written.
    pub fn write(&self, report: &Report) -> Result<(), Error> {
        let Some(file) = &self.report else { return Ok(()) };
        let failed = |reason: String| refused(format!("{}: {reason}", file.display()));
        let text = serde_json::to_string_pretty(report).map_err(|it| failed(it.to_string()))?;
        fs::write(file, text + "\n").map_err(|error| failed(error.to_string()))
    }

    pub(crate) fn settle(&self) -> Duration {
        Duration::from_secs(self.settle)
    }

    /// Users that write.
    pub(crate) fn writers(&self) -> u32 {
        if self.mode == Mode::Ping {
            return 1;
        }
        self.senders.unwrap_or(self.connections).min(self.connections)
    }

    /// To how many others a user writes.
    pub(crate) fn peers(&self) -> u32 {
        if self.mode == Mode::Ping { 1 } else { self.peers.min(self.connections - 1) }
    }

    /// Groups that are made.
    pub(crate) fn groups(&self) -> u32 {
        match self.mode {
            Mode::Load if self.group_share > 0.0 => self.connections / self.group_size,
            _ => 0,
        }
    }
}
