//! Groups: answers, messages about them, and the listener for tips.

use serde_json::{Value, json};

use crate::golden;
use crate::messages::text;
use crate::program::Program;
use crate::support::Place;

const ID: &str = "first group id";

/// The group of the examples.
fn create(program: &mut Program) -> Value {
    program.call(
        "TIMGroupCreate",
        json!([{
            "create_group_param_group_id": ID,
            "create_group_param_group_name": "first group name",
            "create_group_param_group_type": 0,
            "create_group_param_add_option": 2,
            "create_group_param_notification": "group notification",
            "create_group_param_introduction": "group introduction",
            "create_group_param_face_url": "group face url",
            "create_group_param_max_member_num": 2000,
        }]),
    )
}

fn rename(program: &mut Program, name: &str) {
    program.empty(
        "TIMGroupModifyGroupInfo",
        json!([{
            "group_modify_info_param_group_id": ID,
            "group_modify_info_param_modify_flag": 1,
            "group_modify_info_param_group_name": name,
        }]),
    );
}

/// Whether a list of messages is one about a group, with an element of this kind.
fn with_elem(messages: &Value, kind: i64) -> bool {
    messages[0]["message_elem_array"][0]["elem_type"] == kind
}

golden! {
    fn a_group_and_who_is_in_it(golden: [
        "comm-09", "comm-12", "comm-13", "comm-14", "event-recv-new-msg-group-report",
        "event-recv-new-msg-group-tips"
    ]) {
        let place = Place::new();
        let mut user1 = Program::user(&place, "user1");
        golden.compare("comm-09", &create(&mut user1));
        let report = user1.messages(|messages| with_elem(messages, 8));
        golden.compare_but("event-recv-new-msg-group-report", &report, &[
            // The number of every header.
            ("/0/message_elem_array/0/elem_type", json!(8)),
            // Who did it is said in both places, not in one alone.
            ("/0/message_elem_array/0/group_report_elem_op_user", json!("user1")),
        ]);
        golden.compare("comm-12", &user1.call("TIMGroupGetJoinedGroupList", json!([])));
        golden.compare("comm-13", &user1.call("TIMGroupGetGroupInfoList", json!([[ID]])));
        let members = user1.call("TIMGroupGetMemberInfoList", json!([{
            "group_get_members_info_list_param_group_id": ID,
            "group_get_members_info_list_param_identifier_array": [],
            "group_get_members_info_list_param_option": {
                "group_member_get_info_option_info_flag": 0xffff_ffff_u32,
                "group_member_get_info_option_role_flag": 0,
                "group_member_get_info_option_custom_array": [],
            },
            "group_get_members_info_list_param_next_seq": 0,
        }]));
        golden.compare("comm-14", &members);
        rename(&mut user1, "first group name to other name");
        let tips = user1.messages(|messages| with_elem(messages, 5));
        golden.compare_but("event-recv-new-msg-group-tips", &tips, &[
            // The numbers of every header.
            ("/0/message_elem_array/0/elem_type", json!(5)),
            ("/0/message_elem_array/0/group_tips_elem_group_change_info_array/0/group_tips_group_change_info_flag", json!(1)),
        ]);
    }

    fn inviting_and_removing(golden: ["comm-10", "comm-11"]) {
        let place = Place::new();
        let _invited = ["user2", "user3"].map(|user| Program::user(&place, user));
        let mut user1 = Program::user(&place, "user1");
        // To a private group nobody is asked.
        user1.call("TIMGroupCreate", json!([{
            "create_group_param_group_id": "third group id",
            "create_group_param_group_name": "third group name",
            "create_group_param_group_type": 1,
        }]));
        let invited = user1.call("TIMGroupInviteMember", json!([{
            "group_invite_member_param_group_id": "third group id",
            "group_invite_member_param_identifier_array": ["user2", "user3"],
            "group_invite_member_param_user_data": "",
        }]));
        golden.compare("comm-10", &invited);
        let removed = user1.call("TIMGroupDeleteMember", json!([{
            "group_delete_member_param_group_id": "third group id",
            "group_delete_member_param_identifier_array": ["user2", "user3"],
            "group_delete_member_param_user_data": "reason",
        }]));
        golden.compare("comm-11", &removed);
    }

    // §11-12 with the flag as a negative number.
    fn asking_to_join(golden: ["comm-15"]) {
        let place = Place::new();
        let mut user2 = Program::user(&place, "user2");
        let mut user1 = Program::user(&place, "user1");
        user1.call("TIMGroupCreate", json!([{
            "create_group_param_group_id": "four group id",
            "create_group_param_group_name": "four group name",
            "create_group_param_group_type": 0,
            "create_group_param_add_option": 1,
        }]));
        user2.empty("TIMGroupJoin", json!(["four group id", "Want Join Group, Thank you"]));
        let page = user1.call("TIMGroupGetPendencyList", json!([{
            "group_pendency_option_max_limited": 0, "group_pendency_option_start_time": 0,
        }]));
        // The headers: the invited user; nobody where somebody asks.
        let to = "/group_pendency_result_pendency_array/0/group_pendency_to_identifier";
        golden.compare_but("comm-15", &page, &[(to, json!(""))]);
        user1.empty("TIMGroupHandlePendency", json!([{
            "group_handle_pendency_param_is_accept": true,
            "group_handle_pendency_param_handle_msg": "welcome",
            "group_handle_pendency_param_pendency": page["group_pendency_result_pendency_array"][0],
        }]));
        user1.empty("TIMGroupReportPendencyReaded", json!([1_700_000_000]));
        user1.empty("TIMGroupModifyMemberInfo", json!([{
            "group_modify_member_info_group_id": "four group id",
            "group_modify_member_info_identifier": "user2",
            "group_modify_member_info_modify_flag": 6,
            "group_modify_member_info_member_role": 2,
            "group_modify_member_info_shutup_time": 10,
        }]));
        // As programs print the flag whose JSON numbers have a sign.
        user1.empty("TIMGroupModifyGroupInfo", json!([{
            "group_modify_info_param_group_id": "four group id",
            "group_modify_info_param_modify_flag": i32::MIN,
            "group_modify_info_param_owner": "user2",
        }]));
        user1.empty("TIMGroupQuit", json!(["four group id"]));
        user2.empty("TIMGroupDelete", json!(["four group id"]));
    }

    /// Whoever calls a function of generation 5 knows it, also before TIMInit and after the next one.
    fn what_a_program_calls_tells_its_generation(_golden: []) {
        type Call = fn(&mut Program);
        let calls: [Call; 4] = [
            |user| user.returns("TIMGetLoginStatus", json!([]), 1),
            |user| user.returns("TIMGetLoginUserID", json!([]), 0),
            |user| drop(user.outcome("TIMGetServerTime", json!([]))),
            |user| drop(user.call("TIMMsgSendMessage", json!([ID, 2, text("x")]))),
        ];
        for call in calls {
            let place = Place::new();
            let mut user1 = Program::user(&place, "user1");
            create(&mut user1);
            rename(&mut user1, "old");
            let told = user1.told("TIMGroupTipsEventCallback", |_| true);
            assert!(told.is_array(), "{told}");
            user1.empty("TIMMsgSaveMsg", json!([ID, 2, text("saved")]));
            call(&mut user1);
            rename(&mut user1, "new");
            let told = user1.told("TIMGroupTipsEventCallback", |_| true);
            assert!(told.is_object(), "{told}");
            // The original was seen to answer so.
            let saved = user1.call("TIMMsgSaveMsg", json!([ID, 2, text("saved")]));
            assert_eq!(saved["message_elem_array"], text("saved")["message_elem_array"]);
            user1.returns("TIMUninit", json!([]), 0);
            user1.returns("TIMInit", json!([1_400_000_000, {}]), 0);
            user1.returns("TIMSetGroupTipsEventCallback", json!([]), 0);
            user1.login("user1");
            rename(&mut user1, "newer");
            let told = user1.told("TIMGroupTipsEventCallback", |_| true);
            assert!(told.is_object(), "{told}");
        }
    }

    /// The listener for tips gets a list at first, and one object since generation 5.
    fn tips_have_the_shape_of_their_generation(_golden: []) {
        for (generation, list) in [("auto", true), ("4", true), ("5", false), ("8", false)] {
            let place = Place::new();
            let environment = [("IMSDK_API_GENERATION", generation)];
            let mut user1 = Program::start_with(&place, "user1", &environment);
            user1.login("user1");
            create(&mut user1);
            rename(&mut user1, "first group name to other name");
            let told = user1.told("TIMGroupTipsEventCallback", |_| true);
            // What the message holds, which is compared with the example, but for the kind of element.
            let mut told_too = user1.messages(|messages| with_elem(messages, 5));
            let mut tip = told_too[0]["message_elem_array"][0].take();
            tip.as_object_mut().unwrap().remove("elem_type");
            assert_eq!(told, if list { json!([tip]) } else { tip }, "generation {generation}");
        }
    }
}
