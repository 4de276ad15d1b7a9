//! A life: a world in which things happen, and what must be remembered of them to judge how it ends.

use std::collections::{BTreeSet, HashMap};

use imsdk_client::config::Platform;
use imsdk_testkit::{Device, Pending, World, text, text_message};
use imsdk_types::wire::{Conv, ConvKind};
use imsdk_types::{CustomElem, Draft, Elem, Error, Message, MsgDeleteParam, MsgStatus};

use crate::ops::{GROUPS, Op, SLOTS, USERS, What};
use crate::store::{Key, Store, conv, whole};

/// What devices of an account may differ in, and why.
#[derive(Default)]
pub struct Excused {
    /// Messages that a device of the user has deleted: others are not told (DEL-1, DEL-4, CONV-12).
    pub gone: BTreeSet<(usize, Key, String)>,
    /// Conversations in which a device of the user has deleted something: what is unread there is counted where it was deleted.
    pub cut: BTreeSet<(usize, Key)>,
    /// Conversations of which a device of the user has deleted something in the service: another one that has the service's number, and
    /// not the messages, is not told (DEL-4).
    pub taken: BTreeSet<(usize, Key)>,
    /// Groups that the user has not wanted messages from: they left the conversation as it was where the device knew it (OPT-1, RECV-7).
    pub refused: BTreeSet<(usize, Key)>,
    /// Groups that the user has left, or was removed from: the service shows what is new since the last time only (HIST-10).
    pub left: BTreeSet<(usize, Key)>,
    /// Who has ever blocked whom: what is sent then comes to nobody (PERM-2).
    pub blocked: BTreeSet<(usize, usize)>,
    /// Messages that a device has sent itself, by its name and their ids or texts: they are not told there (SEND-5).
    pub own: BTreeSet<(String, String)>,
}

/// A world, its users and their devices.
pub struct Life {
    pub world: World,
    pub stores: Vec<Store>,
    pub excused: Excused,
    /// Messages that were sent, by their ids, in their order.
    pub sent: HashMap<String, usize>,
    /// Those with which their senders noted something.
    pub noted: BTreeSet<String>,
    /// Conversations that were made on a device, or got a draft there: they were active there at that moment.
    pub made: BTreeSet<(usize, Key)>,
    /// How many texts were written.
    written: usize,
}

/// What a program notes with a message for itself.
pub const ONLY_HERE: &str = "only here";

/// What is refused is fine; what breaks is not.
pub fn fine<T>(what: &str, done: Result<T, Error>) -> Option<T> {
    done.map_err(|error| check_code(what, error.code, &error.desc)).ok()
}

pub fn check_code(what: &str, code: i32, desc: &str) {
    // Something broke, or did not come.
    const BROKEN: [i32; 12] =
        [7012, 10002, 20004, 20005, 30006, 40006, 50004, 6012, 7010, 7011, 9519, 9520];
    assert!(!BROKEN.contains(&code), "{what}: {code} {desc}");
}

pub fn c2c(user: usize) -> Key {
    (ConvKind::C2c as u32, USERS[user].to_owned())
}

pub fn group(id: &str) -> Key {
    (ConvKind::Group as u32, id.to_owned())
}

impl Life {
    /// It begins with two devices of each user.
    pub fn begin() -> Self {
        let world = World::new();
        let slots =
            [("pc", Platform::Linux), ("phone", Platform::Android), ("office", Platform::Linux)];
        let stores = (0..USERS.len() * SLOTS).map(|n| {
            let (machine, platform) = slots[n % SLOTS];
            Store::new(n / SLOTS, machine, platform, n % SLOTS < 2)
        });
        let mut life = Self {
            world,
            stores: stores.collect(),
            excused: Excused::default(),
            sent: HashMap::new(),
            noted: BTreeSet::new(),
            made: BTreeSet::new(),
            written: 0,
        };
        for user in 0..USERS.len() {
            for slot in 0..2 {
                life.come(user, slot);
            }
        }
        life
    }

    pub fn store(&self, user: usize, slot: usize) -> &Store {
        &self.stores[user * SLOTS + slot]
    }

    pub fn store_mut(&mut self, user: usize, slot: usize) -> &mut Store {
        &mut self.stores[user * SLOTS + slot]
    }

    /// A device of a user logs in.
    pub fn come(&mut self, user: usize, slot: usize) {
        let sent = self.sent.len();
        let rival = match slot {
            0 => Some(2),
            2 => Some(0),
            _ => None,
        };
        let rival = rival.filter(|rival| self.store(user, *rival).online().is_some());
        self.stores[user * SLOTS + slot].come(&self.world, sent);
        if let Some(rival) = rival {
            self.store(user, rival).yields();
        }
    }

    /// Where something happens.
    pub fn device(&self, op: Op) -> &Device {
        self.store(op.user, op.slot).program()
    }

    /// Everybody has what there is.
    pub fn settle(&self) {
        // What one of them finds may be news to others.
        for _ in 0..2 {
            self.stores.iter().filter_map(Store::online).for_each(Device::sync);
        }
    }

    /// Lets something happen, if it can.
    pub fn run(&mut self, op: Op) {
        match op.what {
            What::Login => return self.come(op.user, op.slot),
            What::Rival => return self.come(op.user, 2),
            What::Stop => return self.store_mut(op.user, op.slot).stop(),
            _ => {}
        }
        // The one that has taken the first one's place does what that one would.
        let slot = match self.store(op.user, op.slot).online() {
            Some(_) => op.slot,
            None => 2,
        };
        if self.store(op.user, slot).online().is_none() {
            return;
        }
        let op = Op { slot, ..op };
        match op.what {
            What::Send | What::SendToGroup | What::SendOnline => {
                let to = self.target(op);
                let message = self.written(op);
                let message = Message { is_online_msg: op.what == What::SendOnline, ..message };
                let pending = self.submit(op, &to, message);
                self.arrived(op, pending);
            }
            What::SendFile => self.send_file(op),
            What::SendBatch => self.send_batch(op),
            What::Burst => self.burst(op),
            What::SendAndStop => {
                for _ in 0..3 {
                    let (to, message) = (self.target(op), self.written(op));
                    // What becomes of it is not heard here.
                    let name = self.store(op.user, op.slot).name().to_owned();
                    self.excused.own.insert((name, text(&message)));
                    self.submit(op, &to, message);
                }
                self.store_mut(op.user, op.slot).stop();
            }
            What::Logout => self.device(op).logout(),
            What::Resend | What::Forward | What::Revoke | What::DeleteHere | What::DeleteList => {
                self.about_message(op);
            }
            What::ClearHistory => self.clear_history(op),
            What::Clear
            | What::DeleteConversation
            | What::Create
            | What::Draft
            | What::Read
            | What::ReadUpTo
            | What::ReadAll
            | What::Look
            | What::Save
            | What::Import => self.about_conversation(op),
            What::FriendAdd
            | What::FriendAnswer
            | What::FriendDelete
            | What::FriendRemark
            | What::FriendGroup
            | What::FriendSeen
            | What::Block
            | What::Unblock
            | What::Profile => self.about_people(op),
            _ => self.about_group(op),
        }
    }

    /// Whom an operation is about.
    pub(crate) fn peer(op: Op) -> usize {
        (op.user + op.second as usize) % USERS.len()
    }

    pub(crate) fn target(&self, op: Op) -> Key {
        let to_group = match op.what {
            What::Send => false,
            What::SendToGroup => true,
            _ => op.pick.is_multiple_of(2),
        };
        match to_group {
            true => group(GROUPS[op.second as usize % GROUPS.len()]),
            false => c2c(Self::peer(op)),
        }
    }

    /// Another text, with what a message may have besides.
    pub(crate) fn written(&mut self, op: Op) -> Message {
        self.written += 1;
        let mut message = text_message(&format!("{} of {}", self.written, USERS[op.user]));
        match op.pick % 12 {
            0 => {
                message.elem_array.push(Elem::Custom(CustomElem {
                    desc: "more".into(),
                    ..CustomElem::default()
                }));
                message.cloud_custom_str = "cloud".into();
            }
            1 => message.is_excluded_from_unread_count = true,
            2 => message.excluded_from_last_message = true,
            3 => message.group_at_user_array = vec![USERS[Self::peer(op)].into()],
            4 => {
                (message.custom_str, message.custom_int) = (ONLY_HERE.into(), self.written as u32);
            }
            _ => {}
        }
        message
    }

    pub(crate) fn submit(
        &mut self,
        op: Op,
        to: &Key,
        mut message: Message,
    ) -> Pending<(Message, Option<Error>)> {
        if to.0 == ConvKind::C2c as u32 {
            message.group_at_user_array.clear();
        }
        let device = self.device(op);
        match conv(to) {
            Conv { kind: ConvKind::Group, id } => device.submit_to_group(&id, message),
            Conv { id, .. } => device.submit(&id, message),
        }
    }

    pub(crate) fn arrived(&mut self, op: Op, pending: Pending<(Message, Option<Error>)>) {
        match pending.wait() {
            (_, Some(error)) => check_code("a send", error.code, &error.desc),
            (message, None) => self.was_sent(op, message),
        }
    }

    pub(crate) fn was_sent(&mut self, op: Op, message: Message) {
        let next = self.sent.len();
        self.sent.entry(message.msg_id.clone()).or_insert(next);
        if message.custom_str == ONLY_HERE {
            self.noted.insert(message.msg_id.clone());
        }
        let name = self.store(op.user, op.slot).name().to_owned();
        self.excused.own.insert((name, message.msg_id));
    }

    /// All who are online send at the same time.
    fn burst(&mut self, op: Op) {
        let mut pending = Vec::new();
        for n in 0..self.stores.len() * 2 {
            let (user, slot) = (n / SLOTS % USERS.len(), n % SLOTS);
            if self.store(user, slot).online().is_none() {
                continue;
            }
            let one = Op { user, slot, ..op };
            let (to, message) = (self.target(one), self.written(one));
            pending.push((one, self.submit(one, &to, message)));
        }
        for (one, answer) in pending {
            self.arrived(one, answer);
        }
    }

    /// A conversation of the device's list.
    fn listed(&self, op: Op) -> Option<Key> {
        let mut list = self.device(op).conversations();
        if list.is_empty() {
            return None;
        }
        let info = list.swap_remove(op.pick as usize % list.len());
        Some((info.kind, info.id))
    }

    /// A message of a conversation that the device shows, and its neighbours.
    fn shown(&self, op: Op) -> Option<(Key, Vec<Message>)> {
        let key = self.listed(op)?;
        let all = whole(self.device(op), &key);
        let at = (op.second as usize).checked_rem(all.len())?;
        Some((key, all.into_iter().skip(at).take(3).collect()))
    }

    fn about_message(&mut self, op: Op) {
        let Some((key, messages)) = self.shown(op) else { return };
        let first = messages[0].clone();
        match op.what {
            What::Resend => {
                let again = whole(self.device(op), &key);
                let failed = again.into_iter().find(|it| it.status == MsgStatus::SendFail as u32);
                let pending = self.submit(op, &key, failed.unwrap_or(first));
                self.arrived(op, pending);
            }
            What::Forward if first.status == MsgStatus::SendSucc as u32 => {
                let forward = Message { is_forward_message: true, ..first };
                let to = self.target(op);
                let pending = self.submit(op, &to, forward);
                self.arrived(op, pending);
            }
            What::Revoke => {
                // One's own more often.
                let own = messages.iter().find(|message| message.is_from_self).unwrap_or(&first);
                let device = self.device(op);
                fine("a revoke", device.call(|c, reply| c.revoke(conv(&key), own.clone(), reply)));
            }
            What::DeleteHere => {
                let param = MsgDeleteParam { msg: Some(Box::new(first.clone())), is_ramble: false };
                let device = self.device(op);
                let done = device.call(|c, reply| c.delete_message(conv(&key), param, reply));
                if fine("a deletion", done).is_some() {
                    self.deleted(op, &key, &[first]);
                }
            }
            What::DeleteList => {
                let list = messages.clone();
                let device = self.device(op);
                let done = device.call(|c, reply| c.delete_messages(conv(&key), list, reply));
                if fine("a deletion", done).is_some() {
                    self.excused.taken.insert((op.user, key.clone()));
                    self.deleted(op, &key, &messages);
                }
            }
            _ => {}
        }
    }

    fn deleted(&mut self, op: Op, key: &Key, messages: &[Message]) {
        self.excused.cut.insert((op.user, key.clone()));
        for message in messages {
            self.excused.gone.insert((op.user, key.clone(), message.msg_id.clone()));
        }
    }

    fn about_conversation(&mut self, op: Op) {
        let device = self.device(op);
        match op.what {
            What::ReadAll => {
                let kind = if op.pick.is_multiple_of(2) { ConvKind::C2c } else { ConvKind::Group };
                let none = String::new();
                fine("reading all", device.call(|c, reply| c.report_read(kind, none, None, reply)));
                return;
            }
            What::Create => {
                let key = self.target(op);
                self.made.insert((op.user, key.clone()));
                let device = self.device(op);
                fine("a conversation", device.call(|c, r| c.create_conversation(conv(&key), r)));
                return;
            }
            _ => {}
        }
        let Some(key) = self.listed(op) else { return };
        match op.what {
            What::Read => {
                let kind = conv(&key).kind;
                fine("reading", device.call(|c, r| c.report_read(kind, key.1, None, r)));
            }
            What::ReadUpTo => {
                let Some((key, messages)) = self.shown(op) else { return };
                let (kind, upto) = (conv(&key).kind, messages.into_iter().next());
                fine("reading up to", device.call(|c, r| c.report_read(kind, key.1, upto, r)));
            }
            What::Look => drop(whole(device, &key)),
            What::Draft => {
                self.made.insert((op.user, key.clone()));
                let device = self.device(op);
                let draft = Draft { user_define: "begun".into(), ..Draft::default() };
                let draft = (!op.second.is_multiple_of(3)).then_some(draft);
                device.client().set_draft(conv(&key), draft);
            }
            What::Save | What::Import => {
                let sender = if op.second.is_multiple_of(2) { op.user } else { Self::peer(op) };
                let server_time = if op.second % 4 < 2 { 1_600_000_000 } else { 0 };
                let sender = USERS[sender].to_owned();
                let message = Message { sender, server_time, ..text_message("only here") };
                if op.what == What::Save {
                    let save = device.call(|c, reply| c.save_message(conv(&key), message, reply));
                    fine("saving", save);
                } else {
                    let list = vec![message.clone(), message];
                    fine("importing", device.call(|c, r| c.import_messages(conv(&key), list, r)));
                }
            }
            What::Clear => {
                self.excused.cut.insert((op.user, key.clone()));
                let param = MsgDeleteParam::default();
                let device = self.device(op);
                fine("clearing", device.call(|c, r| c.delete_message(conv(&key), param, r)));
            }
            What::DeleteConversation => {
                // What it deletes is what it has.
                device.sync();
                let all = whole(device, &key);
                let done = device.call(|c, reply| c.delete_conversation(conv(&key), reply));
                if fine("removing a conversation", done).is_some() {
                    self.excused.taken.insert((op.user, key.clone()));
                    self.deleted(op, &key, &all);
                }
            }
            _ => {}
        }
    }
}
