//! What a server remembers of conversations is made sure of before anything is written by it.

mod common;

use common::user::User;
use common::{App, cluster, is_look_up};
use imsdk_service::News;
use imsdk_service::store::HoldStore;
use imsdk_types::Code;
use imsdk_types::wire::friendship::Request as Friends;
use imsdk_types::wire::{Conv, Delivered, Event, Outgoing, Request, Response};
use tokio::task::JoinSet;

fn order(answer: Option<Result<Response, imsdk_types::Error>>) -> Option<u64> {
    match answer? {
        Ok(Response::Accepted(accepted)) => Some(accepted.order),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_another_server_wrote_a_unit_that_remembers_comes_to_nothing_once() {
    let app = App::new();
    let alice = User::login(&app.connect().await, "alice").await;
    let bob = User::login(&app.connect().await, "bob").await;
    let hello = |from: &User, to: &str| Request::Send(from.outgoing(Conv::c2c(to), "hello"));
    assert_eq!(order(alice.try_once(&hello(&alice, "bob")).await), Some(1), "it reads");
    assert_eq!(order(alice.try_once(&hello(&alice, "bob")).await), Some(2), "it remembers");
    assert_eq!(order(bob.try_once(&hello(&bob, "alice")).await), Some(3), "another server reads");
    let next = hello(&alice, "bob");
    assert_eq!(order(alice.try_once(&next).await), None, "it remembers what is no more so");
    assert_eq!(order(alice.try_once(&next).await), Some(4), "it reads again");
    // By then both read, so that nobody is in the way.
    assert_eq!(order(bob.try_once(&hello(&bob, "alice")).await), None);
    for n in 0..4 {
        assert_eq!(order(bob.try_once(&hello(&bob, "alice")).await), Some(5 + 2 * n));
        assert_eq!(order(alice.try_once(&hello(&alice, "bob")).await), Some(6 + 2 * n));
    }
    let page = bob.pull(0).await;
    let places = page.events.iter().map(|event| match event {
        Event::Message(message) => message.order,
        other => panic!("{other:?}"),
    });
    assert!(places.eq(1..=12), "all are there, once and in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_and_a_key_are_seen_by_a_unit_that_remembers() {
    let app = App::new();
    let alice = User::login(&app.connect().await, "alice").await;
    let bob = User::login(&app.connect().await, "bob").await;
    let first = Request::Send(alice.outgoing(Conv::c2c("bob"), "once"));
    assert_eq!(order(alice.try_once(&first).await), Some(1));
    // The same message again: its key is taken, which the unit did not ask.
    assert_eq!(order(alice.try_once(&first).await), None);
    assert_eq!(order(alice.try_once(&first).await), Some(1));
    bob.ask(Request::Friendship(Friends::Block { users: vec!["alice".into()] })).await.unwrap();
    let next = Request::Send(alice.outgoing(Conv::c2c("bob"), "unheard"));
    assert!(alice.try_once(&next).await.is_none(), "it remembers that nobody is blocked");
    let refused = alice.try_once(&next).await.unwrap().unwrap_err();
    assert!(refused.is(Code::SvrMsgInPeerBlacklist), "{refused:?}");
    assert_eq!(order(alice.try_once(&first).await), Some(1), "what was accepted stays accepted");
    let page = bob.pull(0).await;
    let messages = page.events.iter().filter(|event| matches!(event, Event::Message(_)));
    assert_eq!(messages.count(), 1);
}

/// As happens where clients send again what a cut has left unanswered, while others write to the same conversation.
#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_is_tried_again_reads_whatever_others_have_left_meanwhile() {
    let app = App::new();
    let postgres = app.connect().await;
    let alice = User::login(&postgres, "alice").await;
    let bob = User::login(&postgres, "bob").await;
    let first = Request::Send(alice.outgoing(Conv::c2c("bob"), "once"));
    assert_eq!(order(alice.try_once(&first).await), Some(1));
    let mut store = postgres.store();
    assert_eq!(order(alice.try_by(&mut store, &first).await), None, "its key is taken");
    let answer = Request::Send(bob.outgoing(Conv::c2c("alice"), "what?"));
    assert_eq!(order(bob.try_once(&answer).await), Some(2), "it reads, and leaves a memory");
    assert_eq!(order(alice.try_by(&mut store, &first).await), Some(1));
    let second = Request::Send(alice.outgoing(Conv::c2c("bob"), "twice"));
    assert_eq!(order(alice.try_by(&mut store, &second).await), Some(3));
    assert_eq!(order(alice.try_by(&mut store, &second).await), None, "it remembers again");
}

/// Sends all of it in one unit of work; how many places that took in each log, by account.
async fn unit(from: &User, all: &[Outgoing]) -> Vec<u64> {
    let requests: Vec<_> = all.iter().cloned().map(Request::Send).collect();
    let mut store = from.postgres.store();
    store.begin(true).await.unwrap();
    let of = requests.iter().map(|request| (Some(&from.session), request));
    store.hold(imsdk_service::scope(of)).await.unwrap();
    for request in requests {
        let mut news = News::default();
        from.service.handle(&mut store, &from.session, request, &mut news).await.unwrap();
    }
    store.commit().await.unwrap();
    let mut places = store.places().to_vec();
    places.sort_by_key(|it| it.account);
    places.iter().map(|it| it.upto - it.after).collect()
}

/// It goes by a statement of its own, which leaves what the one for many does.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_alone_is_written_as_one_among_others() {
    let postgres = App::new().connect().await;
    let alice = User::login(&postgres, "alice").await;
    let bob = User::login(&postgres, "bob").await;
    assert_eq!(unit(&alice, &[alice.outgoing(Conv::c2c("bob"), "first")]).await, [1, 1]);
    // Each has the lower account number once.
    for (from, to) in [(&alice, "bob"), (&bob, "alice")] {
        let loud = || from.outgoing(Conv::c2c(to), "\0");
        let quiet = || {
            let mut quiet = Outgoing { seq: 7, ..loud() };
            quiet.body.is_excluded_from_unread_count = true;
            quiet.body.excluded_from_last_message = true;
            quiet
        };
        assert_eq!(unit(from, &[loud()]).await, [1, 1]);
        assert_eq!(unit(from, &[quiet()]).await, [1, 1]);
        assert_eq!(unit(from, &[loud(), quiet()]).await, [2, 2]);
    }
    for (user, peer) in [(&alice, "bob"), (&bob, "alice")] {
        let page = user.pull(0).await;
        let came = page.events.into_iter().map(|event| match event {
            Event::Message(message) => message,
            other => panic!("{other:?}"),
        });
        let came: Vec<Delivered> = came.collect();
        assert!(came.iter().map(|it| it.order).eq(1..=9));
        let same =
            |message: &Delivered| Delivered { order: 0, time: 0, rand: 0, ..message.clone() };
        for of_one in came[1..].chunks(4) {
            assert_eq!(same(&of_one[0]), same(&of_one[2]));
            assert_eq!(same(&of_one[1]), same(&of_one[3]));
            assert_ne!(same(&of_one[0]), same(&of_one[1]));
        }
        let conv = Conv::c2c(peer);
        let Ok(Response::History { messages, .. }) =
            user.ask(Request::History { conv, before: None, count: 20 }).await
        else {
            panic!("no history")
        };
        assert!(messages.iter().rev().eq(&came));
    }
    let plans = postgres.plans().await.unwrap();
    for (statement, plan) in &plans {
        assert!(is_look_up(plan), "{statement}\n{plan}");
    }
    let of_one = |statement: &str| statement.contains("VALUES (least($5, $13))");
    assert!(plans.iter().any(|(statement, _)| of_one(statement)));
}

/// As a copy of the database lacks it that has taken the place of another one.
#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_that_is_remembered_and_not_there_loses_no_message() {
    let app = App::new();
    let postgres = app.connect().await;
    let alice = User::login(&postgres, "alice").await;
    let bob = User::login(&postgres, "bob").await;
    let send = |text: &str| Request::Send(alice.outgoing(Conv::c2c("bob"), text));
    assert_eq!(order(alice.try_once(&send("one")).await), Some(1));
    assert_eq!(order(alice.try_once(&send("two")).await), Some(2), "it remembers");
    cluster().sql("postgres", &format!("DELETE FROM app_{}.conversation", app.id));
    let next = send("three");
    assert_eq!(order(alice.try_once(&next).await), None, "nothing was written");
    assert!(order(alice.try_once(&next).await).is_some(), "it reads, and makes it anew");
    let page = bob.pull(0).await;
    // What the others were about is gone.
    assert_eq!(page.events.len(), 1);
}

/// Units of one server wait for each other before they ask the database, and so never come to nothing.
#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_to_each_other_at_one_server_are_not_in_each_others_way() {
    const EACH: u64 = 50;

    let postgres = App::new().connections(8).await;
    User::login(&postgres, "alice").await;
    User::login(&postgres, "bob").await;
    let mut users = JoinSet::new();
    for (name, peer) in [("alice", "bob"), ("bob", "alice"), ("alice", "bob"), ("bob", "alice")] {
        let user = User::login(&postgres, name).await;
        let start = Request::Send(user.outgoing(Conv::c2c(peer), "first"));
        user.ask(start).await.unwrap();
        users.spawn(async move {
            for _ in 1..EACH {
                let next = Request::Send(user.outgoing(Conv::c2c(peer), "next"));
                assert!(order(user.try_once(&next).await).is_some());
            }
            user
        });
    }
    let users = users.join_all().await;
    let page = users[0].pull(0).await;
    assert_eq!(page.events.len() as u64, 4 * EACH);
    for (statement, plan) in postgres.plans().await.unwrap() {
        assert!(is_look_up(&plan), "{statement}\n{plan}");
    }
}
