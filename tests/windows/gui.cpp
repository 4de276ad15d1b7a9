// A program with a message loop, and what it may expect of callbacks. One story, by name; exit code 0 if it went as it should.
//
//   gui STORY          run in an empty directory, with IMSDK_DATA_DIR set

#include "TIMCloud.h"

#include <windows.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

static void Need(bool fine, const char* what) {
    if (fine) return;
    std::fprintf(stderr, "FAILED: %s\n", what);
    std::fflush(stderr);
    std::_Exit(1);
}

static const DWORD g_main = GetCurrentThreadId();
static const char* const g_text = R"({"message_elem_array":[{"elem_type":0,"text_elem_content":"hello"}]})";

// The thread that callbacks are to come on; 0: one of the library's.
static DWORD g_wanted = g_main;
static bool Here() { return g_wanted ? GetCurrentThreadId() == g_wanted : GetCurrentThreadId() != g_main; }

// Handles messages until `done`; a program that waits for ever is ended by its test.
static void Loop(const std::function<bool()>& done) {
    MSG message;
    while (!done()) {
        Need(GetMessageW(&message, nullptr, 0, 0) > 0, "the loop goes on");
        TranslateMessage(&message);
        DispatchMessageW(&message);
    }
}

static int g_ticks = 0, g_own = 0;
static constexpr UINT kOwn = WM_APP + 17;

static LRESULT CALLBACK Procedure(HWND window, UINT message, WPARAM first, LPARAM second) {
    if (message == WM_TIMER) g_ticks++;
    if (message == kOwn) g_own++;
    return DefWindowProcW(window, message, first, second);
}

static HWND OpenWindow() {
    WNDCLASSW window_class = {};
    window_class.lpfnWndProc = Procedure;
    window_class.lpszClassName = L"gui";
    RegisterClassW(&window_class);
    HWND window = CreateWindowExW(0, L"gui", L"gui", WS_OVERLAPPEDWINDOW, 0, 0, 200, 200, nullptr, nullptr, nullptr, nullptr);
    Need(window != nullptr, "a window");
    return window;
}

// How many windows of the library this process has.
static int LibraryWindows() {
    int count = 0;
    for (HWND last = nullptr; (last = FindWindowExW(HWND_MESSAGE, last, L"imsdk callbacks", nullptr)) != nullptr;) {
        DWORD process = 0;
        GetWindowThreadProcessId(last, &process);
        if (process == GetCurrentProcessId()) count++;
    }
    return count;
}

static void Quiet() { TIMSetConfig(R"({"set_config_is_log_output_console":false})", nullptr, nullptr); }
static void Init() {
    Quiet();
    Need(TIMInit(1400000000, "{}") == TIM_SUCC, "TIMInit");
}

static std::atomic<int> g_logins{0};
static void OnLogin(int32_t code, const char*, const char*, const void*) {
    Need(Here(), "the answer to a login comes where it is wanted");
    Need(code == 0, "a login");
    g_logins++;
}
static void Login() { Need(TIMLogin("alice", "any", OnLogin, nullptr) == TIM_SUCC, "TIMLogin"); }

// Waits on a thread that callbacks do not come on.
static void WaitFor(const std::function<bool()>& done) {
    while (!done()) Sleep(1);
}

static void* Number(long number) { return reinterpret_cast<void*>(static_cast<intptr_t>(number)); }
static long NumberOf(const void* data) { return static_cast<long>(reinterpret_cast<intptr_t>(data)); }

// Callbacks of two threads that send while the loop runs: all on the main thread, those of each thread in its order, and never one
// inside of the other. Events too. The program's own messages and timers have their turns.
static constexpr long kEach = 400;
static long g_next[2] = {0, 0};
static int g_inside = 0, g_events = 0;

static void OnSent(int32_t code, const char*, const char*, const void* data) {
    Need(Here() && ++g_inside == 1, "one callback at a time, on the main thread");
    Need(code == 0, "a send");
    const long which = NumberOf(data) / kEach, place = NumberOf(data) % kEach;
    Need(place == g_next[which]++, "in order");
    g_inside--;
}

static void Talk(HWND window) {
    TIMSetConvEventCallback([](TIMConvEvent, const char*, const void*) {
        Need(Here(), "an event comes on the main thread");
        g_events++;
    }, nullptr);
    Login();
    Loop([] { return g_logins == 1; });
    SetTimer(window, 1, 10, nullptr);
    const auto send = [window](long which) {
        for (long i = 0; i < kEach; i++) {
            Need(TIMMsgSendNewMsg("alice", kTIMConv_C2C, g_text, OnSent, Number(which * kEach + i)) == TIM_SUCC, "TIMMsgSendNewMsg");
            if (which && i % 4 == 0) PostMessageW(window, kOwn, 0, 0);
        }
    };
    std::thread other(send, 1);
    // It calls in between its messages, too.
    long sent = 0;
    MSG message;
    while (g_next[0] < kEach || g_next[1] < kEach || g_own < kEach / 4) {
        if (sent < kEach)
            Need(TIMMsgSendNewMsg("alice", kTIMConv_C2C, g_text, OnSent, Number(sent)) == TIM_SUCC, "TIMMsgSendNewMsg"), sent++;
        else
            Need(GetMessageW(&message, nullptr, 0, 0) > 0, "the loop goes on"), DispatchMessageW(&message);
        while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) DispatchMessageW(&message);
    }
    other.join();
    Need(g_events > 0, "events came");
    Loop([] { return g_ticks > 0; });
    KillTimer(window, 1);
}

// TIMUninit leaves neither a window nor a message.
static void End() {
    Need(LibraryWindows() == 1, "one window while the library runs");
    for (int i = 0; i < 50; i++)
        TIMMsgSendNewMsg("alice", kTIMConv_C2C, g_text, [](int32_t, const char*, const char*, const void*) {
            Need(false, "no callback after TIMUninit");
        }, nullptr);
    Need(TIMUninit() == TIM_SUCC, "TIMUninit");
    Need(LibraryWindows() == 0, "no window after TIMUninit");
    MSG message;
    while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) {
        Need(message.message != WM_APP, "no message is left");
        DispatchMessageW(&message);
    }
}

static void Story(const std::string& story) {
    if (story == "talk") {
        HWND window = OpenWindow();
        Init();
        Talk(window);
        End();
        // And once more.
        g_next[0] = g_next[1] = g_logins = g_ticks = g_own = 0;
        Init();
        Talk(window);
        End();
    } else if (story == "before the window") {
        Init();
        Login();
        Loop([] { return g_logins == 1; });
        End();
    } else if (story == "before TIMInit") {
        // A callback that was due earlier comes in the loop, or came on the library's thread: once, and before those of later calls.
        static int order = 0;
        OpenWindow();
        TIMSetConfig("", [](int32_t, const char*, const char*, const void*) { Need(order++ == 0, "the first"); }, nullptr);
        Init();
        TIMSetConfig("", [](int32_t, const char*, const char*, const void*) {
            Need(Here() && order++ == 1, "the second, here");
        }, nullptr);
        Loop([] { return order == 2; });
        End();
    } else if (story == "worker") {
        // A thread without a queue, in a program that has windows.
        OpenWindow();
        g_wanted = 0;
        std::thread worker([] {
            Init();
            Need(LibraryWindows() == 0, "no window for a worker");
            Login();
            WaitFor([] { return g_logins == 1; });
            Need(TIMUninit() == TIM_SUCC, "TIMUninit");
        });
        worker.join();
    } else if (story == "thread") {
        // What IMSDK_CALLBACKS=thread, or a console program, gets: nobody runs a loop.
        g_wanted = 0;
        Init();
        Need(LibraryWindows() == 0, "no window");
        Login();
        WaitFor([] { return g_logins == 1; });
        Need(TIMUninit() == TIM_SUCC, "TIMUninit");
    } else if (story == "dialog") {
        // A callback that shows a dialog, whose loop brings the callbacks behind it.
        static int done = 0;
        OpenWindow();
        Init();
        const auto show = [](int32_t, const char*, const char*, const void*) {
            Loop([] { return done == 3; });
            done = 4;
        };
        const auto behind = [](int32_t, const char*, const char*, const void*) {
            Need(Here(), "on the main thread");
            done++;
        };
        TIMSetConfig("", show, nullptr);
        for (int i = 0; i < 3; i++) TIMSetConfig("", behind, nullptr);
        Loop([] { return done == 4; });
        // TIMUninit inside of one.
        static bool ended = false;
        TIMSetConfig("", [](int32_t, const char*, const char*, const void*) {
            Need(TIMUninit() == TIM_SUCC, "TIMUninit in a callback");
            ended = true;
        }, nullptr);
        Loop([] { return ended; });
        Need(LibraryWindows() == 0, "no window after TIMUninit");
    } else if (story == "flood") {
        // Many callbacks at once, each of which takes a while: timers of the program go on.
        static int left = 200;
        HWND window = OpenWindow();
        Init();
        SetTimer(window, 1, 10, nullptr);
        for (int i = 200; i > 0; i--)
            TIMSetConfig("", [](int32_t, const char*, const char*, const void*) {
                Sleep(2);
                left--;
            }, nullptr);
        Loop([] { return left == 0; });
        Need(g_ticks >= 5, "the program's timer had its turns");
        End();
    } else if (story == "uninit elsewhere") {
        OpenWindow();
        Init();
        Login();
        Loop([] { return g_logins == 1; });
        std::thread([] { Need(TIMUninit() == TIM_SUCC, "TIMUninit"); }).join();
        // The loop takes the window away.
        Loop([] { return LibraryWindows() == 0; });
        // Without a client the library's own thread answers.
        g_wanted = 0;
        static std::atomic<bool> told{false};
        TIMLogout([](int32_t code, const char*, const char*, const void*) {
            Need(Here() && code == 6013, "6013 on the library's thread");
            told = true;
        }, nullptr);
        WaitFor([] { return told.load(); });
    } else if (story == "thread ends") {
        // A thread with a window begins and goes away; what it has not taken comes on the library's thread.
        static std::atomic<int> told{0};
        static std::atomic<DWORD> gone{0};
        std::thread([] {
            OpenWindow();
            Init();
            Need(LibraryWindows() == 1, "a window on this thread");
            gone = GetCurrentThreadId();
            for (int i = 0; i < 20; i++)
                TIMSetConfig("", [](int32_t, const char*, const char*, const void*) {
                    Need(GetCurrentThreadId() != gone && GetCurrentThreadId() != g_main, "on the library's thread");
                    told++;
                }, nullptr);
        }).join();
        WaitFor([] { return told == 20; });
        Need(LibraryWindows() == 0, "its window is gone");
        Need(TIMUninit() == TIM_SUCC, "TIMUninit");
    } else if (story == "destroyed") {
        // Somebody else destroys the window.
        OpenWindow();
        Init();
        static std::atomic<bool> told{false};
        TIMSetConfig("", [](int32_t, const char*, const char*, const void*) { told = true; }, nullptr);
        HWND window = FindWindowExW(HWND_MESSAGE, nullptr, L"imsdk callbacks", nullptr);
        Need(DestroyWindow(window), "DestroyWindow");
        WaitFor([] { return told.load(); });
        Need(TIMUninit() == TIM_SUCC, "TIMUninit");
    } else {
        Need(false, "usage: gui STORY");
    }
    std::printf("done\n");
}

int main(int argc, char** argv) {
    Need(argc == 2, "usage: gui STORY");
    Story(argv[1]);
    return 0;
}
