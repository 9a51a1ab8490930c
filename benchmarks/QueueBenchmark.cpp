// Hand-overs between threads beside the libraries known for them, in one run. `items_per_second` is the
// figure to compare.
#include "realtime/LatestValue.h"
#include "realtime/RealtimeQueue.h"
#include "realtime/ThreadSafeQueue.h"
#include "tone/ParameterSet.h"

#include <benchmark/benchmark.h>
#include <boost/lockfree/queue.hpp>
#include <boost/lockfree/spsc_queue.hpp>
#include <concurrentqueue/concurrentqueue.h>
#include <readerwriterqueue/readerwriterqueue.h>

#include <array>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace
{
using namespace tonewright;

/// The size of a small message.
struct Item
{
    std::array<std::uint64_t, 4> words{};
};

constexpr std::size_t capacity = 1024;

// ---- one interface over all of them ----

struct OursSpsc
{
    RealtimeQueue<Item, capacity> queue;
    bool push(const Item& item) { return queue.tryPush(item); }
    bool pop(Item& item) { return queue.tryPop(item); }
};

struct MoodycamelSpsc
{
    moodycamel::ReaderWriterQueue<Item> queue{capacity};
    bool push(const Item& item) { return queue.try_enqueue(item); }
    bool pop(Item& item) { return queue.try_dequeue(item); }
};

struct BoostSpsc
{
    boost::lockfree::spsc_queue<Item, boost::lockfree::capacity<capacity>> queue;
    bool push(const Item& item) { return queue.push(item); }
    bool pop(Item& item) { return queue.pop(item); }
};

struct OursMpsc
{
    ThreadSafeQueue<Item> queue{capacity};
    bool push(const Item& item)
    {
        queue.push(item);
        return true;
    }
    bool pop(Item& item) { return queue.tryPop(item); }
};

struct MoodycamelMpsc
{
    moodycamel::ConcurrentQueue<Item> queue{capacity};
    bool push(const Item& item) { return queue.enqueue(item); }
    bool pop(Item& item) { return queue.try_dequeue(item); }
};

struct BoostMpsc
{
    boost::lockfree::queue<Item> queue{capacity};
    bool push(const Item& item) { return queue.push(item); }
    bool pop(Item& item) { return queue.pop(item); }
};

struct MutexMpsc
{
    std::mutex mutex;
    std::deque<Item> queue;
    bool push(const Item& item)
    {
        const std::lock_guard lock(mutex);
        queue.push_back(item);
        return true;
    }
    bool pop(Item& item)
    {
        const std::lock_guard lock(mutex);
        if (queue.empty())
            return false;
        item = queue.front();
        queue.pop_front();
        return true;
    }
};

/// `producers` threads push, this thread pops, until all items of the round have passed. A round is long,
/// since two threads that meet at an empty queue go another way each time.
template <typename Queue>
void BM_transfer(benchmark::State& state)
{
    const auto producers = static_cast<std::size_t>(state.range(0));
    constexpr std::size_t itemsEach = 400'000;
    for (auto _ : state)
    {
        state.PauseTiming();
        auto queue = std::make_unique<Queue>();
        std::atomic<bool> go{false};
        std::vector<std::thread> threads;
        for (std::size_t producer = 0; producer < producers; ++producer)
            threads.emplace_back(
                [&]
                {
                    while (!go.load(std::memory_order_acquire))
                        std::this_thread::yield();
                    for (std::size_t n = 0; n < itemsEach;)
                        if (queue->push(Item{{n}}))
                            ++n;
                        else
                            std::this_thread::yield();
                });
        state.ResumeTiming();
        go.store(true, std::memory_order_release);
        for (std::size_t received = 0; received < producers * itemsEach;)
        {
            Item item;
            if (queue->pop(item))
                ++received;
            else
                std::this_thread::yield();
            benchmark::DoNotOptimize(item);
        }
        state.PauseTiming();
        for (auto& thread : threads)
            thread.join();
        state.ResumeTiming();
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(producers * itemsEach));
}
BENCHMARK_TEMPLATE(BM_transfer, OursSpsc)->Arg(1)->UseRealTime();
BENCHMARK_TEMPLATE(BM_transfer, MoodycamelSpsc)->Arg(1)->UseRealTime();
BENCHMARK_TEMPLATE(BM_transfer, BoostSpsc)->Arg(1)->UseRealTime();
BENCHMARK_TEMPLATE(BM_transfer, OursMpsc)->Arg(1)->Arg(2)->Arg(4)->UseRealTime();
BENCHMARK_TEMPLATE(BM_transfer, MoodycamelMpsc)->Arg(1)->Arg(2)->Arg(4)->UseRealTime();
BENCHMARK_TEMPLATE(BM_transfer, BoostMpsc)->Arg(1)->Arg(2)->Arg(4)->UseRealTime();
BENCHMARK_TEMPLATE(BM_transfer, MutexMpsc)->Arg(1)->Arg(2)->Arg(4)->UseRealTime();

/// One thread pushes and pops in turn: the cost without contention.
template <typename Queue>
void BM_pushAndPop(benchmark::State& state)
{
    const auto queue = std::make_unique<Queue>();
    Item item;
    for (auto _ : state)
    {
        queue->push(item);
        benchmark::DoNotOptimize(queue->pop(item));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK_TEMPLATE(BM_pushAndPop, OursSpsc);
BENCHMARK_TEMPLATE(BM_pushAndPop, MoodycamelSpsc);
BENCHMARK_TEMPLATE(BM_pushAndPop, BoostSpsc);
BENCHMARK_TEMPLATE(BM_pushAndPop, OursMpsc);
BENCHMARK_TEMPLATE(BM_pushAndPop, MoodycamelMpsc);
BENCHMARK_TEMPLATE(BM_pushAndPop, BoostMpsc);
BENCHMARK_TEMPLATE(BM_pushAndPop, MutexMpsc);

/// What the audio thread pays each block when no preset arrives.
void BM_handoffIdlePoll(benchmark::State& state)
{
    LatestValue<ParameterSet> handoff;
    for (auto _ : state)
        benchmark::DoNotOptimize(handoff.poll());
}
BENCHMARK(BM_handoffIdlePoll);

void BM_handoffPublishAndPoll(benchmark::State& state)
{
    LatestValue<ParameterSet> handoff;
    ParameterSet set;
    for (auto _ : state)
    {
        set.values[0] += 1;
        handoff.publish(set);
        benchmark::DoNotOptimize(handoff.poll());
        benchmark::DoNotOptimize(handoff.get());
    }
}
BENCHMARK(BM_handoffPublishAndPoll);

} // namespace
