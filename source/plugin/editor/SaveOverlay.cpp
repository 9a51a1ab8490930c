#include "plugin/editor/SaveOverlay.h"

#include "plugin/editor/Theme.h"
#include "tone/Text.h"

#include <algorithm>

namespace tonewright::plugin
{

SaveOverlay::SaveOverlay(ToneSession& toneSession) : Overlay("Save preset as", 480, 216), session(toneSession)
{
    addAndMakeVisible(nameField);
    nameField.setTitle("Name");
    nameField.setDescription("The preset's name in your library");
    nameField.setFont(theme::font());
    nameField.setJustification(juce::Justification::centredLeft);
    nameField.setIndents(theme::grid, 0);
    nameField.setInputRestrictions(static_cast<int>(maximumNameLength));
    nameField.setSelectAllWhenFocused(true);
    nameField.onReturnKey = [this] { save(); };
    nameField.onEscapeKey = [this] { close(); };
    nameField.onTextChange = [this] { showWhatHappens(); };

    addAndMakeVisible(note);
    note.setFont(juce::Font(13.0f));
    note.setBorderSize(juce::BorderSize<int>(0));
    note.setColour(juce::Label::textColourId, theme::secondaryText);
    addButton(cancelButton, false);
    addButton(saveButton, true);
    saveButton.onClick = [this] { save(); };
    cancelButton.onClick = [this] { close(); };
}

void SaveOverlay::refresh()
{
    takenSlugs.clear();
    for (const auto& entry : session.presets())
        if (!entry.isFactory)
            takenSlugs.push_back(slugOf(entry.name));
    nameField.setText(theme::oneLine(session.currentPreset().name), false);
    showWhatHappens();
}

void SaveOverlay::showWhatHappens()
{
    const auto name = nameField.getText().trim();
    const bool isTaken =
        std::find(takenSlugs.begin(), takenSlugs.end(), slugOf(name.toStdString())) != takenSlugs.end();
    saveButton.setEnabled(name.isNotEmpty());
    note.setText(name.isEmpty() ? "Type a name."
                 : isTaken      ? "Replaces your preset of this name."
                                : "Saved in your own presets.",
                 juce::dontSendNotification);
    note.setColour(juce::Label::textColourId, isTaken ? theme::accent : theme::secondaryText);
}

void SaveOverlay::save()
{
    const auto name = nameField.getText().trim();
    if (name.isEmpty())
        return;
    close();
    session.savePreset(name.toStdString());
}

void SaveOverlay::layOut(juce::Rectangle<int> area)
{
    area.removeFromTop(2 * theme::grid + 4);
    nameField.setBounds(area.removeFromTop(theme::buttonHeight));
    note.setBounds(area.removeFromTop(3 * theme::grid + 4));
    auto buttons = area.removeFromBottom(theme::buttonHeight);
    saveButton.setBounds(buttons.removeFromRight(12 * theme::grid));
    buttons.removeFromRight(theme::grid);
    cancelButton.setBounds(buttons.removeFromRight(12 * theme::grid));
}

void SaveOverlay::paint(juce::Graphics& graphics)
{
    Overlay::paint(graphics);
    drawCaption(graphics, "Name", nameField);
}

} // namespace tonewright::plugin
