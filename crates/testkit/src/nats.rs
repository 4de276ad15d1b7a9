//! Three NATS servers that know each other.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::beside::{Beside, ask, free_ports, until};

/// How many there are.
pub(crate) const NODES: usize = 3;

/// Worlds of a process at most.
const ACCOUNTS: usize = 512;

/// See the module. They end when this is dropped.
pub struct Nats {
    /// Where clients are served.
    clients: [u16; NODES],
    /// Where the nodes tell of themselves, over HTTP.
    monitors: [u16; NODES],
    /// The file of settings of each.
    settings: [String; NODES],
    nodes: [Option<Beside>; NODES],
}

impl Nats {
    /// Starts them, and waits until each knows the others.
    ///
    /// # Panics
    /// If the program is not there.
    pub fn start() -> Self {
        let [a, b, c, d, e, f, g, h, i] = free_ports();
        let (clients, monitors, routes) = ([a, b, c], [d, e, f], [g, h, i]);
        let others = routes.map(|port| format!("nats://127.0.0.1:{port}")).join(", ");
        let accounts: String = (0..ACCOUNTS)
            .map(|n| {
                format!("  world{n}: {{ users: [{{ user: world{n}, password: world{n} }}] }}\n")
            })
            .collect();
        let settings = std::array::from_fn(|node| {
            let (client, monitor, route) = (clients[node], monitors[node], routes[node]);
            format!(
                "listen: 127.0.0.1:{client}\nhttp: 127.0.0.1:{monitor}\n\
                 cluster {{ name: test, listen: 127.0.0.1:{route}, routes: [{others}] }}\n\
                 accounts {{\n{accounts}}}\n"
            )
        });
        let mut nats = Self { clients, monitors, settings, nodes: Default::default() };
        for node in 0..NODES {
            nats.begin(node);
        }
        for node in 0..NODES {
            nats.until_complete(node);
        }
        nats
    }

    /// The nodes' URLs, with commas between them, beginning with one of them.
    pub fn urls(&self, first: usize) -> String {
        let nodes = (0..NODES).map(|node| self.url(0, (first + node) % NODES));
        nodes.collect::<Vec<_>>().join(",")
    }

    /// Kills a node.
    pub fn kill(&mut self, node: usize) {
        self.nodes[node] = None;
    }

    /// Starts it again where it was, and waits until it knows the others.
    ///
    /// # Panics
    /// If it doesn't.
    pub fn start_again(&mut self, node: usize) {
        self.begin(node);
        self.until_complete(node);
    }

    fn begin(&mut self, node: usize) {
        let args = ["-c", "/dev/stdin"];
        self.nodes[node] = Some(Beside::start("nats-server", &args, &self.settings[node]));
    }

    fn until_complete(&self, node: usize) {
        until("NATS: is the package nats-server installed?", || {
            let told = ask(self.monitors[node], "GET /routez HTTP/1.0", &[]);
            let told: Option<serde_json::Value> = serde_json::from_str(&told).ok();
            told.is_some_and(|told| told["num_routes"] == NODES - 1)
        });
    }

    fn url(&self, account: usize, node: usize) -> String {
        format!("nats://world{account}:world{account}@127.0.0.1:{}", self.clients[node])
    }
}

/// An account of a world's own at those of this process: it hears nothing of the others.
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
        nats().url(self.0, node)
    }

    /// Waits until there is a listener at each node. Then the others are being told of it.
    ///
    /// # Panics
    /// If they don't.
    pub(crate) fn wait(&self) {
        let query = format!("GET /subsz?subs=1&acc=world{}&test=imsdk.news.0.0 HTTP/1.0", self.0);
        for port in nats().monitors {
            until("listener at NATS", || {
                let told: Option<serde_json::Value> =
                    serde_json::from_str(&ask(port, &query, &[])).ok();
                told.is_some_and(|told| told["total"] == 1)
            });
        }
    }
}

fn nats() -> &'static Nats {
    static NATS: OnceLock<Nats> = OnceLock::new();
    NATS.get_or_init(Nats::start)
}
