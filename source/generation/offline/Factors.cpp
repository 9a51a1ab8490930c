#include "generation/offline/Factors.h"

#include "generation/offline/Meaning.h"
#include "generation/offline/NumberUnits.h"

#include <algorithm>
#include <cmath>

namespace tonewright::offline
{
namespace
{
std::optional<ParameterIndex> knobOf(const Mention& mention)
{
    if (mention.knob)
        return mention.knob;
    if (mention.entry->control)
        return mention.entry->control;
    if (!isStageNoun(*mention.entry))
        return std::nullopt;
    const auto amount = parameterOf(*mention.entry->stage, "step");
    return amount ? amount : parameterOf(*mention.entry->stage, "db");
}
} // namespace

std::optional<ParameterWish> factorOf(const Mention& mention)
{
    const bool isStep = mention.manner == Manner::more || mention.manner == Manner::less;
    const auto knob = mention.times && isStep && !mention.boundStage ? knobOf(mention) : std::nullopt;
    if (!knob)
        return std::nullopt;
    const auto& info = tonewright::infoOf(*knob);
    const bool isLevel = info.unit == "dB";
    if (info.type != ParameterType::number || (isLevel && info.maximum <= 0)) // half a threshold says nothing
        return std::nullopt;
    ParameterWish wish;
    wish.parameter = *knob;
    wish.change = isLevel ? Change::by : Change::times;
    wish.value = static_cast<float>(isLevel ? 20 * std::log10(*mention.times) : *mention.times);
    wish.reason = mention.words;
    return wish;
}

std::vector<ToneEffect> stepsBesides(const Reading& reading, const Mention& mention, const ToneEffects& bound)
{
    const auto stage = *mention.boundStage;
    const auto isAmount = [stage](const ToneEffect& effect)
    { return infoOf(effect.axis).name == nameOf(stage); };
    const auto isLevelOfIt = [&](const Mention& other)
    {
        const auto* const steps = other.boundStage == stage ? other.entry->toneFor(stage) : nullptr;
        return steps != nullptr && other.entry != mention.entry && steps->size() == 1 &&
               isAmount(steps->front());
    };
    std::vector<ToneEffect> steps(bound.begin(), bound.end());
    if (std::any_of(reading.mentions.begin(), reading.mentions.end(), isLevelOfIt))
        std::erase_if(steps, isAmount);
    return steps;
}

} // namespace tonewright::offline
