/* The spellings that C programs use. */
#include "TIMCloud.h"

static void on_done(int32_t code, const char* desc, const char* json_params, const void* user_data) {
    (void)code;
    (void)desc;
    (void)json_params;
    (void)user_data;
}

int main(void) {
    enum TIMConvType tagged = kTIMConv_C2C;
    TIMConvType plain = kTIMConv_Group;
    TIMCommCallback callback = on_done;
    const char* keys[2];
    keys[0] = kTIMMsgElemArray;
    keys[1] = kTIMTextElemContent;
    return TIM_SUCC == 0 && tagged != plain && callback != 0 && keys[0] != keys[1] && kTIMElem_Invalid == -1 ? 0 : 1;
}
