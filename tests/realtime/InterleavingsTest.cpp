// T9: the small algorithms under every interleaving of their atomic operations.
#include "InterleavingsFixture.h"
#include "realtime/AssetHandoff.h"
#include "realtime/Epoch.h"
#include "realtime/LatestValue.h"
#include "realtime/RealtimeQueue.h"
#include "realtime/ThreadSafeQueue.h"

#include <array>
#include <cstdlib>
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

class Interleavings : public test::InterleavingsFixture
{
};

TEST_F(Interleavings, LatestValueNeverTearsNorGoesBackNorLosesTheLast)
{
    using Pair = std::array<int, 2>;
    expectHolds(exploreEvery(
        []
        {
            const auto value = std::make_shared<LatestValue<Pair, Atomic>>();
            const auto seen = std::make_shared<int>(0);
            const auto look = [value, seen]
            {
                if (!value->poll())
                    return;
                const int first = value->get()[0];
                interleaving::step();
                require(first == value->get()[1], "torn");
                require(first > *seen, "went back");
                *seen = first;
            };
            return Scenario{{[value]
                             {
                                 for (int n = 1; n <= 4; ++n)
                                     value->publish({n, n});
                             },
                             [look]
                             {
                                 for (int n = 0; n < 4; ++n)
                                     look();
                             }},
                            [look, seen]
                            {
                                look();
                                require(*seen == 4, "lost the last");
                            }};
        }));
}

TEST_F(Interleavings, RealtimeQueueDeliversEveryItemOnceInOrderAndSaysWhenItIsFull)
{
    expectHolds(exploreEvery(
        []
        {
            struct State
            {
                RealtimeQueue<Tracked, 2, Atomic> queue;
                std::vector<int> pushed;
                std::vector<int> popped;
                std::uint64_t refused = 0;
                void pop()
                {
                    Tracked item;
                    if (queue.tryPop(item))
                        popped.push_back(item.get());
                }
            };
            const auto state = std::make_shared<State>();
            return Scenario{{[state]
                             {
                                 for (int n = 1; n <= 4; ++n)
                                     if (state->queue.tryPush(Tracked(n)))
                                         state->pushed.push_back(n);
                                     else
                                         ++state->refused;
                             },
                             [state]
                             {
                                 for (int n = 0; n < 4; ++n)
                                     state->pop();
                             }},
                            [state]
                            {
                                for (int n = 0; n < 2; ++n)
                                    state->pop();
                                require(state->popped == state->pushed, "lost, doubled or out of order");
                                require(state->refused == state->queue.droppedCount(), "losses miscounted");
                            }};
        }));
}

/// Blocks of one slot, so that each item is appended, drained and used again.
template <std::size_t slotsPerBlock>
Outcome exploreQueue(std::vector<int> itemsOfProducers, int pops, int itemsBefore = 0)
{
    using Queue = ThreadSafeQueue<Tracked, Atomic, slotsPerBlock>;
    return exploreEvery(
        [=]
        {
            struct State
            {
                Queue queue{1};
                std::vector<int> popped;
                bool pop()
                {
                    Tracked item;
                    const bool isItem = queue.tryPop(item);
                    if (isItem)
                        popped.push_back(item.get());
                    return isItem;
                }
            };
            const auto state = std::make_shared<State>();
            constexpr int setUp = 300; // as a producer's number, times 100
            for (int n = 0; n < itemsBefore; ++n)
                state->queue.push(Tracked(setUp + n));
            Scenario scenario;
            int total = itemsBefore;
            for (std::size_t producer = 0; producer < itemsOfProducers.size(); ++producer)
            {
                const int items = itemsOfProducers[producer];
                total += items;
                scenario.threads.push_back(
                    [state, producer, items]
                    {
                        for (int n = 0; n < items; ++n)
                            state->queue.push(Tracked(static_cast<int>(producer) * 100 + n));
                    });
            }
            scenario.threads.push_back(
                [state, pops]
                {
                    for (int n = 0; n < pops; ++n)
                        state->pop();
                });
            scenario.afterwards = [state, total]
            {
                while (state->pop())
                    ;
                require(static_cast<int>(state->popped.size()) == total, "lost or doubled");
                std::array<int, 4> next{};
                for (const int item : state->popped)
                    require(item % 100 == next[static_cast<std::size_t>(item / 100)]++, "out of order");
                require(state->queue.approximateSize() == 0, "miscounted");
            };
            return scenario;
        });
}

TEST_F(Interleavings, ThreadSafeQueueDeliversEveryItemOnceInOrderFromOneProducer)
{
    expectHolds(exploreQueue<1>({4}, 4));
    expectHolds(exploreQueue<2>({5}, 4));
}

TEST_F(Interleavings, ThreadSafeQueueDeliversEveryItemOnceInOrderFromTwoProducers)
{
    expectHolds(exploreQueue<1>({2, 1}, 3));
    expectHolds(exploreQueue<2>({3, 1}, 3));
    expectHolds(exploreQueue<1>({1, 1}, 3, 2)); // a block is drained and used again under both
    if (std::getenv("TONEWRIGHT_THOROUGH") != nullptr)
        expectHolds(exploreQueue<1>({2, 2}, 3)); // 3.6 million schedules, minutes
}

TEST_F(Interleavings, ThreadSafeQueueDeliversEveryItemOnceInOrderFromThreeProducers)
{
    expectHolds(exploreQueue<1>({1, 1, 1}, 2));
    expectHolds(exploreQueue<2>({1, 1, 1}, 2));
}

TEST_F(Interleavings, AssetHandoffFreesEveryAssetOnceAndNoneThatIsInUse)
{
    struct Counted
    {
        Counted(int assetNumber, int& counter)
            : number(assetNumber), living(&counter), item(std::make_unique<Tracked>(1))
        {
            ++*living;
        }
        Counted(Counted&& other) noexcept
            : number(other.number), living(std::exchange(other.living, nullptr)), item(std::move(other.item))
        {
        }
        ~Counted()
        {
            if (item != nullptr)
                *item = Tracked(0); // freeing is a write: nobody may still read
            if (living != nullptr)
                --*living;
        }
        int number;
        int* living;
        std::unique_ptr<Tracked> item;
    };
    struct State
    {
        int living = 0;
        std::unique_ptr<AssetHandoff<Counted, Atomic>> handoff =
            std::make_unique<AssetHandoff<Counted, Atomic>>();
        AssetHandoff<Counted, Atomic>::Asset* current = nullptr;

        void swapIn()
        {
            auto* const next = handoff->take();
            if (next == nullptr)
                return;
            require(next->value.item->get() == 1, "used after it was freed");
            handoff->giveBack(std::exchange(current, next));
            require(current->value.item->get() == 1, "used after it was freed");
        }
    };
    expectHolds(exploreEvery(
        []
        {
            constexpr int assets = 3;
            const auto state = std::make_shared<State>();
            return Scenario{{[state]
                             {
                                 for (int n = 1; n <= assets; ++n)
                                     state->handoff->publish(Counted(n, state->living));
                                 state->handoff->collect();
                             },
                             [state]
                             {
                                 for (int n = 0; n < assets; ++n)
                                     state->swapIn();
                             }},
                            [state]
                            {
                                const bool tookTheLast =
                                    state->current != nullptr && state->current->value.number == assets;
                                const int inUse = (state->current != nullptr ? 1 : 0) + (tookTheLast ? 0 : 1);
                                require(state->handoff->collect() == static_cast<std::size_t>(inUse),
                                        "not freed although given back");
                                require(state->living == inUse, "freed twice or not at all");
                                state->handoff.reset();
                                require(state->living == 0, "leaked");
                            }};
        }));
}

TEST_F(Interleavings, EpochShowsEachReaderAllOldOrAllNewOrNothing)
{
    expectHolds(exploreEvery(
        []
        {
            struct State
            {
                Epoch<Atomic> epoch;
                std::array<Atomic<int>, 2> values;
                std::array<int, 2> missed{};
                void read(std::size_t reader)
                {
                    std::array<int, 2> seen{};
                    if (epoch.tryRead(
                            [&]
                            {
                                for (std::size_t index = 0; index < 2; ++index)
                                    seen[index] = values[index].load(std::memory_order_acquire);
                            }))
                        require(seen[0] == seen[1], "torn");
                    else
                        ++missed[reader];
                }
            };
            const auto state = std::make_shared<State>();
            const auto reader = [state](std::size_t index)
            {
                return [state, index]
                {
                    for (int n = 0; n < 2; ++n)
                        state->read(index);
                };
            };
            return Scenario{{[state]
                             {
                                 for (int n = 1; n <= 2; ++n)
                                     state->epoch.write(
                                         [&]() noexcept
                                         {
                                             for (auto& value : state->values)
                                                 value.store(n, std::memory_order_release);
                                         });
                             },
                             reader(0)},
                            [state]
                            {
                                const auto missed =
                                    static_cast<std::uint64_t>(state->missed[0] + state->missed[1]);
                                require(state->epoch.missedCount() == missed, "misses miscounted");
                                state->read(1);
                                require(state->missed[1] == 0, "a read that met nobody missed");
                            }};
        }));
}

} // namespace
} // namespace tonewright
