#include "dsp/MatchedFilter.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace tonewright::dsp
{
namespace
{
/// Natural frequency (in units of the band's) and damping of the prototype's poles.
struct Poles
{
    double frequency;
    double damping;
};

Poles polesOf(BandShape shape, double amplitude, double q) noexcept
{
    switch (shape)
    {
    case BandShape::lowShelf:
        return {1 / std::sqrt(amplitude), 1 / (2 * q)};
    case BandShape::highShelf:
        return {std::sqrt(amplitude), 1 / (2 * q)};
    case BandShape::bell:
        break;
    }
    return {1, 1 / (2 * amplitude * q)};
}

double squared(double value) noexcept
{
    return value * value;
}

/// The power response of a second-order section in Vicanek's basis: p0 cos^2(w/2) + p1 sin^2(w/2) + p2
/// sin^2(w).
struct PowerResponse
{
    double p0;
    double p1;
    double p2;
};
} // namespace

// M. Vicanek, "Matched Second Order Digital Filters" (2016): poles by impulse invariance, zeros from the
// power response at three frequencies. Of a band and its inverse, the one with the lower poles is designed,
// the other by exchanging numerator and denominator; both are minimum phase.
BiquadCoefficients matchedBand(BandShape shape, double frequency, double q, double decibels,
                               double sampleRate) noexcept
{
    const double centre = 2 * std::numbers::pi * std::clamp(frequency / sampleRate, 1e-7, 0.49);
    const bool designBoost = shape != BandShape::highShelf;
    const double amplitude = std::pow(10.0, (designBoost ? 1 : -1) * std::abs(decibels) / 40);
    const bool exchange = (decibels < 0) == designBoost;

    const auto poles = polesOf(shape, amplitude, q);
    const double natural = poles.frequency * centre;
    const double decay = std::exp(-poles.damping * natural);
    const double spread = std::sqrt(std::abs(1 - squared(poles.damping))) * natural;
    double a1 = -2 * decay * (poles.damping < 1 ? std::cos(spread) : std::cosh(spread));
    double a2 = squared(decay);

    const auto power = [&](double angle) { return prototypePower(shape, amplitude, q, angle / centre); };
    const PowerResponse denominator{squared(1 + a1 + a2), squared(1 - a1 + a2), -4 * a2};
    const double sine = squared(std::sin(centre / 2));
    const double cosine = 1 - sine;
    const double numerator0 = denominator.p0 * power(0);
    const double numerator1 = denominator.p1 * power(std::numbers::pi);
    const double denominatorAtCentre =
        denominator.p0 * cosine + denominator.p1 * sine + denominator.p2 * 4 * cosine * sine;
    const double numerator2 =
        (denominatorAtCentre * power(centre) - numerator0 * cosine - numerator1 * sine) / (4 * cosine * sine);

    const double half = 0.5 * (std::sqrt(numerator0) + std::sqrt(numerator1));
    double b0 = 0.5 * (half + std::sqrt(std::max(0.0, squared(half) + numerator2)));
    double b1 = 0.5 * (std::sqrt(numerator0) - std::sqrt(numerator1));
    double b2 = -numerator2 / (4 * b0);
    double a0 = 1;
    if (exchange)
    {
        std::swap(b0, a0);
        std::swap(b1, a1);
        std::swap(b2, a2);
    }
    return {b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0};
}

} // namespace tonewright::dsp
