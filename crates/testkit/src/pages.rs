//! A relay that reads what it passes on: what a server says without being asked gets lost, comes twice, or late.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, JoinHandle};

use futures_util::{SinkExt, StreamExt};
use imsdk_client::config::Settings;
use tokio::net::TcpStream;
use tokio::runtime;
use tokio::sync::oneshot;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::server;
use tokio_tungstenite::tungstenite::http::header::SEC_WEBSOCKET_PROTOCOL;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{accept_hdr_async, client_async};

use crate::relay::through;

/// What becomes of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It comes.
    Comes,
    /// It does not.
    Lost,
    /// It comes twice.
    Twice,
    /// It comes after the next thing that the server says.
    Late,
}

/// See the module. It passes on connections without TLS. Dropping it ends all of them.
pub struct PageRelay {
    addr: SocketAddr,
    counts: Arc<Counts>,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Counts {
    pages: AtomicU64,
    pulls: AtomicU64,
    hints: AtomicU64,
}

/// Decides on each page by its number, from 0.
type Fates = Arc<dyn Fn(u64) -> Fate + Send + Sync>;

impl PageRelay {
    /// Begins to pass on connections to a server.
    ///
    /// # Panics
    /// If there is no port or thread for it.
    pub fn start(to: SocketAddr, fate: impl Fn(u64) -> Fate + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a listener");
        let addr = listener.local_addr().expect("an address");
        let (fate, counts): (Fates, Arc<Counts>) = (Arc::new(fate), Arc::default());
        let (end, ended) = oneshot::channel();
        let counted = Arc::clone(&counts);
        let net = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let thread = thread::spawn(move || {
            let accept = async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                while let Ok((client, _)) = listener.accept().await {
                    let (fate, counts) = (Arc::clone(&fate), Arc::clone(&counted));
                    tokio::spawn(async move { pass_on(client, to, &fate, &counts).await });
                }
            };
            net.block_on(async {
                tokio::select! {
                    () = accept => {}
                    _ = ended => {}
                }
            });
        });
        Self { addr, counts, end: Some(end), thread: Some(thread) }
    }

    /// Settings that lead through it.
    pub fn settings(&self, settings: Settings) -> Settings {
        through(self.addr, settings)
    }

    /// How many pages the server has said.
    pub fn pages(&self) -> u64 {
        self.counts.pages.load(Ordering::SeqCst)
    }

    /// How many times a client has pulled from the log of its account.
    pub fn pulls(&self) -> u64 {
        self.counts.pulls.load(Ordering::SeqCst)
    }

    /// How many times the server has told a client to look.
    pub fn hints(&self) -> u64 {
        self.counts.hints.load(Ordering::SeqCst)
    }
}

impl Drop for PageRelay {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn pass_on(
    client: TcpStream,
    to: SocketAddr,
    fate: &Fates,
    counts: &Counts,
) -> Result<(), Error> {
    let mut asked = None;
    #[allow(clippy::result_large_err, reason = "the library wants it so")]
    let agree = |request: &server::Request, mut answer: server::Response| {
        let protocols = request.headers()[SEC_WEBSOCKET_PROTOCOL].clone();
        asked = Some((request.uri().path().to_owned(), protocols.clone()));
        answer.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, protocols);
        Ok(answer)
    };
    let mut client = accept_hdr_async(client, agree).await?;
    let (path, protocols) = asked.ok_or(Error::ConnectionClosed)?;
    let mut request = format!("ws://{to}{path}").into_client_request()?;
    request.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, protocols);
    let stream = TcpStream::connect(to).await?;
    stream.set_nodelay(true)?;
    let (mut server, _) = client_async(request, stream).await?;
    let mut late = None;
    loop {
        tokio::select! {
            said = client.next() => {
                let said = said.ok_or(Error::ConnectionClosed)??;
                let is_pull = said.to_text().is_ok_and(|text| text.contains(r#""request":{"Pull""#));
                counts.pulls.fetch_add(is_pull.into(), Ordering::SeqCst);
                server.send(said).await?;
            }
            said = server.next() => {
                let said = said.ok_or(Error::ConnectionClosed)??;
                let fate = match said.to_text().is_ok_and(|text| text.starts_with(r#"{"Page""#)) {
                    true => fate(counts.pages.fetch_add(1, Ordering::SeqCst)),
                    false => Fate::Comes,
                };
                let is_hint = said.to_text().is_ok_and(|text| text.starts_with(r#"{"Hint""#));
                counts.hints.fetch_add(is_hint.into(), Ordering::SeqCst);
                let before = late.take();
                let copies: Vec<Message> = match fate {
                    Fate::Comes => vec![said],
                    Fate::Twice => vec![said.clone(), said],
                    Fate::Lost => Vec::new(),
                    Fate::Late => {
                        late = Some(said);
                        Vec::new()
                    }
                };
                for message in copies.into_iter().chain(before) {
                    client.send(message).await?;
                }
            }
        }
    }
}
