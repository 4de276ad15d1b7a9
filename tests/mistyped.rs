//! CALL-10: a key with a value of the wrong type is refused, and nothing is lost by it.
#![cfg(target_os = "linux")]

mod c;
#[path = "golden/program.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod program;
#[path = "examples/support.rs"]
#[allow(dead_code, reason = "each test uses its part")]
mod support;

use c::facts;
use imsdk_types::{OBJECTS, ObjectMeta};
use program::Program;
use serde_json::{Map, Value, json};
use support::Place;

const ARGUMENTS: &str = include_str!("facts/arguments.tsv");

/// Reading wrong types there leniently was observed.
const LENIENT: [&str; 2] = ["SdkConfig", "SetConfig"];

/// These only read: what they make of a list of nothing may be a success.
const READS: [&str; 9] = [
    "TIMFriendshipCheckFriendType",
    "TIMFriendshipGetFriendGroupList",
    "TIMFriendshipGetPendencyList",
    "TIMGroupGetGroupInfoList",
    "TIMGroupGetMemberInfoList",
    "TIMGroupGetPendencyList",
    "TIMMsgFindByMsgLocatorList",
    "TIMMsgGetMsgList",
    "callExperimentalAPI",
];

/// What programs are told of where the library itself, its database or its network goes wrong.
const FAILURES: [i64; 6] = [7012, 6019, 6022, 9519, 9520, 6012];

fn text(text: &str) -> Value {
    json!({ "message_elem_array": [{ "elem_type": 0, "text_elem_content": text }] })
}

/// A user with something of everything: `u`, who has a conversation with `p`, who is a friend and a member of a group; `q` asks to be a friend.
fn furnished(place: &Place) -> (Program, [Program; 2]) {
    let [mut p, mut q, mut u] = ["p", "q", "u"].map(|user| Program::user(place, user));
    u.empty(
        "TIMProfileModifySelfUserProfile",
        json!([{
            "user_profile_item_nick_name": "U",
            "user_profile_item_add_permission": 1,
            "user_profile_item_location": "here",
        }]),
    );
    let ask = |user: &str| {
        json!([{
            "friendship_add_friend_param_identifier": user,
            "friendship_add_friend_param_friend_type": 1,
        }])
    };
    p.call("TIMFriendshipAddFriend", ask("u"));
    u.call(
        "TIMFriendshipHandleFriendAddRequest",
        json!([{ "friend_respone_identifier": "p", "friend_respone_action": 1 }]),
    );
    u.call(
        "TIMFriendshipCreateFriendGroup",
        json!([{
            "friendship_create_friend_group_param_name_array": ["G"],
            "friendship_create_friend_group_param_identifier_array": ["p"],
        }]),
    );
    u.empty(
        "TIMFriendshipModifyFriendProfile",
        json!([{
            "friendship_modify_friend_profile_param_identifier": "p",
            "friendship_modify_friend_profile_param_item": {
                "friend_profile_item_remark": "R",
            },
        }]),
    );
    q.call("TIMFriendshipAddFriend", ask("u"));
    u.call(
        "TIMGroupCreate",
        json!([{
            "create_group_param_group_id": "g",
            "create_group_param_group_name": "G",
            "create_group_param_group_type": 0,
            "create_group_param_add_option": 2,
            "create_group_param_notification": "N",
            "create_group_param_introduction": "I",
            "create_group_param_face_url": "F",
        }]),
    );
    p.empty("TIMGroupJoin", json!(["g", ""]));
    u.call("TIMMsgSendNewMsg", json!(["p", 1, text("one")]));
    u.call("TIMMsgSendNewMsg", json!(["g", 2, text("two")]));
    p.call("TIMMsgSendNewMsg", json!(["u", 1, text("three")]));
    u.messages(|messages| messages.to_string().contains("three"));
    u.returns(
        "TIMConvSetDraft",
        json!(["p", 1, { "draft_msg": text("D"), "draft_user_define": "D", "draft_edit_time": 1 }]),
        0,
    );
    (u, [p, q])
}

/// All that the user has.
fn everything(u: &mut Program) -> Value {
    let page = json!({ "msg_getmsglist_param_count": 100 });
    json!([
        u.call("TIMConvGetConvList", json!([])),
        u.call("TIMMsgGetMsgList", json!(["p", 1, page])),
        u.call("TIMMsgGetMsgList", json!(["g", 2, page])),
        u.call("TIMGroupGetJoinedGroupList", json!([])),
        u.call("TIMGroupGetGroupInfoList", json!([["g"]])),
        u.call(
            "TIMGroupGetMemberInfoList",
            json!([{ "group_get_members_info_list_param_group_id": "g" }])
        ),
        u.call("TIMFriendshipGetFriendProfileList", json!([])),
        u.call("TIMFriendshipGetFriendGroupList", json!([[]])),
        u.call("TIMFriendshipGetBlackList", json!([])),
        u.call(
            "TIMFriendshipGetPendencyList",
            json!([{ "friendship_get_pendency_list_param_type": 0 }])
        ),
        u.call(
            "TIMProfileGetUserProfileList",
            json!([{ "friendship_getprofilelist_param_identifier_array": ["u"] }])
        ),
    ])
}

/// A request that does something to what `u` has, where the plain values of [`whole`] do not.
fn telling(key: &str) -> Option<Value> {
    Some(match key {
        "friendship_add_friend_param_identifier"
        | "friend_response_identifier"
        | "friendship_delete_pendency_param_identifier_array" => json!("q"),
        _ if key.ends_with("group_id") => json!("g"),
        _ if key.ends_with("modify_flag") => json!(0xffff),
        "msg_batch_send_param_msg" | "draft_msg" => text("x"),
        "group_modify_member_info_identifier" => json!("u"),
        "request_internal_operation" => json!("internal_operation_get_message_revoker"),
        _ => return None,
    })
}

fn inside(ty: &str) -> Option<&'static ObjectMeta> {
    let name = ty.trim_start_matches("object ").trim_matches(['[', ']']);
    OBJECTS.iter().copied().find(|object| object.name == name)
}

/// An object with a value of the right type for each of its keys.
fn whole(object: &ObjectMeta, depth: u32) -> Value {
    let value = |key: &str, ty: &str| {
        let one = match ty.trim_matches(['[', ']']) {
            "bool" => json!(true),
            "string" => json!("p"),
            "double" => json!(1.5),
            "any" => json!({}),
            other if other.contains("int") => json!(1),
            _ => match inside(ty) {
                Some(object) if depth < 2 => whole(object, depth + 1),
                _ => json!({}),
            },
        };
        let one = telling(key).unwrap_or(one);
        if ty.starts_with('[') { json!([one]) } else { one }
    };
    let keys = object.fields.iter().filter(|field| field.key != "msg_delete_param_msg");
    Value::Object(keys.map(|field| (field.key.to_owned(), value(field.key, field.ty))).collect())
}

/// Values of other types than `ty`.
fn wrong(ty: &str) -> Vec<Value> {
    if let Some(item) = ty.strip_prefix('[') {
        let mut all = vec![json!(5), json!("x"), json!({ "a": 1 }), json!([null])];
        all.extend(wrong(item.trim_end_matches(']')).into_iter().map(|item| json!([item])));
        return all;
    }
    match ty {
        "any" => vec![],
        "string" => vec![json!(5), json!(true), json!(["x"]), json!({ "a": 1 })],
        "bool" | "double" => vec![json!("1"), json!([1]), json!({ "a": 1 })],
        ty if ty.contains("int") => vec![json!("1"), json!([1]), json!({ "a": 1 })],
        _ => vec![json!("x"), json!(5), json!([1])],
    }
}

/// `base` with each of its keys wrong in each way, those of the objects within too, but for what is in elements.
fn wrongs(object: &ObjectMeta, base: &Map<String, Value>) -> Vec<(String, Value)> {
    let with = |key: &str, value: Value| {
        let mut changed = base.clone();
        changed.insert(key.to_owned(), value);
        Value::Object(changed)
    };
    let mut all = Vec::new();
    for field in object.fields.iter().filter(|field| !field.key.ends_with("elem_array")) {
        // §8.1: a location may be a number, and programs name their interface by a text too.
        let may_be = |value: &Value| {
            field.key.ends_with("_location") && value.is_number()
                || field.key == "request_set_ui_platform_param" && value.is_string()
        };
        for value in wrong(field.ty).into_iter().filter(|value| !may_be(value)) {
            all.push((format!("{}: {value}", field.key), with(field.key, value)));
        }
        let Some(object) = inside(field.ty) else { continue };
        let is_list = field.ty.starts_with('[');
        let Value::Object(start) = whole(object, 2) else { unreachable!() };
        for (what, value) in wrongs(object, &start) {
            let value = if is_list { json!([value]) } else { value };
            all.push((format!("{}/{what}", field.key), with(field.key, value)));
        }
    }
    all
}

#[test]
fn what_is_mistyped_is_refused_and_changes_nothing() {
    let place = Place::new();
    let (mut u, mut others) = furnished(&place);
    let before = everything(&mut u);
    let theirs = others.each_mut().map(|other| other.call("TIMConvGetConvList", json!([])));
    let mut tried = 0;
    for row in facts(ARGUMENTS) {
        let [function, _, object] = row[..] else { panic!("{row:?}") };
        let is_message = object.trim_matches(['[', ']']) == "Message";
        if LENIENT.contains(&object) || is_message && function != "TIMMsgReportReaded" {
            continue;
        }
        let cases = match inside(object) {
            None => wrong(object).into_iter().map(|value| (value.to_string(), value)).collect(),
            Some(meta) => {
                let Value::Object(base) = whole(meta, 0) else { unreachable!() };
                let cases = wrongs(meta, &base);
                let listed = |(what, value)| (what, json!([value]));
                match object.starts_with('[') {
                    true => cases.into_iter().map(listed).collect(),
                    false => cases,
                }
            }
        };
        let mut successes = Vec::new();
        for (what, value) in cases {
            let arguments = match function {
                "TIMMsgDownloadElemToPath" => json!([value, "/nowhere"]),
                _ if function.starts_with("TIMMsg") && function != "TIMMsgBatchSend" => {
                    json!(["p", 1, value])
                }
                "TIMConvSetDraft" => json!(["p", 1, value]),
                _ => json!([value]),
            };
            let told = u.outcome(function, arguments);
            match told {
                Ok((code, answer)) => {
                    // Some tell it of each item.
                    let of_item = answer["friend_result_code"].as_i64().unwrap_or_default();
                    let code = if code == 0 { of_item } else { code };
                    let inside = FAILURES.contains(&code);
                    assert!(!inside, "{function} {what}: {code}, as if the library had failed");
                    let reads = READS.contains(&function);
                    assert!(code != 0 || reads, "{function} {what}: a success, {answer}");
                    if code == 0 {
                        successes.push(what);
                    }
                }
                Err(code) => assert!(matches!(code, -3 | -4), "{function} {what}: {code}"),
            }
            tried += 1;
        }
        let after = everything(&mut u);
        let changed = |(one, other): &(&Value, &Value)| one != other;
        let lists = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let (was, is) = (lists(&before), lists(&after));
        let first = was.iter().zip(&is).find(changed);
        assert_eq!(first, None, "changed by {function}, perhaps by one of {successes:#?}");
    }
    assert!(tried > 500, "{tried}");
    for (other, theirs) in others.iter_mut().zip(theirs) {
        assert_eq!(other.call("TIMConvGetConvList", json!([])), theirs);
    }
}

#[test]
fn nothing_to_delete_is_said_by_nothing_only() {
    let place = Place::new();
    let (mut u, _others) = furnished(&place);
    let before = everything(&mut u);
    for bad in [json!("oops"), json!([1]), json!(5), json!({ "message_rand": "x" })] {
        let told = u.outcome("TIMMsgDelete", json!(["p", 1, { "msg_delete_param_msg": bad }]));
        assert_eq!(told, Err(-3), "{bad}");
    }
    for nothing in [json!({ "message_rand": 0 }), json!({ "message_sender": null })] {
        let param = json!({ "msg_delete_param_msg": nothing });
        assert_eq!(u.answer("TIMMsgDelete", json!(["p", 1, param])).0, 6017, "{nothing}");
    }
    let told = u.outcome("TIMMsgDelete", json!(["p", 1, { "msg_delete_param_is_remble": "x" }]));
    assert_eq!(told, Err(-3));
    for bad in [
        json!("{\"message_rand\":"),
        json!("garbage"),
        json!([]),
        json!([1]),
        json!(5),
        json!({ "message_rand": "x" }),
        json!({ "message_server_time": "soon" }),
        json!({ "message_rand": 7 }),
        json!({ "no_such_key": 1 }),
    ] {
        let (code, _) = u.answer("TIMMsgReportReaded", json!(["p", 1, bad]));
        assert_eq!(code, 6017, "{bad}");
    }
    assert_eq!(everything(&mut u), before);
    // DEL-2
    let gone = |u: &mut Program| u.call("TIMMsgGetMsgList", json!(["p", 1, {}])) == json!([]);
    assert!(!gone(&mut u));
    u.empty("TIMMsgDelete", json!(["p", 1, { "msg_delete_param_msg": null }]));
    assert!(gone(&mut u));
    u.empty("TIMMsgReportReaded", json!(["p", 1, {}]));
}

#[test]
fn a_change_without_a_value_is_refused_and_erases_nothing() {
    let place = Place::new();
    let (mut u, _others) = furnished(&place);
    u.empty(
        "TIMGroupModifyMemberInfo",
        json!([{
            "group_modify_member_info_group_id": "g",
            "group_modify_member_info_identifier": "u",
            "group_modify_member_info_modify_flag": 8,
            "group_modify_member_info_name_card": "card",
        }]),
    );
    let before = everything(&mut u);
    let group = |flag: i64| {
        json!({
            "group_modify_info_param_group_id": "g",
            "group_modify_info_param_modify_flag": flag,
        })
    };
    let member = |flag: i64| {
        json!({
            "group_modify_member_info_group_id": "g",
            "group_modify_member_info_identifier": "u",
            "group_modify_member_info_modify_flag": flag,
        })
    };
    let mut tried = Vec::new();
    for (function, object, bits) in [
        ("TIMGroupModifyGroupInfo", &group as &dyn Fn(i64) -> Value, [0..10, 12..13, 31..32]),
        ("TIMGroupModifyMemberInfo", &member, [0..5, 0..0, 0..0]),
    ] {
        tried.extend(bits.into_iter().flatten().map(|bit| (function, object(1 << bit))));
    }
    let mut null = group(3);
    null["group_modify_info_param_group_name"] = json!("new");
    null["group_modify_info_param_notification"] = Value::Null;
    tried.push(("TIMGroupModifyGroupInfo", null));
    for (function, change) in tried {
        let answer = u.answers(function, json!([change]), |_| true).remove(0);
        assert_eq!(answer[0], 10004, "{function} {change}");
        let desc = answer[1].as_str().unwrap();
        let last = change["group_modify_info_param_modify_flag"] == 3;
        let named = if last { "group_modify_info_param_notification," } else { "group_modify_" };
        assert!(desc.contains(named), "{function} {change}: {desc}");
    }
    assert_eq!(everything(&mut u), before);
    // An empty text is a value, and only what the flag names counts.
    let mut erase = group(2);
    erase["group_modify_info_param_notification"] = json!("");
    u.empty("TIMGroupModifyGroupInfo", json!([erase]));
    let infos = u.call("TIMGroupGetGroupInfoList", json!([["g"]]));
    let info = &infos[0]["get_groups_info_result_info"];
    assert_eq!(info["group_detial_info_notification"], "");
    assert_eq!(info["group_detial_info_introduction"], "I");
}
