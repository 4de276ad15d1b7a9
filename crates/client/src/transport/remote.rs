//! The service on a server: WebSocket over TLS, on a thread of its own ("im-net").
//!
//! `docs/protocol.md` is the description. The core hands requests over and is answered through its queue; what the connection does
//! meanwhile (see [`link`]) it learns as [`News`].

mod backoff;
mod connect;
mod files;
mod link;
mod outbox;
mod places;
mod proxy;
mod tls;
mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{self, JoinHandle};

use crate::queue::Sender;
use imsdk_types::wire::{Request, Response};
use imsdk_types::{Code, Error};
use parking_lot::RwLock;
use tokio::runtime;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::{Door, Files, Listener, Token, Transport};
use crate::client::Command;
use crate::config::{Proxies, ServerAddresses, Settings};
use files::RemoteFiles;
use link::Link;
use places::Places;

pub use backoff::Backoff;
pub use connect::{Refusal, Socket, Way};
pub(crate) use tls::certificates;
pub use wire::{lost, read};

/// Who waits for an answer.
enum Asker {
    Core(Token),
    /// A thread of its own.
    Thread(crossbeam_channel::Sender<Result<Response, Error>>),
}

/// What the core wants from the link.
enum Order {
    Ask(Vec<(Asker, Request)>),
    /// A door is opened; they are numbered.
    Listen(u64, Listener),
    /// The session is over, if this is its door.
    Forget(u64),
    Stop,
}

/// No cursor.
const NOWHERE: u64 = u64::MAX;

/// See the module.
pub(crate) struct Remote {
    orders: UnboundedSender<Order>,
    queue: Vec<(Asker, Request)>,
    away: Arc<AtomicBool>,
    /// See [`Transport::has_come_to`]; [`NOWHERE`] until the device has come somewhere since its login.
    cursor: Arc<AtomicU64>,
    doors: u64,
    files: Arc<RemoteFiles>,
    thread: Option<JoinHandle<()>>,
}

impl Remote {
    /// Starts the thread, which begins to connect.
    ///
    /// # Errors
    /// 6017 if nobody can be trusted, 7012 if no thread can be started.
    pub(crate) fn start(
        addresses: &ServerAddresses,
        settings: &Settings,
        proxies: Arc<RwLock<Proxies>>,
        commands: Sender<Command>,
    ) -> Result<Self, Error> {
        let trusted = tls::trusted(addresses.use_tls(), settings.ca_file.as_deref())?;
        let internal =
            |error: std::io::Error| Error::new(Code::SdkInternalError, error.to_string());
        let net = runtime::Builder::new_current_thread().enable_all().build().map_err(internal)?;
        let (orders, received) = unbounded_channel();
        let away = Arc::new(AtomicBool::new(true));
        let tls = tls::config_for(addresses.use_tls(), &trusted)?;
        let ways = addresses.iter().map(|address| Way {
            address: address.clone(),
            app_id: settings.app_id,
            tls: tls.clone(),
            proxies: Arc::clone(&proxies),
        });
        let places = Places::new(ways);
        let files = RemoteFiles::new(orders.clone(), places.current(), &trusted, proxies);
        let cursor = Arc::new(AtomicU64::new(NOWHERE));
        let link = Link::new(places, received, commands, Arc::clone(&away), Arc::clone(&cursor));
        let thread = thread::Builder::new().name("im-net".into()).spawn(move || {
            net.block_on(link.run());
            // Without waiting for a name that is still being looked up.
            net.shutdown_background();
        });
        let thread = Some(thread.map_err(internal)?);
        let (queue, files) = (Vec::new(), Arc::new(files));
        Ok(Self { orders, queue, away, cursor, doors: 0, files, thread })
    }
}

impl Transport for Remote {
    fn submit(&mut self, token: Token, request: Request) {
        if let Request::Login(_) = request {
            self.cursor.store(NOWHERE, Ordering::SeqCst);
        }
        self.queue.push((Asker::Core(token), request));
    }

    fn flush(&mut self) -> Vec<(Token, Result<Response, Error>)> {
        if self.queue.is_empty() {
            return Vec::new();
        }
        let order = Order::Ask(std::mem::take(&mut self.queue));
        let Err(unsent) = self.orders.send(order) else { return Vec::new() };
        // A defect has ended the thread.
        let Order::Ask(requests) = unsent.0 else { return Vec::new() };
        let failed = |(asker, _)| match asker {
            Asker::Core(token) => Some((token, Err(Error::from(Code::SdkInternalError)))),
            Asker::Thread(_) => None,
        };
        requests.into_iter().filter_map(failed).collect()
    }

    fn answers_later(&self) -> bool {
        true
    }

    fn is_away(&self) -> bool {
        self.away.load(Ordering::SeqCst)
    }

    fn has_come_to(&mut self, cursor: Option<u64>) {
        self.cursor.store(cursor.unwrap_or(NOWHERE), Ordering::SeqCst);
    }

    fn abandon(&mut self) {
        self.queue.clear();
    }

    fn listen(&mut self, knock: Listener) -> Result<Door, Error> {
        self.doors += 1;
        let _ = self.orders.send(Order::Listen(self.doors, knock));
        Ok(Box::new(Listening { orders: self.orders.clone(), number: self.doors }))
    }

    fn files(&self) -> Arc<dyn Files> {
        self.files.clone()
    }
}

/// A door. Dropping it ends the session, unless another has been opened meanwhile.
struct Listening {
    orders: UnboundedSender<Order>,
    number: u64,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.orders.send(Order::Forget(self.number));
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        let _ = self.orders.send(Order::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
