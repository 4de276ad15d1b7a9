//! Contents of files in a bucket, on an S3 server of the test's own: moto, which `scripts/need.sh checks` installs.

mod support;

use std::net::{SocketAddr, TcpListener};

use imsdk_server::admin::{Command, send};
use imsdk_server::{AppSettings, Config, Server};
use imsdk_service::blobs::BlobId;
use imsdk_testkit::S3;
use imsdk_types::wire::Request;
use imsdk_types::wire::file::Request as FileRequest;
use support::http::{self, Reply};
use support::{APP, Client, World, content, download, upload};

const OTHER_APP: u64 = APP + 1;

fn world(store: &S3) -> World {
    World::with(|config| config.files = Some(store.url("bucket/some/prefix")))
}

fn put(world: &World, url: &str, headers: &[&str], body: &[u8]) -> Reply {
    http::ask(world.server.addr(), "PUT", url, headers, body)
}

fn get(world: &World, url: &str, headers: &[&str]) -> Reply {
    http::ask(world.server.addr(), "GET", url, headers, &[])
}

fn bring(world: &World, client: &mut Client, content: &[u8]) -> BlobId {
    let id = BlobId::of(content);
    let url = upload(client, id, content.len() as u64).0.unwrap().url;
    let reply = put(world, &url, &[], content);
    assert_eq!(reply.status, 201, "{reply:?}");
    id
}

fn uploads(world: &World) -> usize {
    let dir = world.dir.path().join(APP.to_string()).join("uploads");
    let accounts = std::fs::read_dir(dir).unwrap();
    accounts.map(|account| std::fs::read_dir(account.unwrap().path()).unwrap().count()).sum()
}

#[test]
fn contents_go_to_the_bucket_and_any_server_gives_them_out() {
    let store = S3::start();
    let (here, there) = (world(&store), world(&store));
    let (mut alice, mut bob) = (here.client("alice", 1), there.client("bob", 2));
    // In one piece, and in three parts with another number of bytes in the last.
    for length in [700_000, 20_000_003] {
        let content = content(length);
        let id = BlobId::of(&content);
        assert_eq!(download(&mut bob, id), (None, 0));
        bring(&here, &mut alice, &content);
        let size = length as u64;
        assert_eq!(upload(&mut bob, id, size), (None, size), "it is there");
        let (way, found) = download(&mut bob, id);
        assert_eq!(found, size);
        let url = way.unwrap().url;
        let reply = get(&there, &url, &[]);
        assert_eq!((reply.status, reply.body == content), (200, true));
        let reply = get(&there, &url, &["Range: bytes=400000-"]);
        assert_eq!((reply.status, reply.body == content[400_000..]), (206, true));
        let reply = get(&there, &url, &["Range: bytes=10-19"]);
        assert_eq!((reply.status, &reply.body[..]), (206, &content[10..20]));
        assert_eq!(get(&there, &url, &[&format!("Range: bytes={length}-")]).status, 416);
        let reply = http::ask(there.server.addr(), "HEAD", &url, &[], &[]);
        assert_eq!((reply.status, reply.body.len()), (200, 0));
        assert_eq!(reply.header("content-length"), Some(&*length.to_string()));
        let name = id.to_string();
        let key = format!("<Key>some/prefix/{APP}/{}/{name}</Key>", &name[..2]);
        assert!(store.list().contains(&key), "{}", store.list());
    }
    assert_eq!(uploads(&here), 0);
    assert!(!here.dir.path().join(APP.to_string()).join("blobs").exists());
}

#[test]
fn what_is_not_what_it_was_said_to_be_never_gets_there() {
    let store = S3::start();
    let world = world(&store);
    let mut alice = world.client("alice", 1);
    let id = BlobId::of(&content(1000));
    let url = upload(&mut alice, id, 1000).0.unwrap().url;
    assert_eq!(put(&world, &url, &[], &[7; 1000]).status, 422);
    assert!(!store.list().contains(&id.to_string()));
    assert_eq!((download(&mut alice, id).0, uploads(&world)), (None, 0));
}

#[test]
fn applications_do_not_see_each_other() {
    let store = S3::start();
    let world = World::with(|config| {
        config.files = Some(store.url("bucket"));
        config.apps.push((OTHER_APP, AppSettings::with_random_key().unwrap()));
    });
    let mut alice = world.client("alice", 1);
    let id = bring(&world, &mut alice, &content(1000));
    let mut other = Client::connect(world.server.addr(), OTHER_APP);
    let sig = world.server.usersig(OTHER_APP, "alice", 3600).unwrap();
    other.login(&sig, "alice", 1).unwrap();
    assert_eq!(download(&mut other, id), (None, 0));
    let (way, offset) = upload(&mut other, id, 1000);
    assert!(way.is_some() && offset == 0);
}

#[test]
fn a_store_that_fails_loses_nothing() {
    let mut store = S3::start();
    let world = world(&store);
    let mut alice = world.client("alice", 1);
    let content = content(10_000_000);
    let (id, size) = (BlobId::of(&content), content.len() as u64);
    // She has room for this and nothing else: what was not kept must not count.
    let settings = vec![("file_bytes".to_owned(), size.to_string())];
    send(world.dir.path(), &Command::Set { app: None, settings }).unwrap();
    let url = upload(&mut alice, id, size).0.unwrap().url;
    let range = |first: usize, last: usize| format!("Content-Range: bytes {first}-{last}/{size}");
    let part = put(&world, &url, &[&range(0, 999_999)], &content[..1_000_000]);
    assert_eq!(part.status, 202);

    store.stop();
    let ask = FileRequest::Upload { id: id.to_string(), size };
    assert_eq!(alice.code(Request::File(ask)), 6022);
    let ask = FileRequest::Download { id: id.to_string() };
    assert_eq!(alice.code(Request::File(ask)), 6022);
    assert_eq!(put(&world, &url, &[&range(1_000_000, 1_000_000)], &content[..1]).status, 500);

    // It answers again, but takes nothing.
    store.start_anew();
    assert_eq!(upload(&mut alice, id, size).1, 1_000_000);
    let last = size as usize - 1;
    let rest = put(&world, &url, &[&range(1_000_000, last)], &content[1_000_000..]);
    assert_eq!(rest.status, 500, "{rest:?}");
    assert_eq!(download(&mut alice, id), (None, 0));
    let ask = FileRequest::Upload { id: id.to_string(), size };
    assert_eq!(alice.code(Request::File(ask)), 6022, "nor when it is asked for again");

    store.make_bucket();
    assert_eq!(upload(&mut alice, id, size), (None, size), "all of it waited here");
    let url = download(&mut alice, id).0.unwrap().url;
    assert!(get(&world, &url, &[]).body == content);
    assert_eq!(uploads(&world), 0);
    let ask = FileRequest::Upload { id: BlobId::of(b"x").to_string(), size: 1 };
    assert_eq!(alice.code(Request::File(ask)), 6008);

    // What was there is gone for a while: nobody is told otherwise, nor given half of it.
    store.stop();
    assert_eq!(get(&world, &url, &[]).status, 500);
}

#[test]
fn a_wrong_setting_stops_the_server_with_the_reason() {
    let store = S3::start();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let at = |addr: SocketAddr, options: &str| {
        format!(
            "s3://bucket?endpoint=http://{addr}&access_key_id=key&secret_access_key=secret{options}"
        )
    };
    for (url, reason) in [
        ("https://bucket".to_owned(), "expected s3://BUCKET/PREFIX"),
        ("s3://".to_owned(), "expected s3://BUCKET/PREFIX"),
        ("s3://a bucket".to_owned(), "expected s3://BUCKET/PREFIX"),
        ("s3://bucket/a//b".to_owned(), "empty path segment"),
        ("s3://bucket?colour=red".to_owned(), "there is no option colour"),
        ("s3://bucket?region".to_owned(), "an option is NAME=VALUE"),
        ("s3://bucket?timeout=long".to_owned(), "\"long\""),
        (at(store.addr(), ""), "URL scheme is not allowed"),
        (store.url("missing"), "NoSuchBucket"),
        (at(closed, "&allow_http=true"), "Connection refused"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let config = Config { files: Some(url.clone()), ..Config::local(dir.path()) };
        let error = Server::start(config).err().expect(&url);
        assert!(error.code == 6017 && error.desc.starts_with("files: "), "{url}: {error:?}");
        assert!(error.desc.contains(reason), "{url}: {}", error.desc);
        assert!(!error.desc.contains("secret"), "{}", error.desc);
    }
}
