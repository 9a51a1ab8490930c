#pragma once

#include "StagePlayer.h"
#include "support/Random.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace tonewright::dsp::test
{

using namespace tonewright::test;

using Stereo = std::array<Signal, 2>;

/// How a stage is played, where it matters.
struct Playing
{
    double sampleRate = 48000;
    int maximumFrames = 512;
    double tempo = 0;
    std::function<int()> nextBlock;                              ///< maximumFrames where empty
    std::function<ParameterSet(std::size_t frame)> parametersAt; ///< asked before each block
};

/// Plays a mono signal through a freshly prepared stage, as SignalChain does; what stays mono comes back on
/// both sides.
inline Stereo playFresh(Stage& stage, const ParameterSet& parameters, const Signal& input,
                        const Playing& playing = {})
{
    stage.prepare({playing.sampleRate, playing.maximumFrames, Quality::live});
    Stereo output{input, Signal(input.size())};
    for (std::size_t done = 0; done < input.size();)
    {
        const int wanted = playing.nextBlock ? playing.nextBlock() : playing.maximumFrames;
        const auto frames = std::min(static_cast<std::size_t>(wanted), input.size() - done);
        AudioBlock block{{output[0].data() + done, output[1].data() + done}, 1, static_cast<int>(frames)};
        stage.setParameters(playing.parametersAt ? playing.parametersAt(done) : parameters, {playing.tempo});
        stage.process(block);
        if (block.channelCount == 1)
            std::copy_n(block.channels[0], frames, block.channels[1]);
        done += frames;
    }
    return output;
}

inline Signal impulse(double seconds, double sampleRate)
{
    Signal signal(static_cast<std::size_t>(seconds * sampleRate));
    signal[0] = 1;
    return signal;
}

/// A sine that begins and goes on without a corner.
inline Signal softSine(double frequency, double amplitude, double seconds, double sampleRate)
{
    auto signal = sine(frequency, amplitude, seconds, sampleRate);
    const double rampFrames = 0.03 * sampleRate;
    for (std::size_t n = 0; n < signal.size() && static_cast<double>(n) < rampFrames; ++n)
        signal[n] *=
            static_cast<float>(0.5 - 0.5 * std::cos(std::numbers::pi * static_cast<double>(n) / rampFrames));
    return signal;
}

inline double rms(const Signal& signal, std::size_t first, std::size_t last)
{
    double sum = 0;
    for (std::size_t n = first; n < last; ++n)
        sum += static_cast<double>(signal[n]) * static_cast<double>(signal[n]);
    return std::sqrt(sum / static_cast<double>(last - first));
}

inline double rms(const Signal& signal)
{
    return rms(signal, 0, signal.size());
}

/// What is left of a signal above 6 kHz (eighth order): a click shows here, a low sine does not.
inline Signal above6kHz(const Signal& signal, double sampleRate)
{
    const double w = 2 * std::numbers::pi * 6000 / sampleRate;
    Signal filtered = signal;
    for (const double q : {0.5098, 0.6013, 0.9, 2.5629})
    {
        const double alpha = std::sin(w) / (2 * q);
        const double b = (1 + std::cos(w)) / 2 / (1 + alpha);
        const double a1 = -2 * std::cos(w) / (1 + alpha);
        const double a2 = (1 - alpha) / (1 + alpha);
        double s1 = 0;
        double s2 = 0;
        for (auto& sample : filtered)
        {
            const double x = static_cast<double>(sample);
            const double y = b * x + s1;
            s1 = -2 * b * x - a1 * y + s2;
            s2 = b * x - a2 * y;
            sample = static_cast<float>(y);
        }
    }
    return filtered;
}

/// Every stage's promises, tested the same way for each of `sets` (one a type, enabled and audible).

inline void expectBlockSizesDoNotMatter(const std::function<std::unique_ptr<Stage>()>& make,
                                        const std::vector<ParameterSet>& sets)
{
    auto generator = tonewright::test::randomGenerator(7);
    const auto input = noise(0.5, 24000, generator);
    auto stage = make();
    for (std::size_t index = 0; index < sets.size(); ++index)
    {
        const auto reference = playFresh(*stage, sets[index], input);
        for (const int frames : {1, 7, 64, 96, 0})
        {
            Playing playing;
            std::uniform_int_distribution<int> anySize(1, 512);
            playing.nextBlock = [&] { return frames > 0 ? frames : anySize(generator); };
            const auto output = playFresh(*stage, sets[index], input, playing);
            for (std::size_t side = 0; side < 2; ++side)
                EXPECT_LE(largestDifference(reference[side], output[side]), 1e-6)
                    << "type " << index << ", blocks of " << frames;
        }
    }
}

inline void expectFiniteAtEveryRate(const std::function<std::unique_ptr<Stage>()>& make,
                                    const std::vector<ParameterSet>& sets)
{
    for (const double rate : {8000.0, 11025.0, 22050.0, 44100.0, 48000.0, 88200.0, 96000.0, 192000.0})
    {
        auto generator = tonewright::test::randomGenerator(8);
        auto input = noise(1.0, static_cast<std::size_t>(0.5 * rate), generator);
        auto stage = make();
        for (std::size_t index = 0; index < sets.size(); ++index)
        {
            Playing playing;
            playing.sampleRate = rate;
            const auto output = playFresh(*stage, sets[index], input, playing);
            for (const auto& side : output)
            {
                EXPECT_TRUE(isFinite(side)) << "type " << index << " at " << rate;
                EXPECT_LT(peakOf(side), 8) << "type " << index << " at " << rate;
                EXPECT_GT(rms(side), 0.01) << "type " << index << " at " << rate;
            }
        }
    }
}

inline void expectSilenceStaysSilent(const std::function<std::unique_ptr<Stage>()>& make,
                                     const std::vector<ParameterSet>& sets)
{
    auto stage = make();
    for (const auto& set : sets)
        for (const auto& side : playFresh(*stage, set, Signal(48000)))
            EXPECT_EQ(peakOf(side), 0);
}

/// After reset() a stage is as good as new, though it was full of sound.
inline void expectResetForgets(const std::function<std::unique_ptr<Stage>()>& make,
                               const std::vector<ParameterSet>& sets)
{
    auto generator = tonewright::test::randomGenerator(9);
    const auto before = noise(0.8, 48000, generator);
    const auto after = noise(0.3, 24000, generator);
    for (std::size_t index = 0; index < sets.size(); ++index)
    {
        const auto fresh = playFresh(*make(), sets[index], after);
        auto stage = make();
        playFresh(*stage, sets[index], before);
        stage->reset();
        Stereo used{after, Signal(after.size())};
        for (std::size_t done = 0; done < after.size(); done += 480)
        {
            AudioBlock block{{used[0].data() + done, used[1].data() + done}, 1, 480};
            stage->setParameters(sets[index], {});
            stage->process(block);
        }
        EXPECT_LE(largestDifference(fresh[0], used[0]), 1e-6) << "type " << index;
    }
}

/// Jumps of one parameter between its ends, every 100 ms under a steady sine, raise no click.
inline void expectJumpsMakeNoSteps(const std::function<std::unique_ptr<Stage>()>& make,
                                   const std::vector<ParameterSet>& sets,
                                   const std::vector<ParameterIndex>& parameters)
{
    const auto input = softSine(220, 0.5, 1.5, 48000);
    auto stage = make();
    for (std::size_t index = 0; index < sets.size(); ++index)
        for (const auto parameter : parameters)
        {
            Playing playing;
            playing.maximumFrames = 480;
            playing.parametersAt = [&](std::size_t frame)
            {
                auto set = sets[index];
                const bool high = (frame / 4800) % 2 == 1;
                set[parameter] = high ? infoOf(parameter).maximum : infoOf(parameter).minimum;
                return set;
            };
            const auto output = playFresh(*stage, sets[index], input, playing);
            for (const auto& side : output)
                EXPECT_LT(peakOf(above6kHz(side, 48000)), 0.004)
                    << "type " << index << ", " << infoOf(parameter).id;
        }
}

/// The ratio in dB by which two types differ, relative to the louder.
inline double difference(const Signal& a, const Signal& b)
{
    Signal rest(a.size());
    for (std::size_t n = 0; n < a.size(); ++n)
        rest[n] = a[n] - b[n];
    return decibels(rms(rest) / std::max(rms(a), rms(b)));
}

inline void expectTypesDiffer(const std::function<std::unique_ptr<Stage>()>& make,
                              const std::vector<ParameterSet>& sets)
{
    auto generator = tonewright::test::randomGenerator(10);
    const auto input = noise(0.4, 48000, generator);
    std::vector<Stereo> outputs;
    auto stage = make();
    for (const auto& set : sets)
        outputs.push_back(playFresh(*stage, set, input));
    for (std::size_t a = 0; a < outputs.size(); ++a)
        for (std::size_t b = a + 1; b < outputs.size(); ++b)
            EXPECT_GT(difference(outputs[a][0], outputs[b][0]), -20) << a << " against " << b;
}

} // namespace tonewright::dsp::test
