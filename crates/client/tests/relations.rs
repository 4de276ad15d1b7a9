//! Friend groups, the black list, who may write to whom, and long lists. The names begin with the rule they show.

use imsdk_client::config::{Platform, Settings};
use imsdk_service::RelationPolicy;
use imsdk_testkit::{Device, World, text_message, texts};
use imsdk_types::FriendResponseAction::AgreeAndAdd;
use imsdk_types::FriendType::{Both, Single};
use imsdk_types::ProfileAddPermission::NeedConfirm;
use imsdk_types::wire::friendship::{Request as Friendship, Response as Answer};
use imsdk_types::wire::{Request, Response};
use imsdk_types::{
    CreateFriendGroupParam, Elem, FriendChangeElem, FriendGroupInfo, FriendProfileItem,
    FriendResult, FriendshipAddFriendParam, FriendshipCheckFriendTypeParam,
    FriendshipModifyFriendGroupParam, UserProfile,
};

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| text.to_string()).collect()
}

fn create(device: &Device, names: &[&str], users: &[&str]) -> Result<Vec<FriendResult>, i32> {
    let param =
        CreateFriendGroupParam { name_array: strings(names), identifier_array: strings(users) };
    device.call(|client, reply| client.create_friend_groups(param, reply)).map_err(|it| it.code)
}

fn modify(
    device: &Device,
    (name, new_name): (&str, &str),
    add: &[&str],
    delete: &[&str],
) -> Result<Vec<FriendResult>, i32> {
    let param = FriendshipModifyFriendGroupParam {
        name: name.into(),
        new_name: new_name.into(),
        add_identifier_array: strings(add),
        delete_identifier_array: strings(delete),
    };
    device.call(|client, reply| client.modify_friend_group(param, reply)).map_err(|it| it.code)
}

fn groups(device: &Device, names: &[&str]) -> Vec<FriendGroupInfo> {
    device.call(|client, reply| client.friend_groups(strings(names), reply)).unwrap()
}

fn group(name: &str, users: &[&str]) -> FriendGroupInfo {
    FriendGroupInfo {
        name: name.into(),
        count: users.len() as u64,
        identifier_array: strings(users),
    }
}

fn codes(results: &[FriendResult]) -> Vec<(&str, i32, &str)> {
    results.iter().map(|it| (it.identifier.as_str(), it.code, it.desc.as_str())).collect()
}

/// The changes without an event of their own that a device was told of.
fn changes(device: &Device) -> Vec<FriendChangeElem> {
    device.sync();
    let messages = device.events().messages();
    device.events().forget();
    let change = |elem: &Elem| match elem {
        Elem::FriendChange(change) => Some(FriendChangeElem::clone(change)),
        _ => None,
    };
    messages.iter().filter_map(|message| change(&message.elem_array[0])).collect()
}

fn change(change_type: u32) -> FriendChangeElem {
    FriendChangeElem { change_type, ..FriendChangeElem::default() }
}

#[test]
fn s7_7_friend_groups_from_making_to_deleting() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let phone = world.user("alice", Platform::Android);
    let _carol = world.user("carol", Platform::Linux);
    let _dave = world.user("dave", Platform::Linux);
    assert_eq!(alice.add("bob", Single), 0);
    assert_eq!(alice.add("carol", Single), 0);

    let results = create(&alice, &["A", "B"], &["bob", "dave", "nobody"]).unwrap();
    assert_eq!(codes(&results)[0], ("bob", 0, ""));
    assert_eq!(codes(&results)[1], ("dave", 30001, "Err_SNS_GroupUpdate_Friend_Not_Exist"));
    assert_eq!(codes(&results)[2].1, 30001, "nor is one who never logged in");
    assert_eq!(groups(&alice, &[]), [group("A", &["bob"]), group("B", &["bob"])]);
    assert_eq!(groups(&phone, &["B", "none", "A"]), [group("B", &["bob"]), group("A", &["bob"])]);
    assert_eq!(alice.friend("bob").group_name_array, ["A", "B"]);
    let added = FriendChangeElem { friend_group_add_array: strings(&["A", "B"]), ..change(9) };
    assert_eq!(changes(&phone), [added]);

    // Renamed first, then add, then delete, all in one call.
    let results = modify(&alice, ("A", "C"), &["carol", "dave"], &["bob", "nobody"]).unwrap();
    let no_friend = |user| (user, 30001, "Err_SNS_GroupUpdate_Friend_Not_Exist");
    assert_eq!(
        codes(&results),
        [("carol", 0, ""), no_friend("dave"), ("bob", 0, ""), no_friend("nobody")]
    );
    assert_eq!(groups(&alice, &[]), [group("C", &["carol"]), group("B", &["bob"])]);
    let modified =
        FriendChangeElem { friend_group_update_array: strings(&["A", "C"]), ..change(11) };
    assert_eq!(changes(&phone), [modified]);

    let delete = |names: &[&str]| {
        alice.call(|client, reply| client.delete_friend_groups(strings(names), reply))
    };
    delete(&["B", "none"]).unwrap();
    assert_eq!(groups(&alice, &[]), [group("C", &["carol"])]);
    let deleted = FriendChangeElem { friend_group_del_array: strings(&["B"]), ..change(10) };
    assert_eq!(changes(&phone), [deleted]);
    assert_eq!(alice.friend("bob").group_name_array.len(), 0, "and still a friend");
    assert!(changes(&alice).is_empty(), "she did it herself");

    // Who is no friend any more is in no group.
    assert_eq!(alice.unfriend("carol", Single), 0);
    assert_eq!(groups(&alice, &["C"]), [group("C", &[])]);
    assert_eq!(create(&alice, &["D"], &[]).unwrap(), []);
}

#[test]
fn s7_7_in_generation_8_a_change_of_a_friend_group_is_one_thing() {
    let world = World::new();
    let settings = world.settings("alice", Platform::Linux);
    let alice = Device::start(Settings { api_generation: Some(8), ..settings });
    alice.login("alice").unwrap();
    let _others = ["bob", "carol"].map(|user| world.user(user, Platform::Linux));
    assert_eq!([alice.add("bob", Single), alice.add("carol", Single)], [0, 0]);
    assert_eq!(alice.add("bob", Single), 30015, "§7.1");
    create(&alice, &["A"], &["bob"]).unwrap();
    assert_eq!(modify(&alice, ("A", "B"), &["carol"], &["bob"]).unwrap(), [], "the name");
    assert_eq!(groups(&alice, &[]), [group("B", &["bob"])]);
    let results = modify(&alice, ("B", ""), &["carol"], &["bob"]).unwrap();
    assert_eq!(codes(&results), [("carol", 0, "")], "who comes");
    assert_eq!(groups(&alice, &[]), [group("B", &["bob", "carol"])]);
    let results = modify(&alice, ("B", ""), &[], &["bob"]).unwrap();
    assert_eq!(codes(&results), [("bob", 0, "")], "who goes");
    assert_eq!(groups(&alice, &[]), [group("B", &["carol"])]);
}

#[test]
fn s7_6_friend_groups_that_a_friend_is_put_into_are_told_together() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let phone = world.user("alice", Platform::Android);
    assert_eq!(alice.add("bob", Single), 0);
    create(&alice, &["old"], &[]).unwrap();
    phone.sync();
    changes(&phone);
    let group_name_array = Some(strings(&["x", "old", "y"]));
    alice.modify_friend("bob", FriendProfileItem { group_name_array, ..Default::default() });
    phone.sync();
    let added = FriendChangeElem { friend_group_add_array: strings(&["x", "y"]), ..change(9) };
    assert_eq!(changes(&phone), [added]);
}

#[test]
fn s7_7_friend_groups_that_are_refused() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let long = "x".repeat(31);
    assert_eq!(create(&alice, &[], &[]), Err(9005));
    assert_eq!(create(&alice, &["ok", ""], &[]), Err(9005));
    assert_eq!(create(&alice, &[&long], &[]), Err(9005));
    create(&alice, &["A", &"x".repeat(30)], &[]).unwrap();
    assert_eq!(create(&alice, &["new", "A"], &[]), Err(30001));
    assert_eq!(groups(&alice, &["new"]), [], "nothing was made");
    assert_eq!(modify(&alice, ("none", "B"), &[], &[]), Err(30001));
    assert_eq!(modify(&alice, ("A", &long), &[], &[]), Err(9005));
    assert_eq!(modify(&alice, ("A", &"x".repeat(30)), &[], &[]), Err(30001), "taken");
    modify(&alice, ("A", "A"), &[], &[]).unwrap();
    let many: Vec<String> = (0..30).map(|number| number.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    create(&alice, &many, &[]).unwrap();
    assert_eq!(create(&alice, &["one more"], &[]), Err(30011));
    let into_new = FriendshipAddFriendParam {
        identifier: "bob".into(),
        group_name: "one more".into(),
        ..Default::default()
    };
    assert_eq!(alice.add_with(into_new.clone()).code, 30011);
    assert!(alice.friends().is_empty());
    let into_old = FriendshipAddFriendParam { group_name: "A".into(), ..into_new };
    assert_eq!(alice.add_with(into_old).code, 0, "a group that is there");
}

// §11-22
#[test]
fn s7_8_blocking_ends_friendship_and_requests() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let (phone, tablet) =
        (world.user("alice", Platform::Android), world.user("bob", Platform::Ipad));
    bob.set_nick("Bobby");
    assert_eq!(alice.add("bob", Both), 0);
    changes(&phone);
    tablet.sync();
    tablet.events().forget();
    assert_eq!(alice.block("bob"), 0);
    assert_eq!(alice.relation("bob", Both), (0, 0));
    let blocked =
        FriendChangeElem { blacklist_add_identifier_array: strings(&["bob"]), ..change(5) };
    phone.sync();
    assert!(phone.events().story().contains(&"deleted bob".to_owned()));
    assert_eq!(changes(&phone), [blocked]);
    tablet.sync();
    assert_eq!(tablet.events().story(), ["deleted alice"], "and not why");
    let list = phone.call(|client, reply| client.black_list(reply)).unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].identifier.as_str(), list[0].add_time), ("bob", 0));
    assert_eq!(list[0].user_profile.nick_name, "Bobby");

    let users = strings(&["bob", "alice", "nobody"]);
    let results = alice.call(|client, reply| client.block(users, reply)).unwrap();
    assert_eq!(codes(&results)[0], ("bob", 30001, "Err_SNS_BlackListAdd_Already_Exist"));
    assert_eq!([results[1].code, results[2].code], [30001, 30003]);

    assert_eq!(alice.unblock("bob"), 0);
    assert_eq!([alice.unblock("bob"), alice.unblock("nobody")], [30001, 30001]);
    let unblocked =
        FriendChangeElem { blacklist_del_identifier_array: strings(&["bob"]), ..change(6) };
    assert_eq!(changes(&phone), [unblocked]);
    assert_eq!(alice.relation("bob", Both), (0, 0), "friendship does not come back");

    // Requests in both directions.
    for device in [&alice, &bob] {
        device.set_permission(NeedConfirm);
    }
    assert_eq!([alice.add("bob", Both), bob.add("alice", Both)], [30539, 30539]);
    assert_eq!([alice.requests().len(), bob.requests().len()], [2, 2]);
    assert_eq!(alice.block("bob"), 0);
    assert!(alice.requests().is_empty() && bob.requests().is_empty());
}

// §11-22
#[test]
fn perm_2_who_is_blocked_cannot_write_and_the_other_can() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    assert_eq!(alice.block("bob"), 0);
    let code = |device: &Device, to: &str| {
        device.try_send(to, text_message("hello")).1.map(|error| error.code)
    };
    assert_eq!(code(&bob, "alice"), Some(20007));
    let online = imsdk_types::Message { is_online_msg: true, ..text_message("now") };
    assert_eq!(bob.try_send("alice", online).1.unwrap().code, 20007);
    assert_eq!(code(&alice, "bob"), None);
    assert_eq!(bob.block("alice"), 0);
    assert_eq!(code(&alice, "bob"), Some(20007));
    assert_eq!([alice.unblock("bob"), bob.unblock("alice")], [0, 0]);
    assert_eq!(code(&bob, "alice"), None);
    alice.events().wait_message("hello");
    alice.sync();
    assert_eq!(alice.events().messages().len(), 1, "what was refused never comes");
}

// §19-13
#[test]
fn perm_2_a_block_may_be_hidden_from_who_is_blocked() {
    let relations = RelationPolicy { hide_blocks: true, ..RelationPolicy::default() };
    let world = World::new().with_relations(relations);
    let (alice, bob) = (world.alice(), world.bob());
    let phone = world.user("bob", Platform::Android);
    bob.send("alice", "before");
    alice.events().wait_message("before");
    assert_eq!(alice.block("bob"), 0);
    bob.send("alice", "into the void");
    let online = imsdk_types::Message { is_online_msg: true, ..text_message("now") };
    assert_eq!(bob.try_send("alice", online).1, None);
    phone.events().wait_message("into the void");
    alice.sync();
    assert_eq!(alice.events().messages().len(), 1);
    assert_eq!(alice.unread("bob"), 1);
    let fresh = world.user("alice", Platform::Android);
    fresh.sync();
    for device in [&alice, &fresh] {
        assert_eq!(texts(&device.history("bob", 20)), ["before"], "also as history");
        assert_eq!(device.unread("bob"), 1);
    }
    assert_eq!(texts(&bob.history("alice", 20)), ["into the void", "before"]);
    assert_eq!(alice.unblock("bob"), 0);
    bob.send("alice", "after");
    alice.events().wait_message("after");
    assert_eq!(texts(&alice.history("bob", 20)), ["after", "before"]);
    // One whom the user has never heard of either.
    let carol = world.user("carol", Platform::Linux);
    assert_eq!(alice.block("carol"), 0);
    carol.send("alice", "hello");
    alice.sync();
    assert!(alice.conversation("carol").is_none());
}

#[test]
fn id_7_what_was_accepted_before_the_block_is_not_refused_when_it_comes_again() {
    let world = World::new();
    let (mut bob, alice) = (world.ghost("bob"), world.alice());
    let outgoing = bob.outgoing("alice", "hello");
    let first = bob.try_send(outgoing.clone()).unwrap();
    assert_eq!(alice.block("bob"), 0);
    assert_eq!(bob.try_send(outgoing).unwrap(), first);
    let new = bob.outgoing("alice", "more");
    assert_eq!(bob.try_send(new).unwrap_err().code, 20007);
}

#[test]
fn perm_1_where_only_friends_may_write() {
    let relations = RelationPolicy { friends_only: true, ..RelationPolicy::default() };
    let world = World::new().with_relations(relations);
    let (alice, bob) = (world.alice(), world.bob());
    let code = |device: &Device, to: &str| {
        device.try_send(to, text_message("hello")).1.map(|error| error.code)
    };
    assert_eq!(code(&alice, "bob"), Some(20009));
    assert_eq!(code(&alice, "alice"), None, "a note to oneself");
    assert_eq!(alice.add("bob", Single), 0);
    assert_eq!(code(&alice, "bob"), Some(20010));
    assert_eq!(code(&bob, "alice"), Some(20011));
    assert_eq!(bob.add("alice", Single), 0);
    assert_eq!([code(&alice, "bob"), code(&bob, "alice")], [None, None]);
}

/// Many friends: the list comes in pages, and what is asked about one user costs the same however many there are.
#[test]
fn s7_5_long_lists_come_whole() {
    const FRIENDS: usize = 1200;
    let world = World::new();
    let mut alice = world.ghost("alice");
    let ids: Vec<String> = (0..FRIENDS).map(|number| format!("u{number:04}")).collect();
    alice.create_accounts(&ids);
    for id in &ids {
        let add = Friendship::Add(Box::new(FriendshipAddFriendParam {
            identifier: id.clone(),
            group_name: "all".into(),
            ..Default::default()
        }));
        alice.ask(Request::Friendship(add)).unwrap();
    }
    let device = world.alice();
    let list = device.friends();
    assert_eq!(list.len(), FRIENDS);
    let mut found: Vec<_> = list.iter().map(|friend| friend.identifier.clone()).collect();
    found.sort();
    assert_eq!(found, ids);
    assert!(list.iter().all(|friend| friend.group_name_array == ["all"]));
    let check = FriendshipCheckFriendTypeParam { check_type: 0, identifier_array: ids.clone() };
    let relations = device.call(|client, reply| client.check_friends(check, reply)).unwrap();
    assert!(relations.iter().all(|relation| (relation.relation, relation.code) == (1, 0)));
    assert_eq!(groups(&device, &[])[0].count, FRIENDS as u64);
    // And whoever has her as a friend learns of a change.
    let friend = Friendship::Friends { after: 0 };
    let Ok(Response::Friendship(Answer::Friends { list, next })) =
        alice.ask(Request::Friendship(friend))
    else {
        panic!("no page");
    };
    assert!(list.len() < FRIENDS && next > 0);
    let item = FriendProfileItem { remark: Some("one".into()), ..Default::default() };
    device.modify_friend(&ids[0], item);
    let first = device.friend(&ids[0]);
    let profile = UserProfile { identifier: ids[0].clone(), ..UserProfile::default() };
    assert_eq!((first.remark.as_str(), first.user_profile), ("one", profile));
}

#[test]
fn s7_2_what_was_asked_for_comes_true_when_the_other_one_adds_too() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.set_permission(NeedConfirm);
    let param = FriendshipAddFriendParam {
        identifier: "bob".into(),
        friend_type: Both as u32,
        remark: "my Bob".into(),
        group_name: "Work".into(),
        ..FriendshipAddFriendParam::default()
    };
    assert_eq!(alice.add_with(param).code, 30539);
    assert_eq!(bob.add("alice", Both), 0);
    alice.sync();
    let friend = alice.friend("bob");
    assert_eq!((friend.remark.as_str(), friend.group_name_array), ("my Bob", strings(&["Work"])));
    assert!(alice.requests().is_empty() && bob.requests().is_empty());
    assert_eq!(bob.friend("alice").remark, "");
    // Both have asked, and one of them answers.
    let carol = world.user("carol", Platform::Linux);
    carol.set_permission(NeedConfirm);
    let param = FriendshipAddFriendParam {
        identifier: "carol".into(),
        friend_type: Both as u32,
        remark: "my Carol".into(),
        ..FriendshipAddFriendParam::default()
    };
    assert_eq!(bob.add_with(param).code, 30539);
    assert_eq!(carol.add("bob", Both), 30539);
    assert_eq!(bob.respond("carol", AgreeAndAdd), 0);
    assert_eq!(bob.friend("carol").remark, "my Carol");
}
