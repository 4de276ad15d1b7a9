//! What can be measured, in the text format of OpenMetrics, which Prometheus reads, and whether the server is well.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use imsdk_types::wire;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use tokio::net::TcpListener;

use crate::server::Shared;

/// How long somebody who asks may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// What [`encode`] writes.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Outcome {
    kind: &'static str,
    code: i32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfApp {
    app: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Queue {
    app: u64,
    queue: &'static str,
}

/// See the module.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Outcome, Counter>,
    latency: Family<Kind, Histogram>,
    storage: Histogram,
    batch: Histogram,
    pub(crate) refused: Counter,
    connections: Gauge,
    sockets: Family<OfApp, Gauge>,
    sessions: Family<OfApp, Gauge>,
    queues: Family<Queue, Gauge>,
    online_dropped: Counter<u64, AtomicU64>,
}

/// From 100 µs to 26 s.
fn seconds() -> Histogram {
    Histogram::new(exponential_buckets(0.0001, 4.0, 10))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut it = Self {
            registry: Registry::with_prefix("im_server"),
            requests: Family::default(),
            latency: Family::new_with_constructor(seconds),
            storage: seconds(),
            batch: Histogram::new(exponential_buckets(1.0, 2.0, 9)),
            refused: Counter::default(),
            connections: Gauge::default(),
            sockets: Family::default(),
            sessions: Family::default(),
            queues: Family::default(),
            online_dropped: Counter::default(),
        };
        let registry = &mut it.registry;
        registry.register("requests", "Requests, by kind and code", it.requests.clone());
        let text = "From a request to its answer, in seconds";
        registry.register("request_seconds", text, it.latency.clone());
        let text = "Units of work, from begin to commit, in seconds";
        registry.register("storage_seconds", text, it.storage.clone());
        let text = "Works that were done in one unit of work";
        registry.register("storage_batch", text, it.batch.clone());
        let text = "Connections that found no room";
        registry.register("connections_refused", text, it.refused.clone());
        registry.register("connections", "Connections", it.connections.clone());
        registry.register("sockets", "WebSockets, by application", it.sockets.clone());
        registry.register("sessions", "Sessions, by application", it.sessions.clone());
        let text = "Works that wait, by application and queue";
        registry.register("queue", text, it.queues.clone());
        let text = "Online-only messages that were dropped for slow readers";
        registry.register("online_dropped", text, it.online_dropped.clone());
        it
    }

    /// A request was answered.
    pub(crate) fn answered(&self, kind: &'static str, code: i32, after: Duration) {
        self.requests.get_or_create(&Outcome { kind, code }).inc();
        self.latency.get_or_create(&Kind { kind }).observe(after.as_secs_f64());
    }

    /// A unit of work was committed.
    pub(crate) fn committed(&self, works: usize, after: Duration) {
        self.batch.observe(works as f64);
        self.storage.observe(after.as_secs_f64());
    }

    fn text(&self, server: &Shared) -> String {
        self.connections.set(server.connections() as i64);
        let mut dropped = 0;
        for app in server.apps() {
            let label = OfApp { app: app.id };
            let counts = app.hub.counts();
            self.sockets.get_or_create(&label).set(counts.connections as i64);
            self.sessions.get_or_create(&label).set(counts.sessions as i64);
            dropped += counts.dropped;
            let (write, read) = app.depths();
            for (queue, depth) in [("write", write), ("read", read)] {
                self.queues.get_or_create(&Queue { app: app.id, queue }).set(depth as i64);
            }
        }
        self.online_dropped.inc_by(dropped.saturating_sub(self.online_dropped.get()));
        self.counted()
    }

    /// What was counted so far, as text.
    pub(crate) fn counted(&self) -> String {
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &self.registry) {
            tracing::error!("metrics: {error}");
        }
        text
    }
}

/// What is counted as one kind.
pub(crate) fn kind(request: &wire::Request) -> &'static str {
    use wire::Request::{self as R};
    match request {
        R::Service => "service",
        R::Login(_) => "login",
        R::Logout { .. } => "logout",
        R::Passed { .. } => "passed",
        R::Send(outgoing) if outgoing.online_only => "send_online",
        R::Send(_) => "send",
        R::Pull { .. } => "pull",
        R::History { .. } => "history",
        R::ReportRead { .. } => "report_read",
        R::Unread { .. } => "unread",
        R::DeleteConv { .. } => "delete_conv",
        R::RecentConvs | R::RecentConvsWithoutTips => "recent_convs",
        R::Group(wire::group::Request::Pull { .. }) => "group_pull",
        R::Group(wire::group::Request::Heads) => "group_heads",
        R::Group(_) => "group",
        R::Friendship(_) => "friendship",
        R::Message(_) => "message",
        R::Profile(_) => "profile",
        R::File(_) => "file",
    }
}

/// Answers on a listener of their own: no client comes here.
pub(crate) async fn serve(listener: TcpListener, server: Arc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            let service = service_fn(|request| answer(&server, request));
            let served = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .max_buf_size(16 << 10)
                .serve_connection(TokioIo::new(stream), service);
            if let Err(error) = served.await {
                tracing::debug!("metrics: {error}");
            }
        });
    }
}

async fn answer(
    server: &Shared,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path();
    let (code, text) = match path {
        "/metrics" => (StatusCode::OK, server.metrics.text(server)),
        "/healthz" => (StatusCode::OK, "alive\n".to_owned()),
        "/readyz" => match server.is_ready().await {
            Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
            Err(reason) => (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")),
        },
        _ => (StatusCode::NOT_FOUND, "/metrics, /healthz or /readyz\n".to_owned()),
    };
    let mut reply = Response::new(Full::new(Bytes::from(text)));
    *reply.status_mut() = code;
    let form = if path == "/metrics" { OPEN_METRICS } else { "text/plain; charset=utf-8" };
    reply.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(form));
    Ok(reply)
}
