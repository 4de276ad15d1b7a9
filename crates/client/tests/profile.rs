//! Profiles, and how users are shown with messages and conversations. The names begin with the rule they show.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World};
use imsdk_types::wire::{Request, profile};
use imsdk_types::{
    ConvEvent, CreateGroupParam, Elem, FriendType, GroupPendencyOption, GroupType, Message,
    UserProfile, UserProfileCustomStringInfo, UserProfileItem,
};

fn field(key: &str, value: &str) -> UserProfileCustomStringInfo {
    UserProfileCustomStringInfo { key: key.into(), value: value.into() }
}

fn nick(name: &str) -> UserProfileItem {
    UserProfileItem { nick_name: Some(name.into()), ..UserProfileItem::default() }
}

/// What the service told about profiles: whose, and the nick name.
fn changes(messages: &[Message]) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for message in messages {
        if let Elem::ProfileChange(change) = &message.elem_array[0] {
            assert_eq!(message.conv_type, 3);
            assert_eq!(message.sender, "@TIM#SYSTEM");
            assert!(message.conv_id.is_empty() && message.is_read && !message.is_from_self);
            assert_eq!((message.status, change.change_type), (2, 1));
            let item = change.user_profile_item.as_ref().unwrap();
            let nick = item.nick_name.clone().unwrap_or_default();
            all.push((change.from_identifier.clone(), nick));
        }
    }
    all
}

fn sender_nick(message: &Message) -> &str {
    &message.sender_profile.as_ref().unwrap().nick_name
}

// §11-24
#[test]
fn s8_2_a_new_account_has_an_empty_profile() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let empty = UserProfile { identifier: "bob".into(), ..UserProfile::default() };
    assert_eq!(alice.profile("bob"), empty, "permission 0: never set");
}

// §11-24
#[test]
fn s8_3_all_fields_are_kept_and_only_the_given_ones_change() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.modify_profile(UserProfileItem {
        nick_name: Some("Al".into()),
        gender: Some(2),
        face_url: Some("http://face".into()),
        self_signature: Some("sig".into()),
        add_permission: Some(2),
        location: Some("sz".into()),
        language: Some(1),
        birthday: Some(20190419),
        level: Some(3),
        role: Some(4),
        custom_string_array: Some(vec![
            field("Str", "one"),
            field("Tag_Profile_Custom_Other", "x"),
        ]),
    });
    alice.modify_profile(UserProfileItem {
        role: Some(5),
        custom_string_array: Some(vec![field("Tag_Profile_Custom_Str", "two")]),
        ..UserProfileItem::default()
    });
    let expected = UserProfile {
        identifier: "alice".into(),
        nick_name: "Al".into(),
        gender: 2,
        face_url: "http://face".into(),
        friend_remark: String::new(),
        self_signature: "sig".into(),
        add_permission: 2,
        location: "sz".into(),
        language: 1,
        birthday: 20190419,
        level: 3,
        role: 5,
        custom_string_array: vec![
            field("Tag_Profile_Custom_Str", "two"),
            field("Tag_Profile_Custom_Other", "x"),
        ],
    };
    assert_eq!(alice.profile("alice"), expected);
    assert_eq!(bob.profile("alice"), expected);
    drop(alice);
    assert_eq!(world.alice().profile("alice"), expected, "after a restart");
}

#[test]
fn s8_3_values_that_do_not_fit_are_refused_and_change_nothing() {
    let world = World::new();
    let alice = world.alice();
    let long = |length: usize| Some("x".repeat(length));
    let none = UserProfileItem::default;
    let location = |length: usize| UserProfileItem {
        location: Some("x".repeat(length).as_str().into()),
        ..none()
    };
    let custom = |key: &str, length: usize| UserProfileItem {
        custom_string_array: Some(vec![field(key, &"x".repeat(length))]),
        ..none()
    };
    for (item, code, named) in [
        (UserProfileItem { nick_name: long(501), ..none() }, 40601, "item_nick_name"),
        (UserProfileItem { face_url: long(501), ..none() }, 40601, "item_face_url"),
        (UserProfileItem { self_signature: long(501), ..none() }, 40601, "item_self_signature"),
        (location(501), 40601, "item_location"),
        (location(17), 40605, "item_location"),
        (UserProfileItem { gender: Some(3), ..none() }, 40605, "item_gender"),
        (UserProfileItem { add_permission: Some(4), ..none() }, 40605, "item_add_permission"),
        (custom("Str", 501), 40601, "Tag_Profile_Custom_Str"),
        (custom("TooLongKey", 1), 9001, "TooLongKey"),
        (custom("", 1), 9001, "Tag_Profile_Custom_"),
        (custom("1", 1), 9001, "custom field 1"),
    ] {
        let item = UserProfileItem { role: Some(9), ..item };
        let answer = alice.call(|client, reply| client.modify_profile(item.clone(), reply));
        let error = answer.unwrap_err();
        assert_eq!(error.code, code, "{item:?}");
        assert!(error.desc.contains(named) && error.desc.len() < 200, "{named}: {error:?}");
    }
    assert_eq!(alice.profile("alice").role, 0);
    for item in [
        UserProfileItem { nick_name: long(500), ..location(16) },
        UserProfileItem { gender: Some(0), add_permission: Some(3), ..none() },
        custom("ABCDEFGH", 500),
        none(),
    ] {
        alice.modify_profile(item);
    }
}

#[test]
fn s8_1_a_location_may_be_given_as_a_number() {
    let world = World::new();
    let alice = world.alice();
    for (given, wanted) in [
        ("12345", "12345"),
        ("\"sz\"", "sz"),
        ("4294967295", "4294967295"),
        ("-1", "-1"),
        ("7.0", "7"),
        ("null", "7"),
    ] {
        let item = format!(r#"{{"user_profile_item_location":{given}}}"#);
        alice.modify_profile(imsdk_types::json::parse(item.as_bytes()).unwrap());
        assert_eq!(alice.profile("alice").location, wanted, "{given}");
    }
}

#[test]
fn s1_there_are_twenty_custom_fields() {
    let world = World::new();
    let alice = world.alice();
    let item = |letters: std::ops::RangeInclusive<char>| UserProfileItem {
        custom_string_array: Some(letters.map(|key| field(&key.to_string(), "x")).collect()),
        ..UserProfileItem::default()
    };
    alice.modify_profile(item('a'..='t'));
    alice.modify_profile(item('a'..='t'));
    let answer = alice.call(|client, reply| client.modify_profile(item('u'..='u'), reply));
    assert_eq!(answer.unwrap_err().code, 40009);
    assert_eq!(alice.profile("alice").custom_string_array.len(), 20);
}

#[test]
fn s8_2_profiles_come_in_the_order_asked_for_without_unknown_users() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.set_nick("Bob");
    let get = |users: &[&str]| {
        let users = users.iter().map(|user| user.to_string()).collect();
        alice
            .call(|client, reply| client.profiles(users, true, reply))
            .map(|list| list.into_iter().map(|profile| profile.identifier).collect::<Vec<_>>())
    };
    assert_eq!(get(&["bob", "nobody", "alice", "bob"]).unwrap(), ["bob", "alice", "bob"]);
    assert_eq!(get(&["nobody", ""]).unwrap_err().code, 40003);
    assert_eq!(get(&[]).unwrap_err().code, 40002);
}

#[test]
fn s8_2_friends_are_taken_from_what_is_here_unless_the_service_is_to_be_asked() {
    let world = World::new();
    let [mut friend, mut stranger] = ["friend", "stranger"].map(|user| world.ghost(user));
    let alice = world.alice();
    assert_eq!(alice.add("friend", FriendType::Single), 0);
    let get = |users: &[&str], force_update| {
        let users = users.iter().map(|user| user.to_string()).collect();
        alice
            .call(|client, reply| client.profiles(users, force_update, reply))
            .map(|list| list.into_iter().map(|it| it.nick_name).collect::<Vec<_>>())
    };
    assert_eq!(get(&["stranger", "friend"], true).unwrap(), ["", ""]);
    // Nobody rings: what alice has here is of before.
    for ghost in [&mut friend, &mut stranger] {
        let item = UserProfileItem { nick_name: Some("new".into()), ..Default::default() };
        ghost.ask(Request::Profile(profile::Request::Modify(Box::new(item)))).unwrap();
    }
    let all = ["friend", "stranger", "nobody", "friend"];
    assert_eq!(get(&all, false).unwrap(), ["", "new", ""]);
    assert_eq!(get(&["friend"], false).unwrap(), [""]);
    assert_eq!(get(&["nobody", "friend"], false).unwrap(), [""]);
    assert_eq!(get(&["nobody"], false).unwrap_err().code, 40003);
    assert_eq!(get(&[], false).unwrap_err().code, 40002);
    assert_eq!(get(&all, true).unwrap(), ["new", "new", "new"]);
    assert_eq!(get(&["friend"], false).unwrap(), ["new"], "what was asked for is kept");
}

#[test]
fn s8_4_the_own_other_devices_learn_of_a_change_and_strangers_do_not() {
    let world = World::new();
    let phone = world.user("alice", Platform::Android);
    let pc = world.user("alice", Platform::Linux);
    let away = world.user("alice", Platform::Web);
    away.logout();
    let stranger = world.bob();
    pc.modify_profile(nick("Al"));
    let expected = [("alice".to_owned(), "Al".to_owned())];
    assert_eq!(changes(&phone.events().wait_messages(1)), expected);
    away.login("alice").unwrap();
    away.sync();
    assert_eq!(changes(&away.events().messages()), expected, "one that was away learns it later");
    for silent in [&pc, &stranger] {
        silent.sync();
        assert!(silent.events().messages().is_empty());
    }
    assert!(phone.conversations().is_empty(), "it is stored nowhere");
}

#[test]
fn s8_4_those_who_have_one_as_a_friend_learn_of_a_change_once() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let mut settings = world.settings("bob", Platform::Android);
    settings.api_generation = Some(5);
    let phone = Device::start(settings);
    phone.login("bob").unwrap();
    // One way: Bob has Alice.
    assert_eq!(bob.add("alice", FriendType::Single), 0);
    alice.modify_profile(nick("Al"));
    let messages = bob.events().wait_messages(1);
    assert_eq!(changes(&messages), [("alice".to_owned(), "Al".to_owned())]);
    let is_update = |event: &Event| matches!(event, Event::FriendsUpdated(_));
    let update = phone.events().wait("an update", |event| match event {
        Event::FriendsUpdated(list) => list.first().cloned(),
        _ => None,
    });
    assert_eq!(update.identifier, "alice");
    assert_eq!(update.item.extra["user_profile_item_nick_name"], "Al");
    assert_eq!((update.item.remark, update.item.group_name_array), (None, None));
    bob.sync();
    phone.sync();
    assert_eq!(bob.events().count(is_update), 0, "a program of generation 4 has it as a message");
    assert_eq!(changes(&phone.events().messages()), [], "a later one as an update");
    // The own other devices, whatever they know, as a message.
    bob.modify_profile(nick("Bo"));
    assert_eq!(changes(&phone.events().wait_messages(1)), [("bob".to_owned(), "Bo".to_owned())]);
    alice.sync();
    assert!(alice.events().messages().is_empty(), "Alice does not have Bob");
}

#[test]
fn conv_6_remark_then_nick_name_then_user_id() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let show_name = |device: &Device| device.conversation("bob").unwrap().show_name;
    alice.send("bob", "hello");
    assert_eq!(show_name(&alice), "bob");
    assert_eq!(alice.add("bob", FriendType::Single), 0);
    bob.modify_profile(nick("Bobby"));
    alice.sync();
    assert_eq!(show_name(&alice), "Bobby");
    let wanted = |name: &str| {
        let found = alice.events().wait("a new name", |event| match event {
            imsdk_client::Event::Conversations(ConvEvent::Update, infos) => {
                infos.iter().find(|info| info.show_name == name).cloned()
            }
            _ => None,
        });
        assert_eq!(found.id, "bob");
    };
    wanted("Bobby");
    alice.set_remark("bob", "My Bob");
    wanted("My Bob");
    assert_eq!(show_name(&alice), "My Bob");
    assert_eq!(alice.unfriend("bob", FriendType::Single), 0);
    wanted("Bobby");
    assert_eq!(show_name(&alice), "Bobby");
    // A device without a store learns it all at once.
    assert_eq!(alice.add("bob", FriendType::Single), 0);
    alice.set_remark("bob", "Bob again");
    let tablet = world.user("alice", Platform::Ipad);
    assert_eq!(show_name(&tablet), "Bob again");
}

#[test]
fn s8_1_messages_carry_the_profile_of_their_sender() {
    let world = World::new();
    let alice = world.alice();
    alice.set_nick("Al");
    let bob = world.bob();
    assert_eq!(bob.add("alice", FriendType::Single), 0);
    bob.set_remark("alice", "Sweet Alice");
    let sent = alice.send("bob", "hello");
    assert_eq!(sender_nick(&sent), "Al", "the own one");
    let got = bob.events().wait_message("hello");
    assert_eq!(sender_nick(&got), "Al");
    assert_eq!(got.sender_profile.as_ref().unwrap().friend_remark, "Sweet Alice");
    assert_eq!(sender_nick(&bob.history("alice", 1)[0]), "Al");
    let last = bob.conversation("alice").unwrap().last_msg.unwrap();
    assert_eq!(sender_nick(&last), "Al");
    alice.set_nick("Alicia");
    alice.send("bob", "again");
    assert_eq!(sender_nick(&bob.events().wait_message("again")), "Alicia");
}

#[test]
fn s8_1_a_device_without_a_store_knows_the_senders_of_what_it_fetches() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.set_nick("Al");
    for text in ["one", "two", "three"] {
        alice.send("bob", text);
    }
    bob.events().wait_message("three");
    bob.sync();
    bob.logout();
    let tablet = world.user("bob", Platform::Ipad);
    let page = tablet.history("alice", 3);
    assert_eq!(page.iter().map(sender_nick).collect::<Vec<_>>(), ["Al", "Al", "Al"]);
}

#[test]
fn s8_2_what_is_known_survives_a_crash() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.set_nick("Al");
    alice.send("bob", "hello");
    bob.events().wait_message("hello");
    bob.sync();
    bob.crash();
    alice.set_nick("Later");
    let bob = world.bob();
    assert_eq!(
        bob.conversation("alice").unwrap().show_name,
        "Al",
        "strangers are not told at once"
    );
}

#[test]
fn profiles_that_are_too_long_for_one_answer_come_in_several() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    // As JSON it is six times as long.
    let value = "\u{1}".repeat(500);
    let fields = (b'a'..).take(20).map(|letter| field(&char::from(letter).to_string(), &value));
    alice.modify_profile(UserProfileItem {
        custom_string_array: Some(fields.collect()),
        ..UserProfileItem::default()
    });
    let ask = |users: Vec<String>| bob.call(|client, reply| client.profiles(users, true, reply));
    let mut users = vec!["alice".to_owned(); 200];
    // Those who are not there are in neither half an error.
    users.splice(0..0, vec!["nobody".to_owned(); 200]);
    users.extend(vec!["nobody".to_owned(); 300]);
    let told = ask(users).unwrap();
    assert!(told.len() == 200 && told.iter().all(|profile| *profile == told[0]));
    assert_eq!(told[0], alice.profile("alice"));
    assert_eq!(ask(vec!["nobody".to_owned(); 2]).unwrap_err().code, 40003);
}

#[test]
fn senders_with_long_profiles_are_known_after_one_page() {
    let world = World::new();
    let bob = world.bob();
    let value = "\u{1}".repeat(500);
    let fields: Vec<_> =
        (b'a'..).take(20).map(|letter| field(&char::from(letter).to_string(), &value)).collect();
    let names: Vec<String> = (0..80).map(|n| format!("user{n}")).collect();
    for name in &names {
        let mut ghost = world.ghost(name);
        let item = UserProfileItem {
            custom_string_array: Some(fields.clone()),
            ..nick(&format!("nick of {name}"))
        };
        let change = profile::Request::Modify(Box::new(item));
        ghost.ask(Request::Profile(change)).unwrap();
        ghost.send("bob", name);
    }
    bob.sync();
    for name in &names {
        let told = bob.history(name, 1);
        assert_eq!(sender_nick(&told[0]), format!("nick of {name}"));
    }
}

#[test]
fn s8_1_whoever_is_no_friend_is_shown_by_a_new_name_with_the_next_message() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    bob.create_group("g", GroupType::ChatRoom);
    alice.join_group("g").unwrap();
    alice.set_nick("Al");
    alice.send("bob", "first");
    assert_eq!(sender_nick(&bob.events().wait_message("first")), "Al");
    alice.set_nick("Alicia");
    alice.say("g", "second");
    assert_eq!(sender_nick(&bob.events().wait_message("second")), "Alicia");
    alice.modify_profile(UserProfileItem { face_url: Some("https://a".into()), ..nick("Lis") });
    alice.send("bob", "third");
    let from = bob.events().wait_message("third").sender_profile.unwrap();
    assert_eq!((from.nick_name.as_str(), from.face_url.as_str()), ("Lis", "https://a"));
    bob.sync();
    let shown = bob.conversation("alice").unwrap();
    assert_eq!((shown.show_name.as_str(), shown.face_url.as_str()), ("Lis", "https://a"));
}

#[test]
fn s6_members_and_applicants_have_their_names() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let item = UserProfileItem { face_url: Some("https://a".into()), ..nick("Al") };
    alice.modify_profile(item);
    assert_eq!(bob.add("alice", FriendType::Single), 0);
    bob.set_remark("alice", "Sweet Alice");
    let param = CreateGroupParam {
        group_id: "g".into(),
        group_name: "group".into(),
        group_type: GroupType::Public.bits(),
        add_option: 1,
        ..CreateGroupParam::default()
    };
    bob.try_create_group(param).unwrap();
    alice.join_group("g").unwrap();
    let request = bob.group_pendencies(GroupPendencyOption::default()).pendency_array.remove(0);
    assert_eq!(
        (request.from_nick_name.as_str(), request.from_face_url.as_str()),
        ("Al", "https://a")
    );
    bob.decide(request, true).unwrap();
    let member = bob.member("g", "alice");
    assert_eq!((member.nick_name.as_str(), member.face_url.as_str()), ("Al", "https://a"));
    assert_eq!(member.friend_remark, "Sweet Alice");
    assert_eq!(bob.member("g", "bob").nick_name, "");
}
