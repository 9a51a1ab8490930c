#include "realtime/RealtimeQueue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <thread>

namespace tonewright
{
namespace
{

/// Larger than any lock-free atomic, with a checksum: a torn item cannot pass.
struct Payload
{
    std::uint64_t number = 0;
    std::array<std::uint64_t, 15> copies{};

    static Payload of(std::uint64_t n)
    {
        Payload payload{n, {}};
        payload.copies.fill(n * 0x9E3779B97F4A7C15u);
        return payload;
    }
    bool isWhole() const
    {
        return std::all_of(copies.begin(), copies.end(),
                           [&](auto copy) { return copy == number * 0x9E3779B97F4A7C15u; });
    }
};

template <std::size_t capacity>
void everyItemArrivesOnceAndInOrder(std::uint64_t items)
{
    RealtimeQueue<Payload, capacity> queue;
    std::thread producer(
        [&]
        {
            for (std::uint64_t n = 1; n <= items;)
                if (queue.tryPush(Payload::of(n)))
                    ++n;
                else
                    std::this_thread::yield();
        });
    std::uint64_t expected = 1;
    std::uint64_t torn = 0;
    std::uint64_t misplaced = 0;
    for (Payload payload; expected <= items;)
    {
        if (!queue.tryPop(payload))
        {
            std::this_thread::yield();
            continue;
        }
        torn += payload.isWhole() ? 0u : 1u;
        misplaced += payload.number == expected ? 0u : 1u;
        ++expected;
    }
    producer.join();
    EXPECT_EQ(torn, 0u);
    EXPECT_EQ(misplaced, 0u);
    EXPECT_EQ(queue.approximateSize(), 0u);
}

// T1
TEST(RealtimeQueue, deliversEveryItemOnceInOrderWithTwoSlots)
{
    everyItemArrivesOnceAndInOrder<2>(300'000);
}
TEST(RealtimeQueue, deliversEveryItemOnceInOrderWith64Slots)
{
    everyItemArrivesOnceAndInOrder<64>(3'000'000);
}
TEST(RealtimeQueue, deliversEveryItemOnceInOrderWith1024Slots)
{
    everyItemArrivesOnceAndInOrder<1024>(7'000'000);
}

TEST(RealtimeQueue, saysWhenItIsFullCountsTheLossAndOverwritesNothing)
{
    RealtimeQueue<int, 4> queue;
    for (int n = 0; n < 4; ++n)
        EXPECT_TRUE(queue.tryPush(n));
    EXPECT_FALSE(queue.tryPush(99));
    EXPECT_FALSE(queue.tryPush(100));
    EXPECT_EQ(queue.droppedCount(), 2u);
    EXPECT_EQ(queue.approximateSize(), 4u);
    for (int n = 0; n < 4; ++n)
    {
        int item = -1;
        EXPECT_TRUE(queue.tryPop(item));
        EXPECT_EQ(item, n);
    }
}

TEST(RealtimeQueue, leavesTheTargetAloneWhenEmpty)
{
    RealtimeQueue<int, 4> queue;
    int item = 7;
    EXPECT_FALSE(queue.tryPop(item));
    EXPECT_EQ(item, 7);
}

TEST(RealtimeQueue, wrapsManyTimesAtEveryFillLevel)
{
    RealtimeQueue<int, 8> queue;
    int pushed = 0;
    int popped = 0;
    for (int level = 0; level <= 8; ++level)
        for (int round = 0; round < 100; ++round)
        {
            for (int n = 0; n < level; ++n)
                ASSERT_TRUE(queue.tryPush(pushed++));
            for (int n = 0; n < level; ++n)
            {
                int item = -1;
                ASSERT_TRUE(queue.tryPop(item));
                ASSERT_EQ(item, popped++);
            }
        }
}

} // namespace
} // namespace tonewright
