#include "plugin/editor/Overlay.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
constexpr int padding = 3 * theme::grid;
}

Overlay::Overlay(const juce::String& titleToShow, int cardWidth, int cardHeight)
    : title(titleToShow), cardSize(cardWidth, cardHeight)
{
    setTitle(title);
    setFocusContainerType(FocusContainerType::keyboardFocusContainer);
    setVisible(false);
    addAndMakeVisible(closeButton);
    closeButton.setExplicitFocusOrder(1000); // after what the card is for
    closeButton.onClick = [this] { close(); };
}

void Overlay::open()
{
    focusedBefore = juce::Component::getCurrentlyFocusedComponent();
    refresh();
    resized();
    setVisible(true);
    toFront(false);
    if (firstFocus().isShowing())
        firstFocus().grabKeyboardFocus();
}

void Overlay::close()
{
    if (!isVisible())
        return;
    setVisible(false);
    forget();
    if (focusedBefore != nullptr && focusedBefore->isShowing())
        focusedBefore->grabKeyboardFocus();
}

juce::Rectangle<int> Overlay::cardBounds() const
{
    const auto room = getLocalBounds().reduced(theme::margin);
    return getLocalBounds().withSizeKeepingCentre(juce::jmin(cardSize.x, room.getWidth()),
                                                  juce::jmin(cardSize.y, room.getHeight()));
}

void Overlay::resized()
{
    auto area = cardBounds().reduced(padding);
    auto header = area.removeFromTop(theme::buttonHeight);
    closeButton.setBounds(header.removeFromRight(theme::buttonHeight).translated(theme::grid, 0));
    area.removeFromTop(theme::grid);
    layOut(area);
}

void Overlay::paint(juce::Graphics& graphics)
{
    graphics.fillAll(theme::sunken.withAlpha(0.72f));
    const auto card = cardBounds();
    theme::drawPanel(graphics, card.toFloat());
    graphics.setFont(juce::Font(18.0f, juce::Font::bold));
    graphics.setColour(theme::text);
    graphics.drawText(title, card.reduced(padding).removeFromTop(theme::buttonHeight),
                      juce::Justification::centredLeft, true);
}

void Overlay::mouseDown(const juce::MouseEvent& event)
{
    if (!cardBounds().contains(event.getPosition()))
        close();
}

bool Overlay::keyPressed(const juce::KeyPress& key)
{
    if (key != juce::KeyPress::escapeKey)
        return false;
    close();
    return true;
}

void Overlay::drawCaption(juce::Graphics& graphics, const juce::String& text, const juce::Component& field)
{
    graphics.setFont(juce::Font(13.0f));
    graphics.setColour(theme::secondaryText);
    graphics.drawText(text, field.getBounds().withHeight(2 * theme::grid).translated(0, -2 * theme::grid - 4),
                      juce::Justification::centredLeft, true);
}

void Overlay::addText(juce::Label& label, const juce::String& about, const juce::Font& font,
                      juce::Colour colour)
{
    addAndMakeVisible(label);
    label.setTitle(about);
    label.setFont(font);
    label.setMinimumHorizontalScale(1.0f);
    label.setBorderSize(juce::BorderSize<int>(0));
    label.setJustificationType(juce::Justification::topLeft);
    label.setColour(juce::Label::textColourId, colour);
}

void Overlay::addButton(juce::TextButton& button, bool isMain)
{
    addAndMakeVisible(button);
    button.setTitle(button.getButtonText());
    button.setColour(juce::TextButton::buttonColourId, isMain ? theme::accent : theme::raised);
    button.setColour(juce::TextButton::textColourOffId, isMain ? theme::onAccent : theme::text);
}

} // namespace tonewright::plugin
