// One user's life among groups and friends, for `cargo test --test faults`: does one thing after the other, chosen at random, and tells
// each on stdout when it is answered, until it is killed.
//
//   life USER PEER CONFIG_DIR live SEED     "done CODE WHAT" for each deed; "sent CODE TEXT" for messages to the group; what is done with the
//                                           messages between the two is told before too: "tries WHAT TEXT"
//   life USER PEER CONFIG_DIR tell          what this device knows, a line each, then "told"
//
// alice makes the group "club", which is handed to and fro, and "guild", which takes in whom she lets; bob comes and goes. Both make friends with
// each other, ask first where the other wants to be asked, and end it; both change what they say of themselves and of each other. They write to each
// other, withdraw, delete, save and import messages, and leave drafts.

#include "../tour.hpp"

#include <cstdlib>
#include <random>

static std::string g_peer;
static const char* const club = "club";
static const char* const guild = "guild";

static Json::Value list_of(const std::string& user) {
    Json::Value list;
    list.append(user);
    return list;
}

static void done(const Result& result, const std::string& what) {
    std::printf("done %d %s\n", result.code, what.c_str());
    std::fflush(stdout);
}

static void tries(const std::string& what) {
    std::printf("tries %s\n", what.c_str());
    std::fflush(stdout);
}

static void unblock() {
    std::string list = text(list_of(g_peer));
    done(call([&](auto cb, auto data) { return TIMFriendshipDeleteFromBlackList(list.c_str(), cb, data); }), "unblock");
}

static Json::Value message_of(const std::string& content) {
    Json::Value elem, message;
    elem[kTIMElemType] = TIMElemType::kTIMElem_Text;
    elem[kTIMTextElemContent] = content;
    message[kTIMMsgElemArray].append(elem);
    return message;
}

static void send_to_club(const std::string& content) {
    Json::Value message = message_of(content);
    Result sent = call([&](auto cb, auto data) {
        return TIMMsgSendNewMsg(club, kTIMConv_Group, text(message).c_str(), cb, data);
    });
    std::printf("sent %d %s\n", sent.code, content.c_str());
    std::fflush(stdout);
}

static void found(const char* group, int option) {
    Json::Value param;
    param[kTIMCreateGroupParamGroupId] = group;
    param[kTIMCreateGroupParamGroupName] = group;
    param[kTIMCreateGroupParamGroupType] = kTIMGroup_Public;
    param[kTIMCreateGroupParamAddOption] = option;
    done(call([&](auto cb, auto data) { return TIMGroupCreate(text(param).c_str(), cb, data); }), "create");
}

// A call that takes one JSON text.
using Asks = int (*)(const char*, TIMCommCallback, const void*);

static void deed(Asks asks, const Json::Value& param, const std::string& what) {
    done(call([&](auto cb, auto data) { return asks(text(param).c_str(), cb, data); }), what);
}

// Changes the peer as a member of the club.
static void change_member(const char* key, unsigned value, int flag, const std::string& what) {
    Json::Value param;
    param[kTIMGroupModifyMemberInfoParamGroupId] = club;
    param[kTIMGroupModifyMemberInfoParamIdentifier] = g_peer;
    param[kTIMGroupModifyMemberInfoParamModifyFlag] = flag;
    param[key] = value;
    deed(TIMGroupModifyMemberInfo, param, what);
}

// One thing in two places, which change together.
static void say_of_myself(const std::string& number, unsigned permission) {
    Json::Value item;
    item[kTIMUserProfileItemNickName] = number;
    item[kTIMUserProfileItemSelfSignature] = number;
    item[kTIMUserProfileItemAddPermission] = permission;
    deed(TIMProfileModifySelfUserProfile, item, "profile " + g_me + " " + number);
}

static void say_of_the_friend(const std::string& word) {
    Json::Value param;
    param[kTIMFriendshipModifyFriendProfileParamIdentifier] = g_peer;
    param[kTIMFriendshipModifyFriendProfileParamItem][kTIMFriendProfileItemRemark] = word;
    param[kTIMFriendshipModifyFriendProfileParamItem][kTIMFriendProfileItemGroupNameArray] = list_of(word);
    deed(TIMFriendshipModifyFriendProfile, param, "remark");
}

static void answer_the_friend(int action) {
    Json::Value param;
    param[kTIMFriendResponseIdentifier] = g_peer;
    param[kTIMFriendResponseAction] = action;
    deed(TIMFriendshipHandleFriendAddRequest, param, "answer");
}

static void gather_friends(bool gather) {
    if (!gather) return deed(TIMFriendshipDeleteFriendGroup, list_of("all"), "scatter");
    Json::Value param;
    param[kTIMFriendshipCreateFriendGroupParamNameArray] = list_of("all");
    param[kTIMFriendshipCreateFriendGroupParamIdentifierArray] = list_of(g_peer);
    deed(TIMFriendshipCreateFriendGroup, param, "gather");
}

// The owner decides what is undecided; the other one asks, or leaves.
static void guild_business(bool owner, bool yes) {
    if (!owner) {
        if (yes) done(call([](auto cb, auto data) { return TIMGroupJoin(guild, "please", cb, data); }), "apply");
        else done(call([](auto cb, auto data) { return TIMGroupQuit(guild, cb, data); }), "quit");
        return;
    }
    Json::Value option;
    option[kTIMGroupPendencyOptionStartTime] = 0;
    option[kTIMGroupPendencyOptionMaxLimited] = 0;
    Result found = call([&](auto cb, auto data) { return TIMGroupGetPendencyList(text(option).c_str(), cb, data); });
    done(found, "pending");
    for (const Json::Value& pending : found.json[kTIMGroupPendencyResultPendencyArray]) {
        Json::Value param;
        param[kTIMGroupHandlePendencyParamIsAccept] = yes;
        param[kTIMGroupHandlePendencyParamPendency] = pending;
        deed(TIMGroupHandlePendency, param, "decide");
    }
}

// The messages with the peer, the newest first.
static Json::Value talk(unsigned count, const Json::Value& before = Json::objectValue) {
    Json::Value page;
    page[kTIMMsgGetMsgListParamLastMsg] = before;
    page[kTIMMsgGetMsgListParamCount] = count;
    page[kTIMMsgGetMsgListParamIsRamble] = true;
    return call([&](auto cb, auto data) {
        return TIMMsgGetMsgList(g_peer.c_str(), kTIMConv_C2C, text(page).c_str(), cb, data);
    }).json;
}

static std::string content_of(const Json::Value& message) {
    return message[kTIMMsgElemArray][0][kTIMTextElemContent].asString();
}

// One that was withdrawn before it came has no content: its id says which it is.
static std::string name_of(const Json::Value& message) {
    bool revoked = message[kTIMMsgStatus].asInt() == TIMMsgStatus::kTIMMsg_Revoked;
    return revoked ? message[kTIMMsgMsgId].asString() : content_of(message);
}

static bool is_local(const Json::Value& message) {
    return message[kTIMMsgStatus].asInt() == TIMMsgStatus::kTIMMsg_LocalImported;
}

static void write_to_peer(const std::string& content) {
    tries("batch " + content);
    Json::Value param;
    param[kTIMMsgBatchSendParamIdentifierArray] = list_of(g_peer);
    param[kTIMMsgBatchSendParamMsg] = message_of(content);
    Result sent = call([&](auto cb, auto data) { return TIMMsgBatchSend(text(param).c_str(), cb, data); });
    // Each one has a code of its own.
    if (sent.code == 0) sent.code = sent.json[0][kTIMMsgBatchSendResultCode].asInt();
    done(sent, "batch " + content);
}

static void keep_here(const std::string& content, bool import) {
    std::string what = (import ? "import " : "save ") + content;
    Json::Value message = message_of(content);
    message[kTIMMsgSender] = g_me;
    tries(what);
    if (import) {
        Json::Value list;
        list.append(message);
        done(call([&](auto cb, auto data) {
                 return TIMMsgImportMsgList(g_peer.c_str(), kTIMConv_C2C, text(list).c_str(), cb, data);
             }), what);
    } else {
        done(call([&](auto cb, auto data) {
                 return TIMMsgSaveMsg(g_peer.c_str(), kTIMConv_C2C, text(message).c_str(), cb, data);
             }), what);
    }
}

static void withdraw(unsigned pick) {
    for (const Json::Value& message : talk(20)) {
        bool mine = message[kTIMMsgIsFormSelf].asBool() && message[kTIMMsgStatus].asInt() == TIMMsgStatus::kTIMMsg_SendSucc;
        if (!mine || pick-- % 4 != 0) continue;
        std::string what = "revoke " + content_of(message);
        tries(what + " " + message[kTIMMsgMsgId].asString());
        done(call([&](auto cb, auto data) {
                 return TIMMsgRevoke(g_peer.c_str(), kTIMConv_C2C, text(message).c_str(), cb, data);
             }), what);
        return;
    }
}

// Some that the service has, or some that are here alone: those of one call go together. What is unread stays.
static void erase(unsigned pick) {
    Json::Value list;
    std::string what = "erase ";
    for (const Json::Value& message : talk(20)) {
        if (message[kTIMMsgStatus].asInt() == TIMMsgStatus::kTIMMsg_SendFail || !message[kTIMMsgIsRead].asBool()) continue;
        if (is_local(message) != (pick % 2 == 0) || list.size() == 3) continue;
        what += (list.empty() ? "" : ",") + name_of(message);
        list.append(message);
    }
    if (list.empty()) return;
    tries(what);
    done(call([&](auto cb, auto data) {
             return TIMMsgListDelete(g_peer.c_str(), kTIMConv_C2C, text(list).c_str(), cb, data);
         }), what);
}

// One of its own, on this device alone.
static void forget(unsigned pick) {
    for (const Json::Value& message : talk(20)) {
        bool mine = message[kTIMMsgIsFormSelf].asBool() && message[kTIMMsgStatus].asInt() != TIMMsgStatus::kTIMMsg_SendFail;
        if (!mine || pick-- % 4 != 0) continue;
        std::string what = "forget " + name_of(message);
        tries(what);
        Json::Value param;
        param[kTIMMsgDeleteParamMsg] = message;
        done(call([&](auto cb, auto data) {
                 return TIMMsgDelete(g_peer.c_str(), kTIMConv_C2C, text(param).c_str(), cb, data);
             }), what);
        return;
    }
}

static void read_all(bool of_the_peer) {
    if (of_the_peer) {
        done(call([](auto cb, auto data) { return TIMMsgReportReaded(g_peer.c_str(), kTIMConv_C2C, "", cb, data); }),
             "read");
    } else {
        done(call([](auto cb, auto data) { return TIMMsgReportReaded(club, kTIMConv_Group, "", cb, data); }), "read club");
    }
}

// Nobody is told whether that works.
static void leave_draft(const std::string& content) {
    tries("draft " + content);
    Json::Value draft;
    draft[kTIMDraftEditTime] = 0;
    draft[kTIMDraftMsg] = message_of(content);
    if (content == "none") TIMConvCancelDraft(g_peer.c_str(), kTIMConv_C2C);
    else TIMConvSetDraft(g_peer.c_str(), kTIMConv_C2C, text(draft).c_str());
}

static void hand_over() {
    Json::Value param;
    param[kTIMGroupModifyInfoParamGroupId] = club;
    param[kTIMGroupModifyInfoParamModifyFlag] = static_cast<Json::UInt>(kTIMGroupModifyInfoFlag_Owner);
    param[kTIMGroupModifyInfoParamOwner] = g_peer;
    deed(TIMGroupModifyGroupInfo, param, "hand over");
}

static void live(unsigned seed) {
    std::mt19937 random(seed);
    bool owner = g_me == "alice";
    // An earlier life may have ended before it came to this.
    unblock();
    if (owner) {
        found(club, kTIMGroupAddOpt_Any);
        found(guild, kTIMGroupAddOpt_Auth);
    }
    for (int deed = 0;; deed++) {
        std::string number = std::to_string(seed) + "-" + std::to_string(deed);
        switch (random() % 28) {
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
                // Not in all lives: nothing comes from the peer meanwhile.
                if (seed % 4 != 0) break;
                tries("block");
                std::string list = text(list_of(g_peer));
                done(call([&](auto cb, auto data) { return TIMFriendshipAddToBlackList(list.c_str(), cb, data); }), "block");
                unblock();
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
            case 8:
                say_of_myself(number, random() % 2 == 0 ? kTIMProfileAddPermission_AllowAny
                                                        : kTIMProfileAddPermission_NeedConfirm);
                break;
            case 9: say_of_the_friend(std::string(1, static_cast<char>('a' + random() % 8))); break;
            case 10: answer_the_friend(random() % 2 == 0 ? ResponseActionAgreeAndAdd : ResponseActionReject); break;
            case 11: gather_friends(random() % 2 == 0); break;
            case 12: guild_business(owner, random() % 3 != 0); break;
            case 13:
                change_member(kTIMGroupModifyMemberInfoParamMemberRole,
                              random() % 2 == 0 ? kTIMMemberRole_Admin : kTIMMemberRole_Normal,
                              kTIMGroupMemberModifyFlag_MemberRole, "role");
                break;
            case 14:
                // For ever, and no longer.
                change_member(kTIMGroupModifyMemberInfoParamShutupTime, random() % 4 == 0 ? 4294967295u : 0u,
                              kTIMGroupMemberModifyFlag_ShutupTime, "mute");
                break;
            case 15: hand_over(); break;
            case 16: case 17: write_to_peer(g_me + "-" + number); break;
            case 18: withdraw(random()); break;
            case 19: erase(random()); break;
            case 20: case 21: keep_here(g_me + "-" + number, random() % 2 == 0); break;
            case 22: leave_draft(random() % 3 == 0 ? "none" : number); break;
            case 23: forget(random()); break;
            case 24: read_all(random() % 2 == 0); break;
            case 25: case 26: write_to_peer(g_me + "-" + number); break;
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

// Members of a group: "WHAT USER" each, and of the club "role USER ROLE MUTED" too.
static void tell_members(const char* group, const char* what) {
    Json::Value param;
    param[kTIMGroupGetMemberInfoListParamGroupId] = group;
    param[kTIMGroupGetMemberInfoListParamNextSeq] = 0;
    Result members = call([&](auto cb, auto data) { return TIMGroupGetMemberInfoList(text(param).c_str(), cb, data); });
    for (const Json::Value& one : members.json[kTIMGroupGetMemberInfoListResultInfoArray]) {
        const char* user = one[kTIMGroupMemberInfoIdentifier].asCString();
        std::printf("%s %s\n", what, user);
        if (group == club)
            std::printf("role %s %u %u\n", user, one[kTIMGroupMemberInfoMemberRole].asUInt(),
                        one[kTIMGroupMemberInfoShutupTime].asUInt());
    }
}

static void tell_requests() {
    Json::Value param;
    param[kTIMFriendshipGetPendencyListParamType] = 2;
    param[kTIMFriendshipGetPendencyListParamStartSeq] = 0;
    Json::Value page = must("requests", [&](auto cb, auto data) {
        return TIMFriendshipGetPendencyList(text(param).c_str(), cb, data);
    });
    for (const Json::Value& one : page[kTIMPendencyPagePendencyInfoArray])
        std::printf("%s %s\n", one[kTIMFriendAddPendencyInfoType].asInt() == 0 ? "asked-by" : "asks",
                    one[kTIMFriendAddPendencyInfoIdentifier].asCString());
}

static void tell_profiles() {
    Json::Value param;
    param[kTIMFriendShipGetProfileListParamIdentifierArray].append(g_me);
    param[kTIMFriendShipGetProfileListParamIdentifierArray].append(g_peer);
    param[kTIMFriendShipGetProfileListParamForceUpdate] = false;
    for (const Json::Value& one : must("profiles", [&](auto cb, auto data) {
             return TIMProfileGetUserProfileList(text(param).c_str(), cb, data);
         }))
        std::printf("profile %s %s|%s\n", one[kTIMUserProfileIdentifier].asCString(),
                    one[kTIMUserProfileNickName].asCString(), one[kTIMUserProfileSelfSignature].asCString());
}

// The messages with the peer: "talk sent|revoked TEXT", what this device alone has "local saved TEXT" and "local draft TEXT". And how many are
// unread: "unread CONVERSATION NUMBER".
static void tell_talk() {
    Json::Value before = Json::objectValue;
    for (Json::Value page; !(page = talk(100, before)).empty(); before = page[page.size() - 1])
        for (const Json::Value& message : page) {
            int status = message[kTIMMsgStatus].asInt();
            if (status == TIMMsgStatus::kTIMMsg_SendFail) continue;
            std::printf("%s %s\n",
                        is_local(message)                         ? "local saved"
                        : status == TIMMsgStatus::kTIMMsg_Revoked ? "talk revoked"
                                                                  : "talk sent",
                        name_of(message).c_str());
        }
    std::string draft = "none";
    for (const Json::Value& one : must("conversations", [](auto cb, auto data) { return TIMConvGetConvList(cb, data); })) {
        if (one[kTIMConvUnReadNum].asUInt() > 0)
            std::printf("unread %s %u\n", one[kTIMConvId].asCString(), one[kTIMConvUnReadNum].asUInt());
        if (one[kTIMConvId].asString() == g_peer && one[kTIMConvIsHasDraft].asBool())
            draft = content_of(one[kTIMConvDraft][kTIMDraftMsg]);
    }
    std::printf("local draft %s\n", draft.c_str());
}

static void tell() {
    for (const Json::Value& one : must("friends", [](auto cb, auto data) {
             return TIMFriendshipGetFriendProfileList(cb, data);
         })) {
        std::printf("friend %s\n", one[kTIMFriendProfileIdentifier].asCString());
        std::string groups;
        for (const Json::Value& group : one[kTIMFriendProfileGroupNameArray]) groups += group.asString() + ",";
        std::printf("remark %s|%s\n", one[kTIMFriendProfileRemark].asCString(), groups.c_str());
    }
    for (const Json::Value& one : must("groups", [](auto cb, auto data) { return TIMGroupGetJoinedGroupList(cb, data); }))
        std::printf("joined %s\n", one[kTIMGroupBaseInfoGroupId].asCString());
    tell_members(club, "member");
    tell_members(guild, "guildsman");
    tell_requests();
    tell_profiles();
    tell_talk();
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
