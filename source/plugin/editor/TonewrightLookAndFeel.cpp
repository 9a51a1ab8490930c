#include "plugin/editor/TonewrightLookAndFeel.h"

#include "plugin/editor/Theme.h"

#include <cmath>

namespace tonewright::plugin
{
namespace
{
constexpr int tooltipPadding = theme::grid;
constexpr float tooltipWidth = 320;

juce::LookAndFeel_V4::ColourScheme colourScheme()
{
    return {theme::background, theme::sunken,   theme::raised, theme::outline, theme::text,
            theme::raised,     theme::onAccent, theme::accent, theme::text};
}
} // namespace

TonewrightLookAndFeel::TonewrightLookAndFeel() : juce::LookAndFeel_V4(colourScheme())
{
    setColour(juce::TextEditor::backgroundColourId, theme::sunken);
    setColour(juce::TextEditor::textColourId, theme::text);
    setColour(juce::TextEditor::highlightColourId, theme::accent.withAlpha(0.35f));
    setColour(juce::TextEditor::highlightedTextColourId, theme::text);
    setColour(juce::TextEditor::outlineColourId, theme::outline);
    setColour(juce::TextEditor::focusedOutlineColourId, theme::accent);
    setColour(juce::CaretComponent::caretColourId, theme::accent);
    setColour(juce::Label::textColourId, theme::text);
    setColour(juce::Label::textWhenEditingColourId, theme::text);
    setColour(juce::Label::backgroundWhenEditingColourId, theme::sunken);
    setColour(juce::Label::outlineWhenEditingColourId, theme::accent);
    setColour(juce::TextButton::buttonColourId, theme::raised);
    setColour(juce::TextButton::textColourOffId, theme::text);
    setColour(juce::ComboBox::textColourId, theme::text);
    setColour(juce::PopupMenu::backgroundColourId, theme::raised);
    setColour(juce::PopupMenu::textColourId, theme::text);
    setColour(juce::PopupMenu::highlightedBackgroundColourId, theme::accent);
    setColour(juce::PopupMenu::highlightedTextColourId, theme::onAccent);
    setColour(juce::ListBox::backgroundColourId, theme::sunken);
    setColour(juce::ListBox::textColourId, theme::text);
    setColour(juce::TooltipWindow::textColourId, theme::text);
}

// ---- buttons

void TonewrightLookAndFeel::drawButtonBackground(juce::Graphics& graphics, juce::Button& button,
                                                 const juce::Colour& colour, bool isHighlighted, bool isDown)
{
    auto fill = button.isEnabled() ? colour : colour.withMultipliedSaturation(0.4f).withMultipliedAlpha(0.5f);
    if (button.isEnabled() && (isHighlighted || isDown))
        fill = isDown ? fill.darker(0.15f) : fill.brighter(0.12f);
    const auto area = button.getLocalBounds().toFloat();
    graphics.setColour(fill);
    graphics.fillRoundedRectangle(area, theme::cornerRadius);
    if (button.hasKeyboardFocus(false))
        theme::drawFocusRing(graphics, area);
}

juce::Font TonewrightLookAndFeel::getTextButtonFont(juce::TextButton&, int)
{
    return theme::font();
}

// ---- choice boxes and menus

void TonewrightLookAndFeel::drawComboBox(juce::Graphics& graphics, int width, int height, bool, int, int, int,
                                         int, juce::ComboBox& box)
{
    const auto area = juce::Rectangle<int>(width, height).toFloat();
    graphics.setColour(box.isMouseOver(true) ? theme::raised.brighter(0.08f) : theme::raised);
    graphics.fillRoundedRectangle(area, 4.0f);
    if (const auto prefix = box.getProperties()["prefix"].toString(); prefix.isNotEmpty())
    {
        graphics.setFont(theme::smallFont());
        graphics.setColour(theme::secondaryText);
        graphics.drawText(prefix, area.withTrimmedLeft(theme::grid), juce::Justification::centredLeft, false);
    }
    juce::Path arrow;
    const float x = area.getRight() - 16;
    arrow.startNewSubPath(x, area.getCentreY() - 2);
    arrow.lineTo(x + 4, area.getCentreY() + 2);
    arrow.lineTo(x + 8, area.getCentreY() - 2);
    graphics.setColour(theme::secondaryText);
    graphics.strokePath(
        arrow, juce::PathStrokeType(1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded));
    if (box.hasKeyboardFocus(false))
        theme::drawFocusRing(graphics, area, 4.0f);
}

juce::Font TonewrightLookAndFeel::getComboBoxFont(juce::ComboBox&)
{
    return juce::Font(13.0f);
}

void TonewrightLookAndFeel::positionComboBoxText(juce::ComboBox& box, juce::Label& label)
{
    const auto prefix = box.getProperties()["prefix"].toString();
    const int left =
        prefix.isEmpty() ? 4 : 8 + juce::roundToInt(theme::smallFont().getStringWidthFloat(prefix));
    label.setBounds(left, 1, juce::jmax(1, box.getWidth() - left - 20), box.getHeight() - 2);
    label.setBorderSize({0, 4, 0, 0});
    label.setFont(getComboBoxFont(box));
    label.setMinimumHorizontalScale(0.8f);
}

juce::PopupMenu::Options TonewrightLookAndFeel::getOptionsForComboBoxPopupMenu(juce::ComboBox& box,
                                                                               juce::Label& label)
{
    // Inside the editor: a window of its own would fight with hosts for the keyboard. Where the editor is
    // scaled, inside what is scaled.
    juce::Component* parent = &box;
    while (parent->getParentComponent() != nullptr && !parent->isTransformed())
        parent = parent->getParentComponent();
    return juce::LookAndFeel_V4::getOptionsForComboBoxPopupMenu(box, label)
        .withParentComponent(parent)
        .withStandardItemHeight(3 * theme::grid + 4);
}

juce::Font TonewrightLookAndFeel::getPopupMenuFont()
{
    return theme::font();
}

void TonewrightLookAndFeel::drawPopupMenuBackgroundWithOptions(juce::Graphics& graphics, int width,
                                                               int height, const juce::PopupMenu::Options&)
{
    graphics.fillAll(theme::raised);
    graphics.setColour(theme::outline);
    graphics.drawRect(0, 0, width, height, 1);
}

int TonewrightLookAndFeel::getPopupMenuBorderSizeWithOptions(const juce::PopupMenu::Options&)
{
    return 4;
}

// ---- text

void TonewrightLookAndFeel::fillTextEditorBackground(juce::Graphics& graphics, int width, int height,
                                                     juce::TextEditor& editor)
{
    const auto colour = editor.findColour(juce::TextEditor::backgroundColourId);
    if (colour.isTransparent())
        return;
    graphics.setColour(colour);
    graphics.fillRoundedRectangle(juce::Rectangle<int>(width, height).toFloat(), 4.0f);
}

void TonewrightLookAndFeel::drawTextEditorOutline(juce::Graphics& graphics, int width, int height,
                                                  juce::TextEditor& editor)
{
    const bool isFocused = editor.hasKeyboardFocus(true);
    const auto colour = editor.findColour(isFocused ? juce::TextEditor::focusedOutlineColourId
                                                    : juce::TextEditor::outlineColourId);
    if (colour.isTransparent())
        return;
    graphics.setColour(colour);
    const float thickness = isFocused ? 2.0f : 1.0f;
    graphics.drawRoundedRectangle(juce::Rectangle<int>(width, height).toFloat().reduced(thickness * 0.5f),
                                  4.0f, thickness);
}

// ---- bars

void TonewrightLookAndFeel::drawScrollbar(juce::Graphics& graphics, juce::ScrollBar&, int x, int y, int width,
                                          int height, bool isVertical, int thumbStart, int thumbSize,
                                          bool isMouseOver, bool isMouseDown)
{
    auto thumb = juce::Rectangle<int>(x, y, width, height);
    thumb = isVertical ? thumb.withY(thumbStart).withHeight(thumbSize)
                       : thumb.withX(thumbStart).withWidth(thumbSize);
    graphics.setColour(isMouseDown || isMouseOver ? theme::faintText : theme::outline);
    graphics.fillRoundedRectangle(thumb.toFloat().reduced(1.5f), 3.0f);
}

int TonewrightLookAndFeel::getMinimumScrollbarThumbSize(juce::ScrollBar&)
{
    return 2 * theme::grid;
}

void TonewrightLookAndFeel::drawProgressBar(juce::Graphics& graphics, juce::ProgressBar&, int width,
                                            int height, double progress, const juce::String&)
{
    const auto area = juce::Rectangle<int>(width, height).toFloat();
    graphics.setColour(theme::outline);
    graphics.fillRoundedRectangle(area, area.getHeight() * 0.5f);
    graphics.setColour(theme::accent);
    if (progress >= 0 && progress <= 1)
    {
        graphics.fillRoundedRectangle(area.withWidth(area.getWidth() * static_cast<float>(progress)),
                                      area.getHeight() * 0.5f);
        return;
    }
    // Unknown: a light that swings to and fro once every two seconds.
    const double phase = juce::Time::getMillisecondCounter() % 2000 / 2000.0;
    const float place = static_cast<float>(0.5 - 0.5 * std::cos(2 * juce::MathConstants<double>::pi * phase));
    const float length = area.getWidth() * 0.2f;
    graphics.fillRoundedRectangle(area.withWidth(length).translated(place * (area.getWidth() - length), 0),
                                  area.getHeight() * 0.5f);
}

void TonewrightLookAndFeel::drawCornerResizer(juce::Graphics& graphics, int width, int height,
                                              bool isMouseOver, bool isDragging)
{
    graphics.setColour(isMouseOver || isDragging ? theme::secondaryText : theme::outline);
    for (const float inset : {0.35f, 0.65f})
        graphics.drawLine(static_cast<float>(width) * inset, static_cast<float>(height) - 2,
                          static_cast<float>(width) - 2, static_cast<float>(height) * inset, 1.5f);
}

// ---- tool tips

juce::TextLayout TonewrightLookAndFeel::layOutTooltip(const juce::String& text)
{
    juce::AttributedString attributed;
    attributed.append(text, theme::smallFont().withHeight(13.0f), theme::text);
    attributed.setLineSpacing(2);
    juce::TextLayout layout;
    layout.createLayout(attributed, tooltipWidth);
    return layout;
}

juce::Rectangle<int> TonewrightLookAndFeel::getTooltipBounds(const juce::String& text,
                                                             juce::Point<int> position,
                                                             juce::Rectangle<int> parent)
{
    const auto layout = layOutTooltip(text);
    const int width = static_cast<int>(std::ceil(layout.getWidth())) + 2 * tooltipPadding;
    const int height = static_cast<int>(std::ceil(layout.getHeight())) + 2 * tooltipPadding - 2;
    return juce::Rectangle<int>(position.x + 12, position.y + 18, width, height).constrainedWithin(parent);
}

void TonewrightLookAndFeel::drawTooltip(juce::Graphics& graphics, const juce::String& text, int width,
                                        int height)
{
    const auto area = juce::Rectangle<int>(width, height).toFloat();
    graphics.fillAll(theme::raised);
    graphics.setColour(theme::outline.brighter(0.2f));
    graphics.drawRect(area, 1.0f);
    layOutTooltip(text).draw(graphics,
                             area.reduced(static_cast<float>(tooltipPadding), tooltipPadding - 1.0f));
}

} // namespace tonewright::plugin
