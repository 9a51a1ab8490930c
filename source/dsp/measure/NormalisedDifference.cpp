#include "dsp/measure/NormalisedDifference.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
/// A maximum this near the best one is taken for the period: a little below 1, since later repetitions of a
/// note that changes are never better by much.
constexpr double nearlyBest = 0.93;

/// The maximum of the parabola through a point and its neighbours.
Periodicity peakAround(const std::vector<double>& values, std::size_t lag)
{
    const double before = values[lag - 1];
    const double here = values[lag];
    const double after = values[lag + 1];
    const double bend = before - 2 * here + after;
    const double offset = bend < 0 ? std::clamp(0.5 * (before - after) / bend, -0.5, 0.5) : 0.0;
    return {static_cast<double>(lag) + offset, here - 0.25 * (before - after) * offset};
}
} // namespace

NormalisedDifference::NormalisedDifference(std::size_t length, std::size_t shortestLag,
                                           std::size_t longestLag)
    : windowLength(length), shortest(std::max<std::size_t>(2, shortestLag)),
      longest(std::min(longestLag, length / 2)), transform(std::bit_ceil(length + longest + 1)),
      samples(transform.size(), 0.0f), bins(transform.size() / 2 + 1), values(longest + 2)
{
}

void NormalisedDifference::compute(std::span<const float> window)
{
    std::fill(samples.begin(), samples.end(), 0.0f);
    std::copy(window.begin(), window.end(), samples.begin());
    transform.forward(samples.data(), bins.data());
    for (auto& bin : bins)
        bin = std::norm(bin);
    transform.inverse(bins.data(), samples.data());
    const double scale = 1.0 / static_cast<double>(transform.size());

    double energy = 0; // of both stretches that are compared
    for (const float sample : window)
        energy += 2.0 * static_cast<double>(sample) * static_cast<double>(sample);
    for (std::size_t lag = 0; lag < values.size(); ++lag)
    {
        values[lag] = energy > 0 ? 2 * static_cast<double>(samples[lag]) * scale / energy : 0;
        const auto first = static_cast<double>(window[lag]);
        const auto last = static_cast<double>(window[windowLength - 1 - lag]);
        energy -= first * first + last * last;
    }
}

Periodicity NormalisedDifference::find(std::span<const float> window)
{
    compute(window);
    std::vector<Periodicity> maxima;
    std::size_t lag = 1;
    while (lag <= longest && values[lag] > 0) // the hill around lag 0 is no repetition
        ++lag;
    while (lag <= longest)
    {
        while (lag <= longest && !(values[lag] > 0)) // nor where it is not a number
            ++lag;
        std::size_t highest = lag;
        for (; lag <= longest && values[lag] > 0; ++lag)
            if (values[lag] > values[highest])
                highest = lag;
        if (highest >= shortest && highest <= longest && values[highest] >= values[highest + 1])
            maxima.push_back(peakAround(values, highest));
    }
    double best = 0;
    for (const auto& maximum : maxima)
        best = std::max(best, maximum.clarity);
    const auto chosen =
        std::find_if(maxima.begin(), maxima.end(),
                     [best](const Periodicity& maximum) { return maximum.clarity >= nearlyBest * best; });
    return chosen != maxima.end() ? *chosen : Periodicity{};
}

} // namespace tonewright::dsp
