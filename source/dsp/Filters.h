#pragma once

#include "dsp/Lanes.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{

/// Small filters every room of sound needs. All are [audio] and allocate nothing; the set...() functions cost
/// a tan or a sin and belong to the control rate. Frequencies are in Hz and kept below 0.49 sampleRate, so
/// that a corner that a low rate cannot hold becomes the highest one it can. Value is float or Lanes.

/// [any+audio] The bilinear transform's pre-warped frequency, tan(pi f / fs).
inline float warpedFrequency(double frequency, double sampleRate) noexcept
{
    const double ratio = std::clamp(frequency / sampleRate, 1e-7, 0.49);
    return static_cast<float>(std::tan(std::numbers::pi * ratio));
}

/// First-order low- and high-pass in one: trapezoidal integration (Zavalishin, "The Art of VA Filter
/// Design"), so its corner may be moved at any time without a thump.
template <typename Value>
class FirstOrder
{
public:
    void setFrequency(double frequency, double sampleRate) noexcept
    {
        setWarped(warpedFrequency(frequency, sampleRate));
    }
    /// For callers that warp the corner themselves.
    void setWarped(float g) noexcept
    {
        gain = everyLane<Value>(g / (1 + g));
        twice = gain + gain;
    }
    void reset() noexcept { state = Value{}; }

    Value lowPass(Value input) noexcept
    {
        const Value distance = input - state;
        const Value output = state + gain * distance;
        state += twice * distance; // not by way of the output: the next sample waits for it
        return output;
    }
    Value highPass(Value input) noexcept { return input - lowPass(input); }

private:
    Value gain = everyLane<Value>(1);
    Value twice = everyLane<Value>(2);
    Value state{};
};

using OnePole = FirstOrder<float>;

/// First-order low-pass for low rates: the analogue one's gain to within 0.3 dB up to 20 kHz at 48 kHz (0.7
/// at 44.1), where the bilinear transform alone goes on falling to nothing at half the rate.
template <typename Value>
class MatchedLowPass
{
public:
    void setFrequency(double frequency, double sampleRate) noexcept
    {
        // y = low + share (x - low) has the squared gain (1 + share^2 U G) / (1 + U G), where U is the warped
        // frequency's square and 1 / G the corner's. Two points settle both.
        const auto squaredGain = [frequency](double at)
        { return 1 / (1 + (at / frequency) * (at / frequency)); };
        const auto warpedSquare = [sampleRate](double at)
        {
            const double warped = std::tan(std::numbers::pi * at / sampleRate);
            return warped * warped;
        };
        const double inside = std::min(frequency, sampleRate / 5);
        const double above = 0.375 * sampleRate;
        const double gainInside = squaredGain(inside);
        const double gainAbove = squaredGain(above);
        const double lossInside = (1 - gainInside) / warpedSquare(inside);
        const double lossAbove = (1 - gainAbove) / warpedSquare(above);
        const double g = (lossInside - lossAbove) / (gainInside - gainAbove);
        filter.setWarped(static_cast<float>(1 / std::sqrt(g)));
        share = everyLane<Value>(static_cast<float>(std::sqrt(gainInside - lossInside / g)));
    }
    void reset() noexcept { filter.reset(); }

    Value lowPass(Value input) noexcept
    {
        const Value low = filter.lowPass(input);
        return low + share * (input - low);
    }

private:
    FirstOrder<Value> filter;
    Value share{};
};

/// First-order high-pass that takes DC out: of the input at 3 Hz, of what a nonlinear part made at 5 to 20
/// Hz. Double precision inside, since at 384 kHz a 5 Hz corner lies near the resolution of a float.
class DcBlocker
{
public:
    void prepare(double sampleRate, double corner = 8) noexcept
    {
        const double g = std::tan(std::numbers::pi * std::min(corner / sampleRate, 0.49));
        gain = g / (1 + g);
        reset();
    }
    void reset() noexcept { state = 0; }

    /// Stands where another of the same corner does, whose input was so much weaker.
    void recall(const DcBlocker& past, float by) noexcept { state = static_cast<double>(by) * past.state; }

    float process(float input) noexcept
    {
        const double change = gain * (static_cast<double>(input) - state);
        const double low = change + state;
        state = low + change;
        return static_cast<float>(static_cast<double>(input) - low);
    }

private:
    double gain = 0;
    double state = 0;
};

/// The same for both channels, {left, right, left, right}.
class StereoDcBlocker
{
public:
    void prepare(double sampleRate, double corner = 8) noexcept
    {
        const double g = std::tan(std::numbers::pi * std::min(corner / sampleRate, 0.49));
        gain = DoubleLanes{} + g / (1 + g);
        reset();
    }
    void reset() noexcept { state = DoubleLanes{}; }

    Lanes process(Lanes input) noexcept
    {
        const DoubleLanes x{static_cast<double>(input[0]), static_cast<double>(input[1])};
        const DoubleLanes change = gain * (x - state);
        const DoubleLanes low = change + state;
        state = low + change;
        const DoubleLanes high = x - low;
        return stereoLanes(static_cast<float>(high[0]), static_cast<float>(high[1]));
    }

private:
    DoubleLanes gain{};
    DoubleLanes state{};
};

/// Second-order state-variable filter, trapezoidal (Simper's form): low, band and high-pass at once, safe to
/// modulate every sample.
template <typename Value>
class SecondOrder
{
public:
    struct Outputs
    {
        Value low;
        Value band; ///< gain q at the centre; times 1/q for a gain of 1
        Value high;
    };

    void setFrequency(double frequency, double q, double sampleRate) noexcept
    {
        setWarped(warpedFrequency(frequency, sampleRate), static_cast<float>(q));
    }
    /// For callers that keep warpedFrequency() in a table or ramp it.
    void setWarped(float g, float q) noexcept
    {
        const float first = 1 / (1 + g * (g + 1 / q));
        damping = everyLane<Value>(1 / q);
        a1 = everyLane<Value>(first);
        a2 = everyLane<Value>(g * first);
        a3 = everyLane<Value>(g * (g * first));
    }
    void reset() noexcept { state1 = state2 = Value{}; }

    Outputs process(Value input) noexcept
    {
        const Value v3 = input - state2;
        const Value band = a1 * state1 + a2 * v3;
        const Value low = state2 + a2 * state1 + a3 * v3;
        state1 = 2 * band - state1;
        state2 = 2 * low - state2;
        return {low, band, input - damping * band - low};
    }

private:
    Value damping = everyLane<Value>(1);
    Value a1 = everyLane<Value>(1);
    Value a2{};
    Value a3{};
    Value state1{};
    Value state2{};
};

using StateVariable = SecondOrder<float>;

/// Second-order section, a0 = 1.
struct BiquadCoefficients
{
    double b0 = 1;
    double b1 = 0;
    double b2 = 0;
    double a1 = 0;
    double a2 = 0;

    /// [any+audio] Gain (a ratio) at a frequency, for pictures and tests.
    double magnitudeAt(double frequency, double sampleRate) const noexcept
    {
        const double w = 2 * std::numbers::pi * frequency / sampleRate;
        const auto squared = [w](double c0, double c1, double c2)
        {
            const double re = c0 + c1 * std::cos(w) + c2 * std::cos(2 * w);
            const double im = c1 * std::sin(w) + c2 * std::sin(2 * w);
            return re * re + im * im;
        };
        return std::sqrt(squared(b0, b1, b2) / squared(1, a1, a2));
    }
};

/// Transposed direct form II with double state: quiet at low corners, and steady while coefficients ramp.
class Biquad
{
public:
    void setCoefficients(const BiquadCoefficients& coefficients) noexcept { c = coefficients; }
    void reset() noexcept { state1 = state2 = 0; }

    float process(float input) noexcept
    {
        const double x = static_cast<double>(input);
        const double y = c.b0 * x + state1;
        state1 = c.b1 * x - c.a1 * y + state2;
        state2 = c.b2 * x - c.a2 * y;
        return static_cast<float>(y);
    }

private:
    BiquadCoefficients c;
    double state1 = 0;
    double state2 = 0;
};

/// [any+audio] Designs after R. Bristow-Johnson's "Audio EQ Cookbook" (W3C note). `frequency` in Hz, `q`
/// above 0, `decibels` the gain at the centre or of the shelf's plateau.
namespace biquad
{
struct Angle
{
    Angle(double frequency, double sampleRate, double q) noexcept
    {
        const double w = 2 * std::numbers::pi * std::clamp(frequency / sampleRate, 1e-7, 0.49);
        cosine = std::cos(w);
        alpha = std::sin(w) / (2 * q);
    }
    double cosine;
    double alpha;
};

inline BiquadCoefficients normalised(double b0, double b1, double b2, double a0, double a1,
                                     double a2) noexcept
{
    const double scale = 1 / a0;
    return {b0 * scale, b1 * scale, b2 * scale, a1 * scale, a2 * scale};
}

inline BiquadCoefficients lowPass(double frequency, double q, double sampleRate) noexcept
{
    const Angle w(frequency, sampleRate, q);
    const double b1 = 1 - w.cosine;
    return normalised(b1 / 2, b1, b1 / 2, 1 + w.alpha, -2 * w.cosine, 1 - w.alpha);
}

inline BiquadCoefficients highPass(double frequency, double q, double sampleRate) noexcept
{
    const Angle w(frequency, sampleRate, q);
    const double b1 = 1 + w.cosine;
    return normalised(b1 / 2, -b1, b1 / 2, 1 + w.alpha, -2 * w.cosine, 1 - w.alpha);
}

/// Gain 1 at the centre.
inline BiquadCoefficients bandPass(double frequency, double q, double sampleRate) noexcept
{
    const Angle w(frequency, sampleRate, q);
    return normalised(w.alpha, 0, -w.alpha, 1 + w.alpha, -2 * w.cosine, 1 - w.alpha);
}

inline BiquadCoefficients notch(double frequency, double q, double sampleRate) noexcept
{
    const Angle w(frequency, sampleRate, q);
    return normalised(1, -2 * w.cosine, 1, 1 + w.alpha, -2 * w.cosine, 1 - w.alpha);
}

inline BiquadCoefficients peak(double frequency, double q, double decibels, double sampleRate) noexcept
{
    const Angle w(frequency, sampleRate, q);
    const double a = std::pow(10.0, decibels / 40);
    return normalised(1 + w.alpha * a, -2 * w.cosine, 1 - w.alpha * a, 1 + w.alpha / a, -2 * w.cosine,
                      1 - w.alpha / a);
}

inline BiquadCoefficients lowShelf(double frequency, double q, double decibels, double sampleRate) noexcept
{
    const Angle w(frequency, sampleRate, q);
    const double a = std::pow(10.0, decibels / 40);
    const double root = 2 * std::sqrt(a) * w.alpha;
    const double c = w.cosine;
    return normalised(a * ((a + 1) - (a - 1) * c + root), 2 * a * ((a - 1) - (a + 1) * c),
                      a * ((a + 1) - (a - 1) * c - root), (a + 1) + (a - 1) * c + root,
                      -2 * ((a - 1) + (a + 1) * c), (a + 1) + (a - 1) * c - root);
}

inline BiquadCoefficients highShelf(double frequency, double q, double decibels, double sampleRate) noexcept
{
    const Angle w(frequency, sampleRate, q);
    const double a = std::pow(10.0, decibels / 40);
    const double root = 2 * std::sqrt(a) * w.alpha;
    const double c = w.cosine;
    return normalised(a * ((a + 1) + (a - 1) * c + root), -2 * a * ((a - 1) + (a + 1) * c),
                      a * ((a + 1) + (a - 1) * c - root), (a + 1) - (a - 1) * c + root,
                      2 * ((a - 1) - (a + 1) * c), (a + 1) - (a - 1) * c - root);
}
} // namespace biquad

} // namespace tonewright::dsp
