#include "dsp/measure/Decay.h"

#include "dsp/measure/LevelCurve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tonewright::dsp
{
namespace
{
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
    const std::size_t ending = std::max<std::size_t>(1, power.size() / 2);
    const auto endingPower = power.last(ending);
    const double endingEnergy = std::accumulate(endingPower.begin(), endingPower.end(), 0.0);

    double rate = 0;
    constexpr int rounds = 12; // the correction needs the rate it corrects; it settles in a few
    for (int round = 0; round < rounds; ++round)
    {
        // A decay of `rate` dB a frame has less energy after the end than in its ending by this factor.
        const double factor = std::pow(10.0, rate * static_cast<double>(ending) / 10) - 1;
        const double after = rate > 0 ? endingEnergy / factor : 0;
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

/// Finds the late decays in a recording's level.
class DecaySearch
{
public:
    DecaySearch(const LevelCurve& levels, double playingPower)
        : power(levels.power), deepest(playingPower * 1e-5),
          noSound(std::max(silentPower, playingPower * 1e-9))
    {
        // Long enough to look over the gaps between echoes; less in recordings shorter than two seconds.
        const double seconds = static_cast<double>(power.size()) * levels.frameSeconds;
        const double scale = std::min(1.0, seconds / 2);
        const auto framesIn = [&](double length)
        { return static_cast<std::size_t>(length / levels.frameSeconds); };
        before = framesIn(0.4 * scale);
        skipped = framesIn(0.1);
        after = framesIn(0.8 * scale);
        sums.assign(power.size() + 1, 0.0);
        for (std::size_t i = 0; i < power.size(); ++i)
            sums[i + 1] = sums[i] + power[i];
    }

    /// The frames of the decay that follows the greatest fall, from 100 ms after the sound's end to the next
    /// sound or the silence of numbers; empty when the level nowhere falls. Decays that are soon covered by
    /// the next sound do not count.
    std::span<const double> clearestDecay() const
    {
        constexpr double leastFall = 3;  // dB
        constexpr double leastDepth = 8; // dB
        std::span<const double> clearest;
        double greatest = leastFall;
        if (before == 0 || after == 0)
            return clearest;
        for (std::size_t i = before; i + skipped + after <= power.size(); ++i)
        {
            const double fall = meanLevel(i - before, i) - meanLevel(i + skipped, i + skipped + after);
            if (fall <= greatest + 1e-9)
                continue;
            if (const auto decay = decayAfter(i); depthOf(decay) >= leastDepth)
            {
                greatest = fall;
                clearest = decay;
            }
        }
        return clearest;
    }

private:
    double meanLevel(std::size_t first, std::size_t last) const
    {
        return decibelsFromPower(
            std::max(deepest, (sums[last] - sums[first]) / static_cast<double>(last - first)));
    }

    std::span<const double> decayAfter(std::size_t i) const
    {
        // The sound itself ends at its last frame within 6 dB of its loudest.
        const auto at = [&](std::size_t index) { return power.begin() + static_cast<std::ptrdiff_t>(index); };
        const double loud = *std::max_element(at(i - before), at(i)) / 4;
        std::size_t soundEnd = i;
        while (power[soundEnd - 1] < loud)
            --soundEnd;

        const std::size_t start = soundEnd + skipped;
        const std::size_t first = std::min(power.size(), start + skipped);
        const double loudest = 1.3 * *std::max_element(at(start), at(first));
        auto end = static_cast<std::size_t>(
            std::find_if(at(start), power.end(), [&](double value) { return value > loudest; }) -
            power.begin());
        while (end > start && power[end - 1] <= noSound)
            --end;
        return std::span(power).subspan(start, end - start);
    }

    /// From its beginning to its end, in dB.
    double depthOf(std::span<const double> decay) const
    {
        constexpr std::size_t frames = 5;
        if (decay.size() < frames)
            return 0;
        const auto start = static_cast<std::size_t>(decay.data() - power.data());
        const std::size_t end = start + decay.size();
        return decibelsFromPower(power[start]) - meanLevel(end - frames, end);
    }

    const std::vector<double>& power;
    std::vector<double> sums;
    double deepest; ///< what lies deeper counts alike
    double noSound;
    std::size_t before = 0;
    std::size_t skipped = 0;
    std::size_t after = 0;
};
} // namespace

double clearestDecaySeconds(std::span<const std::vector<float>> channels, double sampleRate)
{
    const LevelCurve curve(channels, sampleRate, 0.01);
    const auto playing = curve.playedLevel(0.90);
    if (!playing)
        return 0;
    const DecaySearch search(curve, std::pow(10.0, *playing / 10));
    const auto late = withoutNoise(search.clearestDecay());
    return decaySecondsOf(late, curve.frameSeconds);
}

double decaySecondsOf(std::span<const double> power, double frameSeconds)
{
    constexpr std::size_t fewestFrames = 5;
    if (power.size() < fewestFrames)
        return 0;
    const double rate = decayRate(power);
    return rate > 0 ? 60.0 / rate * frameSeconds : 0.0;
}

} // namespace tonewright::dsp
