//! The boundary, as programs abuse it: bad values everywhere, in every state; loading, leaving and forking.
#![cfg(target_os = "linux")]

mod c;
#[path = "boundary/calls.rs"]
mod calls;
#[path = "boundary/cases.rs"]
mod cases;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs};

use c::{Standard, library, run};
use imsdk_service::usersig::sign;

fn directory() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("boundary")
}

static HEADER: LazyLock<()> = LazyLock::new(|| {
    fs::create_dir_all(directory()).unwrap();
    c::write(&directory().join("calls.hpp"), calls::header());
});

static BOUNDARY: LazyLock<PathBuf> = LazyLock::new(|| program("boundary", true));

/// Compiles a program of `tests/boundary`.
fn program(name: &str, linked: bool) -> PathBuf {
    let program = c::program(&format!("boundary_{name}"));
    let mut command = Standard("c++20").compiler();
    command
        .args(["-g", "-O1", "-pthread", "-I"])
        .arg(directory())
        .args(["-I", "tests/boundary"])
        .arg(format!("tests/boundary/{name}.cpp"));
    if linked {
        LazyLock::force(&HEADER);
        command.args(c::link());
    }
    // What `scripts/sanitize.sh` links with.
    let more = env::var("IMSDK_TEST_LDFLAGS").unwrap_or_default();
    command.args(["-x", "none"]).args(more.split_whitespace());
    if !linked {
        command.arg("-ldl");
    }
    c::build(&mut command, &program);
    program
}

/// Runs a program in a directory of its own, with nobody's files but its own.
fn run_alone(command: &mut Command) {
    let place = tempfile::tempdir().unwrap();
    run(command
        .current_dir(&place)
        .env("HOME", place.path())
        .env("IMSDK_DATA_DIR", place.path().join("data"))
        // Cargo's has the library of the last `cargo build` in it.
        .env_remove("LD_LIBRARY_PATH"));
}

/// `IMSDK_BIG` sets the length of a long text, for tools that make programs slow.
#[test]
fn bad_values_in_every_state() {
    let big = env::var("IMSDK_BIG").unwrap_or_else(|_| "200000".into());
    run_alone(c::start(&BOUNDARY).arg(big));
}

#[test]
fn ten_megabytes_for_every_text() {
    run_alone(c::start(&BOUNDARY).args(["10000000", "huge"]));
}

#[test]
fn bad_values_after_a_signature_has_expired() {
    const KEY: &str = "key of the boundary";
    // Long enough to log in with on a busy machine, once there is a program.
    const SECONDS: u64 = 10;
    LazyLock::force(&BOUNDARY);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let signature = sign(KEY, 1_400_000_000, "user1", now, SECONDS, None);
    let mut command = c::start(&BOUNDARY);
    run_alone(command.args(["200000", &signature]).env("IMSDK_SECRET_KEY", KEY));
}

/// Every key of every object with every kind of wrong value.
#[test]
fn wrong_values_of_every_key() {
    const PROCESSES: usize = 2;
    let program = program("keys", true);
    let list = cases::list();
    let lines: Vec<&[u8]> = list.split_inclusive(|byte| *byte == b'\n').collect();
    std::thread::scope(|scope| {
        for part in 0..PROCESSES {
            let mine: Vec<u8> =
                lines.iter().skip(part).step_by(PROCESSES).copied().flatten().copied().collect();
            let program = &program;
            scope.spawn(move || {
                let place = tempfile::tempdir().unwrap();
                let file = place.path().join("cases");
                fs::write(&file, mine).unwrap();
                run_alone(c::start(program).arg(file));
            });
        }
    });
}

#[test]
fn processes_load_leave_and_fork() {
    let program = program("process", false);
    for what in ["load", "exit", "exit in a callback", "return", "fork"] {
        run_alone(Command::new(&program).arg(library()).arg(what));
    }
}
