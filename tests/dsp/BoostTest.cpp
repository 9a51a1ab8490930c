#include "AliasingGates.h"
#include "StagePromises.h"
#include "dsp/Stages.h"

#include <array>

namespace tonewright::dsp
{
namespace
{
using test::HarmonicAnalysis;
using test::harmonicsOf220;
using test::Signal;

constexpr std::array types{BoostType::clean, BoostType::treble, BoostType::mid};

std::string nameOf(BoostType type)
{
    return std::string(boostTypes[static_cast<std::size_t>(type)]);
}

ParameterSet boost(BoostType type, float level, float tone = 5)
{
    ParameterSet parameters;
    parameters["boost.type"_p] = static_cast<float>(type);
    parameters["boost.level"_p] = level;
    parameters["boost.tone"_p] = tone;
    return parameters;
}

double gainAt(const ParameterSet& parameters, double frequency)
{
    test::StagePlayer player(makeBoost(), 48000);
    player.parameters = parameters;
    Signal impulse(12000);
    impulse[0] = 1e-4f;
    return test::decibels(test::magnitude(player.played(impulse), frequency, 48000) / 1e-4);
}

TEST(BoostTest, CleanGivesItsLevelAtEveryFrequency)
{
    for (const float level : {0.0f, 6.0f, 12.0f, 24.0f})
        for (const double frequency : {82.0, 400.0, 2000.0, 10000.0})
            EXPECT_NEAR(gainAt(boost(BoostType::clean, level), frequency), static_cast<double>(level), 0.3)
                << frequency;
}

TEST(BoostTest, CleanStaysCleanAndGivesInSoftly)
{
    EXPECT_LT(test::distortionAt(makeBoost, boost(BoostType::clean, 12), -20), -50);
    // +24 dB on a hot signal meets the supply: compressed, bounded.
    const auto hot = harmonicsOf220(makeBoost, boost(BoostType::clean, 24), 0);
    EXPECT_LT(test::decibels(hot.harmonic(1)), 15);
    EXPECT_LT(hot.relative(2), -80);
}

TEST(BoostTest, TrebleLeavesTheLowsBehind)
{
    const auto parameters = boost(BoostType::treble, 12);
    EXPECT_GT(gainAt(parameters, 3000), gainAt(parameters, 100) + 12);
    EXPECT_NEAR(gainAt(parameters, 4000), 14, 2);
    EXPECT_GT(harmonicsOf220(makeBoost, parameters, -6).relative(2), -50) << "germanium is uneven";
}

TEST(BoostTest, MidLiftsTheMiddle)
{
    for (const float level : {0.0f, 12.0f, 24.0f})
    {
        const auto parameters = boost(BoostType::mid, level);
        EXPECT_GT(gainAt(parameters, 750), gainAt(parameters, 80) + 1.5);
        EXPECT_GT(gainAt(parameters, 750), gainAt(parameters, 6000) + 1.5);
        EXPECT_NEAR(gainAt(parameters, 750), static_cast<double>(level) + 2, 1);
    }
}

TEST(BoostTest, LevelPushesAndToneBrightens)
{
    for (const auto type : types)
    {
        double last = -200;
        for (float level = 0; level <= 24; level += 4)
        {
            const double now = gainAt(boost(type, level), 1000);
            EXPECT_GT(now, last + 1) << nameOf(type) << ' ' << level;
            last = now;
        }
        const auto slope = [&](float tone)
        { return gainAt(boost(type, 12, tone), 1800) - gainAt(boost(type, 12, tone), 400); };
        EXPECT_GT(slope(10), slope(5)) << nameOf(type);
        EXPECT_GT(slope(5), slope(0)) << nameOf(type);
    }
}

TEST(BoostTest, FoldsLittleAtFullLevel)
{
    for (const auto type : types)
        test::expectLittleAliasing(makeBoost, boost(type, 24, 10), nameOf(type));
}

TEST(BoostTest, LeavesNoDc)
{
    for (const auto type : types)
        EXPECT_LT(harmonicsOf220(makeBoost, boost(type, 24), -6).offset(), -80) << nameOf(type);
}

TEST(BoostTest, BlockSizeDoesNotMatter)
{
    for (const auto type : types)
        test::expectBlockSizeDoesNotMatter(makeBoost, [&](ParameterSet& parameters)
                                           { parameters = boost(type, 18, 7); });
}

TEST(BoostTest, SilenceStaysSilent)
{
    for (const auto type : types)
    {
        test::StagePlayer player(makeBoost(), 48000);
        player.parameters = boost(type, 24);
        EXPECT_EQ(test::peakOf(player.played(Signal(4800))), 0) << nameOf(type);
    }
}

TEST(BoostTest, StaysFiniteAtExtremes)
{
    test::expectFiniteAtExtremes(makeBoost);
}

TEST(BoostTest, KnobsTurnWithoutAClick)
{
    for (const auto type : types)
    {
        SCOPED_TRACE(nameOf(type));
        const auto set = [&](float level, float tone)
        { return [=](ParameterSet& parameters) { parameters = boost(type, level, tone); }; };
        test::expectNoClick(makeBoost, set(0, 5), set(24, 5), 4);
        test::expectNoClick(makeBoost, set(24, 5), set(0, 5), 4);
        test::expectNoClick(makeBoost, set(12, 0), set(12, 10), 4);
        test::expectNoClick(makeBoost, set(12, 10), set(12, 0), 4);
    }
}
} // namespace
} // namespace tonewright::dsp
