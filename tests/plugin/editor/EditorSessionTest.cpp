#include "EditorFixture.h"

namespace tonewright::test
{
namespace
{
class EditorSession : public EditorFixture
{
};
} // namespace

TEST_F(EditorSession, enterGeneratesAndTheButtonTurnsIntoCancel)
{
    auto& field = find<juce::TextEditor>("Prompt");
    auto& button = find<juce::TextButton>("Generate");
    field.setText("  ", false);
    field.onReturnKey();
    EXPECT_TRUE(session.prompts.empty()) << "an empty prompt goes nowhere";
    field.setText(" dark doom fuzz ", false);
    field.onReturnKey();
    ASSERT_EQ(session.prompts.size(), 1u);
    EXPECT_EQ(session.prompts.front(), "dark doom fuzz");
    EXPECT_EQ(button.getButtonText(), "Cancel");
    EXPECT_TRUE(find<juce::ProgressBar>().isVisible());
    button.onClick();
    EXPECT_EQ(session.cancellations, 1);
    EXPECT_EQ(button.getButtonText(), "Generate");
    EXPECT_FALSE(find<juce::ProgressBar>().isVisible());
    field.onEscapeKey();
    EXPECT_EQ(session.cancellations, 2);
}

TEST_F(EditorSession, theCabinetNamesItsImpulseResponseAndTakesAnotherByDrop)
{
    auto& button = find<juce::TextButton>("Load impulse response");
    EXPECT_EQ(button.getButtonText(), "IR...");
    auto* const panel = button.findParentComponentOfClass<juce::FileDragAndDropTarget>();
    ASSERT_NE(panel, nullptr);
    EXPECT_TRUE(panel->isInterestedInFileDrag({"/sounds/My Cab.WAV"}));
    EXPECT_FALSE(panel->isInterestedInFileDrag({"/sounds/preset.tone.json"}));
    EXPECT_FALSE(panel->isInterestedInFileDrag({"/a.wav", "/b.wav"}));
    panel->filesDropped({"/sounds/My Cab.WAV"}, 0, 0);
    EXPECT_EQ(session.impulses, std::vector<std::string>{"/sounds/My Cab.WAV"});

    auto preset = session.preset;
    preset.parameters["cabinet.model"_p] = static_cast<float>(CabinetModel::user);
    preset.parameters.impulseResponse = 7;
    preset.impulseResponseName = "My Cab";
    showPreset(preset);
    EXPECT_EQ(button.getButtonText(), "My Cab");
    EXPECT_EQ(button.getTitle(), "Impulse response: My Cab");
    showPreset(Preset{});
    EXPECT_EQ(button.getButtonText(), "IR...");
}

TEST_F(EditorSession, alternativesAreMadeOnRequestListedAsTheyComeAndHeardByKeyboard)
{
    auto& button = find<juce::TextButton>("Alternatives");
    auto& card = view->alternativesCard();
    auto& list = findBelow<juce::ListBox>(card, "Answers");
    const auto openByKey = [this]
    { return view->keyPressed(juce::KeyPress('e', juce::ModifierKeys::commandModifier, 0)); };
    EXPECT_FALSE(button.isVisible()) << "nothing was answered yet";
    EXPECT_TRUE(openByKey());
    EXPECT_FALSE(card.isVisible());

    Preset first, other;
    first.name = "Slate";
    first.prompt = other.prompt = "dark clean";
    other.name = "Coal";
    other.source.variation = 1;
    other.source.difference = "darker, drier; 1.8 audible steps away";
    session.offered.answers = {first};
    session.preset = first;
    session.announceStatus();
    EXPECT_TRUE(button.isVisible());
    EXPECT_EQ(session.alternativesAsked, 0) << "only on request";
    EXPECT_TRUE(openByKey());
    ASSERT_TRUE(card.isVisible());
    EXPECT_EQ(session.alternativesAsked, 1);
    auto* const model = list.getModel();
    EXPECT_EQ(model->getNumRows(), 1);
    EXPECT_TRUE(findBelow<juce::Label>(card, "What is being made").getText().contains("Alternative 1"));

    session.offered.answers.push_back(other);
    session.offered.isUnderWay = false;
    session.offered.problem = "These words leave no further alternative.";
    session.announceStatus();
    ASSERT_EQ(model->getNumRows(), 2);
    EXPECT_EQ(model->getNameForRow(0), "First answer: Slate");
    EXPECT_EQ(model->getNameForRow(1), "Alternative 1: Coal. Darker, drier; 1.8 audible steps away");
    EXPECT_EQ(findBelow<juce::Label>(card, "What is being made").getText(),
              "These words leave no further alternative.");
    EXPECT_EQ(list.getSelectedRow(), 0) << "the one that sounds";
    list.keyPressed(juce::KeyPress(juce::KeyPress::downKey));
    EXPECT_TRUE(session.chosenAlternatives.empty()) << "walking through the list changes nothing";
    list.keyPressed(juce::KeyPress(juce::KeyPress::returnKey));
    EXPECT_EQ(session.chosenAlternatives, std::vector<std::size_t>{1});
    EXPECT_EQ(session.preset.name, "Coal");
    EXPECT_TRUE(card.isVisible()) << "the next one can be heard at once";
    EXPECT_TRUE(card.keyPressed(juce::KeyPress(juce::KeyPress::escapeKey)));
    EXPECT_FALSE(card.isVisible());
    EXPECT_EQ(session.alternativesStopped, 0) << "they go on in the background";
    view.reset();
    EXPECT_EQ(session.alternativesStopped, 1);
}

TEST_F(EditorSession, statusLineTellsErrorsFromNews)
{
    auto& status = find<juce::Label>("Status");
    session.present = {false, "The server refused the key.", "HTTP 401", -1, true};
    session.announceStatus();
    EXPECT_EQ(status.getText(), "The server refused the key.");
    EXPECT_TRUE(status.getTooltip().contains("HTTP 401"));
    EXPECT_EQ(status.findColour(juce::Label::textColourId), plugin::theme::problem);
    session.present = {false, "Applied.", "", -1, false};
    session.announceStatus();
    EXPECT_EQ(status.findColour(juce::Label::textColourId), plugin::theme::secondaryText);
}

TEST_F(EditorSession, explanationSaysWhyAnotherEngineAnswered)
{
    auto preset = session.preset;
    preset.explanation = "Scooped and glassy.";
    preset.source = {"offline", "", 0.72, true, "The server did not answer."};
    showPreset(preset);
    const auto text = find<juce::TextEditor>("Explanation").getText();
    EXPECT_TRUE(text.contains("Scooped and glassy."));
    EXPECT_TRUE(text.contains("The server did not answer."));
    EXPECT_TRUE(find<juce::TextEditor>("Origin").getText().contains("72 %"));
}

TEST_F(EditorSession, shortcutsUndoRedoAndStep)
{
    const auto press = [this](int code, int modifiers = juce::ModifierKeys::commandModifier)
    { return view->keyPressed(juce::KeyPress(code, juce::ModifierKeys(modifiers), 0)); };
    session.undoSteps = 1;
    EXPECT_TRUE(press('z'));
    EXPECT_EQ(session.redoSteps, 1);
    EXPECT_TRUE(press('z', juce::ModifierKeys::commandModifier | juce::ModifierKeys::shiftModifier));
    EXPECT_EQ(session.undoSteps, 1);
    EXPECT_TRUE(press(juce::KeyPress::downKey));
    EXPECT_TRUE(press(juce::KeyPress::downKey));
    EXPECT_TRUE(press(juce::KeyPress::upKey));
    ASSERT_EQ(session.loaded.size(), 3u);
    EXPECT_EQ(session.loaded[0], session.library[0].name);
    EXPECT_EQ(session.loaded[1], session.library[1].name);
    EXPECT_EQ(session.loaded[2], session.library[0].name);
    EXPECT_FALSE(press('q'));
}

TEST_F(EditorSession, undoButtonsFollowTheSession)
{
    auto& undo = find<juce::Button>("Undo");
    session.announcePreset();
    EXPECT_FALSE(undo.isEnabled());
    session.undoSteps = 1;
    for (int tick = 0; tick < 16; ++tick)
        view->tick(0.03); // a knob was moved: nobody announces it
    EXPECT_TRUE(undo.isEnabled());
}

TEST_F(EditorSession, importKeepsThePresetUnderAFreeName)
{
    session.preset.name = "Mine";
    session.library.push_back({"Mine", {}, false, {}});
    view->loadFile(juce::File("/tmp/some.tone.json"), true);
    ASSERT_EQ(session.saved.size(), 1u);
    EXPECT_EQ(session.saved.front(), "Mine 2");
    session.present.isError = true;
    view->loadFile(juce::File("/tmp/other.tone.json"), true);
    EXPECT_EQ(session.saved.size(), 1u) << "what could not be loaded is not kept";
}

} // namespace tonewright::test
