// What the tour is written with: calls that wait for their callback, and events that can be waited for.
//
// A GUI program would not wait; it would go on in the callback. Here waiting keeps each story in one place. It is
// allowed on any thread but the library's own: never wait inside a callback.
#pragma once

#include "TIMCloud.h"

#include <json/json.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <sstream>
#include <string>

inline std::string g_me;

// One line of what happens here.
inline void say(const std::string& line) {
    std::printf("%-5s | %s\n", g_me.c_str(), line.c_str());
    std::fflush(stdout);
}

[[noreturn]] inline void fail(const std::string& why) {
    say("FAILED: " + why);
    std::_Exit(1);
}

inline Json::Value parse(const char* text) {
    Json::Value value;
    std::string errors;
    std::istringstream stream(text);
    if (*text && !Json::parseFromStream(Json::CharReaderBuilder(), stream, &value, &errors)) fail(errors);
    return value;
}

inline std::string text(const Json::Value& value) {
    Json::StreamWriterBuilder builder;
    builder["indentation"] = "";
    return Json::writeString(builder, value);
}

// What a call ended with.
struct Result {
    int code = 0;
    std::string desc;
    Json::Value json;
};

// Makes a call and waits for its callback:
//     Result r = call([&](auto cb, auto data) { return TIMGroupDelete(id, cb, data); });
template <class Start>
Result call(Start start) {
    std::promise<Result> promise;
    TIMCommCallback done = [](int32_t code, const char* desc, const char* json_params, const void* user_data) {
        // The texts are the library's and end with this function: copy what you need.
        auto* waiting = static_cast<std::promise<Result>*>(const_cast<void*>(user_data));
        waiting->set_value({code, desc, parse(json_params)});
    };
    int refused = start(done, &promise);
    if (refused != TIM_SUCC) return {refused, "refused at once: no callback", {}};
    auto result = promise.get_future();
    if (result.wait_for(std::chrono::seconds(60)) != std::future_status::ready) fail("a call was not answered");
    return result.get();
}

// The same, for what must work.
template <class Start>
Json::Value must(const char* what, Start start) {
    Result result = call(start);
    if (result.code != 0) fail(std::string(what) + ": " + std::to_string(result.code) + " " + result.desc);
    return result.json;
}

// Events, as listeners put them in. A wait takes the event that it found; others stay.
class Events {
public:
    void put(const std::string& kind, Json::Value event) {
        std::lock_guard<std::mutex> lock(mutex_);
        events_.emplace_back(kind, std::move(event));
        more_.notify_all();
    }

    using Wanted = std::function<bool(const Json::Value&)>;

    Json::Value wait(const std::string& kind, const Wanted& wanted = [](const Json::Value&) { return true; }) {
        std::unique_lock<std::mutex> lock(mutex_);
        auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        for (;;) {
            for (auto it = events_.begin(); it != events_.end(); ++it) {
                if (it->first != kind || !wanted(it->second)) continue;
                Json::Value event = std::move(it->second);
                events_.erase(it);
                return event;
            }
            if (more_.wait_until(lock, deadline) == std::cv_status::timeout) {
                std::string came;
                for (auto& event : events_) came += "\n  " + event.first + " " + text(event.second);
                fail("no " + kind + "; what came:" + came);
            }
        }
    }

private:
    std::mutex mutex_;
    std::condition_variable more_;
    std::deque<std::pair<std::string, Json::Value>> events_;
};

inline Events g_events;

// A listener: puts each element of the array that it gets into g_events, under the name that it was registered with.
inline void listener(const char* json, const void* user_data) {
    Json::Value value = parse(json);
    const char* kind = static_cast<const char*>(user_data);
    if (!value.isArray()) return g_events.put(kind, value);
    for (Json::Value& event : value) g_events.put(kind, event);
}
