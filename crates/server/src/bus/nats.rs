//! News over NATS: each server publishes what it has committed, on a subject of its service's application, and hears all others.
//!
//! NATS promises nothing, and nothing is expected: whoever was away from it, or too slow, looks everywhere ([`Heard::Gap`]).

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use async_nats::connection::State;
use async_nats::{Client, ConnectOptions, Event, ServerAddr};
use futures_util::StreamExt;
use imsdk_service::{News, Stretch};
use imsdk_types::wire::Delivered;
use imsdk_types::{Code, Error};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::{Bus, Ear, Heard, Topic};

/// Subjects are these, the number of the application, a dot and the number of the service.
const SUBJECTS: &str = "imsdk.news.";

/// No application: what is said there is of the server.
const NO_APP: Topic = Topic { app: 0, service: 0 };

/// News that wait for the network at most. What comes then is lost, and the others are told so.
const WAITING: usize = 4096;

/// News that go out together.
const TOGETHER: usize = 256;

/// What is left of NATS's limit for a message's other parts.
const MARGIN: usize = 1024;

/// The limit of a server that has not said its own.
const USUAL: usize = 1 << 20;

/// How long what is still to be said may take at the end.
const END: Duration = Duration::from_secs(2);

/// See the module.
pub(crate) struct NatsBus {
    outgoing: Sender<(Topic, Said)>,
    ear: Arc<Mutex<Option<Ear>>>,
    lost: Arc<Mutex<bool>>,
    /// Nothing more will be said.
    end: Arc<Notify>,
    /// Closed when all is said.
    said: Mutex<mpsc::Receiver<()>>,
}

/// What is to be told.
enum Said {
    News(News),
    Settings,
}

/// What travels.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Parcel {
    /// Which server it is from, by a number that it draws when it starts.
    from: u64,
    /// The others have missed something of this server.
    gap: bool,
    /// What is set for some application was changed.
    settings: bool,
    accounts: Vec<u64>,
    stretches: Vec<Stretch>,
    sessions: Vec<(u64, u64)>,
    groups: Vec<u64>,
    members: Vec<u64>,
    online: Vec<(u64, Delivered)>,
    group_online: Vec<(u64, Delivered)>,
}

impl Parcel {
    /// As messages of at most so many bytes. An online-only message that is larger is dropped, and of a stretch only the places are told.
    fn messages(self, most: usize) -> Vec<Vec<u8>> {
        let whole = serde_json::to_vec(&self).unwrap_or_default();
        if whole.len() <= most {
            return vec![whole];
        }
        let (from, gap, settings) = (self.from, self.gap, self.settings);
        match self.halves() {
            Ok([first, second]) => {
                let mut messages = Self { from, gap, settings, ..first }.messages(most);
                messages.extend(Self { from, ..second }.messages(most));
                messages
            }
            Err(mut one) if one.stretches.iter().any(|it| !it.entries.is_empty()) => {
                one.stretches.iter_mut().for_each(|it| it.entries.clear());
                one.messages(most)
            }
            Err(one) if one.is_online() => {
                tracing::warn!(
                    bytes = whole.len(),
                    "an online-only message is too large for the bus"
                );
                let rest = Self { from, gap, settings, ..Self::default() };
                if gap || settings { rest.messages(most) } else { Vec::new() }
            }
            // No limit is that small. What would be lost is looked for.
            Err(_) => {
                let gap = Self { from, gap: true, ..Self::default() };
                vec![serde_json::to_vec(&gap).unwrap_or_default()]
            }
        }
    }

    fn is_online(&self) -> bool {
        !(self.online.is_empty() && self.group_online.is_empty())
    }

    /// Two parcels, each of which says less; itself if it cannot be divided.
    fn halves(mut self) -> Result<[Self; 2], Box<Self>> {
        let hints = [&self.accounts, &self.groups, &self.members].map(Vec::len);
        let hints = hints.into_iter().max().unwrap_or_default().max(self.sessions.len());
        let long = self.online.len().max(self.group_online.len()).max(self.stretches.len());
        if hints > 0 && long > 0 {
            let (online, group_online, stretches) = (
                std::mem::take(&mut self.online),
                std::mem::take(&mut self.group_online),
                std::mem::take(&mut self.stretches),
            );
            return Ok([self, Self { online, group_online, stretches, ..Self::default() }]);
        }
        if long == 1 && !self.stretches.is_empty() && self.is_online() {
            let stretches = std::mem::take(&mut self.stretches);
            return Ok([self, Self { stretches, ..Self::default() }]);
        }
        if long == 1 && self.online.len() + self.group_online.len() == 2 {
            let group_online = std::mem::take(&mut self.group_online);
            return Ok([self, Self { group_online, ..Self::default() }]);
        }
        if hints.max(long) < 2 {
            return Err(Box::new(self));
        }
        let second = Self {
            accounts: half(&mut self.accounts),
            stretches: half(&mut self.stretches),
            sessions: half(&mut self.sessions),
            groups: half(&mut self.groups),
            members: half(&mut self.members),
            online: half(&mut self.online),
            group_online: half(&mut self.group_online),
            ..Self::default()
        };
        Ok([self, second])
    }

    fn add(&mut self, said: Said) {
        let Said::News(news) = said else {
            self.settings = true;
            return;
        };
        self.accounts.extend(news.accounts);
        self.stretches.extend(news.stretches);
        self.sessions.extend(news.sessions);
        self.groups.extend(news.groups);
        self.members.extend(news.members);
        self.online.extend(news.online);
        self.group_online.extend(news.group_online);
    }

    fn news(self) -> News {
        News {
            accounts: self.accounts.into_iter().collect(),
            stretches: self.stretches,
            sessions: self.sessions.into_iter().collect(),
            groups: self.groups.into_iter().collect(),
            members: self.members.into_iter().collect(),
            online: self.online,
            group_online: self.group_online,
            ..News::default()
        }
    }
}

/// Takes the second half; the first one is the longer one.
fn half<T>(list: &mut Vec<T>) -> Vec<T> {
    list.split_off(list.len().div_ceil(2))
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::new(Code::SdkNetConnRefuse, format!("bus: {error}"))
}

impl NatsBus {
    /// Reads URLs, with commas between them.
    ///
    /// # Errors
    /// Why one of them is none; without the URL, in which there may be a password.
    pub(crate) fn addresses(urls: &str) -> Result<Vec<ServerAddr>, String> {
        let read = |url: &str| url.trim().parse().map_err(|error: io::Error| error.to_string());
        urls.split(',').map(read).collect()
    }

    /// Connects to one of the servers at these URLs, with commas between them, and goes over to another one when it is lost. None of them
    /// need be there yet. It lives in the runtime inside of which this is called.
    ///
    /// # Errors
    /// 6017 for what is no URL.
    pub(crate) fn connect(urls: &str) -> Result<Self, Error> {
        let refused = |reason| Error::new(Code::InvalidParameters, format!("bus: {reason}"));
        let addrs = Self::addresses(urls).map_err(refused)?;
        let (outgoing, waiting) = channel(WAITING);
        let ear: Arc<Mutex<Option<Ear>>> = Arc::default();
        let lost: Arc<Mutex<bool>> = Arc::default();
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(failed)?;
        let own = u64::from_le_bytes(bytes);
        let end: Arc<Notify> = Arc::default();
        let (saying, said) = mpsc::channel();
        let line = Line {
            own,
            ear: Arc::clone(&ear),
            lost: Arc::clone(&lost),
            end: Arc::clone(&end),
            saying,
        };
        tokio::spawn(line.run(addrs, outgoing.clone(), waiting));
        Ok(Self { outgoing, ear, lost, end, said: Mutex::new(said) })
    }
}

impl NatsBus {
    fn say(&self, topic: Topic, mut said: Said) {
        // While the network is away numbers wait, and no texts: who hears of them looks.
        if let Said::News(news) = &mut said
            && self.outgoing.capacity() < WAITING - TOGETHER
        {
            news.stretches.iter_mut().for_each(|stretch| stretch.entries.clear());
            news.online.clear();
            news.group_online.clear();
        }
        if let Err(TrySendError::Full(_)) = self.outgoing.try_send((topic, said)) {
            *self.lost.lock() = true;
        }
    }
}

impl Bus for NatsBus {
    fn publish(&self, topic: Topic, news: News) {
        self.say(topic, Said::News(news));
    }

    fn publish_settings(&self) {
        self.say(NO_APP, Said::Settings);
    }

    fn lose(&self) {
        *self.lost.lock() = true;
        // A full queue is about to be told.
        let _ = self.outgoing.try_send((NO_APP, Said::News(News::default())));
    }

    fn listen(&self, ear: Ear) {
        *self.ear.lock() = Some(ear);
    }

    fn end(&self) {
        self.end.notify_one();
        if self.said.lock().recv_timeout(END) == Err(RecvTimeoutError::Timeout) {
            tracing::warn!("the bus takes too long to end");
        }
    }
}

impl Drop for NatsBus {
    /// What waits is said yet.
    fn drop(&mut self) {
        self.end.notify_one();
    }
}

/// The connection's side of it.
struct Line {
    own: u64,
    ear: Arc<Mutex<Option<Ear>>>,
    /// Something was not published.
    lost: Arc<Mutex<bool>>,
    end: Arc<Notify>,
    saying: mpsc::Sender<()>,
}

fn subject(Topic { app, service }: Topic) -> String {
    format!("{SUBJECTS}{app}.{service}")
}

fn topic(subject: &str) -> Option<Topic> {
    let (app, service) = subject.strip_prefix(SUBJECTS)?.split_once('.')?;
    Some(Topic { app: app.parse().ok()?, service: service.parse().ok()? })
}

fn tell(ear: &Mutex<Option<Ear>>, heard: Heard) {
    let ear = ear.lock().clone();
    if let Some(ear) = ear {
        ear(heard);
    }
}

impl Line {
    async fn run(
        self,
        addrs: Vec<ServerAddr>,
        outgoing: Sender<(Topic, Said)>,
        waiting: Receiver<(Topic, Said)>,
    ) {
        let (ear, lost) = (Arc::clone(&self.ear), Arc::clone(&self.lost));
        let known = addrs.iter().find_map(|addr| Some((addr.username()?, addr.password()?)));
        let options = match known {
            // The client library reads them, and does not use them.
            Some((user, password)) => {
                ConnectOptions::with_user_and_password(user.to_owned(), password.to_owned())
            }
            None => ConnectOptions::new(),
        };
        let options = options
            .name("im-server")
            // What this server says, it knows.
            .no_echo()
            .retry_on_initial_connect()
            .max_reconnects(None)
            .reconnect_delay_callback(|tried| {
                Duration::from_millis((50 << tried.min(6)).min(2_000))
            })
            .event_callback(move |event| {
                let (ear, lost, outgoing) = (Arc::clone(&ear), Arc::clone(&lost), outgoing.clone());
                async move {
                    match event {
                        // Nobody knows what the others said meanwhile, nor whether they heard what was said here last.
                        Event::Connected => {
                            *lost.lock() = true;
                            let _ = outgoing.try_send((NO_APP, Said::News(News::default())));
                            tell(&ear, Heard::Gap);
                        }
                        Event::SlowConsumer(_) => tell(&ear, Heard::Gap),
                        Event::Disconnected => tracing::warn!("the bus is away"),
                        _ => {}
                    }
                }
            });
        let client = match options.connect(addrs).await {
            Ok(client) => client,
            Err(error) => return tracing::error!("bus: {error}"),
        };
        let saying = self.saying.clone();
        let publishing = async {
            self.publish(&client, waiting).await;
            let _ = saying.send(());
        };
        tokio::join!(publishing, self.subscribe(&client));
    }

    async fn subscribe(&self, client: &Client) {
        let mut incoming = match client.subscribe(format!("{SUBJECTS}*.*")).await {
            Ok(incoming) => incoming,
            Err(error) => return tracing::error!("bus: {error}"),
        };
        while let Some(message) = incoming.next().await {
            let topic = topic(&message.subject);
            let parcel = serde_json::from_slice::<Parcel>(&message.payload).ok();
            let (Some(topic), Some(parcel)) = (topic, parcel) else {
                // Of another version, or from somewhere else.
                tell(&self.ear, Heard::Gap);
                continue;
            };
            if parcel.from == self.own {
                continue;
            }
            if parcel.gap {
                tell(&self.ear, Heard::Gap);
            }
            if parcel.settings {
                tell(&self.ear, Heard::Settings);
            }
            tell(&self.ear, Heard::News(topic, Box::new(parcel.news())));
        }
    }

    async fn publish(&self, client: &Client, mut waiting: Receiver<(Topic, Said)>) {
        let mut batch = Vec::new();
        let mut ending = false;
        loop {
            let count = tokio::select! {
                () = self.end.notified(), if !ending => {
                    // What is there comes out yet.
                    waiting.close();
                    ending = true;
                    continue;
                }
                count = waiting.recv_many(&mut batch, TOGETHER) => count,
            };
            if count == 0 {
                let _ = client.flush().await;
                return;
            }
            let mut parcels: BTreeMap<Topic, Parcel> = BTreeMap::new();
            for (topic, said) in batch.drain(..) {
                parcels.entry(topic).or_default().add(said);
            }
            let gap = std::mem::take(&mut *self.lost.lock());
            let most = match client.server_info().max_payload {
                0 => USUAL,
                most => most,
            };
            for (topic, parcel) in parcels {
                let parcel = Parcel { from: self.own, gap, ..parcel };
                for message in parcel.messages(most.saturating_sub(MARGIN)) {
                    if let Err(error) = client.publish(subject(topic), message.into()).await {
                        tracing::warn!("bus: {error}");
                        *self.lost.lock() = true;
                    }
                }
            }
            // What is handed over goes out by itself. While the network is away it waits here, where it is bounded.
            if client.connection_state() != State::Connected {
                let _ = client.flush().await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(messages: Vec<Vec<u8>>) -> Vec<Parcel> {
        messages.iter().map(|message| serde_json::from_slice(message).unwrap()).collect()
    }

    fn online(bytes: usize) -> Delivered {
        let conv = imsdk_types::wire::Conv::c2c("a");
        let text = serde_json::json!({
            "conv": conv, "sender": "a", "account": 1, "platform": 6, "order": 0, "time": 0,
            "client_time": 0, "rand": 0, "seq": 0, "counts": false, "becomes_last": false, "origin": 0, "listed": true,
            "revoked": false, "body": "x".repeat(bytes),
        });
        serde_json::from_value(text).unwrap()
    }

    fn stretch(account: u64, bytes: usize) -> Stretch {
        let text = serde_json::value::to_raw_value(&"x".repeat(bytes)).unwrap();
        Stretch { account, after: 1, upto: 2, entries: vec![(7, text)], notices: false }
    }

    #[test]
    fn what_is_too_much_for_one_message_is_told_in_several() {
        let accounts: Vec<u64> = (0..1000).collect();
        let sessions: Vec<(u64, u64)> = (0..1000).map(|number| (number, number)).collect();
        let parcel = Parcel {
            from: 5,
            gap: true,
            settings: true,
            accounts: accounts.clone(),
            sessions: sessions.clone(),
            stretches: vec![stretch(1, 900), stretch(2, 5000), stretch(3, 10)],
            online: (0..4).map(|account| (account, online(600))).collect(),
            group_online: vec![(1, online(5000)), (2, online(10))],
            ..Parcel::default()
        };
        let messages = parcel.messages(2000);
        assert!(messages.iter().all(|message| message.len() <= 2000));
        let parcels = read(messages);
        let gaps: Vec<bool> = parcels.iter().map(|parcel| parcel.gap).collect();
        assert_eq!(
            gaps.iter().filter(|gap| **gap).count(),
            1,
            "once, and not for what was too large"
        );
        let settings: Vec<bool> = parcels.iter().map(|parcel| parcel.settings).collect();
        assert_eq!(settings, gaps);
        assert!(gaps[0] && parcels.iter().all(|parcel| parcel.from == 5));
        let all: Vec<u64> = parcels.iter().flat_map(|parcel| parcel.accounts.clone()).collect();
        assert_eq!(all, accounts);
        let all: Vec<_> = parcels.iter().flat_map(|parcel| parcel.sessions.clone()).collect();
        assert_eq!(all, sessions);
        let all: Vec<u64> =
            parcels.iter().flat_map(|parcel| &parcel.online).map(|online| online.0).collect();
        assert_eq!(all, [0, 1, 2, 3]);
        let all: Vec<u64> =
            parcels.iter().flat_map(|parcel| &parcel.group_online).map(|online| online.0).collect();
        assert_eq!(all, [2], "the one that fits");
        let all: Vec<_> = parcels
            .iter()
            .flat_map(|parcel| &parcel.stretches)
            .map(|it| (it.account, it.upto, it.entries.len()))
            .collect();
        assert_eq!(all, [(1, 2, 1), (2, 2, 0), (3, 2, 1)], "of the longest only where it is");
    }
}
