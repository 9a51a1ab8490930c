#pragma once

#include "plugin/InputLevel.h"

#include <juce_gui_basics/juce_gui_basics.h>

namespace tonewright::plugin
{

/// Beside the input's meter: whether the level is right, in a word; its tool tip says what to do, a click
/// opens the calibration. All [message].
class InputLevelButton : public juce::Button
{
public:
    InputLevelButton();

    void show(const InputAdvice& advice);
    void paintButton(juce::Graphics& graphics, bool isHighlighted, bool isDown) override;

    static constexpr int width = 64;

private:
    InputAdvice shown{InputAdvice::Kind::good, 0}; // differs from the first advice, so that it is shown
};

} // namespace tonewright::plugin
