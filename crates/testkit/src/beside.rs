//! Programs beside this process, which end with it, however it ends.

use std::hash::{BuildHasher, RandomState};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::PATIENCE;

/// Waits until nothing holds its standard input any more, as PostgreSQL's does.
const KEEPER: &str = r#"
input=$1
shift
printf %s "$input" | "$@" >/dev/null 2>&1 &
program=$!
cat >/dev/null
kill -KILL $program 2>/dev/null
wait
"#;

/// A program. Dropping it kills it, without a warning.
pub struct Beside(Child);

impl Beside {
    /// Starts a program, which is given a text as its input.
    ///
    /// # Panics
    /// If there is no shell.
    pub fn start(program: &str, args: &[&str], input: &str) -> Self {
        let keeper = Command::new("/bin/sh")
            .args(["-c", KEEPER, "keeper", input, program])
            .args(args)
            .stdin(Stdio::piped())
            .process_group(0)
            .spawn();
        Self(keeper.expect("a shell"))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// Ports of the loopback that nobody has, and that no connection is given before they are listened at: systems take those of connections
/// from above.
///
/// # Panics
/// If there are none.
pub fn free_ports<const N: usize>() -> [u16; N] {
    const PORTS: u16 = 12_000;
    const FIRST: u16 = 20_000;
    // Somewhere else in each process and each time.
    let at = RandomState::new().hash_one(N) % u64::from(PORTS);
    let mut ports = (FIRST..FIRST + PORTS).cycle().skip(at as usize).take(PORTS.into());
    // All of them at once, so that no two are the same.
    let listeners = [(); N].map(|()| {
        ports.find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok()).expect("a port")
    });
    listeners.map(|listener| listener.local_addr().expect("an address").port())
}

/// What is answered over HTTP to a request that begins with these lines; nothing as long as nobody is there.
pub(crate) fn ask(port: u16, head: &str, body: &[u8]) -> String {
    let ask = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "{head}\r\nHost: 127.0.0.1:{port}\r\n")?;
        write!(stream, "Content-Length: {}\r\n\r\n", body.len())?;
        stream.write_all(body)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        std::io::Result::Ok(answer)
    };
    let answer = ask().unwrap_or_default();
    answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
}

/// Waits for what nobody tells of.
///
/// # Panics
/// With the name of what is missing.
pub fn until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < deadline, "no {what}");
        sleep(Duration::from_millis(5));
    }
}
