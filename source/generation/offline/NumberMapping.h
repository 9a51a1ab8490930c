#pragma once

#include "generation/offline/Mapper.h"

namespace tonewright::offline
{

/// [any] Does what was said in numbers, on top of everything else: "gain at 7", "down 2", "cut 3 dB at 2
/// kHz". Notes where a knob ends.
void applyNumbers(const ToneIntent& intent, MappedTone& tone);

} // namespace tonewright::offline
