#include "dsp/measure/ToneMeasurement.h"

#include "dsp/measure/Decay.h"
#include "dsp/measure/Echo.h"
#include "dsp/measure/LevelCurve.h"
#include "dsp/measure/PowerSpectrum.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

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

double powerDecibels(double power, double reference = 1)
{
    return power > 0 && reference > 0 ? std::max(floorLevel, 10 * std::log10(power / reference)) : floorLevel;
}

struct Loudness
{
    double integrated = floorLevel;
    double truePeak = floorLevel;
};

/// EBU R128 (ITU-R BS.1770-4) by libebur128. Less than one 400 ms gating block of sound is filled up with
/// silence, so that a single note has a loudness.
Loudness loudnessOf(const Channels& channels, double sampleRate)
{
    struct Free
    {
        void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
    };
    const auto rate = static_cast<unsigned long>(std::lround(sampleRate));
    const std::unique_ptr<ebur128_state, Free> state(
        ebur128_init(static_cast<unsigned>(channels.size()), rate, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK));
    if (state == nullptr)
        throw std::bad_alloc();

    const std::size_t frames = channels[0].size();
    const auto gatingBlock = static_cast<std::size_t>(0.4 * sampleRate) + 1;
    const std::size_t padded = std::max(frames, gatingBlock);
    constexpr std::size_t chunk = 8192;
    std::vector<float> interleaved;
    for (std::size_t start = 0; start < padded; start += chunk)
    {
        const std::size_t count = std::min(chunk, padded - start);
        interleaved.assign(count * channels.size(), 0.0f);
        for (std::size_t c = 0; c < channels.size(); ++c)
            for (std::size_t n = 0; n < count && start + n < frames; ++n)
                interleaved[n * channels.size() + c] = channels[c][start + n];
        ebur128_add_frames_float(state.get(), interleaved.data(), count);
    }

    Loudness result;
    double value = 0;
    if (ebur128_loudness_global(state.get(), &value) == EBUR128_SUCCESS && std::isfinite(value))
        result.integrated = std::max(floorLevel, value);
    for (unsigned c = 0; c < channels.size(); ++c)
        if (ebur128_true_peak(state.get(), c, &value) == EBUR128_SUCCESS)
            result.truePeak = std::max(result.truePeak, decibels(value));
    return result;
}

double erbRateOf(double frequency)
{
    return 21.4 * std::log10(1 + 0.00437 * frequency); // Glasberg and Moore 1990
}

double frequencyOfErbRate(double erbRate)
{
    return (std::pow(10.0, erbRate / 21.4) - 1) / 0.00437;
}

/// Centroid on the ERB-rate scale of the specific loudness, energy^0.3 in half-ERB bands: distortion, which
/// adds overtones everywhere, moves it less than a tone control does.
double brightnessOf(const PowerSpectrum& spectrum)
{
    constexpr double step = 0.5;
    double weighted = 0;
    double total = 0;
    for (double erb = erbRateOf(60); erb < erbRateOf(12'000); erb += step)
    {
        const double energy = spectrum.between(frequencyOfErbRate(erb), frequencyOfErbRate(erb + step));
        const double loudness = std::pow(std::max(0.0, energy), 0.3);
        weighted += (erb + step / 2) * loudness;
        total += loudness;
    }
    return total > 0 ? weighted / total : 0;
}

/// 1 - correlation of left and right.
double widthOf(const Channels& channels)
{
    if (channels.size() < 2)
        return 0;
    double products = 0;
    double left = 0;
    double right = 0;
    for (std::size_t n = 0; n < channels[0].size(); ++n)
    {
        const double l = static_cast<double>(channels[0][n]);
        const double r = static_cast<double>(channels[1][n]);
        products += l * r;
        left += l * l;
        right += r * r;
    }
    const double energies = std::sqrt(left * right);
    return energies > 0 ? std::clamp(1 - products / energies, 0.0, 2.0) : 0;
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

void measureSpectrum(const Channels& channels, ToneMeasurement& result)
{
    const PowerSpectrum spectrum(channels, result.sampleRate);
    constexpr double everything = 1e6;
    const double total = spectrum.between(0, everything);
    result.brightness = brightnessOf(spectrum);
    result.lows = powerDecibels(spectrum.between(0, 250), total);
    result.mids = powerDecibels(spectrum.between(400, 1600), total);
    result.highs = powerDecibels(spectrum.between(2000, everything), total);
    const double below = powerDecibels(spectrum.between(100, 300), total);
    const double above = powerDecibels(spectrum.between(2000, 5000), total);
    result.scoop = result.mids - (below + above) / 2;
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
    measureSpectrum(channels, result);
    result.dynamicSpread = dynamicSpread(channels, sampleRate);
    result.decaySeconds = clearestDecaySeconds(channels, sampleRate);
    result.echoMilliseconds = strongestEchoMilliseconds(channels, sampleRate);
    result.stereoWidth = widthOf(channels);
    return result;
}

} // namespace tonewright::dsp
