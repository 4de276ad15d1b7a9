// Calls of any function in any state of the library. Run the programs in an empty directory.
//
// Checked: the return code is one of the public ones and depends on the arguments alone; a call that returns 0 has its callback
// exactly once, with a code of the public list, one that is refused never; all texts that a callback gets are there, and JSON is JSON.

#pragma once
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

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
    bool only_not_initialized;  // its callback can only say 6013
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
    if (std::find(std::begin(calls::codes), std::end(calls::codes), code) == std::end(calls::codes))
        Fail("called back with a code that does not exist: " + std::to_string(code), call->name());
    if (call->only_not_initialized && code != 6013) Fail("called back " + std::to_string(code), call->name());
    if (call->refused) Fail("called back, though refused", call->name());
    if (++call->called > 1) Fail("called back twice", call->name());
    else g_due--;
    g_changed.notify_all();
}

// A buffer of the size that the headers ask for, at the end of its memory for tools that watch that.
static std::vector<char> g_buffer(128);

static int Make(const calls::Function& function, const std::vector<const calls::Variant*>& choice, bool called_back,
                const std::string& where, bool initialized) {
    Call* call;
    {
        std::lock_guard<std::mutex> lock(g_mutex);
        const bool other = !std::strcmp(function.name, "TIMSetConfig") || !std::strcmp(function.name, "TIMConvCreate");
        call = &g_calls.emplace_back(Call{where, !initialized && !other});
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
        Call* call = &g_calls.emplace_back(Call{"the end of the queue", false});
        lock.unlock();
        TIMSetConfig("", OnDone, call);
    }
}

static const calls::Function& Find(const char* name) {
    for (const calls::Function& function : calls::functions)
        if (!std::strcmp(function.name, name)) return function;
    std::abort();
}

static void Login(const char* user) {
    const calls::Variant who{"", user, nullptr, 0}, signature{"", "any", nullptr, 0};
    if (Make(Find("TIMLogin"), {&who, &signature}, true, std::string("TIMLogin of ") + user, true) != TIM_SUCC)
        Fail("refused", "TIMLogin");
    Settle();
}

static void Logout() {
    Make(Find("TIMLogout"), {}, true, "TIMLogout", true);
    Settle();
}

static int Init() { return TIMInit(1400000000, "{}"); }

enum class State { pre_init, init, logged_in, logged_out, uninit };
static const char* const g_names[] = {"before TIMInit", "not logged in", "logged in", "logged out", "after TIMUninit"};

static bool Initialized(State state) { return state != State::pre_init && state != State::uninit; }

// What a call may have changed is put back.
static void Restore(const calls::Function& function, State state, int code) {
    if (!std::strcmp(function.name, "TIMInit")) {
        if (!Initialized(state) && code == TIM_SUCC) TIMUninit();
    } else if (!std::strcmp(function.name, "TIMUninit")) {
        if (Initialized(state)) {
            Init();
            if (state != State::init) Login("user1");
            if (state == State::logged_out) Logout();
        }
    } else if (!std::strcmp(function.name, "TIMSetConfig")) {
        TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    } else if (!std::strcmp(function.name, "TIMLogin") || !std::strcmp(function.name, "TIMLogout")) {
        Settle();
        if (state == State::logged_in) Login("user1");
        else if (Initialized(state)) Logout();
    }
}

static void Try(const calls::Function& function, State state, const std::vector<const calls::Variant*>& choice, bool called_back,
                const std::string& arguments) {
    static std::map<std::string, int> codes;
    const std::string where = std::string(function.name) + "(" + arguments + ")";
    // What may end with a TIMUninit must not take the callbacks of others along.
    if (!std::strcmp(function.name, "TIMInit") || !std::strcmp(function.name, "TIMUninit")) Settle();
    const int code = Make(function, choice, called_back, where + " " + g_names[static_cast<int>(state)], Initialized(state));
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

// Runs `each` in all states, one after the other, and gives the exit code.
template <class F> static int InEveryState(F each) {
    TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    each(State::pre_init);
    if (Init() != TIM_SUCC) Fail("refused", "TIMInit");
    each(State::init);
    Login("user2");
    Login("user1");
    if (TIMGetLoginStatus() != kTIMLoginStatus_Logined) Fail("not logged in", "TIMLogin");
    each(State::logged_in);
    Logout();
    each(State::logged_out);
    TIMUninit();
    each(State::uninit);
    std::printf("%zu calls, %d failures\n", g_calls.size(), g_failures);
    return g_failures != 0;
}
