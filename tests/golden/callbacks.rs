//! Listeners without an example: each is called, with the keys that the documents read from it.

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::c::facts;
use crate::golden;
use crate::messages::{says, send, text};
use crate::program::Program;
use crate::support::Place;

/// Which test here, or which with an example, has each listener called.
const LISTENERS: [(&str, &str); 15] = [
    ("TIMConvEventCallback", "conversations_change"),
    ("TIMFriendAddRequestCallback", "event-friend-add-request"),
    ("TIMGroupTipsEventCallback", "tips_have_the_shape_of_their_generation"),
    ("TIMKickedOfflineCallback", "a_session_begins_and_ends"),
    ("TIMLogCallback", "the_log_is_told"),
    ("TIMMsgElemUploadProgressCallback", "comm-07"),
    ("TIMMsgReadedReceiptCallback", "a_message_is_read_and_taken_back"),
    ("TIMMsgRevokeCallback", "a_message_is_read_and_taken_back"),
    ("TIMMsgUpdateCallback", "a_message_is_read_and_taken_back"),
    ("TIMNetworkStatusListenerCallback", "a_session_begins_and_ends"),
    ("TIMOnAddFriendCallback", "event-on-add-friend"),
    ("TIMOnDeleteFriendCallback", "event-on-delete-friend"),
    ("TIMRecvNewMsgCallback", "event-recv-new-msg-text"),
    ("TIMUpdateFriendProfileCallback", "event-update-friend-profile"),
    ("TIMUserSigExpiredCallback", "a_signature_runs_out"),
];

#[test]
fn no_listener_is_forgotten() {
    let here: BTreeSet<_> = LISTENERS.iter().map(|(listener, _)| *listener).collect();
    let table = include_str!("../facts/callbacks.tsv");
    let all: BTreeSet<_> =
        facts(table).map(|row| row[0]).filter(|name| *name != "TIMCommCallback").collect();
    assert_eq!(here, all);
    for (listener, test) in LISTENERS {
        let sources = [
            include_str!("callbacks.rs"),
            include_str!("friends.rs"),
            include_str!("groups.rs"),
            include_str!("messages.rs"),
        ];
        let named = |source: &str| {
            source.contains(&format!("fn {test}("))
                || ["compare", "compare_but"]
                    .iter()
                    .any(|how| source.contains(&format!("{how}(\"{test}\"")))
        };
        assert!(sources.iter().any(|source| named(source)), "{listener}: no {test}");
    }
}

/// What a value must be like.
type Kind = fn(&Value) -> bool;

/// Panics unless an object has these keys, with values of these kinds.
fn assert_keys(object: &Value, keys: &[(&str, Kind)]) {
    for (key, is) in keys {
        assert!(is(&object[key]), "{key} in {object:#}");
    }
}

golden! {
    fn a_message_is_read_and_taken_back(_golden: []) {
        let place = Place::new();
        let mut user2 = Program::user(&place, "user2");
        let mut user1 = Program::user(&place, "user1");
        let sent = send(&mut user1, "user2", "read this");
        let came = user2.messages(|messages| says(messages, "read this"));
        user2.empty("TIMMsgReportReaded", json!(["user1", 1, came[0]]));

        let receipts = user1.told("TIMMsgReadedReceiptCallback", |_| true);
        assert_eq!(receipts.as_array().unwrap().len(), 1);
        assert_eq!(receipts[0]["msg_receipt_conv_id"], "user2");
        assert_eq!(receipts[0]["msg_receipt_conv_type"], 1);
        let time = |message: &Value| message["message_server_time"].as_u64().unwrap();
        assert!(receipts[0]["msg_receipt_time_stamp"].as_u64().unwrap() >= time(&sent));
        let updated = user1.told("TIMMsgUpdateCallback", |messages| says(messages, "read this"));
        let mut wanted = sent.clone();
        wanted["message_is_peer_read"] = json!(true);
        assert_eq!(updated, json!([wanted]), "the message as it was, but read");

        user1.empty("TIMMsgRevoke", json!(["user2", 1, sent]));
        // Who takes a message back is not told of it (REV-3).
        let locators = user2.told("TIMMsgRevokeCallback", |_| true);
        assert_eq!(locators.as_array().unwrap().len(), 1);
        assert_eq!(locators[0]["message_locator_conv_id"], "user1");
        assert_eq!(locators[0]["message_locator_conv_type"], 1);
        assert_eq!(locators[0]["message_locator_is_revoked"], true);
        assert_eq!(locators[0]["message_locator_is_self"], false);
        for (of_locator, of_message) in [("time", "server_time"), ("seq", "seq"), ("rand", "rand")] {
            let found = &locators[0][format!("message_locator_{of_locator}")];
            assert_eq!(*found, sent[format!("message_{of_message}")], "{of_locator}");
        }
        // It finds the message.
        let found = user2.call("TIMMsgFindByMsgLocatorList", json!(["user1", 1, locators]));
        assert_eq!(found[0]["message_status"], 6);
    }

    /// EV-1
    fn the_newer_generations_are_told_of_the_sync(_golden: []) {
        for generation in ["5", "8"] {
            let place = Place::new();
            let environment = [("IMSDK_API_GENERATION", generation)];
            let mut user1 = Program::start_with(&place, "user1", &environment);
            user1.empty("TIMLogin", json!(["user1", "sig"]));
            for kind in [3, 4] {
                let event = user1.event("TIMConvEventCallback", |_| true);
                assert_eq!(event, json!([kind, ""]), "what encloses the sync has nothing to list");
            }
        }
    }

    fn conversations_change(_golden: []) {
        let place = Place::new();
        let _user2 = Program::user(&place, "user2");
        let mut user1 = Program::start(&place, "user1");
        user1.empty("TIMLogin", json!(["user1", "sig"]));
        let mut last = Value::Null;
        for (change, kind) in [("send", 0), ("send", 2), ("delete", 1)] {
            match change {
                "send" => last = send(&mut user1, "user2", "text"),
                _ => user1.empty("TIMConvDelete", json!(["user2", 1])),
            }
            let event = user1.event("TIMConvEventCallback", |_| true);
            assert_eq!(event[0], kind, "{event:#}");
            assert_eq!(event[1].as_array().unwrap().len(), 1);
            assert_keys(&event[1][0], &[
                ("conv_id", |value| value == "user2"),
                ("conv_type", |value| *value == 1),
                ("conv_unread_num", |value| *value == 0),
                ("conv_is_has_lastmsg", |value| *value == true),
                ("conv_is_has_draft", |value| *value == false),
                ("conv_owner", |value| value == ""),
            ]);
            assert_eq!(event[1][0]["conv_last_msg"], last, "{change}");
            assert_eq!(event[1][0]["conv_active_time"], last["message_server_time"], "{change}");
        }
    }

    /// Programs show these words, and some compare them.
    fn what_succeeds_is_described_as_by_the_original(_golden: []) {
        let place = Place::new();
        let mut user1 = Program::user(&place, "user1");
        let described = [
            ("TIMConvGetConvList", json!([]), "no conversation"),
            ("TIMFriendshipGetFriendProfileList", json!([]), "empty friend list"),
            ("TIMGroupGetJoinedGroupList", json!([]), "OK"),
            ("TIMGroupGetGroupInfoList", json!([["no group"]]), "OK"),
            ("TIMMsgFindByMsgLocatorList", json!(["user2", 1, [{ "message_locator_rand": 1 }]]), "OK"),
            ("TIMMsgGetMsgList", json!(["user2", 1, { "msg_getmsglist_param_count": 1 }]), "OK"),
            ("TIMProfileGetUserProfileList", json!([{
                "friendship_getprofilelist_param_identifier_array": ["user1"],
            }]), ""),
        ];
        for (function, arguments, desc) in described {
            let answers = user1.answers(function, arguments, |_| true);
            assert_eq!((&answers[0][0], &answers[0][1]), (&json!(0), &json!(desc)), "{function}");
        }
    }

    fn a_session_begins_and_ends(_golden: []) {
        let place = Place::new();
        let mut first = Program::user(&place, "user1");
        for status in [2, 0] {
            let event = first.event("TIMNetworkStatusListenerCallback", |_| true);
            assert_eq!((&event[0], &event[1]), (&json!(status), &json!(0)));
        }
        // The same kind of device, at another place.
        let mut second = Program::start(&place, "elsewhere");
        second.login("user1");
        assert_eq!(first.event("TIMKickedOfflineCallback", |_| true), json!([]));
        let (code, message) = first.answer("TIMMsgSendNewMsg", json!(["user1", 1, text("late")]));
        assert_eq!((code, &message["message_conv_id"]), (6014, &json!("user1")));
        assert_eq!(message["message_status"], 3, "it has failed");
        first.returns("TIMGetLoginStatus", json!([]), 3);
        second.returns("TIMGetLoginStatus", json!([]), 1);
        first.returns("TIMUninit", json!([]), 0);
        let (code, message) = first.answer("TIMMsgSendNewMsg", json!(["user1", 1, text("late")]));
        assert_eq!((code, &message["message_status"]), (6013, &json!(3)));
        let many = json!([{
            "msg_batch_send_param_identifier_array": ["user1"],
            "msg_batch_send_param_msg": text("late"),
        }]);
        let (code, results) = first.answer("TIMMsgBatchSend", many);
        let message = &results[0]["msg_batch_send_result_msg"];
        assert_eq!((code, &message["message_status"]), (6013, &json!(3)));
    }

    fn a_signature_runs_out(_golden: []) {
        const KEY: &str = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
        let place = Place::new();
        let mut user1 = Program::start_with(&place, "user1", &[("IMSDK_SECRET_KEY", KEY)]);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let signature = imsdk_service::usersig::sign(KEY, 1_400_000_000, "user1", now, 2, None);
        user1.empty("TIMLogin", json!(["user1", signature]));
        assert_eq!(user1.event("TIMUserSigExpiredCallback", |_| true), json!([]));
    }

    fn the_log_is_told(_golden: []) {
        let place = Place::new();
        let mut user1 = Program::start(&place, "user1");
        user1.call("TIMSetConfig", json!([{ "set_config_callback_log_level": 3 }]));
        user1.returns("TIMSetLogCallback", json!([]), 0);
        user1.login("user1");
        let line = user1.event("TIMLogCallback", |_| true);
        assert!(line[0].as_u64().is_some_and(|level| (3..=6).contains(&level)), "{line}");
        assert!(!line[1].as_str().unwrap().is_empty(), "{line}");
    }
}
