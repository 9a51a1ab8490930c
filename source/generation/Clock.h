#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace tonewright
{

/// What back-offs and time limits of requests go by: the steady clock, or a test's own, on which an hour
/// passes at once.
class Clock
{
public:
    using Time = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;

    /// [any]
    virtual Time now() const { return std::chrono::steady_clock::now(); }

    /// [worker] Waits until `time`, or until somebody notifies `changed`; like all such waits it may also
    /// return for no reason.
    virtual void waitUntil(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, Time time)
    {
        changed.wait_until(lock, time);
    }
};

} // namespace tonewright
