//! Groups: how they are made, joined, changed and left, and who is told. The names begin with the section of the rule they show;
//! §11-1 to §11-25, in all tests, are the acceptance scenarios. 26 and 27, group attributes and permission groups, take functions of
//! generation 8, which are not built.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, texts};
use imsdk_types::{
    CreateGroupParam, Elem, GroupInfoCustomString, GroupMemberInfo, GroupModifyInfoFlag,
    GroupModifyInfoParam, GroupModifyMemberInfoParam, GroupPendencyOption, GroupType,
    MsgGetMsgListParam,
};

fn user(world: &World, name: &str) -> Device {
    world.user(name, Platform::Linux)
}

fn option(device: &Device, group: &str, add_option: u32) {
    let param = GroupModifyInfoParam {
        group_id: group.into(),
        modify_flag: GroupModifyInfoFlag::AddOption.bits(),
        add_option,
        ..Default::default()
    };
    device.modify_group(param).unwrap();
}

fn role(device: &Device, group: &str, user: &str, member_role: u32) -> Result<(), i32> {
    let param = GroupModifyMemberInfoParam {
        group_id: group.into(),
        identifier: user.into(),
        modify_flag: 2,
        member_role,
        ..Default::default()
    };
    device.modify_member(param).map_err(|error| error.code)
}

fn mute(device: &Device, group: &str, user: &str, shutup_time: u32) -> Result<(), i32> {
    let param = GroupModifyMemberInfoParam {
        group_id: group.into(),
        identifier: user.into(),
        modify_flag: 4,
        shutup_time,
        ..Default::default()
    };
    device.modify_member(param).map_err(|error| error.code)
}

fn transfer(device: &Device, group: &str, owner: &str) -> Result<(), i32> {
    let param = GroupModifyInfoParam {
        group_id: group.into(),
        modify_flag: GroupModifyInfoFlag::Owner.bits(),
        owner: owner.into(),
        ..Default::default()
    };
    device.modify_group(param).map_err(|error| error.code)
}

fn code<T>(answer: Result<T, imsdk_types::Error>) -> i32 {
    answer.err().map_or(0, |error| error.code)
}

// §11-1
#[test]
fn s4_3_a_group_begins_with_its_owner() {
    let world = World::new();
    let o1 = user(&world, "o");
    let o2 = world.device("o2", Platform::Windows);
    o2.login("o").unwrap();
    o1.create_group("g", GroupType::Public);
    assert_eq!(o1.events().tips(), [0; 0], "nobody else to tell");
    for device in [&o1, &o2] {
        let (message, report) = device.events().wait_report(6);
        assert_eq!((report.group_id.as_str(), report.op_user.as_str()), ("g", "o"));
        assert_eq!((message.conv_type, message.conv_id.as_str()), (3, ""));
        assert_eq!((message.sender.as_str(), message.is_read), ("@TIM#SYSTEM", true));
        assert_eq!((message.status, message.is_from_self, message.seq), (2, false, 1));
        let list = device.joined_groups();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].self_info.role, list[0].latest_seq, list[0].info_seq), (400, 0, 1));
        assert!(device.conversations().is_empty(), "no message yet");
    }
    let info = o1.group_info("g").unwrap();
    assert_eq!((info.owner_identifier.as_str(), info.member_num), ("o", 1));
    assert_eq!((info.add_option, info.max_member_num, info.visible), (2, 2000, 2));
}

// §11-2, §11-3
#[test]
fn s4_2_whoever_may_joins_and_all_are_told() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    for device in [&o, &x] {
        let tip = device.events().wait_tip("g", 1);
        assert_eq!((tip.op_user.as_str(), tip.member_num, tip.join_type), ("x", 2, 1));
        assert_eq!(tip.user_array, ["x"]);
        assert_eq!(tip.changed_group_memberinfo_array[0].identifier, "x");
        device.sync();
        let story = device.events().all();
        let event = story.iter().position(|event| matches!(event, Event::GroupTips(..)));
        let message = story.iter().position(|event| match event {
            Event::NewMessages(messages) => messages.iter().any(|m| m.conv_type == 2),
            _ => false,
        });
        assert!(event.is_some() && event < message, "3.1: the event comes first");
        let history = device.group_history("g", 10);
        assert_eq!(history.len(), 1);
        assert_eq!((history[0].seq, history[0].sender.as_str()), (1, "@TIM#SYSTEM"));
        assert!(matches!(&history[0].elem_array[0], Elem::GroupTips(tip) if tip.tip_type == 1));
    }
    assert_eq!(x.unread("g"), 0, "that one came in is no news");
    assert_eq!(o.unread("g"), 1);
    assert_eq!(x.joined_group("g").self_info.unread_num, 0);
    assert_eq!(o.joined_group("g").self_info.unread_num, 1);
    assert_eq!(code(x.join_group("g")), 10013);
    // With more members, each hears of the next.
    let [a, m, y] = ["a", "m", "y"].map(|name| user(&world, name));
    a.join_group("g").unwrap();
    m.join_group("g").unwrap();
    for device in [&o, &a, &m, &x] {
        device.sync();
        device.events().forget();
    }
    y.join_group("g").unwrap();
    for device in [&o, &a, &m, &x, &y] {
        let tip = device.events().wait_tip("g", 1);
        assert_eq!((tip.op_user.as_str(), tip.member_num), ("y", 5));
        assert_eq!(tip.user_array, ["y"]);
        device.sync();
        assert_eq!(device.group_history("g", 1)[0].seq, 4);
        assert_eq!(device.events().tips(), [1], "once");
    }
    assert_eq!(y.unread("g"), 0);
    assert_eq!(code(x.join_group("none")), 10010);
    assert_eq!(code(x.join_group("nön")), 10015);
}

// §11-4, §11-5, §11-6
#[test]
fn s5_an_application_is_decided_once() {
    let world = World::new();
    let [o, a, m, y, z] = ["o", "a", "m", "y", "z"].map(|name| user(&world, name));
    o.create_group("g", GroupType::Public);
    a.join_group("g").unwrap();
    m.join_group("g").unwrap();
    role(&o, "g", "a", 300).unwrap();
    for device in [&o, &a, &m] {
        device.sync();
        device.events().forget();
    }
    option(&o, "g", 1);
    o.sync();
    assert_eq!(o.events().tips(), [0; 0], "no notice of the join option");
    y.join_group("g").unwrap();
    for admin in [&o, &a] {
        let (_, report) = admin.events().wait_report(1);
        assert_eq!((report.op_user.as_str(), report.msg.as_str()), ("y", "hello"));
    }
    assert_eq!(o.members("g"), [("o".into(), 400), ("a".into(), 300), ("m".into(), 200)]);
    m.sync();
    assert_eq!(m.events().reports(), [0; 0], "nor for members");
    let all = GroupPendencyOption::default;
    assert!(y.group_pendencies(all()).pendency_array.is_empty(), "not for the applicant");
    let page = o.group_pendencies(all());
    assert_eq!((page.unread_num, page.pendency_array.len()), (1, 1));
    let asked = &page.pendency_array[0];
    assert_eq!((asked.handled, asked.pendency_type, asked.to_identifier.as_str()), (0, 0, ""));
    assert_eq!((asked.from_identifier.as_str(), asked.apply_invite_msg.as_str()), ("y", "hello"));
    assert!(asked.add_time > 1_500_000_000_000, "in milliseconds");
    let forged = imsdk_types::GroupPendency { key: "x".into(), ..asked.clone() };
    assert_eq!(code(a.decide(forged, true)), 10008);
    a.decide(asked.clone(), true).unwrap();
    let (_, report) = y.events().wait_report(2);
    assert_eq!((report.op_user.as_str(), report.msg.as_str()), ("a", "so be it"));
    for device in [&o, &a, &m, &y] {
        let tip = device.events().wait_tip("g", 1);
        assert_eq!((tip.op_user.as_str(), tip.member_num, tip.join_type), ("y", 4, 1));
        assert_eq!(tip.user_array, ["y"]);
        device.sync();
        assert_eq!(device.events().tips(), [1], "once");
    }
    assert_eq!(y.unread("g"), 0);
    let seen = |device: &Device| {
        let record = device.group_pendencies(all()).pendency_array.remove(0);
        (record.handled, record.handle_result, record.to_identifier)
    };
    assert_eq!(seen(&o), (1, 1, "a".into()));
    assert_eq!(seen(&a), (2, 1, "a".into()));
    assert_eq!(code(o.decide(asked.clone(), true)), 10024);
    // 5.5: refused.
    z.join_group("g").unwrap();
    let page = o.group_pendencies(all());
    o.events().forget();
    o.decide(page.pendency_array[0].clone(), false).unwrap();
    assert_eq!(z.events().wait_report(3).1.op_user, "o");
    o.sync();
    assert_eq!(o.events().tips(), [0; 0]);
    // 5.3: newest first, page by page.
    let first = o.group_pendencies(GroupPendencyOption { max_limited: 1, start_time: 0 });
    assert_eq!(first.pendency_array[0].from_identifier, "z");
    let second = GroupPendencyOption { max_limited: 1, start_time: first.next_start_time };
    let second = o.group_pendencies(second);
    assert_eq!(second.pendency_array[0].from_identifier, "y");
    assert_eq!(second.next_start_time, 0);
    // 5.4: in seconds.
    o.read_group_pendencies(first.pendency_array[0].add_time / 1000 + 1);
    let page = o.group_pendencies(all());
    assert_eq!((page.unread_num, page.pendency_array.len()), (0, 2), "read, and still there");
    assert!(page.read_time_seq > 1_500_000_000_000);
}

// §11-7
#[test]
fn s3_4_administrators_come_and_go() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    for (given, role_now, tip, report) in [(2, 300, 4, 9), (1, 200, 5, 10)] {
        role(&o, "g", "x", given).unwrap();
        let told = x.events().wait_tip("g", tip);
        assert_eq!((told.op_user.as_str(), told.user_array), ("o", vec!["x".to_owned()]));
        assert_eq!(x.events().wait_report(report).1.op_user, "o");
        o.events().wait_tip("g", tip);
        assert_eq!(o.member("g", "x").member_role, role_now);
    }
    assert_eq!(role(&o, "g", "x", 400), Err(10004), "a group is handed over otherwise");
    assert_eq!(role(&x, "g", "x", 300), Err(10007));
    assert_eq!(role(&o, "g", "nobody", 300), Err(10004));
}

// §11-8, §11-9
#[test]
fn s4_5_members_are_removed_by_those_above_them() {
    let world = World::new();
    let [o, a, b, m, x] = ["o", "a", "b", "m", "x"].map(|name| user(&world, name));
    o.create_group("g", GroupType::Public);
    for device in [&a, &b, &m, &x] {
        device.join_group("g").unwrap();
    }
    role(&o, "g", "a", 300).unwrap();
    role(&o, "g", "b", 300).unwrap();
    m.sync();
    m.events().forget();
    assert_eq!(code(x.kick("g", &["m"])), 10007);
    assert_eq!(a.kick("g", &["b", "m", "stranger", "o"]).unwrap(), [0, 1, 2, 0]);
    for device in [&o, &a, &x] {
        let tip = device.events().wait_tip("g", 3);
        assert_eq!((tip.op_user.as_str(), tip.member_num), ("a", 4));
        assert_eq!(tip.user_array, ["m"]);
    }
    let (_, report) = m.events().wait_report(4);
    assert_eq!((report.op_user.as_str(), report.msg.as_str()), ("a", "go"));
    m.sync();
    assert_eq!(m.events().tips(), [0; 0], "only the report");
    assert_eq!(m.try_say("g", "still here?").unwrap_err(), 10007);
    assert_eq!(code(m.quit_group("g")), 10007);
    assert!(m.joined_groups().is_empty());
}

// §11-10, §11-11
#[test]
fn s3_4_one_call_that_changes_much_is_one_notice() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    let before = o.group_info("g").unwrap().info_seq;
    let param = GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: 3,
        group_name: "new name".into(),
        notification: "read this".into(),
        introduction: "left out".into(),
        ..Default::default()
    };
    o.modify_group(param.clone()).unwrap();
    let tip = x.events().wait_tip("g", 6);
    let entries = |tip: &imsdk_types::GroupTipsElem| {
        tip.group_change_info_array
            .iter()
            .map(|change| (change.flag, change.value.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(entries(&tip), [(1, "new name".into()), (3, "read this".into())]);
    assert_eq!((tip.group_name.as_str(), tip.member_num, tip.user_array.len()), ("new name", 0, 0));
    let info = o.group_info("g").unwrap();
    assert_eq!((info.info_seq, info.introduction.as_str()), (before + 1, ""));
    x.sync();
    assert_eq!(x.conversation("g").unwrap().show_name, "new name", "CONV-6");
    // The masks of changes and of notices number these two the other way round.
    let param = GroupModifyInfoParam { modify_flag: 4, introduction: "us".into(), ..param };
    o.modify_group(param.clone()).unwrap();
    assert_eq!(entries(&x.events().wait_tip("g", 6)), [(2, "us".into())]);
    let fields = vec![GroupInfoCustomString { key: "color".into(), value: "red".into() }];
    let param = GroupModifyInfoParam { modify_flag: 0x200, custom_info: fields.clone(), ..param };
    o.modify_group(param.clone()).unwrap();
    assert_eq!(x.events().wait_tip("g", 6).group_change_info_array[0].key, "color");
    assert_eq!(x.group_info("g").unwrap().custom_info, fields);
    assert_eq!(code(x.modify_group(param.clone())), 10007);
    for (modify_flag, wanted) in [(1, 8502), (2, 8504), (4, 8503), (8, 8505), (0, 6017)] {
        let long = "x".repeat(301);
        let param = GroupModifyInfoParam {
            modify_flag,
            group_name: long.clone(),
            notification: long.clone(),
            introduction: long.clone(),
            face_url: long,
            ..param.clone()
        };
        assert_eq!(code(o.modify_group(param)), wanted, "flag {modify_flag}");
    }
}

// §11-12, §11-13
#[test]
fn s4_1_an_owner_hands_over_before_going() {
    let world = World::new();
    let o1 = user(&world, "o");
    let o2 = world.device("o2", Platform::Windows);
    o2.login("o").unwrap();
    let (a, m) = (user(&world, "a"), user(&world, "m"));
    o1.create_group("g", GroupType::Public);
    a.join_group("g").unwrap();
    m.join_group("g").unwrap();
    assert_eq!(code(o1.quit_group("g")), 10009);
    assert_eq!(transfer(&a, "g", "m"), Err(10007));
    assert_eq!(transfer(&o1, "g", "stranger"), Err(10004));
    transfer(&o1, "g", "a").unwrap();
    let change = m.events().wait_tip("g", 6).group_change_info_array.remove(0);
    assert_eq!((change.flag, change.value.as_str()), (5, "a"));
    assert_eq!(m.members("g"), [("o".into(), 200), ("a".into(), 400), ("m".into(), 200)]);
    o1.quit_group("g").unwrap();
    let tip = m.events().wait_tip("g", 2);
    assert_eq!((tip.op_user.as_str(), tip.member_num), ("o", 2));
    for device in [&o1, &o2] {
        assert_eq!(device.events().wait_report(8).1.op_user, "o");
    }
    assert_eq!(code(a.quit_group("g")), 10009);
    assert_eq!(code(m.delete_group("g")), 10007);
    a.delete_group("g").unwrap();
    for device in [&a, &m] {
        assert_eq!(device.events().wait_report(5).1.group_id, "g");
        assert_eq!(device.group_info("g").unwrap_err(), 10010);
        assert!(device.joined_groups().is_empty());
    }
    assert_eq!(m.try_say("g", "hello?").unwrap_err(), 10010);
}

#[test]
fn s4_3_an_id_is_free_again_and_its_past_is_gone() {
    let world = World::new();
    let (o, m) = (user(&world, "o"), user(&world, "m"));
    o.create_group("g", GroupType::Public);
    m.join_group("g").unwrap();
    o.say("g", "one");
    m.events().wait_message("one");
    o.delete_group("g").unwrap();
    m.events().wait_report(5);
    m.create_group("g", GroupType::Public);
    o.join_group("g").unwrap();
    m.say("g", "two");
    o.events().wait_message("two");
    assert_eq!(texts(&o.group_history("g", 10)), ["two", ""]);
    assert_eq!(o.unread("g"), 1);
}

// §11-14
#[test]
fn s4_1_private_groups_live_by_invitation() {
    let world = World::new();
    let [o, m, x, y] = ["o", "m", "x", "y"].map(|name| user(&world, name));
    let first = GroupMemberInfo { identifier: "m".into(), ..Default::default() };
    let param = CreateGroupParam {
        group_id: "w".into(),
        group_name: "work".into(),
        group_type: GroupType::Private.bits(),
        group_member_array: vec![first],
        ..Default::default()
    };
    o.try_create_group(param).unwrap();
    let tip = m.events().wait_tip("w", 1);
    assert_eq!((tip.op_user.as_str(), tip.member_num, tip.join_type), ("o", 2, 2));
    assert_eq!(m.events().wait_report(7).1.op_user, "o");
    m.sync();
    assert_eq!(m.unread("w"), 0);
    assert_eq!(m.invite("w", &["x", "x", "nobody"]).unwrap(), [1, 2, 0]);
    assert_eq!(x.events().wait_report(7).1.user_data, "come");
    for device in [&o, &m, &x] {
        let tip = device.events().wait_tip("w", 1);
        let tip = if tip.op_user == "o" { device.events().wait_tip("w", 1) } else { tip };
        assert_eq!((tip.op_user.as_str(), tip.user_array), ("m", vec!["x".to_owned()]));
    }
    assert_eq!(code(y.join_group("w")), 8508);
    assert_eq!(y.group_info("w").unwrap_err(), 10007);
    assert_eq!(code(o.delete_group("w")), 10007);
    assert_eq!(code(m.invite("w", &[])), 8510);
    o.quit_group("w").unwrap();
    assert_eq!(m.group_info("w").unwrap().owner_identifier, "");
}

#[test]
fn s4_2_an_invitation_into_a_public_group_needs_consent() {
    let world = World::new();
    let [o, x, y] = ["o", "x", "y"].map(|name| user(&world, name));
    o.create_group("g", GroupType::Public);
    assert_eq!(o.invite("g", &["x", "y", "o"]).unwrap(), [3, 3, 2]);
    assert_eq!(x.events().wait_report(12).1.user_data, "come");
    assert_eq!(o.members("g").len(), 1);
    let asked = |device: &Device| {
        device.group_pendencies(GroupPendencyOption::default()).pendency_array.remove(0)
    };
    let invitation = asked(&x);
    assert_eq!((invitation.pendency_type, invitation.to_identifier.as_str()), (1, "x"));
    assert_eq!(invitation.from_user_defined_data, "come");
    x.decide(invitation, true).unwrap();
    assert_eq!(o.events().wait_report(13).1.op_user, "x");
    let tip = x.events().wait_tip("g", 1);
    assert_eq!((tip.op_user.as_str(), tip.join_type), ("o", 2));
    y.decide(asked(&y), false).unwrap();
    assert_eq!(o.events().wait_report(14).1.msg, "so be it");
    assert_eq!(o.members("g").len(), 2);
}

#[test]
fn s4_2_from_generation_8_on_the_options_decide() {
    let world = World::new();
    let [o, x, y] = ["o", "x", "y"].map(|name| user(&world, name));
    assert_eq!(o.client().generation(), 4);
    o.client().knows_generation(8);
    o.client().knows_generation(5);
    assert_eq!(o.client().generation(), 8, "the newest counts");
    o.create_group("g", GroupType::Public);
    let info = o.group_info("g").unwrap();
    assert_eq!((info.add_option, info.approve_option), (1, 0));
    assert_eq!(o.invite("g", &["x"]).unwrap(), [1], "the owner needs nobody's consent");
    x.events().wait_report(7);
    assert_eq!(code(x.invite("g", &["y"])), 10007);
    let param = GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: GroupModifyInfoFlag::ApproveOption.bits(),
        approve_option: 2,
        ..Default::default()
    };
    o.modify_group(param).unwrap();
    assert_eq!(x.invite("g", &["y"]).unwrap(), [1]);
    y.events().wait_report(7);
    let generation = o.events().wait("a notice", |event| match event {
        Event::GroupTips(_, generation) => Some(*generation),
        _ => None,
    });
    assert_eq!(generation, 8);
    let mut settings = world.settings("fixed", Platform::Mac);
    settings.api_generation = Some(5);
    let fixed = Device::start(settings);
    fixed.client().knows_generation(8);
    assert_eq!(fixed.client().generation(), 5, "the settings have the last word");
}

// §11-15
#[test]
fn s4_1_live_groups_keep_nothing() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let param = CreateGroupParam {
        group_id: "live".into(),
        group_name: "live".into(),
        group_type: GroupType::AvChatRoom.bits(),
        group_member_array: vec![GroupMemberInfo { identifier: "x".into(), ..Default::default() }],
        ..Default::default()
    };
    assert_eq!(code(o.try_create_group(param)), 10007);
    o.create_group("live", GroupType::AvChatRoom);
    x.join_group("live").unwrap();
    for device in [&o, &x] {
        assert_eq!(device.events().wait_tip("live", 1).op_user, "x");
    }
    let sent = o.say("live", "hello");
    let came = x.events().wait_message("hello");
    assert_eq!((came.msg_id, came.conv_id.as_str(), came.conv_type), (sent.msg_id, "live", 2));
    assert_eq!(code(x.invite("live", &["o"])), 10007);
    assert_eq!(transfer(&o, "live", "x"), Err(10007));
    for device in [&o, &x] {
        device.sync();
        assert!(device.conversations().is_empty());
        let all = MsgGetMsgListParam { count: 10, is_ramble: true, ..Default::default() };
        let here = MsgGetMsgListParam { is_ramble: false, ..all.clone() };
        assert_eq!(device.group_page("live", all), Err(10044), "HIST-10");
        assert_eq!(device.group_page("live", here), Ok(Vec::new()));
        assert!(
            device
                .events()
                .messages()
                .iter()
                .all(|message| message.sender != "@TIM#SYSTEM" || message.conv_type == 3)
        );
    }
}

// §11-16
#[test]
fn s4_5_the_muted_are_silent_also_when_they_come_back() {
    let world = World::new();
    let (o, m) = (user(&world, "o"), user(&world, "m"));
    o.create_group("g", GroupType::Public);
    m.join_group("g").unwrap();
    mute(&o, "g", "m", 60).unwrap();
    for device in [&o, &m] {
        let tip = device.events().wait_tip("g", 7);
        assert_eq!(tip.user_array, ["m"]);
        let change = &tip.member_change_info_array[0];
        assert_eq!((change.identifier.as_str(), change.shutup_time), ("m", 60));
    }
    let until = o.member("g", "m").shutup_time;
    let now = o.say("g", "quiet").server_time as u32;
    assert!((now + 50..now + 70).contains(&until), "the end, not a duration");
    assert_eq!(m.try_say("g", "but"), Err(10017));
    m.quit_group("g").unwrap();
    m.join_group("g").unwrap();
    assert_eq!(m.try_say("g", "but"), Err(10017));
    mute(&o, "g", "m", 0).unwrap();
    m.say("g", "at last");
    assert_eq!(mute(&m, "g", "o", 60), Err(10007));
    assert_eq!(mute(&o, "g", "o", 60), Err(10007));
    let all = GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: GroupModifyInfoFlag::ShutupAll.bits(),
        is_shutup_all: true,
        ..Default::default()
    };
    o.modify_group(all).unwrap();
    assert_eq!(m.try_say("g", "now?"), Err(10017));
    o.say("g", "only I");
}

// §11-17
#[test]
fn s4_3_ids_and_what_else_a_group_may_not_be() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::Public);
    let good = || CreateGroupParam { group_name: "name".into(), ..Default::default() };
    let with_id = |id: &str| CreateGroupParam { group_id: id.into(), ..good() };
    assert_eq!(code(o.try_create_group(with_id("g"))), 10025);
    assert_eq!(code(x.try_create_group(with_id("g"))), 10021);
    for id in ["@TGS#mine", "ä", &"x".repeat(49)] {
        assert_eq!(code(x.try_create_group(with_id(id))), 8501, "{id}");
    }
    let id = x.try_create_group(good()).unwrap();
    assert!(id.starts_with("@TGS#"), "{id}");
    assert_ne!(x.try_create_group(good()).unwrap(), id);
    for name in ["", &"x".repeat(31)] {
        let param = CreateGroupParam { group_name: name.into(), ..good() };
        assert_eq!(code(x.try_create_group(param)), 8502);
    }
    for (identifier, member_role, wanted) in
        [("nobody", 200, 10019), ("o", 400, 8509), ("o", 7, 10004)]
    {
        let member =
            GroupMemberInfo { identifier: identifier.into(), member_role, ..Default::default() };
        let param = CreateGroupParam { group_member_array: vec![member], ..good() };
        assert_eq!(code(x.try_create_group(param)), wanted);
    }
    assert_eq!(x.joined_groups().len(), 2, "what was refused has made nothing");
    for (group_type, wanted) in [(3, 10007), (9, 10004)] {
        assert_eq!(code(x.try_create_group(CreateGroupParam { group_type, ..good() })), wanted);
    }
}

#[test]
fn s4_2_what_a_group_has_set_holds_for_every_generation() {
    let world = World::new();
    let [o, m, _x] = ["o", "m", "x"].map(|name| user(&world, name));
    o.create_group("g", GroupType::Public);
    m.join_group("g").unwrap();
    assert_eq!((m.client().generation(), m.invite("g", &["x"]).unwrap()), (4, vec![3]));
    let param = GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: GroupModifyInfoFlag::ApproveOption.bits(),
        approve_option: 0,
        ..Default::default()
    };
    o.modify_group(param).unwrap();
    assert_eq!(code(m.invite("g", &["x"])), 10007, "whatever generation the inviter is of");
}
