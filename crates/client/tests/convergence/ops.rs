//! What can happen, and how it is drawn from a seed.

use std::fmt;

/// Users of a life.
pub const USERS: [&str; 3] = ["alice", "bob", "carol"];

/// Devices of a user: two that may be online at once, and one of the first one's platform, which takes its place.
pub const SLOTS: usize = 3;

/// Groups that are made, joined, left and made again: of each kind.
pub const GROUPS: [&str; 5] = ["public", "work", "room", "@TGS#_town", "live"];

macro_rules! whats {
    ($($weight:literal $name:ident,)*) => {
        /// Something that a device does. What it is done to is picked from what is there by the numbers of its [`Op`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum What { $($name,)* }

        /// How often each comes.
        const WEIGHTS: &[(u32, What)] = &[$(($weight, What::$name),)*];
    };
}

whats! {
    14 Send,
    14 SendToGroup,
    3 SendOnline,
    3 Burst,
    2 SendAndStop,
    3 SendFile,
    2 SendBatch,
    2 Resend,
    2 Forward,
    6 Revoke,
    3 DeleteHere,
    3 DeleteList,
    2 Clear,
    2 ClearHistory,
    2 DeleteConversation,
    2 Create,
    2 Draft,
    6 Read,
    3 ReadUpTo,
    2 ReadAll,
    3 Look,
    2 Save,
    1 Import,
    7 GroupCreate,
    6 GroupJoin,
    3 GroupQuit,
    3 GroupKick,
    4 GroupInvite,
    2 GroupRole,
    2 GroupMute,
    1 GroupTransfer,
    1 GroupDismiss,
    3 GroupInfo,
    2 GroupOption,
    2 GroupCard,
    3 GroupReceive,
    4 GroupDecide,
    1 GroupSeen,
    4 FriendAdd,
    3 FriendAnswer,
    2 FriendDelete,
    2 FriendRemark,
    2 FriendGroup,
    1 FriendSeen,
    1 Block,
    1 Unblock,
    3 Profile,
    3 Logout,
    3 Stop,
    8 Login,
    2 Rival,
}

/// Something that happens.
#[derive(Clone, Copy)]
pub struct Op {
    /// Who.
    pub user: usize,
    /// On which of the user's devices.
    pub slot: usize,
    /// What.
    pub what: What,
    /// What it is picked by.
    pub pick: u32,
    /// The same for a second thing.
    pub second: u32,
}

impl fmt::Debug for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { user, slot, what, pick, second } = self;
        write!(f, "{}/{slot} {what:?} {pick} {second}", USERS[*user])
    }
}

/// A small generator (SplitMix64): what a seed gives never changes.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

/// What happens in the life of a seed.
pub fn life_of(seed: u64) -> Vec<Op> {
    let mut chance = Chance(seed);
    let count = 30 + chance.below(31);
    (0..count).map(|_| draw(&mut chance)).collect()
}

fn draw(chance: &mut Chance) -> Op {
    let all: u32 = WEIGHTS.iter().map(|(weight, _)| weight).sum();
    let mut at = chance.below(all as usize) as u32;
    let find = |(weight, what): &(u32, What)| match at.checked_sub(*weight) {
        Some(rest) => {
            at = rest;
            None
        }
        None => Some(*what),
    };
    let what = WEIGHTS.iter().find_map(find).expect("one of them");
    Op {
        user: chance.below(USERS.len()),
        // The third one only comes by taking another's place.
        slot: chance.below(2),
        what,
        pick: chance.below(1000) as u32,
        second: chance.below(1000) as u32,
    }
}
