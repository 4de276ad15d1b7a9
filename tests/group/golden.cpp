// Does with groups what the examples of the interface show, and prints every answer and event as `NAME JSON`, a line each.

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include "TIMCloud.h"

namespace {

std::mutex mutex;
std::condition_variable changed;
int answers = 0;
int last_code = 0;
std::string last_json;

void print(const char* name, const char* json) {
    std::lock_guard<std::mutex> lock(mutex);
    std::printf("%s %s\n", name, json);
}

void answered(int32_t code, const char* desc, const char* json, const void* user_data) {
    const char* name = static_cast<const char*>(user_data);
    if (code != 0) std::printf("%s failed: %d %s\n", name, code, desc);
    else print(name, json);
    std::lock_guard<std::mutex> lock(mutex);
    last_code = code;
    last_json = json;
    answers++;
    changed.notify_all();
}

// Waits for the answer to the call that was just made.
void wait(const char* name, int returned) {
    if (returned != TIM_SUCC) {
        std::printf("%s returned %d\n", name, returned);
        std::exit(1);
    }
    std::unique_lock<std::mutex> lock(mutex);
    if (!changed.wait_for(lock, std::chrono::seconds(60), [] { return answers > 0; })) {
        std::printf("%s: no answer\n", name);
        std::exit(1);
    }
    answers = 0;
    if (last_code != 0) std::exit(1);
}

void messages(const char* json, const void*) { print("messages", json); }
void tips(const char* json, const void*) { print("tips", json); }

#define CALL(function, ...) wait(#function, function(__VA_ARGS__, answered, #function))

void as(const char* user) {
    wait("TIMLogout", TIMLogout(answered, "TIMLogout"));
    CALL(TIMLogin, user, "sig");
}

}  // namespace

int main() {
    // The log must not come between the lines.
    TIMSetConfig("{\"set_config_is_log_output_console\":false}", nullptr, nullptr);
    TIMInit(1400000000, "{}");
    TIMAddRecvNewMsgCallback(messages, nullptr);
    TIMSetGroupTipsEventCallback(tips, nullptr);
    for (const char* user : {"user2", "user3", "user1"}) {
        CALL(TIMLogin, user, "sig");
        if (std::strcmp(user, "user1") != 0) wait("TIMLogout", TIMLogout(answered, "TIMLogout"));
    }
    CALL(TIMGroupCreate,
         "{\"create_group_param_group_id\":\"first group id\",\"create_group_param_group_name\":\"first group name\","
         "\"create_group_param_group_type\":0,\"create_group_param_notification\":\"group notification\","
         "\"create_group_param_introduction\":\"group introduction\",\"create_group_param_face_url\":\"group face url\","
         "\"create_group_param_max_member_num\":2000}");
    wait("TIMGroupGetJoinedGroupList",
         TIMGroupGetJoinedGroupList(answered, "TIMGroupGetJoinedGroupList"));
    CALL(TIMGroupGetGroupInfoList, "[\"first group id\"]");
    CALL(TIMGroupGetMemberInfoList,
         "{\"group_get_members_info_list_param_group_id\":\"first group id\","
         "\"group_get_members_info_list_param_identifier_array\":[],"
         "\"group_get_members_info_list_param_option\":{\"group_member_get_info_option_info_flag\":0,"
         "\"group_member_get_info_option_role_flag\":0},\"group_get_members_info_list_param_next_seq\":0}");
    CALL(TIMGroupModifyGroupInfo,
         "{\"group_modify_info_param_group_id\":\"first group id\",\"group_modify_info_param_modify_flag\":1,"
         "\"group_modify_info_param_group_name\":\"other name\"}");

    CALL(TIMGroupCreate,
         "{\"create_group_param_group_id\":\"second\",\"create_group_param_group_name\":\"second\","
         "\"create_group_param_group_type\":1}");
    CALL(TIMGroupInviteMember,
         "{\"group_invite_member_param_group_id\":\"second\","
         "\"group_invite_member_param_identifier_array\":[\"user2\",\"user3\"],"
         "\"group_invite_member_param_user_data\":\"\"}");
    CALL(TIMGroupDeleteMember,
         "{\"group_delete_member_param_group_id\":\"second\","
         "\"group_delete_member_param_identifier_array\":[\"user2\",\"user3\"],"
         "\"group_delete_member_param_user_data\":\"reason\"}");

    // By approval.
    CALL(TIMGroupCreate,
         "{\"create_group_param_group_id\":\"four group id\",\"create_group_param_group_name\":\"four\","
         "\"create_group_param_group_type\":0,\"create_group_param_add_option\":1}");
    as("user2");
    CALL(TIMGroupJoin, "four group id", "Want Join Group, Thank you");
    as("user1");
    CALL(TIMGroupGetPendencyList,
         "{\"group_pendency_option_max_limited\":0,\"group_pendency_option_start_time\":0}");
    const std::string start = "\"group_pendency_result_pendency_array\":[";
    const size_t from = last_json.find(start);
    if (from == std::string::npos) return 1;
    const size_t begin = from + start.size();
    const std::string pendency = last_json.substr(begin, last_json.find('}', begin) + 1 - begin);
    const std::string handle = "{\"group_handle_pendency_param_is_accept\":true,"
                               "\"group_handle_pendency_param_handle_msg\":\"welcome\","
                               "\"group_handle_pendency_param_pendency\":" + pendency + "}";
    CALL(TIMGroupHandlePendency, handle.c_str());
    CALL(TIMGroupReportPendencyReaded, 1700000000);
    CALL(TIMGroupModifyMemberInfo,
         "{\"group_modify_member_info_group_id\":\"four group id\","
         "\"group_modify_member_info_identifier\":\"user2\",\"group_modify_member_info_modify_flag\":6,"
         "\"group_modify_member_info_member_role\":2,\"group_modify_member_info_shutup_time\":10}");
    // As programs print the flag whose JSON numbers have a sign.
    CALL(TIMGroupModifyGroupInfo,
         "{\"group_modify_info_param_group_id\":\"four group id\","
         "\"group_modify_info_param_modify_flag\":-2147483648,\"group_modify_info_param_owner\":\"user2\"}");
    CALL(TIMGroupQuit, "four group id");
    CALL(TIMGroupDelete, "first group id");
    wait("TIMLogout", TIMLogout(answered, "TIMLogout"));
    TIMUninit();
    return 0;
}
