// How long words take: tonewright's embedded generator alone, without the audition.
#include "MixedAnswers.h"
#include "generation/offline/OfflineGenerator.h"
#include "generation/offline/Parser.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <array>
#include <string>

namespace tonewright
{
namespace
{
/// Prompts of all kinds.
void BM_wordsToPreset(benchmark::State& state)
{
    OfflineGenerator generator;
    bench::MixedAnswers answers;
    for (auto _ : state)
        answers.next([&](const GenerationRequest& request)
                     { return *generator.generate(request, Cancellation(), {}); });
    answers.report(state);
}
// The first answer of the program: nothing is loaded, but what is compiled in is looked at for the first
// time.
BENCHMARK(BM_wordsToPreset)->Iterations(1)->Unit(benchmark::kMicrosecond);
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
