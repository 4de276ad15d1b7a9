//! News over NATS: each server publishes what it has committed, on a subject of the application, and hears all others.
//!
//! NATS promises nothing, and nothing is expected: whoever was away from it, or too slow, looks everywhere ([`Heard::Gap`]).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_nats::{Client, ConnectOptions, Event, ServerAddr};
use futures_util::StreamExt;
use imsdk_service::News;
use imsdk_types::wire::Delivered;
use imsdk_types::{Code, Error};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::{Bus, Ear, Heard};

/// Subjects are these, and the number of the application.
const SUBJECTS: &str = "imsdk.news.";

/// No application: what is said there is of the server.
const NO_APP: u64 = 0;

/// News that wait for the network at most. What comes then is lost, and the others are told so.
const WAITING: usize = 4096;

/// News that go out together.
const TOGETHER: usize = 256;

/// What is left of NATS's limit for a message's other parts.
const MARGIN: usize = 1024;

/// See the module.
pub(crate) struct NatsBus {
    outgoing: Sender<(u64, News)>,
    ear: Arc<Mutex<Option<Ear>>>,
    lost: Arc<Mutex<bool>>,
    runtime: Option<Runtime>,
}

/// What travels.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Parcel {
    /// Which server it is from, by a number that it draws when it starts.
    from: u64,
    /// The others have missed something of this server.
    gap: bool,
    accounts: Vec<u64>,
    sessions: Vec<(u64, u64)>,
    groups: Vec<u64>,
    members: Vec<u64>,
    online: Vec<(u64, Delivered)>,
    group_online: Vec<(u64, Delivered)>,
}

impl Parcel {
    fn add(&mut self, news: News) {
        self.accounts.extend(news.accounts);
        self.sessions.extend(news.sessions);
        self.groups.extend(news.groups);
        self.members.extend(news.members);
        self.online.extend(news.online);
        self.group_online.extend(news.group_online);
    }

    fn news(self) -> News {
        News {
            accounts: self.accounts.into_iter().collect(),
            sessions: self.sessions.into_iter().collect(),
            groups: self.groups.into_iter().collect(),
            members: self.members.into_iter().collect(),
            online: self.online,
            group_online: self.group_online,
        }
    }
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::new(Code::SdkNetConnRefuse, format!("bus: {error}"))
}

impl NatsBus {
    /// Connects to one of the servers at these URLs, with commas between them, and goes over to another one when it is lost. None of them
    /// need be there yet.
    ///
    /// # Errors
    /// 6017 for what is no URL.
    pub(crate) fn connect(urls: &str) -> Result<Self, Error> {
        let addrs: Vec<ServerAddr> = urls
            .split(',')
            .map(|url| url.trim().parse())
            .collect::<Result<_, _>>()
            // Without the URLs: there may be passwords in them.
            .map_err(|error| Error::new(Code::InvalidParameters, format!("bus: {error}")))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("im-bus")
            .enable_all()
            .build()
            .map_err(failed)?;
        let (outgoing, waiting) = channel(WAITING);
        let ear: Arc<Mutex<Option<Ear>>> = Arc::default();
        let lost: Arc<Mutex<bool>> = Arc::default();
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).map_err(failed)?;
        let own = u64::from_le_bytes(bytes);
        let line = Line { own, ear: Arc::clone(&ear), lost: Arc::clone(&lost) };
        runtime.spawn(line.run(addrs, outgoing.clone(), waiting));
        Ok(Self { outgoing, ear, lost, runtime: Some(runtime) })
    }
}

impl Bus for NatsBus {
    fn publish(&self, app: u64, news: &News) {
        if let Err(TrySendError::Full(_)) = self.outgoing.try_send((app, news.clone())) {
            *self.lost.lock() = true;
        }
    }

    fn listen(&self, ear: Ear) {
        *self.ear.lock() = Some(ear);
    }
}

impl Drop for NatsBus {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The connection's side of it.
struct Line {
    own: u64,
    ear: Arc<Mutex<Option<Ear>>>,
    /// Something was not published.
    lost: Arc<Mutex<bool>>,
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
        outgoing: Sender<(u64, News)>,
        waiting: Receiver<(u64, News)>,
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
                            let _ = outgoing.try_send((NO_APP, News::default()));
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
        let publishing = self.publish(&client, waiting);
        tokio::join!(publishing, self.subscribe(&client));
    }

    async fn subscribe(&self, client: &Client) {
        let mut incoming = match client.subscribe(format!("{SUBJECTS}*")).await {
            Ok(incoming) => incoming,
            Err(error) => return tracing::error!("bus: {error}"),
        };
        while let Some(message) = incoming.next().await {
            let app = message.subject.strip_prefix(SUBJECTS).and_then(|app| app.parse().ok());
            let parcel = serde_json::from_slice::<Parcel>(&message.payload).ok();
            let (Some(app), Some(parcel)) = (app, parcel) else {
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
            tell(&self.ear, Heard::News(app, parcel.news()));
        }
    }

    async fn publish(&self, client: &Client, mut waiting: Receiver<(u64, News)>) {
        let mut batch = Vec::new();
        while waiting.recv_many(&mut batch, TOGETHER).await > 0 {
            let mut parcels: BTreeMap<u64, Parcel> = BTreeMap::new();
            for (app, news) in batch.drain(..) {
                parcels.entry(app).or_default().add(news);
            }
            let gap = std::mem::take(&mut *self.lost.lock());
            for (app, parcel) in parcels {
                let parcel = Parcel { from: self.own, gap, ..parcel };
                let most = client.server_info().max_payload.saturating_sub(MARGIN);
                let mut payload = serde_json::to_vec(&parcel).unwrap_or_default();
                if payload.len() > most {
                    // Too much to tell: let them look.
                    let parcel = Parcel { from: self.own, gap: true, ..Parcel::default() };
                    payload = serde_json::to_vec(&parcel).unwrap_or_default();
                }
                if let Err(error) = client.publish(format!("{SUBJECTS}{app}"), payload.into()).await
                {
                    tracing::warn!("bus: {error}");
                    *self.lost.lock() = true;
                }
            }
            let _ = client.flush().await;
        }
    }
}
