// Cost of the chain and of each stage. The counter `realtime` is the figure to read: seconds of sound
// rendered in a second of one core's time; 100 / realtime is the share of a core in percent.
#include "dsp/ImpulsePlayer.h"
#include "dsp/PresetCrossfader.h"
#include "dsp/Riff.h"
#include "dsp/Stages.h"
#include "realtime/ScopedFlushDenormals.h"
#include "tone/PresetLibrary.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace
{
using namespace tonewright;

constexpr double sampleRate = 48000;

/// Everything on, with the costlier choices.
ParameterSet everyStageOn()
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (parameterTable[index].id.ends_with(".enabled"))
            set.values[index] = 1;
    set["drive.type"_p] = static_cast<float>(DriveType::fuzz);
    set["amp.model"_p] = static_cast<float>(AmpModel::modernHighGain);
    set["amp.gain"_p] = 7;
    set["cabinet.model"_p] = static_cast<float>(CabinetModel::modern4x12Closed);
    set["reverb.type"_p] = static_cast<float>(ReverbType::hall);
    set["reverb.decay"_p] = 4;
    return set;
}

void setRealtimeCounter(benchmark::State& state, int frames)
{
    state.counters["realtime"] = benchmark::Counter(
        static_cast<double>(state.iterations()) * frames / sampleRate, benchmark::Counter::kIsRate);
}

/// Renders blocks of a riff (or of silence) for ever.
class Player
{
public:
    Player(int blockFrames, const ParameterSet& parameters, bool isStereo, bool isSilent = false)
        : frames(static_cast<std::size_t>(blockFrames)),
          input(dsp::synthesiseRiff(dsp::RiffStyle::chords, 4, sampleRate)), left(frames), right(frames),
          stereo(isStereo)
    {
        if (isSilent)
            std::fill(input.begin(), input.end(), 0.0f);
        chain.prepare({sampleRate, blockFrames, dsp::Quality::live}, parameters);
        set = parameters;
    }

    void playBlock()
    {
        if (position + frames > input.size())
            position = 0;
        chain.setParameters(set, {120});
        chain.process(&input[position], stereo ? &input[position] : nullptr, left.data(), right.data(),
                      static_cast<int>(frames));
        position += frames;
        benchmark::DoNotOptimize(left.data());
    }

private:
    std::size_t frames;
    std::vector<float> input, left, right;
    bool stereo;
    dsp::PresetCrossfader chain;
    ParameterSet set;
    std::size_t position = 0;
};

void BM_wholeChain(benchmark::State& state)
{
    const auto frames = static_cast<int>(state.range(0));
    Player player(frames, everyStageOn(), state.range(1) == 2);
    for (auto _ : state)
        player.playBlock();
    setRealtimeCounter(state, frames);
}
BENCHMARK(BM_wholeChain)
    ->ArgNames({"frames", "inputs"})
    ->Args({64, 1})
    ->Args({64, 2})
    ->Args({32, 1})
    ->Args({256, 1})
    ->Args({1024, 1})
    ->Args({32, 2})
    ->Args({1024, 2});

void BM_wholeChainOnSilence(benchmark::State& state)
{
    Player player(64, everyStageOn(), false, true);
    for (int block = 0; block < 20'000; ++block) // let every tail fall through the denormals
        player.playBlock();
    for (auto _ : state)
        player.playBlock();
    setRealtimeCounter(state, 64);
}
BENCHMARK(BM_wholeChainOnSilence);

void BM_factoryPreset(benchmark::State& state, const Preset& preset)
{
    Player player(64, preset.parameters, false);
    for (auto _ : state)
        player.playBlock();
    setRealtimeCounter(state, 64);
}

using MakeStage = std::unique_ptr<dsp::Stage> (*)();

void BM_stage(benchmark::State& state, MakeStage make)
{
    const auto stage = make();
    constexpr int frames = 64;
    stage->prepare({sampleRate, frames, dsp::Quality::live});
    const auto riff = dsp::synthesiseRiff(dsp::RiffStyle::chords, 4, sampleRate);
    const auto set = everyStageOn();
    std::vector<float> left(frames);
    std::vector<float> right(frames);
    std::size_t position = 0;
    const ScopedFlushDenormals flush;
    for (auto _ : state)
    {
        if (position + frames > riff.size())
            position = 0;
        std::copy_n(&riff[position], frames, left.begin());
        std::copy_n(&riff[position], frames, right.begin());
        position += frames;
        dsp::AudioBlock block{{left.data(), right.data()}, static_cast<int>(state.range(0)), frames};
        stage->setParameters(set, {120});
        stage->process(block);
        benchmark::DoNotOptimize(left.data());
    }
    setRealtimeCounter(state, frames);
}
BENCHMARK_CAPTURE(BM_stage, gate, dsp::makeGate)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, pitch, dsp::makePitch)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, wah, dsp::makeWah)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, compressor, dsp::makeCompressor)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, boost, dsp::makeBoost)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, drive, dsp::makeDrive)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, amp, dsp::makeAmp)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, cabinet, dsp::makeCabinet)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, equaliser, dsp::makeEqualiser)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, modulation, dsp::makeModulation)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, tremolo, dsp::makeTremolo)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, delay, dsp::makeDelay)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, reverb, dsp::makeReverb)->ArgName("inputs")->Arg(1)->Arg(2);
BENCHMARK_CAPTURE(BM_stage, output, dsp::makeOutput)->ArgName("inputs")->Arg(1)->Arg(2);

/// A user's impulse response of `milliseconds` at `rate`, mono, blocks of 64; `median_us` and `worst_us`
/// (99.9 %) are of single blocks.
void BM_impulseResponse(benchmark::State& state)
{
    const auto rate = static_cast<int>(state.range(0));
    const auto milliseconds = static_cast<std::size_t>(state.range(1));
    constexpr int frames = 64;
    dsp::ImpulseResponse impulse{rate,
                                 {std::vector<float>(milliseconds * static_cast<std::size_t>(rate) / 1000)}};
    float level = 1;
    for (auto& sample : impulse.channels[0])
    {
        level = -0.99999f * level;
        sample = level;
    }
    dsp::ImpulsePlayer player(std::make_shared<const dsp::PreparedImpulse>(impulse, rate));
    std::vector<float> left(frames);
    std::vector<float> right(frames);
    std::vector<double> times;
    const ScopedFlushDenormals flush;
    int number = 0;
    for (auto _ : state)
    {
        for (auto& sample : left)
            sample = static_cast<float>(++number % 97) / 97.0f - 0.5f;
        dsp::AudioBlock block{{left.data(), right.data()}, 1, frames};
        const auto start = std::chrono::steady_clock::now();
        player.process(block);
        times.push_back(
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
        benchmark::DoNotOptimize(left.data());
    }
    state.counters["realtime"] = benchmark::Counter(static_cast<double>(state.iterations()) * frames / rate,
                                                    benchmark::Counter::kIsRate);
    std::sort(times.begin(), times.end());
    state.counters["median_us"] = times[times.size() / 2];
    state.counters["worst_us"] = times[times.size() - 1 - times.size() / 1000];
}
BENCHMARK(BM_impulseResponse)->ArgNames({"rate", "ms"})->ArgsProduct({{48'000, 192'000}, {43, 200, 1000}});
} // namespace

// Not at static initialisation: the presets' reader has statics of its own.
int main(int argc, char** argv)
{
    for (const auto& preset : factoryPresets())
        benchmark::RegisterBenchmark(("BM_factoryPreset/" + preset.name).c_str(),
                                     [&preset](benchmark::State& state) { BM_factoryPreset(state, preset); });
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
