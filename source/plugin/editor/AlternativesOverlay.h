#pragma once

#include "plugin/ToneSession.h"
#include "plugin/editor/Overlay.h"

namespace tonewright::plugin
{

/// The answers to the last prompt's words, to be heard one after the other: the first, and its alternatives
/// as they come, each with the line that says how it differs. Opening the card asks for them. A click or
/// Enter makes one sound and leaves the card open; a double click closes it. All [message].
class AlternativesOverlay : public Overlay, private juce::ListBoxModel
{
public:
    explicit AlternativesOverlay(ToneSession& session);

    /// Shows what has come, and which one sounds.
    void follow();

protected:
    void refresh() override;
    juce::Component& firstFocus() override { return list; }
    void layOut(juce::Rectangle<int> area) override;

private:
    int getNumRows() override;
    void paintListBoxItem(int row, juce::Graphics& graphics, int width, int height, bool isSelected) override;
    juce::String getNameForRow(int row) override;
    juce::String getTooltipForRow(int row) override;
    void listBoxItemClicked(int row, const juce::MouseEvent& event) override;
    void listBoxItemDoubleClicked(int row, const juce::MouseEvent& event) override;
    void returnKeyPressed(int row) override;

    const Preset* answerAt(int row) const;
    bool isSounding(const Preset& answer) const;
    void choose(int row);

    ToneSession& session;
    Preset first; ///< of the answers shown
    Preset sounding;
    juce::Label words;
    juce::ListBox list{"Answers", this};
    juce::Label note;
};

} // namespace tonewright::plugin
