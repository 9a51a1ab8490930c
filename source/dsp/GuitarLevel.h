#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstddef>
#include <span>

namespace tonewright::dsp
{

/// [any] By how much a filter changes the power of a guitar: noise from 100 Hz to 5 kHz (or 0.45 of a lower
/// sample rate) whose power spectrum falls with the frequency to the 1.5. That lies between a distorted
/// guitar, which is about pink (1), and a clean one, which falls twice as steeply. All cabinets are levelled
/// by it. `spectrum` is the filter's, bin k at k * binWidth Hz.
inline double guitarPower(std::span<const std::complex<float>> spectrum, double binWidth,
                          double sampleRate) noexcept
{
    constexpr double slope = 1.5;
    double energy = 0;
    double weights = 0;
    const auto first = static_cast<std::size_t>(std::ceil(100 / binWidth));
    const auto last = static_cast<std::size_t>(std::min(5000.0, 0.45 * sampleRate) / binWidth);
    for (std::size_t bin = first; bin <= last; ++bin)
    {
        const double weight = std::pow(static_cast<double>(bin), -slope);
        energy += weight * static_cast<double>(std::norm(spectrum[bin]));
        weights += weight;
    }
    return energy / weights;
}

} // namespace tonewright::dsp
