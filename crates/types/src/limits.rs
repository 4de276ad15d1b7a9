//! Numeric limits of messages, accounts and conversations. Sizes are in bytes of UTF-8.

/// Longest body of a message: the content of its elements and of what travels with them, without what JSON adds.
pub const MESSAGE_BODY: usize = 12_288;

/// What one request may be in all, as JSON.
pub const PACKET: usize = 1 << 20;

/// Bodies of messages, notices and profiles in one answer of the service: the one that goes beyond is the last.
pub const PAGE_BYTES: usize = 4 << 20;

/// What a server says of a log without being asked, see `wire::frame::Pushed`: entries, and bytes of them as JSON.
pub const PUSHED: usize = 64;
/// See [`PUSHED`].
pub const PUSHED_BYTES: usize = 16 << 10;

/// Users that one request names, where nothing else is said: as many as a user has friends.
pub const USERS: usize = 3000;

/// Devices of an account that the service remembers, if no more of them are logged in.
pub const DEVICES: usize = 64;

/// For how many seconds what a device has not got yet is kept for it in the account's log. One that comes back later begins anew, like a
/// new one: the history stays.
pub const DEVICE_SECONDS: u64 = 30 * 24 * 3600;

/// Levels to which JSON of the application may be nested. Parsers commonly stop at 128: what is accepted can still be read
/// where the library wraps it, as in a conversation's last message.
pub const JSON_LEVELS: usize = 120;

/// Longest user id. User ids are 1 to this many printable ASCII characters.
pub const USER_ID: usize = 32;

/// Longest group id.
pub const GROUP_ID: usize = 48;

/// Longest name of a group.
pub const GROUP_NAME: usize = 30;

/// Longest introduction of a group.
pub const GROUP_INTRODUCTION: usize = 240;

/// Longest notice of a group.
pub const GROUP_NOTIFICATION: usize = 300;

/// Longest picture URL of a group.
pub const GROUP_FACE_URL: usize = 100;

/// Longest name of a member in a group.
pub const NAME_CARD: usize = 50;

/// Users that one call makes members of a group, invites into it or removes from it.
pub const GROUP_BATCH: usize = 500;

/// Memberships of an account in a group that have ended, and of which its devices may still get what was said: the newest.
pub const STAYS: u32 = 16;

/// Groups of which a device tells at a time how far it has come.
pub const GROUP_PLACES: usize = 500;

/// Groups whose profiles one call asks for.
pub const GROUP_INFOS: usize = 50;

/// Custom fields of a group.
pub const GROUP_FIELDS: usize = 10;

/// Custom fields of a member of a group.
pub const MEMBER_FIELDS: usize = 5;

/// Longest name of a custom field of a group or a member.
pub const GROUP_FIELD_KEY: usize = 16;

/// Longest value of a custom field of a group.
pub const GROUP_FIELD_VALUE: usize = 512;

/// Longest value of a custom field of a member.
pub const MEMBER_FIELD_VALUE: usize = 64;

/// Members of a chat room, unless the service is set otherwise.
pub const CHAT_ROOM_MEMBERS: u64 = 10_000;

/// Live groups in which an account is at a time, but for its own: whoever joins one more, or has an own one handed over, leaves the one that
/// was joined first. So a logout leaves all of them.
pub const LIVE_GROUPS: usize = 50;

/// Reports about groups that wait for a user at most, but for those of the last moment.
pub const REPORTS: u64 = 100;

/// How long reports wait at most, in seconds.
pub const REPORT_SECONDS: u64 = 7 * 24 * 3600;

/// For how many seconds more of them wait, for users who are online and behind.
pub const REPORT_RUSH_SECONDS: u64 = 60;

/// Members that one page of a list holds.
pub const MEMBER_PAGE: u32 = 100;

/// Applications and invitations that one page of a list holds at most.
pub const PENDENCY_PAGE: u32 = 50;

/// Invitations that one account decides about, and what else one group is asked. For a new one goes what was decided, then the oldest of
/// whoever has asked the most.
pub const GROUP_REQUESTS: u64 = 1000;

/// The beginning of group ids that the service made.
pub const SERVICE_GROUP_ID: &str = "@TGS#";

/// The beginning of ids of communities.
pub const COMMUNITY_ID: &str = "@TGS#_";

/// A mute time that does not end.
pub const SHUTUP_FOR_EVER: u32 = u32::MAX;

/// Sender of what the service itself says.
pub const SYSTEM_SENDER: &str = "@TIM#SYSTEM";

/// Messages that a history call returns when it does not say how many.
pub const HISTORY_COUNT: u32 = 20;

/// Size of the buffer that a program hands over for a message id or a user id, with its NUL.
pub const ID_BUFFER: usize = 128;

/// Recent conversations that the service keeps for an account.
pub const RECENT_CONVERSATIONS: usize = 100;

/// Receivers of one batch send.
pub const BATCH_RECEIVERS: usize = 500;

/// Messages that are deleted by one call.
pub const DELETED_MESSAGES: usize = 50;

/// The same for programs of generations before 8.
pub const DELETED_MESSAGES_BEFORE: usize = 30;

/// Messages in one merged message.
pub const MERGED_MESSAGES: usize = 300;

/// Lines in the preview of a merged message.
pub const MERGED_PREVIEW_LINES: usize = 5;

/// Characters in one such line.
pub const MERGED_PREVIEW_CHARS: usize = 100;

/// Entries of `message_group_at_user_array`, the one for everybody included.
pub const MENTIONED_USERS: usize = 30;

/// How long after sending a message may be withdrawn, in seconds.
pub const REVOKE_SECONDS: u64 = 120;

/// Largest image or sound.
pub const IMAGE_FILE: u64 = 28 << 20;

/// Largest video or file.
pub const OTHER_FILE: u64 = 100 << 20;

/// Longest nick name, picture URL, signature line and custom field of a profile.
pub const PROFILE_VALUE: usize = 500;

/// Longest location in a profile.
pub const PROFILE_LOCATION: usize = 16;

/// Letters of the name of a custom field, without its prefix.
pub const CUSTOM_KEY: usize = 8;

/// Custom fields of a profile, and of what is stored about a friend.
pub const CUSTOM_FIELDS: usize = 20;

/// What an account's changes of its profile may come to in an hour, as JSON, each counted for every friend who is told.
pub const TOLD_BYTES: u64 = 64 << 20;

/// Friends of a user, unless the service is set otherwise.
pub const FRIENDS: u64 = 3000;

/// Longest remark on a friend.
pub const FRIEND_REMARK: usize = 96;

/// Longest text of a friend request.
pub const FRIEND_WORDING: usize = 120;

/// Letters of the source of a friend request, without its prefix.
pub const FRIEND_SOURCE: usize = 8;

/// Friend requests that wait on one side of an account.
pub const FRIEND_REQUESTS: u64 = 1000;

/// Friend requests of a page that does not say how many.
pub const FRIEND_REQUEST_PAGE: u32 = 100;

/// Friends, or users on a black list, of one page.
pub const FRIEND_PAGE: u32 = 500;

/// Friend groups of a user.
pub const FRIEND_GROUPS: usize = 32;

/// Longest name of a friend group.
pub const FRIEND_GROUP_NAME: usize = 30;

/// Users on a black list.
pub const BLACK_LIST: u64 = 1000;

/// Whether `id` can be the id of a user: 1 to [`USER_ID`] printable ASCII characters.
pub fn is_user_id(id: &str) -> bool {
    (1..=USER_ID).contains(&id.len()) && id.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Whether `id` can be the id of a group: 1 to [`GROUP_ID`] printable ASCII characters.
pub fn is_group_id(id: &str) -> bool {
    (1..=GROUP_ID).contains(&id.len()) && id.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_ids() {
        for id in ["a", "user 1", "@~!", &"x".repeat(32)] {
            assert!(is_user_id(id), "{id}");
        }
        for id in ["", "ä", "a\n", "a\u{7f}", &"x".repeat(33)] {
            assert!(!is_user_id(id), "{id}");
        }
    }
}
