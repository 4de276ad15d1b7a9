//! What groups refuse: values, full groups, requests that have been overtaken. The names begin with the section of the rule they show.

use std::time::{SystemTime, UNIX_EPOCH};

use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World};
use imsdk_types::wire::Request;
use imsdk_types::wire::group::Request as Ask;
use imsdk_types::{
    CreateGroupParam, GroupMemberInfoCustomString, GroupModifyInfoFlag, GroupModifyInfoParam,
    GroupModifyMemberInfoParam, GroupPendency, GroupPendencyOption, GroupType,
};

fn users<const N: usize>(world: &World, names: [&str; N]) -> [Device; N] {
    names.map(|name| world.user(name, Platform::Linux))
}

fn code<T>(answer: Result<T, imsdk_types::Error>) -> i32 {
    answer.err().map_or(0, |error| error.code)
}

fn change(group: &str, modify_flag: u32) -> GroupModifyInfoParam {
    GroupModifyInfoParam { group_id: group.into(), modify_flag, ..Default::default() }
}

fn option(device: &Device, group: &str, add_option: u32) {
    let flag = GroupModifyInfoFlag::AddOption.bits();
    device.modify_group(GroupModifyInfoParam { add_option, ..change(group, flag) }).unwrap();
}

fn member(user: &str, modify_flag: u32) -> GroupModifyMemberInfoParam {
    GroupModifyMemberInfoParam {
        group_id: "g".into(),
        identifier: user.into(),
        modify_flag,
        ..Default::default()
    }
}

/// The newest request that a user may decide.
fn request(device: &Device) -> GroupPendency {
    device.group_pendencies(GroupPendencyOption::default()).pendency_array.remove(0)
}

#[test]
fn s4_5_a_change_that_does_not_exist_changes_nothing() {
    let world = World::new();
    let [o, x] = users(&world, ["o", "x"]);
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    let before = o.group_info("g").unwrap();
    // None of them, one of a later generation, and one beside others.
    for flag in [0x400, 0x2000, 0x4000_0000, 0x400 | 1] {
        let param = GroupModifyInfoParam { group_name: "new".into(), ..change("g", flag) };
        assert_eq!(code(o.modify_group(param)), 10004, "{flag:#x}");
    }
    let visible = GroupModifyInfoFlag::Visible.bits() | GroupModifyInfoFlag::Searchable.bits();
    for (visible_now, searchable) in [(77, 1), (1, 3)] {
        let visible = GroupModifyInfoParam { visible: visible_now, ..change("g", visible) };
        assert_eq!(code(o.modify_group(GroupModifyInfoParam { searchable, ..visible })), 10004);
    }
    assert_eq!(o.group_info("g").unwrap(), before);
    for said in [0, 1, 2] {
        let visible = GroupModifyInfoParam { visible: said, ..change("g", visible) };
        o.modify_group(GroupModifyInfoParam { searchable: said, ..visible }).unwrap();
        let info = o.group_info("g").unwrap();
        assert_eq!((info.visible, info.searchable), (said, said));
    }
    for flag in [64, 64 | 8] {
        let param = GroupModifyMemberInfoParam { name_card: "card".into(), ..member("x", flag) };
        assert_eq!(code(o.modify_member(param)), 10004);
    }
    assert_eq!(o.member("g", "x").name_card, "");
}

#[test]
fn s1_members_have_custom_fields_but_not_in_live_groups() {
    let world = World::new();
    let [o, x] = users(&world, ["o", "x"]);
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    let field = |key: &str, value: &str| GroupMemberInfoCustomString {
        key: key.into(),
        value: value.into(),
    };
    let fields = |list: Vec<GroupMemberInfoCustomString>| GroupModifyMemberInfoParam {
        custom_info: list,
        ..member("x", 16)
    };
    x.modify_member(fields(vec![field("color", "red"), field("size", &"x".repeat(64))])).unwrap();
    // By the owner too; the others stay, and an empty value takes one away.
    o.modify_member(fields(vec![field("color", "blue"), field("size", "")])).unwrap();
    for device in [&o, &x] {
        assert_eq!(device.member("g", "x").custom_info, [field("color", "blue")]);
    }
    assert_eq!(o.member("g", "o").custom_info, []);
    let many = |count: usize| (0..count).map(|n| field(&format!("k{n}"), "v")).collect::<Vec<_>>();
    for (list, wanted) in [
        (vec![field("color", &"x".repeat(65))], 10004),
        (vec![field(&"k".repeat(17), "v")], 10004),
        (vec![field("a-b", "v")], 10004),
        (many(5), 10004),
        (many(4), 0),
    ] {
        assert_eq!(code(x.modify_member(fields(list.clone()))), wanted, "{list:?}");
    }
    assert_eq!(x.member("g", "x").custom_info.len(), 5);
    assert_eq!(
        code(x.modify_member(GroupModifyMemberInfoParam {
            identifier: "o".into(),
            ..fields(many(1))
        })),
        10007
    );
    o.create_group("live", GroupType::AvChatRoom);
    let own = GroupModifyMemberInfoParam {
        group_id: "live".into(),
        identifier: "o".into(),
        ..fields(many(1))
    };
    assert_eq!(code(o.modify_member(own)), 10004);
}

#[test]
fn s6_live_groups_say_how_many_are_online() {
    let world = World::new();
    let [o, x] = users(&world, ["o", "x"]);
    o.create_group("live", GroupType::AvChatRoom);
    o.create_group("g", GroupType::Public);
    let online = |group: &str| {
        let info = x.group_info(group).unwrap();
        (info.member_num, info.online_member_num)
    };
    x.join_group("live").unwrap();
    assert_eq!(online("live"), (2, 2));
    o.logout();
    assert_eq!(online("live"), (2, 1), "the owner stays and is away");
    assert_eq!(online("g"), (1, 0), "of others it is not said");
    o.login("o").unwrap();
    assert_eq!(online("live"), (2, 2));
    x.quit_group("live").unwrap();
    assert_eq!(online("live"), (1, 1));
}

#[test]
fn s5_5_who_is_a_member_already_is_neither_let_in_nor_refused() {
    let world = World::new();
    let [o, x] = users(&world, ["o", "x"]);
    o.create_group("g", GroupType::Public);
    option(&o, "g", 1);
    x.join_group("g").unwrap();
    let asked = request(&o);
    option(&o, "g", 2);
    x.join_group("g").unwrap();
    x.events().wait_tip("g", 1);
    for is_accept in [true, false] {
        assert_eq!(code(o.decide(asked.clone(), is_accept)), 10013);
    }
    x.sync();
    assert_eq!(x.events().reports(), [0; 0], "no word of a refusal");
    assert_eq!(request(&o).handled, 0);
}

#[test]
fn s5_4_requests_are_read_up_to_the_time_that_is_given() {
    let world = World::new();
    let [o, x] = users(&world, ["o", "x"]);
    o.create_group("g", GroupType::Public);
    option(&o, "g", 1);
    x.join_group("g").unwrap();
    let time = request(&o).add_time;
    let read = |time: u64| {
        o.read_group_pendencies(time);
        let page = o.group_pendencies(GroupPendencyOption::default());
        (page.read_time_seq, page.unread_num)
    };
    assert_eq!(read(0), (0, 1));
    assert_eq!(read(time - 1), (time - 1, 1), "milliseconds");
    assert_eq!(read(time), (time, 0));
    assert_eq!(read(time / 1000), (time, 0), "seconds");
    assert_eq!(read(time - 1), (time, 0), "never back");
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    for far in [time / 1000 + 86400, 1 << 63, u64::MAX] {
        let (upto, unread) = read(far);
        assert!((time / 1000..=now()).contains(&(upto / 1000)), "not past the present: {upto}");
        assert_eq!(unread, 0);
    }
    let mut y = world.ghost("y");
    y.clock().set(now() + 60);
    y.ask(Request::Group(Ask::Join { group: "g".into(), hello: String::new() })).unwrap();
    let page = o.group_pendencies(GroupPendencyOption::default());
    assert_eq!((page.unread_num, page.pendency_array.len()), (1, 2), "what comes later is unread");
}

#[test]
fn s4_2_a_full_group_takes_nobody() {
    let world = World::new();
    let [o, x, y, z] = users(&world, ["o", "x", "y", "z"]);
    let full = |group_id: &str, kind: GroupType, max_member_num: u32| {
        let param = CreateGroupParam {
            group_id: group_id.into(),
            group_name: "g".into(),
            group_type: kind.bits(),
            max_member_num,
            ..Default::default()
        };
        o.try_create_group(param).unwrap();
    };
    full("g", GroupType::Public, 2);
    // Asked and invited while there was room.
    option(&o, "g", 1);
    y.join_group("g").unwrap();
    assert_eq!(o.invite("g", &["z"]).unwrap(), [3]);
    let (application, invitation) = (request(&o), request(&z));
    option(&o, "g", 2);
    x.join_group("g").unwrap();
    assert_eq!(code(y.join_group("g")), 10014);
    assert_eq!(code(o.decide(application.clone(), true)), 10014);
    assert_eq!(code(z.decide(invitation.clone(), true)), 10014);
    let heard = z.events().reports().len();
    for kind in [GroupType::Public, GroupType::ChatRoom] {
        let group = format!("full{}", kind.bits());
        full(&group, kind, 1);
        assert_eq!(code(o.invite(&group, &["z"])), 10014, "nobody is asked in vain");
    }
    z.sync();
    assert_eq!(z.events().reports().len(), heard);
    assert_eq!([request(&o).handled, request(&z).handled], [0, 0], "5.5: they wait on");
    x.quit_group("g").unwrap();
    o.decide(application, true).unwrap();
    assert_eq!(o.members("g").len(), 2);
    z.decide(invitation, false).unwrap();
    // Invited at once: who has no room is not added, and with no room at all the call fails.
    full("w", GroupType::Private, 2);
    assert_eq!(o.invite("w", &["x", "y"]).unwrap(), [1, 0]);
    assert_eq!(code(o.invite("w", &["z"])), 10014);
}

#[test]
fn s4_2_a_group_may_take_no_applications() {
    let world = World::new();
    let [o, x] = users(&world, ["o", "x"]);
    o.create_group("g", GroupType::Public);
    option(&o, "g", 0);
    assert_eq!(code(x.join_group("g")), 10007);
    o.sync();
    assert_eq!(o.events().reports(), [6], "nobody is asked");
    assert!(o.group_pendencies(GroupPendencyOption::default()).pendency_array.is_empty());
    let none = GroupModifyInfoParam { add_option: 9, ..change("g", 0x10) };
    assert_eq!(code(o.modify_group(none)), 10004);
}

#[test]
fn s5_5_who_has_lost_the_right_decides_nothing() {
    let world = World::new();
    let [o, a, x] = users(&world, ["o", "a", "x"]);
    o.create_group("g", GroupType::Public);
    a.join_group("g").unwrap();
    let role = |member_role: u32| {
        o.modify_member(GroupModifyMemberInfoParam { member_role, ..member("a", 2) }).unwrap();
    };
    role(300);
    option(&o, "g", 1);
    x.join_group("g").unwrap();
    let asked = request(&a);
    role(200);
    assert_eq!(code(a.decide(asked.clone(), true)), 10007);
    assert!(a.group_pendencies(GroupPendencyOption::default()).pendency_array.is_empty());
    a.quit_group("g").unwrap();
    assert_eq!(code(a.decide(asked.clone(), false)), 10007);
    o.decide(asked, true).unwrap();
}

#[test]
fn s2_1_members_are_listed_by_role() {
    let world = World::new();
    let [o, a, m] = users(&world, ["o", "a", "m"]);
    o.create_group("g", GroupType::Public);
    for device in [&a, &m] {
        device.join_group("g").unwrap();
    }
    o.modify_member(GroupModifyMemberInfoParam { member_role: 300, ..member("a", 2) }).unwrap();
    let listed = |role_flag: u64, users: &[&str]| {
        let mut param = imsdk_types::GroupGetMemberInfoListParam {
            group_id: "g".into(),
            identifier_array: users.iter().map(|user| (*user).to_owned()).collect(),
            ..Default::default()
        };
        param.option.role_flag = role_flag;
        let (page, next) = m.member_page(param).unwrap();
        assert_eq!(next, 0);
        page.into_iter().map(|member| member.identifier).collect::<Vec<_>>()
    };
    for (flag, wanted) in [
        (0, &["o", "a", "m"][..]),
        (1, &["o"]),
        (2, &["a"]),
        (4, &["m"]),
        (1 | 4, &["o", "m"]),
        (7, &["o", "a", "m"]),
    ] {
        assert_eq!(listed(flag, &[]), wanted, "{flag}");
    }
    assert_eq!(listed(2, &["m", "a", "stranger"]), ["a"], "also of those that are named");
}

#[test]
fn s1_a_name_card_has_an_end() {
    let world = World::new();
    let [o] = users(&world, ["o"]);
    o.create_group("g", GroupType::Public);
    let card = |length: usize| GroupModifyMemberInfoParam {
        name_card: "x".repeat(length),
        ..member("o", 8)
    };
    o.modify_member(card(50)).unwrap();
    assert_eq!(code(o.modify_member(card(51))), 8506);
    assert_eq!(o.member("g", "o").name_card.len(), 50);
}

#[test]
fn s4_3_a_group_does_not_begin_with_more_than_it_may_have() {
    let world = World::new();
    let [o, _x, _y] = users(&world, ["o", "x", "y"]);
    let with = |names: &[String], max_member_num: u32| {
        let member = |name: &String| imsdk_types::GroupMemberInfo {
            identifier: name.clone(),
            ..Default::default()
        };
        CreateGroupParam {
            group_name: "g".into(),
            group_member_array: names.iter().map(member).collect(),
            max_member_num,
            ..Default::default()
        }
    };
    let two = ["x".to_owned(), "y".to_owned()];
    assert_eq!(code(o.try_create_group(with(&two, 2))), 8507);
    let many: Vec<_> = (0..501).map(|number| format!("u{number}")).collect();
    assert_eq!(code(o.try_create_group(with(&many, 0))), 8507);
    assert!(o.joined_groups().is_empty());
    o.try_create_group(with(&two, 3)).unwrap();
}

#[test]
fn s4_1_a_chat_room_neither_counts_nor_disturbs() {
    let world = World::new();
    let [o, x, y] = users(&world, ["o", "x", "y"]);
    o.create_group("c", GroupType::ChatRoom);
    o.create_group("g", GroupType::Public);
    for group in ["c", "g"] {
        x.join_group(group).unwrap();
    }
    let options = |device: &Device, group: &str| {
        let own = device.joined_group(group);
        (own.msg_flag, own.self_info.msg_flag, own.self_info.unread_num)
    };
    o.say("c", "hello");
    x.events().wait_message("hello");
    assert_eq!([options(&o, "c"), options(&x, "c")], [(2, 2, 0); 2]);
    assert_eq!(options(&x, "g").0, 0);
    assert_eq!(x.unread("c"), 0);
    // What was before one came in is to be read.
    y.join_group("c").unwrap();
    assert_eq!(imsdk_testkit::texts(&y.group_history("c", 10)), ["hello"]);
}

#[test]
fn s3_4_one_call_about_many_is_one_notice_in_their_order() {
    let world = World::new();
    let [o, x, y, z] = users(&world, ["o", "x", "y", "z"]);
    o.create_group("w", GroupType::Private);
    assert_eq!(o.invite("w", &["y", "nobody", "x"]).unwrap(), [1, 0, 1]);
    for device in [&o, &x, &y] {
        let tip = device.events().wait_tip("w", 1);
        assert_eq!((tip.user_array, tip.member_num), (vec!["y".into(), "x".into()], 3));
        let infos = tip.changed_group_memberinfo_array;
        assert_eq!(infos.iter().map(|info| &info.identifier).collect::<Vec<_>>(), ["y", "x"]);
        device.sync();
        assert_eq!(device.events().tips(), [1]);
    }
    assert_eq!(o.invite("w", &["z"]).unwrap(), [1]);
    z.sync();
    for device in [&o, &z] {
        device.sync();
        device.events().forget();
    }
    assert_eq!(o.kick("w", &["x", "stranger", "y"]).unwrap(), [1, 2, 1]);
    for device in [&o, &z] {
        let tip = device.events().wait_tip("w", 3);
        assert_eq!((tip.user_array, tip.member_num), (vec!["x".into(), "y".into()], 2));
        device.sync();
        assert_eq!(device.events().tips(), [3]);
    }
    for device in [&x, &y] {
        assert_eq!(device.events().wait_report(4).1.op_user, "o");
    }
}
