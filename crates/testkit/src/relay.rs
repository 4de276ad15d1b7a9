//! A bad network: a relay between programs and a server.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::thread::{self, sleep};
use std::time::Duration;

use imsdk_client::config::{ServerAddress, ServerAddresses, Settings};
use parking_lot::{Condvar, Mutex};

/// Bytes that are passed on at a time.
const PART: usize = 8 << 10;

/// What happens to bytes on their way, by chance.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trouble {
    /// Of a thousand parts, so many end their connection, most of them in the middle.
    pub cuts: u64,
    /// Each part waits for so many microseconds at most.
    pub delay: u64,
}

/// See the module. Dropping it ends all connections.
pub struct Relay {
    shared: Arc<Shared>,
    addr: SocketAddr,
}

struct Shared {
    /// Where connections go: to the first that takes one, each time beginning with the next.
    to: Vec<SocketAddr>,
    turn: AtomicUsize,
    trouble: Mutex<Trouble>,
    /// The state of the random numbers.
    chance: AtomicU64,
    refuses: AtomicBool,
    /// Whether bytes of clients, and those of the server, stand still.
    frozen: Mutex<[bool; 2]>,
    thawed: Condvar,
    /// The ends of connections, as long as they are used: an end that is not closed still takes what nobody reads.
    open: Mutex<Vec<Weak<TcpStream>>>,
    cuts: AtomicU64,
    ends: AtomicBool,
}

impl Relay {
    /// Begins to pass on connections.
    ///
    /// # Panics
    /// If there is no port for it.
    pub fn start(to: SocketAddr) -> Self {
        Self::balance(&[to])
    }

    /// The same before several servers: each connection goes to the next of them that takes it.
    ///
    /// # Panics
    /// If there is no port for it.
    pub fn balance(to: &[SocketAddr]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let addr = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            to: to.to_owned(),
            turn: AtomicUsize::new(0),
            trouble: Mutex::default(),
            chance: AtomicU64::new(0x9e37_79b9_7f4a_7c15),
            refuses: AtomicBool::new(false),
            frozen: Mutex::default(),
            thawed: Condvar::new(),
            open: Mutex::default(),
            cuts: AtomicU64::new(0),
            ends: AtomicBool::new(false),
        });
        let accepts = Arc::clone(&shared);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if accepts.ends.load(Ordering::SeqCst) {
                    return;
                }
                accepts.pass_on(client);
            }
        });
        Self { shared, addr }
    }

    /// Settings that lead through it.
    pub fn settings(&self, settings: Settings) -> Settings {
        through(self.addr, settings)
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// How bad the network is from now on.
    pub fn trouble(&self, trouble: Trouble) {
        *self.shared.trouble.lock() = trouble;
    }

    /// How many connections it has cut by chance.
    pub fn cuts(&self) -> u64 {
        self.shared.cuts.load(Ordering::SeqCst)
    }

    /// Ends all connections, and lets no new one through until [`Relay::heal`].
    pub fn sever(&self) {
        self.shared.refuses.store(true, Ordering::SeqCst);
        self.shared.end_all();
    }

    /// What clients say, or what the server says, goes no further; the connections stay.
    pub fn freeze(&self, clients: bool, server: bool) {
        *self.shared.frozen.lock() = [clients, server];
    }

    /// All is well from now on.
    pub fn heal(&self) {
        self.trouble(Trouble::default());
        *self.shared.frozen.lock() = [false; 2];
        self.shared.thawed.notify_all();
        self.shared.refuses.store(false, Ordering::SeqCst);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        // What stands still goes nowhere.
        self.shared.end_all();
        self.heal();
        // The one that it waits for.
        let _ = TcpStream::connect(self.addr);
    }
}

impl Shared {
    fn pass_on(self: &Arc<Self>, client: TcpStream) {
        if self.refuses.load(Ordering::SeqCst) {
            return;
        }
        let first = self.turn.fetch_add(1, Ordering::SeqCst);
        let servers = (0..self.to.len()).map(|n| self.to[(first + n) % self.to.len()]);
        let Some(server) = servers.flat_map(TcpStream::connect).next() else { return };
        let _ = client.set_nodelay(true).and_then(|()| server.set_nodelay(true));
        let (client, server) = (Arc::new(client), Arc::new(server));
        {
            let mut open = self.open.lock();
            open.retain(|stream| stream.strong_count() > 0);
            open.extend([&client, &server].map(Arc::downgrade));
        }
        if self.refuses.load(Ordering::SeqCst) {
            self.end_all();
        }
        let ways = [(0, Arc::clone(&client), Arc::clone(&server)), (1, server, client)];
        for (way, from, to) in ways {
            let shared = Arc::clone(self);
            thread::spawn(move || {
                shared.copy(way, &from, &to);
                end(&from);
                end(&to);
            });
        }
    }

    fn copy(&self, way: usize, mut from: &TcpStream, mut to: &TcpStream) {
        let mut part = [0; PART];
        loop {
            let length = match from.read(&mut part) {
                Ok(0) | Err(_) => return,
                Ok(length) => length,
            };
            let mut frozen = self.frozen.lock();
            while frozen[way] {
                self.thawed.wait(&mut frozen);
            }
            drop(frozen);
            let trouble = *self.trouble.lock();
            if trouble.delay > 0 {
                sleep(Duration::from_micros(self.below(trouble.delay)));
            }
            let cut = trouble.cuts > 0 && self.below(1000) < trouble.cuts;
            let passed = if cut { self.below(length as u64 + 1) as usize } else { length };
            if to.write_all(&part[..passed]).is_err() {
                return;
            }
            if cut {
                self.cuts.fetch_add(1, Ordering::SeqCst);
                return;
            }
        }
    }

    fn end_all(&self) {
        for stream in self.open.lock().drain(..).filter_map(|stream| stream.upgrade()) {
            end(&stream);
        }
    }

    /// A random number below another one.
    fn below(&self, limit: u64) -> u64 {
        let mut seed = self.chance.load(Ordering::Relaxed);
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        self.chance.store(seed, Ordering::Relaxed);
        seed % limit
    }
}

/// Settings that lead through a relay.
pub(crate) fn through(relay: SocketAddr, settings: Settings) -> Settings {
    let (host, port) = (relay.ip().to_string(), relay.port());
    let mut direct = settings.server.iter().flat_map(ServerAddresses::iter);
    let tls = direct.any(|address| address.tls);
    Settings { server: Some(ServerAddress { tls, host, port }.into()), ..settings }
}

fn end(stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Both);
}
