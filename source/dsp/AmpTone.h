#pragma once

#include "dsp/AmpModels.h"
#include "dsp/ControlRate.h"
#include "dsp/Decibels.h"
#include "dsp/Filters.h"
#include "dsp/ToneStack.h"

#include <array>
#include <cmath>

namespace tonewright::dsp
{

/// The amplifier's knobs, 0 to 10.
enum AmpKnob : std::size_t
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

using AmpKnobs = std::array<float, knobCount>;

/// Bass pots of tone stacks are logarithmic: about 10 % of the resistance at half travel.
inline double audioTaper(double turn) noexcept
{
    return (std::pow(81.0, turn) - 1) / 80;
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

    void hold() noexcept
    {
        for (auto* share : {&low, &middle, &high})
            share->hold();
    }

    void tick(const AmpKnobs& knobs) noexcept
    {
        const auto share = [&](AmpKnob knob) { return gainFromDecibels(2.4f * (knobs[knob] - 5)) - 1; };
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

    void tick(const AmpKnobs& knobs) noexcept
    {
        if (!model->passiveStack)
            active.tick(knobs);
        else
            stack.glideTo(toneStackTransfer(model->stack, travelOf(knobs)), rate,
                          jumpNext ? 0 : stepsPerTick);
        jumpNext = false;
    }

    void hold() noexcept { active.hold(); }

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
    ToneStackTravel travelOf(const AmpKnobs& knobs) const noexcept
    {
        const auto turn = [&](AmpKnob knob) { return static_cast<double>(knobs[knob]) / 10; };
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

} // namespace tonewright::dsp
