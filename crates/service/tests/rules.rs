//! The rules of the service that its clients cannot show: repeated requests, odd clocks, sessions that are over.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use imsdk_service::GroupPolicy;
use imsdk_service::store::sqlite::SqliteStore;
use imsdk_service::store::{AccountStore, Entry, LogStore};
use imsdk_testkit::{Ghost, World};
use imsdk_types::wire::message::{MessageRef, Request as Edit};
use imsdk_types::wire::{Conv, Event, MessageBody, Outgoing, Request, Response, group};
use imsdk_types::{
    CreateGroupParam, Elem, GroupDeleteMemberParam, GroupHandlePendencyParam,
    GroupInviteMemberParam, GroupModifyInfoParam, GroupType, MsgPriority, TextElem,
};

fn messages(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::Message(_))).count()
}

#[test]
fn id_7_the_same_message_again_gets_the_first_answer() {
    let world = World::new();
    let mut bob = world.ghost("bob");
    let mut alice = world.ghost("alice");
    let outgoing = alice.outgoing("bob", "once");
    let first = alice.try_send(outgoing.clone()).unwrap();
    alice.send("bob", "in between");
    alice.clock().set(1_700_000_000);
    // A client that lost the answer may have made another small number for it.
    let again = imsdk_types::wire::Outgoing { seq: 999, ..outgoing };
    assert_eq!(alice.try_send(again).unwrap(), first);
    let texts = [(1, "once".to_owned()), (2, "in between".to_owned())];
    assert_eq!(alice.history("bob"), texts);
    assert_eq!(bob.history("alice"), texts);
    assert_eq!(messages(&bob.log(0)), 2);
    assert_eq!(messages(&alice.log(0)), 0, "a session does not hear of what it did itself");
}

#[test]
fn id_7_the_same_message_twice_in_one_unit_of_work() {
    let world = World::new();
    let mut bob = world.ghost("bob");
    let mut alice = world.ghost("alice");
    let outgoing = alice.outgoing("bob", "once");
    let answers = [(), ()].map(|()| alice.begin(Request::Send(outgoing.clone())).unwrap());
    alice.commit();
    assert_eq!(answers[0], answers[1]);
    assert_eq!(messages(&bob.log(0)), 1);
}

#[test]
fn id_7_one_identity_is_one_message_not_one_for_each_receiver() {
    let world = World::new();
    let (mut bob, mut carol) = (world.ghost("bob"), world.ghost("carol"));
    let mut alice = world.ghost("alice");
    let outgoing = alice.outgoing("bob", "for bob");
    alice.try_send(outgoing.clone()).unwrap();
    let error = alice
        .try_send(imsdk_types::wire::Outgoing { to: Conv::c2c("carol"), ..outgoing })
        .unwrap_err();
    assert_eq!(error.code, 6017);
    assert_eq!(messages(&bob.log(0)), 1);
    assert_eq!(messages(&carol.log(0)), 0);
    assert!(carol.history("alice").is_empty());
}

#[test]
fn id_7_equal_identities_of_two_senders_do_not_meet() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let mut bob = world.ghost("bob");
    alice.send("bob", "from alice");
    bob.send("alice", "from bob");
    assert_eq!(alice.history("bob").len(), 2);
}

#[test]
fn times_never_fall_within_a_conversation() {
    let world = World::new();
    world.ghost("bob");
    let mut alice = world.ghost("alice");
    let times: Vec<_> = [100, 50, 100, 101, 1]
        .map(|now| {
            alice.clock().set(now);
            alice.send("bob", "tick").time
        })
        .into();
    assert_eq!(times, [100, 100, 100, 101, 101]);
}

#[test]
fn perm_3_perm_7_refusals_write_nothing() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let unknown = alice.outgoing("nobody", "hello?");
    assert_eq!(alice.try_send(unknown).unwrap_err().code, 20003);
    let mut group = alice.outgoing("@TGS#1", "hello?");
    group.to.kind = imsdk_types::wire::ConvKind::Group;
    assert_eq!(alice.try_send(group).unwrap_err().code, 10010);
    let mut both = alice.outgoing("nobody", &"x".repeat(20_000));
    assert_eq!(
        alice.try_send(both.clone()).unwrap_err().code,
        80002,
        "the body is looked at first"
    );
    both.body.elems.clear();
    assert_eq!(alice.try_send(both).unwrap_err().code, 6017);
    assert_eq!(alice.ask(Request::RecentConvs), Ok(Response::RecentConvs(Vec::new())));
}

#[test]
fn elem_1_what_clients_cannot_send() {
    use imsdk_types::Elem;
    let world = World::new();
    world.ghost("bob");
    let mut alice = world.ghost("alice");
    let elems: [Elem; 4] = [
        Elem::GroupTips(Default::default()),
        Elem::GroupReport(Default::default()),
        Elem::FriendChange(Default::default()),
        Elem::ProfileChange(Default::default()),
    ];
    for elem in elems {
        let mut outgoing = alice.outgoing("bob", "text first");
        outgoing.body.elems.push(elem);
        assert_eq!(alice.try_send(outgoing).unwrap_err().code, 6016);
    }
    let mut two_sounds = alice.outgoing("bob", "ELEM-2");
    two_sounds
        .body
        .elems
        .extend([Elem::Sound(Default::default()), Elem::Sound(Default::default())]);
    assert_eq!(alice.try_send(two_sounds).unwrap_err().code, 6017);
}

#[test]
fn read_5_the_read_mark_never_moves_back() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let mut bob = world.ghost("bob");
    for time in [100, 200, 300] {
        alice.clock().set(time);
        alice.send("bob", "hello");
    }
    let mut read = |time| {
        bob.ask(Request::ReportRead { conv: Conv::c2c("alice"), time, upto: None }).unwrap();
        let Ok(Response::RecentConvs(list)) = bob.ask(Request::RecentConvs) else { panic!() };
        (list[0].read_order, list[0].unread)
    };
    assert_eq!(read(Some(250)), (2, 1));
    assert_eq!(read(Some(100)), (2, 1));
    assert_eq!(read(Some(u64::MAX)), (3, 0));
    assert_eq!(read(None), (3, 0));
    let receipts: Vec<_> = alice
        .log(0)
        .into_iter()
        .map(|event| match event {
            Event::Receipt { reader, time, order } => (reader, time, order),
            other => panic!("{other:?}"),
        })
        .collect();
    // A receipt tells no later time than that of a message: the reader may have said any.
    assert_eq!(receipts, [("bob".to_owned(), 250, 2), ("bob".to_owned(), 300, 3)]);
}

#[test]
fn kick_1_a_session_that_was_replaced_learns_it_from_its_pull() {
    let world = World::new();
    let mut old = world.ghost("alice");
    let mut new = world.ghost("alice");
    let Ok(Response::Page(page)) = old.ask(Request::Pull { after: 0, own: false }) else {
        panic!()
    };
    assert!(page.kicked && page.events.is_empty());
    let Ok(Response::Page(page)) = new.ask(Request::Pull { after: 0, own: false }) else {
        panic!()
    };
    assert!(!page.kicked);
    // Its late logout does not end the new session.
    old.ask(Request::Logout { cursor: 0 }).unwrap();
    let Ok(Response::Page(page)) = new.ask(Request::Pull { after: 0, own: false }) else {
        panic!()
    };
    assert!(!page.kicked);
}

/// A group of these two, made by the first.
fn open_group(owner: &mut Ghost, member: &mut Ghost) {
    let param = CreateGroupParam {
        group_id: "g".into(),
        group_name: "g".into(),
        group_type: GroupType::ChatRoom.bits(),
        ..CreateGroupParam::default()
    };
    owner.ask(Request::Group(group::Request::Create(Box::new(param)))).unwrap();
    let join = group::Request::Join { group: "g".into(), hello: String::new() };
    member.ask(Request::Group(join)).unwrap();
}

#[test]
fn id_7_what_a_group_accepted_stays_accepted_when_its_sender_is_muted_later() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    open_group(&mut alice, &mut bob);
    let text = |ghost: &mut Ghost| Outgoing { to: Conv::group("g"), ..ghost.outgoing("", "hello") };
    let outgoing = text(&mut bob);
    let first = bob.try_send(outgoing.clone()).unwrap();
    let param = GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: 0x100,
        is_shutup_all: true,
        ..GroupModifyInfoParam::default()
    };
    alice.ask(Request::Group(group::Request::ModifyInfo(Box::new(param)))).unwrap();
    assert_eq!(bob.try_send(outgoing.clone()), Ok(first), "the answer that got lost");
    let new = text(&mut bob);
    assert_eq!(bob.try_send(new).unwrap_err().code, 10017);
    let online = Outgoing { online_only: true, ..outgoing };
    assert_eq!(bob.try_send(online).unwrap_err().code, 10017);
}

#[test]
fn elem_4_what_is_not_content_has_a_limit_too() {
    let world = World::new();
    let (mut alice, _bob) = (world.ghost("alice"), world.ghost("bob"));
    let outgoing = alice.outgoing("bob", "hello");
    let with = |extra| Outgoing {
        body: MessageBody { extra, ..outgoing.body.clone() },
        ..outgoing.clone()
    };
    let keys = (0..100_000).map(|n| (format!("unknown_key_{n}"), 0.into())).collect();
    assert_eq!(alice.try_send(with(keys)).unwrap_err().code, 80002);
    let numbers = vec![1_234_567_890_123_u64; 100_000];
    let numbers = [("numbers".to_owned(), numbers.into())].into_iter().collect();
    assert_eq!(alice.try_send(with(numbers)).unwrap_err().code, 80002);
    let few = [("unknown".to_owned(), 1.into())].into_iter().collect();
    assert!(alice.try_send(with(few)).is_ok());
    // Characters that JSON writes with six are one byte of content.
    let text = TextElem { content: "\u{1}".repeat(12_000), ..TextElem::default() };
    let mut escaped = alice.outgoing("bob", "");
    escaped.body.elems = vec![Elem::Text(text)];
    assert!(alice.try_send(escaped).is_ok());
}

#[test]
fn a_message_mentions_thirty_users_at_most() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    open_group(&mut alice, &mut bob);
    for (count, code) in [(30, None), (31, Some(10053))] {
        let mut outgoing = Outgoing { to: Conv::group("g"), ..alice.outgoing("", "hello") };
        outgoing.body.group_at_user_array = vec!["bob".into(); count];
        assert_eq!(alice.try_send(outgoing).err().map(|error| error.code), code);
    }
}

#[test]
fn lim_1_what_is_beyond_the_rate_of_a_group_is_dropped_low_priorities_first() {
    let world = World::new().with_groups(GroupPolicy { rate: 8, ..GroupPolicy::default() });
    // Each has a service of its own, as programs do that share a file.
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    open_group(&mut alice, &mut bob);
    let text = |ghost: &mut Ghost, priority: MsgPriority| {
        let mut outgoing = Outgoing { to: Conv::group("g"), ..ghost.outgoing("", "hello") };
        outgoing.body.priority = priority as u32;
        outgoing
    };
    let (mut orders, mut first) = (Vec::new(), None);
    for now in [1_700_000_000, 1_700_000_001] {
        for ghost in [&alice, &bob] {
            ghost.clock().set(now);
        }
        for (count, priority) in [
            (4, MsgPriority::Normal),
            (3, MsgPriority::Lowest),
            (2, MsgPriority::Low),
            (2, MsgPriority::Normal),
            (1, MsgPriority::Lowest),
            (2, MsgPriority::High),
        ] {
            for n in 0..count {
                let ghost = if n % 2 == 0 { &mut alice } else { &mut bob };
                let outgoing = text(ghost, priority);
                let accepted = ghost.try_send(outgoing.clone()).unwrap();
                assert_eq!(accepted.time, now);
                if n == 0 && first.is_none() {
                    first = Some((outgoing, accepted.clone()));
                }
                orders.push(accepted.order);
            }
        }
    }
    // 4 normal ones, then one lowest of 5, one low of 6, one normal of 7, one high of 8.
    let kept = [1, 2, 3, 4, 5, 0, 0, 6, 0, 7, 0, 0, 8, 0];
    let next = kept.map(|order| if order > 0 { order + 8 } else { 0 });
    assert_eq!(orders, [kept, next].concat());

    let (outgoing, accepted) = first.unwrap();
    assert_eq!(alice.try_send(outgoing), Ok(accepted), "ID-7: it stays accepted");
    alice.clock().set(1_600_000_000);
    let late = text(&mut alice, MsgPriority::Lowest);
    assert_eq!(alice.try_send(late).unwrap().order, 17, "a clock that was set back");
    // The group's conversation alone has a rate.
    for _ in 0..9 {
        assert!(alice.send("bob", "hello").order > 0);
    }
}

#[test]
fn requests_have_limits_that_no_client_lifts() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    open_group(&mut alice, &mut bob);
    let long = || "x".repeat(12_289);
    let (group_id, users) = ("g".to_owned(), vec!["bob".to_owned()]);
    let invite = GroupInviteMemberParam {
        group_id: group_id.clone(),
        identifier_array: users.clone(),
        user_data: long(),
    };
    let remove = GroupDeleteMemberParam {
        group_id: group_id.clone(),
        identifier_array: users,
        user_data: long(),
        duration: 0,
    };
    let handle = GroupHandlePendencyParam { handle_msg: long(), ..Default::default() };
    for request in [
        group::Request::Join { group: group_id, hello: long() },
        group::Request::Invite(invite),
        group::Request::Remove(remove),
        group::Request::HandlePendency(Box::new(handle)),
    ] {
        let code = alice.ask(Request::Group(request)).map(drop).map_err(|error| error.code);
        assert_eq!(code, Err(10004));
    }
    let sent = alice.send("bob", "hello");
    let messages = vec![MessageRef::Order(sent.order); 51];
    let delete = Request::Message(Edit::Delete { conv: Conv::c2c("bob"), messages });
    assert_eq!(alice.ask(delete).unwrap_err().code, 6017);
}

#[test]
fn a_device_that_asks_for_all_of_the_log_gets_what_the_service_says_too() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    open_group(&mut alice, &mut bob);
    alice.send("bob", "hello");
    let mut count = |own| match bob.ask(Request::Pull { after: 0, own }) {
        Ok(Response::Page(page)) => page.events.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!((count(false), count(true)), (2, 2), "joined, and hello");
    let own = bob.outgoing("alice", "hi");
    bob.try_send(own).unwrap();
    let mut count = |own| match bob.ask(Request::Pull { after: 0, own }) {
        Ok(Response::Page(page)) => page.events.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!((count(false), count(true)), (2, 3));
}

#[test]
fn what_a_newer_version_told_keeps_nothing_from_those_who_do_not_know_it() {
    let world = World::new();
    let mut bob = world.ghost("bob");
    let mut alice = world.ghost("alice");
    alice.send("bob", "before");
    let mut store = SqliteStore::open(&world.service_dir()).unwrap();
    let account = now(store.account("bob")).unwrap().unwrap();
    now(store.log(account, 0, Entry::Notice(r#"{"Hologram":{"of":"alice"}}"#.into()))).unwrap();
    store.commit().unwrap();
    alice.send("bob", "after");
    assert_eq!(messages(&bob.log(0)), 2);
}

/// The embedded store is always ready.
fn now<T>(answer: impl Future<Output = T>) -> T {
    match pin!(answer).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => unreachable!("the embedded store never waits"),
    }
}
