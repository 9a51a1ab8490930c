// What listening costs: the audition alone by what a prompt promises, and whole offline answers with their
// audition over a mixture of prompts (median, p95 and worst as counters, in milliseconds).
#include "dsp/measure/ToneProbe.h"
#include "generation/Audition.h"
#include "generation/offline/Expectation.h"
#include "generation/offline/OfflineGenerator.h"
#include "tone/PresetLibrary.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace
{
using namespace tonewright;

const std::array prompts{"clean",
                         "bright clean with a plate",
                         "warm jazz clean",
                         "crunch",
                         "fat dark crunch",
                         "scooped modern metal",
                         "ambient pad with long delay and cathedral",
                         "fuzz lead",
                         "funk with phaser and compressor",
                         "surf with spring and tremolo",
                         "edge of breakup blues",
                         "djent",
                         "80s clean chorus",
                         "smooth singing lead with delay",
                         "telephone",
                         "something nice"};
const std::array edits{"brighter",  "a bit less gain",   "more reverb",
                       "too boomy", "without the delay", "darker and fatter"};

GenerationRequest requestFor(std::size_t turn, const Preset& current)
{
    GenerationRequest request;
    // Every third prompt changes the tone at hand.
    if (turn % 3 == 2)
    {
        request.prompt = edits[turn / 3 % edits.size()];
        request.current = current;
    }
    else
        request.prompt = prompts[turn % prompts.size()];
    return request;
}

void BM_offlineAnswerWithAudition(benchmark::State& state)
{
    OfflineGenerator generator;
    std::vector<double> times;
    Preset current = factoryPresets().front();
    std::size_t turn = 0;
    double corrected = 0;
    for (auto _ : state)
    {
        const auto start = std::chrono::steady_clock::now();
        const auto request = requestFor(turn++, current);
        auto preset = *generator.generate(request, Cancellation(), {});
        const auto report = audition(preset, offline::expectationOf(request, preset));
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        corrected += report.notes.empty() ? 0 : 1;
        current = preset;
    }
    std::sort(times.begin(), times.end());
    state.counters["median_ms"] = times[times.size() / 2];
    state.counters["p95_ms"] = times[times.size() * 95 / 100];
    state.counters["worst_ms"] = times.back();
    state.counters["corrected"] = corrected / static_cast<double>(times.size());
}
BENCHMARK(BM_offlineAnswerWithAudition)->Unit(benchmark::kMillisecond)->Iterations(192);

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
