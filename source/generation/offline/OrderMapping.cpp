#include "generation/offline/OrderMapping.h"

#include "tone/Choices.h"
#include "tone/ParameterTable.h"

#include <algorithm>

namespace tonewright::offline
{

StageOrder placed(StageOrder order, std::span<const Placement> placements)
{
    for (const auto& [stage, anchor, side, isIfBothOn] : placements)
    {
        auto* const moved = std::find(order.begin(), order.end(), stage);
        auto* const fixed = std::find(order.begin(), order.end(), anchor);
        if (isIfBothOn)
            std::iter_swap(moved, fixed);
        else if (moved > fixed && side != Side::after)
            std::rotate(fixed, moved, moved + 1);
        else if (moved < fixed && side != Side::before)
            std::rotate(moved, moved + 1, fixed + 1);
    }
    return order;
}

ToneIntent withPlacesSwapped(ToneIntent intent, const ParameterSet& current)
{
    const auto isOn = [&](StageId stage)
    {
        const auto enabled = findParameter(std::string(nameOf(stage)) + ".enabled");
        return !enabled || current.isOn(*enabled);
    };
    std::erase_if(intent.placements, [&](const Placement& place)
                  { return place.isIfBothOn && !(isOn(place.stage) && isOn(place.anchor)); });
    for (const auto& place : intent.placements)
        for (const auto stage : {place.stage, place.anchor})
            if (const auto amount = amountAxisOf(stage); place.isIfBothOn && amount)
                intent[*amount] = {};
    return intent;
}

std::string placeText(const Placement& placement, const StageOrder& order)
{
    const bool isBefore = std::find(order.begin(), order.end(), placement.stage) <
                          std::find(order.begin(), order.end(), placement.anchor);
    return displayName(nameOf(placement.stage)) + " stands " + (isBefore ? "before " : "after ") +
           displayName(nameOf(placement.anchor));
}

void exchange(ParameterSet& tone, const ParameterSet& current,
              std::span<const ParameterIndex> choices) noexcept
{
    for (const auto choice : choices)
    {
        const auto count =
            choice == "cabinet.model"_p // the last is the player's own, which may not be loaded
                ? static_cast<int>(builtInCabinetCount)
                : static_cast<int>(tonewright::infoOf(choice).choices.size());
        if (tone[choice] == current[choice])
            tone[choice] = static_cast<float>((static_cast<int>(current[choice]) + 1) % count);
    }
}

} // namespace tonewright::offline
