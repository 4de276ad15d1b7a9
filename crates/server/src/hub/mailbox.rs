//! What waits to be said on one connection: bounded, however slowly it is read.
//!
//! A device that has all of its account's log is given what is new there; one that has not is told to look. The first is known of a
//! device that was answered a pull to the end of the log and was not told to look since. As long as its mailbox gives it one page after
//! the other, it stays known; whatever does not join ends it. So what is given here is never the only way to an entry, and a client that
//! does not stand where a page begins takes it for a hint.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use imsdk_service::Stretch;
use imsdk_types::limits;
use imsdk_types::wire::Page;
use imsdk_types::wire::frame::{Failure, Hint, Pushed};
use parking_lot::Mutex;
use serde_json::value::RawValue;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Utf8Bytes;

/// More groups than this, and a hint says "everywhere".
const GROUPS: usize = 64;

/// Online-only messages that wait: so many, and so many bytes.
const ONLINE: usize = 256;
const ONLINE_BYTES: usize = 256 << 10;

/// So long after its last pull a device is given pages alone; then it is told to look too. By a pull a session learns that it was ended,
/// where nobody here has heard of it.
const TRUSTED: Duration = Duration::from_secs(30);

/// How a connection is ended by the server.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ending {
    /// See `ServerFrame::Bye`.
    pub(crate) retry_after: Option<u64>,
    pub(crate) failure: Failure,
    /// When it is said at the latest, whatever was asked and has no answer.
    pub(crate) due: Option<tokio::time::Instant>,
}

/// What is said next.
#[derive(Debug, Default)]
pub(crate) struct Mail {
    pub(crate) hint: Hint,
    pub(crate) page: Option<Given>,
    pub(crate) online: VecDeque<Utf8Bytes>,
    pub(crate) end: Option<Ending>,
    /// Another login took the session's place, or the operator ended it.
    pub(crate) replaced: bool,
    bytes: usize,
}

/// A page that nobody has asked for.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) page: Pushed<Box<RawValue>>,
    bytes: usize,
    /// Nothing may join it, see [`Stretch::notices`].
    notices: bool,
}

/// How far a device has come that has all of its log.
#[derive(Clone, Copy, Debug)]
struct Stand {
    /// The cursor that it has, or will have by the page that waits.
    cursor: u64,
    /// All that lies past the cursor up to here was caused by its own session.
    upto: u64,
    /// When it last pulled, or was told to.
    since: Instant,
}

#[derive(Default)]
struct State {
    mail: Mail,
    /// `None` for one that was told to look, or that takes no pages.
    stand: Option<Stand>,
    takes_pages: bool,
}

/// A connection as the rest of the server knows it.
pub(crate) struct Conn {
    pub(crate) id: u64,
    state: Mutex<State>,
    bell: Notify,
}

impl State {
    /// The device is to look into the account's log, where it finds what waits here too.
    fn look(&mut self) {
        self.mail.hint.account = true;
        self.mail.page = None;
        self.stand = None;
    }

    fn look_everywhere(&mut self) {
        self.look();
        self.mail.hint = Hint { account: true, groups: Vec::new(), everywhere: true };
    }

    /// Gives the device what a stretch says. False if that cannot be: it must look.
    fn give(&mut self, stretch: &Stretch, session: u64) -> bool {
        let Some(stand) = self.stand else { return false };
        if stretch.upto <= stand.upto {
            return true;
        }
        if stretch.after != stand.upto || stretch.entries.is_empty() {
            return false;
        }
        let others = stretch.entries.iter().filter(|(origin, _)| *origin != session);
        let events: Vec<_> = others.map(|(_, event)| event.clone()).collect();
        if events.is_empty() {
            self.stand = Some(Stand { upto: stretch.upto, ..stand });
            return true;
        }
        let since = match stand.since.elapsed() > TRUSTED {
            true => {
                self.mail.hint.account = true;
                Instant::now()
            }
            false => stand.since,
        };
        let bytes = events.iter().map(|event| event.get().len()).sum();
        let page = Pushed { after: stand.cursor, events, cursor: stretch.upto };
        self.stand = Some(Stand { cursor: stretch.upto, upto: stretch.upto, since });
        let next = Given { page, bytes, notices: stretch.notices };
        match &mut self.mail.page {
            Some(waiting) => waiting.join(next),
            none => {
                *none = Some(next);
                true
            }
        }
    }

    /// The device has been answered what lies in its log up to a cursor, and there was no more.
    fn pulled(&mut self, cursor: u64) {
        // It looks once more.
        if self.mail.hint.account || self.mail.replaced || !self.takes_pages {
            return;
        }
        let since = Instant::now();
        self.stand = Some(Stand { cursor, upto: cursor, since });
        // What waited meanwhile.
        match &self.mail.page {
            Some(waiting) if waiting.page.cursor <= cursor => self.mail.page = None,
            Some(waiting) if waiting.page.after == cursor => {
                let cursor = waiting.page.cursor;
                self.stand = Some(Stand { cursor, upto: cursor, since });
            }
            Some(_) => self.look(),
            None => {}
        }
    }
}

impl Given {
    /// Takes in the next one, within the limits. False if it does not fit.
    fn join(&mut self, next: Self) -> bool {
        let fits = !(self.notices || next.notices)
            && self.bytes + next.bytes <= limits::PUSHED_BYTES
            && self.page.events.len() + next.page.events.len() <= limits::PUSHED;
        self.bytes += next.bytes;
        fits && self.page.join(next.page).is_ok()
    }
}

impl Conn {
    pub(super) fn new(id: u64) -> Self {
        Self { id, state: Mutex::default(), bell: Notify::new() }
    }

    /// A session begins on it, or ends. It stands nowhere until it has pulled.
    pub(super) fn begin(&self, takes_pages: bool) {
        let mut state = self.state.lock();
        (state.takes_pages, state.stand, state.mail.page) = (takes_pages, None, None);
        state.mail.replaced = false;
    }

    /// Waits until something was put in.
    pub(crate) async fn rings(&self) {
        self.bell.notified().await;
    }

    /// All that waits, but for a page while the connection is `busy`: it must not overtake the answers to what the session did, see
    /// [`Stand::upto`].
    pub(crate) fn take(&self, busy: bool) -> Mail {
        let mut state = self.state.lock();
        let mail = &mut state.mail;
        let page = mail.page.take_if(|_| busy);
        let next = Mail { replaced: mail.replaced, page, ..Mail::default() };
        let replaced = mail.replaced;
        Mail { replaced, ..std::mem::replace(mail, next) }
    }

    fn put(&self, put: impl FnOnce(&mut State)) {
        put(&mut self.state.lock());
        self.bell.notify_one();
    }

    /// Look into the account's log.
    pub(crate) fn account_hint(&self) {
        self.put(State::look);
    }

    /// What was written into the account's log, for a session that has perhaps brought it about itself and looks then.
    pub(crate) fn stretch(&self, stretch: &Stretch, session: u64, looks: bool) {
        let mut state = self.state.lock();
        let waited = state.mail.page.is_some();
        if !state.give(stretch, session) {
            state.stand = None;
            if looks && !waited {
                return;
            }
            state.look();
        }
        let says_something = state.mail.page.is_some() || state.mail.hint.account;
        drop(state);
        if says_something {
            self.bell.notify_one();
        }
    }

    /// A pull was answered.
    pub(crate) fn pulled(&self, page: &Page) {
        if !(page.more || page.kicked || page.resync) {
            self.state.lock().pulled(page.cursor);
        }
    }

    /// Look at a group.
    pub(crate) fn group_hint(&self, group: u64) {
        self.put(|state| {
            let hint = &mut state.mail.hint;
            if hint.everywhere || hint.groups.contains(&group) {
                return;
            }
            if hint.groups.len() == GROUPS {
                state.look_everywhere();
            } else {
                hint.groups.push(group);
            }
        });
    }

    /// Look everywhere.
    pub(crate) fn everywhere(&self) {
        self.put(State::look_everywhere);
    }

    /// An online-only message. False if too many wait: it is dropped.
    pub(crate) fn online(&self, frame: &Utf8Bytes) -> bool {
        let mut kept = false;
        self.put(|State { mail, .. }| {
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
        self.put(|state| {
            state.mail.replaced = true;
            state.look();
        });
    }

    /// Whether that was said of it.
    pub(crate) fn is_replaced(&self) -> bool {
        self.state.lock().mail.replaced
    }

    /// The server ends the connection.
    pub(crate) fn end(&self, ending: Ending) {
        self.put(|state| state.mail.end = Some(ending));
    }
}

#[cfg(test)]
mod tests;
