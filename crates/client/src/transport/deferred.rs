//! The service inside this process, answering as one that is far away does: later, from another thread. For tests.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossbeam_channel::{Sender, unbounded};
use imsdk_types::wire::{Request, Response};
use imsdk_types::{Code, Error};
use parking_lot::Mutex;

use super::{Door, Embedded, Files, Listener, Token, Transport};
use crate::client::Command;
use crate::queue;

/// How far away it is. Enough for what a program does at the same time to come in between.
const WAY: Duration = Duration::from_micros(500);

/// See the module.
pub(crate) struct Deferred {
    inner: Arc<Mutex<Embedded>>,
    queue: Vec<(Token, Request)>,
    way: Option<Sender<Vec<(Token, Request)>>>,
    thread: Option<JoinHandle<()>>,
}

impl Deferred {
    /// Puts a way between the core and the service.
    ///
    /// # Errors
    /// 7001 if no thread can be started.
    pub(crate) fn start(inner: Embedded, commands: queue::Sender<Command>) -> Result<Self, Error> {
        let inner = Arc::new(Mutex::new(inner));
        let (way, requests) = unbounded::<Vec<(Token, Request)>>();
        let service = Arc::clone(&inner);
        let thread = thread::Builder::new()
            .name("im-deferred".into())
            .spawn(move || {
                for batch in requests {
                    thread::sleep(WAY);
                    let answers = {
                        let mut service = service.lock();
                        batch
                            .into_iter()
                            .for_each(|(token, request)| service.submit(token, request));
                        service.flush()
                    };
                    for (token, answer) in answers {
                        commands.send(Command::Answer(token, Box::new(answer)));
                    }
                }
            })
            .map_err(|error| Error::new(Code::SdkInternalError, error.to_string()))?;
        Ok(Self { inner, queue: Vec::new(), way: Some(way), thread: Some(thread) })
    }
}

impl Transport for Deferred {
    fn submit(&mut self, token: Token, request: Request) {
        self.queue.push((token, request));
    }

    fn flush(&mut self) -> Vec<(Token, Result<Response, Error>)> {
        if !self.queue.is_empty()
            && let Some(way) = &self.way
        {
            let _ = way.send(std::mem::take(&mut self.queue));
        }
        Vec::new()
    }

    fn answers_later(&self) -> bool {
        true
    }

    fn has_changed(&mut self) -> bool {
        self.inner.lock().has_changed()
    }

    fn abandon(&mut self) {
        self.queue.clear();
    }

    fn listen(&mut self, knock: Listener) -> Result<Door, Error> {
        self.inner.lock().listen(knock)
    }

    fn files(&self) -> Arc<dyn Files> {
        self.inner.lock().files()
    }
}

impl Drop for Deferred {
    /// What is on its way arrives.
    fn drop(&mut self) {
        self.way = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
