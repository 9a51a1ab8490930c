#pragma once

#include "tone/ParameterSet.h"

#include <string>
#include <vector>

namespace tonewright
{

/// [any] One sentence on what a tone is made of, from its values: amplifier and gain, drive, effects.
std::string chainSummary(const ParameterSet& parameters);

/// [any] What changed between two tones, as a sentence for the player: "Changed Amp gain from 5.0 to 4.0."
std::string changeSummary(const ParameterSet& before, const ParameterSet& after);

/// [any] The parameters in which two tones differ, in their order: those whose stage is on in one of them and
/// whose values read differently.
std::vector<ParameterIndex> visibleDifferences(const ParameterSet& one, const ParameterSet& other);

/// [any] What one tone has where another has something else: "Amp gain 3.4 instead of 4.0"; the first three.
std::string contrastSummary(const ParameterSet& other, const ParameterSet& tone);

} // namespace tonewright
