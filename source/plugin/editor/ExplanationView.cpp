#include "plugin/editor/ExplanationView.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
void prepare(juce::TextEditor& editor, const juce::String& title)
{
    editor.setMultiLine(true, true);
    editor.setReadOnly(true);
    editor.setCaretVisible(false);
    editor.setScrollbarsShown(true);
    editor.setScrollBarThickness(theme::grid);
    editor.setTabKeyUsedAsCharacter(false);
    editor.setIndents(2, 2);
    editor.setLineSpacing(1.15f);
    editor.setTitle(title);
    editor.setColour(juce::TextEditor::backgroundColourId, juce::Colours::transparentBlack);
    editor.setColour(juce::TextEditor::outlineColourId, juce::Colours::transparentBlack);
    editor.setMouseClickGrabsKeyboardFocus(true);
}

/// Appends a run of text; a reader of the editor sees one document.
void append(juce::TextEditor& editor, const juce::String& text, juce::Colour colour, const juce::Font& font)
{
    editor.moveCaretToEnd();
    editor.setColour(juce::TextEditor::textColourId, colour);
    editor.setFont(font);
    editor.insertTextAtCaret(text);
}

/// Paragraphs of foreign text, each made safe as one line.
juce::String paragraphs(const std::string& text)
{
    juce::StringArray lines;
    lines.addLines(juce::String::fromUTF8(text.data(), static_cast<int>(text.size())));
    for (auto& line : lines)
        line = theme::oneLine(line.toStdString());
    lines.removeEmptyStrings();
    return lines.joinIntoString("\n");
}
} // namespace

juce::String originOf(const PresetSource& source)
{
    const auto sure = ", " + juce::String(juce::roundToInt(source.confidence * 100)) + " % sure";
    if (source.engine == "offline")
        return "Offline engine" + sure;
    if (source.engine == "openai")
        return "Language model" +
               (source.model.empty() ? juce::String() : " " + theme::oneLine(source.model)) + sure;
    if (source.engine == "factory")
        return "Factory preset";
    return "Set by hand";
}

ExplanationView::ExplanationView()
{
    addAndMakeVisible(explanation);
    addAndMakeVisible(origin);
    prepare(explanation, "Explanation");
    prepare(origin, "Origin");
}

void ExplanationView::show(const Preset& preset)
{
    explanation.clear();
    const auto words = paragraphs(preset.explanation);
    append(explanation, words.isEmpty() ? "Turn the knobs, or say above what you would like to hear." : words,
           words.isEmpty() ? theme::secondaryText : theme::text, theme::font());
    if (preset.source.fallback)
        append(explanation, "\nOffline answer: " + paragraphs(preset.source.fallbackReason), theme::accent,
               theme::font());

    origin.clear();
    if (const auto prompt = theme::oneLine(preset.prompt); prompt.isNotEmpty())
        append(origin,
               juce::String::fromUTF8("\xe2\x80\x9c") + prompt + juce::String::fromUTF8("\xe2\x80\x9d\n"),
               theme::text, juce::Font(13.0f));
    juce::StringArray tags;
    for (const auto& tag : preset.tags)
        tags.add(theme::oneLine(tag));
    append(origin,
           originOf(preset.source) + (tags.isEmpty()
                                          ? juce::String()
                                          : "\n" + tags.joinIntoString(juce::String::fromUTF8(" \xc2\xb7 "))),
           theme::secondaryText, juce::Font(13.0f));
    for (auto* editor : {&explanation, &origin})
        editor->setCaretPosition(0);
}

void ExplanationView::resized()
{
    auto area = getLocalBounds();
    origin.setBounds(area.removeFromRight(juce::jlimit(240, 400, getWidth() / 3)));
    area.removeFromRight(2 * theme::grid);
    explanation.setBounds(area);
}

} // namespace tonewright::plugin
