#pragma once

#include "dsp/RealFft.h"

#include <array>
#include <complex>
#include <cstddef>
#include <memory>
#include <span>

namespace tonewright::dsp
{

/// [any] The partition for impulse responses of some 40 ms: measured as the cheapest balance of direct taps
/// and partitions.
std::size_t partitionFramesAt(double sampleRate) noexcept;

/// An impulse response cut for Convolver: its first `partitionFrames` samples as they are, the rest as
/// spectra of partitions of that length. Immutable once built; many convolvers may share one.
class PartitionedImpulse
{
public:
    /// [setup] `impulse` may be empty (silence). `fft` must be of size 2 * partitionFrames, with
    /// partitionFrames a power of two from 16 to 4096.
    PartitionedImpulse(std::span<const float> impulse, std::size_t partitionFrames, const RealFft& fft);

    /// [any+audio] Whole partitions behind the head.
    std::size_t tailPartitions() const noexcept { return partitionCount; }
    /// [any+audio] Head taps in the order of time.
    const float* head() const noexcept { return headTaps.data(); }
    /// [any+audio] Real and imaginary parts of one tail partition, spectrumStride() floats each.
    const float* real(std::size_t partition) const noexcept { return &spectra[partition * 2 * stride]; }
    const float* imaginary(std::size_t partition) const noexcept { return real(partition) + stride; }

private:
    std::size_t stride;
    std::size_t partitionCount;
    AlignedVector<float> headTaps;
    AlignedVector<float> spectra;
};

/// Convolution of one channel without latency: the head of the impulse response as a direct FIR, the rest by
/// uniformly partitioned overlap-save FFT (T. G. Stockham, "High-speed convolution and correlation", 1966; W.
/// G. Gardner, "Efficient Convolution without Input-Output Delay", 1995). Partitions are counted from
/// reset(), never from the host's blocks, so any block size gives the same samples, and the work between two
/// partitions is always the same. Two voices play two impulse responses on the same input, whose spectra they
/// share.
class Convolver
{
public:
    static constexpr std::size_t voices = 2;
    using Outputs = std::array<float*, voices>;

    /// [setup] For impulse responses of up to `tailPartitions` partitions of `partitionFrames` samples behind
    /// the head. Resets; both voices are silent.
    void prepare(std::size_t partitionFrames, std::size_t tailPartitions);

    /// [audio] Forgets the input; keeps the impulse responses.
    void reset() noexcept;

    /// [audio] What a voice plays from the next sample on, as if it always had: null is silence and costs
    /// nothing. The impulse response must have been built for the same partition size, be no longer than
    /// prepared for, and outlive its use here.
    void setImpulse(std::size_t voice, const PartitionedImpulse* impulse) noexcept;

    /// [audio] Convolves `input` into one output a voice; a silent voice's output is set to 0. Any number of
    /// frames; outputs must not alias the input.
    void process(const float* input, const Outputs& outputs, int frames) noexcept;

private:
    void startPartition() noexcept;
    void renderTail(std::size_t voice) noexcept;
    void renderHead(const float* taps, const float* newest, float* output, std::size_t frames) const noexcept;

    struct Voice
    {
        const PartitionedImpulse* impulse = nullptr;
        bool tailIsStale = false;
        AlignedVector<float> tail; ///< what the tail adds to the present partition
    };

    std::size_t partitionFrames = 0;
    std::size_t partitionCount = 0;
    std::size_t stride = 0;
    std::unique_ptr<RealFft> fft;
    std::array<Voice, voices> playing;
    AlignedVector<float> history; ///< the partition before the present one, then the present one so far
    AlignedVector<float> spectra; ///< of the inputs, newest at `newest`, real and imaginary parts apart
    std::size_t newest = 0;
    std::size_t position = 0; ///< frames of the present partition that are done
    AlignedVector<float> sumReal;
    AlignedVector<float> sumImaginary;
    AlignedVector<std::complex<float>> bins;
    AlignedVector<float> samples;
};

} // namespace tonewright::dsp
