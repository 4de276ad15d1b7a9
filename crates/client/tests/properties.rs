//! Random lives of two users with two devices each: whatever they do, in whatever order, what was acknowledged is there once, in
//! the same order everywhere, and the unread numbers are right.

use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text, text_message, texts};
use imsdk_types::Message;
use proptest::prelude::*;

const USERS: [&str; 2] = ["alice", "bob"];
const PLATFORMS: [Platform; 2] = [Platform::Linux, Platform::Android];

/// Something that happens. Devices are numbered: 0 and 1 are alice's, 2 and 3 bob's.
#[derive(Clone, Copy, Debug)]
enum Op {
    /// A device sends some messages without waiting in between.
    Send(usize, usize),
    /// A device of each user sends at the same time.
    Both(usize, usize),
    /// Fetches what is new.
    Sync(usize),
    /// Reads the conversation.
    Read(usize),
    /// Deletes the conversation.
    Delete(usize),
    /// Deletes the newest message for its user.
    Remove(usize),
    /// Takes its user's newest message back.
    Revoke(usize),
    Logout(usize),
    Login(usize),
    /// The program ends without a logout and starts again.
    Crash(usize),
}

fn op() -> impl Strategy<Value = Op> {
    let device = 0..4_usize;
    prop_oneof![
        6 => (device.clone(), 1..4_usize).prop_map(|(device, count)| Op::Send(device, count)),
        3 => (0..2_usize, 2..4_usize).prop_map(|(one, other)| Op::Both(one, other)),
        2 => device.clone().prop_map(Op::Sync),
        4 => device.clone().prop_map(Op::Read),
        2 => device.clone().prop_map(Op::Delete),
        2 => device.clone().prop_map(Op::Remove),
        2 => device.clone().prop_map(Op::Revoke),
        3 => device.clone().prop_map(Op::Logout),
        3 => device.clone().prop_map(Op::Login),
        1 => device.prop_map(Op::Crash),
    ]
}

/// What a device should show.
#[derive(Clone, Default)]
struct View {
    /// Messages that it has, by their number.
    shown: Vec<usize>,
    /// Those of them that had been taken back when it got them.
    empty: Vec<usize>,
    /// It knows that there are messages before this number.
    known: usize,
    /// Log entries that it has taken.
    taken: usize,
    /// It has read the messages before this number.
    read: usize,
}

/// What a user's devices are told.
#[derive(Clone, Copy)]
enum Entry {
    Message(usize),
    /// Read on the device, up to the message before this number.
    Read(usize, usize),
}

/// What the service should know of a user.
#[derive(Clone, Default)]
struct Account {
    log: Vec<Entry>,
    read: usize,
    /// Messages before this number are deleted.
    hidden: usize,
    /// And these.
    removed: Vec<usize>,
}

struct Run {
    world: World,
    devices: Vec<Option<Device>>,
    online: [bool; 4],
    views: [View; 4],
    accounts: [Account; 2],
    /// Every acknowledged message, in order: its sender and its text.
    sent: Vec<(usize, String)>,
    /// Those that were taken back.
    revoked: Vec<usize>,
}

impl Run {
    fn new() -> Self {
        let world = World::new();
        let devices = (0..4).map(|n| Some(world.user(USERS[n / 2], PLATFORMS[n % 2]))).collect();
        Self {
            world,
            devices,
            online: [true; 4],
            views: Default::default(),
            accounts: Default::default(),
            sent: Vec::new(),
            revoked: Vec::new(),
        }
    }

    fn device(&self, n: usize) -> &Device {
        self.devices[n].as_ref().expect("it runs")
    }

    /// The number of the first message that was not sent yet.
    fn head(&self) -> usize {
        self.sent.len()
    }

    fn accepted(&mut self, user: usize, text: String) {
        let number = self.head();
        self.sent.push((user, text));
        for account in &mut self.accounts {
            account.log.push(Entry::Message(number));
        }
    }

    /// A device has what it sent, at once.
    fn keep_own(&mut self, n: usize, number: usize) {
        self.views[n].shown.push(number);
        self.views[n].known = self.views[n].known.max(number + 1);
    }

    /// The device takes what it has not got yet.
    fn sync(&mut self, n: usize) {
        if !self.online[n] {
            return;
        }
        self.device(n).sync();
        self.take(n);
    }

    fn take(&mut self, n: usize) {
        let account = &self.accounts[n / 2];
        let view = &mut self.views[n];
        for entry in &account.log[view.taken..] {
            match *entry {
                Entry::Message(number)
                    if number >= account.hidden
                        && !account.removed.contains(&number)
                        && !view.shown.contains(&number) =>
                {
                    view.shown.push(number);
                    view.known = view.known.max(number + 1);
                    if self.revoked.contains(&number) {
                        view.empty.push(number);
                    }
                }
                Entry::Read(by, upto) if by != n => view.read = view.read.max(upto),
                _ => {}
            }
        }
        view.taken = account.log.len();
    }

    fn next_text(&self, user: usize, n: usize, extra: usize) -> String {
        format!("{}-{}-{n}", USERS[user], self.head() + extra)
    }

    fn send(&mut self, n: usize, count: usize) {
        let user = n / 2;
        let texts: Vec<_> = (0..count).map(|extra| self.next_text(user, n, extra)).collect();
        let pending: Vec<_> = texts
            .iter()
            .map(|text| self.device(n).submit(USERS[1 - user], text_message(text)))
            .collect();
        for (text, answer) in texts.into_iter().zip(pending) {
            assert_eq!(answer.wait().1, None);
            let number = self.head();
            self.accepted(user, text);
            self.keep_own(n, number);
        }
    }

    /// Two devices race; what order it came to, the first one's history tells.
    fn both(&mut self, one: usize, other: usize) {
        const COUNT: usize = 4;
        let racers = [one, other];
        let mut pending = Vec::new();
        for extra in 0..COUNT {
            for n in racers {
                let text = self.next_text(n / 2, n, extra);
                let answer = self.device(n).submit(USERS[1 - n / 2], text_message(&text));
                pending.push(answer);
            }
        }
        for answer in pending {
            assert_eq!(answer.wait().1, None);
        }
        self.device(one).sync();
        let mut newest = texts(&self.device(one).history(USERS[1 - one / 2], 2 * COUNT as u32));
        newest.reverse();
        assert_eq!(newest.len(), 2 * COUNT);
        for n in racers {
            let end = format!("-{n}");
            let own: Vec<_> = newest.iter().filter(|text| text.ends_with(&end)).cloned().collect();
            let wanted: Vec<_> = (0..COUNT).map(|extra| self.next_text(n / 2, n, extra)).collect();
            assert_eq!(own, wanted, "each sender's messages keep their order");
        }
        for text in newest {
            let n = if text.ends_with(&format!("-{one}")) { one } else { other };
            let number = self.head();
            self.accepted(n / 2, text);
            self.keep_own(n, number);
        }
        self.take(one);
    }

    fn run(&mut self, op: Op) {
        match op {
            Op::Send(n, count) if self.online[n] => self.send(n, count),
            Op::Both(one, other) if self.online[one] && self.online[other] => self.both(one, other),
            Op::Sync(n) => self.sync(n),
            Op::Read(n) if self.online[n] => {
                self.sync(n);
                self.device(n).read(USERS[1 - n / 2]);
                let head = self.views[n].known;
                let account = &mut self.accounts[n / 2];
                self.views[n].read = self.views[n].read.max(head);
                if head > account.read {
                    account.read = head;
                    account.log.push(Entry::Read(n, head));
                }
            }
            Op::Delete(n) if self.online[n] => {
                // The other device too, if it is there: it has then got what it will not get any more.
                self.sync(n ^ 1);
                self.sync(n);
                self.device(n).delete_conversation(USERS[1 - n / 2]);
                let known = std::mem::take(&mut self.views[n].known);
                let account = &mut self.accounts[n / 2];
                account.hidden = account.hidden.max(known);
                account.read = account.read.max(known);
                self.views[n].shown.clear();
            }
            Op::Remove(n) if self.online[n] => {
                // As with a whole conversation.
                self.sync(n ^ 1);
                self.sync(n);
                let view = &mut self.views[n];
                let Some(newest) = view.shown.iter().max().copied() else { return };
                view.shown.retain(|number| *number != newest);
                self.accounts[n / 2].removed.push(newest);
                let peer = USERS[1 - n / 2];
                let message = self.device(n).history(peer, 1);
                self.device(n).delete_list(peer, &message).unwrap();
            }
            Op::Revoke(n) if self.online[n] => {
                // Who has the message by now keeps what it says, if it is the sender's own.
                (0..4).for_each(|n| self.sync(n));
                let (user, peer) = (n / 2, USERS[1 - n / 2]);
                let may = |number: &&usize| {
                    self.sent[**number].0 == user && !self.revoked.contains(*number)
                };
                let Some(newest) = self.views[n].shown.iter().filter(may).max().copied() else {
                    return;
                };
                let history = self.device(n).history(peer, 1000);
                let is = |message: &&Message| text(message) == self.sent[newest].1;
                let message = history.iter().find(is).expect("it is shown");
                self.device(n).revoke(peer, message).unwrap();
                self.revoked.push(newest);
            }
            Op::Logout(n) if self.online[n] => {
                // The model must know what came by itself.
                self.sync(n);
                self.device(n).logout();
                self.online[n] = false;
            }
            Op::Login(n) if !self.online[n] => {
                self.device(n).login(USERS[n / 2]).unwrap();
                self.online[n] = true;
                self.sync(n);
            }
            Op::Crash(n) => {
                self.devices[n] = None;
                self.devices[n] = Some(self.world.user(USERS[n / 2], PLATFORMS[n % 2]));
                self.online[n] = true;
                self.sync(n);
            }
            _ => {}
        }
    }

    fn unread(&self, user: usize, shown: &[usize], read: usize) -> u64 {
        let counts = |number: &&usize| {
            **number >= read && self.sent[**number].0 != user && !self.revoked.contains(*number)
        };
        shown.iter().filter(counts).count() as u64
    }

    fn check(&self, device: &Device, user: usize, view: View) {
        let View { mut shown, empty, read, .. } = view;
        shown.sort_unstable();
        let says = |number: &usize| {
            let (sender, text) = &self.sent[*number];
            let gone = *sender != user || empty.contains(number);
            if self.revoked.contains(number) && gone { String::new() } else { text.clone() }
        };
        let wanted: Vec<_> = shown.iter().rev().map(says).collect();
        let peer = USERS[1 - user];
        let history = device.history(peer, 1000);
        assert_eq!(texts(&history), wanted, "history of {}", USERS[user]);
        assert_eq!(
            device.unread(peer),
            self.unread(user, &shown, read),
            "unread of {}",
            USERS[user]
        );
        let is_last = device.conversation(peer).and_then(|info| info.last_msg);
        let ids = |message: &Message| message.msg_id.clone();
        assert_eq!(
            is_last.as_deref().map(ids),
            history.first().map(ids),
            "last of {}",
            USERS[user]
        );
    }

    fn end(&mut self) {
        for n in 0..4 {
            self.run(Op::Login(n));
            self.sync(n);
        }
        for n in 0..4 {
            self.check(self.device(n), n / 2, self.views[n].clone());
            let mut came = texts(&self.device(n).events().messages());
            let count = came.len();
            came.sort_unstable();
            came.dedup();
            assert_eq!(came.len(), count, "a message was reported twice");
        }
        for (user, account) in self.accounts.iter().enumerate() {
            let fresh = self.world.user(USERS[user], Platform::Web);
            fresh.sync();
            let shown = (account.hidden..self.head())
                .filter(|number| !account.removed.contains(number))
                .collect();
            let view =
                View { shown, empty: self.revoked.clone(), read: account.read, ..View::default() };
            self.check(&fresh, user, view);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        // Each is a life of four devices on disk.
        cases: std::env::var("PROPTEST_CASES").map_or(16, |cases| cases.parse().expect("a number")),
        max_shrink_iters: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn everybody_ends_with_the_same_conversation(ops in proptest::collection::vec(op(), 1..30)) {
        let mut run = Run::new();
        for op in ops {
            run.run(op);
        }
        run.end();
    }
}
