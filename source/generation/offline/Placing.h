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

} // namespace tonewright::offline
