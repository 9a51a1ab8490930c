#include "dsp/Riff.h"

#include "dsp/PluckedString.h"
#include "dsp/RiffScore.h"

#include <samplerate.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// The guitar is played at one rate and converted, so that it sounds the same at every rate. High enough for
/// the strings' interpolation to lose nothing a pickup would pass.
constexpr double playingRate = 96'000;
constexpr int pitchUpdateSamples = 16;
constexpr float peakLevel = 0.355f; // riffPeakDecibels
constexpr std::array<double, 6> openStrings{82.4069,  110.0,    146.8324,
                                            195.9977, 246.9417, 329.6276}; // E A D G B E
constexpr double handOnString = 0.12; // T60 in seconds of a string a hand lies on
constexpr double pickOnString = 0.03; // and of one the pick rests on before it strikes
constexpr double pickRestSeconds = 0.006;

double frequencyOf(const RiffNote& note)
{
    return openStrings[static_cast<std::size_t>(note.string)] * std::pow(2.0, note.fret / 12.0);
}

/// The finger's push and its vibrato, in semitones, `t` seconds after the attack.
double pitchOffset(const RiffNote& note, double t)
{
    const double push = std::clamp((t - 0.06) / 0.16, 0.0, 1.0);
    const double bend = static_cast<double>(note.bend) * push * push * (3 - 2 * push);
    const double settled = std::clamp((t - 0.35) / 0.3, 0.0, 1.0);
    const double vibrato =
        static_cast<double>(note.vibrato) / 100 * settled * std::sin(2 * std::numbers::pi * 5.4 * (t - 0.35));
    return bend + vibrato;
}

/// What one string does, note after note.
std::vector<float> playString(int string, const RiffScore& score, std::size_t frames)
{
    std::vector<RiffNote> notes;
    std::copy_if(score.notes.begin(), score.notes.end(), std::back_inserter(notes),
                 [&](const RiffNote& note) { return note.string == string; });
    std::vector<float> sound(frames, 0.0f);
    if (notes.empty())
        return sound;

    const double open = openStrings[static_cast<std::size_t>(string)];
    PluckedString body(playingRate, open, score.pickupPosition, static_cast<std::uint32_t>(string) + 7u);
    const auto frameAt = [](double seconds)
    { return static_cast<std::size_t>(std::max(0.0, seconds) * playingRate); };
    std::size_t frame = frameAt(notes.front().start);
    for (std::size_t index = 0; index < notes.size(); ++index)
    {
        const auto& note = notes[index];
        const bool isLast = index + 1 == notes.size();
        const std::size_t end = std::min(frames, isLast ? frames : frameAt(notes[index + 1].start));
        const std::size_t rest = isLast ? end : end - std::min(end, frameAt(pickRestSeconds));
        const std::size_t stop = std::min(rest, frameAt(note.stop));

        const double frequency = frequencyOf(note);
        // Thicker strings ring longer; fretted and high notes shorter.
        const double sustain = score.sustainSeconds * std::pow(openStrings[0] / frequency, 0.45);
        Pluck pluck{frequency, score.pickPosition * frequency / open, note.velocity, sustain, 0.28 * sustain};
        if (note.isMuted)
            pluck.sustainSeconds = 0.38, pluck.brightSeconds = 0.075;
        body.pluck(pluck);
        const bool moves = note.bend != 0.0f || note.vibrato != 0.0f;
        const std::size_t start = frame;
        for (; frame < end; ++frame)
        {
            if (frame == rest && !isLast)
                body.damp(pickOnString);
            else if (frame == stop)
                body.damp(handOnString);
            if (moves && (frame - start) % pitchUpdateSamples == 0)
                body.setFrequency(
                    frequency *
                    std::pow(2.0, pitchOffset(note, static_cast<double>(frame - start) / playingRate) / 12));
            sound[frame] = body.next();
        }
    }
    return sound;
}

/// A pickup's coil and the cable make a resonant low-pass; the interface blocks what is below hearing.
/// (Low-pass and high-pass of R. Bristow-Johnson's Audio EQ Cookbook.)
void throughPickup(std::vector<float>& sound)
{
    struct Biquad
    {
        double b0, b1, b2, a1, a2;
        double z1 = 0, z2 = 0;
        double next(double x)
        {
            const double y = b0 * x + z1;
            z1 = b1 * x - a1 * y + z2;
            z2 = b2 * x - a2 * y;
            return y;
        }
    };
    const auto design = [](double frequency, double q, bool isLowPass)
    {
        const double omega = 2 * std::numbers::pi * frequency / playingRate;
        const double alpha = std::sin(omega) / (2 * q);
        const double cosine = std::cos(omega);
        const double edge = isLowPass ? 1 - cosine : 1 + cosine;
        const double a0 = 1 + alpha;
        return Biquad{edge / 2 / a0, (isLowPass ? edge : -edge) / a0, edge / 2 / a0, -2 * cosine / a0,
                      (1 - alpha) / a0};
    };
    auto resonance = design(4600, 1.3, true);
    auto blocking = design(30, 0.707, false);
    for (auto& sample : sound)
        sample = static_cast<float>(blocking.next(resonance.next(static_cast<double>(sample))));
}

std::vector<float> convertRate(const std::vector<float>& sound, double sampleRate, std::size_t frames)
{
    std::vector<float> converted(frames, 0.0f);
    if (sampleRate == playingRate)
    {
        std::copy_n(sound.begin(), std::min(frames, sound.size()), converted.begin());
        return converted;
    }
    SRC_DATA conversion{};
    conversion.data_in = sound.data();
    conversion.input_frames = static_cast<long>(sound.size());
    conversion.data_out = converted.data();
    conversion.output_frames = static_cast<long>(frames);
    conversion.src_ratio = sampleRate / playingRate;
    src_simple(&conversion, SRC_SINC_MEDIUM_QUALITY,
               1); // fails only for arguments out of range, which ours are not
    return converted;
}

/// No click where the file ends.
void fadeOut(std::vector<float>& sound, double sampleRate)
{
    const auto length = std::min(sound.size() / 2, static_cast<std::size_t>(0.01 * sampleRate));
    for (std::size_t n = 0; n < length; ++n)
        sound[sound.size() - 1 - n] *= static_cast<float>(n) / static_cast<float>(length);
}

void normalise(std::vector<float>& sound)
{
    float peak = 0;
    for (const float sample : sound)
        peak = std::max(peak, std::abs(sample));
    if (peak > 0)
        for (auto& sample : sound)
            sample *= peakLevel / peak;
}
} // namespace

std::vector<float> synthesiseRiff(RiffStyle style, double seconds, double sampleRate)
{
    const double length = std::clamp(seconds, 0.1, 600.0);
    const double rate = std::clamp(sampleRate, 8'000.0, 384'000.0);
    const auto score = composeRiff(style, length);
    std::vector<float> mix(static_cast<std::size_t>(std::lround(length * playingRate)), 0.0f);
    for (int string = 0; string < static_cast<int>(openStrings.size()); ++string)
    {
        const auto sound = playString(string, score, mix.size());
        std::transform(mix.begin(), mix.end(), sound.begin(), mix.begin(), std::plus<>{});
    }
    throughPickup(mix);
    normalise(mix);
    auto riff = convertRate(mix, rate, static_cast<std::size_t>(std::lround(length * rate)));
    fadeOut(riff, rate);
    return riff;
}

} // namespace tonewright::dsp
