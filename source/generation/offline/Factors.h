#pragma once

#include "generation/offline/Parser.h"

#include <optional>
#include <vector>

namespace tonewright::offline
{

/// [any] "Half the reverb", "double the delay time": the knob that is multiplied. Nothing where no factor was
/// said or the thing has no knob that a factor makes sense for.
std::optional<ParameterWish> factorOf(const Mention& mention);

/// [any] The steps of an adjective of an effect, without those of its amount where another word tells that:
/// "bigger but quieter".
std::vector<ToneEffect> stepsBesides(const Reading& reading, const Mention& mention,
                                     const ToneEffects& bound);

} // namespace tonewright::offline
