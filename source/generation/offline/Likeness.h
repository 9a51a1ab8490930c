#pragma once

#include "tone/ParameterSet.h"

#include <string_view>

namespace tonewright::offline
{

/// [worker] The parameters that the words alone make a new tone of, whatever sounds now.
ParameterSet plainReading(std::string_view prompt);

/// [any] How unlike two tones are: 0 the same; another amplifier or an effect that only one of them has
/// counts 1, a knob of what is on its share of the travel.
double unlikeness(const ParameterSet& a, const ParameterSet& b);

} // namespace tonewright::offline
