#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace tonewright::plugin
{

/// JUCE's own widgets in Tonewright's colours. All [message].
class TonewrightLookAndFeel : public juce::LookAndFeel_V4
{
public:
    TonewrightLookAndFeel();

    void drawButtonBackground(juce::Graphics& graphics, juce::Button& button, const juce::Colour& colour,
                              bool isHighlighted, bool isDown) override;
    juce::Font getTextButtonFont(juce::TextButton&, int) override;

    void drawComboBox(juce::Graphics& graphics, int width, int height, bool isDown, int, int, int, int,
                      juce::ComboBox& box) override;
    juce::Font getComboBoxFont(juce::ComboBox&) override;
    void positionComboBoxText(juce::ComboBox& box, juce::Label& label) override;
    juce::PopupMenu::Options getOptionsForComboBoxPopupMenu(juce::ComboBox& box, juce::Label& label) override;

    juce::Font getPopupMenuFont() override;
    void drawPopupMenuBackgroundWithOptions(juce::Graphics& graphics, int width, int height,
                                            const juce::PopupMenu::Options&) override;
    int getPopupMenuBorderSizeWithOptions(const juce::PopupMenu::Options&) override;

    void fillTextEditorBackground(juce::Graphics& graphics, int width, int height,
                                  juce::TextEditor& editor) override;
    void drawTextEditorOutline(juce::Graphics& graphics, int width, int height,
                               juce::TextEditor& editor) override;

    void drawScrollbar(juce::Graphics& graphics, juce::ScrollBar&, int x, int y, int width, int height,
                       bool isVertical, int thumbStart, int thumbSize, bool isMouseOver,
                       bool isMouseDown) override;
    int getMinimumScrollbarThumbSize(juce::ScrollBar&) override;

    void drawProgressBar(juce::Graphics& graphics, juce::ProgressBar&, int width, int height, double progress,
                         const juce::String&) override;
    void drawCornerResizer(juce::Graphics& graphics, int width, int height, bool isMouseOver,
                           bool isDragging) override;

    void drawTooltip(juce::Graphics& graphics, const juce::String& text, int width, int height) override;
    juce::Rectangle<int> getTooltipBounds(const juce::String& text, juce::Point<int> position,
                                          juce::Rectangle<int> parent) override;

private:
    static juce::TextLayout layOutTooltip(const juce::String& text);
};

} // namespace tonewright::plugin
