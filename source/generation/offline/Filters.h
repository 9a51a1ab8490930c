#pragma once

#include "generation/offline/Terms.h"

#include <cstddef>
#include <optional>
#include <span>

namespace tonewright::offline
{

/// What is said against a filter.
enum class FilterWish
{
    less, ///< "the low cut at 80 is too much"
    none  ///< "no low cut"
};

/// [any] Which side of its frequency a filter takes away: -1 "low cut" below, 1 "low pass" above; 0 for all
/// else.
int filterSide(const Term& term);

/// [any] What is said before the filter at `filter`; nothing where it is only named.
std::optional<FilterWish> saidBeforeFilter(std::span<const Term> terms, std::size_t filter);

/// [any] What is said from `end` on, behind the filter and its number.
std::optional<FilterWish> saidBehindFilter(std::span<const Term> terms, std::size_t end);

} // namespace tonewright::offline
