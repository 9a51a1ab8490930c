#include "dsp/Riff.h"

#include "dsp/PluckedString.h"
#include "dsp/measure/ToneMeasurement.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr std::array allStyles{RiffStyle::chords, RiffStyle::lead, RiffStyle::palmMute, RiffStyle::arpeggio};

ToneMeasurement measured(const std::vector<float>& sound, double sampleRate)
{
    const std::vector<std::vector<float>> channels{sound};
    return measureTone(channels, sampleRate);
}

float peakOf(const std::vector<float>& sound, std::size_t first, std::size_t last)
{
    float peak = 0;
    for (std::size_t n = first; n < last; ++n)
        peak = std::max(peak, std::abs(sound[n]));
    return peak;
}

/// Frequency near `expected`, from how the phase of that frequency's component turns between two windows.
double frequencyNear(const std::vector<float>& sound, double expected, double sampleRate)
{
    const auto window = static_cast<std::size_t>(0.4 * sampleRate);
    const auto distance = static_cast<std::size_t>(0.1 * sampleRate);
    const auto component = [&](std::size_t start)
    {
        std::complex<double> sum;
        for (std::size_t n = 0; n < window; ++n)
        {
            const double hann = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(n) /
                                                     static_cast<double>(window));
            const double phase =
                2 * std::numbers::pi * expected * static_cast<double>(start + n) / sampleRate;
            sum += hann * static_cast<double>(sound[start + n]) * std::polar(1.0, -phase);
        }
        return sum;
    };
    const auto start = static_cast<std::size_t>(0.1 * sampleRate);
    const double turned = std::arg(component(start + distance) / component(start));
    return expected + turned / (2 * std::numbers::pi) * sampleRate / static_cast<double>(distance);
}

TEST(Riff, EveryStyleAtEveryRateIsAFullCleanRecording)
{
    for (const auto style : allStyles)
        for (const double rate : {8'000.0, 44'100.0, 48'000.0, 96'000.0, 192'000.0, 384'000.0})
        {
            SCOPED_TRACE(std::string(riffStyles[static_cast<std::size_t>(style)]) + " at " +
                         std::to_string(rate));
            const auto riff = synthesiseRiff(style, 1.2, rate);
            ASSERT_EQ(riff.size(), static_cast<std::size_t>(std::lround(1.2 * rate)));
            ASSERT_TRUE(std::all_of(riff.begin(), riff.end(), [](float x) { return std::isfinite(x); }));
            const auto m = measured(riff, rate);
            EXPECT_NEAR(m.rms + m.crestFactor, -9.0, rate < 40'000 ? 3.0 : 0.5);
            EXPECT_LT(m.dcOffset, -70);
            EXPECT_GT(m.loudness, -36);
        }
}

TEST(Riff, IsTheSameEveryTime)
{
    for (const auto style : allStyles)
        EXPECT_EQ(synthesiseRiff(style, 1.5, 44'100), synthesiseRiff(style, 1.5, 44'100));
}

TEST(Riff, SoundsTheSameAtEveryRate)
{
    for (const auto style : allStyles)
    {
        const auto reference = measured(synthesiseRiff(style, 2, 48'000), 48'000);
        for (const double rate : {44'100.0, 88'200.0, 192'000.0})
        {
            const auto m = measured(synthesiseRiff(style, 2, rate), rate);
            EXPECT_NEAR(m.loudness, reference.loudness, 0.1);
            EXPECT_NEAR(m.brightness, reference.brightness, 0.25);
            EXPECT_NEAR(m.mids, reference.mids, 0.1);
        }
    }
}

TEST(Riff, EveryNoteOfTheNeckIsInTune)
{
    constexpr double rate = 96'000;
    for (const double open : {82.4069, 110.0, 146.8324, 195.9977, 246.9417, 329.6276})
        for (int fret = 0; fret <= 15; fret += 3)
        {
            PluckedString string(rate, open, 0.2, 1);
            Pluck pluck;
            pluck.frequency = open * std::pow(2.0, fret / 12.0);
            string.pluck(pluck);
            std::vector<float> sound(static_cast<std::size_t>(0.7 * rate));
            std::generate(sound.begin(), sound.end(), [&] { return string.next(); });
            const double cents =
                1200 * std::log2(frequencyNear(sound, pluck.frequency, rate) / pluck.frequency);
            EXPECT_LT(std::abs(cents), 1.5) << open << " Hz, fret " << fret;
        }
}

TEST(Riff, StringsRingAsLongAsAskedAndStopUnderAHand)
{
    constexpr double rate = 96'000;
    for (const double sustain : {0.4, 2.0, 6.0})
    {
        PluckedString string(rate, 110, 0.2, 1);
        string.pluck({110, 0.13, 0.8f, sustain, sustain});
        std::vector<float> sound(static_cast<std::size_t>(2 * rate));
        std::generate(sound.begin(), sound.end(), [&] { return string.next(); });
        const auto level = [&](double at)
        {
            const auto start = static_cast<std::size_t>(at * rate);
            return 20 * std::log10(static_cast<double>(peakOf(sound, start, start + 3000)));
        };
        // The second plane of vibration dies sooner, so the first tenths fall a little faster.
        EXPECT_NEAR(level(0.25 * sustain) - level(0.15 * sustain), -6.0, 1.5) << sustain;

        string.damp(0.1);
        std::vector<float> damped(static_cast<std::size_t>(0.3 * rate));
        std::generate(damped.begin(), damped.end(), [&] { return string.next(); });
        EXPECT_LT(peakOf(damped, damped.size() - 3000, damped.size()),
                  peakOf(damped, 0, 3000) * 1e-2f + 1e-7f);
    }
}

TEST(Riff, LeavesTheLastMomentsToTheAmplifier)
{
    for (const auto style : allStyles)
    {
        const auto riff = synthesiseRiff(style, 8, 48'000);
        EXPECT_LT(peakOf(riff, riff.size() - 24'000, riff.size()), 0.355f * 1e-3f);
        EXPECT_GT(peakOf(riff, riff.size() - 3 * 48'000, riff.size()), 0.355f * 0.1f)
            << "the ending is missing";
    }
}

TEST(Riff, StylesAreWhatTheirNamesSay)
{
    std::array<ToneMeasurement, 4> m;
    for (const auto style : allStyles)
        m[static_cast<std::size_t>(style)] = measured(synthesiseRiff(style, 8, 48'000), 48'000);
    const auto& [chords, lead, palmMute, arpeggio] = m;
    EXPECT_LT(lead.lows, chords.lows - 6) << "a lead has no bass strings";
    EXPECT_GT(palmMute.crestFactor, chords.crestFactor + 2) << "muted notes are short";
    EXPECT_LT(palmMute.loudness, arpeggio.loudness);
}

TEST(Riff, TinyAndOddLengthsWork)
{
    for (const auto style : allStyles)
        for (const double seconds : {0.1, 0.33, 0.9, 1.7, 3.1})
        {
            const auto riff = synthesiseRiff(style, seconds, 11'025);
            EXPECT_EQ(riff.size(), static_cast<std::size_t>(std::lround(seconds * 11'025)));
            EXPECT_GT(peakOf(riff, 0, riff.size()), 0.1f);
        }
}
} // namespace
} // namespace tonewright::dsp
