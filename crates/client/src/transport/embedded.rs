//! The service inside this process, on the SQLite file that all processes of the machine share.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::thread;

use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::store::{AccountStore, ready};
use imsdk_service::{News, Policy, Service, Session, Stretch, SystemClock, Written};
use imsdk_types::wire::frame::Pushed;
use imsdk_types::wire::{Delivered, Request, Response};
use imsdk_types::{Code, Error};

use super::doorbell::Doors;
use super::files::EmbeddedFiles;
use super::{Door, Files, Listener, Token, Transport};

/// So many requests of a unit of work at most, and the doors are told what it wrote. More are read by those who are told to look for less
/// than their JSON costs.
const SAID: usize = 8;

/// See the module.
pub(crate) struct Embedded {
    service: Service<SystemClock>,
    store: SqliteStore,
    doors: Doors,
    files: Arc<EmbeddedFiles>,
    session: Option<Session>,
    queue: Vec<(Token, Request)>,
    /// See [`Transport::written`].
    written: Option<(u64, u64)>,
}

impl Embedded {
    /// Opens the service of an application in its data directory.
    ///
    /// # Errors
    /// 6019 with the reason.
    pub(crate) fn open(dir: &Path, policy: Policy) -> Result<Self, Error> {
        let store = SqliteStore::open(dir)?;
        let doors = Doors::open(&dir.join("doors")).map_err(io_failed)?;
        let files = Arc::new(EmbeddedFiles::open(&dir.join("blobs"))?);
        let service = Service::new(SystemClock, policy);
        Ok(Self { service, store, doors, files, session: None, queue: Vec::new(), written: None })
    }

    fn answer(&mut self, request: Request, news: &mut News) -> Result<Response, Error> {
        match (request, &self.session) {
            (Request::Login(login), _) => {
                let granted = ready(self.service.login(&mut self.store, &login, news))?;
                self.session = Some(Session::new(&login, &granted));
                Ok(Response::LoggedIn(granted))
            }
            (Request::Service, None) => ready(self.store.service_id()).map(Response::Service),
            (_, None) => Err(Error::from(Code::SdkNotLoggedIn)),
            (request, Some(session)) => {
                ready(self.service.handle(&mut self.store, session, request, news))
            }
        }
    }

    /// Who must be told, found inside the unit of work.
    fn calls(&mut self, news: News) -> Result<Vec<Call>, Error> {
        let own = self.session.as_ref().map(|session| (session.account, session.session));
        let mut calls = Vec::new();
        for (account, message) in news.online {
            let message = Rc::new(message);
            for session in self.store.sessions(account)? {
                calls.push(Call { account, session, what: What::Online(Rc::clone(&message)) });
            }
        }
        for (group, message) in news.group_online {
            let message = Rc::new(message);
            for (account, session) in self.store.group_listeners(group)? {
                calls.push(Call { account, session, what: What::Online(Rc::clone(&message)) });
            }
        }
        for account in news.accounts {
            for session in self.store.sessions(account)? {
                calls.push(Call { account, session, what: What::Log });
            }
        }
        for (account, session) in news.sessions {
            calls.push(Call { account, session, what: What::Session });
        }
        for group in news.groups {
            for (account, session) in self.store.group_sessions(group)? {
                calls.push(Call { account, session, what: What::Group(group) });
            }
        }
        calls.retain(|call| Some((call.account, call.session)) != own);
        Ok(calls)
    }

    /// Where this session has written into its own log, and nobody else.
    fn own_places(&self, written: &[Written]) -> Option<(u64, u64)> {
        let Session { account, session, .. } = self.session.as_ref()?;
        let mut own = written.iter().filter(|entry| entry.account == *account);
        let count = own.clone().count() as u64;
        let places = self.store.places().into_iter().find(|it| it.account == *account)?;
        let alone = own.all(|entry| entry.origin == *session);
        (alone && places.after + count == places.upto).then_some((places.after, places.upto))
    }

    /// Tells what was committed.
    fn tell(&mut self, calls: &[Call], mut written: Vec<Written>) {
        self.written = self.own_places(&written);
        let called = |account| {
            calls.iter().any(|call| call.account == account && matches!(call.what, What::Log))
        };
        written.retain(|entry| called(entry.account));
        let stretches = Stretch::of(written, &self.store.places());
        for Call { account, session, what } in calls {
            match what {
                What::Log => match stretches.iter().find(|it| it.account == *account) {
                    Some(Stretch { after, upto, entries, .. }) if !entries.is_empty() => {
                        let events = entries.iter().map(|(_, event)| &**event).collect();
                        let page = Pushed { after: *after, events, cursor: *upto };
                        self.doors.page(*account, *session, &page);
                    }
                    _ => self.doors.hint(*account, *session),
                },
                What::Session => self.doors.hint(*account, *session),
                What::Group(group) => self.doors.group_hint(*account, *session, *group),
                What::Online(message) => self.doors.online(*account, *session, message),
            }
        }
        if calls.iter().any(|call| matches!(call.what, What::Online(_))) {
            // On a busy CPU whoever was rung goes first: what is left to do here can wait.
            thread::yield_now();
        }
    }
}

/// A doorbell to ring.
struct Call {
    account: u64,
    session: u64,
    what: What,
}

/// What to say at the door.
enum What {
    /// Something is new in the account's log.
    Log,
    /// The session has ended.
    Session,
    Group(u64),
    Online(Rc<Delivered>),
}

fn io_failed(error: std::io::Error) -> Error {
    Error::new(Code::IoOperationFailed, format!("doorbell: {error}"))
}

impl Transport for Embedded {
    fn submit(&mut self, token: Token, request: Request) {
        self.queue.push((token, request));
    }

    fn flush(&mut self) -> Vec<(Token, Result<Response, Error>)> {
        self.written = None;
        if self.queue.is_empty() {
            return Vec::new();
        }
        let queue = std::mem::take(&mut self.queue);
        if let Err(error) = self.store.begin(queue.iter().any(|(_, request)| request.writes())) {
            return queue.into_iter().map(|(token, _)| (token, Err(error.clone()))).collect();
        }
        let before = self.session.clone();
        let mut news = if queue.len() <= SAID { News::with_entries() } else { News::default() };
        let mut answers = Vec::with_capacity(queue.len());
        let mut logged_out = false;
        for (token, request) in queue {
            logged_out |= matches!(request, Request::Logout { .. });
            answers.push((token, self.answer(request, &mut news)));
        }
        let written = news.take_entries();
        // A store that failed under one request leaves the whole unit of work in doubt.
        let broken = answers.iter().find_map(|(_, answer)| match answer {
            Err(error) if error.is(Code::DatabaseOperateFailed) => Some(error.clone()),
            _ => None,
        });
        let committed = match broken {
            Some(error) => {
                self.store.rollback();
                Err(error)
            }
            None => self.calls(news).and_then(|calls| {
                self.store.commit()?;
                Ok(calls)
            }),
        };
        match committed {
            Ok(calls) => {
                self.tell(&calls, written);
                if logged_out {
                    self.session = None;
                }
            }
            Err(error) => {
                self.store.rollback();
                self.session = before;
                for (_, answer) in &mut answers {
                    *answer = Err(error.clone());
                }
            }
        }
        answers
    }

    fn has_changed(&mut self) -> bool {
        // Where that can't be told, the look itself will.
        self.store.has_changed().unwrap_or(true)
    }

    fn written(&mut self) -> Option<(u64, u64)> {
        self.written.take()
    }

    fn abandon(&mut self) {
        self.queue.clear();
        self.store.rollback();
    }

    fn listen(&mut self, knock: Listener) -> Result<Door, Error> {
        let session = self.session.as_ref().ok_or_else(|| Error::from(Code::SdkNotLoggedIn))?;
        let door = self.doors.listen(session.account, session.session, knock);
        Ok(Box::new(door.map_err(io_failed)?))
    }

    fn files(&self) -> Arc<dyn Files> {
        self.files.clone()
    }
}
