//! What every store must do about the logs of accounts.

use super::{NOW, Subject, conversation, message};
use crate::store::{AccountStore, Entry, LogStore, Place};

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
    let left = store.entries(one, 0, u64::MAX >> 1, 9, 9).await.unwrap();
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
    let all = store.entries(one, 0, head, NOBODY, 100).await.unwrap();
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

    let foreign = store.entries(one, 0, head, 7, 100).await.unwrap();
    assert_eq!(
        foreign.iter().map(|row| row.seq).collect::<Vec<_>>(),
        [all[1].seq, all[2].seq, all[4].seq, all[5].seq]
    );
    let part = store.entries(one, all[0].seq, all[3].seq, NOBODY, 2).await.unwrap();
    assert_eq!(part, all[1..3], "after is left out, the count holds");
    assert_eq!(store.entries(one, all[2].seq, all[3].seq, NOBODY, 9).await.unwrap(), all[3..4]);
    assert!(store.entries(two, 0, head, 0, 100).await.unwrap().is_empty());
}
