//! What comes in over HTTP: WebSockets and files of applications.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use imsdk_types::wire::frame::PROTOCOLS;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::Role;

use crate::app::App;
use crate::gate::Permit;
use crate::server::Shared;
use crate::socket::{self, Frames, Socket};
use crate::stream::Stream;

/// When who found no room may try again, in seconds.
const RETRY_AFTER: &str = "10";

/// What an answer carries.
pub(crate) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The answer to a request.
pub(crate) type Reply = Response<Body>;

/// Counts what a connection gets done, so that one that stands still can be ended.
#[derive(Default)]
pub(crate) struct Pace(AtomicU64);

impl Pace {
    pub(crate) fn step(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// A connection, for the requests that come on it.
pub(crate) struct Visitor {
    pub(crate) server: Arc<Shared>,
    pub(crate) permit: Arc<Permit>,
    pub(crate) pace: Arc<Pace>,
}

/// Answers with a status and a line that says why.
pub(crate) fn status(code: StatusCode, text: &'static str) -> Reply {
    let body = Full::new(Bytes::from_static(text.as_bytes()));
    let mut reply = Response::new(body.map_err(|never| match never {}).boxed_unsync());
    *reply.status_mut() = code;
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    reply.headers_mut().insert(header::CONTENT_TYPE, plain);
    reply
}

/// Answers a request of a connection.
pub(crate) async fn answer(visitor: &Visitor, request: Request<Incoming>) -> Reply {
    visitor.pace.step();
    if !visitor.permit.is_let_in() || visitor.server.is_draining() {
        let mut reply = status(StatusCode::SERVICE_UNAVAILABLE, "no room now\n");
        reply.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER));
        reply.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        return reply;
    }
    let path: Vec<&str> = request.uri().path().split('/').skip(1).collect();
    let app = match path[..] {
        ["apps", app, ..] => app.parse().ok().and_then(|app| visitor.server.app(app)),
        _ => return status(StatusCode::NOT_FOUND, "there is nothing here\n"),
    };
    let Some(app) = app else {
        return status(StatusCode::NOT_FOUND, "this server has no such application\n");
    };
    match path[..] {
        [_, _, "socket"] => upgrade(visitor, app, request),
        [_, _, "files", id] => {
            let (files, id) = (Arc::clone(&app.files), id.to_owned());
            files.serve(app.keys(), &id, request, Arc::clone(&visitor.pace)).await
        }
        _ => status(StatusCode::NOT_FOUND, "there is nothing here\n"),
    }
}

/// Makes a WebSocket of the connection (RFC 6455, 4.2).
fn upgrade(visitor: &Visitor, app: Arc<App>, mut request: Request<Incoming>) -> Reply {
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
    let mut reply = Response::new(Empty::new().map_err(|never| match never {}).boxed_unsync());
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
    let permit = Arc::clone(&visitor.permit);
    visitor.server.tasks.spawn(async move {
        let _permit = permit;
        let Ok(upgraded) = upgraded.await else { return };
        let Ok(parts) = upgraded.downcast::<TokioIo<Stream>>() else { return };
        let stream = Frames::new(parts.io.into_inner(), parts.read_buf);
        let settings = socket::settings(&app.limits);
        let stream = WebSocketStream::from_raw_socket(stream, Role::Server, Some(settings)).await;
        Socket::new(stream, app).run().await;
    });
    reply
}

/// Whether a list in a header has this word, in any letter case.
fn has_token(headers: &HeaderMap, name: header::HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|word| word.trim().eq_ignore_ascii_case(token))
}
