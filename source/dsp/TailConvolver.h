#pragma once

#include "dsp/RealFft.h"

#include <complex>
#include <cstddef>
#include <memory>
#include <span>

namespace tonewright::dsp
{

/// The late part of a long impulse response as spectra of big partitions, for TailConvolver. Immutable.
class TailSpectra
{
public:
    /// [setup] `tail` is the impulse response from 2 * partitionFrames on; may be empty.
    TailSpectra(std::span<const float> tail, std::size_t partitionFrames);

    /// [any+audio]
    std::size_t partitionFrames() const noexcept { return frames; }
    std::size_t partitionCount() const noexcept { return count; }
    /// [any+audio] Real and imaginary parts of one partition, spectrumStride(partitionFrames) floats each.
    const float* real(std::size_t partition) const noexcept { return &spectra[partition * 2 * stride]; }
    const float* imaginary(std::size_t partition) const noexcept { return real(partition) + stride; }

private:
    std::size_t frames;
    std::size_t stride;
    std::size_t count;
    AlignedVector<float> spectra;
};

/// Convolution with the late part of a long impulse response, which may take its time: what a block of input
/// (one big partition) adds to the output begins a whole block later (W. G. Gardner, "Efficient Convolution
/// without Input-Output Delay", 1995). The work of that block is cut into equal steps, so that no host's
/// block pays for more than its share. Counts samples since reset(), never the host's blocks.
class TailConvolver
{
public:
    /// Into how many steps a block's work is cut: the first and the last are an FFT each.
    static constexpr std::size_t steps = 16;

    /// [setup] `tail` must outlive the convolver and have a partition size that `steps` divides.
    explicit TailConvolver(const TailSpectra& tail);

    /// [audio] Forgets the input; cheap, whatever the length.
    void reset() noexcept;

    /// [audio] Adds what the tail contributes to `output`. Any number of frames.
    void addTo(const float* input, float* output, std::size_t frames) noexcept;

private:
    void finishBlock() noexcept;
    void runStep(std::size_t step) noexcept;

    const TailSpectra& impulse;
    std::size_t blockFrames;
    std::size_t stepFrames;
    std::size_t stride;
    std::size_t partitionsPerStep;
    RealFft fft;
    AlignedVector<float> history; ///< the block before the present one, then the present one so far
    AlignedVector<float> spectra; ///< of the inputs, newest at `newest`, real and imaginary parts apart
    AlignedVector<float> sums;    ///< real and imaginary parts of the next block's output so far
    AlignedVector<std::complex<float>> bins;
    AlignedVector<float> samples; ///< of the inverse FFT; its second half is what the next block adds
    AlignedVector<float> playing; ///< what the present block adds
    std::size_t newest = 0;
    std::size_t filled = 0; ///< spectra since reset(); the others are silence, whatever they hold
    std::size_t position = 0;
};

} // namespace tonewright::dsp
