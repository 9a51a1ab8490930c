#pragma once

#include "plugin/editor/ChainViewport.h"
#include "plugin/editor/EditorServices.h"
#include "plugin/editor/StagePanel.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <memory>
#include <vector>

namespace tonewright::plugin
{

/// The whole chain, input first, in the preset's order: rows of panels that fill the width and, where the
/// window is high enough, the height; otherwise they scroll. All [message].
class ChainView : public juce::Component
{
public:
    explicit ChainView(const EditorServices& services);

    void setOrder(const StageOrder& order);
    /// Another preset, or another name in it: its order, and what panels show besides parameters.
    void showPreset(const Preset& preset);
    /// Shows what the host has changed since the last call: some eighty comparisons when nothing has.
    void follow();

    /// Every panel, in the order shown.
    std::vector<StagePanel*> panels() const { return shown; }

    void resized() override;

private:
    class Content : public juce::Component
    {
    public:
        void focusOfChildComponentChanged(FocusChangeType cause) override;
    };

    void layOut();
    void layOutRow(std::size_t first, std::size_t last, juce::Rectangle<int> row);
    /// Width and the place in the chain decide where Tab goes next, so no panel needs a number.
    std::vector<std::unique_ptr<StagePanel>> owned;
    std::vector<StagePanel*> shown;
    StageOrder order = defaultStageOrder;
    Content content;
    ChainViewport viewport;
};

} // namespace tonewright::plugin
