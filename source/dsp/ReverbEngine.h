#pragma once

#include "tone/Choices.h"

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{

/// A family of reverberation: makes the wet signal only. All [audio] but for prepare().
class ReverbEngine
{
public:
    virtual ~ReverbEngine() = default;

    /// [setup] Allocates and resets.
    virtual void prepare(double sampleRate) = 0;

    /// Forgets all sound; the next targets are taken at once. Costs little, however long it played.
    virtual void reset() noexcept = 0;

    /// Which of the family's spaces; call reset() after a change.
    virtual void setType(ReverbType type) noexcept = 0;

    /// `decay`: seconds to -60 dB around 700 Hz; `brightness` 0 to 1. Both ramp.
    virtual void setTargets(float decay, float brightness) noexcept = 0;

    /// Wet for `frames` of dry; the four signals are separate memory. Loudness as the family makes it.
    virtual void process(const float* inputLeft, const float* inputRight, float* wetLeft, float* wetRight,
                         int frames) noexcept = 0;
};

/// [any+audio] Gain that after `delay` seconds lies on a straight fall of 60 dB in `decay` seconds.
inline float decayGain(float delay, float decay) noexcept
{
    return std::exp(-6.90775528f * delay / decay); // ln(1000)
}

/// [any+audio] Diffusion of an allpass that may not itself ring longer than half the decay.
inline float boundedDiffusion(float wanted, float delay, float decay) noexcept
{
    return std::min(wanted, decayGain(delay, 0.5f * decay));
}

/// [any+audio] The part of the way an exponential ramp goes in one step, when it has gone 63 % after
/// `seconds`.
inline float rampSpeed(double seconds, double stepsPerSecond) noexcept
{
    return static_cast<float>(1 - std::exp(-1 / (seconds * stepsPerSecond)));
}

/// A loss that is larger at high frequencies: a first-order shelf whose gain at `reference` Hz is exact,
/// where the decay time is promised.
struct DampingDesign
{
    static constexpr float reference = 700;

    float low = 1;   ///< gain far below the corner
    float high = 1;  ///< gain far above it
    float speed = 1; ///< coefficient of the one-pole that parts the two

    /// [any+audio] For a loop of `delay` seconds; `highDecay` seconds to -60 dB far above `corner` Hz.
    static DampingDesign make(float delay, float decay, float highDecay, float corner,
                              double sampleRate) noexcept
    {
        DampingDesign design;
        const double rate = sampleRate;
        const double pole = std::exp(-6.283185307179586 * std::min<double>(corner, 0.45 * rate) / rate);
        design.speed = static_cast<float>(1 - pole);
        const float ratio = decayGain(delay, highDecay) / decayGain(delay, decay);
        const double w = 6.283185307179586 * std::min<double>(reference, 0.2 * rate) / rate;
        // |ratio + (1 - ratio) (1 - p) / (1 - p e^-jw)| at the reference.
        const double re = 1 - pole * std::cos(w);
        const double im = pole * std::sin(w);
        const double power = re * re + im * im;
        const double share = (1 - static_cast<double>(ratio)) * (1 - pole);
        const double gainRe = static_cast<double>(ratio) + share * re / power;
        const double gainIm = -share * im / power;
        const double atReference = std::sqrt(gainRe * gainRe + gainIm * gainIm);
        const double wanted = static_cast<double>(decayGain(delay, decay)) / atReference;
        // Lows may ring a little longer than promised, but never for ever.
        design.low = std::min(static_cast<float>(wanted), decayGain(delay, 1.5f * decay));
        design.high = design.low * ratio;
        return design;
    }
};

} // namespace tonewright::dsp
