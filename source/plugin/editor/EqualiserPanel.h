#pragma once

#include "plugin/editor/EqualiserCurve.h"
#include "plugin/editor/StagePanel.h"

#include <optional>

namespace tonewright::plugin
{

/// A stage whose numbers come in bands (`..._frequency`, `..._gain`, `..._q`): the response curve and a
/// column a band, with a knob for the gain and fields for frequency and Q. All [message].
class EqualiserPanel : public StagePanel
{
public:
    /// Whether every number of the stage belongs to a band.
    static bool canShow(std::string_view stage);

    EqualiserPanel(std::string_view stage, const EditorServices& services);

    int naturalWidth() const override;

protected:
    void layOut(juce::Rectangle<int> area) override;

private:
    struct Column
    {
        KnobControl* gain;
        FieldControl* frequency;
        FieldControl* q;
        EqualiserCurve::Band band;
    };

    void addBand(const std::string& prefix, dsp::BandShape shape, const EditorServices& services);
    void showBand(std::size_t column, double EqualiserCurve::Band::*member, float value);
    void updateCurve();

    EqualiserCurve curve;
    std::vector<Column> columns;
};

} // namespace tonewright::plugin
