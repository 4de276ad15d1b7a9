//! Doorbells: how one process tells another that there is news.
//!
//! Each session has a door in the directory `doors`, named by account and session. What is rung there is a hint, which says only
//! where to look (the account's log, or a group), or an online-only message. A hint may carry what is to be found there: see
//! [`Pushed`]. A full or missing door loses the hint; nothing depends on it but speed, since a session looks everywhere when it opens its
//! door, and when it finds so much at it that it may have been full.

#[cfg_attr(unix, path = "doorbell/unix.rs")]
#[cfg_attr(windows, path = "doorbell/windows.rs")]
mod bell;

use std::io;
use std::path::Path;

use imsdk_service::private_dir;
use imsdk_types::wire::Delivered;
use imsdk_types::wire::frame::Pushed;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::value::RawValue;

use bell::Bells;
pub(crate) use bell::Door;

/// Doors of sessions that are rung again and again are kept open.
const KEPT: usize = 64;

/// Larger than any message that the service accepts, in JSON.
const LONGEST: usize = 128 * 1024;

/// So much rung in a row, and the door may have been full: fewer are never too many for it.
const MANY: usize = 4;

const HINT: u8 = b'h';
const GROUP: u8 = b'g';
const ONLINE: u8 = b'm';
const ALL: u8 = b'a';

/// What a door hears.
#[derive(Debug)]
pub enum Knock {
    /// Something is new in the account's log.
    Account,
    /// Something happened in a group.
    Group(u64),
    /// Hints may have been lost.
    All,
    /// An online-only message.
    Online(Box<Delivered>),
    /// What is new in the account's log: it may be said in place of a hint.
    Page(Pushed),
}

impl Knock {
    /// What a datagram says; `None` if it says nothing.
    pub fn read(rung: &[u8]) -> Option<Self> {
        match rung.split_first() {
            Some((&HINT, [])) => Some(Self::Account),
            // What can't be read can still be looked for.
            Some((&HINT, json)) => Some(from_json(json).map_or(Self::Account, Self::Page)),
            Some((&GROUP, number)) => Some(match number.try_into() {
                Ok(number) => Self::Group(u64::from_le_bytes(number)),
                Err(_) => Self::All,
            }),
            Some((&ALL, _)) => Some(Self::All),
            Some((&ONLINE, json)) => match from_json(json) {
                Ok(message) => Some(Self::Online(message)),
                Err(error) => {
                    tracing::warn!("doorbell: {error}");
                    None
                }
            },
            _ => None,
        }
    }
}

/// A datagram of a kind, with room for a short message.
fn begin(kind: u8) -> Vec<u8> {
    let mut rung = Vec::with_capacity(1024);
    rung.push(kind);
    rung
}

/// As a text, from which all else is read that comes from a service: the readers are made for one kind of input only.
fn from_json<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    let text = str::from_utf8(json).map_err(serde_json::Error::custom)?;
    serde_json::from_str(text)
}

/// The directory of the doors.
pub(crate) struct Doors(Bells);

impl Doors {
    pub(crate) fn open(dir: &Path) -> io::Result<Self> {
        private_dir(dir)?;
        Bells::open(dir).map(Self)
    }

    /// Tells a session to look.
    pub(crate) fn hint(&mut self, account: u64, session: u64) {
        self.0.ring(account, session, &[HINT]);
    }

    /// Tells a session what is new in its account's log.
    pub(crate) fn page(&mut self, account: u64, session: u64, page: &Pushed<&RawValue>) {
        let mut rung = begin(HINT);
        match serde_json::to_writer(&mut rung, page) {
            Ok(()) => self.0.ring(account, session, &rung),
            Err(_) => self.hint(account, session),
        }
    }

    /// Tells a session to look at a group.
    pub(crate) fn group_hint(&mut self, account: u64, session: u64, group: u64) {
        let mut hint = [GROUP; 9];
        hint[1..].copy_from_slice(&group.to_le_bytes());
        self.0.ring(account, session, &hint);
    }

    /// Hands a session an online-only message.
    pub(crate) fn online(&mut self, account: u64, session: u64, message: &Delivered) {
        let mut rung = begin(ONLINE);
        match serde_json::to_writer(&mut rung, message) {
            Ok(()) => self.0.ring(account, session, &rung),
            Err(error) => tracing::error!("online message: {error}"),
        }
    }

    /// Opens the door of a session; `knock` is called on the thread "im-link" until the door is dropped.
    pub(crate) fn listen(
        &self,
        account: u64,
        session: u64,
        knock: Box<dyn Fn(Knock) + Send>,
    ) -> io::Result<Door> {
        self.0.listen(account, session, knock)
    }
}

/// The name of a session's door.
fn name(account: u64, session: u64) -> String {
    format!("{account}-{session}")
}
