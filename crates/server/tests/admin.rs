//! Administration of a running server, by its socket and by the command line.

#![cfg(unix)]

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Command as Process, Stdio};
use std::time::Duration;

use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_server::admin::{Command, send};
use imsdk_server::{AppSettings, Config, Server};
use imsdk_testkit::Nats;
use imsdk_types::wire::frame::{ServerFrame, socket_path};
use imsdk_types::wire::group::{Request as GroupRequest, Response as GroupResponse};
use imsdk_types::wire::{Conv, Request, Response};
use imsdk_types::{CreateGroupParam, GroupModifyInfoFlag, GroupModifyInfoParam, GroupType};
use serde_json::Value;
use support::process::{Running, end, greeted, im_server, output};
use support::{APP, Client, World, http, texts};

fn does(world: &World, command: Command) -> Result<Value, i32> {
    send(world.dir.path(), &command).map_err(|error| error.code)
}

#[test]
fn keys_are_rotated_while_sessions_go_on() {
    let world = World::new();
    let old = world.sig("alice");
    let mut alice = world.client("alice", 1);
    let keys = does(&world, Command::Keys { app: None }).unwrap();
    let first = keys[0].as_str().unwrap().to_owned();
    let added = does(&world, Command::AddKey { app: None, key: None }).unwrap();
    assert_ne!(added.as_str().unwrap(), first);
    let new = world.sig("alice");
    world.connect().login(&old, "alice", 1).unwrap();
    world.connect().login(&new, "alice", 1).unwrap();
    does(&world, Command::RemoveKey { app: Some(APP), key: first.clone() }).unwrap();
    assert_eq!(world.connect().login(&old, "alice", 1).unwrap_err().code, 70009);
    world.connect().login(&new, "alice", 1).unwrap();
    assert!(alice.ask(Request::Service).is_ok() || alice.pull(0).kicked);
    assert_eq!(does(&world, Command::RemoveKey { app: None, key: first }), Err(6017));
    assert_eq!(does(&world, Command::AddKey { app: None, key: Some(String::new()) }), Err(6017));
    let missing = send(world.dir.path(), &Command::Keys { app: Some(1) }).unwrap_err();
    assert_eq!(missing.code, 70020);
    assert!(missing.desc.contains("no application 1"), "{}", missing.desc);
    let kept = AppSettings::read(&world.dir.path().join(APP.to_string())).unwrap().unwrap();
    assert_eq!(kept.keys, [added.as_str().unwrap()]);
}

#[test]
fn whoever_removes_the_last_key_is_told_what_that_means() {
    let world = World::new();
    let remove = |key: &str| {
        let mut process = im_server(world.dir.path());
        process.args(["key", "remove", key]);
        let (good, said, told) = output(process);
        assert!(good && said.is_empty(), "{said} {told}");
        told
    };
    let first = does(&world, Command::Keys { app: None }).unwrap()[0].as_str().unwrap().to_owned();
    let last = does(&world, Command::AddKey { app: None, key: None }).unwrap();
    assert_eq!(remove(&first), "", "there is one more");
    let sig = world.sig("alice");
    assert!(remove(last.as_str().unwrap()).contains("no signature is good"));
    assert_eq!(world.connect().login(&sig, "alice", 1).unwrap_err().code, 70016);
}

#[test]
fn commands_beside_each_other_lose_nothing() {
    let world = World::new();
    std::thread::scope(|scope| {
        for key in 0..4 {
            let world = &world;
            scope.spawn(move || {
                for n in 0..10 {
                    let key = Some(format!("{key}-{n}"));
                    does(world, Command::AddKey { app: None, key }).unwrap();
                }
            });
        }
    });
    let keys = does(&world, Command::Keys { app: None }).unwrap();
    assert_eq!(keys.as_array().unwrap().len(), 41);
}

/// Those that wait for their turn do not keep the application from closing: each closing took ten seconds then, and the last of them
/// had no answer.
#[test]
fn an_application_is_removed_once_however_many_say_so() {
    let world = World::new();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let remove = || does(&world, Command::RemoveApp { app: APP });
        let all: Vec<_> = (0..8).map(|_| scope.spawn(remove)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|it| it.is_ok()).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|it| it.is_ok() || *it == Err(70020)), "{answers:?}");
}

#[test]
fn a_user_is_kicked_blocked_and_let_in_again() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let kick = |platform| Command::Kick { app: None, user: "alice".into(), platform };
    assert_eq!(does(&world, kick(Some(2))).unwrap()["sessions"], 0);
    assert_eq!(does(&world, kick(None)).unwrap()["sessions"], 1);
    assert!(alice.hint().account);
    assert!(alice.pull(0).kicked);
    let mut alice = world.client("alice", 1);
    let block = |blocked| Command::Block { app: None, user: "alice".into(), blocked };
    does(&world, block(true)).unwrap();
    assert!(alice.hint().account);
    assert_eq!(alice.send(Conv::c2c("alice"), "still here").unwrap_err().code, 6208);
    assert!(alice.pull(0).kicked);
    let refused = world.connect().login(&world.sig("alice"), "alice", 1).unwrap_err();
    assert_eq!(refused.code, 70051);
    does(&world, block(false)).unwrap();
    world.client("alice", 1);
    // Before the first login, too.
    let mallory = |blocked| Command::Block { app: None, user: "mallory".into(), blocked };
    assert_eq!(does(&world, mallory(false)), Err(70107));
    does(&world, mallory(true)).unwrap();
    let refused = world.connect().login(&world.sig("mallory"), "mallory", 1).unwrap_err();
    assert_eq!(refused.code, 70051);
}

#[test]
fn settings_are_in_force_at_once_and_wrong_ones_change_nothing() {
    let world = World::new();
    let (mut alice, _bob) = (world.client("alice", 1), world.client("bob", 2));
    alice.send(Conv::c2c("bob"), "hello").unwrap();
    let set = |name: &str, value: &str| {
        let settings = vec![(name.to_owned(), value.to_owned())];
        does(&world, Command::Set { app: None, settings })
    };
    set("friends_only", "true").unwrap();
    assert!(alice.send(Conv::c2c("bob"), "hello").is_err());
    set("friends_only", "false").unwrap();
    set("create_accounts", "false").unwrap();
    let refused = world.connect().login(&world.sig("new"), "new", 1).unwrap_err();
    assert_eq!(refused.code, 70107);
    set("devices_per_platform", "2").unwrap();
    let keys = world.server.apps()[0].1.keys.clone();
    let mut second = world.client("alice", 3);
    assert!(!alice.pull(0).kicked && !second.pull(0).kicked);
    for (name, value) in [
        ("friends_only", "7"),
        ("friends", "true"),
        ("max_friends", ""),
        ("devices", "0"),
        ("devices_per_platform", "0"),
        ("a\nb", "1"),
        // Keys have commands of their own, and so has a removal; however they are spelt.
        ("keys", "[]"),
        ("\"keys\"", "[\"a\"]"),
        ("'keys'", "[]"),
        ("keys=[\"a\"]\nmax_friends", "7"),
        ("max_friends", "7\nkeys = [\"a\"]"),
        ("max_friends", "7\r\nremoved = true"),
        ("removed", "true"),
        ("\"rem\\u006fved\"", "true"),
    ] {
        assert_eq!(set(name, value), Err(6017), "{name} = {value}");
    }
    assert_eq!(world.server.apps()[0].1.keys, keys);
    let apps = does(&world, Command::Apps).unwrap();
    let settings = &apps[0]["settings"];
    assert_eq!(settings["create_accounts"], false);
    assert_eq!(settings["keys"], 1, "how many, not which");
}

#[test]
fn a_limit_on_groups_is_taken_back_with_0() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let mut create = || {
        let param = CreateGroupParam { group_name: "g".into(), ..CreateGroupParam::default() };
        alice.ask(Request::Group(GroupRequest::Create(Box::new(param))))
    };
    let set = |value: &str| {
        let both = ["max_groups", "group_rate"].map(|name| (name.to_owned(), value.to_owned()));
        does(&world, Command::Set { app: None, settings: both.into() }).unwrap();
        let apps = does(&world, Command::Apps).unwrap();
        for name in ["max_groups", "group_rate"] {
            assert_eq!(apps[0]["settings"][name].to_string(), value, "{name}");
        }
    };
    create().unwrap();
    set("1");
    assert_eq!(create().unwrap_err().code, 10037);
    set("0");
    create().unwrap();
    let kept = AppSettings::read(&world.dir.path().join(APP.to_string())).unwrap().unwrap();
    assert_eq!((kept.max_groups, kept.group_rate), (None, None));
}

#[test]
fn applications_are_made_and_know_nothing_of_each_other() {
    let world = World::new();
    let made = does(&world, Command::CreateApp { app: 7 }).unwrap();
    assert_eq!(does(&world, Command::CreateApp { app: 7 }), Err(6017));
    assert_eq!(does(&world, Command::Keys { app: None }), Err(6017), "which?");
    assert_eq!(does(&world, Command::Keys { app: Some(7) }).unwrap()[0], made["key"]);
    let sig = world.server.usersig(7, "alice", 60).unwrap();
    let mut there = Client::connect(world.server.addr(), 7);
    there.login(&sig, "alice", 1).unwrap();
    there.send(Conv::c2c("alice"), "there").unwrap();
    let mut here = world.client("alice", 1);
    assert!(here.pull(0).events.is_empty());
    assert_ne!(here.ask(Request::Service), there.ask(Request::Service));
    let status = does(&world, Command::Status).unwrap();
    assert_eq!(status["connections"], 2);
}

#[test]
fn an_application_that_was_removed_comes_back_with_what_it_had() {
    let world = World::with(|config| config.apps.clear());
    let (mut alice, sig) = (world.client("alice", 1), world.sig("alice"));
    alice.send(Conv::c2c("alice"), "before").unwrap();
    assert_eq!(does(&world, Command::RemoveApp { app: 7 }), Err(70020));
    does(&world, Command::RemoveApp { app: APP }).unwrap();
    assert_eq!(alice.bye(), 70020);
    assert_eq!(does(&world, Command::Keys { app: Some(APP) }), Err(70020));
    // Nobody has decided that by a setting.
    does(&world, Command::CreateApp { app: 7 }).unwrap();
    let set = vec![("removed".to_owned(), "true".to_owned())];
    assert_eq!(does(&world, Command::Set { app: Some(7), settings: set }), Err(6017));
    does(&world, Command::RemoveApp { app: 7 }).unwrap();
    let World { server, dir } = world;
    server.shutdown();
    let world = World { server: Server::start(Config::local(dir.path())).unwrap(), dir };
    assert_eq!(world.server.apps().len(), 0, "nor is another one made in its place");
    let refused = Client::try_connect(world.server.addr(), &socket_path(APP), "imsdk.v1");
    assert_eq!(refused.err(), Some(404));
    let mut usersig = im_server(world.dir.path());
    usersig.args(["usersig", "--user", "alice", "--app", &APP.to_string()]);
    let (good, _, error) = output(usersig);
    assert!(!good && error.contains("there is no application"), "{error}");
    does(&world, Command::CreateApp { app: APP }).unwrap();
    let mut alice = world.connect();
    alice.login(&sig, "alice", 1).unwrap();
    assert_eq!(texts(&alice.pull(0)), ["before"]);
    // By hand, too.
    let file = world.dir.path().join(APP.to_string()).join("app.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("removed = true\n{text}")).unwrap();
    does(&world, Command::Reload).unwrap();
    assert_eq!(alice.bye(), 70020);
    does(&world, Command::CreateApp { app: APP }).unwrap();
    world.connect().login(&sig, "alice", 1).unwrap();
}

#[test]
fn an_application_that_cannot_be_opened_is_not_there() {
    let world = World::new();
    let database = world.dir.path().join("7/service.db");
    std::fs::create_dir_all(&database).unwrap();
    assert_eq!(does(&world, Command::CreateApp { app: 7 }), Err(6019));
    std::fs::remove_dir(&database).unwrap();
    does(&world, Command::CreateApp { app: 7 }).unwrap();
}

#[test]
fn a_group_that_no_user_may_make_is_made_and_changed() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let kind = GroupType::BChatRoom.bits();
    let param = CreateGroupParam {
        group_id: "news".into(),
        group_name: "News".into(),
        group_type: kind,
        ..CreateGroupParam::default()
    };
    let own = Request::Group(GroupRequest::Create(Box::new(param.clone())));
    assert!(alice.ask(own).is_err(), "no user may");
    let create = Command::CreateGroup { app: None, group: Box::new(param) };
    assert_eq!(does(&world, create.clone()), Ok(Value::from("news")));
    assert_eq!(does(&world, create), Err(10021), "the id is taken");
    let modify = |group_id: &str| {
        let group = Box::new(GroupModifyInfoParam {
            group_id: group_id.into(),
            modify_flag: GroupModifyInfoFlag::Name.bits(),
            group_name: "Old news".into(),
            ..GroupModifyInfoParam::default()
        });
        does(&world, Command::ModifyGroup { app: None, group })
    };
    assert_eq!(modify("news"), Ok(Value::Null));
    assert_eq!(modify("nowhere"), Err(10010));
    let asked = alice.ask(Request::Group(GroupRequest::Infos(vec!["news".into()])));
    let text = format!("{asked:?}");
    assert!(text.contains("Old news"), "{text}");
}

#[test]
fn a_group_is_taken_back() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let param = CreateGroupParam { group_name: "g".into(), ..CreateGroupParam::default() };
    let created = alice.ask(Request::Group(GroupRequest::Create(Box::new(param)))).unwrap();
    let Response::Group(GroupResponse::Created(group)) = created else { panic!("{created:?}") };
    does(&world, Command::Dissolve { app: None, group: group.clone() }).unwrap();
    while !alice.hint().account {}
    assert_eq!(alice.send(Conv::group(&group), "hello").unwrap_err().code, 10010);
    assert_eq!(does(&world, Command::Dissolve { app: None, group }), Err(10010));
}

#[test]
fn the_socket_is_its_owners_alone_and_one_server_has_a_directory() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let socket = std::fs::metadata(world.dir.path().join("admin.sock")).unwrap();
    assert_eq!(socket.permissions().mode() & 0o777, 0o600);
    let settings = world.dir.path().join(APP.to_string()).join("app.toml");
    assert_eq!(std::fs::metadata(settings).unwrap().permissions().mode() & 0o777, 0o600);
    let error = Server::start(Config::local(world.dir.path())).err().unwrap();
    assert!(error.desc.contains("another im-server"), "{}", error.desc);
    let nobody = tempfile::tempdir().unwrap();
    assert_eq!(send(nobody.path(), &Command::Status).unwrap_err().code, 6022);
}

#[test]
fn any_signature_is_taken_on_loopback_alone() {
    let open = AppSettings { any_signature: true, ..AppSettings::default() };
    let world = World::with(|config| config.apps = vec![(APP, open.clone())]);
    world.connect().login("anything", "alice", 1).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut config = Config::local(dir.path());
    config.apps = vec![(APP, open)];
    (config.listen, config.plain) = ("0.0.0.0:0".parse().unwrap(), false);
    let error = Server::start(config).err().unwrap();
    assert!(error.code == 6017 && error.desc.contains("any_signature"), "{}", error.desc);
}

#[test]
fn one_command_serves_says_how_to_get_there_and_ends_when_asked() {
    let dir = tempfile::tempdir().unwrap();
    let mut process = im_server(dir.path());
    process.args(["--plain", "--listen", "127.0.0.1:0", "--log-format", "json"]);
    process.env("IM_SERVER_METRICS", "127.0.0.1:0").env("IM_SERVER_RATES", "7");
    let mut running =
        Running(process.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap());
    let mut said = BufReader::new(running.0.stdout.take().unwrap()).lines();
    let mut next = |start: &str| loop {
        let line = said.next().expect("a line that begins so").unwrap();
        if let Some(rest) = line.trim().strip_prefix(start) {
            break rest.to_owned();
        }
    };
    let addr = next("listening on ws://").parse().unwrap();
    let metrics = next("metrics and health on http://").parse().unwrap();
    let app: u64 = next("application ").parse().unwrap();
    assert_eq!(next("key ").len(), 64);
    assert_eq!(next("IMSDK_SERVER="), format!("ws://{addr}"));
    next("and logs in");

    let mut usersig = im_server(dir.path());
    usersig.args(["usersig", "--user", "alice"]);
    let (good, sig, _) = output(usersig);
    assert!(good);
    let mut alice = Client::connect(addr, app);
    alice.login(sig.trim(), "alice", 1).unwrap();

    let get = |path| http::ask(metrics, "GET", path, &[], &[]);
    assert_eq!(get("/healthz").status, 200);
    assert_eq!(get("/readyz").status, 200);
    let figures = get("/metrics");
    let form = figures.header("content-type").unwrap();
    assert!(form.starts_with("application/openmetrics-text; version=1.0.0"), "{form}");
    let figures = String::from_utf8(figures.body).unwrap();
    assert!(figures.ends_with("# EOF\n"));
    for figure in [
        "# TYPE im_server_requests counter",
        r#"im_server_requests_total{kind="login",code="0"} 1"#,
        r#"im_server_sessions{app="1400000000"} 1"#,
        "im_server_storage_seconds_bucket",
        r#"im_server_queue{app="1400000000",queue="write"} 0"#,
    ] {
        assert!(figures.contains(figure), "{figure} is not in\n{figures}");
    }

    let mut kick = im_server(dir.path());
    kick.args(["kick", "alice"]);
    let (good, told, _) = output(kick);
    assert!(good && told.contains("\"sessions\": 1"), "{told}");
    let mut kick = im_server(dir.path());
    kick.args(["kick", "nobody"]);
    let (good, _, error) = output(kick);
    assert!(!good && error.contains("70107"), "{error}");

    let mut bob = Client::connect(addr, app);
    let process_id = rustix::process::Pid::from_child(&running.0);
    rustix::process::kill_process(process_id, rustix::process::Signal::HUP).unwrap();
    let (line, lines) = std::sync::mpsc::channel();
    let stderr = BufReader::new(running.0.stderr.take().unwrap());
    std::thread::spawn(move || stderr.lines().try_for_each(|it| line.send(it.unwrap())));
    let mut log = String::new();
    // Until it was done, and not only asked for.
    while !log.contains("read again") {
        log += &lines.recv_timeout(Duration::from_secs(20)).expect("word of it");
        log.push('\n');
    }
    rustix::process::kill_process(process_id, rustix::process::Signal::TERM).unwrap();
    let Some(ServerFrame::Bye { retry_after, .. }) = bob.end().0 else { panic!("no bye") };
    assert!(retry_after.is_some());
    assert!(running.0.wait().unwrap().success());
    lines.iter().for_each(|line| log = format!("{log}{line}\n"));
    assert!(!log.contains("alice"), "no word of users:\n{log}");
    for line in log.lines() {
        serde_json::from_str::<Value>(line).expect("an object in each line");
    }
    assert_eq!(log.matches("no setting").count(), 1, "{log}");
    assert!(log.contains("IM_SERVER_RATES"), "{log}");

    let mut again = im_server(dir.path());
    again.args(["--plain", "--listen", "127.0.0.1:0", "--metrics", "off"]);
    let mut running = Running(again.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    let said = BufReader::new(running.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    for line in said.take_while(|line| !line.starts_with("and logs in")) {
        assert!(!line.trim().starts_with("key"), "a key is said once: {line}");
    }
}

#[test]
fn a_start_that_finds_its_address_taken_leaves_the_first_key_to_the_next_one() {
    let dir = tempfile::tempdir().unwrap();
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = other.local_addr().unwrap();
    let free = "127.0.0.1:0".parse().unwrap();
    let start = |listen, metrics| {
        Server::start(Config { listen, metrics: Some(metrics), ..Config::local(dir.path()) })
    };
    for (listen, metrics, setting) in [(taken, free, "listen"), (free, taken, "metrics")] {
        let error = start(listen, metrics).err().unwrap();
        let told = format!("{setting}: {taken}: ");
        assert!(error.code == 6022 && error.desc.starts_with(&told), "{}", error.desc);
    }
    drop(other);
    assert!(start(taken, taken).is_err(), "one address for two");
    assert_eq!(start(taken, free).unwrap().first_app(), Some(APP));
}

#[test]
fn the_log_has_no_password_and_nothing_that_users_wrote_however_much_is_logged() {
    let (nats, dir) = (Nats::start(), tempfile::tempdir().unwrap());
    let cluster = Cluster::start(Disk::Unsafe);
    let log = dir.path().join("log");
    let mut process = im_server(dir.path());
    process.args(["--plain", "--listen", "127.0.0.1:0", "--metrics", "off"]);
    process.args(["--log", "trace,async_nats=trace"]).env("IM_SERVER_BUS", nats.urls(0));
    process.env("IM_SERVER_DATABASE", cluster.create_database("log"));
    let (running, said) = greeted(process.stderr(std::fs::File::create(&log).unwrap()));
    let addr = said.iter().find_map(|line| line.strip_prefix("listening on ws://")).unwrap();
    let (_, sig, _) = {
        let mut usersig = im_server(dir.path());
        usersig.args(["usersig", "--user", "alice"]);
        output(usersig)
    };
    let mut alice = Client::connect(addr.parse().unwrap(), APP);
    alice.login(sig.trim(), "alice", 1).unwrap();
    alice.send(Conv::c2c("alice"), "nobody's business").unwrap();
    drop(alice);
    end(running);
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("im-server goes down"), "{log}");
    for secret in ["world0", "nobody's business", "alice", sig.trim()] {
        assert!(!log.contains(secret), "{secret} is in\n{log}");
    }
}

#[test]
fn a_wrong_setting_stops_the_start_with_the_place_and_the_reason() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("im-server.toml");
    std::fs::write(&file, "plain = true\nlisten = \"127.0.0.1:0\"\nheartbeat = 0\n").unwrap();
    let (good, _, error) = output(im_server(dir.path()));
    assert!(!good && error.contains("im-server.toml:3: expected a whole number"), "{error}");
    std::fs::write(&file, "plain = true\nlisten = \"localhost\"\n").unwrap();
    let (good, _, error) = output(im_server(dir.path()));
    assert!(!good && error.contains("im-server.toml:2: expected an address"), "{error}");
    std::fs::write(&file, "").unwrap();
    for (flag, reason) in [
        (["--rate", "fast"], "expected a whole number from 0 to"),
        (["--log", "loud"], "log: \"loud\" is no level"),
        (["--metrics", "here"], "metrics: expected"),
        (["--names", "chat.example.com,https://me"], "names: expected names of hosts"),
        (["--names", "chat.example.com:7443"], "\"chat.example.com:7443\" is none"),
        (["--listen", "localhost:7443"], "expected an address and a port, as 0.0.0.0:7443"),
        (["--database", "mysql://db/im"], "database: expected a postgres:// URL"),
        (["--certificate", "a.pem"], "one needs the other"),
        (["--config", "/nowhere/im-server.toml"], "no such file"),
    ] {
        let mut process = im_server(dir.path());
        process.args(flag);
        let (good, _, error) = output(process);
        assert!(!good && error.contains(reason), "{flag:?}: {error}");
    }
    let mut process = im_server(dir.path());
    process.env("IM_SERVER_BURST", "0");
    let (good, _, error) = output(process);
    assert!(!good && error.contains("expected a whole number from 1"), "{error}");
    std::fs::create_dir_all(dir.path().join("7")).unwrap();
    std::fs::write(dir.path().join("7/app.toml"), "keys = [\"k\"]\nrules = 1\n").unwrap();
    let mut process = im_server(dir.path());
    process.args(["--plain", "--listen", "127.0.0.1:0", "--metrics", "off"]);
    let (good, _, error) = output(process);
    assert!(!good && error.contains("app.toml:2: unknown field `rules`"), "{error}");
}

#[test]
fn a_command_that_finds_no_data_names_the_flag() {
    let elsewhere = tempfile::tempdir().unwrap();
    for command in [&["usersig", "--user", "alice"][..], &["block", "alice"]] {
        let mut process = Process::new(env!("CARGO_BIN_EXE_im-server"));
        process.env_clear().current_dir(elsewhere.path()).args(command);
        let (good, _, error) = output(process);
        assert!(!good && error.contains("--data DIR"), "{command:?}: {error}");
    }
}

#[test]
fn no_signature_is_made_that_nobody_can_log_in_with() {
    let world = World::new();
    let sign = |days: &str| {
        let mut process = im_server(world.dir.path());
        process.args(["usersig", "--user", "alice", "--days", days]);
        output(process)
    };
    let (good, sig, error) = sign("0");
    assert!(!good && sig.is_empty() && error.contains("--days"), "{error}");
    world.connect().login(sign("1").1.trim(), "alice", 1).unwrap();
}

#[test]
fn help_reads_like_a_manual() {
    let dir = tempfile::tempdir().unwrap();
    let mut process = im_server(dir.path());
    process.arg("--help");
    let (good, help, _) = output(process);
    assert!(good);
    for word in [
        "--listen",
        "IM_SERVER_LISTEN",
        "[default:",
        "Examples:",
        "usersig",
        "SIGHUP",
        "Ends with 0",
    ] {
        assert!(help.contains(word), "{word}");
    }
    let mut process = im_server(dir.path());
    process.args(["app", "set", "--help"]);
    let (good, help, _) = output(process);
    let world = World::new();
    let list = does(&world, Command::Apps).unwrap();
    let settings = list[0]["settings"].as_object().unwrap();
    for (name, value) in settings.iter().filter(|(name, _)| *name != "keys") {
        let line = format!("  {name} = {value} ");
        assert!(good && help.contains(&line), "{line}");
    }
    let mut process = im_server(dir.path());
    process.arg("config");
    let (good, template, _) = output(process);
    assert!(good && template.contains("# Address and port for clients"));
    assert!(template.parse::<toml::Table>().is_ok(), "{template}");
}
