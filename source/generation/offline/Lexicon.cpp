#include "generation/offline/Lexicon.h"

#include <algorithm>
#include <bit>

namespace tonewright::offline
{
namespace
{
/// FNV-1a: the same on every machine, since the table is made on another one than it is used on.
std::uint32_t hashOf(std::string_view phrase) noexcept
{
    std::uint32_t hash = 2166136261u;
    for (const char c : phrase)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash ^ (hash >> 15);
}
} // namespace

const Word* Lexicon::find(std::string_view phrase) const noexcept
{
    const auto mask = slots.size() - 1;
    for (auto slot = hashOf(phrase) & mask; slots[slot] != 0; slot = (slot + 1) & mask)
        if (const auto& word = words[slots[slot] - 1]; textOf(word) == phrase)
            return &word;
    return nullptr;
}

std::span<const Word> Lexicon::beginningWith(char first) const noexcept
{
    const auto firstOf = [this](const Word& word) { return static_cast<unsigned char>(text[word.text]); };
    const auto sought = static_cast<unsigned char>(first);
    const auto begin = std::partition_point(words.begin(), words.end(),
                                            [&](const Word& word) { return firstOf(word) < sought; });
    const auto end =
        std::partition_point(begin, words.end(), [&](const Word& word) { return firstOf(word) == sought; });
    return words.subspan(static_cast<std::size_t>(begin - words.begin()),
                         static_cast<std::size_t>(end - begin));
}

std::vector<std::uint32_t> slotsFor(std::span<const Word> words, std::string_view text)
{
    // At most two thirds full: a search ends after few steps, and at an empty slot.
    std::vector<std::uint32_t> slots(std::bit_ceil(words.size() * 3 / 2 + 1));
    const auto mask = slots.size() - 1;
    for (std::size_t place = 0; place < words.size(); ++place)
    {
        auto slot = hashOf(text.substr(words[place].text, words[place].length)) & mask;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = static_cast<std::uint32_t>(place + 1);
    }
    return slots;
}

} // namespace tonewright::offline
