#include "dsp/measure/ProbeSignals.h"

#include "dsp/RealFft.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace tonewright::dsp
{
namespace
{
constexpr double lowest = 50; // Hz
constexpr double highest = 10'000;
} // namespace

std::vector<float> probeSine(double frequency, double decibels, std::size_t frames, double sampleRate)
{
    const double amplitude = std::pow(10.0, decibels / 20);
    const double fade = 0.005 * sampleRate;
    std::vector<float> sound(frames);
    for (std::size_t n = 0; n < frames; ++n)
    {
        const double t = static_cast<double>(n);
        sound[n] = static_cast<float>(amplitude * std::min(1.0, t / fade) *
                                      std::sin(2 * std::numbers::pi * frequency * t / sampleRate));
    }
    return sound;
}

std::vector<float> probeNoise(double decibels, std::size_t period, std::size_t frames, double sampleRate)
{
    AlignedVector<std::complex<float>> bins(period / 2 + 1);
    AlignedVector<float> cycle(period);
    const double binWidth = sampleRate / static_cast<double>(period);
    std::mt19937 random(1); // its numbers are laid down by the standard, those of the distributions are not
    for (std::size_t bin = 1; bin < period / 2; ++bin)
    {
        const double frequency = static_cast<double>(bin) * binWidth;
        if (frequency >= lowest && frequency <= highest)
            bins[bin] = std::polar(
                static_cast<float>(1 / std::sqrt(frequency)),
                static_cast<float>(2 * std::numbers::pi * static_cast<double>(random()) / 4'294'967'296.0));
    }
    RealFft(period).inverse(bins.data(), cycle.data());
    double squares = 0;
    for (const float sample : cycle)
        squares += static_cast<double>(sample) * static_cast<double>(sample);
    const double gain = std::pow(10.0, decibels / 20) / std::sqrt(squares / static_cast<double>(period));

    std::vector<float> sound(frames);
    for (std::size_t n = 0; n < frames; ++n)
        sound[n] = static_cast<float>(gain * static_cast<double>(cycle[n % period]));
    return sound;
}

std::vector<float> probeBurst(double sampleRate)
{
    constexpr double seconds = 0.02;
    constexpr float peak = 0.25f;
    const auto frames = static_cast<std::size_t>(std::lround(seconds * sampleRate));
    auto sound = probeNoise(-20, 2 * frames, frames, sampleRate);
    float loudest = 0;
    for (std::size_t n = 0; n < frames; ++n)
    {
        sound[n] *= static_cast<float>(
            std::sin(std::numbers::pi * (static_cast<double>(n) + 0.5) / static_cast<double>(frames)));
        loudest = std::max(loudest, std::abs(sound[n]));
    }
    for (auto& sample : sound)
        sample *= peak / loudest;
    return sound;
}

} // namespace tonewright::dsp
