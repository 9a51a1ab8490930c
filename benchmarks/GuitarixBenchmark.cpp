// Our stages beside Guitarix's LV2 plugins (https://guitarix.org, Debian's guitarix-lv2) in one run: the same
// dry riff, 48 kHz, blocks of 64, live quality, as many channels as the plugin has. `realtime` is seconds of
// sound rendered in a second of one core's time; `alias_1k` and `alias_4k` what a sine of -6 dBFS leaves
// between its harmonics below 20 kHz relative to them, at full gain, in dB: the worst of three sines
// between 1.1 and 1.4 kHz and of two at 4.2 and 4.5 kHz.
#include "../tests/dsp/HarmonicSpectrum.h"
#include "Lv2Plugin.h"
#include "dsp/Riff.h"
#include "dsp/Stages.h"
#include "realtime/ScopedFlushDenormals.h"

#include <benchmark/benchmark.h>

#include <limits>

namespace
{
using namespace tonewright;

constexpr double sampleRate = 48000;
constexpr int frames = 64;
using Values = std::vector<std::pair<ParameterIndex, float>>;

/// One stage of ours, or two in a row, and the plugin that does the same job.
struct Pair
{
    const char* name;
    std::vector<std::unique_ptr<dsp::Stage> (*)()> stages;
    Values values;         ///< as it would be played
    Values fullGain;       ///< besides, for aliasing; empty: not a stage that distorts
    const char* pluginUri; ///< behind http://guitarix.sourceforge.net/plugins/
    bench::Lv2Plugin::Controls controls;
    bench::Lv2Plugin::Controls pluginFullGain;
    std::size_t channelCount;
};

float choice(auto value)
{
    return static_cast<float>(value);
}

const Values highGain{{"amp.model"_p, choice(AmpModel::britishCrunch)}, {"amp.gain"_p, 6}};
const Values everythingUp{{"amp.gain"_p, 10}, {"amp.master"_p, 10}, {"amp.treble"_p, 10}};

const std::vector<Pair> pairs{
    {"fuzz/muff",
     {dsp::makeDrive},
     {{"drive.type"_p, choice(DriveType::fuzz)}, {"drive.gain"_p, 6}},
     {{"drive.gain"_p, 10}, {"drive.tone"_p, 10}},
     "gx_muff_#_muff_",
     {{"VOLUME", 0.5f}},
     {{"TONE", 1}},
     1},
    {"fuzz/fuzzface",
     {dsp::makeDrive},
     {{"drive.type"_p, choice(DriveType::fuzz)}, {"drive.gain"_p, 6}},
     {{"drive.gain"_p, 10}, {"drive.tone"_p, 10}},
     "gx_fuzzface_#_fuzzface_",
     {{"FUZZ", 0.6f}},
     {{"FUZZ", 1}},
     1},
    {"overdrive/scream",
     {dsp::makeDrive},
     {{"drive.type"_p, choice(DriveType::overdrive)}, {"drive.gain"_p, 6}},
     {{"drive.gain"_p, 10}, {"drive.tone"_p, 10}},
     "gx_scream_#_scream_",
     {{"SCREAM", 0.6f}},
     {{"SCREAM", 1}},
     1},
    {"distortion/ds1",
     {dsp::makeDrive},
     {{"drive.type"_p, choice(DriveType::distortion)}, {"drive.gain"_p, 6}},
     {{"drive.gain"_p, 10}, {"drive.tone"_p, 10}},
     "gx_bossds1_#_bossds1_",
     {{"DRIVE", 0.6f}, {"BYPASS", 1}},
     {{"DRIVE", 1}, {"TONE", 1}},
     1},
    {"amp+cabinet/gx_amp",
     {dsp::makeAmp, dsp::makeCabinet},
     highGain,
     everythingUp,
     "gx_amp#GUITARIX",
     {{"PreGain", 10}, {"Distortion", 60}, {"Drive", 0.5f}},
     {{"PreGain", 20}, {"Distortion", 100}, {"Drive", 1}},
     1},
    {"amp+cabinet/gx_amp_stereo",
     {dsp::makeAmp, dsp::makeCabinet},
     highGain,
     everythingUp,
     "gx_amp_stereo#GUITARIX_ST",
     {{"PreGain", 10}, {"Distortion", 60}, {"Drive", 0.5f}},
     {{"PreGain", 20}, {"Distortion", 100}, {"Drive", 1}},
     2},
    {"amp+cabinet/metal_amp",
     {dsp::makeAmp, dsp::makeCabinet},
     {{"amp.model"_p, choice(AmpModel::modernHighGain)}, {"amp.gain"_p, 6}},
     everythingUp,
     "gxmetal_amp#metal_amp",
     {{"PREGAIN", 6}},
     {{"PREGAIN", 20}, {"DRIVE", 20}, {"HIGHGAIN", 1}},
     1},
    {"delay/digital_delay",
     {dsp::makeDelay},
     {{"delay.mix"_p, 40}},
     {},
     "gx_digital_delay_#_digital_delay_",
     {},
     {},
     1},
    {"delay/digital_delay_st",
     {dsp::makeDelay},
     {{"delay.mix"_p, 40}},
     {},
     "gx_digital_delay_st_#_digital_delay_st_",
     {},
     {},
     2},
    {"hall/zita_rev1",
     {dsp::makeReverb},
     {{"reverb.type"_p, choice(ReverbType::hall)}, {"reverb.mix"_p, 40}},
     {},
     "gx_zita_rev1_stereo#_zita_rev1_stereo",
     {},
     {},
     2},
    {"plate/zita_rev1",
     {dsp::makeReverb},
     {{"reverb.type"_p, choice(ReverbType::plate)}, {"reverb.mix"_p, 40}},
     {},
     "gx_zita_rev1_stereo#_zita_rev1_stereo",
     {},
     {},
     2},
    {"chorus/chorus",
     {dsp::makeModulation},
     {{"modulation.type"_p, choice(ModulationType::chorus)}},
     {},
     "gx_chorus_stereo#_chorus_stereo",
     {},
     {},
     2},
};

/// Our side of a pair.
class Ours
{
public:
    explicit Ours(const Pair& pair, bool fullGain = false) : channelCount(static_cast<int>(pair.channelCount))
    {
        for (const auto& [index, value] : pair.values)
            set[index] = value;
        if (fullGain)
            for (const auto& [index, value] : pair.fullGain)
                set[index] = value;
        for (const auto make : pair.stages)
        {
            stages.push_back(make());
            stages.back()->prepare({sampleRate, frames, dsp::Quality::live});
        }
    }

    void process(std::array<float*, 2> channels, int count)
    {
        dsp::AudioBlock block{channels, channelCount, count};
        for (auto& stage : stages)
        {
            stage->setParameters(set, {120});
            stage->process(block);
        }
    }

private:
    int channelCount;
    ParameterSet set;
    std::vector<std::unique_ptr<dsp::Stage>> stages;
};

std::unique_ptr<bench::Lv2Plugin> theirs(const Pair& pair, bool fullGain = false)
{
    auto controls = pair.controls;
    if (fullGain)
        controls.insert(controls.end(), pair.pluginFullGain.begin(), pair.pluginFullGain.end());
    return bench::Lv2Plugin::load(std::string("http://guitarix.sourceforge.net/plugins/") + pair.pluginUri,
                                  sampleRate, controls);
}

template <typename Processor>
void playRiff(benchmark::State& state, Processor& processor)
{
    const auto riff = dsp::synthesiseRiff(dsp::RiffStyle::chords, 4, sampleRate);
    std::array<std::vector<float>, 2> block{std::vector<float>(frames), std::vector<float>(frames)};
    std::size_t position = 0;
    const ScopedFlushDenormals flush;
    for (auto _ : state)
    {
        position = position + frames <= riff.size() ? position : 0;
        for (auto& channel : block)
            std::copy_n(&riff[position], frames, channel.begin());
        position += frames;
        processor.process({block[0].data(), block[1].data()}, frames);
        benchmark::DoNotOptimize(block[0].data());
    }
    state.counters["realtime"] = benchmark::Counter(
        static_cast<double>(state.iterations()) * frames / sampleRate, benchmark::Counter::kIsRate);
}

template <typename Processor>
double worstAliasing(Processor& processor, std::initializer_list<std::size_t> sines)
{
    double worst = -std::numeric_limits<double>::infinity();
    for (const auto bin : sines)
    {
        const auto play = [&](std::vector<float>& signal)
        {
            std::vector<float> second(frames);
            for (std::size_t done = 0; done < signal.size(); done += frames)
            {
                std::copy_n(&signal[done], frames, second.begin());
                processor.process({&signal[done], second.data()}, frames);
            }
        };
        worst = std::max(worst, test::HarmonicSpectrum(play, bin, -6, sampleRate).aliasing());
    }
    return worst;
}

void BM_ours(benchmark::State& state, const Pair& pair)
{
    Ours ours(pair);
    playRiff(state, ours);
}

constexpr auto missing = "Guitarix's plugin is missing here; install guitarix-lv2 to compare.";

void BM_guitarix(benchmark::State& state, const Pair& pair)
{
    const auto plugin = theirs(pair);
    if (plugin && plugin->channelCount() == pair.channelCount)
        playRiff(state, *plugin);
    else
        state.SkipWithError(missing);
}

void BM_aliasing(benchmark::State& state, const Pair& pair)
{
    Ours ours(pair, true);
    const auto plugin = theirs(pair, true);
    if (!plugin)
    {
        state.SkipWithError(missing);
        return;
    }
    for (auto _ : state)
    {
        state.counters["ours_1k"] = worstAliasing(ours, {1499, 1699, 1901});
        state.counters["ours_4k"] = worstAliasing(ours, {5717, 6131});
        state.counters["guitarix_1k"] = worstAliasing(*plugin, {1499, 1699, 1901});
        state.counters["guitarix_4k"] = worstAliasing(*plugin, {5717, 6131});
    }
}

const int registered = []
{
    for (const auto& pair : pairs)
    {
        benchmark::RegisterBenchmark((std::string(pair.name) + "/ours").c_str(), BM_ours, pair);
        benchmark::RegisterBenchmark((std::string(pair.name) + "/guitarix").c_str(), BM_guitarix, pair);
        if (!pair.fullGain.empty())
            benchmark::RegisterBenchmark((std::string(pair.name) + "/aliasing").c_str(), BM_aliasing, pair)
                ->Iterations(1)
                ->Repetitions(1);
    }
    return 0;
}();

} // namespace
