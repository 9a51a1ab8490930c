#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

namespace tonewright
{

/// A request to stop that every wait listens to. Set once, never unset.
class Cancellation
{
public:
    Cancellation() = default;
    Cancellation(const Cancellation&) = delete;
    Cancellation& operator=(const Cancellation&) = delete;

    /// [any] Stops everything that waits on this. Runs the registered wake-ups on the calling thread.
    void cancel();

    /// [any+audio] One atomic load.
    bool isCancelled() const noexcept { return flag.load(std::memory_order_acquire); }

    /// [worker] Waits for `duration` or until cancelled; true when cancelled.
    bool waitFor(std::chrono::milliseconds duration) const;

    /// While it lives, cancel() calls `wakeUp` (short, non-blocking, noexcept): for waits that have their own
    /// way to be woken, like a socket poll. Called at once if already cancelled. The destructor returns only
    /// when no call runs.
    class [[nodiscard]] WakeUp
    {
    public:
        WakeUp(const Cancellation& cancellation, std::function<void()> wakeUp);
        ~WakeUp();
        WakeUp(const WakeUp&) = delete;
        WakeUp& operator=(const WakeUp&) = delete;

    private:
        const Cancellation& owner;
        int key;
    };

private:
    std::atomic<bool> flag{false};
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    mutable std::map<int, std::function<void()>> wakeUps;
    mutable int nextKey = 0;
};

} // namespace tonewright
