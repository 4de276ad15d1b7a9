//! A database that fails in part: what the operator is told of it, and how a server ends beside it.

#![cfg(unix)]

mod support;

use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;

use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_testkit::{free_ports, until};
use imsdk_types::wire::frame::ServerFrame;
use imsdk_types::wire::{Conv, Request};
use support::process::{Running, im_server, output};
use support::{APP, Client, World, http, outgoing};

/// What `/readyz` says: its status and its text.
fn readiness(addr: SocketAddr) -> (u16, String) {
    let reply = http::ask(addr, "GET", "/readyz", &[], &[]);
    (reply.status, String::from_utf8_lossy(&reply.body).into_owned())
}

/// A server on a PostgreSQL that no other test disturbs.
struct Fragile {
    postgres: Cluster,
    process: Running,
    addr: SocketAddr,
    metrics: SocketAddr,
    dir: tempfile::TempDir,
}

impl Fragile {
    fn start() -> Self {
        let postgres = Cluster::start(Disk::Unsafe);
        let dir = tempfile::tempdir().unwrap();
        let [addr, metrics] = free_ports().map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
        let mut process = im_server(dir.path());
        process.args(["--plain", "--drain", "4", "--listen", &addr.to_string()]);
        process.args(["--metrics", &metrics.to_string()]).env("IM_SERVER_DATABASE", postgres.url());
        let log = File::create(dir.path().join("log")).unwrap();
        let process = Running(process.stderr(log).spawn().unwrap());
        until("im-server", || std::net::TcpStream::connect(addr).is_ok());
        Self { postgres, process, addr, metrics, dir }
    }

    fn client(&self, user: &str) -> Client {
        let mut client = Client::connect(self.addr, APP);
        client.login(&sig(self.dir.path(), user), user, 1).unwrap();
        client
    }

    /// Whether the database takes nothing that is written, as a copy of another one does not.
    fn set_read_only(&self, on: bool) {
        let set = if on { "SET default_transaction_read_only = on" } else { "RESET ALL" };
        self.postgres.sql("postgres", &format!("ALTER SYSTEM {set}"));
        self.postgres.sql("postgres", "SELECT pg_reload_conf()");
    }

    /// How often the log says something.
    fn logged(&self, text: &str) -> usize {
        std::fs::read_to_string(self.dir.path().join("log")).unwrap().matches(text).count()
    }
}

fn sig(dir: &Path, user: &str) -> String {
    let mut process = im_server(dir);
    process.args(["usersig", "--user", user]);
    output(process).1.trim().to_owned()
}

fn send(client: &mut Client, user: &str, rand: u32) -> u64 {
    client.submit(Request::Send(outgoing(Conv::c2c(user), "hello", rand)))
}

#[test]
fn a_server_that_cannot_write_is_not_ready() {
    let world = World::with(|config| config.metrics = Some(([127, 0, 0, 1], 0).into()));
    let addr = world.server.metrics_addr().unwrap();
    assert_eq!(readiness(addr).0, 200);
    let held = world.hold_writes();
    for _ in 0..3 {
        let (status, text) = readiness(addr);
        assert!(status == 503 && text.contains("its database takes no writes"), "{status} {text}");
    }
    drop(held);
    until("ready", || readiness(addr).0 == 200);
}

#[test]
fn a_database_that_only_reads_is_away_until_it_is_written_to() {
    let server = Fragile::start();
    let (mut anna, mut ben) = (server.client("anna"), server.client("ben"));
    let first = send(&mut anna, "ben", 1);
    anna.answer(first).unwrap();
    assert_eq!(readiness(server.metrics).0, 200);
    server.set_read_only(true);
    until("not ready", || readiness(server.metrics).0 == 503);
    let (away, again) = ("the database is out of reach", "the database is there again");
    send(&mut anna, "ben", 2);
    // What only reads is answered, and says nothing of the rest.
    for _ in 0..50 {
        ben.pull(0);
    }
    assert_eq!(anna.bye(), 6019);
    ben.pull(0);
    assert_eq!((server.logged(away), server.logged(again)), (1, 0));
    assert_eq!(readiness(server.metrics).0, 503);

    server.set_read_only(false);
    until("ready", || readiness(server.metrics).0 == 200);
    let second = send(&mut ben, "anna", 3);
    ben.answer(second).unwrap();
    assert_eq!((server.logged(away), server.logged(again)), (1, 1));
}

#[test]
fn a_server_that_ends_says_so_though_its_database_does_not_answer() {
    let mut server = Fragile::start();
    let (mut anna, mut idle) = (server.client("anna"), server.client("ben"));
    server.postgres.freeze();
    send(&mut anna, "ben", 1);
    anna.was_heard();
    let process = rustix::process::Pid::from_child(&server.process.0);
    rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    for client in [&mut idle, &mut anna] {
        match client.end().0 {
            Some(ServerFrame::Bye { retry_after, failure }) => {
                assert!(retry_after.is_some() && failure.desc == "the server goes down");
            }
            other => panic!("{other:?}"),
        }
    }
    until("its end", || server.process.0.try_wait().unwrap().is_some_and(|it| it.success()));
    server.postgres.thaw();
}
