#pragma once

#include "generation/offline/Terms.h"
#include "tone/ParameterSet.h"

#include <span>
#include <vector>

namespace tonewright::offline
{

/// [any] Whether the verb at `at` ("swap", "change") replaces what follows, and does not switch or turn it:
/// "switch the chorus on", "switch the delay up a bit".
bool namesReplacement(std::span<const Term> terms, std::size_t at);

/// [any] The choices that are to be any other than they are: "a different cabinet", "try another amp",
/// "change the reverb". Marks in `isNamed` the nouns that are named for that alone.
std::vector<ParameterIndex> readExchanges(std::span<const Term> terms, std::vector<bool>& isNamed);

} // namespace tonewright::offline
