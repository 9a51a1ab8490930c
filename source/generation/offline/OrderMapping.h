#pragma once

#include "generation/offline/ToneIntent.h"
#include "tone/ParameterSet.h"

#include <span>
#include <string>

namespace tonewright::offline
{

/// [any] The order with each stage moved next to its anchor where it is on the wrong side of it; `output`
/// stays last.
StageOrder placed(StageOrder order, std::span<const Placement> placements);

/// [any] "Swap the delay with the reverb": where both are on, they stay on and change places; else one is
/// replaced by the other.
ToneIntent withPlacesSwapped(ToneIntent intent, const ParameterSet& current);

/// [any] "Delay stands before Amp", as it is in `order`.
std::string placeText(const Placement& placement, const StageOrder& order);

/// [any] Takes the next choice where words have not chosen already: asked again, all come round.
void exchange(ParameterSet& tone, const ParameterSet& current,
              std::span<const ParameterIndex> choices) noexcept;

} // namespace tonewright::offline
