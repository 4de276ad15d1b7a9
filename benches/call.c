/* call: what a call costs that needs no storage, and how soon its callback comes.
 *
 *   setconfig   TIMSetConfig with a JSON text of 438 bytes; the answer is the whole configuration
 *   refused     TIMConvDelete while nobody is logged in: 6014
 *   message     TIMMsgSendNewMsg with a message of 438 bytes while nobody is logged in: 6014, and the message comes back
 *
 * usage: call [CALLS]
 */
#include "tim.h"

static const char CONFIG[] =
    "{\"set_config_log_level\":4,\"set_config_callback_log_level\":6,"
    "\"set_config_is_log_output_console\":false,\"set_config_user_config\":{"
    "\"user_config_is_read_receipt\":true,\"user_config_is_sync_report\":true,"
    "\"user_config_is_ingore_grouptips_unread\":false},\"set_config_user_define_data\":\"pc\","
    "\"set_config_http_proxy_info\":{\"http_proxy_info_ip\":\"192.0.2.10\",\"http_proxy_info_port\":8080,"
    "\"http_proxy_info_username\":\"user\",\"http_proxy_info_password\":\"pw\"}}";
_Static_assert(sizeof CONFIG == MESSAGE_SIZE + 1, "the argument has the size that is stated");

static char message[MESSAGE_SIZE + 1];

static int set_config(TIMCommCallback cb, void *user_data) { return TIMSetConfig(CONFIG, cb, user_data); }
static int refused(TIMCommCallback cb, void *user_data) {
    return TIMConvDelete("bob", kTIMConv_C2C, cb, user_data);
}
static int send_message(TIMCommCallback cb, void *user_data) {
    return TIMMsgSendNewMsg("bob", kTIMConv_C2C, message, cb, user_data);
}
typedef int (*call_fn)(TIMCommCallback cb, void *user_data);

/* One at a time: from just before the call to the first instruction of its callback. */
static void one_at_a_time(const char *name, call_fn call, int code, size_t calls) {
    char line[96];
    struct answer answer;
    struct series latency = series_of(calls);
    answer_init(&answer, 0);
    for (size_t i = 0; i < calls + calls / 10; i++) {
        uint64_t before = now_ns();
        if (call(on_answer, &answer) != TIM_SUCC) DIE("%s was refused", name);
        answer_wait(&answer);
        if (answer.code != code) DIE("%s: code %d", name, answer.code);
        if (i >= calls / 10) series_add(&latency, answer.at - before);
    }
    snprintf(line, sizeof line, "%s_answer", name);
    report(line, (double)answer.length, "bytes");
    report_series(name, &latency);
}

static _Atomic long answered;

static void on_counted(int32_t code, const char *desc, const char *json, const void *user_data) {
    (void)code, (void)desc, (void)json, (void)user_data;
    atomic_fetch_add_explicit(&answered, 1, memory_order_release);
}

static long answered_now(void) { return atomic_load_explicit(&answered, memory_order_acquire); }

/* As fast as the caller can, with at most 4 096 unanswered. */
static void pipelined(const char *name, call_fn call, long calls, int quiet) {
    char line[96];
    uint64_t inside = 0, begin = now_ns();
    atomic_store(&answered, 0);
    for (long i = 0; i < calls; i++) {
        uint64_t before = now_ns();
        if (call(on_counted, NULL) != TIM_SUCC) DIE("%s was refused", name);
        inside += now_ns() - before;
        if ((i & 255) == 255)
            while (i - answered_now() > 4096) usleep(50);
    }
    while (answered_now() < calls) usleep(50);
    double seconds = (double)(now_ns() - begin) / 1e9;
    if (quiet) return;
    snprintf(line, sizeof line, "%s_pipelined", name);
    report(line, (double)calls / seconds, "calls/s");
    snprintf(line, sizeof line, "%s_caller", name);
    report(line, (double)inside / (double)calls / 1e3, "us");
}

static volatile uintptr_t kept;

int main(int argc, char **argv) {
    size_t calls = (size_t)argument(argc, argv, 1, 20000);
    long many = 10 * (long)calls;
    write_message(message, 1, 0);
    start();
    struct { const char *name; call_fn call; int code; } kinds[] = {
        {"setconfig", set_config, 0}, {"refused", refused, 6014}, {"message", send_message, 6014}};
    for (int k = 0; k < 3; k++) {
        one_at_a_time(kinds[k].name, kinds[k].call, kinds[k].code, calls);
        pipelined(kinds[k].name, kinds[k].call, many, 0);
    }

    uint64_t begin = now_ns();
    for (long i = 0; i < many; i++) kept += (uintptr_t)TIMGetLoginStatus();
    report("login_status", (double)(now_ns() - begin) / (double)many, "ns");
    begin = now_ns();
    for (long i = 0; i < many; i++) kept += (uintptr_t)TIMGetSDKVersion();
    report("sdk_version", (double)(now_ns() - begin) / (double)many, "ns");

    double before = resident_mib();
    for (int k = 0; k < 3; k++) pipelined(kinds[k].name, kinds[k].call, 50 * (long)calls / 3, 1);
    report("memory_after", resident_mib(), "MiB");
    report("memory_growth", resident_mib() - before, "MiB");
    return TIMUninit();
}
