//! What the operator of a service does with groups (§3.3, reports 11 and 16).

use imsdk_testkit::{Ghost, World};
use imsdk_types::wire::group::{Request as Group, Response as Told};
use imsdk_types::wire::{Conv, Delivered, Event, MessageBody, Request, Response};
use imsdk_types::{
    CreateGroupParam, Elem, GroupDeleteMemberParam, GroupInviteMemberParam, GroupReportElem,
    GroupReportType, GroupType,
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
fn s3_3_reports_wait_for_a_week_and_the_newest_for_longer() {
    const START: u64 = 1_600_000_000;
    const DAY: u64 = 24 * 3600;
    let world = World::new();
    let [mut owner, mut member] = ["owner", "member"].map(|user| world.ghost(user));
    open_group(&mut owner, "member");
    let reports = |member: &mut Ghost| {
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
    assert_eq!(reports(&mut member), 301, "many, and all of them young");
    owner.clock().set(START + 6 * DAY);
    rounds(&mut owner, 25);
    assert_eq!(reports(&mut member), 351);
    owner.clock().set(START + 8 * DAY);
    rounds(&mut owner, 25);
    // Those of the first day are gone, those of the sixth are not.
    assert!((100..=150).contains(&reports(&mut member)), "{}", reports(&mut member));
    owner.clock().set(START + 30 * DAY);
    rounds(&mut owner, 25);
    let left = reports(&mut member);
    assert!((100..=150).contains(&left), "{left}: the newest stay, whatever their age");
}
