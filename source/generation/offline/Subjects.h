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

/// [any] "Quiet the hum", "soften the harshness": whether the quality is a verb that cures the fault at
/// `object`, which then is complained about.
bool damps(Sentence& sentence, const Sense& quality, std::size_t object);

/// [any] Whether this clause has nothing but adjectives for the one effect that was named before: "spring
/// reverb, dark and subtle".
bool isOfEffectBefore(const Sentence& sentence);

/// [any] Whether an adjective only tells apart the effect at `noun`, which then is spoken of: "the long
/// repeats are too loud".
bool isOfSubject(std::span<const Term> terms, std::size_t noun);

/// [any] Whether what is about to be mentioned only tells what for, when or where: "too much gain for
/// chords", "muddy when I play chords", "too harsh on my telecaster".
bool isContext(const Sentence& sentence, const Mention& mention);

/// [any] The end of a segment: "the high notes" are where something is heard, and no wish for more of them.
void settleNotes(Sentence& sentence);

/// [any] "Not bright enough", "loud enough".
void readEnough(Sentence& sentence);

} // namespace tonewright::offline
