//! Friends: adding, requests, the list, removing. Each change is shown on a second device too. The names begin with the section of the rule
//! they show.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_service::RelationPolicy;
use imsdk_testkit::{Device, Tracker, World};
use imsdk_types::FriendResponseAction::{Agree, AgreeAndAdd, Reject};
use imsdk_types::FriendType::{Both, Single};
use imsdk_types::ProfileAddPermission::{AllowAny, DenyAny, NeedConfirm};
use imsdk_types::{
    Elem, FriendAddPendency, FriendChangeElem, FriendProfileCustomStringInfo, FriendProfileItem,
    FriendProfileUpdate, FriendResponse, FriendshipAddFriendParam, FriendshipDeletePendencyParam,
    FriendshipGetPendencyListParam, FriendshipModifyFriendProfileParam,
};

fn wait_added(events: &Tracker, user: &str) {
    events.wait(&format!("new friend {user}"), |event| match event {
        Event::FriendsAdded(users) => users.iter().find(|it| *it == user).map(|_| ()),
        _ => None,
    });
}

fn wait_deleted(events: &Tracker, user: &str) {
    events.wait(&format!("lost friend {user}"), |event| match event {
        Event::FriendsDeleted(users) => users.iter().find(|it| *it == user).map(|_| ()),
        _ => None,
    });
}

fn wait_request(events: &Tracker) -> FriendAddPendency {
    events.wait("a friend request", |event| match event {
        Event::FriendRequests(requests) => requests.first().cloned(),
        _ => None,
    })
}

/// The changes without an event of their own that a device was told of.
fn changes(device: &Device) -> Vec<FriendChangeElem> {
    device.sync();
    let mut all = Vec::new();
    for message in device.events().messages() {
        if let Elem::FriendChange(change) = &message.elem_array[0] {
            assert_eq!((message.conv_type, message.sender.as_str()), (3, "@TIM#SYSTEM"));
            all.push(FriendChangeElem::clone(change));
        }
    }
    all
}

fn friend_events(device: &Device) -> Vec<String> {
    device.sync();
    let is_ours = |line: &String| {
        ["added", "deleted", "updated", "requests"].iter().any(|kind| line.starts_with(kind))
    };
    device.events().story().into_iter().filter(is_ours).collect()
}

/// Alice on two devices, Bob on two devices.
struct Four {
    world: World,
    alice: Device,
    alice2: Device,
    bob: Device,
    bob2: Device,
}

impl Four {
    fn new() -> Self {
        let world = World::new();
        Self {
            alice: world.alice(),
            alice2: world.user("alice", Platform::Android),
            bob: world.bob(),
            bob2: world.user("bob", Platform::Android),
            world,
        }
    }

    fn story(&self) -> [Vec<String>; 4] {
        let devices = [&self.alice, &self.alice2, &self.bob, &self.bob2];
        devices.map(|device| {
            let story = friend_events(device);
            device.events().forget();
            story
        })
    }
}

fn twice(alice: &[&str], bob: &[&str]) -> [Vec<String>; 4] {
    [alice, alice, bob, bob].map(|list| list.iter().map(|line| line.to_string()).collect())
}

// §11-18
#[test]
fn s7_2_adding_both_ways_makes_two_friends_and_tells_all_devices() {
    let four = Four::new();
    assert_eq!(four.alice.add("bob", Both), 0);
    let told = four.alice.events().count(|event| matches!(event, Event::FriendsAdded(_)));
    assert_eq!(told, 1, "the event comes before the answer");
    assert_eq!(four.story(), twice(&["added bob"], &["added alice"]));
    assert_eq!(four.alice.friend_ids(), ["bob"]);
    assert_eq!(four.bob2.friend_ids(), ["alice"]);
    assert_eq!(four.alice.relation("bob", Both), (3, 0));
}

// §11-18
#[test]
fn s7_2_adding_one_way_changes_one_list() {
    let four = Four::new();
    assert_eq!(four.alice.add("bob", Single), 0);
    assert_eq!(four.story(), twice(&["added bob"], &[]));
    assert_eq!(four.alice.relation("bob", Both), (1, 0));
    assert_eq!(four.bob.relation("alice", Both), (2, 0));
    assert_eq!(four.bob.relation("alice", Single), (0, 0), "only the own list is looked at");
    assert_eq!(four.alice.relation("bob", Single), (1, 0));
    assert_eq!(four.alice.relation("alice", Both), (0, 0));
    assert_eq!(four.alice.relation("nobody", Both), (0, 30003));
    // What is missing is added, though Bob would not let anybody else.
    four.alice.set_permission(DenyAny);
    four.story();
    assert_eq!(four.bob.add("alice", Both), 0, "she has him already");
    assert_eq!(four.story(), twice(&[], &["added alice"]));
    assert_eq!(four.bob.relation("alice", Both), (3, 0));
}

// §11-22
#[test]
fn s7_2_the_first_rule_that_is_broken_gives_the_code() {
    let four = Four::new();
    let (alice, bob) = (&four.alice, &four.bob);
    assert_eq!(alice.add("nobody", Both), 30003);
    assert_eq!(alice.add("alice", Both), 30001);
    bob.set_permission(DenyAny);
    assert_eq!(alice.add("bob", Both), 30516);
    assert_eq!(alice.add("bob", Single), 30516);
    assert_eq!(bob.block("alice"), 0);
    assert_eq!(alice.add("bob", Both), 30525);
    assert_eq!(alice.block("bob"), 0);
    assert_eq!(alice.add("bob", Both), 30515, "the own black list comes first");
    assert_eq!(alice.unblock("bob"), 0);
    assert_eq!(bob.unblock("alice"), 0);
    bob.set_permission(AllowAny);
    assert_eq!(alice.add("bob", Single), 0);
    assert_eq!(alice.add("bob", Single), 30001);
    assert_eq!(alice.add("bob", Both), 0, "the other half");
    assert_eq!(alice.add("bob", Both), 30001);
    let odd = FriendshipAddFriendParam {
        identifier: "bob".into(),
        friend_type: 7,
        ..FriendshipAddFriendParam::default()
    };
    assert_eq!(alice.add_with(odd).code, 30001);
    four.story();
}

#[test]
fn s1_malformed_values_fail_the_call() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let good = FriendshipAddFriendParam {
        identifier: "bob".into(),
        friend_type: 1,
        ..FriendshipAddFriendParam::default()
    };
    let text = |length: usize| "x".repeat(length);
    for (param, code) in [
        (FriendshipAddFriendParam { identifier: String::new(), ..good.clone() }, 7003),
        (FriendshipAddFriendParam { identifier: text(33), ..good.clone() }, 7003),
        (FriendshipAddFriendParam { remark: text(97), ..good.clone() }, 9002),
        (FriendshipAddFriendParam { add_wording: text(121), ..good.clone() }, 9003),
        (FriendshipAddFriendParam { add_source: text(9), ..good.clone() }, 9004),
        (FriendshipAddFriendParam { add_source: "AddSource_Type_".into(), ..good.clone() }, 9004),
        (FriendshipAddFriendParam { add_source: "a-b".into(), ..good.clone() }, 9004),
        (FriendshipAddFriendParam { group_name: text(31), ..good.clone() }, 9005),
    ] {
        let answer = alice.call(|client, reply| client.add_friend(param.clone(), reply));
        assert_eq!(answer.unwrap_err().code, code, "{param:?}");
    }
    assert!(alice.friends().is_empty());
}

// §11-23
#[test]
fn s7_2_what_was_said_when_adding_is_in_the_list() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.set_nick("Bobby");
    let result = alice.add_with(FriendshipAddFriendParam {
        identifier: "bob".into(),
        friend_type: Both as u32,
        remark: "R".repeat(96),
        group_name: "Work".into(),
        add_source: "Windows".into(),
        add_wording: "w".repeat(120),
    });
    assert_eq!((result.identifier.as_str(), result.code, result.desc.as_str()), ("bob", 0, ""));
    let friend = alice.friend("bob");
    assert_eq!(friend.remark, "R".repeat(96));
    assert_eq!(friend.group_name_array, ["Work"], "the group was made");
    assert_eq!(friend.add_source, "AddSource_Type_Windows");
    assert_eq!(friend.add_wording, "w".repeat(120));
    assert!(friend.add_time > 1_600_000_000);
    assert_eq!(friend.user_profile.nick_name, "Bobby");
    let other = bob.friend("alice");
    assert_eq!((other.remark.as_str(), other.group_name_array.len()), ("", 0), "hers, not his");
    assert_eq!(other.add_source, "AddSource_Type_Windows");
}

#[test]
fn s7_2_a_full_list_takes_nobody() {
    let relations = RelationPolicy { max_friends: 2, ..RelationPolicy::default() };
    let world = World::new().with_relations(relations);
    let alice = world.alice();
    let others = ["bob", "carol", "dave"].map(|user| world.user(user, Platform::Linux));
    assert_eq!(others[0].add("alice", Both), 0);
    assert_eq!(others[1].add("alice", Both), 0);
    assert_eq!(others[2].add("alice", Both), 30014, "hers is full");
    assert_eq!(others[2].add("alice", Single), 0, "it need not change");
    assert_eq!(alice.add("dave", Both), 30010);
    assert_eq!(alice.unfriend("bob", Both), 0);
    assert_eq!(alice.add("dave", Single), 0, "there is room again");
    // A request that was made while there was room.
    alice.set_permission(NeedConfirm);
    assert_eq!(others[0].add("alice", Both), 30014);
    others[0].set_permission(NeedConfirm);
    assert_eq!(alice.unfriend("dave", Single), 0);
    assert_eq!(others[0].add("alice", Both), 30539);
    assert_eq!(others[2].unfriend("alice", Single), 0);
    others[2].set_permission(AllowAny);
    assert_eq!(alice.add("dave", Single), 0);
    assert_eq!(alice.respond("bob", AgreeAndAdd), 30010);
    assert_eq!(alice.respond("bob", Agree), 0, "only his list changes");
}

// §11-19
#[test]
fn s7_3_one_who_wants_to_be_asked_is_asked() {
    let four = Four::new();
    four.bob.set_permission(NeedConfirm);
    four.alice.set_nick("Al");
    four.story();
    let param = FriendshipAddFriendParam {
        identifier: "bob".into(),
        friend_type: Both as u32,
        remark: "my Bob".into(),
        group_name: "Work".into(),
        add_source: "Windows".into(),
        add_wording: "hello".into(),
    };
    assert_eq!(four.alice.add_with(param.clone()).code, 30539);
    for device in [&four.bob, &four.bob2] {
        let request = wait_request(device.events());
        assert_eq!((request.identifier.as_str(), request.nick_name.as_str()), ("alice", "Al"));
        assert_eq!(request.add_source, "AddSource_Type_Windows");
        assert_eq!((request.add_wording.as_str(), request.kind), ("hello", 0));
    }
    assert_eq!(four.story(), twice(&[], &["requests alice"]), "not her own devices");
    assert_eq!(four.alice2.requests(), [("bob".into(), 1)]);
    assert_eq!(four.bob2.requests(), [("alice".into(), 0)]);
    assert!(four.alice.friends().is_empty());
    let page = four.bob.pendencies(FriendshipGetPendencyListParam::default());
    let info = &page.pendency_info_array[0];
    assert_eq!((info.nick_name.as_str(), info.add_wording.as_str()), ("Al", "hello"));
    assert_eq!(page.unread_num, 1);
    // Asked again: one request, with the new words.
    let again = FriendshipAddFriendParam { add_wording: "please".into(), ..param };
    assert_eq!(four.alice.add_with(again).code, 30539);
    assert_eq!(wait_request(four.bob2.events()).add_wording, "please");
    assert_eq!(four.bob.requests().len(), 1);
    // And answered.
    four.story();
    assert_eq!(four.bob.respond("alice", AgreeAndAdd), 0);
    assert_eq!(four.story(), twice(&["added bob"], &["added alice"]));
    let friend = four.alice.friend("bob");
    assert_eq!((friend.remark.as_str(), friend.add_wording.as_str()), ("my Bob", "please"));
    assert_eq!(friend.group_name_array, ["Work"]);
    assert_eq!(four.alice.relation("bob", Both), (3, 0));
    assert!(four.alice.requests().is_empty() && four.bob.requests().is_empty());
    assert_eq!(four.bob.respond("alice", Agree), 30614, "it is settled");
}

// §11-19, §11-20
#[test]
fn s7_3_the_three_answers() {
    for (answer, alice_events, relation) in [(Agree, &["added bob"][..], 1), (Reject, &[][..], 0)] {
        let four = Four::new();
        four.bob.set_permission(NeedConfirm);
        assert_eq!(four.alice.add("bob", Single), 30539, "also one way");
        four.story();
        assert_eq!(four.bob.respond("alice", answer), 0);
        for device in [&four.alice, &four.alice2, &four.bob2] {
            let gone: Vec<_> =
                changes(device).into_iter().map(|change| change.change_type).collect();
            assert_eq!(gone, [4], "the request is gone");
        }
        assert!(changes(&four.bob).is_empty(), "he did it himself");
        assert_eq!(four.story(), twice(alice_events, &[]));
        assert_eq!(four.alice.relation("bob", Both), (relation, 0));
        assert!(four.alice.requests().is_empty() && four.bob.requests().is_empty());
        // It is possible to ask again.
        let expected = if answer == Agree { 30001 } else { 30539 };
        assert_eq!(four.alice.add("bob", Single), expected);
    }
}

// §11-21
#[test]
fn s7_3_answers_that_make_no_sense() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    assert_eq!(bob.respond("alice", Agree), 30614);
    assert_eq!(bob.respond("nobody", Agree), 30614, "nor has anybody unknown");
    bob.set_permission(NeedConfirm);
    assert_eq!(alice.add("bob", Both), 30539);
    assert_eq!(alice.respond("bob", Agree), 30614, "nobody answers their own request");
    let respond =
        |param: FriendResponse| bob.call(|client, reply| client.respond_to_friend(param, reply));
    let good = FriendResponse { identifier: "alice".into(), action: Some(1), ..Default::default() };
    for action in [Some(3), None] {
        assert_eq!(respond(FriendResponse { action, ..good.clone() }).unwrap().code, 30001);
    }
    let long = FriendResponse { remark: "x".repeat(97), ..good.clone() };
    assert_eq!(respond(long).unwrap_err().code, 9002);
    let long = FriendResponse { group_name: "x".repeat(31), ..good.clone() };
    assert_eq!(respond(long).unwrap_err().code, 9005);
    let full = FriendResponse { remark: "Al".into(), group_name: "Home".into(), ..good };
    assert_eq!(respond(full).unwrap().code, 0);
    let friend = bob.friend("alice");
    assert_eq!(
        (friend.remark.as_str(), &friend.group_name_array[..]),
        ("Al", &["Home".into()][..])
    );
}

#[test]
fn s7_3_requests_in_opposite_directions_settle_each_other() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.set_permission(NeedConfirm);
    assert_eq!(alice.add("bob", Both), 30539);
    assert_eq!(bob.add("alice", Both), 0, "she allows anybody");
    wait_added(alice.events(), "bob");
    assert!(alice.requests().is_empty() && bob.requests().is_empty());
    assert_eq!(alice.relation("bob", Both), (3, 0));
}

#[test]
fn s7_3_one_side_deletes_its_request_and_the_other_keeps_it() {
    let four = Four::new();
    four.bob.set_permission(NeedConfirm);
    assert_eq!(four.alice.add("bob", Both), 30539);
    four.story();
    let delete = |device: &Device, kind: u32, user: &str| {
        let param = FriendshipDeletePendencyParam { kind, identifier_array: vec![user.into()] };
        let results = device.call(|client, reply| client.delete_pendencies(param, reply)).unwrap();
        (results[0].code, results[0].desc.clone())
    };
    assert_eq!(delete(&four.alice, 0, "bob").0, 30614);
    assert_eq!(delete(&four.alice, 2, "bob").0, 30001, "a query's kind only");
    assert_eq!(delete(&four.alice, 1, "nobody").0, 30614);
    assert_eq!(delete(&four.alice, 1, "bob"), (0, "OK".into()));
    assert_eq!(delete(&four.alice, 1, "bob").0, 30614);
    let told = changes(&four.alice2);
    assert_eq!((told.len(), told[0].change_type), (1, 4));
    assert_eq!(told[0].pendency_del_identifier_array, ["bob"]);
    assert!(changes(&four.alice).is_empty() && changes(&four.bob).is_empty());
    assert!(four.alice.requests().is_empty());
    assert_eq!(four.bob.requests().len(), 1);
    assert_eq!(four.bob.respond("alice", AgreeAndAdd), 0, "it still stands");
    assert_eq!(four.alice.relation("bob", Both), (3, 0));
}

#[test]
fn s7_3_requests_are_read() {
    let four = Four::new();
    four.bob.set_permission(NeedConfirm);
    four.story();
    assert_eq!(four.alice.add("bob", Both), 30539);
    let unread =
        |device: &Device| device.pendencies(FriendshipGetPendencyListParam::default()).unread_num;
    let read = |time: u64| {
        four.bob.call(|client, reply| client.read_pendencies(time, reply)).unwrap();
    };
    assert_eq!((unread(&four.bob), unread(&four.alice)), (1, 0));
    read(1);
    assert_eq!(unread(&four.bob), 1, "it is newer");
    read(0);
    assert_eq!((unread(&four.bob), unread(&four.bob2)), (0, 0));
    read(0);
    let told = changes(&four.bob2);
    assert_eq!((told.len(), told[0].change_type), (1, 7));
    assert!(told[0].pendency_readed_report_timestamp > 1_600_000_000);
    assert!(changes(&four.bob).is_empty());
    assert_eq!(four.bob.requests().len(), 1, "read, not answered");
    // Within the same second.
    assert_eq!(four.alice.add("bob", Both), 30539);
    assert_eq!(unread(&four.bob), 1, "asked anew");
}

// §11-25
#[test]
fn s7_3_requests_come_in_pages_newest_first_and_only_news_past_a_number() {
    let world = World::new();
    let bob = world.bob();
    bob.set_permission(NeedConfirm);
    for number in 0..5 {
        let user = format!("u{number}");
        assert_eq!(world.user(&user, Platform::Linux).add("bob", Both), 30539);
    }
    let list = |start_seq: u64, start_time: u64, limited_size: i32| {
        bob.pendencies(FriendshipGetPendencyListParam {
            kind: 0,
            start_seq,
            start_time,
            limited_size,
        })
    };
    let ids = |page: &imsdk_types::PendencyPage| {
        page.pendency_info_array.iter().map(|it| it.identifier.clone()).collect::<Vec<_>>()
    };
    let first = list(0, 0, 2);
    assert_eq!(ids(&first), ["u4", "u3"]);
    let second = list(0, first.start_time, 2);
    assert_eq!(ids(&second), ["u2", "u1"]);
    let third = list(0, second.start_time, 2);
    assert_eq!((ids(&third), third.start_time), (vec!["u0".into()], 0), "the last one");
    assert_eq!(list(0, 0, 5).start_time, 0);
    assert_eq!(ids(&list(0, 0, 0)).len(), 5);
    assert_eq!(ids(&list(0, 0, -1)).len(), 5);
    let news = list(first.current_seq, 0, 0);
    assert!(news.pendency_info_array.is_empty());
    assert_eq!((news.unread_num, news.current_seq), (5, first.current_seq));
    let late = world.user("late", Platform::Linux);
    assert_eq!(late.add("bob", Both), 30539);
    let news = list(first.current_seq, 0, 0);
    assert_eq!(ids(&news), ["late"]);
    assert!(news.current_seq > first.current_seq);
    assert_eq!(bob.respond("late", Reject), 0);
    assert!(list(0, 0, 0).current_seq > news.current_seq, "every change moves it on");
    let odd = FriendshipGetPendencyListParam { kind: 3, ..Default::default() };
    let answer = bob.call(|client, reply| client.pendencies(odd, reply));
    assert_eq!(answer.unwrap_err().code, 30001);
}

#[test]
fn s7_4_removing_changes_one_list_or_both() {
    let four = Four::new();
    assert_eq!(four.alice.add("bob", Both), 0);
    four.alice.send("bob", "hello");
    four.story();
    assert_eq!(four.alice.unfriend("bob", Single), 0);
    assert_eq!(four.story(), twice(&["deleted bob"], &[]));
    assert_eq!(four.alice.relation("bob", Both), (2, 0));
    assert_eq!(four.alice.unfriend("bob", Single), 30001);
    assert_eq!(four.alice.unfriend("nobody", Single), 30001);
    assert_eq!(four.alice.add("bob", Both), 0);
    four.story();
    assert_eq!(four.alice.unfriend("bob", Both), 0);
    assert_eq!(four.story(), twice(&["deleted bob"], &["deleted alice"]));
    assert_eq!(four.alice.relation("bob", Both), (0, 0));
    assert!(four.alice.conversation("bob").is_some(), "CONV-13");
    // One way only: both is fine, and only the list that changed is told.
    assert_eq!(four.alice.add("bob", Single), 0);
    four.story();
    assert_eq!(four.alice.unfriend("bob", Both), 0);
    assert_eq!(four.story(), twice(&["deleted bob"], &[]));
}

#[test]
fn s7_4_removing_forgets_what_was_stored() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    assert_eq!(alice.add("bob", Single), 0);
    alice.modify_friend(
        "bob",
        FriendProfileItem {
            remark: Some("my Bob".into()),
            group_name_array: Some(vec!["Work".into()]),
            custom_string_array: Some(vec![custom("Str", "x")]),
            ..FriendProfileItem::default()
        },
    );
    assert_eq!(alice.unfriend("bob", Single), 0);
    assert_eq!(alice.add("bob", Single), 0);
    let friend = alice.friend("bob");
    assert_eq!((friend.remark.as_str(), friend.group_name_array.len()), ("", 0));
    assert!(friend.custom_string_array.is_empty());
}

fn custom(key: &str, value: &str) -> FriendProfileCustomStringInfo {
    FriendProfileCustomStringInfo { key: key.into(), value: value.into() }
}

#[test]
fn s7_6_what_is_stored_about_a_friend_changes_key_by_key() {
    let four = Four::new();
    assert_eq!(four.alice.add("bob", Both), 0);
    four.story();
    four.alice.modify_friend(
        "bob",
        FriendProfileItem {
            group_name_array: Some(vec!["group1".into(), "group2".into(), "group1".into()]),
            remark: Some("New Remark".into()),
            ..FriendProfileItem::default()
        },
    );
    let expected = FriendProfileUpdate {
        identifier: "bob".into(),
        item: FriendProfileItem {
            remark: Some("New Remark".into()),
            group_name_array: Some(vec!["group1".into(), "group2".into()]),
            ..FriendProfileItem::default()
        },
    };
    for device in [&four.alice, &four.alice2] {
        let updates = device.events().wait("an update", |event| match event {
            Event::FriendsUpdated(updates) => Some(updates.clone()),
            _ => None,
        });
        assert_eq!(updates, std::slice::from_ref(&expected), "the changed keys alone");
    }
    assert_eq!(four.story(), twice(&["updated bob"], &[]), "the friend does not learn of it");
    four.alice.modify_friend(
        "bob",
        FriendProfileItem {
            custom_string_array: Some(vec![
                custom("Str", "a"),
                custom("Tag_SNS_Custom_Other", "b"),
            ]),
            ..FriendProfileItem::default()
        },
    );
    four.alice.modify_friend(
        "bob",
        FriendProfileItem {
            group_name_array: Some(vec!["group2".into(), "group3".into()]),
            custom_string_array: Some(vec![custom("Str", "c")]),
            ..FriendProfileItem::default()
        },
    );
    let friend = four.alice2.friend("bob");
    assert_eq!(friend.remark, "New Remark");
    assert_eq!(friend.group_name_array, ["group2", "group3"], "the set is replaced");
    let fields = [custom("Tag_SNS_Custom_Other", "b"), custom("Tag_SNS_Custom_Str", "c")];
    assert_eq!(friend.custom_string_array, fields);
    let none = FriendProfileItem { group_name_array: Some(Vec::new()), ..Default::default() };
    four.alice.modify_friend("bob", none);
    four.story();
    four.alice.modify_friend("bob", FriendProfileItem::default());
    assert_eq!(four.story(), twice(&[], &[]), "nothing has changed, and nobody is told of it");
    assert!(four.alice.friend("bob").group_name_array.is_empty());
}

#[test]
fn s7_6_changes_of_a_friend_that_are_refused() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    assert_eq!(alice.add("bob", Single), 0);
    let none = FriendProfileItem::default;
    let groups = |names: Vec<String>| FriendProfileItem { group_name_array: Some(names), ..none() };
    let fields = |list: Vec<FriendProfileCustomStringInfo>| FriendProfileItem {
        custom_string_array: Some(list),
        ..none()
    };
    let remark = |length: usize| FriendProfileItem { remark: Some("x".repeat(length)), ..none() };
    for (user, item, code) in [
        ("nobody", none(), 30001),
        ("alice", none(), 30001),
        ("bob", remark(97), 9002),
        ("bob", groups(vec!["x".repeat(31)]), 9005),
        ("bob", groups(vec![String::new()]), 9005),
        ("bob", groups((0..33).map(|number| number.to_string()).collect()), 30011),
        ("bob", fields(vec![custom("TooLongKey", "x")]), 9001),
        ("bob", fields(vec![custom("Str", &"x".repeat(501))]), 40601),
        ("bob", fields(('a'..='u').map(|key| custom(&key.to_string(), "x")).collect()), 30001),
    ] {
        let param = FriendshipModifyFriendProfileParam { identifier: user.into(), item };
        let answer = alice.call(|client, reply| client.modify_friend(param.clone(), reply));
        assert_eq!(answer.unwrap_err().code, code, "{param:?}");
    }
    alice.modify_friend("bob", remark(96));
    let groups_left = alice.call(|client, reply| client.friend_groups(Vec::new(), reply));
    assert!(groups_left.unwrap().is_empty(), "a refused change makes no group");
}

#[test]
fn s7_2_a_device_that_was_away_learns_of_everything() {
    let Four { world, alice, alice2, bob, .. } = Four::new();
    alice2.crash();
    assert_eq!(alice.add("bob", Both), 0);
    bob.set_nick("Bobby");
    assert_eq!(bob.unfriend("alice", Both), 0);
    wait_deleted(alice.events(), "bob");
    let alice2 = world.user("alice", Platform::Android);
    assert_eq!(friend_events(&alice2), ["added bob", "deleted bob"]);
    assert_eq!(alice2.profile("bob").nick_name, "Bobby");
}
