//! Who may write to whom.

use imsdk_types::{Code, Error};

use crate::RelationPolicy;
use crate::store::Store;

/// Whom a message reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Both sides.
    Both,
    /// The sender's devices alone: the receiver has blocked the sender, who is not to know.
    Sender,
}

/// PERM-1, PERM-2: whether one account may send a message to another.
///
/// # Errors
/// 20007 for one on the receiver's black list; where only friends may write, 20009 if neither has the other as a friend,
/// 20010 if the receiver does not have the sender, 20011 if the sender does not have the receiver.
pub(crate) async fn may_write<S: Store>(
    store: &mut S,
    policy: &RelationPolicy,
    sender: u64,
    receiver: u64,
) -> Result<Reach, Error> {
    if sender == receiver {
        return Ok(Reach::Both);
    }
    if store.is_blocked(receiver, sender).await? {
        return match policy.hide_blocks {
            true => Ok(Reach::Sender),
            false => Err(Error::from(Code::SvrMsgInPeerBlacklist)),
        };
    }
    if !policy.friends_only {
        return Ok(Reach::Both);
    }
    let known = store.has_friend(receiver, sender).await?;
    let knows = store.has_friend(sender, receiver).await?;
    match (known, knows) {
        (true, true) => Ok(Reach::Both),
        (false, false) => Err(Error::from(Code::SvrMsgBothNotFriend)),
        (false, true) => Err(Error::from(Code::SvrMsgNotPeerFriend)),
        (true, false) => Err(Error::from(Code::SvrMsgNotSelfFriend)),
    }
}
