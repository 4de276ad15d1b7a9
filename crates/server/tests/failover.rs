//! Programs that know several servers of a service: those that are dead, or die, are passed over.

#![cfg(unix)]

mod support;

use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use imsdk_client::config::{self, Paths};
use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_testkit::{Device, Nats, all_is_there, stream};
use imsdk_types::{Elem, FileElem, Message, NetworkStatus};
use support::APP;
use support::process::Place;

/// Places for two servers of a service that takes any signature.
fn places(cluster: &Cluster, nats: &Nats) -> [Place; 2] {
    let places = [0, 1].map(|number| Place::new(&cluster.url(), Some(nats.urls(number))));
    let server = places[0].start();
    places[0].says(&["app", "set", "any_signature=true"]);
    server.end();
    places
}

/// An address at which nobody listens.
fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// A program of a user that is told of servers by the environment.
fn program(user: &str, dir: &Path, servers: [SocketAddr; 2]) -> Device {
    let servers = servers.map(|addr| format!("ws://{addr}")).join(",");
    let env = |name: &str| match name {
        "IMSDK_DATA_DIR" => Some(dir.join(user).into()),
        "IMSDK_SERVER" => Some(servers.clone().into()),
        _ => None,
    };
    let device = Device::start(config::load(APP, &Paths::default(), &env, None).unwrap());
    device.login(user).unwrap_or_else(|error| panic!("{user}: {error}"));
    device
}

#[test]
fn a_server_that_is_dead_is_passed_over() {
    let (cluster, nats) = (Cluster::start(Disk::Unsafe), Nats::start());
    let (places, dir) = (places(&cluster, &nats), tempfile::tempdir().unwrap());
    let (dead, second) = (free(), places[1].start());
    let alice = program("alice", dir.path(), [dead, second.addr]);
    // The program is told of a service that is there.
    assert_eq!(alice.events().statuses(), ["network Connecting 0", "network Connected 0"]);
    // Files go where the session goes.
    let source = dir.path().join("source");
    std::fs::write(&source, "content").unwrap();
    let file_path = source.to_str().unwrap().to_owned();
    let elem = Elem::File(FileElem { file_path, ..FileElem::default() });
    let message = Message { elem_array: vec![elem], ..Message::default() };
    let (sent, error) = alice.try_send("alice", message);
    assert_eq!(error, None);
    let Elem::File(file) = &sent.elem_array[0] else { panic!("no file") };
    let target = dir.path().join("target");
    alice.download(&file.url, &target).unwrap();
    assert_eq!(std::fs::read(&target).unwrap(), b"content");

    // All are dead: that is told, and the first one to come back is taken.
    alice.events().forget();
    drop(second);
    alice.events().wait_status(NetworkStatus::ConnectFailed);
    alice.events().forget();
    let _first = places[0].start_at(dead);
    alice.events().wait_status(NetworkStatus::Connected);
    alice.send("alice", "still here");
}

#[test]
fn what_is_said_while_servers_die_and_come_back_is_there_once() {
    const COUNT: usize = 600;
    let (cluster, nats) = (Cluster::start(Disk::Unsafe), Nats::start());
    let (places, dir) = (places(&cluster, &nats), tempfile::tempdir().unwrap());
    let mut servers = places.each_ref().map(|place| Some(place.start()));
    let [one, other] = [0, 1].map(|number| servers[number].as_ref().unwrap().addr);
    let alice = program("alice", dir.path(), [one, other]);
    let bob = program("bob", dir.path(), [other, one]);
    std::thread::scope(|scope| {
        scope.spawn(|| stream(&alice, "bob", COUNT, 10));
        scope.spawn(|| stream(&bob, "alice", COUNT, 10));
        for part in 1..5 {
            bob.events().wait_message(&(part * COUNT / 5).to_string());
            let server = &mut servers[part % 2];
            // In the middle of what it does, or in order.
            match part > 2 {
                true => server.take().unwrap().end(),
                false => drop(server.take()),
            }
            alice.events().wait_message(&(part * COUNT / 5 + COUNT / 10).to_string());
            *server = Some(places[part % 2].start_at([one, other][part % 2]));
        }
    });
    all_is_there(&alice, &bob, COUNT);
}
