//! Which sessions are connected here, and what they are told.
//!
//! [`News`] become pages, hints and online-only messages in the mailboxes of connections. Who is in which group is remembered for the
//! accounts that are connected, so that telling a group looks nothing up: a hint costs a lock and a wake for each session.

mod mailbox;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use imsdk_service::{News, Session, Stretch};
use imsdk_types::ReceiveMessageOpt;
use imsdk_types::wire::Delivered;
use imsdk_types::wire::frame::{Failure, ServerFrame};
use parking_lot::Mutex;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Utf8Bytes;

pub(crate) use mailbox::{Conn, Ending};

/// The groups of an account, each with its `msg_flag` there.
pub(crate) type Groups = Vec<(u64, u32)>;

/// See the module.
#[derive(Default)]
pub(crate) struct Hub {
    inner: Mutex<Inner>,
    dropped: AtomicU64,
}

#[derive(Default)]
struct Inner {
    next: u64,
    conns: HashMap<u64, Entry>,
    accounts: HashMap<u64, Account>,
    /// The sessions of members, by group.
    groups: HashMap<u64, HashMap<u64, Listener>>,
    /// All connections were ended so, and those that still come are.
    ended: Option<(Failure, u64, Instant)>,
}

/// A connection, and the session that it has: account and number.
struct Entry {
    conn: Arc<Conn>,
    session: Option<(u64, u64)>,
}

/// What there is to count.
pub(crate) struct Counts {
    pub(crate) connections: usize,
    pub(crate) sessions: usize,
    /// Online-only messages that were dropped.
    pub(crate) dropped: u64,
}

/// An account that is connected.
#[derive(Default)]
struct Account {
    sessions: Vec<(u64, Arc<Conn>)>,
    groups: Groups,
    /// Whether they were read at all.
    known: bool,
    /// Grows whenever they may have changed.
    generation: u64,
}

/// A session of a member.
struct Listener {
    conn: Arc<Conn>,
    msg_flag: u32,
}

/// Who brought something about: its own device learns of it by its answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    One(Option<u64>),
    Many,
}

impl Origin {
    fn and(self, other: Option<u64>) -> Self {
        if self == Self::One(other) { self } else { Self::Many }
    }

    fn is(self, session: u64) -> bool {
        self == Self::One(Some(session))
    }
}

/// Where something happened, and who brought it about.
type Places = HashMap<u64, Origin>;

fn note(places: &mut Places, place: u64, origin: Option<u64>) {
    places
        .entry(place)
        .and_modify(|known| *known = known.and(origin))
        .or_insert(Origin::One(origin));
}

impl Hub {
    /// A new connection, without a session so far.
    pub(crate) fn connect(&self) -> Arc<Conn> {
        let mut inner = self.inner.lock();
        inner.next += 1;
        let conn = Arc::new(Conn::new(inner.next));
        if let Some((failure, spread, due)) = &inner.ended {
            conn.end(Ending { due: Some(*due), ..ending(conn.id, failure, *spread) });
        }
        inner.conns.insert(conn.id, Entry { conn: Arc::clone(&conn), session: None });
        conn
    }

    /// A connection is gone, with the session that it had.
    pub(crate) fn disconnect(&self, conn: &Conn) {
        let mut inner = self.inner.lock();
        if let Some(Entry { session: Some((account, session)), .. }) = inner.conns.remove(&conn.id)
        {
            inner.leave(account, session);
        }
    }

    /// A session has begun on a connection: from now on it is told of what concerns it. Nothing happens if the connection has
    /// gone meanwhile.
    pub(crate) fn enter(&self, session: &Session, conn: &Arc<Conn>, takes_pages: bool) {
        let mut inner = self.inner.lock();
        let Some(entry) = inner.conns.get_mut(&conn.id) else { return };
        conn.begin(takes_pages);
        entry.session = Some((session.account, session.session));
        let account = inner.accounts.entry(session.account).or_default();
        account.sessions.push((session.session, Arc::clone(conn)));
        let known = account.groups.clone();
        inner.listen(session.session, conn, &known);
    }

    /// A session has ended, and its connection goes on.
    pub(crate) fn leave(&self, conn: &Conn) {
        let mut inner = self.inner.lock();
        let session = inner.conns.get_mut(&conn.id).and_then(|entry| entry.session.take());
        if let Some((account, session)) = session {
            conn.begin(false);
            inner.leave(account, session);
        }
    }

    /// The account's groups, as they are read next, are taken for what they are only if nothing has changed since. `None` for an
    /// account that is not connected.
    pub(crate) fn generation(&self, account: u64) -> Option<u64> {
        self.inner.lock().accounts.get(&account).map(|account| account.generation)
    }

    /// The groups of an account as they were read. Sessions hear at once of those that are new to them. False if they may have
    /// changed since `generation`: they must be read again. Until then they count all the same where who read them has `changed` them:
    /// what is about to be answered holds.
    pub(crate) fn set_groups(
        &self,
        account: u64,
        groups: Groups,
        generation: u64,
        changed: bool,
    ) -> bool {
        let mut inner = self.inner.lock();
        let Some(known) = inner.accounts.get_mut(&account) else { return true };
        let is_current = known.generation == generation;
        if !is_current && !changed {
            return false;
        }
        known.generation += 1;
        let first = !std::mem::replace(&mut known.known, true);
        let old = std::mem::replace(&mut known.groups, groups.clone());
        let sessions = known.sessions.clone();
        let numbers = |groups: &Groups| groups.iter().map(|(group, _)| *group).collect();
        let (old, new): (HashSet<u64>, HashSet<u64>) = (numbers(&old), numbers(&groups));
        for (session, conn) in &sessions {
            for group in old.difference(&new) {
                inner.forget(*group, *session);
            }
            inner.listen(*session, conn, &groups);
            if !first {
                // What happened there since the account joined may not have been told.
                new.difference(&old).for_each(|group| conn.group_hint(*group));
            }
        }
        is_current
    }

    /// The groups of these accounts may have changed. Those that are connected here: their groups must be read again.
    pub(crate) fn forget_groups<'a>(
        &self,
        accounts: impl IntoIterator<Item = &'a u64>,
    ) -> Vec<u64> {
        let mut inner = self.inner.lock();
        let mut stale = Vec::new();
        for account in accounts {
            if let Some(known) = inner.accounts.get_mut(account) {
                known.generation += 1;
                stale.push(*account);
            }
        }
        stale
    }

    /// Tells what was committed here. Each piece of news comes with the session that brought it about.
    pub(crate) fn tell(&self, news: &[(Option<u64>, News)]) {
        let (mut accounts, mut groups) = (Places::new(), Places::new());
        let mut stretches: HashMap<u64, Vec<&Stretch>> = HashMap::new();
        for (origin, news) in news {
            for stretch in &news.stretches {
                stretches.entry(stretch.account).or_default().push(stretch);
            }
            news.accounts.iter().for_each(|account| note(&mut accounts, *account, *origin));
            news.groups.iter().for_each(|group| note(&mut groups, *group, *origin));
        }
        let inner = self.inner.lock();
        for (origin, news) in news {
            for (account, message) in &news.online {
                inner.online(*account, message, *origin, &self.dropped);
            }
            for (group, message) in &news.group_online {
                inner.group_online(*group, message, *origin, &self.dropped);
            }
            for (account, session) in &news.sessions {
                inner.replaced(*account, *session);
            }
        }
        for account in stretches.keys() {
            // What a bus had to tell in two parts.
            accounts.entry(*account).or_insert(Origin::Many);
        }
        for (no, origin) in accounts {
            let Some(account) = inner.accounts.get(&no) else { continue };
            for (session, conn) in &account.sessions {
                match stretches.get(&no) {
                    Some(stretches) => stretches.iter().for_each(|stretch| {
                        conn.stretch(stretch, *session, origin.is(*session));
                    }),
                    None if origin.is(*session) => {}
                    None => conn.account_hint(),
                }
            }
        }
        for (group, origin) in groups {
            let Some(listeners) = inner.groups.get(&group) else { continue };
            for (_, listener) in listeners.iter().filter(|(it, _)| !origin.is(**it)) {
                listener.conn.group_hint(group);
            }
        }
    }

    /// What another server has committed, perhaps long ago. Returns the accounts whose groups must be read again.
    pub(crate) fn heard(&self, news: News) -> Vec<u64> {
        let stale = self.forget_groups(&news.members);
        self.tell(&[(None, news)]);
        stale
    }

    /// News of other servers were lost: everybody looks everywhere. Returns the accounts whose groups must be read again.
    pub(crate) fn missed(&self) -> Vec<u64> {
        let all: Vec<u64> = {
            let inner = self.inner.lock();
            inner.conns.values().for_each(|entry| entry.conn.everywhere());
            inner.accounts.keys().copied().collect()
        };
        self.forget_groups(&all)
    }

    /// Lets one in `turns` sessions look everywhere. Returns their accounts, whose groups must be read again.
    pub(crate) fn look(&self, turn: u64, turns: u64) -> Vec<u64> {
        let accounts: Vec<u64> = {
            let inner = self.inner.lock();
            let due = inner.conns.iter().filter(|(id, _)| **id % turns == turn);
            due.filter_map(|(_, entry)| {
                let (account, _) = entry.session?;
                entry.conn.everywhere();
                Some(account)
            })
            .collect()
        };
        self.forget_groups(&accounts)
    }

    /// Ends every connection, also those that come from now on; each may come back after a time of its own. What was asked is waited
    /// for until `due`.
    pub(crate) fn end_all(&self, failure: &Failure, spread: u64, due: Instant) {
        let mut inner = self.inner.lock();
        inner.ended = Some((failure.clone(), spread, due));
        for Entry { conn, .. } in inner.conns.values() {
            conn.end(Ending { due: Some(due), ..ending(conn.id, failure, spread) });
        }
    }

    /// What there is to count.
    pub(crate) fn counts(&self) -> Counts {
        let inner = self.inner.lock();
        Counts {
            connections: inner.conns.len(),
            sessions: inner.accounts.values().map(|account| account.sessions.len()).sum(),
            dropped: self.dropped.load(Ordering::Relaxed),
        }
    }
}

/// Connections that end at once come back spread over `spread` milliseconds, in no order that matters.
pub(crate) fn ending(conn: u64, failure: &Failure, spread: u64) -> Ending {
    let after = conn.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    Ending { retry_after: Some(after % spread.max(1)), failure: failure.clone(), due: None }
}

impl Inner {
    fn leave(&mut self, account: u64, session: u64) {
        let Some(known) = self.accounts.get_mut(&account) else { return };
        known.sessions.retain(|(number, _)| *number != session);
        let groups = match known.sessions.is_empty() {
            true => self.accounts.remove(&account).map(|gone| gone.groups),
            false => Some(known.groups.clone()),
        };
        for (group, _) in groups.unwrap_or_default() {
            self.forget(group, session);
        }
    }

    fn listen(&mut self, session: u64, conn: &Arc<Conn>, groups: &Groups) {
        for &(group, msg_flag) in groups {
            let listener = Listener { conn: Arc::clone(conn), msg_flag };
            self.groups.entry(group).or_default().insert(session, listener);
        }
    }

    fn forget(&mut self, group: u64, session: u64) {
        if let Some(listeners) = self.groups.get_mut(&group) {
            listeners.remove(&session);
            if listeners.is_empty() {
                self.groups.remove(&group);
            }
        }
    }

    fn replaced(&self, account: u64, session: u64) {
        let Some(account) = self.accounts.get(&account) else { return };
        for (_, conn) in account.sessions.iter().filter(|(it, _)| *it == session) {
            conn.replaced();
        }
    }

    fn online(&self, account: u64, message: &Delivered, origin: Option<u64>, dropped: &AtomicU64) {
        let Some(account) = self.accounts.get(&account) else { return };
        let mut text = None;
        for (_, conn) in account.sessions.iter().filter(|(it, _)| Some(*it) != origin) {
            if !conn.online(text.get_or_insert_with(|| frame(message))) {
                dropped.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// To those who want messages of the group: these stand in no history.
    fn group_online(
        &self,
        group: u64,
        message: &Delivered,
        origin: Option<u64>,
        dropped: &AtomicU64,
    ) {
        let Some(listeners) = self.groups.get(&group) else { return };
        let quiet = ReceiveMessageOpt::NotReceive.bits();
        let mut text = None;
        for (session, listener) in listeners {
            if Some(*session) != origin
                && listener.msg_flag != quiet
                && !listener.conn.online(text.get_or_insert_with(|| frame(message)))
            {
                dropped.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

/// Written once, however many read it.
fn frame(message: &Delivered) -> Utf8Bytes {
    let frame = ServerFrame::Online(Box::new(message.clone()));
    serde_json::to_string(&frame).unwrap_or_default().into()
}
