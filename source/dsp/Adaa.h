#pragma once

#include "dsp/Lanes.h"

namespace tonewright::dsp
{

/// Nonlinear curves with first-order antiderivative antialiasing (Parker, Zavalishin & Le Bivic, DAFx-16):
/// the output is the curve's mean between two successive inputs, (F(x) - F(p)) / (x - p). Each curve here is
/// chosen so that this quotient simplifies to one without cancellation: single precision suffices, nothing
/// branches to a fall-back, and no transcendental function is needed; the formulas are exact. All [audio],
/// half a sample late. Value is float or Lanes.

/// x / sqrt(1 + x^2): slope 1 at the origin, soft limits of +-1. F = sqrt(1 + x^2), and the difference of two
/// roots divided by x - p is (x + p) over their sum.
template <typename Value>
class SoftClip
{
public:
    void reset() noexcept
    {
        previous = Value{};
        previousRoot = everyLane<Value>(1);
    }

    Value process(Value x) noexcept
    {
        const Value root = squareRoot(1 + x * x);
        const Value y = (x + previous) / (root + previousRoot);
        previous = x;
        previousRoot = root;
        return y;
    }

private:
    Value previous{};
    Value previousRoot = everyLane<Value>(1);
};

/// The soft clip with a different limit on each side: slope 1 at the origin, limits of `positive` and
/// -`negative`.
template <typename Value>
class UnevenSoftClip
{
public:
    void setLimits(float positive, float negative) noexcept
    {
        inversePositive = everyLane<Value>(1 / positive);
        inverseNegative = everyLane<Value>(-1 / negative);
        reset(0);
    }

    /// Starts as if `restingInput` had been there for ever.
    void reset(float restingInput) noexcept
    {
        previous = everyLane<Value>(restingInput);
        previousRoot = root(previous);
    }

    Value process(Value x) noexcept
    {
        const Value newRoot = root(x);
        // One side: the same simplification as in SoftClip. Across zero F(x) = x^2 / (root + 1) is small
        // where x is, and x - p adds two magnitudes: nothing cancels. Both are quotients, so that one
        // division does.
        const auto across = x * previous < 0;
        const Value far = newRoot + 1;
        const Value farBefore = previousRoot + 1;
        const Value numerator = across ? x * x * farBefore - previous * previous * far : x + previous;
        const Value denominator = across ? (x - previous) * (far * farBefore) : newRoot + previousRoot;
        previous = x;
        previousRoot = newRoot;
        return numerator / denominator;
    }

    Value curve(Value x) const noexcept { return x / root(x); }

private:
    Value root(Value x) const noexcept
    {
        const Value scaled =
            greater(x * inversePositive, x * inverseNegative); // the one that is not negative
        return squareRoot(1 + scaled * scaled);
    }

    Value inversePositive = everyLane<Value>(1);
    Value inverseNegative = everyLane<Value>(-1); ///< minus 1 / limit
    Value previous{};
    Value previousRoot = everyLane<Value>(1);
};

/// Limits to +-1 with a hard corner.
template <typename Value>
class HardClip
{
public:
    void reset() noexcept { previous = Value{}; }

    Value process(Value x) noexcept
    {
        // Each end is split into what lies inside the limits and what sticks out. With F(x) = inside^2 / 2 +
        // |outside|, the step is (inside step) * (mean inside) + the step of |outside|.
        const Value inside = clamped(x, -1, 1);
        const Value previousInside = clamped(previous, -1, 1);
        const Value step = x - previous;
        const Value insideStep = inside - previousInside;
        const Value outsideStep = absolute(x - inside) - absolute(previous - previousInside);
        const Value mean = 0.5f * (inside + previousInside);
        previous = x;
        const auto moves = absolute(step) > tiny;
        return moves ? (insideStep * mean + outsideStep) / (moves ? step : everyLane<Value>(1)) : mean;
    }

private:
    static constexpr float tiny = 1e-7f; ///< below it both ends are one and `mean` is their value
    Value previous{};
};

/// |x|, the full-wave rectifier. F = x |x| / 2.
template <typename Value>
class Rectifier
{
public:
    void reset() noexcept { previous = Value{}; }

    Value process(Value x) noexcept
    {
        const auto sameSide = (x >= 0) == (previous >= 0);
        const Value oneSide = 0.5f * absolute(x + previous);
        const Value far = absolute(x) + absolute(previous);
        const Value across = 0.5f * (x * x + previous * previous) / (sameSide ? everyLane<Value>(1) : far);
        previous = x;
        return sameSide ? oneSide : across;
    }

private:
    Value previous{};
};

} // namespace tonewright::dsp
