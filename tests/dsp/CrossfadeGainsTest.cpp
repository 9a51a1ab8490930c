#include "dsp/CrossfadeGains.h"

#include "SpacePlayer.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;
constexpr std::size_t fadeFrames = 960;   // 20 ms
constexpr std::size_t windowFrames = 240; // 5 ms

/// Half a millisecond of half a sine.
void addBurst(Signal& signal, std::size_t at, double height)
{
    constexpr std::size_t frames = 24;
    for (std::size_t n = 0; n < frames; ++n)
        signal[at + n] += static_cast<float>(
            height * std::sin(std::numbers::pi * static_cast<double>(n) / static_cast<double>(frames)));
}

Signal fadeBetween(Signal& out, Signal& in)
{
    CrossfadeGains gains;
    gains.prepare(rate);
    Signal mix(fadeFrames);
    for (std::size_t n = 0; n < fadeFrames; ++n)
    {
        gains.compare({{&out[n], &out[n]}, 1, 1}, {{&in[n], &in[n]}, 1, 1}, 0);
        const auto now = gains.next(static_cast<double>(n + 1) / static_cast<double>(fadeFrames));
        mix[n] = now.out * out[n] + now.in * in[n];
    }
    return mix;
}
} // namespace

/// What both did a moment before says that they add up, so that they are turned down when they cancel: by
/// 3.9 dB for these, with no memory shorter than 1.5 ms. A lift that made it 3 would be heard in tones.
TEST(CrossfadeGains, burstsOfOppositeSignsDipLittleEvenRightAfterBurstsOfTheSame)
{
    constexpr std::size_t at = fadeFrames / 2;
    Signal out(fadeFrames);
    Signal in(fadeFrames);
    for (auto* signal : {&out, &in})
        addBurst(*signal, at - 36, 1);
    addBurst(out, at, -0.5);
    addBurst(in, at, 1);
    const auto level = [](const Signal& signal) { return rms(signal, at - 6, at - 6 + windowFrames); };
    EXPECT_GT(decibels(level(fadeBetween(out, in)) / std::min(level(out), level(in))), -3.4);
}

/// However they cancel, the gains stay below what the power law would ask for once, and both ends are clean.
TEST(CrossfadeGains, noLiftGoesBeyondItsBoundAndBothEndsAreTheSignalsThemselves)
{
    auto random = randomGenerator(77);
    std::normal_distribution<float> noise(0.0f, 0.3f);
    for (const double sampleRate : {44100.0, 48000.0, 192000.0})
        for (int round = 0; round < 50; ++round)
        {
            CrossfadeGains gains;
            gains.prepare(sampleRate);
            const auto frames = static_cast<std::size_t>(0.02 * sampleRate);
            CrossfadeGains::Pair now{};
            for (std::size_t n = 0; n < frames; ++n)
            {
                float out = noise(random);
                float in = random() % 2 == 0 ? out : -out;
                gains.compare({{&out, &out}, 1, 1}, {{&in, &in}, 1, 1}, 0);
                now = gains.next(static_cast<double>(n + 1) / static_cast<double>(frames));
                ASSERT_LE(std::hypot(now.out, now.in), std::sqrt(2.0f) * 1.001f);
            }
            EXPECT_EQ(now.out, 0.0f);
            EXPECT_NEAR(now.in, 1.0f, 0.01f);
        }
}

} // namespace tonewright::dsp::test
