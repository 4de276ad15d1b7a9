//! What a client and the service say to each other: requests, responses and events.
//!
//! In embedded mode these values are handed over as they are; over a network they travel as JSON.
//! They are not part of the C interface.

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
use serde_json::{Map, Value};

use crate::json::is_plain;
use crate::{Elem, Message, Object, OfflinePushConfig, UserProfile};

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

/// The part of a message that its sender wrote and that travels to the receivers unchanged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageBody {
    /// The elements, at least one.
    #[serde(rename = "e")]
    pub elems: Vec<Elem>,
    /// Priority in a group, a `TIMMsgPriority`.
    #[serde(rename = "p", skip_serializing_if = "is_normal")]
    pub priority: u32,
    /// Text of the application that belongs to the message and to no element.
    #[serde(rename = "c", skip_serializing_if = "String::is_empty")]
    pub cloud_custom_str: String,
    /// What a push service shows for it.
    #[serde(rename = "o", skip_serializing_if = "Option::is_none")]
    pub offline_push_config: Option<Box<OfflinePushConfig>>,
    /// Does not raise the unread number.
    #[serde(rename = "u", skip_serializing_if = "is_false")]
    pub is_excluded_from_unread_count: bool,
    /// Does not become the last message of the conversation.
    #[serde(rename = "l", skip_serializing_if = "is_false")]
    pub excluded_from_last_message: bool,
    /// Asks for a receipt of its own.
    #[serde(rename = "r", skip_serializing_if = "is_false")]
    pub need_read_receipt: bool,
    /// Mentioned users.
    #[serde(rename = "a", skip_serializing_if = "Vec::is_empty")]
    pub group_at_user_array: Vec<String>,
    /// User id of the one who took it back; written by the service.
    #[serde(rename = "w", skip_serializing_if = "String::is_empty")]
    pub revoker: String,
    /// The sender's name in the group, which the service writes.
    #[serde(rename = "n", skip_serializing_if = "String::is_empty")]
    pub name_card: String,
    /// See [`name_mark`]; 0 where the sender does not say.
    #[serde(rename = "m", skip_serializing_if = "is_zero")]
    pub name_mark: u64,
    /// Keys that no version of this library knows, passed through.
    #[serde(rename = "x", skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

/// How a [`MessageBody`] of one text begins.
const TEXT: &str = r#"{"e":[{"elem_type":0,"text_elem_content":""#;

impl Default for MessageBody {
    fn default() -> Self {
        Self {
            elems: Vec::new(),
            priority: crate::MsgPriority::Normal as u32,
            cloud_custom_str: String::new(),
            offline_push_config: None,
            is_excluded_from_unread_count: false,
            excluded_from_last_message: false,
            need_read_receipt: false,
            group_at_user_array: Vec::new(),
            revoker: String::new(),
            name_card: String::new(),
            name_mark: 0,
            extra: Map::new(),
        }
    }
}

/// What often follows the elements: nothing, a text of the application that needs no escapes, a name mark.
fn little(rest: &str) -> Option<MessageBody> {
    let mut body = MessageBody::default();
    let mut rest = rest;
    if let Some(more) = rest.strip_prefix(",\"c\":\"") {
        let (cloud, more) = more.split_at(more.find('"')?);
        body.cloud_custom_str = is_plain(cloud).then(|| cloud.to_owned())?;
        rest = &more[1..];
    }
    if let Some(more) = rest.strip_prefix(",\"m\":") {
        let (mark, more) = more.split_at(more.find(|it: char| !it.is_ascii_digit())?);
        body.name_mark = mark.parse().ok().filter(|_| !mark.starts_with('0'))?;
        rest = more;
    }
    (rest == "}").then_some(body)
}

/// A number for the name and the picture of a user (FNV-1a, 32 bits); 0 for one who has neither, of whom messages say nothing. A message
/// carries its sender's, so that whoever knows the sender by another name learns that it has changed.
pub fn name_mark(profile: &UserProfile) -> u64 {
    let UserProfile { nick_name, face_url, .. } = profile;
    if nick_name.is_empty() && face_url.is_empty() {
        return 0;
    }
    let bytes = nick_name.bytes().chain([0]).chain(face_url.bytes());
    u64::from(
        bytes.fold(0x811c_9dc5, |mark: u32, byte| {
            (mark ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        }),
    )
}

impl MessageBody {
    /// From JSON; `None` where that can't be read.
    pub fn read(json: &str) -> Option<Self> {
        Self::read_text(json).or_else(|| serde_json::from_str(json).ok())
    }

    /// The same for most messages, which are one text that needs no escapes, and little else: it takes a fraction of the time. `None` for
    /// others.
    fn read_text(json: &str) -> Option<Self> {
        let text = json.strip_prefix(TEXT)?;
        let (text, rest) = text.split_at(text.find('"')?);
        let rest = rest.strip_prefix("\"}]").filter(|_| is_plain(text))?;
        let body = match (little(rest), rest.strip_prefix(',')) {
            (Some(body), _) => body,
            (None, Some(more)) if more.starts_with('"') => {
                serde_json::from_str(&["{", more].concat()).ok()?
            }
            (None, _) => return None,
        };
        // What has elements twice is none of them.
        body.elems.is_empty().then(|| Self { elems: vec![Elem::text(text)], ..body })
    }

    /// What is left of it once `revoker` has taken it back.
    pub fn revoked_by(self, revoker: &str) -> Self {
        Self {
            elems: Vec::new(),
            cloud_custom_str: String::new(),
            offline_push_config: None,
            revoker: revoker.to_owned(),
            extra: Map::new(),
            ..self
        }
    }

    /// Leaves out what no sender says: what the service writes, keys that a message has of its own under `extra`, where the
    /// sender's files lie, and what an application noted for itself alone.
    pub fn strip(&mut self) {
        self.revoker.clear();
        self.name_card.clear();
        self.extra.retain(|key, _| !Message::has_key(key));
        forget_paths(&mut self.elems);
        Elem::each_url(&mut self.elems, &mut |url| {
            // It would lead everybody else to a file of their own.
            if url.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:")) {
                url.clear();
            }
        });
    }
}

fn forget_paths(elems: &mut [Elem]) {
    for elem in elems {
        match elem {
            Elem::Image(image) => image.orig_path.clear(),
            Elem::Sound(sound) => sound.file_path.clear(),
            Elem::File(file) => file.file_path.clear(),
            Elem::Video(video) => {
                video.video_path.clear();
                video.image_path.clear();
            }
            Elem::Merger(merger) => {
                for message in &mut merger.message_array {
                    forget_paths(&mut message.elem_array);
                    (message.custom_int, message.custom_str) = (0, String::new());
                }
            }
            _ => {}
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_zero(value: &u64) -> bool {
    *value == 0
}

fn is_normal(priority: &u32) -> bool {
    *priority == crate::MsgPriority::Normal as u32
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileElem, MergerElem};

    #[test]
    fn a_body_of_one_text_is_read_like_any_other() {
        let texts =
            ["", "hi", "grüß \u{1f600} {[,:]}", "a \"quote\"", "a\\b", "two\nlines", "\u{7f}"];
        let mut quick = 0;
        let more = [("", 0), ("", 7), ("{\"c\":1}", 0), ("c", 7)];
        for (text, (cloud, name_mark)) in texts.iter().flat_map(|text| more.map(|it| (text, it))) {
            let body = MessageBody {
                elems: vec![Elem::text(*text)],
                cloud_custom_str: cloud.into(),
                name_mark,
                ..MessageBody::default()
            };
            let json = serde_json::to_string(&body).unwrap();
            quick += u32::from(MessageBody::read_text(&json).is_some());
            assert_eq!(MessageBody::read(&json), Some(body), "{json}");
        }
        assert_eq!(quick, 16, "all whose first text needs no escapes");
        let little = |rest: &str| super::little(rest).is_some();
        assert!(
            ["}", ",\"c\":\"c\"}", ",\"m\":7}", ",\"c\":\"c\",\"m\":7}"].into_iter().all(little)
        );
        let ends = r#" " "} "}] "}], "}],} "}]}} "},{}]} "}],"e":[{}]} "}],"c":1} ","x":1}]}  "}],"p":2,"y":[]} "}],"m":} "}],"m":01} "}],"m":-1} "}],"m":1}} "}],"m":99999999999999999999} "}],"c":"c} "}],"c":"\"} "}],"c":"c","c":"d"} "}],"m":1,"c":"c"} "}],"m":1,"m":1} "}],"c":"c","m":1,"p":2} \n"}]} \x"}]}"#;
        for end in ends.split(' ').chain(["\"}] }", "\"}]} ", "\u{1}\"}]}"]) {
            let json = format!("{TEXT}hi{end}");
            assert_eq!(MessageBody::read(&json), serde_json::from_str(&json).ok(), "{json}");
        }
    }

    #[test]
    fn what_no_sender_says_is_left_out_at_any_depth() {
        let file = |path: &str| {
            Elem::File(FileElem {
                file_path: path.into(),
                file_name: "name".into(),
                url: format!("FILE://{path}"),
                ..Default::default()
            })
        };
        let merged = |elem| {
            let message =
                Message { elem_array: vec![elem], custom_str: "mine".into(), ..Message::default() };
            Elem::Merger(Box::new(MergerElem {
                message_array: vec![message],
                ..Default::default()
            }))
        };
        let mut body = MessageBody {
            elems: vec![file("/home/me/a"), merged(merged(file("/home/me/b")))],
            revoker: "somebody".into(),
            name_card: "somebody".into(),
            ..MessageBody::default()
        };
        for key in ["message_sender", "message_offlie_push_config", "message_of_tomorrow"] {
            body.extra.insert(key.into(), "somebody".into());
        }
        body.strip();
        let text = format!("{:?}", body.elems);
        assert!(!text.contains("/home/me") && !text.contains("mine") && text.contains("name"));
        assert_eq!((body.revoker.as_str(), body.name_card.as_str()), ("", ""));
        assert_eq!(body.extra.keys().collect::<Vec<_>>(), ["message_of_tomorrow"]);
    }
}
