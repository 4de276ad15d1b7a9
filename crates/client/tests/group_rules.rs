//! Single rules about groups that no longer story shows. The names begin with the section of the rule they show.

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, texts};
use imsdk_types::wire::Conv;
use imsdk_types::{
    CreateGroupParam, GroupMemberInfo, GroupModifyInfoFlag, GroupModifyInfoParam,
    GroupModifyMemberInfoParam, GroupType, UserProfileItem,
};

fn user(world: &World, name: &str) -> Device {
    world.user(name, Platform::Linux)
}

fn mute(device: &Device, user: &str, shutup_time: u32) {
    let param = GroupModifyMemberInfoParam {
        group_id: "g".into(),
        identifier: user.into(),
        modify_flag: 4,
        shutup_time,
        ..Default::default()
    };
    device.modify_member(param).unwrap();
}

#[test]
fn s4_5_an_owner_is_never_mute() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    mute(&o, "x", u32::MAX);
    assert_eq!(x.try_say("g", "hm").map(drop), Err(10017));
    let param = GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: GroupModifyInfoFlag::Owner.bits(),
        owner: "x".into(),
        ..Default::default()
    };
    o.modify_group(param).unwrap();
    x.say("g", "I am the owner");
    o.events().wait_message("I am the owner");
}

#[test]
fn s3_5_that_somebody_is_muted_is_told_and_not_kept() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    x.sync();
    x.read_group("g");
    let before = x.group_history("g", 20).len();
    mute(&o, "x", 60);
    let tip = x.events().wait_tip("g", 7);
    assert_eq!(tip.group_change_info_array, []);
    x.sync();
    assert_eq!(x.group_history("g", 20).len(), before);
    assert_eq!(x.unread("g"), 0);
}

#[test]
fn s4_1_groups_without_administrators_begin_without_them() {
    let world = World::new();
    let (o, _x) = (user(&world, "o"), user(&world, "x"));
    let param = |kind: GroupType| CreateGroupParam {
        group_id: format!("g{}", kind.bits()),
        group_name: "g".into(),
        group_type: kind.bits(),
        group_member_array: vec![GroupMemberInfo {
            identifier: "x".into(),
            member_role: 300,
            ..Default::default()
        }],
        ..Default::default()
    };
    let refused = o.try_create_group(param(GroupType::Private)).map_err(|error| error.code);
    assert_eq!(refused, Err(10004));
    o.try_create_group(param(GroupType::Public)).unwrap();
    assert!(o.members("g0").contains(&("x".to_owned(), 300)));
}

#[test]
fn rev_8_live_groups_take_nothing_back() {
    let world = World::new();
    let o = user(&world, "o");
    o.create_group("g", GroupType::AvChatRoom);
    let said = o.say("g", "too late");
    assert_eq!(o.revoke_in_group("g", &said), Err(10033));
}

#[test]
fn id_7_what_a_group_accepted_stays_accepted() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::Public);
    x.join_group("g").unwrap();
    x.logout();
    let mut ghost = world.ghost("x");
    let mut outgoing = ghost.outgoing("g", "once");
    outgoing.to = Conv::group("g");
    let first = ghost.try_send(outgoing.clone()).unwrap();
    o.kick("g", &["x"]).unwrap();
    assert_eq!(ghost.try_send(outgoing.clone()), Ok(first), "its answer may have been lost");
    outgoing.rand += 1;
    assert_eq!(ghost.try_send(outgoing.clone()).map_err(|error| error.code), Err(10007));
    // Elsewhere it is another message.
    outgoing.rand -= 1;
    o.create_group("h", GroupType::Public);
    outgoing.to = Conv::group("h");
    assert_eq!(ghost.try_send(outgoing).map_err(|error| error.code), Err(10007));
    assert_eq!(texts(&o.group_history("g", 20)).iter().filter(|text| *text == "once").count(), 1);
}

#[test]
fn s3_2_notices_have_the_profiles_of_those_they_name() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    for (device, name) in [(&o, "Olga"), (&x, "Xaver")] {
        let item =
            UserProfileItem { nick_name: Some(name.to_owned()), ..UserProfileItem::default() };
        device.call(|client, reply| client.modify_profile(item, reply)).unwrap();
    }
    o.create_group("g", GroupType::Private);
    o.invite("g", &["x"]).unwrap();
    for device in [&o, &x] {
        let tip = device.events().wait_tip("g", 1);
        assert_eq!(tip.op_user_info.unwrap().nick_name, "Olga");
        assert_eq!(tip.changed_user_info_array[0].nick_name, "Xaver");
    }
    let (_, report) = x.events().wait_report(7);
    assert_eq!(report.op_user_info.unwrap().nick_name, "Olga");
    let stored = &x.group_history("g", 1)[0];
    let imsdk_types::Elem::GroupTips(tip) = &stored.elem_array[0] else { panic!("{stored:?}") };
    assert_eq!(tip.op_user_info.as_ref().unwrap().nick_name, "Olga");
}

#[test]
fn s4_1_a_device_that_lost_its_store_is_in_no_live_group_either() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    o.create_group("g", GroupType::AvChatRoom);
    x.join_group("g").unwrap();
    o.events().wait_tip("g", 1);
    x.crash();
    std::fs::remove_dir_all(world.machine_dir("x")).unwrap();
    let x = user(&world, "x");
    assert_eq!(o.events().wait_tip("g", 2).op_user, "x");
    assert!(x.joined_groups().is_empty());
    let told = |event: &Event| matches!(event, Event::NewMessages(_));
    o.say("g", "anybody?");
    x.sync();
    assert_eq!(x.events().count(told), 0);
}
