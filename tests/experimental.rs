//! callExperimentalAPI, as programs use it: to name their server, to read before a login, for the log and the history.
#![cfg(unix)]

mod c;
#[path = "examples/support.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod support;

use std::fmt::Write as _;

use imsdk_testkit::{Backend, World};
use imsdk_types::{OBJECTS, OPERATIONS};
use serde_json::{Value, json};
use support::{Place, Process, Program};

/// What a program says to be at a server on this machine.
fn at(world: &World) -> Value {
    let server = world.server_address();
    server_info(json!([{
        "server_address_ip": format!("ws://{}", server.host), "server_address_port": server.port,
    }]))
}

fn server_info(addresses: Value) -> Value {
    json!({
        "request_internal_operation": "internal_operation_set_custom_server_info",
        "request_set_custom_server_info_param": {
            "longconnection_address_array": addresses,
            "shortconnection_address_array": [],
            "server_public_key": "0436ddd1de2e",
        },
    })
}

fn operation(name: &str, param: Value) -> Value {
    let mut all = json!({ "request_internal_operation": format!("internal_operation_{name}") });
    let Value::Object(param) = param else { panic!("{param}") };
    all.as_object_mut().unwrap().extend(param);
    all
}

/// What asks for something; all but the first three is not there.
const ASKS: [&str; 16] = [
    "get_message_revoker",
    "clear_local_history_message",
    "report_tuicomponent_usage",
    "sso_data",
    "userid_tinyid",
    "tinyid_userid",
    "is_commercial_ability_enabled",
    "set_offline_push_state",
    "get_offline_push_state",
    "send_trtc_custom_data",
    "send_room_custom_data",
    "get_server_config",
    "start_message_long_polling",
    "stop_message_long_polling",
    "find_merger_messages",
    "get_brief_group_member_list",
];

/// Makes a call that only sets something: it is done when it returns, and the callback says so.
fn set(process: &mut Process, request: &Value, code: i32) {
    process.say(&format!("experimental {request}"));
    process.expect(&format!("experimental {code}"));
    if code == 0 {
        let done = json!({ "response_internal_operation": request["request_internal_operation"] });
        assert_eq!(answer(process), (0, done));
    }
}

/// Makes a call that asks for something.
fn ask(process: &mut Process, request: &Value) -> (i32, Value) {
    process.say(&format!("experimental {request}"));
    process.expect("experimental 0");
    answer(process)
}

fn answer(process: &mut Process) -> (i32, Value) {
    let line = process.expect("answer ");
    let (code, json) = line["answer ".len()..].split_once(' ').unwrap();
    (code.parse().unwrap(), serde_json::from_str(json).unwrap_or(Value::Null))
}

fn start(place: &Place, user: &str, environment: &[(&str, &str)]) -> Process {
    place.start_with(Program::TwoProcesses, &[user, &place.path(user)], environment)
}

fn login(process: &mut Process) {
    process.say("login");
    process.expect("login 0");
    process.expect("conversations finish");
}

#[test]
fn a_program_names_its_server_before_it_starts() {
    let (world, place) = (World::on(Backend::Server), Place::new());
    let nowhere = [("IMSDK_SERVER", "wss://nowhere.invalid")];
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| {
        let mut process = start(&place, user, &nowhere);
        set(&mut process, &at(&world), 0);
        process.say("init");
        process.expect("init 0");
        login(&mut process);
        process
    });
    alice.say("send bob hello");
    alice.expect("sent 0 hello");
    bob.expect("received alice hello");
    // It counts for the next start too.
    for word in ["uninit", "init"] {
        alice.say(word);
        alice.expect(&format!("{word} 0"));
    }
    login(&mut alice);
    bob.say("send alice again");
    alice.expect("received bob again");
    assert!(!std::path::Path::new(&place.path("data/1400000000/service.db")).exists());
}

#[test]
fn a_program_names_servers_of_which_the_first_is_dead() {
    let (world, place) = (World::on(Backend::Server), Place::new());
    let mut servers = at(&world);
    let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let dead = json!({ "server_address_ip": "ws://127.0.0.1", "server_address_port": dead.port() });
    let addresses =
        &mut servers["request_set_custom_server_info_param"]["longconnection_address_array"];
    addresses.as_array_mut().unwrap().insert(0, dead);
    let mut alice = start(&place, "alice", &[]);
    set(&mut alice, &servers, 0);
    alice.say("init");
    alice.expect("init 0");
    login(&mut alice);
    alice.say("send alice hello");
    alice.expect("sent 0 hello");
}

#[test]
fn a_program_that_runs_goes_to_another_server_with_its_next_login() {
    let (world, other, place) =
        (World::on(Backend::Server), World::on(Backend::Server), Place::new());
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| {
        let mut process = start(&place, user, &[]);
        process.say("init");
        process.expect("init 0");
        process
    });
    login(&mut alice);
    alice.say("send alice at home");
    alice.expect("sent 0 at home");
    // Bob has no account at home, and one at the first server.
    for (there, code) in [(&world, 20003), (&other, 0)] {
        set(&mut alice, &at(there), 0);
        set(&mut bob, &at(there), 0);
        let logs = std::fs::read_dir(place.path("data/log")).unwrap().map(|it| it.unwrap().path());
        let logs = logs.filter(|path| path.extension().is_some_and(|it| it == "log"));
        let log: String = logs.map(|path| std::fs::read_to_string(path).unwrap()).collect();
        let named = at(there)["request_set_custom_server_info_param"]
            ["longconnection_address_array"][0]["server_address_port"]
            .to_string();
        let told = log.lines().filter(|line| line.contains("after the next logout"));
        assert!(told.clone().any(|line| line.contains(" W ") && line.contains(&named)), "{log}");
        // A session goes on where it is, and to log in again is none.
        alice.say("send alice still here");
        alice.expect("sent 0 still here");
        alice.say("login");
        alice.expect("login 0");
        alice.say("send bob too early");
        alice.expect(&format!("sent {code} too early"));
        alice.say("logout");
        alice.expect("logout 0");
        login(&mut bob);
        login(&mut alice);
        // Another service has another history.
        alice.say("list");
        assert_eq!(alice.lines_until("list 0").iter().find(|line| line.contains("still")), None);
        alice.say("send bob hello");
        alice.expect("sent 0 hello");
        bob.expect("received alice hello");
        bob.say("logout");
        bob.expect("logout 0");
    }
}

#[test]
fn a_server_that_cannot_be_is_refused() {
    let place = Place::new();
    let mut alice = start(&place, "alice", &[]);
    let good = json!({ "server_address_ip": "192.0.2.7", "server_address_port": 7443 });
    for addresses in [
        json!([]),
        json!([{ "server_address_ip": "192.0.2.7" }]),
        json!([{ "server_address_port": 7443 }]),
        json!([{ "server_address_ip": "192.0.2.7", "server_address_port": 65536 }]),
        json!([{ "server_address_ip": "192.0.2.7", "server_address_port": "7443" }]),
        json!([{ "server_address_ip": "ws://192.0.2.7", "server_address_port": 7443 }]),
        json!([{ "server_address_ip": "192.0.2.7:1", "server_address_port": 7443 }]),
        json!([{ "server_address_ip": "x", "server_address_port": 1, "server_address_is_quic": true }]),
        json!(good),
        json!("wss://192.0.2.7:7443"),
    ] {
        set(&mut alice, &server_info(addresses), -3);
    }
    set(&mut alice, &operation("set_custom_server_info", json!({})), -3);
    // Nothing of it counts.
    alice.say("init");
    alice.expect("init 0");
    login(&mut alice);
    alice.say("send alice hello");
    alice.expect("sent 0 hello");
}

#[test]
fn what_is_here_can_be_read_before_a_login() {
    for world in [None, Some(World::on(Backend::Server))] {
        let place = Place::new();
        let begin = || {
            let mut process = start(&place, "alice", &[]);
            if let Some(world) = &world {
                set(&mut process, &at(world), 0);
            }
            process.say("init");
            process.expect("init 0");
            process
        };
        let mut alice = begin();
        login(&mut alice);
        alice.say("send alice kept");
        alice.expect("sent 0 kept");
        assert!(alice.end().0.success());

        let mut alice = begin();
        if let Some(world) = &world {
            world.end_server();
        }
        alice.say("list");
        alice.expect("list 6014");
        let open = |user: &str| {
            operation(
                "init_local_storage",
                json!({ "request_init_local_storage_user_id_param": user }),
            )
        };
        set(&mut alice, &open("nobody"), 0);
        alice.say("list");
        alice.expect("list 6014");
        // The read does not wait for what is done.
        alice.say(&format!("experimental {}", open("alice")));
        alice.say("list");
        alice.expect("conversation alice 0 kept");
        alice.expect("list 0");
        alice.say("history alice");
        alice.expect("message 2 alice kept");
        alice.say("send alice unsigned");
        alice.expect("sent 6014 unsigned");
        set(&mut alice, &open(""), -3);
        set(&mut alice, &open("ä"), -3);
        set(&mut alice, &operation("init_local_storage", json!({})), -3);
    }
}

#[test]
fn who_withdrew_and_what_is_removed() {
    let place = Place::new();
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| place.online(user, user));
    alice.say("send bob one");
    alice.expect("sent 0 one");
    // Else it may find a message that was withdrawn already, of which nothing is told.
    bob.expect("received alice one");
    alice.say("revoker");
    assert_eq!(answer(&mut alice), (0, json!([])));
    alice.say("revoke bob");
    alice.expect("revoke 0");
    alice.say("revoker");
    let (code, told) = answer(&mut alice);
    assert_eq!((code, &told[0]["response_message_revoker"]), (0, &json!("alice")), "{told}");
    assert_eq!(told[0]["response_internal_operation"], "internal_operation_get_message_revoker");
    assert!(told[0]["response_message_id"].as_str().is_some_and(|id| id.contains('-')), "{told}");
    let many = json!({ "request_message_revoker_message_id_array": vec!["1-1-1"; 1001] });
    assert_eq!(ask(&mut alice, &operation("get_message_revoker", many)).0, 6017);

    bob.expect("revoked alice");
    bob.say("send alice two");
    bob.expect("sent 0 two");
    alice.expect("received bob two");
    alice.say("send alice note");
    alice.expect("sent 0 note");
    let clear = |which: &str, begin: u64, end: u64| {
        let prefix = "request_clear_local_history_message";
        operation(
            "clear_local_history_message",
            json!({
                format!("{prefix}_conversation_id_param"): which,
                format!("{prefix}_begin_timestamp_param"): begin,
                format!("{prefix}_end_timestamp_param"): end,
            }),
        )
    };
    let done =
        json!({ "response_internal_operation": "internal_operation_clear_local_history_message" });
    let mut list = |request: Value, code: i32| {
        let told = ask(&mut alice, &request);
        assert_eq!((told.0, &told.1), (code, if code == 0 { &done } else { &Value::Null }));
        alice.say("list");
        let mut lines = alice.lines_until("list 0");
        lines.retain(|line| line.starts_with("conversation "));
        lines.sort();
        lines
    };
    let all = ["conversation alice 0 note", "conversation bob 1 two"];
    for (which, begin, end) in
        [("c2c", 1, 2), ("group", 0, 0), ("c2c_carol", 0, 0), ("", 1 << 40, 0)]
    {
        assert_eq!(list(clear(which, begin, end), 0), all, "{which} {begin} {end}");
    }
    for wrong in ["bob", "c2c_", "system", "_bob"] {
        assert_eq!(list(clear(wrong, 0, 0), 6017), all, "{wrong}");
    }
    assert_eq!(
        list(clear("c2c_bob", 1, 0), 0),
        ["conversation alice 0 note", "conversation bob 0 "]
    );
    assert_eq!(list(clear("", 0, 0), 0), ["conversation alice 0 ", "conversation bob 0 "]);
}

#[test]
fn what_is_taken_refused_and_not_there() {
    let place = Place::new();
    let mut alice = start(&place, "alice", &[]);
    let config = operation("set_ui_platform", json!({ "request_set_ui_platform_param": "linux" }));
    set(&mut alice, &config, 0);
    let all = |alice: &mut Process, code: i32| {
        for name in &ASKS[3..] {
            assert_eq!(ask(alice, &operation(name, json!({}))), (code, Value::Null), "{name}");
        }
    };
    all(&mut alice, 6013);
    alice.say("init");
    alice.expect("init 0");
    all(&mut alice, 6014);
    login(&mut alice);
    all(&mut alice, 7013);
    let used = operation("report_tuicomponent_usage", json!({}));
    assert_eq!(ask(&mut alice, &used).0, 0);
    let encrypt = |kind: Value| json!({ "database_encrypt_info_encrypt_type": kind });
    for (name, param, code) in [
        ("set_ui_platform", json!({ "request_set_ui_platform_param": 17 }), 0),
        ("set_ui_platform", json!({ "request_set_ui_platform_param": [] }), -3),
        ("set_env", json!({ "request_set_env_param": true }), 0),
        ("set_env", json!({ "request_set_env_param": "true" }), -3),
        ("set_ipv6_prior", json!({ "request_set_ipv6_prior_param": true }), 0),
        ("set_max_retry_count", json!({ "request_set_max_retry_count_param": 3 }), 0),
        ("set_packet_request_timeout", json!({ "request_set_packet_request_timeout_param": 9 }), 0),
        ("enable_quic_channel", json!({ "request_enable_quic_channel_param": true }), 0),
        ("update_proxy_info", json!({}), 0),
        ("set_application_id", json!({ "request_set_application_id_param": 1 }), 0),
        ("set_ignore_repeat_login", json!({ "request_set_ignore_repeat_login_param": true }), 0),
        ("set_database_encrypt_info", json!({}), -3),
        ("set_database_encrypt_info", json!({ "request_set_database_encrypt_info_param": {} }), -3),
        (
            "set_database_encrypt_info",
            json!({ "request_set_database_encrypt_info_param": encrypt(json!(0)) }),
            0,
        ),
        (
            "set_database_encrypt_info",
            json!({ "request_set_database_encrypt_info_param": encrypt(json!(4)) }),
            -3,
        ),
        ("set_sm4_gcm_callback", json!({}), -3),
        ("set_cos_save_region_for_conversation", json!({}), -3),
        ("no_such_operation", json!({}), -3),
        ("", json!({}), -3),
    ] {
        set(&mut alice, &operation(name, param), code);
    }
}

/// Every operation with every key of the request, right or wrong: the return code depends on the arguments alone, and what is accepted calls
/// back once.
#[test]
fn every_operation_with_every_value_in_every_state() {
    let request = OBJECTS.iter().find(|object| object.name == "RequestParam").unwrap();
    let values = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(u64::MAX),
        json!(1e300),
        json!(""),
        json!("c2c_\u{1}\u{10ffff}%s"),
        json!("é".repeat(2000)),
        json!([]),
        json!([null, "x", {}]),
        json!({}),
        json!({ "longconnection_address_array": [{ "server_address_ip": "", "server_address_port": -1 }] }),
    ];
    let place = Place::new();
    let mut alice = start(&place, "alice", &[]);
    let mut codes: Vec<Vec<String>> = Vec::new();
    for state in ["status", "init", "login", "logout", "uninit"] {
        alice.say(state);
        alice.expect(state);
        let mut all = Vec::new();
        for operation in OPERATIONS {
            let mut lines = String::new();
            for field in request.fields.iter().filter(|it| it.key != "request_internal_operation") {
                for value in &values {
                    let param =
                        json!({ "request_internal_operation": operation.value, field.key: value });
                    writeln!(lines, "experimental {param}").unwrap();
                }
            }
            let count = lines.lines().count();
            alice.say(lines.trim_end());
            let told: Vec<_> = (0..count).map(|_| alice.expect("experimental ")).collect();
            let accepted = told.iter().filter(|line| *line == "experimental 0").count();
            assert!(
                told.iter()
                    .all(|line| ["experimental 0", "experimental -3"].contains(&line.as_str()))
            );
            all.extend(told);
            // The callback of the next one ends those before it.
            alice.say("experimental {\"request_internal_operation\":\"internal_operation_sso_data\",\"request_sso_data_param\":{\"sso_data_param_cmd\":\"end\"}}");
            alice.expect("experimental 0");
            (0..=accepted).for_each(|_| drop(alice.expect("answer ")));
        }
        codes.push(all);
    }
    assert!(codes.iter().all(|all| *all == codes[0]), "the state decides a return code");
    // None came twice.
    assert_eq!(alice.end().1.iter().find(|line| line.starts_with("answer ")), None);
}

#[test]
fn a_program_writes_into_the_log() {
    let place = Place::new();
    let mut command = place.command(Program::TwoProcesses.path());
    command.args(["alice", &place.path("alice")]);
    let mut alice = Process::start(&mut command);
    alice.say("init");
    alice.expect("init 0");
    let line = |level: Value| {
        operation(
            "write_log",
            json!({
                "request_write_log_log_level_param": level,
                "request_write_log_log_content_param": "the kettle\n\u{1b}[2J boils",
                "request_write_log_file_name_param": "kitchen/stove.cpp",
                "request_write_log_func_name_param": "Boil",
                "request_write_log_line_number_param": 42,
            }),
        )
    };
    for (level, code) in
        [(json!(5), 0), (json!(0), -3), (json!(8), -3), (json!(-1), -3), (json!("5"), -3)]
    {
        set(&mut alice, &line(level), code);
    }
    assert!(alice.end().0.success());
    let logs = std::path::PathBuf::from(place.path("data/log"));
    let read =
        |entry: std::io::Result<std::fs::DirEntry>| std::fs::read_to_string(entry.unwrap().path());
    let log: String = logs.read_dir().unwrap().map(|entry| read(entry).unwrap()).collect();
    let told: Vec<&str> = log.lines().filter(|line| line.contains("the kettle")).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    for part in [" W ", "stove.cpp:42", " Boil ", "the kettle\\n\\u{1b}[2J boils"] {
        assert!(told[0].contains(part), "{part}: {told:?}");
    }
    assert!(log.contains("is no level of a line"), "{log}");
    assert!(log.contains(" callExperimentalAPI "), "{log}");
}
