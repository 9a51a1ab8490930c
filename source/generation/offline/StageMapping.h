#pragma once

#include "generation/offline/Board.h"

namespace tonewright::offline
{

/// [any] Gate, compressor, boost, drive, modulation, tremolo, delay and reverb as the intent asks. In a new
/// tone every stage asked for is set up whole; in an edit a stage that is on keeps what nobody mentioned.
void mapEffects(Board& board, const ToneIntent& intent, bool isNewTone);

/// [any] Adds to one band of the equaliser, switching it on flat where it was off.
void equalise(Board& board, ParameterIndex band, double decibels);

/// [any] The same at a frequency: the band that works there already, else the nearest one that is free and
/// reaches it; of a filter always the shelf on its side.
void equaliseAt(Board& board, const BandWish& wish);

} // namespace tonewright::offline
