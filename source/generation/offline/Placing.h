#pragma once

#include "generation/offline/Terms.h"
#include "generation/offline/ToneIntent.h"

#include <span>
#include <vector>

namespace tonewright::offline
{

/// [any] What a prompt says about the order of the stages: "the delay before the amp", "swap the
/// order of delay and reverb". Marks in `isNamed` the nouns that are named for that alone:
/// they ask for no more of them.
std::vector<Placement> readPlacements(std::span<const Term> terms, std::vector<bool>& isNamed);

/// [any] Marks in `isUsed` the choruses of a song: "the final chorus", "in the verse clean, in the chorus
/// loud".
void passOverSections(std::span<const Term> terms, std::vector<bool>& isUsed);

/// [any] Marks in `isUsed` what only tells when: "before the chorus kicks in", "after the solo starts".
void passOverTimes(std::span<const Term> terms, std::vector<bool>& isUsed);

} // namespace tonewright::offline
