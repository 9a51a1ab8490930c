#pragma once

#include "generation/offline/Lexicon.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tonewright::offline
{

/// [any] The known word behind a misspelt one, and rather none than a wrong one: nothing for words that are
/// known, common, short or too far from all; the first letter must agree, and the distance allowed grows with
/// the length.
std::optional<std::string> corrected(std::string_view word, const Lexicon& lexicon);

/// [any] Whether misspellings may be read as this word: 4 to 24 letters from a to z.
bool mayBeGuessed(std::string_view word) noexcept;

/// [any] Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and
/// swaps of neighbours; `limit + 1` when it is more than `limit`.
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit);

} // namespace tonewright::offline
