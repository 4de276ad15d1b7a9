//! Messages in groups: order, unread numbers, absence, several devices. The names begin with the rule they show.

use std::sync::mpsc;
use std::time::Duration;

use imsdk_client::Event;
use imsdk_client::config::Platform;
use imsdk_testkit::{Device, World, text, text_message, texts};
use imsdk_types::wire::Conv;
use imsdk_types::{
    ConvEvent, CreateGroupParam, GroupMemberInfo, GroupModifyMemberInfoParam, GroupType, Message,
    MsgDeleteParam,
};

fn user(world: &World, name: &str) -> Device {
    world.user(name, Platform::Linux)
}

/// A group of these users, made by the first; all have heard of it.
fn group(id: &str, kind: GroupType, devices: &[&Device]) {
    devices[0].create_group(id, kind);
    for device in &devices[1..] {
        device.join_group(id).unwrap();
    }
    for device in devices {
        device.sync();
        device.read_group(id);
        device.events().forget();
    }
}

fn own(device: &Device, group: &str, change: impl FnOnce(&mut GroupModifyMemberInfoParam)) {
    let mut param = GroupModifyMemberInfoParam {
        group_id: group.into(),
        identifier: device.client().login_user().unwrap().to_string(),
        ..Default::default()
    };
    change(&mut param);
    device.modify_member(param).unwrap();
}

#[test]
fn id_5_messages_and_notices_are_counted_without_gaps() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    let first = o.say("g", "one");
    assert_eq!(first.seq, 2, "after the notice that x joined");
    let y = user(&world, "y");
    y.join_group("g").unwrap();
    assert_eq!(x.say("g", "two").seq, 4);
    let online = Message { is_online_msg: true, ..text_message("now") };
    assert_eq!(o.submit_to_group("g", online).wait().1, None);
    assert_eq!(text(&x.events().wait_message("now")), "now");
    assert_eq!(y.say("g", "three").seq, 5, "ONL-3: it takes no number");
    for device in [&o, &x] {
        device.sync();
        let history = device.group_history("g", 10);
        assert_eq!(history.iter().map(|m| m.seq).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
    }
    // History from before joining: only in some kinds of groups.
    assert_eq!(y.group_history("g", 10).iter().map(|m| m.seq).collect::<Vec<_>>(), [5, 4, 3]);
    let base = o.joined_group("g");
    assert_eq!((base.latest_seq, o.group_info("g").unwrap().next_msg_seq), (5, 5));
}

#[test]
fn recv_1_a_message_reaches_every_device_of_every_member_once() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let o2 = world.device("o2", Platform::Windows);
    o2.login("o").unwrap();
    group("g", GroupType::Public, &[&o, &x]);
    own(&o, "g", |param| {
        param.modify_flag = 8;
        param.name_card = "Chief".into();
    });
    o2.sync();
    o2.events().forget();
    let sent = o.say("g", "hello");
    for device in [&x, &o2] {
        let came = device.events().wait_message("hello");
        assert_eq!((&came.msg_id, came.seq, came.rand), (&sent.msg_id, sent.seq, sent.rand));
        assert_eq!((came.conv_id.as_str(), came.conv_type), ("g", 2));
        let info = came.sender_group_member_info.unwrap();
        assert_eq!((info.identifier.as_str(), info.name_card.as_str()), ("o", "Chief"));
        device.sync();
        assert_eq!(device.events().messages().len(), 1);
    }
    o.sync();
    assert_eq!(o.events().messages(), [], "SEND-5: not to the device that sent it");
    assert_eq!(x.unread("g"), 1);
    assert_eq!(o2.unread("g"), 0);
    x.say("g", "back");
    assert_eq!(text(&o.events().wait_message("back")), "back");
}

#[test]
fn unr_1_unread_numbers_follow_reading_on_all_devices() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let x2 = world.device("x2", Platform::Windows);
    x2.login("x").unwrap();
    group("g", GroupType::Public, &[&o, &x]);
    for number in 0..3 {
        o.say("g", &number.to_string());
    }
    let silent = Message { is_excluded_from_unread_count: true, ..text_message("silent") };
    assert_eq!(o.submit_to_group("g", silent).wait().1, None);
    for device in [&x, &x2] {
        device.events().wait_message("silent");
        device.sync();
        assert_eq!(device.unread("g"), 3);
    }
    assert_eq!(x.joined_group("g").self_info.unread_num, 3);
    x.read_group("g");
    assert_eq!(x.unread("g"), 0);
    x2.events().wait_unread("g", 0);
    assert_eq!(x.joined_group("g").readed_seq, 5);
    assert_eq!(o.member("g", "x").msg_seq, 5);
    o.sync();
    assert_eq!(o.events().receipts(), [], "READ-4: groups give no receipts");
}

#[test]
fn unr_1_some_groups_and_some_users_count_less() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("room", GroupType::ChatRoom, &[&o, &x]);
    o.say("room", "hello");
    x.events().wait_message("hello");
    assert_eq!(x.unread("room"), 0, "meetings never count");
    group("g", GroupType::Public, &[&o, &x]);
    x.client().count_tips(false);
    user(&world, "y").join_group("g").unwrap();
    o.say("g", "hello y");
    x.events().wait_message("hello y");
    assert_eq!(x.unread("g"), 1, "the notice does not count for this user");
    assert_eq!(x.joined_group("g").self_info.unread_num, 1);
    o.sync();
    assert_eq!(o.unread("g"), 1, "for others it does");
    assert_eq!(o.joined_group("g").self_info.unread_num, 1);
    for (machine, counted, unread) in [("x2", false, 1), ("x3", true, 2)] {
        let fresh = world.device(machine, Platform::Windows);
        fresh.client().count_tips(counted);
        fresh.login("x").unwrap();
        fresh.sync();
        assert_eq!(fresh.unread("g"), unread, "a new device, {machine}");
        assert_eq!(fresh.joined_group("g").self_info.unread_num, unread as u32);
        fresh.logout();
    }
}

#[test]
fn unr_1_a_new_device_leaves_notices_out_of_what_it_has_to_ask_for() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    user(&world, "y").join_group("g").unwrap();
    o.say("g", "one");
    user(&world, "z").join_group("g").unwrap();
    o.say("g", "two");
    o.say("g", "three");
    x.events().wait_message("three");
    let fresh = world.device("x2", Platform::Windows);
    fresh.client().count_tips(false);
    fresh.login("x").unwrap();
    fresh.sync();
    assert_eq!(fresh.unread("g"), 3);
    // It has the newest message alone: what lies between is counted by the service.
    let one = x.group_history("g", 10).into_iter().find(|it| text(it) == "one");
    x.report_group_read("g", one).unwrap();
    fresh.events().wait_unread("g", 2);
    assert_eq!(x.unread("g"), 3, "this device counts the notice about z");
}

#[test]
fn a_deleted_message_is_not_unread_in_the_list_of_groups() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    for said in ["one", "two"] {
        o.say("g", said);
        x.events().wait_message(said);
    }
    let one = x.group_history("g", 2).into_iter().find(|it| text(it) == "one").unwrap();
    let param = MsgDeleteParam { msg: Some(Box::new(one)), is_ramble: false };
    let (done, answer) = mpsc::channel();
    x.client().delete_message(
        Conv::group("g"),
        param,
        Box::new(move |answer| done.send(answer).unwrap()),
    );
    answer.recv_timeout(Duration::from_secs(30)).unwrap().unwrap();
    assert_eq!((x.unread("g"), x.joined_group("g").self_info.unread_num), (1, 1));
}

#[test]
fn opt_1_who_wants_none_hears_nothing_and_can_look_it_up() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let x2 = world.device("x2", Platform::Windows);
    x2.login("x").unwrap();
    group("g", GroupType::Public, &[&o, &x]);
    x2.sync();
    x2.events().forget();
    own(&x, "g", |param| {
        param.modify_flag = 1;
        param.msg_flag = 1;
    });
    assert_eq!(x.joined_group("g").msg_flag, 1);
    o.say("g", "psst");
    for device in [&x, &x2] {
        device.sync();
        assert_eq!(device.events().messages(), []);
        assert_eq!(device.unread("g"), 0);
        assert_eq!(text(&device.group_history("g", 1)[0]), "psst");
    }
}

#[test]
fn recv_3_what_came_during_an_absence_comes_with_the_login() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    x.logout();
    // More than one page.
    for number in 0..300 {
        o.say("g", &number.to_string());
    }
    x.login("x").unwrap();
    x.sync();
    let numbers: Vec<_> = (0..300).map(|number: u32| number.to_string()).collect();
    assert_eq!(texts(&x.events().messages()), numbers);
    assert_eq!(x.unread("g"), 300);
    drop(x);
    let x = user(&world, "x");
    x.sync();
    assert_eq!(x.events().messages(), [], "once");
    assert_eq!(x.unread("g"), 300);
}

#[test]
fn recv_3_a_new_device_gets_what_none_has_got_and_counts_the_rest() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    o.say("g", "read");
    x.events().wait_message("read");
    x.read_group("g");
    o.say("g", "seen");
    x.events().wait_message("seen");
    x.logout();
    o.say("g", "waits");
    let x2 = world.device("x2", Platform::Windows);
    x2.login("x").unwrap();
    x2.sync();
    assert_eq!(texts(&x2.events().messages()), ["waits"]);
    let info = x2.conversation("g").unwrap();
    assert_eq!(info.unread_num, 2, "seen on the other device, and not read there");
    assert_eq!(texts(&x2.group_history("g", 10)), ["waits", "seen", "read", ""]);
    assert_eq!(x2.joined_groups().len(), 1);
    o.say("g", "live");
    x2.events().wait_message("live");
    assert_eq!(x2.unread("g"), 3);
}

#[test]
fn send_5_a_device_that_crashed_knows_its_own_messages() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    o.say("g", "mine");
    o.crash();
    x.say("g", "yours");
    let o = user(&world, "o");
    o.sync();
    assert_eq!(texts(&o.events().messages()), ["yours"]);
    assert_eq!(texts(&o.group_history("g", 2)), ["yours", "mine"]);
}

#[test]
fn s4_1_leaving_ends_messages_and_keeps_the_conversation() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    o.say("g", "before");
    x.events().wait_message("before");
    x.quit_group("g").unwrap();
    o.say("g", "meanwhile");
    x.sync();
    assert_eq!(texts(&x.group_history("g", 1)), ["before"], "CONV-13");
    x.join_group("g").unwrap();
    o.say("g", "after");
    x.events().wait_message("after");
    assert!(!texts(&x.events().messages()).contains(&"meanwhile".to_owned()));
    assert_eq!(x.unread("g"), 1, "what was before is no news to who comes back");
    // Meetings show newcomers what was before them.
    group("room", GroupType::ChatRoom, &[&o]);
    o.say("room", "early");
    x.join_group("room").unwrap();
    assert_eq!(texts(&x.group_history("room", 10)), ["early"]);
    x.sync();
    assert!(!texts(&x.events().messages()).contains(&"early".to_owned()), "as history only");
}

#[test]
fn conv_12_a_deleted_conversation_begins_anew() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    o.say("g", "one");
    x.events().wait_message("one");
    x.forget_group("g");
    assert!(x.conversations().is_empty());
    assert!(x.group_history("g", 10).is_empty());
    o.say("g", "two");
    let info = x.events().wait_conv(ConvEvent::Add, "g");
    assert_eq!((info.unread_num, info.show_name.as_str(), info.kind), (1, "g", 2));
    assert_eq!(texts(&x.group_history("g", 10)), ["two"]);
    assert_eq!(texts(&o.group_history("g", 2)), ["two", "one"]);
}

#[test]
fn news_of_many_groups_at_once_is_lost_nowhere() {
    let world = World::new();
    let x = user(&world, "x");
    let o = user(&world, "o");
    let groups: Vec<_> = (0..20).map(|number| format!("g{number}")).collect();
    for group in &groups {
        o.create_group(group, GroupType::Public);
        x.join_group(group).unwrap();
    }
    // Faster than the receiver empties its socket.
    let sent: Vec<_> = (0..400)
        .map(|number| {
            o.submit_to_group(&groups[number % groups.len()], text_message(&number.to_string()))
        })
        .collect();
    for pending in sent {
        assert_eq!(pending.wait().1, None);
    }
    for number in 0..400 {
        x.events().wait_message(&number.to_string());
    }
    let count = x.events().messages().iter().filter(|m| m.sender == "o").count();
    assert_eq!(count, 400, "each once");
}

#[test]
fn ten_thousand_members_are_listed_and_reached() {
    let world = World::new();
    let o = user(&world, "o");
    let members = world.members(10_000);
    let first = |user: &String| GroupMemberInfo { identifier: user.clone(), ..Default::default() };
    let id = o
        .try_create_group(CreateGroupParam {
            group_id: "@TGS#_big".into(),
            group_name: "big".into(),
            group_type: GroupType::Community.bits(),
            group_member_array: members[..500].iter().map(first).collect(),
            ..Default::default()
        })
        .unwrap();
    for batch in members[500..].chunks(500) {
        let batch: Vec<_> = batch.iter().map(String::as_str).collect();
        assert!(o.invite(&id, &batch).unwrap().iter().all(|result| *result == 1));
    }
    let listed = o.members(&id);
    assert_eq!(listed.len(), 10_001);
    assert_eq!(listed[0], ("o".into(), 400));
    assert_eq!(o.group_info(&id).unwrap().member_num, 10_001);
    let m = user(&world, &members[7]);
    m.sync();
    o.say(&id, "to all");
    m.events().wait_message("to all");
    assert!(m.events().count(|event| matches!(event, Event::GroupTips(..))) > 0);
}

#[test]
fn read_3_what_was_read_elsewhere_is_read_before_it_has_come() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    let o2 = world.device("o2", Platform::Windows);
    o2.login("o").unwrap();
    o2.logout();
    group("g", GroupType::Public, &[&o, &x]);
    x.say("g", "one");
    o.events().wait_message("one");
    o.read_group("g");
    x.say("g", "two");
    o2.login("o").unwrap();
    o2.events().wait_message("two");
    assert_eq!(o2.unread("g"), 1, "the mark was in the account's log, the messages in the group's");
}

#[test]
fn rev_2_what_was_said_in_a_group_can_be_taken_back() {
    let world = World::new();
    let [o, x, y] = ["o", "x", "y"].map(|name| user(&world, name));
    group("g", GroupType::Public, &[&o, &x, &y]);
    let (first, second) = (x.say("g", "mine"), o.say("g", "the owner's"));
    for device in [&o, &x, &y] {
        device.sync();
    }
    let unread = y.unread("g");
    assert_eq!(y.revoke_in_group("g", &first), Err(10032), "not by other members");
    assert_eq!(x.revoke_in_group("g", &second), Err(10032), "nor by those below");
    x.revoke_in_group("g", &first).unwrap();
    let revoked = |device: &Device| {
        device.events().wait("a withdrawal", |event| match event {
            Event::Revoked(locators) => Some(locators[0].clone()),
            _ => None,
        })
    };
    for device in [&o, &y] {
        let locator = revoked(device);
        assert_eq!((locator.conv_id.as_str(), locator.seq), ("g", first.seq));
    }
    y.sync();
    assert_eq!(y.unread("g"), unread - 1);
    // By those above, also when it was told of before.
    let third = x.say("g", "rude");
    o.events().wait_message("rude");
    o.revoke_in_group("g", &third).unwrap();
    assert_eq!(revoked(&x).seq, third.seq);
    let history = x.group_history("g", 3);
    assert_eq!(history.iter().map(|message| message.status).collect::<Vec<_>>(), [6, 2, 6]);
    assert_eq!(o.revoke_in_group("g", &third), Err(10032), "once");
    // The service's own words stay.
    let notice = y.group_history("g", 10).pop().unwrap();
    assert_eq!(notice.sender, "@TIM#SYSTEM");
    assert_eq!(o.revoke_in_group("g", &notice), Err(10032));
    // Who was away gets neither the words nor the news.
    y.logout();
    let fourth = x.say("g", "gone before you came");
    x.revoke_in_group("g", &fourth).unwrap();
    y.events().forget();
    y.login("y").unwrap();
    y.sync();
    assert_eq!(y.events().messages(), []);
}

#[test]
fn rev_4_rev_6_a_withdrawn_message_is_withdrawn_for_every_member_and_for_nobody_else() {
    let world = World::new();
    // The first account: the number of the group is a number of accounts too.
    let stranger = user(&world, "stranger");
    let (o, x, away) = (user(&world, "o"), user(&world, "x"), user(&world, "away"));
    let o2 = world.device("o2", Platform::Windows);
    o2.login("o").unwrap();
    group("g", GroupType::Public, &[&o, &x, &away]);
    away.logout();
    let sent = o.say("g", "oops");
    for device in [&x, &o2] {
        device.events().wait_message("oops");
    }
    assert_eq!(x.unread("g"), 1);
    o.revoke_in_group("g", &sent).unwrap();
    for (device, is_self) in [(&x, false), (&o2, true)] {
        let locators = device.events().wait("a withdrawal", |event| match event {
            Event::Revoked(locators) => Some(locators.clone()),
            _ => None,
        });
        let [locator] = &locators[..] else { panic!("{locators:?}") };
        assert_eq!((locator.conv_id.as_str(), locator.conv_type), ("g", 2));
        assert_eq!((locator.seq, locator.rand, locator.is_self), (sent.seq, sent.rand, is_self));
        device.sync();
        let last = device.group_history("g", 1).remove(0);
        assert_eq!((last.status, last.seq), (6, sent.seq));
    }
    assert_eq!(x.unread("g"), 0, "REV-6");
    assert_eq!(o.group_history("g", 1)[0].status, 6, "when the call is answered");
    stranger.sync();
    o.sync();
    for device in [&stranger, &o] {
        assert_eq!(device.events().count(|event| matches!(event, Event::Revoked(_))), 0);
    }
    away.login("away").unwrap();
    away.sync();
    let last = away.group_history("g", 1).remove(0);
    assert_eq!((last.status, last.seq, away.unread("g")), (6, sent.seq, 0), "REV-5");
    assert_eq!(x.say("g", "next").seq, sent.seq + 1, "a withdrawal takes no number");
}

#[test]
fn rev_2_owner_and_administrators_withdraw_what_members_wrote_and_nobody_withdraws_notices() {
    let world = World::new();
    let [o, a, x, y] = ["o", "a", "x", "y"].map(|name| user(&world, name));
    group("g", GroupType::Public, &[&o, &a, &x, &y]);
    let role = GroupModifyMemberInfoParam {
        group_id: "g".into(),
        identifier: "a".into(),
        modify_flag: 2,
        member_role: 300,
        ..Default::default()
    };
    o.modify_member(role).unwrap();
    let by_x = x.say("g", "by x");
    let by_o = o.say("g", "by o");
    let by_a = a.say("g", "by a");
    for device in [&o, &a, &x, &y] {
        device.sync();
    }
    let there = |device: &Device, message: &Message| {
        let of = |it: &Message| it.seq == message.seq;
        device.group_history("g", 20).into_iter().find(of).expect("the message")
    };
    assert_eq!(y.revoke_in_group("g", &there(&y, &by_x)), Err(10032));
    assert_eq!(a.revoke_in_group("g", &there(&a, &by_o)), Err(10032));
    assert_eq!(a.revoke_in_group("g", &there(&a, &by_x)), Ok(()));
    assert_eq!(o.revoke_in_group("g", &there(&o, &by_a)), Ok(()));
    x.sync();
    let gone = there(&x, &by_x);
    assert_eq!((gone.status, gone.revoker_user_id.as_deref()), (6, Some("a")));
    // The notice that somebody joined, withdrawn by the one who did.
    let notice = y.group_history("g", 20).into_iter().find(|it| it.sender == "@TIM#SYSTEM");
    assert_eq!(y.revoke_in_group("g", &notice.expect("a notice")), Err(10032));
    let left = there(&x, &by_o);
    x.quit_group("g").unwrap();
    assert_eq!(x.revoke_in_group("g", &left), Err(10030), "not a member any more");
}

#[test]
fn a_message_for_some_members_does_not_go_to_all_of_them() {
    let world = World::new();
    let (o, x, y) = (user(&world, "o"), user(&world, "x"), user(&world, "y"));
    group("g", GroupType::Public, &[&o, &x, &y]);
    let secret = Message { target_group_member_array: vec!["x".into()], ..text_message("psst") };
    let error = o.submit_to_group("g", secret).wait().1.expect("a refusal");
    assert_eq!(error.code, 6017);
    o.say("g", "to all");
    assert_eq!(text(&y.events().wait_messages(1)[0]), "to all");
}

#[test]
fn an_id_that_is_used_again_is_another_group_after_any_absence() {
    let world = World::new();
    let (o, x) = (user(&world, "o"), user(&world, "x"));
    group("g", GroupType::Public, &[&o, &x]);
    for number in 0..5 {
        o.say("g", &number.to_string());
    }
    x.events().wait_message("4");
    x.sync();
    x.read_group("g");
    x.logout();
    o.delete_group("g").unwrap();
    // More than one page of the account's log.
    for number in 0..300 {
        o.send("x", &number.to_string());
    }
    o.create_group("g", GroupType::Private);
    assert_eq!(o.invite("g", &["x"]), Ok(vec![1]));
    o.say("g", "new");
    x.login("x").unwrap();
    x.sync();
    assert_eq!(texts(&x.group_history("g", 20)), ["new", ""]);
    assert_eq!(x.unread("g"), 1);
}

#[test]
fn conv_15_unread_mentions_show_with_the_conversation() {
    let world = World::new();
    let [o, x] = ["o", "x"].map(|name| user(&world, name));
    group("g", GroupType::Public, &[&o, &x]);
    let call = |text: &str, names: &[&str]| {
        let mut message = text_message(text);
        message.group_at_user_array = names.iter().map(|name| (*name).to_owned()).collect();
        let (message, error) = o.submit_to_group("g", message).wait();
        assert_eq!(error, None, "{text}");
        x.events().wait_message(text);
        message
    };
    let mentions = |device: &Device| {
        let shown = device.conversation("g").unwrap().group_at_info_array;
        shown.iter().map(|mention| (mention.seq, mention.at_type)).collect::<Vec<_>>()
    };
    let me = call("to x", &["x"]).seq;
    call("to none of us", &["somebody"]);
    let all = call("to all", &["__kImSDK_MesssageAtALL__"]);
    let both = call("to all and x", &["__kImSDK_MessageAtALL__", "x"]).seq;
    assert_eq!(mentions(&x), [(me, 1), (all.seq, 2), (both, 3)]);
    assert_eq!(mentions(&o), [], "nobody mentions themselves");
    o.revoke_in_group("g", &all).unwrap();
    x.sync();
    assert_eq!(mentions(&x), [(me, 1), (both, 3)], "what is withdrawn mentions nobody");
    x.read_group("g");
    assert_eq!(mentions(&x), []);
    let again = call("x again", &["x"]).seq;
    assert_eq!(mentions(&x), [(again, 1)]);
}
