#include "dsp/measure/PitchDetector.h"

#include "dsp/PluckedString.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iostream>
#include <numbers>
#include <random>
#include <string>
#include <vector>

namespace tonewright::dsp
{
namespace
{
constexpr int lowestNote = 23;  // B0
constexpr int highestNote = 88; // E6
constexpr int guitarsLowest = 40;

double frequencyOf(double note)
{
    return 440 * std::pow(2.0, (note - 69) / 12);
}

double centsBetween(double frequency, double reference)
{
    return 1200 * std::log2(frequency / reference);
}

void normalise(std::vector<float>& sound, float peak)
{
    float largest = 0;
    for (const float sample : sound)
        largest = std::max(largest, std::abs(sample));
    for (auto& sample : sound)
        sample *= peak / largest;
}

void addNoise(std::vector<float>& sound, float rms, std::uint64_t salt)
{
    auto random = test::randomGenerator(salt);
    std::normal_distribution<float> noise(0, rms);
    for (auto& sample : sound)
        sample += noise(random);
}

/// The waveguide of the riffs: two planes of vibration, pickup and pick position, a decay that differs with
/// frequency.
std::vector<float> plucked(double frequency, double seconds, double rate)
{
    PluckedString string(rate, frequency * 0.9, 0.2, 11);
    const double sustain = 7 * std::pow(82.4 / std::max(frequency, 82.4), 0.45);
    string.pluck({frequency, 0.13, 0.8f, sustain, 0.28 * sustain});
    std::vector<float> sound(static_cast<std::size_t>(seconds * rate));
    for (auto& sample : sound)
        sample = string.next();
    return sound;
}

/// A stiff string: partials at k f sqrt((1 + B k^2) / (1 + B)), the higher the sooner gone.
std::vector<float> stiff(double frequency, double stiffness, double seconds, double rate)
{
    std::vector<float> sound(static_cast<std::size_t>(seconds * rate), 0.0f);
    for (int k = 1; k <= 30; ++k)
    {
        const double partial = k * frequency * std::sqrt((1 + stiffness * k * k) / (1 + stiffness));
        if (partial > 0.45 * rate)
            break;
        const double amplitude = std::sin(std::numbers::pi * k * 0.17) / k;
        const double decay = 1.2 + 0.25 * k;
        for (std::size_t n = 0; n < sound.size(); ++n)
        {
            const double t = static_cast<double>(n) / rate;
            sound[n] += static_cast<float>(amplitude * std::exp(-decay * t) *
                                           std::sin(2 * std::numbers::pi * partial * t + 0.7 * k));
        }
    }
    return sound;
}

struct Run
{
    double firstReadingSeconds = 1e9; ///< from the attack
    double largestError = 0;          ///< cents
    int readings = 0;
    int looks = 0; ///< after the first reading
};

/// Lets the detector hear `sound`, which starts after 0.2 s of silence with noise, and looks 50 times a
/// second.
Run listen(std::vector<float> sound, double frequency, double rate, float noise)
{
    normalise(sound, 0.25f);
    std::vector<float> whole(static_cast<std::size_t>(0.2 * rate), 0.0f);
    const auto attack = whole.size();
    whole.insert(whole.end(), sound.begin(), sound.end());
    addNoise(whole, noise, static_cast<std::uint64_t>(frequency * 1000));

    PitchDetector detector(rate);
    Run run;
    const auto step = static_cast<std::size_t>(rate / 50);
    for (std::size_t at = 0; at + step <= whole.size(); at += step)
    {
        detector.add(std::span(whole).subspan(at, step));
        const auto pitch = detector.detect();
        run.looks += run.readings > 0 ? 1 : 0;
        if (!pitch)
            continue;
        const double since = (static_cast<double>(at + step) - static_cast<double>(attack)) / rate;
        run.firstReadingSeconds = std::min(run.firstReadingSeconds, since);
        run.largestError = std::max(run.largestError, std::abs(centsBetween(pitch->frequency, frequency)));
        ++run.readings;
    }
    return run;
}

void expectExact(const Run& run, int note)
{
    EXPECT_LE(run.largestError, 1.0);
    EXPECT_LE(run.firstReadingSeconds, note >= guitarsLowest ? 0.150 : 0.380);
    EXPECT_GE(run.readings, run.looks * 8 / 10) << "the reading does not stay";
}

TEST(PitchDetector, ReadsEverySemitoneOfAPluckedStringWithinACent)
{
    constexpr std::array rates{44'100.0, 48'000.0, 96'000.0, 192'000.0};
    constexpr std::array offsets{-40.0, 0.0, 40.0};
    double worst = 0;
    double slowest = 0;
    for (int note = lowestNote; note <= highestNote; ++note)
        for (std::size_t index = 0; index < offsets.size(); ++index)
        {
            // Every note meets three rates; every rate all the notes in turn.
            const double rate = rates[(static_cast<std::size_t>(note) + index) % rates.size()];
            const double frequency = frequencyOf(note + offsets[index] / 100);
            SCOPED_TRACE("note " + std::to_string(note) + " " + std::to_string(offsets[index]) +
                         " cents at " + std::to_string(rate));
            const auto run = listen(plucked(frequency, 0.6, rate), frequency, rate, 0.0005f);
            expectExact(run, note);
            worst = std::max(worst, run.largestError);
            if (note >= guitarsLowest)
                slowest = std::max(slowest, run.firstReadingSeconds);
        }
    std::cout << "worst error " << worst << " cents; a guitar's slowest first reading " << slowest * 1000
              << " ms\n";
}

TEST(PitchDetector, FollowsTheFirstPartialOfStiffStrings)
{
    for (const double stiffness : {0.0, 1e-4, 6e-4})
        for (int note = lowestNote; note <= highestNote; note += 5)
        {
            const double frequency = frequencyOf(note + 0.27);
            SCOPED_TRACE("note " + std::to_string(note) + ", B " + std::to_string(stiffness));
            expectExact(listen(stiff(frequency, stiffness, 0.6, 48'000), frequency, 48'000, 0.0005f), note);
        }
}

TEST(PitchDetector, ReadsALowNoteWhoseFundamentalIsAllButGone)
{
    const double frequency = frequencyOf(lowestNote);
    auto sound = stiff(frequency, 2e-4, 0.9, 48'000);
    // 30 dB off the fundamental, as a small interface's coupling capacitor would.
    for (std::size_t n = 0; n < sound.size(); ++n)
    {
        const double t = static_cast<double>(n) / 48'000;
        sound[n] -= static_cast<float>(0.97 * std::sin(std::numbers::pi * 0.17) * std::exp(-1.45 * t) *
                                       std::sin(2 * std::numbers::pi * frequency * t + 0.7));
    }
    expectExact(listen(std::move(sound), frequency, 48'000, 0.0003f), lowestNote);
}

TEST(PitchDetector, SaysNothingOfNoiseAndSilence)
{
    PitchDetector detector(48'000);
    EXPECT_FALSE(detector.detect()) << "nothing was heard yet";
    std::vector<float> sound(96'000, 0.0f);
    const auto readings = [&]
    {
        int count = 0;
        detector.reset();
        for (std::size_t at = 0; at + 800 <= sound.size(); at += 800)
        {
            detector.add(std::span(sound).subspan(at, 800));
            count += detector.detect() ? 1 : 0;
        }
        return count;
    };
    EXPECT_EQ(readings(), 0) << "silence";
    addNoise(sound, 0.1f, 1);
    EXPECT_EQ(readings(), 0) << "white noise";
    float state = 0;
    for (auto& sample : sound)
        sample = state = 0.995f * state + 0.1f * sample; // falls by 6 dB an octave from 40 Hz on
    EXPECT_EQ(readings(), 0) << "brown noise";
    for (std::size_t n = 0; n < sound.size(); ++n)
        sound[n] = 0.0002f * std::sin(static_cast<float>(n) * 0.0065449847f); // 50 Hz at -77 dBFS RMS
    EXPECT_EQ(readings(), 0) << "hum as quiet as an interface's";
    std::fill(sound.begin(), sound.end(), 0.5f);
    EXPECT_EQ(readings(), 0) << "a constant";
}

TEST(PitchDetector, EndsAndSaysNothingOfSamplesNoGuitarMakes)
{
    auto generator = test::randomGenerator(20);
    std::uniform_real_distribution<float> noise(-1.0f, 1.0f);
    for (const float level : {1e6f, 1e19f, 1e20f, 3e38f})
    {
        PitchDetector detector(48'000);
        std::vector<float> sound(24'000);
        for (auto& sample : sound)
            sample = level * noise(generator);
        detector.add(sound);
        EXPECT_FALSE(detector.detect().has_value()) << level;
    }
}

TEST(PitchDetector, SaysNothingOfChords)
{
    // Semitones above the lowest string, which is tried on every fourth note from E2 to E4.
    const std::vector<std::vector<int>> chords{{0, 7},        {0, 5},    {0, 4},    {0, 3},
                                               {0, 7, 12},    {0, 4, 7}, {0, 3, 7}, {0, 7, 12, 16, 19, 24},
                                               {0, 4, 7, 10}, {0, 10},   {0, 9}};
    for (const auto& chord : chords)
        for (int root = 40; root <= 64; root += 4)
        {
            std::vector<float> sound;
            for (const int semitones : chord)
            {
                auto string = plucked(frequencyOf(root + semitones), 0.6, 48'000);
                normalise(string, 0.15f);
                if (sound.empty())
                    sound = string;
                else
                    std::transform(sound.begin(), sound.end(), string.begin(), sound.begin(), std::plus<>{});
            }
            const auto run = listen(std::move(sound), frequencyOf(root), 48'000, 0.0005f);
            EXPECT_EQ(run.readings, 0)
                << "root " << root << ", second string " << chord[1] << " of " << chord.size();
        }
}

TEST(PitchDetector, FollowsFromNoteToNote)
{
    const double first = frequencyOf(45);
    const double second = frequencyOf(50);
    auto sound = plucked(first, 1.0, 48'000);
    const auto next = plucked(second, 1.0, 48'000);
    sound.insert(sound.end(), next.begin(), next.end());
    addNoise(sound, 0.001f, 3);
    PitchDetector detector(48'000);
    for (std::size_t at = 0; at + 480 <= sound.size(); at += 480)
    {
        detector.add(std::span(sound).subspan(at, 480));
        const auto pitch = detector.detect();
        const double seconds = static_cast<double>(at + 480) / 48'000;
        if (pitch)
        {
            EXPECT_LT(std::min(std::abs(centsBetween(pitch->frequency, first)),
                               std::abs(centsBetween(pitch->frequency, second))),
                      1.0)
                << "neither note, " << seconds << " s";
        }
        const bool isSettled = (seconds > 0.15 && seconds < 1.0) || seconds > 1.2;
        ASSERT_TRUE(pitch.has_value() || !isSettled) << seconds;
    }
}

} // namespace
} // namespace tonewright::dsp
