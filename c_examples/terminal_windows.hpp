// The terminal of Windows. The console edits the line itself: what is printed meanwhile stands behind what was typed,
// and a new prompt below it. From a pipe or file plain lines are read.
#pragma once

#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

class Terminal {
public:
    Terminal() {
        SetConsoleOutputCP(CP_UTF8);
        HANDLE in = GetStdHandle(STD_INPUT_HANDLE), out = GetStdHandle(STD_OUTPUT_HANDLE);
        DWORD mode = 0, shown = 0;
        bool typed = GetConsoleMode(in, &mode) != 0;
        interactive_ = typed && GetConsoleMode(out, &shown) != 0;
        if (interactive_) SetConsoleMode(out, shown | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
        waiting() = state_;
        SetConsoleCtrlHandler(on_control, TRUE);
        // It may wait for input for ever: the end of the process ends it.
        std::thread([state = state_, in, typed] { read_lines(*state, in, typed); }).detach();
    }

    ~Terminal() { SetConsoleCtrlHandler(on_control, FALSE); }

    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool interactive() const { return interactive_; }

    // Any thread: `task` will run on the main thread, in the order of the posts.
    void post(std::function<void()> task) {
        std::lock_guard<std::mutex> lock(state_->mutex);
        state_->tasks.push_back(std::move(task));
        state_->changed.notify_one();
    }

    // Main thread, from here on.

    // The next line typed; nothing at the end of input, after Ctrl-C, or after stop().
    std::optional<std::string> read() {
        show_prompt();
        std::unique_lock<std::mutex> lock(state_->mutex);
        for (;;) {
            state_->changed.wait(lock, [&] { return state_->anything() || !state_->lines.empty() || state_->ended; });
            if (run_tasks(lock)) continue;
            if (state_->stopped) return std::nullopt;
            if (!state_->lines.empty()) {
                std::string line = std::move(state_->lines.front());
                state_->lines.pop_front();
                return line;
            }
            if (state_->ended) return std::nullopt;
        }
    }

    // Runs what is posted until `done()`, stop() or Ctrl-C, or for `seconds`. Returns done().
    bool run_until(const std::function<bool()>& done, int seconds) {
        auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        std::unique_lock<std::mutex> lock(state_->mutex);
        while (!done() && !state_->stopped) {
            if (!state_->changed.wait_until(lock, end, [&] { return state_->anything(); })) break;
            run_tasks(lock);
        }
        return done();
    }

    // Ends read() and run_until(); resume() lets them wait again.
    void stop() { stop(*state_); }
    void resume() {
        std::lock_guard<std::mutex> lock(state_->mutex);
        state_->stopped = false;
    }

    void print(const std::string& line) {
        if (interactive_) std::fputs("\r\033[J", stdout);
        std::fputs((line + "\n").c_str(), stdout);
        std::fflush(stdout);
        show_prompt();
    }

    void prompt(std::string text) {
        if (text == prompt_) return;
        prompt_ = std::move(text);
        if (interactive_) std::fputs("\r\033[J", stdout);
        show_prompt();
    }

    // Escape codes around `text`, where they are welcome.
    std::string styled(const char* style, const std::string& text) const {
        static const bool plain = std::getenv("NO_COLOR") != nullptr;
        return plain || !interactive_ ? text : std::string("\033[") + style + "m" + text + "\033[0m";
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        std::deque<std::function<void()>> tasks;
        std::deque<std::string> lines;
        bool stopped = false, ended = false;

        bool anything() const { return stopped || !tasks.empty(); }
    };

    static std::shared_ptr<State>& waiting() {
        static std::shared_ptr<State> state;
        return state;
    }

    static BOOL WINAPI on_control(DWORD) {
        stop(*waiting());
        return TRUE;
    }

    static void stop(State& state) {
        std::lock_guard<std::mutex> lock(state.mutex);
        state.stopped = true;
        state.changed.notify_one();
    }

    // Whether there were some; without the lock, since they may post.
    bool run_tasks(std::unique_lock<std::mutex>& lock) {
        std::deque<std::function<void()>> tasks;
        tasks.swap(state_->tasks);
        lock.unlock();
        for (auto& task : tasks) task();
        lock.lock();
        return !tasks.empty();
    }

    void show_prompt() {
        if (!interactive_) return;
        std::fputs(prompt_.c_str(), stdout);
        std::fflush(stdout);
    }

    static std::string utf8(const wchar_t* text, int length) {
        std::string bytes(static_cast<size_t>(length) * 3, '\0');
        int used = WideCharToMultiByte(CP_UTF8, 0, text, length, bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr);
        bytes.resize(static_cast<size_t>(used));
        return bytes;
    }

    static void read_lines(State& state, HANDLE in, bool typed) {
        std::string input;
        for (;;) {
            DWORD count = 0;
            if (typed) {
                // Consoles speak UTF-16; a line comes whole.
                wchar_t wide[2048];
                if (!ReadConsoleW(in, wide, 2048, &count, nullptr)) count = 0;
                input += utf8(wide, static_cast<int>(count));
                if (input.rfind("\x1a", 0) == 0) input.clear(), count = 0;  // Ctrl-Z
            } else {
                char bytes[4096];
                if (!ReadFile(in, bytes, sizeof bytes, &count, nullptr)) count = 0;
                input.append(bytes, count);
            }
            std::lock_guard<std::mutex> lock(state.mutex);
            for (size_t end; (end = input.find('\n')) != std::string::npos; input.erase(0, end + 1)) {
                std::string line = input.substr(0, end);
                if (!line.empty() && line.back() == '\r') line.pop_back();
                state.lines.push_back(std::move(line));
            }
            if (count == 0 && !input.empty()) state.lines.push_back(std::move(input));
            state.ended = count == 0;
            state.changed.notify_one();
            if (state.ended) return;
        }
    }

    std::shared_ptr<State> state_ = std::make_shared<State>();
    bool interactive_ = false;
    std::string prompt_;
};
