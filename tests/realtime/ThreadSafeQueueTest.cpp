#include "realtime/ThreadSafeQueue.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace tonewright
{
namespace
{

struct Item
{
    int producer = -1;
    std::unique_ptr<int> number; // move-only, and a leak or a double delete shows under AddressSanitizer
};

void everyItemArrivesOnceInItsProducersOrder(int producers, int itemsEach, std::size_t poolSize)
{
    ThreadSafeQueue<Item> queue(poolSize);
    std::vector<std::thread> threads;
    for (int producer = 0; producer < producers; ++producer)
        threads.emplace_back(
            [&queue, producer, itemsEach]
            {
                for (int n = 0; n < itemsEach; ++n)
                    queue.push({producer, std::make_unique<int>(n)});
            });
    std::vector<int> next(static_cast<std::size_t>(producers), 0);
    int outOfOrder = 0;
    for (int received = 0; received < producers * itemsEach;)
    {
        Item item;
        if (!queue.tryPop(item))
        {
            std::this_thread::yield();
            continue;
        }
        auto& expected = next[static_cast<std::size_t>(item.producer)];
        outOfOrder += *item.number == expected ? 0 : 1;
        ++expected;
        ++received;
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_EQ(outOfOrder, 0);
    for (const int count : next)
        EXPECT_EQ(count, itemsEach);
    Item none;
    EXPECT_FALSE(queue.tryPop(none));
    EXPECT_EQ(queue.approximateSize(), 0u);
}

// T2
TEST(ThreadSafeQueue, deliversEveryItemOnceInOrderFromOneProducer)
{
    everyItemArrivesOnceInItsProducersOrder(1, 300'000, 64);
}
TEST(ThreadSafeQueue, deliversEveryItemOnceInOrderFromTwoProducers)
{
    everyItemArrivesOnceInItsProducersOrder(2, 150'000, 64);
}
TEST(ThreadSafeQueue, deliversEveryItemOnceInOrderFromFourProducers)
{
    everyItemArrivesOnceInItsProducersOrder(4, 80'000, 1024);
}
TEST(ThreadSafeQueue, deliversEveryItemOnceInOrderFromEightProducers)
{
    everyItemArrivesOnceInItsProducersOrder(8, 40'000, 16);
}

TEST(ThreadSafeQueue, growsBeyondItsPoolWithoutLosingAnythingAndGivesTheMemoryBack)
{
    ThreadSafeQueue<int> queue(4);
    constexpr int flood = 100'000;
    for (int round = 0; round < 3; ++round)
    {
        for (int n = 0; n < flood; ++n)
            queue.push(n);
        EXPECT_GT(queue.overflowCount(), 0u);
        EXPECT_EQ(queue.approximateSize(), static_cast<std::size_t>(flood));
        for (int n = 0; n < flood; ++n)
        {
            int item = -1;
            ASSERT_TRUE(queue.tryPop(item));
            ASSERT_EQ(item, n);
        }
        EXPECT_EQ(queue.approximateSize(), 0u);
    }
}

TEST(ThreadSafeQueue, needsNoHeapWhileNoMoreItemsWaitThanItsPoolHolds)
{
    for (const std::size_t poolSize : {1u, 8u, 100u, 1024u})
    {
        ThreadSafeQueue<int> queue(poolSize);
        int pushed = 0;
        int popped = 0;
        for (int round = 0; round < 1000; ++round)
        {
            for (std::size_t n = 0; n < poolSize; ++n)
                queue.push(pushed++);
            for (std::size_t n = 0; n < poolSize; ++n)
            {
                int item = -1;
                ASSERT_TRUE(queue.tryPop(item));
                ASSERT_EQ(item, popped++);
            }
        }
        EXPECT_EQ(queue.overflowCount(), 0u) << "pool of " << poolSize;
    }
}

// T7
TEST(ThreadSafeQueue, destroysAnItemWhenItIsPoppedAndTheRestWithItself)
{
    const auto witness = std::make_shared<int>(1);
    {
        ThreadSafeQueue<std::shared_ptr<int>> queue(2);
        for (int n = 0; n < 5; ++n)
            queue.push(witness);
        EXPECT_EQ(witness.use_count(), 6);
        std::shared_ptr<int> item;
        EXPECT_TRUE(queue.tryPop(item));
        item.reset();
        EXPECT_EQ(witness.use_count(), 5) << "the slot may not keep the item until it is used again";
    }
    EXPECT_EQ(witness.use_count(), 1);
}

} // namespace
} // namespace tonewright
