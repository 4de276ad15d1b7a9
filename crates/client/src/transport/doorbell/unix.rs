//! Doors that are Unix datagram sockets.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::os::unix::net::UnixDatagram;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use imsdk_service::fork::Kept;
use rustix::io::Errno;
use rustix::net::{RecvFlags, recv};

use super::{KEPT, Knock, LONGEST, MANY, name};

/// The longest path that a socket address takes (108 bytes with the NUL on Linux, 104 on macOS).
const ADDRESS: usize = 100;

/// Says nothing, but wakes the listener.
const STOP: u8 = b's';

/// A datagram of this size takes the room of several.
const LARGE: usize = 16 * 1024;

/// The way to the doors of a directory.
pub(super) struct Bells {
    dir: PathBuf,
    /// Keeps the short way into the directory open.
    _way: Option<File>,
    short: PathBuf,
    kept: HashMap<(u64, u64), UnixDatagram>,
}

impl Bells {
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        let (way, short) = short_way(dir)?;
        Ok(Self { dir: dir.to_owned(), _way: way, short, kept: HashMap::new() })
    }

    /// Rings at a door. Nobody waits for who does not listen.
    pub(super) fn ring(&mut self, account: u64, session: u64, datagram: &[u8]) {
        if !self.kept.contains_key(&(account, session)) {
            let path = self.short.join(name(account, session));
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
            let _ = fs::remove_file(self.dir.join(name(account, session)));
        }
    }

    /// Opens a door, with a thread of its own.
    pub(super) fn listen(
        &self,
        account: u64,
        session: u64,
        knock: Box<dyn Fn(Knock) + Send>,
    ) -> io::Result<Door> {
        let name = name(account, session);
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
            let mut datagram = vec![0; LONGEST];
            let mut burst = 0;
            while listening.load(Ordering::SeqCst) {
                let flags = if burst == 0 { RecvFlags::empty() } else { RecvFlags::DONTWAIT };
                let heard = match recv(&socket, &mut datagram[..], flags) {
                    Ok((length, _)) => &datagram[..length],
                    Err(Errno::INTR) => continue,
                    Err(Errno::WOULDBLOCK) => {
                        // Empty: from now on it has room.
                        if std::mem::take(&mut burst) >= MANY {
                            knock(Knock::All);
                        }
                        continue;
                    }
                    Err(error) => {
                        tracing::error!("doorbell: {error}");
                        return;
                    }
                };
                burst += 1 + heard.len() / LARGE;
                if let Some(heard) = Knock::read(heard) {
                    knock(heard);
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
