//! Profiles and friends.

use serde_json::{Value, json};

use crate::compare::shown;
use crate::golden;
use crate::program::Program;
use crate::support::Place;

fn users<const N: usize>(place: &Place, ids: [&str; N]) -> [Program; N] {
    ids.map(|id| Program::user(place, id))
}

fn set_profile(program: &mut Program, item: Value) {
    program.empty("TIMProfileModifySelfUserProfile", json!([item]));
}

/// Asks a user for friendship; the result.
fn ask(program: &mut Program, user: &str, kind: i64, source: &str, wording: &str) -> Value {
    program.call(
        "TIMFriendshipAddFriend",
        json!([{
            "friendship_add_friend_param_identifier": user,
            "friendship_add_friend_param_friend_type": kind,
            "friendship_add_friend_param_remark": "",
            "friendship_add_friend_param_group_name": "",
            "friendship_add_friend_param_add_source": source,
            "friendship_add_friend_param_add_wording": wording,
        }]),
    )
}

/// Puts a user into the own list only.
fn add(program: &mut Program, user: &str, source: &str) {
    assert_eq!(ask(program, user, 0, source, "")["friend_result_code"], 0);
}

fn modify_friend(program: &mut Program, user: &str, item: Value) {
    program.empty(
        "TIMFriendshipModifyFriendProfile",
        json!([{
            "friendship_modify_friend_profile_param_identifier": user,
            "friendship_modify_friend_profile_param_item": item,
        }]),
    );
}

golden! {
    fn profiles(golden: ["comm-16"]) {
        let place = Place::new();
        let [mut user1, _user2] = users(&place, ["user1", "user2"]);
        set_profile(&mut user1, json!({
            "user_profile_item_nick_name": "User1NickName", "user_profile_item_add_permission": 1,
        }));
        let found = user1.call("TIMProfileGetUserProfileList", json!([{
            "friendship_getprofilelist_param_identifier_array": ["user1", "user2"],
            "friendship_getprofilelist_param_force_update": false,
        }]));
        golden.compare("comm-16", &found);
    }

    fn the_friend_list(golden: ["comm-17"]) {
        let place = Place::new();
        let [mut asd, _lttest1, mut user1] = users(&place, ["asd12341", "lttest1", "user1"]);
        let shown = shown("comm-17");
        let location = &shown[0]["friend_profile_user_profile"]["user_profile_location"];
        set_profile(&mut asd, json!({
            "user_profile_item_nick_name": "nick_test23",
            "user_profile_item_face_url": "faceUrl",
            "user_profile_item_self_signature": "sig_test",
            "user_profile_item_location": location,
            "user_profile_item_birthday": 20_190_419,
            "user_profile_item_language": 1,
            "user_profile_item_level": 3,
            "user_profile_item_role": 4,
            "user_profile_item_custom_string_array": [{
                "user_profile_custom_string_info_key": "Str",
                "user_profile_custom_string_info_value": "qcloud",
            }],
        }));
        add(&mut user1, "asd12341", "android");
        add(&mut user1, "lttest1", "Android");
        modify_friend(&mut user1, "asd12341", json!({
            "friend_profile_item_custom_string_array": [{
                "friend_profile_custom_string_info_key": "Str",
                "friend_profile_custom_string_info_value": "qcloud",
            }],
        }));
        let list = user1.call("TIMFriendshipGetFriendProfileList", json!([]));
        golden.compare_but("comm-17", &list, &[(
            // The headers: fields about a friend begin otherwise than those of a profile.
            "/0/friend_profile_item_custom_string_array/0/friend_profile_custom_string_info_key",
            json!("Tag_SNS_Custom_Str"),
        )]);
    }

    fn adding_checking_and_removing(golden: [
        "comm-18", "comm-19", "comm-23", "event-on-add-friend", "event-on-delete-friend"
    ]) {
        let place = Place::new();
        let [_user4, _user15, mut user1] = users(&place, ["user4", "user15", "user1"]);
        golden.compare("comm-18", &ask(&mut user1, "user4", 1, "Windows", ""));
        let found = user1.call("TIMFriendshipCheckFriendType", json!([{
            "friendship_check_friendtype_param_check_type": 1,
            "friendship_check_friendtype_param_identifier_array": ["user4"],
        }]));
        golden.compare("comm-23", &found);
        let delete = |users: &str| json!([{
            "friendship_delete_friend_param_friend_type": 0,
            "friendship_delete_friend_param_identifier_array": [users],
        }]);
        golden.compare("comm-19", &user1.call("TIMFriendshipDeleteFriend", delete("user4")));

        // The own device and the friend's are told as well as the others.
        let mut phone = Program::phone(&place, "user1");
        add(&mut user1, "user15", "Windows");
        user1.call("TIMFriendshipDeleteFriend", delete("user15"));
        for program in [&mut user1, &mut phone] {
            let about = |told: &Value| told[0] == "user15";
            golden.compare("event-on-add-friend", &program.told("TIMOnAddFriendCallback", about));
            golden.compare("event-on-delete-friend", &program.told("TIMOnDeleteFriendCallback", about));
        }
    }

    fn requests(golden: ["comm-20", "comm-21", "comm-22", "event-friend-add-request"]) {
        let place = Place::new();
        let [mut user1, mut user4, mut v222] = users(&place, ["user1", "user4", "v222"]);
        set_profile(&mut user4, json!({
            "user_profile_item_nick_name": "change my nick name", "user_profile_item_add_permission": 2,
        }));
        let asked = ask(&mut user1, "user4", 1, "Windows", "I am Iron Man");
        assert_eq!(asked["friend_result_code"], 30539);
        let page = user1.call("TIMFriendshipGetPendencyList", json!([{
            "friendship_get_pendency_list_param_type": 2,
            "friendship_get_pendency_list_param_start_seq": 0,
            "friendship_get_pendency_list_param_start_time": 0,
            "friendship_get_pendency_list_param_limited_size": 100,
        }]));
        golden.compare("comm-21", &page);
        let deleted = user1.call("TIMFriendshipDeletePendency", json!([{
            "friendship_delete_pendency_param_type": 1,
            "friendship_delete_pendency_param_identifier_array": ["user4"],
        }]));
        golden.compare("comm-22", &deleted);
        user1.empty("TIMFriendshipReportPendencyReaded", json!([0]));

        ask(&mut user1, "user4", 1, "Windows", "I am Iron Man");
        let handled = user4.call("TIMFriendshipHandleFriendAddRequest", json!([{
            "friend_respone_identifier": "user1", "friend_respone_action": 1,
            "friend_respone_remark": "", "friend_respone_group_name": "",
        }]));
        golden.compare("comm-20", &handled);

        ask(&mut v222, "user4", 1, "android", "aaaa");
        let from = |told: &Value| told[0]["friend_add_pendency_identifier"] == "v222";
        golden.compare("event-friend-add-request", &user4.told("TIMFriendAddRequestCallback", from));
    }

    fn groups_of_friends(golden: ["comm-24", "comm-25", "comm-26", "event-update-friend-profile"]) {
        let place = Place::new();
        let [_user4, _user5, _user9, _user10, mut user1] =
            users(&place, ["user4", "user5", "user9", "user10", "user1"]);
        for friend in ["user4", "user9", "user10"] {
            add(&mut user1, friend, "Windows");
        }
        let created = user1.call("TIMFriendshipCreateFriendGroup", json!([{
            "friendship_create_friend_group_param_name_array": ["Group123"],
            "friendship_create_friend_group_param_identifier_array": ["user4", "user10"],
        }]));
        golden.compare("comm-24", &created);
        for names in [json!([["Group123"]]), json!([[]])] {
            golden.compare("comm-25", &user1.call("TIMFriendshipGetFriendGroupList", names));
        }
        let modified = user1.call("TIMFriendshipModifyFriendGroup", json!([{
            "friendship_modify_friend_group_param_name": "Group123",
            "friendship_modify_friend_group_param_new_name": "GroupNewName",
            "friendship_modify_friend_group_param_add_identifier_array": ["user5"],
            "friendship_modify_friend_group_param_delete_identifier_array": ["user4", "user9"],
        }]));
        golden.compare("comm-26", &modified);
        user1.empty("TIMFriendshipDeleteFriendGroup", json!([["GroupNewName"]]));

        modify_friend(&mut user1, "user4", json!({
            "friend_profile_item_remark": "New Remark",
            "friend_profile_item_group_name_array": ["group1", "group2"],
        }));
        let about = |told: &Value| told[0]["friend_profile_update_item"]["friend_profile_item_remark"] == "New Remark";
        let told = user1.told("TIMUpdateFriendProfileCallback", about);
        golden.compare("event-update-friend-profile", &told);
        assert_eq!(told, shown("event-update-friend-profile"), "nothing but what changed");
    }

    fn the_black_list(golden: ["comm-27", "comm-28", "comm-29"]) {
        let place = Place::new();
        let [_user10, _user5, mut user1] = users(&place, ["user10", "user5", "user1"]);
        add(&mut user1, "user10", "Android");
        user1.call("TIMFriendshipCreateFriendGroup", json!([{
            "friendship_create_friend_group_param_name_array": ["Group123"],
            "friendship_create_friend_group_param_identifier_array": ["user10"],
        }]));
        let users = json!([["user5", "user10"]]);
        golden.compare("comm-27", &user1.call("TIMFriendshipAddToBlackList", users.clone()));
        // Whoever is on the list is no friend any more, so nothing is kept about them as a friend.
        golden.compare_but("comm-28", &user1.call("TIMFriendshipGetBlackList", json!([])), &[
            ("/0/friend_profile_add_source", json!("")),
            ("/0/friend_profile_add_time", json!(0)),
            ("/0/friend_profile_group_name_array", json!([])),
        ]);
        golden.compare("comm-29", &user1.call("TIMFriendshipDeleteFromBlackList", users));
    }
}
