#pragma once

#include "plugin/ToneSession.h"
#include "plugin/editor/Overlay.h"

namespace tonewright::plugin
{

/// Asks for the name under which the present tone is kept. All [message].
class SaveOverlay : public Overlay
{
public:
    explicit SaveOverlay(ToneSession& session);

    void paint(juce::Graphics& graphics) override;

protected:
    void refresh() override;
    juce::Component& firstFocus() override { return nameField; }
    void layOut(juce::Rectangle<int> area) override;

private:
    void showWhatHappens();
    void save();

    ToneSession& session;
    std::vector<std::string> takenSlugs;
    juce::TextEditor nameField;
    juce::Label note;
    juce::TextButton saveButton{"Save"};
    juce::TextButton cancelButton{"Cancel"};
};

} // namespace tonewright::plugin
