#pragma once

#include "generation/Clock.h"
#include "generation/PresetGenerator.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

namespace tonewright
{

/// Where workers sleep until there is something to do: a priority queue with a mutex and a condition
/// variable. Interactive before background, in the order of ids within each. An entry may have to wait for a
/// moment (back-off) without keeping a worker.
class RequestQueue
{
public:
    using Time = Clock::Time;

    /// [setup] `clock` must outlive the queue.
    explicit RequestQueue(Clock& clock) : time(clock) {}

    /// [any] Adds a request that a worker may take from `notBefore` on. Ids are unique.
    void push(RequestId id, RequestPriority priority, Time notBefore = Time::min());

    /// [worker] Blocks for a request that is due, while fewer than the limit are taken; counts it as taken
    /// until release(). Nothing after stop().
    std::optional<RequestId> take();

    /// [worker] Ends what take() began.
    void release();

    /// [any] Removes a waiting request; false when it is not waiting.
    bool remove(RequestId id);

    /// [any] Most requests taken at a time, at least 1.
    void setLimit(std::size_t count);

    /// [any] Wakes every worker for good.
    void stop();

    std::size_t waiting() const; ///< [any] entries, due or not
    std::size_t taken() const;   ///< [any]

private:
    using Rank = std::pair<RequestPriority, RequestId>;
    void promoteDue(Time now);

    Clock& time;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::set<Rank> due;
    std::multimap<Time, Rank> delayed;
    std::size_t limit = 1;
    std::size_t takenCount = 0;
    bool stopped = false;
};

} // namespace tonewright
