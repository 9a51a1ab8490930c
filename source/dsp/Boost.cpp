#include "dsp/Adaa.h"
#include "dsp/ControlRate.h"
#include "dsp/Decibels.h"
#include "dsp/Filters.h"
#include "dsp/Oversampler.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
/// The output swing a 9 V supply allows, in guitar full scales: a clean boost hardly ever gets there.
constexpr float cleanHeadroom = 4;
/// A single germanium transistor clips earlier, and unevenly.
constexpr float germaniumPositive = 2.5f;
constexpr float germaniumNegative = 1.4f;
/// Its resting point, off centre: the warmth of a little second harmonic.
constexpr float germaniumBias = 0.15f;

/// What a level knob of `level` dB and a tone knob from 0 to 10 mean for each type. Three filters side by
/// side: y = flat * (x - lowCut * low-passed x + hump * band-passed x + tilt * high-passed x).
struct Voicing
{
    float flat = 1;
    float lowCut = 0;
    float hump = 0;
    float tilt = 0;
    double corner = 1000; ///< Hz, of the low cut and of the tilt
    double centre = 800;  ///< Hz, of the hump
};

Voicing voicingFor(BoostType type, float level, float tone) noexcept
{
    const float turn = (tone - 5) / 5;
    Voicing voicing;
    switch (type)
    {
    case BoostType::clean:
        voicing.flat = gainFromDecibels(level);
        voicing.corner = 1600;
        voicing.tilt = gainFromDecibels(7 * turn) - 1;
        break;
    case BoostType::treble:
        // A small input capacitor into a low impedance: lows go, the top gets the gain.
        voicing.flat = gainFromDecibels(level + 3);
        voicing.corner = 1500 * std::exp2(static_cast<double>(turn));
        voicing.lowCut = 0.93f;
        break;
    case BoostType::mid:
        voicing.flat = gainFromDecibels(0.4f * level);
        voicing.centre = 750 * std::exp2(0.8 * static_cast<double>(turn));
        voicing.hump = gainFromDecibels(2 + 0.6f * level) - 1;
        break;
    }
    return voicing;
}

class BoostChannel
{
public:
    void prepare(double sampleRate, int factor)
    {
        rate = sampleRate * factor;
        oversampler.prepare(factor);
        germanium.setLimits(germaniumPositive, germaniumNegative);
        rest = germanium.curve(germaniumBias);
        dcBlocker.prepare(sampleRate);
        for (auto* ramp : {&flat, &lowCut, &hump, &tilt})
            ramp->prepare(controlInterval);
        reset();
    }

    void reset() noexcept
    {
        oversampler.reset();
        clean.reset();
        germanium.reset(germaniumBias);
        corner.reset();
        humpFilter.reset();
        dcBlocker.reset();
        for (auto* ramp : {&flat, &lowCut, &hump, &tilt})
            ramp->reset();
    }

    void tick(const Voicing& voicing) noexcept
    {
        flat.tick(voicing.flat);
        lowCut.tick(voicing.lowCut);
        hump.tick(voicing.hump / humpQ);
        tilt.tick(voicing.tilt);
        corner.setFrequency(voicing.corner, rate);
        humpFilter.setFrequency(voicing.centre, static_cast<double>(humpQ), rate);
    }

    void process(BoostType type, float* samples, int frames) noexcept
    {
        const int factor = oversampler.factor();
        oversampler.upsample(samples, buffer, frames);
        float* shaped = buffer.data();
        for (int frame = 0; frame < frames; ++frame)
        {
            const float level = flat.next();
            const float cut = lowCut.next();
            const float middle = hump.next();
            const float top = tilt.next();
            for (int k = 0; k < factor; ++k, ++shaped)
            {
                const float x = *shaped;
                const float low = corner.lowPass(x);
                *shaped = level * (x - cut * low + middle * humpFilter.process(x).band + top * (x - low));
            }
        }
        const auto count = static_cast<std::size_t>(frames * factor);
        if (type == BoostType::treble)
            for (std::size_t n = 0; n < count; ++n)
                buffer[n] = germanium.process(buffer[n] + germaniumBias) - rest;
        else
            for (std::size_t n = 0; n < count; ++n)
                buffer[n] = cleanHeadroom * clean.process(buffer[n] / cleanHeadroom);
        oversampler.downsample(buffer, samples, frames);
        for (int frame = 0; frame < frames; ++frame)
            samples[frame] = dcBlocker.process(samples[frame]);
    }

private:
    static constexpr float humpQ = 0.8f;

    double rate = 96000;
    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    SoftClip clean;
    UnevenSoftClip germanium;
    float rest = 0;
    OnePole corner;
    StateVariable humpFilter;
    DcBlocker dcBlocker;
    GainRamp flat;
    GainRamp lowCut;
    GainRamp hump;
    GainRamp tilt;
};

class Boost final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        const int factor = Oversampler::factorFor(spec.sampleRate, spec.quality);
        for (auto& channel : channels)
            channel.prepare(spec.sampleRate, factor);
        for (auto* knob : {&level, &tone})
            knob->prepare(spec.sampleRate / controlInterval);
        reset();
    }

    void reset() noexcept TONEWRIGHT_NONBLOCKING override
    {
        for (auto& channel : channels)
            channel.reset();
        level.reset();
        tone.reset();
        clock.reset();
    }

    void setParameters(const ParameterSet& parameters,
                       const Transport& /*transport*/) noexcept TONEWRIGHT_NONBLOCKING override
    {
        type = parameters.choice<BoostType>("boost.type"_p);
        level.setTarget(parameters["boost.level"_p]);
        tone.setTarget(parameters["boost.tone"_p]);
    }

    void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING override
    {
        const auto active = static_cast<std::size_t>(block.channelCount);
        clock.run(
            block.frames, [&] { tick(); },
            [&](int offset, int frames)
            {
                for (std::size_t index = 0; index < active; ++index)
                    channels[index].process(type, block.channels[index] + offset, frames);
            });
    }

private:
    void tick() noexcept
    {
        const float decibels = level.next();
        const auto voicing = voicingFor(type, decibels, tone.next());
        for (auto& channel : channels)
            channel.tick(voicing);
    }

    std::array<BoostChannel, 2> channels;
    Smoother level;
    Smoother tone;
    ControlClock clock;
    BoostType type = BoostType::clean;
};
} // namespace

std::unique_ptr<Stage> makeBoost()
{
    return std::make_unique<Boost>();
}

} // namespace tonewright::dsp
