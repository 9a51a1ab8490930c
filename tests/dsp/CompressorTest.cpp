#include "StagePromises.h"
#include "dsp/Stages.h"

namespace tonewright::dsp
{
namespace
{
using namespace tonewright::test;

constexpr double rate = 48000;

StagePlayer compressor(CompressorType type, float threshold, float ratio, float attack = 10,
                       float release = 150)
{
    StagePlayer player(makeCompressor(), rate, 64);
    auto& p = player.parameters;
    p["compressor.type"_p] = static_cast<float>(type);
    p["compressor.threshold"_p] = threshold;
    p["compressor.ratio"_p] = ratio;
    p["compressor.attack"_p] = attack;
    p["compressor.release"_p] = release;
    p["compressor.makeup"_p] = 0;
    p["compressor.mix"_p] = 100;
    return player;
}

/// dB the compressor must turn a steady level down by: the static curve with a quadratic knee.
double expectedReduction(double level, double threshold, double ratio, double knee)
{
    const double slope = 1 - 1 / ratio;
    const double over = level - threshold;
    if (over <= -knee / 2)
        return 0;
    if (over >= knee / 2)
        return slope * over;
    return slope * std::pow(over + knee / 2, 2) / (2 * knee);
}

TEST(CompressorTest, FollowsItsStaticCurve)
{
    for (const auto type : {CompressorType::vca, CompressorType::optical})
        for (const float ratio : {1.0f, 2.0f, 4.0f, 20.0f})
            for (double level = -50; level <= 0; level += 2.5)
            {
                auto player = compressor(type, -24, ratio, 1, 10);
                const Signal input = sine(220, std::pow(10.0, level / 20), 1.0, rate);
                const Signal output = player.played(input);
                const double reduction = decibels(peakOf(input, 40000) / peakOf(output, 40000));
                const double knee = type == CompressorType::vca ? 6 : 14;
                EXPECT_NEAR(reduction, expectedReduction(level, -24, static_cast<double>(ratio), knee), 0.1)
                    << "ratio " << ratio << ", level " << level;
            }
}

/// The gain in dB over time on a square wave, whose magnitude shows the gain of every sample.
std::vector<double> gainOverTime(StagePlayer& player, const std::vector<std::pair<double, double>>& steps)
{
    std::vector<double> gains;
    for (const auto& [level, seconds] : steps)
    {
        Signal signal(static_cast<std::size_t>(seconds * rate));
        const auto amplitude = static_cast<float>(std::pow(10.0, level / 20));
        for (std::size_t n = 0; n < signal.size(); ++n)
            signal[n] = n % 100 < 50 ? amplitude : -amplitude;
        player.play(signal);
        for (const float sample : signal)
            gains.push_back(decibels(std::abs(static_cast<double>(sample)) / static_cast<double>(amplitude)));
    }
    return gains;
}

TEST(CompressorTest, AttackAndReleaseAreTimeConstantsInDecibels)
{
    for (const float attack : {1.0f, 10.0f, 100.0f})
        for (const float release : {50.0f, 300.0f})
        {
            auto player = compressor(CompressorType::vca, -30, 4, attack, release);
            const auto gains = gainOverTime(player, {{-50, 0.2}, {-10, 1.5}, {-50, 2.0}});
            const double full = gains[static_cast<std::size_t>(1.69 * rate)];
            EXPECT_NEAR(full, -15, 0.1);
            std::size_t n = static_cast<std::size_t>(0.2 * rate);
            const std::size_t onset = n;
            while (gains[n] > full * (1 - std::exp(-1.0)))
                ++n;
            EXPECT_NEAR(static_cast<double>(n - onset) / rate * 1000, static_cast<double>(attack),
                        0.03 * static_cast<double>(attack) + 0.1);
            n = static_cast<std::size_t>(1.7 * rate);
            const std::size_t end = n;
            while (gains[n] < full * std::exp(-1.0))
                ++n;
            // The level is held for 12.5 to 25 ms.
            const double measured = static_cast<double>(n - end) / rate * 1000;
            EXPECT_GT(measured, static_cast<double>(release) * 0.97 + 12);
            EXPECT_LT(measured, static_cast<double>(release) * 1.03 + 26);
        }
}

TEST(CompressorTest, OpticalLetsGoFasterAfterAShortPeakThanAfterALongOne)
{
    const auto secondsToRecover = [](double loudSeconds)
    {
        auto player = compressor(CompressorType::optical, -30, 4, 5, 150);
        const auto gains = gainOverTime(player, {{-50, 0.2}, {-10, loudSeconds}, {-50, 8.0}});
        const auto end = static_cast<std::size_t>((0.2 + loudSeconds) * rate);
        std::size_t n = end;
        while (gains[n] < -1)
            ++n;
        return static_cast<double>(n - end) / rate;
    };
    const double afterShort = secondsToRecover(0.1);
    const double afterLong = secondsToRecover(4);
    EXPECT_GT(afterShort, 0.1);
    EXPECT_GT(afterLong, 2 * afterShort);
    EXPECT_GT(afterLong, 1.0);
}

TEST(CompressorTest, CompressesWithoutDistorting)
{
    for (const auto type : {CompressorType::vca, CompressorType::optical})
        for (const double frequency : {82.4, 220.0, 1000.0})
        {
            auto player = compressor(type, -30, 4, 10, 150);
            const Signal output = player.played(sine(frequency, 0.5, 3.0, rate));
            double harmonics = 0;
            for (int k = 2; k <= 20; ++k)
                harmonics += std::pow(partial(output, k * frequency, rate, 96000), 2);
            const double thd = decibels(std::sqrt(harmonics) / partial(output, frequency, rate, 96000));
            EXPECT_LT(thd, -80) << frequency << " Hz, type " << static_cast<int>(type);
        }
}

TEST(CompressorTest, StaysBelowOnePercentDistortionWhileItStillMoves)
{
    auto player = compressor(CompressorType::vca, -30, 4, 10, 150);
    const Signal output = player.played(sine(220, 0.5, 0.5, rate)); // attack included
    double harmonics = 0;
    for (int k = 2; k <= 20; ++k)
        harmonics += std::pow(partial(output, k * 220.0, rate, 0), 2);
    EXPECT_LT(decibels(std::sqrt(harmonics) / partial(output, 220, rate, 0)), -40);
}

TEST(CompressorTest, NarrowsTheDynamicsOfADecayingNote)
{
    auto player = compressor(CompressorType::vca, -40, 4, 10, 60);
    Signal note = sine(220, 0.5, 2.0, rate);
    for (std::size_t n = 0; n < note.size(); ++n)
        note[n] *= static_cast<float>(std::exp(-static_cast<double>(n) / rate / 0.4));
    const auto range = [](const Signal& signal)
    {
        const Signal early(signal.begin() + 4800, signal.begin() + 7200);
        const Signal late(signal.begin() + 48000, signal.begin() + 50400);
        return decibels(peakOf(early) / peakOf(late));
    };
    const double before = range(note);
    const double after = range(player.played(note));
    EXPECT_LT(after, before - 8);
}

TEST(CompressorTest, MixBlendsInTheUntouchedSignalAndMakeupLiftsTheRest)
{
    auto player = compressor(CompressorType::vca, -30, 4, 1, 50);
    player.parameters["compressor.makeup"_p] = 6;
    const Signal input = sine(220, 0.5, 1.0, rate);
    const double full = peakOf(player.played(input), 40000);
    player.parameters["compressor.mix"_p] = 0;
    player.reset();
    EXPECT_LE(largestDifference(player.played(input), input), 1e-6);
    player.parameters["compressor.mix"_p] = 50;
    player.reset();
    EXPECT_NEAR(peakOf(player.played(input), 40000), 0.5 * (full + 0.5), 1e-3);
    EXPECT_NEAR(decibels(full / 0.5), -0.75 * (decibels(0.5) + 30) + 6, 0.1);
}

TEST(CompressorTest, TurnsBothChannelsDownTogether)
{
    auto player = compressor(CompressorType::vca, -30, 8);
    Signal left = sine(220, 0.5, 0.5, rate);
    Signal right = sine(220, 0.01, 0.5, rate);
    player.play(left, &right);
    EXPECT_NEAR(peakOf(left, 12000) / peakOf(right, 12000), 50, 0.01);
}

/// PresetCrossfader starts chains in the middle of a sound.
TEST(CompressorTest, IsAtOnceAsFirmAsOneThatHeardTheWholeSound)
{
    for (const auto type : {CompressorType::vca, CompressorType::optical})
    {
        auto player = compressor(type, -30, 4, 100, 300);
        const Signal input = sine(220, 0.5, 2.0, rate);
        const double settled = peakOf(player.played(input), 90000);
        player.reset();
        const Signal output = player.played(input);
        const Signal first(output.begin() + 480, output.begin() + 1440); // 10 to 30 ms
        EXPECT_NEAR(decibels(peakOf(first) / settled), 0, 1) << static_cast<int>(type);
    }
}

TEST(CompressorTest, KeepsThePromisesOfEveryStage)
{
    for (const float type : {0.0f, 1.0f})
        expectBlockSizeDoesNotMatter(makeCompressor,
                                     [type](ParameterSet& p)
                                     {
                                         p["compressor.type"_p] = type;
                                         p["compressor.attack"_p] = 0.1f;
                                         p["compressor.release"_p] = 10;
                                     });
    expectSilenceStaysSilent(makeCompressor);
    expectFiniteAtExtremes(makeCompressor);
    expectNoClick(
        makeCompressor,
        [](ParameterSet& p)
        {
            p["compressor.threshold"_p] = 0;
            p["compressor.makeup"_p] = 0;
        },
        [](ParameterSet& p)
        {
            p["compressor.threshold"_p] = -40;
            p["compressor.ratio"_p] = 20;
            p["compressor.makeup"_p] = 24;
            p["compressor.mix"_p] = 50;
        },
        1.5);
}
} // namespace
} // namespace tonewright::dsp
