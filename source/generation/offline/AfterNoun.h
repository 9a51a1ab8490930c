#pragma once

#include "generation/offline/Sentence.h"
#include "generation/offline/Turning.h"

namespace tonewright::offline
{

/// [any] "Add" before its noun or, as German puts it, behind: "etwas Hall dazu".
void readAdding(Sentence& sentence, const Sense& adding);

/// [any] Whether a "nimm" at `sentence.at` takes something and nothing away.
bool isTaking(const Sentence& sentence);

/// [any] "Bring back the delay", "put the delay back"; but "take the gain back a bit".
void restore(Sentence& sentence);

/// [any] "Chorus off", "the delay goes"; nothing where the word is a preposition ("less depth on the
/// tremolo").
void switchTo(Sentence& sentence, const Sense& sense);

/// [any] "Half the reverb", "twice as long", "cut the reverb in half".
void multiply(Sentence& sentence, const Sense& factor);

/// [any] "歪み少なめ": whether an amount stands right behind its noun; takes it over.
bool measuresNounBefore(Sentence& sentence, const Sense& amount);

/// [any] Whether a "than" compares ("more reverb than delay"); else it replaces.
bool followsComparison(const Sentence& sentence);

/// [any] Whom a verb after the noun speaks of: in "everything but the reverb off" everything. Null where
/// nothing was named in this segment.
Mention* spokenOf(Sentence& sentence);

} // namespace tonewright::offline
