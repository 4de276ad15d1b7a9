//! What the core asks of the service.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use imsdk_service::{DevicePolicy, GroupPolicy, Keys, Policy, RelationPolicy};
use imsdk_types::wire::message::{MessageRef, Request as Edit};
use imsdk_types::wire::{Accepted, Conv, MessageBody, Outgoing, Request, Response};
use imsdk_types::wire::{group, profile};
use imsdk_types::{
    CreateGroupParam, Elem, Error, GroupMemberInfo, GroupModifyMemberInfoParam, Message,
    MsgGetMsgListParam, UserProfileItem, limits,
};
use parking_lot::Mutex;

use super::*;
use crate::Event;
use crate::config::{Callbacks, Platform};
use crate::message::Messages;
use crate::queue::queue;
use crate::transport::{Door, Embedded, Files, Listener};

const APP_ID: u64 = 1;

/// The service, and what was asked of it.
struct Asked {
    service: Embedded,
    /// What happens after it has answered.
    meanwhile: Box<dyn FnMut() + Send>,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Transport for Asked {
    fn submit(&mut self, token: Token, request: Request) {
        self.requests.lock().push(request.clone());
        self.service.submit(token, request);
    }

    fn flush(&mut self) -> Vec<(Token, Result<Response, Error>)> {
        let answers = self.service.flush();
        if !answers.is_empty() {
            (self.meanwhile)();
        }
        answers
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

/// What a program was told.
#[derive(Default)]
struct Told(Mutex<Vec<Event>>);

impl Events for Told {
    fn event(&self, event: Event) {
        self.0.lock().push(event);
    }
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
        Self::start_beside(dir, user, platform, Box::new(|| {}))
    }

    /// The same; something happens beside it.
    fn start_beside(
        dir: &Path,
        user: &str,
        platform: Platform,
        meanwhile: Box<dyn FnMut() + Send>,
    ) -> Self {
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
        core.transport =
            Some(Box::new(Asked { service, meanwhile, requests: Arc::clone(&requests) }));
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

    fn say(&mut self, number: u32) {
        self.send_to(Conv::group("g"), number);
    }

    fn send(&mut self, to: &str, number: u32) -> u64 {
        self.send_to(Conv::c2c(to), number)
    }

    /// Sends a text, and gives its place.
    fn send_to(&mut self, to: Conv, number: u32) -> u64 {
        let body = MessageBody { elems: vec![Elem::text("hello")], ..MessageBody::default() };
        let client_time = now();
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

fn member(user: &str) -> GroupMemberInfo {
    GroupMemberInfo { identifier: user.into(), ..GroupMemberInfo::default() }
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

// OPT-1: what a group says that the user does not want to hear of is in its history, at whatever moment of a new device's beginning it
// comes.
#[test]
fn nothing_is_lost_of_a_group_that_is_not_received_while_a_device_begins() {
    for moment in 0.. {
        let dir = tempfile::tempdir().unwrap();
        let mut owner = Program::start(dir.path(), "owner", Platform::Linux);
        let mut bob = Program::start(dir.path(), "bob", Platform::Linux);
        let group = CreateGroupParam {
            group_id: "g".into(),
            group_name: "g".into(),
            group_member_array: vec![member("bob")],
            ..CreateGroupParam::default()
        };
        owner.ask(Request::Group(group::Request::Create(Box::new(group))));
        bob.command(Command::Hint);
        bob.ask(Request::Group(group::Request::ModifyMember(Box::new(
            GroupModifyMemberInfoParam {
                group_id: "g".into(),
                identifier: "bob".into(),
                modify_flag: 1,
                msg_flag: 1,
                ..GroupModifyMemberInfoParam::default()
            },
        ))));
        bob.command(Command::Logout { reply: Box::new(|done| done.unwrap()) });
        owner.say(1);
        owner.say(2);
        let happened = Arc::new(Mutex::new(false));
        let mut flushes = 0;
        let happens = Arc::clone(&happened);
        let begins = Arc::new(AtomicBool::new(true));
        let going = Arc::clone(&begins);
        let meanwhile = Box::new(move || {
            if flushes == moment && going.load(Ordering::Relaxed) {
                owner.say(3);
                *happens.lock() = true;
            }
            flushes += 1;
        });
        let mut phone = Program::start_beside(dir.path(), "bob", Platform::Android, meanwhile);
        begins.store(false, Ordering::Relaxed);
        phone.command(Command::Call(Box::new(Core::catch_up)));
        let answered = Arc::new(Mutex::new(Vec::new()));
        let listing = Box::new(Messages::new({
            let answered = Arc::clone(&answered);
            Box::new(move |found: Result<Vec<Message>, Error>| *answered.lock() = found.unwrap())
        }));
        let param =
            Box::new(MsgGetMsgListParam { count: 20, is_ramble: true, ..Default::default() });
        phone.command(Command::MessageList { conv: Conv::group("g"), param, listing });
        let said = if *happened.lock() { 3 } else { 2 };
        let found = answered.lock().iter().filter(|it| it.sender == "owner").count();
        assert_eq!(found, said, "after {moment}");
        if said == 2 {
            assert!(moment > 5, "a login takes some");
            return;
        }
    }
}

// RECV-1: what comes in with the end of a session or a program too.
#[test]
fn what_a_program_is_told_as_it_ends_says_who_has_sent_it() {
    let logout = || Command::Logout { reply: Box::new(|done| done.unwrap()) };
    for end in [logout(), Command::Stop] {
        let dir = tempfile::tempdir().unwrap();
        let mut bob = Program::start(dir.path(), "bob", Platform::Linux);
        let mut alice = Program::start(dir.path(), "alice", Platform::Linux);
        let item = UserProfileItem { nick_name: Some("Alice".into()), ..Default::default() };
        alice.ask(Request::Profile(profile::Request::Modify(Box::new(item))));
        alice.send("bob", 1);
        let told = Arc::new(Told::default());
        bob.core.events = Arc::clone(&told) as Arc<dyn Events>;
        assert!(bob.core.accept(Command::Hint));
        bob.core.round(end, &bob.queue);
        assert!(bob.core.session.is_none());
        let told = std::mem::take(&mut *told.0.lock());
        let messages = told.into_iter().filter_map(|event| match event {
            Event::NewMessages(messages) => Some(messages),
            _ => None,
        });
        let name = |message: Message| message.sender_profile.unwrap().nick_name.clone();
        assert_eq!(messages.flatten().map(name).collect::<Vec<_>>(), ["Alice"]);
    }
}

#[test]
fn a_program_ends_also_where_a_defect_meets_its_end() {
    let dir = tempfile::tempdir().unwrap();
    let Program { core, queue, .. } = Program::start(dir.path(), "bob", Platform::Linux);
    let defect = |core: &mut Core| core.request(Request::Service, |_, _| panic!("a defect"));
    core.commands.send(Command::Call(Box::new(defect)));
    core.commands.send(Command::Stop);
    let (end, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        core.run(&queue);
        end.send(()).unwrap();
    });
    ended.recv_timeout(Duration::from_secs(20)).expect("it ends");
}
