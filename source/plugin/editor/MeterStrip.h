#pragma once

#include "plugin/LevelMeter.h"

#include <juce_audio_basics/juce_audio_basics.h>
#include <juce_gui_basics/juce_gui_basics.h>

#include <array>

namespace tonewright::plugin
{

/// One level on screen: a bar a channel, the highest peak of the last moments as a line and a number, and a
/// light that stays on after an overload until it is clicked. Paints only what has moved. All [message].
class MeterView : public juce::Component, public juce::SettableTooltipClient
{
public:
    MeterView(LevelMeter& meter, const juce::String& name);

    /// Takes the meter's peaks, `seconds` after the last call.
    void tick(double seconds);

    /// The highest peak that the last tick() took, in decibels below full scale.
    float newestPeak() const noexcept { return newest; }
    /// The loudest peak of the last moments, in decibels below full scale.
    float heldDecibels() const;
    bool hasClipped() const noexcept { return clipped; }

    void paint(juce::Graphics& graphics) override;
    void mouseDown(const juce::MouseEvent& event) override;
    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override;

    /// Where a level lies on a bar that starts at `left` and is `width` long.
    static float xOf(float decibels, float left, float width);
    /// The part of the view the bars take.
    juce::Rectangle<float> barArea() const;

private:
    struct Channel
    {
        float level = floorDecibels;
        float held = floorDecibels;
        double heldFor = 0;
    };
    static constexpr float floorDecibels = -100.0f;

    void resetClip();
    juce::String valueText() const;

    LevelMeter& meter;
    const juce::String name;
    std::array<Channel, LevelMeter::channelCount> channels;
    float newest = floorDecibels;
    bool clipped = false;
    std::array<int, 2 * LevelMeter::channelCount + 1> painted{};
};

/// The input's and the output's meter with one scale between them. All [message].
class MeterStrip : public juce::Component
{
public:
    MeterStrip(LevelMeter& input, LevelMeter& output);

    void tick(double seconds);
    /// The input's highest peak that the last tick() took, in decibels below full scale.
    float newestInputPeak() const noexcept { return inputView.newestPeak(); }
    void resized() override;
    void paint(juce::Graphics& graphics) override;

private:
    MeterView inputView;
    MeterView outputView;
};

} // namespace tonewright::plugin
