//! What a new device is told: what has come to no device of the account yet. The rest is history, also where the others never logged out.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, describe, text, texts, until};
use imsdk_types::wire::{Conv, Request, Response, friendship, group};
use imsdk_types::{
    FriendResponse, FriendResponseAction, FriendType, GroupType, ProfileAddPermission,
};

/// A device of bob's that has lived through this and that, and is still logged in.
fn lived(world: &World) -> Device {
    let alice = world.alice();
    let bob = world.user("bob", Platform::Android);
    bob.set_permission(ProfileAddPermission::NeedConfirm);
    assert_eq!(alice.add("bob", FriendType::Both), 30539);
    bob.events().wait("a request", |event| matches!(event, Event::FriendRequests(_)).then_some(()));
    assert_eq!(bob.respond("alice", FriendResponseAction::AgreeAndAdd), 0);
    for group in ["stays", "ends"] {
        alice.create_group(group, GroupType::Public);
        bob.join_group(group).unwrap();
    }
    for said in ["earlier", "to all"] {
        alice.say("stays", said);
    }
    alice.delete_group("ends").unwrap();
    bob.send("alice", "own");
    for said in ["also seen", "seen"] {
        alice.send("bob", said);
    }
    for said in ["to all", "seen"] {
        bob.events().wait_message(said);
    }
    bob
}

/// Whether the service knows that a user's devices have all there is.
fn has_all(world: &World, user: &str) -> bool {
    let mut ghost = world.ghost(user);
    let heads = ghost.ask(Request::Group(group::Request::Heads));
    let Ok(Response::Group(group::Response::Heads(heads))) = heads else { panic!("{heads:?}") };
    let cursor = ghost.cursor();
    ghost.log(cursor).is_empty() && heads.iter().all(|group| group.delivered >= group.head)
}

/// A new device of bob's has what there is, and is told of nothing but the last message of each conversation.
fn begins_quietly(world: &World) {
    let fresh = world.user("bob", Platform::Mac);
    fresh.sync();
    let mut told = texts(&fresh.events().messages());
    told.sort();
    assert_eq!(told, ["seen", "to all"]);
    let told = fresh.events().all().into_iter().filter(|event| {
        !matches!(event, Event::NewMessages(_) | Event::Conversations(..) | Event::Network { .. })
    });
    let told: Vec<_> = told.map(|event| describe(&event)).collect();
    assert!(told.is_empty(), "{told:#?}");
    assert_eq!(texts(&fresh.history("alice", 20)), ["seen", "also seen", "own"]);
    assert_eq!(text(&fresh.group_history("stays", 1)[0]), "to all");
    assert_eq!(fresh.friend_ids(), ["alice"]);
}

#[test]
fn what_came_to_a_device_that_is_quiet_now_comes_to_no_new_one() {
    let world = World::new();
    let _there = lived(&world);
    until("word of what has come", || has_all(&world, "bob"));
    begins_quietly(&world);
}

#[test]
fn what_came_to_a_program_that_ended_without_a_logout_comes_to_no_new_device() {
    let world = World::new();
    lived(&world).crash();
    begins_quietly(&world);
}

#[test]
fn what_no_device_has_got_comes_and_what_was_read_comes_as_read() {
    let world = World::new();
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| world.ghost(user));
    let read = alice.send("bob", "read").order;
    bob.send("alice", "own");
    alice.send("bob", "new");
    let conv = Conv::c2c("alice");
    bob.ask(Request::ReportRead { conv, time: None, upto: Some(read) }).unwrap();
    let fresh = world.user("bob", Platform::Mac);
    fresh.sync();
    let told = fresh.events().messages();
    let told: Vec<_> = told.iter().map(|message| (text(message), message.is_read)).collect();
    assert_eq!(told, [("read".to_owned(), true), ("new".to_owned(), false)]);
    assert_eq!(fresh.unread("alice"), 1);
    assert_eq!(texts(&fresh.history("alice", 20)), ["new", "own", "read"]);
}

#[test]
fn what_a_device_lacks_of_a_group_comes_as_read_if_it_was() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.user("bob", Platform::Android));
    alice.create_group("g", GroupType::Public);
    bob.join_group("g").unwrap();
    bob.logout();
    alice.say("g", "read");
    let pc = world.user("bob", Platform::Linux);
    pc.sync();
    pc.read_group("g");
    alice.say("g", "new");
    // Which the other one has not told yet, or has: both is right.
    let back = world.device("bob", Platform::Android);
    back.login("bob").unwrap();
    back.sync();
    let told = back.events().messages();
    let told: Vec<_> = told.iter().map(|message| (text(message), message.is_read)).collect();
    assert!(told.contains(&("read".to_owned(), true)), "{told:?}");
    assert!(told.contains(&("new".to_owned(), false)), "{told:?}");
}

#[test]
fn s7_3_a_request_that_is_settled_comes_to_nobody() {
    let world = World::new();
    let bob = world.user("bob", Platform::Android);
    bob.set_permission(ProfileAddPermission::NeedConfirm);
    bob.logout();
    for user in ["alice", "carol"] {
        assert_eq!(world.user(user, Platform::Linux).add("bob", FriendType::Both), 30539);
    }
    let answer = FriendResponse {
        identifier: "alice".into(),
        action: Some(FriendResponseAction::AgreeAndAdd as u32),
        ..FriendResponse::default()
    };
    let answer = Request::Friendship(friendship::Request::Respond(answer));
    world.ghost("bob").ask(answer).unwrap();
    for (machine, platform) in [("new", Platform::Mac), ("bob", Platform::Android)] {
        let device = world.device(machine, platform);
        device.login("bob").unwrap();
        device.sync();
        let all = device.events().all();
        let requests = all.iter().filter_map(|event| match event {
            Event::FriendRequests(list) => Some(list),
            _ => None,
        });
        let users: Vec<_> = requests.flatten().map(|request| &*request.identifier).collect();
        assert_eq!(users, ["carol"], "{machine}");
        device.crash();
    }
}
