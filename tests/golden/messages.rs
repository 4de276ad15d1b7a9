//! The configuration, messages and conversations.

use serde_json::{Value, json};

use crate::compare::shown;
use crate::golden;
use crate::program::Program;
use crate::support::Place;

/// A message with a text.
pub fn text(text: &str) -> Value {
    json!({ "message_elem_array": [{ "elem_type": 0, "text_elem_content": text }] })
}

/// Whether a list of messages is one message with this text.
pub fn says(messages: &Value, text: &str) -> bool {
    messages[0]["message_elem_array"][0]["text_elem_content"] == text
}

/// Sends a text; the message that comes back.
pub fn send(program: &mut Program, to: &str, words: &str) -> Value {
    program.call("TIMMsgSendNewMsg", json!([to, 1, text(words)]))
}

/// A page of the newest messages.
fn history(program: &mut Program, peer: &str) -> Value {
    program.call("TIMMsgGetMsgList", json!([peer, 1, { "msg_getmsglist_param_count": 20 }]))
}

golden! {
    /// What is configured comes back, the flags of the group options as the number that they are.
    fn configuration(golden: ["comm-01"]) {
        let place = Place::new();
        let mut program = Program::start(&place, "user1");
        // This program's output is no place for a log.
        let console = "/set_config_is_log_output_console";
        let mut config = shown("comm-01");
        *config.pointer_mut(console).unwrap() = json!(false);
        let found = program.call("TIMSetConfig", json!([config]));
        golden.compare_but("comm-01", &found, &[(console, json!(false))]);
        let found = program.call("TIMSetConfig", json!([""]));
        golden.compare_but("comm-01", &found, &[(console, json!(false))]);
    }

    fn a_text_on_its_way(golden: ["event-recv-new-msg-text", "comm-04", "comm-05", "comm-06"]) {
        let place = Place::new();
        let mut user2 = Program::user(&place, "user2");
        let mut phone = Program::phone(&place, "user1");
        let mut user1 = Program::user(&place, "user1");
        send(&mut user1, "user2", "123213213");
        let told = phone.messages(|messages| says(messages, "123213213"));
        golden.compare("event-recv-new-msg-text", &told);
        let message = &told[0];
        let locator = json!([{
            "message_locator_time": message["message_server_time"],
            "message_locator_seq": message["message_seq"],
            "message_locator_rand": message["message_rand"],
            "message_locator_is_self": true,
        }]);
        for program in [&mut user1, &mut phone] {
            golden.compare("comm-06", &history(program, "user2"));
            let find = json!(["user2", 1, locator]);
            golden.compare("comm-05", &program.call("TIMMsgFindByMsgLocatorList", find));
        }
        // The receiver has the same message, seen from the other side.
        let other = [
            ("/0/message_conv_id", json!("user1")),
            ("/0/message_is_from_self", json!(false)),
            ("/0/message_is_read", json!(false)),
        ];
        let told = user2.messages(|messages| says(messages, "123213213"));
        golden.compare_but("event-recv-new-msg-text", &told, &other);
        golden.compare_but("comm-06", &history(&mut user2, "user1"), &other);

        let _receiver = Program::user(&place, "asd12341");
        let mut sender = Program::user(&place, "test_win_01");
        golden.compare("comm-04", &send(&mut sender, "asd12341", "test"));
    }

    fn conversations(golden: ["comm-02", "comm-03"]) {
        let place = Place::new();
        let mut user2 = Program::user(&place, "user2");
        let mut user1 = Program::user(&place, "user1");
        send(&mut user2, "user1", "12");
        user1.messages(|messages| says(messages, "12"));
        // The example shows one unread message in the conversation and one that is read at its end.
        let unread = ("/conv_last_msg/message_is_read", json!(false));
        let found = user1.call("TIMConvCreate", json!(["user2", 1]));
        golden.compare_but("comm-02", &found, &[unread]);
        user1.empty("TIMMsgReportReaded", json!(["user2", 1, {}]));
        let read = ("/conv_unread_num", json!(0));
        let found = user1.call("TIMConvCreate", json!(["user2", 1]));
        golden.compare_but("comm-02", &found, &[read]);
        send(&mut user1, "user2", "ccccccccccccccccc");
        golden.compare("comm-03", &user1.call("TIMConvGetConvList", json!([])));
    }

    fn a_message_to_several(golden: ["comm-08"]) {
        let place = Place::new();
        let _receivers = ["test_win_05", "test_win_02"].map(|user| Program::user(&place, user));
        let mut sender = Program::user(&place, "test_win_01");
        let found = sender.call("TIMMsgBatchSend", json!([{
            "msg_batch_send_param_identifier_array": ["test_win_05", "test_win_02"],
            "msg_batch_send_param_msg": text("this is batch send msgs"),
        }]));
        golden.compare("comm-08", &found);
    }

    fn a_download(golden: ["comm-07"]) {
        let place = Place::new();
        let mut user2 = Program::user(&place, "user2");
        let mut user1 = Program::user(&place, "user1");
        let source = place.path("source");
        std::fs::write(&source, [7; 100]).unwrap();
        let file = json!({ "message_elem_array": [{
            "elem_type": 4, "file_elem_file_path": source,
            "file_elem_file_name": "source", "file_elem_file_size": 100,
        }] });
        let sent = user1.call("TIMMsgSendNewMsg", json!(["user2", 1, file]));
        // It is told how much of which element of which message has gone.
        let progress = user1.event("TIMMsgElemUploadProgressCallback", |event| event[2] == event[3]);
        assert_eq!(progress[0]["message_elem_array"][0]["elem_type"], 4);
        assert_eq!((&progress[1], &progress[2]), (&json!(0), &json!(100)));
        let came = user2.messages(|messages| messages[0]["message_rand"] == sent["message_rand"]);
        let elem = &came[0]["message_elem_array"][0];
        let target = place.path("target");
        let found = user2.call("TIMMsgDownloadElemToPath", json!([{
            "msg_download_elem_param_flag": elem["file_elem_download_flag"],
            "msg_download_elem_param_type": 1,
            "msg_download_elem_param_id": elem["file_elem_file_id"],
            "msg_download_elem_param_business_id": elem["file_elem_business_id"],
            "msg_download_elem_param_url": elem["file_elem_url"],
        }, target]));
        // So few bytes come at once.
        let all = ("/msg_download_elem_result_current_size", json!(100));
        golden.compare_but("comm-07", &found, &[all]);
        assert_eq!(std::fs::read(target).unwrap(), [7; 100]);
    }

    /// DL-2: any number of times how far it has come, then once that it is there.
    /// §19-15
    fn a_long_download(_golden: []) {
        const BYTES: usize = 9 << 20;
        let place = Place::new();
        let mut user2 = Program::user(&place, "user2");
        let mut user1 = Program::user(&place, "user1");
        let source = place.path("source");
        for (name, bytes) in [("long", BYTES), ("short", 1)] {
            let content: Vec<u8> = (0..bytes).map(|n| (n / 7 + n) as u8).collect();
            std::fs::write(&source, &content).unwrap();
            user1.call("TIMMsgSendNewMsg", json!(["user2", 1, { "message_elem_array": [{
                "elem_type": 4, "file_elem_file_path": source,
                "file_elem_file_name": name, "file_elem_file_size": bytes,
            }] }]));
            let came = user2.messages(|messages| {
                messages[0]["message_elem_array"][0]["file_elem_file_name"] == name
            });
            let elem = &came[0]["message_elem_array"][0];
            let target = place.path("target");
            let mut answers = user2.answers("TIMMsgDownloadElemToPath", json!([{
                "msg_download_elem_param_flag": elem["file_elem_download_flag"],
                "msg_download_elem_param_type": 1,
                "msg_download_elem_param_id": elem["file_elem_file_id"],
                "msg_download_elem_param_business_id": elem["file_elem_business_id"],
                "msg_download_elem_param_url": elem["file_elem_url"],
            }, target]), |answer| answer[1] != "downloading");
            let sizes = |answer: &Value| -> (u64, u64) {
                let json: Value = serde_json::from_str(answer[2].as_str().unwrap()).unwrap();
                let size = |key: &str| json[format!("msg_download_elem_result_{key}_size")].as_u64().unwrap();
                (size("current"), size("total"))
            };
            let last = answers.pop().unwrap();
            assert_eq!((last[0].as_i64(), sizes(&last)), (Some(0), (bytes as u64, bytes as u64)));
            assert!(answers.iter().all(|answer| answer[0] == 0 && sizes(answer).1 == bytes as u64));
            assert!(answers.is_sorted_by_key(|answer| sizes(answer).0));
            assert!(name == "short" || !answers.is_empty(), "so many bytes take steps");
            assert_eq!(std::fs::read(target).unwrap(), content);
        }
    }

    fn calls_that_answer_nothing(_golden: []) {
        let place = Place::new();
        let _user2 = Program::user(&place, "user2");
        let mut user1 = Program::user(&place, "user1");
        user1.empty("TIMMsgSaveMsg", json!(["user2", 1, text("saved")]));
        user1.empty("TIMMsgImportMsgList", json!(["user2", 1, [{
            "message_elem_array": [{ "elem_type": 0, "text_elem_content": "imported" }],
            "message_sender": "user2", "message_client_time": 1_551_080_111,
            "message_server_time": 1_551_080_111, "message_rand": 7, "message_seq": 8,
        }]]));
        let sent = send(&mut user1, "user2", "sent");
        user1.empty("TIMMsgReportReaded", json!(["user2", 1, sent]));
        user1.empty("TIMMsgRevoke", json!(["user2", 1, sent]));
        let sent = send(&mut user1, "user2", "sent again");
        let delete = json!({ "msg_delete_param_msg": sent, "msg_delete_param_is_remble": false });
        user1.empty("TIMMsgDelete", json!(["user2", 1, delete]));
        user1.empty("TIMConvDelete", json!(["user2", 1]));
        user1.empty("TIMLogout", json!([]));
    }
}
