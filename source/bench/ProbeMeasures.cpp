#include "bench/ProbeMeasures.h"

#include "dsp/OfflineRender.h"
#include "dsp/Riff.h"
#include "dsp/measure/ToneMeasurement.h"

#include <algorithm>

namespace tonewright::bench
{
namespace
{
using dsp::Probe;
using dsp::ToneProbe;

struct NamedProbe
{
    std::string_view name;
    Probe probe;
    double ToneProbe::*value;
};
constexpr std::array<NamedProbe, 13> probes{{{"harmonics 20", Probe::distortion, &ToneProbe::distortion20},
                                             {"harmonics 40", Probe::distortion, &ToneProbe::distortion40},
                                             {"wet", Probe::wetness, &ToneProbe::wetRatio},
                                             {"decay", Probe::decay, &ToneProbe::reverbSeconds},
                                             {"echo time", Probe::echoes, &ToneProbe::echoMilliseconds},
                                             {"echo count", Probe::echoes, &ToneProbe::echoRepeats},
                                             {"echo level", Probe::echoes, &ToneProbe::echoLevel},
                                             {"tremolo depth", Probe::motion, &ToneProbe::tremoloDepth},
                                             {"tremolo rate", Probe::motion, &ToneProbe::tremoloRate},
                                             {"pitch cents", Probe::motion, &ToneProbe::pitchDeviation},
                                             {"sweep", Probe::sweep, &ToneProbe::sweep},
                                             {"gate", Probe::gating, &ToneProbe::gateGain},
                                             {"width", Probe::width, &ToneProbe::width}}};

const NamedProbe* probeNamed(std::string_view name)
{
    const auto* const found = std::find_if(probes.begin(), probes.end(),
                                           [name](const NamedProbe& probe) { return probe.name == name; });
    return found != probes.end() ? found : nullptr;
}

/// Of these, zero means that there is none.
bool isOfSomethingMissing(std::string_view measure, double value)
{
    return value == 0 && (measure == "decay" || measure == "echo time" || measure == "tremolo rate");
}

void merge(ToneProbe& known, const ToneProbe& fresh, Probe probe)
{
    for (const auto& named : probes)
        if (named.probe == probe)
            known.*named.value = fresh.*named.value;
}
} // namespace

bool isProbeMeasure(std::string_view name)
{
    return probeNamed(name) != nullptr || name == "gain class" || name == "touch" ||
           name == "tail brightness";
}

int gainClassOf(double harmonics20, double harmonics40) noexcept
{
    if (harmonics40 > -32)
        return harmonics40 > -14 ? 4 : 3;
    if (harmonics20 > -30)
        return harmonics20 > -20 ? 2 : 1;
    return 0;
}

std::optional<double> ProbeMeasures::of(std::string_view measure, dsp::OfflineChain& chain)
{
    if (measure == "tail brightness")
        return tailBrightness();
    const auto* const named = probeNamed(measure);
    const auto probe = named != nullptr ? named->probe : Probe::distortion;
    if (std::find(asked.begin(), asked.end(), probe) == asked.end())
    {
        merge(known, dsp::probeTone(chain, parameters, {probe}), probe);
        asked.push_back(probe);
    }
    if (measure == "touch")
        return known.distortion20 - known.distortion40;
    if (measure == "gain class")
        return gainClassOf(known.distortion20, known.distortion40);
    const double value = known.*named->value;
    return isOfSomethingMissing(measure, value) ? std::nullopt : std::optional(value);
}

/// What is left after the playing stopped: echoes and space.
double ProbeMeasures::tailBrightness()
{
    if (tail)
        return *tail;
    constexpr double rate = 48000;
    constexpr double playing = 0.6;
    constexpr double gap = 0.05; // the cabinet and the gate fall silent
    dsp::RenderOptions options;
    options.sampleRate = rate;
    options.tailSeconds = 2;
    auto output = dsp::renderOffline(
        parameters,
        std::vector<std::vector<float>>{dsp::synthesiseRiff(dsp::RiffStyle::chords, playing, rate)}, options);
    for (auto& channel : output)
        channel.erase(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>((playing + gap) * rate));
    tail = dsp::measureTone(output, rate).brightness;
    return *tail;
}

} // namespace tonewright::bench
