//! How units of work that run at once keep out of each other's way.
//!
//! The rules read, decide and write: a right, a number of members, a request that waits. Two ways would make that right under
//! concurrency. SERIALIZABLE lets units run and takes back those that met: in a busy group nearly all of them meet, at its newest
//! place. So it is the other way: **READ COMMITTED with locks taken before anything is read.** The service names what a request is about
//! (`Scope`), and the store locks it: accounts and groups by advisory locks, which write nothing and exist for what does not exist
//! yet; conversations by their rows, from which the places are given out. Each statement after that sees what is committed, hence
//! what those left behind who held the locks before.
//!
//! **Order of locks**: the advisory one of the app (shared, or exclusive where a unit is about a lot), those of accounts and groups by
//! their keys, then the conversations by their place, then, in the last statement before the
//! commit, the heads of logs by their account. Units that keep to it wait, but never in a circle. What a request finds on its way
//! (a report to somebody in a group, a live group that is left) may come out of order: PostgreSQL ends a circle after a second
//! (40P01), and that unit is tried again. So is one that met another one at a unique key (23505).
//!
//! A unit about nothing but messages between two takes no lock where it knows how things stand (`heads`): it locks with its first statement.
//!
//! What a send reads is read here with the same round trip: permissions, whether the key is taken, the group. In a unit that only
//! reads, so is what lies in a log.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use imsdk_service::store::{Answer, GroupMember, HoldStore, Place, Pulling, Scope, Sending};
use imsdk_types::limits;
use imsdk_types::wire::ConvKind;
use tokio::time::timeout;

use crate::PostgresStore;
use crate::bulk::Assumed;
use crate::error::Failure;
use crate::group::{self, GROUP_BY_NUMBERS, MEMBERS_BY_NUMBERS};
use crate::known::Key;
use crate::log;
use crate::message::CONVERSATION_COLUMNS;
use crate::row::{Param, number, numbers, params, places, text};
use crate::unit::Unit;

pub(crate) const ACCOUNTS: &str = "SELECT no, id FROM account WHERE id = ANY($1)";
const GROUPS: &str = "SELECT no, id FROM chat_group WHERE id = ANY($1)";

/// In the order of the list.
const LOCK: &str = "SELECT pg_advisory_xact_lock(key) FROM unnest($1::bigint[]) AS key";

/// The app, beside others.
const LOCK_SHARED: &str = "SELECT pg_advisory_xact_lock_shared($1)";

/// Locks of accounts and groups that a unit takes at most. The locks of all units of all servers share a table of the database, which
/// has room for 6400 by default; one that needs more holds the whole app instead, and nobody else comes, goes or writes in groups
/// meanwhile. An invitation needs as many as it names, and two. Servers ask for no more: what names more comes in parts.
const MOST: usize = limits::GROUP_BATCH + 64;

/// How long a unit waits for others of its server: as long as for a lock of the database.
const PATIENCE: Duration = Duration::from_secs(5);

/// In the order of the list too.
pub(crate) const OPEN: &str = concat!(
    "SELECT c.* FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS p (kind, a, b)
     CROSS JOIN LATERAL (SELECT ",
    CONVERSATION_COLUMNS!(),
    " FROM conversation
         WHERE kind = p.kind AND a = p.a AND b = p.b FOR NO KEY UPDATE) AS c"
);

/// Which keys are taken (0), and who is blocked by whom (1).
const CHECK: &str = "SELECT 0::smallint, k.sender, k.key FROM unnest($1::bigint[], $2::bigint[]) AS k (sender, key)
        WHERE EXISTS (SELECT FROM message m WHERE m.sender = k.sender AND m.key = k.key)
    UNION ALL
    SELECT 1::smallint, p.account, p.peer FROM unnest($3::bigint[], $4::bigint[]) AS p (account, peer)
        WHERE EXISTS (SELECT FROM blocked b WHERE b.account = p.account AND b.peer = p.peer)";

/// What kind of thing an advisory lock is about.
#[derive(Clone, Copy)]
enum Kind {
    Account = 1,
    Group = 2,
    /// All accounts and groups.
    App = 3,
}

/// The key of a lock. Apps share a database's keys, so the app goes into it. Two things with one key wait for each other without need.
fn key(app: u64, kind: Kind, number: u64) -> i64 {
    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014): a bijection that leaves no pattern.
    let mix = |value: u64| {
        let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    };
    mix(mix(app << 2 | kind as u64) ^ number) as i64
}

/// A send whose conversation is known by number.
struct Placed {
    place: Place,
    sender: u64,
    key: u64,
}

impl Placed {
    /// The receiver, who may have blocked the sender, and the sender.
    fn pair(&self) -> Option<(u64, u64)> {
        let pair = (self.place.peer_of(self.sender), self.sender);
        (self.place.kind == ConvKind::C2c && pair.0 != pair.1).then_some(pair)
    }
}

/// In which order conversations are locked.
pub(crate) fn in_order(place: &Place) -> (u8, u64, u64) {
    (place.kind as u8, place.a, place.b)
}

impl HoldStore for PostgresStore {
    async fn hold(&mut self, scope: Scope) -> Answer<()> {
        let Scope { accounts, users, groups, group_ids, sends, pulls } = scope;
        let changes = !(accounts.is_empty()
            && users.is_empty()
            && groups.is_empty()
            && group_ids.is_empty()
            && sends.is_empty());
        if !changes {
            return self.read_ahead(pulls).await;
        }
        self.unit().await?;
        let receivers = sends.iter().filter(|send| send.to.kind == ConvKind::C2c);
        let receivers: BTreeSet<String> = receivers.map(|send| send.to.id.clone()).collect();
        self.look_up(users.iter().chain(&receivers), &group_ids).await?;
        let placed: Vec<_> = sends.iter().filter_map(|send| self.place(send)).collect();
        let mut keys: BTreeSet<i64> = BTreeSet::new();
        let app = self.shared.app;
        let users = users.iter().filter_map(|user| self.shared.accounts.get(user));
        keys.extend(accounts.into_iter().chain(users).map(|it| key(app, Kind::Account, it)));
        let ids = group_ids.iter().filter_map(|id| self.shared.groups.get(id));
        let groups: BTreeSet<u64> = groups.into_iter().chain(ids).collect();
        keys.extend(groups.into_iter().map(|it| key(app, Kind::Group, it)));
        self.lease(&placed).await?;
        if keys.is_empty() && self.assume(&placed) {
            return Ok(());
        }
        self.lock(keys, placed).await
    }
}

impl PostgresStore {
    /// Whether the unit holds an account.
    pub(crate) fn holds_account(&self, account: u64) -> bool {
        let key = key(self.shared.app, Kind::Account, account);
        self.unit.as_ref().is_some_and(|unit| unit.known.whole || unit.known.held.contains(&key))
    }

    /// Learns the numbers of accounts and groups that are not known. Some may not exist.
    async fn look_up<'a>(
        &mut self,
        users: impl Iterator<Item = &'a String>,
        group_ids: &BTreeSet<String>,
    ) -> Answer<()> {
        let Some(unit) = &self.unit else { return Ok(()) };
        let unknown = &unit.known.unknown;
        let missing = |id: &&String| !unknown.contains(*id);
        let users: BTreeSet<&String> =
            users.filter(missing).filter(|id| self.shared.accounts.get(*id).is_none()).collect();
        let groups: Vec<&String> = group_ids
            .iter()
            .filter(missing)
            .filter(|id| self.shared.groups.get(*id).is_none())
            .collect();
        let stored = |ids: &[&String]| ids.iter().map(|id| text(id)).collect::<Vec<String>>();
        let users: Vec<&String> = users.into_iter().collect();
        let mut questions: Vec<(&'static str, Vec<Param>)> = Vec::new();
        if !users.is_empty() {
            questions.push((ACCOUNTS, params![stored(&users)]));
        }
        if !groups.is_empty() {
            questions.push((GROUPS, params![stored(&groups)]));
        }
        if questions.is_empty() {
            return Ok(());
        }
        let settled = self.settled();
        let mut answers = self.lists(questions).await?.into_iter();
        let mut found: HashSet<String> = HashSet::new();
        for (asked, of_groups) in [(&users, false), (&groups, true)] {
            if asked.is_empty() {
                continue;
            }
            for row in answers.next().unwrap_or_default() {
                let (no, id) = (number(&row, 0), crate::row::read_text(&row, 1));
                if of_groups {
                    self.shared.groups.insert(id.clone(), no);
                } else if settled {
                    self.shared.accounts.insert(id.clone(), no);
                    self.shared.ids.insert(no, id.clone());
                }
                found.insert(id);
            }
        }
        let unknown = users.into_iter().chain(groups).filter(|id| !found.contains(*id));
        let unknown: Vec<String> = unknown.cloned().collect();
        if let Some(known) = self.known() {
            known.unknown.extend(unknown);
        }
        Ok(())
    }

    /// Where a send goes, if that exists and was not looked at before.
    fn place(&self, send: &Sending) -> Option<Placed> {
        let known = &self.unit.as_ref()?.known;
        if known.keys.contains_key(&(send.sender, send.key)) {
            return None;
        }
        let place = match send.to.kind {
            ConvKind::C2c => Place::c2c(send.sender, self.shared.accounts.get(&send.to.id)?),
            ConvKind::Group => Place::group(self.shared.groups.get(&send.to.id)?),
            ConvKind::System => return None,
        };
        Some(Placed { place, sender: send.sender, key: send.key })
    }

    /// The first that a unit holds: it waits here for what other units of this server are about. Later it would keep them waiting for
    /// what it has already.
    async fn lease(&mut self, sends: &[Placed]) -> Answer<()> {
        let Some(unit) = &mut self.unit else { return Ok(()) };
        if unit.lease.is_some() || unit.known.holds_something() {
            return Ok(());
        }
        let places = sends.iter().map(|send| send.place);
        let places: HashSet<Place> = places.filter(|it| it.kind == ConvKind::C2c).collect();
        if places.is_empty() {
            return Ok(());
        }
        match timeout(PATIENCE, self.shared.heads.lease(places)).await {
            Ok(lease) => unit.lease = Some(lease),
            Err(_) => {
                let text = "another unit of work is about the same for too long";
                return Err(self.fail(Failure::Conflict, text));
            }
        }
        Ok(())
    }

    /// Takes all these sends to find things as this server has left them, see `heads`. False if that cannot be said of some.
    fn assume(&mut self, sends: &[Placed]) -> bool {
        let Some(unit) = &mut self.unit else { return false };
        let Some(lease) = &unit.lease else { return false };
        if self.doubts || sends.is_empty() || unit.known.holds_something() {
            return false;
        }
        let of = |send: &Placed| {
            let leased = lease.places.contains(&send.place);
            leased.then(|| self.shared.heads.get(&send.place)).flatten()
        };
        let Some(heads) = sends.iter().map(of).collect::<Option<Vec<_>>>() else { return false };
        let mut assumed = Assumed::default();
        for (send, head) in sends.iter().zip(heads) {
            assumed.heads.insert(head.0.no, head.0.head);
            unit.known.places.insert(head.0.no, send.place);
            unit.known.open.insert(send.place, head);
            unit.known.keys.insert((send.sender, send.key), Key::Unasked);
            assumed.unblocked.extend(send.pair());
        }
        let pairs = assumed.unblocked.iter().map(|pair| (*pair, false));
        unit.known.blocked.extend(pairs);
        (unit.assumed, unit.has_assumed) = (Some(assumed), true);
        true
    }

    async fn lock(&mut self, keys: BTreeSet<i64>, sends: Vec<Placed>) -> Answer<()> {
        let app = key(self.shared.app, Kind::App, 0);
        let Some(known) = self.known() else { return Ok(()) };
        let mut keys: Vec<i64> =
            keys.into_iter().filter(|key| !known.whole && !known.held.contains(key)).collect();
        let mut questions: Vec<(&'static str, Vec<Param>)> = Vec::new();
        let whole = known.held.len() + keys.len() > MOST;
        if whole && !keys.is_empty() {
            keys = vec![app];
        } else if known.held.is_empty() && !keys.is_empty() {
            questions.push((LOCK_SHARED, params![app]));
        }
        if !keys.is_empty() {
            questions.push((LOCK, params![keys.clone()]));
        }
        let locked = questions.len();
        let closed = sends.iter().map(|send| send.place);
        let mut closed: Vec<Place> =
            closed.filter(|place| !known.open.contains_key(place)).collect();
        closed.sort_unstable_by_key(in_order);
        closed.dedup();
        if !closed.is_empty() {
            questions.push((OPEN, places(&closed)));
        }
        let opened = questions.len();
        let groups = || sends.iter().filter(|send| send.place.kind == ConvKind::Group);
        let pairs: BTreeSet<(u64, u64)> = sends.iter().filter_map(Placed::pair).collect();
        if !sends.is_empty() {
            let senders = numbers(sends.iter().map(|send| send.sender));
            let keys = numbers(sends.iter().map(|send| send.key));
            let accounts = numbers(pairs.iter().map(|pair| pair.0));
            let peers = numbers(pairs.iter().map(|pair| pair.1));
            questions.push((CHECK, params![senders, keys, accounts, peers]));
        }
        let members: BTreeSet<(u64, u64)> =
            groups().map(|send| (send.place.a, send.sender)).collect();
        if !members.is_empty() {
            let numbers_of = numbers(members.iter().map(|member| member.0));
            let accounts = numbers(members.iter().map(|member| member.1));
            questions.push((GROUP_BY_NUMBERS, params![numbers_of.clone()]));
            questions.push((MEMBERS_BY_NUMBERS, params![numbers_of, accounts]));
        }
        if questions.is_empty() {
            return Ok(());
        }
        let mut answers = self.lists(questions).await?.into_iter();
        let Some(Unit { known, lease, .. }) = &mut self.unit else { return Ok(()) };
        if locked > 0 {
            answers.by_ref().take(locked).for_each(drop);
            known.whole |= whole;
            known.held.extend(keys);
        }
        if opened > 0 && !closed.is_empty() {
            for row in answers.next().unwrap_or_default() {
                let (place, head) = known.open(&row);
                if let Some(lease) = lease.as_ref().filter(|lease| lease.places.contains(&place)) {
                    lease.read(place, &head);
                }
            }
        }
        if !sends.is_empty() {
            let rows = answers.next().unwrap_or_default();
            known.keys.extend(sends.iter().map(|send| ((send.sender, send.key), Key::Free)));
            known.blocked.extend(pairs.into_iter().map(|pair| (pair, false)));
            for row in rows {
                let pair = (number(&row, 1), number(&row, 2));
                match row.get::<_, i16>(0) {
                    0 => drop(known.keys.insert(pair, Key::Taken)),
                    _ => drop(known.blocked.insert(pair, true)),
                }
            }
        }
        if !members.is_empty() {
            for row in answers.next().unwrap_or_default() {
                let group = group::group(&row);
                known.groups.insert(group.id.clone(), group);
            }
            for row in answers.next().unwrap_or_default() {
                let of = (number(&row, 0), number(&row, 1));
                let member: Option<GroupMember> = group::some_member(&row, 4);
                known.group_members.insert(of, member);
                known.sanctions.insert(of, group::sanction(&row, 2));
            }
        }
        Ok(())
    }

    /// In a unit that only reads: what is asked of a log, with one round trip: a moment before all that the unit reads after it.
    async fn read_ahead(&mut self, pulls: Vec<Pulling>) -> Answer<()> {
        let Some(unit) = &self.unit else { return Ok(()) };
        if unit.writes {
            return Ok(());
        }
        let fresh: Vec<Pulling> = pulls
            .into_iter()
            .filter(|pull| unit.known.pulled.iter().all(|(known, _)| known != pull))
            .collect();
        if fresh.is_empty() {
            return Ok(());
        }
        let (sql, params) = log::question(&fresh);
        let rows = self.ahead(sql, params).await?;
        if let Some(known) = self.known() {
            log::remember(known, fresh, &rows);
        }
        Ok(())
    }
}
