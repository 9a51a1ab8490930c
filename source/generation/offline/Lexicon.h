#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tonewright::offline
{

/// What a word that misspellings are read as is by itself. Of equally near words the first kind is likelier
/// meant.
enum class Standing : std::uint8_t
{
    whole,
    part,       ///< says nothing without the rest of its phrase
    inflection, ///< "brighter"
    rare,       ///< a far-fetched synonym: only a long word with one mistake is read as it
    none        ///< never guessed
};

/// A word or a phrase that is known, folded.
struct Word
{
    std::uint32_t text = 0;       ///< where it begins in the lexicon's text
    std::uint32_t letters = 0;    ///< lettersIn() of it
    std::uint32_t firstSense = 0; ///< of `senses`, the first in Knowledge's list
    std::uint8_t senses = 0;
    std::uint8_t length = 0;
    Standing standing = Standing::none;
    bool isCommon = false; ///< an everyday word, never taken for a misspelling

    bool operator==(const Word&) const = default;
};

/// All words in alphabetical (byte) order and a hash table that finds them. Only looks: the arrays are
/// compiled in or owned by a KnowledgeReader.
struct Lexicon
{
    std::string_view text;                ///< the words, one after the other
    std::span<const Word> words;          ///< sorted
    std::span<const std::uint32_t> slots; ///< open addressing, a power of two: 1 + place in `words`, 0 empty

    /// [any] Null where it is not known.
    const Word* find(std::string_view phrase) const noexcept;

    /// [any] Those with that first byte.
    std::span<const Word> beginningWith(char first) const noexcept;

    constexpr std::string_view textOf(const Word& word) const noexcept
    {
        return text.substr(word.text, word.length);
    }
};

/// [any] The slots that find `words`.
std::vector<std::uint32_t> slotsFor(std::span<const Word> words, std::string_view text);

/// [any] A bit for each letter from a to z in it.
constexpr std::uint32_t lettersIn(std::string_view word) noexcept
{
    std::uint32_t letters = 0;
    for (const char c : word)
        if (c >= 'a' && c <= 'z')
            letters |= 1u << static_cast<unsigned>(c - 'a');
    return letters;
}

} // namespace tonewright::offline
