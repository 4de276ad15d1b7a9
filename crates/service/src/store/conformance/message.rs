//! What every store must do about messages.

use super::{NOW, Subject, UNBOUNDED, conversation, message};
use crate::store::{
    AccountStore, Conversation, EditStore, Mentioning, Message, MessageStore, Most, Part, Place,
    SYSTEM_KEY, Store,
};

async fn orders<S: Store>(
    store: &mut S,
    conv: u64,
    after: u64,
    before: u64,
    rows: u32,
) -> Vec<u64> {
    let most = Most { rows, ..UNBOUNDED };
    let page = store.messages(conv, after, before, most).await.unwrap();
    page.rows.iter().map(|message| message.order).collect()
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
    store.remove_messages(&[(conv.no, 4, NOW + 3)]).await.unwrap();
    store.remove_messages(&[(conv.no, 1, u64::MAX >> 1)]).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut store = subject.open().await;
    let left = |part: Part<Message>| part.rows.iter().map(|row| row.order).collect::<Vec<_>>();
    assert_eq!(left(store.messages(conv.no, 0, u64::MAX, UNBOUNDED).await.unwrap()), [6, 5, 4, 3]);
    assert_eq!(left(store.messages(other.no, 0, u64::MAX, UNBOUNDED).await.unwrap()).len(), 6);
    let conv = store.open_conversation(Place::system(account)).await.unwrap();
    assert_eq!((conv.head, conv.time), (6, NOW + 6));
    assert!(store.append(conv.no, &message(7, account, 7)).await.unwrap());
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
    let all = other.messages(conv.no, 2, 4, UNBOUNDED).await.unwrap();
    assert_eq!(all.rows, [message(3, one, 3)], "every field comes back");
    let bytes = all.rows[0].body.len() as u32;
    for (most, found, more) in [
        (Most { rows: 5, ..UNBOUNDED }, &[5, 4, 3, 2, 1][..], false),
        (Most { rows: 4, ..UNBOUNDED }, &[5, 4, 3, 2], true),
        (Most { bytes: 2 * bytes, ..UNBOUNDED }, &[5, 4, 3], true),
        (Most { bytes: 2 * bytes - 1, ..UNBOUNDED }, &[5, 4], true),
        (Most::ONE, &[5], true),
    ] {
        let page = other.messages(conv.no, 0, u64::MAX, most).await.unwrap();
        let orders: Vec<_> = page.rows.iter().map(|row| row.order).collect();
        assert_eq!((&orders[..], page.more), (found, more), "{most:?}");
    }
}

/// Of many conversations the newest message is found that an account has not deleted, as far as there is room.
pub async fn the_newest_of_many_is_found<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 5).await;
    let own = store.open_conversation(Place::c2c(two, two)).await.unwrap();
    assert!(store.append(own.no, &message(1, two, 1)).await.unwrap());
    let untold = Message { listed: false, ..message(2, two, 2) };
    assert!(store.append(own.no, &untold).await.unwrap());
    let empty = store.open_conversation(Place::c2c(one, one)).await.unwrap();
    store.delete(two, conv.no, 5).await.unwrap();
    store.delete(two, conv.no, 4).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut store = subject.open().await;
    let list = [(conv.no, 0), (empty.no, 0), (own.no, 0), (conv.no, 2), (conv.no, 3)];
    let bytes = message(1, one, 1).body.len() as u32;
    for (account, bytes, expected) in [
        (one, u32::MAX, [Some(5), None, Some(1), Some(5), Some(5)]),
        (two, u32::MAX, [Some(3), None, Some(1), Some(3), None]),
        (two, bytes, [Some(3), None, Some(1), None, None]),
        (two, bytes - 1, [Some(3), None, None, None, None]),
    ] {
        let found = store.newest_visible(account, &list, bytes).await.unwrap();
        let orders = found.iter().map(|it| it.as_ref().map(|it| it.order)).collect::<Vec<_>>();
        assert_eq!(orders, expected, "{account} {bytes}");
    }
    let found = store.newest_visible(one, &[(conv.no, 0)], 0).await.unwrap();
    assert_eq!(found, [Some(message(5, one, 5))], "every field comes back");
    assert_eq!(store.newest_visible(one, &[], 0).await.unwrap(), []);
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

/// Who is mentioned is found among the newest.
pub async fn who_is_mentioned_is_found_among_the_newest<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 0).await;
    let other = store.open_conversation(Place::group(7)).await.unwrap();
    let body =
        r#"{"e":[{"elem_type":0,"text_elem_content":"\"a\":[\"x\"]"}],"a":["b]","two"],"n":"x"}"#;
    let last = u64::from(Mentioning::NEWEST) + 5;
    for order in 1..=last {
        // Before all that is looked at; deleted; taken back; one's own; in no history.
        let mentions = [5, 8, 9, 10, 11, 12, last].contains(&order);
        let body = if mentions { body } else { "{}" }.to_owned();
        let (sender, listed) = (if order == 10 { two } else { one }, order != 11);
        let said = Message { body, listed, ..message(order, sender, order) };
        assert!(store.append(conv.no, &said).await.unwrap());
    }
    assert!(
        store
            .append(other.no, &Message { body: body.into(), ..message(1, one, 9999) })
            .await
            .unwrap()
    );
    store.delete(two, conv.no, 8).await.unwrap();
    store.revoke(conv.no, 9, body).await.unwrap();
    subject.commit(&mut store).await.unwrap();
    let mut reader = subject.open().await;
    let list = [(conv.no, 0), (other.no, 1), (99, 0)];
    let found = reader.mentioning(two, &list).await.unwrap();
    let places = |found: &[Mentioning]| found.iter().map(|it| it.order).collect::<Vec<_>>();
    assert_eq!(
        found.iter().map(|of| places(of)).collect::<Vec<_>>(),
        [vec![12, last], vec![], vec![]]
    );
    let first = &found[0][0];
    let said = message(12, one, 12);
    assert_eq!((first.time, first.seq), (said.time, said.seq));
    assert_eq!(first.names, ["b]", "two"]);
    let found = reader.mentioning(two, &[(other.no, 0), (conv.no, 12)]).await.unwrap();
    assert_eq!(found.iter().map(|of| places(of)).collect::<Vec<_>>(), [vec![1], vec![last]]);
    let found = reader.mentioning(one, &[(conv.no, 0)]).await.unwrap();
    assert_eq!(places(&found[0]), [10]);
    assert!(reader.mentioning(one, &[]).await.unwrap().is_empty());
}

/// Withdrawn messages keep their place and lose their body.
pub async fn withdrawn_messages_keep_their_place_and_lose_their_body<T: Subject>(subject: &T) {
    let mut store = subject.open().await;
    let (one, two, conv) = conversation(&mut store, 3).await;
    store.revoke(conv.no, 2, "{}").await.unwrap();
    let rows = store.messages(conv.no, 0, u64::MAX, UNBOUNDED).await.unwrap().rows;
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
    assert_eq!(store.deleted(two, conv.no, &[4, 3, 2, 1]).await.unwrap(), [1, 3]);
    assert_eq!(store.deleted(two, conv.no, &[2, 3]).await.unwrap(), [3]);
    assert_eq!(store.deleted(two, conv.no, &[2, 4]).await.unwrap(), [0; 0]);
    assert_eq!(store.deleted(two, conv.no, &[]).await.unwrap(), [0; 0]);
    assert_eq!(store.deleted(two, conv.no + 1, &[1, 3]).await.unwrap(), [0; 0]);
    assert_eq!(store.deleted(one, conv.no, &[1, 3]).await.unwrap(), [0; 0]);
    assert_eq!(store.unread(conv.no, two, (0, u64::MAX), false).await.unwrap(), 2);
    assert_eq!(store.unread(conv.no, two, (1, u64::MAX), false).await.unwrap(), 2);
}
