#include "plugin/editor/MeterStrip.h"

#include "plugin/editor/ReadOnlyText.h"
#include "plugin/editor/Theme.h"

#include <cmath>

namespace tonewright::plugin
{
namespace
{
constexpr float lowest = -60.0f;
constexpr float highest = 6.0f;
constexpr float loud = -6.0f;
// A quick rise, a fall slow enough to read (20 dB a second, as quasi-peak programme meters do), peaks held
// for 1.5 s.
constexpr double fallPerSecond = 20.0;
constexpr double holdSeconds = 1.5;
} // namespace

MeterView::MeterView(LevelMeter& meterToRead, const juce::String& nameToShow)
    : meter(meterToRead), name(nameToShow)
{
    setTitle(name + " level");
    setTooltip(
        name +
        " level in dB below full scale. The light at the end stays on after an overload; click to reset it.");
    setComponentID("meter." + name);
}

void MeterView::tick(double seconds)
{
    const float fall = static_cast<float>(fallPerSecond * seconds);
    newest = floorDecibels;
    for (std::size_t index = 0; index < channels.size(); ++index)
    {
        auto& channel = channels[index];
        const float peak = juce::Decibels::gainToDecibels(meter.takePeak(index), floorDecibels);
        newest = juce::jmax(newest, peak);
        clipped = clipped || peak > 0.0f;
        channel.level = juce::jmax(peak, channel.level - fall, floorDecibels);
        channel.heldFor += seconds;
        if (peak >= channel.held)
        {
            channel.held = peak;
            channel.heldFor = 0;
        }
        else if (channel.heldFor > holdSeconds)
            channel.held = juce::jmax(channel.level, channel.held - fall);
    }
    const auto bars = barArea();
    const auto pixelOf = [&](float decibels)
    { return juce::roundToInt(2 * xOf(decibels, bars.getX(), bars.getWidth())); };
    std::array<int, 2 * LevelMeter::channelCount + 1> now{clipped ? 1 : 0};
    for (std::size_t index = 0; index < channels.size(); ++index)
    {
        now[2 * index + 1] = pixelOf(channels[index].level);
        now[2 * index + 2] = pixelOf(channels[index].held);
    }
    if (now == painted)
        return;
    painted = now;
    repaint();
}

float MeterView::heldDecibels() const
{
    float loudest = floorDecibels;
    for (const auto& channel : channels)
        loudest = juce::jmax(loudest, channel.held);
    return loudest;
}

juce::String MeterView::valueText() const
{
    const float held = heldDecibels();
    if (held < lowest)
        return juce::String::fromUTF8("\xe2\x88\x92\xe2\x88\x9e"); // minus infinity
    return juce::String(held, 1);
}

float MeterView::xOf(float decibels, float left, float width)
{
    return left + width * juce::jlimit(0.0f, 1.0f, (decibels - lowest) / (highest - lowest));
}

juce::Rectangle<float> MeterView::barArea() const
{
    return getLocalBounds().toFloat().withTrimmedLeft(32).withTrimmedRight(54);
}

void MeterView::paint(juce::Graphics& graphics)
{
    const auto area = getLocalBounds().toFloat();
    graphics.setFont(theme::smallFont());
    graphics.setColour(theme::secondaryText);
    graphics.drawText(name, area.withWidth(30), juce::Justification::centredLeft, false);

    const auto bars = barArea();
    const float height = (bars.getHeight() - 2) / static_cast<float>(channels.size());
    for (std::size_t index = 0; index < channels.size(); ++index)
    {
        const auto track = bars.withHeight(height).translated(0, static_cast<float>(index) * (height + 2));
        graphics.setColour(theme::sunken);
        graphics.fillRoundedRectangle(track, 1.5f);
        const auto fill = [&](float from, float to, juce::Colour colour)
        {
            const float left = xOf(from, track.getX(), track.getWidth());
            const float right = xOf(juce::jmin(to, channels[index].level), track.getX(), track.getWidth());
            if (right > left)
            {
                graphics.setColour(colour);
                graphics.fillRect(track.withX(left).withRight(right));
            }
        };
        fill(lowest, loud, theme::calm);
        fill(loud, 0, theme::accent);
        fill(0, highest, theme::problem);
        if (channels[index].held > lowest)
        {
            graphics.setColour(theme::text);
            graphics.fillRect(
                track.withX(xOf(channels[index].held, track.getX(), track.getWidth()) - 1).withWidth(1.5f));
        }
    }
    graphics.setColour(clipped ? theme::problem : theme::outline);
    graphics.fillRoundedRectangle(bars.withX(bars.getRight() + 4).withWidth(8), 2);
    graphics.setFont(theme::smallFont());
    graphics.setColour(clipped ? theme::problem : theme::text);
    graphics.drawText(valueText(), area.withLeft(area.getRight() - 40), juce::Justification::centredRight,
                      false);
}

void MeterView::mouseDown(const juce::MouseEvent&)
{
    resetClip();
}

void MeterView::resetClip()
{
    clipped = false;
    painted = {};
    repaint();
}

std::unique_ptr<juce::AccessibilityHandler> MeterView::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler>(
        *this, juce::AccessibilityRole::label,
        juce::AccessibilityActions().addAction(juce::AccessibilityActionType::press, [this] { resetClip(); }),
        juce::AccessibilityHandler::Interfaces{std::make_unique<ReadOnlyText>(
            [this] { return valueText() + " dB" + (clipped ? ", has clipped" : ""); })});
}

MeterStrip::MeterStrip(LevelMeter& input, LevelMeter& output)
    : inputView(input, "In"), outputView(output, "Out")
{
    addAndMakeVisible(inputView);
    addAndMakeVisible(outputView);
    setTitle("Levels");
}

void MeterStrip::tick(double seconds)
{
    inputView.tick(seconds);
    outputView.tick(seconds);
}

void MeterStrip::resized()
{
    auto area = getLocalBounds();
    inputView.setBounds(area.removeFromTop(14));
    outputView.setBounds(area.removeFromBottom(14));
}

void MeterStrip::paint(juce::Graphics& graphics)
{
    const auto bars = inputView.barArea().translated(static_cast<float>(inputView.getX()), 0);
    graphics.setFont(juce::Font(10.0f));
    graphics.setColour(theme::faintText);
    for (const int decibels : {-48, -36, -24, -12, 0})
    {
        const float x = MeterView::xOf(static_cast<float>(decibels), bars.getX(), bars.getWidth());
        graphics.drawText(
            juce::String(decibels),
            juce::Rectangle<float>(30, static_cast<float>(outputView.getY() - inputView.getBottom()))
                .withCentre({x, static_cast<float>(inputView.getBottom() + outputView.getY()) * 0.5f}),
            juce::Justification::centred, false);
    }
}

} // namespace tonewright::plugin
