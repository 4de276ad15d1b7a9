// Ten threads call everything at random, with good and bad arguments; callbacks call back in; TIMInit and TIMUninit run in a loop.
//
//   stress SECONDS [SEED]          run in an empty directory; IMSDK_STRESS_PATIENCE (seconds, 60) makes a standstill a deadlock
//
// Rounds of two kinds take turns. In a calm one nobody calls TIMUninit, and at its end every call that returned 0 must have had its
// callback exactly once. In a storm anybody may call it at any time, also callbacks; then a callback may be missing, but none may
// start after a TIMUninit that began when its call (or the setting of its listener) was over.

#include <pthread.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

#include "json.hpp"

#include "TIMCloud.h"

struct Token;
// All listeners, by their type.
template <class F> struct Listener;
template <class... Arguments> struct Listener<void (*)(Arguments...)> {
    static void Call(Arguments... arguments);

private:
    static void Check(const char* text, bool plain, Token* token);
    template <class T> static void Check(T, bool, Token*) {}
};
#include "calls.hpp"

using Clock = std::chrono::steady_clock;
static constexpr int kThreads = 10;
static constexpr uint64_t kRunning = UINT64_MAX;

// What travels through user_data: one call, or one setting of a listener.
struct Token {
    uint32_t magic = 0x70C35;
    const calls::Function* function = nullptr;
    std::atomic<int> called{0};
    std::atomic<bool> refused{false};
    std::atomic<uint64_t> returned_at{kRunning};  // how many TIMUninit had begun when the call was over
};

static std::mutex g_mutex;
static std::condition_variable g_changed;
static std::atomic<uint64_t> g_uninits_begun{0};
static std::atomic<uint64_t> g_uninit_returned{0};  // the latest beginner that is back
static std::atomic<long> g_outstanding{0};
static std::atomic<bool> g_storm{false}, g_closing{true};
static std::atomic<int> g_in_callback{0};
static std::atomic<uint64_t> g_progress{0}, g_calls{0}, g_callbacks{0}, g_events{0};
static std::atomic<int> g_failures{0};

static void Fail(const char* what, const Token* token) {
    if (g_failures++ < 20)
        std::fprintf(stderr, "FAILED: %s: %s; over at %llu, TIMUninit begun %llu, returned %llu\n", what,
                     token && token->function ? token->function->name : "-",
                     static_cast<unsigned long long>(token ? token->returned_at.load() : 0),
                     static_cast<unsigned long long>(g_uninits_begun), static_cast<unsigned long long>(g_uninit_returned));
}

static void Notify() {
    { std::lock_guard<std::mutex> lock(g_mutex); }
    g_changed.notify_all();
}

static void Uninit() {
    const uint64_t mine = ++g_uninits_begun;
    Notify();
    if (TIMUninit() != TIM_SUCC) Fail("TIMUninit failed", nullptr);
    for (uint64_t seen = g_uninit_returned; seen < mine && !g_uninit_returned.compare_exchange_weak(seen, mine);) {}
    g_progress++;
}

// One who makes calls: a thread, or the callback thread.
struct Worker {
    std::mt19937_64 random;
    std::deque<Token> tokens, older;
    std::map<const char*, double> slowest;

    uint64_t below(uint64_t n) { return random() % n; }
    bool one_in(uint64_t n) { return below(n) == 0; }

    const calls::Variant* pick(const calls::Param& param) {
        static const calls::Variant users[] = {{"", "alice", nullptr, 0}, {"", "bob", nullptr, 0}, {"", "carol", nullptr, 0}};
        const bool id = !std::strcmp(param.name, "conv_id") || !std::strcmp(param.name, "user_id");
        if (id && !one_in(4)) return &users[below(3)];
        if (!one_in(4)) return &param.variants[0];
        return &param.variants[below(param.count)];
    }

    const calls::Variant* config() {
        static const calls::Variant all[] = {
            {"", R"({"set_config_user_config":{"user_config_is_read_receipt":true}})", nullptr, 0},
            {"", R"({"set_config_user_config":{"user_config_is_read_receipt":false}})", nullptr, 0},
            {"", R"({"set_config_callback_log_level":2,"set_config_log_level":2})", nullptr, 0},
            {"", R"({"set_config_callback_log_level":5,"set_config_log_level":6})", nullptr, 0},
        };
        return &all[below(4)];
    }

    // Makes a call with a token of its own.
    Token* make(const calls::Function& function) {
        std::array<const calls::Variant*, 8> choice{};
        for (int i = 0; i < function.count; i++) choice[i] = pick(function.params[i]);
        if (function.call == FunctionOf("TIMSetConfig")->call && one_in(2)) choice[0] = config();
        return make(function, choice);
    }

    Token* make(const calls::Function& function, const std::array<const calls::Variant*, 8>& choice) {
        Token* token = &tokens.emplace_back();
        token->function = &function;
        const TIMCommCallback cb = function.asynchronous && !one_in(16) ? &OnDone : nullptr;
        char buffer[128];
        if (cb) g_outstanding++;
        const auto start = Clock::now();
        const int code = function.call(choice.data(), cb, token, buffer);
        const double took = std::chrono::duration<double>(Clock::now() - start).count();
        token->returned_at = g_uninits_begun.load();
        if (code != 0 && cb) {
            token->refused = true;
            if (token->called != 0) Fail("refused, and called back", token);
            g_outstanding--;
        }
        if (code != 0 && code != TIM_ERR_JSON && code != TIM_ERR_PARAM && code != TIM_ERR_CONV &&
            std::strcmp(function.name, "TIMGetLoginStatus") != 0)
            Fail("an unknown return code", token);
        double& worst = slowest[function.name];
        if (took > worst) worst = took;
        g_calls++;
        g_progress++;
        return cb && code == 0 ? token : nullptr;
    }

    void any() {
        for (;;) {
            const calls::Function& function = calls::functions[below(calls::function_count)];
            if (!std::strcmp(function.name, "TIMUninit")) {
                if (!g_storm || !one_in(4)) continue;
                return Uninit();
            }
            make(function);
            return;
        }
    }

    // Lets the library catch up: without this the queues would grow as fast as ten threads can call.
    void pace() {
        const uint64_t before = g_uninits_begun;
        Token* token = make(*FunctionOf("TIMConvGetConvList"));
        if (!token) return;
        std::unique_lock<std::mutex> lock(g_mutex);
        g_changed.wait(lock, [&] { return token->called != 0 || g_uninits_begun != before || g_closing; });
    }

    static const calls::Function* FunctionOf(const char* name) {
        for (const calls::Function& function : calls::functions)
            if (!std::strcmp(function.name, name)) return &function;
        std::abort();
    }

    static void OnDone(int32_t code, const char* desc, const char* json_params, const void* user_data);
};

static Worker g_callback_worker;

// Every callback begins with this. The first line is the moment at which it starts.
static Token* Enter(const void* user_data) {
    const uint64_t returned = g_uninit_returned.load();
    g_in_callback++;
    static std::atomic<pthread_t> thread{};
    pthread_t none{};
    if (!thread.compare_exchange_strong(none, pthread_self()) && !pthread_equal(none, pthread_self()))
        Fail("a callback on another thread than the others", nullptr);
    Token* token = static_cast<Token*>(const_cast<void*>(user_data));
    if (!token || token->magic != 0x70C35) {
        Fail("user_data has changed", nullptr);
        std::abort();
    }
    if (returned > token->returned_at) Fail("a callback started after TIMUninit had returned", token);
    return token;
}

static void Leave() {
    Worker& worker = g_callback_worker;
    if (!g_closing) {
        if (worker.one_in(6)) worker.any();
        // Longer than TIMUninit is willing to wait for a callback.
        if (worker.one_in(g_storm ? 4000 : 40000)) std::this_thread::sleep_for(std::chrono::milliseconds(300));
    }
    g_progress++;
    g_in_callback--;
}

void Worker::OnDone(int32_t, const char* desc, const char* json_params, const void* user_data) {
    Token* token = Enter(user_data);
    g_callbacks++;
    if (!desc) Fail("desc is NULL", token);
    if (!json::ok(json_params)) Fail("broken JSON", token);
    if (token->refused) Fail("called back, though refused", token);
    if (token->called.fetch_add(1) != 0) Fail("called back twice", token);
    else g_outstanding--;
    Leave();
    Notify();
}

template <class... Arguments> void Listener<void (*)(Arguments...)>::Call(Arguments... arguments) {
    Token* token = Enter(std::get<sizeof...(Arguments) - 1>(std::tie(arguments...)));
    g_events++;
    // All texts are JSON but those of the log and the network.
    constexpr bool plain = (... || (std::is_same_v<Arguments, TIMLogLevel> || std::is_same_v<Arguments, TIMNetworkStatus>));
    (Check(arguments, plain, token), ...);
    Leave();
}

template <class... Arguments>
void Listener<void (*)(Arguments...)>::Check(const char* text, bool plain, Token* token) {
    if (!text || (!plain && !json::ok(text))) Fail("an event with a broken text", token);
}

// Where everybody waits for the others.
class Gate {
public:
    void pass() {
        std::unique_lock<std::mutex> lock(mutex_);
        const int round = round_;
        if (++waiting_ == kThreads + 1) {
            waiting_ = 0;
            round_++;
            all_.notify_all();
        } else {
            all_.wait(lock, [&] { return round_ != round; });
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable all_;
    int waiting_ = 0, round_ = 0;
};

static void Stacks() {
    const std::string command =
        "gdb -p " + std::to_string(getpid()) + " -batch -ex 'thread apply all bt 30' >&2 2>/dev/null";
    if (std::system(command.c_str()) != 0) std::fprintf(stderr, "(no gdb: no stacks)\n");
}

static void Watch(int patience) {
    uint64_t seen = 0;
    for (int still = 0; still < patience; still = seen == g_progress ? still + 1 : 0) {
        seen = g_progress;
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
    std::fprintf(stderr, "FAILED: nothing has moved for %d seconds: a deadlock, or callbacks that never come (%ld are due)\n",
                 patience, g_outstanding.load());
    Stacks();
    std::abort();
}

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 5;
    const uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : std::random_device()();
    const char* patience = std::getenv("IMSDK_STRESS_PATIENCE");
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    calls::make(20'000, 100'000);
    TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr);
    std::thread(Watch, patience ? std::atoi(patience) : 60).detach();

    std::atomic<bool> over{false};
    Gate gate;
    std::deque<Worker> workers(kThreads + 1);
    for (int i = 0; i <= kThreads; i++) workers[i].random.seed(seed + i);
    g_callback_worker.random.seed(seed - 1);
    Worker& own = workers[kThreads];

    std::deque<std::thread> threads;
    for (int i = 0; i < kThreads; i++) {
        threads.emplace_back([&, i] {
            for (;;) {
                gate.pass();  // the round begins
                if (over) return;
                for (int made = 1; !g_closing; made++) {
                    if (made % 32 == 0) workers[i].pace();
                    else workers[i].any();
                }
                gate.pass();  // the round has ended
            }
        });
    }

    const calls::Variant app{"", nullptr, nullptr, 1400000000}, signature{"", "any", nullptr, 0}, alice{"", "alice", nullptr, 0};
    const auto init = [&] {
        const calls::Function& function = *Worker::FunctionOf("TIMInit");
        own.make(function, {&app, &function.params[1].variants[0]});
    };
    const auto login = [&] { own.make(*Worker::FunctionOf("TIMLogin"), {&alice, &signature}); };

    // Users exist only once they have logged in.
    init();
    for (const char* user : {"user2", "bob", "carol"}) {
        const calls::Variant who{"", user, nullptr, 0};
        while (!own.make(*Worker::FunctionOf("TIMLogin"), {&who, &signature})) {}
    }

    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    int rounds = 0;
    while (Clock::now() < end || rounds < 2) {
        const bool storm = rounds++ % 2 == 1;
        init();
        login();
        g_storm = storm;
        g_closing = false;
        gate.pass();
        const auto until = Clock::now() + std::chrono::milliseconds(300 + own.below(700));
        while (Clock::now() < until) {
            if (storm) {
                Uninit();
                if (!own.one_in(4)) own.any();
                init();
                login();
                for (uint64_t pauses = own.below(4); pauses > 0; pauses--) own.pace();
            } else {
                own.pace();
            }
        }
        g_closing = true;
        Notify();
        gate.pass();
        if (!storm) {
            std::unique_lock<std::mutex> lock(g_mutex);
            g_changed.wait(lock, [] { return g_outstanding == 0 || g_failures != 0; });
        }
        Uninit();
        while (g_in_callback != 0) std::this_thread::yield();
        if (!storm) {
            const auto complete = [&](Worker& worker) {
                for (const Token& token : worker.tokens)
                    if (token.called > 1) Fail("called back twice", &token);
            };
            for (Worker& worker : workers) complete(worker);
            complete(g_callback_worker);
        }
        // Kept for one round more: a callback that comes too late shall find its token.
        for (Worker& worker : workers) worker.older = std::exchange(worker.tokens, {});
        g_callback_worker.older = std::exchange(g_callback_worker.tokens, {});
        g_outstanding = 0;
        if (g_failures != 0) break;
    }
    over = true;
    gate.pass();
    for (std::thread& thread : threads) thread.join();

    std::map<double, std::string> slowest;
    for (Worker& worker : workers)
        for (const auto& [name, took] : worker.slowest) slowest[took] = name;
    std::printf("%d rounds, %llu calls, %llu callbacks, %llu events, %llu times TIMUninit; slowest calls:", rounds,
                static_cast<unsigned long long>(g_calls), static_cast<unsigned long long>(g_callbacks),
                static_cast<unsigned long long>(g_events), static_cast<unsigned long long>(g_uninits_begun));
    int shown = 0;
    for (auto it = slowest.rbegin(); it != slowest.rend() && shown++ < 5; ++it)
        std::printf(" %s %.0f ms", it->second.c_str(), it->first * 1000);
    std::printf("\n%d failures\n", g_failures.load());
    return g_failures != 0;
}
