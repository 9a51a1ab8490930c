#include "plugin/PluginState.h"

#include "plugin/TonewrightProcessor.h"
#include "support/Random.h"
#include "tone/PresetLibrary.h"

#include <gtest/gtest.h>

#include <random>

namespace tonewright::plugin
{
namespace
{
std::string stateOf(TonewrightProcessor& processor)
{
    juce::MemoryBlock block;
    processor.getStateInformation(block);
    return {static_cast<const char*>(block.getData()), block.getSize()};
}

void restore(TonewrightProcessor& processor, const std::string& bytes)
{
    processor.setStateInformation(bytes.data(), static_cast<int>(bytes.size()));
}

TEST(PluginState, ComesBackBitForBitForEveryFactoryPreset)
{
    ASSERT_FALSE(factoryPresets().empty());
    for (const auto& preset : factoryPresets())
    {
        TonewrightProcessor first;
        first.session().applyPreset(preset);
        first.setEditorSize(1234, 789);
        const auto saved = stateOf(first);
        TonewrightProcessor second;
        restore(second, saved);
        EXPECT_EQ(stateOf(second), saved) << preset.name;
        EXPECT_EQ(second.session().currentPreset(), preset) << preset.name;
        EXPECT_EQ(second.editorSize(), juce::Point<int>(1234, 789));
        EXPECT_FALSE(second.session().isEdited());
    }
}

TEST(PluginState, KeepsEveryValueExactly)
{
    auto random = test::randomGenerator(1);
    for (int round = 0; round < 50; ++round)
    {
        Preset preset;
        preset.name = "Ünïcode \"quoted\" \\ round " + std::to_string(round);
        for (std::size_t index = 0; index < parameterCount; ++index)
            preset.parameters.values[index] = fromNormalised(
                parameterTable[index], std::uniform_real_distribution<float>(0.0f, 1.0f)(random));
        std::shuffle(preset.parameters.order.begin(), preset.parameters.order.end() - 1, random);
        preset.unknownParameters["future.knob"] = 0.1;
        TonewrightProcessor first;
        first.session().applyPreset(preset);
        TonewrightProcessor second;
        restore(second, stateOf(first));
        EXPECT_EQ(second.session().currentPreset(), preset) << "round " << round;
        EXPECT_EQ(second.currentOrder(), preset.parameters.order);
    }
}

TEST(PluginState, KeepsTheBypassAndWhetherKnobsWereMoved)
{
    TonewrightProcessor first;
    first.getBypassParameter()->setValueNotifyingHost(1.0f);
    first.parameter("amp.gain"_p).setValueNotifyingHost(0.9f);
    ASSERT_TRUE(first.session().isEdited());
    TonewrightProcessor second;
    restore(second, stateOf(first));
    EXPECT_EQ(second.getBypassParameter()->getValue(), 1.0f);
    EXPECT_TRUE(second.session().isEdited());
    EXPECT_EQ(stateOf(second), stateOf(first));
}

TEST(PluginState, LeavesTheToneAloneWhenTheBytesAreNoState)
{
    TonewrightProcessor processor;
    processor.session().applyPreset(factoryPresets().back());
    const auto before = stateOf(processor);

    std::vector<std::string> wrong{"",
                                   "{}",
                                   "[]",
                                   "null",
                                   "42",
                                   "\"text\"",
                                   "{\"format\":\"tonewright-state\"}",
                                   "{\"format\":\"tonewright-state\",\"preset\":[]}",
                                   "{\"format\":\"tonewright-state\",\"version\":99,\"preset\":{}}",
                                   before.substr(0, before.size() / 2),
                                   std::string(1 << 20, '['),
                                   std::string(1 << 20, '\0'),
                                   "1e99999"};
    std::string deep = before;
    const auto place = deep.find("\"amp.gain\"");
    ASSERT_NE(place, std::string::npos);
    deep.insert(place, "\"x.y\":" + std::string(200'000, '[') + std::string(200'000, ']') + ",");
    wrong.push_back(deep);
    auto random = test::randomGenerator(2);
    for (int file = 0; file < 3; ++file)
    {
        std::string noise(1 << 20, ' ');
        for (auto& byte : noise)
            byte = static_cast<char>(random());
        wrong.push_back(noise);
    }
    for (const auto& bytes : wrong)
    {
        restore(processor, bytes);
        EXPECT_EQ(stateOf(processor), before) << bytes.substr(0, 60);
    }
    processor.setStateInformation(nullptr, 0);
    EXPECT_EQ(stateOf(processor), before);
}

TEST(PluginState, SurvivesEveryTruncationAndMutilationOfAState)
{
    TonewrightProcessor source;
    source.session().applyPreset(factoryPresets().front());
    const auto good = stateOf(source);
    TonewrightProcessor processor;
    auto random = test::randomGenerator(3);
    for (int round = 0; round < 2000; ++round)
    {
        std::string bytes = good;
        for (int change = 0; change < 3; ++change)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        if (round % 4 == 0)
            bytes.resize(random() % bytes.size());
        restore(processor, bytes);
        const auto present = processor.session().currentPreset().parameters;
        ParameterSet legal = present;
        legal.makeLegal();
        ASSERT_EQ(present, legal) << "round " << round;
        const auto saved = stateOf(processor);
        TonewrightProcessor again;
        restore(again, saved);
        ASSERT_EQ(stateOf(again), saved) << "round " << round;
    }
}

TEST(PluginState, MakesValuesOutOfRangeLegal)
{
    auto state = nlohmann::json::parse(stateText({}));
    state["preset"]["parameters"]["amp.gain"] = 1e300;
    state["preset"]["parameters"]["amp.model"] = "no such amp";
    state["preset"]["order"] = {"amp"};
    state["editor"] = {{"width", -5}, {"height", 1e12}};
    const auto restored = stateFromText(state.dump());
    ASSERT_TRUE(restored);
    EXPECT_EQ(restored->preset.parameters["amp.gain"_p], 10.0f);
    EXPECT_EQ(restored->preset.parameters.order, defaultStageOrder);
    EXPECT_EQ(restored->editorWidth, 0);
    EXPECT_EQ(restored->editorHeight, 0);
}

} // namespace
} // namespace tonewright::plugin
