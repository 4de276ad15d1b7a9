//! How fast messages are accepted, against PostgreSQL's own rate: `cargo run --release -p imsdk-postgres --example sends --features cluster`.
//!
//! On a cluster of its own with its usual durability, over a Unix socket: a row with an index and a commit each ("raw"), and messages of the
//! same size through the rules, one unit of work each ("unit") and in units of what is waiting ("batch"). One after the other, and by 16
//! senders at once; all kinds take turns within one run.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_postgres::{Postgres, PostgresStore};
use imsdk_service::store::HoldStore;
use imsdk_service::{
    DevicePolicy, GroupPolicy, Keys, News, Policy, RelationPolicy, Service, Session, SystemClock,
};
use imsdk_types::wire::{Conv, Login, MessageBody, Outgoing, Request};
use imsdk_types::{Elem, TextElem, limits};
use tokio::sync::{Mutex, Notify, oneshot};
use tokio::task::JoinSet;
use tokio_postgres::{Client, NoTls, Statement};

const APP: u64 = 1_400_000_001;
const SENDERS: usize = 16;
const SPAN: Duration = Duration::from_secs(3);
const ROUNDS: usize = 3;
/// Works of one unit at most, and units at once, for "batch".
const BATCH: usize = 64;

type Rules = Arc<Service<SystemClock>>;

fn rules() -> Rules {
    Arc::new(Service::new(
        SystemClock,
        Policy {
            sdk_app_id: APP,
            keys: Keys::Any,
            create_accounts: true,
            devices: DevicePolicy::default(),
            relations: RelationPolicy::default(),
            groups: GroupPolicy::default(),
            revoke_seconds: limits::REVOKE_SECONDS,
            file_bytes: u64::MAX,
        },
    ))
}

async fn login(rules: &Rules, postgres: &Postgres, user: &str) -> Arc<Session> {
    let login = Login {
        user: user.to_owned(),
        user_sig: "sig".into(),
        device: 1,
        platform: 1,
        cursor: None,
        takes_pages: false,
    };
    let mut store = postgres.store();
    let granted = rules.login(&mut store, &login, &mut News::default()).await.unwrap();
    store.commit().await.unwrap();
    Arc::new(Session::new(&login, &granted))
}

fn message(to: &str) -> Request {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let text = TextElem { content: "b".repeat(200), ..TextElem::default() };
    Request::Send(Outgoing {
        to: Conv::c2c(to),
        body: MessageBody { elems: vec![Elem::Text(text)], ..MessageBody::default() },
        client_time: 1_700_000_000,
        rand: NEXT.fetch_add(1, Ordering::Relaxed),
        seq: 1,
        online_only: false,
    })
}

/// Latencies in microseconds, and how many there were in a second.
struct Figures {
    p50: f64,
    p99: f64,
    rate: f64,
}

async fn measure<F, G>(senders: usize, sender: impl Fn(usize) -> G) -> Figures
where
    G: FnMut() -> F + Send + 'static,
    F: Future<Output = ()> + Send,
{
    let mut running = JoinSet::new();
    let began = Instant::now();
    for number in 0..senders {
        let mut send = sender(number);
        running.spawn(async move {
            let mut times = Vec::new();
            while began.elapsed() < SPAN {
                let start = Instant::now();
                send().await;
                times.push(start.elapsed());
            }
            times
        });
    }
    let mut times: Vec<Duration> = running.join_all().await.into_iter().flatten().collect();
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_secs_f64() * 1e6;
    let rate = times.len() as f64 / began.elapsed().as_secs_f64();
    Figures { p50: at(50), p99: at(99), rate }
}

/// How many senders, and of each kind the median latency and the rate.
type Round = (usize, [f64; 3], [f64; 3]);

struct Raw {
    client: Client,
    insert: Statement,
}

async fn raw(url: &str) -> Arc<Raw> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let sql = "INSERT INTO msg (conv, seq, sender, client_time, server_time, rand, status, body)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let insert = client.prepare(sql).await.unwrap();
    Arc::new(Raw { client, insert })
}

impl Raw {
    async fn insert(&self) {
        static SEQ: AtomicU64 = AtomicU64::new(1);
        let seq = SEQ.fetch_add(1, Ordering::Relaxed) as i64;
        let (conv, body) = (format!("c2c_user_{}", seq % 50), "b".repeat(220));
        let (time, rand) = (1_767_225_600_000_000 + seq, (seq * 2_654_435_761) & 0x7fff_ffff);
        self.client
            .execute(
                &self.insert,
                &[&conv, &seq, &"user_alice", &time, &time, &rand, &2_i32, &body],
            )
            .await
            .unwrap();
    }
}

/// One unit of work with these requests.
async fn unit(rules: &Rules, store: &mut PostgresStore, works: &[(Arc<Session>, Request)]) {
    store.begin(true).await.unwrap();
    let requests = works.iter().map(|(session, request)| (Some(&**session), request));
    store.hold(imsdk_service::scope(requests)).await.unwrap();
    for (session, request) in works {
        let mut news = News::default();
        rules.handle(store, session, request.clone(), &mut news).await.unwrap();
    }
    store.commit().await.unwrap();
}

/// What a session asks, and who waits for it.
type Asked = (Arc<Session>, Request, oneshot::Sender<()>);

/// What is waiting, and those who take it away.
#[derive(Default)]
struct Queue {
    works: Mutex<VecDeque<Asked>>,
    bell: Notify,
}

async fn serve(queue: Arc<Queue>, rules: Rules, postgres: Postgres) {
    loop {
        let mut works = Vec::new();
        let mut replies = Vec::new();
        {
            let mut waiting = queue.works.lock().await;
            let count = waiting.len().min(BATCH);
            for (session, request, reply) in waiting.drain(..count) {
                works.push((session, request));
                replies.push(reply);
            }
        }
        if works.is_empty() {
            queue.bell.notified().await;
            continue;
        }
        unit(&rules, &mut postgres.store(), &works).await;
        replies.into_iter().for_each(|reply| reply.send(()).unwrap_or_default());
    }
}

#[tokio::main]
async fn main() {
    let cluster = Cluster::start(Disk::Safe);
    let url = cluster.url();
    let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
        .batch_execute(
            "CREATE TABLE msg (id bigserial PRIMARY KEY, conv text NOT NULL, seq bigint NOT NULL, sender text NOT NULL,
                               client_time bigint NOT NULL, server_time bigint NOT NULL, rand bigint NOT NULL,
                               status int NOT NULL, body text NOT NULL);
             CREATE UNIQUE INDEX msg_conv_seq ON msg (conv, seq); CREATE INDEX msg_conv_time ON msg (conv, server_time)",
        )
        .await
        .unwrap();
    let workers: usize = std::env::args().nth(1).map_or(4, |arg| arg.parse().unwrap());
    let rules = rules();
    let postgres = Postgres::connect(&url, APP, SENDERS + workers).await.unwrap();
    let mut sessions = Vec::new();
    for number in 0..SENDERS {
        login(&rules, &postgres, &format!("to{number}")).await;
        sessions.push(login(&rules, &postgres, &format!("from{number}")).await);
    }
    let mut raws = Vec::new();
    for _ in 0..SENDERS {
        raws.push(raw(&url).await);
    }
    let queue = Arc::new(Queue::default());
    for _ in 0..workers {
        tokio::spawn(serve(Arc::clone(&queue), Arc::clone(&rules), postgres.clone()));
    }
    println!("{:<10} {:>8} {:>10} {:>10} {:>10}", "kind", "senders", "p50 us", "p99 us", "per s");
    let mut rates: Vec<Round> = Vec::new();
    for _ in 0..ROUNDS {
        for senders in [1, SENDERS] {
            let plain = measure(senders, |number| {
                let raw = Arc::clone(&raws[number]);
                move || {
                    let raw = Arc::clone(&raw);
                    async move { raw.insert().await }
                }
            })
            .await;
            let single = measure(senders, |number| {
                let (rules, postgres) = (Arc::clone(&rules), postgres.clone());
                let session = Arc::clone(&sessions[number]);
                move || {
                    let (rules, postgres) = (Arc::clone(&rules), postgres.clone());
                    let works = [(Arc::clone(&session), message(&format!("to{number}")))];
                    async move { unit(&rules, &mut postgres.store(), &works).await }
                }
            })
            .await;
            let batch = measure(senders, |number| {
                let queue = Arc::clone(&queue);
                let session = Arc::clone(&sessions[number]);
                move || {
                    let (queue, session) = (Arc::clone(&queue), Arc::clone(&session));
                    async move {
                        let (reply, done) = oneshot::channel();
                        let work = (session, message(&format!("to{number}")), reply);
                        queue.works.lock().await.push_back(work);
                        queue.bell.notify_one();
                        done.await.unwrap();
                    }
                }
            })
            .await;
            for (kind, it) in [("raw", &plain), ("unit", &single), ("batch", &batch)] {
                println!(
                    "{kind:<10} {senders:>8} {:>10.0} {:>10.0} {:>10.0}",
                    it.p50, it.p99, it.rate
                );
            }
            let p50 = [plain.p50, single.p50, batch.p50];
            rates.push((senders, p50, [plain.rate, single.rate, batch.rate]));
        }
    }
    for senders in [1, SENDERS] {
        let median = |of: &dyn Fn(&Round) -> f64| {
            let mut list: Vec<f64> = rates.iter().filter(|it| it.0 == senders).map(of).collect();
            list.sort_unstable_by(f64::total_cmp);
            list[list.len() / 2]
        };
        for (kind, at) in [("unit", 1), ("batch", 2)] {
            let latency = median(&|it| it.1[at] / it.1[0]);
            let rate = median(&|it| it.2[at] / it.2[0]);
            println!(
                "{senders} senders, {kind}: {latency:.2} of raw's latency, {rate:.2} of its rate"
            );
        }
    }
}
