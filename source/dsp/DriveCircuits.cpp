#include "dsp/DriveCircuits.h"

#include "dsp/Adaa.h"
#include "dsp/ControlRate.h"
#include "dsp/Decibels.h"
#include "dsp/Filters.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tonewright::dsp
{
namespace
{
/// Dry guitar to the circuits' unit (the diodes' forward voltage): a hard pick reaches it, soft playing does
/// not.
constexpr float inputUnit = 1.6f;

/// Output levels in dB at gain 0, 0.25, 0.5, 0.75 and 1 that bring a guitar back to its own loudness,
/// measured.
using Trim = std::array<float, 5>;

float trimmed(const Trim& trim, float gain) noexcept
{
    const float position = std::clamp(gain * 4, 0.0f, 4.0f);
    const auto index = std::min(static_cast<std::size_t>(position), std::size_t{3});
    const float share = position - static_cast<float>(index);
    return gainFromDecibels(trim[index] + share * (trim[index + 1] - trim[index]));
}

/// Geometric way from `low` to `high`.
double between(double low, double high, float position) noexcept
{
    return low * std::pow(high / low, static_cast<double>(position));
}

/// What all circuits share: their rate and the ramps of gain, tone and output.
class RampedCircuit : public DriveCircuit
{
public:
    void prepare(double newRate, int stepsPerTick) override
    {
        rate = newRate;
        for (auto* ramp : {&gainRamp, &toneRamp, &levelRamp})
            ramp->prepare(stepsPerTick);
        prepareFilters();
        reset();
    }

    void reset() noexcept override
    {
        for (auto* ramp : {&gainRamp, &toneRamp, &levelRamp})
            ramp->reset();
        resetFilters();
    }

protected:
    virtual void prepareFilters() = 0;
    virtual void resetFilters() noexcept = 0;

    double rate = 192000;
    GainRamp gainRamp;
    GainRamp toneRamp;
    GainRamp levelRamp;
};

/// Low gain, soft and flat: a soft clipper beside a little of the clean signal, as in the "transparent"
/// overdrives that mix both.
class Transparent final : public RampedCircuit
{
public:
    void tick(float gain, float tone) noexcept override
    {
        gainRamp.tick(inputUnit * gainFromDecibels(24 * gain));
        toneRamp.tick(gainFromDecibels(16 * (tone - 0.5f)) - 1);
        levelRamp.tick(trimmed(trim, gain));
    }

    void process(Lanes* samples, int count) noexcept override
    {
        for (int n = 0; n < count; ++n)
        {
            const Lanes driven = gainRamp.next() * lowCut.highPass(samples[n]);
            const Lanes mixed = clip.process(driven) + cleanShare * driven;
            samples[n] = levelRamp.next() * (mixed + toneRamp.next() * toneCorner.highPass(mixed));
        }
    }

private:
    static constexpr float cleanShare = 0.1f;
    static constexpr Trim trim{-4.2f, -9.2f, -13.3f, -16.6f, -19.2f};

    void prepareFilters() override
    {
        lowCut.setFrequency(60, rate);
        toneCorner.setFrequency(1600, rate);
    }
    void resetFilters() noexcept override
    {
        lowCut.reset();
        toneCorner.reset();
        clip.reset();
    }

    FirstOrder<Lanes> lowCut;
    FirstOrder<Lanes> toneCorner;
    SoftClip<Lanes> clip;
};

/// The green overdrive: only what lies above 720 Hz is amplified and clipped by the diodes in the op-amp's
/// loop, and the input is added untouched; a 723 Hz low-pass with the tone control completes the mid hump.
class Overdrive final : public RampedCircuit
{
public:
    void tick(float gain, float tone) noexcept override
    {
        // 4.7 kohm against 51 to 551 kohm.
        const float loopGain = 1 + 10.85f * std::pow(10.8f, gain);
        gainRamp.tick(loopGain);
        // 51 pF across the feedback resistance.
        loopLowPass.setFrequency(between(60000, 5700, gain), rate);
        toneRamp.tick(0.05f + 0.35f * tone + 0.8f * tone * tone * tone);
        levelRamp.tick(trimmed(trim, gain));
    }

    void process(Lanes* samples, int count) noexcept override
    {
        for (int n = 0; n < count; ++n)
        {
            const Lanes input = inputUnit * samples[n];
            const Lanes driven = loopLowPass.lowPass(gainRamp.next() * lowCut.highPass(input));
            const Lanes clipped = input + clip.process(driven);
            const Lanes low = toneCorner.lowPass(clipped);
            samples[n] = levelRamp.next() * top.lowPass(low + toneRamp.next() * (clipped - low));
        }
    }

private:
    static constexpr Trim trim{-13.0f, -14.4f, -15.5f, -16.3f, -16.9f};

    void prepareFilters() override
    {
        lowCut.setFrequency(720, rate);
        toneCorner.setFrequency(723, rate);
        top.setFrequency(6000, rate);
    }
    void resetFilters() noexcept override
    {
        for (auto* filter : {&lowCut, &loopLowPass, &toneCorner, &top})
            filter->reset();
        clip.reset();
    }

    FirstOrder<Lanes> lowCut;
    FirstOrder<Lanes> loopLowPass;
    FirstOrder<Lanes> toneCorner;
    FirstOrder<Lanes> top;
    SoftClip<Lanes> clip;
};

/// Op-amp with up to 58 dB of gain whose bandwidth shrinks as the gain grows, diodes to ground (a hard
/// corner), then a low-pass as the tone control.
class Distortion final : public RampedCircuit
{
public:
    void tick(float gain, float tone) noexcept override
    {
        const float amount = gainFromDecibels(14 + 44 * gain);
        gainRamp.tick(amount);
        // 0.3 MHz gain-bandwidth product, over the gain: an old, slow op-amp.
        opAmp.setFrequency(std::min(3e5 / static_cast<double>(amount), 20000.0), rate);
        toneFilter.setFrequency(between(500, 9000, tone), rate);
        toneRamp.tick(0);
        levelRamp.tick(trimmed(trim, gain));
    }

    void process(Lanes* samples, int count) noexcept override
    {
        for (int n = 0; n < count; ++n)
        {
            const Lanes input = inputUnit * samples[n];
            // Two legs to ground: 560 ohm and 4.7 uF above 60 Hz, 47 ohm and 2.2 uF above 1.5 kHz.
            const Lanes shaped = 0.35f * bassLeg.highPass(input) + 0.65f * trebleLeg.highPass(input);
            const Lanes driven = opAmp.lowPass(input + gainRamp.next() * shaped);
            const Lanes clipped = clip.process(driven);
            const Lanes diodes = clipped + softness * (knee.process(driven) - clipped);
            samples[n] = levelRamp.next() * toneFilter.lowPass(diodes);
        }
    }

private:
    /// Diodes conduct a little before they clip: this share of the hard corner is a soft one. (Side by side:
    /// in a row, the second clipper would see the first one's edges and fold them.)
    static constexpr float softness = 0.2f;
    static constexpr Trim trim{-12.1f, -16.2f, -18.2f, -19.1f, -19.6f};

    void prepareFilters() override
    {
        bassLeg.setFrequency(60, rate);
        trebleLeg.setFrequency(1500, rate);
    }
    void resetFilters() noexcept override
    {
        for (auto* filter : {&bassLeg, &trebleLeg, &opAmp, &toneFilter})
            filter->reset();
        knee.reset();
        clip.reset();
    }

    FirstOrder<Lanes> bassLeg;
    FirstOrder<Lanes> trebleLeg;
    FirstOrder<Lanes> opAmp;
    FirstOrder<Lanes> toneFilter;
    SoftClip<Lanes> knee;
    HardClip<Lanes> clip;
};

/// Two clipping stages in a row, each with its own low-pass, and a tone control that fades between a low-pass
/// and a high-pass: thick lows, scooped middle, notes that do not end.
class Fuzz final : public RampedCircuit
{
public:
    void tick(float gain, float tone) noexcept override
    {
        gainRamp.tick(inputUnit * gainFromDecibels(16 + 30 * gain));
        // The pot's track never quite reaches the treble leg, and half a turn leaves the lows in charge.
        toneRamp.tick(0.85f * tone * std::sqrt(tone));
        levelRamp.tick(trimmed(trim, gain));
    }

    void process(Lanes* samples, int count) noexcept override
    {
        for (int n = 0; n < count; ++n)
        {
            const Lanes first = firstLowPass.lowPass(gainRamp.next() * inputCoupling.highPass(samples[n]));
            const Lanes clipped = stageLowPass.lowPass(coupling.highPass(firstClip.process(first)));
            const Lanes second = secondLowPass.lowPass(secondClip.process(secondGain * clipped));
            const Lanes low = toneLow.lowPass(second);
            const Lanes high = toneHigh.highPass(second);
            const float tone = toneRamp.next();
            samples[n] = levelRamp.next() * (low + tone * (high - low));
        }
    }

private:
    static constexpr float secondGain = 12;
    static constexpr Trim trim{-11.1f, -11.6f, -11.8f, -11.9f, -12.0f};

    void prepareFilters() override
    {
        inputCoupling.setFrequency(60, rate);
        firstLowPass.setFrequency(2600, rate);
        coupling.setFrequency(55, rate);
        stageLowPass.setFrequency(3000, rate);
        secondLowPass.setFrequency(3200, rate);
        toneLow.setFrequency(410, rate);
        toneHigh.setFrequency(1450, rate);
    }
    void resetFilters() noexcept override
    {
        for (auto* filter :
             {&inputCoupling, &firstLowPass, &coupling, &stageLowPass, &secondLowPass, &toneLow, &toneHigh})
            filter->reset();
        firstClip.reset();
        secondClip.reset();
    }

    FirstOrder<Lanes> inputCoupling;
    FirstOrder<Lanes> firstLowPass;
    FirstOrder<Lanes> coupling;
    FirstOrder<Lanes> stageLowPass;
    FirstOrder<Lanes> secondLowPass;
    FirstOrder<Lanes> toneLow;
    FirstOrder<Lanes> toneHigh;
    SoftClip<Lanes> firstClip;
    SoftClip<Lanes> secondClip;
};

/// A starved first transistor that lets nothing quiet through (so notes sputter out), a transformer and two
/// diodes that rectify the full wave (the upper octave), and a clipping stage.
class OctaveFuzz final : public RampedCircuit
{
public:
    void tick(float gain, float tone) noexcept override
    {
        gainRamp.tick(gainFromDecibels(6 + 34 * gain));
        toneFilter.setFrequency(between(900, 9000, tone), rate);
        toneRamp.tick(0);
        levelRamp.tick(trimmed(trim, gain));
    }

    void process(Lanes* samples, int count) noexcept override
    {
        for (int n = 0; n < count; ++n)
        {
            const Lanes input = inputLowPass.lowPass(lowCut.highPass(samples[n]));
            // The dead zone: nothing near zero, the input less `threshold` far from it.
            const Lanes opened = input - threshold * starved.process(input / threshold);
            const Lanes wave = firstClip.process(firstGain * opened);
            const Lanes rectified = rectifier.process(wave) + mismatch * wave;
            const Lanes octave = octaveLowPass.lowPass(coupling.highPass(rectified));
            const Lanes clipped = secondClip.process(gainRamp.next() * octave);
            samples[n] = levelRamp.next() * toneFilter.lowPass(outputCoupling.highPass(clipped));
        }
    }

private:
    static constexpr float threshold = 0.006f;
    /// Two diodes are never alike: some of the played note stays.
    static constexpr float mismatch = 0.12f;
    static constexpr float firstGain = 4;
    static constexpr Trim trim{-9.1f, -14.7f, -17.9f, -19.3f, -19.9f};

    void prepareFilters() override
    {
        lowCut.setFrequency(70, rate);
        inputLowPass.setFrequency(3500, rate);
        coupling.setFrequency(60, rate);
        octaveLowPass.setFrequency(5000, rate);
        outputCoupling.setFrequency(60, rate);
    }
    void resetFilters() noexcept override
    {
        for (auto* filter : {&lowCut, &inputLowPass, &coupling, &octaveLowPass, &outputCoupling, &toneFilter})
            filter->reset();
        starved.reset();
        firstClip.reset();
        secondClip.reset();
        rectifier.reset();
    }

    FirstOrder<Lanes> lowCut;
    FirstOrder<Lanes> inputLowPass;
    FirstOrder<Lanes> coupling;
    FirstOrder<Lanes> octaveLowPass;
    FirstOrder<Lanes> outputCoupling;
    FirstOrder<Lanes> toneFilter;
    SoftClip<Lanes> starved;
    SoftClip<Lanes> firstClip;
    SoftClip<Lanes> secondClip;
    Rectifier<Lanes> rectifier;
};
} // namespace

std::unique_ptr<DriveCircuit> makeDriveCircuit(DriveType type)
{
    switch (type)
    {
    case DriveType::transparent:
        return std::make_unique<Transparent>();
    case DriveType::overdrive:
        return std::make_unique<Overdrive>();
    case DriveType::distortion:
        return std::make_unique<Distortion>();
    case DriveType::fuzz:
        return std::make_unique<Fuzz>();
    case DriveType::octaveFuzz:
        break;
    }
    return std::make_unique<OctaveFuzz>();
}

} // namespace tonewright::dsp
