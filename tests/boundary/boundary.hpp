// Calls of any function in any state of the library. Run the programs in an empty directory.
//
// Checked: the return code is one of the public ones and depends on the arguments alone; a call that returns 0 has its callback
// exactly once, with a code that the headers name for this function, one that is refused never; all texts that a callback gets are
// there, and JSON is JSON.

#pragma once
#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#ifndef _WIN32
#include <fcntl.h>
#include <sys/file.h>
#endif

#include "TIMCloud.h"
#include "json.hpp"

static int g_failures = 0;

static void Fail(const std::string& what, const std::string& where) {
    if (++g_failures <= 50) std::fprintf(stderr, "FAILED: %s: %s\n", where.c_str(), what.c_str());
}

// Events come to one listener for each type.
template <class F> struct Listener;
template <class... Arguments> struct Listener<void (*)(Arguments...)> {
    static void Call(Arguments... arguments) {
        constexpr bool plain = (... || (std::is_same_v<Arguments, TIMLogLevel> || std::is_same_v<Arguments, TIMNetworkStatus>));
        (Check(arguments, plain), ...);
    }

private:
    static void Check(const char* text, bool plain);
    template <class T> static void Check(T, bool) {}
};
#include "calls.hpp"

// One call that may be called back.
struct Call {
    std::string where;
    const calls::Function* function;
    int only;  // the one code that its state leaves; 0 for any
    bool due = false;
    bool refused = false;
    bool late = false;  // what it waited for is over
    int called = 0;
    std::string name() const { return late ? where + " (late)" : where; }
};

static std::mutex g_mutex;
static std::condition_variable g_changed;
static std::deque<Call> g_calls;
static size_t g_settled = 0;
static long g_due = 0;

template <class... Arguments> void Listener<void (*)(Arguments...)>::Check(const char* text, bool plain) {
    std::lock_guard<std::mutex> lock(g_mutex);
    if (!text) Fail("a text is NULL", "an event");
    else if (!plain && !json::ok(text)) Fail(std::string("broken JSON: ") + text, "an event");
}

static void OnDone(int32_t code, const char* desc, const char* json_params, const void* user_data) {
    Call* call = static_cast<Call*>(const_cast<void*>(user_data));
    const bool fine = json::ok(json_params);
    std::lock_guard<std::mutex> lock(g_mutex);
    if (!desc) Fail("desc is NULL", call->name());
    if (!fine) Fail(std::string("broken JSON: ") + (json_params ? json_params : "NULL"), call->name());
    const int *first = call->function->codes, *last = first + call->function->code_count;
    if (std::find(first, last, code) == last)
        Fail("called back with a code that the header does not name: " + std::to_string(code), call->name());
    if (call->only && code != call->only) Fail("called back " + std::to_string(code), call->name());
    if (call->refused) Fail("called back, though refused", call->name());
    if (++call->called > 1) Fail("called back twice", call->name());
    else g_due--;
    g_changed.notify_all();
}

// A buffer of the size that the headers ask for, at the end of its memory for tools that watch that.
static std::vector<char> g_buffer(128);

static int Make(const calls::Function& function, const std::vector<const calls::Variant*>& choice, bool called_back,
                const std::string& where, int only = 0) {
    Call* call;
    {
        std::lock_guard<std::mutex> lock(g_mutex);
        call = &g_calls.emplace_back(Call{where, &function, only});
        if (called_back && function.asynchronous) call->due = true, g_due++;
    }
    const int code = function.call(choice.data(), called_back ? OnDone : nullptr, call, g_buffer.data());
    if (code != TIM_SUCC && called_back && function.asynchronous) {
        std::lock_guard<std::mutex> lock(g_mutex);
        call->refused = true;
        if (call->called != 0) Fail("called back, though refused", where);
        else g_due--;
    }
    return code;
}

static const calls::Function& Find(const char* name) {
    for (const calls::Function& function : calls::functions)
        if (!std::strcmp(function.name, name)) return function;
    std::abort();
}

// Until all callbacks that are due have come; then once around the queue, behind any that came twice.
static void Settle() {
    for (int around = 0; around < 2; around++) {
        std::unique_lock<std::mutex> lock(g_mutex);
        if (!g_changed.wait_for(lock, std::chrono::seconds(60), [] { return g_due == 0; })) {
            for (const Call& call : g_calls)
                if (call.due && !call.refused && !call.late && call.called == 0) Fail("no callback", call.where);
            g_due = 0;
        }
        if (around == 1) {
            for (; g_settled < g_calls.size(); g_settled++) g_calls[g_settled].late = true;
            return;
        }
        g_due++;
        Call* call = &g_calls.emplace_back(Call{"the end of the queue", &Find("TIMSetConfig"), 0});
        lock.unlock();
        TIMSetConfig("", OnDone, call);
    }
}

static void Login(const char* user, const char* signature = "any") {
    const calls::Variant who{"", user, nullptr, 0}, signed_by{"", signature, nullptr, 0};
    if (Make(Find("TIMLogin"), {&who, &signed_by}, true, std::string("TIMLogin of ") + user) != TIM_SUCC) Fail("refused", "TIMLogin");
}

static void LoginNow(const char* user, const char* signature = "any") {
    Login(user, signature);
    Settle();
    if (TIMGetLoginStatus() != kTIMLoginStatus_Logined) Fail("not logged in", "TIMLogin");
}

static void Logout() {
    Make(Find("TIMLogout"), {}, true, "TIMLogout");
    Settle();
}

static int Init() { return TIMInit(1400000000, "{}"); }

enum class State { pre_init, init, logging_in, logged_in, kicked, expired, logged_out, uninit };
static const char* const g_names[] = {"before TIMInit", "not logged in", "logging in", "logged in", "kicked", "expired", "logged out", "after TIMUninit"};

static bool Initialized(State state) { return state != State::pre_init && state != State::uninit; }

// The one code that a state leaves to a call that asks for something; 0 for any.
static int Only(const calls::Function& function, State state) {
    static const std::set<std::string> others = {"TIMSetConfig", "TIMConvCreate"}, entries = {"TIMLogin", "TIMLogout"};
    // What is on the device may still be read.
    static const std::set<std::string> reads = {"TIMConvGetConvList", "TIMMsgGetMsgList", "TIMMsgFindByMsgLocatorList", "callExperimentalAPI"};
    if (others.count(function.name)) return 0;
    if (!Initialized(state)) return 6013;
    const bool out = state == State::init || state == State::kicked || state == State::expired || state == State::logged_out;
    return out && !entries.count(function.name) && (state == State::init || !reads.count(function.name)) ? 6014 : 0;
}

// How often the session has been ended from elsewhere.
static std::atomic<int> g_ended{0};
static void OnEnded(const void*) {
    std::lock_guard<std::mutex> lock(g_mutex);
    g_ended++;
    g_changed.notify_all();
}
static void WaitForEnd(int before, const char* why) {
    std::unique_lock<std::mutex> lock(g_mutex);
    if (!g_changed.wait_for(lock, std::chrono::seconds(60), [&] { return g_ended > before; })) Fail("is not told", why);
}

// A second device of the same kind, as which this program runs again, takes the session over.
static std::string g_self;
static void Kick() {
    TIMSetKickedOfflineCallback(OnEnded, nullptr);
    const int before = g_ended;
    if (std::system(("\"" + g_self + "\" device").c_str()) != 0) Fail("does not log in", "the second device");
    WaitForEnd(before, "a kick");
}
static int BeDevice() {
    TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    TIMInit(1400000000, R"({"sdk_config_config_file_path":"second"})");
    // The first login is told that the other device has taken the session over.
    Login("user1");
    Settle();
    LoginNow("user1");
    TIMUninit();
    return g_failures != 0;
}

#ifndef _WIN32
// While another program keeps the service's lock, a login goes on.
static int g_lock = -1;
static void BeginLogin() {
    if (g_lock < 0) g_lock = open("data/1400000000/service.lock", O_RDWR);
    if (g_lock < 0 || flock(g_lock, LOCK_EX) != 0) Fail("cannot be had", "the lock of the service");
    Login("user1");
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (TIMGetLoginStatus() != kTIMLoginStatus_Logining) {
        if (std::chrono::steady_clock::now() > end) return Fail("does not begin", "TIMLogin");
        std::this_thread::yield();
    }
}
static void EndLogin() {
    flock(g_lock, LOCK_UN);
    Settle();
    if (TIMGetLoginStatus() == kTIMLoginStatus_Logining) Fail("does not end", "TIMLogin");
}
#endif

// From a state that may be any into this one.
static void Enter(State state) {
    if (!Initialized(state)) return;
    if (state == State::logged_in || state == State::kicked) LoginNow("user1");
    if (state == State::kicked) Kick();
    if (state == State::init || state == State::logged_out || state == State::logging_in) Logout();
}

// Whether it may end the state that it is called in.
static bool Ends(const calls::Function& function) {
    static const std::set<std::string> names = {"TIMInit", "TIMUninit", "TIMLogin", "TIMLogout"};
    return names.count(function.name) != 0;
}

// What a call may have changed is put back.
static void Restore(const calls::Function& function, State state, int code) {
    if (!std::strcmp(function.name, "TIMInit")) {
        if (!Initialized(state) && code == TIM_SUCC) TIMUninit();
        if (state == State::logging_in) Enter(state);
    } else if (!std::strcmp(function.name, "TIMUninit")) {
        if (Initialized(state)) {
            Init();
            if (state == State::logged_out) LoginNow("user1");
            Enter(state);
        }
    } else if (!std::strcmp(function.name, "TIMSetConfig")) {
        TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    } else if (!std::strcmp(function.name, "TIMLogin") || !std::strcmp(function.name, "TIMLogout")) {
        Settle();
        Enter(state);
    }
}

static void Try(const calls::Function& function, State state, const std::vector<const calls::Variant*>& choice, bool called_back,
                const std::string& arguments) {
    static std::map<std::string, int> codes;
    const std::string where = std::string(function.name) + "(" + arguments + ")";
    [[maybe_unused]] const bool end = Ends(function);
    // What may end with a TIMUninit must not take the callbacks of others along.
    if (!std::strcmp(function.name, "TIMInit") || !std::strcmp(function.name, "TIMUninit")) Settle();
#ifndef _WIN32
    if (state == State::logging_in && end) BeginLogin();
    // It waits for what the login waits for.
    if (state == State::logging_in && !std::strcmp(function.name, "TIMUninit")) EndLogin();
#endif
    const int code = Make(function, choice, called_back, where + " " + g_names[static_cast<int>(state)], Only(function, state));
#ifndef _WIN32
    if (state == State::logging_in && end) EndLogin();
#endif
    if (!std::strcmp(function.name, "TIMGetLoginStatus")) return;
    if (code != TIM_SUCC && code != TIM_ERR_JSON && code != TIM_ERR_PARAM && code != TIM_ERR_CONV)
        Fail("returned " + std::to_string(code), where);
    // A second TIMInit only looks whether there is a text.
    const bool second = !std::strcmp(function.name, "TIMInit") && Initialized(state);
    const int first = codes.emplace(second ? "second " + where : where, code).first->second;
    if (first != code)
        Fail("returned " + std::to_string(first) + " before and " + std::to_string(code) + " now",
             where + " " + g_names[static_cast<int>(state)]);
    Restore(function, state, code);
}

// Makes calls of functions that do not end a state; where one logs in, they wait for it together.
template <class F> static void WhileLoggingIn(State state, F calls) {
#ifndef _WIN32
    if (state == State::logging_in) BeginLogin();
    calls();
    if (state == State::logging_in) {
        EndLogin();
        Enter(state);
    }
#else
    (void)state;
    calls();
#endif
}

static int End() {
    std::printf("%zu calls, %d failures\n", g_calls.size(), g_failures);
    return g_failures != 0;
}

// Runs `each` in all states but the last of a signature, one after the other, and gives the exit code.
template <class F> static int InEveryState(F each) {
    TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    each(State::pre_init);
    if (Init() != TIM_SUCC) Fail("refused", "TIMInit");
    each(State::init);
    LoginNow("user2");
    LoginNow("user1");
    each(State::logged_in);
#ifndef _WIN32
    Enter(State::logging_in);
    each(State::logging_in);
#endif
    Enter(State::kicked);
    each(State::kicked);
    Enter(State::logged_in);
    Enter(State::logged_out);
    each(State::logged_out);
    TIMUninit();
    each(State::uninit);
    return End();
}

// The same when a signature has ended a session that it had begun.
template <class F> static int AfterSignature(const char* signature, F each) {
    TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    if (Init() != TIM_SUCC) Fail("refused", "TIMInit");
    TIMSetUserSigExpiredCallback(OnEnded, nullptr);
    LoginNow("user1", signature);
    WaitForEnd(0, "the end of a signature");
    each(State::expired);
    TIMUninit();
    return End();
}
