//! What every [`Store`] must do, written once.
//!
//! A store's tests implement [`Subject`] and call [`store_conformance!`](crate::store_conformance), which makes one test of each
//! case here. A case fails by a panic.

mod friendship;
mod group;
mod log;
mod message;

use std::future::Future;

pub use friendship::*;
pub use group::*;
pub use log::*;
pub use message::*;

use imsdk_types::wire::ConvKind;

use super::{
    AccountStore, Answer, Conversation, Device, DeviceState, Entry, LogStore, Member, Message,
    MessageStore, Most, Place, Store,
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
            bytes_of_files_are_added_up_to_a_bound,
            sessions_are_never_given_twice,
            conversations_are_found_by_their_place,
            messages_are_appended_and_read_newest_first,
            old_messages_are_removed_up_to_a_place,
            a_key_is_unique_for_its_sender,
            numbers_keep_all_their_bits,
            unread_counts_what_others_sent_and_what_counts,
            unread_leaves_out_notices_if_asked_to,
            order_at_finds_the_newest_of_a_second_or_before,
            who_is_mentioned_is_found_among_the_newest,
            members_join_once_and_keep_their_marks,
            withdrawn_messages_keep_their_place_and_lose_their_body,
            deleted_messages_are_of_one_account,
            the_newest_of_many_is_found,
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
            many_are_answered_in_the_order_of_the_list,
            many_are_removed_as_one_after_the_other,
            rollback_takes_friends_and_their_number_back,
            groups_are_found_changed_and_removed,
            group_members_are_listed_in_their_order,
            memberships_are_listed_with_what_rings,
            sanctions_are_kept_for_members_and_others,
            pendencies_are_seen_by_those_who_decide,
            group_requests_have_a_bound,
            nobody_pushes_out_what_others_ask,
            what_is_not_listed_is_no_history,
            many_members_come_and_go_at_once,
            many_conversations_are_opened_and_read_at_once,
            many_requests_are_made_at_once,
            the_newest_stays_are_kept_and_cut,
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

/// What an account has brought is counted, and refused beyond the bound.
pub async fn bytes_of_files_are_added_up_to_a_bound<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let one = store.create_account("one", NOW).await.unwrap();
    let two = store.create_account("two", NOW).await.unwrap();
    assert_eq!(store.file_bytes(one).await.unwrap(), 0);
    assert!(store.add_file_bytes(one, 60, 100).await.unwrap());
    assert!(!store.add_file_bytes(one, 41, 100).await.unwrap());
    subject.commit(&mut store).await.unwrap();
    let mut store = subject.open().await;
    assert!(store.add_file_bytes(one, 40, 100).await.unwrap(), "as much as it may");
    assert!(!store.add_file_bytes(one, 101, 100).await.unwrap());
    assert!(store.add_file_bytes(one, 7, u64::MAX).await.unwrap());
    store.remove_file_bytes(one, 57).await.unwrap();
    assert_eq!(store.file_bytes(one).await.unwrap(), 50);
    assert_eq!(store.file_bytes(two).await.unwrap(), 0);
    store.remove_file_bytes(one, 51).await.unwrap();
    assert_eq!(store.file_bytes(one).await.unwrap(), 0);
    assert!(!store.add_file_bytes(12_345, 1, 100).await.unwrap(), "nobody has brought it");
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
