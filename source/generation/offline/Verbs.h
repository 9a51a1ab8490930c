#pragma once

#include "generation/offline/Terms.h"

#include <cstddef>
#include <optional>
#include <span>

namespace tonewright::offline
{

/// [any] The noun that the quality at `at` is done to, if it is a verb there: the low end in "tighten up the
/// low end", the mids in "please warm the mids", the reverb in "darken the reverb".
std::optional<std::size_t> objectOf(std::span<const Term> terms, std::size_t at);

/// [any] Whether the quality at `at` is a verb that is not to be done: "don't brighten it".
bool isRefusedVerb(std::span<const Term> terms, std::size_t at);

/// [any] Whether the quality at `at` is a verb that does something to the tone: "hollow it out", "squash it".
bool isDoneToIt(std::span<const Term> terms, std::size_t at);

/// [any] Whether the "off" at `at` only finishes such a verb: "round it off".
bool finishesVerb(std::span<const Term> terms, std::size_t at);

/// What a "but" or "still" leads to where nothing but qualities follow.
enum class Contrast
{
    none,   ///< something else follows
    judges, ///< "but a bit thin", "still muddy": of the tone that sounds
    wishes  ///< "but warm", "still want it bright"
};

/// [any] Of the "but" at `at`; `isStated`: how the tone sounds was said before it.
Contrast contrastAt(std::span<const Term> terms, std::size_t at, bool isStated);

/// [any] Whether a whole tone is named after the "make" at `at`: "turn it into a lead sound", "make it a
/// lead".
bool namesWhole(std::span<const Term> terms, std::size_t at);

/// What a German "zurück" does.
enum class Return
{
    undoes,   ///< "zurück", "eins zurück"
    lessens,  ///< "nimm die Höhen zurück"
    restores, ///< "gib mir den Hall zurück"
    leads     ///< "zurück zu mehr Hall"
};

/// [any] Of the "zurück" at `at`.
Return returnAt(std::span<const Term> terms, std::size_t at);

/// [any] Whether the Japanese word at `at` only stands before a noun ("歪みが足りない音") or behind something
/// that is not understood (the end of "つまらない"), and says nothing of the noun before it.
bool belongsToOther(std::span<const Term> terms, std::size_t at);

/// [any] Whether the word at `at` is an effect only by itself: "chop", but "chop through the mix" and
/// "jazz chops".
bool isIdiom(std::span<const Term> terms, std::size_t at);

/// [any] Whether the quality at `at` says how the guitar is played, not how it sounds: "when I pick hard".
bool saysHowItIsPlayed(std::span<const Term> terms, std::size_t at);

} // namespace tonewright::offline
