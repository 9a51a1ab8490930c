#pragma once

#include "generation/offline/Sentence.h"
#include "generation/offline/ToneIntent.h"

#include <vector>

namespace tonewright::offline
{

/// [any] "The delay is fine", "leave the reverb alone": what was named last stays as it is.
void holdLast(Sentence& sentence);

/// [any] "The amp" is nothing to want, but it can be left alone.
void readThing(Sentence& sentence, const Sense& sense);

/// [any] The parameters that an edit must leave as they are: "keep the gain", "don't touch the amp". What the
/// same prompt changes in so many words ("keep the reverb but make it longer") is not among them.
std::vector<ParameterIndex> heldBy(const Reading& reading);

} // namespace tonewright::offline
