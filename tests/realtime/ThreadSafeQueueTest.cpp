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

TEST(ThreadSafeQueue, deliversEveryItemOnceInOrderFromOneProducer)
{
    everyItemArrivesOnceInItsProducersOrder(1, 300'000, 64);
}
TEST(ThreadSafeQueue, deliversEveryItemOnceInOrderFromTwoProducers)
{
    everyItemArrivesOnceInItsProducersOrder(2, 150'000, 64);
}
TEST(ThreadSafeQueue, deliversEveryItemOnceInOrderFromEightProducers)
{
    everyItemArrivesOnceInItsProducersOrder(8, 40'000, 16);
}

TEST(ThreadSafeQueue, growsBeyondItsPoolWithoutLosingAnything)
{
    ThreadSafeQueue<int> queue(4);
    for (int n = 0; n < 100; ++n)
        queue.push(n);
    EXPECT_EQ(queue.overflowCount(), 96u);
    EXPECT_EQ(queue.approximateSize(), 100u);
    for (int n = 0; n < 100; ++n)
    {
        int item = -1;
        ASSERT_TRUE(queue.tryPop(item));
        EXPECT_EQ(item, n);
    }
}

TEST(ThreadSafeQueue, recyclesItsNodesSoThatASteadyStateNeedsNoHeap)
{
    ThreadSafeQueue<int> queue(8);
    for (int n = 0; n < 10'000; ++n)
    {
        queue.push(n);
        int item = -1;
        ASSERT_TRUE(queue.tryPop(item));
        ASSERT_EQ(item, n);
    }
    EXPECT_EQ(queue.overflowCount(), 0u);
}

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
        EXPECT_EQ(witness.use_count(), 5) << "the node may not keep the item until it is used again";
    }
    EXPECT_EQ(witness.use_count(), 1);
}

} // namespace
} // namespace tonewright
