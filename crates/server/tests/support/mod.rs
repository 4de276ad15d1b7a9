//! A client that speaks the protocol itself, well or badly.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod http;
#[cfg(unix)]
pub mod process;

use std::collections::VecDeque;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use imsdk_server::{AppSettings, Config, FIRST_APP, Server};
use imsdk_service::blobs::BlobId;
use imsdk_types::wire::file::{Request as FileRequest, Response as FileResponse, Way};
use imsdk_types::wire::frame::{ClientFrame, Failure, Hint, ServerFrame, Welcome, socket_path};
use imsdk_types::wire::{
    Accepted, Conv, LoggedIn, Login, MessageBody, Outgoing, Page, Request, Response,
};
use imsdk_types::{Elem, TextElem};
use tungstenite::client::IntoClientRequest;
use tungstenite::protocol::frame::coding::CloseCode;
use tungstenite::{Message, WebSocket};

/// The longest that a test waits for what must come.
pub const SOON: Duration = Duration::from_secs(20);

pub const APP: u64 = FIRST_APP;

/// A server of this test's own.
pub struct World {
    pub server: Server,
    pub dir: tempfile::TempDir,
}

impl World {
    pub fn new() -> Self {
        Self::with(|_| ())
    }

    pub fn with(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::local(dir.path());
        config.apps.push((APP, AppSettings::with_random_key().unwrap()));
        change(&mut config);
        Self { server: Server::start(config).unwrap(), dir }
    }

    pub fn connect(&self) -> Client {
        Client::connect(self.server.addr(), APP)
    }

    /// A client of a user, logged in on a device of platform 6.
    pub fn client(&self, user: &str, device: u64) -> Client {
        let mut client = self.connect();
        client.login(&self.sig(user), user, device).unwrap();
        client
    }

    /// As long as this is there, nothing is written.
    pub fn hold_writes(&self) -> rusqlite::Connection {
        let file = self.dir.path().join(APP.to_string()).join("service.db");
        let db = rusqlite::Connection::open(file).unwrap();
        db.busy_timeout(SOON).unwrap();
        db.execute_batch("BEGIN IMMEDIATE").unwrap();
        db
    }

    pub fn sig(&self, user: &str) -> String {
        self.server.usersig(APP, user, 3600).unwrap()
    }
}

pub struct Client {
    pub socket: WebSocket<TcpStream>,
    pub welcome: Welcome,
    pub granted: Option<LoggedIn>,
    next: u64,
    seen: VecDeque<ServerFrame>,
}

impl Client {
    pub fn connect(addr: SocketAddr, app: u64) -> Self {
        Self::try_connect(addr, &socket_path(app), "imsdk.v1").unwrap()
    }

    /// The status of the refusal otherwise.
    pub fn try_connect(addr: SocketAddr, path: &str, protocols: &str) -> Result<Self, u16> {
        let stream = TcpStream::connect(addr).unwrap();
        stream.set_read_timeout(Some(SOON)).unwrap();
        stream.set_nodelay(true).unwrap();
        let mut request = format!("ws://{addr}{path}").into_client_request().unwrap();
        request.headers_mut().insert("Sec-WebSocket-Protocol", protocols.parse().unwrap());
        let (socket, reply) = match tungstenite::client(request, stream) {
            Ok(connected) => connected,
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(reply))) => {
                return Err(reply.status().as_u16());
            }
            Err(error) => panic!("{error}"),
        };
        assert_eq!(reply.headers()["Sec-WebSocket-Protocol"], "imsdk.v1");
        let welcome = Welcome { heartbeat: 0, max_frame: 0, max_pending: 0 };
        let (granted, seen) = (None, VecDeque::new());
        let mut client = Self { socket, welcome, granted, next: 1, seen };
        match client.frame() {
            ServerFrame::Welcome(welcome) => client.welcome = welcome,
            other => panic!("{other:?}"),
        }
        Ok(client)
    }

    pub fn login(&mut self, sig: &str, user: &str, device: u64) -> Result<LoggedIn, Failure> {
        self.login_as(Login {
            user: user.to_owned(),
            user_sig: sig.to_owned(),
            device,
            platform: 6,
            cursor: None,
            takes_pages: false,
        })
    }

    pub fn login_as(&mut self, login: Login) -> Result<LoggedIn, Failure> {
        match self.ask(Request::Login(login))? {
            Response::LoggedIn(granted) => {
                self.granted = Some(granted.clone());
                Ok(granted)
            }
            other => panic!("{other:?}"),
        }
    }

    /// Sends a text as it is.
    pub fn say(&mut self, text: &str) {
        self.socket.send(Message::text(text)).unwrap();
    }

    /// Sends a request; its id.
    pub fn submit(&mut self, request: Request) -> u64 {
        let id = self.next;
        self.next += 1;
        let frame = ClientFrame::Request { id, request };
        self.say(&serde_json::to_string(&frame).unwrap());
        id
    }

    /// The answer to a request. What comes before it is kept for later.
    pub fn answer(&mut self, wanted: u64) -> Result<Response, Failure> {
        loop {
            match self.frame() {
                ServerFrame::Answer { id, answer } => {
                    assert_eq!(id, wanted, "answers come in the order of their requests");
                    return answer;
                }
                other => self.seen.push_back(other),
            }
        }
    }

    pub fn ask(&mut self, request: Request) -> Result<Response, Failure> {
        let id = self.submit(request);
        self.answer(id)
    }

    /// Forgets what was told so far: what was on its way comes before the answers to so many requests.
    pub fn settle(&mut self) {
        for _ in 0..30 {
            self.ask(Request::Service).unwrap();
        }
        self.seen.clear();
    }

    pub fn code(&mut self, request: Request) -> i32 {
        self.ask(request).expect_err("refused").code
    }

    pub fn send(&mut self, to: Conv, text: &str) -> Result<Accepted, Failure> {
        let outgoing = outgoing(to, text, self.next as u32);
        match self.ask(Request::Send(outgoing))? {
            Response::Accepted(accepted) => Ok(accepted),
            other => panic!("{other:?}"),
        }
    }

    pub fn pull(&mut self, after: u64) -> Page {
        match self.ask(Request::Pull { after, own: false }).unwrap() {
            Response::Page(page) => page,
            other => panic!("{other:?}"),
        }
    }

    /// The next frame from the wire.
    pub fn frame(&mut self) -> ServerFrame {
        match self.next() {
            Ok(frame) => frame,
            Err(end) => panic!("the connection has ended: {end:?}"),
        }
    }

    fn next(&mut self) -> Result<ServerFrame, Option<CloseCode>> {
        loop {
            match self.socket.read() {
                Ok(Message::Text(text)) => return Ok(serde_json::from_str(&text).unwrap()),
                Ok(Message::Close(frame)) => return Err(frame.map(|frame| frame.code)),
                Ok(_) => {}
                Err(tungstenite::Error::Io(error))
                    if matches!(
                        error.kind(),
                        std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                    ) =>
                {
                    panic!("nothing came")
                }
                Err(_) => return Err(None),
            }
        }
    }

    /// The next frame that is no answer, kept or from the wire.
    pub fn told(&mut self) -> ServerFrame {
        match self.seen.pop_front() {
            Some(frame) => frame,
            None => self.frame(),
        }
    }

    /// All that was told so far, and was read for some answer.
    pub fn take_told(&mut self) -> Vec<ServerFrame> {
        self.seen.drain(..).collect()
    }

    pub fn hint(&mut self) -> Hint {
        match self.told() {
            ServerFrame::Hint(hint) => hint,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until the server has taken in what was sent.
    pub fn was_heard(&mut self) {
        self.socket.send(Message::Ping(Vec::new().into())).unwrap();
        while !matches!(self.socket.read().unwrap(), Message::Pong(_)) {}
    }

    /// Everything until the connection ends: the reason that was given, and how the WebSocket was closed.
    pub fn end(&mut self) -> (Option<ServerFrame>, Option<CloseCode>) {
        let mut bye = None;
        loop {
            match self.next() {
                Ok(frame @ ServerFrame::Bye { .. }) => bye = Some(frame),
                Ok(_) => {}
                Err(close) => return (bye, close),
            }
        }
    }

    /// The code of the `Bye` with which the server ends the connection.
    pub fn bye(&mut self) -> i32 {
        match self.end().0 {
            Some(ServerFrame::Bye { failure, .. }) => failure.code,
            other => panic!("{other:?}"),
        }
    }
}

pub fn outgoing(to: Conv, text: &str, rand: u32) -> Outgoing {
    let elem = TextElem { content: text.to_owned(), ..TextElem::default() };
    Outgoing {
        to,
        client_time: 1_600_000_000,
        rand,
        seq: u64::from(rand),
        online_only: false,
        body: MessageBody { elems: vec![Elem::Text(elem)], ..MessageBody::default() },
    }
}

/// The texts of a page's messages.
pub fn texts(page: &Page) -> Vec<String> {
    let text = |event: &imsdk_types::wire::Event| match event {
        imsdk_types::wire::Event::Message(message) => {
            let body: MessageBody = serde_json::from_str(&message.body).ok()?;
            match body.elems.into_iter().next()? {
                Elem::Text(text) => Some(text.content),
                _ => None,
            }
        }
        _ => None,
    };
    page.events.iter().filter_map(text).collect()
}

/// Bytes that are not the same everywhere.
pub fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8).collect()
}

/// A way to bring a content, if it is not there, and how much of it is.
pub fn upload(client: &mut Client, id: BlobId, size: u64) -> (Option<Way>, u64) {
    let request = FileRequest::Upload { id: id.to_string(), size };
    match client.ask(Request::File(request)).unwrap() {
        Response::File(FileResponse::Upload { way, offset }) => (way, offset),
        other => panic!("{other:?}"),
    }
}

/// A way to a content that is there, and its size.
pub fn download(client: &mut Client, id: BlobId) -> (Option<Way>, u64) {
    match client.ask(Request::File(FileRequest::Download { id: id.to_string() })).unwrap() {
        Response::File(FileResponse::Download { way, size }) => (way, size),
        other => panic!("{other:?}"),
    }
}
