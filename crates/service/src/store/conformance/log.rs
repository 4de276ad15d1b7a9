//! What every store must do about the logs of accounts.

use super::{NOW, Subject, UNBOUNDED, conversation, message};
use crate::store::{
    AccountStore, Entry, GroupStore, LogStore, Logged, Message, MessageStore, Most, Part, Place,
};

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
        (9, Entry::Receipt { conv: conv.no, time: NOW, order: 2 }),
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
