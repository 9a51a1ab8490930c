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

class Boost final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        const int factor = Oversampler::factorFor(spec.sampleRate, spec.quality);
        rate = spec.sampleRate * factor;
        oversampler.prepare(factor);
        germanium.setLimits(germaniumPositive, germaniumNegative);
        rest = germanium.curve(everyLane<Lanes>(germaniumBias))[0];
        for (auto& blocker : dcBlockers)
            blocker.prepare(spec.sampleRate);
        for (auto* ramp : {&flat, &lowCut, &hump, &tilt})
            ramp->prepare(controlInterval);
        for (auto* knob : {&level, &tone})
            knob->prepare(spec.sampleRate / controlInterval);
        reset();
    }

    void reset() noexcept TONEWRIGHT_NONBLOCKING override
    {
        oversampler.reset();
        clean.reset();
        germanium.reset(germaniumBias);
        corner.reset();
        humpFilter.reset();
        for (auto& blocker : dcBlockers)
            blocker.reset();
        for (auto* ramp : {&flat, &lowCut, &hump, &tilt})
            ramp->reset();
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
        // While the signal is mono, both channels play it.
        const auto& in = block.channels;
        const std::size_t second = block.channelCount == 2 ? 1 : 0;
        clock.run(
            block.frames, [&] { tick(); },
            [&](int offset, int frames)
            {
                oversampler.upsample(in[0] + offset, in[second] + offset, buffer, frames);
                if (type == BoostType::treble)
                    shape(frames, [this](Lanes x) { return germanium.process(x + germaniumBias) - rest; });
                else
                    shape(frames,
                          [this](Lanes x) { return cleanHeadroom * clean.process((1 / cleanHeadroom) * x); });
                oversampler.downsample(buffer, frames);
                for (int frame = 0; frame < frames; ++frame)
                    for (std::size_t channel = 0; channel < 2; ++channel)
                        block.channels[channel][offset + frame] =
                            dcBlockers[channel].process(buffer[static_cast<std::size_t>(frame)][channel]);
            });
    }

private:
    static constexpr float humpQ = 0.8f;

    void tick() noexcept
    {
        const float decibels = level.next();
        const auto voicing = voicingFor(type, decibels, tone.next());
        flat.tick(voicing.flat);
        lowCut.tick(voicing.lowCut);
        hump.tick(voicing.hump / humpQ);
        tilt.tick(voicing.tilt);
        corner.setFrequency(voicing.corner, rate);
        humpFilter.setFrequency(voicing.centre, static_cast<double>(humpQ), rate);
    }

    /// Filters and clips what lies oversampled in the buffer.
    template <typename Clip>
    void shape(int frames, Clip&& clip) noexcept
    {
        Lanes* sample = buffer.data();
        for (int frame = 0; frame < frames; ++frame)
        {
            const float gain = flat.next();
            const float cut = lowCut.next();
            const float middle = hump.next();
            const float top = tilt.next();
            for (int k = 0; k < oversampler.factor(); ++k, ++sample)
            {
                const Lanes x = *sample;
                const Lanes low = corner.lowPass(x);
                *sample =
                    clip(gain * (x - cut * low + middle * humpFilter.process(x).band + top * (x - low)));
            }
        }
    }

    double rate = 96000;
    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    SoftClip<Lanes> clean;
    UnevenSoftClip<Lanes> germanium;
    float rest = 0;
    FirstOrder<Lanes> corner;
    SecondOrder<Lanes> humpFilter;
    std::array<DcBlocker, 2> dcBlockers;
    GainRamp flat;
    GainRamp lowCut;
    GainRamp hump;
    GainRamp tilt;
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
