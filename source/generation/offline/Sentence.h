#pragma once

#include "generation/offline/Meaning.h"
#include "generation/offline/Parser.h"
#include "generation/offline/Terms.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace tonewright::offline
{

/// What is known while a prompt is read, term by term. A segment is what one noun and the words about it
/// share; a clause may have several.
struct Sentence
{
    Reading reading;
    std::vector<Term> terms;
    std::vector<bool> isUsed;  ///< by a number
    std::vector<bool> isNamed; ///< whose number was read, or whose adjective
    Pending pending;
    Pending carried;              ///< what the noun before was told, for the next of a list
    bool isInstruction = false;   ///< governed by a verb that changes what is there
    bool carriesAny = false;      ///< "or" was just said: even an adjective takes the negation over
    bool isException = false;     ///< "all but" was said
    bool isJudging = false;       ///< a copula came: the mention before it is the subject of what follows
    double lastChange = 0;        ///< "a bit more": this share of the change before
    std::optional<StageId> thing; ///< a stage that is no effect, named in this segment: "the amp"
    bool isWhole = false; ///< "turn it into a ...": what follows names a tone, not a quality of this one
    std::optional<std::size_t> turnedAt; ///< where the particle stands that turned this segment's noun
    std::size_t segmentStart = 0;
    std::size_t clauseStart = 0; ///< the first mention of this clause
    std::size_t at = 0;

    bool isFirstOfSegment() const noexcept { return reading.mentions.size() == segmentStart; }
    Mention* lastOfSegment() { return isFirstOfSegment() ? nullptr : &reading.mentions.back(); }
    void remember() { pending.words += terms[at].text + " "; }
};

} // namespace tonewright::offline
