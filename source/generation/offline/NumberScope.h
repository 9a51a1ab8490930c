#pragma once

#include "generation/offline/Numbers.h"

#include <cstddef>
#include <span>
#include <string>

namespace tonewright::offline
{

/// The numbers of a prompt and what stands around them, while they are read.
class NumberScope
{
public:
    /// [any] None read yet.
    explicit NumberScope(std::span<const Term> allTerms) : terms(allTerms)
    {
        reading.isUsed.resize(terms.size());
        reading.isNamed.resize(terms.size());
    }

    /// [any] The unit of the number at `at`; empty where it has none.
    std::string unitAfter(std::size_t at) const;

    /// [any] Marks the number, its unit and the words that lead to it as read.
    void use(std::size_t at, const std::string& unit);

    /// [any] "at", "by", "around".
    bool isLink(std::size_t at) const;

    /// [any] Whether one of the links before the number has this role.
    bool isAfter(std::size_t at, Role role) const;

    /// [any] "at 3", "to around 7": a value and no difference.
    bool isTo(std::size_t at) const { return isAfter(at, Role::to) && !isAfter(at, Role::by); }

    /// [any] "tempo 90", "tempo at 90"
    bool followsTempo(std::size_t at) const;

    /// [any] "dotted eighth at 120": the number after a note length is a tempo.
    bool followsNote(std::size_t at) const;

    std::span<const Term> terms;
    NumberReading reading;
};

} // namespace tonewright::offline
