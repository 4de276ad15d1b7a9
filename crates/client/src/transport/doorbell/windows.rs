//! Doors that are named pipes.
//!
//! The names of pipes are known to the whole machine, so they are drawn at random, and the door in the directory is a file that says one:
//! who may look into the directory may ring. Each who rings has a connection of its own. What is rung is in the pipe when
//! [`Bells::ring`] returns, and is heard even if the process that rang has ended by then.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::io::{AsyncReadExt, BufReader};
use tokio::net::windows::named_pipe::{
    ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions,
};
use tokio::runtime::{self, Handle};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};
use tokio::time;

use super::{ALL, KEPT, Knock, LONGEST, MANY, name};
use crate::client::random;

/// How long who rings waits for a listener that has no room. One that still has none is not waited for again before it has.
const PATIENCE: Duration = Duration::from_millis(20);

/// Bytes that a pipe has room for.
const ROOM: u32 = 64 * 1024;

/// `ERROR_PIPE_BUSY`: others are coming in at this moment.
const BUSY: i32 = 231;

/// `ERROR_NO_DATA`: who came in has gone again, and may have left something.
const GONE: i32 = 232;

const PIPES: &str = r"\\.\pipe\imsdk-";

type Listener = Arc<Mutex<Box<dyn Fn(Knock) + Send>>>;

/// The way to the doors of a directory.
pub(super) struct Bells {
    dir: PathBuf,
    kept: HashMap<(u64, u64), Bell>,
    link: Link,
}

/// A connection to a door.
struct Bell {
    pipe: NamedPipeClient,
    /// The last ring found no room, and was lost.
    full: bool,
}

impl Bells {
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        Ok(Self { dir: dir.to_owned(), kept: HashMap::new(), link: Link::start()? })
    }

    /// Rings at a door. Nobody waits for who does not listen.
    pub(super) fn ring(&mut self, account: u64, session: u64, rung: &[u8]) {
        if !self.kept.contains_key(&(account, session)) {
            let Some(pipe) = self.connect(account, session) else { return };
            if self.kept.len() >= KEPT {
                self.kept.clear();
            }
            self.kept.insert((account, session), Bell { pipe, full: false });
        }
        let Some(bell) = self.kept.get_mut(&(account, session)) else { return };
        let mut frames = Vec::new();
        if bell.full {
            frame(&mut frames, &[ALL]);
        }
        frame(&mut frames, rung);
        match self.link.write(&bell.pipe, &frames, !bell.full) {
            Ok(()) => bell.full = false,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => bell.full = true,
            Err(_) => drop(self.kept.remove(&(account, session))),
        }
    }

    /// `None` if nobody is there. What is left of a process that is gone, goes too.
    fn connect(&self, account: u64, session: u64) -> Option<NamedPipeClient> {
        let path = self.dir.join(name(account, session));
        let pipe = fs::read_to_string(&path).ok()?;
        // Any other file of the system might be named there; and a name that is being written is not whole.
        let drawn = pipe.strip_prefix(PIPES)?;
        if drawn.len() != 32 || !drawn.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        match self.link.connect(&pipe) {
            Ok(pipe) => Some(pipe),
            Err(error) => {
                if error.kind() == io::ErrorKind::NotFound {
                    let _ = fs::remove_file(path);
                }
                None
            }
        }
    }

    /// Opens a door.
    pub(super) fn listen(
        &self,
        account: u64,
        session: u64,
        knock: Box<dyn Fn(Knock) + Send>,
    ) -> io::Result<Door> {
        let pipe = format!("{PIPES}{:016x}{:016x}", random(), random());
        let first = {
            let _runtime = self.link.handle.enter();
            instance(&pipe, true)?
        };
        let path = self.dir.join(name(account, session));
        fs::write(&path, &pipe)?;
        let (open, closed) = mpsc::channel::<()>();
        let task = self.link.handle.spawn(async move {
            let _open = open;
            if let Err(error) = attend(first, &pipe, Arc::new(Mutex::new(knock))).await {
                tracing::error!("doorbell: {error}");
            }
        });
        let link = self.link.thread.as_ref().map(|thread| thread.thread().id());
        Ok(Door { path, task: task.abort_handle(), closed, link })
    }
}

fn frame(frames: &mut Vec<u8>, rung: &[u8]) {
    frames.extend_from_slice(&(rung.len() as u32).to_le_bytes());
    frames.extend_from_slice(rung);
}

/// One more place for somebody to come in.
fn instance(pipe: &str, first: bool) -> io::Result<NamedPipeServer> {
    ServerOptions::new()
        .first_pipe_instance(first)
        .access_outbound(false)
        .in_buffer_size(ROOM)
        .create(pipe)
}

/// Lets everybody in.
async fn attend(mut free: NamedPipeServer, pipe: &str, knock: Listener) -> io::Result<()> {
    let mut callers = JoinSet::new();
    loop {
        let came = match free.connect().await {
            Err(error) if error.raw_os_error() != Some(GONE) => Err(error),
            _ => Ok(()),
        };
        let caller = std::mem::replace(&mut free, instance(pipe, false)?);
        match came {
            Ok(()) => drop(callers.spawn(hear(caller, Arc::clone(&knock)))),
            Err(error) => tracing::warn!("doorbell: {error}"),
        }
        while callers.try_join_next().is_some() {}
    }
}

/// Listens to one of them until it is gone.
async fn hear(caller: NamedPipeServer, knock: Listener) {
    let mut caller = BufReader::new(caller);
    let mut rung = Vec::new();
    let mut burst = 0;
    while let Ok(length) = caller.read_u32_le().await {
        if length as usize > LONGEST {
            return;
        }
        rung.resize(length as usize, 0);
        if caller.read_exact(&mut rung).await.is_err() {
            return;
        }
        if let Some(heard) = Knock::read(&rung) {
            knock.lock()(heard);
        }
        burst += 1;
        if caller.buffer().is_empty() && std::mem::take(&mut burst) >= MANY {
            knock.lock()(Knock::All);
        }
    }
}

/// The thread "im-link", which moves what is written and read.
struct Link {
    handle: Handle,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Link {
    fn start() -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let handle = runtime.handle().clone();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("im-link".into())
            .spawn(move || drop(runtime.block_on(stopped)))?;
        Ok(Self { handle, stop: Some(stop), thread: Some(thread) })
    }

    fn connect(&self, pipe: &str) -> io::Result<NamedPipeClient> {
        self.handle.block_on(async {
            let mut left = PATIENCE.as_millis();
            loop {
                match ClientOptions::new().read(false).open(pipe) {
                    Err(error) if error.raw_os_error() == Some(BUSY) && left > 0 => {
                        time::sleep(Duration::from_millis(1)).await;
                        left -= 1;
                    }
                    opened => return opened,
                }
            }
        })
    }

    fn write(&self, pipe: &NamedPipeClient, frames: &[u8], patient: bool) -> io::Result<()> {
        let written = pipe.try_write(frames).map(drop);
        match written {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock && patient => {
                let writing = async {
                    loop {
                        pipe.writable().await?;
                        match pipe.try_write(frames).map(drop) {
                            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                            written => return written,
                        }
                    }
                };
                // The timer is made inside of the runtime.
                let late = self.handle.block_on(async { time::timeout(PATIENCE, writing).await });
                late.unwrap_or(Err(error))
            }
            written => written,
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take()
            && thread.thread().id() != thread::current().id()
        {
            let _ = thread.join();
        }
    }
}

/// An open door. Once it is dropped, nothing knocks any more.
pub(crate) struct Door {
    path: PathBuf,
    task: AbortHandle,
    closed: mpsc::Receiver<()>,
    link: Option<thread::ThreadId>,
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
        let _ = fs::remove_file(&self.path);
        if self.link != Some(thread::current().id()) {
            let _ = self.closed.recv();
        }
    }
}
