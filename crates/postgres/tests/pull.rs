//! All logs that a unit pulls are read with one statement, each as if it were read by itself.

mod common;

use common::user::User;
use common::{App, is_look_up};
use imsdk_service::store::conformance::UNBOUNDED;
use imsdk_service::store::{
    AccountStore, EditStore, Entry, HoldStore, LogStore, Most, Pulling, Scope,
};
use imsdk_types::wire::{Conv, Request};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_pulled_together_is_bounded_as_what_is_read_alone() {
    let app = App::new();
    let postgres = app.connect().await;
    let alice = User::login(&postgres, "alice").await;
    User::login(&postgres, "bob").await;
    let mut store = postgres.store();
    let one = store.account("alice").await.unwrap().unwrap();
    let two = store.account("bob").await.unwrap().unwrap();
    for length in [3000, 1, 2, 40, 5000, 7] {
        let text = "x".repeat(length);
        alice.ask(Request::Send(alice.outgoing(Conv::c2c("bob"), &text))).await.unwrap();
        store.log(two, 1, Entry::Notice(text)).await.unwrap();
        store.commit().await.unwrap();
    }
    let bounds = [
        UNBOUNDED,
        Most { rows: 1, ..UNBOUNDED },
        Most { rows: 3, bytes: 4000 },
        Most { rows: 12, ..UNBOUNDED },
        Most { bytes: 0, ..UNBOUNDED },
        Most { bytes: 4000, ..UNBOUNDED },
    ];
    let mut pulls = Vec::new();
    for account in [two, one] {
        for most in bounds {
            pulls.extend([(0, 99), (2, 1), (5, 99)].map(|(after, session)| Pulling {
                account,
                after,
                session,
                most,
            }));
        }
    }
    let mut expected = Vec::new();
    for Pulling { account, after, session, most } in pulls.clone() {
        expected.push(store.entries(account, after, u64::MAX, session, most).await.unwrap());
    }
    assert!(expected.iter().any(|part| part.more) && expected.iter().any(|part| !part.more));
    let head = store.log_head(two).await.unwrap();

    let mut reader = postgres.store();
    reader.begin(false).await.unwrap();
    reader.hold(Scope { pulls: pulls.clone(), ..Scope::default() }).await.unwrap();
    // What comes later is not seen: it is read already.
    for account in [one, two] {
        store.log(account, 2, Entry::Notice("late".into())).await.unwrap();
    }
    store.commit().await.unwrap();
    assert_eq!(reader.log_head(two).await.unwrap(), head);
    for (pull, expected) in pulls.into_iter().zip(expected) {
        let Pulling { account, after, session, most } = pull;
        let part = reader.entries(account, after, u64::MAX, session, most).await.unwrap();
        assert_eq!(part, expected, "after {after}, {most:?}");
    }
    reader.commit().await.unwrap();
    for (statement, plan) in postgres.plans().await.unwrap() {
        assert!(is_look_up(&plan), "{statement}\n{plan}");
    }
}

/// What a pull looked at says nothing of other messages of the same conversation.
#[tokio::test(flavor = "multi_thread")]
async fn marks_are_known_of_what_was_pulled_alone() {
    let app = App::new();
    let postgres = app.connect().await;
    let alice = User::login(&postgres, "alice").await;
    User::login(&postgres, "bob").await;
    for text in ["one", "two", "three"] {
        alice.ask(Request::Send(alice.outgoing(Conv::c2c("bob"), text))).await.unwrap();
    }
    let mut store = postgres.store();
    let bob = store.account("bob").await.unwrap().unwrap();
    let part = store.entries(bob, 0, u64::MAX, 99, UNBOUNDED).await.unwrap();
    let places = part.rows.iter().map(|row| match row.entry {
        Entry::Message { conv, order } => (row.seq, conv, order),
        _ => panic!("{row:?}"),
    });
    let [(_, conv, first), (second, _, _), (_, _, third)] =
        places.collect::<Vec<_>>().try_into().unwrap();
    store.delete(bob, conv, first).await.unwrap();
    store.delete(bob, conv, third).await.unwrap();
    store.commit().await.unwrap();

    let mut reader = postgres.store();
    reader.begin(false).await.unwrap();
    let pull = Pulling { account: bob, after: second, session: 99, most: UNBOUNDED };
    reader.hold(Scope { pulls: vec![pull], ..Scope::default() }).await.unwrap();
    assert_eq!(reader.deleted(bob, conv, &[third]).await.unwrap(), [third]);
    assert_eq!(reader.deleted(bob, conv, &[third, first]).await.unwrap(), [first, third]);
    reader.commit().await.unwrap();
}
