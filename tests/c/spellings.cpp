// The spellings that C++ programs use beside those of C.
#include "TIMCloud.h"

#include <string>

namespace app {

// A program's own names must not clash with what the headers bring in.
enum TIMKind { kText };

struct Listener {
    static void on_message(const char* json_msg_array, const void* user_data) {
        *static_cast<std::string*>(const_cast<void*>(user_data)) += json_msg_array;
    }
    static void on_event(TIMConvEvent event, const char*, const void*) { (void)event; }
    static void on_log(enum TIMLogLevel level, const char*, const void*) { (void)level; }
};

}  // namespace app

int main() {
    TIMElemType type = TIMElemType::kTIMElem_Text;
    TIMConvType conv = ::kTIMConv_C2C;
    std::string key = ::kTIMMsgElemArray;
    const char* const& reference = kTIMMsgElemArray;
    TIMRecvNewMsgCallback recv = app::Listener::on_message;
    TIMConvEventCallback event = &app::Listener::on_event;
    TIMLogCallback log = [](TIMLogLevel, const char*, const void*) {};
    const bool good = key == "message_elem_array" && key == reference && type == kTIMElem_Text &&
                      conv == TIMConvType::kTIMConv_C2C && recv && event && log &&
                      static_cast<int>(TIMErrCode::ERR_SDK_NOT_LOGGED_IN) == 6014;
    return good ? 0 : 1;
}
