#include "dsp/measure/LevelCurve.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
/// The value below which `part` (0 to 1) of the sorted values lie.
double percentile(const std::vector<double>& sorted, double part)
{
    const double place = part * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}
} // namespace

LevelCurve::LevelCurve(std::span<const std::vector<float>> channels, double sampleRate,
                       double secondsPerFrame)
    : frameSeconds(secondsPerFrame)
{
    const std::size_t length = channels.empty() ? 0 : channels[0].size();
    const auto frameAt = [&](std::size_t index) {
        return static_cast<std::size_t>(
            std::lround(static_cast<double>(index) * secondsPerFrame * sampleRate));
    };
    for (std::size_t index = 0; frameAt(index) < length; ++index)
    {
        const std::size_t start = frameAt(index);
        const std::size_t end = std::min(length, frameAt(index + 1));
        double energy = 0;
        for (const auto& channel : channels)
            for (std::size_t n = start; n < end; ++n)
                energy += static_cast<double>(channel[n]) * static_cast<double>(channel[n]);
        power.push_back(energy / static_cast<double>((end - start) * channels.size()));
    }
}

std::optional<double> LevelCurve::playedLevel(double part) const
{
    std::vector<double> levels;
    const double loudest = power.empty() ? 0 : *std::max_element(power.begin(), power.end());
    if (loudest <= silentPower)
        return std::nullopt;
    for (const double value : power)
        if (value > loudest * 1e-6)
            levels.push_back(decibelsFromPower(value));
    std::sort(levels.begin(), levels.end());
    return percentile(levels, part);
}

double dynamicSpread(std::span<const std::vector<float>> channels, double sampleRate)
{
    const LevelCurve curve(channels, sampleRate, 0.05);
    const auto quiet = curve.playedLevel(0.10);
    const auto loud = curve.playedLevel(0.95);
    return quiet && loud ? *loud - *quiet : 0.0;
}

} // namespace tonewright::dsp
