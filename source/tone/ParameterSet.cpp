#include "tone/ParameterSet.h"

namespace tonewright
{

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
