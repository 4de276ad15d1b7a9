//! Doorbells: how one process tells another that there is news.
//!
//! Each session has a Unix datagram socket in the directory `doors`, named by account and session. A datagram is a hint, which
//! says only where to look (the account's log, or a group), or an online-only message. A full or missing socket loses the hint;
//! nothing depends on it but speed, since a session looks everywhere when it opens its door, and when it finds so much in its socket
//! that it may have been full.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use imsdk_service::fork::Kept;
use imsdk_service::private_dir;
use imsdk_types::wire::Delivered;

/// Doors of sessions that are rung again and again are kept open.
const KEPT: usize = 64;

/// The longest path that a socket address takes (108 bytes with the NUL on Linux, 104 on macOS).
const ADDRESS: usize = 100;

/// Larger than any message that the service accepts, in JSON.
const DATAGRAM: usize = 128 * 1024;

/// So many datagrams in a row, and the socket may have been full: fewer are never too many for a socket.
const MANY: usize = 4;

/// A datagram of this size takes the room of several.
const LARGE: usize = 16 * 1024;

const HINT: u8 = b'h';
const GROUP: u8 = b'g';
const ONLINE: u8 = b'm';
const STOP: u8 = b's';

/// What a door hears.
#[derive(Debug)]
pub(crate) enum Knock {
    /// Something is new in the account's log.
    Account,
    /// Something happened in a group.
    Group(u64),
    /// Hints may have been lost.
    All,
    /// An online-only message.
    Online(Box<Delivered>),
}

/// The directory of the doors.
pub(crate) struct Doors {
    dir: PathBuf,
    /// Keeps the short way into the directory open.
    _way: Option<File>,
    short: PathBuf,
    kept: HashMap<(u64, u64), UnixDatagram>,
}

impl Doors {
    pub(crate) fn open(dir: &Path) -> io::Result<Self> {
        private_dir(dir)?;
        let (way, short) = short_way(dir)?;
        Ok(Self { dir: dir.to_owned(), _way: way, short, kept: HashMap::new() })
    }

    fn name(account: u64, session: u64) -> String {
        format!("{account}-{session}")
    }

    /// Tells a session to look.
    pub(crate) fn hint(&mut self, account: u64, session: u64) {
        self.ring(account, session, &[HINT]);
    }

    /// Tells a session to look at a group.
    pub(crate) fn group_hint(&mut self, account: u64, session: u64, group: u64) {
        let mut datagram = [GROUP; 9];
        datagram[1..].copy_from_slice(&group.to_le_bytes());
        self.ring(account, session, &datagram);
    }

    /// Hands a session an online-only message.
    pub(crate) fn online(&mut self, account: u64, session: u64, message: &Delivered) {
        let mut datagram = vec![ONLINE];
        match serde_json::to_writer(&mut datagram, message) {
            Ok(()) => self.ring(account, session, &datagram),
            Err(error) => tracing::error!("online message: {error}"),
        }
    }

    fn ring(&mut self, account: u64, session: u64, datagram: &[u8]) {
        if !self.kept.contains_key(&(account, session)) {
            let path = self.short.join(Self::name(account, session));
            let opened = UnixDatagram::unbound().and_then(|socket| {
                socket.set_nonblocking(true)?;
                socket.connect(&path)?;
                Ok(socket)
            });
            match opened {
                Ok(socket) => {
                    if self.kept.len() >= KEPT {
                        self.kept.clear();
                    }
                    self.kept.insert((account, session), socket);
                }
                Err(error) => return self.nobody(account, session, &error),
            }
        }
        if let Some(socket) = self.kept.get(&(account, session))
            && let Err(error) = socket.send(datagram)
            && error.kind() != io::ErrorKind::WouldBlock
        {
            self.kept.remove(&(account, session));
            self.nobody(account, session, &error);
        }
    }

    /// The session's process is gone: what it left behind goes too.
    fn nobody(&self, account: u64, session: u64, error: &io::Error) {
        if error.kind() == io::ErrorKind::ConnectionRefused {
            let _ = fs::remove_file(self.dir.join(Self::name(account, session)));
        }
    }

    /// Opens the door of a session; `knock` is called on a thread of its own until the door is dropped.
    pub(crate) fn listen(
        &self,
        account: u64,
        session: u64,
        knock: Box<dyn Fn(Knock) + Send>,
    ) -> io::Result<Door> {
        let name = Self::name(account, session);
        let path = self.dir.join(&name);
        let _ = fs::remove_file(&path);
        let socket = UnixDatagram::bind(self.short.join(&name))?;
        let kept = Kept::from_children(&socket);
        let bell = UnixDatagram::unbound()?;
        bell.connect(self.short.join(&name))?;
        let open = Arc::new(AtomicBool::new(true));
        let listening = Arc::clone(&open);
        let listener = thread::Builder::new().name("im-link".into()).spawn(move || {
            // What is declared last is dropped first.
            let (socket, _kept) = (socket, kept);
            let mut datagram = vec![0; DATAGRAM];
            let mut burst = 0;
            while listening.load(Ordering::SeqCst) {
                let heard = match socket.recv(&mut datagram) {
                    Ok(length) => &datagram[..length],
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        // Empty: from now on it has room.
                        if std::mem::take(&mut burst) >= MANY {
                            knock(Knock::All);
                        }
                        if let Err(error) = socket.set_nonblocking(false) {
                            tracing::error!("doorbell: {error}");
                            return;
                        }
                        continue;
                    }
                    Err(error) => {
                        tracing::error!("doorbell: {error}");
                        return;
                    }
                };
                if burst == 0
                    && let Err(error) = socket.set_nonblocking(true)
                {
                    tracing::error!("doorbell: {error}");
                    return;
                }
                burst += 1 + heard.len() / LARGE;
                match heard.split_first() {
                    Some((&HINT, _)) => knock(Knock::Account),
                    Some((&GROUP, number)) => match number.try_into() {
                        Ok(number) => knock(Knock::Group(u64::from_le_bytes(number))),
                        Err(_) => knock(Knock::All),
                    },
                    Some((&ONLINE, json)) => match serde_json::from_slice(json) {
                        Ok(message) => knock(Knock::Online(message)),
                        Err(error) => tracing::warn!("doorbell: {error}"),
                    },
                    _ => {}
                }
            }
        })?;
        Ok(Door { path, bell, open, listener: Some(listener) })
    }
}

/// A name of the directory that is short enough for a socket address: itself, or the way through an open file of this process.
fn short_way(dir: &Path) -> io::Result<(Option<File>, PathBuf)> {
    if dir.as_os_str().len() + 42 < ADDRESS {
        return Ok((None, dir.to_owned()));
    }
    let way = File::open(dir)?;
    let short = PathBuf::from(format!("/proc/self/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&way)));
    if short.exists() {
        return Ok((Some(way), short));
    }
    Err(io::Error::other("the data directory's path is too long for a socket"))
}

/// An open door. Dropping it ends its thread and removes the socket.
pub(crate) struct Door {
    path: PathBuf,
    bell: UnixDatagram,
    open: Arc<AtomicBool>,
    listener: Option<JoinHandle<()>>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.open.store(false, Ordering::SeqCst);
        // A blocking send: a full socket drains, since its listener still runs.
        let told = self.bell.send(&[STOP]);
        let _ = fs::remove_file(&self.path);
        if let Some(listener) = self.listener.take()
            && (told.is_ok() || listener.is_finished())
            && listener.thread().id() != thread::current().id()
        {
            let _ = listener.join();
        }
    }
}
