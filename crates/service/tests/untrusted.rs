//! What clients say is checked by the service: these break the rules on purpose, as no client of this library would.

use imsdk_testkit::{Ghost, World, longest_profile};
use imsdk_types::wire::group::{Request as Group, Response as Told};
use imsdk_types::wire::{
    Conv, Delivered, Event, Login, MessageBody, Request, Response, friendship, profile,
};
use imsdk_types::{
    CreateFriendGroupParam, CreateGroupParam, Elem, FileElem, FriendProfileCustomStringInfo,
    FriendProfileItem, FriendshipAddFriendParam, FriendshipCheckFriendTypeParam,
    FriendshipDeleteFriendParam, FriendshipDeletePendencyParam, FriendshipModifyFriendGroupParam,
    FriendshipModifyFriendProfileParam, GroupAddOption, GroupDeleteMemberParam,
    GroupGetMemberInfoListParam, GroupHandlePendencyParam, GroupInfoCustomString,
    GroupInviteMemberParam, GroupModifyInfoFlag, GroupModifyInfoParam, GroupPendency,
    GroupPendencyOption, GroupType, UserProfileCustomStringInfo, UserProfileItem, limits,
};

fn group(ghost: &mut Ghost, request: Group) -> Result<Response, i32> {
    ghost.ask(Request::Group(request)).map_err(|error| error.code)
}

fn create(ghost: &mut Ghost, kind: GroupType, approve: GroupAddOption) {
    let param = CreateGroupParam {
        group_id: "g".into(),
        group_name: "g".into(),
        group_type: kind.bits(),
        add_option: GroupAddOption::Auth.bits(),
        approve_option: approve.bits(),
        ..CreateGroupParam::default()
    };
    group(ghost, Group::Create(Box::new(param))).unwrap();
}

/// The result for one user.
fn invite(ghost: &mut Ghost, user: &str) -> Result<u32, i32> {
    let param = GroupInviteMemberParam {
        group_id: "g".into(),
        identifier_array: vec![user.into()],
        user_data: String::new(),
    };
    match group(ghost, Group::Invite(param))? {
        Response::Group(Told::Invited(list)) => Ok(list[0].result),
        other => panic!("{other:?}"),
    }
}

/// Accepts the oldest request that this user may decide.
fn accept(ghost: &mut Ghost) -> Result<Response, i32> {
    let Ok(Response::Group(Told::Pendencies(mut page))) =
        group(ghost, Group::Pendencies(GroupPendencyOption::default()))
    else {
        panic!("no list")
    };
    let pendency: GroupPendency = page.pendency_array.pop().expect("a request");
    let param = GroupHandlePendencyParam { is_accept: true, pendency, ..Default::default() };
    group(ghost, Group::HandlePendency(Box::new(param)))
}

#[test]
fn s4_2_the_group_decides_who_consents_to_an_invitation() {
    use GroupAddOption as By;
    use GroupType as Kind;
    // What the maker of the group has set; what comes of an invitation by the owner, and by a member.
    for (kind, approve, by_owner, by_member) in [
        (Kind::Public, By::Unknown, Ok(3), Ok(3)),
        (Kind::Public, By::Forbid, Ok(1), Err(10007)),
        (Kind::Public, By::Auth, Ok(1), Ok(3)),
        (Kind::Public, By::Any, Ok(1), Ok(1)),
        (Kind::ChatRoom, By::Unknown, Ok(3), Ok(3)),
        (Kind::ChatRoom, By::Forbid, Ok(1), Err(10007)),
        (Kind::Private, By::Unknown, Ok(1), Ok(1)),
        (Kind::Private, By::Auth, Ok(1), Ok(3)),
        (Kind::Private, By::Forbid, Ok(1), Err(10007)),
    ] {
        let world = World::new();
        let [mut owner, mut member, mut guest, mut other] =
            ["owner", "member", "guest", "other"].map(|user| world.ghost(user));
        create(&mut owner, kind, By::Any);
        assert_eq!(invite(&mut owner, "member"), Ok(1));
        let param = GroupModifyInfoParam {
            group_id: "g".into(),
            modify_flag: GroupModifyInfoFlag::ApproveOption.bits(),
            approve_option: approve.bits(),
            ..Default::default()
        };
        group(&mut owner, Group::ModifyInfo(Box::new(param))).unwrap();
        assert_eq!(invite(&mut owner, "guest"), by_owner, "{kind:?} {approve:?}");
        assert_eq!(invite(&mut member, "other"), by_member, "{kind:?} {approve:?}");
        if (by_member, approve) == (Ok(3), By::Auth) {
            assert!(accept(&mut owner).is_ok(), "an administrator consents");
        } else if by_member == Ok(3) {
            assert!(accept(&mut other).is_ok(), "the one who is invited consents");
            assert!(accept(&mut guest).is_ok());
        }
    }
}

#[test]
fn s4_5_nothing_brings_back_who_was_removed_for_a_time() {
    let world = World::new();
    let [mut owner, mut away] = ["owner", "away"].map(|user| world.ghost(user));
    create(&mut owner, GroupType::Public, GroupAddOption::Unknown);
    let join = || Group::Join { group: "g".into(), hello: String::new() };
    let kick = |owner: &mut Ghost| {
        let param = GroupDeleteMemberParam {
            group_id: "g".into(),
            identifier_array: vec!["away".into()],
            user_data: String::new(),
            duration: 60,
        };
        group(owner, Group::Remove(param)).unwrap();
    };
    // An application and an invitation are on their way; a second invitation makes a member.
    group(&mut away, join()).unwrap();
    assert_eq!(invite(&mut owner, "away"), Ok(3));
    assert!(accept(&mut away).is_ok());
    kick(&mut owner);
    assert_eq!(accept(&mut owner), Err(10007), "the application of before");
    assert_eq!(group(&mut away, join()), Err(10007));
    assert_eq!(invite(&mut owner, "away"), Ok(0));
    owner.clock().set(1_600_000_061);
    away.clock().set(1_600_000_061);
    assert!(accept(&mut owner).is_ok(), "it is as good as before once the time is over");
    kick(&mut owner);
    owner.clock().set(1_600_000_122);
    away.clock().set(1_600_000_122);
    assert_eq!(invite(&mut owner, "away"), Ok(3));
    owner.clock().set(1_600_000_123);
    group(&mut away, join()).unwrap();
}

#[test]
fn messages_say_nothing_that_only_the_service_says() {
    let world = World::new();
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| world.ghost(user));
    create(&mut alice, GroupType::Private, GroupAddOption::Unknown);
    invite(&mut alice, "bob").unwrap();
    for to in [Conv::c2c("bob"), Conv::group("g")] {
        let mut outgoing = alice.outgoing("bob", "hello");
        outgoing.to = to.clone();
        outgoing.body.revoker = "boss".into();
        outgoing.body.name_card = "boss".into();
        for key in ["message_sender", "message_server_time", "message_of_tomorrow"] {
            outgoing.body.extra.insert(key.into(), "boss".into());
        }
        let file = FileElem { file_path: "/etc/passwd".into(), ..FileElem::default() };
        outgoing.body.elems.push(Elem::File(file));
        alice.try_send(outgoing).unwrap();
        let from = if to.id == "g" { to } else { Conv::c2c("alice") };
        let request = Request::History { conv: from, before: None, count: 1 };
        let Ok(Response::History { messages, .. }) = bob.ask(request) else { panic!("no history") };
        let body: MessageBody = serde_json::from_str(&messages[0].body).unwrap();
        assert_eq!((body.revoker.as_str(), body.name_card.as_str()), ("", ""));
        assert_eq!(body.extra.keys().collect::<Vec<_>>(), ["message_of_tomorrow"]);
        assert!(matches!(&body.elems[1], Elem::File(file) if file.file_path.is_empty()));
    }
}

#[test]
fn requests_name_a_bounded_number_of_users() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let _bob = world.ghost("bob");
    create(&mut alice, GroupType::Private, GroupAddOption::Unknown);
    let many = |count: usize| vec!["bob".to_owned(); count];
    let requests = |users: Vec<String>| {
        use friendship::Request as Friends;
        let friends = [
            Friends::Delete(FriendshipDeleteFriendParam {
                identifier_array: users.clone(),
                ..Default::default()
            }),
            Friends::Check(FriendshipCheckFriendTypeParam {
                identifier_array: users.clone(),
                ..Default::default()
            }),
            Friends::CreateGroups(CreateFriendGroupParam {
                name_array: vec!["f".into()],
                identifier_array: users.clone(),
            }),
            Friends::ModifyGroup(FriendshipModifyFriendGroupParam {
                name: "f".into(),
                add_identifier_array: users.clone(),
                ..Default::default()
            }),
            Friends::Block { users: users.clone() },
            Friends::Unblock { users: users.clone() },
            Friends::DeletePendencies(FriendshipDeletePendencyParam {
                identifier_array: users.clone(),
                ..Default::default()
            }),
        ];
        let mut all: Vec<_> = friends.map(|it| (30001, Request::Friendship(it))).into();
        let profiles = [
            profile::Request::Get { users: users.clone() },
            profile::Request::Cards { users: users.clone() },
        ];
        all.extend(profiles.map(|it| (40001, Request::Profile(it))));
        let param = GroupGetMemberInfoListParam {
            group_id: "g".into(),
            identifier_array: users,
            ..Default::default()
        };
        all.push((10005, Request::Group(Group::Members(param))));
        all
    };
    for (_, request) in requests(many(limits::USERS)) {
        let text = format!("{request:?}");
        let answer = alice.ask(request);
        assert!(answer.is_ok(), "{answer:?} for {}", &text[..60]);
    }
    for (code, request) in requests(many(limits::USERS + 1)) {
        assert_eq!(alice.ask(request).unwrap_err().code, code);
    }
    let names = vec!["f".to_owned(); limits::FRIEND_GROUPS + 1];
    for request in [
        friendship::Request::Groups { names: names.clone() },
        friendship::Request::DeleteGroups { names },
    ] {
        assert_eq!(alice.ask(Request::Friendship(request)).unwrap_err().code, 30001);
    }
    let places = vec![(1, 1); limits::GROUP_PLACES + 1];
    assert_eq!(group(&mut alice, Group::Got(places)), Err(10004));
}

#[test]
fn requests_change_a_bounded_number_of_fields() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let _bob = world.ghost("bob");
    create(&mut alice, GroupType::Private, GroupAddOption::Unknown);
    let add = FriendshipAddFriendParam { identifier: "bob".into(), ..Default::default() };
    alice.ask(Request::Friendship(friendship::Request::Add(Box::new(add)))).unwrap();
    // The same one again and again: in the end there would be one.
    let requests = |count: usize| {
        let own = UserProfileCustomStringInfo { key: "A".into(), value: "v".into() };
        let own = UserProfileItem {
            custom_string_array: Some(vec![own; count]),
            ..UserProfileItem::default()
        };
        let of_friend = FriendProfileCustomStringInfo { key: "A".into(), value: "v".into() };
        let of_friend = FriendshipModifyFriendProfileParam {
            identifier: "bob".into(),
            item: FriendProfileItem {
                custom_string_array: Some(vec![of_friend; count]),
                ..FriendProfileItem::default()
            },
        };
        let of_group = GroupInfoCustomString { key: "A".into(), value: "v".into() };
        let of_group = GroupModifyInfoParam {
            group_id: "g".into(),
            modify_flag: GroupModifyInfoFlag::Custom.bits(),
            custom_info: vec![of_group; count],
            ..Default::default()
        };
        [
            (40009, Request::Profile(profile::Request::Modify(Box::new(own)))),
            (30001, Request::Friendship(friendship::Request::Modify(Box::new(of_friend)))),
            (10004, Request::Group(Group::ModifyInfo(Box::new(of_group)))),
        ]
    };
    for (code, request) in requests(21) {
        assert_eq!(alice.ask(request).unwrap_err().code, code);
    }
    for (_, request) in requests(20) {
        alice.ask(request).unwrap();
    }
}

#[test]
fn a_signature_is_never_empty() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let login = Login {
        user: "alice".into(),
        user_sig: String::new(),
        device: 1,
        platform: 98,
        cursor: None,
        takes_pages: false,
    };
    assert_eq!(alice.login(&login).unwrap_err().code, 70002);
}

#[test]
fn nobody_has_read_what_is_not_there_yet() {
    let world = World::new();
    let (mut alice, mut bob) = (world.ghost("alice"), world.ghost("bob"));
    alice.send("bob", "one");
    let mut unread = |after| {
        let conv = Conv::c2c("alice");
        bob.ask(Request::Unread { conv, before: u64::MAX, after, without_tips: false })
    };
    let count = |unread| Ok(Response::Unread { read_order: 0, unread });
    assert_eq!(unread(0), count(1));
    assert_eq!(unread(u64::MAX), count(0));
}

#[test]
fn nobody_has_got_what_is_not_there_yet() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let mut bob = world.ghost("bob");
    create(&mut alice, GroupType::Private, GroupAddOption::Unknown);
    invite(&mut alice, "bob").unwrap();
    let Ok(Response::Group(Told::Heads(heads))) = group(&mut bob, Group::Heads) else { panic!() };
    let no = heads[0].card.no;
    group(&mut bob, Group::Got(vec![(no, u64::MAX)])).unwrap();
    bob.ask(Request::Logout { cursor: u64::MAX }).unwrap();
    alice.send("bob", "later");
    let mut later = alice.outgoing("", "later");
    later.to = Conv::group("g");
    alice.try_send(later).unwrap();
    // A new device gets what none of the account's has got.
    let mut bob = world.ghost("bob");
    let Ok(Response::Group(Told::Heads(heads))) = group(&mut bob, Group::Heads) else { panic!() };
    assert_eq!(heads[0].delivered + 1, heads[0].head);
    assert!(bob.cursor() > 0);
    let cursor = bob.cursor();
    let texts = bob.log(cursor).into_iter().filter(|event| matches!(event, Event::Message(_)));
    assert_eq!(texts.count(), 1);
}

#[test]
fn an_account_has_a_bounded_number_of_devices() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    for device in 0..3 * limits::DEVICES as u64 {
        let login = Login {
            user: "alice".into(),
            user_sig: "sig".into(),
            device,
            platform: 98,
            cursor: None,
            takes_pages: false,
        };
        alice.login(&login).unwrap();
    }
    assert!(alice.devices() <= limits::DEVICES + 1);
    let Ok(Response::Page(page)) = alice.ask(Request::Pull { after: 0, own: false }) else {
        panic!("no log")
    };
    assert!(!page.kicked, "what is logged in stays");
}

#[test]
fn answers_end_where_they_become_too_long() {
    const COUNT: usize = 12;
    let world = World::new();
    let [mut alice, mut bob] = ["alice", "bob"].map(|user| world.ghost(user));
    create(&mut alice, GroupType::Private, GroupAddOption::Unknown);
    invite(&mut alice, "bob").unwrap();
    // Numbers are no content, and as JSON long.
    let numbers: Vec<u64> = vec![1_234_567_890_123; 60_000];
    for n in 0..COUNT {
        for to in [Conv::c2c("bob"), Conv::group("g")] {
            let mut outgoing = alice.outgoing("bob", &format!("{n}"));
            outgoing.to = to;
            outgoing.body.extra.insert("numbers".into(), numbers.clone().into());
            alice.try_send(outgoing).unwrap();
        }
    }
    let bytes = |rows: &[Delivered]| rows.iter().map(|row| row.body.len()).sum::<usize>();
    let fits = |rows: &[Delivered]| {
        assert!(!rows.is_empty() && bytes(rows) < limits::PAGE_BYTES + (1 << 20));
    };
    let (mut before, mut orders) = (None, Vec::new());
    loop {
        let request = Request::History { conv: Conv::c2c("alice"), before, count: 100 };
        let Ok(Response::History { messages, more }) = bob.ask(request) else { panic!() };
        fits(&messages);
        orders.extend(messages.iter().map(|message| message.order));
        before = messages.last().map(|message| message.order);
        if !more {
            break;
        }
    }
    assert_eq!(orders, (1..=COUNT as u64).rev().collect::<Vec<_>>());
    let mut pages = 0;
    let (mut after, mut orders) = (0, Vec::new());
    loop {
        let Ok(Response::Page(page)) = bob.ask(Request::Pull { after, own: false }) else {
            panic!()
        };
        let rows: Vec<Delivered> = page
            .events
            .into_iter()
            .filter_map(|event| match event {
                Event::Message(row) if row.conv == Conv::c2c("alice") => Some(row),
                _ => None,
            })
            .collect();
        assert!(bytes(&rows) < limits::PAGE_BYTES + (1 << 20));
        orders.extend(rows.iter().map(|row| row.order));
        pages += 1;
        after = page.cursor;
        if !page.more {
            break;
        }
    }
    assert_eq!(orders, (1..=COUNT as u64).collect::<Vec<_>>());
    assert!(pages > 1);
    let Ok(Response::Group(Told::Heads(heads))) = group(&mut bob, Group::Heads) else { panic!() };
    let (mut after, mut count) = (heads[0].head - COUNT as u64, 0);
    loop {
        let request = Group::Pull { group: heads[0].card.no, after };
        let Ok(Response::Group(Told::Page(page))) = group(&mut bob, request) else { panic!() };
        fits(&page.rows);
        count += page.rows.len();
        after = page.cursor;
        if !page.more {
            break;
        }
    }
    assert_eq!(count, COUNT);
}

#[test]
fn the_profiles_of_an_answer_are_not_too_long_together() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let profiles = |users| Request::Profile(profile::Request::Get { users });
    let cards = |users| Request::Profile(profile::Request::Cards { users });
    let item = longest_profile();
    alice.ask(Request::Profile(profile::Request::Modify(Box::new(item)))).unwrap();
    let one = alice.ask(profiles(vec!["alice".into()])).unwrap();
    let one = serde_json::to_string(&one).unwrap().len();
    let fit = limits::PAGE_BYTES / one;
    let mut users = vec!["alice".to_owned(); fit];
    for ask in [profiles, cards] {
        let told = serde_json::to_string(&alice.ask(ask(users.clone())).unwrap()).unwrap();
        assert!(told.len() > (fit - 1) * one);
    }
    users.resize(limits::USERS, "alice".to_owned());
    for ask in [profiles, cards] {
        assert_eq!(alice.ask(ask(users.clone())).unwrap_err().code, 80002);
    }
}

#[test]
fn a_page_of_friends_ends_where_it_becomes_too_long() {
    let world = World::new();
    let mut alice = world.ghost("alice");
    let value = "\u{1}".repeat(limits::PROFILE_VALUE);
    let fields = (b'a'..).take(limits::CUSTOM_FIELDS).map(|letter| FriendProfileCustomStringInfo {
        key: char::from(letter).into(),
        value: value.clone(),
    });
    let fields: Vec<_> = fields.collect();
    let friends = world.members(80);
    for friend in &friends {
        let add = FriendshipAddFriendParam { identifier: friend.clone(), ..Default::default() };
        alice.ask(Request::Friendship(friendship::Request::Add(Box::new(add)))).unwrap();
        let item = FriendProfileItem {
            custom_string_array: Some(fields.clone()),
            ..FriendProfileItem::default()
        };
        let change = FriendshipModifyFriendProfileParam { identifier: friend.clone(), item };
        alice.ask(Request::Friendship(friendship::Request::Modify(Box::new(change)))).unwrap();
    }
    let (mut after, mut pages, mut all) = (0, 0, Vec::new());
    loop {
        let request = Request::Friendship(friendship::Request::Friends { after });
        let answer = alice.ask(request).unwrap();
        let long = serde_json::to_string(&answer).unwrap().len();
        assert!(long < limits::PAGE_BYTES + (1 << 20), "{long}");
        let Response::Friendship(friendship::Response::Friends { list, next }) = answer else {
            panic!("{answer:?}")
        };
        all.extend(list.into_iter().map(|friend| friend.identifier));
        (after, pages) = (next, pages + 1);
        if next == 0 {
            break;
        }
    }
    assert_eq!((all, pages), (friends, 3));
}
