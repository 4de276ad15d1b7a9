//! Units of work: what sessions ask is answered by the rules in `imsdk_service`, made durable, and only then told.

mod postgres;
mod queue;
mod sqlite;
#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use imsdk_service::store::{Places, Store};
use imsdk_service::{Clock, News, Policy, Service, Session, Stretch};
use imsdk_types::wire::{Request, Response};
use imsdk_types::{Code, CreateGroupParam, Error, GroupModifyInfoParam};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::bus::{Bus, Topic};
use crate::hub::{Conn, Groups, Hub};
use crate::metrics::Metrics;

pub(crate) use postgres::PostgresEngine;
use sqlite::SqliteEngine;

/// What does the work of an application, chosen when it is opened.
pub(crate) enum Engine {
    Sqlite(SqliteEngine),
    Postgres(PostgresEngine),
}

impl Engine {
    /// On SQLite, in a directory.
    ///
    /// # Errors
    /// 6019 with the reason.
    pub(crate) fn sqlite(dir: &Path, policy: Policy, outside: Outside) -> Result<Self, Error> {
        SqliteEngine::open(dir, policy, outside).map(Self::Sqlite)
    }

    /// On the PostgreSQL at a URL.
    ///
    /// # Errors
    /// 6019 with the reason.
    pub(crate) fn postgres(url: &str, policy: Policy, outside: Outside) -> Result<Self, Error> {
        PostgresEngine::open(url, policy, outside).map(Self::Postgres)
    }

    /// Queues a work. Its answer comes once it is durable.
    pub(crate) fn submit(&self, work: Work) {
        match self {
            Self::Sqlite(engine) => engine.submit(work),
            Self::Postgres(engine) => engine.submit(work),
        }
    }

    /// From now on these rules are in force.
    pub(crate) fn set_policy(&self, policy: Policy) {
        match self {
            Self::Sqlite(engine) => engine.set_policy(policy),
            Self::Postgres(engine) => engine.set_policy(policy),
        }
    }

    /// Where servers that share the application find what is set for it; `None` if this one is alone.
    pub(crate) fn common(&self) -> Option<&PostgresEngine> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(engine) => Some(engine),
        }
    }

    /// What the news that it tells are about.
    pub(crate) fn topic(&self) -> Topic {
        match self {
            Self::Sqlite(engine) => engine.topic(),
            Self::Postgres(engine) => engine.topic(),
        }
    }

    /// Takes nothing more, and waits until what is queued is done, or for some seconds.
    pub(crate) async fn end(&self) {
        match self {
            // It has threads of its own, and waits for them when it is dropped.
            Self::Sqlite(_) => {}
            Self::Postgres(engine) => engine.end().await,
        }
    }

    /// Works that wait to write, and to read.
    pub(crate) fn depths(&self) -> (usize, usize) {
        match self {
            Self::Sqlite(engine) => engine.depths(),
            Self::Postgres(engine) => engine.depths(),
        }
    }
}

/// The answer to one request.
pub(crate) type Answer = Result<Response, Error>;

/// Names in the requests of one work that are many.
const MANY: usize = 64;

/// Something to do in one unit of work.
pub(crate) enum Work {
    /// Requests of a connection, to be done in their order. A connection has one such work at a time.
    Requests(Asked),
    /// What the operator wants.
    Operator(Operator, oneshot::Sender<Result<Value, Error>>),
    /// The groups of an account that is connected here may have changed.
    Groups(u64),
    /// Whether the store answers, and takes what is written if that is asked.
    Probe(Access, oneshot::Sender<Result<u64, Error>>),
}

/// What a store is probed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

/// What an engine tells of what it has done.
pub(crate) struct Outside {
    pub(crate) hub: Arc<Hub>,
    pub(crate) bus: Arc<dyn Bus>,
    pub(crate) metrics: Arc<Metrics>,
}

/// See [`Work::Requests`].
pub(crate) struct Asked {
    pub(crate) conn: Arc<Conn>,
    pub(crate) session: Option<Arc<Session>>,
    pub(crate) requests: Vec<Request>,
    /// Whether the session must be looked at: it may have been ended where nobody here has heard of it.
    pub(crate) check: bool,
    pub(crate) reply: oneshot::Sender<Answered>,
}

/// What came of requests, in their order.
pub(crate) struct Answered {
    pub(crate) answers: Vec<Answer>,
    /// The session that began with them.
    pub(crate) session: Option<Arc<Session>>,
}

/// What no client may do: the operator, or the server by itself.
#[derive(Clone, Debug)]
pub(crate) enum Operator {
    /// End the sessions of a user.
    Kick { user: String, platform: Option<u8> },
    /// Keep an account out, or let it in again.
    Block { user: String, blocked: bool },
    /// Make a group of whatever kind.
    CreateGroup(Box<CreateGroupParam>),
    /// Change one.
    ModifyGroup(Box<GroupModifyInfoParam>),
    /// Take a group back.
    ReclaimGroup { group: String },
    /// Look how many bytes of files an account may still bring.
    Room { account: u64 },
    /// It brings some.
    TakeRoom { account: u64, bytes: u64 },
    /// It has not brought them after all.
    GiveRoom { account: u64, bytes: u64 },
}

impl Operator {
    /// Has it done, by a work that `submit` takes.
    ///
    /// # Errors
    /// Its own; 7012 if nobody does it any more.
    pub(crate) async fn done(self, submit: impl FnOnce(Work)) -> Result<Value, Error> {
        let (reply, answer) = oneshot::channel();
        submit(Work::Operator(self, reply));
        answer.await.unwrap_or_else(|_| Err(Error::from(Code::SdkInternalError)))
    }
}

impl Work {
    /// Whether it may change something.
    pub(crate) fn writes(&self) -> bool {
        match self {
            Self::Requests(asked) => asked.requests.iter().any(Request::writes),
            Self::Operator(Operator::Room { .. }, _) => false,
            Self::Operator(..) => true,
            Self::Probe(access, _) => *access == Access::Write,
            Self::Groups(_) => false,
        }
    }

    /// Whether it is about so much that others should not wait for it.
    pub(crate) fn is_long(&self) -> bool {
        match self {
            Self::Requests(asked) => {
                asked.requests.iter().map(Request::names).sum::<usize>() > MANY
            }
            // All members are told, or many come in.
            Self::Operator(operator, _) => {
                matches!(operator, Operator::ReclaimGroup { .. } | Operator::CreateGroup(_))
            }
            Self::Groups(_) | Self::Probe(..) => false,
        }
    }

    /// How many accounts and groups it keeps others from changing, at most.
    pub(crate) fn holds(&self) -> usize {
        match self {
            // And who asks, or the group.
            Self::Requests(asked) => {
                asked.requests.iter().filter(|it| it.writes()).map(|it| it.holds() + 2).sum()
            }
            // The group as well.
            Self::Operator(Operator::CreateGroup(param), _) => param.group_member_array.len() + 1,
            // And who owned it, with the live groups that he leaves.
            Self::Operator(Operator::ModifyGroup(_), _) => 4,
            Self::Operator(..) => 1,
            Self::Groups(_) | Self::Probe(..) => 0,
        }
    }

    /// Whether it may be done once more where nobody knows whether it was done.
    pub(crate) fn may_repeat(&self) -> bool {
        match self {
            // What is written nowhere is told only once all of it is done.
            Self::Requests(asked) => {
                asked.requests.iter().all(|it| it.may_repeat() || !it.writes())
            }
            Self::Operator(..) => !self.writes(),
            Self::Groups(_) | Self::Probe(..) => true,
        }
    }

    /// Whether nothing comes of it but its answer.
    pub(crate) fn only_answers(&self) -> bool {
        match self {
            // What is sent is told to others, also where it is written nowhere.
            Self::Requests(asked) => {
                asked.requests.iter().all(|it| !it.writes() && !matches!(it, Request::Send(_)))
            }
            Self::Operator(..) => !self.writes(),
            Self::Groups(_) => false,
            Self::Probe(..) => true,
        }
    }

    /// Whether nobody waits for it any more.
    pub(crate) fn is_forsaken(&self) -> bool {
        match self {
            Self::Requests(asked) => asked.reply.is_closed(),
            Self::Operator(_, reply) => reply.is_closed(),
            Self::Probe(_, reply) => reply.is_closed(),
            Self::Groups(_) => false,
        }
    }
}

/// A unit of work: what came of it, and what is to be told once it is committed.
#[derive(Default)]
pub(crate) struct Unit {
    outcomes: Vec<Outcome>,
    news: Vec<(Option<u64>, News)>,
    /// Where it has written into logs, once it is committed.
    pub(crate) places: Vec<Places>,
    /// Groups of accounts as they are now, with the generation before they were read.
    groups: Vec<(u64, Groups, u64)>,
    /// Connections on which sessions began.
    entered: Vec<Arc<Conn>>,
    /// The generations of accounts before anything was read.
    before: HashMap<u64, Option<u64>>,
}

/// What came of one work.
enum Outcome {
    Requests(Vec<Answer>, Option<Arc<Session>>),
    Operator(Result<Value, Error>),
    Probe(u64),
    Nothing,
}

impl Unit {
    /// For these works. It is made before the store sees any of them: what it reads may be of that moment.
    pub(crate) fn of(works: &[Work], hub: &Hub) -> Self {
        let accounts = works.iter().filter_map(|work| match work {
            Work::Groups(account) => Some(*account),
            Work::Requests(_) | Work::Operator(..) | Work::Probe(..) => None,
        });
        let before = accounts.map(|account| (account, hub.generation(account))).collect();
        Self { before, ..Self::default() }
    }

    /// Does works in the open unit of work of a store. What it fills is then [`Unit::finish`]ed, after the commit, or
    /// [`Unit::abandon`]ed.
    ///
    /// # Errors
    /// 6019: the store has failed, and nothing of it may be committed.
    pub(crate) async fn perform<C: Clock, S: Store>(
        &mut self,
        service: &Service<C>,
        store: &mut S,
        hub: &Hub,
        works: &[Work],
    ) -> Result<(), Error> {
        let mut fresh = BTreeSet::new();
        for work in works {
            let mut news = News::with_entries();
            let (outcome, origin) = match work {
                Work::Requests(asked) => {
                    let (answers, began) = answer(service, store, asked, &mut news).await?;
                    if let Some(session) = &began {
                        // Before its groups are read, so that no change of them is missed.
                        hub.enter(session, &asked.conn, takes_pages(asked));
                        self.entered.push(Arc::clone(&asked.conn));
                        fresh.insert(session.account);
                    }
                    let session = began.as_ref().or(asked.session.as_ref());
                    let origin = session.map(|session| session.session);
                    (Outcome::Requests(answers, began), origin)
                }
                Work::Operator(what, _) => {
                    let answer = operate(service, store, what, &mut news).await;
                    (Outcome::Operator(sound(answer)?), None)
                }
                Work::Groups(account) => {
                    fresh.insert(*account);
                    (Outcome::Nothing, None)
                }
                Work::Probe(..) => (Outcome::Probe(store.service_id().await?), None),
            };
            fresh.extend(&news.members);
            self.outcomes.push(outcome);
            self.news.push((origin, news));
        }
        let connected = fresh.into_iter().filter_map(|account| {
            let before = self.before.get(&account).copied();
            Some((account, before.unwrap_or_else(|| hub.generation(account))?))
        });
        let (accounts, generations): (Vec<u64>, Vec<u64>) = connected.unzip();
        if !accounts.is_empty() {
            let groups = store.memberships(&accounts).await?;
            let read = accounts.into_iter().zip(groups).zip(generations);
            self.groups.extend(read.map(|((account, groups), at)| (account, groups, at)));
        }
        Ok(())
    }

    /// Tells what was committed; `works` are those that were done. Returns the accounts whose groups must be read once more, by
    /// [`Work::Groups`].
    pub(crate) fn finish(mut self, works: Vec<Work>, topic: Topic, outside: &Outside) -> Vec<u64> {
        let hub = &outside.hub;
        let mut stale = Vec::new();
        let mut fresh = HashSet::new();
        let changed: BTreeSet<u64> =
            self.news.iter().flat_map(|(_, news)| &news.members).copied().collect();
        for (account, groups, generation) in self.groups {
            fresh.insert(account);
            if !hub.set_groups(account, groups, generation, changed.contains(&account)) {
                stale.push(account);
            }
        }
        // Those that came while this was done.
        stale.extend(hub.forget_groups(changed.iter().filter(|account| !fresh.contains(account))));
        let written = self.news.iter_mut().flat_map(|(_, news)| news.take_entries()).collect();
        let stretches = Stretch::of(written, &self.places);
        self.news.push((None, News { stretches, ..News::default() }));
        // What is woken last runs first: those who read here, then the bus, then those who have asked.
        for (outcome, work) in self.outcomes.into_iter().zip(works) {
            // Who has gone meanwhile needs no answer.
            match (outcome, work) {
                (Outcome::Requests(answers, session), Work::Requests(asked)) => {
                    let _ = asked.reply.send(Answered { answers, session });
                }
                (Outcome::Operator(answer), Work::Operator(_, reply)) => {
                    let _ = reply.send(answer);
                }
                (Outcome::Probe(found), Work::Probe(_, reply)) => drop(reply.send(Ok(found))),
                _ => {}
            }
        }
        // Together: where the bus tells that a log has grown, it tells what was written.
        let mut all = News::default();
        self.news.iter().cloned().for_each(|(_, news)| all.add(news));
        if !all.is_empty() {
            outside.bus.publish(topic, all);
        }
        hub.tell(&self.news);
        stale
    }

    /// Nothing of it was committed.
    pub(crate) fn abandon(self, hub: &Hub) {
        self.entered.iter().for_each(|conn| hub.leave(conn));
    }
}

/// Answers works that could not be done.
pub(crate) fn refuse(works: Vec<Work>, error: &Error) {
    for work in works {
        match work {
            Work::Requests(asked) => {
                let answers = asked.requests.iter().map(|_| Err(error.clone())).collect();
                let _ = asked.reply.send(Answered { answers, session: None });
            }
            Work::Operator(_, reply) => drop(reply.send(Err(error.clone()))),
            Work::Probe(_, reply) => drop(reply.send(Err(error.clone()))),
            Work::Groups(_) => {}
        }
    }
}

/// Ends the wait for works that could not be done in time, some of them perhaps half: connections end without an answer, so that each
/// client decides by itself what it asks again.
pub(crate) fn let_go(works: Vec<Work>, error: &Error) {
    refuse(works.into_iter().filter(|work| !matches!(work, Work::Requests(_))).collect(), error);
}

/// Whether the login among these requests is of a client that takes pages.
fn takes_pages(asked: &Asked) -> bool {
    asked.requests.iter().any(|it| matches!(it, Request::Login(login) if login.takes_pages))
}

/// A store that failed leaves nothing that could be answered.
fn sound<T>(answer: Result<T, Error>) -> Result<Result<T, Error>, Error> {
    match answer {
        Err(error) if error.is(Code::DatabaseOperateFailed) => Err(error),
        answer => Ok(answer),
    }
}

async fn answer<C: Clock, S: Store>(
    service: &Service<C>,
    store: &mut S,
    asked: &Asked,
    news: &mut News,
) -> Result<(Vec<Answer>, Option<Arc<Session>>), Error> {
    let mut answers = Vec::with_capacity(asked.requests.len());
    let mut began = None;
    let ended = match &asked.session {
        Some(session) if asked.check => !service.is_current(store, session).await?,
        _ => false,
    };
    for request in &asked.requests {
        let session = began.as_ref().or(asked.session.as_ref());
        let answer = match (request, session) {
            // Who has gone has logged in elsewhere meanwhile: that session must not end for one that nobody has.
            (Request::Login(_), None) if asked.reply.is_closed() => {
                Err(Error::from(Code::SdkNetDisconnect))
            }
            (Request::Login(login), None) => {
                service.login(store, login, news).await.map(|granted| {
                    began = Some(Arc::new(Session::new(login, &granted)));
                    Response::LoggedIn(granted)
                })
            }
            (Request::Service, None) => store.service_id().await.map(Response::Service),
            (_, None) => Err(Error::from(Code::SdkNotLoggedIn)),
            (request, Some(_)) if ended && !tells_the_end(request) => {
                Err(Error::from(Code::LoginKickedOffByOther))
            }
            (request, Some(session)) => service.handle(store, session, request.clone(), news).await,
        };
        answers.push(sound(answer)?);
    }
    Ok((answers, began))
}

/// What a session that was ended may still ask: by a pull its device learns of it.
pub(crate) fn tells_the_end(request: &Request) -> bool {
    matches!(request, Request::Pull { .. } | Request::Logout { .. })
}

async fn operate<C: Clock, S: Store>(
    service: &Service<C>,
    store: &mut S,
    what: &Operator,
    news: &mut News,
) -> Result<Value, Error> {
    match what {
        Operator::Kick { user, platform } => {
            let ended = service.kick(store, user, *platform, news).await?;
            Ok(json!({ "sessions": ended }))
        }
        Operator::CreateGroup(param) => {
            service.create_group(store, (**param).clone(), news).await.map(Value::from)
        }
        Operator::ModifyGroup(param) => {
            service.modify_group(store, (**param).clone(), news).await.map(|()| Value::Null)
        }
        Operator::Block { user, blocked } => {
            service.set_blocked(store, user, *blocked, news).await.map(|()| Value::Null)
        }
        Operator::ReclaimGroup { group } => {
            service.reclaim_group(store, group, news).await.map(|()| Value::Null)
        }
        Operator::Room { account } => service.file_room(store, *account).await.map(Value::from),
        Operator::TakeRoom { account, bytes } => {
            service.take_file_room(store, *account, *bytes).await.map(|()| Value::Null)
        }
        Operator::GiveRoom { account, bytes } => {
            store.remove_file_bytes(*account, *bytes).await.map(|()| Value::Null)
        }
    }
}
