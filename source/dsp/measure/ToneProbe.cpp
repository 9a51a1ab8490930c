#include "dsp/measure/ToneProbe.h"

#include "dsp/measure/BurstResponse.h"
#include "dsp/measure/Distortion.h"
#include "dsp/measure/LevelCurve.h"
#include "dsp/measure/Motion.h"
#include "dsp/measure/ProbeSignals.h"
#include "dsp/measure/StereoWidth.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr double probeFrequency = 220; // Hz: 22 cycles in a tenth of a second at every usual rate

ParameterSet without(ParameterSet set, std::initializer_list<ParameterIndex> toggles)
{
    for (const auto toggle : toggles)
        set[toggle] = 0;
    set["output.doubler"_p] = 0; // it moves, and repeats
    return set;
}

double rmsDecibels(std::span<const std::vector<float>> channels, std::size_t first)
{
    double squares = 0;
    double count = 0;
    for (const auto& channel : channels)
        for (std::size_t n = first; n < channel.size(); ++n)
        {
            squares += static_cast<double>(channel[n]) * static_cast<double>(channel[n]);
            ++count;
        }
    constexpr double deepest = 1e-20; // a gate's 80 dB below -75 dBFS must still show
    return 10 * std::log10(std::max(deepest, count > 0 ? squares / count : 0.0));
}

class Prober
{
public:
    Prober(OfflineChain& probed, const ParameterSet& parameters, const Transport& time,
           const KeepGoing& question)
        : chain(probed), rate(probed.sampleRate()), preset(parameters),
          still(without(parameters, {"modulation.enabled"_p, "tremolo.enabled"_p})),
          dry(without(parameters, {"delay.enabled"_p, "reverb.enabled"_p})),
          stillAndDry(without(still, {"delay.enabled"_p, "reverb.enabled"_p})), transport(time),
          keepGoing(question)
    {
    }

    ToneProbe run(Probes wanted)
    {
        const auto asks = [&](Probe probe) { return wanted.contains(probe) && (!keepGoing || keepGoing()); };
        if (asks(Probe::distortion))
            measureDistortion();
        if (asks(Probe::wetness))
            measureWetness();
        if (asks(Probe::decay))
            measureDecay();
        if (asks(Probe::echoes))
            measureEchoes();
        if (asks(Probe::motion))
            measureMotion();
        if (asks(Probe::sweep))
            measureSweep();
        if (asks(Probe::gating))
            measureGate();
        if (asks(Probe::width))
            measureWidth();
        return result;
    }

    double distortionClassOnly()
    {
        const double soft = distortionAt(-40);
        const double least = distortionClass(noDistortion, soft);
        const double mostOfLoud = distortionClass(0, noDistortion);
        return least >= mostOfLoud ? least : distortionClass(distortionAt(-20), soft);
    }

private:
    static constexpr double settling = 0.3; // seconds: biases, sags and compressors
    static constexpr double watching = 2.5; // two turns of a usual chorus

    std::size_t framesIn(double seconds) const
    {
        return static_cast<std::size_t>(std::lround(seconds * rate));
    }

    /// Plays on for `seconds` of silence; false when stopped.
    bool playSilence(double seconds, StereoSound& sound)
    {
        if (keepGoing && !keepGoing())
            return false;
        chain.play(std::vector<float>(framesIn(seconds)), sound);
        return true;
    }

    StereoSound strike(const ParameterSet& set)
    {
        const auto burst = probeBurst(rate);
        burstFrames = burst.size();
        return chain.render(set, burst, transport);
    }

    /// Shorter than usual: against 0.3 and 0.1 s the distortion class moves by 0.005 at most, over the
    /// factory presets with and without a compressor.
    double distortionAt(double decibels)
    {
        constexpr double starting = 0.1;
        constexpr double listening = 0.05; // eleven cycles
        const auto set = without(stillAndDry, {"gate.enabled"_p, "pitch.enabled"_p});
        const auto sound = chain.render(
            set, probeSine(probeFrequency, decibels, framesIn(starting + listening), rate), transport);
        return harmonicDistortion(std::span(sound[0]).subspan(framesIn(starting)), probeFrequency, rate);
    }

    void measureDistortion()
    {
        result.distortion20 = distortionAt(-20);
        result.distortion40 = distortionAt(-40);
    }

    void measureWetness()
    {
        auto sound = strike(still);
        if (playSilence(1, sound))
            result.wetRatio = wetRatioOf(sound, burstFrames, rate);
    }

    /// Until the reverb is 40 dB below where it began, or long enough for the line.
    void measureDecay()
    {
        constexpr double longest = 4;
        constexpr double piece = 0.4;
        if (!preset.isOn("reverb.enabled"_p))
            return;
        auto sound = strike(without(still, {"delay.enabled"_p}));
        double loudest = -200;
        for (double seconds = 0; seconds < longest; seconds += piece)
        {
            const auto start = sound[0].size();
            if (!playSilence(piece, sound))
                return;
            const double level = rmsDecibels(sound, start);
            loudest = std::max(loudest, level);
            if (level < loudest - 40)
                break;
        }
        result.reverbSeconds = lateDecayOf(sound, burstFrames, rate);
    }

    /// Until no repeat came for as long as the longest may take, or for two times the last one's.
    void measureEchoes()
    {
        constexpr double longest = 6;
        constexpr double longestEcho = 2.2;
        if (!preset.isOn("delay.enabled"_p))
            return;
        auto sound = strike(without(still, {"reverb.enabled"_p}));
        if (!playSilence(longestEcho, sound))
            return;
        auto found = echoesOf(sound, burstFrames, rate);
        for (int known = 0; found.repeats > known;)
        {
            known = found.repeats;
            const double seconds = static_cast<double>(sound[0].size()) / rate;
            const double wanted = 0.001 * found.milliseconds * (known + 1.5);
            if (wanted > seconds &&
                (seconds >= longest || !playSilence(std::min(wanted, longest) - seconds, sound)))
                break;
            found = echoesOf(sound, burstFrames, rate);
        }
        result.echoMilliseconds = found.milliseconds;
        result.echoRepeats = found.repeats;
        result.echoLevel = found.level;
    }

    StereoSound withoutSettling(StereoSound sound) const
    {
        for (auto& channel : sound)
            channel.erase(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>(framesIn(settling)));
        return sound;
    }

    void measureMotion()
    {
        const auto sine = probeSine(probeFrequency, -20, framesIn(settling + watching), rate);
        const auto motion =
            motionOfSine(withoutSettling(chain.render(dry, sine, transport)), probeFrequency, rate);
        result.tremoloDepth = motion.level.extent;
        result.tremoloRate = motion.level.rate;
        result.pitchDeviation = motion.pitch.extent;
        result.pitchRate = motion.pitch.rate;
    }

    void measureSweep()
    {
        const auto period = 2 * framesIn(0.02);
        const auto noise = probeNoise(-20, period, framesIn(settling + watching), rate);
        const auto sweep = sweepOfNoise(withoutSettling(chain.render(dry, noise, transport)), period, rate);
        result.sweep = sweep.extent;
        result.sweepRate = sweep.rate;
    }

    double noiseGain(double decibels, double longest)
    {
        constexpr double piece = 0.15;
        const auto period = 2 * framesIn(piece / 2);
        const auto noise = probeNoise(decibels, period, period, rate);
        StereoSound sound;
        chain.start(stillAndDry, transport);
        double before = 1000;
        for (double seconds = 0; seconds < longest; seconds += piece)
        {
            if (keepGoing && !keepGoing())
                break;
            const auto start = sound[0].size();
            chain.play(noise, sound);
            const double level = rmsDecibels(sound, start);
            constexpr double steady = 0.2;
            if (std::abs(level - before) < steady)
                return level - decibels;
            before = level;
        }
        return before - decibels;
    }

    /// A gate opens at once and takes up to a second to close.
    void measureGate() { result.gateGain = noiseGain(-75, 1.6) - noiseGain(-35, 0.6); }

    void measureWidth()
    {
        constexpr double listening = 0.4;
        constexpr double starting = 0.2;
        const auto frames = framesIn(starting + listening);
        auto sound = chain.render(preset, probeNoise(-20, frames & ~std::size_t{1}, frames, rate), transport);
        for (auto& channel : sound)
            channel.erase(channel.begin(), channel.begin() + static_cast<std::ptrdiff_t>(framesIn(starting)));
        result.width = stereoWidth(sound);
    }

    OfflineChain& chain;
    const double rate;
    const ParameterSet preset;
    const ParameterSet still;       ///< nothing moves
    const ParameterSet dry;         ///< nothing repeats or rings
    const ParameterSet stillAndDry; ///< neither
    const Transport transport;
    const KeepGoing& keepGoing;
    std::size_t burstFrames = 0;
    ToneProbe result;
};
} // namespace

ToneProbe probeTone(OfflineChain& chain, const ParameterSet& parameters, Probes wanted,
                    const Transport& transport, const KeepGoing& keepGoing)
{
    return Prober(chain, parameters, transport, keepGoing).run(wanted);
}

double probeDistortionClass(OfflineChain& chain, const ParameterSet& parameters, const Transport& transport)
{
    return Prober(chain, parameters, transport, {}).distortionClassOnly();
}

} // namespace tonewright::dsp
