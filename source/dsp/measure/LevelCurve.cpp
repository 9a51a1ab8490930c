#include "dsp/measure/LevelCurve.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr double silence = 1e-12; // -120 dBFS

double decibelsFromPower(double power)
{
    return 10 * std::log10(std::max(power, silence));
}

/// The value below which `part` (0 to 1) of the sorted values lie.
double percentile(const std::vector<double>& sorted, double part)
{
    const double place = part * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// Levels in dB of the frames that are no pauses, sorted.
std::vector<double> playedLevels(const std::vector<double>& power)
{
    std::vector<double> levels;
    const double loudest = power.empty() ? 0 : *std::max_element(power.begin(), power.end());
    if (loudest <= silence)
        return levels;
    for (const double value : power)
        if (value > loudest * 1e-6)
            levels.push_back(decibelsFromPower(value));
    std::sort(levels.begin(), levels.end());
    return levels;
}

/// Slope in dB a frame of the straight line through points[first, last), least squares.
double slopeOf(const std::vector<double>& points, std::size_t first, std::size_t last)
{
    const double count = static_cast<double>(last - first);
    const double meanX = (count - 1) / 2;
    double meanY = 0;
    for (std::size_t i = first; i < last; ++i)
        meanY += points[i] / count;
    double products = 0;
    double squares = 0;
    for (std::size_t i = first; i < last; ++i)
    {
        const double x = static_cast<double>(i - first) - meanX;
        products += x * (points[i] - meanY);
        squares += x * x;
    }
    return squares > 0 ? products / squares : 0;
}

/// Backward-integrated energy in dB, with `after` as the energy that would follow the end.
std::vector<double> schroederCurve(std::span<const double> power, double after)
{
    std::vector<double> curve(power.size());
    double energy = after;
    for (std::size_t i = power.size(); i-- > 0;)
    {
        energy += power[i];
        curve[i] = decibelsFromPower(energy);
    }
    return curve;
}

/// A decay without the noise it sinks into: where the last third is flat against the first, that is noise; it
/// is subtracted, and what lies less than 5 dB above it is cut off.
std::vector<double> withoutNoise(std::span<const double> power)
{
    std::vector<double> decay(power.begin(), power.end());
    const std::size_t third = power.size() / 3;
    constexpr std::size_t fewestFrames = 5;
    if (third < fewestFrames)
        return decay;
    std::vector<double> levels;
    for (const double value : power)
        levels.push_back(decibelsFromPower(value));
    const double falling = slopeOf(levels, 0, third);
    const double ending = slopeOf(levels, power.size() - third, power.size());
    if (falling >= 0 || ending < 0.25 * falling)
        return decay;

    double noise = 0;
    for (const double value : power.last(third))
        noise += value / static_cast<double>(third);
    std::size_t end = 0;
    double level = 0;
    constexpr double above = 3.16; // 5 dB
    do
    {
        level = 0; // of the next 50 ms: single frames of noise stray by more than that
        for (std::size_t i = end; i < end + fewestFrames; ++i)
            level += power[i] / static_cast<double>(fewestFrames);
    } while (level > noise * above && ++end + fewestFrames <= power.size());
    decay.resize(end);
    for (auto& value : decay)
        value = std::max(0.0, value - noise);
    return decay;
}

/// dB a frame of an exponential decay that fills `power`; 0 when it is none.
double decayRate(std::span<const double> power)
{
    constexpr double top = 5;
    constexpr double bottom = 25;
    constexpr double least = 6;
    const std::size_t tenth = std::max<std::size_t>(1, power.size() / 10);
    double endPower = 0;
    for (const double value : power.last(tenth))
        endPower += value / static_cast<double>(tenth);

    double rate = 0;
    constexpr int rounds = 12; // the correction needs the rate it corrects; it settles in a few
    for (int round = 0; round < rounds; ++round)
    {
        // A decay of `rate` dB a frame goes on after the end with the sum of a geometric series.
        const double perFrame = std::pow(10.0, -rate / 10);
        const double after =
            rate > 0 ? endPower * std::pow(perFrame, static_cast<double>(tenth) / 2) / (1 - perFrame) : 0;
        const auto curve = schroederCurve(power, after);
        const double range = curve.front() - curve.back();
        if (range < least)
            return 0;
        const double start = range > bottom ? top : range * 0.1;
        const double end = std::min(bottom, range * 0.9);
        const auto below = [&](double depth)
        {
            return static_cast<std::size_t>(std::find_if(curve.begin(), curve.end(),
                                                         [&](double level)
                                                         { return level <= curve.front() - depth; }) -
                                            curve.begin());
        };
        const std::size_t first = below(start);
        const std::size_t last = std::min(curve.size(), below(end) + 1);
        if (last < first + 3)
            return 0;
        rate = -slopeOf(curve, first, last);
        if (rate <= 0)
            return 0;
    }
    return rate;
}

/// The frames that follow the greatest fall of the level, without its first 100 ms, up to the next sound or
/// the silence of numbers.
std::span<const double> lateDecay(const LevelCurve& curve, double playing)
{
    // Long enough to look over the gaps between echoes; less in recordings shorter than two seconds.
    const double seconds = static_cast<double>(curve.power.size()) * curve.frameSeconds;
    const double scale = std::min(1.0, seconds / 2);
    const auto framesIn = [&](double length)
    { return static_cast<std::size_t>(length / curve.frameSeconds); };
    const std::size_t before = framesIn(0.4 * scale);
    const std::size_t skipped = framesIn(0.1);
    const std::size_t after = framesIn(0.8 * scale);
    if (before == 0 || after == 0)
        return {};
    constexpr double leastFall = 3;         // dB
    const double quietest = playing * 1e-5; // what lies deeper counts alike
    const auto& power = curve.power;

    std::vector<double> sums(power.size() + 1, 0.0);
    for (std::size_t i = 0; i < power.size(); ++i)
        sums[i + 1] = sums[i] + power[i];
    const auto meanLevel = [&](std::size_t first, std::size_t last)
    {
        return decibelsFromPower(
            std::max(quietest, (sums[last] - sums[first]) / static_cast<double>(last - first)));
    };

    double greatest = leastFall;
    std::size_t fallAt = power.size();
    for (std::size_t i = before; i + skipped + after <= power.size(); ++i)
    {
        const double fall = meanLevel(i - before, i) - meanLevel(i + skipped, i + skipped + after);
        if (fall > greatest + 1e-9)
        {
            greatest = fall;
            fallAt = i;
        }
    }
    if (fallAt == power.size())
        return {};

    // The sound itself ends at its last frame within 6 dB of its loudest.
    const auto at = [&](std::size_t index) { return power.begin() + static_cast<std::ptrdiff_t>(index); };
    const double loud = *std::max_element(at(fallAt - before), at(fallAt)) / 4;
    std::size_t soundEnd = fallAt;
    while (power[soundEnd - 1] < loud)
        --soundEnd;
    const std::size_t start = soundEnd + skipped;

    const auto* const first = power.data() + start;
    const auto* const fileEnd = power.data() + power.size();
    const double loudest = 1.3 * *std::max_element(first, first + std::min(after, framesIn(0.1)));
    const auto* end = std::find_if(first, fileEnd, [&](double value) { return value > loudest; });
    while (end > first && end[-1] <= std::max(silence, playing * 1e-9))
        --end;
    return {first, end};
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

double dynamicSpread(std::span<const std::vector<float>> channels, double sampleRate)
{
    const auto levels = playedLevels(LevelCurve(channels, sampleRate, 0.05).power);
    return levels.empty() ? 0.0 : percentile(levels, 0.95) - percentile(levels, 0.10);
}

double clearestDecaySeconds(std::span<const std::vector<float>> channels, double sampleRate)
{
    const LevelCurve curve(channels, sampleRate, 0.01);
    const auto levels = playedLevels(curve.power);
    if (levels.empty())
        return 0;
    const double playing = std::pow(10.0, percentile(levels, 0.90) / 10);
    const auto late = withoutNoise(lateDecay(curve, playing));
    constexpr std::size_t fewestFrames = 5;
    if (late.size() < fewestFrames)
        return 0;
    const double rate = decayRate(late);
    return rate > 0 ? 60.0 / rate * curve.frameSeconds : 0.0;
}

} // namespace tonewright::dsp
