//! What every [`Store`] must do, written once.
//!
//! A store's tests implement [`Subject`] and call [`store_conformance!`](crate::store_conformance), which makes one test of each
//! case here. A case fails by a panic.

mod friendship;
mod group;

use std::future::Future;

pub use friendship::*;
pub use group::*;

use imsdk_types::wire::ConvKind;

use super::{
    AccountStore, Answer, Conversation, Device, DeviceState, EditStore, Entry, GroupStore,
    LogStore, Logged, Member, Message, MessageStore, Most, Part, Place, SYSTEM_KEY, Store,
};

/// More than any test has.
pub const UNBOUNDED: Most = Most { rows: u32::MAX, bytes: u32::MAX };

/// A database to test: fresh and empty when it is made.
pub trait Subject: Send + Sync {
    /// Its store.
    type Store: Store;
    /// A unit of work over the same data as all others of this subject, as another process would open it.
    fn open(&self) -> impl Future<Output = Self::Store> + Send;
    /// Makes what was written visible and durable. The store can be used on.
    fn commit(&self, store: &mut Self::Store) -> impl Future<Output = Answer<()>> + Send;
    /// Takes back what was written. The store can be used on.
    fn rollback(&self, store: &mut Self::Store) -> impl Future<Output = ()> + Send;
}

/// Makes the tests: `store_conformance!(block_on, subject)`, with a function that runs a future to its end and an expression
/// that makes a fresh [`Subject`].
#[macro_export]
macro_rules! store_conformance {
    ($block_on:path, $subject:expr) => {
        $crate::store_conformance!(@cases $block_on, $subject;
            accounts_are_made_once_and_keep_their_number,
            delivered_only_rises,
            devices_are_written_and_replaced,
            accounts_are_shut_out_and_let_in_again,
            sessions_are_never_given_twice,
            conversations_are_found_by_their_place,
            messages_are_appended_and_read_newest_first,
            old_messages_are_removed_up_to_a_place,
            a_key_is_unique_for_its_sender,
            numbers_keep_all_their_bits,
            unread_counts_what_others_sent_and_what_counts,
            unread_leaves_out_notices_if_asked_to,
            order_at_finds_the_newest_of_a_second_or_before,
            members_join_once_and_keep_their_marks,
            withdrawn_messages_keep_their_place_and_lose_their_body,
            deleted_messages_are_of_one_account,
            conversations_are_listed_newest_first,
            logs_are_separate_and_rise,
            logs_are_trimmed_from_the_old_end,
            entries_come_with_their_message_and_without_ones_own,
            entries_come_until_their_bodies_are_long_enough,
            work_is_visible_to_itself_and_to_others_once_committed,
            rollback_takes_everything_back,
            numbers_of_a_unit_that_was_taken_back_do_no_harm,
            profiles_are_written_and_replaced,
            friends_are_counted_listed_and_found_from_both_ends,
            friend_groups_hold_friends_until_they_go,
            requests_rise_with_every_change_and_are_read_once,
            black_lists_are_of_one_account,
            rollback_takes_friends_and_their_number_back,
            groups_are_found_changed_and_removed,
            group_members_are_listed_in_their_order,
            memberships_are_listed_with_what_rings,
            sanctions_are_kept_for_members_and_others,
            pendencies_are_seen_by_those_who_decide,
            what_is_not_listed_is_no_history,
        );
    };
    (@cases $block_on:path, $subject:expr; $($case:ident,)+) => {
        $(
            #[test]
            fn $case() {
                $block_on($crate::store::conformance::$case(&$subject));
            }
        )+
    };
}

const NOW: u64 = 1_600_000_000;

fn message(order: u64, sender: u64, key: u64) -> Message {
    Message {
        order,
        time: NOW + order,
        sender,
        platform: 6,
        key,
        seq: key & 0xffff,
        counts: true,
        becomes_last: true,
        origin: 3,
        listed: true,
        revoked: false,
        body: format!("{{\"n\":{key}}}"),
    }
}

/// Two accounts with a conversation of `count` messages, all by the first, with the order as key.
async fn conversation<S: Store>(store: &mut S, count: u64) -> (u64, u64, Conversation) {
    let one = store.create_account("one", NOW).await.unwrap();
    let two = store.create_account("two", NOW).await.unwrap();
    let conv = store.open_conversation(Place::c2c(one, two)).await.unwrap();
    for order in 1..=count {
        assert!(store.append(conv.no, &message(order, one, order)).await.unwrap());
    }
    (one, two, conv)
}

async fn orders<S: Store>(
    store: &mut S,
    conv: u64,
    after: u64,
    before: u64,
    count: u32,
) -> Vec<u64> {
    let page = store.messages(conv, after, before, count).await.unwrap();
    page.iter().map(|message| message.order).collect()
}

/// Accounts are made once and keep their number.
pub async fn accounts_are_made_once_and_keep_their_number<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    assert_eq!(store.account("one").await.unwrap(), None);
    let one = store.create_account("one", NOW).await.unwrap();
    let two = store.create_account("two", NOW).await.unwrap();
    assert!(one > 0 && two > 0 && one != two);
    assert!(one < 1 << 57, "room for the number that message ids add");
    assert!(store.create_account("one", NOW).await.is_err(), "an id has one account");
    subject.rollback(&mut store).await;

    let one = store.create_account("one", NOW).await.unwrap();
    let upper = store.create_account("One", NOW).await.unwrap();
    assert_ne!(one, upper, "ids differ by case");
    subject.commit(&mut store).await.unwrap();
    let mut other = subject.open().await;
    assert_eq!(other.account("one").await.unwrap(), Some(one));
    assert_eq!(other.account_id(one).await.unwrap(), "one");
    assert_eq!(other.account_id(upper).await.unwrap(), "One");
    assert_eq!(store.account("two").await.unwrap(), None, "it was taken back");
    assert!(other.account_id(999_999).await.is_err());
}

/// Delivered only rises.
pub async fn delivered_only_rises<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let one = store.create_account("one", NOW).await.unwrap();
    assert_eq!(store.delivered(one).await.unwrap(), 0);
    store.set_delivered(one, 7).await.unwrap();
    store.set_delivered(one, 3).await.unwrap();
    assert_eq!(store.delivered(one).await.unwrap(), 7);
    subject.commit(&mut store).await.unwrap();
    assert_eq!(subject.open().await.delivered(one).await.unwrap(), 7);
}

/// Devices are written and replaced.
pub async fn devices_are_written_and_replaced<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let one = store.create_account("one", NOW).await.unwrap();
    let two = store.create_account("two", NOW).await.unwrap();
    assert!(store.devices(one).await.unwrap().is_empty());
    // A device's number is chosen at random: all 64 bits.
    let device = |device, session, state| Device {
        device,
        platform: 6,
        session,
        state,
        cursor: session * 1000,
        seen: NOW + session,
    };
    store.put_device(one, device(u64::MAX, 1, DeviceState::In)).await.unwrap();
    store.put_device(one, device(2, 2, DeviceState::Kicked)).await.unwrap();
    store.put_device(two, device(2, 3, DeviceState::In)).await.unwrap();
    store.put_device(one, device(u64::MAX, 4, DeviceState::Out)).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut found = subject.open().await.devices(one).await.unwrap();
    found.sort_by_key(|device| device.device);
    assert_eq!(found, [device(2, 2, DeviceState::Kicked), device(u64::MAX, 4, DeviceState::Out)]);
    let mut store = subject.open().await;
    store.remove_device(one, 2).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let left = subject.open().await.devices(one).await.unwrap();
    assert_eq!(left, [device(u64::MAX, 4, DeviceState::Out)]);
    assert_eq!(subject.open().await.devices(two).await.unwrap().len(), 1, "of another account");
}

/// An account is shut out until it is let in again, and no other is.
pub async fn accounts_are_shut_out_and_let_in_again<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let one = store.create_account("one", NOW).await.unwrap();
    let two = store.create_account("two", NOW).await.unwrap();
    assert!(!store.is_shut_out(one).await.unwrap());
    store.set_shut_out(one, true).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut store = subject.open().await;
    assert!(store.is_shut_out(one).await.unwrap() && !store.is_shut_out(two).await.unwrap());
    store.set_shut_out(one, false).await.unwrap();
    assert!(!store.is_shut_out(one).await.unwrap());
}

/// Both count, the place and the time; what is left goes on where it was.
pub async fn old_messages_are_removed_up_to_a_place<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let account = store.create_account("one", NOW).await.unwrap();
    let conv = store.open_conversation(Place::system(account)).await.unwrap();
    let other = store.open_conversation(Place::c2c(account, account)).await.unwrap();
    for order in 1..=6 {
        assert!(store.append(conv.no, &message(order, account, order)).await.unwrap());
        assert!(store.append(other.no, &message(order, account, 100 + order)).await.unwrap());
    }
    store.remove_messages(conv.no, 4, NOW + 3).await.unwrap();
    store.remove_messages(conv.no, 1, u64::MAX >> 1).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut store = subject.open().await;
    let left = |rows: Vec<Message>| rows.iter().map(|row| row.order).collect::<Vec<_>>();
    assert_eq!(left(store.messages(conv.no, 0, u64::MAX, 9).await.unwrap()), [6, 5, 4, 3]);
    assert_eq!(left(store.messages(other.no, 0, u64::MAX, 9).await.unwrap()).len(), 6);
    let conv = store.open_conversation(Place::system(account)).await.unwrap();
    assert_eq!((conv.head, conv.time), (6, NOW + 6));
    assert!(store.append(conv.no, &message(7, account, 7)).await.unwrap());
}

/// What is left keeps its places, the newest entry stays, and the next one comes after it.
pub async fn logs_are_trimmed_from_the_old_end<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let one = store.create_account("one", NOW).await.unwrap();
    let two = store.create_account("two", NOW).await.unwrap();
    assert_eq!(store.log_tail(one).await.unwrap(), 0);
    for account in [one, two] {
        for n in 0..5 {
            store.log(account, 0, Entry::Notice(format!("{n}"))).await.unwrap();
        }
    }
    store.trim_log(one, 2).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut store = subject.open().await;
    assert_eq!(store.log_tail(one).await.unwrap(), 3);
    let left = store.entries(one, 0, u64::MAX >> 1, 9, UNBOUNDED).await.unwrap().rows;
    assert_eq!(left.iter().map(|row| row.seq).collect::<Vec<_>>(), [3, 4, 5]);
    assert_eq!(store.log_tail(two).await.unwrap(), 1);
    store.trim_log(one, 99).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut store = subject.open().await;
    assert_eq!((store.log_tail(one).await.unwrap(), store.log_head(one).await.unwrap()), (5, 5));
    store.log(one, 0, Entry::Notice("next".into())).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    assert_eq!(subject.open().await.log_head(one).await.unwrap(), 6);
}

/// Sessions are never given twice.
pub async fn sessions_are_never_given_twice<T: Subject>(subject: &T) {
    let mut given = Vec::new();
    for _ in 0..3 {
        let mut store = subject.open().await;
        given.push(store.next_session().await.unwrap());
        given.push(store.next_session().await.unwrap());
        subject.commit(&mut store).await.unwrap();
    }
    assert!(given.is_sorted_by(|one, next| one < next), "{given:?}");
}

/// Conversations are found by their place.
pub async fn conversations_are_found_by_their_place<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let one = store.create_account("one", NOW).await.unwrap();
    let two = store.create_account("two", NOW).await.unwrap();
    let place = Place::c2c(two, one);
    assert_eq!(place, Place::c2c(one, two));
    assert_eq!(store.conversation(place).await.unwrap(), None);
    let opened = store.open_conversation(place).await.unwrap();
    assert_eq!((opened.head, opened.time), (0, 0));
    assert_eq!(store.open_conversation(place).await.unwrap(), opened);
    let own = store.open_conversation(Place::c2c(one, one)).await.unwrap();
    let group = Place { kind: ConvKind::Group, a: place.a, b: place.b };
    let group = store.open_conversation(group).await.unwrap();
    assert!(own.no != opened.no && group.no != opened.no && group.no != own.no);
    subject.commit(&mut store).await.unwrap();
    assert_eq!(subject.open().await.conversation(place).await.unwrap(), Some(opened));
}

/// Messages are appended and read newest first.
pub async fn messages_are_appended_and_read_newest_first<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 5).await;
    let place = Place::c2c(one, two);
    let head = Conversation { head: 5, time: NOW + 5, ..conv };
    assert_eq!(store.conversation(place).await.unwrap(), Some(head), "within the unit");
    subject.commit(&mut store).await.unwrap();

    let mut other = subject.open().await;
    assert_eq!(other.conversation(place).await.unwrap(), Some(head));
    assert_eq!(other.open_conversation(place).await.unwrap(), head);
    assert_eq!(orders(&mut other, conv.no, 0, u64::MAX, 10).await, [5, 4, 3, 2, 1]);
    assert_eq!(orders(&mut other, conv.no, 0, u64::MAX, 2).await, [5, 4]);
    assert_eq!(orders(&mut other, conv.no, 0, 4, 2).await, [3, 2]);
    assert_eq!(orders(&mut other, conv.no, 2, 5, 10).await, [4, 3]);
    assert_eq!(orders(&mut other, conv.no, 5, u64::MAX, 10).await, [0; 0]);
    assert_eq!(orders(&mut other, conv.no, 0, u64::MAX, 0).await, [0; 0]);
    assert_eq!(orders(&mut other, conv.no + 1_000, 0, u64::MAX, 10).await, [0; 0]);
    let all = other.messages(conv.no, 2, 4, 10).await.unwrap();
    assert_eq!(all, [message(3, one, 3)], "every field comes back");
}

/// A key is unique for its sender.
pub async fn a_key_is_unique_for_its_sender<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 1).await;
    subject.commit(&mut store).await.unwrap();
    let third = store.create_account("three", NOW).await.unwrap();
    let elsewhere = store.open_conversation(Place::c2c(one, third)).await.unwrap();
    assert!(!store.append(conv.no, &message(2, one, 1)).await.unwrap());
    assert!(!store.append(elsewhere.no, &message(1, one, 1)).await.unwrap());
    // The same key of somebody else is another one; and the refusal left the unit of work whole.
    assert!(store.append(conv.no, &message(2, two, 1)).await.unwrap());
    assert!(!store.append(conv.no, &message(3, two, 1)).await.unwrap(), "within the unit too");
    subject.commit(&mut store).await.unwrap();

    let mut other = subject.open().await;
    assert_eq!(other.by_key(one, 1).await.unwrap(), Some((conv.no, message(1, one, 1))));
    assert_eq!(other.by_key(two, 1).await.unwrap(), Some((conv.no, message(2, two, 1))));
    assert_eq!(other.by_key(third, 1).await.unwrap(), None);
    assert_eq!(orders(&mut other, conv.no, 0, u64::MAX, 10).await, [2, 1]);
    assert_eq!(orders(&mut other, elsewhere.no, 0, u64::MAX, 10).await, [0; 0]);
    let head = other.conversation(Place::c2c(one, two)).await.unwrap().unwrap().head;
    assert_eq!(head, 2, "what was refused took no place");
}

/// Numbers keep all their bits.
pub async fn numbers_keep_all_their_bits<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 0).await;
    // Client time and random number with all bits set, and a body of every kind of character.
    let odd = Message {
        order: 1,
        key: u64::MAX,
        seq: u64::from(u32::MAX),
        counts: false,
        becomes_last: false,
        origin: u64::MAX,
        listed: false,
        revoked: true,
        body: "\u{1F600} \0 \" ' \\ %_ \u{4f60}".into(),
        ..message(1, two, 0)
    };
    assert!(store.append(conv.no, &odd).await.unwrap());
    subject.commit(&mut store).await.unwrap();
    let mut other = subject.open().await;
    assert_eq!(other.by_key(two, u64::MAX).await.unwrap(), Some((conv.no, odd)));
    assert_eq!(other.by_key(one, u64::MAX).await.unwrap(), None);
}

/// Unread counts what others sent and what counts.
pub async fn unread_counts_what_others_sent_and_what_counts<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 3).await;
    store.append(conv.no, &message(4, two, 4)).await.unwrap();
    let silent = Message { counts: false, ..message(5, one, 5) };
    store.append(conv.no, &silent).await.unwrap();
    let end = u64::MAX;
    for (account, after, before, unread) in [
        (two, 0, end, 3),
        (two, 0, 3, 2),
        (two, 1, 3, 1),
        (two, 2, end, 1),
        (two, 3, end, 0),
        (one, 0, end, 1),
        (one, 0, 4, 0),
        (one, 4, end, 0),
    ] {
        assert_eq!(
            store.unread(conv.no, account, (after, before), false).await.unwrap(),
            unread,
            "{account} {after} {before}"
        );
    }
}

/// Unread leaves out notices if asked to.
pub async fn unread_leaves_out_notices_if_asked_to<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 2).await;
    let notice = Message { key: Message::system_key(conv.no, 3), ..message(3, one, 3) };
    store.append(conv.no, &notice).await.unwrap();
    // The keys of senders next to those of the service, and one with the highest bit alone.
    for (order, key) in [(4, SYSTEM_KEY - 1), (5, 1 << 63)] {
        store.append(conv.no, &message(order, one, key)).await.unwrap();
    }
    let end = u64::MAX;
    for (after, before, all, without) in [(0, end, 5, 4), (2, 4, 1, 0), (3, end, 2, 2)] {
        for (without_tips, unread) in [(false, all), (true, without)] {
            let counted = store.unread(conv.no, two, (after, before), without_tips).await.unwrap();
            assert_eq!(counted, unread, "{after} {before} {without_tips}");
        }
    }
}

/// Order at finds the newest of a second or before.
pub async fn order_at_finds_the_newest_of_a_second_or_before<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, _, conv) = conversation(&mut store, 2).await;
    // A second one of the same second.
    let same = Message { time: NOW + 2, ..message(3, one, 3) };
    store.append(conv.no, &same).await.unwrap();
    for (time, order) in [(NOW, 0), (NOW + 1, 1), (NOW + 2, 3), (u64::MAX, 3), (0, 0)] {
        assert_eq!(store.order_at(conv.no, time).await.unwrap(), order, "{time}");
    }
}

/// Members join once and keep their marks.
pub async fn members_join_once_and_keep_their_marks<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 1).await;
    assert_eq!(store.member(one, conv.no).await.unwrap(), None);
    store.join(one, conv.no).await.unwrap();
    assert_eq!(store.member(one, conv.no).await.unwrap(), Some(Member::default()));
    let marks = Member { read_order: 3, read_time: NOW, hidden: 2, left_at: 4 };
    store.put_member(one, conv.no, marks).await.unwrap();
    store.join(one, conv.no).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut other = subject.open().await;
    other.join(one, conv.no).await.unwrap();
    assert_eq!(other.member(one, conv.no).await.unwrap(), Some(marks));
    assert_eq!(other.member(two, conv.no).await.unwrap(), None);
    other.put_member(two, conv.no, marks).await.unwrap();
    assert_eq!(other.member(two, conv.no).await.unwrap(), Some(marks), "without a join");
    subject.rollback(&mut other).await;
    // What was taken back is joined again, not taken for joined.
    other.join(two, conv.no).await.unwrap();
    assert_eq!(other.member(two, conv.no).await.unwrap(), Some(Member::default()));
}

/// Conversations are listed newest first.
pub async fn conversations_are_listed_newest_first<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let me = store.create_account("me", NOW).await.unwrap();
    let mut places = Vec::new();
    for (n, time) in [(1, 10), (2, 30), (3, 20), (4, 0)] {
        let peer = store.create_account(&format!("peer{n}"), NOW).await.unwrap();
        let place = Place::c2c(me, peer);
        let conv = store.open_conversation(place).await.unwrap();
        if time > 0 {
            let sent = Message { time: NOW + time, ..message(1, me, n) };
            store.append(conv.no, &sent).await.unwrap();
        }
        store.join(me, conv.no).await.unwrap();
        places.push((place, conv.no));
    }
    subject.commit(&mut store).await.unwrap();
    let listed = |list: Vec<(Place, Conversation, Member)>| -> Vec<Place> {
        list.into_iter().map(|(place, _, _)| place).collect()
    };
    let mut store = subject.open().await;
    let all = store.conversations(me, 10).await.unwrap();
    assert_eq!(all[0].1.head, 1);
    assert_eq!(all[0].1.time, NOW + 30);
    assert_eq!(listed(all), [places[1].0, places[2].0, places[0].0], "an empty one is not listed");
    assert_eq!(listed(store.conversations(me, 1).await.unwrap()), [places[1].0]);
    let gone = Member { hidden: 1, ..Member::default() };
    store.put_member(me, places[1].1, gone).await.unwrap();
    let rest = store.conversations(me, 10).await.unwrap();
    assert_eq!(listed(rest), [places[2].0, places[0].0], "nor one whose messages are hidden");
}

/// Logs are separate and rise.
pub async fn logs_are_separate_and_rise<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 3).await;
    assert_eq!(store.log_head(one).await.unwrap(), 0);
    let entry = |order| Entry::Message { conv: conv.no, order };
    let mut heads = vec![0];
    for order in 1..=3 {
        store.log(one, 1, entry(order)).await.unwrap();
        heads.push(store.log_head(one).await.unwrap());
    }
    assert!(heads.is_sorted_by(|one, next| one < next), "{heads:?}");
    assert_eq!(store.log_head(two).await.unwrap(), 0);
    subject.commit(&mut store).await.unwrap();
    let mut other = subject.open().await;
    assert_eq!(other.log_head(one).await.unwrap(), heads[3]);
    other.log(one, 1, entry(1)).await.unwrap();
    assert!(other.log_head(one).await.unwrap() > heads[3], "another writer goes on from there");
}

/// Entries come with their message and without ones own.
pub async fn entries_come_with_their_message_and_without_ones_own<T: Subject>(subject: &T) {
    // A session that caused none of it.
    const NOBODY: u64 = 99;
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 2).await;
    let logged = [
        (7, Entry::Message { conv: conv.no, order: 1 }),
        (8, Entry::Message { conv: conv.no, order: 2 }),
        (9, Entry::Receipt { conv: conv.no, time: NOW }),
        (7, Entry::Read { conv: conv.no, order: 2 }),
        (9, Entry::Message { conv: conv.no, order: 99 }),
        (0, Entry::Notice("{\"a\":\"\u{4f60}\"}".into())),
    ];
    for (origin, entry) in &logged {
        store.log(one, *origin, entry.clone()).await.unwrap();
    }
    subject.commit(&mut store).await.unwrap();

    let mut store = subject.open().await;
    let head = store.log_head(one).await.unwrap();
    let all = store.entries(one, 0, head, NOBODY, UNBOUNDED).await.unwrap().rows;
    let entries: Vec<_> = all.iter().map(|row| row.entry.clone()).collect();
    assert_eq!(entries, logged.clone().map(|(_, entry)| entry));
    let place = Some(Place::c2c(one, two));
    assert_eq!(
        all.iter().map(|row| row.place).collect::<Vec<_>>(),
        [place, place, place, place, place, None]
    );
    let messages: Vec<_> = all.iter().map(|row| row.message.clone()).collect();
    let (first, second) = (message(1, one, 1), message(2, one, 2));
    assert_eq!(
        messages,
        [Some(first), Some(second), None, None, None, None],
        "the last one is gone"
    );

    let foreign = store.entries(one, 0, head, 7, UNBOUNDED).await.unwrap().rows;
    assert_eq!(
        foreign.iter().map(|row| row.seq).collect::<Vec<_>>(),
        [all[1].seq, all[2].seq, all[4].seq, all[5].seq]
    );
    let (after, upto) = (all[0].seq, all[3].seq);
    let two_rows = Most { rows: 2, ..UNBOUNDED };
    let part = store.entries(one, after, upto, NOBODY, two_rows).await.unwrap();
    let first = Part { rows: all[1..3].to_vec(), more: true };
    assert_eq!(part, first, "after is left out, the count holds");
    let part = store.entries(one, all[1].seq, upto, NOBODY, two_rows).await.unwrap();
    assert_eq!(
        part,
        Part { rows: all[2..4].to_vec(), more: false },
        "what is past the end is no more"
    );
    assert_eq!(store.entries(two, 0, head, 0, UNBOUNDED).await.unwrap(), Part::default());
}

/// Entries come until their bodies are as long as is wanted, the first one in any case, and none is skipped.
pub async fn entries_come_until_their_bodies_are_long_enough<T: Subject>(subject: &T) {
    const LONG: usize = 1 << 20;
    let mut store = subject.open().await;
    let (one, _, conv) = conversation(&mut store, 0).await;
    // What the bodies of each entry take, those of messages and those of notices.
    let lengths = [LONG, 10, 10, 0, 30, LONG, LONG, 1];
    let mut order = 0;
    for (number, length) in lengths.into_iter().enumerate() {
        let body = "x".repeat(length);
        let entry = match number % 2 {
            _ if length == 0 => Entry::Read { conv: conv.no, order },
            0 => {
                order += 1;
                let message = Message { body, ..message(order, one, order) };
                assert!(store.append(conv.no, &message).await.unwrap());
                Entry::Message { conv: conv.no, order }
            }
            _ => Entry::Notice(body),
        };
        store.log(one, 1, entry).await.unwrap();
    }
    subject.commit(&mut store).await.unwrap();

    let mut store = subject.open().await;
    let head = store.log_head(one).await.unwrap();
    for (most, parts) in [
        (UNBOUNDED, vec![8]),
        (Most { bytes: 0, ..UNBOUNDED }, vec![1, 1, 1, 2, 1, 1, 1]),
        (Most { bytes: 19, ..UNBOUNDED }, vec![1, 2, 2, 1, 1, 1]),
        (Most { bytes: 20, ..UNBOUNDED }, vec![1, 4, 1, 1, 1]),
        (Most { bytes: LONG as u32, ..UNBOUNDED }, vec![2, 4, 2]),
        (Most { rows: 3, bytes: 20 }, vec![1, 3, 1, 1, 1, 1]),
        (Most { rows: 8, ..UNBOUNDED }, vec![8]),
    ] {
        let (mut after, mut sizes, mut found) = (0, Vec::new(), Vec::new());
        loop {
            let part = store.entries(one, after, head, 9, most).await.unwrap();
            sizes.push(part.rows.len());
            after = part.rows.last().unwrap().seq;
            found.extend(part.rows.iter().map(Logged::bytes));
            if !part.more {
                break;
            }
        }
        assert_eq!((sizes, found), (parts, lengths.to_vec()), "{most:?}");
        let (mut after, mut found) = (0, Vec::new());
        loop {
            let part = store.rows_after(conv.no, after, most).await.unwrap();
            let bytes: usize = part.rows.iter().rev().skip(1).map(|row| row.body.len()).sum();
            assert!(!part.rows.is_empty() && part.rows.len() <= most.rows as usize);
            assert!(bytes <= most.bytes as usize, "{bytes} before the last one");
            after = part.rows.last().unwrap().order;
            found.extend(part.rows.into_iter().map(|row| row.body.len()));
            if !part.more {
                break;
            }
        }
        assert_eq!(found, [LONG, 10, 30, LONG]);
    }
}

/// Work is visible to itself and to others once committed.
pub async fn work_is_visible_to_itself_and_to_others_once_committed<T: Subject>(subject: &T) {
    let (mut store, mut other) = (subject.open().await, subject.open().await);
    let (one, two, conv) = conversation(&mut store, 1).await;
    store.log(two, 1, Entry::Message { conv: conv.no, order: 1 }).await.unwrap();
    assert_eq!(store.account("one").await.unwrap(), Some(one));
    assert!(store.log_head(two).await.unwrap() > 0);
    // Readers do not wait for a writer, and see nothing of its unit of work.
    assert_eq!(other.account("one").await.unwrap(), None);
    assert_eq!(other.log_head(two).await.unwrap(), 0);
    assert_eq!(other.by_key(one, 1).await.unwrap(), None);
    subject.commit(&mut store).await.unwrap();
    assert_eq!(other.account("one").await.unwrap(), Some(one));
    assert!(other.log_head(two).await.unwrap() > 0);
    assert!(other.by_key(one, 1).await.unwrap().is_some());
}

/// Rollback takes everything back.
pub async fn rollback_takes_everything_back<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 1).await;
    store.join(one, conv.no).await.unwrap();
    subject.commit(&mut store).await.unwrap();

    store.append(conv.no, &message(2, one, 2)).await.unwrap();
    store.log(two, 1, Entry::Message { conv: conv.no, order: 2 }).await.unwrap();
    store.put_member(one, conv.no, Member { hidden: 2, ..Member::default() }).await.unwrap();
    store.set_delivered(one, 9).await.unwrap();
    store.create_account("three", NOW).await.unwrap();
    let state = DeviceState::In;
    let device = Device { device: 1, platform: 1, session: 1, state, cursor: 0, seen: 0 };
    store.put_device(one, device).await.unwrap();
    subject.rollback(&mut store).await;

    for store in [&mut store, &mut subject.open().await] {
        let found = store.conversation(Place::c2c(one, two)).await.unwrap().unwrap();
        assert_eq!((found.head, found.time), (1, NOW + 1));
        assert_eq!(store.by_key(one, 2).await.unwrap(), None);
        assert_eq!(store.log_head(two).await.unwrap(), 0);
        assert_eq!(store.member(one, conv.no).await.unwrap(), Some(Member::default()));
        assert_eq!(store.delivered(one).await.unwrap(), 0);
        assert_eq!(store.account("three").await.unwrap(), None);
        assert!(store.devices(one).await.unwrap().is_empty());
    }
    // The place that was taken back is free again.
    store.open_conversation(Place::c2c(one, two)).await.unwrap();
    assert!(store.append(conv.no, &message(2, one, 2)).await.unwrap());
    subject.commit(&mut store).await.unwrap();
}

/// Withdrawn messages keep their place and lose their body.
pub async fn withdrawn_messages_keep_their_place_and_lose_their_body<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 3).await;
    store.revoke(conv.no, 2, "{}").await.unwrap();
    let rows = store.messages(conv.no, 0, u64::MAX, 10).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.revoked).collect::<Vec<_>>(), [false, true, false]);
    let kept = Message { revoked: true, body: "{}".into(), ..message(2, one, 2) };
    assert_eq!(rows[1], kept, "nothing else of it changed");
    assert_eq!(store.unread(conv.no, two, (0, u64::MAX), false).await.unwrap(), 2);
}

/// Deleted messages are of one account.
pub async fn deleted_messages_are_of_one_account<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 4).await;
    for order in [3, 1, 3] {
        store.delete(two, conv.no, order).await.unwrap();
    }
    assert_eq!(store.deleted(two, conv.no, 0, u64::MAX).await.unwrap(), [1, 3]);
    assert_eq!(store.deleted(two, conv.no, 2, 3).await.unwrap(), [3]);
    assert_eq!(store.deleted(two, conv.no + 1, 0, u64::MAX).await.unwrap(), [0; 0]);
    assert_eq!(store.deleted(one, conv.no, 0, u64::MAX).await.unwrap(), [0; 0]);
    assert_eq!(store.unread(conv.no, two, (0, u64::MAX), false).await.unwrap(), 2);
    assert_eq!(store.unread(conv.no, two, (1, u64::MAX), false).await.unwrap(), 2);
}

/// Numbers of a unit that was taken back do no harm.
pub async fn numbers_of_a_unit_that_was_taken_back_do_no_harm<T: Subject>(subject: &T) {
    let (mut store, mut other) = (subject.open().await, subject.open().await);
    let one = store.create_account("one", NOW).await.unwrap();
    assert_eq!(store.account_id(one).await.unwrap(), "one");
    subject.rollback(&mut store).await;
    // Somebody else may get the number now; the first store must not take it for its own.
    let two = other.create_account("two", NOW).await.unwrap();
    subject.commit(&mut other).await.unwrap();
    assert_eq!(store.account("one").await.unwrap(), None);
    assert_eq!(store.account_id(two).await.unwrap(), "two");
    assert_eq!(store.account("two").await.unwrap(), Some(two));
}
