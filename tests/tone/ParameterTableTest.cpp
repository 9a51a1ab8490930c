#include "tone/ParameterTable.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace tonewright
{
namespace
{

TEST(ParameterTable, holdsEveryIdThePlanPromises)
{
    for (const auto* id : {"gate.enabled",
                           "gate.threshold",
                           "gate.release",
                           "compressor.enabled",
                           "compressor.threshold",
                           "compressor.ratio",
                           "compressor.attack",
                           "compressor.release",
                           "compressor.makeup",
                           "compressor.mix",
                           "boost.enabled",
                           "boost.type",
                           "boost.level",
                           "boost.tone",
                           "drive.enabled",
                           "drive.type",
                           "drive.gain",
                           "drive.tone",
                           "drive.level",
                           "amp.enabled",
                           "amp.model",
                           "amp.gain",
                           "amp.bass",
                           "amp.mid",
                           "amp.treble",
                           "amp.presence",
                           "amp.master",
                           "cabinet.enabled",
                           "cabinet.model",
                           "cabinet.mic",
                           "cabinet.distance",
                           "equaliser.enabled",
                           "modulation.enabled",
                           "modulation.type",
                           "modulation.rate",
                           "modulation.depth",
                           "modulation.mix",
                           "tremolo.enabled",
                           "tremolo.rate",
                           "tremolo.depth",
                           "delay.enabled",
                           "delay.type",
                           "delay.time",
                           "delay.feedback",
                           "delay.mix",
                           "delay.tone",
                           "delay.sync",
                           "reverb.enabled",
                           "reverb.type",
                           "reverb.decay",
                           "reverb.predelay",
                           "reverb.tone",
                           "reverb.mix",
                           "input.trim",
                           "output.level",
                           "output.width"})
        EXPECT_TRUE(findParameter(id).has_value()) << id;
    for (const auto* quantity : {"_frequency", "_gain", "_q"})
    {
        int bands = 0;
        for (const auto& parameter : parameterTable)
            bands += parameter.stage() == "equaliser" && parameter.id.ends_with(quantity) ? 1 : 0;
        EXPECT_EQ(bands, 5) << quantity;
    }
}

TEST(ParameterTable, describesEveryParameter)
{
    std::set<std::string_view> ids;
    for (const auto& parameter : parameterTable)
    {
        EXPECT_TRUE(ids.insert(parameter.id).second) << parameter.id;
        EXPECT_FALSE(parameter.name.empty()) << parameter.id;
        EXPECT_FALSE(parameter.description.empty()) << parameter.id;
        EXPECT_EQ(parameter.type == ParameterType::choice, !parameter.choices.empty()) << parameter.id;
        EXPECT_LE(parameter.name.size(), 16u) << "too long for a knob's label: " << parameter.id;
    }
}

TEST(ParameterTable, makesEveryValueLegal)
{
    for (const auto& parameter : parameterTable)
    {
        constexpr float infinity = std::numeric_limits<float>::infinity();
        EXPECT_EQ(legalValue(parameter, parameter.maximum + 1000), parameter.maximum) << parameter.id;
        EXPECT_EQ(legalValue(parameter, parameter.minimum - 1000), parameter.minimum) << parameter.id;
        for (const float bad : {infinity, -infinity, std::numeric_limits<float>::quiet_NaN()})
            EXPECT_EQ(legalValue(parameter, bad), parameter.defaultValue) << parameter.id;
    }
}

TEST(ParameterTable, knobPositionAndValueAreInverse)
{
    for (const auto& parameter : parameterTable)
        for (int step = 0; step <= 100; ++step)
        {
            const float value = fromNormalised(parameter, static_cast<float>(step) / 100);
            EXPECT_GE(value, parameter.minimum);
            EXPECT_LE(value, parameter.maximum);
            const float again = fromNormalised(parameter, toNormalised(parameter, value));
            EXPECT_NEAR(again, value, 1e-4f * std::max(1.0f, std::abs(value))) << parameter.id;
        }
}

/// Hosts keep positions from 0 to 1 in projects and automation.
TEST(ParameterTable, everyChoiceHasAPositionOfItsOwnAmongTheHostsSteps)
{
    for (const auto& parameter : parameterTable)
    {
        std::set<int> places;
        const auto count = static_cast<int>(parameter.choices.size());
        for (int choice = 0; choice < count; ++choice)
        {
            const float position = toNormalised(parameter, static_cast<float>(choice));
            EXPECT_EQ(fromNormalised(parameter, position), static_cast<float>(choice)) << parameter.id;
            const float place = position * static_cast<float>(count - 1);
            EXPECT_NEAR(place, std::round(place), 1e-4f) << parameter.id;
            places.insert(static_cast<int>(std::lround(place)));
        }
        EXPECT_EQ(places.size(), parameter.choices.size()) << parameter.id;
    }
}

TEST(ParameterTable, positionsKeptWhileThereWereEightCabinetsStillMeanTheSameCabinets)
{
    const auto& parameter = infoOf("cabinet.model"_p);
    ASSERT_EQ(parameter.choices.back(), "user");
    for (int choice = 0; choice < 8; ++choice)
    {
        const auto kept = static_cast<float>(choice) / 7;
        EXPECT_EQ(fromNormalised(parameter, kept), static_cast<float>(choice))
            << parameter.choices[static_cast<std::size_t>(choice)];
    }
}

TEST(ParameterTable, textReadsBackAsTheSameValueToThePrecisionShown)
{
    for (const auto& parameter : parameterTable)
        for (int step = 0; step <= 50; ++step)
        {
            const float value = fromNormalised(parameter, static_cast<float>(step) / 50);
            const auto text = textOf(parameter, value);
            const auto read = valueFromText(parameter, text);
            ASSERT_TRUE(read.has_value()) << parameter.id << " cannot read " << text;
            EXPECT_EQ(textOf(parameter, *read), text) << parameter.id;
        }
}

TEST(ParameterTable, readsWhatPlayersType)
{
    const auto read = [](ParameterIndex index, std::string_view text)
    { return valueFromText(infoOf(index), text); };
    EXPECT_EQ(read("delay.time"_p, "350"), 350.0f);
    EXPECT_EQ(read("delay.time"_p, " 350ms"), 350.0f);
    EXPECT_EQ(read("delay.time"_p, "1.2 s"), 1200.0f);
    EXPECT_EQ(read("reverb.decay"_p, "800 ms"), 0.8f);
    EXPECT_EQ(read("equaliser.high_frequency"_p, "3 kHz"), 3000.0f);
    EXPECT_EQ(read("amp.model"_p, "American clean"), 0.0f);
    EXPECT_EQ(read("delay.enabled"_p, "ON"), 1.0f);
    EXPECT_EQ(read("output.level"_p, "+3 dB"), 3.0f);
    EXPECT_EQ(read("output.level"_p, "loud"), std::nullopt);
    EXPECT_EQ(read("output.level"_p, ""), std::nullopt);
    EXPECT_EQ(read("output.level"_p, "nan"), std::nullopt);
    EXPECT_EQ(read("amp.gain"_p, "9999"), 10.0f);
}

TEST(ParameterTable, writesTextAPlayerReads)
{
    EXPECT_EQ(textOf(infoOf("amp.gain"_p), 3.24f), "3.2");
    EXPECT_EQ(textOf(infoOf("output.level"_p), -0.001f), "0.0 dB");
    EXPECT_EQ(textOf(infoOf("delay.time"_p), 380), "380 ms");
    EXPECT_EQ(textOf(infoOf("amp.model"_p), 0), "American Clean");
    EXPECT_EQ(textOf(infoOf("gate.enabled"_p), 1), "On");
}

} // namespace
} // namespace tonewright
