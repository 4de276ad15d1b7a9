// One side of a talk between processes: a program that does what it is told on stdin and tells on stdout what
// happens, one line each. `cargo test --test examples` runs two or three of them against each other.
//
//   two_processes USER [CONFIG_DIR]      CONFIG_DIR is what makes it a device of its own
//
//   command               answer, when the library has called back
//   init                  init CODE
//   uninit                uninit CODE
//   login [SIGNATURE]     login CODE DESC
//   logout                logout CODE DESC
//   status                status NUMBER USER
//   send PEER TEXT        sent CODE TEXT
//   online PEER TEXT      sent CODE TEXT           an online-only message
//   stream PEER P N       sent CODE P-1 …          N messages without waiting; then: streamed
//   history PEER          message STATUS FROM TEXT …, newest first; then: history CODE
//   whole PEER            the same, also what only the service has
//   read PEER             read CODE DESC
//   create PEER           create CODE DESC
//   delete PEER           delete CODE DESC
//   list                  conversation ID UNREAD LAST …, draft ID TEXT …; then: list CODE
//   batch TEXT PEER …     batch CODE PEER:CODE …
//   file PEER PATH        sent CODE PATH
//   load PATH             load CODE CURRENT TOTAL  the file that came last, by its address
//   save PEER TEXT        save CODE STATUS TEXT    here only, with the text as the message's own data
//   import PEER TEXT      import CODE DESC
//   draft PEER TEXT       draft CODE               without a text it is removed
//   revoke PEER           revoke CODE DESC         the message that was sent last
//   remove PEER           remove CODE DESC         the same, for oneself, here and in the service
//   forget PEER           forget CODE DESC         the same, here only
//   find PEER             found STATUS TEXT …; then: find CODE   the message that was withdrawn last
//   experimental JSON     experimental CODE        as it returned; where it calls back: answer CODE JSON
//   revoker               the same, about the message that was sent last
//   own PEER              data NUMBER TEXT …; then: own CODE     what messages carry for this device alone
//   titles                title ID NAME …; then: titles CODE     the names of conversations
//
// Of groups, friends and profiles. All are answered with their name, CODE and DESC; what is asked for comes before, a line each:
//
//   found GROUP TYPE · invite GROUP USER · kick GROUP USER · join GROUP · quit GROUP · dismiss GROUP · rename GROUP NAME ·
//   card GROUP USER NAME · admin GROUP USER · befriend USER · accept USER · unfriend USER · remark USER NAME · gather NAME USER ·
//   scatter NAME · block USER · unblock USER · nick NAME · permits NUMBER
//
//   joined                in GROUP
//   info GROUP            named NAME
//   members GROUP         member USER ROLE CARD
//   friends               friend USER REMARK GROUP …
//   requests              asks USER, asked-by USER
//   enemies               blocked USER
//   profile USER          called USER NAME
//
//   received FROM TEXT · receipt PEER · read-by PEER TEXT · revoked PEER · uploaded INDEX BYTES · kicked · expired ·
//   conversations EVENT ID …

#include "TIMCloud.h"

#include <json/json.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>

static std::string g_user, g_config_dir;

// Written on the callback thread, read by commands that come after the line that tells of it.
static std::mutex g_mutex;
static Json::Value g_last_sent, g_last_received, g_last_revoked;

static void Keep(Json::Value& place, const Json::Value& value) {
    std::lock_guard<std::mutex> lock(g_mutex);
    place = value;
}

static Json::Value Last(const Json::Value& place) {
    std::lock_guard<std::mutex> lock(g_mutex);
    return place;
}

// The line is in the pipe when this returns, so a kill after it does not take it back.
static void Tell(const std::string& line) {
    static std::mutex mutex;
    std::lock_guard<std::mutex> lock(mutex);
    std::fputs((line + "\n").c_str(), stdout);
    std::fflush(stdout);
}

static Json::Value Parse(const char* text) {
    Json::Value value;
    std::string errors;
    std::istringstream stream(text);
    if (*text && !Json::parseFromStream(Json::CharReaderBuilder(), stream, &value, &errors)) {
        Tell("broken JSON: " + errors + text);
        std::abort();
    }
    return value;
}

static std::string Write(const Json::Value& value) {
    Json::StreamWriterBuilder builder;
    builder["indentation"] = "  ";
    return Json::writeString(builder, value);
}

static std::string TextOf(const Json::Value& message) {
    std::string text;
    const Json::Value& elems = message[kTIMMsgElemArray];
    for (Json::ArrayIndex i = 0; i < elems.size(); i++)
        if (elems[i][kTIMElemType].asUInt() == TIMElemType::kTIMElem_Text)
            text += elems[i][kTIMTextElemContent].asString();
    return text;
}

// What a call is about; it travels through user_data and is freed by the only callback.
struct Call {
    std::string name, rest;
    bool last_of_stream = false, whole = false;
};

// What was asked for, a line each.
static void TellEach(const std::string& query, const Json::Value& result) {
    if (query == "own") {
        for (const Json::Value& message : result)
            if (message[kTIMMsgCustomInt].asUInt() != 0)
                Tell("data " + std::to_string(message[kTIMMsgCustomInt].asUInt()) + " " +
                     message[kTIMMsgCustomStr].asString());
    } else if (query == "titles") {
        for (const Json::Value& conversation : result)
            Tell("title " + conversation[kTIMConvId].asString() + " " + conversation[kTIMConvShowName].asString());
    } else if (query == "joined") {
        for (const Json::Value& group : result) Tell("in " + group[kTIMGroupBaseInfoGroupId].asString());
    } else if (query == "info") {
        for (const Json::Value& one : result)
            if (one[kTIMGetGroupInfoResultCode].asInt() == TIM_SUCC)
                Tell("named " + one[kTIMGetGroupInfoResultInfo][kTIMGroupDetailInfoGroupName].asString());
    } else if (query == "members") {
        for (const Json::Value& member : result[kTIMGroupGetMemberInfoListResultInfoArray])
            Tell("member " + member[kTIMGroupMemberInfoIdentifier].asString() + " " +
                 std::to_string(member[kTIMGroupMemberInfoMemberRole].asUInt()) + " " +
                 member[kTIMGroupMemberInfoNameCard].asString());
    } else if (query == "friends") {
        for (const Json::Value& one : result) {
            std::string line = "friend " + one[kTIMFriendProfileIdentifier].asString() + " " +
                               one[kTIMFriendProfileRemark].asString();
            for (const Json::Value& group : one[kTIMFriendProfileGroupNameArray]) line += " " + group.asString();
            Tell(line);
        }
    } else if (query == "requests") {
        for (const Json::Value& one : result[kTIMPendencyPagePendencyInfoArray]) {
            bool comes = one[kTIMFriendAddPendencyInfoType].asInt() == FriendPendencyTypeComeIn;
            Tell((comes ? "asked-by " : "asks ") + one[kTIMFriendAddPendencyInfoIdentifier].asString());
        }
    } else if (query == "enemies") {
        for (const Json::Value& one : result) Tell("blocked " + one[kTIMFriendProfileIdentifier].asString());
    } else if (query == "profile") {
        for (const Json::Value& one : result)
            Tell("called " + one[kTIMUserProfileIdentifier].asString() + " " +
                 one[kTIMUserProfileNickName].asString());
    }
}

static void OnDone(int32_t code, const char* desc, const char* json_params, const void* user_data) {
    std::unique_ptr<const Call> call(static_cast<const Call*>(user_data));
    Json::Value result = Parse(json_params);
    if (call->name == "sent") {
        Keep(g_last_sent, result);
        Tell("sent " + std::to_string(code) + " " + call->rest);
        if (call->last_of_stream) Tell("streamed");
    } else if (call->name == "list") {
        for (const Json::Value& conversation : result) {
            Tell("conversation " + conversation[kTIMConvId].asString() + " " +
                 std::to_string(conversation[kTIMConvUnReadNum].asUInt()) + " " +
                 TextOf(conversation[kTIMConvLastMsg]));
            if (conversation[kTIMConvIsHasDraft].asBool())
                Tell("draft " + conversation[kTIMConvId].asString() + " " +
                     TextOf(conversation[kTIMConvDraft][kTIMDraftMsg]));
        }
        Tell("list " + std::to_string(code));
    } else if (call->name == "batch") {
        std::string line = "batch " + std::to_string(code);
        for (const Json::Value& one : result)
            line += " " + one[kTIMMsgBatchSendResultIdentifier].asString() + ":" +
                    std::to_string(one[kTIMMsgBatchSendResultCode].asInt());
        Tell(line);
    } else if (call->name == "save") {
        Tell("save " + std::to_string(code) + " " + std::to_string(result[kTIMMsgStatus].asInt()) + " " + TextOf(result));
    } else if (call->name == "find") {
        for (const Json::Value& message : result)
            Tell("found " + std::to_string(message[kTIMMsgStatus].asInt()) + " " + TextOf(message));
        Tell("find " + std::to_string(code));
    } else {
        TellEach(call->name, result);
        Tell(call->name + " " + std::to_string(code) + " " + desc);
    }
}

static void OnAnswer(int32_t code, const char*, const char* json_params, const void*) {
    Tell("answer " + std::to_string(code) + " " + json_params);
}

static void Experimental(const std::string& json) {
    Tell("experimental " + std::to_string(callExperimentalAPI(json.c_str(), OnAnswer, nullptr)));
}

static void Check(const char* what, int code, Call* call) {
    if (code == TIM_SUCC) return;
    delete call;  // refused: no callback comes
    Tell(std::string("refused ") + what + " " + std::to_string(code));
}

static Json::Value TextMessage(const std::string& text) {
    Json::Value elem;
    elem[kTIMElemType] = TIMElemType::kTIMElem_Text;
    elem[kTIMTextElemContent] = text;
    Json::Value message;
    message[kTIMMsgElemArray].append(elem);
    return message;
}

static void Send(const std::string& peer, const std::string& text, bool online_only, bool last_of_stream) {
    Json::Value message = TextMessage(text);
    message[kTIMMsgIsOnlineMsg] = online_only;
    auto* call = new Call{"sent", text, last_of_stream};
    Check("TIMMsgSendNewMsg",
          TIMMsgSendNewMsg(peer.c_str(), kTIMConv_C2C, Write(message).c_str(), OnDone, call), call);
}

static void SendFile(const std::string& peer, const std::string& path) {
    Json::Value elem;
    elem[kTIMElemType] = TIMElemType::kTIMElem_File;
    elem[kTIMFileElemFilePath] = path;
    Json::Value message;
    message[kTIMMsgElemArray].append(elem);
    auto* call = new Call{"sent", path};
    Check("TIMMsgSendNewMsg",
          TIMMsgSendNewMsg(peer.c_str(), kTIMConv_C2C, Write(message).c_str(), OnDone, call), call);
}

// The one callback that comes several times: the last one has another description.
static void OnLoaded(int32_t code, const char* desc, const char* json_params, const void* user_data) {
    if (std::string(desc) == "downloading") return;
    std::unique_ptr<const Call> call(static_cast<const Call*>(user_data));
    Json::Value result = Parse(json_params);
    Tell("load " + std::to_string(code) + " " + std::to_string(result[kTIMMsgDownloadElemResultCurrentSize].asUInt()) +
         " " + std::to_string(result[kTIMMsgDownloadElemResultTotalSize].asUInt()));
}

static void Load(const std::string& path) {
    Json::Value param;
    param[kTIMMsgDownloadElemParamType] = 1;
    param[kTIMMsgDownloadElemParamUrl] = Last(g_last_received)[kTIMMsgElemArray][0][kTIMFileElemUrl];
    auto* call = new Call{"load", path};
    Check("TIMMsgDownloadElemToPath", TIMMsgDownloadElemToPath(Write(param).c_str(), path.c_str(), OnLoaded, call), call);
}

// All of it, page by page, asking for the next page from inside the callback.
static void History(const std::string& peer, bool whole, const Json::Value& anchor);

static void OnPage(int32_t code, const char*, const char* json_params, const void* user_data) {
    std::unique_ptr<const Call> call(static_cast<const Call*>(user_data));
    Json::Value page = Parse(json_params);
    for (const Json::Value& message : page)
        Tell("message " + std::to_string(message[kTIMMsgStatus].asInt()) + " " + message[kTIMMsgSender].asString() +
             " " + TextOf(message));
    if (code != TIM_SUCC || page.empty()) Tell("history " + std::to_string(code));
    else History(call->rest, call->whole, page[page.size() - 1]);
}

static void History(const std::string& peer, bool whole, const Json::Value& anchor) {
    Json::Value param;
    param[kTIMMsgGetMsgListParamLastMsg] = anchor;
    param[kTIMMsgGetMsgListParamCount] = 100;
    param[kTIMMsgGetMsgListParamIsForward] = false;
    param[kTIMMsgGetMsgListParamIsRamble] = whole;
    auto* call = new Call{"history", peer, false, whole};
    Check("TIMMsgGetMsgList", TIMMsgGetMsgList(peer.c_str(), kTIMConv_C2C, Write(param).c_str(), OnPage, call), call);
}

static void OnMessages(const char* json_msg_array, const void*) {
    for (const Json::Value& message : Parse(json_msg_array)) {
        Keep(g_last_received, message);
        Tell("received " + message[kTIMMsgSender].asString() + " " + TextOf(message));
    }
}

static void OnRevoked(const char* json_msg_locator_array, const void*) {
    for (const Json::Value& locator : Parse(json_msg_locator_array)) {
        Keep(g_last_revoked, locator);
        Tell("revoked " + locator[kTIMMsgLocatorConvId].asString());
    }
}

static void OnUpload(const char* json_msg, uint32_t index, uint32_t current, uint32_t total, const void*) {
    if (Parse(json_msg)[kTIMMsgStatus].asInt() != kTIMMsg_Sending || current > total) std::abort();
    if (current == total) Tell("uploaded " + std::to_string(index) + " " + std::to_string(total));
}

static void OnUpdated(const char* json_msg_array, const void*) {
    for (const Json::Value& message : Parse(json_msg_array))
        Tell(std::string(message[kTIMMsgIsPeerRead].asBool() ? "read-by " : "changed ") +
             message[kTIMMsgConvId].asString() + " " + TextOf(message));
}

static void OnReceipts(const char* json_msg_readed_receipt_array, const void*) {
    for (const Json::Value& receipt : Parse(json_msg_readed_receipt_array))
        Tell("receipt " + receipt[kTIMMsgReceiptConvId].asString());
}

static void OnConversations(enum TIMConvEvent conv_event, const char* json_conv_array, const void*) {
    static const char* const names[] = {"add", "del", "update", "start", "finish"};
    std::string line = std::string("conversations ") + names[conv_event];
    for (const Json::Value& conversation : Parse(json_conv_array)) line += " " + conversation[kTIMConvId].asString();
    Tell(line);
}

static void Init() {
    Json::Value log;
    log[kTIMSetConfigIsLogOutputConsole] = false;
    TIMSetConfig(Write(log).c_str(), nullptr, nullptr);
    Json::Value config(Json::objectValue);
    if (!g_config_dir.empty()) config[kTIMSdkConfigConfigFilePath] = g_config_dir;
    TIMGetLoginStatus();  // of the newer interface, which has the conversation events "start" and "finish"
    Tell("init " + std::to_string(TIMInit(1400000000, Write(config).c_str())));
    TIMRemoveRecvNewMsgCallback(OnMessages);  // a second init must not double it
    TIMAddRecvNewMsgCallback(OnMessages, nullptr);
    TIMSetMsgReadedReceiptCallback(OnReceipts, nullptr);
    TIMSetMsgUpdateCallback(OnUpdated, nullptr);
    TIMSetConvEventCallback(OnConversations, nullptr);
    TIMSetMsgRevokeCallback(OnRevoked, nullptr);
    TIMSetMsgElemUploadProgressCallback(OnUpload, nullptr);
    TIMSetKickedOfflineCallback([](const void*) { Tell("kicked"); }, nullptr);
    TIMSetUserSigExpiredCallback([](const void*) { Tell("expired"); }, nullptr);
}

// Most functions take one text, a name or JSON.
using Function = int (*)(const char*, TIMCommCallback, const void*);

static void Ask(const std::string& command, Function function, const std::string& text) {
    auto* call = new Call{command, ""};
    Check(command.c_str(), function(text.c_str(), OnDone, call), call);
}

static Json::Value ListOf(const std::string& name) {
    Json::Value list;
    list.append(name);
    return list;
}

static void ChangeMember(const std::string& command, const std::string& group, const std::string& user, int flag,
                         const char* key, const Json::Value& value) {
    Json::Value param;
    param[kTIMGroupModifyMemberInfoParamGroupId] = group;
    param[kTIMGroupModifyMemberInfoParamIdentifier] = user;
    param[kTIMGroupModifyMemberInfoParamModifyFlag] = flag;
    param[key] = value;
    Ask(command, TIMGroupModifyMemberInfo, Write(param));
}

// What is done with groups, and asked of them. False: it is something else.
static bool OfGroups(const std::string& command, const std::string& group, const std::string& second,
                     const std::string& third) {
    Json::Value param;
    if (command == "found") {
        param[kTIMCreateGroupParamGroupId] = group;
        param[kTIMCreateGroupParamGroupName] = group;
        param[kTIMCreateGroupParamGroupType] = std::stoi(second);
        param[kTIMCreateGroupParamAddOption] = kTIMGroupAddOpt_Any;
        Ask(command, TIMGroupCreate, Write(param));
    } else if (command == "invite") {
        param[kTIMGroupInviteMemberParamGroupId] = group;
        param[kTIMGroupInviteMemberParamIdentifierArray] = ListOf(second);
        Ask(command, TIMGroupInviteMember, Write(param));
    } else if (command == "kick") {
        param[kTIMGroupDeleteMemberParamGroupId] = group;
        param[kTIMGroupDeleteMemberParamIdentifierArray] = ListOf(second);
        Ask(command, TIMGroupDeleteMember, Write(param));
    } else if (command == "join") {
        auto* call = new Call{command, ""};
        Check("TIMGroupJoin", TIMGroupJoin(group.c_str(), "", OnDone, call), call);
    } else if (command == "quit") {
        Ask(command, TIMGroupQuit, group);
    } else if (command == "dismiss") {
        Ask(command, TIMGroupDelete, group);
    } else if (command == "rename") {
        param[kTIMGroupModifyInfoParamGroupId] = group;
        param[kTIMGroupModifyInfoParamModifyFlag] = kTIMGroupModifyInfoFlag_Name;
        param[kTIMGroupModifyInfoParamGroupName] = second;
        Ask(command, TIMGroupModifyGroupInfo, Write(param));
    } else if (command == "card") {
        ChangeMember(command, group, second, kTIMGroupMemberModifyFlag_NameCard, kTIMGroupModifyMemberInfoParamNameCard,
                     third);
    } else if (command == "admin") {
        ChangeMember(command, group, second, kTIMGroupMemberModifyFlag_MemberRole,
                     kTIMGroupModifyMemberInfoParamMemberRole, kTIMMemberRole_Admin);
    } else if (command == "joined") {
        auto* call = new Call{command, ""};
        Check("TIMGroupGetJoinedGroupList", TIMGroupGetJoinedGroupList(OnDone, call), call);
    } else if (command == "info") {
        Ask(command, TIMGroupGetGroupInfoList, Write(ListOf(group)));
    } else if (command == "members") {
        param[kTIMGroupGetMemberInfoListParamGroupId] = group;
        Ask(command, TIMGroupGetMemberInfoList, Write(param));
    } else {
        return false;
    }
    return true;
}

// The same with friends and profiles.
static bool OfUsers(const std::string& command, const std::string& name, const std::string& second) {
    Json::Value param;
    if (command == "befriend") {
        param[kTIMFriendshipAddFriendParamIdentifier] = name;
        param[kTIMFriendshipAddFriendParamFriendType] = FriendTypeBoth;
        Ask(command, TIMFriendshipAddFriend, Write(param));
    } else if (command == "accept") {
        param[kTIMFriendResponseIdentifier] = name;
        param[kTIMFriendResponseAction] = ResponseActionAgreeAndAdd;
        Ask(command, TIMFriendshipHandleFriendAddRequest, Write(param));
    } else if (command == "unfriend") {
        param[kTIMFriendshipDeleteFriendParamFriendType] = FriendTypeBoth;
        param[kTIMFriendshipDeleteFriendParamIdentifierArray] = ListOf(name);
        Ask(command, TIMFriendshipDeleteFriend, Write(param));
    } else if (command == "remark") {
        param[kTIMFriendshipModifyFriendProfileParamIdentifier] = name;
        param[kTIMFriendshipModifyFriendProfileParamItem][kTIMFriendProfileItemRemark] = second;
        Ask(command, TIMFriendshipModifyFriendProfile, Write(param));
    } else if (command == "gather") {
        param[kTIMFriendshipCreateFriendGroupParamNameArray] = ListOf(name);
        param[kTIMFriendshipCreateFriendGroupParamIdentifierArray] = ListOf(second);
        Ask(command, TIMFriendshipCreateFriendGroup, Write(param));
    } else if (command == "scatter") {
        Ask(command, TIMFriendshipDeleteFriendGroup, Write(ListOf(name)));
    } else if (command == "block") {
        Ask(command, TIMFriendshipAddToBlackList, Write(ListOf(name)));
    } else if (command == "unblock") {
        Ask(command, TIMFriendshipDeleteFromBlackList, Write(ListOf(name)));
    } else if (command == "nick") {
        param[kTIMUserProfileItemNickName] = name;
        Ask(command, TIMProfileModifySelfUserProfile, Write(param));
    } else if (command == "permits") {
        param[kTIMUserProfileItemAddPermission] = std::stoi(name);
        Ask(command, TIMProfileModifySelfUserProfile, Write(param));
    } else if (command == "friends") {
        auto* call = new Call{command, ""};
        Check("TIMFriendshipGetFriendProfileList", TIMFriendshipGetFriendProfileList(OnDone, call), call);
    } else if (command == "requests") {
        param[kTIMFriendshipGetPendencyListParamType] = FriendPendencyTypeBoth;
        param[kTIMFriendshipGetPendencyListParamStartSeq] = 0;
        Ask(command, TIMFriendshipGetPendencyList, Write(param));
    } else if (command == "enemies") {
        auto* call = new Call{command, ""};
        Check("TIMFriendshipGetBlackList", TIMFriendshipGetBlackList(OnDone, call), call);
    } else if (command == "profile") {
        param[kTIMFriendShipGetProfileListParamIdentifierArray] = ListOf(name);
        Ask(command, TIMProfileGetUserProfileList, Write(param));
    } else {
        return false;
    }
    return true;
}

static void Obey(std::istringstream words) {
    std::string command, peer, text;
    words >> command;
    if (command == "init") return Init();
    if (command == "uninit") return Tell("uninit " + std::to_string(TIMUninit()));
    if (command == "status") {
        char user[128] = "";
        TIMGetLoginUserID(user);
        return Tell("status " + std::to_string(TIMGetLoginStatus()) + " " + user);
    }
    if (command == "login") {
        std::string signature = "dev";
        words >> signature;
        auto* call = new Call{command, ""};
        return Check("TIMLogin", TIMLogin(g_user.c_str(), signature.c_str(), OnDone, call), call);
    }
    if (command == "logout") {
        auto* call = new Call{command, ""};
        return Check("TIMLogout", TIMLogout(OnDone, call), call);
    }
    if (command == "list" || command == "titles") {
        auto* call = new Call{command, ""};
        return Check("TIMConvGetConvList", TIMConvGetConvList(OnDone, call), call);
    }
    if (command == "batch") {
        Json::Value param;
        words >> text;
        param[kTIMMsgBatchSendParamMsg] = TextMessage(text);
        while (words >> peer) param[kTIMMsgBatchSendParamIdentifierArray].append(peer);
        auto* call = new Call{command, ""};
        return Check("TIMMsgBatchSend", TIMMsgBatchSend(Write(param).c_str(), OnDone, call), call);
    }
    if (command == "experimental") {
        std::getline(words >> std::ws, text);
        return Experimental(text);
    }
    if (command == "revoker") {
        Json::Value param;
        param[kTIMRequestInternalOperation] = kTIMInternalOperationGetMessageRevoker;
        param[kTIMRequestMessageRevokerMessageIdArray].append(Last(g_last_sent)[kTIMMsgMsgId]);
        return Experimental(Write(param));
    }
    words >> peer;
    std::string second, third;
    std::istringstream(words.str()) >> command >> peer >> second >> third;
    if (OfGroups(command, peer, second, third) || OfUsers(command, peer, second)) return;
    if (command == "load") return Load(peer);
    if (command == "file") {
        std::getline(words >> std::ws, text);
        return SendFile(peer, text);
    }
    if (command == "draft") {
        if (!std::getline(words >> std::ws, text))
            return Tell("draft " + std::to_string(TIMConvCancelDraft(peer.c_str(), kTIMConv_C2C)));
        Json::Value draft;
        draft[kTIMDraftMsg] = TextMessage(text);
        return Tell("draft " + std::to_string(TIMConvSetDraft(peer.c_str(), kTIMConv_C2C, Write(draft).c_str())));
    }
    if (command == "send" || command == "online") {
        std::getline(words >> std::ws, text);
        return Send(peer, text, command == "online", false);
    }
    if (command == "stream") {
        int count = 0;
        words >> text >> count;
        for (int i = 1; i <= count; i++) Send(peer, text + "-" + std::to_string(i), false, i == count);
        return;
    }
    if (command == "history" || command == "whole")
        return History(peer, command == "whole", Json::Value(Json::objectValue));
    auto* call = new Call{command, peer};
    if (command == "read")
        return Check("TIMMsgReportReaded", TIMMsgReportReaded(peer.c_str(), kTIMConv_C2C, "", OnDone, call), call);
    if (command == "create")
        return Check("TIMConvCreate", TIMConvCreate(peer.c_str(), kTIMConv_C2C, OnDone, call), call);
    if (command == "delete")
        return Check("TIMConvDelete", TIMConvDelete(peer.c_str(), kTIMConv_C2C, OnDone, call), call);
    if (command == "own") {
        Json::Value param;
        param[kTIMMsgGetMsgListParamCount] = 20;
        return Check("TIMMsgGetMsgList",
                     TIMMsgGetMsgList(peer.c_str(), kTIMConv_C2C, Write(param).c_str(), OnDone, call), call);
    }
    const Json::Value sent = Last(g_last_sent);
    if (command == "revoke")
        return Check("TIMMsgRevoke", TIMMsgRevoke(peer.c_str(), kTIMConv_C2C, Write(sent).c_str(), OnDone, call), call);
    if (command == "remove") {
        Json::Value messages;
        messages.append(sent);
        return Check("TIMMsgListDelete",
                     TIMMsgListDelete(peer.c_str(), kTIMConv_C2C, Write(messages).c_str(), OnDone, call), call);
    }
    if (command == "forget") {
        Json::Value param;
        param[kTIMMsgDeleteParamMsg] = sent;
        return Check("TIMMsgDelete", TIMMsgDelete(peer.c_str(), kTIMConv_C2C, Write(param).c_str(), OnDone, call), call);
    }
    if (command == "find") {
        Json::Value locators;
        locators.append(Last(g_last_revoked));
        return Check("TIMMsgFindByMsgLocatorList",
                     TIMMsgFindByMsgLocatorList(peer.c_str(), kTIMConv_C2C, Write(locators).c_str(), OnDone, call), call);
    }
    std::getline(words >> std::ws, text);
    Json::Value own = TextMessage(text);
    const std::string written = Write(own);
    if (command == "save") {
        own[kTIMMsgCustomInt] = 7;
        own[kTIMMsgCustomStr] = text;
        return Check("TIMMsgSaveMsg", TIMMsgSaveMsg(peer.c_str(), kTIMConv_C2C, Write(own).c_str(), OnDone, call), call);
    }
    if (command == "import")
        return Check("TIMMsgImportMsgList",
                     TIMMsgImportMsgList(peer.c_str(), kTIMConv_C2C, ("[" + written + "]").c_str(), OnDone, call), call);
    delete call;
    Tell("unknown command " + command);
    std::exit(2);
}

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: two_processes USER [CONFIG_DIR]\n";
        return 2;
    }
    g_user = argv[1];
    if (argc > 2) g_config_dir = argv[2];
    for (std::string line; std::getline(std::cin, line);) Obey(std::istringstream(line));
    return TIMUninit();
}
