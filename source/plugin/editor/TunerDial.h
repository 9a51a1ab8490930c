#pragma once

#include "plugin/TunerReading.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <optional>

namespace tonewright::plugin
{

/// The tuner's face: the note, how many cents it is off, a needle over a scale of a semitone, and stripes
/// that drift the way the string is out of tune and stand still when it is not. All [message].
class TunerDial : public juce::Component
{
public:
    TunerDial();

    /// What to show, `seconds` after the last call.
    void show(const std::optional<TunerReading>& reading, double seconds);

    /// The reading as a sentence: "E2, 3 cents flat".
    juce::String sentence() const;

    void paint(juce::Graphics& graphics) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

private:
    juce::Rectangle<float> scaleArea() const;
    void paintNote(juce::Graphics& graphics, juce::Rectangle<float> area) const;
    void paintScale(juce::Graphics& graphics) const;
    void paintStripes(juce::Graphics& graphics) const;
    juce::Colour colour() const;

    std::optional<TunerReading> shown;
    float needle = 0; ///< cents, gliding after the reading
    float drift = 0;  ///< of the stripes, 0 to 1 stripe
};

} // namespace tonewright::plugin
