/* What the bench programs do with the library, through its public header: start, log in, a text message. */
#ifndef IMSDK_BENCH_TIM_H
#define IMSDK_BENCH_TIM_H
#include "TIMCloud.h"
#include "bench.h"

#define APP_ID 1400000000

static inline void start(void) {
    TIMSetConfig("{\"set_config_is_log_output_console\":false}", NULL, NULL);
    if (TIMInit(APP_ID, "{}") != TIM_SUCC) DIE("TIMInit failed");
}

/* Waits for the answer of a call that returned `returned`. */
static inline void must(const char *what, int returned, struct answer *answer) {
    if (returned != TIM_SUCC) DIE("%s returned %d", what, returned);
    answer_wait(answer);
    if (answer->code != 0) DIE("%s failed with %d", what, answer->code);
}

static inline void login(const char *user, struct answer *answer) {
    must("TIMLogin", TIMLogin(user, "any text: no key is configured", on_answer, answer), answer);
}

/* The message that all benches carry: a text of 52 bytes, as programs write it, 438 bytes in all. The text begins with
 * the number of the message and the time it was made, so that its receiver can tell how old it is. */
#define MESSAGE_SIZE 438

static inline void write_message(char *buffer, uint64_t number, int online_only) {
    int n = snprintf(
        buffer, MESSAGE_SIZE + 1,
        "{\"message_conv_id\":\"bob\",\"message_conv_type\":1,\"message_sender\":\"alice\","
        "\"message_priority\":1,\"message_platform\":0,\"message_client_time\":1767225600,"
        "\"message_is_read\":true,\"message_is_from_self\":true,\"message_need_read_receipt\":false,"
        "\"message_is_online_msg\":%s,\"message_elem_array\":[{\"elem_type\":0,"
        "\"text_elem_content\":\"#%010llu@%020llu the quick brown fox.\"}],"
        "\"message_cloud_custom_str\":\"",
        online_only ? "true" : "false", (unsigned long long)number, (unsigned long long)now_ns());
    while (n < MESSAGE_SIZE - 2) buffer[n++] = 'x';
    memcpy(buffer + n, "\"}", 3);
}

static inline void on_filled(int32_t code, const char *desc, const char *json, const void *user_data) {
    (void)json;
    if (code != 0) DIE("send failed with %d: %s", (int)code, desc);
    atomic_fetch_add((_Atomic long *)user_data, 1);
}

/* Sends messages from `first` on as fast as it goes, at most `window` unanswered; returns when all are answered. */
static inline void send_many(uint64_t first, long messages, long window) {
    static _Atomic long answered;
    char message[MESSAGE_SIZE + 1];
    atomic_store(&answered, 0);
    for (long i = 0; i < messages; i++) {
        write_message(message, first + (uint64_t)i, 0);
        if (TIMMsgSendNewMsg("bob", kTIMConv_C2C, message, on_filled, &answered) != TIM_SUCC) DIE("send was refused");
        while (i + 1 - atomic_load(&answered) >= window) usleep(50);
    }
    while (atomic_load(&answered) < messages) usleep(50);
}

/* Messages that a store is filled with before single ones are measured: the write-ahead log then has its full length. */
#define FILLED 3000

/* Calls `each(number, made_at)` for every such message in a JSON text. */
#define FOR_EACH_MESSAGE(json, number, made_at, ...)                                     \
    for (const char *at_ = strchr((json), '#'); at_ != NULL; at_ = strchr(at_ + 1, '#')) { \
        char *end_;                                                                      \
        uint64_t number = strtoull(at_ + 1, &end_, 10);                                  \
        if (*end_ != '@') continue;                                                      \
        uint64_t made_at = strtoull(end_ + 1, NULL, 10);                                 \
        (void)made_at;                                                                   \
        __VA_ARGS__                                                                      \
    }

#endif
