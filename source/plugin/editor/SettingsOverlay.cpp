#include "plugin/editor/SettingsOverlay.h"

#include "plugin/editor/Theme.h"

namespace tonewright::plugin
{
namespace
{
constexpr int cardWidth = 560;
constexpr int cardHeight = 488;
constexpr int longestSetting = 1000;

void prepareField(juce::TextEditor& field, const juce::String& title, const juce::String& hint)
{
    field.setTitle(title);
    field.setDescription(hint);
    field.setFont(theme::font());
    field.setTextToShowWhenEmpty(hint, theme::faintText);
    field.setJustification(juce::Justification::centredLeft);
    field.setIndents(theme::grid, 0);
    field.setInputRestrictions(longestSetting);
}
} // namespace

juce::String keyOriginSentence(const std::string& origin)
{
    if (origin == "session")
        return "A key is in use until the program ends. Type another to replace it.";
    if (origin == "environment")
        return "The key in use comes from the environment variable OPENAI_API_KEY.";
    if (origin == "file")
        return "A key is kept on this computer. Type another to replace it.";
    if (origin == "keyring")
        return "A key is kept in this desktop's keyring. Type another to replace it.";
    if (!origin.empty())
        return "The key in use comes from: " + theme::oneLine(origin) + ".";
    return "No key yet. OpenAI needs one; a server on your own computer mostly does not.";
}

SettingsOverlay::SettingsOverlay(ToneSession& toneSession)
    : Overlay("Settings", cardWidth, cardHeight), session(toneSession)
{
    addAndMakeVisible(engineBox);
    engineBox.addItem("Automatic: language model, offline when it cannot answer",
                      static_cast<int>(Engine::automatic) + 1);
    engineBox.addItem("Offline engine only", static_cast<int>(Engine::offline) + 1);
    engineBox.addItem("Language model", static_cast<int>(Engine::openAi) + 1);
    engineBox.setTitle("Engine");
    engineBox.setDescription("Who turns your words into a preset");

    for (auto* field : {&serverField, &modelField, &keyField})
        addAndMakeVisible(field);
    prepareField(serverField, "Server address", "https://api.openai.com/v1 or http://localhost:11434/v1");
    prepareField(modelField, "Model", "The language model's name");
    prepareField(keyField, "Key", "Leave empty to keep the present key");
    keyField.setPasswordCharacter(0x2022);
    keyField.setPopupMenuEnabled(false); // nothing to copy or cut from a field that hides its text

    const juce::Font small(13.0f);
    addText(keyNote, "Key origin", small, theme::secondaryText);
    addText(privacyNote, "Privacy", small, theme::secondaryText);
    addText(problemNote, "Problem", small, theme::problem);
    privacyNote.setText(
        "The offline engine sends nothing anywhere. The language model's server receives your prompts, the "
        "present knob settings and how they measure, never your audio. The key goes to that server only and "
        "is never written into presets or projects.",
        juce::dontSendNotification);

    addButton(forgetKeyButton, false);
    forgetKeyButton.setTooltip("Takes the key of this server off this computer");
    forgetKeyButton.onClick = [this] { forgetKey(); };
    addButton(diagnosticsButton, false);
    addButton(testButton, false);
    addButton(cancelButton, false);
    addButton(saveButton, true);
    saveButton.onClick = [this] { save(); };
    testButton.setTooltip(
        "Asks the server whether it answers, takes the key and has the model; changes nothing");
    testButton.onClick = [this] { test(); };
    cancelButton.onClick = [this] { close(); };
    diagnosticsButton.setTooltip("Numbers for when something is wrong, and where the log is");
    diagnosticsButton.onClick = [this]
    {
        close();
        if (onDiagnostics)
            onDiagnostics();
    };
    for (auto* field : {&serverField, &modelField, &keyField})
    {
        field->onReturnKey = [this] { save(); };
        field->onEscapeKey = [this] { close(); };
    }
}

void SettingsOverlay::refresh()
{
    ++opening;
    engineBox.setSelectedId(static_cast<int>(session.engine()) + 1, juce::dontSendNotification);
    serverField.setText(theme::oneLine(session.serverAddress()), false);
    modelField.setText(theme::oneLine(session.modelName()), false);
    keyField.clear();
    showKeyOrigin();
    say({}, false);
}

void SettingsOverlay::showKeyOrigin()
{
    const auto origin = session.keyOrigin();
    keyNote.setText(keyOriginSentence(origin), juce::dontSendNotification);
    // What an environment variable says is not ours to forget.
    forgetKeyButton.setVisible(!origin.empty() && origin != "environment");
}

/// What is still being saved when the card closes is told by the status line, if it fails; a card opened
/// again meanwhile belongs to what the player enters next.
std::function<void(const std::string&)>
SettingsOverlay::whileOpen(void (SettingsOverlay::*ended)(const std::string&))
{
    return [card = juce::Component::SafePointer<SettingsOverlay>(this), begun = opening,
            ended](const std::string& problem)
    {
        if (card != nullptr && card->isVisible() && card->opening == begun)
            (card.getComponent()->*ended)(problem);
    };
}

void SettingsOverlay::forgetKey()
{
    keyField.clear();
    const auto problem = session.forgetKey(whileOpen(&SettingsOverlay::keyForgotten));
    say(problem.empty() ? "Forgetting the key..." : problem, !problem.empty());
    showKeyOrigin();
    if (!forgetKeyButton.isVisible())
        keyField.grabKeyboardFocus();
}

void SettingsOverlay::keyForgotten(const std::string& problem)
{
    say(problem.empty() ? "The key is forgotten." : problem, !problem.empty());
    showKeyOrigin();
}

void SettingsOverlay::forget()
{
    keyField.clear();
    session.endConnectionTest();
}

void SettingsOverlay::save()
{
    const auto engine = static_cast<Engine>(engineBox.getSelectedId() - 1);
    const auto problem = session.applySettings(
        engine, serverField.getText().trim().toStdString(), modelField.getText().trim().toStdString(),
        keyField.getText().trim().toStdString(), whileOpen(&SettingsOverlay::saved));
    if (isVisible())
        say(problem.empty() ? "Saving..." : problem, !problem.empty());
}

void SettingsOverlay::saved(const std::string& problem)
{
    if (problem.empty())
        close();
    else
        say(problem, true);
}

void SettingsOverlay::test()
{
    const auto answered =
        [card = juce::Component::SafePointer<SettingsOverlay>(this)](const ConnectionTest& result)
    {
        if (card != nullptr)
            card->say(result.text, !result.hasAnswered);
    };
    const auto problem = session.testConnection(serverField.getText().trim().toStdString(),
                                                modelField.getText().trim().toStdString(),
                                                keyField.getText().trim().toStdString(), answered);
    say(problem.empty() ? "Asking the server..." : problem, !problem.empty());
}

void SettingsOverlay::say(const std::string& text, bool isProblem)
{
    problemNote.setColour(juce::Label::textColourId, isProblem ? theme::problem : theme::secondaryText);
    problemNote.setText(theme::oneLine(text), juce::dontSendNotification);
}

void SettingsOverlay::layOut(juce::Rectangle<int> area)
{
    constexpr int captionHeight = 2 * theme::grid + 6;
    const auto place = [&](juce::Component& field)
    {
        area.removeFromTop(captionHeight);
        field.setBounds(area.removeFromTop(theme::buttonHeight));
        area.removeFromTop(theme::grid);
    };
    place(engineBox);
    place(serverField);
    place(modelField);
    place(keyField);
    area.removeFromTop(2 - theme::grid + 4);
    auto keyLine = area.removeFromTop(3 * theme::grid);
    forgetKeyButton.setBounds(keyLine.removeFromRight(12 * theme::grid));
    keyNote.setBounds(keyLine);
    privacyNote.setBounds(area.removeFromTop(7 * theme::grid));
    auto buttons = area.removeFromBottom(theme::buttonHeight + 4);
    problemNote.setBounds(area.withTrimmedTop(4));
    saveButton.setBounds(buttons.removeFromRight(12 * theme::grid));
    buttons.removeFromRight(theme::grid);
    cancelButton.setBounds(buttons.removeFromRight(12 * theme::grid));
    diagnosticsButton.setBounds(buttons.removeFromLeft(13 * theme::grid));
    buttons.removeFromLeft(theme::grid);
    testButton.setBounds(buttons.removeFromLeft(17 * theme::grid));
}

void SettingsOverlay::paint(juce::Graphics& graphics)
{
    Overlay::paint(graphics);
    drawCaption(graphics, "Engine", engineBox);
    drawCaption(graphics, "Server address", serverField);
    drawCaption(graphics, "Model", modelField);
    drawCaption(graphics, "Key", keyField);
}

} // namespace tonewright::plugin
