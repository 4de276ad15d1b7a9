//! What a process is told from outside: to end, or to read its settings again.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// See the module.
pub(crate) enum Told {
    /// SIGTERM or Ctrl-C.
    End,
    /// SIGHUP.
    Reload,
}

/// Those that are heard here do nothing else to the process, and wait for [`Signals::next`].
#[derive(Default)]
pub(crate) struct Signals {
    #[cfg(unix)]
    reload: Option<Signal>,
    #[cfg(unix)]
    ends: Option<[Signal; 2]>,
}

#[cfg(unix)]
impl Signals {
    /// SIGHUP is heard from now on.
    pub(crate) fn hear_reload(&mut self) -> io::Result<()> {
        if self.reload.is_none() {
            self.reload = Some(signal(SignalKind::hangup())?);
        }
        Ok(())
    }

    /// SIGTERM and Ctrl-C are heard from now on.
    pub(crate) fn hear_end(&mut self) -> io::Result<()> {
        if self.ends.is_none() {
            self.ends = Some([signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?]);
        }
        Ok(())
    }

    /// Waits for the next one.
    pub(crate) async fn next(&mut self) -> io::Result<Told> {
        self.hear_reload()?;
        self.hear_end()?;
        let (Some(reload), Some([term, interrupt])) = (&mut self.reload, &mut self.ends) else {
            return Ok(Told::End);
        };
        Ok(tokio::select! {
            _ = term.recv() => Told::End,
            _ = interrupt.recv() => Told::End,
            _ = reload.recv() => Told::Reload,
        })
    }
}

#[cfg(not(unix))]
impl Signals {
    /// There is none.
    pub(crate) fn hear_reload(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// They are heard by whoever waits.
    pub(crate) fn hear_end(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Waits for Ctrl-C.
    pub(crate) async fn next(&mut self) -> io::Result<Told> {
        tokio::signal::ctrl_c().await.map(|()| Told::End)
    }
}
