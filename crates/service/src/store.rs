//! What the rules need from a database.
//!
//! A [`Store`] value is one open unit of work: what its methods write becomes visible and durable together, when its owner
//! commits. The methods are asynchronous for databases behind a network; the embedded ones are always ready.
//! Numbers that a store hands out (accounts, conversations, places in a log) are never used again.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use imsdk_types::wire::ConvKind;
use imsdk_types::{Code, Error};

/// What a list asks of a store that is not far away: one thing after the other, with the answers in the order of the list. Stores behind
/// a network ask for all at once.
macro_rules! one_by_one {
    ($list:expr, $one:pat => $ask:expr) => {
        async move {
            let mut answers = Vec::with_capacity($list.len());
            for $one in $list {
                answers.push($ask.await?);
            }
            Ok(answers)
        }
    };
}

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod edit;
mod friendship;
mod group;
mod hold;
mod profile;
#[cfg(feature = "sqlite")]
pub mod sqlite;

pub use edit::EditStore;
pub use friendship::{Friend, FriendGroup, FriendshipStore, Pendency, Side};
pub use group::{
    Custom, Group, GroupInfo, GroupMember, GroupRequest, GroupRequestStore, GroupStore, Newest,
    Sanction, Stay,
};
pub use hold::{HoldStore, Pulling, Scope, Sending};
pub use profile::ProfileStore;

/// How a store's method answers.
pub type Answer<T> = Result<T, Error>;

/// The answer of a store, or of rules over one, that never waits: the embedded ones.
///
/// # Errors
/// Its own; 7012 if it did want to wait.
pub fn ready<T>(answer: impl Future<Output = Answer<T>>) -> Answer<T> {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => Err(Error::from(Code::SdkInternalError)),
    }
}

/// Where a device stands with the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceState {
    /// Logged out.
    Out = 0,
    /// It has a session (its program may have died since).
    In = 1,
    /// Another device took its place, and it does not know yet.
    Kicked = 2,
}

/// A device of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its number, chosen at random by the device.
    pub device: u64,
    /// Its platform.
    pub platform: u8,
    /// Its newest session.
    pub session: u64,
    /// Where it stands.
    pub state: DeviceState,
    /// It has got the account's log up to this place.
    pub cursor: u64,
    /// When that was, in Unix seconds.
    pub seen: u64,
}

/// What identifies a conversation for all who are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// One to one, or a group.
    pub kind: ConvKind,
    /// The smaller account number, or the group's number.
    pub a: u64,
    /// The larger account number, or 0.
    pub b: u64,
}

impl Place {
    /// The conversation of two accounts (which may be the same one).
    pub fn c2c(one: u64, other: u64) -> Self {
        Self { kind: ConvKind::C2c, a: one.min(other), b: one.max(other) }
    }

    /// The conversation of a group.
    pub fn group(no: u64) -> Self {
        Self { kind: ConvKind::Group, a: no, b: 0 }
    }

    /// What the service tells an account about groups.
    pub fn system(account: u64) -> Self {
        Self { kind: ConvKind::System, a: account, b: 0 }
    }

    /// The other account of a one-to-one conversation.
    pub fn peer_of(&self, account: u64) -> u64 {
        if self.a == account { self.b } else { self.a }
    }
}

/// A conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// Its number.
    pub no: u64,
    /// Place of the newest message; 0 if there is none.
    pub head: u64,
    /// Time of the newest message, in Unix seconds.
    pub time: u64,
}

/// A stored message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its place in the conversation.
    pub order: u64,
    /// When it was accepted, in Unix seconds.
    pub time: u64,
    /// The sender's account.
    pub sender: u64,
    /// The sender's platform.
    pub platform: u8,
    /// The sender's clock (upper half) and random number (lower half): unique for a sender. See [`Message::is_system`].
    pub key: u64,
    /// The public sequence number.
    pub seq: u64,
    /// Whether it counts as unread.
    pub counts: bool,
    /// Whether it becomes the conversation's last message.
    pub becomes_last: bool,
    /// The session that sent it; 0 for what the service wrote itself.
    pub origin: u64,
    /// Whether it stands in the history. A notice of a group that is only told to those who are there does not.
    pub listed: bool,
    /// Whether its sender, or somebody who may, took it back.
    pub revoked: bool,
    /// A `MessageBody` as JSON; a `wire::Notice` if it is not listed.
    pub body: String,
}

/// Set in the keys of messages that the service wrote. Clocks of senders do not come there before 2072.
pub const SYSTEM_KEY: u64 = 3 << 62;

impl Message {
    /// The key of what the service itself writes at a place; `sender` is who brought it about.
    pub fn system_key(conv: u64, order: u64) -> u64 {
        SYSTEM_KEY | (conv << 32) | (order & u64::from(u32::MAX))
    }

    /// Whether the service itself says it.
    pub fn is_system(&self) -> bool {
        self.key & SYSTEM_KEY == SYSTEM_KEY
    }
}

/// Whether a sender's clock leaves the keys of the service alone.
pub fn is_client_time(time: u64) -> bool {
    time < SYSTEM_KEY >> 32
}

/// A message that mentions somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioning {
    /// Its place.
    pub order: u64,
    /// When it was accepted, in Unix seconds.
    pub time: u64,
    /// Its public number.
    pub seq: u64,
    /// Whom it mentions.
    pub names: Vec<String>,
}

impl Mentioning {
    /// So many of the newest messages of a conversation are looked at.
    pub const NEWEST: u32 = 100;

    /// How the list of those who are mentioned begins in a stored body.
    pub const KEY: &str = r#""a":["#;

    /// Bytes of a body from there on that have the whole list.
    pub const BYTES: u32 = 4096;

    /// The names from a body that is read from [`KEY`](Self::KEY) on; none where it is something else.
    pub fn names(body: &str) -> Vec<String> {
        let list = body.get(Self::KEY.len() - 1..).unwrap_or_default();
        let mut list = serde_json::Deserializer::from_str(list).into_iter();
        list.next().and_then(Result::ok).unwrap_or_default()
    }
}

/// How an account stands to a conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// It has read everything up to this place.
    pub read_order: u64,
    /// The time of the newest message it has read, in Unix seconds.
    pub read_time: u64,
    /// Messages up to this place are gone from its view.
    pub hidden: u64,
    /// It has left the group: what lies at this place and past it is not for it. 0 for who has not left.
    pub left_at: u64,
}

/// An entry of an account's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A message.
    Message {
        /// Its conversation.
        conv: u64,
        /// Its place there.
        order: u64,
    },
    /// The peer of a one-to-one conversation has read it.
    Receipt {
        /// The conversation.
        conv: u64,
        /// Messages of the Unix seconds before this one are read.
        time: u64,
        /// And of this second those up to this place; all of them if it is 0, as in entries of before.
        order: u64,
    },
    /// The account has read a conversation.
    Read {
        /// The conversation.
        conv: u64,
        /// Everything up to this place.
        order: u64,
    },
    /// Something else that the account must learn of: a `wire::Notice` as JSON.
    Notice(String),
}

impl Entry {
    /// A receipt as it was stored: its place is a text.
    pub fn receipt(conv: u64, time: u64, order: &str) -> Self {
        Self::Receipt { conv, time, order: order.parse().unwrap_or_default() }
    }
}

/// An entry as it is read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Its place in the log.
    pub seq: u64,
    /// The entry.
    pub entry: Entry,
    /// The conversation it is about; `None` for a notice.
    pub place: Option<Place>,
    /// The session that caused it.
    pub origin: u64,
    /// The message, for an entry about one.
    pub message: Option<Message>,
}

impl Logged {
    /// How long its bodies are.
    pub fn bytes(&self) -> usize {
        let notice = match &self.entry {
            Entry::Notice(body) => body.len(),
            Entry::Message { .. } | Entry::Receipt { .. } | Entry::Read { .. } => 0,
        };
        notice + self.message.as_ref().map_or(0, |message| message.body.len())
    }
}

/// Where a unit of work wrote into the log of an account: past one place, up to another one, and all between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// The account.
    pub account: u64,
    /// The place before the first entry.
    pub after: u64,
    /// The place of the last one.
    pub upto: u64,
}

/// One open unit of work: everything that the rules need. See the module.
pub trait Store:
    HoldStore
    + AccountStore
    + MessageStore
    + EditStore
    + LogStore
    + ProfileStore
    + FriendshipStore
    + GroupStore
    + GroupRequestStore
{
}

impl<S> Store for S where
    S: HoldStore
        + AccountStore
        + MessageStore
        + EditStore
        + LogStore
        + ProfileStore
        + FriendshipStore
        + GroupStore
        + GroupRequestStore
{
}

/// Accounts, their devices and sessions.
pub trait AccountStore: Send {
    /// The account of a user id.
    fn account(&mut self, id: &str) -> impl Future<Output = Answer<Option<u64>>> + Send;
    /// The user id of an account that exists.
    fn account_id(&mut self, account: u64) -> impl Future<Output = Answer<String>> + Send;
    /// The accounts of user ids, in the order of the list.
    fn accounts(
        &mut self,
        ids: &[String],
    ) -> impl Future<Output = Answer<Vec<Option<u64>>>> + Send {
        one_by_one!(ids, id => self.account(id))
    }
    /// The user ids of accounts that exist, in the order of the list.
    fn account_ids(
        &mut self,
        accounts: &[u64],
    ) -> impl Future<Output = Answer<Vec<String>>> + Send {
        one_by_one!(accounts, account => self.account_id(*account))
    }
    /// Makes an account for a user id that has none.
    fn create_account(&mut self, id: &str, now: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// How far any device of the account has come in its log.
    fn delivered(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// Moves [`AccountStore::delivered`] forward; never back.
    fn set_delivered(&mut self, account: u64, seq: u64) -> impl Future<Output = Answer<()>> + Send;

    /// All devices that the account ever logged in on.
    fn devices(&mut self, account: u64) -> impl Future<Output = Answer<Vec<Device>>> + Send;
    /// Writes a device.
    fn put_device(
        &mut self,
        account: u64,
        device: Device,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Forgets a device.
    fn remove_device(
        &mut self,
        account: u64,
        device: u64,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Whether the operator keeps an account from logging in.
    fn is_shut_out(&mut self, account: u64) -> impl Future<Output = Answer<bool>> + Send;
    /// Writes that.
    fn set_shut_out(
        &mut self,
        account: u64,
        shut_out: bool,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Bytes of the files that an account has brought.
    fn file_bytes(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// Adds to them, unless there would be more than `most` then: false, and nothing changes.
    fn add_file_bytes(
        &mut self,
        account: u64,
        bytes: u64,
        most: u64,
    ) -> impl Future<Output = Answer<bool>> + Send;
    /// Takes some of them back.
    fn remove_file_bytes(
        &mut self,
        account: u64,
        bytes: u64,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// A number of this store that hardly any other has.
    fn service_id(&mut self) -> impl Future<Output = Answer<u64>> + Send;
    /// A session number that was never given before.
    fn next_session(&mut self) -> impl Future<Output = Answer<u64>> + Send;
}

/// Conversations, their messages, and how accounts stand to them.
pub trait MessageStore: Send {
    /// A conversation, if it exists.
    fn conversation(
        &mut self,
        place: Place,
    ) -> impl Future<Output = Answer<Option<Conversation>>> + Send;
    /// Conversations, in the order of the list, where they exist.
    fn conversations_at(
        &mut self,
        places: &[Place],
    ) -> impl Future<Output = Answer<Vec<Option<Conversation>>>> + Send {
        one_by_one!(places, place => self.conversation(*place))
    }
    /// A conversation, made if it does not exist, to be appended to.
    fn open_conversation(
        &mut self,
        place: Place,
    ) -> impl Future<Output = Answer<Conversation>> + Send;
    /// The same of several, in the order of the list.
    fn open_conversations(
        &mut self,
        places: &[Place],
    ) -> impl Future<Output = Answer<Vec<Conversation>>> + Send {
        one_by_one!(places, place => self.open_conversation(*place))
    }
    /// Appends a message at `message.order`, which must be the conversation's head + 1.
    /// Returns false, and changes nothing, if the sender's key is taken.
    fn append(&mut self, conv: u64, message: &Message)
    -> impl Future<Output = Answer<bool>> + Send;
    /// The conversation and the message that a sender's key belongs to.
    fn by_key(
        &mut self,
        sender: u64,
        key: u64,
    ) -> impl Future<Output = Answer<Option<(u64, Message)>>> + Send;
    /// Messages with `after < order < before`, newest first: as many as there are, or as are wanted at once.
    fn messages(
        &mut self,
        conv: u64,
        after: u64,
        before: u64,
        most: Most,
    ) -> impl Future<Output = Answer<Part<Message>>> + Send;
    /// Of each of these conversations the newest message past a place that an account has not deleted, in the order of the list. `None`
    /// where there is none, and where the bodies of those before it have more than so many bytes.
    fn newest_visible(
        &mut self,
        account: u64,
        list: &[(u64, u64)],
        bytes: u32,
    ) -> impl Future<Output = Answer<Vec<Option<Message>>>> + Send;
    /// How many messages between two places, of others than `account`, count as unread: neither taken back nor deleted by it.
    /// `without_tips`: nor said by the service itself ([`Message::is_system`]).
    fn unread(
        &mut self,
        conv: u64,
        account: u64,
        between: (u64, u64),
        without_tips: bool,
    ) -> impl Future<Output = Answer<u32>> + Send;
    /// The same of several conversations, each with the place past which it is counted; in the order of the list.
    fn unread_of(
        &mut self,
        account: u64,
        list: &[(u64, u64)],
        without_tips: bool,
    ) -> impl Future<Output = Answer<Vec<u32>>> + Send {
        one_by_one!(list, (conv, after) => {
            self.unread(*conv, account, (*after, u64::MAX), without_tips)
        })
    }
    /// Removes messages of conversations, of each up to a place those that are older than a Unix second. The newest message of a
    /// conversation must stay.
    fn remove_messages(
        &mut self,
        list: &[(u64, u64, u64)],
    ) -> impl Future<Output = Answer<()>> + Send;
    /// The place of the newest message of this Unix second or before; 0 if there is none.
    fn order_at(&mut self, conv: u64, time: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// Messages of others than `account` that mention somebody, of each of several conversations past a place, oldest first: neither
    /// taken back nor deleted by it, and among the [`NEWEST`](Mentioning::NEWEST). In the order of the list, which names none twice.
    fn mentioning(
        &mut self,
        account: u64,
        list: &[(u64, u64)],
    ) -> impl Future<Output = Answer<Vec<Vec<Mentioning>>>> + Send;

    /// How an account stands to a conversation, if it is in it.
    fn member(
        &mut self,
        account: u64,
        conv: u64,
    ) -> impl Future<Output = Answer<Option<Member>>> + Send;
    /// How accounts stand to conversations, in the order of the list.
    fn members_of(
        &mut self,
        list: &[(u64, u64)],
    ) -> impl Future<Output = Answer<Vec<Option<Member>>>> + Send {
        one_by_one!(list, (account, conv) => self.member(*account, *conv))
    }
    /// Writes how an account stands to a conversation.
    fn put_member(
        &mut self,
        account: u64,
        conv: u64,
        member: Member,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Writes how accounts stand to a conversation; none comes twice.
    fn put_members(
        &mut self,
        conv: u64,
        list: &[(u64, Member)],
    ) -> impl Future<Output = Answer<()>> + Send {
        async move {
            for (account, member) in list {
                self.put_member(*account, conv, *member).await?;
            }
            Ok(())
        }
    }
    /// Puts an account into a conversation, if it is not in it.
    fn join(&mut self, account: u64, conv: u64) -> impl Future<Output = Answer<()>> + Send;
    /// The account's conversations, the one with the newest message first.
    fn conversations(
        &mut self,
        account: u64,
        count: u32,
    ) -> impl Future<Output = Answer<Vec<(Place, Conversation, Member)>>> + Send;
}

/// How much is wanted at once: what a store reads beyond that, it does not keep in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Most {
    /// So many rows.
    pub rows: u32,
    /// A row comes only if the bodies of those before it have no more bytes than this. So the first one always comes, however long
    /// it is.
    pub bytes: u32,
}

impl Most {
    /// A single row.
    pub const ONE: Self = Self { rows: 1, bytes: 0 };
}

/// Rows that were read at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<T> {
    /// None is left out between them.
    pub rows: Vec<T>,
    /// There are further ones.
    pub more: bool,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), more: false }
    }
}

/// The logs of accounts.
pub trait LogStore: Send {
    /// Writes an entry into an account's log. `origin` is the session that caused it.
    fn log(
        &mut self,
        account: u64,
        origin: u64,
        entry: Entry,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// The place of the newest entry of an account's log; 0 if it is empty.
    fn log_head(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// The place of the oldest entry of an account's log; 0 if it is empty.
    fn log_tail(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// Removes the entries up to a place, but never the newest.
    fn trim_log(&mut self, account: u64, upto: u64) -> impl Future<Output = Answer<()>> + Send;
    /// Entries with `after < seq <= upto` that `session` did not cause itself, oldest first: as many as there are, or as are wanted
    /// at once.
    fn entries(
        &mut self,
        account: u64,
        after: u64,
        upto: u64,
        session: u64,
        most: Most,
    ) -> impl Future<Output = Answer<Part<Logged>>> + Send;
}
