#pragma once

#include "generation/offline/ToneIntent.h"
#include "tone/ParameterSet.h"

#include <string>
#include <vector>

namespace tonewright::offline
{

/// Parameters, and what had to be done beyond the words ("a drive pedal, because this amplifier stays
/// clean").
struct MappedTone
{
    ParameterSet parameters;
    std::vector<std::string> notes;
};

/// [any] A new tone. `variation` > 0 gives an alternative that fits the same words. Deterministic; every
/// value is legal; no effect is on that nobody asked for or that a note does not explain.
MappedTone mapNewTone(const ToneIntent& intent, int variation);

/// [any] The current tone, changed: what is named moves, everything else stays bit for bit.
MappedTone mapEdit(const ToneIntent& intent, const ParameterSet& current);

} // namespace tonewright::offline
