#include "plugin/HostParameters.h"

#include "plugin/HostNames.h"

#include <memory>

namespace tonewright::plugin
{
namespace
{
juce::String toJuce(std::string_view text)
{
    return juce::String::fromUTF8(text.data(), static_cast<int>(text.size()));
}

juce::NormalisableRange<float> rangeOf(const ParameterInfo& info)
{
    if (info.taper == Taper::linear && info.type != ParameterType::choice)
        return {info.minimum, info.maximum, info.type == ParameterType::number ? 0.0f : 1.0f};
    return {info.minimum, info.maximum,
            [&info](float, float, float position) { return fromNormalised(info, position); },
            [&info](float, float, float value) { return toNormalised(info, value); },
            [&info](float, float, float value) { return legalValue(info, value); }};
}
} // namespace

HostParameter::HostParameter(ParameterIndex index, SharedParameters& shared)
    : juce::RangedAudioParameter(
          juce::ParameterID{toJuce(infoOf(index).id), 1}, toJuce(hostNameOf(infoOf(index))),
          juce::AudioProcessorParameterWithIDAttributes().withLabel(toJuce(infoOf(index).unit))),
      info(infoOf(index)), place(index), values(shared), range(rangeOf(infoOf(index)))
{
}

void HostParameter::announce()
{
    sendValueChangedMessageToListeners(getValue());
}

float HostParameter::getValue() const
{
    return toNormalised(info, values.getOne(place));
}

void HostParameter::setValue(float position)
{
    // A host that hands our own number back must not round the value behind it.
    if (position != getValue())
        values.setOne(place, fromNormalised(info, position));
}

float HostParameter::getDefaultValue() const
{
    return toNormalised(info, info.defaultValue);
}

juce::String HostParameter::getText(float position, int maximumLength) const
{
    std::string text = textOf(info, fromNormalised(info, position));
    // Hosts write the label beside the text themselves.
    if (!info.unit.empty() && text.size() > info.unit.size() + 1)
        text.resize(text.size() - info.unit.size() - 1);
    const auto result = toJuce(text);
    return maximumLength > 0 ? result.substring(0, maximumLength) : result;
}

float HostParameter::getValueForText(const juce::String& text) const
{
    const auto value = valueFromText(info, text.toStdString());
    return value ? toNormalised(info, *value) : getValue();
}

const juce::NormalisableRange<float>& HostParameter::getNormalisableRange() const
{
    return range;
}

int HostParameter::getNumSteps() const
{
    return isDiscrete() ? static_cast<int>(info.maximum - info.minimum) + 1
                        : juce::AudioProcessor::getDefaultNumParameterSteps();
}

bool HostParameter::isDiscrete() const
{
    return info.type != ParameterType::number;
}

bool HostParameter::isBoolean() const
{
    return info.type == ParameterType::toggle;
}

HostParameters::HostParameters(juce::AudioProcessor& processor, SharedParameters& shared)
{
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        auto parameter = std::make_unique<HostParameter>(static_cast<ParameterIndex>(index), shared);
        parameters[index] = parameter.get();
        processor.addParameter(parameter.release());
    }
}

void HostParameters::announceChanges(const ParameterSet& previous, const ParameterSet& present) const
{
    const auto isOther = [&](std::size_t index)
    {
        return previous.values[index] != present.values[index] ||
               (static_cast<ParameterIndex>(index) == "cabinet.model"_p &&
                previous.impulseResponse != present.impulseResponse);
    };
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (isOther(index))
            parameters[index]->announce();
}

} // namespace tonewright::plugin
