#pragma once

#include "generation/RequestQueue.h"

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace tonewright
{

/// The threads that take requests from a queue, one after the other each, until the queue is stopped.
class Workers
{
public:
    using Work = std::function<void(RequestId)>; ///< [worker] One request, taken from the queue.

    /// [setup] Starts nothing. `source` must outlive the workers. `work` may throw; the request's own errors
    /// are its business, and what gets here is lost (out of memory even for an error).
    Workers(RequestQueue& source, Work work) : queue(source), workOn(std::move(work)) {}

    /// [any] Stop the queue first.
    ~Workers() { join(); }

    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// [any] Starts threads until there are `count`; not from two threads at once. A system without another
    /// thread to give gets along with those there are; false when there are none.
    bool startUpTo(std::size_t count);

    /// [any] Threads started so far; guarded like startUpTo().
    std::size_t count() const { return threads.size(); }

    /// [any] Waits for all of them; the queue must have been stopped.
    void join();

private:
    void run(std::size_t number) noexcept;

    RequestQueue& queue;
    const Work workOn;
    std::vector<std::thread> threads;
};

} // namespace tonewright
