//! What the core asks of the service.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use imsdk_service::{DevicePolicy, GroupPolicy, Keys, Policy, RelationPolicy};
use imsdk_types::wire::message::{MessageRef, Request as Edit};
use imsdk_types::wire::{Accepted, Conv, MessageBody, Outgoing, Request, Response};
use imsdk_types::{Elem, Error, limits};
use parking_lot::Mutex;

use super::*;
use crate::Event;
use crate::config::{Callbacks, Platform};
use crate::queue::queue;
use crate::transport::{Door, Embedded, Files, Listener};

const APP_ID: u64 = 1;

/// The service, and what was asked of it.
struct Asked {
    service: Embedded,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Transport for Asked {
    fn submit(&mut self, token: Token, request: Request) {
        self.requests.lock().push(request.clone());
        self.service.submit(token, request);
    }

    fn flush(&mut self) -> Vec<(Token, Result<Response, Error>)> {
        self.service.flush()
    }

    fn abandon(&mut self) {
        self.service.abandon();
    }

    fn listen(&mut self, knock: Listener) -> Result<Door, Error> {
        self.service.listen(knock)
    }

    fn files(&self) -> Arc<dyn Files> {
        self.service.files()
    }
}

struct Nobody;

impl Events for Nobody {
    fn event(&self, _: Event) {}
}

/// A core that does what it is told, on the thread of the test.
struct Program {
    core: Core,
    queue: Receiver<Command>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Program {
    /// One that is logged in, on a device that its user has not had before.
    fn start(dir: &Path, user: &str, platform: Platform) -> Self {
        let settings = Settings {
            app_id: APP_ID,
            data_dir: dir.join("data"),
            config_dir: None,
            store_dir: dir.join(platform.name()),
            log_dir: dir.to_owned(),
            platform,
            secret_key: None,
            server: None,
            ca_file: None,
            proxies: Default::default(),
            create_accounts: true,
            relations: RelationPolicy::default(),
            groups: GroupPolicy::default(),
            revoke_seconds: limits::REVOKE_SECONDS,
            api_generation: None,
            callbacks: Callbacks::Auto,
            look: Duration::MAX,
            warnings: Vec::new(),
            #[cfg(feature = "deferred")]
            deferred: false,
        };
        let policy = Policy {
            sdk_app_id: APP_ID,
            keys: Keys::Any,
            devices: DevicePolicy::default(),
            create_accounts: true,
            relations: settings.relations,
            groups: settings.groups,
            revoke_seconds: settings.revoke_seconds,
            file_bytes: u64::MAX,
        };
        let service = Embedded::open(&settings.service_dir(), policy).unwrap();
        let requests = Arc::default();
        let (commands, queue) = queue();
        let shared = Arc::new(Shared::new(&settings));
        let mut core = Core::new(settings, shared, commands, Arc::new(Nobody));
        core.transport = Some(Box::new(Asked { service, requests: Arc::clone(&requests) }));
        let mut program = Self { core, queue, requests };
        let reply = Box::new(|done: Result<(), Error>| done.unwrap());
        let login = Command::Login { user: user.into(), user_sig: "sig".into(), reply };
        program.command(login);
        assert!(program.core.session.is_some());
        program
    }

    fn command(&mut self, command: Command) {
        assert!(self.core.round(command, &self.queue));
    }

    fn ask(&mut self, request: Request) -> Response {
        let answered = Arc::new(Mutex::new(None));
        let answer = Arc::clone(&answered);
        self.command(Command::Call(Box::new(move |core| {
            core.request(request, move |_, done| *answer.lock() = Some(done));
        })));
        answered.lock().take().expect("an answer").unwrap()
    }

    /// Sends a text, and gives its place.
    fn send(&mut self, to: &str, number: u32) -> u64 {
        let body = MessageBody { elems: vec![Elem::text("hello")], ..MessageBody::default() };
        let (to, client_time) = (Conv::c2c(to), now());
        let seq = u64::from(number);
        let outgoing = Outgoing { to, client_time, rand: number, seq, online_only: false, body };
        match self.ask(Request::Send(outgoing)) {
            Response::Accepted(Accepted { order, .. }) => order,
            other => panic!("{other:?}"),
        }
    }

    /// How many requests of a kind there were since this was last asked.
    fn count(&self, is: impl Fn(&Request) -> bool) -> usize {
        std::mem::take(&mut *self.requests.lock()).iter().filter(|request| is(request)).count()
    }

    fn unread(&self, peer: &str) -> u64 {
        self.core.conv_info(&Conv::c2c(peer)).unwrap().unread_num
    }
}

// REV-6: one question for all that one page takes back.
#[test]
fn what_was_withdrawn_before_a_device_came_is_counted_once_for_a_page() {
    const COUNT: u32 = 50;
    let dir = tempfile::tempdir().unwrap();
    let mut bob = Program::start(dir.path(), "bob", Platform::Linux);
    let mut alice = Program::start(dir.path(), "alice", Platform::Linux);
    let places: Vec<u64> = (0..COUNT).map(|number| alice.send("bob", number)).collect();
    bob.command(Command::Hint);
    bob.command(Command::Logout { reply: Box::new(|done| done.unwrap()) });
    let mut phone = Program::start(dir.path(), "bob", Platform::Android);
    assert_eq!(phone.unread("alice"), u64::from(COUNT), "it has the newest, and a number");
    phone.count(|_| true);
    for place in &places[..COUNT as usize - 1] {
        let (conv, message) = (Conv::c2c("bob"), MessageRef::Order(*place));
        alice.ask(Request::Message(Edit::Revoke { conv, message }));
    }
    phone.command(Command::Hint);
    assert_eq!(phone.unread("alice"), 1);
    assert_eq!(phone.count(|request| matches!(request, Request::Unread { .. })), 1);
}
