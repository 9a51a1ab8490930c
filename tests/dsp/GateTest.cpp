#include "StagePromises.h"
#include "dsp/Stages.h"

namespace tonewright::dsp
{
namespace
{
using namespace tonewright::test;

constexpr double rate = 48000;

StagePlayer gateAt(float threshold, float release = 80)
{
    StagePlayer player(makeGate(), rate, 64);
    player.parameters["gate.threshold"_p] = threshold;
    player.parameters["gate.release"_p] = release;
    return player;
}

/// Gain in dB of the gate on a steady sine, after `seconds`.
double gainOnSine(StagePlayer& player, double level, double seconds = 1.0)
{
    const Signal input = sine(220, std::pow(10.0, level / 20), seconds, rate);
    const Signal output = player.played(input);
    const auto late = input.size() - 2400;
    return decibels(peakOf(output, late) / peakOf(input, late));
}

TEST(GateTest, OpensAboveTheThresholdAndClosesFiveDecibelsBelowIt)
{
    for (const float threshold : {-80.0f, -60.0f, -40.0f, -20.0f})
    {
        auto player = gateAt(threshold);
        const auto level = static_cast<double>(threshold);
        EXPECT_LT(gainOnSine(player, level - 20), -75) << threshold; // closes
        EXPECT_LT(gainOnSine(player, level - 1), -75) << threshold;  // not loud enough to open
        EXPECT_NEAR(gainOnSine(player, level + 1), 0, 0.01) << threshold;
        EXPECT_NEAR(gainOnSine(player, level - 4), 0, 0.01) << threshold; // stays open
        EXPECT_LT(gainOnSine(player, level - 6), -75) << threshold;
    }
}

TEST(GateTest, AttacksWithinAMillisecondAndHoldsAboutFifty)
{
    auto player = gateAt(-40, 20);
    Signal silence(24000);
    player.play(silence);
    Signal burst(9600, 0.1f); // a step; the detector's high-pass lets 20 ms of it through
    for (std::size_t n = 0; n < burst.size(); ++n)
        burst[n] = n < 4800 ? (n % 2 == 0 ? 0.1f : -0.1f) : (n % 2 == 0 ? 1e-4f : -1e-4f);
    const Signal input = burst;
    player.play(burst);
    EXPECT_NEAR(std::abs(burst[48]), 0.1f, 1e-6f) << "open 1 ms after the onset";
    std::size_t closing = 4800;
    while (closing < burst.size() && std::abs(burst[closing]) > 0.99e-4f)
        ++closing;
    const double held = static_cast<double>(closing - 4800) / rate;
    EXPECT_GT(held, 0.040);
    EXPECT_LT(held, 0.065);
}

TEST(GateTest, FallsByEightyDecibelsInTheReleaseTime)
{
    for (const float release : {5.0f, 80.0f, 1000.0f})
    {
        auto player = gateAt(-40, release);
        Signal signal(static_cast<std::size_t>(rate * (0.2 + 0.002 * static_cast<double>(release))));
        for (std::size_t n = 0; n < signal.size(); ++n)
            signal[n] = (n < 4800 ? 0.1f : 1e-4f) * (n % 2 == 0 ? 1.0f : -1.0f);
        player.play(signal);
        std::size_t start = 4800;
        while (start < signal.size() && std::abs(signal[start]) > 0.98e-4f)
            ++start;
        std::size_t end = start;
        while (end < signal.size() && std::abs(signal[end]) > 1.02e-8f)
            ++end;
        EXPECT_NEAR(static_cast<double>(end - start) / rate * 1000, static_cast<double>(release),
                    0.03 * static_cast<double>(release) + 0.1);
    }
}

TEST(GateTest, ClosesOnceOnADecayingBeatingNoisyNote)
{
    auto generator = randomGenerator(1);
    for (const double fundamental : {41.2, 82.4, 196.0, 659.3})
        for (const float threshold : {-70.0f, -50.0f, -30.0f})
        {
            auto player = gateAt(threshold, 30);
            Signal note(static_cast<std::size_t>(8 * rate));
            std::normal_distribution<double> hiss(0, 2e-5);
            for (std::size_t n = 0; n < note.size(); ++n)
            {
                const double t = static_cast<double>(n) / rate;
                const double w = 2 * std::numbers::pi * fundamental * t;
                const double string = std::sin(w) + 0.5 * std::sin(2.003 * w) + 0.3 * std::sin(3.007 * w);
                const double beating = 1 + 0.2 * std::sin(2 * std::numbers::pi * 3 * t);
                note[n] = static_cast<float>(0.3 * string * beating * std::exp(-t / 0.9) + hiss(generator));
            }
            const Signal input = note;
            player.play(note);
            int closings = 0;
            bool open = true;
            for (std::size_t n = 0; n < note.size(); ++n)
            {
                if (std::abs(input[n]) < 1e-7f)
                    continue;
                const float gain = note[n] / input[n];
                if (open && gain < 0.5f)
                    ++closings;
                if (gain < 0.5f)
                    open = false;
                else if (gain > 0.9f)
                    open = true;
            }
            EXPECT_EQ(closings, 1) << fundamental << " Hz, threshold " << threshold;
        }
}

TEST(GateTest, LetsTheFirstPickAfterAResetThroughWhole)
{
    auto player = gateAt(-30);
    const Signal input = sine(220, 0.3, 0.05, rate);
    EXPECT_EQ(largestDifference(player.played(input), input), 0);
    gainOnSine(player, -80);
    player.reset();
    EXPECT_EQ(largestDifference(player.played(input), input), 0);
}

TEST(GateTest, OneLoudChannelOpensBoth)
{
    auto player = gateAt(-40);
    Signal closedLeft(24000);
    Signal closedRight(24000);
    player.play(closedLeft, &closedRight);
    Signal left = sine(220, 0.1, 0.5, rate);
    Signal right = sine(330, 1e-4, 0.5, rate);
    const Signal quiet = right;
    player.play(left, &right);
    EXPECT_NEAR(peakOf(right, 4800), peakOf(quiet, 4800), 1e-9);
}

TEST(GateTest, AnOffsetOfTheInterfaceDoesNotHoldItOpen)
{
    auto player = gateAt(-50);
    Signal offset(48000, 0.05f);
    player.play(offset);
    EXPECT_LT(std::abs(offset.back()), 0.05f * 2e-4f);
}

TEST(GateTest, KeepsThePromisesOfEveryStage)
{
    expectBlockSizeDoesNotMatter(makeGate, [](ParameterSet& p) { p["gate.threshold"_p] = -20; });
    expectSilenceStaysSilent(makeGate);
    expectFiniteAtExtremes(makeGate);
    expectNoClick(
        makeGate, [](ParameterSet& p) { p["gate.threshold"_p] = -60; },
        [](ParameterSet& p)
        {
            p["gate.threshold"_p] = -30;
            p["gate.release"_p] = 500;
        },
        1.2);
}
} // namespace
} // namespace tonewright::dsp
