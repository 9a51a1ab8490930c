// What listening costs: whole offline answers with their audition over a mixture of prompts, and each probe.
#include "MixedAnswers.h"
#include "dsp/measure/ToneProbe.h"
#include "generation/Audition.h"
#include "generation/offline/Expectation.h"

#include <benchmark/benchmark.h>

#include <array>
#include <utility>

namespace
{
using namespace tonewright;

void BM_offlineAnswerWithAudition(benchmark::State& state)
{
    OfflineGenerator generator;
    bench::MixedAnswers answers;
    double corrected = 0;
    for (auto _ : state)
        answers.next(
            [&](const GenerationRequest& request)
            {
                auto preset = *generator.generate(request, Cancellation(), {});
                const auto report = audition(preset, offline::expectationOf(request, preset));
                corrected += report.notes.empty() ? 0 : 1;
                return preset;
            });
    answers.report(state);
    state.counters["corrected"] = corrected / static_cast<double>(state.iterations());
}
BENCHMARK(BM_offlineAnswerWithAudition)->Unit(benchmark::kMillisecond)->Iterations(10'000);

void BM_prepareChain(benchmark::State& state)
{
    for (auto _ : state)
        benchmark::DoNotOptimize(dsp::OfflineChain());
}
BENCHMARK(BM_prepareChain)->Unit(benchmark::kMillisecond);

constexpr std::array<std::pair<const char*, dsp::Probes>, 9> probes{{{"distortion", {dsp::Probe::distortion}},
                                                                     {"wetness", {dsp::Probe::wetness}},
                                                                     {"decay", {dsp::Probe::decay}},
                                                                     {"echoes", {dsp::Probe::echoes}},
                                                                     {"motion", {dsp::Probe::motion}},
                                                                     {"sweep", {dsp::Probe::sweep}},
                                                                     {"gating", {dsp::Probe::gating}},
                                                                     {"width", {dsp::Probe::width}},
                                                                     {"all", dsp::Probes::all()}}};

/// Of a preset with a delay, a reverb and a chorus.
void BM_probe(benchmark::State& state)
{
    const auto& [name, wanted] = probes[static_cast<std::size_t>(state.range(0))];
    state.SetLabel(name);
    ParameterSet set;
    set["amp.model"_p] = static_cast<float>(AmpModel::britishCrunch);
    set["modulation.enabled"_p] = set["delay.enabled"_p] = set["reverb.enabled"_p] = 1;
    dsp::OfflineChain chain;
    for (auto _ : state)
        benchmark::DoNotOptimize(dsp::probeTone(chain, set, wanted));
}
BENCHMARK(BM_probe)->DenseRange(0, static_cast<int>(probes.size()) - 1)->Unit(benchmark::kMillisecond);
} // namespace
