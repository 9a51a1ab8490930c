#pragma once

#include "generation/PresetGenerator.h"

#include <optional>

namespace tonewright::offline
{

/// [any] Where "undo that" leads: to the tone before the current one, and said again to the one before that.
/// Nothing where nothing sounded before.
std::optional<Preset> undone(const GenerationRequest& request);

/// [any] The current parameters, moved on in the direction of the last change: 1 is the same step again, 0.5
/// half of it, -0.5 takes half of it back. An effect that the last change switched on gets more or less of
/// itself. Nothing where nothing sounded before.
std::optional<ParameterSet> movedOn(const GenerationRequest& request, double share);

} // namespace tonewright::offline
