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
//   list                  conversation ID UNREAD LAST …; then: list CODE
//
//   received FROM TEXT · receipt PEER · kicked · expired · conversations EVENT ID …

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

static void OnDone(int32_t code, const char* desc, const char* json_params, const void* user_data) {
    std::unique_ptr<const Call> call(static_cast<const Call*>(user_data));
    Json::Value result = Parse(json_params);
    if (call->name == "sent") {
        Tell("sent " + std::to_string(code) + " " + call->rest);
        if (call->last_of_stream) Tell("streamed");
    } else if (call->name == "list") {
        for (const Json::Value& conversation : result)
            Tell("conversation " + conversation[kTIMConvId].asString() + " " +
                 std::to_string(conversation[kTIMConvUnReadNum].asUInt()) + " " +
                 TextOf(conversation[kTIMConvLastMsg]));
        Tell("list " + std::to_string(code));
    } else {
        Tell(call->name + " " + std::to_string(code) + " " + desc);
    }
}

static void Check(const char* what, int code, Call* call) {
    if (code == TIM_SUCC) return;
    delete call;  // refused: no callback comes
    Tell(std::string("refused ") + what + " " + std::to_string(code));
}

static void Send(const std::string& peer, const std::string& text, bool online_only, bool last_of_stream) {
    Json::Value elem;
    elem[kTIMElemType] = TIMElemType::kTIMElem_Text;
    elem[kTIMTextElemContent] = text;
    Json::Value message;
    message[kTIMMsgElemArray].append(elem);
    message[kTIMMsgIsOnlineMsg] = online_only;
    auto* call = new Call{"sent", text, last_of_stream};
    Check("TIMMsgSendNewMsg",
          TIMMsgSendNewMsg(peer.c_str(), kTIMConv_C2C, Write(message).c_str(), OnDone, call), call);
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
    for (const Json::Value& message : Parse(json_msg_array))
        Tell("received " + message[kTIMMsgSender].asString() + " " + TextOf(message));
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
    Tell("init " + std::to_string(TIMInit(1400000000, Write(config).c_str())));
    TIMRemoveRecvNewMsgCallback(OnMessages);  // a second init must not double it
    TIMAddRecvNewMsgCallback(OnMessages, nullptr);
    TIMSetMsgReadedReceiptCallback(OnReceipts, nullptr);
    TIMSetConvEventCallback(OnConversations, nullptr);
    TIMSetKickedOfflineCallback([](const void*) { Tell("kicked"); }, nullptr);
    TIMSetUserSigExpiredCallback([](const void*) { Tell("expired"); }, nullptr);
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
    if (command == "list") {
        auto* call = new Call{command, ""};
        return Check("TIMConvGetConvList", TIMConvGetConvList(OnDone, call), call);
    }
    words >> peer;
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
