#include "plugin/editor/PromptBar.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
constexpr int frameHeight = 6 * theme::grid;
constexpr int buttonWidth = 14 * theme::grid;
/// Far more than anyone types, and a bound for what is pasted.
constexpr int longestPrompt = 2000;
} // namespace

PromptBar::PromptBar(ToneSession& toneSession) : session(toneSession)
{
    addAndMakeVisible(field);
    field.setTitle("Prompt");
    field.setDescription("Describe a tone in words; Enter generates it, Escape cancels.");
    field.setFont(theme::promptFont());
    field.setTextToShowWhenEmpty("Describe a tone: warm jazz clean with a touch of plate", theme::faintText);
    field.setColour(juce::TextEditor::backgroundColourId, juce::Colours::transparentBlack);
    field.setColour(juce::TextEditor::outlineColourId, juce::Colours::transparentBlack);
    field.setColour(juce::TextEditor::focusedOutlineColourId, juce::Colours::transparentBlack);
    field.setJustification(juce::Justification::centredLeft);
    field.setIndents(theme::grid, 0);
    field.setInputRestrictions(longestPrompt);
    field.setSelectAllWhenFocused(false);
    field.onReturnKey = [this] { generate(); };
    field.onEscapeKey = [this] { session.cancelGeneration(); };

    addAndMakeVisible(button);
    button.setMouseClickGrabsKeyboardFocus(false);
    button.onClick = [this]
    {
        if (session.status().isGenerating)
            session.cancelGeneration();
        else
            generate();
    };

    addChildComponent(progressBar);
    progressBar.setPercentageDisplay(false);
    progressBar.setTitle("Progress");

    addAndMakeVisible(statusLabel);
    statusLabel.setFont(juce::Font(13.0f));
    statusLabel.setMinimumHorizontalScale(0.85f);
    statusLabel.setBorderSize(juce::BorderSize<int>(0));
    statusLabel.setTitle("Status");
    statusLabel.setComponentID("status");

    addChildComponent(detailsButton);
    detailsButton.setTitle("Details");
    detailsButton.setDescription("Shows the technical detail behind the status line");
    detailsButton.setTooltip("What exactly happened");
    detailsButton.setColour(juce::TextButton::buttonColourId, theme::raised);
    detailsButton.setColour(juce::TextButton::textColourOffId, theme::secondaryText);
    detailsButton.onClick = [this]
    {
        if (onDetails)
            onDetails();
    };
    addChildComponent(alternativesButton);
    alternativesButton.setTitle("Alternatives");
    alternativesButton.setDescription("Makes three other answers to the same words, and lets you choose");
    alternativesButton.setTooltip("Other answers to the same words (Ctrl+E)");
    alternativesButton.setColour(juce::TextButton::buttonColourId, theme::raised);
    alternativesButton.setColour(juce::TextButton::textColourOffId, theme::secondaryText);
    alternativesButton.onClick = [this]
    {
        if (onAlternatives)
            onAlternatives();
    };
    showStatus();
}

void PromptBar::showStatus()
{
    alternativesButton.setVisible(!session.alternatives().answers.empty());
    const auto status = session.status();
    const auto text = theme::oneLine(status.text);
    button.setButtonText(status.isGenerating ? "Cancel" : "Generate");
    button.setTitle(button.getButtonText());
    button.setTooltip(status.isGenerating ? "Stop and keep the present tone (Esc)"
                                          : "Make a preset from these words (Enter)");
    button.setColour(juce::TextButton::buttonColourId, status.isGenerating ? theme::outline : theme::accent);
    button.setColour(juce::TextButton::textColourOffId, status.isGenerating ? theme::text : theme::onAccent);
    progress = status.progress;
    progressBar.setVisible(status.isGenerating);
    const bool isNews = statusLabel.getText() != text;
    statusLabel.setText(text, juce::dontSendNotification);
    statusLabel.setColour(juce::Label::textColourId, status.isError ? theme::problem : theme::secondaryText);
    const auto detail = theme::oneLine(status.detail);
    statusLabel.setTooltip(detail.isEmpty() ? text : text + "\n" + detail);
    detailsButton.setVisible(detail.isNotEmpty());
    if (isNews && !status.isGenerating && text.isNotEmpty())
        juce::AccessibilityHandler::postAnnouncement(
            text, juce::AccessibilityHandler::AnnouncementPriority::medium);
}

void PromptBar::showPrompt(const std::string& prompt)
{
    if (!field.hasKeyboardFocus(true) || field.isEmpty())
    {
        field.setText(theme::oneLine(prompt), false);
        field.setCaretPosition(0); // a long one shows its beginning
    }
}

void PromptBar::generate()
{
    const auto prompt = field.getText().trim();
    if (prompt.isEmpty())
        focusPrompt();
    else
        session.generate(prompt.toStdString());
}

void PromptBar::focusPrompt()
{
    if (field.isShowing())
        field.grabKeyboardFocus();
}

void PromptBar::resized()
{
    auto area = getLocalBounds();
    frame = area.removeFromTop(frameHeight);
    auto inside = frame.reduced(theme::grid - 2);
    button.setBounds(inside.removeFromRight(buttonWidth));
    field.setBounds(inside.withTrimmedRight(theme::grid));
    progressBar.setBounds(
        area.removeFromTop(theme::grid).reduced(2, 0).withSizeKeepingCentre(area.getWidth() - 4, 3));
    auto line = area.removeFromTop(3 * theme::grid).withTrimmedLeft(2 * theme::grid - 1);
    alternativesButton.setBounds(line.removeFromRight(13 * theme::grid)); // an answer rarely has details
    line.removeFromRight(theme::grid);
    detailsButton.setBounds(line.removeFromRight(9 * theme::grid));
    line.removeFromRight(theme::grid);
    statusLabel.setBounds(line);
}

void PromptBar::paint(juce::Graphics& graphics)
{
    graphics.setColour(theme::sunken);
    graphics.fillRoundedRectangle(frame.toFloat(), theme::grid);
    const bool isFocused = field.hasKeyboardFocus(true);
    graphics.setColour(isFocused ? theme::accent : theme::outline);
    graphics.drawRoundedRectangle(frame.toFloat().reduced(1), theme::grid, isFocused ? 2.0f : 1.0f);
}

void PromptBar::Field::focusGained(FocusChangeType cause)
{
    juce::TextEditor::focusGained(cause);
    getParentComponent()->repaint();
}

void PromptBar::Field::focusLost(FocusChangeType cause)
{
    juce::TextEditor::focusLost(cause);
    getParentComponent()->repaint();
}

} // namespace tonewright::plugin
