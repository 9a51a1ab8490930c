#pragma once

#include "generation/Clock.h"

#include <atomic>

namespace tonewright::test
{

/// A clock on which waiting takes no time: whoever waits until a moment finds that it has come. What a test
/// sees of it is exact, whatever the machine is busy with.
class ImpatientClock final : public Clock
{
public:
    Time now() const override { return Time(Time::duration(ticks.load())); }

    void waitUntil(std::condition_variable&, std::unique_lock<std::mutex>&, Time time) override
    {
        for (auto seen = ticks.load(); seen < time.time_since_epoch().count() &&
                                       !ticks.compare_exchange_weak(seen, time.time_since_epoch().count());)
        {
        }
    }

    void advance(Time::duration duration) { ticks += duration.count(); }

private:
    std::atomic<Time::rep> ticks{Time::duration(std::chrono::hours(1)).count()};
};

} // namespace tonewright::test
