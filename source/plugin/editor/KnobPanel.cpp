#include "plugin/editor/KnobPanel.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
constexpr int choiceHeight = 28;
constexpr int gap = theme::grid;
/// How much wider than its knobs a panel may become to keep its choices in one line.
constexpr int stretchForChoices = 6 * theme::grid;
/// A choice need not run on above a long row of knobs.
constexpr int widestLine = 36 * theme::grid;

ChoiceControl::LabelPlace placeAbove(std::size_t index)
{
    return index == 0 ? ChoiceControl::LabelPlace::none : ChoiceControl::LabelPlace::inside;
}
} // namespace

KnobPanel::KnobPanel(std::string_view stageToShow, const EditorServices& services)
    : StagePanel(stageToShow, services)
{
    for (std::size_t line = 0; line < parameterCount; ++line)
    {
        const auto index = static_cast<ParameterIndex>(line);
        const auto& info = infoOf(index);
        if (info.stage() != stageName || info.id.ends_with(".enabled"))
            continue;
        auto& parameter = services.parameter(index);
        const juce::String name(info.name.data(), info.name.size());
        if (info.type == ParameterType::choice)
            above.push_back(&add(std::make_unique<ChoiceControl>(index, parameter)));
        else if (info.type == ParameterType::toggle)
            knobs.push_back(&add(std::make_unique<SwitchControl>(index, parameter, hue, name)));
        else
        {
            // "Input trim" under the heading "Input" says the first word twice.
            const auto label =
                name.startsWithIgnoreCase(title + " ")
                    ? name.substring(title.length() + 1)
                          .replaceSection(
                              0, 1, name.substring(title.length() + 1, title.length() + 2).toUpperCase())
                    : name;
            knobs.push_back(&add(std::make_unique<KnobControl>(index, parameter, hue, label)));
        }
    }
    splitChoices();
}

void KnobPanel::splitChoices()
{
    while (above.size() > 1 && widthAbove() > knobsWidth() + stretchForChoices)
    {
        beside.insert(beside.begin(), above.back());
        above.pop_back();
    }
    for (std::size_t index = 0; index < above.size(); ++index)
        above[index]->setLabelPlace(placeAbove(index));
    for (auto* choice : beside)
        choice->setLabelPlace(ChoiceControl::LabelPlace::above);
}

int KnobPanel::knobsWidth() const
{
    return static_cast<int>(knobs.size()) * KnobControl::naturalWidth;
}

int KnobPanel::widthAbove() const
{
    int width = -gap;
    for (std::size_t index = 0; index < above.size(); ++index)
        width += gap + above[index]->naturalWidth(placeAbove(index));
    return width;
}

int KnobPanel::widthBeside() const
{
    int width = 0;
    for (const auto* choice : beside)
        width += gap + choice->naturalWidth(ChoiceControl::LabelPlace::above);
    return width;
}

int KnobPanel::naturalWidth() const
{
    return juce::jmax(widthAbove() + 2 * gap, knobsWidth() + widthBeside() + 2 * gap, headerWidth());
}

void KnobPanel::layOut(juce::Rectangle<int> area)
{
    auto line = area.removeFromTop(choiceHeight + 4).withTrimmedTop(4);
    line = line.withWidth(juce::jmin(line.getWidth(), juce::jmax(widthAbove(), widestLine)));
    const int spare = juce::jmax(0, line.getWidth() - widthAbove());
    for (std::size_t index = 0; index < above.size(); ++index)
    {
        const bool isLast = index + 1 == above.size();
        const int width =
            above[index]->naturalWidth(placeAbove(index)) + spare / static_cast<int>(above.size());
        above[index]->setBounds(isLast ? line : line.removeFromLeft(width));
        line.removeFromLeft(gap);
    }
    area.removeFromTop(4);
    for (auto* choice : beside)
    {
        const int spareBeside = juce::jmax(0, area.getWidth() - knobsWidth() - widthBeside());
        const int width = choice->naturalWidth(ChoiceControl::LabelPlace::above) + spareBeside / 2;
        choice->setBounds(area.removeFromRight(width));
        area.removeFromRight(gap);
    }
    const int count = static_cast<int>(knobs.size());
    for (int place = 0; place < count; ++place)
        knobs[static_cast<std::size_t>(place)]->setBounds(
            area.withX(area.getX() + area.getWidth() * place / count)
                .withRight(area.getX() + area.getWidth() * (place + 1) / count));
}

} // namespace tonewright::plugin
