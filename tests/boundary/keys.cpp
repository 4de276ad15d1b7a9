// The calls of a list, in every state of the library: function, number of a parameter, what is wrong with it, its text.
#include "boundary.hpp"

#include <fstream>

struct Case {
    const calls::Function* function;
    size_t parameter;
    std::string what, text;
};

int main(int argc, char** argv) {
    g_self = argv[0];
    if (argc > 1 && !std::strcmp(argv[1], "device")) return BeDevice();
    calls::make(1, 1);
    std::vector<Case> cases;
    std::ifstream file(argv[1]);
    for (std::string name, number, what, text; std::getline(file, name, '\t') && std::getline(file, number, '\t') &&
                                               std::getline(file, what, '\t') && std::getline(file, text);)
        cases.push_back({&Find(name.c_str()), std::stoul(number), what, text});
    if (cases.size() < 1000) Fail("hardly any", "cases");
    const auto call = [](const Case& it, State state) {
        std::vector<const calls::Variant*> choice;
        for (int p = 0; p < it.function->count; p++) choice.push_back(&it.function->params[p].variants[0]);
        const calls::Variant wrong{it.what.c_str(), it.text.c_str(), nullptr, 0};
        choice.at(it.parameter) = &wrong;
        Try(*it.function, state, choice, true, it.what);
    };
    return InEveryState([&](State state) {
        for (size_t next = 0; next < cases.size();) {
            // Not more than one round of the library at a time.
            const size_t end = std::min(next + 500, cases.size());
            WhileLoggingIn(state, [&] {
                for (; next < end && !Ends(*cases[next].function); next++) call(cases[next], state);
            });
            Settle();
            for (; next < end && Ends(*cases[next].function); next++) call(cases[next], state);
        }
        Settle();
    });
}
