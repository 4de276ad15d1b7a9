//! Contents of files at a server: over HTTP, under URLs that the session asks for. Transfers that break go on where they were.

use std::io::{self, Read, SeekFrom};
use std::sync::Arc;
use std::thread::sleep;
use std::time::Duration;

use crossbeam_channel::bounded;
use imsdk_service::blobs::BlobId;
use imsdk_types::wire::file::{Request, Response, Way};
use imsdk_types::wire::{self, Response as Answer};
use imsdk_types::{Code, Error};
use parking_lot::{Mutex, RwLock};
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use tokio::sync::mpsc::UnboundedSender;
use ureq::http::header;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, BodyReader, SendBody};

use super::backoff::Backoff;
use super::places::Current;
use super::{Asker, Order};
use crate::config::{Proxies, Proxy, ProxyKind, ServerAddress};
use crate::transport::{Content, Files, has_become_shorter, has_changed, id_of, unreadable};

/// How long a server may be silent in the middle of a transfer.
const SILENCE: Duration = Duration::from_secs(30);

/// Tries in a row that bring nothing.
const TRIES: u32 = 5;

/// See the module.
#[derive(Clone)]
pub(super) struct RemoteFiles(Arc<Shared>);

struct Shared {
    orders: UnboundedSender<Order>,
    /// The way that the session goes now: URLs are good at that server.
    way: Current,
    tls: TlsConfig,
    proxies: Arc<RwLock<Proxies>>,
    /// The connections that are kept, and the proxy that they go through.
    agent: Mutex<Option<(Option<Proxy>, Agent)>>,
}

impl RemoteFiles {
    pub(super) fn new(
        orders: UnboundedSender<Order>,
        way: Current,
        trusted: &[CertificateDer<'static>],
        proxies: Arc<RwLock<Proxies>>,
    ) -> Self {
        let roots: Vec<_> =
            trusted.iter().map(|one| Certificate::from_der(one).to_owned()).collect();
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&roots))
            .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
            .build();
        let agent = Mutex::new(None);
        Self(Arc::new(Shared { orders, way, tls, proxies, agent }))
    }

    /// Asks the server over the session's connection.
    fn ask(&self, request: Request) -> Result<Response, Error> {
        let (sender, answer) = bounded(1);
        let ask = vec![(Asker::Thread(sender), wire::Request::File(request))];
        let _ = self.0.orders.send(Order::Ask(ask));
        match answer.recv() {
            Ok(Ok(Answer::File(answer))) => Ok(answer),
            Ok(Ok(_)) => Err(Error::from(Code::SdkInternalError)),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::from(Code::SdkCommInterrupt)),
        }
    }

    /// Where a content is, and who fetches it from there.
    fn reach(&self, way: &Way) -> Result<(String, Agent), Error> {
        let there = Arc::clone(&self.0.way.read());
        let ServerAddress { tls, host, port } = &there.address;
        let scheme = if *tls { "https" } else { "http" };
        let url = format!("{scheme}://{}:{port}{}", there.address.url_host(), way.url);
        Ok((url, self.agent(*tls, host)?))
    }

    fn agent(&self, tls: bool, host: &str) -> Result<Agent, Error> {
        let shared = &*self.0;
        let proxies = shared.proxies.read();
        let proxy = proxies.for_files(host).filter(|_| tls);
        let mut kept = shared.agent.lock();
        match &*kept {
            Some((through, agent)) if through.as_ref() == proxy => Ok(agent.clone()),
            _ => {
                let through = proxy.map(ureq_proxy).transpose().map_err(|error| failed(&error))?;
                let config = Agent::config_builder()
                    .tls_config(shared.tls.clone())
                    .proxy(through)
                    .http_status_as_error(false)
                    .max_redirects(0)
                    .timeout_connect(Some(SILENCE))
                    .timeout_recv_response(Some(SILENCE))
                    .timeout_per_read(Some(SILENCE))
                    .timeout_per_write(Some(SILENCE))
                    .build();
                let agent = config.new_agent();
                *kept = Some((proxy.cloned(), agent.clone()));
                Ok(agent)
            }
        }
    }

    /// Where a content can be loaded from, and how many bytes it has.
    fn download(&self, id: BlobId) -> Result<Option<(Way, u64)>, Error> {
        match self.ask(Request::Download { id: id.to_string() })? {
            Response::Download { way, size } => Ok(way.map(|way| (way, size))),
            Response::Upload { .. } => Err(Error::from(Code::SdkInternalError)),
        }
    }

    /// Sends what lies past an offset.
    fn bring(
        &self,
        way: &Way,
        content: &mut dyn Content,
        (offset, size): (u64, u64),
        step: &mut dyn FnMut(u64) -> Result<(), Error>,
    ) -> Result<Brought, Error> {
        content.seek(SeekFrom::Start(offset)).map_err(|error| unreadable(&error))?;
        let mut body = Outgoing { content, done: offset, size, step, stopped: None };
        let (url, agent) = self.reach(way)?;
        let mut request = agent.put(url).header(header::CONTENT_LENGTH, size - offset);
        if offset > 0 {
            let range = format!("bytes {offset}-{}/{size}", size - 1);
            request = request.header(header::CONTENT_RANGE, range);
        }
        let answer = request.send(SendBody::from_reader(&mut body));
        if let Some(error) = body.stopped {
            return Err(error);
        }
        match answer {
            Ok(answer) => match answer.status().as_u16() {
                201 => Ok(Brought::All),
                422 => Err(has_changed()),
                status => Ok(Brought::Some(http(status))),
            },
            Err(error) => Ok(Brought::Some(failed(&error))),
        }
    }
}

/// What a try has brought to the server.
enum Brought {
    All,
    /// Perhaps a part; why not all.
    Some(Error),
}

fn failed(error: &ureq::Error) -> Error {
    Error::new(Code::HttpReqFailed, error.to_string())
}

fn http(status: u16) -> Error {
    Error::new(Code::HttpReqFailed, format!("the server answers {status}"))
}

fn ureq_proxy(proxy: &Proxy) -> Result<ureq::Proxy, ureq::Error> {
    let mut builder = ureq::Proxy::builder(match proxy.kind {
        ProxyKind::Http => ureq::ProxyProtocol::Http,
        ProxyKind::Socks5 => ureq::ProxyProtocol::Socks5,
    });
    builder = builder.host(&proxy.host).port(proxy.port).resolve_target(false);
    if let Some((name, password)) = &proxy.account {
        builder = builder.username(name).password(password);
    }
    builder.build()
}

/// A content on its way to the server.
struct Outgoing<'a> {
    content: &'a mut dyn Content,
    done: u64,
    size: u64,
    step: &'a mut dyn FnMut(u64) -> Result<(), Error>,
    /// Why it was ended from here.
    stopped: Option<Error>,
}

impl Read for Outgoing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min((self.size - self.done) as usize);
        if most == 0 {
            return Ok(0);
        }
        let read = match self.content.read(&mut buffer[..most]) {
            Ok(0) => Err(has_become_shorter()),
            Ok(length) => Ok(length),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => Err(unreadable(&error)),
        };
        // What was read before has been written by now.
        let checked = read.and_then(|length| (self.step)(self.done).map(|()| length));
        match checked {
            Ok(length) => {
                self.done += length as u64;
                Ok(length)
            }
            Err(error) => {
                self.stopped = Some(error);
                Err(io::Error::other("ended"))
            }
        }
    }
}

impl Files for RemoteFiles {
    fn put(
        &self,
        content: &mut dyn Content,
        size: u64,
        step: &mut dyn FnMut(u64) -> Result<(), Error>,
    ) -> Result<BlobId, Error> {
        // The server wants it first.
        let id = id_of(content, size, &mut || step(0))?;
        let mut backoff = Backoff::default();
        let (mut furthest, mut tries) = (0, 0);
        loop {
            let request = Request::Upload { id: id.to_string(), size };
            let (way, offset) = match self.ask(request)? {
                Response::Upload { way: Some(way), offset } => (way, offset.min(size)),
                Response::Upload { way: None, .. } => break,
                Response::Download { .. } => return Err(Error::from(Code::SdkInternalError)),
            };
            if offset > furthest {
                (furthest, tries) = (offset, 0);
                backoff.forget();
            }
            let why = match self.bring(&way, content, (offset, size), step)? {
                Brought::All => break,
                Brought::Some(why) => why,
            };
            tries += 1;
            if tries == TRIES {
                return Err(Error::new(Code::FileTransUploadFailed, why.desc));
            }
            tracing::warn!("upload: {}", why.desc);
            sleep(backoff.next(None));
            step(offset)?;
        }
        step(size)?;
        Ok(id)
    }

    fn size(&self, id: BlobId) -> Result<Option<u64>, Error> {
        Ok(self.download(id)?.map(|(_, size)| size))
    }

    fn open(&self, id: BlobId, offset: u64) -> Result<Box<dyn Read>, Error> {
        let files = self.clone();
        Ok(Box::new(Incoming { files, id, at: offset, size: None, body: None }))
    }
}

/// A content on its way from the server.
struct Incoming {
    files: RemoteFiles,
    id: BlobId,
    at: u64,
    size: Option<u64>,
    body: Option<BodyReader<'static>>,
}

impl Incoming {
    /// Goes on from where it is.
    fn begin(&mut self) -> Result<(), Error> {
        let gone = || Error::from(Code::FileTransDownloadFailed);
        let (way, size) = self.files.download(self.id)?.ok_or_else(gone)?;
        self.size = Some(size);
        if self.at >= size {
            return Ok(());
        }
        let (url, agent) = self.files.reach(&way)?;
        let answer = agent
            .get(url)
            .header(header::RANGE, format!("bytes={}-", self.at))
            .call()
            .map_err(|error| failed(&error))?;
        match (answer.status().as_u16(), self.at) {
            (206, _) | (200, 0) => {
                self.body = Some(answer.into_body().into_reader());
                Ok(())
            }
            (status, _) => Err(http(status)),
        }
    }
}

impl Read for Incoming {
    /// Fewer bytes than there are end in a try to get the rest.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut backoff = Backoff::default();
        let mut why = String::new();
        for tried in 0..TRIES {
            if tried > 0 {
                tracing::warn!("download: {why}");
                sleep(backoff.next(None));
            }
            if self.body.is_none()
                && self.size.is_none_or(|size| self.at < size)
                && let Err(error) = self.begin()
            {
                // What is not there does not come by waiting.
                if !error.is(Code::HttpReqFailed) {
                    return Err(io::Error::other(error.desc));
                }
                why = error.desc.into_owned();
                continue;
            }
            let Some(body) = &mut self.body else { return Ok(0) };
            match body.read(buffer) {
                Ok(length) if length > 0 => {
                    self.at += length as u64;
                    return Ok(length);
                }
                Ok(_) if self.size == Some(self.at) || buffer.is_empty() => return Ok(0),
                Ok(_) => why = "the connection has ended".into(),
                Err(error) => why = error.to_string(),
            }
            self.body = None;
        }
        Err(io::Error::other(why))
    }
}
