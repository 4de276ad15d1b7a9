// Profiles and friends through the C interface: two users, one after the other, in one process. Every callback and every event is
// a line of the output, in the order in which they come. Run it in an empty directory.

#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>

#include "TIMCloud.h"

static std::mutex g_mutex;
static std::condition_variable g_changed;
static bool g_done = false;

static void OnDone(int32_t code, const char* desc, const char* json_params, const void*) {
    std::printf("done %d %s %s\n", code, desc, json_params);
    std::lock_guard<std::mutex> lock(g_mutex);
    g_done = true;
    g_changed.notify_all();
}

static void OnEvent(const char* json, const void* user_data) {
    std::printf("%s %s\n", static_cast<const char*>(user_data), json);
}

// Waits for the callback of a call that was accepted.
static void Wait(const char* what, int returned) {
    if (returned != TIM_SUCC) {
        std::printf("%s returned %d\n", what, returned);
        return;
    }
    std::unique_lock<std::mutex> lock(g_mutex);
    g_changed.wait(lock, [] { return g_done; });
    g_done = false;
}

#define CALL(function, ...)                             \
    do {                                                \
        std::printf("> %s\n", #function);               \
        Wait(#function, function(__VA_ARGS__, OnDone, nullptr)); \
    } while (0)

static void Login(const char* user) {
    CALL(TIMLogin, user, "sig");
    // A second login of the same user comes back when what waited for the user has been told.
    CALL(TIMLogin, user, "sig");
}

static void Logout() {
    std::printf("> TIMLogout\n");
    Wait("TIMLogout", TIMLogout(OnDone, nullptr));
}

int main() {
    TIMSetOnAddFriendCallback(OnEvent, "added");
    TIMSetOnDeleteFriendCallback(OnEvent, "deleted");
    TIMSetUpdateFriendProfileCallback(OnEvent, "updated");
    TIMSetFriendAddRequestCallback(OnEvent, "requested");
    TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    if (TIMInit(1400000001, "{}") != TIM_SUCC) return 1;

    Login("bob");
    CALL(TIMProfileModifySelfUserProfile, R"({"user_profile_item_nick_name":"Bobby"})");
    Logout();

    Login("alice");
    CALL(TIMProfileModifySelfUserProfile, R"({"user_profile_item_add_permission":2})");
    CALL(TIMProfileGetUserProfileList, R"({"friendship_getprofilelist_param_identifier_array":["nobody"]})");
    CALL(TIMFriendshipAddFriend,
         R"({"friendship_add_friend_param_identifier":"bob","friendship_add_friend_param_friend_type":1})");
    CALL(TIMFriendshipModifyFriendProfile,
         R"({"friendship_modify_friend_profile_param_identifier":"bob",
             "friendship_modify_friend_profile_param_item":{"friend_profile_item_remark":"my Bob"}})");
    CALL(TIMFriendshipDeleteFriend, R"({"friendship_delete_friend_param_friend_type":1,
                                        "friendship_delete_friend_param_identifier_array":["bob"]})");
    CALL(TIMFriendshipAddToBlackList, R"(["bob"])");
    CALL(TIMFriendshipDeleteFromBlackList, R"(["bob"])");
    Logout();

    Login("bob");
    CALL(TIMFriendshipAddFriend,
         R"({"friendship_add_friend_param_identifier":"alice","friendship_add_friend_param_friend_type":1,
             "friendship_add_friend_param_add_source":"android","friendship_add_friend_param_add_wording":"hello"})");
    Logout();

    Login("alice");
    CALL(TIMFriendshipHandleFriendAddRequest,
         R"({"friend_respone_identifier":"bob","friend_respone_action":1})");
    CALL(TIMFriendshipGetPendencyList, R"({"friendship_get_pendency_list_param_type":2})");
    CALL(TIMFriendshipReportPendencyReaded, 0);
    CALL(TIMFriendshipCreateFriendGroup, R"({"friendship_create_friend_group_param_name_array":["Work"],
                                             "friendship_create_friend_group_param_identifier_array":["bob"]})");
    CALL(TIMFriendshipGetFriendGroupList, "[]");
    CALL(TIMFriendshipDeleteFriendGroup, R"(["Work"])");
    CALL(TIMFriendshipCheckFriendType, R"({"friendship_check_friendtype_param_check_type":1,
                                           "friendship_check_friendtype_param_identifier_array":["bob"]})");
    Logout();
    TIMUninit();
    return 0;
}
