#include "StagePromises.h"
#include "dsp/MatchedFilter.h"
#include "dsp/Stages.h"

namespace tonewright::dsp
{
namespace
{
using namespace tonewright::test;

struct BandRange
{
    BandShape shape;
    double lowest;
    double highest;
    double bluntest;
    double sharpest;
};
constexpr BandRange ranges[] = {{BandShape::lowShelf, 30, 400, 0.3, 2},
                                {BandShape::bell, 100, 8000, 0.3, 8},
                                {BandShape::highShelf, 2000, 16000, 0.3, 2}};

std::vector<double> between(double lowest, double highest, int count)
{
    std::vector<double> values;
    for (int index = 0; index < count; ++index)
        values.push_back(lowest * std::pow(highest / lowest, static_cast<double>(index) / (count - 1)));
    return values;
}

double prototypeDecibels(BandShape shape, double q, double gain, double x)
{
    return 10 * std::log10(prototypePower(shape, std::pow(10.0, gain / 40), q, x));
}

/// Largest error in dB of every matched band against its prototype from 20 Hz to 20 kHz.
double largestError(const BandRange& range, double sampleRate, double sharpest)
{
    double largest = 0;
    for (const double frequency : between(range.lowest, range.highest, 7))
        for (const double q : between(range.bluntest, sharpest, 5))
            for (const double gain : {-15.0, -6.0, 1.0, 6.0, 15.0})
            {
                const auto band = matchedBand(range.shape, frequency, q, gain, sampleRate);
                for (const double at : between(20, 20000, 80))
                    largest =
                        std::max(largest, std::abs(decibels(band.magnitudeAt(at, sampleRate)) -
                                                   prototypeDecibels(range.shape, q, gain, at / frequency)));
            }
    return largest;
}

TEST(MatchedFilterTest, FollowsTheAnaloguePrototypeUpToTwentyKilohertz)
{
    for (const double rate : {44100.0, 48000.0, 96000.0, 192000.0})
    {
        EXPECT_LT(largestError(ranges[0], rate, 2), 0.05) << rate;
        EXPECT_LT(largestError(ranges[1], rate, 8), 0.85) << rate;
        EXPECT_LT(largestError(ranges[2], rate, 0.75), 0.85) << rate;
        EXPECT_LT(largestError(ranges[2], rate, 2), 1.75) << rate << ", steep shelves";
    }
}

TEST(MatchedFilterTest, IsExactAtItsFrequencyAndAtZero)
{
    for (const auto& range : ranges)
        for (const double frequency : between(range.lowest, range.highest, 7))
            for (const double gain : {-15.0, -3.0, 3.0, 15.0})
            {
                const auto band = matchedBand(range.shape, frequency, 1, gain, 44100);
                EXPECT_NEAR(decibels(band.magnitudeAt(frequency, 44100)),
                            prototypeDecibels(range.shape, 1, gain, 1), 1e-3);
                EXPECT_NEAR(decibels(band.magnitudeAt(1e-3, 44100)),
                            prototypeDecibels(range.shape, 1, gain, 0), 1e-3);
            }
}

TEST(MatchedFilterTest, IsStableAndMinimumPhaseForEveryKnobAtEveryRate)
{
    // Both roots of x^2 + c1 x + c2 lie inside the unit circle (the stability triangle).
    const auto inside = [](double c1, double c2) { return std::abs(c2) < 1 && std::abs(c1) < 1 + c2; };
    for (const double rate : {8000.0, 11025.0, 22050.0, 44100.0, 192000.0, 384000.0})
        for (const auto& range : ranges)
            for (const double frequency : between(range.lowest, range.highest, 9))
                for (const double q : between(range.bluntest, range.sharpest, 6))
                    for (double gain = -15; gain <= 15; gain += 2.5)
                    {
                        const auto c = matchedBand(range.shape, frequency, q, gain, rate);
                        ASSERT_TRUE(inside(c.a1, c.a2))
                            << rate << ' ' << frequency << ' ' << q << ' ' << gain;
                        ASSERT_TRUE(inside(c.b1 / c.b0, c.b2 / c.b0))
                            << rate << ' ' << frequency << ' ' << q << ' ' << gain;
                    }
}

TEST(EqualiserTest, FlatIsTransparent)
{
    auto generator = randomGenerator(2);
    StagePlayer player(makeEqualiser(), 48000);
    const Signal input = noise(0.5, 48000, generator);
    EXPECT_LE(largestDifference(player.played(input), input), 1e-6);
}

TEST(EqualiserTest, AddsUpItsFiveBands)
{
    for (const double rate : {44100.0, 96000.0})
    {
        StagePlayer player(makeEqualiser(), rate);
        auto& p = player.parameters;
        p["equaliser.low_gain"_p] = 6;
        p["equaliser.low_mid_gain"_p] = -9;
        p["equaliser.mid_gain"_p] = 4;
        p["equaliser.high_mid_gain"_p] = -12;
        p["equaliser.high_gain"_p] = 9;
        Signal impulse(static_cast<std::size_t>(rate));
        impulse[0] = 1;
        player.play(impulse);
        for (const double at : between(30, 20000, 60))
        {
            const double expected = prototypeDecibels(BandShape::lowShelf, 0.7, 6, at / 100) +
                                    prototypeDecibels(BandShape::bell, 1, -9, at / 300) +
                                    prototypeDecibels(BandShape::bell, 1, 4, at / 800) +
                                    prototypeDecibels(BandShape::bell, 1, -12, at / 2500) +
                                    prototypeDecibels(BandShape::highShelf, 0.7, 9, at / 6000);
            EXPECT_NEAR(decibels(magnitude(impulse, at, rate)), expected, 0.6) << at << " Hz at " << rate;
        }
    }
}

TEST(EqualiserTest, KeepsThePromisesOfEveryStage)
{
    expectBlockSizeDoesNotMatter(makeEqualiser,
                                 [](ParameterSet& p)
                                 {
                                     p["equaliser.low_gain"_p] = 12;
                                     p["equaliser.high_mid_gain"_p] = -12;
                                 });
    expectSilenceStaysSilent(makeEqualiser);
    expectFiniteAtExtremes(makeEqualiser);
    expectNoClick(
        makeEqualiser,
        [](ParameterSet& p)
        {
            p["equaliser.low_gain"_p] = -15;
            p["equaliser.low_mid_gain"_p] = 15;
            p["equaliser.low_mid_frequency"_p] = 100;
            p["equaliser.low_mid_q"_p] = 8;
        },
        [](ParameterSet& p)
        {
            p["equaliser.low_gain"_p] = 15;
            p["equaliser.low_mid_frequency"_p] = 1000;
            p["equaliser.high_gain"_p] = 15;
        },
        2); // the bell sweeps across the sine and rings up to 1 kHz
}

TEST(EqualiserTest, ARampInTheMiddleOfABlockSoundsTheSameForEveryBlockSize)
{
    auto generator = randomGenerator(3);
    const Signal input = noise(0.5, 9600, generator);
    Signal expected;
    for (const int frames : {480, 1, 7, 96, 240})
    {
        StagePlayer player(makeEqualiser(), 48000);
        Signal first(input.begin(), input.begin() + 4800);
        Signal second(input.begin() + 4800, input.end());
        player.play(first, nullptr, [=] { return frames; });
        player.parameters["equaliser.mid_gain"_p] = 15;
        player.play(second, nullptr, [=] { return frames; });
        if (expected.empty())
            expected = second;
        EXPECT_LE(largestDifference(second, expected), 1e-6) << frames;
    }
}
} // namespace
} // namespace tonewright::dsp
