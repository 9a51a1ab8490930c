#include "bench/Measures.h"

#include "bench/ProbeMeasures.h"
#include "dsp/measure/PowerSpectrum.h"
#include "dsp/measure/ToneMeasurement.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace tonewright::bench
{
namespace
{
constexpr double sampleRate = 48000;
constexpr double riffSeconds = 2;
constexpr double usualLoudness = -18; ///< LUFS: what the audition aims at
constexpr double loudnessTolerance = 6;

using RiffMeasure = double dsp::ToneMeasurement::*;
struct NamedRiffMeasure
{
    std::string_view name;
    RiffMeasure value;
};
constexpr std::array<NamedRiffMeasure, 9> riffMeasures{{{"brightness", &dsp::ToneMeasurement::brightness},
                                                        {"lows", &dsp::ToneMeasurement::lows},
                                                        {"mids", &dsp::ToneMeasurement::mids},
                                                        {"highs", &dsp::ToneMeasurement::highs},
                                                        {"scoop", &dsp::ToneMeasurement::scoop},
                                                        {"dynamics", &dsp::ToneMeasurement::dynamicSpread},
                                                        {"crest", &dsp::ToneMeasurement::crestFactor},
                                                        {"stereo width", &dsp::ToneMeasurement::stereoWidth},
                                                        {"loudness", &dsp::ToneMeasurement::loudness}}};

const NamedRiffMeasure* riffMeasure(std::string_view name)
{
    const auto* const found = std::find_if(riffMeasures.begin(), riffMeasures.end(),
                                           [name](const auto& measure) { return measure.name == name; });
    return found != riffMeasures.end() ? found : nullptr;
}

/// "energy 250-800": what lies between two frequencies, in dB of everything from 30 Hz to 16 kHz.
struct Band
{
    double low = 0;
    double high = 0;
};

std::optional<Band> bandOf(std::string_view measure)
{
    constexpr std::string_view start = "energy ";
    if (measure.substr(0, start.size()) != start)
        return std::nullopt;
    Band band;
    const auto* const end = measure.data() + measure.size();
    const auto low = std::from_chars(measure.data() + start.size(), end, band.low);
    if (low.ec != std::errc() || low.ptr == end || *low.ptr != '-')
        return std::nullopt;
    const auto high = std::from_chars(low.ptr + 1, end, band.high);
    const bool isWhole = high.ec == std::errc() && high.ptr == end && band.low < band.high;
    return isWhole ? std::optional(band) : std::nullopt;
}

std::string keyOf(const ParameterSet& parameters, int riff)
{
    std::string key(sizeof parameters.values, '\0');
    std::memcpy(key.data(), parameters.values.data(), key.size());
    for (const auto stage : parameters.order)
        key += static_cast<char>(stage);
    return key + static_cast<char>(riff);
}
} // namespace

bool isMeasure(std::string_view name)
{
    return findParameter(name) || name == "confidence" || riffMeasure(name) != nullptr || bandOf(name) ||
           isProbeMeasure(name);
}

bool isHeardOnRiff(std::string_view measure)
{
    return riffMeasure(measure) != nullptr || bandOf(measure);
}

/// One preset played with one riff.
struct Measures::Sound
{
    dsp::ToneMeasurement measurement;
    std::optional<dsp::PowerSpectrum> spectrum;
    bool isFinite = false;
};

struct Measures::Implementation
{
    const Sound& sound(const ParameterSet& parameters, dsp::RiffStyle riff)
    {
        const auto [place, isNew] = sounds.try_emplace(keyOf(parameters, static_cast<int>(riff)));
        auto& sound = place->second;
        if (!isNew)
            return sound;
        const auto output = chain.render(parameters, riffOf(riff));
        sound.isFinite = chain.isHealthy();
        if (sound.isFinite)
        {
            sound.measurement = dsp::measureTone(output, sampleRate);
            sound.spectrum.emplace(output, sampleRate);
        }
        return sound;
    }

    const std::vector<float>& riffOf(dsp::RiffStyle style)
    {
        auto& riff = riffs[static_cast<std::size_t>(style)];
        if (riff.empty())
            riff = dsp::synthesiseRiff(style, riffSeconds, sampleRate);
        return riff;
    }

    ProbeMeasures& probe(const ParameterSet& parameters)
    {
        return probes.try_emplace(keyOf(parameters, 0), parameters).first->second;
    }

    dsp::OfflineChain chain{sampleRate};
    std::map<std::string, Sound> sounds;
    std::map<std::string, ProbeMeasures> probes;
    std::array<std::vector<float>, dsp::riffStyles.size()> riffs;
};

Measures::Measures() : self(std::make_unique<Implementation>())
{
}
Measures::~Measures() = default;

std::size_t Measures::renders() const noexcept
{
    return self->sounds.size();
}

std::optional<double> Measures::of(const Preset& preset, const std::string& measure, dsp::RiffStyle riff)
{
    if (const auto parameter = findParameter(measure))
        return static_cast<double>(preset.parameters[*parameter]);
    if (measure == "confidence")
        return preset.source.confidence;
    if (isProbeMeasure(measure))
        return self->probe(preset.parameters).of(measure, self->chain);
    const auto& sound = self->sound(preset.parameters, riff);
    if (!sound.isFinite)
        return std::nullopt;
    if (const auto* const known = riffMeasure(measure))
        return sound.measurement.*known->value;
    const auto band = bandOf(measure);
    if (!band)
        return std::nullopt;
    constexpr double silence = 1e-12;
    const double all = sound.spectrum->between(30, 16000);
    return 10 * std::log10((sound.spectrum->between(band->low, band->high) + silence) / (all + silence));
}

std::string Measures::defect(const Preset& preset, dsp::RiffStyle riff)
{
    const auto& sound = self->sound(preset.parameters, riff);
    if (!sound.isFinite)
        return "the sound is not finite";
    if (sound.measurement.truePeak > 0)
        return "it clips";
    // Riffs differ in level; chords are what the audition listens to.
    if (riff == dsp::RiffStyle::chords &&
        std::abs(sound.measurement.loudness - usualLoudness) > loudnessTolerance)
        return "its loudness is far from usual";
    return {};
}

} // namespace tonewright::bench
