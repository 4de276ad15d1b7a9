//! The service inside this process, on the SQLite file that all processes of the machine share.

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::{News, Policy, Service, Session, SystemClock};
use imsdk_types::wire::{Request, Response};
use imsdk_types::{Code, Error};

use super::doorbell::Doors;
use super::{Door, Knock, Token, Transport};

/// See the module.
pub(crate) struct Embedded {
    service: Service<SystemClock>,
    store: SqliteStore,
    doors: Doors,
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
        let service = Service::new(SystemClock, policy);
        Ok(Self { service, store, doors, session: None, queue: Vec::new() })
    }

    fn answer(&mut self, request: Request, news: &mut News) -> Result<Response, Error> {
        match (request, &self.session) {
            (Request::Login(login), _) => {
                let granted = ready(self.service.login(&mut self.store, &login, news))?;
                self.session = Some(Session::new(&login, &granted));
                Ok(Response::LoggedIn(granted))
            }
            (_, None) => Err(Error::from(Code::SdkNotLoggedIn)),
            (request, Some(session)) => {
                ready(self.service.handle(&mut self.store, session, request, news))
            }
        }
    }

    fn ring(&mut self, news: News) {
        let own = self.session.as_ref().map(|session| session.session);
        for account in news.accounts {
            for session in self.store.sessions(account).unwrap_or_default() {
                if Some(session) != own {
                    self.doors.hint(account, session);
                }
            }
        }
        for (account, session) in news.sessions {
            self.doors.hint(account, session);
        }
        for (account, message) in news.online {
            for session in self.store.sessions(account).unwrap_or_default() {
                if Some(session) != own {
                    self.doors.online(account, session, &message);
                }
            }
        }
    }
}

fn io_failed(error: std::io::Error) -> Error {
    Error::new(Code::IoOperationFailed, format!("doorbell: {error}"))
}

/// The embedded store answers at once: one poll is enough.
fn ready<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => Err(Error::from(Code::SdkInternalError)),
    }
}

impl Transport for Embedded {
    fn submit(&mut self, token: Token, request: Request) {
        self.queue.push((token, request));
    }

    fn flush(&mut self) -> Vec<(Token, Result<Response, Error>)> {
        if self.queue.is_empty() {
            return Vec::new();
        }
        let before = self.session.clone();
        let mut news = News::default();
        let mut answers = Vec::with_capacity(self.queue.len());
        let mut logged_out = false;
        for (token, request) in std::mem::take(&mut self.queue) {
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
            None => self.store.commit(),
        };
        match committed {
            Ok(()) => {
                self.ring(news);
                if logged_out {
                    self.session = None;
                }
            }
            Err(error) => {
                self.session = before;
                for (_, answer) in &mut answers {
                    *answer = Err(error.clone());
                }
            }
        }
        answers
    }

    fn abandon(&mut self) {
        self.queue.clear();
        self.store.rollback();
    }

    fn listen(&mut self, knock: Box<dyn Fn(Knock) + Send>) -> Result<Door, Error> {
        let session = self.session.as_ref().ok_or_else(|| Error::from(Code::SdkNotLoggedIn))?;
        self.doors.listen(session.account, session.session, knock).map_err(io_failed)
    }
}
