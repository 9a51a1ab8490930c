#pragma once

#include "plugin/SharedParameters.h"
#include "tone/ParameterTable.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <array>
#include <functional>

namespace tonewright::plugin
{

/// A line of the parameter table as hosts see it. The value itself lives in SharedParameters; the host's
/// normalised number is derived from it, never kept, so that nothing is rounded on its way through a host.
class HostParameter final : public juce::RangedAudioParameter
{
public:
    /// [setup] `shared` must outlive the parameter.
    HostParameter(ParameterIndex index, SharedParameters& shared);

    /// [message] Told when the player takes hold of it on our screen (true) and lets go (false).
    std::function<void(bool)> onGesture;

    /// [any] Tells host and screen the value of the moment, after it was changed in SharedParameters.
    void announce();

    float getValue() const override;
    void setValue(float position) override;
    float getDefaultValue() const override;
    juce::String getText(float position, int maximumLength) const override;
    float getValueForText(const juce::String& text) const override;
    const juce::NormalisableRange<float>& getNormalisableRange() const override;
    int getNumSteps() const override;
    bool isDiscrete() const override;
    bool isBoolean() const override;

private:
    const ParameterInfo& info;
    ParameterIndex place;
    SharedParameters& values;
    juce::NormalisableRange<float> range;
};

/// Every parameter of the table, added to a processor, which owns them.
class HostParameters
{
public:
    /// [setup] Adds the parameters to `processor` in the table's order.
    HostParameters(juce::AudioProcessor& processor, SharedParameters& shared);

    HostParameter& operator[](ParameterIndex index) const noexcept
    {
        return *parameters[static_cast<std::size_t>(index)];
    }

    /// [any] Tells host and screen about every parameter that differs from `previous`. Another impulse
    /// response is told as another cabinet, so that the host knows that its project has changed.
    void announceChanges(const ParameterSet& previous, const ParameterSet& present) const;

private:
    std::array<HostParameter*, parameterCount> parameters{};
};

} // namespace tonewright::plugin
