#include "StagePromises.h"
#include "dsp/Filters.h"
#include "dsp/Stages.h"
#include "dsp/measure/ToneMeasurement.h"

#include <limits>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
using namespace tonewright::test;

/// What a 5 Hz DC blocker alone does.
Signal dcBlocked(Signal signal, double rate)
{
    DcBlocker blocker;
    blocker.prepare(rate, 5);
    for (auto& sample : signal)
        sample = blocker.process(sample);
    return signal;
}

TEST(OutputTest, IsTransparentBelowMinusTwoDecibels)
{
    auto generator = randomGenerator(4);
    for (const double rate : {44100.0, 96000.0})
    {
        StagePlayer player(makeOutput(), rate);
        const Signal loud = sine(220, 0.77, 1.0, rate);
        const Signal hiss = noise(0.5, 48000, generator);
        EXPECT_EQ(largestDifference(player.played(loud), dcBlocked(loud, rate)), 0);
        player.reset();
        EXPECT_EQ(largestDifference(player.played(hiss), dcBlocked(hiss, rate)), 0);
    }
}

TEST(OutputTest, NeverExceedsFullScaleWhateverComesIn)
{
    auto generator = randomGenerator(5);
    for (const double rate : {8000.0, 48000.0, 192000.0})
        for (const double amplitude : {1.0, 1.5, 10.0, 1e6, 3e38})
        {
            StagePlayer player(makeOutput(), rate);
            player.parameters["output.level"_p] = 24;
            player.parameters["output.width"_p] = 200;
            Signal left = noise(amplitude, 20000, generator);
            Signal right = noise(amplitude, 20000, generator);
            left[100] = std::numeric_limits<float>::max();
            left[200] = std::numeric_limits<float>::infinity();
            right[300] = std::numeric_limits<float>::quiet_NaN();
            player.play(left, &right);
            EXPECT_TRUE(isFinite(left) && isFinite(right));
            EXPECT_LE(std::max(peakOf(left), peakOf(right)), 1.0);
        }
}

double truePeakOf(const Signal& signal)
{
    return measureTone(std::vector<std::vector<float>>{signal}, 48000).truePeak;
}

/// 18 dB down at 12 kHz, as behind a cabinet.
Signal throughALoudspeaker(Signal signal)
{
    for (int pass = 0; pass < 6; ++pass)
        for (std::size_t n = signal.size() - 1; n > 0; --n)
            signal[n] = 0.5f * (signal[n] + signal[n - 1]);
    return signal;
}

/// A converter's output between the samples counts: sines up to 20 kHz in the phases that hide most, noise,
/// squares, and steps from silence.
TEST(OutputTest, KeepsTheTruePeakBelowFullScale)
{
    auto generator = randomGenerator(6);
    const auto limited = [](const Signal& input)
    {
        StagePlayer player(makeOutput(), 48000);
        return truePeakOf(player.played(input));
    };
    for (const double amplitude : {0.9, 1.0, 1.6, 8.0, 50.0})
    {
        for (const double frequency :
             {82.4, 1000.0, 4000.0, 6000.0, 8000.0, 9600.0, 12000.0, 16000.0, 19000.0})
            for (const double phase : {0.0, 0.125, 0.25})
            {
                Signal tone(9600);
                for (std::size_t n = 0; n < tone.size(); ++n)
                    tone[n] = static_cast<float>(
                        amplitude * std::sin(2 * std::numbers::pi *
                                             (frequency * static_cast<double>(n) / 48000 + phase)));
                EXPECT_LE(limited(tone), -0.1) << frequency << " Hz at " << amplitude << ", phase " << phase;
            }
        EXPECT_LE(limited(throughALoudspeaker(noise(amplitude, 48000, generator))), -0.1)
            << "noise at " << amplitude;
        Signal square(9600);
        for (std::size_t n = 0; n < square.size(); ++n)
            square[n] = static_cast<float>((n / 109) % 2 == 0 ? amplitude : -amplitude);
        EXPECT_LE(limited(square), -0.1) << "square at " << amplitude;
    }
}

TEST(OutputTest, RecoversWithinASecondFromAWildSample)
{
    StagePlayer player(makeOutput(), 48000);
    Signal wild(4800);
    wild[10] = 3e38f;
    wild[11] = std::numeric_limits<float>::quiet_NaN();
    player.play(wild);
    const Signal after = player.played(sine(220, 0.25, 1.5, 48000));
    EXPECT_NEAR(peakOf(after, 48000), 0.25, 1e-3);
}

TEST(OutputTest, LimitsASustainedOverWithLittleDistortion)
{
    StagePlayer player(makeOutput(), 48000);
    const Signal output = player.played(sine(220, 2.0, 2.0, 48000));
    double harmonics = 0;
    for (int k = 2; k <= 20; ++k)
        harmonics += std::pow(partial(output, k * 220.0, 48000, 48000), 2);
    EXPECT_LT(decibels(std::sqrt(harmonics) / partial(output, 220, 48000, 48000)), -60);
    EXPECT_GT(peakOf(output, 48000), 0.8);
}

TEST(OutputTest, LimiterLetsGoSmoothly)
{
    StagePlayer player(makeOutput(), 48000);
    Signal over = sine(220, 1.8, 0.5, 48000);
    player.play(over);
    const Signal after = player.played(sine(220, 0.5, 1.0, 48000));
    EXPECT_LT(peakOf(Signal(after.begin(), after.begin() + 480)), 0.35); // still down
    EXPECT_NEAR(peakOf(after, 24000), 0.5, 1e-3);                        // back
    EXPECT_LE(roughness(after), 1.3 * roughness(after, 24000));
}

TEST(OutputTest, RemovesDc)
{
    StagePlayer player(makeOutput(), 48000);
    Signal offset(96000, 0.5f);
    player.play(offset);
    EXPECT_LT(std::abs(offset.back()), 1e-4f);
}

TEST(OutputTest, WidthScalesTheSideSignal)
{
    for (const double width : {0.0, 50.0, 100.0, 200.0})
    {
        StagePlayer player(makeOutput(), 48000);
        player.parameters["output.width"_p] = static_cast<float>(width);
        Signal left = sine(1000, 0.2, 0.5, 48000);
        Signal right = sine(1500, 0.2, 0.5, 48000);
        player.play(left, &right);
        Signal middle(left.size());
        Signal side(left.size());
        for (std::size_t n = 0; n < left.size(); ++n)
        {
            middle[n] = 0.5f * (left[n] + right[n]);
            side[n] = 0.5f * (left[n] - right[n]);
        }
        EXPECT_NEAR(partial(middle, 1000, 48000, 4800), 0.1, 1e-4);
        EXPECT_NEAR(partial(side, 1000, 48000, 4800), 0.1 * width / 100, 1e-4);
        if (width == 0.0)
        {
            EXPECT_EQ(largestDifference(left, right), 0);
        }
    }
}

/// Noise that was mono, with the doubler at `amount`, after the takes have come in.
std::array<Signal, 2> doubled(float amount, const Signal& input, float width = 100)
{
    StagePlayer player(makeOutput(), 48000);
    player.parameters["output.doubler"_p] = amount;
    player.parameters["output.width"_p] = width;
    Signal left = input;
    Signal right = input;
    player.play(left, &right);
    return {left, right};
}

TEST(OutputTest, DoublerWidensAndLeavesTheMonoSumAsItWas)
{
    auto generator = randomGenerator(7);
    const Signal input = noise(0.05, 96000, generator);
    const auto without = doubled(0, input);
    double lastSide = -400;
    double lastLikeness = 2;
    for (const float amount : {0.0f, 25.0f, 50.0f, 100.0f})
    {
        const auto [left, right] = doubled(amount, input);
        double leftPower = 0, rightPower = 0, common = 0, middlePower = 0, sidePower = 0;
        for (std::size_t n = 4800; n < left.size(); ++n)
        {
            const auto l = static_cast<double>(left[n]);
            const auto r = static_cast<double>(right[n]);
            ASSERT_NEAR(0.5 * (l + r), static_cast<double>(without[0][n]), 1e-6) << "no comb at all in mono";
            leftPower += l * l;
            rightPower += r * r;
            common += l * r;
            middlePower += 0.25 * (l + r) * (l + r);
            sidePower += 0.25 * (l - r) * (l - r);
        }
        const double side = decibels(std::sqrt(sidePower / middlePower));
        const double likeness = common / std::sqrt(leftPower * rightPower);
        EXPECT_GT(side, lastSide + 3) << amount;
        EXPECT_LT(likeness, lastLikeness) << amount;
        EXPECT_NEAR(decibels(std::sqrt(leftPower / rightPower)), 0, 0.5) << "neither side is louder";
        lastSide = side;
        lastLikeness = likeness;
    }
    EXPECT_NEAR(lastSide, -1, 0.5) << "about as much side as middle at 100 %";
    EXPECT_LT(lastLikeness, 0.2);
    const auto [left, right] = doubled(100, input, 0);
    EXPECT_EQ(largestDifference(left, right), 0) << "no width, no doubler";
}

TEST(OutputTest, DoublerAtZeroIsNotThere)
{
    auto generator = randomGenerator(8);
    const Signal input = noise(0.2, 20000, generator);
    const auto [left, right] = doubled(0, input);
    EXPECT_EQ(left, right);
    StagePlayer mono(makeOutput(), 48000);
    EXPECT_LE(largestDifference(mono.played(input), left), 1e-7);
    EXPECT_EQ(makeOutput()->tailSeconds(ParameterSet{}), 0);
}

TEST(OutputTest, DoublersTakesWanderLooselyAndLeaveTheLowsInTheMiddle)
{
    // The side of a steady tone swells and fades as the takes drift against each other.
    const Signal input = sine(1000, 0.1, 8, 48000);
    const auto [left, right] = doubled(100, input);
    double loudest = 0;
    double softest = 1;
    for (std::size_t start = 4800; start + 4800 < left.size(); start += 4800)
    {
        double power = 0;
        for (std::size_t n = start; n < start + 4800; ++n)
            power += std::pow(0.5 * static_cast<double>(left[n] - right[n]), 2);
        loudest = std::max(loudest, std::sqrt(power / 4800));
        softest = std::min(softest, std::sqrt(power / 4800));
    }
    EXPECT_GT(decibels(loudest / softest), 6);
    const auto low = doubled(100, sine(41, 0.1, 2, 48000));
    double side = 0;
    for (std::size_t n = 48000; n < low[0].size(); ++n)
        side = std::max(side, 0.5 * std::abs(static_cast<double>(low[0][n] - low[1][n])));
    EXPECT_LT(decibels(side / 0.1), -3);
}

TEST(OutputTest, LevelIsInDecibels)
{
    for (const float level : {-36.0f, -6.0f, 0.0f, 12.0f})
    {
        StagePlayer player(makeOutput(), 48000);
        player.parameters["output.level"_p] = level;
        const Signal output = player.played(sine(1000, 0.1, 0.5, 48000));
        EXPECT_NEAR(decibels(partial(output, 1000, 48000, 4800) / 0.1), static_cast<double>(level), 0.01);
    }
}

TEST(OutputTest, KeepsThePromisesOfEveryStage)
{
    expectBlockSizeDoesNotMatter(makeOutput,
                                 [](ParameterSet& p)
                                 {
                                     p["output.level"_p] = 9;
                                     p["output.width"_p] = 150;
                                     p["output.doubler"_p] = 80;
                                 });
    expectSilenceStaysSilent(makeOutput);
    expectFiniteAtExtremes(makeOutput, 1e38);
    expectNoClick(
        makeOutput, [](ParameterSet& p) { p["output.doubler"_p] = 0; },
        [](ParameterSet& p) { p["output.doubler"_p] = 100; }, 1.2);
    expectNoClick(
        makeOutput, [](ParameterSet& p) { p["output.level"_p] = -36; },
        [](ParameterSet& p)
        {
            p["output.level"_p] = 6;
            p["output.width"_p] = 0;
        },
        1.2);
}
} // namespace
} // namespace tonewright::dsp
