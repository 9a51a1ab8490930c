#pragma once

#include "generation/offline/Terms.h"

#include <cstddef>
#include <optional>
#include <span>

namespace tonewright::offline
{

/// The word that says which way a number goes: "down" in "down 2", "shorter" in "50 ms shorter".
struct Direction
{
    std::size_t term = 0;
    int sign = 1;
    const Entry* comparative = nullptr; ///< its own sense of direction counts then
};

/// What stands around a number.
struct NumberPlace
{
    std::size_t number = 0;
    std::size_t end = 0; ///< one past the number's unit
    std::optional<std::size_t> noun;
};

/// [any] The entry that the term stands for, if any.
const Entry* entryOf(const Term& term) noexcept;

/// [any] Whether a number can belong to the term: a control or an effect.
bool isNumbersNoun(const Term& term) noexcept;

/// [any] +1 for words that raise, -1 for words that lower, 0 for all others.
int signOf(const Term& term) noexcept;

/// [any] The nearest word that tells the number's direction; nothing where the number is a value.
std::optional<Direction> directionOf(std::span<const Term> terms, const NumberPlace& place);

} // namespace tonewright::offline
