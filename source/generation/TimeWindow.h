#pragma once

#include "generation/GenerationStatistics.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace tonewright
{

/// Remembers the last durations of a kind. Not thread-safe: under its owner's lock. Never allocates.
class TimeWindow
{
public:
    /// Enough for a p99 that is more than the maximum, little enough to copy under a lock.
    static constexpr std::size_t capacity = 512;

    /// [any] Adds one; forgets the oldest beyond `capacity`.
    void add(std::chrono::steady_clock::duration duration);

    /// [any] Sorts a copy: 10 to 20 us, so best done on a copy outside the lock.
    TimeSummary summary() const;

private:
    std::array<std::int64_t, capacity> microseconds{};
    std::uint64_t count = 0;
};

} // namespace tonewright
