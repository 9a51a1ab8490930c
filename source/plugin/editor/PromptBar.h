#pragma once

#include "plugin/ToneSession.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace tonewright::plugin
{

/// Where the player says what it shall sound like: the prompt, its button, and below them what became of it.
/// Enter generates, Escape cancels. All [message].
class PromptBar : public juce::Component
{
public:
    explicit PromptBar(ToneSession& session);

    /// Shows the session's generation status.
    void showStatus();
    /// Puts a prompt into the field, unless the player is typing there.
    void showPrompt(const std::string& prompt);

    /// Sends the prompt on its way; an empty one only gets the keyboard.
    void generate();
    void focusPrompt();

    /// The player wants the technical detail behind the status line.
    std::function<void()> onDetails;
    /// The player wants to hear other answers to the same words.
    std::function<void()> onAlternatives;

    static constexpr int height = 84;
    void resized() override;
    void paint(juce::Graphics& graphics) override;

private:
    /// Its frame is drawn around field and button together.
    class Field : public juce::TextEditor
    {
    public:
        void focusGained(FocusChangeType cause) override;
        void focusLost(FocusChangeType cause) override;
    };

    ToneSession& session;
    Field field;
    juce::TextButton button;
    double progress = -1;
    juce::ProgressBar progressBar{progress};
    juce::Label statusLabel;
    juce::TextButton detailsButton{"Details"};
    juce::TextButton alternativesButton{"Alternatives"};
    juce::Rectangle<int> frame;
};

} // namespace tonewright::plugin
