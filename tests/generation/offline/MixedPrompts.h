#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace tonewright::test
{

/// What somebody types, and whether there is a tone already that it may be meant to change.
struct MixedPrompt
{
    std::string text;
    bool hasCurrent = false;
};

/// Prompts by lot, a third of them said to a tone that is there: qualities and styles with details, players
/// and songs, edits, numbers with units, four languages, misspellings, nonsense. One seed gives one list, on
/// every machine.
class MixedPrompts
{
public:
    explicit MixedPrompts(std::uint32_t seed) : random(seed) {}

    MixedPrompt next();

private:
    std::size_t below(std::size_t count) { return random() % count; }
    template <typename List>
    std::string oneOf(const List& list)
    {
        return std::string(list[below(list.size())]);
    }
    std::string described();
    std::string edit();
    std::string withNumbers();
    std::string misspelt(std::string text);
    std::string nonsense();

    std::mt19937 random;
};

} // namespace tonewright::test
