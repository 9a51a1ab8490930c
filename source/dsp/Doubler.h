#pragma once

#include "dsp/ControlRate.h"
#include "dsp/DelayLine.h"
#include "dsp/Filters.h"

#include <array>

namespace tonewright::dsp
{

/// A second take for the sides, as when a part is played twice: the middle again, late by a wandering 11 to
/// 26 ms, once to the left and, later and wandering otherwise, once to the right. Only what these two do not
/// share is added, so that the sum of both sides, a mono listener's sound, stays exactly what it was: no comb
/// at all. Lows stay in the middle. All [audio] but for prepare(). Counts samples since reset().
class Doubler
{
public:
    /// [setup] Allocates and resets.
    void prepare(double newSampleRate);
    void reset() noexcept;

    /// Takes in a sample of the middle and answers what the side gains: at `amount` 1 about as strong as the
    /// middle, at 0 nothing.
    float process(float middle, float amount) noexcept;

    /// How late the later take can be.
    static constexpr double longestSeconds = 0.026;

private:
    void wander() noexcept;

    double sampleRate = 48000;
    OnePole lows;
    DelayLine line;
    std::array<GainRamp, 2> delays; ///< samples
    double seconds = 0;
    int untilWander = 0;
};

} // namespace tonewright::dsp
