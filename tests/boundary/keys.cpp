// The calls of a list, in every state of the library: function, number of a parameter, what is wrong with it, its text.
#include "boundary.hpp"

#include <fstream>

struct Case {
    const calls::Function* function;
    size_t parameter;
    std::string what, text;
};

int main(int, char** argv) {
    calls::make(1, 1);
    std::vector<Case> cases;
    std::ifstream file(argv[1]);
    for (std::string name, number, what, text; std::getline(file, name, '\t') && std::getline(file, number, '\t') &&
                                               std::getline(file, what, '\t') && std::getline(file, text);)
        cases.push_back({&Find(name.c_str()), std::stoul(number), what, text});
    if (cases.size() < 1000) Fail("hardly any", "cases");
    return InEveryState([&](State state) {
        size_t since = 0;
        for (const Case& it : cases) {
            std::vector<const calls::Variant*> choice;
            for (int p = 0; p < it.function->count; p++) choice.push_back(&it.function->params[p].variants[0]);
            const calls::Variant wrong{it.what.c_str(), it.text.c_str(), nullptr, 0};
            choice.at(it.parameter) = &wrong;
            Try(*it.function, state, choice, true, it.what);
            // Not more than one round of the library at a time.
            if (++since % 500 == 0) Settle();
        }
        Settle();
    });
}
