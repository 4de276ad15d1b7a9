//! Live groups, what all members are told, and what goes to one's other devices. The names begin with the section of the rule they
//! show.

use imsdk_client::config::Platform;
use imsdk_client::{Event, config::Settings};
use imsdk_service::GroupPolicy;
use imsdk_testkit::{Device, World, text_message, texts};
use imsdk_types::wire::Conv;
use imsdk_types::{
    ConvEvent, GroupInfoCustomString, GroupModifyInfoFlag, GroupModifyInfoParam, GroupType,
    Message, MsgGetMsgListParam,
};

fn live(world: &World) -> (Device, Device) {
    let (o, x) = (world.user("o", Platform::Linux), world.user("x", Platform::Linux));
    o.create_group("live", GroupType::AvChatRoom);
    x.join_group("live").unwrap();
    o.events().wait_tip("live", 1);
    (o, x)
}

fn is_in(device: &Device, group: &str) -> bool {
    device.joined_groups().iter().any(|joined| joined.group_id == group)
}

#[test]
fn s4_1_a_program_that_begins_joins_a_live_group_anew() {
    let world = World::new();
    let (o, x) = live(&world);
    x.crash();
    let x = world.user("x", Platform::Linux);
    assert!(!is_in(&x, "live"), "not before it joins");
    assert_eq!(o.events().wait_tip("live", 2).op_user, "x");
    assert_eq!(x.try_say("live", "hello").map(drop), Err(10007));
    o.events().forget();
    x.join_group("live").unwrap();
    assert_eq!(o.events().wait_tip("live", 1).member_num, 2);
    x.say("live", "back");
    o.events().wait_message("back");
    // Once more is no mistake, and nobody hears of it.
    o.events().forget();
    x.join_group("live").unwrap();
    o.sync();
    assert_eq!(o.events().tips(), [0; 0]);
    // Looking at the service is no start of a program.
    x.sync();
    assert!(is_in(&x, "live"));
    // The owner stays.
    o.crash();
    let o = world.user("o", Platform::Linux);
    assert!(is_in(&o, "live"));
    o.say("live", "I am here");
    x.events().wait_message("I am here");
}

#[test]
fn s4_1_a_logout_leaves_live_groups_and_no_others() {
    let world = World::new();
    let (o, x) = live(&world);
    o.create_group("public", GroupType::Public);
    x.join_group("public").unwrap();
    x.logout();
    assert_eq!(o.events().wait_tip("live", 2).member_num, 1);
    x.login("x").unwrap();
    assert!(!is_in(&x, "live") && is_in(&x, "public"));
}

#[test]
fn s4_1_another_device_keeps_the_account_in_a_live_group() {
    let world = World::new();
    let (o, x) = live(&world);
    let other = world.device("x2", Platform::Windows);
    other.login("x").unwrap();
    x.crash();
    let x = world.user("x", Platform::Linux);
    assert!(is_in(&x, "live"));
    x.join_group("live").unwrap();
    o.say("live", "hello");
    for device in [&x, &other] {
        device.events().wait_message("hello");
    }
}

fn mute_all(device: &Device, group: &str, muted: bool, name: Option<&str>) {
    let name_flag = name.map_or(0, |_| GroupModifyInfoFlag::Name.bits());
    let param = GroupModifyInfoParam {
        group_id: group.into(),
        modify_flag: GroupModifyInfoFlag::ShutupAll.bits() | name_flag,
        is_shutup_all: muted,
        group_name: name.unwrap_or_default().into(),
        ..Default::default()
    };
    device.modify_group(param).unwrap();
}

/// What the notices about changes of a group have told: flag, text, yes or no.
fn changes(device: &Device) -> Vec<(u32, String, bool)> {
    device.sync();
    let told = |event| match event {
        Event::GroupTips(tip, _) if tip.tip_type == 6 => tip.group_change_info_array,
        _ => Vec::new(),
    };
    let all = device.events().all().into_iter().flat_map(told);
    all.map(|change| (change.flag, change.value, change.bool_value)).collect()
}

#[test]
fn s3_4_that_all_are_muted_is_told_to_those_who_have_a_word_for_it() {
    let world = World::new();
    let settings = |name: &str, generation: u8| Settings {
        api_generation: Some(generation),
        ..world.settings(name, Platform::Linux)
    };
    let devices = [4, 5, 6, 8].map(|generation| {
        let user = format!("u{generation}");
        let device = Device::start(settings(&user, generation));
        device.login(&user).unwrap();
        device
    });
    let [old, five, six, new] = &devices;
    old.create_group("g", GroupType::Public);
    for device in [five, six, new] {
        device.join_group("g").unwrap();
    }
    mute_all(old, "g", true, None);
    mute_all(old, "g", false, Some("renamed"));
    let muted = |on| (8, String::new(), on);
    let renamed = (1, "renamed".to_owned(), false);
    for device in [six, new] {
        assert_eq!(changes(device), [muted(true), renamed.clone(), muted(false)]);
    }
    for device in [old, five] {
        assert_eq!(changes(device), std::slice::from_ref(&renamed));
    }
    // It stands in no history, and takes no number of it: three have joined, and one has renamed.
    assert_eq!(old.joined_group("g").latest_seq, 4);
    assert_eq!(old.group_history("g", 10).len(), 4);
}

#[test]
fn s12_an_application_may_keep_to_itself_that_all_are_muted() {
    let world =
        World::new().with_groups(GroupPolicy { tell_mute_all: false, ..GroupPolicy::default() });
    let mut settings = world.settings("o", Platform::Linux);
    settings.api_generation = Some(8);
    let o = Device::start(settings);
    o.login("o").unwrap();
    o.create_group("g", GroupType::Public);
    mute_all(&o, "g", true, None);
    assert_eq!(changes(&o), []);
    assert!(o.group_info("g").unwrap().is_shutup_all);
}

#[test]
fn elem_7_custom_fields_are_told_and_stand_in_no_history() {
    let world = World::new();
    let o = world.user("o", Platform::Linux);
    o.create_group("g", GroupType::Public);
    let param = GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: GroupModifyInfoFlag::Custom.bits(),
        custom_info: vec![GroupInfoCustomString { key: "color".into(), value: "red".into() }],
        ..Default::default()
    };
    o.modify_group(param).unwrap();
    assert_eq!(changes(&o), [(6, "red".to_owned(), false)]);
    assert!(o.group_history("g", 10).is_empty());
}

#[test]
fn s3_4_ones_other_devices_learn_what_was_read_in_a_group() {
    let world = World::new();
    let (o, x) = (world.user("o", Platform::Linux), world.user("x", Platform::Linux));
    let x2 = world.device("x2", Platform::Mac);
    x2.login("x").unwrap();
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    o.say("g", "hello");
    x2.events().wait_message("hello");
    x.events().wait_message("hello");
    x.read_group("g");
    let (message, report) = x2.events().wait_report(15);
    assert_eq!((report.group_id.as_str(), report.op_user.as_str()), ("g", "x"));
    assert_eq!((report.group_name.as_str(), message.conv_type), ("g", 3));
    assert_eq!((message.is_read, message.sender.as_str()), (true, "@TIM#SYSTEM"));
    assert_eq!(x2.unread("g"), 0, "the mark came before the report");
    x.read_group("g");
    for device in [&x, &x2, &o] {
        device.sync();
        let count = device.events().reports().iter().filter(|kind| **kind == 15).count();
        assert_eq!(count, usize::from(std::ptr::eq(device, &x2)), "once, and to nobody else");
    }
}

#[test]
fn s3_2_a_new_device_tells_each_conversation_once() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    alice.create_group("g", GroupType::Public);
    bob.join_group("g").unwrap();
    for n in 0..3 {
        alice.send("bob", &format!("{n}"));
        alice.say("g", &format!("in the group {n}"));
    }
    bob.sync();
    bob.logout();
    alice.send("bob", "later");
    alice.say("g", "later");
    let fresh = world.device("fresh", Platform::Mac);
    fresh.client().knows_generation(5);
    fresh.login("bob").unwrap();
    fresh.sync();
    let story = fresh.events().all();
    let told: Vec<_> = story
        .iter()
        .filter_map(|event| match event {
            Event::Conversations(ConvEvent::Finish, _) => Some(vec!["finish".to_owned()]),
            Event::Conversations(ConvEvent::Start, _) => Some(vec!["start".to_owned()]),
            Event::Conversations(kind, infos) => {
                let one = |info: &imsdk_types::ConvInfo| {
                    format!("{kind:?} {} {}", info.id, info.unread_num)
                };
                Some(infos.iter().map(one).collect())
            }
            _ => None,
        })
        .flatten()
        .collect();
    let (ends, mut middle) = ((&told[0], &told[told.len() - 1]), told[1..told.len() - 1].to_vec());
    assert_eq!((ends.0.as_str(), ends.1.as_str()), ("start", "finish"));
    middle.sort();
    assert_eq!(middle.len(), 2, "{middle:?}");
    assert!(middle[0].starts_with("Add alice 4") && middle[1].starts_with("Add g "), "{middle:?}");
}

// A send to a group that is not known here is kept like any other that fails: it can be seen where the list names it.
#[test]
fn hist_10_what_failed_on_its_way_to_a_live_group_is_shown() {
    let world = World::new();
    let o = world.user("o", Platform::Linux);
    let x = world.user("x", Platform::Linux);
    o.create_group("live", GroupType::AvChatRoom);
    assert_eq!(
        x.group_page(
            "live",
            MsgGetMsgListParam { count: 20, is_ramble: true, ..Default::default() }
        )
        .unwrap_err(),
        10044
    );
    assert_eq!(x.try_say("live", "let me in").unwrap_err(), 10007);
    assert!(x.conversation("live").is_some());
    let history = x.group_history("live", 20);
    assert_eq!(texts(&history), ["let me in"]);
    let older = MsgGetMsgListParam {
        last_msg: Some(Box::new(history[0].clone())),
        count: 20,
        is_ramble: true,
        ..Default::default()
    };
    assert_eq!(x.group_page("live", older).unwrap(), []);
    x.join_group("live").unwrap();
    x.say("live", "here I am");
    assert_eq!(
        texts(&x.group_history("live", 20)),
        ["let me in"],
        "what is said there is kept nowhere"
    );
}

#[test]
fn hist_10_what_failed_is_shown_also_if_it_is_no_last_message() {
    let world = World::new();
    let (o, x) = (world.user("o", Platform::Linux), world.user("x", Platform::Linux));
    o.create_group("live", GroupType::AvChatRoom);
    let quiet = Message { excluded_from_last_message: true, ..text_message("let me in") };
    let (failed, error) = x.submit_to_group("live", quiet).wait();
    assert_eq!(error.map(|error| error.code), Some(10007));
    assert_eq!(texts(&x.group_history("live", 20)), ["let me in"]);
    let conv = Conv::group("live");
    x.call(|client, reply| client.delete_messages(conv, vec![failed], reply)).unwrap();
    let all = MsgGetMsgListParam { count: 20, is_ramble: true, ..Default::default() };
    assert_eq!(x.group_page("live", all).unwrap_err(), 10044);
}
