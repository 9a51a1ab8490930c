#include "SpacePlayer.h"
#include "dsp/Stages.h"

#include <gtest/gtest.h>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;

ParameterSet set(TremoloType type, float hertz = 5, float depth = 100)
{
    ParameterSet parameters;
    parameters["tremolo.enabled"_p] = 1;
    parameters["tremolo.type"_p] = static_cast<float>(type);
    parameters["tremolo.rate"_p] = hertz;
    parameters["tremolo.depth"_p] = depth;
    return parameters;
}

std::vector<ParameterSet> everyType(float depth = 100)
{
    return {set(TremoloType::bias, 5, depth), set(TremoloType::harmonic, 5, depth),
            set(TremoloType::chop, 5, depth)};
}

/// Level of a 2 kHz sine in windows of 2 ms.
std::vector<double> levels(const ParameterSet& parameters, double frequency = 2000)
{
    const auto output = playFresh(*makeTremolo(), parameters, sine(frequency, 0.5, 4, rate));
    std::vector<double> result;
    for (std::size_t start = 0; start + 96 <= output[0].size(); start += 96)
        result.push_back(rms(output[0], start, start + 96));
    return result;
}

double swing(const std::vector<double>& levels)
{
    const auto [low, high] = std::minmax_element(levels.begin(), levels.end());
    return decibels(*high / *low);
}

int pulses(const std::vector<double>& levels)
{
    const auto [low, high] = std::minmax_element(levels.begin(), levels.end());
    const double middle = 0.5 * (*low + *high);
    int count = 0;
    for (std::size_t n = 1; n < levels.size(); ++n)
        if (levels[n - 1] < middle && levels[n] >= middle)
            ++count;
    return count;
}
} // namespace

TEST(Tremolo, depthIsTheFallOfTheLevel)
{
    EXPECT_GT(swing(levels(set(TremoloType::bias))), 20);
    EXPECT_GT(swing(levels(set(TremoloType::chop))), 20);
    EXPECT_NEAR(swing(levels(set(TremoloType::bias, 5, 50))), 6, 1);
    EXPECT_GT(swing(levels(set(TremoloType::bias, 5, 35))), 3);
    for (const auto& parameters : everyType(0))
        EXPECT_LT(swing(levels(parameters)), 0.1);
}

TEST(Tremolo, pulsesAtItsRate)
{
    for (const auto type : {TremoloType::bias, TremoloType::harmonic, TremoloType::chop})
        for (const float hertz : {0.5f, 2.0f, 5.0f, 15.0f})
            EXPECT_NEAR(pulses(levels(set(type, hertz))), 4 * hertz, 1.01) << static_cast<int>(type);
}

TEST(Tremolo, harmonicLetsLowsAndHighsTakeTurns)
{
    const auto low = levels(set(TremoloType::harmonic, 2), 150);
    const auto high = levels(set(TremoloType::harmonic, 2), 6000);
    double together = 0;
    double lowMean = 0;
    double highMean = 0;
    for (std::size_t n = 0; n < low.size(); ++n)
    {
        lowMean += low[n] / static_cast<double>(low.size());
        highMean += high[n] / static_cast<double>(low.size());
    }
    for (std::size_t n = 0; n < low.size(); ++n)
        together += (low[n] - lowMean) * (high[n] - highMean);
    EXPECT_LT(together, 0);
    EXPECT_GT(swing(high), 12);
}

TEST(Tremolo, chopIsOnAndOffWithoutClicks)
{
    const auto output = playFresh(*makeTremolo(), set(TremoloType::chop), softSine(220, 0.5, 2, rate));
    EXPECT_LT(peakOf(above6kHz(output[0], rate)), 0.002);
    const auto chopped = levels(set(TremoloType::chop));
    const auto between = std::count_if(chopped.begin(), chopped.end(),
                                       [](double level) { return level > 0.05 && level < 0.3; });
    EXPECT_LT(static_cast<double>(between), 0.1 * static_cast<double>(chopped.size()));
}

TEST(Tremolo, withoutDepthTheSignalIsUntouched)
{
    auto generator = tonewright::test::randomGenerator(5);
    const auto input = noise(0.9, 20000, generator);
    for (const auto& parameters : everyType(0))
        EXPECT_EQ(playFresh(*makeTremolo(), parameters, input)[0], input);
}

TEST(Tremolo, typesDiffer)
{
    expectTypesDiffer(makeTremolo, everyType());
}
TEST(Tremolo, blockSizesDoNotMatter)
{
    expectBlockSizesDoNotMatter(makeTremolo, everyType());
}
TEST(Tremolo, everySampleRateWorks)
{
    expectFiniteAtEveryRate(makeTremolo, everyType());
}
TEST(Tremolo, silenceStaysSilent)
{
    expectSilenceStaysSilent(makeTremolo, everyType());
}
TEST(Tremolo, resetForgetsEverything)
{
    expectResetForgets(makeTremolo, everyType());
}
TEST(Tremolo, jumpsMakeNoSteps)
{
    expectJumpsMakeNoSteps(makeTremolo, everyType(), {"tremolo.rate"_p, "tremolo.depth"_p});
}

} // namespace tonewright::dsp::test
