#pragma once

#include "BlockTimes.h"
#include "generation/offline/MixedPrompts.h"
#include "generation/offline/OfflineGenerator.h"
#include "tone/PresetLibrary.h"

#include <algorithm>
#include <vector>

namespace tonewright::bench
{

/// Answers to mixed prompts, one a round; edits are edits of factory presets, all in turn. Keeps the
/// processor's time of each and a digest of all answers, which is the same on every machine.
class MixedAnswers
{
public:
    /// `answer` makes a preset of a request.
    template <typename Answer>
    void next(Answer&& answer)
    {
        constexpr std::uint32_t fnvPrime = 16777619u;
        const auto prompt = prompts.next();
        GenerationRequest request;
        request.prompt = prompt.text;
        if (prompt.hasCurrent)
            request.current = factoryPresets()[times.size() % factoryPresets().size()];
        const double start = threadMicroseconds();
        const Preset preset = answer(request);
        times.push_back(threadMicroseconds() - start);
        for (const char c : toJson(preset).dump())
            digest = (digest ^ static_cast<unsigned char>(c)) * fnvPrime;
    }

    void report(benchmark::State& state)
    {
        std::sort(times.begin(), times.end());
        state.counters["median_ms"] = quantile(times, 0.5) / 1000;
        state.counters["p95_ms"] = quantile(times, 0.95) / 1000;
        state.counters["p99_ms"] = quantile(times, 0.99) / 1000;
        state.counters["worst_ms"] = times.back() / 1000;
        state.counters["digest"] = digest;
    }

private:
    test::MixedPrompts prompts{1};
    std::vector<double> times;
    std::uint32_t digest = 2166136261u;
};

} // namespace tonewright::bench
