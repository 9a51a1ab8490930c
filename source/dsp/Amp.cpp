#include "dsp/AmpStages.h"
#include "dsp/AmpTone.h"
#include "dsp/Decibels.h"
#include "dsp/Oversampler.h"
#include "dsp/Smoother.h"
#include "dsp/Stages.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
constexpr std::array<ParameterIndex, knobCount> knobParameters{
    "amp.gain"_p,     "amp.bass"_p,      "amp.mid"_p,   "amp.treble"_p,
    "amp.presence"_p, "amp.resonance"_p, "amp.master"_p};

/// Between the five points at knob 0, 2.5, 5, 7.5 and 10.
float interpolated(const std::array<float, 5>& points, float knob) noexcept
{
    const float position = std::clamp(knob * 0.4f, 0.0f, 4.0f);
    const auto index = std::min(static_cast<std::size_t>(position), std::size_t{3});
    const float share = position - static_cast<float>(index);
    return points[index] + share * (points[index + 1] - points[index]);
}

/// Each triode inverts; the output transformer is wound so that the speaker moves the way the string did
/// whatever the model: two models in a crossfade add up instead of cancelling.
float polarityOf(const AmpModelData& model) noexcept
{
    return model.stageCount % 2 == 0 ? 1.0f : -1.0f;
}

/// The gain pot with the bright capacitor across it.
class GainControl
{
public:
    void setModel(const AmpModelData& data, double baseRate, int factor) noexcept
    {
        model = &data;
        oversampling = factor;
        corner.setFrequency(static_cast<double>(data.bright), baseRate * factor);
        gain.prepare(controlInterval);
        bright.prepare(controlInterval);
        reset();
    }

    void reset() noexcept
    {
        corner.reset();
        gain.reset();
        bright.reset();
    }

    void tick(float knob) noexcept
    {
        gain.tick(gainFromDecibels(model->leastGain + (model->mostGain - model->leastGain) * knob / 10));
        bright.tick(gainFromDecibels(model->brightGain * (1 - knob / 10)) - 1);
    }

    void hold() noexcept
    {
        gain.hold();
        bright.hold();
    }

    void process(Lanes* samples, int frames) noexcept
    {
        auto filter = corner;
        for (int frame = 0; frame < frames; ++frame)
        {
            const float amount = gain.next();
            const float lift = bright.next();
            for (int k = 0; k < oversampling; ++k, ++samples)
                *samples = amount * (*samples + lift * filter.highPass(*samples));
        }
        corner = filter;
    }

private:
    const AmpModelData* model = &ampModelTable[0];
    int oversampling = 1;
    FirstOrder<Lanes> corner;
    GainRamp gain;
    GainRamp bright;
};

/// The oversampled part of the amplifier, both channels.
class AmpCircuit
{
public:
    void setModel(const AmpModelData& data, double sampleRate, int factor) noexcept
    {
        model = &data;
        oversampling = factor;
        const double rate = sampleRate * factor;
        for (std::size_t index = 0; index < data.stageCount; ++index)
            stages[index].setModel(data.stages[index], rate);
        tone.setModel(data, rate, factor);
        gain.setModel(data, sampleRate, factor);
        power.setModel(data.power, sampleRate, factor);
    }

    void reset() noexcept
    {
        for (auto& stage : stages)
            stage.reset();
        tone.reset();
        gain.reset();
        power.reset();
    }

    /// Once a control interval.
    void tick(const AmpKnobs& knobs) noexcept
    {
        tone.tick(knobs);
        gain.tick(knobs[gainKnob]);
        power.tick(knobs[resonanceKnob], knobs[presenceKnob], knobs[masterKnob]);
    }

    /// Instead of tick() while the knobs stand still.
    void hold() noexcept
    {
        tone.hold();
        gain.hold();
        power.hold();
    }

    /// Behind the oversampler: a base-rate sample.
    Lanes transformed(Lanes sample) noexcept { return power.transformed(sample); }

    /// `frames` base-rate samples.
    void process(Lanes* samples, int frames) noexcept
    {
        for (std::size_t index = 0; index < model->stageCount; ++index)
        {
            if (index == model->gainBefore)
                gain.process(samples, frames);
            stages[index].process(samples, frames * oversampling);
            if (index == model->stackAfter)
                tone.process(samples, frames * oversampling);
        }
        power.process(samples, frames);
    }

private:
    const AmpModelData* model = &ampModelTable[0];
    int oversampling = 1;
    std::array<GainStage, 4> stages;
    ToneControls tone;
    GainControl gain;
    PowerStage power;
};

class Amp final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        sampleRate = spec.sampleRate;
        oversampler.prepare(Oversampler::factorFor(spec.sampleRate, spec.quality));
        dcBlocker.prepare(sampleRate);
        for (auto& knob : smoothers)
            knob.prepare(sampleRate / controlInterval);
        level.prepare(controlInterval);
        setModel(AmpModel::americanClean);
        reset();
    }

    void reset() noexcept TONEWRIGHT_NONBLOCKING override
    {
        oversampler.reset();
        circuit.reset();
        dcBlocker.reset();
        for (auto& knob : smoothers)
            knob.reset();
        level.reset();
        restart();
    }

    void setParameters(const ParameterSet& parameters,
                       const Transport& /*transport*/) noexcept TONEWRIGHT_NONBLOCKING override
    {
        if (const auto wanted = parameters.choice<AmpModel>("amp.model"_p); wanted != model)
            setModel(wanted);
        for (std::size_t knob = 0; knob < knobCount; ++knob)
            smoothers[knob].setTarget(parameters[knobParameters[knob]]);
    }

    void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING override
    {
        // While the signal is mono, both channels play it.
        const auto& in = block.channels;
        const std::size_t second = block.channelCount == 2 ? 1 : 0;
        clock.runLong(
            block.frames, Oversampler::maximumFrames, [&] { return tick(); },
            [&](int offset, int frames)
            {
                oversampler.upsample(in[0] + offset, in[second] + offset, buffer, frames);
                circuit.process(buffer.data(), frames);
                oversampler.downsample(buffer, frames);
                finish(block, offset, frames);
            });
    }

private:
    void setModel(AmpModel wanted) noexcept
    {
        model = wanted;
        circuit.setModel(ampModelData(model), sampleRate, oversampler.factor());
        level.reset();
        restart();
    }

    /// The knobs are set before the next sample.
    void restart() noexcept
    {
        clock.reset();
        knobsAreSet = false;
    }

    /// True if the knobs stand still.
    bool tick() noexcept
    {
        const bool still = knobsAreSet && std::none_of(smoothers.begin(), smoothers.end(),
                                                       [](const auto& knob) { return knob.isMoving(); });
        knobsAreSet = true;
        if (still)
        {
            circuit.hold();
            level.hold();
            return true;
        }
        AmpKnobs knobs;
        for (std::size_t knob = 0; knob < knobCount; ++knob)
            knobs[knob] = smoothers[knob].next();
        circuit.tick(knobs);
        const auto& data = ampModelData(model);
        level.tick(polarityOf(data) * gainFromDecibels(interpolated(data.level, knobs[gainKnob])));
        return false;
    }

    void finish(const AudioBlock& block, int offset, int frames) noexcept
    {
        for (int frame = 0; frame < frames; ++frame)
        {
            const Lanes sample =
                level.next() *
                dcBlocker.process(circuit.transformed(buffer[static_cast<std::size_t>(frame)]));
            for (std::size_t channel = 0; channel < 2; ++channel)
                block.channels[channel][offset + frame] = sample[channel];
        }
    }

    double sampleRate = 48000;
    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    AmpCircuit circuit;
    StereoDcBlocker dcBlocker;
    GainRamp level;
    std::array<Smoother, knobCount> smoothers;
    ControlClock clock;
    bool knobsAreSet = false; ///< the circuit is set to them since the last reset
    AmpModel model = AmpModel::americanClean;
};
} // namespace

std::unique_ptr<Stage> makeAmp()
{
    return std::make_unique<Amp>();
}

} // namespace tonewright::dsp
