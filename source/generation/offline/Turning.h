#pragma once

#include "generation/offline/Sentence.h"

#include <cstddef>
#include <span>

namespace tonewright::offline
{

/// [any] "Turn the gain down", "the reverb up a bit"; before a noun it waits for it.
void turn(Sentence& sentence, Manner manner);

/// [any] The end of a segment that turns nothing but "the amp": its gain.
void turnAmplifier(Sentence& sentence, const Knowledge& knowledge);

/// [any] The end of a segment: "turn the amp, the chorus and the reverb up" turns them all.
void shareTurn(Sentence& sentence, const Knowledge& knowledge);

/// [any] Whether what the particle at `particle` would do is not to be done: "don't turn the bass up".
bool isRefused(std::span<const Term> terms, std::size_t particle);

} // namespace tonewright::offline
