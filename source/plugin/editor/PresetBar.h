#pragma once

#include "plugin/ToneSession.h"
#include "plugin/editor/IconButton.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <functional>

namespace tonewright::plugin
{

/// Which preset sounds, and the ways to another: browse, step through the library, undo, redo, save. All
/// [message].
class PresetBar : public juce::Component
{
public:
    explicit PresetBar(ToneSession& session);

    /// Shows the session's preset.
    void showPreset();
    /// Shows whether it was edited and what can be undone; cheap enough for a timer.
    void showState();

    std::function<void()> onBrowse;
    std::function<void()> onSave;

    /// The library's neighbour of the present preset (the first or last one where it is not in the library).
    void step(int direction);

    void resized() override;

private:
    /// The name with a mark for edits and an arrow that says there are more.
    class NameButton : public juce::Button
    {
    public:
        NameButton();
        void setEdited(bool isEdited);
        void paintButton(juce::Graphics& graphics, bool isHighlighted, bool isDown) override;

    private:
        bool edited = false;
    };

    ToneSession& session;
    IconButton previousButton{Icon::previous, "Previous preset", "Ctrl+Up"};
    NameButton nameButton;
    IconButton nextButton{Icon::next, "Next preset", "Ctrl+Down"};
    IconButton saveButton{Icon::save, "Save preset as", "Ctrl+S"};
    IconButton undoButton{Icon::undo, "Undo", "Ctrl+Z"};
    IconButton redoButton{Icon::redo, "Redo", "Ctrl+Shift+Z"};
};

} // namespace tonewright::plugin
