#include "generation/offline/Spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

namespace tonewright::offline
{
namespace
{
constexpr std::size_t shortestGuessed = 4;
constexpr std::size_t longestGuessed = 24;
constexpr std::size_t longWord = 7;

std::size_t allowedDistance(std::size_t length)
{
    return length >= longWord ? 2 : 1;
}

/// Letters that sound alike become one: "hendricks" and "hendrix", "phazer" and "phaser".
std::string soundOf(std::string_view word)
{
    struct Rule
    {
        std::string_view from;
        std::string_view to;
    };
    constexpr std::array<Rule, 9> rules{{{"cks", "x"},
                                         {"ks", "x"},
                                         {"ck", "k"},
                                         {"ph", "f"},
                                         {"gh", ""},
                                         {"c", "k"},
                                         {"z", "s"},
                                         {"y", "i"},
                                         {"ie", "i"}}};
    std::string sound;
    while (!word.empty())
    {
        const auto* const rule =
            std::find_if(rules.begin(), rules.end(),
                         [word](const Rule& candidate)
                         { return word.substr(0, candidate.from.size()) == candidate.from; });
        const auto spelt = rule != rules.end() ? rule->to : word.substr(0, 1);
        for (const char c : spelt)
            if (sound.empty() || sound.back() != c)
                sound += c;
        word.remove_prefix(rule != rules.end() ? rule->from.size() : 1);
    }
    return sound;
}

bool isPlainLatin(std::string_view word)
{
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// Letters that soundOf() neither adds, takes away nor changes: words that sound alike share them.
constexpr auto soundLetters = lettersIn("abdjlmnoqrtuvw");

bool soundsAlike(std::string_view word, const std::string& sound, std::string_view candidate)
{
    constexpr std::size_t shortest = 5;
    constexpr std::size_t farthest = 3; // letters that a spelling by ear adds or leaves out
    const auto longer = std::max(word.size(), candidate.size());
    const auto shorter = std::min(word.size(), candidate.size());
    return shorter >= shortest && longer - shorter <= farthest && sound == soundOf(candidate);
}
/// An everyday word or a form of one: "leaves", "tuner".
bool isEveryday(std::string_view word, const Lexicon& lexicon)
{
    // Without "y": too many slips end in it ("dealy").
    constexpr std::array<std::string_view, 11> endings{"",   "s",   "es", "d",  "ed",  "ing",
                                                       "er", "ers", "r",  "ly", "ness"};
    constexpr std::size_t shortestStem = 3;
    const auto isCommon = [&lexicon](std::string_view stem)
    {
        const auto* const found = lexicon.find(stem);
        return found != nullptr && found->isCommon;
    };
    for (const auto ending : endings)
    {
        if (!word.ends_with(ending) || word.size() < ending.size() + shortestStem)
            continue;
        const std::string stem(word.substr(0, word.size() - ending.size()));
        const bool isDoubled = stem.size() > shortestStem && stem.back() == stem[stem.size() - 2];
        if (isCommon(stem) || (!ending.empty() && isCommon(stem + "e")) ||
            (isDoubled && isCommon(stem.substr(0, stem.size() - 1))))
            return true;
    }
    const bool hasSoftY = word.size() > shortestStem + 3 && (word.ends_with("ies") || word.ends_with("ied"));
    return hasSoftY && isCommon(std::string(word.substr(0, word.size() - 3)) + "y");
}
} // namespace

std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit)
{
    constexpr std::size_t longest = 64;
    const auto lengthDifference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (lengthDifference > limit || a.size() > longest || b.size() > longest)
        return limit + 1;
    std::array<std::array<std::size_t, longest + 1>, 3> rows{};
    auto* previous = &rows[0];
    auto* current = &rows[1];
    auto* beforePrevious = &rows[2];
    for (std::size_t j = 0; j <= b.size(); ++j)
        (*previous)[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i)
    {
        (*current)[0] = i;
        auto smallest = i;
        for (std::size_t j = 1; j <= b.size(); ++j)
        {
            const std::size_t different = a[i - 1] == b[j - 1] ? 0 : 1;
            auto best = std::min({(*previous)[j] + 1, (*current)[j - 1] + 1, (*previous)[j - 1] + different});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                best = std::min(best, (*beforePrevious)[j - 2] + 1);
            (*current)[j] = best;
            smallest = std::min(smallest, best);
        }
        if (smallest > limit)
            return limit + 1;
        auto* const oldest = beforePrevious;
        beforePrevious = previous;
        previous = current;
        current = oldest;
    }
    return std::min((*previous)[b.size()], limit + 1);
}

bool mayBeGuessed(std::string_view word) noexcept
{
    return word.size() >= shortestGuessed && word.size() <= longestGuessed && isPlainLatin(word);
}

std::optional<std::string> corrected(std::string_view word, const Lexicon& lexicon)
{
    if (!mayBeGuessed(word))
        return std::nullopt;
    const auto* const same = lexicon.find(word);
    const bool isKnown = same != nullptr && same->standing != Standing::none;
    if (isKnown || isEveryday(word, lexicon))
        return std::nullopt;
    const auto sound = soundOf(word);
    const auto letters = lettersIn(word);
    const auto allowed = allowedDistance(word.size());
    // "Effortless", "finest": endings that any word may have say little about which one was meant.
    const bool hasOrdinaryEnding = word.ends_with("less") || word.ends_with("est");
    const Word* nearest = nullptr;
    auto nearestDistance = allowed + 1;
    for (const auto& candidate : lexicon.beginningWith(word.front()))
    {
        if (candidate.standing == Standing::none)
            continue;
        const bool isRare = candidate.standing == Standing::rare;
        if (isRare && word.size() < longWord)
            continue;
        // Two mistakes need a long word on both sides: "wonder" is no "wonderwall".
        const auto limit = isRare || hasOrdinaryEnding ? std::size_t{1}
                                                       : std::min(allowed, allowedDistance(candidate.length));
        const auto different = letters ^ candidate.letters;
        const auto spelt = lexicon.textOf(candidate);
        // A mistake changes at most two letters of the set, so most words need no closer look.
        auto distance = static_cast<std::size_t>(std::popcount(different)) > 2 * limit
                            ? limit + 1
                            : editDistance(word, spelt, limit);
        if (distance > limit && (different & soundLetters) == 0 && soundsAlike(word, sound, spelt))
            distance = limit;
        if (distance > limit)
            continue;
        // Of equally near words the one that stands for itself is likelier, then one of equal length, then
        // the first in the alphabet: their order here.
        const auto rank = [&](const Word& guess)
        { return std::pair(guess.standing, guess.length != word.size()); };
        const bool isLikelier = nearest != nullptr && rank(candidate) < rank(*nearest);
        if (distance < nearestDistance || (distance == nearestDistance && isLikelier))
        {
            nearest = &candidate;
            nearestDistance = distance;
        }
    }
    return nearest != nullptr ? std::optional<std::string>(lexicon.textOf(*nearest)) : std::nullopt;
}

} // namespace tonewright::offline
