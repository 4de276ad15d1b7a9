// One user's life among groups and friends, for `cargo test --test faults`: does one thing after the other, chosen at random, and tells
// each on stdout when it is answered, until it is killed.
//
//   life USER PEER CONFIG_DIR live SEED     "done CODE WHAT" for each deed; "sent CODE TEXT" for messages to the group
//   life USER PEER CONFIG_DIR tell          what this device knows, a line each, then "told"
//
// alice owns the group "club"; bob comes and goes, and both make friends with each other and end it.

#include "../tour.hpp"

#include <cstdlib>
#include <random>

static std::string g_peer;
static const char* const club = "club";

static Json::Value list_of(const std::string& user) {
    Json::Value list;
    list.append(user);
    return list;
}

static void done(const Result& result, const std::string& what) {
    std::printf("done %d %s\n", result.code, what.c_str());
    std::fflush(stdout);
}

static void send_to_club(const std::string& content) {
    Json::Value elem, message;
    elem[kTIMElemType] = TIMElemType::kTIMElem_Text;
    elem[kTIMTextElemContent] = content;
    message[kTIMMsgElemArray].append(elem);
    Result sent = call([&](auto cb, auto data) {
        return TIMMsgSendNewMsg(club, kTIMConv_Group, text(message).c_str(), cb, data);
    });
    std::printf("sent %d %s\n", sent.code, content.c_str());
    std::fflush(stdout);
}

static void found_club() {
    Json::Value param;
    param[kTIMCreateGroupParamGroupId] = club;
    param[kTIMCreateGroupParamGroupName] = club;
    param[kTIMCreateGroupParamGroupType] = kTIMGroup_Public;
    param[kTIMCreateGroupParamAddOption] = kTIMGroupAddOpt_Any;
    done(call([&](auto cb, auto data) { return TIMGroupCreate(text(param).c_str(), cb, data); }), "create");
}

static void live(unsigned seed) {
    std::mt19937 random(seed);
    bool owner = g_me == "alice";
    if (owner) found_club();
    for (int deed = 0;; deed++) {
        std::string number = std::to_string(seed) + "-" + std::to_string(deed);
        switch (random() % 8) {
            case 0: case 1: send_to_club(g_me + "-" + number); break;
            case 2: {
                Json::Value add;
                add[kTIMFriendshipAddFriendParamIdentifier] = g_peer;
                add[kTIMFriendshipAddFriendParamFriendType] = FriendTypeBoth;
                done(call([&](auto cb, auto data) { return TIMFriendshipAddFriend(text(add).c_str(), cb, data); }), "add");
                break;
            }
            case 3: {
                Json::Value remove;
                remove[kTIMFriendshipDeleteFriendParamFriendType] = FriendTypeBoth;
                remove[kTIMFriendshipDeleteFriendParamIdentifierArray] = list_of(g_peer);
                done(call([&](auto cb, auto data) { return TIMFriendshipDeleteFriend(text(remove).c_str(), cb, data); }),
                     "remove");
                break;
            }
            case 4: {
                std::string list = text(list_of(g_peer));
                done(call([&](auto cb, auto data) { return TIMFriendshipAddToBlackList(list.c_str(), cb, data); }), "block");
                done(call([&](auto cb, auto data) { return TIMFriendshipDeleteFromBlackList(list.c_str(), cb, data); }),
                     "unblock");
                break;
            }
            case 5:
                if (!owner) {
                    done(call([](auto cb, auto data) { return TIMGroupJoin(club, "", cb, data); }), "join");
                    break;
                }
                [[fallthrough]];
            case 6:
                if (!owner) {
                    done(call([](auto cb, auto data) { return TIMGroupQuit(club, cb, data); }), "quit");
                } else {
                    Json::Value kick;
                    kick[kTIMGroupDeleteMemberParamGroupId] = club;
                    kick[kTIMGroupDeleteMemberParamIdentifierArray] = list_of(g_peer);
                    done(call([&](auto cb, auto data) { return TIMGroupDeleteMember(text(kick).c_str(), cb, data); }), "kick");
                }
                break;
            default: {
                Json::Value rename;
                rename[kTIMGroupModifyInfoParamGroupId] = club;
                rename[kTIMGroupModifyInfoParamModifyFlag] = kTIMGroupModifyInfoFlag_Name;
                rename[kTIMGroupModifyInfoParamGroupName] = "club " + number;
                done(call([&](auto cb, auto data) { return TIMGroupModifyGroupInfo(text(rename).c_str(), cb, data); }),
                     "rename");
            }
        }
    }
}

static void tell() {
    for (const Json::Value& one : must("friends", [](auto cb, auto data) {
             return TIMFriendshipGetFriendProfileList(cb, data);
         }))
        std::printf("friend %s\n", one[kTIMFriendProfileIdentifier].asCString());
    for (const Json::Value& one : must("groups", [](auto cb, auto data) { return TIMGroupGetJoinedGroupList(cb, data); }))
        std::printf("joined %s\n", one[kTIMGroupBaseInfoGroupId].asCString());
    Json::Value param;
    param[kTIMGroupGetMemberInfoListParamGroupId] = club;
    param[kTIMGroupGetMemberInfoListParamNextSeq] = 0;
    Result members = call([&](auto cb, auto data) { return TIMGroupGetMemberInfoList(text(param).c_str(), cb, data); });
    for (const Json::Value& one : members.json[kTIMGroupGetMemberInfoListResultInfoArray])
        std::printf("member %s\n", one[kTIMGroupMemberInfoIdentifier].asCString());
    Json::Value anchor(Json::objectValue);
    for (;;) {
        Json::Value page;
        page[kTIMMsgGetMsgListParamLastMsg] = anchor;
        page[kTIMMsgGetMsgListParamCount] = 100;
        page[kTIMMsgGetMsgListParamIsRamble] = true;
        Json::Value found = must("history", [&](auto cb, auto data) {
            return TIMMsgGetMsgList(club, kTIMConv_Group, text(page).c_str(), cb, data);
        });
        if (found.empty()) break;
        for (const Json::Value& message : found) {
            // One that failed is known here alone, and has no number of the group's.
            if (message[kTIMMsgStatus].asInt() != TIMMsgStatus::kTIMMsg_SendSucc) continue;
            const Json::Value& elem = message[kTIMMsgElemArray][0];
            bool is_text = elem[kTIMElemType].asInt() == TIMElemType::kTIMElem_Text;
            std::printf("message %s %s\n", message[kTIMMsgSeq].asString().c_str(),
                        is_text ? elem[kTIMTextElemContent].asCString() : "tip");
        }
        anchor = found[found.size() - 1];
    }
    std::printf("told\n");
    std::fflush(stdout);
}

int main(int argc, char** argv) {
    if (argc < 5) return 2;
    g_me = argv[1];
    g_peer = argv[2];
    Json::Value quiet, config;
    quiet[kTIMSetConfigIsLogOutputConsole] = false;
    TIMSetConfig(text(quiet).c_str(), nullptr, nullptr);
    config[kTIMSdkConfigConfigFilePath] = argv[3];
    if (TIMInit(1400000000, text(config).c_str()) != TIM_SUCC) return 1;
    auto login = [](auto cb, auto data) { return TIMLogin(g_me.c_str(), "any", cb, data); };
    // A device that was replaced while it was away is told so once.
    if (call(login).code != TIM_SUCC) must("login", login);
    if (std::string(argv[4]) == "tell") tell();
    else live(static_cast<unsigned>(std::strtoul(argv[5], nullptr, 10)));
    TIMUninit();
    return 0;
}
