#include "SessionFixture.h"
#include "plugin/editor/ParameterLink.h"
#include "tone/PresetLibrary.h"

#include <fstream>
#include <thread>

namespace tonewright::plugin
{
namespace
{
using test::deliverMessagesUntil;

class CountingListener final : public ToneSessionListener
{
public:
    void presetChanged() override { ++presets; }
    void statusChanged() override { ++statuses; }
    int presets = 0;
    int statuses = 0;
};

class PluginSessionTest : public SessionFixture
{
};

TEST_F(PluginSessionTest, TurnsWordsIntoTheToneThatSounds)
{
    CountingListener listener;
    session().addListener(listener);
    session().generate("dark doom fuzz");
    EXPECT_TRUE(session().status().isGenerating);
    ASSERT_TRUE(generationEnds());
    EXPECT_FALSE(session().status().isError) << session().status().text;
    const auto preset = session().currentPreset();
    EXPECT_EQ(preset.prompt, "dark doom fuzz");
    EXPECT_TRUE(preset.parameters.isOn("drive.enabled"_p));
    EXPECT_FLOAT_EQ(
        processor->parameter("amp.gain"_p).convertFrom0to1(processor->parameter("amp.gain"_p).getValue()),
        preset.parameters["amp.gain"_p]);
    EXPECT_EQ(listener.presets, 1);
    EXPECT_GE(listener.statuses, 2);
    session().removeListener(listener);
}

TEST_F(PluginSessionTest, AppliesTheLatestOfSeveralPromptsOnly)
{
    CountingListener listener;
    session().addListener(listener);
    for (const char* prompt :
         {"warm jazz clean", "tight modern metal rhythm", "surf with lots of spring reverb"})
        session().generate(prompt);
    ASSERT_TRUE(generationEnds());
    EXPECT_EQ(session().currentPreset().prompt, "surf with lots of spring reverb");
    // What the superseded requests still say changes nothing.
    deliverMessagesUntil([] { return false; }, std::chrono::milliseconds(200));
    EXPECT_EQ(session().currentPreset().prompt, "surf with lots of spring reverb");
    EXPECT_EQ(listener.presets, 1);
    session().removeListener(listener);
}

TEST_F(PluginSessionTest, NeverAppliesACancelledPrompt)
{
    const auto before = session().currentPreset();
    session().generate("dark doom fuzz");
    session().cancelGeneration();
    EXPECT_FALSE(session().status().isGenerating);
    deliverMessagesUntil([] { return false; }, std::chrono::milliseconds(300));
    EXPECT_EQ(session().currentPreset(), before);
    EXPECT_FALSE(session().status().isError);
}

TEST_F(PluginSessionTest, AsksForWordsWhenThereAreNone)
{
    const auto before = session().currentPreset();
    session().generate("  \n\t ");
    EXPECT_TRUE(session().status().isError);
    EXPECT_FALSE(session().status().isGenerating);
    EXPECT_EQ(session().currentPreset(), before);
}

TEST_F(PluginSessionTest, IsDestroyedAtOnceWhilePromptsAreUnderWay)
{
    for (int round = 0; round < 10; ++round)
    {
        session().generate("ambient swell with huge hall and long delay");
        session().generate("classic rock crunch, no reverb");
        const auto start = std::chrono::steady_clock::now();
        processor.reset();
        const auto taken = std::chrono::steady_clock::now() - start;
        EXPECT_LT(taken, std::chrono::seconds(2)); // the promise is 250 ms; a loaded machine is no failure
        processor = std::make_unique<TonewrightProcessor>();
    }
}

TEST_F(PluginSessionTest, UndoesAndRedoesWholeTones)
{
    const auto& presets = factoryPresets();
    ASSERT_GE(presets.size(), 3u);
    EXPECT_FALSE(session().canUndo());
    session().applyPreset(presets[0]);
    session().applyPreset(presets[1]);
    processor->parameter("amp.gain"_p).setValueNotifyingHost(1.0f);
    EXPECT_TRUE(session().isEdited());
    session().applyPreset(presets[2]);
    EXPECT_FALSE(session().isEdited());

    session().undo();
    EXPECT_EQ(name(), presets[1].name);
    EXPECT_EQ(session().currentPreset().parameters["amp.gain"_p], 10.0f);
    EXPECT_TRUE(session().isEdited());
    session().undo();
    EXPECT_EQ(session().currentPreset(), presets[0]);
    session().redo();
    EXPECT_EQ(session().currentPreset().parameters["amp.gain"_p], 10.0f);
    session().redo();
    EXPECT_EQ(session().currentPreset(), presets[2]);
    EXPECT_FALSE(session().canRedo());

    session().undo();
    session().applyPreset(presets[0]);
    EXPECT_FALSE(session().canRedo());
}

TEST_F(PluginSessionTest, UndoesWhatThePlayerDoesToAKnobButNotWhatAHostAutomates)
{
    constexpr auto gain = "amp.gain"_p;
    constexpr auto bass = "amp.bass"_p;
    session().applyPreset(factoryPresets().front());
    const auto before = session().currentPreset();
    const auto turn = [&](ParameterIndex index, float value)
    {
        ParameterLink link(index, processor->parameter(index));
        link.beginGesture();
        for (const float share : {0.5f, 0.9f, 1.0f})
            link.set(share * value);
        link.endGesture();
    };
    turn(gain, 2);
    turn(gain, 3); // the wheel again: one step
    turn(bass, 7);
    ParameterLink(gain, processor->parameter(gain)).beginGesture(); // touched, not turned
    processor->parameter("amp.mid"_p).setValueNotifyingHost(0.1f);  // a host
    session().undo();
    EXPECT_EQ(session().currentPreset().parameters[bass], before.parameters[bass]);
    EXPECT_EQ(session().currentPreset().parameters[gain], 3.0f);
    session().undo();
    EXPECT_EQ(session().currentPreset(), before);
    EXPECT_FALSE(session().isEdited());
    session().redo();
    EXPECT_EQ(session().currentPreset().parameters[gain], 3.0f);
    EXPECT_TRUE(session().isEdited());
    turn(gain, 4); // right after: not the turn from before
    session().undo();
    EXPECT_EQ(session().currentPreset().parameters[gain], 3.0f);
}

TEST_F(PluginSessionTest, RemembersFiftyStepsAndNoMore)
{
    for (int step = 0; step < 70; ++step)
    {
        Preset preset;
        preset.name = std::to_string(step);
        session().applyPreset(preset);
    }
    int steps = 0;
    for (; session().canUndo(); ++steps)
        session().undo();
    EXPECT_EQ(steps, 50);
    EXPECT_EQ(name(), "19");
}

TEST_F(PluginSessionTest, SavesListsAndLoadsPresets)
{
    session().applyPreset(factoryPresets().front());
    processor->parameter("amp.bass"_p).setValueNotifyingHost(0.123f);
    const auto saved = session().currentPreset();
    session().savePreset("My own tone");
    EXPECT_FALSE(session().status().isError) << session().status().text;
    EXPECT_FALSE(session().isEdited());
    EXPECT_EQ(name(), "My own tone");

    session().applyPreset(factoryPresets().back());
    bool isFound = false;
    for (const auto& entry : session().presets())
        if (entry.name == "My own tone")
        {
            isFound = true;
            session().loadPreset(entry);
        }
    ASSERT_TRUE(isFound);
    EXPECT_EQ(session().currentPreset().parameters, saved.parameters);
    for (const auto& entry : session().presets())
        if (entry.isFactory)
        {
            session().loadPreset(entry);
            EXPECT_EQ(name(), entry.name);
            EXPECT_FALSE(session().status().isError) << session().status().text;
        }
}

TEST_F(PluginSessionTest, SaysWhyAPresetCannotBeLoadedOrSaved)
{
    const auto before = session().currentPreset();
    session().loadPresetFile((folder.path() / "no such file.tone.json").string());
    EXPECT_TRUE(session().status().isError);
    const auto broken = folder.path() / "broken.tone.json";
    std::ofstream(broken) << "{\"format\": \"tonewright-preset\", ";
    session().loadPresetFile(broken.string());
    EXPECT_TRUE(session().status().isError);
    EXPECT_FALSE(session().status().text.empty());
    session().savePreset("   ");
    EXPECT_TRUE(session().status().isError);
    EXPECT_EQ(session().currentPreset(), before);

    const auto repaired = folder.path() / "repaired.tone.json";
    std::ofstream(repaired) << R"({"format": "tonewright-preset", "version": 1, "name": "Loud",
                                   "parameters": {"amp.gain": 99, "amp.shine": 3}})";
    session().loadPresetFile(repaired.string());
    EXPECT_FALSE(session().status().isError);
    EXPECT_NE(session().status().text.find("amp.gain"), std::string::npos) << session().status().text;
    EXPECT_NE(session().status().detail.find("amp.shine"), std::string::npos) << session().status().detail;
    EXPECT_EQ(session().currentPreset().parameters["amp.gain"_p], 10.0f);
}

TEST_F(PluginSessionTest, TellsTheEditorWhenAHostRestoresItsProject)
{
    TonewrightProcessor source;
    source.session().applyPreset(factoryPresets().back());
    juce::MemoryBlock state;
    source.getStateInformation(state);

    CountingListener listener;
    session().addListener(listener);
    // Hosts restore from threads of their own.
    std::thread([&] { processor->setStateInformation(state.getData(), static_cast<int>(state.getSize())); })
        .join();
    EXPECT_EQ(session().currentPreset(), factoryPresets().back());
    EXPECT_TRUE(deliverMessagesUntil([&] { return listener.presets == 1; }));

    std::thread([&] { processor->setStateInformation("nonsense", 8); }).join();
    EXPECT_TRUE(deliverMessagesUntil([&] { return session().status().isError; }));
    EXPECT_EQ(session().currentPreset(), factoryPresets().back());
    session().removeListener(listener);
}

TEST_F(PluginSessionTest, SurvivesStatesAndPresetsFromSeveralThreadsAtOnce)
{
    std::vector<juce::MemoryBlock> states;
    for (const auto& preset : factoryPresets())
    {
        session().applyPreset(preset);
        processor->getStateInformation(states.emplace_back());
    }
    std::atomic<bool> isDone{false};
    std::vector<std::thread> hosts;
    for (std::size_t host = 0; host < 2; ++host)
        hosts.emplace_back(
            [&, host]
            {
                for (std::size_t round = 0; !isDone.load(); ++round)
                {
                    const auto& state = states[(round * 3 + host) % states.size()];
                    processor->setStateInformation(state.getData(), static_cast<int>(state.getSize()));
                }
            });
    std::size_t mixed = 0;
    for (int round = 0; round < 300; ++round)
    {
        const auto present = session().currentPreset();
        const auto isOne = std::any_of(factoryPresets().begin(), factoryPresets().end(),
                                       [&](const Preset& preset) { return preset == present; });
        mixed += isOne ? 0 : 1;
        session().applyPreset(factoryPresets()[static_cast<std::size_t>(round) % factoryPresets().size()]);
    }
    isDone.store(true);
    for (auto& host : hosts)
        host.join();
    EXPECT_EQ(mixed, 0u);
}

} // namespace
} // namespace tonewright::plugin
