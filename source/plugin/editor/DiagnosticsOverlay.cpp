#include "plugin/editor/DiagnosticsOverlay.h"

#include "plugin/editor/Theme.h"

#include <cstddef>

namespace tonewright::plugin
{
namespace
{
constexpr int cardWidth = 760;
constexpr int cardHeight = 560;
constexpr int rowHeight = 22;
constexpr int headingHeight = 28;
constexpr int messageHeight = 9 * theme::grid;
constexpr int captionHeight = 2 * theme::grid + 4;

juce::String toJuce(const std::string& text)
{
    return juce::String::fromUTF8(text.data(), static_cast<int>(text.size()));
}
} // namespace

/// One line of a table.
struct DiagnosticsTable::Row : juce::Component
{
    void show(const DiagnosticsLine& line)
    {
        const auto newName = toJuce(line.name);
        const auto newValue = toJuce(line.value);
        if (newName == name && newValue == value)
            return;
        name = newName;
        value = newValue;
        setTitle(name + ": " + value);
        repaint();
    }

    void paint(juce::Graphics& graphics) override
    {
        auto area = getLocalBounds();
        const auto font = juce::Font(13.0f);
        graphics.setFont(font);
        graphics.setColour(theme::secondaryText);
        graphics.drawText(name, area, juce::Justification::centredLeft, true);
        graphics.setColour(theme::text);
        const int room = area.getWidth() - juce::roundToInt(font.getStringWidthFloat(name)) - theme::grid;
        graphics.drawText(value, area.withLeft(area.getRight() - juce::jmax(0, room)),
                          juce::Justification::centredRight, true);
        graphics.setColour(theme::outline.withAlpha(0.5f));
        graphics.fillRect(area.removeFromBottom(1));
    }

    std::unique_ptr<juce::AccessibilityHandler> createAccessibilityHandler() override
    {
        return std::make_unique<juce::AccessibilityHandler>(*this, juce::AccessibilityRole::staticText);
    }

    juce::String name;
    juce::String value;
};

DiagnosticsTable::DiagnosticsTable(const juce::String& heading)
{
    setTitle(heading);
}

void DiagnosticsTable::show(const std::vector<DiagnosticsLine>& lines)
{
    while (rows.size() > lines.size())
        rows.pop_back();
    while (rows.size() < lines.size())
    {
        rows.push_back(std::make_unique<Row>());
        addAndMakeVisible(*rows.back());
    }
    for (std::size_t index = 0; index < lines.size(); ++index)
        rows[index]->show(lines[index]);
    resized();
}

int DiagnosticsTable::heightNeeded() const
{
    return headingHeight + static_cast<int>(rows.size()) * rowHeight;
}

void DiagnosticsTable::resized()
{
    auto area = getLocalBounds().withTrimmedTop(headingHeight);
    for (const auto& row : rows)
        row->setBounds(area.removeFromTop(rowHeight));
}

void DiagnosticsTable::paint(juce::Graphics& graphics)
{
    graphics.setFont(theme::headingFont());
    graphics.setColour(theme::text);
    graphics.drawText(getTitle(), getLocalBounds().removeFromTop(headingHeight - 4),
                      juce::Justification::centredLeft, true);
}

DiagnosticsOverlay::DiagnosticsOverlay(ToneSession& toneSession, std::function<AudioCounters()> counters)
    : Overlay("Diagnostics", cardWidth, cardHeight), session(toneSession), audioCounters(std::move(counters))
{
    addAndMakeVisible(message);
    message.setTitle("Last message");
    message.setDescription("The status line's sentence, and below it the technical detail");
    message.setMultiLine(true, true);
    message.setReadOnly(true);
    message.setCaretVisible(false);
    message.setScrollbarsShown(true);
    message.setScrollBarThickness(theme::grid);
    message.setTabKeyUsedAsCharacter(false);
    message.setIndents(theme::grid, theme::grid - 2);
    message.onEscapeKey = [this] { close(); };

    for (auto* table : {&generation, &sound, &program})
        addAndMakeVisible(table);

    addAndMakeVisible(copied);
    copied.setTitle("What was copied");
    copied.setFont(juce::Font(13.0f));
    copied.setBorderSize(juce::BorderSize<int>(0));
    copied.setColour(juce::Label::textColourId, theme::secondaryText);

    addButton(closingButton, false);
    addButton(copyButton, true);
    copyButton.setTooltip("Numbers only: no key, no prompt, no server address");
    copyButton.onClick = [this] { copyReport(); };
    closingButton.onClick = [this] { close(); };
}

DiagnosticsOverlay::~DiagnosticsOverlay() = default;

std::vector<DiagnosticsSection> DiagnosticsOverlay::sections() const
{
    return {generationSection(session.generationStatistics()), soundSection(audioCounters()),
            programSection()};
}

void DiagnosticsOverlay::refresh()
{
    follow();
    copied.setText("Nothing in the report names a key, a prompt or a server.", juce::dontSendNotification);

    const auto status = session.status();
    const auto add = [this](const juce::String& text, juce::Colour colour)
    {
        message.moveCaretToEnd();
        message.setColour(juce::TextEditor::textColourId, colour);
        message.setFont(juce::Font(13.0f));
        message.insertTextAtCaret(text);
    };
    message.clear();
    const auto sentence = theme::oneLine(status.text);
    add(sentence.isEmpty() ? "Nothing has happened yet." : sentence,
        status.isError ? theme::problem : theme::text);
    juce::StringArray details;
    details.addLines(toJuce(status.detail));
    for (const auto& line : details)
        if (const auto safe = theme::oneLine(line.toStdString()); safe.isNotEmpty())
            add("\n" + safe, theme::secondaryText);
    message.setCaretPosition(0);
}

void DiagnosticsOverlay::follow()
{
    const auto present = sections();
    const std::array<DiagnosticsTable*, 3> tables{&generation, &sound, &program};
    for (std::size_t index = 0; index < tables.size(); ++index)
        tables[index]->show(present[index].lines);
}

juce::String DiagnosticsOverlay::report() const
{
    return toJuce(diagnosticsReport(sections()));
}

void DiagnosticsOverlay::copyReport()
{
    juce::SystemClipboard::copyTextToClipboard(report());
    copied.setText("The report is in the clipboard.", juce::dontSendNotification);
    juce::AccessibilityHandler::postAnnouncement(copied.getText(),
                                                 juce::AccessibilityHandler::AnnouncementPriority::medium);
}

void DiagnosticsOverlay::layOut(juce::Rectangle<int> area)
{
    auto buttons = area.removeFromBottom(theme::buttonHeight);
    copyButton.setBounds(buttons.removeFromRight(15 * theme::grid));
    buttons.removeFromRight(theme::grid);
    closingButton.setBounds(buttons.removeFromRight(12 * theme::grid));
    copied.setBounds(buttons.withTrimmedRight(theme::grid));
    area.removeFromBottom(theme::grid);

    area.removeFromTop(captionHeight);
    message.setBounds(area.removeFromTop(messageHeight));
    area.removeFromTop(theme::grid);
    constexpr int gap = 4 * theme::grid;
    auto left = area.removeFromLeft((area.getWidth() - gap) / 2);
    auto right = area.withTrimmedLeft(gap);
    generation.setBounds(left.removeFromTop(generation.heightNeeded()));
    sound.setBounds(right.removeFromTop(sound.heightNeeded()));
    right.removeFromTop(theme::grid);
    program.setBounds(right.removeFromTop(program.heightNeeded()));
}

void DiagnosticsOverlay::paint(juce::Graphics& graphics)
{
    Overlay::paint(graphics);
    drawCaption(graphics, "Last message", message);
}

} // namespace tonewright::plugin
