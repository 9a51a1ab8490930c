// What listening is good for: how often answers to mixed prompts break what their words promise on two
// seconds of each style of playing, and how hard the output limiter has to hold them there.
#include "BlockTimes.h"
#include "dsp/OfflineChain.h"
#include "dsp/Riff.h"
#include "dsp/measure/Loudness.h"
#include "dsp/measure/ToneColour.h"
#include "generation/Audition.h"
#include "generation/offline/Expectation.h"
#include "generation/offline/MixedPrompts.h"
#include "generation/offline/OfflineGenerator.h"
#include "tone/PresetLibrary.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace
{
using namespace tonewright;

constexpr double sampleRate = 48000;
constexpr double riffSeconds = 2;
constexpr std::size_t promptCount = 200;
constexpr std::uint32_t seed = 2; // not that of the timing

struct Answer
{
    ToneExpectation expectation;
    Preset unheard;
    Preset heard;
};

std::vector<Answer> askAll()
{
    test::MixedPrompts prompts{seed};
    OfflineGenerator generator;
    std::vector<Answer> answers;
    for (std::size_t turn = 0; turn < promptCount; ++turn)
    {
        const auto prompt = prompts.next();
        GenerationRequest request;
        request.prompt = prompt.text;
        if (prompt.hasCurrent)
            request.current = factoryPresets()[turn % factoryPresets().size()];
        auto preset = *generator.generate(request, Cancellation(), {});
        auto& answer = answers.emplace_back(Answer{offline::expectationOf(request, preset), preset, preset});
        audition(answer.heard, answer.expectation);
    }
    return answers;
}

const std::vector<Answer>& answers()
{
    static const auto all = askAll();
    return all;
}

Qualities qualitiesOf(const dsp::StereoSound& sound)
{
    Qualities qualities{};
    const auto set = [&](Quality quality, double value)
    { qualities[static_cast<std::size_t>(quality)] = value; };
    const auto colour = dsp::colourOf(sound, sampleRate);
    set(Quality::brightness, colour.brightness);
    set(Quality::lows, colour.lows);
    set(Quality::lowMids, colour.lowMids);
    set(Quality::mids, colour.scoop);
    set(Quality::presence, colour.presence);
    set(Quality::top, colour.top);
    set(Quality::level, dsp::integratedLoudnessOf(sound, sampleRate));
    return qualities;
}

/// Promises that a riff can keep or break: against a reference, and not of the sine's distortion.
struct Tally
{
    double promises = 0;
    double missed = 0;     ///< by more than a tenth of a step
    double wrongWay = 0;   ///< by more than a tenth of a step
    double stepsShort = 0; ///< together

    void count(const ToneExpectation& expectation, const Qualities& heard, const Qualities& reference)
    {
        constexpr double tolerated = 0.1;
        for (const auto& promise : expectation.promises)
        {
            if (!promise.isRelative || promise.quality == Quality::distortion)
                continue;
            const auto index = static_cast<std::size_t>(promise.quality);
            const double step = infoOf(promise.quality).step;
            const double shortfall = std::abs(promise.shortfall(heard, reference)) / step;
            const double way = (heard[index] - reference[index]) / step;
            ++promises;
            missed += shortfall > tolerated ? 1 : 0;
            stepsShort += shortfall;
            wrongWay +=
                (promise.least > 0 && way < -tolerated) || (promise.most < 0 && way > tolerated) ? 1 : 0;
        }
    }
};

/// The highest sample a preset would put out without its limiter, dBFS.
double unlimitedPeak(dsp::OfflineChain& chain, const Preset& preset, std::span<const float> riff)
{
    auto parameters = preset.parameters;
    const float before = parameters["output.level"_p];
    parameters["output.level"_p] = infoOf("output.level"_p).minimum;
    float peak = 1e-6f;
    for (const auto& channel : chain.render(parameters, riff))
        for (const float sample : channel)
            peak = std::max(peak, std::abs(sample));
    return 20 * std::log10(static_cast<double>(peak)) +
           static_cast<double>(before - parameters["output.level"_p]);
}

void BM_promisesOn(benchmark::State& state)
{
    const auto style = static_cast<dsp::RiffStyle>(state.range(0));
    state.SetLabel(std::string(dsp::riffStyles[static_cast<std::size_t>(style)]));
    const auto riff = dsp::synthesiseRiff(style, riffSeconds, sampleRate);
    Tally tally;
    Tally withoutAudition;
    std::vector<double> peaks;
    std::vector<double> loudnesses;
    for (auto _ : state)
    {
        dsp::OfflineChain chain(sampleRate);
        for (const auto& [expectation, unheard, heard] : answers())
        {
            const auto reference = qualitiesOf(chain.render(expectation.reference, riff));
            const auto after = qualitiesOf(chain.render(heard.parameters, riff));
            tally.count(expectation, after, reference);
            withoutAudition.count(expectation, qualitiesOf(chain.render(unheard.parameters, riff)),
                                  reference);
            if (expectation.isEdit)
                continue;
            peaks.push_back(unlimitedPeak(chain, heard, riff));
            loudnesses.push_back(after[static_cast<std::size_t>(Quality::level)]);
        }
    }
    std::sort(peaks.begin(), peaks.end());
    std::sort(loudnesses.begin(), loudnesses.end());
    const auto share = [&](double part) { return 100 * part / tally.promises; };
    state.counters["promises"] = tally.promises;
    state.counters["missed_%"] = share(tally.missed);
    state.counters["wrong_way_%"] = share(tally.wrongWay);
    state.counters["steps_short"] = tally.stepsShort;
    state.counters["missed_unheard_%"] = share(withoutAudition.missed);
    state.counters["wrong_way_unheard_%"] = share(withoutAudition.wrongWay);
    state.counters["peak_median_dB"] = bench::quantile(peaks, 0.5);
    state.counters["peak_p95_dB"] = bench::quantile(peaks, 0.95);
    state.counters["peak_p99_dB"] = bench::quantile(peaks, 0.99);
    state.counters["peak_highest_dB"] = peaks.back();
    state.counters["loudness_p5"] = bench::quantile(loudnesses, 0.05);
    state.counters["loudness_median"] = bench::quantile(loudnesses, 0.5);
    state.counters["loudness_p95"] = bench::quantile(loudnesses, 0.95);
}
BENCHMARK(BM_promisesOn)
    ->DenseRange(0, static_cast<int>(dsp::riffStyles.size()) - 1)
    ->Iterations(1)
    ->Unit(benchmark::kSecond);
} // namespace
