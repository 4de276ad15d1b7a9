//! What is refused, and leaves no trace.

use std::sync::mpsc;

use imsdk_client::config::Platform;
use imsdk_testkit::{PATIENCE, World, text_message as text};
use imsdk_types::{
    DownloadElemParam, Elem, Error, GroupType, Message, MsgBatchSendResult, TextElem, json,
};

/// The code of a send that must fail.
fn refused(answer: (Message, Option<Error>)) -> i32 {
    answer.1.expect("a refusal").code
}

#[test]
fn elem_4_a_text_has_content() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let empty = Elem::Text(TextElem::default());
    let only = Message { elem_array: vec![empty.clone()], ..Message::default() };
    assert_eq!(refused(alice.try_send("bob", only)), 6017);
    let mut beside = text("x");
    beside.elem_array.push(empty);
    assert_eq!(refused(alice.try_send("bob", beside)), 6017);
    bob.sync();
    assert!(bob.events().messages().is_empty());
}

// SEND-4, SEND-7: it says that it has failed, and may be sent again.
#[test]
fn what_was_refused_early_has_failed() {
    const FAILED: u32 = 3;
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let unknown = r#"{"message_elem_array":[{"elem_type":77}]}"#;
    for message in [
        Message { target_group_member_array: vec!["bob".into()], ..text("x") },
        json::parse(unknown.as_bytes()).unwrap(),
        text(&"x".repeat(2 << 20)),
    ] {
        let (refused, error) = alice.try_send("bob", message);
        assert_eq!(refused.status, FAILED, "{error:?}");
    }
    alice.logout();
    let (late, error) = alice.try_send("bob", text("late"));
    assert_eq!((error.unwrap().code, late.status), (6014, FAILED));
    let (results, error) = alice.send_batch(&["bob", "carol"], late.clone());
    assert_eq!(error.unwrap().code, 6014);
    assert!(results.iter().all(|result| result.msg.status == FAILED));
    assert_ne!(results[0].msg.rand, results[1].msg.rand);
    alice.login_with("alice", "sig").unwrap();
    let (sent, error) = alice.try_send("bob", late.clone());
    assert_eq!((error, sent.rand), (None, late.rand));
    bob.events().wait_message("late");
    let (again, error) = alice.try_send("bob", sent);
    assert_eq!((error.unwrap().code, again.status), (6017, 2), "that one was sent");
    alice.logout();
    let (again, error) = alice.try_send("bob", again);
    assert_eq!((error.unwrap().code, again.status), (6014, 2), "and still is");
    alice.login_with("alice", "sig").unwrap();
    assert_eq!(alice.try_send("bob", again).1.unwrap().code, 6017);
}

// CALL-10: what is lost in reading is not sent without it.
#[test]
fn data_of_a_program_are_text() {
    let world = World::new();
    let (alice, bob) = (world.alice(), world.bob());
    let custom = |data: &str| -> Message {
        let elem = format!(r#"{{"custom_elem_data":{data},"elem_type":3,"custom_elem_desc":"d"}}"#);
        json::parse(format!(r#"{{"message_elem_array":[{elem}]}}"#).as_bytes()).unwrap()
    };
    for data in ["5", "{}", r#"{"a":[1]}"#, "[]", r#"["a"]"#, "true", "1.5", "-1"] {
        let message = custom(data);
        let (_, error) = alice.try_send("bob", message.clone());
        let error = error.expect(data);
        assert!(error.code == 6017 && error.desc.contains("custom_elem_data"), "{data}: {error:?}");
        let (results, _) = alice.send_batch(&["bob"], message.clone());
        assert_eq!(results[0].code, 6017, "{data}");
        assert_eq!(alice.save("bob", message.clone()).unwrap_err().code, 6017, "{data}");
        assert_eq!(alice.import("bob", vec![message]).unwrap_err().code, 6017, "{data}");
    }
    assert!(alice.history("bob", 10).is_empty());
    for data in [r#""""#, "null", r#""{}""#] {
        assert_eq!(alice.try_send("bob", custom(data)).1, None, "{data}");
    }
    bob.events().wait_messages(3);
}

#[test]
fn a_priority_is_one_of_the_four() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    alice.create_group("g", GroupType::Public);
    for priority in [4, 99, u32::MAX] {
        let message = Message { priority, ..text("x") };
        assert_eq!(refused(alice.try_send("bob", message.clone())), 6017, "{priority}");
        let (_, error) = alice.submit_to_group("g", message).wait();
        assert_eq!(error.map(|error| error.code), Some(6017), "{priority}");
    }
    for priority in 0..4 {
        let (sent, error) = alice.try_send("bob", Message { priority, ..text("x") });
        assert_eq!((sent.priority, error), (priority, None));
    }
}

#[test]
fn a_download_is_of_a_known_type_and_of_something() {
    let world = World::new();
    let alice = world.alice();
    for (kind, url, code, told) in [
        (99, "x", 6017, "msg_download_elem_param_type"),
        (1, "", 6009, "msg_download_elem_param_url"),
        (1, "x", 6009, "msg_download_elem_param_url"),
    ] {
        let param = DownloadElemParam { kind, url: url.into(), ..DownloadElemParam::default() };
        let path = world.data_dir().join("x").display().to_string();
        let done = alice.call(|client, reply| {
            client.download(param, path, Box::new(|_| {}), reply);
        });
        let error = done.unwrap_err();
        assert!(error.code == code && error.desc.contains(told), "{error:?}");
    }
}

#[test]
fn del_4_how_many_at_once_is_a_matter_of_the_generation() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let sent: Vec<_> = (0..51).map(|n| alice.send("bob", &n.to_string())).collect();
    let code = |count: usize| alice.delete_list("bob", &sent[..count]).err().map(|it| it.code);
    assert_eq!(code(31), Some(6017));
    assert_eq!(alice.history("bob", 100).len(), 51);
    assert_eq!(code(30), None);
    alice.client().knows_generation(8);
    assert_eq!(code(51), Some(6017));
    assert_eq!(code(50), None);
    assert_eq!(alice.history("bob", 100).len(), 1);
}

#[test]
fn what_is_too_large_is_not_kept() {
    let world = World::new();
    let (alice, _bob) = (world.alice(), world.bob());
    let large = text(&"x".repeat(12_289));
    assert_eq!(alice.save("bob", large.clone()).unwrap_err().code, 80002);
    let list = vec![text("small"), large.clone()];
    assert_eq!(alice.import("bob", list).unwrap_err().code, 80002);
    assert!(alice.history("bob", 10).is_empty(), "all of a list, or none");
    // SEND-4: it may be made shorter and sent again.
    assert_eq!(refused(alice.try_send("bob", large)), 80002);
    assert_eq!(alice.history("bob", 10).len(), 1);
    assert_eq!(refused(alice.try_send("bob", text(&"x".repeat(2 << 20)))), 80002);
    assert_eq!(alice.history("bob", 10).len(), 1, "nothing makes this one right");
    alice.save("bob", text(&"x".repeat(12_288))).unwrap();
}

// §11-15
#[test]
fn s4_1_what_a_live_group_refuses_leaves_nothing() {
    let world = World::new();
    let (o, x) = (world.alice(), world.bob());
    o.create_group("live", GroupType::AvChatRoom);
    x.join_group("live").unwrap();
    let long = text(&"x".repeat(12_289));
    let (_, error) = x.submit_to_group("live", long).wait();
    assert_eq!(error.map(|error| error.code), Some(80002));
    x.sync();
    assert!(x.conversations().is_empty());
}

// CONV-5
#[test]
fn conv_5_the_system_conversation_can_be_asked_for() {
    let world = World::new();
    let alice = world.alice();
    let conv = imsdk_types::wire::Conv::system();
    let info = alice.call(|client, reply| client.create_conversation(conv, reply)).unwrap();
    assert_eq!((info.kind, info.id.as_str(), info.unread_num), (3, "", 0));
    assert!(!info.is_has_lastmsg && !info.is_has_draft);
    alice.sync();
    assert!(alice.conversations().is_empty());
    let told = alice.events().story();
    assert!(!told.iter().any(|event| event.starts_with("Add")), "{told:?}");
}

#[test]
fn who_was_never_logged_in_has_no_store() {
    let world = World::new();
    let device = world.device("laptop", Platform::Linux);
    let (told, said) = mpsc::channel();
    let client = device.client();
    macro_rules! desc {
        ($call:ident($($argument:expr),*)) => {
            let told = told.clone();
            client.$call($($argument,)* Box::new(move |answer| {
                let error = answer.map(drop).expect_err("nobody is logged in");
                told.send((error.code, error.desc.into_owned())).unwrap();
            }))
        };
    }
    desc!(friends());
    desc!(joined_groups());
    desc!(group_infos(vec!["g".into()]));
    desc!(group_members(Default::default()));
    desc!(profiles(vec!["bob".into()], false));
    for _ in 0..5 {
        assert_eq!(said.recv().unwrap(), (6014, "not init database".to_owned()));
    }
    desc!(black_list());
    assert_eq!(said.recv().unwrap(), (6014, "not login".to_owned()));
    // A message that was refused has an identity all the same.
    let (results, error) = device.send_batch(&["a", "b"], text("x"));
    assert_eq!(error.map(|error| error.code), Some(6014));
    let [a, b] = &results[..] else { panic!("{results:?}") };
    for result in [a, b] {
        assert!(result.msg.client_time > 0 && result.msg.is_from_self, "{result:?}");
    }
    assert_ne!(a.msg.rand, b.msg.rand);
}

#[test]
fn batch_2_a_login_that_fails_is_the_reason_of_what_waited_for_it() {
    let world = World::new();
    let device = world.device("laptop", Platform::Linux);
    // Nothing comes of the login before the batch waits for it.
    let (go, may_go) = mpsc::channel::<()>();
    device.login("alice").unwrap();
    device
        .client()
        .conversation_list(Box::new(move |_| may_go.recv_timeout(PATIENCE).map_or((), |()| ())));
    device.client().logout(Box::new(|_| {}));
    device.client().login("alice".into(), String::new(), Box::new(|_| {}));
    let (told, said) = mpsc::channel();
    let reply = Box::new(move |results, error| drop(told.send((results, error))));
    device.client().send_batch(vec!["a".into(), "b".into()], text("x"), reply);
    drop(go);
    let (results, error) = said.recv_timeout(PATIENCE).unwrap();
    let codes: Vec<i32> = results.iter().map(|result: &MsgBatchSendResult| result.code).collect();
    assert_eq!((codes, error.unwrap().code), (vec![6014, 6014], 6014));
}
