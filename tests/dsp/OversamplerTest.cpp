#include "dsp/Oversampler.h"

#include "StagePlayer.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <limits>

namespace tonewright::dsp
{
namespace
{
using test::decibels;
using test::Signal;

Signal upsampled(Oversampler& oversampler, const Signal& left, const Signal& right, std::size_t channel,
                 int chunk = 16)
{
    Signal output;
    Oversampler::Buffer buffer{};
    for (std::size_t done = 0; done < left.size();)
    {
        const int frames = static_cast<int>(std::min(static_cast<std::size_t>(chunk), left.size() - done));
        oversampler.upsample(left.data() + done, right.data() + done, buffer, frames);
        for (std::size_t n = 0; n < static_cast<std::size_t>(frames * oversampler.factor()); ++n)
        {
            EXPECT_EQ(buffer[n][channel], buffer[n][channel + 2]);
            output.push_back(buffer[n][channel]);
        }
        done += static_cast<std::size_t>(frames);
    }
    return output;
}

Signal upsampled(Oversampler& oversampler, const Signal& input, int chunk = 16)
{
    return upsampled(oversampler, input, input, 0, chunk);
}

Signal downsampled(Oversampler& oversampler, const Signal& input, std::size_t channel = 0)
{
    const auto factor = static_cast<std::size_t>(oversampler.factor());
    Signal output(input.size() / factor);
    Oversampler::Buffer buffer{};
    for (std::size_t done = 0; done < output.size(); done += 16)
    {
        const auto frames = std::min<std::size_t>(16, output.size() - done);
        for (std::size_t n = 0; n < frames * factor; ++n)
        {
            const float sample = input[done * factor + n];
            buffer[n] = channel == 0 ? stereoLanes(sample, 0) : stereoLanes(0, sample);
        }
        oversampler.downsample(buffer, static_cast<int>(frames));
        for (std::size_t n = 0; n < frames; ++n)
        {
            EXPECT_EQ(buffer[n][1 - channel], 0.0f) << "the other channel was silent";
            output[done + n] = buffer[n][channel];
        }
    }
    return output;
}

constexpr double rate = 48000;

TEST(OversamplerTest, FactorReachesTheRateItIsAskedFor)
{
    EXPECT_EQ(Oversampler::factorFor(44100, Quality::live), 4);
    EXPECT_EQ(Oversampler::factorFor(48000, Quality::live), 4);
    EXPECT_EQ(Oversampler::factorFor(88200, Quality::live), 2);
    EXPECT_EQ(Oversampler::factorFor(96000, Quality::live), 2);
    EXPECT_EQ(Oversampler::factorFor(192000, Quality::live), 1);
    EXPECT_EQ(Oversampler::factorFor(384000, Quality::live), 1);
    EXPECT_EQ(Oversampler::factorFor(48000, Quality::hq), 8);
    EXPECT_EQ(Oversampler::factorFor(192000, Quality::hq), 2);
    EXPECT_EQ(Oversampler::factorFor(8000, Quality::live), 8);
    EXPECT_EQ(Oversampler::factorFor(8000, Quality::hq), 8);
}

TEST(OversamplerTest, ImagesLieNinetyDecibelsDown)
{
    for (const int factor : {2, 4, 8})
        for (const double frequency : {1000.0, 8000.0, 15000.0, 20000.0})
        {
            Oversampler oversampler;
            oversampler.prepare(factor);
            const auto output = upsampled(oversampler, test::sine(frequency, 0.5, 0.5, rate));
            const double high = rate * factor;
            const auto settled = output.size() / 2;
            const double wanted = test::partial(output, frequency, high, settled);
            EXPECT_NEAR(decibels(wanted / 0.5), 0, 0.02) << factor << "x, " << frequency;
            for (int image = 1; image <= factor / 2; ++image)
                for (const double side : {-1.0, 1.0})
                {
                    const double place = image * rate + side * frequency;
                    if (place < high / 2)
                    {
                        EXPECT_LT(decibels(test::partial(output, place, high, settled) / wanted), -90)
                            << factor << "x, " << frequency << " imaged at " << place;
                    }
                }
        }
}

TEST(OversamplerTest, WhatWouldFoldLiesNinetyDecibelsDown)
{
    for (const int factor : {2, 4, 8})
        for (double frequency = 28000; frequency < rate * factor / 2; frequency += 3100)
        {
            Oversampler oversampler;
            oversampler.prepare(factor);
            const auto output = downsampled(oversampler, test::sine(frequency, 0.5, 0.25, rate * factor));
            EXPECT_LT(decibels(test::peakOf(output, output.size() / 2) / 0.5), -90)
                << factor << "x, " << frequency;
        }
}

TEST(OversamplerTest, ThereAndBackIsFlatAndHardlyLate)
{
    for (const int factor : {1, 2, 4, 8})
    {
        Oversampler oversampler;
        oversampler.prepare(factor);
        Signal impulse(4096);
        impulse[0] = 1;
        const auto response = downsampled(oversampler, upsampled(oversampler, impulse));
        for (double frequency = 20; frequency <= 20000; frequency *= 1.2)
            EXPECT_NEAR(decibels(test::magnitude(response, frequency, rate)), 0, 0.01) << factor << "x";
        double delay = 0;
        for (std::size_t n = 0; n < response.size(); ++n)
            delay += static_cast<double>(n) * static_cast<double>(response[n]);
        EXPECT_LT(delay, 8) << factor << "x: samples of group delay at low frequencies";
    }
}

TEST(OversamplerTest, ChunksDoNotMatter)
{
    auto generator = test::randomGenerator(1);
    const Signal input = test::noise(0.5, 3000, generator);
    for (const int factor : {1, 2, 4, 8})
    {
        Oversampler whole;
        whole.prepare(factor);
        const auto expected = upsampled(whole, input);
        for (const int chunk : {1, 3, 7})
        {
            Oversampler cut;
            cut.prepare(factor);
            EXPECT_EQ(upsampled(cut, input, chunk), expected) << factor << "x in chunks of " << chunk;
        }
    }
}

TEST(OversamplerTest, ChannelsDoNotHearEachOther)
{
    auto generator = test::randomGenerator(2);
    const Signal left = test::noise(0.5, 3000, generator);
    const Signal right = test::noise(0.5, 3000, generator);
    for (const int factor : {1, 2, 4, 8})
        for (const std::size_t channel : {0u, 1u})
        {
            Oversampler alone;
            Oversampler together;
            alone.prepare(factor);
            together.prepare(factor);
            const auto expected = upsampled(alone, channel == 0 ? left : right);
            EXPECT_EQ(upsampled(together, left, right, channel), expected) << factor << "x";
            EXPECT_EQ(downsampled(together, expected, channel), downsampled(alone, expected))
                << factor << "x";
        }
}

TEST(OversamplerTest, PoisonDoesNotStay)
{
    for (const int factor : {1, 2, 4, 8})
    {
        Oversampler oversampler;
        oversampler.prepare(factor);
        Signal input(2000);
        input[0] = std::numeric_limits<float>::quiet_NaN();
        input[1] = std::numeric_limits<float>::infinity();
        input[2] = -1e30f;
        const auto output = upsampled(oversampler, input);
        EXPECT_TRUE(test::isFinite(output));
        EXPECT_LT(test::peakOf(output, output.size() - 100), 1e-6);
    }
}
} // namespace
} // namespace tonewright::dsp
