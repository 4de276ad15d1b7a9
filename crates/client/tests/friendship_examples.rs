//! The published JSON of profiles and friendship against what the real operations give. What an example determines is equal;
//! where it shows one moment of another world, its keys are there, with values of their types.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World};
use imsdk_types::FriendType::{Both, Single};
use imsdk_types::ProfileAddPermission::{AllowAny, NeedConfirm};
use imsdk_types::{
    CreateFriendGroupParam, Field, FriendProfileCustomStringInfo, FriendProfileItem,
    FriendResponse, FriendshipAddFriendParam, FriendshipCheckFriendTypeParam,
    FriendshipDeleteFriendParam, FriendshipDeletePendencyParam, FriendshipGetPendencyListParam,
    FriendshipModifyFriendGroupParam, UserProfileCustomStringInfo, UserProfileItem,
};
use serde_json::Value;

fn example(id: &str) -> Value {
    let all: Vec<Value> =
        serde_json::from_str(include_str!("../../types/tests/data/examples.json")).unwrap();
    let found = all.into_iter().find(|example| example["id"] == id);
    found.unwrap_or_else(|| panic!("no example {id}"))["json"].take()
}

/// What a program gets.
fn text(value: &impl Field) -> Value {
    serde_json::from_slice(&imsdk_types::json::to_vec(value)).unwrap()
}

/// Every key of `example` is in `real`, with a value of the same type; with `equal`, with the same value.
fn assert_like(real: &Value, example: &Value, equal: bool, path: &str) {
    match (real, example) {
        (Value::Object(real), Value::Object(example)) => {
            for (key, value) in example {
                let path = format!("{path}.{key}");
                let found = real.get(key).unwrap_or_else(|| panic!("{path} is missing"));
                assert_like(found, value, equal, &path);
            }
        }
        (Value::Array(real), Value::Array(example)) => {
            assert!(!equal || real.len() == example.len(), "{path}: {real:?}");
            for (at, (real, example)) in real.iter().zip(example).enumerate() {
                assert_like(real, example, equal, &format!("{path}[{at}]"));
            }
        }
        _ if equal => assert_eq!(real, example, "{path}"),
        _ => assert_eq!(
            std::mem::discriminant(real),
            std::mem::discriminant(example),
            "{path}: {real} for {example}"
        ),
    }
}

fn strings(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| text.to_string()).collect()
}

fn request(user: &str, source: &str, wording: &str) -> FriendshipAddFriendParam {
    FriendshipAddFriendParam {
        identifier: user.into(),
        friend_type: Both as u32,
        add_source: source.into(),
        add_wording: wording.into(),
        ..FriendshipAddFriendParam::default()
    }
}

fn users<const N: usize>(world: &World, ids: [&str; N]) -> [Device; N] {
    ids.map(|id| world.user(id, Platform::Linux))
}

#[test]
fn profiles() {
    let world = World::new();
    let [user1, _user2] = users(&world, ["user1", "user2"]);
    user1.modify_profile(UserProfileItem {
        nick_name: Some("User1NickName".into()),
        add_permission: Some(AllowAny as u32),
        ..UserProfileItem::default()
    });
    let ids = strings(&["user1", "user2"]);
    let list = user1.call(|client, reply| client.profiles(ids, false, reply)).unwrap();
    assert_like(&text(&list), &example("comm-16"), true, "comm-16");
}

#[test]
fn the_friend_list() {
    let world = World::new();
    let [me, asd, lttest1] = users(&world, ["me", "asd12341", "lttest1"]);
    asd.modify_profile(UserProfileItem {
        nick_name: Some("nick_test23".into()),
        location: Some("sz".into()),
        custom_string_array: Some(vec![UserProfileCustomStringInfo {
            key: "Str".into(),
            value: "qcloud".into(),
        }]),
        ..UserProfileItem::default()
    });
    assert_eq!(me.add_with(request("asd12341", "android", "")).code, 0);
    assert_eq!(me.add_with(request("lttest1", "Android", "")).code, 0);
    me.modify_friend(
        "asd12341",
        FriendProfileItem {
            custom_string_array: Some(vec![FriendProfileCustomStringInfo {
                key: "Str".into(),
                value: "qcloud".into(),
            }]),
            ..FriendProfileItem::default()
        },
    );
    let (real, example) = (text(&me.friends()), example("comm-17"));
    assert_eq!(real.as_array().unwrap().len(), 2);
    assert_like(&real, &example, false, "comm-17");
    for at in 0..2 {
        for key in ["friend_profile_identifier", "friend_profile_add_source"] {
            assert_eq!(real[at][key], example[at][key]);
        }
    }
    let profile = &real[0]["friend_profile_user_profile"];
    let wanted = &example[0]["friend_profile_user_profile"];
    for key in ["user_profile_nick_name", "user_profile_item_custom_string_array"] {
        assert_eq!(profile[key], wanted[key]);
    }
    drop(lttest1);
}

#[test]
fn adding_checking_and_removing() {
    let world = World::new();
    let [user1, _user4] = users(&world, ["user1", "user4"]);
    let added = user1.add_with(request("user4", "", ""));
    assert_eq!(text(&added), example("comm-18"));
    let check = FriendshipCheckFriendTypeParam {
        check_type: Both as u32,
        identifier_array: strings(&["user4"]),
    };
    let relation = user1.call(|client, reply| client.check_friends(check, reply)).unwrap();
    assert_eq!(text(&relation), example("comm-23"));
    let delete = FriendshipDeleteFriendParam {
        friend_type: Single as u32,
        identifier_array: strings(&["user4"]),
    };
    let deleted = user1.call(|client, reply| client.delete_friends(delete, reply)).unwrap();
    assert_eq!(text(&deleted), example("comm-19"));
}

#[test]
fn requests() {
    let world = World::new();
    let [user1, user4] = users(&world, ["user1", "user4"]);
    user4.set_nick("change my nick name");
    user4.set_permission(NeedConfirm);
    let asked = request("user4", "Windows", "I am Iron Man");
    assert_eq!(user1.add_with(asked.clone()).code, 30539);
    let param = FriendshipGetPendencyListParam { kind: 2, ..Default::default() };
    let (mut page, mut example_page) = (text(&user1.pendencies(param)), example("comm-21"));
    assert_like(&page, &example_page, false, "comm-21");
    for page in [&mut page, &mut example_page] {
        page["pendency_page_current_seq"].take();
        page["pendency_page_pendency_info_array"][0]["friend_add_pendency_info_add_time"].take();
    }
    assert_like(&page, &example_page, true, "comm-21");
    let delete = FriendshipDeletePendencyParam { kind: 1, identifier_array: strings(&["user4"]) };
    let deleted = user1.call(|client, reply| client.delete_pendencies(delete, reply)).unwrap();
    assert_eq!(text(&deleted), example("comm-22"));
    assert_eq!(user1.add_with(asked).code, 30539);
    let response =
        FriendResponse { identifier: "user1".into(), action: Some(1), ..Default::default() };
    let handled = user4.call(|client, reply| client.respond_to_friend(response, reply)).unwrap();
    assert_eq!(text(&handled), example("comm-20"));
}

#[test]
fn friend_groups() {
    let world = World::new();
    let [user1, ..] = users(&world, ["user1", "user4", "user5", "user9", "user10"]);
    for friend in ["user4", "user9", "user10"] {
        assert_eq!(user1.add(friend, Single), 0);
    }
    let create = CreateFriendGroupParam {
        name_array: strings(&["Group123"]),
        identifier_array: strings(&["user4", "user10"]),
    };
    let created = user1.call(|client, reply| client.create_friend_groups(create, reply)).unwrap();
    assert_eq!(text(&created), example("comm-24"));
    let names = strings(&["Group123"]);
    let groups = user1.call(|client, reply| client.friend_groups(names, reply)).unwrap();
    assert_eq!(text(&groups), example("comm-25"));
    let modify = FriendshipModifyFriendGroupParam {
        name: "Group123".into(),
        new_name: "GroupNewName".into(),
        add_identifier_array: strings(&["user5"]),
        delete_identifier_array: strings(&["user4", "user9"]),
    };
    let modified = user1.call(|client, reply| client.modify_friend_group(modify, reply)).unwrap();
    assert_eq!(text(&modified), example("comm-26"));
}

#[test]
fn the_black_list() {
    let world = World::new();
    let [user1, ..] = users(&world, ["user1", "user10", "user5"]);
    let ids = strings(&["user5", "user10"]);
    let blocked = user1.call(|client, reply| client.block(ids.clone(), reply)).unwrap();
    assert_eq!(text(&blocked), example("comm-27"));
    let list = user1.call(|client, reply| client.black_list(reply)).unwrap();
    let (real, example_list) = (text(&list), example("comm-28"));
    assert_like(&real, &example_list, false, "comm-28");
    assert_like(&real[1], &example_list[1], true, "somebody who was never a friend");
    let unblocked = user1.call(|client, reply| client.unblock(ids, reply)).unwrap();
    assert_eq!(text(&unblocked), example("comm-29"));
}

#[test]
fn events() {
    let world = World::new();
    let [me, user15, user4, v222] = users(&world, ["me", "user15", "user4", "v222"]);
    assert_eq!(me.add("user15", Single), 0);
    assert_eq!(me.unfriend("user15", Single), 0);
    assert_eq!(me.add("user4", Single), 0);
    me.modify_friend(
        "user4",
        FriendProfileItem {
            remark: Some("New Remark".into()),
            group_name_array: Some(strings(&["group1", "group2"])),
            ..FriendProfileItem::default()
        },
    );
    me.set_permission(NeedConfirm);
    assert_eq!(v222.add_with(request("me", "android", "aaaa")).code, 30539);
    me.sync();
    let mut told = Vec::new();
    for event in me.events().all() {
        match event {
            Event::FriendsAdded(users) if users == ["user15"] => {
                told.push(("event-on-add-friend", text(&users)));
            }
            Event::FriendsDeleted(users) => told.push(("event-on-delete-friend", text(&users))),
            Event::FriendsUpdated(list) => told.push(("event-update-friend-profile", text(&list))),
            Event::FriendRequests(list) => told.push(("event-friend-add-request", text(&list))),
            _ => {}
        }
    }
    assert_eq!(told.len(), 4);
    for (id, real) in &told[..2] {
        assert_eq!(real, &serde_json::json!(["user15"]), "{id}");
    }
    let (id, real) = &told[2];
    assert_eq!(real, &example(id), "nothing but what changed");
    let (id, real) = &told[3];
    assert_like(real, &example(id), true, id);
    drop((user15, user4));
}
