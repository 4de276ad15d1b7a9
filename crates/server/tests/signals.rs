//! The program and its process: signals, and what becomes of its words.
#![cfg(unix)]

mod support;

use std::fs::File;
use std::io::{ErrorKind, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::process::Stdio;

use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, kill_process};
use support::process::{Running, im_server};
use support::{APP, Client};

/// A pipe that takes nothing: what is written to it waits until it is read.
fn full_pipe() -> (PipeReader, PipeWriter) {
    let (read, write) = std::io::pipe().unwrap();
    let set = |nonblocking: OFlags| rustix::fs::fcntl_setfl(write.as_fd(), nonblocking).unwrap();
    set(OFlags::NONBLOCK);
    while match (&write).write(&[b'\n'; 4096]) {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::WouldBlock);
            false
        }
    } {}
    set(OFlags::empty());
    (read, write)
}

#[test]
fn signals_that_come_as_soon_as_clients_can_are_heard() {
    let dir = tempfile::tempdir().unwrap();
    let (mut said, out) = full_pipe();
    // Somebody else must have taken it to know it before it is said.
    let addr = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut process = im_server(dir.path());
    process.args(["--plain", "--metrics", "off", "--listen"]).arg(addr.to_string());
    let mut running = Running(process.stdout(out).stderr(Stdio::null()).spawn().unwrap());
    drop(process);
    // It serves, and has not said so yet.
    let until = std::time::Instant::now() + support::SOON;
    while std::net::TcpStream::connect(addr).is_err() {
        assert!(std::time::Instant::now() < until, "it does not serve");
        std::thread::yield_now();
    }
    let mut client = Client::connect(addr, APP);
    let process_id = Pid::from_child(&running.0);
    for signal in [Signal::HUP, Signal::TERM] {
        kill_process(process_id, signal).unwrap();
    }
    let mut text = String::new();
    said.read_to_string(&mut text).unwrap();
    assert!(text.contains(&format!("listening on ws://{addr}")), "{text}");
    client.bye();
    assert!(running.0.wait().unwrap().success());
}

#[test]
fn who_reads_no_further_has_enough_and_what_cannot_be_written_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let mut process = im_server(dir.path());
    process.args(["--plain", "--metrics", "off", "--listen", "127.0.0.1:0", "--log", "error"]);
    let (_running, _) = support::process::greeted(&mut process);
    for command in [&["config"][..], &["usersig", "--user", "alice"], &["status"]] {
        let (read, closed) = std::io::pipe().unwrap();
        drop(read);
        let ends = |out: Stdio| {
            let mut process = im_server(dir.path());
            process.args(command).stdout(out).stderr(Stdio::piped());
            let done = process.output().unwrap();
            (done.status.code(), String::from_utf8(done.stderr).unwrap())
        };
        assert_eq!(ends(closed.into()), (Some(0), String::new()), "{command:?}");
        if cfg!(target_os = "linux") {
            let full = File::options().write(true).open("/dev/full").unwrap();
            let (code, error) = ends(full.into());
            assert!(code == Some(1) && error.contains("standard output"), "{command:?}: {error}");
        }
    }
}
