#pragma once

#include <complex>
#include <cstddef>

namespace tonewright::dsp
{

/// Spectra with real and imaginary parts apart, as multiplyAdd() (ConvolverKernels) wants them.

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

} // namespace tonewright::dsp
