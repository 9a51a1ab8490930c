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
}

Loudness loudnessOf(std::span<const std::vector<float>> channels, double sampleRate)
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
        if (ebur128_true_peak(state.get(), c, &value) == EBUR128_SUCCESS && value > 0)
            result.truePeak = std::max(result.truePeak, 20 * std::log10(value));
    return result;
}

} // namespace tonewright::dsp
