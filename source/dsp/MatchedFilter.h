#pragma once

#include "dsp/Filters.h"

#include <cmath>

namespace tonewright::dsp
{

/// The three shapes of an equaliser's band.
enum class BandShape
{
    lowShelf,
    bell,
    highShelf
};

/// [any+audio] A band whose magnitude follows its analogue prototype (that of the "Audio EQ Cookbook") up to
/// the Nyquist frequency instead of being squeezed below it as by the bilinear transform: exact at 0 Hz, at
/// `frequency` and at Nyquist. Minimum phase and stable for every input: `frequency` in Hz is kept below 0.49
/// `sampleRate`, `q` must be above 0. A cut is exactly the inverse of the boost. Costs a few sines and roots:
/// for the control rate.
BiquadCoefficients matchedBand(BandShape shape, double frequency, double q, double decibels,
                               double sampleRate) noexcept;

/// [any+audio] Power gain of the analogue prototype at `x` times the band's frequency; `amplitude` is the
/// square root of the band's gain (10^(dB/40)).
inline double prototypePower(BandShape shape, double amplitude, double q, double x) noexcept
{
    const double square = x * x;
    const auto power = [](double real, double imaginary) { return real * real + imaginary * imaginary; };
    const double root = std::sqrt(amplitude) / q * x;
    switch (shape)
    {
    case BandShape::lowShelf:
        return amplitude * amplitude * power(amplitude - square, root) / power(1 - amplitude * square, root);
    case BandShape::highShelf:
        return amplitude * amplitude * power(1 - amplitude * square, root) / power(amplitude - square, root);
    case BandShape::bell:
        break;
    }
    return power(1 - square, x * amplitude / q) / power(1 - square, x / (amplitude * q));
}

} // namespace tonewright::dsp
