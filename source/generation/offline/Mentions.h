#pragma once

#include "generation/offline/Sentence.h"

namespace tonewright::offline
{

/// [any] Reads the entry at `sentence.at` in the given meaning: how it is mentioned and what it belongs to.
void readEntry(Sentence& sentence, const Sense& sense);

} // namespace tonewright::offline
