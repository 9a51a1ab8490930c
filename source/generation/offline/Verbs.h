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

/// [any] Whether nothing but a quality follows the "but" at `at`: "but a bit thin".
bool describesOn(std::span<const Term> terms, std::size_t at);

/// [any] Whether a whole tone is named after the "make" at `at`: "turn it into a lead sound", "make it a
/// lead".
bool namesWhole(std::span<const Term> terms, std::size_t at);

/// [any] Whether the quality at `at` says how the guitar is played, not how it sounds: "when I pick hard".
bool saysHowItIsPlayed(std::span<const Term> terms, std::size_t at);

} // namespace tonewright::offline
