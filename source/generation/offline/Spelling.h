#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace tonewright::offline
{

/// Guesses the known word behind a misspelt one, and rather not than wrongly: short words and common words
/// are never touched, the first letter must agree, and the distance allowed grows with the length.
class Spelling
{
public:
    /// [setup] A word that may be guessed (those shorter than 4 letters are not). An inflection ("brighter")
    /// gives way to a word of its own that is as near.
    void addKnown(const std::string& word, bool isInflection = false);

    /// [setup] An everyday word that is never taken for a misspelling.
    void addCommon(const std::string& word) { common.insert(word); }

    /// [any] The nearest known word; nothing for words that are known, common, short or too far from all.
    std::optional<std::string> corrected(std::string_view word) const;

private:
    struct Candidate
    {
        std::string word;
        bool isInflection;
    };
    std::map<char, std::vector<Candidate>> byFirstLetter;
    std::unordered_set<std::string> known;
    std::unordered_set<std::string> common;
};

/// [any] Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and
/// swaps of neighbours; `limit + 1` when it is more than `limit`.
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit);

} // namespace tonewright::offline
