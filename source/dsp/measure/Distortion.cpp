#include "dsp/measure/Distortion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr int highestHarmonic = 39;

/// Squared amplitude of a component; twice that, which cancels in the ratio.
double powerAt(std::span<const float> sound, double radiansPerSample)
{
    const std::complex<double> step = std::polar(1.0, -radiansPerSample);
    std::complex<double> phase = 1;
    std::complex<double> sum = 0;
    for (const float sample : sound)
    {
        sum += static_cast<double>(sample) * phase;
        phase *= step;
    }
    return std::norm(sum / static_cast<double>(std::max<std::size_t>(1, sound.size())));
}
struct Point
{
    double decibels;
    double value;
};

/// Along straight lines between points, flat beyond them.
double along(std::span<const Point> points, double decibels) noexcept
{
    if (decibels <= points.front().decibels)
        return points.front().value;
    for (std::size_t i = 1; i < points.size(); ++i)
        if (decibels < points[i].decibels)
        {
            const auto& before = points[i - 1];
            return before.value + (points[i].value - before.value) * (decibels - before.decibels) /
                                      (points[i].decibels - before.decibels);
        }
    return points.back().value;
}
} // namespace

double harmonicDistortion(std::span<const float> sound, double frequency, double sampleRate)
{
    constexpr double silent = 1e-12; // -120 dBFS
    const double step = 2 * std::numbers::pi * frequency / sampleRate;
    const double fundamental = powerAt(sound, step);
    double harmonics = 0;
    for (int order = 2; order <= highestHarmonic && order * frequency < 0.5 * sampleRate; ++order)
        harmonics += powerAt(sound, order * step);
    if (fundamental < silent || harmonics <= 0)
        return noDistortion;
    return std::max(noDistortion, 10 * std::log10(harmonics / fundamental));
}

double distortionClass(double distortion20, double distortion40) noexcept
{
    static constexpr std::array<Point, 5> loud{
        {{-60, 0}, {-45, 0.12}, {-30, 0.27}, {-20, 0.42}, {-11, 0.55}}};
    static constexpr std::array<Point, 5> soft{{{-60, 0.1}, {-45, 0.4}, {-32, 0.55}, {-14, 0.9}, {-8, 1}}};
    return std::max(along(loud, distortion20),
                    distortion40 > soft.front().decibels ? along(soft, distortion40) : 0);
}

} // namespace tonewright::dsp
