// Every function with every bad value of every parameter, in every state of the library.
#include "boundary.hpp"

static void All(const calls::Function& function, State state) {
    std::vector<const calls::Variant*> good;
    for (int p = 0; p < function.count; p++) good.push_back(&function.params[p].variants[0]);
    Try(function, state, good, true, "good");
    if (function.asynchronous) Try(function, state, good, false, "good, without a callback");
    size_t most = 0;
    for (int p = 0; p < function.count; p++) {
        const calls::Param& param = function.params[p];
        most = std::max(most, static_cast<size_t>(param.count));
        for (int v = 1; v < param.count; v++) {
            auto choice = good;
            choice[p] = &param.variants[v];
            Try(function, state, choice, true, std::string(param.name) + ": " + param.variants[v].label);
        }
    }
    for (size_t v = 1; v < most && function.count > 1; v++) {
        auto choice = good;
        for (int p = 0; p < function.count; p++) choice[p] = &function.params[p].variants[v % function.params[p].count];
        Try(function, state, choice, true, "all parameters, value " + std::to_string(v));
    }
}

static void Run(State state) {
    for (const calls::Function& function : calls::functions) {
        if (Ends(function)) continue;
        WhileLoggingIn(state, [&] { All(function, state); });
        Settle();
    }
    for (const char* name : {"TIMInit", "TIMUninit", "TIMLogin", "TIMLogout"}) {
        const calls::Function& function = Find(name);
        // A signature ends once.
        if (state == State::expired && std::strstr(name, "nit")) continue;
        All(function, state);
        Settle();
    }
}

// Each text parameter of each function with a text as long as nobody sends one.
static void Huge(State state) {
    // Texts are read before the state is looked at: one without a client, one with all that there is, or it takes minutes.
    if (state != State::pre_init && state != State::logged_in) return;
    for (const calls::Function& function : calls::functions) {
        std::vector<const calls::Variant*> good;
        for (int p = 0; p < function.count; p++) good.push_back(&function.params[p].variants[0]);
        for (int p = 0; p < function.count; p++)
            for (int v = 1; v < function.params[p].count; v++) {
                const calls::Variant& variant = function.params[p].variants[v];
                const bool is_json = !std::strncmp(function.params[p].name, "json_", 5);
                const bool is_container = variant.made_text == &calls::Made::object || variant.made_text == &calls::Made::list;
                if (is_json ? !is_container : variant.made_text != &calls::Made::text) continue;
                auto choice = good;
                choice[p] = &variant;
                Try(function, state, choice, true, std::string(function.params[p].name) + ": huge, " + variant.label);
                // One at a time, for the memory's sake.
                Settle();
            }
    }
}

// Started with the length of a long text, and "huge", or a signature that is about to end, or nothing.
int main(int argc, char** argv) {
    g_self = argv[0];
    if (argc > 1 && !std::strcmp(argv[1], "device")) return BeDevice();
    const std::string what = argc > 2 ? argv[2] : "";
    calls::make(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200'000, 100'000);
    if (what == "huge") return InEveryState(Huge);
    return what.empty() ? InEveryState(Run) : AfterSignature(argv[2], Run);
}
