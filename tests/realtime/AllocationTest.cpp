// T5: nothing is allocated, freed or locked, from the first call of a fresh thread on.
#include "realtime/AssetHandoff.h"
#include "realtime/Epoch.h"
#include "realtime/LatestValue.h"
#include "realtime/RealtimeQueue.h"
#include "realtime/ThreadSafeQueue.h"
#include "support/RealtimeGuard.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <functional>
#include <thread>

namespace tonewright
{
namespace
{
using test::GuardReport;
using test::RealtimeGuard;

class RealtimeAllocation : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!RealtimeGuard::isAvailable())
            GTEST_SKIP() << "sanitizers take the places of the guard's functions";
    }

    /// A fresh thread's first calls are those that libraries allocate in.
    static GuardReport onAFreshThread(const std::function<void()>& work)
    {
        GuardReport report;
        std::thread(
            [&]
            {
                RealtimeGuard guard;
                work();
                report = guard.report();
            })
            .join();
        return report;
    }

    static void expectNothing(const std::function<void()>& work)
    {
        const auto report = onAFreshThread(work);
        EXPECT_EQ(report.total(), 0u) << report.text();
    }
};

TEST_F(RealtimeAllocation, IsSeenWhereThereIsOne)
{
    const auto report = onAFreshThread(
        []
        {
            int* volatile seenByTheCompiler = new int(1); // which may leave out what nobody looks at
            delete seenByTheCompiler;
        });
    EXPECT_EQ(report.total(), 2u) << report.text();
}

TEST_F(RealtimeAllocation, DoesNotHappenInRealtimeQueue)
{
    RealtimeQueue<int, 64> queue;
    expectNothing(
        [&]
        {
            for (int n = 0; n < 100; ++n)
                queue.tryPush(n);
        });
    expectNothing(
        [&]
        {
            for (int item = 0; queue.tryPop(item);)
                ;
        });
}

TEST_F(RealtimeAllocation, DoesNotHappenInTheHandoffs)
{
    LatestValue<std::array<float, 64>> value;
    expectNothing([&] { value.publish({}); });
    expectNothing([&] { value.poll(); });
    AssetHandoff<int> assets;
    assets.publish(1);
    expectNothing([&] { assets.giveBack(assets.take()); });
    Epoch<> epoch;
    expectNothing([&] { epoch.tryRead([] {}); });
    expectNothing([&] { epoch.write([]() noexcept {}); });
}

TEST_F(RealtimeAllocation, DoesNotHappenInThreadSafeQueueWhileItsPoolLasts)
{
    ThreadSafeQueue<std::array<int, 8>> queue(256);
    for (int round = 0; round < 100; ++round)
    {
        expectNothing(
            [&]
            {
                for (int n = 0; n < 256; ++n)
                    queue.push({n});
            });
        expectNothing(
            [&]
            {
                for (std::array<int, 8> item; queue.tryPop(item);)
                    ;
            });
    }
}

} // namespace
} // namespace tonewright
