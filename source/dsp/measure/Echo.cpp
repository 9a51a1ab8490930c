#include "dsp/measure/Echo.h"

#include "dsp/RealFft.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
constexpr double shortest = 0.06; // seconds
constexpr double longest = 2.1;
constexpr double lowestFrequency = 80;
/// Upper ends of the band: all that repeats share; and what a tape's wow of a quarter of a millisecond leaves
/// in phase.
constexpr std::array<double, 2> highestFrequencies{5000, 1500};
constexpr double longestExcerpt = 40; // seconds that are looked at: the first ones
constexpr double leastLevel = 0.035;  // of an echo against the sound itself
constexpr double leastClearance = 8;  // of its peak above what lies around it, in standard deviations

/// The channels added up (ping-pong echoes then appear at every repeat), at most `longestExcerpt`.
std::vector<float> excerptOf(std::span<const std::vector<float>> channels, double sampleRate)
{
    const std::size_t length = channels.empty() ? 0 : channels[0].size();
    std::vector<float> sum(std::min(length, static_cast<std::size_t>(longestExcerpt * sampleRate)), 0.0f);
    for (const auto& channel : channels)
        std::transform(sum.begin(), sum.end(), channel.begin(), sum.begin(), std::plus<>{});
    return sum;
}

/// Log power spectrum between the two frequencies.
std::vector<float> logSpectrum(const std::vector<float>& sound, std::size_t size, std::size_t firstBin,
                               std::size_t lastBin)
{
    AlignedVector<float> padded(size, 0.0f);
    std::copy(sound.begin(), sound.end(), padded.begin());
    AlignedVector<std::complex<float>> bins(size / 2 + 1);
    RealFft(size).forward(padded.data(), bins.data());
    std::vector<float> result(lastBin - firstBin);
    float strongest = 0;
    for (std::size_t bin = firstBin; bin < lastBin; ++bin)
        strongest = std::max(strongest, std::norm(bins[bin]));
    for (std::size_t bin = firstBin; bin < lastBin; ++bin)
        result[bin - firstBin] = std::log(std::norm(bins[bin]) + strongest * 1e-12f);
    return result;
}

/// Removes the slow course of the spectrum (the sound's colour) and cuts the sharp lines of held notes, so
/// that only ripples are left, and fades the ends.
void flatten(std::vector<float>& spectrum, std::size_t width)
{
    constexpr double limit =
        2; // nepers of power; an echo as loud as the guitar swings by 1.4 around the mean
    std::vector<double> sums(spectrum.size() + 1, 0.0);
    for (std::size_t i = 0; i < spectrum.size(); ++i)
        sums[i + 1] = sums[i] + static_cast<double>(spectrum[i]);
    for (std::size_t i = 0; i < spectrum.size(); ++i)
    {
        const std::size_t from = i > width ? i - width : 0;
        const std::size_t to = std::min(spectrum.size(), i + width + 1);
        const double mean = (sums[to] - sums[from]) / static_cast<double>(to - from);
        const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(spectrum.size());
        const double ripple = std::clamp(static_cast<double>(spectrum[i]) - mean, -limit, limit);
        spectrum[i] = static_cast<float>(ripple * (0.5 - 0.5 * std::cos(2 * std::numbers::pi * place)));
    }
}

/// The power cepstrum up to the longest echo, scaled so that a weak echo's peak is its level, and the
/// distance of its points in seconds.
struct Cepstrum
{
    std::vector<double> level;
    double step = 1;
};

Cepstrum cepstrumOf(const std::vector<float>& sound, double sampleRate, double highestFrequency)
{
    const std::size_t size =
        std::bit_ceil(std::max(sound.size(), static_cast<std::size_t>(2 * longest * sampleRate)));
    const double binWidth = sampleRate / static_cast<double>(size);
    const auto firstBin = static_cast<std::size_t>(lowestFrequency / binWidth);
    const auto lastBin = static_cast<std::size_t>(std::min(highestFrequency, 0.45 * sampleRate) / binWidth);
    auto ripples = logSpectrum(sound, size, firstBin, lastBin);
    flatten(ripples, static_cast<std::size_t>(1 / shortest / binWidth));

    const std::size_t rippleSize = std::bit_ceil(2 * ripples.size());
    AlignedVector<float> padded(rippleSize, 0.0f);
    std::copy(ripples.begin(), ripples.end(), padded.begin());
    AlignedVector<std::complex<float>> bins(rippleSize / 2 + 1);
    RealFft(rippleSize).forward(padded.data(), bins.data());

    Cepstrum cepstrum;
    cepstrum.step = 1 / (static_cast<double>(rippleSize) * binWidth);
    const auto count = std::min(bins.size(), static_cast<std::size_t>(longest / cepstrum.step));
    for (std::size_t i = 0; i < count; ++i)
        cepstrum.level.push_back(static_cast<double>(std::abs(bins[i])) /
                                 (0.5 * static_cast<double>(ripples.size())));
    return cepstrum;
}

/// How far each point stands out of what lies 3 to 30 ms to either side, in standard deviations.
std::vector<double> clearanceOf(const Cepstrum& cepstrum)
{
    const auto& level = cepstrum.level;
    std::vector<double> sums(level.size() + 1, 0.0);
    for (std::size_t i = 0; i < level.size(); ++i)
        sums[i + 1] = sums[i] + level[i] * level[i];
    const auto radius = static_cast<std::size_t>(0.03 / cepstrum.step);
    const auto hole = static_cast<std::size_t>(0.003 / cepstrum.step);

    std::vector<double> result(level.size(), 0.0);
    for (std::size_t i = 0; i < level.size(); ++i)
    {
        const std::size_t from = i - std::min(i, radius);
        const std::size_t to = std::min(level.size(), i + radius);
        const std::size_t holeFrom = i - std::min(i, hole);
        const std::size_t holeTo = std::min(level.size(), i + hole);
        const double energy = sums[to] - sums[from] - (sums[holeTo] - sums[holeFrom]);
        const auto count = static_cast<double>((to - from) - (holeTo - holeFrom));
        result[i] = level[i] / std::sqrt(std::max(energy / std::max(count, 1.0), 1e-30));
    }
    return result;
}

/// The highest of the points from `first` to `last`.
std::size_t highest(const std::vector<double>& values, std::size_t first, std::size_t last)
{
    const auto begin = values.begin();
    return static_cast<std::size_t>(std::max_element(begin + static_cast<std::ptrdiff_t>(first),
                                                     begin + static_cast<std::ptrdiff_t>(last)) -
                                    begin);
}

/// The highest point that is a clear peak; 0 when none is.
std::size_t clearestPeak(const Cepstrum& cepstrum)
{
    const auto& level = cepstrum.level;
    const auto clearance = clearanceOf(cepstrum);
    const auto first = static_cast<std::size_t>(shortest / cepstrum.step);
    std::size_t peak = 0;
    for (std::size_t i = first; i < level.size(); ++i)
        if (level[i] > leastLevel && clearance[i] > leastClearance &&
            level[i] > level[peak == 0 ? i - 1 : peak])
            peak = i;
    // The second repeat can stand clearer than the first, which lies nearer to the notes' own periods.
    const auto vicinity = static_cast<std::size_t>(0.001 / cepstrum.step);
    if (peak / 2 >= first + vicinity)
    {
        const auto half = highest(level, peak / 2 - vicinity, peak / 2 + vicinity);
        if (level[half] > level[peak] && clearance[half] > leastClearance / 2)
            return half;
    }
    return peak;
}
} // namespace

double strongestEchoMilliseconds(std::span<const std::vector<float>> channels, double sampleRate)
{
    const auto sound = excerptOf(channels, sampleRate);
    const bool isSilent =
        std::all_of(sound.begin(), sound.end(), [](float sample) { return sample == 0.0f; });
    if (isSilent || static_cast<double>(sound.size()) < 2 * shortest * sampleRate)
        return 0;
    for (const double highestFrequency : highestFrequencies)
    {
        const auto cepstrum = cepstrumOf(sound, sampleRate, highestFrequency);
        if (const auto peak = clearestPeak(cepstrum); peak > 0)
            return static_cast<double>(peak) * cepstrum.step * 1000;
    }
    return 0;
}

} // namespace tonewright::dsp
