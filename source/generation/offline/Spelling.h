#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tonewright::offline
{

/// Guesses the known word behind a misspelt one, and rather not than wrongly: short words and common words
/// are never touched, the first letter must agree, and the distance allowed grows with the length.
class Spelling
{
public:
    /// What a word is by itself. Of equally near words the first kind is likelier meant.
    enum class Standing : std::uint8_t
    {
        whole,
        part,      ///< says nothing without the rest of its phrase
        inflection ///< "brighter"
    };

    /// [setup] A word that may be guessed (those shorter than 4 letters are not).
    void addKnown(const std::string& word, Standing standing = Standing::whole);

    /// [setup] An everyday word that is never taken for a misspelling.
    void addCommon(const std::string& word) { common.insert(word); }

    /// [any] The nearest known word; nothing for words that are known, common, short or too far from all.
    std::optional<std::string> corrected(std::string_view word) const;

private:
    struct Candidate
    {
        std::string word;
        Standing standing;
        std::uint32_t letters; ///< a bit for each letter in it
    };
    std::map<char, std::vector<Candidate>> byFirstLetter;
    std::unordered_map<std::string, std::size_t> known; ///< its place among those of its first letter
    std::unordered_set<std::string> common;
};

/// [any] Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and
/// swaps of neighbours; `limit + 1` when it is more than `limit`.
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit);

} // namespace tonewright::offline
