#include "generation/AuditionEar.h"

#include "dsp/OfflineChain.h"
#include "dsp/Riff.h"
#include "dsp/measure/Distortion.h"
#include "dsp/measure/Loudness.h"
#include "dsp/measure/StereoWidth.h"
#include "dsp/measure/ToneColour.h"
#include "dsp/measure/ToneMeasurement.h"
#include "dsp/measure/ToneProbe.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tonewright
{
namespace
{
constexpr double sampleRate = 48000;
constexpr double chordSeconds = 1.5; // three chords: enough for the gated loudness to settle within 0.5 LU
constexpr auto startFrames = static_cast<std::size_t>(0.45 * sampleRate); // a chord: enough to compare tones
constexpr double phraseSeconds = 0.15;    // a muted stroke, a bent note: they are highest where they begin
constexpr std::size_t pieceFrames = 2400; // between two looks at the cancellation

/// The same for every preset, so that loudnesses compare; rendered once.
const std::vector<float>& referenceRiff()
{
    static const auto riff = dsp::synthesiseRiff(dsp::RiffStyle::chords, chordSeconds, sampleRate);
    return riff;
}

void setColour(const dsp::StereoSound& sound, Qualities& qualities)
{
    const auto set = [&](Quality quality, double value)
    { qualities[static_cast<std::size_t>(quality)] = value; };
    const auto colour = dsp::colourOf(sound, sampleRate);
    set(Quality::brightness, colour.brightness);
    set(Quality::lows, colour.lows);
    set(Quality::lowMids, colour.lowMids);
    set(Quality::mids, colour.scoop);
    set(Quality::presence, colour.presence);
    set(Quality::top, colour.top);
}

double offsetOf(std::span<const float> channel)
{
    double sum = 0;
    for (const float sample : channel)
        sum += static_cast<double>(sample);
    return std::abs(sum) / static_cast<double>(std::max<std::size_t>(1, channel.size()));
}

double powerOf(const dsp::StereoSound& sound)
{
    double squares = 0;
    for (const auto& channel : sound)
        for (const float sample : channel)
            squares += static_cast<double>(sample) * static_cast<double>(sample);
    return squares / static_cast<double>(std::max<std::size_t>(1, sound[0].size()));
}

double peakOf(const dsp::StereoSound& sound)
{
    float peak = 0;
    for (const auto& channel : sound)
        for (const float sample : channel)
            peak = std::max(peak, std::abs(sample));
    return peak > 0 ? 20 * std::log10(static_cast<double>(peak)) : -120;
}

/// Too short to be measured as chords are: a stroke has half a wave more on one side.
bool isCentred(const dsp::StereoSound& sound)
{
    constexpr double askew = 0.1; // of the peak
    const double offset = std::max(offsetOf(sound[0]), offsetOf(sound[1]));
    return offset <= askew * std::pow(10.0, peakOf(sound) / 20);
}

/// A way to play that the chords leave out.
struct Phrase
{
    ReferenceRiff riff;
    std::vector<float> sound;
};

const std::array<Phrase, 2>& phrases()
{
    static const std::array<Phrase, 2> both{
        {{ReferenceRiff::palmMutes, dsp::synthesiseRiff(dsp::RiffStyle::palmMute, phraseSeconds, sampleRate)},
         {ReferenceRiff::lead, dsp::synthesiseRiff(dsp::RiffStyle::lead, phraseSeconds, sampleRate)}}};
    return both;
}
} // namespace

struct AuditionEar::Implementation
{
    dsp::OfflineChain chain{sampleRate};
    ParameterSet playing;
    dsp::StereoSound sound; ///< the riff through `playing`, as far as it was played
    bool canGoOn = false;   ///< the chain is where `sound` ends

    void start(const ParameterSet& parameters)
    {
        chain.start(parameters);
        playing = parameters;
        for (auto& channel : sound)
            channel.clear();
        canGoOn = true;
    }

    /// Appends to `heard`. False when cancelled.
    bool play(std::span<const float> input, dsp::StereoSound& heard, const Cancellation& cancellation)
    {
        for (std::size_t start = 0; start < input.size(); start += pieceFrames)
        {
            if (cancellation.isCancelled())
                return false;
            chain.play(input.subspan(start, std::min(pieceFrames, input.size() - start)), heard);
        }
        return true;
    }

    /// Plays the riff on to its first `frames`.
    bool playUntil(std::size_t frames, const Cancellation& cancellation)
    {
        const auto played = sound[0].size();
        return play(std::span(referenceRiff()).subspan(played, frames - played), sound, cancellation);
    }

    /// Palm mutes and lead, each from silence and so soft that the limiter leaves their peaks alone. False
    /// when cancelled.
    bool playPhrases(const ParameterSet& parameters, Heard& heard, const Cancellation& cancellation)
    {
        auto soft = parameters;
        const auto lowest = infoOf("output.level"_p).minimum;
        soft["output.level"_p] = lowest;
        canGoOn = false;
        for (const auto& [riff, input] : phrases())
        {
            dsp::StereoSound answer;
            chain.start(soft);
            if (!play(input, answer, cancellation))
                return false;
            heard.isSound = heard.isSound && chain.isHealthy() && isCentred(answer);
            heard.peak = std::max(heard.peak, peakOf(answer) - static_cast<double>(lowest));
            setColour(answer, heard.qualities[static_cast<std::size_t>(riff)]);
        }
        return true;
    }

    bool isWell() const
    {
        constexpr double audibleOffset = 0.001; // -60 dBFS
        return chain.isHealthy() && std::max(offsetOf(sound[0]), offsetOf(sound[1])) < audibleOffset;
    }
};

AuditionEar::AuditionEar() : implementation(std::make_unique<Implementation>())
{
}

AuditionEar::~AuditionEar() = default;

std::optional<Heard> AuditionEar::listen(const ParameterSet& parameters, Attention attention,
                                         const Cancellation& cancellation)
{
    auto& ear = *implementation;
    Heard heard;
    heard.isSound = true;
    auto& onChords = heard.onChords();
    const auto set = [&](Quality quality, double value)
    { onChords[static_cast<std::size_t>(quality)] = value; };
    if (attention.toDistortion && !cancellation.isCancelled()) // first, so that listenOut() can go on
        set(Quality::distortion, dsp::probeDistortionClass(ear.chain, parameters));
    if (attention.toPhrases && !ear.playPhrases(parameters, heard, cancellation))
        return std::nullopt;
    ear.start(parameters);
    if (!ear.playUntil(startFrames, cancellation))
        return std::nullopt;
    heard.isSound = heard.isSound && ear.isWell();
    setColour(ear.sound, onChords);
    set(Quality::width, dsp::stereoWidth(ear.sound));
    if (attention.toLevel)
        set(Quality::level, dsp::integratedLoudnessOf(ear.sound, sampleRate));
    return heard;
}

std::optional<HeardLevel> AuditionEar::listenOut(const ParameterSet& parameters,
                                                 const Cancellation& cancellation)
{
    auto& ear = *implementation;
    if (!ear.canGoOn || !(ear.playing == parameters))
        ear.start(parameters);
    if (!ear.playUntil(referenceRiff().size(), cancellation))
        return std::nullopt;
    HeardLevel heard;
    heard.loudness = dsp::integratedLoudnessOf(ear.sound, sampleRate);
    heard.peak = peakOf(ear.sound);
    heard.isSound = ear.isWell() && heard.loudness > silence;
    if (heard.isSound && mayRunAway(parameters))
    {
        // What follows the riff must not be louder than it: half a second of silence.
        ear.canGoOn = false;
        dsp::StereoSound tail;
        if (!ear.play(std::vector<float>(static_cast<std::size_t>(sampleRate / 2)), tail, cancellation))
            return std::nullopt;
        heard.isSound = powerOf(tail) <= powerOf(ear.sound);
    }
    return heard;
}

double AuditionEar::truePeak() const
{
    return dsp::truePeakOf(implementation->sound, sampleRate);
}

bool AuditionEar::mayRunAway(const ParameterSet& parameters) noexcept
{
    constexpr float harmless = 80; // per cent
    return parameters.isOn("delay.enabled"_p) && parameters["delay.feedback"_p] > harmless;
}

std::optional<ToneFeatures> AuditionEar::describe(const ParameterSet& parameters,
                                                  const Cancellation& cancellation)
{
    constexpr double ringSeconds = 1.5;
    auto& chain = implementation->chain;
    implementation->canGoOn = false;
    chain.start(parameters);
    dsp::StereoSound sound;
    const std::vector<float> silent(static_cast<std::size_t>(ringSeconds * sampleRate));
    if (!implementation->play(referenceRiff(), sound, cancellation) ||
        !implementation->play(silent, sound, cancellation))
        return std::nullopt;
    const auto tone = dsp::measureTone(sound, sampleRate);
    const bool moves = parameters.isOn("modulation.enabled"_p) || parameters.isOn("tremolo.enabled"_p) ||
                       parameters.isOn("wah.enabled"_p);
    const auto probes = moves ? dsp::Probes{dsp::Probe::distortion, dsp::Probe::motion, dsp::Probe::sweep}
                              : dsp::Probes{dsp::Probe::distortion};
    const auto probe =
        dsp::probeTone(chain, parameters, probes, {}, [&] { return !cancellation.isCancelled(); });
    if (cancellation.isCancelled())
        return std::nullopt;
    ToneFeatures features;
    features.loudness = tone.loudness;
    features.brightness = tone.brightness;
    features.lows = tone.lows;
    features.mids = tone.mids;
    features.highs = tone.highs;
    features.scoop = tone.scoop;
    features.dynamics = tone.crestFactor;
    features.distortion = dsp::distortionClass(probe.distortion20, probe.distortion40);
    features.decay = tone.decaySeconds;
    features.echo = tone.echoMilliseconds;
    features.width = tone.stereoWidth;
    features.tremolo = probe.tremoloRate;
    features.modulation = probe.sweepRate > 0 ? probe.sweepRate : probe.pitchRate;
    return features;
}

} // namespace tonewright
