#include "dsp/Filters.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// Gain in dB of a filter for a steady sine, after it has settled.
template <typename Filter>
double measuredDecibels(Filter&& filter, double frequency, double sampleRate)
{
    const int settle = static_cast<int>(sampleRate);
    const int cycles = std::max(1, static_cast<int>(frequency * 0.5));
    const int length = static_cast<int>(std::lround(cycles * sampleRate / frequency));
    double re = 0;
    double im = 0;
    for (int n = 0; n < settle + length; ++n)
    {
        const double phase = 2 * std::numbers::pi * frequency * n / sampleRate;
        const double output = filter(static_cast<float>(std::sin(phase)));
        if (n >= settle)
        {
            re += output * std::cos(phase);
            im += output * std::sin(phase);
        }
    }
    return 20 * std::log10(2 * std::hypot(re, im) / length);
}

constexpr double rates[] = {44100, 48000, 96000, 192000};

TEST(FiltersTest, OnePoleIsThreeDecibelsDownAtItsCorner)
{
    for (const double rate : rates)
    {
        OnePole low;
        OnePole high;
        low.setFrequency(1000, rate);
        high.setFrequency(1000, rate);
        EXPECT_NEAR(measuredDecibels([&](float x) { return low.lowPass(x); }, 1000, rate), -3.01, 0.05);
        EXPECT_NEAR(measuredDecibels([&](float x) { return high.highPass(x); }, 1000, rate), -3.01, 0.05);
    }
}

TEST(FiltersTest, MatchedLowPassFallsAsTheAnalogueOneAtEveryRate)
{
    for (const double rate : rates)
        for (const double corner : {378.0, 3200.0, 9000.0, 40000.0})
            for (const double frequency : {100.0, 1000.0, 5000.0, 10000.0, 16000.0, 20000.0})
            {
                MatchedLowPass<float> filter;
                filter.setFrequency(corner, rate);
                const double ratio = frequency / corner;
                EXPECT_NEAR(measuredDecibels([&](float x) { return filter.lowPass(x); }, frequency, rate),
                            -10 * std::log10(1 + ratio * ratio), rate < 48000 ? 0.7 : 0.3)
                    << corner << " Hz at " << rate << ", " << frequency << " Hz";
            }
}

TEST(FiltersTest, DcBlockerRemovesDcAndLeavesTheLowestString)
{
    for (const double rate : {8000.0, 48000.0, 384000.0})
    {
        DcBlocker blocker;
        blocker.prepare(rate);
        float output = 0;
        for (int n = 0; n < static_cast<int>(rate); ++n)
            output = blocker.process(1.0f);
        EXPECT_LT(std::abs(output), 1e-5f) << rate;
        blocker.reset();
        EXPECT_NEAR(measuredDecibels([&](float x) { return blocker.process(x); }, 82.4, rate), 0, 0.1);
    }
}

TEST(FiltersTest, StateVariableOutputsCrossAtTheCorner)
{
    for (const double rate : rates)
    {
        StateVariable filter;
        filter.setFrequency(2000, 2, rate);
        EXPECT_NEAR(measuredDecibels([&](float x) { return filter.process(x).low; }, 2000, rate), 6.02, 0.05);
        filter.reset();
        EXPECT_NEAR(measuredDecibels([&](float x) { return filter.process(x).band; }, 2000, rate), 6.02,
                    0.05);
        filter.reset();
        EXPECT_NEAR(measuredDecibels([&](float x) { return filter.process(x).high; }, 2000, rate), 6.02,
                    0.05);
    }
}

TEST(FiltersTest, BiquadRunsTheResponseItsCoefficientsPromise)
{
    const BiquadCoefficients designs[] = {
        biquad::lowPass(800, 0.7, 48000),     biquad::highPass(800, 0.7, 48000),
        biquad::bandPass(800, 3, 48000),      biquad::notch(800, 3, 48000),
        biquad::peak(800, 1, 9, 48000),       biquad::lowShelf(800, 0.7, -9, 48000),
        biquad::highShelf(800, 0.7, 9, 48000)};
    for (const auto& design : designs)
        for (const double frequency : {100.0, 500.0, 1000.0, 5000.0, 15000.0})
        {
            Biquad filter;
            filter.setCoefficients(design);
            EXPECT_NEAR(measuredDecibels([&](float x) { return filter.process(x); }, frequency, 48000),
                        20 * std::log10(design.magnitudeAt(frequency, 48000)), 0.02);
        }
}

TEST(FiltersTest, DesignsHaveTheirNominalGains)
{
    const auto decibels = [](const BiquadCoefficients& design, double frequency)
    { return 20 * std::log10(design.magnitudeAt(frequency, 48000)); };
    for (const double gain : {-15.0, -3.0, 6.0, 15.0})
    {
        EXPECT_NEAR(decibels(biquad::peak(1000, 2, gain, 48000), 1000), gain, 0.01);
        EXPECT_NEAR(decibels(biquad::lowShelf(1000, 0.7, gain, 48000), 1), gain, 0.01);
        EXPECT_NEAR(decibels(biquad::lowShelf(1000, 0.7, gain, 48000), 1000), gain / 2, 0.01);
        EXPECT_NEAR(decibels(biquad::highShelf(1000, 0.7, gain, 48000), 23999), gain, 0.01);
    }
    EXPECT_NEAR(decibels(biquad::bandPass(1000, 2, 48000), 1000), 0, 0.01);
    EXPECT_LT(decibels(biquad::notch(1000, 2, 48000), 1000), -100);
}

TEST(FiltersTest, CornersAboveNyquistStayStable)
{
    Biquad filter;
    filter.setCoefficients(biquad::highShelf(16000, 0.7, 12, 8000));
    StateVariable variable;
    variable.setFrequency(16000, 0.7, 8000);
    float output = 0;
    for (int n = 0; n < 8000; ++n)
        output = filter.process(n == 0 ? 1.0f : 0.0f) + variable.process(n == 0 ? 1.0f : 0.0f).low;
    EXPECT_LT(std::abs(output), 1e-4f);
}
} // namespace
} // namespace tonewright::dsp
