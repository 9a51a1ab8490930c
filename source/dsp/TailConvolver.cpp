#include "dsp/TailConvolver.h"

#include "dsp/SplitSpectrum.h"

#include <algorithm>

namespace tonewright::dsp
{

TailSpectra::TailSpectra(std::span<const float> tail, std::size_t partitionFrames)
    : frames(partitionFrames), stride(spectrumStride(partitionFrames)),
      count((tail.size() + partitionFrames - 1) / partitionFrames), spectra(count * 2 * stride)
{
    if (count == 0)
        return;
    const RealFft fft(2 * frames);
    AlignedVector<float> samples(2 * frames);
    AlignedVector<std::complex<float>> bins(frames + 1);
    const float scale = 1.0f / static_cast<float>(2 * frames); // FFTW scales neither way
    for (std::size_t partition = 0; partition < count; ++partition)
    {
        const auto part = tail.subspan(partition * frames);
        const auto length = std::min(part.size(), frames);
        std::fill(samples.begin(), samples.end(), 0.0f);
        std::transform(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(length), samples.begin(),
                       [scale](float sample) { return scale * sample; });
        fft.forward(samples.data(), bins.data());
        float* const spectrum = &spectra[partition * 2 * stride];
        separate(bins.data(), frames + 1, spectrum, spectrum + stride);
    }
}

TailConvolver::TailConvolver(const TailSpectra& tail)
    : impulse(tail), blockFrames(tail.partitionFrames()), stepFrames(blockFrames / steps),
      stride(spectrumStride(blockFrames)),
      partitionsPerStep((tail.partitionCount() + steps - 3) / (steps - 2)), fft(2 * blockFrames),
      history(2 * blockFrames), spectra(tail.partitionCount() * 2 * stride), sums(2 * stride),
      bins(blockFrames + 1), samples(2 * blockFrames), playing(blockFrames)
{
}

void TailConvolver::reset() noexcept
{
    std::fill(history.begin(), history.end(), 0.0f);
    std::fill(samples.begin(), samples.end(), 0.0f);
    std::fill(playing.begin(), playing.end(), 0.0f);
    newest = 0;
    filled = 0;
    position = 0;
}

void TailConvolver::addTo(const float* input, float* output, std::size_t frames) noexcept
{
    for (std::size_t done = 0; done < frames;)
    {
        if (position == blockFrames)
            finishBlock();
        else if (position % stepFrames == 0)
            runStep(position / stepFrames);
        const auto count = std::min(frames - done, stepFrames - position % stepFrames);
        std::copy_n(input + done, count, &history[blockFrames + position]);
        for (std::size_t frame = 0; frame < count; ++frame)
            output[done + frame] += playing[position + frame];
        position += count;
        done += count;
    }
}

/// The first step of the block that begins: what it adds is ready, and its input's predecessor is complete.
void TailConvolver::finishBlock() noexcept
{
    position = 0;
    std::copy_n(&samples[blockFrames], blockFrames,
                playing.data()); // overlap-save: the first half is wrapped
    const auto partitions = impulse.partitionCount();
    newest = (newest + partitions - 1) % partitions;
    filled = std::min(filled + 1, partitions);
    fft.forward(history.data(), bins.data());
    float* const spectrum = &spectra[newest * 2 * stride];
    separate(bins.data(), blockFrames + 1, spectrum, spectrum + stride);
    std::copy_n(&history[blockFrames], blockFrames, history.data());
    std::fill(sums.begin(), sums.end(), 0.0f);
}

void TailConvolver::runStep(std::size_t step) noexcept
{
    if (step == 0 || filled == 0)
        return;
    float* const real = sums.data();
    float* const imaginary = real + stride;
    if (step == steps - 1)
    {
        for (std::size_t bin = 0; bin <= blockFrames; ++bin)
            bins[bin] = {real[bin], imaginary[bin]};
        fft.inverse(bins.data(), samples.data());
        return;
    }
    const auto first = (step - 1) * partitionsPerStep;
    const auto last = std::min(first + partitionsPerStep, filled);
    for (std::size_t partition = first; partition < last; ++partition)
    {
        const float* const spectrum = &spectra[(newest + partition) % impulse.partitionCount() * 2 * stride];
        multiplyAdd(spectrum, spectrum + stride, impulse.real(partition), impulse.imaginary(partition), real,
                    imaginary, stride);
    }
}

} // namespace tonewright::dsp
