#include "generation/RequestQueue.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace tonewright
{
namespace
{
using std::chrono::milliseconds;
using std::chrono::steady_clock;
constexpr auto interactive = RequestPriority::interactive;
constexpr auto background = RequestPriority::background;
Clock steady;

TEST(RequestQueue, GivesInteractiveRequestsFirstAndEachKindInItsOrder) // M1
{
    RequestQueue queue(steady);
    queue.setLimit(10);
    queue.push(1, background);
    queue.push(2, interactive);
    queue.push(3, background);
    queue.push(4, interactive);
    std::vector<RequestId> taken;
    for (int count = 0; count < 4; ++count)
        taken.push_back(*queue.take());
    EXPECT_EQ(taken, (std::vector<RequestId>{2, 4, 1, 3}));
    EXPECT_EQ(queue.waiting(), 0u);
    EXPECT_EQ(queue.taken(), 4u);
}

TEST(RequestQueue, HoldsBackWhatIsNotDueWhileOthersGoAhead)
{
    RequestQueue queue(steady);
    queue.setLimit(10);
    const auto start = steady_clock::now();
    queue.push(1, interactive, start + milliseconds(60));
    queue.push(2, background);
    EXPECT_EQ(queue.take(), 2u);
    EXPECT_EQ(queue.waiting(), 1u);
    EXPECT_EQ(queue.take(), 1u);
    EXPECT_GE(steady_clock::now() - start, milliseconds(60));
}

TEST(RequestQueue, RemovesWaitingRequestsDueOrNot)
{
    RequestQueue queue(steady);
    queue.push(1, interactive);
    queue.push(2, interactive, steady_clock::now() + std::chrono::hours(1));
    EXPECT_TRUE(queue.remove(1));
    EXPECT_TRUE(queue.remove(2));
    EXPECT_FALSE(queue.remove(1));
    EXPECT_FALSE(queue.remove(3));
    EXPECT_EQ(queue.waiting(), 0u);
}

TEST(RequestQueue, StopWakesEveryWorker)
{
    RequestQueue queue(steady);
    std::atomic<int> ended{0};
    std::vector<std::thread> workers;
    for (int count = 0; count < 3; ++count)
        workers.emplace_back(
            [&]
            {
                EXPECT_EQ(queue.take(), std::nullopt);
                ++ended;
            });
    queue.stop();
    for (auto& worker : workers)
        worker.join();
    EXPECT_EQ(ended, 3);
    queue.push(1, interactive);
    EXPECT_EQ(queue.take(), std::nullopt) << "stopped for good";
}

TEST(RequestQueue, TakesWhatComesDueThoughWhoeverTookTheOneBeforeStaysBusy)
{
    // A waiter that knows no time has to be told of the next one, or it sleeps past it.
    for (int round = 0; round < 20; ++round)
    {
        RequestQueue queue(steady);
        constexpr int workerCount = 4;
        queue.setLimit(workerCount);
        std::atomic<int> taken{0};
        std::vector<std::thread> workers;
        for (int worker = 0; worker < workerCount; ++worker)
            workers.emplace_back(
                [&]
                {
                    if (queue.take())
                        ++taken; // and never released
                });
        const auto start = steady_clock::now();
        for (RequestId id = 1; id <= workerCount; ++id)
            queue.push(id, interactive, start + milliseconds(id));
        for (auto& worker : workers)
            worker.join();
        EXPECT_EQ(taken, workerCount);
    }
}

TEST(RequestQueue, NeverHandsOutMoreThanTheLimit) // M2
{
    RequestQueue queue(steady);
    queue.setLimit(2);
    constexpr RequestId count = 400;
    std::atomic<int> taken{0}, peak{0};
    std::atomic<RequestId> done{0};
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 4; ++worker)
        workers.emplace_back(
            [&]
            {
                while (queue.take())
                {
                    const int now = ++taken;
                    for (int seen = peak; seen < now && !peak.compare_exchange_weak(seen, now);)
                    {
                    }
                    std::this_thread::yield();
                    --taken;
                    queue.release();
                    if (++done == count)
                        queue.stop();
                }
            });
    for (RequestId id = 1; id <= count; ++id)
        queue.push(id, id % 3 == 0 ? background : interactive,
                   id % 5 == 0 ? steady_clock::now() + milliseconds(1) : RequestQueue::Time::min());
    for (auto& worker : workers)
        worker.join();
    EXPECT_EQ(done, count);
    EXPECT_LE(peak, 2);
}
} // namespace
} // namespace tonewright
