//! A client that puts what nobody would into each field of each request, one at a time: it is told the same, and nobody else is disturbed,
//! whichever database the server has.

mod support;

use std::io::Write;
use std::time::UNIX_EPOCH;

use imsdk_postgres::cluster::{Cluster, Disk};
use imsdk_server::AppSettings;
use imsdk_types::wire::message::{MessageRef, Request as Edit};
use imsdk_types::wire::profile::Request as Profiles;
use imsdk_types::wire::{Conv, Request, Response, file, friendship, group};
use imsdk_types::*;
use serde_json::{Value, json};
use support::{Client, World, outgoing, texts as told_texts};
use tungstenite::protocol::frame::coding::CloseCode;

/// What a number may be.
fn numbers() -> Vec<Value> {
    let limits = [0, u64::from(u32::MAX), i64::MAX as u64, 1 << 63, u64::MAX];
    limits.map(Value::from).into_iter().chain([json!(-1), json!(i64::MIN), json!(1e300)]).collect()
}

/// What a text may be.
fn texts() -> Vec<Value> {
    [
        "",
        "\0",
        "a\0b",
        "\u{10ffff}0",
        "\u{7f}\n",
        "\u{202e}x",
        "' OR 1=1 --",
        "../../app.toml",
        "bob",
        "%",
    ]
    .map(Value::from)
    .into()
}

/// All that differs from a request in one value.
fn lies(request: &Value) -> Vec<Value> {
    let mut all = vec![request.clone()];
    match request {
        Value::Number(_) => all = numbers(),
        Value::String(_) => all.extend(texts()),
        Value::Array(list) => {
            all.extend([json!([]), Value::from([&list[..], &list[..]].concat())]);
            for (at, value) in list.iter().enumerate() {
                all.extend(lies(value).into_iter().map(|lie| {
                    let mut list = list.clone();
                    list[at] = lie;
                    list.into()
                }));
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                all.extend(lies(value).into_iter().map(|lie| {
                    let mut map = map.clone();
                    map.insert(key.clone(), lie);
                    map.into()
                }));
            }
        }
        Value::Bool(said) => all = vec![(!said).into()],
        Value::Null => all.push(json!(u64::MAX)),
    }
    all
}

fn key(name: &str) -> Vec<String> {
    vec![name.into()]
}

fn to_groups() -> Vec<Request> {
    use group::Request as Ask;

    let id = || "g".to_owned();
    let field = || GroupInfoCustomString { key: "f".into(), value: "v".into() };
    let pendency = GroupPendency {
        group_id: id(),
        from_identifier: "carol".into(),
        to_identifier: "bob".into(),
        ..GroupPendency::default()
    };
    let change = |modify_flag| {
        Ask::ModifyInfo(Box::new(GroupModifyInfoParam {
            group_id: id(),
            modify_flag,
            group_name: "name".into(),
            owner: "mallory".into(),
            custom_info: vec![field()],
            ..GroupModifyInfoParam::default()
        }))
    };
    let change_member = |modify_flag| {
        let of_member = GroupMemberInfoCustomString { key: "f".into(), value: "v".into() };
        Ask::ModifyMember(Box::new(GroupModifyMemberInfoParam {
            group_id: id(),
            identifier: "mallory".into(),
            modify_flag,
            name_card: "card".into(),
            custom_info: vec![of_member],
            ..GroupModifyMemberInfoParam::default()
        }))
    };
    let create = CreateGroupParam {
        group_name: "made".into(),
        group_member_array: vec![GroupMemberInfo {
            identifier: "bob".into(),
            ..Default::default()
        }],
        custom_info: vec![field()],
        ..CreateGroupParam::default()
    };
    let members = GroupGetMemberInfoListParam {
        group_id: id(),
        identifier_array: key("bob"),
        ..Default::default()
    };
    let all = GroupGetMemberInfoListParam { group_id: id(), ..Default::default() };
    let list = [
        Ask::Join { group: "open".into(), hello: "hello".into() },
        Ask::Create(Box::new(create)),
        Ask::Invite(GroupInviteMemberParam {
            group_id: id(),
            identifier_array: key("carol"),
            user_data: "data".into(),
        }),
        Ask::Joined,
        Ask::JoinedWithoutTips,
        Ask::Infos(key("g")),
        change(1),
        change(2 | 4 | 8 | 16 | 32),
        change(64 | 128 | 512),
        Ask::Members(members),
        Ask::Members(all),
        change_member(1),
        change_member(8),
        change_member(16),
        change_member(32),
        Ask::Pendencies(GroupPendencyOption::default()),
        Ask::PendencyRead { time: 1 },
        Ask::HandlePendency(Box::new(GroupHandlePendencyParam {
            is_accept: false,
            handle_msg: "no".into(),
            pendency,
        })),
        Ask::Got(vec![(1, 1)]),
        Ask::Heads,
        Ask::Pull { group: 1, after: 0 },
        Ask::LeaveLive,
        Ask::Remove(GroupDeleteMemberParam {
            group_id: id(),
            identifier_array: key("carol"),
            user_data: "data".into(),
            duration: 1,
        }),
        Ask::Quit { group: "open".into() },
        Ask::Delete { group: "made".into() },
    ];
    list.map(Request::Group).into()
}

fn to_friends() -> Vec<Request> {
    use friendship::Request as Ask;

    let bob = || key("bob");
    let field = FriendProfileCustomStringInfo { key: "f".into(), value: "v".into() };
    let item = FriendProfileItem {
        remark: Some("remark".into()),
        group_name_array: Some(key("friends")),
        custom_string_array: Some(vec![field]),
        ..FriendProfileItem::default()
    };
    let list = [
        Ask::Add(Box::new(FriendshipAddFriendParam {
            identifier: "bob".into(),
            friend_type: 1,
            remark: "remark".into(),
            group_name: "friends".into(),
            add_source: "AddSource_Type_x".into(),
            add_wording: "hello".into(),
        })),
        Ask::Respond(FriendResponse {
            identifier: "carol".into(),
            action: Some(1),
            remark: "remark".into(),
            group_name: "friends".into(),
        }),
        Ask::Modify(Box::new(FriendshipModifyFriendProfileParam {
            identifier: "bob".into(),
            item,
        })),
        Ask::CreateGroups(CreateFriendGroupParam {
            name_array: key("more"),
            identifier_array: bob(),
        }),
        Ask::ModifyGroup(FriendshipModifyFriendGroupParam {
            name: "more".into(),
            new_name: "most".into(),
            delete_identifier_array: key("carol"),
            add_identifier_array: bob(),
        }),
        Ask::Groups { names: key("friends") },
        Ask::Groups { names: Vec::new() },
        Ask::Check(FriendshipCheckFriendTypeParam { check_type: 1, identifier_array: bob() }),
        Ask::Block { users: key("carol") },
        Ask::Blocked { after: 0 },
        Ask::Unblock { users: key("carol") },
        Ask::Pendencies(FriendshipGetPendencyListParam::default()),
        Ask::DeletePendencies(FriendshipDeletePendencyParam { kind: 0, identifier_array: bob() }),
        Ask::ReadPendencies { time: 1 },
        Ask::Friends { after: 0 },
        Ask::DeleteGroups { names: key("more") },
        Ask::Delete(FriendshipDeleteFriendParam { friend_type: 1, identifier_array: bob() }),
    ];
    list.map(Request::Friendship).into()
}

fn others() -> Vec<Request> {
    let (c2c, group) = (|| Conv::c2c("bob"), || Conv::group("g"));
    let order = || MessageRef::Order(1);
    let named = MessageRef::Key { sender: "bob".into(), client_time: 1_600_000_000, rand: 1 };
    let mut all = vec![
        Request::Send(outgoing(c2c(), "text", 7)),
        Request::Send(outgoing(group(), "text", 8)),
        Request::RecentConvs,
        Request::RecentConvsWithoutTips,
        Request::Passed { cursor: 1 },
        Request::Pull { after: 0, own: true },
        Request::File(file::Request::Upload { id: "ab".repeat(32), size: 7 }),
        Request::File(file::Request::Download { id: "ab".repeat(32) }),
        Request::Service,
    ];
    for conv in [c2c(), group()] {
        let conv = || conv.clone();
        all.extend([
            Request::History { conv: conv(), before: Some(3), count: 2 },
            Request::Unread { conv: conv(), before: 9, after: 1, without_tips: true },
            Request::Message(Edit::Delete { conv: conv(), messages: vec![order(), named.clone()] }),
            Request::Message(Edit::Revoke { conv: conv(), message: order() }),
            Request::ReportRead { conv: conv(), time: Some(1), upto: Some(1) },
            Request::DeleteConv { conv: conv(), upto: Some(1) },
        ]);
    }
    let field = UserProfileCustomStringInfo { key: "f".into(), value: "v".into() };
    let item = UserProfileItem {
        nick_name: Some("nick".into()),
        gender: Some(1),
        face_url: Some("url".into()),
        self_signature: Some("words".into()),
        add_permission: Some(1),
        language: Some(1),
        birthday: Some(1),
        level: Some(1),
        role: Some(1),
        custom_string_array: Some(vec![field]),
        ..UserProfileItem::default()
    };
    let profiles = [
        Profiles::Modify(Box::new(item)),
        Profiles::Get { users: key("bob") },
        Profiles::Cards { users: key("mallory") },
    ];
    all.extend(profiles.map(Request::Profile));
    all
}

/// What is done again before each lie, so that it could succeed.
fn before(request: &Request) -> Vec<(By, Request)> {
    use friendship::Request as Friends;
    use group::Request as Groups;

    let groups = |names: Vec<String>| {
        let all = [texts().iter().map(|it| it.as_str().unwrap().to_owned()).collect(), key("most")];
        let delete = Friends::DeleteGroups { names: [all.concat(), key("more")].concat() };
        let param = CreateFriendGroupParam { name_array: names, identifier_array: Vec::new() };
        [delete, Friends::CreateGroups(param)]
            .map(|it| (By::Mallory, Request::Friendship(it)))
            .into()
    };
    match request {
        Request::Friendship(Friends::CreateGroups(_)) => groups(key("other")),
        Request::Friendship(Friends::ModifyGroup(_) | Friends::DeleteGroups { .. }) => {
            groups(key("more"))
        }
        Request::Friendship(Friends::Modify(_) | Friends::Delete(_)) => {
            let param = FriendshipAddFriendParam {
                identifier: "bob".into(),
                friend_type: 1,
                ..FriendshipAddFriendParam::default()
            };
            vec![(By::Mallory, Request::Friendship(Friends::Add(Box::new(param))))]
        }
        Request::Friendship(Friends::Respond(_)) => {
            let delete =
                FriendshipDeleteFriendParam { friend_type: 2, identifier_array: key("mallory") };
            let add = FriendshipAddFriendParam {
                identifier: "mallory".into(),
                friend_type: 2,
                ..FriendshipAddFriendParam::default()
            };
            [Friends::Delete(delete), Friends::Add(Box::new(add))]
                .map(|it| (By::Carol, Request::Friendship(it)))
                .into()
        }
        Request::Group(Groups::HandlePendency(_) | Groups::Invite(_)) => vec![
            (By::Carol, Request::Group(Groups::Quit { group: "g".into() })),
            (By::Carol, Request::Group(join("g"))),
        ],
        Request::Group(Groups::Quit { .. }) => vec![(By::Mallory, Request::Group(join("open")))],
        Request::Group(Groups::Delete { .. }) => {
            let param = CreateGroupParam {
                group_id: "made".into(),
                group_name: "made".into(),
                ..CreateGroupParam::default()
            };
            vec![(By::Mallory, Request::Group(Groups::Create(Box::new(param))))]
        }
        Request::Message(_) => (0..3)
            .map(|at| (By::Mallory, Request::Send(outgoing(Conv::c2c("bob"), "text", 100 + at))))
            .collect(),
        _ => Vec::new(),
    }
}

/// Who does something.
#[derive(Clone, Copy)]
enum By {
    Carol,
    Mallory,
}

fn join(group: &str) -> group::Request {
    group::Request::Join { group: group.into(), hello: "me too".into() }
}

/// What two services need not have in common: the clock, and numbers that they draw.
fn plain(value: &mut Value, now: u64) {
    match value {
        Value::Number(number) => {
            let about = |at: u64| at.abs_diff(now) < 3600 || (at / 1000).abs_diff(now) < 3600;
            if number.as_u64().is_some_and(about) {
                *value = "now".into();
            }
        }
        Value::String(text) => {
            if text.starts_with("@TGS#2") {
                *text = "made".into();
            } else if let Ok(mut inner @ (Value::Object(_) | Value::Array(_))) =
                serde_json::from_str(text)
            {
                plain(&mut inner, now);
                *value = inner;
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| plain(value, now)),
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                match key.as_str() {
                    "session" | "origin" | "account" | "by" | "url" | "no" | "key"
                    | "group_pendency_key" | "Service" => *value = Value::Null,
                    _ => plain(value, now),
                }
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn told(answer: &Result<Response, imsdk_types::wire::frame::Failure>) -> Value {
    let mut told = serde_json::to_value(answer).unwrap();
    plain(&mut told, UNIX_EPOCH.elapsed().unwrap().as_secs());
    told
}

/// What both servers say.
fn both(clients: &mut [Client; 2], frame: impl Fn(u64) -> String, id: u64) -> [Value; 2] {
    for client in &mut *clients {
        client.say(&frame(id));
    }
    clients.each_mut().map(|client| told(&client.answer(id)))
}

#[test]
fn whatever_is_said_both_databases_answer_the_same_and_nobody_is_disturbed() {
    let cluster = Cluster::start(Disk::Unsafe);
    let worlds = [None, Some(cluster.url())].map(|database| {
        World::with(|config| {
            config.database = database;
            config.limits.rate = 0;
        })
    });
    let user = |user: &str| worlds.each_ref().map(|world| world.client(user, 1));
    let (mut bob, mut carol) = (user("bob"), user("carol"));
    let mut mallory = user("mallory");
    let ask = |clients: &mut [Client; 2], request: Request| {
        let [a, b] = clients.each_mut().map(|client| told(&client.ask(request.clone())));
        assert_eq!(a, b, "{request:?}");
        a
    };
    for (id, kind) in [("g", GroupType::Public), ("open", GroupType::AvChatRoom)] {
        let member = GroupMemberInfo { identifier: "bob".into(), ..Default::default() };
        let keeps = kind == GroupType::Public;
        let param = CreateGroupParam {
            group_id: id.into(),
            group_name: id.into(),
            group_type: kind.bits(),
            group_member_array: if keeps { vec![member] } else { Vec::new() },
            ..Default::default()
        };
        let by = if keeps { &mut mallory } else { &mut bob };
        ask(by, Request::Group(group::Request::Create(Box::new(param))));
    }
    for to in [Conv::c2c("mallory"), Conv::group("g")] {
        let rand = if to.id == "g" { 2 } else { 1 };
        ask(&mut bob, Request::Send(outgoing(to, "from bob", rand)));
    }
    ask(&mut carol, Request::Group(join("g")));
    let add = FriendshipAddFriendParam {
        identifier: "mallory".into(),
        friend_type: 2,
        ..Default::default()
    };
    ask(&mut carol, Request::Friendship(friendship::Request::Add(Box::new(add))));
    let requests: Vec<_> = [others(), to_groups(), to_friends()].concat();
    let mut id = 1_000;
    let mut wrong = Vec::new();
    for request in &requests {
        for lie in lies(&serde_json::to_value(request).unwrap()) {
            for (by, request) in before(request) {
                id += 1;
                let frame = |id| json!({ "Request": { "id": id, "request": request } }).to_string();
                let by = if matches!(by, By::Carol) { &mut carol } else { &mut mallory };
                let [sqlite, postgres] = both(by, frame, id);
                assert_eq!(sqlite, postgres, "{request:?} before {lie}");
            }
            id += 1;
            let frame = |id| json!({ "Request": { "id": id, "request": lie } }).to_string();
            let [sqlite, postgres] = both(&mut mallory, frame, id);
            let code = sqlite["Err"]["code"].as_i64();
            if sqlite != postgres || matches!(code, Some(6019 | 6022 | 7012)) {
                wrong.push(format!("{lie}\n  {sqlite}\n  {postgres}"));
            }
        }
    }
    let conv = || Conv::c2c("mallory");
    for clients in [&mut bob, &mut carol, &mut mallory] {
        for request in [
            Request::RecentConvs,
            Request::Pull { after: 0, own: true },
            Request::History { conv: conv(), before: None, count: 1000 },
            Request::History { conv: Conv::group("g"), before: None, count: 1000 },
            Request::Group(group::Request::Joined),
            Request::Friendship(friendship::Request::Friends { after: 0 }),
            Request::Friendship(friendship::Request::Groups { names: Vec::new() }),
            Request::Friendship(friendship::Request::Blocked { after: 0 }),
            Request::Profile(Profiles::Cards { users: key("mallory") }),
            Request::Send(outgoing(Conv::c2c("bob"), "there?", 99)),
        ] {
            id += 1;
            let frame = |id| json!({ "Request": { "id": id, "request": request } }).to_string();
            let [a, b] = both(clients, frame, id);
            if a != b || a["Ok"].is_null() {
                wrong.push(format!("{request:?}\n  {a}\n  {b}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn whoever_logs_in_with_a_lie_is_told_the_same_by_both() {
    let cluster = Cluster::start(Disk::Unsafe);
    let settings = AppSettings { any_signature: true, ..AppSettings::default() };
    let worlds = [None, Some(cluster.url())].map(|database| {
        World::with(|config| {
            config.database = database;
            config.apps[0].1 = settings.clone();
        })
    });
    let login = imsdk_types::wire::Login {
        user: "alice".into(),
        user_sig: "sig".into(),
        device: 1,
        platform: 6,
        cursor: Some(0),
        takes_pages: true,
    };
    let mut wrong = Vec::new();
    for lie in lies(&serde_json::to_value(Request::Login(login)).unwrap()) {
        let frame = |id| json!({ "Request": { "id": id, "request": lie } }).to_string();
        let mut clients = worlds.each_ref().map(World::connect);
        let [sqlite, postgres] = both(&mut clients, frame, 1);
        let code = sqlite["Err"]["code"].as_i64();
        if sqlite != postgres || matches!(code, Some(6019 | 7012)) {
            wrong.push(format!("{lie}\n  {sqlite}\n  {postgres}"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_connection_has_one_session_at_a_time() {
    let world = World::new();
    let mut carol = world.client("carol", 3);
    let mut first = world.client("alice", 1);
    for (user, device) in [("alice", 1), ("alice", 2), ("bob", 3)] {
        assert_eq!(first.login(&world.sig(user), user, device).unwrap_err().code, 6017);
    }
    first.send(Conv::c2c("alice"), "still here").unwrap();
    assert!(!first.pull(0).kicked);
    assert_eq!(carol.send(Conv::c2c("bob"), "there?").unwrap_err().code, 20003);
    // One after the other: nothing of the first is told to the second.
    first.ask(Request::Logout { cursor: 0 }).unwrap();
    first.login(&world.sig("bob"), "bob", 3).unwrap();
    first.settle();
    carol.send(Conv::c2c("alice"), "for alice").unwrap();
    carol.send(Conv::c2c("bob"), "for bob").unwrap();
    assert!(first.hint().account);
    assert_eq!(told_texts(&first.pull(0)), ["for bob"]);
    assert_eq!(first.take_told(), []);
}

#[test]
fn what_follows_on_a_bye_is_not_done() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    let send = |id: u64| {
        let request = Request::Send(outgoing(Conv::c2c("bob"), "after the end", id as u32));
        json!({ "Request": { "id": id, "request": request } }).to_string()
    };
    // All of it is there when the server reads the first: its number is not past the login's.
    (0..4).for_each(|at| alice.say(&send(1 + at * 10)));
    assert_eq!(alice.bye(), 6017);
    assert_eq!(told_texts(&bob.pull(0)), [""; 0]);
}

#[test]
fn what_is_no_text_and_what_nobody_asked_for_disturbs_nothing() {
    let world = World::new();
    let mut client = world.client("alice", 1);
    client.say(r#"{"Answer":{"id":7,"answer":{"Ok":"Done"}}}"#);
    client
        .say(r#"{"Request":{"id":8,"request":"Service"},"Request":{"id":9,"request":"Service"}}"#);
    for (id, request) in [
        (20, r#"{"Pull":{"after":1,"after":2,"own":false}}"#),
        (21, r#"{"Pull":{"after":1e30,"own":false}}"#),
        (22, r#"{"Pull":{"after":1,"own":false},"Passed":{"cursor":1}}"#),
    ] {
        client.say(&format!(r#"{{"Request":{{"id":{id},"request":{request}}}}}"#));
        assert_eq!(client.answer(id).unwrap_err().code, 6017, "{request}");
    }
    client.say(r#"{"Request":{"id":24,"request":"RecentConvs"}}"#);
    client.answer(24).unwrap();
    // Two bytes that are no UTF-8, and half of a character.
    client.socket.get_mut().write_all(&[0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28]).unwrap();
    assert_eq!(client.end().1, Some(CloseCode::Invalid));
    let mut client = world.client("alice", 1);
    client.say(r#"{"Request":{"id":20,"request":{"Group":{"Quit":{"group":"\ud800"}}}}}"#);
    assert_eq!(client.end().1, Some(CloseCode::Invalid));
}
