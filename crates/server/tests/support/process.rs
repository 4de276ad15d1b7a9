//! The program itself.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::SOON;

/// A process that is killed if the test fails.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program with a data directory, and nothing of the environment.
pub fn im_server(data: &Path) -> Process {
    let mut process = Process::new(env!("CARGO_BIN_EXE_im-server"));
    process.env_clear().arg("--data").arg(data);
    process
}

/// Whether it ended well, and what it said. One that serves instead is ended.
pub fn output(mut process: Process) -> (bool, String, String) {
    let child = process.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut running = Running(child);
    let (mut out, mut err) = (running.0.stdout.take().unwrap(), running.0.stderr.take().unwrap());
    let (send, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let (mut said, mut wrong) = (String::new(), String::new());
        out.read_to_string(&mut said).unwrap();
        err.read_to_string(&mut wrong).unwrap();
        let _ = send.send((said, wrong));
    });
    let (said, wrong) = ended.recv_timeout(SOON).expect("it ends by itself");
    (running.0.wait().unwrap().success(), said, wrong)
}

/// One that serves from now on, and what it has said of itself, a line each.
pub fn greeted(process: &mut Process) -> (Running, Vec<String>) {
    let mut process = Running(process.stdout(Stdio::piped()).spawn().unwrap());
    let lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
    let lines = lines.map(|line| line.unwrap().trim().to_owned());
    let said = lines.take_while(|line| !line.starts_with("and logs in")).collect();
    (process, said)
}

/// Asks a process to end, and waits until it has.
pub fn end(mut process: Running) {
    kill_process(Pid::from_child(&process.0), Signal::TERM).unwrap();
    assert!(process.0.wait().unwrap().success());
}

/// One that serves on this machine, without TLS. Dropped, it is killed.
pub struct Served {
    process: Running,
    pub addr: SocketAddr,
    /// What it has said of its applications.
    pub said: Vec<String>,
}

impl Served {
    /// Starts it, with settings by the environment, and waits until it serves.
    pub fn start(data: &Path, listen: SocketAddr, settings: &[(&str, String)]) -> Self {
        let mut process = im_server(data);
        process.args(["--plain", "--metrics", "off", "--log", "error", "--rate", "0"]);
        process.arg("--listen").arg(listen.to_string());
        process.envs(settings.iter().map(|(name, value)| (name, value)));
        let (process, said) = greeted(&mut process);
        let addr = said.iter().find_map(|line| line.strip_prefix("listening on ws://"));
        Self { addr: addr.expect("it serves").parse().unwrap(), process, said }
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.process.0), signal).unwrap();
    }

    /// Asks it to end, and waits until it has.
    pub fn end(self) {
        end(self.process);
    }
}

/// A directory for a server, and what it is started with.
pub struct Place {
    pub dir: tempfile::TempDir,
    pub settings: Vec<(&'static str, String)>,
}

impl Place {
    /// Of a service on a database, and on a bus if it has one.
    pub fn new(database: &str, bus: Option<String>) -> Self {
        let mut settings = vec![("IM_SERVER_DATABASE", database.to_owned())];
        settings.extend(bus.map(|bus| ("IM_SERVER_BUS", bus)));
        Self { dir: tempfile::tempdir().unwrap(), settings }
    }

    /// Starts a server at any port.
    pub fn start(&self) -> Served {
        self.start_at(([127, 0, 0, 1], 0).into())
    }

    /// The same, at an address.
    pub fn start_at(&self, listen: SocketAddr) -> Served {
        Served::start(self.dir.path(), listen, &self.settings)
    }

    /// What a command says.
    pub fn says(&self, command: &[&str]) -> String {
        says(self.dir.path(), command).unwrap_or_else(|error| panic!("{command:?}: {error}"))
    }

    /// A signature of a user.
    pub fn sig(&self, app: u64, user: &str) -> String {
        self.says(&["usersig", "--user", user, "--app", &app.to_string()])
    }
}

/// What a command says, or why it has failed.
pub fn says(dir: &Path, command: &[&str]) -> Result<String, String> {
    let mut process = im_server(dir);
    process.args(command);
    let (good, said, error) = output(process);
    if good { Ok(said.trim().to_owned()) } else { Err(error) }
}
