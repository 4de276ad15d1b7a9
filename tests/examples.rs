//! The C and C++ programs of `c_examples/`, built and run as their users do it: separate processes that share nothing
//! but a data directory.
#![cfg(unix)]

mod c;
#[path = "examples/support.rs"]
mod support;

use std::collections::HashSet;
use std::io::{Read, Write};
use std::process::Stdio;

use support::{Place, Process, Program};

/// The texts of lines such as `sent 0 a-1`: what stands behind `start`.
fn texts(lines: &[String], start: &str) -> Vec<String> {
    lines.iter().filter_map(|line| line.strip_prefix(start)).map(str::to_owned).collect()
}

fn set(texts: &[String]) -> HashSet<&str> {
    texts.iter().map(String::as_str).collect()
}

/// The texts of a whole history, newest first, each asserted to be there once and in the state `sent`.
fn history(process: &mut Process, peer: &str, from: &str) -> Vec<String> {
    process.say(&format!("history {peer}"));
    let lines = process.lines_until("history 0");
    let texts = texts(&lines, &format!("message 2 {from} "));
    assert_eq!(set(&texts).len(), texts.len(), "doubled in the history: {texts:?}");
    texts
}

#[test]
fn hello_sends_to_itself() {
    let place = Place::new();
    let (status, lines) = place.start(Program::Hello, &["alice", "alice"]).end();
    assert!(status.success(), "{lines:?}");
    assert!(
        lines.iter().any(|line| line.starts_with("result: {") && line.contains("Hello!")),
        "{lines:?}"
    );
}

#[test]
fn hello_from_one_process_to_another() {
    hello(&Place::new());
}

#[test]
fn hello_over_servers() {
    Place::on_servers().for_each(|place| hello(&place));
}

fn hello(place: &Place) {
    let (status, lines) = place.start(Program::Hello, &["bob", "bob"]).end();
    assert!(status.success(), "{lines:?}");
    let mut bob = place.start(Program::Hello, &["bob"]);
    let (status, lines) = place.start(Program::Hello, &["alice", "bob"]).end();
    assert!(status.success(), "{lines:?}");
    assert!(bob.expect("received: [").contains("Hello!"));
    assert!(bob.end().0.success());
}

#[test]
fn hello_tells_what_is_wrong() {
    let place = Place::new();
    let (status, lines) = place.start(Program::Hello, &[]).end();
    assert!(!status.success() && lines[0].starts_with("usage: "), "{lines:?}");
    let (status, lines) = place.start(Program::Hello, &["alice", "nobody"]).end();
    assert!(!status.success());
    assert!(lines.iter().any(|line| line.starts_with("error 20003: ")), "{lines:?}");
    // TIMInit returns a number only, and this program shows no log.
    let mut command = place.command(Program::Hello.path());
    command.args(["alice", "alice"]).env("IMSDK_PLATFORM", "Beos");
    let (status, lines) = Process::start(&mut command).end();
    assert!(!status.success());
    let reason = "imsdk: TIMInit: IMSDK_PLATFORM: unknown platform `Beos`";
    assert!(lines.iter().any(|line| line.starts_with(reason)), "{lines:?}");
}

#[test]
fn the_tour_shows_every_area() {
    tour(&Place::new());
}

#[test]
fn the_tour_over_servers() {
    Place::on_servers().for_each(|place| tour(&place));
}

fn tour(place: &Place) {
    let (status, lines) = place.start(Program::Tour, &[]).end();
    assert!(status.success(), "{lines:?}");
    for line in [
        "alice | took the second message back",
        "bob   | downloaded letters.bin, 300000 bytes",
        "bob   | alice is Alice A., at the lighthouse",
        "alice | bob has left the group",
        "alice | done",
        "bob   | done",
    ] {
        assert!(lines.iter().any(|it| it == line), "no {line}: {lines:#?}");
    }
    let friend = ["alice | friend bob-", ", called Bobby, in [\"neighbours\"]"];
    assert!(
        lines.iter().any(|it| it.starts_with(friend[0]) && it.ends_with(friend[1])),
        "{lines:#?}"
    );
}

#[test]
fn the_tour_takes_and_leaves_nothing_of_others() {
    let place = Place::new();
    let mut bob = place.start(Program::Chat, &["bob", "alice"]);
    bob.expect_part("bob is logged in");
    bob.say("/quit");
    assert!(bob.end().0.success());
    let mut alice = place.start(Program::Chat, &["alice", "bob"]);
    alice.expect_part("alice is logged in");
    alice.say("still unread");
    alice.expect_part("alice: still unread");
    alice.say("/quit");
    assert!(alice.end().0.success());

    let before = place.names();
    tour(&place);
    tour(&place);
    assert_eq!(place.names(), before);
    let mut bob = place.start(Program::Chat, &["bob", "alice"]);
    bob.expect_part("* 1 unread:");
    bob.expect_part("alice: still unread");
}

#[test]
fn chat_between_two_terminals() {
    chat(&Place::new());
}

#[test]
fn chat_over_servers() {
    Place::on_servers().for_each(|place| chat(&place));
}

fn chat(place: &Place) {
    let mut alice = place.start(Program::Chat, &["alice", "bob"]);
    alice.expect_part("alice is logged in");
    alice.say("hi bob");
    alice.expect_part("bob has never logged in");

    let mut bob = place.start(Program::Chat, &["bob", "alice"]);
    bob.expect_part("bob is logged in");
    alice.say("hi bob, once more: \"quotes\", \\ and ünïcödé 你好");
    alice.expect_part("alice: hi bob, once more");
    bob.expect_part("alice: hi bob, once more: \"quotes\", \\ and ünïcödé 你好");
    alice.expect_part("bob has read it");
    bob.say("//slash");
    alice.expect_part("bob: /slash");
    bob.say("/nonsense");
    bob.expect_part("I do not know");
    bob.say("/list");
    bob.expect_part("* alice: /slash");
    bob.end_input();
    let (status, _) = bob.end();
    assert!(status.success());

    // What arrives while nobody is there waits; it is unread until it is shown.
    alice.say("are you there?");
    alice.expect_part("alice: are you there?");
    let mut bob = place.start(Program::Chat, &["bob", "alice"]);
    bob.expect_part("* 1 unread:");
    bob.expect_part("alice: are you there?");
    alice.expect_part("bob has read it");
    alice.say("/history 2");
    alice.expect_part("alice: are you there? (read)");
    alice.say("/quit");
    assert!(alice.end().0.success());
    assert!(bob.end().0.success());

    // A device that was not there has the talk from the service.
    let mut command = place.command(Program::Chat.path());
    command.args(["alice", "bob"]).env("IMSDK_PLATFORM", "Android");
    let mut elsewhere = Process::start(&mut command);
    elsewhere.expect_part("alice: hi bob, once more");
    elsewhere.say("/quit");
    assert!(elsewhere.end().0.success());
}

#[test]
fn chat_does_not_let_a_message_steer_the_terminal() {
    let place = Place::new();
    let mut bob = place.start(Program::Chat, &["bob", "alice"]);
    bob.expect_part("logged in");
    let mut alice = place.start(Program::Chat, &["alice", "bob"]);
    alice.say("beware \u{1b}[2J \u{9b}2J \u{7}");
    let line = bob.expect_part("beware");
    assert!(!line.chars().any(char::is_control), "{line:?}");
}

#[test]
fn chat_explains_itself() {
    let place = Place::new();
    let (status, lines) = place.start(Program::Chat, &["--help"]).end();
    assert!(status.success() && lines[0].starts_with("usage: chat ME PEER"), "{lines:?}");
    for wrong in [&[][..], &["alice"], &["alice", "bob", "carol"], &["alice", ""], &["-x", "bob"]] {
        let (status, lines) = place.start(Program::Chat, wrong).end();
        assert_eq!(status.code(), Some(2));
        assert!(lines[0].starts_with("usage: "), "{lines:?}");
    }
    let too_long = "a".repeat(33);
    let (status, lines) = place.start(Program::Chat, &[&too_long, "bob"]).end();
    assert_eq!(status.code(), Some(1));
    assert!(
        lines.iter().any(|line| line.contains("Cannot log in as a") && line.ends_with("(7003)")),
        "{lines:?}"
    );
}

#[test]
fn chat_ends_in_order() {
    let place = Place::new();
    for signal in ["INT", "TERM"] {
        let mut alice = place.start(Program::Chat, &["alice", "bob"]);
        alice.expect_part("logged in");
        alice.signal(signal);
        assert!(alice.end().0.success(), "{signal}");
    }
    let mut first = place.start(Program::TwoProcesses, &["alice", &place.path("other")]);
    first.say("init");
    first.say("login");
    first.expect("login 0");
    let mut chat = place.start(Program::Chat, &["alice", "bob"]);
    first.expect("kicked");
    chat.expect_part("logged in");
    first.say("login");
    first.expect("login 0");
    chat.expect_part("alice has logged in somewhere else");
    assert_eq!(chat.end().0.code(), Some(1));
}

/// Types into a chat that believes to have a terminal, and looks at what the terminal would be told.
#[cfg(target_os = "linux")]
#[test]
fn chat_keeps_the_prompt_whole() {
    let place = Place::new();
    let mut bob = place.start(Program::Chat, &["bob", "alice"]);
    bob.expect_part("logged in");

    let chat = format!("{} alice bob", Program::Chat.path().display());
    let mut alice = place
        .command("timeout".as_ref())
        .args(["60", "script", "--quiet", "--flush", "--return", "--command", &chat, "/dev/null"])
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("`script` of util-linux gives a terminal");
    let mut keyboard = alice.stdin.take().expect("piped");
    let mut screen = Screen { stream: alice.stdout.take().expect("piped"), seen: String::new() };
    let mut press =
        |keys: &str| keyboard.write_all(keys.as_bytes()).expect("chat reads its terminal");

    screen.expect("alice> ");
    press("half a li");
    screen.expect("half a li");
    bob.say("knock knock");
    screen.expect("bob\u{1b}[0m: knock knock");
    screen.expect("alice> half a li"); // drawn again below what came in between
    press("ne\r");
    bob.expect_part("alice: half a line");
    screen.expect("alice (read)> ");
    press("\u{4}");
    drop(keyboard);
    screen.read_to_end();
    assert!(alice.wait().expect("a child can be waited for").success());
    assert!(bob.end().0.success());
}

/// The bytes a terminal gets.
#[cfg(target_os = "linux")]
struct Screen {
    stream: std::process::ChildStdout,
    seen: String,
}

#[cfg(target_os = "linux")]
impl Screen {
    /// Reads until `text` has come, and forgets what came up to it. `timeout` ends the wait for what never comes.
    fn expect(&mut self, text: &str) {
        while !self.seen.contains(text) {
            let mut bytes = [0; 4096];
            let count = self.stream.read(&mut bytes).expect("a pipe can be read");
            assert!(count > 0, "the end came before {text:?}: {:?}", self.seen);
            self.seen.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        let end = self.seen.find(text).expect("it is there") + text.len();
        self.seen.drain(..end);
    }

    fn read_to_end(&mut self) {
        let mut rest = Vec::new();
        self.stream.read_to_end(&mut rest).expect("a pipe can be read");
    }
}

#[test]
fn two_processes_talk() {
    talk(Program::TwoProcesses);
}

#[test]
fn a_program_compiled_with_tim_exports_talks() {
    talk(Program::TwoProcessesTimExports);
}

fn talk(program: Program) {
    let place = Place::new();
    let mut alice = place.start(program, &["alice"]);
    let mut bob = place.start(program, &["bob"]);
    for process in [&mut alice, &mut bob] {
        process.say("init");
        process.say("login");
        process.expect("init 0");
        process.expect("login 0");
        process.expect("conversations finish");
    }
    alice.say("send bob hello");
    alice.expect("sent 0 hello");
    alice.expect("conversations add bob");
    bob.expect("received alice hello");
    bob.expect("conversations add alice");
    bob.say("list");
    bob.expect("conversation alice 1 hello");
    bob.say("read alice");
    bob.expect("read 0");
    alice.expect("read-by bob ");
    alice.expect("receipt bob");
    bob.expect("conversations update alice");
    bob.say("list");
    bob.expect("conversation alice 0 hello");
    bob.say("send alice good day");
    alice.expect("received bob good day");
    assert_eq!(history(&mut alice, "bob", "bob"), ["good day"]);
    assert_eq!(history(&mut alice, "bob", "alice"), ["hello"]);
    alice.say("online bob psst");
    alice.expect("sent 0 psst");
    bob.expect("received alice psst");
    assert_eq!(history(&mut bob, "alice", "alice"), ["hello"]);
    alice.say("delete bob");
    alice.expect("delete 0");
    alice.expect("conversations del bob");
    for mut process in [alice, bob] {
        process.say("logout");
        process.expect("logout 0");
        assert!(process.end().0.success());
    }
}

#[test]
fn files_travel_between_processes() {
    let place = Place::new();
    let mut bob = place.online("bob", "bob");
    let mut alice = place.online("alice", "alice");
    let content: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    let (source, target) = (place.path("a file.bin"), place.path("loaded.bin"));
    std::fs::write(&source, &content).unwrap();
    alice.say(&format!("file bob {source}"));
    alice.expect("uploaded 0 1200000");
    alice.expect(&format!("sent 0 {source}"));
    bob.expect("received alice ");
    bob.say(&format!("load {target}"));
    bob.expect("load 0 1200000 1200000");
    assert!(std::fs::read(&target).unwrap() == content);
    alice.say(&format!("file bob {}", place.path("no such file")));
    alice.expect("sent 7004");
    for process in [alice, bob] {
        assert!(process.end().0.success());
    }
}

#[test]
fn messages_are_withdrawn_deleted_and_kept() {
    let place = Place::new();
    let mut bob = place.online("bob", "bob");
    let mut alice = place.online("alice", "alice");
    alice.say("send bob secret");
    alice.expect("sent 0 secret");
    bob.expect("received alice secret");
    alice.say("revoke bob");
    alice.expect("revoke 0");
    bob.expect("revoked alice");
    bob.say("find alice");
    bob.expect("found 6");
    bob.expect("find 0");
    alice.say("revoke bob");
    alice.expect("revoke 20023");
    let mut command = place.command(Program::Chat.path());
    command.args(["bob", "alice"]).env("IMSDK_PLATFORM", "Android");
    let mut chat = Process::start(&mut command);
    chat.expect_part("alice: (withdrawn)");
    chat.say("/quit");
    assert!(chat.end().0.success());
    alice.say("remove bob");
    alice.expect("remove 0");
    alice.say("batch all bob nobody alice");
    alice.expect("batch 0 bob:0 nobody:20003 alice:0");
    bob.expect("received alice all");
    alice.say("send bob last");
    alice.expect("sent 0 last");
    alice.say("forget bob");
    alice.expect("forget 0 OK");
    alice.say("save bob a note");
    alice.expect("save 0 5 a note");
    alice.say("import bob another");
    alice.expect("import 0 OK");
    alice.say("draft bob half a tho");
    alice.expect("draft 0");
    alice.say("history bob");
    let lines = alice.lines_until("history 0");
    let kept = texts(&lines, "message ");
    assert_eq!(kept, ["5 alice another", "5 alice a note", "2 alice all"]);
    alice.say("list");
    alice.expect("draft bob half a tho");
    alice.say("draft bob");
    alice.expect("draft 0");
    alice.say("list");
    let lines = alice.lines_until("list 0");
    assert!(texts(&lines, "draft ").is_empty(), "{lines:?}");
    for process in [alice, bob] {
        assert!(process.end().0.success());
    }
}

#[test]
fn messages_wait_for_who_is_away() {
    let place = Place::new();
    let mut bob = place.online("bob", "bob");
    bob.say("logout");
    bob.expect("logout 0");
    let mut alice = place.online("alice", "alice");
    for text in ["one", "two", "three"] {
        alice.say(&format!("send bob {text}"));
        alice.expect(&format!("sent 0 {text}"));
    }
    alice.say("online bob lost");
    alice.expect("sent 0 lost");
    bob.say("login");
    bob.expect("login 0");
    let lines = bob.lines_until("conversations finish");
    assert_eq!(texts(&lines, "received alice "), ["one", "two", "three"]);
    bob.say("list");
    bob.expect("conversation alice 3 three");
    bob.say("read alice");
    bob.expect("read 0");
    assert!(alice.end().0.success());

    // And so does the receipt; a new login brings nothing twice.
    let mut alice = place.online("alice", "alice");
    alice.say("list");
    alice.expect("conversation bob 0 three");
    bob.say("logout");
    bob.expect("logout 0");
    bob.say("login");
    bob.expect("login 0");
    let lines = bob.lines_until("conversations finish");
    assert!(texts(&lines, "received").is_empty(), "{lines:?}");
}

#[test]
fn a_receipt_waits_for_who_is_away() {
    let place = Place::new();
    let mut bob = place.online("bob", "bob");
    let mut alice = place.online("alice", "alice");
    alice.say("send bob read me");
    alice.expect("sent 0 read me");
    bob.expect("received alice read me");
    alice.say("logout");
    alice.expect("logout 0");
    bob.say("read alice");
    bob.expect("read 0");
    alice.say("login");
    alice.expect("login 0");
    alice.expect("receipt bob");
}

#[test]
fn the_second_login_kicks_the_first() {
    let place = Place::new();
    let mut first = place.online("alice", "first");
    let mut second = place.online("alice", "second");
    first.expect("kicked");
    first.say("status");
    first.expect("status 3");
    second.say("status");
    second.expect("status 1 alice");
    first.say("send alice no longer");
    first.expect("sent 6014 no longer");
}

#[test]
fn who_was_kicked_while_dead_is_told_once() {
    let place = Place::new();
    place.online("alice", "first").kill();
    let mut second = place.online("alice", "second");
    let mut first = place.user("alice", "first");
    first.say("login");
    first.expect("login 6208");
    first.say("login");
    first.expect("login 0");
    second.expect("kicked");
}

#[test]
fn a_killed_sender_loses_and_doubles_nothing() {
    const COUNT: usize = 3000;
    for killed_after in [1, 40, 900] {
        let place = Place::new();
        let mut bob = place.online("bob", "bob");
        let mut alice = place.online("alice", "alice");
        alice.say(&format!("stream bob a {COUNT}"));
        alice.expect(&format!("sent 0 a-{killed_after}"));
        let lines = alice.kill();
        let mut acknowledged = texts(&lines, "sent 0 ");
        acknowledged.push(format!("a-{killed_after}"));

        let mut alice = place.online("alice", "alice");
        alice.say("send bob end");
        alice.expect("sent 0 end");
        let received = texts(&bob.lines_until("received alice end"), "received alice ");
        assert_eq!(set(&received).len(), received.len(), "received twice: {received:?}");
        let seen_by_bob = history(&mut bob, "alice", "alice");
        let seen_by_alice = history(&mut alice, "bob", "alice");
        for text in &acknowledged {
            assert!(set(&received).contains(&**text), "{text} was acknowledged and not received");
            assert!(set(&seen_by_bob).contains(&**text), "{text} is not in the receiver's history");
            assert!(set(&seen_by_alice).contains(&**text), "{text} is not in the sender's history");
        }
    }
}

#[test]
fn a_killed_receiver_loses_and_doubles_nothing() {
    const COUNT: usize = 3000;
    for killed_after in [1, 700] {
        let place = Place::new();
        let mut bob = place.online("bob", "bob");
        let mut alice = place.online("alice", "alice");
        alice.say(&format!("stream bob a {COUNT}"));
        bob.expect(&format!("received alice a-{killed_after}"));
        let mut before = texts(&bob.kill(), "received alice ");
        before.push(format!("a-{killed_after}"));
        alice.expect("streamed");

        let mut bob = place.user("bob", "bob");
        bob.say("login");
        bob.expect("login 0");
        let after = texts(&bob.lines_until("conversations finish"), "received alice ");
        assert!(set(&before).is_disjoint(&set(&after)), "received twice");
        assert_eq!(history(&mut bob, "alice", "alice").len(), COUNT, "killed after {killed_after}");
    }
}

#[test]
fn a_killed_process_locks_nobody_out() {
    let place = Place::new();
    let mut bob = place.online("bob", "bob");
    for round in 0..5 {
        let mut alice = place.online("alice", "alice");
        alice.say("stream bob a 200");
        bob.expect("received alice a-1");
        alice.kill();
        bob.say(&format!("send alice {round}"));
        bob.expect(&format!("sent 0 {round}"));
    }
}

#[test]
fn a_signature_counts_where_a_key_is_configured() {
    // A signature for user xiaojun of app 1400000000, valid for 180 days from September 2020.
    const KEY: &str = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
    const EXPIRED: &str = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwhWZiflZpXlQqeKU7MSCgswUJStDEwMogMikVhRkFqUCxU1NTY3goiWZuSAxM1S1xZnpQJMNo0wD8tJdstwTS9NSgzMD8p1KK1I8Is1dvY29QlIcs3wDLI2DTbzLwox9bZVqAaoDMbs_";
    let place = Place::new();
    let mut command = place.command(Program::TwoProcesses.path());
    let mut xiaojun = Process::start(command.arg("xiaojun").env("IMSDK_SECRET_KEY", KEY));
    xiaojun.say("init");
    for (signature, answer) in [("dev", "login 700"), (EXPIRED, "login 70001")] {
        xiaojun.say(&format!("login {signature}"));
        xiaojun.expect(answer);
    }
    let mut command = place.command(Program::TwoProcesses.path());
    let mut alice = Process::start(command.arg("alice").env("IMSDK_SECRET_KEY", KEY));
    alice.say("init");
    alice.say(&format!("login {EXPIRED}"));
    alice.expect("login 70013");
}
