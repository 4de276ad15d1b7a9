//! Contents of files: brought, loaded, gone on with, and refused.

mod support;

use std::io::{Read, Write};
use std::path::PathBuf;

use imsdk_server::admin::{Command, send};
use imsdk_service::blobs::BlobId;
use imsdk_types::wire::Request;
use imsdk_types::wire::file::Request as FileRequest;
use support::http::{self, Reply};
use support::{World, content, download, upload};

fn put(world: &World, url: &str, headers: &[&str], body: &[u8]) -> Reply {
    http::ask(world.server.addr(), "PUT", url, headers, body)
}

fn get(world: &World, url: &str, headers: &[&str]) -> Reply {
    http::ask(world.server.addr(), "GET", url, headers, &[])
}

/// What lies where uploads collect, each in the directory of its account.
fn waiting(world: &World) -> Vec<PathBuf> {
    let dir = world.dir.path().join(support::APP.to_string()).join("uploads");
    let paths = |dir| std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    paths(dir).flat_map(paths).collect()
}

fn nothing_waits(world: &World) -> bool {
    waiting(world).is_empty()
}

#[test]
fn a_content_is_brought_once_and_loaded_in_parts() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    let content = content(700_000);
    let (id, size) = (BlobId::of(&content), content.len() as u64);
    assert_eq!(download(&mut bob, id), (None, 0));
    let (way, offset) = upload(&mut alice, id, size);
    assert_eq!(offset, 0);
    let reply = put(&world, &way.unwrap().url, &[], &content);
    assert_eq!(reply.status, 201, "{reply:?}");
    assert!(nothing_waits(&world));
    assert_eq!(upload(&mut bob, id, size), (None, size), "it is there");
    let (way, found) = download(&mut bob, id);
    assert_eq!(found, size);
    let url = way.unwrap().url;
    let reply = get(&world, &url, &[]);
    assert_eq!((reply.status, reply.body == content), (200, true));
    assert_eq!(reply.header("accept-ranges"), Some("bytes"));
    let reply = get(&world, &url, &["Range: bytes=400000-"]);
    assert_eq!((reply.status, reply.body == content[400_000..]), (206, true));
    assert_eq!(reply.header("content-range"), Some("bytes 400000-699999/700000"));
    let reply = get(&world, &url, &["Range: bytes=10-19"]);
    assert_eq!((reply.status, &reply.body[..]), (206, &content[10..20]));
    assert_eq!(get(&world, &url, &["Range: bytes=700000-"]).status, 416);
    let reply = http::ask(world.server.addr(), "HEAD", &url, &[], &[]);
    assert_eq!((reply.status, reply.body.len()), (200, 0));
    assert_eq!(reply.header("content-length"), Some("700000"));
}

#[test]
fn an_upload_goes_on_where_it_broke_off() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let content = content(300_000);
    let (id, size) = (BlobId::of(&content), content.len() as u64);
    let url = upload(&mut alice, id, size).0.unwrap().url;
    // The connection is lost in the middle.
    let mut stream = http::connect(world.server.addr());
    let head = format!("PUT {url} HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&content[..100_000]).unwrap();
    drop(stream);
    let (mut offset, mut tries) = (0, 0);
    while offset < 100_000 && tries < 2_000 {
        offset = upload(&mut alice, id, size).1;
        tries += 1;
    }
    assert_eq!(offset, 100_000);
    let range = |first: u64, last: u64| format!("Content-Range: bytes {first}-{last}/{size}");
    let wrong = put(&world, &url, &[&range(90_000, 99_999)], &content[90_000..100_000]);
    assert_eq!((wrong.status, wrong.header("upload-offset")), (409, Some("100000")));
    let part = put(&world, &url, &[&range(100_000, 199_999)], &content[100_000..200_000]);
    assert_eq!((part.status, part.header("upload-offset")), (202, Some("200000")));
    let last = put(&world, &url, &[&range(200_000, size - 1)], &content[200_000..]);
    assert_eq!(last.status, 201, "{last:?}");
    let url = download(&mut alice, id).0.unwrap().url;
    assert!(get(&world, &url, &[]).body == content);
    assert!(nothing_waits(&world));
}

#[test]
fn an_upload_that_is_all_there_is_taken_in_when_it_is_asked_for_again() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let content = content(1000);
    let id = BlobId::of(&content);
    let url = upload(&mut alice, id, 1000).0.unwrap().url;
    // As it lies there when the server was killed after the last byte.
    let first = put(&world, &url, &["Content-Range: bytes 0-499/1000"], &content[..500]);
    assert_eq!(first.status, 202);
    let mut file = std::fs::File::options().append(true).open(&waiting(&world)[0]).unwrap();
    file.write_all(&content[500..]).unwrap();
    assert_eq!(upload(&mut alice, id, 1000), (None, 1000));
    assert!(nothing_waits(&world));
    let url = download(&mut alice, id).0.unwrap().url;
    assert!(get(&world, &url, &[]).body == content);
}

#[test]
fn uploads_are_counted_when_they_begin() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let ids: Vec<BlobId> = (0..33_u8).map(|n| BlobId::of(&[n, 0])).collect();
    let urls: Vec<String> =
        ids.iter().map(|id| upload(&mut alice, *id, 2).0.unwrap().url).collect();
    let begin = |url: &str| put(&world, url, &["Content-Range: bytes 0-0/2"], &[0]).status;
    assert!(urls[..32].iter().all(|url| begin(url) == 202));
    assert_eq!(begin(&urls[32]), 429);
    assert_eq!(put(&world, &urls[0], &[], &[0, 0]).status, 201, "one that has begun goes on");
}

#[test]
fn what_is_not_what_it_was_said_to_be_is_thrown_away() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let (said, brought) = (content(1000), vec![7; 1000]);
    let id = BlobId::of(&said);
    let url = upload(&mut alice, id, 1000).0.unwrap().url;
    assert_eq!(put(&world, &url, &[], &brought).status, 422);
    assert!(nothing_waits(&world));
    assert_eq!(download(&mut alice, id).0, None);
    assert_eq!(put(&world, &url, &[], &[brought, vec![7]].concat()).status, 413);
    assert_eq!(put(&world, &url, &["Content-Range: bytes 0-1000/1001"], &said).status, 400);
    assert_eq!(put(&world, &url, &[], &said).status, 201);
}

#[test]
fn urls_are_for_one_content_one_purpose_and_a_while() {
    let world = World::with(|config| config.limits.url = std::time::Duration::ZERO);
    let mut alice = world.client("alice", 1);
    let content = content(10);
    let id = BlobId::of(&content);
    let url = upload(&mut alice, id, 10).0.unwrap().url;
    let until = url.split("expires=").nth(1).unwrap().split('&').next().unwrap();
    let until: u64 = until.parse().unwrap();
    let now = || std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    while now() <= until {
        std::thread::yield_now();
    }
    assert_eq!(put(&world, &url, &[], &content).status, 403, "it has run out");
    let later = url.replace(&until.to_string(), &(until + 3600).to_string());
    assert_eq!(put(&world, &later, &[], &content).status, 403, "nobody else makes it longer");

    let world = World::new();
    let mut alice = world.client("alice", 1);
    let url = upload(&mut alice, id, 10).0.unwrap().url;
    assert_eq!(get(&world, &url, &[]).status, 403, "it is for bringing");
    let other = url.replace(&id.to_string(), &BlobId::of(b"other").to_string());
    assert_eq!(put(&world, &other, &[], b"other").status, 403);
    assert_eq!(put(&world, &url.replace("size=10", "size=11"), &[], &content).status, 403);
    let account = alice.granted.as_ref().unwrap().account;
    let of = |account| format!("account={account}&");
    assert!(url.contains(&of(account)));
    let others = url.replace(&of(account), &of(account + 1));
    assert_eq!(put(&world, &others, &[], &content).status, 403, "it is for one account");
    assert_eq!(http::ask(world.server.addr(), "DELETE", &url, &[], &[]).status, 405);
    let bare = url.split('?').next().unwrap();
    assert_eq!(get(&world, bare, &[]).status, 403);
    let up = format!("/apps/{}/files/..%2f..%2fapp.toml", support::APP);
    assert_eq!(get(&world, &up, &[]).status, 403);
    assert_eq!(put(&world, &url, &[], &content).status, 201);
}

#[test]
fn ways_are_given_to_sessions_and_within_limits() {
    let world = World::with(|config| config.limits.max_file = 1000);
    let id = BlobId::of(b"x").to_string();
    let ask = |id: &str, size| Request::File(FileRequest::Upload { id: id.to_owned(), size });
    let mut nobody = world.connect();
    assert_eq!(nobody.code(ask(&id, 1)), 6014);
    let mut alice = world.client("alice", 1);
    assert_eq!(alice.code(ask(&id, 1001)), 7005);
    assert_eq!(alice.code(ask("../../app.toml", 1)), 114011);
    for n in 0..32_u8 {
        let id = BlobId::of(&[n, 0]);
        let url = upload(&mut alice, id, 2).0.unwrap().url;
        assert_eq!(put(&world, &url, &["Content-Range: bytes 0-0/2"], &[n]).status, 202);
    }
    assert_eq!(alice.code(ask(&id, 1)), 6008, "too many that are not finished");
    let mut bob = world.client("bob", 2);
    assert!(bob.ask(ask(&id, 1)).is_ok(), "of others they are not");
}

#[test]
fn what_an_account_brings_has_a_bound() {
    let world = World::with(|config| config.apps[0].1.file_bytes = 1000);
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    let of = |length| {
        let content = content(length);
        (BlobId::of(&content), content.len() as u64, content)
    };
    let ask = |id: BlobId, size| Request::File(FileRequest::Upload { id: id.to_string(), size });
    // Each has room alone, and may begin.
    let (first, second) = (of(600), of(500));
    let first_url = upload(&mut alice, first.0, first.1).0.unwrap().url;
    let second_url = upload(&mut alice, second.0, second.1).0.unwrap().url;
    assert_eq!(put(&world, &first_url, &[], &first.2).status, 201);
    assert_eq!(put(&world, &second_url, &[], &second.2).status, 507);
    assert!(nothing_waits(&world));
    assert_eq!(alice.code(ask(second.0, second.1)), 6008);
    // What another has brought costs nothing.
    let url = upload(&mut bob, second.0, second.1).0.unwrap().url;
    assert_eq!(put(&world, &url, &[], &second.2).status, 201);
    assert_eq!(upload(&mut alice, second.0, second.1), (None, second.1));
    // To the last byte.
    let last = of(400);
    let url = upload(&mut alice, last.0, last.1).0.unwrap().url;
    assert_eq!(put(&world, &url, &[], &last.2).status, 201);
    let more = of(1);
    assert_eq!(alice.code(ask(more.0, more.1)), 6008);
    let settings = vec![("file_bytes".to_owned(), "0".to_owned())];
    send(world.dir.path(), &Command::Set { app: None, settings }).unwrap();
    let url = upload(&mut alice, more.0, more.1).0.unwrap().url;
    assert_eq!(put(&world, &url, &[], &more.2).status, 201);
}

/// So much of a disk is taken by what is not whole yet, too.
#[test]
fn what_an_account_is_bringing_counts_from_its_beginning() {
    let world = World::with(|config| config.apps[0].1.file_bytes = 1000);
    let mut alice = world.client("alice", 1);
    let content_of = |length| {
        let content = content(length);
        (BlobId::of(&content), content.len() as u64, content)
    };
    let ask = |id: BlobId, size| Request::File(FileRequest::Upload { id: id.to_string(), size });
    let [first, second, last] = [600, 500, 400].map(content_of);
    let [first_url, second_url] =
        [&first, &second].map(|of| upload(&mut alice, of.0, of.1).0.unwrap().url);
    let begun = put(&world, &first_url, &["Content-Range: bytes 0-9/600"], &first.2[..10]);
    assert_eq!(begun.status, 202);
    assert_eq!(put(&world, &second_url, &[], &second.2).status, 507);
    assert_eq!(alice.code(ask(second.0, second.1)), 6008);
    // Itself does not keep it from going on, nor from being done together with what fits.
    assert_eq!(upload(&mut alice, first.0, first.1).1, 10);
    let url = upload(&mut alice, last.0, last.1).0.unwrap().url;
    assert_eq!(put(&world, &url, &[], &last.2).status, 201);
    let rest = put(&world, &first_url, &["Content-Range: bytes 10-599/600"], &first.2[10..]);
    assert_eq!(rest.status, 201);
    assert!(nothing_waits(&world));
}

/// Of each that is under way the server keeps some for as long as nothing is taken.
#[test]
fn an_account_loads_so_many_at_once() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    // More than the system keeps on the way.
    let content = content(20 << 20);
    let (id, size) = (BlobId::of(&content), content.len() as u64);
    let (way, _) = upload(&mut alice, id, size);
    assert_eq!(put(&world, &way.unwrap().url, &[], &content).status, 201);
    let (of_alice, of_bob) = (download(&mut alice, id).0.unwrap().url, download(&mut bob, id).0);
    let begin = |url: &str| {
        let mut stream = http::connect(world.server.addr());
        write!(stream, "GET {url} HTTP/1.1\r\nHost: im\r\n\r\n").unwrap();
        let mut head = [0; 12];
        stream.read_exact(&mut head).unwrap();
        (stream, String::from_utf8_lossy(&head[9..]).into_owned())
    };
    let mut all = Vec::new();
    loop {
        let (load, status) = begin(&of_alice);
        if status != "200" {
            assert_eq!(status, "429");
            break;
        }
        all.push(load);
        assert!(all.len() < 200, "of 20 MiB each");
    }
    assert!(all.len() > 16, "a page of pictures is loaded together");
    assert_eq!(begin(&of_bob.unwrap().url).1, "200", "others load");
    assert_eq!(http::ask(world.server.addr(), "HEAD", &of_alice, &[], &[]).status, 200);
    drop(all.pop());
    let given_up = std::time::Instant::now();
    while begin(&of_alice).1 != "200" {
        assert!(given_up.elapsed() < support::SOON, "nobody loads that any more");
        std::thread::yield_now();
    }
}
