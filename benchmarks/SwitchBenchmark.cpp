// What a change of preset costs. The same sequence of blocks is rendered several times and each block's
// shortest time counts: what interruptions and other programs added to a block differs from run to run, what
// the chain itself does in it is the same each time. 48 kHz, 64 frames, stereo; the budget of a block is 1333
// us.
#include "BlockTimes.h"
#include "dsp/PresetCrossfader.h"
#include "dsp/Riff.h"
#include "tone/PresetLibrary.h"

#include <limits>

namespace
{
using namespace tonewright;

constexpr double sampleRate = 48000;
constexpr int frames = 64;
constexpr double budget = 1e6 * frames / sampleRate;
constexpr int runs = 7;

/// Renders `blocks` blocks of a riff, each with the set that `setOf` names, `runs` times. `once` becomes the
/// times of the first run as they were, interruptions included.
template <typename SetOf>
std::vector<double> shortestTimes(std::size_t blocks, SetOf&& setOf, std::vector<double>* once = nullptr)
{
    const auto left = dsp::synthesiseRiff(dsp::RiffStyle::chords, 4, sampleRate);
    const auto right = dsp::synthesiseRiff(dsp::RiffStyle::lead, 4, sampleRate);
    const std::size_t blocksOfRiff = std::min(left.size(), right.size()) / frames;
    std::vector<double> times(blocks, std::numeric_limits<double>::max());
    dsp::PresetCrossfader chain;
    std::array<std::vector<float>, 2> output{std::vector<float>(frames), std::vector<float>(frames)};
    for (int run = 0; run < runs; ++run)
    {
        chain.prepare({sampleRate, frames, dsp::Quality::live}, setOf(0));
        for (std::size_t block = 0; block < blocks; ++block)
        {
            const std::size_t at = block % blocksOfRiff * frames;
            const double begin = bench::threadMicroseconds();
            chain.setParameters(setOf(block), {120});
            chain.process(&left[at], &right[at], output[0].data(), output[1].data(), frames);
            times[block] = std::min(times[block], bench::threadMicroseconds() - begin);
        }
        if (run == 0 && once != nullptr)
            *once = times;
    }
    return times;
}

double meanOf(const std::vector<double>& times, std::size_t first, std::size_t count)
{
    double sum = 0;
    for (std::size_t index = first; index < first + count; ++index)
        sum += times[index];
    return sum / static_cast<double>(count);
}

/// Everything on; `other` differs in what needs the second chain.
ParameterSet everyStageOn(bool other)
{
    ParameterSet set;
    for (std::size_t index = 0; index < parameterCount; ++index)
        if (parameterTable[index].id.ends_with(".enabled"))
            set.values[index] = 1;
    set["drive.type"_p] = static_cast<float>(DriveType::fuzz);
    set["amp.model"_p] = static_cast<float>(other ? AmpModel::boutiqueLead : AmpModel::modernHighGain);
    set["cabinet.model"_p] = static_cast<float>(CabinetModel::modern4x12Closed);
    set["reverb.type"_p] = static_cast<float>(ReverbType::hall);
    return set;
}

/// One change in the middle of a second: `fade/steady` is how much longer blocks take while both chains play,
/// `ring/steady` while the old one's echoes ring on.
void BM_oneSwitch(benchmark::State& state)
{
    for (auto _ : state)
    {
        const std::size_t change = 400;
        const auto times =
            shortestTimes(750, [&](std::size_t block) { return everyStageOn(block >= change); });
        const double steady = meanOf(times, 200, 200);
        state.counters["steady_us"] = steady;
        state.counters["fade/steady"] = meanOf(times, change + 1, 20) / steady;
        state.counters["first/steady"] = times[change] / steady;
        state.counters["ring/steady"] = meanOf(times, change + 50, 200) / steady;
    }
}
BENCHMARK(BM_oneSwitch)->Iterations(1)->Unit(benchmark::kSecond);

/// A new factory preset every 50 blocks, so that two chains run half of the time and tails ring for the rest.
void BM_blockTimesWhileSwitching(benchmark::State& state)
{
    const auto& presets = factoryPresets();
    for (auto _ : state)
    {
        std::vector<double> once;
        const auto setOf = [&](std::size_t block) { return presets[block / 50 % presets.size()].parameters; };
        const auto times = shortestTimes(12'800, setOf, &once);
        const auto worst = std::max_element(times.begin(), times.end()) - times.begin();
        state.counters["worst_after_switch"] = static_cast<double>(worst % 50);
        bench::reportBlockTimes(state, "shortest", times, budget);
        bench::reportBlockTimes(state, "once", once, budget);
    }
}
BENCHMARK(BM_blockTimesWhileSwitching)->Iterations(1)->Unit(benchmark::kSecond);
} // namespace
