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
    const auto coefficient = [transition](std::size_t index)
    { return static_cast<float>(allpassCoefficient(index, coefficientCount, transition)); };
    for (std::size_t section = 0; section < evenCount; ++section)
    {
        const float even = coefficient(2 * section);
        const float odd = section < oddCount ? coefficient(2 * section + 1) : 0;
        up.coefficients[section] = down.coefficients[section] = Lanes{even, even, odd, odd};
    }
    reset();
}

template <std::size_t coefficientCount>
void HalfBand<coefficientCount>::reset() noexcept
{
    up.history.fill(Lanes{});
    down.history.fill(Lanes{});
}

template <std::size_t coefficientCount>
inline Lanes HalfBand<coefficientCount>::Chains::process(Lanes value) noexcept
{
    for (std::size_t k = 0; k < evenCount; ++k)
    {
        // Its own last output comes last: the next sample waits for two operations, not three.
        const Lanes output = (history[k] + coefficients[k] * value) - coefficients[k] * history[k + 1];
        history[k] = value;
        value = k < oddCount ? output : Lanes{output[0], output[1], value[2], value[3]};
    }
    history[evenCount] = value;
    return value;
}

template <std::size_t coefficientCount>
void HalfBand<coefficientCount>::upsample(const Lanes* input, Lanes* output, int frames) noexcept
{
    auto chains = up; // a copy, which the compiler can keep in registers
    for (int n = 0; n < frames; ++n)
    {
        const Lanes both = chains.process(input[n]);
        output[2 * n] = Lanes{both[0], both[1], both[0], both[1]};
        output[2 * n + 1] = Lanes{both[2], both[3], both[2], both[3]};
    }
    up = chains;
}

template <std::size_t coefficientCount>
void HalfBand<coefficientCount>::downsample(const Lanes* input, Lanes* output, int frames) noexcept
{
    auto chains = down;
    for (int n = 0; n < frames; ++n)
    {
        const Lanes earlier = input[2 * n];
        const Lanes later = input[2 * n + 1];
        const Lanes both = chains.process(Lanes{later[0], later[1], earlier[2], earlier[3]});
        output[n] = 0.5f * (both + swapPairs(both));
    }
    down = chains;
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

void Oversampler::upsample(const float* left, const float* right, Buffer& output, int frames) noexcept
{
    std::array<Lanes, maximumFrames> clean;
    for (int n = 0; n < frames; ++n)
        clean[static_cast<std::size_t>(n)] = cleaned(left[n], right[n]);
    upsample(clean.data(), output, frames);
}

void Oversampler::upsample(const Lanes* input, Buffer& output, int frames) noexcept
{
    Buffer half;
    switch (currentFactor)
    {
    case 1:
        std::copy_n(input, frames, output.begin());
        break;
    case 2:
        first.upsample(input, output.data(), frames);
        break;
    case 4:
        first.upsample(input, half.data(), frames);
        second.upsample(half.data(), output.data(), 2 * frames);
        break;
    default:
        first.upsample(input, output.data(), frames);
        second.upsample(output.data(), half.data(), 2 * frames);
        third.upsample(half.data(), output.data(), 4 * frames);
        break;
    }
}

void Oversampler::downsample(Buffer& buffer, int frames) noexcept
{
    if (currentFactor == 8)
        third.downsample(buffer.data(), buffer.data(), 4 * frames);
    if (currentFactor >= 4)
        second.downsample(buffer.data(), buffer.data(), 2 * frames);
    if (currentFactor >= 2)
        first.downsample(buffer.data(), buffer.data(), frames);
}

} // namespace tonewright::dsp
