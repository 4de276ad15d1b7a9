//! Programs built from `c_examples/` and run as their users run them: as processes, over pipes.

use std::collections::{BTreeSet, VecDeque};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::c::{self, windows};
use imsdk_testkit::{Backend, World};

/// How long anything may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// The programs, each compiled once for a test run.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "each test uses its part")]
pub enum Program {
    Hello,
    Chat,
    Tour,
    Life,
    TwoProcesses,
    /// `TwoProcesses` compiled with the define that the original's headers ask for.
    TwoProcessesTimExports,
}

impl Program {
    /// The executable.
    pub fn path(self) -> &'static Path {
        static BUILT: [OnceLock<PathBuf>; 6] = [const { OnceLock::new() }; 6];
        BUILT[self as usize].get_or_init(|| match self {
            Program::Hello => build("gcc", &["-std=c99", "-pthread"], "hello.c", "hello", &[]),
            Program::Chat => {
                build("g++", &["-std=c++17"], "chat.cpp", "chat", &["jsoncpp", "libedit"])
            }
            Program::Tour => {
                build("g++", &["-std=c++17", "-pthread"], "tour.cpp", "tour", &["jsoncpp"])
            }
            Program::Life => {
                build("g++", &["-std=c++17", "-pthread"], "tests/life.cpp", "life", &["jsoncpp"])
            }
            Program::TwoProcesses => build(
                "g++",
                &["-std=c++17"],
                "tests/two_processes.cpp",
                "two_processes",
                &["jsoncpp"],
            ),
            Program::TwoProcessesTimExports => build(
                "g++",
                &["-std=c++17", "-DTIM_EXPORTS"],
                "tests/two_processes.cpp",
                "two_processes_tim_exports",
                &["jsoncpp"],
            ),
        })
    }
}

fn build(compiler: &str, flags: &[&str], source: &str, name: &str, packages: &[&str]) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = match windows() {
        Some(windows) => windows.directory().join(name).with_extension("exe"),
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).join(name),
    };
    let compiler =
        windows().map_or_else(|| compiler.to_owned(), |windows| windows.compiler(compiler));
    let mut command = Command::new(&compiler);
    command
        .args(flags)
        .args(["-g", "-Wall", "-Wextra", "-Werror", "-pedantic"])
        .arg(root.join("c_examples").join(source));
    if let Some(windows) = windows() {
        command.args(windows.link());
        // The only one of the packages that there is.
        if packages.contains(&"jsoncpp") {
            command.arg("-ljsoncpp");
        }
    } else {
        let library = library_dir();
        command
            .arg(format!("-I{}", root.join("include").display()))
            .arg(format!("-L{}", library.display()))
            .arg(format!("-Wl,--disable-new-dtags,-rpath,{}", library.display()))
            .arg("-lImSDK");
        if !packages.is_empty() {
            command.args(packages_flags(packages));
        }
    }
    c::build(&mut command, &program);
    program
}

fn packages_flags(packages: &[&str]) -> Vec<String> {
    let output = Command::new("pkg-config").args(["--cflags", "--libs"]).args(packages).output();
    let output = output.unwrap_or_else(|error| {
        panic!("pkg-config does not start ({error}): `make test` installs it")
    });
    let missing = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{missing}`make test` installs what is missing");
    String::from_utf8_lossy(&output.stdout).split_whitespace().map(str::to_owned).collect()
}

/// Where cargo put the library that belongs to this test executable.
fn library_dir() -> PathBuf {
    let name = format!("{}ImSDK{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let test = std::env::current_exe().expect("the test executable has a path");
    test.ancestors()
        .skip(1)
        .take(2)
        .find(|dir| dir.join(&name).exists())
        .unwrap_or_else(|| panic!("{name} is not beside {}", test.display()))
        .to_owned()
}

/// A home and a data directory of one test's own; they go when the test ends.
pub struct Place {
    world: Option<World>,
    dir: tempfile::TempDir,
}

impl Place {
    /// A fresh, empty place.
    pub fn new() -> Place {
        Place { world: None, dir: tempfile::tempdir().expect("a temporary directory") }
    }

    /// The same for each way in which a service runs on servers, with programs that are pointed at these.
    #[allow(dead_code, reason = "each test uses its part")]
    pub fn on_servers() -> impl Iterator<Item = Place> {
        let backends = [Backend::Server, Backend::Postgres, Backend::Cluster, Backend::S3];
        backends
            .into_iter()
            .map(|backend| Place { world: Some(World::on(backend)), ..Place::new() })
    }

    /// A command that sees this place and nothing else of the machine's settings.
    pub fn command(&self, program: &Path) -> Command {
        let own = windows().filter(|_| program.extension().is_some_and(|kind| kind == "exe"));
        let mut command = Command::new(program);
        command.env_clear();
        // Spaces, and letters that no code page has together.
        let mut data = "data";
        if let Some(windows) = own {
            command = windows.command(program);
            data = "dätä 数据";
        }
        command
            .current_dir(self.dir.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.dir.path())
            .env("IMSDK_DATA_DIR", self.dir.path().join(data));
        if let Some(world) = &self.world {
            let server = world.server_address();
            command.env("IMSDK_SERVER", format!("ws://{}:{}", server.host, server.port));
        }
        for (name, value) in std::env::vars_os() {
            // What a sanitizer or coverage run sets.
            if name.to_string_lossy().contains("SAN_OPTIONS")
                || name == "LD_PRELOAD"
                || name == "LLVM_PROFILE_FILE"
            {
                command.env(name, value);
            }
        }
        command
    }

    /// A directory in this place, as text for a command line.
    pub fn path(&self, name: &str) -> String {
        self.dir
            .path()
            .join(name)
            .to_str()
            .expect("a temporary directory with a name in UTF-8")
            .to_owned()
    }

    /// What lies in it.
    #[allow(dead_code, reason = "each test uses its part")]
    pub fn names(&self) -> BTreeSet<OsString> {
        let entries = self.dir.path().read_dir().expect("it can be listed");
        entries.map(|entry| entry.expect("it can be listed").file_name()).collect()
    }

    /// Starts `program` with `arguments`.
    pub fn start(&self, program: Program, arguments: &[&str]) -> Process {
        self.start_with(program, arguments, &[])
    }

    /// The same, with more in its environment.
    pub fn start_with(
        &self,
        program: Program,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Process {
        let mut command = self.command(program.path());
        Process::start(command.args(arguments).envs(environment.iter().copied()))
    }

    /// A [`Program::TwoProcesses`] that has called TIMInit. `device` names its configuration directory.
    pub fn user(&self, user: &str, device: &str) -> Process {
        self.user_with(user, device, &[])
    }

    /// The same, with more in its environment.
    pub fn user_with(&self, user: &str, device: &str, environment: &[(&str, &str)]) -> Process {
        let mut command = self.command(Program::TwoProcesses.path());
        command.args([user, &self.path(device)]).envs(environment.iter().copied());
        let mut process = Process::start(&mut command);
        process.say("init");
        process.expect("init 0");
        process
    }

    /// The same, and logged in.
    pub fn online(&self, user: &str, device: &str) -> Process {
        let mut process = self.user(user, device);
        process.say("login");
        process.expect("login 0");
        process.expect("conversations finish");
        process
    }
}

/// A running program and the lines it has written.
pub struct Process {
    name: String,
    child: Child,
    stdin: Option<ChildStdin>,
    lines: Receiver<String>,
    unread: VecDeque<String>,
    transcript: Vec<String>,
}

impl Process {
    /// Starts a command; its errors go with its output.
    pub fn start(command: &mut Command) -> Process {
        let name = format!("{command:?}");
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let (sender, lines) = channel();
        let streams: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().expect("piped")),
            Box::new(child.stderr.take().expect("piped")),
        ];
        for stream in streams {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                    let line = String::from_utf8_lossy(&line);
                    // Windows ends lines with two characters.
                    let line = line.strip_suffix('\r').unwrap_or(&line);
                    if sender.send(line.to_owned()).is_err() {
                        break;
                    }
                }
            });
        }
        let stdin = child.stdin.take();
        Process { name, child, stdin, lines, unread: VecDeque::new(), transcript: Vec::new() }
    }

    /// Writes a line to the program. A program that has ended is noticed by what is expected next.
    pub fn say(&mut self, line: &str) {
        self.transcript.push(format!("< {line}"));
        let stdin = self.stdin.as_mut().expect("stdin is open");
        let _ = stdin.write_all(format!("{line}\n").as_bytes());
    }

    /// Takes lines until one begins with `start`, and returns that line. Lines before it are kept for later calls.
    pub fn expect(&mut self, start: &str) -> String {
        self.expect_that(start, |line| line.starts_with(start))
    }

    /// Takes lines until one contains `part`.
    pub fn expect_part(&mut self, part: &str) -> String {
        self.expect_that(part, |line| line.contains(part))
    }

    /// Takes lines until one fits; `what` says what was waited for.
    pub fn expect_that(&mut self, what: &str, fits: impl Fn(&str) -> bool) -> String {
        if let Some(position) = self.unread.iter().position(|line| fits(line)) {
            return self.unread.remove(position).expect("the position is inside");
        }
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.next_line(deadline) {
                Ok(line) if fits(&line) => return line,
                Ok(line) => self.unread.push_back(line),
                Err(why) => self.fail(&format!("{why} before {what:?}")),
            }
        }
    }

    /// The lines not yet taken, up to and without the one that begins with `start`.
    pub fn lines_until(&mut self, start: &str) -> Vec<String> {
        self.lines_and(start).0
    }

    /// The same, and the line that begins with `start`.
    pub fn lines_and(&mut self, start: &str) -> (Vec<String>, String) {
        let deadline = Instant::now() + PATIENCE;
        let mut lines = Vec::new();
        loop {
            let line = match self.unread.pop_front() {
                Some(line) => line,
                None => match self.next_line(deadline) {
                    Ok(line) => line,
                    Err(why) => self.fail(&format!("{why} before {start:?}")),
                },
            };
            if line.starts_with(start) {
                return (lines, line);
            }
            lines.push(line);
        }
    }

    fn next_line(&mut self, deadline: Instant) -> Result<String, &'static str> {
        match self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                self.transcript.push(format!("> {line}"));
                Ok(line)
            }
            Err(RecvTimeoutError::Timeout) => Err("timed out"),
            Err(RecvTimeoutError::Disconnected) => Err("ended"),
        }
    }

    /// Ends the program's input.
    pub fn end_input(&mut self) {
        self.stdin = None;
    }

    /// Sends a signal by name, such as `INT`.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill")
            .arg(format!("-{signal}"))
            .arg(self.child.id().to_string())
            .status();
        assert!(sent.is_ok_and(|status| status.success()), "kill -{signal} {}", self.name);
    }

    /// Kills the program as `kill -9` does and returns all that it had written and nobody had taken.
    pub fn kill(mut self) -> Vec<String> {
        self.child.kill().expect("the program runs");
        self.child.wait().expect("a child can be waited for");
        let mut lines = Vec::from(std::mem::take(&mut self.unread));
        while let Ok(line) = self.next_line(Instant::now() + PATIENCE) {
            lines.push(line);
        }
        lines
    }

    /// Waits for the program to end; returns its exit status and what it had left to say.
    pub fn end(mut self) -> (ExitStatus, Vec<String>) {
        self.end_input();
        let deadline = Instant::now() + PATIENCE;
        let mut lines = Vec::from(std::mem::take(&mut self.unread));
        loop {
            match self.next_line(deadline) {
                Ok(line) => lines.push(line),
                Err("ended") => break,
                Err(why) => self.fail(&format!("{why} before the end")),
            }
        }
        (self.child.wait().expect("a child can be waited for"), lines)
    }

    fn fail(&self, why: &str) -> ! {
        panic!("{}\n{why}; so far:\n{}", self.name, self.transcript.join("\n"));
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
