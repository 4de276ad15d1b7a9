//! What waits to be said on one connection: bounded, however slowly it is read.

use std::collections::VecDeque;

use imsdk_types::wire::frame::{Failure, Hint};
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Utf8Bytes;

/// More groups than this, and a hint says "everywhere".
const GROUPS: usize = 64;

/// Online-only messages that wait: so many, and so many bytes.
const ONLINE: usize = 256;
const ONLINE_BYTES: usize = 256 << 10;

/// How a connection is ended by the server.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ending {
    /// See `ServerFrame::Bye`.
    pub(crate) retry_after: Option<u64>,
    pub(crate) failure: Failure,
}

/// What is said next.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    pub(crate) hint: Hint,
    pub(crate) online: VecDeque<Utf8Bytes>,
    pub(crate) end: Option<Ending>,
    /// Another login took the session's place, or the operator ended it.
    pub(crate) replaced: bool,
    bytes: usize,
}

/// A connection as the rest of the server knows it.
pub(crate) struct Conn {
    pub(crate) id: u64,
    mail: Mutex<Mail>,
    bell: Notify,
}

impl Conn {
    pub(super) fn new(id: u64) -> Self {
        Self { id, mail: Mutex::default(), bell: Notify::new() }
    }

    /// Waits until something was put in.
    pub(crate) async fn rings(&self) {
        self.bell.notified().await;
    }

    /// All that waits.
    pub(crate) fn take(&self) -> Mail {
        let mut mail = self.mail.lock();
        let replaced = mail.replaced;
        Mail { replaced, ..std::mem::replace(&mut *mail, Mail { replaced, ..Mail::default() }) }
    }

    fn put(&self, put: impl FnOnce(&mut Mail)) {
        put(&mut self.mail.lock());
        self.bell.notify_one();
    }

    /// Look into the account's log.
    pub(crate) fn account_hint(&self) {
        self.put(|mail| mail.hint.account = true);
    }

    /// Look at a group.
    pub(crate) fn group_hint(&self, group: u64) {
        self.put(|mail| {
            if mail.hint.everywhere || mail.hint.groups.contains(&group) {
                return;
            }
            if mail.hint.groups.len() == GROUPS {
                mail.hint = Hint { account: true, groups: Vec::new(), everywhere: true };
            } else {
                mail.hint.groups.push(group);
            }
        });
    }

    /// Look everywhere.
    pub(crate) fn everywhere(&self) {
        self.put(|mail| mail.hint = Hint { account: true, groups: Vec::new(), everywhere: true });
    }

    /// An online-only message. False if too many wait: it is dropped.
    pub(crate) fn online(&self, frame: &Utf8Bytes) -> bool {
        let mut kept = false;
        self.put(|mail| {
            kept = mail.online.len() < ONLINE && mail.bytes + frame.len() <= ONLINE_BYTES;
            if kept {
                mail.bytes += frame.len();
                mail.online.push_back(frame.clone());
            }
        });
        kept
    }

    /// The session is no longer valid: it finds out by looking.
    pub(crate) fn replaced(&self) {
        self.put(|mail| {
            mail.replaced = true;
            mail.hint.account = true;
        });
    }

    /// The server ends the connection.
    pub(crate) fn end(&self, ending: Ending) {
        self.put(|mail| mail.end = Some(ending));
    }
}
