#include "plugin/editor/PresetBar.h"

#include "plugin/editor/Theme.h"

#include <algorithm>

namespace tonewright::plugin
{

PresetBar::PresetBar(ToneSession& toneSession) : session(toneSession)
{
    for (auto* button : std::initializer_list<juce::Button*>{&previousButton, &nameButton, &nextButton,
                                                             &saveButton, &undoButton, &redoButton})
        addAndMakeVisible(button);
    previousButton.onClick = [this] { step(-1); };
    nextButton.onClick = [this] { step(1); };
    undoButton.onClick = [this] { session.undo(); };
    redoButton.onClick = [this] { session.redo(); };
    nameButton.onClick = [this]
    {
        if (onBrowse)
            onBrowse();
    };
    saveButton.onClick = [this]
    {
        if (onSave)
            onSave();
    };
    setTitle("Preset");
    showPreset();
}

void PresetBar::showPreset()
{
    const auto name = theme::oneLine(session.currentPreset().name);
    nameButton.setButtonText(name);
    nameButton.setTitle("Preset: " + name);
    nameButton.setTooltip(name + "\nBrowse presets (Ctrl+P)");
    showState();
}

void PresetBar::showState()
{
    nameButton.setEdited(session.isEdited());
    undoButton.setEnabled(session.canUndo());
    redoButton.setEnabled(session.canRedo());
}

void PresetBar::step(int direction)
{
    const auto entries = session.presets();
    if (entries.empty())
        return;
    const auto name = session.currentPreset().name;
    const auto present =
        std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.name == name; });
    const auto count = static_cast<int>(entries.size());
    const int start =
        present == entries.end() ? (direction > 0 ? -1 : count) : static_cast<int>(present - entries.begin());
    session.loadPreset(entries[static_cast<std::size_t>((start + direction + count) % count)]);
}

void PresetBar::resized()
{
    constexpr int width = theme::buttonHeight;
    auto area = getLocalBounds().withSizeKeepingCentre(getWidth(), theme::buttonHeight);
    redoButton.setBounds(area.removeFromRight(width));
    undoButton.setBounds(area.removeFromRight(width));
    area.removeFromRight(theme::grid);
    saveButton.setBounds(area.removeFromRight(width));
    nextButton.setBounds(area.removeFromRight(width));
    previousButton.setBounds(area.removeFromLeft(width));
    nameButton.setBounds(area);
}

PresetBar::NameButton::NameButton() : juce::Button("Preset")
{
    setMouseClickGrabsKeyboardFocus(false);
}

void PresetBar::NameButton::setEdited(bool isEdited)
{
    if (edited == isEdited)
        return;
    edited = isEdited;
    setDescription(edited ? "Edited since it was loaded or saved" : juce::String());
    repaint();
}

void PresetBar::NameButton::paintButton(juce::Graphics& graphics, bool isHighlighted, bool isDown)
{
    const auto bounds = getLocalBounds().toFloat();
    theme::drawPanel(graphics, bounds,
                     isDown          ? theme::outline
                     : isHighlighted ? theme::raised.brighter(0.08f)
                                     : theme::raised);
    auto area = getLocalBounds().reduced(12, 0);
    const auto arrowArea = area.removeFromRight(12).toFloat();
    juce::Path arrow;
    arrow.startNewSubPath(arrowArea.getX(), arrowArea.getCentreY() - 2);
    arrow.lineTo(arrowArea.getX() + 4, arrowArea.getCentreY() + 2);
    arrow.lineTo(arrowArea.getX() + 8, arrowArea.getCentreY() - 2);
    graphics.setColour(theme::secondaryText);
    graphics.strokePath(
        arrow, juce::PathStrokeType(1.5f, juce::PathStrokeType::curved, juce::PathStrokeType::rounded));
    if (edited)
    {
        graphics.setColour(theme::accent);
        graphics.fillEllipse(area.removeFromRight(14).toFloat().withSizeKeepingCentre(6, 6));
    }
    graphics.setFont(juce::Font(15.0f, juce::Font::bold));
    graphics.setColour(theme::text);
    graphics.drawText(getButtonText(), area, juce::Justification::centredLeft, true);
    if (hasKeyboardFocus(false))
        theme::drawFocusRing(graphics, bounds);
}

} // namespace tonewright::plugin
