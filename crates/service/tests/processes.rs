//! Several processes on one file: writing at once, and being killed at the worst moment.
//!
//! The other processes are this test program, started again with a task in the environment.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;

use imsdk_testkit::{Ghost, PATIENCE};
use imsdk_types::wire::Request;

const TASK: &str = "IMSDK_TEST_TASK";
const DIR: &str = "IMSDK_TEST_DIR";
const USER: &str = "IMSDK_TEST_USER";

/// Messages of one writing process.
const MANY: u32 = 150;

/// Not a test of its own: what the other processes do.
#[test]
fn other_process() {
    let Ok(task) = std::env::var(TASK) else { return };
    let dir = std::env::var(DIR).unwrap();
    let mut ghost = Ghost::open(Path::new(&dir), &std::env::var(USER).unwrap());
    match task.as_str() {
        "hold" => {
            for text in ["half", "written"] {
                let outgoing = ghost.outgoing("bob", text);
                ghost.begin(Request::Send(outgoing)).unwrap();
            }
            say("open");
            wait_to_be_killed();
        }
        "write" => {
            say("ready");
            // All begin together.
            let _ = std::io::stdin().read(&mut [0]);
            for n in 0..MANY {
                ghost.send("bob", &n.to_string());
            }
        }
        "write until killed" => {
            // Identities that no process before this one has used.
            let sent = ghost.history("bob").len() as u64;
            ghost.clock().set(1_600_000_000 + sent);
            for n in 0.. {
                ghost.send("bob", &n.to_string());
                say(&format!("sent {n}"));
            }
        }
        other => panic!("unknown task {other}"),
    }
}

fn say(line: &str) {
    // Not println: the harness would keep it to itself.
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

fn wait_to_be_killed() {
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}

/// Another process. It is killed when the test ends.
struct Other {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Other {
    fn start(task: &str, dir: &Path, user: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "other_process", "--nocapture", "--test-threads=1"])
            .envs([(TASK, task), (USER, user)])
            .env(DIR, dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        Self { child, lines }
    }

    /// Reads what it says up to this line.
    fn wait_for(&mut self, wanted: &str) {
        let mut line = String::new();
        while self.lines.read_line(&mut line).unwrap() > 0 {
            if line.trim() == wanted {
                return;
            }
            line.clear();
        }
        panic!("it ended without \"{wanted}\"");
    }

    /// SIGKILL, and waits for its end.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_process_killed_inside_a_unit_of_work_leaves_no_lock_and_nothing_half_written() {
    let dir = tempfile::tempdir().unwrap();
    let mut bob = Ghost::open(dir.path(), "bob");
    bob.send("bob", "before");
    let mut other = Other::start("hold", dir.path(), "alice");
    other.wait_for("open");
    assert!(bob.history("alice").is_empty(), "readers go on, and see nothing of it");

    // A writer that queues behind it meanwhile.
    let (sender, done) = mpsc::channel();
    let path = dir.path().to_owned();
    let carol = std::thread::spawn(move || {
        let mut carol = Ghost::open(&path, "carol");
        sender.send(carol.send("bob", "from carol")).unwrap();
    });
    other.kill();
    done.recv_timeout(PATIENCE).expect("the lock went with its owner");
    carol.join().unwrap();

    let mut alice = Ghost::open(dir.path(), "alice");
    assert!(alice.history("bob").is_empty());
    assert!(bob.history("alice").is_empty());
    assert_eq!(bob.log(0).len(), 1, "carol's");
    let first = alice.send("bob", "after");
    assert_eq!(first.order, 1);
}

#[test]
fn what_was_acknowledged_survives_a_kill_between_or_inside_commits() {
    let dir = tempfile::tempdir().unwrap();
    let mut bob = Ghost::open(dir.path(), "bob");
    for round in [3, 10, 25] {
        let before = bob.history("alice").len();
        let mut other = Other::start("write until killed", dir.path(), "alice");
        other.wait_for(&format!("sent {round}"));
        other.kill();
        // Everybody's view: all that was acknowledged, and what more there is, whole.
        let history = bob.history("alice");
        assert!(history.len() > before + round, "{} after {before}", history.len());
        let places: Vec<_> = history.iter().map(|(place, _)| *place).collect();
        assert_eq!(places, (1..=history.len() as u64).collect::<Vec<_>>());
        assert_eq!(bob.log(0).len(), history.len());
    }
}

#[test]
fn processes_that_write_at_once_take_turns() {
    let dir = tempfile::tempdir().unwrap();
    let mut bob = Ghost::open(dir.path(), "bob");
    let users = ["alice", "carol", "dave"];
    let mut others = users.map(|user| Other::start("write", dir.path(), user));
    for other in &mut others {
        other.wait_for("ready");
    }
    for other in &mut others {
        drop(other.child.stdin.take());
    }
    for other in &mut others {
        assert!(other.child.wait().unwrap().success(), "a writer failed");
    }
    let wanted: Vec<_> = (0..MANY).map(|n| (u64::from(n) + 1, n.to_string())).collect();
    for user in users {
        assert_eq!(bob.history(user), wanted, "{user}");
    }
    assert_eq!(bob.log(0).len(), users.len() * MANY as usize);
}
