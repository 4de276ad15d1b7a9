//! What the rules about friendship need from a database.

use std::future::Future;

use super::{AccountStore, Answer};

/// What an account stores about a friend. "A has B" and "B has A" are two of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Friend {
    /// The friend's account.
    pub peer: u64,
    /// The account's remark.
    pub remark: String,
    /// Where the friend request came from.
    pub add_source: String,
    /// The text that came with it.
    pub add_wording: String,
    /// When they became friends, in Unix seconds.
    pub add_time: u64,
    /// Custom fields: full names with values, as a JSON object; empty for none.
    pub custom: String,
    /// Names of the friend groups that they are in, the oldest group first. Not written by [`FriendshipStore::put_friend`].
    pub groups: Vec<String>,
}

/// A group into which an account sorts its friends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FriendGroup {
    /// Its number.
    pub no: u64,
    /// Its name, unique for the account.
    pub name: String,
}

/// On which side of a friend request an account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// It received the request.
    ComeIn = 0,
    /// It sent the request.
    SendOut = 1,
}

/// A friend request, as one of its sides keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pendency {
    /// The other side.
    pub peer: u64,
    /// Which side this is.
    pub side: Side,
    /// Its place among all changes of the account's requests; rises with each.
    pub seq: u64,
    /// When it was made, in Unix seconds.
    pub time: u64,
    /// Where it comes from.
    pub add_source: String,
    /// The text that came with it.
    pub add_wording: String,
    /// What the sender will call the friend.
    pub remark: String,
    /// The friend group that the sender will put the friend into; empty for none.
    pub group: String,
    /// Whether it was read.
    pub read: bool,
}

/// Friends, friend groups, friend requests and black lists.
pub trait FriendshipStore: AccountStore {
    /// Whether `peer` is in the friend list of `account`.
    fn has_friend(&mut self, account: u64, peer: u64) -> impl Future<Output = Answer<bool>> + Send;
    /// Whether the second of each pair is in the friend list of the first.
    fn have_friends(
        &mut self,
        pairs: &[(u64, u64)],
    ) -> impl Future<Output = Answer<Vec<bool>>> + Send {
        one_by_one!(pairs, (account, peer) => self.has_friend(*account, *peer))
    }
    /// What is stored about a friend.
    fn friend(
        &mut self,
        account: u64,
        peer: u64,
    ) -> impl Future<Output = Answer<Option<Friend>>> + Send;
    /// What an account stores about each of these, in the order of the list.
    fn friends_among(
        &mut self,
        account: u64,
        peers: &[u64],
    ) -> impl Future<Output = Answer<Vec<Option<Friend>>>> + Send {
        one_by_one!(peers, peer => self.friend(account, *peer))
    }
    /// Writes what is stored about a friend, new or known; its groups stay as they are.
    fn put_friend(
        &mut self,
        account: u64,
        friend: &Friend,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Removes the second of each pair from the friend list of the first, and from all groups there. False, in the order of the list,
    /// where there was none.
    fn remove_friends(
        &mut self,
        pairs: &[(u64, u64)],
    ) -> impl Future<Output = Answer<Vec<bool>>> + Send;
    /// Friends with a `peer` past `after`, in its order.
    fn friends(
        &mut self,
        account: u64,
        after: u64,
        count: u32,
    ) -> impl Future<Output = Answer<Vec<Friend>>> + Send;
    /// How many friends an account has; takes the same time for any number.
    fn friend_count(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// Accounts past `after` that have `account` in their friend list, in order.
    fn friend_of(
        &mut self,
        account: u64,
        after: u64,
        count: u32,
    ) -> impl Future<Output = Answer<Vec<u64>>> + Send;

    /// All friend groups of an account, the oldest first.
    fn friend_groups(
        &mut self,
        account: u64,
    ) -> impl Future<Output = Answer<Vec<FriendGroup>>> + Send;
    /// Makes friend groups of names that are free and differ. Their numbers rise with the list.
    fn create_friend_groups(
        &mut self,
        account: u64,
        names: &[String],
    ) -> impl Future<Output = Answer<Vec<u64>>> + Send;
    /// Gives a friend group another name, which must be free.
    fn rename_friend_group(
        &mut self,
        group: u64,
        name: &str,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Removes a friend group; its members stay friends.
    fn delete_friend_group(&mut self, group: u64) -> impl Future<Output = Answer<()>> + Send;
    /// Puts all these friends of `account` into each of these groups of it.
    fn join_friend_groups(
        &mut self,
        account: u64,
        groups: &[u64],
        peers: &[u64],
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Takes all these friends out of each of these groups.
    fn leave_friend_groups(
        &mut self,
        groups: &[u64],
        peers: &[u64],
    ) -> impl Future<Output = Answer<()>> + Send;
    /// The members of each group, in the order of their accounts.
    fn friend_group_members(
        &mut self,
        groups: &[u64],
    ) -> impl Future<Output = Answer<Vec<Vec<u64>>>> + Send;

    /// The newest place that an account's requests have come to; 0 before the first.
    fn pendency_seq(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// A request.
    fn pendency(
        &mut self,
        account: u64,
        side: Side,
        peer: u64,
    ) -> impl Future<Output = Answer<Option<Pendency>>> + Send;
    /// Writes a request, new or known, at the next place; the `seq` given is not looked at.
    fn put_pendency(
        &mut self,
        account: u64,
        pendency: &Pendency,
    ) -> impl Future<Output = Answer<()>> + Send;
    /// Removes requests, each named by an account, its side and its peer. Each that goes moves [`FriendshipStore::pendency_seq`] on.
    /// False, in the order of the list, where there was none.
    fn remove_pendencies(
        &mut self,
        list: &[(u64, Side, u64)],
    ) -> impl Future<Output = Answer<Vec<bool>>> + Send;
    /// Requests with `after < seq < before`, newest first; of both sides without one.
    fn pendencies(
        &mut self,
        account: u64,
        side: Option<Side>,
        after: u64,
        before: u64,
        count: u32,
    ) -> impl Future<Output = Answer<Vec<Pendency>>> + Send;
    /// How many requests an account has on a side.
    fn pendency_count(
        &mut self,
        account: u64,
        side: Side,
    ) -> impl Future<Output = Answer<u64>> + Send;
    /// How many requests that an account received are not read.
    fn unread_pendencies(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
    /// Marks the received requests of this Unix second and before as read. Returns how many were not.
    fn read_pendencies(
        &mut self,
        account: u64,
        time: u64,
    ) -> impl Future<Output = Answer<u64>> + Send;

    /// Whether `peer` is on the black list of `account`.
    fn is_blocked(&mut self, account: u64, peer: u64) -> impl Future<Output = Answer<bool>> + Send;
    /// Whether the second of each pair is on the black list of the first.
    fn are_blocked(
        &mut self,
        pairs: &[(u64, u64)],
    ) -> impl Future<Output = Answer<Vec<bool>>> + Send {
        one_by_one!(pairs, (account, peer) => self.is_blocked(*account, *peer))
    }
    /// Puts accounts on a black list. False, in the order of the list, for one that was there.
    fn block(
        &mut self,
        account: u64,
        peers: &[u64],
    ) -> impl Future<Output = Answer<Vec<bool>>> + Send;
    /// Takes accounts off a black list. False, in the order of the list, for one that was not there.
    fn unblock(
        &mut self,
        account: u64,
        peers: &[u64],
    ) -> impl Future<Output = Answer<Vec<bool>>> + Send;
    /// Accounts on a black list past `after`, in order.
    fn blocked(
        &mut self,
        account: u64,
        after: u64,
        count: u32,
    ) -> impl Future<Output = Answer<Vec<u64>>> + Send;
    /// How many accounts are on a black list.
    fn blocked_count(&mut self, account: u64) -> impl Future<Output = Answer<u64>> + Send;
}
