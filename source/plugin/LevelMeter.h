#pragma once

#include "realtime/Threads.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstddef>

namespace tonewright::plugin
{

/// Peaks on their way from the audio thread to the screen: one number a channel, full scale 1.0, that only
/// grows until the reader takes it. Writer and reader are wait-free. When both meet, a peak may be shown for
/// one tick longer; none is lost.
class LevelMeter
{
public:
    static constexpr std::size_t channelCount = 2;

    /// [audio] Takes a block's samples into the channel's peak.
    void add(std::size_t channel, const float* samples, int frames) noexcept TONEWRIGHT_NONBLOCKING
    {
        auto& peak = peaks[channel];
        float largest = peak.load(std::memory_order_relaxed);
        for (int frame = 0; frame < frames; ++frame)
            largest = std::max(largest, std::abs(samples[frame])); // NaN never wins this comparison
        peak.store(largest, std::memory_order_relaxed);
    }

    /// [message] The largest magnitude since the last call, then starts again from 0.
    float takePeak(std::size_t channel) noexcept
    {
        return peaks[channel].exchange(0.0f, std::memory_order_relaxed);
    }

private:
    static_assert(std::atomic<float>::is_always_lock_free);
    std::array<std::atomic<float>, channelCount> peaks{};
};

} // namespace tonewright::plugin
