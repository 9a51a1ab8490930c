#pragma once

#include "realtime/Threads.h"

#include <atomic>
#include <cstdint>

namespace tonewright::plugin
{

/// What the audio side can honestly say about itself. It counts, somebody else shows; whether the host missed
/// a deadline only the host knows.
struct AudioCounters
{
    double sampleRate = 0;             ///< Hz, 0 before the host has prepared the plugin
    int maximumFrames = 0;             ///< the longest block the host announced
    std::uint64_t blocks = 0;          ///< played since the plugin was made
    std::uint64_t keptBlocks = 0;      ///< kept the set before because a preset was just being written
    std::uint64_t longerBlocks = 0;    ///< longer than announced, played in parts
    std::uint64_t nonFiniteInputs = 0; ///< samples that came in as NaN or infinity and were silenced
    std::uint64_t faults = 0;          ///< a chain that made something not finite and was started afresh
};

/// A count with one writer, the audio thread, and any number of readers. Wait-free, no allocation.
class AudioCount
{
public:
    /// [audio]
    void add(std::uint64_t more) noexcept TONEWRIGHT_NONBLOCKING
    {
        value.store(value.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
    }
    /// [any+audio]
    std::uint64_t get() const noexcept TONEWRIGHT_NONBLOCKING
    {
        return value.load(std::memory_order_relaxed);
    }

private:
    static_assert(std::atomic<std::uint64_t>::is_always_lock_free);
    std::atomic<std::uint64_t> value{0};
};

} // namespace tonewright::plugin
