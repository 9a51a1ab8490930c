#include "dsp/measure/ToneMeasurement.h"

#include "dsp/Riff.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
using Sound = std::vector<float>;

constexpr double testRate = 48'000;

ToneMeasurement measure(const std::vector<Sound>& channels, double sampleRate = testRate)
{
    return measureTone(channels, sampleRate);
}

Sound sine(double frequency, double level, double seconds, double sampleRate = testRate)
{
    Sound sound(static_cast<std::size_t>(seconds * sampleRate));
    const double amplitude = std::pow(10.0, level / 20);
    for (std::size_t n = 0; n < sound.size(); ++n)
        sound[n] = static_cast<float>(
            amplitude * std::sin(2 * std::numbers::pi * frequency * static_cast<double>(n) / sampleRate));
    return sound;
}

Sound noise(double seconds, std::uint64_t salt = 0, double sampleRate = testRate)
{
    auto random = test::randomGenerator(salt);
    std::normal_distribution<float> normal(0.0f, 0.1f);
    Sound sound(static_cast<std::size_t>(seconds * sampleRate));
    for (auto& sample : sound)
        sample = normal(random);
    return sound;
}

/// `seconds` of steady noise, then its decay with the given RT60.
Sound burstWithDecay(double steady, double rt60, double seconds, double firstDrop = 0)
{
    auto sound = noise(seconds, 11);
    for (std::size_t n = 0; n < sound.size(); ++n)
    {
        const double t = static_cast<double>(n) / testRate - steady;
        if (t > 0)
            sound[n] *= static_cast<float>(std::pow(10.0, -(firstDrop + 60 * t / rt60) / 20));
    }
    return sound;
}

Sound withEcho(const Sound& dry, double milliseconds, float level, float feedback,
               double sampleRate = testRate)
{
    const auto delay = static_cast<std::size_t>(std::lround(milliseconds * sampleRate / 1000));
    Sound line(dry.size(), 0.0f);
    Sound wet = dry;
    for (std::size_t n = delay; n < dry.size(); ++n)
    {
        line[n] = dry[n - delay] + feedback * line[n - delay];
        wet[n] += level * line[n];
    }
    return wet;
}

/// First-order low-pass.
Sound darker(Sound sound, double frequency)
{
    const auto pole = static_cast<float>(std::exp(-2 * std::numbers::pi * frequency / testRate));
    float state = 0;
    for (auto& sample : sound)
        sample = state = (1 - pole) * sample + pole * state;
    return sound;
}

void expectAllFinite(const ToneMeasurement& m)
{
    for (const double value :
         {m.seconds, m.loudness, m.truePeak, m.rms, m.crestFactor, m.brightness, m.lows, m.mids, m.highs,
          m.scoop, m.dynamicSpread, m.decaySeconds, m.echoMilliseconds, m.stereoWidth, m.dcOffset})
        EXPECT_TRUE(std::isfinite(value));
}

TEST(ToneMeasurement, ReadsASineAsTheStandardsSay)
{
    // ITU-R BS.1770: a 997 Hz sine of 0 dBFS in one channel reads -3.01 LKFS.
    for (const double rate : {8'000.0, 44'100.0, 48'000.0, 96'000.0, 192'000.0})
    {
        const auto m = measure({sine(997, -20, 3, rate)}, rate);
        EXPECT_NEAR(m.loudness, -23.01, 0.15) << rate;
        EXPECT_NEAR(m.truePeak, -20, 0.15) << rate;
        EXPECT_NEAR(m.rms, -23.01, 0.02) << rate;
        EXPECT_NEAR(m.crestFactor, 3.01, 0.1) << rate;
        EXPECT_NEAR(m.mids, 0, 0.05) << rate;
        EXPECT_NEAR(m.seconds, 3, 1e-9);
        EXPECT_EQ(m.channels, 1);
    }
    const auto one = sine(997, -20, 3);
    EXPECT_NEAR(measure({one, one}).loudness, -20.0, 0.1);
}

TEST(ToneMeasurement, SeesWhatLiesBetweenSamples)
{
    // A quarter of the rate, half-way between the samples: 3 dB above every sample.
    Sound sound(48'000);
    for (std::size_t n = 0; n < sound.size(); ++n)
        sound[n] =
            0.5f * static_cast<float>(std::sin(std::numbers::pi * (0.5 * static_cast<double>(n) + 0.25)));
    EXPECT_NEAR(measure({sound}).truePeak, -6.02, 0.3);
}

TEST(ToneMeasurement, FindsEnergyWhereItIs)
{
    EXPECT_NEAR(measure({sine(110, -20, 1)}).lows, 0, 0.1);
    EXPECT_LT(measure({sine(110, -20, 1)}).highs, -40);
    EXPECT_NEAR(measure({sine(3000, -20, 1)}).highs, 0, 0.1);
    EXPECT_LT(measure({sine(3000, -20, 1)}).mids, -40);
    auto scooped = sine(200, -20, 1);
    const auto top = sine(3000, -20, 1);
    for (std::size_t n = 0; n < scooped.size(); ++n)
        scooped[n] += top[n];
    EXPECT_LT(measure({scooped}).scoop, -30);
    EXPECT_GT(measure({sine(800, -20, 1)}).scoop, 30);
}

TEST(ToneMeasurement, BrightnessRisesWithEveryOpeningOfAToneControl)
{
    const auto source = noise(4);
    double last = 0;
    for (const double frequency : {200.0, 400.0, 800.0, 1600.0, 3200.0, 6400.0, 12'800.0})
    {
        const double brightness = measure({darker(source, frequency)}).brightness;
        EXPECT_GT(brightness, last + 0.3) << frequency;
        last = brightness;
    }
    // Level is no brightness.
    auto quiet = darker(source, 800);
    for (auto& sample : quiet)
        sample *= 0.01f;
    EXPECT_NEAR(measure({quiet}).brightness, measure({darker(source, 800)}).brightness, 1e-3);
}

TEST(ToneMeasurement, DynamicSpreadIsTheSpreadOfLevels)
{
    auto sound = sine(500, -10, 4);
    for (std::size_t n = sound.size() / 2; n < sound.size(); ++n)
        sound[n] *= 0.1f;
    EXPECT_NEAR(measure({sound}).dynamicSpread, 20, 0.5);
    EXPECT_LT(measure({sine(500, -10, 4)}).dynamicSpread, 0.1);
    sound.resize(sound.size() * 2, 0.0f);
    EXPECT_NEAR(measure({sound}).dynamicSpread, 20, 0.5) << "a pause is no quiet note";
}

TEST(ToneMeasurement, DecayTimeIsWhatWasPutIn)
{
    for (const double rt60 : {0.2, 0.5, 1.0, 2.0, 4.0, 8.0})
        for (const double firstDrop : {0.0, 6.0, 15.0, 25.0})
        {
            const double found =
                measure({burstWithDecay(1.5, rt60, 1.5 + std::max(1.5, rt60), firstDrop)}).decaySeconds;
            EXPECT_NEAR(found, rt60, 0.12 * rt60) << "reverb " << firstDrop << " dB below";
        }
}

TEST(ToneMeasurement, DecayTimeIsFoundInAFileThatEndsTooEarly)
{
    for (const double rt60 : {2.5, 4.0, 6.0})
    {
        const double found = measure({burstWithDecay(1.5, rt60, 1.5 + 0.4 * rt60, 10)}).decaySeconds;
        EXPECT_NEAR(found, rt60, 0.2 * rt60);
    }
}

TEST(ToneMeasurement, DecayTimeIsFoundAboveNoiseAndBetweenPhrases)
{
    // A phrase, a pause of two seconds in which a reverb sinks into the noise of the recording, and the next
    // phrase.
    for (const double rt60 : {0.6, 1.0, 2.5})
    {
        auto sound = burstWithDecay(1.5, rt60, 3.5, 6);
        const auto nextPhrase = noise(1.5, 5);
        sound.insert(sound.end(), nextPhrase.begin(), nextPhrase.end());
        const auto hiss = noise(5, 6);
        for (std::size_t n = 0; n < sound.size(); ++n)
            sound[n] += 0.018f * hiss[n]; // -35 dB
        EXPECT_NEAR(measure({sound}).decaySeconds, rt60, 0.2 * rt60);
    }
}

TEST(ToneMeasurement, NoiseBetweenPhrasesIsNoDecay)
{
    auto sound = noise(4, 12);
    for (std::size_t n = 48'000; n < 144'000; ++n)
        sound[n] *= 0.02f;
    EXPECT_LT(measure({sound}).decaySeconds, 0.1);
}

TEST(ToneMeasurement, DecayTimeOfEchoesFollowsTheirFeedback)
{
    const auto wet = withEcho(synthesiseRiff(RiffStyle::palmMute, 8, testRate), 250, 0.4f, 0.5f);
    EXPECT_NEAR(measure({wet}).decaySeconds, 60 / 6.02 * 0.25, 0.5);
}

TEST(ToneMeasurement, SteadySoundHasNoDecay)
{
    EXPECT_EQ(measure({noise(3)}).decaySeconds, 0);
    EXPECT_EQ(measure({sine(220, -12, 3)}).decaySeconds, 0);
}

TEST(ToneMeasurement, EchoesAreFoundInMusicToTheMillisecond)
{
    for (std::size_t style = 0; style < riffStyles.size(); ++style)
    {
        const auto dry = synthesiseRiff(static_cast<RiffStyle>(style), 8, testRate);
        EXPECT_EQ(measure({dry}).echoMilliseconds, 0) << "rhythm is no echo: " << riffStyles[style];
        for (const double time : {90.0, 150.0, 375.0, 1000.0, 1900.0})
            for (const float level : {0.1f, 0.25f, 0.7f})
            {
                // Near the notes' own periods only louder echoes can be told apart.
                if (time < 200 && level < 0.2f)
                    continue;
                EXPECT_NEAR(measure({withEcho(dry, time, level, 0.35f)}).echoMilliseconds, time, 1.0)
                    << riffStyles[style] << ", level " << level;
            }
    }
}

TEST(ToneMeasurement, DarkEchoesAtOtherRatesAreFoundToo)
{
    for (const double rate : {16'000.0, 44'100.0, 96'000.0})
    {
        const auto dry = synthesiseRiff(RiffStyle::chords, 6, rate);
        EXPECT_NEAR(measure({withEcho(dry, 330, 0.3f, 0.3f, rate)}, rate).echoMilliseconds, 330, 1.0) << rate;
    }
    const auto dry = synthesiseRiff(RiffStyle::arpeggio, 8, testRate);
    auto repeats = withEcho(dry, 400, 0.4f, 0.3f);
    for (std::size_t n = 0; n < dry.size(); ++n)
        repeats[n] -= dry[n];
    repeats = darker(repeats, 1500);
    for (std::size_t n = 0; n < dry.size(); ++n)
        repeats[n] += dry[n];
    EXPECT_NEAR(measure({repeats}).echoMilliseconds, 400, 1.5);
}

TEST(ToneMeasurement, EchoesOfATapeWithWowAreFoundToo)
{
    const auto dry = synthesiseRiff(RiffStyle::chords, 8, testRate);
    auto wet = dry;
    for (std::size_t n = 48'000; n < dry.size(); ++n)
    {
        const double wow = 0.00025 * std::sin(2 * std::numbers::pi * 0.7 * static_cast<double>(n) / testRate);
        const double place = static_cast<double>(n) - (0.3 + wow) * testRate;
        const auto whole = static_cast<std::size_t>(place);
        const auto part = static_cast<float>(place - static_cast<double>(whole));
        wet[n] += 0.4f * (dry[whole] + part * (dry[whole + 1] - dry[whole]));
    }
    EXPECT_NEAR(measure({wet}).echoMilliseconds, 300, 1.5);
}

TEST(ToneMeasurement, WidthIsOneMinusTheCorrelation)
{
    const auto a = noise(2, 1);
    auto inverted = a;
    for (auto& sample : inverted)
        sample = -sample;
    EXPECT_NEAR(measure({a, a}).stereoWidth, 0, 1e-9);
    EXPECT_NEAR(measure({a, noise(2, 2)}).stereoWidth, 1, 0.05);
    EXPECT_NEAR(measure({a, inverted}).stereoWidth, 2, 1e-9);
    EXPECT_EQ(measure({a}).stereoWidth, 0);
}

TEST(ToneMeasurement, OffsetIsReported)
{
    Sound sound(48'000, 0.1f);
    EXPECT_NEAR(measure({sound}).dcOffset, -20, 0.01);
}

TEST(ToneMeasurement, TinySilentAndBrokenInputGivesNumbers)
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    expectAllFinite(measure({}));
    expectAllFinite(measure({{}}));
    expectAllFinite(measure({{}, {}}));
    expectAllFinite(measure({Sound(48'000, 0.0f)}));
    expectAllFinite(measure({Sound(48'000, nan), Sound(48'000, infinity)}));
    expectAllFinite(measure({Sound(100'000, 1e-30f)}));
    for (const std::size_t length : {1u, 2u, 3u, 10u, 100u, 479u, 481u, 1000u, 6000u, 20'000u})
    {
        const auto m = measure({Sound(length, 0.5f)});
        expectAllFinite(m);
        EXPECT_NEAR(m.rms, -6.02, 0.01);
        EXPECT_GT(m.loudness, -121);
    }
    const auto silence = measure({Sound(48'000, 0.0f)});
    EXPECT_EQ(silence.loudness, -120);
    EXPECT_EQ(silence.truePeak, -120);
    EXPECT_EQ(silence.echoMilliseconds, 0);
    EXPECT_EQ(silence.decaySeconds, 0);
}
} // namespace
} // namespace tonewright::dsp
