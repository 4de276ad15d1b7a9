//! Profiles and friends through the C interface: what comes back, in which order. The rules are tested in `crates/client`.
#![cfg(target_os = "linux")]

mod c;

use std::path::Path;
use std::process::Command;

use c::{Standard, run};

/// The lines after each call: its events, then its callback.
fn calls(output: &str) -> Vec<(&str, Vec<&str>)> {
    let mut calls: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in output.lines() {
        match (line.strip_prefix("> "), calls.last_mut()) {
            (Some(call), _) => calls.push((call, Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => panic!("{line} before all calls"),
        }
    }
    calls
}

#[test]
fn friends_from_the_first_profile_to_the_last_check() {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("friends");
    let mut compiler = Standard("c++14").compiler();
    compiler.args(["-pthread", "tests/friends/friends.cpp"]).args(c::link());
    c::build(&mut compiler, &program);
    let place = tempfile::tempdir().unwrap();
    let output = run(Command::new(&program)
        .current_dir(&place)
        .env("HOME", place.path())
        .env("IMSDK_DATA_DIR", place.path().join("data"))
        // Cargo's has the library of the last `cargo build` in it.
        .env_remove("LD_LIBRARY_PATH"));
    let output = String::from_utf8(output.stdout).unwrap();
    let calls: Vec<_> = calls(&output)
        .into_iter()
        .filter(|(call, _)| !matches!(*call, "TIMLogin" | "TIMLogout"))
        .collect();
    let result = |user: &str, code: i32, desc: &str| {
        format!(
            r#"{{"friend_result_code":{code},"friend_result_desc":"{desc}","friend_result_identifier":"{user}"}}"#
        )
    };
    let results = |desc: &str| format!("done 0  [{}]", result("bob", 0, desc));
    let needs_confirm = "request recorded, waiting for peer confirmation";
    let updated = r#"updated [{"friend_profile_update_identifier":"bob","friend_profile_update_item":{"friend_profile_item_remark":"my Bob"}}]"#;
    let expected: Vec<(&str, Vec<String>)> = vec![
        ("TIMProfileModifySelfUserProfile", vec!["done 0  ".into()]),
        ("TIMProfileModifySelfUserProfile", vec!["done 0  ".into()]),
        (
            "TIMProfileGetUserProfileList",
            vec!["done 40003 profile account does not exist ".into()],
        ),
        (
            "TIMFriendshipAddFriend",
            vec![r#"added ["bob"]"#.into(), format!("done 0  {}", result("bob", 0, ""))],
        ),
        ("TIMFriendshipModifyFriendProfile", vec![updated.into(), "done 0  ".into()]),
        ("TIMFriendshipDeleteFriend", vec![r#"deleted ["bob"]"#.into(), results("OK")]),
        ("TIMFriendshipAddToBlackList", vec![results("OK")]),
        ("TIMFriendshipDeleteFromBlackList", vec![results("OK")]),
        (
            "TIMFriendshipAddFriend",
            vec![format!("done 0  {}", result("alice", 30539, needs_confirm))],
        ),
        (
            "TIMFriendshipHandleFriendAddRequest",
            vec![r#"added ["bob"]"#.into(), format!("done 0  {}", result("bob", 0, ""))],
        ),
        (
            "TIMFriendshipGetPendencyList",
            vec![
                r#"done 0  {"pendency_page_current_seq":2,"pendency_page_pendency_info_array":[],"pendency_page_start_time":0,"pendency_page_unread_num":0}"#
                    .into(),
            ],
        ),
        ("TIMFriendshipReportPendencyReaded", vec!["done 0  ".into()]),
        ("TIMFriendshipCreateFriendGroup", vec![results("")]),
        (
            "TIMFriendshipGetFriendGroupList",
            vec![
                r#"done 0  [{"friend_group_info_count":1,"friend_group_info_identifier_array":["bob"],"friend_group_info_name":"Work"}]"#
                    .into(),
            ],
        ),
        ("TIMFriendshipDeleteFriendGroup", vec!["done 0  ".into()]),
        (
            "TIMFriendshipCheckFriendType",
            vec![
                r#"done 0  [{"friendship_check_friendtype_result_code":0,"friendship_check_friendtype_result_desc":"","friendship_check_friendtype_result_identifier":"bob","friendship_check_friendtype_result_relation":3}]"#
                    .into(),
            ],
        ),
    ];
    assert_eq!(calls.len(), expected.len(), "{output}");
    for (found, expected) in calls.iter().zip(&expected) {
        assert_eq!(
            (found.0, &found.1[..]),
            (expected.0, &expected.1.iter().map(String::as_str).collect::<Vec<_>>()[..])
        );
    }
    // What a user was not there for comes with the next login, in its order.
    let place_of =
        |line: &str| output.find(line).unwrap_or_else(|| panic!("no {line} in {output}"));
    let (added, deleted) = (place_of(r#"added ["alice"]"#), place_of(r#"deleted ["alice"]"#));
    assert!(added < deleted);
    let request = output.lines().find(|line| line.starts_with("requested ")).unwrap();
    for pair in [
        r#""friend_add_pendency_add_source":"AddSource_Type_android""#,
        r#""friend_add_pendency_add_wording":"hello""#,
        r#""friend_add_pendency_identifier":"bob""#,
        r#""friend_add_pendency_nick_name":"Bobby""#,
    ] {
        assert!(request.contains(pair), "{request}");
    }
}
