#include "plugin/editor/StagePanel.h"

#include "plugin/editor/CabinetPanel.h"
#include "plugin/editor/EqualiserPanel.h"
#include "plugin/editor/KnobPanel.h"
#include "plugin/editor/Theme.h"

#include <string>

namespace tonewright::plugin
{
namespace
{
constexpr int headerHeight = 4 * theme::grid;
constexpr float dimmed = 0.5f;

juce::Colour hueOf(std::string_view stage)
{
    return theme::hueOf(stageNamed(stage).value_or(StageId::output));
}
} // namespace

std::unique_ptr<StagePanel> StagePanel::make(std::string_view stage, const EditorServices& services)
{
    if (EqualiserPanel::canShow(stage))
        return std::make_unique<EqualiserPanel>(stage, services);
    if (stage == nameOf(StageId::cabinet))
        return std::make_unique<CabinetPanel>(stage, services);
    return std::make_unique<KnobPanel>(stage, services);
}

StagePanel::StagePanel(std::string_view stage, const EditorServices& services)
    : stageName(stage), hue(plugin::hueOf(stage)), title(displayName(stage))
{
    setComponentID(juce::String(stage.data(), stage.size()));
    setTitle(title);
    setFocusContainerType(FocusContainerType::focusContainer); // a group to screen readers; Tab walks through
    addAndMakeVisible(content);
    content.setInterceptsMouseClicks(false, true);
    const auto id = std::string(stage) + ".enabled";
    const auto enabled = findParameter(id);
    if (!enabled)
        return;
    auto control = std::make_unique<SwitchControl>(*enabled, services.parameter(*enabled), hue, title);
    onSwitch = control.get();
    addAndMakeVisible(*onSwitch);
    onSwitch->onShown = [this](float value) { dimUnlessOn(value > 0.5f); };
    dimUnlessOn(onSwitch->isOn());
    owned.push_back(std::move(control));
}

void StagePanel::follow()
{
    for (const auto& control : owned)
        control->follow();
}

void StagePanel::dimUnlessOn(bool isOn)
{
    content.setAlpha(isOn ? 1.0f : dimmed);
}

juce::Rectangle<int> StagePanel::headerArea() const
{
    return getLocalBounds().removeFromTop(headerHeight).reduced(theme::grid + 2, 4).withTrimmedTop(2);
}

int StagePanel::headerWidth() const
{
    constexpr int switchAndGaps = 26 + 4 * theme::grid;
    return switchAndGaps + juce::roundToInt(std::ceil(theme::headingFont().getStringWidthFloat(title)));
}

void StagePanel::paint(juce::Graphics& graphics)
{
    theme::drawPanel(graphics, getLocalBounds().toFloat());
    if (onSwitch == nullptr)
    {
        graphics.setFont(theme::headingFont());
        graphics.setColour(theme::text);
        graphics.drawFittedText(title, headerArea(), juce::Justification::centredLeft, 1, 0.8f);
    }
}

void StagePanel::resized()
{
    if (onSwitch != nullptr)
        onSwitch->setBounds(headerArea().withWidth(juce::jmin(headerArea().getWidth(), headerWidth())));
    // Below the header, so that Tab reaches the switch first.
    content.setBounds(getLocalBounds().withTrimmedTop(headerHeight));
    layOut(content.getLocalBounds().reduced(theme::grid, 0).withTrimmedBottom(6));
}

} // namespace tonewright::plugin
