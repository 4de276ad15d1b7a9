//! What fails under servers while thousands of messages go through them: none that was accepted is lost, none comes twice, all come in
//! their order, and no program is started again.

mod support;

use std::net::SocketAddr;
use std::path::Path;

use imsdk_client::config::Platform;
use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_server::{AppSettings, Config};
use imsdk_testkit::{
    APP_ID, Backend, Beside, Device, Nats, Relay, World, all_is_there, came, free_ports, stream,
    text, text_message, until, whole_history,
};
use imsdk_types::{CreateGroupParam, Error};
use support::http;

const PROGRAM: &str = env!("CARGO_BIN_EXE_im-server");

/// Messages each way.
const COUNT: usize = 1500;

/// A server as a process of its own, which can be killed.
struct Server {
    process: Option<Beside>,
    addr: SocketAddr,
    /// What is said to a program before it, and then to it.
    command: Vec<String>,
}

impl Server {
    /// One with its data in a directory, and with settings.
    fn start(dir: &Path, before: &[&str], settings: &[&str]) -> Self {
        let app = AppSettings { any_signature: true, ..AppSettings::default() };
        app.write(&dir.join(APP_ID.to_string())).unwrap();
        let [port] = free_ports();
        let addr = SocketAddr::from(([127, 0, 0, 1], port));
        let (listen, data) = (addr.to_string(), dir.to_string_lossy());
        let own = [PROGRAM, "--data", &data, "--listen", &listen, "--plain"];
        let rest = ["--metrics", "off", "--log", "error", "--rate", "0"];
        let command = before.iter().chain(&own).chain(&rest).chain(settings);
        let command = command.map(|word| (*word).to_owned()).collect();
        let mut server = Self { process: None, addr, command };
        server.start_again();
        server
    }

    fn start_again(&mut self) {
        let words: Vec<_> = self.command.iter().map(String::as_str).collect();
        self.process = Some(Beside::start(words[0], &words[1..], ""));
        until("im-server", || std::net::TcpStream::connect(self.addr).is_ok());
    }

    /// With SIGKILL.
    fn kill(&mut self) {
        self.process = None;
    }
}

/// Programs that come to servers over a relay.
struct Programs {
    /// Where they keep what they have.
    world: World,
    relay: Relay,
}

impl Programs {
    fn of(servers: &[Server]) -> Self {
        let addrs: Vec<_> = servers.iter().map(|server| server.addr).collect();
        Self::at(&addrs)
    }

    fn at(addrs: &[SocketAddr]) -> Self {
        Self { world: World::on(Backend::Embedded), relay: Relay::balance(addrs) }
    }

    fn user(&self, user: &str) -> Device {
        let settings = self.world.settings(user, Platform::Linux);
        let device = Device::start(self.relay.settings(settings));
        device.login(user).unwrap_or_else(|error| panic!("{user}: {error}"));
        device
    }

    /// Both ways, with a fault after each quarter that has come, counted from 0. All is accepted, the first time it is sent.
    fn talk(&self, mut fault: impl FnMut(usize)) -> [Device; 2] {
        let (alice, bob) = (self.user("alice"), self.user("bob"));
        std::thread::scope(|scope| {
            scope.spawn(|| stream(&alice, "bob", COUNT, 20));
            scope.spawn(|| stream(&bob, "alice", COUNT, 1));
            for part in 0..3 {
                bob.events().wait_message(&((part + 1) * COUNT / 4).to_string());
                fault(part);
            }
        });
        all_is_there(&alice, &bob, COUNT);
        [alice, bob]
    }
}

/// Three servers on one PostgreSQL, which keeps what it has said it has, with three NATS servers.
struct Company {
    servers: Vec<Server>,
    postgres: Cluster,
    nats: Nats,
    _dir: tempfile::TempDir,
}

impl Company {
    fn start() -> Self {
        let (postgres, nats) = (Cluster::start(Disk::Safe), Nats::start());
        let dir = tempfile::tempdir().unwrap();
        let servers = (0..3).map(|number| {
            let (database, bus) = (postgres.url(), nats.urls(number));
            let settings = ["--database", &database, "--bus", &bus];
            Server::start(&dir.path().join(number.to_string()), &[], &settings)
        });
        Self { servers: servers.collect(), postgres, nats, _dir: dir }
    }
}

#[test]
fn faults_programs_of_a_killed_server_go_on_at_another() {
    let mut company = Company::start();
    Programs::of(&company.servers).talk(|part| {
        // Those who were there leave it for good before the next one dies.
        company.servers[part].kill();
        if part > 0 {
            company.servers[part - 1].start_again();
        }
    });
}

#[test]
fn faults_the_bus_goes_on_without_a_node() {
    let mut company = Company::start();
    Programs::of(&company.servers).talk(|part| {
        if part > 0 {
            company.nats.start_again(part - 1);
        }
        company.nats.kill(part);
    });
}

#[test]
fn faults_a_database_that_ends_and_begins_again_loses_nothing() {
    let mut company = Company::start();
    let programs = Programs::of(&company.servers);
    let postgres = &mut company.postgres;
    programs.talk(|part| {
        match part {
            1 => postgres.stop(),
            _ => postgres.crash(),
        }
        postgres.start_again();
    });
}

/// Whether a server says that it would answer.
fn is_ready(server: &imsdk_server::Server) -> bool {
    let addr = server.metrics_addr().unwrap();
    http::ask(addr, "GET", "/readyz", &[], &[]).status == 200
}

#[test]
fn faults_a_database_that_stands_still_is_waited_for_within_bounds() {
    let mut postgres = Cluster::start(Disk::Unsafe);
    let dir = tempfile::tempdir().unwrap();
    let mut config = Config::local(dir.path());
    let app = AppSettings { any_signature: true, ..AppSettings::default() };
    config.apps.push((APP_ID, app));
    config.database = Some(postgres.url());
    config.metrics = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    let server = imsdk_server::Server::start(config).unwrap();
    let programs = Programs::at(&[server.addr()]);
    let (alice, bob) = (programs.user("alice"), programs.user("bob"));
    let group = |id: &str| CreateGroupParam {
        group_id: id.to_owned(),
        group_name: id.to_owned(),
        ..CreateGroupParam::default()
    };
    assert!(is_ready(&server));

    // For a short time: what is asked meanwhile takes longer, and nobody else notices.
    postgres.freeze();
    std::thread::scope(|scope| {
        let sent = scope.spawn(|| alice.try_send("bob", text_message("short")).1);
        let made = scope.spawn(|| bob.try_create_group(group("short")));
        until("not ready", || !is_ready(&server));
        postgres.thaw();
        assert_eq!(sent.join().unwrap(), None);
        assert_eq!(made.join().unwrap().unwrap(), "short");
    });
    bob.events().wait_message("short");
    until("ready", || is_ready(&server));

    // For longer than anybody waits. What a program still asks for itself would be waited for first.
    alice.sync();
    bob.sync();
    postgres.freeze();
    let code = |error: Option<Error>| error.expect("nothing answers").code;
    std::thread::scope(|scope| {
        let sent = scope.spawn(|| alice.try_send("bob", text_message("long")).1);
        let made = scope.spawn(|| bob.try_create_group(group("long")));
        for code in [code(sent.join().unwrap()), code(made.join().unwrap().err())] {
            // A busy machine may not even have written it before the connection was given up.
            assert!([9519, 9520, 9524].contains(&code), "{code}");
        }
    });
    assert!(!is_ready(&server));
    postgres.thaw();
    until("ready", || is_ready(&server));
    for (device, peer) in [(&alice, "bob"), (&bob, "alice")] {
        until("acceptance", || device.try_send(peer, text_message("after")).1.is_none());
    }
    alice.events().wait_message("after");
    bob.events().wait_message("after");
}

/// Runs what follows with its data in a file system of so many MiB, which grows when the second word is the name of a file that is there.
const SMALL_DISK: &str = r#"
data=$1 more=$2
shift 2
mv "$data/server" "$data/settings"
mkdir -m 700 "$data/server"
mount -t tmpfs -o size=6m,mode=700 tmpfs "$data/server" || exit
cp -a "$data/settings/." "$data/server/"
(until [ -e "$more" ]; do sleep 0.05; done; mount -o remount,size=200m "$data/server") &
exec "$@"
"#;

#[test]
fn faults_a_full_disk_loses_nothing_that_was_accepted() {
    let dir = tempfile::tempdir().unwrap();
    let (base, more) = (dir.path().to_str().unwrap(), dir.path().join("more"));
    let may_mount = std::process::Command::new("unshare")
        .args([
            "--user",
            "--map-root-user",
            "--mount",
            "--pid",
            "--fork",
            "mount",
            "-t",
            "tmpfs",
            "tmpfs",
            base,
        ])
        .output();
    if !may_mount.is_ok_and(|done| done.status.success()) {
        eprintln!("LEFT OUT: no file system can be made here");
        return;
    }
    let before = "unshare --user --map-root-user --mount --pid --fork --kill-child /bin/sh -c";
    let before: Vec<_> =
        before.split(' ').chain([SMALL_DISK, "sh", base, more.to_str().unwrap()]).collect();
    let servers = [Server::start(&dir.path().join("server"), &before, &[])];
    let programs = Programs::of(&servers);
    let (alice, bob) = (programs.user("alice"), programs.user("bob"));
    let padding = "x".repeat(3000);
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    for number in 0..2 * COUNT {
        let (sent, error) = alice.try_send("bob", text_message(&format!("{number} {padding}")));
        match error {
            None => accepted.push(text(&sent)),
            Some(_) => refused.push(sent),
        }
        if refused.len() == 20 && !more.exists() {
            std::fs::write(&more, "").unwrap();
        }
    }
    assert!(refused.len() >= 20 && accepted.len() > COUNT, "the disk was full, and then not");
    for message in refused {
        let (sent, error) = alice.try_send("bob", message);
        assert_eq!(error, None);
        accepted.push(text(&sent));
    }
    bob.events().wait_messages(accepted.len());
    bob.sync();
    assert!(came(&bob, "alice") == accepted, "{} of {}", came(&bob, "alice").len(), accepted.len());
    assert_eq!(bob.unread("alice"), accepted.len() as u64);
}

/// What Debian's libfaketime has, for whatever machine.
fn faketime() -> String {
    let places = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten();
    let libraries = places.map(|place| place.path().join("faketime/libfaketime.so.1"));
    let found = libraries.into_iter().find(|library| library.exists());
    found.expect("libfaketime, which `make test` installs").to_string_lossy().into_owned()
}

#[test]
fn faults_a_clock_that_jumps_disturbs_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let clock = dir.path().join("clock");
    let set = |offset: &str| {
        let coming = dir.path().join("coming");
        std::fs::write(&coming, offset).unwrap();
        std::fs::rename(coming, &clock).unwrap();
    };
    set("+0");
    let (preload, file) = (
        format!("LD_PRELOAD={}", faketime()),
        format!("FAKETIME_TIMESTAMP_FILE={}", clock.display()),
    );
    let before = ["env", &preload, &file, "FAKETIME_NO_CACHE=1", "DONT_FAKE_MONOTONIC=1"];
    let servers = [Server::start(&dir.path().join("server"), &before, &[])];
    let programs = Programs::of(&servers);
    let [_alice, bob] = programs.talk(|part| set(["+2h", "-1d", "+40d"][part]));
    let times: Vec<_> = whole_history(&bob, "alice").iter().map(|it| it.server_time).collect();
    let day = 86_400;
    let (first, last) = (times[0], times[times.len() - 1]);
    assert!(times.is_sorted(), "a conversation has no way back");
    assert!(last > first + 39 * day, "{first} {last}");
}
