#pragma once

#include "tone/ParameterTable.h"

#include <juce_audio_processors/juce_audio_processors.h>

#include <optional>

namespace tonewright::plugin
{

/// Ties a control to a host parameter, in the parameter's unit, without listening to it: hosts may call
/// listeners on the audio thread, where JUCE's attachments would post a message, which locks. The control
/// asks instead, at the screen's pace (ChainView's timer). All [message].
class ParameterLink
{
public:
    ParameterLink(ParameterIndex index, juce::RangedAudioParameter& parameter);
    ~ParameterLink();
    ParameterLink(const ParameterLink&) = delete;
    ParameterLink& operator=(const ParameterLink&) = delete;

    ParameterIndex index() const noexcept { return place; }
    const ParameterInfo& info() const noexcept { return infoOf(place); }
    juce::RangedAudioParameter& hostParameter() const noexcept { return parameter; }

    /// The host's value.
    float value() const;

    /// The host's value if it differs from the one last seen here.
    std::optional<float> newValue();

    /// A gesture tells host and undo that the player holds the knob; set() outside one makes a gesture of its
    /// own.
    void beginGesture();
    void endGesture();
    void set(float value);

private:
    void tellGesture(bool isBeginning);

    const ParameterIndex place;
    juce::RangedAudioParameter& parameter;
    std::optional<float> lastSeen;
    bool isInGesture = false;
};

} // namespace tonewright::plugin
