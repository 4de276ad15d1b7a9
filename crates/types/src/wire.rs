//! What a client and the service say to each other: requests, responses and events.
//!
//! In embedded mode these values are handed over as they are; over a network they travel as JSON.
//! They are not part of the C interface.

mod body;
pub mod file;
pub mod frame;
pub mod friendship;
pub mod group;
pub mod message;
mod names;
mod parts;
pub mod profile;
mod recent;

use serde::{Deserialize, Serialize};

pub use body::{MessageBody, name_mark};
pub use recent::{Mention, RecentConv};

/// The kind of a conversation that the service keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum ConvKind {
    /// One to one.
    C2c = 1,
    /// A group.
    Group = 2,
    /// What the service itself tells the account: one conversation, without an id.
    System = 3,
}

/// A conversation as one account sees it: the peer's user id, or the group id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Conv {
    /// One to one, or a group.
    pub kind: ConvKind,
    /// User id of the peer, or group id.
    pub id: String,
}

impl Conv {
    /// The one-to-one conversation with `user`.
    pub fn c2c(user: impl Into<String>) -> Self {
        Self { kind: ConvKind::C2c, id: user.into() }
    }

    /// The conversation of a group.
    pub fn group(id: impl Into<String>) -> Self {
        Self { kind: ConvKind::Group, id: id.into() }
    }

    /// What the service itself tells the account.
    pub fn system() -> Self {
        Self { kind: ConvKind::System, id: String::new() }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

/// Asks for a session of a user on a device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// The user id.
    pub user: String,
    /// The signature that proves it.
    pub user_sig: String,
    /// The device: a random number that its local store keeps.
    pub device: u64,
    /// The device's platform; two devices of one platform exclude each other.
    pub platform: u8,
    /// Where this device stands in the account's log; `None` for a device without a store.
    pub cursor: Option<u64>,
    /// It takes pages of the log that it has not asked for ([`frame::Pushed`]), where a server has them.
    #[serde(default, skip_serializing_if = "is_false")]
    pub takes_pages: bool,
}

/// A session that the service granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoggedIn {
    /// The account's number inside the service.
    pub account: u64,
    /// Number of this session; a newer one for the same device or platform ends it.
    pub session: u64,
    /// Where to pull from.
    pub cursor: u64,
    /// When the signature runs out, in Unix seconds; `None` if it was not verified.
    pub expires_at: Option<u64>,
    /// The service's clock, in Unix seconds.
    pub server_time: u64,
    /// What lay past the device's cursor is not kept any more: it begins anew.
    #[serde(default)]
    pub resync: bool,
}

/// A message on its way to the service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outgoing {
    /// Where to.
    pub to: Conv,
    /// The sender's clock, in Unix seconds.
    pub client_time: u64,
    /// The sender's random number; with `client_time` the identity of the message.
    pub rand: u32,
    /// The number that the sender gave to a one-to-one message.
    pub seq: u64,
    /// Only for those who are online now; stored nowhere.
    pub online_only: bool,
    /// What the sender wrote.
    pub body: MessageBody,
}

/// The service's answer to a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// When it was accepted, in Unix seconds.
    pub time: u64,
    /// The public sequence number.
    pub seq: u64,
    /// Its place in the conversation: strictly increasing, the same for all who see it. 0 for online-only messages.
    pub order: u64,
    /// The sender's name in the group, as all who get the message see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name_card: String,
}

/// A message as an account receives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivered {
    /// The conversation, as the receiving account sees it.
    pub conv: Conv,
    /// User id of the sender.
    pub sender: String,
    /// The sender's account number.
    pub account: u64,
    /// The sender's platform.
    pub platform: u8,
    /// See [`Accepted::order`].
    pub order: u64,
    /// When it was accepted, in Unix seconds.
    pub time: u64,
    /// The sender's clock, in Unix seconds.
    pub client_time: u64,
    /// The sender's random number.
    pub rand: u32,
    /// The public sequence number.
    pub seq: u64,
    /// Whether it raises the unread number.
    pub counts: bool,
    /// Whether it becomes the last message of the conversation.
    pub becomes_last: bool,
    /// The session that sent it, where that is told: a device knows its own messages by it. Otherwise 0.
    pub origin: u64,
    /// Whether it stands in the history; otherwise `body` is a [`Notice`].
    pub listed: bool,
    /// Whether it was taken back.
    pub revoked: bool,
    /// Whether this account has read it, as far as that is known when it is told.
    #[serde(default, skip_serializing_if = "is_false")]
    pub read: bool,
    /// A [`MessageBody`] as JSON.
    pub body: String,
}

/// One entry of an account's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A message from, or by, this account.
    Message(Delivered),
    /// A peer has read what this account wrote up to a time.
    Receipt {
        /// The reader.
        reader: String,
        /// Messages of the Unix seconds before this one are read.
        time: u64,
        /// And of this second those up to this place; all of them if it is 0.
        #[serde(default)]
        order: u64,
    },
    /// This account has read a conversation on another device.
    Read {
        /// The conversation.
        conv: Conv,
        /// Everything up to this place is read.
        order: u64,
    },
    /// Anything else.
    Notice(Notice),
}

/// What an account must learn besides messages and read marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// About a group.
    Group(group::Notice),
    /// About friends.
    Friendship(friendship::Notice),
    /// About a message that was told before.
    Message(message::Notice),
    /// About a profile.
    Profile(profile::Notice),
}

/// A stretch of an account's log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The entries, oldest first.
    pub events: Vec<Event>,
    /// Where to go on from.
    pub cursor: u64,
    /// More entries are waiting.
    pub more: bool,
    /// The session is no longer valid: another login took its place.
    pub kicked: bool,
    /// What lay past the cursor is not kept any more: the device begins anew.
    #[serde(default)]
    pub resync: bool,
}

/// What a client may ask for once it has a session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Which service this is. Needs no session.
    Service,
    /// Begin a session.
    Login(Login),
    /// End the session.
    Logout {
        /// Where this device stands in the log.
        cursor: u64,
    },
    /// This device has got the log up to a place. It says so now and then, so that the log need not be kept.
    Passed {
        /// The place.
        cursor: u64,
    },
    /// Deliver a message.
    Send(Outgoing),
    /// The log past a cursor.
    Pull {
        /// The cursor.
        after: u64,
        /// Also what this session itself did: its device has lost it.
        own: bool,
    },
    /// A page of a conversation, newest first.
    History {
        /// Which one.
        conv: Conv,
        /// Only messages before this place; `None` for the newest.
        before: Option<u64>,
        /// How many at most.
        count: u32,
    },
    /// The account has read a conversation.
    ReportRead {
        /// Which one.
        conv: Conv,
        /// Up to the message at this Unix second; `None` for all of it.
        time: Option<u64>,
        /// And nothing past this place: what the device does not know, nobody has read.
        upto: Option<u64>,
    },
    /// How many unread messages lie before those that the device has.
    Unread {
        /// The conversation.
        conv: Conv,
        /// The oldest place that the device has.
        before: u64,
        /// To this place all is read as far as the device knows, which may know more than the service.
        #[serde(default, skip_serializing_if = "is_zero")]
        after: u64,
        /// Notices of groups do not count.
        #[serde(default, skip_serializing_if = "is_false")]
        without_tips: bool,
    },
    /// Remove a conversation with its messages from this account's view.
    DeleteConv {
        /// Which one.
        conv: Conv,
        /// The messages up to this place; `None` for all.
        upto: Option<u64>,
    },
    /// The account's conversations, newest first.
    RecentConvs,
    /// The same; in its unread numbers notices of groups do not count.
    RecentConvsWithoutTips,
    /// About groups.
    Group(group::Request),
    /// About friends.
    Friendship(friendship::Request),
    /// About messages that were sent before.
    Message(message::Request),
    /// About profiles.
    Profile(profile::Request),
    /// About contents of files, which travel beside the requests. Only servers answer it.
    File(file::Request),
}

impl Request {
    /// Whether it may change something.
    pub fn writes(&self) -> bool {
        match self {
            Self::Send(outgoing) => !outgoing.online_only,
            Self::Service
            | Self::Pull { .. }
            | Self::History { .. }
            | Self::Unread { .. }
            | Self::RecentConvs
            | Self::RecentConvsWithoutTips
            | Self::File(_) => false,
            Self::Login(_)
            | Self::Logout { .. }
            | Self::Passed { .. }
            | Self::ReportRead { .. }
            | Self::DeleteConv { .. } => true,
            Self::Group(request) => request.writes(),
            Self::Friendship(request) => request.writes(),
            Self::Message(request) => request.writes(),
            Self::Profile(request) => request.writes(),
        }
    }

    /// Whether it may be asked again without harm where nobody knows whether it was done: what changes nothing, what sets a mark that
    /// only moves forward, and a message, which its key makes the same one.
    pub fn may_repeat(&self) -> bool {
        match self {
            Self::Send(outgoing) => !outgoing.online_only,
            Self::Login(_) | Self::Passed { .. } => true,
            Self::ReportRead { time, upto, .. } => time.is_some() || upto.is_some(),
            Self::Group(group::Request::LeaveLive | group::Request::Got(_)) => true,
            _ => !self.writes(),
        }
    }
}

/// The answer to a [`Request`] that succeeded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// To [`Request::Service`]: its number, drawn when it began. What a device keeps is of one service.
    Service(u64),
    /// To [`Request::Login`].
    LoggedIn(LoggedIn),
    /// To [`Request::Send`].
    Accepted(Accepted),
    /// To [`Request::Pull`].
    Page(Page),
    /// To [`Request::History`].
    History {
        /// The messages, newest first: perhaps fewer than were asked for.
        messages: Vec<Delivered>,
        /// There are older ones.
        more: bool,
    },
    /// To [`Request::RecentConvs`] and [`Request::RecentConvsWithoutTips`].
    RecentConvs(Vec<RecentConv>),
    /// To [`Request::ReportRead`]: the account has read everything up to this place.
    Read(u64),
    /// To [`Request::Unread`].
    Unread {
        /// The account has read everything up to this place.
        read_order: u64,
        /// Messages of others between the two places.
        unread: u32,
    },
    /// To [`Request::Group`].
    Group(group::Response),
    /// To [`Request::Friendship`].
    Friendship(friendship::Response),
    /// To [`Request::Profile`].
    Profile(profile::Response),
    /// To [`Request::File`].
    File(file::Response),
    /// To requests that only succeed.
    Done,
}
