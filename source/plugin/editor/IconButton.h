#pragma once

#include <juce_gui_basics/juce_gui_basics.h>

namespace tonewright::plugin
{

/// The editor's own pictures: strokes on a 24 x 24 field, drawn at any size.
enum class Icon
{
    previous,
    next,
    undo,
    redo,
    settings,
    tuner,
    save,
    close
};

/// The strokes of an icon. [message]
juce::Path pathOf(Icon icon);

/// A button with a picture; its title is what a screen reader says and, with the shortcut, its tool tip. All
/// [message].
class IconButton : public juce::Button
{
public:
    IconButton(Icon icon, const juce::String& title, const juce::String& shortcut = {});

    void paintButton(juce::Graphics& graphics, bool isHighlighted, bool isDown) override;

private:
    const juce::Path path;
};

} // namespace tonewright::plugin
