//! Whatever members do: a group has one owner, its numbers are right, and its log has no gaps.

use std::collections::{BTreeMap, BTreeSet};

use imsdk_testkit::{Ghost, World};
use imsdk_types::wire::group::{Request as Ask, Response as Answer};
use imsdk_types::wire::{Conv, Event, Login, Request, Response};
use imsdk_types::{
    CreateGroupParam, GroupAddOption, GroupDeleteMemberParam, GroupGetMemberInfoListParam,
    GroupHandlePendencyParam, GroupInviteMemberParam, GroupModifyInfoFlag, GroupModifyInfoParam,
    GroupModifyMemberInfoParam, GroupPendency, GroupPendencyOption, GroupType, limits,
};
use proptest::prelude::*;

const USERS: [&str; 4] = ["anna", "ben", "carl", "dora"];

#[derive(Clone, Debug)]
enum Op {
    Join(usize),
    Quit(usize),
    Kick(usize, usize),
    /// Makes an administrator, or an ordinary member.
    Role(usize, usize, bool),
    Transfer(usize, usize),
    Say(usize),
    Rename(usize),
}

fn op() -> impl Strategy<Value = Op> {
    let user = 0..USERS.len();
    prop_oneof![
        4 => user.clone().prop_map(Op::Join),
        2 => user.clone().prop_map(Op::Quit),
        2 => (user.clone(), user.clone()).prop_map(|(who, whom)| Op::Kick(who, whom)),
        3 => (user.clone(), user.clone(), any::<bool>())
            .prop_map(|(who, whom, admin)| Op::Role(who, whom, admin)),
        1 => (user.clone(), user.clone()).prop_map(|(who, whom)| Op::Transfer(who, whom)),
        4 => user.clone().prop_map(Op::Say),
        2 => user.prop_map(Op::Rename),
    ]
}

/// What should be: the roles of the members, by user.
type Model = BTreeMap<usize, u32>;

/// Does it to the model. The code that the service should answer, and whether a message or notice comes of it.
fn expect(model: &mut Model, op: &Op) -> (i32, bool) {
    let role = |user: &usize| model.get(user).copied().unwrap_or(0);
    match op {
        Op::Join(user) if role(user) > 0 => (10013, false),
        Op::Join(user) => {
            model.insert(*user, 200);
            (0, true)
        }
        Op::Quit(user) => match role(user) {
            0 => (10007, false),
            400 => (10009, false),
            _ => {
                model.remove(user);
                (0, true)
            }
        },
        Op::Kick(who, whom) => match (role(who), role(whom)) {
            (..300, _) => (10007, false),
            (own, other) if other == 0 || other >= own => (0, false),
            _ => {
                model.remove(whom);
                (0, true)
            }
        },
        Op::Role(who, whom, admin) => match (role(who), role(whom)) {
            (0, _) => (10007, false),
            (_, 0) => (10004, false),
            (400, other) if other < 400 => {
                let new = if *admin { 300 } else { 200 };
                model.insert(*whom, new);
                (0, new != other)
            }
            _ => (10007, false),
        },
        Op::Transfer(who, whom) => match (role(who), role(whom)) {
            (..400, _) => (10007, false),
            (_, 0 | 400) => (10004, false),
            _ => {
                model.insert(*who, 200);
                model.insert(*whom, 400);
                (0, true)
            }
        },
        Op::Say(user) if role(user) == 0 => (10007, false),
        Op::Rename(user) if role(user) < 300 => (10007, false),
        Op::Say(_) | Op::Rename(_) => (0, true),
    }
}

fn request(ghosts: &mut [Ghost], op: &Op) -> (usize, Request) {
    let group = || "g".to_owned();
    let (who, ask) = match op {
        Op::Join(who) => (*who, Ask::Join { group: group(), hello: String::new() }),
        Op::Quit(who) => (*who, Ask::Quit { group: group() }),
        Op::Kick(who, whom) => {
            let identifier_array = vec![USERS[*whom].to_owned()];
            let param = GroupDeleteMemberParam {
                group_id: group(),
                identifier_array,
                ..Default::default()
            };
            (*who, Ask::Remove(param))
        }
        Op::Role(who, whom, admin) => {
            let param = GroupModifyMemberInfoParam {
                group_id: group(),
                identifier: USERS[*whom].into(),
                modify_flag: 2,
                member_role: if *admin { 300 } else { 200 },
                ..Default::default()
            };
            (*who, Ask::ModifyMember(Box::new(param)))
        }
        Op::Transfer(who, whom) => {
            let param = GroupModifyInfoParam {
                group_id: group(),
                modify_flag: GroupModifyInfoFlag::Owner.bits(),
                owner: USERS[*whom].into(),
                ..Default::default()
            };
            (*who, Ask::ModifyInfo(Box::new(param)))
        }
        Op::Say(who) => {
            let mut outgoing = ghosts[*who].outgoing("", "hello");
            outgoing.to = Conv::group("g");
            return (*who, Request::Send(outgoing));
        }
        Op::Rename(who) => {
            let param = GroupModifyInfoParam {
                group_id: group(),
                modify_flag: 1,
                group_name: "new".into(),
                ..Default::default()
            };
            (*who, Ask::ModifyInfo(Box::new(param)))
        }
    };
    (who, Request::Group(ask))
}

fn answer(ghost: &mut Ghost, ask: Ask) -> Answer {
    match ghost.ask(Request::Group(ask)) {
        Ok(Response::Group(answer)) => answer,
        other => panic!("{other:?}"),
    }
}

/// The places of all that a group's log has for an account, page after page, and where it stands then; `None` if it is refused.
fn log(ghost: &mut Ghost, group: u64) -> Option<(Vec<u64>, u64)> {
    let (mut found, mut after) = (Vec::new(), 0);
    loop {
        let Response::Group(Answer::Page(page)) =
            ghost.ask(Request::Group(Ask::Pull { group, after })).ok()?
        else {
            panic!("no page")
        };
        assert!(page.rows.iter().all(|row| row.listed && row.seq == row.order));
        assert!(page.cursor > after || !page.more, "it goes on");
        found.extend(page.rows.iter().map(|row| row.order));
        after = page.cursor;
        if !page.more {
            return Some((found, after));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_group_stays_whole(ops in prop::collection::vec(op(), 1..40)) {
        let world = World::new();
        let mut ghosts: Vec<_> = USERS.iter().map(|user| world.ghost(user)).collect();
        let param = CreateGroupParam {
            group_id: "g".into(),
            group_name: "g".into(),
            group_type: GroupType::Public.bits(),
            add_option: 2,
            ..Default::default()
        };
        answer(&mut ghosts[0], Ask::Create(Box::new(param)));
        let mut model = Model::from([(0, 400)]);
        let mut rows = 0;
        let mut left = Model::new();
        let mut left_once = BTreeSet::new();
        for op in &ops {
            let before = model.clone();
            let (code, told) = expect(&mut model, op);
            let (who, request) = request(&mut ghosts, op);
            let found = ghosts[who].ask(request).err().map_or(0, |error| error.code);
            prop_assert_eq!(found, code, "{:?}", op);
            // What was there when they left stays for them.
            left.extend(before.keys().filter(|user| !model.contains_key(user)).map(|user| (*user, rows as u32)));
            left_once.extend(left.keys().copied());
            left.retain(|user, _| !model.contains_key(user));
            rows += u64::from(told);
        }
        // As the owner sees it.
        let owner = *model.iter().find(|(_, role)| **role == 400).unwrap().0;
        let ghost = &mut ghosts[owner];
        let param = GroupGetMemberInfoListParam { group_id: "g".into(), ..Default::default() };
        let Answer::Members(page) = answer(ghost, Ask::Members(param)) else { panic!("no members") };
        let listed: Model = page
            .info_array
            .iter()
            .map(|member| {
                let user = USERS.iter().position(|user| *user == member.identifier).unwrap();
                (user, member.member_role)
            })
            .collect();
        prop_assert_eq!(&listed, &model);
        prop_assert_eq!(page.info_array.len(), model.len(), "each once");
        let Answer::Infos(infos) = answer(ghost, Ask::Infos(vec!["g".into()])) else { panic!("no info") };
        prop_assert_eq!(infos[0].info.member_num as usize, model.len());
        prop_assert_eq!(infos[0].info.owner_identifier.as_str(), USERS[owner]);
        let Answer::Heads(heads) = answer(ghost, Ask::Heads) else { panic!("no heads") };
        prop_assert_eq!(heads[0].head, rows);
        let (found, _) = log(ghost, heads[0].card.no).unwrap();
        let first = found.first().copied().unwrap_or(rows + 1);
        prop_assert!(found.is_sorted_by(|one, next| one < next));
        // What lies between two memberships is not there.
        let whole: Vec<_> = (first..=rows).collect();
        prop_assert!(found.iter().all(|order| whole.contains(order)));
        prop_assert!(left_once.contains(&owner) || found == whole);
        // Who was never in it hears nothing, and who has left nothing new.
        for (user, ghost) in ghosts.iter_mut().enumerate() {
            let end = match (model.contains_key(&user), left.get(&user)) {
                (true, _) => Some(rows),
                (false, end) => end.map(|end| u64::from(*end)),
            };
            match log(ghost, heads[0].card.no) {
                Some((found, cursor)) => {
                    prop_assert_eq!(Some(cursor), end);
                    prop_assert!(found.iter().all(|order| Some(*order) <= end));
                }
                None => prop_assert!(end.is_none()),
            }
        }
    }
}

/// One who makes groups only to invite somebody, again and again.
#[test]
fn s5_3_what_an_account_is_invited_to_has_an_end() {
    let world = World::new();
    let [mut mallory, mut victim] = ["mallory", "victim"].map(|user| world.ghost(user));
    const MORE: usize = 20;
    let all = limits::GROUP_REQUESTS as usize + MORE;
    for number in 0..all {
        let group_id = format!("g{number}");
        let param = CreateGroupParam {
            group_id: group_id.clone(),
            group_name: "g".into(),
            group_type: GroupType::Public.bits(),
            ..CreateGroupParam::default()
        };
        mallory.begin(Request::Group(Ask::Create(Box::new(param)))).unwrap();
        let param = GroupInviteMemberParam {
            group_id,
            identifier_array: vec!["victim".into()],
            user_data: String::new(),
        };
        mallory.begin(Request::Group(Ask::Invite(param))).unwrap();
    }
    mallory.commit();
    let (mut groups, mut start_time) = (Vec::new(), 0);
    loop {
        let option = GroupPendencyOption { start_time, ..GroupPendencyOption::default() };
        let Ok(Response::Group(Answer::Pendencies(page))) =
            victim.ask(Request::Group(Ask::Pendencies(option)))
        else {
            panic!("no list")
        };
        groups.extend(page.pendency_array.into_iter().map(|it| it.group_id));
        start_time = page.next_start_time;
        if start_time == 0 {
            break;
        }
    }
    let newest: Vec<String> = (MORE..all).rev().map(|number| format!("g{number}")).collect();
    assert_eq!(groups, newest);
    // A minute later, who comes is told of the newest alone.
    victim.clock().set(1_600_000_000 + limits::REPORT_RUSH_SECONDS + 1);
    let told = victim.log(0).iter().filter(|event| matches!(event, Event::Message(_))).count();
    assert_eq!(told as u64, limits::REPORTS);
}

#[test]
fn s4_1_an_account_is_in_so_many_live_groups_but_for_its_own() {
    let world = World::new();
    let [mut owner, mut guest] = ["owner", "guest"].map(|user| world.ghost(user));
    let create = |ghost: &mut Ghost, group_id: String| {
        let param = CreateGroupParam {
            group_id,
            group_name: "g".into(),
            group_type: GroupType::AvChatRoom.bits(),
            ..CreateGroupParam::default()
        };
        ghost.ask(Request::Group(Ask::Create(Box::new(param)))).unwrap();
    };
    let ask = |ghost: &mut Ghost, request: Ask| {
        ghost.ask(Request::Group(request)).map(drop).map_err(|error| error.code)
    };
    let join = |number: usize| Ask::Join { group: format!("g{number}"), hello: String::new() };
    create(&mut guest, "own".into());
    for number in 0..=limits::LIVE_GROUPS {
        create(&mut owner, format!("g{number}"));
    }
    for number in 0..limits::LIVE_GROUPS {
        assert_eq!(ask(&mut guest, join(number)), Ok(()));
    }
    let joined = |ghost: &mut Ghost| {
        let Ok(Response::Group(Answer::Joined(list))) = ghost.ask(Request::Group(Ask::Joined))
        else {
            panic!("no list")
        };
        list.into_iter().map(|it| it.group_id).collect::<Vec<_>>()
    };
    assert_eq!(joined(&mut guest).len(), 1 + limits::LIVE_GROUPS);
    assert_eq!(ask(&mut guest, Ask::LeaveLive), Ok(()));
    assert_eq!(joined(&mut guest), ["own"]);
    let param = GroupGetMemberInfoListParam { group_id: "g1".into(), ..Default::default() };
    let Ok(Response::Group(Answer::Members(page))) = owner.ask(Request::Group(Ask::Members(param)))
    else {
        panic!("no members")
    };
    assert_eq!(page.info_array.len(), 1);
    // There is room for as many as before.
    for number in 0..limits::LIVE_GROUPS {
        assert_eq!(ask(&mut guest, join(number)), Ok(()));
    }
    // The first one is joined anew, and so is no longer the first.
    guest.clock().set(1_600_000_001);
    assert_eq!(ask(&mut guest, join(0)), Ok(()));
    // Another device, whose program has ended without a word: nothing but a further join leaves anything.
    let another = Login {
        user: "guest".into(),
        user_sig: "sig".into(),
        device: 1,
        platform: 98,
        cursor: None,
        takes_pages: false,
    };
    guest.login(&another).unwrap();
    assert_eq!(ask(&mut guest, Ask::LeaveLive), Ok(()));
    assert_eq!(joined(&mut guest).len(), 1 + limits::LIVE_GROUPS);
    assert_eq!(ask(&mut guest, join(limits::LIVE_GROUPS)), Ok(()));
    let list = joined(&mut guest);
    assert_eq!(list.len(), 1 + limits::LIVE_GROUPS);
    assert!(["own", "g0"].iter().all(|id| list.contains(&(*id).into())), "{list:?}");
    assert!(!list.contains(&"g1".into()), "{list:?}");
}

/// One who invites everybody into a group where administrators decide.
#[test]
fn s5_3_an_application_stays_whatever_others_ask() {
    let world = World::new();
    let [mut owner, mut member, mut applicant, mut late] =
        ["owner", "member", "applicant", "late"].map(|user| world.ghost(user));
    let ask = |ghost: &mut Ghost, request: Ask| {
        ghost.ask(Request::Group(request)).map_err(|error| error.code)
    };
    let param = CreateGroupParam {
        group_id: "g".into(),
        group_name: "g".into(),
        group_type: GroupType::Public.bits(),
        add_option: GroupAddOption::Auth.bits(),
        approve_option: GroupAddOption::Auth.bits(),
        ..CreateGroupParam::default()
    };
    ask(&mut owner, Ask::Create(Box::new(param))).unwrap();
    let invite = |users: &[String]| {
        Ask::Invite(GroupInviteMemberParam {
            group_id: "g".into(),
            identifier_array: users.to_vec(),
            user_data: String::new(),
        })
    };
    ask(&mut owner, invite(&["member".into()])).unwrap();
    let join = || Ask::Join { group: "g".into(), hello: "please".into() };
    ask(&mut applicant, join()).unwrap();
    let users: Vec<String> =
        (0..limits::GROUP_REQUESTS).map(|number| format!("user{number}")).collect();
    owner.create_accounts(&users);
    for users in users.chunks(limits::GROUP_BATCH) {
        ask(&mut member, invite(users)).unwrap();
    }
    ask(&mut late, join()).unwrap();
    for from in ["applicant", "late"] {
        let pendency = GroupPendency {
            group_id: "g".into(),
            from_identifier: from.into(),
            ..GroupPendency::default()
        };
        let accept = GroupHandlePendencyParam {
            is_accept: true,
            pendency,
            ..GroupHandlePendencyParam::default()
        };
        ask(&mut owner, Ask::HandlePendency(Box::new(accept))).unwrap();
    }
}
