#include "dsp/Oversampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tonewright::dsp
{
namespace
{
/// The nome of the elliptic modulus whose complementary modulus is sqrt(1 - k^2): series of the theta
/// functions (Abramowitz & Stegun 17.3.21).
double nome(double k)
{
    const double root = std::pow(1 - k * k, 0.25);
    const double e = 0.5 * (1 - root) / (1 + root);
    const double e4 = std::pow(e, 4);
    return e * (1 + e4 * (2 + e4 * (15 + e4 * 150)));
}

/// The allpass coefficient number `index` (from 0) of an elliptic half-band of order 2 * count + 1.
double allpassCoefficient(std::size_t index, std::size_t count, double transition)
{
    const double k = std::pow(std::tan((1 - 2 * transition) * std::numbers::pi / 4), 2);
    const double q = nome(k);
    const double angle =
        static_cast<double>(index + 1) * std::numbers::pi / static_cast<double>(2 * count + 1);
    double numerator = 0;
    double denominator = 0.5;
    double sign = 1;
    for (int i = 0; i < 12; ++i)
    {
        numerator += sign * std::pow(q, i * (i + 1)) * std::sin((2 * i + 1) * angle);
        if (i > 0)
            denominator += sign * std::pow(q, i * i) * std::cos(2 * i * angle);
        sign = -sign;
    }
    const double zero = std::pow(q, 0.25) * numerator / denominator;
    const double z2 = zero * zero;
    const double x = std::sqrt((1 - z2 * k) * (1 - z2 / k)) / (1 + z2);
    return (1 - x) / (1 + x);
}
} // namespace

template <std::size_t coefficientCount>
void HalfBand<coefficientCount>::prepare(double transition)
{
    for (std::size_t index = 0; index < coefficientCount; ++index)
    {
        const auto value = static_cast<float>(allpassCoefficient(index, coefficientCount, transition));
        if (index % 2 == 0)
            upEven.coefficients[index / 2] = downEven.coefficients[index / 2] = value;
        else
            upOdd.coefficients[index / 2] = downOdd.coefficients[index / 2] = value;
    }
    reset();
}

template <std::size_t coefficientCount>
void HalfBand<coefficientCount>::reset() noexcept
{
    upEven.history.fill(0);
    upOdd.history.fill(0);
    downEven.history.fill(0);
    downOdd.history.fill(0);
}

template <std::size_t coefficientCount>
void HalfBand<coefficientCount>::upsample(const float* input, float* output, int frames) noexcept
{
    for (int n = 0; n < frames; ++n)
    {
        output[2 * n] = upEven.process(input[n]);
        output[2 * n + 1] = upOdd.process(input[n]);
    }
}

template <std::size_t coefficientCount>
void HalfBand<coefficientCount>::downsample(const float* input, float* output, int frames) noexcept
{
    for (int n = 0; n < frames; ++n)
    {
        const float earlier = input[2 * n];
        const float later = input[2 * n + 1];
        output[n] = 0.5f * (downEven.process(later) + downOdd.process(earlier));
    }
}

template class HalfBand<8>;
template class HalfBand<4>;
template class HalfBand<3>;

int Oversampler::factorFor(double sampleRate, Quality quality, double liveRate) noexcept
{
    const double wanted = quality == Quality::hq ? 2 * liveRate : liveRate;
    int factor = 1;
    while (factor < maximumFactor && factor * sampleRate < 0.99 * wanted)
        factor *= 2;
    return factor;
}

void Oversampler::prepare(int newFactor)
{
    currentFactor = newFactor;
    // Pass band to 20 kHz at 44.1 kHz; what folds from the transition band stays above 20 kHz.
    first.prepare(0.046);
    second.prepare(0.22);
    third.prepare(0.36);
}

void Oversampler::reset() noexcept
{
    first.reset();
    second.reset();
    third.reset();
}

void Oversampler::upsample(const float* input, Buffer& output, int frames) noexcept
{
    std::array<float, maximumFrames> clean{};
    for (std::size_t n = 0; n < static_cast<std::size_t>(frames); ++n)
        clean[n] = std::max(-100.0f, std::min(100.0f, input[n])); // in this order a NaN becomes 100

    Buffer half;
    switch (currentFactor)
    {
    case 1:
        std::copy_n(clean.begin(), frames, output.begin());
        break;
    case 2:
        first.upsample(clean.data(), output.data(), frames);
        break;
    case 4:
        first.upsample(clean.data(), half.data(), frames);
        second.upsample(half.data(), output.data(), 2 * frames);
        break;
    default:
        first.upsample(clean.data(), output.data(), frames);
        second.upsample(output.data(), half.data(), 2 * frames);
        third.upsample(half.data(), output.data(), 4 * frames);
        break;
    }
}

void Oversampler::downsample(Buffer& input, float* output, int frames) noexcept
{
    if (currentFactor == 8)
        third.downsample(input.data(), input.data(), 4 * frames);
    if (currentFactor >= 4)
        second.downsample(input.data(), input.data(), 2 * frames);
    if (currentFactor >= 2)
        first.downsample(input.data(), output, frames);
    else
        std::copy_n(input.begin(), frames, output);
}

} // namespace tonewright::dsp
