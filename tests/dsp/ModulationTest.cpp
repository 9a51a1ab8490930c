#include "SpacePlayer.h"
#include "dsp/Stages.h"

#include <gtest/gtest.h>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;

ParameterSet set(ModulationType type, float hertz = 1, float depth = 100, float mix = 50)
{
    ParameterSet parameters;
    parameters["modulation.enabled"_p] = 1;
    parameters["modulation.type"_p] = static_cast<float>(type);
    parameters["modulation.rate"_p] = hertz;
    parameters["modulation.depth"_p] = depth;
    parameters["modulation.mix"_p] = mix;
    return parameters;
}

std::vector<ParameterSet> everyType(float depth = 80, float mix = 50)
{
    std::vector<ParameterSet> sets;
    for (std::size_t type = 0; type < modulationTypes.size(); ++type)
        sets.push_back(set(static_cast<ModulationType>(type), 1.3f, depth, mix));
    return sets;
}

/// Deviation in cents of every cycle of a sine, from its upward zero crossings.
std::vector<double> centsOf(const Signal& signal, double frequency, std::size_t first)
{
    std::vector<double> cents;
    double last = -1;
    for (std::size_t n = first; n + 1 < signal.size(); ++n)
        if (signal[n] < 0 && signal[n + 1] >= 0)
        {
            const double a = static_cast<double>(signal[n]);
            const double b = static_cast<double>(signal[n + 1]);
            const double crossing = static_cast<double>(n) + a / (a - b);
            if (last >= 0)
                cents.push_back(1200 * std::log2(rate / (crossing - last) / frequency));
            last = crossing;
        }
    return cents;
}

double largestBend(const ParameterSet& parameters)
{
    const auto output = playFresh(*makeModulation(), parameters, sine(1000, 0.5, 3, rate), {});
    double largest = 0;
    for (const double cents : centsOf(output[0], 1000, 4800))
        largest = std::max(largest, std::abs(cents));
    return largest;
}

/// Range in dB that the level of a sine sweeps through, from 5 ms windows.
double levelSweep(const ParameterSet& parameters, double frequency)
{
    const auto output = playFresh(*makeModulation(), parameters, sine(frequency, 0.5, 3, rate));
    double quietest = 1e9;
    double loudest = 0;
    for (std::size_t start = 9600; start + 480 <= output[0].size(); start += 480)
    {
        const double level = rms(output[0], start, start + 480);
        quietest = std::min(quietest, level);
        loudest = std::max(loudest, level);
    }
    return decibels(loudest / quietest);
}
} // namespace

TEST(Modulation, chorusAndVibratoBendThePitchAsFarAsDepthSays)
{
    for (const float hertz : {1.0f, 3.0f, 6.0f})
    {
        EXPECT_NEAR(largestBend(set(ModulationType::chorus, hertz, 100, 100)), 45, 6) << hertz;
        EXPECT_NEAR(largestBend(set(ModulationType::chorus, hertz, 50, 100)), 22, 4) << hertz;
        EXPECT_NEAR(largestBend(set(ModulationType::vibrato, hertz, 100, 100)), 90, 10) << hertz;
        EXPECT_NEAR(largestBend(set(ModulationType::vibrato, hertz, 50, 100)), 45, 6) << hertz;
    }
    EXPECT_GT(largestBend(set(ModulationType::rotary, 6, 100, 100)), 10);
    for (const auto type : {ModulationType::chorus, ModulationType::vibrato})
        EXPECT_LT(largestBend(set(type, 2, 0, 100)), 0.1) << "depth 0 stands still";
}

TEST(Modulation, vibratoSwingsAtItsRate)
{
    const auto output =
        playFresh(*makeModulation(), set(ModulationType::vibrato, 5, 100, 100), sine(1000, 0.5, 4, rate));
    const auto cents = centsOf(output[0], 1000, 4800);
    int swings = 0;
    for (std::size_t n = 1; n < cents.size(); ++n)
        if (cents[n - 1] < 0 && cents[n] >= 0)
            ++swings;
    EXPECT_NEAR(swings, 5 * 3.9, 1.5);
}

TEST(Modulation, phaserFlangerAndUnivibeSweepTheSpectrum)
{
    for (const auto type : {ModulationType::phaser, ModulationType::flanger, ModulationType::univibe})
    {
        double deep = 0;
        double shallow = 0;
        for (const double frequency : {500.0, 900.0, 1500.0})
        {
            const double sweep = levelSweep(set(type, 1, 100), frequency);
            EXPECT_GT(sweep, 8) << static_cast<int>(type) << " at " << frequency;
            EXPECT_LT(levelSweep(set(type, 1, 0), frequency), 0.5) << static_cast<int>(type);
            deep += sweep;
            shallow += levelSweep(set(type, 1, 10), frequency);
        }
        EXPECT_GT(deep, 1.4 * shallow) << static_cast<int>(type);
    }
}

TEST(Modulation, rotaryPulsesTheLevelAndTurnsBetweenTheEars)
{
    EXPECT_GT(levelSweep(set(ModulationType::rotary, 5, 100, 100), 2000), 6);
    EXPECT_LT(levelSweep(set(ModulationType::rotary, 5, 0, 100), 2000), 0.5);
    const auto output =
        playFresh(*makeModulation(), set(ModulationType::rotary, 2, 100, 100), sine(2000, 0.5, 2, rate));
    EXPECT_GT(difference(output[0], output[1]), -6);
}

TEST(Modulation, stereoTypesWidenAndMonoTypesStayMono)
{
    for (std::size_t index = 0; index < modulationTypes.size(); ++index)
    {
        const auto type = static_cast<ModulationType>(index);
        const bool stereo = type == ModulationType::chorus || type == ModulationType::flanger ||
                            type == ModulationType::rotary;
        auto stage = makeModulation();
        stage->prepare({rate, 512, Quality::live});
        stage->setParameters(set(type), {});
        Stereo memory{Signal(512, 0.1f), Signal(512)};
        AudioBlock block{{memory[0].data(), memory[1].data()}, 1, 512};
        stage->process(block);
        EXPECT_EQ(block.channelCount, stereo ? 2 : 1) << modulationTypes[index];
    }
}

TEST(Modulation, levelStaysComparableOverTypesAndMix)
{
    auto generator = tonewright::test::randomGenerator(3);
    const auto input = noise(0.5, 96000, generator);
    for (std::size_t type = 0; type < modulationTypes.size(); ++type)
        for (const float mix : {25.0f, 50.0f, 75.0f, 100.0f})
        {
            const auto output =
                playFresh(*makeModulation(), set(static_cast<ModulationType>(type), 1, 60, mix), input);
            EXPECT_NEAR(decibels(rms(output[0]) / rms(input)), 0, 4) << modulationTypes[type] << " " << mix;
        }
}

TEST(Modulation, withoutMixTheSignalIsUntouched)
{
    auto generator = tonewright::test::randomGenerator(4);
    const auto input = noise(0.9, 20000, generator);
    for (const auto& parameters : everyType(80, 0))
        for (const auto& side : playFresh(*makeModulation(), parameters, input))
            EXPECT_EQ(side, input);
}

TEST(Modulation, typesDiffer)
{
    expectTypesDiffer(makeModulation, everyType());
}
TEST(Modulation, blockSizesDoNotMatter)
{
    expectBlockSizesDoNotMatter(makeModulation, everyType());
}
TEST(Modulation, everySampleRateWorks)
{
    expectFiniteAtEveryRate(makeModulation, everyType(100));
}
TEST(Modulation, silenceStaysSilent)
{
    expectSilenceStaysSilent(makeModulation, everyType());
}
TEST(Modulation, resetForgetsEverything)
{
    expectResetForgets(makeModulation, everyType());
}
TEST(Modulation, jumpsMakeNoSteps)
{
    expectJumpsMakeNoSteps(makeModulation, everyType(),
                           {"modulation.rate"_p, "modulation.depth"_p, "modulation.mix"_p});
}

} // namespace tonewright::dsp::test
