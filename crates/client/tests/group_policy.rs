//! What whoever runs a service decides about its groups (§12, and the switches of §3.5, §4.1 and §4.2). The names begin with the section
//! of the rule they show.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_service::{GroupPolicy, Tip, TipFamily, TipSwitches};
use imsdk_testkit::{Device, World, text, text_message, texts};
use imsdk_types::{
    CreateGroupParam, Elem, GroupGetMemberInfoListParam, GroupMemberInfoCustomString,
    GroupMemberModifyInfoFlag, GroupModifyInfoFlag, GroupModifyInfoParam,
    GroupModifyMemberInfoParam, GroupPendencyOption, GroupType, Message, MsgStatus,
};

/// A user with a program of a generation.
fn user(world: &World, name: &str, generation: u8) -> Device {
    let mut settings = world.settings(name, Platform::Linux);
    settings.api_generation = Some(generation);
    let device = Device::start(settings);
    device.login(name).unwrap();
    device
}

fn code<T>(answer: Result<T, imsdk_types::Error>) -> i32 {
    answer.err().map_or(0, |error| error.code)
}

#[test]
fn s3_5_each_kind_of_notice_has_a_switch() {
    let mut tips = TipSwitches::default();
    tips.set(GroupType::ChatRoom, TipFamily::Members, Tip::Stored);
    tips.set(GroupType::ChatRoom, TipFamily::Admins, Tip::Event);
    tips.set(GroupType::Public, TipFamily::Members, Tip::Off);
    tips.set(GroupType::AvChatRoom, TipFamily::Members, Tip::Stored);
    let policy = GroupPolicy { tips, ..GroupPolicy::default() };
    let world = World::new().with_groups(policy);
    let [o, x] = ["o", "x"].map(|name| user(&world, name, 4));
    for (group, kind) in
        [("c", GroupType::ChatRoom), ("g", GroupType::Public), ("live", GroupType::AvChatRoom)]
    {
        o.create_group(group, kind);
        x.join_group(group).unwrap();
    }
    for device in [&o, &x] {
        device.events().wait_tip("c", 1);
        device.events().wait_tip("live", 1);
        device.sync();
        assert_eq!(device.events().tips(), [1, 1], "and none of the public group");
        assert_eq!(device.group_history("c", 10).len(), 1, "it stands in the history");
        assert_eq!(device.group_history("g", 10).len(), 0);
    }
    assert_eq!(x.joined_group("c").readed_seq, 1, "that one came in is no news to oneself");
    o.modify_member(GroupModifyMemberInfoParam {
        group_id: "c".into(),
        identifier: "x".into(),
        modify_flag: 2,
        member_role: 300,
        ..Default::default()
    })
    .unwrap();
    x.events().wait_tip("c", 4);
    x.sync();
    assert_eq!(x.group_history("c", 10).len(), 1, "told, and not kept");
}

#[test]
fn s4_1_a_chat_room_has_as_many_members_as_is_decided() {
    let policy = GroupPolicy { chat_room_members: 2, ..GroupPolicy::default() };
    let world = World::new().with_groups(policy);
    let [o, x, y] = ["o", "x", "y"].map(|name| user(&world, name, 4));
    o.create_group("c", GroupType::ChatRoom);
    o.create_group("g", GroupType::Public);
    x.join_group("c").unwrap();
    assert_eq!(code(y.join_group("c")), 10014);
    let most = |group: &str| o.group_info(group).unwrap().max_member_num;
    assert_eq!([most("c"), most("g")], [2, 2000]);
    let more = GroupModifyInfoParam {
        group_id: "c".into(),
        modify_flag: GroupModifyInfoFlag::MaxMemberNum.bits(),
        max_member_num: 9,
        ..Default::default()
    };
    o.modify_group(more).unwrap();
    assert_eq!(most("c"), 2, "nobody wants more than that");
    let usual = World::new();
    let o = user(&usual, "o", 4);
    o.create_group("c", GroupType::ChatRoom);
    assert_eq!(o.group_info("c").unwrap().max_member_num, 10_000);
}

#[test]
fn s4_1_a_user_is_in_as_many_groups_as_is_decided() {
    let policy = GroupPolicy { max_groups: 1, ..GroupPolicy::default() };
    let world = World::new().with_groups(policy);
    let [o, p, x] = ["o", "p", "x"].map(|name| user(&world, name, 4));
    o.create_group("one", GroupType::Private);
    p.create_group("two", GroupType::Public);
    let third = CreateGroupParam { group_name: "three".into(), ..Default::default() };
    assert_eq!(code(o.try_create_group(third)), 10037);
    // Asked while there was room.
    let asked = |add_option: u32| {
        p.modify_group(GroupModifyInfoParam {
            group_id: "two".into(),
            modify_flag: GroupModifyInfoFlag::AddOption.bits(),
            add_option,
            ..Default::default()
        })
        .unwrap();
    };
    asked(1);
    x.join_group("two").unwrap();
    assert_eq!(o.invite("one", &["p", "x"]).unwrap(), [0, 1], "one has no place for it");
    let pending = p.group_pendencies(GroupPendencyOption::default()).pendency_array.remove(0);
    assert_eq!(code(p.decide(pending, true)), 10037);
    asked(2);
    assert_eq!(code(x.join_group("two")), 10037);
    x.quit_group("one").unwrap();
    x.join_group("two").unwrap();
    // Visits have a bound of their own, and take nobody's place.
    let live = user(&world, "live", 4);
    live.create_group("live", GroupType::AvChatRoom);
    x.join_group("live").unwrap();
    x.quit_group("two").unwrap();
    x.join_group("two").unwrap();
    let more = CreateGroupParam { group_name: "more".into(), ..Default::default() };
    assert_eq!(code(live.try_create_group(more)), 10037, "a live group of one's own counts");
}

#[test]
fn s4_2_members_may_be_kept_from_inviting() {
    let policy = GroupPolicy { members_invite: false, ..GroupPolicy::default() };
    let world = World::new().with_groups(policy);
    let [o, m, x] = ["o", "m", "x"].map(|name| user(&world, name, 4));
    o.create_group("g", GroupType::Public);
    o.create_group("w", GroupType::Private);
    m.join_group("g").unwrap();
    o.invite("w", &["m"]).unwrap();
    assert_eq!(code(m.invite("g", &["x"])), 10007);
    assert_eq!(o.invite("g", &["x"]).unwrap(), [3]);
    x.events().wait_report(12);
    assert_eq!(m.invite("w", &["x"]).unwrap(), [1], "where nobody is asked, all invite");
}

#[test]
fn s3_4_who_may_join_may_be_told_to_those_who_have_a_word_for_it() {
    let policy = GroupPolicy { tell_options: true, ..GroupPolicy::default() };
    let world = World::new().with_groups(policy);
    let devices = [4, 6, 8].map(|it| user(&world, &format!("u{it}"), it));
    let [old, six, new] = &devices;
    old.create_group("g", GroupType::Public);
    for device in [six, new] {
        device.join_group("g").unwrap();
    }
    let change = |flags: u32| GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: flags,
        add_option: 1,
        approve_option: 2,
        ..Default::default()
    };
    let (join, approve) =
        (GroupModifyInfoFlag::AddOption.bits(), GroupModifyInfoFlag::ApproveOption.bits());
    old.modify_group(change(join | approve)).unwrap();
    old.modify_group(change(approve)).unwrap();
    let told = |device: &Device| {
        device.sync();
        let changes = |event| match event {
            Event::GroupTips(tip, _) if tip.tip_type == 6 => tip.group_change_info_array,
            _ => Vec::new(),
        };
        let all = device.events().all().into_iter().flat_map(changes);
        all.map(|change| (change.flag, change.int_value)).collect::<Vec<_>>()
    };
    assert_eq!(told(old), []);
    assert_eq!(told(six), [(11, 1)]);
    assert_eq!(told(new), [(11, 1), (12, 2), (12, 2)]);
    assert_eq!(old.joined_group("g").latest_seq, 2, "it stands in no history: two have joined");
}

#[test]
fn lim_1_what_is_beyond_the_rate_is_a_message_of_its_sender_alone() {
    let policy = GroupPolicy { rate: 0, ..GroupPolicy::default() };
    // As a setting of a server 0 is no limit.
    let world = World::embedded().with_groups(policy);
    let [o, x] = ["o", "x"].map(|name| user(&world, name, 4));
    for (group, kind) in [("g", GroupType::Public), ("live", GroupType::AvChatRoom)] {
        o.create_group(group, kind);
        x.join_group(group).unwrap();
    }
    o.sync();
    let said = o.say("g", "dropped");
    assert_eq!(said.status, MsgStatus::SendSucc as u32);
    let online = Message { is_online_msg: true, ..text_message("dropped") };
    assert_eq!(o.submit_to_group("g", online).wait().1, None);
    o.say("live", "dropped");
    // It comes after all of them.
    o.send("x", "last");
    x.events().wait_message("last");
    x.sync();
    let without_tips = |mut all: Vec<Message>| {
        all.retain(|message| !text(message).is_empty());
        all
    };
    assert_eq!(texts(&without_tips(x.events().messages())), ["last"]);
    let history = |device: &Device| without_tips(device.group_history("g", 10));
    assert_eq!(texts(&history(&x)), [""; 0]);
    let own = history(&o);
    assert_eq!(texts(&own), ["dropped"]);
    assert_eq!(own[0].status, MsgStatus::SendSucc as u32);
    // Also for a program that begins anew.
    o.crash();
    let o = user(&world, "o", 4);
    assert_eq!(texts(&history(&o)), ["dropped"]);
}

#[test]
fn lim_1_below_the_rate_every_priority_gets_through() {
    let policy = GroupPolicy { rate: 40, ..GroupPolicy::default() };
    let world = World::new().with_groups(policy);
    let [o, x] = ["o", "x"].map(|name| user(&world, name, 4));
    for (group, kind) in [("g", GroupType::Public), ("live", GroupType::AvChatRoom)] {
        o.create_group(group, kind);
        x.join_group(group).unwrap();
        for priority in 0..4 {
            let words = format!("{group} {priority}");
            let message = Message { priority, ..text_message(&words) };
            assert_eq!(o.submit_to_group(group, message).wait().1, None);
            x.events().wait_message(&words);
        }
    }
}

#[test]
fn s4_2_before_generation_8_those_who_are_invited_are_asked() {
    let world = World::new();
    let x = user(&world, "x", 4);
    for generation in [5, 6] {
        let name = format!("o{generation}");
        let o = user(&world, &name, generation);
        for kind in [GroupType::Public, GroupType::ChatRoom] {
            let group = format!("{name}-{}", kind.bits());
            o.create_group(&group, kind);
            assert_eq!(o.invite(&group, &["x"]).unwrap(), [3]);
            assert_eq!(x.events().wait_report(12).1.group_id, group);
        }
        assert_eq!(o.group_info(&format!("{name}-0")).unwrap().add_option, 1, "as ever since 5");
    }
}

fn types_of_reports(device: &Device) -> Vec<u32> {
    let kind = |message: Message| match message.elem_array.first() {
        Some(Elem::GroupReport(report)) => Some(report.report_type),
        _ => None,
    };
    device.events().messages().into_iter().filter_map(kind).collect()
}

#[test]
fn s3_4_who_is_muted_and_what_rings_is_reported_from_generation_8_on() {
    let world = World::new();
    let [o, old, new] = [("o", 8), ("old", 6), ("new", 8)].map(|(name, it)| user(&world, name, it));
    o.create_group("c", GroupType::ChatRoom);
    for (device, name) in [(&old, "old"), (&new, "new")] {
        device.join_group("c").unwrap();
        let mute = GroupModifyMemberInfoParam {
            group_id: "c".into(),
            identifier: name.into(),
            modify_flag: GroupMemberModifyInfoFlag::ShutupTime.bits(),
            shutup_time: 600,
            ..Default::default()
        };
        o.modify_member(mute).unwrap();
        let option = GroupModifyMemberInfoParam {
            group_id: "c".into(),
            identifier: name.into(),
            modify_flag: GroupMemberModifyInfoFlag::MsgFlag.bits(),
            msg_flag: 1,
            ..Default::default()
        };
        device.modify_member(option).unwrap();
    }
    let (_, muted) = new.events().wait_report(17);
    assert_eq!((muted.op_user.as_str(), muted.shut_up_time), ("o", 600));
    let (_, option) = new.events().wait_report(21);
    assert_eq!((option.op_user.as_str(), option.group_message_receive_option), ("new", 1));
    old.sync();
    let known = types_of_reports(&old);
    assert!(!known.contains(&17) && !known.contains(&21), "{known:?}");
}

#[test]
fn s4_1_the_owner_of_a_live_group_removes_members_from_generation_8_on() {
    let world = World::new();
    let [o, x] = ["o", "x"].map(|name| user(&world, name, 8));
    let old = world.settings("old", Platform::Android);
    let old = Device::start(old);
    old.login("o").unwrap();
    o.create_group("live", GroupType::AvChatRoom);
    x.join_group("live").unwrap();
    old.sync();
    assert_eq!(code(old.kick("live", &["x"])), 10007);
    assert_eq!(code(x.kick("live", &["o"])), 10007);
    assert_eq!(o.kick("live", &["x"]).unwrap(), [1]);
    x.events().wait_report(4);
    assert_eq!(x.try_say("live", "hello").map(drop), Err(10007));
}

#[test]
fn s3_4_an_invitation_that_was_approved_is_told_as_one_that_needed_no_approval() {
    let world = World::new();
    let [o, m, x] = ["o", "m", "x"].map(|name| user(&world, name, 8));
    let param = CreateGroupParam {
        group_id: "g".into(),
        group_name: "group".into(),
        group_type: GroupType::Public.bits(),
        add_option: 2,
        approve_option: 1,
        ..Default::default()
    };
    o.try_create_group(param).unwrap();
    m.join_group("g").unwrap();
    assert_eq!(m.invite("g", &["x"]).unwrap(), [3]);
    let mut requests = o.group_pendencies(GroupPendencyOption::default()).pendency_array;
    o.decide(requests.remove(0), true).unwrap();
    let (_, report) = x.events().wait_report(7);
    assert_eq!((report.op_user.as_str(), report.user_data.as_str()), ("m", "come"));
    assert_eq!(report.op_group_memberinfo.unwrap().identifier, "m");
}

#[test]
fn s4_5_the_custom_fields_that_are_named() {
    let world = World::new();
    let o = user(&world, "o", 4);
    o.create_group("g", GroupType::Public);
    let field = |key: &str| GroupMemberInfoCustomString { key: key.into(), value: "1".into() };
    let custom = GroupModifyMemberInfoParam {
        group_id: "g".into(),
        identifier: "o".into(),
        modify_flag: GroupMemberModifyInfoFlag::Custom.bits(),
        custom_info: vec![field("a"), field("b")],
        ..Default::default()
    };
    o.modify_member(custom).unwrap();
    let keys = |names: &[&str]| {
        let mut param = GroupGetMemberInfoListParam { group_id: "g".into(), ..Default::default() };
        param.option.custom_array = names.iter().map(ToString::to_string).collect();
        let (page, _) = o.member_page(param).unwrap();
        page[0].custom_info.iter().map(|field| field.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(keys(&[]), ["a", "b"]);
    assert_eq!(keys(&["b", "c"]), ["b"]);
}
