#pragma once

#include <algorithm>
#include <cmath>

namespace tonewright::dsp
{

/// Nonlinear curves with first-order antiderivative antialiasing (Parker, Zavalishin & Le Bivic, DAFx-16):
/// the output is the curve's mean between two successive inputs, (F(x) - F(p)) / (x - p). Each curve here is
/// chosen so that this quotient simplifies to one without cancellation: single precision suffices, nothing
/// branches to a fall-back, and no transcendental function is needed; the formulas are exact. All [audio],
/// half a sample late.

/// x / sqrt(1 + x^2): slope 1 at the origin, soft limits of +-1. F = sqrt(1 + x^2), and the difference of two
/// roots divided by x - p is (x + p) over their sum.
class SoftClip
{
public:
    void reset() noexcept
    {
        previous = 0;
        previousRoot = 1;
    }

    float process(float x) noexcept
    {
        const float root = std::sqrt(1 + x * x);
        const float y = (x + previous) / (root + previousRoot);
        previous = x;
        previousRoot = root;
        return y;
    }

    static float curve(float x) noexcept { return x / std::sqrt(1 + x * x); }

private:
    float previous = 0;
    float previousRoot = 1;
};

/// The soft clip with a different limit on each side: slope 1 at the origin, limits of `positive` and
/// -`negative`.
class UnevenSoftClip
{
public:
    void setLimits(float positive, float negative) noexcept
    {
        inversePositive = 1 / positive;
        inverseNegative = 1 / negative;
        reset(0);
    }

    /// Starts as if `restingInput` had been there for ever.
    void reset(float restingInput) noexcept
    {
        previous = restingInput;
        previousRoot = root(restingInput);
    }

    float process(float x) noexcept
    {
        const float newRoot = root(x);
        // One side: the same simplification as in SoftClip. Across zero F(x) = x^2 / (root + 1) is small
        // where x is, and x - p adds two magnitudes: nothing cancels.
        float numerator = x + previous;
        float denominator = newRoot + previousRoot;
        if ((x >= 0) != (previous >= 0))
        {
            numerator = x * x / (newRoot + 1) - previous * previous / (previousRoot + 1);
            denominator = x - previous;
        }
        previous = x;
        previousRoot = newRoot;
        return numerator / denominator;
    }

    float curve(float x) const noexcept { return x / root(x); }

private:
    float root(float x) const noexcept
    {
        const float scaled = x * (x >= 0 ? inversePositive : inverseNegative);
        return std::sqrt(1 + scaled * scaled);
    }

    float inversePositive = 1;
    float inverseNegative = 1;
    float previous = 0;
    float previousRoot = 1;
};

/// Limits to +-1 with a hard corner.
class HardClip
{
public:
    void reset() noexcept { previous = 0; }

    float process(float x) noexcept
    {
        // Each end is split into what lies inside the limits and what sticks out. With F(x) = inside^2 / 2 +
        // |outside|, the step is (inside step) * (mean inside) + the step of |outside|.
        const float inside = std::clamp(x, -1.0f, 1.0f);
        const float previousInside = std::clamp(previous, -1.0f, 1.0f);
        const float step = x - previous;
        const float insideStep = inside - previousInside;
        const float outsideStep = std::abs(x - inside) - std::abs(previous - previousInside);
        const float mean = 0.5f * (inside + previousInside);
        previous = x;
        return std::abs(step) > tiny ? (insideStep * mean + outsideStep) / step : mean;
    }

private:
    static constexpr float tiny = 1e-7f; ///< below it both ends are one and `mean` is their value
    float previous = 0;
};

/// |x|, the full-wave rectifier. F = x |x| / 2.
class Rectifier
{
public:
    void reset() noexcept { previous = 0; }

    float process(float x) noexcept
    {
        const bool sameSide = (x >= 0) == (previous >= 0);
        const float y = sameSide ? 0.5f * std::abs(x + previous)
                                 : 0.5f * (x * x + previous * previous) / (std::abs(x) + std::abs(previous));
        previous = x;
        return y;
    }

private:
    float previous = 0;
};

} // namespace tonewright::dsp
