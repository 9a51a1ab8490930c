#include "plugin/editor/IconButton.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
constexpr float pi = juce::MathConstants<float>::pi;

juce::Path chevron(float tip)
{
    juce::Path path;
    const float back = 24.0f - tip;
    path.startNewSubPath(back, 6);
    path.lineTo(tip, 12);
    path.lineTo(back, 18);
    return path;
}

/// An arrow that turns back to the left.
juce::Path turningBack()
{
    juce::Path path;
    path.startNewSubPath(9, 4.5f);
    path.lineTo(4.5f, 9);
    path.lineTo(9, 13.5f);
    path.startNewSubPath(4.5f, 9);
    path.lineTo(14, 9);
    path.addCentredArc(14, 14, 5, 5, 0, 0, pi);
    path.lineTo(9, 19);
    return path;
}

juce::Path sliders()
{
    juce::Path path;
    for (const auto& [y, knob] : {std::pair{6.0f, 15.0f}, {12.0f, 8.0f}, {18.0f, 16.0f}})
    {
        path.startNewSubPath(4, y);
        path.lineTo(knob - 2.5f, y);
        path.addEllipse(knob - 2.5f, y - 2.5f, 5, 5);
        path.startNewSubPath(knob + 2.5f, y);
        path.lineTo(20, y);
    }
    return path;
}

/// Two prongs, a bow and a stem.
juce::Path tuningFork()
{
    juce::Path path;
    path.startNewSubPath(8, 3.5f);
    path.lineTo(8, 10.5f);
    path.addCentredArc(12, 10.5f, 4, 4, 0, 1.5f * pi, 0.5f * pi);
    path.startNewSubPath(16, 10.5f);
    path.lineTo(16, 3.5f);
    path.startNewSubPath(12, 14.5f);
    path.lineTo(12, 20.5f);
    return path;
}

juce::Path arrowIntoTray()
{
    juce::Path path;
    path.startNewSubPath(12, 4);
    path.lineTo(12, 14);
    path.startNewSubPath(8, 10.5f);
    path.lineTo(12, 14.5f);
    path.lineTo(16, 10.5f);
    path.startNewSubPath(4.5f, 14.5f);
    path.lineTo(4.5f, 19.5f);
    path.lineTo(19.5f, 19.5f);
    path.lineTo(19.5f, 14.5f);
    return path;
}

juce::Path cross()
{
    juce::Path path;
    path.startNewSubPath(7, 7);
    path.lineTo(17, 17);
    path.startNewSubPath(17, 7);
    path.lineTo(7, 17);
    return path;
}
} // namespace

juce::Path pathOf(Icon icon)
{
    switch (icon)
    {
    case Icon::previous:
        return chevron(9);
    case Icon::next:
        return chevron(15);
    case Icon::undo:
        return turningBack();
    case Icon::redo:
    {
        auto path = turningBack();
        path.applyTransform(juce::AffineTransform::scale(-1, 1).translated(24, 0));
        return path;
    }
    case Icon::settings:
        return sliders();
    case Icon::tuner:
        return tuningFork();
    case Icon::save:
        return arrowIntoTray();
    case Icon::close:
        break;
    }
    return cross();
}

IconButton::IconButton(Icon icon, const juce::String& title, const juce::String& shortcut)
    : juce::Button(title), path(pathOf(icon))
{
    setTitle(title);
    setTooltip(shortcut.isEmpty() ? title : title + " (" + shortcut + ")");
    setMouseClickGrabsKeyboardFocus(false);
}

void IconButton::paintButton(juce::Graphics& graphics, bool isHighlighted, bool isDown)
{
    const auto area = getLocalBounds().toFloat();
    if (isEnabled() && (isHighlighted || isDown))
    {
        graphics.setColour(isDown ? theme::outline : theme::raised);
        graphics.fillRoundedRectangle(area, theme::cornerRadius);
    }
    const float size = juce::jmin(area.getWidth(), area.getHeight()) * 0.625f;
    const auto place = juce::AffineTransform::scale(size / 24.0f)
                           .translated(area.getCentreX() - size * 0.5f, area.getCentreY() - size * 0.5f);
    graphics.setColour(isEnabled() ? (isHighlighted ? theme::text : theme::secondaryText) : theme::outline);
    graphics.strokePath(path, {1.75f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded}, place);
    if (hasKeyboardFocus(false))
        theme::drawFocusRing(graphics, area);
}

} // namespace tonewright::plugin
