#include "dsp/AmpStages.h"
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
enum Knob : std::size_t
{
    gainKnob,
    bassKnob,
    midKnob,
    trebleKnob,
    presenceKnob,
    resonanceKnob,
    masterKnob,
    knobCount
};

constexpr std::array<ParameterIndex, knobCount> knobParameters{
    "amp.gain"_p,     "amp.bass"_p,      "amp.mid"_p,   "amp.treble"_p,
    "amp.presence"_p, "amp.resonance"_p, "amp.master"_p};

using Knobs = std::array<float, knobCount>;

/// Bass pots of tone stacks are logarithmic: about 10 % of the resistance at half travel.
double audioTaper(double turn) noexcept
{
    return (std::pow(81.0, turn) - 1) / 80;
}

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

/// A studio desk's equaliser: two shelves and a bell of 12 dB each way. The filters stand still; only their
/// shares move.
class ActiveTone
{
public:
    void prepare(double rate, int stepsPerTick) noexcept
    {
        lowShelf.setFrequency(160, rate);
        bell.setFrequency(650, static_cast<double>(bellQ), rate);
        highShelf.setFrequency(3000, rate);
        for (auto* share : {&low, &middle, &high})
            share->prepare(stepsPerTick);
        reset();
    }

    void reset() noexcept
    {
        lowShelf.reset();
        bell.reset();
        highShelf.reset();
        for (auto* share : {&low, &middle, &high})
            share->reset();
    }

    void tick(const Knobs& knobs) noexcept
    {
        const auto share = [&](Knob knob) { return gainFromDecibels(2.4f * (knobs[knob] - 5)) - 1; };
        low.tick(share(bassKnob));
        middle.tick(share(midKnob) / bellQ);
        high.tick(share(trebleKnob));
    }

    void process(Lanes* samples, int count) noexcept
    {
        auto tone = *this; // a copy, which the compiler can keep in registers
        for (int n = 0; n < count; ++n)
        {
            const Lanes x = samples[n];
            samples[n] = x + tone.low.next() * tone.lowShelf.lowPass(x) +
                         tone.middle.next() * tone.bell.process(x).band +
                         tone.high.next() * tone.highShelf.highPass(x);
        }
        *this = tone;
    }

private:
    static constexpr float bellQ = 0.6f;

    FirstOrder<Lanes> lowShelf;
    SecondOrder<Lanes> bell;
    FirstOrder<Lanes> highShelf;
    GainRamp low;
    GainRamp middle;
    GainRamp high;
};

/// The tone controls: the passive stack of a guitar amplifier, or the studio's.
class ToneControls
{
public:
    void setModel(const AmpModelData& data, double newRate, int factor) noexcept
    {
        model = &data;
        rate = newRate;
        stepsPerTick = controlInterval * factor;
        gain = gainFromDecibels(data.stackGain);
        active.prepare(rate, stepsPerTick);
        reset();
    }

    void reset() noexcept
    {
        stack.reset();
        active.reset();
        jumpNext = true;
    }

    /// `moved`: the knobs are not where they were.
    void tick(const Knobs& knobs, bool moved) noexcept
    {
        if (!model->passiveStack)
            active.tick(knobs);
        else if (moved || jumpNext)
            stack.glideTo(toneStackTransfer(model->stack, travelOf(knobs)), rate,
                          jumpNext ? 0 : stepsPerTick);
        jumpNext = false;
    }

    void process(Lanes* samples, int count) noexcept
    {
        if (!model->passiveStack)
            return active.process(samples, count);
        auto filter = stack;
        for (int n = 0; n < count; ++n)
            samples[n] = gain * filter.process(samples[n]);
        stack = filter;
    }

private:
    ToneStackTravel travelOf(const Knobs& knobs) const noexcept
    {
        const auto turn = [&](Knob knob) { return static_cast<double>(knobs[knob]) / 10; };
        return {audioTaper(turn(bassKnob)), turn(midKnob), std::pow(turn(trebleKnob), model->trebleTaper)};
    }

    const AmpModelData* model = &ampModelTable[0];
    double rate = 192000;
    int stepsPerTick = controlInterval;
    float gain = 1;
    bool jumpNext = true; ///< the stack has not been set since the last reset
    ThirdOrderFilter stack;
    ActiveTone active;
};

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

    /// Once a control interval. `toneMoved`: the tone stack's knobs are not where they were.
    void tick(const Knobs& knobs, bool toneMoved) noexcept
    {
        tone.tick(knobs, toneMoved);
        gain.tick(knobs[gainKnob]);
        power.tick(knobs[resonanceKnob], knobs[presenceKnob], knobs[masterKnob]);
    }

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
        for (auto& blocker : dcBlockers)
            blocker.prepare(sampleRate);
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
        for (auto& blocker : dcBlockers)
            blocker.reset();
        for (auto& knob : smoothers)
            knob.reset();
        level.reset();
        clock.reset();
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
        clock.run(
            block.frames, [&] { tick(); },
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
        clock.reset(); // the new model's knobs are set before its first sample
    }

    void tick() noexcept
    {
        Knobs knobs;
        const bool toneMoved = smoothers[bassKnob].isMoving() || smoothers[midKnob].isMoving() ||
                               smoothers[trebleKnob].isMoving();
        for (std::size_t knob = 0; knob < knobCount; ++knob)
            knobs[knob] = smoothers[knob].next();
        circuit.tick(knobs, toneMoved);
        const auto& data = ampModelData(model);
        level.tick(polarityOf(data) * gainFromDecibels(interpolated(data.level, knobs[gainKnob])));
    }

    void finish(const AudioBlock& block, int offset, int frames) noexcept
    {
        for (int frame = 0; frame < frames; ++frame)
        {
            const float gain = level.next();
            const Lanes sample = buffer[static_cast<std::size_t>(frame)];
            for (std::size_t channel = 0; channel < 2; ++channel)
                block.channels[channel][offset + frame] = dcBlockers[channel].process(sample[channel]) * gain;
        }
    }

    double sampleRate = 48000;
    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    AmpCircuit circuit;
    std::array<DcBlocker, 2> dcBlockers;
    GainRamp level;
    std::array<Smoother, knobCount> smoothers;
    ControlClock clock;
    AmpModel model = AmpModel::americanClean;
};
} // namespace

std::unique_ptr<Stage> makeAmp()
{
    return std::make_unique<Amp>();
}

} // namespace tonewright::dsp
