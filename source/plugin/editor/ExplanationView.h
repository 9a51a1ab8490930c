#pragma once

#include "tone/Preset.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace tonewright::plugin
{

/// Why the preset is as it is (left), and where it comes from (right). Plain text that can be selected and
/// copied, whatever a server or a file has written into it. All [message].
class ExplanationView : public juce::Component
{
public:
    ExplanationView();

    void show(const Preset& preset);
    void resized() override;

private:
    juce::TextEditor explanation;
    juce::TextEditor origin;
};

/// Who made the preset and how sure they are: "Offline engine, 86 % sure". [any]
juce::String originOf(const PresetSource& source);

} // namespace tonewright::plugin
