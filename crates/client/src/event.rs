//! What a client reports without being asked.

use std::sync::Arc;

use imsdk_types::{
    ConvEvent, ConvInfo, FriendAddPendency, FriendProfileUpdate, GroupTipsElem, Message,
    MessageReceipt, MsgLocator, NetworkStatus,
};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Messages came in: oldest first within a conversation.
    NewMessages(Vec<Message>),
    /// Conversations changed; empty for start and finish of a sync.
    Conversations(ConvEvent, Vec<ConvInfo>),
    /// Peers have read messages.
    Receipts(Vec<MessageReceipt>),
    /// Messages that are here have changed: how they are now, oldest first.
    Updated(Vec<Message>),
    /// Users became friends: their ids.
    FriendsAdded(Vec<String>),
    /// Users are friends no more: their ids.
    FriendsDeleted(Vec<String>),
    /// What is stored about friends, or their own profiles, changed.
    FriendsUpdated(Vec<FriendProfileUpdate>),
    /// Users ask to become friends.
    FriendRequests(Vec<FriendAddPendency>),
    /// Messages that are here were taken back, by others or on another device of the user.
    Revoked(Vec<MsgLocator>),
    /// A file of a message that is being sent comes along.
    Upload {
        /// The message.
        message: Arc<Message>,
        /// The place of the element in the message, from 0.
        index: u32,
        /// Bytes that are there.
        current: u32,
        /// Bytes in all; the last event of an element has that many.
        total: u32,
    },
    /// A notice to all members of a group, with the generation of the interface that the program is taken to know.
    GroupTips(Box<GroupTipsElem>, u8),
    /// The same user logged in elsewhere on a device of this platform, or the service's owner ended the session.
    KickedOffline,
    /// The signature ran out; this session has ended.
    UserSigExpired,
    /// The link to the service changed.
    Network {
        /// How it is now.
        status: NetworkStatus,
        /// 0, or why it failed.
        code: i32,
        /// The reason in words.
        desc: String,
    },
}

/// Takes the events of a client. Called by the core's thread, which waits meanwhile: implementations queue.
pub trait Events: Send + Sync {
    /// Takes one event.
    fn event(&self, event: Event);
    /// Whether anybody would see a change of a message; saves the work if not.
    fn wants_updates(&self) -> bool {
        true
    }
    /// Whether anybody would see a change of a conversation; saves the work if not.
    fn wants_conversations(&self) -> bool {
        true
    }
}
