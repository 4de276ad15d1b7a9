//! A short load on a server of the test's own.

use clap::Parser;
use imsdk_bench::{Options, Report, run};
use imsdk_server::{AppSettings, Config, FIRST_APP, Server};
use imsdk_testkit::{Relay, Trouble};

struct World {
    server: Server,
    key: String,
    dir: tempfile::TempDir,
}

impl World {
    fn new(change: impl FnOnce(&mut Config)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::local(dir.path());
        config.limits.rate = 0;
        let app = AppSettings::with_random_key().unwrap();
        let key = app.keys[0].clone();
        config.apps.push((FIRST_APP, app));
        change(&mut config);
        Self { server: Server::start(config).unwrap(), key, dir }
    }

    fn options(&self, scheme: &str, more: &[&str]) -> Options {
        self.options_at(scheme, self.server.addr().port(), more)
    }

    fn options_at(&self, scheme: &str, port: u16, more: &[&str]) -> Options {
        let key_file = self.dir.path().join("key");
        std::fs::write(&key_file, format!("{}\n", self.key)).unwrap();
        let server = format!("{scheme}://localhost:{port}");
        let app = FIRST_APP.to_string();
        let given = ["im-bench", "--quiet", "--server", &server, "--app-id", &app, "--key-file"];
        let given = given.into_iter().chain([key_file.to_str().unwrap()]);
        Options::try_parse_from(given.chain(more.iter().copied())).unwrap()
    }

    fn run(&self, options: &Options) -> Report {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(run(options)).unwrap()
    }
}

#[test]
fn every_message_of_a_load_comes_once_and_the_report_can_be_read() {
    let world = World::new(|_| ());
    let file = world.dir.path().join("report.json");
    let options = world.options(
        "ws",
        &["--connections", "20", "--group-size", "6", "--group-share", "0.5"]
            .into_iter()
            .chain(["--messages", "30", "--duration", "60", "--report", file.to_str().unwrap()])
            .collect::<Vec<_>>(),
    );
    let report = world.run(&options);
    let messages = report.messages.as_ref().unwrap();
    assert!(report.is_sound(), "{report}");
    assert_eq!((messages.sent, messages.accepted), (600, 600));
    // Some went to groups of six, two users are in none.
    assert_eq!((report.groups, messages.delivered), (3, messages.expected));
    assert!(messages.expected > 600, "{report}");
    assert_eq!((messages.send.count, messages.delivery.count), (600, messages.expected));
    options.write(&report).unwrap();
    let read: Report = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(read, report);
}

#[test]
fn all_come_back_at_once_over_tls() {
    let world = World::new(|config| config.plain = false);
    let authority = world.server.authority().unwrap().to_owned();
    let options = world.options(
        "wss",
        &["storm", "--connections", "30", "--rounds", "2", "--ca-file"]
            .into_iter()
            .chain([authority.to_str().unwrap()])
            .collect::<Vec<_>>(),
    );
    let report = world.run(&options);
    assert!(report.is_sound(), "{report}");
    assert_eq!(report.storms.iter().map(|it| it.login.count).collect::<Vec<_>>(), [30, 30]);
    assert_eq!(report.messages.unwrap().delivered, 30);
}

#[test]
fn lost_connections_are_made_again_and_cost_no_message() {
    let world = World::new(|_| ());
    let relay = Relay::start(world.server.addr());
    relay.trouble(Trouble { cuts: 20, delay: 0 });
    let given = ["--connections", "10", "--group-share", "0", "--messages", "100", "--window", "4"];
    let options = world.options_at("ws", relay.addr().port(), &given);
    let report = world.run(&Options { duration: 60, ..options });
    assert!(relay.cuts() > 0 && report.reconnects > 0, "{report}");
    assert!(report.is_sound(), "{report}");
    assert_eq!(report.messages.unwrap().delivered, 1000);
}

#[test]
fn what_a_server_refuses_is_told() {
    let world = World::new(|_| ());
    let mut options = world.options("ws", &[]);
    (options.key, options.key_file) = (Some("another".into()), None);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    assert_eq!(runtime.block_on(run(&options)).unwrap_err().code, 70009);
}

#[test]
fn others_ask_much_while_messages_are_written() {
    let world = World::new(|_| ());
    let given = ["ping", "--connections", "2", "--heavy", "1", "--messages", "20"];
    let report = world.run(&Options { duration: 60, ..world.options("ws", &given) });
    assert!(report.is_sound(), "{report}");
    assert!(report.heavy_answers > 0 && report.to_string().contains("heavy requests of 1"));
    assert_eq!(report.messages.unwrap().delivered, 20);
}
