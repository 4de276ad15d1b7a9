//! What a mode does: all connect, all write, all wait; then the reckoning.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use clap::ValueEnum;
use imsdk_types::{Code, Error};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::heavy::Heavy;
use crate::process::Taken;
use crate::report::{Connections, Messages, Report, Usage};
use crate::shared::{Shared, unix_time};
use crate::user::{Pace, To, User};
use crate::{Mode, Options};

/// How often it is looked how far things are.
const TICK: Duration = Duration::from_millis(100);

/// For how long nothing may come any more before the last word: what comes twice comes late.
const QUIET: Duration = Duration::from_secs(1);

/// Does what the options say.
///
/// # Errors
/// 6017 for what they say wrong; what a user is told whom the server does not want, or why it cannot be reached.
pub async fn run(options: &Options) -> Result<Report, Error> {
    let before = options.pid.map(Taken::of).transpose()?;
    let mut all = All::new(options)?;
    let time = unix_time();
    let connecting = all.connect(Some(options.at_once)).await?;
    let (mut storms, mut messages) = (Vec::new(), None);
    let (held, since) = (options.pid.map(Taken::of).transpose()?, Instant::now());
    let heavy = Heavy::start(&all.shared);
    match options.mode {
        Mode::Load | Mode::Ping => messages = Some(all.load().await?),
        Mode::Idle => all.idle().await?,
        Mode::Storm => {
            for _ in 0..options.rounds {
                all.users.iter_mut().for_each(User::cut);
                storms.push(all.connect(None).await?);
            }
            messages = Some(all.load().await?);
        }
    }
    let usage = match (before, held, options.pid) {
        (Some(before), Some(held), Some(pid)) => Some(usage(before, held, since, pid, options)?),
        _ => None,
    };
    let heavy_answers = heavy.end().await?;
    all.leave().await?;
    Ok(Report {
        mode: options.mode.to_possible_value().map_or(String::new(), |it| it.get_name().into()),
        version: env!("CARGO_PKG_VERSION").into(),
        time,
        connections: options.connections,
        rate: options.rate,
        window: options.window,
        senders: options.writers(),
        groups: options.groups(),
        group_size: options.group_size,
        group_share: options.group_share,
        size: options.size,
        connecting,
        storms,
        reconnects: all.shared.reconnects.load(Relaxed),
        heavy: options.heavy,
        heavy_answers,
        messages,
        usage,
    })
}

fn usage(
    before: Taken,
    held: Taken,
    since: Instant,
    pid: u32,
    options: &Options,
) -> Result<Usage, Error> {
    let after = Taken::of(pid)?;
    // Messages take memory as well, and what a login took for a moment is given back.
    let memory = if options.mode == Mode::Idle { after.memory } else { held.memory };
    let more = memory as f64 - before.memory as f64;
    Ok(Usage {
        memory_before: before.memory,
        memory_after: memory,
        bytes_per_connection: more / f64::from(options.connections),
        cpu_seconds: (after.cpu - held.cpu).as_secs_f64(),
        seconds: since.elapsed().as_secs_f64(),
    })
}

/// All users, by number, between the things that they do.
struct All {
    shared: Arc<Shared>,
    users: Vec<User>,
}

impl All {
    fn new(options: &Options) -> Result<Self, Error> {
        let shared = Arc::new(Shared::new(options)?);
        let users = (0..options.connections).map(|no| User::new(no, Arc::clone(&shared))).collect();
        Ok(Self { shared, users })
    }

    /// Has every user do something, each on a task of its own, while `lead` goes on; it ends with the last of them, or with what goes wrong first.
    async fn each<F>(
        &mut self,
        action: impl Fn(User) -> F,
        lead: impl Future<Output = ()>,
    ) -> Result<(), Error>
    where
        F: Future<Output = Result<User, Error>> + Send + 'static,
    {
        let mut tasks = JoinSet::new();
        for user in self.users.drain(..) {
            tasks.spawn(action(user));
        }
        let done = async {
            let mut users = Vec::with_capacity(tasks.len());
            while let Some(done) = tasks.join_next().await {
                let done =
                    done.map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?;
                users.push(done?);
            }
            Ok::<_, Error>(users)
        };
        let led = async {
            lead.await;
            Ok(())
        };
        let (mut users, ()) = tokio::try_join!(done, led)?;
        users.sort_unstable_by_key(|user| user.no);
        self.users = users;
        Ok(())
    }

    fn bar(&self, length: u64, what: &'static str) -> ProgressBar {
        let target = match self.shared.options.quiet {
            true => ProgressDrawTarget::hidden(),
            // Hidden where standard error is no terminal.
            false => ProgressDrawTarget::stderr(),
        };
        let style = ProgressStyle::with_template("{prefix} {wide_bar} {percent}% {msg}");
        ProgressBar::with_draw_target(Some(length), target)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
            .with_prefix(what)
    }

    /// Logs everybody in, so many at once or all of them.
    async fn connect(&mut self, at_once: Option<u32>) -> Result<Connections, Error> {
        let shared = Arc::clone(&self.shared);
        let wanted = u64::from(shared.options.connections);
        let at_once = at_once.map_or(Semaphore::MAX_PERMITS, |most| most as usize);
        let (gate, ready) = (Arc::new(Semaphore::new(at_once)), CancellationToken::new());
        let failed = shared.failed.load(Relaxed);
        shared.logins.clear();
        let began = Instant::now();
        let bar = self.bar(wanted, "logging in");
        let connect = |mut user: User| {
            let (gate, ready, shared) = (Arc::clone(&gate), ready.clone(), Arc::clone(&shared));
            async move {
                let turn = gate.acquire_owned().await;
                user.connect(Instant::now() + shared.options.settle()).await?;
                drop(turn);
                // Who waits for the others still has heartbeats.
                user.serve(None, &ready).await?;
                Ok(user)
            }
        };
        let mut seconds = 0.0;
        let lead = async {
            while shared.logged_in.load(Relaxed) < wanted {
                bar.set_position(shared.logged_in.load(Relaxed));
                sleep(TICK / 10).await;
            }
            seconds = began.elapsed().as_secs_f64();
            ready.cancel();
        };
        self.each(connect, lead).await?;
        bar.finish_and_clear();
        Ok(Connections {
            logged_in: shared.logged_in.load(Relaxed),
            seconds,
            login: shared.logins.quantiles(),
            failed: shared.failed.load(Relaxed) - failed,
        })
    }

    async fn idle(&mut self) -> Result<(), Error> {
        let stop = CancellationToken::new();
        let serve = |mut user: User| {
            let stop = stop.clone();
            async move { user.serve(None, &stop).await.map(|()| user) }
        };
        let seconds = self.shared.options.duration;
        let bar = self.bar(seconds, "keeping");
        let lead = async {
            for second in 0..seconds {
                bar.set_position(second);
                sleep(Duration::from_secs(1)).await;
            }
            stop.cancel();
        };
        self.each(serve, lead).await?;
        bar.finish_and_clear();
        Ok(())
    }

    /// Messages are written, then all wait until everything has come.
    async fn load(&mut self) -> Result<Messages, Error> {
        self.make_groups().await?;
        let shared = Arc::clone(&self.shared);
        let options = &shared.options;
        let (began, stop) = (Instant::now(), CancellationToken::new());
        let end = began + Duration::from_secs(options.duration);
        let writers = options.writers();
        let storm = options.mode == Mode::Storm;
        let every = (options.rate > 0 && !storm)
            .then(|| Duration::from_secs_f64(f64::from(writers) / f64::from(options.rate)));
        let left = if storm { 1 } else { options.messages.unwrap_or(u32::MAX) };
        let serve = |mut user: User| {
            let stop = stop.clone();
            // Spread over the time from one message to the next.
            let share = f64::from(user.no) / f64::from(writers);
            let next = began + every.unwrap_or_default().mul_f64(share.min(1.0));
            let pace = (user.no < writers).then_some(Pace { next, every, left, end });
            async move { user.serve(pace, &stop).await.map(|()| user) }
        };
        let all = u64::from(left).saturating_mul(u64::from(writers));
        let bar = self.bar(options.duration * 1000, "writing");
        let lead = async {
            let (mut heard, mut quiet) = (0, Instant::now());
            loop {
                sleep(TICK).await;
                let now = Instant::now();
                let (sent, delivered) = (shared.sent.load(Relaxed), shared.delivered.load(Relaxed));
                let (answered, expected) = (shared.answered(), shared.expected.load(Relaxed));
                bar.set_position((now - began).as_millis() as u64);
                bar.set_message(format!("{sent} sent, {delivered} of {expected} delivered"));
                let news = sent + answered + delivered + shared.doubled.load(Relaxed);
                if news != heard {
                    (heard, quiet) = (news, now);
                }
                if now < end && sent < all {
                    continue;
                }
                let complete = answered >= sent && delivered >= expected;
                let patience = if complete { QUIET } else { options.settle() };
                if now - quiet > patience {
                    break;
                }
            }
            stop.cancel();
        };
        self.each(serve, lead).await?;
        bar.finish_and_clear();
        Ok(self.reckon(began))
    }

    async fn make_groups(&mut self) -> Result<(), Error> {
        let (size, groups) = (self.shared.options.group_size, self.shared.options.groups());
        for first in self.users.iter_mut().step_by(size as usize).take(groups as usize) {
            first.make_group().await?;
        }
        for user in &mut self.users {
            user.find_group().await?;
        }
        Ok(())
    }

    /// Everybody goes; groups are not left behind.
    async fn leave(&mut self) -> Result<(), Error> {
        let (size, groups) = (self.shared.options.group_size, self.shared.options.groups());
        for first in self.users.iter_mut().step_by(size as usize).take(groups as usize) {
            first.remove_group().await?;
        }
        self.users.iter_mut().for_each(User::cut);
        Ok(())
    }

    /// Compares what was accepted with what came.
    fn reckon(&self, began: Instant) -> Messages {
        let (shared, users) = (&self.shared, &self.users);
        let size = shared.options.group_size;
        let mut lost = 0;
        for user in users {
            for (to, numbers) in &user.accepted {
                let (receivers, group) = match *to {
                    To::User(no) => (no..no + 1, false),
                    To::Group => {
                        let first = user.no / size * size;
                        (first..first + size, true)
                    }
                };
                for receiver in receivers.filter(|no| *no != user.no) {
                    let came = users[receiver as usize].came.get(&(group, user.no));
                    lost += numbers.missing_in(came);
                }
            }
        }
        let (accepted, delivered) = (shared.accepted.load(Relaxed), shared.delivered.load(Relaxed));
        let sent = shared.sent.load(Relaxed);
        let unanswered = sent - shared.answered().min(sent);
        let refused = shared.refused.lock().clone();
        let begin = shared.micros(began);
        let rate = |count: u64, last: u64| match last.saturating_sub(begin) {
            0 => 0.0,
            micros => count as f64 * 1e6 / micros as f64,
        };
        Messages {
            sent,
            accepted,
            refused,
            unanswered,
            accepted_per_second: rate(accepted, shared.last_accepted.load(Relaxed)),
            expected: shared.expected.load(Relaxed),
            delivered,
            delivered_per_second: rate(delivered, shared.last_delivered.load(Relaxed)),
            lost,
            doubled: shared.doubled.load(Relaxed),
            disordered: shared.disordered.load(Relaxed),
            send: shared.sends.quantiles(),
            delivery: shared.deliveries.quantiles(),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use imsdk_types::wire::{Conv, Delivered};

    use super::*;

    fn all(more: &[&str]) -> All {
        let given = ["im-bench", "--server", "ws://127.0.0.1:1", "--app-id", "1", "--key", "key"];
        let options = Options::try_parse_from(given.iter().chain(more)).unwrap();
        All::new(&options).unwrap()
    }

    fn delivered(all: &All, sender: u32, number: u32) -> Delivered {
        Delivered {
            conv: Conv::c2c("bench"),
            sender: all.shared.user(sender),
            account: 1,
            platform: 6,
            order: 1,
            time: 1,
            client_time: 1,
            rand: 1,
            seq: 1,
            counts: true,
            becomes_last: true,
            origin: 0,
            listed: true,
            revoked: false,
            read: false,
            body: format!("{}{sender} {number} 0 xxx", all.shared.mark()),
        }
    }

    #[test]
    fn what_does_not_come_comes_twice_or_comes_late_is_counted() {
        let mut all = all(&["--connections", "4", "--group-size", "2"]);
        for number in 0..3 {
            all.users[0].accepted.entry(To::User(3)).or_default().insert(number);
            all.users[2].accepted.entry(To::Group).or_default().insert(number);
            // What user 2 writes to the group is for user 3 alone.
            let message = delivered(&all, 2, number);
            all.users[3].came(&message, true);
        }
        let messages = all.reckon(Instant::now());
        assert_eq!((messages.delivered, messages.lost, messages.doubled), (3, 3, 0));
        for number in [2, 0, 2] {
            let message = delivered(&all, 0, number);
            all.users[3].came(&message, false);
        }
        let messages = all.reckon(Instant::now());
        assert_eq!((messages.lost, messages.doubled, messages.disordered), (1, 1, 1));
        assert!(!messages.are_sound());
        // A message of another run does not count.
        let other = Delivered { body: "im-bench 1 0 1 0 xxx".into(), ..delivered(&all, 0, 1) };
        all.users[3].came(&other, false);
        assert_eq!(all.reckon(Instant::now()).lost, 1);
    }
}
