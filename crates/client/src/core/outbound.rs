//! What a round of the core has to tell.

use imsdk_types::wire::{Conv, ConvKind};
use imsdk_types::{ConvInfo, Message, MessageReceipt};

use crate::Event;

/// What is told to the outside once a round is committed.
#[derive(Default)]
pub(crate) struct Outbound {
    /// What the areas report, told before messages.
    pub(crate) events: Vec<Event>,
    pub(crate) messages: Vec<Message>,
    pub(crate) receipts: Vec<MessageReceipt>,
    pub(crate) added: Vec<Conv>,
    pub(crate) updated: Vec<Conv>,
    pub(crate) deleted: Vec<ConvInfo>,
    pub(crate) replies: Vec<Box<dyn FnOnce() + Send>>,
    /// So much of it the local store has for good.
    pub(super) kept: Mark,
}

/// How much was to be told at a moment.
pub(super) type Mark = [usize; 6];

impl Outbound {
    /// Notes a changed conversation, once.
    pub(crate) fn changed(&mut self, conv: &Conv, new: bool) {
        if conv.kind == ConvKind::System {
            // Programs get its messages and know no such conversation.
        } else if new {
            // It may have been taken back and come again.
            if !self.added.contains(conv) {
                self.added.push(conv.clone());
            }
        } else if !self.added.contains(conv) && !self.updated.contains(conv) {
            self.updated.push(conv.clone());
        }
    }

    /// RECV-6: a message that is still to be told is told as it is by now. False if it is none of these.
    pub(crate) fn refresh(&mut self, message: &Message) -> bool {
        let told = self.messages.iter_mut().find(|told| told.msg_id == message.msg_id);
        told.map(|told| *told = message.clone()).is_some()
    }

    /// How much is to be told, for [`Outbound::back_to`].
    pub(crate) fn mark(&self) -> Mark {
        let Self { events, messages, receipts, added, updated, deleted, .. } = self;
        [events.len(), messages.len(), receipts.len(), added.len(), updated.len(), deleted.len()]
    }

    /// Takes back what is to be told since a mark.
    pub(crate) fn back_to(&mut self, mark: Mark) {
        self.events.truncate(mark[0]);
        self.messages.truncate(mark[1]);
        self.receipts.truncate(mark[2]);
        self.added.truncate(mark[3]);
        self.updated.truncate(mark[4]);
        self.deleted.truncate(mark[5]);
    }

    /// Queues the answer of a call.
    pub(crate) fn reply(&mut self, reply: impl FnOnce() + Send + 'static) {
        self.replies.push(Box::new(reply));
    }
}
