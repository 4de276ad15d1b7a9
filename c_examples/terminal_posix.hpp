// The terminal of Unix. On one, libedit edits the line (history, cursor keys), and what is being typed is drawn again
// below what is printed, untouched; from a pipe or file plain lines are read.
#pragma once

#include <cerrno>
#include <chrono>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <fcntl.h>
#include <histedit.h>
#include <langinfo.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

class Terminal {
public:
    Terminal() {
        setlocale(LC_CTYPE, "");
        if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
        setvbuf(stdout, nullptr, _IOLBF, 0);  // one whole line at a time, also into a pipe

        if (pipe(wake_) != 0) throw std::runtime_error(std::string("pipe: ") + std::strerror(errno));
        for (int end : wake_) {
            fcntl(end, F_SETFL, O_NONBLOCK);
            fcntl(end, F_SETFD, FD_CLOEXEC);
        }
        signal_pipe() = wake_[1];
        struct sigaction action = {};
        action.sa_handler = [](int number) {
            int saved = errno;
            char byte = number == SIGWINCH || number == SIGCONT ? 'r' : 'q';
            if (write(signal_pipe(), &byte, 1) < 0) {}  // full: main is awake already
            errno = saved;
        };
        for (int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT}) sigaction(number, &action, nullptr);
        signal(SIGPIPE, SIG_IGN);

        const char* kind = std::getenv("TERM");
        interactive_ = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && kind && std::strcmp(kind, "dumb") != 0;
        if (!interactive_) return;
        editor_ = el_init("chat", stdin, stdout, stderr);
        history_ = history_init();
        if (!editor_ || !history_) throw std::runtime_error("this terminal cannot be used");
        HistEvent event;
        history(history_, &event, H_SETSIZE, 100);
        el_set(editor_, EL_EDITOR, "emacs");
        el_set(editor_, EL_HIST, history, history_);
        el_set(editor_, EL_CLIENTDATA, this);
        el_set(editor_, EL_GETCFN, get_character);
        el_set(editor_, EL_PROMPT, get_prompt);
        el_set(editor_, EL_SIGNAL, 0);
        el_source(editor_, nullptr);  // the user's ~/.editrc
    }

    ~Terminal() {
        for (int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT}) signal(number, SIG_DFL);
        if (history_) history_end(history_);
        if (editor_) el_end(editor_);
        close(wake_[0]);
        close(wake_[1]);
    }

    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool interactive() const { return interactive_; }

    // Any thread: `task` will run on the main thread, in the order of the posts.
    void post(std::function<void()> task) {
        {
            std::lock_guard<std::mutex> lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        if (write(wake_[1], "t", 1) < 0) {}  // full: main is awake already
    }

    // Main thread, from here on.

    // The next line typed; nothing at the end of input, after Ctrl-C, or after stop().
    std::optional<std::string> read() { return interactive_ ? read_edited() : read_plain(); }

    // Runs what is posted until `done()`, stop() or Ctrl-C, or for `seconds`. Returns done().
    bool run_until(const std::function<bool()>& done, int seconds) {
        auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
        while (!done() && !stopped_) {
            auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
            if (left.count() <= 0) break;
            wait(false, static_cast<int>(left.count()) + 1);
        }
        return done();
    }

    // Ends read() and run_until(); resume() lets them wait again.
    void stop() { stopped_ = true; }
    void resume() { stopped_ = false; }

    void print(const std::string& line) {
        if (editing_) rub_out(row_of_cursor());
        std::puts(line.c_str());
        redraw();
    }

    void prompt(std::string text) {
        if (text == prompt_) return;
        if (editing_) rub_out(row_of_cursor());
        prompt_ = std::move(text);
        redraw();
    }

    // Escape codes around `text`, where they are welcome.
    std::string styled(const char* style, const std::string& text) const {
        static const bool plain = std::getenv("NO_COLOR") != nullptr;
        return plain || !interactive_ ? text : std::string("\033[") + style + "m" + text + "\033[0m";
    }

private:
    static int& signal_pipe() {
        static int end = -1;
        return end;
    }

    static Terminal* of(EditLine* editor) {
        void* self = nullptr;
        el_get(editor, EL_CLIENTDATA, &self);
        return static_cast<Terminal*>(self);
    }

    // Waits for input (if wanted), running what is posted. True: input can be read.
    bool wait(bool want_input, int milliseconds) {
        pollfd waited[] = {{wake_[0], POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
        if (poll(waited, want_input ? 2 : 1, milliseconds) <= 0) return false;
        if (waited[0].revents) {
            char bytes[256];
            ssize_t count = ::read(wake_[0], bytes, sizeof bytes);
            for (ssize_t i = 0; i < count; i++) {
                if (bytes[i] == 'q') stop();
                if (bytes[i] == 'r' && editing_) resized();
            }
            run_tasks();
        }
        return want_input && !stopped_ && waited[1].revents != 0;
    }

    void run_tasks() {
        std::deque<std::function<void()>> tasks;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            tasks.swap(tasks_);
        }
        for (auto& task : tasks) task();
    }

    std::optional<std::string> read_plain() {
        for (;;) {
            size_t end = input_.find('\n');
            if (end != std::string::npos || (input_ended_ && !input_.empty())) {
                std::string line = input_.substr(0, end);
                input_.erase(0, end == std::string::npos ? end : end + 1);
                return line;
            }
            if (input_ended_ || stopped_) return std::nullopt;
            if (!wait(true, -1)) continue;
            char bytes[4096];
            ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
            if (count > 0) input_.append(bytes, static_cast<size_t>(count));
            else if (count == 0 || errno != EINTR) input_ended_ = true;
        }
    }

    std::optional<std::string> read_edited() {
        if (stopped_) return std::nullopt;
        int length = 0;
        editing_ = true;
        const char* text = el_gets(editor_, &length);
        editing_ = false;
        if (!text || length <= 0 || stopped_) {
            rub_out(0);
            return std::nullopt;
        }
        std::string line(text, static_cast<size_t>(length));
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
        rub_out((columns(prompt_) + columns(line)) / width() + 1);  // it comes back as a message when it is sent
        HistEvent event;
        if (!line.empty()) history(history_, &event, H_ENTER, line.c_str());
        return line;
    }

    static char* get_prompt(EditLine* editor) { return of(editor)->prompt_.data(); }

    // libedit asks here for each character typed: the place to look after what is posted meanwhile.
    static int get_character(EditLine* editor, wchar_t* character) {
        Terminal* self = of(editor);
        std::mbstate_t state = {};
        for (;;) {
            while (!self->wait(true, -1))
                if (self->stopped_) return 0;
            char byte;
            ssize_t count = ::read(STDIN_FILENO, &byte, 1);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) return static_cast<int>(count);
            size_t used = std::mbrtowc(character, &byte, 1, &state);
            if (used == static_cast<size_t>(-2)) continue;  // the first bytes of a longer character
            if (used == static_cast<size_t>(-1)) *character = L'?';
            return 1;
        }
    }

    void resized() {
        el_resize(editor_);
        el_set(editor_, EL_PREP_TERM, 1);  // after Ctrl-Z and fg the shell has set the terminal its own way
        redraw();
    }

    void redraw() {
        if (editing_) el_set(editor_, EL_REFRESH);
    }

    // Clears the line being typed, whose cursor stands `rows` below its first row.
    static void rub_out(size_t rows) {
        if (rows > 0) std::printf("\033[%zuA", rows);
        std::fputs("\r\033[J", stdout);
        std::fflush(stdout);
    }

    size_t row_of_cursor() const {
        const LineInfo* line = el_line(editor_);
        std::string before(line->buffer, static_cast<size_t>(line->cursor - line->buffer));
        return (columns(prompt_) + columns(before)) / width();
    }

    static size_t width() {
        winsize size = {};
        return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
    }

    static size_t columns(const std::string& text) {
        std::wstring wide(text.size() + 1, L'\0');
        size_t count = std::mbstowcs(wide.data(), text.c_str(), wide.size());
        if (count == static_cast<size_t>(-1)) return text.size();
        int sum = wcswidth(wide.c_str(), count);
        return sum < 0 ? count : static_cast<size_t>(sum);
    }

    int wake_[2];
    std::mutex mutex_;
    std::deque<std::function<void()>> tasks_;  // under mutex_
    bool interactive_ = false, editing_ = false, stopped_ = false, input_ended_ = false;
    std::string prompt_, input_;
    EditLine* editor_ = nullptr;
    History* history_ = nullptr;
};
