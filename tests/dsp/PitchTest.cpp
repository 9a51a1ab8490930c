#include "SpacePlayer.h"
#include "StagePromises.h"
#include "dsp/Decibels.h"
#include "dsp/Stages.h"

#include <gtest/gtest.h>

namespace tonewright::dsp::test
{
namespace
{
constexpr double rate = 48000;

ParameterSet pitch(PitchType type, float shift = -12, float mix = 100, float detune = 0)
{
    ParameterSet parameters;
    parameters["pitch.enabled"_p] = 1;
    parameters["pitch.type"_p] = static_cast<float>(type);
    parameters["pitch.shift"_p] = shift;
    parameters["pitch.detune"_p] = detune;
    parameters["pitch.mix"_p] = mix;
    return parameters;
}

std::vector<ParameterSet> everyType(float mix = 100)
{
    return {pitch(PitchType::polyphonic, -12, mix), pitch(PitchType::polyphonic, 7, mix),
            pitch(PitchType::octaveDown, 0, mix)};
}

/// A plucked string: harmonics that fall with their number and fade the faster the higher they are.
Signal pluck(double frequency, double seconds, double sampleRate = rate)
{
    Signal signal(static_cast<std::size_t>(seconds * sampleRate));
    for (int harmonic = 1; harmonic * frequency < 6000; ++harmonic)
        for (std::size_t n = 0; n < signal.size(); ++n)
        {
            const double time = static_cast<double>(n) / sampleRate;
            const double rise = std::min(1.0, time / 0.002);
            signal[n] += static_cast<float>(0.3 * rise * std::sin(0.7 * harmonic) / harmonic *
                                            std::exp(-time * (0.7 + 0.25 * harmonic)) *
                                            std::sin(2 * std::numbers::pi * harmonic * frequency * time));
        }
    return signal;
}

/// Amplitude of the partial at `frequency` from sample `first` on (Hann window), by a rotation: the tests ask
/// often.
double line(const Signal& signal, double frequency, double sampleRate, std::size_t first)
{
    const auto step = std::polar(1.0, -2 * std::numbers::pi * frequency / sampleRate);
    const auto count = static_cast<double>(signal.size() - first);
    const auto windowStep = std::polar(1.0, 2 * std::numbers::pi / count);
    std::complex<double> rotation = 1;
    std::complex<double> window = 1;
    std::complex<double> sum = 0;
    const auto times = [](std::complex<double> a, std::complex<double> b)
    {
        return std::complex<double>(a.real() * b.real() - a.imag() * b.imag(),
                                    a.real() * b.imag() + a.imag() * b.real());
    };
    for (std::size_t n = first; n < signal.size(); ++n)
    {
        sum += static_cast<double>(signal[n]) * (0.5 - 0.5 * window.real()) * rotation;
        rotation = times(rotation, step);
        window = times(window, windowStep);
    }
    return 4 * std::abs(sum) / count;
}

/// Frequency near `expected` at which a signal is strongest, to a fraction of a cent.
double frequencyNear(const Signal& signal, double expected, double sampleRate, std::size_t first)
{
    double best = expected;
    for (double step = 20; step > 0.1; step /= 4) // cents
    {
        double loudest = 0;
        double place = best;
        for (int k = -4; k <= 4; ++k)
        {
            const double frequency = best * std::exp2(k * step / 1200);
            if (const double level = line(signal, frequency, sampleRate, first); level > loudest)
            {
                loudest = level;
                place = frequency;
            }
        }
        best = place;
    }
    return best;
}

Playing at(double sampleRate)
{
    Playing playing;
    playing.sampleRate = sampleRate;
    return playing;
}

double centsBetween(double a, double b)
{
    return 1200 * std::log2(a / b);
}
} // namespace

TEST(Pitch, voiceIsAtItsIntervalWithinFiveCents)
{
    for (const double note : {82.41, 196.0, 659.26})
        for (const float shift : {-24.0f, -12.0f, -5.0f, 3.0f, 7.0f, 12.0f, 24.0f})
        {
            const auto output =
                playFresh(*makePitch(), pitch(PitchType::polyphonic, shift), softSine(note, 0.3, 3, rate))[0];
            const double wanted = note * std::exp2(static_cast<double>(shift) / 12);
            EXPECT_LT(std::abs(centsBetween(frequencyNear(output, wanted, rate, 24000), wanted)), 5)
                << note << " Hz by " << shift;
            EXPECT_NEAR(decibels(line(output, wanted, rate, 24000) / 0.3), 0, 1.5)
                << note << " Hz by " << shift;
        }
}

TEST(Pitch, detuneIsInCents)
{
    for (const float cents : {-50.0f, -10.0f, 10.0f, 50.0f})
    {
        const auto output = playFresh(*makePitch(), pitch(PitchType::polyphonic, 0, 100, cents),
                                      softSine(220, 0.3, 4, rate))[0];
        EXPECT_NEAR(centsBetween(frequencyNear(output, 220, rate, 24000), 220), static_cast<double>(cents), 1)
            << cents;
    }
}

TEST(Pitch, singleNotesPassTheSplicesWithoutASeam)
{
    for (const double note : {82.41, 146.83, 440.0})
        for (const float shift : {-12.0f, -7.0f, 5.0f, 12.0f})
        {
            const auto output =
                playFresh(*makePitch(), pitch(PitchType::polyphonic, shift), softSine(note, 0.3, 2, rate))[0];
            // Beside the line of a perfect voice there is next to nothing, and no splice can be heard above
            // it.
            const double wanted = note * std::exp2(static_cast<double>(shift) / 12);
            const double voice = line(output, wanted, rate, 24000) / std::numbers::sqrt2;
            const double all = rms(output, 24000, output.size());
            EXPECT_LT(decibels(std::sqrt(std::max(0.0, all * all - voice * voice)) / all), -20)
                << note << " Hz by " << shift;
            EXPECT_LT(peakOf(above6kHz(output, rate), 4800), 0.001) << note << " Hz by " << shift;
        }
}

TEST(Pitch, pluckedNotesAndChordsKeepTheirLevel)
{
    Signal chord = pluck(110, 2);
    for (const double note : {164.81, 220.0, 277.18})
    {
        const auto other = pluck(note, 2);
        for (std::size_t n = 0; n < chord.size(); ++n)
            chord[n] += other[n];
    }
    for (const auto& input : {pluck(98, 2), chord})
        for (const float shift : {-12.0f, 4.0f, 12.0f})
        {
            const auto output = playFresh(*makePitch(), pitch(PitchType::polyphonic, shift), input)[0];
            double worst = 0;
            for (std::size_t n = 9600; n + 4800 < input.size(); n += 2400)
                worst =
                    std::max(worst, std::abs(decibels(rms(output, n, n + 4800) / rms(input, n, n + 4800))));
            EXPECT_LT(worst, 3) << shift;
        }
}

TEST(Pitch, voiceFollowsWithinFiftyMilliseconds)
{
    const auto note = pluck(110, 0.2);
    for (const float shift : {-24.0f, -12.0f, -5.0f, 7.0f, 12.0f, 24.0f})
        for (int start = 24000; start < 26400; start += 480)
        {
            Signal input(static_cast<std::size_t>(start));
            input.insert(input.end(), note.begin(), note.end());
            const auto output = playFresh(*makePitch(), pitch(PitchType::polyphonic, shift), input)[0];
            std::size_t first = 0;
            while (first < output.size() && std::abs(output[first]) < 0.05f)
                ++first;
            const double late = (static_cast<double>(first) - start) / rate;
            EXPECT_LT(late, 0.05) << shift;
            EXPECT_GE(late, 0) << shift;
        }
}

TEST(Pitch, guitarItselfIsNeverLate)
{
    auto generator = tonewright::test::randomGenerator(51);
    const auto input = noise(0.9, 20000, generator);
    for (const auto& parameters : everyType(0))
    {
        auto stage = makePitch();
        EXPECT_EQ(playFresh(*stage, parameters, input)[0], input);
        EXPECT_EQ(stage->latencySamples(), 0);
    }
}

TEST(Pitch, fastReadingDoesNotAlias)
{
    // 15 kHz an octave up would be 30 kHz, and fold to 18.
    const auto output =
        playFresh(*makePitch(), pitch(PitchType::polyphonic, 12), softSine(15000, 0.3, 1, rate))[0];
    EXPECT_LT(decibels(rms(output, 9600, output.size()) / 0.3), -25);
    const auto low =
        playFresh(*makePitch(), pitch(PitchType::polyphonic, 12), softSine(4000, 0.3, 1, rate))[0];
    EXPECT_NEAR(decibels(line(low, 8000, rate, 9600) / 0.3), 0, 1.5);
}

TEST(Pitch, octaverPlaysAnOctaveBelowWithoutDelay)
{
    for (const double note : {55.0, 82.41, 110.0, 196.0, 329.63, 659.26})
    {
        const auto output = playFresh(*makePitch(), pitch(PitchType::octaveDown), pluck(note, 2))[0];
        EXPECT_LT(std::abs(centsBetween(frequencyNear(output, note / 2, rate, 4800), note / 2)), 5) << note;
        const double octave = line(output, note / 2, rate, 4800);
        EXPECT_GT(decibels(octave / line(output, note, rate, 4800)), 20) << note;
        EXPECT_LT(peakOf(above6kHz(output, rate)), 0.002) << note;
        std::size_t first = 0;
        while (first < output.size() && std::abs(output[first]) < 0.02f)
            ++first;
        EXPECT_LT(static_cast<double>(first) / rate, 0.02 + 2 / note) << note;
    }
}

TEST(Pitch, octaverFollowsAMelodyAndFallsSilentWhereThereIsNoNote)
{
    Signal melody;
    const std::vector<double> notes{110, 220, 98, 392, 82.41, 146.83};
    for (const double note : notes)
    {
        const auto next = pluck(note, 0.4);
        melody.insert(melody.end(), next.begin(), next.end());
    }
    const auto output = playFresh(*makePitch(), pitch(PitchType::octaveDown), melody)[0];
    for (std::size_t index = 0; index < notes.size(); ++index)
    {
        const auto start = output.begin() + static_cast<std::ptrdiff_t>(index * 19200);
        const Signal heard(start + 3840, start + 19200);
        const double below = line(heard, notes[index] / 2, rate, 0);
        EXPECT_GT(decibels(below), -30) << notes[index];
        EXPECT_GT(decibels(below / line(heard, notes[index], rate, 0)), 12) << notes[index];
    }
    auto generator = tonewright::test::randomGenerator(52);
    const auto hiss = playFresh(*makePitch(), pitch(PitchType::octaveDown), noise(0.2, 48000, generator))[0];
    EXPECT_LT(decibels(rms(hiss, 9600, hiss.size())), -45);
}

TEST(Pitch, stereoStaysInPlace)
{
    StagePlayer player(makePitch(), rate);
    player.parameters = pitch(PitchType::polyphonic, -5);
    Signal left = pluck(110, 2);
    Signal right = left;
    for (auto& sample : right)
        sample *= 0.5f;
    player.play(left, &right);
    for (std::size_t n = 0; n < left.size(); ++n)
        ASSERT_NEAR(right[n], 0.5f * left[n], 1e-6);
}

TEST(Pitch, blockSizesDoNotMatter)
{
    expectBlockSizesDoNotMatter(makePitch, everyType(50));
    for (const auto& parameters : everyType())
        expectBlockSizeDoesNotMatter(makePitch, [&](ParameterSet& set) { set = parameters; });
}
TEST(Pitch, everySampleRateWorks)
{
    expectFiniteAtEveryRate(makePitch, everyType(50));
    expectFiniteAtExtremes(makePitch);
    for (const double sampleRate : {44100.0, 96000.0, 192000.0})
        for (const auto type : {PitchType::polyphonic, PitchType::octaveDown})
        {
            const auto output =
                playFresh(*makePitch(), pitch(type, -12), pluck(146.83, 1, sampleRate), at(sampleRate))[0];
            const double heard = frequencyNear(output, 146.83 / 2, sampleRate, output.size() / 8);
            EXPECT_LT(std::abs(centsBetween(heard, 146.83 / 2)), 5) << sampleRate;
        }
}
TEST(Pitch, silenceStaysSilent)
{
    expectSilenceStaysSilent(makePitch, everyType());
}
TEST(Pitch, resetForgetsEverything)
{
    expectResetForgets(makePitch, everyType(50));
}
TEST(Pitch, jumpsMakeNoSteps)
{
    expectJumpsMakeNoSteps(makePitch, everyType(50), {"pitch.shift"_p, "pitch.detune"_p, "pitch.mix"_p});
}

} // namespace tonewright::dsp::test
