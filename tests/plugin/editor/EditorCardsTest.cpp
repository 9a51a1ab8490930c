#include "EditorFixture.h"

#include <cstdlib>
#include <string>

namespace tonewright::test
{
namespace
{
class EditorCards : public EditorFixture
{
};

/// Another player's home for a while.
class HomeOf
{
public:
    explicit HomeOf(const char* home)
    {
        if (const char* usual = std::getenv("HOME"))
            before = usual;
        setenv("HOME", home, 1);
        for (const char* name : {"TONEWRIGHT_CONFIG_DIR", "XDG_STATE_HOME"})
            unsetenv(name);
    }
    ~HomeOf() { setenv("HOME", before.c_str(), 1); }
    HomeOf(const HomeOf&) = delete;
    HomeOf& operator=(const HomeOf&) = delete;

private:
    std::string before;
};
} // namespace

TEST_F(EditorCards, settingsNeverShowTheKeyAndForgetIt)
{
    session.origin = "file";
    view->settingsCard().open();
    auto& key = find<juce::TextEditor>("Key");
    EXPECT_TRUE(key.isEmpty());
    EXPECT_NE(key.getPasswordCharacter(), 0);
    key.setText("sk-secret", false);
    session.settingsProblem = "The address must start with https://.";
    findBelow<juce::TextButton>(view->settingsCard(), "Save").onClick();
    EXPECT_TRUE(view->settingsCard().isVisible());
    EXPECT_EQ(find<juce::Label>("Problem").getText().toStdString(), session.settingsProblem);
    session.settingsProblem.clear();
    key.onReturnKey();
    EXPECT_TRUE(view->settingsCard().isVisible()) << "until it is saved";
    EXPECT_EQ(find<juce::Label>("Problem").getText(), "Saving...");
    session.saving("The disk is full.");
    EXPECT_EQ(find<juce::Label>("Problem").getText(), "The disk is full.");
    key.onReturnKey();
    session.saving("");
    EXPECT_FALSE(view->settingsCard().isVisible());
    session.saving("too late"); // and nothing happens
    EXPECT_EQ(session.receivedKey, "sk-secret");
    EXPECT_TRUE(key.isEmpty());
    EXPECT_EQ(plugin::keyOriginSentence("").contains("No key"), true);
}

TEST_F(EditorCards, settingsOpenedAgainAreNotClosedByWhatWasSavedBefore)
{
    auto& card = view->settingsCard();
    card.open();
    find<juce::TextEditor>("Key").onReturnKey();
    card.close();
    card.open();
    session.saving("");
    EXPECT_TRUE(card.isVisible());
    EXPECT_EQ(findBelow<juce::Label>(card, "Problem").getText(), "");
}

TEST_F(EditorCards, settingsSayWhetherTheServerAnswersBeforeTheyAreSaved)
{
    view->settingsCard().open();
    auto& note = find<juce::Label>("Problem");
    auto& button = findBelow<juce::TextButton>(view->settingsCard(), "Test connection");
    expectWhole(button, "Test connection");
    find<juce::TextEditor>("Server address").setText("http://localhost:1234/v1", false);
    button.onClick();
    EXPECT_EQ(session.testedServer, "http://localhost:1234/v1");
    EXPECT_EQ(note.getText(), "Asking the server...");
    ASSERT_TRUE(session.tested);
    session.tested({true, "The server answers."});
    EXPECT_EQ(note.getText(), "The server answers.");
    EXPECT_TRUE(view->settingsCard().isVisible());
    session.settingsProblem = "The address must start with https://.";
    button.onClick();
    EXPECT_EQ(note.getText().toStdString(), session.settingsProblem);
    view->settingsCard().close();
    EXPECT_FALSE(session.tested) << "nobody waits for the answer any more";
}

TEST_F(EditorCards, aKeyCanBeForgottenWhereItIsOursToForget)
{
    auto& card = view->settingsCard();
    for (const auto* origin : {"", "environment"})
    {
        session.origin = origin;
        card.open();
        EXPECT_FALSE(findBelow<juce::TextButton>(card, "Forget key").isVisible()) << origin;
        card.close();
    }
    session.origin = "keyring";
    card.open();
    auto& button = findBelow<juce::TextButton>(card, "Forget key");
    ASSERT_TRUE(button.isVisible());
    expectWhole(button, "Forget key");
    button.onClick();
    EXPECT_EQ(session.origin, "");
    EXPECT_FALSE(button.isVisible());
    EXPECT_EQ(findBelow<juce::Label>(card, "Problem").getText(), "Forgetting the key...");
    session.saving("");
    EXPECT_EQ(findBelow<juce::Label>(card, "Problem").getText(), "The key is forgotten.");
}

TEST_F(EditorCards, cardsCloseWithEscapeAndBesideTheCard)
{
    for (plugin::Overlay* card : {&view->settingsCard(), &view->saveCard(), &view->browserCard(),
                                  static_cast<plugin::Overlay*>(&view->diagnosticsCard()),
                                  static_cast<plugin::Overlay*>(&view->tunerCard()),
                                  static_cast<plugin::Overlay*>(&view->calibrationCard())})
    {
        card->open();
        EXPECT_TRUE(card->isVisible());
        EXPECT_TRUE(view->getLocalBounds().contains(card->cardBounds()));
        EXPECT_TRUE(card->keyPressed(juce::KeyPress(juce::KeyPress::escapeKey)));
        EXPECT_FALSE(card->isVisible());
        card->open();
        card->mouseDown(mouseAt(*card, {2, 2}, {2, 2}, {}));
        EXPECT_FALSE(card->isVisible());
    }
}

TEST_F(EditorCards, technicalDetailIsOneClickFromTheStatusLine)
{
    auto& details = find<juce::TextButton>("Details");
    EXPECT_FALSE(details.isVisible()) << "there is nothing to show yet";
    session.present = {false, "The server refused the key.", "HTTP 401 from the server\nx-request-id: 7", -1,
                       true};
    session.announceStatus();
    ASSERT_TRUE(details.isVisible());
    expectWhole(details, "Details");
    details.onClick();
    EXPECT_TRUE(view->diagnosticsCard().isVisible());
    const auto text = find<juce::TextEditor>("Last message").getText();
    EXPECT_TRUE(text.contains("The server refused the key."));
    EXPECT_TRUE(text.contains("HTTP 401 from the server"));
    EXPECT_TRUE(text.contains("x-request-id: 7"));
    view->diagnosticsCard().close();
    session.present = {false, "Applied.", "", -1, false};
    session.announceStatus();
    EXPECT_FALSE(details.isVisible());
}

TEST_F(EditorCards, diagnosticsAreReachedFromTheSettingsAndByAKey)
{
    view->settingsCard().open();
    findBelow<juce::TextButton>(view->settingsCard(), "Diagnostics").onClick();
    EXPECT_FALSE(view->settingsCard().isVisible());
    EXPECT_TRUE(view->diagnosticsCard().isVisible());
    view->diagnosticsCard().close();
    EXPECT_TRUE(view->keyPressed(juce::KeyPress('d', juce::ModifierKeys::commandModifier, 0)));
    EXPECT_TRUE(view->diagnosticsCard().isVisible());
}

TEST_F(EditorCards, diagnosticsShowWhatWasCountedAndFollowIt)
{
    processor.prepareToPlay(48'000, 64);
    juce::AudioBuffer<float> audio(2, 64);
    juce::MidiBuffer midi;
    processor.processBlock(audio, midi);
    view->diagnosticsCard().open();
    EXPECT_TRUE(view->diagnosticsCard().report().contains("Blocks played: 1\n"));
    processor.processBlock(audio, midi);
    for (int tick = 0; tick < 16; ++tick)
        view->tick(0.03);
    bool isShown = false;
    visitAll(view->diagnosticsCard(),
             [&](juce::Component& part) { isShown = isShown || part.getTitle() == "Blocks played: 2"; });
    EXPECT_TRUE(isShown) << "a screen reader is told the name and the value";
}

TEST_F(EditorCards, everythingOnTheDiagnosticsCardIsWholeAndApart)
{
    processor.prepareToPlay(48'000, 64);
    for (const int height : {plugin::theme::minimumHeight, plugin::theme::defaultHeight})
    {
        view->setSize(height == plugin::theme::minimumHeight ? plugin::theme::minimumWidth
                                                             : plugin::theme::defaultWidth,
                      height);
        view->diagnosticsCard().open();
        const auto& parts = view->diagnosticsCard().getChildren();
        for (auto* part : parts)
        {
            expectWhole(*part, part->getTitle());
            EXPECT_TRUE(view->diagnosticsCard().cardBounds().contains(part->getBounds())) << part->getTitle();
            for (auto* row : part->getChildren())
                if (dynamic_cast<plugin::DiagnosticsTable*>(part) != nullptr)
                    expectWhole(*row, row->getTitle());
            for (auto* other : parts)
                EXPECT_TRUE(other == part || !other->getBounds().intersects(part->getBounds()))
                    << part->getTitle() << " overlaps " << other->getTitle();
        }
        view->diagnosticsCard().close();
    }
}

// What goes into a bug report goes to strangers.
TEST_F(EditorCards, theReportHoldsNoKeyNoPromptNoServerNoName)
{
    const std::string key = "sk-test-0123456789abcdefghijklmnop";
    session.preset.prompt = "the prompt of my life";
    session.preset.name = "my secret tone";
    session.prompts = {"the prompt of my life"};
    session.server = "https://internal.example.org/v1";
    session.model = "secret-model";
    session.present = {false, "The server refused " + key, "HTTP 401 \"the prompt of my life\"", -1, true};
    const HomeOf jimi("/home/jimi");
    view->diagnosticsCard().open();
    const auto report = view->diagnosticsCard().report();
    for (const char* secret : {key.c_str(), "the prompt of my life", "my secret tone", "internal.example.org",
                               "secret-model", "jimi", "401"})
        EXPECT_FALSE(report.contains(secret)) << secret << " in:\n" << report;
    EXPECT_TRUE(report.contains("~/.local/state/tonewright/tonewright.log")) << report;
    EXPECT_TRUE(report.contains("Version: ")) << report;
}

} // namespace tonewright::test
