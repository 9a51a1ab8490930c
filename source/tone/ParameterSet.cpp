#include "tone/ParameterSet.h"

#include <algorithm>

namespace tonewright
{

namespace
{
/// Where a stage has the fewest of those that are there on another side than by default; the last such place.
/// The enum's order is the default order.
StageOrder::iterator placeFor(StageId stage, StageOrder::iterator start, StageOrder::iterator end) noexcept
{
    auto best = start;
    int balance = 0; // of those so far that belong behind it, less those that belong before it
    int least = 0;
    for (auto place = start; place != end;)
    {
        balance += *place > stage ? 1 : -1;
        ++place;
        if (balance <= least)
        {
            best = place;
            least = balance;
        }
    }
    return best;
}
} // namespace

void ParameterSet::makeLegal() noexcept
{
    for (std::size_t index = 0; index < parameterCount; ++index)
        values[index] = legalValue(parameterTable[index], values[index]);
    if (!isLegalOrder(order))
        order = defaultStageOrder;
}

bool isLegalOrder(const StageOrder& order) noexcept
{
    std::array<bool, stageCount> seen{};
    for (const auto stage : order)
    {
        const auto index = static_cast<std::size_t>(stage);
        if (index >= stageCount || seen[index])
            return false;
        seen[index] = true;
    }
    return order.back() == StageId::output;
}

bool usesImpulseResponse(const ParameterSet& set) noexcept
{
    return set.impulseResponse != 0 && set.isOn("cabinet.enabled"_p) &&
           set.choice<CabinetModel>("cabinet.model"_p) == CabinetModel::user;
}

std::optional<StageOrder> completedOrder(std::span<const StageId> named) noexcept
{
    if (named.empty() || named.size() > stageCount)
        return std::nullopt;
    StageOrder order{};
    const auto start = order.begin();
    auto end = std::copy(named.begin(), named.end(), start);
    for (const auto stage : defaultStageOrder)
    {
        if (std::find(start, end, stage) != end)
            continue;
        if (end == order.end())
            return std::nullopt; // full, and yet a stage is missing: another is there twice
        const auto place = placeFor(stage, start, end);
        std::copy_backward(place, end, end + 1);
        *place = stage;
        ++end;
    }
    return isLegalOrder(order) ? std::optional(order) : std::nullopt;
}

bool differDiscretely(const ParameterSet& a, const ParameterSet& b) noexcept
{
    if (a.order != b.order || a.impulseResponse != b.impulseResponse)
        return true;
    for (std::size_t index = 0; index < parameterCount; ++index)
        // Both are whole numbers in floats; legal sets compare exactly.
        if (parameterTable[index].type != ParameterType::number && a.values[index] != b.values[index])
            return true;
    return false;
}

} // namespace tonewright
