#include "dsp/measure/Loudness.h"

#include <ebur128.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>

namespace tonewright::dsp
{
namespace
{
constexpr double floorLevel = -120;

Loudness measured(std::span<const std::vector<float>> channels, double sampleRate, int mode)
{
    struct Free
    {
        void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
    };
    const auto rate = static_cast<unsigned long>(std::lround(sampleRate));
    const std::unique_ptr<ebur128_state, Free> state(
        ebur128_init(static_cast<unsigned>(channels.size()), rate, mode));
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
    const bool toLoudness = (mode & EBUR128_MODE_I) == EBUR128_MODE_I;
    const bool toTruePeak = (mode & EBUR128_MODE_TRUE_PEAK) == EBUR128_MODE_TRUE_PEAK;
    if (toLoudness && ebur128_loudness_global(state.get(), &value) == EBUR128_SUCCESS && std::isfinite(value))
        result.integrated = std::max(floorLevel, value);
    for (unsigned c = 0; toTruePeak && c < channels.size(); ++c)
        if (ebur128_true_peak(state.get(), c, &value) == EBUR128_SUCCESS && value > 0)
            result.truePeak = std::max(result.truePeak, 20 * std::log10(value));
    return result;
}

float peakOf(std::span<const std::vector<float>> channels, std::size_t first, std::size_t last)
{
    float peak = 0;
    for (const auto& channel : channels)
        for (std::size_t n = first; n < last; ++n)
            peak = std::max(peak, std::abs(channel[n]));
    return peak;
}

/// The blocks that come within 3 dB of the highest sample, each with one to either side, joined. Oversampling
/// finds the true peak there: what it adds at a joint, 9 % of a step between samples that are lower, stays
/// below.
std::vector<std::vector<float>> loudestPassages(std::span<const std::vector<float>> channels)
{
    constexpr std::size_t block = 64; // wider than the oversampling's filter
    const std::size_t frames = channels[0].size();
    const auto endOf = [&](std::size_t index) { return std::min(frames, (index + 1) * block); };
    const float enough = peakOf(channels, 0, frames) * std::sqrt(0.5f);
    std::vector<bool> isLoud((frames + block - 1) / block + 2); // with a silent one at both ends
    for (std::size_t index = 0; index * block < frames; ++index)
        isLoud[index + 1] = peakOf(channels, index * block, endOf(index)) >= enough;
    std::vector<std::vector<float>> passages(channels.size());
    for (std::size_t index = 0; index * block < frames; ++index)
        if (isLoud[index] || isLoud[index + 1] || isLoud[index + 2])
            for (std::size_t c = 0; c < channels.size(); ++c)
                passages[c].insert(passages[c].end(),
                                   channels[c].begin() + static_cast<std::ptrdiff_t>(index * block),
                                   channels[c].begin() + static_cast<std::ptrdiff_t>(endOf(index)));
    return passages;
}
} // namespace

Loudness loudnessOf(std::span<const std::vector<float>> channels, double sampleRate)
{
    return measured(channels, sampleRate, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
}

double integratedLoudnessOf(std::span<const std::vector<float>> channels, double sampleRate)
{
    return measured(channels, sampleRate, EBUR128_MODE_I).integrated;
}

double truePeakOf(std::span<const std::vector<float>> channels, double sampleRate)
{
    return measured(loudestPassages(channels), sampleRate, EBUR128_MODE_TRUE_PEAK).truePeak;
}

} // namespace tonewright::dsp
