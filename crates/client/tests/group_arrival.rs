//! What of a group comes to a device, and what it does there. The names begin with the rule they show.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text, text_message, texts};
use imsdk_types::wire::{Conv, Outgoing};
use imsdk_types::{
    ConvEvent, GroupModifyInfoFlag, GroupModifyInfoParam, GroupModifyMemberInfoParam, GroupType,
    Message,
};

fn user(world: &World, name: &str) -> Device {
    world.user(name, Platform::Linux)
}

/// A device of a user who has others.
fn other(world: &World, machine: &str, name: &str) -> Device {
    let device = world.device(machine, Platform::Windows);
    device.login(name).unwrap();
    device
}

/// A group of these devices' users, made by the first; all have heard of it and read it.
fn group(devices: &[&Device]) {
    devices[0].create_group("g", GroupType::Public);
    for device in &devices[1..] {
        device.join_group("g").unwrap();
    }
    for device in devices {
        device.sync();
        device.read_group("g");
        device.events().forget();
    }
}

/// OPT-1: the user receives nothing of it any more.
fn refuse(device: &Device, user: &str) {
    let silent = GroupModifyMemberInfoParam {
        group_id: "g".into(),
        identifier: user.into(),
        modify_flag: 1,
        msg_flag: 1,
        ..Default::default()
    };
    device.modify_member(silent).unwrap();
}

fn last(device: &Device) -> Option<String> {
    device.conversation("g")?.last_msg.map(|last| text(&last))
}

/// How many events of this kind have told of the group's conversation.
fn events(device: &Device, kind: ConvEvent) -> usize {
    device.events().count(|event| match event {
        Event::Conversations(is, infos) => *is == kind && infos.iter().any(|info| info.id == "g"),
        _ => false,
    })
}

// §19-6
#[test]
fn del_4_what_was_deleted_in_a_group_stays_gone_on_all_devices() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let x2 = other(&world, "x2", "x");
    group(&[&o, &x]);
    x2.sync();
    x2.logout();
    x2.events().forget();
    for said in ["one", "two", "three"] {
        o.say("g", said);
    }
    x.events().wait_message("three");
    let gone: Vec<_> =
        x.group_history("g", 3).into_iter().filter(|it| text(it).starts_with('t')).collect();
    x.call(|client, reply| client.delete_messages(Conv::group("g"), gone, reply)).unwrap();
    x2.login("x").unwrap();
    x2.sync();
    let told = x2.events().messages().into_iter().filter(|it| it.conv_id == "g");
    assert_eq!(texts(&told.collect::<Vec<_>>()), ["one"], "a device that was away");
    x2.logout();
    let fresh = other(&world, "fresh", "x");
    fresh.sync();
    for device in [&x, &fresh] {
        assert_eq!(texts(&device.group_history("g", 2)), ["one", ""]);
        assert_eq!((device.unread("g"), last(device).as_deref()), (1, Some("one")));
    }
    assert_eq!(last(&o).as_deref(), Some("three"), "one-sided");
}

#[test]
fn recv_7_a_group_that_is_not_received_leaves_its_conversation_as_it_is() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let x2 = other(&world, "x2", "x");
    group(&[&o, &x]);
    o.say("g", "before");
    x.events().wait_message("before");
    x2.events().wait_message("before");
    refuse(&x, "x");
    x2.sync();
    let before = x.conversation("g");
    for device in [&x, &x2] {
        device.events().forget();
    }
    o.say("g", "psst");
    for device in [&x, &x2] {
        device.sync();
        assert_eq!(events(device, ConvEvent::Update), 0);
        assert_eq!((device.unread("g"), last(device).as_deref()), (1, Some("before")));
        assert_eq!(texts(&device.group_history("g", 2)), ["psst", "before"]);
    }
    assert_eq!(x.conversation("g"), before);
    x2.say("g", "mine");
    x.sync();
    assert_eq!(last(&x).as_deref(), Some("mine"), "the user's own ones move it");
    x.forget_group("g");
    x.events().forget();
    o.say("g", "again");
    x.sync();
    assert_eq!((x.conversation("g"), events(&x, ConvEvent::Add)), (None, 0));
    x2.logout();
    let fresh = other(&world, "fresh", "x");
    fresh.sync();
    assert_eq!(last(&fresh).as_deref(), Some("again"), "a new device has what the service lists");
    assert!(!texts(&fresh.events().messages()).contains(&"again".to_owned()));
    assert_eq!(texts(&x.group_history("g", 1)), ["again"]);
}

#[test]
fn ev_2_a_conversation_that_begins_in_the_middle_is_told_once() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group(&[&o]);
    o.say("g", "before");
    x.join_group("g").unwrap();
    x.sync();
    x.sync();
    assert_eq!((events(&x, ConvEvent::Add), events(&x, ConvEvent::Update)), (1, 0));
    // Where others have been read elsewhere, or wait, it is told.
    o.say("g", "after");
    x.events().wait_unread("g", 1);
    x.read_group("g");
    x.events().wait_unread("g", 0);
}

#[test]
fn s6_the_sender_has_the_name_card_of_the_own_messages_too() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group(&[&o, &x]);
    let sender = |message: &Message| {
        let info = message.sender_group_member_info.clone().expect("who the sender is there");
        (info.identifier, info.name_card)
    };
    assert_eq!(sender(&o.say("g", "plain")), ("o".into(), String::new()));
    let named = GroupModifyMemberInfoParam {
        group_id: "g".into(),
        identifier: "o".into(),
        modify_flag: 8,
        name_card: "Chief".into(),
        ..Default::default()
    };
    o.modify_member(named).unwrap();
    let chief = ("o".to_owned(), "Chief".to_owned());
    assert_eq!(sender(&o.say("g", "hello")), chief, "the answer");
    let online = Message { is_online_msg: true, ..text_message("now") };
    assert_eq!(sender(&o.submit_to_group("g", online).wait().0), chief, "kept nowhere");
    assert_eq!(sender(&x.events().wait_message("hello")), chief);
    let page = o.group_history("g", 2);
    assert_eq!(page.iter().map(text).collect::<Vec<_>>(), ["hello", "plain"]);
    assert_eq!(page.iter().map(sender).collect::<Vec<_>>(), [chief, ("o".into(), "".into())]);
    x.quit_group("g").unwrap();
    let (refused, error) = x.submit_to_group("g", text_message("late")).wait();
    assert_eq!((sender(&refused).0.as_str(), error.map(|error| error.code)), ("x", Some(10007)));
}

#[test]
fn read_1_what_was_before_a_member_came_is_read_in_its_history() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.create_group("room", GroupType::ChatRoom);
    alice.say("room", "before");
    bob.join_group("room").unwrap();
    // Nothing has begun the conversation here.
    let history = bob.group_history("room", 10);
    assert_eq!(texts(&history), ["before"]);
    assert!(history[0].is_read);
    alice.say("room", "after");
    bob.events().wait_message("after");
    assert!(!bob.group_history("room", 1)[0].is_read);
}

// CONV-15: of messages that it does not have, the service tells.
#[test]
fn conv_15_a_new_device_knows_who_is_mentioned() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group(&[&o, &x]);
    x.sync();
    x.read_group("g");
    let call = |text: &str, names: &[&str]| {
        let mut message = text_message(text);
        message.group_at_user_array = names.iter().map(|name| (*name).to_owned()).collect();
        let (message, error) = o.submit_to_group("g", message).wait();
        assert_eq!(error, None, "{text}");
        x.events().wait_message(text);
        message
    };
    let me = call("to x", &["x"]);
    call("to another", &["somebody"]);
    let all = call("to all", &["__kImSDK_MessageAtALL__"]);
    call("to both", &["__kImSDK_MessageAtALL__", "x"]);
    call("to x, in the last one", &["x"]);
    let wanted = x.conversation("g").unwrap().group_at_info_array;
    assert_eq!(wanted.len(), 4);
    x.logout();
    let fresh = other(&world, "fresh", "x");
    fresh.sync();
    let mentions = |device: &Device| device.conversation("g").unwrap().group_at_info_array;
    assert_eq!(mentions(&fresh), wanted, "the last one is here, and once");
    fresh.events().forget();
    let kept = [0, 2, 3].map(|at| wanted[at].clone());
    o.revoke_in_group("g", &all).unwrap();
    fresh.sync();
    assert_eq!(mentions(&fresh), kept, "what is withdrawn mentions nobody");
    let told = fresh.events().wait_conv(ConvEvent::Update, "g");
    assert_eq!(told.group_at_info_array.len(), 3);
    // Also those that have come meanwhile count once.
    assert_eq!(fresh.group_history("g", 20).len(), 6);
    assert_eq!(mentions(&fresh), kept);
    fresh.report_group_read("g", Some(me)).unwrap();
    assert_eq!(mentions(&fresh), wanted[2..]);
    // As a program that begins anew finds it.
    fresh.crash();
    let fresh = other(&world, "fresh", "x");
    assert_eq!(mentions(&fresh), wanted[2..]);
    let newer = other(&world, "newer", "x");
    newer.sync();
    assert_eq!(mentions(&newer), wanted[2..]);
    newer.read_group("g");
    assert_eq!(mentions(&newer), []);
}

// Also in what does not count as unread.
#[test]
fn conv_15_a_new_device_knows_of_mentions_that_do_not_count() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group(&[&o, &x]);
    for (text, names) in [("to x", vec!["x".to_owned()]), ("to nobody", vec![])] {
        let mut message = Message { is_excluded_from_unread_count: true, ..text_message(text) };
        message.group_at_user_array = names;
        assert_eq!(o.submit_to_group("g", message).wait().1, None);
        x.events().wait_message(text);
    }
    let known = x.conversation("g").unwrap();
    assert_eq!((known.unread_num, known.group_at_info_array.len()), (0, 1));
    // So that nothing of it waits for another device.
    x.logout();
    let fresh = other(&world, "fresh", "x");
    fresh.sync();
    let mentions = fresh.conversation("g").unwrap().group_at_info_array;
    assert_eq!(mentions, known.group_at_info_array);
}

// OPT-1: the service keeps it, and what it has is shown, whenever it came.
#[test]
fn opt_1_a_new_device_has_what_came_from_a_group_that_is_not_received() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group(&[&o, &x]);
    x.sync();
    refuse(&x, "x");
    o.say("g", "one");
    x.logout();
    for text in ["two", "three"] {
        o.say("g", text);
    }
    let fresh = other(&world, "fresh", "x");
    fresh.sync();
    o.say("g", "four");
    fresh.sync();
    assert_eq!(texts(&fresh.group_history("g", 4)), ["four", "three", "two", "one"]);
    fresh.forget_group("g");
    o.say("g", "five");
    fresh.sync();
    o.say("g", "six");
    fresh.sync();
    assert_eq!(texts(&fresh.group_history("g", 20)), ["six", "five"]);
}

#[test]
fn read_1_what_was_before_a_member_came_is_read_also_before_an_own_message() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::ChatRoom);
    for text in ["one", "two"] {
        o.say("g", text);
    }
    x.join_group("g").unwrap();
    x.sync();
    assert!(x.conversation("g").is_none(), "nothing has begun it");
    x.say("g", "mine");
    let history = x.group_history("g", 20);
    assert_eq!(texts(&history), ["mine", "two", "one"]);
    assert!(history.iter().all(|message| message.is_read));
}

/// What has been told of the group to a device.
fn told(device: &Device) -> Vec<String> {
    let told = device.events().messages().into_iter().filter(|it| it.conv_id == "g");
    texts(&told.collect::<Vec<_>>()).into_iter().filter(|text| !text.is_empty()).collect()
}

// §4.5, §6: each membership gives what was said in it, and nothing of between.
#[test]
fn s6_who_comes_back_gets_what_was_said_before_the_end_of_each_membership() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let (x2, x3) = (other(&world, "x2", "x"), world.user("x", Platform::Android));
    group(&[&o, &x]);
    for device in [&x2, &x3] {
        device.sync();
        device.logout();
        device.events().forget();
    }
    let mut gone = Vec::new();
    for round in ["a", "b"] {
        o.say("g", &format!("for x {round}"));
        x.events().wait_message(&format!("for x {round}"));
        gone.extend(x.group_history("g", 1));
        o.say("g", &format!("to x {round}"));
        o.kick("g", &["x"]).unwrap();
        o.say("g", &format!("not for x {round}"));
        x.join_group("g").unwrap();
    }
    x.sync();
    // DEL-4: also what was said in an earlier membership.
    x.call(|client, reply| client.delete_messages(Conv::group("g"), gone, reply)).unwrap();
    o.say("g", "at last");
    x2.login("x").unwrap();
    x2.sync();
    assert_eq!(told(&x2), ["to x a", "to x b", "at last"]);
    assert_eq!(told(&x), ["for x a", "to x a", "for x b", "to x b", "at last"]);
    for device in [&x, &x2] {
        device.sync();
        let history = texts(&device.group_history("g", 20));
        let history: Vec<_> = history.iter().filter(|it| !it.is_empty()).collect();
        assert_eq!(history, ["at last", "to x b", "to x a"]);
        assert_eq!(device.unread("g"), 1);
    }
    // CONV-12: what is removed comes no more.
    x.forget_group("g");
    x3.login("x").unwrap();
    x3.sync();
    assert_eq!(told(&x3), [""; 0]);
}

// §3: what an earlier membership tells late is older than what the group is called now.
#[test]
fn s6_a_name_of_an_earlier_membership_comes_too_late() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let x2 = other(&world, "x2", "x");
    let rename = |name: &str| {
        let param = GroupModifyInfoParam {
            group_id: "g".into(),
            modify_flag: GroupModifyInfoFlag::Name.bits(),
            group_name: name.into(),
            ..Default::default()
        };
        o.modify_group(param).unwrap();
    };
    group(&[&o, &x]);
    x2.sync();
    x2.logout();
    rename("old name");
    o.say("g", "to x");
    o.kick("g", &["x"]).unwrap();
    rename("new name");
    x.join_group("g").unwrap();
    x.sync();
    x2.login("x").unwrap();
    o.say("g", "at last");
    // No sync, which asks for the name anyhow.
    x2.events().wait_message("at last");
    assert_eq!(x2.conversation("g").unwrap().show_name, "new name");
    rename("newest name");
    x2.events().wait("the newest name", |event| match event {
        Event::GroupTips(tip, _) => {
            tip.group_change_info_array.iter().find(|it| it.value == "newest name").map(drop)
        }
        _ => None,
    });
    assert_eq!(x2.conversation("g").unwrap().show_name, "newest name");
}

// CONV-15: what is cleared here mentions nobody any more, whether it has come or was told of.
#[test]
fn conv_15_what_is_cleared_mentions_nobody() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group(&[&o, &x]);
    let mut ghost = world.ghost("o");
    let now = o.client().server_time();
    for (number, (text, names)) in
        [("to x", vec!["x".to_owned()]), ("to nobody", vec![])].into_iter().enumerate()
    {
        ghost.clock().set(now + 10 * number as u64);
        let mut outgoing = Outgoing { to: Conv::group("g"), ..ghost.outgoing("g", text) };
        outgoing.body.group_at_user_array = names;
        ghost.try_send(outgoing).unwrap();
    }
    x.sync();
    x.logout();
    let fresh = other(&world, "fresh", "x");
    fresh.sync();
    let mentions = || fresh.conversation("g").unwrap().group_at_info_array.len();
    assert_eq!(mentions(), 1, "told of");
    assert!(texts(&fresh.group_history("g", 20)).contains(&"to x".to_owned()));
    fresh.call(|client, reply| client.clear_history("group_g", now, now + 5, reply)).unwrap();
    assert_eq!(mentions(), 0);
    assert_eq!(last(&fresh).as_deref(), Some("to nobody"));
}

// OPT-1: it stands in the history, and that is all.
#[test]
fn opt_1_what_is_refused_mentions_nobody() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group(&[&o, &x]);
    o.say("g", "hello");
    x.events().wait_message("hello");
    refuse(&x, "x");
    let mut message = text_message("to x");
    message.group_at_user_array = vec!["x".into()];
    assert_eq!(o.submit_to_group("g", message).wait().1, None);
    x.sync();
    assert_eq!(texts(&x.group_history("g", 1)), ["to x"]);
    let shown = x.conversation("g").unwrap();
    assert_eq!(shown.group_at_info_array, []);
    assert_eq!(shown.last_msg.map(|last| text(&last)).as_deref(), Some("hello"));
}

// CONV-6, EV-3: in a chat room the notice stands in no history.
#[test]
fn conv_6_a_new_name_of_a_group_is_told_with_its_conversation() {
    for kind in [GroupType::Public, GroupType::ChatRoom] {
        let world = World::new();
        let (o, x) = (user(&world, "o"), user(&world, "x"));
        o.create_group("g", kind);
        x.join_group("g").unwrap();
        o.say("g", "hello");
        x.events().wait_message("hello");
        let param = GroupModifyInfoParam {
            group_id: "g".into(),
            modify_flag: GroupModifyInfoFlag::Name.bits(),
            group_name: "new name".into(),
            ..Default::default()
        };
        o.modify_group(param).unwrap();
        for device in [&o, &x] {
            device.events().wait("the new name", |event| match event {
                Event::Conversations(ConvEvent::Update, infos) => {
                    infos.iter().find(|it| it.id == "g" && it.show_name == "new name").map(drop)
                }
                _ => None,
            });
        }
    }
}

// CONV-12: nothing of the earlier one is in it, and programs are told.
#[test]
fn conv_12_a_group_with_the_id_of_an_earlier_one_has_another_conversation() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group(&[&o, &x]);
    o.say("g", "in the earlier one");
    x.events().wait_message("in the earlier one");
    o.delete_group("g").unwrap();
    x.sync();
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    for device in [&o, &x] {
        device.sync();
        assert_eq!(events(device, ConvEvent::Del), 1);
        assert!(!texts(&device.group_history("g", 20)).contains(&"in the earlier one".to_owned()));
    }
    o.say("g", "in the later one");
    x.events().wait_message("in the later one");
    x.events().wait_conv(ConvEvent::Add, "g");
}
