//! Which applications servers have that share a database: one that is made or removed at any of them is at all; and what servers of
//! several versions set for one.

#![cfg(unix)]

mod support;

use std::sync::OnceLock;
use std::thread;

use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_testkit::{Nats, until};
use imsdk_types::wire::Conv;
use imsdk_types::wire::frame::socket_path;
use rustix::process::Signal;
use support::process::{Place, Served, im_server, output, says};
use support::{APP, Client, texts};

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| Cluster::start(Disk::Unsafe))
}

/// A database of a test's own.
fn database(name: &str) -> String {
    cluster().create_database(name)
}

/// Directories for servers of a service. With a bus they hear of each other by that alone; without one they look every second.
fn places<const N: usize>(database: &str, nats: Option<&Nats>) -> [Place; N] {
    std::array::from_fn(|number| {
        let look = if nats.is_some() { "3600" } else { "1" };
        let mut place = Place::new(database, nats.map(|nats| nats.urls(number)));
        place.settings.push(("IM_SERVER_LOOK", look.to_owned()));
        place
    })
}

fn reach(server: &Served, app: u64) -> Result<Client, u16> {
    Client::try_connect(server.addr, &socket_path(app), "imsdk.v1")
}

fn until_served(server: &Served, app: u64) {
    until("the application", || reach(server, app).is_ok());
}

fn client(server: &Served, app: u64, sig: &str, user: &str) -> Client {
    let mut client = reach(server, app).unwrap();
    client.login(sig, user, 1).unwrap();
    client
}

#[test]
fn an_application_that_one_server_makes_is_at_all() {
    let (nats, database) = (Nats::start(), database("made"));
    let places: [_; 3] = places(&database, Some(&nats));
    let servers = [places[0].start(), places[1].start()];
    for app in 1..=5 {
        let (here, there) = (app as usize % 2, (app as usize + 1) % 2);
        assert_eq!(reach(&servers[there], app).err(), Some(404));
        places[here].says(&["app", "create", &app.to_string()]);
        until_served(&servers[there], app);
        let again = says(places[there].dir.path(), &["app", "create", &app.to_string()]);
        assert!(again.unwrap_err().contains("there is an application"));
        // Each server makes signatures that all take.
        let sigs = [places[here].sig(app, "anna"), places[there].sig(app, "ben")];
        let mut anna = client(&servers[there], app, &sigs[0], "anna");
        let mut ben = client(&servers[here], app, &sigs[1], "ben");
        anna.send(Conv::c2c("ben"), "hello").unwrap();
        while texts(&ben.pull(0)) != ["hello"] {
            ben.hint();
        }
    }
    let joined = places[2].start();
    let apps: Vec<_> = joined.said.iter().filter(|line| line.starts_with("application")).collect();
    assert_eq!(apps.len(), 6, "{:?}", joined.said);
    assert!(!joined.said.iter().any(|line| line.starts_with("key")), "{:?}", joined.said);
    for app in [APP, 1, 5] {
        client(&joined, app, &places[0].sig(app, "carl"), "carl");
        assert_eq!(places[2].says(&["key", "list", "--app", &app.to_string()]).len(), 64);
    }
}

#[test]
fn an_application_of_which_nobody_tells_is_found() {
    let database = database("found");
    let places: [_; 2] = places(&database, None);
    let servers = [places[0].start(), places[1].start()];
    places[0].says(&["app", "create", "7"]);
    until_served(&servers[1], 7);
    client(&servers[1], 7, &places[0].sig(7, "anna"), "anna");
}

#[test]
fn an_application_that_cannot_be_opened_yet_keeps_nothing_else_from_being_done() {
    let (nats, database) = (Nats::start(), database("slow"));
    let places: [_; 2] = places(&database, Some(&nats));
    let servers = [places[0].start(), places[1].start()];
    servers[1].signal(Signal::STOP);
    places[0].says(&["app", "create", "7"]);
    // Another server brings its schema to a newer version, and does not come to an end.
    let migrates = cluster().begin("slow", "SELECT pg_advisory_lock(hashtextextended('app_7', 0))");
    servers[1].signal(Signal::CONT);
    places[0].says(&["app", "create", "8"]);
    until_served(&servers[1], 8);
    assert_eq!(reach(&servers[1], 7).err(), Some(404));
    drop(migrates);
    until_served(&servers[1], 7);
    client(&servers[1], 7, &places[0].sig(7, "anna"), "anna");
}

#[test]
fn servers_that_begin_together_have_one_application() {
    let database = database("first");
    let places: [_; 3] = places(&database, None);
    let servers: Vec<Served> = thread::scope(|scope| {
        let starting: Vec<_> =
            places.iter().map(|place| scope.spawn(move || place.start())).collect();
        starting.into_iter().map(|server| server.join().unwrap()).collect()
    });
    let keys: Vec<_> = places.iter().map(|place| place.says(&["key", "list"])).collect();
    assert!(keys.iter().all(|key| *key == keys[0] && key.len() == 64), "{keys:?}");
    let said = servers.iter().flat_map(|server| &server.said);
    let said: Vec<_> = said.filter(|line| line.starts_with("key")).collect();
    assert_eq!(said, [&format!("key {}", keys[0])], "by the one that has made it");
    for server in &servers {
        client(server, APP, &places[0].sig(APP, "anna"), "anna");
    }
}

#[test]
fn an_application_that_one_server_removes_is_at_none() {
    let (nats, database) = (Nats::start(), database("removed"));
    let places: [_; 3] = places(&database, Some(&nats));
    let mut servers: Vec<_> = places.iter().map(Place::start).collect();
    let sig = places[0].sig(APP, "anna");
    client(&servers[0], APP, &sig, "anna").send(Conv::c2c("anna"), "before").unwrap();
    // One that is down has a copy of what was.
    servers.pop().unwrap().end();
    let mut anna = client(&servers[1], APP, &sig, "anna");
    places[0].says(&["app", "remove", &APP.to_string()]);
    assert_eq!(anna.bye(), 70020);
    for server in &servers {
        assert_eq!(reach(server, APP).err(), Some(404));
    }
    servers.push(places[2].start());
    servers.remove(0).end();
    servers.insert(0, places[0].start());
    for (server, place) in servers.iter().zip(&places) {
        assert_eq!(reach(server, APP).err(), Some(404), "nor is one made in its place");
        let sig = says(place.dir.path(), &["usersig", "--user", "anna"]);
        assert!(sig.unwrap_err().contains("there is no application"));
    }
    places[2].says(&["app", "create", &APP.to_string()]);
    for server in &servers {
        until_served(server, APP);
        let mut anna = client(server, APP, &sig, "anna");
        assert_eq!(texts(&anna.pull(0)), ["before"]);
    }
}

#[test]
fn a_key_that_a_newer_server_takes_away_counts_at_older_ones() {
    let database = database("newer");
    let places: [_; 2] = places(&database, None);
    let mut servers = [places[0].start(), places[1].start()].map(Some);
    let (old, sig) = (places[0].says(&["key", "list"]), places[0].sig(APP, "anna"));
    let table = format!("app_{APP}.settings");
    // What it alone knows: a value, and a table of them.
    let newer = format!(
        "UPDATE {table} SET text = E'later = \"kept\"\\n' || replace(text, '{old}', 'new') || E'\\n[much.later]\\nmax = 7\\n'"
    );
    cluster().sql("newer", &newer);
    let refused = |server: &Served, sig: &str| {
        reach(server, APP).unwrap().login(sig, "anna", 1).err().map(|refused| refused.code)
    };
    for server in servers.iter().flatten() {
        until("the end of a key", || refused(server, &sig) == Some(70009));
    }

    // Both still do what they are told, and leave it as it is.
    let app = APP.to_string();
    for (place, key) in places.iter().zip(["one", "two"]) {
        place.says(&["reload"]);
        place.says(&["app", "set", "--app", &app, "friends_only=true"]);
        place.says(&["key", "add", key]);
    }
    let text = cluster().sql("newer", &format!("SELECT text FROM {table}"));
    for part in ["later = \"kept\"", "[much.later]\nmax = 7", "friends_only = true"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.matches("later").count(), 2, "{text}");
    let keys = places[1].says(&["key", "list"]);
    assert_eq!(keys.lines().collect::<Vec<_>>(), ["two", "one", "new"]);
    // Nor does one that begins with it mind.
    servers[0].take().unwrap().end();
    let server = servers[0].insert(places[0].start());
    assert_eq!(refused(server, &places[1].sig(APP, "anna")), None);

    // What it knows by another meaning is not guessed at: everything stays as it was, and the error names it.
    cluster().sql("newer", &format!("UPDATE {table} SET text = replace(text, 'friends_only = true', 'friends_only = \"often\"')"));
    let error = says(places[0].dir.path(), &["reload"]).unwrap_err();
    assert!(error.contains("in the database: friends_only: invalid type"), "{error}");
    assert_eq!(refused(servers[1].as_ref().unwrap(), &places[1].sig(APP, "anna")), None);
}

#[test]
fn a_server_that_is_too_old_for_the_schema_says_so_and_leaves_it_alone() {
    let database = database("old");
    let [place, other] = places(&database, None);
    let server = place.start();
    let sig = place.sig(APP, "anna");
    let version = format!("SELECT max(version) FROM app_{APP}.migration");
    let known = cluster().sql("old", &version);
    // A newer one has brought it further: who runs goes on with it.
    cluster().sql("old", &format!("INSERT INTO app_{APP}.migration (version) VALUES (1000)"));
    client(&server, APP, &sig, "anna").send(Conv::c2c("anna"), "note").unwrap();
    let mut process = im_server(other.dir.path());
    process.args(["--plain", "--listen", "127.0.0.1:0", "--metrics", "off", "--log", "off"]);
    process.env("IM_SERVER_DATABASE", &database);
    let (good, said, error) = output(process);
    assert!(!good && said.is_empty(), "{said}");
    let reason = format!("schema 1000, known are {known}");
    assert!(error.contains(&reason) && error.ends_with("(6019)\n"), "{error}");
    assert_eq!(cluster().sql("old", &version), "1000");
}
