//! Withdrawing and deleting, where clocks and other accounts matter. The names begin with the rule they show.

use imsdk_testkit::{Ghost, World};
use imsdk_types::wire::group::Request as Group;
use imsdk_types::wire::message::{MessageRef, Notice, Request as Edit};
use imsdk_types::wire::{
    Conv, ConvKind, Delivered, Event, MessageBody, Notice as AnyNotice, Request, Response,
};
use imsdk_types::{CreateGroupParam, GroupType};

fn revoke(ghost: &mut Ghost, peer: &str, message: MessageRef) -> i32 {
    let edit = Edit::Revoke { conv: Conv::c2c(peer), message };
    ghost.ask(Request::Message(edit)).map_or_else(|error| error.code, |_| 0)
}

fn delete(ghost: &mut Ghost, peer: &str, messages: Vec<MessageRef>) -> i32 {
    let edit = Edit::Delete { conv: Conv::c2c(peer), messages };
    ghost.ask(Request::Message(edit)).map_or_else(|error| error.code, |_| 0)
}

fn history(ghost: &mut Ghost, peer: &str, count: u32) -> Vec<Delivered> {
    let request = Request::History { conv: Conv::c2c(peer), before: None, count };
    match ghost.ask(request) {
        Ok(Response::History { messages, .. }) => messages,
        other => panic!("the answer to a history was {other:?}"),
    }
}

fn orders(ghost: &mut Ghost, peer: &str, count: u32) -> Vec<u64> {
    history(ghost, peer, count).iter().map(|message| message.order).collect()
}

#[test]
fn rev_1_the_time_is_measured_by_the_clock_of_the_service() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    alice.clock().set(1_000_000);
    let (early, late) = (alice.send("bob", "early"), alice.send("bob", "late"));
    alice.clock().set(1_000_120);
    assert_eq!(revoke(&mut alice, "bob", MessageRef::Order(early.order)), 0);
    alice.clock().set(1_000_121);
    assert_eq!(revoke(&mut alice, "bob", MessageRef::Order(late.order)), 20016);
    let seen = history(&mut bob, "alice", 9);
    assert_eq!(seen.iter().map(|message| message.revoked).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn rev_2_rev_8_who_may_withdraw_what() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    let sent = alice.send("bob", "hello");
    let order = MessageRef::Order(sent.order);
    assert_eq!(revoke(&mut bob, "alice", order.clone()), 20022, "not the other's");
    assert_eq!(revoke(&mut alice, "bob", MessageRef::Order(9)), 20022);
    assert_eq!(revoke(&mut alice, "bob", MessageRef::Order(0)), 20022);
    assert_eq!(revoke(&mut alice, "bob", MessageRef::Order(u64::MAX)), 20022);
    assert_eq!(revoke(&mut alice, "nobody", order.clone()), 20022);
    assert_eq!(revoke(&mut alice, "alice", order.clone()), 20022, "of another conversation");
    let key = |rand| MessageRef::Key { sender: "alice".into(), client_time: 1_600_000_000, rand };
    assert_eq!(revoke(&mut alice, "bob", key(99)), 20022);
    assert_eq!(revoke(&mut alice, "bob", key(1)), 0);
    assert_eq!(revoke(&mut alice, "bob", order), 20023);
    let nowhere = Conv { kind: ConvKind::Group, id: "@TGS#none".into() };
    let edit = Edit::Revoke { conv: nowhere, message: MessageRef::Order(1) };
    assert_eq!(alice.ask(Request::Message(edit)).unwrap_err().code, 10030);
}

#[test]
fn rev_4_rev_7_both_accounts_are_told_and_the_content_is_gone() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    let sent = alice.send("bob", "secret");
    assert_eq!(revoke(&mut alice, "bob", MessageRef::Order(sent.order)), 0);
    for (ghost, peer) in [(&mut alice, "bob"), (&mut bob, "alice")] {
        let log = ghost.log(0);
        let told = log.iter().find_map(|event| match event {
            Event::Notice(AnyNotice::Message(Notice::Revoked { conv, order, revoker, .. })) => {
                Some((conv.clone(), *order, revoker.clone()))
            }
            _ => None,
        });
        assert_eq!(told, Some((Conv::c2c(peer), sent.order, "alice".to_owned())));
        let kept = &history(ghost, peer, 9)[0];
        let body: MessageBody = serde_json::from_str(&kept.body).unwrap();
        assert!(kept.revoked && body.elems.is_empty());
        assert_eq!(body.revoker, "alice");
    }
    assert!(!bob.log(0).iter().any(|event| format!("{event:?}").contains("secret")));
}

#[test]
fn del_4_deleted_for_oneself_alone_and_pages_stay_full() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    for n in 1..=20 {
        alice.send("bob", &n.to_string());
    }
    let gone = (1..=20).filter(|order| order % 4 != 0).map(MessageRef::Order).collect();
    assert_eq!(delete(&mut bob, "alice", gone), 0);
    assert_eq!(orders(&mut bob, "alice", 3), [20, 16, 12]);
    assert_eq!(orders(&mut bob, "alice", 9), [20, 16, 12, 8, 4]);
    assert_eq!(orders(&mut alice, "bob", 99).len(), 20, "the other side keeps them");
    let told = bob.log(0).iter().filter(|event| matches!(event, Event::Message(_))).count();
    assert_eq!(told, 5, "a device that comes later does not get them");
    let Ok(Response::RecentConvs(list)) = bob.ask(Request::RecentConvs) else { panic!("no list") };
    assert_eq!(list[0].unread, 5);
    assert_eq!(delete(&mut bob, "alice", vec![MessageRef::Order(20)]), 0);
    let Ok(Response::RecentConvs(list)) = bob.ask(Request::RecentConvs) else { panic!("no list") };
    assert_eq!(list[0].last.as_ref().unwrap().order, 16, "DEL-6");
}

#[test]
fn del_5_all_or_nothing() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    alice.send("bob", "stays");
    let with_unknown = vec![MessageRef::Order(1), MessageRef::Order(7)];
    assert_eq!(delete(&mut bob, "alice", with_unknown), 20018);
    assert_eq!(delete(&mut bob, "nobody", vec![MessageRef::Order(1)]), 20018);
    assert_eq!(orders(&mut bob, "alice", 9), [1]);
}

#[test]
fn rev_8_del_5_groups_have_codes_of_their_own() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    let param = CreateGroupParam {
        group_id: "g".into(),
        group_name: "g".into(),
        group_type: GroupType::Public.bits(),
        add_option: 2,
        ..CreateGroupParam::default()
    };
    alice.ask(Request::Group(Group::Create(Box::new(param)))).unwrap();
    let join = Group::Join { group: "g".into(), hello: String::new() };
    bob.ask(Request::Group(join)).unwrap();
    alice.clock().set(1_700_000_000);
    let mut say = || {
        let mut outgoing = alice.outgoing("", "hello");
        outgoing.to = Conv::group("g");
        alice.try_send(outgoing).unwrap().order
    };
    let (one, two) = (say(), say());
    let edit = |ghost: &mut Ghost, edit: Edit| {
        ghost.ask(Request::Message(edit)).map_or_else(|error| error.code, |_| 0)
    };
    let revoke = |order| Edit::Revoke { conv: Conv::group("g"), message: MessageRef::Order(order) };
    let delete = |orders: &[u64]| Edit::Delete {
        conv: Conv::group("g"),
        messages: orders.iter().copied().map(MessageRef::Order).collect(),
    };
    assert_eq!(edit(&mut bob, revoke(one)), 10032, "not an ordinary member");
    assert_eq!(edit(&mut alice, revoke(99)), 10030);
    alice.clock().set(1_700_000_120);
    assert_eq!(edit(&mut alice, revoke(one)), 0);
    alice.clock().set(1_700_000_121);
    assert_eq!(edit(&mut alice, revoke(two)), 10031);
    assert_eq!(edit(&mut bob, delete(&[two, 99])), 10034);
    let nowhere = Edit::Delete { conv: Conv::group("h"), messages: vec![MessageRef::Order(1)] };
    assert_eq!(edit(&mut bob, nowhere), 10034);
    assert_eq!(edit(&mut bob, delete(&[two])), 0, "refused whole, and possible alone");
}
