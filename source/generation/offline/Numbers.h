#pragma once

#include "generation/offline/Terms.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tonewright::offline
{

/// What numbers in a stretch of terms mean, and which terms they used up.
struct NumberReading
{
    std::vector<Setting> settings;
    std::optional<double> tempo;
    std::vector<bool> isUsed;  ///< numbers, units and "at": nothing more to read from them
    std::vector<bool> isNamed; ///< nouns whose number was read: "delay" in "delay 350 ms"
};

/// [any] Gives each number of `terms` to the control or effect it stands nearest to. `context` is the effect
/// spoken of before.
NumberReading readNumbers(std::span<const Term> terms, std::optional<StageId> context);

} // namespace tonewright::offline
