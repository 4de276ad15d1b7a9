//! The JSON that programs have seen for messages and conversations: each operation is done, and what it gives must have at least these
//! keys, of these types, with the values that the operation determines.

use imsdk_testkit::{World, text_message};
use imsdk_types::{DownloadElemParam, Elem, Field, FileElem, Message, MsgLocator, json};
use serde_json::{Value, json as value};

/// A number that the operation does not determine.
const ANY: u64 = 0xA11;

/// Panics unless `real` has all that `wanted` has.
fn assert_has(real: &Value, wanted: &Value, path: &str) {
    match (real, wanted) {
        (Value::Object(real), Value::Object(wanted)) => {
            for (key, wanted) in wanted {
                let real = real.get(key).unwrap_or_else(|| panic!("{path}: no {key}"));
                assert_has(real, wanted, &format!("{path}.{key}"));
            }
        }
        (Value::Array(real), Value::Array(wanted)) => {
            assert_eq!(real.len(), wanted.len(), "{path}");
            for (place, (real, wanted)) in real.iter().zip(wanted).enumerate() {
                assert_has(real, wanted, &format!("{path}[{place}]"));
            }
        }
        (Value::Number(real), Value::Number(wanted)) if wanted.as_u64() == Some(ANY) => {
            assert!(real.is_u64(), "{path}: {real}");
        }
        (real, wanted) => assert_eq!(real, wanted, "{path}"),
    }
}

fn check<T: Field>(real: &T, wanted: Value) {
    let text = json::to_string(real);
    assert_has(&serde_json::from_str(&text).expect("JSON"), &wanted, "$");
}

/// A message of the history or of an event.
fn message(sender: &str, conv: &str, text: &str, own: bool) -> Value {
    value!({
        "message_client_time": ANY, "message_conv_id": conv, "message_conv_type": 1,
        "message_elem_array": [{ "elem_type": 0, "text_elem_content": text }],
        "message_is_from_self": own, "message_is_read": own, "message_rand": ANY,
        "message_sender": sender, "message_seq": ANY, "message_server_time": ANY,
        "message_status": 2,
    })
}

/// A message that was just sent.
fn sent(conv: &str, text: &str) -> Value {
    let mut sent = message("user1", conv, text, true);
    for (key, value) in [
        ("message_custom_int", value!(0)),
        ("message_custom_str", value!("")),
        ("message_is_online_msg", value!(false)),
        ("message_is_peer_read", value!(false)),
        ("message_priority", value!(1)),
    ] {
        sent[key] = value;
    }
    sent
}

#[test]
fn messages_and_conversations_as_programs_know_them() {
    let world = World::new();
    let platform = imsdk_client::config::Platform::Linux;
    let (one, two) = (world.user("user1", platform), world.user("user2", platform));
    check(&one.send("user2", "test"), sent("user2", "test"));
    let came = two.events().wait_message("test");
    check(&vec![came.clone()], value!([message("user1", "user1", "test", false)]));
    check(&one.history("user2", 20), value!([message("user1", "user2", "test", true)]));
    let locator = MsgLocator {
        time: came.server_time,
        seq: came.seq,
        rand: came.rand,
        ..MsgLocator::default()
    };
    let found = two.find("user1", vec![locator]).unwrap();
    check(&found, value!([message("user1", "user1", "test", false)]));
    let conversation = value!({
        "conv_active_time": came.server_time, "conv_id": "user1", "conv_is_has_draft": false,
        "conv_is_has_lastmsg": true, "conv_last_msg": message("user1", "user1", "test", false),
        "conv_owner": "", "conv_type": 1, "conv_unread_num": 1,
    });
    check(&two.create_conversation("user1").unwrap(), conversation.clone());
    check(&two.conversations(), value!([conversation]));
    let (results, error) = one.send_batch(&["user2", "user1"], text_message("all"));
    assert_eq!(error, None);
    let result = |user: &str| {
        value!({
            "msg_batch_send_result_code": 0, "msg_batch_send_result_desc": "",
            "msg_batch_send_result_identifier": user,
            "msg_batch_send_result_msg": sent(user, "all"),
        })
    };
    check(&results, value!([result("user2"), result("user1")]));
}

#[test]
fn downloads_as_programs_know_them() {
    let world = World::new();
    let alice = world.alice();
    let source = world.dir().join("source");
    std::fs::write(&source, [7; 300_000]).unwrap();
    let file_path = source.to_str().unwrap().to_owned();
    let elem = Elem::File(FileElem { file_path: file_path.clone(), ..FileElem::default() });
    let written = Message { elem_array: vec![elem], ..Message::default() };
    let (message, error) = alice.try_send("alice", written);
    assert_eq!(error, None);
    check(
        &message.elem_array[0],
        value!({
            "elem_type": 4, "file_elem_file_path": file_path, "file_elem_file_name": "source",
            "file_elem_file_size": 300_000, "file_elem_download_flag": 2, "file_elem_business_id": 0,
        }),
    );
    let Elem::File(file) = &message.elem_array[0] else { panic!("no file") };
    let param = DownloadElemParam {
        url: file.url.clone(),
        id: file.file_id.clone(),
        flag: 2,
        kind: 1,
        ..DownloadElemParam::default()
    };
    let download = alice.start_download(param, &world.dir().join("target"));
    let done = value!({
        "msg_download_elem_result_current_size": 300_000,
        "msg_download_elem_result_total_size": 300_000,
    });
    check(&download.answer.wait().unwrap(), done);
    let first = value!({
        "msg_download_elem_result_current_size": ANY,
        "msg_download_elem_result_total_size": 300_000,
    });
    check(&download.progress.lock()[0], first);
}
