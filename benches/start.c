/* start: from dlopen to the login callback, and what a logged-in client costs while nothing happens.
 *
 *   prepare   makes the store that `run` meets: two accounts, 1 000 messages
 *   run       dlopen, TIMInit, TIMLogin; memory, threads; a page of history; then IDLE seconds of silence
 *
 * usage: start LIBRARY prepare|run [IDLE]
 */
#include <dlfcn.h>
#include <sys/stat.h>
#include "tim.h"

/* The functions of the library that is loaded while the program runs. */
static struct {
    __typeof__(&TIMInit) init;
    __typeof__(&TIMUninit) uninit;
    __typeof__(&TIMSetConfig) set_config;
    __typeof__(&TIMLogin) login;
    __typeof__(&TIMMsgSendNewMsg) send;
    __typeof__(&TIMMsgGetMsgList) history;
    __typeof__(&TIMConvGetConvList) conversations;
} tim;

static void *found(void *library, const char *name) {
    void *symbol = dlsym(library, name);
    if (symbol == NULL) DIE("no %s in the library", name);
    return symbol;
}

static void load(const char *path) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) DIE("%s", dlerror());
    *(void **)&tim.init = found(library, "TIMInit");
    *(void **)&tim.uninit = found(library, "TIMUninit");
    *(void **)&tim.set_config = found(library, "TIMSetConfig");
    *(void **)&tim.login = found(library, "TIMLogin");
    *(void **)&tim.send = found(library, "TIMMsgSendNewMsg");
    *(void **)&tim.history = found(library, "TIMMsgGetMsgList");
    *(void **)&tim.conversations = found(library, "TIMConvGetConvList");
}

static struct answer answer;

static void begin_client(void) {
    tim.set_config("{\"set_config_is_log_output_console\":false}", NULL, NULL);
    if (tim.init(APP_ID, "{}") != TIM_SUCC) DIE("TIMInit failed");
}

static void log_in(const char *user) {
    must("TIMLogin", tim.login(user, "any text: no key is configured", on_answer, &answer), &answer);
}

static void prepare(void) {
    char message[MESSAGE_SIZE + 1];
    begin_client();
    log_in("bob");
    log_in("alice");
    for (int i = 0; i < 1000; i++) {
        write_message(message, (uint64_t)i, 0);
        must("send", tim.send("bob", kTIMConv_C2C, message, on_answer, &answer), &answer);
    }
}

static int page(void) {
    return tim.history(
        "bob", kTIMConv_C2C, "{\"msg_getmsglist_param_count\":20,\"msg_getmsglist_param_is_remble\":true}",
        on_answer, &answer);
}
static int list(void) { return tim.conversations(on_answer, &answer); }

static void latency(const char *name, int (*call)(void), size_t calls) {
    char line[64];
    struct series series = series_of(calls);
    for (size_t i = 0; i < calls + calls / 10; i++) {
        uint64_t before = now_ns();
        must(name, call(), &answer);
        if (i >= calls / 10) series_add(&series, answer.at - before);
    }
    snprintf(line, sizeof line, "%s_answer", name);
    report(line, (double)answer.length, "bytes");
    report_series(name, &series);
}

static void run(const char *path, unsigned idle) {
    double resident_before = resident_mib(), anonymous_before = anonymous_mib();
    struct stat file;
    uint64_t begin = now_ns();
    load(path);
    uint64_t loaded = now_ns();
    begin_client();
    uint64_t ready = now_ns();
    log_in("alice");
    uint64_t in = answer.at;
    report("start_dlopen", (double)(loaded - begin) / 1e6, "ms");
    report("start_init", (double)(ready - loaded) / 1e6, "ms");
    report("start_login", (double)(in - ready) / 1e6, "ms");
    report("start", (double)(in - begin) / 1e6, "ms");
    if (stat(path, &file) == 0) report("library", (double)file.st_size / 1048576, "MiB");

    latency("history20", page, 500);
    latency("conversations", list, 500);

    usleep(200000); /* what a login leaves to do is done */
    report("resident", resident_mib(), "MiB");
    report("resident_added", resident_mib() - resident_before, "MiB");
    report("anonymous", anonymous_mib(), "MiB");
    report("anonymous_added", anonymous_mib() - anonymous_before, "MiB");
    report("threads", (double)threads_now(), "threads");
    if (idle > 0) {
        struct timespec before, after;
        long sleeps = sleeps_of_others();
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        sleep(idle);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
        report("idle_wakeups", (double)(sleeps_of_others() - sleeps) / idle, "/s");
        report(
            "idle_cpu",
            ((double)(after.tv_sec - before.tv_sec) * 1e3 + (double)(after.tv_nsec - before.tv_nsec) / 1e6) / idle,
            "ms/s");
    }
}

int main(int argc, char **argv) {
    if (argc < 3) DIE("usage: %s LIBRARY prepare|run [IDLE]", argv[0]);
    answer_init(&answer, 0);
    if (strcmp(argv[2], "prepare") == 0) {
        load(argv[1]);
        prepare();
    } else {
        run(argv[1], (unsigned)argument(argc, argv, 3, 0));
    }
    return tim.uninit();
}
