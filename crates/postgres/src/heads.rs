//! Where conversations between two stand, remembered from one unit of work to the next.
//!
//! A send must know the newest place of its conversation, and that the receiver has not blocked the sender. Where this server's last unit
//! left a conversation is most often where it still is. So a unit whose sends all go to such conversations reads nothing: it assumes that
//! they stand where they were left, that nobody is blocked and that no key is taken, and the first statement that it sends makes sure of
//! that (see `bulk`). If something is otherwise, the unit comes to nothing ([`Failure::Conflict`](crate::Failure)), and is done again by one
//! that reads: the next one of the same store. A send is a single round trip that way.
//!
//! Of the units of one server, one at a time is about a conversation: it has the lease, others wait for it here. Units of other servers meet
//! it at the row's lock. Where servers write to one conversation in turns, the memory of each is often wrong: it is read for a while then.

use std::collections::HashSet;
use std::sync::Arc;

use imsdk_service::store::{Conversation, Newest, Place};
use parking_lot::Mutex;
use quick_cache::sync::Cache;
use tokio::sync::Notify;

/// A conversation, and its newest message that stands in the history.
pub(crate) type Head = (Conversation, Newest);

/// So many units read a conversation to which another server has written.
const READ: u8 = 16;

#[derive(Clone, Copy)]
enum Memory {
    /// As it was left.
    Left(Head),
    /// As it was left, but a unit that assumed so has come to nothing.
    Doubted(Head),
    /// Another server writes to it too. So many units do without a memory.
    Shared(u8),
}

/// See the module.
pub(crate) struct Heads {
    memories: Cache<Place, Memory>,
    leased: Mutex<HashSet<Place>>,
    returned: Notify,
}

impl Heads {
    pub(crate) fn new(remembered: usize) -> Arc<Self> {
        let memories = Cache::new(remembered);
        Arc::new(Self { memories, leased: Mutex::default(), returned: Notify::new() })
    }

    /// Waits until no other unit of this server is about any of these. All are leased at once, so nobody waits who has some.
    pub(crate) async fn lease(self: &Arc<Self>, places: HashSet<Place>) -> Lease {
        loop {
            let mut returned = std::pin::pin!(self.returned.notified());
            // What is returned from now on is heard of.
            returned.as_mut().enable();
            {
                let mut leased = self.leased.lock();
                if places.iter().all(|place| !leased.contains(place)) {
                    leased.extend(places.iter().copied());
                    return Lease { heads: Arc::clone(self), places };
                }
            }
            returned.await;
        }
    }

    /// Where it was left, if nothing speaks against that.
    pub(crate) fn get(&self, place: &Place) -> Option<Head> {
        match self.memories.get(place) {
            Some(Memory::Left(head)) => Some(head),
            _ => None,
        }
    }
}

/// Conversations that one unit of work is about.
pub(crate) struct Lease {
    heads: Arc<Heads>,
    pub(crate) places: HashSet<Place>,
}

impl Lease {
    /// The unit has read one.
    pub(crate) fn read(&self, place: Place, (conv, _): &Head) {
        match self.heads.memories.get(&place) {
            Some(Memory::Left(known) | Memory::Doubted(known)) if known.0.head != conv.head => {
                self.heads.memories.insert(place, Memory::Shared(READ));
            }
            _ => {}
        }
    }

    /// The unit is committed and leaves one so.
    pub(crate) fn leave(&self, place: Place, head: Head) {
        let memory = match self.heads.memories.get(&place) {
            Some(Memory::Shared(left)) if left > 0 => Memory::Shared(left - 1),
            _ => Memory::Left(head),
        };
        self.heads.memories.insert(place, memory);
    }

    /// The unit has assumed something and come to nothing, or has found somebody blocked.
    pub(crate) fn doubt(&self, place: Place) {
        if let Some(head) = self.heads.get(&place) {
            self.heads.memories.insert(place, Memory::Doubted(head));
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let mut leased = self.heads.leased.lock();
        self.places.iter().for_each(|place| {
            leased.remove(place);
        });
        drop(leased);
        self.heads.returned.notify_waiters();
    }
}
