//! Several servers of one service, on one PostgreSQL and three NATS servers.

mod support;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_server::admin::{Command, send};
use imsdk_server::{AppSettings, Config, FIRST_APP, Server};
use imsdk_testkit::{Nats, until};
use imsdk_types::wire::frame::ServerFrame;
use imsdk_types::wire::group::{Request as GroupRequest, Response as GroupResponse};
use imsdk_types::wire::{Conv, Login, Outgoing, Page, Request, Response};
use imsdk_types::{CreateGroupParam, GroupInviteMemberParam, GroupType};
use serde_json::Value;
use support::{Client, outgoing, texts};

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| Cluster::start(Disk::Unsafe))
}

/// Servers of one application, on a database that no other test uses.
struct World {
    app: u64,
    database: String,
    servers: Vec<Server>,
    dirs: Vec<tempfile::TempDir>,
}

impl World {
    /// Servers of an application of their own.
    fn start(count: usize, nats: &Nats) -> Self {
        static APPS: AtomicU64 = AtomicU64::new(FIRST_APP);
        let settings = AppSettings::with_random_key().unwrap();
        let app = APPS.fetch_add(1, Ordering::Relaxed);
        let database = cluster().create_database(&format!("world{app}"));
        let mut world = Self { app, database, servers: Vec::new(), dirs: Vec::new() };
        (0..count).for_each(|number| world.add(&settings, nats.urls(number)));
        world
    }

    /// Servers of another service, on another database, with the same application.
    fn beside(&self, count: usize, bus: &str) -> Self {
        let database = cluster().create_database(&format!("beside{}", self.app));
        let mut world = Self { app: self.app, database, servers: Vec::new(), dirs: Vec::new() };
        let settings = self.settings(0);
        (0..count).for_each(|_| world.add(&settings, bus.to_owned()));
        world
    }

    fn add(&mut self, settings: &AppSettings, bus: String) {
        self.add_with(settings, bus, |_| ());
    }

    fn add_with(&mut self, settings: &AppSettings, bus: String, change: impl FnOnce(&mut Config)) {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config {
            database: Some(self.database.clone()),
            bus: Some(bus),
            apps: vec![(self.app, settings.clone())],
            ..Config::local(dir.path())
        };
        change(&mut config);
        self.servers.push(Server::start(config).unwrap());
        self.dirs.push(dir);
    }

    fn settings(&self, server: usize) -> AppSettings {
        self.servers[server].apps().into_iter().find(|(app, _)| *app == self.app).unwrap().1
    }

    /// Says something to the operator's side of a server.
    fn does(&self, server: usize, command: Command) -> Value {
        send(self.dirs[server].path(), &command).unwrap()
    }

    /// Waits until all servers have what one has.
    fn until_all_have(&self, server: usize) {
        let wanted = self.settings(server);
        until("settings at all servers", || {
            (0..self.servers.len()).all(|other| self.settings(other) == wanted)
        });
    }

    /// The code with which a login is refused.
    fn refusal(&self, server: usize, sig: &str, user: &str) -> Option<i32> {
        let mut client = Client::connect(self.servers[server].addr(), self.app);
        client.login(sig, user, 1).err().map(|refused| refused.code)
    }

    fn client(&self, server: usize, user: &str, device: u64) -> Client {
        let server = &self.servers[server];
        let mut client = Client::connect(server.addr(), self.app);
        let sig = server.usersig(self.app, user, 3600).unwrap();
        client.login(&sig, user, device).unwrap();
        client
    }
}

/// Says the same thing until the other server's client is told: servers hear of each other a moment after they have started.
fn until_told(from: &mut Client, to: &mut Client, user: &str) {
    from.send(Conv::c2c(user), "there?").unwrap();
    while !to.hint().account {}
}

/// Pulls until all of these have come.
fn pull_all(client: &mut Client, cursor: &mut u64, wanted: usize) -> Vec<String> {
    let mut all = Vec::new();
    while all.len() < wanted {
        let page = client.pull(*cursor);
        *cursor = page.cursor;
        all.extend(texts(&page));
        if all.len() < wanted && !page.more {
            client.hint();
        }
    }
    all
}

#[test]
fn any_client_reaches_any_other_over_any_server() {
    let nats = Nats::start();
    let world = World::start(3, &nats);
    let mut users: Vec<Client> =
        (0..3).map(|number| world.client(number, &format!("user{number}"), 1)).collect();
    let mut cursors: Vec<u64> =
        users.iter().map(|user| user.granted.as_ref().unwrap().cursor).collect();
    for round in 0..10 {
        for from in 0..3 {
            let to = (from + 1 + round % 2) % 3;
            let text = format!("{round} from {from}");
            let conv = Conv::c2c(format!("user{to}"));
            users[from].send(conv, &text).unwrap();
            assert_eq!(pull_all(&mut users[to], &mut cursors[to], 1), [text]);
        }
    }
}

#[test]
fn services_on_one_bus_do_not_hear_each_other() {
    let nats = Nats::start();
    let world = World::start(2, &nats);
    let beside = world.beside(2, &nats.urls(0));
    // In both, these have the same numbers of accounts.
    let [mut anna, mut ben] = [("anna", 0), ("ben", 1)].map(|(user, at)| world.client(at, user, 1));
    let [mut other_anna, mut other_ben] =
        [("anna", 0), ("ben", 1)].map(|(user, at)| beside.client(at, user, 1));
    until_told(&mut ben, &mut anna, "anna");
    until_told(&mut other_ben, &mut other_anna, "anna");
    let mut cursor = anna.pull(0).cursor;
    anna.settle();
    let secret = outgoing(Conv::c2c("anna"), "secret", 77);
    other_ben.ask(Request::Send(Outgoing { online_only: true, ..secret })).unwrap();
    other_ben.send(Conv::c2c("anna"), "secret").unwrap();
    while !matches!(other_anna.told(), ServerFrame::Online(_)) {}
    // Ends the session there, and no other.
    beside.client(1, "anna", 1);
    assert_eq!(other_anna.bye(), 6208);
    ben.send(Conv::c2c("anna"), "last").unwrap();
    loop {
        match anna.told() {
            ServerFrame::Hint(_) => {
                let page = anna.pull(cursor);
                cursor = page.cursor;
                if texts(&page) == ["last"] {
                    break;
                }
                assert_eq!(texts(&page), [""; 0]);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn what_another_server_has_written_comes_without_a_pull() {
    let nats = Nats::start();
    let world = World::start(2, &nats);
    let mut anna = world.client(0, "anna", 1);
    let mut ben = Client::connect(world.servers[1].addr(), world.app);
    let login = Login {
        user: "ben".into(),
        user_sig: world.servers[1].usersig(world.app, "ben", 3600).unwrap(),
        device: 1,
        platform: 6,
        cursor: None,
        takes_pages: true,
    };
    let cursor = ben.login_as(login).unwrap().cursor;
    until_told(&mut anna, &mut ben, "ben");
    let mut cursor = ben.pull(cursor).cursor;
    let mut pages = 0;
    for n in 0..50 {
        // Its own, written at its own server, stands between.
        ben.send(Conv::c2c("anna"), "answer").unwrap();
        anna.send(Conv::c2c("ben"), &n.to_string()).unwrap();
        loop {
            match ben.told() {
                // A pull has overtaken it.
                ServerFrame::Page(page) if page.cursor <= cursor => {}
                ServerFrame::Page(page) => {
                    assert_eq!((page.after, page.cursor), (cursor, cursor + 2));
                    let page = Page { events: page.events, cursor: page.cursor, ..Page::default() };
                    assert_eq!(texts(&page), [n.to_string()]);
                    (cursor, pages) = (page.cursor, pages + 1);
                    break;
                }
                // Servers that have found each other look everywhere.
                ServerFrame::Hint(_) => {
                    let page = ben.pull(cursor);
                    cursor = page.cursor;
                    if texts(&page) == [n.to_string()] {
                        break;
                    }
                }
                other => panic!("{other:?}"),
            }
        }
    }
    assert!(pages > 30, "{pages} pages");
}

#[test]
fn members_on_other_servers_hear_of_their_group() {
    let nats = Nats::start();
    let world = World::start(2, &nats);
    let (mut anna, mut ben) = (world.client(0, "anna", 1), world.client(1, "ben", 1));
    let param = CreateGroupParam {
        group_name: "group".into(),
        group_type: GroupType::Private.bits(),
        ..CreateGroupParam::default()
    };
    let made = anna.ask(Request::Group(GroupRequest::Create(Box::new(param)))).unwrap();
    let Response::Group(GroupResponse::Created(id)) = made else { panic!("{made:?}") };
    let invite = GroupInviteMemberParam {
        group_id: id.clone(),
        identifier_array: vec!["ben".into()],
        ..GroupInviteMemberParam::default()
    };
    anna.ask(Request::Group(GroupRequest::Invite(invite))).unwrap();
    while !ben.hint().account {}
    anna.send(Conv::group(id), "hello").unwrap();
    while ben.hint().groups.is_empty() {}
}

#[test]
fn a_login_at_another_server_ends_the_session() {
    let nats = Nats::start();
    let world = World::start(2, &nats);
    let mut first = world.client(0, "anna", 1);
    let mut ben = world.client(1, "ben", 1);
    until_told(&mut ben, &mut first, "anna");
    let _second = world.client(1, "anna", 2);
    while !first.hint().account {}
    assert!(first.pull(0).kicked);
}

#[test]
fn the_loss_of_a_node_loses_no_message() {
    let mut nats = Nats::start();
    let world = World::start(2, &nats);
    let (mut anna, mut ben) = (world.client(0, "anna", 1), world.client(1, "ben", 1));
    let mut cursor = ben.granted.as_ref().unwrap().cursor;
    for n in 0..200 {
        if n == 100 {
            nats.kill(0);
        }
        anna.send(Conv::c2c("ben"), &n.to_string()).unwrap();
    }
    let all = pull_all(&mut ben, &mut cursor, 200);
    assert_eq!(all, (0..200).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[test]
fn a_key_that_is_taken_away_at_one_server_counts_at_none() {
    let nats = Nats::start();
    let world = World::start(3, &nats);
    let app = Some(world.app);
    // Who only looks now and then is about two minutes behind in the end.
    let end = Instant::now() + Duration::from_secs(60);
    for turn in 0..9 {
        let (here, there) = (turn % 3, (turn + 1) % 3);
        let old = world.settings(here).keys[0].clone();
        let sig = world.servers[here].usersig(world.app, "anna", 3600).unwrap();
        world.does(here, Command::AddKey { app, key: None });
        world.until_all_have(here);
        let new = world.servers[there].usersig(world.app, "anna", 3600).unwrap();
        for server in 0..3 {
            assert_eq!(world.refusal(server, &sig, "anna"), None, "both are good");
            assert_eq!(world.refusal(server, &new, "anna"), None, "both are good");
        }
        world.does(there, Command::RemoveKey { app, key: old });
        world.until_all_have(there);
        for server in 0..3 {
            assert_eq!(world.refusal(server, &sig, "anna"), Some(70009));
            assert_eq!(world.refusal(server, &new, "anna"), None);
        }
    }
    assert!(Instant::now() < end, "they were told by the bus");
    let set = |value: &str| vec![("create_accounts".to_owned(), value.to_owned())];
    world.does(2, Command::Set { app, settings: set("false") });
    world.until_all_have(2);
    let sig = world.servers[0].usersig(world.app, "new", 3600).unwrap();
    assert_eq!(world.refusal(0, &sig, "new"), Some(70107));
    for dir in &world.dirs {
        let copy = AppSettings::read(&dir.path().join(world.app.to_string())).unwrap();
        assert_eq!(copy, Some(world.settings(0)), "for `im-server usersig`");
    }
}

#[test]
fn what_is_set_is_found_where_the_news_of_it_was_lost() {
    let mut nats = Nats::start();
    let world = World::start(3, &nats);
    let app = Some(world.app);
    (0..3).for_each(|node| nats.kill(node));
    let key = world.settings(0).keys[0].clone();
    let sig = world.servers[0].usersig(world.app, "anna", 3600).unwrap();
    world.does(0, Command::AddKey { app, key: None });
    world.does(0, Command::RemoveKey { app, key });
    world.until_all_have(0);
    for server in 0..3 {
        assert_eq!(world.refusal(server, &sig, "anna"), Some(70009));
    }
}

#[test]
fn commands_at_several_servers_at_once_lose_nothing() {
    let nats = Nats::start();
    let world = World::start(3, &nats);
    let app = Some(world.app);
    thread::scope(|scope| {
        for server in 0..3 {
            let world = &world;
            scope.spawn(move || {
                for n in 0..10 {
                    let key = Some(format!("{server}-{n}"));
                    world.does(server, Command::AddKey { app, key });
                }
            });
        }
    });
    for server in 0..3 {
        // Whoever asks a server for a change begins with what all have set.
        world.does(server, Command::Set { app, settings: vec![("devices".into(), "7".into())] });
        assert_eq!(world.settings(server).keys.len(), 31);
    }
}

#[test]
fn what_the_database_has_counts_more_than_a_file() {
    let nats = Nats::start();
    let mut world = World::start(1, &nats);
    let other = AppSettings::with_random_key().unwrap();
    world.add(&other, nats.urls(1));
    assert_eq!(world.settings(1), world.settings(0), "it was there first");
    let dir = world.dirs[1].path().join(world.app.to_string());
    other.write(&dir).unwrap();
    world.does(1, Command::Reload);
    assert_eq!(world.settings(1), world.settings(0));
    assert_eq!(AppSettings::read(&dir).unwrap(), Some(world.settings(0)));
}

/// A server that others reach is not kept from starting by what a trial server on the same database may do.
#[test]
fn what_a_server_may_not_do_it_goes_without() {
    let nats = Nats::start();
    let mut world = World::start(1, &nats);
    let settings = vec![("any_signature".into(), "true".into())];
    world.does(0, Command::Set { app: Some(world.app), settings });
    let wanted = AppSettings { any_signature: false, ..world.settings(0) };
    assert!(world.settings(0).any_signature);
    world.add_with(&wanted, nats.urls(1), |config| {
        (config.listen, config.plain) = ("0.0.0.0:0".parse().unwrap(), false);
    });
    assert_eq!(world.settings(1), wanted);
    assert!(world.settings(0).any_signature, "it is another server's matter");
}
