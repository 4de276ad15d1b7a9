//! What comes in over HTTP: WebSockets of applications.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use imsdk_types::wire::frame::PROTOCOLS;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::app::App;
use crate::server::Shared;
use crate::socket::{self, Socket};

/// The answer to a request.
pub(crate) type Reply = Response<Full<Bytes>>;

/// Answers with a status and a line that says why.
pub(crate) fn status(code: StatusCode, text: &'static str) -> Reply {
    let mut reply = Response::new(Full::new(Bytes::from_static(text.as_bytes())));
    *reply.status_mut() = code;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    reply.headers_mut().insert(header::CONTENT_TYPE, plain);
    reply
}

/// Answers a request of a connection.
pub(crate) async fn answer(
    server: Arc<Shared>,
    _peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Reply, Infallible> {
    let path: Vec<&str> = request.uri().path().split('/').skip(1).collect();
    let reply = match path[..] {
        ["apps", app, "socket"] => {
            let app = app.parse().ok().and_then(|app| server.app(app));
            match app {
                Some(app) => upgrade(&server, app, request),
                None => status(StatusCode::NOT_FOUND, "this server has no such application\n"),
            }
        }
        _ => status(StatusCode::NOT_FOUND, "there is nothing here\n"),
    };
    Ok(reply)
}

/// Makes a WebSocket of the connection (RFC 6455, 4.2).
fn upgrade(server: &Arc<Shared>, app: Arc<App>, mut request: Request<Incoming>) -> Reply {
    let headers = request.headers();
    let wanted = request.method() == Method::GET
        && has_token(headers, header::CONNECTION, "upgrade")
        && has_token(headers, header::UPGRADE, "websocket");
    if !wanted {
        let mut reply = status(StatusCode::UPGRADE_REQUIRED, "this is a WebSocket\n");
        reply.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        return reply;
    }
    let version = headers.get(header::SEC_WEBSOCKET_VERSION);
    let Some(key) = headers.get(header::SEC_WEBSOCKET_KEY) else {
        return status(StatusCode::BAD_REQUEST, "Sec-WebSocket-Key is missing\n");
    };
    if version.is_none_or(|version| version != "13") {
        let mut reply = status(StatusCode::BAD_REQUEST, "only version 13 of WebSocket\n");
        reply.headers_mut().insert(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        return reply;
    }
    let spoken = PROTOCOLS
        .iter()
        .find(|protocol| has_token(headers, header::SEC_WEBSOCKET_PROTOCOL, protocol));
    let Some(protocol) = spoken else {
        return status(StatusCode::BAD_REQUEST, "no version of the protocol that is spoken here\n");
    };
    let accept = derive_accept_key(key.as_bytes());
    let mut reply = Response::new(Full::default());
    *reply.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = reply.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol));
    if let Ok(accept) = HeaderValue::try_from(accept) {
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    }
    let upgraded = hyper::upgrade::on(&mut request);
    // A task of its own: what HTTP needed of memory is given back.
    server.tasks.spawn(async move {
        let Ok(upgraded) = upgraded.await else { return };
        let Ok(parts) = upgraded.downcast::<TokioIo<TcpStream>>() else { return };
        let (stream, read) = (parts.io.into_inner(), parts.read_buf.to_vec());
        let settings = socket::settings(&app.limits);
        let stream =
            WebSocketStream::from_partially_read(stream, read, Role::Server, Some(settings)).await;
        Socket::new(stream, app).run().await;
    });
    reply
}

/// Whether a list in a header has this word, in any letter case.
fn has_token(headers: &HeaderMap, name: header::HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|word| word.trim().eq_ignore_ascii_case(token))
}
