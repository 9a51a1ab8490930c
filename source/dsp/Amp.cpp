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

    void process(float* samples, int count) noexcept
    {
        for (int n = 0; n < count; ++n)
        {
            const float x = samples[n];
            samples[n] = x + low.next() * lowShelf.lowPass(x) + middle.next() * bell.process(x).band +
                         high.next() * highShelf.highPass(x);
        }
    }

private:
    static constexpr float bellQ = 0.6f;

    OnePole lowShelf;
    StateVariable bell;
    OnePole highShelf;
    GainRamp low;
    GainRamp middle;
    GainRamp high;
};

/// The tone controls of one channel: the passive stack of a guitar amplifier, or the studio's.
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

    void process(float* samples, int count) noexcept
    {
        if (model->passiveStack)
            for (int n = 0; n < count; ++n)
                samples[n] = gain * stack.process(samples[n]);
        else
            active.process(samples, count);
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

    void process(float* samples, int frames) noexcept
    {
        for (int frame = 0; frame < frames; ++frame)
        {
            const float amount = gain.next();
            const float lift = bright.next();
            for (int k = 0; k < oversampling; ++k, ++samples)
                *samples = amount * (*samples + lift * corner.highPass(*samples));
        }
    }

private:
    const AmpModelData* model = &ampModelTable[0];
    int oversampling = 1;
    OnePole corner;
    GainRamp gain;
    GainRamp bright;
};

/// The whole amplifier for one channel.
class AmpChannel
{
public:
    void prepare(double newRate, int factor)
    {
        sampleRate = newRate;
        oversampler.prepare(factor);
        dcBlocker.prepare(newRate);
        level.prepare(controlInterval);
        setModel(ampModelTable[0]);
    }

    void setModel(const AmpModelData& data) noexcept
    {
        model = &data;
        const int factor = oversampler.factor();
        const double rate = sampleRate * factor;
        for (std::size_t index = 0; index < data.stageCount; ++index)
            stages[index].setModel(data.stages[index], rate);
        tone.setModel(data, rate, factor);
        gain.setModel(data, sampleRate, factor);
        power.setModel(data.power, sampleRate, factor);
        level.reset();
    }

    void reset() noexcept
    {
        oversampler.reset();
        dcBlocker.reset();
        level.reset();
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
        level.tick(polarityOf(*model) * gainFromDecibels(interpolated(model->level, knobs[gainKnob])));
    }

    void process(float* samples, int frames) noexcept
    {
        const int count = frames * oversampler.factor();
        oversampler.upsample(samples, buffer, frames);
        for (std::size_t index = 0; index < model->stageCount; ++index)
        {
            if (index == model->gainBefore)
                gain.process(buffer.data(), frames);
            stages[index].process(buffer.data(), count);
            if (index == model->stackAfter)
                tone.process(buffer.data(), count);
        }
        power.process(buffer.data(), frames);
        oversampler.downsample(buffer, samples, frames);
        for (int frame = 0; frame < frames; ++frame)
            samples[frame] = dcBlocker.process(samples[frame]) * level.next();
    }

private:
    const AmpModelData* model = &ampModelTable[0];
    double sampleRate = 48000;
    Oversampler oversampler;
    Oversampler::Buffer buffer{};
    std::array<GainStage, 4> stages;
    ToneControls tone;
    GainControl gain;
    PowerStage power;
    DcBlocker dcBlocker;
    GainRamp level;
};

class Amp final : public Stage
{
public:
    void prepare(const ProcessSpec& spec) override
    {
        const int factor = Oversampler::factorFor(spec.sampleRate, spec.quality);
        for (auto& channel : channels)
            channel.prepare(spec.sampleRate, factor);
        for (auto& knob : smoothers)
            knob.prepare(spec.sampleRate / controlInterval);
        model = AmpModel::americanClean;
        reset();
    }

    void reset() noexcept TONEWRIGHT_NONBLOCKING override
    {
        for (auto& channel : channels)
            channel.reset();
        for (auto& knob : smoothers)
            knob.reset();
        clock.reset();
    }

    void setParameters(const ParameterSet& parameters,
                       const Transport& /*transport*/) noexcept TONEWRIGHT_NONBLOCKING override
    {
        if (const auto wanted = parameters.choice<AmpModel>("amp.model"_p); wanted != model)
        {
            model = wanted;
            for (auto& channel : channels)
                channel.setModel(ampModelData(model));
            clock.reset(); // the new model's knobs are set before its first sample
        }
        for (std::size_t knob = 0; knob < knobCount; ++knob)
            smoothers[knob].setTarget(parameters[knobParameters[knob]]);
    }

    void process(AudioBlock& block) noexcept TONEWRIGHT_NONBLOCKING override
    {
        const auto active = static_cast<std::size_t>(block.channelCount);
        clock.run(
            block.frames, [&] { tick(); },
            [&](int offset, int frames)
            {
                for (std::size_t index = 0; index < active; ++index)
                    channels[index].process(block.channels[index] + offset, frames);
            });
    }

private:
    void tick() noexcept
    {
        Knobs knobs;
        const bool toneMoved = smoothers[bassKnob].isMoving() || smoothers[midKnob].isMoving() ||
                               smoothers[trebleKnob].isMoving();
        for (std::size_t knob = 0; knob < knobCount; ++knob)
            knobs[knob] = smoothers[knob].next();
        for (auto& channel : channels)
            channel.tick(knobs, toneMoved);
    }

    std::array<AmpChannel, 2> channels;
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
