//! What a client reports without being asked.

use imsdk_types::{ConvEvent, ConvInfo, GroupTipsElem, Message, MessageReceipt, NetworkStatus};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// Messages came in: oldest first within a conversation.
    NewMessages(Vec<Message>),
    /// Conversations changed; empty for start and finish of a sync.
    Conversations(ConvEvent, Vec<ConvInfo>),
    /// Peers have read messages.
    Receipts(Vec<MessageReceipt>),
    /// A notice to all members of a group, with the generation of the interface that the program is taken to know.
    GroupTips(Box<GroupTipsElem>, u8),
    /// The same user logged in elsewhere on a device of this platform; this session has ended.
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
    /// Whether anybody would see a change of a conversation; saves the work if not.
    fn wants_conversations(&self) -> bool {
        true
    }
}
