#include "dsp/measure/ToneMeasurement.h"

#include "dsp/measure/Decay.h"
#include "dsp/measure/Echo.h"
#include "dsp/measure/LevelCurve.h"
#include "dsp/measure/Loudness.h"
#include "dsp/measure/StereoWidth.h"
#include "dsp/measure/ToneColour.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr double floorLevel = -120; // dB; what silence reads

using Channels = std::vector<std::vector<float>>;

/// The channels with everything that is no number taken as silence, cut to the shortest.
Channels finiteChannels(std::span<const std::vector<float>> channels)
{
    Channels result;
    for (const auto& channel : channels.first(std::min<std::size_t>(channels.size(), 2)))
    {
        auto& copy = result.emplace_back(channel);
        for (auto& sample : copy)
            if (!std::isfinite(sample))
                sample = 0;
    }
    if (result.size() == 2)
    {
        const auto length = std::min(result[0].size(), result[1].size());
        result[0].resize(length);
        result[1].resize(length);
    }
    return result;
}

double decibels(double amplitude)
{
    return amplitude > 0 ? std::max(floorLevel, 20 * std::log10(amplitude)) : floorLevel;
}

void measureLevels(const Channels& channels, ToneMeasurement& result)
{
    double squares = 0;
    double peak = 0;
    double offset = 0;
    const auto frames = static_cast<double>(channels[0].size());
    for (const auto& channel : channels)
    {
        double sum = 0;
        for (const float sample : channel)
        {
            const double value = static_cast<double>(sample);
            squares += value * value;
            peak = std::max(peak, std::abs(value));
            sum += value;
        }
        offset = std::max(offset, std::abs(sum / frames));
    }
    const double rms = std::sqrt(squares / (frames * static_cast<double>(channels.size())));
    result.rms = decibels(rms);
    result.crestFactor = rms > 0 ? decibels(peak / rms) : 0;
    result.dcOffset = decibels(offset);
}

} // namespace

ToneMeasurement measureTone(std::span<const std::vector<float>> given, double sampleRate)
{
    ToneMeasurement result;
    result.sampleRate = sampleRate;
    result.loudness = result.truePeak = result.rms = result.dcOffset = floorLevel;
    result.lows = result.mids = result.highs = floorLevel;
    const auto channels = finiteChannels(given);
    result.channels = static_cast<int>(channels.size());
    if (channels.empty() || channels[0].empty())
        return result;

    result.seconds = static_cast<double>(channels[0].size()) / sampleRate;
    const auto loudness = loudnessOf(channels, sampleRate);
    result.loudness = loudness.integrated;
    result.truePeak = loudness.truePeak;
    measureLevels(channels, result);
    const auto colour = colourOf(channels, sampleRate);
    result.brightness = colour.brightness;
    result.lows = colour.lows;
    result.mids = colour.mids;
    result.highs = colour.highs;
    result.scoop = colour.scoop;
    result.dynamicSpread = dynamicSpread(channels, sampleRate);
    result.decaySeconds = clearestDecaySeconds(channels, sampleRate);
    result.echoMilliseconds = strongestEchoMilliseconds(channels, sampleRate);
    result.stereoWidth = stereoWidth(channels);
    return result;
}

} // namespace tonewright::dsp
