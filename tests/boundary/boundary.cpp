// Every function with every bad value of every parameter, in every state of the library.
#include "boundary.hpp"

#include <set>

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
    Settle();
}

static void Run(State state) {
    const std::set<std::string> last = {"TIMInit", "TIMUninit", "TIMLogin", "TIMLogout"};
    for (const calls::Function& function : calls::functions)
        if (!last.count(function.name)) All(function, state);
    for (const std::string& name : last) All(Find(name.c_str()), state);
}

int main(int argc, char** argv) {
    calls::make(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 200'000, 100'000);
    return InEveryState(Run);
}
