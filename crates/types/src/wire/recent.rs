//! Lists of conversations, for devices that have none of them.

use serde::{Deserialize, Serialize};

use super::{Conv, Delivered};

/// A conversation in the service's list for one account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecentConv {
    /// Which one.
    pub conv: Conv,
    /// The account has read everything up to this place.
    pub read_order: u64,
    /// The peer has read everything before this Unix second.
    pub peer_read_time: u64,
    /// And of this second what stands up to this place; all of it if it is 0.
    #[serde(default)]
    pub peer_read_order: u64,
    /// Messages of others past `read_order`.
    pub unread: u32,
    /// The newest message.
    pub last: Option<Delivered>,
    /// In a group: who is mentioned in the messages past `read_order`, the oldest first. Of many messages only the newest are looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mention>,
}

/// A message that mentions the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// See [`Accepted::order`](super::Accepted::order).
    pub order: u64,
    /// When it was accepted, in Unix seconds.
    pub time: u64,
    /// The public sequence number.
    pub seq: u64,
    /// Who is mentioned, a `TIMGroupAtType`.
    pub at_type: u32,
}
