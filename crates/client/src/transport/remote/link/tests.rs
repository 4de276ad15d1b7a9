//! A link to a server that says what the test wants.

use futures_util::SinkExt;
use imsdk_types::wire::LoggedIn;
use imsdk_types::wire::frame::ClientFrame;
use parking_lot::RwLock;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::handshake::server;
use tokio_tungstenite::tungstenite::http::header::SEC_WEBSOCKET_PROTOCOL;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

use super::*;
use crate::config::{Proxies, ServerAddress};
use crate::queue::{self, queue};
use crate::transport::remote::connect::Way;

/// How long the test waits for anything: less than what the server wants, and than a login waits.
const PATIENCE: Duration = Duration::from_secs(20);

type Peer = WebSocketStream<TcpStream>;

/// The server's side of the next connection, greeted.
async fn accept(listener: &TcpListener) -> Peer {
    let (stream, _) = listener.accept().await.unwrap();
    #[allow(clippy::result_large_err, reason = "the library wants it so")]
    let agree = |request: &server::Request, mut answer: server::Response| {
        let asked = request.headers()[SEC_WEBSOCKET_PROTOCOL].clone();
        answer.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, asked);
        Ok(answer)
    };
    let mut peer = accept_hdr_async(stream, agree).await.unwrap();
    say(
        &mut peer,
        &ServerFrame::Welcome(Welcome { heartbeat: 30_000, max_frame: 1 << 20, max_pending: 8 }),
    )
    .await;
    peer
}

async fn say(peer: &mut Peer, frame: &ServerFrame) {
    peer.send(Message::text(serde_json::to_string(frame).unwrap())).await.unwrap();
}

/// The number of the next request.
async fn asked(peer: &mut Peer) -> u64 {
    let Message::Text(text) = peer.next().await.unwrap().unwrap() else { panic!("no text") };
    let ClientFrame::Request { id, .. } = serde_json::from_str(&text).unwrap();
    id
}

/// A link that runs, and the place of its server.
struct World {
    listener: TcpListener,
    orders: UnboundedSender<Order>,
    cursor: Arc<AtomicU64>,
    link: JoinHandle<()>,
    commands: queue::Receiver<Command>,
}

impl World {
    async fn start() -> Self {
        Self::beside(&[]).await
    }

    /// The same, with other servers that are tried after it.
    async fn beside(others: &[&TcpListener]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let way = |listener: &TcpListener| {
            let port = listener.local_addr().expect("its number").port();
            let address = ServerAddress { tls: false, host: "127.0.0.1".into(), port };
            let proxies = Arc::new(RwLock::new(Proxies::default()));
            Way { address, app_id: 7, tls: None, proxies }
        };
        let places = Places::new(std::iter::once(&listener).chain(others.iter().copied()).map(way));
        let (orders, received) = unbounded_channel();
        let (sender, commands) = queue();
        let cursor: Arc<AtomicU64> = Arc::new(NOWHERE.into());
        let link = Link::new(places, received, sender, Arc::default(), Arc::clone(&cursor)).run();
        Self { listener, orders, cursor, link: tokio::spawn(link), commands }
    }
}

#[tokio::test]
async fn a_login_that_a_connection_ended_upon_is_tried_on_another_at_once() {
    let World { listener, orders, link, .. } = World::start().await;
    let (answer, answered) = crossbeam_channel::bounded(1);
    let ask = vec![(Asker::Thread(answer), Request::Service)];
    assert!(orders.send(Order::Ask(ask)).is_ok());

    let again = async {
        let mut first = accept(&listener).await;
        asked(&mut first).await;
        // As a server does that has refused too many logins before this one.
        let failure = Failure::from(Error::from(Code::SvrAccountFreqLimit));
        say(&mut first, &ServerFrame::Bye { retry_after: Some(60_000), failure }).await;
        let mut second = accept(&listener).await;
        let id = asked(&mut second).await;
        say(&mut second, &ServerFrame::Answer { id, answer: Ok(Response::Service(5)) }).await;
        second
    };
    let _second = timeout(PATIENCE, again).await.expect("another connection");
    let answer = tokio::task::spawn_blocking(move || answered.recv_timeout(PATIENCE));
    assert_eq!(answer.await.unwrap().unwrap().unwrap(), Response::Service(5));
    assert!(orders.send(Order::Stop).is_ok());
    link.await.unwrap();
}

fn login() -> Login {
    Login {
        user: "alice".into(),
        user_sig: "sig".into(),
        device: 1,
        platform: 6,
        cursor: None,
        takes_pages: true,
    }
}

async fn answer(peer: &mut Peer, response: Response) {
    let id = asked(peer).await;
    say(peer, &ServerFrame::Answer { id, answer: Ok(response) }).await;
}

fn logged_in() -> Response {
    Response::LoggedIn(LoggedIn {
        account: 1,
        session: 2,
        cursor: 3,
        expires_at: None,
        server_time: 4,
        resync: false,
    })
}

/// Accepts a connection and lets a session begin, or go on, upon it.
async fn let_in(listener: &TcpListener) -> Peer {
    let mut peer = accept(listener).await;
    answer(&mut peer, Response::Service(5)).await;
    answer(&mut peer, logged_in()).await;
    peer
}

fn begin(orders: &UnboundedSender<Order>) {
    let (answer, _) = crossbeam_channel::unbounded();
    let ask = vec![
        (Asker::Thread(answer.clone()), Request::Service),
        (Asker::Thread(answer), Request::Login(login())),
    ];
    assert!(orders.send(Order::Ask(ask)).is_ok());
}

#[tokio::test]
async fn a_server_that_wants_no_connection_leaves_the_others() {
    let other = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let World { listener, orders, link, .. } = World::beside(&[&other]).await;
    begin(&orders);
    let elsewhere = async {
        let mut first = let_in(&listener).await;
        let failure = Failure::from(Error::from(Code::InvalidParameters));
        say(&mut first, &ServerFrame::Bye { retry_after: None, failure }).await;
        // Nobody asks for anything: the session is to be there again.
        let_in(&other).await
    };
    let _there = timeout(PATIENCE, elsewhere).await.expect("the other server");
    assert!(orders.send(Order::Stop).is_ok());
    link.await.unwrap();
}

#[tokio::test]
async fn a_server_of_another_service_ends_no_session_that_has_a_server_left() {
    let other = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let World { listener, orders, link, commands, .. } = World::beside(&[&other]).await;
    begin(&orders);
    let back = async {
        drop(let_in(&listener).await);
        let mut strange = accept(&other).await;
        answer(&mut strange, Response::Service(6)).await;
        let_in(&listener).await
    };
    let there = timeout(PATIENCE, back).await.expect("the first server again");
    drop(there);
    let is_end = |command: &Command| matches!(command, Command::News(news) if matches!(**news, News::Ended(_)));
    assert!(!std::iter::from_fn(|| commands.try_recv()).any(|command| is_end(&command)));
    // The other one rests: this one has become of another service as well.
    let mut strange = timeout(PATIENCE, accept(&listener)).await.expect("one more connection");
    answer(&mut strange, Response::Service(6)).await;
    let ended = tokio::task::spawn_blocking(move || {
        std::iter::from_fn(|| commands.recv(Some(PATIENCE))).any(|command| is_end(&command))
    });
    assert!(ended.await.unwrap(), "no server is left");
    assert!(orders.send(Order::Stop).is_ok());
    link.await.unwrap();
}

#[tokio::test]
async fn a_session_goes_on_from_where_the_device_has_come_to() {
    let World { listener, orders, link, cursor, .. } = World::start().await;
    let login = login();
    let (answer, answered) = crossbeam_channel::unbounded();
    let ask = vec![
        (Asker::Thread(answer.clone()), Request::Service),
        (Asker::Thread(answer), Request::Login(login)),
    ];
    assert!(orders.send(Order::Ask(ask)).is_ok());
    let logins = async {
        let mut cursors = Vec::new();
        for came_to in [NOWHERE, 17] {
            let mut peer = accept(&listener).await;
            let granted = loop {
                let Message::Text(text) = peer.next().await.unwrap().unwrap() else { continue };
                let ClientFrame::Request { id, request } = serde_json::from_str(&text).unwrap();
                if let Request::Login(login) = request {
                    cursors.push(login.cursor);
                    break id;
                }
                let answer = Ok(Response::Service(5));
                say(&mut peer, &ServerFrame::Answer { id, answer }).await;
            };
            cursor.store(17, Ordering::SeqCst);
            if came_to == NOWHERE {
                let answer = Ok(logged_in());
                say(&mut peer, &ServerFrame::Answer { id: granted, answer }).await;
            }
        }
        cursors
    };
    assert_eq!(timeout(PATIENCE, logins).await.expect("two logins"), [None, Some(17)]);
    drop(answered);
    assert!(orders.send(Order::Stop).is_ok());
    link.await.unwrap();
}
