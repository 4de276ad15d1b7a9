//! Clients that break the rules: refused with the documented code, and nobody else is disturbed.

mod support;

use std::io::{Read, Write};
use std::time::Duration;

use imsdk_server::{AppSettings, Limits};
use imsdk_service::usersig;
use imsdk_types::wire::frame::{ServerFrame, socket_path};
use imsdk_types::wire::group::{Request as GroupRequest, Response as GroupResponse};
use imsdk_types::wire::{Conv, Request, Response};
use imsdk_types::{CreateGroupParam, GroupDeleteMemberParam, GroupModifyInfoParam};
use support::{APP, Client, SOON, World, http, outgoing, texts};
use tungstenite::Message;
use tungstenite::protocol::frame::coding::CloseCode;

/// Somebody else is served as ever.
fn undisturbed(world: &World) {
    let mut carol = world.client("carol", 77);
    carol.send(Conv::c2c("carol"), "note").unwrap();
    let Ok(Response::Page(page)) = carol.ask(Request::Pull { after: 0, own: true }) else {
        panic!("no page")
    };
    assert!(texts(&page).contains(&"note".to_owned()));
}

fn now() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()
}

#[test]
fn nothing_is_answered_before_a_login() {
    let world = World::new();
    let mut client = world.connect();
    for request in [
        Request::RecentConvs,
        Request::Pull { after: 0, own: true },
        Request::Send(outgoing(Conv::c2c("alice"), "hello", 1)),
        Request::Logout { cursor: 0 },
    ] {
        assert_eq!(client.code(request), 6014);
    }
    assert!(client.login(&world.sig("alice"), "alice", 1).is_ok(), "it is let in nevertheless");
    let mut client = world.connect();
    for _ in 0..5 {
        client.submit(Request::RecentConvs);
    }
    assert_eq!(client.bye(), 70050, "who asks in vain again and again is sent away");
    undisturbed(&world);
}

#[test]
fn a_session_ends_with_its_signature() {
    let world = World::new();
    let mut client = world.connect();
    let sig = world.server.usersig(APP, "alice", 2).unwrap();
    client.login(&sig, "alice", 1).unwrap();
    client.send(Conv::c2c("alice"), "note").unwrap();
    assert_eq!(client.bye(), 70001);
    assert_eq!(world.connect().login(&sig, "alice", 1).unwrap_err().code, 70001);
    undisturbed(&world);
}

#[test]
fn a_login_comes_in_time() {
    let world = World::with(|config| config.limits.login = Duration::from_millis(50));
    let mut client = world.connect();
    assert_eq!(client.bye(), 6014);
    // One that talks but does not log in is no better off.
    let mut client = world.connect();
    client.ask(Request::Service).unwrap();
    assert_eq!(client.bye(), 6014);
}

#[test]
fn signatures_are_good_for_whom_and_what_they_were_made() {
    const OTHER: u64 = APP + 1;
    let world = World::with(|config| {
        config.apps.push((OTHER, AppSettings::with_random_key().unwrap()));
    });
    let (good, other) = (world.sig("alice"), world.server.usersig(OTHER, "alice", 60).unwrap());
    let key = world.server.apps()[0].1.keys[0].clone();
    let expired = usersig::sign(&key, APP, "alice", now() - 100, 50, None);
    let forged = usersig::sign("a guess", APP, "alice", now(), 3600, None);
    for (sig, user, code) in [
        (good.as_str(), "bob", 70013),
        (&good[..good.len() - 10], "alice", 70003),
        (&good[1..], "alice", 70003),
        ("", "alice", 70002),
        ("nonsense", "alice", 70003),
        (&forged, "alice", 70009),
        (&expired, "alice", 70001),
        (&other, "alice", 70014),
    ] {
        let refused = world.connect().login(sig, user, 1).unwrap_err();
        assert_eq!(refused.code, code, "{sig}");
    }
    // Replayed at another application of the same server.
    let mut there = Client::connect(world.server.addr(), OTHER);
    assert_eq!(there.login(&good, "alice", 1).unwrap_err().code, 70014);
    there.login(&other, "alice", 1).unwrap();
    // Replayed at the same one it is the same user again, on the same device: the older session ends.
    let mut first = world.client("alice", 1);
    world.connect().login(&good, "alice", 1).unwrap();
    assert!(first.pull(0).kicked);
    // And an account of one application is none of the other.
    let mut alice = Client::connect(world.server.addr(), OTHER);
    alice.login(&other, "alice", 1).unwrap();
    world.client("bob", 2);
    assert_ne!(alice.send(Conv::c2c("bob"), "hello").err().map(|it| it.code), None);
}

#[test]
fn what_is_of_others_stays_with_them() {
    let world = World::new();
    let (mut alice, mut mallory) = (world.client("alice", 1), world.client("mallory", 9));
    world.client("bob", 2);
    alice.send(Conv::c2c("bob"), "secret").unwrap();
    let param = CreateGroupParam { group_name: "ours".into(), ..CreateGroupParam::default() };
    let created = alice.ask(Request::Group(GroupRequest::Create(Box::new(param)))).unwrap();
    let Response::Group(GroupResponse::Created(group)) = created else { panic!("{created:?}") };
    alice.send(Conv::group(&group), "secret").unwrap();
    let history = |conv| Request::History { conv, before: None, count: 20 };
    match mallory.ask(history(Conv::c2c("alice"))) {
        Ok(Response::History { messages, .. }) => assert!(messages.is_empty()),
        other => panic!("{other:?}"),
    }
    match mallory.ask(history(Conv::group(&group))) {
        Ok(Response::History { messages, .. }) => assert!(messages.is_empty()),
        other => assert!(other.is_err(), "{other:?}"),
    }
    assert_eq!(mallory.code(Request::Send(outgoing(Conv::group(&group), "me too", 1))), 10007);
    for no in 0..20 {
        let pull = Request::Group(GroupRequest::Pull { group: no, after: 0 });
        assert!(mallory.ask(pull).is_err(), "group {no}");
    }
    let delete = GroupRequest::Delete { group: group.clone() };
    let kick = GroupRequest::Remove(GroupDeleteMemberParam {
        group_id: group.clone(),
        identifier_array: vec!["alice".into()],
        ..GroupDeleteMemberParam::default()
    });
    let rename = GroupRequest::ModifyInfo(Box::new(GroupModifyInfoParam {
        group_id: group.clone(),
        modify_flag: 1,
        group_name: "mine".into(),
        ..GroupModifyInfoParam::default()
    }));
    for request in [delete, kick, rename] {
        assert_eq!(mallory.code(Request::Group(request)), 10007);
    }
    // Places it makes up.
    assert!(mallory.ask(Request::Pull { after: u64::MAX - 1, own: true }).is_ok());
    mallory.ask(Request::Passed { cursor: u64::MAX }).unwrap();
    mallory.ask(Request::Group(GroupRequest::Got(vec![(1, u64::MAX), (99, 1)]))).unwrap();
    alice.send(Conv::c2c("mallory"), "still comes").unwrap();
    assert!(texts(&mallory.pull(0)).contains(&"still comes".to_owned()));
    undisturbed(&world);
}

#[test]
fn a_frame_that_is_too_long_ends_the_connection_before_it_is_taken() {
    let world = World::new();
    let mut client = world.client("alice", 1);
    let max = client.welcome.max_frame;
    // The header of a text frame of one GiB, masked.
    let mut header = vec![0x81, 0xff];
    header.extend((1_u64 << 30).to_be_bytes());
    header.extend([1, 2, 3, 4]);
    client.socket.get_mut().write_all(&header).unwrap();
    assert_eq!(client.end().1, Some(CloseCode::Size));
    let mut client = world.client("alice", 1);
    let mut stream = client.socket.get_ref().try_clone().unwrap();
    let long = "x".repeat(max as usize + 1);
    let sent = client.socket.send(Message::text(long));
    if sent.is_ok() {
        assert_eq!(client.end().1, Some(CloseCode::Size));
    } else {
        let _ = stream.read(&mut [0; 16]);
    }
    undisturbed(&world);
}

#[test]
fn a_long_frame_is_taken_from_a_session_alone() {
    let world = World::new();
    let mut client = world.connect();
    let pad = "x".repeat(20_000);
    let frame = |id| format!(r#"{{"Request":{{"id":{id},"request":"Service","pad":"{pad}"}}}}"#);
    client.say(&frame(1));
    assert_eq!(client.end().1, Some(CloseCode::Size));
    let mut client = world.client("alice", 1);
    client.say(&frame(1_000));
    client.answer(1_000).unwrap();
    // Once it has no session any more, it is as it was before.
    client.say(r#"{"Request":{"id":1001,"request":{"Logout":{"cursor":0}}}}"#);
    client.answer(1_001).unwrap();
    client.say(&frame(1_002));
    assert_eq!(client.end().1, Some(CloseCode::Size));
}

#[test]
fn before_a_login_a_long_frame_ends_the_connection_before_it_is_taken() {
    let world = World::new();
    let header = |flags: u8, length: u16| {
        let [high, low] = length.to_be_bytes();
        [flags, 0xfe, high, low, 1, 2, 3, 4]
    };
    // The header of a text frame that a session may send; nothing of what it is said to hold ever comes.
    let mut client = world.connect();
    client.socket.get_mut().write_all(&header(0x81, 20_000)).unwrap();
    assert_eq!(client.end().1, Some(CloseCode::Size));
    // Two frames of a message that are together too long.
    let mut client = world.connect();
    client.socket.get_mut().write_all(&header(0x01, 10_000)).unwrap();
    client.socket.get_mut().write_all(&[b'x'; 10_000]).unwrap();
    client.socket.get_mut().write_all(&header(0x00, 10_000)).unwrap();
    assert_eq!(client.end().1, Some(CloseCode::Size));
    undisturbed(&world);
}

#[test]
fn requests_that_are_not_known_are_answered_and_frames_skipped() {
    let world = World::new();
    let mut client = world.client("alice", 1);
    client.say(r#"{"Tomorrow":{"id":3}}"#);
    client.say(r#"{"Request":{"id":10,"request":{"Tomorrow":{"a":1}}}}"#);
    assert_eq!(client.answer(10).unwrap_err().code, 7013);
    client.say(r#"{"Request":{"id":11,"request":{"Pull":{"after":"x"}}}}"#);
    assert_eq!(client.answer(11).unwrap_err().code, 6017);
    client.say(r#"{"Request":{"id":12,"request":"RecentConvs","new":true}}"#);
    assert!(client.answer(12).is_ok());
    client.say(r#"{"Request":{"id":12,"request":"RecentConvs"}}"#);
    assert_eq!(client.bye(), 6017, "ids rise");
    for id in ["-1", "0", "18446744073709551616", "1.5", "\"1\"", "null"] {
        let mut client = world.client("alice", 1);
        client.say(&format!(r#"{{"Request":{{"id":{id},"request":"RecentConvs"}}}}"#));
        assert_eq!(client.bye(), 6017, "{id}");
    }
    let mut client = world.client("alice", 1);
    client.say(r#"{"Request":{"request":"RecentConvs"}}"#);
    assert_eq!(client.bye(), 6017, "no id");
    let mut client = world.client("alice", 1);
    client.say(r#"{"Request":{"id":18446744073709551615}}"#);
    assert_eq!(client.answer(u64::MAX).unwrap_err().code, 6017, "no request");
    for (message, code) in [
        (Message::text("{"), CloseCode::Invalid),
        (Message::text("\u{feff}"), CloseCode::Invalid),
        (Message::binary(vec![1, 2]), CloseCode::Unsupported),
    ] {
        let mut client = world.client("alice", 1);
        client.socket.send(message).unwrap();
        assert_eq!(client.end().1, Some(code));
    }
    // Nested deeper than anybody reads.
    let mut client = world.client("alice", 1);
    let deep = "[".repeat(100_000);
    client.say(&format!(r#"{{"Request":{{"id":90,"request":{deep}"#));
    assert_eq!(client.end().1, Some(CloseCode::Invalid));
    undisturbed(&world);
}

#[test]
fn a_flood_is_answered_late_in_order_and_disturbs_nobody() {
    let world = World::with(|config| {
        config.limits = Limits { rate: 200, burst: 20, max_pending: 8, ..Limits::default() };
    });
    let mut mallory = world.client("mallory", 9);
    let began = std::time::Instant::now();
    let ids: Vec<u64> = (0..100).map(|_| mallory.submit(Request::RecentConvs)).collect();
    undisturbed(&world);
    for id in ids {
        mallory.answer(id).unwrap();
    }
    // 20 at once, 80 at 200 in a second: not before 400 ms, whatever the machine.
    assert!(began.elapsed() >= Duration::from_millis(350));
}

#[test]
fn long_requests_of_one_connection_are_not_done_all_at_once() {
    let world = World::with(|config| {
        config.metrics = Some(([127, 0, 0, 1], 0).into());
        config.limits.rate = 0;
    });
    let mut mallory = world.client("mallory", 9);
    // Units of work that were done.
    let units = || -> u32 {
        let figures = http::ask(world.server.metrics_addr().unwrap(), "GET", "/metrics", &[], &[]);
        let text = String::from_utf8(figures.body).unwrap();
        let count =
            |line: &str| line.strip_prefix("im_server_storage_seconds_count ")?.parse().ok();
        text.lines().find_map(count).unwrap()
    };
    let long = |n| Request::Send(outgoing(Conv::c2c("mallory"), &"x".repeat(11_000), n));
    let held = world.hold_writes();
    // The others collect while this one waits.
    let mut ids = vec![mallory.submit(long(0))];
    ids.extend((1..=60).map(|n| mallory.submit(long(n))));
    mallory.was_heard();
    let before = units();
    drop(held);
    for id in ids {
        mallory.answer(id).unwrap();
    }
    let units = units() - before;
    assert!(units > 60 / 4, "{units} units of work");
}

#[test]
fn who_reads_nothing_is_let_go_and_holds_up_nobody() {
    let world = World::with(|config| {
        config.limits.stall = Duration::from_millis(200);
        config.limits.rate = 0;
    });
    let mut alice = world.client("alice", 1);
    let mut mallory = world.client("mallory", 9);
    for n in 0..20 {
        alice.send(Conv::c2c("mallory"), &format!("{n}{}", "x".repeat(11_000))).unwrap();
    }
    // Asks for far more than the system takes for it, and reads none of it.
    let mut asked = 0;
    mallory.socket.get_ref().set_write_timeout(Some(Duration::from_millis(500))).unwrap();
    let history = r#"{"History":{"conv":{"kind":"C2c","id":"alice"},"before":null,"count":20}}"#;
    // What nobody reads fills the frames.
    let pad = "x".repeat(8_000);
    for id in 100..3_000 {
        let frame = format!(r#"{{"Request":{{"id":{id},"request":{history},"pad":"{pad}"}}}}"#);
        if mallory.socket.send(Message::text(frame)).is_err() {
            break;
        }
        asked += 1;
        if asked % 100 == 0 {
            alice.send(Conv::c2c("mallory"), "served meanwhile").unwrap();
        }
    }
    assert!(asked < 2_900, "the server stopped to listen to it");
    let gone = std::time::Instant::now() + SOON;
    while world.server.connections() > 1 && std::time::Instant::now() < gone {
        std::thread::yield_now();
    }
    assert_eq!(world.server.connections(), 1, "only alice is left");
    undisturbed(&world);
}

#[test]
fn a_long_answer_comes_in_small_frames() {
    const FRAME: u64 = 16 << 10;
    let world = World::new();
    let mut alice = world.client("alice", 1);
    for n in 0..20 {
        alice.send(Conv::c2c("alice"), &format!("{n}{}", "x".repeat(11_000))).unwrap();
    }
    let history = Request::History { conv: Conv::c2c("alice"), before: None, count: 20 };
    alice.was_heard();
    alice.submit(history);
    // As it comes over the network. What else is said is short.
    let stream = alice.socket.get_mut();
    let (mut longest, mut all) = (0, 0);
    while all < 20 * 11_000 {
        let mut header = [0; 2];
        stream.read_exact(&mut header).unwrap();
        let length = match header[1] {
            126 => {
                let mut length = [0; 2];
                stream.read_exact(&mut length).unwrap();
                u16::from_be_bytes(length).into()
            }
            127 => {
                let mut length = [0; 8];
                stream.read_exact(&mut length).unwrap();
                u64::from_be_bytes(length)
            }
            length => length.into(),
        };
        std::io::copy(&mut stream.take(length), &mut std::io::sink()).unwrap();
        (longest, all) = (longest.max(length), all + length);
    }
    assert_eq!(longest, FRAME);
}

#[test]
fn headers_that_come_too_slowly_or_are_too_many_end_it() {
    let world = World::new();
    let mut stream = http::connect(world.server.addr());
    let line = format!("GET {} HTTP/1.1\r\nHost: x\r\n", socket_path(APP));
    stream.write_all(line.as_bytes()).unwrap();
    let mut long = String::from("X-Long: ");
    long += &"y".repeat(64 << 10);
    let _ = stream.write_all(long.as_bytes());
    let mut reply = Vec::new();
    let _ = stream.read_to_end(&mut reply);
    assert!(reply.is_empty() || reply.starts_with(b"HTTP/1.1 431"), "{reply:?}");
    // One letter at a time, never an end.
    let mut slow = http::connect(world.server.addr());
    slow.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
    slow.write_all(line.as_bytes()).unwrap();
    let until = std::time::Instant::now() + SOON;
    let mut ended = false;
    while !ended && std::time::Instant::now() < until {
        let mut byte = [0];
        ended = slow.write_all(b"X").is_err()
            || match slow.read(&mut byte) {
                Ok(0) => true,
                Ok(_) => false,
                Err(error) => !matches!(
                    error.kind(),
                    std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                ),
            };
    }
    assert!(ended, "nobody waits for it for ever");
    undisturbed(&world);
}

#[test]
fn connections_beyond_the_limit_are_told_so_and_room_is_made_again() {
    let world = World::with(|config| config.limits.connections = 2);
    let addr = world.server.addr();
    let path = socket_path(APP);
    let first = world.connect();
    let _second = world.connect();
    assert_eq!(Client::try_connect(addr, &path, "imsdk.v1").err(), Some(503));
    let reply = http::ask(addr, "GET", "/", &[], &[]);
    assert_eq!((reply.status, reply.header("retry-after").is_some()), (503, true));
    drop(first);
    let until = std::time::Instant::now() + SOON;
    while Client::try_connect(addr, &path, "imsdk.v1").is_err() {
        assert!(std::time::Instant::now() < until, "no room was made");
    }
}

#[test]
fn a_silent_connection_ends_and_a_ping_keeps_it() {
    let world = World::with(|config| config.limits.heartbeat = Duration::from_millis(400));
    let mut silent = world.client("alice", 1);
    let mut alive = world.client("bob", 2);
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let pinging = std::thread::spawn(move || {
        while stopped.recv_timeout(Duration::from_millis(100)).is_err() {
            alive.socket.send(Message::Ping(Vec::new().into())).unwrap();
        }
        alive.ask(Request::RecentConvs).unwrap();
    });
    assert_eq!(silent.end().1, Some(CloseCode::Away));
    stop.send(()).unwrap();
    pinging.join().unwrap();
}

#[test]
fn who_goes_in_the_middle_of_a_login_leaves_nothing() {
    let world = World::with(|config| config.metrics = Some("127.0.0.1:0".parse().unwrap()));
    for n in 0..20 {
        let mut client = world.connect();
        client.submit(Request::Login(imsdk_types::wire::Login {
            user: format!("user{n}"),
            user_sig: world.sig(&format!("user{n}")),
            device: n,
            platform: 6,
            cursor: None,
            takes_pages: false,
        }));
    }
    let until = std::time::Instant::now() + SOON;
    while world.server.connections() > 0 {
        assert!(std::time::Instant::now() < until, "connections stay");
        std::thread::yield_now();
    }
    // What was asked is done before this is.
    world.client("alice", 1);
    let figures = http::ask(world.server.metrics_addr().unwrap(), "GET", "/metrics", &[], &[]);
    let figures = String::from_utf8(figures.body).unwrap();
    let sessions = figures.lines().find(|line| line.starts_with("im_server_sessions{")).unwrap();
    let count: u32 = sessions.rsplit(' ').next().unwrap().parse().unwrap();
    assert!(count <= 1, "{sessions}");
}

#[test]
fn a_login_of_who_has_gone_ends_no_session() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let held = world.hold_writes();
    let mut gone = world.connect();
    gone.submit(Request::Login(imsdk_types::wire::Login {
        user: "alice".into(),
        user_sig: world.sig("alice"),
        device: 2,
        platform: 6,
        cursor: None,
        takes_pages: false,
    }));
    gone.was_heard();
    drop(gone);
    let until = std::time::Instant::now() + SOON;
    while world.server.connections() > 1 {
        assert!(std::time::Instant::now() < until, "the connection stays");
        std::thread::yield_now();
    }
    drop(held);
    alice.send(Conv::c2c("alice"), "after it").unwrap();
    assert!(!alice.pull(0).kicked);
}

#[test]
fn nobody_without_a_session_gets_to_the_engine() {
    let world = World::new();
    let _held = world.hold_writes();
    let mut client = world.connect();
    assert_eq!(client.code(Request::Send(outgoing(Conv::c2c("alice"), "hello", 1))), 6014);
}

#[test]
fn a_drain_answers_what_was_asked() {
    let world = World::new();
    let mut alice = world.client("alice", 1);
    let held = world.hold_writes();
    let asked = alice.submit(Request::Send(outgoing(Conv::c2c("alice"), "hello", 1)));
    alice.was_heard();
    let (addr, path) = (world.server.addr(), socket_path(APP));
    let World { server, dir: _dir } = world;
    let down = std::thread::spawn(move || server.shutdown());
    // Then it goes down.
    let until = std::time::Instant::now() + SOON;
    while Client::try_connect(addr, &path, "imsdk.v1").is_ok() {
        assert!(std::time::Instant::now() < until, "it does not go down");
    }
    drop(held);
    alice.answer(asked).unwrap();
    assert_eq!(alice.bye(), 9508);
    down.join().unwrap();
}

#[test]
fn a_session_that_ignores_its_end_is_ended() {
    let world = World::new();
    let mut first = world.client("alice", 1);
    let mut second = world.client("alice", 2);
    second.send(Conv::c2c("alice"), "mine").unwrap();
    assert_eq!(first.send(Conv::c2c("bob"), "mine too").unwrap_err().code, 6208);
    assert_eq!(first.code(Request::RecentConvs), 6208);
    let Some(ServerFrame::Bye { failure, retry_after }) = first.end().0 else { panic!("no bye") };
    assert_eq!((failure.code, retry_after), (6208, None));
}
