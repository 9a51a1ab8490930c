#pragma once

#include "tone/Preset.h"

namespace tonewright::plugin
{

// The input trim fits the guitar and the interface, not the tone: a preset that says nothing of it leaves it
// where the player has it.

/// [any] The preset with the present tone's input trim.
Preset withTrimOf(const Preset& present, Preset preset);

/// [message] The same of a generator's answer, unless its prompt's words speak of the trim.
Preset answerWithTrimOf(const Preset& present, Preset answer);

} // namespace tonewright::plugin
