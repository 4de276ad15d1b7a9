//! How costs grow with what is stored: `cargo bench --bench scale`. Each figure at a size and at ten times the size; the
//! last column says how the two stand to each other. What returns as much at both sizes should be near 1, what returns
//! everything near 10.
//!
//! `-- 10` makes all sizes but those of online devices ten times as large; `-- friends members` measures these parts only.

use std::future::Future;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::pin::pin;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use imsdk_client::config::{self, Paths, Platform};
use imsdk_service::RelationPolicy;
use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::store::{AccountStore, Friend, FriendshipStore};
use imsdk_testkit::{APP_ID, Device, Ghost, World, text_message};
use imsdk_types::wire::{Conv, Request};
use imsdk_types::{
    CreateGroupParam, FriendType, GroupGetMemberInfoListParam, GroupType, MsgGetMsgListParam,
};

/// Repetitions of a figure that repeats; the median counts.
const TIMES: usize = 51;

/// Messages of one commit while a store is filled.
const BATCH: usize = 1000;

/// The figures of one size, in an order that does not depend on it.
type Figures = Vec<(&'static str, Duration)>;

fn once<T>(work: impl FnOnce() -> T) -> Duration {
    let begin = Instant::now();
    black_box(work());
    begin.elapsed()
}

fn median<T>(mut work: impl FnMut() -> T) -> Duration {
    let mut all: Vec<_> = (0..TIMES).map(|_| once(&mut work)).collect();
    all.sort_unstable();
    all[TIMES / 2]
}

/// The embedded store is always ready.
fn ready<T>(answer: impl Future<Output = T>) -> T {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => unreachable!("the embedded store never waits"),
    }
}

/// Sends a text to each user, many of them in one commit.
fn send_all<'a>(from: &mut Ghost, users: impl Iterator<Item = &'a str>) {
    for (number, user) in users.enumerate() {
        let outgoing = from.outgoing(user, "A text message of ordinary length, as people write.");
        from.begin(Request::Send(outgoing)).expect("it is accepted");
        if number % BATCH == BATCH - 1 {
            from.commit();
        }
    }
    from.commit();
}

/// Messages of one conversation: those that wait for a login, and pages of the history.
fn messages(count: usize) -> Figures {
    let world = World::new();
    let phone = world.bob();
    phone.logout();
    let mut alice = world.ghost("alice");
    send_all(&mut alice, std::iter::repeat_n("bob", count));
    let login = once(|| phone.login("bob").expect("a login"));
    let received = once(|| phone.sync());
    assert_eq!(phone.unread("alice"), count as u64);
    let newest = median(|| assert_eq!(phone.history("alice", 20).len(), 20));
    let begin = MsgGetMsgListParam {
        count: 20,
        is_forward: true,
        time_begin: 1,
        ..MsgGetMsgListParam::default()
    };
    let oldest = median(|| {
        let page = phone.page("alice", begin.clone()).expect("a page");
        assert_eq!(page.len(), 20);
    });
    let anchor = phone.page("alice", begin).expect("a page").pop();
    let middle = MsgGetMsgListParam {
        count: 10,
        last_msg: anchor.map(Box::new),
        ..MsgGetMsgListParam::default()
    };
    let middle = median(|| {
        assert_eq!(phone.page("alice", middle.clone()).expect("a page").len(), 10);
    });
    let tablet = world.device("tablet", Platform::Android);
    let fresh = once(|| {
        tablet.login("bob").expect("a login");
        tablet.sync();
    });
    let fetched = once(|| tablet.history("alice", 20));
    let read = once(|| phone.read("alice"));
    vec![
        ("login, until it is answered", login),
        ("login, until all has come", login + received),
        ("history, the newest 20", newest),
        ("history, the oldest 20", oldest),
        ("history, 10 before one far back", middle),
        ("login of a new device", fresh),
        ("its first page of 20", fetched),
        ("read report of them all", read),
    ]
}

fn conversations(count: usize) -> Figures {
    let world = World::new();
    let alice = world.alice();
    alice.logout();
    let peers = world.members(count);
    send_all(&mut world.ghost("alice"), peers.iter().map(String::as_str));
    alice.login("alice").expect("a login");
    alice.sync();
    let list = median(|| assert_eq!(alice.conversations().len(), count));
    let first = peers[0].as_str();
    let send = median(|| alice.send(first, "Hello"));
    vec![("conversation list", list), ("send to one of them", send)]
}

fn friends(count: usize) -> Figures {
    let policy = RelationPolicy { max_friends: 10 * count as u64, ..RelationPolicy::default() };
    let world = World::new().with_relations(policy);
    let alice = world.alice();
    let peers = world.members(count + TIMES);
    let (known, new) = peers.split_at(count);
    let mut store = SqliteStore::open(&world.service_dir()).expect("a store");
    let own = ready(store.account("alice")).expect("an answer").expect("her account");
    for user in known {
        let peer = ready(store.account(user)).expect("an answer").expect("an account");
        let friend = Friend {
            peer,
            remark: String::new(),
            add_source: String::new(),
            add_wording: String::new(),
            add_time: 1,
            custom: "{}".into(),
            groups: Vec::new(),
        };
        ready(store.put_friend(own, &friend)).expect("it is kept");
    }
    store.commit().expect("a commit");
    let list = median(|| assert_eq!(alice.friends().len(), count));
    let check = median(|| alice.relation(&known[count / 2], FriendType::Single));
    let mut new = new.iter();
    let add = median(|| alice.add(new.next().expect("one for each"), FriendType::Single));
    vec![("friend list", list), ("check one", check), ("add one", add)]
}

fn member_page(device: &Device, group: &str, next_seq: u64) -> usize {
    let param = GroupGetMemberInfoListParam {
        group_id: group.to_owned(),
        next_seq,
        ..GroupGetMemberInfoListParam::default()
    };
    let page = device.call(|client, reply| client.group_members(param, reply));
    page.expect("a page").info_array.len()
}

fn community(device: &Device) -> String {
    let param = CreateGroupParam {
        group_name: "all".into(),
        group_type: GroupType::Community.bits(),
        ..CreateGroupParam::default()
    };
    device.try_create_group(param).expect("a group")
}

fn members(count: usize) -> Figures {
    let world = World::new();
    let alice = world.alice();
    let users = world.members(count);
    let users: Vec<_> = users.iter().map(String::as_str).collect();
    let group = community(&alice);
    let mut invites = Vec::new();
    for users in users.chunks(100) {
        invites.push(once(|| alice.invite(&group, users).expect("they come")));
    }
    let all = invites.iter().sum();
    let last = invites.pop().unwrap_or_default();
    let page = median(|| assert_eq!(member_page(&alice, &group, 0), 100));
    let far = median(|| assert!(member_page(&alice, &group, count as u64 - 50) >= 50));
    let send = median(|| send_to(&alice, &group, "Hello"));
    vec![
        ("invite all, 100 a call", all),
        ("the last 100 of them", last),
        ("first page of members", page),
        ("last page of members", far),
        ("send, nobody else online", send),
    ]
}

fn send_to(device: &Device, group: &str, text: &str) {
    let (sender, receiver) = std::sync::mpsc::channel();
    let mut message = text_message(text);
    let identity = device.client().identify(&mut message);
    device.client().send(
        Conv::group(group),
        Box::new(message),
        identity,
        Box::new(move |_, error| drop(sender.send(error))),
    );
    assert_eq!(receiver.recv().expect("an answer"), None);
}

/// The argument that makes this program one of many that are online.
const MEMBER: &str = "--member";

/// A program of its own, whose user is online and reports what it is told.
struct Member {
    program: Child,
    says: BufReader<ChildStdout>,
}

impl Member {
    fn start(world: &World, user: &str) -> Self {
        let mut program = Command::new(std::env::current_exe().expect("this program"))
            .args([MEMBER, user])
            .env("IMSDK_DATA_DIR", world.data_dir())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a program");
        let says = BufReader::new(program.stdout.take().expect("its output"));
        Self { program, says }
    }

    /// What the program of [`Member::start`] does, until its input ends.
    fn run(user: &str) {
        let settings =
            config::load(APP_ID, &Paths::default(), &|name| std::env::var_os(name), None);
        let device = Device::start(settings.expect("settings"));
        device.login(user).expect("a login");
        println!("online");
        for text in ["first", "second"] {
            device.events().wait_message(text);
            println!("{text}");
        }
        let _ = std::io::stdin().read_line(&mut String::new());
    }

    fn wait(&mut self, text: &str) {
        let mut line = String::new();
        self.says.read_line(&mut line).expect("a line");
        assert_eq!(line.trim_end(), text);
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        drop(self.program.stdin.take());
        let _ = self.program.wait();
    }
}

fn online(count: usize) -> Figures {
    let world = World::new();
    let alice = world.alice();
    let names: Vec<_> = (0..count).map(|number| format!("user{number}")).collect();
    let mut members: Vec<_> = names.iter().map(|name| Member::start(&world, name)).collect();
    members.iter_mut().for_each(|member| member.wait("online"));
    let group = community(&alice);
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    alice.invite(&group, &names).expect("they come");
    // All know the group when they have heard something in it.
    send_to(&alice, &group, "first");
    members.iter_mut().for_each(|member| member.wait("first"));
    let begin = Instant::now();
    send_to(&alice, &group, "second");
    let answered = begin.elapsed();
    members.iter_mut().for_each(|member| member.wait("second"));
    vec![
        ("send to programs online, answered", answered),
        ("the same, until all have it", begin.elapsed()),
    ]
}

fn report(what: &str, size: usize, measure: fn(usize) -> Figures) {
    for ((name, small), (_, large)) in measure(size).into_iter().zip(measure(10 * size)) {
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "{what:<14} {name:<34} {size:>7}: {:>10.3} ms {:>8}: {:>10.3} ms  x {:.2}",
            ms(small),
            10 * size,
            ms(large),
            ms(large) / ms(small)
        );
    }
}

/// What is measured: its name, the smaller size, and how.
type Part = (&'static str, usize, fn(usize) -> Figures);

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != MEMBER);
    if let Some(user) = arguments.nth(1) {
        return Member::run(&user);
    }
    let factor = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(1);
    let parts: [Part; 5] = [
        ("messages", 10_000 * factor, messages),
        ("conversations", 1000 * factor, conversations),
        ("friends", 1000 * factor, friends),
        ("members", 1000 * factor, members),
        ("online", 10, online),
    ];
    let named = |what: &str| std::env::args().any(|argument| argument == what);
    let all = !parts.iter().any(|(what, ..)| named(what));
    for (what, size, measure) in parts {
        if all || named(what) {
            report(what, size, measure);
        }
    }
}
