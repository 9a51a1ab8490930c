#pragma once

#include "generation/offline/Terms.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tonewright::offline
{

/// What the numbers of a prompt mean, and which terms they used up.
struct NumberReading
{
    std::vector<ParameterWish> settings;
    std::vector<BandWish> bands;
    std::optional<double> tempo;
    double tempoChange = 0;
    std::vector<bool> isUsed;  ///< numbers, units, "at", "shorter": nothing more to read from them
    std::vector<bool> isNamed; ///< nouns whose number was read: "delay" in "delay 350 ms"
};

/// [any] Gives each number of `terms` to the control or effect it stands nearest to.
NumberReading readNumbers(std::span<const Term> terms);

} // namespace tonewright::offline
