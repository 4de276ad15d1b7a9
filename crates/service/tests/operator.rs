//! What the operator of a service does with groups (§3.3, reports 11 and 16).

use imsdk_testkit::{Ghost, World};
use imsdk_types::wire::group::{Request as Group, Response as Told};
use imsdk_types::wire::{Conv, Delivered, Event, MessageBody, Request, Response};
use imsdk_types::{
    CreateGroupParam, Elem, GroupDeleteMemberParam, GroupGetMemberInfoListParam,
    GroupInviteMemberParam, GroupModifyInfoFlag, GroupModifyInfoParam, GroupReportElem,
    GroupReportType, GroupType, limits,
};

fn open_group(owner: &mut Ghost, member: &str) {
    let param = CreateGroupParam {
        group_id: "g".into(),
        group_name: "name".into(),
        group_type: GroupType::Private.bits(),
        ..CreateGroupParam::default()
    };
    owner.ask(Request::Group(Group::Create(Box::new(param)))).unwrap();
    let param = GroupInviteMemberParam {
        group_id: "g".into(),
        identifier_array: vec![member.into()],
        user_data: String::new(),
    };
    owner.ask(Request::Group(Group::Invite(param))).unwrap();
}

fn report(message: &Delivered) -> GroupReportElem {
    let body: MessageBody = serde_json::from_str(&message.body).unwrap();
    match body.elems.into_iter().next() {
        Some(Elem::GroupReport(report)) => *report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn s3_3_a_group_that_is_taken_back_is_gone_for_all_its_members() {
    let world = World::new();
    let [mut owner, mut member] = ["owner", "member"].map(|user| world.ghost(user));
    open_group(&mut owner, "member");
    let (done, news) =
        owner.operate(async |service, store, news| service.reclaim_group(store, "g", news).await);
    assert_eq!((done, news.accounts.len()), (Ok(()), 2));
    for ghost in [&mut owner, &mut member] {
        let last = ghost.log(0).into_iter().rev().find_map(|event| match event {
            Event::Message(message) if message.conv == Conv::system() => Some(message),
            _ => None,
        });
        let report = report(&last.unwrap());
        assert_eq!(report.report_type, GroupReportType::GroupRecycle.bits());
        assert_eq!((report.group_id.as_str(), report.op_user.as_str()), ("g", ""));
        let joined = ghost.ask(Request::Group(Group::Joined));
        assert_eq!(joined, Ok(Response::Group(Told::Joined(Vec::new()))));
    }
    let (again, _) =
        owner.operate(async |service, store, news| service.reclaim_group(store, "g", news).await);
    assert_eq!(again.unwrap_err().code, 10010);
}

#[test]
fn s3_3_what_an_application_tells_members_is_kept_nowhere() {
    let world = World::new();
    let [mut owner, mut member, _other] =
        ["owner", "member", "other"].map(|user| world.ghost(user));
    open_group(&mut owner, "member");
    let before = member.log(0).len();
    let mut notify = |users: &[&str]| {
        let users: Vec<String> = users.iter().map(|user| (*user).to_owned()).collect();
        let (done, news) = owner.operate(async |service, store, news| {
            service.notify_group(store, "g", ("data", &users), news).await
        });
        done.unwrap();
        assert!(news.accounts.is_empty() && news.groups.is_empty());
        news
    };
    let all = notify(&[]);
    assert_eq!((all.group_online.len(), all.online.len()), (1, 0));
    let told = &all.group_online[0].1;
    assert_eq!((told.conv.clone(), told.sender.as_str()), (Conv::system(), "@TIM#SYSTEM"));
    let report = report(told);
    assert_eq!(report.report_type, GroupReportType::UserDefine.bits());
    assert_eq!((report.user_data.as_str(), report.group_name.as_str()), ("data", "name"));
    let some = notify(&["member", "other", "nobody"]);
    assert_eq!((some.group_online.len(), some.online.len()), (0, 1), "members only");
    assert_ne!(some.online[0].1.rand, told.rand);
    assert_eq!(member.log(0).len(), before);
}

#[test]
fn s3_3_the_newest_reports_wait_for_a_week() {
    const START: u64 = 1_600_000_000;
    const DAY: u64 = 24 * 3600;
    let world = World::new();
    let [mut owner, mut member] = ["owner", "member"].map(|user| world.ghost(user));
    open_group(&mut owner, "member");
    // Each has a clock of its own.
    let reports = |member: &mut Ghost, now: u64| {
        member.clock().set(now);
        let log = member.log(0).into_iter();
        log.filter(|event| matches!(event, Event::Message(it) if it.conv == Conv::system())).count()
    };
    let kick = GroupDeleteMemberParam {
        group_id: "g".into(),
        identifier_array: vec!["member".into()],
        ..Default::default()
    };
    let invite = GroupInviteMemberParam {
        group_id: "g".into(),
        identifier_array: vec!["member".into()],
        user_data: String::new(),
    };
    // One report has come; each round brings two.
    let rounds = |owner: &mut Ghost, count: usize| {
        for _ in 0..count {
            owner.ask(Request::Group(Group::Remove(kick.clone()))).unwrap();
            owner.ask(Request::Group(Group::Invite(invite.clone()))).unwrap();
        }
    };
    rounds(&mut owner, 150);
    assert_eq!(reports(&mut member, START), 301, "who is online and behind misses none of a rush");
    owner.clock().set(START + 61);
    rounds(&mut owner, 1);
    assert_eq!(reports(&mut member, START + 61), 100, "but a hundred do for who is away");
    owner.clock().set(START + 6 * DAY);
    rounds(&mut owner, 20);
    assert_eq!(reports(&mut member, START + 6 * DAY), 100);
    owner.clock().set(START + 8 * DAY);
    rounds(&mut owner, 1);
    assert_eq!(reports(&mut member, START + 8 * DAY), 42, "and none for longer than a week");
    // Nobody sends a report when the week is over: who comes then gets none all the same.
    assert_eq!(reports(&mut member, START + 16 * DAY), 0);
}

#[test]
fn s4_1_the_operator_makes_groups_that_users_cannot_make() {
    let world = World::new();
    let [mut owner, mut member] = ["owner", "member"].map(|user| world.ghost(user));
    let param = |kind: GroupType| CreateGroupParam {
        group_id: "news".into(),
        group_name: "news".into(),
        group_type: kind.bits(),
        ..CreateGroupParam::default()
    };
    let create = |ghost: &mut Ghost, param: CreateGroupParam| {
        let (made, news) = ghost
            .operate(async |service, store, news| service.create_group(store, param, news).await);
        made.map(|id| (id, news)).map_err(|error| error.code)
    };
    let refused = Group::Create(Box::new(param(GroupType::BChatRoom)));
    assert_eq!(owner.ask(Request::Group(refused)).unwrap_err().code, 10007);
    let (id, news) = create(&mut owner, param(GroupType::BChatRoom)).unwrap();
    assert_eq!((id.as_str(), news.accounts.len()), ("news", 0), "nobody is in it");
    assert_eq!(create(&mut owner, param(GroupType::BChatRoom)).unwrap_err(), 10021);
    let nameless = CreateGroupParam { group_name: String::new(), ..param(GroupType::Public) };
    assert_eq!(create(&mut owner, nameless).unwrap_err(), 8502);

    let join = Group::Join { group: "news".into(), hello: String::new() };
    member.ask(Request::Group(join)).unwrap();
    let info =
        |ghost: &mut Ghost| match ghost.ask(Request::Group(Group::Infos(vec!["news".into()]))) {
            Ok(Response::Group(Told::Infos(mut list))) => list.remove(0).info,
            other => panic!("{other:?}"),
        };
    let found = info(&mut member);
    assert_eq!((found.group_type, found.member_num), (3, 1));
    assert_eq!(found.owner_identifier, "");
    let change = |modify_flag: u32| GroupModifyInfoParam {
        group_id: "news".into(),
        modify_flag,
        group_name: "new".into(),
        is_shutup_all: true,
        owner: "member".into(),
        ..GroupModifyInfoParam::default()
    };
    let by_member = Group::ModifyInfo(Box::new(change(1)));
    assert_eq!(member.ask(Request::Group(by_member)).unwrap_err().code, 10007);
    let modify = |ghost: &mut Ghost, flag: u32| {
        let (done, news) = ghost.operate(async |service, store, news| {
            service.modify_group(store, change(flag), news).await
        });
        (done.err().map_or(0, |error| error.code), news.groups.len())
    };
    assert_eq!(modify(&mut owner, 1), (0, 1), "its members are told");
    assert_eq!(info(&mut member).group_name, "new");
    assert_eq!(modify(&mut owner, 1 << 31), (10007, 0), "it has no owner, ever");
    assert_eq!(modify(&mut owner, 0x400), (10004, 0));
    // Everybody is silent then.
    assert_eq!(modify(&mut owner, 0x100).0, 0);
    let mut said = member.outgoing("", "hello");
    said.to = Conv::group("news");
    assert_eq!(member.try_send(said).unwrap_err().code, 10017);
    // The last one who leaves does not take it along.
    member.ask(Request::Group(Group::Quit { group: "news".into() })).unwrap();
    assert_eq!(info(&mut member).member_num, 0);
}

#[test]
fn s4_1_a_private_group_ends_with_its_last_member() {
    let world = World::new();
    let [mut owner, mut member] = ["owner", "member"].map(|user| world.ghost(user));
    open_group(&mut owner, "member");
    let quit = || Request::Group(Group::Quit { group: "g".into() });
    owner.ask(quit()).unwrap();
    // It goes on without an owner, until the operator names one.
    let give = GroupModifyInfoParam {
        group_id: "g".into(),
        modify_flag: 1 << 31,
        owner: "member".into(),
        ..GroupModifyInfoParam::default()
    };
    let give = |ghost: &mut Ghost| {
        let (done, _) = ghost.operate(async |service, store, news| {
            service.modify_group(store, give.clone(), news).await
        });
        done.err().map_or(0, |error| error.code)
    };
    assert_eq!([give(&mut owner), give(&mut owner)], [0, 10004], "once is enough");
    let joined = |ghost: &mut Ghost| match ghost.ask(Request::Group(Group::Joined)) {
        Ok(Response::Group(Told::Joined(list))) => list,
        other => panic!("{other:?}"),
    };
    assert_eq!(joined(&mut member)[0].self_info.role, 400);
    member.ask(quit()).unwrap();
    let last = member.log(0).into_iter().rev().find_map(|event| match event {
        Event::Message(message) if message.conv == Conv::system() => Some(report(&message)),
        _ => None,
    });
    assert_eq!(last.unwrap().report_type, GroupReportType::Quit.bits());
    assert_eq!(member.ask(quit()).unwrap_err().code, 10010);
    // The id is free again.
    open_group(&mut owner, "member");
    assert_eq!(joined(&mut member).len(), 1);
}

#[test]
fn s4_1_who_owned_live_groups_is_in_as_many_of_them_as_anybody() {
    let world = World::new();
    let [mut owner, mut heir] = ["owner", "heir"].map(|user| world.ghost(user));
    let all = 2 * limits::LIVE_GROUPS + 1;
    for number in 0..all {
        let param = CreateGroupParam {
            group_id: format!("g{number}"),
            group_name: "name".into(),
            group_type: GroupType::AvChatRoom.bits(),
            ..CreateGroupParam::default()
        };
        owner.clock().set(1_600_000_000 + number as u64);
        owner.ask(Request::Group(Group::Create(Box::new(param)))).unwrap();
    }
    for number in 0..all {
        let join = Group::Join { group: format!("g{number}"), hello: String::new() };
        heir.ask(Request::Group(join)).unwrap();
        let give = GroupModifyInfoParam {
            group_id: format!("g{number}"),
            modify_flag: GroupModifyInfoFlag::Owner.bits(),
            owner: "heir".into(),
            ..GroupModifyInfoParam::default()
        };
        let (given, _) = heir
            .operate(async |service, store, news| service.modify_group(store, give, news).await);
        given.unwrap();
    }
    let joined = |ghost: &mut Ghost| match ghost.ask(Request::Group(Group::Joined)) {
        Ok(Response::Group(Told::Joined(list))) => list,
        other => panic!("{other:?}"),
    };
    let list = joined(&mut owner);
    assert_eq!(list.len(), limits::LIVE_GROUPS);
    assert!(list.iter().all(|it| it.group_id != "g0"), "the first ones are left");
    let param = GroupGetMemberInfoListParam { group_id: "g0".into(), ..Default::default() };
    let Ok(Response::Group(Told::Members(page))) = heir.ask(Request::Group(Group::Members(param)))
    else {
        panic!("no members")
    };
    assert_eq!(page.info_array.len(), 1);
    owner.ask(Request::Group(Group::LeaveLive)).unwrap();
    assert_eq!(joined(&mut owner), []);
    assert_eq!(joined(&mut heir).len(), all, "own ones are not counted");
}
