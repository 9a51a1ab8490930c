#pragma once

#include "generation/offline/Knowledge.h"
#include "generation/offline/Parser.h"

#include <string>
#include <string_view>
#include <vector>

namespace tonewright::offline
{

/// A phrase, a number or an unknown word in a prompt.
struct Term
{
    std::span<const Sense> senses; ///< empty: a number or unknown
    std::string text;              ///< as understood (misspellings corrected), folded
    std::optional<double> number;
    bool hasSign = false;
    char joint = ' ';
    bool startsClause = false;
    Language language = Language::english; ///< of the prompt: its homographs are read in it

    /// [any] Its sense of that role, of the prompt's language where several are.
    const Sense* as(Role role) const;
    bool isUnknown() const noexcept { return senses.empty() && !number; }
};

/// [any] The terms of a prompt. Notes misspellings, unknown words and how much was understood in `reading`.
std::vector<Term> termsOf(std::string_view prompt, const Knowledge& knowledge, Reading& reading);

} // namespace tonewright::offline
