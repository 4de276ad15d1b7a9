//! Processes that are killed and disks that fail, at random. `IMSDK_FAULT_SECONDS` (10 for each test if not set) says how long;
//! `IMSDK_FAULT_SEED` repeats the choices of a run.
#![cfg(target_os = "linux")]

mod c;
#[path = "faults/deeds.rs"]
mod deeds;
#[path = "faults/disk.rs"]
mod disk;
#[path = "faults/each.rs"]
mod each;
#[path = "faults/life.rs"]
mod life;
#[path = "examples/support.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod support;
#[path = "faults/talk.rs"]
mod talk;

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use std::{env, fs};

use c::Standard;
use rusqlite::Connection;
use support::{Place, Process, Program};
use talk::Talk;

const USERS: [&str; 2] = ["alice", "bob"];
/// Has an account and never logs in again: who deletes the talk with it has nothing left of it.
const SILENT: &str = "carol";

fn duration() -> Duration {
    let seconds = env::var("IMSDK_FAULT_SECONDS").unwrap_or_else(|_| "10".into());
    Duration::from_secs_f64(seconds.parse().expect("seconds"))
}

/// Random numbers.
struct Random(u64);

impl Random {
    fn new() -> Random {
        let seed = env::var("IMSDK_FAULT_SEED").ok();
        let seed =
            seed.map_or_else(|| RandomState::new().hash_one(0), |seed| seed.parse().unwrap());
        println!("IMSDK_FAULT_SEED={seed}");
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
            } else if let Some(rest) = line.strip_prefix("sent ") {
                let code = rest.split(' ').next().unwrap_or_default();
                assert_eq!(code, "6019", "a send failed with another code: {line}");
            }
        }
    }

    /// Asks a process for something; gives the line that answers.
    fn ask(&mut self, process: &mut Process, command: &str, answer: &str) -> String {
        process.say(command);
        self.take(process, answer)
    }

    fn take(&mut self, process: &mut Process, answer: &str) -> String {
        let (lines, answer) = process.lines_and(answer);
        self.note(&lines);
        self.note(std::slice::from_ref(&answer));
        answer
    }
}

fn counted<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    counts
}

/// The texts of all messages from `sender` in the conversation with `peer`, as the device has them.
fn history(process: &mut Process, told: &mut Told, peer: &str, sender: &str) -> Vec<String> {
    messages(process, told, "history", peer, sender)
}

fn messages(
    process: &mut Process,
    told: &mut Told,
    command: &str,
    peer: &str,
    sender: &str,
) -> Vec<String> {
    process.say(&format!("{command} {peer}"));
    let (lines, end) = process.lines_and("history ");
    assert_eq!(end, "history 0");
    told.note(&lines);
    let start = format!("message 2 {sender} ");
    lines.iter().filter_map(|line| line.strip_prefix(&start)).map(str::to_owned).collect()
}

/// What one of two lists lacks.
fn differences(service: &[String], device: &[String]) -> String {
    let lacks = |one: &[String], other: &[String]| {
        other.iter().filter(|text| !one.contains(text)).take(10).cloned().collect::<Vec<_>>()
    };
    let (fresh, old) = (lacks(service, device), lacks(device, service));
    format!("the service lacks {fresh:?}, the device lacks {old:?}, or their order differs")
}

/// The unread number of a conversation; `None` if the list does not have it.
fn unread(process: &mut Process, told: &mut Told, peer: &str) -> Option<usize> {
    process.say("list");
    let (lines, end) = process.lines_and("list ");
    assert_eq!(end, "list 0");
    told.note(&lines);
    let start = format!("conversation {peer} ");
    let line = lines.iter().find_map(|line| line.strip_prefix(&start))?;
    Some(line.split(' ').next().unwrap().parse().expect("a number"))
}

/// Makes the account of [`SILENT`].
fn make_silent(place: &Place) {
    let (status, _) = place.online(SILENT, SILENT).end();
    assert!(status.success());
}

/// What must hold in the end, however it came there.
fn check(place: &Place, told: &mut [Told; 2]) {
    for me in 0..2 {
        let peer = 1 - me;
        let (user, other) = (USERS[me], USERS[peer]);
        let mut process = place.online(user, user);
        let there = history(&mut process, &mut told[me], other, other);
        let own = history(&mut process, &mut told[me], other, user);
        let number = unread(&mut process, &mut told[me], other);
        // Nobody has anything to add: a device without a past must come to the same.
        told[me].note(&process.kill());
        let fresh = format!("{user}-fresh");
        let mut process = place.online(user, &fresh);
        let mut anew = Told::default();
        assert_eq!(unread(&mut process, &mut anew, other), number, "unread of {user}");
        for (from, here) in [(other, &there), (user, &own)] {
            let whole = messages(&mut process, &mut anew, "whole", other, from);
            assert!(whole == *here, "{from} at {user}: {}", differences(&whole, here));
        }
        process.kill();

        let sent = counted(told[peer].acknowledged.iter().map(String::as_str));
        let there = counted(there.iter().map(String::as_str));
        println!("{other}: {} acknowledged, {} there", sent.len(), there.len());
        assert!(sent.len() >= 3, "hardly anything was sent");
        for (text, count) in sent.iter().filter(|(text, _)| !text.starts_with(SILENT)) {
            assert_eq!((*count, there.get(text)), (1, Some(&1)), "{text}: acknowledged, there");
        }
        for (text, count) in &there {
            assert_eq!(*count, 1, "{text} is there more than once");
        }
        for (text, count) in counted(told[me].received.iter().map(String::as_str)) {
            assert_eq!(count, 1, "{text} was delivered more than once to {user}");
        }
    }
    let files = databases(Path::new(&place.path(".")));
    assert!(files.len() >= 5, "{files:?}");
    check_files(&files);
}

fn check_files(files: &[PathBuf]) {
    for file in files {
        let found: String = Connection::open(file)
            .unwrap()
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(found, "ok", "{}", file.display());
    }
}

fn databases(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(databases(&path));
        } else if path.extension().is_some_and(|extension| extension == "db") {
            found.push(path);
        }
    }
    found
}

/// Two users write to each other, read, and delete another conversation; again and again one of them, or both, are killed in the
/// middle of it, or of their login.
#[test]
fn processes_killed_at_any_moment_lose_and_double_nothing() {
    const STREAM: u64 = 300;
    let mut random = Random::new();
    let place = Place::new();
    make_silent(&place);
    let mut told = [Told::default(), Told::default()];
    let mut processes: Vec<Process> = USERS.iter().map(|user| place.online(user, user)).collect();
    let end = Instant::now() + duration();
    let mut round = 0;
    while round < 3 || Instant::now() < end {
        round += 1;
        for (me, process) in processes.iter_mut().enumerate() {
            process.say(&format!("send {SILENT} {SILENT}-{}-{round}", USERS[me]));
            process.say(&format!("stream {} {}-{round} {STREAM}", USERS[1 - me], USERS[me]));
            process.say(&format!("read {}", USERS[1 - me]));
            process.say(&format!("delete {SILENT}"));
        }
        // 0 and 1: that one; 2: both, so that the first one's end does not wait for the second's stream.
        let victim = random.below(3) as usize;
        let mut alive = Vec::new();
        let mut deleted = [true; 2];
        for (me, mut process) in processes.into_iter().enumerate() {
            if victim != me && victim != 2 {
                alive.push(Some(process));
                continue;
            }
            let moment = match random.below(STREAM + 20) {
                early if early < STREAM => format!("sent 0 {}-{round}-{}", USERS[me], early + 1),
                // The last thing it did, at the very moment it says so.
                _ => "delete 0".to_owned(),
            };
            told[me].take(&mut process, &moment);
            let rest = process.kill();
            deleted[me] = moment == "delete 0" || rest.iter().any(|line| line == "delete 0");
            told[me].note(&rest);
            alive.push(None);
        }
        processes = Vec::new();
        for (me, process) in alive.into_iter().enumerate() {
            let mut process = match process {
                Some(mut process) => {
                    told[me].take(&mut process, "delete 0");
                    process
                }
                None => {
                    if random.below(3) == 0 {
                        let mut process = place.user(USERS[me], USERS[me]);
                        process.say("login");
                        if random.below(2) == 0 {
                            process.expect("login 0");
                        }
                        told[me].note(&process.kill());
                    }
                    place.online(USERS[me], USERS[me])
                }
            };
            if deleted[me] {
                let left = history(&mut process, &mut told[me], SILENT, USERS[me]);
                assert_eq!(left, [""; 0], "deleted, and there again after round {round}");
            }
            processes.push(process);
        }
    }
    for (me, process) in processes.into_iter().enumerate() {
        told[me].note(&process.kill());
    }
    println!("{round} rounds");
    check(&place, &mut told);
}

/// What a device knows of groups and friends, as `life … tell` tells it.
fn knows(place: &Place, user: &str, device: &str) -> Vec<String> {
    let peer = USERS[usize::from(user == USERS[0])];
    let config = place.path(device);
    let mut process = place.start(Program::Life, &[user, peer, &config, "tell"]);
    let lines = process.lines_until("told");
    assert!(process.end().0.success());
    lines
}

fn named<'a>(lines: &'a [String], start: &str) -> Vec<&'a str> {
    lines.iter().filter_map(|line| line.strip_prefix(start)).collect()
}

/// What is about both is so for both, and the group's numbers have no gap. With a number, a device without a past comes to the same.
fn relations_are_whole(
    place: &Place,
    acknowledged: &[String],
    talk: &mut Talk,
    fresh: Option<u32>,
    when: &str,
) {
    let known = USERS.map(|user| knows(place, user, user));
    let friends = [0, 1].map(|me| named(&known[me], "friend ").contains(&USERS[1 - me]));
    assert_eq!(friends[0], friends[1], "friends on one side only, {when}");
    let is_member = named(&known[0], "member ").contains(&USERS[1]);
    let has_joined = named(&known[1], "joined ").contains(&"club");
    assert_eq!(is_member, has_joined, "{when}: {known:?}");
    life::is_whole(&known, acknowledged, when);
    talk.is_whole(&known, when);
    if named(&known[0], "joined ").is_empty() {
        // She was killed before she had made it.
        return;
    }
    let messages = named(&known[0], "message ");
    let (mut numbers, mut texts): (Vec<u64>, Vec<&str>) = messages
        .iter()
        .filter_map(|message| message.split_once(' '))
        .map(|(seq, text)| (seq.parse::<u64>().expect("a number"), text))
        .unzip();
    numbers.sort_unstable();
    let whole: Vec<u64> = (1..=numbers.len() as u64).collect();
    assert_eq!(numbers, whole, "numbers of the group's messages, {when}");
    texts.retain(|text| *text != "tip");
    let texts = counted(texts);
    for text in acknowledged.iter().filter(|text| !text.starts_with(life::PROFILE)) {
        assert_eq!(texts.get(text.as_str()), Some(&1), "{text} was acknowledged, {when}");
    }
    assert!(texts.values().all(|count| *count == 1), "doubled, {when}: {texts:?}");
    if let Some(number) = fresh {
        let fresh = knows(place, USERS[0], &format!("fresh-{number}"));
        assert_eq!(talk.shared(0, &fresh), talk.shared(0, &known[0]), "{when}");
    }
}

/// Two users come and go in a group, write there, make friends and end it; again and again one of them is killed in the middle of it.
/// What is about both is always so for both, and the group's numbers have no gap.
#[test]
fn groups_and_friends_stay_whole_when_processes_are_killed() {
    let mut random = Random::new();
    let place = Place::new();
    // Both have an account.
    for user in USERS {
        knows(&place, user, user);
    }
    let mut acknowledged: Vec<String> = Vec::new();
    let mut talk = Talk::default();
    let end = Instant::now() + duration();
    let mut round = 0;
    while round < 3 || Instant::now() < end {
        round += 1;
        let mut processes: Vec<Process> = Vec::new();
        for (me, user) in USERS.iter().enumerate() {
            let (config, seed) = (place.path(user), (random.below(1 << 31)).to_string());
            let arguments = [user, USERS[1 - me], &config, "live", &seed];
            processes.push(place.start(Program::Life, &arguments));
        }
        for (me, mut process) in processes.into_iter().enumerate() {
            for _ in 0..random.below(60) {
                let (lines, line) = process.lines_and("");
                assert_eq!(lines, [""; 0]);
                assert!(!line.contains("FAILED"), "{line}");
                talk.note(me, &line);
                note_sent(&mut acknowledged, &line);
            }
            for line in process.kill() {
                talk.note(me, &line);
                note_sent(&mut acknowledged, &line);
            }
        }
        let fresh = (random.below(4) == 0).then_some(round);
        let when = format!("after round {round}");
        relations_are_whole(&place, &acknowledged, &mut talk, fresh, &when);
    }
    println!("{round} rounds, {} messages, {} deeds", acknowledged.len(), talk.done());
    assert!(talk.done() > 0, "nothing was done with messages");
    check_files(&databases(Path::new(&place.path("."))));
}

fn note_sent(acknowledged: &mut Vec<String>, line: &str) {
    let profile = line.strip_prefix("done 0 ").filter(|deed| deed.starts_with(life::PROFILE));
    if let Some(text) = line.strip_prefix("sent 0 ").or(profile) {
        acknowledged.push(text.to_owned());
    }
}

/// The library in `tests/faults/shim.c`, made once: a program that is started on half of it would go without.
static SHIM: LazyLock<String> = LazyLock::new(|| {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("faults.so");
    c::build(
        Standard("gnu11").compiler().args([
            "-Wno-pedantic",
            "-shared",
            "-fPIC",
            "-O1",
            "tests/faults/shim.c",
            "-ldl",
        ]),
        &library,
    );
    library.to_str().expect("a path in UTF-8").to_owned()
});

/// Its switch.
struct Faults {
    control: File,
    environment: [(&'static str, String); 2],
}

impl Faults {
    const WRITE: u32 = 1;
    const FLUSH: u32 = 2;
    const LENGTH: u32 = 4;
    const LOCK: u32 = 8;
    const CONTENTS: u32 = 16;
    const READ: u32 = 32;
    const OPEN: u32 = 64;

    fn new(place: &Place) -> Faults {
        let path = place.path("faults");
        let control = File::options().read(true).write(true).create_new(true).open(&path).unwrap();
        control.set_len(16).unwrap();
        Faults { control, environment: [("LD_PRELOAD", SHIM.clone()), ("FAULTS", path)] }
    }

    /// `rate` of 1000 operations of these kinds fail from now on.
    fn set(&self, rate: u32, kinds: u32, cut: bool) {
        self.set_from(0, rate, kinds, cut);
    }

    /// None fails before the one with a number, counted from now on; that one does, and then `rate` of 1000.
    fn set_from(&self, first: u32, rate: u32, kinds: u32, cut: bool) {
        let numbers = [rate, kinds, u32::from(cut), first];
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_ne_bytes()).collect();
        self.control.write_all_at(&bytes, 0).unwrap();
    }

    /// Whether the first one that was to fail has failed.
    fn has_begun(&self) -> bool {
        let mut first = [0; 4];
        self.control.read_exact_at(&mut first, 12).unwrap();
        first == [0; 4]
    }

    fn environment<'a>(&'a self, seed: &'a str) -> Vec<(&'a str, &'a str)> {
        let named = self.environment.iter().map(|(name, value)| (*name, value.as_str()));
        named.chain([("FAULTS_SEED", seed)]).collect()
    }

    fn user(&self, place: &Place, user: &str, seed: u64) -> Process {
        place.user_with(user, user, &self.environment(&seed.to_string()))
    }
}

/// The code in an answer, which is 0 or that of a database that fails.
fn code(answer: &str) -> i32 {
    let code = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
    let code = code.unwrap_or_else(|| panic!("{answer}"));
    assert!(code == 0 || code == 6019, "{answer}");
    code
}

/// The disk fails in many ways while two users write, read, list and log in. Whatever is asked is done or fails with 6019; once the
/// disk works again, all is as if those that failed had not been asked.
#[test]
fn a_disk_that_fails_costs_only_what_was_refused() {
    const STREAM: u64 = 40;
    let mut random = Random::new();
    let place = Place::new();
    make_silent(&place);
    let faults = Faults::new(&place);
    let mut told = [Told::default(), Told::default()];
    let mut processes: Vec<Process> = Vec::new();
    for user in USERS {
        let mut process = faults.user(&place, user, random.0);
        process.say("login");
        process.expect("login 0");
        processes.push(process);
    }
    let (mut round, mut refused) = (0, 0);
    let end = Instant::now() + duration();
    while round < 3 || Instant::now() < end {
        round += 1;
        let all = Faults::WRITE | Faults::FLUSH | Faults::LENGTH;
        let (rate, kinds) = match random.below(8) {
            0 => (1000, all),
            1 => (300, all),
            2 => (50, all | Faults::LOCK),
            3 => (10, all),
            4 => (500, Faults::FLUSH),
            5 => (100, Faults::READ | Faults::OPEN),
            6 => (20, all | Faults::READ | Faults::OPEN),
            _ => (200, Faults::LOCK),
        };
        let cut = random.below(2) == 0;
        faults.set(rate, kinds, cut);
        let about = format!("round {round}: {rate} of 1000, kinds {kinds}, cut {cut}");
        println!("{about}");
        for (me, process) in processes.iter_mut().enumerate() {
            process.say(&format!("stream {} {}-{round} {STREAM}", USERS[1 - me], USERS[me]));
        }
        for (me, process) in processes.iter_mut().enumerate() {
            let (user, peer) = (USERS[me], USERS[1 - me]);
            let before = told[me].acknowledged.len();
            told[me].take(process, "streamed");
            refused += STREAM as usize - (told[me].acknowledged.len() - before);
            for _ in 0..random.below(6) {
                let (command, answer) = match random.below(5) {
                    0 => (format!("read {peer}"), "read "),
                    1 => ("list".into(), "list "),
                    2 => (format!("history {peer}"), "history "),
                    3 => (format!("delete {SILENT}"), "delete "),
                    _ => (format!("send {SILENT} {SILENT}-{user}-{round}"), "sent "),
                };
                refused += usize::from(code(&told[me].ask(process, &command, answer)) != 0);
            }
            match random.below(6) {
                0 => {
                    code(&told[me].ask(process, "logout", "logout "));
                    code(&told[me].ask(process, "login", "login "));
                }
                1 => {
                    let old = std::mem::replace(process, faults.user(&place, user, random.0));
                    told[me].note(&old.kill());
                    code(&told[me].ask(process, "login", "login "));
                }
                _ => {}
            }
        }
        faults.set(0, 0, false);
        for (me, process) in processes.iter_mut().enumerate() {
            // Nobody who is in notices; who could not get in can now.
            assert_eq!(code(&told[me].ask(process, "login", "login ")), 0, "{about}");
        }
        for (me, process) in processes.iter_mut().enumerate() {
            let text = format!("{}-{round}-works", USERS[me]);
            let sent = told[me].ask(process, &format!("send {} {text}", USERS[1 - me]), "sent ");
            assert_eq!(sent, format!("sent 0 {text}"), "{about}");
        }
        for (me, process) in processes.iter_mut().enumerate() {
            let (user, peer) = (USERS[me], USERS[1 - me]);
            let works = format!("{peer} {peer}-{round}-works");
            if !told[me].received.contains(&works) {
                told[me].take(process, &format!("received {works}"));
            }
            let there = history(process, &mut told[me], peer, peer);
            let own = history(process, &mut told[me], peer, user);
            let (there, own) = (
                counted(there.iter().map(String::as_str)),
                counted(own.iter().map(String::as_str)),
            );
            for (from, found) in [(1 - me, there), (me, own)] {
                for text in told[from].acknowledged.iter().filter(|it| !it.starts_with(SILENT)) {
                    assert_eq!(found.get(text.as_str()), Some(&1), "{text} at {user}, {about}");
                }
            }
            assert_eq!(told[me].ask(process, &format!("delete {SILENT}"), "delete "), "delete 0 ");
            assert_eq!(history(process, &mut told[me], SILENT, user), [""; 0], "{about}");
            let read = told[me].ask(process, &format!("read {peer}"), "read ");
            assert_eq!(read, "read 0 ", "{about}");
            assert_eq!(unread(process, &mut told[me], peer), Some(0), "{about}");
        }
    }
    for (me, process) in processes.into_iter().enumerate() {
        let (status, lines) = process.end();
        told[me].note(&lines);
        assert!(status.success(), "{status}");
    }
    println!("{round} rounds, {refused} refused");
    assert!(refused > 0, "the disk never failed");
    check(&place, &mut told);
}
