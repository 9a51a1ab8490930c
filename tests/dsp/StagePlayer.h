#pragma once

#include "dsp/Stage.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <memory>
#include <numbers>
#include <random>
#include <vector>

namespace tonewright::test
{

using Signal = std::vector<float>;

/// Plays signals through one stage the way SignalChain does.
class StagePlayer
{
public:
    StagePlayer(std::unique_ptr<dsp::Stage> stageToPlay, double rate, int blockFrames = 512)
        : sampleRate(rate), maximumFrames(blockFrames), stage(std::move(stageToPlay))
    {
        stage->prepare({rate, blockFrames, dsp::Quality::live});
    }

    ParameterSet parameters;
    const double sampleRate;

    void reset() { stage->reset(); }
    const dsp::Stage& stagePlayed() const { return *stage; }

    /// Blocks of `blockFrames`, or of what `nextBlock` says.
    void play(Signal& left, Signal* right = nullptr, const std::function<int()>& nextBlock = {})
    {
        Signal unused(static_cast<std::size_t>(maximumFrames));
        for (std::size_t done = 0; done < left.size();)
        {
            const int wanted = nextBlock ? nextBlock() : maximumFrames;
            const auto frames = std::min(static_cast<std::size_t>(wanted), left.size() - done);
            dsp::AudioBlock block;
            block.channels = {left.data() + done, right != nullptr ? right->data() + done : unused.data()};
            block.channelCount = right != nullptr ? 2 : 1;
            block.frames = static_cast<int>(frames);
            stage->setParameters(parameters, {});
            stage->process(block);
            done += frames;
        }
    }

    Signal played(Signal input)
    {
        play(input);
        return input;
    }

private:
    int maximumFrames;
    std::unique_ptr<dsp::Stage> stage;
};

inline Signal sine(double frequency, double amplitude, double seconds, double sampleRate)
{
    Signal signal(static_cast<std::size_t>(seconds * sampleRate));
    for (std::size_t n = 0; n < signal.size(); ++n)
        signal[n] = static_cast<float>(
            amplitude * std::sin(2 * std::numbers::pi * frequency * static_cast<double>(n) / sampleRate));
    return signal;
}

template <typename Generator>
Signal noise(double amplitude, std::size_t frames, Generator& generator)
{
    std::uniform_real_distribution<float> distribution(static_cast<float>(-amplitude),
                                                       static_cast<float>(amplitude));
    Signal signal(frames);
    for (auto& sample : signal)
        sample = distribution(generator);
    return signal;
}

inline double peakOf(const Signal& signal, std::size_t first = 0)
{
    double peak = 0;
    for (std::size_t n = first; n < signal.size(); ++n)
        peak = std::max(peak, std::abs(static_cast<double>(signal[n])));
    return peak;
}

inline double largestDifference(const Signal& a, const Signal& b)
{
    double largest = 0;
    for (std::size_t n = 0; n < a.size(); ++n)
        largest = std::max(largest, std::abs(static_cast<double>(a[n]) - static_cast<double>(b[n])));
    return largest;
}

inline bool isFinite(const Signal& signal)
{
    return std::all_of(signal.begin(), signal.end(), [](float sample) { return std::isfinite(sample); });
}

inline double decibels(double ratio)
{
    return 20 * std::log10(std::max(ratio, 1e-15));
}

/// Amplitude of the partial at `frequency` from sample `first` on (Hann window).
inline double partial(const Signal& signal, double frequency, double sampleRate, std::size_t first = 0)
{
    double re = 0;
    double im = 0;
    double weights = 0;
    const auto count = static_cast<double>(signal.size() - first);
    for (std::size_t n = first; n < signal.size(); ++n)
    {
        const double place = static_cast<double>(n - first);
        const double weight = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * place / count);
        const double phase = 2 * std::numbers::pi * frequency * place / sampleRate;
        re += weight * static_cast<double>(signal[n]) * std::cos(phase);
        im -= weight * static_cast<double>(signal[n]) * std::sin(phase);
        weights += weight;
    }
    return 2 * std::hypot(re, im) / weights;
}

/// An impulse response's transfer function at a frequency.
inline std::complex<double> transfer(const Signal& impulse, double frequency, double sampleRate)
{
    const auto step = std::polar(1.0, -2 * std::numbers::pi * frequency / sampleRate);
    std::complex<double> rotation = 1;
    std::complex<double> sum = 0;
    for (const float sample : impulse)
    {
        sum += static_cast<double>(sample) * rotation;
        rotation = {rotation.real() * step.real() - rotation.imag() * step.imag(),
                    rotation.real() * step.imag() + rotation.imag() * step.real()};
    }
    return sum;
}

/// Magnitude (a ratio) of an impulse response at a frequency.
inline double magnitude(const Signal& impulse, double frequency, double sampleRate)
{
    return std::abs(transfer(impulse, frequency, sampleRate));
}

/// The largest second difference: what a click raises far above the signal's own.
inline double roughness(const Signal& signal, std::size_t first = 2)
{
    double largest = 0;
    for (std::size_t n = std::max<std::size_t>(first, 2); n < signal.size(); ++n)
        largest = std::max(largest,
                           std::abs(static_cast<double>(signal[n]) - 2 * static_cast<double>(signal[n - 1]) +
                                    static_cast<double>(signal[n - 2])));
    return largest;
}

} // namespace tonewright::test
