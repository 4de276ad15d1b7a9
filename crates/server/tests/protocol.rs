//! The protocol as `docs/protocol.md` has it, with clients that keep to it.

mod support;

use imsdk_types::wire::frame::ServerFrame;
use imsdk_types::wire::group::{Request as GroupRequest, Response as GroupResponse};
use imsdk_types::wire::{Conv, Request, Response};
use imsdk_types::{CreateGroupParam, GroupInviteMemberParam, GroupType};
use support::{APP, Client, World, outgoing, texts};

fn group(client: &mut Client, kind: GroupType) -> String {
    let param = CreateGroupParam {
        group_name: "group".into(),
        group_type: kind.bits(),
        ..CreateGroupParam::default()
    };
    match client.ask(Request::Group(GroupRequest::Create(Box::new(param)))).unwrap() {
        Response::Group(GroupResponse::Created(id)) => id,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_client_learns_which_service_it_is_and_logs_in() {
    let world = World::new();
    let mut client = world.connect();
    assert!(client.welcome.heartbeat > 0 && client.welcome.max_frame > 1 << 20);
    let service = client.ask(Request::Service).unwrap();
    let granted = client.login(&world.sig("alice"), "alice", 1).unwrap();
    assert!(granted.expires_at.is_some() && !granted.resync);
    assert_eq!(world.connect().ask(Request::Service).unwrap(), service);
}

#[test]
fn what_one_sends_the_other_is_hinted_at_and_pulls() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    let mut second = world.connect();
    let login = imsdk_types::wire::Login {
        user: "alice".into(),
        user_sig: world.sig("alice"),
        device: 3,
        platform: 2,
        cursor: None,
        takes_pages: false,
    };
    second.login_as(login).unwrap();
    let accepted = alice.send(Conv::c2c("bob"), "hello").unwrap();
    assert_eq!(accepted.order, 1);
    assert!(bob.hint().account);
    let page = bob.pull(bob.granted.as_ref().unwrap().cursor);
    assert_eq!(texts(&page), ["hello"]);
    assert!(second.hint().account, "the sender's other device hears of it too");
    assert_eq!(texts(&second.pull(0)), ["hello"]);
    assert!(bob.send(Conv::c2c("alice"), "and you").is_ok());
    assert!(alice.hint().account, "and of its own message it was not told");
}

#[test]
fn requests_are_answered_in_their_order() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    world.client("bob", 2);
    let mut ids = Vec::new();
    for n in 0..200 {
        ids.push(alice.submit(Request::Send(outgoing(Conv::c2c("bob"), "text", n))));
        if n % 7 == 0 {
            ids.push(alice.submit(Request::History {
                conv: Conv::c2c("bob"),
                before: None,
                count: 1,
            }));
        }
    }
    let mut sent = 0;
    for id in ids {
        match alice.answer(id).unwrap() {
            Response::Accepted(accepted) => {
                sent += 1;
                assert_eq!(accepted.order, sent);
            }
            Response::History { messages, .. } => assert_eq!(messages[0].order, sent),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn members_are_hinted_at_a_group_from_the_moment_they_join() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    let id = group(&mut alice, GroupType::Private);
    let invite = GroupInviteMemberParam {
        group_id: id.clone(),
        identifier_array: vec!["bob".into()],
        ..GroupInviteMemberParam::default()
    };
    alice.ask(Request::Group(GroupRequest::Invite(invite))).unwrap();
    let mut groups = Vec::new();
    while groups.is_empty() {
        groups = bob.hint().groups;
    }
    let no = groups[0];
    bob.settle();
    alice.send(Conv::group(&id), "first").unwrap();
    assert_eq!(bob.hint().groups, [no]);
    let pull = Request::Group(GroupRequest::Pull { group: no, after: 0 });
    let Response::Group(GroupResponse::Page(page)) = bob.ask(pull.clone()).unwrap() else {
        panic!("no page")
    };
    assert!(page.rows.iter().any(|row| row.body.contains("first")));
    bob.ask(Request::Group(GroupRequest::Quit { group: id.clone() })).unwrap();
    bob.settle();
    alice.send(Conv::group(&id), "second").unwrap();
    alice.send(Conv::c2c("bob"), "are you there?").unwrap();
    // Of the group nothing more came: the hint is of the account alone.
    let hint = bob.hint();
    assert!(hint.account && hint.groups.is_empty(), "{hint:?}");
}

#[test]
fn online_messages_come_to_those_who_are_there() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    let mut message = outgoing(Conv::c2c("bob"), "typing", 1);
    message.online_only = true;
    alice.ask(Request::Send(message)).unwrap();
    let ServerFrame::Online(told) = bob.told() else { panic!("no message") };
    assert_eq!((told.sender.as_str(), told.order), ("alice", 0));
    let id = group(&mut alice, GroupType::ChatRoom);
    bob.ask(Request::Group(GroupRequest::Join { group: id.clone(), hello: String::new() }))
        .unwrap();
    let mut message = outgoing(Conv::group(&id), "all", 2);
    message.online_only = true;
    alice.ask(Request::Send(message)).unwrap();
    loop {
        if let ServerFrame::Online(told) = bob.told() {
            assert_eq!(told.conv, Conv::group(&id));
            break;
        }
    }
}

#[test]
fn a_session_goes_on_where_the_device_stands() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    alice.send(Conv::c2c("bob"), "one").unwrap();
    let page = bob.pull(0);
    drop(bob);
    alice.send(Conv::c2c("bob"), "two").unwrap();
    let mut bob = world.connect();
    let login = imsdk_types::wire::Login {
        user: "bob".into(),
        user_sig: world.sig("bob"),
        device: 2,
        platform: 6,
        cursor: Some(page.cursor),
        takes_pages: false,
    };
    let granted = bob.login_as(login).unwrap();
    assert_eq!(granted.cursor, page.cursor);
    assert_eq!(texts(&bob.pull(granted.cursor)), ["two"]);
}

#[test]
fn a_server_that_comes_back_has_everything() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    world.client("bob", 2);
    let service = alice.ask(Request::Service).unwrap();
    alice.send(Conv::c2c("bob"), "kept").unwrap();
    let World { server, dir } = world;
    let sig = server.usersig(APP, "bob", 60).unwrap();
    server.shutdown();
    let server = imsdk_server::Server::start(imsdk_server::Config::local(dir.path())).unwrap();
    let mut bob = Client::connect(server.addr(), APP);
    assert_eq!(bob.ask(Request::Service).unwrap(), service);
    bob.login(&sig, "bob", 2).unwrap();
    assert_eq!(texts(&bob.pull(0)), ["kept"]);
}

#[test]
fn a_store_that_fails_under_one_request_does_the_others() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    let file = world.dir.path().join(APP.to_string()).join("service.db");
    rusqlite::Connection::open(file).unwrap().execute_batch("DROP TABLE profile").unwrap();
    let profile = || {
        let item = imsdk_types::UserProfileItem {
            nick_name: Some("Alice".into()),
            ..imsdk_types::UserProfileItem::default()
        };
        Request::Profile(imsdk_types::wire::profile::Request::Modify(Box::new(item)))
    };
    let ids: Vec<_> = (0..60)
        .map(|n| match n % 3 {
            1 => alice.submit(profile()),
            _ => alice.submit(Request::Send(outgoing(Conv::c2c("bob"), "text", n))),
        })
        .collect();
    let mut order = 0;
    for (n, id) in ids.into_iter().enumerate() {
        match alice.answer(id) {
            Ok(Response::Accepted(accepted)) => {
                order += 1;
                assert_eq!(accepted.order, order);
            }
            Err(failure) => assert_eq!((n % 3, failure.code), (1, 6019)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(order, 40);
    assert_eq!(texts(&bob.pull(0)).len(), 40, "each once");
}

#[test]
fn a_drain_says_when_to_come_back() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let mut nobody = world.connect();
    let World { server, dir: _dir } = world;
    let (told, close) = std::thread::scope(|scope| {
        let told = scope.spawn(move || alice.end());
        scope.spawn(move || nobody.bye());
        server.shutdown();
        told.join().unwrap()
    });
    let Some(ServerFrame::Bye { retry_after, failure }) = told else { panic!("{told:?}") };
    assert!(retry_after.is_some_and(|after| after < 5_000));
    assert_eq!(failure.code, 9508);
    assert!(close.is_some());
}

#[test]
fn another_login_ends_a_session() {
    let world = World::new();
    let mut first = world.client("alice", 1);
    let _second = world.client("alice", 2);
    assert!(first.hint().account);
    let conv = Conv::c2c("alice");
    assert_eq!(first.send(conv, "still here?").unwrap_err().code, 6208);
    assert!(first.pull(0).kicked);
}

#[test]
fn a_logout_ends_the_session_and_not_the_others() {
    let world = World::new();
    let (mut alice, mut bob) = (world.client("alice", 1), world.client("bob", 2));
    assert_eq!(bob.ask(Request::Logout { cursor: 0 }), Ok(Response::Done));
    assert_eq!(bob.code(Request::RecentConvs), 6014);
    alice.send(Conv::c2c("bob"), "later").unwrap();
    bob.login(&world.sig("bob"), "bob", 2).unwrap();
    assert_eq!(texts(&bob.pull(0)), ["later"]);
}

#[test]
fn versions_and_applications_are_told_apart() {
    let world = World::new();
    let addr = world.server.addr();
    let tried = |path: &str, protocols| Client::try_connect(addr, path, protocols).err();
    let socket = imsdk_types::wire::frame::socket_path(APP);
    assert_eq!(tried(&socket, "imsdk.v9, imsdk.v1"), None);
    assert_eq!(tried(&socket, "imsdk.v9"), Some(400));
    assert_eq!(tried("/apps/1400000001/socket", "imsdk.v1"), Some(404));
    assert_eq!(tried("/apps/me/socket", "imsdk.v1"), Some(404));
    assert_eq!(tried("/", "imsdk.v1"), Some(404));
}
