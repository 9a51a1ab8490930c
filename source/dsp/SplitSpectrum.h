#pragma once

#include <complex>
#include <cstddef>

namespace tonewright::dsp
{

/// Spectra with real and imaginary parts apart: a form that compilers turn into SIMD.

/// [any+audio] Floats between the parts of a partition's spectrum: its bins, rounded up to whole cache lines.
constexpr std::size_t spectrumStride(std::size_t partitionFrames) noexcept
{
    return (partitionFrames + 1 + 15) / 16 * 16;
}

/// [any+audio]
inline void separate(const std::complex<float>* bins, std::size_t count, float* real,
                     float* imaginary) noexcept
{
    for (std::size_t bin = 0; bin < count; ++bin)
    {
        real[bin] = bins[bin].real();
        imaginary[bin] = bins[bin].imag();
    }
}

/// [any+audio] sum += a * b
inline void multiplyAdd(const float* __restrict aReal, const float* __restrict aImaginary,
                        const float* __restrict bReal, const float* __restrict bImaginary,
                        float* __restrict sumReal, float* __restrict sumImaginary, std::size_t count) noexcept
{
    for (std::size_t bin = 0; bin < count; ++bin)
    {
        sumReal[bin] += aReal[bin] * bReal[bin] - aImaginary[bin] * bImaginary[bin];
        sumImaginary[bin] += aReal[bin] * bImaginary[bin] + aImaginary[bin] * bReal[bin];
    }
}

} // namespace tonewright::dsp
