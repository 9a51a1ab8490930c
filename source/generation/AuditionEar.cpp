#include "generation/AuditionEar.h"

#include "dsp/OfflineChain.h"
#include "dsp/Riff.h"
#include "dsp/measure/Distortion.h"
#include "dsp/measure/Loudness.h"
#include "dsp/measure/StereoWidth.h"
#include "dsp/measure/ToneColour.h"
#include "dsp/measure/ToneProbe.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tonewright
{
namespace
{
constexpr double sampleRate = 48000;
constexpr double chordSeconds = 1.5;  // three chords: enough for the gated loudness to settle within 0.5 LU
constexpr double startSeconds = 0.75; // enough to compare two tones
constexpr double silence = -70;       // LUFS: the absolute gate of EBU R128
constexpr std::size_t pieceFrames = 2400; // between two looks at the cancellation

/// The same for every preset, so that loudnesses compare; rendered once.
const std::vector<float>& referenceRiff()
{
    static const auto riff = dsp::synthesiseRiff(dsp::RiffStyle::chords, chordSeconds, sampleRate);
    return riff;
}

double offsetOf(std::span<const float> channel)
{
    double sum = 0;
    for (const float sample : channel)
        sum += static_cast<double>(sample);
    return std::abs(sum) / static_cast<double>(std::max<std::size_t>(1, channel.size()));
}

double powerOf(std::span<const float> sound)
{
    double squares = 0;
    for (const float sample : sound)
        squares += static_cast<double>(sample) * static_cast<double>(sample);
    return squares / static_cast<double>(std::max<std::size_t>(1, sound.size()));
}
} // namespace

struct AuditionEar::Implementation
{
    dsp::OfflineChain chain{sampleRate};

    /// False when cancelled.
    bool play(std::span<const float> input, dsp::StereoSound& sound, const Cancellation& cancellation)
    {
        for (std::size_t start = 0; start < input.size(); start += pieceFrames)
        {
            if (cancellation.isCancelled())
                return false;
            chain.play(input.subspan(start, std::min(pieceFrames, input.size() - start)), sound);
        }
        return true;
    }

    /// Where echoes feed back almost all of themselves: what follows the riff must not be louder than it.
    /// Half a second of silence.
    bool runsAway(const ParameterSet& parameters, const dsp::StereoSound& riff,
                  const Cancellation& cancellation)
    {
        constexpr float harmless = 80; // per cent
        if (!parameters.isOn("delay.enabled"_p) || parameters["delay.feedback"_p] <= harmless)
            return false;
        dsp::StereoSound tail;
        if (!play(std::vector<float>(static_cast<std::size_t>(sampleRate / 2)), tail, cancellation))
            return false;
        const double after = powerOf(tail[0]) + powerOf(tail[1]);
        return after > powerOf(riff[0]) + powerOf(riff[1]);
    }
};

AuditionEar::AuditionEar() : implementation(std::make_unique<Implementation>())
{
}

AuditionEar::~AuditionEar() = default;

std::optional<Heard> AuditionEar::listen(const ParameterSet& parameters, Listening length, bool toDistortion,
                                         const Cancellation& cancellation)
{
    auto& chain = implementation->chain;
    chain.start(parameters);
    dsp::StereoSound sound;
    constexpr auto startFrames = static_cast<std::size_t>(startSeconds * sampleRate);
    const auto riff = std::span(referenceRiff());
    const bool isWhole = length == Listening::whole;
    if (!implementation->play(isWhole ? riff : riff.first(startFrames), sound, cancellation))
        return std::nullopt;

    Heard heard;
    constexpr double audibleOffset = 0.001; // -60 dBFS
    const bool isWell = chain.isHealthy() &&
                        std::max(offsetOf(sound[0]), offsetOf(sound[1])) < audibleOffset &&
                        !implementation->runsAway(parameters, sound, cancellation);
    const auto loudness = dsp::loudnessOf(sound, sampleRate);
    heard.loudness = loudness.integrated;
    heard.truePeak = loudness.truePeak;
    heard.isSound = isWell && heard.loudness > silence;

    for (auto& channel : sound)
        channel.resize(startFrames);
    const auto colour = dsp::colourOf(sound, sampleRate);
    const auto set = [&](Quality quality, double value)
    { heard.qualities[static_cast<std::size_t>(quality)] = value; };
    set(Quality::brightness, colour.brightness);
    set(Quality::lows, colour.lows);
    set(Quality::lowMids, colour.lowMids);
    set(Quality::mids, colour.scoop);
    set(Quality::presence, colour.presence);
    set(Quality::top, colour.top);
    set(Quality::width, dsp::stereoWidth(sound));
    set(Quality::level, isWhole ? dsp::loudnessOf(sound, sampleRate).integrated : heard.loudness);
    if (toDistortion)
    {
        const auto probe = dsp::probeTone(chain, parameters, {dsp::Probe::distortion}, {},
                                          [&] { return !cancellation.isCancelled(); });
        set(Quality::distortion, dsp::distortionClass(probe.distortion20, probe.distortion40));
    }
    if (cancellation.isCancelled())
        return std::nullopt;
    return heard;
}

} // namespace tonewright
