#pragma once

#include "plugin/editor/IconButton.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace tonewright::plugin
{

/// A card above the editor in place of a native dialog, which a host might lose behind its windows. Escape
/// and a click beside the card close it; Tab stays inside. All [message].
class Overlay : public juce::Component
{
public:
    Overlay(const juce::String& title, int cardWidth, int cardHeight);

    /// Shows the card with fresh contents and gives it the keyboard.
    void open();
    /// Hides it and gives the keyboard back.
    void close();

    juce::Rectangle<int> cardBounds() const;

    void resized() final;
    void paint(juce::Graphics& graphics) override;
    void mouseDown(const juce::MouseEvent& event) override;
    bool keyPressed(const juce::KeyPress& key) override;

protected:
    /// Fills the card with the present state.
    virtual void refresh() = 0;
    /// Forgets what must not stay in memory or on screen.
    virtual void forget() {}
    virtual juce::Component& firstFocus() = 0;
    virtual void layOut(juce::Rectangle<int> area) = 0;

    /// A caption above a field.
    static void drawCaption(juce::Graphics& graphics, const juce::String& text, const juce::Component& field);
    /// Adds a text of several lines; `about` tells screen readers what it is about.
    void addText(juce::Label& label, const juce::String& about, const juce::Font& font, juce::Colour colour);
    /// Prepares a button of the card's lowest row.
    void addButton(juce::TextButton& button, bool isMain);

private:
    const juce::String title;
    const juce::Point<int> cardSize;
    IconButton closeButton{Icon::close, "Close", "Esc"};
    juce::Component::SafePointer<juce::Component> focusedBefore;
};

} // namespace tonewright::plugin
