#pragma once

#include "plugin/editor/KnobPanel.h"

#include <memory>

namespace tonewright::plugin
{

/// The cabinet: besides its controls a button that names the user's impulse response and loads another; a
/// file may also be dropped on the panel. All [message].
class CabinetPanel final : public KnobPanel, public juce::FileDragAndDropTarget
{
public:
    CabinetPanel(std::string_view stage, const EditorServices& services);

    void showPreset(const Preset& preset) override;
    bool isInterestedInFileDrag(const juce::StringArray& files) override;
    void filesDropped(const juce::StringArray& files, int x, int y) override;

    juce::Button& loadButton() noexcept { return button; }

protected:
    void layOut(juce::Rectangle<int> area) override;

private:
    void chooseFile();

    ToneSession& session;
    juce::TextButton button;
    std::unique_ptr<juce::FileChooser> chooser;
};

} // namespace tonewright::plugin
