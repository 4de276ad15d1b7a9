//! Groups over the C interface: the shape of every answer and event, against the examples of the interface.
#![cfg(target_os = "linux")]

mod c;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use c::{Standard, run};
use serde_json::{Value, json};

const EXAMPLES: &str = include_str!("../crates/types/tests/data/examples.json");

/// The program, built once.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("group-golden");
    run(Standard("c++11")
        .compiler()
        .arg("-pthread")
        .arg("tests/group/golden.cpp")
        .args(c::link())
        .arg("-o")
        .arg(&program));
    program
});

/// What the program printed: answers and events with their JSON.
fn lines(generation: &str) -> Vec<(String, Value)> {
    let place = tempfile::tempdir().unwrap();
    let output = run(Command::new(&*PROGRAM)
        .current_dir(&place)
        .env_remove("LD_LIBRARY_PATH")
        .env("HOME", place.path())
        .env("IMSDK_API_GENERATION", generation)
        .env("IMSDK_DATA_DIR", place.path().join("data")));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| {
            let (name, json) = line.split_once(' ').unwrap_or_else(|| panic!("{line}"));
            let value = match json {
                "" => Value::String(String::new()),
                json => {
                    serde_json::from_str(json).unwrap_or_else(|error| panic!("{line}: {error}"))
                }
            };
            (name.to_owned(), value)
        })
        .collect()
}

fn example(id: &str) -> Value {
    let all: Vec<Value> = serde_json::from_str(EXAMPLES).unwrap();
    all.into_iter().find(|example| example["id"] == id).unwrap()["json"].clone()
}

/// What the examples show otherwise than the headers have it: types as text, empty lists as objects, other numbers of elements
/// and flags.
const NOT_COMPARED: [&str; 2] = ["group_base_info_group_type", "group_detial_info_group_type"];

/// Whether `found` has all keys of `wanted`, with values of the same types.
fn has_shape(found: &Value, wanted: &Value, at: &str) {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => {
            for (key, value) in wanted {
                let at = format!("{at}.{key}");
                let found = found.get(key).unwrap_or_else(|| panic!("{at} is missing"));
                if !NOT_COMPARED.contains(&key.as_str()) {
                    has_shape(found, value, &at);
                }
            }
        }
        (Value::Array(found), Value::Array(wanted)) => {
            if let Some(wanted) = wanted.first() {
                assert!(!found.is_empty(), "{at} is empty");
                for found in found {
                    has_shape(found, wanted, at);
                }
            }
        }
        (Value::Array(_), Value::Object(wanted)) if wanted.is_empty() => {}
        (Value::Number(_), Value::Number(_))
        | (Value::String(_), Value::String(_))
        | (Value::Bool(_), Value::Bool(_)) => {}
        (found, wanted) => panic!("{at}: {found} instead of {wanted}"),
    }
}

fn first<'a>(lines: &'a [(String, Value)], name: &str) -> &'a Value {
    &lines.iter().find(|line| line.0 == name).unwrap_or_else(|| panic!("no {name}")).1
}

#[test]
fn answers_and_events_look_as_the_examples_say() {
    let lines = lines("4");
    for (name, id) in [
        ("TIMGroupCreate", "comm-09"),
        ("TIMGroupInviteMember", "comm-10"),
        ("TIMGroupDeleteMember", "comm-11"),
        ("TIMGroupGetJoinedGroupList", "comm-12"),
        ("TIMGroupGetGroupInfoList", "comm-13"),
        ("TIMGroupGetMemberInfoList", "comm-14"),
        ("TIMGroupGetPendencyList", "comm-15"),
    ] {
        has_shape(first(&lines, name), &example(id), name);
    }
    // Where the examples determine the value.
    assert_eq!(*first(&lines, "TIMGroupCreate"), example("comm-09"));
    assert_eq!(*first(&lines, "TIMGroupInviteMember"), example("comm-10"));
    assert_eq!(*first(&lines, "TIMGroupDeleteMember"), example("comm-11"));
    let base = &first(&lines, "TIMGroupGetJoinedGroupList")[0];
    assert_eq!(base["group_base_info_self_info"]["group_self_info_role"], 400);
    assert_eq!(base["group_base_info_lastest_seq"], 0);
    let info = &first(&lines, "TIMGroupGetGroupInfoList")[0]["get_groups_info_result_info"];
    let wanted = &example("comm-13")[0]["get_groups_info_result_info"];
    for key in [
        "group_id",
        "group_name",
        "face_url",
        "introduction",
        "notification",
        "add_option",
        "max_member_num",
        "member_num",
        "next_msg_seq",
        "last_msg_time",
        "visible",
        "searchable",
        "owener_identifier",
        "is_shutup_all",
        "online_member_num",
    ] {
        let key = format!("group_detial_info_{key}");
        assert_eq!(info[&key], wanted[&key], "{key}");
    }
    let pendencies = first(&lines, "TIMGroupGetPendencyList");
    let asked = &pendencies["group_pendency_result_pendency_array"][0];
    assert_eq!(asked["group_pendency_apply_invite_msg"], "Want Join Group, Thank you");
    assert_eq!(pendencies["group_pendency_result_unread_num"], 1);
    for name in [
        "TIMGroupModifyGroupInfo",
        "TIMGroupJoin",
        "TIMGroupHandlePendency",
        "TIMGroupReportPendencyReaded",
        "TIMGroupModifyMemberInfo",
        "TIMGroupQuit",
        "TIMGroupDelete",
    ] {
        assert_eq!(*first(&lines, name), json!(""), "{name}");
    }
}

#[test]
fn messages_about_groups_look_as_the_examples_say() {
    let lines = lines("4");
    let messages = || lines.iter().filter(|line| line.0 == "messages");
    let with_elem = |number: i64| {
        let has = |message: &&Value| message["message_elem_array"][0]["elem_type"] == number;
        let found = messages().flat_map(|line| line.1.as_array().unwrap()).find(has);
        found.unwrap_or_else(|| panic!("no message with element {number}"))
    };
    has_shape(with_elem(8), &example("event-recv-new-msg-group-report")[0], "report");
    has_shape(with_elem(5), &example("event-recv-new-msg-group-tips")[0], "tips");
    assert_eq!(with_elem(8)["message_elem_array"][0]["group_report_elem_report_type"], 6);
    let change = &with_elem(5)["message_elem_array"][0]["group_tips_elem_group_change_info_array"];
    assert_eq!(change[0]["group_tips_group_change_info_flag"], 1);
    assert_eq!(change[0]["group_tips_group_change_info_value"], "other name");
}

/// The listener for notices gets an array at first, and one object since generation 5.
#[test]
fn notices_have_the_shape_of_their_generation() {
    // Only a change of the group has changes to show.
    let wanted = |tip: &Value| {
        let mut wanted =
            example("event-recv-new-msg-group-tips")[0]["message_elem_array"][0].clone();
        let keys = wanted.as_object_mut().unwrap();
        keys.remove("elem_type");
        if tip["group_tips_elem_tip_type"] != 6 {
            keys["group_tips_elem_group_change_info_array"] = json!([]);
        }
        wanted
    };
    for (generation, list) in [("auto", true), ("4", true), ("5", false), ("8", false)] {
        let lines = lines(generation);
        let changes: Vec<_> = lines
            .iter()
            .filter(|line| line.0 == "tips")
            .map(|(_, tips)| match tips {
                Value::Array(tips) if list && tips.len() == 1 => &tips[0],
                Value::Object(_) if !list => tips,
                other => panic!("generation {generation}: {other}"),
            })
            .inspect(|tip| has_shape(tip, &wanted(tip), "tip"))
            .map(|tip| &tip["group_tips_elem_group_change_info_array"][0])
            .collect();
        // Name, and owner.
        for flag in [1, 5] {
            let is = |change: &&Value| change["group_tips_group_change_info_flag"] == flag;
            assert!(changes.iter().any(is), "flag {flag}: {changes:?}");
        }
    }
}
