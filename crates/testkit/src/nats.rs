//! Three NATS servers that know each other, one set for all worlds of this process, each with an account of its own there.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::PATIENCE;

/// How many there are.
pub(crate) const NODES: usize = 3;

/// Worlds of a process at most.
const ACCOUNTS: usize = 512;

/// Waits until nothing holds its standard input any more, as PostgreSQL's does.
const KEEPER: &str = r#"
nodes=
for node in 1 2 3; do
    nats-server -c "$1/$node.conf" >"$1/$node.log" 2>&1 </dev/null &
    nodes="$nodes $!"
done
cat >/dev/null
kill $nodes 2>/dev/null
wait
rm -rf "$1"
"#;

/// See the module.
struct Nats {
    /// Where clients are served.
    clients: [u16; NODES],
    /// Where the nodes tell of themselves, over HTTP.
    monitors: [u16; NODES],
    _keeper: Child,
}

/// An account of its own, that hears nothing of the others.
pub(crate) struct Account(usize);

impl Account {
    /// One that nobody has had.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        assert!(number < ACCOUNTS, "more worlds than accounts");
        Self(number)
    }

    /// The URL of a node.
    pub(crate) fn url(&self, node: usize) -> String {
        format!("nats://world{0}:world{0}@127.0.0.1:{1}", self.0, nats().clients[node])
    }

    /// Waits until there is a listener at each node. Then the others are being told of it.
    ///
    /// # Panics
    /// If they don't.
    pub(crate) fn wait(&self) {
        let query = format!("/subsz?subs=1&acc=world{}&test=imsdk.news.0", self.0);
        for port in nats().monitors {
            until(|| {
                let answer = get(port, &query);
                let told: Option<serde_json::Value> = serde_json::from_str(&answer).ok();
                told.is_some_and(|told| told["total"] == 1)
            });
        }
    }
}

fn nats() -> &'static Nats {
    static NATS: OnceLock<Nats> = OnceLock::new();
    NATS.get_or_init(Nats::start)
}

impl Nats {
    fn start() -> Self {
        let dir = tempfile::Builder::new().prefix("imsdk-nats-").tempdir();
        let dir = dir.map(TempDir::keep).expect("a directory");
        let [a, b, c, d, e, f, g, h, i] = free_ports();
        let (clients, monitors, routes) = ([a, b, c], [d, e, f], [g, h, i]);
        let others = routes.map(|port| format!("nats://127.0.0.1:{port}")).join(", ");
        let accounts: String = (0..ACCOUNTS)
            .map(|n| {
                format!("  world{n}: {{ users: [{{ user: world{n}, password: world{n} }}] }}\n")
            })
            .collect();
        for node in 0..NODES {
            let (client, monitor, route) = (clients[node], monitors[node], routes[node]);
            let text = format!(
                "listen: 127.0.0.1:{client}\nhttp: 127.0.0.1:{monitor}\n\
                 cluster {{ name: test, listen: 127.0.0.1:{route}, routes: [{others}] }}\n\
                 accounts {{\n{accounts}}}\n"
            );
            std::fs::write(dir.join(format!("{}.conf", node + 1)), text).expect("its settings");
        }
        let keeper = Command::new("/bin/sh")
            .args(["-c", KEEPER, "keeper"])
            .arg(&dir)
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        for port in monitors {
            until(|| {
                let told: Option<serde_json::Value> =
                    serde_json::from_str(&get(port, "/routez")).ok();
                told.is_some_and(|told| told["num_routes"] == NODES - 1)
            });
        }
        Self { clients, monitors, _keeper: keeper }
    }
}

fn free_ports<const N: usize>() -> [u16; N] {
    // All of them at once, so that no two are the same.
    let listeners = [(); N].map(|()| TcpListener::bind("127.0.0.1:0").expect("a port"));
    listeners.map(|listener| listener.local_addr().expect("an address").port())
}

/// What a node says; nothing as long as it is not there.
fn get(port: u16, path: &str) -> String {
    let ask = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        write!(stream, "GET {path} HTTP/1.0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        std::io::Result::Ok(answer)
    };
    let answer = ask().unwrap_or_default();
    answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default()
}

/// Nobody tells when they are.
fn until(mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(
            Instant::now() < deadline,
            "NATS is not ready: is the package nats-server installed?"
        );
        sleep(Duration::from_millis(5));
    }
}
