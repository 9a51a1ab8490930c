#include "dsp/measure/BurstResponse.h"

#include "dsp/measure/Decay.h"
#include "dsp/measure/LevelCurve.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr double envelopeStep = 0.001;
constexpr double shortestEcho = 0.06;
constexpr double longestEcho = 2.1;

/// Power in steps of 1 ms, smoothed by a triangle of 10 ms on either side.
std::vector<double> envelopeOf(std::span<const std::vector<float>> channels, double sampleRate)
{
    const LevelCurve curve(channels, sampleRate, envelopeStep);
    constexpr std::size_t reach = 10;
    std::vector<double> result(curve.power.size(), 0.0);
    for (std::size_t i = 0; i < result.size(); ++i)
    {
        const std::size_t first = i - std::min(i, reach - 1);
        const std::size_t last = std::min(result.size(), i + reach);
        for (std::size_t k = first; k < last; ++k)
        {
            const std::size_t distance = k > i ? k - i : i - k;
            result[i] += curve.power[k] * static_cast<double>(reach - distance) / (reach * reach);
        }
    }
    return result;
}

std::size_t stepsIn(double seconds)
{
    return static_cast<std::size_t>(std::lround(seconds / envelopeStep));
}
} // namespace

double wetRatioOf(std::span<const std::vector<float>> channels, std::size_t strokeFrames, double sampleRate)
{
    constexpr double dryFloor = -120;
    constexpr double late = 0.08; // seconds: where early reflections end (ISO 3382-1's clarity C80)
    const std::size_t border = strokeFrames + static_cast<std::size_t>(std::lround(late * sampleRate));
    double before = 0;
    double after = 0;
    for (const auto& channel : channels)
        for (std::size_t n = 0; n < channel.size(); ++n)
            (n < border ? before : after) +=
                static_cast<double>(channel[n]) * static_cast<double>(channel[n]);
    if (after <= 0)
        return dryFloor;
    return std::max(dryFloor, 10 * std::log10(after / (before + after)));
}

double lateDecayOf(std::span<const std::vector<float>> channels, std::size_t strokeFrames, double sampleRate)
{
    const LevelCurve curve(channels, sampleRate, 0.01);
    const double start = 0.1 + static_cast<double>(strokeFrames) / sampleRate;
    const auto first = static_cast<std::size_t>(std::ceil(start / curve.frameSeconds));
    constexpr std::size_t predelay = 30; // frames; so long a space may take to answer
    constexpr std::size_t fewest = 5;
    if (curve.power.size() < first + fewest)
        return 0;
    const auto begin = curve.power.begin() + static_cast<std::ptrdiff_t>(first);
    const auto searched = std::min(curve.power.size() - first, predelay);
    const auto loudest = std::max_element(begin, begin + static_cast<std::ptrdiff_t>(searched));
    const double stroke = *std::max_element(curve.power.begin(), begin);
    if (*loudest <= stroke * 1e-6)
        return 0;
    const auto offset = static_cast<std::size_t>(loudest - curve.power.begin());
    return decaySecondsOf(std::span(curve.power).subspan(offset), curve.frameSeconds);
}

EchoMeasurement echoesOf(std::span<const std::vector<float>> channels, std::size_t strokeFrames,
                         double sampleRate)
{
    constexpr double audible = 1e-3; // -30 dB
    constexpr double rise = 2;       // 3 dB out of the valley before
    EchoMeasurement result;
    const auto envelope = envelopeOf(channels, sampleRate);
    const auto first = std::min(envelope.size(), stepsIn(shortestEcho));
    const auto strokeEnd =
        std::min(first, stepsIn(static_cast<double>(strokeFrames) / sampleRate) + stepsIn(0.03));
    if (strokeEnd == 0)
        return result;
    const auto strokePeak =
        std::max_element(envelope.begin(), envelope.begin() + static_cast<std::ptrdiff_t>(strokeEnd));
    const auto origin = static_cast<std::size_t>(strokePeak - envelope.begin());
    const double least = *strokePeak * audible;
    if (*strokePeak <= silentPower)
        return result;

    double valley = *strokePeak;
    std::size_t peak = 0;
    // A peak is one when the envelope has fallen by 3 dB behind it, too.
    for (std::size_t i = origin + 1; i < envelope.size(); ++i)
    {
        const double value = envelope[i];
        if (peak == 0)
        {
            valley = std::min(valley, value);
            if (i >= origin + stepsIn(shortestEcho) && value > least && value > rise * valley)
                peak = i;
        }
        else if (value > envelope[peak])
            peak = i;
        else if (value < envelope[peak] / rise)
        {
            if (result.repeats++ == 0)
            {
                const double seconds = static_cast<double>(peak - origin) * envelopeStep;
                if (seconds > longestEcho)
                    return {};
                result.milliseconds = 1000 * seconds;
                result.level = decibelsFromPower(envelope[peak] / *strokePeak);
            }
            valley = value;
            peak = 0;
        }
    }
    return result;
}

} // namespace tonewright::dsp
