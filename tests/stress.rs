//! Everything at once, and for long. `IMSDK_STRESS_SECONDS` (5 if not set) says how long.
#![cfg(target_os = "linux")]

mod c;
#[path = "boundary/calls.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod calls;

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use c::{Standard, run};

fn seconds() -> String {
    env::var("IMSDK_STRESS_SECONDS").unwrap_or_else(|_| "5".into())
}

#[test]
fn ten_threads_call_everything() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stress");
    fs::create_dir_all(&directory).unwrap();
    c::write(&directory.join("calls.hpp"), calls::header());
    let program = directory.join("stress");
    // What `scripts/sanitize.sh` links with.
    let more = env::var("IMSDK_TEST_LDFLAGS").unwrap_or_default();
    c::build(
        Standard("c++20")
            .compiler()
            .args(["-g", "-O1", "-pthread", "-I"])
            .arg(&directory)
            .args(["-I", "tests/boundary", "tests/stress/stress.cpp"])
            .args(c::link())
            .args(more.split_whitespace()),
        &program,
    );
    let place = tempfile::tempdir().unwrap();
    run(Command::new(&program)
        .arg(seconds())
        .current_dir(&place)
        // Cargo's has the library of the last `cargo build` in it.
        .env_remove("LD_LIBRARY_PATH")
        .env("HOME", place.path())
        .env("IMSDK_DATA_DIR", place.path().join("data")));
}
