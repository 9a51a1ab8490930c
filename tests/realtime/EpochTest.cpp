#include "realtime/Epoch.h"

#include "support/Stress.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <iostream>
#include <thread>

namespace tonewright
{
namespace
{

/// T3, the epoch: a writer that never pauses, 64 values that belong together.
TEST(Epoch, ShowsAllOldOrAllNewUnderABusyWriter)
{
    Epoch<> epoch;
    std::array<std::atomic<float>, 64> values{};
    std::atomic<bool> stop{false};
    std::thread writer(
        [&]
        {
            for (int n = 1; !stop.load(std::memory_order_relaxed); ++n)
            {
                epoch.write(
                    [&]() noexcept
                    {
                        for (auto& value : values)
                            value.store(static_cast<float>(n), std::memory_order_release);
                    });
                if (n % 64 == 0)
                    std::this_thread::yield(); // so that readers get through now and then
            }
        });
    std::uint64_t whole = 0;
    std::uint64_t torn = 0;
    std::uint64_t missed = 0;
    for (const auto end = test::endOfStress(); std::chrono::steady_clock::now() < end;)
    {
        float first = 0;
        bool isWhole = true;
        const bool isRead = epoch.tryRead(
            [&]
            {
                first = values[0].load(std::memory_order_acquire);
                for (const auto& value : values)
                    isWhole &= value.load(std::memory_order_acquire) == first;
            });
        if (!isRead)
            ++missed;
        else
            ++(isWhole ? whole : torn);
    }
    stop.store(true, std::memory_order_relaxed);
    writer.join();
    EXPECT_EQ(torn, 0u);
    EXPECT_GT(whole, 0u);
    EXPECT_EQ(epoch.missedCount(), missed);
    EXPECT_TRUE(epoch.tryRead([] {})) << "nobody writes any more";
    std::cout << whole << " whole reads, " << missed << " met the writer\n";
}

} // namespace
} // namespace tonewright
