// R4: how long the plugin takes for a block at 48 kHz and 64 frames, where a new preset arrives every 50
// blocks (so that two chains run half of the time) and every parameter is automated. The budget of a block is
// 1333 us. `wall` is what a host sees on this machine, interruptions by other programs included; `cpu` is the
// time the thread itself used, interrupts and a hypervisor's pauses included. The same blocks are rendered
// seven times, each time by a new plugin: `shortest` takes each block's shortest time (of the thread), which
// what the plugin does to every such block cannot escape. Page faults and switches of the thread are counted
// in the blocks alone.
#include "BlockTimes.h"
#include "plugin/TonewrightProcessor.h"
#include "tone/PresetLibrary.h"

#include <benchmark/benchmark.h>
#include <juce_gui_basics/juce_gui_basics.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

namespace
{
using namespace tonewright;

constexpr double sampleRate = 48'000;
constexpr int frames = 64;
constexpr std::size_t blockCount = 12'800; // four times through 64 presets
constexpr std::size_t passCount = 7;
constexpr double budget = 1e6 * frames / sampleRate;

/// What one pass over the blocks found.
struct Pass
{
    std::vector<double> wall = std::vector<double>(blockCount);
    std::vector<double> cpu = std::vector<double>(blockCount);
    long pageFaults = 0;
    long switches = 0;        ///< the kernel gave the core to somebody else
    long overTarget = 0;      ///< blocks beyond 35 % of the budget in the thread's own time
    long overTargetAlone = 0; ///< those of them without a page fault or a switch
};

rusage usageOfThread()
{
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return usage;
}

Pass renderAll()
{
    Pass pass;
    plugin::TonewrightProcessor processor;
    processor.prepareToPlay(sampleRate, frames);
    juce::AudioBuffer<float> audio(2, frames);
    juce::MidiBuffer midi;
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
                audio.setSample(channel, frame,
                                0.3f * std::sin(0.03f * static_cast<float>(block * frames +
                                                                           static_cast<std::size_t>(frame))));
        const auto before = usageOfThread();
        const auto begin = std::chrono::steady_clock::now();
        const double cpuBegin = bench::threadMicroseconds();
        processor.processBlock(audio, midi);
        pass.cpu[block] = bench::threadMicroseconds() - cpuBegin;
        pass.wall[block] =
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count();
        const auto after = usageOfThread();
        const auto faults = after.ru_minflt - before.ru_minflt + after.ru_majflt - before.ru_majflt;
        const auto switches = after.ru_nivcsw - before.ru_nivcsw;
        pass.pageFaults += faults;
        pass.switches += switches;
        if (pass.cpu[block] > 0.35 * budget)
        {
            ++pass.overTarget;
            pass.overTargetAlone += faults == 0 && switches == 0 ? 1 : 0;
        }
    }
    return pass;
}

void blockTime(benchmark::State& state)
{
    const juce::ScopedJuceInitialiser_GUI juceLife;
    for (auto _ : state)
    {
        Pass all;
        std::vector<double> shortest;
        for (std::size_t number = 0; number < passCount; ++number)
        {
            const auto pass = renderAll();
            if (number == 0)
            {
                all = pass;
                shortest = pass.cpu;
                continue;
            }
            all.wall.insert(all.wall.end(), pass.wall.begin(), pass.wall.end());
            all.cpu.insert(all.cpu.end(), pass.cpu.begin(), pass.cpu.end());
            all.pageFaults += pass.pageFaults;
            all.switches += pass.switches;
            all.overTarget += pass.overTarget;
            all.overTargetAlone += pass.overTargetAlone;
            for (std::size_t block = 0; block < blockCount; ++block)
                shortest[block] = std::min(shortest[block], pass.cpu[block]);
        }
        state.counters["pageFaults"] = static_cast<double>(all.pageFaults);
        state.counters["switches"] = static_cast<double>(all.switches);
        state.counters["overTarget"] = static_cast<double>(all.overTarget);
        state.counters["overTargetAlone"] = static_cast<double>(all.overTargetAlone);
        bench::reportBlockTimes(state, "wall", std::move(all.wall), budget);
        bench::reportBlockTimes(state, "cpu", std::move(all.cpu), budget);
        bench::reportBlockTimes(state, "shortest", std::move(shortest), budget);
    }
}
BENCHMARK(blockTime)->Iterations(1)->Unit(benchmark::kSecond);
} // namespace
