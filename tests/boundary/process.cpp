// What a process does around the library: it loads and unloads it, ends without TIMUninit, forks. One of them, by name.

#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <thread>

#include "TIMCloud.h"

static void Need(bool fine, const char* what) {
    if (fine) return;
    std::fprintf(stderr, "FAILED: %s\n", what);
    std::_Exit(1);
}

// The functions come through dlsym: nothing is loaded before.
// Whether this process has a file of this name open.
static bool HasOpen(const std::string& name) {
    for (int fd = 0; fd < 256; fd++) {
        char path[4096];
        const ssize_t length = readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), path, sizeof path);
        const std::string target(path, length > 0 ? length : 0);
        if (target.size() > name.size() && target.compare(target.size() - name.size(), name.size(), name) == 0) return true;
    }
    return false;
}

// Whether it has a Unix socket with a name.
static bool HasDoor() {
    for (int fd = 0; fd < 256; fd++) {
        sockaddr_un name{};
        socklen_t length = sizeof name;
        if (getsockname(fd, reinterpret_cast<sockaddr*>(&name), &length) == 0 && name.sun_family == AF_UNIX && name.sun_path[0])
            return true;
    }
    return false;
}

static void* g_library;
template <class F> static F* Function(const char* name) {
    F* function = reinterpret_cast<F*>(dlsym(g_library, name));
    Need(function != nullptr, name);
    return function;
}
#define CALL(function) Function<decltype(function)>(#function)

struct Answer {
    std::mutex mutex;
    std::condition_variable arrived;
    int count = 0;
    int code = 0;

    int wait() {
        std::unique_lock<std::mutex> lock(mutex);
        Need(arrived.wait_for(lock, std::chrono::seconds(60), [&] { return count > 0; }), "a callback came");
        return code;
    }
};

static void OnDone(int32_t code, const char*, const char*, const void* user_data) {
    Answer* answer = static_cast<Answer*>(const_cast<void*>(user_data));
    std::lock_guard<std::mutex> lock(answer->mutex);
    answer->count++;
    answer->code = code;
    answer->arrived.notify_all();
}

static void Load(const char* path) {
    g_library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!g_library) std::fprintf(stderr, "%s\n", dlerror());
    Need(g_library != nullptr, "dlopen");
}

static void Begin() {
    Need(CALL(TIMInit)(1400000000, "{}") == TIM_SUCC, "TIMInit");
    Answer login;
    Need(CALL(TIMLogin)("user1", "any", OnDone, &login) == TIM_SUCC && login.wait() == 0, "TIMLogin");
}

static int Send(TIMCommCallback cb, const void* user_data) {
    const char* message = R"({"message_elem_array":[{"elem_type":0,"text_elem_content":"hello"}]})";
    return CALL(TIMMsgSendNewMsg)("user1", kTIMConv_C2C, message, cb, user_data);
}

// Objects of the program die while the library still has work for it.
struct Mortal {
    volatile bool alive = true;
    ~Mortal() { alive = false; }
};
static Mortal g_mortal;

int main(int argc, char** argv) {
    Need(argc == 3, "usage: process LIBRARY WHAT");
    const std::string what = argv[2];
    alarm(240);
    if (what == "load") {
        // With threads running at the moment of dlclose, and without.
        for (int i = 0; i < 50; i++) {
            Load(argv[1]);
            CALL(TIMSetConfig)(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
            if (i % 3 == 1) {
                CALL(TIMUninit)();  // the library may have stayed, with its threads
                Answer answer;
                Need(CALL(TIMLogout)(OnDone, &answer) == TIM_SUCC && answer.wait() == 6013, "TIMLogout before TIMInit");
            } else if (i % 3 == 2) {
                Begin();
                Need(Send(nullptr, nullptr) == TIM_SUCC, "TIMMsgSendNewMsg");
                if (i % 2) CALL(TIMUninit)();
            }
            Need(dlclose(g_library) == 0, "dlclose");
        }
        return 0;
    }
    Load(argv[1]);
    CALL(TIMSetConfig)(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    Begin();
    if (what == "exit" || what == "exit in a callback" || what == "return") {
        const auto late = [](int32_t, const char*, const char*, const void*) {
            Need(g_mortal.alive, "no callback after the program's objects have died");
        };
        for (int i = 0; i < 500; i++) Need(Send(late, nullptr) == TIM_SUCC, "TIMMsgSendNewMsg");
        if (what == "exit") std::exit(0);
        if (what == "return") return 0;
        Send([](int32_t, const char*, const char*, const void*) { std::exit(0); }, nullptr);
        for (;;) pause();
    }
    if (what == "fork") {
        Need(HasOpen("service.lock") && HasDoor(), "the parent has them open");
        // Locks that every call of its kind takes are taken often while the children begin.
        std::atomic<bool> busy = true;
        std::thread setter([&] {
            while (busy) {
                CALL(TIMSetConvEventCallback)(nullptr, nullptr);
                CALL(TIMSetConfig)("{}", nullptr, nullptr);
            }
        });
        for (int i = 0; i < 20; i++) {
            // In the middle of work, so that locks may be held.
            for (int j = 0; j < 20; j++) Send(nullptr, nullptr);
            const pid_t child = fork();
            Need(child >= 0, "fork");
            if (child == 0) {
                // A child that goes on to call must be told no, and must be able to leave in each way.
                alarm(60);
                Need(!HasOpen("service.lock"), "a child holds no lock that its parent may leave behind");
                Need(!HasDoor(), "nor does it answer the doorbell of its parent");
                char user[128];
                const auto ignore = [](const char*, const void*) {};
                CALL(TIMGetLoginStatus)();
                CALL(TIMGetLoginUserID)(user);
                CALL(TIMGetSDKVersion)();
                CALL(TIMGetServerTime)();
                CALL(TIMSetLogCallback)(nullptr, nullptr);
                CALL(TIMAddRecvNewMsgCallback)(ignore, nullptr);
                CALL(TIMRemoveRecvNewMsgCallback)(ignore);
                CALL(TIMSetConvEventCallback)(nullptr, nullptr);
                Need(CALL(TIMSetConfig)("{}", nullptr, nullptr) != TIM_SUCC, "so is a configuration");
                Need(Send(nullptr, nullptr) != TIM_SUCC, "a send of a forked child is refused");
                CALL(TIMConvGetConvList)(nullptr, nullptr);
                CALL(TIMUninit)();
                CALL(TIMInit)(1400000000, "{}");
                if (i % 2) std::_Exit(0);
                std::exit(0);
            }
            int status = 0;
            Need(waitpid(child, &status, 0) == child, "waitpid");
            if (status != 0) std::fprintf(stderr, "status of the child: %x\n", status);
            Need(status == 0, "a forked child ends in order");
            Answer answer;
            Need(Send(OnDone, &answer) == TIM_SUCC && answer.wait() == 0, "the parent goes on");
        }
        busy = false;
        setter.join();
        return CALL(TIMUninit)();
    }
    Need(false, "usage: process LIBRARY WHAT");
}
