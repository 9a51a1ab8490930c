// R4: how long the plugin takes for a block at 48 kHz and 64 frames, where a new preset arrives every 50
// blocks (so that two chains run half of the time) and every parameter is automated: the times of all blocks,
// sorted. `wall` is what a host sees on this machine, interruptions by other programs included; `cpu` is the
// time the thread itself used. The budget of a block is 1333 us.
#include "BlockTimes.h"
#include "plugin/TonewrightProcessor.h"
#include "tone/PresetLibrary.h"

#include <benchmark/benchmark.h>
#include <juce_gui_basics/juce_gui_basics.h>

#include <chrono>
#include <cmath>
#include <vector>

namespace
{
using namespace tonewright;

constexpr double sampleRate = 48'000;
constexpr int frames = 64;
constexpr std::size_t blockCount = 60'000;
constexpr double budget = 1e6 * frames / sampleRate;

void blockTime(benchmark::State& state)
{
    const juce::ScopedJuceInitialiser_GUI juceLife;
    for (auto _ : state)
    {
        plugin::TonewrightProcessor processor;
        processor.prepareToPlay(sampleRate, frames);
        juce::AudioBuffer<float> audio(2, frames);
        juce::MidiBuffer midi;
        std::vector<double> wall(blockCount);
        std::vector<double> cpu(blockCount);
        for (std::size_t block = 0; block < blockCount; ++block)
        {
            if (block % 50 == 0)
                processor.session().applyPreset(factoryPresets()[block / 50 % factoryPresets().size()]);
            else
                for (std::size_t line = 0; line < parameterCount; ++line)
                    if (parameterTable[line].type == ParameterType::number)
                        processor.parameter(static_cast<ParameterIndex>(line))
                            .setValue(0.5f + 0.01f * std::sin(0.001f * static_cast<float>(block + line)));
            for (int frame = 0; frame < frames; ++frame)
                for (int channel = 0; channel < 2; ++channel)
                    audio.setSample(
                        channel, frame,
                        0.3f * std::sin(0.03f * static_cast<float>(block * frames +
                                                                   static_cast<std::size_t>(frame))));
            const auto begin = std::chrono::steady_clock::now();
            const double cpuBegin = bench::threadMicroseconds();
            processor.processBlock(audio, midi);
            cpu[block] = bench::threadMicroseconds() - cpuBegin;
            wall[block] =
                std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
        }
        bench::reportBlockTimes(state, "wall", std::move(wall), budget);
        bench::reportBlockTimes(state, "cpu", std::move(cpu), budget);
    }
}
BENCHMARK(blockTime)->Iterations(1)->Unit(benchmark::kSecond);
} // namespace
