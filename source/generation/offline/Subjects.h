#pragma once

#include "generation/offline/Sentence.h"

namespace tonewright::offline
{

/// [any] Where a copula stands at `sentence.at`: whether the clause so far is the subject of a statement
/// about the tone that sounds ("the low end is ..."), and what follows therefore judges it.
void noteSubject(Sentence& sentence);

/// [any] Where "make it" stands at `sentence.at`: "my humbuckers make it muddy" tells what sounds, and why.
bool blamesSubject(Sentence& sentence);

/// [any] Whether a "to" at `sentence.at` is a misspelt "too": "the bass is to loud".
bool isMisspeltToo(const Sentence& sentence);

/// [any] Whether a "so" at `sentence.at` only begins a sentence.
bool opensSentence(const Sentence& sentence);

/// [any] A word of measure at `sentence.at` ("loud", "weak", "high"): turns the subject it judges. False
/// where it judges nothing.
bool judgeByMeasure(Sentence& sentence);

/// [any] The end of a segment: "the reverb is too much", "the reverb isn't too much".
void judgeByAmount(Sentence& sentence);

/// [any] A predicate that is about to be mentioned: settles what becomes of its subject. False where the
/// predicate has done its work by that.
bool settleSubject(Sentence& sentence, Mention& predicate);

/// [any] "Not bright enough", "loud enough".
void readEnough(Sentence& sentence);

} // namespace tonewright::offline
