//! The service inside this process, on the SQLite file that all processes of the machine share.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::store::{AccountStore, ready};
use imsdk_service::{News, Policy, Service, Session, SystemClock};
use imsdk_types::wire::{Delivered, Request, Response};
use imsdk_types::{Code, Error};

use super::doorbell::Doors;
use super::files::EmbeddedFiles;
use super::{Door, Files, Listener, Token, Transport};

/// See the module.
pub(crate) struct Embedded {
    service: Service<SystemClock>,
    store: SqliteStore,
    doors: Doors,
    files: Arc<EmbeddedFiles>,
    session: Option<Session>,
    queue: Vec<(Token, Request)>,
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
        Ok(Self { service, store, doors, files, session: None, queue: Vec::new() })
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
                calls.push(Call { account, session, what: What::Account });
            }
        }
        for (account, session) in news.sessions {
            calls.push(Call { account, session, what: What::Account });
        }
        for group in news.groups {
            for (account, session) in self.store.group_sessions(group)? {
                calls.push(Call { account, session, what: What::Group(group) });
            }
        }
        calls.retain(|call| Some((call.account, call.session)) != own);
        Ok(calls)
    }

    fn ring(&mut self, calls: &[Call]) {
        for Call { account, session, what } in calls {
            match what {
                What::Account => self.doors.hint(*account, *session),
                What::Group(group) => self.doors.group_hint(*account, *session, *group),
                What::Online(message) => self.doors.online(*account, *session, message),
            }
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
    Account,
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
        if self.queue.is_empty() {
            return Vec::new();
        }
        let queue = std::mem::take(&mut self.queue);
        if let Err(error) = self.store.begin(queue.iter().any(|(_, request)| request.writes())) {
            return queue.into_iter().map(|(token, _)| (token, Err(error.clone()))).collect();
        }
        let before = self.session.clone();
        let mut news = News::default();
        let mut answers = Vec::with_capacity(queue.len());
        let mut logged_out = false;
        for (token, request) in queue {
            logged_out |= matches!(request, Request::Logout { .. });
            answers.push((token, self.answer(request, &mut news)));
        }
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
                self.ring(&calls);
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
