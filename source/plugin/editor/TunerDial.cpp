#include "plugin/editor/TunerDial.h"

#include "plugin/editor/ReadOnlyText.h"
#include "plugin/editor/Theme.h"

#include <cmath>

namespace tonewright::plugin
{
namespace
{
constexpr float widest = 50; // cents to either side
constexpr double needleSeconds = 0.06;
/// Stripes a second that pass for each cent, as on a strobe disc; slow enough for 30 pictures a second.
constexpr double stripesPerCent = 0.25;
constexpr double fastestStripes = 6;
constexpr float stripeWidth = 26;
constexpr float stripesHeight = 10;

juce::String centsText(double cents)
{
    const auto rounded = juce::roundToInt(cents);
    return (rounded > 0 ? "+" : "") + juce::String(rounded);
}
} // namespace

TunerDial::TunerDial()
{
    setTitle("Tuner");
    setComponentID("tuner.dial");
    setWantsKeyboardFocus(false);
}

void TunerDial::show(const std::optional<TunerReading>& reading, double seconds)
{
    const bool wasEmpty = !shown;
    shown = reading;
    if (!shown)
    {
        if (!wasEmpty)
            repaint();
        return;
    }
    const auto cents = static_cast<float>(shown->note.cents);
    const auto follow = static_cast<float>(1 - std::exp(-seconds / needleSeconds));
    needle = wasEmpty ? cents : needle + follow * (cents - needle);
    if (shown->isSounding)
    {
        const double speed =
            juce::jlimit(-fastestStripes, fastestStripes, shown->note.cents * stripesPerCent);
        drift = static_cast<float>(drift + speed * seconds);
        drift -= std::floor(drift);
    }
    repaint();
}

juce::String TunerDial::sentence() const
{
    if (!shown)
        return "Play one string.";
    const auto note =
        juce::String(shown->note.name()).replace("#", " sharp ") + juce::String(shown->note.octave());
    const int cents = juce::roundToInt(std::abs(shown->note.cents));
    if (shown->isInTune())
        return note + ", in tune";
    return note + ", " + juce::String(cents) + (cents == 1 ? " cent " : " cents ") +
           (shown->note.cents < 0 ? "flat" : "sharp");
}

juce::Colour TunerDial::colour() const
{
    if (!shown || !shown->isSounding)
        return theme::faintText;
    return shown->isInTune() ? theme::calm : theme::accent;
}

juce::Rectangle<float> TunerDial::scaleArea() const
{
    return getLocalBounds().toFloat().removeFromBottom(92).reduced(theme::grid, 0);
}

void TunerDial::paint(juce::Graphics& graphics)
{
    auto area = getLocalBounds().toFloat();
    theme::drawPanel(graphics, area, theme::sunken);
    paintNote(graphics, area.withTrimmedBottom(92));
    paintScale(graphics);
    paintStripes(graphics);
}

void TunerDial::paintNote(juce::Graphics& graphics, juce::Rectangle<float> area) const
{
    if (!shown)
    {
        graphics.setFont(theme::font());
        graphics.setColour(theme::secondaryText);
        graphics.drawText("Play one string.", area, juce::Justification::centred, false);
        return;
    }
    graphics.setColour(shown->isSounding ? theme::text : theme::faintText);
    const juce::String name(shown->note.name());
    const juce::Font large(76.0f, juce::Font::bold);
    const juce::Font small(26.0f);
    const float width = large.getStringWidthFloat(name);
    const auto place = area.withSizeKeepingCentre(width, 84);
    graphics.setFont(large);
    graphics.drawText(name, place.expanded(4, 0), juce::Justification::centred, false);
    graphics.setFont(small);
    graphics.drawText(juce::String(shown->note.octave()),
                      place.withX(place.getRight() + 6).withWidth(40).withTrimmedTop(42),
                      juce::Justification::centredLeft, false);
    graphics.setFont(theme::font());
    graphics.setColour(theme::secondaryText);
    graphics.drawText(juce::String(shown->frequency, 2) + " Hz", area.reduced(2 * theme::grid).withWidth(120),
                      juce::Justification::centredLeft, false);
    graphics.setColour(colour());
    graphics.drawText(shown->isInTune() ? juce::String("in tune") : centsText(needle) + " cents",
                      area.reduced(2 * theme::grid).removeFromRight(120), juce::Justification::centredRight,
                      false);
}

void TunerDial::paintScale(juce::Graphics& graphics) const
{
    const auto area = scaleArea();
    const auto xOf = [&](float cents) {
        return area.getCentreX() + juce::jlimit(-widest, widest, cents) / widest * (area.getWidth() / 2 - 14);
    };
    const float top = area.getY() + 8;
    for (int cents = -50; cents <= 50; cents += 5)
    {
        const bool isLong = cents % 10 == 0;
        graphics.setColour(cents == 0 ? theme::text : theme::outline.brighter(isLong ? 0.4f : 0.0f));
        const float height = cents == 0 ? 26.0f : isLong ? 16.0f : 9.0f;
        graphics.fillRect(xOf(static_cast<float>(cents)) - 0.75f, top, 1.5f, height);
        if (cents % 25 == 0 && cents != 0)
        {
            graphics.setFont(theme::smallFont());
            graphics.setColour(theme::faintText);
            graphics.drawText(
                (cents > 0 ? "+" : "") + juce::String(cents),
                juce::Rectangle<float>(40, 14).withCentre({xOf(static_cast<float>(cents)), top + 34}),
                juce::Justification::centred, false);
        }
    }
    if (!shown)
        return;
    graphics.setColour(colour());
    const float x = xOf(needle);
    juce::Path pointer;
    pointer.addTriangle(x - 7, top + 46, x + 7, top + 46, x, top + 30);
    graphics.fillPath(pointer);
    graphics.fillRoundedRectangle(x - 1.5f, top, 3, 32, 1.5f);
}

void TunerDial::paintStripes(juce::Graphics& graphics) const
{
    if (!shown)
        return;
    const auto area = scaleArea().removeFromBottom(stripesHeight + 12).withTrimmedBottom(12);
    const juce::Graphics::ScopedSaveState saved(graphics);
    graphics.reduceClipRegion(area.toNearestInt());
    graphics.setColour(colour().withMultipliedAlpha(0.55f));
    for (float x = area.getX() + (drift - 1) * stripeWidth; x < area.getRight(); x += stripeWidth)
        graphics.fillRect(x, area.getY(), stripeWidth / 2, area.getHeight());
}

std::unique_ptr<juce::AccessibilityHandler> TunerDial::createAccessibilityHandler()
{
    return std::make_unique<juce::AccessibilityHandler>(
        *this, juce::AccessibilityRole::label, juce::AccessibilityActions(),
        juce::AccessibilityHandler::Interfaces{
            std::make_unique<ReadOnlyText>([this] { return sentence(); })});
}

} // namespace tonewright::plugin
