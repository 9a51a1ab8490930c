#include "plugin/editor/EqualiserCurve.h"

#include "plugin/editor/Theme.h"

#include <cmath>

namespace tonewright::plugin
{
namespace
{
// The guitar's world, and a little more gain than one band can give.
constexpr double lowest = 25;
constexpr double highest = 20'000;
constexpr double largest = 18;
} // namespace

EqualiserCurve::EqualiserCurve(juce::Colour hueToDraw) : hue(hueToDraw)
{
    setInterceptsMouseClicks(false, false);
    setAccessible(false); // the knobs beside it say the same in words
}

void EqualiserCurve::setBands(std::vector<Band> bands)
{
    if (bands == shown)
        return;
    shown = std::move(bands);
    repaint();
}

double EqualiserCurve::gainAt(const std::vector<Band>& bands, double frequency)
{
    double power = 1;
    for (const auto& band : bands)
        power *= dsp::prototypePower(band.shape, std::pow(10.0, band.decibels / 40.0), band.q,
                                     frequency / band.frequency);
    return 10.0 * std::log10(power);
}

float EqualiserCurve::xOf(double frequency) const
{
    return static_cast<float>(std::log(frequency / lowest) / std::log(highest / lowest)) *
           static_cast<float>(getWidth());
}

float EqualiserCurve::yOf(double decibels) const
{
    const double place = 0.5 - juce::jlimit(-largest, largest, decibels) / (2 * largest);
    return 3.0f + static_cast<float>(place) * (static_cast<float>(getHeight()) - 6.0f);
}

void EqualiserCurve::paintGrid(juce::Graphics& graphics) const
{
    graphics.setColour(theme::sunken);
    graphics.fillRoundedRectangle(getLocalBounds().toFloat(), 4.0f);
    graphics.setColour(theme::outline.withAlpha(0.7f));
    for (const double frequency : {100.0, 1000.0, 10'000.0})
        graphics.fillRect(xOf(frequency), 0.0f, 1.0f, static_cast<float>(getHeight()));
    for (const double decibels : {-12.0, 0.0, 12.0})
        graphics.fillRect(0.0f, yOf(decibels) - 0.5f, static_cast<float>(getWidth()), 1.0f);
    graphics.setColour(theme::faintText);
    graphics.setFont(juce::Font(10.0f));
    for (const auto& [frequency, name] : {std::pair{100.0, "100"}, {1000.0, "1k"}, {10'000.0, "10k"}})
    {
        constexpr float width = 26;
        const bool fitsRight = xOf(frequency) + width < static_cast<float>(getWidth());
        const float left = fitsRight ? xOf(frequency) + 3 : xOf(frequency) - 3 - width;
        graphics.drawText(name, juce::Rectangle<float>(left, static_cast<float>(getHeight()) - 14, width, 12),
                          fitsRight ? juce::Justification::centredLeft : juce::Justification::centredRight,
                          false);
    }
}

void EqualiserCurve::paint(juce::Graphics& graphics)
{
    paintGrid(graphics);
    if (getWidth() < 2)
        return;
    juce::Path curve;
    for (int x = 0; x <= getWidth(); x += 2)
    {
        const double frequency = lowest * std::pow(highest / lowest, x / static_cast<double>(getWidth()));
        const juce::Point<float> point(static_cast<float>(x), yOf(gainAt(shown, frequency)));
        if (x == 0)
            curve.startNewSubPath(point);
        else
            curve.lineTo(point);
    }
    juce::Path area(curve);
    area.lineTo(curve.getCurrentPosition().x, yOf(0));
    area.lineTo(0, yOf(0));
    area.closeSubPath();
    graphics.setColour(hue.withAlpha(0.18f));
    graphics.fillPath(area);
    graphics.setColour(hue);
    graphics.strokePath(curve, juce::PathStrokeType(1.75f));
    for (const auto& band : shown)
        graphics.fillEllipse(juce::Rectangle<float>(5, 5).withCentre(
            {xOf(band.frequency), yOf(gainAt(shown, band.frequency))}));
}

} // namespace tonewright::plugin
