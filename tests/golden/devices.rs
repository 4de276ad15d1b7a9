//! One user with two programs, each a process, on two platforms: what one does, the other learns (§3.4, §7.2, §8.4, READ-5).

use serde_json::{Value, json};

use crate::golden;
use crate::messages::{says, send, text};
use crate::program::Program;
use crate::support::Place;

/// user1 at a computer and on a phone, and user2.
fn three(place: &Place) -> [Program; 3] {
    let user2 = Program::user(place, "user2");
    let computer = Program::user(place, "user1");
    [user2, computer, Program::phone(place, "user1")]
}

/// Waits until the device has been told that a conversation is as it should be.
fn conversation(program: &mut Program, id: &str, fits: impl Fn(&Value) -> bool) -> Value {
    let found = |event: &Value| {
        let list = event[1].as_array()?;
        list.iter().find(|conv| conv["conv_id"] == id && fits(conv)).cloned()
    };
    let event = program.event("TIMConvEventCallback", |event| found(event).is_some());
    found(&event).expect("it was there")
}

fn is_elem(kind: i64) -> impl Fn(&Value) -> bool {
    move |messages| messages[0]["message_elem_array"][0]["elem_type"] == kind
}

golden! {
    fn what_is_read_on_one_device_is_read_on_the_other(_golden: []) {
        let place = Place::new();
        let [mut user2, mut computer, mut phone] = three(&place);
        send(&mut user2, "user1", "read this");
        let came = computer.messages(|messages| says(messages, "read this"));
        phone.messages(|messages| says(messages, "read this"));
        conversation(&mut phone, "user2", |conv| conv["conv_unread_num"] == 1);
        computer.empty("TIMMsgReportReaded", json!(["user2", 1, came[0]]));
        conversation(&mut phone, "user2", |conv| conv["conv_unread_num"] == 0);
        let history = phone.call("TIMMsgGetMsgList", json!(["user2", 1, { "msg_getmsglist_param_count": 1 }]));
        assert_eq!(history[0]["message_is_read"], true);
        let list = phone.call("TIMConvGetConvList", json!([]));
        assert_eq!(list[0]["conv_unread_num"], 0);
    }

    fn a_profile_that_changes_on_one_device_changes_on_the_other(_golden: []) {
        let place = Place::new();
        let [_user2, mut computer, mut phone] = three(&place);
        let item = json!({ "user_profile_item_nick_name": "One", "user_profile_item_gender": 1 });
        computer.empty("TIMProfileModifySelfUserProfile", json!([item]));
        let told = phone.messages(is_elem(11));
        let change = &told[0]["message_elem_array"][0];
        assert_eq!(change["profile_change_elem_from_identifer"], "user1");
        assert_eq!(change["profile_change_elem_change_type"], 1);
        assert_eq!(change["profile_change_elem_user_profile_item"], item, "what changed, and nothing else");
        assert_eq!((&told[0]["message_conv_type"], &told[0]["message_sender"]), (&json!(3), &json!("@TIM#SYSTEM")));
    }

    fn what_a_friend_is_called_on_one_device_is_said_on_the_other(_golden: []) {
        let place = Place::new();
        let [mut user2, mut computer, mut phone] = three(&place);
        send(&mut user2, "user1", "hello");
        phone.messages(|messages| says(messages, "hello"));
        computer.call("TIMFriendshipAddFriend", json!([{
            "friendship_add_friend_param_identifier": "user2",
            "friendship_add_friend_param_friend_type": 0,
        }]));
        let item = json!({ "friend_profile_item_remark": "My Two" });
        computer.empty("TIMFriendshipModifyFriendProfile", json!([{
            "friendship_modify_friend_profile_param_identifier": "user2",
            "friendship_modify_friend_profile_param_item": item,
        }]));
        let told = phone.told("TIMUpdateFriendProfileCallback", |_| true);
        assert_eq!(told, json!([{
            "friend_profile_update_identifier": "user2", "friend_profile_update_item": item,
        }]));
        conversation(&mut phone, "user2", |conv| conv["conv_show_name"] == "My Two");
    }

    fn who_is_blocked_on_one_device_is_blocked_on_the_other(_golden: []) {
        let place = Place::new();
        let [mut user2, mut computer, mut phone] = three(&place);
        computer.call("TIMFriendshipAddFriend", json!([{
            "friendship_add_friend_param_identifier": "user2",
            "friendship_add_friend_param_friend_type": 1,
        }]));
        let change = |kind: i64, key: &'static str| move |messages: &Value| {
            let elem = &messages[0]["message_elem_array"][0];
            elem["friend_change_elem_change_type"] == kind && elem[key] == json!(["user2"])
        };
        computer.call("TIMFriendshipAddToBlackList", json!([["user2"]]));
        phone.told("TIMOnDeleteFriendCallback", |users| users[0] == "user2");
        phone.messages(change(5, "friend_change_elem_blacklist_add_identifier_array"));
        let list = phone.call("TIMFriendshipGetBlackList", json!([]));
        assert_eq!(list[0]["friend_profile_identifier"], "user2");
        let (code, _) = user2.answer("TIMMsgSendNewMsg", json!(["user1", 1, text("hello?")]));
        assert_eq!(code, 20007);
        computer.call("TIMFriendshipDeleteFromBlackList", json!([["user2"]]));
        phone.messages(change(6, "friend_change_elem_blacklist_del_identifier_array"));
        assert_eq!(phone.call("TIMFriendshipGetBlackList", json!([])), json!([]));
    }

    fn a_group_that_is_silenced_on_one_device_is_silent_on_the_other(_golden: []) {
        let place = Place::new();
        let [mut user2, mut computer, mut phone] = three(&place);
        user2.call("TIMGroupCreate", json!([{
            "create_group_param_group_id": "g", "create_group_param_group_name": "g",
            "create_group_param_add_option": 2,
        }]));
        computer.empty("TIMGroupJoin", json!(["g", ""]));
        let say = |user2: &mut Program, words: &str| user2.call("TIMMsgSendNewMsg", json!(["g", 2, text(words)]));
        say(&mut user2, "loud");
        phone.messages(|messages| says(messages, "loud"));
        let option = |option: u32| json!([{
            "group_modify_member_info_group_id": "g",
            "group_modify_member_info_identifier": "user1",
            "group_modify_member_info_modify_flag": 1,
            "group_modify_member_info_msg_flag": option,
        }]);
        for silent in [1, 0] {
            computer.empty("TIMGroupModifyMemberInfo", option(silent));
            conversation(&mut phone, "g", |conv| conv["conv_recv_opt"] == silent);
            say(&mut user2, if silent == 1 { "silent" } else { "loud again" });
        }
        // They come in order: the one between would have been the first.
        let of_group = |messages: &Value| messages[0]["message_conv_id"] == "g" && is_elem(0)(messages);
        let next = phone.messages(of_group);
        assert!(says(&next, "loud again"), "{next:#}");
    }
}
