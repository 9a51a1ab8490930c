#include "plugin/editor/InputLevelButton.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
juce::Colour colourOf(InputAdvice::Kind kind)
{
    using Kind = InputAdvice::Kind;
    switch (kind)
    {
    case Kind::good:
        return theme::calm;
    case Kind::low:
    case Kind::hot:
        return theme::accent;
    case Kind::clipping:
        return theme::problem;
    case Kind::unknown:
        break;
    }
    return theme::faintText;
}
} // namespace

InputLevelButton::InputLevelButton() : juce::Button("Input level")
{
    setMouseClickGrabsKeyboardFocus(false);
    show({});
}

void InputLevelButton::show(const InputAdvice& advice)
{
    if (advice == shown)
        return;
    shown = advice;
    const juce::String sentence(advice.sentence());
    setTitle("Input level: " + juce::String(advice.word()));
    setDescription(sentence);
    setTooltip(sentence + "\nClick to calibrate.");
    repaint();
}

void InputLevelButton::paintButton(juce::Graphics& graphics, bool isHighlighted, bool isDown)
{
    const auto bounds = getLocalBounds().toFloat();
    if (isHighlighted || isDown)
    {
        graphics.setColour(isDown ? theme::outline : theme::raised);
        graphics.fillRoundedRectangle(bounds, theme::cornerRadius);
    }
    auto area = bounds.reduced(6, 5);
    graphics.setFont(theme::smallFont());
    graphics.setColour(theme::secondaryText);
    graphics.drawText("Input", area.removeFromTop(area.getHeight() / 2), juce::Justification::centredLeft,
                      false);
    graphics.setColour(colourOf(shown.kind));
    graphics.fillEllipse(area.removeFromLeft(7).withSizeKeepingCentre(7, 7));
    graphics.drawText(juce::String(shown.word()), area.withTrimmedLeft(5), juce::Justification::centredLeft,
                      false);
    if (hasKeyboardFocus(false))
        theme::drawFocusRing(graphics, bounds);
}

} // namespace tonewright::plugin
