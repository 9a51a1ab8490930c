#pragma once

#include "plugin/editor/StagePanel.h"

namespace tonewright::plugin
{

/// A stage as a line of choices above a line of knobs: fits every stage whose knobs a line can hold. Choices
/// that find no place above stand beside the knobs. All [message].
class KnobPanel : public StagePanel
{
public:
    KnobPanel(std::string_view stage, const EditorServices& services);

    int naturalWidth() const override;

protected:
    void layOut(juce::Rectangle<int> area) override;

private:
    int knobsWidth() const;
    int widthAbove() const;
    int widthBeside() const;
    void splitChoices();

    std::vector<ParameterControl*> knobs; ///< and switches other than the stage's own
    std::vector<ChoiceControl*> above;
    std::vector<ChoiceControl*> beside;
};

} // namespace tonewright::plugin
