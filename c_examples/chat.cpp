// chat: two people, two terminals.
//
// How a program uses the library: callbacks come on the library's thread, so each of them copies what it needs and
// hands it to the main thread (terminal.hpp: post). Everything below that is not called on_… runs on the main thread.

#include "TIMCloud.h"
#include "terminal.hpp"

#include <json/json.h>

#include <algorithm>
#include <ctime>
#include <iostream>
#include <memory>
#include <set>
#include <sstream>
#include <utility>
#include <vector>

namespace {

constexpr uint64_t app_id = 1400000000;
constexpr unsigned default_history = 20;

const char* const usage =
    "usage: chat ME PEER\n"
    "\n"
    "Talk to PEER as the user ME. Start the other side in another terminal: chat PEER ME\n"
    "\n"
    "  IMSDK_USERSIG    the signature of ME, where a secret key is configured\n"
    "  IMSDK_DATA_DIR   the directory that both sides share; by default a directory of your account\n";

const char* const commands =
    "  /history [n]   the last n messages (20)\n"
    "  /list          my conversations\n"
    "  /quit          leave; Ctrl-D and Ctrl-C do the same\n"
    "  //text         send a text that begins with a slash\n"
    "  Anything else is sent. The prompt says what became of it: (sent), (read).";

Json::Value parse(const std::string& text) {
    Json::Value value;
    std::string errors;
    std::istringstream stream(text);
    Json::parseFromStream(Json::CharReaderBuilder(), stream, &value, &errors);
    return value;
}

std::string compact(const Json::Value& value) {
    Json::StreamWriterBuilder builder;
    builder["indentation"] = "";
    return Json::writeString(builder, value);
}

// What somebody else wrote must not steer our terminal: no control characters.
std::string harmless(const std::string& text) {
    std::string shown;
    for (size_t i = 0; i < text.size(); i++) {
        auto byte = static_cast<unsigned char>(text[i]);
        bool c1 = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        shown += byte < 0x20 || byte == 0x7f || c1 ? ' ' : text[i];
        if (c1) i++;
    }
    return shown;
}

std::string text_of(const Json::Value& message) {
    if (message[kTIMMsgStatus].asInt() == kTIMMsg_Revoked) return "(withdrawn)";
    std::string text;
    for (const Json::Value& elem : message[kTIMMsgElemArray]) {
        switch (elem[kTIMElemType].asInt()) {
            case kTIMElem_Text: text += elem[kTIMTextElemContent].asString(); break;
            case kTIMElem_Image: text += "[picture]"; break;
            case kTIMElem_Sound: text += "[sound]"; break;
            case kTIMElem_Video: text += "[video]"; break;
            case kTIMElem_File: text += "[file " + elem[kTIMFileElemFileName].asString() + "]"; break;
            case kTIMElem_Face: text += "[face]"; break;
            case kTIMElem_Location: text += "[place " + elem[kTIMLocationElemDesc].asString() + "]"; break;
            default: text += "[something this program cannot show]";
        }
    }
    return harmless(text);
}

std::string time_of(const Json::Value& message) {
    auto when = static_cast<std::time_t>(message[kTIMMsgServerTime].asUInt64());
    std::time_t now = std::time(nullptr);
    std::tm then = *std::localtime(&when), today = *std::localtime(&now);
    char text[32];
    bool same_day = then.tm_year == today.tm_year && then.tm_yday == today.tm_yday;
    std::strftime(text, sizeof text, same_day ? "%H:%M" : "%Y-%m-%d %H:%M", &then);
    return text;
}

class Chat {
public:
    Chat(Terminal& terminal, std::string me, std::string peer)
        : terminal_(terminal), me_(std::move(me)), peer_(std::move(peer)) {}

    // No callback runs after TIMUninit, so none meets a Chat that is gone.
    ~Chat() { TIMUninit(); }

    Chat(const Chat&) = delete;
    Chat& operator=(const Chat&) = delete;

    // Returns the program's exit code.
    int run() {
        if (!start()) return leave();
        while (auto line = terminal_.read()) {
            if (*line == "/quit") break;
            obey(*line);
        }
        return leave();
    }

private:
    using Answer = std::function<void(int code, const std::string& desc, const Json::Value& result)>;

    struct Pending {
        Chat* chat;
        Answer answer;
    };

    // Makes a call and has `answer` run on the main thread when it is through. `what` is given the callback to pass on.
    template <typename What>
    void call(What what, Answer answer) {
        auto* pending = new Pending{this, std::move(answer)};
        int code = what(on_answer, pending);
        if (code == TIM_SUCC) {
            pending_++;
            return;
        }
        pending->answer(code, "the call was refused", Json::Value());  // and no callback will come
        delete pending;
    }

    static void on_answer(int32_t code, const char* desc, const char* json, const void* user_data) {
        auto* pending = static_cast<Pending*>(const_cast<void*>(user_data));
        pending->chat->terminal_.post([pending, code, desc = std::string(desc), json = std::string(json)] {
            std::unique_ptr<Pending> mine(pending);
            mine->chat->pending_--;
            mine->answer(code, desc, parse(json));
        });
    }

    static Chat* of(const void* user_data) { return static_cast<Chat*>(const_cast<void*>(user_data)); }

    static void on_messages(const char* json_msg_array, const void* user_data) {
        Chat* chat = of(user_data);
        chat->terminal_.post([chat, json = std::string(json_msg_array)] { chat->received(parse(json)); });
    }

    static void on_receipts(const char* json_receipt_array, const void* user_data) {
        Chat* chat = of(user_data);
        chat->terminal_.post([chat, json = std::string(json_receipt_array)] { chat->peer_has_read(parse(json)); });
    }

    static void on_conversations(enum TIMConvEvent event, const char*, const void* user_data) {
        Chat* chat = of(user_data);
        if (event == kTIMConvEvent_Finish) chat->terminal_.post([chat] { chat->synchronized(); });
    }

    static void on_kicked(const void* user_data) {
        Chat* chat = of(user_data);
        chat->terminal_.post([chat] { chat->fail(chat->me_ + " has logged in somewhere else; this chat ends here."); });
    }

    static void on_signature_expired(const void* user_data) {
        Chat* chat = of(user_data);
        chat->terminal_.post([chat] {
            chat->fail("The signature of " + chat->me_ + " has expired. Start again with a new one in IMSDK_USERSIG.");
        });
    }

    bool start() {
        Json::Value config;
        config[kTIMSetConfigIsLogOutputConsole] = false;  // the terminal is ours
        config[kTIMSetConfigUserConfig][kTIMUserConfigIsReadReceipt] = true;
        TIMSetConfig(compact(config).c_str(), nullptr, nullptr);
        // The conversation event "finish" is of the newer interface: whoever calls a function of it gets the event.
        if (TIMGetLoginStatus() != kTIMLoginStatus_UnLogined) return false;
        if (int code = TIMInit(app_id, "{}")) {
            fail("The library does not start (code " + std::to_string(code) + ").");
            return false;
        }
        TIMAddRecvNewMsgCallback(on_messages, this);
        TIMSetMsgReadedReceiptCallback(on_receipts, this);
        TIMSetConvEventCallback(on_conversations, this);
        TIMSetKickedOfflineCallback(on_kicked, this);
        TIMSetUserSigExpiredCallback(on_signature_expired, this);
        log_in(true);
        return terminal_.run_until([this] { return shown_history_; }, 60);
    }

    void log_in(bool again_if_kicked) {
        const char* signature = std::getenv("IMSDK_USERSIG");
        call([&](auto cb, auto data) { return TIMLogin(me_.c_str(), signature ? signature : "dev", cb, data); },
             [this, again_if_kicked](int code, const std::string& desc, const Json::Value&) {
                 if (code == TIM_SUCC) return;  // the conversation event "finish" follows
                 if (code == ERR_LOGIN_KICKED_OFF_BY_OTHER && again_if_kicked) {
                     note(me_ + " was logged in somewhere else in the meantime; that one is logged out now.");
                     return log_in(false);
                 }
                 fail("Cannot log in as " + me_ + ": " + harmless(desc) + " (" + std::to_string(code) + ")");
             });
    }

    // All that happened while we were away is in the local store now: show where the talk stands.
    void synchronized() {
        if (synchronized_) return;
        synchronized_ = true;
        note(me_ + " is logged in and talks to " + peer_ + ". /help lists the commands.");
        prompt("");
        call([](auto cb, auto data) { return TIMConvGetConvList(cb, data); },
             [this](int code, const std::string&, const Json::Value& conversations) {
                 unsigned unread = 0;
                 for (const Json::Value& conversation : code == TIM_SUCC ? conversations : Json::Value()) {
                     unsigned number = conversation[kTIMConvUnReadNum].asUInt();
                     std::string id = conversation[kTIMConvId].asString();
                     if (id == peer_) unread = number;
                     else if (number > 0) note(std::to_string(number) + " unread from " + harmless(id));
                 }
                 history(std::max(default_history, std::min(unread, 100u)), unread);
             });
    }

    void history(unsigned count, unsigned unread) {
        Json::Value param;
        param[kTIMMsgGetMsgListParamCount] = count;
        param[kTIMMsgGetMsgListParamIsForward] = false;  // from the newest back
        param[kTIMMsgGetMsgListParamIsRamble] = true;    // also what a new device has not got yet
        call([&](auto cb, auto data) {
                 return TIMMsgGetMsgList(peer_.c_str(), kTIMConv_C2C, compact(param).c_str(), cb, data);
             },
             [this, unread](int code, const std::string& desc, const Json::Value& messages) {
                 shown_history_ = true;
                 if (code != TIM_SUCC) trouble("No history", code, desc);
                 else show_history(messages, unread);
             });
    }

    void show_history(const Json::Value& messages, unsigned unread) {
        auto is_unread = [](const Json::Value& message) {
            return !message[kTIMMsgIsFormSelf].asBool() && !message[kTIMMsgIsRead].asBool();
        };
        auto number = static_cast<unsigned>(std::count_if(messages.begin(), messages.end(), is_unread));
        std::set<std::string> shown;
        bool news = false;
        for (Json::ArrayIndex left = messages.size(); left > 0; left--) {
            const Json::Value& message = messages[left - 1];
            if (is_unread(message) && !news) {
                news = true;
                note(std::to_string(std::max(unread, number)) + " unread:");
            }
            if (message[kTIMMsgIsFormSelf].asBool() && message[kTIMMsgStatus].asInt() == kTIMMsg_SendSucc &&
                !message[kTIMMsgIsPeerRead].asBool())
                unread_since_ = message[kTIMMsgServerTime].asUInt64();
            show(message);
            shown.insert(message[kTIMMsgMsgId].asString());
        }
        for (const Json::Value& message : std::exchange(early_, {})) {
            if (!shown.insert(message[kTIMMsgMsgId].asString()).second) continue;
            show(message);
            news = true;
        }
        if (news) report_read();
    }

    void received(const Json::Value& messages) {
        bool news = false;
        for (const Json::Value& message : messages) {
            std::string from = message[kTIMMsgConvId].asString();
            if (message[kTIMMsgConvType].asInt() != kTIMConv_C2C || from != peer_) {
                note(harmless(from) + " wrote: " + text_of(message));
            } else if (shown_history_) {
                show(message);
                news = news || !message[kTIMMsgIsFormSelf].asBool();
            } else if (synchronized_) {  // before that the history has it for certain
                early_.push_back(message);
            }
        }
        if (news) report_read();
    }

    void report_read() {
        call([this](auto cb, auto data) {
                 return TIMMsgReportReaded(peer_.c_str(), kTIMConv_C2C, nullptr, cb, data);
             },
             [this](int code, const std::string& desc, const Json::Value&) {
                 if (code != TIM_SUCC) trouble("Not marked as read", code, desc);
             });
    }

    void peer_has_read(const Json::Value& receipts) {
        for (const Json::Value& receipt : receipts) {
            bool ours = receipt[kTIMMsgReceiptConvId].asString() == peer_;
            if (!ours || unread_since_ == 0 || receipt[kTIMMsgReceiptTimeStamp].asUInt64() < unread_since_) continue;
            unread_since_ = 0;
            if (terminal_.interactive()) prompt("read");
            else note(peer_ + " has read it.");
        }
    }

    void send(const std::string& text) {
        Json::Value elem, message;
        elem[kTIMElemType] = kTIMElem_Text;
        elem[kTIMTextElemContent] = text;
        message[kTIMMsgElemArray].append(elem);
        prompt("sending");
        call([&](auto cb, auto data) {
                 return TIMMsgSendNewMsg(peer_.c_str(), kTIMConv_C2C, compact(message).c_str(), cb, data);
             },
             [this, text](int code, const std::string& desc, const Json::Value& sent) {
                 prompt(code == TIM_SUCC ? "sent" : "not sent");
                 if (code == ERR_SVR_MSG_INVALID_ID) {
                     note("Not sent: " + peer_ + " has never logged in. Start \"chat " + peer_ + " " + me_ +
                          "\" once, then write again.");
                 } else if (code != TIM_SUCC) {
                     trouble("Not sent: \"" + harmless(text) + "\"", code, desc);
                 } else {
                     unread_since_ = sent[kTIMMsgServerTime].asUInt64();
                     show(sent);
                 }
             });
    }

    void list() {
        call([](auto cb, auto data) { return TIMConvGetConvList(cb, data); },
             [this](int code, const std::string& desc, const Json::Value& conversations) {
                 if (code != TIM_SUCC) return trouble("No list", code, desc);
                 if (conversations.empty()) note("No conversations yet.");
                 for (const Json::Value& conversation : conversations) {
                     std::string line = harmless(conversation[kTIMConvId].asString());
                     if (unsigned number = conversation[kTIMConvUnReadNum].asUInt())
                         line += ", " + std::to_string(number) + " unread";
                     if (conversation[kTIMConvIsHasLastMsg].asBool())
                         line += ": " + text_of(conversation[kTIMConvLastMsg]);
                     note(line);
                 }
             });
    }

    void obey(const std::string& line) {
        std::istringstream words(line);
        std::string command;
        words >> command;
        if (command.empty()) return;
        if (command[0] != '/') return send(line);
        if (command.rfind("//", 0) == 0) return send(line.substr(line.find('/') + 1));
        if (command == "/help") return terminal_.print(commands);
        if (command == "/list") return list();
        if (command == "/history") {
            unsigned count = default_history;
            if (words >> count || words.eof()) return history(std::max(1u, std::min(count, 1000u)), 0);
        }
        note("I do not know \"" + harmless(line) + "\". /help lists the commands.");
    }

    void show(const Json::Value& message) {
        bool own = message[kTIMMsgIsFormSelf].asBool();
        std::string line = terminal_.styled("2", time_of(message)) + " " +
                           terminal_.styled(own ? "32" : "1", own ? me_ : peer_) + ": " + text_of(message);
        if (own && message[kTIMMsgStatus].asInt() == kTIMMsg_SendFail) line += terminal_.styled("31", " (not sent)");
        else if (own && message[kTIMMsgIsPeerRead].asBool()) line += terminal_.styled("2", " (read)");
        terminal_.print(line);
    }

    void note(const std::string& text) { terminal_.print(terminal_.styled("2", "* " + text)); }

    void trouble(const std::string& what, int code, const std::string& desc) {
        terminal_.print(terminal_.styled("31", "* " + what + ": " + harmless(desc) + " (" + std::to_string(code) + ")"));
    }

    // The state of the last message stands in the prompt, where it does not scroll away.
    void prompt(const std::string& state) {
        terminal_.prompt(state.empty() ? me_ + "> " : me_ + " (" + state + ")> ");
    }

    void fail(const std::string& why) {
        if (failed_) return;
        failed_ = true;
        terminal_.print("* " + why);
        terminal_.stop();
    }

    // What is on its way gets through first.
    int leave() {
        terminal_.resume();
        auto all_answered = [this] { return pending_ == 0; };
        terminal_.run_until(all_answered, 10);
        call([](auto cb, auto data) { return TIMLogout(cb, data); },
             [](int, const std::string&, const Json::Value&) {});
        terminal_.run_until(all_answered, 10);
        return failed_ ? 1 : 0;
    }

    Terminal& terminal_;
    const std::string me_, peer_;
    unsigned pending_ = 0;
    uint64_t unread_since_ = 0;  // server time of my last message that the peer has not read; 0: none
    std::vector<Json::Value> early_;  // came while we asked for the history, which may have been read before or after
    bool synchronized_ = false, shown_history_ = false, failed_ = false;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && (std::string(argv[1]) == "--help" || std::string(argv[1]) == "-h")) {
        std::cout << usage << "\nWhile you talk:\n" << commands << "\n";
        return 0;
    }
    if (argc != 3 || !*argv[1] || !*argv[2] || argv[1][0] == '-') {
        std::cerr << usage;
        return 2;
    }
    try {
        Terminal terminal;
        return Chat(terminal, argv[1], argv[2]).run();
    } catch (const std::exception& error) {
        std::cerr << "chat: " << error.what() << "\n";
        return 1;
    }
}
