#include "dsp/ControlRate.h"
#include "dsp/Decibels.h"
#include "dsp/Filters.h"
#include "dsp/PeakHold.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
/// An inductor wah's travel. Its tank has a fixed inductor and a fixed resistor across it, and the treadle
/// multiplies the capacitor: the peak keeps its height while Q falls as the frequency rises. A band-pass of
/// that kind is what J. O. Smith fitted to a measured pedal ("Virtual Electric Musical Instruments and
/// Effects", 2008: Q from 8 at the heel to 2 at the toe).
constexpr double heelFrequency = 350;
constexpr double toeFrequency = 2200;
/// At Q 4; a narrower band passes less of a guitar, so its peak is higher.
constexpr float peakDecibels = 11;
constexpr float peakQ = 4;

/// What the auto types hear: fast enough for the quack of the attack, slow enough to sing it out.
constexpr double attackSeconds = 0.006;
constexpr double releaseSeconds = 0.16;
/// A peak of -20 dBFS, a guitar played firmly, takes the sweep three quarters of the way at 50 %.
constexpr float sensitivityRange = 40; ///< dB

float stepOf(double seconds, double rate) noexcept
{
    return static_cast<float>(1 - std::exp(-1 / (seconds * rate)));
}

class Wah final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        sampleRate = spec.sampleRate;
        const double controlRate = sampleRate / controlInterval;
        for (auto* knob : {&position, &sensitivity, &q, &mix})
            knob->prepare(controlRate);
        position.prepare(controlRate, longRamp);
        attackStep = stepOf(attackSeconds, controlRate);
        releaseStep = stepOf(releaseSeconds, controlRate);
        peak.prepare(sampleRate);
        for (auto* ramp : {&frequencyRamp, &qRamp, &wetRamp, &dryRamp})
            ramp->prepare(controlInterval);
        Wah::reset();
    }

    void reset() noexcept override
    {
        for (auto* knob : {&position, &sensitivity, &q, &mix})
            knob->reset();
        for (auto* ramp : {&frequencyRamp, &qRamp, &wetRamp, &dryRamp})
            ramp->reset();
        for (auto& filter : filters)
            filter.reset();
        peak.reset();
        level = envelope = 0;
        clock.reset();
    }

    void setParameters(const ParameterSet& parameters, const Transport&) noexcept override
    {
        type = parameters.choice<WahType>("wah.type"_p);
        position.setTarget(0.01f * parameters["wah.position"_p]);
        sensitivity.setTarget(0.01f * parameters["wah.sensitivity"_p]);
        q.setTarget(parameters["wah.q"_p]);
        mix.setTarget(0.01f * parameters["wah.mix"_p]);
    }

    void process(AudioBlock& block) noexcept override
    {
        const auto active = static_cast<std::size_t>(block.channelCount);
        clock.run(
            block.frames, [&] { tick(); },
            [&](int offset, int frames)
            {
                for (int frame = offset; frame < offset + frames; ++frame)
                    processFrame(block.channels, frame, active);
            });
        if (active == 1)
            filters[1] = filters[0]; // the signal may become stereo
    }

    double tailSeconds(const ParameterSet& parameters) const noexcept override
    {
        // A resonance falls by 60 dB in 6.9 time constants of Q / (pi f); longest at the heel.
        return 6.9 * 2 * static_cast<double>(parameters["wah.q"_p]) / (3.14159 * heelFrequency);
    }

private:
    void tick() noexcept
    {
        envelope += (level > envelope ? attackStep : releaseStep) * (level - envelope);
        const float place = sweptPosition();
        const auto octaves = static_cast<float>(std::log2(toeFrequency / heelFrequency));
        frequencyRamp.tick(
            warpedFrequency(heelFrequency * static_cast<double>(std::exp2(octaves * place)), sampleRate));
        const float middleQ = q.next();
        qRamp.tick(middleQ * std::exp2(1 - 2 * place));
        const float wet = mix.next();
        wetRamp.tick(wet * gainFromDecibels(peakDecibels) * std::sqrt(middleQ / peakQ));
        dryRamp.tick(1 - wet);
    }

    /// 0 at the heel, 1 at the toe.
    float sweptPosition() noexcept
    {
        const float rest = position.next();
        const float drive = gainFromDecibels(sensitivityRange * sensitivity.next());
        const float sweep = std::tanh(drive * envelope);
        switch (type)
        {
        case WahType::pedal:
            return rest;
        case WahType::autoUp:
            return rest + (1 - rest) * sweep;
        case WahType::autoDown:
            return rest * (1 - sweep);
        }
        return rest;
    }

    void processFrame(const std::array<float*, 2>& channels, int frame, std::size_t active) noexcept
    {
        const float g = frequencyRamp.next();
        const float width = qRamp.next();
        const float wet = wetRamp.next();
        const float dry = dryRamp.next();
        float magnitude = 0;
        for (std::size_t index = 0; index < active; ++index)
        {
            float& sample = channels[index][frame];
            magnitude = std::max(magnitude, std::abs(sample));
            filters[index].setWarped(g, width);
            sample = dry * sample + wet / width * filters[index].process(sample).band;
        }
        level = peak.process(magnitude);
    }

    double sampleRate = 48000;
    WahType type = WahType::pedal;
    Smoother position;
    Smoother sensitivity;
    Smoother q;
    Smoother mix;
    GainRamp frequencyRamp;
    GainRamp qRamp;
    GainRamp wetRamp;
    GainRamp dryRamp;
    PeakHold peak;
    float attackStep = 1;
    float releaseStep = 1;
    float level = 0;    ///< of the guitar, held over a period
    float envelope = 0; ///< the same, followed
    std::array<StateVariable, 2> filters;
    ControlClock clock;
};
} // namespace

std::unique_ptr<Stage> makeWah()
{
    return std::make_unique<Wah>();
}

} // namespace tonewright::dsp
