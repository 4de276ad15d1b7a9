//! Everything at once, and for long. `IMSDK_STRESS_SECONDS` (5 for each test if not set) says how long.
#![cfg(target_os = "linux")]

mod c;
#[path = "boundary/calls.rs"]
mod calls;
#[path = "examples/support.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod support;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs};

use c::{Standard, run};
use support::{Place, Process};

fn seconds() -> String {
    env::var("IMSDK_STRESS_SECONDS").unwrap_or_else(|_| "5".into())
}

#[test]
fn ten_threads_call_everything() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stress");
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("calls.hpp"), calls::header()).unwrap();
    let program = directory.join("stress");
    // What `scripts/sanitize.sh` links with.
    let more = env::var("IMSDK_TEST_LDFLAGS").unwrap_or_default();
    run(Standard("c++20")
        .compiler()
        .args(["-g", "-O1", "-pthread", "-I"])
        .arg(&directory)
        .args(["-I", "tests/boundary", "tests/stress/stress.cpp"])
        .args(c::link())
        .args(more.split_whitespace())
        .arg("-o")
        .arg(&program));
    let place = tempfile::tempdir().unwrap();
    run(Command::new(&program)
        .arg(seconds())
        .current_dir(&place)
        // Cargo's has the library of the last `cargo build` in it.
        .env_remove("LD_LIBRARY_PATH")
        .env("HOME", place.path())
        .env("IMSDK_DATA_DIR", place.path().join("data")));
}

/// Random numbers that a seed in `IMSDK_STRESS_SEED` repeats.
struct Random(u64);

impl Random {
    fn new() -> Random {
        let seed = env::var("IMSDK_STRESS_SEED").ok();
        let seed =
            seed.map_or_else(|| RandomState::new().hash_one(0), |seed| seed.parse().unwrap());
        println!("IMSDK_STRESS_SEED={seed}");
        Random(seed | 1)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// What one user's processes have told, over all their lives.
#[derive(Default)]
struct Told {
    acknowledged: Vec<String>,
    received: Vec<String>,
}

impl Told {
    fn note(&mut self, lines: &[String]) {
        for line in lines {
            if let Some(text) = line.strip_prefix("sent 0 ") {
                self.acknowledged.push(text.to_owned());
            } else if let Some(text) = line.strip_prefix("received ") {
                self.received.push(text.to_owned());
            }
        }
    }
}

fn counted<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    counts
}

/// Two users write to each other; again and again one of them, or both, are killed in the middle of it, or of their login.
#[test]
fn processes_killed_at_any_moment_lose_and_double_nothing() {
    const STREAM: u64 = 300;
    let users = ["alice", "bob"];
    let mut random = Random::new();
    let place = Place::new();
    let mut told = [Told::default(), Told::default()];
    let mut processes: Vec<Process> = users.iter().map(|user| place.online(user, user)).collect();
    let end = Instant::now() + Duration::from_secs_f64(seconds().parse().unwrap());
    let mut round = 0;
    while round < 3 || Instant::now() < end {
        round += 1;
        for (me, process) in processes.iter_mut().enumerate() {
            process.say(&format!("stream {} {}-{round} {STREAM}", users[1 - me], users[me]));
        }
        // 0 and 1: that one; 2: both, so that the first one's end does not wait for the second's stream.
        let victim = random.below(3) as usize;
        let mut alive = Vec::new();
        for (me, mut process) in processes.into_iter().enumerate() {
            if victim != me && victim != 2 {
                alive.push(Some(process));
                continue;
            }
            let moment = 1 + random.below(STREAM);
            let line = process.expect(&format!("sent 0 {}-{round}-{moment}", users[me]));
            told[me].note(&[line]);
            told[me].note(&process.kill());
            alive.push(None);
        }
        processes = Vec::new();
        for (me, process) in alive.into_iter().enumerate() {
            processes.push(match process {
                Some(mut process) => {
                    told[me].note(&process.lines_until("streamed"));
                    process
                }
                None => {
                    if random.below(3) == 0 {
                        let mut process = place.user(users[me], users[me]);
                        process.say("login");
                        if random.below(2) == 0 {
                            process.expect("login 0");
                        }
                        told[me].note(&process.kill());
                    }
                    place.online(users[me], users[me])
                }
            });
        }
    }
    // All of what was acknowledged is there once a fresh process is up to date; the old ones tell what they had to tell.
    for (me, process) in processes.into_iter().enumerate() {
        told[me].note(&process.kill());
    }
    for me in 0..2 {
        let peer = 1 - me;
        let mut process = place.online(users[me], users[me]);
        process.say(&format!("history {}", users[peer]));
        let lines = process.lines_until("history 0");
        let start = format!("message 2 {} ", users[peer]);
        let there = counted(lines.iter().filter_map(|line| line.strip_prefix(&start)));
        told[me].note(&process.kill());

        let sent = counted(told[peer].acknowledged.iter().map(String::as_str));
        println!(
            "{}: {} acknowledged, {} there, {round} rounds",
            users[peer],
            sent.len(),
            there.len()
        );
        assert!(sent.len() >= 3, "hardly anything was sent");
        for (text, count) in &sent {
            assert_eq!((*count, there.get(text)), (1, Some(&1)), "{text}: acknowledged, there");
        }
        for (text, count) in &there {
            assert_eq!(*count, 1, "{text} is there more than once");
        }
        for (text, count) in counted(told[me].received.iter().map(String::as_str)) {
            assert_eq!(count, 1, "{text} was delivered more than once to {}", users[me]);
        }
    }
}
