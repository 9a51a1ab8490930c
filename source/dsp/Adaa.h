#pragma once

#include "dsp/Lanes.h"

namespace tonewright::dsp
{

/// Nonlinear curves with antiderivative antialiasing, of first order unless said otherwise (Parker,
/// Zavalishin & Le Bivic, DAFx-16): the output is the curve's mean between two successive inputs, (F(x) -
/// F(p)) / (x - p). Each curve here is chosen so that this quotient simplifies to one without cancellation:
/// single precision suffices, nothing branches to a fall-back, and no transcendental function is needed; the
/// formulas are exact. All [audio], half a sample late. Value is float or Lanes.

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
        const Value y = mean(x, newRoot, previous, previousRoot);
        previous = x;
        previousRoot = newRoot;
        return y;
    }

    /// Two samples of two channels at once, {left, right} of the first and of the second; the same one twice
    /// counts as one. The curve is what costs most and does not wait for its last result.
    Value processTwo(Value x) noexcept
    {
        const auto shifted = [](Value before, Value now) { return pairsOf(swapPairs(before), now); };
        const Value newRoot = root(x);
        const Value y = mean(x, newRoot, shifted(previous, x), shifted(previousRoot, newRoot));
        previous = x;
        previousRoot = newRoot;
        return y;
    }

    Value curve(Value x) const noexcept { return x / root(x); }

private:
    static Value mean(Value x, Value root, Value before, Value rootBefore) noexcept
    {
        // One side: the same simplification as in SoftClip. Across zero F(x) = x^2 / (root + 1) is small
        // where x is, and x - p adds two magnitudes: nothing cancels. Both are quotients, so that one
        // division does.
        const auto across = x * before < 0;
        if (!anyLane(across)) // nearly always: a note crosses zero some hundred times a second
            return (x + before) / (root + rootBefore);
        const Value far = root + 1;
        const Value farBefore = rootBefore + 1;
        const Value numerator = across ? x * x * farBefore - before * before * far : x + before;
        const Value denominator = across ? (x - before) * (far * farBefore) : root + rootBefore;
        return numerator / denominator;
    }

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

/// Limits to +-1 with a hard corner. Its corners fold so much that this is of second order (Bilbao, Esqueda,
/// Parker & Valimaki, IEEE SPL 2017): the input is taken to go in straight lines from sample to sample, and
/// the output is the curve's mean weighted by a triangle, which rises over the way to the sample before and
/// falls over the way from there. One sample late.
template <typename Value>
class HardClip
{
public:
    void reset() noexcept { previous = previousInside = rising = Value{}; }

    Value process(Value x) noexcept
    {
        const Value inside = clamped(x, -1, 1);
        const Value step = x - previous;
        const Value insideStep = inside - previousInside;
        const auto moves = absolute(step) > tiny; // else both ends are one
        const Value inverse = (moves ? everyLane<Value>(1) : Value{}) / (moves ? step : everyLane<Value>(1));
        // Shares of the way: until it enters the limits, and within them. Whatever they are when it never
        // does, a step of zero takes them out.
        const Value entry = (previousInside - previous) * inverse;
        const Value within = insideStep * inverse;
        const Value mean = inside - insideStep * (entry + 0.5f * within);
        const Value newRising = 0.5f * inside - insideStep * (0.5f * entry * entry +
                                                              within * (0.5f * entry + (1.0f / 6) * within));
        const Value y = rising + (mean - newRising);
        previous = x;
        previousInside = inside;
        rising = newRising;
        return y;
    }

private:
    static constexpr float tiny = 1e-7f;
    Value previous{};
    Value previousInside{};
    Value rising{}; ///< the mean over the last way, weighted from 0 at its start to 1 at its end
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
