#pragma once

#include "dsp/Smoother.h"

#include <cmath>
#include <numbers>

namespace tonewright::dsp
{

/// Phase of a slow oscillation in cycles, 0 to 1, whose rate ramps. [audio], no allocation. Double precision:
/// at 384 kHz a float could not count 0.05 Hz.
class Lfo
{
public:
    /// `stepsPerSecond`: how often advance() is called. `rampSeconds`: how long a new rate takes.
    void prepare(double stepsPerSecond, double rampSeconds = 0.05) noexcept
    {
        secondsPerStep = 1 / stepsPerSecond;
        rate.prepare(stepsPerSecond, rampSeconds);
        reset();
    }

    /// Back to phase 0; the next rate is taken at once.
    void reset() noexcept
    {
        rate.reset();
        position = 0;
    }

    void setRate(float hertz) noexcept { rate.setTarget(hertz); }

    void advance() noexcept
    {
        position += static_cast<double>(rate.next()) * secondsPerStep;
        position -= std::floor(position);
    }

    /// Sine of the phase plus `offset` cycles.
    float sine(float offset = 0) const noexcept
    {
        constexpr float fullTurn = 2 * std::numbers::pi_v<float>;
        return std::sin(fullTurn * (static_cast<float>(position) + offset));
    }

private:
    Smoother rate;
    double secondsPerStep = 0;
    double position = 0;
};

} // namespace tonewright::dsp
