#pragma once

#include "dsp/MatchedFilter.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <vector>

namespace tonewright::plugin
{

/// What an equaliser does, drawn: gain over frequency, with a dot for each band. All [message].
class EqualiserCurve : public juce::Component
{
public:
    struct Band
    {
        dsp::BandShape shape = dsp::BandShape::bell;
        double frequency = 1000;
        double decibels = 0;
        double q = 1;

        bool operator==(const Band&) const = default;
    };

    explicit EqualiserCurve(juce::Colour hue);

    void setBands(std::vector<Band> bands);
    void paint(juce::Graphics& graphics) override;

    /// Gain in decibels of all bands at a frequency in Hz.
    static double gainAt(const std::vector<Band>& bands, double frequency);

private:
    float xOf(double frequency) const;
    float yOf(double decibels) const;
    void paintGrid(juce::Graphics& graphics) const;

    const juce::Colour hue;
    std::vector<Band> shown;
};

} // namespace tonewright::plugin
