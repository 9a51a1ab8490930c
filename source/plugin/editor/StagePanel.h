#pragma once

#include "plugin/editor/EditorServices.h"
#include "plugin/editor/ParameterControl.h"
#include "tone/StageId.h"

#include <juce_gui_basics/juce_gui_basics.h>

#include <memory>
#include <string_view>
#include <vector>

namespace tonewright::plugin
{

/// One stage on screen: its name with its switch, and a control for every other parameter the table has for
/// it. The input, which is no stage of the chain, is shown the same way. All [message].
class StagePanel : public juce::Component
{
public:
    /// The panel for the table's lines of that stage.
    static std::unique_ptr<StagePanel> make(std::string_view stage, const EditorServices& services);

    std::string_view stage() const noexcept { return stageName; }

    /// Shows what the host has changed.
    void follow();

    /// Shows what a preset says besides parameters.
    virtual void showPreset(const Preset& /*preset*/) {}

    /// The width at which nothing is squeezed.
    virtual int naturalWidth() const = 0;
    static constexpr int minimumHeight = 160;

    const std::vector<std::unique_ptr<ParameterControl>>& controls() const noexcept { return owned; }

    void paint(juce::Graphics& graphics) override;
    void resized() final;

protected:
    StagePanel(std::string_view stage, const EditorServices& services);

    /// Places the controls below the header, inside `content`.
    virtual void layOut(juce::Rectangle<int> area) = 0;

    /// Takes over a control and shows it among those that are dimmed while the stage is off.
    template <typename Control>
    Control& add(std::unique_ptr<Control> control)
    {
        auto& added = *control;
        content.addAndMakeVisible(added);
        owned.push_back(std::move(control));
        return added;
    }

    juce::Rectangle<int> headerArea() const;
    int headerWidth() const;

    const std::string_view stageName;
    const juce::Colour hue;
    const juce::String title;
    juce::Component content;

private:
    void dimUnlessOn(bool isOn);

    std::vector<std::unique_ptr<ParameterControl>> owned;
    SwitchControl* onSwitch = nullptr;
};

} // namespace tonewright::plugin
