// Calls what it is told on stdin and tells on stdout what comes of it, a line each:
//
//   ["TIMGroupJoin", "group", "hello"]     the function and what it takes, but for callback and user_data; an object or a list
//                                          becomes JSON text, a listener is set whatever stands for it
//
//   returned TIMGroupJoin 0
//   answer TIMGroupJoin [CODE, "DESC", "JSON"]
//   event TIMConvEventCallback [0, "JSON"]
//
// Every text that should be JSON is read with JsonCpp as strictly as it can.

#include "TIMCloud.h"

#include <json/json.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <type_traits>

static void Tell(const std::string& line) {
    static std::mutex mutex;
    std::lock_guard<std::mutex> lock(mutex);
    std::fputs((line + "\n").c_str(), stdout);
    std::fflush(stdout);
}

[[noreturn]] static void Fail(const std::string& why) {
    Tell("FAILED: " + why);
    std::_Exit(1);
}

static Json::Value Parse(const std::string& text) {
    Json::CharReaderBuilder builder;
    Json::CharReaderBuilder::strictMode(&builder.settings_);
    Json::Value value;
    std::string errors;
    std::istringstream stream(text);
    if (!Json::parseFromStream(builder, stream, &value, &errors)) Fail(errors + text);
    return value;
}

static std::string Write(const Json::Value& value) {
    Json::StreamWriterBuilder builder;
    builder["indentation"] = "";
    builder["emitUTF8"] = true;
    return Json::writeString(builder, value);
}

// A text for the library, one that is JSON when the value is not a text itself.
static std::string Text(const Json::Value& value) { return value.isString() ? value.asString() : Write(value); }

static void Add(Json::Value& list, const char* text) {
    if (!text) Fail("a text is NULL");
    list.append(text);
}
template <class Number> static void Add(Json::Value& list, Number number) {
    list.append(static_cast<Json::Int64>(number));
}

static void CheckJson(const Json::Value& list) {
    for (const Json::Value& value : list)
        if (value.isString() && !value.asString().empty()) Parse(value.asString());
}

static void OnDone(int32_t code, const char* desc, const char* json_params, const void* user_data) {
    std::unique_ptr<const std::string> name(static_cast<const std::string*>(user_data));
    Json::Value list(Json::arrayValue);
    Add(list, json_params);
    CheckJson(list);
    // The one answer after which others come.
    const std::string& call = desc && !std::strcmp(desc, "downloading") ? *name.release() : *name;
    Json::Value all(Json::arrayValue);
    Add(all, code);
    Add(all, desc);
    Add(all, json_params);
    Tell("answer " + call + " " + Write(all));
}

// A listener of any type. The name of its type comes back as its user_data.
template <class Callback> struct Listener;
template <class... Arguments> struct Listener<void (*)(Arguments...)> {
    static void Call(Arguments... arguments) {
        Json::Value list(Json::arrayValue);
        const char* name = nullptr;
        (Take(list, name, arguments), ...);
        // Status and log come with texts for humans.
        if (!(... || (std::is_same_v<Arguments, TIMLogLevel> || std::is_same_v<Arguments, TIMNetworkStatus>)))
            CheckJson(list);
        Tell(std::string("event ") + name + " " + Write(list));
    }

private:
    template <class T> static void Take(Json::Value& list, const char*&, T value) { Add(list, value); }
    static void Take(Json::Value&, const char*& name, const void* user_data) {
        name = static_cast<const char*>(user_data);
    }
};

using Function = long long (*)(const Json::Value& arguments, const void* user_data);

// Made from the table of all functions: `functions`, by name.
#include "golden_calls.hpp"

int main() {
    std::string line;
    while (std::getline(std::cin, line)) {
        const Json::Value call = Parse(line);
        const std::string name = call[0].asString();
        const auto function = functions.find(name);
        if (function == functions.end()) Fail("no function " + name);
        // The callback frees it, if there is one and it is called.
        const auto* user_data = new std::string(name);
        const long long returned = function->second(call, user_data);
        Tell("returned " + name + " " + std::to_string(returned));
    }
    // Without TIMUninit: a program may just end.
    std::fflush(stdout);
    std::_Exit(0);
}
