// T9, the oracles: algorithms known to be broken, which the explorer must catch.
#include "InterleavingsFixture.h"
#include "realtime/LatestValue.h"

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace tonewright
{
namespace
{
using interleaving::Atomic;
using interleaving::exploreEvery;
using interleaving::Outcome;
using interleaving::require;
using interleaving::Scenario;
using interleaving::Tracked;

class InterleavingsOracle : public test::InterleavingsFixture
{
};

const std::string noOrder = "no order between them";

TEST_F(InterleavingsOracle, AreAllTriedButOnlyOnceWhereTheirOrderMakesNoDifference)
{
    const auto twoThreadsOfThreeSteps = [](std::size_t addresses)
    {
        return exploreEvery(
                   [addresses]
                   {
                       const auto counters = std::make_shared<std::array<Atomic<int>, 2>>();
                       const auto count = [counters](std::size_t index)
                       {
                           return [counters, index]
                           {
                               for (int n = 0; n < 3; ++n)
                                   (*counters)[index].fetch_add(1, std::memory_order_relaxed);
                           };
                       };
                       return Scenario{{count(0), count(addresses - 1)}, {}};
                   })
            .schedules;
    };
    EXPECT_EQ(twoThreadsOfThreeSteps(1), 20u) << "6 steps, 3 of each thread: 6! / (3! 3!)";
    EXPECT_LE(twoThreadsOfThreeSteps(2), 4u) << "one, and those given up when seen to be the same";
}

// ---- and what is broken ----

/// The flag and the struct that a first sketch of a handoff has.
TEST_F(InterleavingsOracle, SeeThatAFlagBesideAStructTears)
{
    struct Sketch
    {
        Atomic<bool> isNew{false};
        std::array<int, 2> values{};
    };
    expectCaught(exploreEvery(
                     []
                     {
                         const auto sketch = std::make_shared<Sketch>();
                         return Scenario{{[sketch]
                                          {
                                              for (int n = 1; n <= 2; ++n)
                                              {
                                                  sketch->values[0] = n;
                                                  interleaving::step();
                                                  sketch->values[1] = n;
                                                  sketch->isNew.store(true, std::memory_order_release);
                                              }
                                          },
                                          [sketch]
                                          {
                                              if (!sketch->isNew.exchange(false, std::memory_order_acquire))
                                                  return;
                                              const int first = sketch->values[0];
                                              interleaving::step();
                                              require(first == sketch->values[1], "torn");
                                          }},
                                         {}};
                     }),
                 "torn");
}

/// A pointer that is handed over with an exchange that does not acquire.
TEST_F(InterleavingsOracle, SeeThatAnExchangeWithoutAcquireIsARace)
{
    struct Handover
    {
        Tracked item{0};
        Atomic<Tracked*> pointer{nullptr};
    };
    const auto withOrder = [](std::memory_order order)
    {
        return exploreEvery(
            [order]
            {
                const auto handover = std::make_shared<Handover>();
                return Scenario{{[handover]
                                 {
                                     handover->item = Tracked(1);
                                     handover->pointer.store(&handover->item, std::memory_order_release);
                                 },
                                 [handover, order]
                                 {
                                     if (auto* item = handover->pointer.exchange(nullptr, order))
                                         require(item->get() == 1, "old value");
                                 }},
                                {}};
            });
    };
    expectCaught(withOrder(std::memory_order_release), noOrder);
    expectCaught(withOrder(std::memory_order_relaxed), noOrder);
    expectHolds(withOrder(std::memory_order_acq_rel));
}

/// A stack whose nodes come back: the compare-and-swap cannot tell an old head from a new one.
TEST_F(InterleavingsOracle, SeeTheAbaFaultOfABarePointer)
{
    struct Node
    {
        int next = -1;
    };
    struct Stack
    {
        std::array<Node, 3> nodes;
        std::array<int, 3> owners{};
        Atomic<int> head{-1};
        void push(int node)
        {
            --owners[static_cast<std::size_t>(node)];
            int top = head.load(std::memory_order_acquire);
            do
                nodes[static_cast<std::size_t>(node)].next = top;
            while (!head.compare_exchange_strong(top, node, std::memory_order_acq_rel,
                                                 std::memory_order_acquire));
        }
        int pop()
        {
            int top = head.load(std::memory_order_acquire);
            while (top >= 0)
            {
                const int next = nodes[static_cast<std::size_t>(top)].next;
                if (head.compare_exchange_strong(top, next, std::memory_order_acq_rel,
                                                 std::memory_order_acquire))
                {
                    require(++owners[static_cast<std::size_t>(top)] == 1, "two owners");
                    return top;
                }
            }
            return -1;
        }
    };
    expectCaught(exploreEvery(
                     []
                     {
                         const auto stack = std::make_shared<Stack>();
                         stack->owners = {1, 1, 1};
                         for (const int node : {2, 1, 0})
                             stack->push(node);
                         return Scenario{{[stack] { stack->pop(); },
                                          [stack]
                                          {
                                              const int first = stack->pop();
                                              stack->pop();
                                              if (first >= 0)
                                                  stack->push(first);
                                              stack->pop();
                                          }},
                                         {}};
                     }),
                 "two owners");
}
} // namespace
} // namespace tonewright
