//! What came out, for people and for programs.

use std::collections::BTreeMap;
use std::fmt;

use hdrhistogram::Histogram;
use serde::{Deserialize, Serialize};

/// Times of one kind, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quantiles {
    /// How many there are.
    pub count: u64,
    /// Their mean.
    pub mean: f64,
    /// Half of them are not longer.
    pub p50: u64,
    /// Nine in ten are not longer.
    pub p90: u64,
    /// 99 in 100 are not longer.
    pub p99: u64,
    /// 999 in 1000 are not longer.
    pub p999: u64,
    /// The longest.
    pub max: u64,
}

impl Quantiles {
    pub(crate) fn of(times: &Histogram<u64>) -> Self {
        Self {
            count: times.len(),
            mean: times.mean(),
            p50: times.value_at_quantile(0.5),
            p90: times.value_at_quantile(0.9),
            p99: times.value_at_quantile(0.99),
            p999: times.value_at_quantile(0.999),
            max: times.max(),
        }
    }
}

/// `5 µs`, `1.25 ms`, `3.4 s`.
fn time(micros: u64) -> String {
    match micros {
        0..1_000 => format!("{micros} µs"),
        1_000..1_000_000 => format!("{:.2} ms", micros as f64 / 1e3),
        _ => format!("{:.2} s", micros as f64 / 1e6),
    }
}

impl fmt::Display for Quantiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { p50, p90, p99, p999, max, .. } = *self;
        let all = [("p50", p50), ("p90", p90), ("p99", p99), ("p99.9", p999), ("max", max)];
        let all = all.map(|(name, micros)| format!("{name} {}", time(micros)));
        f.write_str(&all.join("  "))
    }
}

/// How connecting and logging in went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Connections {
    /// Users that have a session.
    pub logged_in: u64,
    /// From the first try to the last session, in seconds.
    pub seconds: f64,
    /// Of each user, from the first try to the session.
    pub login: Quantiles,
    /// Tries that failed and were made again.
    pub failed: u64,
}

impl fmt::Display for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { logged_in, seconds, login, failed } = self;
        let rate = *logged_in as f64 / seconds.max(1e-6);
        writeln!(
            f,
            "{logged_in} logged in within {seconds:.2} s ({rate:.0}/s), {failed} tries failed"
        )?;
        writeln!(f, "  login       {login}")
    }
}

/// How messages went.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Messages {
    /// Written.
    pub sent: u64,
    /// Answered: they are durable.
    pub accepted: u64,
    /// Answered with an error, by its code.
    pub refused: BTreeMap<i32, u64>,
    /// Written, and without an answer at the end.
    pub unanswered: u64,
    /// Accepted in a second.
    pub accepted_per_second: f64,
    /// Deliveries of what was accepted: one for each receiver.
    pub expected: u64,
    /// What came, each once.
    pub delivered: u64,
    /// Delivered in a second.
    pub delivered_per_second: f64,
    /// Deliveries that are missing.
    pub lost: u64,
    /// Deliveries that came again.
    pub doubled: u64,
    /// Deliveries that came after a later message of the same sender to the same conversation.
    pub disordered: u64,
    /// From the writing of a message to its answer.
    pub send: Quantiles,
    /// From the writing of a message to the page with it, of each receiver.
    pub delivery: Quantiles,
}

impl Messages {
    /// Whether every message was accepted and came to each receiver, once, in order.
    pub fn are_sound(&self) -> bool {
        let Self { refused, unanswered, lost, doubled, disordered, .. } = self;
        refused.is_empty() && [unanswered, lost, doubled, disordered].iter().all(|it| **it == 0)
    }
}

impl fmt::Display for Messages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (accepted, delivered) = (self.accepted_per_second, self.delivered_per_second);
        let refused: u64 = self.refused.values().sum();
        writeln!(
            f,
            "{} of {} messages accepted ({accepted:.0}/s), {refused} refused, {} without an answer",
            self.accepted, self.sent, self.unanswered
        )?;
        for (code, count) in &self.refused {
            writeln!(f, "  refused with {code}: {count}")?;
        }
        writeln!(
            f,
            "{} of {} delivered ({delivered:.0}/s), {} lost, {} doubled, {} out of order",
            self.delivered, self.expected, self.lost, self.doubled, self.disordered
        )?;
        writeln!(f, "  send        {}", self.send)?;
        writeln!(f, "  delivery    {}", self.delivery)
    }
}

/// What the server's process took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    /// Bytes of memory before the first connection.
    pub memory_before: u64,
    /// Bytes of memory with all connections; in idle runs at the end.
    pub memory_after: u64,
    /// What there is more of it, for each connection.
    pub bytes_per_connection: f64,
    /// Seconds of processor time while connections were kept, or messages written.
    pub cpu_seconds: f64,
    /// How long that was, in seconds.
    pub seconds: f64,
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mib = |bytes: u64| bytes as f64 / f64::from(1 << 20);
        writeln!(
            f,
            "server: {:.1} MiB, then {:.1} MiB: {:.1} KiB for each connection; {:.2} s of processor time in {:.1} s",
            mib(self.memory_before),
            mib(self.memory_after),
            self.bytes_per_connection / 1024.0,
            self.cpu_seconds,
            self.seconds
        )
    }
}

/// What a run has measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The mode: `load`, `ping`, `idle` or `storm`.
    pub mode: String,
    /// Version of this program.
    pub version: String,
    /// When it began, in Unix seconds.
    pub time: u64,
    /// Users, each with one connection.
    pub connections: u32,
    /// Messages in a second that were asked for; 0 for as many as were answered.
    pub rate: u32,
    /// Messages of a user that might wait for their answers.
    pub window: u32,
    /// Users that wrote.
    pub senders: u32,
    /// Groups that were made.
    pub groups: u32,
    /// Members of each.
    pub group_size: u32,
    /// Which part of the messages was for groups.
    pub group_share: f64,
    /// Bytes of a message's text.
    pub size: u32,
    /// The beginning.
    pub connecting: Connections,
    /// Storm: each time that all came back at once.
    pub storms: Vec<Connections>,
    /// Connections that broke, and were made again.
    pub reconnects: u64,
    /// Connections that asked much meanwhile.
    #[serde(default)]
    pub heavy: u32,
    /// Requests of theirs that were answered.
    #[serde(default)]
    pub heavy_answers: u64,
    /// The messages; not in idle runs.
    pub messages: Option<Messages>,
    /// The server's process, if it was named.
    pub usage: Option<Usage>,
}

impl Report {
    /// Whether nothing was lost, doubled, out of order, refused or left without an answer.
    pub fn is_sound(&self) -> bool {
        self.messages.as_ref().is_none_or(Messages::are_sound)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.connecting)?;
        for storm in &self.storms {
            write!(f, "storm: {storm}")?;
        }
        if self.reconnects > 0 {
            writeln!(f, "{} connections broke and were made again", self.reconnects)?;
        }
        if self.heavy > 0 {
            let (answers, heavy) = (self.heavy_answers, self.heavy);
            writeln!(f, "{answers} heavy requests of {heavy} connections were answered meanwhile")?;
        }
        if let Some(messages) = &self.messages {
            write!(f, "{messages}")?;
        }
        if let Some(usage) = &self.usage {
            write!(f, "{usage}")?;
        }
        f.write_str(if self.is_sound() { "sound" } else { "NOT SOUND" })
    }
}
