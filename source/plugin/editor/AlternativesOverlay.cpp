#include "plugin/editor/AlternativesOverlay.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
constexpr int rowHeight = 7 * theme::grid;

juce::String titleOf(const Preset& answer, int row)
{
    return (row == 0 ? juce::String("First answer") : "Alternative " + juce::String(row)) + ": " +
           theme::oneLine(answer.name);
}

/// How it differs; of the first one, nothing.
juce::String differenceOf(const Preset& answer)
{
    auto text = theme::oneLine(answer.source.difference);
    if (answer.source.fallback)
        text += (text.isEmpty() ? "" : "; ") + juce::String("built offline");
    return text.isEmpty() ? text : text.substring(0, 1).toUpperCase() + text.substring(1);
}
} // namespace

AlternativesOverlay::AlternativesOverlay(ToneSession& toneSession)
    : Overlay("Alternatives", 640, 408), session(toneSession)
{
    addText(words, "Words", theme::font(), theme::secondaryText);
    addAndMakeVisible(list);
    list.setTitle("Answers");
    list.setDescription("Enter makes the selected answer sound.");
    list.setRowHeight(rowHeight);
    list.setColour(juce::ListBox::backgroundColourId, theme::panel);
    addText(note, "What is being made", juce::Font(13.0f), theme::secondaryText);
}

void AlternativesOverlay::refresh()
{
    session.makeAlternatives();
    if (!session.alternatives().answers.empty())
        first = session.alternatives().answers.front();
    follow();
    int row = 0;
    for (int other = 0; other < getNumRows(); ++other)
        if (isSounding(*answerAt(other)))
            row = other;
    list.selectRow(row);
}

void AlternativesOverlay::follow()
{
    const auto& offered = session.alternatives();
    if (!offered.answers.empty() && offered.answers.front() != first) // a prompt was answered meanwhile
    {
        first = offered.answers.front();
        session.makeAlternatives();
    }
    const auto made = static_cast<int>(offered.answers.size());
    sounding = session.currentPreset();
    const auto quote = [](const char* mark) { return juce::String::fromUTF8(mark); };
    words.setText(made == 0 ? juce::String()
                            : quote("\xe2\x80\x9c") + theme::oneLine(offered.answers.front().prompt) +
                                  quote("\xe2\x80\x9d"),
                  juce::dontSendNotification);
    note.setText(
        offered.isUnderWay         ? "Alternative " + juce::String(made) + " is being made in the background."
        : !offered.problem.empty() ? theme::oneLine(offered.problem)
                                   : juce::String("Click one, or press Enter, to hear it; undo goes back."),
        juce::dontSendNotification);
    list.updateContent();
    list.repaint();
}

const Preset* AlternativesOverlay::answerAt(int row) const
{
    const auto& answers = session.alternatives().answers;
    const auto place = static_cast<std::size_t>(row);
    return row >= 0 && place < answers.size() ? &answers[place] : nullptr;
}

bool AlternativesOverlay::isSounding(const Preset& answer) const
{
    return answer.source == sounding.source && answer.prompt == sounding.prompt &&
           answer.name == sounding.name;
}

void AlternativesOverlay::choose(int row)
{
    if (answerAt(row) != nullptr)
        session.chooseAlternative(static_cast<std::size_t>(row));
}

void AlternativesOverlay::layOut(juce::Rectangle<int> area)
{
    words.setBounds(area.removeFromTop(3 * theme::grid));
    note.setBounds(area.removeFromBottom(3 * theme::grid));
    area.removeFromBottom(theme::grid);
    list.setBounds(area);
}

// ---- the list

int AlternativesOverlay::getNumRows()
{
    return static_cast<int>(session.alternatives().answers.size());
}

void AlternativesOverlay::paintListBoxItem(int row, juce::Graphics& graphics, int width, int height,
                                           bool isSelected)
{
    const auto* answer = answerAt(row);
    if (answer == nullptr)
        return;
    auto area = juce::Rectangle<int>(width, height).reduced(2, 1);
    if (isSelected)
    {
        graphics.setColour(theme::outline);
        graphics.fillRoundedRectangle(area.toFloat(), 4.0f);
        if (list.hasKeyboardFocus(true))
            theme::drawFocusRing(graphics, area.toFloat(), 4.0f);
    }
    area = area.reduced(2 * theme::grid, 4);
    if (isSounding(*answer))
    {
        graphics.setColour(theme::accent);
        graphics.fillEllipse(
            juce::Rectangle<float>(6, 6).withCentre({9.0f, static_cast<float>(height) * 0.5f}));
    }
    graphics.setFont(theme::font());
    graphics.setColour(theme::text);
    const auto difference = differenceOf(*answer);
    graphics.drawText(titleOf(*answer, row),
                      difference.isEmpty() ? area : area.removeFromTop(area.getHeight() / 2),
                      juce::Justification::centredLeft, true);
    graphics.setFont(juce::Font(13.0f));
    graphics.setColour(theme::secondaryText);
    if (difference.isNotEmpty())
        graphics.drawText(difference, area, juce::Justification::centredLeft, true);
}

juce::String AlternativesOverlay::getNameForRow(int row)
{
    const auto* answer = answerAt(row);
    if (answer == nullptr)
        return {};
    const auto difference = differenceOf(*answer);
    return titleOf(*answer, row) + (difference.isEmpty() ? "" : ". " + difference);
}

juce::String AlternativesOverlay::getTooltipForRow(int row)
{
    return getNameForRow(row);
}

void AlternativesOverlay::listBoxItemClicked(int row, const juce::MouseEvent&)
{
    choose(row);
}

void AlternativesOverlay::listBoxItemDoubleClicked(int, const juce::MouseEvent&)
{
    close();
}

void AlternativesOverlay::returnKeyPressed(int row)
{
    choose(row);
}

} // namespace tonewright::plugin
