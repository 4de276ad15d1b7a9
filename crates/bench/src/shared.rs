//! What all users of a run share: the way to the server, counters, times.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{SystemTime, UNIX_EPOCH};

use hdrhistogram::Histogram;
use imsdk_client::config::ServerAddress;
use imsdk_client::wire::{Way, random};
use imsdk_service::usersig;
use imsdk_types::Error;
use imsdk_types::wire::Login;
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::{Mode, Options, Quantiles};

/// Microseconds of the longest time that is told apart.
const LONGEST: u64 = 600_000_000;

/// For how long a signature is good, in seconds: longer than any run.
const SIGNATURE: u64 = 7 * 86_400;

/// Times, in microseconds, within a thousandth.
#[derive(Debug)]
pub(crate) struct Times(Mutex<Histogram<u64>>);

impl Times {
    pub(crate) fn new() -> Self {
        let histogram = Histogram::new_with_bounds(1, LONGEST, 3).expect("bounds that are good");
        Self(Mutex::new(histogram))
    }

    pub(crate) fn record(&self, micros: u64) {
        self.0.lock().saturating_record(micros.max(1));
    }

    pub(crate) fn clear(&self) {
        self.0.lock().reset();
    }

    pub(crate) fn quantiles(&self) -> Quantiles {
        Quantiles::of(&self.0.lock())
    }
}

/// See the module.
pub(crate) struct Shared {
    ways: Vec<Way>,
    key: String,
    pub(crate) options: Options,
    /// Tells this run's messages from those of others.
    pub(crate) run: u64,
    pub(crate) began: Instant,
    pub(crate) logged_in: AtomicU64,
    pub(crate) reconnects: AtomicU64,
    /// Tries to connect that failed.
    pub(crate) failed: AtomicU64,
    pub(crate) sent: AtomicU64,
    pub(crate) accepted: AtomicU64,
    pub(crate) refused: Mutex<BTreeMap<i32, u64>>,
    /// Deliveries that are due for what was accepted.
    pub(crate) expected: AtomicU64,
    pub(crate) delivered: AtomicU64,
    pub(crate) doubled: AtomicU64,
    pub(crate) disordered: AtomicU64,
    /// When something was accepted, or delivered, last: microseconds since it began.
    pub(crate) last_accepted: AtomicU64,
    pub(crate) last_delivered: AtomicU64,
    pub(crate) logins: Times,
    pub(crate) sends: Times,
    pub(crate) deliveries: Times,
    /// Rings when a message was delivered.
    pub(crate) arrived: Notify,
}

pub(crate) fn unix_time() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

impl Shared {
    /// # Errors
    /// 6017 for what the options say wrong.
    pub(crate) fn new(options: &Options) -> Result<Self, Error> {
        let way = |server: &ServerAddress| {
            Way::new(server.clone(), options.app_id, options.ca_file.as_deref())
        };
        Ok(Self {
            ways: options.servers.iter().map(way).collect::<Result<_, _>>()?,
            key: options.read_key()?,
            options: options.clone(),
            run: random(),
            began: Instant::now(),
            logged_in: AtomicU64::new(0),
            reconnects: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            sent: AtomicU64::new(0),
            accepted: AtomicU64::new(0),
            refused: Mutex::default(),
            expected: AtomicU64::new(0),
            delivered: AtomicU64::new(0),
            doubled: AtomicU64::new(0),
            disordered: AtomicU64::new(0),
            last_accepted: AtomicU64::new(0),
            last_delivered: AtomicU64::new(0),
            logins: Times::new(),
            sends: Times::new(),
            deliveries: Times::new(),
            arrived: Notify::new(),
        })
    }

    /// Whether the next message must wait for the last one to come.
    pub(crate) fn is_awaited(&self) -> bool {
        self.options.mode == Mode::Ping && self.delivered.load(Relaxed) < self.sent.load(Relaxed)
    }

    /// Microseconds from the beginning to a moment.
    pub(crate) fn micros(&self, at: Instant) -> u64 {
        at.saturating_duration_since(self.began).as_micros() as u64
    }

    /// The way of a user to its server.
    pub(crate) fn way(&self, no: u32) -> &Way {
        &self.ways[no as usize % self.ways.len()]
    }

    /// The user id of a user.
    pub(crate) fn user(&self, no: u32) -> String {
        format!("{}{no}", self.options.prefix)
    }

    /// The id of a group.
    pub(crate) fn group(&self, no: u32) -> String {
        format!("{}-{:x}-{no}", self.options.prefix, self.run)
    }

    /// What a user logs in with: always the same device, so that runs at one server leave no trail of devices.
    pub(crate) fn login(&self, no: u32, cursor: Option<u64>) -> Login {
        let user = self.user(no);
        let user_sig =
            usersig::sign(&self.key, self.options.app_id, &user, unix_time(), SIGNATURE, None);
        Login { user, user_sig, device: u64::from(no) + 1, platform: 6, cursor, takes_pages: true }
    }

    /// The beginning of the texts of this run.
    pub(crate) fn mark(&self) -> String {
        format!("im-bench {:x} ", self.run)
    }

    /// A message was not accepted.
    pub(crate) fn refuse(&self, code: i32) {
        *self.refused.lock().entry(code).or_default() += 1;
    }

    /// A message was accepted that so many are to get, after so long.
    pub(crate) fn accept(&self, receivers: u64, since: Instant) {
        let now = Instant::now();
        self.sends.record((now - since).as_micros() as u64);
        self.accepted.fetch_add(1, Relaxed);
        self.expected.fetch_add(receivers, Relaxed);
        self.last_accepted.fetch_max(self.micros(now), Relaxed);
    }

    /// A message came that was written at a moment.
    pub(crate) fn deliver(&self, written: u64) {
        let now = self.micros(Instant::now());
        self.deliveries.record(now.saturating_sub(written));
        self.delivered.fetch_add(1, Relaxed);
        self.last_delivered.fetch_max(now, Relaxed);
        self.arrived.notify_one();
    }

    /// Messages that are answered.
    pub(crate) fn answered(&self) -> u64 {
        self.accepted.load(Relaxed) + self.refused.lock().values().sum::<u64>()
    }
}
