//! The program itself.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};

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
    let id = rustix::process::Pid::from_child(&process.0);
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    assert!(process.0.wait().unwrap().success());
}

/// One that serves on this machine, without TLS, at a port of its own.
pub struct Served {
    process: Running,
    pub addr: SocketAddr,
    /// What it has said of its applications.
    pub said: Vec<String>,
}

impl Served {
    /// Starts it, with settings by the environment, and waits until it serves.
    pub fn start(data: &Path, settings: &[(&str, String)]) -> Self {
        let mut process = im_server(data);
        process.args(["--plain", "--listen", "127.0.0.1:0", "--metrics", "off", "--log", "warn"]);
        process.envs(settings.iter().map(|(name, value)| (name, value)));
        let (process, said) = greeted(&mut process);
        let addr = said.iter().find_map(|line| line.strip_prefix("listening on ws://"));
        Self { addr: addr.expect("it serves").parse().unwrap(), process, said }
    }

    /// Asks it to end, and waits until it has.
    pub fn end(self) {
        end(self.process);
    }
}
