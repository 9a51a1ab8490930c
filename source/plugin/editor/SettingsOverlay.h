#pragma once

#include "plugin/ToneSession.h"
#include "plugin/editor/Overlay.h"

namespace tonewright::plugin
{

/// Which engine answers, and how the language model is reached. The key goes in and never comes out again:
/// the field is empty whenever the card opens. All [message].
class SettingsOverlay : public Overlay
{
public:
    explicit SettingsOverlay(ToneSession& session);

    void paint(juce::Graphics& graphics) override;

    /// The player wants the diagnostics instead; the card has closed itself.
    std::function<void()> onDiagnostics;

protected:
    void refresh() override;
    void forget() override;
    juce::Component& firstFocus() override { return engineBox; }
    void layOut(juce::Rectangle<int> area) override;

private:
    void save();
    void saved(const std::string& problem);
    void test();
    void forgetKey();
    void keyForgotten(const std::string& problem);
    std::function<void(const std::string&)> whileOpen(void (SettingsOverlay::*ended)(const std::string&));
    void showKeyOrigin();
    void say(const std::string& text, bool isProblem);

    ToneSession& session;
    int opening = 0; // counts how often the card was opened
    juce::ComboBox engineBox;
    juce::TextEditor serverField;
    juce::TextEditor modelField;
    juce::TextEditor keyField;
    juce::TextButton forgetKeyButton{"Forget key"};
    juce::Label keyNote;
    juce::Label privacyNote;
    juce::Label problemNote;
    juce::TextButton diagnosticsButton{"Diagnostics"};
    juce::TextButton testButton{"Test connection"};
    juce::TextButton saveButton{"Save"};
    juce::TextButton cancelButton{"Cancel"};
};

/// A plain sentence on where the key comes from ("session", "environment", "file" or nothing). [any]
juce::String keyOriginSentence(const std::string& origin);

} // namespace tonewright::plugin
