#pragma once

#include <cmath>

namespace tonewright::dsp
{

/// Seconds: for a knob whose range spans 24 dB or more, or that tunes a resonance.
inline constexpr double longRamp = 0.05;

/// A value that moves to its target in a straight line, so that a turned knob makes no step. [audio], no
/// allocation.
class Smoother
{
public:
    /// `rampSeconds` to reach a new target at `rate` steps a second (the sample rate, or the control rate).
    void prepare(double rate, double rampSeconds = 0.03) noexcept
    {
        rampSteps = static_cast<int>(std::lround(rate * rampSeconds));
        if (rampSteps < 1)
            rampSteps = 1;
        snapNext = true;
    }

    /// The next setTarget() jumps.
    void reset() noexcept { snapNext = true; }

    void setTarget(float newTarget) noexcept
    {
        if (snapNext)
        {
            current = target = newTarget;
            remaining = 0;
            snapNext = false;
        }
        else if (newTarget != target)
        {
            target = newTarget;
            remaining = rampSteps;
            step = (target - current) / static_cast<float>(rampSteps);
        }
    }

    /// One step further.
    float next() noexcept
    {
        if (remaining == 0)
            return current;
        --remaining;
        current = remaining == 0 ? target : current + step;
        return current;
    }

    float value() const noexcept { return current; }
    float targetValue() const noexcept { return target; }
    bool isMoving() const noexcept { return remaining > 0; }

private:
    float current = 0;
    float target = 0;
    float step = 0;
    int remaining = 0;
    int rampSteps = 1;
    bool snapNext = true;
};

} // namespace tonewright::dsp
