// Cost of the hand-overs between threads.
#include "realtime/LatestValue.h"
#include "realtime/RealtimeQueue.h"
#include "realtime/ThreadSafeQueue.h"
#include "tone/ParameterSet.h"

#include <benchmark/benchmark.h>

namespace
{
using namespace tonewright;

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

void BM_realtimeQueuePushAndPop(benchmark::State& state)
{
    RealtimeQueue<int, 1024> queue;
    int item = 0;
    for (auto _ : state)
    {
        queue.tryPush(item);
        benchmark::DoNotOptimize(queue.tryPop(item));
    }
}
BENCHMARK(BM_realtimeQueuePushAndPop);

void BM_threadSafeQueuePushAndPop(benchmark::State& state)
{
    ThreadSafeQueue<int> queue;
    int item = 0;
    for (auto _ : state)
    {
        queue.push(item);
        benchmark::DoNotOptimize(queue.tryPop(item));
    }
}
BENCHMARK(BM_threadSafeQueuePushAndPop);

} // namespace
