//! Parts of the library by themselves: `cargo bench`. The whole, against floors and peers, is `benches/run.sh`.

use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::store::{Entry, LogStore, Message as Stored, MessageStore, Place};
use imsdk_types::{Message, SetConfig, json};

const MESSAGE: &str = r#"{"message_client_time":1700000000,"message_conv_id":"user2","message_conv_type":1,"message_elem_array":[{"elem_type":0,"text_elem_content":"A text message of ordinary length, as people write them all day."}],"message_is_from_self":true,"message_is_read":true,"message_rand":2130485001,"message_sender":"user1","message_seq":1,"message_server_time":1700000000,"message_status":2,"message_cloud_custom_str":"","message_priority":1}"#;

const CONFIG: &str =
    r#"{"set_config_log_level":4,"set_config_user_config":{"user_config_is_read_receipt":true}}"#;

fn vocabulary(c: &mut Criterion) {
    let message: Message = json::parse(MESSAGE.as_bytes()).expect("it is a message");
    let config = SetConfig::default();
    let mut group = c.benchmark_group("json");
    group.throughput(Throughput::Bytes(MESSAGE.len() as u64));
    group.bench_function("message, read", |b| {
        b.iter(|| json::parse::<Message>(black_box(MESSAGE.as_bytes())));
    });
    group.bench_function("message, write", |b| b.iter(|| json::to_vec(black_box(&message))));
    group.bench_function("configuration, merge", |b| {
        b.iter(|| config.merged(black_box(CONFIG.as_bytes())))
    });
    group.finish();
}

/// The embedded store is always ready.
fn ready<T>(answer: impl Future<Output = T>) -> T {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => unreachable!("the embedded store never waits"),
    }
}

/// Messages of one commit, each with its two log entries, as a sending process writes them.
fn store(c: &mut Criterion) {
    let dir = tempfile::tempdir().expect("a directory");
    let mut store = SqliteStore::open(dir.path()).expect("a store");
    let (alice, bob) = (1, 2);
    let mut key = 0;
    let mut group = c.benchmark_group("store");
    for batch in [1_u64, 100] {
        group.throughput(Throughput::Elements(batch));
        group.bench_function(format!("commit of {batch}"), |b| {
            b.iter_batched(
                || (),
                |()| {
                    store.begin(true).expect("the lock");
                    for _ in 0..batch {
                        let conv = ready(store.open_conversation(Place::c2c(alice, bob)))
                            .expect("it is made");
                        key += 1;
                        let message = Stored {
                            order: conv.head + 1,
                            time: 1_700_000_000,
                            sender: alice,
                            platform: 6,
                            key,
                            seq: key,
                            counts: true,
                            becomes_last: true,
                            origin: 1,
                            listed: true,
                            revoked: false,
                            body: MESSAGE.into(),
                        };
                        assert!(ready(store.append(conv.no, &message)).expect("it is appended"));
                        for account in [alice, bob] {
                            let entry = Entry::Message { conv: conv.no, order: message.order };
                            ready(store.log(account, 1, entry)).expect("it is logged");
                        }
                    }
                    store.commit().expect("it is durable");
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, vocabulary, store);
criterion_main!(benches);
