//! What only the library for Windows has: message loops, long paths, where data lie. `scripts/windows.sh test` runs it, under Wine.
#![cfg(target_os = "linux")]

mod c;
#[path = "examples/support.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod support;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use c::Standard;
use imsdk_server::FIRST_APP;
use support::{Place, Process, Program};

/// A program with windows, and the same as one without.
#[derive(Clone, Copy)]
enum Kind {
    Gui,
    Console,
}

fn program(kind: Kind) -> PathBuf {
    static BUILT: [OnceLock<PathBuf>; 2] = [const { OnceLock::new() }; 2];
    let (name, subsystem) = match kind {
        Kind::Gui => ("gui", "-mwindows"),
        Kind::Console => ("gui_console", "-mconsole"),
    };
    BUILT[kind as usize]
        .get_or_init(|| {
            let program = c::program(name);
            let mut command = Standard("c++17").compiler();
            command.args(["-g", subsystem, "tests/windows/gui.cpp"]).args(c::link());
            c::build(&mut command, &program);
            program
        })
        .clone()
}

fn tell(kind: Kind, story: &str, callbacks: Option<&str>) {
    let place = Place::new();
    let mut command = place.command(&program(kind));
    command.arg(story).envs(callbacks.map(|value| ("IMSDK_CALLBACKS", value)));
    let (status, lines) = Process::start(&mut command).end();
    assert!(status.success() && lines.iter().any(|line| line == "done"), "{status} {lines:#?}");
}

#[test]
#[ignore = "of Windows"]
fn callbacks_come_through_the_message_loop() {
    for story in ["talk", "before the window", "before TIMInit", "dialog", "flood"] {
        tell(Kind::Gui, story, None);
    }
}

#[test]
#[ignore = "of Windows"]
fn the_library_goes_on_without_the_message_loop() {
    for story in ["uninit elsewhere", "thread ends", "destroyed"] {
        tell(Kind::Gui, story, None);
    }
}

#[test]
#[ignore = "of Windows"]
fn callbacks_come_on_a_thread_of_the_library_where_there_is_no_loop() {
    tell(Kind::Gui, "worker", None);
    tell(Kind::Console, "thread", None);
}

#[test]
#[ignore = "of Windows"]
fn a_setting_forces_either() {
    tell(Kind::Gui, "thread", Some("thread"));
    tell(Kind::Console, "before the window", Some("loop"));
}

/// More than the 260 characters that a path usually has, and letters of every size.
#[test]
#[ignore = "of Windows"]
fn the_data_directory_may_have_a_long_name() {
    let place = Place::new();
    let data = place.path(&["ä数据𝄞".repeat(10), "b".repeat(120), "c".repeat(120)].join("/"));
    let mut alice = place.user_with("alice", "alice", &[("IMSDK_DATA_DIR", &data)]);
    alice.say("login");
    alice.expect("login 0");
    let mut bob = place.user_with("bob", "bob", &[("IMSDK_DATA_DIR", &data)]);
    bob.say("login");
    bob.expect("login 0");
    alice.say("send bob hello");
    alice.expect("sent 0 hello");
    bob.expect("received alice hello");
    std::fs::write(place.path("data.bin"), "some bytes").unwrap();
    alice.say(&format!("file bob {}", place.path("data.bin")));
    alice.expect("sent 0");
    bob.expect("received alice");
    let target = format!("{data}/loaded.bin");
    bob.say(&format!("load {target}"));
    bob.expect("load 0 10 10");
    assert_eq!(std::fs::read(target).unwrap(), b"some bytes");
}

/// A user whose environment has this `LOCALAPPDATA`, or none, and nothing else that says where data lie. Wine sets the variable of
/// programs that it starts; only one that a program of Windows starts can be given another.
fn at_home(place: &Place, user: &str, local: Option<&str>) -> Process {
    let mut command = place.command(Path::new("cmd.exe"));
    command.env_remove("IMSDK_DATA_DIR").args(["/c", "set"]);
    match local {
        // It is put between quotes, as it has spaces.
        Some(path) => command.args([&format!("LOCALAPPDATA={}", path.replace('/', r"\")), "&&"]),
        None => command.arg("LOCALAPPDATA=&&"),
    };
    let program = Program::TwoProcesses.path().to_str().unwrap();
    let mut process = Process::start(command.args([&program.replace('/', r"\"), user]));
    process.say("init");
    process.expect("init 0");
    process.say("login");
    process.expect("login 0");
    process
}

#[test]
#[ignore = "of Windows"]
fn without_a_setting_data_lie_in_the_users_local_directory() {
    let place = Place::new();
    let home = place.path("dätä of Ürsula 数据/App Data");
    // Who has no such variable has the directory that the system knows.
    let profile = Path::new(&std::env::var("WINEPREFIX").unwrap()).join("drive_c/users");
    let user = std::fs::read_dir(profile).unwrap().map(|entry| entry.unwrap().path());
    let mut user = user.filter(|path| !path.ends_with("Public"));
    let system = user.next().unwrap().join("AppData/Local");
    for (local, directory) in [(Some(home.as_str()), Path::new(&home)), (None, system.as_path())] {
        assert!(!directory.join("imsdk").exists());
        let mut alice = at_home(&place, "alice", local);
        let mut bob = at_home(&place, "bob", local);
        alice.say("send bob hello");
        alice.expect("sent 0 hello");
        bob.expect("received alice hello");
        for process in [alice, bob] {
            let (status, lines) = process.end();
            assert!(status.success(), "{status} {lines:#?}");
        }
        for name in ["client", "log"] {
            assert!(directory.join("imsdk").join(name).is_dir(), "{name}");
        }
        let shared = format!("imsdk/{FIRST_APP}/service.db");
        assert!(directory.join(&shared).is_file(), "{shared}");
    }
}

/// Who does not listen makes nobody wait, and finds what it has missed when it goes on.
#[test]
#[ignore = "of Windows"]
fn a_process_that_stands_still_holds_up_nobody() {
    let place = Place::new();
    let mut alice = place.online("alice", "alice");
    let mut bob = place.online("bob", "bob");
    let mut carol = place.online("carol", "carol");
    bob.signal("STOP");
    // More than a pipe has room for.
    let text = "x".repeat(4000);
    for number in 0..60 {
        alice.say(&format!("online bob {number}-{text}"));
        alice.expect(&format!("sent 0 {number}-"));
    }
    alice.say("send bob are you there?");
    alice.expect("sent 0 are you there?");
    alice.say("send carol and you?");
    carol.expect("received alice and you?");
    bob.signal("CONT");
    bob.expect("received alice 0-");
    alice.say("send bob hello");
    bob.expect("received alice are you there?");
    bob.expect("received alice hello");
}
