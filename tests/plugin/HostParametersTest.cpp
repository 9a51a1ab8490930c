#include "plugin/TonewrightProcessor.h"

#include <gtest/gtest.h>

#include <set>

namespace tonewright::plugin
{
namespace
{
/// The positions of a knob that are worth a look: the ends, the default and a sweep.
std::vector<float> positionsOf(const ParameterInfo& info)
{
    std::vector<float> positions{0.0f, 1.0f, toNormalised(info, info.defaultValue)};
    for (int step = 1; step < 40; ++step)
        positions.push_back(static_cast<float>(step) / 40.0f);
    return positions;
}

class HostParametersTest : public testing::Test
{
protected:
    TonewrightProcessor processor;

    juce::RangedAudioParameter& parameter(std::size_t index)
    {
        return processor.parameter(static_cast<ParameterIndex>(index));
    }
};

TEST_F(HostParametersTest, OfferEveryLineOfTheTableAndABypass)
{
    std::set<juce::String> ids;
    for (auto* each : processor.getParameters())
        ids.insert(dynamic_cast<juce::AudioProcessorParameterWithID&>(*each).paramID);
    EXPECT_EQ(processor.getParameters().size(), static_cast<int>(parameterCount) + 1);
    for (const auto& info : parameterTable)
        EXPECT_TRUE(ids.contains(juce::String(std::string(info.id)))) << info.id;
    EXPECT_TRUE(ids.contains("bypass"));
}

TEST_F(HostParametersTest, HaveNamesThatTellThemApart)
{
    std::set<juce::String> names;
    for (auto* each : processor.getParameters())
        EXPECT_TRUE(names.insert(each->getName(100)).second) << each->getName(100);
}

TEST_F(HostParametersTest, StartWithTheTablesDefaults)
{
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        EXPECT_EQ(parameter(index).getValue(), parameter(index).getDefaultValue())
            << parameterTable[index].id;
        EXPECT_FLOAT_EQ(parameter(index).convertFrom0to1(parameter(index).getValue()),
                        parameterTable[index].defaultValue)
            << parameterTable[index].id;
    }
}

TEST_F(HostParametersTest, WriteTheUnitOnceAndReadTheirOwnText)
{
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        auto& host = parameter(index);
        EXPECT_EQ(host.getLabel(), juce::String(std::string(info.unit)));
        for (const float position : positionsOf(info))
        {
            const auto text = host.getText(position, 100);
            EXPECT_TRUE(info.unit.empty() || !text.contains(host.getLabel())) << info.id << ": " << text;
            const float readBack = host.getValueForText(text);
            EXPECT_EQ(host.getText(readBack, 100), text) << info.id;
            EXPECT_NEAR(readBack, toNormalised(info, fromNormalised(info, position)), 0.02)
                << info.id << ": " << text;
            EXPECT_EQ(host.getValueForText(text + " " + host.getLabel()), readBack) << info.id;
        }
    }
}

TEST_F(HostParametersTest, KeepTheirValueWhenAHostHandsItBack)
{
    for (std::size_t index = 0; index < parameterCount; ++index)
        for (const float position : positionsOf(parameterTable[index]))
        {
            Preset preset;
            // One bit beside what the knob's position would give: a number only a preset can hold.
            preset.parameters.values[index] = std::nextafter(fromNormalised(parameterTable[index], position),
                                                             parameterTable[index].maximum);
            preset.parameters.makeLegal();
            processor.session().applyPreset(preset);
            parameter(index).setValue(parameter(index).getValue());
            EXPECT_EQ(processor.session().currentPreset().parameters.values[index],
                      preset.parameters.values[index])
                << parameterTable[index].id;
        }
}

TEST_F(HostParametersTest, SurviveEveryNumberAHostMaySend)
{
    for (std::size_t index = 0; index < parameterCount; ++index)
        for (const float wild : {-1.0f, 2.0f, 1e30f, -1e30f, std::numeric_limits<float>::infinity(),
                                 std::numeric_limits<float>::quiet_NaN()})
        {
            parameter(index).setValue(wild);
            const float value = processor.session().currentPreset().parameters.values[index];
            EXPECT_EQ(value, legalValue(parameterTable[index], value)) << parameterTable[index].id;
            EXPECT_TRUE(std::isfinite(parameter(index).getValue()));
        }
}

TEST_F(HostParametersTest, TellHostsWhichOfThemAreSteps)
{
    for (std::size_t index = 0; index < parameterCount; ++index)
    {
        const auto& info = parameterTable[index];
        EXPECT_EQ(parameter(index).isBoolean(), info.type == ParameterType::toggle) << info.id;
        EXPECT_EQ(parameter(index).isDiscrete(), info.type != ParameterType::number) << info.id;
        if (info.type == ParameterType::choice)
        {
            EXPECT_EQ(parameter(index).getNumSteps(), static_cast<int>(info.choices.size())) << info.id;
            EXPECT_EQ(parameter(index).getAllValueStrings().size(), static_cast<int>(info.choices.size()))
                << info.id;
        }
    }
}

} // namespace
} // namespace tonewright::plugin
