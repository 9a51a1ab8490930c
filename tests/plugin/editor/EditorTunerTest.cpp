// The tuner's card and the input level: what a guitarist does before playing.

#include "EditorFixture.h"
#include "dsp/PluckedString.h"

#include <cmath>

namespace tonewright::test
{
namespace
{
constexpr double rate = 48'000;

class EditorTuner : public EditorFixture
{
protected:
    EditorTuner() { processor.prepareToPlay(rate, blockFrames); }

    /// The editor looks on while a string sounds.
    void pluck(double frequency, double seconds)
    {
        dsp::PluckedString string(rate, frequency * 0.9, 0.2, 1);
        string.pluck({frequency, 0.13, 0.8f, 6, 1.5});
        playSamples([&] { return 0.3f * string.next(); }, seconds);
    }

    void playSamples(const std::function<float()>& next, double seconds)
    {
        juce::AudioBuffer<float> audio(2, blockFrames);
        juce::MidiBuffer midi;
        for (int block = 0; block * blockFrames < seconds * rate; ++block)
        {
            for (int frame = 0; frame < blockFrames; ++frame)
            {
                const float sample = next();
                audio.setSample(0, frame, sample);
                audio.setSample(1, frame, sample);
            }
            processor.processBlock(audio, midi);
            view->tick(blockFrames / rate);
        }
        heard = audio.getMagnitude(0, 0, blockFrames);
    }

    static constexpr int blockFrames = 1600; // a thirtieth of a second
    float heard = 0;                         ///< the last block's output
};
} // namespace

TEST_F(EditorTuner, readsAStringAndSaysHowFarItIsOff)
{
    view->tunerCard().open();
    EXPECT_EQ(view->tunerCard().dial().sentence(), "Play one string.");
    pluck(110 * std::pow(2.0, -7 / 1200.0), 0.6);
    EXPECT_EQ(view->tunerCard().dial().sentence(), "A2, 7 cents flat");
    pluck(82.4069, 0.6);
    EXPECT_EQ(view->tunerCard().dial().sentence(), "E2, in tune");
    find<juce::ComboBox>("Reference A").setSelectedId(443, juce::sendNotificationSync);
    pluck(82.4069, 0.6);
    EXPECT_EQ(view->tunerCard().dial().sentence(), "E2, 12 cents flat");
    EXPECT_EQ(processor.tunerTap().reference(), 443);
}

TEST_F(EditorTuner, isSilentWhileItIsOpenAndNoLonger)
{
    auto& mute = find<juce::ToggleButton>("Mute while tuning");
    EXPECT_TRUE(mute.getToggleState());
    pluck(110, 0.3);
    EXPECT_GT(heard, 0.001f);
    EXPECT_TRUE(view->keyPressed(juce::KeyPress('t', juce::ModifierKeys::commandModifier, 0)));
    ASSERT_TRUE(view->tunerCard().isVisible());
    pluck(110, 0.3);
    EXPECT_EQ(heard, 0.0f);
    mute.setToggleState(false, juce::sendNotificationSync);
    mute.onClick();
    pluck(110, 0.3);
    EXPECT_GT(heard, 0.001f);
    mute.setToggleState(true, juce::sendNotificationSync);
    mute.onClick();
    view->tunerCard().close();
    EXPECT_FALSE(processor.tunerTap().isOpen());
    pluck(110, 0.3);
    EXPECT_GT(heard, 0.001f);
    view->tunerCard().open();
    pluck(110, 0.3);
    EXPECT_EQ(heard, 0.0f);
    view.reset();
    EXPECT_FALSE(processor.tunerTap().isMuted()) << "a host may close the window at any moment";
}

TEST_F(EditorTuner, mutesNothingWhileItsWindowIsPutAway)
{
    view->tunerCard().open();
    EXPECT_TRUE(processor.tunerTap().isMuted());
    view->tunerCard().setSeen(false);
    EXPECT_FALSE(processor.tunerTap().isMuted());
    view->tunerCard().setSeen(true);
    EXPECT_TRUE(processor.tunerTap().isMuted());
    view->tunerCard().setSeen(false);
    view->tunerCard().close();
    view->tunerCard().setSeen(true);
    EXPECT_FALSE(processor.tunerTap().isOpen());
}

TEST_F(EditorTuner, theCardsFitTheSmallestWindowAndAreReachedWithTab)
{
    view->setSize(plugin::theme::minimumWidth, plugin::theme::minimumHeight);
    for (plugin::Overlay* card : {static_cast<plugin::Overlay*>(&view->tunerCard()),
                                  static_cast<plugin::Overlay*>(&view->calibrationCard())})
    {
        card->open();
        int reachable = 0;
        for (auto* part : card->getChildren())
        {
            if (!part->isVisible())
                continue;
            expectWhole(*part, part->getTitle());
            EXPECT_FALSE(part->getTitle().isEmpty());
            EXPECT_TRUE(card->cardBounds().contains(part->getBounds())) << part->getTitle();
            reachable += part->getWantsKeyboardFocus() ? 1 : 0;
        }
        EXPECT_GE(reachable, 3);
        EXPECT_TRUE(card->keyPressed(juce::KeyPress(juce::KeyPress::escapeKey)));
        EXPECT_FALSE(card->isVisible());
    }
}

TEST_F(EditorTuner, theInputLevelIsSaidBesideItsMeter)
{
    auto& button = find<plugin::InputLevelButton>();
    EXPECT_EQ(button.getTitle(), "Input level: -");
    playSamples([] { return 0.08f; }, 3);
    EXPECT_EQ(button.getTitle(), "Input level: low");
    EXPECT_TRUE(button.getTooltip().contains("raise your interface's gain by about 13 dB"))
        << button.getTooltip();
    button.onClick();
    EXPECT_TRUE(view->calibrationCard().isVisible());
}

TEST_F(EditorTuner, calibratingSetsTheTrimAndItsUndoTakesBackThatAlone)
{
    session.preset.parameters["input.trim"_p] = -1.5f;
    view->calibrationCard().open();
    auto& undo = findBelow<juce::TextButton>(view->calibrationCard(), "Undo");
    EXPECT_FALSE(undo.isVisible());
    findBelow<juce::TextButton>(view->calibrationCard(), "Calibrate").onClick();
    playSamples([] { return 0.1f; }, 6); // -20 dBFS
    EXPECT_NEAR(session.preset.parameters["input.trim"_p], 11.0f, 0.05f);
    ASSERT_TRUE(undo.isVisible());
    session.undoSteps = 1; // something else that could be undone
    undo.onClick();
    EXPECT_EQ(session.undoSteps, 1);
    EXPECT_EQ(session.preset.parameters["input.trim"_p], -1.5f);
    EXPECT_FALSE(undo.isVisible());
}

} // namespace tonewright::test
