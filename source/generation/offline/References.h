#pragma once

#include "generation/offline/Sentence.h"

namespace tonewright::offline
{

/// [any] The end of a segment that names nothing: "a bit more", "less of it", "half as much" speak of what
/// was said to stay before ("I love the reverb, give me more"), and of the change before where nothing was.
void referBack(Sentence& sentence);

/// [any] The end of a segment that says only how much: "spring reverb, subtle", "delay, just a touch".
void measureBefore(Sentence& sentence);

/// [any] "The delay is nice, just make it quieter": a level said of "it" is the effect's, not the tone's.
void readLevelOfIt(const Sentence& sentence, Mention& level);

} // namespace tonewright::offline
