//! What the log tells somebody who looks for the reason.
#![cfg(target_os = "linux")]

mod c;
#[path = "golden/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;
#[path = "examples/support.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod support;

use std::path::Path;

use program::Program;
use serde_json::json;
use support::Place;

/// The log of a device, as far as the calls before it go.
fn log(program: &mut Program, place: &Place, device: &str) -> String {
    // One thread writes the log and makes the callbacks.
    program.answer("TIMConvGetConvList", json!([]));
    let directory = place.path(device);
    let files = Path::new(&directory).read_dir().unwrap().map(|entry| entry.unwrap().path());
    let logs = files.filter(|file| file.extension().is_some_and(|it| it == "log"));
    logs.map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

fn lines<'a>(log: &'a str, part: &str) -> Vec<&'a str> {
    log.lines().filter(|line| line.contains(part)).collect()
}

#[test]
fn the_generation_that_counts_is_named_and_named_again_when_it_rises() {
    let place = Place::new();
    let mut program = Program::start(&place, "grows");
    let before = log(&mut program, &place, "grows");
    assert!(lines(&before, "|generation:")[0].ends_with("|generation:4"), "{before}");
    program.returns("TIMGetLoginStatus", json!([]), 3);
    program.returns("TIMGetLoginStatus", json!([]), 3);
    let after = log(&mut program, &place, "grows");
    let told = lines(&after, "|generation:");
    assert!(told.len() == 2 && told[1].ends_with("|generation:5"), "{told:?}");

    let set = [("IMSDK_API_GENERATION", "8")];
    let mut program = Program::start_with(&place, "set", &set);
    program.returns("TIMGetLoginStatus", json!([]), 3);
    let all = log(&mut program, &place, "set");
    let told = lines(&all, "|generation:");
    assert!(told.len() == 1 && told[0].ends_with("|generation:8"), "{told:?}");
}

#[test]
fn a_setting_with_a_typo_is_told_with_the_name_that_was_meant() {
    let place = Place::new();
    let typo = [("IMSDK_API_GENERATON", "8"), ("IMSDK_USERSIG", "sig")];
    let mut program = Program::start_with(&place, "u", &typo);
    let log = log(&mut program, &place, "u");
    let told = lines(&log, "is no setting");
    assert_eq!(told.len(), 1, "{told:?}");
    let warning = " W ";
    assert!(
        told[0].contains(warning) && told[0].contains("mean IMSDK_API_GENERATION?"),
        "{told:?}"
    );
}

#[test]
fn a_call_that_changes_nothing_says_so_and_not_what_was_given() {
    let place = Place::new();
    let mut u = Program::user(&place, "u");
    let mut p = Program::user(&place, "p");
    p.call(
        "TIMFriendshipAddFriend",
        json!([{
            "friendship_add_friend_param_identifier": "u",
            "friendship_add_friend_param_friend_type": 0,
        }]),
    );
    let told = |program: &mut Program, device: &str, function: &str, argument| {
        program.empty(function, json!([argument]));
        let log = log(program, &place, device);
        assert!(!log.contains("hush"), "{log}");
        lines(&log, "the call changes nothing").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let profile = "TIMProfileModifySelfUserProfile";
    let item = json!({ "user_profile_item_nick_name": "hush" });
    assert!(told(&mut u, "u", profile, item).is_empty());
    // The keys with which a profile is read.
    let item = json!({ "user_profile_nick_name": "hush", "hush hush": 1 });
    let lines = told(&mut u, "u", profile, item);
    let words = ["UserProfileItem has none of its keys", "|keys:user_profile_nick_name", " W "];
    assert!(words.iter().all(|word| lines[0].contains(word)), "{lines:?}");
    let lines = told(&mut u, "u", profile, json!({ "user_profile_item_nick_name": null }));
    assert_eq!(lines.len(), 2, "{lines:?}");

    let friend = "TIMFriendshipModifyFriendProfile";
    let with = |item| {
        json!({
            "friendship_modify_friend_profile_param_identifier": "u",
            "friendship_modify_friend_profile_param_item": item,
        })
    };
    let item = json!({ "friend_profile_item_remark": "hush" });
    assert!(told(&mut p, "p", friend, with(item)).is_empty());
    let lines = told(&mut p, "p", friend, with(json!({ "friend_profile_remark": "hush" })));
    let words = ["FriendProfileItem has none of its keys", "|keys:friend_profile_remark", " W "];
    assert!(words.iter().all(|word| lines[0].contains(word)), "{lines:?}");
}

#[test]
fn a_call_that_is_refused_says_why_and_not_what_was_given() {
    let place = Place::new();
    let mut u = Program::user(&place, "u");
    let message = json!({ "message_elem_array": [{ "text_elem_content": "hush" }] });
    for (function, arguments, code, told) in [
        ("TIMMsgSendNewMsg", json!(["p", 3, message]), -4, "no conversation of conv_type 3"),
        ("TIMMsgSendNewMsg", json!(["", 1, message]), -4, "conv_id is NULL or empty"),
        (
            "TIMMsgSaveMsg",
            json!(["p", 1, "hush"]),
            -3,
            "object Message: the text is not a JSON object",
        ),
        (
            "TIMGroupCreate",
            json!([{ "hush": 1 }]),
            -3,
            "object CreateGroupParam: the text has none",
        ),
        (
            "TIMMsgGetMsgList",
            json!(["p", 1, { "msg_getmsglist_param_count": "hush" }]),
            -3,
            "object MsgGetMsgListParam: a value of the wrong type, line 1",
        ),
        (
            "TIMFriendshipDeleteFromBlackList",
            json!([{}]),
            -4,
            "[string]: the text is not a JSON array",
        ),
        ("TIMFriendshipAddFriend", json!([""]), -4, "object FriendshipAddFriendParam is NULL"),
        ("TIMConvSetDraft", json!(["p", 1, "hush"]), -3, "object Draft: the text is not"),
        ("TIMMsgBatchSend", json!(["hush"]), -3, "object MsgBatchSendParam: the text is not"),
        ("TIMLogin", json!(["u", ""]), -4, "user_sig is NULL or empty"),
        ("TIMSetConfig", json!(["hush"]), -3, "object SetConfig: not JSON"),
    ] {
        u.returns(function, arguments, code);
        let log = log(&mut u, &place, "u");
        let line = lines(&log, "the call is refused").pop().unwrap().to_owned();
        let words = [" W ", &format!("{function} "), told, &format!("|code:{code}")];
        for word in words {
            assert!(line.contains(word), "{function}: no {word} in {line}");
        }
        assert!(!log.contains("hush"), "{log}");
    }
    for _ in 0..100 {
        u.returns("TIMGroupQuit", json!([""]), -4);
    }
    let log = log(&mut u, &place, "u");
    assert!(lines(&log, "TIMGroupQuit").len() < 50, "a loop does not fill the log");
}
