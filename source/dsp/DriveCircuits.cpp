#include "dsp/DriveCircuits.h"

#include "dsp/Adaa.h"
#include "dsp/ControlRate.h"
#include "dsp/Decibels.h"
#include "dsp/DriveRunner.h"
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

/// Low gain, soft and flat: a soft clipper beside a little of the clean signal, as in the "transparent"
/// overdrives that mix both.
struct Transparent
{
    static constexpr Trim trim{-4.2f, -9.2f, -13.3f, -16.6f, -19.2f};
    static constexpr float cleanShare = 0.1f;

    struct
    {
        FirstOrder<Lanes> lowCut;
        GainRamp gain;

        Lanes next(Lanes x) noexcept { return gain.next() * lowCut.highPass(x); }
    } before;

    struct
    {
        SoftClip<Lanes> clip;

        Lanes next(Lanes driven) noexcept { return clip.process(driven) + cleanShare * driven; }
    } shape;

    struct
    {
        FirstOrder<Lanes> corner;
        GainRamp tone;
        GainRamp level;

        Lanes next(Lanes x) noexcept { return level.next() * (x + tone.next() * corner.highPass(x)); }
    } after;

    std::array<GainRamp*, 3> ramps() noexcept { return {&before.gain, &after.tone, &after.level}; }

    void prepare(double rate, int /*oversampling*/) noexcept
    {
        before.lowCut.setFrequency(60, rate);
        after.corner.setFrequency(1600, rate);
        for (auto* ramp : ramps())
            ramp->prepare(controlInterval);
    }

    void turn(float gain, float tone) noexcept
    {
        before.gain.tick(inputUnit * gainFromDecibels(24 * gain));
        after.tone.tick(gainFromDecibels(16 * (tone - 0.5f)) - 1);
        after.level.tick(trimmed(trim, gain));
    }
};

/// The green overdrive: only what lies above 720 Hz is amplified and clipped by the diodes in the op-amp's
/// loop, and the input is added untouched; a 723 Hz low-pass with the tone control completes the mid hump.
struct Overdrive
{
    static constexpr Trim trim{-13.0f, -14.4f, -15.5f, -16.3f, -16.9f};

    struct
    {
        Lanes next(Lanes x) noexcept { return inputUnit * x; }
    } before;

    struct
    {
        FirstOrder<Lanes> lowCut;
        FirstOrder<Lanes> loopLowPass;
        GainRamp gain;
        SoftClip<Lanes> clip;

        Lanes next(Lanes x) noexcept
        {
            return x + clip.process(loopLowPass.lowPass(gain.next() * lowCut.highPass(x)));
        }
    } shape;

    struct
    {
        FirstOrder<Lanes> corner;
        MatchedLowPass<Lanes> top;
        GainRamp tone;
        GainRamp level;

        Lanes next(Lanes x) noexcept
        {
            const Lanes low = corner.lowPass(x);
            return level.next() * top.lowPass(low + tone.next() * (x - low));
        }
    } after;

    double shapeRate = 192000;

    std::array<GainRamp*, 3> ramps() noexcept { return {&shape.gain, &after.tone, &after.level}; }

    void prepare(double rate, int oversampling) noexcept
    {
        shapeRate = rate * oversampling;
        shape.lowCut.setFrequency(720, shapeRate);
        after.corner.setFrequency(723, rate);
        after.top.setFrequency(6000, rate);
        shape.gain.prepare(controlInterval * oversampling);
        after.tone.prepare(controlInterval);
        after.level.prepare(controlInterval);
    }

    void turn(float gain, float tone) noexcept
    {
        // 4.7 kohm against 51 to 551 kohm.
        shape.gain.tick(1 + 10.85f * std::pow(10.8f, gain));
        // 51 pF across the feedback resistance.
        shape.loopLowPass.setFrequency(between(60000, 5700, gain), shapeRate);
        after.tone.tick(0.05f + 0.35f * tone + 0.8f * tone * tone * tone);
        after.level.tick(trimmed(trim, gain));
    }
};

/// Op-amp with up to 58 dB of gain whose bandwidth shrinks as the gain grows, diodes to ground (a hard
/// corner), then a low-pass as the tone control.
struct Distortion
{
    static constexpr Trim trim{-12.1f, -16.2f, -18.2f, -19.1f, -19.6f};
    /// Diodes conduct a little before they clip: this share of the hard corner is a soft one. (Side by
    /// side: in a row, the second clipper would see the first one's edges and fold them.)
    static constexpr float softness = 0.2f;

    struct
    {
        FirstOrder<Lanes> bassLeg;
        FirstOrder<Lanes> trebleLeg;
        MatchedLowPass<Lanes> opAmp;
        GainRamp gain;

        Lanes next(Lanes x) noexcept
        {
            const Lanes input = inputUnit * x;
            // Two legs to ground: 560 ohm and 4.7 uF above 60 Hz, 47 ohm and 2.2 uF above 1.5 kHz.
            const Lanes shaped = 0.35f * bassLeg.highPass(input) + 0.65f * trebleLeg.highPass(input);
            return opAmp.lowPass(input + gain.next() * shaped);
        }
    } before;

    struct
    {
        SoftClip<Lanes> knee;
        HardClip<Lanes> clip;

        Lanes next(Lanes driven) noexcept
        {
            const Lanes clipped = clip.process(driven);
            return clipped + softness * (knee.process(driven) - clipped);
        }
    } shape;

    struct
    {
        MatchedLowPass<Lanes> tone;
        GainRamp level;

        Lanes next(Lanes x) noexcept { return level.next() * tone.lowPass(x); }
    } after;

    double baseRate = 48000;

    std::array<GainRamp*, 2> ramps() noexcept { return {&before.gain, &after.level}; }

    void prepare(double rate, int /*oversampling*/) noexcept
    {
        baseRate = rate;
        before.bassLeg.setFrequency(60, rate);
        before.trebleLeg.setFrequency(1500, rate);
        for (auto* ramp : ramps())
            ramp->prepare(controlInterval);
    }

    void turn(float gain, float tone) noexcept
    {
        const float amount = gainFromDecibels(14 + 44 * gain);
        before.gain.tick(amount);
        // 0.3 MHz gain-bandwidth product, over the gain: an old, slow op-amp.
        before.opAmp.setFrequency(std::min(3e5 / static_cast<double>(amount), 20000.0), baseRate);
        after.tone.setFrequency(between(500, 9000, tone), baseRate);
        after.level.tick(trimmed(trim, gain));
    }
};

/// Two clipping stages in a row, each with its own low-pass, and a tone control that fades between a low-pass
/// and a high-pass: thick lows, scooped middle, notes that do not end.
struct Fuzz
{
    static constexpr Trim trim{-11.1f, -11.6f, -11.8f, -11.9f, -12.0f};
    static constexpr float secondGain = 12;

    struct
    {
        FirstOrder<Lanes> coupling;
        MatchedLowPass<Lanes> lowPass;
        GainRamp gain;

        Lanes next(Lanes x) noexcept { return lowPass.lowPass(gain.next() * coupling.highPass(x)); }
    } before;

    struct
    {
        SoftClip<Lanes> firstClip;
        FirstOrder<Lanes> coupling;
        FirstOrder<Lanes> lowPass;
        SoftClip<Lanes> secondClip;

        Lanes next(Lanes x) noexcept
        {
            return secondClip.process(secondGain * lowPass.lowPass(coupling.highPass(firstClip.process(x))));
        }
    } shape;

    struct
    {
        MatchedLowPass<Lanes> lowPass;
        FirstOrder<Lanes> toneLow;
        FirstOrder<Lanes> toneHigh;
        GainRamp tone;
        GainRamp level;

        Lanes next(Lanes x) noexcept
        {
            const Lanes second = lowPass.lowPass(x);
            const Lanes low = toneLow.lowPass(second);
            return level.next() * (low + tone.next() * (toneHigh.highPass(second) - low));
        }
    } after;

    std::array<GainRamp*, 3> ramps() noexcept { return {&before.gain, &after.tone, &after.level}; }

    void prepare(double rate, int oversampling) noexcept
    {
        before.coupling.setFrequency(60, rate);
        before.lowPass.setFrequency(2600, rate);
        shape.coupling.setFrequency(55, rate * oversampling);
        shape.lowPass.setFrequency(3000, rate * oversampling);
        after.lowPass.setFrequency(3200, rate);
        after.toneLow.setFrequency(410, rate);
        after.toneHigh.setFrequency(1450, rate);
        for (auto* ramp : ramps())
            ramp->prepare(controlInterval);
    }

    void turn(float gain, float tone) noexcept
    {
        before.gain.tick(inputUnit * gainFromDecibels(16 + 30 * gain));
        // The pot's track never quite reaches the treble leg, and half a turn leaves the lows in charge.
        after.tone.tick(0.85f * tone * std::sqrt(tone));
        after.level.tick(trimmed(trim, gain));
    }
};

/// A starved first transistor that lets nothing quiet through (so notes sputter out), a transformer and two
/// diodes that rectify the full wave (the upper octave), and a clipping stage.
struct OctaveFuzz
{
    static constexpr Trim trim{-9.1f, -14.7f, -17.9f, -19.3f, -19.9f};
    static constexpr float threshold = 0.006f;
    /// Two diodes are never alike: some of the played note stays.
    static constexpr float mismatch = 0.12f;
    static constexpr float firstGain = 4;

    struct
    {
        FirstOrder<Lanes> lowCut;
        MatchedLowPass<Lanes> lowPass;

        Lanes next(Lanes x) noexcept { return lowPass.lowPass(lowCut.highPass(x)); }
    } before;

    struct
    {
        SoftClip<Lanes> starved;
        SoftClip<Lanes> firstClip;
        Rectifier<Lanes> rectifier;
        FirstOrder<Lanes> coupling;
        FirstOrder<Lanes> lowPass;
        GainRamp gain;
        SoftClip<Lanes> secondClip;

        Lanes next(Lanes x) noexcept
        {
            // The dead zone: nothing near zero, the input less `threshold` far from it.
            const Lanes opened = x - threshold * starved.process(x * (1 / threshold));
            const Lanes wave = firstClip.process(firstGain * opened);
            const Lanes rectified = rectifier.process(wave) + mismatch * wave;
            return secondClip.process(gain.next() * lowPass.lowPass(coupling.highPass(rectified)));
        }
    } shape;

    struct
    {
        FirstOrder<Lanes> coupling;
        MatchedLowPass<Lanes> tone;
        GainRamp level;

        Lanes next(Lanes x) noexcept { return level.next() * tone.lowPass(coupling.highPass(x)); }
    } after;

    double baseRate = 48000;

    std::array<GainRamp*, 2> ramps() noexcept { return {&shape.gain, &after.level}; }

    void prepare(double rate, int oversampling) noexcept
    {
        baseRate = rate;
        before.lowCut.setFrequency(70, rate);
        before.lowPass.setFrequency(3500, rate);
        shape.coupling.setFrequency(60, rate * oversampling);
        shape.lowPass.setFrequency(5000, rate * oversampling);
        after.coupling.setFrequency(60, rate);
        shape.gain.prepare(controlInterval * oversampling);
        after.level.prepare(controlInterval);
    }

    void turn(float gain, float tone) noexcept
    {
        shape.gain.tick(gainFromDecibels(6 + 34 * gain));
        after.tone.setFrequency(between(900, 9000, tone), baseRate);
        after.level.tick(trimmed(trim, gain));
    }
};
} // namespace

std::unique_ptr<DriveCircuit> makeDriveCircuit(DriveType type)
{
    switch (type)
    {
    case DriveType::transparent:
        return std::make_unique<Runner<Transparent>>();
    case DriveType::overdrive:
        return std::make_unique<Runner<Overdrive>>();
    case DriveType::distortion:
        return std::make_unique<Runner<Distortion>>();
    case DriveType::fuzz:
        return std::make_unique<Runner<Fuzz>>();
    case DriveType::octaveFuzz:
        break;
    }
    return std::make_unique<Runner<OctaveFuzz>>();
}

} // namespace tonewright::dsp
