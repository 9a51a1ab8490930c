#include "dsp/Lanes.h"

#include "StagePlayer.h"
#include "dsp/Adaa.h"
#include "dsp/Filters.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <limits>

namespace tonewright::dsp
{
namespace
{
using test::Signal;

/// Four signals that differ, each with loud and quiet stretches and jumps across zero.
std::array<Signal, 4> signals()
{
    auto generator = test::randomGenerator(1);
    std::array<Signal, 4> result;
    for (auto& signal : result)
    {
        signal = test::noise(1, 4000, generator);
        const auto levels = test::noise(5, 4000, generator);
        for (std::size_t n = 0; n < signal.size(); ++n)
            signal[n] *= std::pow(10.0f, levels[n / 100]);
        std::fill_n(signal.begin() + 1000, 50, 0.0f);
    }
    return result;
}

/// Runs the same processor as float and as Lanes: every lane must compute exactly what a float does.
template <typename OnFloat, typename OnLanes, typename Process>
void expectEqual(const std::array<OnFloat, 4>& start, OnLanes lanes, Process&& process, const char* name)
{
    auto floats = start;
    const auto input = signals();
    for (std::size_t n = 0; n < input[0].size(); ++n)
    {
        const Lanes output = process(lanes, Lanes{input[0][n], input[1][n], input[2][n], input[3][n]});
        for (std::size_t lane = 0; lane < 4; ++lane)
            ASSERT_EQ(output[lane], process(floats[lane], input[lane][n])) << name << ", sample " << n;
    }
}

template <template <typename> typename Processor, typename SetUp, typename Process>
void expectEqual(SetUp&& setUp, Process&& process, const char* name)
{
    std::array<Processor<float>, 4> floats;
    Processor<Lanes> lanes;
    for (auto& each : floats)
        setUp(each);
    setUp(lanes);
    expectEqual(floats, lanes, process, name);
}

TEST(LanesTest, EveryLaneComputesWhatAFloatDoes)
{
    const auto process = [](auto& processor, auto x) { return processor.process(x); };
    const auto nothing = [](auto&) {};
    expectEqual<SoftClip>(nothing, process, "soft clip");
    expectEqual<HardClip>(nothing, process, "hard clip");
    expectEqual<Rectifier>(nothing, process, "rectifier");
    expectEqual<UnevenSoftClip>([](auto& clip) { clip.setLimits(1.1f, 0.7f); }, process, "uneven soft clip");
    const auto tuned = [](auto& filter) { filter.setFrequency(900, 192000); };
    expectEqual<FirstOrder>(
        tuned, [](auto& filter, auto x) { return filter.lowPass(x); }, "low-pass");
    expectEqual<FirstOrder>(
        tuned, [](auto& filter, auto x) { return filter.highPass(x); }, "high-pass");
    const auto resonant = [](auto& filter) { filter.setFrequency(900, 3, 192000); };
    expectEqual<MatchedLowPass>(
        tuned, [](auto& filter, auto x) { return filter.lowPass(x); }, "matched low-pass");
    expectEqual<SecondOrder>(
        resonant, [](auto& filter, auto x) { return filter.process(x).band; }, "band-pass");
}

TEST(LanesTest, WhatDoesNotCompareBecomesTheBound)
{
    const float wild[] = {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                          -std::numeric_limits<float>::infinity(), 0.5f};
    const Lanes lanes = clamped(Lanes{wild[0], wild[1], wild[2], wild[3]}, -100, 100);
    const float expected[] = {100, 100, -100, 0.5f};
    for (std::size_t lane = 0; lane < 4; ++lane)
    {
        EXPECT_EQ(lanes[lane], expected[lane]);
        EXPECT_EQ(clamped(wild[lane], -100, 100), expected[lane]);
    }
}

/// The mean of a curve between two inputs, from its antiderivative, in double precision.
template <typename Antiderivative, typename Curve>
double meanOf(Antiderivative&& integral, Curve&& curve, double from, double to)
{
    return std::abs(to - from) < 1e-4 * (std::abs(from) + std::abs(to)) || std::abs(to - from) < 1e-9
               ? curve(0.5 * (from + to))
               : (integral(to) - integral(from)) / (to - from);
}

TEST(LanesTest, UnevenSoftClipIsTheMeanOfItsCurveAcrossZeroToo)
{
    constexpr double positive = 1.1f;
    constexpr double negative = 0.7f;
    const auto limit = [](double x) { return x >= 0 ? positive : negative; };
    const auto curve = [&](double x) { return x / std::sqrt(1 + (x / limit(x)) * (x / limit(x))); };
    const auto integral = [&](double x)
    { return limit(x) * limit(x) * (std::sqrt(1 + (x / limit(x)) * (x / limit(x))) - 1); };
    for (const float from : {-300.0f, -2.0f, -0.3f, -1e-3f, -1e-6f, 1e-6f, 1e-3f, 0.3f, 2.0f, 300.0f})
        for (const float to : {-300.0f, -2.0f, -0.3f, -1e-3f, -1e-6f, 0.0f, 1e-6f, 1e-3f, 0.3f, 2.0f, 300.0f})
        {
            UnevenSoftClip<float> clip;
            clip.setLimits(1.1f, 0.7f);
            clip.reset(from);
            const double expected =
                meanOf(integral, curve, static_cast<double>(from), static_cast<double>(to));
            EXPECT_NEAR(static_cast<double>(clip.process(to)), expected, 2e-6 + 1e-4 * std::abs(expected))
                << from << " to " << to;
        }
}

TEST(LanesTest, TwoSamplesAtOnceAreTwoSamples)
{
    const auto input = signals();
    UnevenSoftClip<Lanes> single;
    UnevenSoftClip<Lanes> both;
    for (auto* clip : {&single, &both})
    {
        clip->setLimits(1.1f, 0.7f);
        clip->reset(0.2f);
    }
    const auto at = [&](std::size_t n) { return stereoLanes(input[0][n], input[1][n]); };
    for (std::size_t n = 0; n + 2 < input[0].size(); n += 3)
    {
        const std::array expected{single.process(at(n)), single.process(at(n + 1)),
                                  single.process(at(n + 2))};
        const Lanes two = both.processTwo(pairsOf(at(n), at(n + 1)));
        const Lanes one = both.processTwo(at(n + 2)); // twice the same: an odd number of samples ends so
        for (std::size_t channel = 0; channel < 2; ++channel)
        {
            ASSERT_EQ(two[channel], expected[0][channel]) << n;
            ASSERT_EQ(two[channel + 2], expected[1][channel]) << n;
            ASSERT_EQ(one[channel], expected[2][channel]) << n;
        }
    }
}

TEST(LanesTest, HardClipIsTheMeanUnderATriangle)
{
    constexpr std::array values{-300.0, -2.0, -1.0, -0.3, -1e-6, 0.0, 1e-6, 0.3, 0.999, 1.0, 1.001, 300.0};
    const auto weighted = [](double from, double to, bool rises)
    {
        constexpr int count = 20000;
        double sum = 0;
        for (int k = 0; k < count; ++k)
        {
            const double along = (k + 0.5) / count;
            sum += (rises ? along : 1 - along) * std::clamp(from + along * (to - from), -1.0, 1.0);
        }
        return sum / count;
    };
    for (const double first : values)
        for (const double second : values)
            for (const double third : {-300.0, -0.5, 0.0, 1.0, 7.0})
            {
                HardClip<float> clip;
                for (const double x : {first, second})
                    clip.process(static_cast<float>(x));
                EXPECT_NEAR(static_cast<double>(clip.process(static_cast<float>(third))),
                            weighted(first, second, true) + weighted(second, third, false), 2e-5)
                    << first << ' ' << second << ' ' << third;
            }
}
} // namespace
} // namespace tonewright::dsp
