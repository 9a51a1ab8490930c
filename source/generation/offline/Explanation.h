#pragma once

#include "generation/offline/Mapper.h"
#include "generation/offline/ToneIntent.h"

#include <string>
#include <vector>

namespace tonewright::offline
{

/// [any] What a new tone is and why, from its final values; then what was in doubt.
std::string explainNewTone(const ToneIntent& intent, const MappedTone& tone);

/// [any] What an edit changed, from the values before and after; then what was in doubt.
std::string explainEdit(const ToneIntent& intent, const MappedTone& tone, const ParameterSet& before);

/// [any] A short evocative name, the same for the same sound; never a player's or a maker's.
std::string nameOf(const ParameterSet& parameters);

/// [any] How sure we are that this is what was meant, 0 to 1.
double confidenceOf(const ToneIntent& intent);

} // namespace tonewright::offline
