#pragma once

#include "tone/ParameterSet.h"

#include <string>

namespace tonewright
{

/// [any] One sentence on what a tone is made of, from its values: amplifier and gain, drive, effects.
std::string chainSummary(const ParameterSet& parameters);

} // namespace tonewright
