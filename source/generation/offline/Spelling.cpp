#include "generation/offline/Spelling.h"

#include <algorithm>
#include <array>
#include <bit>
#include <tuple>

namespace tonewright::offline
{
namespace
{
constexpr std::size_t shortestGuessed = 4;
constexpr std::size_t longestGuessed = 24;

std::size_t allowedDistance(std::size_t length)
{
    return length >= 7 ? 2 : 1;
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

constexpr std::uint32_t bitOf(char letter)
{
    return 1u << static_cast<unsigned>(letter - 'a');
}

std::uint32_t lettersOf(std::string_view word)
{
    std::uint32_t letters = 0;
    for (const char c : word)
        letters |= bitOf(c);
    return letters;
}

/// Letters that soundOf() neither adds, takes away nor changes: words that sound alike share them.
constexpr std::uint32_t soundLetters = bitOf('a') | bitOf('b') | bitOf('d') | bitOf('j') | bitOf('l') |
                                       bitOf('m') | bitOf('n') | bitOf('o') | bitOf('q') | bitOf('r') |
                                       bitOf('t') | bitOf('u') | bitOf('v') | bitOf('w');

bool soundsAlike(std::string_view word, const std::string& sound, const std::string& candidate)
{
    constexpr std::size_t shortest = 5;
    constexpr std::size_t farthest = 3; // letters that a spelling by ear adds or leaves out
    const auto longer = std::max(word.size(), candidate.size());
    const auto shorter = std::min(word.size(), candidate.size());
    return shorter >= shortest && longer - shorter <= farthest && sound == soundOf(candidate);
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

void Spelling::addKnown(const std::string& word, Standing standing)
{
    if (word.size() < shortestGuessed || word.size() > longestGuessed || !isPlainLatin(word))
        return;
    auto& candidates = byFirstLetter[word.front()];
    const auto [place, isNew] = known.emplace(word, candidates.size());
    if (isNew)
        candidates.push_back({word, standing, lettersOf(word)});
    else
        candidates[place->second].standing = std::min(candidates[place->second].standing, standing);
}

std::optional<std::string> Spelling::corrected(std::string_view word) const
{
    if (word.size() < shortestGuessed || word.size() > longestGuessed || !isPlainLatin(word))
        return std::nullopt;
    const std::string asked(word);
    const auto candidates = byFirstLetter.find(word.front());
    if (known.count(asked) != 0 || common.count(asked) != 0 || candidates == byFirstLetter.end())
        return std::nullopt;
    const auto sound = soundOf(word);
    const auto letters = lettersOf(word);
    const auto allowed = allowedDistance(word.size());
    const Candidate* nearest = nullptr;
    auto nearestDistance = allowed + 1;
    for (const auto& candidate : candidates->second)
    {
        // Two mistakes need a long word on both sides: "wonder" is no "wonderwall".
        const auto limit = std::min(allowed, allowedDistance(candidate.word.size()));
        const auto different = letters ^ candidate.letters;
        // A mistake changes at most two letters of the set, so most words need no closer look.
        auto distance = static_cast<std::size_t>(std::popcount(different)) > 2 * limit
                            ? limit + 1
                            : editDistance(word, candidate.word, limit);
        if (distance > limit && (different & soundLetters) == 0 && soundsAlike(word, sound, candidate.word))
            distance = limit;
        if (distance > limit)
            continue;
        // Of equally near words the one that stands for itself is likelier, then one of equal length, then
        // the first in the alphabet.
        const auto rank = [&](const Candidate& guess) {
            return std::tuple(guess.standing, guess.word.size() != word.size(), std::string_view(guess.word));
        };
        const bool isLikelier = nearest != nullptr && rank(candidate) < rank(*nearest);
        if (distance < nearestDistance || (distance == nearestDistance && isLikelier))
        {
            nearest = &candidate;
            nearestDistance = distance;
        }
    }
    return nearest != nullptr ? std::optional(nearest->word) : std::nullopt;
}

} // namespace tonewright::offline
