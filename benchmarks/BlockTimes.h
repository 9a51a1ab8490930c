#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

namespace tonewright::bench
{

/// Processor time this thread has used, in us: what other programs take is not in it.
inline double threadMicroseconds()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

/// The time at `share` (0 to 1) of the sorted times.
inline double quantile(const std::vector<double>& sorted, double share)
{
    return sorted[std::min(sorted.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

/// Median, p99.99 and longest of the times of blocks in us, as counters; `budget` is what a block lasts.
inline void reportBlockTimes(benchmark::State& state, const std::string& name, std::vector<double> times,
                             double budget)
{
    std::sort(times.begin(), times.end());
    state.counters[name + "_median_us"] = quantile(times, 0.5);
    state.counters[name + "_p99.99_us"] = quantile(times, 0.9999);
    state.counters[name + "_p99.99_%budget"] = 100 * quantile(times, 0.9999) / budget;
    state.counters[name + "_max_%budget"] = 100 * times.back() / budget;
    state.counters[name + "_max/median"] = times.back() / quantile(times, 0.5);
}

} // namespace tonewright::bench
