// How long words take: tonewright's embedded generator alone, without the audition.
#include "generation/offline/KnowledgeFiles.h"
#include "generation/offline/OfflineGenerator.h"
#include "generation/offline/Parser.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace tonewright
{
namespace
{
using Clock = std::chrono::steady_clock;

double microsecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

/// Lexicon and knowledge from their files: time, and what the heap grows by.
void BM_loadKnowledge(benchmark::State& state)
{
    const auto before = mallinfo2().uordblks;
    const offline::Knowledge kept(knowledgeFiles());
    state.counters["MB"] = static_cast<double>(mallinfo2().uordblks - before) / 1e6;
    state.counters["entries"] = static_cast<double>(kept.entries().size());
    for (auto _ : state)
        benchmark::DoNotOptimize(offline::Knowledge(knowledgeFiles()));
}
BENCHMARK(BM_loadKnowledge)->Unit(benchmark::kMillisecond);

std::string mixedPrompt(std::size_t number)
{
    constexpr std::array qualities{"warm", "glassy", "brutal", "dreamy", "helles", "oscuro", "暗い", "boxy"};
    constexpr std::array subjects{"jazz clean",  "Metallice rhythm", "lead like Gilmour", "crunch at gain 6",
                                  "surf guitar", "something odd",    "doom riff"};
    constexpr std::array details{"with a touch of plate",
                                 "without delay or chorus",
                                 "but not too bright",
                                 "dotted eighth at 120 bpm",
                                 "mit etwas Hall",
                                 "and lots of slow tremolo",
                                 "as if heard from the street",
                                 "sin reverb",
                                 ""};
    return std::string(qualities[number % qualities.size()]) + " " + subjects[number / 8 % subjects.size()] +
           " " + details[number / 56 % details.size()];
}

/// 95th percentile over prompts of all kinds; every other one changes a preset.
void BM_wordsToPreset(benchmark::State& state)
{
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = "crunch with chorus, plate and delay";
    const auto current = *generator.generate(request, Cancellation(), {});
    std::vector<double> times;
    for (auto _ : state)
    {
        request.prompt = mixedPrompt(times.size());
        request.current = times.size() % 2 == 0 ? std::nullopt : std::optional(current);
        const auto start = Clock::now();
        benchmark::DoNotOptimize(generator.generate(request, Cancellation(), {}));
        times.push_back(microsecondsSince(start));
    }
    std::sort(times.begin(), times.end());
    state.counters["p95_us"] = times[times.size() * 95 / 100];
    state.counters["max_us"] = times.back();
}
BENCHMARK(BM_wordsToPreset)->Iterations(10'000)->Unit(benchmark::kMicrosecond);

/// 10,000 characters: of sense, of misspellings, of nothing.
void BM_longPrompt(benchmark::State& state)
{
    constexpr std::array units{"warm clean with a little plate and no delay, ",
                               "wram claen wiht a litle plaet ", "qzxv jkwq vvxz ", "リバーブを少し、"};
    std::string prompt;
    while (prompt.size() < 10'000)
        prompt += units[static_cast<std::size_t>(state.range(0))];
    OfflineGenerator generator;
    GenerationRequest request;
    request.prompt = prompt;
    for (auto _ : state)
        benchmark::DoNotOptimize(generator.generate(request, Cancellation(), {}));
}
BENCHMARK(BM_longPrompt)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);
} // namespace
} // namespace tonewright
